-- preview_html: the pages that a correction changes, before and after

CREATE TYPE html_move AS (paper_id text, role text, "position" integer, credited_name text,
    before_person_id text, after_person_id text, cause text, before_score real,
    after_score real, warning text, n bigint);
COMMENT ON TYPE html_move IS 'a row of preview_reassignment() with its number';

CREATE FUNCTION anthology_internal.html_scores(before_score double precision,
                                               after_score double precision)
    RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT concat('probability ', coalesce(anthology_internal.html_percent(before_score), '?'),
                  ' before, ',
                  coalesce(anthology_internal.html_percent(after_score), '?'), ' after')
    WHERE before_score IS NOT NULL OR after_score IS NOT NULL
$$;
COMMENT ON FUNCTION anthology_internal.html_scores(double precision, double precision) IS
    'how likely an assignment is before a correction and after it, as HTML';

CREATE FUNCTION anthology_internal.html_person_or_nobody(person_id text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT format('<code>%s</code>', anthology_internal.html_escape(coalesce(person_id, 'nobody')))
$$;
COMMENT ON FUNCTION anthology_internal.html_person_or_nobody(text) IS
    'the id of a person, or "nobody", as HTML';

CREATE FUNCTION anthology_internal.html_move_summary(moves html_move[]) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT format(E'<ul class="moves">\n%s\n</ul>', string_agg(format(
            '<li><span>%s</span><span><span>%s from %s to %s%s</span>%s%s</span></li>', g.names,
            CASE WHEN g.names = 1 THEN 'name' ELSE 'names' END,
            anthology_internal.html_person_or_nobody(g.before_person_id),
            anthology_internal.html_person_or_nobody(g.after_person_id),
            CASE WHEN g.cause = 'side effect' THEN '<strong class="note">side effect</strong>' END,
            '<br><span class="soft">' || CASE WHEN g.names > 1 THEN 'on average ' ELSE '' END
                || anthology_internal.html_scores(g.before_score, g.after_score) || '</span>',
            '<br><span class="soft">' || anthology_internal.html_escape(g.warning) || '</span>'),
        E'\n' ORDER BY g.cause, g.n))
    FROM (SELECT m.cause, m.before_person_id, m.after_person_id, m.warning, count(*) AS names,
              min(m.n) AS n, avg(m.before_score) AS before_score, avg(m.after_score) AS after_score
          FROM unnest(moves) AS m
          GROUP BY m.cause, m.before_person_id, m.after_person_id, m.warning) AS g
    HAVING count(*) > 0
$$;
COMMENT ON FUNCTION anthology_internal.html_move_summary(html_move[]) IS
    'how many names a correction moves from where to where, and how likely they are there';

CREATE FUNCTION anthology_internal.html_move_table(moves html_move[]) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT format(E'\n<section class="sheet"><h2>Every name that moves</h2><details%s><summary>%s'
            '</summary><table class="stack">\n<thead><tr><th>Paper</th><th>Name</th><th>From</th>'
            '<th>To</th><th>Cause</th><th>Score</th><th>Remark</th></tr></thead>\n<tbody>\n%s\n'
            '</tbody></table></details></section>',
        CASE WHEN count(*) <= 20 THEN ' open' END, anthology_internal.counted(count(*), 'name'),
        string_agg(format('<tr><td data-label="Paper"><code>%s</code></td><td data-label="Name">'
                '<span><bdi>%s</bdi>%s</span></td><td data-label="From">%s</td>'
                '<td data-label="To">%s</td><td data-label="Cause">%s</td>'
                '<td data-label="Score" class="number">%s</td><td data-label="Remark">%s</td></tr>',
                anthology_internal.html_escape(m.paper_id),
                    anthology_internal.html_escape(m.credited_name),
                ', ' || anthology_internal.html_escape(NULLIF(m.role, 'author')),
                anthology_internal.html_person_or_nobody(m.before_person_id),
                anthology_internal.html_person_or_nobody(m.after_person_id),
                    anthology_internal.html_escape(m.cause),
                anthology_internal.html_scores(m.before_score, m.after_score),
                anthology_internal.html_escape(m.warning)), E'\n' ORDER BY m.n))
    FROM unnest(moves) AS m
    HAVING count(*) > 0
$$;
COMMENT ON FUNCTION anthology_internal.html_move_table(html_move[]) IS
    'every name that a correction moves, as a table';

CREATE FUNCTION anthology_internal.html_person_changes(correction bigint) RETURNS text
    LANGUAGE sql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT format(E'<section class="sheet"><h2>Persons</h2><ul>\n%s\n</ul></section>\n',
        string_agg(format('<li><code>%s</code> <bdi>%s</bdi></li>',
                          anthology_internal.html_escape(c.person_id),
                              anthology_internal.html_escape(
                              anthology_internal.described_change(c.action, c.before, c.after))),
                   E'\n' ORDER BY c.ordinal))
    FROM anthology.person_change c WHERE c.reassignment_id = correction
    HAVING count(*) > 0
$$;
COMMENT ON FUNCTION anthology_internal.html_person_changes(bigint) IS
    'what a correction changes of persons';

CREATE FUNCTION anthology_internal.html_changed_pages(correction bigint, moves html_move[])
    RETURNS TABLE (id text, n bigint, name text)
    LANGUAGE sql STABLE STRICT ROWS 3
    SET search_path = pg_catalog, pg_temp
AS $$
    WITH page AS MATERIALIZED (
        SELECT g.id, min(g.n) AS n
        FROM (SELECT r.from_person_id AS id, -2 AS n FROM anthology.reassignment r
              WHERE r.id = correction
              UNION ALL
              SELECT r.to_person_id, -1 FROM anthology.reassignment r WHERE r.id = correction
              UNION ALL
              SELECT p.id, m.n FROM unnest(moves) AS m,
                  LATERAL (VALUES (m.before_person_id), (m.after_person_id)) AS p(id)
              UNION ALL
              SELECT c.person_id, 0 FROM anthology.person_change c
              WHERE c.reassignment_id = correction) AS g
        WHERE g.id IS NOT NULL GROUP BY g.id
    )
    -- A person who does not exist (yet, or any more) has the name that the correction gives.
    SELECT g.id, g.n, coalesce(
        (SELECT m.full_name FROM anthology.person_name m
         WHERE m.person_id = g.id AND m."position" = 1),
        (SELECT anthology_internal.described_value(coalesce(c.after, c.before) -> 'names' -> 0)
         FROM anthology.person_change c
         WHERE c.reassignment_id = correction AND c.person_id = g.id
             AND coalesce(c.after, c.before) ? 'names'
         ORDER BY c.ordinal LIMIT 1),
        (SELECT min(m.credited_name) FROM unnest(moves) AS m
         WHERE g.id IN (m.before_person_id, m.after_person_id)), g.id)
    FROM page g
$$;
COMMENT ON FUNCTION anthology_internal.html_changed_pages(bigint, html_move[]) IS
    'the pages that a correction changes, in the order in which they are shown, with their names';

CREATE FUNCTION anthology_internal.html_move_note(side integer, move html_move, other_name text)
    RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT concat('<span class="move">', CASE side WHEN 1 THEN 'moves to ' ELSE 'comes from ' END,
        CASE WHEN o.id IS NULL THEN 'nobody'
            ELSE format('<a href="#%s%s"><bdi>%s</bdi> (%s)</a>',
                        CASE side WHEN 1 THEN 'after' ELSE 'before' END, move.n,
                        anthology_internal.html_escape(other_name),
                            anthology_internal.html_escape(o.id)) END,
        CASE WHEN move.cause = 'side effect' THEN ' &middot; side effect' END, '</span>',
        '<span class="scores">' || anthology_internal.html_scores(move.before_score,
                                                                  move.after_score)
            || '</span>')
    FROM (SELECT CASE side WHEN 1 THEN move.after_person_id ELSE move.before_person_id END) AS o(id)
$$;
COMMENT ON FUNCTION anthology_internal.html_move_note(integer, html_move, text) IS
    'where a paper goes (side 1) or comes from (side 2), with a link to it on the other page';

CREATE FUNCTION anthology_internal.html_sheets(correction bigint, moves html_move[],
                                               OUT sheets text,
                                               OUT unmoved bigint)
    LANGUAGE sql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
    -- Before: the papers that would leave the page, and those that stay. After: the papers
    -- that would come to the page, and those that stay.
    WITH move AS MATERIALIZED (
        SELECT m AS move, m.* FROM unnest(moves) AS m
    ), page AS MATERIALIZED (
        SELECT * FROM anthology_internal.html_changed_pages(correction, moves)
    ), entry AS MATERIALIZED (
        SELECT s.page, s.side, m.paper_id, m.role, m.move,
            CASE WHEN m.before_person_id IS NOT DISTINCT FROM m.after_person_id THEN 'same'
                WHEN s.side = 1 THEN 'gone' ELSE 'came' END AS state,
            CASE s.side WHEN 1 THEN m.after_person_id ELSE m.before_person_id END AS other
        FROM move m,
            LATERAL (VALUES (m.before_person_id, 1), (m.after_person_id, 2)) AS s(page, side)
        WHERE s.page IS NOT NULL
        UNION ALL
        SELECT a.person_id, s.side, a.paper_id, a.role, NULL, 'same', NULL
        FROM page g JOIN anthology.authorship a ON a.person_id = g.id,
            LATERAL (VALUES (1), (2)) AS s(side)
        WHERE NOT EXISTS (SELECT FROM move m WHERE m.paper_id = a.paper_id
                          AND m.role = a.role AND m."position" = a."position")
    ), written AS (
        SELECT c.paper_id, string_agg('<bdi>' || anthology_internal.html_escape(c.full_name)
                                      || '</bdi>',
                                      ', ' ORDER BY c.n) FILTER (WHERE c.n <= 12)
            || CASE WHEN count(*) > 12 THEN format(' and %s more', count(*) - 12) ELSE '' END
            AS authors
        FROM (SELECT b.paper_id, anthology.shown_name(b.person_id, b.full_name) AS full_name,
                  row_number() OVER (PARTITION BY b.paper_id ORDER BY b.role, b."position") AS n
              FROM (SELECT DISTINCT e.paper_id FROM entry e) AS d
                  JOIN anthology.authorship b ON b.paper_id = d.paper_id) AS c
        GROUP BY c.paper_id
    ), listed AS (
        SELECT e.page, e.side, count(DISTINCT e.paper_id) AS papers,
            count(*) FILTER (WHERE e.state = 'same') AS same,
            string_agg(concat('<li class="', e.state, '"',
                    CASE WHEN e.state <> 'same' THEN
                        format(' id="%s%s"', CASE e.side WHEN 1 THEN 'before' ELSE 'after' END,
                               (e.move).n) END, '>',
                    CASE WHEN e.state <> 'same' THEN
                        anthology_internal.html_move_note(e.side, e.move, o.name) END,
                    '<bdi>', coalesce(
                        NULLIF(anthology.abstract_html(coalesce(p.title, v.title), false), ''),
                        anthology_internal.html_escape(e.paper_id)), '</bdi>',
                    '<span class="soft">' || w.authors || '</span>',
                    '<span class="where">', p.year || ' &middot; ', '<code>',
                    anthology_internal.html_escape(e.paper_id), '</code>',
                    ' &middot; ' || anthology_internal.html_escape(NULLIF(e.role, 'author')),
                    '</span></li>'),
                E'\n' ORDER BY p.year DESC NULLS LAST,
                coalesce(p.volume_id, p.event_id) COLLATE "C", p.number, e.role) AS entries
        FROM entry e
            LEFT JOIN anthology.paper p ON p.id = e.paper_id
            LEFT JOIN anthology.volume v ON v.id = p.volume_id
            LEFT JOIN written w ON w.paper_id = e.paper_id
            LEFT JOIN page o ON o.id = e.other
        GROUP BY e.page, e.side
    ), sheet AS (
        -- A side without papers is no card: a page that is made has no before.
        SELECT g.n, g.id, max(l.same) AS same, format(
            E'<section class="sheet"><h2><bdi>%s</bdi> <code class="count">%s</code>%s</h2>\n'
            '<div class="sides">\n%s\n</div></section>',
            anthology_internal.html_escape(g.name), anthology_internal.html_escape(g.id),
            CASE WHEN count(*) = 1 THEN format(' <span class="count">no papers %s it</span>',
                CASE max(l.side) WHEN 1 THEN 'after' ELSE 'before' END) END,
            string_agg(concat('<section class="side"><h3><span>',
                    CASE l.side WHEN 1 THEN 'Before' ELSE 'After' END,
                    '</span><span class="count">', anthology_internal.counted(l.papers, 'paper'),
                    E'</span></h3>\n<ol>\n', l.entries,
                    E'\n</ol>',
                    '<p class="hidden-note">' || NULLIF(l.same, 0) || ' unchanged, not shown</p>',
                    '</section>'), E'\n' ORDER BY l.side)) AS html
        FROM page g JOIN listed l ON l.page = g.id
        GROUP BY g.n, g.id, g.name
    )
    SELECT string_agg(s.html, E'\n' ORDER BY s.n, s.id COLLATE "C"), max(s.same) FROM sheet s
$$;
COMMENT ON FUNCTION anthology_internal.html_sheets(bigint, html_move[]) IS
    'the pages that a correction changes, before and after side by side, and the most papers that '
    'stay on one of them';

CREATE FUNCTION anthology_internal.html_preview_header(correction bigint, problem text) RETURNS text
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT concat(
        E'<header class="top">\n<p class="eyebrow">Author pages, before and after</p>\n',
        '<h1>Correction ', r.id, E'</h1>\n<p class="facts"><span class="tag">',
        anthology_internal.html_escape(r.status),
        '</span><span>', anthology_internal.html_escape(r.kind), '</span><span>',
        'from <code>' || anthology_internal.html_escape(r.from_person_id) || '</code> ',
        'to <code>' || anthology_internal.html_escape(r.to_person_id) || '</code>',
            '</span><span>by <bdi>',
        anthology_internal.html_escape(r.proposed_by), '</bdi>, ',
            to_char(r.proposed_at, 'YYYY-MM-DD'),
        E'</span></p>\n',
        -- Without the mark by which a request is known again.
        '<p><bdi>' || anthology_internal.html_escape(NULLIF(
            regexp_replace(r.note, '\s*\[request [0-9a-f]+/\d+\]$', ''), '')) || E'</bdi></p>\n',
        E'</header>\n<p class="notice" role="note">This is an internal, incomplete preview and ',
        'not an official publication of the ACL Anthology.</p>',
        E'\n<p class="notice">It cannot be applied now: <bdi>'
            || anthology_internal.html_escape(html_preview_header.problem) || '</bdi></p>', E'\n')
    FROM anthology.reassignment r WHERE r.id = correction
$$;
COMMENT ON FUNCTION anthology_internal.html_preview_header(bigint, text) IS
    'the top of a preview: which correction it is, whose, and what stands against it now';

CREATE FUNCTION preview_html(id bigint) RETURNS text
    LANGUAGE plpgsql VOLATILE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    moves anthology.html_move[];
    problem text;
    sheets text;
    unmoved bigint;
BEGIN
    PERFORM FROM anthology.reassignment r WHERE r.id = preview_html.id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'there is no reassignment %', id
            USING ERRCODE = 'undefined_object';
    END IF;
    moves := ARRAY(SELECT m::anthology.html_move
                   FROM anthology.preview_reassignment(id) WITH ORDINALITY AS m);
    IF moves = '{}' THEN
        SELECT r.problem INTO problem FROM anthology_internal.rehearse_reassignment(id) r;
    END IF;
    SELECT s.sheets, s.unmoved INTO sheets, unmoved FROM anthology_internal.html_sheets(id,
                                                                                        moves) s;
    RETURN anthology_internal.html_document(format('Preview of correction %s', id), concat(
        anthology_internal.html_preview_header(id, problem),
            E'<section class="sheet"><h2>What moves</h2>\n',
        coalesce(anthology_internal.html_move_summary(moves), '<p>No paper moves.</p>'),
            E'</section>\n',
        anthology_internal.html_person_changes(id),
        -- Beside few papers, all are seen at first.
        format('<input type="checkbox" id="all"%s> ', CASE WHEN unmoved <= 20 THEN ' checked' END),
        E'<label for="all" class="switch">Show papers that do not change</label>\n<main>\n',
        sheets, anthology_internal.html_move_table(moves), E'\n</main>\n',
        E'<footer>Made from a database of the extension anthology.</footer>\n'));
END
$$;
COMMENT ON FUNCTION preview_html(bigint) IS
    'the author pages before and after a correction side by side, with its side effects, as one '
    'self-contained HTML file';

CREATE FUNCTION anthology_internal.html_privileges() RETURNS TABLE (function name, granted_to text)
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    VALUES ('preview_html', 'reader')
$$;
COMMENT ON FUNCTION anthology_internal.html_privileges() IS
    'who is granted the preview of a proposal: see granted_functions()';
