-- a correction as an issue, there and back
SET client_min_messages = warning;
DROP EXTENSION IF EXISTS anthology CASCADE;
DROP SCHEMA IF EXISTS anthology CASCADE;
CREATE EXTENSION anthology;
SELECT anthology.create_tables();
\set SHOW_CONTEXT never
\pset format unaligned
SELECT count(*) FROM anthology.import_people($$
bo-li: {names: [{first: Bo, last: Li}], orcid: 0000-0002-1825-0097}
matt-post: {names: [{first: Matt, last: Post}], degree: University of Rochester}
ann-lee: {names: [{first: Ann, last: Lee}], degree: Uni Oslo, disable_name_matching: true}
$$);
CREATE FUNCTION pg_temp.paper(id integer, VARIADIC authors text[]) RETURNS text LANGUAGE sql AS $$
    SELECT format('<paper id="%s"><title>Paper %s</title>%s</paper>', id, id, string_agg(
        format('<author%s><first>%s</first><last>%s</last></author>',
               ' id="' || NULLIF(split_part(a, '|', 3), '') || '"', split_part(a, '|', 1),
               split_part(a, '|', 2)), '' ORDER BY i))
    FROM unnest(authors) WITH ORDINALITY AS x(a, i)
$$;
SELECT count(*) FROM anthology.import_collection(xmlparse(DOCUMENT
    '<collection id="2024.test"><volume id="1"><meta><booktitle>B</booktitle><year>2024</year></meta>'
    || pg_temp.paper(1, 'Matt|Post') || pg_temp.paper(2, 'Matthew|Post', 'Bo|Li') || pg_temp.paper(3, 'Matthew J.|Post')
    || pg_temp.paper(4, 'Cy|Day') || pg_temp.paper(5, 'Cy|Day', 'Bo|Li') || pg_temp.paper(6, 'Cy|Day')
    || pg_temp.paper(7, 'Eve|Fox') || pg_temp.paper(8, 'E.|Fox') || pg_temp.paper(9, 'Ann|Lee|ann-lee') || pg_temp.paper(10, 'Ann|Lee')
    || pg_temp.paper(11, 'Gil|Roe') || '</volume></collection>'));

-- a proposal of every kind that the form knows
SELECT anthology.propose_verify_person('cy-day/unverified', '0000-0001-5109-3700', 'Uni Oslo', note => 'as asked') > 0 AS proposed;
SELECT anthology.propose_verify_person('cy-day/unverified', '0000-0001-5109-3700', 'Uni Oslo', only_papers => '{2024.test-1.4}') > 0 AS proposed;
SELECT anthology.propose_verify_person('cy-day/unverified', degree => 'Uni Oslo', except_papers => '{2024.test-1.4}') > 0 AS proposed;
SELECT anthology.propose_split_person('{2024.test-1.10}', 'ann-lee/unverified', '0000-0001-5109-3700', suffix => 'mit') > 0 AS proposed;
SELECT anthology.apply_reassignment(anthology.propose_split_person('{2024.test-1.6}', 'cy-day/unverified', degree => 'Uni Rome', suffix => 'rome'));
SELECT anthology.propose_reassignment('{2024.test-1.10}', 'ann-lee/unverified', 'bo-li') > 0 AS proposed;
SELECT anthology.propose_merge_persons('matthew-post/unverified', 'matt-post') > 0 AS proposed;
SELECT anthology.apply_reassignment(anthology.propose_merge_persons('matthew-j-post/unverified', 'matt-post'));
SELECT anthology.propose_change_name('bo-li', 'Bo', 'van der Day') > 0 AS proposed;
SELECT anthology.propose_add_name('bo-li', 'B.', 'Li') > 0 AS proposed;
-- there and back: what a correction's issue says is what the correction is
CREATE FUNCTION pg_temp.back(id bigint) RETURNS jsonb LANGUAGE sql AS $$
    SELECT anthology.issue_to_request(split_part(i, E'\n', 1), substr(i, strpos(i, E'\n') + 1)) - '{sources,remarks}'::text[]
    FROM anthology.correction_issue(id) AS i
$$;
SELECT anthology.propose_set_orcid('matt-post', '0000-0002-9079-593X') > 0 AS proposed;
SELECT anthology.propose_unlink_papers('{2024.test-1.9}', 'ann-lee') > 0 AS proposed;
SELECT r.id, r.kind, r.status, r.from_person_id, r.to_person_id, pg_temp.back(r.id) FROM anthology.reassignment r ORDER BY r.id;
SELECT anthology.correction_issue(min(id)) FROM anthology.reassignment;
SELECT title, labels, tick, address, left_out FROM anthology.correction_issue_form((SELECT min(id) FROM anthology.reassignment));
SELECT anthology.correction_issue(999);
SELECT anthology.correction_issue_form(999);
-- what does not fit into an address is named
SELECT anthology.propose_set_orcid('matt-post', '0000-0002-9079-593X', repeat('é', 2000)) AS long \gset
SELECT length(address), left_out, strpos(body, repeat('é', 2000)) > 0 AS whole FROM anthology.correction_issue_form(:long);
SELECT anthology_internal.url_encode(U&'a b/\00E9~-._&'), anthology_internal.url_decode(anthology_internal.url_encode(U&'a b/\00E9\5317%~-._&')) = U&'a b/\00E9\5317%~-._&' AS same, anthology_internal.url_decode('%FF%41');
DROP EXTENSION anthology CASCADE;
DROP SCHEMA anthology CASCADE;
CREATE EXTENSION anthology;
