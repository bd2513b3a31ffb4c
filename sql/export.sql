-- the Anthology's own files, byte for byte but for what was corrected
SET client_min_messages = warning;
DROP EXTENSION IF EXISTS anthology CASCADE;
DROP SCHEMA IF EXISTS anthology CASCADE;
CREATE EXTENSION anthology;
SELECT anthology.create_tables();
RESET client_min_messages;
\set SHOW_CONTEXT never

-- a file with everything that could mislead a careless reader
SELECT $$<?xml version='1.0' encoding='UTF-8'?>
<!-- <author><first>Not</first><last>Me</last></author> -->
<collection id="2024.test">
  <volume id="1" type="proceedings">
    <meta>
      <booktitle>B &gt; A</booktitle>
      <editor><first>Ann</first><last>Roe</last></editor>
      <editor  id = 'bo-li' ><first>Bo</first><last>Li</last></editor>
      <year>2024</year>
    </meta>
    <paper id="1">
      <title><![CDATA[<author>]]> "a > b"</title>
      <author orcid="0000-0002-1694-233X"
              id="ann-roe"><first>Ann</first><last>Roe</last></author>
      <author><first>Cy</first><last>Day</last></author>
      <editor><first>Ann</first><last>Roe</last></editor>
    </paper>
    <paper id="2"><title>T</title><author><first>Cy</first><last>Day</last></author><url hash="01234567">2024.test-1.2</url></paper>
  </volume>
  <volume id="2">
    <meta><booktitle>B</booktitle><editor><first>Cy</first><last>Day</last></editor><year>2024</year></meta>
    <paper id="1"><title>T</title><author><first>Cy</first><last>Day</last></author></paper>
  </volume>
  <event id="test-2024">
    <talk><title>One</title><speaker><first>Ann</first><last>Roe</last></speaker></talk>
    <talk><title>Two</title><speaker><first>Bo</first><last>Li</last></speaker><speaker><first>Cy</first><last>Day</last></speaker></talk>
  </event>
</collection>
$$ AS source \gset
SELECT count(*) FROM anthology.import_people('{ann-roe: {names: [{first: Ann, last: Roe}]}, bo-li: {names: [{first: Bo, last: Li}]}, cy-one: {names: [{first: Cy, last: Day}]}, cy-two: {names: [{first: Cy, last: Day}]}}');
SELECT count(*) FROM anthology.import_collection(:'source');
SELECT anthology.export_collection('2024.test') = :'source' AS unchanged;

-- ids added, changed and taken away, in papers, volumes and talks
SELECT anthology.reassign_papers('{2024.test-1.1,2024.test-2.0,test-2024.talk-2}', 'cy-day/unverified', 'cy-one') > 0 AS added;
SELECT anthology.reassign_papers('{2024.test-1.0}', 'bo-li', 'cy-two') > 0 AS changed;
SELECT id, file_line FROM (
    SELECT n, line AS file_line, split_part(:'source', E'\n', n::integer) AS was, n AS id
    FROM regexp_split_to_table(anthology.export_collection('2024.test'), E'\n') WITH ORDINALITY AS l(line, n)) x
WHERE file_line <> was ORDER BY n;
SELECT anthology.undo_reassignment(id) > 0 AS undone FROM anthology.reassignment WHERE status = 'applied' ORDER BY id DESC;
SELECT anthology.export_collection('2024.test') = :'source' AS unchanged;

-- ORCIDs beside the names follow their persons
CREATE FUNCTION pg_temp.changed_lines(source text) RETURNS TABLE (line bigint, is text) LANGUAGE sql AS $$
    SELECT n, l.line FROM regexp_split_to_table(anthology.export_collection('2024.test'), E'\n') WITH ORDINALITY AS l(line, n)
    WHERE l.line <> split_part(source, E'\n', n::integer) ORDER BY n
$$;
SELECT anthology.add_name('cy-two', 'Ann', 'Roe') > 0 AS added;
SELECT anthology.set_orcid('cy-two', '0000-0002-1825-0097') > 0 AS set;
SELECT anthology.propose_reassignment('{2024.test-1.1}', 'ann-roe', 'cy-two') AS id \gset
SELECT paper_id, role, cause, warning FROM anthology.preview_reassignment(:id);
SELECT anthology.apply_reassignment(:id) > 0 AS applied;
SELECT * FROM pg_temp.changed_lines(:'source');
SELECT anthology.export_collection('2024.test') AS exported \gset
SELECT kind, changed, kept FROM anthology.import_collection(:'exported') WHERE kind = 'name';
SELECT anthology.export_collection('2024.test') = :'exported' AS unchanged;
SELECT anthology.set_orcid('cy-two', '0000-0002-9079-593X') > 0 AS set;
SELECT * FROM pg_temp.changed_lines(:'exported');
SELECT anthology.propose_unlink_papers('{2024.test-1.1}', 'cy-two') AS id \gset
SELECT paper_id, role, cause, after_person_id, warning FROM anthology.preview_reassignment(:id);
SELECT anthology.apply_reassignment(:id) > 0 AS applied;
SELECT * FROM pg_temp.changed_lines(:'exported');
SELECT anthology.undo_reassignment(id) > 0 AS undone FROM anthology.reassignment WHERE status = 'applied' AND kind <> 'undo' ORDER BY id DESC LIMIT 2;
SELECT anthology.export_collection('2024.test') = :'exported' AS unchanged;

-- what was exported loads as the same
SELECT anthology.reassign_papers('{2024.test-1.2}', 'cy-day/unverified', 'cy-two') > 0 AS moved;
SELECT anthology.export_collection('2024.test') AS exported \gset
SELECT * FROM anthology.import_collection(:'exported');
SELECT count(*) FROM anthology.authorship WHERE explicit_person_id IS DISTINCT FROM file_person_id;
SELECT anthology.export_collection('2024.test') = :'exported' AS unchanged;

SELECT anthology.export_collection('2024.nowhere');
SELECT anthology_internal.edit_collection('<a/>', '{1}', '{1}', '{author}', '{1}', '{id}', '{x}');
SELECT anthology_internal.edit_collection('<a/>', '{1}', '{}', '{author}', '{1}', '{id}', '{x}');

-- people.yaml has who was made here, and loads as the same
SELECT anthology.create_person('Dee', 'Fox', orcid => '0000-0001-5109-3700', comment => 'Oslo: the younger');
SELECT anthology.export_people_yaml();
SELECT unchanged, changed, kept FROM anthology.import_people(anthology.export_people_yaml());

-- an ORCID set changes what stands beside it, and not the person's other names on the paper
SELECT $$<collection id="2024.twice"><volume id="1"><meta><booktitle>B</booktitle><year>2024</year></meta>
<paper id="1"><title>T</title><author id="dee-fox" orcid="0000-0001-5109-3700"><first>Dee</first><last>Fox</last></author>
<editor><first>Dee</first><last>Fox</last></editor></paper></volume></collection>$$ AS source \gset
SELECT count(*) FROM anthology.import_collection(:'source');
SELECT anthology.set_orcid('dee-fox', '0000-0003-1415-9269') AS id \gset
SELECT anthology.export_collection('2024.twice') = replace(:'source', '0000-0001-5109-3700', '0000-0003-1415-9269') AS only_the_orcid;
SELECT anthology.undo_reassignment(:id) > 0 AS undone;
SELECT anthology.export_collection('2024.twice') = :'source' AS unchanged;

-- ids are found as a reader of the XML sees them; what looks like a name elsewhere is none
SELECT $$<collection id="2024.refs"><volume id='&#x6c;ong'><meta><booktitle>B</booktitle><editor><last>Roe</last></editor><year>2024</year></meta>
<x><author id="a"/></x><paper ingest-date="&#x3e;" id="&#49;"><title>T</title><note><author id="no"/></note><?pi <author> ?><author openreview='~X1' ><last>Roe</last></author></paper>
<paper id = '2'><author/><author orcid = '0000-0001-5109-3700' id='dee-fox'><first>Dee</first><last>Fox</last></author></paper></volume></collection>$$ AS source \gset
SELECT count(*) FROM anthology.import_collection(:'source');
SELECT paper_id, role, "position", person_id FROM anthology.authorship WHERE paper_id LIKE '2024.refs%' ORDER BY 1, 2, 3;
SELECT anthology.create_person('', 'Roe', degree => 'Kiel');
SELECT anthology.reassign_papers('{2024.refs-long.0,2024.refs-long.1}', 'roe', 'dee-fox') > 0 AS moved;
SELECT anthology.reassign_papers('{2024.refs-long.2}', 'dee-fox', 'roe') > 0 AS moved;
SELECT anthology.export_collection('2024.refs');

-- a file that cannot be edited does not keep the others back
UPDATE anthology.collection SET source = replace(source, '&#49;', '3') WHERE id = '2024.refs';
SELECT path, content IS NOT NULL AS has_content, error FROM anthology.changed_files();
SELECT anthology.export_collection('2024.refs');
SELECT anthology.export_changes('/tmp');

-- as many edits as names: a scan of all edits for every name takes minutes, this a second or two
CREATE FUNCTION pg_temp.seconds(names integer) RETURNS float8 LANGUAGE plpgsql AS $$
DECLARE
    source text := '<collection><volume id="1">' || (SELECT string_agg(format('<paper id="%s"><author/></paper>', i), '') FROM generate_series(1, names) i) || '</volume></collection>';
    numbers text[] := ARRAY(SELECT i::text FROM generate_series(1, names) i);
    began timestamptz := clock_timestamp();
BEGIN
    PERFORM anthology_internal.edit_collection(source, array_fill('1'::text, ARRAY[names]), numbers, array_fill('author'::text, ARRAY[names]),
        array_fill('1'::text, ARRAY[names]), array_fill('id'::text, ARRAY[names]), numbers);
    RETURN extract(epoch FROM clock_timestamp() - began);
END
$$;
SELECT pg_temp.seconds(300000) < 20 AS quick;
