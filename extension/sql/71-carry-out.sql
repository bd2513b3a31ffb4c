-- carrying out: the one mechanism behind every correction
--
-- To carry out a proposal:
--
--   1. lock the corpus (one row), so that corrections and loads come one after
--      the other, in no order that could deadlock;
--   2. refuse if what it was proposed on has changed since;
--   3. change the persons, then set the explicit ids and ORCIDs of the selected names;
--   4. resolve again every name that this concerns - those of the changed
--      persons and of the selected names, before and after;
--   5. refuse if a selected name did not get where it was meant to go, if a
--      name is left without a person, or if one paper now names a verified
--      person twice.
--
-- The order of locks is the same everywhere, so that nothing can deadlock. The row of
-- corpus_state comes first (lock_corpus()), then rows of the corpus and its record in any
-- order. Loads, corrections, rejections, reviews of flags, judging what waits and counting
-- terms begin with that row and keep it until their transaction ends. A proposal or preview
-- locks it only while it rehearses. Before that it has locked only rows that it made itself,
-- and nobody else can see those. Whoever changes the tables by hand should begin with
-- lock_corpus() too.
--
-- A preview is steps 1 to 5 in a subtransaction that is rolled back
-- (extension/correction.c), so it shows exactly what will happen. A proposal stores
-- what its rehearsal moved. Applying it refuses to move anything else.
--
-- Names moved travel between these functions as a jsonb array of items: the
-- columns of reassignment_item from paper_id to after_explicit_id.

CREATE FUNCTION anthology_internal.change_persons(reassignment_id bigint) RETURNS void
    LANGUAGE plpgsql VOLATILE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    change anthology.person_change;
    entry jsonb;
    others jsonb;
BEGIN
    FOR change IN
        SELECT * FROM anthology.person_change c
        WHERE c.reassignment_id = change_persons.reassignment_id ORDER BY c.ordinal
    LOOP
        entry := anthology_internal.person_entry(change.person_id);
        others := (SELECT coalesce(jsonb_agg(n.name ORDER BY n.i), '[]')
                   FROM jsonb_array_elements(entry -> 'names') WITH ORDINALITY AS n(name, i)
                   WHERE (n.name ->> 'first', n.name ->> 'last')
                       IS DISTINCT FROM (coalesce(change.after, change.before) ->> 'first',
                                         coalesce(change.after, change.before) ->> 'last'));
        CASE change.action
            WHEN 'create' THEN
                PERFORM anthology_internal.set_person(change.person_id, change.after);
            WHEN 'change' THEN
                PERFORM anthology_internal.set_person(change.person_id, change.after);
            WHEN 'delete' THEN
                -- Resolution removes the person once no name is left on it.
                DELETE FROM anthology.person_name n WHERE n.person_id = change.person_id;
                UPDATE anthology.person p SET verified = false, orcid = NULL, degree = NULL,
                        comment = NULL, disable_name_matching = false, similar_ids = '{}',
                        loaded = NULL
                    WHERE p.id = change.person_id;
            WHEN 'add name' THEN
                IF others = entry -> 'names' THEN
                    PERFORM anthology_internal.set_person(change.person_id,
                        jsonb_set(entry, '{names}', others || change.after));
                ELSE
                    -- Somebody else has added it, so this undo leaves it.
                    DELETE FROM anthology.person_change c
                        WHERE c.reassignment_id = change.reassignment_id
                            AND c.ordinal = change.ordinal;
                END IF;
            WHEN 'remove name' THEN
                PERFORM anthology_internal.set_person(change.person_id,
                    jsonb_set(entry, '{names}', others));
        END CASE;
    END LOOP;
END
$$;
COMMENT ON FUNCTION anthology_internal.change_persons(bigint) IS
    'makes the changes of persons that a correction consists of';

CREATE FUNCTION anthology_internal.concerned_slugs(reassignment_id bigint) RETURNS text[]
    LANGUAGE sql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT ARRAY(
        SELECT a.slug FROM anthology.reassignment_item i
            JOIN anthology.authorship a ON a.paper_id = i.paper_id AND a.role = i.role
                AND a."position" = i."position"
        WHERE i.reassignment_id = concerned_slugs.reassignment_id AND i.cause = 'selected'
        UNION
        SELECT n.slug FROM anthology.person_change c
            JOIN anthology.person_name n ON n.person_id = c.person_id
        WHERE c.reassignment_id = concerned_slugs.reassignment_id)
$$;
COMMENT ON FUNCTION anthology_internal.concerned_slugs(bigint) IS
    'the slugs of the names that a correction concerns, as they are at the moment';

CREATE FUNCTION anthology_internal.resolve_concerned(reassignment_id bigint, slugs text[])
    RETURNS jsonb
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    items jsonb;
BEGIN
    WITH moved AS MATERIALIZED (
        SELECT * FROM anthology_internal.resolve_names(slugs, ARRAY(
            SELECT c.person_id FROM anthology.person_change c
            WHERE c.reassignment_id = reassignment_id))
    ), item AS (
        SELECT m.paper_id, m.role, m."position", a.first, a.last, 'side effect' AS cause,
            m.before_person_id, m.after_person_id,
            a.explicit_person_id AS before_explicit_id, a.explicit_person_id AS after_explicit_id
        FROM moved m
            JOIN anthology.authorship a ON a.paper_id = m.paper_id AND a.role = m.role
                AND a."position" = m."position"
        WHERE (m.paper_id, m.role, m."position") NOT IN (
            SELECT i.paper_id, i.role, i."position" FROM anthology.reassignment_item i
            WHERE i.reassignment_id = reassignment_id AND i.cause = 'selected')
        UNION ALL
        SELECT i.paper_id, i.role, i."position", i.first, i.last, i.cause, i.before_person_id,
            CASE WHEN m.paper_id IS NULL THEN i.before_person_id ELSE m.after_person_id END,
            i.before_explicit_id, i.after_explicit_id
        FROM anthology.reassignment_item i
            LEFT JOIN moved m ON m.paper_id = i.paper_id AND m.role = i.role
                AND m."position" = i."position"
        WHERE i.reassignment_id = reassignment_id AND i.cause = 'selected'
    )
    SELECT coalesce(jsonb_agg(to_jsonb(item)
                              ORDER BY item.cause, item.paper_id, item.role, item."position"), '[]')
        INTO items FROM item;
    RETURN items;
END
$$;
COMMENT ON FUNCTION anthology_internal.resolve_concerned(bigint, text[]) IS
    'resolves again the names with these slugs and those of the persons that a correction '
    'changes; gives every name moved or selected, as items';

CREATE FUNCTION anthology_internal.refuse_astray(reassignment_id bigint, items jsonb) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    problem text;
BEGIN
    SELECT string_agg(format('%s %s of paper %s, "%s %s", would be on the page of %s, not of "%s".',
                             initcap(i.role), i."position", i.paper_id, i.first, i.last,
                             coalesce('"' || d.after_person_id || '"', 'nobody'),
                             i.after_person_id),
                      E'\n' ORDER BY i.paper_id, i.role, i."position") INTO problem
        FROM jsonb_populate_recordset(NULL::anthology.reassignment_item, items) d
            JOIN anthology.reassignment_item i ON i.reassignment_id = reassignment_id
                AND i.cause = 'selected' AND i.paper_id = d.paper_id AND i.role = d.role
                AND i."position" = d."position"
        WHERE d.after_person_id IS DISTINCT FROM i.after_person_id;
    IF problem IS NOT NULL THEN
        RAISE EXCEPTION 'not every selected name can go where it is to go'
            USING ERRCODE = 'object_not_in_prerequisite_state', DETAIL = problem,
                HINT = 'Only a verified person can receive any name; a name without explicit id '
                    'belongs to the one verified person with its slug, else to the unverified '
                    'person of that slug.';
    END IF;

    SELECT string_agg(format('%s %s of paper %s, "%s %s", has the explicit id "%s".',
                             initcap(d.role), d."position", d.paper_id, d.first, d.last,
                             d.after_explicit_id),
                      E'\n' ORDER BY d.paper_id, d.role, d."position") INTO problem
        FROM jsonb_populate_recordset(NULL::anthology.reassignment_item, items) d
        WHERE d.after_person_id IS NULL;
    IF problem IS NOT NULL THEN
        RAISE EXCEPTION 'names would be left without a person'
            USING ERRCODE = 'object_not_in_prerequisite_state', DETAIL = problem,
                HINT = 'An explicit id needs a verified person that lists the very name, and the '
                    'same ORCID where both give one.';
    END IF;

    SELECT string_agg(format('Paper %s would have more than one name of person "%s".',
                             t.paper_id, t.person_id),
                      E'\n' ORDER BY t.paper_id) INTO problem
        -- The papers' names first: a person may have as many names as there are papers.
        FROM (SELECT a.paper_id, a.person_id FROM anthology.authorship a
              WHERE a.paper_id = ANY (ARRAY(
                  SELECT d.paper_id
                  FROM jsonb_populate_recordset(NULL::anthology.reassignment_item, items) d
                  WHERE d.before_person_id IS DISTINCT FROM d.after_person_id))
              GROUP BY a.paper_id, a.person_id HAVING count(*) > 1) AS t
            JOIN anthology.person p ON p.id = t.person_id AND p.verified
        WHERE (t.paper_id, t.person_id) IN (
            SELECT d.paper_id, d.after_person_id
            FROM jsonb_populate_recordset(NULL::anthology.reassignment_item, items) d
            WHERE d.before_person_id IS DISTINCT FROM d.after_person_id);
    IF problem IS NOT NULL THEN
        RAISE EXCEPTION 'one paper cannot have two names of one verified person'
            USING ERRCODE = 'unique_violation', DETAIL = problem;
    END IF;
END
$$;
COMMENT ON FUNCTION anthology_internal.refuse_astray(bigint, jsonb) IS
    'an error if a selected name did not get where it was to go, a name has no person, or a '
    'paper names a verified person twice';

CREATE FUNCTION anthology_internal.refuse_stale(reassignment_id bigint, changes text) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF changes IS NOT NULL THEN
        RAISE EXCEPTION 'reassignment % is stale', reassignment_id
            USING ERRCODE = 'object_not_in_prerequisite_state', DETAIL = changes,
                HINT = 'Reject it and propose again.';
    END IF;
END
$$;
COMMENT ON FUNCTION anthology_internal.refuse_stale(bigint, text) IS
    'an error if something has changed since a proposal was made';

CREATE FUNCTION anthology_internal.carry_out(reassignment_id bigint) RETURNS jsonb
    LANGUAGE plpgsql VOLATILE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    slugs text[];
    items jsonb;
BEGIN
    PERFORM anthology_internal.refuse_stale(reassignment_id,
                                            anthology_internal.changed_since(reassignment_id));
    slugs := anthology_internal.concerned_slugs(reassignment_id);
    PERFORM anthology_internal.change_persons(reassignment_id);
    UPDATE anthology.authorship a
        SET explicit_person_id = i.after_explicit_id, orcid = i.after_orcid
        FROM anthology.reassignment_item i
        WHERE i.reassignment_id = reassignment_id AND i.cause = 'selected'
            AND a.paper_id = i.paper_id AND a.role = i.role AND a."position" = i."position";
    items := anthology_internal.resolve_concerned(reassignment_id,
        slugs || anthology_internal.concerned_slugs(reassignment_id));
    PERFORM anthology_internal.refuse_astray(reassignment_id, items);
    -- A name may have gained or lost its id without moving.
    PERFORM anthology_internal.record_resolution_problems(ARRAY(
        SELECT DISTINCT i.paper_id FROM anthology.reassignment_item i
        WHERE i.reassignment_id = reassignment_id AND i.cause = 'selected'
            AND coalesce(i.before_orcid, i.after_orcid) IS NOT NULL));
    RETURN items;
END
$$;
COMMENT ON FUNCTION anthology_internal.carry_out(bigint) IS
    'does what a proposal says, under the lock of the corpus, or refuses; gives every name '
    'moved or selected, as items';

-- Stores the side effects of a correction. The selected names are stored already.
CREATE FUNCTION anthology_internal.store_side_effects(reassignment_id bigint, items jsonb)
    RETURNS void
    LANGUAGE sql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
    INSERT INTO anthology.reassignment_item (reassignment_id, paper_id, role, "position", first,
            last, cause, before_person_id, after_person_id, before_explicit_id, after_explicit_id)
        SELECT store_side_effects.reassignment_id, d.paper_id, d.role, d."position", d.first,
            d.last, d.cause, d.before_person_id, d.after_person_id, d.before_explicit_id,
            d.after_explicit_id
        FROM jsonb_populate_recordset(NULL::anthology.reassignment_item, items) d
        WHERE d.cause = 'side effect'
$$;
COMMENT ON FUNCTION anthology_internal.store_side_effects(bigint, jsonb) IS
    'records with a proposal what its rehearsal moved besides the selected names';

CREATE FUNCTION anthology_internal.recorded_items(reassignment_id bigint) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT coalesce(jsonb_agg(to_jsonb(i) ORDER BY i.cause, i.paper_id, i.role, i."position"), '[]')
    FROM anthology.reassignment_item i
    WHERE i.reassignment_id = recorded_items.reassignment_id
$$;
COMMENT ON FUNCTION anthology_internal.recorded_items(bigint) IS
    'the names that a correction was recorded to move, as items';

CREATE FUNCTION anthology_internal.not_as_seen(reassignment_id bigint, items jsonb) RETURNS text
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    WITH done AS (
        SELECT d.paper_id, d.role, d."position", d.first, d.last, d.cause, d.before_person_id,
            d.after_person_id, d.before_explicit_id, d.after_explicit_id
        FROM jsonb_populate_recordset(NULL::anthology.reassignment_item, items) d
    ), seen AS (
        SELECT i.paper_id, i.role, i."position", i.first, i.last, i.cause, i.before_person_id,
            i.after_person_id, i.before_explicit_id, i.after_explicit_id
        FROM anthology.reassignment_item i
        WHERE i.reassignment_id = not_as_seen.reassignment_id
    )
    SELECT string_agg(format('%s %s of paper %s, "%s %s", would %s from "%s" to "%s".',
                             initcap(x.role), x."position", x.paper_id, x.first, x.last, x.how,
                             x.before_person_id, x.after_person_id),
                      E'\n' ORDER BY x.paper_id, x.role, x."position")
    FROM (SELECT d.*, 'now move' AS how FROM (TABLE done EXCEPT TABLE seen) d
          UNION ALL
          SELECT s.*, 'not move any more' FROM (TABLE seen EXCEPT TABLE done) s) AS x
$$;
COMMENT ON FUNCTION anthology_internal.not_as_seen(bigint, jsonb) IS
    'names that moved and were not to, or the other way round, a line each; NULL if there are none';

CREATE FUNCTION anthology_internal.correction_status(reassignment_id bigint) RETURNS text
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    status text := (SELECT r.status FROM anthology.reassignment r
                    WHERE r.id = correction_status.reassignment_id);
BEGIN
    IF reassignment_id IS NULL THEN
        RAISE EXCEPTION 'the reassignment must not be null'
            USING ERRCODE = 'null_value_not_allowed';
    ELSIF status IS NULL THEN
        RAISE EXCEPTION 'there is no reassignment %', reassignment_id
            USING ERRCODE = 'undefined_object';
    END IF;
    RETURN status;
END
$$;
COMMENT ON FUNCTION anthology_internal.correction_status(bigint) IS
    'the status of a correction, or an error if there is none';

CREATE FUNCTION anthology_internal.refuse_decided(reassignment_id bigint) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    status text := anthology_internal.correction_status(reassignment_id);
BEGIN
    IF status <> 'proposed' THEN
        RAISE EXCEPTION 'reassignment % is not a proposal any more', reassignment_id
            USING ERRCODE = 'object_not_in_prerequisite_state',
                DETAIL = format('It has been %s.', status);
    END IF;
END
$$;
COMMENT ON FUNCTION anthology_internal.refuse_decided(bigint) IS
    'an error unless a correction is a proposal still';

CREATE FUNCTION anthology_internal.decide(reassignment_id bigint, decision text, note text)
    RETURNS void
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    PERFORM anthology_internal.refuse_decided(decide.reassignment_id);
    -- The record names the login, the role it has SET, and the user its application names.
    UPDATE anthology.reassignment r
        SET status = decision, decided_by = session_user,
            decided_role = NULLIF(current_setting('role'), 'none'),
            decided_for = NULLIF(current_setting('anthology.session_person', true), ''),
            decided_at = now(), decision_note = decide.note
        WHERE r.id = decide.reassignment_id;
END
$$;
COMMENT ON FUNCTION anthology_internal.decide(bigint, text, text) IS
    'marks a proposal as applied or rejected, by whoever is at work; an error if it was decided';

-- Marks the items that an undo undoes, and the whole correction once no item is left.
CREATE FUNCTION anthology_internal.mark_undone(undo_id bigint) RETURNS void
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
    SET enable_nestloop = off   -- items are few to a planner that has not seen them yet
AS $$
DECLARE
    undone bigint := (SELECT r.undoes FROM anthology.reassignment r WHERE r.id = undo_id);
BEGIN
    IF undone IS NULL THEN
        RETURN;
    END IF;
    UPDATE anthology.reassignment_item o SET undone_by = undo_id
        FROM anthology.reassignment_item i
        WHERE i.reassignment_id = undo_id AND o.reassignment_id = undone AND o.undone_by IS NULL
            AND o.paper_id = i.paper_id AND o.role = i.role AND o."position" = i."position";
    UPDATE anthology.person_change o SET undone_by = undo_id
        FROM anthology.person_change c
        WHERE c.reassignment_id = undo_id AND o.reassignment_id = undone AND o.undone_by IS NULL
            AND o.person_id = c.person_id AND o.before IS NOT DISTINCT FROM c.after
            AND o.after IS NOT DISTINCT FROM c.before;
    UPDATE anthology.reassignment o SET status = 'undone'
        WHERE o.id = undone
            AND NOT EXISTS (SELECT FROM anthology.reassignment_item i
                            WHERE i.reassignment_id = o.id AND i.cause = 'selected'
                                AND i.undone_by IS NULL)
            AND (EXISTS (SELECT FROM anthology.reassignment_item i
                         WHERE i.reassignment_id = o.id AND i.cause = 'selected')
                 OR NOT EXISTS (SELECT FROM anthology.person_change c
                                WHERE c.reassignment_id = o.id AND c.undone_by IS NULL));
END
$$;
COMMENT ON FUNCTION anthology_internal.mark_undone(bigint) IS
    'marks what an undo has undone; does nothing for other corrections';

CREATE FUNCTION anthology_internal.carry_out_proposal(reassignment_id bigint) RETURNS bigint
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    undone bigint;
    items jsonb;
BEGIN
    PERFORM anthology.lock_corpus();
    -- A proposal that is decided already is refused for that, not for being stale.
    PERFORM anthology_internal.refuse_decided(reassignment_id);
    items := anthology_internal.carry_out(reassignment_id);
    PERFORM anthology_internal.refuse_stale(reassignment_id,
                                            anthology_internal.not_as_seen(reassignment_id, items));
    PERFORM anthology_internal.decide(reassignment_id, 'applied', NULL);
    PERFORM anthology_internal.mark_undone(reassignment_id);
    PERFORM anthology_internal.log_correction(reassignment_id);
    SELECT r.undoes INTO undone FROM anthology.reassignment r WHERE r.id = reassignment_id;
    PERFORM anthology_internal.log_correction(undone);
    RETURN jsonb_array_length(items);
END
$$;
COMMENT ON FUNCTION anthology_internal.carry_out_proposal(bigint) IS
    'what apply_reassignment() does, as the owner of the tables';

CREATE FUNCTION anthology_internal.close_proposal(reassignment_id bigint, note text) RETURNS void
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM anthology.lock_corpus();
    PERFORM anthology_internal.decide(reassignment_id, 'rejected', note);
    PERFORM anthology_internal.log_correction(reassignment_id);
END
$$;
COMMENT ON FUNCTION anthology_internal.close_proposal(bigint, text) IS
    'what reject_reassignment() does, as the owner of the tables';
