-- the layout of 2026: JSON, the new forms of elements, what is not known, ORCIDs
SET client_min_messages = warning;
DROP EXTENSION IF EXISTS anthology CASCADE;
DROP SCHEMA IF EXISTS anthology CASCADE;
CREATE EXTENSION anthology;
SELECT anthology.create_tables();
\set SHOW_CONTEXT never

-- JSON as the Anthology writes it, unknown keys once with a count
SELECT * FROM anthology.import_venues('{"acl": {"acronym": "ACL", "name": "Annual Meeting", "is_acl": true, "description": "The *meeting*."}, "ws": {"name": "Workshops", "color": "red"}}');
SELECT id, name, is_acl, description FROM anthology.venue ORDER BY id;
SELECT * FROM anthology.import_sigs('{"siglex": {"acronym": "SIGLEX", "name": "Lexicon", "external_meetings": [{"year": "1995", "name": "AAAI"}], "url": "http://siglex.org", "related_ids": ["sigsem"], "venue_ids": ["ws"]}, "nameless": {"url": "x"}}');
SELECT * FROM anthology.sig;
SELECT * FROM anthology.import_people('{
  "ann-berg": {"names": [{"first": "Ann", "last": "Berg"}, {"first": "安", "last": "伯", "script": "hani"}], "degree": "Uni", "orcid": "0000-0002-1825-0097"},
  "bo-li": {"names": [{"first": "Bo", "last": "Li"}], "disable_name_matching": true, "nickname": "B"},
  "bo-li-mit": {"names": [{"first": "Bo", "last": "Li"}], "nickname": "B", "similar": ["bo-li"]},
  "9lives": {"names": [{"last": "Cat"}]}
}');
SELECT id, verified, orcid, degree, disable_name_matching, similar_ids FROM anthology.person ORDER BY id;
SELECT kind, file, place, reason, occurrences FROM anthology.load_problem ORDER BY file, place;
SELECT layout FROM anthology.corpus_state;
SELECT path, length(source) > 0 AS kept FROM anthology.data_file ORDER BY path;

-- broken JSON: line and column; YAML as before
SELECT anthology_internal.json_problem(E'{"a": 1,\n "é": 2 "c": 3}'), anthology_internal.json_problem('{"a": [1, 2]}'), anthology_internal.json_problem('');
SELECT anthology.import_people(E'{"a-b": {\n  "names": [{"last": "B"}]\n  "degree": "x"}}');
SELECT new FROM anthology.import_people('{cy-day: {names: [{first: Cy, last: Day}]}}');
SELECT new FROM anthology.import_sigs(E'Name: Data\nShortName: SIGDAT\nMeetings:\n  - 2026:\n    - 2026.new-1 # first\n    - {Name: Elsewhere, URL: http://x.org}\n', 'sigdat');
SELECT id, name, external_meetings FROM anthology.sig WHERE id = 'sigdat';

-- every form of 2026, and old forms between them
CREATE FUNCTION pg_temp.collection(more text DEFAULT '', volume text DEFAULT '') RETURNS xml LANGUAGE sql AS $$
    SELECT xmlparse(DOCUMENT '<?xml version=''1.0'' encoding=''UTF-8''?>
<collection id="2026.new">
  <volume id="1" type="proceedings" ingest-date="2026-07-01"' || volume || '>
    <!-- https://aclanthology.org/2026.new-1/ -->
    <meta>
      <booktitle>Proceedings</booktitle>
      <editor id="ann-berg" orcid="0000-0002-1825-0097" openreview="~Ann_Berg1"><first>Ann</first><last>Berg</last></editor>
      <year>2026</year><pdf hash="00000001"/><url type="website">https://new.org/</url>
      <sig>siglex</sig><sig>sigdat</sig><venue>acl</venue>
    </meta>
    <frontmatter><pdf hash="00000002"/><bibkey>new-2026</bibkey></frontmatter>
    <paper id="1">
      <title>All of the <sc>new</sc> <a href="https://a.org/?a=1&amp;b=2">forms</a><par/></title>
      <author openreview="~Cy_Day2"><first>Cy</first><last>Day</last><affiliation>Uni</affiliation></author>
      <author orcid="0000-0002-1825-0097"><first>A.</first><last>Berg</last></author>
      <author><first>Bo</first><last>Li</last></author>
      <pdf hash="00000003"/>
      <url>https://landing.org/1</url><url type="dataset">https://data.org/1</url>
      <revision id="1" hash="00000004"/><revision id="2" hash="00000005" date="2026-08-01">Fixed.</revision>
      <erratum id="1" hash="00000006" date="2026-08-02"/>
      <month>May</month><award name="Best &lt;Paper&gt;">for <i>being</i> so</award><award name="Other"/><bibkey>a</bibkey>
    </paper>
    <paper id="2" ingest-date="2026-09-01">
      <title>Old forms</title>
      <url hash="00000007">2026.new-1.2</url>
      <revision id="1" href="2026.new-1.2v1" hash="00000008"/><erratum id="1" hash="00000009">2026.new-1.2e1</erratum>
      <award>Best</award><bibkey>b</bibkey>
    </paper>
    <paper id="3"><title>Elsewhere only</title><url>https://landing.org/3</url><bibkey>c</bibkey></paper>' || more || '
  </volume>
</collection>')
$$;
SELECT * FROM anthology.import_collection(pg_temp.collection());
SELECT id, url, url_hash, sig_ids, venue_ids FROM anthology.volume;
SELECT id, title, url, url_hash, month, awards, ingest_date FROM anthology.paper ORDER BY id COLLATE "C";
SELECT * FROM anthology.paper_element ORDER BY paper_id COLLATE "C", ordinal;
SELECT paper_id, role, "position", full_name, openreview, file_openreview, orcid, person_id
    FROM anthology.authorship ORDER BY paper_id COLLATE "C", role, "position";

-- an ORCID without an id: a problem, with who has it; gone with the id
SELECT kind, place, reason FROM anthology.load_problem WHERE kind = 'resolution' ORDER BY place, reason;
SELECT anthology.reassign_papers('{2026.new-1.1}', 'a-berg/unverified', 'ann-berg') IS NOT NULL AS moved;
SELECT kind, place, reason FROM anthology.load_problem WHERE kind = 'resolution' ORDER BY place, reason;

-- what is not known, at every level: once per kind and file, with a count; the file is kept
DELETE FROM anthology.load_problem;
SELECT count(*) FROM anthology.import_collection('<collection id="2026.odd" a="1"><x/><volume id="1" b="1"><y/>
<meta c="1"><booktitle d="1">B <z>new</z> <b e="1">b</b> <!-- kept --></booktitle><year>2026<sup/></year><z/><z/>stray</meta>
<frontmatter f="1"><w/></frontmatter>
<paper id="1" g="1"><title>T</title><doi>1</doi><doi>2</doi><v/><author h="1"><first i="1">A</first><last>B</last><middle>M</middle></author>
<author><last>C</last><variant j="1"><last>D</last><nick/></variant></author><pdf hash="1" k="1"/><pdf hash="2"/><award l="1">A</award></paper>
<paper id="2"><title>U</title><v/><v/></paper></volume>
<event id="odd-2026" m="1"><u/><meta n="1"><title>E</title><t/></meta><links o="1"><url p="1">x</url><s/></links>
<talk q="1" type="keynote"><title>K</title><r/><speaker r="1"><last>S</last><q/></speaker></talk><colocated s="1"><volume-id t="1">2026.odd-1</volume-id><p/></colocated></event></collection>'::xml);
SELECT place, reason, occurrences AS n FROM anthology.load_problem WHERE kind = 'unknown' ORDER BY reason COLLATE "C";
SELECT count(*) FROM anthology.load_problem WHERE kind <> 'unknown';
SELECT title FROM anthology.volume WHERE id = '2026.odd-1';
SELECT source LIKE '%<p/></colocated>%' AS kept FROM anthology.collection WHERE id = '2026.odd';
SELECT subject, message FROM anthology.check_database() WHERE subject = 'loading';

-- ids that the Anthology's grammar refuses, and a name beyond the bound
SELECT problems FROM anthology.import_collection(pg_temp.collection('<paper id="&#49;&quot;x"><title>T</title></paper><paper id="01"><title>T</title></paper>
<paper id="4"><title>T</title><author><last>' || repeat('x', 1001) || '</last></author><author><last>Ok</last></author></paper>', ' x="1"')) WHERE kind = 'paper';
SELECT kind, place, reason FROM anthology.load_problem WHERE file = 'xml/2026.new.xml' ORDER BY reason;
SELECT full_name, "position" FROM anthology.authorship WHERE paper_id = '2026.new-1.4';
SELECT anthology.import_collection('<collection id="2026.ids"><volume id="A-1"><meta/></volume><event id="x"/></collection>'::xml) IS NOT NULL AS loaded;
SELECT place, reason FROM anthology.load_problem WHERE file = 'xml/2026.ids.xml' ORDER BY reason;
SELECT anthology_internal.is_person_id('a1'), anthology_internal.is_person_id('a'), anthology_internal.is_person_id('1a'), anthology_internal.is_person_id('a_b'), anthology_internal.is_person_id(E'ab\n');

-- nesting without end
SELECT count(*) FROM anthology_internal.load_collection('<collection id="2026.deep">' || repeat('<a>', 10000) || repeat('</a>', 10000) || '</collection>', NULL);

-- progress, for other sessions
BEGIN;
SELECT anthology_internal.report_progress('testing', 1, 2);
SELECT what, done, total FROM anthology.progress() WHERE pid = pg_backend_pid();
SELECT anthology_internal.end_progress();
SELECT pg_stat_clear_snapshot();
SELECT what, done, total FROM anthology.progress() WHERE pid = pg_backend_pid();
COMMIT;
