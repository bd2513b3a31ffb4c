-- text search configuration anthology.abstract: what the server's own functions make of it
\pset format unaligned

SELECT alias, token, lexemes FROM ts_debug('anthology.abstract',
    'Pre-training LLMs (GPT-4, 7B) in O(1/√T): state-of-the-art, 1,000 x²; AT&T''s C++ at https://x.org/a_b.') WHERE alias = 'term';
SELECT * FROM ts_token_type('anthology.abstract');

-- the same lexemes at the same positions as abstract_tsvector
SELECT left(text, 40) AS text, setweight(to_tsvector('anthology.abstract', anthology.abstract_plain(text)), 'B')
        = anthology.abstract_tsvector(NULL, text) AS same
FROM (VALUES ('Pre-training LLMs in O(1/√T)'), ('state-of-the-art and/or he/she/they end'), ('the-art of the'),
      ('中文摘要：基于模型 and English'), ('نموذج لغوي كبير'), (repeat('x', 3000) || ' tail'), ('GPT4 AMA-R 3.5-turbo'),
      ('a-b-c-d-e-f-g-h-i-j-k'), ('')) AS v(text);

-- likewise of long texts: many lexemes, one lexeme beyond the 255 positions that a tsvector keeps of it, positions beyond the last
SELECT what, setweight(to_tsvector('anthology.abstract', text), 'B') = anthology.abstract_tsvector(NULL, text) AS same
FROM (SELECT 'many', string_agg(md5((i % 3000)::text) || CASE WHEN i % 7 = 0 THEN ' the' ELSE ' Of words' END, ' ') FROM generate_series(1, 6000) i
      UNION ALL
      SELECT 'often', repeat('word another ', 300)
      UNION ALL
      SELECT 'far', repeat('of ', 16380) || 'one two three four five one') AS t(what, text);

-- queries and headlines by the server's functions
SELECT to_tsquery('anthology.abstract', 'LLMs & pre-training'), phraseto_tsquery('anthology.abstract', 'large language models');
SELECT ts_headline('anthology.abstract', 'A study of pre-training for LLMs in O(1/√T) time.',
                   to_tsquery('anthology.abstract', 'llm | pretraining'));
SELECT length(ts_headline('anthology.abstract', repeat('x', 70000) || ' tail ' || repeat('. ', 70000), 'tail'));

SET default_text_search_config = 'anthology.abstract';
SELECT to_tsvector('Fine-tuned LLMs') @@ to_tsquery('finetuned & llm');
