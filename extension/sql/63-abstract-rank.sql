-- abstract_rank and its kind: terms weighed by how rare they are (extension/abstract_rank.c)

CREATE FUNCTION abstract_similarity(a tsvector, b tsvector) RETURNS real
    LANGUAGE c STABLE STRICT PARALLEL SAFE COST 500
    AS 'MODULE_PATHNAME', 'anthology_abstract_similarity_sql';
COMMENT ON FUNCTION abstract_similarity(tsvector, tsvector) IS
    'how much two documents have in common, 0 to 1: the cosine of their terms, rare ones counting more';

CREATE FUNCTION abstract_rank(document tsvector, query tsquery) RETURNS real
    LANGUAGE c STABLE STRICT PARALLEL SAFE COST 500
    AS 'MODULE_PATHNAME', 'anthology_abstract_rank_sql';
COMMENT ON FUNCTION abstract_rank(tsvector, tsquery) IS
    'how well a document answers a query: BM25 (k1 = 0.9, b = 0.65) over term_statistics, with compounds, related words and nearness';
