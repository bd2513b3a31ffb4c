-- the author's page and what stands beside it
--
-- Plain SQL over the tables: there is no C file for these.

CREATE FUNCTION shown_name(person_id text, full_name text) RETURNS text
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT coalesce((
        SELECT c.full_name FROM anthology.person_name h
            JOIN anthology.person_name c ON c.person_id = h.person_id AND c."position" = 1
        WHERE h.person_id = shown_name.person_id AND h.hidden
            AND h.full_name = shown_name.full_name
        LIMIT 1), full_name)
$$;
COMMENT ON FUNCTION shown_name(text, text) IS
    'a name as it is to be shown: a former name as the canonical one, see change_name()';

CREATE FUNCTION person_page(person_id text)
    RETURNS TABLE (year integer, paper_id text, role text, "position" integer, title text,
                   authors text, venue text, abstract text)
    LANGUAGE plpgsql STABLE STRICT ROWS 20
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    present text := anthology_internal.present_person(person_page.person_id);
BEGIN
    RETURN QUERY
        SELECT p.year, p.id, a.role, a."position", anthology.abstract_plain(p.title),
            (SELECT string_agg(anthology.shown_name(c.person_id, c.full_name), ', '
                ORDER BY c.role, c."position")
             FROM anthology.authorship c WHERE c.paper_id = p.id),
            (SELECT string_agg(coalesce(v.acronym, v.name, i.id), ', ' ORDER BY i.n)
             FROM unnest(w.venue_ids) WITH ORDINALITY AS i(id, n)
                 LEFT JOIN anthology.venue v ON v.id = i.id),
            anthology.abstract_plain(p.abstract)
        FROM anthology.authorship a
            JOIN anthology.paper p ON p.id = a.paper_id
            LEFT JOIN anthology.volume w ON w.id = p.volume_id
        WHERE a.person_id = present
        ORDER BY p.year DESC NULLS LAST, coalesce(p.volume_id, p.event_id) COLLATE "C", p.number,
            a.role, a."position";
END
$$;
COMMENT ON FUNCTION person_page(text) IS
    'an author''s page: the papers, the newest first, as plain text';

CREATE FUNCTION person_names(person_id text)
    RETURNS TABLE (name text, canonical boolean, inferred boolean, papers bigint)
    LANGUAGE sql STABLE STRICT ROWS 3
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT n.full_name, n."position" = 1, n.inferred,
        (SELECT count(DISTINCT a.paper_id) FROM anthology.authorship a
         WHERE a.person_id = n.person_id AND a.first = n.first AND a.last = n.last)
    FROM anthology.person_name n
    WHERE n.person_id = anthology.present_id(person_names.person_id) AND NOT n.hidden
    ORDER BY n."position"
$$;
COMMENT ON FUNCTION person_names(text) IS
    'a person''s names, the canonical one first ("also published as"), with the papers that '
    'have them';

CREATE FUNCTION person_coauthors(person_id text)
    RETURNS TABLE (coauthor_id text, name text, papers bigint)
    LANGUAGE sql STABLE STRICT ROWS 20
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT c.person_id, n.full_name, count(DISTINCT c.paper_id)
    FROM (SELECT DISTINCT a.paper_id FROM anthology.authorship a
          WHERE a.person_id = anthology.present_id(person_coauthors.person_id)) AS own
        JOIN anthology.authorship c ON c.paper_id = own.paper_id
        JOIN anthology.person_name n ON n.person_id = c.person_id AND n."position" = 1
    WHERE c.person_id <> anthology.present_id(person_coauthors.person_id)
    GROUP BY c.person_id, n.full_name
    ORDER BY 3 DESC, c.person_id COLLATE "C"
$$;
COMMENT ON FUNCTION person_coauthors(text) IS
    'who shares papers with a person, and how many';

CREATE FUNCTION person_venues(person_id text)
    RETURNS TABLE (venue_id text, venue text, papers bigint)
    LANGUAGE sql STABLE STRICT ROWS 10
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT i.id, coalesce(v.acronym, v.name, i.id), count(DISTINCT p.id)
    FROM anthology.authorship a
        JOIN anthology.paper p ON p.id = a.paper_id
        JOIN anthology.volume w ON w.id = p.volume_id,
        LATERAL unnest(w.venue_ids) AS i(id)
        LEFT JOIN anthology.venue v ON v.id = i.id
    WHERE a.person_id = anthology.present_id(person_venues.person_id)
    GROUP BY i.id, v.acronym, v.name
    ORDER BY 3 DESC, i.id COLLATE "C"
$$;
COMMENT ON FUNCTION person_venues(text) IS
    'where a person''s papers appeared, and how many';

CREATE FUNCTION find_person(name text, k integer DEFAULT 10)
    RETURNS TABLE (person_id text, canonical_name text, matched_name text, score real,
                   verified boolean, papers bigint)
    LANGUAGE plpgsql STABLE STRICT ROWS 10
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    IF k < 1 THEN
        RAISE EXCEPTION 'k must be positive, not %', k
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    RETURN QUERY
        WITH nearest AS MATERIALIZED (
            -- The index gives the nearest names. Several may be one person's, so more than k
            -- are read.
            SELECT n.person_id, n.full_name, n."position",
                anthology.name_similarity(n.full_name, find_person.name) AS score
            FROM anthology.person_name n
            WHERE n.full_name OPERATOR(anthology.~=) ROW(find_person.name,
                0.001)::anthology.name_query
            ORDER BY n.full_name OPERATOR(anthology.<~>) find_person.name
            LIMIT k * 20::bigint
        ), best AS (
            SELECT DISTINCT ON (s.person_id) s.person_id, s.full_name, s.score
            FROM (SELECT * FROM nearest
                  UNION ALL
                  -- What is asked for may be an id, present or former.
                  SELECT n.person_id, n.full_name, 0, 1
                  FROM anthology.person_name n
                  WHERE find_person.name ~ '^[a-z][-a-z0-9]*-[-a-z0-9]+(/unverified)?$'
                      AND n.person_id = anthology.present_id(find_person.name)
                          AND n."position" = 1) AS s
            ORDER BY s.person_id, s.score DESC, s."position"
        )
        SELECT b.person_id, c.full_name, anthology.shown_name(b.person_id, b.full_name), b.score,
            p.verified,
            (SELECT count(DISTINCT a.paper_id) FROM anthology.authorship a
             WHERE a.person_id = b.person_id) AS papers
        FROM best b
            JOIN anthology.person p ON p.id = b.person_id
            JOIN anthology.person_name c ON c.person_id = b.person_id AND c."position" = 1
        ORDER BY b.score DESC, papers DESC, b.person_id COLLATE "C"
        LIMIT k;
END
$$;
COMMENT ON FUNCTION find_person(text, integer) IS
    'the k persons one of whose names is most similar to a name';

CREATE FUNCTION person_similar(person_id text)
    RETURNS TABLE (similar_id text, canonical_name text, score real, same_slug boolean,
                   papers bigint)
    LANGUAGE sql STABLE STRICT ROWS 10
    SET search_path = pg_catalog, pg_temp
AS $$
    WITH own AS (
        SELECT n.full_name, n.slug FROM anthology.person_name n
        WHERE n.person_id = anthology.present_id(person_similar.person_id)
    ), candidate AS (
        SELECT f.person_id, max(f.score) AS score
        FROM own, LATERAL anthology.find_person(own.full_name, 10) f
        WHERE f.score >= 0.8
        GROUP BY f.person_id
        UNION ALL
        SELECT n.person_id, 1 FROM own JOIN anthology.person_name n ON n.slug = own.slug
        UNION ALL
        SELECT s.id, 1 FROM anthology.person p, LATERAL unnest(p.similar_ids) AS s(id)
        WHERE p.id = anthology.present_id(person_similar.person_id)
    )
    SELECT c.person_id, n.full_name, max(c.score)::real,
        EXISTS (SELECT FROM anthology.person_name m JOIN own ON own.slug = m.slug
                WHERE m.person_id = c.person_id),
        (SELECT count(DISTINCT a.paper_id) FROM anthology.authorship a
         WHERE a.person_id = c.person_id)
    FROM candidate c
        JOIN anthology.person_name n ON n.person_id = c.person_id AND n."position" = 1
    WHERE c.person_id <> anthology.present_id(person_similar.person_id)
    GROUP BY c.person_id, n.full_name
    ORDER BY 3 DESC, 5 DESC, c.person_id COLLATE "C"
$$;
COMMENT ON FUNCTION person_similar(text) IS
    'people with similar names: the same slug, listed as similar in people.yaml, or a name '
    'much alike';
