-- text search configuration anthology.abstract (extension/abstract_configuration.c)

CREATE FUNCTION anthology_internal.abstract_parser_start(internal, integer) RETURNS internal
    LANGUAGE c STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'anthology_abstract_parser_start';
COMMENT ON FUNCTION anthology_internal.abstract_parser_start(internal, integer) IS '(internal)';
CREATE FUNCTION anthology_internal.abstract_parser_token(internal, internal, internal)
    RETURNS internal
    LANGUAGE c STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'anthology_abstract_parser_token';
COMMENT ON FUNCTION anthology_internal.abstract_parser_token(internal, internal, internal) IS
    '(internal)';
CREATE FUNCTION anthology_internal.abstract_parser_end(internal) RETURNS void
    LANGUAGE c STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'anthology_abstract_parser_end';
COMMENT ON FUNCTION anthology_internal.abstract_parser_end(internal) IS '(internal)';
CREATE FUNCTION anthology_internal.abstract_parser_types(internal) RETURNS internal
    LANGUAGE c STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'anthology_abstract_parser_types';
COMMENT ON FUNCTION anthology_internal.abstract_parser_types(internal) IS '(internal)';
CREATE FUNCTION anthology_internal.abstract_lexize(internal, internal, internal, internal)
    RETURNS internal
    LANGUAGE c STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'anthology_abstract_lexize';
COMMENT ON FUNCTION anthology_internal.abstract_lexize(internal, internal, internal, internal) IS
    '(internal)';

CREATE TEXT SEARCH PARSER abstract (
    START = anthology_internal.abstract_parser_start,
        GETTOKEN = anthology_internal.abstract_parser_token,
            END = anthology_internal.abstract_parser_end,
    LEXTYPES = anthology_internal.abstract_parser_types, HEADLINE = pg_catalog.prsd_headline);
COMMENT ON TEXT SEARCH PARSER abstract IS
    'terms of a scientific text: words, compounds, names with digits, formulas, addresses';

CREATE TEXT SEARCH DICTIONARY abstract_stem (
    TEMPLATE = pg_catalog.snowball, Language = english, StopWords = english);
COMMENT ON TEXT SEARCH DICTIONARY abstract_stem IS
    'stems and stop words of abstract_tsvector(); to change it, make what was stored anew';

CREATE TEXT SEARCH TEMPLATE abstract (LEXIZE = anthology_internal.abstract_lexize);
COMMENT ON TEXT SEARCH TEMPLATE abstract IS 'the lexemes of a term';
CREATE TEXT SEARCH DICTIONARY abstract (TEMPLATE = abstract);
COMMENT ON TEXT SEARCH DICTIONARY abstract IS
    'the lexemes of a term: parts and joined form of compounds, acronyms without plural, '
    'CamelCase parts';

CREATE TEXT SEARCH CONFIGURATION abstract (PARSER = abstract);
ALTER TEXT SEARCH CONFIGURATION abstract ADD MAPPING FOR term WITH abstract;
COMMENT ON TEXT SEARCH CONFIGURATION abstract IS
    'plain text of titles and abstracts, read as abstract_tsvector() reads it';
