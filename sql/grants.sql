-- who may do what: a plain owner, a reader and an editor
SET client_min_messages = warning;
DROP EXTENSION IF EXISTS anthology CASCADE;
DROP SCHEMA IF EXISTS anthology CASCADE;
CREATE ROLE regress_anthology_owner;
CREATE ROLE regress_anthology_reader;
CREATE ROLE "regress_anthology Editor";
SELECT format('GRANT CREATE ON DATABASE %I TO regress_anthology_owner', current_database()) \gexec
SET ROLE regress_anthology_owner;
CREATE EXTENSION anthology;
SELECT anthology.create_tables();
RESET client_min_messages;
\set SHOW_CONTEXT never
SELECT count(*) FROM anthology.import_people('{ann-roe: {names: [{first: Ann, last: Roe}]}, bo-li: {names: [{first: Bo, last: Li}]}}');
SELECT count(*) FROM anthology.import_collection('<collection id="2024.test"><volume id="1"><meta><booktitle>B</booktitle><year>2024</year></meta><paper id="1"><title>T</title><author id="ann-roe"><first>Ann</first><last>Roe</last></author></paper></volume></collection>');
SELECT anthology.propose_reassignment('{2024.test-1.1}', 'ann-roe', 'bo-li') AS id \gset
INSERT INTO anthology.assignment_flag (paper_id, role, "position", credited_name, person_id, score, reason, evidence, suggested_person_id, facts)
    VALUES ('2024.test-1.1', 'author', 1, 'Ann Roe', 'ann-roe', 0.1, 'r', '[]', 'bo-li', 'f') RETURNING id AS flag \gset
SELECT anthology.grant_reader('regress_anthology_reader');
SELECT anthology.grant_editor('regress_anthology Editor');

-- a reader reads and previews
SET ROLE regress_anthology_reader;
SELECT paper_id FROM anthology.person_page('ann-roe');
SELECT paper_id, after_person_id FROM anthology.preview_reassignment(:id);
SELECT kind, status FROM anthology.reassignment;
SELECT anthology.apply_reassignment(:id);
SELECT anthology.set_orcid('bo-li', '0000-0002-1825-0097');
SELECT anthology.create_person('Cy', 'Day', degree => 'X');
UPDATE anthology.authorship SET explicit_person_id = 'bo-li';
SELECT anthology_internal.set_person('bo-li', '{}');
SELECT reason, status FROM anthology.assignment_flag;
SELECT anthology.review_flag(:flag, 'dismissed');
SELECT anthology.judge_new_assignments();

-- an editor corrects, by the functions alone, and cannot touch the record
SET ROLE "regress_anthology Editor";
SELECT anthology.apply_reassignment(:id);
SELECT anthology.undo_reassignment(:id) > 0 AS undone;
SELECT anthology.set_orcid('bo-li', '0000-0002-1825-0097') > 0 AS set;
SELECT anthology.create_person('Cy', 'Day', degree => 'X');
UPDATE anthology.authorship SET explicit_person_id = 'bo-li';
SELECT anthology.review_flag(:flag, 'confirmed', 'so it is') IS NOT NULL AS proposed;
SELECT status, reviewed_by = session_user AS session_user_is_recorded FROM anthology.assignment_flag;
SELECT anthology.judge_new_assignments();
UPDATE anthology.assignment_flag SET status = 'open';
DELETE FROM anthology.assignment_flag;
SELECT anthology_internal.decide_flag(:flag, 'dismissed', NULL);
SELECT anthology.flag_assignments();
UPDATE anthology.reassignment SET note = 'x';
DELETE FROM anthology.reassignment_item;
INSERT INTO anthology.person_change VALUES (1, 9, 'x', 'delete');
SELECT anthology.import_people('{}');
SELECT anthology_internal.change_persons(1);
RESET ROLE;
SELECT DISTINCT proposed_by = session_user AS session_user_is_recorded FROM anthology.reassignment;

-- only what is listed is granted: neither a function of one's own in the schema,
-- nor what the owner has taken away
SET ROLE regress_anthology_owner;
CREATE FUNCTION anthology.own_secret() RETURNS text LANGUAGE sql RETURN 'secret';
CREATE FUNCTION anthology.apply_reassignment(text) RETURNS text LANGUAGE sql RETURN 'secret, too';
REVOKE EXECUTE ON FUNCTION anthology.own_secret(), anthology.apply_reassignment(text) FROM PUBLIC;
RESET ROLE;
REVOKE EXECUTE ON FUNCTION anthology.load_directory(text, boolean), anthology.grant_editor(name),
    anthology.find_person(text, integer) FROM PUBLIC;
SET ROLE regress_anthology_owner;
SELECT anthology.grant_reader('regress_anthology_reader');
RESET ROLE;
SELECT anthology.grant_editor('regress_anthology Editor');
SELECT role, f AS may_call
FROM unnest('{regress_anthology_reader,regress_anthology Editor}'::name[]) AS role, unnest('{
    anthology.own_secret(), anthology.apply_reassignment(text), "anthology.load_directory(text, boolean)",
    "anthology.grant_editor(name)", "anthology.find_person(text,integer)",
    "anthology.apply_reassignment(bigint)", "anthology.preview_reassignment(bigint)",
    "anthology.name_slug(text)"}'::text[]) AS f
WHERE has_function_privilege(role, f, 'EXECUTE') ORDER BY 1, 2;

SET client_min_messages = warning;
DROP EXTENSION anthology CASCADE;
DROP OWNED BY regress_anthology_reader, "regress_anthology Editor" CASCADE;
DROP SCHEMA IF EXISTS anthology CASCADE;

-- where default privileges leave PUBLIC nothing, a reader can read all the same
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
SET ROLE regress_anthology_owner;
CREATE EXTENSION anthology;
SELECT anthology.create_tables();
SELECT count(*) FROM anthology.import_people('{ann-roe: {names: [{first: Ann, last: Roe}]}, bo-li: {names: [{first: Bo, last: Li}]}}');
SELECT count(*) FROM anthology.import_collection('<collection id="2024.test"><volume id="1"><meta><booktitle>B</booktitle><year>2024</year></meta><paper id="1"><title>T</title><author id="ann-roe"><first>Ann</first><last>Roe</last></author></paper></volume></collection>');
SELECT anthology.propose_reassignment('{2024.test-1.1}', 'ann-roe', 'bo-li') AS id \gset
SELECT anthology.grant_reader('regress_anthology_reader');
SELECT anthology.grant_editor('regress_anthology Editor');
SET ROLE regress_anthology_reader;
SELECT anthology.name_slug('Ann Roe'), 'Ann Roe' OPERATOR(anthology.~=) 'A. Roe' AS similar;
SELECT paper_id FROM anthology.person_page('ann-roe');
SELECT person_id FROM anthology.find_person('Ann Roe', 1);
SELECT count(*) AS findings FROM anthology.check_database() WHERE severity = 'error';
SELECT paper_id, after_person_id FROM anthology.preview_reassignment(:id);
SELECT length(anthology.preview_html(:id)) > 0 AS shown;
SELECT paper_id FROM anthology.search_papers('T');
SELECT anthology.apply_reassignment(:id);
SELECT anthology.import_people('{}');
SET ROLE "regress_anthology Editor";
SELECT anthology.apply_reassignment(:id);
SELECT anthology.load_directory('/');
RESET ROLE;

SET client_min_messages = warning;
DROP EXTENSION anthology CASCADE;
ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON FUNCTIONS TO PUBLIC;
DROP OWNED BY regress_anthology_owner, regress_anthology_reader, "regress_anthology Editor" CASCADE;
DROP ROLE regress_anthology_owner, regress_anthology_reader, "regress_anthology Editor";
CREATE EXTENSION anthology;
