-- the staff's other corrections: each proposed, previewed, applied and undone
SET client_min_messages = warning;
DROP EXTENSION IF EXISTS anthology CASCADE;
DROP SCHEMA IF EXISTS anthology CASCADE;
CREATE EXTENSION anthology;
SELECT anthology.create_tables();
RESET client_min_messages;
\set SHOW_CONTEXT never
SELECT count(*) FROM anthology.import_people($$
ann-roe: {names: [{first: Ann, last: Roe}, {first: A., last: Roe}], orcid: 0000-0002-1825-0097}
ann-roe-uio: {names: [{first: Ann, last: Roe}], degree: Uni Oslo}
bo-li: {names: [{first: Bo, last: Li}], degree: MIT, comment: The one}
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
    || pg_temp.paper(1, 'Ann|Roe|ann-roe') || pg_temp.paper(2, 'A.|Roe', 'Bo|Li') || pg_temp.paper(3, 'Ann|Roe|ann-roe-uio')
    || pg_temp.paper(4, 'Bo|Li|bo-li') || pg_temp.paper(5, 'Cy|Day') || pg_temp.paper(6, 'Cy|Day', 'Bo|Li') || pg_temp.paper(7, 'Cy|Dáy')
    || pg_temp.paper(8, 'Ann|Roe') || '</volume></collection>'));
CREATE VIEW state AS SELECT right(paper_id, 1)::integer AS paper, "position" AS n, full_name, explicit_person_id AS explicit, person_id AS person
    FROM anthology.authorship;
CREATE VIEW persons AS SELECT p.id, p.verified, p.orcid, p.degree, p.disable_name_matching AS no_matching,
        string_agg(n.full_name || CASE WHEN n.inferred THEN ' (inferred)' ELSE '' END, ', ' ORDER BY n."position") AS names
    FROM anthology.person p LEFT JOIN anthology.person_name n ON n.person_id = p.id GROUP BY p.id;
TABLE state ORDER BY paper, n;
SELECT * FROM persons ORDER BY id COLLATE "C";
CREATE TABLE state_at_first AS TABLE state;
CREATE TABLE persons_at_first AS TABLE persons;
CREATE VIEW moved AS SELECT * FROM (TABLE state EXCEPT TABLE state_at_first) x;
CREATE VIEW changed AS SELECT * FROM (TABLE persons EXCEPT TABLE persons_at_first) x;
-- undoes the newest correction and says what is not as it was
CREATE FUNCTION pg_temp.undo() RETURNS TABLE (not_restored text) LANGUAGE plpgsql AS $$
BEGIN
    PERFORM anthology.undo_reassignment(max(id)) FROM anthology.reassignment;
    RETURN QUERY SELECT x::text FROM (TABLE state_at_first EXCEPT TABLE state) x UNION ALL SELECT x::text FROM moved x
        UNION ALL SELECT x::text FROM (TABLE persons_at_first EXCEPT TABLE persons) x UNION ALL SELECT x::text FROM changed x;
END
$$;

-- add_name pulls in what it matches, seen beforehand
SELECT anthology.propose_add_name('ann-roe', 'Cy', 'Day') AS id \gset
SELECT paper_id, before_person_id, after_person_id, cause FROM anthology.preview_reassignment(:id);
TABLE moved;
SELECT anthology.apply_reassignment(:id);
TABLE moved ORDER BY paper, n;
SELECT id, names FROM changed ORDER BY id COLLATE "C";
SELECT * FROM pg_temp.undo();
SELECT anthology.add_name('bo-li', 'Bo', 'Li');
SELECT anthology.add_name('bo-li', 'Cy', 'Day');
SELECT anthology.add_name('bo-li', 'Bo', '');
SELECT anthology.add_name('bo-li', 'Bo', E' \t');
SELECT anthology.add_name('bo-li', 'Bo', repeat('x', 1000));
SELECT anthology.change_name('bo-li', 'Bo', '  ');
SELECT anthology.create_person('Bo', E'\n', degree => 'Uni');
SELECT anthology.add_name('cy-day/unverified', 'C.', 'Day');
SELECT anthology.add_name('nobody', 'No', 'Body');
SELECT anthology.add_name(NULL, 'No', 'Body');

-- remove_name, unless a paper needs it
SELECT anthology.remove_name('ann-roe', 'A.', 'Roe') > 0 AS removed;
TABLE moved ORDER BY paper, n;
SELECT * FROM pg_temp.undo();
SELECT anthology.remove_name('ann-roe', 'Ann', 'Roe');
SELECT anthology.remove_name('bo-li', 'Bo', 'Li');
SELECT anthology.remove_name('ann-roe', 'Annie', 'Roe');
-- nor the only one that is shown
BEGIN;
SELECT anthology.change_name('bo-li', 'Bob', 'Lee') > 0 AS changed;
SELECT anthology.remove_name('bo-li', 'Bob', 'Lee');
ROLLBACK;

-- set_canonical_name
SELECT anthology.set_canonical_name('ann-roe', 'A.', 'Roe') > 0 AS set;
SELECT id, names FROM changed;
SELECT * FROM pg_temp.undo();
SELECT anthology.set_canonical_name('ann-roe', 'Annie', 'Roe');
SELECT anthology.set_canonical_name('ann-roe', 'Ann', 'Roe');

-- set_name_matching
SELECT anthology.set_name_matching('bo-li', false) > 0 AS set;
TABLE moved ORDER BY paper, n;
SELECT id, no_matching FROM changed ORDER BY id COLLATE "C";
SELECT * FROM pg_temp.undo();
SELECT anthology.set_name_matching('bo-li', true);
SELECT anthology.set_name_matching('bo-li', NULL);

-- set_orcid
SELECT anthology.set_orcid('bo-li', 'https://orcid.org/0000-0002-1694-233x') > 0 AS set;
SELECT id, orcid FROM changed;
SELECT * FROM pg_temp.undo();
SELECT anthology.set_orcid('bo-li', '0000-0002-1825-0097');
SELECT anthology.set_orcid('bo-li', '0000-0002-1825-0098');
SELECT anthology.set_orcid('ann-roe', NULL);

-- unlink_papers
SELECT anthology.unlink_papers('{2024.test-1.1,2024.test-1.4}', 'ann-roe');
SELECT anthology.unlink_papers('{2024.test-1.1}', 'ann-roe') > 0 AS unlinked;
TABLE moved;
SELECT * FROM pg_temp.undo();
SELECT anthology.unlink_papers('{2024.test-1.2}', 'ann-roe');
SELECT anthology.unlink_papers('{}', 'ann-roe');
SELECT anthology.unlink_papers('{2024.test-1.1,NULL}', 'ann-roe');

-- verify_person: the whole page, or all but some papers
SELECT anthology.verify_person('cy-day/unverified', degree => 'Uni') > 0 AS verified;
TABLE moved ORDER BY paper, n;
SELECT * FROM changed;
SELECT * FROM pg_temp.undo();
SELECT anthology.verify_person('cy-day/unverified', orcid => '0000-0002-1694-233X', suffix => 'uni', except_papers => '{2024.test-1.5}') > 0 AS verified;
TABLE moved ORDER BY paper, n;
SELECT * FROM changed ORDER BY id COLLATE "C";
SELECT * FROM pg_temp.undo();
SELECT anthology.verify_person('ann-roe/unverified', degree => 'Uni');
SELECT anthology.verify_person('cy-day/unverified');
SELECT anthology.verify_person('cy-day/unverified', orcid => '0000-0002-1825-0097');
SELECT anthology.verify_person('bo-li', degree => 'Uni');
SELECT anthology.verify_person('nobody', degree => 'Uni');
SELECT anthology.verify_person('cy-day/unverified', degree => 'Uni', except_papers => '{2024.test-1.5,2024.test-1.6,2024.test-1.7}');

-- split_person: the papers that stay, stay
SELECT anthology.split_person('{2024.test-1.5}', 'cy-day/unverified', degree => 'Uni') > 0 AS split;
TABLE moved ORDER BY paper, n;
SELECT * FROM changed ORDER BY id COLLATE "C";
SELECT * FROM pg_temp.undo();
SELECT anthology.split_person('{2024.test-1.4}', 'bo-li', degree => 'Uni', suffix => 'uni') > 0 AS split;
TABLE moved ORDER BY paper, n;
SELECT * FROM changed ORDER BY id COLLATE "C";
SELECT * FROM pg_temp.undo();
SELECT anthology.split_person('{2024.test-1.5}', 'bo-li', degree => 'Uni');

-- verify_person by chosen papers only
SELECT anthology.verify_person('cy-day/unverified', degree => 'Uni', only_papers => '{2024.test-1.6}') > 0 AS verified;
TABLE moved ORDER BY paper, n;
SELECT * FROM changed ORDER BY id COLLATE "C";
SELECT * FROM pg_temp.undo();
SELECT anthology.verify_person('cy-day/unverified', degree => 'Uni', only_papers => '{2024.test-1.4}');
SELECT anthology.verify_person('cy-day/unverified', degree => 'Uni', only_papers => '{2024.test-1.6}', except_papers => '{2024.test-1.5}');

-- change_name: the new name stands everywhere, the old ones are still matched
SELECT anthology.propose_change_name('ann-roe', 'Anna', 'Roe', 'by request') AS id \gset
SELECT * FROM anthology.preview_reassignment(:id);
SELECT anthology.apply_reassignment(:id);
TABLE moved;
SELECT * FROM anthology.person_names('ann-roe');
SELECT person_id, canonical_name, matched_name FROM anthology.find_person('Ann Roe', 2);
SELECT paper_id, authors FROM anthology.person_page('ann-roe');
SELECT substring(anthology.bibtex('2024.test-1.2') FROM 'author = [^=]*"') AS cited;
SELECT substring(anthology.person_page_html('ann-roe') FROM 'Ann(?:a)? Roe') AS shown;
SELECT unnest(regexp_matches(anthology.export_people_yaml(), 'ann-roe:.*?orcid', 'g')) AS entry;
SELECT anthology.export_people_yaml() AS changed_name \gset
SELECT new, changed, unchanged, kept FROM anthology.import_people(:'changed_name');
SELECT anthology.change_name('ann-roe', 'Anna', 'Roe');
SELECT anthology.change_name('ann-roe', 'Anna', NULL);
SELECT anthology.set_canonical_name('ann-roe', 'A.', 'Roe') > 0 AS shown_again;
SELECT * FROM anthology.person_names('ann-roe');
SELECT anthology.undo_reassignment(max(id)) > 0 AS undone FROM anthology.reassignment;
SELECT anthology.undo_reassignment(:id) > 0 AS undone;
SELECT * FROM changed;

-- rename_person
SELECT anthology.rename_person('ann-roe', 'ann-roe-2') > 0 AS renamed;
TABLE moved ORDER BY paper, n;
SELECT * FROM changed ORDER BY id COLLATE "C";
SELECT id FROM anthology.person WHERE id = 'ann-roe';
-- a file that does not know of it does not bring the old person back
SELECT anthology.export_people_yaml() AS renamed \gset
SELECT new, unchanged, kept FROM anthology.import_people('ann-roe: {names: [{first: Ann, last: Roe}, {first: A., last: Roe}], orcid: 0000-0002-1825-0097}');
SELECT new, unchanged, kept FROM anthology.import_people(:'renamed');
SELECT id FROM anthology.person WHERE id = 'ann-roe';
SELECT * FROM pg_temp.undo();
-- the old id stays findable
SELECT anthology.rename_person('ann-roe', 'ann-roe-2') > 0 AS renamed;
SELECT anthology.rename_person('ann-roe-2', 'ann-roe-3') > 0 AS renamed;
SELECT anthology.present_id('ann-roe'), anthology.present_id('ann-roe-2'), anthology.present_id('ann-roe-3'), anthology.present_id('nobody');
SELECT person_id, matched_name, score FROM anthology.find_person('ann-roe', 1);
SELECT paper_id FROM anthology.person_page('ann-roe') ORDER BY 1;
SELECT kind, what FROM anthology.history('ann-roe') WHERE kind = 'rename';
SELECT count(*) FROM (SELECT * FROM anthology.history('ann-roe') EXCEPT SELECT * FROM anthology.history('ann-roe-3')) x;
SELECT anthology.add_name('ann-roe', 'Annie', 'Roe');
SELECT anthology.undo_reassignment(id) > 0 AS undone FROM anthology.reassignment WHERE kind = 'rename' AND status = 'applied' ORDER BY id DESC;
SELECT anthology.present_id('ann-roe'), anthology.present_id('ann-roe-2'), anthology.present_id('ann-roe-3');
SELECT * FROM changed;
SELECT anthology.rename_person('ann-roe', 'bo-li');
SELECT anthology.rename_person('ann-roe', 'Ann');
SELECT anthology.rename_person('ann-roe', NULL);

-- the record
SELECT id, kind, status, from_person_id, to_person_id, undoes FROM anthology.reassignment ORDER BY id;
SELECT count(*) FROM anthology_internal.wanted_persons(ARRAY(SELECT slug FROM anthology.authorship), '{}')
    WHERE before_person_id IS DISTINCT FROM after_person_id;
DROP VIEW moved, changed, state, persons;
DROP TABLE state_at_first, persons_at_first;
