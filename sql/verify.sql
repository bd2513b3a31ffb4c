-- what the staff do with persons and their papers: complete a verified person, keep
-- or release papers, verify by paper and name
SET client_min_messages = warning;
DROP EXTENSION IF EXISTS anthology CASCADE;
DROP SCHEMA IF EXISTS anthology CASCADE;
CREATE EXTENSION anthology;
SELECT anthology.create_tables();
RESET client_min_messages;
\set SHOW_CONTEXT never
SELECT count(*) FROM anthology.import_people($$
ann-roe: {names: [{first: Ann, last: Roe}], degree: Uni Oslo}
bo-li: {names: [{first: Bo, last: Li}], orcid: 0000-0002-1825-0097}
bo-li-mit: {names: [{first: B., last: Li}], degree: MIT}
$$);
CREATE FUNCTION pg_temp.paper(id integer, VARIADIC authors text[]) RETURNS text LANGUAGE sql AS $$
    SELECT format('<paper id="%s"><title>Paper %s</title>%s</paper>', id, id, string_agg(
        format('<author%s><first>%s</first><last>%s</last></author>',
               ' id="' || NULLIF(split_part(a, '|', 3), '') || '"', split_part(a, '|', 1),
               split_part(a, '|', 2)), '' ORDER BY i))
    FROM unnest(authors) WITH ORDINALITY AS x(a, i)
$$;
SELECT count(*) FROM anthology.import_collection(xmlparse(DOCUMENT
    '<collection id="2024.test"><volume id="1"><meta><booktitle>B</booktitle><year>2024</year></meta>'
    || pg_temp.paper(1, 'Ann|Roe|ann-roe') || pg_temp.paper(2, 'Ann|Roe') || pg_temp.paper(3, 'Ann|Róe')
    || pg_temp.paper(4, 'Bo|Li|bo-li') || pg_temp.paper(5, 'Bo|Li') || pg_temp.paper(6, 'Cy|Day', 'B.|Li')
    || pg_temp.paper(7, 'Cy|Day') || pg_temp.paper(8, 'Cy|Dáy') || '</volume></collection>'));
CREATE VIEW state AS SELECT right(paper_id, 1)::integer AS paper, "position" AS n, full_name,
        explicit_person_id AS explicit, person_id AS person
    FROM anthology.authorship;
CREATE VIEW persons AS SELECT p.id, p.orcid, p.degree, p.disable_name_matching AS no_matching,
        string_agg(n.full_name || CASE WHEN n.inferred THEN ' (inferred)' ELSE '' END, ', ' ORDER BY n."position") AS names
    FROM anthology.person p LEFT JOIN anthology.person_name n ON n.person_id = p.id GROUP BY p.id;
TABLE state ORDER BY paper, n;
SELECT * FROM persons ORDER BY id COLLATE "C";
CREATE TABLE state_at_first AS TABLE state;
CREATE TABLE persons_at_first AS TABLE persons;
CREATE VIEW moved AS SELECT * FROM (TABLE state EXCEPT TABLE state_at_first) x;
CREATE VIEW changed AS SELECT * FROM (TABLE persons EXCEPT TABLE persons_at_first) x;
CREATE FUNCTION pg_temp.undo() RETURNS TABLE (not_restored text) LANGUAGE plpgsql AS $$
BEGIN
    PERFORM anthology.undo_reassignment(max(id)) FROM anthology.reassignment WHERE status = 'applied' AND kind <> 'undo';
    RETURN QUERY SELECT x::text FROM (TABLE state_at_first EXCEPT TABLE state) x UNION ALL SELECT x::text FROM moved x
        UNION ALL SELECT x::text FROM (TABLE persons_at_first EXCEPT TABLE persons) x UNION ALL SELECT x::text FROM changed x;
END
$$;

-- implicit papers become explicit; then the matching of names goes, and they stay
SELECT anthology.propose_link_papers(NULL, 'ann-roe') AS id \gset
SELECT right(paper_id, 1) AS paper, before_person_id, after_person_id, cause, warning FROM anthology.preview_reassignment(:id);
SELECT anthology.apply_reassignment(:id);
TABLE moved ORDER BY paper, n;
SELECT id, names FROM changed;
SELECT anthology.link_papers(NULL, 'ann-roe');
SELECT anthology.set_name_matching('ann-roe', false) > 0 AS disabled;
SELECT person, count(*) FROM state WHERE full_name LIKE 'Ann%' GROUP BY 1;
SELECT count(*) AS matching_again FROM pg_temp.undo();
SELECT * FROM pg_temp.undo();
SELECT anthology.link_papers('{2024.test-1.2}', 'ann-roe') > 0 AS linked;
TABLE moved;
SELECT * FROM pg_temp.undo();
SELECT anthology.link_papers('{2024.test-1.1}', 'ann-roe');
SELECT anthology.link_papers('{2024.test-1.4}', 'ann-roe');
SELECT anthology.link_papers(NULL, 'cy-day/unverified');
-- both in one
SELECT anthology.set_name_matching('ann-roe', false, keep_papers => true) > 0 AS disabled;
TABLE moved ORDER BY paper, n;
SELECT * FROM changed;
SELECT * FROM pg_temp.undo();

-- a verified person is completed: an ORCID that it lacks, explicit ids; papers that
-- are not the person's go to the unverified page
SELECT anthology.propose_verify_person('ann-roe', orcid => '0000-0002-1694-233X', except_papers => '{2024.test-1.2}') AS id \gset
SELECT right(paper_id, 1) AS paper, before_person_id, after_person_id, cause, warning FROM anthology.preview_reassignment(:id);
SELECT anthology.apply_reassignment(:id);
TABLE moved ORDER BY paper, n;
SELECT * FROM changed ORDER BY id COLLATE "C";
SELECT * FROM pg_temp.undo();
SELECT anthology.verify_person('ann-roe', only_papers => '{2024.test-1.1}') > 0 AS verified;
TABLE moved ORDER BY paper, n;
SELECT * FROM pg_temp.undo();
SELECT anthology.verify_person('ann-roe', degree => 'MIT');
SELECT anthology.verify_person('bo-li', orcid => '0000-0002-1694-233X');
SELECT anthology.verify_person('ann-roe', orcid => '0000-0002-1825-0097');
SELECT anthology.verify_person('ann-roe', suffix => 'x');
SELECT anthology.verify_person('bo-li-mit') > 0 AS verified;
SELECT anthology.verify_person('bo-li-mit');
SELECT * FROM pg_temp.undo();

-- papers go back to the unverified page that they came from, though the name tells
-- the verified person: by reassign_papers(), or by release_papers() without saying where
SELECT anthology.reassign_papers('{2024.test-1.6,2024.test-1.7}', 'cy-day/unverified', 'bo-li') > 0 AS moved;
TABLE moved ORDER BY paper, n;
SELECT id, no_matching, names FROM changed ORDER BY id COLLATE "C";
SELECT anthology.propose_reassignment('{2024.test-1.7}', 'bo-li', 'cy-day/unverified') AS id \gset
SELECT right(paper_id, 1) AS paper, credited_name, before_person_id, after_person_id, cause, warning FROM anthology.preview_reassignment(:id);
SELECT anthology.apply_reassignment(:id);
TABLE moved ORDER BY paper, n;
SELECT id, no_matching, names FROM changed ORDER BY id COLLATE "C";
SELECT anthology.undo_reassignment(:id) > 0 AS undone;
-- both papers: the name came with them, and goes with them
SELECT anthology.release_papers('{2024.test-1.6,2024.test-1.7}', 'bo-li') > 0 AS released;
TABLE moved;
TABLE changed;
SELECT count(*) AS moved_again FROM pg_temp.undo();
SELECT * FROM pg_temp.undo();
-- the page that is left has no papers any more; it is made again
SELECT anthology.reassign_papers('{2024.test-1.6,2024.test-1.7,2024.test-1.8}', 'cy-day/unverified', 'bo-li') > 0 AS moved;
SELECT id FROM persons WHERE id LIKE 'cy%';
SELECT anthology.reassign_papers('{2024.test-1.6,2024.test-1.7,2024.test-1.8}', 'bo-li', 'cy-day/unverified') > 0 AS moved;
SELECT id, names FROM persons WHERE id LIKE 'cy%';
TABLE changed;
SELECT anthology.reassign_papers('{2024.test-1.5}', 'bo-li', 'cy-day/unverified');
SELECT anthology.release_papers('{2024.test-1.7}', 'cy-day/unverified');

-- by paper and name: a new person, one who has the ORCID, and no other names of that slug
TRUNCATE state_at_first, persons_at_first;
INSERT INTO state_at_first TABLE state;
INSERT INTO persons_at_first TABLE persons;
SELECT anthology.propose_verify_names('{2024.test-1.6:cy-day,2024.test-1.8:cy-day}', '0000-0002-1694-233X') AS id \gset
SELECT right(paper_id, 1) AS paper, credited_name, before_person_id, after_person_id, cause, warning FROM anthology.preview_reassignment(:id);
SELECT anthology.reject_reassignment(:id);
SELECT anthology.verify_names('{2024.test-1.6:cy-day,2024.test-1.8:cy-day}', '0000-0002-1694-233X', only_these => true) > 0 AS verified;
TABLE moved ORDER BY paper, n;
SELECT * FROM changed ORDER BY id COLLATE "C";
SELECT * FROM pg_temp.undo();
SELECT anthology.verify_names('{2024.test-1.6:b-li,2024.test-1.7:cy-day}', '0000-0002-1825-0097', degree => 'ETH', only_these => true) > 0 AS verified;
TABLE moved ORDER BY paper, n;
SELECT * FROM changed ORDER BY id COLLATE "C";
SELECT * FROM pg_temp.undo();
SELECT anthology.verify_names('{2024.test-1.4:bo-li}', '0000-0002-1825-0097');
SELECT anthology.verify_names('{2024.test-1.7:cy-day}', '0000-0002-1825-0097', suffix => 'x');
SELECT anthology.verify_names('{2024.test-1.7:cy-day}', '0000-0002-1825-0098');
SELECT anthology.verify_names('{2024.test-1.7:cy-day}');
SELECT anthology.verify_names('{2024.test-1.7:bo-li}', degree => 'Uni');
SELECT anthology.verify_names('{2024.test-1.77:bo-li}', degree => 'Uni');
SELECT anthology.verify_names('{2024.test-1.7}', degree => 'Uni');
SELECT anthology.verify_names('{}', degree => 'Uni');
SELECT anthology.verify_names(NULL, degree => 'Uni');
SELECT anthology.verify_names('{NULL}', degree => 'Uni');

-- at the end resolution is what resolving from scratch gives, and the record is whole
SELECT count(*) FROM anthology_internal.wanted_persons(ARRAY(SELECT slug FROM anthology.authorship), '{}')
    WHERE before_person_id IS DISTINCT FROM after_person_id;
SELECT * FROM anthology.check_record();
DROP VIEW moved, changed, state, persons;
DROP TABLE state_at_first, persons_at_first;
