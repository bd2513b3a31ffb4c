-- the changed files, into a data folder on the server (extension/export_changes.c)

CREATE FUNCTION anthology_internal.file_problem(path text, content text) RETURNS text
    LANGUAGE plpgsql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF path LIKE '%.xml' THEN
        PERFORM xmlparse(DOCUMENT content);
    ELSIF path LIKE '%.json' THEN
        PERFORM content::json;
    ELSE
        PERFORM anthology_internal.yaml_to_json(content);
    END IF;
    RETURN NULL;
EXCEPTION WHEN data_exception THEN
    RETURN SQLERRM;
END
$$;
COMMENT ON FUNCTION anthology_internal.file_problem(text, text) IS
    'why a file with this content could not be loaded again; NULL if it can be read';

CREATE FUNCTION anthology_internal.files_to_export()
    RETURNS TABLE (path text, content text, expected text)
    LANGUAGE plpgsql STABLE ROWS 10
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    bad text;
BEGIN
    FOR path, content, expected, bad IN
        SELECT f.path, f.content, coalesce(c.source, d.source),
            coalesce(f.error, anthology_internal.file_problem(f.path, f.content))
        FROM anthology.changed_files() f
            LEFT JOIN anthology.collection c ON f.path = format('xml/%s.xml', c.id)
            LEFT JOIN anthology.data_file d ON d.path = f.path
    LOOP
        IF bad IS NOT NULL THEN
            RAISE EXCEPTION 'file "%" cannot be exported: %', path, bad
                USING ERRCODE = 'data_exception',
                    HINT = 'Nothing was written. changed_files() gives the other files.';
        END IF;
        RETURN NEXT;
    END LOOP;
END
$$;
COMMENT ON FUNCTION anthology_internal.files_to_export() IS
    'the changed files, and what they are expected to hold before they are written; an error that '
    'names a file that cannot be';

CREATE FUNCTION anthology_internal.remember_export(paths text[], contents text[]) RETURNS void
    LANGUAGE sql VOLATILE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
    UPDATE anthology.collection c SET source = f.content
        FROM unnest(paths, contents) AS f(path, content)
        WHERE f.path = format('xml/%s.xml', c.id);
    UPDATE anthology.authorship a SET file_person_id = a.explicit_person_id, file_orcid = a.orcid,
            file_openreview = a.openreview
        WHERE (a.explicit_person_id, a.orcid, a.openreview)
                IS DISTINCT FROM (a.file_person_id, a.file_orcid, a.file_openreview)
            AND a.paper_id IN (
                SELECT i.id FROM anthology.collection c,
                    anthology_internal.papers_of_collection(c.id) AS i(id)
                WHERE format('xml/%s.xml', c.id) = ANY (paths));
    INSERT INTO anthology.data_file AS d (path, source)
        SELECT f.path, f.content FROM unnest(paths, contents) AS f(path, content)
            WHERE f.path NOT LIKE 'xml/%'
        ON CONFLICT (path) DO UPDATE SET source = excluded.source,
            original = CASE WHEN excluded.path <> 'json/hall-of-fame.json' THEN NULL
                WHEN d.exported_digest = md5(d.source) THEN d.original ELSE d.source END,
            exported_digest = md5(excluded.source);
    UPDATE anthology.person p SET loaded = anthology_internal.person_entry(p.id)
        WHERE p.loaded IS DISTINCT FROM anthology_internal.person_entry(p.id)
            AND paths && '{json/people.json,yaml/people.yaml}';
    -- From now on the files count as saying what was decided.
    DELETE FROM anthology.load_problem p WHERE p.kind = 'correction' AND p.file = ANY (paths)
$$;
COMMENT ON FUNCTION anthology_internal.remember_export(text[], text[]) IS
    'notes that files have been exported: what changes from now on is compared with these';

CREATE FUNCTION anthology_internal.write_server_file(path text, content text) RETURNS void
    LANGUAGE c VOLATILE STRICT PARALLEL RESTRICTED
    AS 'MODULE_PATHNAME', 'anthology_write_server_file';
COMMENT ON FUNCTION anthology_internal.write_server_file(text, text) IS
    'writes a file on the server, in UTF-8, whole or not at all: for members of '
    'pg_write_server_files';

CREATE FUNCTION export_changes(directory text, insist boolean DEFAULT false) RETURNS SETOF text
    LANGUAGE c VOLATILE STRICT
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_export_changes';
COMMENT ON FUNCTION export_changes(text, boolean) IS
    'writes the changed files into a data folder on the server, all or none, remembers that, and '
    'tells which: for members of pg_write_server_files; insist writes over what others have '
    'changed';

CREATE FUNCTION recover_exports() RETURNS void
    LANGUAGE c VOLATILE STRICT
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_recover_exports_sql';
COMMENT ON FUNCTION recover_exports() IS
    'puts back the files of exports that a crash kept from committing: the next export or load '
    'does it, too';
