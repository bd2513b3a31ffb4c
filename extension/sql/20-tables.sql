-- create_tables: the corpus and the record of its corrections
--
-- The tables belong to the database's owner and are not members of the extension. So
-- pg_dump carries them whole, and DROP EXTENSION ... CASCADE leaves their rows. Generated
-- columns use functions of the extension, so DROP EXTENSION without CASCADE is refused.
-- CASCADE drops these columns, and create_tables() makes them again.
--
-- The tables are defined once, as rows: corpus_tables(), statistics_tables(),
-- record_tables() and judging_tables() in 21-tables-*.sql; views() likewise in
-- 21-views.sql. create_tables() makes what these rows say, and check_database()
-- compares them with the catalogs. To add a table, a column, an index, a trigger or a
-- view, add a row. What a new column needs for the rows that are there already goes
-- into migrate_tables().

CREATE TYPE table_part AS (
    table_name text,
    kind text,
    name text,
    definition text,
    comment text
);
COMMENT ON TYPE table_part IS
    'a part of a table or view in schema anthology. kind is "table", "column", "constraint", '
    '"default" '
    '(set after the column is there), "index", "unique index", "trigger", "view" or "view column"; '
    'definition is what follows the name in SQL';

CREATE FUNCTION anthology_internal.table_parts() RETURNS SETOF table_part
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT t.table_name, t.kind, t.name, t.definition, t.comment
    FROM (SELECT 1 AS room, * FROM anthology_internal.corpus_tables() WITH ORDINALITY
          UNION ALL
          SELECT 2, * FROM anthology_internal.statistics_tables() WITH ORDINALITY
          UNION ALL
          SELECT 3, * FROM anthology_internal.record_tables() WITH ORDINALITY
          UNION ALL
          SELECT 4, * FROM anthology_internal.judging_tables() WITH ORDINALITY
          UNION ALL
          SELECT 5, * FROM anthology_internal.views() WITH ORDINALITY) AS t
    ORDER BY t.room, t.ordinality
$$;
COMMENT ON FUNCTION anthology_internal.table_parts() IS
    'the parts of all tables that create_tables() makes, in the order in which it makes them';

CREATE FUNCTION anthology_internal.missing_table_parts() RETURNS SETOF table_part
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT p.*
    FROM anthology_internal.table_parts() p
        LEFT JOIN pg_class c ON c.relnamespace = 'anthology'::regnamespace
            AND c.relkind IN ('r', 'p') AND c.relname = p.table_name
    WHERE CASE
        WHEN p.kind = 'table' THEN c.oid IS NULL
        WHEN p.kind = 'column' THEN NOT EXISTS (
            SELECT FROM pg_attribute a
            WHERE a.attrelid = c.oid AND a.attname = p.name AND NOT a.attisdropped)
        WHEN p.kind IN ('index', 'unique index') THEN NOT EXISTS (
            SELECT FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid
            WHERE i.indrelid = c.oid AND x.relname = p.name)
        WHEN p.kind = 'trigger' THEN NOT EXISTS (
            SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname = p.name)
        WHEN p.kind = 'view' THEN NOT EXISTS (
            SELECT FROM pg_class v WHERE v.relnamespace = 'anthology'::regnamespace
                AND v.relkind = 'v' AND v.relname = p.table_name)
        ELSE false END
$$;
COMMENT ON FUNCTION anthology_internal.missing_table_parts() IS
    'the tables, columns, indexes, triggers and views of create_tables() that are not there';

CREATE FUNCTION anthology_internal.refuse_unsafe_tables() RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    stranger text;
BEGIN
    -- The functions that correct act as the tables' owner. If somebody else owned a schema
    -- or a table, he could make them run his own code.
    SELECT format('%s belongs to role "%s"', x.what, p.rolname) INTO stranger
        FROM (SELECT format('schema "%s"', n.nspname), n.nspowner
              FROM pg_namespace n
              WHERE n.nspname IN ('anthology', 'anthology_internal')
              UNION ALL
              SELECT format('"anthology.%s"', c.relname), c.relowner
              FROM pg_class c WHERE c.relnamespace = 'anthology'::regnamespace
                  AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')) AS x(what, owner_oid)
            JOIN pg_roles p ON p.oid = x.owner_oid
        WHERE p.rolname <> current_user AND NOT (p.rolsuper AND x.what LIKE 'schema %')
        ORDER BY x.what DESC LIMIT 1;
    IF stranger IS NOT NULL THEN
        RAISE EXCEPTION 'the tables would not be safe: %', stranger
            USING ERRCODE = 'insufficient_privilege',
                HINT = 'Become that role with SET ROLE, or change the owner.';
    END IF;

    -- The Anthology has names in every script, so no other encoding will do.
    IF getdatabaseencoding() <> 'UTF8' THEN
        RAISE EXCEPTION 'the corpus needs a database with encoding UTF8, not %',
                getdatabaseencoding()
            USING ERRCODE = 'feature_not_supported',
                HINT = 'The functions over names and abstracts work in any encoding.';
    END IF;
END
$$;
COMMENT ON FUNCTION anthology_internal.refuse_unsafe_tables() IS
    'raises an error if somebody else owns the schema or a table in it, or if the '
    'encoding is not UTF8';

CREATE FUNCTION create_tables() RETURNS void
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
    SET client_min_messages = warning
AS $$
DECLARE
    missing anthology.table_part[];
    part anthology.table_part;
BEGIN
    PERFORM anthology_internal.refuse_unsafe_tables();
    missing := ARRAY(SELECT m FROM anthology_internal.missing_table_parts() m);
    FOR part IN SELECT m.* FROM unnest(missing) m WHERE m.kind NOT IN ('trigger', 'view') LOOP
        IF part.kind = 'table' THEN
            EXECUTE format('CREATE TABLE anthology.%I (%s)', part.table_name, (
                SELECT string_agg(CASE p.kind
                           WHEN 'column' THEN format('%I %s', p.name, p.definition)
                           WHEN 'constraint' THEN format('CONSTRAINT %I %s', p.name, p.definition)
                       END, ', ')
                FROM anthology_internal.table_parts() p WHERE p.table_name = part.table_name));
        ELSIF part.kind = 'column' THEN
            EXECUTE format('ALTER TABLE anthology.%I ADD COLUMN IF NOT EXISTS %I %s',
                           part.table_name, part.name, part.definition);
        ELSE
            EXECUTE format('CREATE %s IF NOT EXISTS %I ON anthology.%I %s', part.kind,
                           part.name, part.table_name, part.definition);
        END IF;
    END LOOP;
    -- A default is set after its column was added, so rows that are there do not get it.
    FOR part IN SELECT p.* FROM anthology_internal.table_parts() p LOOP
        IF part.kind = 'default' THEN
            EXECUTE format('ALTER TABLE anthology.%I ALTER COLUMN %I SET DEFAULT %s',
                           part.table_name, part.name, part.definition);
        ELSIF part.kind = 'trigger' THEN
            EXECUTE format('CREATE OR REPLACE TRIGGER %I %s', part.name, part.definition);
        ELSIF part.kind = 'view' THEN
            EXECUTE format('CREATE OR REPLACE VIEW anthology.%I AS %s', part.table_name,
                           part.definition);
            EXECUTE format('COMMENT ON VIEW anthology.%I IS %L', part.table_name, part.comment);
        ELSIF part.kind = 'table' AND part.comment IS DISTINCT FROM obj_description(
                format('anthology.%I', part.table_name)::regclass, 'pg_class') THEN
            EXECUTE format('COMMENT ON TABLE anthology.%I IS %L', part.table_name, part.comment);
        ELSIF part.kind IN ('column', 'view column') AND part.comment IS DISTINCT FROM (
                SELECT col_description(a.attrelid, a.attnum) FROM pg_attribute a
                WHERE a.attrelid = format('anthology.%I', part.table_name)::regclass
                    AND a.attname = part.name) THEN
            EXECUTE format('COMMENT ON COLUMN anthology.%I.%I IS %L',
                           part.table_name, part.name, part.comment);
        END IF;
    END LOOP;
    PERFORM anthology_internal.migrate_tables(ARRAY(
        SELECT concat_ws('.', m.table_name, m.name) FROM unnest(missing) m));
    PERFORM anthology_internal.stamp_tables();
END
$$;
COMMENT ON FUNCTION create_tables() IS
    'makes the tables of the corpus in schema anthology, or adds what is missing; '
    'they belong to the caller';
