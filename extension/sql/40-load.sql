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
    UPDATE anthology.paper SET title = title
        WHERE document <> anthology.abstract_tsvector(title, abstract);
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

CREATE FUNCTION record_problem(kind text, file text, place text, reason text, sqlstate text,
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
COMMENT ON FUNCTION record_problem(text, text, text, text, text, bigint) IS
    'adds a row to load_problem; a conflict with a correction that is there already is not added again';

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
