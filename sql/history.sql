-- the record, as a person reads it
SET client_min_messages = warning;
DROP EXTENSION IF EXISTS anthology CASCADE;
DROP SCHEMA IF EXISTS anthology CASCADE;
CREATE EXTENSION anthology;
SELECT anthology.create_tables();
RESET client_min_messages;
SELECT count(*) FROM anthology.import_people('{ann-roe: {names: [{first: Ann, last: Roe}]}, bo-li: {names: [{first: Bo, last: Li}]}}');
SELECT count(*) FROM anthology.import_collection('<collection id="2024.test"><volume id="1"><meta><booktitle>B</booktitle><year>2024</year></meta><paper id="1"><title>T</title><author id="ann-roe"><first>Ann</first><last>Roe</last></author></paper><paper id="2"><title>T</title><author><first>Cy</first><last>Day</last></author></paper></volume></collection>');
SELECT anthology.reassign_papers('{2024.test-1.1}', 'ann-roe', 'bo-li', 'the PDF says so') > 0 AS done;
SELECT anthology.undo_reassignment(1, note => 'it does not') > 0 AS done;
SELECT anthology.create_person('Cy', 'Day', degree => 'Uni');
SELECT anthology.reject_reassignment(anthology.propose_set_orcid('bo-li', '0000-0002-1825-0097', 'asked by mail'), 'not his');
SELECT anthology.set_orcid('bo-li', '0000-0002-1694-233X') > 0 AS done;
SELECT anthology.merge_persons('cy-day', 'bo-li', 'pen name') > 0 AS done;
SELECT reassignment_id AS id, at IS NOT NULL AS at, by = current_user AS by, kind, status, what, why FROM anthology.history('bo-li');
SELECT reassignment_id AS id, kind, status, what, why FROM anthology.history('cy-day');
SELECT reassignment_id AS id, kind, status, credited_name, before_person_id, after_person_id, cause, why FROM anthology.history_of_paper('2024.test-1.1');
SELECT reassignment_id AS id, kind, status, credited_name, before_person_id, after_person_id, cause, why FROM anthology.history_of_paper('2024.test-1.2');
SELECT count(*) FROM anthology.history('nobody');

-- an id that was two persons': each has its own record, by whatever id
SELECT anthology.create_person('Ed', 'Fay', degree => 'Oslo');
SELECT anthology.rename_person('ed-fay', 'ed-fay-oslo') > 0 AS renamed;
SELECT anthology.rename_person('ed-fay-oslo', 'ed-fay-uio') > 0 AS renamed;
SELECT kind, what FROM anthology.history('ed-fay');
SELECT anthology.create_person('Ed', 'Fay', degree => 'Rome');
SELECT anthology.add_name('ed-fay', 'E.', 'Fay') > 0 AS added;
SELECT kind, what FROM anthology.history('ed-fay');
SELECT kind, what FROM anthology.history('ed-fay-uio');
SELECT count(*) FROM (SELECT * FROM anthology.history('ed-fay-oslo') EXCEPT SELECT * FROM anthology.history('ed-fay-uio')) x;
-- renamed back
SELECT anthology.rename_person('ed-fay-uio', 'ed-fay-oslo') > 0 AS renamed;
SELECT count(*), count(DISTINCT reassignment_id) FROM anthology.history('ed-fay-oslo');
SELECT anthology.present_id('ed-fay-uio'), anthology.present_id('ed-fay');
