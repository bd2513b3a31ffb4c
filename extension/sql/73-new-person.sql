-- new verified persons (extension/operations.c)

CREATE FUNCTION anthology_internal.new_person_id(first text, last text, suffix text, orcid text,
                                                 taken text[] DEFAULT '{}') RETURNS text
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    slug text := anthology.name_slug(first, last);
    candidates text[] := ARRAY[slug, slug || '-' || anthology.name_slug(suffix),
                               slug || '-' || lower(right(orcid, 4))];
    candidate text;
BEGIN
    IF NOT anthology_internal.is_person_id(slug) THEN
        RAISE EXCEPTION 'no id can be made of the name "%"', concat_ws(' ', NULLIF(first, ''), last)
            USING ERRCODE = 'invalid_parameter_value',
                DETAIL = format('Its slug is "%s"; an id begins with a letter and has two '
                                'characters at least.', slug);
    END IF;
    FOREACH candidate IN ARRAY candidates LOOP
        IF candidate IS NOT NULL AND NOT candidate LIKE '%-' AND candidate <> ALL (taken)
            AND NOT EXISTS (SELECT FROM anthology.person p WHERE p.id = candidate)
        THEN
            RETURN candidate;
        END IF;
    END LOOP;
    RAISE EXCEPTION 'person "%" exists already', slug
        USING ERRCODE = 'unique_violation',
            DETAIL = format('Taken: %s.', array_to_string(candidates, ', ')),
            HINT = 'Give a suffix, such as a short form of the institution of the degree, or an '
                'ORCID.';
END
$$;
COMMENT ON FUNCTION anthology_internal.new_person_id(text, text, text, text, text[]) IS
    'the id of a new verified person: the name''s slug if it is free, else with the suffix, else '
    'with the last four of the ORCID';

CREATE FUNCTION anthology_internal.plan_new_person(kind text, from_person text, paper_ids text[],
                                                   entry jsonb,
                                                   suffix text, note text)
    RETURNS bigint
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    orcid text := anthology_internal.free_orcid(entry ->> 'orcid', NULL);
    person_id text;
    id bigint;
BEGIN
    PERFORM anthology_internal.require_name(entry -> 'names' -> 0 ->> 'first',
                                            entry -> 'names' -> 0 ->> 'last');
    IF orcid IS NULL AND coalesce(entry ->> 'degree', '') = '' THEN
        RAISE EXCEPTION 'a verified person needs an ORCID or the institution of the highest degree'
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    person_id := anthology_internal.new_person_id(entry -> 'names' -> 0 ->> 'first',
                                                  entry -> 'names' -> 0 ->> 'last', suffix, orcid);
    id := anthology_internal.new_correction(kind, from_person, person_id, paper_ids, note);
    PERFORM anthology_internal.new_person_change(id, person_id, 'create', NULL,
        jsonb_strip_nulls(entry || jsonb_build_object('orcid', orcid)));
    IF from_person IS NOT NULL THEN
        PERFORM anthology_internal.select_names(id, from_person, paper_ids, person_id);
    END IF;
    RETURN id;
END
$$;
COMMENT ON FUNCTION anthology_internal.plan_new_person(text, text, text[], jsonb, text, text) IS
    'proposes a new verified person, given as an entry of people.yaml, with papers of a page';

CREATE FUNCTION anthology_internal.plan_person(first text, last text, orcid text, degree text,
                                               suffix text,
                                               comment text, note text DEFAULT NULL) RETURNS bigint
    LANGUAGE sql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT anthology_internal.plan_new_person('create person', NULL, NULL, jsonb_build_object(
        'names', jsonb_build_array(jsonb_build_object('first', coalesce(first, ''), 'last', last)),
        'orcid', orcid, 'degree', degree, 'comment', comment), suffix, note)
$$;
COMMENT ON FUNCTION anthology_internal.plan_person(text, text, text, text, text, text, text) IS
    'proposes what create_person() does';

CREATE FUNCTION propose_person(first text, last text, orcid text DEFAULT NULL,
                               degree text DEFAULT NULL, suffix text DEFAULT NULL,
                               comment text DEFAULT NULL, note text DEFAULT NULL) RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';
COMMENT ON FUNCTION propose_person(text, text, text, text, text, text, text) IS
    'stages making a verified person, so that its effect on other papers can be previewed';

CREATE FUNCTION create_person(first text, last text, orcid text DEFAULT NULL,
                              degree text DEFAULT NULL, suffix text DEFAULT NULL,
                              comment text DEFAULT NULL) RETURNS text
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_create_person';
COMMENT ON FUNCTION create_person(text, text, text, text, text, text) IS
    'makes a verified person under the official id rule and returns its id';

-- These act as the owner of the tables: whoever may call them may correct.
CREATE FUNCTION anthology_internal.new_person_privileges()
    RETURNS TABLE (function name, granted_to text)
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    VALUES ('propose_person', 'editor'),
        ('create_person', 'editor')
$$;
COMMENT ON FUNCTION anthology_internal.new_person_privileges() IS
    'who is granted the making of persons: see granted_functions()';
