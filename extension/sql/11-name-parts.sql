-- name_parts: a name taken apart (extension/name_parts.c)

CREATE FUNCTION name_parts(name text, OUT given text, OUT middle text, OUT particle text,
                           OUT family text, OUT suffix text)
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 20
    AS 'MODULE_PATHNAME', 'anthology_name_parts';
COMMENT ON FUNCTION name_parts(text) IS
    'the parts of a name written "First Middle van Last Jr." or "van Last, First Middle, Jr."';
