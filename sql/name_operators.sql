-- ~= and <~>, name_similar and name_distance, anthology.name_similarity_threshold
SET search_path = anthology, public;

SELECT 'Adam Berger' ~= 'Adam L. Berger'::text AS similar, 'Adam Berger' ~= 'Eve Berger'::text AS different,
       name_similar('Adam Berger', 'Adam L. Berger'), name_similar('Adam Berger', NULL);
SELECT name_distance('Adam Berger', 'Berger, Adam') AS equal, name_distance('Adam Berger', 'Eve Lopez') AS different,
       'Adam Berger' <~> 'Adam L. Berger'::text = 1 - name_similarity('Adam Berger', 'Adam L. Berger') AS distance;

-- nearest first
SELECT n FROM (VALUES ('Adam Lopez'), ('Adam L. Berger'), ('Eve Berger'), ('Berger, Adam'), ('A. Berger')) AS v(n)
ORDER BY n <~> 'Adam Berger', n COLLATE "C";

-- the threshold: at it is similar
SHOW anthology.name_similarity_threshold;
SET anthology.name_similarity_threshold = 1;
SELECT name_similar('Adam Berger', 'Adam L. Berger'), name_similar('Adam Berger', 'ADAM BERGER');
SET anthology.name_similarity_threshold = 0;
SELECT name_similar('Adam Berger', 'Eve Lopez');
SET anthology.name_similarity_threshold = 1.5;
SET anthology.name_similarity_threshold = 'high';
RESET anthology.name_similarity_threshold;

-- a constant is read once, whichever side it stands on, and columns on both sides
CREATE TEMP TABLE author (name text);
INSERT INTO author VALUES ('Adam Berger'), ('Adam L. Berger'), ('Eve Lopez'), (NULL), ('Yang Liu'), ('刘洋');
SELECT count(*) AS pairs, count(*) FILTER (WHERE x.name ~= y.name) AS similar,
       bool_and(x.name <~> y.name = y.name <~> x.name) AS symmetric FROM author x, author y;
SELECT name, name ~= 'Berger, Adam' AS right_constant, 'Berger, Adam' ~= name AS left_constant FROM author
ORDER BY name COLLATE "C";

-- operators and functions agree, and the planner knows the commutator
SELECT o.oprname, o.oprcode, o.oprrest, o.oprjoin, o.oprcom = o.oid AS commutes, p.provolatile
FROM pg_operator o JOIN pg_proc p ON p.oid = o.oprcode
WHERE o.oprnamespace = 'anthology'::regnamespace AND o.oprname IN ('~=', '<~>') ORDER BY o.oprname COLLATE "C";
