-- what issues ask for, staged: one by one, and many at once
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

-- The form, with one box ticked.
CREATE FUNCTION pg_temp.issue(page text, orcid text, institution text, action text, prose text) RETURNS jsonb LANGUAGE sql AS $$
    SELECT jsonb_build_object('title', 'Author Page: ' || split_part(page, E'\n', 1), 'body', concat_ws(E'\n\n', '### Author Pages in the Anthology', page,
        '### Author ORCID', orcid, '### Institution of highest (anticipated) degree', institution,
        '### Type of Author Metadata Correction', concat_ws(E'\n',
            format('- [%s] Verification: The author wishes to add an ORCID iD to their author page.', CASE action WHEN 'verify' THEN 'x' ELSE ' ' END),
            format('- [%s] Split/disambiguate: The author page includes papers from two or more different people.', CASE action WHEN 'split' THEN 'x' ELSE ' ' END),
            format('- [%s] Merge profiles: A single author has multiple profiles.', CASE action WHEN 'merge' THEN 'x' ELSE ' ' END),
            format('- [%s] Name change: This author has permanently changed their name.', CASE action WHEN 'name change' THEN 'x' ELSE ' ' END)),
        '### Supporting Information', prose))
$$;
CREATE FUNCTION pg_temp.read(issue jsonb) RETURNS jsonb LANGUAGE sql AS $$
    SELECT anthology.issue_to_request(issue ->> 'title', issue ->> 'body') - 'sources'
$$;

-- what a corpus tells: pages and papers that are not there, papers by title or key, the pages of a name
SELECT pg_temp.read(pg_temp.issue('cy-day/unverified', '0000-0001-5109-3700', 'Oslo', 'split', E'My papers are:\n- "Paper 4"\n- Paper number nobody knows of'));
SELECT pg_temp.read(pg_temp.issue('https://aclanthology.org/people/no-body/', '0000-0001-5109-3700', 'Oslo', 'split', 'Mine is 2024.test-1.99.'));
SELECT pg_temp.read(pg_temp.issue('Lee, Ann', '0000-0001-5109-3700', 'Oslo', 'verify', 'NA'));
SELECT pg_temp.read(pg_temp.issue('https://aclanthology.org/search/?q=Cy+Day', '0000-0001-5109-3700', 'Oslo', 'verify', 'NA'));

-- verify: a page; the same again is the same; an old address; what is verified already
SELECT * FROM anthology.requests_to_proposals(jsonb_build_array(
    pg_temp.issue('cy-day/unverified', 'https://orcid.org/0000-0001-5109-3700', 'Uni Oslo', 'verify', 'Just a request.') || '{"github_issue": "#1"}',
    pg_temp.issue('cy-day/unverified', 'https://orcid.org/0000-0001-5109-3700', 'Uni Oslo', 'verify', 'NA') || '{"github_issue": "#2"}',
    pg_temp.issue('https://aclanthology.org/people/g/gil-roe/', '0000-0002-1694-233X', 'Uni Oslo', 'verify', 'NA') || '{"github_issue": "#3"}',
    pg_temp.issue('bo-li', '0000-0002-1825-0097', '', 'verify', 'NA') || '{"github_issue": "#4"}',
    pg_temp.issue('bo-li', '0000-0002-1694-233X', '', 'verify', 'NA') || '{"github_issue": "#5"}',
    pg_temp.issue('matt-post', '0000-0002-9079-593X', '', 'verify', 'NA') || '{"github_issue": "#6"}',
    pg_temp.issue('eve-fox/unverified', '0000-0002-1825-0097', '', 'verify', 'NA') || '{"github_issue": "#7"}',
    pg_temp.issue('eve-fox/unverified', '', '', 'verify', 'NA') || '{"github_issue": "#8"}',
    '{"title": "Hello", "body": "Buy now."}'::jsonb, '{"title": null, "body": null}'::jsonb, 7, NULL, '{"actions": ["verify"], "pages": ["nobody-here"]}'::jsonb,
    '{"actions": ["metadata"], "papers": ["2024.test-1.1"], "undecided": []}'::jsonb, '{"actions": "verify"}'::jsonb,
    '{"actions": ["verify", "name change"], "pages": ["bo-li"]}'::jsonb,
    '{"actions": ["verify"], "pages": ["eve-fox/unverified"], "orcid": "0000-0002-1825-0098"}'::jsonb));
SELECT id, kind, from_person_id, to_person_id, regexp_replace(note, '\w{12}', 'x') AS note FROM anthology.reassignment ORDER BY id;
SELECT anthology.request_to_proposal(pg_temp.read(pg_temp.issue('eve-fox/unverified', '', '', 'verify', 'NA')));
SELECT anthology.requests_to_proposals('{}');

-- verify but some papers, or only some once a person has decided it
SELECT step FROM anthology.request_to_proposal(pg_temp.read(pg_temp.issue('ann-lee/unverified', '0000-0001-6187-6610', '', 'verify', 'NA')) - 'undecided');
SELECT anthology.reject_reassignment(max(id)) FROM anthology.reassignment;
SELECT reassignment_id FROM anthology.request_to_proposal(pg_temp.read(pg_temp.issue('cy-day/unverified', '0000-0001-5109-3700', 'Uni Oslo', 'verify',
    'All papers are mine except 2024.test-1.5.'))) \gset
SELECT paper_ids FROM anthology.reassignment WHERE id = :reassignment_id;
SELECT reassignment_id FROM anthology.request_to_proposal(pg_temp.read(pg_temp.issue('cy-day/unverified', '0000-0001-5109-3700', 'Uni Oslo', 'verify',
    'My papers are 2024.test-1.4 and 2024.test-1.6.')) - 'undecided') \gset
SELECT paper_ids FROM anthology.reassignment WHERE id = :reassignment_id;

-- split: to a new person; to who has the ORCID; to the page that is said
SELECT * FROM anthology.requests_to_proposals(jsonb_build_array(
    pg_temp.issue('cy-day/unverified', '0000-0001-5109-3700', 'Uni Oslo', 'split', 'My paper is 2024.test-1.4.'),
    pg_temp.issue('ann-lee/unverified', '0000-0002-1825-0097', '', 'split', 'My paper is 2024.test-1.10.'),
    pg_temp.issue(E'ann-lee/unverified\nann-lee', '', 'Uni Oslo', 'split', 'My paper is 2024.test-1.10. Move it to my page https://aclanthology.org/people/ann-lee/'),
    pg_temp.issue('https://aclanthology.org/people/a/ann-lee/', '0000-0001-5109-3700', 'MIT', 'split', 'My paper is 2024.test-1.10.'),
    pg_temp.issue('bo-li', '0000-0002-1825-0097', '', 'split', 'My paper is 2024.test-1.2.'),
    pg_temp.issue('bo-li', '0000-0001-5109-3700', '', 'split', 'My paper is 2024.test-1.1.'),
    pg_temp.issue('bo-li', '0000-0001-5109-3700', '', 'split', 'Some are not mine.')));
SELECT kind, from_person_id, to_person_id, paper_ids FROM anthology.reassignment ORDER BY id DESC LIMIT 4;

-- merge: into the verified one; first verified; after that the same again; into none
SELECT * FROM anthology.requests_to_proposals(jsonb_build_array(
    pg_temp.issue(E'matthew-post/unverified\nmatt-post', '', '', 'merge', 'Both are me.'),
    pg_temp.issue(E'matthew-post/unverified\nmatthew-j-post/unverified', '0000-0002-9079-593X', '', 'merge', 'Both are me.'),
    pg_temp.issue(E'matthew-post/unverified\nmatthew-j-post/unverified', '0000-0002-9079-593X', '', 'merge', E'Both are me.\nPreferred name: Post, Matthew J.'),
    pg_temp.issue(E'ann-lee\nbo-li', '', '', 'merge', 'Both are me.')));
SELECT * FROM anthology.request_to_proposal('{"actions": ["merge"], "pages": ["e-fox", "eve-fox"], "into": "eve-fox", "orcid": "0000-0001-5109-3700"}');
SELECT anthology.apply_reassignment(max(id)) FROM anthology.reassignment;
SELECT * FROM anthology.request_to_proposal('{"actions": ["merge"], "pages": ["e-fox", "eve-fox"], "into": "eve-fox", "orcid": "0000-0001-5109-3700"}');
SELECT anthology.apply_reassignment(max(id)) FROM anthology.reassignment;
SELECT * FROM anthology.request_to_proposal('{"actions": ["merge"], "pages": ["e-fox", "eve-fox"], "into": "eve-fox", "orcid": "0000-0001-5109-3700"}');
SELECT paper_id, person_id FROM anthology.authorship WHERE last = 'Fox' ORDER BY 1;

-- change of name
SELECT * FROM anthology.requests_to_proposals(jsonb_build_array(
    pg_temp.issue('eve-fox', '0000-0001-5109-3700', '', 'name change', 'Preferred name: Eve Day'),
    pg_temp.issue('eve-fox', '0000-0001-5109-3700', '', 'name change', 'Preferred name: Eve van der Day'),
    '{"actions": ["name change"], "pages": ["eve-fox"], "preferred_name": "van der Day, Eve"}'::jsonb,
    pg_temp.issue('gil-roe/unverified', '0000-0002-1694-233X', '', 'name change', 'Preferred name: Gil Day')));

DROP EXTENSION anthology CASCADE;
DROP SCHEMA anthology CASCADE;
CREATE EXTENSION anthology;
