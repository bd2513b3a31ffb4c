-- abstract_similarity: documents compared by their terms (extension/abstract_similarity.c)

CREATE FUNCTION abstract_similarity(a tsvector, b tsvector) RETURNS real
    LANGUAGE c STABLE STRICT PARALLEL SAFE COST 500
    AS 'MODULE_PATHNAME', 'anthology_abstract_similarity_sql';
COMMENT ON FUNCTION abstract_similarity(tsvector, tsvector) IS
    'how much two documents have in common, 0 to 1: the cosine of their terms, rare ones '
    'counting more';

CREATE FUNCTION distinctive_terms(document tsvector, papers integer) RETURNS tsquery
    LANGUAGE c STABLE STRICT PARALLEL SAFE COST 1000
    AS 'MODULE_PATHNAME', 'anthology_distinctive_terms';
COMMENT ON FUNCTION distinctive_terms(tsvector, integer) IS
    'the terms that tell a document from others, as many as that number of papers have together: '
    'what to look up before comparing';
