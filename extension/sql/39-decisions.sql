-- decisions: what is on record of a name or a person, against what a file says
--
-- Three cases. If the file says what it said when it was last loaded or exported, the
-- decision made here since then stays, and is still to be exported. If the file says what
-- was decided, they agree. Otherwise the file has changed. Its value is taken, unless it
-- contradicts what is on record. Then the record stays, and load_problem has a row.
--
-- Plain SQL over the tables: there is no C file for these.

CREATE FUNCTION anthology_internal.settle(base text, mine text, theirs text, decided boolean,
                                          OUT value text, OUT contradicted boolean)
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT CASE WHEN c.contradicted OR theirs IS NOT DISTINCT FROM base THEN mine ELSE theirs END,
        c.contradicted
    FROM (SELECT theirs IS DISTINCT FROM mine AND theirs IS DISTINCT FROM base
              AND (mine IS DISTINCT FROM base OR coalesce(decided, false))) AS c(contradicted)
$$;
COMMENT ON FUNCTION anthology_internal.settle(text, text, text, boolean) IS
    'what a value is to be: base is what the file said, theirs what it says, mine what it is '
    'here; and whether the file contradicts it';

CREATE FUNCTION anthology_internal.decision_on_name(paper_id text, role text, first text, last text,
                                                    OUT explicit_person_id text,
                                                        OUT decided boolean, OUT orcid text,
                                                    OUT orcid_decided boolean)
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    -- An undo is a decision, too.
    WITH item AS (
        SELECT i.*, row_number() OVER (ORDER BY r.decided_at DESC, r.id DESC) AS n
        FROM anthology.reassignment_item i
            JOIN anthology.reassignment r ON r.id = i.reassignment_id AND r.status = 'applied'
        WHERE i.paper_id = decision_on_name.paper_id AND i.role = decision_on_name.role
            AND i.first = decision_on_name.first AND i.last = decision_on_name.last
            AND i.cause = 'selected'
    )
    SELECT (SELECT i.after_explicit_id FROM item i WHERE i.n = 1), EXISTS (SELECT FROM item),
        (SELECT i.after_orcid FROM item i WHERE i.before_orcid IS DISTINCT FROM i.after_orcid
         ORDER BY i.n LIMIT 1),
        EXISTS (SELECT FROM item i WHERE i.before_orcid IS DISTINCT FROM i.after_orcid)
$$;
COMMENT ON FUNCTION anthology_internal.decision_on_name(text, text, text, text) IS
    'the explicit id and the ORCID that the record of corrections has last decided on for a name '
    'on a paper, and whether it has';

CREATE FUNCTION anthology_internal.decided_members(person_id text) RETURNS text[]
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT coalesce(array_agg(DISTINCT k.key), '{}')
    FROM anthology.person_change c
        JOIN anthology.reassignment r ON r.id = c.reassignment_id AND r.status = 'applied',
        LATERAL (
            SELECT m.key
            FROM jsonb_object_keys(coalesce(c.before, '{}') || coalesce(c.after, '{}')) AS m(key)
            WHERE c.action IN ('create', 'change', 'delete')
                AND c.before -> m.key IS DISTINCT FROM c.after -> m.key
            UNION ALL
            SELECT 'names' WHERE c.action IN ('add name', 'remove name')) AS k
    WHERE c.person_id = decided_members.person_id
$$;
COMMENT ON FUNCTION anthology_internal.decided_members(text) IS
    'the members of a person''s entry that the record of corrections has decided on';

CREATE FUNCTION anthology_internal.settle_entry(person_id text, base jsonb, mine jsonb,
                                                theirs jsonb,
                                                OUT entry jsonb, OUT contradicted text[])
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT jsonb_object_agg(k.key, s.value::jsonb) FILTER (WHERE s.value IS NOT NULL),
        array_agg(k.key ORDER BY k.key) FILTER (WHERE s.contradicted)
    FROM anthology_internal.decided_members(person_id) AS d(members),
        jsonb_object_keys(coalesce(base, '{}') || mine || theirs) AS k(key),
        anthology_internal.settle((base -> k.key)::text, (mine -> k.key)::text,
                                  (theirs -> k.key)::text,
                                  k.key = ANY (d.members)) s
$$;
COMMENT ON FUNCTION anthology_internal.settle_entry(text, jsonb, jsonb, jsonb) IS
    'what a person''s entry is to be, member by member, see settle(); and the members that the '
    'file contradicts';

CREATE FUNCTION anthology_internal.is_deleted_here(person_id text) RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT EXISTS (
            SELECT FROM anthology.person_change c
                JOIN anthology.reassignment r ON r.id = c.reassignment_id
            WHERE c.person_id = is_deleted_here.person_id AND c.action = 'delete'
                AND c.undone_by IS NULL AND r.status = 'applied')
        AND NOT EXISTS (SELECT FROM anthology.person p
                        WHERE p.id = is_deleted_here.person_id AND p.verified)
$$;
COMMENT ON FUNCTION anthology_internal.is_deleted_here(text) IS
    'whether a verified person was renamed, merged away or undone here and is gone';

CREATE FUNCTION anthology_internal.people_of_file(path text) RETURNS text[]
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT ARRAY(SELECT json_object_keys(anthology_internal.file_to_json(d.source, d.path)))
    FROM anthology.data_file d WHERE d.path = people_of_file.path
$$;
COMMENT ON FUNCTION anthology_internal.people_of_file(text) IS
    'the ids in a file of persons as it was loaded or exported last; NULL if there was none';

CREATE FUNCTION anthology_internal.record_contradiction(file text, place text, what text,
                                                        details text) RETURNS void
    LANGUAGE sql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
    DELETE FROM anthology.load_problem p
        WHERE p.kind = 'correction' AND p.file = record_contradiction.file
            AND p.place = record_contradiction.place AND starts_with(p.reason, what || ' ');
    INSERT INTO anthology.load_problem (kind, file, place, reason)
        VALUES ('correction', file, place, what || ' ' || details)
$$;
COMMENT ON FUNCTION anthology_internal.record_contradiction(text, text, text, text) IS
    'adds a row to load_problem in place of an earlier one of the same name or person';
