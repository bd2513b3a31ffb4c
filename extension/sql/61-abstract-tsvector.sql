-- abstract_tsvector: a paper's title and abstract as a document (extension/abstract_tsvector.c)

CREATE FUNCTION abstract_tsvector(title text, abstract text) RETURNS tsvector
    LANGUAGE c IMMUTABLE PARALLEL SAFE COST 1000
    AS 'MODULE_PATHNAME', 'anthology_abstract_tsvector_sql';
COMMENT ON FUNCTION abstract_tsvector(text, text) IS
    'the terms of a title (weight A) and an abstract (weight B) in the Anthology''s markup; NULL is empty';

CREATE FUNCTION abstract_tsvector(title text, abstract text, title_weight "char",
                                  abstract_weight "char") RETURNS tsvector
    LANGUAGE c IMMUTABLE PARALLEL SAFE COST 1000
    AS 'MODULE_PATHNAME', 'anthology_abstract_tsvector_weights';
COMMENT ON FUNCTION abstract_tsvector(text, text, "char", "char") IS
    'the same with other weights; NULL if a weight is NULL';
