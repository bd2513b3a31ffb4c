-- the views that people and reporting tools read
SET client_min_messages = warning;
DROP EXTENSION IF EXISTS anthology CASCADE;
DROP SCHEMA IF EXISTS anthology CASCADE;
CREATE EXTENSION anthology;
SELECT anthology.create_tables();
RESET client_min_messages;
SELECT count(*) FROM anthology.import_venues('{acl: {acronym: ACL, name: Annual Meeting}}');
SELECT count(*) FROM anthology.import_people($$
ann-roe: {names: [{first: Ann, last: Roe}, {first: A., last: Roe}], degree: Oslo}
ann-roe-mit: {names: [{first: Ann, last: Roe}], comment: MIT}
bo-li: {names: [{first: Bo, last: Li}]}
$$);
SELECT count(*) FROM anthology.import_collection(xmlparse(DOCUMENT $$<collection id="2024.test"><volume id="1">
<meta><booktitle>Proceedings</booktitle><editor><first>Bo</first><last>Li</last></editor><year>2024</year><venue>acl</venue><venue>nowhere</venue></meta>
<frontmatter><url>2024.test-1.0</url></frontmatter>
<paper id="1"><title>On <fixed-case>X</fixed-case></title><author id="ann-roe"><first>A.</first><last>Roe</last></author><author><first>Bo</first><last>Li</last></author><abstract>About <i>x</i> &amp; y.</abstract></paper>
<paper id="2"><title>On $Y$</title><author id="nobody"><first>Cy</first><last>Day</last></author><author id="ann-roe"><first>Ann</first><last>Roe</last></author></paper>
</volume></collection>$$));
SELECT count(*) FROM anthology.import_collection(xmlparse(DOCUMENT $$<collection id="2020.test"><volume id="1">
<meta><booktitle>Proceedings</booktitle><year>2020</year><venue>acl</venue></meta>
<paper id="1"><title>Early</title><author id="ann-roe"><first>Ann</first><last>Roe</last></author><author><first>Bo</first><last>Li</last></author></paper>
</volume></collection>$$));

-- every view and every column of it has a comment
SELECT c.relname, a.attname
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum >= 0
WHERE c.relnamespace = 'anthology'::regnamespace AND c.relkind = 'v'
    AND (col_description(c.oid, a.attnum) IS NULL OR obj_description(c.oid, 'pg_class') IS NULL);
\x on
SELECT * FROM anthology.paper_overview ORDER BY id;
SELECT * FROM anthology.person_overview ORDER BY id COLLATE "C";
\x off
SELECT * FROM anthology.coauthor_pair ORDER BY person_id, coauthor_id;

-- a former name is not shown
SELECT anthology.change_name('ann-roe', 'Anna', 'Roe') AS changed \gset
SELECT id, authors FROM anthology.paper_overview ORDER BY id;
SELECT name, other_names FROM anthology.person_overview WHERE id = 'ann-roe';
SELECT * FROM anthology.shown_authorship WHERE person_id = 'ann-roe' ORDER BY paper_id;

-- corrections and flags
SELECT anthology.reassign_papers('{2024.test-1.1}', 'ann-roe', 'ann-roe-mit', 'a guess') AS moved \gset
SELECT anthology.propose_reassignment('{2024.test-1.2}', 'ann-roe', 'ann-roe-mit') AS proposed \gset
SET anthology.session_person = 'alice';
SELECT anthology.reject_reassignment(:proposed, 'no') AS rejected \gset
SELECT kind, status, from_person_id, to_person_id, chosen, side_effects, note, decided_by = session_user AS by_me,
    decided_by = session_user || ' for alice' AS by_alice, decision_note, undoes
FROM anthology.correction ORDER BY id;
INSERT INTO anthology.assignment_flag (paper_id, role, "position", credited_name, person_id, score, reason, evidence, suggested_person_id, facts, status)
VALUES ('2024.test-1.2', 'author', 2, 'Ann Roe', 'ann-roe', 0.01, 'none in common', '[]', 'ann-roe-mit', 'x', 'open'),
       ('2024.test-1.1', 'author', 2, 'Bo Li', 'bo-li', 0.02, 'none in common', '[]', NULL, 'y', 'dismissed');
SELECT kind, paper_id, title, year, role, "position", credited_name, person_id, name, suggested_person_id, suggested_name, source FROM anthology.open_flag ORDER BY id;

-- one paper or person is looked up by its key, whatever the view counts
SET enable_seqscan = off;
CREATE FUNCTION scans(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE line text;
BEGIN
    FOR line IN EXECUTE 'EXPLAIN (COSTS OFF) ' || query LOOP
        IF line ~ 'Seq Scan' THEN RETURN NEXT line; END IF;
    END LOOP;
END $$;
SELECT scans($$SELECT * FROM anthology.paper_overview WHERE id = '2024.test-1.1'$$);
SELECT scans($$SELECT * FROM anthology.person_overview WHERE id = 'ann-roe'$$);
SELECT scans($$SELECT * FROM anthology.coauthor_pair WHERE person_id = 'ann-roe'$$);
RESET enable_seqscan;

-- a view that is missing is told and made again
DROP VIEW anthology.open_flag;
SELECT subject, severity, message, hint FROM anthology.check_database() WHERE subject LIKE 'view%';
SELECT anthology.create_tables();
SELECT count(*) FROM anthology.check_database() WHERE subject LIKE 'view%';

-- a reader reads them
CREATE ROLE anthology_views_reader;
SELECT anthology.grant_reader('anthology_views_reader');
SET ROLE anthology_views_reader;
SELECT count(*) FROM anthology.paper_overview;
SELECT count(*) FROM anthology.person_overview;
SELECT count(*) FROM anthology.coauthor_pair;
SELECT count(*) FROM anthology.open_flag;
SELECT count(*) FROM anthology.correction;
RESET ROLE;
DROP OWNED BY anthology_views_reader;
DROP ROLE anthology_views_reader;
DROP FUNCTION scans(text);
