-- progress: how far long work has come, for other sessions (extension/progress.c)

-- STABLE: they change nothing in the database, and check_database() calls them, which
-- a reader may do.
CREATE FUNCTION anthology_internal.report_progress(what text, done bigint, total bigint)
    RETURNS void
    LANGUAGE c STABLE STRICT
    AS 'MODULE_PATHNAME', 'anthology_report_progress_sql';
COMMENT ON FUNCTION anthology_internal.report_progress(text, bigint, bigint) IS
    'shows other sessions, until the transaction ends, how far this one has come; see progress()';

CREATE FUNCTION anthology_internal.end_progress() RETURNS void
    LANGUAGE c STABLE STRICT
    AS 'MODULE_PATHNAME', 'anthology_end_progress_sql';
COMMENT ON FUNCTION anthology_internal.end_progress() IS
    'shows the application_name of the client again';

CREATE FUNCTION progress()
    RETURNS TABLE (pid integer, what text, done bigint, total bigint, since timestamptz)
    LANGUAGE sql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT a.pid, m[1], m[2]::bigint, m[3]::bigint, a.query_start
    FROM pg_stat_activity a,
        regexp_match(a.application_name, '^anthology: (.*) ([0-9]+)/([0-9]+)$') AS m
    WHERE a.datname = current_database() AND m IS NOT NULL
    ORDER BY a.query_start, a.pid
$$;
COMMENT ON FUNCTION progress() IS
    'the long work of this database that sessions are at: what, how much of it is done, and '
    'since when';
