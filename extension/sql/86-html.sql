-- person_page_html, preview_html: pages to look at, each one file (extension/html.c)
--
-- All text from tables goes through html_escape() or abstract_html(). The
-- script of a page is the same for every page and finds what it needs in the
-- elements, so that no text of ours is ever inside a script; style and script are
-- allowed by their hashes, and nothing else is: a page loads nothing.

CREATE FUNCTION html_escape(plain text) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 10
    AS 'MODULE_PATHNAME', 'anthology_html_escape_sql';
COMMENT ON FUNCTION html_escape(text) IS
    'plain text as the content of an HTML element or, between quotes, the value of an attribute';

CREATE FUNCTION abstract_html(markup text, links boolean DEFAULT true) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 50
    AS 'MODULE_PATHNAME', 'anthology_abstract_html';
COMMENT ON FUNCTION abstract_html(text, boolean) IS
    'HTML of a title or an abstract written with the Anthology''s markup: b, i, code and, if asked for, links; TeX as Unicode text';

CREATE FUNCTION html_style() RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $sql$
    SELECT $css$
\embed extension/html/page.css
$css$
$sql$;
COMMENT ON FUNCTION html_style() IS 'the style sheet of the HTML pages';

CREATE FUNCTION html_script() RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $sql$
    SELECT $js$
\embed extension/html/dialog.js
$js$
$sql$;
COMMENT ON FUNCTION html_script() IS 'the script of the dialog of person_page_html()';

CREATE FUNCTION html_document(title text, body text, script text DEFAULT NULL) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT concat(E'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n',
        '<meta http-equiv="Content-Security-Policy" content="default-src ''none''; style-src ''sha256-',
        encode(sha256(convert_to(s.style, 'UTF8')), 'base64'), '''; ',
        'script-src ''sha256-' || encode(sha256(convert_to(script, 'UTF8')), 'base64') || '''; ',
        E'base-uri ''none''; form-action ''none''">\n',
        E'<meta name="viewport" content="width=device-width, initial-scale=1">\n',
        E'<meta name="color-scheme" content="light dark">\n<meta name="referrer" content="no-referrer">\n',
        E'<meta name="robots" content="noindex">\n',
        '<title>', anthology.html_escape(title), E'</title>\n<style>', s.style, E'</style>\n</head>\n<body>\n',
        body, '<script>' || script || E'</script>\n', E'</body>\n</html>\n')
    FROM (SELECT anthology.html_style() AS style) AS s
$$;
COMMENT ON FUNCTION html_document(text, text, text) IS
    'a whole HTML page that may run this script and load nothing';

CREATE FUNCTION person_page_html(person_id text) RETURNS text
    LANGUAGE plpgsql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    person anthology.person;
    canonical text;
    names text;
    span text;
    papers bigint;
    years text;
    listing text;
    picks text;
    parts text;
    parted boolean;
    coauthors text;
    venues text;
    candidates text;
    body text;
BEGIN
    SELECT p.* INTO person FROM anthology.person p
        WHERE p.id = anthology.present_person(person_page_html.person_id);
    SELECT coalesce(min(n.name) FILTER (WHERE n.canonical), person.id),
            string_agg('<bdi>' || anthology.html_escape(n.name) || '</bdi>', ', ' ORDER BY n.papers DESC, n.name COLLATE "C")
                FILTER (WHERE NOT n.canonical AND n.name <> c.name)
        INTO canonical, names
        FROM anthology.person_names(person.id) n,
            (SELECT min(m.name) AS name FROM anthology.person_names(person.id) m WHERE m.canonical) AS c;

    -- The page and the list to choose from are made in one go: the same papers in the same order.
    WITH own AS MATERIALIZED (
        SELECT a.paper_id, string_agg(DISTINCT a.role, ', ') AS roles,
            string_agg(DISTINCT anthology.shown_name(a.person_id, a.full_name), ', ') AS credited,
            string_agg(DISTINCT NULLIF(a.affiliation, ''), ', ') AS affiliation,
            count(*) > count(DISTINCT a.role) AS twice
        FROM anthology.authorship a WHERE a.person_id = person.id GROUP BY 1
    ), name AS (
        SELECT c.paper_id, anthology.shown_name(c.person_id, c.full_name) AS full_name, c.person_id, c.role, c."position",
            row_number() OVER (PARTITION BY c.paper_id, c.person_id IS NOT DISTINCT FROM person.id
                               ORDER BY c.role, c."position") AS n
        FROM own JOIN anthology.authorship c ON c.paper_id = own.paper_id
    ), written AS (
        SELECT n.paper_id,
            string_agg(CASE
                WHEN n.person_id = person.id THEN '<bdi class="own">' || anthology.html_escape(n.full_name) || '</bdi>'
                WHEN n.person_id IS NULL THEN '<bdi>' || anthology.html_escape(n.full_name) || '</bdi>'
                ELSE '<a href="https://aclanthology.org/people/' || anthology.html_escape(n.person_id) || '/"><bdi>'
                    || anthology.html_escape(n.full_name) || '</bdi></a>' END,
                ', ' ORDER BY n.role, n."position") AS authors,
            string_agg('<bdi>' || anthology.html_escape(n.full_name) || '</bdi>', ', ' ORDER BY n.n)
                FILTER (WHERE n.person_id IS DISTINCT FROM person.id AND n.n <= 6) AS others,
            count(*) FILTER (WHERE n.person_id IS DISTINCT FROM person.id AND n.n > 6) AS more
        FROM name n GROUP BY 1
    ), flagged AS (
        SELECT f.paper_id, string_agg(DISTINCT f.reason, '; ') AS reasons
        FROM anthology.assignment_flag f
        WHERE f.person_id = person.id AND f.status = 'open' AND f.source = 'anthology.authorship'
        GROUP BY 1
    ), part AS MATERIALIZED (
        SELECT s.paper_id, s.part, s.confidence, count(*) OVER (PARTITION BY s.part) AS size,
            max(s.part) OVER () > min(s.part) OVER () AS parted
        FROM anthology.suggest_split(person.id) s
    ), paper AS MATERIALIZED (
        SELECT o.paper_id, p.year, o.roles, o.credited, o.affiliation, o.twice, w.authors, w.others, w.more, f.reasons, t.part, t.size, t.parted, t.confidence,
            coalesce(NULLIF(anthology.abstract_html(coalesce(p.title, v.title), false), ''), anthology.html_escape(o.paper_id)) AS title,
            anthology.html_escape(o.paper_id) AS id,
            anthology.html_escape((SELECT string_agg(coalesce(u.acronym, u.name, i.id), ', ' ORDER BY i.n)
                FROM unnest(v.venue_ids) WITH ORDINALITY AS i(id, n)
                    LEFT JOIN anthology.venue u ON u.id = i.id)) AS venue,
            anthology.abstract_html(v.title, false) AS volume,
            NULLIF(anthology.abstract_html(p.abstract, true), '') AS abstract,
            row_number() OVER (ORDER BY p.year DESC NULLS LAST, coalesce(p.volume_id, p.event_id) COLLATE "C", p.number) AS n
        FROM own o
            JOIN anthology.paper p ON p.id = o.paper_id
            JOIN written w ON w.paper_id = o.paper_id
            LEFT JOIN anthology.volume v ON v.id = p.volume_id
            LEFT JOIN flagged f ON f.paper_id = o.paper_id
            LEFT JOIN part t ON t.paper_id = o.paper_id
    ), year AS (
        SELECT p.year, count(*) AS papers, string_agg(
            concat('<article class="paper"><h3><a href="https://aclanthology.org/', p.id, '/"><bdi>', p.title, '</bdi></a></h3>',
                '<p class="by">', p.authors, '</p>',
                '<p class="where">', coalesce(p.venue, p.volume) || ' &middot; ', '<code>', p.id, '</code>',
                CASE WHEN p.roles <> 'author' THEN ' &middot; ' || p.roles END, '</p>',
                '<p class="note">Flagged: <bdi>' || anthology.html_escape(p.reasons) || '</bdi></p>',
                '<details><summary>Abstract</summary><p dir="auto">' || p.abstract || '</p></details>',
                '</article>'), E'\n' ORDER BY p.n) AS articles
        FROM paper p GROUP BY 1
    ), gathered AS (
        SELECT p.part, count(*) AS papers, min(p.year) AS first, max(p.year) AS last
        FROM paper p WHERE p.size > 1 AND p.parted GROUP BY 1
    ), companion AS (
        -- Whom a part is known by.
        SELECT c.part, string_agg('<bdi>' || anthology.html_escape(c.full_name) || '</bdi>', ', ' ORDER BY c.n) AS names
        FROM (SELECT p.part, min(n.full_name) AS full_name,
                  row_number() OVER (PARTITION BY p.part ORDER BY count(*) DESC, n.person_id COLLATE "C") AS n
              FROM paper p JOIN name n ON n.paper_id = p.paper_id
              WHERE p.size > 1 AND n.person_id <> person.id
              GROUP BY p.part, n.person_id) AS c
        WHERE c.n <= 3 GROUP BY 1
    )
    SELECT
        (SELECT count(*) FROM paper),
        (SELECT CASE WHEN min(p.year) = max(p.year) THEN min(p.year)::text
                ELSE min(p.year) || '&ndash;' || max(p.year) END FROM paper p),
        (SELECT string_agg(format('<a href="#y%s">%s</a>', coalesce(y.year::text, '-'), coalesce(y.year::text, 'undated')),
                E'\n' ORDER BY y.year DESC NULLS LAST) FROM year y),
        (SELECT string_agg(format(E'<section aria-labelledby="y%s"><h2 class="year" id="y%s">%s <span class="count">%s</span></h2>\n%s\n</section>',
                coalesce(y.year::text, '-'), coalesce(y.year::text, '-'), coalesce(y.year::text, 'Year unknown'),
                y.papers || CASE WHEN y.papers = 1 THEN ' paper' ELSE ' papers' END, y.articles),
                E'\n' ORDER BY y.year DESC NULLS LAST) FROM year y),
        (SELECT string_agg(concat('<li><label class="pick"><input type="checkbox" name="paper" value="', p.id, '" data-part="', p.part, '"',
                CASE WHEN p.reasons IS NOT NULL THEN ' data-flag="yes"' END, '>',
                '<span><bdi>', p.title, '</bdi> <small>', p.year, coalesce(' &middot; ' || p.venue, ''), ' &middot; <code>', p.id, '</code>',
                CASE WHEN p.roles <> 'author' THEN ' &middot; ' || p.roles END,
                CASE WHEN p.credited <> canonical THEN ' &middot; as <bdi>' || anthology.html_escape(p.credited) || '</bdi>' END,
                ' &middot; <bdi>' || anthology.html_escape(p.affiliation) || '</bdi>', '</small> ',
                '<small>with ' || p.others || CASE WHEN p.more > 0 THEN format(' and %s more', p.more) ELSE '' END || '</small> ',
                '<span class="note">Flagged: <bdi>' || anthology.html_escape(p.reasons) || '</bdi></span>',
                CASE WHEN p.twice THEN '<span class="note">This paper has the author twice, and cannot be assigned as a whole.</span>' END,
                '</span>',
                CASE WHEN NOT p.parted THEN ''
                    WHEN p.size = 1 THEN '<span class="part alone" title="like no other of these papers">alone</span>'
                    ELSE format('<span class="part p%s" title="group %s, confidence %s"><span class="unseen">group </span>%2$s</span>',
                        p.part % 8, p.part, round(p.confidence::numeric, 2)) END,
                '</label></li>'), E'\n' ORDER BY p.n) FROM paper p),
        -- The largest parts stand in the open, the others behind "more".
        (SELECT concat('<div class="parts">', E'\n' || flags.button,
                    E'\n' || string_agg(b.button, E'\n' ORDER BY b.n) FILTER (WHERE b.n <= 8), E'\n</div>',
                    E'\n<details><summary>' || NULLIF(greatest(count(b.n) - 8, 0), 0) || E' more groups</summary><div class="parts">\n'
                    || string_agg(b.button, E'\n' ORDER BY b.n) FILTER (WHERE b.n > 8) || E'\n</div></details>')
         FROM (SELECT '<button type="button" data-part="flag" aria-pressed="false"><span class="part flag">!</span><span>' || count(*)
                   || ' flagged <small>assignments that seem wrong</small></span></button>' AS button
               FROM flagged HAVING count(*) > 0) AS flags
             FULL JOIN
              (SELECT row_number() OVER (ORDER BY g.papers DESC, g.part) AS n,
                   concat('<button type="button" data-part="', g.part, '" aria-pressed="false"><span class="part p', g.part % 8, '"><span class="unseen">group </span>',
                       g.part, '</span><span>', g.papers, ' papers, ',
                       CASE WHEN g.first = g.last THEN g.first::text ELSE g.first || '&ndash;' || g.last END,
                       ' <small>with ' || c.names || '</small>', '</span></button>') AS button
               FROM gathered g LEFT JOIN companion c ON c.part = g.part              ) AS b ON true
         GROUP BY flags.button),
        coalesce((SELECT bool_or(p.parted) FROM paper p), false)
    INTO papers, span, years, listing, picks, parts, parted;

    SELECT string_agg(format('<li><a href="https://aclanthology.org/people/%s/"><bdi>%s</bdi></a><span>%s</span></li>',
                anthology.html_escape(c.coauthor_id), anthology.html_escape(c.name), c.papers), E'\n' ORDER BY c.n)
            FILTER (WHERE c.n <= 20)
            || CASE WHEN count(*) > 20 THEN format(E'\n<li class="soft"><span>and %s more</span><span></span></li>', count(*) - 20) ELSE '' END
        INTO coauthors
        FROM (SELECT d.*, row_number() OVER () AS n FROM anthology.person_coauthors(person.id) d) AS c;
    SELECT string_agg(format('<li><span>%s</span><span>%s</span></li>', anthology.html_escape(v.venue), v.papers), E'\n' ORDER BY v.n)
            FILTER (WHERE v.n <= 20)
            || CASE WHEN count(*) > 20 THEN format(E'\n<li class="soft"><span>and %s more</span><span></span></li>', count(*) - 20) ELSE '' END
        INTO venues
        FROM (SELECT w.*, row_number() OVER () AS n FROM anthology.person_venues(person.id) w) AS v;

    WITH candidate AS (
        SELECT s.similar_id AS id, s.score, s.same_slug FROM anthology.person_similar(person.id) s
        UNION ALL
        SELECT f.person_id, f.score, false FROM anthology.find_person(canonical, 10) f WHERE f.score >= 0.6
        UNION ALL
        SELECT f.suggested_person_id, 1, false FROM anthology.assignment_flag f
        WHERE f.person_id = person.id AND f.status = 'open'
    ), known AS (
        SELECT p.id, p.verified, p.orcid, p.degree, p.comment, n.full_name, bool_or(c.same_slug) AS same_slug, max(c.score) AS score,
            (SELECT count(DISTINCT a.paper_id) FROM anthology.authorship a WHERE a.person_id = p.id) AS papers
        FROM candidate c
            JOIN anthology.person p ON p.id = c.id
            JOIN anthology.person_name n ON n.person_id = p.id AND n."position" = 1
        WHERE p.id <> person.id
        GROUP BY p.id, n.full_name
        ORDER BY 7 DESC, 8 DESC, 9 DESC, p.id COLLATE "C"
        LIMIT 40
    )
    SELECT string_agg(concat('<label class="pick"><input type="radio" name="author" value="', anthology.html_escape(k.id), '"><span><span><bdi>',
                anthology.html_escape(k.full_name), '</bdi> <code>', anthology.html_escape(k.id), '</code></span> <small>',
                CASE WHEN NOT k.verified THEN 'not verified &middot; ' END,
                '<bdi>' || anthology.html_escape(k.degree) || '</bdi> &middot; ',
                '<bdi>' || anthology.html_escape(NULLIF(k.comment, k.degree)) || '</bdi> &middot; ',
                'ORCID ' || anthology.html_escape(k.orcid) || ' &middot; ',
                k.papers, CASE WHEN k.papers = 1 THEN ' paper' ELSE ' papers' END,
                CASE WHEN k.same_slug THEN ' &middot; same name' END, '</small></span></label>'), E'\n'
            ORDER BY k.same_slug DESC, k.score DESC, k.papers DESC, k.id COLLATE "C")
        INTO candidates FROM known k;

    body := concat('<a class="skip" href="#papers">To the papers</a>', E'\n<header class="top">\n<p class="eyebrow">Author page</p>\n<h1><bdi>',
        anthology.html_escape(canonical), E'</bdi></h1>\n<p class="facts"><code>', anthology.html_escape(person.id), '</code>',
        CASE WHEN person.verified THEN '<span class="tag">verified</span>' ELSE '<span class="tag">not verified</span>' END,
        '<a href="https://orcid.org/' || anthology.html_escape(person.orcid) || '">ORCID ' || anthology.html_escape(person.orcid) || '</a>',
        '<bdi>' || anthology.html_escape(person.degree) || '</bdi>',
        '<bdi>' || anthology.html_escape(NULLIF(person.comment, person.degree)) || '</bdi>',
        E'</p>\n', '<p><span class="soft">Also published as</span> ' || names || E'</p>\n',
        '<p class="facts"><span>', papers, CASE WHEN papers = 1 THEN ' paper' ELSE ' papers' END, ', ' || span, E'</span></p>\n',
        CASE WHEN papers > 0 THEN E'<p><button class="main" type="button" id="open" aria-haspopup="dialog" hidden>Fix paper assignments</button></p>\n' END,
        E'</header>\n<div class="columns">\n<main id="papers" tabindex="-1">\n',
        E'<nav class="jump" aria-label="On this page">\n' || years || E'\n<a href="#coauthors">Co-authors</a>\n<a href="#venues">Venues</a>\n</nav>\n',
        coalesce(listing, '<p class="soft">No papers.</p>'), E'\n</main>\n<aside>\n',
        E'<section><h2 id="coauthors">Co-authors</h2>\n<ol>\n' || coauthors || E'\n</ol></section>\n',
        E'<section><h2 id="venues">Venues</h2>\n<ol>\n' || venues || E'\n</ol></section>\n',
        E'</aside>\n</div>\n<footer>An author page made from a database of the extension anthology: no official publication of the ACL Anthology.</footer>\n');
    IF papers > 0 THEN
        body := concat(body, '<dialog id="fix" aria-labelledby="fix-title" data-person="', anthology.html_escape(person.id),
            -- The id that a new author would have by the rule, if there is one.
            '" data-taken="', (SELECT anthology.html_escape(min(p.id)) FROM anthology.person_name n JOIN anthology.person p ON p.id = n.slug
                               WHERE n.person_id = person.id AND NOT n.inferred OR n.person_id = person.id AND NOT person.verified),
            E'">\n<header><div><h2 id="fix-title">Fixing paper assignments</h2><p><bdi>', anthology.html_escape(canonical),
            '</bdi> <code>', anthology.html_escape(person.id), E'</code></p></div><button type="button" id="close">Close</button></header>\n',
            E'<div class="steps">\n<section aria-labelledby="step-1">\n<h3 id="step-1">1. Please select all papers that belong to the same person</h3>\n',
            CASE WHEN parts <> '' THEN concat('<p class="hint" id="parts-hint">Quick-select', CASE WHEN parted
                    THEN ': the papers grouped by who seems to have written them. The number of its group stands beside each paper; '
                        'a dashed frame means that only some are selected.' ELSE '.' END, '</p>', E'\n',
                '<div role="group" aria-labelledby="parts-hint">', parts, E'</div>\n') END,
            '<div class="tools"><div><label class="label" for="filter">Filter by words</label><input type="search" id="filter" autocomplete="off"></div>',
            CASE WHEN parted THEN '<div><label class="label" for="order">Order</label><select id="order"><option value="year">newest first</option>'
                '<option value="part">by group</option></select></div>' END,
            E'</div>\n<div class="some"><p id="count" role="status"></p><button type="button" id="every">Select all shown</button>',
            E'<button type="button" id="none">Select none</button></div>\n',
            E'<a class="skip" href="#step-2">To the author they belong to</a>\n',
            E'<ul id="pick">\n', picks, E'\n</ul>\n</section>\n<section aria-labelledby="step-2">\n',
            E'<fieldset class="who" aria-labelledby="step-2">\n<h3 id="step-2" tabindex="-1">2. Please indicate below which author they should be assigned to</h3>\n',
            candidates, E'\n<label class="pick"><input type="radio" name="author" id="other" value=""><span><span>Another author</span> ',
            E'<small>by id, address of the page, or ORCID</small></span></label>\n',
            '<div class="within" id="within-other" hidden><div><label class="label" for="other-id">Id, page or ORCID of the author</label>',
            E'<input type="text" id="other-id" autocomplete="off" autocapitalize="none" spellcheck="false"></div></div>\n',
            '<label class="pick"><input type="radio" name="author" id="new" value=""><span><span>A new author</span> ',
            E'<small>who has no page yet</small></span></label>\n',
            '<div class="within" id="within-new" hidden><div><label class="label" for="orcid">ORCID, if there is one</label>',
            '<input type="text" id="orcid" autocomplete="off" spellcheck="false" placeholder="0000-0000-0000-0000"></div>',
            '<div><label class="label" for="institution">Institution of the highest (anticipated) degree</label>',
            '<input type="text" id="institution" autocomplete="off"></div>',
            '<div><label class="label" for="suffix">A word for the id, where the name is taken</label>',
            E'<input type="text" id="suffix" autocomplete="off" autocapitalize="none" spellcheck="false" placeholder="edinburgh"></div></div>\n',
            '</fieldset>', E'\n<section><label class="label" for="comment">Comment</label>',
            '<p class="hint" id="comment-hint">How you know: a home page, the PDFs, a profile.</p>',
            E'<textarea id="comment" rows="3" aria-describedby="comment-hint"></textarea></section>\n',
            E'<section aria-labelledby="step-3">\n<h3 id="step-3">3. Hand over</h3>\n<div class="problems" id="state" role="status"></div>\n',
            E'<label class="label" for="request">The request</label><textarea id="request" rows="7" readonly spellcheck="false"></textarea>\n',
            '<div class="hand"><button type="button" id="copy" class="main">Copy</button><button type="button" id="save">Save as a file</button>',
            E'<span id="done" role="status" class="soft"></span></div>\n',
            E'<p class="hint">Nothing is sent from here. The Anthology''s staff stage the request with <code>request_to_proposal()</code>.</p>\n',
            E'</section>\n</section>\n</div>\n</dialog>\n<noscript><p>The dialog to fix paper assignments needs JavaScript.</p></noscript>\n');
    END IF;
    RETURN anthology.html_document(canonical || ' - author page', body, CASE WHEN papers > 0 THEN anthology.html_script() END);
END
$$;
COMMENT ON FUNCTION person_page_html(text) IS
    'an author''s page with its "Fixing paper assignments" dialog, whose result request_to_proposal() takes, as one self-contained HTML file';

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
                CASE WHEN i.before_score IS NOT NULL OR i.after_score IS NOT NULL
                    THEN coalesce(i.before_score::text, '?') || ' &rarr; ' || coalesce(i.after_score::text, '?') END,
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
            credited_name text, before_person_id text, after_person_id text, cause text)
    ), page AS MATERIALIZED (
        SELECT g.id, min(g.n) AS n
        FROM (SELECT correction.from_person_id AS id, -2 AS n UNION ALL SELECT correction.to_person_id, -1
              UNION ALL SELECT i.before_person_id, i.n FROM item i UNION ALL SELECT i.after_person_id, i.n FROM item i
              UNION ALL SELECT c.person_id, 0 FROM anthology.person_change c WHERE c.reassignment_id = correction.id) AS g
        WHERE g.id IS NOT NULL GROUP BY g.id
    ), entry AS (
        SELECT s.page, s.side, i.paper_id, i.role, i.credited_name, i.n,
            CASE WHEN i.before_person_id IS DISTINCT FROM i.after_person_id THEN CASE s.side WHEN 1 THEN 'gone' ELSE 'came' END ELSE 'same' END AS state,
            CASE s.side WHEN 1 THEN i.after_person_id ELSE i.before_person_id END AS other, i.cause
        FROM item i, LATERAL (VALUES (i.before_person_id, 1), (i.after_person_id, 2)) AS s(page, side)
        WHERE s.page IS NOT NULL
        UNION ALL
        SELECT a.person_id, s.side, a.paper_id, a.role, a.full_name, NULL, 'same', NULL, NULL
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
                    CASE WHEN e.cause = 'side effect' THEN ' &middot; side effect' END, '</span>') END,
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
        SELECT g.n, g.id, g.name, s.side, coalesce(l.papers, 0) AS papers, coalesce(l.same, 0) AS same,
            concat('<section class="side"><h3><span>', s.title, '</span><span class="count">', coalesce(l.papers, 0),
                CASE WHEN l.papers = 1 THEN ' paper' ELSE ' papers' END, '</span></h3>',
                CASE WHEN l.papers IS NULL THEN '<p class="soft">No papers.</p>' ELSE concat(
                    E'<ol>\n', l.entries, E'\n</ol>',
                    CASE WHEN l.same > 0 THEN format('<p class="hidden-note">%s unchanged, not shown</p>', l.same) END) END,
                '</section>') AS html
        FROM person g CROSS JOIN (VALUES (1, 'Before'), (2, 'After')) AS s(side, title)
            LEFT JOIN listed l ON l.page = g.id AND l.side = s.side
    )
    SELECT string_agg(s.html, E'\n' ORDER BY s.n, s.id COLLATE "C"), max(s.same)
        INTO sheets, unmoved
        FROM (SELECT d.n, d.id, max(d.same) AS same,
                  concat('<section class="sheet"><h2><bdi>', anthology.html_escape(d.name), '</bdi> <code class="count">', anthology.html_escape(d.id),
                      E'</code></h2>\n<div class="sides">\n', string_agg(d.html, E'\n' ORDER BY d.side), E'\n</div></section>') AS html
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
