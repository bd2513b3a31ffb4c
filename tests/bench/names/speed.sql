-- The time of one name_similarity beside its peers, in one process.
--   psql -v corpus=/path/to/anthology -f tests/bench/names/speed.sql
-- needs the extensions fuzzystrmatch and pg_trgm. Each measure is timed three
-- times over 2,000,000 names: first names and last names of the corpus, crossed.
SET client_min_messages = warning;
SET max_parallel_workers_per_gather = 0;
SET jit = off;
CREATE EXTENSION IF NOT EXISTS anthology;
CREATE EXTENSION IF NOT EXISTS fuzzystrmatch;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE TEMP TABLE slugs (first text, last text, slug text);
\setenv SLUGS :corpus
\copy slugs from program 'sed "s/[\\\\]/x/g" "$SLUGS/oracle/slugs.tsv"'
CREATE TEMP TABLE name AS
SELECT f.first || ' ' || l.last AS name
FROM (SELECT first, row_number() OVER (ORDER BY md5(first || last)) AS n FROM slugs WHERE first <> '') AS f
JOIN (SELECT last, row_number() OVER (ORDER BY md5(last || first)) AS n FROM slugs) AS l
  ON l.n % 4000 = f.n % 4000
ORDER BY md5(f.first || l.last) LIMIT 2000000;
VACUUM ANALYZE name;

CREATE TEMP TABLE timing (measure text, constant text, us double precision);
DO $$
DECLARE
    constant text;
    measure text;
    start timestamptz;
    pairs bigint := (SELECT count(*) FROM name);
BEGIN
    FOR round IN 1..3 LOOP
        FOREACH constant IN ARRAY ARRAY['Julian Katz-Samuels', 'Yang Liu', 'Michael Christopher Johnson'] LOOP
            FOREACH measure IN ARRAY ARRAY['length(name)', 'anthology.name_similarity(name, $1)',
                                           'levenshtein(name, $1)', 'similarity(name, $1)',
                                           'anthology.jaro_winkler_similarity(name, $1)'] LOOP
                start := clock_timestamp();
                EXECUTE format('SELECT count(%s) FROM name', replace(measure, '$1', quote_literal(constant)));
                INSERT INTO timing VALUES (measure, constant,
                    extract(epoch FROM clock_timestamp() - start) * 1e6 / pairs);
            END LOOP;
        END LOOP;
    END LOOP;
END $$;
-- microseconds a name, the scan of the table (length) included
SELECT measure, constant, round(min(us)::numeric, 3) AS best, round(max(us)::numeric, 3) AS worst
FROM timing GROUP BY 1, 2 ORDER BY 2, 3;
