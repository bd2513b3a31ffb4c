-- who wrote a paper: scores, evidence, splits, suggestions
SET client_min_messages = warning;
DROP EXTENSION IF EXISTS anthology CASCADE;
DROP SCHEMA IF EXISTS anthology CASCADE;
CREATE EXTENSION anthology;
SELECT anthology.create_tables();
\set content `cat tests/sample/data/json/people.json`
SELECT FROM anthology.import_people(:'content');
\set content `cat tests/sample/data/xml/W19.xml`
SELECT FROM anthology.import_collection(:'content');
\set content `cat tests/sample/data/xml/2023.demo.xml`
SELECT FROM anthology.import_collection(:'content');
\set content `cat tests/sample/data/xml/2024.demo.xml`
SELECT FROM anthology.import_collection(:'content');
RESET client_min_messages;
\set SHOW_CONTEXT never

-- a paper of Edinburgh's Mei Lin on the page of Fudan's
SELECT anthology.assignment_score('2024.demo-long.3', 'mei-lin-edinburgh')
     > anthology.assignment_score('2024.demo-long.3', 'mei-lin') AS edinburgh_more_likely;
SELECT person_id, current FROM anthology.suggest_persons('2024.demo-long.3',
    (SELECT a."position" FROM anthology.authorship a
     WHERE a.paper_id = '2024.demo-long.3' AND a.person_id = 'mei-lin'), 2);

-- evidence adds up to the score, for every name of the sample
SELECT count(*) AS names, count(*) FILTER (WHERE abs(s.score - 1 / (1 + exp(-e.sum))) > 1e-6) AS differ
FROM (SELECT DISTINCT paper_id, person_id FROM anthology.authorship WHERE person_id IS NOT NULL) a,
    LATERAL (SELECT anthology.assignment_score(a.paper_id, a.person_id) AS score) s,
    LATERAL (SELECT sum(v.weight) FROM anthology.assignment_evidence(a.paper_id, a.person_id) v) e;

-- several persons from one reading: as one at a time, and the evidence adds up
SELECT count(*) AS judged, count(*) FILTER (WHERE abs(c.score - anthology.assignment_score(a.paper_id, c.person_id)) > 1e-6) AS differ,
    count(*) FILTER (WHERE abs(c.score - 1 / (1 + exp(-e.sum))) > 1e-6) AS do_not_add_up,
    count(*) FILTER (WHERE c.evidence <> (SELECT jsonb_agg(to_jsonb(v) ORDER BY v.weight, v.signal COLLATE "C")
                                          FROM anthology.assignment_evidence(a.paper_id, c.person_id) v)) AS other_evidence
FROM (SELECT DISTINCT paper_id FROM anthology.authorship) a,
    LATERAL anthology.judge_candidates(a.paper_id, ARRAY['mei-lin', 'anna-kovacs/unverified', 'mei-lin-edinburgh', 'mei-lin']) c,
    LATERAL (SELECT sum((v ->> 'weight')::float8) FROM jsonb_array_elements(c.evidence) v) e;
SELECT person_id, reason FROM anthology.judge_candidates('2024.demo-long.3', '{mei-lin,mei-lin-edinburgh}');
SELECT * FROM anthology.judge_candidates('2024.demo-long.3', '{}');
SELECT * FROM anthology.judge_candidates('2024.demo-long.3', '{mei-lin,nobody}');
SELECT * FROM anthology.judge_candidates('2024.demo-long.3', '{mei-lin,NULL}');
SELECT * FROM anthology.judge_candidates('nowhere', '{mei-lin}');

-- ids beside names decide, whatever the content says: those on the page's other papers, or the listed one
CREATE TEMP VIEW decided AS
    SELECT a.paper_id, a.person_id, s.score > 0.99 AS sure, s.score < 0.01 AS impossible, e.detail
    FROM (VALUES ('2024.demo-long.3', 'mei-lin'), ('2024.demo-long.3', 'mei-lin-edinburgh'),
                 ('2024.demo-long.2', 'mei-lin'), ('2024.demo-long.4', 'mei-lin-edinburgh')) AS a(paper_id, person_id),
        LATERAL anthology.assignment_score(a.paper_id, a.person_id) AS s(score)
        LEFT JOIN LATERAL (SELECT * FROM anthology.assignment_evidence(a.paper_id, a.person_id) v WHERE v.signal = 'orcid') e ON true;
BEGIN;
UPDATE anthology.authorship SET orcid = '0000-0002-9079-593X' WHERE (paper_id, person_id) IN (('2024.demo-long.3', 'mei-lin'), ('2024.demo-long.4', 'mei-lin-edinburgh'));
TABLE decided;
UPDATE anthology.authorship SET openreview = '~Mei_Lin' || paper_id WHERE (paper_id, person_id) IN (('2024.demo-long.2', 'mei-lin'), ('2023.demo-long.2', 'mei-lin'));
TABLE decided;
UPDATE anthology.person SET orcid = 'https://orcid.org/0000-0001-5109-3700' WHERE id = 'mei-lin-edinburgh';
TABLE decided;
ROLLBACK;

-- signals by their definition, in plain SQL, to the fourth place; apart is the page without the papers that hang together with the one asked about
WITH RECURSIVE asked AS (
    SELECT DISTINCT a.paper_id, a.person_id FROM anthology.authorship a WHERE a.person_id IS NOT NULL
), on_paper AS (
    SELECT DISTINCT a.paper_id, a.person_id FROM anthology.authorship a WHERE a.person_id IS NOT NULL
), linked AS (
    SELECT q.person_id, q.paper_id, o.paper_id AS other_id
    FROM asked q JOIN asked o ON o.person_id = q.person_id
    WHERE o.paper_id = q.paper_id OR EXISTS (
        SELECT FROM on_paper c JOIN on_paper d ON d.person_id = c.person_id
        WHERE c.paper_id = q.paper_id AND d.paper_id = o.paper_id AND c.person_id <> q.person_id)
), company AS (
    SELECT l.person_id, l.paper_id, l.other_id FROM linked l
    UNION
    SELECT c.person_id, c.paper_id, l.other_id
    FROM company c JOIN linked l ON l.person_id = c.person_id AND l.paper_id = c.other_id
), size AS (
    SELECT c.person_id, c.paper_id, count(*) AS papers FROM company c GROUP BY 1, 2
), body AS (
    SELECT s.person_id, s.paper_id FROM size s
    WHERE s.papers = (SELECT max(m.papers) FROM size m WHERE m.person_id = s.person_id)
        AND s.papers = (SELECT count(*) FROM size m WHERE m.person_id = s.person_id AND m.papers = s.papers)
), label AS (
    SELECT c.person_id, c.paper_id, min(c.other_id) AS label FROM company c GROUP BY 1, 2
), page AS (
    SELECT q.paper_id, q.person_id, o.paper_id AS other_id
    FROM asked q JOIN on_paper o ON o.person_id = q.person_id AND o.paper_id <> q.paper_id
), placed AS (
    SELECT a.paper_id, a.person_id, row_number() OVER (PARTITION BY a.paper_id ORDER BY a.role, a."position") AS place
    FROM anthology.authorship a WHERE a.person_id IS NOT NULL
), compared AS (
    SELECT x.paper_id, x.person_id, x.other_id, coalesce(p.year, v.year) AS year, coalesce(o.year, w.year) AS other_year,
        (x.person_id, x.paper_id, x.other_id) NOT IN (SELECT c.person_id, c.paper_id, c.other_id FROM company c) AS apart,
        (SELECT count(*) FROM on_paper n WHERE n.paper_id = x.paper_id) AS authors,
        (SELECT count(*) FROM on_paper n WHERE n.paper_id = x.other_id) AS other_authors,
        (SELECT min(n.place) FROM placed n WHERE n.paper_id = x.paper_id AND n.person_id = x.person_id) AS place,
        (SELECT min(n.place) FROM placed n WHERE n.paper_id = x.other_id AND n.person_id = x.person_id) AS other_place
    FROM page x JOIN anthology.paper p ON p.id = x.paper_id JOIN anthology.paper o ON o.id = x.other_id
        LEFT JOIN anthology.volume v ON v.id = p.volume_id LEFT JOIN anthology.volume w ON w.id = o.volume_id
), shared AS (
    SELECT g.paper_id, g.person_id, c.person_id AS coauthor, count(*) AS together
    FROM page g JOIN on_paper c ON c.paper_id = g.paper_id AND c.person_id <> g.person_id
        JOIN on_paper d ON d.paper_id = g.other_id AND d.person_id = c.person_id
    GROUP BY 1, 2, 3
), plain AS (
    SELECT g.paper_id, g.person_id, v.signal, v.value
    FROM (SELECT DISTINCT paper_id, person_id FROM page) g, LATERAL (
        SELECT 'co-authors', coalesce(sum((1 + ln(s.together)) / ln(1 + (
                SELECT count(*) FROM on_paper n WHERE n.person_id = s.coauthor))), 0)::float8
        FROM shared s WHERE s.paper_id = g.paper_id AND s.person_id = g.person_id
        UNION ALL
        SELECT 'nearest paper', max(anthology.abstract_similarity(p.document, o.document))
        FROM page x JOIN anthology.paper p ON p.id = x.paper_id JOIN anthology.paper o ON o.id = x.other_id
        WHERE x.paper_id = g.paper_id AND x.person_id = g.person_id
        UNION ALL
        SELECT 'papers of its company', (SELECT s.papers FROM size s WHERE s.paper_id = g.paper_id AND s.person_id = g.person_id)
        UNION ALL
        SELECT 'body of the page', (SELECT count(*) FROM body b WHERE b.person_id = g.person_id)
            / (SELECT count(*) FROM asked q WHERE q.person_id = g.person_id)::float8
        UNION ALL
        SELECT 'companies of the page', (SELECT count(DISTINCT l.label) - 1 FROM label l WHERE l.person_id = g.person_id)
        UNION ALL
        SELECT 'second company', (SELECT max(s.papers) FROM size s JOIN label l USING (person_id, paper_id)
            WHERE s.person_id = g.person_id AND (s.person_id, s.paper_id) NOT IN (SELECT b.person_id, b.paper_id FROM body b)
                AND l.label <> (SELECT o.label FROM label o WHERE o.person_id = g.person_id AND o.paper_id = g.paper_id))
        UNION ALL
        SELECT u.signal, u.value
        FROM (SELECT min(abs(x.year - x.other_year)) AS years, abs(min(x.year) - avg(x.other_year)) AS mean,
                  min(abs(x.year - x.other_year)) FILTER (WHERE apart) AS years_apart,
                  abs(min(x.year) - avg(x.other_year) FILTER (WHERE apart)) AS mean_apart,
                  max(x.other_year) - min(x.other_year) AS span,
                  (min(x.place) = 1)::int - avg((x.other_place = 1)::int) AS first,
                  (min(x.place) = min(x.authors))::int - avg((x.other_place = x.other_authors)::int) AS last,
                  ln(min(x.authors)) - avg(ln(x.other_authors)) AS more
              FROM compared x WHERE x.paper_id = g.paper_id AND x.person_id = g.person_id) AS m,
            LATERAL (VALUES ('years', coalesce(m.years, -1)), ('years from the mean', coalesce(m.mean, -1)),
                         ('years, apart', coalesce(m.years_apart, -1)), ('years from the mean, apart', coalesce(m.mean_apart, -1)),
                         ('years of the page', coalesce(m.span, -1)), ('first author', m.first), ('last author', m.last),
                         ('more authors', m.more)) AS u(signal, value)
        UNION ALL
        SELECT 'papers of its co-authors', coalesce(avg(ln(n.papers)), -1)
        FROM on_paper c, LATERAL (SELECT count(*) AS papers FROM on_paper n WHERE n.person_id = c.person_id) n
        WHERE c.paper_id = g.paper_id AND c.person_id <> g.person_id
        UNION ALL
        SELECT 'near papers, apart', coalesce(avg(t.text), 0) FROM (
            SELECT anthology.abstract_similarity(p.document, o.document) AS text
            FROM compared x JOIN anthology.paper p ON p.id = x.paper_id JOIN anthology.paper o ON o.id = x.other_id
            WHERE x.paper_id = g.paper_id AND x.person_id = g.person_id AND x.apart
            ORDER BY 1 DESC LIMIT 3) AS t) AS v(signal, value)
)
SELECT p.signal, count(*) AS names, count(*) FILTER (WHERE p.value > 0) AS positive,
    count(*) FILTER (WHERE abs(coalesce(p.value, 0) - e.value) > 1e-4) AS differ
FROM plain p, LATERAL anthology.assignment_evidence(p.paper_id, p.person_id) e
WHERE e.signal = p.signal GROUP BY p.signal ORDER BY p.signal COLLATE "C";

-- a paper of a page is judged as if it were beside it, under the same name
CREATE FUNCTION pg_temp.evidence_beside(paper text, person text) RETURNS TABLE (signal text, value float8, weight float8)
LANGUAGE plpgsql AS $$
BEGIN
    UPDATE anthology.authorship a SET person_id = 'beside/unverified', explicit_person_id = NULL
        WHERE a.paper_id = paper AND a.person_id = person;
    RETURN QUERY SELECT e.signal, e.value, e.weight FROM anthology.assignment_evidence(paper, person) e;
    UPDATE anthology.authorship a SET person_id = person WHERE a.paper_id = paper AND a.person_id = 'beside/unverified';
END
$$;
BEGIN;
INSERT INTO anthology.person (id, verified) VALUES ('beside/unverified', false);
SELECT count(*) > 1000 AS many, count(*) FILTER (WHERE abs(e.value - b.value) > 1e-9 OR abs(e.weight - b.weight) > 1e-9) AS differ
FROM (SELECT DISTINCT a.paper_id, a.person_id FROM anthology.authorship a WHERE a.person_id IS NOT NULL) a,
    LATERAL anthology.assignment_evidence(a.paper_id, a.person_id) e
    JOIN LATERAL pg_temp.evidence_beside(a.paper_id, a.person_id) b ON b.signal = e.signal;
ROLLBACK;

CREATE FUNCTION pg_temp.evidence_there(paper text, person text, here text)
    RETURNS TABLE (signal text, value float8, weight float8, detail text) LANGUAGE plpgsql AS $$
BEGIN
    UPDATE anthology.authorship a SET affiliation = here WHERE a.paper_id = paper AND a.person_id = person;
    RETURN QUERY SELECT * FROM anthology.assignment_evidence(paper, person);
END
$$;
-- affiliations: the nearest on the page; words that name a kind of place hardly count
BEGIN;
UPDATE anthology.authorship SET affiliation = 'Edinburgh University, School of Informatics'
WHERE person_id = 'anna-kovacs/unverified';
SELECT v.here, round(e.value::numeric, 1) AS value, e.detail
FROM (VALUES ('Univ. of Edinburgh'), ('School of Informatics, University of Edinburgh'), ('University of Fudan, School of Informatics'), (NULL)) AS v(here),
    LATERAL (SELECT paper_id FROM anthology.authorship WHERE person_id = 'anna-kovacs/unverified' ORDER BY paper_id COLLATE "C" LIMIT 1) p,
    LATERAL pg_temp.evidence_there(p.paper_id, 'anna-kovacs/unverified', v.here) e
WHERE e.signal = 'affiliation';
ROLLBACK;

-- a scan gives the same as one at a time
SELECT count(*) > 50 AS many, count(*) FILTER (WHERE abs(j.score - anthology.assignment_score(j.paper_id, j.person_id)) > 1e-6) AS differ
FROM anthology.judge_pages(NULL, NULL, 2) j;
BEGIN;
UPDATE anthology.authorship SET affiliation = (ARRAY['Edinburgh University', 'Fudan University, Shanghai', 'Fudan', NULL])
    [1 + abs(hashtextextended(paper_id || person_id, 0) % 4)];
SELECT count(*) > 50 AS many, count(*) FILTER (WHERE abs(j.score - anthology.assignment_score(j.paper_id, j.person_id)) > 1e-6) AS differ
FROM anthology.judge_pages(NULL, NULL, 2) j;
ROLLBACK;

-- two people on one page
SELECT s.part, array_agg(s.paper_id ORDER BY s.paper_id COLLATE "C") AS papers
FROM anthology.suggest_split('anna-kovacs/unverified') s GROUP BY s.part ORDER BY s.part;
-- every paper exactly once; explicit ids bind
SELECT count(*) = count(DISTINCT s.paper_id) AS once,
    count(*) = (SELECT count(DISTINCT a.paper_id) FROM anthology.authorship a WHERE a.person_id = 'mei-lin') AS whole,
    count(DISTINCT s.part) AS parts, min(s.confidence) BETWEEN 0 AND 1 AS probable
FROM anthology.suggest_split('mei-lin') s;

-- one person on two pages: each suggests the other, and two persons fit less well
BEGIN;
CREATE TEMP TABLE part_of ON COMMIT DROP AS SELECT * FROM anthology.suggest_split('anna-kovacs/unverified');
INSERT INTO anthology.person (id, verified) VALUES ('anna-b-kovacs/unverified', false);
INSERT INTO anthology.person_name (person_id, "position", first, last)
    VALUES ('anna-b-kovacs/unverified', 1, 'Anna B.', 'Kovacs');
SAVEPOINT whole_page;
UPDATE anthology.authorship a SET person_id = 'anna-b-kovacs/unverified', first = 'Anna B.'
FROM part_of p WHERE a.paper_id = p.paper_id AND a.person_id = 'anna-kovacs/unverified' AND p.part = 2;
SELECT m.score AS two_persons FROM anthology.suggest_merge('anna-kovacs/unverified') m \gset
ROLLBACK TO whole_page;
UPDATE anthology.authorship a SET person_id = 'anna-b-kovacs/unverified', first = 'Anna B.'
FROM (SELECT paper_id, row_number() OVER (PARTITION BY part ORDER BY paper_id COLLATE "C") AS n FROM part_of) p
WHERE a.paper_id = p.paper_id AND a.person_id = 'anna-kovacs/unverified' AND p.n % 2 = 0;
SELECT m.other_id, m.canonical_name, m.papers, m.score > :two_persons AS surer_than_two_persons, b.score = m.score AS as_from_there
FROM anthology.suggest_merge('anna-kovacs/unverified') m, anthology.suggest_merge('anna-b-kovacs/unverified') b;
-- another ORCID speaks against it
UPDATE anthology.person SET orcid = CASE WHEN id LIKE 'anna-b%' THEN '0000-0002-9079-593X' ELSE '0000-0001-5109-3700' END
WHERE id IN ('anna-kovacs/unverified', 'anna-b-kovacs/unverified');
SELECT m.score < 0.5 AS unlikely FROM anthology.suggest_merge('anna-kovacs/unverified') m;
ROLLBACK;

-- names that contradict each other part a page, unless the person is known to have both
BEGIN;
UPDATE anthology.authorship a SET first = 'Agnes'
FROM (SELECT paper_id, row_number() OVER (PARTITION BY part ORDER BY paper_id COLLATE "C") AS n
      FROM anthology.suggest_split('anna-kovacs/unverified')) p
WHERE a.paper_id = p.paper_id AND a.person_id = 'anna-kovacs/unverified' AND p.n = 1;
SELECT count(DISTINCT a.first) AS names, count(DISTINCT (s.part, a.first)) = count(DISTINCT s.part) AS a_name_a_part
FROM anthology.suggest_split('anna-kovacs/unverified') s
    JOIN anthology.authorship a ON a.paper_id = s.paper_id AND a.person_id = 'anna-kovacs/unverified';
UPDATE anthology.person SET verified = true WHERE id = 'anna-kovacs/unverified';
UPDATE anthology.person_name SET inferred = false WHERE person_id = 'anna-kovacs/unverified';
INSERT INTO anthology.person_name (person_id, "position", first, last)
    SELECT 'anna-kovacs/unverified', 99, a.first, a.last FROM anthology.authorship a
    WHERE a.person_id = 'anna-kovacs/unverified' AND a.first = 'Agnes' LIMIT 1;
SELECT count(DISTINCT a.first) AS names, count(DISTINCT (s.part, a.first)) > count(DISTINCT s.part) AS both_in_a_part
FROM anthology.suggest_split('anna-kovacs/unverified') s
    JOIN anthology.authorship a ON a.paper_id = s.paper_id AND a.person_id = 'anna-kovacs/unverified';
ROLLBACK;

-- two ids on a page part it, the same id joins what the content would part; the OpenReview
-- id of an ORCID stands for it
BEGIN;
CREATE TEMP TABLE part_of ON COMMIT DROP AS SELECT paper_id, part, row_number() OVER (PARTITION BY part ORDER BY paper_id COLLATE "C") AS n
    FROM anthology.suggest_split('anna-kovacs/unverified');
UPDATE anthology.authorship a SET orcid = CASE p.n WHEN 1 THEN '0000-0002-9079-593X' ELSE '0000-0001-5109-3700' END
FROM part_of p WHERE a.paper_id = p.paper_id AND a.person_id = 'anna-kovacs/unverified' AND p.n <= 2;
SELECT count(DISTINCT s.part) FILTER (WHERE p.n = 1) AS first_id_parts, count(DISTINCT s.part) FILTER (WHERE p.n = 2) AS second_id_parts,
    count(DISTINCT s.part) > 1 AS parted
FROM anthology.suggest_split('anna-kovacs/unverified') s JOIN part_of p USING (paper_id);
UPDATE anthology.authorship a SET orcid = CASE p.part WHEN 1 THEN '0000-0002-9079-593X' END,
    openreview = CASE WHEN p.part = 2 OR p.n = 1 THEN '~Anna_Kovacs1' END
FROM part_of p WHERE a.paper_id = p.paper_id AND a.person_id = 'anna-kovacs/unverified';
SELECT count(DISTINCT s.part) AS one FROM anthology.suggest_split('anna-kovacs/unverified') s;
ROLLBACK;

-- the transaction's own changes count
BEGIN;
SELECT anthology.assignment_score('W19-5001', 'anna-kovacs/unverified') AS before \gset
UPDATE anthology.authorship SET person_id = 'mei-lin'
WHERE person_id = 'anna-kovacs/unverified' AND paper_id LIKE '%speech%';
SELECT anthology.assignment_score('W19-5001', 'anna-kovacs/unverified') <> :before AS changed;
ROLLBACK;

-- nothing to judge from
SELECT e.signal, e.value, e.weight, e.detail FROM anthology.assignment_evidence('2023.demo-long.7',
    (SELECT a.person_id FROM anthology.authorship a WHERE a.paper_id = '2023.demo-long.7' AND a.first = '')) e;
SELECT anthology.assignment_score(NULL, 'mei-lin'), anthology.assignment_score('W19-5001', NULL);
SELECT anthology.assignment_score('nowhere', 'mei-lin');
SELECT anthology.assignment_score('W19-5001', 'nobody');
SELECT * FROM anthology.suggest_split('nobody');
SELECT * FROM anthology.suggest_merge('nobody');
SELECT * FROM anthology.suspicious_assignments('nobody');
SELECT * FROM anthology.suggest_persons('W19-5001', 99);
SELECT * FROM anthology.suggest_persons('W19-5001', 1, 0);
INSERT INTO anthology.person (id, verified) VALUES ('empty', true);
SELECT * FROM anthology.suggest_split('empty');
SELECT * FROM anthology.suspicious_assignments('empty');

-- weights are data: none, too many, other ones
BEGIN;
DELETE FROM anthology.assignment_weight WHERE model = 'paper';
SELECT anthology.assignment_score('W19-5001', 'mei-lin');
ROLLBACK;
BEGIN;
DELETE FROM anthology.assignment_tree;
SELECT anthology.assignment_score('W19-5001', 'mei-lin');
ROLLBACK;
BEGIN;
UPDATE anthology.assignment_weight SET weight = CASE signal WHEN 'prior' THEN 2 ELSE 0 END;
DELETE FROM anthology.assignment_tree WHERE tree > 1;
-- one tree with two questions: the number of co-authors, then years
UPDATE anthology.assignment_tree SET signal = '{number of co-authors,years,NULL,NULL,NULL,NULL,NULL}',
    cut = '{1,1,0,0,0,0,0}', below = '{0,0,0,0,0,0,0}', above = '{0,0,0,0,0,0,0}';
SELECT round(anthology.assignment_score('W19-5001', 'anna-kovacs/unverified')::numeric, 4);
UPDATE anthology.assignment_tree SET below = '{-1,-2,0,0,0,0,0}', above = '{1,-4,0,0,0,0,0}';
SELECT count(*) > 50 AS many, count(*) FILTER (WHERE round(e.weight::numeric, 6) <> 2
    + CASE WHEN e.coauthors >= 1 THEN 1 WHEN e.years < 1 THEN -3 ELSE -5 END) AS differ
FROM (SELECT sum(e.weight) FILTER (WHERE e.signal <> 'name') AS weight,
          max(e.value) FILTER (WHERE e.signal = 'number of co-authors') AS coauthors,
          max(e.value) FILTER (WHERE e.signal = 'years') AS years
      FROM (SELECT DISTINCT paper_id, person_id FROM anthology.authorship WHERE person_id IS NOT NULL) a,
          LATERAL anthology.assignment_evidence(a.paper_id, a.person_id) e
      GROUP BY a.paper_id, a.person_id HAVING count(*) > 2) AS e;
UPDATE anthology.assignment_tree SET signal[1] = 'nonsense';
SAVEPOINT wrong;
SELECT anthology.assignment_score('W19-5001', 'mei-lin');
ROLLBACK TO wrong;
UPDATE anthology.assignment_tree SET signal[1] = 'years', cut[8] = 0;
SELECT anthology.assignment_score('W19-5001', 'mei-lin');
ROLLBACK;
BEGIN;
SELECT * FROM anthology.fit_assignment_model(ARRAY[1, 1, 2, 2],
    ARRAY['mei-lin', 'mei-lin-edinburgh', 'anna-kovacs/unverified', 'tomas-dvorak']);
SELECT anthology.assignment_score('W19-5001', 'anna-kovacs/unverified') BETWEEN 0 AND 1 AS probable;
ROLLBACK;
SELECT * FROM anthology.fit_assignment_model(ARRAY[1], ARRAY['mei-lin']);
-- too few papers to ask anything of: refused, not fitted to nothing
SELECT * FROM anthology.fit_assignment_model(ARRAY[1, 1], ARRAY['na-zhou', 'fiona-macrae/unverified']);
-- too small a corpus: the weights stay
SELECT count(*) FILTER (WHERE weights > 0) AS models FROM anthology.fit_assignment_model();
BEGIN;
UPDATE anthology.person_name SET first = 'Fay', last = 'Roe' WHERE person_id IN ('na-zhou', 'fiona-macrae/unverified');
CREATE TEMP TABLE weights_before AS TABLE anthology.assignment_weight;
SELECT count(*) FILTER (WHERE weights > 0) AS models FROM anthology.fit_assignment_model();
SELECT count(*) AS changed FROM (TABLE weights_before EXCEPT TABLE anthology.assignment_weight) AS x;
ROLLBACK;
SELECT anthology.assignment_score('W19-5001', 'anna-kovacs/unverified') BETWEEN 0 AND 1 AS probable;
SELECT * FROM anthology.fit_assignment_model(ARRAY[1, 2], ARRAY['mei-lin']);
SELECT * FROM anthology.fit_assignment_model(ARRAY[1, NULL], ARRAY['mei-lin', NULL]);
SELECT * FROM anthology.fit_assignment_model(ARRAY[1, 1], NULL);
SELECT * FROM anthology.fit_assignment_model(NULL, ARRAY['mei-lin']);
SELECT * FROM anthology.judge_pages('{W19-5001,NULL}', NULL, 1);
SELECT count(*) FROM anthology.judge_pages('{W19-5001,NULL,nowhere}', '{NULL,nobody}', 1);
SELECT * FROM anthology.suspicious_assignments(NULL, NULL);

-- one more paper changes nothing for the others
CREATE TEMP TABLE before_split AS SELECT * FROM anthology.suggest_split('anna-kovacs/unverified');
INSERT INTO anthology.paper (id, volume_id, number, title, abstract, year)
    SELECT '2024.demo-long.99', volume_id, 99, title, abstract, year FROM anthology.paper WHERE id = '2024.demo-long.1';
INSERT INTO anthology.authorship (paper_id, role, "position", first, last, person_id)
    SELECT '2024.demo-long.99', role, "position", first, last, person_id FROM anthology.authorship
    WHERE paper_id = '2024.demo-long.1';
SELECT bool_and((a.part = b.part) = (c.part = d.part)) AS same,
    (SELECT x.part = y.part FROM anthology.suggest_split('anna-kovacs/unverified') x, anthology.suggest_split('anna-kovacs/unverified') y
     WHERE x.paper_id = '2024.demo-long.99' AND y.paper_id = '2024.demo-long.1') AS with_its_like
FROM before_split a, before_split b, anthology.suggest_split('anna-kovacs/unverified') c, anthology.suggest_split('anna-kovacs/unverified') d
WHERE a.paper_id = c.paper_id AND b.paper_id = d.paper_id;
