-- names compared (extension/name_similarity.c)

CREATE FUNCTION name_normalize(name text) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 30
    AS 'MODULE_PATHNAME', 'anthology_name_normalize_sql';
COMMENT ON FUNCTION name_normalize(text) IS
    'the comparison form of a name: lower-case ASCII words, first name first';

CREATE FUNCTION name_parts(name text, OUT given text, OUT middle text, OUT particle text,
                           OUT family text, OUT suffix text)
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 20
    AS 'MODULE_PATHNAME', 'anthology_name_parts_sql';
COMMENT ON FUNCTION name_parts(text) IS
    'the parts of a name written "First Middle van Last Jr." or "van Last, First Middle, Jr."';

CREATE FUNCTION name_similarity(a text, b text) RETURNS real
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 50
    AS 'MODULE_PATHNAME', 'anthology_name_similarity_sql';
COMMENT ON FUNCTION name_similarity(text, text) IS
    'how alike two personal names are, 0 to 1: 1 for equal comparison forms';
