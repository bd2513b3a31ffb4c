-- Pages as they really go wrong: a namesake's papers on them, and pages left as they are. Run by
-- tests/bench/judging in its transaction, whose weights know only one half of the surnames.
-- Intervals hold 95 % of 200 draws of as many pages, with replacement.
CREATE TEMP TABLE author_page AS
    SELECT a.person_id, count(DISTINCT a.paper_id) AS papers,
        min(name_slug('', n.last)) AS surname, left(min(name_slug(n.first, 'x')), 1) AS initial
    FROM authorship a JOIN person_name n ON n.person_id = a.person_id AND n."position" = 1
    WHERE a.role = 'author' AND n.first <> '' GROUP BY a.person_id;
-- The halves are those of namesake_pages().
DELETE FROM author_page
    WHERE hashtextextended(surname, 11) & 1 <> (:'measured' = 'second half')::int;
ANALYZE author_page;
-- Two persons whose names are alike may be one with two pages. Of two who have four papers and more
-- each, 79 % share a co-author if their names are as alike as 0.5, and 8 % if not (docs/scores.md).
CREATE TEMP TABLE alike AS
    SELECT DISTINCT p.person_id, o.person_id AS other
    FROM author_page p JOIN author_page o USING (surname, initial)
        JOIN person v ON v.id = p.person_id JOIN person w ON w.id = o.person_id
        JOIN person_name n ON n.person_id = v.id JOIN person_name m ON m.person_id = w.id
    WHERE v.id <> w.id AND NOT (v.verified AND w.verified)
        AND name_similarity(concat_ws(' ', n.first, n.last),
                            concat_ws(' ', m.first, m.last)) >= :alike;
CREATE TEMP TABLE namesake AS
    SELECT p.*, o.person_id AS other, o.papers AS other_papers
    FROM author_page p JOIN author_page o USING (surname, initial)
    WHERE p.person_id <> o.person_id
        AND (p.person_id, o.person_id) NOT IN (SELECT person_id, other FROM alike);
ANALYZE namesake;
\echo 'Two persons of a surname and initial, and those that may be one: these are left out below'
SELECT (SELECT count(*) / 2 FROM namesake) + count(*) / 2 AS "two persons",
    count(*) / 2 AS "may be one" FROM alike;

\echo 'Names moved to the page of a namesake, one a page, and what the trigger flags'
CREATE TEMP TABLE moved AS
    SELECT m.* FROM (
        SELECT DISTINCT ON (other) * FROM (
            SELECT DISTINCT ON (p.person_id) a.paper_id, a."position", p.person_id AS own,
                p.other
            FROM namesake p JOIN authorship a ON a.person_id = p.person_id AND a.role = 'author'
            WHERE p.papers >= 2 AND p.other_papers >= 3
                AND NOT EXISTS (SELECT FROM authorship b
                                WHERE b.paper_id = a.paper_id AND b.person_id = p.other)
            ORDER BY p.person_id, md5(a.paper_id || p.other)) AS x
        ORDER BY other, md5(own)) AS m
    ORDER BY hashtextextended(own, 17) LIMIT :moved;
CREATE TEMP TABLE flagged AS SELECT NULL::boolean AS truth, NULL::real AS score LIMIT 0;
-- Right ones are drawn of all assignments of these surnames.
WITH right_one AS MATERIALIZED (
    SELECT a.paper_id, a.person_id FROM authorship a JOIN author_page p USING (person_id)
    WHERE a.role = 'author' ORDER BY md5(a.paper_id || a.person_id) LIMIT 1000)
INSERT INTO flagged SELECT true, s.score FROM right_one r JOIN judge_pages(
    ARRAY(SELECT paper_id FROM right_one), ARRAY(SELECT DISTINCT person_id FROM right_one), 2) s
    USING (paper_id, person_id);
SAVEPOINT as_they_were;
UPDATE authorship a SET person_id = m.other FROM moved m
    WHERE a.paper_id = m.paper_id AND a."position" = m."position" AND a.role = 'author';
SELECT array_agg(s.score) AS scores FROM moved m JOIN judge_pages(
    ARRAY(SELECT paper_id FROM moved), ARRAY(SELECT other FROM moved), 2) s
    ON s.paper_id = m.paper_id AND s.person_id = m.other \gset
ROLLBACK TO as_they_were;
INSERT INTO flagged SELECT false, unnest(:'scores'::real[]);
SELECT t.threshold, count(*) FILTER (WHERE NOT truth) AS moved,
    count(*) FILTER (WHERE NOT truth AND score < t.threshold) AS flagged,
    round(avg((score < t.threshold)::int) FILTER (WHERE NOT truth), 3) AS recall,
    count(*) FILTER (WHERE truth) AS "right",
    round(avg((score < t.threshold)::int) FILTER (WHERE truth), 4) AS "false alarms"
FROM flagged, unnest('{0.02,0.05,0.1,0.15,0.2,0.3}'::real[]) AS t(threshold)
GROUP BY t.threshold ORDER BY t.threshold;

\echo 'One to five papers of a namesake planted on pages of 5 to 115'
CREATE TEMP TABLE victim AS
    SELECT DISTINCT ON (other) * FROM (
        SELECT DISTINCT ON (v.person_id) v.person_id AS victim, v.other,
            1 + abs(hashtextextended(v.person_id, 5) % 5) AS papers
        FROM namesake v
        WHERE v.papers BETWEEN 5 AND 115
            AND v.other_papers >= 1 + abs(hashtextextended(v.person_id, 5) % 5)
        ORDER BY v.person_id, hashtextextended(v.person_id || v.other, 3)) AS d
    ORDER BY other, hashtextextended(victim, 4);
DELETE FROM victim v USING victim w WHERE w.other = v.victim;
DELETE FROM victim WHERE victim NOT IN
    (SELECT victim FROM victim ORDER BY hashtextextended(victim, 9) LIMIT :groups);
CREATE TEMP TABLE planted_paper AS
    SELECT victim, other, paper_id FROM (
        SELECT v.*, a.paper_id, row_number() OVER (PARTITION BY victim ORDER BY md5(paper_id)) AS n
        FROM victim v, LATERAL (
            SELECT DISTINCT o.paper_id FROM authorship o
            WHERE o.person_id = v.other AND o.role = 'author' AND NOT EXISTS (
                SELECT FROM authorship b
                WHERE b.paper_id = o.paper_id AND b.person_id = v.victim)) AS a) AS x
    WHERE n <= papers;
DELETE FROM victim WHERE victim NOT IN (SELECT victim FROM planted_paper);
UPDATE authorship a SET (first, last, person_id) = (
        SELECT n.first, n.last, n.person_id FROM person_name n
        WHERE n.person_id = p.victim AND n."position" = 1)
    FROM planted_paper p WHERE a.paper_id = p.paper_id AND a.person_id = p.other;
ANALYZE authorship;

-- What is easily had: papers connected by co-authors, and who of a paper is on another one.
CREATE TEMP TABLE component AS
    SELECT DISTINCT v.victim, a.paper_id,
        dense_rank() OVER (ORDER BY v.victim, a.paper_id) AS part
    FROM victim v JOIN authorship a ON a.person_id = v.victim AND a.role = 'author';
CREATE TEMP TABLE link AS
    SELECT c.victim, c.paper_id, d.paper_id AS other, count(*) AS shared
    FROM component c JOIN authorship a ON a.paper_id = c.paper_id AND a.person_id <> c.victim
        JOIN component d ON d.victim = c.victim AND d.paper_id <> c.paper_id
        JOIN authorship b ON b.paper_id = d.paper_id AND b.person_id = a.person_id
    GROUP BY 1, 2, 3;
ANALYZE component, link;
DO $$
DECLARE
    changed bigint;
BEGIN
    LOOP
        UPDATE component c SET part = m.part FROM (
            SELECT l.victim, l.paper_id, min(d.part) AS part
            FROM link l JOIN component d ON d.victim = l.victim AND d.paper_id = l.other
            GROUP BY 1, 2) AS m
        WHERE m.victim = c.victim AND m.paper_id = c.paper_id AND m.part < c.part;
        GET DIAGNOSTICS changed = ROW_COUNT;
        EXIT WHEN changed = 0;
    END LOOP;
END
$$;
CREATE TEMP TABLE judged_paper AS
    SELECT c.victim, c.paper_id, j.score, p.other IS NULL AS own, c.part AS component,
        count(*) OVER (PARTITION BY c.victim, c.part) AS together,
        coalesce(l.shared, 0) AS shared
    FROM component c
        JOIN judge_pages(ARRAY(SELECT DISTINCT paper_id FROM component),
                         ARRAY(SELECT victim FROM victim), 2) j
            ON j.person_id = c.victim AND j.paper_id = c.paper_id
        LEFT JOIN planted_paper p ON p.victim = c.victim AND p.paper_id = c.paper_id
        LEFT JOIN (SELECT victim, paper_id, sum(shared) AS shared FROM link GROUP BY 1, 2) l
            ON l.victim = c.victim AND l.paper_id = c.paper_id;
SELECT setseed(0.5) \g /dev/null
CREATE TEMP TABLE draw AS
    SELECT b.draw, (SELECT array_agg(victim ORDER BY victim) FROM victim)
            [1 + floor(random() * (SELECT count(*) FROM victim))] AS victim
    FROM generate_series(1, 200) AS b(draw), victim;
\echo 'Area under the curve by paper'
SELECT count(DISTINCT victim) AS pages, count(*) FILTER (WHERE NOT own) AS planted,
    round(auroc(shared, own)::numeric, 3) AS "shared co-authors (one paper)",
    round(auroc(together, own)::numeric, 3) AS "co-author components",
    round(auroc(score, own)::numeric, 3) AS assignment_score,
    (SELECT format('%s-%s', round(percentile_cont(0.025) WITHIN GROUP (ORDER BY a)::numeric, 3),
                   round(percentile_cont(0.975) WITHIN GROUP (ORDER BY a)::numeric, 3))
     FROM (SELECT auroc(j.score, j.own) AS a FROM draw d JOIN judged_paper j USING (victim)
           GROUP BY d.draw) AS x) AS interval
FROM judged_paper;
\echo 'The same by page, weighted by its planted papers'
CREATE TEMP TABLE judged_page AS
    SELECT victim, count(*) FILTER (WHERE NOT own) AS planted, auroc(score, own) AS score,
        auroc(together, own) AS components, auroc(shared, own) AS shared
    FROM judged_paper GROUP BY victim HAVING bool_or(own);
SELECT count(*) AS pages,
    round((sum(shared * planted) / sum(planted))::numeric, 3) AS "shared co-authors (one paper)",
    round((sum(components * planted) / sum(planted))::numeric, 3) AS "co-author components",
    round((sum(score * planted) / sum(planted))::numeric, 3) AS assignment_score,
    (SELECT format('%s-%s', round(percentile_cont(0.025) WITHIN GROUP (ORDER BY a)::numeric, 3),
                   round(percentile_cont(0.975) WITHIN GROUP (ORDER BY a)::numeric, 3))
     FROM (SELECT sum(j.score * j.planted) / sum(j.planted) AS a
           FROM draw d JOIN judged_page j USING (victim) GROUP BY d.draw) AS x) AS interval
FROM judged_page;

\echo 'Of those papers what a trigger would flag'
SELECT t.threshold, round(avg((score < t.threshold)::int) FILTER (WHERE NOT own), 3) AS "planted",
    round(avg((score < t.threshold)::int) FILTER (WHERE own), 4) AS "the pages' own"
FROM judged_paper, unnest('{0.02,0.05,0.1,0.2,0.3}'::real[]) AS t(threshold)
GROUP BY t.threshold ORDER BY t.threshold;

\echo 'Where the whole corpus comes apart'
\timing on
CREATE TEMP TABLE mixed AS SELECT * FROM judge_mixed(NULL, -1);
\timing off
\echo 'The same pages split (mean B-cubed F1); the planted papers are apart if at least half of'
\echo 'them are in parts that are mostly planted'
CREATE TEMP TABLE split_page AS
    WITH paper AS (
        SELECT m.person_id AS victim, m.part, c.part AS component, p.other IS NOT NULL AS planted,
            avg((p.other IS NOT NULL)::int) OVER (PARTITION BY m.person_id, m.part) > 0.5 AS apart
        FROM mixed m JOIN component c ON c.victim = m.person_id AND c.paper_id = m.paper_id
            LEFT JOIN planted_paper p ON p.victim = m.person_id AND p.paper_id = m.paper_id)
    SELECT victim, (b_cubed(planted, 1)).f1 AS whole,
        (b_cubed(planted, component)).f1 AS components, (b_cubed(planted, part)).f1 AS split,
        count(*) FILTER (WHERE planted AND apart) * 2 >= count(*) FILTER (WHERE planted) AS apart
    FROM paper GROUP BY victim;
SELECT count(*) AS pages, round(avg(whole)::numeric, 3) AS "all one person",
    round(avg(components)::numeric, 3) AS "co-author components",
    round(avg(split)::numeric, 3) AS suggest_split,
    (SELECT format('%s-%s', round(percentile_cont(0.025) WITHIN GROUP (ORDER BY a)::numeric, 3),
                   round(percentile_cont(0.975) WITHIN GROUP (ORDER BY a)::numeric, 3))
     FROM (SELECT avg(s.split - s.whole) AS a FROM draw d JOIN split_page s USING (victim)
           GROUP BY d.draw) AS x) AS "better than one person by",
    round(avg(apart::int), 3) AS "planted apart"
FROM split_page;
\echo 'Pages of six papers and more left as they are, and the largest 200 of them'
CREATE TEMP TABLE untouched AS
    SELECT p.person_id, p.papers, bool_or(m.part > 1) AS parted, max(m.probability) >= 0.5 AS likely,
        row_number() OVER (ORDER BY p.papers DESC, p.person_id) AS rank
    FROM mixed m JOIN author_page p USING (person_id)
    WHERE p.papers >= 2 AND NOT EXISTS (SELECT FROM victim v WHERE p.person_id IN (victim, other))
    GROUP BY p.person_id, p.papers;
SELECT coalesce(CASE WHEN v.verified THEN 'verified' ELSE 'not verified' END, 'all') AS page,
    count(*) AS pages, round(avg(u.parted::int), 3) AS parted,
    sum(u.parted::int) FILTER (WHERE u.rank <= 200) AS "of the largest 200"
FROM untouched u JOIN person v ON v.id = u.person_id
WHERE u.papers >= 6
GROUP BY ROLLUP (CASE WHEN v.verified THEN 'verified' ELSE 'not verified' END) ORDER BY 1;
\echo 'All pages left as they are, by papers'
SELECT CASE WHEN papers < 6 THEN papers::text ELSE '6 and more' END AS papers, count(*) AS pages,
    round(avg(parted::int), 3) AS parted, round(avg(likely::int), 3) AS "likelier mixed than not"
FROM untouched GROUP BY 1 ORDER BY 1;
\echo 'Calibration: pages with planted papers among as many as a tenth of those left as they are'
SELECT round(width_bucket(least(m.probability, 0.9999), 0, 1, 10) / 10.0 - 0.1, 1) AS "from",
    count(*) AS pages, round(avg(m.probability)::numeric, 3) AS "mean probability",
    round(avg(m.planted::int), 3) AS mixed,
    round((1.96 * sqrt(avg(m.probability * (1 - m.probability)) / count(*)))::numeric, 3) AS "off by chance"
FROM (SELECT m.person_id, max(m.probability) AS probability,
          bool_or(v.victim IS NOT NULL) AS planted
      FROM mixed m LEFT JOIN victim v ON v.victim = m.person_id
          LEFT JOIN untouched u ON u.person_id = m.person_id AND u.papers >= 6
      WHERE v.victim IS NOT NULL
          OR u.person_id IS NOT NULL AND hashtextextended(m.person_id, 21) % 10 = 0
      GROUP BY m.person_id HAVING count(*) >= 6) AS m
GROUP BY 1 ORDER BY 1;
ROLLBACK TO as_they_were;

\echo 'Verified persons of the same name, merged and split (mean B-cubed F1)'
INSERT INTO person (id, verified) VALUES ('same-name/merged', false);
CREATE FUNCTION pg_temp.split_same(persons text[]) RETURNS float8[]
LANGUAGE plpgsql AS $$
DECLARE
    result float8[];
BEGIN
    CREATE TEMP TABLE truth ON COMMIT DROP AS
        SELECT DISTINCT ON (a.paper_id) a.paper_id, a.person_id FROM authorship a
        WHERE a.role = 'author' AND a.person_id = ANY (persons) ORDER BY a.paper_id, a.person_id;
    UPDATE authorship a SET person_id = 'same-name/merged', explicit_person_id = NULL
        WHERE a.role = 'author' AND a.person_id = ANY (persons);
    SELECT ARRAY[(b_cubed(t.person_id, s.part)).f1, (b_cubed(t.person_id, 0)).f1, count(*)]
        INTO result FROM truth t JOIN suggest_split('same-name/merged') s USING (paper_id);
    RAISE EXCEPTION USING ERRCODE = 'ZZ000';
EXCEPTION WHEN SQLSTATE 'ZZ000' THEN
    RETURN result;
END
$$;
SELECT count(*) AS names, sum(s.r[3]) AS papers, round(avg(s.r[2])::numeric, 3) AS "all one person",
    round(avg(s.r[1])::numeric, 3) AS suggest_split
FROM (SELECT pg_temp.split_same(array_agg(n.person_id ORDER BY n.person_id)) AS r
      FROM person_name n JOIN person v ON v.id = n.person_id AND v.verified
          JOIN author_page p ON p.person_id = n.person_id
      WHERE n."position" = 1 GROUP BY name_slug(n.first, n.last) HAVING count(*) > 1) AS s;
DELETE FROM person WHERE id = 'same-name/merged';
RELEASE as_they_were;
