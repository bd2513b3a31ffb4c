-- loading from a client: what is kept, what a second load changes, what is refused
SET client_min_messages = warning;
DROP EXTENSION IF EXISTS anthology CASCADE;
DROP SCHEMA IF EXISTS anthology CASCADE;
CREATE EXTENSION anthology;
-- nothing works before the tables are there, and says so
\set VERBOSITY terse
SELECT anthology.import_people('{}');
\set VERBOSITY default
SELECT anthology.create_tables();
RESET client_min_messages;
\set SHOW_CONTEXT never

-- venues, as one file each or as a mapping
SELECT * FROM anthology.import_venues(E'acronym: ACL\nname: Annual Meeting\nis_acl: true\nis_toplevel: true\noldstyle_letter: P', 'acl');
SELECT * FROM anthology.import_venues('{ws: {acronym: WS, name: Workshops}, bad: {acronym: X}}');
SELECT * FROM anthology.import_venues('{ws: {acronym: WS, name: Workshops and Events}}');
SELECT * FROM anthology.venue ORDER BY id;
SELECT kind, file, place, reason, sqlstate FROM anthology.load_problem ORDER BY id;

-- people: every field, and entries that are not right
SELECT * FROM anthology.import_people($$
ann-berg:
  names:
  - {first: Ann, last: Berg}
  - {first: 安, last: 伯, script: hani}
  orcid: https://orcid.org/0000-0002-1825-0097
  degree: Uni
  comment: a comment
  similar: [anne-berg]
bo-li:
  disable_name_matching: true
  names: [{first: Bo, last: Li}]
thief:
  names: [{last: Thief}]
  orcid: 0000-0002-1825-0097
no-names: {degree: X}
Bad-Id: {names: [{last: Id}]}
bad-orcid: {names: [{last: Orcid}], orcid: 0000-0002-1825-0098}
bad-name: {names: [{first: Only}]}
bo-li: {names: [{first: Bo, last: Twice}]}
$$);
SELECT * FROM anthology.person ORDER BY id;
SELECT person_id, "position", first, last, full_name, script, inferred, slug FROM anthology.person_name ORDER BY 1, 2;
SELECT kind, file, place, reason, sqlstate FROM anthology.load_problem WHERE id > 1 ORDER BY id;

-- a collection with everything in it
CREATE FUNCTION pg_temp.collection(papers text, meta text DEFAULT '') RETURNS xml LANGUAGE sql AS $$
    SELECT xmlparse(DOCUMENT '<?xml version=''1.0'' encoding=''UTF-8''?>
<collection id="2024.test">
  <volume id="1" type="proceedings" ingest-date="2024-08-15">
    <meta>
      <booktitle>Proceedings of <fixed-case>T</fixed-case>est &amp; Co</booktitle>
      <editor><first>Ann</first><last>Berg</last></editor>
      <publisher>ACL</publisher><address>Oslo</address><month>August</month><year>2024</year>
      <isbn>978-1</isbn><url hash="01234567">2024.test-1</url><doi>10.1/x</doi>
      <venue>acl</venue><venue>ws</venue>' || meta || '
    </meta>
    <frontmatter><url hash="01234568">2024.test-1.0</url><bibkey>test-2024-1</bibkey></frontmatter>
' || papers || '
  </volume>
  <event id="test-2024">
    <meta><title>Test Days</title><location>Oslo</location><dates>August 1</dates></meta>
    <links><url type="website">https://example.org</url></links>
    <talk><title>A <i>Talk</i></title><speaker><first>Cy</first><last>Dahl</last></speaker><url type="video">t.mp4</url></talk>
    <colocated><volume-id>2024.test-1</volume-id></colocated>
  </event>
</collection>')
$$;
CREATE FUNCTION pg_temp.paper_1() RETURNS text LANGUAGE sql AS $$
    SELECT '<paper id="1" type="demo" ingest-date="2024-02-30">
      <title>On <fixed-case>X</fixed-case> &lt; <tex-math>y^2</tex-math></title>
      <author id="ann-berg"><first>Ann</first><last>Berg</last><affiliation>Uni</affiliation><variant script="hani"><first>安</first><last>伯</last></variant></author>
      <author orcid="0000-0002-1694-233X"><first/><last>Mausam</last></author>
      <editor><first>Ed</first><last>Itor</last></editor>
      <pages>1–2</pages>
      <abstract>An abstract with <b>bold</b> words.</abstract>
      <url hash="01234569">2024.test-1.1</url><doi>10.1/x.1</doi><bibkey>berg-2024</bibkey>
      <award>Best</award><award>Second best</award>
      <revision id="1" href="2024.test-1.1v1" hash="0123456a"/>
      <revision id="2" href="2024.test-1.1v2" hash="0123456b" date="2024-09-01">Fixed &lt;a&gt; typo.</revision>
      <video href="v.mp4" permission="false"/>
    </paper>'
$$;
SELECT * FROM anthology.import_collection(pg_temp.collection(pg_temp.paper_1()));
\x on
SELECT * FROM anthology.volume;
SELECT * FROM anthology.event;
SELECT * FROM anthology.paper ORDER BY id COLLATE "C";
\x off
SELECT * FROM anthology.paper_element ORDER BY 1, 2;
SELECT paper_id, role, "position", first, last, affiliation, orcid, variants, explicit_person_id, file_person_id, person_id
    FROM anthology.authorship ORDER BY paper_id COLLATE "C", role, "position";
SELECT source = pg_temp.collection(pg_temp.paper_1())::text AS kept_whole FROM anthology.collection;
SELECT id, verified FROM anthology.person ORDER BY id COLLATE "C";

-- the same again, a changed paper, a new one, and one that went
SELECT * FROM anthology.import_collection(pg_temp.collection(pg_temp.paper_1()));
SELECT * FROM anthology.import_collection(pg_temp.collection(
    replace(pg_temp.paper_1(), '<last>Mausam</last></author>', '<last>Mausam</last></author><author><first>New</first><last>Comer</last></author>')
    || '<paper id="2"><title>T</title><author><first>Ann</first><last>Berg</last></author></paper>'));
SELECT paper_id, role, "position", full_name, person_id FROM anthology.authorship WHERE role = 'author' ORDER BY 1, 2, 3;
SELECT * FROM anthology.import_collection(pg_temp.collection('<paper id="2"><title>T</title><author><first>Ann</first><last>Berg</last></author></paper>'));
SELECT id FROM anthology.paper ORDER BY id COLLATE "C";
SELECT id FROM anthology.person WHERE NOT verified ORDER BY id COLLATE "C";

-- a bad entry is recorded, the others load
DELETE FROM anthology.load_problem;
SELECT * FROM anthology.import_collection(pg_temp.collection(
    '<paper id="1"><title>One</title><author><first>A</first><last>One</last></author></paper>'
    '<paper id="1"><title>Other</title><author><first>A</first><last>Other</last></author></paper>'
    '<paper><title>None</title></paper>'
    '<paper id="x"><title>Letter</title></paper>'
    '<paper id="3"><title>No last</title><author><first>Only</first><last/></author><author><first>B</first><last>Two</last></author></paper>'));
SELECT kind, file, place, reason, sqlstate FROM anthology.load_problem ORDER BY place COLLATE "C", reason;
SELECT a.paper_id, a."position", a.full_name, p.title FROM anthology.authorship a JOIN anthology.paper p ON p.id = a.paper_id
    WHERE a.role = 'author' ORDER BY 1, 2;

-- a file without the frontmatter's editor, and a volume less
SELECT * FROM anthology.import_collection(xmlparse(DOCUMENT '<collection id="2024.test"><volume id="2"><meta><booktitle>B</booktitle><year>2024</year></meta></volume></collection>'));
SELECT count(*) FROM anthology.paper;

-- explicit ids that cannot be honoured are problems, not errors
SELECT * FROM anthology.import_collection(pg_temp.collection(
    '<paper id="1"><title>T</title>'
    '<author id="nobody"><first>No</first><last>Body</last></author>'
    '<author id="ann-berg"><first>Anna</first><last>Berg</last></author>'
    '<author id="ann-berg" orcid="0000-0002-1694-233X"><first>Ann</first><last>Berg</last></author>'
    '<author id="bo-li"><first>Bo</first><last>Li</last></author>'
    '<author><first>Bo</first><last>Li</last></author></paper>'
    '<paper id="2"><title>T</title><author><first>Ann</first><last>Berg</last></author><author><first>ann</first><last>berg</last></author></paper>'));
SELECT paper_id, "position", full_name, explicit_person_id, person_id FROM anthology.authorship WHERE role = 'author' ORDER BY 1, 3, 2;
SELECT kind, place, reason FROM anthology.load_problem WHERE kind = 'resolution' ORDER BY place, reason;
-- and go once they can be
SELECT * FROM anthology.import_people('nobody: {names: [{first: No, last: Body}]}');
SELECT kind, place, reason FROM anthology.load_problem WHERE kind = 'resolution' ORDER BY place, reason;

-- refused: not XML, no collection, entities of any kind
\set VERBOSITY sqlstate
SELECT anthology.import_collection('<collection id="2024.test"><volume></collection>');
\set VERBOSITY default
SELECT anthology.import_collection('<collection id="../../x"/>');
SELECT anthology.import_collection('<papers/>');
SELECT anthology.import_collection('<!DOCTYPE collection [<!ENTITY x SYSTEM "file:///etc/passwd">]><collection id="2024.test">&x;</collection>');
\set VERBOSITY sqlstate
SELECT anthology.import_collection('<!DOCTYPE c [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;"><!ENTITY f "&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;"><!ENTITY g "&f;&f;&f;&f;&f;&f;&f;&f;&f;&f;">]><collection id="2024.test">&g;</collection>');
\set VERBOSITY default
SELECT anthology.import_people('[a, b]');
SELECT anthology.import_people('a: [b');
SELECT anthology.import_venues('just text');
SELECT anthology.load_directory('/nonexistent/folder');
SELECT count(*) FROM anthology.authorship;

-- a correction made here stays when the file changes, moves with its name, and
-- ends when the file says the same; where the file says another thing, or the
-- name went, that is a problem
DELETE FROM anthology.load_problem;
CREATE FUNCTION pg_temp.names(VARIADIC authors text[]) RETURNS xml LANGUAGE sql AS $$
    SELECT xmlparse(DOCUMENT '<collection id="2024.fix"><volume id="1"><meta><booktitle>B</booktitle><year>2024</year></meta><paper id="1"><title>T</title>'
        || (SELECT string_agg(format('<author%s><first>Cy</first><last>%s</last></author>',
                ' id="' || NULLIF(split_part(a, '|', 2), '') || '"', split_part(a, '|', 1)), '' ORDER BY i)
            FROM unnest(authors) WITH ORDINALITY AS x(a, i))
        || '</paper></volume></collection>')
$$;
CREATE VIEW pg_temp.fix AS SELECT "position" AS n, full_name, explicit_person_id, file_person_id, person_id
    FROM anthology.authorship WHERE paper_id = '2024.fix-1.1' ORDER BY 1;
SELECT * FROM anthology.import_people('{cy-x: {names: [{first: Cy, last: X}]}, cy-y: {names: [{first: Cy, last: Y}]}}');
SELECT new FROM anthology.import_collection(pg_temp.names('One', 'Two')) WHERE kind = 'name';
SELECT anthology.reassign_papers('{2024.fix-1.1}', 'cy-two/unverified', 'cy-x') > 0 AS moved;
SELECT * FROM anthology.import_collection(pg_temp.names('Zero', 'One', 'Two'));
SELECT * FROM pg_temp.fix;
SELECT * FROM anthology.import_collection(pg_temp.names('Zero', 'One', 'Two'));
SELECT * FROM anthology.import_collection(pg_temp.names('Zero', 'One', 'Two|cy-y'));
SELECT * FROM pg_temp.fix;
SELECT kind, file, place, reason FROM anthology.load_problem ORDER BY id;
SELECT * FROM anthology.import_collection(pg_temp.names('Two|cy-x'));
SELECT * FROM pg_temp.fix;
SELECT anthology.reassign_papers('{2024.fix-1.1}', 'cy-x', 'cy-y') > 0 AS moved;
SELECT * FROM anthology.import_collection(pg_temp.names('Other'));
SELECT kind, file, place, reason FROM anthology.load_problem WHERE kind = 'correction' ORDER BY id;

-- and the same for persons: cy-x lists the name that was given to her here
SELECT * FROM anthology.import_people('{cy-x: {names: [{first: Cy, last: X}]}}');
SELECT * FROM anthology.import_people('{cy-x: {names: [{first: Cy, last: X}], degree: Uni}}');
SELECT place, reason FROM anthology.load_problem WHERE kind = 'correction' AND place = 'cy-x' ORDER BY id;
SELECT * FROM anthology.import_people('{cy-x: {names: [{first: Cy, last: X}, {first: Cy, last: Two}]}}');
SELECT * FROM anthology.import_people('{cy-x: {names: [{first: Cy, last: X}], degree: Uni}}');
SELECT anthology_internal.person_entry('cy-x');

-- slugs of another ICU are told of, and made anew
UPDATE anthology.corpus_state SET icu_version = 'another';
\set VERBOSITY sqlstate
SELECT anthology.lock_corpus() > 0 AS locked \gset
\set VERBOSITY default
SELECT anthology.rebuild_slugs();
SELECT icu_version = anthology.icu_version() AS told FROM anthology.corpus_state;

-- an ORCID goes from one person to another, and two change theirs, whoever comes first in the file
SELECT new, changed, unchanged, problems FROM anthology.import_people($$
a-one: {names: [{last: Aone}], orcid: 0000-0002-9079-593X}
b-two: {names: [{last: Btwo}]}
c-three: {names: [{last: Cthree}], orcid: 0000-0001-5109-3700}
$$);
SELECT new, changed, unchanged, problems FROM anthology.import_people($$
a-one: {names: [{last: Aone}], orcid: 0000-0001-5109-3700}
b-two: {names: [{last: Btwo}]}
c-three: {names: [{last: Cthree}], orcid: 0000-0002-9079-593X}
$$);
SELECT new, changed, unchanged, problems FROM anthology.import_people($$
a-one: {names: [{last: Aone}]}
b-two: {names: [{last: Btwo}], orcid: 0000-0002-9079-593X}
c-three: {names: [{last: Cthree}]}
$$);
SELECT id, orcid, loaded -> 'orcid' AS loaded FROM anthology.person WHERE id IN ('a-one', 'b-two', 'c-three') ORDER BY id;
-- but not one that the file leaves with both, nor one that was given here
SELECT changed, problems FROM anthology.import_people('{a-one: {names: [{last: Aone}], orcid: 0000-0002-9079-593X}, b-two: {names: [{last: Btwo}], orcid: 0000-0002-9079-593X}}');
SELECT anthology.set_orcid('c-three', '0000-0001-5109-3700') > 0 AS set;
SELECT changed, problems FROM anthology.import_people('{a-one: {names: [{last: Aone}], orcid: 0000-0001-5109-3700}, c-three: {names: [{last: Cthree}]}}');
SELECT id, orcid FROM anthology.person WHERE id IN ('a-one', 'b-two', 'c-three') ORDER BY id;

-- two collections may describe the same event: the last one loaded counts, with its talks
SELECT anthology.import_collection('<collection id="2020.first"><event id="met-2020"><talk><title>One</title></talk><talk><title>Two</title></talk></event></collection>');
SELECT anthology.import_collection('<collection id="2020.second"><event id="met-2020"><talk><title>Uno</title><speaker><first>Eva</first><last>Met</last></speaker></talk></event></collection>');
SELECT e.collection_id, p.id, p.title FROM anthology.event e JOIN anthology.paper p ON p.event_id = e.id WHERE e.id = 'met-2020' ORDER BY p.id;
SELECT paper_id, person_id FROM anthology.authorship WHERE paper_id LIKE 'met-2020%';
SELECT kind, file, place, reason FROM anthology.load_problem WHERE place = 'met-2020';
-- one without talks takes none away
SELECT anthology.import_collection('<collection id="2020.third"><event id="met-2020"><colocated><volume-id>2020.third-1</volume-id></colocated></event></collection>');
SELECT e.collection_id, p.id, p.title FROM anthology.event e JOIN anthology.paper p ON p.event_id = e.id WHERE e.id = 'met-2020' ORDER BY p.id;
