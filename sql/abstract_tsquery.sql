-- abstract_tsquery: words as a query
\pset format unaligned

SELECT anthology.abstract_tsquery(words)
FROM (VALUES ('AutoMixAlign: Adaptive Data Mixing for Multi-Task Preference Optimization in LLMs'),
      ('pre-training-based, state-of-the-art and/or GPT-4'), ('a | b & !c <-> ''d'':* "e" \ f'), ('the of and'), ('')) AS v(words);
SELECT anthology.abstract_phraseto_tsquery(words)
FROM (VALUES ('large pre-training of data-driven models'), ('the model'), ('of the'), ('')) AS v(words);
SELECT anthology.abstract_tsquery(NULL), anthology.abstract_phraseto_tsquery(NULL);

-- no input is an error, and a query never has more than so many words
SELECT unit, numnode(anthology.abstract_tsquery(repeat(unit, 100000 / octet_length(unit)))) < 1000 AS query,
    numnode(anthology.abstract_phraseto_tsquery(repeat(unit, 100000 / octet_length(unit)))) < 10000 AS phrase
FROM unnest(ARRAY['(', '|', '!', 'word ', 'ab-', '中', '''', '\', ':*', 'x<->', '<tex-math>', '&#', E'\x01']) AS unit;

-- what is written out reads in again
SELECT bool_and(q = q::text::tsquery) FROM anthology.abstract_tsquery('a pre-training d-e-f of 日本語 x''y O(n)') q;
