-- load_sigs: json/sigs.json or yaml/sigs/*.yaml into the table of SIGs

-- Before 2026 a SIG's file listed its volumes; now volumes say their SIGs.
CREATE FUNCTION anthology_internal.sig_of_yaml(sig json) RETURNS json
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    WITH meeting AS (
        SELECT y.key AS year, m.value AS meeting, e.i, m.i AS j
        FROM json_array_elements(CASE json_typeof(sig -> 'Meetings') WHEN 'array'
                THEN sig -> 'Meetings' ELSE '[]' END) WITH ORDINALITY AS e(value, i),
            LATERAL json_each(e.value) AS y,
            LATERAL json_array_elements(CASE json_typeof(y.value) WHEN 'array'
                THEN y.value ELSE '[]' END) WITH ORDINALITY AS m(value, i)
    ), entry AS (
        SELECT json_build_object('acronym', sig ->> 'ShortName', 'name', sig ->> 'Name',
            'url', sig ->> 'URL', 'external_meetings', (
                SELECT json_agg(json_strip_nulls(json_build_object('year', m.year,
                           'name', m.meeting ->> 'Name', 'url', m.meeting ->> 'URL')) ORDER BY m.i,
                               m.j)
                FROM meeting m WHERE json_typeof(m.meeting) = 'object'),
            'volume_ids', (
                SELECT json_agg(btrim(m.meeting #>> '{}') ORDER BY m.i, m.j)
                FROM meeting m WHERE json_typeof(m.meeting) = 'string')) AS known
    )
    -- Unknown keys are kept here, so that load_problem lists them.
    SELECT json_object_agg(k.key, k.value)
    FROM (SELECT e.key, e.value FROM entry, json_each(entry.known) e
          UNION ALL
          SELECT e.key, e.value FROM json_each(sig) e
          WHERE e.key NOT IN ('Name', 'ShortName', 'URL', 'Meetings')) AS k
$$;
COMMENT ON FUNCTION anthology_internal.sig_of_yaml(json) IS
    'an entry of yaml/sigs as one of json/sigs.json, with the volumes that it lists as volume_ids';

CREATE FUNCTION anthology_internal.load_sigs(sigs json, file text) RETURNS SETOF load_outcome
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    outcome anthology.load_outcome := ('sig', 0, 0, 0, 0, 0, 0, NULL, NULL);
    entry record;
    was_new boolean;
BEGIN
    IF json_typeof(sigs) IS DISTINCT FROM 'object' THEN
        RAISE EXCEPTION 'SIGs are not a mapping of ids to SIGs'
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    DELETE FROM anthology.load_problem p
        WHERE p.kind IN ('entry', 'unknown') AND p.file = load_sigs.file;
    PERFORM anthology_internal.record_unknown_keys(file, 'a SIG', sigs,
        '{acronym,name,url,description,related_ids,external_meetings,venue_ids,volume_ids}');
    FOR entry IN SELECT s.key AS id, s.value::jsonb AS sig FROM json_each(sigs) s LOOP
        IF jsonb_typeof(entry.sig) <> 'object' OR coalesce(entry.sig ->> 'name', '') = '' THEN
            PERFORM anthology_internal.record_problem('entry', file, entry.id,
                                                      'the SIG has no name',
                '22023');
            CONTINUE;
        END IF;
        INSERT INTO anthology.sig AS s (id, acronym, name, url, description, related_ids,
                external_meetings, venue_ids)
            VALUES (entry.id, entry.sig ->> 'acronym', entry.sig ->> 'name', entry.sig ->> 'url',
                entry.sig ->> 'description',
                    anthology_internal.texts_of(entry.sig -> 'related_ids'),
                CASE jsonb_typeof(entry.sig -> 'external_meetings') WHEN 'array'
                    THEN entry.sig -> 'external_meetings' ELSE '[]' END,
                anthology_internal.texts_of(entry.sig -> 'venue_ids'))
            ON CONFLICT (id) DO UPDATE SET acronym = excluded.acronym, name = excluded.name,
                url = excluded.url, description = excluded.description,
                related_ids = excluded.related_ids,
                external_meetings = excluded.external_meetings, venue_ids = excluded.venue_ids
            WHERE s.* IS DISTINCT FROM excluded.*
            RETURNING xmax = 0 INTO was_new;
        IF NOT FOUND THEN
            outcome.unchanged := outcome.unchanged + 1;
        ELSIF was_new THEN
            outcome.new := outcome.new + 1;
        ELSE
            outcome.changed := outcome.changed + 1;
        END IF;
        IF entry.sig ? 'volume_ids' THEN
            UPDATE anthology.volume v
                SET sig_ids = CASE WHEN v.id = ANY (l.ids)
                    THEN ARRAY(SELECT s FROM unnest(v.sig_ids || entry.id) s ORDER BY s COLLATE "C")
                    ELSE array_remove(v.sig_ids, entry.id) END
                FROM (SELECT anthology_internal.texts_of(entry.sig -> 'volume_ids') AS ids) AS l
                WHERE (v.id = ANY (l.ids)) <> (entry.id = ANY (v.sig_ids));
        END IF;
    END LOOP;
    RETURN NEXT outcome;
END
$$;
COMMENT ON FUNCTION anthology_internal.load_sigs(json, text) IS
    'loads a mapping of SIG ids to SIGs; an entry that lists volume_ids sets sig_ids of these '
    'volumes';

CREATE FUNCTION anthology_internal.texts_of(list jsonb) RETURNS text[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT ARRAY(SELECT t FROM jsonb_array_elements_text(
        CASE jsonb_typeof(list) WHEN 'array' THEN list ELSE '[]' END) WITH ORDINALITY AS e(t, i)
            ORDER BY i)
$$;
COMMENT ON FUNCTION anthology_internal.texts_of(jsonb) IS
    'the elements of a JSON list as text[]; empty for '
    'anything else';
