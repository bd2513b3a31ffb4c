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
    'how well a document answers a query: BM25 (k1 = 0.9, b = 0.85) over term_statistics, with compounds, related words and nearness';

CREATE FUNCTION rarest_words(query tsquery, papers integer) RETURNS tsquery
    LANGUAGE c STABLE STRICT PARALLEL SAFE COST 1000
    AS 'MODULE_PATHNAME', 'anthology_rarest_words';
COMMENT ON FUNCTION rarest_words(tsquery, integer) IS
    'the rarest words of a query, as many as that number of papers have together and one at least: what to look up before ranking';

CREATE FUNCTION distinctive_terms(document tsvector, papers integer) RETURNS tsquery
    LANGUAGE c STABLE STRICT PARALLEL SAFE COST 1000
    AS 'MODULE_PATHNAME', 'anthology_distinctive_terms';
COMMENT ON FUNCTION distinctive_terms(tsvector, integer) IS
    'the terms that tell a document from others, as many as that number of papers have together: what to look up before comparing';

CREATE FUNCTION keyword_terms(document tsvector, n integer) RETURNS text[]
    LANGUAGE c STABLE STRICT PARALLEL SAFE COST 1000
    AS 'MODULE_PATHNAME', 'anthology_keyword_terms';
COMMENT ON FUNCTION keyword_terms(tsvector, integer) IS
    'the n terms that tell most about a document, as they are stored; see abstract_keywords()';
