-- What plpgsql_check and the validator of SQL functions find in the functions
-- of the extension, once the tables are there: no rows. See tests/lint.
\set QUIET on
\set ON_ERROR_STOP on
SET client_min_messages = error;
CREATE EXTENSION plpgsql_check;
CREATE EXTENSION anthology;
SELECT anthology.create_tables() \g /dev/null
SELECT anthology.flag_assignments('flag', 1) \g /dev/null

\pset tuples_only on
\pset format unaligned
\pset fieldsep ': '

-- A body of SQL is only read when its function is made, before there are tables.
SET check_function_bodies = on;
SELECT fmgr_sql_validator(p.oid)
FROM pg_proc p
    JOIN pg_language l ON l.oid = p.prolang
WHERE p.pronamespace IN ('anthology'::regnamespace, 'anthology_internal'::regnamespace) AND l.lanname = 'sql' \g /dev/null

-- Not looked at: trigger functions of several triggers, which branch on TG_OP and TG_RELID.
-- Not found wanting: '{}' for an array; %s for a list of names that format('%I') or
-- regprocedure has quoted already; the table of Citus, which is only read where it is;
-- the parameter of flag_assignments() called "table", which callers may name.
SELECT p.oid::regprocedure, c.lineno, c.level, c.message, c.detail
FROM pg_proc p
    JOIN pg_language l ON l.oid = p.prolang
    LEFT JOIN (
        SELECT tgfoid, min(tgrelid) AS tgrelid, min(tgoldtable) AS tgoldtable,
            min(tgnewtable) AS tgnewtable
        FROM pg_trigger GROUP BY tgfoid HAVING count(*) = 1) t ON t.tgfoid = p.oid
    CROSS JOIN LATERAL plpgsql_check_function_tb(p.oid, coalesce(t.tgrelid, 0),
        performance_warnings => false, security_warnings => true,
        oldtable => t.tgoldtable, newtable => t.tgnewtable) c
WHERE p.pronamespace IN ('anthology'::regnamespace, 'anthology_internal'::regnamespace) AND l.lanname = 'plpgsql'
    AND NOT (p.prorettype = 'trigger'::regtype AND t.tgrelid IS NULL)
    AND c.message <> 'text type variable is not sanitized'
    AND c.message <> 'relation "pg_catalog.pg_dist_partition" does not exist'
    AND c.message <> 'name of parameter "table" is reserved keyword'
    AND NOT (c.sqlstate = '42804' AND c.detail ~ '^cast "text" value to ".*\[\]" type$')
ORDER BY 1::text, 2;
