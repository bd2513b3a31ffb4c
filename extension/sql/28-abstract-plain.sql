-- abstract_plain: markup as plain text (extension/abstract_plain.c)

CREATE FUNCTION abstract_plain(markup text) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 50
    AS 'MODULE_PATHNAME', 'anthology_abstract_plain_sql';
COMMENT ON FUNCTION abstract_plain(text) IS
    'a title or an abstract in the Anthology''s markup as plain text';
