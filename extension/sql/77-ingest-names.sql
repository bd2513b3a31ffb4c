-- ingest_names: the ids of a volume's names that have an ORCID (extension/operations.c)
--
-- The Anthology's staff do this when they ingest a volume. A name with an ORCID gets the
-- id of the person who has that ORCID, and the person lists the name. If nobody has the
-- ORCID, a person is made. Names without an ORCID stay as they are.

CREATE FUNCTION anthology_internal.namesake_without_orcid(person_id text, first text, last text)
    RETURNS text
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT format('person "%s" of the same name has no ORCID: is "%s" the same person?',
                  p.id, person_id)
    FROM anthology.person p
    WHERE p.id = anthology.name_slug(first, last) AND p.id <> person_id AND p.verified
        AND p.orcid IS NULL
$$;
COMMENT ON FUNCTION anthology_internal.namesake_without_orcid(text, text, text) IS
    'a warning that a new person may be one who is there already, whose id is the slug of the '
    'name; NULL if there is none';

CREATE FUNCTION anthology_internal.plan_ingest_names(volume_id text, note text) RETURNS bigint
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    holder record;
    known text;
    taken text[] := '{}';
    warning text;
    wrong text;
    id bigint;
BEGIN
    IF volume_id IS NULL THEN
        RAISE EXCEPTION 'the volume must not be null'
            USING ERRCODE = 'null_value_not_allowed';
    ELSIF NOT EXISTS (SELECT FROM anthology.volume v WHERE v.id = volume_id) THEN
        RAISE EXCEPTION 'there is no volume "%"', volume_id
            USING ERRCODE = 'undefined_object';
    END IF;
    SELECT string_agg(format('%s %s of paper %s: %s', initcap(a.role), a."position", a.paper_id,
                             a.orcid), E'\n' ORDER BY a.paper_id, a.role, a."position") INTO wrong
        FROM anthology.paper p JOIN anthology.authorship a ON a.paper_id = p.id
        WHERE p.volume_id = volume_id AND a.explicit_person_id IS NULL AND a.orcid IS NOT NULL
            AND anthology.orcid_normalize(a.orcid) IS NULL;
    IF wrong IS NOT NULL THEN
        RAISE WARNING 'names of volume "%" have an invalid ORCID, and get no id', volume_id
            USING DETAIL = wrong;
    END IF;
    id := anthology_internal.new_correction('ingest names', NULL, NULL, ARRAY(
        SELECT DISTINCT a.paper_id
        FROM anthology.paper p JOIN anthology.authorship a ON a.paper_id = p.id
        WHERE p.volume_id = volume_id AND a.explicit_person_id IS NULL
            AND anthology.orcid_normalize(a.orcid) IS NOT NULL ORDER BY 1), note);

    -- One person at a time, in the order of the volume.
    FOR holder IN
        SELECT n.orcid,
            (array_agg(n.first ORDER BY n.place))[1] AS first,
            (array_agg(n.last ORDER BY n.place))[1] AS last,
            jsonb_agg(jsonb_build_object('first', n.first, 'last', n.last) ORDER BY n.place)
                || coalesce(jsonb_agg(n.variant ORDER BY n.place)
                            FILTER (WHERE n.variant IS NOT NULL), '[]') AS names
        FROM (SELECT anthology.orcid_normalize(a.orcid) AS orcid, a.first, a.last, v.variant,
                  row_number() OVER (ORDER BY p.number, a.role, a."position", v.i) AS place
              FROM anthology.paper p
                  JOIN anthology.authorship a ON a.paper_id = p.id
                  LEFT JOIN LATERAL jsonb_array_elements(a.variants) WITH ORDINALITY
                      AS v(variant, i) ON true
              WHERE p.volume_id = volume_id AND a.explicit_person_id IS NULL
                  AND a.orcid IS NOT NULL) AS n
        WHERE n.orcid IS NOT NULL
        GROUP BY n.orcid ORDER BY min(n.place)
    LOOP
        SELECT p.id INTO known FROM anthology.person p WHERE p.orcid = holder.orcid;
        IF NOT FOUND THEN
            known := anthology_internal.new_person_id(holder.first, holder.last, NULL, holder.orcid,
                                                      taken);
            taken := taken || known;
            PERFORM anthology_internal.new_person_change(id, known, 'create', NULL,
                anthology_internal.entry_with_names(
                    jsonb_build_object('names', jsonb_build_array(holder.names -> 0),
                                       'orcid', holder.orcid), holder.names));
            warning := anthology_internal.namesake_without_orcid(known, holder.first, holder.last);
            IF warning IS NOT NULL THEN
                RAISE WARNING '%', warning;
            END IF;
        END IF;
        INSERT INTO anthology.reassignment_item (reassignment_id, paper_id, role, "position",
                first, last, cause, before_person_id, after_person_id, before_explicit_id,
                after_explicit_id, before_orcid, after_orcid)
            SELECT id, a.paper_id, a.role, a."position", a.first, a.last, 'selected', a.person_id,
                known, NULL, known, a.orcid, holder.orcid
            FROM anthology.paper p JOIN anthology.authorship a ON a.paper_id = p.id
            WHERE p.volume_id = volume_id AND a.explicit_person_id IS NULL
                AND anthology.orcid_normalize(a.orcid) = holder.orcid;
    END LOOP;
    IF NOT EXISTS (SELECT FROM anthology.reassignment_item i WHERE i.reassignment_id = id) THEN
        RAISE EXCEPTION 'no name of volume "%" has an ORCID and no id', volume_id
            USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    PERFORM anthology_internal.list_selected_names(id);
    RETURN id;
END
$$;
COMMENT ON FUNCTION anthology_internal.plan_ingest_names(text, text) IS
    'proposes what ingest_names() does';

CREATE FUNCTION ingest_names(volume_id text, note text DEFAULT NULL) RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';
COMMENT ON FUNCTION ingest_names(text, text) IS
    'gives the names of a volume that have an ORCID and no id the id of whoever has the '
    'ORCID, and makes the persons whose ORCID nobody has';

CREATE FUNCTION propose_ingest_names(volume_id text, note text DEFAULT NULL) RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';
COMMENT ON FUNCTION propose_ingest_names(text, text) IS
    'stages: gives the names of a volume that have an ORCID and no id the id of whoever has '
    'the ORCID, and makes the persons whose ORCID nobody has';

CREATE FUNCTION anthology_internal.ingest_privileges()
    RETURNS TABLE (function name, granted_to text)
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    VALUES ('propose_ingest_names', 'editor'),
        ('ingest_names', 'editor')
$$;
COMMENT ON FUNCTION anthology_internal.ingest_privileges() IS
    'who is granted the ingestion of names: see granted_functions()';
