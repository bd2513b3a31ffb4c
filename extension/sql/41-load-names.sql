-- load_names: the names of a collection file into the table of authorships
--
-- A correction made here stays until the file says the same: see 40-load.sql.

CREATE TYPE loaded_name AS (
    paper_id text,
    role text,
    "position" integer,
    first text,
    last text,
    affiliation text,
    orcid text,
    variants jsonb,
    file_person_id text,
    explicit_person_id text,
    file_orcid text,
    openreview text,
    file_openreview text
);
COMMENT ON TYPE loaded_name IS
    'a name on a paper as a collection file has it, and the explicit id, ORCID and OpenReview id '
    'it is to have here';

CREATE FUNCTION anthology_internal.keep_name_corrections(collection text, file text,
                                                         names loaded_name[],
                                                         OUT corrected loaded_name[],
                                                             OUT kept bigint)
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    old anthology.authorship;
    name anthology.loaded_name;
    decision record;
    id record;
    orcid record;
    openreview record;
    what text;
    i integer;
BEGIN
    corrected := names;
    kept := 0;
    -- Conflicts that are solved are removed.
    DELETE FROM anthology.load_problem p
        WHERE p.kind = 'correction' AND p.file = keep_name_corrections.file
            AND NOT EXISTS (SELECT FROM anthology.authorship a
                            WHERE a.paper_id = p.place
                                AND (a.explicit_person_id, a.orcid, a.openreview)
                                    IS DISTINCT FROM (a.file_person_id, a.file_orcid,
                                        a.file_openreview));
    FOR old IN
        SELECT a.* FROM anthology_internal.papers_of_collection(collection) p(id)
            JOIN anthology.authorship a ON a.paper_id = p.id
        WHERE (a.explicit_person_id, a.orcid, a.openreview)
                IS DISTINCT FROM (a.file_person_id, a.file_orcid, a.file_openreview)
            OR EXISTS (SELECT FROM anthology.reassignment_item r
                       WHERE r.paper_id = a.paper_id AND r.cause = 'selected')
    LOOP
        -- A correction belongs to a name, which may stand elsewhere on the paper now.
        SELECT s.i INTO i
            FROM generate_subscripts(names, 1) AS s(i), LATERAL (SELECT (names[s.i]).*) AS n
            WHERE n.paper_id = old.paper_id AND n.role = old.role AND n.first = old.first
                AND n.last = old.last
            ORDER BY abs(n."position" - old."position") LIMIT 1;
        what := format('%s %s "%s"', old.role, old."position", old.full_name);
        IF i IS NULL THEN
            IF (old.explicit_person_id, old.orcid, old.openreview)
                IS DISTINCT FROM (old.file_person_id, old.file_orcid, old.file_openreview) THEN
                PERFORM anthology_internal.record_contradiction(file, old.paper_id, what,
                    format('was corrected here to person %s and is not in the file any more',
                           coalesce('"' || old.explicit_person_id || '"', 'none')));
            END IF;
            CONTINUE;
        END IF;
        name := names[i];
        SELECT * INTO decision
            FROM anthology_internal.decision_on_name(old.paper_id, old.role, old.first, old.last);
        SELECT * INTO id
            FROM anthology_internal.settle(old.file_person_id, old.explicit_person_id,
                                           name.file_person_id,
                decision.decided AND decision.explicit_person_id IS
                    NOT DISTINCT FROM old.explicit_person_id);
        -- An ORCID goes with the id beside it.
        SELECT * INTO orcid
            FROM anthology_internal.settle(old.file_orcid, old.orcid, name.file_orcid,
                id.value IS DISTINCT FROM name.file_person_id
                OR decision.orcid_decided AND decision.orcid IS NOT DISTINCT FROM old.orcid);
        SELECT * INTO openreview
            FROM anthology_internal.settle(old.file_openreview, old.openreview,
                                           name.file_openreview, false);
        name.explicit_person_id := id.value;
        name.orcid := orcid.value;
        name.openreview := openreview.value;
        corrected[i] := name;
        kept := kept + ((id.value, orcid.value, openreview.value)
            IS DISTINCT FROM (name.file_person_id, name.file_orcid, name.file_openreview))::integer;
        IF id.contradicted OR orcid.contradicted OR openreview.contradicted THEN
            PERFORM anthology_internal.record_contradiction(file, old.paper_id, what,
                format('was corrected here and the file says otherwise; kept "%s", file has "%s"',
                       concat_ws(' ', id.value, orcid.value, openreview.value),
                       concat_ws(' ', name.file_person_id, name.file_orcid, name.file_openreview)));
        END IF;
    END LOOP;
END
$$;
COMMENT ON FUNCTION anthology_internal.keep_name_corrections(text, text, loaded_name[]) IS
    'the names of a collection file with the corrections made here, and how many the file does '
    'not have';

CREATE FUNCTION anthology_internal.load_persons(names loaded_name[]) RETURNS text[]
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    -- Names are resolved before they are stored, so that each row is written once.
    persons CONSTANT text[] := ARRAY(SELECT k.person_id
        FROM anthology_internal.persons_of_names(ARRAY(
        SELECT (anthology.name_slug(n.first, n.last), n.first, n.last, n.orcid,
                n.explicit_person_id)::anthology.name_key
        FROM unnest(names) n)) k ORDER BY k.i);
BEGIN
    INSERT INTO anthology.person (id, verified)
        SELECT DISTINCT p.id, false FROM unnest(persons) AS p(id)
        WHERE p.id LIKE '%/unverified'
        ON CONFLICT DO NOTHING;
    RETURN persons;
END
$$;
COMMENT ON FUNCTION anthology_internal.load_persons(loaded_name[]) IS
    'the persons that names resolve to; unverified ones are there afterwards';

CREATE FUNCTION anthology_internal.load_new_names(names loaded_name[]) RETURNS load_outcome
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    outcome anthology.load_outcome := ('name', cardinality(names), 0, 0, 0, 0, 0, NULL, NULL);
    persons CONSTANT text[] := anthology_internal.load_persons(names);
BEGIN
    outcome.person_ids := ARRAY(SELECT DISTINCT p.id FROM unnest(persons) AS p(id)
                                WHERE p.id IS NOT NULL);
    INSERT INTO anthology.authorship (paper_id, role, "position", first, last, affiliation,
            orcid, variants, file_person_id, explicit_person_id, file_orcid, openreview,
            file_openreview, person_id)
        SELECT * FROM unnest(names, persons);
    PERFORM anthology_internal.record_resolution_problems(
        ARRAY(SELECT DISTINCT n.paper_id FROM unnest(names) n));
    RETURN outcome;
END
$$;
COMMENT ON FUNCTION anthology_internal.load_new_names(loaded_name[]) IS
    'adds the names of collections that were not here before';

CREATE FUNCTION anthology_internal.load_names(collection text, file text, names loaded_name[],
                                              is_new boolean)
    RETURNS load_outcome
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    outcome anthology.load_outcome := ('name', 0, 0, 0, 0, 0, 0, NULL, NULL);
    persons text[];
BEGIN
    IF is_new THEN
        RETURN anthology_internal.load_new_names(names);
    END IF;
    SELECT k.corrected, k.kept INTO names, outcome.kept
        FROM anthology_internal.keep_name_corrections(collection, file, names) k;
    persons := anthology_internal.load_persons(names);
    WITH was AS (
        SELECT a.* FROM anthology_internal.papers_of_collection(collection) p(id)
            JOIN anthology.authorship a ON a.paper_id = p.id
    ), differs AS (
        SELECT was.person_id AS old_person_id, n.person_id AS new_person_id
        FROM was FULL JOIN unnest(names, persons) AS n(paper_id, role, "position", first, last,
                affiliation, orcid, variants, file_person_id, explicit_person_id, file_orcid,
                openreview, file_openreview, person_id)
            ON n.paper_id = was.paper_id AND n.role = was.role AND n."position" = was."position"
        WHERE (n.first, n.last, n.orcid, n.explicit_person_id)
            IS DISTINCT FROM (was.first, was.last, was.orcid, was.explicit_person_id)
    )
    SELECT array_agg(DISTINCT p.id) INTO outcome.person_ids
        FROM differs d, LATERAL (VALUES (d.old_person_id), (d.new_person_id)) AS p(id)
        WHERE p.id IS NOT NULL;

    DELETE FROM anthology.authorship a
        WHERE a.paper_id IN
            (SELECT p.id FROM anthology_internal.papers_of_collection(collection) p(id))
            AND (a.paper_id, a.role, a."position") NOT IN (
                SELECT n.paper_id, n.role, n."position" FROM unnest(names) n);
    GET DIAGNOSTICS outcome.removed = ROW_COUNT;

    WITH loaded AS (
        INSERT INTO anthology.authorship AS a (paper_id, role, "position", first, last, affiliation,
                orcid, variants, file_person_id, explicit_person_id, file_orcid, openreview,
                file_openreview, person_id)
            SELECT * FROM unnest(names, persons)
            ON CONFLICT (paper_id, role, "position") DO UPDATE SET first = excluded.first,
                last = excluded.last, affiliation = excluded.affiliation, orcid = excluded.orcid,
                variants = excluded.variants, file_person_id = excluded.file_person_id,
                explicit_person_id = excluded.explicit_person_id,
                file_orcid = excluded.file_orcid, openreview = excluded.openreview,
                file_openreview = excluded.file_openreview, person_id = excluded.person_id
            WHERE (a.first, a.last, a.affiliation, a.orcid, a.variants, a.explicit_person_id,
                   a.file_person_id, a.file_orcid, a.openreview, a.file_openreview)
                IS DISTINCT FROM (excluded.first, excluded.last, excluded.affiliation,
                    excluded.orcid, excluded.variants, excluded.explicit_person_id,
                    excluded.file_person_id, excluded.file_orcid, excluded.openreview,
                    excluded.file_openreview)
            RETURNING xmax = 0 AS is_new
    )
    SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new)
        INTO outcome.new, outcome.changed FROM loaded;
    outcome.unchanged := cardinality(names) - outcome.new - outcome.changed;
    PERFORM anthology_internal.record_resolution_problems(
        ARRAY(SELECT DISTINCT n.paper_id FROM unnest(names) n));
    RETURN outcome;
END
$$;
COMMENT ON FUNCTION anthology_internal.load_names(text, text, loaded_name[], boolean) IS
    'makes the names of a collection those of its file, but for corrections made here';
