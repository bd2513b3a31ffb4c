-- help: the functions that are meant for use, by topic
--
-- The extension has more functions than these: the others are their parts. A new
-- public function needs its name in public_functions(); its meaning is its COMMENT.
-- Plain SQL: there is no C file for these.

CREATE FUNCTION anthology_internal.public_functions() RETURNS TABLE (topic text, names text[])
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    VALUES
    ('start', ARRAY['help', 'create_tables', 'load_directory', 'import_collection',
        'import_people', 'import_venues', 'import_sigs', 'grant_reader', 'grant_editor',
        'check_database', 'progress']),
    ('names', ARRAY['name_similarity', 'name_explain', 'name_similar', 'name_distance',
        'name_normalize', 'name_slug', 'name_parts', 'jaro_similarity',
        'jaro_winkler_similarity', 'damerau_levenshtein', 'jaccard', 'orcid_normalize']),
    ('pages', ARRAY['find_person', 'person_page', 'person_names', 'person_coauthors',
        'person_venues', 'person_similar', 'present_id', 'person_page_html']),
    ('search', ARRAY['search_papers', 'related_papers', 'paper_keywords', 'keywords_by',
        'abstract_keywords', 'abstract_headline', 'abstract_plain', 'abstract_html',
        'abstract_tsvector', 'abstract_tsquery', 'abstract_phraseto_tsquery', 'abstract_rank',
        'abstract_similarity', 'abstract_words', 'rarest_words', 'distinctive_terms',
        'refresh_term_statistics', 'export_term_statistics', 'import_term_statistics',
        'rebuild_documents']),
    ('judge', ARRAY['suspicious_assignments', 'assignment_conflicts', 'assignment_score',
        'assignment_evidence', 'suggest_persons', 'judge_candidates', 'suggest_split',
        'page_parts', 'suggest_owners', 'split_evidence', 'mixed_pages', 'suggest_merge',
        'suggest_merges', 'merge_evidence', 'fit_assignment_model', 'b_cubed', 'pairwise_f1',
        'auroc']),
    ('review', ARRAY['flag_assignments', 'flag_suspicious_assignment', 'judge_new_assignments',
        'queue_suspicious', 'review_flag']),
    ('correct', ARRAY['propose_reassignment', 'preview_reassignment', 'preview_html',
        'apply_reassignment', 'reject_reassignment', 'undo_reassignment', 'propose_undo',
        'reassign_papers', 'create_person', 'propose_person',
        'verify_person', 'propose_verify_person',
        'verify_names', 'propose_verify_names', 'split_person', 'propose_split_person',
        'merge_persons', 'propose_merge_persons', 'rename_person', 'propose_rename_person',
        'link_papers', 'propose_link_papers', 'unlink_papers', 'propose_unlink_papers',
        'release_papers', 'propose_release_papers', 'add_name', 'propose_add_name',
        'remove_name', 'propose_remove_name', 'set_canonical_name',
        'propose_set_canonical_name', 'change_name', 'propose_change_name',
        'set_name_matching', 'propose_set_name_matching', 'set_orcid', 'propose_set_orcid',
        'ingest_names', 'propose_ingest_names']),
    ('record', ARRAY['history', 'history_of_paper', 'check_record', 'lock_corpus']),
    ('requests', ARRAY['issue_to_request', 'request_to_proposal', 'requests_to_proposals',
        'correction_issue', 'correction_issue_form']),
    ('hand back', ARRAY['changed_files', 'export_changes', 'export_collection',
        'export_people_json', 'export_people_yaml', 'export_hall_of_fame',
        'recover_exports']),
    ('citations', ARRAY['bibtex', 'mods', 'endnote', 'citations', 'bibtex_text']),
    ('upkeep', ARRAY['rebuild_slugs', 'icu_version', 'installed_version', 'library_version'])
$$;
COMMENT ON FUNCTION anthology_internal.public_functions() IS
    'the names of the functions that are meant for use, by topic, the most used first';

CREATE FUNCTION help(about text DEFAULT NULL)
    RETURNS TABLE (topic text, name text, arguments text, returns text, meaning text)
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
        SELECT t.topic, n.name, pg_get_function_arguments(p.oid), pg_get_function_result(p.oid),
            obj_description(p.oid, 'pg_proc')
        FROM anthology_internal.public_functions() WITH ORDINALITY AS t(topic, names, place),
            LATERAL unnest(t.names) WITH ORDINALITY AS n(name, place)
            JOIN pg_proc p ON p.pronamespace = 'anthology'::regnamespace AND p.proname = n.name
        WHERE help.about IS NULL OR help.about IN (t.topic, n.name)
        ORDER BY t.place, n.place, 3;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'there is no topic and no function "%"', help.about
            USING ERRCODE = 'undefined_object',
                HINT = 'Topics are ' || (SELECT string_agg(t.topic, ', ')
                                         FROM anthology_internal.public_functions() t) || '.';
    END IF;
END
$$;
COMMENT ON FUNCTION help(text) IS
    'the functions that are meant for use: all, those of a topic, or one by its name; what they '
    'take, return and mean';
