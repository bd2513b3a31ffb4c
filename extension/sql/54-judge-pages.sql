-- assignments judged page by page (extension/judge_pages.c)

CREATE FUNCTION judge_pages(paper_ids text[], person_ids text[], threshold double precision)
    RETURNS TABLE (paper_id text, person_id text, score real, reason text)
    LANGUAGE c STABLE COST 1000000 ROWS 1000
    SET search_path = pg_catalog, pg_temp
    SET plan_cache_mode = force_generic_plan
    AS 'MODULE_PATHNAME', 'anthology_judge_pages';
COMMENT ON FUNCTION judge_pages(text[], text[], double precision) IS
    'assignment_score() of those of the papers that are on the persons'' pages, where below the threshold, with what speaks most against each; of everything if both are NULL';

CREATE FUNCTION judge_merge(paper_ids text[], person_id text, other_id text)
    RETURNS TABLE (paper_id text, log_odds double precision)
    LANGUAGE c STABLE STRICT COST 1000000 ROWS 20
    SET search_path = pg_catalog, pg_temp
    SET plan_cache_mode = force_generic_plan
    AS 'MODULE_PATHNAME', 'anthology_judge_merge';
COMMENT ON FUNCTION judge_merge(text[], text, text) IS
    'papers of the other page judged against the person''s as if both were one, without the name: what assignment_score() would be but for namesakes, in log-odds';
