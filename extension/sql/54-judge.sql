-- one paper against a person's others: a score, and why (extension/judge.c)

CREATE FUNCTION assignment_score(paper_id text, person_id text) RETURNS real
    LANGUAGE c STABLE STRICT COST 100000
    SET search_path = pg_catalog, pg_temp
    SET plan_cache_mode = force_generic_plan
    AS 'MODULE_PATHNAME', 'anthology_assignment_score';
COMMENT ON FUNCTION assignment_score(text, text) IS
    'the probability, at even odds beforehand, that the paper belongs to the person, judged from '
    'the person''s other papers';

CREATE FUNCTION assignment_evidence(paper_id text, person_id text)
    RETURNS TABLE (signal text, value double precision, weight double precision, detail text)
    LANGUAGE c STABLE STRICT COST 100000 ROWS 15
    SET search_path = pg_catalog, pg_temp
    SET plan_cache_mode = force_generic_plan
    AS 'MODULE_PATHNAME', 'anthology_assignment_evidence';
COMMENT ON FUNCTION assignment_evidence(text, text) IS
    'why assignment_score() is what it is: the weights are log-odds, s = 1 / (1 + '
    'exp(-sum(weight)))';

CREATE FUNCTION anthology_internal.judge_against(paper_id text, person_ids text[])
    RETURNS TABLE (person_id text, score real, reason text,
                   signal text, value double precision, weight double precision, detail text)
    LANGUAGE c STABLE STRICT COST 100000 ROWS 100
    SET search_path = pg_catalog, pg_temp
    SET plan_cache_mode = force_generic_plan
    AS 'MODULE_PATHNAME', 'anthology_judge_against';
COMMENT ON FUNCTION anthology_internal.judge_against(text, text[]) IS
    'assignment_score() and assignment_evidence() of a paper for several persons, from one '
    'reading: a row for each signal';

CREATE FUNCTION judge_candidates(paper_id text, person_ids text[])
    RETURNS TABLE (person_id text, score real, reason text, evidence jsonb)
    LANGUAGE plpgsql STABLE STRICT COST 100000 ROWS 10
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
        SELECT j.person_id, j.score, j.reason,
            jsonb_agg(jsonb_build_object('signal', j.signal, 'value', j.value, 'weight', j.weight,
                                         'detail', j.detail) ORDER BY j.weight,
                                             j.signal COLLATE "C")
        FROM anthology_internal.judge_against(judge_candidates.paper_id,
                                              judge_candidates.person_ids) j
        GROUP BY j.person_id, j.score, j.reason
        ORDER BY j.score DESC, j.person_id COLLATE "C";
END
$$;
COMMENT ON FUNCTION judge_candidates(text, text[]) IS
    'several persons for one paper, the likeliest first: score, what speaks most against it, and '
    'the evidence, from one reading';
