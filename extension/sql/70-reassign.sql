-- corrections: proposed, previewed, applied, undone (extension/reassign.c)
--
-- Moving papers from page to page, and undoing whatever was corrected. How a
-- proposal is carried out is in 71-carry-out.sql.

CREATE FUNCTION anthology_internal.plan_reassignment(paper_ids text[], from_person text,
                                                     to_person text, note text)
    RETURNS bigint
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    papers text[] := anthology_internal.distinct_papers(paper_ids);
    from_verified boolean := anthology_internal.require_person(from_person,
                                                               'the person to take papers from');
    id bigint;
BEGIN
    IF from_person = to_person THEN
        RAISE EXCEPTION 'the papers are on the page of "%" already', to_person
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    papers := anthology_internal.papers_on_page(papers, from_person);
    -- The papers go back to the page of their name, which may have been removed since.
    IF from_verified AND to_person LIKE '%/unverified' THEN
        RETURN anthology_internal.plan_verified('reassign', from_person, '{}', papers, to_person,
                                                note);
    END IF;
    IF NOT anthology_internal.require_person(to_person, 'the person to give papers to') THEN
        RAISE EXCEPTION 'person "%" is not verified', to_person
            USING ERRCODE = 'invalid_parameter_value',
                HINT = 'create_person() makes a verified person to receive the papers.';
    END IF;
    id := anthology_internal.new_correction('reassign', from_person, to_person, papers, note);
    PERFORM anthology_internal.select_names(id, from_person, papers, to_person);
    PERFORM anthology_internal.list_selected_names(id);
    RETURN id;
END
$$;
COMMENT ON FUNCTION anthology_internal.plan_reassignment(text[], text, text, text) IS
    'proposes what reassign_papers() does';

-- A line for each name that the correction moved and that is elsewhere now. Side effects
-- count, too, unless single papers are asked for.
CREATE FUNCTION anthology_internal.moved_since(reassignment_id bigint, paper_ids text[])
    RETURNS text
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT string_agg(format('%s %s of paper %s, "%s %s", is now on the page of %s.',
                             initcap(i.role), i."position", i.paper_id, i.first, i.last,
                             coalesce('"' || a.person_id || '"', 'nobody')),
                      E'\n' ORDER BY i.paper_id, i.role, i."position")
    FROM anthology.reassignment_item i
        LEFT JOIN anthology.authorship a ON a.paper_id = i.paper_id AND a.role = i.role
            AND a."position" = i."position" AND a.first = i.first AND a.last = i.last
    WHERE i.reassignment_id = moved_since.reassignment_id AND i.undone_by IS NULL
        AND (moved_since.paper_ids IS NULL
             OR i.cause = 'selected' AND i.paper_id = ANY (moved_since.paper_ids))
        AND (a.person_id IS DISTINCT FROM i.after_person_id
             OR i.cause = 'selected' AND (a.explicit_person_id, a.orcid)
                 IS DISTINCT FROM (i.after_explicit_id, i.after_orcid))
$$;
COMMENT ON FUNCTION anthology_internal.moved_since(bigint, text[]) IS
    'what a correction moved, the whole or chosen papers, that is elsewhere now: an undo '
    'would move it twice';

-- Lists links to a person that the undo would delete, and other changes of that person.
CREATE FUNCTION anthology_internal.needed_since(reassignment_id bigint) RETURNS text
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT string_agg(needed.line, E'\n' ORDER BY needed.line) FROM (
        SELECT format('%s %s of paper %s is now "%s" by explicit id.',
                      initcap(a.role), a."position", a.paper_id, a.explicit_person_id)
        FROM anthology.person_change c
            JOIN anthology.authorship a ON a.explicit_person_id = c.person_id
        WHERE c.reassignment_id = needed_since.reassignment_id AND c.action = 'create'
            AND NOT EXISTS (
                SELECT FROM anthology.reassignment_item i
                WHERE i.reassignment_id = c.reassignment_id AND i.paper_id = a.paper_id
                    AND i.role = a.role AND i."position" = a."position")
        UNION ALL
        SELECT format('Person "%s" has been changed.', c.person_id)
        FROM anthology.person_change c
        WHERE c.reassignment_id = needed_since.reassignment_id AND c.action = 'create'
            AND anthology_internal.person_entry(c.person_id) IS DISTINCT FROM c.after)
                AS needed(line)
$$;
COMMENT ON FUNCTION anthology_internal.needed_since(bigint) IS
    'what has come to need a person that a correction made, a line each';

CREATE FUNCTION anthology_internal.plan_undo(reassignment_id bigint, paper_ids text[], note text)
    RETURNS bigint
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    status text;
    papers text[];
    problem text;
    undo_id bigint;
BEGIN
    IF reassignment_id IS NULL THEN
        RAISE EXCEPTION 'the reassignment to undo must not be null'
            USING ERRCODE = 'null_value_not_allowed';
    END IF;
    status := anthology_internal.correction_status(reassignment_id);
    IF status <> 'applied' THEN
        RAISE EXCEPTION 'reassignment % cannot be undone', reassignment_id
            USING ERRCODE = 'object_not_in_prerequisite_state',
                DETAIL = format('It is %s, not applied.', status);
    END IF;
    IF paper_ids IS NOT NULL THEN
        papers := anthology_internal.distinct_papers(paper_ids);
        SELECT string_agg(p, ', ' ORDER BY p) INTO problem FROM unnest(papers) AS p
            WHERE NOT EXISTS (
                SELECT FROM anthology.reassignment_item i
                WHERE i.reassignment_id = reassignment_id AND i.paper_id = p
                    AND i.cause = 'selected' AND i.undone_by IS NULL);
        IF problem IS NOT NULL THEN
            RAISE EXCEPTION 'not moved, or undone already, by reassignment %: %',
                    reassignment_id, problem
                USING ERRCODE = 'undefined_object';
        END IF;
    END IF;
    problem := anthology_internal.moved_since(reassignment_id, papers);
    IF problem IS NULL AND papers IS NULL THEN
        problem := anthology_internal.needed_since(reassignment_id);
    END IF;
    IF problem IS NOT NULL THEN
        RAISE EXCEPTION 'reassignment % has been changed since', reassignment_id
            USING ERRCODE = 'object_not_in_prerequisite_state', DETAIL = problem,
                HINT = 'Undo the later changes first, or only the papers not changed since.';
    END IF;

    -- Items and changes are those of the undone correction, with before and after swapped.
    INSERT INTO anthology.reassignment (kind, from_person_id, to_person_id, paper_ids, note, undoes)
        SELECT 'undo', r.to_person_id, r.from_person_id, ARRAY(
                SELECT DISTINCT i.paper_id FROM anthology.reassignment_item i
                WHERE i.reassignment_id = r.id AND i.cause = 'selected' AND i.undone_by IS NULL
                    AND (papers IS NULL OR i.paper_id = ANY (papers)) ORDER BY 1),
            note, r.id
        FROM anthology.reassignment r WHERE r.id = reassignment_id
        RETURNING id INTO undo_id;
    -- If a part is undone, the receiving person keeps the name, so the name alone may
    -- not lead back. A verified person is therefore named by an explicit id.
    INSERT INTO anthology.reassignment_item (reassignment_id, paper_id, role, "position", first,
            last, cause, before_person_id, after_person_id, before_explicit_id, after_explicit_id,
            before_orcid, after_orcid)
        SELECT undo_id, i.paper_id, i.role, i."position", i.first, i.last, i.cause,
            i.after_person_id, i.before_person_id, i.after_explicit_id,
            coalesce(i.before_explicit_id, (
                SELECT p.id FROM anthology.person p
                WHERE papers IS NOT NULL AND p.id = i.before_person_id AND p.verified)),
            i.after_orcid, i.before_orcid
        FROM anthology.reassignment_item i
        WHERE i.reassignment_id = reassignment_id AND i.cause = 'selected'
            AND i.undone_by IS NULL AND (papers IS NULL OR i.paper_id = ANY (papers));
    -- If a part is undone, only the names that no other paper needs are removed. If the
    -- whole is undone, a name that other papers have come to need stays, too.
    INSERT INTO anthology.person_change (reassignment_id, ordinal, person_id, action, before, after)
        SELECT undo_id, row_number() OVER (ORDER BY c.ordinal DESC), c.person_id,
            CASE c.action WHEN 'create' THEN 'delete' WHEN 'delete' THEN 'create'
                WHEN 'add name' THEN 'remove name' WHEN 'remove name' THEN 'add name'
                ELSE c.action END,
            c.after, c.before
        FROM anthology.person_change c
        WHERE c.reassignment_id = reassignment_id AND c.undone_by IS NULL
            AND CASE WHEN c.action = 'add name' THEN NOT EXISTS (
                SELECT FROM anthology.authorship a
                WHERE a.explicit_person_id = c.person_id
                    AND a.first = c.after ->> 'first' AND a.last = c.after ->> 'last'
                    AND (a.paper_id, a.role, a."position") NOT IN (
                        SELECT i.paper_id, i.role, i."position"
                        FROM anthology.reassignment_item i WHERE i.reassignment_id = undo_id))
                ELSE papers IS NULL END;
    PERFORM anthology_internal.list_selected_names(undo_id);
    RETURN undo_id;
END
$$;
COMMENT ON FUNCTION anthology_internal.plan_undo(bigint, text[], text) IS
    'proposes what undo_reassignment() does';

CREATE FUNCTION propose_reassignment(paper_ids text[], from_person text, to_person text,
                                     note text DEFAULT NULL) RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_propose_reassignment';
COMMENT ON FUNCTION propose_reassignment(text[], text, text, text) IS
    'stages moving papers from one person''s page to another''s; nothing moves yet';

CREATE FUNCTION propose_undo(reassignment_id bigint, paper_ids text[] DEFAULT NULL,
                             note text DEFAULT NULL) RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_propose_undo';
COMMENT ON FUNCTION propose_undo(bigint, text[], text) IS
    'stages undoing a correction, the whole or for chosen papers';

CREATE FUNCTION anthology_internal.rehearse_reassignment(id bigint, OUT items jsonb,
                                                         OUT problem text)
    LANGUAGE c VOLATILE STRICT
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_rehearse_reassignment';
COMMENT ON FUNCTION anthology_internal.rehearse_reassignment(bigint) IS
    'the names a correction would move or has moved, as JSON, and why it cannot be applied now';

CREATE FUNCTION preview_reassignment(id bigint)
    RETURNS TABLE (paper_id text, role text, "position" integer, credited_name text,
                   before_person_id text, after_person_id text, cause text,
                   before_score real, after_score real, warning text)
    LANGUAGE plpgsql VOLATILE STRICT ROWS 20
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    r record;
BEGIN
    -- This call comes first: it raises the error if the tables are of an older version.
    SELECT * INTO r FROM anthology_internal.rehearse_reassignment(preview_reassignment.id);
    RETURN QUERY
        SELECT i.paper_id, i.role, i."position", concat_ws(' ', NULLIF(i.first, ''), i.last),
            i.before_person_id, i.after_person_id, i.cause,
            -- A long list has no scores, because it has to appear at once. A person who does
            -- not exist (yet, or any more) has no papers to judge by.
            CASE WHEN jsonb_array_length(r.items) <= 50
                    AND EXISTS (SELECT FROM anthology.person p WHERE p.id = i.before_person_id)
                THEN round(anthology.assignment_score(i.paper_id,
                                                  i.before_person_id)::numeric, 3)::real END,
            CASE WHEN jsonb_array_length(r.items) <= 50
                    AND EXISTS (SELECT FROM anthology.person p WHERE p.id = i.after_person_id)
                THEN round(anthology.assignment_score(i.paper_id,
                                                  i.after_person_id)::numeric, 3)::real END,
            coalesce(r.problem, CASE
                WHEN s.reassignment_id IS NULL
                THEN 'would not have moved when this was proposed'
                WHEN i.cause = 'side effect' AND i.after_person_id LIKE '%/unverified'
                THEN 'not selected: the name does not tell one verified person any more'
                WHEN i.cause = 'side effect'
                THEN 'not selected: the name tells this verified person now'
                WHEN i.after_person_id IS NULL
                THEN 'the explicit id cannot be honoured'
                WHEN i.after_person_id = i.before_person_id AND i.before_explicit_id IS NULL
                THEN 'stays, and gets the explicit id'
                WHEN EXISTS (SELECT FROM anthology.person_change c
                             WHERE c.reassignment_id = preview_reassignment.id
                                 AND c.person_id = i.before_person_id AND c.action = 'change'
                                 AND c.after @> '{"disable_name_matching": true}'
                                 AND NOT c.before @> '{"disable_name_matching": true}')
                THEN format('names are not matched to "%s" any more', i.before_person_id)
                WHEN EXISTS (SELECT FROM anthology.person_change c
                             WHERE c.reassignment_id = preview_reassignment.id
                                 AND c.person_id = i.after_person_id AND c.action = 'create')
                    AND anthology_internal.namesake_without_orcid(i.after_person_id, i.first,
                                                                  i.last)
                        IS NOT NULL
                THEN anthology_internal.namesake_without_orcid(i.after_person_id, i.first, i.last)
                WHEN s.before_orcid <> s.after_orcid
                THEN format('the ORCID beside the name becomes %s instead of %s',
                            s.after_orcid, s.before_orcid)
                WHEN s.before_orcid IS NOT NULL AND s.after_orcid IS NULL
                THEN format('the ORCID beside the name, %s, is taken away', s.before_orcid)
                WHEN EXISTS (SELECT FROM anthology.person_change c
                             WHERE c.reassignment_id = preview_reassignment.id
                                 AND c.action = 'add name' AND c.person_id = i.after_person_id
                                 AND c.after ->> 'first' = i.first AND c.after ->> 'last' = i.last)
                THEN 'a new name for this person'
                END)
        FROM jsonb_to_recordset(r.items) AS i(paper_id text, role text, "position" integer,
                first text, last text, cause text, before_person_id text, after_person_id text,
                before_explicit_id text)
            LEFT JOIN anthology.reassignment_item s ON s.reassignment_id = preview_reassignment.id
                AND s.paper_id = i.paper_id AND s.role = i.role AND s."position" = i."position"
        ORDER BY i.cause, i.paper_id COLLATE "C", i.role, i."position";
END
$$;
COMMENT ON FUNCTION preview_reassignment(bigint) IS
    'every name that a proposal would move, selected or as a side effect; of one decided, '
    'what it moved';

CREATE FUNCTION apply_reassignment(id bigint) RETURNS bigint
    LANGUAGE c VOLATILE STRICT
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_apply_reassignment';
COMMENT ON FUNCTION apply_reassignment(bigint) IS
    'carries out a proposal, exactly as it was seen or not at all; returns the number of '
    'names moved';

CREATE FUNCTION reject_reassignment(id bigint, note text DEFAULT NULL) RETURNS void
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_reject_reassignment';
COMMENT ON FUNCTION reject_reassignment(bigint, text) IS
    'closes a proposal without carrying it out';

CREATE FUNCTION undo_reassignment(id bigint, paper_ids text[] DEFAULT NULL,
                                  note text DEFAULT NULL) RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_undo_reassignment';
COMMENT ON FUNCTION undo_reassignment(bigint, text[], text) IS
    'restores what a correction moved, the whole or for chosen papers; itself a correction, '
    'whose id it returns';

CREATE FUNCTION reassign_papers(paper_ids text[], from_person text, to_person text,
                                note text DEFAULT NULL) RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_reassign_papers';
COMMENT ON FUNCTION reassign_papers(text[], text, text, text) IS
    'propose_reassignment() and apply_reassignment() in one';

-- These act as the owner of the tables: whoever may call them may correct.
CREATE FUNCTION anthology_internal.reassign_privileges()
    RETURNS TABLE (function name, granted_to text)
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    VALUES ('rehearse_reassignment', 'reader'),
        ('preview_reassignment', 'reader'),
        ('propose_reassignment', 'editor'),
        ('reassign_papers', 'editor'),
        ('propose_undo', 'editor'),
        ('undo_reassignment', 'editor'),
        ('apply_reassignment', 'editor'),
        ('reject_reassignment', 'editor')
$$;
COMMENT ON FUNCTION anthology_internal.reassign_privileges() IS
    'who is granted the functions that propose, preview, apply and undo: see granted_functions()';
