-- pages that mix persons: mixed_pages, split_evidence
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

-- a page a row, with its parts: the same as suggest_split parts them
SELECT p.person_id, p.name, p.probability BETWEEN 0.5 AND 1 AS probable, jsonb_array_length(p.parts) AS parts, p.reason
FROM anthology.mixed_pages() p ORDER BY p.person_id COLLATE "C";
SELECT count(*) AS papers, count(*) FILTER (WHERE s.part IS NULL) AS differ
FROM anthology.mixed_pages(0) m, LATERAL jsonb_array_elements(m.parts) v, LATERAL jsonb_array_elements_text(v -> 'paper_ids') AS i(paper_id)
    LEFT JOIN LATERAL (SELECT * FROM anthology.suggest_split(m.person_id) s WHERE s.paper_id = i.paper_id) s ON true;
SELECT count(*) FILTER (WHERE p.n > 1) AS parted, count(*) FILTER (WHERE (p.n > 1) <> (m.person_id IS NOT NULL)) AS differ
FROM (SELECT p.id, (SELECT count(DISTINCT s.part) FROM anthology.suggest_split(p.id) s) AS n FROM anthology.person p) p
    LEFT JOIN anthology.mixed_pages(0) m ON m.person_id = p.id;
-- what the parts say, by the tables
SELECT count(*) AS parts, count(*) FILTER (WHERE (v ->> 'papers')::int <> jsonb_array_length(v -> 'paper_ids')) AS papers_differ,
    count(*) FILTER (WHERE v ->> 'years' <> y.years) AS years_differ,
    count(*) FILTER (WHERE v -> 'coauthors' <> '[]' AND NOT EXISTS (
        SELECT FROM jsonb_array_elements_text(v -> 'paper_ids') i(paper_id) JOIN anthology.authorship a USING (paper_id)
            JOIN anthology.person_name n ON n.person_id = a.person_id AND n."position" = 1
        WHERE n.full_name = v -> 'coauthors' ->> 0)) AS coauthors_differ
FROM anthology.mixed_pages(0) m, LATERAL jsonb_array_elements(m.parts) v, LATERAL (
    SELECT CASE WHEN min(y) = max(y) THEN min(y)::text ELSE min(y) || '-' || max(y) END AS years
    FROM jsonb_array_elements_text(v -> 'paper_ids') i(paper_id) JOIN anthology.paper p ON p.id = i.paper_id
        LEFT JOIN anthology.volume w ON w.id = p.volume_id, LATERAL coalesce(p.year, w.year) AS y) y;

-- why: for each part the one it is nearest to; below zero, for they are apart
SELECT e.part, e.other_part, sum(e.weight) < 0 AS apart FROM anthology.split_evidence('anna-kovacs/unverified') e GROUP BY e.part, e.other_part ORDER BY e.part;
SELECT e.part, e.signal, e.detail FROM anthology.split_evidence('anna-kovacs/unverified') e WHERE e.part = 1 AND e.detail IS NOT NULL ORDER BY e.signal COLLATE "C";
-- values by their definition
WITH part AS (
    SELECT s.part, p.document, coalesce(p.year, v.year) AS year,
        coalesce((a."position" - 1) / nullif(count(*) OVER (PARTITION BY a.paper_id) - 1, 0)::float8, 0.5) AS rank,
        a.person_id = 'anna-kovacs/unverified' AS own
    FROM anthology.suggest_split('anna-kovacs/unverified') s JOIN anthology.paper p ON p.id = s.paper_id
        JOIN anthology.authorship a ON a.paper_id = s.paper_id AND a.role = 'author'
        LEFT JOIN anthology.volume v ON v.id = p.volume_id
), alike AS (
    SELECT a.part, b.part AS other_part, sum(anthology.abstract_similarity(a.document, b.document)) AS sum,
        abs(avg(a.year) - avg(b.year)) AS years, avg(a.rank) - avg(b.rank) AS ranks, sign(avg(a.year) - avg(b.year)) AS later
    FROM part a CROSS JOIN part b WHERE a.own AND b.own GROUP BY a.part, b.part
)
SELECT e.signal, count(*) AS parts,
    count(*) FILTER (WHERE abs(e.value - CASE e.signal WHEN 'texts' THEN ab.sum / sqrt(aa.sum * bb.sum) WHEN 'years apart' THEN ab.years
        WHEN 'ranks apart' THEN abs(ab.ranks) ELSE ab.ranks * ab.later END) > 1e-4) AS differ
FROM anthology.split_evidence('anna-kovacs/unverified') e JOIN alike ab USING (part, other_part)
    JOIN alike aa ON (aa.part, aa.other_part) = (e.part, e.part) JOIN alike bb ON (bb.part, bb.other_part) = (e.other_part, e.other_part)
WHERE e.signal IN ('texts', 'years apart', 'ranks apart', 'rise of the rank') GROUP BY e.signal ORDER BY e.signal;
-- a page that stays whole: why, too; the sum is by how much it is below the threshold
SELECT e.part, e.other_part, sum(e.weight) > 0 AS whole,
    abs(sum(e.weight) + max(ln(m.probability / (1 - m.probability)))
        - max(e.weight) FILTER (WHERE e.signal = 'threshold')) < 1e-3 AS "adds up"
FROM anthology.split_evidence('tomas-dvorak') e,
    (SELECT max(m.probability)::float8 AS probability FROM anthology_internal.judge_mixed('tomas-dvorak', -1) m) m
GROUP BY e.part, e.other_part;
SELECT e.signal, e.detail FROM anthology.split_evidence('tomas-dvorak') e
WHERE e.signal IN ('papers', 'commonness of the name', 'papers of the weakest') ORDER BY e.signal;
-- the threshold is data: below it a page stays whole, at it comes apart
BEGIN;
UPDATE anthology.assignment_weight SET weight = 50 WHERE model = 'page' AND signal = 'threshold';
SELECT count(DISTINCT part) AS parts FROM anthology.suggest_split('anna-kovacs/unverified');
UPDATE anthology.assignment_weight SET weight = -50 WHERE model = 'page' AND signal = 'threshold';
SELECT count(DISTINCT part) AS parts FROM anthology.suggest_split('tomas-dvorak');
ROLLBACK;
SELECT * FROM anthology.split_evidence('nobody');
SELECT * FROM anthology.mixed_pages(NULL);
-- weights of 1.2, which had no threshold, give way to those of this version
BEGIN;
DELETE FROM anthology.assignment_weight WHERE model = 'page' AND signal = 'threshold';
UPDATE anthology.assignment_weight SET weight = 7;
SELECT anthology.create_tables();
SELECT model, count(*) FILTER (WHERE weight = 7) = count(*) AS kept, count(*) FILTER (WHERE weight = 7) = 0 AS new
FROM anthology.assignment_weight GROUP BY model ORDER BY model;
ROLLBACK;

-- the same to the last bit in whichever order the rows lie
CREATE TEMP TABLE before_move AS SELECT * FROM anthology_internal.judge_mixed(NULL, -1);
UPDATE anthology.paper SET number = number WHERE id < '2023';
UPDATE anthology.authorship SET affiliation = affiliation WHERE paper_id < '2023';
SELECT count(*) > 0 AS judged, count(*) FILTER (WHERE b.probability IS DISTINCT FROM m.probability OR b.part <> m.part
    OR b.confidence IS DISTINCT FROM m.confidence) AS differ
FROM before_move b FULL JOIN anthology_internal.judge_mixed(NULL, -1) m USING (person_id, paper_id);
