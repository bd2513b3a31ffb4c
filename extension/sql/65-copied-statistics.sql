-- term statistics of another server: where papers are that were not loaded here
--
-- A server may rank papers that another server counted, for example a worker of Citus.
-- It needs the other server's counts. They are copied as one value and stay until the
-- next copy: a recount cannot replace them, since the papers are not here.

CREATE FUNCTION export_term_statistics() RETURNS json
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM anthology_internal.require_tables();
    IF NOT EXISTS (SELECT FROM anthology.term_count_state) THEN
        RAISE EXCEPTION 'terms have not been counted'
            USING ERRCODE = 'object_not_in_prerequisite_state',
                HINT = 'Call anthology.refresh_term_statistics().';
    END IF;
    RETURN (SELECT json_build_object(
        'version', anthology_internal.document_version(), 'icu_version', anthology.icu_version(),
        'stamp', s.stamp, 'documents', s.documents, 'length', s.length, 'counted_at', s.counted_at,
        'terms', (SELECT json_agg(json_build_array(t.term, t.documents, t.titles, t.titles_repeated,
                                                   t.related, t.relatedness))
                  FROM anthology.term_statistics t))
        FROM anthology.term_count_state s);
END
$$;
COMMENT ON FUNCTION export_term_statistics() IS
    'the counts of terms as one value, for import_term_statistics() on another server';

CREATE FUNCTION import_term_statistics(counts json) RETURNS bigint
    LANGUAGE plpgsql VOLATILE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    terms bigint;
BEGIN
    PERFORM anthology_internal.require_tables();
    IF json_typeof(counts) <> 'object' OR counts ->> 'documents' IS NULL
        OR counts ->> 'length' IS NULL OR json_typeof(counts -> 'terms') IS DISTINCT FROM 'array'
            THEN
        RAISE EXCEPTION 'these are no term statistics'
            USING ERRCODE = 'invalid_parameter_value',
                HINT = 'Give what anthology.export_term_statistics() returned on the other server.';
    END IF;
    IF counts ->> 'version' IS DISTINCT FROM anthology_internal.document_version()::text
        OR counts ->> 'icu_version' IS DISTINCT FROM anthology.icu_version() THEN
        RAISE WARNING 'the terms were made by another version: documents of version % under ICU %',
                counts ->> 'version', counts ->> 'icu_version'
            USING DETAIL = format('Here it is version %s under ICU %s. Some terms may not be '
                'found.',
                                  anthology_internal.document_version(), anthology.icu_version()),
                HINT = 'Install the same versions on both servers.';
    END IF;
    PERFORM anthology.lock_corpus();
    LOCK TABLE anthology.term_count_state IN SHARE ROW EXCLUSIVE MODE;
    DELETE FROM anthology.document_change;
    DELETE FROM anthology.term_statistics;
    INSERT INTO anthology.term_statistics
            (term, documents, titles, titles_repeated, related, relatedness)
        SELECT t.value ->> 0, (t.value ->> 1)::integer, (t.value ->> 2)::integer,
            (t.value ->> 3)::integer,
            CASE WHEN json_typeof(t.value -> 4) = 'array'
                 THEN ARRAY(SELECT json_array_elements_text(t.value -> 4)) END,
            CASE WHEN json_typeof(t.value -> 5) = 'array'
                 THEN ARRAY(SELECT json_array_elements_text(t.value -> 5)::real) END
        FROM json_array_elements(counts -> 'terms') t;
    GET DIAGNOSTICS terms = ROW_COUNT;
    INSERT INTO anthology.term_count_state AS s
            (stamp, documents, length, counted_at, imported_at)
        VALUES ((counts ->> 'stamp')::uuid, (counts ->> 'documents')::bigint,
                (counts ->> 'length')::bigint, (counts ->> 'counted_at')::timestamptz, now())
        ON CONFLICT (only_row) DO UPDATE SET stamp = excluded.stamp,
            documents = excluded.documents, length = excluded.length,
            counted_at = excluded.counted_at, imported_at = excluded.imported_at;
    RETURN terms;
END
$$;
COMMENT ON FUNCTION import_term_statistics(json) IS
    'takes over the counts of terms of another server, which stand until they are imported again; '
    'returns how many terms there are';
