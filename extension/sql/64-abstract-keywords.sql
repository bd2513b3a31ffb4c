-- abstract_keywords: what a paper is about (extension/abstract_keywords.c)

CREATE FUNCTION anthology_internal.keyword_terms(document tsvector, n integer) RETURNS text[]
    LANGUAGE c STABLE STRICT PARALLEL SAFE COST 1000
    AS 'MODULE_PATHNAME', 'anthology_keyword_terms';
COMMENT ON FUNCTION anthology_internal.keyword_terms(tsvector, integer) IS
    'the n terms that tell most about a document, as they are stored; see abstract_keywords()';

CREATE FUNCTION abstract_keywords(title text, abstract text, n integer DEFAULT 10) RETURNS text[]
    LANGUAGE c STABLE PARALLEL SAFE COST 2000
    AS 'MODULE_PATHNAME', 'anthology_abstract_keywords_sql';
COMMENT ON FUNCTION abstract_keywords(text, text, integer) IS
    'the n words and phrases of a title and an abstract that tell most about them, as they write '
    'them most often, the most telling first';

CREATE FUNCTION paper_keywords(paper_id text, n integer DEFAULT 10) RETURNS text[]
    LANGUAGE plpgsql STABLE STRICT COST 2000
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    keywords text[];
BEGIN
    SELECT anthology.abstract_keywords(p.title, p.abstract, n) INTO keywords
        FROM anthology.paper p WHERE p.id = paper_keywords.paper_id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'there is no paper "%"', paper_keywords.paper_id
            USING ERRCODE = 'undefined_object';
    END IF;
    RETURN keywords;
END
$$;
COMMENT ON FUNCTION paper_keywords(text, integer) IS
    'the n words and phrases that tell most about a paper, as it writes them most often';

CREATE FUNCTION abstract_keywords(document tsvector, n integer DEFAULT 10) RETURNS text[]
    LANGUAGE plpgsql STABLE STRICT COST 10000
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    terms constant text[] := anthology_internal.keyword_terms(document, n);
    keywords text[];
BEGIN
    -- A document has only stems. If a paper has this document, its text says how the words
    -- are written.
    SELECT anthology.abstract_keywords(p.title, p.abstract, n) INTO keywords
        FROM anthology.paper p
        WHERE p.document @@ array_to_string(ARRAY(
                  SELECT quote_literal(t) FROM unnest(terms[1:4]) AS t), ' & ')::tsquery
            AND p.document = abstract_keywords.document
        LIMIT 1;
    IF FOUND THEN
        RETURN keywords;
    END IF;
    -- Otherwise other papers with the same term say how it is written.
    RETURN ARRAY(
        SELECT coalesce(w.word, k.term)
        FROM unnest(terms) WITH ORDINALITY AS k(term, i)
            LEFT JOIN LATERAL (
                SELECT s.word
                FROM (SELECT p.title, p.abstract FROM anthology.paper p
                      WHERE p.document @@ quote_literal(k.term)::tsquery LIMIT 5) p,
                    anthology.abstract_words(concat_ws(' ', p.abstract, p.title)) s
                WHERE s.term = k.term
                GROUP BY s.word ORDER BY count(*) DESC, s.word COLLATE "C" LIMIT 1) w ON true
        ORDER BY k.i);
END
$$;
COMMENT ON FUNCTION abstract_keywords(tsvector, integer) IS
    'the n words that tell most about a document, the most telling first: as the paper whose '
    'document it is writes them, or else as other papers do';

CREATE FUNCTION keywords_by(kind text, key text, n integer DEFAULT 20)
    RETURNS TABLE (keyword text, papers bigint)
    LANGUAGE plpgsql STABLE STRICT ROWS 20 COST 100000
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF kind NOT IN ('year', 'venue', 'person') THEN
        RAISE EXCEPTION 'keywords are not counted by "%"', kind
            USING ERRCODE = 'invalid_parameter_value', HINT = 'Say "year", "venue" or "person".';
    END IF;
    RETURN QUERY
        WITH paper AS MATERIALIZED (
            SELECT p.title, p.abstract FROM anthology.paper p
                WHERE kind = 'year' AND p.year::text = key AND p.number <> 0
            UNION ALL
            SELECT p.title, p.abstract
                FROM anthology.volume v JOIN anthology.paper p ON p.volume_id = v.id
                WHERE kind = 'venue' AND key = ANY (v.venue_ids) AND p.number <> 0
            UNION ALL
            SELECT p.title, p.abstract FROM anthology.paper p
                WHERE kind = 'person' AND p.number <> 0 AND p.id IN (
                    SELECT a.paper_id FROM anthology.authorship a WHERE a.person_id = key)
        )
        -- Capitals do not tell two keywords apart.
        SELECT mode() WITHIN GROUP (ORDER BY k.keyword COLLATE "C"), count(*)
        FROM paper, unnest(anthology.abstract_keywords(paper.title, paper.abstract,
            10)) AS k(keyword)
        GROUP BY lower(k.keyword)
        ORDER BY count(*) DESC, lower(k.keyword) COLLATE "C"
        LIMIT n;
END
$$;
COMMENT ON FUNCTION keywords_by(text, text, integer) IS
    'the n keywords that most papers of a year, a venue or a person (kind; key is its id) have '
    'among their first ten; frontmatter does not count';
