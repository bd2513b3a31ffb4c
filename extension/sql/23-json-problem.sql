-- json_problem: where a text stops being JSON (extension/json_problem.c)

CREATE FUNCTION anthology_internal.json_problem(source text) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'anthology_json_problem';
COMMENT ON FUNCTION anthology_internal.json_problem(text) IS
    'where a text stops being JSON, by line and column, and why; NULL if it is JSON';
