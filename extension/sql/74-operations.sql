-- the staff's other corrections (extension/operations.c)
--
-- plan_X checks what operation X is asked and writes down a proposal (68-plan.sql);
-- X and propose_X carry it out and rehearse it like every correction.

CREATE FUNCTION anthology_internal.free_orcid(orcid text, person_id text) RETURNS text
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    normal text := anthology.orcid_normalize(orcid);
    owner text;
BEGIN
    IF orcid IS NOT NULL AND normal IS NULL THEN
        RAISE EXCEPTION '"%" is not a valid ORCID', orcid
            USING ERRCODE = 'invalid_parameter_value',
                DETAIL = 'It has sixteen digits, of which the last is a check digit.';
    END IF;
    SELECT p.id INTO owner FROM anthology.person p
        WHERE p.orcid = normal AND p.id IS DISTINCT FROM person_id;
    IF owner IS NOT NULL THEN
        RAISE EXCEPTION 'ORCID % belongs to person "%"', normal, owner
            USING ERRCODE = 'unique_violation',
                HINT = CASE WHEN person_id IS NULL
                       THEN format('Is it a merge? merge_persons() moves a page''s papers to %L.',
                                   owner)
                       ELSE format('Are the two to be merged? merge_persons(%L, %L) does that.',
                                   person_id, owner) END;
    END IF;
    RETURN normal;
END
$$;
COMMENT ON FUNCTION anthology_internal.free_orcid(text, text) IS
    'an ORCID in canonical form, or an error if it is none or somebody else''s';

-- Returns the entry with the names it does not list yet added at the end.
CREATE FUNCTION anthology_internal.entry_with_names(entry jsonb, more jsonb) RETURNS jsonb
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT jsonb_set(entry, '{names}', (entry -> 'names') || coalesce((
        SELECT jsonb_agg(n.name ORDER BY n.i)
        FROM (SELECT DISTINCT ON (m.name ->> 'first', m.name ->> 'last') m.name, m.i
              FROM jsonb_array_elements(more) WITH ORDINALITY AS m(name, i)
              ORDER BY m.name ->> 'first', m.name ->> 'last', m.i) AS n
        WHERE NOT EXISTS (SELECT FROM jsonb_array_elements(entry -> 'names') o
                          WHERE o ->> 'first' = n.name ->> 'first'
                              AND o ->> 'last' = n.name ->> 'last')), '[]'))
$$;
COMMENT ON FUNCTION anthology_internal.entry_with_names(jsonb, jsonb) IS
    'an entry of people.yaml with more names';

-- The names that a person has on papers, or on those given.
CREATE FUNCTION anthology_internal.printed_names(person_id text, paper_ids text[]) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT coalesce(jsonb_agg(jsonb_build_object('first', n.first, 'last', n.last)
                              ORDER BY n."position"), '[]')
    FROM anthology.person_name n
    WHERE n.person_id = printed_names.person_id
        AND EXISTS (SELECT FROM anthology.authorship a
                    WHERE a.person_id = n.person_id AND a.first = n.first AND a.last = n.last
                        AND (paper_ids IS NULL OR a.paper_id = ANY (paper_ids)))
$$;
COMMENT ON FUNCTION anthology_internal.printed_names(text, text[]) IS
    'the names of a person as printed on some papers, or on all, the canonical one first';

CREATE FUNCTION anthology_internal.require_name(first text, last text) RETURNS void
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    problem text := anthology_internal.name_problem(first, last);
BEGIN
    IF problem IS NOT NULL THEN
        RAISE EXCEPTION '%', problem USING ERRCODE = 'invalid_parameter_value';
    END IF;
END
$$;
COMMENT ON FUNCTION anthology_internal.require_name(text, text) IS
    'an error unless the corpus accepts a name: see name_problem()';

CREATE FUNCTION anthology_internal.require_listed(person_id text, entry jsonb, first text,
                                                  last text, listed boolean)
    RETURNS void
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF EXISTS (SELECT FROM jsonb_array_elements(entry -> 'names') n
               WHERE n ->> 'first' = coalesce(require_listed.first, '')
                   AND n ->> 'last' = require_listed.last) <> listed THEN
        RAISE EXCEPTION 'person "%" % the name "%"', person_id,
                CASE WHEN listed THEN 'does not list' ELSE 'lists already' END,
                concat_ws(' ', NULLIF(first, ''), last)
            USING ERRCODE = CASE WHEN listed THEN 'undefined_object' ELSE 'duplicate_object' END;
    END IF;
END
$$;
COMMENT ON FUNCTION anthology_internal.require_listed(text, jsonb, text, text, boolean) IS
    'an error unless a person''s entry lists a name, or does not';

CREATE FUNCTION anthology_internal.plan_change(kind text, person_id text, before jsonb, after jsonb,
                                               note text)
    RETURNS bigint
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    id bigint;
BEGIN
    IF before = after THEN
        RAISE EXCEPTION 'nothing to change for person "%"', person_id
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    -- A file with such an entry would not be loaded.
    IF after -> 'names' -> 0 ->> 'hidden' = 'true' THEN
        RAISE EXCEPTION 'the canonical name of person "%" would be a hidden one', person_id
            USING ERRCODE = 'object_not_in_prerequisite_state',
                HINT = 'Choose another one with set_canonical_name() first.';
    END IF;
    id := anthology_internal.new_correction(kind, person_id, person_id, NULL, note);
    PERFORM anthology_internal.new_person_change(id, person_id, 'change', before, after);
    RETURN id;
END
$$;
COMMENT ON FUNCTION anthology_internal.plan_change(text, text, jsonb, jsonb, text) IS
    'proposes to change nothing but a person''s entry';

CREATE FUNCTION anthology_internal.plan_add_name(person_id text, first text, last text, script text,
                                                 note text)
    RETURNS bigint
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    entry jsonb := anthology_internal.verified_entry(person_id);
BEGIN
    PERFORM anthology_internal.require_name(first, last);
    PERFORM anthology_internal.require_listed(person_id, entry, first, last, false);
    RETURN anthology_internal.plan_change('add name', person_id, entry,
        anthology_internal.entry_with_names(entry, jsonb_build_array(jsonb_strip_nulls(
            jsonb_build_object('first', coalesce(first, ''), 'last', last, 'script', script)))),
        note);
END
$$;
COMMENT ON FUNCTION anthology_internal.plan_add_name(text, text, text, text, text) IS
    'proposes what add_name() does';

CREATE FUNCTION anthology_internal.plan_remove_name(person_id text, first text, last text,
                                                    note text)
    RETURNS bigint
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    entry jsonb := anthology_internal.verified_entry(person_id);
    others jsonb := (SELECT jsonb_agg(n.name ORDER BY n.i)
        FROM jsonb_array_elements(entry -> 'names') WITH ORDINALITY AS n(name, i)
        WHERE (n.name ->> 'first', n.name ->> 'last')
            IS DISTINCT FROM (coalesce(plan_remove_name.first, ''), plan_remove_name.last));
BEGIN
    PERFORM anthology_internal.require_listed(person_id, entry, first, last, true);
    IF others IS NULL THEN
        RAISE EXCEPTION 'it is the only name of person "%"', person_id
            USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    RETURN anthology_internal.plan_change('remove name', person_id, entry,
                                          jsonb_set(entry, '{names}', others), note);
END
$$;
COMMENT ON FUNCTION anthology_internal.plan_remove_name(text, text, text, text) IS
    'proposes what remove_name() does';

CREATE FUNCTION anthology_internal.plan_set_canonical_name(person_id text, first text, last text,
                                                           note text)
    RETURNS bigint
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    entry jsonb := anthology_internal.verified_entry(person_id);
    chosen jsonb := (SELECT n - 'hidden' FROM jsonb_array_elements(entry -> 'names') n
        WHERE n ->> 'first' = coalesce(plan_set_canonical_name.first, '')
            AND n ->> 'last' = plan_set_canonical_name.last);
BEGIN
    PERFORM anthology_internal.require_listed(person_id, entry, first, last, true);
    RETURN anthology_internal.plan_change('set canonical name', person_id, entry,
        anthology_internal.entry_with_names(jsonb_set(entry, '{names}', jsonb_build_array(chosen)),
                                            entry -> 'names'), note);
END
$$;
COMMENT ON FUNCTION anthology_internal.plan_set_canonical_name(text, text, text, text) IS
    'proposes what set_canonical_name() does';

CREATE FUNCTION anthology_internal.plan_change_name(person_id text, first text, last text,
                                                    note text)
    RETURNS bigint
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    entry jsonb := anthology_internal.verified_entry(person_id);
    new_name jsonb := jsonb_build_object('first', coalesce(first, ''), 'last', last);
BEGIN
    PERFORM anthology_internal.require_name(first, last);
    RETURN anthology_internal.plan_change('change name', person_id, entry,
                                          jsonb_set(entry, '{names}',
        jsonb_build_array(new_name) || coalesce((
            SELECT jsonb_agg(n.name || '{"hidden": true}' ORDER BY n.i)
            FROM jsonb_array_elements(entry -> 'names') WITH ORDINALITY AS n(name, i)
            WHERE NOT n.name @> new_name), '[]')), note);
END
$$;
COMMENT ON FUNCTION anthology_internal.plan_change_name(text, text, text, text) IS
    'proposes what change_name() does';

CREATE FUNCTION anthology_internal.plan_set_name_matching(person_id text, enabled boolean,
                                                          note text,
                                                          keep_papers boolean DEFAULT false)
                                                              RETURNS bigint
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    entry jsonb := anthology_internal.verified_entry(person_id);
    after jsonb := entry - 'disable_name_matching';
    id bigint;
BEGIN
    IF enabled IS NULL OR keep_papers IS NULL THEN
        RAISE EXCEPTION 'whether names are matched must not be null'
            USING ERRCODE = 'null_value_not_allowed';
    END IF;
    IF NOT enabled THEN
        after := after || '{"disable_name_matching": true}';
        IF keep_papers THEN
            after := anthology_internal.entry_with_names(after,
                anthology_internal.printed_names(person_id, NULL));
        END IF;
    END IF;
    id := anthology_internal.plan_change('set name matching', person_id, entry, after, note);
    IF keep_papers THEN
        PERFORM anthology_internal.select_names(id, person_id, NULL, person_id,
                                                implicit_only => true);
    END IF;
    RETURN id;
END
$$;
COMMENT ON FUNCTION anthology_internal.plan_set_name_matching(text, boolean, text, boolean) IS
    'proposes what set_name_matching() does';

CREATE FUNCTION anthology_internal.plan_set_orcid(person_id text, orcid text, note text)
    RETURNS bigint
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    id bigint;
    entry jsonb := anthology_internal.verified_entry(person_id);
    normal text := anthology_internal.free_orcid(orcid, person_id);
BEGIN
    IF normal IS NULL AND NOT entry ? 'degree' THEN
        RAISE EXCEPTION 'a verified person needs an ORCID or the institution of the highest degree'
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    id := anthology_internal.plan_change('set ORCID', person_id, entry,
        jsonb_strip_nulls((entry - 'orcid') || jsonb_build_object('orcid', normal)), note);
    -- The ORCIDs printed beside the names are changed, too.
    INSERT INTO anthology.reassignment_item (reassignment_id, paper_id, role, "position", first,
            last, cause, before_person_id, after_person_id, before_explicit_id, after_explicit_id,
            before_orcid, after_orcid)
        SELECT id, a.paper_id, a.role, a."position", a.first, a.last, 'selected', person_id,
            person_id, person_id, person_id, a.orcid, normal
        FROM anthology.authorship a
        WHERE a.explicit_person_id = person_id AND a.person_id = person_id
            AND a.orcid <> coalesce(normal, '');
    RETURN id;
END
$$;
COMMENT ON FUNCTION anthology_internal.plan_set_orcid(text, text, text) IS
    'proposes what set_orcid() does';

CREATE FUNCTION anthology_internal.plan_unlink_papers(paper_ids text[], person_id text, note text)
    RETURNS bigint
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    id bigint;
    implicit text;
BEGIN
    PERFORM anthology_internal.verified_entry(person_id);
    paper_ids := anthology_internal.papers_on_page(paper_ids, person_id);
    SELECT string_agg(DISTINCT a.paper_id, ', ') INTO implicit FROM anthology.authorship a
        WHERE a.paper_id = ANY (paper_ids) AND a.person_id = person_id
            AND a.explicit_person_id IS NULL;
    IF implicit IS NOT NULL THEN
        RAISE EXCEPTION 'no explicit id to take away: %', implicit
            USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    id := anthology_internal.new_correction('unlink papers', person_id, NULL, paper_ids, note);
    PERFORM anthology_internal.select_names(id, person_id, paper_ids, NULL);
    RETURN id;
END
$$;
COMMENT ON FUNCTION anthology_internal.plan_unlink_papers(text[], text, text) IS
    'proposes what unlink_papers() does';

CREATE FUNCTION anthology_internal.plan_rename_person(person_id text, new_id text, note text)
    RETURNS bigint
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    entry jsonb := anthology_internal.verified_entry(person_id);
    id bigint;
BEGIN
    IF anthology_internal.is_person_id(new_id) IS NOT TRUE THEN
        RAISE EXCEPTION '"%" is not an id of a person', new_id
            USING ERRCODE = 'invalid_parameter_value',
                DETAIL = 'An id begins with a letter and is made of lower-case letters, digits '
                    'and hyphens.';
    END IF;
    IF EXISTS (SELECT FROM anthology.person p WHERE p.id = new_id) THEN
        RAISE EXCEPTION 'person "%" exists already', new_id
            USING ERRCODE = 'unique_violation',
                DETAIL = (SELECT format('It is %s, has %s papers and is %s.', (
                                  SELECT n.full_name FROM anthology.person_name n
                                  WHERE n.person_id = new_id ORDER BY n."position" LIMIT 1),
                              (SELECT count(DISTINCT a.paper_id) FROM anthology.authorship a
                               WHERE a.person_id = new_id),
                              CASE WHEN p.verified THEN 'verified' ELSE 'unverified' END)
                          FROM anthology.person p WHERE p.id = new_id),
                HINT = format('If it is the same person, use merge_persons(%L, %L).', person_id,
                              new_id);
    END IF;
    id := anthology_internal.new_correction('rename', person_id, new_id, NULL, note);
    PERFORM anthology_internal.new_person_change(id, person_id, 'delete', entry, NULL);
    PERFORM anthology_internal.new_person_change(id, new_id, 'create', NULL, entry);
    PERFORM anthology_internal.select_names(id, person_id, ARRAY(
        SELECT a.paper_id FROM anthology.authorship a
        WHERE a.explicit_person_id = person_id), new_id);
    RETURN id;
END
$$;
COMMENT ON FUNCTION anthology_internal.plan_rename_person(text, text, text) IS
    'proposes what rename_person() does';

CREATE FUNCTION add_name(person_id text, first text, last text, script text DEFAULT NULL,
                         note text DEFAULT NULL) RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';
COMMENT ON FUNCTION add_name(text, text, text, text, text) IS
    'lists one more name for a verified person';

CREATE FUNCTION propose_add_name(person_id text, first text, last text,
                                 script text DEFAULT NULL, note text DEFAULT NULL) RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';
COMMENT ON FUNCTION propose_add_name(text, text, text, text, text) IS
    'stages: lists one more name for a verified person';

CREATE FUNCTION remove_name(person_id text, first text, last text, note text DEFAULT NULL)
    RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';
COMMENT ON FUNCTION remove_name(text, text, text, text) IS
    'takes a name off a verified person''s list';

CREATE FUNCTION propose_remove_name(person_id text, first text, last text,
                                    note text DEFAULT NULL) RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';
COMMENT ON FUNCTION propose_remove_name(text, text, text, text) IS
    'stages: takes a name off a verified person''s list';

CREATE FUNCTION set_canonical_name(person_id text, first text, last text,
                                   note text DEFAULT NULL) RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';
COMMENT ON FUNCTION set_canonical_name(text, text, text, text) IS
    'makes a listed name the canonical one';

CREATE FUNCTION propose_set_canonical_name(person_id text, first text, last text,
                                           note text DEFAULT NULL) RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';
COMMENT ON FUNCTION propose_set_canonical_name(text, text, text, text) IS
    'stages: makes a listed name the canonical one';

CREATE FUNCTION change_name(person_id text, first text, last text, note text DEFAULT NULL)
    RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';
COMMENT ON FUNCTION change_name(text, text, text, text) IS
    'a permanent change of name: the new one is canonical, all others are matched but not '
    'shown any more';

CREATE FUNCTION propose_change_name(person_id text, first text, last text,
                                    note text DEFAULT NULL) RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';
COMMENT ON FUNCTION propose_change_name(text, text, text, text) IS
    'stages: a permanent change of name: the new one is canonical, all others are matched but '
    'not shown any more';

CREATE FUNCTION set_name_matching(person_id text, enabled boolean, note text DEFAULT NULL,
                                  keep_papers boolean DEFAULT false) RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';
COMMENT ON FUNCTION set_name_matching(text, boolean, text, boolean) IS
    'whether names without explicit id may find a verified person by their slug; with keep_papers, '
    'the papers that the person has by the name get the explicit id first';

CREATE FUNCTION propose_set_name_matching(person_id text, enabled boolean,
                                          note text DEFAULT NULL,
                                          keep_papers boolean DEFAULT false) RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';
COMMENT ON FUNCTION propose_set_name_matching(text, boolean, text, boolean) IS
    'stages: whether names without explicit id may find a verified person by their slug; with '
    'keep_papers, the papers that the person has by the name get the explicit id first';

CREATE FUNCTION set_orcid(person_id text, orcid text, note text DEFAULT NULL) RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';
COMMENT ON FUNCTION set_orcid(text, text, text) IS
    'gives a verified person an ORCID, or takes it away';

CREATE FUNCTION propose_set_orcid(person_id text, orcid text, note text DEFAULT NULL) RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';
COMMENT ON FUNCTION propose_set_orcid(text, text, text) IS
    'stages: gives a verified person an ORCID, or takes it away';

CREATE FUNCTION unlink_papers(paper_ids text[], person_id text, note text DEFAULT NULL)
    RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';
COMMENT ON FUNCTION unlink_papers(text[], text, text) IS
    'takes the explicit ids of a person''s papers away: their names find their person by slug '
    'again';

CREATE FUNCTION propose_unlink_papers(paper_ids text[], person_id text, note text DEFAULT NULL)
    RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';
COMMENT ON FUNCTION propose_unlink_papers(text[], text, text) IS
    'stages: takes the explicit ids of a person''s papers away: their names find their person '
    'by slug again';

CREATE FUNCTION rename_person(person_id text, new_id text, note text DEFAULT NULL) RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';
COMMENT ON FUNCTION rename_person(text, text, text) IS
    'gives a verified person another id';

CREATE FUNCTION propose_rename_person(person_id text, new_id text, note text DEFAULT NULL)
    RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';
COMMENT ON FUNCTION propose_rename_person(text, text, text) IS
    'stages: gives a verified person another id';

-- These act as the owner of the tables: whoever may call them may correct.
CREATE FUNCTION anthology_internal.operations_privileges()
    RETURNS TABLE (function name, granted_to text)
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT o.name, 'editor' FROM unnest('{
        propose_add_name, add_name,
        propose_remove_name, remove_name,
        propose_set_canonical_name, set_canonical_name,
        propose_change_name, change_name,
        propose_set_name_matching, set_name_matching,
        propose_set_orcid, set_orcid,
        propose_unlink_papers, unlink_papers,
        propose_rename_person, rename_person}'::name[]) AS o(name)
$$;
COMMENT ON FUNCTION anthology_internal.operations_privileges() IS
    'who is granted the staff''s other corrections: see granted_functions()';
