-- corrections: proposed, previewed, applied, undone; and all that is refused
SET client_min_messages = warning;
DROP EXTENSION IF EXISTS anthology CASCADE;
DROP SCHEMA IF EXISTS anthology CASCADE;
CREATE EXTENSION anthology;
\set VERBOSITY terse
SELECT anthology.apply_reassignment(1);
\set VERBOSITY default
SELECT anthology.create_tables();
RESET client_min_messages;
\set SHOW_CONTEXT never

-- Two people print "Wei Li": one verified, with a short name too; one not.
-- "Ana Sol" is verified and shares her page with a paper of somebody else.
SELECT * FROM anthology.import_people($$
wei-li: {names: [{first: Wei, last: Li}, {first: W., last: Li}]}
ana-sol: {names: [{first: Ana, last: Sol}]}
eva-sol: {names: [{first: Eva, last: Sol}]}
$$);
CREATE FUNCTION pg_temp.paper(id integer, VARIADIC authors text[]) RETURNS text LANGUAGE sql AS $$
    SELECT format('<paper id="%s"><title>Paper %s</title>%s</paper>', id, id, string_agg(
        format('<author%s><first>%s</first><last>%s</last></author>',
               ' id="' || NULLIF(split_part(a, '|', 3), '') || '"', split_part(a, '|', 1),
               split_part(a, '|', 2)), '' ORDER BY i))
    FROM unnest(authors) WITH ORDINALITY AS x(a, i)
$$;
SELECT * FROM anthology.import_collection(xmlparse(DOCUMENT
    '<collection id="2024.test"><volume id="1"><meta><booktitle>B</booktitle><year>2024</year></meta>'
    || pg_temp.paper(1, 'Wei|Li') || pg_temp.paper(2, 'Wei|Li', 'Ana|Sol') || pg_temp.paper(3, 'W.|Li')
    || pg_temp.paper(4, 'Ana|Sol|ana-sol') || pg_temp.paper(5, 'Ana|Sol', 'Eva|Sol')
    || pg_temp.paper(6, 'Jo|Doe') || pg_temp.paper(7, 'Jo|Doe') || pg_temp.paper(8, 'J.|Doe') || pg_temp.paper(9, 'Jo|Doe', 'Jo|Doe')
    || '</volume></collection>'));
CREATE VIEW state AS
    SELECT right(paper_id, 1)::integer AS paper, "position" AS n, full_name, explicit_person_id AS explicit, person_id AS person
    FROM anthology.authorship WHERE paper_id LIKE '2024.test%';
CREATE VIEW persons AS
    SELECT p.id, p.verified, string_agg(n.full_name || CASE WHEN n.inferred THEN ' (inferred)' ELSE '' END, ', ' ORDER BY n."position") AS names
    FROM anthology.person p LEFT JOIN anthology.person_name n ON n.person_id = p.id GROUP BY p.id;
CREATE VIEW record AS
    SELECT reassignment_id AS r, right(paper_id, 1)::integer AS paper, "position" AS n, cause, before_person_id AS before, after_person_id AS after, before_explicit_id AS before_id, after_explicit_id AS after_id, undone_by
    FROM anthology.reassignment_item ORDER BY 1, 4, 2, 3;
SELECT * FROM state ORDER BY 1, 2;
SELECT * FROM persons ORDER BY id COLLATE "C";
CREATE TABLE state_at_first AS SELECT * FROM state;
CREATE TABLE persons_at_first AS SELECT * FROM persons;
CREATE VIEW differs_from_first AS
    (SELECT 'now' AS which, * FROM (TABLE state EXCEPT TABLE state_at_first) x UNION ALL SELECT 'then', * FROM (TABLE state_at_first EXCEPT TABLE state) y);
CREATE VIEW persons_differ_from_first AS
    (SELECT 'now' AS which, * FROM (TABLE persons EXCEPT TABLE persons_at_first) x UNION ALL SELECT 'then', * FROM (TABLE persons_at_first EXCEPT TABLE persons) y);

-- a second verified person of the name: what would drop is seen before it does
SELECT anthology.propose_person('Wei', 'Li', degree => 'Uni Oslo', suffix => 'oslo') AS proposal;
SELECT * FROM anthology.preview_reassignment(1);
SELECT * FROM differs_from_first;
SELECT anthology.reject_reassignment(1, 'not needed');
SELECT * FROM anthology.preview_reassignment(1);
SELECT anthology.apply_reassignment(1);
SELECT anthology.reject_reassignment(1);

-- the same for good, then a paper for the new person, and all of it undone
SELECT anthology.create_person('Wei', 'Li', degree => 'Uni Oslo', suffix => 'Oslo');
SELECT * FROM differs_from_first ORDER BY 1, 2, 3;
SELECT anthology.propose_reassignment('{2024.test-1.1,2024.test-1.1}', 'wei-li/unverified', 'wei-li-oslo', 'says so on the PDF') AS proposal;
SELECT * FROM anthology.preview_reassignment(3);
SELECT anthology.apply_reassignment(3);
SELECT anthology.apply_reassignment(3);
SELECT * FROM differs_from_first ORDER BY 1, 2, 3;
-- the person cannot go while a paper is explicitly his
SELECT anthology.undo_reassignment(2);
SELECT anthology.undo_reassignment(3, note => 'it does not');
SELECT anthology.undo_reassignment(2);
SELECT * FROM differs_from_first;
SELECT * FROM persons_differ_from_first;
SELECT id, kind, status, from_person_id, to_person_id, paper_ids, undoes, note, proposed_by = current_user AS by, decided_by = current_user AS by, decision_note FROM anthology.reassignment ORDER BY id;
SELECT * FROM record;
SELECT * FROM anthology.person_change ORDER BY 1, 2;
-- an undo can be undone
SELECT anthology.undo_reassignment(5);
SELECT id FROM anthology.person WHERE id = 'wei-li-oslo';
SELECT anthology.undo_reassignment(6);
SELECT * FROM differs_from_first;
SELECT anthology.undo_reassignment(5);

-- a name new to the person: it is added, and pulls in what it matches; refused
-- where that would put one person on a paper twice
SELECT anthology.propose_reassignment('{2024.test-1.6}', 'jo-doe/unverified', 'eva-sol') AS proposal;
SELECT * FROM anthology.import_collection(xmlparse(DOCUMENT
    '<collection id="2024.more"><volume id="1"><meta><booktitle>B</booktitle><year>2024</year></meta>'
    || pg_temp.paper(1, 'Ann|Roe') || pg_temp.paper(2, 'Ann|Roe') || pg_temp.paper(3, 'Ann|Roe', 'A.|Roe') || '</volume></collection>'));
SELECT anthology.propose_reassignment('{2024.more-1.1}', 'ann-roe/unverified', 'eva-sol') AS id \gset
SELECT paper_id, credited_name, before_person_id, after_person_id, cause, warning FROM anthology.preview_reassignment(:id);
SELECT anthology.apply_reassignment(:id);
SELECT cause, paper_id, before_person_id, after_person_id, before_explicit_id, after_explicit_id FROM anthology.reassignment_item WHERE reassignment_id = :id ORDER BY 1, 2;
SELECT * FROM persons WHERE id LIKE 'eva%' OR id LIKE 'ann-roe%';
SELECT anthology.undo_reassignment(:id) > 0 AS undone;
SELECT * FROM persons WHERE id LIKE 'eva%' OR id LIKE 'ann-roe%' ORDER BY id COLLATE "C";

-- several papers, undone in part. A verified person gets the paper back by explicit id ...
SELECT anthology.create_person('Ann', 'Roe-Smith', orcid => 'https://orcid.org/0000-0002-1825-0097') AS person;
SELECT anthology.reassign_papers('{2024.test-1.1,2024.test-1.2}', 'wei-li', 'ann-roe-smith') AS id \gset
SELECT right(paper_id, 1) AS paper, cause, before_person_id, after_person_id FROM anthology.reassignment_item WHERE reassignment_id = :id ORDER BY 1, 2;
SELECT anthology.undo_reassignment(:id, '{2024.test-1.3}');
SELECT anthology.undo_reassignment(:id, '{2024.test-1.1}') AS part \gset
SELECT * FROM differs_from_first ORDER BY 1, 2, 3;
SELECT * FROM persons WHERE id = 'ann-roe-smith';
SELECT anthology.undo_reassignment(:id, '{2024.test-1.1}');
SELECT status FROM anthology.reassignment WHERE id = :id;
SELECT anthology.undo_reassignment(:id) > 0 AS undone;
SELECT status FROM anthology.reassignment WHERE id = :id;
SELECT * FROM differs_from_first ORDER BY 1, 2, 3;
SELECT * FROM persons WHERE id = 'ann-roe-smith';
-- ... an unverified one cannot while the name still tells the other person
SELECT anthology.reassign_papers('{2024.more-1.1,2024.more-1.2}', 'ann-roe/unverified', 'ann-roe-smith') AS id \gset
SELECT anthology.undo_reassignment(:id, '{2024.more-1.1}') > 0 AS undone;
SELECT anthology.undo_reassignment(:id) > 0 AS undone;
SELECT paper_id, "position", explicit_person_id, person_id FROM anthology.authorship WHERE paper_id LIKE '2024.more%' ORDER BY 1, 2;

-- an unverified person takes back what resolves to it, and nothing else
SELECT anthology.reassign_papers('{2024.more-1.1}', 'ann-roe/unverified', 'ann-roe-smith') > 0 AS moved;
SELECT anthology.reassign_papers('{2024.more-1.1}', 'ann-roe-smith', 'jo-doe/unverified');
SELECT anthology.undo_reassignment(max(id)) > 0 AS undone FROM anthology.reassignment;

-- a stale proposal: the name was moved, or what else would move has changed
SELECT anthology.propose_reassignment('{2024.test-1.4}', 'ana-sol', 'wei-li') AS first \gset
SELECT anthology.propose_reassignment('{2024.test-1.4}', 'ana-sol', 'ann-roe-smith') AS second \gset
SELECT anthology.apply_reassignment(:first);
\set VERBOSITY terse
SELECT anthology.apply_reassignment(:second);
\set VERBOSITY default
SELECT warning IS NOT NULL AS says_why FROM anthology.preview_reassignment(:second);
SELECT status FROM anthology.reassignment WHERE id = :second;
-- an undo over a later change lists it
SELECT anthology.reassign_papers('{2024.test-1.4}', 'wei-li', 'ann-roe-smith') AS later \gset
\set VERBOSITY terse
SELECT anthology.undo_reassignment(:first);
\set VERBOSITY default
SELECT paper, explicit, person FROM state WHERE paper = 4 AND explicit IS NOT NULL;
SELECT anthology.undo_reassignment(:later) > 0 AS undone;
SELECT anthology.undo_reassignment(:first) > 0 AS undone;
-- what else would move has changed: a paper more
SELECT anthology.propose_person('Ann', 'Roe', degree => 'X') AS third \gset
SELECT paper_id FROM anthology.preview_reassignment(:third);
SELECT * FROM anthology.import_collection(xmlparse(DOCUMENT
    '<collection id="2024.late"><volume id="1"><meta><booktitle>B</booktitle><year>2024</year></meta>'
    || pg_temp.paper(1, 'Ann|Roe') || '</volume></collection>'));
\set VERBOSITY terse
SELECT anthology.apply_reassignment(:third);
\set VERBOSITY default
SELECT paper_id FROM anthology.preview_reassignment(:third);

-- the page itself has a paper more than was seen
SELECT anthology.propose_reassignment('{2024.test-1.4}', 'ana-sol', 'wei-li') AS fourth \gset
SELECT count(*) FROM anthology.import_collection(xmlparse(DOCUMENT
    '<collection id="2024.page"><volume id="1"><meta><booktitle>B</booktitle><year>2024</year></meta>'
    || pg_temp.paper(1, 'Ana|Sol') || '</volume></collection>'));
SELECT anthology.apply_reassignment(:fourth);

-- refused, each with what is to blame, and nothing changed
CREATE TABLE state_before AS SELECT * FROM anthology.authorship;
SELECT anthology.propose_reassignment(NULL, 'ana-sol', 'eva-sol');
SELECT anthology.propose_reassignment('{}', 'ana-sol', 'eva-sol');
SELECT anthology.propose_reassignment('{2024.test-1.4,NULL}', 'ana-sol', 'eva-sol');
SELECT anthology.propose_reassignment('{2024.test-1.4}', NULL, 'eva-sol');
SELECT anthology.propose_reassignment('{2024.test-1.4}', 'ana-sol', NULL);
SELECT anthology.propose_reassignment('{2024.test-1.4}', 'ana-sol', 'ana-sol');
SELECT anthology.propose_reassignment('{2024.test-1.4}', 'nobody', 'ana-sol');
SELECT anthology.propose_reassignment('{2024.test-1.4}', 'ana-sol', 'nobody');
SELECT anthology.propose_reassignment('{2024.test-1.4,2024.x-1.1}', 'ana-sol', 'eva-sol');
SELECT anthology.propose_reassignment('{2024.test-1.4,2024.test-1.1}', 'ana-sol', 'eva-sol');
SELECT anthology.propose_reassignment('{2024.test-1.6}', 'jo-doe/unverified', 'j-doe/unverified');
SELECT anthology.propose_reassignment('{2024.test-1.5}', 'ana-sol', 'eva-sol');
SELECT anthology.propose_reassignment('{2024.test-1.9}', 'jo-doe/unverified', 'eva-sol');
SELECT anthology.preview_reassignment(999);
SELECT anthology.apply_reassignment(999);
SELECT anthology.reject_reassignment(999);
SELECT anthology.undo_reassignment(999);
SELECT anthology.undo_reassignment(1);
SELECT anthology.undo_reassignment(NULL);
SELECT anthology.create_person('Wei', 'Li', degree => 'X');
SELECT anthology.create_person('Nu', 'Person');
SELECT anthology.create_person('Nu', 'Person', degree => '');
SELECT anthology.create_person('Nu', '', degree => 'X');
SELECT anthology.create_person('Nu', NULL, degree => 'X');
SELECT anthology.create_person('?', '!', degree => 'X');
SELECT anthology.create_person('Nu', 'Person', orcid => '0000-0002-1825-0098');
SELECT anthology.create_person('Nu', 'Person', orcid => '0000-0002-1825-0097');
SELECT * FROM (TABLE anthology.authorship EXCEPT TABLE state_before) x;

-- ids: the slug, with the suffix, with the last four of the ORCID
SELECT anthology.create_person('Wei', 'Li', orcid => '0000-0002-1694-233X');
SELECT anthology.create_person(NULL, 'Mausam', degree => 'IIT');

-- who may not: anybody who was not let
CREATE ROLE regress_anthology_reader;
GRANT USAGE ON SCHEMA anthology TO regress_anthology_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA anthology TO regress_anthology_reader;
SET ROLE regress_anthology_reader;
SELECT anthology.apply_reassignment(1);
UPDATE anthology.authorship SET explicit_person_id = 'wei-li';
RESET ROLE;
GRANT EXECUTE ON FUNCTION anthology.reassign_papers(text[], text, text, text) TO regress_anthology_reader;
SET ROLE regress_anthology_reader;
SELECT anthology.reassign_papers('{2024.test-1.5}', 'eva-sol', 'mausam', 'by an editor') > 0 AS moved;
SELECT current_user = 'regress_anthology_reader' AS still_reader;
UPDATE anthology.reassignment SET note = 'x';
RESET ROLE;
DROP OWNED BY regress_anthology_reader;
DROP ROLE regress_anthology_reader;

-- at the end resolution is what resolving from scratch gives
SELECT count(*) FROM anthology_internal.wanted_persons(ARRAY(SELECT slug FROM anthology.authorship), '{}')
    WHERE before_person_id IS DISTINCT FROM after_person_id;
DROP VIEW differs_from_first, persons_differ_from_first, record, persons, state;
DROP TABLE state_at_first, persons_at_first, state_before;
