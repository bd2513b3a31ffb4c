-- planning: what every correction writes down as its proposal
--
-- A correction is a row of reassignment, the selected names with their targets
-- (reassignment_item), and the changes of persons (person_change). The function
-- plan_X of an operation X checks the arguments and writes these rows. The rest is
-- the same for all operations (71-carry-out.sql, extension/correction.c).
-- Plain SQL over the tables: there is no C file for these.

CREATE FUNCTION anthology_internal.new_correction(kind text, from_person text, to_person text,
                                                  paper_ids text[],
                                                  note text) RETURNS bigint
    LANGUAGE sql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
    INSERT INTO anthology.reassignment (kind, from_person_id, to_person_id, paper_ids, note,
            page_seen)
        VALUES (kind, from_person, to_person, coalesce(paper_ids, '{}'), note,
            ARRAY(SELECT DISTINCT a.paper_id FROM anthology.authorship a
                  WHERE a.person_id = from_person ORDER BY a.paper_id))
        RETURNING id
$$;
COMMENT ON FUNCTION anthology_internal.new_correction(text, text, text, text[], text) IS
    'an empty proposal';

CREATE FUNCTION anthology_internal.new_person_change(reassignment_id bigint, person_id text,
                                                     action text,
                                                     before jsonb, after jsonb) RETURNS void
    LANGUAGE sql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
    INSERT INTO anthology.person_change (reassignment_id, ordinal, person_id, action, before, after)
        VALUES (reassignment_id, (
            SELECT 1 + count(*) FROM anthology.person_change c
            WHERE c.reassignment_id = new_person_change.reassignment_id),
            person_id, action, before, after)
$$;
COMMENT ON FUNCTION anthology_internal.new_person_change(bigint, text, text, jsonb, jsonb) IS
    'adds a change of a person to a proposal';

CREATE FUNCTION anthology_internal.orcid_beside(orcid text, explicit_id text, person_orcid text)
    RETURNS text
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    -- An ORCID without an id is an error to the official library.
    SELECT CASE WHEN orcid IS NULL OR explicit_id IS NULL THEN NULL
        WHEN person_orcid IS NOT NULL THEN person_orcid
        WHEN EXISTS (SELECT FROM anthology.person p WHERE p.orcid = orcid_beside.orcid) THEN NULL
        ELSE orcid END
$$;
COMMENT ON FUNCTION anthology_internal.orcid_beside(text, text, text) IS
    'the ORCID that a name is to have beside its explicit id: its own, unless the person has '
    'another or it is somebody else''s';

CREATE FUNCTION anthology_internal.select_names(reassignment_id bigint, from_person text,
                                                paper_ids text[],
                                                after_explicit_id text,
                                                    after_person text DEFAULT NULL,
                                                implicit_only boolean DEFAULT false,
                                                    slugs text[] DEFAULT NULL)
    RETURNS void
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    person_orcid text;
BEGIN
    -- The person as the correction makes it.
    SELECT c.after ->> 'orcid' INTO person_orcid FROM anthology.person_change c
        WHERE c.reassignment_id = reassignment_id AND c.person_id = after_explicit_id
            AND c.action IN ('create', 'change')
        ORDER BY c.ordinal DESC LIMIT 1;
    IF NOT FOUND THEN
        SELECT p.orcid INTO person_orcid FROM anthology.person p WHERE p.id = after_explicit_id;
    END IF;
    INSERT INTO anthology.reassignment_item (reassignment_id, paper_id, role, "position", first,
            last, cause, before_person_id, after_person_id, before_explicit_id, after_explicit_id,
            before_orcid, after_orcid)
        SELECT reassignment_id, a.paper_id, a.role, a."position", a.first, a.last, 'selected',
            a.person_id, coalesce(after_person, after_explicit_id, (
                SELECT k.person_id FROM anthology_internal.persons_of_names(
                    ARRAY[(a.slug, a.first, a.last, NULL, NULL)::anthology.name_key]) k)),
            a.explicit_person_id, after_explicit_id,
            a.orcid, CASE WHEN a.orcid IS NOT NULL
                THEN anthology_internal.orcid_beside(a.orcid, after_explicit_id, person_orcid) END
        FROM anthology.authorship a
        WHERE a.person_id = from_person AND (paper_ids IS NULL OR a.paper_id = ANY (paper_ids))
            AND NOT (implicit_only AND a.explicit_person_id IS NOT NULL)
            AND (slugs IS NULL OR a.slug = ANY (slugs));
END
$$;
COMMENT ON FUNCTION anthology_internal.select_names(bigint, text, text[], text, text, boolean,
                                                    text[]) IS
    'adds a person''s names on some papers, or on all, to a proposal: the explicit id and ORCID '
    'they are to have, and the person they are to be, else whom the id or their slug tells; '
    'perhaps only those without explicit id, or with certain slugs';

CREATE FUNCTION anthology_internal.list_selected_names(reassignment_id bigint) RETURNS void
    LANGUAGE sql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
    INSERT INTO anthology.person_change (reassignment_id, ordinal, person_id, action, after)
        SELECT list_selected_names.reassignment_id, (
                SELECT count(*) FROM anthology.person_change c
                WHERE c.reassignment_id = list_selected_names.reassignment_id)
                + row_number() OVER (ORDER BY n.person_id, n.first, n.last),
            n.person_id, 'add name', jsonb_build_object('first', n.first, 'last', n.last)
        FROM (SELECT DISTINCT i.first, i.last, i.after_explicit_id AS person_id
              FROM anthology.reassignment_item i
              WHERE i.reassignment_id = list_selected_names.reassignment_id
                  AND i.after_explicit_id IS NOT NULL) AS n
        WHERE NOT EXISTS (SELECT FROM anthology.person_name p
                          WHERE NOT p.inferred AND p.person_id = n.person_id
                              AND p.first = n.first AND p.last = n.last)
            AND NOT EXISTS (
                SELECT FROM anthology.person_change c
                WHERE c.reassignment_id = list_selected_names.reassignment_id
                    AND c.person_id = n.person_id AND c.action IN ('create', 'change')
                    AND c.after -> 'names'
                        @> jsonb_build_array(jsonb_build_object('first', n.first, 'last', n.last)))
$$;
COMMENT ON FUNCTION anthology_internal.list_selected_names(bigint) IS
    'adds to a proposal the printed names that the receiving persons do not '
    'list yet';

CREATE FUNCTION anthology_internal.distinct_papers(paper_ids text[]) RETURNS text[]
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    papers text[] := ARRAY(SELECT DISTINCT p FROM unnest(paper_ids) AS p ORDER BY p);
    repeated integer := cardinality(paper_ids) - cardinality(papers);
BEGIN
    IF paper_ids IS NULL OR array_position(paper_ids, NULL) IS NOT NULL THEN
        RAISE EXCEPTION 'the list of papers must not be or contain null'
            USING ERRCODE = 'null_value_not_allowed';
    END IF;
    IF cardinality(paper_ids) = 0 THEN
        RAISE EXCEPTION 'the list of papers is empty'
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF repeated > 0 THEN
        RAISE NOTICE '%', CASE repeated
            WHEN 1 THEN '1 paper was in the list more than once; it counts once'
            ELSE repeated || ' papers were in the list more than once; each counts once' END;
    END IF;
    RETURN papers;
END
$$;
COMMENT ON FUNCTION anthology_internal.distinct_papers(text[]) IS
    'a list of papers, each once, in order; an error if it is empty or has a null';

CREATE FUNCTION anthology_internal.papers_on_page(paper_ids text[], person_id text) RETURNS text[]
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    papers text[] := anthology_internal.distinct_papers(paper_ids);
    absent text;
BEGIN
    SELECT string_agg(p, ', ' ORDER BY p) INTO absent FROM unnest(papers) AS p
        WHERE NOT EXISTS (SELECT FROM anthology.paper q WHERE q.id = p);
    IF absent IS NOT NULL THEN
        RAISE EXCEPTION 'there is no such paper: %', absent
            USING ERRCODE = 'undefined_object';
    END IF;
    SELECT string_agg(p, ', ' ORDER BY p) INTO absent FROM unnest(papers) AS p
        WHERE NOT EXISTS (SELECT FROM anthology.authorship a
                          WHERE a.paper_id = p AND a.person_id = person_id);
    IF absent IS NOT NULL THEN
        RAISE EXCEPTION 'not on the page of "%": %', person_id, absent
            USING ERRCODE = 'undefined_object';
    END IF;
    RETURN papers;
END
$$;
COMMENT ON FUNCTION anthology_internal.papers_on_page(text[], text) IS
    'a list of papers, each once, in order; an error unless all are on the person''s page';
