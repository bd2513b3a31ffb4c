-- load_venues: json/venues.json or yaml/venues/*.yaml into the table of venues

CREATE FUNCTION anthology_internal.load_venues(venues json, file text) RETURNS SETOF load_outcome
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    outcome anthology.load_outcome := ('venue', 0, 0, 0, 0, 0, 0, NULL, NULL);
    entry record;
    was_new boolean;
BEGIN
    IF json_typeof(venues) IS DISTINCT FROM 'object' THEN
        RAISE EXCEPTION 'venues are not a mapping of ids to venues'
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    DELETE FROM anthology.load_problem p
        WHERE p.file = load_venues.file AND p.kind IN ('entry', 'unknown')
            AND (p.kind = 'unknown' OR p.place IN (SELECT json_object_keys(venues)));
    PERFORM anthology_internal.record_unknown_keys(file, 'a venue', venues,
        '{acronym,name,is_acl,is_toplevel,oldstyle_letter,url,description,type}');
    FOR entry IN SELECT v.key AS id, v.value AS venue FROM json_each(venues) v LOOP
        IF json_typeof(entry.venue) <> 'object' OR coalesce(entry.venue ->> 'name', '') = '' THEN
            PERFORM anthology_internal.record_problem('entry', file, entry.id,
                                                      'the venue has no name',
                '22023');
            CONTINUE;
        END IF;
        INSERT INTO anthology.venue AS v
                (id, acronym, name, is_acl, is_toplevel, oldstyle_letter, type, url,
                 description)
            VALUES (entry.id, entry.venue ->> 'acronym', entry.venue ->> 'name',
                coalesce(entry.venue ->> 'is_acl', 'false') = 'true',
                coalesce(entry.venue ->> 'is_toplevel', 'false') = 'true',
                entry.venue ->> 'oldstyle_letter', entry.venue ->> 'type', entry.venue ->> 'url',
                entry.venue ->> 'description')
            ON CONFLICT (id) DO UPDATE SET acronym = excluded.acronym, name = excluded.name,
                is_acl = excluded.is_acl, is_toplevel = excluded.is_toplevel,
                oldstyle_letter = excluded.oldstyle_letter, type = excluded.type,
                url = excluded.url, description = excluded.description
            WHERE v.* IS DISTINCT FROM excluded.*
            RETURNING xmax = 0 INTO was_new;
        IF NOT FOUND THEN
            outcome.unchanged := outcome.unchanged + 1;
        ELSIF was_new THEN
            outcome.new := outcome.new + 1;
        ELSE
            outcome.changed := outcome.changed + 1;
        END IF;
    END LOOP;
    RETURN NEXT outcome;
END
$$;
COMMENT ON FUNCTION anthology_internal.load_venues(json, text) IS
    'loads a mapping of venue ids to venues';
