-- load_data_file: a file of the data folder that is no collection
--
-- data_file keeps every such file byte for byte, because exports start from it. This goes
-- for files that fill no other table, too (json/hall-of-fame.json).

CREATE FUNCTION anthology_internal.looks_like_json(source text) RETURNS boolean
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT source ~ '^\s*[{\[]\s*("|[}\]]\s*$)'
$$;
COMMENT ON FUNCTION anthology_internal.looks_like_json(text) IS
    'whether a text begins as JSON does; a YAML mapping in braces has no quotes around its keys';

CREATE FUNCTION anthology_internal.file_to_json(source text, path text DEFAULT NULL) RETURNS json
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    problem text;
BEGIN
    IF NOT coalesce(path LIKE '%.json', anthology_internal.looks_like_json(source)) THEN
        RETURN anthology_internal.yaml_to_json(source);
    END IF;
    problem := anthology_internal.json_problem(source);
    IF problem IS NULL THEN
        RETURN source::json;
    END IF;
    RAISE EXCEPTION 'invalid JSON'
        USING ERRCODE = 'invalid_text_representation', DETAIL = problem;
END
$$;
COMMENT ON FUNCTION anthology_internal.file_to_json(text, text) IS
    'the text of a JSON or YAML file as JSON, by the ending of its path or else by how it begins';

CREATE FUNCTION anthology_internal.remember_file(path text, source text) RETURNS void
    LANGUAGE sql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
    INSERT INTO anthology.data_file AS f (path, source)
        VALUES (remember_file.path, remember_file.source)
        ON CONFLICT (path) DO UPDATE SET source = excluded.source
        WHERE f.source <> excluded.source
$$;
COMMENT ON FUNCTION anthology_internal.remember_file(text, text) IS
    'keeps the text of a file of the data folder as last loaded or exported';

CREATE FUNCTION anthology_internal.record_unknown_keys(file text, place text, entries json,
                                                       known text[]) RETURNS void
    LANGUAGE sql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT anthology_internal.record_problem('unknown', record_unknown_keys.file, min(e.key),
        format('unknown key "%s" of %s', k.key, record_unknown_keys.place), NULL, count(*))
    FROM json_each(entries) e, LATERAL json_object_keys(
        CASE json_typeof(e.value) WHEN 'object' THEN e.value ELSE '{}' END) AS k(key)
    WHERE NOT k.key = ANY (known)
    GROUP BY k.key ORDER BY k.key
$$;
COMMENT ON FUNCTION anthology_internal.record_unknown_keys(text, text, json, text[]) IS
    'records the keys of entries that are not known, each once with a count and the first entry';

CREATE FUNCTION anthology_internal.load_data_file(source text, path text, is_whole boolean)
    RETURNS SETOF load_outcome
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    id CONSTANT text := substring(path FROM '([^/]*)\.yaml$');
BEGIN
    IF path ~ '^(json|yaml)/people\.' THEN
        RETURN QUERY SELECT o.*
            FROM anthology_internal.load_people(anthology_internal.file_to_json(source, path),
            path) o;
    ELSIF path = 'json/venues.json' THEN
        RETURN QUERY SELECT o.*
            FROM anthology_internal.load_venues(anthology_internal.file_to_json(source, path),
            path) o;
    ELSIF path LIKE 'yaml/venues/%' THEN
        RETURN QUERY SELECT o.* FROM anthology_internal.load_venues(
            json_build_object(id, anthology_internal.file_to_json(source, path)), path) o;
    ELSIF path = 'json/sigs.json' THEN
        RETURN QUERY SELECT o.*
            FROM anthology_internal.load_sigs(anthology_internal.file_to_json(source, path),
            path) o;
    ELSIF path LIKE 'yaml/sigs/%' THEN
        RETURN QUERY SELECT o.* FROM anthology_internal.load_sigs(
            json_build_object(id,
                anthology_internal.sig_of_yaml(anthology_internal.file_to_json(source, path))),
                path) o;
    ELSIF path LIKE '%.json' AND anthology_internal.json_problem(source) IS NOT NULL THEN
        PERFORM anthology_internal.record_problem('entry', path, NULL,
            'invalid JSON, kept as it is: ' || anthology_internal.json_problem(source), '22P02');
    END IF;
    IF is_whole THEN
        PERFORM anthology_internal.remember_file(path, source);
    END IF;
END
$$;
COMMENT ON FUNCTION anthology_internal.load_data_file(text, text, boolean) IS
    'loads a file of the data folder that is no collection, and keeps its text unless the folder '
    'is only an addition';
