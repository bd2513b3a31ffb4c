-- person_page_html: an author's page, of a list of papers, side lists and the dialog

CREATE TYPE html_paper AS (paper_id text, n bigint, year integer, title text, authors text,
    others text, more bigint, venue text, roles text, credited text, affiliation text,
    openreview text, twice boolean, abstract text, pdf text, flagged text);
COMMENT ON TYPE html_paper IS
    'a paper on a page, the n-th from the top. title, authors, others, venue and abstract are '
    'HTML, all else is plain text: pdf an address, flagged the reasons of open flags';

CREATE FUNCTION anthology_internal.html_papers(person_id text) RETURNS SETOF html_paper
    LANGUAGE sql STABLE STRICT ROWS 50
    SET search_path = pg_catalog, pg_temp
AS $$
    WITH own AS MATERIALIZED (
        SELECT a.paper_id, string_agg(DISTINCT a.role, ', ') AS roles,
            string_agg(DISTINCT anthology.shown_name(a.person_id, a.full_name), ', ') AS credited,
            string_agg(DISTINCT NULLIF(a.affiliation, ''), ', ') AS affiliation,
            string_agg(DISTINCT a.openreview, ', ') AS openreview,
            count(*) > count(DISTINCT a.role) AS twice
        FROM anthology.authorship a WHERE a.person_id = html_papers.person_id GROUP BY a.paper_id
    ), name AS (
        SELECT c.paper_id, c.person_id, c.role, c."position",
            '<bdi>' || anthology_internal.html_escape(anthology.shown_name(c.person_id,
                                                                           c.full_name))
                || '</bdi>' AS name,
            c.person_id IS NOT DISTINCT FROM html_papers.person_id AS own,
            row_number() OVER (PARTITION BY c.paper_id,
                                   c.person_id IS NOT DISTINCT FROM html_papers.person_id
                               ORDER BY c.role, c."position") AS n
        FROM own JOIN anthology.authorship c ON c.paper_id = own.paper_id
    ), written AS (
        SELECT n.paper_id,
            string_agg(CASE WHEN n.own THEN '<b>' || n.name || '</b>'
                    WHEN n.person_id IS NULL THEN n.name
                    ELSE format('<a href="https://aclanthology.org/people/%s/">%s</a>',
                                anthology_internal.html_escape(n.person_id), n.name) END,
                ', ' ORDER BY n.role, n."position") AS authors,
            string_agg(n.name, ', ' ORDER BY n.n) FILTER (WHERE NOT n.own AND n.n <= 6) AS others,
            count(*) FILTER (WHERE NOT n.own AND n.n > 6) AS more
        FROM name n GROUP BY n.paper_id
    ), flagged AS (
        SELECT f.paper_id, string_agg(DISTINCT f.reason, '; ') AS reasons
        FROM anthology.assignment_flag f
        WHERE f.person_id = html_papers.person_id AND f.status = 'open'
            AND f.source = 'anthology.authorship'
        GROUP BY f.paper_id
    )
    SELECT o.paper_id,
        row_number() OVER (ORDER BY coalesce(p.year, v.year) DESC NULLS LAST,
                           coalesce(p.volume_id, p.event_id) COLLATE "C", p.number),
        coalesce(p.year, v.year),
        coalesce(NULLIF(anthology.abstract_html(coalesce(p.title, v.title), false), ''),
                 anthology_internal.html_escape(o.paper_id)),
        w.authors, w.others, w.more,
        coalesce(anthology_internal.html_escape((
                SELECT string_agg(coalesce(u.acronym, u.name, i.id), ', ' ORDER BY i.n)
                FROM unnest(v.venue_ids) WITH ORDINALITY AS i(id, n)
                    LEFT JOIN anthology.venue u ON u.id = i.id)),
            anthology.abstract_html(v.title, false)),
        o.roles, o.credited, o.affiliation, o.openreview, o.twice,
        NULLIF(anthology.abstract_html(p.abstract, true), ''),
        CASE WHEN p.url ~ '^https?://' THEN p.url
             ELSE 'https://aclanthology.org/' || p.url || '.pdf' END,
        f.reasons
    FROM own o
        JOIN anthology.paper p ON p.id = o.paper_id
        JOIN written w ON w.paper_id = o.paper_id
        LEFT JOIN anthology.volume v ON v.id = p.volume_id
        LEFT JOIN flagged f ON f.paper_id = o.paper_id
$$;
COMMENT ON FUNCTION anthology_internal.html_papers(text) IS
    'the papers of a person, ready for HTML, from one reading';

CREATE FUNCTION anthology_internal.html_article(paper html_paper) RETURNS text
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT concat('<article class="paper" id="paper-', i.id,
        '"><h3><a href="https://aclanthology.org/', i.id, '/"><bdi>', paper.title,
        '</bdi></a></h3>',
        '<p class="by">', paper.authors, '</p><p class="where">', paper.venue || ' &middot; ',
        '<code>', i.id, '</code>', ' &middot; ' || NULLIF(paper.roles, 'author'),
        ' &middot; <a href="' || anthology_internal.html_escape(paper.pdf) || '">PDF</a>',
        ' &middot; <a href="https://aclanthology.org/', i.id, '.bib">BibTeX</a></p>',
        '<p class="note">Flagged: <bdi>' || anthology_internal.html_escape(paper.flagged)
            || '</bdi></p>',
        '<details><summary>Abstract</summary><p dir="auto">' || paper.abstract || '</p></details>',
        '</article>')
    FROM (SELECT anthology_internal.html_escape(paper.paper_id) AS id) AS i
$$;
COMMENT ON FUNCTION anthology_internal.html_article(html_paper) IS
    'a paper on an author''s page, with links to its page, its PDF and its BibTeX';

CREATE FUNCTION anthology_internal.html_paper_list(papers html_paper[]) RETURNS text
    LANGUAGE sql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
    WITH year AS (
        SELECT p.year, coalesce(p.year::text, '-') AS id, count(*) AS papers,
            string_agg(anthology_internal.html_article(p), E'\n' ORDER BY p.n) AS articles
        FROM unnest(papers) AS p GROUP BY p.year
    )
    SELECT format(E'<nav class="jump" aria-label="On this page">\n%s\n'
            '<a href="#coauthors">Co-authors</a>\n<a href="#venues">Venues</a>\n</nav>\n%s',
        string_agg(format('<a href="#y%s">%s</a>', y.id, coalesce(y.year::text, 'undated')),
                   E'\n' ORDER BY y.year DESC NULLS LAST),
        string_agg(format(E'<section aria-labelledby="y%s"><h2 class="year" id="y%1$s">%s '
                          '<span class="count">%s</span></h2>\n%s\n</section>',
                          y.id, coalesce(y.year::text, 'Year unknown'),
                          anthology_internal.counted(y.papers, 'paper'), y.articles),
                   E'\n' ORDER BY y.year DESC NULLS LAST))
    FROM year y
    HAVING count(*) > 0
$$;
COMMENT ON FUNCTION anthology_internal.html_paper_list(html_paper[]) IS
    'the list of papers of an author''s page, by year, with links to the years';

CREATE FUNCTION anthology_internal.html_side_list(id text, title text, items text[]) RETURNS text
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    shown CONSTANT text := array_to_string(items[:20], E'\n');
    folded text := '';
BEGIN
    IF cardinality(items) = 0 THEN
        RETURN NULL;
    ELSIF cardinality(items) > 20 THEN
        folded := concat(E'\n<details><summary>and ', cardinality(items) - 20,
            E' more</summary><ol>\n', array_to_string(items[21:], E'\n'), E'\n</ol></details>');
    END IF;
    RETURN concat('<section><h2 id="', id, '">', title, E'</h2>\n<ol>\n', shown, E'\n</ol>', folded,
                  E'</section>\n');
END
$$;
COMMENT ON FUNCTION anthology_internal.html_side_list(text, text, text[]) IS
    'a list beside a page: the first 20 items in the open, the others folded';

CREATE FUNCTION anthology_internal.html_side_lists(person_id text) RETURNS text
    LANGUAGE sql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT concat(
        anthology_internal.html_side_list('coauthors', 'Co-authors', ARRAY(
            SELECT format('<li><a href="https://aclanthology.org/people/%s/"><bdi>%s</bdi></a>'
                          '<span>%s</span></li>', anthology_internal.html_escape(c.coauthor_id),
                          anthology_internal.html_escape(c.name), c.papers)
            FROM anthology.person_coauthors(html_side_lists.person_id) c)),
        anthology_internal.html_side_list('venues', 'Venues', ARRAY(
            SELECT format('<li><span>%s</span><span>%s</span></li>',
                          anthology_internal.html_escape(v.venue), v.papers)
            FROM anthology.person_venues(html_side_lists.person_id) v)))
$$;
COMMENT ON FUNCTION anthology_internal.html_side_lists(text) IS
    'the lists beside an author''s page: all co-authors and all venues';

CREATE FUNCTION anthology_internal.html_openreview(openreview text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT format('<a href="https://openreview.net/profile?id=%s">OpenReview <bdi>%s</bdi></a>',
        anthology_internal.url_encode(openreview), anthology_internal.html_escape(openreview))
$$;
COMMENT ON FUNCTION anthology_internal.html_openreview(text) IS 'a link to a profile at OpenReview';

CREATE FUNCTION anthology_internal.html_person_header(person_id text, canonical text,
                                                      papers html_paper[]) RETURNS text
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT concat('<a class="skip" href="#papers">To the papers</a>',
        E'\n<header class="top">\n<p class="eyebrow">Author page</p>\n<h1><bdi>',
        anthology_internal.html_escape(canonical), E'</bdi></h1>\n<p class="facts"><code>',
        anthology_internal.html_escape(person.id), '</code><span class="tag">',
        CASE WHEN NOT person.verified THEN 'not ' END, 'verified</span>',
        '<a href="https://orcid.org/' || anthology_internal.html_escape(person.orcid) || '">ORCID '
            || anthology_internal.html_escape(person.orcid) || '</a>',
        (SELECT string_agg(anthology_internal.html_openreview(o.openreview), ''
                           ORDER BY o.openreview)
         FROM (SELECT DISTINCT a.openreview FROM anthology.authorship a
               WHERE a.person_id = person.id AND a.openreview <> '') AS o),
        '<bdi>' || anthology_internal.html_escape(person.degree) || '</bdi>',
        '<bdi>' || anthology_internal.html_escape(NULLIF(person.comment, person.degree))
            || '</bdi>',
        E'</p>\n',
        (SELECT '<p><span class="soft">Also published as</span> '
            || string_agg('<bdi>' || anthology_internal.html_escape(n.name) || '</bdi>', ', '
                          ORDER BY n.papers DESC, n.name COLLATE "C") || E'</p>\n'
         FROM anthology.person_names(person.id) n
         WHERE NOT n.canonical AND n.name <> html_person_header.canonical),
        (SELECT format(E'<p class="facts"><span>%s%s</span></p>\n',
                anthology_internal.counted(count(*), 'paper'), ', '
                    || CASE WHEN min(p.year) = max(p.year)
                THEN min(p.year)::text ELSE min(p.year) || '&ndash;' || max(p.year) END)
            || CASE WHEN count(*) > 0 THEN E'<p><button class="main" type="button" id="open" '
                   'aria-haspopup="dialog" hidden>Fix paper assignments</button></p>\n'
               ELSE '' END
         FROM unnest(papers) AS p),
        E'</header>\n')
    FROM anthology.person WHERE person.id = html_person_header.person_id
$$;
COMMENT ON FUNCTION anthology_internal.html_person_header(text, text, html_paper[]) IS
    'the top of an author''s page: names, ids, span and the button that opens the dialog';

CREATE FUNCTION person_page_html(person_id text) RETURNS text
    LANGUAGE plpgsql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    person anthology.person;
    canonical text;
    papers anthology.html_paper[];
    dialog text;
BEGIN
    SELECT p.* INTO person FROM anthology.person p
        WHERE p.id = anthology_internal.present_person(person_page_html.person_id);
    SELECT coalesce(min(n.name) FILTER (WHERE n.canonical), person.id) INTO canonical
        FROM anthology.person_names(person.id) n;
    papers := ARRAY(SELECT p FROM anthology_internal.html_papers(person.id) p ORDER BY p.n);
    IF cardinality(papers) > 0 THEN
        dialog := anthology_internal.html_dialog(person.id, canonical, papers);
    END IF;
    RETURN anthology_internal.html_document(canonical || ' - author page', concat(
        anthology_internal.html_person_header(person.id, canonical, papers),
        E'<div class="columns">\n<main id="papers" tabindex="-1">\n',
        coalesce(anthology_internal.html_paper_list(papers), '<p class="soft">No papers.</p>'),
        E'\n</main>\n<aside>\n', anthology_internal.html_side_lists(person.id),
            E'</aside>\n</div>\n',
        '<footer>An author page made from a database of the extension anthology: ',
        E'no official publication of the ACL Anthology.</footer>\n', dialog),
        CASE WHEN dialog IS NOT NULL THEN anthology_internal.html_script() END);
END
$$;
COMMENT ON FUNCTION person_page_html(text) IS
    'an author''s page with its "Fixing paper assignments" dialog, whose result '
    'request_to_proposal() takes, as one self-contained HTML file';
