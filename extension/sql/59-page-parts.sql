-- what a page's dialog shows of the judging: its parts, and whose they could be
--
-- Plain SQL over suggest_split(), mixed_pages() and judge_candidates(): there is no C
-- file for these.

CREATE FUNCTION page_parts(person_id text)
    RETURNS TABLE (part bigint, papers bigint, years text, coauthors text[], confidence real,
                   mixed real, reason text, paper_ids text[])
    LANGUAGE sql STABLE ROWS 5
    SET search_path = pg_catalog, pg_temp
    SET jit = off
AS $$
    SELECT d.part, d.papers, d.years, d.coauthors, d.confidence, d.probability,
        CASE WHEN max(d.part) OVER () > 1 THEN
            concat(CASE d.shared WHEN 0 THEN 'no co-author in common'
                        ELSE anthology_internal.counted(d.shared, 'co-author') || ' in common' END,
                            (
                -- Says what clearly differs between the two, even if it weighs little.
                SELECT string_agg('; ' || e.detail, '' ORDER BY e.signal COLLATE "C")
                FROM anthology.split_evidence(page_parts.person_id) e
                WHERE e.part = d.label AND CASE e.signal
                    WHEN 'texts' THEN e.value < 0.2
                    WHEN 'affiliation' THEN e.value BETWEEN 0 AND 0.5
                    WHEN 'ranks apart' THEN e.value > 0.5
                    WHEN 'years between' THEN e.value > 0 END)) END,
        d.paper_ids
    FROM anthology_internal.describe_mixed(page_parts.person_id, -1) d
    ORDER BY d.part
$$;
COMMENT ON FUNCTION page_parts(text) IS
    'the parts of a person''s page, the largest first: papers, years, typical co-authors, the '
    'confidence that they belong together, '
    'the probability that the page mixes persons, and why the part stands apart';

CREATE FUNCTION suggest_owners(paper_ids text[], person_id text, k integer DEFAULT 5)
    RETURNS TABLE (owner_id text, name text, score real, papers bigint, current boolean,
                   reason text)
    LANGUAGE plpgsql STABLE STRICT ROWS 5
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    IF k < 1 THEN
        RAISE EXCEPTION 'k must be positive, not %', k
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    PERFORM anthology_internal.require_person(suggest_owners.person_id);
    RETURN QUERY
        WITH name AS MATERIALIZED (
            SELECT a.paper_id, min(a.role) AS role, min(a."position") AS "position"
            FROM anthology.authorship a
            WHERE a.paper_id = ANY (suggest_owners.paper_ids)
                AND a.person_id = suggest_owners.person_id
            GROUP BY a.paper_id
        ), candidate AS MATERIALIZED (
            SELECT c.person_id, min(c.canonical_name) AS canonical_name
            FROM name n, LATERAL anthology_internal.candidate_persons(n.paper_id, n.role,
                                                                      n."position", 20) c
            GROUP BY c.person_id
        ), judged AS MATERIALIZED (
            SELECT j.person_id, j.score, j.reason
            FROM name n, LATERAL anthology.judge_candidates(n.paper_id,
                     ARRAY(SELECT c.person_id FROM candidate c)) j
        )
        -- The papers are judged together, by the mean of their log-odds.
        SELECT c.person_id, c.canonical_name,
            (1 / (1 + exp(-avg(ln(greatest(j.score, 1e-6) / greatest(1 - j.score,
                                                                     1e-6))))))::real AS score,
            (SELECT count(DISTINCT a.paper_id) FROM anthology.authorship a
                WHERE a.person_id = c.person_id),
            c.person_id = suggest_owners.person_id,
            (array_agg(j.reason ORDER BY j.score))[1]
        FROM candidate c JOIN judged j ON j.person_id = c.person_id
        GROUP BY c.person_id, c.canonical_name
        ORDER BY score DESC, c.person_id COLLATE "C"
        LIMIT k;
END
$$;
COMMENT ON FUNCTION suggest_owners(text[], text, integer) IS
    'whose some papers of a page could be, the likeliest first: persons of similar names by '
    'assignment_score() over all of the papers, '
    'the present one among them, with what speaks most against the worst paper';
