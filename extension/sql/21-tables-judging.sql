-- judging_tables: definitions of the review queue and of the weights that judging goes by

CREATE FUNCTION anthology_internal.judging_tables() RETURNS SETOF table_part
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    VALUES
    ('assignment_flag', 'table', NULL, NULL,
     'the review queue: assignments that seemed suspicious when they were made'),
    ('assignment_flag', 'column', 'id', 'bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY',
        'a number'),
    ('assignment_flag', 'column', 'source', 'text NOT NULL DEFAULT ''anthology.authorship''',
     'the table that the trigger is on'),
    ('assignment_flag', 'column', 'paper_id', 'text NOT NULL', 'the paper'),
    ('assignment_flag', 'column', 'role', 'text NOT NULL', 'the role of the name on it'),
    ('assignment_flag', 'column', 'position', 'integer NOT NULL', 'the place of the name'),
    ('assignment_flag', 'column', 'credited_name', 'text NOT NULL', 'the name on the paper'),
    ('assignment_flag', 'column', 'person_id', 'text NOT NULL', 'the person it was assigned to'),
    ('assignment_flag', 'column', 'score', 'real NOT NULL',
     'the probability that the paper is the person''s'),
    ('assignment_flag', 'column', 'reason', 'text NOT NULL', 'why it seemed suspicious'),
    ('assignment_flag', 'column', 'kind', 'text NOT NULL DEFAULT ''content''',
     'what speaks against it: content, or the kind of contradiction, as in '
     'suspicious_assignments()'),
    ('assignment_flag', 'column', 'evidence', 'jsonb NOT NULL', 'what the score adds up from'),
    ('assignment_flag', 'column', 'suggested_person_id', 'text', 'the person it could be instead'),
    ('assignment_flag', 'column', 'facts', 'text NOT NULL',
     'digest of what was known of the name, the paper and the person: while it is the same, a '
     'flag once reviewed does not come back'),
    ('assignment_flag', 'column', 'status',
     'text NOT NULL DEFAULT ''open''
         CHECK (status IN (''open'', ''confirmed'', ''dismissed'', ''settled''))',
     'settled: the assignment was changed, or ceased to be suspicious, before anybody reviewed it'),
    ('assignment_flag', 'column', 'flagged_by', 'text NOT NULL DEFAULT session_user',
     'the role that made the assignment'),
    ('assignment_flag', 'column', 'flagged_at', 'timestamptz NOT NULL DEFAULT now()', 'when'),
    ('assignment_flag', 'column', 'reviewed_by', 'text', 'the role that reviewed it'),
    ('assignment_flag', 'column', 'reviewed_at', 'timestamptz', 'when it was reviewed'),
    ('assignment_flag', 'column', 'review_note', 'text', 'what the reviewer noted'),
    ('assignment_flag', 'column', 'reassignment_id', 'bigint REFERENCES anthology.reassignment',
     'the proposal that a confirmed flag staged'),
    ('assignment_flag', 'unique index', 'assignment_flag_assignment',
     '(paper_id, role, "position", person_id, source, facts) WHERE status <> ''settled''', NULL),
    ('assignment_flag', 'index', 'assignment_flag_open', '(score) WHERE status = ''open''', NULL),

    ('assignment_unjudged', 'table', NULL, NULL,
     'assignments made many at once, which wait for judge_new_assignments()'),
    ('assignment_unjudged', 'column', 'source', 'text NOT NULL',
        'the table that the trigger is on'),
    ('assignment_unjudged', 'column', 'paper_id', 'text NOT NULL', 'the paper'),
    ('assignment_unjudged', 'column', 'role', 'text NOT NULL', 'the role of the name on it'),
    ('assignment_unjudged', 'column', 'position', 'integer NOT NULL', 'the place of the name'),
    ('assignment_unjudged', 'column', 'credited_name', 'text NOT NULL', 'the name on the paper'),
    ('assignment_unjudged', 'column', 'person_id', 'text NOT NULL',
        'the person it was assigned to'),
    ('assignment_unjudged', 'column', 'threshold', 'real NOT NULL', 'scores below it are flagged'),
    ('assignment_unjudged', 'constraint', 'assignment_unjudged_pkey',
     'PRIMARY KEY (paper_id, role, "position", person_id, source)', NULL),

    ('assignment_weight', 'table', NULL, NULL,
     'what assignment_score() and suggest_split() go by: log-odds for a signal at or above lower; '
     'see fit_assignment_model()'),
    ('assignment_weight', 'column', 'model',
     'text NOT NULL', 'what is judged: a paper against a page, a pair of papers, a name, a kind '
         'of contradiction'),
    ('assignment_weight', 'column', 'stratum', 'integer NOT NULL',
     'of pairs: without co-authors (0), with shared ones (1), with ones known to each other (2), '
     'among strangers (3); of groups: of one paper (0), of two or three (1), of more (2); else 0'),
    ('assignment_weight', 'column', 'signal', 'text NOT NULL',
        'the signal, as in assignment_evidence()'),
    ('assignment_weight', 'column', 'lower', 'double precision NOT NULL',
     'the least value of the signal that the weight holds for'),
    ('assignment_weight', 'column', 'weight', 'double precision NOT NULL', 'the log-odds'),
    ('assignment_weight', 'constraint', 'assignment_weight_pkey',
     'PRIMARY KEY (model, stratum, signal, lower)', NULL),

    ('assignment_tree', 'table', NULL, NULL,
     'what assignment_score() goes by: trees of seven questions each, one after another; see '
     'fit_assignment_model()'),
    ('assignment_tree', 'column', 'model', 'text NOT NULL', 'what is judged: a paper'),
    ('assignment_tree', 'column', 'tree', 'integer NOT NULL', 'its number'),
    ('assignment_tree', 'column', 'signal', 'text[] NOT NULL',
     'the signal that a question is about, as in assignment_evidence(); null: no such question'),
    ('assignment_tree', 'column', 'cut', 'double precision[] NOT NULL',
     'whether its value is below this. After question n comes 2n if it is, and 2n + 1 if not'),
    ('assignment_tree', 'column', 'below', 'double precision[] NOT NULL',
     'the log-odds that it adds if it is'),
    ('assignment_tree', 'column', 'above', 'double precision[] NOT NULL',
     'the log-odds that it adds if it is not'),
    ('assignment_tree', 'constraint', 'assignment_tree_pkey', 'PRIMARY KEY (model, tree)', NULL)
$$;
COMMENT ON FUNCTION anthology_internal.judging_tables() IS
    'definitions of the review queue and of the weights that judging goes by';
