-- the dialog "Fixing paper assignments" of person_page_html()
--
-- The script of the page (extension/html/dialog.js) finds what it needs in attributes:
-- data-part of a paper is its group, data-flag that it is suspicious, data-fits of an
-- author how well each group fits.

CREATE TYPE html_part AS (part bigint, papers bigint, years text, coauthors text[],
    confidence real, mixed real, reason text, paper_ids text[]);
COMMENT ON TYPE html_part IS 'a row of page_parts()';

CREATE TYPE html_doubt AS (paper_id text, score real, reason text, flagged boolean,
    evidence jsonb, other_id text, other_score real, other_evidence jsonb);
COMMENT ON TYPE html_doubt IS
    'a paper that may not belong on a page: probability and evidence, and those of a better person';

CREATE FUNCTION anthology_internal.html_doubts(person_id text) RETURNS SETOF html_doubt
    LANGUAGE sql STABLE STRICT ROWS 5
    SET search_path = pg_catalog, pg_temp
AS $$
    WITH found AS (
        SELECT s.paper_id, s.score, s.reason, s.suggested_person_id AS other_id, false AS flagged
        FROM anthology.suspicious_assignments(html_doubts.person_id) s
        UNION ALL
        SELECT f.paper_id, f.score, f.reason, f.suggested_person_id, true
        FROM anthology.assignment_flag f
        WHERE f.person_id = html_doubts.person_id AND f.status = 'open'
            AND f.source = 'anthology.authorship'
    ), doubt AS MATERIALIZED (
        -- A flag's reason and suggestion are of the day when it was raised.
        SELECT f.paper_id, bool_or(f.flagged) AS flagged,
            coalesce(min(f.score) FILTER (WHERE NOT f.flagged), min(f.score)) AS score,
            coalesce(string_agg(DISTINCT f.reason, '; ') FILTER (WHERE f.flagged),
                     string_agg(DISTINCT f.reason, '; ')) AS reason,
            (array_agg(f.other_id ORDER BY f.flagged, f.score)
                FILTER (WHERE f.other_id IS NOT NULL
                        AND EXISTS (SELECT FROM anthology.person p WHERE p.id = f.other_id)))[1]
                AS other_id
        FROM found f GROUP BY f.paper_id
    )
    -- Nothing can be said of a person without papers.
    SELECT d.paper_id, d.score, d.reason, d.flagged, own.evidence, d.other_id,
        CASE WHEN EXISTS (SELECT FROM anthology.authorship a WHERE a.person_id = d.other_id)
            THEN other.score END, other.evidence
    FROM doubt d
        LEFT JOIN LATERAL (
            SELECT jsonb_object_agg(c.person_id, jsonb_build_object(
                'score', c.score, 'evidence', c.evidence)) AS judged
            FROM anthology.judge_candidates(d.paper_id,
                     array_remove(ARRAY[html_doubts.person_id, d.other_id], NULL)) c) AS j ON true,
        LATERAL jsonb_to_record(j.judged -> html_doubts.person_id)
            AS own(score real, evidence jsonb),
        LATERAL jsonb_to_record(coalesce(j.judged -> d.other_id, '{}'))
            AS other(score real, evidence jsonb)
$$;
COMMENT ON FUNCTION anthology_internal.html_doubts(text) IS
    'the suspicious and the flagged papers of a page, each with the evidence for the page '
    'and for the better person';

CREATE FUNCTION anthology_internal.html_doubt(doubt html_doubt) RETURNS text
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT concat('<p class="note">', CASE WHEN doubt.flagged THEN 'Flagged' ELSE 'Suspicious' END,
        ': <bdi>', anthology_internal.html_escape(doubt.reason), '</bdi>',
        ' &middot; probability ' || anthology_internal.html_percent(doubt.score), '</p>',
        '<details><summary>Why</summary><p class="hint">Signs for this page and against it:</p>'
            || anthology_internal.html_evidence(doubt.evidence)
            || coalesce('<p class="hint">The same for <code>'
                || anthology_internal.html_escape(doubt.other_id) || '</code>:</p>'
                || anthology_internal.html_evidence(doubt.other_evidence), '')
            || '</details>')
    WHERE doubt.paper_id IS NOT NULL
$$;
COMMENT ON FUNCTION anthology_internal.html_doubt(html_doubt) IS
    'what speaks against a paper on its page, in words and as a chart';

CREATE FUNCTION anthology_internal.html_picks(papers html_paper[], parts html_part[],
                                              doubts html_doubt[],
                                              canonical text) RETURNS text
    LANGUAGE sql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT string_agg(concat('<li><label class="pick"><input type="checkbox" name="paper" value="',
            p.id, '" data-part="', t.part, '"',
            CASE WHEN d.paper_id IS NOT NULL THEN ' data-flag="yes"' END,
            '><span><bdi>', p.title, '</bdi> <small>', concat_ws(' &middot; ', p.year, p.venue,
                '<code>' || p.id || '</code>', NULLIF(p.roles, 'author'),
                'as <bdi>' || anthology_internal.html_escape(NULLIF(p.credited, canonical))
                    || '</bdi>',
                '<bdi>' || anthology_internal.html_escape(p.affiliation) || '</bdi>',
                'OpenReview <bdi>' || anthology_internal.html_escape(p.openreview) || '</bdi>'),
                    '</small> ',
            '<small>with ' || p.others
                || CASE WHEN p.more > 0 THEN format(' and %s more', p.more) ELSE '' END
                || '</small> ',
            CASE WHEN p.twice THEN '<span class="note">This paper has the author twice, and cannot '
                'be assigned as a whole.</span>' END,
            '</span>',
            CASE WHEN NOT t.shown THEN ''
                WHEN t.papers = 1 THEN
                    '<span class="part alone" title="like no other of these papers">alone</span>'
                ELSE format('<span class="part p%s"><span class="unseen">group </span>%s</span>',
                            t.part % 8, t.part) END,
            '</label>', anthology_internal.html_doubt(d),
            '<p class="links"><a href="https://aclanthology.org/', p.id,
            '/" target="_blank" rel="noopener">Paper<span class="unseen">: ', p.plain,
            '</span></a>',
            ' <a href="' || anthology_internal.html_escape(p.pdf)
                || '" target="_blank" rel="noopener">PDF'
                || '<span class="unseen">: ' || p.plain || '</span></a>', '</p>',
            CASE WHEN p.abstract IS NOT NULL OR p.more > 0 THEN
                format('<details class="look" data-paper="%s"><summary>%s</summary></details>',
                    p.id, CASE WHEN p.more = 0 THEN 'Abstract'
                        WHEN p.abstract IS NULL THEN 'All authors'
                        ELSE 'All authors, abstract' END) END,
            '</li>'), E'\n' ORDER BY p.n)
    FROM (SELECT q.*, anthology_internal.html_escape(q.paper_id) AS id,
              regexp_replace(q.title, '<[^>]*>', '', 'g') AS plain
          FROM unnest(papers) AS q) AS p
        LEFT JOIN (SELECT i.paper_id, q.part, q.papers,
                       q.mixed >= 0.5 AND cardinality(parts) > 1 AS shown
                   FROM unnest(parts) AS q, unnest(q.paper_ids) AS i(paper_id)) AS t
            ON t.paper_id = p.paper_id
        LEFT JOIN unnest(doubts) AS d ON d.paper_id = p.paper_id
$$;
COMMENT ON FUNCTION anthology_internal.html_picks(html_paper[], html_part[], html_doubt[], text) IS
    'the papers to choose from: what each is, its group, what speaks against it, and links to '
    'look at it';

CREATE FUNCTION anthology_internal.html_groups(parts html_part[], doubts html_doubt[]) RETURNS text
    LANGUAGE sql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
    -- The largest parts stand in the open, the others behind "more".
    SELECT concat('<div class="parts">', E'\n' || (
            SELECT '<button type="button" data-part="flag" aria-pressed="false">'
                '<span class="part flag">!</span><span>' || count(*)
                || ' suspicious <small>assignments that seem wrong</small></span></button>'
            FROM unnest(doubts) HAVING count(*) > 0),
        E'\n' || string_agg(b.button, E'\n' ORDER BY b.part) FILTER (WHERE b.part <= 8),
        E'\n</div>',
        E'\n<details><summary>' || NULLIF(count(*) FILTER (WHERE b.part > 8), 0)
            || E' more groups</summary><div class="parts">\n'
            || string_agg(b.button, E'\n' ORDER BY b.part) FILTER (WHERE b.part > 8)
            || E'\n</div></details>')
    FROM (SELECT p.part, concat('<button type="button" data-part="', p.part,
                  '" aria-pressed="false"><span class="part p', p.part % 8,
                  '"><span class="unseen">group </span>', p.part, '</span><span>',
                  anthology_internal.counted(p.papers, 'paper'), ', '
                      || replace(p.years, '-', '&ndash;'),
                  ' <small>one author: ' || anthology_internal.html_percent(p.confidence)
                      || '</small>',
                  ' <small>with ' || (
                      SELECT string_agg('<bdi>' || anthology_internal.html_escape(c.name)
                                        || '</bdi>', ', '
                                        ORDER BY c.n)
                      FROM unnest(p.coauthors) WITH ORDINALITY AS c(name, n)) || '</small>',
                  CASE WHEN p.part > 1 THEN ' <small><bdi>'
                      || anthology_internal.html_escape(p.reason)
                      || '</bdi></small>' END,
                  '</span></button>') AS button
          FROM unnest(parts) AS p WHERE p.papers > 1) AS b
$$;
COMMENT ON FUNCTION anthology_internal.html_groups(html_part[], html_doubt[]) IS
    'the buttons that select the suspicious papers, or a part of the page: its papers, years, '
    'co-authors and probability';

CREATE FUNCTION anthology_internal.html_quick_select(papers html_paper[], parts html_part[],
                                                     doubts html_doubt[])
    RETURNS text
    LANGUAGE sql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT CASE WHEN cardinality(parts) > 1 AND m.mixed >= 0.5 THEN concat(
            '<p class="hint" id="parts-hint">More than one person may have written these papers ',
            '(probability ', anthology_internal.html_percent(m.mixed),
                '). A button selects a group; its ',
            'number stands beside each paper, and a dashed frame means that only some are ',
            E'selected.</p>\n',
            CASE WHEN m.groups > 0 THEN anthology_internal.html_timeline(papers, parts) END,
            E'\n<div role="group" aria-labelledby="parts-hint">',
            anthology_internal.html_groups(parts, doubts), E'</div>\n')
        ELSE concat(
            CASE WHEN cardinality(papers) > 1 THEN format(
                E'<p class="hint">These papers are most likely one person\'s (probability %s).'
                '</p>\n',
                anthology_internal.html_percent(1 - m.mixed)) END,
            CASE WHEN cardinality(doubts) > 0 THEN '<div role="group" aria-label="Quick-select">'
                || anthology_internal.html_groups('{}', doubts) || E'</div>\n' END,
            CASE WHEN m.groups > 1 THEN concat(
                '<details><summary>Groups, should there be more persons</summary>',
                anthology_internal.html_timeline(papers, parts),
                    anthology_internal.html_groups(parts, '{}'),
                E'</details>\n') END) END
    FROM (SELECT coalesce(max(p.mixed), 0) AS mixed, count(*) FILTER (WHERE p.papers > 1) AS groups
          FROM unnest(parts) AS p) AS m
$$;
COMMENT ON FUNCTION anthology_internal.html_quick_select(html_paper[], html_part[], html_doubt[]) IS
    'how likely the page is of more than one person, its timeline, and buttons that select '
    'groups; folded if it seems to be one person''s';

CREATE FUNCTION anthology_internal.html_candidates(person_id text, canonical text,
                                                   parts html_part[],
                                                   doubts html_doubt[]) RETURNS text
    LANGUAGE sql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
    WITH fit AS MATERIALIZED (
        -- Four papers of a group, spread over its years, tell whose it is; groups after the
        -- sixth are not judged.
        SELECT o.owner_id AS id, p.part::text AS part, 'group ' || p.part AS what, o.score
        FROM unnest(parts) AS p, LATERAL anthology.suggest_owners(ARRAY(
                SELECT i.paper_id FROM unnest(p.paper_ids) WITH ORDINALITY AS i(paper_id, n)
                WHERE (i.n - 1) % greatest(p.papers / 4, 1) = 0 ORDER BY i.n LIMIT 4),
            html_candidates.person_id, 40) o
        WHERE p.part BETWEEN 2 AND 6 AND p.mixed >= 0.5 AND NOT o.current
        UNION ALL
        SELECT d.other_id, d.paper_id, d.paper_id, d.other_score
        FROM unnest(doubts) AS d WHERE d.other_score IS NOT NULL
    ), candidate AS (
        SELECT s.similar_id AS id, s.score, s.same_slug
        FROM anthology.person_similar(html_candidates.person_id) s
        UNION ALL
        SELECT f.person_id, f.score, false
        FROM anthology.find_person(canonical, 10) f WHERE f.score >= 0.6
        UNION ALL
        SELECT d.other_id, 1, false FROM unnest(doubts) AS d
        UNION ALL
        SELECT f.id, 0, false FROM fit f WHERE f.score >= 0.5
    ), known AS MATERIALIZED (
        SELECT c.id, bool_or(c.same_slug) AS same_slug, max(c.score) AS score,
            (SELECT max(f.score) FROM fit f WHERE f.id = c.id) AS fit,
            (SELECT count(DISTINCT a.paper_id) FROM anthology.authorship a
             WHERE a.person_id = c.id) AS papers
        FROM candidate c WHERE c.id <> html_candidates.person_id
        GROUP BY c.id
    ), listed AS MATERIALIZED (
        SELECT k.*, count(*) OVER () AS known,
            row_number() OVER (ORDER BY k.fit >= 0.5 DESC NULLS LAST,
                CASE WHEN k.fit >= 0.5 THEN k.fit END DESC, k.same_slug DESC, k.score DESC,
                k.papers DESC, k.id COLLATE "C") AS n
        FROM known k
    )
    SELECT concat(
        CASE WHEN count(*) > 5 THEN '<label class="label" for="who-filter">Filter by name, '
            'affiliation or id</label><input type="search" id="who-filter" autocomplete="off">' END,
        E'\n<div id="who">\n', string_agg(concat(
            '<label class="pick"><input type="radio" name="author" value="',
            anthology_internal.html_escape(p.id), '" data-fits="', anthology_internal.html_escape((
                SELECT jsonb_object_agg(f.part, f.score)::text FROM fit f WHERE f.id = l.id)), '">',
            '<span><span><bdi>', anthology_internal.html_escape(n.full_name), '</bdi> <code>',
            anthology_internal.html_escape(p.id), '</code></span> ',
            '<small class="fits">author of ' || (
                SELECT string_agg(anthology_internal.html_escape(f.what) || ': '
                                      || anthology_internal.html_percent(f.score), ', '
                                  ORDER BY f.part COLLATE "C")
                FROM fit f WHERE f.id = l.id) || '</small> ',
            '<small>', concat_ws(' &middot; ', CASE WHEN NOT p.verified THEN 'not verified' END,
                '<bdi>' || anthology_internal.html_escape(p.degree) || '</bdi>',
                '<bdi>' || anthology_internal.html_escape(NULLIF(p.comment, p.degree)) || '</bdi>',
                'ORCID ' || anthology_internal.html_escape(p.orcid),
                '<bdi>' || anthology_internal.html_escape(w.affiliation) || '</bdi>',
                'OpenReview <bdi>' || anthology_internal.html_escape(w.openreview) || '</bdi>',
                anthology_internal.counted(l.papers, 'paper'), w.years,
                CASE WHEN l.same_slug THEN 'same name' END), '</small></span></label>'),
            E'\n' ORDER BY l.n) FILTER (WHERE l.n <= 40),
        E'\n</div>\n',
        CASE WHEN max(l.known) > 40 THEN format(
            E'<p class="hint">The nearest 40 of %s: type the id of another one.</p>\n',
            max(l.known)) END)
    FROM listed l
        JOIN anthology.person p ON p.id = l.id AND l.n <= 40
        JOIN anthology.person_name n ON n.person_id = p.id AND n."position" = 1,
        LATERAL (
            SELECT (array_agg(a.affiliation ORDER BY q.year DESC)
                        FILTER (WHERE a.affiliation <> ''))[1] AS affiliation,
                string_agg(DISTINCT NULLIF(a.openreview, ''), ', ') AS openreview,
                CASE WHEN min(q.year) = max(q.year) THEN min(q.year)::text
                     ELSE min(q.year) || '&ndash;' || max(q.year) END AS years
            FROM anthology.authorship a JOIN anthology.paper q ON q.id = a.paper_id
            WHERE a.person_id = p.id) AS w
$$;
COMMENT ON FUNCTION anthology_internal.html_candidates(text, text, html_part[], html_doubt[]) IS
    'the authors to choose from, those first whom a group or a suspicious paper fits, with '
    'their scores';

CREATE FUNCTION anthology_internal.html_dialog_step_1(papers html_paper[], parts html_part[],
                                                      doubts html_doubt[],
                                                      canonical text) RETURNS text
    LANGUAGE sql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT concat(E'<section aria-labelledby="step-1">\n<h3 id="step-1" tabindex="-1">',
        E'1. Please select all papers that belong to the same person</h3>\n',
        anthology_internal.html_quick_select(papers, parts, doubts),
        '<div class="tools"><div><label class="label" for="filter">Filter by words</label>',
        '<input type="search" id="filter" autocomplete="off"></div>',
        CASE WHEN cardinality(parts) > 1 AND parts[1].mixed >= 0.5 THEN
            '<div><label class="label" for="order">Order</label><select id="order">'
            '<option value="year">newest first</option><option value="part">by group</option>'
            '</select></div>' END,
        E'</div>\n<div class="some"><p id="count" role="status"></p>',
        '<button type="button" id="every">Select all shown</button>',
        E'<button type="button" id="none">Select none</button></div>\n',
        E'<a class="skip" href="#step-2">To the author they belong to</a>\n<ul id="pick">\n',
        anthology_internal.html_picks(papers, parts, doubts, canonical), E'\n</ul>\n</section>\n')
$$;
COMMENT ON FUNCTION anthology_internal.html_dialog_step_1(html_paper[], html_part[], html_doubt[],
                                                          text) IS
    'the first step of the dialog: which papers';

CREATE FUNCTION anthology_internal.html_dialog_step_2(candidates text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT concat(E'<fieldset class="who" aria-labelledby="step-2">\n',
        '<h3 id="step-2" tabindex="-1">2. Please indicate below which author they should be ',
        'assigned to</h3>', candidates,
        '<label class="pick"><input type="radio" name="author" id="other" value="">',
        '<span><span>Another author</span> <small>by id, address of the page, or ORCID</small>',
        E'</span></label>\n<div class="within" id="within-other" hidden><div><label ',
        'class="label" for="other-id">Id, page or ORCID of the author</label>',
        '<input type="text" id="other-id" ',
        E'autocomplete="off" autocapitalize="none" spellcheck="false"></div></div>\n',
        '<label class="pick"><input type="radio" name="author" id="new" value="">',
        E'<span><span>A new author</span> <small>who has no page yet</small></span></label>\n',
        '<div class="within" id="within-new" hidden><div><label class="label" for="orcid">',
        'ORCID, if there is one</label><input type="text" id="orcid" autocomplete="off" ',
        'spellcheck="false" placeholder="0000-0000-0000-0000"></div>',
        '<div><label class="label" for="institution">Institution of the highest (anticipated) ',
        'degree</label><input type="text" id="institution" autocomplete="off"></div>',
        '<div><label class="label" for="suffix">A word for the id, where the name is taken</label>',
        '<input type="text" id="suffix" autocomplete="off" autocapitalize="none" ',
        E'spellcheck="false" placeholder="edinburgh"></div></div>\n</fieldset>\n',
        '<section><label class="label" for="comment">Comment</label>',
        '<p class="hint" id="comment-hint">How you know: a home page, the PDFs, a profile.</p>',
        '<textarea id="comment" rows="3" ',
        E'aria-describedby="comment-hint"></textarea></section>\n')
$$;
COMMENT ON FUNCTION anthology_internal.html_dialog_step_2(text) IS
    'the second step of the dialog: which author, of those to choose from or another one';

CREATE FUNCTION anthology_internal.html_dialog_step_3() RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT concat(E'<section aria-labelledby="step-3">\n<h3 id="step-3">3. Hand over</h3>\n',
        '<div class="problems" id="state" role="status"></div>',
        '<div class="hand"><a class="main" id="issue" target="_blank" rel="noopener" hidden>',
        'Open an issue<span class="unseen"> at GitHub, filled in</span></a>',
        '<button type="button" id="copy">Copy</button>',
        '<button type="button" id="save">Save as a file</button>',
        E'<span id="done" role="status" class="soft"></span></div>\n',
        '<p class="hint" id="issue-hint" hidden></p>',
        '<p class="hint">Nothing is sent from here: the issue is sent when you submit it at ',
        'GitHub. Staff stage what is copied or saved with <code>request_to_proposal()</code>.</p>',
        '<details id="raw"><summary>The request as JSON</summary>',
        '<label class="unseen" for="request">The request</label>',
        '<textarea id="request" rows="7" readonly spellcheck="false"></textarea></details>',
        E'\n</section>\n')
$$;
COMMENT ON FUNCTION anthology_internal.html_dialog_step_3() IS
    'the third step of the dialog: the request as an issue, copied, or saved';

CREATE FUNCTION anthology_internal.html_dialog(person_id text, canonical text, papers html_paper[])
    RETURNS text
    LANGUAGE plpgsql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    parts anthology.html_part[] := ARRAY(
        SELECT p::anthology.html_part FROM anthology.page_parts(person_id) p ORDER BY p.part);
    doubts anthology.html_doubt[] :=
        ARRAY(SELECT d FROM anthology_internal.html_doubts(person_id) d);
    -- The id that a new author would have by the rule, if somebody has it.
    taken text := (SELECT min(p.id)
        FROM anthology.person own
            JOIN anthology.person_name n ON n.person_id = own.id
                AND NOT (n.inferred AND own.verified)
            JOIN anthology.person p ON p.id = n.slug
        WHERE own.id = html_dialog.person_id);
    openreview text := (SELECT min(a.openreview) FROM anthology.authorship a
        WHERE a.person_id = html_dialog.person_id HAVING count(DISTINCT a.openreview) = 1);
BEGIN
    RETURN concat('<dialog id="fix" aria-labelledby="fix-title" data-person="',
        anthology_internal.html_escape(person_id), '" data-taken="',
            anthology_internal.html_escape(taken),
        '" data-openreview="', anthology_internal.html_escape(openreview),
        E'">\n<header><div><h2 id="fix-title">Fixing paper assignments</h2><p><bdi>',
        anthology_internal.html_escape(canonical), '</bdi> <code>',
            anthology_internal.html_escape(person_id),
        E'</code></p></div><button type="button" id="close">Close</button></header>\n',
        E'<div class="steps">\n', anthology_internal.html_dialog_step_1(papers, parts, doubts,
                                                                        canonical),
        E'<section aria-labelledby="step-2">\n', anthology_internal.html_dialog_step_2(
            anthology_internal.html_candidates(person_id, canonical, parts, doubts)),
        anthology_internal.html_dialog_step_3(), E'</section>\n</div>\n</dialog>\n',
        E'<noscript><p>The dialog to fix paper assignments needs JavaScript.</p></noscript>\n');
END
$$;
COMMENT ON FUNCTION anthology_internal.html_dialog(text, text, html_paper[]) IS
    'the dialog "Fixing paper assignments" of an author''s page, without its script';
