-- counts of terms copied from another server: export_term_statistics, import_term_statistics
SET client_min_messages = warning;
SELECT anthology.create_tables();
RESET client_min_messages;
BEGIN;
DELETE FROM anthology.term_count_state;
SAVEPOINT s;
SELECT anthology.export_term_statistics();
ROLLBACK TO s;

-- the server that counts
INSERT INTO anthology.collection VALUES ('2031.copy', '');
INSERT INTO anthology.volume (id, collection_id, number) VALUES ('2031.copy-1', '2031.copy', '1');
INSERT INTO anthology.paper (id, volume_id, number, title, abstract)
    SELECT '2031.copy-1.' || i, '2031.copy-1', i, 'parsing study ' || i,
        CASE WHEN i % 3 = 0 THEN NULL WHEN i % 3 = 1 THEN 'A parser for treebanks. ' || i ELSE 'parsing with "pre-training"' END
    FROM generate_series(1, 60) i;
SELECT anthology.refresh_term_statistics() > 0 AS counted;
CREATE TEMP TABLE kept AS
    SELECT anthology.export_term_statistics() AS counts, anthology.abstract_rank('pars:1 treebank:2', 'pars & treebank') AS rank,
        ARRAY(SELECT t FROM anthology.term_statistics t ORDER BY term) AS terms, (SELECT length FROM anthology.term_count_state) AS length;
SELECT counts ->> 'documents' = (SELECT count(*)::text FROM anthology.paper) AS documents, json_array_length(counts -> 'terms') > 60 AS terms FROM kept;

-- one without papers
SET LOCAL client_min_messages = warning;
TRUNCATE anthology.paper CASCADE;
RESET client_min_messages;
SELECT count(*) FROM anthology.term_count_state;
SELECT anthology.import_term_statistics(counts) = json_array_length(counts -> 'terms') AS all_of_them FROM kept;
SELECT anthology.abstract_rank('pars:1 treebank:2', 'pars & treebank') = rank AS same_rank,
       ARRAY(SELECT t FROM anthology.term_statistics t ORDER BY term) = terms AS same_terms, s.length = kept.length AS same_length, imported_at IS NOT NULL AS imported
FROM kept, anthology.term_count_state s;
-- nothing empties them, nor says that something should
SELECT * FROM anthology_internal.check_statistics() WHERE subject = 'term statistics';
SELECT anthology.refresh_term_statistics();
SAVEPOINT s;
SELECT anthology.refresh_term_statistics(true);
ROLLBACK TO s;
INSERT INTO anthology.paper (id, volume_id, number, title) VALUES ('2031.copy-1.1', '2031.copy-1', 1, 'grammar');
TRUNCATE anthology.paper CASCADE;
INSERT INTO anthology.paper (id, volume_id, number, title) VALUES ('2031.copy-1.1', '2031.copy-1', 1, 'grammar');
SELECT count(*) FROM anthology.document_change;
SELECT * FROM anthology_internal.check_statistics() WHERE subject = 'term statistics';
SELECT count(*) > 60 AS kept FROM anthology.term_statistics;
-- imported again, as they were and as they are
SELECT anthology.import_term_statistics(counts) > 60 AS again FROM kept;
\set VERBOSITY terse
SELECT anthology.import_term_statistics(jsonb_set(counts::jsonb, '{icu_version}', '"1.0"')::json) > 60 AS of_another_icu FROM kept;
-- unless the papers here are to be counted
SELECT anthology.refresh_term_statistics(true);
SELECT imported_at, (SELECT count(*) FROM anthology.term_statistics) AS terms FROM anthology.term_count_state;

-- refused
SAVEPOINT s;
SELECT anthology.import_term_statistics('[1]');
ROLLBACK TO s;
SELECT anthology.import_term_statistics('{"documents": 1}');
ROLLBACK TO s;
SELECT anthology.import_term_statistics(NULL);

-- Citus: what must be local is found by its catalog
SET LOCAL allow_system_table_mods = on;
CREATE TABLE pg_catalog.pg_dist_partition (logicalrelid regclass);
INSERT INTO pg_catalog.pg_dist_partition VALUES ('anthology.term_statistics'), ('anthology.venue'), ('anthology.person'), ('pg_class');
SELECT * FROM anthology_internal.check_statistics() WHERE subject = 'tables';
ROLLBACK;
