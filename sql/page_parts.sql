-- what a page's dialog shows of the judging: page_parts, suggest_owners
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

-- a page with two persons, and one with one
SELECT part, papers, years, coauthors, confidence BETWEEN 0 AND 1 AS confident, mixed > 0.5 AS mixed, reason FROM anthology.page_parts('anna-kovacs/unverified');
SELECT part, papers, mixed < 0.5 AS whole, reason FROM anthology.page_parts('mei-lin-edinburgh');
SELECT count(*) AS pages, count(*) FILTER (WHERE parts <> (SELECT count(DISTINCT s.part) FROM anthology.suggest_split(p.id) s)
    OR papers IS DISTINCT FROM (SELECT array_agg(s.paper_id ORDER BY s.paper_id) FROM anthology.suggest_split(p.id) s)) AS differ
FROM anthology.person p, LATERAL (SELECT count(DISTINCT g.part) AS parts, array_agg(i.id ORDER BY i.id) AS papers
                                  FROM anthology.page_parts(p.id) g, unnest(g.paper_ids) AS i(id)) g;
-- where the name stands among the authors is said if it differs much
BEGIN;
UPDATE anthology.authorship SET "position" = 50 WHERE person_id = 'anna-kovacs/unverified'
    AND paper_id IN (SELECT unnest(paper_ids) FROM anthology.page_parts('anna-kovacs/unverified') WHERE part = 1);
SELECT part, papers, substring(reason FROM 'places of the name[^;]*') AS said FROM anthology.page_parts('anna-kovacs/unverified');
ROLLBACK;
SELECT * FROM anthology.page_parts('nobody');

-- whose the papers of Edinburgh's Mei Lin on the page of Fudan's are: the mean over the papers
SELECT owner_id, name, current, papers, reason FROM anthology.suggest_owners('{2024.demo-long.3}', 'mei-lin', 3);
SELECT count(*) AS owners, count(*) FILTER (WHERE abs(o.score - s.score) > 1e-4) AS differ
FROM anthology.suggest_owners('{2024.demo-long.3}', 'mei-lin', 9) o JOIN anthology.suggest_persons('2024.demo-long.3', 1, 9) s ON s.person_id = o.owner_id;
SELECT owner_id, current, abs(score - (SELECT 1 / (1 + exp(-avg(ln(j.score / (1 - j.score)))))
    FROM unnest('{2024.demo-long.2,2023.demo-long.2}'::text[]) AS i(id), anthology.judge_candidates(i.id, ARRAY[o.owner_id]) j)) < 1e-4 AS mean
FROM anthology.suggest_owners('{2024.demo-long.2,2023.demo-long.2}', 'mei-lin', 3) o;
SELECT count(*) FROM anthology.suggest_owners('{}', 'mei-lin');
SELECT * FROM anthology.suggest_owners('{2024.demo-long.3}', 'nobody');
SELECT * FROM anthology.suggest_owners('{2024.demo-long.3}', 'mei-lin', 0);
