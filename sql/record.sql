-- record: who decided, that nobody alters it, and what is noticed if somebody does
SET client_min_messages = warning;
DROP EXTENSION IF EXISTS anthology CASCADE;
DROP SCHEMA IF EXISTS anthology CASCADE;
CREATE EXTENSION anthology;
SELECT anthology.create_tables();
RESET client_min_messages;
\set SHOW_CONTEXT never
BEGIN;
CREATE ROLE regress_anthology_worker;
SELECT anthology.grant_editor('regress_anthology_worker');
SELECT anthology.create_person('Nova', 'Quist', degree => 'X') AS person;

-- who: the login, the role set, and the person that the application tells
SET LOCAL ROLE regress_anthology_worker;
SET LOCAL anthology.session_person = 'alice@example.org';
SELECT anthology.add_name('nova-quist', 'N.', 'Quist') AS id \gset
SELECT anthology.propose_add_name('nova-quist', 'No', 'Quist') AS proposed \gset
SET LOCAL anthology.session_person = '';
RESET ROLE;
SELECT anthology.reject_reassignment(:proposed, 'no');
SELECT anthology.undo_reassignment(:id) AS undo \gset
SELECT kind, status, proposed_by = session_user AS by_login, proposed_role, proposed_for,
    decided_by = session_user AS decided_by_login, decided_role, decided_for
FROM anthology.reassignment ORDER BY id;
SELECT replace(by, session_user, 'login') AS by, kind FROM anthology.history('nova-quist') ORDER BY reassignment_id;

-- every decision is logged, in the order made
SELECT l.number - min(l.number) OVER () AS number, r.kind, l.status, length(l.hash) AS length
FROM anthology.correction_log l JOIN anthology.reassignment r ON r.id = l.reassignment_id ORDER BY 1;
SELECT * FROM anthology.check_record();
SELECT number AS last, hash FROM anthology.correction_log ORDER BY number DESC LIMIT 1 \gset
SELECT * FROM anthology.check_record(:last, :'hash');
SELECT problem ~ 'is not the one known' FROM anthology.check_record(:last, 'beef');
SELECT problem ~ 'is not the one known' FROM anthology.check_record(:last + 1, :'hash');

-- nothing of it can be changed
SAVEPOINT s;
UPDATE anthology.reassignment SET decided_by = 'somebody else';
ROLLBACK TO s;
UPDATE anthology.reassignment SET status = 'proposed';
ROLLBACK TO s;
DELETE FROM anthology.person_change;
ROLLBACK TO s;
DELETE FROM anthology.correction_log;
ROLLBACK TO s;
TRUNCATE anthology.reassignment_item;
ROLLBACK TO s;

-- nor unnoticed with the triggers off
ALTER TABLE anthology.reassignment DISABLE TRIGGER keep_record;
UPDATE anthology.reassignment SET decided_by = 'somebody else' WHERE id = :id;
SELECT reassignment_id - :id AS id, problem FROM anthology.check_record() ORDER BY 1, 2;
ROLLBACK TO s;
ALTER TABLE anthology.correction_log DISABLE TRIGGER USER;
DELETE FROM anthology.correction_log WHERE number = :last - 1;
ALTER TABLE anthology.correction_log ENABLE TRIGGER USER;
SELECT reassignment_id - :id AS id, regexp_replace(problem, '\d+', 'N') AS problem FROM anthology.check_record() ORDER BY 1, 2;
ROLLBACK;
