-- abstract_rank: documents ranked by a query (extension/abstract_rank.c)

CREATE FUNCTION abstract_rank(document tsvector, query tsquery) RETURNS real
    LANGUAGE c STABLE STRICT PARALLEL SAFE COST 500
    AS 'MODULE_PATHNAME', 'anthology_abstract_rank_sql';
COMMENT ON FUNCTION abstract_rank(tsvector, tsquery) IS
    'how well a document answers a query: BM25 (k1 = 0.9, b = 0.85) over term_statistics, with '
    'compounds, related words and nearness';

CREATE FUNCTION rarest_words(query tsquery, papers integer) RETURNS tsquery
    LANGUAGE c STABLE STRICT PARALLEL SAFE COST 1000
    AS 'MODULE_PATHNAME', 'anthology_rarest_words';
COMMENT ON FUNCTION rarest_words(tsquery, integer) IS
    'the rarest words of a query, as many as that number of papers have together and one at '
    'least: what to look up before ranking';
