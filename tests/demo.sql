-- make demo: names, search, a page of two people and a wrong paper, corrected and undone.
\pset footer off
\pset linestyle unicode
\pset border 1
\pset format wrapped
\pset columns 120
\pset null ''
SET client_min_messages = warning;
CREATE EXTENSION anthology;
SET search_path = anthology, public;

\echo
\echo '== 1. Load =================================================================='
\echo 'Tables in an empty database, then a data folder in the Anthology''s own layout.'
\echo
SELECT create_tables() \g /dev/null
SELECT kind, new, problems FROM load_directory(:'data');

\echo '== 2. Find a name, misspelt ================================================='
\echo
SELECT person_id, canonical_name AS name, round(score::numeric, 2) AS score, papers
FROM find_person('Kovacs, Ana', 1);

\echo '== 3. Search ================================================================'
\echo
SELECT year, paper_id, title FROM search_papers('parsing with few annotated trees', 3);

\echo '== 4. A page of two people =================================================='
\echo 'One Anna Kovács parses in Uppsala, another recognises speech in Budapest. Their names are'
\echo 'the same, so the Anthology has them on one page. The extension parts it:'
\echo
SELECT s.part, round(s.confidence::numeric, 2) AS sure, p.year, p.id, p.title
FROM suggest_split('anna-kovacs/unverified') s JOIN paper_overview p ON p.id = s.paper_id
ORDER BY s.part, p.year, p.id;
SELECT part, papers, years, array_to_string(coauthors, ', ') AS "co-authors", reason
FROM page_parts('anna-kovacs/unverified');
\echo 'Proposed: part 2 is another person, with a page of her own. Nothing moves yet; the preview'
\echo 'lists every name that would.'
\echo
SELECT propose_split_person(paper_ids, 'anna-kovacs/unverified',
                            degree => 'Budapest University of Technology',
                            note => 'the PDFs say Budapest') AS split
FROM page_parts('anna-kovacs/unverified') WHERE part = 2 \gset
SELECT paper_id, credited_name, before_person_id AS "from", after_person_id AS "to", cause
FROM preview_reassignment(:split);
SELECT apply_reassignment(:split) \g /dev/null

\echo '== 5. A paper on the wrong page ============================================='
\echo 'Two people called Mei Lin are verified: one of Fudan, who translates, and one of Edinburgh,'
\echo 'who summarises meetings. One of these papers is on the wrong page:'
\echo
SELECT year, paper_id, title, authors FROM person_page('mei-lin');
SELECT paper_id, round(score::numeric, 3) AS score, suggested_person_id AS suggested, reason
FROM suspicious_assignments('mei-lin');
\echo 'Proposed and previewed:'
\echo
SELECT propose_reassignment(ARRAY['2024.demo-long.3'], 'mei-lin', 'mei-lin-edinburgh',
                            'meeting summaries, with her Edinburgh co-authors') AS move \gset
SELECT paper_id, credited_name, before_person_id AS "from", after_person_id AS "to", cause
FROM preview_reassignment(:move);
\set page_file :folder '/page.html'
\set preview_file :folder '/preview.html'
\pset format unaligned
\pset tuples_only on
SELECT person_page_html('mei-lin') \g :page_file
SELECT preview_html(:move) \g :preview_file
\pset tuples_only off
\pset format wrapped
SELECT apply_reassignment(:move) \g /dev/null

\echo '== 6. Hand it back =========================================================='
\echo 'The files in the checkout, written all or none. Every other byte is as it was:'
\echo
SELECT export_changes(:'data') AS written;
\! git -C "$DEMO_CHECKOUT" --no-pager diff --stat
\echo
\echo 'The paper of Mei Lin, in the file of 2024:'
\echo
\! git -C "$DEMO_CHECKOUT" --no-pager diff -U0 | grep '^[-+].*Mei'
\echo

\echo '== 7. Undo =================================================================='
SELECT id, kind, status, chosen AS names, note FROM correction ORDER BY id;
SELECT undo_reassignment(:move) \g /dev/null
SELECT undo_reassignment(:split) \g /dev/null
SELECT export_changes(:'data') \g /dev/null
\echo 'Both undone and exported again. git status of the checkout:'
\! git -C "$DEMO_CHECKOUT" status --short
\! git -C "$DEMO_CHECKOUT" diff --quiet && echo '(nothing: every file is byte for byte what it was)'
\echo
\echo 'To look at in a browser: the preview,' :preview_file
\echo 'and the page with its dialog,' :page_file
