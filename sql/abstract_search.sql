-- searching: search_papers, related_papers, abstract_headline
SET client_min_messages = warning;
SELECT anthology.create_tables();
RESET client_min_messages;
BEGIN;
DELETE FROM anthology.paper;
INSERT INTO anthology.collection VALUES ('2033.find', '');
INSERT INTO anthology.volume (id, collection_id, number, year) VALUES ('2033.find-1', '2033.find', '1', 2033);
INSERT INTO anthology.paper (id, volume_id, number, year, title, abstract)
    SELECT '2033.find-1.' || i, '2033.find-1', i, 2033, title, abstract FROM (VALUES
    (1, 'Evolutionary Contrastive Distillation for Language Model Alignment', 'We propose Evolutionary Contrastive Distillation (ECD), a method to follow complex instructions. ECD pairs a response with a “hard negative” one and yields a 7B model.'),
    (2, 'AutoMixAlign: Adaptive Data Mixing for Multi-Task Preference Optimization in <fixed-case>LLM</fixed-case>s', 'We propose AutoMixAlign (AMA), which mixes datasets during LLM training. AMA-R adaptively reweights the objective. Both achieve a convergence rate of <tex-math>O(1/\sqrt{T})</tex-math> in the convex case.'),
    (3, '<fixed-case>I</fixed-case>nfo<fixed-case>PO</fixed-case>: On Mutual Information Maximization for Large Language Model Alignment', 'We study the post-training of large language models (LLMs) with preference data. InfoPO does without the Bradley-Terry (BT) model.'),
    (4, 'Preference data for aligning language models', NULL),
    (5, NULL, NULL)) AS v(i, title, abstract);
SELECT anthology.refresh_term_statistics(true);

-- each paper first for its own acronym, phrase and formula, however typed
SELECT words, (SELECT string_agg(substr(paper_id, 13), ' ') FROM anthology.search_papers(words)) AS found
FROM unnest(ARRAY['ECD', 'complex instructions', 'hard-negative responses', '7b', 'AMA', 'AMA-R', 'automixalign', 'auto mix align', 'O(1/√T)', 'O(1/sqrt(T))',
    'convergence in the convex case', 'InfoPO', 'info-po', 'Bradley Terry', 'posttraining', 'aligning language models', '', 'xyzzy']) WITH ORDINALITY AS w(words, n)
ORDER BY n;
\x on
SELECT paper_id, title, year, rank > 0 AS ranked, headline FROM anthology.search_papers('adaptive LLM training', 1);
\x off
SELECT count(*) FROM anthology.search_papers('language models', 1);
SELECT count(*) FROM anthology.search_papers(NULL);

SELECT related_id, similarity BETWEEN 0 AND 1 AS in_range FROM anthology.related_papers('2033.find-1.3', 2);
SELECT * FROM anthology.related_papers('2033.find-1.5');

SELECT anthology.abstract_headline('On <b>pre-training</b> of <fixed-case>LLM</fixed-case>s with <tex-math>O(1/\sqrt{T})</tex-math> steps', anthology.abstract_tsquery(words))
FROM unnest(ARRAY['pretraining', 'LLM', 'O(1/√T)', 'nothing']) AS words;
SELECT anthology.abstract_headline('On pre-training', 'pretrain', 'StartSel=[, StopSel=]');

-- the search uses the index
SET LOCAL enable_seqscan = off;
EXPLAIN (COSTS OFF) SELECT id FROM anthology.paper
    WHERE document @@ anthology.rarest_words(anthology.abstract_tsquery('ECD'), 3000);
SELECT * FROM anthology.related_papers('2033.none-1.1');
ROLLBACK;
