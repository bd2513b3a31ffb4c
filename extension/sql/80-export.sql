-- back into the Anthology's own files (extension/export.c)
--
-- A file starts from what was loaded or exported last (collection.source,
-- data_file.source). Only what the corrections changed is changed in it.

CREATE FUNCTION anthology_internal.edit_collection(source text, volumes text[], papers text[],
                                                   roles text[],
                                                   positions text[], attributes text[],
                                                       attribute_values text[])
                                    RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 10000
    AS 'MODULE_PATHNAME', 'anthology_edit_collection';
COMMENT ON FUNCTION anthology_internal.edit_collection(text, text[], text[], text[], text[], text[],
                                                       text[]) IS
    'a collection file with the attributes (id, orcid, openreview) of the names told, byte for '
    'byte otherwise';

CREATE FUNCTION export_collection(collection_id text) RETURNS text
    LANGUAGE plpgsql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    exported text;
BEGIN
    SELECT anthology_internal.edit_collection(c.source,
            coalesce(array_agg(v.number) FILTER (WHERE corrected), '{}'),
            coalesce(array_agg(p.number::text) FILTER (WHERE corrected), '{}'),
            coalesce(array_agg(a.role) FILTER (WHERE corrected), '{}'),
            coalesce(array_agg(a."position"::text) FILTER (WHERE corrected), '{}'),
            coalesce(array_agg(d.attribute) FILTER (WHERE corrected), '{}'),
            coalesce(array_agg(d.value) FILTER (WHERE corrected), '{}'))
        INTO exported
        FROM anthology.collection c
            LEFT JOIN anthology_internal.papers_of_collection(collection_id) i(id) ON true
            LEFT JOIN anthology.paper p ON p.id = i.id
            LEFT JOIN anthology.volume v ON v.id = p.volume_id
            LEFT JOIN anthology.authorship a ON a.paper_id = i.id,
            LATERAL (VALUES
                ('id', a.explicit_person_id,
                    a.explicit_person_id IS DISTINCT FROM a.file_person_id),
                ('orcid', a.orcid, a.orcid IS DISTINCT FROM a.file_orcid),
                ('openreview', a.openreview, a.openreview IS DISTINCT FROM a.file_openreview))
                AS d(attribute, value, corrected)
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
    'the file of a collection as it was loaded or exported last, byte for byte but for the ids, '
    'ORCIDs and OpenReview ids of corrected names';

-- Persons --------------------------------------------------------------------

CREATE FUNCTION anthology_internal.people_changes(source jsonb)
    RETURNS TABLE (person_id text, entry jsonb)
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    WITH decided(id) AS (SELECT DISTINCT c.person_id FROM anthology.person_change c)
    SELECT p.id, e.entry
        FROM anthology.person p, LATERAL (SELECT anthology_internal.person_entry(p.id)) AS e(entry)
        WHERE p.verified AND (p.loaded IS DISTINCT FROM e.entry OR source IS NULL
            -- The file does not have a person that the record has.
            OR NOT source ? p.id AND EXISTS (SELECT FROM decided d WHERE d.id = p.id))
    UNION ALL
    SELECT k.id, NULL
        FROM jsonb_object_keys(source) AS k(id) JOIN decided d USING (id)
        WHERE NOT EXISTS (SELECT FROM anthology.person p WHERE p.id = k.id AND p.verified)
$$;
COMMENT ON FUNCTION anthology_internal.people_changes(jsonb) IS
    'the persons whose entries in a file of persons are to be others, and their entries; NULL for '
    'one that is to go';

CREATE FUNCTION anthology_internal.name_json(name jsonb) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT '{' || concat_ws(', ',
        '"first": ' || to_json(NULLIF(name ->> 'first', ''))::text,
        '"last": ' || to_json(name ->> 'last')::text,
        '"script": ' || to_json(NULLIF(name ->> 'script', ''))::text,
        CASE WHEN name ->> 'hidden' = 'true' THEN '"hidden": true' END) || '}'
$$;
COMMENT ON FUNCTION anthology_internal.name_json(jsonb) IS
    'a name as people.json has it, on one line';

CREATE FUNCTION anthology_internal.person_json(entry jsonb, source json DEFAULT NULL) RETURNS text
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    WITH old AS (
        -- Anything but an entry is written anew.
        SELECT CASE WHEN s.usable THEN source ELSE '{}' END AS text,
            CASE WHEN s.usable THEN anthology_internal.normal_people_entry(source::jsonb)
                ELSE '{}' END AS was,
            CASE WHEN s.usable THEN source -> 'names' ELSE '[]' END AS names
        FROM (SELECT coalesce(json_typeof(source) = 'object'
                              AND json_typeof(source -> 'names') = 'array', false)) AS s(usable)
    ), member AS (
        SELECT k.key, CASE jsonb_typeof(entry -> k.key)
            WHEN 'array' THEN '[' || (
                SELECT string_agg(E'\n      ' || CASE WHEN k.key <> 'names' THEN e.value::text
                        ELSE coalesce((
                            -- A name stays as it is written.
                            SELECT o.value::text
                            FROM json_array_elements(old.names) WITH ORDINALITY AS o(value, i),
                                jsonb_array_elements(old.was -> 'names')
                                    WITH ORDINALITY AS n(value, i)
                            WHERE o.i = n.i AND n.value = e.value LIMIT 1),
                            anthology_internal.name_json(e.value)) END, ',' ORDER BY e.i)
                FROM jsonb_array_elements(entry -> k.key) WITH ORDINALITY AS e(value, i))
                    || E'\n    ]'
            ELSE to_json(entry -> k.key)::text END AS value
        FROM old, jsonb_object_keys(old.was || entry) AS k(key)
        WHERE old.was -> k.key IS DISTINCT FROM entry -> k.key
    )
    SELECT anthology_internal.edit_json_object(old.text,
        ARRAY(SELECT m.key FROM member m ORDER BY m.key),
        ARRAY(SELECT m.value FROM member m ORDER BY m.key),
        '{names,comment,degree,disable_name_matching,orcid,similar}', 4)
    FROM old
$$;
COMMENT ON FUNCTION anthology_internal.person_json(jsonb, json) IS
    'an entry in the form of person_entry() as people.json has it; of an entry that is there, '
    'only the members that differ are written anew';

CREATE FUNCTION export_people_json() RETURNS text
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    WITH file AS MATERIALIZED (
        SELECT (SELECT d.source FROM anthology.data_file d
            WHERE d.path = 'json/people.json') AS source
    ), change AS MATERIALIZED (
        SELECT c.* FROM file f, anthology_internal.people_changes(f.source::jsonb) c
    ), old AS MATERIALIZED (
        -- If an id is there twice, the first one counts.
        SELECT DISTINCT ON (e.key) e.key, e.value
        FROM file f, json_each(f.source::json) WITH ORDINALITY AS e(key, value, i)
        WHERE e.key IN (SELECT c.person_id FROM change c)
        ORDER BY e.key, e.i
    ), edit AS (
        -- A renamed person continues the entry of the old id.
        SELECT c.person_id, CASE WHEN c.entry IS NOT NULL
            THEN anthology_internal.person_json(c.entry, coalesce(o.value, (
                SELECT f.value FROM change g JOIN old f ON f.key = g.person_id
                WHERE g.entry IS NULL AND anthology.present_id(g.person_id) = c.person_id
                ORDER BY f.key LIMIT 1))) END AS entry
        FROM change c LEFT JOIN old o ON o.key = c.person_id
    )
    SELECT anthology_internal.edit_json_object(coalesce(f.source, E'{}\n')::json,
        ARRAY(SELECT e.person_id FROM edit e ORDER BY e.person_id COLLATE "C"),
        ARRAY(SELECT e.entry FROM edit e ORDER BY e.person_id COLLATE "C"))
    FROM file f
$$;
COMMENT ON FUNCTION export_people_json() IS
    'people.json: the file as it was loaded or exported last with the entries of corrected '
    'persons changed, byte for byte otherwise; without such a file, every verified person in the '
    'official library''s form';

CREATE FUNCTION export_people_yaml() RETURNS text
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    WITH file AS MATERIALIZED (
        SELECT max(d.source) AS source,
            max(anthology_internal.file_to_json(d.source, d.path)::text)::jsonb AS people
        FROM anthology.data_file d WHERE d.path = 'yaml/people.yaml'
    ), change AS MATERIALIZED (
        SELECT c.* FROM file f, anthology_internal.people_changes(f.people) c
    ), entry AS (
        -- Members that are not known here, and entries that could not be loaded, stay.
        SELECT e.key AS id, e.value || coalesce(p.entry, '{}') AS entry
        FROM file f, jsonb_each(f.people) e,
            LATERAL (SELECT anthology_internal.person_entry(e.key)) AS p(entry)
        WHERE e.key NOT IN (SELECT c.person_id FROM change c)
        UNION ALL
        SELECT c.person_id, CASE WHEN jsonb_typeof(f.people -> c.person_id) = 'object'
                THEN (f.people -> c.person_id)
                    - '{names,orcid,degree,comment,similar,disable_name_matching}'::text[]
                ELSE '{}' END || c.entry
        FROM file f, change c WHERE c.entry IS NOT NULL
    )
    SELECT CASE WHEN f.source IS NOT NULL AND NOT EXISTS (SELECT FROM change) THEN f.source
        ELSE anthology_internal.jsonb_to_yaml(coalesce(
            (SELECT jsonb_object_agg(e.id, e.entry) FROM entry e), '{}')) END
    FROM file f
$$;
COMMENT ON FUNCTION export_people_yaml() IS
    'people.yaml: the file as it was loaded or exported last if no person was corrected; '
    'otherwise every person in the official library''s form and order';

-- Hall of fame ---------------------------------------------------------------

CREATE FUNCTION export_hall_of_fame() RETURNS text
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    -- The starting point is the file as it was loaded, even after exports. So an undone merge
    -- gives back both ids. If another file was loaded since, that one is the starting point.
    SELECT anthology_internal.edit_json_strings(f.source::json, 'id',
        coalesce(array_agg(i.id ORDER BY i.id) FILTER (WHERE present <> i.id), '{}'),
        coalesce(array_agg(present ORDER BY i.id) FILTER (WHERE present <> i.id), '{}'))
    FROM (SELECT CASE WHEN d.exported_digest = md5(d.source) THEN d.original ELSE d.source END
          FROM anthology.data_file d WHERE d.path = 'json/hall-of-fame.json') AS f(source)
        LEFT JOIN LATERAL (
            SELECT DISTINCT j.value #>> '{}' AS id
            FROM jsonb_path_query(f.source::jsonb, 'lax $.**.id') AS j(value)
            WHERE jsonb_typeof(j.value) = 'string') AS i ON true
        LEFT JOIN LATERAL (SELECT anthology.present_id(i.id)) AS p(present) ON true
    GROUP BY f.source
$$;
COMMENT ON FUNCTION export_hall_of_fame() IS
    'hall-of-fame.json: the file with the ids that persons have now, byte for byte otherwise; '
    'NULL if there is none';

-- All of them ----------------------------------------------------------------

CREATE FUNCTION changed_files() RETURNS TABLE (path text, content text, error text)
    LANGUAGE plpgsql STABLE ROWS 10
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    file record;
BEGIN
    FOR file IN
        SELECT f.* FROM (
            SELECT format('xml/%s.xml', c.id) AS path, c.id AS collection_id, c.source
                FROM anthology.collection c
                WHERE EXISTS (SELECT FROM anthology_internal.papers_of_collection(c.id) AS i(id)
                              JOIN anthology.authorship a ON a.paper_id = i.id
                              WHERE (a.explicit_person_id, a.orcid, a.openreview)
                                  IS DISTINCT FROM (a.file_person_id, a.file_orcid,
                                      a.file_openreview))
            UNION ALL
            SELECT x.path, NULL, d.source
                FROM (SELECT CASE s.layout WHEN 'json' THEN 'json/people.json'
                    ELSE 'yaml/people.yaml' END
                      FROM anthology.corpus_state s
                      UNION ALL VALUES ('json/hall-of-fame.json')) AS x(path)
                    LEFT JOIN anthology.data_file d USING (path)
                -- Persons may have come without a file.
                WHERE d.path IS NOT NULL
                    OR EXISTS (SELECT FROM anthology.person p
                               WHERE p.verified
                                   AND p.loaded IS DISTINCT
                                       FROM anthology_internal.person_entry(p.id))
                    OR EXISTS (SELECT FROM anthology.person_change c
                               JOIN anthology.reassignment r ON r.id = c.reassignment_id
                               WHERE c.action = 'delete' AND r.status = 'applied')
        ) AS f ORDER BY f.path COLLATE "C"
    LOOP
        path := file.path;
        error := NULL;
        -- A file that cannot be edited does not stop the others.
        BEGIN
            content := CASE file.path
                WHEN 'json/people.json' THEN anthology.export_people_json()
                WHEN 'yaml/people.yaml' THEN anthology.export_people_yaml()
                WHEN 'json/hall-of-fame.json' THEN anthology.export_hall_of_fame()
                ELSE anthology.export_collection(file.collection_id) END;
        EXCEPTION WHEN data_exception THEN
            content := NULL;
            error := SQLERRM;
        END;
        IF content IS DISTINCT FROM file.source THEN
            RETURN NEXT;
        END IF;
    END LOOP;
END
$$;
COMMENT ON FUNCTION changed_files() IS
    'the files of the data folder that corrections have changed since they were loaded or '
    'exported, and what is to be in them; of a file that cannot be edited, why';
