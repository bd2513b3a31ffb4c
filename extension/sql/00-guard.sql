-- anthology: author names, abstracts and paper assignments of the ACL Anthology
\echo Use "CREATE EXTENSION anthology" to load this file. \quit

-- Bodies name tables that create_tables() makes later, so they are not checked now.
SET LOCAL check_function_bodies = off;

-- Anybody who may create schemas may have made this one before. Functions, operators
-- and types that he put into it could be called in place of ours.
DO $$
DECLARE
    stranger text;
BEGIN
    SELECT pg_catalog.pg_describe_object(o.class, o.oid, 0) INTO stranger
        FROM (SELECT 'pg_catalog.pg_proc'::pg_catalog.regclass, p.oid, p.pronamespace, p.proowner
              FROM pg_catalog.pg_proc p
              UNION ALL
              SELECT 'pg_catalog.pg_operator'::pg_catalog.regclass, p.oid, p.oprnamespace,
                  p.oprowner
              FROM pg_catalog.pg_operator p
              UNION ALL
              SELECT 'pg_catalog.pg_type'::pg_catalog.regclass, t.oid, t.typnamespace, t.typowner
              FROM pg_catalog.pg_type t
                  LEFT JOIN pg_catalog.pg_class c ON c.oid OPERATOR(pg_catalog.=) t.typrelid
              WHERE t.typelem OPERATOR(pg_catalog.=) 0
                  AND (c.oid IS NULL OR c.relkind OPERATOR(pg_catalog.=) 'c')) AS o(class, oid,
                      namespace, owner)
        WHERE o.namespace OPERATOR(pg_catalog.=)
                (SELECT n.oid FROM pg_catalog.pg_namespace n
                    WHERE n.nspname OPERATOR(pg_catalog.=) 'anthology')
            AND NOT (SELECT r.rolsuper
                OR pg_catalog.quote_ident(r.rolname) OPERATOR(pg_catalog.=) '@extowner@'
                     FROM pg_catalog.pg_roles r WHERE r.oid OPERATOR(pg_catalog.=) o.owner)
        LIMIT 1;
    IF stranger IS NOT NULL THEN
        RAISE EXCEPTION 'schema "anthology" is not empty: it has % of another role', stranger
            USING ERRCODE = 'insufficient_privilege', HINT = 'Drop it, or the schema.';
    END IF;
END
$$;
