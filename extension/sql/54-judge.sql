-- one paper against a person's others: a score, and why (extension/judge.c)

CREATE FUNCTION assignment_score(paper_id text, person_id text) RETURNS real
    LANGUAGE c STABLE STRICT COST 100000
    SET search_path = pg_catalog, pg_temp
    SET plan_cache_mode = force_generic_plan
    AS 'MODULE_PATHNAME', 'anthology_assignment_score';
COMMENT ON FUNCTION assignment_score(text, text) IS
    'the probability, at even odds beforehand, that the paper belongs to the person, judged from the person''s other papers';

CREATE FUNCTION assignment_evidence(paper_id text, person_id text)
    RETURNS TABLE (signal text, value double precision, weight double precision, detail text)
    LANGUAGE c STABLE STRICT COST 100000 ROWS 15
    SET search_path = pg_catalog, pg_temp
    SET plan_cache_mode = force_generic_plan
    AS 'MODULE_PATHNAME', 'anthology_assignment_evidence';
COMMENT ON FUNCTION assignment_evidence(text, text) IS
    'why assignment_score() is what it is: the weights are log-odds, s = 1 / (1 + exp(-sum(weight)))';
