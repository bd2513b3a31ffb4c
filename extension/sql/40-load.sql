-- loading: the Anthology's data folder into the tables (extension/load.c)
--
-- Each kind of file has one internal function: load_venues, load_people, load_sigs,
-- load_collection. It compares the file with the tables and changes what differs. It
-- returns what it did, and the slugs and persons whose names are to be resolved again.
-- import_* calls one of these functions and resolves. load_directory calls them for every
-- file and resolves once.
--
-- A correction made in the database stays until the file says the same (39-decisions.sql).

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
    'what loading did to one kind of thing, and whose names are to be resolved again; kept counts '
    'corrections that the file does not have';

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
    'waits for other loads and corrections to end, and keeps them waiting until this '
    'transaction ends';

CREATE FUNCTION rebuild_slugs() RETURNS void
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    UPDATE anthology.corpus_state SET icu_version = anthology.icu_version();
    PERFORM anthology.lock_corpus();
    PERFORM anthology_internal.report_progress('rebuild_slugs: slugs', 0, 4);
    REINDEX INDEX anthology.person_name_full_name;
    -- Touching a name makes its generated slug anew.
    UPDATE anthology.person_name SET last = last
        WHERE slug <> anthology.name_slug(first, last);
    UPDATE anthology.authorship SET last = last
        WHERE slug <> anthology.name_slug(first, last);
    PERFORM anthology.rebuild_documents();
    PERFORM anthology_internal.report_progress('rebuild_slugs: indexes', 1, 4);
    REINDEX TABLE anthology.person_name;
    REINDEX TABLE anthology.authorship;
    REINDEX TABLE anthology.paper;
    PERFORM anthology_internal.report_progress('rebuild_slugs: terms', 2, 4);
    PERFORM anthology.refresh_term_statistics();
    PERFORM anthology_internal.report_progress('rebuild_slugs: names', 3, 4);
    PERFORM anthology_internal.resolve_names(
        ARRAY(SELECT DISTINCT slug FROM anthology.authorship),
        ARRAY(SELECT DISTINCT explicit_person_id FROM anthology.authorship
              WHERE explicit_person_id IS NOT NULL));
    PERFORM anthology_internal.end_progress();
END
$$;
COMMENT ON FUNCTION rebuild_slugs() IS
    'makes stored slugs and the index of names anew and resolves every name again: for use after '
    'an upgrade of ICU';

CREATE FUNCTION anthology_internal.record_problem(kind text, file text, place text, reason text,
                                                  sqlstate text,
                                                  occurrences bigint DEFAULT 1)
    RETURNS void
    LANGUAGE sql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
    -- The same conflict may be met at every load.
    INSERT INTO anthology.load_problem (kind, file, place, reason, sqlstate, occurrences)
        SELECT record_problem.kind, record_problem.file, record_problem.place,
            record_problem.reason, record_problem.sqlstate, record_problem.occurrences
        WHERE record_problem.kind <> 'correction' OR NOT EXISTS (
            SELECT FROM anthology.load_problem p
            WHERE p.kind = 'correction' AND p.place = record_problem.place
                AND p.file = record_problem.file AND p.reason = record_problem.reason)
$$;
COMMENT ON FUNCTION anthology_internal.record_problem(text, text, text, text, text, bigint) IS
    'adds a row to load_problem; a conflict with a correction that is there already is not '
    'added again';

CREATE FUNCTION anthology_internal.set_indexes_aside() RETURNS text[]
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    part record;
    statements text[] := '{}';
BEGIN
    FOR part IN
        SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', f.conrelid::regclass, f.conname) AS away,
            format('ALTER TABLE %s ADD CONSTRAINT %I %s', f.conrelid::regclass, f.conname,
                   pg_get_constraintdef(f.oid)) AS back
        FROM pg_constraint f JOIN pg_class c ON c.oid = f.conrelid
        WHERE f.contype = 'f' AND c.relkind = 'r' AND c.relnamespace = 'anthology'::regnamespace
            AND c.relname IN ('paper', 'paper_element', 'person_name', 'authorship')
            AND f.confrelid IN (SELECT t.oid FROM pg_class t
                                WHERE t.relnamespace = 'anthology'::regnamespace)
            AND pg_has_role(c.relowner, 'USAGE')
        UNION ALL
        SELECT format('DROP INDEX %s', c.oid::regclass), pg_get_indexdef(c.oid)
        FROM pg_class c
        WHERE c.relnamespace = 'anthology'::regnamespace AND c.relkind = 'i'
            AND c.relname IN ('paper_document', 'person_name_full_name', 'authorship_slug',
                              'authorship_person_id')
            AND pg_has_role(c.relowner, 'USAGE') AND c.reltablespace = 0
        ORDER BY 1
    LOOP
        EXECUTE part.away;
        statements := statements || part.back;
    END LOOP;
    RETURN statements;
END
$$;
COMMENT ON FUNCTION anthology_internal.set_indexes_aside() IS
    'drops the foreign keys and indexes that a first load does not need, and returns how to make '
    'them again: checking and building them at the end is quicker than row by row';

CREATE FUNCTION anthology_internal.put_indexes_back(definitions text[]) RETURNS void
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    statement text;
    done integer := 0;
BEGIN
    FOREACH statement IN ARRAY definitions LOOP
        PERFORM anthology_internal.report_progress('load_directory: indexes', done,
            cardinality(definitions));
        EXECUTE statement;
        done := done + 1;
        RAISE NOTICE 'made % of % foreign keys and indexes', done, cardinality(definitions);
    END LOOP;
END
$$;
COMMENT ON FUNCTION anthology_internal.put_indexes_back(text[]) IS
    'runs the statements that set_indexes_aside() returned';

CREATE FUNCTION anthology_internal.begin_load(layout text, collection_ids text[],
                                              OUT was_empty boolean,
                                              OUT is_whole boolean, OUT explicit_ids bigint)
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    here CONSTANT bigint := (SELECT count(*) FROM anthology.collection);
BEGIN
    PERFORM anthology.lock_corpus();
    was_empty := here = 0;
    is_whole := here <= 2 * (SELECT count(*) FROM anthology.collection c
                             WHERE c.id = ANY (collection_ids));
    IF is_whole THEN
        UPDATE anthology.corpus_state s SET layout = begin_load.layout
            WHERE begin_load.layout <> s.layout OR s.layout IS NULL;
    END IF;
    -- By the index of these names.
    explicit_ids := (SELECT count(*) FROM anthology.authorship a
                     WHERE a.explicit_person_id IS NOT NULL);
END
$$;
COMMENT ON FUNCTION anthology_internal.begin_load(text, text[]) IS
    'takes the lock of corrections and loads. is_whole: the folder has at least half of the '
    'collections that are here, so that it replaces what was loaded, and does not add to it; '
    'explicit_ids: how many names have one';

CREATE FUNCTION anthology_internal.refuse_load_without_people(allow_losses boolean) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF NOT allow_losses AND NOT EXISTS (SELECT FROM anthology.person WHERE verified) THEN
        RAISE EXCEPTION 'the folder has no persons: no explicit id of a name could be honoured'
            USING ERRCODE = 'data_exception',
                DETAIL = coalesce((SELECT format('%s: %s', p.file, p.reason)
                    FROM anthology.load_problem p
                                   WHERE p.file ~ '/people\.' ORDER BY p.id DESC LIMIT 1),
                    'There is neither json/people.json nor yaml/people.yaml.'),
                HINT = 'To go on without persons, call load_directory(..., allow_losses => true).';
    END IF;
END
$$;
COMMENT ON FUNCTION anthology_internal.refuse_load_without_people(boolean) IS
    'raises an error if there are no verified persons, unless told to go on';

CREATE FUNCTION anthology_internal.refuse_losses(explicit_ids bigint, allow_losses boolean)
    RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    left_over CONSTANT bigint := (SELECT count(*) FROM anthology.authorship a
                                  WHERE a.explicit_person_id IS NOT NULL);
BEGIN
    IF (explicit_ids - left_over) * 100 > explicit_ids AND NOT allow_losses THEN
        RAISE EXCEPTION 'the load would lose % of % explicit ids', explicit_ids - left_over,
            explicit_ids
            USING ERRCODE = 'data_exception',
                DETAIL = 'So many fewer names have an id than before.',
                HINT = 'If they are to go, call load_directory(..., allow_losses => true).';
    END IF;
END
$$;
COMMENT ON FUNCTION anthology_internal.refuse_losses(bigint, boolean) IS
    'raises an error if of so many explicit ids more than a hundredth are gone, unless told '
    'to go on';

CREATE FUNCTION anthology_internal.forget_other_files(paths text[]) RETURNS void
    LANGUAGE sql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
    DELETE FROM anthology.data_file f WHERE NOT f.path = ANY (paths);
    DELETE FROM anthology.load_problem p
        WHERE p.kind IN ('file', 'entry', 'unknown')
            AND p.file NOT IN (SELECT unnest(paths));
$$;
COMMENT ON FUNCTION anthology_internal.forget_other_files(text[]) IS
    'forgets files, and problems of files, that the data folder does not have any more';

CREATE FUNCTION anthology_internal.resolve_loaded(outcomes load_outcome[]) RETURNS bigint
    LANGUAGE sql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT count(*) FROM anthology_internal.resolve_names(
        ARRAY(SELECT DISTINCT unnest(o.slugs) FROM unnest(outcomes) o),
        ARRAY(SELECT DISTINCT unnest(o.person_ids) FROM unnest(outcomes) o))
$$;
COMMENT ON FUNCTION anthology_internal.resolve_loaded(load_outcome[]) IS
    'resolves the names that a load concerns; returns how many moved';

CREATE FUNCTION anthology_internal.recount_after_load() RETURNS void
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    -- Ranking does not suffer from counts that are one per cent off.
    IF (SELECT count(*) FROM anthology.document_change) >= coalesce(
        (SELECT s.documents / 100 FROM anthology.term_count_state s), 0) THEN
        PERFORM anthology.refresh_term_statistics();
    END IF;
END
$$;
COMMENT ON FUNCTION anthology_internal.recount_after_load() IS
    'recounts terms if many papers have changed';

CREATE FUNCTION anthology_internal.problem_counts() RETURNS TABLE (kind text, problems bigint)
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT CASE
            WHEN p.kind = 'resolution' OR (p.kind = 'correction' AND p.file LIKE 'xml/%')
                THEN 'name'
            WHEN p.kind = 'file' THEN 'file'
            WHEN p.file LIKE 'xml/%' THEN 'paper'
            WHEN p.file ~ '/people\.' THEN 'person'
            WHEN p.file ~ '/venues' THEN 'venue'
            WHEN p.file ~ '/sigs' THEN 'sig'
            ELSE 'file' END, count(*)
    FROM anthology.load_problem p GROUP BY 1
$$;
COMMENT ON FUNCTION anthology_internal.problem_counts() IS
    'rows of load_problem by the kind of thing that a load reports them with';

CREATE FUNCTION anthology_internal.summarize_load(outcomes load_outcome[], whole boolean)
    RETURNS TABLE (kind text, new bigint, changed bigint, unchanged bigint, removed bigint,
                   kept bigint, problems bigint)
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT k.kind, coalesce(sum(o.new), 0)::bigint, coalesce(sum(o.changed), 0)::bigint,
        coalesce(sum(o.unchanged), 0)::bigint, coalesce(sum(o.removed), 0)::bigint,
        coalesce(sum(o.kept), 0)::bigint,
        coalesce((SELECT c.problems FROM anthology_internal.problem_counts() c
                  WHERE c.kind = k.kind), 0)
    FROM (SELECT u.kind FROM unnest(outcomes) u
          UNION
          SELECT c.kind FROM anthology_internal.problem_counts() c WHERE whole) AS k
        LEFT JOIN unnest(outcomes) o ON o.kind = k.kind
    GROUP BY k.kind
    ORDER BY array_position('{file,venue,sig,person,volume,paper,name}'::text[], k.kind)
$$;
COMMENT ON FUNCTION anthology_internal.summarize_load(load_outcome[], boolean) IS
    'adds up what a load did; problems counts the rows that load_problem has of that kind, and '
    'whole takes all kinds';

CREATE FUNCTION anthology_internal.finish_load(outcomes load_outcome[])
    RETURNS TABLE (kind text, new bigint, changed bigint, unchanged bigint, removed bigint,
                   kept bigint, problems bigint)
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM anthology_internal.resolve_loaded(outcomes);
    PERFORM anthology_internal.recount_after_load();
    RETURN QUERY SELECT s.* FROM anthology_internal.summarize_load(outcomes, false) s;
END
$$;
COMMENT ON FUNCTION anthology_internal.finish_load(load_outcome[]) IS
    'resolves the names that an import concerns, recounts terms if many papers have changed, and '
    'adds up what it did';

CREATE FUNCTION import_collection(collection xml)
    RETURNS TABLE (kind text, new bigint, changed bigint, unchanged bigint, removed bigint,
                   kept bigint, problems bigint)
    LANGUAGE sql VOLATILE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT anthology.lock_corpus();
    SELECT f.* FROM anthology_internal.finish_load(ARRAY(
        SELECT o::anthology.load_outcome
        FROM anthology_internal.load_collection(collection::text, NULL) o)) f
$$;
COMMENT ON FUNCTION import_collection(xml) IS
    'loads or updates a collection from the text of its XML file';

-- A mapping with all entries that are there already counts as the whole file. Any other
-- mapping counts as a part of it.
CREATE FUNCTION anthology_internal.remember_import(path text, source text, ids text[]) RETURNS void
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    UPDATE anthology.corpus_state s SET layout = split_part(path, '/', 1) WHERE s.layout IS NULL;
    IF split_part(path, '/', 1) = (SELECT s.layout FROM anthology.corpus_state s) AND NOT EXISTS (
        SELECT unnest(ids) EXCEPT SELECT json_object_keys(anthology_internal.file_to_json(source,
                                                                                          path)))
            THEN
        PERFORM anthology_internal.remember_file(path, source);
    END IF;
END
$$;
COMMENT ON FUNCTION anthology_internal.remember_import(text, text, text[]) IS
    'keeps the text of an imported file if it has all of these ids';

CREATE FUNCTION import_people(people text)
    RETURNS TABLE (kind text, new bigint, changed bigint, unchanged bigint, removed bigint,
                   kept bigint, problems bigint)
    LANGUAGE plpgsql VOLATILE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    path CONSTANT text := CASE WHEN anthology_internal.looks_like_json(people)
        THEN 'json/people.json' ELSE 'yaml/people.yaml' END;
    outcomes anthology.load_outcome[];
BEGIN
    PERFORM anthology.lock_corpus();
    outcomes :=
        ARRAY(SELECT o FROM anthology_internal.load_people(anthology_internal.file_to_json(people,
                                                                                           path),
        path) o);
    PERFORM anthology_internal.remember_import(path, people, ARRAY(
        SELECT p.id FROM anthology.person p WHERE p.verified AND p.loaded IS NOT NULL));
    RETURN QUERY SELECT f.* FROM anthology_internal.finish_load(outcomes) f;
END
$$;
COMMENT ON FUNCTION import_people(text) IS
    'loads or updates verified persons from the text of people.json or people.yaml; persons not '
    'in it stay';

CREATE FUNCTION import_venues(venues text, venue_id text DEFAULT NULL)
    RETURNS TABLE (kind text, new bigint, changed bigint, unchanged bigint, removed bigint,
                   kept bigint, problems bigint)
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    path CONSTANT text := coalesce('yaml/venues/' || venue_id || '.yaml', 'json/venues.json');
    entries json := CASE WHEN venue_id IS NULL THEN anthology_internal.file_to_json(venues)
        ELSE json_build_object(venue_id, anthology_internal.file_to_json(venues)) END;
    outcomes anthology.load_outcome[];
BEGIN
    PERFORM anthology.lock_corpus();
    outcomes := ARRAY(SELECT o FROM anthology_internal.load_venues(entries, path) o);
    IF venue_id IS NOT NULL OR anthology_internal.looks_like_json(venues) THEN
        PERFORM anthology_internal.remember_import(path, venues, CASE WHEN venue_id IS NULL
            THEN ARRAY(SELECT v.id FROM anthology.venue v) ELSE '{}' END);
    END IF;
    RETURN QUERY SELECT f.* FROM anthology_internal.finish_load(outcomes) f;
END
$$;
COMMENT ON FUNCTION import_venues(text, text) IS
    'loads or updates venues: the text of venues.json, a YAML mapping of ids to venues, or the '
    'text of yaml/venues/<venue_id>.yaml';

CREATE FUNCTION import_sigs(sigs text, sig_id text DEFAULT NULL)
    RETURNS TABLE (kind text, new bigint, changed bigint, unchanged bigint, removed bigint,
                   kept bigint, problems bigint)
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    path CONSTANT text := coalesce('yaml/sigs/' || sig_id || '.yaml', 'json/sigs.json');
    entries json := CASE WHEN sig_id IS NULL THEN anthology_internal.file_to_json(sigs)
        ELSE json_build_object(sig_id,
            anthology_internal.sig_of_yaml(anthology_internal.file_to_json(sigs))) END;
    outcomes anthology.load_outcome[];
BEGIN
    PERFORM anthology.lock_corpus();
    outcomes := ARRAY(SELECT o FROM anthology_internal.load_sigs(entries, path) o);
    IF sig_id IS NOT NULL OR anthology_internal.looks_like_json(sigs) THEN
        PERFORM anthology_internal.remember_import(path, sigs, CASE WHEN sig_id IS NULL
            THEN ARRAY(SELECT s.id FROM anthology.sig s) ELSE '{}' END);
    END IF;
    RETURN QUERY SELECT f.* FROM anthology_internal.finish_load(outcomes) f;
END
$$;
COMMENT ON FUNCTION import_sigs(text, text) IS
    'loads or updates special interest groups: the text of sigs.json, or the text of '
    'yaml/sigs/<sig_id>.yaml';

CREATE FUNCTION load_directory(path text, allow_losses boolean DEFAULT false)
    RETURNS TABLE (kind text, new bigint, changed bigint, unchanged bigint, removed bigint,
                   kept bigint, problems bigint)
    LANGUAGE c VOLATILE STRICT
    SET search_path = pg_catalog, pg_temp
    SET jit = off    -- its plans are run once, or for a few rows
    AS 'MODULE_PATHNAME', 'anthology_load_directory';
COMMENT ON FUNCTION load_directory(text, boolean) IS
    'loads or updates everything from a data folder on the server: json/*.json or yaml/**/*.yaml, '
    'and xml/*.xml; stops if more than a hundredth of the verified persons or explicit ids would '
    'be lost, unless allow_losses';
