-- make demo: a paper on the wrong author page, moved and moved back.
\pset footer off
\pset linestyle unicode
\pset border 1
\pset null ''
SET client_min_messages = warning;
CREATE EXTENSION anthology;
SET search_path = anthology, public;
\set page 'SELECT year, paper_id, CASE WHEN length(title) > 50 THEN left(title, 49) || ''…'' ELSE title END AS title, authors FROM person_page'

\echo
\echo '== 1. Load =================================================================='
\echo 'Tables in an empty database, then a data folder in the Anthology''s own layout.'
\echo
SELECT anthology.create_tables() \g /dev/null
SELECT * FROM anthology.load_directory(:'sample');

\echo '== 2. Find ================================================================='
\echo 'Two people called Mei Lin are verified; papers that do not say which are on a third page.'
\echo
SELECT person_id, canonical_name AS name, verified, round(score::numeric, 2) AS score, papers
FROM find_person('Lin, Mei', 4);

\echo '== 3. The wrong page ======================================================='
\echo 'Mei Lin of Fudan works on machine translation. One of these papers is not hers:'
\echo
:page ('mei-lin');
\pset format unaligned
\pset tuples_only on
SELECT '2024.demo-long.3: ' || title || E'\n' || regexp_replace(abstract, '(.{1,100})( |$)', E'    \\1\n', 'g')
FROM person_page('mei-lin') WHERE paper_id = '2024.demo-long.3';
\pset tuples_only off
\pset format aligned
\echo 'The other Mei Lin, of Edinburgh, summarises meetings:'
\echo
:page ('mei-lin-edinburgh');
CREATE TEMP TABLE page_before AS
    SELECT 'mei-lin' AS page, p.* FROM person_page('mei-lin') p
    UNION ALL SELECT 'mei-lin-edinburgh', p.* FROM person_page('mei-lin-edinburgh') p;

\echo '== 4. Propose and preview =================================================='
\echo 'Nothing moves yet. The preview lists every name that would, and why.'
\echo
SELECT propose_reassignment(ARRAY['2024.demo-long.3'], 'mei-lin', 'mei-lin-edinburgh',
                            'meeting summaries, with her Edinburgh co-authors') AS proposal \gset
SELECT paper_id, credited_name, before_person_id AS "from", after_person_id AS "to", cause, warning
FROM preview_reassignment(:proposal);
\set page_file :pages '/page.html'
\set preview_file :pages '/preview.html'
\pset format unaligned
\pset tuples_only on
SELECT person_page_html('mei-lin') \g :page_file
SELECT preview_html(:proposal) \g :preview_file
\pset tuples_only off
\pset format aligned
\echo 'To look at in a browser:' :preview_file 'and, with the dialog,' :page_file
\echo

\echo '== 5. Apply ================================================================'
SELECT apply_reassignment(:proposal) \g /dev/null
\echo 'The page of Mei Lin, Fudan:'
\echo
:page ('mei-lin');
\echo 'The page of Mei Lin, Edinburgh:'
\echo
:page ('mei-lin-edinburgh');

\echo '== 6. Undo ================================================================='
SELECT undo_reassignment(:proposal) \g /dev/null
CREATE TEMP TABLE page_after AS
    SELECT 'mei-lin' AS page, p.* FROM person_page('mei-lin') p
    UNION ALL SELECT 'mei-lin-edinburgh', p.* FROM person_page('mei-lin-edinburgh') p;
SELECT NOT EXISTS (TABLE page_before EXCEPT ALL TABLE page_after)
   AND NOT EXISTS (TABLE page_after EXCEPT ALL TABLE page_before) AS "both pages are what they were";

\echo '== 7. Two people on one page ==============================================='
\echo 'One Anna Kovács parses in Uppsala, another recognises speech in Budapest:'
\echo
:page ('anna-kovacs/unverified');
\echo 'Say the second is made a verified person. By the Anthology''s rule the name then means her,'
\echo 'and the parsing papers would come along: the preview says so before anything moves.'
\echo
SELECT propose_person('Anna', 'Kovács', degree => 'Budapest University of Technology') AS proposal \gset
SELECT paper_id, credited_name, before_person_id AS "from", after_person_id AS "to", cause
FROM preview_reassignment(:proposal);

\echo '== 8. A second person of a verified name ==================================='
\echo 'There is a verified Na Zhou. Another one would make her name ambiguous, and every'
\echo 'paper without an explicit id would drop from her page:'
\echo
SELECT reject_reassignment(:proposal, 'first sort the papers') \g /dev/null
SELECT propose_person('Na', 'Zhou', degree => 'Zhejiang University', suffix => 'zhejiang') AS proposal \gset
SELECT paper_id, credited_name, before_person_id AS "from", after_person_id AS "to", cause
FROM preview_reassignment(:proposal);
SELECT reject_reassignment(:proposal, 'give her papers explicit ids first') \g /dev/null
\echo 'Rejected. Her page still has its papers:'
\echo
SELECT count(*) AS papers FROM person_page('na-zhou');
