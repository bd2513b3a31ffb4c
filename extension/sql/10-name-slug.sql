-- name_slug: the Anthology's slug (extension/name_slug.c)

CREATE FUNCTION name_slug(name text) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 20
    AS 'MODULE_PATHNAME', 'anthology_name_slug';
COMMENT ON FUNCTION name_slug(text) IS
    'the Anthology''s slug of a name written first name first';

CREATE FUNCTION name_slug(first text, last text) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 20
    AS 'MODULE_PATHNAME', 'anthology_name_slug_first_last';
COMMENT ON FUNCTION name_slug(text, text) IS
    'the Anthology''s slug of a name given as first and last name; the first may be empty';
