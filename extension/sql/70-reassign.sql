-- corrections: proposed, previewed, applied, undone (extension/reassign.c,
-- extension/correction.c)

-- The changes of persons that a correction consists of, in their order.
CREATE FUNCTION change_persons(reassignment_id bigint) RETURNS void
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
        entry := anthology.person_entry(change.person_id);
        others := (SELECT coalesce(jsonb_agg(n.name ORDER BY n.i), '[]')
                   FROM jsonb_array_elements(entry -> 'names') WITH ORDINALITY AS n(name, i)
                   WHERE (n.name ->> 'first', n.name ->> 'last')
                       IS DISTINCT FROM (coalesce(change.after, change.before) ->> 'first',
                                         coalesce(change.after, change.before) ->> 'last'));
        CASE change.action
            WHEN 'create' THEN
                PERFORM anthology.set_person(change.person_id, change.after);
            WHEN 'change' THEN
                PERFORM anthology.set_person(change.person_id, change.after);
            WHEN 'delete' THEN
                -- Resolution removes the person once no name is left on it.
                DELETE FROM anthology.person_name n WHERE n.person_id = change.person_id;
                UPDATE anthology.person p SET verified = false, orcid = NULL, degree = NULL,
                        comment = NULL, disable_name_matching = false, similar_ids = '{}',
                        loaded = NULL
                    WHERE p.id = change.person_id;
            WHEN 'add name' THEN
                IF others = entry -> 'names' THEN
                    PERFORM anthology.set_person(change.person_id,
                        jsonb_set(entry, '{names}', others || change.after));
                ELSE
                    -- Somebody else has added it: it is not for us to undo.
                    DELETE FROM anthology.person_change c
                        WHERE c.reassignment_id = change.reassignment_id
                            AND c.ordinal = change.ordinal;
                END IF;
            WHEN 'remove name' THEN
                PERFORM anthology.set_person(change.person_id,
                    jsonb_set(entry, '{names}', others));
        END CASE;
    END LOOP;
END
$$;
COMMENT ON FUNCTION change_persons(bigint) IS
    'makes the changes of persons that a correction consists of';

CREATE FUNCTION orcid_beside(orcid text, explicit_id text, person_orcid text) RETURNS text
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    -- An ORCID without an id is an error to the official library.
    SELECT CASE WHEN orcid IS NULL OR explicit_id IS NULL THEN NULL
        WHEN person_orcid IS NOT NULL THEN person_orcid
        WHEN EXISTS (SELECT FROM anthology.person p WHERE p.orcid = orcid_beside.orcid) THEN NULL
        ELSE orcid END
$$;
COMMENT ON FUNCTION orcid_beside(text, text, text) IS
    'the ORCID that a name is to have beside its explicit id: its own, unless the person has another or it is somebody else''s';

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

CREATE FUNCTION rehearse_reassignment(id bigint, OUT items jsonb, OUT problem text)
    LANGUAGE c VOLATILE STRICT
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_rehearse_reassignment';
COMMENT ON FUNCTION rehearse_reassignment(bigint) IS
    'the names a correction would move or has moved, as JSON, and why it cannot be applied now';

CREATE FUNCTION preview_reassignment(id bigint)
    RETURNS TABLE (paper_id text, role text, "position" integer, credited_name text,
                   before_person_id text, after_person_id text, cause text,
                   before_score real, after_score real, warning text)
    LANGUAGE sql VOLATILE STRICT ROWS 20
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT i.paper_id, i.role, i."position", concat_ws(' ', NULLIF(i.first, ''), i.last),
        i.before_person_id, i.after_person_id, i.cause,
        -- A long list is to be seen at once; and who does not exist yet, or no
        -- more, has no papers to judge from.
        CASE WHEN jsonb_array_length(r.items) <= 50
                AND EXISTS (SELECT FROM anthology.person p WHERE p.id = i.before_person_id)
            THEN round(anthology.assignment_score(i.paper_id, i.before_person_id)::numeric, 3)::real END,
        CASE WHEN jsonb_array_length(r.items) <= 50
                AND EXISTS (SELECT FROM anthology.person p WHERE p.id = i.after_person_id)
            THEN round(anthology.assignment_score(i.paper_id, i.after_person_id)::numeric, 3)::real END,
        coalesce(r.problem, CASE
            WHEN s.reassignment_id IS NULL
            THEN 'would not have moved when this was proposed'
            WHEN i.cause = 'side effect' AND i.after_person_id LIKE '%/unverified'
            THEN 'not selected: the name does not tell one verified person any more'
            WHEN i.cause = 'side effect'
            THEN 'not selected: the name tells this verified person now'
            WHEN i.after_person_id IS NULL
            THEN 'the explicit id cannot be honoured'
            WHEN s.before_orcid <> s.after_orcid
            THEN format('the ORCID beside the name becomes %s instead of %s', s.after_orcid, s.before_orcid)
            WHEN s.before_orcid IS NOT NULL AND s.after_orcid IS NULL
            THEN format('the ORCID beside the name, %s, is taken away', s.before_orcid)
            WHEN EXISTS (SELECT FROM anthology.person_change c
                         WHERE c.reassignment_id = preview_reassignment.id
                             AND c.action = 'add name' AND c.person_id = i.after_person_id
                             AND c.after ->> 'first' = i.first AND c.after ->> 'last' = i.last)
            THEN 'a new name for this person'
            END)
    FROM anthology.rehearse_reassignment(preview_reassignment.id) r,
        LATERAL jsonb_to_recordset(r.items) AS i(paper_id text, role text, "position" integer,
            first text, last text, cause text, before_person_id text, after_person_id text)
        LEFT JOIN anthology.reassignment_item s ON s.reassignment_id = preview_reassignment.id
            AND s.paper_id = i.paper_id AND s.role = i.role AND s."position" = i."position"
    ORDER BY i.cause, i.paper_id COLLATE "C", i.role, i."position"
$$;
COMMENT ON FUNCTION preview_reassignment(bigint) IS
    'every name that a proposal would move, selected or as a side effect; of one decided, what it moved';

CREATE FUNCTION apply_reassignment(id bigint) RETURNS bigint
    LANGUAGE c VOLATILE STRICT
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_apply_reassignment';
COMMENT ON FUNCTION apply_reassignment(bigint) IS
    'carries out a proposal, exactly as it was seen or not at all; returns the number of names moved';

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
    'restores what a correction moved, the whole or for chosen papers; itself a correction, whose id it returns';

CREATE FUNCTION reassign_papers(paper_ids text[], from_person text, to_person text,
                                note text DEFAULT NULL) RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_reassign_papers';
COMMENT ON FUNCTION reassign_papers(text[], text, text, text) IS
    'propose_reassignment() and apply_reassignment() in one';

-- These act as the owner of the tables: who may call them may correct.
REVOKE EXECUTE ON FUNCTION
    propose_reassignment(text[], text, text, text),
    propose_undo(bigint, text[], text),
    rehearse_reassignment(bigint),
    preview_reassignment(bigint),
    apply_reassignment(bigint),
    reject_reassignment(bigint, text),
    undo_reassignment(bigint, text[], text),
    reassign_papers(text[], text, text, text)
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
    propose_reassignment(text[], text, text, text),
    propose_undo(bigint, text[], text),
    rehearse_reassignment(bigint),
    preview_reassignment(bigint),
    apply_reassignment(bigint),
    reject_reassignment(bigint, text),
    undo_reassignment(bigint, text[], text),
    reassign_papers(text[], text, text, text)
    TO @extowner@ WITH GRANT OPTION;
