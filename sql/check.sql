-- check: empty where all is well, and what each kind of trouble looks like
\set SHOW_CONTEXT never
SET client_min_messages = warning;
DROP EXTENSION IF EXISTS anthology CASCADE;
DROP SCHEMA IF EXISTS anthology CASCADE;
CREATE EXTENSION anthology;
-- without the tables nothing is wrong
SELECT * FROM anthology.check_database();
SELECT anthology.create_tables();
SELECT * FROM anthology.check_database();

-- what create_tables() says it makes is what it makes, all with a comment
CREATE TEMP VIEW made_part AS
    SELECT c.relname::text AS table_name, 'table' AS kind, NULL::text AS name, obj_description(c.oid, 'pg_class') AS comment
    FROM pg_class c WHERE c.relnamespace = 'anthology'::regnamespace AND c.relkind IN ('r', 'p')
    UNION ALL
    SELECT c.relname, 'column', a.attname, col_description(c.oid, a.attnum)
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE c.relnamespace = 'anthology'::regnamespace AND c.relkind IN ('r', 'p')
    UNION ALL
    SELECT c.relname, CASE WHEN i.indisunique THEN 'unique index' ELSE 'index' END, x.relname, NULL
    FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_class x ON x.oid = i.indexrelid
    WHERE c.relnamespace = 'anthology'::regnamespace AND c.relkind IN ('r', 'p')
        AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid)
    UNION ALL
    SELECT c.relname, 'trigger', t.tgname, NULL
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE c.relnamespace = 'anthology'::regnamespace AND NOT t.tgisinternal
    UNION ALL
    SELECT c.relname, 'view', NULL, obj_description(c.oid, 'pg_class')
    FROM pg_class c WHERE c.relnamespace = 'anthology'::regnamespace AND c.relkind = 'v'
    UNION ALL
    SELECT c.relname, 'view column', a.attname, col_description(c.oid, a.attnum)
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
    WHERE c.relnamespace = 'anthology'::regnamespace AND c.relkind = 'v';
CREATE TEMP VIEW said_part AS
    SELECT table_name, kind, name, comment FROM anthology_internal.table_parts() WHERE kind NOT IN ('constraint', 'default');
(TABLE made_part EXCEPT TABLE said_part) UNION ALL (TABLE said_part EXCEPT TABLE made_part);
SELECT * FROM made_part WHERE comment IS NULL AND kind IN ('table', 'column');
SELECT * FROM anthology_internal.missing_table_parts();

SELECT count(*) FROM anthology.import_people('{ann-roe: {names: [{first: Ann, last: Roe}]}, ann-roe-mit: {names: [{first: Anna, last: Roe}]}, bo-li: {names: [{first: Bo, last: Li}]}}');
SELECT count(*) FROM anthology.import_collection('<collection id="2024.test"><volume id="1"><meta><booktitle>B</booktitle><year>2024</year></meta>
<paper id="1"><title>On parsing</title><author><first>Ann</first><last>Roe</last></author><author><first>Bo</first><last>Li</last></author></paper>
<paper id="2"><title>On parsing again</title><author><first>Ann</first><last>Roe</last></author><author><first>Bo</first><last>Li</last></author></paper>
<paper id="3"><title>Speech</title><author><first>Cy</first><last>Day</last></author></paper>
</volume></collection>'::xml);
SELECT anthology.flag_assignments();
SELECT anthology.reassign_papers('{2024.test-1.1}', 'ann-roe', 'ann-roe-mit') AS applied \gset
SELECT * FROM anthology.check_database();
SELECT anthology.undo_reassignment(:applied) IS NOT NULL AS undone;
SELECT anthology.propose_reassignment('{2024.test-1.2}', 'ann-roe', 'ann-roe-mit') AS proposed \gset
CREATE TABLE public.scholar (name text, slug text GENERATED ALWAYS AS (anthology.name_slug('', name)) STORED);
INSERT INTO public.scholar VALUES ('Ann Roe');
CREATE INDEX scholar_name ON public.scholar USING anthology_names (name);
CREATE INDEX scholar_normal ON public.scholar (anthology.name_normalize(name));
CREATE MATERIALIZED VIEW public.scholar_slug AS SELECT anthology.name_slug('', name) FROM public.scholar;
SELECT * FROM anthology.check_database();
\pset format unaligned
\pset tuples_only on

-- another ICU: whatever holds what ours returned is listed
BEGIN;
CREATE OR REPLACE FUNCTION anthology.icu_version() RETURNS text LANGUAGE sql STABLE STRICT PARALLEL SAFE AS $$ SELECT '1.0 (Unicode 2.0)' $$;
SELECT c.subject, c.severity, replace(c.message, i.stored, '<stored>'), c.hint
FROM anthology.check_database() c, (SELECT icu_version FROM anthology.corpus_state) AS i(stored);
ROLLBACK;

-- another library, another encoding
BEGIN;
UPDATE pg_extension SET extversion = '0.9' WHERE extname = 'anthology';
SELECT subject, severity, replace(message, anthology.library_version(), '<library>'), hint FROM anthology.check_database();
ROLLBACK;
BEGIN;
UPDATE pg_database SET encoding = pg_char_to_encoding('LATIN1') WHERE datname = current_database();
SELECT replace(subject, quote_ident(current_database()), '<database>'), severity, message, hint FROM anthology.check_database();
ROLLBACK;

-- indexes that cannot be used
BEGIN;
UPDATE pg_index SET indisvalid = false
WHERE indexrelid IN ('scholar_name'::regclass, 'scholar_normal'::regclass, 'anthology.authorship_slug'::regclass);
SELECT * FROM anthology.check_database();
ROLLBACK;

-- what is missing
BEGIN;
DROP TABLE anthology.document_change;
ALTER TABLE anthology.assignment_flag DROP COLUMN facts, DROP COLUMN evidence;
SELECT * FROM anthology.check_database();
ROLLBACK;
BEGIN;
DROP INDEX anthology.person_name_full_name, anthology.authorship_slug, anthology.paper_document;
DROP TRIGGER document_delete ON anthology.paper;
SELECT * FROM anthology.check_database();
SELECT anthology.create_tables();
SELECT * FROM anthology.check_database();
ROLLBACK;
BEGIN;
ALTER TABLE anthology.paper DISABLE TRIGGER document_update;
ALTER TABLE anthology.authorship DISABLE TRIGGER anthology_flag_insert;
DROP TRIGGER anthology_flag_update ON anthology.authorship;
ALTER TABLE anthology.assignment_flag ADD CONSTRAINT scored CHECK (score >= 0) NOT VALID;
SELECT * FROM anthology.check_database();
ROLLBACK;
BEGIN;
ALTER TABLE anthology.reassignment_item DISABLE TRIGGER ALL;
SELECT subject, severity, regexp_replace(message, '\d+', 'N', 'g'), hint FROM anthology.check_database();
ROLLBACK;

-- statistics
BEGIN;
INSERT INTO anthology.paper (id, volume_id, number, title) SELECT '2024.test-1.' || i, '2024.test-1', i, 'T' FROM generate_series(10, 12) i;
SELECT * FROM anthology.check_database();
SELECT anthology.refresh_term_statistics();
SELECT * FROM anthology.check_database();
DELETE FROM anthology.term_count_state;
SELECT * FROM anthology.check_database();
ROLLBACK;
BEGIN;
SET LOCAL session_replication_role = replica;
DELETE FROM anthology.authorship WHERE paper_id = '2024.test-1.3';
DELETE FROM anthology.paper WHERE id = '2024.test-1.3';
SELECT * FROM anthology.check_database();
ROLLBACK;
BEGIN;
INSERT INTO anthology.paper (id, volume_id, number, title) SELECT '2024.test-1.' || i, '2024.test-1', i, 'T' FROM generate_series(10, 1010) i;
SELECT anthology.refresh_term_statistics();
SELECT * FROM anthology.check_database();
ANALYZE anthology.paper, anthology.authorship, anthology.person, anthology.person_name;
SELECT * FROM anthology.check_database();
ROLLBACK;
BEGIN;
DELETE FROM anthology.assignment_weight WHERE model = 'name';
SELECT subject, severity, message <> '', hint FROM anthology.check_database();
ROLLBACK;

-- names and persons
BEGIN;
SET LOCAL session_replication_role = replica;
UPDATE anthology.authorship SET explicit_person_id = 'nobody', person_id = NULL WHERE paper_id = '2024.test-1.3';
SELECT * FROM anthology.check_database();
UPDATE anthology.authorship SET person_id = 'nobody' WHERE paper_id = '2024.test-1.3';
SELECT * FROM anthology.check_database(false);
ROLLBACK;
BEGIN;
SET LOCAL session_replication_role = replica;
UPDATE anthology.authorship SET person_id = 'bo-li' WHERE paper_id = '2024.test-1.3';
SELECT * FROM anthology.check_database();
SELECT * FROM anthology.check_database(false);
SELECT anthology.rebuild_slugs();
SELECT * FROM anthology.check_database();
ROLLBACK;

-- what waits for somebody
SELECT count(*) FROM anthology.import_people('{no-names: {degree: X}, bad-name: {names: [{first: Only}]}}');
SELECT * FROM anthology.check_database();
DELETE FROM anthology.load_problem;
BEGIN;
INSERT INTO anthology.load_problem (kind, file, place, reason) VALUES ('file', 'xml/1.xml', NULL, 'r'), ('correction', NULL, 'p', 'r'), ('resolution', NULL, 'q', 'r');
INSERT INTO anthology.assignment_unjudged VALUES ('anthology.authorship', '2024.test-1.3', 'author', 1, 'Cy Day', 'cy-day/unverified', 0.05);
SELECT * FROM anthology.check_database();
SELECT anthology.judge_new_assignments() >= 0;
SELECT * FROM anthology.check_database();
ROLLBACK;
BEGIN;
INSERT INTO anthology.assignment_flag (id, paper_id, role, "position", credited_name, person_id, score, reason, evidence, facts)
    OVERRIDING SYSTEM VALUE
    SELECT i, '2024.test-1.' || i, 'author', 1, 'Cy Day', 'cy-day/unverified', 0, 'r', '[]', i FROM generate_series(2, 4) i;
SELECT * FROM anthology.check_database();
ROLLBACK;
BEGIN;
SET LOCAL session_replication_role = replica;
UPDATE anthology.reassignment SET page_seen = '{2024.test-1.2}' WHERE id = :proposed;
SET LOCAL session_replication_role = origin;
SELECT * FROM anthology.check_database();
SELECT anthology.reject_reassignment(:proposed);
SELECT * FROM anthology.check_database();
ROLLBACK;

-- documents of another version
BEGIN;
SET LOCAL session_replication_role = replica;
UPDATE anthology.corpus_state SET document_version = 1;
SET LOCAL session_replication_role = origin;
SELECT * FROM anthology.check_database();
SELECT anthology.rebuild_documents();
SELECT * FROM anthology.check_database();
ROLLBACK;

-- the record changed by hand
BEGIN;
SET LOCAL session_replication_role = replica;
UPDATE anthology.reassignment SET decided_by = NULL WHERE id = :applied;
DELETE FROM anthology.reassignment_item WHERE reassignment_id = :applied + 1;
UPDATE anthology.reassignment SET status = 'applied', decided_by = 'me', decided_at = now() WHERE id = :proposed;
DELETE FROM anthology.correction_log WHERE number = 1;
SELECT * FROM anthology.check_database();
ROLLBACK;

-- as who may only read
CREATE ROLE regress_anthology_watcher;
SELECT anthology.grant_reader('regress_anthology_watcher');
SET ROLE regress_anthology_watcher;
SELECT * FROM anthology.check_database();
RESET ROLE;
DROP OWNED BY regress_anthology_watcher;
DROP ROLE regress_anthology_watcher;
SELECT * FROM anthology.check_database();
-- the name is not reserved, and the older one, which is, works too
SET search_path = anthology;
SELECT * FROM check_database();
SELECT * FROM "check"();
RESET search_path;
DROP TABLE public.scholar CASCADE;
