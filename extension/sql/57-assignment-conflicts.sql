-- assignments that contradict a fact: another ORCID, another script, a swapped name
--
-- find_conflicts() has one query for each kind of contradiction. assignment_conflicts()
-- gives them probabilities. Plain SQL over the tables: there is no C file for these.

CREATE FUNCTION anthology_internal.counted(n bigint, what text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN n || ' ' || what || CASE n WHEN 1 THEN '' ELSE 's' END;
COMMENT ON FUNCTION anthology_internal.counted(bigint, text) IS
    'a number of things, in words';

CREATE FUNCTION anthology_internal.find_conflicts(of_person text)
    RETURNS TABLE (paper_id text, role text, "position" integer, person_id text, kind text,
                   reason text, suggested_person_id text)
    LANGUAGE plpgsql STABLE ROWS 1000
    SET search_path = pg_catalog, pg_temp
    -- A custom plan leaves out "of_person IS NULL OR", which would rule out an index.
    SET plan_cache_mode = force_custom_plan
    -- Compiling the queries would take longer than running them.
    SET jit = off
AS $$
#variable_conflict use_column
DECLARE
    -- NULL, and no progress is shown, for one person: that takes milliseconds.
    kinds CONSTANT bigint := CASE WHEN of_person IS NULL THEN 8 END;
BEGIN
    PERFORM anthology_internal.report_progress('assignment_conflicts: kinds', 0, kinds);
    -- A person stands twice on a paper. One name is right: the one with the explicit id, or
    -- else the one most like the canonical name. The other is in question.
    RETURN QUERY
        WITH twice AS (
            SELECT a.paper_id, a.role, a.person_id FROM anthology.authorship a
            WHERE (of_person IS NULL AND a.person_id IS NOT NULL OR a.person_id = of_person)
            GROUP BY a.paper_id, a.role, a.person_id HAVING count(*) > 1
        ), ranked AS (
            SELECT a.*, c.full_name AS canonical,
                row_number() OVER same AS n, first_value(a.full_name) OVER same AS kept_name,
                first_value(a."position") OVER same AS kept_position
            FROM twice t
                JOIN anthology.authorship a USING (paper_id, role, person_id)
                LEFT JOIN anthology.person_name c ON c.person_id = a.person_id AND c."position" = 1
            WINDOW same AS (PARTITION BY a.paper_id, a.role, a.person_id
                ORDER BY (a.explicit_person_id IS NOT NULL) DESC,
                    anthology.name_similarity(a.full_name, c.full_name) DESC NULLS LAST,
                    a."position")
        )
        SELECT r.paper_id, r.role, r."position", r.person_id,
            CASE WHEN r.slug = anthology.name_slug(r.kept_name) THEN 'same name twice'
                ELSE 'twice' END,
            format('one person twice on the paper: also %s %s, %s', r.role, r.kept_position,
                   r.kept_name),
            (SELECT min(n.person_id) FROM anthology.person_name n
             WHERE n.slug = r.slug AND n.person_id <> r.person_id
                 AND NOT EXISTS (SELECT FROM anthology.authorship o
                                 WHERE o.paper_id = r.paper_id AND o.person_id = n.person_id)
             HAVING count(DISTINCT n.person_id) = 1)
        FROM ranked r WHERE r.n > 1;

    PERFORM anthology_internal.report_progress('assignment_conflicts: kinds', 1, kinds);
    -- Two persons claim an ORCID, or a person claims two. A claim is made by the file of
    -- people, or by papers that print the ORCID beside the person's name. It holds if no
    -- other claim has more papers.
    RETURN QUERY
        WITH concerned AS (
            SELECT DISTINCT a.orcid FROM anthology.authorship a
            WHERE of_person IS NOT NULL AND a.orcid IS NOT NULL AND a.person_id = of_person
        ), printed AS MATERIALIZED (
            SELECT a.paper_id, a.role, a."position", a.person_id, a.full_name,
                coalesce(anthology.orcid_normalize(a.orcid), a.orcid) AS orcid
            FROM anthology.authorship a
            WHERE a.orcid IS NOT NULL AND a.person_id IS NOT NULL
        ), claim AS (
            SELECT c.orcid, c.person_id, max(c.listed::int) = 1 AS listed,
                sum(1 - c.listed::int) AS papers
            FROM (SELECT orcid, person_id, false FROM printed
                  UNION ALL SELECT p.orcid, p.id, true FROM anthology.person p
                  WHERE p.orcid IS NOT NULL) AS c(orcid, person_id, listed)
            GROUP BY c.orcid, c.person_id
        ), judged AS (
            SELECT i.*, holder.person_id AS holder, holder.listed AS holder_listed,
                holder.papers AS holder_papers, page.orcid AS page_orcid,
                page.listed AS page_listed, page.papers AS page_papers, own.papers AS own_papers,
                n.full_name AS holder_name, coalesce(n.similarity, 0) AS similarity,
                (SELECT o."position" FROM anthology.authorship o
                 WHERE o.paper_id = i.paper_id AND o.role = i.role
                     AND o.person_id = holder.person_id
                 ORDER BY o."position" LIMIT 1) AS coauthor
            FROM printed i
                JOIN claim own ON own.orcid = i.orcid AND own.person_id = i.person_id
                LEFT JOIN LATERAL (
                    SELECT * FROM claim c
                    WHERE c.orcid = i.orcid AND c.person_id <> i.person_id AND NOT own.listed
                        AND (c.listed OR c.papers >= own.papers)
                    ORDER BY c.listed DESC, c.papers DESC, c.person_id LIMIT 1) AS holder ON true
                LEFT JOIN LATERAL (
                    SELECT * FROM claim c
                    WHERE c.person_id = i.person_id AND c.orcid <> i.orcid AND NOT own.listed
                        AND (c.listed OR c.papers >= own.papers)
                    ORDER BY c.listed DESC, c.papers DESC, c.orcid LIMIT 1) AS page ON true
                LEFT JOIN LATERAL (
                    SELECT m.full_name,
                        anthology.name_similarity(m.full_name, i.full_name) AS similarity
                    FROM anthology.person_name m WHERE m.person_id = holder.person_id
                    ORDER BY 2 DESC, m."position" LIMIT 1) AS n ON true
            WHERE (of_person IS NULL OR i.person_id = of_person)
                -- Only an ORCID that is claimed twice can be in conflict.
                AND (i.orcid IN (SELECT c.orcid FROM claim c
                                 GROUP BY c.orcid HAVING count(*) > 1)
                     OR i.person_id IN (SELECT c.person_id FROM claim c
                                        GROUP BY c.person_id HAVING count(*) > 1))
        )
        SELECT j.paper_id, j.role, j."position", j.person_id,
            'ORCID',
            concat_ws('; ',
                format('has the ORCID %s', j.orcid) || CASE
                    WHEN j.coauthor IS NOT NULL
                    THEN format(' of a co-author: %s %s, %s', j.role, j.coauthor, j.holder_name)
                    WHEN j.holder_listed THEN ' of ' || j.holder_name
                    WHEN j.holder IS NOT NULL
                    THEN format(', as %s on %s', j.holder_name,
                                anthology_internal.counted(j.holder_papers, 'paper'))
                    ELSE '' END,
                CASE WHEN j.page_listed THEN 'the person has ' || j.page_orcid
                     WHEN j.page_orcid IS NOT NULL
                     THEN format('on %s of the person it is %s',
                                 anthology_internal.counted(j.page_papers, 'paper'),
                                 j.page_orcid)
                END),
            CASE WHEN j.similarity >= 0.6 AND j.coauthor IS NULL THEN j.holder END
        FROM judged j WHERE j.holder IS NOT NULL OR j.page_orcid IS NOT NULL;

    PERFORM anthology_internal.report_progress('assignment_conflicts: kinds', 2, kinds);
    -- An OpenReview id belongs to one person, and a person has one. If two pages have the
    -- same id, or a page has two, the one on fewer papers is in question. If both are on as
    -- many papers, both are.
    RETURN QUERY
        WITH printed AS MATERIALIZED (
            SELECT a.paper_id, a.role, a."position", a.person_id, a.openreview
            FROM anthology.authorship a
            WHERE a.openreview IS NOT NULL AND a.person_id IS NOT NULL
        ), claim AS MATERIALIZED (
            SELECT i.openreview, i.person_id, count(*) AS papers FROM printed i
            GROUP BY i.openreview, i.person_id
        ), holder AS (
            SELECT DISTINCT ON (own.openreview, own.person_id) own.openreview, own.person_id,
                c.person_id AS holder, c.papers
            FROM claim own
                JOIN claim c ON c.openreview = own.openreview AND c.person_id <> own.person_id
                    AND c.papers >= own.papers
            ORDER BY own.openreview, own.person_id, c.papers DESC, c.person_id
        ), page AS (
            SELECT DISTINCT ON (own.openreview, own.person_id) own.openreview, own.person_id,
                c.openreview AS other, c.papers
            FROM claim own
                JOIN claim c ON c.person_id = own.person_id AND c.openreview <> own.openreview
                    AND c.papers >= own.papers
            ORDER BY own.openreview, own.person_id, c.papers DESC, c.openreview
        )
        SELECT i.paper_id, i.role, i."position", i.person_id, 'OpenReview',
            concat_ws('; ',
                format('has the OpenReview id %s', i.openreview) || CASE
                    WHEN h.holder IS NOT NULL
                    THEN format(', as %s on %s', h.holder, anthology_internal.counted(h.papers,
                                                                                      'paper'))
                    ELSE '' END,
                'on ' || anthology_internal.counted(g.papers, 'paper') || ' of the person it is '
                    || g.other),
            CASE WHEN NOT EXISTS (SELECT FROM anthology.authorship o
                                  WHERE o.paper_id = i.paper_id AND o.person_id = h.holder)
                THEN h.holder END
        FROM printed i
            LEFT JOIN holder h USING (openreview, person_id)
            LEFT JOIN page g USING (openreview, person_id)
        WHERE (of_person IS NULL OR i.person_id = of_person)
            AND (h.holder IS NOT NULL OR g.other IS NOT NULL);

    PERFORM anthology_internal.report_progress('assignment_conflicts: kinds', 3, kinds);
    -- A printed name is unlike all other names of the person. The other names are those on
    -- papers, and those listed by hand. A name that a correction listed because it moved a
    -- paper is none of them.
    RETURN QUERY
        WITH candidate AS MATERIALIZED (
            SELECT n.person_id, n.first, n.last, n.full_name, max(s.similarity) AS similarity,
                (array_agg(o.full_name ORDER BY s.similarity DESC, o."position"))[1] AS nearest
            FROM anthology.person_name n
                JOIN anthology.person_name o ON o.person_id = n.person_id
                    AND (o.first, o.last) <> (n.first, n.last)
                    AND (o.full_name ~ '[A-Za-z]') = (n.full_name ~ '[A-Za-z]'),
                LATERAL anthology.name_similarity(n.full_name, o.full_name) AS s(similarity)
            WHERE (of_person IS NULL OR n.person_id = of_person)
                AND (n.inferred OR EXISTS (
                    SELECT FROM anthology.person_change c
                        JOIN anthology.reassignment r ON r.id = c.reassignment_id
                    WHERE c.person_id = n.person_id AND c.action = 'add name'
                        AND c.undone_by IS NULL
                        AND r.status = 'applied' AND r.kind = 'reassign'
                        AND c.after ->> 'first' = n.first AND c.after ->> 'last' = n.last))
            GROUP BY n.person_id, n.first, n.last, n.full_name
            HAVING max(s.similarity) < 0.1
        )
        SELECT a.paper_id, a.role, a."position", a.person_id, 'other name',
            format('credited as %s, nothing like %s', c.full_name, c.nearest),
            (SELECT min(n.person_id) FROM anthology.person_name n
             WHERE n.slug = a.slug AND n.person_id <> a.person_id
             HAVING count(DISTINCT n.person_id) = 1)
        FROM candidate c
            JOIN anthology.authorship a ON a.person_id = c.person_id
                AND a.first = c.first AND a.last = c.last;

    PERFORM anthology_internal.report_progress('assignment_conflicts: kinds', 4, kinds);
    -- The form in another script that is printed beside a name is that of another name.
    RETURN QUERY
        SELECT a.paper_id, a.role, a."position", a.person_id, 'other script',
            format('credited as %s, nothing like %s', a.full_name, w.name), NULL::text
        FROM anthology.authorship a,
            LATERAL jsonb_array_elements(a.variants) AS v,
            LATERAL concat_ws(' ', NULLIF(v ->> 'first', ''), v ->> 'last') AS w(name)
        WHERE (of_person IS NULL AND a.person_id IS NOT NULL OR a.person_id = of_person)
            AND anthology.name_similarity(a.full_name, w.name) < 0.05
            AND coalesce(anthology.name_similarity(a.first, v ->> 'first'), 0) < 0.5
            AND w.name !~ '\u00B7';

    PERFORM anthology_internal.report_progress('assignment_conflicts: kinds', 5, kinds);
    -- A name is written with other characters than elsewhere on the page. The order of
    -- family and given name does not matter.
    RETURN QUERY
        WITH written AS MATERIALIZED (
            SELECT a.paper_id, a.role, a."position", a.person_id, w.name,
                (SELECT string_agg(c, '' ORDER BY c) FROM regexp_split_to_table(w.name, '') AS c)
                    AS characters
            FROM anthology.authorship a,
                LATERAL (
                    SELECT regexp_replace(n.name, '[^\u4E00-\u9FFF]', '', 'g')
                    FROM (SELECT concat(v ->> 'last', v ->> 'first')
                          FROM jsonb_array_elements(a.variants) AS v
                          UNION ALL SELECT a.last || a.first) AS n(name)
                    WHERE n.name ~ '^[\u4E00-\u9FFF]') AS w(name)
            WHERE (of_person IS NULL AND a.person_id IS NOT NULL OR a.person_id = of_person)
                AND (a.variants IS NOT NULL OR a.last ~ '^[\u4E00-\u9FFF]')
        ), counted AS (
            SELECT w.person_id, w.characters, count(*) AS papers, min(w.name) AS name
            FROM written w GROUP BY w.person_id, w.characters
        )
        SELECT w.paper_id, w.role, w."position", w.person_id, 'other characters',
            format('here written %s, on %s %s', w.name,
                   anthology_internal.counted(other.papers, 'paper'), other.name),
            NULL::text
        FROM written w
            JOIN counted own USING (person_id, characters)
            CROSS JOIN LATERAL (
                SELECT * FROM counted c
                WHERE c.person_id = w.person_id AND c.characters <> w.characters
                    AND c.papers >= own.papers
                ORDER BY c.papers DESC, c.name LIMIT 1) AS other;

    PERFORM anthology_internal.report_progress('assignment_conflicts: kinds', 6, kinds);
    -- There is another page of the same name: its id has another ending, or given and
    -- family name are swapped. More of the paper's co-authors are on papers of that page than
    -- on other papers of this page. A swapped name so rare that hardly two persons can have
    -- it needs no co-authors.
    RETURN QUERY
        WITH twin AS MATERIALIZED (
            SELECT DISTINCT n.person_id, o.person_id AS other, NULL::text AS first,
                NULL::text AS last
            FROM anthology.person_name n
                JOIN anthology.person_name o ON o.slug = n.slug AND o.person_id <> n.person_id
            WHERE (of_person IS NULL OR n.person_id = of_person)
                -- A verified page loses no paper to an unverified one.
                AND (n.person_id LIKE '%/unverified' OR o.person_id NOT LIKE '%/unverified')
                AND starts_with(translate(n.person_id, '/', '-') || '-', n.slug || '-')
                AND starts_with(translate(o.person_id, '/', '-') || '-', n.slug || '-')
            UNION
            SELECT DISTINCT ON (n.person_id, o.person_id) n.person_id, o.person_id, lower(n.first),
                lower(n.last)
            FROM anthology.person_name n
                JOIN anthology.person_name o ON o.slug = anthology.name_slug(n.last, n.first)
                    AND o.person_id <> n.person_id
            WHERE (of_person IS NULL OR n.person_id = of_person) AND n.first <> ''
                AND n.slug <> o.slug
        ), page AS MATERIALIZED (
            SELECT t.person_id, a.paper_id, a.role, a."position"
            FROM (SELECT t.person_id FROM twin t UNION SELECT t.other FROM twin t) AS t
                JOIN anthology.authorship a ON a.person_id = t.person_id
        ), size AS (
            SELECT g.person_id, count(DISTINCT g.paper_id) AS papers FROM page g
                GROUP BY g.person_id
        ), company AS MATERIALIZED (
            SELECT DISTINCT g.person_id, g.paper_id, c.person_id AS coauthor
            FROM page g JOIN anthology.authorship c ON c.paper_id = g.paper_id
            WHERE c.person_id <> g.person_id
        ), companion AS MATERIALIZED (
            SELECT c.person_id, c.coauthor, count(*) AS papers FROM company c
            GROUP BY c.person_id, c.coauthor
        ), known AS (
            -- Two names on one paper are two persons.
            SELECT t.person_id, t.other, c.paper_id, count(there.papers) AS there,
                count(*) FILTER (WHERE here.papers > 1) AS here
            FROM twin t
                JOIN company c ON c.person_id = t.person_id
                JOIN companion here ON here.person_id = t.person_id AND here.coauthor = c.coauthor
                LEFT JOIN companion there ON there.person_id = t.other
                    AND there.coauthor = c.coauthor
            GROUP BY t.person_id, t.other, c.paper_id
            HAVING NOT bool_or(c.coauthor = t.other)
        ), alike AS (
            -- Twins with at least half of their co-authors in common.
            SELECT t.person_id, t.other FROM twin t
                JOIN companion here ON here.person_id = t.person_id
                LEFT JOIN companion there ON there.person_id = t.other
                    AND there.coauthor = here.coauthor
            GROUP BY t.person_id, t.other HAVING count(there.papers) * 2 >= count(*)
        ), word AS MATERIALIZED (
            -- Counts how often a word is a given name and a family name, to tell the order.
            SELECT w.word, sum(w.given) AS given, sum(w.family) AS family,
                sum(sum(w.family)) OVER () AS persons
            FROM (SELECT lower(n.first), 1, 0 FROM anthology.person_name n
                  WHERE n."position" = 1 AND n.first <> ''
                  UNION ALL SELECT lower(n.last), 0, 1 FROM anthology.person_name n
                  WHERE n."position" = 1) AS w(word, given, family)
            WHERE w.word IN (SELECT t.first FROM twin t UNION SELECT t.last FROM twin t)
            GROUP BY w.word
        ), swapped AS MATERIALIZED (
            SELECT t.person_id, t.other,
                CASE WHEN t.first ~ '^.\.?$' OR t.last ~ '^.\.?$' THEN 1.0
                     ELSE (f.given + 0.5) * (l.family + 0.5)
                          / ((f.family + 0.5) * (l.given + 0.5)) END AS odds,
                l.given * f.family::numeric / greatest(f.persons, 1) AS namesakes
            FROM twin t
                JOIN word f ON f.word = t.first
                JOIN word l ON l.word = t.last
        )
        SELECT g.paper_id, g.role, g."position", g.person_id,
            CASE WHEN w.person_id IS NOT NULL THEN 'swapped name' ELSE 'twin page' END,
            concat_ws('; ',
                CASE WHEN w.person_id IS NOT NULL THEN 'given and family name swapped' END,
                CASE WHEN k.there > 0
                     THEN format('%s on papers of %s, %s on other papers of this page',
                                 anthology_internal.counted(k.there, 'co-author'), t.other,
                                 CASE k.here WHEN 0 THEN 'none' ELSE k.here::text END) END),
            t.other
        FROM twin t
            JOIN size s ON s.person_id = t.person_id
            JOIN size o ON o.person_id = t.other
            JOIN page g ON g.person_id = t.person_id
            LEFT JOIN known k ON k.person_id = t.person_id AND k.other = t.other
                AND k.paper_id = g.paper_id
            LEFT JOIN swapped w ON w.person_id = t.person_id AND w.other = t.other
        WHERE CASE WHEN t.first IS NULL THEN true ELSE w.odds * s.papers < o.papers
            AND s.papers <= 4 * o.papers END
            AND (k.there > k.here OR k.there = k.here AND k.there > 0 AND o.papers > s.papers
                     AND (w.person_id IS NOT NULL
                          OR (t.person_id, t.other) IN (SELECT l.person_id, l.other FROM alike l))
                 OR w.namesakes < 0.002);

    PERFORM anthology_internal.report_progress('assignment_conflicts: kinds', 7, kinds);
    -- Either decades lie between two papers of a page, no co-author is on both sides, and
    -- others are likely to have the name. Or the page spans more years than anybody works.
    RETURN QUERY
        WITH page AS MATERIALIZED (
            SELECT a.person_id, a.paper_id, a.role, a."position", p.year
            FROM anthology.authorship a JOIN anthology.paper p ON p.id = a.paper_id
            WHERE (of_person IS NULL AND a.person_id IS NOT NULL OR a.person_id = of_person)
                AND p.year IS NOT NULL
        ), span AS MATERIALIZED (
            SELECT g.person_id FROM page g GROUP BY g.person_id
            HAVING max(g.year) - min(g.year) >= 20
        ), pause AS MATERIALIZED (
            SELECT DISTINCT ON (y.person_id) y.person_id, y.year AS before, y.next AS after,
                y.next - y.year AS years, y.first, y.last
            FROM (SELECT g.person_id, g.year, lead(g.year) OVER page AS next,
                      min(g.year) OVER page AS first,
                      max(g.year) OVER (PARTITION BY g.person_id) AS last
                  FROM page g JOIN span USING (person_id)
                  WINDOW page AS (PARTITION BY g.person_id ORDER BY g.year)) AS y
            WHERE y.next - y.year >= 20 OR y.last - y.first > 65
            ORDER BY y.person_id, y.next - y.year DESC NULLS LAST, y.year
        ), name AS MATERIALIZED (
            SELECT n.person_id, lower(split_part(n.first, ' ', 1)) AS first, lower(n.last) AS last,
                n.first LIKE '% %' AS middle
            FROM anthology.person_name n WHERE n."position" = 1
        ), given AS (
            SELECT n.first, count(*) AS persons FROM name n GROUP BY n.first
        ), family AS (
            SELECT n.last, count(*) AS persons FROM name n GROUP BY n.last
        ), common AS MATERIALIZED (
            -- The number of others to expect by this name if given and family names were
            -- independent. A middle name makes the name ten times rarer.
            SELECT u.*
            FROM pause u
                JOIN name n USING (person_id)
                JOIN given g ON g.first = n.first
                JOIN family f ON f.last = n.last,
                LATERAL (SELECT CASE WHEN n.middle THEN 0.1 ELSE 1 END * g.persons * f.persons
                             / (SELECT count(*) FROM name)) AS c(namesakes)
            WHERE u.last - u.first > 65
                OR c.namesakes >= 0.01 OR u.years >= 40 AND c.namesakes >= 0.0005
        ), own AS MATERIALIZED (
            SELECT g.*, u.before, u.after, u.years, u.first, u.last, g.year >= u.after AS late
            FROM common u JOIN page g USING (person_id)
        ), spanned AS (
            SELECT o.person_id
            FROM own o JOIN anthology.authorship c ON c.paper_id = o.paper_id
            WHERE c.person_id <> o.person_id
            GROUP BY o.person_id, c.person_id HAVING bool_or(o.late) AND NOT bool_and(o.late)
        ), side AS (
            SELECT o.*, count(*) FILTER (WHERE o.late) OVER page AS late_papers,
                count(*) OVER page AS papers
            FROM own o
            WHERE o.last - o.first > 65 OR o.person_id NOT IN (SELECT p.person_id FROM spanned p)
            WINDOW page AS (PARTITION BY o.person_id)
        )
        SELECT s.paper_id, s.role, s."position", s.person_id, 'pause',
            CASE WHEN s.last - s.first > 65
                 THEN format('the page has papers from %s to %s', s.first, s.last)
                 ELSE format('the page has nothing between %s and %s, and no co-author of both',
                             s.before, s.after) END,
            NULL::text
        FROM side s
        WHERE CASE WHEN s.late_papers * 2 > s.papers THEN NOT s.late
                   WHEN s.late_papers * 2 < s.papers THEN s.late ELSE true END;
    IF of_person IS NULL THEN
        PERFORM anthology_internal.end_progress();
    END IF;
END
$$;
COMMENT ON FUNCTION anthology_internal.find_conflicts(text) IS
    'names on papers that contradict something plain, of a person or of all: a row for each '
    'contradiction and each person it could be instead';

-- The weight of each kind of contradiction is in assignment_weight (model 'kind'). It turns
-- the prior, 199 right assignments in 200, into the share that was right among those looked
-- at in the corpus of 2024: from 5 in 100 (swapped names) to 50 in 100 (another script). The
-- content of the paper is added as evidence for its page against the other one. Its part is
-- bounded, because the other page has the same name.
CREATE FUNCTION assignment_conflicts(person_id text DEFAULT NULL)
    RETURNS TABLE (paper_id text, role text, "position" integer, person_id text, score real,
                   reason text, suggested_person_id text, kind text)
    LANGUAGE sql STABLE ROWS 1000
    SET search_path = pg_catalog, pg_temp
    SET jit = off
AS $$
    WITH found AS MATERIALIZED (
        SELECT f.* FROM anthology_internal.find_conflicts(assignment_conflicts.person_id) f
        WHERE assignment_conflicts.person_id IS NULL
            OR anthology_internal.require_person(assignment_conflicts.person_id) IS NOT NULL
    ), asked AS (
        SELECT f.paper_id, array_agg(DISTINCT f.person_id)
            || array_agg(DISTINCT f.suggested_person_id)
            FILTER (WHERE f.suggested_person_id IS NOT NULL) AS person_ids
        FROM found f GROUP BY f.paper_id
    ), judged AS MATERIALIZED (
        -- The signal "orcid" is left out here: a contradicting ORCID has a kind of its own.
        SELECT a.paper_id, j.person_id, sum(j.weight) FILTER (WHERE j.signal <> 'orcid') AS log_odds
        FROM asked a, LATERAL anthology_internal.judge_against(a.paper_id, a.person_ids) j
        GROUP BY a.paper_id, j.person_id
    ), best AS (
        SELECT DISTINCT ON (f.paper_id, f.role, f."position", f.kind) f.*,
            CASE WHEN f.kind NOT IN ('twice', 'same name twice')
                 THEN 3 * tanh((own.log_odds - coalesce(other.log_odds, 0)) / 3)
                 ELSE 0 END AS content
        FROM found f
            JOIN judged own ON own.paper_id = f.paper_id AND own.person_id = f.person_id
            LEFT JOIN judged other ON other.paper_id = f.paper_id
                AND other.person_id = f.suggested_person_id
        ORDER BY f.paper_id, f.role, f."position", f.kind, other.log_odds DESC NULLS LAST,
            f.suggested_person_id
    )
    SELECT b.paper_id, b.role, b."position", b.person_id,
        (1 / (1 + exp(-w.weight - b.content)))::real AS score, b.reason, b.suggested_person_id,
            b.kind
    FROM best b JOIN anthology.assignment_weight w ON w.model = 'kind' AND w.signal = b.kind
    ORDER BY score, b.paper_id COLLATE "C", b.role, b."position", b.kind COLLATE "C"
$$;
COMMENT ON FUNCTION assignment_conflicts(text) IS
    'names on papers that contradict something plain, of a person or of all, on the scale of '
    'assignment_score(): a row for each contradiction';
