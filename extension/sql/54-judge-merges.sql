-- pages that seem to be of one person (extension/judge_merges.c), and why

CREATE FUNCTION merge_evidence(person_id text, other_id text)
    RETURNS TABLE (signal text, value double precision, weight double precision, detail text)
    LANGUAGE c STABLE STRICT COST 1000000 ROWS 20
    SET search_path = pg_catalog, pg_temp
    SET plan_cache_mode = force_generic_plan
    AS 'MODULE_PATHNAME', 'anthology_merge_evidence';
COMMENT ON FUNCTION merge_evidence(text, text) IS
    'why two pages may be one person''s, or not: up to 20 papers of the smaller page judged '
    'against the larger one as if '
    'both were one, on average, and their names and ids; the weights are log-odds and add up to '
    'the score of suggest_merge()';

CREATE FUNCTION suggest_merge(person_id text, k integer DEFAULT 5)
    RETURNS TABLE (other_id text, canonical_name text, score real, name_similarity real,
                   papers bigint)
    LANGUAGE plpgsql STABLE STRICT ROWS 5
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    IF k < 1 THEN
        RAISE EXCEPTION 'k must be positive, not %', k
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    PERFORM anthology_internal.require_person(suggest_merge.person_id);
    RETURN QUERY
        WITH id AS MATERIALIZED (
            SELECT DISTINCT a.orcid, a.openreview FROM anthology.authorship a
            WHERE a.person_id = suggest_merge.person_id
                AND (a.orcid IS NOT NULL OR a.openreview IS NOT NULL)
        ), found AS MATERIALIZED (
            SELECT f.person_id, f.score
            FROM anthology.person_name n, LATERAL anthology.find_person(n.full_name, 20) f
            WHERE n.person_id = suggest_merge.person_id AND f.score >= 0.5
            UNION ALL
            -- Two pages with one ORCID or OpenReview id are listed, whatever the score.
            SELECT b.person_id, anthology.name_similarity(b.full_name, n.full_name)
            FROM id i
                JOIN anthology.authorship b ON b.orcid = i.orcid OR b.openreview = i.openreview
                JOIN anthology.person_name n ON n.person_id = suggest_merge.person_id
        ), candidate AS MATERIALIZED (
            SELECT f.person_id, max(f.score) AS similarity
            FROM found f
            WHERE f.person_id <> suggest_merge.person_id
                -- Two names on one paper are two persons.
                AND NOT EXISTS (
                    SELECT FROM anthology.authorship a
                        JOIN anthology.authorship b ON b.paper_id = a.paper_id
                    WHERE a.person_id = suggest_merge.person_id AND b.person_id = f.person_id)
            GROUP BY f.person_id
        )
        SELECT c.person_id, n.full_name, (1 / (1 + exp(-j.log_odds)))::real AS score, c.similarity,
            (SELECT count(DISTINCT a.paper_id) FROM anthology.authorship a
             WHERE a.person_id = c.person_id)
        FROM candidate c
            LEFT JOIN anthology.person_name n ON n.person_id = c.person_id AND n."position" = 1,
            LATERAL (SELECT sum(e.weight) AS log_odds
                     FROM anthology.merge_evidence(suggest_merge.person_id, c.person_id) e) AS j
        WHERE j.log_odds IS NOT NULL
        ORDER BY score DESC, c.similarity DESC, c.person_id COLLATE "C"
        LIMIT k;
END
$$;
COMMENT ON FUNCTION suggest_merge(text, integer) IS
    'other pages that may be the same person: of similar names, or with an id in common, by how '
    'well up to 20 papers of the smaller page fit the larger one';

CREATE FUNCTION anthology_internal.judge_merges(threshold double precision)
    RETURNS TABLE (person_id text, other_id text, score real, name_similarity real, reason text)
    LANGUAGE c STABLE STRICT COST 1000000 ROWS 1000
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_judge_merges';
COMMENT ON FUNCTION anthology_internal.judge_merges(double precision) IS
    'pairs of pages of the corpus that may be one person''s: of similar names, with the same '
    'surname and initial or near in company';

CREATE FUNCTION suggest_merges(threshold double precision DEFAULT 0.9)
    RETURNS TABLE (person_id text, other_id text, score real, name text, other_name text,
                   papers bigint, other_papers bigint, reason text)
    LANGUAGE sql STABLE ROWS 1000
    SET search_path = pg_catalog, pg_temp
    SET jit = off
AS $$
    SELECT m.person_id, m.other_id, m.score, n.full_name, o.full_name,
        (SELECT count(DISTINCT a.paper_id) FROM anthology.authorship a
            WHERE a.person_id = m.person_id),
        (SELECT count(DISTINCT a.paper_id) FROM anthology.authorship a
            WHERE a.person_id = m.other_id),
        m.reason
    FROM anthology_internal.judge_merges(threshold) m
        LEFT JOIN anthology.person_name n ON n.person_id = m.person_id AND n."position" = 1
        LEFT JOIN anthology.person_name o ON o.person_id = m.other_id AND o."position" = 1
    ORDER BY m.score DESC, m.name_similarity DESC, m.person_id COLLATE "C", m.other_id COLLATE "C"
$$;
COMMENT ON FUNCTION suggest_merges(double precision) IS
    'pairs of pages that seem to be one person''s, the surest first: the smaller page, the '
    'larger one, the probability and why';
