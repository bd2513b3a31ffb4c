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
    changed bigint;
BEGIN
    PERFORM anthology.lock_corpus();
    -- Touching a paper makes its generated document anew.
    UPDATE anthology.paper SET title = title
        WHERE document <> anthology.abstract_tsvector(title, abstract);
    GET DIAGNOSTICS changed = ROW_COUNT;
    UPDATE anthology.corpus_state SET document_version = anthology_internal.document_version();
    RETURN changed;
END
$$;
COMMENT ON FUNCTION rebuild_documents() IS
    'makes anew the documents that another version of the extension would make of the same text, '
    'and returns how many; then call refresh_term_statistics()';
