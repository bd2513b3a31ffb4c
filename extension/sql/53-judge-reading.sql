-- what judging reads of the tables (extension/judge_reading.c)
--
-- The C files call these functions instead of holding long queries. A function that
-- returns a cursor opens it, and its caller closes it.

-- All is read in order: numbers are given as things are first seen, sums of floats depend on it,
-- and a scan of a table begins where another one is.
CREATE FUNCTION anthology_internal.judge_read_papers(ids text[]) RETURNS refcursor
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    paper refcursor;
BEGIN
    IF ids IS NULL THEN
        OPEN paper FOR
            SELECT p.id, coalesce(p.year, v.year), v.venue_ids, p.document
            FROM anthology.paper p LEFT JOIN anthology.volume v ON v.id = p.volume_id
            ORDER BY p.id;
    ELSE
        OPEN paper FOR
            SELECT p.id, coalesce(p.year, v.year), v.venue_ids, p.document
            FROM anthology.paper p LEFT JOIN anthology.volume v ON v.id = p.volume_id
            WHERE p.id = ANY (ids)
            ORDER BY p.id;
    END IF;
    RETURN paper;
END
$$;
COMMENT ON FUNCTION anthology_internal.judge_read_papers(text[]) IS
    'for judging: a cursor on what is known of some papers, or of all: id, year, venues, document';

CREATE FUNCTION anthology_internal.judge_read_names(ids text[]) RETURNS refcursor
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    name refcursor;
BEGIN
    IF ids IS NULL THEN
        OPEN name FOR
            SELECT a.paper_id, a.person_id, lower(a.last) || ' ' || lower(left(a.first, 1)),
                a.affiliation, a.full_name, coalesce(a.explicit_person_id = a.person_id, false),
                coalesce(anthology.orcid_normalize(a.orcid), a.orcid), a.openreview
            FROM anthology.authorship a WHERE a.person_id IS NOT NULL
            ORDER BY a.paper_id, a.role, a."position";
    ELSE
        OPEN name FOR
            SELECT a.paper_id, a.person_id, lower(a.last) || ' ' || lower(left(a.first, 1)),
                a.affiliation, a.full_name, coalesce(a.explicit_person_id = a.person_id, false),
                coalesce(anthology.orcid_normalize(a.orcid), a.orcid), a.openreview
            FROM anthology.authorship a WHERE a.person_id IS NOT NULL AND a.paper_id = ANY (ids)
            ORDER BY a.paper_id, a.role, a."position";
    END IF;
    RETURN name;
END
$$;
COMMENT ON FUNCTION anthology_internal.judge_read_names(text[]) IS
    'for judging: a cursor on the names of some papers, or of all: paper, person, surname with '
    'initial, '
    'affiliation, name as printed, whether it has the explicit id, ORCID, OpenReview id';

CREATE FUNCTION anthology_internal.judge_read_persons(ids text[]) RETURNS refcursor
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    person refcursor;
BEGIN
    IF ids IS NULL THEN
        OPEN person FOR
            SELECT p.id, coalesce(anthology.orcid_normalize(p.orcid), p.orcid), NULL::text,
                p.verified,
                ARRAY(SELECT n.full_name FROM anthology.person_name n
                      WHERE n.person_id = p.id AND NOT n.inferred)
            FROM anthology.person p WHERE p.verified OR p.orcid IS NOT NULL
            ORDER BY p.id;
    ELSE
        OPEN person FOR
            SELECT p.id, coalesce(anthology.orcid_normalize(p.orcid), p.orcid), NULL::text,
                p.verified,
                ARRAY(SELECT n.full_name FROM anthology.person_name n
                      WHERE n.person_id = p.id AND NOT n.inferred)
            FROM anthology.person p WHERE (p.verified OR p.orcid IS NOT NULL) AND p.id = ANY (ids)
            ORDER BY p.id;
    END IF;
    RETURN person;
END
$$;
COMMENT ON FUNCTION anthology_internal.judge_read_persons(text[]) IS
    'for judging: a cursor on persons of whom more is known than their papers: person, ORCID, '
    'OpenReview id, verified, names listed by hand';

CREATE FUNCTION anthology_internal.judge_read_around(person_ids text[], paper_ids text[])
    RETURNS text[]
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RETURN ARRAY(
        SELECT a.paper_id FROM anthology.authorship a WHERE a.person_id = ANY (person_ids)
        UNION SELECT unnest(paper_ids)
        UNION SELECT b.paper_id
        FROM anthology.authorship a JOIN anthology.authorship b ON b.person_id = a.person_id
        WHERE a.paper_id = ANY (paper_ids));
END
$$;
COMMENT ON FUNCTION anthology_internal.judge_read_around(text[], text[]) IS
    'for judging: the papers on some persons'' pages, and all that the authors of some papers '
    'wrote';

CREATE FUNCTION anthology_internal.judge_read_asked(paper_id text, person_ids text[])
    RETURNS TABLE (person_id text, is_person boolean, printed_id text, similarity real)
    LANGUAGE plpgsql STABLE ROWS 10
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
        SELECT asked.person_id,
            EXISTS (SELECT FROM anthology.person q WHERE q.id = asked.person_id),
            n.person_id, coalesce(n.similarity, 0)
        FROM (SELECT u.person_id, min(u.n) AS n
              FROM unnest(person_ids) WITH ORDINALITY AS u(person_id, n)
              GROUP BY u.person_id) AS asked
            -- The person's own name, or the one most like it.
            LEFT JOIN LATERAL (
                SELECT a.person_id, coalesce(
                    (SELECT max(anthology.name_similarity(a.full_name, m.full_name))
                     FROM anthology.person_name m WHERE m.person_id = asked.person_id),
                         0) AS similarity
                FROM anthology.authorship a WHERE a.paper_id = judge_read_asked.paper_id
                ORDER BY a.person_id = asked.person_id DESC NULLS LAST, 2 DESC, a.role, a."position"
                LIMIT 1) AS n ON true
        ORDER BY asked.n;
END
$$;
COMMENT ON FUNCTION anthology_internal.judge_read_asked(text, text[]) IS
    'for judging: for each of some persons, the name on a paper that would be theirs, and how '
    'like theirs it is';

CREATE FUNCTION anthology_internal.judge_read_page(person_id text) RETURNS text[]
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RETURN ARRAY(SELECT DISTINCT a.paper_id FROM anthology.authorship a
                 WHERE a.person_id = judge_read_page.person_id);
END
$$;
COMMENT ON FUNCTION anthology_internal.judge_read_page(text) IS
    'for judging: the papers of a person';

CREATE FUNCTION anthology_internal.judge_read_sample(person_id text, other_id text) RETURNS text[]
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RETURN ARRAY(
        WITH paper AS (
            SELECT DISTINCT a.person_id, a.paper_id FROM anthology.authorship a
            WHERE a.person_id IN (judge_read_sample.person_id, judge_read_sample.other_id)
        ), smaller AS (
            SELECT p.person_id FROM paper p GROUP BY p.person_id
            ORDER BY count(*), p.person_id COLLATE "C" LIMIT 1
        )
        SELECT p.paper_id FROM paper p JOIN smaller s ON s.person_id = p.person_id
        ORDER BY hashtextextended(p.paper_id, 0) LIMIT 20);
END
$$;
COMMENT ON FUNCTION anthology_internal.judge_read_sample(text, text) IS
    'for judging: some papers of the smaller of two pages';
