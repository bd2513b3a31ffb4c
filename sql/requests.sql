-- requests as they arrive: the staff's merge and split, the dialog's move
SET client_min_messages = warning;
DROP EXTENSION IF EXISTS anthology CASCADE;
DROP SCHEMA IF EXISTS anthology CASCADE;
CREATE EXTENSION anthology;
SELECT anthology.create_tables();
\set SHOW_CONTEXT never
SELECT count(*) FROM anthology.import_people($$
matt-post: {names: [{first: Matt, last: Post}], degree: University of Rochester}
bo-li: {names: [{first: Bo, last: Li}], orcid: 0000-0002-1825-0097}
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
    || pg_temp.paper(7, 'Eve|Fox') || pg_temp.paper(8, 'E.|Fox') || '</volume></collection>'));

-- addresses of pages
SELECT p, anthology_internal.page_id(p) FROM unnest(ARRAY['https://aclanthology.org/people/m/matt-post/', 'matt-post',
    'https://preview.aclanthology.org/some-branch/people/yang-liu/unverified/', 'https://aclanthology.org/people/bo-li',
    ' bo-li/unverified ', 'https://aclanthology.org/people/bo-li/#papers']) AS p;

-- merge: into a verified person, every variant; the same again is the same
SELECT * FROM anthology.request_to_proposal('{"github_issue": "#123", "canonical": "Post, Matt", "variants": ["Post, Matthew", "Post, Matthew J."],
    "author_id": "matt-post", "orcid": "0000-0002-1694-233X", "institution": "University of Rochester", "action": "merge"}');
SELECT * FROM anthology.request_to_proposal('{"variants": ["Post, Matthew", "Post, Matthew J."], "canonical": "Post, Matt", "note": "again, please",
    "author_id": "matt-post", "orcid": "0000-0002-1694-233X", "institution": "University of Rochester", "action": "merge", "github_issue": "#125"}');
SELECT kind, from_person_id, to_person_id, regexp_replace(note, '\w{12}', 'x') AS note FROM anthology.reassignment ORDER BY id;
SELECT anthology.apply_reassignment(1);
SELECT * FROM anthology.request_to_proposal('{"canonical": "Post, Matt", "variants": ["Post, Matthew", "Post, Matthew J."],
    "author_id": "matt-post", "orcid": "0000-0002-1694-233X", "institution": "University of Rochester", "action": "merge"}');
-- rejected, it may be asked for again
SELECT anthology.reject_reassignment(2, 'not he');
SELECT * FROM anthology.request_to_proposal('{"canonical": "Post, Matt", "variants": ["Post, Matthew", "Post, Matthew J."],
    "author_id": "matt-post", "orcid": "0000-0002-1694-233X", "institution": "University of Rochester", "action": "merge"}');

-- merge where nobody is verified yet: in two steps
SELECT * FROM anthology.request_to_proposal('{"canonical": "Fox, Eve", "variants": ["Fox, E."], "author_id": "eve-fox", "orcid": "0000-0001-5109-3700",
    "institution": "MIT", "action": "merge"}');
SELECT * FROM anthology.request_to_proposal('{"canonical": "Fox, Eve", "variants": ["Fox, E."], "author_id": "eve-fox", "orcid": "0000-0001-5109-3700",
    "institution": "MIT", "action": "merge"}');
SELECT anthology.apply_reassignment(max(id)) FROM anthology.reassignment;
SELECT * FROM anthology.request_to_proposal('{"canonical": "Fox, Eve", "variants": ["Fox, E."], "author_id": "eve-fox", "orcid": "0000-0001-5109-3700",
    "institution": "MIT", "action": "merge"}');
SELECT anthology.apply_reassignment(max(id)) FROM anthology.reassignment;
SELECT paper_id, person_id FROM anthology.authorship WHERE last = 'Fox' ORDER BY 1;

-- split: a new person; the id is the shortest that the rule gives
SELECT * FROM anthology.request_to_proposal('{"github_issue": "#7", "author_id": "cy-day-oslo", "orcid": null, "institution": "Uni Oslo", "action": "split",
    "papers": ["2024.test-1.6", "2024.test-1.4"]}') \gset split_
SELECT * FROM anthology.request_to_proposal('{"github_issue": "#7", "author_id": "cy-day-oslo", "institution": "Uni Oslo", "orcid": null, "action": "split",
    "papers": ["2024.test-1.4", "2024.test-1.6"]}');
SELECT paper_id, before_person_id, after_person_id, cause FROM anthology.preview_reassignment(:split_reassignment_id) ORDER BY 1;
SELECT anthology.apply_reassignment(:split_reassignment_id);

-- the dialog: papers, from, to; to may be an address, an id or an ORCID
SELECT * FROM anthology.request_to_proposal('{"papers": ["2024.test-1.5"], "from": "https://aclanthology.org/people/cy-day/unverified/",
    "to": "https://aclanthology.org/people/c/cy-day/", "note": "the thesis says so"}') \gset move_
SELECT from_person_id, to_person_id, paper_ids, regexp_replace(note, '\w{12}', 'x') AS note FROM anthology.reassignment WHERE id = :move_reassignment_id;
SELECT anthology.apply_reassignment(:move_reassignment_id);
SELECT anthology.correction_issue(:move_reassignment_id);
SELECT * FROM anthology.request_to_proposal('{"papers": ["2024.test-1.3"], "from": "matthew-j-post/unverified", "to": "https://orcid.org/0000-0002-1825-0097"}') \gset orcid_
SELECT to_person_id FROM anthology.reassignment WHERE id = :orcid_reassignment_id;

-- only what changed is handed back
SELECT path, length(content) > 100 AS some FROM anthology.changed_files();
SELECT anthology.export_changes('relative/folder');
SELECT anthology.export_changes('/nowhere/at/all');
CREATE ROLE regress_anthology_clerk;
SELECT anthology.grant_editor('regress_anthology_clerk');
SET ROLE regress_anthology_clerk;
SELECT anthology.export_changes('/tmp');
SELECT step, repeated FROM anthology.request_to_proposal('{"papers": ["2024.test-1.1"], "from": "matt-post", "to": "bo-li"}');
RESET ROLE;

-- refused
SELECT anthology.request_to_proposal('[]');
SELECT anthology.request_to_proposal('{}');
SELECT anthology.request_to_proposal('{"action": "delete"}');
SELECT anthology.request_to_proposal('{"action": "merge"}');
SELECT anthology.request_to_proposal('{"action": "merge", "author_id": "nobody", "canonical": "Body, No", "variants": ["x"]}');
SELECT anthology.request_to_proposal('{"action": "merge", "author_id": "matt-post", "variants": ["Stranger, A."]}');
SELECT anthology.request_to_proposal('{"action": "merge", "author_id": "matt-post", "variants": "Post"}');
SELECT anthology.request_to_proposal('{"action": "split", "author_id": "cy-day", "papers": []}');
SELECT anthology.request_to_proposal('{"action": "split", "author_id": "bo-li", "papers": ["2024.test-1.4"]}');
SELECT anthology.request_to_proposal('{"action": "split", "author_id": "bo-li", "papers": ["2024.test-1.99"]}');
SELECT anthology.request_to_proposal('{"papers": ["2024.test-1.1"], "from": "matt-post", "to": "0000-0001-5000-0007"}');
SELECT anthology.request_to_proposal('{"papers": ["2024.test-1.1"], "from": "matt-post", "to": 7}');
SELECT anthology.correction_issue(999);
-- a request that knows a person by a former id
SELECT anthology.create_person('Old', 'Idd', degree => 'Uni');
SELECT anthology.rename_person('old-idd', 'new-idd') > 0 AS renamed;
SELECT count(*) FROM anthology.import_collection('<collection id="2023.idd"><volume id="1"><meta><booktitle>B</booktitle><year>2023</year></meta><paper id="1"><title>T</title><author><first>O.</first><last>Idd</last></author></paper></volume></collection>');
SELECT step FROM anthology.request_to_proposal('{"action": "merge", "canonical": "Idd, Old", "variants": ["Idd, O."], "author_id": "old-idd", "institution": "Uni"}');
SELECT kind, from_person_id, to_person_id FROM anthology.reassignment ORDER BY id DESC LIMIT 1;
-- and its variants: a page that has been verified and renamed since
SELECT anthology.reject_reassignment(max(id)) FROM anthology.reassignment;
SELECT anthology.verify_person('o-idd/unverified', degree => 'Uni') > 0 AS verified;
SELECT anthology.rename_person('o-idd', 'odd-idd') > 0 AS renamed;
SELECT step FROM anthology.request_to_proposal('{"action": "merge", "canonical": "Idd, Old", "variants": ["Idd, O."], "author_id": "old-idd", "institution": "Uni", "note": "renamed since"}');
SELECT kind, from_person_id, to_person_id FROM anthology.reassignment ORDER BY id DESC LIMIT 1;
DROP EXTENSION anthology CASCADE;
DROP SCHEMA anthology CASCADE;
CREATE EXTENSION anthology;
DROP OWNED BY regress_anthology_clerk;
DROP ROLE regress_anthology_clerk;
