-- the record, as a person reads it
--
-- Plain SQL over the tables: there is no C file for these.

CREATE FUNCTION anthology_internal.described_value(value jsonb) RETURNS text
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT CASE jsonb_typeof(value)
        WHEN 'array' THEN (SELECT string_agg(anthology_internal.described_value(e), ', ')
                           FROM jsonb_array_elements(value) e)
        WHEN 'object' THEN concat_ws(' ', NULLIF(value ->> 'first', ''), value ->> 'last')
        ELSE coalesce(value #>> '{}', 'none')
    END
$$;
COMMENT ON FUNCTION anthology_internal.described_value(jsonb) IS
    'a value of an entry of people.yaml in words: names as they are printed';

CREATE FUNCTION anthology_internal.described_change(action text, before jsonb, after jsonb)
    RETURNS text
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT CASE action
        WHEN 'create' THEN 'made, as ' || anthology_internal.described_value(after -> 'names')
        WHEN 'delete' THEN 'deleted'
        WHEN 'add name' THEN 'lists the name ' || anthology_internal.described_value(after)
        WHEN 'remove name' THEN
            'does not list the name ' || anthology_internal.described_value(before) || ' any more'
        ELSE (SELECT string_agg(format('%s: %s instead of %s', k.key,
                  anthology_internal.described_value(after -> k.key),
                  anthology_internal.described_value(before -> k.key)), '; ' ORDER BY k.key)
              FROM (SELECT jsonb_object_keys(before)
                    UNION SELECT jsonb_object_keys(after)) AS k(key)
              WHERE before -> k.key IS DISTINCT FROM after -> k.key)
    END
$$;
COMMENT ON FUNCTION anthology_internal.described_change(text, jsonb, jsonb) IS
    'a change of a person in words';

CREATE FUNCTION anthology_internal.made_by(person_id text, before bigint) RETURNS bigint
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT coalesce(max(r.id), 0)
    FROM anthology.person_change c JOIN anthology.reassignment r ON r.id = c.reassignment_id
    WHERE c.person_id = made_by.person_id AND c.action = 'create' AND r.status = 'applied'
        AND r.kind <> 'undo' AND r.id < made_by.before
$$;
COMMENT ON FUNCTION anthology_internal.made_by(text, bigint) IS
    'the last correction before another that made a person of this id; 0 if it was loaded';

CREATE FUNCTION history(person_id text)
    RETURNS TABLE (reassignment_id bigint, at timestamptz, by text, kind text, status text,
                   what text, why text)
    LANGUAGE sql STABLE STRICT ROWS 20
    SET search_path = pg_catalog, pg_temp
AS $$
    -- Several persons may have had an id in turn. These are the ids of this person, each
    -- from the correction that gave it to the one that took it away.
    WITH RECURSIVE held(id, since) AS (
        SELECT history.person_id, 0::bigint
        UNION ALL
        SELECT n.to_person_id, n.id
        FROM held, LATERAL (
            SELECT r.id, r.to_person_id FROM anthology.reassignment r
            WHERE r.kind = 'rename' AND r.status = 'applied' AND r.from_person_id = held.id
                AND r.id > held.since
            ORDER BY r.id DESC LIMIT 1) AS n
        WHERE NOT EXISTS (SELECT FROM anthology.person p WHERE p.id = held.id)
    ), own(id, since, until) AS (
        SELECT h.id, m.since, 9223372036854775807
        FROM (SELECT held.id FROM held ORDER BY held.since DESC LIMIT 1) AS h,
            LATERAL (SELECT anthology_internal.made_by(h.id, 9223372036854775807)) AS m(since)
        UNION ALL
        SELECT r.from_person_id, anthology_internal.made_by(r.from_person_id, r.id), r.id
        FROM own JOIN anthology.reassignment r ON r.id = own.since AND r.kind = 'rename'
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
            SELECT string_agg(anthology_internal.described_change(c.action, c.before, c.after), '; '
                              ORDER BY c.ordinal) AS changes
            FROM anthology.person_change c
            WHERE c.reassignment_id = r.id AND EXISTS (
                SELECT FROM own WHERE own.id = c.person_id AND r.id BETWEEN own.since AND own.until)
            ) AS c ON true
        LEFT JOIN LATERAL (
            SELECT NULLIF(count(*) FILTER (WHERE g.after AND NOT g.before), 0),
                NULLIF(count(*) FILTER (WHERE g.before AND NOT g.after), 0)
            FROM anthology.reassignment_item i,
                LATERAL (SELECT coalesce(bool_or(own.id = i.before_person_id), false) AS before,
                             coalesce(bool_or(own.id = i.after_person_id), false) AS after
                         FROM own WHERE r.id BETWEEN own.since AND own.until) AS g
            WHERE i.reassignment_id = r.id) AS i(gained, lost) ON true
    WHERE c.changes IS NOT NULL OR i.gained IS NOT NULL OR i.lost IS NOT NULL
        OR r.kind = 'rename' AND EXISTS (
            SELECT FROM own WHERE own.id = r.to_person_id AND r.id BETWEEN own.since AND own.until)
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
    'every correction that concerned a name on a paper: who moved it, from where to where, '
    'when and why';
