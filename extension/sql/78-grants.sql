-- who may do what
--
-- Some functions act as the owner of the tables, or call one that does. The function
-- X_privileges() of their fragment lists them and says who is granted each: readers
-- or editors. Nobody else but the owner may call them. A new function of that kind
-- needs a line there; a new fragment with such functions needs a line in
-- granted_functions(). sql/catalog.sql finds what is missing. All other functions run
-- with the caller's rights and are PUBLIC's. Readers need those of them that only read
-- (STABLE and IMMUTABLE).
-- Plain SQL: there is no C file for these.

CREATE FUNCTION anthology_internal.granted_functions()
    RETURNS TABLE (function name, granted_to text)
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT * FROM anthology_internal.reassign_privileges()
    UNION ALL SELECT * FROM anthology_internal.flags_privileges()
    UNION ALL SELECT * FROM anthology_internal.new_person_privileges()
    UNION ALL SELECT * FROM anthology_internal.merge_privileges()
    UNION ALL SELECT * FROM anthology_internal.operations_privileges()
    UNION ALL SELECT * FROM anthology_internal.verify_privileges()
    UNION ALL SELECT * FROM anthology_internal.ingest_privileges()
    UNION ALL SELECT * FROM anthology_internal.requests_privileges()
    UNION ALL SELECT * FROM anthology_internal.html_privileges()
$$;
COMMENT ON FUNCTION anthology_internal.granted_functions() IS
    'the functions that are not PUBLIC''s, and who is granted them: "editor", or "reader" and so '
    'editors, too';

-- The extension's own functions, whatever else is in the schema.
CREATE FUNCTION anthology_internal.own_functions()
    RETURNS TABLE (id oid, name name, owner oid, volatile boolean, public boolean,
                   granted_to text)
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT p.oid, p.proname, p.proowner, p.provolatile = 'v',
        EXISTS (SELECT FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
                WHERE a.grantee = 0 AND a.privilege_type = 'EXECUTE'),
        g.granted_to
    FROM pg_depend d
        JOIN pg_extension e ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid
            AND d.deptype = 'e'
        JOIN pg_proc p ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid
        LEFT JOIN anthology_internal.granted_functions() g ON g.function = p.proname
    WHERE e.extname = 'anthology'
$$;
COMMENT ON FUNCTION anthology_internal.own_functions() IS
    'the extension''s functions: whether PUBLIC may call them, and who is granted those that act '
    'as the owner of the tables';

CREATE FUNCTION anthology_internal.set_privileges(extension_owner regrole) RETURNS void
    LANGUAGE plpgsql VOLATILE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    function record;
BEGIN
    -- The schema was made by a superuser, too.
    EXECUTE format('GRANT USAGE ON SCHEMA anthology_internal TO %s WITH GRANT OPTION',
                   extension_owner);
    FOR function IN SELECT f.* FROM anthology_internal.own_functions() f LOOP
        IF function.granted_to IS NOT NULL THEN
            EXECUTE format('REVOKE EXECUTE ON ROUTINE %s FROM PUBLIC', function.id::regprocedure);
        END IF;
        -- Those of a trusted extension belong to a superuser. Where default
        -- privileges leave PUBLIC nothing, that goes for all of them.
        IF function.granted_to IS NOT NULL
            OR NOT function.public AND function.owner <> extension_owner THEN
            EXECUTE format('GRANT EXECUTE ON ROUTINE %s TO %s WITH GRANT OPTION',
                           function.id::regprocedure, extension_owner);
        END IF;
    END LOOP;
END
$$;
COMMENT ON FUNCTION anthology_internal.set_privileges(regrole) IS
    'keeps from PUBLIC what granted_functions() lists, and lets the owner of the extension grant '
    'it: the last step of installing and updating';

CREATE FUNCTION grant_reader(role name) RETURNS void
    LANGUAGE plpgsql VOLATILE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    functions text;
BEGIN
    EXECUTE format('GRANT USAGE ON SCHEMA anthology, anthology_internal TO %I', role);
    EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA anthology TO %I', role);
    -- Functions that only read are PUBLIC's, unless the default privileges of this
    -- database leave PUBLIC nothing. The owner may have taken some from PUBLIC: that stays.
    SELECT string_agg(f.id::regprocedure::text, ', ') INTO functions
        FROM anthology_internal.own_functions() f
        WHERE f.granted_to = 'reader'
            OR f.granted_to IS NULL AND NOT f.volatile AND NOT f.public AND EXISTS (
                SELECT FROM pg_default_acl d
                WHERE d.defaclrole = f.owner AND d.defaclnamespace = 0 AND d.defaclobjtype = 'f'
                    AND NOT EXISTS (SELECT FROM aclexplode(d.defaclacl) a WHERE a.grantee = 0));
    EXECUTE format('GRANT EXECUTE ON ROUTINE %s TO %I', functions, role);
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
    SELECT string_agg(f.id::regprocedure::text, ', ') INTO functions
        FROM anthology_internal.own_functions() f WHERE f.granted_to = 'editor';
    EXECUTE format('GRANT EXECUTE ON ROUTINE %s TO %I', functions, role);
END
$$;
COMMENT ON FUNCTION grant_editor(name) IS
    'lets a role propose, apply and undo corrections besides, through the functions only';
