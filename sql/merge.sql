-- merging persons, wholly and in part: each proposed, previewed, applied and undone
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
    || pg_temp.paper(8, 'Ann|Roe') || pg_temp.paper(9, 'A.|Roe') || pg_temp.paper(10, 'A.|Róe')
    || '</volume></collection>'));
CREATE VIEW state AS SELECT split_part(paper_id, '.', 3)::integer AS paper, "position" AS n, full_name, explicit_person_id AS explicit, person_id AS person
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
    PERFORM anthology.undo_reassignment(max(id)) FROM anthology.reassignment WHERE status = 'applied' AND kind <> 'undo';
    RETURN QUERY SELECT x::text FROM (TABLE state_at_first EXCEPT TABLE state) x UNION ALL SELECT x::text FROM moved x
        UNION ALL SELECT x::text FROM (TABLE persons_at_first EXCEPT TABLE persons) x UNION ALL SELECT x::text FROM changed x;
END
$$;

-- an unverified page, then a verified person, into a verified one
SELECT anthology.merge_persons('ann-roe/unverified', 'ann-roe') > 0 AS merged;
TABLE moved;
SELECT * FROM pg_temp.undo();
SELECT anthology.propose_merge_persons('ann-roe-uio', 'ann-roe') AS id \gset
SELECT paper_id, before_person_id, after_person_id, cause FROM anthology.preview_reassignment(:id);
SELECT anthology.apply_reassignment(:id);
TABLE moved ORDER BY paper, n;
SELECT * FROM changed ORDER BY id COLLATE "C";
SELECT id FROM anthology.person WHERE id LIKE 'ann-roe%' ORDER BY id COLLATE "C";
SELECT * FROM pg_temp.undo();
SELECT anthology.merge_persons('ann-roe', 'bo-li');
SELECT anthology.merge_persons('ann-roe-uio', 'bo-li');
SELECT anthology.merge_persons('bo-li', 'bo-li');
SELECT anthology.merge_persons('bo-li', 'cy-day/unverified');
SELECT anthology.merge_persons('nobody', 'bo-li');

-- all papers but some, and of some only; from an unverified page and from a verified one
SELECT anthology.propose_merge_persons('cy-day/unverified', 'ann-roe', except_papers => '{2024.test-1.7}') AS id \gset
SELECT split_part(paper_id, '.', 3)::integer AS paper, credited_name, before_person_id, after_person_id, cause, warning FROM anthology.preview_reassignment(:id);
SELECT anthology.apply_reassignment(:id);
TABLE moved ORDER BY paper, n;
SELECT id, no_matching, names FROM changed ORDER BY id COLLATE "C";
SELECT * FROM pg_temp.undo();
SELECT anthology.merge_persons('cy-day/unverified', 'ann-roe', only_papers => '{2024.test-1.7}') > 0 AS merged;
TABLE moved ORDER BY paper, n;
SELECT * FROM pg_temp.undo();
SELECT anthology.merge_persons('ann-roe', 'bo-li', only_papers => '{2024.test-1.1}') > 0 AS merged;
TABLE moved ORDER BY paper, n;
SELECT id, no_matching, names FROM changed ORDER BY id COLLATE "C";
SELECT * FROM pg_temp.undo();
-- names left behind on other papers get the explicit id, and are listed: A. Róe was not
SELECT anthology.merge_persons('ann-roe', 'bo-li', only_papers => '{2024.test-1.9}') > 0 AS merged;
TABLE moved ORDER BY paper, n;
SELECT id, no_matching, names FROM changed ORDER BY id COLLATE "C";
SELECT * FROM pg_temp.undo();
SELECT anthology.merge_persons('ann-roe', 'bo-li', only_papers => '{2024.test-1.1}', except_papers => '{2024.test-1.2}');
SELECT anthology.merge_persons('ann-roe', 'bo-li', except_papers => '{2024.test-1.1,2024.test-1.2,2024.test-1.9,2024.test-1.10}');
SELECT anthology.merge_persons('ann-roe', 'bo-li', only_papers => '{2024.test-1.4}');

-- at the end resolution is what resolving from scratch gives, and the record is whole
SELECT count(*) FROM anthology_internal.wanted_persons(ARRAY(SELECT slug FROM anthology.authorship), '{}')
    WHERE before_person_id IS DISTINCT FROM after_person_id;
SELECT * FROM anthology.check_record();
DROP VIEW moved, changed, state, persons;
DROP TABLE state_at_first, persons_at_first;
