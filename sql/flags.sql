-- flag_suspicious_assignment, flag_assignments, review_flag: threshold 1 has
-- everything flagged, threshold 0 nothing, whatever the scores are
\set SHOW_CONTEXT never
SET client_min_messages = warning;
DROP EXTENSION IF EXISTS anthology CASCADE;
DROP SCHEMA IF EXISTS anthology CASCADE;
CREATE EXTENSION anthology;
SELECT anthology.flag_assignments();
SELECT anthology.create_tables();
RESET client_min_messages;
SELECT count(*) FROM anthology.import_people('{ann-roe: {names: [{first: Ann, last: Roe}]}, ann-roe-mit: {names: [{first: Anna, last: Roe}]}, bo-li: {names: [{first: Bo, last: Li}]}}');
SELECT count(*) FROM anthology.import_collection('<collection id="2024.test"><volume id="1"><meta><booktitle>B</booktitle><year>2024</year></meta>
<paper id="1"><title>On parsing</title><author><first>Ann</first><last>Roe</last></author><author><first>Bo</first><last>Li</last></author></paper>
<paper id="2"><title>On parsing again</title><author><first>Ann</first><last>Roe</last></author><author><first>Bo</first><last>Li</last></author></paper>
<paper id="3"><title>Speech</title><author><first>Cy</first><last>Day</last></author></paper>
<paper id="4"><title>More speech</title></paper>
</volume></collection>'::xml);
CREATE VIEW pg_temp.flag AS
    SELECT source, paper_id, role, "position", credited_name, person_id, status, score BETWEEN 0 AND 1 AS scored,
        reason <> '' AS reasoned, jsonb_typeof(evidence) AS evidence, review_note, reassignment_id IS NOT NULL AS proposed
    FROM anthology.assignment_flag ORDER BY id;

-- on and off
SELECT anthology.flag_assignments(threshold => 1);
SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid = 'anthology.authorship'::regclass AND NOT tgisinternal ORDER BY tgname COLLATE "C";
INSERT INTO anthology.authorship (paper_id, role, "position", first, last, person_id) VALUES ('2024.test-1.4', 'author', 1, 'Ann', 'Roe', 'ann-roe');
TABLE pg_temp.flag;
SELECT anthology.flag_assignments('flag', 0);
UPDATE anthology.authorship SET first = 'A.' WHERE paper_id = '2024.test-1.2' AND "position" = 1;
SELECT anthology.flag_assignments('off');
UPDATE anthology.authorship SET first = 'Ann' WHERE paper_id = '2024.test-1.2' AND "position" = 1;
SELECT count(*) FROM pg_temp.flag;
SELECT count(*) FROM pg_trigger WHERE tgrelid = 'anthology.authorship'::regclass AND NOT tgisinternal;

-- settings are changed where the triggers are: nothing is dropped, and readers need not wait
SELECT anthology.flag_assignments('flag', 1);
SELECT string_agg(oid::text, ' ' ORDER BY oid) AS triggers FROM pg_trigger WHERE tgrelid = 'anthology.authorship'::regclass AND NOT tgisinternal \gset
BEGIN;
SELECT anthology.flag_assignments('reject', 0.5);
SELECT mode FROM pg_locks WHERE relation = 'anthology.authorship'::regclass AND pid = pg_backend_pid() AND mode = 'AccessExclusiveLock';
SELECT string_agg(oid::text, ' ' ORDER BY oid) = :'triggers' AS same, count(*) FILTER (WHERE pg_get_triggerdef(oid) LIKE '%(''0.5'', ''reject'')%') AS set
FROM pg_trigger WHERE tgrelid = 'anthology.authorship'::regclass AND NOT tgisinternal;
ROLLBACK;
SELECT anthology.flag_assignments('off');

-- dismissed, it does not come back until the facts change
SELECT anthology.flag_assignments(threshold => 1);
SELECT anthology.review_flag(max(id), 'dismissed', 'it is hers') FROM anthology.assignment_flag;
DELETE FROM anthology.authorship WHERE paper_id = '2024.test-1.4';
INSERT INTO anthology.authorship (paper_id, role, "position", first, last, person_id) VALUES ('2024.test-1.4', 'author', 1, 'Ann', 'Roe', 'ann-roe');
SELECT paper_id, person_id, status, review_note FROM pg_temp.flag;
UPDATE anthology.paper SET title = 'No speech' WHERE id = '2024.test-1.4';
UPDATE anthology.authorship SET affiliation = 'MIT' WHERE paper_id = '2024.test-1.4';
SELECT count(*) FROM pg_temp.flag;
UPDATE anthology.authorship SET first = 'Anna' WHERE paper_id = '2024.test-1.4';
SELECT paper_id, credited_name, person_id, status FROM pg_temp.flag;

-- changed before anybody reviewed it: settled
UPDATE anthology.authorship SET person_id = 'bo-li' WHERE paper_id = '2024.test-1.4';
UPDATE anthology.authorship SET person_id = 'ann-roe', first = 'Ann' WHERE paper_id = '2024.test-1.4';
SELECT paper_id, credited_name, person_id, status FROM pg_temp.flag;

-- confirmed, it stages the proposal, which is applied like another
UPDATE anthology.assignment_flag SET suggested_person_id = 'ann-roe-mit' WHERE status = 'open';
SELECT anthology.review_flag(id, 'confirmed', 'see the PDF') IS NOT NULL AS proposed FROM anthology.assignment_flag WHERE status = 'open';
SELECT r.kind, r.status, r.from_person_id, r.to_person_id, r.paper_ids, r.note LIKE 'flag %; see the PDF' AS noted
FROM anthology.assignment_flag f JOIN anthology.reassignment r ON r.id = f.reassignment_id;
SELECT anthology.flag_assignments('off');
SELECT anthology.apply_reassignment(reassignment_id) > 0 AS applied FROM anthology.assignment_flag WHERE status = 'confirmed';
SELECT person_id FROM anthology.authorship WHERE paper_id = '2024.test-1.4';

-- what cannot be reviewed
SELECT anthology.review_flag(min(id), 'confirmed') FROM anthology.assignment_flag;
SELECT anthology.review_flag(0, 'confirmed');
SELECT anthology.review_flag(1, 'open');
SELECT anthology.review_flag(1, NULL);
SELECT anthology.review_flag(NULL, 'confirmed');

-- rejected: nothing is changed
SELECT anthology.flag_assignments('reject', 1);
UPDATE anthology.authorship SET person_id = 'bo-li' WHERE paper_id = '2024.test-1.4';
INSERT INTO anthology.authorship (paper_id, role, "position", first, last, person_id) VALUES ('2024.test-1.3', 'author', 2, 'Bo', 'Li', 'bo-li');
SELECT anthology.reassign_papers('{2024.test-1.3}', 'cy-day/unverified', 'bo-li');
-- a name of nobody is nothing to judge
INSERT INTO anthology.authorship (paper_id, role, "position", first, last) VALUES ('2024.test-1.3', 'author', 2, 'Di', 'Ash');
SELECT anthology.flag_assignments('off');

-- many at once wait to be judged
TRUNCATE anthology.assignment_flag;
SELECT anthology.flag_assignments(threshold => 1);
INSERT INTO anthology.authorship (paper_id, role, "position", first, last, person_id) SELECT '2024.test-1.4', 'author', n, 'Bo', 'Li', 'bo-li' FROM generate_series(2, 61) AS n;
SELECT count(*) FROM anthology.assignment_flag;
DELETE FROM anthology.authorship WHERE paper_id = '2024.test-1.4' AND "position" > 55;
SELECT anthology.judge_new_assignments();
SELECT count(*) FROM anthology.assignment_unjudged;
SELECT anthology.judge_new_assignments();
SELECT status, count(*) FROM anthology.assignment_flag GROUP BY status;
SELECT anthology.flag_assignments('off');
DELETE FROM anthology.authorship WHERE paper_id = '2024.test-1.4' AND "position" > 1;

-- a table of the user's own, with the same columns: by statement and by row
TRUNCATE anthology.assignment_flag;
CREATE TABLE public."my Names" ("position" smallint, paper_id varchar, role text, first text, last text, person_id varchar);
SELECT anthology.flag_assignments('flag', 1, 'public."my Names"');
INSERT INTO public."my Names" VALUES (1, '2024.test-1.1', 'author', 'Ann', 'Roe', 'ann-roe'), (2, '2024.test-1.1', 'author', NULL, 'Li', 'bo-li'),
    (1, 'nowhere', 'author', 'Ann', 'Roe', 'ann-roe'), (1, '2024.test-1.1', 'author', 'Ann', 'Roe', 'nobody'), (1, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public."my Names" SELECT 1, '2024.test-1.3', 'author', 'Cy', 'Day', 'bo-li' FROM generate_series(1, 2);
INSERT INTO public."my Names" SELECT 1, CASE WHEN n > 1 THEN '2024.test-1.3' END, 'author', 'Cy', 'Day', CASE WHEN n > 2 THEN 'ann-roe' END FROM generate_series(1, 60) AS n;
SELECT anthology.judge_new_assignments();
SELECT anthology.flag_assignments('off', "table" => 'public."my Names"');
CREATE TRIGGER by_row AFTER INSERT OR UPDATE ON public."my Names" FOR EACH ROW EXECUTE FUNCTION anthology.flag_suspicious_assignment(1, 'flag');
INSERT INTO public."my Names" VALUES (1, '2024.test-1.2', 'author', 'Ann', 'Roe', 'ann-roe');
UPDATE public."my Names" SET person_id = person_id;
UPDATE public."my Names" SET person_id = 'bo-li' WHERE paper_id = '2024.test-1.2';
SELECT source, paper_id, credited_name, person_id, status FROM pg_temp.flag ORDER BY 2, 3, 4;
SELECT anthology.review_flag(max(id), 'confirmed') IS NULL AS nothing_to_propose FROM anthology.assignment_flag;

-- tables whose triggers would not see all rows
CREATE TABLE public.by_year (paper_id text, role text, "position" int, first text, last text, person_id text) PARTITION BY LIST (role);
CREATE TABLE public.by_author PARTITION OF public.by_year FOR VALUES IN ('author');
CREATE TABLE public.parent (paper_id text);
CREATE TABLE public.heir () INHERITS (public.parent);
CREATE VIEW public.seen AS SELECT * FROM anthology.authorship;
SELECT anthology.flag_assignments("table" => 'public.by_year');
SELECT anthology.flag_assignments("table" => 'public.by_author');
SELECT anthology.flag_assignments("table" => 'public.parent');
SELECT anthology.flag_assignments("table" => 'public.seen');
BEGIN;
SET LOCAL allow_system_table_mods = on;
CREATE TABLE pg_catalog.pg_dist_partition (logicalrelid regclass);
INSERT INTO pg_catalog.pg_dist_partition VALUES ('public."my Names"');
SELECT anthology.flag_assignments("table" => 'public.heir') IS NOT NULL AS no_shards;
SELECT anthology.flag_assignments("table" => 'public."my Names"');
ROLLBACK;
DROP VIEW public.seen;
DROP TABLE public.by_year, public.parent, public.heir;

-- triggers made wrongly
CREATE FUNCTION pg_temp.try(statement text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE 'DROP TRIGGER by_row ON public."my Names"';
    EXECUTE 'CREATE TRIGGER by_row ' || statement;
    INSERT INTO public."my Names" VALUES (1, '2024.test-1.2', 'author', 'Ann', 'Roe', 'ann-roe');
END
$$;
SELECT pg_temp.try('BEFORE INSERT ON public."my Names" FOR EACH ROW EXECUTE FUNCTION anthology.flag_suspicious_assignment(1, ''flag'')');
SELECT pg_temp.try('AFTER INSERT ON public."my Names" FOR EACH STATEMENT EXECUTE FUNCTION anthology.flag_suspicious_assignment(1, ''flag'')');
SELECT pg_temp.try('AFTER INSERT ON public."my Names" FOR EACH ROW EXECUTE FUNCTION anthology.flag_suspicious_assignment(1)');
SELECT pg_temp.try('AFTER INSERT ON public."my Names" FOR EACH ROW EXECUTE FUNCTION anthology.flag_suspicious_assignment(2, ''flag'')');
SELECT pg_temp.try('AFTER INSERT ON public."my Names" FOR EACH ROW EXECUTE FUNCTION anthology.flag_suspicious_assignment(1, ''warn'')');
ALTER TABLE public."my Names" RENAME last TO family;
INSERT INTO public."my Names" VALUES (1, '2024.test-1.2', 'author', 'Ann', 'Roe', 'ann-roe');
SELECT anthology.flag_assignments('flag', 1, 'public."my Names"');
DROP TRIGGER by_row ON public."my Names";
INSERT INTO public."my Names" VALUES (1, '2024.test-1.2', 'author', 'Ann', 'Roe', 'ann-roe');
SELECT anthology.flag_assignments('warn');
SELECT anthology.flag_assignments(threshold => 2);
SELECT anthology.flag_suspicious_assignment();
DROP TABLE public."my Names";

-- the queue of what the scan finds, here also a person twice on a paper
TRUNCATE anthology.assignment_flag;
INSERT INTO anthology.authorship (paper_id, role, "position", first, last, person_id) VALUES ('2024.test-1.1', 'author', 3, 'Bo', 'Li', 'bo-li');
SELECT count(*) FROM anthology.suspicious_assignments(threshold => 0.95) \gset found_
SELECT anthology.queue_suspicious(0.95) = :found_count AS all, :found_count > 1 AS some;
SELECT count(*) AS differ FROM anthology.suspicious_assignments(threshold => 0.95) s
    FULL JOIN anthology.assignment_flag f ON (s.paper_id, s.role, s."position", s.person_id) = (f.paper_id, f.role, f."position", f.person_id)
WHERE (s.score, s.reason, s.kind, s.credited_name, s.suggested_person_id) IS DISTINCT FROM (f.score, f.reason, f.kind, f.credited_name, f.suggested_person_id);
SELECT kind, count(*) AS flags, bool_and(abs(score - 1 / (1 + exp(-e.sum))) < 1e-5) AS adds_up
FROM anthology.assignment_flag, LATERAL (SELECT sum((v ->> 'weight')::float8) FROM jsonb_array_elements(evidence) v) e
GROUP BY kind ORDER BY kind COLLATE "C";
SELECT anthology.queue_suspicious(0.95) AS twice;
-- dismissed, a finding stays quiet: in the scan, on the queue and from the trigger
SELECT anthology.review_flag(id, 'dismissed') FROM anthology.assignment_flag ORDER BY score LIMIT 1;
SELECT count(*) - :found_count AS less FROM anthology.suspicious_assignments(threshold => 0.95);
SELECT count(*) AS seen FROM anthology.suspicious_assignments(threshold => 0.95) s JOIN anthology.assignment_flag f USING (paper_id, role, "position", person_id)
WHERE f.status = 'dismissed';
SELECT anthology.queue_suspicious(0.95) AS dismissed;
SELECT anthology.flag_assignments('flag', 1);
UPDATE anthology.authorship a SET person_id = NULL FROM anthology.assignment_flag f
WHERE f.status = 'dismissed' AND (f.paper_id, f.role, f."position") = (a.paper_id, a.role, a."position");
UPDATE anthology.authorship a SET person_id = f.person_id FROM anthology.assignment_flag f
WHERE f.status = 'dismissed' AND (f.paper_id, f.role, f."position") = (a.paper_id, a.role, a."position");
SELECT anthology.flag_assignments('off');
SELECT count(*) AS flags_of_it FROM anthology.assignment_flag f JOIN anthology.assignment_flag d USING (paper_id, role, "position", person_id) WHERE d.status = 'dismissed';
-- until the facts change
UPDATE anthology.paper p SET title = title || ' anew' FROM anthology.assignment_flag f WHERE f.status = 'dismissed' AND p.id = f.paper_id;
SELECT count(*) > 0 AS seen FROM anthology.suspicious_assignments(threshold => 0.95) s JOIN anthology.assignment_flag f USING (paper_id, role, "position", person_id)
WHERE f.status = 'dismissed';
SELECT anthology.queue_suspicious(0.95) > 0 AS anew;
-- what was changed meanwhile is settled
UPDATE anthology.authorship a SET person_id = NULL FROM anthology.assignment_flag f
WHERE f.status = 'open' AND (f.paper_id, f.role, f."position") = (a.paper_id, a.role, a."position");
SELECT anthology.queue_suspicious(0.000001);
SELECT status, count(*) > 0 AS some FROM anthology.assignment_flag GROUP BY status ORDER BY status COLLATE "C";
SELECT anthology.queue_suspicious(2);
SELECT anthology.queue_suspicious(NULL);
SELECT anthology_internal.judge_waiting(0);

SET client_min_messages = warning;
DROP EXTENSION anthology CASCADE;
DROP SCHEMA anthology CASCADE;
CREATE EXTENSION anthology;
