-- catalog: what holds for every object of the extension. Each query lists the
-- offenders; all come back empty.

CREATE TEMP VIEW member AS
SELECT classid, objid, pg_describe_object(classid, objid, 0) AS object
FROM pg_depend
WHERE refclassid = 'pg_extension'::regclass AND deptype = 'e'
  AND NOT (classid = 'pg_type'::regclass AND objid IN (SELECT typarray FROM pg_type))
  AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'anthology');

CREATE TEMP VIEW member_function AS
SELECT p.*, l.lanname, m.object
FROM member m JOIN pg_proc p ON m.classid = 'pg_proc'::regclass AND m.objid = p.oid
JOIN pg_language l ON l.oid = p.prolang;

-- operator classes that their access method does not accept
SELECT c.opcname FROM member m JOIN pg_opclass c ON m.classid = 'pg_opclass'::regclass AND m.objid = c.oid
WHERE NOT amvalidate(c.oid);

-- what has no comment
SELECT object FROM member
WHERE classid IN ('pg_proc'::regclass, 'pg_operator'::regclass, 'pg_type'::regclass, 'pg_opclass'::regclass,
                  'pg_ts_config'::regclass, 'pg_ts_dict'::regclass, 'pg_ts_parser'::regclass, 'pg_ts_template'::regclass,
                  'pg_namespace'::regclass)
  AND obj_description(objid, classid::regclass::name) IS NULL
ORDER BY object COLLATE "C";

-- immutable, but not safe in a parallel worker
SELECT object FROM member_function
WHERE provolatile = 'i' AND proparallel <> 's' ORDER BY object COLLATE "C";

-- a body that is read at run time, under a search_path of the caller's choosing
SELECT object FROM member_function
WHERE lanname IN ('sql', 'plpgsql') AND prosqlbody IS NULL
  AND NOT EXISTS (SELECT FROM unnest(proconfig) AS setting WHERE setting LIKE 'search_path=%')
ORDER BY object COLLATE "C";

-- members outside the extension's schemas
SELECT object FROM member_function
WHERE pronamespace NOT IN ('anthology'::regnamespace, 'anthology_internal'::regnamespace) ORDER BY object COLLATE "C";

-- in the schema of what is meant for use, and neither that, nor named by a table's trigger,
-- default or view, nor by the documentation
SELECT object FROM member_function
WHERE pronamespace = 'anthology'::regnamespace
  AND proname NOT IN (SELECT unnest(names) FROM anthology_internal.public_functions())
  AND proname NOT IN ('keep_record', 'record_document_change', 'shown_name', 'check', 'judge_pages')
ORDER BY object COLLATE "C";

-- meant for use, and not in the schema for that
SELECT object FROM member_function
WHERE pronamespace = 'anthology_internal'::regnamespace
  AND proname IN (SELECT unnest(names) FROM anthology_internal.public_functions())
ORDER BY object COLLATE "C";

-- listed in X_privileges(), but not a function of the extension
SELECT function FROM anthology_internal.granted_functions() g
WHERE NOT EXISTS (SELECT FROM member_function p WHERE p.proname = g.function) ORDER BY 1;

-- listed twice, or for neither readers nor editors
SELECT function, string_agg(granted_to, ', ') FROM anthology_internal.granted_functions()
GROUP BY function HAVING count(*) > 1 OR min(granted_to) NOT IN ('reader', 'editor') ORDER BY 1;

-- not PUBLIC's and not listed, or listed and PUBLIC's
SELECT f.id::regprocedure, f.granted_to FROM anthology_internal.own_functions() f
WHERE f.public = (f.granted_to IS NOT NULL) ORDER BY 1;

-- runs the same C function as one that is listed, and is not: it acts as the tables' owner
SELECT p.object FROM member_function p
WHERE p.lanname = 'c' AND p.proname NOT IN (SELECT function FROM anthology_internal.granted_functions())
  AND p.prosrc IN (SELECT q.prosrc FROM member_function q
                   JOIN anthology_internal.granted_functions() g ON g.function = q.proname)
ORDER BY 1;

-- who is granted what
SELECT granted_to, function FROM anthology_internal.granted_functions() ORDER BY 1, 2;
