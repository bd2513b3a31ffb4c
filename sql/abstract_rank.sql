-- abstract_rank, abstract_similarity: terms by how rare they are
SET client_min_messages = warning;
SELECT anthology.create_tables();
BEGIN;
DELETE FROM anthology.paper;
INSERT INTO anthology.collection VALUES ('2032.rank', '');
INSERT INTO anthology.volume (id, collection_id, number) VALUES ('2032.rank-1', '2032.rank', '1');
INSERT INTO anthology.paper (id, volume_id, number, title, abstract)
    SELECT '2032.rank-1.' || i, '2032.rank-1', i, title, abstract FROM (VALUES
    (1, 'Neural machine translation', 'We translate with large language models.'),
    (2, 'Pre-training for parsing', 'Models of syntax are pre-trained on treebanks.'),
    (3, 'Pretraining for parsing', 'Models of syntax are pretrained on treebanks.'),
    (4, 'Annotators', 'How people annotate text with models.'),
    (5, 'A study', 'The study of models, models and models.'),
    (6, 'Treebanks of Czech', 'Annotation of dependency trees.')) AS v(i, title, abstract);
SELECT anthology.refresh_term_statistics(true);
CREATE FUNCTION found(words text) RETURNS text LANGUAGE sql AS $$
    SELECT string_agg(number || CASE WHEN rank = next THEN ' =' ELSE '' END, ' ' ORDER BY rank DESC, number)
    FROM (SELECT *, lead(rank) OVER (ORDER BY rank DESC, number) AS next
          FROM (SELECT number, anthology.abstract_rank(document, anthology.abstract_tsquery(words)) AS rank
                FROM anthology.paper) p WHERE rank > 0) q
$$;
-- a rare word outweighs a frequent one; the spellings of a compound are alike; nearness; the same beginning
SELECT words, found(words) FROM unnest(ARRAY['models of translation', 'pre-training', 'pretraining', 'syntax models', 'language models',
    'annotation', 'treebanks', 'nothing of it', '']) WITH ORDINALITY AS w(words, n) ORDER BY n;
-- more than a word is better, and never less than none
SELECT bool_and(anthology.abstract_rank(document, q) >= 0), bool_and(anthology.abstract_rank(document, '') = 0),
    bool_and(anthology.abstract_rank(document, q && 'xyzzy') >= anthology.abstract_rank(document, 'xyzzy')),
    bool_and(anthology.abstract_rank(document, !!q) = 0)
FROM anthology.paper, anthology.abstract_tsquery('models of pre-training') q;
-- fields: title before abstract
SELECT anthology.abstract_rank('w:1A', 'w') > anthology.abstract_rank('w:1B', 'w') AS a, anthology.abstract_rank('w:1B', 'w') > anthology.abstract_rank('w:1', 'w') AS b,
    anthology.abstract_rank('w', 'w') > 0 AS stripped;

-- similarity: symmetric, 1 for the same, 0 for nothing in common
SELECT bool_and(anthology.abstract_similarity(a.document, b.document) = anthology.abstract_similarity(b.document, a.document)) AS symmetric,
    bool_and(anthology.abstract_similarity(a.document, a.document) = 1) AS same, min(anthology.abstract_similarity(a.document, b.document)),
    bool_and(anthology.abstract_similarity(a.document, b.document) BETWEEN 0 AND 1) AS in_range
FROM anthology.paper a, anthology.paper b;
SELECT anthology.abstract_similarity('', ''), anthology.abstract_similarity('a:1', ''), anthology.abstract_similarity('a:1', 'b:1');
SELECT a.number, b.number FROM anthology.paper a, anthology.paper b WHERE a.number < b.number
ORDER BY anthology.abstract_similarity(a.document, b.document) DESC LIMIT 1;

-- what to look up
SELECT anthology.rarest_words(anthology.abstract_tsquery('models of pre-training for translation'), n) FROM unnest(ARRAY[0, 2, 5, 100]) n;
SELECT anthology.rarest_words('', 10), anthology.distinctive_terms('', 10);
SELECT anthology.distinctive_terms(document, 6), anthology_internal.keyword_terms(document, 4) FROM anthology.paper WHERE number = 2;
SELECT anthology_internal.keyword_terms('a:1 2020:2', 5), anthology_internal.keyword_terms('a:1', 0), anthology_internal.keyword_terms('a:1', -1);
ROLLBACK;
