-- who may do what
--
-- Plain SQL: there is no C file for these.

CREATE FUNCTION grant_reader(role name) RETURNS void
    LANGUAGE plpgsql VOLATILE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    EXECUTE format('GRANT USAGE ON SCHEMA anthology TO %I', role);
    EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA anthology TO %I', role);
    EXECUTE format('GRANT EXECUTE ON FUNCTION anthology.rehearse_reassignment(bigint), '
                   'anthology.preview_reassignment(bigint) TO %I', role);
END
$$;
COMMENT ON FUNCTION grant_reader(name) IS
    'lets a role read the corpus, the pages and the record, and preview proposals';

CREATE FUNCTION grant_editor(role name) RETURNS void
    LANGUAGE plpgsql VOLATILE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    functions text;
BEGIN
    PERFORM anthology.grant_reader(role);
    -- The functions that act as the tables' owner are those not open to all.
    SELECT string_agg(p.oid::regprocedure::text, ', ') INTO functions
        FROM pg_proc p
        WHERE p.pronamespace = 'anthology'::regnamespace AND p.proacl IS NOT NULL
            AND NOT EXISTS (SELECT FROM aclexplode(p.proacl) a WHERE a.grantee = 0);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO %I', functions, role);
END
$$;
COMMENT ON FUNCTION grant_editor(name) IS
    'lets a role propose, apply and undo corrections besides, through the functions only';
