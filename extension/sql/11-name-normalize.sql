-- name_normalize: the comparison form of a name (extension/name_normalize.c)

CREATE FUNCTION name_normalize(name text) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 20
    AS 'MODULE_PATHNAME', 'anthology_name_normalize';
COMMENT ON FUNCTION name_normalize(text) IS
    'the comparison form of a name: words of small ASCII letters, first name first';
