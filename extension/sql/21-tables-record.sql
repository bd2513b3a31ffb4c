-- record_tables: definitions of the tables that record corrections

CREATE FUNCTION anthology_internal.record_tables() RETURNS SETOF table_part
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    VALUES
    ('reassignment', 'table', NULL, NULL,
     'every correction: proposed, applied, rejected or undone, by whom, when and why'),
    ('reassignment', 'column', 'id', 'bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY', 'a number'),
    ('reassignment', 'column', 'kind', 'text NOT NULL', 'what is done, as in "reassign" or '
        '"merge"'),
    ('reassignment', 'column', 'status',
     'text NOT NULL DEFAULT ''proposed''
         CHECK (status IN (''proposed'', ''applied'', ''rejected'', ''undone''))',
     'how far it has come'),
    ('reassignment', 'column', 'from_person_id', 'text', 'the person whose page loses papers'),
    ('reassignment', 'column', 'to_person_id', 'text', 'the person whose page gains them'),
    ('reassignment', 'column', 'paper_ids', 'text[] NOT NULL DEFAULT ''{}''',
        'the papers selected'),
    ('reassignment', 'column', 'page_seen', 'text[] NOT NULL DEFAULT ''{}''',
     'the papers on from_person''s page when it was proposed'),
    ('reassignment', 'column', 'undoes', 'bigint REFERENCES anthology.reassignment',
     'the correction that this one undoes'),
    ('reassignment', 'column', 'note', 'text', 'why it was proposed'),
    ('reassignment', 'column', 'proposed_by', 'text NOT NULL DEFAULT session_user',
     'the role that logged in'),
    ('reassignment', 'column', 'proposed_at', 'timestamptz NOT NULL DEFAULT now()', 'when'),
    ('reassignment', 'column', 'decided_by', 'text',
     'the role that logged in: neither SET ROLE nor a function that runs as its owner hides it'),
    ('reassignment', 'column', 'decided_at', 'timestamptz', 'when it was applied, rejected or '
        'undone'),
    ('reassignment', 'column', 'decision_note', 'text', 'why it was decided so'),
    ('reassignment', 'column', 'proposed_role', 'text', 'the role that the proposer had SET, '
        'if any'),
    ('reassignment', 'column', 'proposed_for', 'text',
     'the person at work, as the application that logged in says: anthology.session_person'),
    ('reassignment', 'column', 'decided_role', 'text', 'the role that it had SET, if any'),
    ('reassignment', 'column', 'decided_for', 'text',
     'the person at work, as the application that logged in says: anthology.session_person'),
    ('reassignment', 'default', 'proposed_role', 'NULLIF(current_setting(''role''), ''none'')',
        NULL),
    ('reassignment', 'default', 'proposed_for',
     'NULLIF(current_setting(''anthology.session_person'', true), '''')', NULL),

    ('reassignment_item', 'table', NULL, NULL,
     'every name that a correction moves, selected or as a side effect, before and after'),
    ('reassignment_item', 'column', 'reassignment_id',
     'bigint NOT NULL REFERENCES anthology.reassignment', 'the correction'),
    ('reassignment_item', 'column', 'paper_id', 'text NOT NULL', 'the paper'),
    ('reassignment_item', 'column', 'role', 'text NOT NULL', 'the role of the name on it'),
    ('reassignment_item', 'column', 'position', 'integer NOT NULL', 'the place of the name'),
    ('reassignment_item', 'column', 'first', 'text NOT NULL', 'the first name'),
    ('reassignment_item', 'column', 'last', 'text NOT NULL', 'the last name'),
    ('reassignment_item', 'column', 'cause',
     'text NOT NULL CHECK (cause IN (''selected'', ''side effect''))',
     'whether it was asked for or follows from the rule'),
    ('reassignment_item', 'column', 'before_person_id', 'text', 'the person it resolved to before'),
    ('reassignment_item', 'column', 'after_person_id', 'text', 'the person it resolves to after'),
    ('reassignment_item', 'column', 'before_explicit_id', 'text', 'the explicit id before'),
    ('reassignment_item', 'column', 'after_explicit_id', 'text', 'the explicit id after'),
    ('reassignment_item', 'column', 'undone_by', 'bigint REFERENCES anthology.reassignment',
     'the correction that took it back'),
    ('reassignment_item', 'constraint', 'reassignment_item_pkey',
     'PRIMARY KEY (reassignment_id, paper_id, role, "position")', NULL),
    ('reassignment_item', 'column', 'before_orcid', 'text',
     'the orcid attribute that a selected name had; NULL for side effects'),
    ('reassignment_item', 'column', 'after_orcid', 'text',
     'the orcid attribute that a selected name is to have, see orcid_beside(); NULL for side '
     'effects'),
    ('reassignment_item', 'index', 'reassignment_item_paper_id', '(paper_id)', NULL),

    ('person_change', 'table', NULL, NULL,
     'every change that a correction makes to a person, before and after'),
    ('person_change', 'column', 'reassignment_id',
     'bigint NOT NULL REFERENCES anthology.reassignment', 'the correction'),
    ('person_change', 'column', 'ordinal', 'integer NOT NULL', 'the order of its changes, from 1'),
    ('person_change', 'column', 'person_id', 'text NOT NULL', 'the person'),
    ('person_change', 'column', 'action',
     'text NOT NULL
         CHECK (action IN (''create'', ''delete'', ''change'', ''add name'', ''remove name''))',
     'what was done to the person'),
    ('person_change', 'column', 'before', 'jsonb', 'what changed, as it was'),
    ('person_change', 'column', 'after', 'jsonb', 'what changed, as it is to be'),
    ('person_change', 'column', 'undone_by', 'bigint REFERENCES anthology.reassignment',
     'the correction that took it back'),
    ('person_change', 'constraint', 'person_change_pkey',
     'PRIMARY KEY (reassignment_id, ordinal)', NULL),
    ('person_change', 'index', 'person_change_person_id', '(person_id)', NULL),

    ('correction_log', 'table', NULL, NULL,
     'a row for every decision, numbered without gaps: check_record() sees what has been altered'),
    ('correction_log', 'column', 'number', 'bigint PRIMARY KEY', 'the number of the decision, '
        'from 1'),
    ('correction_log', 'column', 'reassignment_id', 'bigint NOT NULL', 'the correction'),
    ('correction_log', 'column', 'status', 'text NOT NULL', 'what was decided'),
    ('correction_log', 'column', 'logged_at', 'timestamptz NOT NULL', 'when'),
    ('correction_log', 'column', 'digest', 'text NOT NULL',
     'of all that is recorded of the correction, as it was decided'),
    ('correction_log', 'column', 'hash', 'text NOT NULL',
     'over the digest and the hash of the row before'),

    ('reassignment', 'trigger', 'keep_record',
     'BEFORE UPDATE OR DELETE ON anthology.reassignment
      FOR EACH ROW EXECUTE FUNCTION anthology.keep_record()', NULL),
    ('reassignment', 'trigger', 'keep_record_truncate',
     'BEFORE TRUNCATE ON anthology.reassignment
      FOR EACH STATEMENT EXECUTE FUNCTION anthology.keep_record()', NULL),
    ('reassignment_item', 'trigger', 'keep_record',
     'BEFORE UPDATE OR DELETE ON anthology.reassignment_item
      FOR EACH ROW EXECUTE FUNCTION anthology.keep_record()', NULL),
    ('reassignment_item', 'trigger', 'keep_record_truncate',
     'BEFORE TRUNCATE ON anthology.reassignment_item
      FOR EACH STATEMENT EXECUTE FUNCTION anthology.keep_record()', NULL),
    ('person_change', 'trigger', 'keep_record',
     'BEFORE UPDATE OR DELETE ON anthology.person_change
      FOR EACH ROW EXECUTE FUNCTION anthology.keep_record()', NULL),
    ('person_change', 'trigger', 'keep_record_truncate',
     'BEFORE TRUNCATE ON anthology.person_change
      FOR EACH STATEMENT EXECUTE FUNCTION anthology.keep_record()', NULL),
    ('correction_log', 'trigger', 'keep_record',
     'BEFORE UPDATE OR DELETE ON anthology.correction_log
      FOR EACH ROW EXECUTE FUNCTION anthology.keep_record()', NULL),
    ('correction_log', 'trigger', 'keep_record_truncate',
     'BEFORE TRUNCATE ON anthology.correction_log
      FOR EACH STATEMENT EXECUTE FUNCTION anthology.keep_record()', NULL)
$$;
COMMENT ON FUNCTION anthology_internal.record_tables() IS
    'definitions of the tables that record corrections';
