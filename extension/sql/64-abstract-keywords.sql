-- abstract_keywords: what a paper is about (extension/abstract_keywords.c)

CREATE FUNCTION keyword_terms(document tsvector, n integer) RETURNS text[]
    LANGUAGE c STABLE STRICT PARALLEL SAFE COST 1000
    AS 'MODULE_PATHNAME', 'anthology_keyword_terms';
COMMENT ON FUNCTION keyword_terms(tsvector, integer) IS
    'the n terms that tell most about a document, as they are stored; see abstract_keywords()';

CREATE FUNCTION abstract_keywords(document tsvector, n integer DEFAULT 10) RETURNS text[]
    LANGUAGE sql STABLE STRICT COST 10000
    SET search_path = pg_catalog, pg_temp
AS $$
    -- A document has stems. How a word is written, papers that have it say.
    SELECT coalesce(array_agg(coalesce(w.word, k.term) ORDER BY k.i), '{}')
    FROM unnest(anthology.keyword_terms(document, n)) WITH ORDINALITY AS k(term, i)
        LEFT JOIN LATERAL (
            SELECT s.word
            FROM (SELECT p.title, p.abstract FROM anthology.paper p
                  WHERE p.document @@ array_to_tsvector(ARRAY[k.term])::text::tsquery LIMIT 5) p,
                anthology.abstract_words(concat_ws(' ', p.abstract, p.title)) s
            WHERE s.term = k.term
            GROUP BY s.word ORDER BY count(*) DESC, s.word COLLATE "C" LIMIT 1) w ON true
$$;
COMMENT ON FUNCTION abstract_keywords(tsvector, integer) IS
    'the n words that tell most about a document, the most telling first';
