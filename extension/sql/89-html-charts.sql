-- charts of the HTML pages: inline SVG without any style of its own
--
-- Places along x are percentages, so that a chart fits any width and its text keeps its
-- size. Colours come from the classes of the style sheet.

CREATE FUNCTION anthology_internal.html_percent(probability double precision) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT CASE WHEN probability < 0.005 THEN '&lt; 1' WHEN probability >= 0.995 THEN '&gt; 99'
        ELSE round((100 * probability)::numeric)::text END || ' %'
$$;
COMMENT ON FUNCTION anthology_internal.html_percent(double precision) IS
    'a probability in per cent, as HTML';

CREATE FUNCTION anthology_internal.html_evidence(evidence jsonb) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    WITH item AS MATERIALIZED (
        SELECT i.n, coalesce(i.item ->> 'detail', i.item ->> 'signal') AS detail,
            (i.item ->> 'weight')::double precision AS weight
        FROM jsonb_array_elements(evidence) WITH ORDINALITY AS i(item, n)
        WHERE i.item ->> 'weight' IS NOT NULL
    ), sign AS (
        -- What changes little stands in one bar.
        SELECT i.n, anthology_internal.html_escape(i.detail) AS detail, i.weight
        FROM item i WHERE abs(i.weight) >= 0.1
        UNION ALL
        SELECT 1000000, anthology_internal.counted(count(*), 'other sign'), sum(i.weight)
        FROM item i WHERE abs(i.weight) < 0.1 HAVING count(*) > 0
    ), step AS MATERIALIZED (
        SELECT r.n, r.detail, r.weight, sum(r.weight) OVER w - r.weight AS before,
            sum(r.weight) OVER w AS after
        FROM sign r WINDOW w AS (ORDER BY r.n)
    ), scale AS MATERIALIZED (
        SELECT least(0, min(s.after)) AS low, sum(s.weight) AS total,
            greatest(greatest(0, max(s.after)) - least(0, min(s.after)), 0.1) AS width
        FROM step s
    ), bar AS (
        SELECT s.n, s.detail, s.weight, s.before, s.after, '' AS class FROM step s
        UNION ALL
        SELECT NULL, 'in all: probability '
            || anthology_internal.html_percent(1 / (1 + exp(least(-c.total, 700)))), c.total, 0,
                c.total,
            ' class="sum"'
        FROM scale c
    )
    SELECT format(E'<ol class="evidence">\n%s\n</ol>', string_agg(format(
        '<li%s><span>%s</span><svg width="100%%" height="14" aria-hidden="true">'
        '<line x1="%s%%" x2="%3$s%%" y1="0" y2="14"/>'
        '<rect class="%s" x="%s%%" width="%s%%" y="2" height="10"/></svg><span>%s</span></li>',
        b.class, b.detail,
        round((-c.low / c.width * 100)::numeric, 2),
        CASE WHEN b.weight < 0 THEN 'minus' ELSE 'plus' END,
        round(((least(b.before, b.after) - c.low) / c.width * 100)::numeric, 2),
        round(greatest(abs(b.weight) / c.width * 100, 0.5)::numeric, 2),
        CASE WHEN b.weight < 0 THEN '&minus;' ELSE '+' END || round(abs(b.weight)::numeric, 1)),
        E'\n' ORDER BY b.n))
    FROM bar b CROSS JOIN scale c
    HAVING bool_or(b.n < 1000000)
$$;
COMMENT ON FUNCTION anthology_internal.html_evidence(jsonb) IS
    'the evidence of judge_candidates() as bars that add up to the log-odds of its score, as HTML';

CREATE FUNCTION anthology_internal.html_timeline(papers html_paper[], parts html_part[])
    RETURNS text
    LANGUAGE sql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
    WITH part AS MATERIALIZED (
        -- The largest parts have a row each, all others share one.
        SELECT CASE WHEN t.part <= 8 AND t.papers > 1 THEN t.part ELSE 9 END AS part, i.paper_id
        FROM unnest(parts) AS t, LATERAL unnest(t.paper_ids) AS i(paper_id)
    ), paper AS MATERIALIZED (
        SELECT t.part, p.year, regexp_replace(p.title, '<[^>]*>', '', 'g') AS title,
            row_number() OVER (PARTITION BY t.part, p.year ORDER BY p.n) - 1 AS place,
            count(*) OVER (PARTITION BY t.part, p.year) AS papers
        FROM unnest(papers) AS p JOIN part t ON t.paper_id = p.paper_id
        WHERE p.year IS NOT NULL
    ), scale AS MATERIALIZED (
        SELECT min(p.year) AS first, max(p.year) AS last,
            90.0 / (max(p.year) - min(p.year) + 1) AS width,
            greatest(1, ceil((max(p.year) - min(p.year) + 1) / 6.0))::integer AS every
        FROM paper p
    ), lane AS MATERIALIZED (
        SELECT r.part, r.height, coalesce(sum(r.height) OVER w - r.height, 0) AS top
        FROM (SELECT p.part, least(max(p.papers), 6) * 8 + 10 AS height
              FROM paper p GROUP BY p.part) AS r
        WINDOW w AS (ORDER BY r.part)
    ), drawn AS (
        SELECT l.part, l.height, l.top,
            CASE WHEN l.part = 9 THEN '' ELSE l.part::text END AS label,
            string_agg(format('<circle cx="%s%%" cy="%s" r="3.5"><title>%s (%s)</title></circle>',
                -- Six papers of a year stand above each other, the next six beside them.
                round(8 + c.width * (p.year - c.first
                    + (p.place / 6 + 0.5) / ceil(p.papers / 6.0)), 2),
                l.top + l.height - 9 - p.place % 6 * 8, p.title, p.year), ''
                ORDER BY p.year, p.place) AS dots
        FROM paper p JOIN lane l ON l.part = p.part CROSS JOIN scale c
        GROUP BY l.part, l.height, l.top
    )
    SELECT format(E'<svg class="timeline" role="img" aria-label="Years of the papers of each group"'
            ' width="100%%" height="%s">\n%s\n<g class="years">%s</g>\n</svg>%s',
        max(d.top + d.height) + 20,
        string_agg(format('<g class="part %s"><line x1="8%%" x2="98%%" y1="%s" y2="%2$s"/>'
            '<text x="0" y="%s">%s</text>%s</g>', CASE WHEN d.part = 9 THEN 'alone'
            ELSE 'p' || d.part % 8 END, d.top + d.height - 2, d.top + d.height - 5, d.label,
            d.dots),
            E'\n' ORDER BY d.part),
        (SELECT string_agg(format('<text x="%s%%" y="%s">%s</text>',
                round(8 + c.width * (y - c.first + 0.5), 2),
                (SELECT max(l.top + l.height) FROM lane l) + 14, y), '' ORDER BY y)
         FROM scale c, generate_series(c.first, c.last, c.every) AS y),
        (SELECT format(E'\n<p class="hint">%s without a year.</p>',
                anthology_internal.counted(count(*), 'paper'))
         FROM unnest(papers) AS p WHERE p.year IS NULL HAVING count(*) > 0))
    FROM drawn d
    HAVING count(*) > 0
$$;
COMMENT ON FUNCTION anthology_internal.html_timeline(html_paper[], html_part[]) IS
    'the parts of a page through the years, as SVG: a row a part, a dot a paper';
