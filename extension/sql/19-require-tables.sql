-- which version of the extension the tables were made or last migrated by
--
-- Functions that write to the tables call require_tables() before anything else:
-- after ALTER EXTENSION UPDATE the tables are those of the version before, until
-- create_tables() has been called. Plain SQL: there is no C file for these.

CREATE FUNCTION installed_version() RETURNS text
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT e.extversion FROM pg_extension e WHERE e.extname = 'anthology'
$$;
COMMENT ON FUNCTION installed_version() IS
    'the version of the extension''s functions in this database';

CREATE FUNCTION anthology_internal.stamp_tables() RETURNS void
    LANGUAGE sql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
    UPDATE anthology.corpus_state SET tables_version = anthology.installed_version()
        WHERE tables_version IS DISTINCT FROM anthology.installed_version()
$$;
COMMENT ON FUNCTION anthology_internal.stamp_tables() IS
    'records that the tables are those of the version installed: the last step of create_tables()';

CREATE FUNCTION anthology_internal.require_tables() RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    -- Tables of 1.1 have no such column.
    version text := (SELECT to_jsonb(s) ->> 'tables_version' FROM anthology.corpus_state s);
BEGIN
    IF version IS DISTINCT FROM anthology.installed_version() THEN
        RAISE EXCEPTION 'the tables are of version %, the extension is of version %',
                coalesce(version, '1.1 or before'), anthology.installed_version()
            USING ERRCODE = 'object_not_in_prerequisite_state',
                HINT = 'Call anthology.create_tables().';
    END IF;
END
$$;
COMMENT ON FUNCTION anthology_internal.require_tables() IS
    'an error unless create_tables() has been called since the extension was installed or updated';
