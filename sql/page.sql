-- the author's page and what stands beside it
SET client_min_messages = warning;
DROP EXTENSION IF EXISTS anthology CASCADE;
DROP SCHEMA IF EXISTS anthology CASCADE;
CREATE EXTENSION anthology;
SELECT anthology.create_tables();
RESET client_min_messages;
\set SHOW_CONTEXT never
SELECT * FROM anthology.import_venues('{acl: {acronym: ACL, name: Annual Meeting}}');
SELECT * FROM anthology.import_people($$
julian-katz-samuels: {names: [{first: Julian, last: Katz-Samuels}, {first: J., last: Katz-Samuels}], similar: [zheng-li]}
zheng-li: {names: [{first: Zheng, last: Li}]}
$$);
SELECT * FROM anthology.import_collection(xmlparse(DOCUMENT $$<collection id="2024.test"><volume id="1">
<meta><booktitle>Proceedings</booktitle><editor><first>Julian</first><last>Katz-Samuels</last></editor><year>2024</year><venue>acl</venue><venue>nowhere</venue></meta>
<paper id="1"><title>On <fixed-case>X</fixed-case></title><author><first>Julian</first><last>Katz-Samuels</last></author><author><first>Zheng</first><last>Li</last></author><abstract>About <i>x</i> &amp; y.</abstract></paper>
<paper id="2"><title>On Y</title><author><first>Zheng</first><last>Li</last></author><author><first>J.</first><last>Katz-Samuels</last></author></paper>
<paper id="10"><title>On Z</title><author id="julian-katz-samuels"><first>Julian</first><last>Katz-Samuels</last></author><author><first>Julián</first><last>Katz-Samuels</last></author></paper>
<paper id="11"><title>Alone</title><author><first>Julia</first><last>Katz-Samuels</last></author></paper>
</volume></collection>$$));

\x on
SELECT * FROM anthology.person_page('julian-katz-samuels');
\x off
SELECT * FROM anthology.person_names('julian-katz-samuels');
SELECT * FROM anthology.person_coauthors('julian-katz-samuels');
SELECT * FROM anthology.person_venues('julian-katz-samuels');
SELECT similar_id, canonical_name, score >= 0.8 AS alike, same_slug, papers FROM anthology.person_similar('julian-katz-samuels');
SELECT person_id, canonical_name, matched_name, score = 1 AS equal, verified, papers FROM anthology.find_person('Katz Samuels, Julian', 2);

-- nobody, and nothing to show
SELECT * FROM anthology.person_page('nobody');
SELECT * FROM anthology.person_names('nobody');
SELECT * FROM anthology.find_person('Julian', 0);
SELECT * FROM anthology.import_people('idle: {names: [{last: Idle}]}');
SELECT * FROM anthology.person_page('idle');
SELECT person_id, papers FROM anthology.find_person('Idle', 1);
