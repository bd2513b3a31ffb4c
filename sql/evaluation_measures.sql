-- b_cubed, pairwise_f1, auroc
SET extra_float_digits = -1;

-- By hand: true {1 2 3} {4 5}, predicted {1 2} {3 4} {5}. Of the items' predicted
-- clusters 1, 1, 1/2, 1/2, 1 is rightly there, of their true ones 2/3, 2/3, 1/3,
-- 1/2, 1/2 was found; 1 of 2 predicted pairs is right, of 4 true ones 1 is found.
CREATE TEMP TABLE item (truth text, predicted int);
INSERT INTO item VALUES ('a', 1), ('a', 1), ('a', 2), ('b', 2), ('b', 3);
SELECT (anthology.b_cubed(truth, predicted)).* FROM item;
SELECT (anthology.pairwise_f1(truth, predicted)).* FROM item;

-- the other way round: precision and recall change places
SELECT (anthology.b_cubed(predicted, truth)).* FROM item;

-- an item without one of its labels does not count
SELECT (anthology.b_cubed(truth, predicted)).* FROM (TABLE item UNION ALL VALUES ('a', NULL), (NULL, 1), (NULL, NULL)) AS i;

-- equal, all in one, all apart, alone; without pairs none is wrong
SELECT v.what, (anthology.b_cubed(t, p)).*, (anthology.pairwise_f1(t, p)).* FROM (VALUES
    ('1 equal', 1, 2), ('1 equal', 1, 2), ('1 equal', 3, 4),
    ('2 all in one', 1, 1), ('2 all in one', 2, 1), ('2 all in one', 3, 1), ('2 all in one', 4, 1),
    ('3 all apart', 1, 1), ('3 all apart', 1, 2), ('3 all apart', 1, 3), ('3 all apart', 1, 4),
    ('4 singletons', 1, 4), ('4 singletons', 2, 5),
    ('5 one item', 1, 1)) AS v(what, t, p) GROUP BY v.what ORDER BY v.what;

-- nothing gives nothing
SELECT anthology.b_cubed(truth, predicted), anthology.pairwise_f1(truth, predicted) FROM item WHERE false;
SELECT anthology.b_cubed(NULL::text, predicted), anthology.pairwise_f1(truth, NULL::int) FROM item;

-- labels are equal as their type has it
SELECT (anthology.pairwise_f1(t, p)).* FROM (VALUES (1.0, -0.0::float8), (1.00, 0.0)) AS v(t, p);
SELECT anthology.b_cubed(point(1, 1), 1);
SELECT anthology.b_cubed('a', 1);

-- as running figures
SELECT truth, anthology.pairwise_f1(truth, predicted) OVER (ORDER BY truth, predicted) FROM item;

-- By hand: of the pairs (true, false) 3 > 1, 3 > 2 and 2 > 1 are won, 2 = 2 by half.
SELECT anthology.auroc(s, t) FROM (VALUES (1, false), (2, true), (2, false), (3, true)) AS v(s, t);
SELECT v.what, anthology.auroc(s, t) FROM (VALUES
    ('1 right', 1, false), ('1 right', 2, true), ('2 wrong', 2, false), ('2 wrong', 1, true),
    ('3 ties', 1, false), ('3 ties', 1, true), ('3 ties', 1, true), ('4 only true', 1, true), ('5 only false', 1, false),
    ('6 NULLs', NULL, true), ('6 NULLs', 1, NULL), ('6 NULLs', 1, true), ('6 NULLs', 0, false),
    ('7 extremes', 'NaN'::float8, true), ('7 extremes', 'Infinity', false), ('7 extremes', '-Infinity', true), ('7 extremes', 'NaN', false))
    AS v(what, s, t) GROUP BY v.what ORDER BY v.what;
SELECT anthology.auroc(1, true) FROM item WHERE false;
SELECT s, anthology.auroc(s, t) OVER (ORDER BY s) FROM (VALUES (1, false), (2, true), (3, false), (4, true)) AS v(s, t);

-- The definitions, read naively: an item, or a pair of items, at a time. None differs.
CREATE FUNCTION pg_temp.naive_b_cubed(truth int[], predicted int[], OUT "precision" float8, OUT recall float8) LANGUAGE sql AS $$
    WITH item AS (SELECT * FROM unnest(truth, predicted) WITH ORDINALITY AS u(t, p, n)), own AS (
        SELECT count(*) FILTER (WHERE b.p = a.p AND b.t = a.t)::float8 AS shared,
            count(*) FILTER (WHERE b.p = a.p) AS p, count(*) FILTER (WHERE b.t = a.t) AS t
        FROM item a, item b GROUP BY a.n)
    SELECT avg(shared / p), avg(shared / t) FROM own
$$;
CREATE FUNCTION pg_temp.naive_pairwise(truth int[], predicted int[], OUT "precision" float8, OUT recall float8) LANGUAGE sql AS $$
    WITH item AS (SELECT * FROM unnest(truth, predicted) WITH ORDINALITY AS u(t, p, n))
    SELECT coalesce(avg((a.t = b.t)::int) FILTER (WHERE a.p = b.p), 1)::float8,
        coalesce(avg((a.p = b.p)::int) FILTER (WHERE a.t = b.t), 1)::float8
    FROM item a JOIN item b ON a.n < b.n
$$;
CREATE FUNCTION pg_temp.naive_auroc(score float8[], truth bool[]) RETURNS float8 LANGUAGE sql AS $$
    WITH item AS (SELECT * FROM unnest(score, truth) AS u(s, t))
    SELECT avg(CASE WHEN a.s > b.s THEN 1 WHEN a.s = b.s THEN 0.5 ELSE 0 END)::float8 FROM item a, item b WHERE a.t AND NOT b.t
$$;
SELECT setseed(0.5);
CREATE TEMP TABLE trial AS
    SELECT n, (random() * k)::int AS t, (random() * l)::int AS p
    FROM (SELECT n, random() * 12 AS k, random() * 12 AS l, 1 + (random() * 30)::int AS size FROM generate_series(1, 300) AS n) AS case_,
        LATERAL generate_series(1, size);
WITH measured AS (
    SELECT n, anthology.b_cubed(t, p) AS b, anthology.pairwise_f1(t, p) AS w, anthology.auroc(t, p > 3) AS r,
        array_agg(t) AS ts, array_agg(p) AS ps, array_agg(p > 3) AS bs
    FROM trial GROUP BY n)
SELECT m.n, b, nb, w, nw, r, nr
FROM measured m, LATERAL pg_temp.naive_b_cubed(ts, ps) AS nb, LATERAL pg_temp.naive_pairwise(ts, ps) AS nw, LATERAL pg_temp.naive_auroc(ts, bs) AS nr
WHERE abs((b)."precision" - nb."precision") > 1e-12 OR abs((b).recall - nb.recall) > 1e-12
   OR abs((w)."precision" - nw."precision") > 1e-12 OR abs((w).recall - nw.recall) > 1e-12
   OR abs((w).f1 - coalesce(2 * nw."precision" * nw.recall / nullif(nw."precision" + nw.recall, 0), 0)) > 1e-12
   OR r IS DISTINCT FROM nr AND abs(r - nr) > 1e-12 OR (r IS NULL) <> (nr IS NULL);
SELECT count(DISTINCT n) FROM trial;
