-- anthology_names, name_ops: an index over names
SET search_path = public, anthology, anthology_internal;
SET client_min_messages = warning;
-- The planner shall take the index whatever it costs on so few names.
SET enable_seqscan = off;

-- Every spelling of one name, and a thousand others.
CREATE TABLE author (id int GENERATED ALWAYS AS IDENTITY, name text);
INSERT INTO author (name) VALUES
    ('Julian Katz-Samuels'), ('Katz Samuels, Julian'), ('J. Katz-Samuels'), ('KATZ-SAMUELS, JULIAN'), ('Julian Katzsamuels'),
    ('Jörg Tiedemann'), ('Joerg Tiedemann'), ('Jorg Tiedeman'), ('Rob van der Goot'), ('Robert van der Goot'), ('Vandergoot, R.'),
    ('刘洋'), ('Yang Liu'), ('Liu Yang'), ('Иван Петров'), ('Ivan Petrov'), ('Weinan E'), ('Wei-Nan E'), ('Madonna'), ('J.'), (''), (NULL), (NULL);
INSERT INTO author (name)
SELECT (ARRAY['Wei', 'Anna', 'Michael', 'Jui-Ting', 'Olga', 'Pedro', 'Fatima', 'Kenji', 'Sofia', 'Lars'])[1 + i % 10] || ' ' ||
       (ARRAY['', 'M. ', 'Lee ', ''])[1 + i / 10 % 4] ||
       (ARRAY['Wang', 'Schmidt', 'Smith', 'Huang', 'Ivanova', 'García', 'Haddad', 'Tanaka', 'Rossi', 'Berg'])[1 + i / 40 % 10] ||
       (ARRAY['', '-Jones', 'son'])[1 + i / 400 % 3]
FROM generate_series(0, 1199) AS i;
CREATE INDEX author_name ON author USING anthology_names (name);
ANALYZE author;

-- the plans
EXPLAIN (COSTS OFF) SELECT name FROM author ORDER BY name <~> 'Julian Katz-Samuels' LIMIT 5;
EXPLAIN (COSTS OFF) SELECT name FROM author WHERE name ~= 'Julian Katz-Samuels';
EXPLAIN (COSTS OFF) SELECT name FROM author WHERE name_similarity(name, 'Julian Katz-Samuels') >= 0.75;
EXPLAIN (COSTS OFF) SELECT name FROM author WHERE 0.75::real < name_similarity('Julian Katz-Samuels', name);
EXPLAIN (COSTS OFF) SELECT name FROM author WHERE name ~= ROW('Julian Katz-Samuels', 0.75)::name_query AND id < 10
ORDER BY name <~> 'Katz' LIMIT 5;
-- not less than, nor anything else; from PostgreSQL 18 on, plans say what is disabled
CREATE FUNCTION pg_temp.plan(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
    line text;
BEGIN
    FOR line IN EXECUTE 'EXPLAIN (COSTS OFF) ' || query LOOP
        IF line !~ 'Disabled: true' THEN
            RETURN NEXT line;
        END IF;
    END LOOP;
END
$$;
SELECT pg_temp.plan($$SELECT name FROM author WHERE name_similarity(name, 'Julian Katz-Samuels') <= 0.75$$);
SELECT pg_temp.plan($$SELECT name FROM author WHERE name_similarity(name, name) >= 0.75$$);
-- names of one table in another's
SELECT pg_temp.plan($$SELECT count(*) FROM author AS a JOIN author AS b ON a.name ~= b.name WHERE b.id = 1$$);

-- by the named functions, and a search_path without us: the same plans, and numbers of rows as honest
CREATE FUNCTION pg_temp.estimate(query text, OUT expected bigint, OUT there bigint, OUT within_ten boolean) LANGUAGE plpgsql AS $$
DECLARE
    plan json;
BEGIN
    EXECUTE 'EXPLAIN (ANALYZE, TIMING OFF, SUMMARY OFF, FORMAT JSON) ' || query INTO plan;
    expected := plan #>> '{0,Plan,Plan Rows}';
    there := (plan #>> '{0,Plan,Actual Rows}')::numeric; -- with decimals from PostgreSQL 18 on
    within_ten := greatest(expected, 1) BETWEEN greatest(there, 1) / 10.0 AND 10 * greatest(there, 1);
END
$$;
CREATE TABLE wanted AS SELECT name FROM author WHERE id % 150 = 0;
ANALYZE wanted;
SET search_path = '';
EXPLAIN (COSTS OFF) SELECT name FROM public.author WHERE anthology.name_similar(name, 'Julian Katz-Samuels');
EXPLAIN (COSTS OFF) SELECT name FROM public.author WHERE anthology.name_similar('Julian Katz-Samuels', name);
EXPLAIN (COSTS OFF) SELECT name FROM public.author WHERE anthology.name_similar(name, 'Julian Katz-Samuels', 0.75);
EXPLAIN (COSTS OFF) SELECT name FROM public.author WHERE anthology.name_distance(name, 'Julian Katz-Samuels') < 0.25;
EXPLAIN (COSTS OFF) SELECT name FROM public.author WHERE anthology.name_similarity(name, 'Julian Katz-Samuels') >= 0.75;
EXPLAIN (COSTS OFF) SELECT name FROM public.author ORDER BY anthology.name_distance(name, 'Julian Katz-Samuels') LIMIT 3;
SET enable_seqscan = on;
EXPLAIN (COSTS OFF) SELECT w.name, a.name FROM public.wanted AS w JOIN public.author AS a ON anthology.name_similarity(w.name, a.name) >= 0.9;
EXPLAIN (COSTS OFF) SELECT w.name, a.name FROM public.wanted AS w JOIN public.author AS a ON anthology.name_similar(w.name, a.name);
EXPLAIN (COSTS OFF) SELECT w.name, a.name FROM public.wanted AS w LEFT JOIN public.author AS a ON anthology.name_distance(a.name, w.name) <= 0.1::real;
EXPLAIN (COSTS OFF) SELECT w.name, n.name FROM public.wanted AS w, LATERAL (
    SELECT a.name FROM public.author AS a ORDER BY anthology.name_distance(a.name, w.name) LIMIT 3) AS n;
SET enable_seqscan = off;
EXPLAIN (COSTS OFF) SELECT name FROM public.author WHERE anthology.name_similarity(name, 'Yang Liu') > 0.75 OR anthology.name_distance('Anna Rossi', name) < 0.1;
-- a threshold that is not known when the query is planned
SET plan_cache_mode = force_generic_plan;
PREPARE alike(text, real) AS SELECT name FROM public.author WHERE anthology.name_similarity(name, $1) >= $2;
EXPLAIN (COSTS OFF) EXECUTE alike('Yang Liu', 0.75);
EXECUTE alike('Petrov, Ivan', 0.9);
DEALLOCATE alike;
RESET plan_cache_mode;
-- whether as many rows are expected as there are, ten times more or less
SELECT (pg_temp.estimate('SELECT FROM public.author WHERE anthology.name_' || condition)).within_ten, condition FROM (VALUES
    ('similar(name, ''Julian Katz-Samuels'')'), ('similar(name, ''Anna Schmidt'')'), ('similar(name, ''Anna Schmidt'', 0.9)'), ('similar(name, ''Anna Schmidt'', 0.01)'),
    ('distance(name, ''Anna Schmidt'') < 0.2'), ('similarity(name, ''Anna Schmidt'') > 0.8'), ('similarity(name, ''Nobody Else'') > 0.1')) AS v(condition);
SELECT (pg_temp.estimate('SELECT FROM public.wanted AS w JOIN public.author AS a ON anthology.name_' || condition)).within_ten, condition FROM (VALUES
    ('similarity(w.name, a.name) >= 0.9'), ('similar(w.name, a.name)'), ('distance(a.name, w.name) < 0.4')) AS v(condition);
-- the threshold that takes the place of a distance or of a double is exact
CREATE FUNCTION pg_temp.differ(threshold real) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    condition text;
    by_index bigint;
    by_scan bigint;
    differ bigint := 0;
BEGIN
    FOREACH condition IN ARRAY ARRAY['similarity(name, ''Anna Schmidt'') >= %s::real', 'similarity(name, ''Anna Schmidt'') > %s::real', 'similarity(name, ''Anna Schmidt'') >= %s::float8',
            'similarity(name, ''Anna Schmidt'') > %s::float8', 'distance(name, ''Anna Schmidt'') <= (1 - %s::real)::real', 'distance(name, ''Anna Schmidt'') < (1 - %s::real)::real',
            'distance(name, ''Anna Schmidt'') <= 1 - %s::float8', 'distance(name, ''Anna Schmidt'') < 1 - %s::float8'] LOOP
        condition := format('anthology.name_' || condition, quote_literal(threshold));
        EXECUTE 'SELECT count(*) FROM public.author WHERE ' || condition INTO by_index;
        EXECUTE 'SELECT count(*) FILTER (WHERE ' || condition || ') FROM public.author' INTO by_scan;
        differ := differ + (by_index <> by_scan)::integer;
    END LOOP;
    RETURN differ;
END
$$;
SELECT count(*) AS thresholds, sum(pg_temp.differ(s)) AS differ FROM (
    (SELECT DISTINCT anthology.name_similarity(name, 'Anna Schmidt') AS s FROM public.author WHERE name IS NOT NULL ORDER BY s DESC LIMIT 6) UNION ALL VALUES (0), (2), (-1)) AS n;
SET search_path = public, anthology, anthology_internal;
DROP TABLE wanted;

-- the nearest
SELECT name, name <~> 'Julian Katz-Samuels' AS distance FROM author ORDER BY name <~> 'Julian Katz-Samuels', name COLLATE "C" LIMIT 6;
SELECT name FROM author WHERE name ~= 'Liu, Yang' ORDER BY name COLLATE "C";
SELECT name FROM author WHERE name ~= 'Petrov, I.' ORDER BY name COLLATE "C";
SELECT name FROM author WHERE name ~= 'Joerg Tiedemann' ORDER BY name COLLATE "C";
SELECT name FROM author WHERE name_similarity(name, 'R. van der Goot') >= 0.5 ORDER BY name COLLATE "C";
SELECT name FROM author WHERE name ~= 'Weinan E' ORDER BY name COLLATE "C";
SELECT count(*) FROM author WHERE name ~= NULL;
SELECT count(*) FROM author WHERE name ~= ROW(NULL, 0.5)::name_query;

-- Whatever is asked: the index finds what the table holds.
CREATE FUNCTION differ(question text) RETURNS TABLE (what text, by_index bigint, by_scan bigint) LANGUAGE plpgsql AS $$
DECLARE
    least real;
BEGIN
    FOREACH least IN ARRAY ARRAY[0, 0.001, 0.3, 0.6, 0.9, 1]::real[] LOOP
        PERFORM set_config('enable_seqscan', 'off', true), set_config('enable_indexscan', 'on', true),
                set_config('enable_bitmapscan', 'on', true);
        SELECT count(*) INTO by_index FROM public.author AS a WHERE a.name OPERATOR(anthology.~=) ROW(question, least)::anthology.name_query;
        PERFORM set_config('enable_seqscan', 'on', true), set_config('enable_indexscan', 'off', true),
                set_config('enable_bitmapscan', 'off', true);
        SELECT count(*) INTO by_scan FROM public.author AS a WHERE a.name OPERATOR(anthology.~=) ROW(question, least)::anthology.name_query;
        IF by_index <> by_scan THEN
            what := question || ' at ' || least;
            RETURN NEXT;
        END IF;
    END LOOP;
    PERFORM set_config('enable_seqscan', 'off', true), set_config('enable_indexscan', 'on', true);
    SELECT sum(1000 * d) INTO by_index FROM (
        SELECT a.name OPERATOR(anthology.<~>) question AS d FROM public.author AS a
        WHERE a.name IS NOT NULL ORDER BY a.name OPERATOR(anthology.<~>) question LIMIT 7) AS n;
    PERFORM set_config('enable_seqscan', 'on', true), set_config('enable_indexscan', 'off', true);
    SELECT sum(1000 * d) INTO by_scan FROM (
        SELECT a.name OPERATOR(anthology.<~>) question AS d FROM public.author AS a
        WHERE a.name IS NOT NULL ORDER BY a.name OPERATOR(anthology.<~>) question LIMIT 7) AS n;
    IF by_index <> by_scan THEN
        what := 'nearest to ' || question;
        RETURN NEXT;
    END IF;
END $$;
SELECT d.* FROM (SELECT DISTINCT name FROM author WHERE id <= 23 OR id % 17 = 0) AS n, differ(n.name) AS d;
SELECT d.* FROM unnest(ARRAY['Wang', 'wei wanf', 'Smith-Jones, A.', 'Garcia', 'GARCÍA, Pedro', 'Ольга Иванова', '王伟', 'Rossison', 'M.',
                             'Lee Berg', 'Anna Lee', 'Tanka', 'van der', 'E', '-']) AS n, differ(n) AS d;

-- a given name and what follows are no family name, joined or not, for the index finds no such name
CREATE TABLE pupil (name text);
INSERT INTO pupil SELECT unnest(ARRAY['Robert S. Belvin', 'Satya Narayan Shukla', 'Wei Li', 'Li Wei', 'Bob Roberts', 'Arvind Satyanarayan', 'Jia Weili', 'Robert van Goot',
    'Rob Vangoot', 'Katz Samuels, Julian', 'J. Katzsamuels', 'A B C Smith', 'Smith Abc', 'Anna Bell']);
INSERT INTO pupil SELECT name FROM author WHERE id % 40 = 0;
CREATE INDEX ON pupil USING anthology_names (name);
SELECT name_similarity('Robert S. Belvin', 'Bob Roberts'), name_similarity('Satya Narayan Shukla', 'Arvind Satyanarayan'),
       name_similarity('Wei Li', 'Jia Weili'), name_similarity('Katz Samuels, Julian', 'J. Katzsamuels') > 0.5 AS family_name;
-- the order of all that is returned, and the number of those that are like it at all
SET enable_sort = off;
EXPLAIN (COSTS OFF) SELECT name FROM pupil ORDER BY name <~> 'Bob Roberts';
CREATE FUNCTION disordered(question text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    last real := -1;
    disorder bigint := 0;
    alike bigint := 0;
    d real;
BEGIN
    FOR d IN SELECT p.name OPERATOR(anthology.<~>) question FROM public.pupil AS p ORDER BY p.name OPERATOR(anthology.<~>) question LOOP
        disorder := disorder + (d < last)::integer;
        alike := alike + (d < 1)::integer;
        last := d;
    END LOOP;
    RETURN disorder + abs(alike - (SELECT count(*) FILTER (WHERE anthology.name_similarity(p.name, question) > 0) FROM public.pupil AS p));
END $$;
SELECT count(*) > 30 AS questions, sum(disordered(name)) FROM (SELECT DISTINCT name FROM pupil) AS n;
RESET enable_sort;
DROP TABLE pupil;
DROP FUNCTION disordered;

-- all of them, the NULLs last
SELECT count(*), count(name) FROM (SELECT name FROM author ORDER BY name <~> 'Yang Liu') AS n;
SELECT count(*), count(d) FROM (SELECT name <~> NULL AS d FROM author ORDER BY name <~> NULL) AS n;
SELECT count(*) FROM author;
-- two distances: the second decides among equals
SELECT name FROM author WHERE name ~= 'Katz-Samuels' ORDER BY name <~> 'Zoe Wang', name <~> 'Julian Katz-Samuels', name COLLATE "C" LIMIT 3;
-- the setting counts when the scan begins
SET anthology.name_similarity_threshold = 0;
SELECT count(*) FROM author WHERE name ~= 'Yang Liu';
RESET anthology.name_similarity_threshold;
SELECT count(*) FROM author WHERE name ~= 'Yang Liu';

-- rows come and go
CREATE TABLE visitor (name text);
CREATE INDEX visitor_name ON visitor USING anthology_names (name);
INSERT INTO visitor SELECT name FROM author;
INSERT INTO visitor SELECT name FROM author WHERE name ~= 'Julian Katz-Samuels';
UPDATE visitor SET name = 'Yang Q. Liu' WHERE name = 'Yang Liu';
SELECT name, count(*) FROM visitor WHERE name ~= 'Julian Katz-Samuels' GROUP BY name ORDER BY name COLLATE "C";
SELECT name FROM visitor WHERE name ~= 'Yang Q. Liu' ORDER BY name <~> 'Yang Q. Liu', name COLLATE "C";
DELETE FROM visitor WHERE name LIKE '%Schmidt%';
VACUUM visitor;
SELECT count(*) FROM visitor WHERE name ~= 'Anna Schmidt';
SELECT relname, reltuples = (SELECT count(*) FROM visitor) AS counted FROM pg_class WHERE relname = 'visitor_name';
REINDEX INDEX visitor_name;
SELECT count(*) FROM visitor WHERE name ~= 'Julian Katz-Samuels';
TRUNCATE visitor;
SELECT count(*) FROM visitor WHERE name ~= 'Julian Katz-Samuels';

-- other kinds of index
CREATE UNLOGGED TABLE unlogged_name (name varchar(40));
CREATE INDEX ON unlogged_name USING anthology_names (name);
INSERT INTO unlogged_name VALUES ('Anna Rossi');
SELECT name FROM unlogged_name WHERE name ~= 'A. Rossi';
CREATE TEMP TABLE temporary_name (first text, last text);
INSERT INTO temporary_name VALUES ('Anna', 'Rossi'), ('Pedro', 'García');
CREATE INDEX ON temporary_name USING anthology_names ((first || ' ' || last)) WHERE last <> 'García';
EXPLAIN (COSTS OFF) SELECT first FROM temporary_name WHERE name_similarity(first || ' ' || last, 'A. Rossi') > 0.5 AND last <> 'García';
SELECT first FROM temporary_name WHERE name_similarity(first || ' ' || last, 'A. Rossi') > 0.5 AND last <> 'García';
-- made and made anew while others write; partial; of partitions
CREATE INDEX CONCURRENTLY author_concurrently ON author USING anthology_names (name) WHERE id > 10;
REINDEX INDEX CONCURRENTLY author_concurrently;
SELECT indisvalid FROM pg_index WHERE indexrelid = 'author_concurrently'::regclass;
BEGIN;
DROP INDEX author_name;
EXPLAIN (COSTS OFF) SELECT name FROM author WHERE name ~= 'Julian Katz-Samuels' AND id > 10;
SELECT name FROM author WHERE name ~= 'Ivan Petrov' AND id > 10 ORDER BY name COLLATE "C";
SELECT pg_temp.plan($$SELECT name FROM author WHERE name ~= 'Julian Katz-Samuels'$$);
ROLLBACK;
DROP INDEX author_concurrently;
CREATE TABLE divided (id int, name text) PARTITION BY RANGE (id);
CREATE TABLE divided_1 PARTITION OF divided FOR VALUES FROM (1) TO (600);
CREATE TABLE divided_2 PARTITION OF divided FOR VALUES FROM (600) TO (2000);
CREATE INDEX divided_name ON divided USING anthology_names (name);
INSERT INTO divided SELECT id, name FROM author;
ANALYZE divided;
EXPLAIN (COSTS OFF) SELECT name FROM divided ORDER BY name <~> 'Julian Katz-Samuels' LIMIT 3;
EXPLAIN (COSTS OFF) SELECT name FROM divided WHERE name_similarity(name, 'Julian Katz-Samuels') >= 0.75;
SELECT name FROM divided ORDER BY name <~> 'Julian Katz-Samuels', name COLLATE "C" LIMIT 4;
SELECT count(*) FROM divided WHERE name_similar(name, 'Anna Schmidt', 0.9);
REINDEX TABLE divided;
SELECT count(*) FROM divided WHERE name_similar(name, 'Anna Schmidt', 0.9);
SELECT name_index_built('divided_name');
SELECT count(*) FROM check_server() WHERE subject LIKE 'index divided%';
DROP TABLE divided;

-- nobody twice: an exclusion constraint
SET anthology.name_similarity_threshold = 0.9;
CREATE TABLE member (name text, EXCLUDE USING anthology_names (name WITH ~=));
INSERT INTO member VALUES ('Julian Katz-Samuels'), ('Yang Liu');
INSERT INTO member VALUES ('Katz Samuels, Julian');
RESET anthology.name_similarity_threshold;

-- refused
CREATE INDEX ON author USING anthology_names (id);
CREATE INDEX ON author USING anthology_names (name) WITH (fillfactor = 70);
CREATE UNIQUE INDEX ON author USING anthology_names (name);
CREATE INDEX ON author USING anthology_names (name, name);
SELECT name_index_built(0);
SELECT name_index_built('pg_class');
SELECT amvalidate(c.oid) FROM pg_opclass AS c JOIN pg_am AS a ON a.oid = opcmethod WHERE amname = 'anthology_names';

DROP TABLE author, visitor, unlogged_name, temporary_name, member;
DROP FUNCTION differ;
