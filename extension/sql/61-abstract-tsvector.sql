-- abstract_tsvector: a paper's title and abstract as a document (extension/abstract_tsvector.c)

CREATE FUNCTION abstract_tsvector(title text, abstract text) RETURNS tsvector
    LANGUAGE c IMMUTABLE PARALLEL SAFE COST 1000
    AS 'MODULE_PATHNAME', 'anthology_abstract_tsvector_sql';
COMMENT ON FUNCTION abstract_tsvector(text, text) IS
    'the terms of a title (weight A) and an abstract (weight B) in the Anthology''s markup; NULL '
    'is empty';

CREATE FUNCTION abstract_tsvector(title text, abstract text, title_weight "char",
                                  abstract_weight "char") RETURNS tsvector
    LANGUAGE c IMMUTABLE PARALLEL SAFE COST 1000
    AS 'MODULE_PATHNAME', 'anthology_abstract_tsvector_weights';
COMMENT ON FUNCTION abstract_tsvector(text, text, "char", "char") IS
    'the same with other weights; NULL if a weight is NULL';

CREATE FUNCTION anthology_internal.document_version() RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
    AS 'SELECT 2';
COMMENT ON FUNCTION anthology_internal.document_version() IS
    'counts the changes of what abstract_tsvector() makes of a text: 2 since 1.2, 1 before';

CREATE FUNCTION rebuild_documents() RETURNS bigint
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    part record;
    changed bigint := 0;
    more bigint;
BEGIN
    PERFORM anthology.lock_corpus();
    -- In parts, so that others see how far it has come.
    FOR part IN
        SELECT min(p.id) AS first, max(p.id) AS last, (min(p.i) - 1) AS done, p.total
        FROM (SELECT q.id, row_number() OVER (ORDER BY q.id) AS i, count(*) OVER () AS total
              FROM anthology.paper q) p
        GROUP BY (p.i - 1) / 2000, p.total ORDER BY done
    LOOP
        PERFORM anthology_internal.report_progress('rebuild_documents: papers', part.done,
                                                   part.total);
        -- Touching a paper makes its generated document anew.
        UPDATE anthology.paper SET title = title
            WHERE id BETWEEN part.first AND part.last
                AND document <> anthology.abstract_tsvector(title, abstract);
        GET DIAGNOSTICS more = ROW_COUNT;
        changed := changed + more;
    END LOOP;
    UPDATE anthology.corpus_state SET document_version = anthology_internal.document_version();
    PERFORM anthology_internal.end_progress();
    RETURN changed;
END
$$;
COMMENT ON FUNCTION rebuild_documents() IS
    'makes anew the documents that another version of the extension would make of the same text, '
    'and returns how many; then call refresh_term_statistics()';
