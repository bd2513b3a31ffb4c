-- pages to look at: text and markup as HTML, the author's page, the preview
SET client_min_messages = warning;
DROP EXTENSION IF EXISTS anthology CASCADE;
DROP SCHEMA IF EXISTS anthology CASCADE;
CREATE EXTENSION anthology;
SELECT anthology.create_tables();
RESET client_min_messages;
\set SHOW_CONTEXT never
\pset format unaligned
\pset null (null)

-- text: what means something in HTML is an entity, and control characters go
SELECT anthology_internal.html_escape(E'<b a="x" c=''y''>&amp;\x01\x1b\x7f\t.\u2028</b>');
SELECT anthology_internal.html_escape('');

-- markup: b, i and typewriter text, addresses, TeX; the rest is text
SELECT anthology.abstract_html(markup)
FROM (VALUES
    (1, 'The <fixed-case>E</fixed-case>nglish <b>parser <i>of</i></b> P&amp;G (p &lt; 0.05) in <tt>x_y</tt>'),
    (2, 'Code at <url>https://example.org/a?b=1&amp;c="2"</url>, <url>javascript:alert(1)</url>, <url>example.org</url>.'),
    (3, 'in <tex-math>\mathcal{O}(n^3) < 3</tex-math> and <i><tex-math>O(1/\sqrt{T})</tex-math></i>'),
    (4, '</script><img src=x onerror="alert(1)"><b onclick="x">bold</b> <script>1</script>'),
    (5, '<b>open <i>and <tt>never closed'),
    (6, 'closed</i></b> never opened, <b><i>crossed</b></i>, <url>begun'),
    (7, '</url>ended, <url><url>http://twice.example</url></url>'),
    (8, '&lt;b&gt;bold&lt;/b&gt; &amp;lt;script&amp;gt; &quot;q&quot; &#60;i&#62;x'),
    (9, repeat('<b>', 20) || 'deep' || repeat('</b>', 20)),
    (10, '<url>http://a.example/</i><b>x</url> <url>https://a b</url> <url>HTTP://x</url>'),
    (11, '')
) AS input(n, markup) ORDER BY n;
-- the markup of 2026
SELECT anthology.abstract_html(markup)
FROM (VALUES
    (1, '<u>NER</u> <sc>let-alone</sc> <tt>nltk</tt> <b><sc>a</b>b</sc>'),
    (2, 'One.<par/>Two. <par/> Three'),
    (3, 'We <b/>solve this<i/> problem'),
    (4, 'At <a href="https://x.org/?a=1&amp;b=&quot;&lt;&#39;&gt;">our <i>own</i> page</a>, <a href="mailto:a@x.org">mail</a>'),
    (5, '<a href="http://a.org">one <a href="http://b.org">two</a> three</a> <a href="http://c.org"><url>http://d.org</url></a>'),
    (6, '<a href="http://a.org"><b>crossed</a> still</b> <a href=''http://e.org''>open'),
    -- where a browser is not to go
    (7, '<a href="javascript:alert(1)">x</a> <a href=" javascript:alert(1)">x</a> <a href="JaVaScRiPt:alert(1)">x</a> <a href="data:text/html,x">x</a>'),
    (8, '<a href="//x.org">x</a> <a href="/x">x</a> <a href="java&#10;script:alert(1)">x</a> <a href="http://x.org&#10;y">x</a> <a href="">x</a> <a>x</a>'),
    (9, '<a href="http://x.org" onclick="alert(1)" style="x">x</a> <a href="http://x.org&quot; onclick=&quot;alert(1)">x</a> <a onclick="1">x</a>'),
    (10, '$x$ <tex-math><a href="http://x.org">1</a></tex-math> x^<a href="http://x.org">2</a> \textbf{<a href="http://y.org">3}</a>')
) AS input(n, markup) ORDER BY n;
SELECT anthology.abstract_html('<i>See</i> <url>https://example.org</url>', false);
-- tags taken out, it is the plain text
SELECT markup FROM (VALUES ('a <b>b</b> <i>c</i> <url>https://d.example</url> <tex-math>x^2</tex-math>'),
    ('{\bf x} 5~% <tt>y</tt>, caf&eacute; -- dash'), ('<b>a</b>-<i>b</i>')) AS t(markup)
WHERE regexp_replace(anthology.abstract_html(markup), '<[^>]*>', '', 'g') <> anthology_internal.html_escape(anthology.abstract_plain(markup));

SELECT count(*) FROM anthology.import_people($$
mei-lin: {names: [{first: Mei, last: Lin}, {first: 美, last: 林, script: hani}], orcid: 0000-0002-1825-0097, degree: "Fudan <University>", comment: "says \"hello\""}
mei-lin-edinburgh: {names: [{first: Mei, last: Lin}], degree: University of Edinburgh, similar: [mei-lin]}
bo-li: {names: [{first: Bo, last: Li}]}
$$);
SELECT count(*) FROM anthology.import_venues('{acronym: "V<1>", name: Venue}', 'v1');
SELECT count(*) FROM anthology.import_collection($$<collection id="2024.test"><volume id="1"><meta><booktitle>B</booktitle><year>2024</year><venue>v1</venue></meta>
<frontmatter><url>2024.test-1.0</url></frontmatter>
<paper id="1"><title>On <fixed-case>X</fixed-case> &lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;</title><author id="mei-lin"><first>Mei</first><last>Lin</last><affiliation>"Q" &amp; R</affiliation></author>
<author><first>&lt;b&gt;O'</first><last>Neil&amp;Co</last></author><abstract>An <i>abstract</i> with <tex-math>O(n^2)</tex-math>, see <url>https://example.org/?a&amp;b</url>.</abstract></paper>
<paper id="2"><title>Second</title><author id="mei-lin"><first>Mei</first><last>Lin</last></author><author id="bo-li"><first>Bo</first><last>Li</last></author></paper>
<paper id="3"><title>Third</title><author><first>Mei</first><last>Lin</last></author><author><first>Bo</first><last>Li</last></author></paper>
</volume></collection>$$);
INSERT INTO anthology.assignment_flag (paper_id, role, "position", credited_name, person_id, score, reason, evidence, suggested_person_id, facts)
    VALUES ('2024.test-1.2', 'author', 1, 'Mei Lin', 'mei-lin', 0.1, 'no <shared> co-author', '[]', 'mei-lin-edinburgh', 'f');

-- the page, without the style, the script and what the weights of the models say
CREATE FUNCTION pg_temp.body(html text) RETURNS text LANGUAGE sql AS $$
    SELECT regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(html, '^.*<body>\n', ''), '<script>.*', ''),
        '<ol class="evidence">.*?</ol>', '<ol class="evidence">...</ol>', 'g'), '(&[lg]t; )?\d+ %', 'x %', 'g'), '(&quot;: )[\d.]+', '\1x', 'g')
$$;
SELECT pg_temp.body(anthology.person_page_html('mei-lin'));
-- an element opened is closed
CREATE FUNCTION pg_temp.unclosed(html text) RETURNS TABLE (tag text, opened bigint, closed bigint) LANGUAGE sql AS $$
    SELECT t[2], count(*) FILTER (WHERE t[1] = ''), count(*) FILTER (WHERE t[1] = '/')
    FROM regexp_matches(regexp_replace(html, '<(script|style)>.*?</\1>', '', 'g'), '<(/?)([a-z][a-z0-9]*)', 'g') AS t
    WHERE t[2] NOT IN ('meta', 'input', 'br', 'line', 'rect')
    GROUP BY 1 HAVING count(*) FILTER (WHERE t[1] = '') <> count(*) FILTER (WHERE t[1] = '/')
$$;
SELECT p.id, u.* FROM anthology.person p, pg_temp.unclosed(anthology.person_page_html(p.id)) AS u;
-- its parts: probabilities, a list with more than fits, a chart of evidence, a timeline
SELECT anthology_internal.html_percent(p) FROM unnest('{0,0.004,0.005,0.5,0.994,0.996,1}'::float8[]) AS p;
SELECT anthology_internal.html_side_list('v', 'V', ARRAY(SELECT format('<li>%s</li>', i) FROM generate_series(1, 22) AS i));
SELECT anthology_internal.html_side_list('v', 'V', '{}');
SELECT anthology_internal.html_evidence('[{"signal": "a<b", "weight": -1.5, "detail": null}, {"signal": "x", "weight": -0.05, "detail": "little"},
    {"signal": "c", "weight": 0.5, "detail": "R&D"}, {"signal": "y", "weight": 0.02, "detail": null}, {"signal": "d", "weight": 3, "detail": "much"}]');
SELECT anthology_internal.html_evidence('[]'), anthology_internal.html_evidence('[{"signal": "a", "weight": 0.01, "detail": null}]');
CREATE FUNCTION pg_temp.papers(years integer[]) RETURNS anthology.html_paper[] LANGUAGE sql AS $$
    SELECT array_agg((y.n::text, y.n, y.year, format('<i>%s</i> &lt;', y.n), NULL, NULL, 0, NULL, 'author', NULL, NULL, NULL, false, NULL, NULL, NULL)
        ::anthology.html_paper ORDER BY y.n) FROM unnest(years) WITH ORDINALITY AS y(year, n)
$$;
SELECT anthology_internal.html_timeline(pg_temp.papers('{2001,2003,2003,NULL,2013}'),
    ARRAY[(1, 3, '2001-2003', '{}', 0.9, 0.6, NULL, '{1,2,3}')::anthology.html_part, (2, 1, NULL, '{}', 0.9, 0.6, NULL, '{4}')::anthology.html_part,
          (3, 1, '2013', '{}', 0.9, 0.6, NULL, '{5}')::anthology.html_part]);
-- seven papers of a year: the seventh stands beside the others
SELECT count(*) AS dots, count(DISTINCT m[1]) AS columns, count(DISTINCT m[2]) AS rows
FROM regexp_matches(anthology_internal.html_timeline(pg_temp.papers(array_fill(2020, '{7}')),
    ARRAY[(1, 7, '2020', '{}', 0.9, 0.6, NULL, '{1,2,3,4,5,6,7}')::anthology.html_part]), 'cx="(.*?)" cy="(.*?)"', 'g') AS m;
-- a page that is most likely one person's is not parted in the open
SELECT anthology_internal.html_quick_select(pg_temp.papers('{2001,2002,2003,2004}'),
    ARRAY[(1, 2, '2001-2002', '{A<B,C}', 0.9, mixed, NULL, '{1,2}')::anthology.html_part, (2, 2, '2003-2004', '{}', 0.8, mixed, 'R&D', '{3,4}')::anthology.html_part], '{}')
FROM unnest('{0.2,0.8}'::real[]) AS mixed;
-- a paper's PDF: its name, or an address of its own; nothing but http
UPDATE anthology.paper SET url = CASE id WHEN '2024.test-1.2' THEN 'https://x.org/?a="&b' ELSE 'javascript:alert(1)' END WHERE id ~ '1.[23]$';
UPDATE anthology.paper SET url = id WHERE id = '2024.test-1.1';
SELECT m[1] FROM unnest('{bo-li,mei-lin}'::text[]) AS person, regexp_matches(anthology.person_page_html(person), '<a href="([^"]*)">PDF', 'g') AS m;
UPDATE anthology.paper SET url = NULL;
-- OpenReview ids: at the top, beside the papers and the candidates
UPDATE anthology.authorship SET openreview = '~Bo_Li"1' WHERE person_id = 'bo-li' AND paper_id = '2024.test-1.2';
SELECT m[1] FROM regexp_matches(anthology.person_page_html('bo-li'), '([^>]*>OpenReview <bdi>[^<]*|data-openreview="[^"]*|middot; OpenReview[^/]*)', 'g') AS m;
UPDATE anthology.authorship SET openreview = NULL WHERE openreview IS NOT NULL;
-- the head: what may run and load
SELECT regexp_replace(regexp_replace(split_part(h, '<style>', 1), 'sha256-[\w+/=]+', 'sha256-...', 'g'), '\n$', '') FROM anthology.person_page_html('mei-lin') AS h;
SELECT position('sha256-' || encode(sha256(convert_to(substring(h FROM '<script>(.*)</script>'), 'UTF8')), 'base64') || '''' IN h) > 0 AS script,
    position('sha256-' || encode(sha256(convert_to(substring(h FROM '<style>(.*)</style>'), 'UTF8')), 'base64') || '''' IN h) > 0 AS style
FROM anthology.person_page_html('mei-lin') AS h;
-- nobody's papers: no dialog
SELECT anthology.person_page_html('mei-lin-edinburgh') ~ '<dialog|<script' AS dialog;
SELECT anthology.person_page_html('nobody');
SELECT anthology.person_page_html(NULL);

-- what the dialog hands over, where the name is taken
SELECT step, repeated FROM anthology.request_to_proposal('{"papers": ["2024.test-1.2"], "from": "mei-lin", "institution": "Uni Oslo"}');
SELECT step, repeated FROM anthology.request_to_proposal('{"papers": ["2024.test-1.2"], "from": "mei-lin", "institution": "Uni Oslo", "suffix": "Oslo"}');
SELECT from_person_id, to_person_id, paper_ids FROM anthology.reassignment;
SELECT anthology.request_to_proposal('{"papers": ["2024.test-1.2"], "from": "mei-lin", "suffix": 7}');

-- the preview, of a move and of a person made, which moves other papers too
SELECT anthology.propose_reassignment('{2024.test-1.2}', 'mei-lin', 'mei-lin-edinburgh', 'see <the> PDF') AS id \gset
SELECT regexp_replace(regexp_replace(pg_temp.body(anthology.preview_html(:id)), 'by <bdi>[^<]*</bdi>[^<]*', '...'), 'probability [\d.]+ % before, [\d.]+ % after', '...', 'g');
SELECT * FROM pg_temp.unclosed(anthology.preview_html(:id));
SELECT anthology.propose_person('Bo', 'Li', degree => 'X', suffix => 'x') AS bo \gset
-- no card without papers
SELECT m[1], m[2] FROM regexp_matches(anthology.preview_html(:bo), '<section class="side"><h3><span>(\w+)</span><span class="count">([^<]*)', 'g') AS m;
SELECT m[1] FROM regexp_matches(anthology.preview_html(:bo), '((?:moves to|comes from) <[^<]*<bdi>[^<]*</bdi>[^<]*</a>[^<]*|<code>bo-li-x</code> <bdi>[^<]*</bdi>)', 'g') AS m;
SELECT * FROM pg_temp.unclosed(anthology.preview_html(:bo));
-- applied, it shows the same pages; made stale, why it cannot be applied
CREATE FUNCTION pg_temp.sides(html text) RETURNS text LANGUAGE sql AS $$ SELECT substring(pg_temp.body(html) FROM '<main>.*<section class="sheet"><h2>Every') $$;
SELECT pg_temp.sides(anthology.preview_html(:id)) AS sides \gset
SELECT anthology.apply_reassignment(:id);
SELECT pg_temp.sides(anthology.preview_html(:id)) = :'sides' AS same;
SELECT anthology.propose_set_orcid('bo-li', '0000-0001-5109-3700') AS orcid \gset
SELECT substring(pg_temp.body(anthology.preview_html(:orcid)) FROM 'No paper moves.*?</ul>');
SELECT anthology.set_orcid('bo-li', '0000-0001-5000-0007') > 0 AS set;
SELECT substring(pg_temp.body(anthology.preview_html(:orcid)) FROM 'It cannot .*?</p>');
SELECT anthology.preview_html(999);

-- a reader may see both
CREATE ROLE regress_anthology_visitor;
SELECT anthology.grant_reader('regress_anthology_visitor');
SET ROLE regress_anthology_visitor;
SELECT length(anthology.person_page_html('mei-lin')) > 10000 AS page, length(anthology.preview_html(:id)) > 10000 AS preview;
RESET ROLE;
SET client_min_messages = warning;
DROP EXTENSION anthology CASCADE;
DROP SCHEMA anthology CASCADE;
CREATE EXTENSION anthology;
DROP OWNED BY regress_anthology_visitor;
DROP ROLE regress_anthology_visitor;
