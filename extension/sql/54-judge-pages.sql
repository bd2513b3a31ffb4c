-- assignments judged page by page (extension/judge_pages.c)

CREATE FUNCTION judge_pages(paper_ids text[], person_ids text[], threshold double precision)
    RETURNS TABLE (paper_id text, person_id text, score real, reason text)
    LANGUAGE c STABLE COST 1000000 ROWS 1000
    SET search_path = pg_catalog, pg_temp
    SET plan_cache_mode = force_generic_plan
    AS 'MODULE_PATHNAME', 'anthology_judge_pages';
COMMENT ON FUNCTION judge_pages(text[], text[], double precision) IS
    'assignment_score() of those of the papers that are on the persons'' pages, where below the '
    'threshold, with what speaks most against each; of everything if both are NULL';
