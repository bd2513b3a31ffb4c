-- abstract_keywords: what a paper is about, in its own words
SET client_min_messages = warning;
SELECT anthology.create_tables();
\set ON_ERROR_ROLLBACK on
\set SHOW_CONTEXT never
BEGIN;
DELETE FROM anthology.paper;
INSERT INTO anthology.collection VALUES ('2033.key', '');
INSERT INTO anthology.venue (id, name) VALUES ('key', 'Keys');
INSERT INTO anthology.volume (id, collection_id, number, venue_ids) VALUES ('2033.key-1', '2033.key', '1', '{key}');
INSERT INTO anthology.paper (id, volume_id, number, title, abstract, year)
    SELECT '2033.key-1.' || i, '2033.key-1', i, title, abstract, 2033 FROM (VALUES
    (0, 'Keys of <b>Proceedings</b>', NULL),
    (1, 'Ellipsis in <fixed-case>LLM</fixed-case>s: Exciting Verb Phrases',
        'We''ve studied ellipsis and verb phrases. Ellipsis of verb phrases in LLMs (Large Language Models, LLMs) is exciting, see <url>https://ellipsis.example/x</url>. Ellis did so in 2001. It is undertaken gladly.'),
    (2, 'Pre-training for parsing', 'Models of syntax are pre-trained on treebanks. The pre-training of parsers; pre-training.'),
    (3, 'Neural Machine Translation', 'Neural machine translation translates. We improve neural machine translation by BackTrans.'),
    (4, 'Excitement', 'The excitement of Ellis, and excitement.')) AS v(i, title, abstract);
SELECT anthology.refresh_term_statistics(true);
-- words and phrases as the paper writes them most often; no address, no number, a name before what is said but once
SELECT number, anthology.abstract_keywords(title, abstract, 5) FROM anthology.paper ORDER BY number;
-- of whatever text, they stand in it
SELECT count(*) AS keywords, count(*) FILTER (WHERE position(k IN anthology.abstract_plain(title)) = 0
    AND position(k IN anthology.abstract_plain(abstract)) = 0) AS not_in_text
FROM anthology.paper, unnest(anthology.abstract_keywords(title, abstract, 100)) AS k;
-- by id, and by the document: its own words; other papers' where it is no paper's
SELECT anthology.paper_keywords('2033.key-1.1', 3);
SELECT anthology.paper_keywords('2033.key-1.9');
SELECT bool_and(anthology.abstract_keywords(document, 5) = anthology.abstract_keywords(title, abstract, 5)) FROM anthology.paper;
SELECT anthology.abstract_keywords('excit:1,2 elli:3 neverseen:4', 3);
SELECT anthology.abstract_keywords(NULL, NULL, 3), anthology.abstract_keywords('a', 'b', -1), anthology.abstract_keywords('a', 'b', NULL) IS NULL;
SELECT * FROM anthology.keywords_by('year', '2033', 4);
SELECT * FROM anthology.keywords_by('venue', 'key', 2);
SELECT * FROM anthology.keywords_by('person', 'nobody');
SELECT * FROM anthology.keywords_by('month', 'May');
ROLLBACK;
