-- jaro_similarity, jaro_winkler_similarity, damerau_levenshtein, jaccard

CREATE FUNCTION pg_temp.measures(a text, b text, OUT jaro numeric, OUT jaro_winkler numeric, OUT damerau int, OUT jaccard numeric)
    LANGUAGE sql
    RETURN (round(anthology.jaro_similarity(a, b)::numeric, 4), round(anthology.jaro_winkler_similarity(a, b)::numeric, 4),
            anthology.damerau_levenshtein(a, b), round(anthology.jaccard(a, b)::numeric, 4));

-- the examples of the literature
SELECT a, b, m.* FROM (VALUES
    ('MARTHA', 'MARHTA'), ('DIXON', 'DICKSONX'), ('DWAYNE', 'DUANE'), ('JELLYFISH', 'SMELLYFISH'),
    ('CA', 'ABC'), ('kitten', 'sitting'), ('duck', 'luck'), ('abc', 'xyz')) AS v(a, b), LATERAL pg_temp.measures(a, b) AS m;

-- code points, not bytes, and as they are: no case, no normal form
SELECT a, b, m.* FROM (VALUES
    ('Müller', 'Muller'), ('Mxller', 'Muller'), ('É', 'é'), ('刘洋', '刘杨'), ('刘洋', '洋刘'), ('😀😁', '😁😀'),
    ('Иван', 'Ивна'), ('é', U&'e\0301')) AS v(a, b), LATERAL pg_temp.measures(a, b) AS m;

-- equal strings have 1, two empty ones too; an empty one and another 0
SELECT a, b, m.* FROM (VALUES ('', ''), ('', 'abc'), ('abc', ''), ('abc', 'abc'), (' ', ' ')) AS v(a, b), LATERAL pg_temp.measures(a, b) AS m;
SELECT anthology.jaro_similarity(NULL, 'a'), anthology.jaro_winkler_similarity(NULL, 'a'),
       anthology.damerau_levenshtein(NULL, 'a'), anthology.jaccard('a', NULL);

-- no length is too long; a long distance can be cancelled
SELECT anthology.jaro_similarity(repeat('ab', 500000), repeat('ab', 500000) || 'x') > 0.99 AS jaro,
       anthology.jaccard(repeat('ab', 500000), repeat('abc', 500000)) > 0.66 AS jaccard,
       anthology.damerau_levenshtein(repeat('ab', 500000) || 'xy', repeat('ab', 500000) || 'yx') AS damerau;
SET statement_timeout = '200ms';
SELECT anthology.damerau_levenshtein(repeat('ab', 500000), repeat('cde', 500000));
RESET statement_timeout;
