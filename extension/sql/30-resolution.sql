-- resolution: from the name on a paper to the person (extension/resolution.c)
--
-- resolve_names() has the Anthology's official rule. It makes authorship.person_id, the
-- unverified persons and the inferred names. These follow from the names on papers, their
-- explicit ids and the verified persons alone. So resolving from scratch gives the same.

CREATE FUNCTION icu_version() RETURNS text
    LANGUAGE c STABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'anthology_icu_version_sql';
COMMENT ON FUNCTION icu_version() IS
    'version of ICU and of its Unicode data, which stored slugs depend on';

CREATE FUNCTION anthology_internal.name_looks(first text, last text) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 10
    AS 'MODULE_PATHNAME', 'anthology_name_looks_sql';
COMMENT ON FUNCTION anthology_internal.name_looks(text, text) IS
    'larger for a spelling more fit to be the canonical name of an unverified person';

CREATE TYPE name_key AS (
    slug text,
    first text,
    last text,
    orcid text,
    explicit_person_id text
);
COMMENT ON TYPE name_key IS 'what of a name on a paper decides which person it resolves to';

-- This is the rule. No other function repeats it.
CREATE FUNCTION anthology_internal.persons_of_names(keys name_key[])
    RETURNS TABLE (i bigint, person_id text)
    LANGUAGE plpgsql STABLE STRICT ROWS 100
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
        WITH name AS MATERIALIZED (
            SELECT k.* FROM unnest(keys) WITH ORDINALITY
                AS k(slug, first, last, orcid, explicit_person_id, i)
        ), matched AS (
            -- A verified person with a name of that slug is a match, if there is only one.
            SELECT s.slug, min(p.id) AS person_id
            FROM (SELECT DISTINCT name.slug FROM name WHERE name.explicit_person_id IS NULL) AS s
                JOIN anthology.person_name n ON n.slug = s.slug AND NOT n.inferred
                JOIN anthology.person p ON p.id = n.person_id AND p.verified
            GROUP BY s.slug
            HAVING count(DISTINCT p.id) = 1 AND NOT bool_or(p.disable_name_matching)
        )
        SELECT name.i, CASE WHEN name.explicit_person_id IS NULL
            THEN coalesce(m.person_id, name.slug || '/unverified')
            ELSE (SELECT p.id FROM anthology.person p
                  WHERE p.id = name.explicit_person_id AND p.verified
                      AND (name.orcid IS NULL OR p.orcid IS NULL OR name.orcid = p.orcid)
                      AND EXISTS (SELECT FROM anthology.person_name n
                                  WHERE n.person_id = p.id AND NOT n.inferred
                                      AND n.first = name.first AND n.last = name.last))
            END
        FROM name LEFT JOIN matched m ON m.slug = name.slug;
END
$$;
COMMENT ON FUNCTION anthology_internal.persons_of_names(name_key[]) IS
    'the person that each of some names resolves to, by its place in the array; an unverified '
    'person need not exist yet, NULL if an explicit id cannot be honoured';

CREATE FUNCTION anthology_internal.wanted_persons(slugs text[], person_ids text[])
    RETURNS TABLE (paper_id text, role text, "position" integer,
                   before_person_id text, after_person_id text)
    LANGUAGE sql STABLE ROWS 100
    SET search_path = pg_catalog, pg_temp
AS $$
    WITH concerned AS MATERIALIZED (
        SELECT row_number() OVER () AS i, c.*
        FROM (SELECT a.* FROM unnest(slugs) AS s(slug)
                  JOIN anthology.authorship a ON a.slug = s.slug
              UNION
              SELECT a.* FROM unnest(person_ids) AS p(id)
                  JOIN anthology.authorship a ON a.explicit_person_id = p.id) AS c
    )
    SELECT c.paper_id, c.role, c."position", c.person_id, k.person_id
    FROM concerned c
        JOIN anthology_internal.persons_of_names((
            SELECT array_agg((d.slug, d.first, d.last, d.orcid, d.explicit_person_id)
                             ::anthology.name_key ORDER BY d.i)
            FROM concerned d)) k ON k.i = c.i
$$;
COMMENT ON FUNCTION anthology_internal.wanted_persons(text[], text[]) IS
    'for the names with these slugs, and those whose explicit id is one of these persons: the '
    'person each resolves to now, and the one it should';

-- Adds inferred names to persons: names on their papers that they do not list, then the
-- variants in other scripts that are printed beside those.
CREATE FUNCTION anthology_internal.infer_names(person_ids text[]) RETURNS void
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    DELETE FROM anthology.person_name n
        WHERE n.person_id = ANY (person_ids) AND n.inferred;
    INSERT INTO anthology.person_name (person_id, "position", first, last, script, inferred)
        WITH seen AS (
            SELECT a.person_id, a.first, a.last, NULL AS script, count(*) AS papers
            FROM anthology.authorship a WHERE a.person_id = ANY (person_ids)
            GROUP BY a.person_id, a.first, a.last
            UNION ALL
            SELECT a.person_id, v.first, v.last, min(v.script), count(*)
            FROM anthology.authorship a, LATERAL jsonb_to_recordset(a.variants)
                AS v(first text, last text, script text)
            WHERE a.person_id = ANY (person_ids) AND a.variants <> '[]'
                AND v.last <> ''
            GROUP BY a.person_id, v.first, v.last
        )
        SELECT s.person_id,
            coalesce((SELECT max(n."position") FROM anthology.person_name n
                      WHERE n.person_id = s.person_id), 0)
                + row_number() OVER (PARTITION BY s.person_id
                                     ORDER BY s.script IS NOT NULL,
                                         anthology_internal.name_looks(s.first, s.last) DESC,
                                             s.papers DESC,
                                         s.first COLLATE "C", s.last COLLATE "C"),
            s.first, s.last, s.script, true
        FROM (SELECT DISTINCT ON (person_id, first, last) * FROM seen
              ORDER BY person_id, first, last, script NULLS FIRST) AS s
        WHERE NOT EXISTS (SELECT FROM anthology.person_name n
                          WHERE n.person_id = s.person_id AND n.first = s.first
                              AND n.last = s.last);
END
$$;
COMMENT ON FUNCTION anthology_internal.infer_names(text[]) IS
    'makes the inferred names of these persons anew; an unverified person''s best-looking name '
    'comes first';

CREATE FUNCTION anthology_internal.record_resolution_problems(paper_ids text[]) RETURNS void
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    DELETE FROM anthology.load_problem p
        WHERE p.kind = 'resolution' AND p.place = ANY (paper_ids);
    INSERT INTO anthology.load_problem (kind, place, reason)
        SELECT 'resolution', a.paper_id,
            CASE WHEN p.id IS NULL OR NOT p.verified
                THEN format('%s %s "%s": there is no verified person "%s"',
                            a.role, a."position", a.full_name, a.explicit_person_id)
                WHEN a.orcid <> p.orcid
                THEN format('%s %s "%s": ORCID %s is not that of person "%s", %s',
                            a.role, a."position", a.full_name, a.orcid, p.id, p.orcid)
                ELSE format('%s %s: person "%s" does not list the name "%s"',
                            a.role, a."position", p.id, a.full_name)
            END
        FROM anthology.authorship a LEFT JOIN anthology.person p ON p.id = a.explicit_person_id
        WHERE a.paper_id = ANY (paper_ids) AND a.person_id IS NULL
        UNION ALL
        SELECT 'resolution', a.paper_id,
            format('more than one name resolves to person "%s"', a.person_id)
        FROM anthology.authorship a
        WHERE a.paper_id = ANY (paper_ids)
        GROUP BY a.paper_id, a.person_id
        HAVING count(a.person_id) > 1
        UNION ALL
        -- The official rule ignores ORCIDs. Only an id says who it is.
        SELECT 'resolution', a.paper_id,
            format('%s %s "%s": ORCID %s without an id; %s', a.role, a."position", a.full_name,
                a.orcid, CASE
                WHEN anthology.orcid_normalize(a.orcid) IS NULL THEN 'it is not valid'
                WHEN o.id IS NOT NULL
                THEN concat_ws('; ', format('it is that of person "%s"', o.id),
                               'ingest_names(' || quote_literal(p.volume_id) || ') sets the id')
                ELSE concat_ws('; ', 'nobody has it',
                               'ingest_names(' || quote_literal(p.volume_id)
                                   || ') makes the person') END)
        FROM anthology.authorship a
            JOIN anthology.paper p ON p.id = a.paper_id
            LEFT JOIN anthology.person o ON o.orcid = anthology.orcid_normalize(a.orcid)
        WHERE a.paper_id = ANY (paper_ids) AND a.orcid IS NOT NULL
            AND a.explicit_person_id IS NULL
        ORDER BY 2, 3;
END
$$;
COMMENT ON FUNCTION anthology_internal.record_resolution_problems(text[]) IS
    'records anew, for these papers, the names that do not resolve, those with an ORCID and no id, '
    'and the persons named twice';

CREATE FUNCTION anthology_internal.resolve_names(slugs text[], person_ids text[])
    RETURNS TABLE (paper_id text, role text, "position" integer,
                   before_person_id text, after_person_id text)
    LANGUAGE plpgsql VOLATILE ROWS 100
    SET search_path = pg_catalog, pg_temp
    SET jit = off    -- its plans are run once, or for a few rows
AS $$
#variable_conflict use_column
DECLARE
    moved anthology.reassignment_item[];
    unresolved text[];
    touched text[];
BEGIN
    SELECT array_agg(ROW(0, w.paper_id, w.role, w."position", '', '', 'side effect',
                         w.before_person_id, w.after_person_id, NULL, NULL, NULL, NULL, NULL)
                     ::anthology.reassignment_item ORDER BY w.paper_id, w.role, w."position")
            FILTER (WHERE w.before_person_id IS DISTINCT FROM w.after_person_id),
            array_agg(w.paper_id) FILTER (WHERE w.after_person_id IS NULL)
        INTO moved, unresolved
        FROM anthology_internal.wanted_persons(slugs, person_ids) w;

    INSERT INTO anthology.person (id, verified)
        SELECT DISTINCT m.after_person_id, false FROM unnest(moved) m
        WHERE m.after_person_id LIKE '%/unverified'
        ON CONFLICT DO NOTHING;
    UPDATE anthology.authorship a SET person_id = m.after_person_id
        FROM unnest(moved) m
        WHERE a.paper_id = m.paper_id AND a.role = m.role AND a."position" = m."position";

    SELECT array_agg(DISTINCT id) INTO touched
        FROM (SELECT m.before_person_id FROM unnest(moved) m
              UNION ALL SELECT m.after_person_id FROM unnest(moved) m
              UNION ALL SELECT unnest(person_ids)) AS t(id)
        WHERE id IS NOT NULL;
    PERFORM anthology_internal.infer_names(touched);
    DELETE FROM anthology.person p
        WHERE p.id = ANY (touched) AND NOT p.verified
            AND NOT EXISTS (SELECT FROM anthology.authorship a WHERE a.person_id = p.id);
    PERFORM anthology_internal.record_resolution_problems(
        ARRAY(SELECT m.paper_id FROM unnest(moved) m UNION SELECT unnest(unresolved)
              UNION
              SELECT a.paper_id FROM anthology.person p
                  JOIN anthology.authorship a ON a.orcid = p.orcid
              WHERE p.id = ANY (person_ids) AND a.explicit_person_id IS NULL
              UNION
              SELECT a.paper_id FROM anthology.load_problem b
                  JOIN anthology.authorship a ON a.paper_id = b.place
              WHERE b.kind = 'resolution' AND a.explicit_person_id = ANY (person_ids)));

    RETURN QUERY SELECT m.paper_id, m.role, m."position", m.before_person_id, m.after_person_id
        FROM unnest(moved) m;
END
$$;
COMMENT ON FUNCTION anthology_internal.resolve_names(text[], text[]) IS
    'resolves again the names with these slugs and those whose explicit id is one of these '
    'persons; returns those that moved';
