-- names with ORCIDs are ingested: known, unknown, with a namesake; previewed and undone
SET client_min_messages = warning;
DROP EXTENSION IF EXISTS anthology CASCADE;
DROP SCHEMA IF EXISTS anthology CASCADE;
CREATE EXTENSION anthology;
SELECT anthology.create_tables();
RESET client_min_messages;
\set SHOW_CONTEXT never
SELECT count(*) FROM anthology.import_people($$
matt-post: {names: [{first: Matt, last: Post}], orcid: 0000-0002-1297-6794}
yang-liu: {names: [{first: Yang, last: Liu}], degree: ICSI}
$$);
SELECT count(*) FROM anthology.import_collection($$
<collection id="2026.test"><volume id="1"><meta><booktitle>B</booktitle><editor orcid="0000-0002-1825-0097"><first>Josiah</first><last>Carberry</last></editor><year>2026</year></meta>
<frontmatter><bibkey>f</bibkey></frontmatter>
<paper id="1"><title>One</title><author orcid="0000-0002-1297-6794"><first>Matthew J.</first><last>Post</last></author>
<author orcid="0000-0002-1694-233X"><first>Yang</first><last>Liu</last><variant script="hani"><first>洋</first><last>刘</last></variant></author></paper>
<paper id="2"><title>Two</title><author orcid="0000-0002-1825-0097"><first>J.</first><last>Carberry</last></author><author><first>Cy</first><last>Day</last></author></paper>
<paper id="3"><title>Three</title><author id="matt-post" orcid="0000-0002-1297-6794"><first>Matt</first><last>Post</last></author><author><first>Yang</first><last>Liu</last></author></paper>
</volume><volume id="2"><meta><booktitle>C</booktitle><year>2026</year></meta><paper id="1"><title>Four</title><author><first>Cy</first><last>Day</last></author></paper>
<paper id="2"><title>Five</title><author orcid="0000-0002-1825-0098"><first>Di</first><last>Fox</last></author></paper></volume></collection>$$);
CREATE VIEW state AS SELECT paper_id, role, "position" AS n, full_name, explicit_person_id AS explicit, orcid, person_id AS person FROM anthology.authorship;
CREATE VIEW persons AS SELECT p.id, p.orcid, string_agg(n.full_name || CASE WHEN n.inferred THEN ' (inferred)' ELSE '' END, ', ' ORDER BY n."position") AS names
    FROM anthology.person p LEFT JOIN anthology.person_name n ON n.person_id = p.id GROUP BY p.id;
TABLE state ORDER BY 1, 2, 3;
-- the library takes an ORCID without id for an error: what is recorded names the correction
SELECT place, reason FROM anthology.load_problem ORDER BY place, reason;
SELECT message, hint FROM anthology.check_database() WHERE message LIKE '%ORCID%';
CREATE TABLE state_at_first AS TABLE state;
CREATE TABLE persons_at_first AS TABLE persons;
SELECT anthology.propose_ingest_names('2026.test-1', 'as they come') AS id \gset
SELECT paper_id, credited_name, before_person_id, after_person_id, cause, warning FROM anthology.preview_reassignment(:id);
SELECT count(*) FROM (TABLE state EXCEPT TABLE state_at_first) x;
SELECT anthology.apply_reassignment(:id);
TABLE state ORDER BY 1, 2, 3;
SELECT * FROM (TABLE persons EXCEPT TABLE persons_at_first) x ORDER BY id COLLATE "C";
SELECT kind, from_person_id, to_person_id, paper_ids, note FROM anthology.reassignment WHERE id = :id;
SELECT place, reason FROM anthology.load_problem ORDER BY place, reason;
SELECT anthology.ingest_names('2026.test-1');
SELECT anthology.undo_reassignment(:id) > 0 AS undone;
SELECT count(*) FROM anthology.load_problem;
SELECT * FROM (TABLE state EXCEPT TABLE state_at_first) x;
SELECT * FROM (TABLE persons EXCEPT TABLE persons_at_first) x;
-- an ORCID that is none is said; a volume that is not there
SELECT anthology.ingest_names('2026.test-2');
SELECT anthology.ingest_names('2026.test-9');
SELECT anthology.ingest_names(NULL);
-- one paper cannot have the same person twice
UPDATE anthology.authorship SET orcid = '0000-0002-1825-0097' WHERE paper_id = '2026.test-1.2';
SELECT anthology.ingest_names('2026.test-1');
SELECT * FROM anthology.check_record();
DROP VIEW state, persons;
DROP TABLE state_at_first, persons_at_first;
