-- the record, as a person reads it
--
-- Plain SQL over the tables: there is no C file for these.

CREATE FUNCTION described_value(value jsonb) RETURNS text
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT CASE jsonb_typeof(value)
        WHEN 'array' THEN (SELECT string_agg(anthology.described_value(e), ', ')
                           FROM jsonb_array_elements(value) e)
        WHEN 'object' THEN concat_ws(' ', NULLIF(value ->> 'first', ''), value ->> 'last')
        ELSE coalesce(value #>> '{}', 'none')
    END
$$;
COMMENT ON FUNCTION described_value(jsonb) IS
    'a value of an entry of people.yaml in words: names as they are printed';

CREATE FUNCTION described_change(action text, before jsonb, after jsonb) RETURNS text
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT CASE action
        WHEN 'create' THEN 'made, as ' || anthology.described_value(after -> 'names')
        WHEN 'delete' THEN 'deleted'
        WHEN 'add name' THEN 'lists the name ' || anthology.described_value(after)
        WHEN 'remove name' THEN
            'does not list the name ' || anthology.described_value(before) || ' any more'
        ELSE (SELECT string_agg(format('%s: %s instead of %s', k.key,
                  anthology.described_value(after -> k.key),
                  anthology.described_value(before -> k.key)), '; ' ORDER BY k.key)
              FROM (SELECT jsonb_object_keys(before) UNION SELECT jsonb_object_keys(after)) AS k(key)
              WHERE before -> k.key IS DISTINCT FROM after -> k.key)
    END
$$;
COMMENT ON FUNCTION described_change(text, jsonb, jsonb) IS
    'a change of a person in words';

CREATE FUNCTION history(person_id text)
    RETURNS TABLE (reassignment_id bigint, at timestamptz, by text, kind text, status text,
                   what text, why text)
    LANGUAGE sql STABLE STRICT ROWS 20
    SET search_path = pg_catalog, pg_temp
AS $$
    -- The person's ids, of now and once.
    WITH RECURSIVE own(id) AS (
        SELECT history.person_id
        UNION
        SELECT v.other FROM own, anthology.reassignment r,
            LATERAL (VALUES (r.from_person_id, r.to_person_id), (r.to_person_id, r.from_person_id)) AS v(id, other)
        WHERE r.kind = 'rename' AND r.status = 'applied' AND v.id = own.id
    )
    SELECT r.id, coalesce(r.decided_at, r.proposed_at),
        CASE WHEN r.decided_at IS NULL THEN r.proposed_by || coalesce(' for ' || r.proposed_for, '')
            ELSE r.decided_by || coalesce(' for ' || r.decided_for, '') END,
        r.kind || coalesce(' of ' || r.undoes, ''), r.status,
        concat_ws('; ', c.changes, 'names gained: ' || i.gained,
            'names lost: ' || i.lost),
        concat_ws('; ', r.note, r.decision_note)
    FROM anthology.reassignment r
        LEFT JOIN LATERAL (
            SELECT string_agg(anthology.described_change(c.action, c.before, c.after), '; '
                              ORDER BY c.ordinal) AS changes
            FROM anthology.person_change c
            WHERE c.reassignment_id = r.id AND c.person_id IN (SELECT own.id FROM own)) AS c ON true
        LEFT JOIN LATERAL (
            SELECT NULLIF(count(*) FILTER (WHERE g.after AND NOT g.before), 0),
                NULLIF(count(*) FILTER (WHERE g.before AND NOT g.after), 0)
            FROM anthology.reassignment_item i,
                LATERAL (SELECT coalesce(i.before_person_id IN (SELECT own.id FROM own), false) AS before,
                             coalesce(i.after_person_id IN (SELECT own.id FROM own), false) AS after) AS g
            WHERE i.reassignment_id = r.id) AS i(gained, lost) ON true
    WHERE c.changes IS NOT NULL OR i.gained IS NOT NULL OR i.lost IS NOT NULL
        OR r.kind = 'rename' AND r.to_person_id IN (SELECT own.id FROM own)
    ORDER BY r.id
$$;
COMMENT ON FUNCTION history(text) IS
    'every correction that concerned a person: who did what when and why';

CREATE FUNCTION history_of_paper(paper_id text)
    RETURNS TABLE (reassignment_id bigint, at timestamptz, by text, kind text, status text,
                   credited_name text, before_person_id text, after_person_id text, cause text,
                   why text)
    LANGUAGE sql STABLE STRICT ROWS 20
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT r.id, coalesce(r.decided_at, r.proposed_at),
        CASE WHEN r.decided_at IS NULL THEN r.proposed_by || coalesce(' for ' || r.proposed_for, '')
            ELSE r.decided_by || coalesce(' for ' || r.decided_for, '') END,
        r.kind || coalesce(' of ' || r.undoes, ''), r.status,
        concat_ws(' ', NULLIF(i.first, ''), i.last), i.before_person_id, i.after_person_id, i.cause,
        concat_ws('; ', r.note, r.decision_note)
    FROM anthology.reassignment_item i
        JOIN anthology.reassignment r ON r.id = i.reassignment_id
    WHERE i.paper_id = history_of_paper.paper_id
    ORDER BY r.id, i.role, i."position"
$$;
COMMENT ON FUNCTION history_of_paper(text) IS
    'every correction that concerned a name on a paper: who moved it, from where to where, when and why';
