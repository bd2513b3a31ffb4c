-- check: what somebody who looks after a database should know (extension/check.c)
--
-- load_problem has what is odd in the Anthology's files; one finding counts its rows.
-- Nothing here changes anything, so it works on a standby.

CREATE TYPE finding AS (
    subject text,
    severity text,
    message text,
    hint text
);
COMMENT ON TYPE finding IS
    'something to know about a database; severity is "error" where answers may be wrong, else '
    '"warning"';

CREATE FUNCTION library_version() RETURNS text
    LANGUAGE c STABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'anthology_library_version';
COMMENT ON FUNCTION library_version() IS
    'the version of the library that is loaded';

CREATE FUNCTION anthology_internal.name_index_built(index regclass, OUT readable boolean,
                                                    OUT icu_version text)
    LANGUAGE c STABLE STRICT
    AS 'MODULE_PATHNAME', 'anthology_name_index_built';
COMMENT ON FUNCTION anthology_internal.name_index_built(regclass) IS
    'whether the library can read a name index, and the version of ICU that it was built under';

-- Objects that use a function of ours store what ICU made of a name.
CREATE FUNCTION anthology_internal.stored_results()
    RETURNS TABLE (relation regclass, column_name name, relkind "char")
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    WITH ours AS (
        SELECT d.classid, d.objid
        FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid
        WHERE d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e'
            AND e.extname = 'anthology'
            AND d.classid IN ('pg_proc'::regclass, 'pg_operator'::regclass)
    ), uses AS (
        SELECT d.classid, d.objid
        FROM ours o JOIN pg_depend d ON d.refclassid = o.classid AND d.refobjid = o.objid
    )
    SELECT c.oid::regclass, NULL::name, c.relkind
    FROM uses u JOIN pg_class c ON u.classid = 'pg_class'::regclass AND c.oid = u.objid
    WHERE c.relkind IN ('i', 'm')
    UNION
    SELECT c.oid::regclass, NULL, c.relkind
    FROM uses u JOIN pg_rewrite r ON u.classid = 'pg_rewrite'::regclass AND r.oid = u.objid
        JOIN pg_class c ON c.oid = r.ev_class
    WHERE c.relkind = 'm'
    UNION
    SELECT c.oid::regclass, a.attname, c.relkind
    FROM uses u JOIN pg_attrdef f ON u.classid = 'pg_attrdef'::regclass AND f.oid = u.objid
        JOIN pg_attribute a ON a.attrelid = f.adrelid AND a.attnum = f.adnum
        JOIN pg_class c ON c.oid = f.adrelid
    WHERE a.attgenerated = 's'
$$;
COMMENT ON FUNCTION anthology_internal.stored_results() IS
    'indexes, materialized views and generated columns that hold what functions of this extension '
    'returned';

CREATE FUNCTION anthology_internal.check_server() RETURNS SETOF finding
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    index record;
    built record;
BEGIN
    RETURN QUERY
        SELECT 'extension', 'error',
            format('the functions are of version %s, the library is of version %s',
                   e.extversion, anthology.library_version()),
            'Call ALTER EXTENSION anthology UPDATE, or install the library of that version and '
            'connect again.'
        FROM pg_extension e
        WHERE e.extname = 'anthology' AND e.extversion <> anthology.library_version();

    RETURN QUERY
        SELECT 'database ' || quote_ident(d.datname), 'error',
            format('the collation version is %s, the operating system''s is %s',
                   d.datcollversion, pg_database_collation_actual_version(d.oid)),
            format('Call REINDEX DATABASE %1$I, then ALTER DATABASE %1$I REFRESH COLLATION '
                'VERSION.', d.datname)
        FROM pg_database d
        WHERE d.datname = current_database()
            AND d.datcollversion <> pg_database_collation_actual_version(d.oid);

    RETURN QUERY
        SELECT 'database ' || quote_ident(d.datname), 'error',
            format('the encoding is %s, and the tables of the corpus need UTF8',
                   pg_encoding_to_char(d.encoding)),
            'Load them into a database with encoding UTF8.'
        FROM pg_database d
        WHERE d.datname = current_database() AND pg_encoding_to_char(d.encoding) <> 'UTF8'
            AND to_regclass('anthology.corpus_state') IS NOT NULL;

    FOR index IN
        SELECT c.oid::regclass AS name, i.indisvalid AND i.indisready AS valid
        FROM pg_class c JOIN pg_index i ON i.indexrelid = c.oid
            JOIN pg_am a ON a.oid = c.relam
        WHERE a.amname = 'anthology_names' AND c.relkind = 'i'
            AND NOT pg_is_other_temp_schema(c.relnamespace)
            -- A standby has no data of an unlogged index.
            AND NOT (c.relpersistence = 'u' AND pg_is_in_recovery())
        ORDER BY c.oid::regclass::text COLLATE "C"
    LOOP
        CONTINUE WHEN NOT index.valid;  -- see below
        SELECT * INTO built FROM anthology_internal.name_index_built(index.name);
        IF NOT built.readable THEN
            RETURN NEXT ('index ' || index.name, 'error',
                'the index was built by another version of the extension and cannot be read',
                format('Call REINDEX INDEX %s.', index.name))::anthology.finding;
        ELSIF built.icu_version <> anthology.icu_version() THEN
            RETURN NEXT ('index ' || index.name, 'error',
                format('the index was built under ICU %s, this is ICU %s; names may not be found',
                       built.icu_version, anthology.icu_version()),
                format('Call REINDEX INDEX %s.', index.name))::anthology.finding;
        END IF;
    END LOOP;

    RETURN QUERY
        SELECT DISTINCT ON (c.oid::regclass::text COLLATE "C") 'index ' || c.oid::regclass,
            'warning',
            'the index is invalid: making it was interrupted',
                format('Call REINDEX INDEX %s, or drop it.', c.oid::regclass)
        FROM pg_class c JOIN pg_index i ON i.indexrelid = c.oid
            JOIN pg_am a ON a.oid = c.relam
        WHERE NOT (i.indisvalid AND i.indisready) AND c.relkind = 'i'
            AND (c.relnamespace = 'anthology'::regnamespace OR a.amname = 'anthology_names'
                 OR c.oid IN (SELECT s.relation FROM anthology_internal.stored_results() s))
        ORDER BY c.oid::regclass::text COLLATE "C";
END
$$;
COMMENT ON FUNCTION anthology_internal.check_server() IS
    'findings about the library, the database and the indexes on names';

CREATE FUNCTION anthology_internal.check_tables() RETURNS SETOF finding
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    WITH made AS (
        SELECT c.oid, c.relname FROM pg_class c
        WHERE c.relnamespace = 'anthology'::regnamespace AND c.relkind IN ('r', 'p')
    ), finding AS (
        SELECT p.table_name AS subject,
            CASE min(k.what) WHEN 'view' THEN 'view' ELSE 'table' END AS what,
            CASE WHEN bool_or(p.kind IN ('table', 'column')) THEN 'error'
                ELSE 'warning' END AS severity,
            CASE WHEN min(k.what) IN ('table', 'view') THEN format('the %s is missing', min(k.what))
                ELSE format('%s are missing: %s', min(k.what),
                            string_agg(p.name, ', ' ORDER BY p.name)) END AS message
        FROM anthology_internal.missing_table_parts() p,
            LATERAL (SELECT CASE p.kind WHEN 'table' THEN 'table' WHEN 'view' THEN 'view'
                                WHEN 'column' THEN 'columns'
                                WHEN 'trigger' THEN 'triggers' ELSE 'indexes' END) AS k(what)
        WHERE p.kind IN ('table', 'view') OR p.table_name IN (SELECT m.relname FROM made m)
        GROUP BY p.table_name, k.what
    )
    SELECT (f.what || ' anthology.' || f.subject, f.severity, f.message,
            'Call anthology.create_tables().')::anthology.finding
    FROM finding f
    UNION ALL
    SELECT ('table ' || t.tgrelid::regclass, 'warning',
            format('triggers are disabled: %s', string_agg(t.tgname, ', ' ORDER BY t.tgname)),
            format('Call ALTER TABLE %s ENABLE TRIGGER ...',
                t.tgrelid::regclass))::anthology.finding
    FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
    WHERE t.tgenabled IN ('D', 'R')
        AND (p.pronamespace = 'anthology'::regnamespace
             OR (t.tgisinternal AND t.tgrelid IN (SELECT m.oid FROM made m)))
    GROUP BY t.tgrelid
    UNION ALL
    SELECT ('table ' || t.tgrelid::regclass, 'warning',
            format('of the two triggers that judge new assignments there is only %s',
                min(t.tgname)),
            format('Call anthology.flag_assignments("table" => %L).',
                t.tgrelid::regclass::text))::anthology.finding
    FROM pg_trigger t
    WHERE t.tgname IN ('anthology_flag_insert', 'anthology_flag_update')
    GROUP BY t.tgrelid HAVING count(*) = 1
    UNION ALL
    SELECT ('table ' || c.conrelid::regclass, 'warning',
            format('the constraint %I was never validated', c.conname),
            format('Call ALTER TABLE %s VALIDATE CONSTRAINT %I.', c.conrelid::regclass,
                c.conname))::anthology.finding
    FROM pg_constraint c WHERE c.conrelid IN (SELECT m.oid FROM made m) AND NOT c.convalidated
    ORDER BY 1
$$;
COMMENT ON FUNCTION anthology_internal.check_tables() IS
    'findings about the definition of the tables of the corpus';

CREATE FUNCTION anthology_internal.check_statistics() RETURNS SETOF finding
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    papers CONSTANT bigint := (SELECT count(*) FROM anthology.paper);
    documents CONSTANT bigint := (SELECT s.documents FROM anthology.term_count_state s);
    imported CONSTANT boolean :=
        EXISTS (SELECT FROM anthology.term_count_state s WHERE s.imported_at IS NOT NULL);
    spread text;
    changes bigint;
    balance bigint;
    weights text;
    never text;
BEGIN
    SELECT count(*), coalesce(sum(c.change), 0) INTO changes, balance
        FROM anthology.document_change c;
    IF imported THEN
        NULL;   -- of papers that are elsewhere
    ELSIF documents IS NULL AND papers > 0 THEN
        RETURN NEXT ('term statistics', 'warning',
            'terms have not been counted: abstracts are ranked without knowing what is rare',
            'Call anthology.refresh_term_statistics().')::anthology.finding;
    ELSIF changes > documents / 10 AND changes > 0 THEN
        RETURN NEXT ('term statistics', 'warning',
            format('%s of %s documents have changed since terms were counted', changes, documents),
            'Call anthology.refresh_term_statistics().')::anthology.finding;
    ELSIF documents + balance <> papers THEN
        RETURN NEXT ('term statistics', 'warning',
            format('terms of %s papers have been counted, but there are %s', documents + balance,
                papers),
            'Call anthology.refresh_term_statistics(true).')::anthology.finding;
    END IF;

    -- Citus: functions read these tables where they run, on workers and in parallel.
    IF to_regclass('pg_catalog.pg_dist_partition') IS NOT NULL THEN
        EXECUTE $query$
            SELECT string_agg(d.logicalrelid::regclass::text, ', '
                ORDER BY d.logicalrelid::regclass::text)
            FROM pg_catalog.pg_dist_partition d JOIN pg_class c ON c.oid = d.logicalrelid
            WHERE c.relnamespace = 'anthology'::regnamespace
                AND c.relname NOT IN ('venue', 'assignment_weight', 'assignment_tree')
            $query$ INTO spread;
        IF spread IS NOT NULL THEN
            RETURN NEXT ('tables', 'error',
                format('distributed or reference tables of Citus: %s; ranking, loads or '
                    'corrections fail', spread),
                'Make them local with undistribute_table(), and copy counts of terms to the '
                'workers with anthology.import_term_statistics().')::anthology.finding;
        END IF;
    END IF;

    -- Without statistics the planner guesses. With few papers it guesses well enough.
    SELECT string_agg(c.relname, ', ' ORDER BY c.relname) INTO never
        FROM pg_class c
        WHERE papers >= 1000
            AND c.relnamespace = 'anthology'::regnamespace AND c.relkind = 'r'
            AND c.relname IN ('paper', 'authorship', 'person', 'person_name')
            AND NOT EXISTS (SELECT FROM pg_stats s
                            WHERE s.schemaname = 'anthology' AND s.tablename = c.relname);
    IF never IS NOT NULL THEN
        RETURN NEXT ('planner statistics', 'warning',
            format('tables have not been analyzed: %s', never), 'Call ANALYZE.')::anthology.finding;
    END IF;

    SELECT string_agg(DISTINCT d.model || ' ' || d.signal, ', ') INTO weights
        FROM anthology_internal.default_assignment_weights() d
        WHERE NOT EXISTS (SELECT FROM anthology.assignment_weight w
                          WHERE w.model = d.model AND w.stratum = d.stratum
                              AND w.signal = d.signal);
    IF NOT EXISTS (SELECT FROM anthology.assignment_tree t WHERE t.model = 'paper') THEN
        weights := concat_ws(', ', 'paper trees', weights);
    END IF;
    IF weights IS NOT NULL THEN
        RETURN NEXT ('weights', 'warning',
            format('assignments are judged without weights for: %s', weights),
            'Call anthology.fit_assignment_model(), or empty assignment_weight and assignment_tree '
            'and call anthology.create_tables() for those of the extension.')::anthology.finding;
    END IF;
END
$$;
COMMENT ON FUNCTION anthology_internal.check_statistics() IS
    'findings about what ranking, judging and planning go by';

CREATE FUNCTION anthology_internal.check_names(complete boolean) RETURNS SETOF finding
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    stored_icu_version CONSTANT text := (SELECT s.icu_version FROM anthology.corpus_state s);
    found record;
BEGIN
    IF stored_icu_version <> anthology.icu_version() THEN
        RETURN NEXT ('corpus', 'error',
            format('stored slugs and documents were made under ICU %s, this is ICU %s',
                   stored_icu_version, anthology.icu_version()),
            'Call anthology.rebuild_slugs().')::anthology.finding;
        -- We cannot tell this for users' own objects, so they are listed with ours.
        RETURN QUERY
            SELECT CASE WHEN s.column_name IS NOT NULL
                    THEN format('column %s.%I', s.relation, s.column_name)
                    ELSE CASE s.relkind WHEN 'm' THEN 'materialized view ' ELSE 'index ' END
                        || s.relation
                END, 'error',
                format('it holds what functions of this extension returned, perhaps under ICU %s',
                       stored_icu_version),
                CASE WHEN s.column_name IS NOT NULL
                    THEN format('Before rebuild_slugs(), update the rows of %1$s and call REINDEX '
                        'TABLE %1$s.', s.relation)
                    ELSE format('Before rebuild_slugs(), call %s %s.',
                        CASE s.relkind WHEN 'm' THEN 'REFRESH MATERIALIZED VIEW'
                            ELSE 'REINDEX INDEX' END,
                        s.relation) END
            FROM anthology_internal.stored_results() s JOIN pg_class c ON c.oid = s.relation
            WHERE c.relnamespace <> 'anthology'::regnamespace
            ORDER BY 1;
    END IF;

    IF EXISTS (SELECT FROM anthology.corpus_state s
               WHERE s.document_version <> anthology_internal.document_version())
        AND EXISTS (SELECT FROM anthology.paper) THEN
        RETURN NEXT ('documents', 'warning',
            'stored documents were made by another version of the extension, which read some '
            'markup otherwise',
            'Call anthology.rebuild_documents(), then anthology.refresh_term_statistics(). '
            'Rebuild other indexes and columns that use abstract_tsvector() or '
            'abstract_plain(), too.')::anthology.finding;
    END IF;

    SELECT count(*) AS n, min(p.volume_id) AS volume_id INTO found
        FROM anthology.authorship a JOIN anthology.paper p ON p.id = a.paper_id
        WHERE a.orcid IS NOT NULL AND a.explicit_person_id IS NULL AND p.volume_id IS NOT NULL;
    IF found.n > 0 THEN
        RETURN NEXT ('names', 'warning',
            format('names with an ORCID and no id: %s, in volume %s for one', found.n,
                   found.volume_id),
            format('propose_ingest_names(%L) stages the ids of a volume.', found.volume_id)
            )::anthology.finding;
    END IF;

    SELECT count(*) AS n, min(a.paper_id) AS paper_id INTO found
        FROM anthology.authorship a WHERE a.person_id IS NULL;
    IF found.n > 0 THEN
        RETURN NEXT ('names', 'warning',
            format('names that do not resolve to a person: %s, on paper %s for one', found.n,
                found.paper_id),
            'See load_problem for the reasons. Take the explicit id away with unlink_papers(), or '
            'reassign the paper.')::anthology.finding;
    END IF;

    SELECT count(*) AS n, min(a.paper_id) AS paper_id INTO found
        FROM anthology.authorship a LEFT JOIN anthology.paper p ON p.id = a.paper_id
            LEFT JOIN anthology.person q ON q.id = a.person_id
        WHERE p.id IS NULL OR (q.id IS NULL AND a.person_id IS NOT NULL);
    IF found.n > 0 THEN
        RETURN NEXT ('names', 'error',
            format('names of a paper or a person that does not exist: %s, of paper %s for one',
                   found.n, found.paper_id),
            'Triggers were off when the tables were changed. Load the data folder '
            'again.')::anthology.finding;
    END IF;

    SELECT count(*) AS n, min(p.id) AS person_id INTO found
        FROM anthology.person p
        WHERE NOT p.verified
            AND NOT EXISTS (SELECT FROM anthology.authorship a WHERE a.person_id = p.id)
            OR NOT EXISTS (SELECT FROM anthology.person_name n WHERE n.person_id = p.id);
    IF found.n > 0 THEN
        RETURN NEXT ('persons', 'warning',
            format('persons without a name: %s, %s for one', found.n, found.person_id),
            'Triggers were off, or the tables changed by hand. Call '
            'anthology.rebuild_slugs().')::anthology.finding;
    END IF;

    IF complete THEN
        SELECT count(*) AS n, min(w.paper_id) AS paper_id INTO found
            FROM anthology_internal.wanted_persons(
                ARRAY(SELECT DISTINCT a.slug FROM anthology.authorship a),
                ARRAY(SELECT DISTINCT a.explicit_person_id FROM anthology.authorship a
                      WHERE a.explicit_person_id IS NOT NULL)) w
            WHERE w.before_person_id IS DISTINCT FROM w.after_person_id;
        IF found.n > 0 THEN
            RETURN NEXT ('names', 'error',
                format('names that are not on the page where the rule puts them: %s, of paper %s '
                    'for one',
                       found.n, found.paper_id),
                'Triggers were off, or the tables changed by hand. Call '
                'anthology.rebuild_slugs().')::anthology.finding;
        END IF;
    END IF;
END
$$;
COMMENT ON FUNCTION anthology_internal.check_names(boolean) IS
    'findings about names and persons; whether each name is where it should be only if complete';

CREATE FUNCTION anthology_internal.check_work() RETURNS SETOF finding
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RETURN QUERY
        SELECT 'loading', 'warning',
            format('load_problem has %s rows: %s', sum(p.n),
                string_agg(format('%s %s (%s for one)', p.n,
                CASE p.kind WHEN 'file' THEN 'files that could not be loaded'
                    WHEN 'entry' THEN 'entries of files that could not be loaded'
                    WHEN 'correction' THEN 'corrections made here that a file contradicts'
                    WHEN 'unknown' THEN 'kinds of elements, attributes or keys that are not known'
                    ELSE 'names that do not resolve as the rule says' END, p.one), ', '
                        ORDER BY p.kind)),
            'See load_problem for the reasons.'
        FROM (SELECT q.kind, count(*) AS n, min(coalesce(q.place, q.file)) AS one
              FROM anthology.load_problem q GROUP BY q.kind) AS p
        HAVING count(*) > 0;

    RETURN QUERY
        SELECT 'flags', 'warning',
            format('new assignments that have not been judged: %s', count(*)),
            'Call anthology.judge_new_assignments().'
        FROM anthology.assignment_unjudged HAVING count(*) > 0;

    RETURN QUERY
        SELECT 'flags', 'warning',
            format('open flags on names that are not there, or on another page now: %s, flag %s '
                'for one',
                   count(*), min(f.id)),
            'Dismiss with anthology.review_flag().'
        FROM anthology.assignment_flag f
        WHERE f.status = 'open' AND f.source = 'anthology.authorship'
            AND NOT EXISTS (SELECT FROM anthology.authorship a
                            WHERE a.paper_id = f.paper_id AND a.role = f.role
                                AND a."position" = f."position" AND a.person_id = f.person_id)
        HAVING count(*) > 0;

    RETURN QUERY
        SELECT 'proposal ' || r.id, 'warning', 'what it was made on has changed: '
            || replace(c.problem, E'\n', ' '),
            'Reject it and propose again.'
        FROM anthology.reassignment r, LATERAL anthology_internal.changed_since(r.id) AS c(problem)
        WHERE r.status = 'proposed' AND c.problem IS NOT NULL ORDER BY r.id;

    -- check_tables() reports missing and disabled triggers already.
    RETURN QUERY
        SELECT 'record', 'error', concat('reassignment ' || c.reassignment_id || ': ', c.problem),
            'The tables were changed by hand. Compare them with a backup.'
        FROM anthology.check_record() c WHERE c.problem NOT LIKE 'trigger %'
        ORDER BY c.reassignment_id, c.problem;
END
$$;
COMMENT ON FUNCTION anthology_internal.check_work() IS
    'findings about what waits for somebody, and about the record';

CREATE FUNCTION check_database(complete boolean DEFAULT true)
    RETURNS TABLE (subject text, severity text, message text, hint text)
    LANGUAGE plpgsql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    broken boolean := false;
    f anthology.finding;
BEGIN
    RETURN QUERY SELECT c.* FROM anthology_internal.check_server() c;
    -- Without any of the tables nothing is wrong: the other functions need none.
    IF NOT EXISTS (SELECT FROM anthology_internal.table_parts() p
                   WHERE to_regclass('anthology.' || p.table_name) IS NOT NULL) THEN
        RETURN;
    END IF;
    FOR f IN SELECT * FROM anthology_internal.check_tables() LOOP
        subject := f.subject; severity := f.severity; message := f.message; hint := f.hint;
        broken := broken OR f.severity = 'error';
        RETURN NEXT;
    END LOOP;
    -- Where something is missing, what follows would fail.
    IF NOT broken THEN
        PERFORM anthology_internal.report_progress('check_database: statistics', 0, 3);
        RETURN QUERY SELECT c.* FROM anthology_internal.check_statistics() c;
        PERFORM anthology_internal.report_progress('check_database: names', 1, 3);
        RETURN QUERY SELECT c.* FROM anthology_internal.check_names(complete) c;
        PERFORM anthology_internal.report_progress('check_database: work', 2, 3);
        RETURN QUERY SELECT c.* FROM anthology_internal.check_work() c;
        PERFORM anthology_internal.end_progress();
    END IF;
END
$$;
COMMENT ON FUNCTION check_database(boolean) IS
    'what an administrator of the database should know, and what to do about it. No rows if all '
    'is well. Resolves every name again to see whether it is in its place, unless complete '
    'is false';

CREATE FUNCTION "check"(complete boolean DEFAULT true)
    RETURNS TABLE (subject text, severity text, message text, hint text)
    LANGUAGE sql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT c.* FROM anthology.check_database(complete) c
$$;
COMMENT ON FUNCTION "check"(boolean) IS
    'the older name of check_database(), a reserved word in SQL';
