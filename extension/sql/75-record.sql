-- the record of corrections: who made them, and protection against changes
--
-- A proposal writes a row of reassignment with its items and changes of persons. After
-- that the row can only be decided and undone. Triggers refuse any other change, even by
-- the tables' owner. The owner can turn a trigger off. So every decision also adds a row
-- to correction_log, with a digest of what was decided and a hash over the digest and the
-- row before. check_record() follows the hashes.

CREATE FUNCTION keep_record() RETURNS trigger
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    decision constant text[] := '{status,decided_by,decided_role,decided_for,decided_at,'
        'decision_note}';
BEGIN
    IF TG_TABLE_SCHEMA = 'anthology' AND TG_OP = 'UPDATE' THEN
        CASE TG_TABLE_NAME
            WHEN 'reassignment' THEN
                -- A proposal is decided.
                IF OLD.status = 'proposed' AND NEW.status IN ('applied', 'rejected')
                    AND to_jsonb(NEW) - decision = to_jsonb(OLD) - decision
                -- What was applied is undone.
                    OR OLD.status = 'applied' AND NEW.status = 'undone'
                    AND to_jsonb(NEW) - 'status' = to_jsonb(OLD) - 'status' THEN
                    RETURN NEW;
                END IF;
            WHEN 'reassignment_item', 'person_change' THEN
                IF OLD.undone_by IS NULL
                    AND to_jsonb(NEW) - 'undone_by' = to_jsonb(OLD) - 'undone_by' THEN
                    RETURN NEW;
                END IF;
            ELSE NULL;
        END CASE;
    ELSIF TG_TABLE_SCHEMA = 'anthology' AND TG_TABLE_NAME = 'person_change'
        AND TG_OP = 'DELETE' THEN
        -- A change that proves needless when the proposal is carried out is removed.
        IF EXISTS (SELECT FROM anthology.reassignment r
                   WHERE r.id = OLD.reassignment_id AND r.status = 'proposed') THEN
            RETURN OLD;
        END IF;
    END IF;
    RAISE EXCEPTION 'the record of corrections is not to be changed'
        USING ERRCODE = 'insufficient_privilege',
            DETAIL = format('%s on table %I.%I.', TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME),
            HINT = 'undo_reassignment() takes a correction back.';
END
$$;
COMMENT ON FUNCTION keep_record() IS
    'trigger that refuses to change the record of corrections, but for deciding and undoing';

-- Lists the columns, because a column of a later version is not part of older digests.
CREATE FUNCTION anthology_internal.correction_digest(reassignment_id bigint) RETURNS text
    LANGUAGE sql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
    SET timezone = 'UTC'
AS $$
    SELECT encode(sha256(convert_to(jsonb_build_array(r.id, r.kind, r.status, r.from_person_id,
        r.to_person_id, r.paper_ids, r.page_seen, r.undoes, r.note, r.proposed_by, r.proposed_role,
        r.proposed_for, r.proposed_at, r.decided_by, r.decided_role, r.decided_for, r.decided_at,
        r.decision_note,
        (SELECT jsonb_agg(jsonb_build_array(i.paper_id, i.role, i."position", i.first, i.last,
                    i.cause, i.before_person_id, i.after_person_id,
                    i.before_explicit_id, i.after_explicit_id, i.before_orcid,
                    i.after_orcid, i.undone_by)
                ORDER BY i.paper_id COLLATE "C", i.role COLLATE "C", i."position")
         FROM anthology.reassignment_item i WHERE i.reassignment_id = r.id),
        (SELECT jsonb_agg(jsonb_build_array(c.ordinal, c.person_id, c.action, c.before, c.after,
                    c.undone_by)
                ORDER BY c.ordinal)
         FROM anthology.person_change c WHERE c.reassignment_id = r.id))::text, 'UTF8')), 'hex')
    FROM anthology.reassignment r WHERE r.id = correction_digest.reassignment_id
$$;
COMMENT ON FUNCTION anthology_internal.correction_digest(bigint) IS
    'a digest of all that is recorded of a correction';

CREATE FUNCTION anthology_internal.correction_log_hash(before text, number bigint,
                                                       reassignment_id bigint,
                                                       status text, logged_at timestamptz,
                                                           digest text)
    RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT encode(sha256(convert_to(concat_ws(' ', before, number, reassignment_id, status,
        extract(epoch FROM logged_at), digest), 'UTF8')), 'hex')
$$;
COMMENT ON FUNCTION anthology_internal.correction_log_hash(text, bigint, bigint, text, timestamptz,
                                                           text) IS
    'the hash of a row of correction_log: over the row before and this';

-- Runs under the lock of the corpus, so that the numbers have no gaps.
CREATE FUNCTION anthology_internal.log_correction(reassignment_id bigint) RETURNS void
    LANGUAGE sql VOLATILE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
    INSERT INTO anthology.correction_log (number, reassignment_id, status, logged_at, digest, hash)
        SELECT l.number + 1, r.id, r.status, now(), d.digest,
            anthology_internal.correction_log_hash(l.hash, l.number + 1, r.id, r.status, now(),
                                                   d.digest)
        FROM anthology.reassignment r,
            LATERAL anthology_internal.correction_digest(r.id) AS d(digest),
            LATERAL (SELECT coalesce(max(n.number), 0) AS number,
                         (SELECT p.hash FROM anthology.correction_log p
                          ORDER BY p.number DESC LIMIT 1) AS hash
                     FROM anthology.correction_log n) AS l
        WHERE r.id = log_correction.reassignment_id;
$$;
COMMENT ON FUNCTION anthology_internal.log_correction(bigint) IS
    'adds a row to correction_log: a correction as it now stands';

CREATE FUNCTION check_record(known_number bigint DEFAULT NULL, known_hash text DEFAULT NULL)
    RETURNS TABLE (reassignment_id bigint, problem text)
    LANGUAGE sql STABLE ROWS 10
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT NULL, format('trigger %s of table %s is missing or disabled', t.name, t.tab)
    FROM (VALUES ('keep_record'), ('keep_record_truncate')) AS g(name),
        LATERAL (SELECT g.name, 'anthology.' || tab AS tab FROM unnest(
            '{reassignment,reassignment_item,person_change,correction_log}'::text[]) AS tab) AS t
    WHERE NOT EXISTS (SELECT FROM pg_trigger p WHERE p.tgrelid = to_regclass(t.tab)
                          AND p.tgname = t.name AND p.tgenabled IN ('O', 'A')
                          AND p.tgfoid = 'anthology.keep_record'::regproc)
    UNION ALL
    SELECT l.reassignment_id, format('row %s of correction_log is missing', l.number - 1)
    FROM (SELECT n.*, lag(n.number, 1, 0) OVER (ORDER BY n.number) AS before
          FROM anthology.correction_log n) AS l
    WHERE l.number <> l.before + 1
    UNION ALL
    SELECT l.reassignment_id,
           format('row %s of correction_log has been altered, or one before it', l.number)
    FROM (SELECT n.*, lag(n.hash) OVER (ORDER BY n.number) AS before
          FROM anthology.correction_log n) AS l
    WHERE l.hash <> anthology_internal.correction_log_hash(l.before, l.number, l.reassignment_id,
                                                           l.status,
                                                           l.logged_at, l.digest)
    UNION ALL
    SELECT coalesce(r.id, l.reassignment_id), CASE
        WHEN r.id IS NULL THEN 'is in correction_log, but not recorded any more'
        WHEN l.reassignment_id IS NULL THEN format('is %s, but not in correction_log', r.status)
        ELSE 'has been altered since it was decided' END
    FROM (SELECT DISTINCT ON (n.reassignment_id) n.* FROM anthology.correction_log n
          ORDER BY n.reassignment_id, n.number DESC) AS l
        FULL JOIN (SELECT * FROM anthology.reassignment q WHERE q.status <> 'proposed') AS r
            ON r.id = l.reassignment_id
    WHERE r.id IS NULL OR l.reassignment_id IS NULL
        OR l.digest <> anthology_internal.correction_digest(r.id)
    UNION ALL
    SELECT NULL, format('row %s of correction_log is not the one known', known_number)
    WHERE known_number IS NOT NULL
        AND NOT EXISTS (SELECT FROM anthology.correction_log n WHERE n.number = known_number
                            AND n.hash = known_hash)
$$;
COMMENT ON FUNCTION check_record(bigint, text) IS
    'what has been altered in the record of corrections: nothing, if all is well; '
    'given a number and hash of correction_log noted earlier, also whether the log was made anew';
