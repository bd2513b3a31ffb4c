-- pages that seem to mix persons (extension/judge_mixed.c), and why

CREATE FUNCTION anthology_internal.judge_mixed(person_id text, threshold double precision)
    RETURNS TABLE (person_id text, probability real, part integer, paper_id text, confidence real)
    LANGUAGE c STABLE COST 1000000 ROWS 1000
    SET search_path = pg_catalog, pg_temp
    SET plan_cache_mode = force_generic_plan
    AS 'MODULE_PATHNAME', 'anthology_judge_mixed';
COMMENT ON FUNCTION anthology_internal.judge_mixed(text, double precision) IS
    'the papers, by part, of pages that mix persons with at least this probability: of a person, '
    'or of everyone for NULL; '
    'a threshold below 0 gives pages of one part, too';

-- The page's parts, the largest first.
CREATE FUNCTION anthology_internal.describe_mixed(person_id text, threshold double precision)
    RETURNS TABLE (person_id text, probability real, part bigint, papers bigint, years text,
                   coauthors text[], shared bigint, confidence real, paper_ids text[],
                       label integer)
    LANGUAGE sql STABLE ROWS 1000
    SET search_path = pg_catalog, pg_temp
    SET jit = off
AS $$
    WITH judged AS MATERIALIZED (
        SELECT * FROM anthology_internal.judge_mixed($1, $2)
    ), part AS MATERIALIZED (
        SELECT j.person_id, j.probability, j.part AS label, count(*) AS papers,
            row_number() OVER (PARTITION BY j.person_id ORDER BY count(*) DESC, j.part) AS part,
            min(coalesce(p.year, v.year)) AS first, max(coalesce(p.year, v.year)) AS last,
            avg(j.confidence)::real AS confidence,
            array_agg(j.paper_id ORDER BY coalesce(p.year, v.year),
                      j.paper_id COLLATE "C") AS paper_ids
        FROM judged j
            JOIN anthology.paper p ON p.id = j.paper_id
            LEFT JOIN anthology.volume v ON v.id = p.volume_id
        GROUP BY j.person_id, j.probability, j.part
    ), company AS MATERIALIZED (
        SELECT j.person_id, j.part AS label, a.person_id AS coauthor,
            count(DISTINCT j.paper_id) AS papers
        FROM judged j JOIN anthology.authorship a ON a.paper_id = j.paper_id
        WHERE a.person_id <> j.person_id
        GROUP BY j.person_id, j.part, a.person_id
    ), common AS (
        SELECT c.person_id, count(*) AS shared
        FROM (SELECT c.person_id, c.coauthor FROM company c
              GROUP BY c.person_id, c.coauthor HAVING count(*) > 1) AS c
        GROUP BY c.person_id
    ), typical AS (
        SELECT c.person_id, c.label, array_agg(n.full_name ORDER BY c.rank) AS coauthors
        FROM (SELECT c.*, row_number() OVER (PARTITION BY c.person_id, c.label
                                             ORDER BY c.papers DESC, c.coauthor COLLATE "C") AS rank
              FROM company c) AS c
            JOIN anthology.person_name n ON n.person_id = c.coauthor AND n."position" = 1
        WHERE c.rank <= 3
        GROUP BY c.person_id, c.label
    )
    SELECT p.person_id, p.probability, p.part, p.papers,
        CASE WHEN p.first = p.last THEN p.first::text ELSE p.first || '-' || p.last END,
        coalesce(t.coauthors, '{}'), coalesce(c.shared, 0), p.confidence, p.paper_ids,
        p.label
    FROM part p
        LEFT JOIN typical t ON t.person_id = p.person_id AND t.label = p.label
        LEFT JOIN common c ON c.person_id = p.person_id
$$;
COMMENT ON FUNCTION anthology_internal.describe_mixed(text, double precision) IS
    'the parts of mixed pages: papers, years, typical co-authors, how many co-authors the parts '
    'share, and the part in judge_mixed()';

CREATE FUNCTION mixed_pages(threshold double precision DEFAULT 0.5)
    RETURNS TABLE (person_id text, name text, probability real, parts jsonb, reason text)
    LANGUAGE sql STABLE ROWS 1000
    SET search_path = pg_catalog, pg_temp
    SET jit = off
AS $$
    SELECT d.person_id, n.full_name, d.probability,
        jsonb_agg(jsonb_build_object('part', d.part, 'papers', d.papers, 'years', d.years,
            'coauthors', d.coauthors, 'confidence', d.confidence, 'paper_ids', d.paper_ids)
            ORDER BY d.part) AS parts,
        string_agg(concat(anthology_internal.counted(d.papers, 'paper'), ' of ' || d.years,
                          ' with ' || NULLIF(array_to_string(d.coauthors, ', '), '')),
                   '; ' ORDER BY d.part) FILTER (WHERE d.part <= 3)
            || CASE WHEN max(d.part) > 3
                THEN '; and ' || anthology_internal.counted(max(d.part) - 3, 'more part')
                    ELSE '' END
            || CASE d.shared WHEN 0 THEN '; no co-author in common'
                    ELSE format('; %s in common',
                                anthology_internal.counted(d.shared, 'co-author')) END AS reason
    FROM anthology_internal.describe_mixed(NULL, threshold) d
        LEFT JOIN anthology.person_name n ON n.person_id = d.person_id AND n."position" = 1
    GROUP BY d.person_id, n.full_name, d.probability, d.shared
    ORDER BY d.probability DESC, sum(d.papers) DESC, d.person_id COLLATE "C"
$$;
COMMENT ON FUNCTION mixed_pages(double precision) IS
    'pages that seem to be of more than one person, the surest first: the probability, the parts '
    'with papers, years and '
    'typical co-authors, and all of it in words';

CREATE FUNCTION split_evidence(person_id text)
    RETURNS TABLE (part integer, other_part integer, signal text, value double precision,
                   weight double precision, detail text)
    LANGUAGE c STABLE STRICT COST 1000000 ROWS 40
    SET search_path = pg_catalog, pg_temp
    SET plan_cache_mode = force_generic_plan
    AS 'MODULE_PATHNAME', 'anthology_split_evidence';
COMMENT ON FUNCTION split_evidence(text) IS
    'why suggest_split() parts a page: for each part, against the one it is nearest to, what '
    'each signal says on average; '
    'the sum of the weights is the log-odds that both are one person''s. For a page that stays '
    'whole, why: other_part is NULL, and the sum is by how much it is below the threshold';
