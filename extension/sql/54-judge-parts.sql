-- the papers of a page by who wrote them (extension/judge_parts.c)

CREATE FUNCTION suggest_split(person_id text)
    RETURNS TABLE (paper_id text, part integer, confidence real)
    LANGUAGE c STABLE STRICT COST 1000000 ROWS 50
    SET search_path = pg_catalog, pg_temp
    SET plan_cache_mode = force_generic_plan
    AS 'MODULE_PATHNAME', 'anthology_suggest_split';
COMMENT ON FUNCTION suggest_split(text) IS
    'the papers of a page grouped by who seems to have written them';
