-- merging persons (extension/operations.c)

CREATE FUNCTION anthology_internal.plan_merge_part(from_person text, to_person text, papers text[],
                                                   note text)
    RETURNS bigint
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    target jsonb := anthology_internal.verified_entry(to_person);
    merged jsonb := anthology_internal.entry_with_names(target,
                                                        anthology_internal.printed_names(
                                                            from_person, papers));
    others text[] := anthology_internal.other_papers(from_person, papers);
    id bigint := anthology_internal.new_correction('merge', from_person, to_person, papers, note);
BEGIN
    -- The names left behind must not find the receiving person. Two persons of one name
    -- keep, by explicit ids, the papers they had by the name.
    IF EXISTS (SELECT FROM anthology.authorship a
               WHERE a.person_id = from_person AND a.paper_id = ANY (others)
                   AND a.explicit_person_id IS NULL
                   AND a.slug = ANY (anthology_internal.slugs_of_entry(merged))) THEN
        IF anthology_internal.person_entry(from_person) IS NULL THEN
            merged := merged || '{"disable_name_matching": true}';
        ELSE
            PERFORM anthology_internal.select_names(id, from_person, others, from_person,
                                                    implicit_only => true);
        END IF;
        merged := anthology_internal.entry_with_names(merged,
            anthology_internal.printed_names(to_person, NULL));
        PERFORM anthology_internal.select_names(id, to_person, NULL, to_person,
                                                implicit_only => true);
    END IF;
    IF merged <> target THEN
        PERFORM anthology_internal.new_person_change(id, to_person, 'change', target, merged);
    END IF;
    PERFORM anthology_internal.select_names(id, from_person, papers, to_person);
    PERFORM anthology_internal.list_selected_names(id);
    RETURN id;
END
$$;
COMMENT ON FUNCTION anthology_internal.plan_merge_part(text, text, text[], text) IS
    'proposes what merge_persons() does with some of the papers: the page they leave stays';

CREATE FUNCTION anthology_internal.plan_merge_persons(from_person text, to_person text, note text,
                                                      except_papers text[] DEFAULT NULL,
                                                      only_papers text[] DEFAULT NULL)
                                                          RETURNS bigint
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    target jsonb := anthology_internal.verified_entry(to_person);
    source jsonb := anthology_internal.person_entry(from_person);
    papers text[];
    merged jsonb;
    field text;
    id bigint;
BEGIN
    PERFORM anthology_internal.require_person(from_person);
    IF from_person = to_person THEN
        RAISE EXCEPTION 'person "%" cannot be merged with itself', to_person
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    papers := anthology_internal.chosen_papers(from_person, except_papers, only_papers);
    IF anthology_internal.other_papers(from_person, papers) <> '{}' THEN
        RETURN anthology_internal.plan_merge_part(from_person, to_person, papers, note);
    END IF;
    FOREACH field IN ARRAY '{orcid,degree}'::text[] LOOP
        IF source ->> field <> target ->> field THEN
            RAISE EXCEPTION 'persons "%" and "%" differ in %', from_person, to_person,
                    CASE field WHEN 'orcid' THEN 'ORCID' ELSE field END
                USING ERRCODE = 'object_not_in_prerequisite_state',
                    DETAIL = format('They have %s and %s.', source ->> field, target ->> field),
                    HINT = CASE field
                           WHEN 'orcid'
                           THEN 'If one of the two is wrong, correct it by set_orcid() first.'
                           ELSE 'They may be two persons.' END;
        END IF;
    END LOOP;
    merged := anthology_internal.entry_with_names(
        jsonb_strip_nulls(jsonb_build_object('orcid', source -> 'orcid',
                                             'degree', source -> 'degree')) || target,
        coalesce(source -> 'names', '[]') || anthology_internal.printed_names(from_person, NULL));
    id := anthology_internal.new_correction('merge', from_person, to_person, papers, note);
    IF source IS NOT NULL THEN
        PERFORM anthology_internal.new_person_change(id, from_person, 'delete', source, NULL);
    END IF;
    IF merged <> target THEN
        PERFORM anthology_internal.new_person_change(id, to_person, 'change', target, merged);
    END IF;
    PERFORM anthology_internal.select_names(id, from_person, NULL, to_person);
    RETURN id;
END
$$;
COMMENT ON FUNCTION anthology_internal.plan_merge_persons(text, text, text, text[], text[]) IS
    'proposes what merge_persons() does';

CREATE FUNCTION merge_persons(from_person text, to_person text, note text DEFAULT NULL,
                              except_papers text[] DEFAULT NULL, only_papers text[] DEFAULT NULL)
    RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';
COMMENT ON FUNCTION merge_persons(text, text, text, text[], text[]) IS
    'moves every paper and name of a person to a verified one, or all papers but some, or '
    'only some; a verified person wholly merged away is deleted';

CREATE FUNCTION propose_merge_persons(from_person text, to_person text, note text DEFAULT NULL,
                                      except_papers text[] DEFAULT NULL,
                                      only_papers text[] DEFAULT NULL) RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';
COMMENT ON FUNCTION propose_merge_persons(text, text, text, text[], text[]) IS
    'stages: moves every paper and name of a person to a verified one, or all papers but '
    'some, or only some; a verified person wholly merged away is deleted';

-- These act as the owner of the tables: whoever may call them may correct.
CREATE FUNCTION anthology_internal.merge_privileges()
    RETURNS TABLE (function name, granted_to text)
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT o.name, 'editor' FROM unnest('{propose_merge_persons, merge_persons}'::name[]) AS o(name)
$$;
COMMENT ON FUNCTION anthology_internal.merge_privileges() IS
    'who is granted the merging of persons: see granted_functions()';
