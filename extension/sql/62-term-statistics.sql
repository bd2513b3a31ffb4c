-- term statistics: in how many papers a term occurs (extension/term_statistics.c,
-- extension/count_terms.c)
--
-- Counting everything takes seconds, and a collection has a few dozen papers of
-- a hundred thousand. So triggers on paper keep the documents that came and
-- went, and refresh_term_statistics() adds and subtracts their terms.

CREATE FUNCTION anthology_internal.document_length(document tsvector) RETURNS integer
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 10
    AS 'MODULE_PATHNAME', 'anthology_document_length_sql';
COMMENT ON FUNCTION anthology_internal.document_length(tsvector) IS
    'the length of a document as abstract_rank() takes it: positions of all its terms';

CREATE FUNCTION anthology_internal.count_terms()
    RETURNS TABLE (term text, documents integer, titles integer, titles_repeated integer,
                   related text[], relatedness real[])
    LANGUAGE c STABLE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_count_terms';
COMMENT ON FUNCTION anthology_internal.count_terms() IS
    'counts the terms of all papers: what term_statistics is to hold';

CREATE FUNCTION record_document_change() RETURNS trigger
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM anthology.term_count_state WHERE imported_at IS NULL) THEN
        RETURN NULL;    -- everything is still to be counted, or another server counts
    END IF;
    CASE TG_OP
        WHEN 'INSERT' THEN
            INSERT INTO anthology.document_change (document, change)
                SELECT n.document, 1 FROM new_paper n;
        WHEN 'DELETE' THEN
            INSERT INTO anthology.document_change (document, change)
                SELECT o.document, -1 FROM old_paper o;
        WHEN 'UPDATE' THEN
            INSERT INTO anthology.document_change (document, change)
                SELECT d.document, d.change
                FROM old_paper o FULL JOIN new_paper n ON n.id = o.id,
                    LATERAL (VALUES (o.document, -1), (n.document, 1)) AS d(document, change)
                WHERE o.document IS DISTINCT FROM n.document AND d.document IS NOT NULL;
        WHEN 'TRUNCATE' THEN
            DELETE FROM anthology.term_count_state;
            DELETE FROM anthology.document_change;
    END CASE;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION record_document_change() IS
    'trigger on paper: keeps what refresh_term_statistics() is to add and subtract';

CREATE FUNCTION refresh_term_statistics(complete boolean DEFAULT false) RETURNS bigint
    LANGUAGE plpgsql VOLATILE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    changed bigint;
BEGIN
    IF to_regclass('anthology.term_count_state') IS NULL THEN
        RAISE EXCEPTION 'the tables of the corpus do not exist'
            USING ERRCODE = 'undefined_table', HINT = 'Call anthology.create_tables().';
    END IF;
    -- Before any other lock, as loads take it.
    PERFORM anthology.lock_corpus();
    -- One recount at a time. Readers use the old counts meanwhile.
    LOCK TABLE anthology.term_count_state IN SHARE ROW EXCLUSIVE MODE;
    IF EXISTS (SELECT FROM anthology.term_count_state WHERE imported_at IS NOT NULL) THEN
        IF NOT complete THEN
            RAISE NOTICE 'the counts of terms were imported from another server, and stay'
                USING HINT = 'Import them anew, or count the papers here with '
                    'anthology.refresh_term_statistics(true).';
            RETURN 0;
        ELSIF NOT EXISTS (SELECT FROM anthology.paper) THEN
            RAISE EXCEPTION 'there are no papers to count, and the counts are of another server'
                USING ERRCODE = 'object_not_in_prerequisite_state',
                    HINT = 'Import them anew with anthology.import_term_statistics().';
        END IF;
    END IF;
    IF complete OR (SELECT count(*) FROM anthology.document_change) >= coalesce(
        (SELECT s.documents / 10 FROM anthology.term_count_state s), 0) THEN
        -- Otherwise somebody could change a paper that is counted already, while no row
        -- tells the trigger to record the change yet.
        LOCK TABLE anthology.paper IN SHARE MODE;
        DELETE FROM anthology.document_change;
        WITH counted AS MATERIALIZED (
            SELECT c.* FROM anthology_internal.count_terms() c
        ), gone AS (
            DELETE FROM anthology.term_statistics t
                WHERE NOT EXISTS (SELECT FROM counted c WHERE c.term = t.term)
        )
        INSERT INTO anthology.term_statistics AS t
                (term, documents, titles, titles_repeated, related, relatedness)
            SELECT c.* FROM counted c
            ON CONFLICT (term) DO UPDATE SET documents = excluded.documents,
                titles = excluded.titles, titles_repeated = excluded.titles_repeated,
                related = excluded.related, relatedness = excluded.relatedness
            WHERE t.* IS DISTINCT FROM excluded.*;
        INSERT INTO anthology.term_count_state AS s (stamp, documents, length, counted_at)
            SELECT gen_random_uuid(), count(*),
                coalesce(sum(anthology_internal.document_length(p.document)), 0), now()
            FROM anthology.paper p
            ON CONFLICT (only_row) DO UPDATE SET stamp = excluded.stamp,
                documents = excluded.documents, length = excluded.length,
                counted_at = excluded.counted_at, imported_at = NULL
            RETURNING s.documents INTO changed;
        RETURN changed;
    END IF;

    WITH change AS (
        DELETE FROM anthology.document_change RETURNING document, change
    ), occurrence AS (
        SELECT l.lexeme AS term, c.change, 'A' = ANY (l.weights) AND c.has_abstract AS in_title,
            'B' = ANY (l.weights) AS in_abstract
        FROM (SELECT change.*, ts_filter(document, '{b}') <> '' AS has_abstract FROM change) c,
            unnest(c.document) l
    ), difference AS (
        SELECT o.term, sum(o.change) AS documents,
            coalesce(sum(o.change) FILTER (WHERE o.in_title), 0) AS titles,
            coalesce(sum(o.change) FILTER (WHERE o.in_title AND o.in_abstract), 0) AS repeated
        FROM occurrence o GROUP BY o.term
    ), counted AS (
        INSERT INTO anthology.term_statistics AS t (term, documents, titles, titles_repeated)
            SELECT d.term, d.documents, d.titles, d.repeated FROM difference d
            WHERE d.documents <> 0 OR d.titles <> 0 OR d.repeated <> 0
            ON CONFLICT (term) DO UPDATE SET documents = t.documents + excluded.documents,
                titles = t.titles + excluded.titles,
                titles_repeated = t.titles_repeated + excluded.titles_repeated
    ), total AS (
        UPDATE anthology.term_count_state s SET stamp = gen_random_uuid(), counted_at = now(),
                documents = s.documents + c.documents, length = s.length + c.length
            FROM (SELECT sum(c.change) AS documents,
                      sum(c.change * anthology_internal.document_length(c.document)) AS length
                  FROM change c HAVING count(*) > 0) c
    )
    SELECT count(*) INTO changed FROM change;
    IF changed > 0 THEN
        DELETE FROM anthology.term_statistics t WHERE t.documents <= 0;
    END IF;
    RETURN changed;
END
$$;
COMMENT ON FUNCTION refresh_term_statistics(boolean) IS
    'counts in how many papers each term occurs, and finds related terms: everything at first, if '
    'asked to, or if a tenth has changed; else counts what has changed since; returns how many '
    'documents it counted: none if the counts were imported, unless asked for everything';
