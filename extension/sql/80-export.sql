-- back into the Anthology's own files (extension/export.c)

CREATE FUNCTION edit_collection(source text, volumes text[], papers text[], roles text[],
                                positions text[], attributes text[], attribute_values text[]) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 10000
    AS 'MODULE_PATHNAME', 'anthology_edit_collection';
COMMENT ON FUNCTION edit_collection(text, text[], text[], text[], text[], text[], text[]) IS
    'a collection file with the attributes (id, orcid, openreview) of the names told, byte for byte otherwise';

CREATE FUNCTION export_collection(collection_id text) RETURNS text
    LANGUAGE plpgsql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    exported text;
BEGIN
    SELECT anthology.edit_collection(c.source,
            coalesce(array_agg(v.number) FILTER (WHERE corrected), '{}'),
            coalesce(array_agg(p.number::text) FILTER (WHERE corrected), '{}'),
            coalesce(array_agg(a.role) FILTER (WHERE corrected), '{}'),
            coalesce(array_agg(a."position"::text) FILTER (WHERE corrected), '{}'),
            coalesce(array_agg(d.attribute) FILTER (WHERE corrected), '{}'),
            coalesce(array_agg(d.value) FILTER (WHERE corrected), '{}'))
        INTO exported
        FROM anthology.collection c
            LEFT JOIN anthology.papers_of_collection(collection_id) i(id) ON true
            LEFT JOIN anthology.paper p ON p.id = i.id
            LEFT JOIN anthology.volume v ON v.id = p.volume_id
            LEFT JOIN anthology.authorship a ON a.paper_id = i.id,
            LATERAL (VALUES
                ('id', a.explicit_person_id, a.explicit_person_id IS DISTINCT FROM a.file_person_id),
                ('orcid', a.orcid, a.orcid IS DISTINCT FROM a.file_orcid)) AS d(attribute, value, corrected)
        WHERE c.id = collection_id
        GROUP BY c.id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'there is no collection "%"', collection_id
            USING ERRCODE = 'undefined_object';
    END IF;
    RETURN exported;
END
$$;
COMMENT ON FUNCTION export_collection(text) IS
    'the file of a collection as it was loaded, byte for byte but for the ids and ORCIDs of corrected names';

CREATE FUNCTION export_people_yaml() RETURNS text
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT anthology.jsonb_to_yaml(coalesce(
        jsonb_object_agg(p.id, anthology.person_entry(p.id)), '{}'))
    FROM anthology.person p WHERE p.verified
$$;
COMMENT ON FUNCTION export_people_yaml() IS
    'people.yaml: every verified person, in the official library''s form and order';

CREATE FUNCTION changed_files() RETURNS TABLE (path text, content text, error text)
    LANGUAGE plpgsql STABLE ROWS 10
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    collection record;
BEGIN
    FOR collection IN
        SELECT c.id, c.source FROM anthology.collection c
        WHERE EXISTS (SELECT FROM anthology.papers_of_collection(c.id) AS i(id)
                      JOIN anthology.authorship a ON a.paper_id = i.id
                      WHERE (a.explicit_person_id, a.orcid) IS DISTINCT FROM (a.file_person_id, a.file_orcid))
        ORDER BY c.id COLLATE "C"
    LOOP
        path := format('xml/%s.xml', collection.id);
        error := NULL;
        -- A file that cannot be edited does not keep the others back.
        BEGIN
            content := anthology.export_collection(collection.id);
        EXCEPTION WHEN data_exception THEN
            content := NULL;
            error := SQLERRM;
        END;
        IF content IS DISTINCT FROM collection.source THEN
            RETURN NEXT;
        END IF;
    END LOOP;
    IF EXISTS (SELECT FROM anthology.person p
               WHERE p.verified AND p.loaded IS DISTINCT FROM anthology.person_entry(p.id)
                   OR NOT p.verified AND p.loaded IS NOT NULL)
        OR EXISTS (SELECT FROM anthology.person_change c
                   JOIN anthology.reassignment r ON r.id = c.reassignment_id AND r.status = 'applied'
                   WHERE c.action = 'delete') THEN
        RETURN QUERY SELECT 'yaml/people.yaml', anthology.export_people_yaml(), NULL;
    END IF;
END
$$;
COMMENT ON FUNCTION changed_files() IS
    'the files of the data folder that corrections have changed since they were loaded, and what is in them now; of a file that cannot be edited, why';

CREATE FUNCTION write_server_file(path text, content text) RETURNS void
    LANGUAGE c VOLATILE STRICT PARALLEL RESTRICTED
    AS 'MODULE_PATHNAME', 'anthology_write_server_file';
COMMENT ON FUNCTION write_server_file(text, text) IS
    'writes a file on the server, in UTF-8, whole or not at all: for members of pg_write_server_files';

CREATE FUNCTION export_changes(directory text) RETURNS SETOF text
    LANGUAGE plpgsql VOLATILE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    changed record;
BEGIN
    FOR changed IN SELECT * FROM anthology.changed_files() LOOP
        IF changed.error IS NOT NULL THEN
            RAISE EXCEPTION 'file "%" cannot be edited: %', changed.path, changed.error
                USING ERRCODE = 'data_exception', HINT = 'Nothing was written; changed_files() gives the other files.';
        END IF;
        PERFORM anthology.write_server_file(directory || '/' || changed.path, changed.content);
        RETURN NEXT changed.path;
    END LOOP;
END
$$;
COMMENT ON FUNCTION export_changes(text) IS
    'writes the changed files into a data folder on the server, and tells which: for members of pg_write_server_files';
