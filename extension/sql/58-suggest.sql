-- who else it could be, and what does not belong where it is

CREATE FUNCTION candidate_persons(paper_id text, role text, "position" integer, k integer)
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
            -- Names change; co-authors usually stay.
            SELECT b.person_id, n.full_name, s.similarity
            FROM anthology.authorship c
                JOIN anthology.authorship o ON o.person_id = c.person_id AND o.paper_id <> c.paper_id
                JOIN anthology.authorship b ON b.paper_id = o.paper_id
                JOIN anthology.person_name n ON n.person_id = b.person_id AND n."position" = 1,
                LATERAL anthology.name_similarity(b.full_name, asked.full_name) AS s(similarity)
            WHERE c.paper_id = asked.paper_id AND c.person_id IS DISTINCT FROM asked.person_id
                AND s.similarity >= 0.5
        )
        SELECT c.person_id, min(c.canonical_name), max(c.similarity)::real
        FROM candidate c
        -- It cannot be somebody else on the paper.
        WHERE NOT EXISTS (SELECT FROM anthology.authorship o
                          WHERE o.paper_id = asked.paper_id AND o.person_id = c.person_id
                              AND o.role = asked.role AND o."position" <> asked."position")
        GROUP BY c.person_id;
END
$$;
COMMENT ON FUNCTION candidate_persons(text, text, integer, integer) IS
    'persons whom a name on a paper could mean, by their names: those of similar names, and those of its co-authors'' papers';

CREATE FUNCTION suggest_persons(paper_id text, "position" integer, k integer DEFAULT 5)
    RETURNS TABLE (person_id text, canonical_name text, score real, name_similarity real, current boolean,
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
            SELECT * FROM anthology.candidate_persons(asked.paper_id, asked.role, asked."position", k)
        )
        SELECT c.person_id, c.canonical_name, j.score, c.name_similarity,
            c.person_id IS NOT DISTINCT FROM asked.person_id, j.reason
        FROM anthology.judge_candidates(asked.paper_id, ARRAY(SELECT o.person_id FROM candidate o)) j
            JOIN candidate c ON c.person_id = j.person_id
        ORDER BY j.score DESC, c.name_similarity DESC, c.person_id COLLATE "C"
        LIMIT k;
END
$$;
COMMENT ON FUNCTION suggest_persons(text, integer, integer) IS
    'who a name on a paper could be: persons with similar names by assignment_score(), the present one among them, '
    'with what speaks most against each';

CREATE FUNCTION suggest_merge(person_id text, k integer DEFAULT 5)
    RETURNS TABLE (other_id text, canonical_name text, score real, name_similarity real, papers bigint)
    LANGUAGE plpgsql STABLE STRICT ROWS 5
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    IF k < 1 THEN
        RAISE EXCEPTION 'k must be positive, not %', k
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    PERFORM anthology.require_person(suggest_merge.person_id);
    RETURN QUERY
        WITH own AS MATERIALIZED (
            SELECT p.id, p.orcid, (SELECT count(DISTINCT a.paper_id) FROM anthology.authorship a
                                   WHERE a.person_id = p.id) AS papers
            FROM anthology.person p WHERE p.id = suggest_merge.person_id
        ), candidate AS MATERIALIZED (
            SELECT f.person_id, min(f.canonical_name) AS canonical_name, max(f.score) AS similarity,
                max(f.papers) AS papers
            FROM anthology.person_name n, LATERAL anthology.find_person(n.full_name, 20) f
            WHERE n.person_id = suggest_merge.person_id AND f.person_id <> n.person_id AND f.score >= 0.5
                -- Two persons on one paper are two.
                AND NOT EXISTS (SELECT FROM anthology.authorship a JOIN anthology.authorship b USING (paper_id)
                                WHERE a.person_id = suggest_merge.person_id AND b.person_id = f.person_id)
            GROUP BY f.person_id
        )
        SELECT c.person_id, c.canonical_name, j.score, c.similarity, c.papers
        FROM own CROSS JOIN candidate c
            JOIN anthology.person p ON p.id = c.person_id,
            -- The smaller page is judged against the larger one: that tells most.
            LATERAL (SELECT CASE WHEN is_smaller THEN c.person_id ELSE own.id END AS smaller,
                            CASE WHEN is_smaller THEN own.id ELSE c.person_id END AS larger
                     FROM (VALUES ((c.papers, c.person_id COLLATE "C") < (own.papers, own.id))) AS v(is_smaller)) AS by_size,
            LATERAL (SELECT array_agg(s.paper_id) AS paper_ids
                     FROM (SELECT DISTINCT a.paper_id, hashtextextended(a.paper_id, 0) AS dealt
                           FROM anthology.authorship a WHERE a.person_id = smaller
                           ORDER BY dealt LIMIT 20) AS s) AS sample,
            LATERAL (SELECT (1 / (1 + exp(-avg(m.log_odds)
                             - (SELECT w.weight FROM anthology.assignment_weight w
                                WHERE w.model = 'name' AND w.signal = 'name' AND w.lower <= c.similarity
                                ORDER BY w.lower DESC LIMIT 1)
                             -- If both have an ORCID, the two differ.
                             - CASE WHEN p.orcid IS NULL OR own.orcid IS NULL THEN 0 ELSE
                                 (SELECT w.weight FROM anthology.assignment_weight w
                                  WHERE w.model = 'name' AND w.signal = 'orcid' ORDER BY w.lower LIMIT 1) END)))::real AS score
                     FROM anthology.judge_merge(sample.paper_ids, larger, smaller) m) AS j
        WHERE j.score IS NOT NULL
        ORDER BY j.score DESC, c.similarity DESC, c.person_id COLLATE "C"
        LIMIT k;
END
$$;
COMMENT ON FUNCTION suggest_merge(text, integer) IS
    'other pages that may be the same person: similar names, by how well up to 20 papers of the smaller page fit the larger one';

CREATE FUNCTION suspicious_assignments(of_person text DEFAULT NULL, threshold double precision DEFAULT 0.02)
    RETURNS TABLE (paper_id text, role text, "position" integer, person_id text, score real,
                   reason text, suggested_person_id text)
    LANGUAGE plpgsql STABLE ROWS 1000
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    IF of_person IS NOT NULL THEN
        PERFORM anthology.require_person(of_person);
    END IF;
    RETURN QUERY
        WITH judged AS MATERIALIZED (
            SELECT j.* FROM anthology.judge_pages(
                CASE WHEN of_person IS NOT NULL THEN ARRAY(
                    SELECT DISTINCT a.paper_id FROM anthology.authorship a
                    WHERE a.person_id = of_person) END,
                CASE WHEN of_person IS NOT NULL THEN ARRAY[of_person] END,
                suspicious_assignments.threshold) j
        ), improbable AS (
            SELECT a.paper_id, a.role, a."position", a.person_id, j.score,
                (SELECT string_agg(e.detail, '; ' ORDER BY e.weight)
                 FROM (SELECT * FROM anthology.assignment_evidence(a.paper_id, a.person_id) e
                       WHERE e.weight < 0 AND e.detail IS NOT NULL ORDER BY e.weight LIMIT 3) AS e) AS reason,
                -- Better is whom the co-authors know, by a similar name.
                (SELECT s.person_id FROM (
                     SELECT c.person_id, anthology.assignment_score(a.paper_id, c.person_id) AS score
                     FROM (SELECT DISTINCT b.person_id
                           FROM anthology.authorship c
                               JOIN anthology.authorship o ON o.person_id = c.person_id
                                   AND o.paper_id <> c.paper_id
                               JOIN anthology.authorship b ON b.paper_id = o.paper_id
                           WHERE c.paper_id = a.paper_id AND c.person_id <> a.person_id
                               AND b.person_id <> a.person_id
                               AND anthology.name_similarity(b.full_name, a.full_name) >= 0.6
                               AND NOT EXISTS (SELECT FROM anthology.authorship d
                                               WHERE d.paper_id = a.paper_id AND d.person_id = b.person_id)
                          ) AS c) AS s
                 WHERE s.score > 0.5 ORDER BY s.score DESC, s.person_id COLLATE "C" LIMIT 1) AS better
            FROM judged j
                JOIN anthology.authorship a ON a.paper_id = j.paper_id AND a.person_id = j.person_id
            UNION ALL
            SELECT c.* FROM anthology.assignment_conflicts(of_person) c
        )
        -- An assignment once, with all that speaks against it.
        SELECT i.paper_id, i.role, i."position", i.person_id, min(i.score),
            string_agg(i.reason, '; ' ORDER BY i.score, i.reason COLLATE "C"),
            (array_agg(i.better ORDER BY i.score) FILTER (WHERE i.better IS NOT NULL))[1]
        FROM improbable i
        GROUP BY i.paper_id, i.role, i."position", i.person_id
        ORDER BY 5, i.paper_id COLLATE "C", i.role, i."position";
END
$$;
COMMENT ON FUNCTION suspicious_assignments(text, double precision) IS
    'the assignments of a person, or of everyone, that score below the threshold or contradict something plain, the worst first, with a better person where there is one';
