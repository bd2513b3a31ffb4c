-- back into the Anthology's own files (extension/export.c)

CREATE FUNCTION edit_collection(source text, volumes text[], papers text[], roles text[],
                                positions text[], ids text[]) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 10000
    AS 'MODULE_PATHNAME', 'anthology_edit_collection';
COMMENT ON FUNCTION edit_collection(text, text[], text[], text[], text[], text[]) IS
    'a collection file with the id attributes of the names told, byte for byte otherwise';

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
            coalesce(array_agg(a.explicit_person_id) FILTER (WHERE corrected), '{}'))
        INTO exported
        FROM anthology.collection c
            LEFT JOIN anthology.papers_of_collection(collection_id) i(id) ON true
            LEFT JOIN anthology.paper p ON p.id = i.id
            LEFT JOIN anthology.volume v ON v.id = p.volume_id
            LEFT JOIN anthology.authorship a ON a.paper_id = i.id,
            LATERAL (SELECT a.paper_id IS NOT NULL AND a.explicit_person_id
                         IS DISTINCT FROM a.file_person_id) AS d(corrected)
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
    'the file of a collection as it was loaded, byte for byte but for the ids of corrected names';

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
