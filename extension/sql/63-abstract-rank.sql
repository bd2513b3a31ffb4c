-- abstract_rank and its kind: terms weighed by how rare they are (extension/abstract_rank.c)

CREATE FUNCTION abstract_similarity(a tsvector, b tsvector) RETURNS real
    LANGUAGE c STABLE STRICT PARALLEL SAFE COST 500
    AS 'MODULE_PATHNAME', 'anthology_abstract_similarity_sql';
COMMENT ON FUNCTION abstract_similarity(tsvector, tsvector) IS
    'how much two documents have in common, 0 to 1: the cosine of their terms, rare ones counting more';
