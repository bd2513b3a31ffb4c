-- term statistics: counted whole, counted by what changed
SET client_min_messages = warning;
SELECT anthology.create_tables();
RESET client_min_messages;
BEGIN;
-- without statistics every word counts alike, and that is said once
DELETE FROM anthology.term_count_state;
SELECT anthology.abstract_similarity('a:1 b:2', 'a:1 c:2'), anthology.abstract_rank('a:1 b:2', 'a | b') > 0 AS ranked;

-- naive counts beside those that are stored
CREATE VIEW expected AS
    SELECT l.lexeme AS term, count(*)::integer AS documents,
        (count(*) FILTER (WHERE 'A' = ANY (l.weights) AND p.abstract <> ''))::integer AS titles,
        (count(*) FILTER (WHERE 'A' = ANY (l.weights) AND 'B' = ANY (l.weights)))::integer AS titles_repeated
    FROM anthology.paper p, unnest(p.document) l GROUP BY l.lexeme;
CREATE VIEW wrong AS
    SELECT term FROM (SELECT term COLLATE "C", documents, titles, titles_repeated FROM anthology.term_statistics) s
        FULL JOIN (SELECT term COLLATE "C", documents, titles, titles_repeated FROM expected) e USING (term)
    WHERE (s.documents, s.titles, s.titles_repeated) IS DISTINCT FROM (e.documents, e.titles, e.titles_repeated);
CREATE VIEW state AS
    SELECT s.documents, s.length = (SELECT sum(anthology_internal.document_length(document)) FROM anthology.paper) AS length_is_right,
        (SELECT count(*) FROM wrong) AS wrong, (SELECT count(*) FROM anthology.document_change) AS pending
    FROM anthology.term_count_state s;

INSERT INTO anthology.collection VALUES ('2031.stat', '');
INSERT INTO anthology.volume (id, collection_id, number) VALUES ('2031.stat-1', '2031.stat', '1');
INSERT INTO anthology.paper (id, volume_id, number, title, abstract)
    SELECT '2031.stat-1.' || i, '2031.stat-1', i, 'parsing study ' || i,
        CASE WHEN i % 3 = 0 THEN NULL WHEN i % 3 = 1 THEN 'A parser for treebanks. ' || i ELSE 'parsing with pre-training' END
    FROM generate_series(1, 60) i;
SELECT anthology.refresh_term_statistics() = (SELECT count(*) FROM anthology.paper) AS everything;
SELECT length_is_right, wrong, pending FROM state;
SELECT term, related FROM anthology.term_statistics WHERE term IN ('pars', 'studi') ORDER BY term;

-- a few changes are added and subtracted
UPDATE anthology.paper SET abstract = 'models of grammar' WHERE id = '2031.stat-1.1';
UPDATE anthology.paper SET number = 1000 WHERE id = '2031.stat-1.2';
DELETE FROM anthology.paper WHERE id = '2031.stat-1.3';
INSERT INTO anthology.paper (id, volume_id, number, title) VALUES ('2031.stat-1.99', '2031.stat-1', 99, 'grammar');
SELECT pending FROM state;
SELECT anthology.refresh_term_statistics();
SELECT length_is_right, wrong, pending FROM state;
SELECT anthology.refresh_term_statistics();

-- another statement sees other counts at once, also one after ROLLBACK TO
CREATE FUNCTION rank_now() RETURNS real LANGUAGE sql AS $$ SELECT anthology.abstract_rank('grammar:1', 'grammar') $$;
SELECT rank_now() AS before \gset
SAVEPOINT s;
INSERT INTO anthology.paper (id, volume_id, number, title)
    SELECT '2031.stat-1.' || i, '2031.stat-1', i, 'grammar' FROM generate_series(200, 230) i;
-- stale by more than a tenth
SELECT rank_now() = :'before'::real AS same;
SELECT anthology.refresh_term_statistics() > 80 AS everything;
SELECT rank_now() < :'before'::real AS less;
ROLLBACK TO s;
SELECT rank_now() = :'before'::real AS same;
SELECT length_is_right, wrong, pending FROM state;
TRUNCATE anthology.paper CASCADE;
SELECT count(*) FROM anthology.term_count_state;
ROLLBACK;

-- no tables at all
BEGIN;
ALTER TABLE anthology.term_count_state RENAME TO hidden;
SELECT anthology.abstract_similarity('a:1', 'a:1');
SELECT anthology.refresh_term_statistics();
ROLLBACK;
-- and who may not read them is told so
CREATE ROLE anthology_stranger;
GRANT USAGE ON SCHEMA anthology TO anthology_stranger;
SET ROLE anthology_stranger;
SELECT anthology.abstract_rank('a:1', 'a');
RESET ROLE;
REVOKE USAGE ON SCHEMA anthology FROM anthology_stranger;
DROP ROLE anthology_stranger;
