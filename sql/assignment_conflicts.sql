-- assignment_conflicts: what contradicts something plain
SET client_min_messages = warning;
DROP EXTENSION IF EXISTS anthology CASCADE;
DROP SCHEMA IF EXISTS anthology CASCADE;
CREATE EXTENSION anthology;
SELECT anthology.create_tables();
RESET client_min_messages;
\set SHOW_CONTEXT never
SELECT count(*) FROM anthology.assignment_conflicts();

SELECT count(*) FROM anthology.import_people($$
jim-chang: {names: [{first: Jim, last: Chang}, {first: Jimmy, last: Chang}]}
ann-roe: {names: [{first: Ann, last: Roe}, {first: Nan, last: Katzenstein}], orcid: 0000-0002-1825-0097}
max-may: {names: [{first: Max, last: May}], orcid: 0000-0001-5109-3700}
pat-day: {names: [{first: Pat, last: Day}], disable_name_matching: true}
pat-day-mit: {names: [{first: Pat, last: Day}]}
alexander-fraser: {names: [{first: Alexander, last: Fraser}]}
alexander-fraser-682x: {names: [{first: Alexander, last: Fraser}], orcid: 0000-0002-9079-593X}
$$);
CREATE FUNCTION pg_temp.paper(number int, VARIADIC authors text[]) RETURNS text LANGUAGE sql AS $$
    SELECT format('<paper id="%s"><title>T</title>%s</paper>', number, string_agg(a, '' ORDER BY n)) FROM unnest(authors) WITH ORDINALITY AS u(a, n)
$$;
CREATE FUNCTION pg_temp.a(first text, last text, attributes text DEFAULT '', variant text DEFAULT '') RETURNS text LANGUAGE sql AS $$
    SELECT format('<author %s><first>%s</first><last>%s</last>%s</author>', attributes, first, last, variant)
$$;
CREATE FUNCTION pg_temp.load(year int, VARIADIC papers text[]) RETURNS bigint LANGUAGE sql AS $$
    SELECT count(*) FROM anthology.import_collection(format('<collection id="%s.test"><volume id="1"><meta><booktitle>B</booktitle><year>%1$s</year></meta>%s</volume></collection>',
        year, array_to_string(papers, ''))::xml)
$$;

-- one person twice: not the name most like the canonical one, not the explicit one
SELECT pg_temp.load(2001,
    pg_temp.paper(1, pg_temp.a('Jimmy', 'Chang'), pg_temp.a('Jim', 'Chang')),
    pg_temp.paper(2, pg_temp.a('Jim', 'Chang'), pg_temp.a('Jimmy', 'Chang', 'id="jim-chang"')),
    pg_temp.paper(3, pg_temp.a('Kun', 'Xu'), pg_temp.a('Bo', 'Ek'), pg_temp.a('Kun', 'Xu')));
-- ORCIDs: a co-author's, another person's, not the person's own, of two names,
-- and two on one page; a person's own is no conflict, nor is a single one
SELECT pg_temp.load(2002,
    pg_temp.paper(1, pg_temp.a('Ann', 'Roe'), pg_temp.a('Tom', 'Poe', 'orcid="0000-0002-1825-0097"')),
    pg_temp.paper(2, pg_temp.a('Tom', 'Poe', 'orcid="0000-0001-5109-3700"')),
    pg_temp.paper(3, pg_temp.a('A.', 'Roe', 'orcid="0000-0002-1825-0097"')),
    pg_temp.paper(4, pg_temp.a('Ann', 'Roe', 'orcid="0000-0002-1825-0097"')),
    pg_temp.paper(5, pg_temp.a('Max', 'May', 'orcid="0000-0002-1694-233X"')),
    pg_temp.paper(6, pg_temp.a('Una', 'Ash', 'orcid="0000-0003-1415-9269"'), pg_temp.a('Vic', 'Bly')),
    pg_temp.paper(7, pg_temp.a('Una', 'Ash', 'orcid="0000-0003-1415-9269"')),
    pg_temp.paper(8, pg_temp.a('Una', 'Ash'), pg_temp.a('Vic', 'Bly', 'orcid="0000-0003-1415-9269"')));
-- names in other characters; ids that differ in their suffix; swapped names
SELECT pg_temp.load(2003,
    pg_temp.paper(1, pg_temp.a('Wei', 'Li', '', '<variant script="hani"><first>炜</first><last>李</last></variant>')),
    pg_temp.paper(2, pg_temp.a('Wei', 'Li', '', '<variant script="hani"><first>炜</first><last>李</last></variant>')),
    pg_temp.paper(3, pg_temp.a('Wei', 'Li', '', '<variant script="hani"><first>维</first><last>李</last></variant>')),
    pg_temp.paper(4, pg_temp.a('Liuyu', 'Han', '', '<variant script="hani"><first>宇瀚</first><last>刘</last></variant>')),
    pg_temp.paper(5, pg_temp.a('Pat', 'Day', 'id="pat-day-mit"'), pg_temp.a('Kim', 'Moe'), pg_temp.a('Lee', 'Noe')),
    pg_temp.paper(6, pg_temp.a('Pat', 'Day', 'id="pat-day"'), pg_temp.a('Kim', 'Moe')),
    pg_temp.paper(7, pg_temp.a('Pat', 'Day', 'id="pat-day"'), pg_temp.a('Sue', 'Orr')),
    pg_temp.paper(8, pg_temp.a('Pat', 'Day', 'id="pat-day"'), pg_temp.a('Sue', 'Orr')),
    pg_temp.paper(11, pg_temp.a('Massimo', 'Poesio'), pg_temp.a('Sue', 'Orr')),
    pg_temp.paper(12, pg_temp.a('Massimo', 'Poesio')), pg_temp.paper(15, pg_temp.a('Massimo', 'Poesio')),
    pg_temp.paper(13, pg_temp.a('Poesio', 'Massimo'), pg_temp.a('Sue', 'Orr')),
    pg_temp.paper(14, pg_temp.a('Poesio', 'Massimo')));
-- papers of 1960 and 1999 that no co-author links, others that one does, and of 1930 and 1999
SELECT pg_temp.load(1960, pg_temp.paper(1, pg_temp.a('Jon', 'Orr')), pg_temp.paper(2, pg_temp.a('Eve', 'Orr'), pg_temp.a('Cy', 'Orr')));
SELECT pg_temp.load(1999, pg_temp.paper(1, pg_temp.a('Jon', 'Orr')), pg_temp.paper(2, pg_temp.a('Jon', 'Orr')),
    pg_temp.paper(3, pg_temp.a('Eve', 'Orr'), pg_temp.a('Cy', 'Orr')), pg_temp.paper(4, pg_temp.a('Old', 'Zoe')), pg_temp.paper(5, pg_temp.a('Old', 'Zoe')));
SELECT pg_temp.load(1930, pg_temp.paper(1, pg_temp.a('Old', 'Zoe')));
-- a name unlike the others, which only the moving of a paper lists; an alias
-- that the file lists is meant
SELECT pg_temp.load(2004, pg_temp.paper(1, pg_temp.a('Nan', 'Katzenstein')), pg_temp.paper(2, pg_temp.a('Ivo', 'Quist')));
SELECT anthology.reassign_papers('{2004.test-1.2}', 'ivo-quist/unverified', 'max-may') > 0 AS moved;

-- OpenReview ids: one on two pages, and two on one page
SELECT pg_temp.load(2090,
    pg_temp.paper(1, pg_temp.a('Alexander', 'Fraser', 'id="alexander-fraser"')),
    pg_temp.paper(2, pg_temp.a('Alexander', 'Fraser', 'id="alexander-fraser"')),
    pg_temp.paper(3, pg_temp.a('Alexander', 'Fraser', 'id="alexander-fraser-682x"')),
    pg_temp.paper(4, pg_temp.a('Al', 'Ott')), pg_temp.paper(5, pg_temp.a('Al', 'Ott')), pg_temp.paper(6, pg_temp.a('Al', 'Ott')));
UPDATE anthology.authorship SET openreview = CASE WHEN last = 'Fraser' THEN '~Alexander_Fraser1'
        WHEN paper_id = '2090.test-1.6' THEN '~Al_Ott2' ELSE '~Al_Ott1' END
    WHERE paper_id LIKE '2090.test-1.%';

SELECT paper_id, role, "position", person_id, kind, round(score::numeric, 4) AS score, reason, suggested_person_id
FROM anthology.assignment_conflicts() ORDER BY paper_id COLLATE "C", role, "position", reason COLLATE "C";

-- one scale: what a kind weighs, and what the content adds, within bounds
SELECT c.kind, count(*), bool_and(abs(ln(c.score / (1 - c.score)) - w.weight) <= 3.001) AS within
FROM anthology.assignment_conflicts() c JOIN anthology.assignment_weight w ON w.model = 'kind' AND w.signal = c.kind
GROUP BY c.kind ORDER BY c.kind COLLATE "C";
-- the scan has the same ones below its threshold, each assignment once, with titles and names
SELECT s.paper_id, s.person_id, s.kind, s.title, s.credited_name, s.person_name, s.suggested_name
FROM anthology.suspicious_assignments(threshold => 0.001) s ORDER BY s.paper_id COLLATE "C";
SELECT count(*) FROM anthology.assignment_conflicts() c
WHERE c.score < 0.02 AND NOT EXISTS (SELECT FROM anthology.suspicious_assignments() s
    WHERE (s.paper_id, s.role, s."position", s.person_id) = (c.paper_id, c.role, c."position", c.person_id) AND s.score <= c.score);
SELECT count(*) FROM anthology.suspicious_assignments() s WHERE s.score >= 0.02;

-- one person's are those of all
SELECT count(*) FROM anthology.person AS p, LATERAL (
    (SELECT * FROM anthology.assignment_conflicts(p.id) EXCEPT SELECT * FROM anthology.assignment_conflicts() AS c WHERE c.person_id = p.id)
    UNION ALL
    (SELECT * FROM anthology.assignment_conflicts() AS c WHERE c.person_id = p.id EXCEPT SELECT * FROM anthology.assignment_conflicts(p.id))) AS difference;
SELECT count(*) FROM anthology.assignment_conflicts(person_id => 'kim-moe/unverified');
SELECT * FROM anthology.assignment_conflicts('nobody');

SET client_min_messages = warning;
DROP EXTENSION anthology CASCADE;
DROP SCHEMA anthology CASCADE;
CREATE EXTENSION anthology;
