-- abstract_tsvector: the terms of titles and abstracts
\pset format unaligned

SELECT anthology.abstract_tsvector('Pre-training of LLMs', 'We study <b>pretraining</b>. The <tex-math>O(1/\sqrt{T})</tex-math> rate');
SELECT anthology.abstract_tsvector('one two', 'two three', 'C', 'D');
SELECT anthology.abstract_tsvector(NULL, NULL), anthology.abstract_tsvector('', ''), anthology.abstract_tsvector('a title', NULL),
    anthology.abstract_tsvector('a', 'b', NULL, 'A') IS NULL AS no_weight;
SELECT anthology.abstract_tsvector('a', 'b', 'E', 'A');

-- every form that a person would type finds every form that a person would write
SELECT written, array_agg(typed ORDER BY n) FILTER (WHERE NOT anthology.abstract_tsvector(NULL, 'so ' || written || ' is')
        @@ anthology.abstract_tsquery(typed)) AS not_found
FROM (VALUES
    ('AutoMixAlign', ARRAY['AutoMixAlign', 'automixalign', 'auto-mix-align', 'Auto Mix Align', 'AUTOMIXALIGN']),
    ('(AMA)', ARRAY['AMA', 'ama', 'AMAs', 'AMA''s']),
    ('AMA-R', ARRAY['AMA-R', 'ama-r', 'AMAR', 'AMA', 'AMA R']),
    ('O(1/√T)', ARRAY['O(1/√T)', 'O(1/\sqrt{T})', '$O(1/\sqrt{T})$', 'O(1/sqrt(T))', 'o(1/√t)', '<tex-math>O(1/\sqrt{T})</tex-math>']),
    ('<tex-math>\mathcal{O}(n^2)</tex-math>', ARRAY['O(n^2)', 'O(n²)', '$O(n^{2})$', 'O( n^2 )']),
    ('GPT-4', ARRAY['GPT-4', 'GPT4', 'gpt 4', 'gpt-4', 'GPT‑4', 'GPT–4']),
    ('GPT4', ARRAY['GPT-4', 'GPT4', 'gpt4']),
    ('LLMs', ARRAY['LLM', 'LLMs', 'llm', 'LLM''s', 'LLM’s']),
    ('pre-training', ARRAY['pre-training', 'pretraining', 'pre training', 'pre-trained', 'Pretrained']),
    ('pretraining', ARRAY['pre-training', 'pretraining', 'pre-trained']),
    ('7B', ARRAY['7B', '7b']),
    ('3.5', ARRAY['3.5']),
    ('1,000', ARRAY['1000', '1,000']),
    ('eﬃcient', ARRAY['efficient', 'eﬃcient', 'EFFICIENT']),
    (E'co\u00ADoperation', ARRAY['cooperation', 'co-operation']),
    ('model’s', ARRAY['model', 'models', 'model''s']),
    ('Erdős–Rényi', ARRAY['Erdos-Renyi', 'erdos renyi', 'Erdős-Rényi']),
    ('naïve', ARRAY['naive', 'naïve', 'na\"{\i}ve']),
    ('state-of-the-art', ARRAY['state-of-the-art', 'state of the art']),
    ('summarisation', ARRAY['summarization', 'summarisation']),
    ('F<tex-math>_1</tex-math>', ARRAY['F1', 'F_1', '$F_1$', 'F₁']),
    ('中文摘要', ARRAY['中文', '摘要', '中文摘要']),
    ('C++', ARRAY['C++', 'c++']),
    ('https://github.com/x/y-z', ARRAY['https://github.com/x/y-z', 'github.com/x/y-z', 'github'])) AS v(written, forms),
    unnest(forms) WITH ORDINALITY AS f(typed, n)
GROUP BY written ORDER BY min(n), written COLLATE "C";

-- phrases across hyphens
SELECT written, typed, anthology.abstract_tsvector(NULL, written) @@ anthology.abstract_phraseto_tsquery(typed) AS found
FROM (VALUES ('large pre-training of models'), ('large pretraining of models'), ('large pre training of models'), ('models of large pre-training')) AS d(written),
    (VALUES ('pre-training of models'), ('pretraining of models'), ('large pre training'), ('large pre-training')) AS q(typed);
SELECT anthology.abstract_tsvector('a language', 'models here') @@ anthology.abstract_phraseto_tsquery('language models') AS not_across_title;

-- an acronym is at its words too
SELECT anthology.abstract_tsvector('Evolutionary Contrastive Distillation', 'The evolutionary contrastive distillation (ECD) method (NOT).');

-- a generated column and an expression index, whatever the default configuration
CREATE TEMP TABLE paper (title text, abstract text,
    document tsvector GENERATED ALWAYS AS (anthology.abstract_tsvector(title, abstract)) STORED);
CREATE INDEX ON paper USING gin (anthology.abstract_tsvector(title, abstract, 'A', 'D'));
INSERT INTO paper (title, abstract) VALUES ('GPT-4', NULL), (NULL, 'of LLMs'), (NULL, NULL);
SET default_text_search_config = 'french';
UPDATE paper SET abstract = 'about pre-training' WHERE title = 'GPT-4';
SELECT document FROM paper;
SET enable_seqscan = off;
SELECT title FROM paper WHERE anthology.abstract_tsvector(title, abstract, 'A', 'D') @@ anthology.abstract_tsquery('pretraining');
RESET enable_seqscan;
RESET default_text_search_config;

-- nothing is an error, and nothing loses the rest of the text
SELECT unit, length(v), v @@ 'tail' AS tail
FROM (SELECT unit, anthology.abstract_tsvector(NULL, repeat(unit, 300000 / octet_length(unit)) || ' tail') AS v
      FROM unnest(ARRAY['(', '[', 'a ', 'ab-', '<', '&', '&#x', '<tex-math>', '$', 'O(', 'a(', 'http://a/', 'www.', '中', 'نموذج ', 'AaBb',
                        '1,', E'\x01', E'\u0301', E'\u200D', '/', '√', 'x''s ']) AS unit) s;

-- limits of tsvector: lexemes beyond a megabyte are dropped, long words too
SELECT length(v) > 30000 AS many, v @@ md5('1')::tsquery AS first, v @@ md5('100000')::tsquery AS last
FROM (SELECT anthology.abstract_tsvector(NULL, string_agg(md5(i::text), ' ')) AS v FROM generate_series(1, 100000) i) s;
SELECT anthology.abstract_tsvector(NULL, repeat('x', 3000) || ' tail');
SELECT cardinality(positions) FROM unnest(anthology.abstract_tsvector(NULL, repeat('word ', 20000)));

-- tags of 2026 are no terms, addresses of links neither; a contraction is no word of its own
SELECT anthology.abstract_tsvector('The <sc>let-alone</sc> <u>NER</u>', 'One.<par/>We''ve <tt>nltk</tt> at <a href="https://x.org/y">our page</a>; they’re they''ll I''d I''m isn''t');
-- what is wrong is said in the database's encoding
SELECT anthology.abstract_tsvector('a', 'b', 'é'::"char", 'A');
SELECT anthology.abstract_tsvector('a', 'b', 'A', 'x');
