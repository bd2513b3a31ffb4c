-- who else it could be, and what does not belong where it is

CREATE FUNCTION anthology_internal.candidate_persons(paper_id text, role text, "position" integer,
                                                     k integer)
    RETURNS TABLE (person_id text, canonical_name text, name_similarity real)
    LANGUAGE plpgsql STABLE STRICT ROWS 10
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    asked anthology.authorship;
BEGIN
    SELECT * INTO asked FROM anthology.authorship a
    WHERE a.paper_id = candidate_persons.paper_id AND a.role = candidate_persons.role
        AND a."position" = candidate_persons."position";
    RETURN QUERY
        WITH candidate AS MATERIALIZED (
            SELECT f.person_id, f.canonical_name, f.score AS similarity
            FROM anthology.find_person(asked.full_name, greatest(20, k)) f
            WHERE f.score >= 0.5
            UNION ALL
            -- The person may have had another name. The co-authors' other papers show it.
            SELECT b.person_id, n.full_name, s.similarity
            FROM anthology.authorship c
                JOIN anthology.authorship o ON o.person_id = c.person_id
                    AND o.paper_id <> c.paper_id
                JOIN anthology.authorship b ON b.paper_id = o.paper_id
                JOIN anthology.person_name n ON n.person_id = b.person_id AND n."position" = 1,
                LATERAL anthology.name_similarity(b.full_name, asked.full_name) AS s(similarity)
            WHERE c.paper_id = asked.paper_id AND c.person_id IS DISTINCT FROM asked.person_id
                AND s.similarity >= 0.5
        )
        SELECT c.person_id, min(c.canonical_name), max(c.similarity)::real
        FROM candidate c
        -- A person who is on the paper already cannot be this author, too.
        WHERE NOT EXISTS (SELECT FROM anthology.authorship o
                          WHERE o.paper_id = asked.paper_id AND o.person_id = c.person_id
                              AND o.role = asked.role AND o."position" <> asked."position")
        GROUP BY c.person_id;
END
$$;
COMMENT ON FUNCTION anthology_internal.candidate_persons(text, text, integer, integer) IS
    'persons whom a name on a paper could mean, by their names: those of similar names, and '
    'those of its co-authors'' papers';

CREATE FUNCTION suggest_persons(paper_id text, "position" integer, k integer DEFAULT 5)
    RETURNS TABLE (person_id text, canonical_name text, score real, name_similarity real,
                   current boolean,
                   reason text)
    LANGUAGE plpgsql STABLE STRICT ROWS 5
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    asked anthology.authorship;
BEGIN
    IF k < 1 THEN
        RAISE EXCEPTION 'k must be positive, not %', k
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    SELECT * INTO asked FROM anthology.authorship a
    WHERE a.paper_id = suggest_persons.paper_id AND a."position" = suggest_persons."position"
    ORDER BY a.role LIMIT 1;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'paper "%" has no name at position %', paper_id, "position"
            USING ERRCODE = 'undefined_object';
    END IF;
    RETURN QUERY
        WITH candidate AS MATERIALIZED (
            SELECT *
                FROM anthology_internal.candidate_persons(asked.paper_id, asked.role,
                                                          asked."position", k)
        )
        SELECT c.person_id, c.canonical_name, j.score, c.name_similarity,
            c.person_id IS NOT DISTINCT FROM asked.person_id, j.reason
        FROM anthology.judge_candidates(asked.paper_id,
                                        ARRAY(SELECT o.person_id FROM candidate o)) j
            JOIN candidate c ON c.person_id = j.person_id
        ORDER BY j.score DESC, c.name_similarity DESC, c.person_id COLLATE "C"
        LIMIT k;
END
$$;
COMMENT ON FUNCTION suggest_persons(text, integer, integer) IS
    'who a name on a paper could be: persons with similar names by assignment_score(), the '
    'present one among them, '
    'with what speaks most against each';

CREATE FUNCTION suspicious_assignments(person_id text DEFAULT NULL,
                                       threshold double precision DEFAULT 0.02)
    RETURNS TABLE (paper_id text, role text, "position" integer, person_id text, score real,
                   reason text, suggested_person_id text, kind text,
                   title text, credited_name text, person_name text, suggested_name text)
    LANGUAGE sql STABLE ROWS 1000
    SET search_path = pg_catalog, pg_temp
    SET jit = off
AS $$
    WITH judged AS MATERIALIZED (
        SELECT j.* FROM anthology.judge_pages(
            CASE WHEN suspicious_assignments.person_id IS NOT NULL THEN ARRAY(
                SELECT DISTINCT a.paper_id FROM anthology.authorship a
                WHERE a.person_id = suspicious_assignments.person_id) END,
            CASE WHEN suspicious_assignments.person_id IS NOT NULL
                 THEN ARRAY[suspicious_assignments.person_id] END,
            suspicious_assignments.threshold) j
    ), improbable AS (
        SELECT a.paper_id, a.role, a."position", a.person_id, j.score, j.reason,
            -- A better person has a similar name and wrote with the paper's co-authors.
            (SELECT c.person_id
             FROM anthology.judge_candidates(a.paper_id, ARRAY(
                 SELECT DISTINCT b.person_id
                 FROM anthology.authorship c
                     JOIN anthology.authorship o ON o.person_id = c.person_id
                         AND o.paper_id <> c.paper_id
                     JOIN anthology.authorship b ON b.paper_id = o.paper_id
                 WHERE c.paper_id = a.paper_id AND c.person_id <> a.person_id
                     AND b.person_id <> a.person_id
                     AND anthology.name_similarity(b.full_name, a.full_name) >= 0.6
                     AND NOT EXISTS (SELECT FROM anthology.authorship d
                                     WHERE d.paper_id = a.paper_id
                                         AND d.person_id = b.person_id))) c
             WHERE c.score > 0.5 ORDER BY c.score DESC, c.person_id COLLATE "C" LIMIT 1) AS better,
            'content' AS kind
        FROM judged j
            JOIN anthology.authorship a ON a.paper_id = j.paper_id AND a.person_id = j.person_id
        UNION ALL
        SELECT c.* FROM anthology.assignment_conflicts(suspicious_assignments.person_id) c
        WHERE c.score < suspicious_assignments.threshold
    ), assignment AS (
        -- One row for an assignment, with all that speaks against it.
        SELECT i.paper_id, i.role, i."position", i.person_id, min(i.score) AS score,
            string_agg(i.reason, '; ' ORDER BY i.score, i.reason COLLATE "C") AS reason,
            (array_agg(i.better ORDER BY i.score) FILTER (WHERE i.better IS NOT NULL))[1] AS better,
            (array_agg(i.kind ORDER BY i.score, i.kind COLLATE "C"))[1] AS kind
        FROM improbable i
        GROUP BY i.paper_id, i.role, i."position", i.person_id
    )
    SELECT a.paper_id, a.role, a."position", a.person_id, a.score, a.reason, a.better, a.kind,
        anthology.abstract_plain(p.title), n.full_name, own.full_name, other.full_name
    FROM assignment a
        JOIN anthology.authorship n ON n.paper_id = a.paper_id AND n.role = a.role
            AND n."position" = a."position"
        JOIN anthology.paper p ON p.id = a.paper_id
        LEFT JOIN anthology.person_name own ON own.person_id = a.person_id AND own."position" = 1
        LEFT JOIN anthology.person_name other ON other.person_id = a.better AND other."position" = 1
    WHERE NOT anthology_internal.assignment_dismissed(
        (a.paper_id, a.role, a."position", n.full_name, a.person_id)::anthology.new_assignment)
    ORDER BY a.score, a.paper_id COLLATE "C", a.role, a."position"
$$;
COMMENT ON FUNCTION suspicious_assignments(text, double precision) IS
    'the assignments of a person, or of everyone, that score below the threshold, the worst '
    'first: for what reason, '
    'of what kind (content, or what contradicts it), and whose they may be instead; those '
    'dismissed in review are left out';
