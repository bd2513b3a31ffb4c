-- judging assignments: who wrote a paper (extension/judge.c)

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

CREATE FUNCTION suggest_split(person_id text)
    RETURNS TABLE (paper_id text, part integer, confidence real)
    LANGUAGE c STABLE STRICT COST 1000000 ROWS 50
    SET search_path = pg_catalog, pg_temp
    SET plan_cache_mode = force_generic_plan
    AS 'MODULE_PATHNAME', 'anthology_suggest_split';
COMMENT ON FUNCTION suggest_split(text) IS
    'the papers of a page grouped by who seems to have written them';

CREATE FUNCTION judge_pages(paper_ids text[], person_ids text[], threshold double precision)
    RETURNS TABLE (paper_id text, person_id text, score real)
    LANGUAGE c STABLE COST 1000000 ROWS 1000
    SET search_path = pg_catalog, pg_temp
    SET plan_cache_mode = force_generic_plan
    AS 'MODULE_PATHNAME', 'anthology_judge_pages';
COMMENT ON FUNCTION judge_pages(text[], text[], double precision) IS
    'assignment_score() of those of the papers that are on the persons'' pages, where below the threshold; of everything if both are NULL';

CREATE FUNCTION judge_merge(paper_ids text[], person_id text, other_id text)
    RETURNS TABLE (paper_id text, log_odds double precision)
    LANGUAGE c STABLE STRICT COST 1000000 ROWS 20
    SET search_path = pg_catalog, pg_temp
    SET plan_cache_mode = force_generic_plan
    AS 'MODULE_PATHNAME', 'anthology_judge_merge';
COMMENT ON FUNCTION judge_merge(text[], text, text) IS
    'papers of the other page judged against the person''s as if both were one, without the name: what assignment_score() would be but for namesakes, in log-odds';

CREATE FUNCTION fit_pages(pages integer[], person_ids text[])
    RETURNS TABLE (model text, stratum integer, signal text, lower double precision, weight double precision)
    LANGUAGE c STABLE STRICT COST 1000000 ROWS 800
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_fit_pages';
COMMENT ON FUNCTION fit_pages(integer[], text[]) IS
    'weights fitted to pages merged of several persons: those of one page have the same number, beside each other';

CREATE FUNCTION namesake_pages(part text DEFAULT 'all')
    RETURNS TABLE (page integer, person_id text)
    LANGUAGE sql STABLE STRICT ROWS 10000
    SET search_path = pg_catalog, pg_temp
AS $$
    WITH author AS (
        SELECT a.person_id, count(DISTINCT a.paper_id) AS papers
        FROM anthology.authorship a
        WHERE a.role = 'author' AND a.person_id IS NOT NULL
        GROUP BY a.person_id HAVING count(DISTINCT a.paper_id) >= 4
    ), named AS (
        SELECT p.person_id, anthology.name_slug('', n.last) AS surname,
            left(anthology.name_slug(n.first, 'x'), 1) AS initial
        FROM author p JOIN anthology.person_name n ON n.person_id = p.person_id AND n."position" = 1
        WHERE n.first <> ''
    ), dealt AS (
        -- Up to twelve a page, dealt by a hash so that the corpus alone decides.
        SELECT n.*, row_number() OVER same AS place, count(*) OVER (PARTITION BY surname, initial) AS persons,
            2 + abs(hashtextextended(surname || ' ' || initial, 7) % 11) AS size
        FROM named n
        WINDOW same AS (PARTITION BY surname, initial
                        ORDER BY hashtextextended(n.person_id, 7), n.person_id COLLATE "C")
    ), paged AS (
        SELECT surname, initial, (place - 1) / size AS page, person_id,
            count(*) OVER (PARTITION BY surname, initial, (place - 1) / size) AS persons
        FROM dealt WHERE persons > 1
    )
    SELECT dense_rank() OVER (ORDER BY surname COLLATE "C", initial COLLATE "C", page)::integer, person_id
    FROM paged
    WHERE persons > 1 AND CASE part
        WHEN 'all' THEN true
        WHEN 'first half' THEN hashtextextended(surname, 11) & 1 = 0
        WHEN 'second half' THEN hashtextextended(surname, 11) & 1 = 1 END
    ORDER BY 1, person_id COLLATE "C"
$$;
COMMENT ON FUNCTION namesake_pages(text) IS
    'merged pages: authors of at least four papers with the same surname and first initial, 2 to 12 a page; of all surnames, or the ''first half'' or ''second half'' of them';

CREATE FUNCTION fit_assignment_model(pages integer[] DEFAULT NULL, person_ids text[] DEFAULT NULL)
    RETURNS TABLE (model text, weights bigint)
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF pages IS NULL THEN
        SELECT array_agg(n.page ORDER BY n.page, n.person_id COLLATE "C"),
            array_agg(n.person_id ORDER BY n.page, n.person_id COLLATE "C")
            INTO pages, person_ids FROM anthology.namesake_pages() n;
    END IF;
    DELETE FROM anthology.assignment_weight w WHERE w.model IN ('paper', 'pair');
    INSERT INTO anthology.assignment_weight
        SELECT * FROM anthology.fit_pages(fit_assignment_model.pages, fit_assignment_model.person_ids);
    RETURN QUERY SELECT w.model, count(*) FROM anthology.assignment_weight w GROUP BY w.model ORDER BY w.model;
END
$$;
COMMENT ON FUNCTION fit_assignment_model(integer[], text[]) IS
    'fits the weights of assignment_score() and suggest_split() anew: to persons merged into numbered pages, by default all namesakes of the corpus';
