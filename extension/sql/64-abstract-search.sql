-- searching the corpus: papers for words, for a paper, words for a paper
--
-- Plain SQL over the functions before: there is no C file for these.
--
-- Of ten words, one is in a third of all papers. So the index gives the papers that have
-- one of the rarer words, some 5,000. These are ranked by all ten words.
-- tests/bench/abstracts measures how often the first ten papers are the same as if every
-- paper were ranked.

CREATE FUNCTION abstract_headline(markup text, query tsquery,
        options text DEFAULT 'MaxFragments=2, MinWords=8, MaxWords=25')
    RETURNS text
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 2000
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT ts_headline('anthology.abstract', anthology.abstract_plain(markup), query, options)
$$;
COMMENT ON FUNCTION abstract_headline(text, tsquery, text) IS
    'the fragments of a text that answer a query, the words marked; options are those of '
    'ts_headline()';

CREATE FUNCTION search_papers(words text, k integer DEFAULT 10)
    RETURNS TABLE (paper_id text, title text, year integer, rank real, headline text)
    LANGUAGE plpgsql STABLE ROWS 10 COST 10000
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    query tsquery := anthology.abstract_tsquery(words);
    rarest tsquery := anthology.rarest_words(query, 5000);
BEGIN
    RETURN QUERY
        SELECT f.id, anthology.abstract_plain(f.title), f.year, f.rank,
            anthology.abstract_headline(coalesce(f.abstract, f.title), query)
        FROM (SELECT p.id, p.title, p.abstract, p.year,
                  anthology.abstract_rank(p.document, query) AS rank
              FROM anthology.paper p WHERE p.document @@ rarest
              ORDER BY rank DESC, p.id LIMIT k) f
        ORDER BY f.rank DESC, f.id;
END
$$;
COMMENT ON FUNCTION search_papers(text, integer) IS
    'the k papers that answer words, a sentence or a title best, with a headline';

CREATE FUNCTION related_papers(paper_id text, k integer DEFAULT 10)
    RETURNS TABLE (related_id text, title text, year integer, similarity real)
    LANGUAGE plpgsql STABLE STRICT ROWS 10 COST 10000
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    wanted tsvector;
    terms tsquery;
BEGIN
    SELECT p.document INTO wanted FROM anthology.paper p WHERE p.id = related_papers.paper_id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'there is no paper "%"', related_papers.paper_id
            USING ERRCODE = 'undefined_object';
    END IF;
    terms := anthology.distinctive_terms(wanted, 1500);
    RETURN QUERY
        SELECT f.id, anthology.abstract_plain(f.title), f.year, f.similarity
        FROM (SELECT p.id, p.title, p.year,
                  anthology.abstract_similarity(p.document, wanted) AS similarity
              FROM anthology.paper p
              WHERE p.document @@ terms AND p.id <> related_papers.paper_id
              ORDER BY similarity DESC, p.id LIMIT k) f
        ORDER BY f.similarity DESC, f.id;
END
$$;
COMMENT ON FUNCTION related_papers(text, integer) IS
    'the k papers whose titles and abstracts are most like a paper''s';
