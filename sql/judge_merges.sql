-- pages of one person: suggest_merge, suggest_merges, merge_evidence
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

-- the page of Anna Kovacs in two: every other paper of each part under another name
INSERT INTO anthology.person (id, verified) VALUES ('anna-b-kovacs/unverified', false);
INSERT INTO anthology.person_name (person_id, "position", first, last) VALUES ('anna-b-kovacs/unverified', 1, 'Anna B.', 'Kovacs');
UPDATE anthology.authorship a SET person_id = 'anna-b-kovacs/unverified', first = 'Anna B.'
FROM (SELECT paper_id, row_number() OVER (PARTITION BY part ORDER BY paper_id COLLATE "C") AS n FROM anthology.suggest_split('anna-kovacs/unverified')) p
WHERE a.paper_id = p.paper_id AND a.person_id = 'anna-kovacs/unverified' AND p.n % 2 = 0;

-- the scan has what suggest_merge has for each page, on one scale
SELECT m.person_id, m.other_id, m.score > 0.5 AS likely, m.name, m.other_name, m.papers, m.other_papers, m.reason
FROM anthology.suggest_merges(0.5) m ORDER BY m.person_id COLLATE "C", m.other_id COLLATE "C";
SELECT count(*) AS pairs, count(*) FILTER (WHERE abs(m.score - s.score) > 1e-5) AS differ,
    count(*) FILTER (WHERE s.score IS NULL) AS missing
FROM anthology.suggest_merges(0) m LEFT JOIN LATERAL (SELECT * FROM anthology.suggest_merge(m.person_id, 20) s WHERE s.other_id = m.other_id) s ON true;

-- why: it adds up, and is the same from both sides
SELECT abs(sum(e.weight) - ln(s.score / (1 - s.score))) < 1e-3 AS adds_up
FROM anthology.suggest_merge('anna-kovacs/unverified', 1) s, anthology.merge_evidence('anna-kovacs/unverified', s.other_id) e GROUP BY s.score;
SELECT count(*) AS signals, count(*) FILTER (WHERE (a.value, a.weight, a.detail) IS DISTINCT FROM (b.value, b.weight, b.detail)) AS differ
FROM anthology.merge_evidence('anna-kovacs/unverified', 'anna-b-kovacs/unverified') a
    FULL JOIN anthology.merge_evidence('anna-b-kovacs/unverified', 'anna-kovacs/unverified') b USING (signal);
SELECT e.signal, e.detail FROM anthology.merge_evidence('anna-kovacs/unverified', 'anna-b-kovacs/unverified') e
WHERE e.detail IS NOT NULL ORDER BY e.signal COLLATE "C";
-- what the papers say is the mean over them, to the fourth place
WITH near AS (
    SELECT a.paper_id, max(anthology.abstract_similarity(p.document, q.document)) AS topic, min(abs(p.year - q.year)) AS years
    FROM anthology.authorship a JOIN anthology.paper p ON p.id = a.paper_id,
        anthology.authorship b JOIN anthology.paper q ON q.id = b.paper_id
    WHERE a.person_id = 'anna-b-kovacs/unverified' AND b.person_id = 'anna-kovacs/unverified' GROUP BY a.paper_id)
SELECT e.signal, abs(e.value - CASE e.signal WHEN 'years' THEN avg(n.years) ELSE avg(n.topic) END) < 1e-4 AS mean
FROM anthology.merge_evidence('anna-kovacs/unverified', 'anna-b-kovacs/unverified') e, near n
WHERE e.signal IN ('nearest paper', 'years')
GROUP BY e.signal, e.value ORDER BY e.signal COLLATE "C";

-- an id in common joins, whatever the content says; ids of which none is in common part
BEGIN;
UPDATE anthology.authorship SET openreview = '~Anna_Kovacs1' WHERE (paper_id, person_id) IN (
    SELECT min(paper_id COLLATE "C"), person_id FROM anthology.authorship WHERE person_id IN ('anna-kovacs/unverified', 'anna-b-kovacs/unverified') GROUP BY person_id);
SELECT m.person_id, m.other_id, m.score > 0.99 AS sure, m.reason FROM anthology.suggest_merges(0.99) m;
UPDATE anthology.person SET orcid = CASE WHEN id LIKE 'anna-b%' THEN '0000-0002-9079-593X' ELSE '0000-0001-5109-3700' END
WHERE id IN ('anna-kovacs/unverified', 'anna-b-kovacs/unverified');
SELECT count(*) FROM anthology.suggest_merges(0.01) m WHERE m.person_id = 'anna-b-kovacs/unverified';
SELECT e.signal, e.value, e.detail FROM anthology.merge_evidence('anna-kovacs/unverified', 'anna-b-kovacs/unverified') e WHERE e.signal = 'orcid';
ROLLBACK;
-- and finds pages that have neither name nor company in common
BEGIN;
UPDATE anthology.authorship SET orcid = '0000-0002-9079-593X' WHERE (paper_id, person_id) IN (
    SELECT min(paper_id COLLATE "C"), person_id FROM anthology.authorship WHERE person_id IN ('anna-kovacs/unverified', 'mei-lin-edinburgh') GROUP BY person_id);
SELECT m.person_id, m.other_id, left(m.reason, 15) AS reason FROM anthology.suggest_merges(0.01) m
WHERE m.person_id = 'mei-lin-edinburgh' AND m.other_id LIKE 'anna%';
SELECT count(*) AS pairs, count(*) FILTER (WHERE s.score IS NULL OR abs(m.score - s.score) > 1e-5) AS differ
FROM anthology.suggest_merges(0) m LEFT JOIN LATERAL (SELECT * FROM anthology.suggest_merge(m.person_id, 20) s WHERE s.other_id = m.other_id) s ON true;
ROLLBACK;
-- who wrote a paper together are two
SELECT count(*) FROM anthology.suggest_merges(0) m WHERE EXISTS (
    SELECT FROM anthology.authorship a JOIN anthology.authorship b USING (paper_id) WHERE a.person_id = m.person_id AND b.person_id = m.other_id);
SELECT * FROM anthology.merge_evidence('nobody', 'mei-lin');
SELECT count(*) FROM anthology.merge_evidence('mei-lin', 'mei-lin');
