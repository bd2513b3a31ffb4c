-- loading: the Anthology's data folder into the tables (extension/load.c)
--
-- One internal function a kind of file - load_venues, load_people,
-- load_collection - compares what the file says with what is there, changes
-- what differs, and returns what it did together with the slugs and persons
-- whose names are to be resolved again. import_* calls one of them and
-- resolves; load_directory calls them for every file and resolves once.
--
-- A correction made in the database stays until the file says the same: a file
-- that says neither what it said when it was last loaded nor what the
-- correction says is a conflict, recorded in load_problem.

CREATE TYPE load_outcome AS (
    kind text,
    new bigint,
    changed bigint,
    unchanged bigint,
    removed bigint,
    kept bigint,
    problems bigint,
    slugs text[],
    person_ids text[]
);
COMMENT ON TYPE load_outcome IS
    'what loading did to one kind of thing, and whose names are to be resolved again; kept counts corrections that the file does not have';

CREATE FUNCTION lock_corpus() RETURNS bigint
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    new_revision bigint;
    stored_icu_version text;
BEGIN
    IF to_regclass('anthology.corpus_state') IS NULL THEN
        RAISE EXCEPTION 'the tables of the corpus do not exist'
            USING ERRCODE = 'undefined_table', HINT = 'Call anthology.create_tables().';
    END IF;
    UPDATE anthology.corpus_state SET revision = revision + 1
        RETURNING revision, icu_version INTO new_revision, stored_icu_version;
    IF stored_icu_version IS DISTINCT FROM anthology.icu_version() THEN
        RAISE WARNING 'stored slugs were made under ICU %, this is ICU %',
                stored_icu_version, anthology.icu_version()
            USING HINT = 'Call anthology.rebuild_slugs().';
    END IF;
    RETURN new_revision;
END
$$;
COMMENT ON FUNCTION lock_corpus() IS
    'waits for other loads and corrections to end, and keeps them waiting until this transaction ends';

CREATE FUNCTION rebuild_slugs() RETURNS void
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    UPDATE anthology.corpus_state SET icu_version = anthology.icu_version();
    PERFORM anthology.lock_corpus();
    REINDEX INDEX anthology.person_name_full_name;
    -- Touching a name makes its generated slug anew.
    UPDATE anthology.person_name SET last = last
        WHERE slug <> anthology.name_slug(first, last);
    UPDATE anthology.authorship SET last = last
        WHERE slug <> anthology.name_slug(first, last);
    PERFORM anthology.rebuild_documents();
    REINDEX TABLE anthology.person_name;
    REINDEX TABLE anthology.authorship;
    REINDEX TABLE anthology.paper;
    PERFORM anthology.refresh_term_statistics();
    PERFORM anthology.resolve_names(
        ARRAY(SELECT DISTINCT slug FROM anthology.authorship),
        ARRAY(SELECT DISTINCT explicit_person_id FROM anthology.authorship
              WHERE explicit_person_id IS NOT NULL));
END
$$;
COMMENT ON FUNCTION rebuild_slugs() IS
    'makes stored slugs and the index of names anew and resolves every name again: for use after an upgrade of ICU';

CREATE FUNCTION record_problem(kind text, file text, place text, reason text, sqlstate text)
    RETURNS void
    LANGUAGE sql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
    INSERT INTO anthology.load_problem (kind, file, place, reason, sqlstate)
        VALUES (kind, file, place, reason, sqlstate)
$$;
COMMENT ON FUNCTION record_problem(text, text, text, text, text) IS
    'adds a row to load_problem';

-- Venues ---------------------------------------------------------------------

CREATE FUNCTION load_venues(venues json, file text) RETURNS SETOF load_outcome
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    outcome anthology.load_outcome := ('venue', 0, 0, 0, 0, 0, 0, NULL, NULL);
    entry record;
    was_new boolean;
BEGIN
    IF json_typeof(venues) IS DISTINCT FROM 'object' THEN
        RAISE EXCEPTION 'venues are not a mapping of ids to venues'
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    FOR entry IN
        SELECT v.key AS id, v.value AS venue,
            coalesce(load_venues.file, format('yaml/venues/%s.yaml', v.key)) AS file
        FROM json_each(venues) v
    LOOP
        DELETE FROM anthology.load_problem p
            WHERE p.kind = 'entry' AND p.file = entry.file AND p.place = entry.id;
        IF json_typeof(entry.venue) <> 'object' OR coalesce(entry.venue ->> 'name', '') = '' THEN
            PERFORM anthology.record_problem('entry', entry.file, entry.id,
                'the venue has no name', '22023');
            outcome.problems := outcome.problems + 1;
            CONTINUE;
        END IF;
        INSERT INTO anthology.venue AS v
                (id, acronym, name, is_acl, is_toplevel, oldstyle_letter, type, url)
            VALUES (entry.id, entry.venue ->> 'acronym', entry.venue ->> 'name',
                coalesce(entry.venue ->> 'is_acl', 'false') = 'true',
                coalesce(entry.venue ->> 'is_toplevel', 'false') = 'true',
                entry.venue ->> 'oldstyle_letter', entry.venue ->> 'type', entry.venue ->> 'url')
            ON CONFLICT (id) DO UPDATE SET acronym = excluded.acronym, name = excluded.name,
                is_acl = excluded.is_acl, is_toplevel = excluded.is_toplevel,
                oldstyle_letter = excluded.oldstyle_letter, type = excluded.type,
                url = excluded.url
            WHERE v.* IS DISTINCT FROM excluded.*
            RETURNING xmax = 0 INTO was_new;
        IF NOT FOUND THEN
            outcome.unchanged := outcome.unchanged + 1;
        ELSIF was_new THEN
            outcome.new := outcome.new + 1;
        ELSE
            outcome.changed := outcome.changed + 1;
        END IF;
    END LOOP;
    RETURN NEXT outcome;
END
$$;
COMMENT ON FUNCTION load_venues(json, text) IS
    'loads a mapping of venue ids to venues';

-- People ---------------------------------------------------------------------

CREATE FUNCTION person_entry(person_id text) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT jsonb_strip_nulls(jsonb_build_object(
        'names', (SELECT jsonb_agg(jsonb_build_object('first', n.first, 'last', n.last,
                                                      'script', n.script,
                                                      'hidden', CASE WHEN n.hidden THEN true END)
                                   ORDER BY n."position")
                  FROM anthology.person_name n
                  WHERE n.person_id = p.id AND NOT n.inferred),
        'orcid', p.orcid, 'degree', p.degree, 'comment', p.comment,
        'similar', CASE WHEN p.similar_ids <> '{}' THEN to_jsonb(p.similar_ids) END,
        'disable_name_matching', CASE WHEN p.disable_name_matching THEN true END))
    FROM anthology.person p WHERE p.id = person_id AND p.verified
$$;
COMMENT ON FUNCTION person_entry(text) IS
    'a verified person as an entry of people.yaml';

CREATE FUNCTION people_entry_problem(person_id text, entry jsonb) RETURNS text
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT CASE
        WHEN person_id !~ '^[a-z0-9][-a-z0-9]+$'
        THEN 'the id is not made of lower-case letters, digits and hyphens'
        WHEN jsonb_typeof(entry) <> 'object'
        THEN 'the entry is not a mapping'
        WHEN jsonb_typeof(entry -> 'names') IS DISTINCT FROM 'array'
            OR jsonb_array_length(entry -> 'names') = 0
        THEN 'the person has no names'
        WHEN EXISTS (SELECT FROM jsonb_array_elements(entry -> 'names') n
                     WHERE jsonb_typeof(n) <> 'object' OR coalesce(n ->> 'last', '') = '')
        THEN 'a name has no last'
        WHEN entry -> 'names' -> 0 ->> 'hidden' = 'true'
        THEN 'the canonical name is hidden'
        WHEN entry ->> 'orcid' IS NOT NULL
            AND anthology.orcid_normalize(entry ->> 'orcid') IS NULL
        THEN format('"%s" is not a valid ORCID', entry ->> 'orcid')
        WHEN jsonb_typeof(coalesce(entry -> 'similar', '[]')) NOT IN ('array', 'null')
        THEN 'similar is not a list'
        WHEN coalesce(entry ->> 'disable_name_matching', 'false') NOT IN ('true', 'false')
        THEN 'disable_name_matching is neither true nor false'
        ELSE (SELECT format('ORCID %s belongs to person "%s"', p.orcid, p.id)
              FROM anthology.person p
              WHERE p.orcid = anthology.orcid_normalize(entry ->> 'orcid') AND p.id <> person_id)
    END
$$;
COMMENT ON FUNCTION people_entry_problem(text, jsonb) IS
    'why an entry of people.yaml cannot be loaded; NULL if it can';

-- An entry as person_entry() would write it, so that the two can be compared.
CREATE FUNCTION normal_people_entry(entry jsonb) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT jsonb_strip_nulls(jsonb_build_object(
        'names', (SELECT jsonb_agg(jsonb_build_object('first', coalesce(n ->> 'first', ''),
                                                      'last', n ->> 'last',
                                                      'script', n ->> 'script',
                                                      'hidden', CASE WHEN n ->> 'hidden' = 'true' THEN true END)
                                   ORDER BY i)
                  FROM jsonb_array_elements(entry -> 'names') WITH ORDINALITY AS e(n, i)),
        'orcid', anthology.orcid_normalize(entry ->> 'orcid'),
        'degree', entry ->> 'degree', 'comment', entry ->> 'comment',
        'similar', CASE WHEN jsonb_typeof(entry -> 'similar') = 'array'
                            AND entry -> 'similar' <> '[]' THEN entry -> 'similar' END,
        'disable_name_matching',
            CASE WHEN entry ->> 'disable_name_matching' = 'true' THEN true END))
$$;
COMMENT ON FUNCTION normal_people_entry(jsonb) IS
    'an entry of people.yaml in the form of person_entry()';

CREATE FUNCTION set_person(person_id text, entry jsonb) RETURNS void
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
BEGIN
    INSERT INTO anthology.person AS p
            (id, verified, orcid, degree, comment, disable_name_matching, similar_ids)
        VALUES (person_id, true, entry ->> 'orcid', entry ->> 'degree', entry ->> 'comment',
            coalesce((entry ->> 'disable_name_matching')::boolean, false),
            ARRAY(SELECT jsonb_array_elements_text(entry -> 'similar')))
        ON CONFLICT (id) DO UPDATE SET verified = true, orcid = excluded.orcid,
            degree = excluded.degree, comment = excluded.comment,
            disable_name_matching = excluded.disable_name_matching,
            similar_ids = excluded.similar_ids;
    DELETE FROM anthology.person_name n WHERE n.person_id = set_person.person_id;
    INSERT INTO anthology.person_name (person_id, "position", first, last, script, hidden)
        SELECT person_id, i, n ->> 'first', n ->> 'last', n ->> 'script',
            coalesce(n ->> 'hidden' = 'true', false)
        FROM jsonb_array_elements(entry -> 'names') WITH ORDINALITY AS e(n, i);
END
$$;
COMMENT ON FUNCTION set_person(text, jsonb) IS
    'makes a verified person what an entry in the form of person_entry() says';

CREATE FUNCTION load_people(people json, file text) RETURNS SETOF load_outcome
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    outcome anthology.load_outcome := ('person', 0, 0, 0, 0, 0, 0, '{}', '{}');
    entry record;
    current jsonb;
    loaded jsonb;
    wanted jsonb;
    settled record;
    problem text;
    owner text;
    gave_away text[] := '{}';
    people_before text[] := anthology.people_of_file(file);
BEGIN
    IF json_typeof(people) IS DISTINCT FROM 'object' THEN
        RAISE EXCEPTION 'people are not a mapping of ids to persons'
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    FOR entry IN
        SELECT e.key AS id, e.value::jsonb AS body,
            row_number() OVER (PARTITION BY e.key) AS occurrence
        FROM json_each(people) e
    LOOP
        DELETE FROM anthology.load_problem p
            WHERE p.kind = 'entry' AND p.file = load_people.file AND p.place = entry.id;
        current := anthology.person_entry(entry.id);
        IF anthology.is_deleted_here(entry.id) THEN
            -- The file does not know it yet, or has it again.
            outcome.kept := outcome.kept + 1;
            outcome.unchanged := outcome.unchanged + 1;
            IF entry.id <> ALL (people_before) THEN
                PERFORM anthology.record_contradiction(file, entry.id, 'the person',
                    'was renamed, merged or undone here, and the file has it again');
                outcome.problems := outcome.problems + 1;
            END IF;
            CONTINUE;
        END IF;
        -- An ORCID may go from one person to another, whichever comes first in the file.
        SELECT p.id INTO owner FROM anthology.person p
            WHERE p.orcid = anthology.orcid_normalize(entry.body ->> 'orcid') AND p.id <> entry.id
                AND p.loaded = anthology.person_entry(p.id)
                AND 'orcid' <> ALL (anthology.decided_members(p.id))
                AND people ->> p.id IS NOT NULL
                AND anthology.people_entry_problem(p.id, (people -> p.id)::jsonb - 'orcid') IS NULL
                AND anthology.orcid_normalize(people -> p.id ->> 'orcid') IS DISTINCT FROM p.orcid;
        IF FOUND AND anthology.people_entry_problem(entry.id, entry.body - 'orcid') IS NULL THEN
            UPDATE anthology.person p SET orcid = NULL, loaded = p.loaded - 'orcid' WHERE p.id = owner;
            gave_away := gave_away || owner;
            outcome.person_ids := outcome.person_ids || owner;
        END IF;
        problem := anthology.people_entry_problem(entry.id, entry.body);
        IF problem IS NULL AND entry.occurrence > 1 THEN
            problem := 'the person is in the file twice';
        END IF;
        IF problem IS NOT NULL THEN
            PERFORM anthology.record_problem('entry', file, entry.id, problem, '22023');
            outcome.problems := outcome.problems + 1;
            CONTINUE;
        END IF;
        wanted := anthology.normal_people_entry(entry.body);
        loaded := (SELECT p.loaded FROM anthology.person p WHERE p.id = entry.id);
        SELECT * INTO settled FROM anthology.settle_entry(entry.id, loaded, current, wanted);
        IF current IS NULL THEN
            settled.entry := wanted;
        END IF;
        IF settled.entry IS DISTINCT FROM current THEN
            outcome.slugs := outcome.slugs
                || ARRAY(SELECT n.slug FROM anthology.person_name n WHERE n.person_id = entry.id)
                || ARRAY(SELECT anthology.name_slug(n ->> 'first', n ->> 'last')
                         FROM jsonb_array_elements(settled.entry -> 'names') n);
            outcome.person_ids := outcome.person_ids || entry.id;
            PERFORM anthology.set_person(entry.id, settled.entry);
            IF current IS NULL THEN
                outcome.new := outcome.new + 1;
            ELSE
                outcome.changed := outcome.changed + 1;
            END IF;
        ELSIF entry.id = ANY (gave_away) THEN
            outcome.changed := outcome.changed + 1;
        ELSE
            outcome.unchanged := outcome.unchanged + 1;
        END IF;
        IF settled.entry <> wanted THEN
            outcome.kept := outcome.kept + 1;
        END IF;
        IF settled.contradicted IS NOT NULL OR settled.entry = wanted THEN
            PERFORM anthology.record_contradiction(file, entry.id, 'the person',
                CASE WHEN settled.contradicted IS NOT NULL
                THEN format('was corrected here and the file says otherwise of %s; kept %s, file has %s',
                         array_to_string(settled.contradicted, ', '), current, wanted) END);
            outcome.problems := outcome.problems + (settled.contradicted IS NOT NULL)::integer;
        END IF;
        UPDATE anthology.person p SET loaded = wanted
            WHERE p.id = entry.id AND p.loaded IS DISTINCT FROM wanted;
    END LOOP;
    RETURN NEXT outcome;
END
$$;
COMMENT ON FUNCTION load_people(json, text) IS
    'loads a mapping of person ids to entries of people.yaml; persons not in it stay';

-- Collections ----------------------------------------------------------------

CREATE FUNCTION papers_of_collection(collection_id text) RETURNS SETOF text
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT p.id FROM anthology.volume v JOIN anthology.paper p ON p.volume_id = v.id
        WHERE v.collection_id = papers_of_collection.collection_id
    UNION ALL
    SELECT p.id FROM anthology.event e JOIN anthology.paper p ON p.event_id = e.id
        WHERE e.collection_id = papers_of_collection.collection_id
$$;
COMMENT ON FUNCTION papers_of_collection(text) IS
    'ids of the papers, frontmatters and talks of a collection';

CREATE FUNCTION iso_date(day text) RETURNS date
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    found date;
BEGIN
    IF day ~ '^[1-9][0-9]{3}-(0[1-9]|1[0-2])-[0-3][0-9]$' THEN
        found := make_date(left(day, 4)::integer, substr(day, 6, 2)::integer, 1)
            + substr(day, 9, 2)::integer - 1;
        IF to_char(found, 'YYYY-MM-DD') = day THEN
            RETURN found;
        END IF;
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION iso_date(text) IS 'a date written 2024-08-15; NULL for anything else';

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
    file_orcid text
);
COMMENT ON TYPE loaded_name IS
    'a name on a paper as a collection file has it, and the explicit id and ORCID it is to have here';

CREATE FUNCTION names_of_collection(collection text, document xml, volume_path text,
                                    paper_path text, has_talks boolean)
    RETURNS SETOF loaded_name
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
        WITH name AS (
            SELECT anthology.paper_full_id(collection, x.volume,
                    CASE WHEN x.container = 'paper' THEN x.paper ELSE '0' END) AS paper_id, x.*
            FROM xmltable((paper_path || '/author|' || paper_path || '/editor|'
                           || volume_path || '/meta/editor') PASSING document COLUMNS
                i FOR ORDINALITY, role text PATH 'local-name(.)', volume text PATH '../../@id',
                container text PATH 'local-name(..)', paper text PATH '../@id',
                first text PATH 'first', last text PATH 'last',
                affiliation text PATH 'affiliation', orcid text PATH '@orcid',
                id text PATH '@id', variants xml PATH 'variant') AS x
            UNION ALL
            SELECT t.event || '.talk-' || t.i, s.i, 'speaker', NULL, NULL, NULL,
                s.first, s.last, s.affiliation, s.orcid, s.id, s.variants
            FROM xmltable('/collection/event/talk' PASSING document COLUMNS
                    i FOR ORDINALITY, event text PATH '../@id', speakers xml PATH 'speaker') AS t,
                xmltable('/x/speaker' PASSING xmlelement(NAME x, t.speakers) COLUMNS
                    i FOR ORDINALITY, first text PATH 'first', last text PATH 'last',
                    affiliation text PATH 'affiliation', orcid text PATH '@orcid',
                    id text PATH '@id', variants xml PATH 'variant') AS s
            WHERE has_talks
        )
        SELECT n.paper_id, n.role,
            row_number() OVER (PARTITION BY n.paper_id, n.role ORDER BY n.i)::integer,
            coalesce(n.first, ''), coalesce(n.last, ''), n.affiliation,
            coalesce(anthology.orcid_normalize(n.orcid), n.orcid),
            CASE WHEN n.variants IS NOT NULL THEN (
                SELECT jsonb_agg(jsonb_build_object('script', v.script,
                           'first', coalesce(v.first, ''), 'last', v.last))
                FROM xmltable('/x/variant' PASSING xmlelement(NAME x, n.variants) COLUMNS
                    script text PATH '@script', first text PATH 'first',
                    last text PATH 'last') AS v)
            END, n.id, n.id, coalesce(anthology.orcid_normalize(n.orcid), n.orcid)
        FROM name n;
END
$$;
COMMENT ON FUNCTION names_of_collection(text, xml, text, text, boolean) IS
    'the names on the papers, volumes and talks of a collection file';

CREATE FUNCTION load_names(collection text, file text, names loaded_name[], is_new boolean)
    RETURNS load_outcome
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    outcome anthology.load_outcome := ('name', 0, 0, 0, 0, 0, 0, NULL, NULL);
    old anthology.authorship;
    decision record;
    id record;
    orcid record;
    persons text[];
    i integer;
BEGIN
    INSERT INTO anthology.load_problem (kind, file, place, reason, sqlstate)
        SELECT 'entry', file, n.paper_id,
            format('%s %s has no last name', n.role, n."position"), '22023'
        FROM unnest(names) n WHERE n.last = '';
    GET DIAGNOSTICS outcome.problems = ROW_COUNT;
    IF outcome.problems > 0 THEN
        names := ARRAY(SELECT n FROM unnest(names) n WHERE n.last <> '');
    END IF;

    -- A correction follows its name: to wherever on the paper it stands now.
    FOR old IN
        SELECT a.* FROM anthology.papers_of_collection(collection) p(id)
            JOIN anthology.authorship a ON a.paper_id = p.id
        WHERE NOT is_new
            AND ((a.explicit_person_id, a.orcid) IS DISTINCT FROM (a.file_person_id, a.file_orcid)
                OR EXISTS (SELECT FROM anthology.reassignment_item r
                           WHERE r.paper_id = a.paper_id AND r.cause = 'selected'))
    LOOP
        SELECT n.i INTO i
            FROM unnest(names) WITH ORDINALITY AS n(paper_id, role, "position", first, last,
                affiliation, orcid, variants, file_person_id, explicit_person_id, file_orcid, i)
            WHERE n.paper_id = old.paper_id AND n.role = old.role AND n.first = old.first
                AND n.last = old.last
            ORDER BY abs(n."position" - old."position") LIMIT 1;
        IF i IS NULL THEN
            IF (old.explicit_person_id, old.orcid) IS DISTINCT FROM (old.file_person_id, old.file_orcid) THEN
                PERFORM anthology.record_problem('correction', file, old.paper_id,
                    format('%s %s "%s" was corrected here to person %s and is not in the file any more',
                           old.role, old."position", old.full_name, coalesce('"' || old.explicit_person_id || '"', 'none')), NULL);
                outcome.problems := outcome.problems + 1;
            END IF;
            CONTINUE;
        END IF;
        SELECT * INTO decision
            FROM anthology.decision_on_name(old.paper_id, old.role, old.first, old.last);
        SELECT * INTO id
            FROM anthology.settle(old.file_person_id, old.explicit_person_id, names[i].file_person_id,
                decision.decided AND decision.explicit_person_id IS NOT DISTINCT FROM old.explicit_person_id);
        -- An ORCID goes with the id beside it.
        SELECT * INTO orcid
            FROM anthology.settle(old.file_orcid, old.orcid, names[i].file_orcid,
                id.contradicted OR id.value IS DISTINCT FROM names[i].file_person_id
                OR decision.orcid_decided AND decision.orcid IS NOT DISTINCT FROM old.orcid);
        names[i].explicit_person_id := id.value;
        names[i].orcid := orcid.value;
        IF (id.value, orcid.value) IS DISTINCT FROM (names[i].file_person_id, names[i].file_orcid) THEN
            outcome.kept := outcome.kept + 1;
        END IF;
        IF id.contradicted OR orcid.contradicted
            OR (id.value, orcid.value) IS NOT DISTINCT FROM (names[i].file_person_id, names[i].file_orcid) THEN
            PERFORM anthology.record_contradiction(file, old.paper_id,
                format('%s %s "%s"', old.role, old."position", old.full_name),
                CASE WHEN id.contradicted OR orcid.contradicted
                THEN format('was corrected here and the file says otherwise; kept "%s", file has "%s"',
                         concat_ws(' ', id.value, orcid.value),
                         concat_ws(' ', names[i].file_person_id, names[i].file_orcid)) END);
            outcome.problems := outcome.problems + (id.contradicted OR orcid.contradicted)::integer;
        END IF;
    END LOOP;

    -- Resolved before they are stored, lest every row be written twice.
    persons := ARRAY(SELECT k.person_id FROM anthology.persons_of_names(ARRAY(
        SELECT (anthology.name_slug(n.first, n.last), n.first, n.last, n.orcid,
                n.explicit_person_id)::anthology.name_key
        FROM unnest(names) n)) k ORDER BY k.i);
    INSERT INTO anthology.person (id, verified)
        SELECT DISTINCT p.id, false FROM unnest(persons) AS p(id)
        WHERE p.id LIKE '%/unverified'
        ON CONFLICT DO NOTHING;

    WITH was AS (
        SELECT a.* FROM anthology.papers_of_collection(collection) p(id)
            JOIN anthology.authorship a ON a.paper_id = p.id
        WHERE NOT is_new
    ), differs AS (
        SELECT was.person_id AS old_person_id, n.person_id AS new_person_id
        FROM was FULL JOIN unnest(names, persons) AS n(paper_id, role, "position", first, last,
                affiliation, orcid, variants, file_person_id, explicit_person_id, file_orcid, person_id)
            ON n.paper_id = was.paper_id AND n.role = was.role AND n."position" = was."position"
        WHERE (n.first, n.last, n.orcid, n.explicit_person_id)
            IS DISTINCT FROM (was.first, was.last, was.orcid, was.explicit_person_id)
    )
    SELECT array_agg(DISTINCT p.id) INTO outcome.person_ids
        FROM differs d, LATERAL (VALUES (d.old_person_id), (d.new_person_id)) AS p(id)
        WHERE p.id IS NOT NULL;

    DELETE FROM anthology.authorship a
        WHERE NOT is_new
            AND a.paper_id IN (SELECT p.id FROM anthology.papers_of_collection(collection) p(id))
            AND NOT EXISTS (SELECT FROM unnest(names) n WHERE n.paper_id = a.paper_id
                                AND n.role = a.role AND n."position" = a."position");
    GET DIAGNOSTICS outcome.removed = ROW_COUNT;

    WITH loaded AS (
        INSERT INTO anthology.authorship AS a (paper_id, role, "position", first, last,
                affiliation, orcid, variants, explicit_person_id, file_person_id, file_orcid, person_id)
            SELECT n.paper_id, n.role, n."position", n.first, n.last, n.affiliation, n.orcid,
                n.variants, n.explicit_person_id, n.file_person_id, n.file_orcid, n.person_id
            FROM unnest(names, persons) AS n(paper_id, role, "position", first, last,
                affiliation, orcid, variants, file_person_id, explicit_person_id, file_orcid, person_id)
            ON CONFLICT (paper_id, role, "position") DO UPDATE SET first = excluded.first,
                last = excluded.last, affiliation = excluded.affiliation, orcid = excluded.orcid,
                variants = excluded.variants, explicit_person_id = excluded.explicit_person_id,
                file_person_id = excluded.file_person_id, file_orcid = excluded.file_orcid,
                person_id = excluded.person_id
            WHERE (a.first, a.last, a.affiliation, a.orcid, a.variants, a.explicit_person_id,
                   a.file_person_id, a.file_orcid)
                IS DISTINCT FROM (excluded.first, excluded.last, excluded.affiliation,
                    excluded.orcid, excluded.variants, excluded.explicit_person_id,
                    excluded.file_person_id, excluded.file_orcid)
            RETURNING xmax = 0 AS is_new
    )
    SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new)
        INTO outcome.new, outcome.changed FROM loaded;
    outcome.unchanged := cardinality(names) - outcome.new - outcome.changed;
    PERFORM anthology.record_resolution_problems(
        ARRAY(SELECT DISTINCT n.paper_id FROM unnest(names) n));
    RETURN outcome;
END
$$;
COMMENT ON FUNCTION load_names(text, text, loaded_name[], boolean) IS
    'makes the names of a collection those of its file, but for corrections made here';

CREATE TYPE loaded_entry AS (kind text, id text, container_id text);
COMMENT ON TYPE loaded_entry IS
    'a collection, volume or paper of a collection file, and the id of what contains it';

CREATE FUNCTION load_collection(source text, file text) RETURNS SETOF load_outcome
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    document xml;
    collection text;
    volume_path text := '/collection/volume';
    paper_path text;
    names anthology.loaded_name[];
    kept_papers text[];
    is_new boolean;
    has_event boolean := source LIKE '%<event%';
    entries anthology.loaded_entry[];
    volume_outcome anthology.load_outcome := ('volume', 0, 0, 0, 0, 0, 0, NULL, NULL);
    paper_outcome anthology.load_outcome := ('paper', 0, 0, 0, 0, 0, 0, NULL, NULL);
    name_outcome anthology.load_outcome;
    bad bigint;
BEGIN
    -- A file that is here already, byte for byte, need not be read again.
    collection := substring(source FROM '<collection id="([^"]*)"');
    IF EXISTS (SELECT FROM anthology.collection c
               WHERE c.id = collection AND c.source = load_collection.source) THEN
        volume_outcome.unchanged := (SELECT count(*) FROM anthology.volume v
                                     WHERE v.collection_id = collection);
        SELECT 'name', 0, 0, count(*), 0, count(*) FILTER (
                WHERE (a.explicit_person_id, a.orcid) IS DISTINCT FROM (a.file_person_id, a.file_orcid)), 0, NULL, NULL
            INTO name_outcome
            FROM anthology.papers_of_collection(collection) p(id)
                JOIN anthology.authorship a ON a.paper_id = p.id;
        paper_outcome.unchanged := (SELECT count(*)
                                    FROM anthology.papers_of_collection(collection));
        RETURN NEXT volume_outcome;
        RETURN NEXT paper_outcome;
        RETURN NEXT name_outcome;
        RETURN;
    END IF;

    -- The Anthology's files have no document type, and one could name other
    -- files or stand for gigabytes.
    IF source ~ '<!(DOCTYPE|ENTITY)' THEN
        RAISE EXCEPTION 'a collection must not have a document type definition'
            USING ERRCODE = 'invalid_xml_document';
    END IF;
    document := xmlparse(DOCUMENT source);
    SELECT array_agg((x.kind, x.id, x.container_id)::anthology.loaded_entry) INTO entries
        FROM xmltable('/collection|/collection/volume|/collection/volume/paper' PASSING document
            COLUMNS kind text PATH 'local-name(.)', id text PATH '@id',
            container_id text PATH '../@id') AS x;
    collection := (SELECT e.id FROM unnest(entries) e WHERE e.kind = 'collection');
    IF collection IS NULL OR collection !~ '^([0-9]{4}\.[a-z0-9]+|[A-Z][0-9]{2})$' THEN
        RAISE EXCEPTION 'not a collection of the Anthology'
            USING ERRCODE = 'invalid_xml_document',
                DETAIL = format('The id of its collection element is "%s".', collection);
    END IF;

    file := coalesce(file, format('xml/%s.xml', collection));
    DELETE FROM anthology.load_problem p
        WHERE p.kind IN ('entry', 'file') AND p.file = load_collection.file;
    INSERT INTO anthology.collection AS c (id, source) VALUES (collection, load_collection.source)
        ON CONFLICT (id) DO UPDATE SET source = excluded.source
        RETURNING xmax = 0 INTO is_new;

    -- Volumes and papers without a usable id, or with one that is taken, stay
    -- out. XPath is slow at finding them, so it is only asked if there are any.
    paper_path := volume_path || '/paper';
    WITH problem AS (
        SELECT e.kind, e.id, e.container_id, CASE
            WHEN coalesce(e.id, '') = '' THEN format('a %s has no id', e.kind)
            WHEN e.kind = 'paper' AND e.id !~ '^[1-9][0-9]{0,5}$'
            THEN format('"%s" is not the number of a paper', e.id)
            WHEN count(*) > 1 THEN 'the id is in the file more than once; the first was loaded'
            END AS reason
        FROM unnest(entries) e WHERE e.kind <> 'collection'
        GROUP BY e.kind, e.id, e.container_id
    ), recorded AS (
        INSERT INTO anthology.load_problem (kind, file, place, reason, sqlstate)
            SELECT 'entry', file, CASE WHEN p.kind = 'paper'
                    THEN anthology.paper_full_id(collection, coalesce(p.container_id, ''),
                                                 coalesce(p.id, ''))
                    ELSE anthology.volume_full_id(collection, coalesce(p.id, '')) END,
                p.reason, '22023'
            FROM problem p WHERE p.reason IS NOT NULL
            RETURNING 1
    )
    SELECT count(*) INTO bad FROM recorded;
    IF bad > 0 THEN
        paper_outcome.problems := bad;
        volume_path := volume_path
            || '[string(@id) != "" and not(@id = preceding-sibling::volume/@id)]';
        paper_path := volume_path || '/paper[number(@id) > 0 and string-length(@id) < 7'
            ' and translate(@id, "0123456789", "") = "" and not(starts-with(@id, "0"))'
            ' and not(@id = preceding-sibling::paper/@id)]';
    END IF;

    WITH loaded AS (
        INSERT INTO anthology.volume AS v (id, collection_id, number, type, title, short_title,
                publisher, address, month, year, isbn, doi, url, url_hash, journal_title,
                journal_volume, journal_issue, ingest_date, venue_ids)
            SELECT anthology.volume_full_id(collection, x.number), collection, x.number, x.type,
                x.title::text, x.short_title::text, x.publisher, x.address, x.month,
                substring(x.year from '^[0-9]{1,4}$')::integer, x.isbn, x.doi, x.url, x.url_hash,
                x.journal_title, x.journal_volume, x.journal_issue,
                anthology.iso_date(x.ingest_date), ARRAY(SELECT e.id FROM xmltable('/x/venue' PASSING xmlelement(NAME x, x.venues)
                                              COLUMNS id text PATH '.') AS e)
            FROM xmltable(volume_path PASSING document COLUMNS
                number text PATH '@id', type text PATH '@type',
                title xml PATH 'meta/booktitle/node()',
                short_title xml PATH 'meta/shortbooktitle/node()',
                publisher text PATH 'meta/publisher', address text PATH 'meta/address',
                month text PATH 'meta/month', year text PATH 'meta/year',
                isbn text PATH 'meta/isbn', doi text PATH 'meta/doi', url text PATH 'meta/url',
                url_hash text PATH 'meta/url/@hash',
                journal_title text PATH 'meta/journal-title',
                journal_volume text PATH 'meta/journal-volume',
                journal_issue text PATH 'meta/journal-issue',
                ingest_date text PATH '@ingest-date', venues xml PATH 'meta/venue') AS x
            ON CONFLICT (id) DO UPDATE SET type = excluded.type, title = excluded.title,
                short_title = excluded.short_title, publisher = excluded.publisher,
                address = excluded.address, month = excluded.month, year = excluded.year,
                isbn = excluded.isbn, doi = excluded.doi, url = excluded.url,
                url_hash = excluded.url_hash, journal_title = excluded.journal_title,
                journal_volume = excluded.journal_volume,
                journal_issue = excluded.journal_issue, ingest_date = excluded.ingest_date,
                venue_ids = excluded.venue_ids
            WHERE v.* IS DISTINCT FROM excluded.*
            RETURNING xmax = 0 AS is_new
    )
    SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new)
        INTO volume_outcome.new, volume_outcome.changed FROM loaded;

    INSERT INTO anthology.event AS e (id, collection_id, title, location, dates, links, volume_ids)
        SELECT x.id, collection, x.title::text, x.location, x.dates,
            (SELECT coalesce(jsonb_agg(jsonb_build_object('type', l.type, 'url', l.url)), '[]')
             FROM xmltable('/x/url' PASSING xmlelement(NAME x, x.links) COLUMNS
                 type text PATH '@type', url text PATH '.') AS l),
            ARRAY(SELECT e.id FROM xmltable('/x/volume-id' PASSING xmlelement(NAME x, x.volume_ids)
                                            COLUMNS id text PATH '.') AS e)
        FROM xmltable('/collection/event[string(@id) != ""]' PASSING document COLUMNS
            id text PATH '@id', title xml PATH 'meta/title/node()',
            location text PATH 'meta/location', dates text PATH 'meta/dates',
            links xml PATH 'links/url', volume_ids xml PATH 'colocated/volume-id') AS x
        WHERE has_event
        ON CONFLICT (id) DO UPDATE SET title = excluded.title, location = excluded.location,
            dates = excluded.dates, links = excluded.links, volume_ids = excluded.volume_ids
        WHERE e.* IS DISTINCT FROM excluded.*;

    WITH paper AS (
        SELECT anthology.paper_full_id(collection, x.volume, x.number) AS id,
            anthology.volume_full_id(collection, x.volume) AS volume_id, NULL::text AS event_id,
            x.number::integer, x.type, x.title::text, x.abstract::text, x.pages, x.doi, x.bibkey,
            x.url, x.url_hash, x.language, x.journal, x.issue, x.note,
            ARRAY(SELECT e.award FROM xmltable('/x/award' PASSING xmlelement(NAME x, x.awards)
                                               COLUMNS award text PATH '.') AS e) AS awards,
            anthology.iso_date(x.ingest_date) AS ingest_date
        FROM (SELECT f.*,
                  CASE WHEN f.kind = 'paper' THEN f.container_id ELSE f.id END AS volume,
                  CASE WHEN f.kind = 'paper' THEN f.id ELSE '0' END AS number,
                  CASE WHEN f.kind = 'paper' THEN f.paper_type ELSE 'frontmatter' END AS type
              FROM xmltable((paper_path || '|' || volume_path || '[frontmatter or meta/editor]')
                      PASSING document COLUMNS
                  kind text PATH 'local-name(.)', container_id text PATH '../@id',
                  id text PATH '@id', paper_type text PATH 'self::paper/@type',
                  title xml PATH 'title/node()|meta/booktitle/node()',
                  abstract xml PATH 'abstract/node()', pages text PATH 'pages|frontmatter/pages',
                  doi text PATH 'doi|frontmatter/doi', bibkey text PATH 'bibkey|frontmatter/bibkey',
                  url text PATH 'url|frontmatter/url',
                  url_hash text PATH 'url/@hash|frontmatter/url/@hash',
                  language text PATH 'language', journal text PATH 'journal',
                  issue text PATH 'issue', note text PATH 'note', awards xml PATH 'award',
                  ingest_date text PATH 'self::paper/@ingest-date') AS f) AS x
        UNION ALL
        SELECT x.event || '.talk-' || x.i, NULL, x.event, x.i, 'talk', x.title::text,
            NULL, NULL, NULL, NULL, (xpath('/x/url[1]/text()', xmlelement(NAME x, x.urls)))[1]::text,
            NULL, NULL, NULL, NULL, NULL, '{}', NULL
        FROM xmltable('/collection/event[string(@id) != ""]/talk' PASSING document COLUMNS
            i FOR ORDINALITY, event text PATH '../@id', title xml PATH 'title/node()',
            urls xml PATH 'url') AS x
        WHERE has_event
    ), loaded AS (
        INSERT INTO anthology.paper AS p (id, volume_id, event_id, number, type, title, abstract,
                year, pages, doi, bibkey, url, url_hash, language, journal, issue, note, awards,
                ingest_date)
            SELECT r.id, r.volume_id, r.event_id, r.number, r.type, r.title, r.abstract,
                coalesce(v.year, substring(collection from '^[0-9]{4}')::integer), r.pages, r.doi,
                r.bibkey, r.url, r.url_hash, r.language, r.journal, r.issue, r.note, r.awards,
                r.ingest_date
            FROM paper r LEFT JOIN anthology.volume v ON v.id = r.volume_id
            ON CONFLICT (id) DO UPDATE SET type = excluded.type, title = excluded.title,
                abstract = excluded.abstract, year = excluded.year, pages = excluded.pages,
                doi = excluded.doi, bibkey = excluded.bibkey, url = excluded.url,
                url_hash = excluded.url_hash, language = excluded.language,
                journal = excluded.journal, issue = excluded.issue, note = excluded.note,
                awards = excluded.awards, ingest_date = excluded.ingest_date
            WHERE (p.type, p.title, p.abstract, p.year, p.pages, p.doi, p.bibkey, p.url,
                   p.url_hash, p.language, p.journal, p.issue, p.note, p.awards, p.ingest_date)
                IS DISTINCT FROM (excluded.type, excluded.title, excluded.abstract,
                    excluded.year, excluded.pages, excluded.doi, excluded.bibkey, excluded.url,
                    excluded.url_hash, excluded.language, excluded.journal, excluded.issue,
                    excluded.note, excluded.awards, excluded.ingest_date)
            RETURNING xmax = 0 AS is_new
    )
    SELECT count(*) FILTER (WHERE l.is_new), count(*) FILTER (WHERE NOT l.is_new),
            (SELECT array_agg(paper.id) FROM paper)
        INTO paper_outcome.new, paper_outcome.changed, kept_papers FROM loaded l;

    DELETE FROM anthology.paper_element e
        WHERE NOT is_new AND e.paper_id IN (SELECT p.id FROM anthology.papers_of_collection(collection) p(id));
    INSERT INTO anthology.paper_element (paper_id, ordinal, element, attributes, content)
        SELECT r.paper_id, row_number() OVER (PARTITION BY r.paper_id ORDER BY r.i), r.element,
            r.attributes, r.content
        FROM (SELECT CASE WHEN x.container = 'paper'
                    THEN anthology.paper_full_id(collection, x.volume, x.paper)
                    ELSE anthology.paper_full_id(collection, x.volume, '0') END AS paper_id,
                  x.i, x.element, jsonb_strip_nulls(jsonb_build_object('id', x.id,
                      'type', x.type, 'href', x.href, 'date', x.date, 'hash', x.hash,
                      'permission', x.permission, 'src', x.src, 'url', x.url,
                      'additional', x.additional)) AS attributes, x.content
              FROM xmltable(('(' || paper_path || '|' || volume_path || '/frontmatter)/*'
                      '[self::revision or self::erratum or self::retracted or self::removed'
                      ' or self::attachment or self::video or self::pwccode'
                      ' or self::pwcdataset or self::mrf]') PASSING document COLUMNS
                  i FOR ORDINALITY, element text PATH 'local-name(.)',
                  volume text PATH '../../@id', container text PATH 'local-name(..)',
                  paper text PATH '../@id', id text PATH '@id', type text PATH '@type',
                  href text PATH '@href', date text PATH '@date', hash text PATH '@hash',
                  permission text PATH '@permission', src text PATH '@src', url text PATH '@url',
                  additional text PATH '@additional', content text PATH '.') AS x) AS r;

    names := ARRAY(SELECT n FROM anthology.names_of_collection(collection, document, volume_path,
                                                               paper_path, has_event) n);
    name_outcome := anthology.load_names(collection, file, names, is_new);

    DELETE FROM anthology.paper p
        WHERE NOT is_new
            AND p.id IN (SELECT id FROM anthology.papers_of_collection(collection) c(id))
            AND p.id NOT IN (SELECT unnest(kept_papers));
    GET DIAGNOSTICS paper_outcome.removed = ROW_COUNT;
    IF paper_outcome.removed > 0 THEN
        DELETE FROM anthology.load_problem p
            WHERE p.kind = 'resolution'
                AND NOT EXISTS (SELECT FROM anthology.paper q WHERE q.id = p.place);
    END IF;
    DELETE FROM anthology.volume v
        WHERE NOT is_new AND v.collection_id = collection
            AND v.number NOT IN (SELECT x.number FROM xmltable(volume_path PASSING document
                                     COLUMNS number text PATH '@id') x);
    GET DIAGNOSTICS volume_outcome.removed = ROW_COUNT;
    volume_outcome.unchanged := (SELECT count(*) FROM anthology.volume v
                                 WHERE v.collection_id = collection)
        - volume_outcome.new - volume_outcome.changed;
    paper_outcome.unchanged := coalesce(cardinality(kept_papers), 0) - paper_outcome.new
        - paper_outcome.changed;
    RETURN NEXT volume_outcome;
    RETURN NEXT paper_outcome;
    RETURN NEXT name_outcome;
END
$$;
COMMENT ON FUNCTION load_collection(text, text) IS
    'loads a collection file; papers and volumes that the file does not have any more go';

-- What users call ------------------------------------------------------------

CREATE FUNCTION set_indexes_aside() RETURNS text[]
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    index record;
    definitions text[] := '{}';
BEGIN
    FOR index IN
        SELECT c.oid::regclass AS name, pg_get_indexdef(c.oid) AS definition
        FROM pg_class c
        WHERE c.relnamespace = 'anthology'::regnamespace AND c.relkind = 'i'
            AND c.relname IN ('paper_document', 'person_name_full_name', 'authorship_slug',
                              'authorship_person_id')
            AND pg_has_role(c.relowner, 'USAGE') AND c.reltablespace = 0
        ORDER BY c.relname
    LOOP
        EXECUTE format('DROP INDEX %s', index.name);
        definitions := definitions || index.definition;
    END LOOP;
    RETURN definitions;
END
$$;
COMMENT ON FUNCTION set_indexes_aside() IS
    'drops the indexes that a first load does not need, and returns how to make them again: that is quicker than adding to them';

CREATE FUNCTION put_indexes_back(definitions text[]) RETURNS void
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    definition text;
BEGIN
    FOREACH definition IN ARRAY definitions LOOP
        EXECUTE definition;
    END LOOP;
END
$$;
COMMENT ON FUNCTION put_indexes_back(text[]) IS
    'makes indexes of their definitions';

CREATE FUNCTION finish_load(outcomes load_outcome[])
    RETURNS TABLE (kind text, new bigint, changed bigint, unchanged bigint, removed bigint,
                   kept bigint, problems bigint)
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    moved bigint;
BEGIN
    SELECT count(*) INTO moved FROM anthology.resolve_names(
        ARRAY(SELECT DISTINCT unnest(o.slugs) FROM unnest(outcomes) o),
        ARRAY(SELECT DISTINCT unnest(o.person_ids) FROM unnest(outcomes) o));
    -- Counts that are off by one in a hundred rank no worse.
    IF (SELECT count(*) FROM anthology.document_change) >= coalesce(
        (SELECT s.documents / 100 FROM anthology.term_count_state s), 0) THEN
        PERFORM anthology.refresh_term_statistics();
    END IF;
    RETURN QUERY
        SELECT o.kind, sum(o.new)::bigint, sum(o.changed)::bigint, sum(o.unchanged)::bigint,
            sum(o.removed)::bigint, sum(o.kept)::bigint, sum(o.problems)::bigint
        FROM unnest(outcomes) o GROUP BY o.kind
        ORDER BY array_position('{file,venue,person,volume,paper,name}'::text[], o.kind);
END
$$;
COMMENT ON FUNCTION finish_load(load_outcome[]) IS
    'resolves the names that a load concerns, recounts terms if many papers have changed, and adds up what it did';

CREATE FUNCTION import_collection(collection xml)
    RETURNS TABLE (kind text, new bigint, changed bigint, unchanged bigint, removed bigint,
                   kept bigint, problems bigint)
    LANGUAGE sql VOLATILE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT anthology.lock_corpus();
    SELECT f.* FROM anthology.finish_load(ARRAY(
        SELECT o::anthology.load_outcome
        FROM anthology.load_collection(collection::text, NULL) o)) f
$$;
COMMENT ON FUNCTION import_collection(xml) IS
    'loads or updates a collection from the text of its XML file';

CREATE FUNCTION import_people(people text)
    RETURNS TABLE (kind text, new bigint, changed bigint, unchanged bigint, removed bigint,
                   kept bigint, problems bigint)
    LANGUAGE sql VOLATILE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT anthology.lock_corpus();
    SELECT f.* FROM anthology.finish_load(ARRAY(
        SELECT o::anthology.load_outcome
        FROM anthology.load_people(anthology.yaml_to_json(people), 'yaml/people.yaml') o)) f
$$;
COMMENT ON FUNCTION import_people(text) IS
    'loads or updates verified persons from the text of people.yaml; persons not in it stay';

CREATE FUNCTION import_venues(venues text, venue_id text DEFAULT NULL)
    RETURNS TABLE (kind text, new bigint, changed bigint, unchanged bigint, removed bigint,
                   kept bigint, problems bigint)
    LANGUAGE sql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT anthology.lock_corpus();
    SELECT f.* FROM anthology.finish_load(ARRAY(
        SELECT o::anthology.load_outcome
        FROM anthology.load_venues(CASE WHEN venue_id IS NULL
                THEN anthology.yaml_to_json(venues)
                ELSE json_build_object(venue_id, anthology.yaml_to_json(venues)) END, NULL) o)) f
$$;
COMMENT ON FUNCTION import_venues(text, text) IS
    'loads or updates venues: a YAML mapping of ids to venues, or the text of yaml/venues/<venue_id>.yaml';

CREATE FUNCTION load_directory(path text)
    RETURNS TABLE (kind text, new bigint, changed bigint, unchanged bigint, removed bigint,
                   kept bigint, problems bigint)
    LANGUAGE c VOLATILE STRICT
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_load_directory';
COMMENT ON FUNCTION load_directory(text) IS
    'loads or updates everything from a data folder on the server: yaml/venues/*.yaml, yaml/people.yaml and xml/*.xml';
