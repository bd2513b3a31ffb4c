-- preview_html: the pages that a correction changes, before and after

CREATE FUNCTION html_scores(before_score real, after_score real) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT concat('probability ', coalesce(anthology.html_percent(before_score), '?'), ' before, ',
                  coalesce(anthology.html_percent(after_score), '?'), ' after')
    WHERE before_score IS NOT NULL OR after_score IS NOT NULL
$$;
COMMENT ON FUNCTION html_scores(real, real) IS
    'how likely an assignment is before a correction and after it, as HTML';

CREATE FUNCTION preview_html(id bigint) RETURNS text
    LANGUAGE plpgsql VOLATILE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    correction anthology.reassignment;
    items jsonb;
    problem text;
    persons text;
    moves text;
    summary text;
    moved bigint;
    unmoved bigint;
    sheets text;
BEGIN
    SELECT r.* INTO correction FROM anthology.reassignment r WHERE r.id = preview_html.id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'there is no reassignment %', preview_html.id
            USING ERRCODE = 'undefined_object';
    END IF;
    SELECT coalesce(jsonb_agg(to_jsonb(p) || jsonb_build_object('n', p.n)), '[]') INTO items
        FROM (SELECT q.*, row_number() OVER () AS n FROM anthology.preview_reassignment(correction.id) q) AS p;
    IF items = '[]' THEN
        SELECT r.problem INTO problem FROM anthology.rehearse_reassignment(correction.id) r;
    END IF;

    SELECT string_agg(format('<li><code>%s</code> <bdi>%s</bdi></li>', anthology.html_escape(c.person_id),
                anthology.html_escape(anthology.described_change(c.action, c.before, c.after))), E'\n' ORDER BY c.ordinal)
        INTO persons
        FROM anthology.person_change c WHERE c.reassignment_id = correction.id;

    SELECT string_agg(format('<tr><td data-label="Paper"><code>%s</code></td><td data-label="Name"><span><bdi>%s</bdi>%s</span></td>'
                '<td data-label="From"><code>%s</code></td><td data-label="To"><code>%s</code></td>'
                '<td data-label="Cause">%s</td><td data-label="Score" class="number">%s</td><td data-label="Remark">%s</td></tr>',
                anthology.html_escape(i.paper_id), anthology.html_escape(i.credited_name),
                CASE WHEN i.role <> 'author' THEN ', ' || anthology.html_escape(i.role) END,
                anthology.html_escape(coalesce(i.before_person_id, 'nobody')), anthology.html_escape(coalesce(i.after_person_id, 'nobody')),
                anthology.html_escape(i.cause),
                anthology.html_scores(i.before_score, i.after_score),
                anthology.html_escape(i.warning)), E'\n' ORDER BY i.n), count(*)
        INTO moves, moved
        FROM jsonb_to_recordset(items) AS i(n integer, paper_id text, role text, credited_name text, before_person_id text,
            after_person_id text, cause text, before_score real, after_score real, warning text);

    SELECT string_agg(format('<li><span>%s</span><span><span>%s from <code>%s</code> to <code>%s</code>%s</span>%s</span></li>', g.names,
                CASE WHEN g.names = 1 THEN 'name' ELSE 'names' END,
                anthology.html_escape(coalesce(g.before_person_id, 'nobody')), anthology.html_escape(coalesce(g.after_person_id, 'nobody')),
                CASE WHEN g.cause = 'side effect' THEN '<strong class="note">side effect</strong>' END,
                '<br><span class="soft">' || anthology.html_escape(g.warning) || '</span>'), E'\n' ORDER BY g.cause, g.n)
        INTO summary
        FROM (SELECT i.cause, i.before_person_id, i.after_person_id, i.warning, count(*) AS names, min(i.n) AS n
              FROM jsonb_to_recordset(items) AS i(n integer, cause text, before_person_id text, after_person_id text, warning text)
              GROUP BY 1, 2, 3, 4) AS g;

    -- A page before is what would move from it and what stays; a page after, what would move to it and what stays.
    WITH item AS MATERIALIZED (
        SELECT i.* FROM jsonb_to_recordset(items) AS i(n integer, paper_id text, role text, "position" integer,
            credited_name text, before_person_id text, after_person_id text, cause text,
            before_score real, after_score real)
    ), page AS MATERIALIZED (
        SELECT g.id, min(g.n) AS n
        FROM (SELECT correction.from_person_id AS id, -2 AS n UNION ALL SELECT correction.to_person_id, -1
              UNION ALL SELECT i.before_person_id, i.n FROM item i UNION ALL SELECT i.after_person_id, i.n FROM item i
              UNION ALL SELECT c.person_id, 0 FROM anthology.person_change c WHERE c.reassignment_id = correction.id) AS g
        WHERE g.id IS NOT NULL GROUP BY g.id
    ), entry AS (
        SELECT s.page, s.side, i.paper_id, i.role, i.credited_name, i.n,
            CASE WHEN i.before_person_id IS DISTINCT FROM i.after_person_id THEN CASE s.side WHEN 1 THEN 'gone' ELSE 'came' END ELSE 'same' END AS state,
            CASE s.side WHEN 1 THEN i.after_person_id ELSE i.before_person_id END AS other, i.cause,
            i.before_score, i.after_score
        FROM item i, LATERAL (VALUES (i.before_person_id, 1), (i.after_person_id, 2)) AS s(page, side)
        WHERE s.page IS NOT NULL
        UNION ALL
        SELECT a.person_id, s.side, a.paper_id, a.role, a.full_name, NULL, 'same', NULL, NULL, NULL, NULL
        FROM page g JOIN anthology.authorship a ON a.person_id = g.id, LATERAL (VALUES (1), (2)) AS s(side)
        WHERE NOT EXISTS (SELECT FROM item i WHERE i.paper_id = a.paper_id AND i.role = a.role AND i."position" = a."position")
    ), written AS (
        SELECT c.paper_id,
            string_agg('<bdi>' || anthology.html_escape(c.full_name) || '</bdi>', ', ' ORDER BY c.n) FILTER (WHERE c.n <= 12)
                || CASE WHEN count(*) > 12 THEN format(' and %s more', count(*) - 12) ELSE '' END AS authors
        FROM (SELECT b.paper_id, anthology.shown_name(b.person_id, b.full_name) AS full_name, row_number() OVER (PARTITION BY b.paper_id ORDER BY b.role, b."position") AS n
              FROM (SELECT DISTINCT e.paper_id FROM entry e) AS d JOIN anthology.authorship b ON b.paper_id = d.paper_id) AS c
        GROUP BY 1
    ), person AS MATERIALIZED (
        -- Who does not exist yet, or no more, has the name that the correction gives.
        SELECT g.id, g.n, coalesce(
            (SELECT m.full_name FROM anthology.person_name m WHERE m.person_id = g.id AND m."position" = 1),
            (SELECT anthology.described_value(coalesce(c.after, c.before) -> 'names' -> 0) FROM anthology.person_change c
             WHERE c.reassignment_id = correction.id AND c.person_id = g.id AND coalesce(c.after, c.before) ? 'names'
             ORDER BY c.ordinal LIMIT 1),
            (SELECT min(i.credited_name) FROM item i WHERE g.id IN (i.before_person_id, i.after_person_id)), g.id) AS name
        FROM page g
    ), listed AS (
        SELECT e.page, e.side, count(DISTINCT e.paper_id) AS papers, count(*) FILTER (WHERE e.state = 'same') AS same,
            string_agg(concat('<li class="', e.state, '"',
                CASE WHEN e.state <> 'same' THEN format(' id="%s%s"', CASE e.side WHEN 1 THEN 'before' ELSE 'after' END, e.n) END, '>',
                CASE WHEN e.state <> 'same' THEN concat('<span class="move">',
                    CASE e.side WHEN 1 THEN 'moves to ' ELSE 'comes from ' END,
                    CASE WHEN e.other IS NULL THEN 'nobody'
                        ELSE format('<a href="#%s%s"><bdi>%s</bdi> (%s)</a>', CASE e.side WHEN 1 THEN 'after' ELSE 'before' END, e.n,
                            anthology.html_escape(o.name), anthology.html_escape(o.id)) END,
                    CASE WHEN e.cause = 'side effect' THEN ' &middot; side effect' END, '</span>',
                    '<span class="scores">' || anthology.html_scores(e.before_score, e.after_score)
                        || '</span>') END,
                '<bdi>', coalesce(NULLIF(anthology.abstract_html(coalesce(p.title, v.title), false), ''), anthology.html_escape(e.paper_id)), '</bdi>',
                '<span class="soft">' || w.authors || '</span>',
                '<span class="where">', p.year || ' &middot; ', '<code>', anthology.html_escape(e.paper_id), '</code>',
                CASE WHEN e.role <> 'author' THEN ' &middot; ' || anthology.html_escape(e.role) END, '</span></li>'),
                E'\n' ORDER BY p.year DESC NULLS LAST, coalesce(p.volume_id, p.event_id) COLLATE "C", p.number, e.role) AS entries
        FROM entry e
            LEFT JOIN anthology.paper p ON p.id = e.paper_id
            LEFT JOIN anthology.volume v ON v.id = p.volume_id
            LEFT JOIN written w ON w.paper_id = e.paper_id
            LEFT JOIN person o ON o.id = e.other
        GROUP BY 1, 2
    ), side AS (
        SELECT g.n, g.id, g.name, s.side, l.same,
            concat('<section class="side"><h3><span>', s.title, '</span><span class="count">',
                anthology.counted(l.papers, 'paper'), E'</span></h3>\n<ol>\n', l.entries, E'\n</ol>',
                '<p class="hidden-note">' || NULLIF(l.same, 0) || ' unchanged, not shown</p>',
                '</section>') AS html
        FROM person g CROSS JOIN (VALUES (1, 'Before'), (2, 'After')) AS s(side, title)
            -- A side without papers is no card: a page that is made has no before.
            JOIN listed l ON l.page = g.id AND l.side = s.side
    )
    SELECT string_agg(s.html, E'\n' ORDER BY s.n, s.id COLLATE "C"), max(s.same)
        INTO sheets, unmoved
        FROM (SELECT d.n, d.id, max(d.same) AS same,
                  concat('<section class="sheet"><h2><bdi>', anthology.html_escape(d.name),
                      '</bdi> <code class="count">', anthology.html_escape(d.id), '</code>',
                      CASE WHEN count(*) = 1 THEN CASE max(d.side)
                          WHEN 1 THEN ' <span class="count">no papers after it</span>'
                          ELSE ' <span class="count">no papers before it</span>' END END,
                      E'</h2>\n<div class="sides">\n', string_agg(d.html, E'\n' ORDER BY d.side),
                      E'\n</div></section>') AS html
              FROM side d GROUP BY d.n, d.id, d.name) AS s;

    RETURN anthology.html_document(format('Preview of correction %s', correction.id), concat(
        E'<header class="top">\n<p class="eyebrow">Author pages, before and after</p>\n<h1>Correction ', correction.id, E'</h1>\n<p class="facts"><span class="tag">',
        anthology.html_escape(correction.status), '</span><span>', anthology.html_escape(correction.kind), '</span>',
        '<span>', 'from <code>' || anthology.html_escape(correction.from_person_id) || '</code> ',
        'to <code>' || anthology.html_escape(correction.to_person_id) || '</code>', '</span>',
        '<span>by <bdi>', anthology.html_escape(correction.proposed_by), '</bdi>, ', to_char(correction.proposed_at, 'YYYY-MM-DD'), '</span>',
        E'</p>\n', '<p><bdi>' || anthology.html_escape(NULLIF(correction.note, '')) || E'</bdi></p>\n', E'</header>\n',
        '<p class="notice" role="note">This is an internal, incomplete preview and not an official publication of the ACL Anthology.</p>',
        E'\n<p class="notice">It cannot be applied now: <bdi>' || anthology.html_escape(problem) || '</bdi></p>', E'\n',
        E'<section class="sheet"><h2>What moves</h2>\n', coalesce(E'<ul class="moves">\n' || summary || E'\n</ul>', '<p>No paper moves.</p>'), E'</section>\n',
        E'<section class="sheet"><h2>Persons</h2><ul>\n' || persons || E'\n</ul></section>\n',
        -- Beside few papers, all are seen at first.
        format('<input type="checkbox" id="all"%s> <label for="all" class="switch">Show papers that do not change</label>',
            CASE WHEN unmoved <= 20 THEN ' checked' END),
        E'\n<main>\n',
        sheets,
        CASE WHEN moved > 0 THEN concat(E'\n<section class="sheet"><h2>Every name that moves</h2><details', CASE WHEN moved <= 20 THEN ' open' END,
            '><summary>', moved, CASE WHEN moved = 1 THEN ' name' ELSE ' names' END, '</summary>',
            E'<table class="stack">\n<thead><tr><th>Paper</th><th>Name</th><th>From</th><th>To</th><th>Cause</th><th>Score</th><th>Remark</th></tr></thead>\n<tbody>\n',
            moves, E'\n</tbody></table></details></section>') END,
        E'\n</main>\n<footer>Made from a database of the extension anthology.</footer>\n'));
END
$$;
COMMENT ON FUNCTION preview_html(bigint) IS
    'the author pages before and after a correction side by side, with its side effects, as one self-contained HTML file';

CREATE FUNCTION html_privileges() RETURNS TABLE (function name, granted_to text)
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    VALUES ('preview_html', 'reader')
$$;
COMMENT ON FUNCTION html_privileges() IS
    'who is granted the preview of a proposal: see granted_functions()';
