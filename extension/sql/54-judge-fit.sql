-- fitting the weights of the judging (extension/judge_fit.c)

CREATE FUNCTION anthology_internal.fit_pages(pages integer[], person_ids text[], certain boolean)
    RETURNS TABLE (model text, stratum integer, signal text, lower double precision,
                   weight double precision, tree integer, signals text[], cut double precision[],
                   below double precision[], above double precision[])
    LANGUAGE c STABLE STRICT COST 1000000 ROWS 800
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_fit_pages';
COMMENT ON FUNCTION anthology_internal.fit_pages(integer[], text[], boolean) IS
    'weights and trees fitted to pages merged of several persons: those of one page have the '
    'same number, beside each other; if it is not certain that they are several, papers of one '
    'who may be another under another name are no examples of wrong ones';

CREATE FUNCTION anthology_internal.namesake_pages(part text DEFAULT 'all')
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
        -- At most twelve persons a page. A hash deals them out, so the same corpus gives the
        -- same pages.
        SELECT n.*, row_number() OVER same AS place,
            count(*) OVER (PARTITION BY surname, initial) AS persons,
            2 + abs(hashtextextended(surname || ' ' || initial, 7) % 11) AS size
        FROM named n
        WINDOW same AS (PARTITION BY surname, initial
                        ORDER BY hashtextextended(n.person_id, 7), n.person_id COLLATE "C")
    ), paged AS (
        SELECT surname, initial, (place - 1) / size AS page, person_id,
            count(*) OVER (PARTITION BY surname, initial, (place - 1) / size) AS persons
        FROM dealt WHERE persons > 1
    )
    SELECT dense_rank() OVER (ORDER BY surname COLLATE "C", initial COLLATE "C", page)::integer,
        person_id
    FROM paged
    WHERE persons > 1 AND CASE part
        WHEN 'all' THEN true
        WHEN 'first half' THEN hashtextextended(surname, 11) & 1 = 0
        WHEN 'second half' THEN hashtextextended(surname, 11) & 1 = 1 END
    ORDER BY 1, person_id COLLATE "C"
$$;
COMMENT ON FUNCTION anthology_internal.namesake_pages(text) IS
    'merged pages: authors of at least four papers with the same surname and first initial, 2 to '
    '12 a page; of all surnames, or the ''first half'' or ''second half'' of them';

CREATE FUNCTION anthology_internal.fit_weights(pages integer[], person_ids text[], certain boolean)
    RETURNS void LANGUAGE sql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
    DELETE FROM anthology.assignment_weight w WHERE w.model IN ('paper', 'pair', 'group', 'page');
    DELETE FROM anthology.assignment_tree t WHERE t.model = 'paper';
    WITH fitted AS MATERIALIZED (
        SELECT * FROM anthology_internal.fit_pages(fit_weights.pages, fit_weights.person_ids,
                                                   fit_weights.certain)
    ), tree AS (
        INSERT INTO anthology.assignment_tree
            SELECT f.model, f.tree, f.signals, f.cut, f.below, f.above
            FROM fitted f WHERE f.tree IS NOT NULL
    )
    INSERT INTO anthology.assignment_weight
        SELECT f.model, f.stratum, f.signal, f.lower, f.weight
        FROM fitted f WHERE f.tree IS NULL;
$$;
COMMENT ON FUNCTION anthology_internal.fit_weights(integer[], text[], boolean) IS
    'puts what fit_pages() gives in the place of the weights that there are';

CREATE FUNCTION fit_assignment_model(pages integer[] DEFAULT NULL, person_ids text[] DEFAULT NULL)
    RETURNS TABLE (model text, weights bigint)
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    by_default CONSTANT boolean := pages IS NULL;
BEGIN
    IF by_default <> (person_ids IS NULL) THEN
        RAISE EXCEPTION USING ERRCODE = 'null_value_not_allowed',
            MESSAGE = 'pages and person_ids must both be given, or neither';
    END IF;
    IF by_default THEN
        SELECT array_agg(n.page ORDER BY n.page, n.person_id COLLATE "C"),
            array_agg(n.person_id ORDER BY n.page, n.person_id COLLATE "C")
            INTO pages, person_ids FROM anthology_internal.namesake_pages() n;
    END IF;
    IF pages IS NULL THEN
        RAISE WARNING 'the corpus is too small to fit weights to: those that were there stay'
            USING DETAIL = 'No two authors of four papers and more have '
                'the same surname and initial.';
    ELSE
        BEGIN
            PERFORM anthology_internal.fit_weights(pages, person_ids, NOT by_default);
        EXCEPTION WHEN no_data_found THEN
            IF NOT by_default THEN
                RAISE;
            END IF;
            RAISE WARNING 'the corpus is too small to fit weights to: those that were there stay'
                USING DETAIL = upper(left(SQLERRM, 1)) || substr(SQLERRM, 2) || '.';
        END;
    END IF;
    RETURN QUERY
        SELECT w.model, sum(w.weights)::bigint
        FROM (SELECT w.model, 1 AS weights FROM anthology.assignment_weight w
              UNION ALL
              -- Each question has two answers, each with a weight.
              SELECT t.model, 2 * cardinality(array_remove(t.signal, NULL))
              FROM anthology.assignment_tree t) AS w
        GROUP BY w.model ORDER BY w.model;
END
$$;
COMMENT ON FUNCTION fit_assignment_model(integer[], text[]) IS
    'fits the weights of assignment_score() and suggest_split() anew: to persons merged into '
    'numbered pages, by default all namesakes of the corpus';
