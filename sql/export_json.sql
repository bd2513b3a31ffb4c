-- people.json and hall-of-fame.json: nothing but what was corrected changes
SET client_min_messages = warning;
DROP EXTENSION IF EXISTS anthology CASCADE;
DROP SCHEMA IF EXISTS anthology CASCADE;
CREATE EXTENSION anthology;
SELECT anthology.create_tables();
RESET client_min_messages;
\set SHOW_CONTEXT never

-- entries in the present form and expanded, ids out of order, members that are not known here, an entry that cannot be loaded
SELECT $${
  "ann-roe": {
    "names": [
      {"first": "Ann", "last": "Roe"},
      {"first": "Änn \"A.\"", "last": "Roe"}
    ],
    "comment": "Kiel, b\/c",
    "homepage": "https://example.org/",
    "similar": [
      "bo-li"
    ]
  },
  "wei-li": {
    "names": [
      {
        "first": "Wei",
        "last": "Li"
      },
      {
        "first": "伟",
        "last": "李",
        "script": "hani"
      }
    ],
    "orcid": "https://orcid.org/0000-0002-1694-233X"
  },
  "bo-li": {"names": [{"first": "Bo", "last": "Li"}], "degree": "Oslo"},
  "no-one": {"names": []},
  "mono": {
    "names": [
      {"last": "Abdullah"}
    ],
    "disable_name_matching": true
  }
}
$$ AS people, $${
  "fellows": {
    "recipients_by_year": {
      "2025": [ {"id": "ann-roe", "reason": "ann-roe"}, {"id":"cy-day/unverified"} ],
      "2024": [ {"reason": "", "id": "bo-li"}, {"id": "wei-li"} ]
    }
  }
}
$$ AS hall \gset
SELECT new, problems FROM anthology.import_people(:'people');
INSERT INTO anthology.data_file (path, source) VALUES ('json/people.json', :'people'), ('json/hall-of-fame.json', :'hall')
    ON CONFLICT (path) DO UPDATE SET source = excluded.source;
UPDATE anthology.corpus_state SET layout = 'json';
SELECT count(*) FROM anthology.import_collection($$<collection id="2024.test"><volume id="1"><meta><booktitle>B</booktitle><year>2024</year></meta>
<paper id="1"><title>T</title><author><first>Ann</first><last>Roe</last></author><author><first>Cy</first><last>Day</last></author></paper>
<paper id="2"><title>T</title><author id="bo-li"><first>Bo</first><last>Li</last></author></paper></volume></collection>$$);
SELECT * FROM anthology.changed_files();
SELECT anthology.export_people_json() = :'people' AS unchanged, anthology.export_hall_of_fame() = :'hall' AS hall_unchanged;

-- lines that are new (+) and gone (-)
CREATE FUNCTION pg_temp.differences(was text, now text) RETURNS TABLE (line text) LANGUAGE sql AS $$
    SELECT coalesce('+' || n.line, '-' || o.line)
    FROM (SELECT line, row_number() OVER (PARTITION BY line) AS copy, i FROM regexp_split_to_table(was, E'\n') WITH ORDINALITY AS t(line, i)) AS o
        FULL JOIN (SELECT line, row_number() OVER (PARTITION BY line) AS copy, i FROM regexp_split_to_table(now, E'\n') WITH ORDINALITY AS t(line, i)) AS n USING (line, copy)
    WHERE o.line IS NULL OR n.line IS NULL ORDER BY coalesce(n.i, o.i), o.i NULLS LAST
$$;

-- each kind of correction changes its own members only
SELECT anthology.add_name('wei-li', 'W.', 'Li') > 0 AS done;
SELECT * FROM pg_temp.differences(:'people', anthology.export_people_json());
SELECT anthology.set_orcid('ann-roe', '0000-0002-1825-0097') > 0 AS done;
SELECT anthology.change_name('bo-li', 'Robert', 'Li') > 0 AS done;
SELECT anthology.set_name_matching('mono', true) > 0 AS done;
SELECT anthology.create_person('Zoë "Z"', 'Ångström' || chr(9), degree => 'Lund', comment => 'a/b') AS made;
SELECT anthology.create_person('Aaron', 'Li', degree => 'Graz') AS made;
SELECT anthology.verify_person('cy-day/unverified', degree => 'Bonn') > 0 AS done;
SELECT anthology.rename_person('wei-li', 'wei-li-233x') > 0 AS done;
SELECT anthology.export_people_json();
SELECT * FROM pg_temp.differences(:'hall', anthology.export_hall_of_fame());
SELECT path, error FROM anthology.changed_files();

-- it loads as the same
SELECT anthology.export_people_json() AS exported \gset
SELECT new, changed, kept FROM anthology.import_people(:'exported');

-- all undone, it says what it said: what was exported in the present form stays in it
SELECT count(anthology.undo_reassignment(id)) FROM (SELECT id FROM anthology.reassignment WHERE status = 'applied' AND kind <> 'undo' ORDER BY id DESC) AS x;
SELECT * FROM pg_temp.differences(:'people', (SELECT anthology.export_people_json()));
SELECT * FROM pg_temp.differences(:'hall', anthology.export_hall_of_fame());

-- without a file, the official form in the order of ids
DELETE FROM anthology.data_file;
SELECT anthology.export_people_json();
