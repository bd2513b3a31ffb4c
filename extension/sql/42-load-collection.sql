-- load_collection: a collection file into the tables (extension/load_collection.c)
--
-- C reads the file in one pass and merges its volumes, events, papers and elements. Then
-- finish_collection() loads its names, and removes what the file no longer has.

CREATE FUNCTION anthology_internal.papers_of_collection(collection_id text) RETURNS SETOF text
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT p.id FROM anthology.volume v JOIN anthology.paper p ON p.volume_id = v.id
        WHERE v.collection_id = papers_of_collection.collection_id
    UNION ALL
    SELECT p.id FROM anthology.event e JOIN anthology.paper p ON p.event_id = e.id
        WHERE e.collection_id = papers_of_collection.collection_id
$$;
COMMENT ON FUNCTION anthology_internal.papers_of_collection(text) IS
    'ids of the papers, frontmatters and talks of a collection';

CREATE FUNCTION anthology_internal.unchanged_collections(collection_ids text[])
    RETURNS SETOF load_outcome
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    WITH unchanged AS MATERIALIZED (
        SELECT p.id FROM unnest(collection_ids) AS c(id)
            JOIN anthology.volume v ON v.collection_id = c.id
                JOIN anthology.paper p ON p.volume_id = v.id
        UNION ALL
        SELECT p.id FROM unnest(collection_ids) AS c(id)
            JOIN anthology.event e ON e.collection_id = c.id
                JOIN anthology.paper p ON p.event_id = e.id
    )
    SELECT 'volume', 0, 0, count(*), 0, 0, 0, NULL::text[], NULL::text[]
    FROM unnest(collection_ids) AS c(id) JOIN anthology.volume v ON v.collection_id = c.id
    UNION ALL
    SELECT 'paper', 0, 0, count(*), 0, 0, 0, NULL, NULL FROM unchanged
    UNION ALL
    SELECT 'name', 0, 0, count(*), 0, count(*) FILTER (
            WHERE (a.explicit_person_id, a.orcid, a.openreview)
                IS DISTINCT FROM (a.file_person_id, a.file_orcid, a.file_openreview)),
        0, NULL, NULL
    FROM unchanged u JOIN anthology.authorship a ON a.paper_id = u.id
$$;
COMMENT ON FUNCTION anthology_internal.unchanged_collections(text[]) IS
    'what loading does to collections whose files have not changed: nothing';

CREATE FUNCTION anthology_internal.unchanged_collection(source text) RETURNS text
    LANGUAGE sql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT c.id FROM anthology.collection c
    WHERE c.id = substring(left(unchanged_collection.source, 1000) FROM '<collection id="([^"]*)"')
        AND c.source = unchanged_collection.source
$$;
COMMENT ON FUNCTION anthology_internal.unchanged_collection(text) IS
    'the id of the collection whose file is loaded already, byte for byte; NULL if it is not';

CREATE FUNCTION anthology_internal.loaded_collection(source text) RETURNS SETOF load_outcome
    LANGUAGE sql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT o.* FROM anthology_internal.unchanged_collection(source) c,
        LATERAL anthology_internal.unchanged_collections(ARRAY[c]) o
    WHERE c IS NOT NULL
$$;
COMMENT ON FUNCTION anthology_internal.loaded_collection(text) IS
    'the outcome of loading a file that is loaded already; no rows if it is not';

CREATE FUNCTION anthology_internal.begin_collection(collection_id text, source text, file text,
                                                    OUT is_new boolean, OUT keep_sigs boolean)
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    DELETE FROM anthology.load_problem p
        WHERE p.file = begin_collection.file AND p.kind IN ('entry', 'file', 'unknown');
    INSERT INTO anthology.collection AS c (id, source)
        VALUES (collection_id, begin_collection.source)
        ON CONFLICT (id) DO UPDATE SET source = excluded.source
        RETURNING xmax = 0 INTO is_new;
    -- Before 2026 the SIGs' own files listed their volumes.
    keep_sigs := coalesce((SELECT s.layout = 'yaml' FROM anthology.corpus_state s), false);
END
$$;
COMMENT ON FUNCTION anthology_internal.begin_collection(text, text, text) IS
    'keeps the text of a collection file and forgets its problems; is_new: it was not here '
    'before, keep_sigs: a file that names no SIG leaves them as they are';

CREATE FUNCTION anthology_internal.begin_new_collections(collection_ids text[], sources text[],
                                                         files text[])
    RETURNS void
    LANGUAGE sql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
    DELETE FROM anthology.load_problem p
        WHERE p.file = ANY (files) AND p.kind IN ('entry', 'file', 'unknown');
    INSERT INTO anthology.collection (id, source)
        SELECT c.id, c.source FROM unnest(collection_ids, sources) AS c(id, source);
$$;
COMMENT ON FUNCTION anthology_internal.begin_new_collections(text[], text[], text[]) IS
    'begin_collection() for several files whose collections are not here yet';

CREATE FUNCTION anthology_internal.merge_statement(table_name text, columns text[], is_new boolean)
    RETURNS text
    LANGUAGE plpgsql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    keys CONSTANT text[] := CASE table_name WHEN 'paper_element' THEN '{paper_id,ordinal}'
                                ELSE '{id}' END;
    names CONSTANT text[] := ARRAY(SELECT quote_ident(name)
                                   FROM unnest(columns) WITH ORDINALITY AS u(name, i) ORDER BY i);
    others CONSTANT text[] := ARRAY(SELECT quote_ident(name)
                                    FROM unnest(columns) WITH ORDINALITY AS u(name, i)
                                    WHERE name <> ALL (keys) ORDER BY i);
    on_conflict text := '';
BEGIN
    IF NOT is_new THEN
        on_conflict := format(
            'ON CONFLICT (%s) DO UPDATE SET %s WHERE (t.%s) IS DISTINCT FROM (excluded.%s)',
            array_to_string(keys, ', '),
            (SELECT string_agg(format('%1$s = excluded.%1$s', o.name), ', ' ORDER BY o.i)
             FROM unnest(others) WITH ORDINALITY AS o(name, i)),
            array_to_string(others, ', t.'), array_to_string(others, ', excluded.'));
    END IF;
    RETURN format('WITH loaded AS (INSERT INTO anthology.%I AS t (%s) SELECT %2$s FROM unnest($1)
            %s RETURNING xmax = 0 AS is_new)
        SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new) FROM loaded',
        table_name, array_to_string(names, ', '), on_conflict);
END
$$;
COMMENT ON FUNCTION anthology_internal.merge_statement(text, text[], boolean) IS
    'the statement that inserts rows of a table, given as an array of its row type, in these '
    'columns, and counts new and changed ones; rows that are there are updated, unless all are to '
    'be new';

CREATE FUNCTION anthology_internal.take_talks(collection_id text, file text, paper_ids text[])
    RETURNS boolean
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    event record;
    taken boolean := false;
BEGIN
    FOR event IN
        SELECT DISTINCT e.id, e.collection_id
        FROM anthology.paper p JOIN anthology.event e ON e.id = p.event_id
        WHERE p.id = ANY (paper_ids) AND e.collection_id <> take_talks.collection_id
        ORDER BY e.id
    LOOP
        PERFORM anthology_internal.record_problem('entry', file, event.id,
            format('collection "%s" has talks of this event, too: the last file loaded counts',
                   event.collection_id), '23505');
        taken := true;
    END LOOP;
    RETURN taken;
END
$$;
COMMENT ON FUNCTION anthology_internal.take_talks(text, text, text[]) IS
    'whether a collection file has talks that are another collection''s; each such event is a '
    'load_problem';

CREATE FUNCTION anthology_internal.finish_collection(collection_id text, file text, is_new boolean,
                                                     names loaded_name[], volume_ids text[],
                                                         event_ids text[],
                                                     paper_ids text[], element_paper_ids text[],
                                                         merged bigint[])
    RETURNS SETOF load_outcome
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    volumes anthology.load_outcome := ('volume', merged[1], merged[2], 0, 0, 0, 0, NULL, NULL);
    papers anthology.load_outcome := ('paper', merged[3], merged[4], 0, 0, 0, 0, NULL, NULL);
    outcome anthology.load_outcome;
BEGIN
    outcome := anthology_internal.load_names(collection_id, file, names, is_new);
    IF NOT is_new THEN
        -- Elements of a paper are numbered from 1 without gaps.
        DELETE FROM anthology.paper_element e
            USING anthology_internal.papers_of_collection(collection_id) p(id)
                LEFT JOIN (SELECT u.id, count(*) AS elements FROM unnest(element_paper_ids) u(id)
                           GROUP BY u.id) AS n ON n.id = p.id
            WHERE e.paper_id = p.id AND e.ordinal > coalesce(n.elements, 0);
        DELETE FROM anthology.paper p
            WHERE p.id IN
                (SELECT c.id FROM anthology_internal.papers_of_collection(collection_id) c(id))
                AND NOT p.id = ANY (paper_ids);
        GET DIAGNOSTICS papers.removed = ROW_COUNT;
        IF papers.removed > 0 THEN
            DELETE FROM anthology.load_problem p
                WHERE p.kind = 'resolution'
                    AND NOT EXISTS (SELECT FROM anthology.paper q WHERE q.id = p.place);
        END IF;
        DELETE FROM anthology.event e
            WHERE e.collection_id = finish_collection.collection_id AND NOT e.id = ANY (event_ids);
        DELETE FROM anthology.volume v
            WHERE v.collection_id = finish_collection.collection_id AND NOT v.id = ANY (volume_ids);
        GET DIAGNOSTICS volumes.removed = ROW_COUNT;
    END IF;
    volumes.unchanged := cardinality(volume_ids) - volumes.new - volumes.changed;
    papers.unchanged := cardinality(paper_ids) - papers.new - papers.changed;
    RETURN NEXT volumes;
    RETURN NEXT papers;
    RETURN NEXT outcome;
END
$$;
COMMENT ON FUNCTION anthology_internal.finish_collection(text, text, boolean, loaded_name[], text[],
                                                         text[], text[],
    text[], bigint[]) IS
    'loads the names of a collection file, and removes what the file does not have any more';

CREATE FUNCTION anthology_internal.finish_new_collections(names loaded_name[], volumes bigint,
                                                          papers bigint)
    RETURNS SETOF load_outcome
    LANGUAGE sql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT 'volume', volumes, 0, 0, 0, 0, 0, NULL::text[], NULL::text[]
    UNION ALL
    SELECT 'paper', papers, 0, 0, 0, 0, 0, NULL, NULL
    UNION ALL
    SELECT o.* FROM anthology_internal.load_new_names(names) o
$$;
COMMENT ON FUNCTION anthology_internal.finish_new_collections(loaded_name[], bigint, bigint) IS
    'finish_collection() for several files whose collections were not here before, with so many '
    'volumes and papers';

CREATE FUNCTION anthology_internal.load_collection(source text, file text)
    RETURNS SETOF load_outcome
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_load_collection';
COMMENT ON FUNCTION anthology_internal.load_collection(text, text) IS
    'loads a collection file; papers and volumes that the file does not have any more go';
