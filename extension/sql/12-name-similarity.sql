-- name_similarity, name_explain: names compared (extension/name_similarity.c)

-- The planner treats the functions like their operators by this; see name_index_plan.c.
CREATE FUNCTION anthology_internal.name_similarity_support(internal) RETURNS internal
    LANGUAGE c STRICT
    AS 'MODULE_PATHNAME', 'anthology_name_similarity_support';
COMMENT ON FUNCTION anthology_internal.name_similarity_support(internal) IS
    'planner support of name_similarity, name_similar and name_distance';

CREATE FUNCTION name_similarity(a text, b text) RETURNS real
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 5
    SUPPORT anthology_internal.name_similarity_support
    AS 'MODULE_PATHNAME', 'anthology_name_similarity';
COMMENT ON FUNCTION name_similarity(text, text) IS
    'how alike two personal names are, 0 to 1: 1 for equal comparison forms';

CREATE FUNCTION name_explain(a text, b text,
                             OUT a_part text, OUT b_part text, OUT how text, OUT contribution real)
    RETURNS SETOF record
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 100 ROWS 5
    AS 'MODULE_PATHNAME', 'anthology_name_explain_sql';
COMMENT ON FUNCTION name_explain(text, text) IS
    'which part of a name met which of the other, how, and what that adds to their similarity';
