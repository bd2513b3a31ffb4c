-- verified persons and their papers (extension/operations.c)
--
-- Verifying and splitting persons, and which papers have explicit ids.
-- If several persons share a name, papers have explicit ids and the name is not
-- matched. So papers left behind stay where they are.

-- The papers of a page that are chosen, by listing them or those excepted.
CREATE FUNCTION anthology_internal.chosen_papers(person_id text, except_papers text[],
                                                 only_papers text[])
    RETURNS text[]
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    papers text[];
BEGIN
    IF except_papers IS NOT NULL AND only_papers IS NOT NULL THEN
        RAISE EXCEPTION 'papers are either chosen or excepted, not both'
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF coalesce(except_papers, only_papers) IS NOT NULL THEN
        PERFORM anthology_internal.papers_on_page(coalesce(except_papers, only_papers), person_id);
    END IF;
    papers := ARRAY(SELECT DISTINCT a.paper_id FROM anthology.authorship a
                    WHERE a.person_id = person_id
                        AND (except_papers IS NULL OR NOT a.paper_id = ANY (except_papers))
                        AND (only_papers IS NULL OR a.paper_id = ANY (only_papers)) ORDER BY 1);
    IF papers = '{}' AND except_papers IS NOT NULL THEN
        RAISE EXCEPTION 'no paper is left for the person'
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    RETURN papers;
END
$$;
COMMENT ON FUNCTION anthology_internal.chosen_papers(text, text[], text[]) IS
    'the papers of a page but those excepted, or only the chosen ones';

CREATE FUNCTION anthology_internal.other_papers(person_id text, paper_ids text[]) RETURNS text[]
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT ARRAY(SELECT DISTINCT a.paper_id FROM anthology.authorship a
                 WHERE a.person_id = other_papers.person_id
                     AND NOT a.paper_id = ANY (other_papers.paper_ids) ORDER BY 1)
$$;
COMMENT ON FUNCTION anthology_internal.other_papers(text, text[]) IS
    'the papers of a page that are not among those given';

CREATE FUNCTION anthology_internal.slugs_of_entry(entry jsonb) RETURNS text[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT ARRAY(SELECT DISTINCT anthology.name_slug(n ->> 'first', n ->> 'last')
                 FROM jsonb_array_elements(entry -> 'names') n)
$$;
COMMENT ON FUNCTION anthology_internal.slugs_of_entry(jsonb) IS
    'the slugs of the names that an entry of people.yaml lists';

-- A name that a correction added for a paper is removed with the last such paper. A name
-- that was listed by hand stays.
CREATE FUNCTION anthology_internal.entry_without_names(person_id text, entry jsonb,
                                                       paper_ids text[]) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT jsonb_set(entry, '{names}', jsonb_agg(n.name ORDER BY n.i))
    FROM jsonb_array_elements(entry -> 'names') WITH ORDINALITY AS n(name, i)
    WHERE n.i = 1
        OR NOT EXISTS (
            SELECT FROM anthology.person_change c
                JOIN anthology.reassignment r ON r.id = c.reassignment_id
            WHERE c.person_id = entry_without_names.person_id AND c.action = 'add name'
                AND c.undone_by IS NULL AND r.status = 'applied'
                AND c.after ->> 'first' = n.name ->> 'first'
                AND c.after ->> 'last' = n.name ->> 'last')
        OR EXISTS (
            SELECT FROM anthology.authorship a
            WHERE a.person_id = entry_without_names.person_id
                AND a.first = n.name ->> 'first' AND a.last = n.name ->> 'last'
                AND NOT a.paper_id = ANY (entry_without_names.paper_ids))
$$;
COMMENT ON FUNCTION anthology_internal.entry_without_names(text, jsonb, text[]) IS
    'a person''s entry without the names that came with these papers and are on no other';

CREATE FUNCTION anthology_internal.release_names(reassignment_id bigint, person_id text,
                                                 paper_ids text[],
                                                 to_person text) RETURNS void
    LANGUAGE sql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
    INSERT INTO anthology.reassignment_item (reassignment_id, paper_id, role, "position", first,
            last, cause, before_person_id, after_person_id, before_explicit_id, before_orcid)
        SELECT release_names.reassignment_id, a.paper_id, a.role, a."position", a.first, a.last,
            'selected', a.person_id, coalesce(to_person, a.slug || '/unverified'),
            a.explicit_person_id, a.orcid
        FROM anthology.authorship a
        WHERE a.person_id = release_names.person_id AND a.paper_id = ANY (paper_ids)
$$;
COMMENT ON FUNCTION anthology_internal.release_names(bigint, text, text[], text) IS
    'adds a verified person''s names on some papers to a proposal: they are to be on an '
    'unverified page, that of their name if none is given';

CREATE FUNCTION anthology_internal.plan_verified(kind text, person_id text, added jsonb,
                                                 released text[],
                                                 to_person text, note text) RETURNS bigint
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    entry jsonb := anthology_internal.verified_entry(person_id);
    kept text[] := anthology_internal.other_papers(person_id, released);
    after jsonb;
    matching boolean;
    field text;
    id bigint;
BEGIN
    FOREACH field IN ARRAY '{orcid,degree}'::text[] LOOP
        IF added ->> field <> entry ->> field THEN
            RAISE EXCEPTION 'person "%" has another %', person_id,
                    CASE field WHEN 'orcid' THEN 'ORCID' ELSE field END
                USING ERRCODE = 'object_not_in_prerequisite_state',
                    DETAIL = format('It is %s, not %s.', entry ->> field, added ->> field),
                    HINT = CASE field WHEN 'orcid' THEN 'set_orcid() changes an ORCID.'
                           ELSE 'They may be two persons.' END;
        END IF;
    END LOOP;
    after := anthology_internal.entry_without_names(person_id, entry || jsonb_strip_nulls(added),
                                                    released);
    -- The papers released must not find the person by the name. Without matching,
    -- the papers that stay need the id.
    matching := NOT EXISTS (
        SELECT FROM anthology.authorship a
        WHERE a.person_id = person_id AND a.paper_id = ANY (released)
            AND a.slug = ANY (anthology_internal.slugs_of_entry(after)));
    IF NOT matching THEN
        after := after || '{"disable_name_matching": true}';
    END IF;
    IF kind = 'verify' OR NOT matching THEN
        after :=
            anthology_internal.entry_with_names(after, anthology_internal.printed_names(person_id,
                                                                                        kept));
    END IF;
    id := anthology_internal.new_correction(kind, person_id, coalesce(to_person, person_id),
                                            CASE kind WHEN 'verify' THEN kept ELSE released END,
                                                note);
    IF after <> entry THEN
        PERFORM anthology_internal.new_person_change(id, person_id, 'change', entry, after);
    END IF;
    IF kind = 'verify' OR NOT matching THEN
        PERFORM anthology_internal.select_names(id, person_id, kept, person_id,
                                                implicit_only => true);
    END IF;
    PERFORM anthology_internal.release_names(id, person_id, released, to_person);
    IF after = entry
        AND NOT EXISTS (SELECT FROM anthology.reassignment_item i WHERE i.reassignment_id = id) THEN
        RAISE EXCEPTION 'nothing to change for person "%"', person_id
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    RETURN id;
END
$$;
COMMENT ON FUNCTION anthology_internal.plan_verified(text, text, jsonb, text[], text, text) IS
    'proposes to complete a verified person: an ORCID or degree that it lacks, explicit ids '
    'on its papers, and papers released to an unverified page';

CREATE FUNCTION anthology_internal.plan_verify_person(person_id text, orcid text, degree text,
                                                      suffix text,
                                                      except_papers text[], note text,
                                                          only_papers text[])
    RETURNS bigint
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    verified boolean := anthology_internal.require_person(person_id);
    papers text[] := anthology_internal.chosen_papers(person_id, except_papers, only_papers);
    others text[] := anthology_internal.other_papers(person_id, papers);
BEGIN
    IF verified THEN
        IF suffix IS NOT NULL THEN
            RAISE EXCEPTION 'person "%" is verified already and keeps its id', person_id
                USING ERRCODE = 'object_not_in_prerequisite_state',
                    HINT = 'rename_person() gives it another. split_person() takes papers for '
                        'another person.';
        END IF;
        RETURN anthology_internal.plan_verified('verify', person_id, jsonb_build_object(
            'orcid', anthology_internal.free_orcid(orcid, person_id), 'degree', degree), others,
                NULL, note);
    END IF;
    -- Papers that are somebody else's must not find the new person by the name.
    RETURN anthology_internal.plan_new_person('verify', person_id, papers, jsonb_build_object(
        'names', anthology_internal.printed_names(person_id, papers), 'orcid', orcid, 'degree',
            degree,
        'disable_name_matching', CASE WHEN others <> '{}' THEN true END), suffix, note);
END
$$;
COMMENT ON FUNCTION anthology_internal.plan_verify_person(text, text, text, text, text[], text,
                                                          text[]) IS
    'proposes what verify_person() does';

CREATE FUNCTION anthology_internal.plan_release_papers(paper_ids text[], person_id text, note text)
    RETURNS bigint
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM anthology_internal.verified_entry(person_id);
    RETURN anthology_internal.plan_verified('release papers', person_id, '{}',
                                            anthology_internal.papers_on_page(paper_ids, person_id),
                                                NULL, note);
END
$$;
COMMENT ON FUNCTION anthology_internal.plan_release_papers(text[], text, text) IS
    'proposes what release_papers() does';

CREATE FUNCTION anthology_internal.plan_link_papers(paper_ids text[], person_id text, note text)
    RETURNS bigint
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    papers text[];
    id bigint;
BEGIN
    PERFORM anthology_internal.verified_entry(person_id);
    papers := CASE WHEN paper_ids IS NULL THEN anthology_internal.other_papers(person_id, '{}')
              ELSE anthology_internal.papers_on_page(paper_ids, person_id) END;
    id := anthology_internal.new_correction('link papers', person_id, person_id, papers, note);
    PERFORM anthology_internal.select_names(id, person_id, papers, person_id,
                                            implicit_only => true);
    PERFORM anthology_internal.list_selected_names(id);
    IF NOT EXISTS (SELECT FROM anthology.reassignment_item i WHERE i.reassignment_id = id) THEN
        RAISE EXCEPTION 'all of these papers have the explicit id "%"', person_id
            USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    RETURN id;
END
$$;
COMMENT ON FUNCTION anthology_internal.plan_link_papers(text[], text, text) IS
    'proposes what link_papers() does';

-- A name on a paper, as the staff write it: "2024.acl-long.1:wei-li".
CREATE FUNCTION anthology_internal.authorship_at(place text)
    RETURNS TABLE (paper_id text, person_id text, explicit_person_id text, first text, last text,
                   slug text)
    LANGUAGE plpgsql STABLE ROWS 1
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    paper text := split_part(place, ':', 1);
    name text := split_part(place, ':', 2);
    number bigint := (SELECT count(*) FROM anthology.authorship a
                      WHERE a.paper_id = paper AND a.slug = name);
BEGIN
    IF place IS NULL THEN
        RAISE EXCEPTION 'the list of names must not be or contain null'
            USING ERRCODE = 'null_value_not_allowed';
    ELSIF name = '' THEN
        RAISE EXCEPTION '"%" is not a paper and the slug of a name', place
            USING ERRCODE = 'invalid_parameter_value',
                HINT = 'A name is given as in "2024.acl-long.1:wei-li".';
    ELSIF number <> 1 THEN
        RAISE EXCEPTION '%', CASE
                WHEN number > 1
                THEN format('paper %s has more than one name with the slug "%s"', paper, name)
                WHEN EXISTS (SELECT FROM anthology.paper p WHERE p.id = paper)
                THEN format('paper %s has no name with the slug "%s"', paper, name)
                ELSE format('there is no such paper: %s', paper) END
            USING ERRCODE = 'undefined_object';
    END IF;
    RETURN QUERY
        SELECT a.paper_id, a.person_id, a.explicit_person_id, a.first, a.last, a.slug
        FROM anthology.authorship a WHERE a.paper_id = paper AND a.slug = name;
END
$$;
COMMENT ON FUNCTION anthology_internal.authorship_at(text) IS
    'the one name on a paper with a slug, given as "paper:slug", or an error';

CREATE FUNCTION anthology_internal.plan_verify_names(names text[], orcid text, degree text,
                                                     suffix text,
                                                     only_these boolean, note text) RETURNS bigint
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    normal text := anthology.orcid_normalize(orcid);
    target text := (SELECT p.id FROM anthology.person p WHERE p.orcid = normal);
    named record;
    pages text[] := '{}';
    papers text[] := '{}';
    slugs text[] := '{}';
    listed jsonb := '[]'::jsonb;
    entry jsonb;
    after jsonb;
    others boolean;
    id bigint;
BEGIN
    IF names IS NULL OR only_these IS NULL OR names = '{}' THEN
        RAISE EXCEPTION 'names and only_these must not be null, nor names be empty'
            USING ERRCODE = 'null_value_not_allowed';
    END IF;
    FOR named IN SELECT n.* FROM (SELECT DISTINCT p FROM unnest(names) AS p) AS given(place),
            LATERAL anthology_internal.authorship_at(given.place) n
            ORDER BY n.paper_id LOOP
        IF named.person_id IS NULL THEN
            RAISE EXCEPTION 'name "%" of paper % is nobody''s: its id "%" cannot be honoured',
                    concat_ws(' ', NULLIF(named.first, ''), named.last), named.paper_id,
                    named.explicit_person_id
                USING ERRCODE = 'object_not_in_prerequisite_state';
        END IF;
        pages := pages || named.person_id;
        papers := papers || named.paper_id;
        slugs := slugs || named.slug;
        listed := listed || jsonb_build_object('first', named.first, 'last', named.last);
    END LOOP;
    -- Names of the same slug elsewhere would find the person by it.
    others := only_these AND EXISTS (
        SELECT FROM anthology.authorship a
        WHERE a.slug = ANY (slugs) AND a.explicit_person_id IS NULL
            AND a.person_id IS DISTINCT FROM target
            AND NOT (a.paper_id, a.slug) IN (SELECT * FROM unnest(papers, slugs)));
    IF target IS NULL THEN
        entry := jsonb_build_object('names', jsonb_build_array(listed -> 0), 'orcid', orcid,
            'degree', degree, 'disable_name_matching', CASE WHEN others THEN true END);
        id := anthology_internal.plan_new_person('verify', NULL, papers,
                                                 anthology_internal.entry_with_names(entry, listed),
                                                     suffix, note);
        SELECT r.to_person_id INTO target FROM anthology.reassignment r WHERE r.id = id;
    ELSE
        entry := anthology_internal.person_entry(target);
        IF suffix IS NOT NULL OR degree <> entry ->> 'degree' THEN
            RAISE EXCEPTION 'ORCID % is that of person "%"', normal, target
                USING ERRCODE = 'object_not_in_prerequisite_state',
                    DETAIL = format('Its degree is %s; a suffix is for a new person.',
                                    coalesce(entry ->> 'degree', 'not known'));
        END IF;
        after := entry || jsonb_strip_nulls(jsonb_build_object('degree', degree));
        IF others THEN
            after := anthology_internal.entry_with_names(after || '{"disable_name_matching": true}',
                                                         anthology_internal.printed_names(target,
                                                                                          NULL));
        END IF;
        id := anthology_internal.new_correction('verify', NULL, target, papers, note);
        IF after <> entry THEN
            PERFORM anthology_internal.new_person_change(id, target, 'change', entry,
                                                         anthology_internal.entry_with_names(after,
                                                             listed));
        END IF;
        IF others THEN
            PERFORM anthology_internal.select_names(id, target,
                                                    anthology_internal.other_papers(target, papers),
                                                    target, implicit_only => true);
        END IF;
    END IF;
    FOR i IN 1 .. cardinality(papers) LOOP
        PERFORM anthology_internal.select_names(id, pages[i], papers[i : i], target,
                                                implicit_only => pages[i] = target,
                                                slugs => slugs[i : i]);
    END LOOP;
    PERFORM anthology_internal.list_selected_names(id);
    IF NOT EXISTS (SELECT FROM anthology.reassignment_item i WHERE i.reassignment_id = id) THEN
        RAISE EXCEPTION 'all of these names have the explicit id "%"', target
            USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    RETURN id;
END
$$;
COMMENT ON FUNCTION anthology_internal.plan_verify_names(text[], text, text, text, boolean, text) IS
    'proposes what verify_names() does';

CREATE FUNCTION anthology_internal.plan_split_person(paper_ids text[], person_id text, orcid text,
                                                     degree text,
                                                     suffix text, note text) RETURNS bigint
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
BEGIN
    PERFORM anthology_internal.require_person(person_id);
    paper_ids := anthology_internal.papers_on_page(paper_ids, person_id);
    -- The papers that stay must not find the new person by the name.
    RETURN anthology_internal.plan_new_person('split', person_id, paper_ids, jsonb_build_object(
        'names', anthology_internal.printed_names(person_id, paper_ids), 'orcid', orcid, 'degree',
            degree,
        'disable_name_matching',
        CASE WHEN anthology_internal.other_papers(person_id, paper_ids) <> '{}' THEN true END),
        suffix, note);
END
$$;
COMMENT ON FUNCTION anthology_internal.plan_split_person(text[], text, text, text, text, text) IS
    'proposes what split_person() does';

CREATE FUNCTION verify_person(person_id text, orcid text DEFAULT NULL, degree text DEFAULT NULL,
                              suffix text DEFAULT NULL, except_papers text[] DEFAULT NULL,
                              note text DEFAULT NULL, only_papers text[] DEFAULT NULL)
    RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';
COMMENT ON FUNCTION verify_person(text, text, text, text, text[], text, text[]) IS
    'makes a person verified, or completes a verified one: explicit ids on all papers of the '
    'page but those excepted, or on the chosen ones only; the other papers go to, or stay on, '
    'the unverified page';

CREATE FUNCTION propose_verify_person(person_id text, orcid text DEFAULT NULL,
                                      degree text DEFAULT NULL, suffix text DEFAULT NULL,
                                      except_papers text[] DEFAULT NULL, note text DEFAULT NULL,
                                      only_papers text[] DEFAULT NULL) RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';
COMMENT ON FUNCTION propose_verify_person(text, text, text, text, text[], text, text[]) IS
    'stages: makes a person verified, or completes a verified one: explicit ids on all papers '
    'of the page but those excepted, or on the chosen ones only; the other papers go to, or '
    'stay on, the unverified page';

CREATE FUNCTION verify_names(names text[], orcid text DEFAULT NULL, degree text DEFAULT NULL,
                             suffix text DEFAULT NULL, only_these boolean DEFAULT false,
                             note text DEFAULT NULL) RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';
COMMENT ON FUNCTION verify_names(text[], text, text, text, boolean, text) IS
    'gives names on papers, each as "paper:slug", to the person with the ORCID or to a new '
    'verified one; with only_these, no other name finds that person by its slug';

CREATE FUNCTION propose_verify_names(names text[], orcid text DEFAULT NULL,
                                     degree text DEFAULT NULL, suffix text DEFAULT NULL,
                                     only_these boolean DEFAULT false, note text DEFAULT NULL)
    RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';
COMMENT ON FUNCTION propose_verify_names(text[], text, text, text, boolean, text) IS
    'stages: gives names on papers, each as "paper:slug", to the person with the ORCID or to '
    'a new verified one; with only_these, no other name finds that person by its slug';

CREATE FUNCTION split_person(paper_ids text[], person_id text, orcid text DEFAULT NULL,
                             degree text DEFAULT NULL, suffix text DEFAULT NULL,
                             note text DEFAULT NULL) RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';
COMMENT ON FUNCTION split_person(text[], text, text, text, text, text) IS
    'moves papers from a page to a new verified person';

CREATE FUNCTION propose_split_person(paper_ids text[], person_id text, orcid text DEFAULT NULL,
                                     degree text DEFAULT NULL, suffix text DEFAULT NULL,
                                     note text DEFAULT NULL) RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';
COMMENT ON FUNCTION propose_split_person(text[], text, text, text, text, text) IS
    'stages: moves papers from a page to a new verified person';

CREATE FUNCTION link_papers(paper_ids text[], person_id text, note text DEFAULT NULL)
    RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';
COMMENT ON FUNCTION link_papers(text[], text, text) IS
    'gives the papers that a verified person has by the name, all if none are listed, the '
    'explicit id: whatever becomes of the name, they stay';

CREATE FUNCTION propose_link_papers(paper_ids text[], person_id text, note text DEFAULT NULL)
    RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';
COMMENT ON FUNCTION propose_link_papers(text[], text, text) IS
    'stages: gives the papers that a verified person has by the name, all if none are listed, '
    'the explicit id: whatever becomes of the name, they stay';

CREATE FUNCTION release_papers(paper_ids text[], person_id text, note text DEFAULT NULL)
    RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';
COMMENT ON FUNCTION release_papers(text[], text, text) IS
    'takes papers off the page of a verified person, to the unverified pages of their names; '
    'where a name would tell the person, its matching is disabled and the papers that stay '
    'get the explicit id';

CREATE FUNCTION propose_release_papers(paper_ids text[], person_id text, note text DEFAULT NULL)
    RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';
COMMENT ON FUNCTION propose_release_papers(text[], text, text) IS
    'stages: takes papers off the page of a verified person, to the unverified pages of their '
    'names; where a name would tell the person, its matching is disabled and the papers that '
    'stay get the explicit id';

-- These act as the owner of the tables: whoever may call them may correct.
CREATE FUNCTION anthology_internal.verify_privileges()
    RETURNS TABLE (function name, granted_to text)
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT o.name, 'editor' FROM unnest('{
        propose_verify_person, verify_person,
        propose_verify_names, verify_names,
        propose_split_person, split_person,
        propose_link_papers, link_papers,
        propose_release_papers, release_papers}'::name[]) AS o(name)
$$;
COMMENT ON FUNCTION anthology_internal.verify_privileges() IS
    'who is granted the corrections of persons and their papers: see granted_functions()';
