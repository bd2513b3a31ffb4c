-- the review queue: triggers that flag suspicious assignments, and their review
-- (extension/flags.c)
--
-- A trigger hands new assignments to receive_assignments(). It judges a few at once. If
-- there are many, they wait in assignment_unjudged for judge_new_assignments(). An
-- assignment with a low score becomes a row of assignment_flag, which review_flag() decides.

CREATE TYPE new_assignment AS (
    paper_id text,
    role text,
    "position" integer,
    credited_name text,
    person_id text
);
COMMENT ON TYPE new_assignment IS
    'a name on a paper that has just been assigned to a person';

-- The facts are what a reviewer goes by: the name and the paper as they are printed, the
-- paper's other authors, and the person. The person's other papers are not among them.
-- Otherwise every new paper of the person would bring back all dismissed flags.
CREATE FUNCTION anthology_internal.assignment_facts(assignment new_assignment) RETURNS text
    LANGUAGE sql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT encode(sha256(convert_to(jsonb_build_array(
        assignment.credited_name, assignment.person_id, p.title, p.abstract, p.year,
        (SELECT jsonb_agg(DISTINCT jsonb_build_array(a.full_name, a.person_id, a.orcid,
                                                     a.affiliation))
         FROM anthology.authorship a WHERE a.paper_id = p.id),
        (SELECT jsonb_build_array(q.orcid, q.degree, q.comment,
             (SELECT jsonb_agg(DISTINCT n.full_name) FROM anthology.person_name n
              WHERE n.person_id = q.id AND NOT n.inferred))
         FROM anthology.person q WHERE q.id = assignment.person_id))::text, 'UTF8')), 'hex')
    FROM anthology.paper p WHERE p.id = assignment.paper_id
$$;
COMMENT ON FUNCTION anthology_internal.assignment_facts(new_assignment) IS
    'a digest of what is known of a name, its paper and the person';

-- A paper or a person that is not in the corpus cannot be judged. Assignments in the
-- corpus' own table are judged page by page. Those in another table are no part of a page
-- yet, so each is judged by itself.
CREATE FUNCTION anthology_internal.judge_assignments(assignments new_assignment[], threshold real,
                                                     source text)
    RETURNS TABLE (assignment new_assignment, score real)
    LANGUAGE plpgsql STABLE STRICT ROWS 10
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF source = 'anthology.authorship' THEN
        RETURN QUERY
            SELECT a, j.score
            FROM anthology.judge_pages(
                    ARRAY(SELECT DISTINCT a.paper_id FROM unnest(assignments) AS a
                          WHERE a.person_id IS NOT NULL),
                    ARRAY(SELECT DISTINCT a.person_id FROM unnest(assignments) AS a
                          WHERE a.person_id IS NOT NULL),
                    threshold) AS j
                JOIN unnest(assignments) AS a ON a.paper_id = j.paper_id
                    AND a.person_id = j.person_id;
    ELSE
        RETURN QUERY
            SELECT a, s.score
            FROM unnest(assignments) AS a
                JOIN anthology.paper p ON p.id = a.paper_id
                JOIN anthology.person q ON q.id = a.person_id,
                LATERAL (SELECT anthology.assignment_score(p.id, q.id) OFFSET 0) AS s(score)
            WHERE s.score < threshold;
    END IF;
END
$$;
COMMENT ON FUNCTION anthology_internal.judge_assignments(new_assignment[], real, text) IS
    'those of some assignments that score below a threshold, where the corpus has the paper and '
    'the person';

-- A reviewed assignment is flagged again only after its facts have changed.
CREATE FUNCTION anthology_internal.assignment_reviewed(assignment new_assignment, source text,
                                                       status text[])
    RETURNS boolean
    LANGUAGE plpgsql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RETURN EXISTS (
        SELECT FROM anthology.assignment_flag f
        WHERE f.status = ANY (assignment_reviewed.status) AND f.source = assignment_reviewed.source
            AND f.paper_id = assignment.paper_id AND f.role = assignment.role
            AND f."position" = assignment."position" AND f.person_id = assignment.person_id
            AND f.facts = anthology_internal.assignment_facts(assignment));
END
$$;
COMMENT ON FUNCTION anthology_internal.assignment_reviewed(new_assignment, text, text[]) IS
    'whether there is a flag of one of the statuses on this assignment, and the facts are still '
    'the same';

CREATE FUNCTION anthology_internal.assignment_dismissed(assignment new_assignment) RETURNS boolean
    LANGUAGE sql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT anthology_internal.assignment_reviewed(assignment, 'anthology.authorship', '{dismissed}')
$$;
COMMENT ON FUNCTION anthology_internal.assignment_dismissed(new_assignment) IS
    'whether a reviewer has dismissed what speaks against this assignment, and the facts are '
    'still the same';

CREATE FUNCTION anthology_internal.flag_judged_assignments(assignments new_assignment[],
                                                           threshold real, source text)
    RETURNS bigint
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    judged record;
    own record;
    better text;
    flagged bigint := 0;
BEGIN
    FOR judged IN
        SELECT j.score, j.assignment, (j.assignment).*
        FROM anthology_internal.judge_assignments(assignments, threshold, source) j
        WHERE NOT anthology_internal.assignment_reviewed(j.assignment,
                                                         flag_judged_assignments.source,
                                                         '{dismissed,confirmed}')
    LOOP
        own := NULL;
        better := NULL;
        -- Judges the person and the others who could be the author, the likeliest first.
        FOR own IN
            SELECT * FROM anthology.judge_candidates(judged.paper_id, ARRAY(
                SELECT judged.person_id
                UNION SELECT c.person_id
                FROM anthology_internal.candidate_persons(judged.paper_id, judged.role,
                                                          judged."position",
                                                          3) c
                WHERE judged.role = 'author' AND source = 'anthology.authorship'))
        LOOP
            EXIT WHEN own.person_id = judged.person_id;
            better := coalesce(better, CASE WHEN own.score > 0.5 THEN own.person_id END);
        END LOOP;
        INSERT INTO anthology.assignment_flag
                (source, paper_id, role, "position", credited_name, person_id, score, reason,
                 evidence, suggested_person_id, facts)
            VALUES (flag_judged_assignments.source, judged.paper_id, judged.role,
                judged."position", judged.credited_name, judged.person_id, judged.score,
                own.reason, own.evidence, better,
                    anthology_internal.assignment_facts(judged.assignment))
            ON CONFLICT DO NOTHING;
        flagged := flagged + FOUND::integer;
    END LOOP;
    RETURN flagged;
END
$$;
COMMENT ON FUNCTION anthology_internal.flag_judged_assignments(new_assignment[], real, text) IS
    'flags those of some assignments that score below a threshold; returns their number';

CREATE FUNCTION anthology_internal.queue_findings(threshold real) RETURNS bigint
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    finding record;
    content record;
    queued bigint := 0;
BEGIN
    IF threshold NOT BETWEEN 0 AND 1 OR threshold IS NULL THEN
        RAISE EXCEPTION 'threshold must be between 0 and 1, not %', threshold
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    -- A flag whose assignment was changed before its review is settled.
    UPDATE anthology.assignment_flag f SET status = 'settled', reviewed_at = now()
        WHERE f.status = 'open' AND f.source = 'anthology.authorship' AND NOT EXISTS (
            SELECT FROM anthology.authorship a
            WHERE a.paper_id = f.paper_id AND a.role = f.role AND a."position" = f."position"
                AND a.person_id = f.person_id);
    FOR finding IN
        SELECT s.*, row_number() OVER () - 1 AS done, count(*) OVER () AS total,
            (s.paper_id, s.role, s."position", s.credited_name, s.person_id)
                ::anthology.new_assignment AS assignment
        FROM anthology.suspicious_assignments(NULL, threshold) s
    LOOP
        PERFORM anthology_internal.report_progress('queue_suspicious: findings', finding.done,
                                                   finding.total);
        CONTINUE WHEN anthology_internal.assignment_reviewed(finding.assignment,
                                                             'anthology.authorship',
                                                             '{open,confirmed}');
        SELECT j.evidence, (SELECT sum((e ->> 'weight')::float8)
                            FROM jsonb_array_elements(j.evidence) e) AS log_odds
            INTO content
            FROM anthology.judge_candidates(finding.paper_id, ARRAY[finding.person_id]) j;
        INSERT INTO anthology.assignment_flag
                (paper_id, role, "position", credited_name, person_id, score, reason, kind,
                 evidence, suggested_person_id, facts)
            VALUES (finding.paper_id, finding.role, finding."position", finding.credited_name,
                finding.person_id, finding.score, finding.reason, finding.kind,
                CASE WHEN finding.kind = 'content' THEN content.evidence
                     -- The contradiction weighs what the content leaves of the score.
                     ELSE content.evidence || jsonb_build_object('signal', finding.kind, 'value', 1,
                         'weight', ln(greatest(finding.score, 1e-7) / (1 - finding.score))
                             - content.log_odds,
                         'detail', finding.reason) END,
                finding.suggested_person_id,
                    anthology_internal.assignment_facts(finding.assignment))
            ON CONFLICT DO NOTHING;
        queued := queued + FOUND::integer;
    END LOOP;
    PERFORM anthology_internal.end_progress();
    RETURN queued;
END
$$;
COMMENT ON FUNCTION anthology_internal.queue_findings(real) IS
    'what queue_suspicious() does as the owner of the queue';

CREATE FUNCTION queue_suspicious(threshold real DEFAULT 0.02) RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_queue_suspicious';
COMMENT ON FUNCTION queue_suspicious(real) IS
    'puts what suspicious_assignments() finds below the threshold on the review queue, but for '
    'what is there or was reviewed; '
    'returns the number of new flags';

CREATE FUNCTION anthology_internal.receive_assignments(assignments new_assignment[], threshold real,
                                                       mode text,
                                                       source text)
    RETURNS void
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    -- The client waits for these. Fifty are the names on a few papers.
    at_once CONSTANT integer := 50;
    bad record;
BEGIN
    IF mode = 'reject' THEN
        SELECT count(*) AS n, min(j.paper_id) FILTER (WHERE j.n = 1) AS paper_id,
                min(j.person_id) FILTER (WHERE j.n = 1) AS person_id,
                string_agg(format('%s %s of paper %s, %s: %s', j.role, j."position", j.paper_id,
                    j.credited_name, j.person_id), E'\n' ORDER BY j.n)
                        FILTER (WHERE j.n <= 10) AS listed
            INTO bad
            FROM (SELECT (s.assignment).*, row_number() OVER (ORDER BY s.score) AS n
                  FROM anthology_internal.judge_assignments(assignments, threshold, source) s) AS j;
        IF bad.n > 0 THEN
            RAISE EXCEPTION 'paper "%" does not seem to be by person "%"',
                    bad.paper_id, bad.person_id
                USING ERRCODE = 'check_violation',
                    DETAIL = format('%s: %s', anthology_internal.counted(bad.n,
                                                                         'suspicious assignment'),
                                    bad.listed),
                    HINT = 'assignment_evidence() says why. To make it all the same, turn the '
                          'triggers '
                           'off with flag_assignments(''off'').';
        END IF;
    END IF;

    -- Open flags on the former assignments of these names are settled.
    UPDATE anthology.assignment_flag f SET status = 'settled', reviewed_at = now()
        FROM unnest(assignments) AS a
        WHERE f.status = 'open' AND f.source = receive_assignments.source
            AND f.paper_id = a.paper_id AND f.role = a.role AND f."position" = a."position";
    IF mode = 'reject' THEN
        RETURN;
    ELSIF cardinality(assignments) <= at_once THEN
        PERFORM anthology_internal.flag_judged_assignments(assignments, threshold, source);
    ELSE
        INSERT INTO anthology.assignment_unjudged
            SELECT DISTINCT receive_assignments.source, a.paper_id, a.role, a."position",
                a.credited_name, a.person_id, receive_assignments.threshold
            FROM unnest(assignments) AS a
            WHERE a.paper_id IS NOT NULL AND a.role IS NOT NULL AND a."position" IS NOT NULL
                AND a.person_id IS NOT NULL
            ON CONFLICT DO NOTHING;
        RAISE NOTICE '% wait for judge_new_assignments()',
            anthology_internal.counted(cardinality(assignments), 'new assignment');
    END IF;
END
$$;
COMMENT ON FUNCTION anthology_internal.receive_assignments(new_assignment[], real, text, text) IS
    'what the trigger does with new assignments: judges a few at once, lets many wait';

CREATE FUNCTION flag_suspicious_assignment() RETURNS trigger
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_flag_suspicious_assignment';
COMMENT ON FUNCTION flag_suspicious_assignment() IS
    'trigger AFTER INSERT or UPDATE, row or statement level, on authorship or a table with its '
    'columns; '
    'arguments: a threshold, and ''flag'' or ''reject''';

CREATE FUNCTION anthology_internal.judge_waiting(batch integer) RETURNS bigint
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    total CONSTANT bigint := (SELECT count(*) FROM anthology.assignment_unjudged);
    done bigint := 0;
    flagged bigint := 0;
    taken record;
BEGIN
    IF batch < 1 OR batch IS NULL THEN
        RAISE EXCEPTION 'a batch must be of at least one assignment, not %', batch
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    LOOP
        PERFORM anthology_internal.report_progress('judge_new_assignments: names', done, total);
        -- A batch is judged from one reading, so the assignments of a person come together.
        FOR taken IN
            WITH chosen AS (
                DELETE FROM anthology.assignment_unjudged d USING (
                    SELECT u.* FROM anthology.assignment_unjudged u
                    ORDER BY u.person_id, u.paper_id LIMIT batch) AS u
                WHERE (d.paper_id, d.role, d."position", d.person_id, d.source)
                    = (u.paper_id, u.role, u."position", u.person_id, u.source)
                RETURNING d.*
            )
            SELECT c.source, c.threshold, count(*) AS n,
                array_agg((c.paper_id, c.role, c."position", c.credited_name, c.person_id)
                          ::anthology.new_assignment ORDER BY c.person_id,
                              c.paper_id) AS assignments
            FROM chosen c
            -- An assignment that was changed since is left out: the trigger received it anew.
            WHERE c.source <> 'anthology.authorship' OR EXISTS (
                SELECT FROM anthology.authorship a
                WHERE a.paper_id = c.paper_id AND a.role = c.role AND a."position" = c."position"
                    AND a.person_id = c.person_id)
            GROUP BY c.source, c.threshold
        LOOP
            flagged := flagged
                + anthology_internal.flag_judged_assignments(taken.assignments, taken.threshold,
                                                             taken.source);
        END LOOP;
        done := done + batch;
        EXIT WHEN NOT EXISTS (SELECT FROM anthology.assignment_unjudged) OR done >= total;
        RAISE NOTICE 'judged % of % assignments', done, total;
    END LOOP;
    PERFORM anthology_internal.end_progress();
    RETURN flagged;
END
$$;
COMMENT ON FUNCTION anthology_internal.judge_waiting(integer) IS
    'judges the assignments that wait, in batches; returns the number of flags';

CREATE FUNCTION judge_new_assignments() RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_judge_new_assignments';
COMMENT ON FUNCTION judge_new_assignments() IS
    'judges the assignments that were made many at once; returns the number of flags';

CREATE FUNCTION anthology_internal.refuse_blind_triggers(target regclass) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    kind "char" := (SELECT c.relkind FROM pg_class c WHERE c.oid = target);
    elsewhere text;
BEGIN
    IF kind = 'p' OR EXISTS (SELECT FROM pg_inherits i WHERE i.inhparent = target) THEN
        elsewhere := 'it has partitions or heirs, which take rows as well';
    ELSIF EXISTS (SELECT FROM pg_class c WHERE c.oid = target AND c.relispartition) THEN
        elsewhere := 'it is a partition, which takes rows by the whole table';
    ELSIF kind <> 'r' THEN
        elsewhere := 'it is no ordinary table';
    ELSIF to_regclass('pg_catalog.pg_dist_partition') IS NOT NULL THEN
        EXECUTE 'SELECT ''it is distributed by Citus: its rows are in shards'' '
                'FROM pg_catalog.pg_dist_partition WHERE logicalrelid = $1' INTO elsewhere
                    USING target;
    END IF;
    IF elsewhere IS NOT NULL THEN
        RAISE EXCEPTION 'triggers on table % would not see all rows', target
            USING ERRCODE = 'wrong_object_type', DETAIL = initcap(left(elsewhere, 1))
                || substr(elsewhere, 2) || '.',
                HINT = 'Flag the ordinary table that the rows come from, or judge them with '
                       'queue_suspicious(). '
                       'A partitioned table may have a trigger FOR EACH ROW that executes '
                       'anthology.flag_suspicious_assignment().';
    END IF;
END
$$;
COMMENT ON FUNCTION anthology_internal.refuse_blind_triggers(regclass) IS
    'an error for a table whose triggers for each statement would not see all rows: of '
    'partitions, heirs, servers or shards';

CREATE FUNCTION flag_assignments(mode text DEFAULT 'flag', threshold real DEFAULT 0.1,
                                 "table" regclass DEFAULT to_regclass('anthology.authorship'))
    RETURNS void
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
    SET client_min_messages = warning
AS $$
DECLARE
    event text;
BEGIN
    IF mode NOT IN ('flag', 'reject', 'off') OR mode IS NULL THEN
        RAISE EXCEPTION 'mode must be "flag", "reject" or "off", not "%"', mode
            USING ERRCODE = 'invalid_parameter_value';
    ELSIF threshold NOT BETWEEN 0 AND 1 OR threshold IS NULL THEN
        RAISE EXCEPTION 'threshold must be between 0 and 1, not %', threshold
            USING ERRCODE = 'invalid_parameter_value';
    ELSIF "table" IS NULL THEN
        RAISE EXCEPTION 'the tables of the corpus do not exist'
            USING ERRCODE = 'undefined_table', HINT = 'Call anthology.create_tables().';
    END IF;
    IF mode <> 'off' THEN
        PERFORM anthology_internal.refuse_blind_triggers("table");
    END IF;
    FOREACH event IN ARRAY '{insert,update}'::text[] LOOP
        IF mode = 'off' THEN
            EXECUTE format('DROP TRIGGER IF EXISTS %I ON %s', 'anthology_flag_' || event, "table");
        ELSE
            -- Replacing a trigger blocks writers but no readers. Dropping it would block both.
            EXECUTE format('CREATE OR REPLACE TRIGGER %I AFTER %s ON %s '
                           'REFERENCING %s NEW TABLE AS new_names '
                           'FOR EACH STATEMENT EXECUTE FUNCTION '
                           'anthology.flag_suspicious_assignment(%L, %L)',
                           'anthology_flag_' || event, event, "table",
                           CASE event WHEN 'update' THEN 'OLD TABLE AS old_names' END, threshold,
                               mode);
        END IF;
    END LOOP;
END
$$;
COMMENT ON FUNCTION flag_assignments(text, real, regclass) IS
    'turns on the triggers that flag or reject suspicious assignments, changes their settings, '
    'or turns them off; the table''s owner may';

CREATE FUNCTION anthology_internal.decide_flag(id bigint, status text, note text) RETURNS bigint
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    flag anthology.assignment_flag;
    proposal bigint;
BEGIN
    IF decide_flag.status IS NULL OR decide_flag.status NOT IN ('confirmed', 'dismissed') THEN
        RAISE EXCEPTION 'a flag is "confirmed" or "dismissed", not "%"', decide_flag.status
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    SELECT * INTO flag FROM anthology.assignment_flag f WHERE f.id = decide_flag.id FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'there is no flag %', decide_flag.id
            USING ERRCODE = 'undefined_object';
    ELSIF flag.status <> 'open' THEN
        RAISE EXCEPTION 'flag % is not open any more', decide_flag.id
            USING ERRCODE = 'object_not_in_prerequisite_state',
                DETAIL = format('It is %s.', flag.status);
    END IF;
    IF decide_flag.status = 'confirmed' AND flag.suggested_person_id IS NOT NULL
        AND flag.source = 'anthology.authorship'
    THEN
        BEGIN
            proposal := anthology.propose_reassignment(ARRAY[flag.paper_id], flag.person_id,
                flag.suggested_person_id, concat_ws('; ', format('flag %s', flag.id), flag.reason,
                                                    decide_flag.note));
        EXCEPTION WHEN OTHERS THEN
            -- Re-raise transient errors.
            IF SQLSTATE ~ '^(40|53|57|58|XX)' OR SQLSTATE = '55P03' THEN
                RAISE;
            END IF;
            RAISE NOTICE 'flag % is confirmed, but nothing is proposed: %', flag.id, SQLERRM;
        END;
    END IF;
    UPDATE anthology.assignment_flag f
        SET status = decide_flag.status, reviewed_by = session_user, reviewed_at = now(),
            review_note = decide_flag.note, reassignment_id = proposal
        WHERE f.id = flag.id;
    RETURN proposal;
END
$$;
COMMENT ON FUNCTION anthology_internal.decide_flag(bigint, text, text) IS
    'records the review of a flag; returns the proposal staged';

CREATE FUNCTION review_flag(id bigint, status text, note text DEFAULT NULL) RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_review_flag';
COMMENT ON FUNCTION review_flag(bigint, text, text) IS
    'reviews a flag: confirmed or dismissed; a confirmed one with a better person stages the '
    'reassignment, whose id is returned';

-- These act as the owner of the tables: whoever may call them may review.
CREATE FUNCTION anthology_internal.flags_privileges() RETURNS TABLE (function name, granted_to text)
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    VALUES ('flag_suspicious_assignment', 'editor'),
        ('judge_new_assignments', 'editor'),
        ('queue_suspicious', 'editor'),
        ('review_flag', 'editor')
$$;
COMMENT ON FUNCTION anthology_internal.flags_privileges() IS
    'who is granted the functions of the review queue: see granted_functions()';
