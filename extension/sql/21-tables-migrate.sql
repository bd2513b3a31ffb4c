-- migrate_tables: what new tables and columns need for the rows that are there already

CREATE FUNCTION anthology_internal.migrate_tables(added text[]) RETURNS void
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    decided bigint;
    stale record;
    long record;
    replaced text[];
BEGIN
    INSERT INTO anthology.corpus_state (icu_version, document_version)
        VALUES (anthology.icu_version(),
                anthology_internal.document_version()) ON CONFLICT DO NOTHING;

    -- Without this no name can be looked up or added.
    IF NOT (SELECT b.readable FROM anthology_internal.name_index_built(
                'anthology.person_name_full_name') b) THEN
        REINDEX INDEX anthology.person_name_full_name;
    END IF;

    -- Long texts compress well, and lz4 is quick.
    IF EXISTS (SELECT FROM pg_settings WHERE name = 'default_toast_compression'
                   AND 'lz4' = ANY (enumvals)) THEN
        FOR long IN
            SELECT a.attrelid::regclass AS table_name, a.attname
            FROM (VALUES ('collection', 'source'), ('data_file', 'source'), ('paper', 'abstract'),
                      ('paper', 'document'), ('document_change', 'document')) AS c(table_name, name)
                JOIN pg_attribute a ON a.attname = c.name
                    AND a.attrelid = format('anthology.%I', c.table_name)::regclass
            WHERE a.attcompression <> 'l'
        LOOP
            EXECUTE format('ALTER TABLE %s ALTER COLUMN %I SET COMPRESSION lz4',
                           long.table_name, long.attname);
        END LOOP;
    END IF;

    -- Constraints that allowed less in an older version are replaced.
    FOR stale IN
        SELECT p.table_name, p.name, p.definition
        FROM anthology_internal.table_parts() p
            JOIN pg_constraint c ON c.conname = p.name
                AND c.conrelid = format('anthology.%I', p.table_name)::regclass
        WHERE p.kind = 'constraint' AND p.name = 'load_problem_kind_check'
            AND pg_get_constraintdef(c.oid) NOT LIKE '%unknown%'
    LOOP
        EXECUTE format('ALTER TABLE anthology.%1$I DROP CONSTRAINT %2$I, ADD CONSTRAINT %2$I %3$s',
                       stale.table_name, stale.name, stale.definition);
    END LOOP;

    -- The table of a version before 1.2 refuses models that are new.
    IF EXISTS (SELECT FROM pg_constraint c WHERE c.conname = 'assignment_weight_model_check'
                   AND c.conrelid = 'anthology.assignment_weight'::regclass) THEN
        ALTER TABLE anthology.assignment_weight DROP CONSTRAINT assignment_weight_model_check;
    END IF;

    -- Without triggers, changes of papers were not recorded. So terms are counted anew.
    IF 'paper.document_insert' = ANY (added) THEN
        DELETE FROM anthology.term_count_state s WHERE s.imported_at IS NULL;
    END IF;

    IF 'authorship.file_orcid' = ANY (added) THEN
        UPDATE anthology.authorship SET file_orcid = orcid WHERE orcid IS NOT NULL;
    END IF;
    IF 'reassignment_item.after_orcid' = ANY (added) THEN
        UPDATE anthology.reassignment_item i SET before_orcid = a.orcid, after_orcid = a.orcid
            FROM anthology.authorship a
            WHERE i.cause = 'selected' AND a.orcid IS NOT NULL AND a.paper_id = i.paper_id
                AND a.role = i.role AND a."position" = i."position";
    END IF;

    -- Older versions knew one layout only, the one of yaml/.
    IF 'corpus_state.layout' = ANY (added) THEN
        UPDATE anthology.corpus_state SET layout = 'yaml'
            WHERE EXISTS (SELECT FROM anthology.collection);
    END IF;

    -- Decisions of a version that had no log yet are entered.
    IF 'correction_log' = ANY (added) THEN
        FOR decided IN
            SELECT r.id FROM anthology.reassignment r WHERE r.status <> 'proposed' ORDER BY r.id
        LOOP
            PERFORM anthology_internal.log_correction(decided);
        END LOOP;
    END IF;

    -- Up to 1.2 the strata of groups were others, and pages came apart by themselves. Such weights
    -- say something else now, and those of pairs belong to them.
    IF NOT EXISTS (SELECT FROM anthology.assignment_weight w
                   WHERE w.model = 'page' AND w.signal = 'threshold') THEN
        WITH gone AS (DELETE FROM anthology.assignment_weight w
                      WHERE w.model IN ('pair', 'group', 'page') RETURNING w.model)
            SELECT array_agg(DISTINCT g.model) INTO replaced FROM gone g;
        -- Joinings weigh more now, and names that contradict each other outweigh them still.
        UPDATE anthology.assignment_weight w SET weight = -8
            WHERE w.model = 'name' AND w.signal = 'names on a page' AND w.weight = -5;
    END IF;

    -- Up to 1.2 papers were judged by weights of ranges. Trees take their place.
    IF NOT EXISTS (SELECT FROM anthology.assignment_tree t WHERE t.model = 'paper') THEN
        WITH gone AS (DELETE FROM anthology.assignment_weight w WHERE w.model = 'paper'
                      RETURNING w.model)
            SELECT replaced || array_agg(DISTINCT g.model) INTO replaced FROM gone g;
        INSERT INTO anthology.assignment_tree
            SELECT * FROM anthology_internal.default_assignment_trees();
    END IF;

    -- A warning, because create_tables() lets no notice through.
    IF cardinality(replaced) > 0 THEN
        RAISE WARNING 'weights of an older version are replaced by those of the extension: %',
                (SELECT string_agg(r.model, ', ' ORDER BY r.model COLLATE "C")
                 FROM unnest(replaced) AS r(model))
            USING DETAIL = 'Judging goes by other signals now.',
                HINT = 'If they had been fitted to your corpus, fit anew: '
                    'call anthology.fit_assignment_model().';
    END IF;

    -- Only the weights of new signals are added, because the others may have been fitted.
    INSERT INTO anthology.assignment_weight
        SELECT * FROM anthology_internal.default_assignment_weights() d
        WHERE NOT EXISTS (SELECT FROM anthology.assignment_weight w
                          WHERE w.model = d.model AND w.signal = d.signal);

    IF EXISTS (SELECT FROM anthology.paper)
        AND NOT EXISTS (SELECT FROM anthology.term_count_state) THEN
        PERFORM anthology.refresh_term_statistics();
    END IF;
END
$$;
COMMENT ON FUNCTION anthology_internal.migrate_tables(text[]) IS
    'fills the tables and columns that create_tables() has just added, named as "table" or '
    '"table.column", for rows that were there before';
