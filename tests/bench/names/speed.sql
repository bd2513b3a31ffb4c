-- The time of one name_similarity, and of the ten nearest of 2,000,000 names,
-- beside the peers. Called by run, which sets :names to the corpus' names: first
-- and last name, tab-separated. Runs in one process, without JIT.
SET max_parallel_workers_per_gather = 0;
SET jit = off;
SET maintenance_work_mem = '256MB';
CREATE EXTENSION anthology;
CREATE EXTENSION fuzzystrmatch;
CREATE EXTENSION pg_trgm;
SELECT EXISTS (SELECT FROM pg_available_extensions WHERE name = 'pg_similarity') AS has_pg_similarity \gset
\if :has_pg_similarity
CREATE EXTENSION pg_similarity;
\else
\echo 'pg_similarity is not installed: left out'
\endif

CREATE TABLE corpus_name (first text, last text);
\set copy '\\copy corpus_name FROM ' :'names'
:copy
-- First names and last names of the corpus, crossed.
CREATE TABLE name AS
SELECT f.first || ' ' || l.last AS name
FROM (SELECT first, row_number() OVER (ORDER BY md5(first || last)) AS n FROM corpus_name WHERE first <> '') AS f
JOIN (SELECT last, row_number() OVER (ORDER BY md5(last || first)) AS n FROM corpus_name) AS l
  ON l.n % 4000 = f.n % 4000
ORDER BY md5(f.first || l.last) LIMIT 2000000;
VACUUM ANALYZE name;
\echo
\echo 'names'
SELECT count(*) AS names, count(DISTINCT name) AS different, pg_size_pretty(pg_relation_size('name')) AS size FROM name;

CREATE TABLE timing (measure text, constant text, us double precision);
DO $$
DECLARE
    constant text;
    measure text;
    start timestamptz;
    pairs bigint := (SELECT count(*) FROM name);
    measures text[] := ARRAY['length(name)', 'anthology.name_similarity(name, $1)', 'levenshtein(name, $1)',
                             'similarity(name, $1)', 'anthology.jaro_winkler_similarity(name, $1)'];
BEGIN
    IF EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_similarity') THEN
        measures := measures || 'jarowinkler(name, $1)'::text;
    END IF;
    FOR round IN 1..3 LOOP
        FOREACH constant IN ARRAY ARRAY['Julian Katz-Samuels', 'Yang Liu', 'Michael Christopher Johnson'] LOOP
            FOREACH measure IN ARRAY measures LOOP
                start := clock_timestamp();
                EXECUTE format('SELECT count(%s) FROM name', replace(measure, '$1', quote_literal(constant)));
                INSERT INTO timing VALUES (measure, constant,
                    extract(epoch FROM clock_timestamp() - start) * 1e6 / pairs);
            END LOOP;
        END LOOP;
    END LOOP;
END $$;
\echo 'microseconds a stored name against a constant, best of 3; length(name) is the scan of the table and a call'
SELECT measure, round(min(us) FILTER (WHERE constant LIKE 'Julian%')::numeric, 3) AS "Julian Katz-Samuels",
       round(min(us) FILTER (WHERE constant LIKE 'Yang%')::numeric, 3) AS "Yang Liu",
       round(min(us) FILTER (WHERE constant LIKE 'Michael%')::numeric, 3) AS "Michael Christopher Johnson"
FROM timing GROUP BY 1 ORDER BY 2;

CREATE TABLE building (index text, seconds numeric);
DO $$
DECLARE
    start timestamptz := clock_timestamp();
BEGIN
    CREATE INDEX name_ours ON name USING anthology_names (name);
    INSERT INTO building VALUES ('name_ours', extract(epoch FROM clock_timestamp() - start));
    start := clock_timestamp();
    CREATE INDEX name_gin ON name USING gin (name gin_trgm_ops);
    INSERT INTO building VALUES ('name_gin', extract(epoch FROM clock_timestamp() - start));
END $$;
\echo 'indexes: name_ours is USING anthology_names, name_gin USING gin (name gin_trgm_ops)'
SELECT index, round(seconds, 1) AS seconds, round((SELECT count(*) FROM name) / seconds) AS names_a_second,
       pg_size_pretty(pg_relation_size(index::regclass)) AS size,
       round(pg_relation_size(index::regclass)::numeric / pg_relation_size('name_gin'), 2) AS of_gin
FROM building;

-- 100 names of the corpus, and some that are hard.
CREATE TABLE query AS
SELECT name, false AS hard FROM (
    SELECT first || ' ' || last AS name FROM corpus_name WHERE first <> '' ORDER BY md5(last || '#' || first) LIMIT 100) AS q
UNION ALL
SELECT unnest(ARRAY['Wei Wang', 'Yang Liu', 'Zbigniew Wang', 'Wang', 'Li', 'Liu', 'Lee', 'Kim, J.', 'E, Weinan', 'John Smith',
                    'Muhammad Abdul-Mageed', 'Maria Garcia', 'van der Goot',
                    'Wolfgang Maximilian Hohenzollern-Sigmaringen von und zu Gutenberg']), true;
CREATE TABLE nearest (method text, name text, hard boolean, ms double precision, score double precision, names bigint);
DO $$
DECLARE
    q record;
    start timestamptz;
    s double precision;
    n bigint;
BEGIN
    PERFORM set_config('pg_trgm.similarity_threshold', '0.5', false);
    -- Each method by itself, and the second time counts: what it reads is in memory.
    FOR round IN 0..1 LOOP
        FOR q IN SELECT * FROM query LOOP
            start := clock_timestamp();
            SELECT sum(1 - d), count(*) INTO s, n
            FROM (SELECT name OPERATOR(anthology.<~>) q.name AS d FROM name ORDER BY name OPERATOR(anthology.<~>) q.name LIMIT 10) AS x;
            IF round = 1 THEN
                INSERT INTO nearest VALUES ('ours', q.name, q.hard, extract(epoch FROM clock_timestamp() - start) * 1000, s, n);
            END IF;
        END LOOP;
    END LOOP;
    FOR round IN 0..1 LOOP
        FOR q IN SELECT * FROM query LOOP
            start := clock_timestamp();
            SELECT sum(x.s), count(*) INTO s, n
            FROM (SELECT similarity(name, q.name) AS s FROM name WHERE name % q.name
                  ORDER BY similarity(name, q.name) DESC LIMIT 10) AS x;
            IF round = 1 THEN
                INSERT INTO nearest VALUES ('gin', q.name, q.hard, extract(epoch FROM clock_timestamp() - start) * 1000, s, n);
            END IF;
        END LOOP;
    END LOOP;
END $$;
\echo 'ten nearest, milliseconds: 100 names of the corpus (and the hard ones)'
SELECT method,
       round((percentile_cont(0.5) WITHIN GROUP (ORDER BY ms) FILTER (WHERE NOT hard))::numeric, 2) AS median,
       round((percentile_cont(0.9) WITHIN GROUP (ORDER BY ms) FILTER (WHERE NOT hard))::numeric, 2) AS nine_of_ten,
       round(max(ms) FILTER (WHERE NOT hard)::numeric, 2) AS worst,
       round(max(ms) FILTER (WHERE hard)::numeric, 2) AS worst_of_hard
FROM nearest GROUP BY 1 ORDER BY 1;
SELECT round(((SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY ms) FROM nearest WHERE method = 'gin' AND NOT hard) /
              (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY ms) FROM nearest WHERE method = 'ours' AND NOT hard))::numeric, 1)
       AS times_faster_at_the_median;
\echo 'the slowest'
SELECT name, round(ms::numeric, 2) AS ms FROM nearest WHERE method = 'ours' ORDER BY ms DESC LIMIT 5;

-- What a full scan finds: the sum of the ten highest similarities.
CREATE TABLE scanned AS
SELECT q.name, x.score FROM query AS q
CROSS JOIN LATERAL (
    SELECT sum(s) AS score FROM (
        SELECT anthology.name_similarity(n.name, q.name) AS s FROM name AS n ORDER BY 1 DESC LIMIT 10) AS y) AS x
WHERE q.hard OR right(md5(q.name), 1) < '8';
\echo 'sum of the scores that the index finds, of those that a full scan finds'
SELECT count(*) AS queries, round((sum(n.score) / sum(s.score))::numeric, 5) AS of_full_scan,
       round(min(n.score / s.score)::numeric, 5) AS worst
FROM scanned AS s JOIN nearest AS n USING (name) WHERE n.method = 'ours' AND s.score > 0;
