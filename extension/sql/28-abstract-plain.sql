-- abstract_plain: Anthology markup and TeX as plain Unicode text (extension/abstract_plain.c)

CREATE FUNCTION abstract_plain(markup text) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 50
    AS 'MODULE_PATHNAME', 'anthology_abstract_plain';
COMMENT ON FUNCTION abstract_plain(text) IS
    'plain Unicode text of a title or an abstract written with the Anthology''s markup, entities '
    'and TeX';
