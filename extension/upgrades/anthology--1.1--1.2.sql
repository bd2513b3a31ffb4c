-- anthology 1.1 to 1.2: written by extension/generate_upgrade
\echo Use "ALTER EXTENSION anthology UPDATE TO '1.2'" to load this file. \quit

-- What extension/generate_upgrade cannot tell from the install scripts of 1.1 and 1.2.

-- by hand: TYPE loaded_name
ALTER TYPE loaded_name ADD ATTRIBUTE openreview text, ADD ATTRIBUTE file_openreview text;

-- by hand: TYPE loaded_entry
DROP TYPE loaded_entry;

DROP FUNCTION record_problem(kind text, file text, place text, reason text, sqlstate text);

DROP FUNCTION iso_date(day text);

DROP FUNCTION names_of_collection(collection text, document xml, volume_path text, paper_path text, has_talks boolean);

DROP FUNCTION load_directory(path text);

DROP FUNCTION moved_hint(person_id text);

DROP FUNCTION judge_pages(paper_ids text[], person_ids text[], threshold double precision);

DROP FUNCTION judge_merge(paper_ids text[], person_id text, other_id text);

DROP FUNCTION assignment_conflicts(of_person text);

DROP FUNCTION suggest_persons(paper_id text, "position" integer, k integer);

DROP FUNCTION suspicious_assignments(of_person text, threshold double precision);

DROP FUNCTION flag_assignments(mode text, threshold real, target regclass);

DROP FUNCTION select_names(reassignment_id bigint, from_person text, paper_ids text[], after_explicit_id text);

DROP FUNCTION require_papers(paper_ids text[], person_id text);

DROP FUNCTION plan_set_name_matching(person_id text, enabled boolean, note text);

DROP FUNCTION new_person_id(first text, last text, suffix text, orcid text);

DROP FUNCTION plan_merge_persons(from_person text, to_person text, note text);

DROP FUNCTION set_name_matching(person_id text, enabled boolean, note text);

DROP FUNCTION propose_set_name_matching(person_id text, enabled boolean, note text);

DROP FUNCTION merge_persons(from_person text, to_person text, note text);

DROP FUNCTION propose_merge_persons(from_person text, to_person text, note text);

DROP FUNCTION changed_files();

DROP FUNCTION export_changes(directory text);

DROP FUNCTION proposal_problem(reassignment_id bigint);

DROP FUNCTION expected_columns();

DROP FUNCTION expected_indexes();

DROP FUNCTION expected_triggers();

SET LOCAL check_function_bodies = off;

COMMENT ON FUNCTION name_similarity_support(internal) IS
    'planner support of name_similarity, name_similar and name_distance';

COMMENT ON FUNCTION damerau_levenshtein(text, text) IS
    'least number of insertions, deletions, replacements and swaps of neighbours between two '
    'strings';

CREATE OR REPLACE FUNCTION name_similar(a text, b text) RETURNS boolean
    LANGUAGE c STABLE STRICT PARALLEL SAFE COST 5
    SUPPORT name_similarity_support
    AS 'MODULE_PATHNAME', 'anthology_name_similar';

CREATE OR REPLACE FUNCTION name_distance(a text, b text) RETURNS real
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 5
    SUPPORT name_similarity_support
    AS 'MODULE_PATHNAME', 'anthology_name_distance';

CREATE OR REPLACE FUNCTION name_similar(a text, b name_query) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 5
    SUPPORT name_similarity_support
    AS 'MODULE_PATHNAME', 'anthology_name_similar_query';

CREATE FUNCTION name_similar(a text, b text, threshold real) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 5
    SUPPORT name_similarity_support
    AS 'MODULE_PATHNAME', 'anthology_name_similar_threshold';

COMMENT ON FUNCTION name_similar(text, text, real) IS
    'whether the similarity of two names is at least a threshold: served by the index, whatever '
    'the settings';

CREATE FUNCTION name_similar_join_selectivity(internal, oid, internal, smallint, internal)
    RETURNS double precision
    LANGUAGE c STABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'anthology_name_similar_join_selectivity';

COMMENT ON FUNCTION name_similar_join_selectivity(internal, oid, internal, smallint, internal) IS
    'join selectivity of the operators ~=';

ALTER OPERATOR ~= (text, text) SET (JOIN = name_similar_join_selectivity);

ALTER OPERATOR ~= (text, name_query) SET (JOIN = name_similar_join_selectivity);

CREATE FUNCTION report_progress(what text, done bigint, total bigint) RETURNS void
    LANGUAGE c VOLATILE STRICT
    AS 'MODULE_PATHNAME', 'anthology_report_progress_sql';

COMMENT ON FUNCTION report_progress(text, bigint, bigint) IS
    'shows other sessions, until the transaction ends, how far this one has come; see progress()';

CREATE FUNCTION end_progress() RETURNS void
    LANGUAGE c VOLATILE STRICT
    AS 'MODULE_PATHNAME', 'anthology_end_progress_sql';

COMMENT ON FUNCTION end_progress() IS
    'shows the application_name of the client again';

CREATE FUNCTION progress()
    RETURNS TABLE (pid integer, what text, done bigint, total bigint, since timestamptz)
    LANGUAGE sql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT a.pid, m[1], m[2]::bigint, m[3]::bigint, a.query_start
    FROM pg_stat_activity a,
        regexp_match(a.application_name, '^anthology: (.*) ([0-9]+)/([0-9]+)$') AS m
    WHERE a.datname = current_database() AND m IS NOT NULL
    ORDER BY a.query_start, a.pid
$$;

COMMENT ON FUNCTION progress() IS
    'the long work of this database that sessions are at: what, how much of it is done, and '
    'since when';

CREATE FUNCTION installed_version() RETURNS text
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT e.extversion FROM pg_extension e WHERE e.extname = 'anthology'
$$;

COMMENT ON FUNCTION installed_version() IS
    'the version of the extension''s functions in this database';

CREATE FUNCTION stamp_tables() RETURNS void
    LANGUAGE sql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
    UPDATE anthology.corpus_state SET tables_version = anthology.installed_version()
        WHERE tables_version IS DISTINCT FROM anthology.installed_version()
$$;

COMMENT ON FUNCTION stamp_tables() IS
    'records that the tables are those of the version installed: the last step of create_tables()';

CREATE FUNCTION require_tables() RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    -- Tables of 1.1 have no such column.
    version text := (SELECT to_jsonb(s) ->> 'tables_version' FROM anthology.corpus_state s);
BEGIN
    IF version IS DISTINCT FROM anthology.installed_version() THEN
        RAISE EXCEPTION 'the tables are of version %, the extension is of version %',
                coalesce(version, '1.1 or before'), anthology.installed_version()
            USING ERRCODE = 'object_not_in_prerequisite_state',
                HINT = 'Call anthology.create_tables().';
    END IF;
END
$$;

COMMENT ON FUNCTION require_tables() IS
    'an error unless create_tables() has been called since the extension was installed or updated';

CREATE TYPE table_part AS (
    table_name text,
    kind text,
    name text,
    definition text,
    comment text
);

COMMENT ON TYPE table_part IS
    'a part of a table or view in schema anthology. kind is "table", "column", "constraint", '
    '"default" '
    '(set after the column is there), "index", "unique index", "trigger", "view" or "view column"; '
    'definition is what follows the name in SQL';

CREATE FUNCTION table_parts() RETURNS SETOF table_part
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT t.table_name, t.kind, t.name, t.definition, t.comment
    FROM (SELECT 1 AS room, * FROM anthology.corpus_tables() WITH ORDINALITY
          UNION ALL
          SELECT 2, * FROM anthology.statistics_tables() WITH ORDINALITY
          UNION ALL
          SELECT 3, * FROM anthology.record_tables() WITH ORDINALITY
          UNION ALL
          SELECT 4, * FROM anthology.judging_tables() WITH ORDINALITY
          UNION ALL
          SELECT 5, * FROM anthology.views() WITH ORDINALITY) AS t
    ORDER BY t.room, t.ordinality
$$;

COMMENT ON FUNCTION table_parts() IS
    'the parts of all tables that create_tables() makes, in the order in which it makes them';

CREATE FUNCTION missing_table_parts() RETURNS SETOF table_part
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT p.*
    FROM anthology.table_parts() p
        LEFT JOIN pg_class c ON c.relnamespace = 'anthology'::regnamespace
            AND c.relkind IN ('r', 'p') AND c.relname = p.table_name
    WHERE CASE
        WHEN p.kind = 'table' THEN c.oid IS NULL
        WHEN p.kind = 'column' THEN NOT EXISTS (
            SELECT FROM pg_attribute a
            WHERE a.attrelid = c.oid AND a.attname = p.name AND NOT a.attisdropped)
        WHEN p.kind IN ('index', 'unique index') THEN NOT EXISTS (
            SELECT FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid
            WHERE i.indrelid = c.oid AND x.relname = p.name)
        WHEN p.kind = 'trigger' THEN NOT EXISTS (
            SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname = p.name)
        WHEN p.kind = 'view' THEN NOT EXISTS (
            SELECT FROM pg_class v WHERE v.relnamespace = 'anthology'::regnamespace
                AND v.relkind = 'v' AND v.relname = p.table_name)
        ELSE false END
$$;

COMMENT ON FUNCTION missing_table_parts() IS
    'the tables, columns, indexes, triggers and views of create_tables() that are not there';

CREATE FUNCTION refuse_unsafe_tables() RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    stranger text;
BEGIN
    -- The functions that correct act as the tables' owner. Whoever owns the
    -- schema or another table in it could have them run what he likes.
    SELECT format('%s belongs to role "%s"', x.what, p.rolname) INTO stranger
        FROM (SELECT format('schema "%s"', n.nspname), n.nspowner
              FROM pg_namespace n WHERE n.nspname = 'anthology'
              UNION ALL
              SELECT format('"anthology.%s"', c.relname), c.relowner
              FROM pg_class c WHERE c.relnamespace = 'anthology'::regnamespace
                  AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')) AS x(what, owner_oid)
            JOIN pg_roles p ON p.oid = x.owner_oid
        WHERE p.rolname <> current_user AND NOT (p.rolsuper AND x.what LIKE 'schema %')
        ORDER BY x.what DESC LIMIT 1;
    IF stranger IS NOT NULL THEN
        RAISE EXCEPTION 'the tables would not be safe: %', stranger
            USING ERRCODE = 'insufficient_privilege',
                HINT = 'Become that role with SET ROLE, or change the owner.';
    END IF;

    -- The Anthology has names in every script.
    IF getdatabaseencoding() <> 'UTF8' THEN
        RAISE EXCEPTION 'the corpus needs a database with encoding UTF8, not %',
                getdatabaseencoding()
            USING ERRCODE = 'feature_not_supported',
                HINT = 'The functions over names and abstracts work in any encoding.';
    END IF;
END
$$;

COMMENT ON FUNCTION refuse_unsafe_tables() IS
    'raises an error if somebody else owns the schema or a table in it, or if the '
    'encoding is not UTF8';

CREATE OR REPLACE FUNCTION create_tables() RETURNS void
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
    SET client_min_messages = warning
AS $$
DECLARE
    missing anthology.table_part[];
    part anthology.table_part;
BEGIN
    PERFORM anthology.refuse_unsafe_tables();
    missing := ARRAY(SELECT m FROM anthology.missing_table_parts() m);
    FOR part IN SELECT m.* FROM unnest(missing) m WHERE m.kind NOT IN ('trigger', 'view') LOOP
        IF part.kind = 'table' THEN
            EXECUTE format('CREATE TABLE anthology.%I (%s)', part.table_name, (
                SELECT string_agg(CASE p.kind
                           WHEN 'column' THEN format('%I %s', p.name, p.definition)
                           WHEN 'constraint' THEN format('CONSTRAINT %I %s', p.name, p.definition)
                       END, ', ')
                FROM anthology.table_parts() p WHERE p.table_name = part.table_name));
        ELSIF part.kind = 'column' THEN
            EXECUTE format('ALTER TABLE anthology.%I ADD COLUMN IF NOT EXISTS %I %s',
                           part.table_name, part.name, part.definition);
        ELSE
            EXECUTE format('CREATE %s IF NOT EXISTS %I ON anthology.%I %s', part.kind,
                           part.name, part.table_name, part.definition);
        END IF;
    END LOOP;
    -- Defaults come after the columns: rows that are there already do not get them.
    FOR part IN SELECT p.* FROM anthology.table_parts() p LOOP
        IF part.kind = 'default' THEN
            EXECUTE format('ALTER TABLE anthology.%I ALTER COLUMN %I SET DEFAULT %s',
                           part.table_name, part.name, part.definition);
        ELSIF part.kind = 'trigger' THEN
            EXECUTE format('CREATE OR REPLACE TRIGGER %I %s', part.name, part.definition);
        ELSIF part.kind = 'view' THEN
            EXECUTE format('CREATE OR REPLACE VIEW anthology.%I AS %s', part.table_name,
                           part.definition);
            EXECUTE format('COMMENT ON VIEW anthology.%I IS %L', part.table_name, part.comment);
        ELSIF part.kind = 'table' AND part.comment IS DISTINCT FROM obj_description(
                format('anthology.%I', part.table_name)::regclass, 'pg_class') THEN
            EXECUTE format('COMMENT ON TABLE anthology.%I IS %L', part.table_name, part.comment);
        ELSIF part.kind IN ('column', 'view column') AND part.comment IS DISTINCT FROM (
                SELECT col_description(a.attrelid, a.attnum) FROM pg_attribute a
                WHERE a.attrelid = format('anthology.%I', part.table_name)::regclass
                    AND a.attname = part.name) THEN
            EXECUTE format('COMMENT ON COLUMN anthology.%I.%I IS %L',
                           part.table_name, part.name, part.comment);
        END IF;
    END LOOP;
    PERFORM anthology.migrate_tables(ARRAY(
        SELECT concat_ws('.', m.table_name, m.name) FROM unnest(missing) m));
    PERFORM anthology.stamp_tables();
END
$$;

COMMENT ON FUNCTION create_tables() IS
    'makes the tables of the corpus in schema anthology, or adds what is missing; '
    'they belong to the caller';

CREATE FUNCTION corpus_tables() RETURNS SETOF table_part
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    VALUES
    ('corpus_state', 'table', NULL, NULL,
     'one row: every load and correction locks it and counts itself in it'),
    ('corpus_state', 'column', 'only_row',
     'boolean PRIMARY KEY DEFAULT true CHECK (only_row)', 'true: there is but one row'),
    ('corpus_state', 'column', 'revision', 'bigint NOT NULL DEFAULT 0',
     'how many loads and corrections there have been'),
    ('corpus_state', 'column', 'icu_version', 'text NOT NULL',
     'the version of ICU that stored slugs and documents were made with'),
    ('corpus_state', 'column', 'document_version', 'integer NOT NULL DEFAULT 1',
     'the document_version() that stored documents were made with'),
    ('corpus_state', 'column', 'layout', 'text CHECK (layout IN (''json'', ''yaml''))',
     'the layout of the data folder that was loaded last: "json" since 2026, "yaml" before; NULL '
     'before a load'),
    ('corpus_state', 'column', 'tables_version', 'text',
     'the version of the extension whose create_tables() was the last to be called: see '
     'require_tables()'),

    ('data_file', 'table', NULL, NULL,
     'the files of the data folder other than collections, as in json/people.json'),
    ('data_file', 'column', 'path', 'text PRIMARY KEY', 'the path within the data folder'),
    ('data_file', 'column', 'source', 'text NOT NULL',
     'the file as it was loaded or exported last, byte for byte: an export starts from it'),
    ('data_file', 'column', 'original', 'text',
     'of hall-of-fame.json, the file before exports changed ids in it: holds as long as '
     'exported_digest is that of source'),
    ('data_file', 'column', 'exported_digest', 'text',
     'MD5 of source if that was exported, not loaded'),

    ('venue', 'table', NULL, NULL, 'a venue: an entry of json/venues.json or '
        'yaml/venues/<id>.yaml'),
    ('venue', 'column', 'id', 'text PRIMARY KEY', 'the id that volumes give'),
    ('venue', 'column', 'acronym', 'text', 'the short name'),
    ('venue', 'column', 'name', 'text NOT NULL', 'the full name'),
    ('venue', 'column', 'is_acl', 'boolean NOT NULL DEFAULT false', 'a venue of the ACL'),
    ('venue', 'column', 'is_toplevel', 'boolean NOT NULL DEFAULT false',
     'shown on the front page of the Anthology'),
    ('venue', 'column', 'oldstyle_letter', 'text', 'the letter of its collections with '
        'old-style ids'),
    ('venue', 'column', 'type', 'text', '"journal" or "workshop", or NULL'),
    ('venue', 'column', 'url', 'text', 'the address of its site'),
    ('venue', 'column', 'description', 'text', 'a description in Markdown'),

    ('sig', 'table', NULL, NULL,
     'a special interest group: an entry of json/sigs.json or yaml/sigs/<id>.yaml; volume.sig_ids '
     'says which volumes it has'),
    ('sig', 'column', 'id', 'text PRIMARY KEY', 'the id that volumes give'),
    ('sig', 'column', 'acronym', 'text', 'the short name'),
    ('sig', 'column', 'name', 'text NOT NULL', 'the full name'),
    ('sig', 'column', 'url', 'text', 'the address of its site'),
    ('sig', 'column', 'description', 'text', 'a description in Markdown'),
    ('sig', 'column', 'related_ids', 'text[] NOT NULL DEFAULT ''{}''',
        'other groups that it is related to'),
    ('sig', 'column', 'external_meetings', 'jsonb NOT NULL DEFAULT ''[]''',
     'its meetings that are not in the Anthology: year, name and url of each'),
    ('sig', 'column', 'venue_ids', 'text[] NOT NULL DEFAULT ''{}''',
     'the venues whose new volumes belong to it'),

    ('collection', 'table', NULL, NULL, 'a collection file, as in xml/<id>.xml'),
    ('collection', 'column', 'id', 'text PRIMARY KEY', 'the id, as in "2024.acl" or "P19"'),
    ('collection', 'column', 'source', 'text NOT NULL',
     'the file as it was loaded or exported last, byte for byte: an export starts from it'),

    ('event', 'table', NULL, NULL, 'an event: where and when volumes were presented'),
    ('event', 'column', 'id', 'text PRIMARY KEY', 'the id, as in "acl-2024"'),
    ('event', 'column', 'collection_id',
     'text NOT NULL REFERENCES anthology.collection ON DELETE CASCADE',
         'the file that it stands in'),
    ('event', 'column', 'title', 'text', 'the title, in the Anthology''s markup'),
    ('event', 'column', 'location', 'text', 'where it took place'),
    ('event', 'column', 'dates', 'text', 'when it took place, as the file says it'),
    ('event', 'column', 'links', 'jsonb NOT NULL DEFAULT ''[]''',
        'its links: type and url of each'),
    ('event', 'column', 'volume_ids', 'text[] NOT NULL DEFAULT ''{}''', 'the colocated volumes'),

    ('volume', 'table', NULL, NULL, 'a volume of a collection'),
    ('volume', 'column', 'id', 'text PRIMARY KEY', 'the full id, as in "2024.acl-long" or "P19-1"'),
    ('volume', 'column', 'collection_id',
     'text NOT NULL REFERENCES anthology.collection ON DELETE CASCADE',
         'the file that it stands in'),
    ('volume', 'column', 'number', 'text NOT NULL', 'the id within the collection, as in "long" '
        'or "1"'),
    ('volume', 'column', 'type', 'text', '"journal" or "proceedings"'),
    ('volume', 'column', 'title', 'text', 'the book title, in the Anthology''s markup'),
    ('volume', 'column', 'short_title', 'text', 'a shorter book title, in the Anthology''s markup'),
    ('volume', 'column', 'publisher', 'text', 'the publisher'),
    ('volume', 'column', 'address', 'text', 'where it was published'),
    ('volume', 'column', 'month', 'text', 'the month or months, as the file says it'),
    ('volume', 'column', 'year', 'integer', 'the year'),
    ('volume', 'column', 'isbn', 'text', 'the ISBN'),
    ('volume', 'column', 'doi', 'text', 'the DOI'),
    ('volume', 'column', 'url', 'text', 'the name of the PDF of the whole volume'),
    ('volume', 'column', 'url_hash', 'text', 'the hash of that PDF'),
    ('volume', 'column', 'journal_title', 'text', 'the title of the journal, if it differs from '
        'the venue''s name'),
    ('volume', 'column', 'journal_volume', 'text', 'the volume of the journal'),
    ('volume', 'column', 'journal_issue', 'text', 'the issue of the journal'),
    ('volume', 'column', 'ingest_date', 'date', 'when the Anthology took it in'),
    ('volume', 'column', 'venue_ids', 'text[] NOT NULL DEFAULT ''{}''', 'its venues'),
    ('volume', 'column', 'sig_ids', 'text[] NOT NULL DEFAULT ''{}''',
        'its special interest groups'),
    ('volume', 'index', 'volume_collection_id', '(collection_id)', NULL),

    ('paper', 'table', NULL, NULL,
     'a paper; number 0 (type frontmatter) stands for its volume and carries the volume''s '
     'editors; type talk is a talk of an event and carries its speakers'),
    ('paper', 'column', 'id', 'text PRIMARY KEY', 'the full id, as in "2024.acl-long.1" or '
        '"P19-1001"'),
    ('paper', 'column', 'volume_id', 'text REFERENCES anthology.volume ON DELETE CASCADE',
     'its volume; NULL for a talk'),
    ('paper', 'column', 'event_id', 'text REFERENCES anthology.event ON DELETE CASCADE',
     'the event of a talk; NULL for a paper'),
    ('paper', 'column', 'number', 'integer NOT NULL', 'the number within the volume or the event'),
    ('paper', 'column', 'type', 'text', '"frontmatter", "backmatter", "talk" and the like; NULL '
        'for most papers'),
    ('paper', 'column', 'title', 'text', 'in the Anthology''s markup; see abstract_plain()'),
    ('paper', 'column', 'abstract', 'text', 'in the Anthology''s markup; see abstract_plain()'),
    ('paper', 'column', 'year', 'integer', 'the year of the volume, or else of the collection'),
    ('paper', 'column', 'pages', 'text', 'first and last page'),
    ('paper', 'column', 'doi', 'text', 'the DOI'),
    ('paper', 'column', 'bibkey', 'text', 'the key of its BibTeX entry'),
    ('paper', 'column', 'url', 'text', 'the name of its PDF; other addresses are in paper_element'),
    ('paper', 'column', 'url_hash', 'text', 'the hash of its PDF'),
    ('paper', 'column', 'language', 'text', 'the language that it is written in, if not English'),
    ('paper', 'column', 'journal', 'text', 'the journal'),
    ('paper', 'column', 'issue', 'text', 'the issue of the journal'),
    ('paper', 'column', 'note', 'text', 'a note'),
    ('paper', 'column', 'awards', 'text[] NOT NULL DEFAULT ''{}''',
     'the names of its awards; reasons are in paper_element'),
    ('paper', 'column', 'ingest_date', 'date', 'when the Anthology took it in, if not with its '
        'volume'),
    ('paper', 'constraint', 'paper_check', 'CHECK ((volume_id IS NULL) <> (event_id IS NULL))',
        NULL),
    ('paper', 'column', 'document',
     'tsvector GENERATED ALWAYS AS (anthology.abstract_tsvector(title, abstract)) STORED',
     'what search_papers() searches: title (weight A) and abstract (weight B)'),
    ('paper', 'column', 'month', 'text', 'the month, if it is not that of the volume'),
    ('paper', 'index', 'paper_document', 'USING gin (document)', NULL),
    ('paper', 'index', 'paper_volume_id', '(volume_id)', NULL),
    ('paper', 'index', 'paper_event_id', '(event_id) WHERE event_id IS NOT NULL', NULL),
    ('paper', 'trigger', 'document_insert',
     'AFTER INSERT ON anthology.paper REFERENCING NEW TABLE AS new_paper
      FOR EACH STATEMENT EXECUTE FUNCTION anthology.record_document_change()', NULL),
    ('paper', 'trigger', 'document_update',
     'AFTER UPDATE ON anthology.paper REFERENCING OLD TABLE AS old_paper NEW TABLE AS new_paper
      FOR EACH STATEMENT EXECUTE FUNCTION anthology.record_document_change()', NULL),
    ('paper', 'trigger', 'document_delete',
     'AFTER DELETE ON anthology.paper REFERENCING OLD TABLE AS old_paper
      FOR EACH STATEMENT EXECUTE FUNCTION anthology.record_document_change()', NULL),
    ('paper', 'trigger', 'document_truncate',
     'AFTER TRUNCATE ON anthology.paper
      FOR EACH STATEMENT EXECUTE FUNCTION anthology.record_document_change()', NULL),

    ('paper_element', 'table', NULL, NULL,
     'what else the Anthology says of a paper: revisions, errata, retractions, attachments, '
     'videos, code and data sets, external addresses, and awards with their reasons, in the order '
     'of the file'),
    ('paper_element', 'column', 'paper_id',
     'text NOT NULL REFERENCES anthology.paper ON DELETE CASCADE', 'the paper'),
    ('paper_element', 'column', 'ordinal', 'integer NOT NULL', 'the place in the file, from 1'),
    ('paper_element', 'column', 'element', 'text NOT NULL', 'the name of the element, as in '
        '"revision"'),
    ('paper_element', 'column', 'attributes', 'jsonb NOT NULL', 'its attributes, by name'),
    ('paper_element', 'column', 'content', 'text NOT NULL', 'its text'),
    ('paper_element', 'constraint', 'paper_element_pkey', 'PRIMARY KEY (paper_id, ordinal)', NULL),

    ('person', 'table', NULL, NULL,
     'a person: verified ones are those of people.json or people.yaml, resolution makes the '
     'others'),
    ('person', 'column', 'id', 'text PRIMARY KEY',
     'the id; that of an unverified person is "<slug>/unverified"'),
    ('person', 'column', 'verified', 'boolean NOT NULL', 'whether the person is in people.json or '
        'people.yaml'),
    ('person', 'column', 'orcid', 'text UNIQUE', 'the ORCID, without the address'),
    ('person', 'column', 'degree', 'text', 'the institution of the highest degree'),
    ('person', 'column', 'comment', 'text', 'what tells the person from others of that name'),
    ('person', 'column', 'disable_name_matching', 'boolean NOT NULL DEFAULT false',
     'whether only names with the explicit id are the person''s'),
    ('person', 'column', 'similar_ids', 'text[] NOT NULL DEFAULT ''{}''',
        'persons not to be confused with'),
    ('person', 'column', 'loaded', 'jsonb',
     'the entry of the file as last loaded; NULL for a person made in the database'),

    ('person_name', 'table', NULL, NULL, 'the names of a person; position 1 is the canonical one'),
    ('person_name', 'column', 'person_id',
     'text NOT NULL REFERENCES anthology.person ON DELETE CASCADE ON UPDATE CASCADE', 'the person'),
    ('person_name', 'column', 'position', 'integer NOT NULL', 'the place among the names, from 1'),
    ('person_name', 'column', 'first', 'text NOT NULL DEFAULT ''''',
        'the first name, empty if there is none'),
    ('person_name', 'column', 'last', 'text NOT NULL CHECK (last <> '''')', 'the last name'),
    ('person_name', 'column', 'full_name',
     'text GENERATED ALWAYS AS (
         CASE WHEN first = '''' THEN last ELSE first || '' '' || last END) STORED',
     'first and last name'),
    ('person_name', 'column', 'script', 'text', 'the script, as in "hani"; NULL for Latin'),
    ('person_name', 'column', 'inferred', 'boolean NOT NULL DEFAULT false',
     'not listed in the file: seen on papers that resolve to the person'),
    ('person_name', 'constraint', 'person_name_pkey', 'PRIMARY KEY (person_id, "position")', NULL),
    ('person_name', 'column', 'slug',
     'text GENERATED ALWAYS AS (anthology.name_slug(first, last)) STORED', 'the slug of the name'),
    ('person_name', 'column', 'hidden', 'boolean NOT NULL DEFAULT false',
     'a former name: matched, but the canonical one is shown instead; see change_name()'),
    ('person_name', 'index', 'person_name_hidden', '(person_id) WHERE hidden', NULL),
    ('person_name', 'index', 'person_name_slug', '(slug)', NULL),
    ('person_name', 'index', 'person_name_full_name',
     'USING anthology_names (full_name anthology.name_ops)', NULL),

    ('authorship', 'table', NULL, NULL, 'a name on a paper, and the person it resolves to'),
    ('authorship', 'column', 'paper_id',
     'text NOT NULL REFERENCES anthology.paper ON DELETE CASCADE', 'the paper'),
    ('authorship', 'column', 'role',
     'text NOT NULL CHECK (role IN (''author'', ''editor'', ''speaker''))', 'what the person did'),
    ('authorship', 'column', 'position', 'integer NOT NULL CHECK ("position" > 0)',
     'the place among the names of that role, from 1'),
    ('authorship', 'column', 'first', 'text NOT NULL DEFAULT ''''',
        'the first name, empty if there is none'),
    ('authorship', 'column', 'last', 'text NOT NULL CHECK (last <> '''')', 'the last name'),
    ('authorship', 'column', 'full_name',
     'text GENERATED ALWAYS AS (
         CASE WHEN first = '''' THEN last ELSE first || '' '' || last END) STORED',
     'first and last name'),
    ('authorship', 'column', 'affiliation', 'text', 'the affiliation beside the name'),
    ('authorship', 'column', 'orcid', 'text',
     'the ORCID beside the name, in the file or by a correction made here'),
    ('authorship', 'column', 'variants', 'jsonb', 'the name in other scripts: script, first and '
        'last of each'),
    ('authorship', 'column', 'explicit_person_id', 'text',
     'the person that the Anthology, or a correction made here, says it is'),
    ('authorship', 'column', 'file_person_id', 'text',
     'the id attribute in the file as loaded: differs from explicit_person_id while a correction '
     'made here has not come back in the Anthology''s files'),
    ('authorship', 'column', 'person_id', 'text REFERENCES anthology.person ON UPDATE CASCADE',
     'result of the resolution; NULL where the explicit id cannot be honoured'),
    ('authorship', 'constraint', 'authorship_pkey', 'PRIMARY KEY (paper_id, role, "position")',
        NULL),
    ('authorship', 'column', 'slug',
     'text GENERATED ALWAYS AS (anthology.name_slug(first, last)) STORED', 'the slug of the name'),
    ('authorship', 'column', 'file_orcid', 'text', 'the orcid attribute in the file as loaded: '
        'likewise'),
    ('authorship', 'column', 'openreview', 'text',
     'the OpenReview id beside the name, in the file or by a correction made here'),
    ('authorship', 'column', 'file_openreview', 'text',
     'the openreview attribute in the file as loaded: likewise'),
    ('authorship', 'index', 'authorship_person_id', '(person_id)', NULL),
    ('authorship', 'index', 'authorship_slug', '(slug)', NULL),
    ('authorship', 'index', 'authorship_explicit_person_id',
     '(explicit_person_id) WHERE explicit_person_id IS NOT NULL', NULL),
    ('authorship', 'index', 'authorship_orcid_without_id',
     '(orcid) WHERE orcid IS NOT NULL AND explicit_person_id IS NULL', NULL),
    ('authorship', 'index', 'authorship_openreview',
     '(openreview) WHERE openreview IS NOT NULL', NULL),

    ('load_problem', 'table', NULL, NULL,
     'what could not be loaded or resolved: a file or an entry of one, a correction that the file '
     'contradicts, an element that is not known, a name that does not resolve'),
    ('load_problem', 'column', 'id', 'bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY', 'a number'),
    ('load_problem', 'column', 'recorded_at', 'timestamptz NOT NULL DEFAULT now()',
        'when it was recorded'),
    ('load_problem', 'column', 'kind', 'text NOT NULL',
     '"file": the file was not loaded; "entry": an entry of it was not loaded; "correction": the '
     'file contradicts a correction made here; "unknown": the loader does not know the element, '
     'attribute or key, and exports keep it; "resolution": a name does not resolve as the '
     'rule says'),
    ('load_problem', 'column', 'file', 'text', 'the path within the data folder'),
    ('load_problem', 'column', 'place', 'text', 'the entry of the file: a paper or person'),
    ('load_problem', 'column', 'reason', 'text NOT NULL', 'what is wrong'),
    ('load_problem', 'column', 'sqlstate', 'text', 'the error code, if there was an error'),
    ('load_problem', 'column', 'occurrences', 'bigint NOT NULL DEFAULT 1',
     'how often it occurs in the file'),
    ('load_problem', 'constraint', 'load_problem_kind_check',
     'CHECK (kind IN (''file'', ''entry'', ''correction'', ''unknown'', ''resolution''))', NULL),
    ('load_problem', 'index', 'load_problem_place', '(place)', NULL)
$$;

COMMENT ON FUNCTION corpus_tables() IS
    'definitions of the tables that hold the Anthology''s files';

CREATE FUNCTION judging_tables() RETURNS SETOF table_part
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
     'of papers without co-authors (0), with shared ones (1), with ones known to each other (2), '
     'among strangers (3)'),
    ('assignment_weight', 'column', 'signal', 'text NOT NULL',
        'the signal, as in assignment_evidence()'),
    ('assignment_weight', 'column', 'lower', 'double precision NOT NULL',
     'the least value of the signal that the weight holds for'),
    ('assignment_weight', 'column', 'weight', 'double precision NOT NULL', 'the log-odds'),
    ('assignment_weight', 'constraint', 'assignment_weight_pkey',
     'PRIMARY KEY (model, stratum, signal, lower)', NULL)
$$;

COMMENT ON FUNCTION judging_tables() IS
    'definitions of the review queue and of the weights that judging goes by';

CREATE FUNCTION migrate_tables(added text[]) RETURNS void
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    decided bigint;
    stale record;
    long record;
BEGIN
    INSERT INTO anthology.corpus_state (icu_version, document_version)
        VALUES (anthology.icu_version(), anthology.document_version()) ON CONFLICT DO NOTHING;

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

    -- A named constraint that allows less than it does today.
    FOR stale IN
        SELECT p.table_name, p.name, p.definition
        FROM anthology.table_parts() p
            JOIN pg_constraint c ON c.conname = p.name
                AND c.conrelid = format('anthology.%I', p.table_name)::regclass
        WHERE p.kind = 'constraint' AND p.name = 'load_problem_kind_check'
            AND pg_get_constraintdef(c.oid) NOT LIKE '%unknown%'
    LOOP
        EXECUTE format('ALTER TABLE anthology.%1$I DROP CONSTRAINT %2$I, ADD CONSTRAINT %2$I %3$s',
                       stale.table_name, stale.name, stale.definition);
    END LOOP;

    -- Versions before 1.2 knew fewer models.
    IF EXISTS (SELECT FROM pg_constraint c WHERE c.conname = 'assignment_weight_model_check'
                   AND c.conrelid = 'anthology.assignment_weight'::regclass) THEN
        ALTER TABLE anthology.assignment_weight DROP CONSTRAINT assignment_weight_model_check;
    END IF;

    -- Changes that were made while there were no triggers are not recorded: count anew.
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

    -- What was loaded before there was another layout.
    IF 'corpus_state.layout' = ANY (added) THEN
        UPDATE anthology.corpus_state SET layout = 'yaml'
            WHERE EXISTS (SELECT FROM anthology.collection);
    END IF;

    -- What was decided before there was a log.
    IF 'correction_log' = ANY (added) THEN
        FOR decided IN
            SELECT r.id FROM anthology.reassignment r WHERE r.status <> 'proposed' ORDER BY r.id
        LOOP
            PERFORM anthology.log_correction(decided);
        END LOOP;
    END IF;

    -- After an upgrade, the signals that are new: the others may be fitted.
    INSERT INTO anthology.assignment_weight
        SELECT * FROM anthology.default_assignment_weights() d
        WHERE NOT EXISTS (SELECT FROM anthology.assignment_weight w
                          WHERE w.model = d.model AND w.signal = d.signal);

    IF EXISTS (SELECT FROM anthology.paper)
        AND NOT EXISTS (SELECT FROM anthology.term_count_state) THEN
        PERFORM anthology.refresh_term_statistics();
    END IF;
END
$$;

COMMENT ON FUNCTION migrate_tables(text[]) IS
    'fills the tables and columns that create_tables() has just added, named as "table" or '
    '"table.column", for rows that were there before';

CREATE FUNCTION record_tables() RETURNS SETOF table_part
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

COMMENT ON FUNCTION record_tables() IS 'definitions of the tables that record corrections';

CREATE FUNCTION statistics_tables() RETURNS SETOF table_part
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    VALUES
    ('term_count_state', 'table', NULL, NULL,
     'one row, once the terms have been counted: how many papers, and how long their '
     'documents are'),
    ('term_count_state', 'column', 'only_row',
     'boolean PRIMARY KEY DEFAULT true CHECK (only_row)', 'true: there is but one row'),
    ('term_count_state', 'column', 'stamp', 'uuid NOT NULL',
     'names the counts: every recount changes it'),
    ('term_count_state', 'column', 'documents', 'bigint NOT NULL', 'how many papers were counted'),
    ('term_count_state', 'column', 'length', 'bigint NOT NULL', 'how many terms they have in all'),
    ('term_count_state', 'column', 'counted_at', 'timestamptz NOT NULL', 'when they were counted'),
    ('term_count_state', 'column', 'imported_at', 'timestamptz',
     'when the counts were imported from another server, whose papers they are of; NULL: they are '
     'of those here'),

    ('term_statistics', 'table', NULL, NULL,
     'in how many papers each term occurs; see refresh_term_statistics()'),
    ('term_statistics', 'column', 'term', 'text COLLATE "C" PRIMARY KEY', 'the term'),
    ('term_statistics', 'column', 'documents', 'integer NOT NULL', 'papers that have the term'),
    ('term_statistics', 'column', 'titles', 'integer NOT NULL',
     'titles of papers with an abstract that have the term'),
    ('term_statistics', 'column', 'titles_repeated', 'integer NOT NULL',
     'those of them whose abstract has it too'),
    ('term_statistics', 'column', 'related', 'text[]',
     'terms that abstracts have where the title has this one and the abstract has not'),
    ('term_statistics', 'column', 'relatedness', 'real[]', 'how closely each of them is related'),

    ('document_change', 'table', NULL, NULL,
     'documents that came (1) and went (-1) since the terms were counted'),
    ('document_change', 'column', 'document', 'tsvector NOT NULL', 'the document of a paper'),
    ('document_change', 'column', 'change', 'integer NOT NULL CHECK (change IN (-1, 1))',
     '1: it came, -1: it went')
$$;

COMMENT ON FUNCTION statistics_tables() IS 'definitions of the tables that count terms';

CREATE FUNCTION views() RETURNS SETOF table_part
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    VALUES
    ('shown_authorship', 'view', NULL,
     'SELECT a.paper_id, a.role, a."position", a.person_id,
          coalesce((SELECT c.full_name
                    FROM anthology.person_name h
                        JOIN anthology.person_name c
                            ON c.person_id = h.person_id AND c."position" = 1
                    WHERE h.hidden AND h.person_id = a.person_id AND h.full_name = a.full_name
                    LIMIT 1), a.full_name) AS name
      FROM anthology.authorship a',
     'the names on papers as they are to be shown: a former name as the present one'),
    ('shown_authorship', 'view column', 'paper_id', NULL, 'the paper'),
    ('shown_authorship', 'view column', 'role', NULL, '"author", "editor" or "speaker"'),
    ('shown_authorship', 'view column', 'position', NULL,
     'the place among the names of that role, from 1'),
    ('shown_authorship', 'view column', 'person_id', NULL,
     'the person; NULL if the name does not resolve'),
    ('shown_authorship', 'view column', 'name', NULL, 'the name'),

    ('paper_overview', 'view', NULL,
     'SELECT p.id, anthology.abstract_plain(p.title) AS title, p.year, p.type, p.volume_id,
          (SELECT string_agg(coalesce((SELECT v.name FROM anthology.venue v WHERE v.id = i.id),
                                      i.id), '', '' ORDER BY i.n)
           FROM unnest(w.venue_ids) WITH ORDINALITY AS i(id, n)) AS venues,
          w.venue_ids,
          (SELECT string_agg(a.name, '', '' ORDER BY a."position")
           FROM anthology.shown_authorship a
           WHERE a.paper_id = p.id AND a.role <> ''editor'') AS authors,
          ARRAY(SELECT a.person_id FROM anthology.shown_authorship a
                WHERE a.paper_id = p.id AND a.role <> ''editor''
                ORDER BY a."position") AS author_ids,
          (SELECT string_agg(a.name, '', '' ORDER BY a."position")
           FROM anthology.shown_authorship a
           WHERE a.paper_id = p.id AND a.role = ''editor'') AS editors,
          anthology.abstract_plain(p.abstract) AS abstract, p.doi
      FROM anthology.paper p LEFT JOIN anthology.volume w ON w.id = p.volume_id',
     'papers as plain text, with venues and authors'),
    ('paper_overview', 'view column', 'id', NULL, 'the full id, as in "2024.acl-long.1"'),
    ('paper_overview', 'view column', 'title', NULL, 'the title without markup and TeX'),
    ('paper_overview', 'view column', 'year', NULL, 'the year'),
    ('paper_overview', 'view column', 'type', NULL,
     '"frontmatter", "backmatter", "talk" and the like; NULL for most papers'),
    ('paper_overview', 'view column', 'volume_id', NULL, 'the volume; NULL for a talk'),
    ('paper_overview', 'view column', 'venues', NULL, 'the names of the venues'),
    ('paper_overview', 'view column', 'venue_ids', NULL, 'the ids of the venues'),
    ('paper_overview', 'view column', 'authors', NULL,
     'the names of the authors in order; of a talk, the speakers'),
    ('paper_overview', 'view column', 'author_ids', NULL,
     'the persons in the same order; NULL for a name that does not resolve'),
    ('paper_overview', 'view column', 'editors', NULL, 'the names of the editors in order'),
    ('paper_overview', 'view column', 'abstract', NULL, 'the abstract without markup and TeX'),
    ('paper_overview', 'view column', 'doi', NULL, 'the DOI'),

    ('person_overview', 'view', NULL,
     'SELECT p.id, n.full_name AS name, p.verified,
          ARRAY(SELECT m.full_name FROM anthology.person_name m
                WHERE m.person_id = p.id AND m."position" > 1 AND NOT m.hidden
                ORDER BY m."position") AS other_names,
          w.papers, w.first_year, w.last_year, p.orcid, p.degree, p.comment
      FROM anthology.person p
          LEFT JOIN anthology.person_name n ON n.person_id = p.id AND n."position" = 1
          LEFT JOIN LATERAL (
              SELECT count(DISTINCT a.paper_id) AS papers, min(q.year) AS first_year,
                  max(q.year) AS last_year
              FROM anthology.authorship a JOIN anthology.paper q ON q.id = a.paper_id
              WHERE a.person_id = p.id) AS w ON true',
     'persons with their names, the number of their papers and the years of these'),
    ('person_overview', 'view column', 'id', NULL, 'the id of the person'),
    ('person_overview', 'view column', 'name', NULL, 'the canonical name'),
    ('person_overview', 'view column', 'verified', NULL,
     'whether the person is in people.json or people.yaml'),
    ('person_overview', 'view column', 'other_names', NULL, 'the other names'),
    ('person_overview', 'view column', 'papers', NULL,
     'the papers that name the person as author, editor or speaker'),
    ('person_overview', 'view column', 'first_year', NULL, 'the year of the first of them'),
    ('person_overview', 'view column', 'last_year', NULL, 'the year of the last of them'),
    ('person_overview', 'view column', 'orcid', NULL, 'the ORCID'),
    ('person_overview', 'view column', 'degree', NULL, 'the institution of the highest degree'),
    ('person_overview', 'view column', 'comment', NULL,
     'what tells the person from others of that name'),

    ('coauthor_pair', 'view', NULL,
     'SELECT g.person_id,
          (SELECT n.full_name FROM anthology.person_name n
           WHERE n.person_id = g.person_id AND n."position" = 1) AS name,
          g.coauthor_id,
          (SELECT n.full_name FROM anthology.person_name n
           WHERE n.person_id = g.coauthor_id AND n."position" = 1) AS coauthor_name,
          g.papers, g.first_year, g.last_year
      FROM (SELECT a.person_id, c.person_id AS coauthor_id, count(DISTINCT a.paper_id) AS papers,
                min(p.year) AS first_year, max(p.year) AS last_year
            FROM anthology.authorship a
                JOIN anthology.authorship c
                    ON c.paper_id = a.paper_id AND c.person_id <> a.person_id
                JOIN anthology.paper p ON p.id = a.paper_id
            GROUP BY a.person_id, c.person_id) AS g',
     'who has papers with whom: a row for each of the two'),
    ('coauthor_pair', 'view column', 'person_id', NULL, 'a person'),
    ('coauthor_pair', 'view column', 'name', NULL, 'the person''s canonical name'),
    ('coauthor_pair', 'view column', 'coauthor_id', NULL, 'another person on the same papers'),
    ('coauthor_pair', 'view column', 'coauthor_name', NULL, 'the other''s canonical name'),
    ('coauthor_pair', 'view column', 'papers', NULL, 'the number of papers that name both'),
    ('coauthor_pair', 'view column', 'first_year', NULL, 'the year of the first of them'),
    ('coauthor_pair', 'view column', 'last_year', NULL, 'the year of the last of them'),

    ('open_flag', 'view', NULL,
     'SELECT f.id, f.score, f.kind, f.reason, f.paper_id,
          anthology.abstract_plain(p.title) AS title, p.year, f.role, f."position",
          anthology.shown_name(f.person_id, f.credited_name) AS credited_name, f.person_id,
          (SELECT n.full_name FROM anthology.person_name n
           WHERE n.person_id = f.person_id AND n."position" = 1) AS name,
          f.suggested_person_id,
          (SELECT n.full_name FROM anthology.person_name n
           WHERE n.person_id = f.suggested_person_id AND n."position" = 1) AS suggested_name,
          f.source, f.flagged_by, f.flagged_at
      FROM anthology.assignment_flag f LEFT JOIN anthology.paper p ON p.id = f.paper_id
      WHERE f.status = ''open''',
     'the review queue: suspicious assignments that nobody has reviewed yet'),
    ('open_flag', 'view column', 'id', NULL, 'the number that review_flag() takes'),
    ('open_flag', 'view column', 'score', NULL, 'the probability that the paper is the person''s'),
    ('open_flag', 'view column', 'kind', NULL,
     'what speaks against it: content, or the kind of contradiction'),
    ('open_flag', 'view column', 'reason', NULL, 'why it seemed suspicious'),
    ('open_flag', 'view column', 'paper_id', NULL, 'the paper'),
    ('open_flag', 'view column', 'title', NULL, 'its title without markup and TeX'),
    ('open_flag', 'view column', 'year', NULL, 'its year'),
    ('open_flag', 'view column', 'role', NULL, 'the role of the name on it'),
    ('open_flag', 'view column', 'position', NULL, 'the place of the name'),
    ('open_flag', 'view column', 'credited_name', NULL,
     'the name on the paper, as it is to be shown'),
    ('open_flag', 'view column', 'person_id', NULL, 'the person it is assigned to'),
    ('open_flag', 'view column', 'name', NULL, 'that person''s canonical name'),
    ('open_flag', 'view column', 'suggested_person_id', NULL, 'the person it could be instead'),
    ('open_flag', 'view column', 'suggested_name', NULL, 'that person''s canonical name'),
    ('open_flag', 'view column', 'source', NULL, 'the table that holds the assignment'),
    ('open_flag', 'view column', 'flagged_by', NULL, 'the role that made the assignment'),
    ('open_flag', 'view column', 'flagged_at', NULL, 'when'),

    ('correction', 'view', NULL,
     'SELECT r.id, r.kind, r.status, r.from_person_id, r.to_person_id,
          i.chosen, i.side_effects, r.note, r.proposed_at,
          r.proposed_by || coalesce('' for '' || r.proposed_for, '''') AS proposed_by,
          r.decided_at, r.decided_by || coalesce('' for '' || r.decided_for, '''') AS decided_by,
          r.decision_note, r.undoes
      FROM anthology.reassignment r
          LEFT JOIN LATERAL (
              SELECT count(*) FILTER (WHERE m.cause = ''selected'') AS chosen,
                  count(*) FILTER (WHERE m.cause = ''side effect'') AS side_effects
              FROM anthology.reassignment_item m
              WHERE m.reassignment_id = r.id) AS i ON true',
     'every correction: what, who, when and why'),
    ('correction', 'view column', 'id', NULL,
     'the number that apply_reassignment() and undo_reassignment() take'),
    ('correction', 'view column', 'kind', NULL, 'what is done, as in "reassign" or "merge"'),
    ('correction', 'view column', 'status', NULL, '"proposed", "applied", "rejected" or "undone"'),
    ('correction', 'view column', 'from_person_id', NULL, 'the person whose page loses papers'),
    ('correction', 'view column', 'to_person_id', NULL, 'the person whose page gains them'),
    ('correction', 'view column', 'chosen', NULL, 'how many names on papers were chosen'),
    ('correction', 'view column', 'side_effects', NULL,
     'how many others move by the rule of names'),
    ('correction', 'view column', 'note', NULL, 'why it was proposed'),
    ('correction', 'view column', 'proposed_at', NULL, 'when it was proposed'),
    ('correction', 'view column', 'proposed_by', NULL,
     'the role that logged in, and the person at work if the application said it'),
    ('correction', 'view column', 'decided_at', NULL, 'when it was applied, rejected or undone'),
    ('correction', 'view column', 'decided_by', NULL, 'by whom, likewise'),
    ('correction', 'view column', 'decision_note', NULL, 'why it was decided so'),
    ('correction', 'view column', 'undoes', NULL, 'the correction that this one undoes')
$$;

COMMENT ON FUNCTION views() IS
    'definitions of the views that people and reporting tools read';

CREATE FUNCTION json_problem(source text) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'anthology_json_problem';

COMMENT ON FUNCTION json_problem(text) IS
    'where a text stops being JSON, by line and column, and why; NULL if it is JSON';

COMMENT ON FUNCTION orcid_normalize(text) IS
    'an ORCID, also one written as a URL or without hyphens, in its canonical form; NULL if it is '
    'none or its check digit is wrong';

CREATE FUNCTION is_person_id(id text) RETURNS boolean
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT id COLLATE "C" ~ '^[a-z][-a-z0-9]+$'
$$;

COMMENT ON FUNCTION is_person_id(text) IS
    'whether a text may be the id of a verified person: a lower-case letter, then lower-case '
    'letters, digits and hyphens';

CREATE FUNCTION name_problem(first text, last text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT CASE
        WHEN last IS NULL OR btrim(last, E' \t\r\n') = '' THEN 'there is no last name'
        WHEN octet_length(coalesce(first, '')) + octet_length(last) > 1000
        THEN 'the name is longer than 1000 bytes' END
$$;

COMMENT ON FUNCTION name_problem(text, text) IS
    'why the corpus does not accept a name: it has no last name or is longer than 1000 bytes; '
    'NULL if it does';

COMMENT ON FUNCTION abstract_plain(text) IS
    'plain Unicode text of a title or an abstract written with the Anthology''s markup, entities '
    'and TeX';

COMMENT ON FUNCTION persons_of_names(name_key[]) IS
    'the person that each of some names resolves to, by its place in the array; an unverified '
    'person need not exist yet, NULL if an explicit id cannot be honoured';

COMMENT ON FUNCTION infer_names(text[]) IS
    'makes the inferred names of these persons anew; an unverified person''s best-looking name '
    'comes first';

CREATE OR REPLACE FUNCTION record_resolution_problems(paper_ids text[]) RETURNS void
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    DELETE FROM anthology.load_problem p
        WHERE p.kind = 'resolution' AND p.place = ANY (paper_ids);
    INSERT INTO anthology.load_problem (kind, place, reason)
        SELECT 'resolution', a.paper_id,
            CASE WHEN p.id IS NULL OR NOT p.verified
                THEN format('%s %s "%s": there is no verified person "%s"',
                            a.role, a."position", a.full_name, a.explicit_person_id)
                WHEN a.orcid <> p.orcid
                THEN format('%s %s "%s": ORCID %s is not that of person "%s", %s',
                            a.role, a."position", a.full_name, a.orcid, p.id, p.orcid)
                ELSE format('%s %s: person "%s" does not list the name "%s"',
                            a.role, a."position", p.id, a.full_name)
            END
        FROM anthology.authorship a LEFT JOIN anthology.person p ON p.id = a.explicit_person_id
        WHERE a.paper_id = ANY (paper_ids) AND a.person_id IS NULL
        UNION ALL
        SELECT 'resolution', a.paper_id,
            format('more than one name resolves to person "%s"', a.person_id)
        FROM anthology.authorship a
        WHERE a.paper_id = ANY (paper_ids)
        GROUP BY a.paper_id, a.person_id
        HAVING count(a.person_id) > 1
        UNION ALL
        -- An ORCID is no key to look up: only an id says who it is.
        SELECT 'resolution', a.paper_id,
            format('%s %s "%s": ORCID %s without an id; %s', a.role, a."position", a.full_name,
                a.orcid, CASE
                WHEN anthology.orcid_normalize(a.orcid) IS NULL THEN 'it is not valid'
                WHEN o.id IS NOT NULL
                THEN concat_ws('; ', format('it is that of person "%s"', o.id),
                               'ingest_names(' || quote_literal(p.volume_id) || ') sets the id')
                ELSE concat_ws('; ', 'nobody has it',
                               'ingest_names(' || quote_literal(p.volume_id)
                                   || ') makes the person') END)
        FROM anthology.authorship a
            JOIN anthology.paper p ON p.id = a.paper_id
            LEFT JOIN anthology.person o ON o.orcid = anthology.orcid_normalize(a.orcid)
        WHERE a.paper_id = ANY (paper_ids) AND a.orcid IS NOT NULL
            AND a.explicit_person_id IS NULL
        ORDER BY 2, 3;
END
$$;

COMMENT ON FUNCTION record_resolution_problems(text[]) IS
    'records anew, for these papers, the names that do not resolve, those with an ORCID and no id, '
    'and the persons named twice';

CREATE OR REPLACE FUNCTION resolve_names(slugs text[], person_ids text[])
    RETURNS TABLE (paper_id text, role text, "position" integer,
                   before_person_id text, after_person_id text)
    LANGUAGE plpgsql VOLATILE ROWS 100
    SET search_path = pg_catalog, pg_temp
    SET jit = off    -- its plans are run once, or for a few rows
AS $$
#variable_conflict use_column
DECLARE
    moved anthology.reassignment_item[];
    unresolved text[];
    touched text[];
BEGIN
    SELECT array_agg(ROW(0, w.paper_id, w.role, w."position", '', '', 'side effect',
                         w.before_person_id, w.after_person_id, NULL, NULL, NULL, NULL, NULL)
                     ::anthology.reassignment_item ORDER BY w.paper_id, w.role, w."position")
            FILTER (WHERE w.before_person_id IS DISTINCT FROM w.after_person_id),
            array_agg(w.paper_id) FILTER (WHERE w.after_person_id IS NULL)
        INTO moved, unresolved
        FROM anthology.wanted_persons(slugs, person_ids) w;

    INSERT INTO anthology.person (id, verified)
        SELECT DISTINCT m.after_person_id, false FROM unnest(moved) m
        WHERE m.after_person_id LIKE '%/unverified'
        ON CONFLICT DO NOTHING;
    UPDATE anthology.authorship a SET person_id = m.after_person_id
        FROM unnest(moved) m
        WHERE a.paper_id = m.paper_id AND a.role = m.role AND a."position" = m."position";

    SELECT array_agg(DISTINCT id) INTO touched
        FROM (SELECT m.before_person_id FROM unnest(moved) m
              UNION ALL SELECT m.after_person_id FROM unnest(moved) m
              UNION ALL SELECT unnest(person_ids)) AS t(id)
        WHERE id IS NOT NULL;
    PERFORM anthology.infer_names(touched);
    DELETE FROM anthology.person p
        WHERE p.id = ANY (touched) AND NOT p.verified
            AND NOT EXISTS (SELECT FROM anthology.authorship a WHERE a.person_id = p.id);
    PERFORM anthology.record_resolution_problems(
        ARRAY(SELECT m.paper_id FROM unnest(moved) m UNION SELECT unnest(unresolved)
              UNION
              SELECT a.paper_id FROM anthology.person p
                  JOIN anthology.authorship a ON a.orcid = p.orcid
              WHERE p.id = ANY (person_ids) AND a.explicit_person_id IS NULL
              UNION
              SELECT a.paper_id FROM anthology.load_problem b
                  JOIN anthology.authorship a ON a.paper_id = b.place
              WHERE b.kind = 'resolution' AND a.explicit_person_id = ANY (person_ids)));

    RETURN QUERY SELECT m.paper_id, m.role, m."position", m.before_person_id, m.after_person_id
        FROM unnest(moved) m;
END
$$;

CREATE FUNCTION settle(base text, mine text, theirs text, decided boolean,
                       OUT value text, OUT contradicted boolean)
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT CASE WHEN c.contradicted OR theirs IS NOT DISTINCT FROM base THEN mine ELSE theirs END,
        c.contradicted
    FROM (SELECT theirs IS DISTINCT FROM mine AND theirs IS DISTINCT FROM base
              AND (mine IS DISTINCT FROM base OR coalesce(decided, false))) AS c(contradicted)
$$;

COMMENT ON FUNCTION settle(text, text, text, boolean) IS
    'what a value is to be: base is what the file said, theirs what it says, mine what it is '
    'here; and whether the file contradicts it';

CREATE FUNCTION decision_on_name(paper_id text, role text, first text, last text,
                                 OUT explicit_person_id text, OUT decided boolean, OUT orcid text,
                                 OUT orcid_decided boolean)
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    -- An undo is a decision, too.
    WITH item AS (
        SELECT i.*, row_number() OVER (ORDER BY r.decided_at DESC, r.id DESC) AS n
        FROM anthology.reassignment_item i
            JOIN anthology.reassignment r ON r.id = i.reassignment_id AND r.status = 'applied'
        WHERE i.paper_id = decision_on_name.paper_id AND i.role = decision_on_name.role
            AND i.first = decision_on_name.first AND i.last = decision_on_name.last
            AND i.cause = 'selected'
    )
    SELECT (SELECT i.after_explicit_id FROM item i WHERE i.n = 1), EXISTS (SELECT FROM item),
        (SELECT i.after_orcid FROM item i WHERE i.before_orcid IS DISTINCT FROM i.after_orcid
         ORDER BY i.n LIMIT 1),
        EXISTS (SELECT FROM item i WHERE i.before_orcid IS DISTINCT FROM i.after_orcid)
$$;

COMMENT ON FUNCTION decision_on_name(text, text, text, text) IS
    'the explicit id and the ORCID that the record of corrections has last decided on for a name '
    'on a paper, and whether it has';

CREATE FUNCTION decided_members(person_id text) RETURNS text[]
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT coalesce(array_agg(DISTINCT k.key), '{}')
    FROM anthology.person_change c
        JOIN anthology.reassignment r ON r.id = c.reassignment_id AND r.status = 'applied',
        LATERAL (
            SELECT m.key
            FROM jsonb_object_keys(coalesce(c.before, '{}') || coalesce(c.after, '{}')) AS m(key)
            WHERE c.action IN ('create', 'change', 'delete')
                AND c.before -> m.key IS DISTINCT FROM c.after -> m.key
            UNION ALL
            SELECT 'names' WHERE c.action IN ('add name', 'remove name')) AS k
    WHERE c.person_id = decided_members.person_id
$$;

COMMENT ON FUNCTION decided_members(text) IS
    'the members of a person''s entry that the record of corrections has decided on';

CREATE FUNCTION settle_entry(person_id text, base jsonb, mine jsonb, theirs jsonb,
                             OUT entry jsonb, OUT contradicted text[])
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT jsonb_object_agg(k.key, s.value::jsonb) FILTER (WHERE s.value IS NOT NULL),
        array_agg(k.key ORDER BY k.key) FILTER (WHERE s.contradicted)
    FROM anthology.decided_members(person_id) AS d(members),
        jsonb_object_keys(coalesce(base, '{}') || mine || theirs) AS k(key),
        anthology.settle((base -> k.key)::text, (mine -> k.key)::text, (theirs -> k.key)::text,
                         k.key = ANY (d.members)) s
$$;

COMMENT ON FUNCTION settle_entry(text, jsonb, jsonb, jsonb) IS
    'what a person''s entry is to be, member by member, see settle(); and the members that the '
    'file contradicts';

CREATE FUNCTION is_deleted_here(person_id text) RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT EXISTS (
            SELECT FROM anthology.person_change c
                JOIN anthology.reassignment r ON r.id = c.reassignment_id
            WHERE c.person_id = is_deleted_here.person_id AND c.action = 'delete'
                AND c.undone_by IS NULL AND r.status = 'applied')
        AND NOT EXISTS (SELECT FROM anthology.person p
                        WHERE p.id = is_deleted_here.person_id AND p.verified)
$$;

COMMENT ON FUNCTION is_deleted_here(text) IS
    'whether a verified person was renamed, merged away or undone here and is gone';

CREATE FUNCTION people_of_file(path text) RETURNS text[]
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT ARRAY(SELECT json_object_keys(anthology.file_to_json(d.source, d.path)))
    FROM anthology.data_file d WHERE d.path = people_of_file.path
$$;

COMMENT ON FUNCTION people_of_file(text) IS
    'the ids in a file of persons as it was loaded or exported last; NULL if there was none';

CREATE FUNCTION record_contradiction(file text, place text, what text, details text) RETURNS void
    LANGUAGE sql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
    DELETE FROM anthology.load_problem p
        WHERE p.kind = 'correction' AND p.file = record_contradiction.file
            AND p.place = record_contradiction.place AND starts_with(p.reason, what || ' ');
    INSERT INTO anthology.load_problem (kind, file, place, reason)
        VALUES ('correction', file, place, what || ' ' || details)
$$;

COMMENT ON FUNCTION record_contradiction(text, text, text, text) IS
    'adds a row to load_problem in place of an earlier one of the same name or person';

COMMENT ON TYPE load_outcome IS
    'what loading did to one kind of thing, and whose names are to be resolved again; kept counts '
    'corrections that the file does not have';

COMMENT ON FUNCTION lock_corpus() IS
    'waits for other loads and corrections to end, and keeps them waiting until this '
    'transaction ends';

CREATE OR REPLACE FUNCTION rebuild_slugs() RETURNS void
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    UPDATE anthology.corpus_state SET icu_version = anthology.icu_version();
    PERFORM anthology.lock_corpus();
    REINDEX INDEX anthology.person_name_full_name;
    -- Touching a name makes its generated slug anew.
    UPDATE anthology.person_name SET last = last
        WHERE slug <> anthology.name_slug(first, last);
    UPDATE anthology.authorship SET last = last
        WHERE slug <> anthology.name_slug(first, last);
    PERFORM anthology.rebuild_documents();
    REINDEX TABLE anthology.person_name;
    REINDEX TABLE anthology.authorship;
    REINDEX TABLE anthology.paper;
    PERFORM anthology.refresh_term_statistics();
    PERFORM anthology.resolve_names(
        ARRAY(SELECT DISTINCT slug FROM anthology.authorship),
        ARRAY(SELECT DISTINCT explicit_person_id FROM anthology.authorship
              WHERE explicit_person_id IS NOT NULL));
END
$$;

COMMENT ON FUNCTION rebuild_slugs() IS
    'makes stored slugs and the index of names anew and resolves every name again: for use after '
    'an upgrade of ICU';

CREATE FUNCTION record_problem(kind text, file text, place text, reason text, sqlstate text,
                               occurrences bigint DEFAULT 1)
    RETURNS void
    LANGUAGE sql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
    -- The same conflict may be met at every load.
    INSERT INTO anthology.load_problem (kind, file, place, reason, sqlstate, occurrences)
        SELECT record_problem.kind, record_problem.file, record_problem.place,
            record_problem.reason, record_problem.sqlstate, record_problem.occurrences
        WHERE record_problem.kind <> 'correction' OR NOT EXISTS (
            SELECT FROM anthology.load_problem p
            WHERE p.kind = 'correction' AND p.place = record_problem.place
                AND p.file = record_problem.file AND p.reason = record_problem.reason)
$$;

COMMENT ON FUNCTION record_problem(text, text, text, text, text, bigint) IS
    'adds a row to load_problem; a conflict with a correction that is there already is not '
    'added again';

CREATE OR REPLACE FUNCTION set_indexes_aside() RETURNS text[]
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    part record;
    statements text[] := '{}';
BEGIN
    FOR part IN
        SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', f.conrelid::regclass, f.conname) AS away,
            format('ALTER TABLE %s ADD CONSTRAINT %I %s', f.conrelid::regclass, f.conname,
                   pg_get_constraintdef(f.oid)) AS back
        FROM pg_constraint f JOIN pg_class c ON c.oid = f.conrelid
        WHERE f.contype = 'f' AND c.relkind = 'r' AND c.relnamespace = 'anthology'::regnamespace
            AND c.relname IN ('paper', 'paper_element', 'person_name', 'authorship')
            AND f.confrelid IN (SELECT t.oid FROM pg_class t
                                WHERE t.relnamespace = 'anthology'::regnamespace)
            AND pg_has_role(c.relowner, 'USAGE')
        UNION ALL
        SELECT format('DROP INDEX %s', c.oid::regclass), pg_get_indexdef(c.oid)
        FROM pg_class c
        WHERE c.relnamespace = 'anthology'::regnamespace AND c.relkind = 'i'
            AND c.relname IN ('paper_document', 'person_name_full_name', 'authorship_slug',
                              'authorship_person_id')
            AND pg_has_role(c.relowner, 'USAGE') AND c.reltablespace = 0
        ORDER BY 1
    LOOP
        EXECUTE part.away;
        statements := statements || part.back;
    END LOOP;
    RETURN statements;
END
$$;

COMMENT ON FUNCTION set_indexes_aside() IS
    'drops the foreign keys and indexes that a first load does not need, and returns how to make '
    'them again: checking and building them at the end is quicker than row by row';

CREATE OR REPLACE FUNCTION put_indexes_back(definitions text[]) RETURNS void
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    statement text;
    done integer := 0;
BEGIN
    FOREACH statement IN ARRAY definitions LOOP
        PERFORM anthology.report_progress('load_directory: indexes', done,
            cardinality(definitions));
        EXECUTE statement;
        done := done + 1;
        RAISE NOTICE 'made % of % foreign keys and indexes', done, cardinality(definitions);
    END LOOP;
END
$$;

COMMENT ON FUNCTION put_indexes_back(text[]) IS
    'runs the statements that set_indexes_aside() returned';

CREATE FUNCTION begin_load(layout text, collection_ids text[], OUT was_empty boolean,
                           OUT is_whole boolean, OUT explicit_ids bigint)
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    here CONSTANT bigint := (SELECT count(*) FROM anthology.collection);
BEGIN
    PERFORM anthology.lock_corpus();
    was_empty := here = 0;
    is_whole := here <= 2 * (SELECT count(*) FROM anthology.collection c
                             WHERE c.id = ANY (collection_ids));
    IF is_whole THEN
        UPDATE anthology.corpus_state s SET layout = begin_load.layout
            WHERE begin_load.layout <> s.layout OR s.layout IS NULL;
    END IF;
    explicit_ids := (SELECT count(a.explicit_person_id) FROM anthology.authorship a);
END
$$;

COMMENT ON FUNCTION begin_load(text, text[]) IS
    'takes the lock of corrections and loads. is_whole: the folder has at least half of the '
    'collections that are here, so that it replaces what was loaded, and does not add to it; '
    'explicit_ids: how many names have one';

CREATE FUNCTION refuse_load_without_people(allow_losses boolean) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF NOT allow_losses AND NOT EXISTS (SELECT FROM anthology.person WHERE verified) THEN
        RAISE EXCEPTION 'the folder has no persons: no explicit id of a name could be honoured'
            USING ERRCODE = 'data_exception',
                DETAIL = coalesce((SELECT format('%s: %s', p.file, p.reason)
                    FROM anthology.load_problem p
                                   WHERE p.file ~ '/people\.' ORDER BY p.id DESC LIMIT 1),
                    'There is neither json/people.json nor yaml/people.yaml.'),
                HINT = 'To go on without persons, call load_directory(..., allow_losses => true).';
    END IF;
END
$$;

COMMENT ON FUNCTION refuse_load_without_people(boolean) IS
    'raises an error if there are no verified persons, unless told to go on';

CREATE FUNCTION refuse_losses(explicit_ids bigint, allow_losses boolean) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    left_over CONSTANT bigint := (SELECT count(a.explicit_person_id) FROM anthology.authorship a);
BEGIN
    IF (explicit_ids - left_over) * 100 > explicit_ids AND NOT allow_losses THEN
        RAISE EXCEPTION 'the load would lose % of % explicit ids', explicit_ids - left_over,
            explicit_ids
            USING ERRCODE = 'data_exception',
                DETAIL = 'So many fewer names have an id than before.',
                HINT = 'If they are to go, call load_directory(..., allow_losses => true).';
    END IF;
END
$$;

COMMENT ON FUNCTION refuse_losses(bigint, boolean) IS
    'raises an error if of so many explicit ids more than a hundredth are gone, unless told '
    'to go on';

CREATE FUNCTION forget_other_files(paths text[]) RETURNS void
    LANGUAGE sql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
    DELETE FROM anthology.data_file f WHERE NOT f.path = ANY (paths);
    DELETE FROM anthology.load_problem p
        WHERE p.kind IN ('file', 'entry', 'unknown')
            AND p.file NOT IN (SELECT unnest(paths));
$$;

COMMENT ON FUNCTION forget_other_files(text[]) IS
    'forgets files, and problems of files, that the data folder does not have any more';

CREATE FUNCTION resolve_loaded(outcomes load_outcome[]) RETURNS bigint
    LANGUAGE sql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT count(*) FROM anthology.resolve_names(
        ARRAY(SELECT DISTINCT unnest(o.slugs) FROM unnest(outcomes) o),
        ARRAY(SELECT DISTINCT unnest(o.person_ids) FROM unnest(outcomes) o))
$$;

COMMENT ON FUNCTION resolve_loaded(load_outcome[]) IS
    'resolves the names that a load concerns; returns how many moved';

CREATE FUNCTION recount_after_load() RETURNS void
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    -- Counts that are off by one in a hundred rank no worse.
    IF (SELECT count(*) FROM anthology.document_change) >= coalesce(
        (SELECT s.documents / 100 FROM anthology.term_count_state s), 0) THEN
        PERFORM anthology.refresh_term_statistics();
    END IF;
END
$$;

COMMENT ON FUNCTION recount_after_load() IS
    'recounts terms if many papers have changed';

CREATE FUNCTION problem_counts() RETURNS TABLE (kind text, problems bigint)
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT CASE
            WHEN p.kind = 'resolution' OR (p.kind = 'correction' AND p.file LIKE 'xml/%')
                THEN 'name'
            WHEN p.kind = 'file' THEN 'file'
            WHEN p.file LIKE 'xml/%' THEN 'paper'
            WHEN p.file ~ '/people\.' THEN 'person'
            WHEN p.file ~ '/venues' THEN 'venue'
            WHEN p.file ~ '/sigs' THEN 'sig'
            ELSE 'file' END, count(*)
    FROM anthology.load_problem p GROUP BY 1
$$;

COMMENT ON FUNCTION problem_counts() IS
    'rows of load_problem by the kind of thing that a load reports them with';

CREATE FUNCTION summarize_load(outcomes load_outcome[], whole boolean)
    RETURNS TABLE (kind text, new bigint, changed bigint, unchanged bigint, removed bigint,
                   kept bigint, problems bigint)
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT k.kind, coalesce(sum(o.new), 0)::bigint, coalesce(sum(o.changed), 0)::bigint,
        coalesce(sum(o.unchanged), 0)::bigint, coalesce(sum(o.removed), 0)::bigint,
        coalesce(sum(o.kept), 0)::bigint,
        coalesce((SELECT c.problems FROM anthology.problem_counts() c WHERE c.kind = k.kind), 0)
    FROM (SELECT u.kind FROM unnest(outcomes) u
          UNION
          SELECT c.kind FROM anthology.problem_counts() c WHERE whole) AS k
        LEFT JOIN unnest(outcomes) o ON o.kind = k.kind
    GROUP BY k.kind
    ORDER BY array_position('{file,venue,sig,person,volume,paper,name}'::text[], k.kind)
$$;

COMMENT ON FUNCTION summarize_load(load_outcome[], boolean) IS
    'adds up what a load did; problems counts the rows that load_problem has of that kind, and '
    'whole takes all kinds';

CREATE OR REPLACE FUNCTION finish_load(outcomes load_outcome[])
    RETURNS TABLE (kind text, new bigint, changed bigint, unchanged bigint, removed bigint,
                   kept bigint, problems bigint)
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM anthology.resolve_loaded(outcomes);
    PERFORM anthology.recount_after_load();
    RETURN QUERY SELECT s.* FROM anthology.summarize_load(outcomes, false) s;
END
$$;

COMMENT ON FUNCTION finish_load(load_outcome[]) IS
    'resolves the names that an import concerns, recounts terms if many papers have changed, and '
    'adds up what it did';

CREATE FUNCTION remember_import(path text, source text, ids text[]) RETURNS void
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    UPDATE anthology.corpus_state s SET layout = split_part(path, '/', 1) WHERE s.layout IS NULL;
    IF split_part(path, '/', 1) = (SELECT s.layout FROM anthology.corpus_state s) AND NOT EXISTS (
        SELECT unnest(ids) EXCEPT SELECT json_object_keys(anthology.file_to_json(source, path)))
            THEN
        PERFORM anthology.remember_file(path, source);
    END IF;
END
$$;

COMMENT ON FUNCTION remember_import(text, text, text[]) IS
    'keeps the text of an imported file if it has all of these ids';

CREATE OR REPLACE FUNCTION import_people(people text)
    RETURNS TABLE (kind text, new bigint, changed bigint, unchanged bigint, removed bigint,
                   kept bigint, problems bigint)
    LANGUAGE plpgsql VOLATILE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    path CONSTANT text := CASE WHEN anthology.looks_like_json(people)
        THEN 'json/people.json' ELSE 'yaml/people.yaml' END;
    outcomes anthology.load_outcome[];
BEGIN
    PERFORM anthology.lock_corpus();
    outcomes := ARRAY(SELECT o FROM anthology.load_people(anthology.file_to_json(people, path),
        path) o);
    PERFORM anthology.remember_import(path, people, ARRAY(
        SELECT p.id FROM anthology.person p WHERE p.verified AND p.loaded IS NOT NULL));
    RETURN QUERY SELECT f.* FROM anthology.finish_load(outcomes) f;
END
$$;

COMMENT ON FUNCTION import_people(text) IS
    'loads or updates verified persons from the text of people.json or people.yaml; persons not '
    'in it stay';

CREATE OR REPLACE FUNCTION import_venues(venues text, venue_id text DEFAULT NULL)
    RETURNS TABLE (kind text, new bigint, changed bigint, unchanged bigint, removed bigint,
                   kept bigint, problems bigint)
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    path CONSTANT text := coalesce('yaml/venues/' || venue_id || '.yaml', 'json/venues.json');
    entries json := CASE WHEN venue_id IS NULL THEN anthology.file_to_json(venues)
        ELSE json_build_object(venue_id, anthology.file_to_json(venues)) END;
    outcomes anthology.load_outcome[];
BEGIN
    PERFORM anthology.lock_corpus();
    outcomes := ARRAY(SELECT o FROM anthology.load_venues(entries, path) o);
    IF venue_id IS NOT NULL OR anthology.looks_like_json(venues) THEN
        PERFORM anthology.remember_import(path, venues, CASE WHEN venue_id IS NULL
            THEN ARRAY(SELECT v.id FROM anthology.venue v) ELSE '{}' END);
    END IF;
    RETURN QUERY SELECT f.* FROM anthology.finish_load(outcomes) f;
END
$$;

COMMENT ON FUNCTION import_venues(text, text) IS
    'loads or updates venues: the text of venues.json, a YAML mapping of ids to venues, or the '
    'text of yaml/venues/<venue_id>.yaml';

CREATE FUNCTION import_sigs(sigs text, sig_id text DEFAULT NULL)
    RETURNS TABLE (kind text, new bigint, changed bigint, unchanged bigint, removed bigint,
                   kept bigint, problems bigint)
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    path CONSTANT text := coalesce('yaml/sigs/' || sig_id || '.yaml', 'json/sigs.json');
    entries json := CASE WHEN sig_id IS NULL THEN anthology.file_to_json(sigs)
        ELSE json_build_object(sig_id, anthology.sig_of_yaml(anthology.file_to_json(sigs))) END;
    outcomes anthology.load_outcome[];
BEGIN
    PERFORM anthology.lock_corpus();
    outcomes := ARRAY(SELECT o FROM anthology.load_sigs(entries, path) o);
    IF sig_id IS NOT NULL OR anthology.looks_like_json(sigs) THEN
        PERFORM anthology.remember_import(path, sigs, CASE WHEN sig_id IS NULL
            THEN ARRAY(SELECT s.id FROM anthology.sig s) ELSE '{}' END);
    END IF;
    RETURN QUERY SELECT f.* FROM anthology.finish_load(outcomes) f;
END
$$;

COMMENT ON FUNCTION import_sigs(text, text) IS
    'loads or updates special interest groups: the text of sigs.json, or the text of '
    'yaml/sigs/<sig_id>.yaml';

CREATE FUNCTION load_directory(path text, allow_losses boolean DEFAULT false)
    RETURNS TABLE (kind text, new bigint, changed bigint, unchanged bigint, removed bigint,
                   kept bigint, problems bigint)
    LANGUAGE c VOLATILE STRICT
    SET search_path = pg_catalog, pg_temp
    SET jit = off    -- its plans are run once, or for a few rows
    AS 'MODULE_PATHNAME', 'anthology_load_directory';

COMMENT ON FUNCTION load_directory(text, boolean) IS
    'loads or updates everything from a data folder on the server: json/*.json or yaml/**/*.yaml, '
    'and xml/*.xml; stops if more than a hundredth of the verified persons or explicit ids would '
    'be lost, unless allow_losses';

CREATE FUNCTION looks_like_json(source text) RETURNS boolean
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT source ~ '^\s*[{\[]\s*("|[}\]]\s*$)'
$$;

COMMENT ON FUNCTION looks_like_json(text) IS
    'whether a text begins as JSON does; a YAML mapping in braces has no quotes around its keys';

CREATE FUNCTION file_to_json(source text, path text DEFAULT NULL) RETURNS json
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    problem text;
BEGIN
    IF NOT coalesce(path LIKE '%.json', anthology.looks_like_json(source)) THEN
        RETURN anthology.yaml_to_json(source);
    END IF;
    problem := anthology.json_problem(source);
    IF problem IS NULL THEN
        RETURN source::json;
    END IF;
    RAISE EXCEPTION 'invalid JSON'
        USING ERRCODE = 'invalid_text_representation', DETAIL = problem;
END
$$;

COMMENT ON FUNCTION file_to_json(text, text) IS
    'the text of a JSON or YAML file as JSON, by the ending of its path or else by how it begins';

CREATE FUNCTION remember_file(path text, source text) RETURNS void
    LANGUAGE sql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
    INSERT INTO anthology.data_file AS f (path, source)
        VALUES (remember_file.path, remember_file.source)
        ON CONFLICT (path) DO UPDATE SET source = excluded.source
        WHERE f.source <> excluded.source
$$;

COMMENT ON FUNCTION remember_file(text, text) IS
    'keeps the text of a file of the data folder as last loaded or exported';

CREATE FUNCTION record_unknown_keys(file text, place text, entries json, known text[]) RETURNS void
    LANGUAGE sql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT anthology.record_problem('unknown', record_unknown_keys.file, min(e.key),
        format('unknown key "%s" of %s', k.key, record_unknown_keys.place), NULL, count(*))
    FROM json_each(entries) e, LATERAL json_object_keys(
        CASE json_typeof(e.value) WHEN 'object' THEN e.value ELSE '{}' END) AS k(key)
    WHERE NOT k.key = ANY (known)
    GROUP BY k.key ORDER BY k.key
$$;

COMMENT ON FUNCTION record_unknown_keys(text, text, json, text[]) IS
    'records the keys of entries that are not known, each once with a count and the first entry';

CREATE FUNCTION load_data_file(source text, path text, is_whole boolean) RETURNS SETOF load_outcome
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    id CONSTANT text := substring(path FROM '([^/]*)\.yaml$');
BEGIN
    IF path ~ '^(json|yaml)/people\.' THEN
        RETURN QUERY SELECT o.* FROM anthology.load_people(anthology.file_to_json(source, path),
            path) o;
    ELSIF path = 'json/venues.json' THEN
        RETURN QUERY SELECT o.* FROM anthology.load_venues(anthology.file_to_json(source, path),
            path) o;
    ELSIF path LIKE 'yaml/venues/%' THEN
        RETURN QUERY SELECT o.* FROM anthology.load_venues(
            json_build_object(id, anthology.file_to_json(source, path)), path) o;
    ELSIF path = 'json/sigs.json' THEN
        RETURN QUERY SELECT o.* FROM anthology.load_sigs(anthology.file_to_json(source, path),
            path) o;
    ELSIF path LIKE 'yaml/sigs/%' THEN
        RETURN QUERY SELECT o.* FROM anthology.load_sigs(
            json_build_object(id, anthology.sig_of_yaml(anthology.file_to_json(source, path))),
                path) o;
    ELSIF path LIKE '%.json' AND anthology.json_problem(source) IS NOT NULL THEN
        PERFORM anthology.record_problem('entry', path, NULL,
            'invalid JSON, kept as it is: ' || anthology.json_problem(source), '22P02');
    END IF;
    IF is_whole THEN
        PERFORM anthology.remember_file(path, source);
    END IF;
END
$$;

COMMENT ON FUNCTION load_data_file(text, text, boolean) IS
    'loads a file of the data folder that is no collection, and keeps its text unless the folder '
    'is only an addition';

COMMENT ON TYPE loaded_name IS
    'a name on a paper as a collection file has it, and the explicit id, ORCID and OpenReview id '
    'it is to have here';

CREATE FUNCTION keep_name_corrections(collection text, file text, names loaded_name[],
                                      OUT corrected loaded_name[], OUT kept bigint)
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    old anthology.authorship;
    name anthology.loaded_name;
    decision record;
    id record;
    orcid record;
    openreview record;
    what text;
    i integer;
BEGIN
    corrected := names;
    kept := 0;
    -- Conflicts that are none any more.
    DELETE FROM anthology.load_problem p
        WHERE p.kind = 'correction' AND p.file = keep_name_corrections.file
            AND NOT EXISTS (SELECT FROM anthology.authorship a
                            WHERE a.paper_id = p.place
                                AND (a.explicit_person_id, a.orcid, a.openreview)
                                    IS DISTINCT FROM (a.file_person_id, a.file_orcid,
                                        a.file_openreview));
    FOR old IN
        SELECT a.* FROM anthology.papers_of_collection(collection) p(id)
            JOIN anthology.authorship a ON a.paper_id = p.id
        WHERE (a.explicit_person_id, a.orcid, a.openreview)
                IS DISTINCT FROM (a.file_person_id, a.file_orcid, a.file_openreview)
            OR EXISTS (SELECT FROM anthology.reassignment_item r
                       WHERE r.paper_id = a.paper_id AND r.cause = 'selected')
    LOOP
        -- A correction follows its name: to wherever on the paper it stands now.
        SELECT s.i INTO i
            FROM generate_subscripts(names, 1) AS s(i), LATERAL (SELECT (names[s.i]).*) AS n
            WHERE n.paper_id = old.paper_id AND n.role = old.role AND n.first = old.first
                AND n.last = old.last
            ORDER BY abs(n."position" - old."position") LIMIT 1;
        what := format('%s %s "%s"', old.role, old."position", old.full_name);
        IF i IS NULL THEN
            IF (old.explicit_person_id, old.orcid, old.openreview)
                IS DISTINCT FROM (old.file_person_id, old.file_orcid, old.file_openreview) THEN
                PERFORM anthology.record_contradiction(file, old.paper_id, what,
                    format('was corrected here to person %s and is not in the file any more',
                           coalesce('"' || old.explicit_person_id || '"', 'none')));
            END IF;
            CONTINUE;
        END IF;
        name := names[i];
        SELECT * INTO decision
            FROM anthology.decision_on_name(old.paper_id, old.role, old.first, old.last);
        SELECT * INTO id
            FROM anthology.settle(old.file_person_id, old.explicit_person_id, name.file_person_id,
                decision.decided AND decision.explicit_person_id IS
                    NOT DISTINCT FROM old.explicit_person_id);
        -- An ORCID goes with the id beside it.
        SELECT * INTO orcid
            FROM anthology.settle(old.file_orcid, old.orcid, name.file_orcid,
                id.value IS DISTINCT FROM name.file_person_id
                OR decision.orcid_decided AND decision.orcid IS NOT DISTINCT FROM old.orcid);
        SELECT * INTO openreview
            FROM anthology.settle(old.file_openreview, old.openreview, name.file_openreview, false);
        name.explicit_person_id := id.value;
        name.orcid := orcid.value;
        name.openreview := openreview.value;
        corrected[i] := name;
        kept := kept + ((id.value, orcid.value, openreview.value)
            IS DISTINCT FROM (name.file_person_id, name.file_orcid, name.file_openreview))::integer;
        IF id.contradicted OR orcid.contradicted OR openreview.contradicted THEN
            PERFORM anthology.record_contradiction(file, old.paper_id, what,
                format('was corrected here and the file says otherwise; kept "%s", file has "%s"',
                       concat_ws(' ', id.value, orcid.value, openreview.value),
                       concat_ws(' ', name.file_person_id, name.file_orcid, name.file_openreview)));
        END IF;
    END LOOP;
END
$$;

COMMENT ON FUNCTION keep_name_corrections(text, text, loaded_name[]) IS
    'the names of a collection file with the corrections made here, and how many the file does '
    'not have';

CREATE OR REPLACE FUNCTION load_names(collection text, file text, names loaded_name[], is_new boolean)
    RETURNS load_outcome
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    outcome anthology.load_outcome := ('name', 0, 0, 0, 0, 0, 0, NULL, NULL);
    persons text[];
BEGIN
    IF NOT is_new THEN
        SELECT k.corrected, k.kept INTO names, outcome.kept
            FROM anthology.keep_name_corrections(collection, file, names) k;
    END IF;

    -- Resolved before they are stored, lest every row be written twice.
    persons := ARRAY(SELECT k.person_id FROM anthology.persons_of_names(ARRAY(
        SELECT (anthology.name_slug(n.first, n.last), n.first, n.last, n.orcid,
                n.explicit_person_id)::anthology.name_key
        FROM unnest(names) n)) k ORDER BY k.i);
    INSERT INTO anthology.person (id, verified)
        SELECT DISTINCT p.id, false FROM unnest(persons) AS p(id)
        WHERE p.id LIKE '%/unverified'
        ON CONFLICT DO NOTHING;

    IF is_new THEN
        outcome.person_ids := ARRAY(SELECT DISTINCT p.id FROM unnest(persons) AS p(id)
                                    WHERE p.id IS NOT NULL);
        INSERT INTO anthology.authorship (paper_id, role, "position", first, last, affiliation,
                orcid, variants, file_person_id, explicit_person_id, file_orcid, openreview,
                file_openreview, person_id)
            SELECT * FROM unnest(names, persons);
        outcome.new := cardinality(names);
        PERFORM anthology.record_resolution_problems(
            ARRAY(SELECT DISTINCT n.paper_id FROM unnest(names) n));
        RETURN outcome;
    END IF;

    WITH was AS (
        SELECT a.* FROM anthology.papers_of_collection(collection) p(id)
            JOIN anthology.authorship a ON a.paper_id = p.id
    ), differs AS (
        SELECT was.person_id AS old_person_id, n.person_id AS new_person_id
        FROM was FULL JOIN unnest(names, persons) AS n(paper_id, role, "position", first, last,
                affiliation, orcid, variants, file_person_id, explicit_person_id, file_orcid,
                openreview, file_openreview, person_id)
            ON n.paper_id = was.paper_id AND n.role = was.role AND n."position" = was."position"
        WHERE (n.first, n.last, n.orcid, n.explicit_person_id)
            IS DISTINCT FROM (was.first, was.last, was.orcid, was.explicit_person_id)
    )
    SELECT array_agg(DISTINCT p.id) INTO outcome.person_ids
        FROM differs d, LATERAL (VALUES (d.old_person_id), (d.new_person_id)) AS p(id)
        WHERE p.id IS NOT NULL;

    DELETE FROM anthology.authorship a
        WHERE a.paper_id IN (SELECT p.id FROM anthology.papers_of_collection(collection) p(id))
            AND (a.paper_id, a.role, a."position") NOT IN (
                SELECT n.paper_id, n.role, n."position" FROM unnest(names) n);
    GET DIAGNOSTICS outcome.removed = ROW_COUNT;

    WITH loaded AS (
        INSERT INTO anthology.authorship AS a (paper_id, role, "position", first, last, affiliation,
                orcid, variants, file_person_id, explicit_person_id, file_orcid, openreview,
                file_openreview, person_id)
            SELECT * FROM unnest(names, persons)
            ON CONFLICT (paper_id, role, "position") DO UPDATE SET first = excluded.first,
                last = excluded.last, affiliation = excluded.affiliation, orcid = excluded.orcid,
                variants = excluded.variants, file_person_id = excluded.file_person_id,
                explicit_person_id = excluded.explicit_person_id,
                file_orcid = excluded.file_orcid, openreview = excluded.openreview,
                file_openreview = excluded.file_openreview, person_id = excluded.person_id
            WHERE (a.first, a.last, a.affiliation, a.orcid, a.variants, a.explicit_person_id,
                   a.file_person_id, a.file_orcid, a.openreview, a.file_openreview)
                IS DISTINCT FROM (excluded.first, excluded.last, excluded.affiliation,
                    excluded.orcid, excluded.variants, excluded.explicit_person_id,
                    excluded.file_person_id, excluded.file_orcid, excluded.openreview,
                    excluded.file_openreview)
            RETURNING xmax = 0 AS is_new
    )
    SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new)
        INTO outcome.new, outcome.changed FROM loaded;
    outcome.unchanged := cardinality(names) - outcome.new - outcome.changed;
    PERFORM anthology.record_resolution_problems(
        ARRAY(SELECT DISTINCT n.paper_id FROM unnest(names) n));
    RETURN outcome;
END
$$;

CREATE OR REPLACE FUNCTION people_entry_problem(person_id text, entry jsonb) RETURNS text
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT CASE
        WHEN NOT anthology.is_person_id(person_id)
        THEN 'the id is not a lower-case letter followed by lower-case letters, digits and hyphens'
        WHEN jsonb_typeof(entry) <> 'object'
        THEN 'the entry is not a mapping'
        WHEN jsonb_typeof(entry -> 'names') IS DISTINCT FROM 'array'
            OR jsonb_array_length(entry -> 'names') = 0
        THEN 'the person has no names'
        WHEN EXISTS (SELECT FROM jsonb_array_elements(entry -> 'names') n
                     WHERE jsonb_typeof(n) <> 'object' OR coalesce(n ->> 'last', '') = '')
        THEN 'a name has no last'
        WHEN EXISTS (SELECT FROM jsonb_array_elements(entry -> 'names') n
                     WHERE anthology.name_problem(n ->> 'first', n ->> 'last') IS NOT NULL)
        THEN (SELECT anthology.name_problem(n ->> 'first', n ->> 'last')
              FROM jsonb_array_elements(entry -> 'names') n
              WHERE anthology.name_problem(n ->> 'first', n ->> 'last') IS NOT NULL LIMIT 1)
        WHEN entry -> 'names' -> 0 ->> 'hidden' = 'true'
        THEN 'the canonical name is hidden'
        WHEN entry ->> 'orcid' IS NOT NULL
            AND anthology.orcid_normalize(entry ->> 'orcid') IS NULL
        THEN format('"%s" is not a valid ORCID', entry ->> 'orcid')
        WHEN jsonb_typeof(coalesce(entry -> 'similar', '[]')) NOT IN ('array', 'null')
        THEN 'similar is not a list'
        WHEN coalesce(entry ->> 'disable_name_matching', 'false') NOT IN ('true', 'false')
        THEN 'disable_name_matching is neither true nor false'
        ELSE (SELECT format('ORCID %s belongs to person "%s"', p.orcid, p.id)
              FROM anthology.person p
              WHERE p.orcid = anthology.orcid_normalize(entry ->> 'orcid') AND p.id <> person_id)
    END
$$;

CREATE OR REPLACE FUNCTION normal_people_entry(entry jsonb) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT jsonb_strip_nulls(jsonb_build_object(
        'names', (SELECT jsonb_agg(jsonb_build_object('first', coalesce(n ->> 'first', ''),
                                                      'last', n ->> 'last',
                                                      'script', n ->> 'script',
                                                      'hidden', CASE WHEN n ->> 'hidden' = 'true'
                                                          THEN true END)
                                   ORDER BY i)
                  FROM jsonb_array_elements(entry -> 'names') WITH ORDINALITY AS e(n, i)),
        'orcid', anthology.orcid_normalize(entry ->> 'orcid'),
        'degree', entry ->> 'degree', 'comment', entry ->> 'comment',
        'similar', CASE WHEN jsonb_typeof(entry -> 'similar') = 'array'
                            AND entry -> 'similar' <> '[]' THEN entry -> 'similar' END,
        'disable_name_matching',
            CASE WHEN entry ->> 'disable_name_matching' = 'true' THEN true END))
$$;

CREATE FUNCTION load_simple_people(people json, OUT new_ids text[], OUT unchanged_ids text[],
                                   OUT slugs text[])
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    ids text[];
    entries jsonb[];
BEGIN
    SELECT array_agg(e.key), array_agg(e.value::jsonb) INTO ids, entries
        FROM (SELECT e.key, min(e.value::text) AS value FROM json_each(people) e
              GROUP BY e.key HAVING count(*) = 1) AS e;
    unchanged_ids := ARRAY(
        SELECT p.id FROM unnest(ids, entries) AS e(id, body) JOIN anthology.person p ON p.id = e.id
        WHERE p.loaded IS NOT NULL AND p.loaded = anthology.person_entry(p.id)
            AND anthology.people_entry_problem(p.id, e.body) IS NULL
            AND p.loaded = anthology.normal_people_entry(e.body));
    -- A new person, whose ORCID nobody has or gives up, and who was not merged away here.
    WITH candidate AS MATERIALIZED (
        SELECT e.id, e.wanted,
            count(*) OVER (PARTITION BY e.wanted ->> 'orcid') AS with_orcid
        FROM (SELECT u.id, u.body, anthology.normal_people_entry(u.body) AS wanted
              FROM unnest(ids, entries) AS u(id, body)) AS e
        WHERE NOT EXISTS (SELECT FROM anthology.person p WHERE p.id = e.id)
            AND NOT EXISTS (SELECT FROM anthology.person_change c WHERE c.person_id = e.id)
            AND anthology.people_entry_problem(e.id, e.body) IS NULL
    ), made AS (
        INSERT INTO anthology.person (id, verified, orcid, degree, comment, disable_name_matching,
                similar_ids, loaded)
            SELECT c.id, true, c.wanted ->> 'orcid', c.wanted ->> 'degree', c.wanted ->> 'comment',
                c.wanted ? 'disable_name_matching', anthology.texts_of(c.wanted -> 'similar'),
                c.wanted
            FROM candidate c
            WHERE NOT c.wanted ? 'orcid' OR c.with_orcid = 1
            RETURNING id, loaded
    ), named AS (
        INSERT INTO anthology.person_name (person_id, "position", first, last, script, hidden)
            SELECT m.id, i, n ->> 'first', n ->> 'last', n ->> 'script',
                coalesce(n ->> 'hidden' = 'true', false)
            FROM made m, jsonb_array_elements(m.loaded -> 'names') WITH ORDINALITY AS e(n, i)
            RETURNING person_name.slug
    )
    SELECT (SELECT array_agg(m.id) FROM made m), array_agg(n.slug) INTO new_ids, slugs FROM named n;
END
$$;

COMMENT ON FUNCTION load_simple_people(json) IS
    'loads the entries of a mapping of person ids that make a new person, and finds those that '
    'change nothing';

CREATE OR REPLACE FUNCTION load_people(people json, file text) RETURNS SETOF load_outcome
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    outcome anthology.load_outcome := ('person', 0, 0, 0, 0, 0, 0, '{}', '{}');
    entry record;
    current jsonb;
    loaded jsonb;
    wanted jsonb;
    settled record;
    problem text;
    owner text;
    gave_away text[] := '{}';
    people_before text[] := anthology.people_of_file(file);
    simple record;
BEGIN
    IF json_typeof(people) IS DISTINCT FROM 'object' THEN
        RAISE EXCEPTION 'people are not a mapping of ids to persons'
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    DELETE FROM anthology.load_problem p
        WHERE p.file = load_people.file AND p.kind IN ('entry', 'unknown')
            AND (p.kind = 'unknown' OR p.place IN (SELECT json_object_keys(people)));
    PERFORM anthology.record_unknown_keys(file, 'a person', people,
        '{names,comment,degree,disable_name_matching,orcid,similar}');
    simple := anthology.load_simple_people(people);
    outcome.new := coalesce(cardinality(simple.new_ids), 0);
    outcome.unchanged := coalesce(cardinality(simple.unchanged_ids), 0);
    outcome.slugs := coalesce(simple.slugs, '{}');
    outcome.person_ids := coalesce(simple.new_ids, '{}');
    FOR entry IN
        SELECT e.key AS id, e.value::jsonb AS body,
            row_number() OVER (PARTITION BY e.key) AS occurrence
        FROM json_each(people) e
            LEFT JOIN unnest(simple.new_ids || simple.unchanged_ids) AS done(id) ON done.id = e.key
        WHERE done.id IS NULL
    LOOP
        current := anthology.person_entry(entry.id);
        IF anthology.is_deleted_here(entry.id) THEN
            -- The file does not know it yet, or has it again.
            outcome.kept := outcome.kept + 1;
            outcome.unchanged := outcome.unchanged + 1;
            IF entry.id <> ALL (people_before) THEN
                PERFORM anthology.record_contradiction(file, entry.id, 'the person',
                    'was renamed, merged or undone here, and the file has it again');
            END IF;
            CONTINUE;
        END IF;
        -- An ORCID may go from one person to another, whichever comes first in the file.
        SELECT p.id INTO owner FROM anthology.person p
            WHERE p.orcid = anthology.orcid_normalize(entry.body ->> 'orcid') AND p.id <> entry.id
                AND p.loaded = anthology.person_entry(p.id)
                AND 'orcid' <> ALL (anthology.decided_members(p.id))
                AND people ->> p.id IS NOT NULL
                AND anthology.people_entry_problem(p.id, (people -> p.id)::jsonb - 'orcid') IS NULL
                AND anthology.orcid_normalize(people -> p.id ->> 'orcid') IS DISTINCT FROM p.orcid;
        IF FOUND AND anthology.people_entry_problem(entry.id, entry.body - 'orcid') IS NULL THEN
            UPDATE anthology.person p SET orcid = NULL, loaded = p.loaded - 'orcid'
                WHERE p.id = owner;
            gave_away := gave_away || owner;
            outcome.person_ids := outcome.person_ids || owner;
        END IF;
        problem := anthology.people_entry_problem(entry.id, entry.body);
        IF problem IS NULL AND entry.occurrence > 1 THEN
            problem := 'the person is in the file twice';
        END IF;
        IF problem IS NOT NULL THEN
            PERFORM anthology.record_problem('entry', file, entry.id, problem, '22023');
            CONTINUE;
        END IF;
        wanted := anthology.normal_people_entry(entry.body);
        loaded := (SELECT p.loaded FROM anthology.person p WHERE p.id = entry.id);
        SELECT * INTO settled FROM anthology.settle_entry(entry.id, loaded, current, wanted);
        IF current IS NULL THEN
            settled.entry := wanted;
        END IF;
        IF settled.entry IS DISTINCT FROM current THEN
            outcome.slugs := outcome.slugs
                || ARRAY(SELECT n.slug FROM anthology.person_name n WHERE n.person_id = entry.id)
                || ARRAY(SELECT anthology.name_slug(n ->> 'first', n ->> 'last')
                         FROM jsonb_array_elements(settled.entry -> 'names') n);
            outcome.person_ids := outcome.person_ids || entry.id;
            PERFORM anthology.set_person(entry.id, settled.entry);
            IF current IS NULL THEN
                outcome.new := outcome.new + 1;
            ELSE
                outcome.changed := outcome.changed + 1;
            END IF;
        ELSIF entry.id = ANY (gave_away) THEN
            outcome.changed := outcome.changed + 1;
        ELSE
            outcome.unchanged := outcome.unchanged + 1;
        END IF;
        IF settled.entry <> wanted THEN
            outcome.kept := outcome.kept + 1;
        END IF;
        IF settled.contradicted IS NOT NULL THEN
            PERFORM anthology.record_contradiction(file, entry.id, 'the person',
                format('was corrected here and the file says otherwise of %s; kept %s, file has %s',
                       array_to_string(settled.contradicted, ', '), current, wanted));
        END IF;
        UPDATE anthology.person p SET loaded = wanted
            WHERE p.id = entry.id AND p.loaded IS DISTINCT FROM wanted;
    END LOOP;
    -- Conflicts that are none any more.
    DELETE FROM anthology.load_problem b
        WHERE b.kind = 'correction' AND b.file = load_people.file
            AND EXISTS (SELECT FROM anthology.person p
                        WHERE p.id = b.place AND p.loaded = anthology.person_entry(p.id));
    RETURN NEXT outcome;
END
$$;

COMMENT ON FUNCTION load_people(json, text) IS
    'loads a mapping of person ids to entries of people.json or people.yaml; persons not in '
    'it stay';

CREATE FUNCTION remove_lost_people(path text, allow_losses boolean) RETURNS load_outcome
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    outcome anthology.load_outcome := ('person', 0, 0, 0, 0, 0, 0, '{}', '{}');
    lost record;
BEGIN
    SELECT array_agg(p.id) FILTER (WHERE k.id IS NULL AND NOT c.corrected) AS ids,
            array_agg(p.id) FILTER (WHERE k.id IS NULL AND c.corrected) AS corrected,
            count(*) AS loaded INTO lost
        FROM anthology.person p
            LEFT JOIN (SELECT DISTINCT key AS id
                       FROM anthology.data_file f,
                           json_object_keys(anthology.file_to_json(f.source, f.path)) AS key
                       WHERE f.path = remove_lost_people.path) AS k ON k.id = p.id,
            -- Also one whose correction has been exported, or loaded since.
            LATERAL (SELECT p.loaded <> anthology.person_entry(p.id)
                         OR anthology.decided_members(p.id) <> '{}') AS c(corrected)
        WHERE p.verified AND p.loaded IS NOT NULL;
    IF cardinality(lost.ids) * 100 > lost.loaded AND NOT allow_losses THEN
        RAISE EXCEPTION 'the load would lose % of % verified persons, "%" for one',
                cardinality(lost.ids), lost.loaded, lost.ids[1]
            USING ERRCODE = 'data_exception',
                DETAIL = format('They are not in %s.', path),
                HINT = 'If they are to go, call load_directory(..., allow_losses => true).';
    END IF;
    PERFORM anthology.record_contradiction(path, c.id, 'the person',
            'was corrected here and is not in the file any more; kept')
        FROM unnest(lost.corrected) AS c(id);
    outcome.kept := coalesce(cardinality(lost.corrected), 0);
    IF lost.ids IS NOT NULL THEN
        outcome.removed := cardinality(lost.ids);
        outcome.person_ids := lost.ids;
        outcome.slugs := ARRAY(SELECT DISTINCT n.slug FROM anthology.person_name n
                               WHERE n.person_id = ANY (lost.ids));
        -- Resolution takes their names and papers away, and then them.
        UPDATE anthology.person p SET verified = false, orcid = NULL, loaded = NULL
            WHERE p.id = ANY (lost.ids);
        UPDATE anthology.person_name n SET inferred = true WHERE n.person_id = ANY (lost.ids);
    END IF;
    RETURN outcome;
END
$$;

COMMENT ON FUNCTION remove_lost_people(text, boolean) IS
    'removes the persons whom the data folder''s file of persons, as just loaded, does not have '
    'any more; raises an error if they are more than a hundredth, unless told to go on';

CREATE FUNCTION sig_of_yaml(sig json) RETURNS json
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    WITH meeting AS (
        SELECT y.key AS year, m.value AS meeting, e.i, m.i AS j
        FROM json_array_elements(CASE json_typeof(sig -> 'Meetings') WHEN 'array'
                THEN sig -> 'Meetings' ELSE '[]' END) WITH ORDINALITY AS e(value, i),
            LATERAL json_each(e.value) AS y,
            LATERAL json_array_elements(CASE json_typeof(y.value) WHEN 'array'
                THEN y.value ELSE '[]' END) WITH ORDINALITY AS m(value, i)
    ), entry AS (
        SELECT json_build_object('acronym', sig ->> 'ShortName', 'name', sig ->> 'Name',
            'url', sig ->> 'URL', 'external_meetings', (
                SELECT json_agg(json_strip_nulls(json_build_object('year', m.year,
                           'name', m.meeting ->> 'Name', 'url', m.meeting ->> 'URL')) ORDER BY m.i,
                               m.j)
                FROM meeting m WHERE json_typeof(m.meeting) = 'object'),
            'volume_ids', (
                SELECT json_agg(btrim(m.meeting #>> '{}') ORDER BY m.i, m.j)
                FROM meeting m WHERE json_typeof(m.meeting) = 'string')) AS known
    )
    -- What is not known goes along, so that it is recorded.
    SELECT json_object_agg(k.key, k.value)
    FROM (SELECT e.key, e.value FROM entry, json_each(entry.known) e
          UNION ALL
          SELECT e.key, e.value FROM json_each(sig) e
          WHERE e.key NOT IN ('Name', 'ShortName', 'URL', 'Meetings')) AS k
$$;

COMMENT ON FUNCTION sig_of_yaml(json) IS
    'an entry of yaml/sigs as one of json/sigs.json, with the volumes that it lists as volume_ids';

CREATE FUNCTION load_sigs(sigs json, file text) RETURNS SETOF load_outcome
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    outcome anthology.load_outcome := ('sig', 0, 0, 0, 0, 0, 0, NULL, NULL);
    entry record;
    was_new boolean;
BEGIN
    IF json_typeof(sigs) IS DISTINCT FROM 'object' THEN
        RAISE EXCEPTION 'SIGs are not a mapping of ids to SIGs'
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    DELETE FROM anthology.load_problem p
        WHERE p.kind IN ('entry', 'unknown') AND p.file = load_sigs.file;
    PERFORM anthology.record_unknown_keys(file, 'a SIG', sigs,
        '{acronym,name,url,description,related_ids,external_meetings,venue_ids,volume_ids}');
    FOR entry IN SELECT s.key AS id, s.value::jsonb AS sig FROM json_each(sigs) s LOOP
        IF jsonb_typeof(entry.sig) <> 'object' OR coalesce(entry.sig ->> 'name', '') = '' THEN
            PERFORM anthology.record_problem('entry', file, entry.id, 'the SIG has no name',
                '22023');
            CONTINUE;
        END IF;
        INSERT INTO anthology.sig AS s (id, acronym, name, url, description, related_ids,
                external_meetings, venue_ids)
            VALUES (entry.id, entry.sig ->> 'acronym', entry.sig ->> 'name', entry.sig ->> 'url',
                entry.sig ->> 'description', anthology.texts_of(entry.sig -> 'related_ids'),
                CASE jsonb_typeof(entry.sig -> 'external_meetings') WHEN 'array'
                    THEN entry.sig -> 'external_meetings' ELSE '[]' END,
                anthology.texts_of(entry.sig -> 'venue_ids'))
            ON CONFLICT (id) DO UPDATE SET acronym = excluded.acronym, name = excluded.name,
                url = excluded.url, description = excluded.description,
                related_ids = excluded.related_ids,
                external_meetings = excluded.external_meetings, venue_ids = excluded.venue_ids
            WHERE s.* IS DISTINCT FROM excluded.*
            RETURNING xmax = 0 INTO was_new;
        IF NOT FOUND THEN
            outcome.unchanged := outcome.unchanged + 1;
        ELSIF was_new THEN
            outcome.new := outcome.new + 1;
        ELSE
            outcome.changed := outcome.changed + 1;
        END IF;
        IF entry.sig ? 'volume_ids' THEN
            UPDATE anthology.volume v
                SET sig_ids = CASE WHEN v.id = ANY (l.ids)
                    THEN ARRAY(SELECT s FROM unnest(v.sig_ids || entry.id) s ORDER BY s COLLATE "C")
                    ELSE array_remove(v.sig_ids, entry.id) END
                FROM (SELECT anthology.texts_of(entry.sig -> 'volume_ids') AS ids) AS l
                WHERE (v.id = ANY (l.ids)) <> (entry.id = ANY (v.sig_ids));
        END IF;
    END LOOP;
    RETURN NEXT outcome;
END
$$;

COMMENT ON FUNCTION load_sigs(json, text) IS
    'loads a mapping of SIG ids to SIGs; an entry that lists volume_ids sets sig_ids of these '
    'volumes';

CREATE FUNCTION texts_of(list jsonb) RETURNS text[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT ARRAY(SELECT t FROM jsonb_array_elements_text(
        CASE jsonb_typeof(list) WHEN 'array' THEN list ELSE '[]' END) WITH ORDINALITY AS e(t, i)
            ORDER BY i)
$$;

COMMENT ON FUNCTION texts_of(jsonb) IS 'the elements of a JSON list as text[]; empty for '
    'anything else';

CREATE OR REPLACE FUNCTION load_venues(venues json, file text) RETURNS SETOF load_outcome
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    outcome anthology.load_outcome := ('venue', 0, 0, 0, 0, 0, 0, NULL, NULL);
    entry record;
    was_new boolean;
BEGIN
    IF json_typeof(venues) IS DISTINCT FROM 'object' THEN
        RAISE EXCEPTION 'venues are not a mapping of ids to venues'
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    DELETE FROM anthology.load_problem p
        WHERE p.file = load_venues.file AND p.kind IN ('entry', 'unknown')
            AND (p.kind = 'unknown' OR p.place IN (SELECT json_object_keys(venues)));
    PERFORM anthology.record_unknown_keys(file, 'a venue', venues,
        '{acronym,name,is_acl,is_toplevel,oldstyle_letter,url,description,type}');
    FOR entry IN SELECT v.key AS id, v.value AS venue FROM json_each(venues) v LOOP
        IF json_typeof(entry.venue) <> 'object' OR coalesce(entry.venue ->> 'name', '') = '' THEN
            PERFORM anthology.record_problem('entry', file, entry.id, 'the venue has no name',
                '22023');
            CONTINUE;
        END IF;
        INSERT INTO anthology.venue AS v
                (id, acronym, name, is_acl, is_toplevel, oldstyle_letter, type, url,
                 description)
            VALUES (entry.id, entry.venue ->> 'acronym', entry.venue ->> 'name',
                coalesce(entry.venue ->> 'is_acl', 'false') = 'true',
                coalesce(entry.venue ->> 'is_toplevel', 'false') = 'true',
                entry.venue ->> 'oldstyle_letter', entry.venue ->> 'type', entry.venue ->> 'url',
                entry.venue ->> 'description')
            ON CONFLICT (id) DO UPDATE SET acronym = excluded.acronym, name = excluded.name,
                is_acl = excluded.is_acl, is_toplevel = excluded.is_toplevel,
                oldstyle_letter = excluded.oldstyle_letter, type = excluded.type,
                url = excluded.url, description = excluded.description
            WHERE v.* IS DISTINCT FROM excluded.*
            RETURNING xmax = 0 INTO was_new;
        IF NOT FOUND THEN
            outcome.unchanged := outcome.unchanged + 1;
        ELSIF was_new THEN
            outcome.new := outcome.new + 1;
        ELSE
            outcome.changed := outcome.changed + 1;
        END IF;
    END LOOP;
    RETURN NEXT outcome;
END
$$;

CREATE FUNCTION unchanged_collections(collection_ids text[]) RETURNS SETOF load_outcome
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

COMMENT ON FUNCTION unchanged_collections(text[]) IS
    'what loading does to collections whose files have not changed: nothing';

CREATE FUNCTION unchanged_collection(source text) RETURNS text
    LANGUAGE sql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT c.id FROM anthology.collection c
    WHERE c.id = substring(left(unchanged_collection.source, 1000) FROM '<collection id="([^"]*)"')
        AND c.source = unchanged_collection.source
$$;

COMMENT ON FUNCTION unchanged_collection(text) IS
    'the id of the collection whose file is loaded already, byte for byte; NULL if it is not';

CREATE FUNCTION loaded_collection(source text) RETURNS SETOF load_outcome
    LANGUAGE sql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT o.* FROM anthology.unchanged_collection(source) c,
        LATERAL anthology.unchanged_collections(ARRAY[c]) o
    WHERE c IS NOT NULL
$$;

COMMENT ON FUNCTION loaded_collection(text) IS
    'the outcome of loading a file that is loaded already; no rows if it is not';

CREATE FUNCTION begin_collection(collection_id text, source text, file text,
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

COMMENT ON FUNCTION begin_collection(text, text, text) IS
    'keeps the text of a collection file and forgets its problems; is_new: it was not here '
    'before, keep_sigs: a file that names no SIG leaves them as they are';

CREATE FUNCTION merge_statement(table_name text, columns text[], is_new boolean) RETURNS text
    LANGUAGE sql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
    WITH c AS (
        SELECT quote_ident(name) AS name, i,
            name = ANY (CASE table_name WHEN 'paper_element' THEN '{paper_id,ordinal}'::text[]
                            ELSE '{id}' END) AS is_key
        FROM unnest(columns) WITH ORDINALITY AS u(name, i)
    ), clause AS (
        SELECT string_agg(c.name, ', ' ORDER BY c.i) AS columns,
            format('ON CONFLICT (%s) DO UPDATE SET %s WHERE (%s) IS DISTINCT FROM (%s)',
                string_agg(c.name, ', ' ORDER BY c.i) FILTER (WHERE c.is_key),
                string_agg(format('%1$s = excluded.%1$s', c.name), ', ' ORDER BY c.i)
                    FILTER (WHERE NOT c.is_key),
                string_agg('t.' || c.name, ', ' ORDER BY c.i) FILTER (WHERE NOT c.is_key),
                string_agg('excluded.' || c.name, ', ' ORDER BY c.i) FILTER (WHERE NOT c.is_key))
                AS on_conflict
        FROM c
    )
    SELECT format('WITH loaded AS (INSERT INTO anthology.%I AS t (%s) SELECT %2$s FROM unnest($1)
            %s RETURNING xmax = 0 AS is_new)
        SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new) FROM loaded',
        table_name, s.columns, CASE WHEN NOT is_new THEN s.on_conflict ELSE '' END)
    FROM clause s
$$;

COMMENT ON FUNCTION merge_statement(text, text[], boolean) IS
    'the statement that inserts rows of a table, given as an array of its row type, in these '
    'columns, and counts new and changed ones; rows that are there are updated, unless all are to '
    'be new';

CREATE FUNCTION finish_collection(collection_id text, file text, is_new boolean,
                                  names loaded_name[], volume_ids text[], event_ids text[],
                                  paper_ids text[], element_paper_ids text[], merged bigint[])
    RETURNS SETOF load_outcome
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    volumes anthology.load_outcome := ('volume', merged[1], merged[2], 0, 0, 0, 0, NULL, NULL);
    papers anthology.load_outcome := ('paper', merged[3], merged[4], 0, 0, 0, 0, NULL, NULL);
    outcome anthology.load_outcome;
BEGIN
    outcome := anthology.load_names(collection_id, file, names, is_new);
    IF NOT is_new THEN
        -- Elements of a paper are numbered from 1 without gaps.
        DELETE FROM anthology.paper_element e
            USING anthology.papers_of_collection(collection_id) p(id)
                LEFT JOIN (SELECT u.id, count(*) AS elements FROM unnest(element_paper_ids) u(id)
                           GROUP BY u.id) AS n ON n.id = p.id
            WHERE e.paper_id = p.id AND e.ordinal > coalesce(n.elements, 0);
        DELETE FROM anthology.paper p
            WHERE p.id IN (SELECT c.id FROM anthology.papers_of_collection(collection_id) c(id))
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

COMMENT ON FUNCTION finish_collection(text, text, boolean, loaded_name[], text[], text[], text[],
    text[], bigint[]) IS
    'loads the names of a collection file, and removes what the file does not have any more';

CREATE OR REPLACE FUNCTION load_collection(source text, file text) RETURNS SETOF load_outcome
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_load_collection';

CREATE OR REPLACE FUNCTION present_id(person_id text) RETURNS text
    LANGUAGE plpgsql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    id text := person_id;
    next_id text;
    seen text[] := '{}';
BEGIN
    -- Renaming, merging or verifying a page leaves its id behind.
    WHILE NOT EXISTS (SELECT FROM anthology.person p WHERE p.id = id) LOOP
        seen := seen || id;
        SELECT r.to_person_id INTO next_id FROM anthology.reassignment r
            WHERE r.from_person_id = id AND r.status = 'applied' AND r.to_person_id <> ALL (seen)
                AND (r.kind IN ('rename', 'merge', 'verify')
                     -- An undone one leads back.
                     OR r.kind = 'undo' AND EXISTS (
                         SELECT FROM anthology.reassignment u
                         WHERE u.id = r.undoes AND u.kind IN ('rename', 'verify')))
            ORDER BY r.id DESC LIMIT 1;
        IF NOT FOUND THEN
            RETURN NULL;
        END IF;
        id := next_id;
    END LOOP;
    RETURN id;
END
$$;

COMMENT ON FUNCTION present_id(text) IS
    'the id that a person has now who had this one: itself, or where renaming, merging and '
    'verifying have led; NULL if there is none';

CREATE FUNCTION require_person(person_id text, what text DEFAULT 'the person') RETURNS boolean
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    verified boolean := (SELECT p.verified FROM anthology.person p
                         WHERE p.id = require_person.person_id);
BEGIN
    IF person_id IS NULL THEN
        RAISE EXCEPTION '% must not be null', what
            USING ERRCODE = 'null_value_not_allowed';
    ELSIF verified IS NULL THEN
        RAISE EXCEPTION 'there is no person "%"', person_id
            USING ERRCODE = 'undefined_object',
                HINT = coalesce('It is "' || anthology.present_id(person_id) || '" now.',
                                'find_person() finds the ids of persons with a name.');
    END IF;
    RETURN verified;
END
$$;

COMMENT ON FUNCTION require_person(text, text) IS
    'whether a person is verified; an error if there is none of that id, which says what it is now';

CREATE FUNCTION present_person(person_id text) RETURNS text
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    present text := anthology.present_id(person_id);
BEGIN
    IF present IS NULL THEN
        PERFORM anthology.require_person(person_id);
    END IF;
    RETURN present;
END
$$;

COMMENT ON FUNCTION present_person(text) IS
    'the id that a person has now who had this one, or an error if nobody has had it';

CREATE OR REPLACE FUNCTION verified_entry(person_id text) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF NOT anthology.require_person(person_id) THEN
        RAISE EXCEPTION 'person "%" is not verified', person_id
            USING ERRCODE = 'object_not_in_prerequisite_state',
                HINT = 'verify_person() makes an unverified person verified.';
    END IF;
    RETURN anthology.person_entry(person_id);
END
$$;

CREATE OR REPLACE FUNCTION person_page(person_id text)
    RETURNS TABLE (year integer, paper_id text, role text, "position" integer, title text,
                   authors text, venue text, abstract text)
    LANGUAGE plpgsql STABLE STRICT ROWS 20
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    present text := anthology.present_person(person_page.person_id);
BEGIN
    RETURN QUERY
        SELECT p.year, p.id, a.role, a."position", anthology.abstract_plain(p.title),
            (SELECT string_agg(anthology.shown_name(c.person_id, c.full_name), ', '
                ORDER BY c.role, c."position")
             FROM anthology.authorship c WHERE c.paper_id = p.id),
            (SELECT string_agg(coalesce(v.acronym, v.name, i.id), ', ' ORDER BY i.n)
             FROM unnest(w.venue_ids) WITH ORDINALITY AS i(id, n)
                 LEFT JOIN anthology.venue v ON v.id = i.id),
            anthology.abstract_plain(p.abstract)
        FROM anthology.authorship a
            JOIN anthology.paper p ON p.id = a.paper_id
            LEFT JOIN anthology.volume w ON w.id = p.volume_id
        WHERE a.person_id = present
        ORDER BY p.year DESC NULLS LAST, coalesce(p.volume_id, p.event_id) COLLATE "C", p.number,
            a.role, a."position";
END
$$;

COMMENT ON FUNCTION person_names(text) IS
    'a person''s names, the canonical one first ("also published as"), with the papers that '
    'have them';

CREATE OR REPLACE FUNCTION find_person(name text, k integer DEFAULT 10)
    RETURNS TABLE (person_id text, canonical_name text, matched_name text, score real,
                   verified boolean, papers bigint)
    LANGUAGE plpgsql STABLE STRICT ROWS 10
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    IF k < 1 THEN
        RAISE EXCEPTION 'k must be positive, not %', k
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    RETURN QUERY
        WITH nearest AS MATERIALIZED (
            -- More names than persons: some have many. By the index.
            SELECT n.person_id, n.full_name, n."position",
                anthology.name_similarity(n.full_name, find_person.name) AS score
            FROM anthology.person_name n
            WHERE n.full_name OPERATOR(anthology.~=) ROW(find_person.name,
                0.001)::anthology.name_query
            ORDER BY n.full_name OPERATOR(anthology.<~>) find_person.name
            LIMIT k * 20::bigint
        ), best AS (
            SELECT DISTINCT ON (s.person_id) s.person_id, s.full_name, s.score
            FROM (SELECT * FROM nearest
                  UNION ALL
                  -- An id, of now or once, finds whose it is.
                  SELECT n.person_id, n.full_name, 0, 1
                  FROM anthology.person_name n
                  WHERE find_person.name ~ '^[a-z][-a-z0-9]*-[-a-z0-9]+(/unverified)?$'
                      AND n.person_id = anthology.present_id(find_person.name)
                          AND n."position" = 1) AS s
            ORDER BY s.person_id, s.score DESC, s."position"
        )
        SELECT b.person_id, c.full_name, anthology.shown_name(b.person_id, b.full_name), b.score,
            p.verified,
            (SELECT count(DISTINCT a.paper_id) FROM anthology.authorship a
             WHERE a.person_id = b.person_id) AS papers
        FROM best b
            JOIN anthology.person p ON p.id = b.person_id
            JOIN anthology.person_name c ON c.person_id = b.person_id AND c."position" = 1
        ORDER BY b.score DESC, papers DESC, b.person_id COLLATE "C"
        LIMIT k;
END
$$;

COMMENT ON FUNCTION person_similar(text) IS
    'people with similar names: the same slug, listed as similar in people.yaml, or a name '
    'much alike';

CREATE FUNCTION judge_read_papers(ids text[]) RETURNS refcursor
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    paper refcursor;
BEGIN
    IF ids IS NULL THEN
        OPEN paper FOR
            SELECT p.id, coalesce(p.year, v.year), v.venue_ids, p.document
            FROM anthology.paper p LEFT JOIN anthology.volume v ON v.id = p.volume_id;
    ELSE
        OPEN paper FOR
            SELECT p.id, coalesce(p.year, v.year), v.venue_ids, p.document
            FROM anthology.paper p LEFT JOIN anthology.volume v ON v.id = p.volume_id
            WHERE p.id = ANY (ids);
    END IF;
    RETURN paper;
END
$$;

COMMENT ON FUNCTION judge_read_papers(text[]) IS
    'for judging: a cursor on what is known of some papers, or of all: id, year, venues, document';

CREATE FUNCTION judge_read_names(ids text[]) RETURNS refcursor
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    name refcursor;
BEGIN
    IF ids IS NULL THEN
        OPEN name FOR
            SELECT a.paper_id, a.person_id, lower(a.last) || ' ' || lower(left(a.first, 1)),
                a.affiliation, a.full_name, coalesce(a.explicit_person_id = a.person_id, false),
                coalesce(anthology.orcid_normalize(a.orcid), a.orcid), a.openreview
            FROM anthology.authorship a WHERE a.person_id IS NOT NULL;
    ELSE
        OPEN name FOR
            SELECT a.paper_id, a.person_id, lower(a.last) || ' ' || lower(left(a.first, 1)),
                a.affiliation, a.full_name, coalesce(a.explicit_person_id = a.person_id, false),
                coalesce(anthology.orcid_normalize(a.orcid), a.orcid), a.openreview
            FROM anthology.authorship a WHERE a.person_id IS NOT NULL AND a.paper_id = ANY (ids);
    END IF;
    RETURN name;
END
$$;

COMMENT ON FUNCTION judge_read_names(text[]) IS
    'for judging: a cursor on the names of some papers, or of all: paper, person, surname with '
    'initial, '
    'affiliation, name as printed, whether it has the explicit id, ORCID, OpenReview id';

CREATE FUNCTION judge_read_persons(ids text[]) RETURNS refcursor
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    person refcursor;
BEGIN
    IF ids IS NULL THEN
        OPEN person FOR
            SELECT p.id, coalesce(anthology.orcid_normalize(p.orcid), p.orcid), NULL::text,
                p.verified,
                ARRAY(SELECT n.full_name FROM anthology.person_name n
                      WHERE n.person_id = p.id AND NOT n.inferred)
            FROM anthology.person p WHERE p.verified OR p.orcid IS NOT NULL;
    ELSE
        OPEN person FOR
            SELECT p.id, coalesce(anthology.orcid_normalize(p.orcid), p.orcid), NULL::text,
                p.verified,
                ARRAY(SELECT n.full_name FROM anthology.person_name n
                      WHERE n.person_id = p.id AND NOT n.inferred)
            FROM anthology.person p WHERE (p.verified OR p.orcid IS NOT NULL) AND p.id = ANY (ids);
    END IF;
    RETURN person;
END
$$;

COMMENT ON FUNCTION judge_read_persons(text[]) IS
    'for judging: a cursor on persons of whom more is known than their papers: person, ORCID, '
    'OpenReview id, verified, names listed by hand';

CREATE FUNCTION judge_read_around(person_ids text[], paper_ids text[]) RETURNS text[]
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RETURN ARRAY(
        SELECT a.paper_id FROM anthology.authorship a WHERE a.person_id = ANY (person_ids)
        UNION SELECT unnest(paper_ids)
        UNION SELECT b.paper_id
        FROM anthology.authorship a JOIN anthology.authorship b ON b.person_id = a.person_id
        WHERE a.paper_id = ANY (paper_ids));
END
$$;

COMMENT ON FUNCTION judge_read_around(text[], text[]) IS
    'for judging: the papers on some persons'' pages, and all that the authors of some papers '
    'wrote';

CREATE FUNCTION judge_read_asked(paper_id text, person_ids text[])
    RETURNS TABLE (person_id text, is_person boolean, printed_id text, similarity real)
    LANGUAGE plpgsql STABLE ROWS 10
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
        SELECT asked.person_id,
            EXISTS (SELECT FROM anthology.person q WHERE q.id = asked.person_id),
            n.person_id, coalesce(n.similarity, 0)
        FROM (SELECT u.person_id, min(u.n) AS n
              FROM unnest(person_ids) WITH ORDINALITY AS u(person_id, n)
              GROUP BY u.person_id) AS asked
            -- The person's own name, or the one most like it.
            LEFT JOIN LATERAL (
                SELECT a.person_id, coalesce(
                    (SELECT max(anthology.name_similarity(a.full_name, m.full_name))
                     FROM anthology.person_name m WHERE m.person_id = asked.person_id),
                         0) AS similarity
                FROM anthology.authorship a WHERE a.paper_id = judge_read_asked.paper_id
                ORDER BY a.person_id = asked.person_id DESC NULLS LAST, 2 DESC, a.role, a."position"
                LIMIT 1) AS n ON true
        ORDER BY asked.n;
END
$$;

COMMENT ON FUNCTION judge_read_asked(text, text[]) IS
    'for judging: for each of some persons, the name on a paper that would be theirs, and how '
    'like theirs it is';

CREATE FUNCTION judge_read_page(person_id text) RETURNS text[]
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RETURN ARRAY(SELECT DISTINCT a.paper_id FROM anthology.authorship a
                 WHERE a.person_id = judge_read_page.person_id);
END
$$;

COMMENT ON FUNCTION judge_read_page(text) IS
    'for judging: the papers of a person';

CREATE FUNCTION judge_read_sample(person_id text, other_id text) RETURNS text[]
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RETURN ARRAY(
        WITH paper AS (
            SELECT DISTINCT a.person_id, a.paper_id FROM anthology.authorship a
            WHERE a.person_id IN (judge_read_sample.person_id, judge_read_sample.other_id)
        ), smaller AS (
            SELECT p.person_id FROM paper p GROUP BY p.person_id
            ORDER BY count(*), p.person_id COLLATE "C" LIMIT 1
        )
        SELECT p.paper_id FROM paper p JOIN smaller s ON s.person_id = p.person_id
        ORDER BY hashtextextended(p.paper_id, 0) LIMIT 20);
END
$$;

COMMENT ON FUNCTION judge_read_sample(text, text) IS
    'for judging: some papers of the smaller of two pages';

CREATE OR REPLACE FUNCTION fit_pages(pages integer[], person_ids text[])
    RETURNS TABLE (model text, stratum integer, signal text, lower double precision,
                   weight double precision)
    LANGUAGE c STABLE STRICT COST 1000000 ROWS 800
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_fit_pages';

COMMENT ON FUNCTION fit_pages(integer[], text[]) IS
    'weights fitted to pages merged of several persons: those of one page have the same number, '
    'beside each other';

CREATE OR REPLACE FUNCTION namesake_pages(part text DEFAULT 'all')
    RETURNS TABLE (page integer, person_id text)
    LANGUAGE sql STABLE STRICT ROWS 10000
    SET search_path = pg_catalog, pg_temp
AS $$
    WITH author AS (
        SELECT a.person_id, count(DISTINCT a.paper_id) AS papers
        FROM anthology.authorship a
        WHERE a.role = 'author' AND a.person_id IS NOT NULL
        GROUP BY a.person_id HAVING count(DISTINCT a.paper_id) >= 4
    ), named AS (
        SELECT p.person_id, anthology.name_slug('', n.last) AS surname,
            left(anthology.name_slug(n.first, 'x'), 1) AS initial
        FROM author p JOIN anthology.person_name n ON n.person_id = p.person_id AND n."position" = 1
        WHERE n.first <> ''
    ), dealt AS (
        -- Up to twelve a page, dealt by a hash so that the corpus alone decides.
        SELECT n.*, row_number() OVER same AS place,
            count(*) OVER (PARTITION BY surname, initial) AS persons,
            2 + abs(hashtextextended(surname || ' ' || initial, 7) % 11) AS size
        FROM named n
        WINDOW same AS (PARTITION BY surname, initial
                        ORDER BY hashtextextended(n.person_id, 7), n.person_id COLLATE "C")
    ), paged AS (
        SELECT surname, initial, (place - 1) / size AS page, person_id,
            count(*) OVER (PARTITION BY surname, initial, (place - 1) / size) AS persons
        FROM dealt WHERE persons > 1
    )
    SELECT dense_rank() OVER (ORDER BY surname COLLATE "C", initial COLLATE "C", page)::integer,
        person_id
    FROM paged
    WHERE persons > 1 AND CASE part
        WHEN 'all' THEN true
        WHEN 'first half' THEN hashtextextended(surname, 11) & 1 = 0
        WHEN 'second half' THEN hashtextextended(surname, 11) & 1 = 1 END
    ORDER BY 1, person_id COLLATE "C"
$$;

COMMENT ON FUNCTION namesake_pages(text) IS
    'merged pages: authors of at least four papers with the same surname and first initial, 2 to '
    '12 a page; of all surnames, or the ''first half'' or ''second half'' of them';

CREATE OR REPLACE FUNCTION fit_assignment_model(pages integer[] DEFAULT NULL, person_ids text[] DEFAULT NULL)
    RETURNS TABLE (model text, weights bigint)
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF pages IS NULL THEN
        SELECT array_agg(n.page ORDER BY n.page, n.person_id COLLATE "C"),
            array_agg(n.person_id ORDER BY n.page, n.person_id COLLATE "C")
            INTO pages, person_ids FROM anthology.namesake_pages() n;
    END IF;
    IF pages IS NULL THEN
        RAISE WARNING 'the corpus is too small to fit weights to: those that were there stay'
            USING DETAIL = 'No two authors of four papers and more have '
                'the same surname and initial.';
    ELSE
        DELETE FROM anthology.assignment_weight w
            WHERE w.model IN ('paper', 'pair', 'group', 'page');
        INSERT INTO anthology.assignment_weight
            SELECT * FROM anthology.fit_pages(fit_assignment_model.pages,
                                              fit_assignment_model.person_ids);
    END IF;
    RETURN QUERY SELECT w.model, count(*) FROM anthology.assignment_weight w GROUP BY w.model
        ORDER BY w.model;
END
$$;

COMMENT ON FUNCTION fit_assignment_model(integer[], text[]) IS
    'fits the weights of assignment_score() and suggest_split() anew: to persons merged into '
    'numbered pages, by default all namesakes of the corpus';

CREATE FUNCTION merge_evidence(person_id text, other_id text)
    RETURNS TABLE (signal text, value double precision, weight double precision, detail text)
    LANGUAGE c STABLE STRICT COST 1000000 ROWS 20
    SET search_path = pg_catalog, pg_temp
    SET plan_cache_mode = force_generic_plan
    AS 'MODULE_PATHNAME', 'anthology_merge_evidence';

COMMENT ON FUNCTION merge_evidence(text, text) IS
    'why two pages may be one person''s, or not: up to 20 papers of the smaller page judged '
    'against the larger one as if '
    'both were one, on average, and their names and ids; the weights are log-odds and add up to '
    'the score of suggest_merge()';

CREATE OR REPLACE FUNCTION suggest_merge(person_id text, k integer DEFAULT 5)
    RETURNS TABLE (other_id text, canonical_name text, score real, name_similarity real,
                   papers bigint)
    LANGUAGE plpgsql STABLE STRICT ROWS 5
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    IF k < 1 THEN
        RAISE EXCEPTION 'k must be positive, not %', k
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    PERFORM anthology.require_person(suggest_merge.person_id);
    RETURN QUERY
        WITH id AS MATERIALIZED (
            SELECT DISTINCT a.orcid, a.openreview FROM anthology.authorship a
            WHERE a.person_id = suggest_merge.person_id
                AND (a.orcid IS NOT NULL OR a.openreview IS NOT NULL)
        ), found AS MATERIALIZED (
            SELECT f.person_id, f.score
            FROM anthology.person_name n, LATERAL anthology.find_person(n.full_name, 20) f
            WHERE n.person_id = suggest_merge.person_id AND f.score >= 0.5
            UNION ALL
            -- An id in common is enough.
            SELECT b.person_id, anthology.name_similarity(b.full_name, n.full_name)
            FROM id i
                JOIN anthology.authorship b ON b.orcid = i.orcid OR b.openreview = i.openreview
                JOIN anthology.person_name n ON n.person_id = suggest_merge.person_id
        ), candidate AS MATERIALIZED (
            SELECT f.person_id, max(f.score) AS similarity
            FROM found f
            WHERE f.person_id <> suggest_merge.person_id
                -- Two persons on one paper are two.
                AND NOT EXISTS (
                    SELECT FROM anthology.authorship a
                        JOIN anthology.authorship b ON b.paper_id = a.paper_id
                    WHERE a.person_id = suggest_merge.person_id AND b.person_id = f.person_id)
            GROUP BY f.person_id
        )
        SELECT c.person_id, n.full_name, (1 / (1 + exp(-j.log_odds)))::real AS score, c.similarity,
            (SELECT count(DISTINCT a.paper_id) FROM anthology.authorship a
             WHERE a.person_id = c.person_id)
        FROM candidate c
            LEFT JOIN anthology.person_name n ON n.person_id = c.person_id AND n."position" = 1,
            LATERAL (SELECT sum(e.weight) AS log_odds
                     FROM anthology.merge_evidence(suggest_merge.person_id, c.person_id) e) AS j
        WHERE j.log_odds IS NOT NULL
        ORDER BY score DESC, c.similarity DESC, c.person_id COLLATE "C"
        LIMIT k;
END
$$;

COMMENT ON FUNCTION suggest_merge(text, integer) IS
    'other pages that may be the same person: of similar names, or with an id in common, by how '
    'well up to 20 papers of the smaller page fit the larger one';

CREATE FUNCTION judge_merges(threshold double precision)
    RETURNS TABLE (person_id text, other_id text, score real, name_similarity real, reason text)
    LANGUAGE c STABLE STRICT COST 1000000 ROWS 1000
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_judge_merges';

COMMENT ON FUNCTION judge_merges(double precision) IS
    'pairs of pages of the corpus that may be one person''s: of similar names, with the same '
    'surname and initial or near in company';

CREATE FUNCTION suggest_merges(threshold double precision DEFAULT 0.9)
    RETURNS TABLE (person_id text, other_id text, score real, name text, other_name text,
                   papers bigint, other_papers bigint, reason text)
    LANGUAGE sql STABLE ROWS 1000
    SET search_path = pg_catalog, pg_temp
    SET jit = off
AS $$
    SELECT m.person_id, m.other_id, m.score, n.full_name, o.full_name,
        (SELECT count(DISTINCT a.paper_id) FROM anthology.authorship a
            WHERE a.person_id = m.person_id),
        (SELECT count(DISTINCT a.paper_id) FROM anthology.authorship a
            WHERE a.person_id = m.other_id),
        m.reason
    FROM anthology.judge_merges(threshold) m
        LEFT JOIN anthology.person_name n ON n.person_id = m.person_id AND n."position" = 1
        LEFT JOIN anthology.person_name o ON o.person_id = m.other_id AND o."position" = 1
    ORDER BY m.score DESC, m.name_similarity DESC, m.person_id COLLATE "C", m.other_id COLLATE "C"
$$;

COMMENT ON FUNCTION suggest_merges(double precision) IS
    'pairs of pages that seem to be one person''s, the surest first: the smaller page, the '
    'larger one, the probability and why';

CREATE FUNCTION judge_mixed(person_id text, threshold double precision)
    RETURNS TABLE (person_id text, probability real, part integer, paper_id text, confidence real)
    LANGUAGE c STABLE COST 1000000 ROWS 1000
    SET search_path = pg_catalog, pg_temp
    SET plan_cache_mode = force_generic_plan
    AS 'MODULE_PATHNAME', 'anthology_judge_mixed';

COMMENT ON FUNCTION judge_mixed(text, double precision) IS
    'the papers, by part, of pages that mix persons with at least this probability: of a person, '
    'or of everyone for NULL; '
    'a threshold below 0 gives pages of one part, too';

CREATE FUNCTION describe_mixed(person_id text, threshold double precision)
    RETURNS TABLE (person_id text, probability real, part bigint, papers bigint, years text,
                   coauthors text[], shared bigint, confidence real, paper_ids text[],
                       label integer)
    LANGUAGE sql STABLE ROWS 1000
    SET search_path = pg_catalog, pg_temp
    SET jit = off
AS $$
    WITH judged AS MATERIALIZED (
        SELECT * FROM anthology.judge_mixed($1, $2)
    ), part AS MATERIALIZED (
        SELECT j.person_id, j.probability, j.part AS label, count(*) AS papers,
            row_number() OVER (PARTITION BY j.person_id ORDER BY count(*) DESC, j.part) AS part,
            min(coalesce(p.year, v.year)) AS first, max(coalesce(p.year, v.year)) AS last,
            avg(j.confidence)::real AS confidence,
            array_agg(j.paper_id ORDER BY coalesce(p.year, v.year),
                      j.paper_id COLLATE "C") AS paper_ids
        FROM judged j
            JOIN anthology.paper p ON p.id = j.paper_id
            LEFT JOIN anthology.volume v ON v.id = p.volume_id
        GROUP BY j.person_id, j.probability, j.part
    ), company AS MATERIALIZED (
        SELECT j.person_id, j.part AS label, a.person_id AS coauthor,
            count(DISTINCT j.paper_id) AS papers
        FROM judged j JOIN anthology.authorship a ON a.paper_id = j.paper_id
        WHERE a.person_id <> j.person_id
        GROUP BY j.person_id, j.part, a.person_id
    ), common AS (
        SELECT c.person_id, count(*) AS shared
        FROM (SELECT c.person_id, c.coauthor FROM company c
              GROUP BY c.person_id, c.coauthor HAVING count(*) > 1) AS c
        GROUP BY c.person_id
    ), typical AS (
        SELECT c.person_id, c.label, array_agg(n.full_name ORDER BY c.rank) AS coauthors
        FROM (SELECT c.*, row_number() OVER (PARTITION BY c.person_id, c.label
                                             ORDER BY c.papers DESC, c.coauthor COLLATE "C") AS rank
              FROM company c) AS c
            JOIN anthology.person_name n ON n.person_id = c.coauthor AND n."position" = 1
        WHERE c.rank <= 3
        GROUP BY c.person_id, c.label
    )
    SELECT p.person_id, p.probability, p.part, p.papers,
        CASE WHEN p.first = p.last THEN p.first::text ELSE p.first || '-' || p.last END,
        coalesce(t.coauthors, '{}'), coalesce(c.shared, 0), p.confidence, p.paper_ids,
        p.label
    FROM part p
        LEFT JOIN typical t ON t.person_id = p.person_id AND t.label = p.label
        LEFT JOIN common c ON c.person_id = p.person_id
$$;

COMMENT ON FUNCTION describe_mixed(text, double precision) IS
    'the parts of mixed pages: papers, years, typical co-authors, how many co-authors the parts '
    'share, and the part in judge_mixed()';

CREATE FUNCTION mixed_pages(threshold double precision DEFAULT 0.5)
    RETURNS TABLE (person_id text, name text, probability real, parts jsonb, reason text)
    LANGUAGE sql STABLE ROWS 1000
    SET search_path = pg_catalog, pg_temp
    SET jit = off
AS $$
    SELECT d.person_id, n.full_name, d.probability,
        jsonb_agg(jsonb_build_object('part', d.part, 'papers', d.papers, 'years', d.years,
            'coauthors', d.coauthors, 'confidence', d.confidence, 'paper_ids', d.paper_ids)
            ORDER BY d.part) AS parts,
        string_agg(concat(anthology.counted(d.papers, 'paper'), ' of ' || d.years,
                          ' with ' || NULLIF(array_to_string(d.coauthors, ', '), '')),
                   '; ' ORDER BY d.part) FILTER (WHERE d.part <= 3)
            || CASE WHEN max(d.part) > 3
                THEN '; and ' || anthology.counted(max(d.part) - 3, 'more part') ELSE '' END
            || CASE d.shared WHEN 0 THEN '; no co-author in common'
                    ELSE format('; %s in common',
                                anthology.counted(d.shared, 'co-author')) END AS reason
    FROM anthology.describe_mixed(NULL, threshold) d
        LEFT JOIN anthology.person_name n ON n.person_id = d.person_id AND n."position" = 1
    GROUP BY d.person_id, n.full_name, d.probability, d.shared
    ORDER BY d.probability DESC, sum(d.papers) DESC, d.person_id COLLATE "C"
$$;

COMMENT ON FUNCTION mixed_pages(double precision) IS
    'pages that seem to be of more than one person, the surest first: the probability, the parts '
    'with papers, years and '
    'typical co-authors, and all of it in words';

CREATE FUNCTION split_evidence(person_id text)
    RETURNS TABLE (part integer, other_part integer, signal text, value double precision,
                   weight double precision, detail text)
    LANGUAGE c STABLE STRICT COST 1000000 ROWS 40
    SET search_path = pg_catalog, pg_temp
    SET plan_cache_mode = force_generic_plan
    AS 'MODULE_PATHNAME', 'anthology_split_evidence';

COMMENT ON FUNCTION split_evidence(text) IS
    'why suggest_split() parts a page: for each part, against the one it is nearest to, what '
    'each signal says on average; '
    'the sum of the weights is the log-odds that both are one person''s';

CREATE OR REPLACE FUNCTION judge_pages(paper_ids text[], person_ids text[], threshold double precision)
    RETURNS TABLE (paper_id text, person_id text, score real, reason text)
    LANGUAGE c STABLE COST 1000000 ROWS 1000
    SET search_path = pg_catalog, pg_temp
    SET plan_cache_mode = force_generic_plan
    AS 'MODULE_PATHNAME', 'anthology_judge_pages';

COMMENT ON FUNCTION judge_pages(text[], text[], double precision) IS
    'assignment_score() of those of the papers that are on the persons'' pages, where below the '
    'threshold, with what speaks most against each; of everything if both are NULL';

COMMENT ON FUNCTION assignment_score(text, text) IS
    'the probability, at even odds beforehand, that the paper belongs to the person, judged from '
    'the person''s other papers';

COMMENT ON FUNCTION assignment_evidence(text, text) IS
    'why assignment_score() is what it is: the weights are log-odds, s = 1 / (1 + '
    'exp(-sum(weight)))';

CREATE FUNCTION judge_against(paper_id text, person_ids text[])
    RETURNS TABLE (person_id text, score real, reason text,
                   signal text, value double precision, weight double precision, detail text)
    LANGUAGE c STABLE STRICT COST 100000 ROWS 100
    SET search_path = pg_catalog, pg_temp
    SET plan_cache_mode = force_generic_plan
    AS 'MODULE_PATHNAME', 'anthology_judge_against';

COMMENT ON FUNCTION judge_against(text, text[]) IS
    'assignment_score() and assignment_evidence() of a paper for several persons, from one '
    'reading: a row for each signal';

CREATE FUNCTION judge_candidates(paper_id text, person_ids text[])
    RETURNS TABLE (person_id text, score real, reason text, evidence jsonb)
    LANGUAGE plpgsql STABLE STRICT COST 100000 ROWS 10
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
        SELECT j.person_id, j.score, j.reason,
            jsonb_agg(jsonb_build_object('signal', j.signal, 'value', j.value, 'weight', j.weight,
                                         'detail', j.detail) ORDER BY j.weight,
                                             j.signal COLLATE "C")
        FROM anthology.judge_against(judge_candidates.paper_id, judge_candidates.person_ids) j
        GROUP BY j.person_id, j.score, j.reason
        ORDER BY j.score DESC, j.person_id COLLATE "C";
END
$$;

COMMENT ON FUNCTION judge_candidates(text, text[]) IS
    'several persons for one paper, the likeliest first: score, what speaks most against it, and '
    'the evidence, from one reading';

CREATE OR REPLACE FUNCTION default_assignment_weights()
    RETURNS TABLE (model text, stratum integer, signal text, lower double precision, weight double precision)
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    VALUES
        ('name', 0, 'name', '-infinity'::float8, -6::float8), ('name', 0, 'name', 0.5, -3),
        ('name', 0, 'name', 0.65, -1), ('name', 0, 'name', 0.8, -0.3), ('name', 0, 'name', 0.95, 0),
        ('name', 0, 'orcid', '-infinity', -7), ('name', 0, 'orcid', 0, 0), ('name', 0, 'orcid', 1, 7),
        ('name', 0, 'names on a page', '-infinity', -5), ('name', 0, 'names on a page', 0.05, -2.4),
        ('name', 0, 'names on a page', 0.25, -1.6), ('name', 0, 'names on a page', 0.45, 0),
        ('kind', 0, 'twice', 0, -7.5), ('kind', 0, 'same name twice', 0, -6.1),
        ('kind', 0, 'ORCID', 0, -7.7), ('kind', 0, 'OpenReview', 0, -4.4),
        ('kind', 0, 'other name', 0, -9.3),
        ('kind', 0, 'other script', 0, -6.7), ('kind', 0, 'other characters', 0, -8.5),
        ('kind', 0, 'twin page', 0, -4.4), ('kind', 0, 'swapped name', 0, -7.7), ('kind', 0, 'pause', 0, -6),
        ('paper', 0, 'all papers', '-infinity', -0.4282),
        ('paper', 0, 'all papers', 0.0055213254, -0.487),
        ('paper', 0, 'all papers', 0.022744123, -0.2522),
        ('paper', 0, 'all papers', 0.047030617, 0.2335),
        ('paper', 0, 'all papers', 0.07736364, 0.0115),
        ('paper', 0, 'all papers', 0.115370184, -0.0753),
        ('paper', 0, 'all papers', 0.16276449, 0.4695),
        ('paper', 0, 'all papers', 0.27528954, 0.5267),
        ('paper', 0, 'body of the page', '-infinity', 0.6905),
        ('paper', 0, 'body of the page', 0.08108108, 0.9731),
        ('paper', 0, 'body of the page', 0.27272728, 0.504),
        ('paper', 0, 'body of the page', 0.41666666, 0.3996),
        ('paper', 0, 'body of the page', 0.5135135, 0.2728),
        ('paper', 0, 'body of the page', 0.6363636, -0.4031),
        ('paper', 0, 'body of the page', 0.7671233, -0.3305),
        ('paper', 0, 'body of the page', 0.9044586, -2.1081),
        ('paper', 0, 'near papers', '-infinity', 0.1042),
        ('paper', 0, 'near papers', 0.005355085, -0.1177),
        ('paper', 0, 'near papers', 0.024044964, -0.1837),
        ('paper', 0, 'near papers', 0.045734867, -0.16),
        ('paper', 0, 'near papers', 0.07646388, -0.0395),
        ('paper', 0, 'near papers', 0.12071211, 0.1851),
        ('paper', 0, 'near papers', 0.19707721, 0.1066),
        ('paper', 0, 'near papers', 0.31226093, 0.1034),
        ('paper', 0, 'nearest paper', '-infinity', -0.057),
        ('paper', 0, 'nearest paper', 0.011273544, -0.5032),
        ('paper', 0, 'nearest paper', 0.03808329, -0.5255),
        ('paper', 0, 'nearest paper', 0.07068662, 0.1315),
        ('paper', 0, 'nearest paper', 0.115038075, 0.0546),
        ('paper', 0, 'nearest paper', 0.19325066, 0.2817),
        ('paper', 0, 'nearest paper', 0.3170473, 0.0502),
        ('paper', 0, 'nearest paper', 0.4826616, 0.566),
        ('paper', 0, 'number of papers', '-infinity', 1.2776),
        ('paper', 0, 'number of papers', 5, 0.2601),
        ('paper', 0, 'number of papers', 7, -0.0661),
        ('paper', 0, 'number of papers', 9, -0.3839),
        ('paper', 0, 'number of papers', 12, -0.7095),
        ('paper', 0, 'number of papers', 16, -0.2248),
        ('paper', 0, 'number of papers', 25, -0.2393),
        ('paper', 0, 'number of papers', 51, 0.0842),
        ('paper', 0, 'prior', 0, -0.5082),
        ('paper', 0, 'venue', '-infinity', -0.4258),
        ('paper', 0, 'venue', 0.0031055901, 0.08),
        ('paper', 0, 'venue', 0.07692308, 0.3708),
        ('paper', 0, 'venue', 0.12658228, 0.0634),
        ('paper', 0, 'venue', 0.17857143, -0.3795),
        ('paper', 0, 'venue', 0.23529412, -0.0391),
        ('paper', 0, 'venue', 0.31034482, -0.0053),
        ('paper', 0, 'venue', 0.5, 0.3338),
        ('paper', 0, 'years', '-infinity', 0.9758),
        ('paper', 0, 'years', 1, 0.7494),
        ('paper', 0, 'years', 2, 0.7024),
        ('paper', 0, 'years', 3, 0.3678),
        ('paper', 0, 'years', 4, -0.0803),
        ('paper', 0, 'years', 7, -0.5989),
        ('paper', 0, 'years', 11, -0.9292),
        ('paper', 0, 'years', 17, -1.1887),
        ('paper', 1, 'affiliation', '-infinity', -0.2796),
        ('paper', 1, 'affiliation', 0, -0.3229),
        ('paper', 1, 'affiliation', 1, 0.1698),
        ('paper', 1, 'affiliation', 1.004878, 0.071),
        ('paper', 1, 'affiliation', 1.1617682, 0.0928),
        ('paper', 1, 'affiliation', 1.4004835, 0.2118),
        ('paper', 1, 'affiliation', 1.4142134, 0.0628),
        ('paper', 1, 'all papers', '-infinity', -0.2752),
        ('paper', 1, 'all papers', 0.074823275, -0.1382),
        ('paper', 1, 'all papers', 0.106753156, -0.1183),
        ('paper', 1, 'all papers', 0.1336193, -0.33),
        ('paper', 1, 'all papers', 0.15953816, 0.1067),
        ('paper', 1, 'all papers', 0.18719664, 0.288),
        ('paper', 1, 'all papers', 0.22115421, 0.4815),
        ('paper', 1, 'all papers', 0.2792723, -0.0087),
        ('paper', 1, 'body of the page', '-infinity', -0.6041),
        ('paper', 1, 'body of the page', 0.50769234, 0.5106),
        ('paper', 1, 'body of the page', 0.67241377, 0.2789),
        ('paper', 1, 'body of the page', 0.75308645, -0.1676),
        ('paper', 1, 'body of the page', 0.8367347, -0.0361),
        ('paper', 1, 'body of the page', 0.8969072, 0.0241),
        ('paper', 1, 'closest co-author of co-author', '-infinity', 0.168),
        ('paper', 1, 'closest co-author of co-author', 0.095744684, -0.0948),
        ('paper', 1, 'closest co-author of co-author', 0.335, -0.1881),
        ('paper', 1, 'closest co-author of co-author', 0.50289017, -0.0238),
        ('paper', 1, 'closest co-author of co-author', 0.66863906, 0.0984),
        ('paper', 1, 'closest co-author of co-author', 0.76744187, -0.1544),
        ('paper', 1, 'closest co-author of co-author', 0.8345324, 0.1769),
        ('paper', 1, 'closest co-author of co-author', 0.90163934, 0.0236),
        ('paper', 1, 'co-author share', '-infinity', -0.3716),
        ('paper', 1, 'co-author share', 0.3478261, -0.171),
        ('paper', 1, 'co-author share', 0.5081967, 0.0691),
        ('paper', 1, 'co-author share', 0.6744186, 0.1734),
        ('paper', 1, 'co-author share', 0.8125, 0.3058),
        ('paper', 1, 'co-authors', '-infinity', -1.2726),
        ('paper', 1, 'co-authors', 0.6720194, -0.5738),
        ('paper', 1, 'co-authors', 1.0419673, -0.1477),
        ('paper', 1, 'co-authors', 1.4039503, -0.1953),
        ('paper', 1, 'co-authors', 1.851395, 0.1032),
        ('paper', 1, 'co-authors', 2.3551362, 0.6774),
        ('paper', 1, 'co-authors', 3.068574, 0.5588),
        ('paper', 1, 'co-authors', 4.1562, 0.8556),
        ('paper', 1, 'co-authors of co-authors', '-infinity', -0.2445),
        ('paper', 1, 'co-authors of co-authors', 0.100323625, 0.3519),
        ('paper', 1, 'co-authors of co-authors', 0.46341464, 0.2492),
        ('paper', 1, 'co-authors of co-authors', 0.77783996, 0.0443),
        ('paper', 1, 'co-authors of co-authors', 1.1419492, -0.0771),
        ('paper', 1, 'co-authors of co-authors', 1.5703703, -0.0638),
        ('paper', 1, 'co-authors of co-authors', 2.1373627, -0.1354),
        ('paper', 1, 'co-authors of co-authors', 3.0238094, -0.1187),
        ('paper', 1, 'co-authors'' papers', '-infinity', -0.1255),
        ('paper', 1, 'co-authors'' papers', 0.13737787, 0.0858),
        ('paper', 1, 'co-authors'' papers', 0.19854812, -0.1594),
        ('paper', 1, 'co-authors'' papers', 0.24835326, 0.1598),
        ('paper', 1, 'co-authors'' papers', 0.29610088, 0.0182),
        ('paper', 1, 'co-authors'' papers', 0.34883866, 0.0847),
        ('paper', 1, 'co-authors'' papers', 0.41059896, -0.106),
        ('paper', 1, 'co-authors'' papers', 0.49770537, 0.0481),
        ('paper', 1, 'namesake share', '-infinity', 1.0176),
        ('paper', 1, 'namesake share', 0.016393442, 0.5621),
        ('paper', 1, 'namesake share', 0.17391305, 0.2828),
        ('paper', 1, 'namesake share', 0.2580645, 0.156),
        ('paper', 1, 'namesake share', 0.34615386, -0.3001),
        ('paper', 1, 'namesake share', 0.515625, -0.5729),
        ('paper', 1, 'namesake share', 0.72727275, -1.1398),
        ('paper', 1, 'namesakes', '-infinity', 1.0176),
        ('paper', 1, 'namesakes', 0.16754046, 1.2136),
        ('paper', 1, 'namesakes', 0.24524607, 0.3197),
        ('paper', 1, 'namesakes', 0.3623565, 0.337),
        ('paper', 1, 'namesakes', 0.49931633, -0.044),
        ('paper', 1, 'namesakes', 0.72160935, -0.4644),
        ('paper', 1, 'namesakes', 1.101475, -0.7464),
        ('paper', 1, 'namesakes', 1.8387822, -1.6274),
        ('paper', 1, 'near papers', '-infinity', 0.1078),
        ('paper', 1, 'near papers', 0.055690203, -0.1776),
        ('paper', 1, 'near papers', 0.07609609, 0.016),
        ('paper', 1, 'near papers', 0.09628806, 0.0524),
        ('paper', 1, 'near papers', 0.11841907, 0.0166),
        ('paper', 1, 'near papers', 0.14674407, -0.0942),
        ('paper', 1, 'near papers', 0.18658774, -0.0137),
        ('paper', 1, 'near papers', 0.26420522, 0.0983),
        ('paper', 1, 'nearest paper', '-infinity', 0.043),
        ('paper', 1, 'nearest paper', 0.071680516, -0.045),
        ('paper', 1, 'nearest paper', 0.0984367, 0.2553),
        ('paper', 1, 'nearest paper', 0.12668332, -0.087),
        ('paper', 1, 'nearest paper', 0.15961179, -0.1048),
        ('paper', 1, 'nearest paper', 0.20397273, -0.2079),
        ('paper', 1, 'nearest paper', 0.26572993, 0.0176),
        ('paper', 1, 'nearest paper', 0.3812501, 0.1345),
        ('paper', 1, 'number of co-authors', '-infinity', -0.0842),
        ('paper', 1, 'number of co-authors', 3, 0.0585),
        ('paper', 1, 'number of co-authors', 4, 0.1069),
        ('paper', 1, 'number of co-authors', 5, -0.0367),
        ('paper', 1, 'number of co-authors', 6, 0.1507),
        ('paper', 1, 'number of co-authors', 7, 0.0896),
        ('paper', 1, 'number of co-authors', 8, -0.0278),
        ('paper', 1, 'number of co-authors', 10, -0.2513),
        ('paper', 1, 'number of papers', '-infinity', 1.8672),
        ('paper', 1, 'number of papers', 5, 0.6841),
        ('paper', 1, 'number of papers', 7, -0.075),
        ('paper', 1, 'number of papers', 10, -0.1088),
        ('paper', 1, 'number of papers', 14, -0.3923),
        ('paper', 1, 'number of papers', 20, -0.2914),
        ('paper', 1, 'number of papers', 34, -0.5863),
        ('paper', 1, 'number of papers', 74, -1.0917),
        ('paper', 1, 'places', '-infinity', -0.1807),
        ('paper', 1, 'places', 0, -0.4125),
        ('paper', 1, 'places', 0.0271079, -0.1418),
        ('paper', 1, 'places', 0.32046896, 0.1289),
        ('paper', 1, 'places', 0.5614479, 0.1091),
        ('paper', 1, 'places', 0.7344532, 0.0534),
        ('paper', 1, 'places', 0.86474895, 0.0002),
        ('paper', 1, 'places', 0.951516, 0.4491),
        ('paper', 1, 'prior', 0, 1.714),
        ('paper', 1, 'rare co-author', '-infinity', 0.4806),
        ('paper', 1, 'rare co-author', 0.2506904, -0.0429),
        ('paper', 1, 'rare co-author', 0.318929, 0.2664),
        ('paper', 1, 'rare co-author', 0.38987124, 0.0617),
        ('paper', 1, 'rare co-author', 0.48089835, -0.0776),
        ('paper', 1, 'rare co-author', 0.6213349, -0.2259),
        ('paper', 1, 'rare co-author', 0.9102392, -0.4567),
        ('paper', 1, 'venue', '-infinity', -0.2598),
        ('paper', 1, 'venue', 0.0031055901, -0.2969),
        ('paper', 1, 'venue', 0.084337346, 0.0083),
        ('paper', 1, 'venue', 0.13380282, 0.2068),
        ('paper', 1, 'venue', 0.18238993, -0.1543),
        ('paper', 1, 'venue', 0.23214285, 0.3009),
        ('paper', 1, 'venue', 0.2875, 0.243),
        ('paper', 1, 'venue', 0.39285713, -0.0423),
        ('paper', 1, 'years', '-infinity', 1.1739),
        ('paper', 1, 'years', 1, 0.827),
        ('paper', 1, 'years', 2, 0.4506),
        ('paper', 1, 'years', 3, -0.2153),
        ('paper', 1, 'years', 4, -0.2555),
        ('paper', 1, 'years', 5, -0.0383),
        ('paper', 1, 'years', 6, -0.3531),
        ('paper', 1, 'years', 8, -1.5835),
        ('paper', 2, 'affiliation', '-infinity', 0.4054),
        ('paper', 2, 'affiliation', 0, -0.3537),
        ('paper', 2, 'affiliation', 0.0023055617, -0.4301),
        ('paper', 2, 'affiliation', 0.009217471, 0.0376),
        ('paper', 2, 'affiliation', 0.010193474, -0.7674),
        ('paper', 2, 'affiliation', 0.49629164, 1.1026),
        ('paper', 2, 'all papers', '-infinity', 0.1158),
        ('paper', 2, 'all papers', 0.02832527, -0.0176),
        ('paper', 2, 'all papers', 0.052025683, 0.0535),
        ('paper', 2, 'all papers', 0.07102995, 0.0499),
        ('paper', 2, 'all papers', 0.08806173, -0.1658),
        ('paper', 2, 'all papers', 0.1056314, 0.0595),
        ('paper', 2, 'all papers', 0.12557176, -0.0228),
        ('paper', 2, 'all papers', 0.15513399, -0.0782),
        ('paper', 2, 'body of the page', '-infinity', 0.7253),
        ('paper', 2, 'body of the page', 0.1590909, 0.9872),
        ('paper', 2, 'body of the page', 0.36, 0.6578),
        ('paper', 2, 'body of the page', 0.47368422, 0.333),
        ('paper', 2, 'body of the page', 0.57471263, 0.0366),
        ('paper', 2, 'body of the page', 0.70454544, 0.0087),
        ('paper', 2, 'body of the page', 0.8076923, -0.1088),
        ('paper', 2, 'body of the page', 0.9453125, -2.6455),
        ('paper', 2, 'closest co-author of co-author', '-infinity', -0.023),
        ('paper', 2, 'closest co-author of co-author', 0.01438849, -0.3525),
        ('paper', 2, 'closest co-author of co-author', 0.028391168, -0.2445),
        ('paper', 2, 'closest co-author of co-author', 0.05035971, 0.069),
        ('paper', 2, 'closest co-author of co-author', 0.08018868, -0.0471),
        ('paper', 2, 'closest co-author of co-author', 0.12612613, 0.0951),
        ('paper', 2, 'closest co-author of co-author', 0.2020202, 0.2779),
        ('paper', 2, 'closest co-author of co-author', 0.3442623, 0.2196),
        ('paper', 2, 'co-authors of co-authors', '-infinity', -0.4046),
        ('paper', 2, 'co-authors of co-authors', 0.0150486715, 0.2208),
        ('paper', 2, 'co-authors of co-authors', 0.03133903, -0.0711),
        ('paper', 2, 'co-authors of co-authors', 0.057563767, -0.0553),
        ('paper', 2, 'co-authors of co-authors', 0.09876543, 0.0508),
        ('paper', 2, 'co-authors of co-authors', 0.16129032, -0.0307),
        ('paper', 2, 'co-authors of co-authors', 0.27281782, 0.0279),
        ('paper', 2, 'co-authors of co-authors', 0.50075346, 0.2566),
        ('paper', 2, 'co-authors'' papers', '-infinity', -0.0591),
        ('paper', 2, 'co-authors'' papers', 0.120602004, -0.0522),
        ('paper', 2, 'co-authors'' papers', 0.16883093, -0.087),
        ('paper', 2, 'co-authors'' papers', 0.20985076, -0.0177),
        ('paper', 2, 'co-authors'' papers', 0.24879977, -0.0052),
        ('paper', 2, 'co-authors'' papers', 0.29108694, -0.0513),
        ('paper', 2, 'co-authors'' papers', 0.34169877, -0.0071),
        ('paper', 2, 'co-authors'' papers', 0.4121892, 0.274),
        ('paper', 2, 'namesake share', '-infinity', 1.3044),
        ('paper', 2, 'namesake share', 0.018181818, 0.2881),
        ('paper', 2, 'namesake share', 0.25925925, 0.0363),
        ('paper', 2, 'namesake share', 0.4375, -0.2772),
        ('paper', 2, 'namesake share', 0.5882353, -0.4858),
        ('paper', 2, 'namesake share', 0.7647059, -0.8713),
        ('paper', 2, 'namesakes', '-infinity', 1.3044),
        ('paper', 2, 'namesakes', 0.17280418, 1.2982),
        ('paper', 2, 'namesakes', 0.45099992, 0.6172),
        ('paper', 2, 'namesakes', 0.7706921, 0.1207),
        ('paper', 2, 'namesakes', 1.2022458, -0.4658),
        ('paper', 2, 'namesakes', 1.7204386, -1.0527),
        ('paper', 2, 'namesakes', 2.4340284, -0.5988),
        ('paper', 2, 'namesakes', 3.5975432, -1.2288),
        ('paper', 2, 'near papers', '-infinity', 0.0717),
        ('paper', 2, 'near papers', 0.026943523, -0.0119),
        ('paper', 2, 'near papers', 0.0412565, -0.0288),
        ('paper', 2, 'near papers', 0.051325973, 0.0532),
        ('paper', 2, 'near papers', 0.061186634, -0.0092),
        ('paper', 2, 'near papers', 0.07099984, -0.1201),
        ('paper', 2, 'near papers', 0.08476541, 0.0014),
        ('paper', 2, 'near papers', 0.10972748, 0.0379),
        ('paper', 2, 'nearest paper', '-infinity', -0.2459),
        ('paper', 2, 'nearest paper', 0.03739243, -0.2053),
        ('paper', 2, 'nearest paper', 0.052399725, 0.0175),
        ('paper', 2, 'nearest paper', 0.06410753, -0.105),
        ('paper', 2, 'nearest paper', 0.075612366, -0.1374),
        ('paper', 2, 'nearest paper', 0.08921252, -0.1007),
        ('paper', 2, 'nearest paper', 0.10731344, 0.3196),
        ('paper', 2, 'nearest paper', 0.14817646, 0.4515),
        ('paper', 2, 'number of co-authors', '-infinity', 0.0586),
        ('paper', 2, 'number of co-authors', 3, 0.0488),
        ('paper', 2, 'number of co-authors', 4, -0.0328),
        ('paper', 2, 'number of co-authors', 5, -0.0641),
        ('paper', 2, 'number of co-authors', 6, 0.0453),
        ('paper', 2, 'number of co-authors', 7, 0.1169),
        ('paper', 2, 'number of co-authors', 8, -0.036),
        ('paper', 2, 'number of co-authors', 10, -0.1423),
        ('paper', 2, 'number of papers', '-infinity', 1.2362),
        ('paper', 2, 'number of papers', 6, 0.2502),
        ('paper', 2, 'number of papers', 8, -0.2282),
        ('paper', 2, 'number of papers', 11, -0.2262),
        ('paper', 2, 'number of papers', 15, -0.1137),
        ('paper', 2, 'number of papers', 20, -0.1806),
        ('paper', 2, 'number of papers', 29, -0.3267),
        ('paper', 2, 'number of papers', 51, -0.4165),
        ('paper', 2, 'papers of its company', '-infinity', -1.6708),
        ('paper', 2, 'papers of its company', 2, -0.1685),
        ('paper', 2, 'papers of its company', 3, -0.9086),
        ('paper', 2, 'papers of its company', 4, -0.6088),
        ('paper', 2, 'papers of its company', 5, 0.0933),
        ('paper', 2, 'papers of its company', 6, 1.1687),
        ('paper', 2, 'papers of its company', 8, 0.9133),
        ('paper', 2, 'papers of its company', 11, 1.1758),
        ('paper', 2, 'places', '-infinity', 0.0753),
        ('paper', 2, 'places', -0.0003698541, -0.1846),
        ('paper', 2, 'places', 0.0017668201, -0.2633),
        ('paper', 2, 'places', 0.0063135484, -0.2342),
        ('paper', 2, 'places', 0.0115319425, -0.2151),
        ('paper', 2, 'places', 0.020261072, 0.0979),
        ('paper', 2, 'places', 0.060193945, 0.1311),
        ('paper', 2, 'places', 0.24071895, 0.5873),
        ('paper', 2, 'prior', 0, -1.6977),
        ('paper', 2, 'venue', '-infinity', -0.1532),
        ('paper', 2, 'venue', 0.0031055901, -0.1965),
        ('paper', 2, 'venue', 0.07777778, 0.0108),
        ('paper', 2, 'venue', 0.12195122, 0.0358),
        ('paper', 2, 'venue', 0.1625, -0.1795),
        ('paper', 2, 'venue', 0.20087336, 0.2652),
        ('paper', 2, 'venue', 0.26136363, 0.0671),
        ('paper', 2, 'venue', 0.336, 0.1446),
        ('paper', 2, 'years', '-infinity', 0.396),
        ('paper', 2, 'years', 1, 0.4627),
        ('paper', 2, 'years', 2, 0.3471),
        ('paper', 2, 'years', 3, 0.3035),
        ('paper', 2, 'years', 4, 0.1984),
        ('paper', 2, 'years', 6, -0.4426),
        ('paper', 2, 'years', 9, -0.5422),
        ('paper', 2, 'years', 13, -0.7285),
        ('paper', 3, 'affiliation', '-infinity', 0.1787),
        ('paper', 3, 'affiliation', 0, -0.2834),
        ('paper', 3, 'affiliation', 0.0023279623, -0.3582),
        ('paper', 3, 'affiliation', 0.0070010577, -0.32),
        ('paper', 3, 'affiliation', 0.009876574, -0.2467),
        ('paper', 3, 'affiliation', 0.019325702, 1.0211),
        ('paper', 3, 'all papers', '-infinity', -0.1944),
        ('paper', 3, 'all papers', 0.0128870495, -0.139),
        ('paper', 3, 'all papers', 0.029569954, 0.0115),
        ('paper', 3, 'all papers', 0.047025356, 0.0382),
        ('paper', 3, 'all papers', 0.062406972, 0.0258),
        ('paper', 3, 'all papers', 0.07785003, -0.0036),
        ('paper', 3, 'all papers', 0.096259065, -0.1174),
        ('paper', 3, 'all papers', 0.12424236, 0.3704),
        ('paper', 3, 'body of the page', '-infinity', 1.0843),
        ('paper', 3, 'body of the page', 0.08108108, 1.1323),
        ('paper', 3, 'body of the page', 0.43333334, 0.4032),
        ('paper', 3, 'body of the page', 0.55, 0.3714),
        ('paper', 3, 'body of the page', 0.67241377, -0.0219),
        ('paper', 3, 'body of the page', 0.7906977, 0.2825),
        ('paper', 3, 'body of the page', 0.9109589, -3.2605),
        ('paper', 3, 'co-authors'' papers', '-infinity', 0.0115),
        ('paper', 3, 'co-authors'' papers', 0.042199593, -0.1106),
        ('paper', 3, 'co-authors'' papers', 0.0809168, -0.106),
        ('paper', 3, 'co-authors'' papers', 0.1149643, 0.0474),
        ('paper', 3, 'co-authors'' papers', 0.14696637, 0.0341),
        ('paper', 3, 'co-authors'' papers', 0.18181686, 0.0093),
        ('paper', 3, 'co-authors'' papers', 0.22265409, -0.0005),
        ('paper', 3, 'co-authors'' papers', 0.2820978, 0.1063),
        ('paper', 3, 'namesake share', '-infinity', 1.5776),
        ('paper', 3, 'namesake share', 0.01754386, 0.3932),
        ('paper', 3, 'namesake share', 0.3478261, -0.0711),
        ('paper', 3, 'namesake share', 0.53333336, -0.4304),
        ('paper', 3, 'namesake share', 0.6923077, -0.6174),
        ('paper', 3, 'namesake share', 0.9, -0.8605),
        ('paper', 3, 'namesakes', '-infinity', 1.5776),
        ('paper', 3, 'namesakes', 0.16754046, 1.1168),
        ('paper', 3, 'namesakes', 0.5593562, 0.3605),
        ('paper', 3, 'namesakes', 0.91032374, 0.2636),
        ('paper', 3, 'namesakes', 1.3032467, -0.1124),
        ('paper', 3, 'namesakes', 1.8179013, -0.5663),
        ('paper', 3, 'namesakes', 2.4687085, -1.3169),
        ('paper', 3, 'namesakes', 3.5476594, -1.3315),
        ('paper', 3, 'near papers', '-infinity', -0.2701),
        ('paper', 3, 'near papers', 0.011808911, 0.0386),
        ('paper', 3, 'near papers', 0.025241243, -0.1085),
        ('paper', 3, 'near papers', 0.035230044, -0.1211),
        ('paper', 3, 'near papers', 0.04400455, -0.1394),
        ('paper', 3, 'near papers', 0.053194936, 0.0411),
        ('paper', 3, 'near papers', 0.06486383, 0.1807),
        ('paper', 3, 'near papers', 0.0838168, 0.3701),
        ('paper', 3, 'nearest paper', '-infinity', 0.1395),
        ('paper', 3, 'nearest paper', 0.019820482, -0.29),
        ('paper', 3, 'nearest paper', 0.035877153, -0.1614),
        ('paper', 3, 'nearest paper', 0.046816368, 0.0355),
        ('paper', 3, 'nearest paper', 0.057099596, -0.0157),
        ('paper', 3, 'nearest paper', 0.06844488, 0.0209),
        ('paper', 3, 'nearest paper', 0.08322739, -0.0277),
        ('paper', 3, 'nearest paper', 0.1115084, 0.2903),
        ('paper', 3, 'number of co-authors', '-infinity', 0.1441),
        ('paper', 3, 'number of co-authors', 2, -0.0224),
        ('paper', 3, 'number of co-authors', 3, -0.1614),
        ('paper', 3, 'number of co-authors', 4, 0.0942),
        ('paper', 3, 'number of co-authors', 5, -0.0229),
        ('paper', 3, 'number of co-authors', 6, -0.0259),
        ('paper', 3, 'number of co-authors', 7, -0.0182),
        ('paper', 3, 'number of co-authors', 9, 0.0038),
        ('paper', 3, 'number of papers', '-infinity', 1.4806),
        ('paper', 3, 'number of papers', 5, 0.3146),
        ('paper', 3, 'number of papers', 6, -0.0657),
        ('paper', 3, 'number of papers', 8, -0.3136),
        ('paper', 3, 'number of papers', 10, -0.5105),
        ('paper', 3, 'number of papers', 13, -0.3222),
        ('paper', 3, 'number of papers', 18, -0.2276),
        ('paper', 3, 'number of papers', 31, -0.3641),
        ('paper', 3, 'papers of its company', '-infinity', -1.7024),
        ('paper', 3, 'papers of its company', 2, 0.1353),
        ('paper', 3, 'papers of its company', 3, -0.2146),
        ('paper', 3, 'papers of its company', 4, -0.8696),
        ('paper', 3, 'papers of its company', 5, -0.3645),
        ('paper', 3, 'papers of its company', 6, 1.2536),
        ('paper', 3, 'papers of its company', 7, 0.8958),
        ('paper', 3, 'papers of its company', 9, 0.8577),
        ('paper', 3, 'places', '-infinity', 0.1165),
        ('paper', 3, 'places', -0.0005876848, -0.1094),
        ('paper', 3, 'places', 6.086466e-11, -0.2069),
        ('paper', 3, 'places', 0.0034155638, -0.0331),
        ('paper', 3, 'places', 0.0069340863, -0.1444),
        ('paper', 3, 'places', 0.010834756, -0.0963),
        ('paper', 3, 'places', 0.017194003, 0.0185),
        ('paper', 3, 'places', 0.05483281, 0.4465),
        ('paper', 3, 'prior', 0, -2.5709),
        ('paper', 3, 'venue', '-infinity', -0.2735),
        ('paper', 3, 'venue', 0.0031055901, -0.1796),
        ('paper', 3, 'venue', 0.09195402, -0.1264),
        ('paper', 3, 'venue', 0.13402061, -0.0323),
        ('paper', 3, 'venue', 0.16981132, -0.4361),
        ('paper', 3, 'venue', 0.2027027, 0.5386),
        ('paper', 3, 'venue', 0.28, 0.1921),
        ('paper', 3, 'venue', 0.3809524, 0.3088),
        ('paper', 3, 'years', '-infinity', 0.3005),
        ('paper', 3, 'years', 1, 0.402),
        ('paper', 3, 'years', 2, 0.3317),
        ('paper', 3, 'years', 3, 0.2685),
        ('paper', 3, 'years', 5, 0.2838),
        ('paper', 3, 'years', 7, -0.2165),
        ('paper', 3, 'years', 10, -0.4697),
        ('paper', 3, 'years', 15, -0.9089),
        ('pair', 0, 'affiliation', '-infinity', -0.1056),
        ('pair', 0, 'affiliation', 0, -0.4222),
        ('pair', 0, 'affiliation', 0.0024540783, 0.5279),
        ('pair', 0, 'co-authors'' papers', '-infinity', 0.562),
        ('pair', 0, 'co-authors'' papers', 0, -0.088),
        ('pair', 0, 'co-authors'' papers', 0.0038389633, -0.1929),
        ('pair', 0, 'co-authors'' papers', 0.013225386, -0.2068),
        ('pair', 0, 'co-authors'' papers', 0.024974054, -0.1648),
        ('pair', 0, 'co-authors'' papers', 0.04081202, -0.0587),
        ('pair', 0, 'co-authors'' papers', 0.06552246, -0.0431),
        ('pair', 0, 'co-authors'' papers', 0.10615462, 0.1924),
        ('pair', 0, 'number of papers', '-infinity', -0.4798),
        ('pair', 0, 'number of papers', 29, -0.1565),
        ('pair', 0, 'number of papers', 43, -0.2715),
        ('pair', 0, 'number of papers', 52, 0.114),
        ('pair', 0, 'number of papers', 63, -0.1298),
        ('pair', 0, 'number of papers', 79, 0.0654),
        ('pair', 0, 'number of papers', 96, 0.2147),
        ('pair', 0, 'number of papers', 129, 0.6436),
        ('pair', 0, 'places', '-infinity', 0.3742),
        ('pair', 0, 'places', 0, 0.3914),
        ('pair', 0, 'places', 0.000121667676, -1.178),
        ('pair', 0, 'places', 0.0056976588, 0.0586),
        ('pair', 0, 'places', 0.008326935, -0.721),
        ('pair', 0, 'places', 0.010515081, -0.1884),
        ('pair', 0, 'places', 0.01825612, 0.1342),
        ('pair', 0, 'places', 0.7062481, 1.129),
        ('pair', 0, 'prior', 0, 0.0153),
        ('pair', 0, 'text', '-infinity', -0.0011),
        ('pair', 0, 'text', 0.000292735, -0.5782),
        ('pair', 0, 'text', 0.008676455, -0.2959),
        ('pair', 0, 'text', 0.01644462, -0.333),
        ('pair', 0, 'text', 0.025913022, -0.2592),
        ('pair', 0, 'text', 0.038028955, -0.0159),
        ('pair', 0, 'text', 0.05870324, 0.555),
        ('pair', 0, 'text', 0.11167653, 0.9284),
        ('pair', 0, 'threshold', 0, -0.5),
        ('pair', 0, 'venue', '-infinity', -0.2417),
        ('pair', 0, 'venue', 1, 0.2417),
        ('pair', 0, 'years', '-infinity', 0.3014),
        ('pair', 0, 'years', 2, 0.2878),
        ('pair', 0, 'years', 4, 0.2491),
        ('pair', 0, 'years', 7, 0.1596),
        ('pair', 0, 'years', 10, -0.0001),
        ('pair', 0, 'years', 13, -0.0679),
        ('pair', 0, 'years', 17, -0.2233),
        ('pair', 0, 'years', 24, -0.7065),
        ('pair', 1, 'affiliation', '-infinity', -0.3744),
        ('pair', 1, 'affiliation', 0, -0.8611),
        ('pair', 1, 'affiliation', 0.56976587, 0.2832),
        ('pair', 1, 'affiliation', 1, 0.0537),
        ('pair', 1, 'affiliation', 1.1431496, 0.3731),
        ('pair', 1, 'affiliation', 1.41076, 0.5371),
        ('pair', 1, 'both co-authors'' papers', '-infinity', 0.0661),
        ('pair', 1, 'both co-authors'' papers', 0.19864264, 0.0615),
        ('pair', 1, 'both co-authors'' papers', 0.2984062, 0.0006),
        ('pair', 1, 'both co-authors'' papers', 0.38941866, -0.0409),
        ('pair', 1, 'both co-authors'' papers', 0.4847485, 0.1149),
        ('pair', 1, 'both co-authors'' papers', 0.5908665, 0.0943),
        ('pair', 1, 'both co-authors'' papers', 0.72619325, -0.0164),
        ('pair', 1, 'both co-authors'' papers', 0.9026482, -0.2687),
        ('pair', 1, 'circles', '-infinity', -0.1002),
        ('pair', 1, 'circles', 0.050536655, -0.015),
        ('pair', 1, 'circles', 0.085354835, -0.1158),
        ('pair', 1, 'circles', 0.12795661, -0.007),
        ('pair', 1, 'circles', 0.18635136, -0.0072),
        ('pair', 1, 'circles', 0.26852518, -0.0547),
        ('pair', 1, 'circles', 0.39670244, 0.0485),
        ('pair', 1, 'circles', 0.62760353, 0.2628),
        ('pair', 1, 'co-author share', '-infinity', -0.3376),
        ('pair', 1, 'co-author share', 0.26086956, 0.0018),
        ('pair', 1, 'co-author share', 0.34615386, 0.0783),
        ('pair', 1, 'co-author share', 0.52380955, 0.0737),
        ('pair', 1, 'co-author share', 0.6744186, 0.1952),
        ('pair', 1, 'co-authors', '-infinity', 0.5436),
        ('pair', 1, 'co-authors', 0.20417164, -0.2489),
        ('pair', 1, 'co-authors', 0.23161615, -0.3407),
        ('pair', 1, 'co-authors', 0.2658726, -0.579),
        ('pair', 1, 'co-authors', 0.33962327, -0.0703),
        ('pair', 1, 'co-authors', 0.4572227, -0.0688),
        ('pair', 1, 'co-authors', 0.6194023, 0.2023),
        ('pair', 1, 'co-authors', 0.9409943, 0.5733),
        ('pair', 1, 'co-authors of co-authors', '-infinity', 0.2303),
        ('pair', 1, 'co-authors of co-authors', 0.00032179503, 0.0625),
        ('pair', 1, 'co-authors of co-authors', 0.1304348, 0.2377),
        ('pair', 1, 'co-authors of co-authors', 0.25786823, 0.0388),
        ('pair', 1, 'co-authors of co-authors', 0.40813032, 0.0182),
        ('pair', 1, 'co-authors of co-authors', 0.6014628, -0.0528),
        ('pair', 1, 'co-authors of co-authors', 0.8907101, -0.2107),
        ('pair', 1, 'co-authors of co-authors', 1.4494485, -0.3126),
        ('pair', 1, 'co-authors'' papers', '-infinity', -0.0064),
        ('pair', 1, 'co-authors'' papers', 0.05591071, 0.0585),
        ('pair', 1, 'co-authors'' papers', 0.081349604, 0.0474),
        ('pair', 1, 'co-authors'' papers', 0.100938745, 0.0522),
        ('pair', 1, 'co-authors'' papers', 0.11890554, 0.0808),
        ('pair', 1, 'co-authors'' papers', 0.13817203, -0.0045),
        ('pair', 1, 'co-authors'' papers', 0.16096044, -0.0184),
        ('pair', 1, 'co-authors'' papers', 0.19693677, -0.1983),
        ('pair', 1, 'number of co-authors', '-infinity', -0.2356),
        ('pair', 1, 'number of co-authors', 3, -0.0565),
        ('pair', 1, 'number of co-authors', 4, 0.3216),
        ('pair', 1, 'number of co-authors', 5, 0.3508),
        ('pair', 1, 'number of co-authors', 6, 0.4666),
        ('pair', 1, 'number of co-authors', 7, 0.0011),
        ('pair', 1, 'number of co-authors', 8, -0.1367),
        ('pair', 1, 'number of co-authors', 10, -0.6998),
        ('pair', 1, 'number of papers', '-infinity', -0.7763),
        ('pair', 1, 'number of papers', 26, -0.3926),
        ('pair', 1, 'number of papers', 38, 0.3242),
        ('pair', 1, 'number of papers', 48, -0.0687),
        ('pair', 1, 'number of papers', 59, 0.3797),
        ('pair', 1, 'number of papers', 70, -0.3385),
        ('pair', 1, 'number of papers', 86, 0.2463),
        ('pair', 1, 'number of papers', 126, 0.6375),
        ('pair', 1, 'places', '-infinity', -0.5877),
        ('pair', 1, 'places', 0.064802706, -0.3872),
        ('pair', 1, 'places', 0.4180695, 0.0247),
        ('pair', 1, 'places', 0.58228797, 0.1431),
        ('pair', 1, 'places', 0.7076252, 0.1027),
        ('pair', 1, 'places', 0.81815857, 0.3381),
        ('pair', 1, 'places', 0.9170262, 0.5386),
        ('pair', 1, 'places', 0.99350005, -0.1609),
        ('pair', 1, 'prior', 0, 3.426),
        ('pair', 1, 'rare co-author', '-infinity', -0.824),
        ('pair', 1, 'rare co-author', 0.20178267, 0.2618),
        ('pair', 1, 'rare co-author', 0.22509082, 0.6723),
        ('pair', 1, 'rare co-author', 0.24733795, 0.2505),
        ('pair', 1, 'rare co-author', 0.27905533, -0.0763),
        ('pair', 1, 'rare co-author', 0.318929, -0.1819),
        ('pair', 1, 'rare co-author', 0.38987124, -0.0571),
        ('pair', 1, 'rare co-author', 0.5138983, -0.0338),
        ('pair', 1, 'text', '-infinity', -0.152),
        ('pair', 1, 'text', 0.0028744426, 0.0071),
        ('pair', 1, 'text', 0.02410912, 0.0026),
        ('pair', 1, 'text', 0.037679583, 0.0469),
        ('pair', 1, 'text', 0.050750356, 0.1117),
        ('pair', 1, 'text', 0.06712665, 0.0463),
        ('pair', 1, 'text', 0.093626134, 0.0191),
        ('pair', 1, 'text', 0.15888703, -0.0703),
        ('pair', 1, 'venue', '-infinity', -0.0662),
        ('pair', 1, 'venue', 1, 0.0776),
        ('pair', 1, 'years', '-infinity', 0.6788),
        ('pair', 1, 'years', 1, 0.284),
        ('pair', 1, 'years', 2, 0.2426),
        ('pair', 1, 'years', 3, 0.1449),
        ('pair', 1, 'years', 4, -0.077),
        ('pair', 1, 'years', 5, -0.0964),
        ('pair', 1, 'years', 7, -0.3833),
        ('pair', 1, 'years', 10, -0.782),
        ('pair', 2, 'affiliation', '-infinity', 0.1907),
        ('pair', 2, 'affiliation', 0, -0.87),
        ('pair', 2, 'affiliation', 0.0018820949, -0.6746),
        ('pair', 2, 'affiliation', 0.009828278, -0.6334),
        ('pair', 2, 'affiliation', 0.70196414, 1.987),
        ('pair', 2, 'both co-authors'' papers', '-infinity', 0.1994),
        ('pair', 2, 'both co-authors'' papers', 0.1521692, 0.0989),
        ('pair', 2, 'both co-authors'' papers', 0.21557483, 0.0256),
        ('pair', 2, 'both co-authors'' papers', 0.26944003, 0.0142),
        ('pair', 2, 'both co-authors'' papers', 0.32155627, -0.0563),
        ('pair', 2, 'both co-authors'' papers', 0.37726548, -0.0897),
        ('pair', 2, 'both co-authors'' papers', 0.44258815, -0.0877),
        ('pair', 2, 'both co-authors'' papers', 0.52973276, -0.1048),
        ('pair', 2, 'circles', '-infinity', -0.8799),
        ('pair', 2, 'circles', 0.00045250895, -0.5513),
        ('pair', 2, 'circles', 0.001046012, -0.3108),
        ('pair', 2, 'circles', 0.0020298052, -0.1321),
        ('pair', 2, 'circles', 0.0037504872, 0.091),
        ('pair', 2, 'circles', 0.0069684, 0.3345),
        ('pair', 2, 'circles', 0.013578284, 0.6193),
        ('pair', 2, 'circles', 0.031939518, 0.829),
        ('pair', 2, 'co-authors of co-authors', '-infinity', -0.004),
        ('pair', 2, 'co-authors of co-authors', 0.006561147, -0.0567),
        ('pair', 2, 'co-authors of co-authors', 0.013172543, -0.0461),
        ('pair', 2, 'co-authors of co-authors', 0.023226384, -0.0886),
        ('pair', 2, 'co-authors of co-authors', 0.039755642, -0.0113),
        ('pair', 2, 'co-authors of co-authors', 0.067511424, -0.0017),
        ('pair', 2, 'co-authors of co-authors', 0.11619072, 0.0722),
        ('pair', 2, 'co-authors of co-authors', 0.22308284, 0.1359),
        ('pair', 2, 'co-authors'' papers', '-infinity', 0.1033),
        ('pair', 2, 'co-authors'' papers', 0.048538215, 0.023),
        ('pair', 2, 'co-authors'' papers', 0.07048009, -0.0498),
        ('pair', 2, 'co-authors'' papers', 0.08764869, -0.0702),
        ('pair', 2, 'co-authors'' papers', 0.10282802, -0.0581),
        ('pair', 2, 'co-authors'' papers', 0.11814433, 0.0114),
        ('pair', 2, 'co-authors'' papers', 0.13487983, -0.0077),
        ('pair', 2, 'co-authors'' papers', 0.15791796, 0.0477),
        ('pair', 2, 'number of co-authors', '-infinity', 0.3816),
        ('pair', 2, 'number of co-authors', 3, 0.2096),
        ('pair', 2, 'number of co-authors', 4, 0.0825),
        ('pair', 2, 'number of co-authors', 5, 0.0047),
        ('pair', 2, 'number of co-authors', 6, -0.1091),
        ('pair', 2, 'number of co-authors', 7, -0.1165),
        ('pair', 2, 'number of co-authors', 8, -0.2065),
        ('pair', 2, 'number of co-authors', 9, -0.2467),
        ('pair', 2, 'number of papers', '-infinity', -0.1984),
        ('pair', 2, 'number of papers', 32, 0.0374),
        ('pair', 2, 'number of papers', 46, -0.131),
        ('pair', 2, 'number of papers', 58, -0.0264),
        ('pair', 2, 'number of papers', 69, 0.2054),
        ('pair', 2, 'number of papers', 81, -0.2017),
        ('pair', 2, 'number of papers', 105, -0.1076),
        ('pair', 2, 'number of papers', 143, 0.422),
        ('pair', 2, 'places', '-infinity', -0.0215),
        ('pair', 2, 'places', 1.4442869e-06, -0.4186),
        ('pair', 2, 'places', 0.0040145586, -0.3261),
        ('pair', 2, 'places', 0.008384217, -0.3099),
        ('pair', 2, 'places', 0.0155776115, -0.2536),
        ('pair', 2, 'places', 0.054817423, 0.0425),
        ('pair', 2, 'places', 0.23682414, 0.5315),
        ('pair', 2, 'places', 0.53330183, 0.7554),
        ('pair', 2, 'prior', 0, -0.1008),
        ('pair', 2, 'text', '-infinity', 0.1146),
        ('pair', 2, 'text', 0.00031470333, -0.1019),
        ('pair', 2, 'text', 0.0139996875, -0.09),
        ('pair', 2, 'text', 0.024073023, -0.1585),
        ('pair', 2, 'text', 0.032917555, -0.1398),
        ('pair', 2, 'text', 0.04225869, -0.0636),
        ('pair', 2, 'text', 0.053965364, 0.0724),
        ('pair', 2, 'text', 0.07423581, 0.3664),
        ('pair', 2, 'venue', '-infinity', -0.0372),
        ('pair', 2, 'venue', 1, 0.0369),
        ('pair', 2, 'years', '-infinity', 0.0167),
        ('pair', 2, 'years', 2, 0.1108),
        ('pair', 2, 'years', 3, 0.2474),
        ('pair', 2, 'years', 4, 0.2071),
        ('pair', 2, 'years', 6, 0.1375),
        ('pair', 2, 'years', 8, -0.0731),
        ('pair', 2, 'years', 11, -0.1893),
        ('pair', 2, 'years', 14, -0.4575),
        ('pair', 3, 'affiliation', '-infinity', -0.2024),
        ('pair', 3, 'affiliation', 0, -0.9658),
        ('pair', 3, 'affiliation', 0.0018820949, -1.5987),
        ('pair', 3, 'affiliation', 0.0069796233, -0.9374),
        ('pair', 3, 'affiliation', 0.009852337, -1.1374),
        ('pair', 3, 'affiliation', 0.020437978, 1.4674),
        ('pair', 3, 'affiliation', 1, 2.3527),
        ('pair', 3, 'affiliation', 1.41076, 1.0197),
        ('pair', 3, 'both co-authors'' papers', '-infinity', 0.393),
        ('pair', 3, 'both co-authors'' papers', 0.017481258, 0.1256),
        ('pair', 3, 'both co-authors'' papers', 0.08273892, 0.0452),
        ('pair', 3, 'both co-authors'' papers', 0.1288864, -0.0099),
        ('pair', 3, 'both co-authors'' papers', 0.17323989, -0.0329),
        ('pair', 3, 'both co-authors'' papers', 0.2207276, -0.1153),
        ('pair', 3, 'both co-authors'' papers', 0.2775796, -0.1526),
        ('pair', 3, 'both co-authors'' papers', 0.3608789, -0.2551),
        ('pair', 3, 'circles', '-infinity', -0.2842),
        ('pair', 3, 'circles', 3.7102663e-10, -0.3901),
        ('pair', 3, 'circles', 3.137542e-06, -0.2345),
        ('pair', 3, 'circles', 1.1131752e-05, -0.1535),
        ('pair', 3, 'circles', 2.731167e-05, -0.0362),
        ('pair', 3, 'circles', 5.9956346e-05, 0.0788),
        ('pair', 3, 'circles', 0.00013250844, 0.2857),
        ('pair', 3, 'circles', 0.00035731055, 0.7321),
        ('pair', 3, 'co-authors'' papers', '-infinity', -0.1063),
        ('pair', 3, 'co-authors'' papers', 0.025093157, -0.0644),
        ('pair', 3, 'co-authors'' papers', 0.042898905, 0.0168),
        ('pair', 3, 'co-authors'' papers', 0.058424637, 0.0421),
        ('pair', 3, 'co-authors'' papers', 0.07307277, 0.0447),
        ('pair', 3, 'co-authors'' papers', 0.08782131, 0.0305),
        ('pair', 3, 'co-authors'' papers', 0.10444627, 0.0035),
        ('pair', 3, 'co-authors'' papers', 0.1268186, 0.031),
        ('pair', 3, 'number of co-authors', '-infinity', 0.6323),
        ('pair', 3, 'number of co-authors', 2, 0.318),
        ('pair', 3, 'number of co-authors', 3, 0.0933),
        ('pair', 3, 'number of co-authors', 4, -0.1009),
        ('pair', 3, 'number of co-authors', 5, -0.1746),
        ('pair', 3, 'number of co-authors', 6, -0.2235),
        ('pair', 3, 'number of co-authors', 7, -0.245),
        ('pair', 3, 'number of co-authors', 8, -0.3017),
        ('pair', 3, 'number of papers', '-infinity', -0.2529),
        ('pair', 3, 'number of papers', 33, -0.1337),
        ('pair', 3, 'number of papers', 46, 0.0146),
        ('pair', 3, 'number of papers', 59, -0.094),
        ('pair', 3, 'number of papers', 69, 0.1666),
        ('pair', 3, 'number of papers', 83, -0.0019),
        ('pair', 3, 'number of papers', 104, -0.0385),
        ('pair', 3, 'number of papers', 140, 0.3379),
        ('pair', 3, 'places', '-infinity', 0.2551),
        ('pair', 3, 'places', 0, -0.0614),
        ('pair', 3, 'places', 1.1699715e-06, -0.3087),
        ('pair', 3, 'places', 0.003465227, -0.3039),
        ('pair', 3, 'places', 0.0067046466, -0.2426),
        ('pair', 3, 'places', 0.010061536, -0.2003),
        ('pair', 3, 'places', 0.01622078, -0.164),
        ('pair', 3, 'places', 0.055733226, 1.0237),
        ('pair', 3, 'prior', 0, -0.6021),
        ('pair', 3, 'text', '-infinity', 0.1514),
        ('pair', 3, 'text', 0.00023423615, -0.2318),
        ('pair', 3, 'text', 0.01030513, -0.1705),
        ('pair', 3, 'text', 0.019340828, -0.1698),
        ('pair', 3, 'text', 0.027612166, -0.1203),
        ('pair', 3, 'text', 0.036213234, -0.0543),
        ('pair', 3, 'text', 0.046634763, 0.0709),
        ('pair', 3, 'text', 0.06330321, 0.5224),
        ('pair', 3, 'venue', '-infinity', -0.1468),
        ('pair', 3, 'venue', 1, 0.1448),
        ('pair', 3, 'years', '-infinity', -0.0658),
        ('pair', 3, 'years', 2, -0.0033),
        ('pair', 3, 'years', 3, 0.0892),
        ('pair', 3, 'years', 4, 0.1843),
        ('pair', 3, 'years', 6, 0.2193),
        ('pair', 3, 'years', 8, 0.1064),
        ('pair', 3, 'years', 11, -0.124),
        ('pair', 3, 'years', 15, -0.4083),
        ('page', 0, 'commonness of the name', '-infinity', -0.0479),
        ('page', 0, 'commonness of the name', -14.625, -0.0648),
        ('page', 0, 'commonness of the name', -9.625, 0.0395),
        ('page', 0, 'commonness of the name', -6.25, 0.0436),
        ('page', 0, 'commonness of the name', -1.875, -0.1998),
        ('page', 0, 'commonness of the name', -0.75, -0.236),
        ('page', 0, 'commonness of the name', 1.25, 0.9475),
        ('page', 0, 'groups', '-infinity', 0.0888),
        ('page', 0, 'groups', 4, -0.0222),
        ('page', 0, 'groups', 5, -0.0688),
        ('page', 0, 'papers', '-infinity', -4.1142),
        ('page', 0, 'papers', 6, 0.1977),
        ('page', 0, 'papers', 7, 0.151),
        ('page', 0, 'papers', 10, 0.2421),
        ('page', 0, 'papers', 14, 0.2639),
        ('page', 0, 'papers', 20, 0.2086),
        ('page', 0, 'papers', 27, 0.2306),
        ('page', 0, 'papers', 44, 0.4038),
        ('page', 0, 'prior', 0, -0.3229),
        ('page', 0, 'weakest joining', '-infinity', 4.7637),
        ('page', 0, 'weakest joining', -1.4041357, 3.7173),
        ('page', 0, 'weakest joining', -0.87960714, 2.6729),
        ('page', 0, 'weakest joining', -0.5008663, 2.1641),
        ('page', 0, 'weakest joining', -0.06274076, 1.4622),
        ('page', 0, 'weakest joining', 0.38411984, 0.885),
        ('page', 0, 'weakest joining', 0.77560973, 0.144),
        ('page', 0, 'weakest joining', 1.2153403, -0.6303),
        ('page', 0, 'weakest joining', 1.6213945, -1.0114),
        ('page', 0, 'weakest joining', 2.942902, -1.802),
        ('page', 0, 'weakest joining', 3.817822, -2.3926),
        ('page', 1, 'prior', 0, 0.0),
        ('page', 2, 'prior', 0, 0.0),
        ('page', 3, 'prior', 0, 0.0),
        ('group', 0, 'best pair', '-infinity', -0.0352),
        ('group', 0, 'best pair', 1.2164533, 0.1827),
        ('group', 0, 'best pair of each paper', '-infinity', -0.2113),
        ('group', 0, 'best pair of each paper', -0.4533835, -0.1815),
        ('group', 0, 'best pair of each paper', -0.10581834, -0.0845),
        ('group', 0, 'best pair of each paper', 0.2133461, 0.0779),
        ('group', 0, 'best pair of each paper', 0.51996815, 0.1462),
        ('group', 0, 'best pair of each paper', 0.69300884, 0.3066),
        ('group', 0, 'best pair of each paper', 0.9053832, 0.3775),
        ('group', 0, 'best pair of each paper', 1.1736494, 0.4319),
        ('group', 0, 'best pair of each paper', 1.600625, 0.5443),
        ('group', 0, 'circles', '-infinity', -0.0963),
        ('group', 0, 'circles', 0.00042711914, -0.0007),
        ('group', 0, 'circles', 0.0025115747, 0.3349),
        ('group', 0, 'circles', 0.005536859, 0.4177),
        ('group', 0, 'circles together', '-infinity', -0.0078),
        ('group', 0, 'circles together', 8.7189095e-05, 0.0066),
        ('group', 0, 'co-authors'' papers', '-infinity', -0.0053),
        ('group', 0, 'co-authors'' papers', 0.3606281, 0.0356),
        ('group', 0, 'commonness of the name', '-infinity', 0.0777),
        ('group', 0, 'commonness of the name', -9.25, -0.0119),
        ('group', 0, 'commonness of the name', -6.6499996, -0.025),
        ('group', 0, 'groups', '-infinity', -0.0746),
        ('group', 0, 'groups', 3, 0.1292),
        ('group', 0, 'groups', 5, -0.0789),
        ('group', 0, 'namesakes', '-infinity', 0.4581),
        ('group', 0, 'namesakes', 0.0625, 0.0078),
        ('group', 0, 'namesakes', 0.2, -0.457),
        ('group', 0, 'namesakes', 0.3809524, -1.1707),
        ('group', 0, 'namesakes', 0.63589746, -1.8327),
        ('group', 0, 'namesakes of the larger', '-infinity', 0.0347),
        ('group', 0, 'namesakes of the larger', 0.4166667, -0.027),
        ('group', 0, 'namesakes of the larger', 0.6010352, -0.3832),
        ('group', 0, 'nearest other group', '-infinity', 0.0249),
        ('group', 0, 'nearest other group', -0.7266837, -0.0777),
        ('group', 0, 'nearest other group', -0.551224, -0.0947),
        ('group', 0, 'nearest text', '-infinity', -0.1306),
        ('group', 0, 'nearest text', 0.07391137, 0.001),
        ('group', 0, 'nearest text', 0.12441315, 0.0661),
        ('group', 0, 'nearest text', 0.1498585, 0.3614),
        ('group', 0, 'number of co-authors', '-infinity', 0.0418),
        ('group', 0, 'number of co-authors', 1, 0.0801),
        ('group', 0, 'number of co-authors', 3.142857, 0.0017),
        ('group', 0, 'number of co-authors', 4.5, -0.0119),
        ('group', 0, 'number of co-authors', 6.5, -0.1873),
        ('group', 0, 'number of co-authors of the larger', '-infinity', 0.0271),
        ('group', 0, 'number of co-authors of the larger', 5, -0.0559),
        ('group', 0, 'pairs', '-infinity', -0.5536),
        ('group', 0, 'pairs', -1.3558524, -0.3698),
        ('group', 0, 'pairs', -0.8797735, -0.3022),
        ('group', 0, 'pairs', -0.722889, -0.0398),
        ('group', 0, 'pairs', -0.5801709, 0.0619),
        ('group', 0, 'pairs', -0.452047, 0.1732),
        ('group', 0, 'pairs', -0.32045513, 0.4945),
        ('group', 0, 'pairs', -0.10908967, 0.5856),
        ('group', 0, 'papers', '-infinity', 0.2114),
        ('group', 0, 'papers', 2, 0.0213),
        ('group', 0, 'papers', 3, -0.1873),
        ('group', 0, 'papers', 4, -0.575),
        ('group', 0, 'papers', 6, 0.2894),
        ('group', 0, 'papers of the larger', '-infinity', 0.1376),
        ('group', 0, 'papers of the larger', 5, -0.08),
        ('group', 0, 'papers of the larger', 7, -0.0527),
        ('group', 0, 'papers of the page', '-infinity', 3.902),
        ('group', 0, 'papers of the page', 5, 1.5494),
        ('group', 0, 'papers of the page', 7, 0.0477),
        ('group', 0, 'papers of the page', 8, -0.4047),
        ('group', 0, 'papers of the page', 20, -0.335),
        ('group', 0, 'places', '-infinity', -0.0568),
        ('group', 0, 'places', 0, 0.0149),
        ('group', 0, 'prior', 0, 2.0361),
        ('group', 0, 'rest of the page', '-infinity', 0.0297),
        ('group', 0, 'rest of the page', 0.42857143, -0.0815),
        ('group', 0, 'years apart', '-infinity', 0.0106),
        ('group', 0, 'years apart', 1, 0.0275),
        ('group', 0, 'years apart', 8.639648, -0.1411),
        ('group', 0, 'years between', '-infinity', 0.0077),
        ('group', 0, 'years between', 4, -0.0389),
        ('group', 0, 'years of the larger', '-infinity', 0.002),
        ('group', 0, 'years of the larger', 15, -0.0199),
        ('group', 1, 'affiliation', '-infinity', 0.0132),
        ('group', 1, 'affiliation', 0, -0.0935),
        ('group', 1, 'affiliation', 0.00990099, -0.0009),
        ('group', 1, 'best pair', '-infinity', -0.0823),
        ('group', 1, 'best pair', 0.28894284, -0.0668),
        ('group', 1, 'best pair', 0.4614595, 0.0176),
        ('group', 1, 'best pair', 0.855399, 0.2452),
        ('group', 1, 'best pair of each paper', '-infinity', -0.1149),
        ('group', 1, 'best pair of each paper', -0.0016960397, -0.0892),
        ('group', 1, 'best pair of each paper', 0.53422785, 0.0845),
        ('group', 1, 'best pair of each paper', 0.7661614, 0.3164),
        ('group', 1, 'best pair of each paper', 1.1237073, 0.4482),
        ('group', 1, 'best pair of each paper', 1.8281658, 0.8086),
        ('group', 1, 'circles', '-infinity', -0.0831),
        ('group', 1, 'circles', 3.3131888e-05, 0.0834),
        ('group', 1, 'circles together', '-infinity', -0.0128),
        ('group', 1, 'circles together', 0.03349295, 0.2113),
        ('group', 1, 'co-authors', '-infinity', -0.0057),
        ('group', 1, 'co-authors', 0.012865583, 0.0811),
        ('group', 1, 'co-authors'' papers', '-infinity', -0.0155),
        ('group', 1, 'co-authors'' papers', 0.30137804, 0.0516),
        ('group', 1, 'co-authors'' papers', 0.37991112, 0.0796),
        ('group', 1, 'cohesion', '-infinity', 0.2821),
        ('group', 1, 'cohesion', 0.23878829, -0.0471),
        ('group', 1, 'commonness of the name', '-infinity', 0.9172),
        ('group', 1, 'commonness of the name', 0.5, 0.3542),
        ('group', 1, 'commonness of the name', 0.75, 0.2626),
        ('group', 1, 'commonness of the name', 1.25, -0.2493),
        ('group', 1, 'commonness of the name', 2.625, -0.604),
        ('group', 1, 'commonness of the name', 2.875, -0.8916),
        ('group', 1, 'commonness of the name', 3.625, -0.961),
        ('group', 1, 'commonness of the name', 6.125, -1.0075),
        ('group', 1, 'groups', '-infinity', -0.5723),
        ('group', 1, 'groups', 3, 0.1167),
        ('group', 1, 'namesakes', '-infinity', 0.0636),
        ('group', 1, 'namesakes', 0.3440476, -0.71),
        ('group', 1, 'namesakes of the larger', '-infinity', -0.0113),
        ('group', 1, 'namesakes of the larger', 0.020833334, 0.086),
        ('group', 1, 'namesakes of the larger', 0.39880952, -0.2899),
        ('group', 1, 'nearest other group', '-infinity', 0.0327),
        ('group', 1, 'nearest other group', -0.62352896, -0.0455),
        ('group', 1, 'nearest text', '-infinity', -0.1189),
        ('group', 1, 'nearest text', 0.049049698, -0.1038),
        ('group', 1, 'nearest text', 0.07523775, -0.0565),
        ('group', 1, 'nearest text', 0.08598448, 0.0192),
        ('group', 1, 'nearest text', 0.14929049, 0.3635),
        ('group', 1, 'nearest text', 0.26617098, 0.3971),
        ('group', 1, 'number of co-authors', '-infinity', 0.047),
        ('group', 1, 'number of co-authors', 3, 0.0122),
        ('group', 1, 'number of co-authors', 3.25, -0.0211),
        ('group', 1, 'number of co-authors of the larger', '-infinity', 0.0209),
        ('group', 1, 'number of co-authors of the larger', 6, -0.1181),
        ('group', 1, 'pairs', '-infinity', -0.1953),
        ('group', 1, 'pairs', -1.2713184, -0.1319),
        ('group', 1, 'pairs', -1.1613375, -0.1096),
        ('group', 1, 'pairs', -1.058953, -0.0813),
        ('group', 1, 'pairs', -0.6184727, -0.0436),
        ('group', 1, 'pairs', -0.2951795, 0.2846),
        ('group', 1, 'pairs', -0.10558728, 0.4229),
        ('group', 1, 'pairs', 0.11557347, 0.5793),
        ('group', 1, 'papers', '-infinity', 0.3085),
        ('group', 1, 'papers', 2, 0.1311),
        ('group', 1, 'papers', 4, -0.469),
        ('group', 1, 'papers', 6, -0.5956),
        ('group', 1, 'papers of the larger', '-infinity', 0.3638),
        ('group', 1, 'papers of the larger', 3, 0.2804),
        ('group', 1, 'papers of the larger', 4, -0.1894),
        ('group', 1, 'papers of the page', '-infinity', 1.1375),
        ('group', 1, 'papers of the page', 10, 0.0367),
        ('group', 1, 'papers of the page', 21, 0.0002),
        ('group', 1, 'papers of the page', 40, -0.065),
        ('group', 1, 'papers of the page', 57, -0.4982),
        ('group', 1, 'papers of the page', 66, -0.595),
        ('group', 1, 'places', '-infinity', -0.0099),
        ('group', 1, 'places', 0.0044970345, 0.0057),
        ('group', 1, 'prior', 0, 0.5595),
        ('group', 1, 'rest of the page', '-infinity', 0.0573),
        ('group', 1, 'rest of the page', 0.50980395, -0.0361),
        ('group', 1, 'rest of the page', 0.9411765, -0.0919),
        ('group', 1, 'texts', '-infinity', -0.0095),
        ('group', 1, 'texts', 0.120650396, 0.0063),
        ('group', 1, 'texts', 0.16275112, 0.0234),
        ('group', 1, 'years of the larger', '-infinity', 0.018),
        ('group', 1, 'years of the larger', 6, -0.0296),
        ('group', 2, 'prior', 0, 0.0),
        ('group', 3, 'prior', 0, 0.0)
$$;

COMMENT ON FUNCTION default_assignment_weights() IS
    'weights fitted to the namesakes of the 2024-08 corpus; those of the name and of contradictions are set by hand';

COMMENT ON AGGREGATE b_cubed("any", "any") IS
    'B-cubed precision, recall and F1 of a clustering, an item a row; rows with a NULL label do '
    'not count';

COMMENT ON AGGREGATE pairwise_f1("any", "any") IS
    'precision, recall and F1 over the pairs of items put together, an item a row; rows with a '
    'NULL label do not count';

COMMENT ON AGGREGATE auroc(double precision, boolean) IS
    'area under the ROC curve: how often a true item scores higher than a false one, ties '
    'counting half; NULL without both';

CREATE FUNCTION find_conflicts(of_person text)
    RETURNS TABLE (paper_id text, role text, "position" integer, person_id text, kind text,
                   reason text, suggested_person_id text)
    LANGUAGE plpgsql STABLE ROWS 1000
    SET search_path = pg_catalog, pg_temp
    -- "of_person IS NULL OR" must be gone before a plan is made.
    SET plan_cache_mode = force_custom_plan
    -- The queries are cheaper than compiling them.
    SET jit = off
AS $$
#variable_conflict use_column
BEGIN
    -- A person twice on a paper. The name with the explicit id is the person's, else the
    -- one most like the canonical name. The other name is in question.
    RETURN QUERY
        WITH twice AS (
            SELECT a.paper_id, a.role, a.person_id FROM anthology.authorship a
            WHERE (of_person IS NULL AND a.person_id IS NOT NULL OR a.person_id = of_person)
            GROUP BY a.paper_id, a.role, a.person_id HAVING count(*) > 1
        ), ranked AS (
            SELECT a.*, c.full_name AS canonical,
                row_number() OVER same AS n, first_value(a.full_name) OVER same AS kept_name,
                first_value(a."position") OVER same AS kept_position
            FROM twice t
                JOIN anthology.authorship a USING (paper_id, role, person_id)
                LEFT JOIN anthology.person_name c ON c.person_id = a.person_id AND c."position" = 1
            WINDOW same AS (PARTITION BY a.paper_id, a.role, a.person_id
                ORDER BY (a.explicit_person_id IS NOT NULL) DESC,
                    anthology.name_similarity(a.full_name, c.full_name) DESC NULLS LAST,
                    a."position")
        )
        SELECT r.paper_id, r.role, r."position", r.person_id,
            CASE WHEN r.slug = anthology.name_slug(r.kept_name) THEN 'same name twice'
                ELSE 'twice' END,
            format('one person twice on the paper: also %s %s, %s', r.role, r.kept_position,
                   r.kept_name),
            (SELECT min(n.person_id) FROM anthology.person_name n
             WHERE n.slug = r.slug AND n.person_id <> r.person_id
                 AND NOT EXISTS (SELECT FROM anthology.authorship o
                                 WHERE o.paper_id = r.paper_id AND o.person_id = n.person_id)
             HAVING count(DISTINCT n.person_id) = 1)
        FROM ranked r WHERE r.n > 1;

    -- ORCIDs. A person claims one by people.yaml, or by the papers that print it with the
    -- person's name. A claim holds against another one that has no more papers.
    RETURN QUERY
        WITH concerned AS (
            SELECT DISTINCT a.orcid FROM anthology.authorship a
            WHERE of_person IS NOT NULL AND a.orcid IS NOT NULL AND a.person_id = of_person
        ), printed AS MATERIALIZED (
            SELECT a.paper_id, a.role, a."position", a.person_id, a.full_name,
                coalesce(anthology.orcid_normalize(a.orcid), a.orcid) AS orcid
            FROM anthology.authorship a
            WHERE a.orcid IS NOT NULL AND a.person_id IS NOT NULL
        ), claim AS (
            SELECT c.orcid, c.person_id, max(c.listed::int) = 1 AS listed,
                sum(1 - c.listed::int) AS papers
            FROM (SELECT orcid, person_id, false FROM printed
                  UNION ALL SELECT p.orcid, p.id, true FROM anthology.person p
                  WHERE p.orcid IS NOT NULL) AS c(orcid, person_id, listed)
            GROUP BY c.orcid, c.person_id
        ), judged AS (
            SELECT i.*, holder.person_id AS holder, holder.listed AS holder_listed,
                holder.papers AS holder_papers, page.orcid AS page_orcid,
                page.listed AS page_listed, page.papers AS page_papers, own.papers AS own_papers,
                n.full_name AS holder_name, coalesce(n.similarity, 0) AS similarity,
                (SELECT o."position" FROM anthology.authorship o
                 WHERE o.paper_id = i.paper_id AND o.role = i.role
                     AND o.person_id = holder.person_id
                 ORDER BY o."position" LIMIT 1) AS coauthor
            FROM printed i
                JOIN claim own ON own.orcid = i.orcid AND own.person_id = i.person_id
                LEFT JOIN LATERAL (
                    SELECT * FROM claim c
                    WHERE c.orcid = i.orcid AND c.person_id <> i.person_id AND NOT own.listed
                        AND (c.listed OR c.papers >= own.papers)
                    ORDER BY c.listed DESC, c.papers DESC, c.person_id LIMIT 1) AS holder ON true
                LEFT JOIN LATERAL (
                    SELECT * FROM claim c
                    WHERE c.person_id = i.person_id AND c.orcid <> i.orcid AND NOT own.listed
                        AND (c.listed OR c.papers >= own.papers)
                    ORDER BY c.listed DESC, c.papers DESC, c.orcid LIMIT 1) AS page ON true
                LEFT JOIN LATERAL (
                    SELECT m.full_name,
                        anthology.name_similarity(m.full_name, i.full_name) AS similarity
                    FROM anthology.person_name m WHERE m.person_id = holder.person_id
                    ORDER BY 2 DESC, m."position" LIMIT 1) AS n ON true
            WHERE (of_person IS NULL OR i.person_id = of_person)
                -- Only what is claimed twice can be in conflict.
                AND (i.orcid IN (SELECT c.orcid FROM claim c
                                 GROUP BY c.orcid HAVING count(*) > 1)
                     OR i.person_id IN (SELECT c.person_id FROM claim c
                                        GROUP BY c.person_id HAVING count(*) > 1))
        )
        SELECT j.paper_id, j.role, j."position", j.person_id,
            'ORCID',
            concat_ws('; ',
                format('has the ORCID %s', j.orcid) || CASE
                    WHEN j.coauthor IS NOT NULL
                    THEN format(' of a co-author: %s %s, %s', j.role, j.coauthor, j.holder_name)
                    WHEN j.holder_listed THEN ' of ' || j.holder_name
                    WHEN j.holder IS NOT NULL
                    THEN format(', as %s on %s', j.holder_name,
                                anthology.counted(j.holder_papers, 'paper'))
                    ELSE '' END,
                CASE WHEN j.page_listed THEN 'the person has ' || j.page_orcid
                     WHEN j.page_orcid IS NOT NULL
                     THEN format('on %s of the person it is %s',
                                 anthology.counted(j.page_papers, 'paper'),
                                 j.page_orcid)
                END),
            CASE WHEN j.similarity >= 0.6 AND j.coauthor IS NULL THEN j.holder END
        FROM judged j WHERE j.holder IS NOT NULL OR j.page_orcid IS NOT NULL;

    -- OpenReview ids. An id belongs to one person, and a person has one id. Of two pages,
    -- or of two ids, the one on fewer papers is in question; both if they are even.
    RETURN QUERY
        WITH printed AS MATERIALIZED (
            SELECT a.paper_id, a.role, a."position", a.person_id, a.openreview
            FROM anthology.authorship a
            WHERE a.openreview IS NOT NULL AND a.person_id IS NOT NULL
        ), claim AS MATERIALIZED (
            SELECT i.openreview, i.person_id, count(*) AS papers FROM printed i
            GROUP BY i.openreview, i.person_id
        ), holder AS (
            SELECT DISTINCT ON (own.openreview, own.person_id) own.openreview, own.person_id,
                c.person_id AS holder, c.papers
            FROM claim own
                JOIN claim c ON c.openreview = own.openreview AND c.person_id <> own.person_id
                    AND c.papers >= own.papers
            ORDER BY own.openreview, own.person_id, c.papers DESC, c.person_id
        ), page AS (
            SELECT DISTINCT ON (own.openreview, own.person_id) own.openreview, own.person_id,
                c.openreview AS other, c.papers
            FROM claim own
                JOIN claim c ON c.person_id = own.person_id AND c.openreview <> own.openreview
                    AND c.papers >= own.papers
            ORDER BY own.openreview, own.person_id, c.papers DESC, c.openreview
        )
        SELECT i.paper_id, i.role, i."position", i.person_id, 'OpenReview',
            concat_ws('; ',
                format('has the OpenReview id %s', i.openreview) || CASE
                    WHEN h.holder IS NOT NULL
                    THEN format(', as %s on %s', h.holder, anthology.counted(h.papers, 'paper'))
                    ELSE '' END,
                'on ' || anthology.counted(g.papers, 'paper') || ' of the person it is '
                    || g.other),
            CASE WHEN NOT EXISTS (SELECT FROM anthology.authorship o
                                  WHERE o.paper_id = i.paper_id AND o.person_id = h.holder)
                THEN h.holder END
        FROM printed i
            LEFT JOIN holder h USING (openreview, person_id)
            LEFT JOIN page g USING (openreview, person_id)
        WHERE (of_person IS NULL OR i.person_id = of_person)
            AND (h.holder IS NOT NULL OR g.other IS NOT NULL);

    -- A credited name unlike all other names of the person. A name listed by hand counts
    -- as one of them. A name that was listed because a paper was moved does not.
    RETURN QUERY
        WITH candidate AS MATERIALIZED (
            SELECT n.person_id, n.first, n.last, n.full_name, max(s.similarity) AS similarity,
                (array_agg(o.full_name ORDER BY s.similarity DESC, o."position"))[1] AS nearest
            FROM anthology.person_name n
                JOIN anthology.person_name o ON o.person_id = n.person_id
                    AND (o.first, o.last) <> (n.first, n.last)
                    AND (o.full_name ~ '[A-Za-z]') = (n.full_name ~ '[A-Za-z]'),
                LATERAL anthology.name_similarity(n.full_name, o.full_name) AS s(similarity)
            WHERE (of_person IS NULL OR n.person_id = of_person)
                AND (n.inferred OR EXISTS (
                    SELECT FROM anthology.person_change c
                        JOIN anthology.reassignment r ON r.id = c.reassignment_id
                    WHERE c.person_id = n.person_id AND c.action = 'add name'
                        AND c.undone_by IS NULL
                        AND r.status = 'applied' AND r.kind = 'reassign'
                        AND c.after ->> 'first' = n.first AND c.after ->> 'last' = n.last))
            GROUP BY n.person_id, n.first, n.last, n.full_name
            HAVING max(s.similarity) < 0.1
        )
        SELECT a.paper_id, a.role, a."position", a.person_id, 'other name',
            format('credited as %s, nothing like %s', c.full_name, c.nearest),
            (SELECT min(n.person_id) FROM anthology.person_name n
             WHERE n.slug = a.slug AND n.person_id <> a.person_id
             HAVING count(DISTINCT n.person_id) = 1)
        FROM candidate c
            JOIN anthology.authorship a ON a.person_id = c.person_id
                AND a.first = c.first AND a.last = c.last;

    -- A name whose own form in another script is another name.
    RETURN QUERY
        SELECT a.paper_id, a.role, a."position", a.person_id, 'other script',
            format('credited as %s, nothing like %s', a.full_name, w.name), NULL::text
        FROM anthology.authorship a,
            LATERAL jsonb_array_elements(a.variants) AS v,
            LATERAL concat_ws(' ', NULLIF(v ->> 'first', ''), v ->> 'last') AS w(name)
        WHERE (of_person IS NULL AND a.person_id IS NOT NULL OR a.person_id = of_person)
            AND anthology.name_similarity(a.full_name, w.name) < 0.05
            AND coalesce(anthology.name_similarity(a.first, v ->> 'first'), 0) < 0.5
            AND w.name !~ '\u00B7';

    -- A name that is written with other characters elsewhere on the page. The
    -- order of family and given name does not matter.
    RETURN QUERY
        WITH written AS MATERIALIZED (
            SELECT a.paper_id, a.role, a."position", a.person_id, w.name,
                (SELECT string_agg(c, '' ORDER BY c) FROM regexp_split_to_table(w.name, '') AS c)
                    AS characters
            FROM anthology.authorship a,
                LATERAL (
                    SELECT regexp_replace(n.name, '[^\u4E00-\u9FFF]', '', 'g')
                    FROM (SELECT concat(v ->> 'last', v ->> 'first')
                          FROM jsonb_array_elements(a.variants) AS v
                          UNION ALL SELECT a.last || a.first) AS n(name)
                    WHERE n.name ~ '^[\u4E00-\u9FFF]') AS w(name)
            WHERE (of_person IS NULL AND a.person_id IS NOT NULL OR a.person_id = of_person)
                AND (a.variants IS NOT NULL OR a.last ~ '^[\u4E00-\u9FFF]')
        ), counted AS (
            SELECT w.person_id, w.characters, count(*) AS papers, min(w.name) AS name
            FROM written w GROUP BY w.person_id, w.characters
        )
        SELECT w.paper_id, w.role, w."position", w.person_id, 'other characters',
            format('here written %s, on %s %s', w.name,
                   anthology.counted(other.papers, 'paper'), other.name),
            NULL::text
        FROM written w
            JOIN counted own USING (person_id, characters)
            CROSS JOIN LATERAL (
                SELECT * FROM counted c
                WHERE c.person_id = w.person_id AND c.characters <> w.characters
                    AND c.papers >= own.papers
                ORDER BY c.papers DESC, c.name LIMIT 1) AS other;

    -- Two pages of one name: ids that differ only in what follows it, or given
    -- and family name the other way round. The paper's other authors are on
    -- papers of that page, and of this one no more; where hardly another person
    -- can have the name, swapped, that is enough.
    RETURN QUERY
        WITH twin AS MATERIALIZED (
            SELECT DISTINCT n.person_id, o.person_id AS other, NULL::text AS first,
                NULL::text AS last
            FROM anthology.person_name n
                JOIN anthology.person_name o ON o.slug = n.slug AND o.person_id <> n.person_id
            WHERE (of_person IS NULL OR n.person_id = of_person)
                -- A verified page loses no paper to an unverified one.
                AND (n.person_id LIKE '%/unverified' OR o.person_id NOT LIKE '%/unverified')
                AND starts_with(translate(n.person_id, '/', '-') || '-', n.slug || '-')
                AND starts_with(translate(o.person_id, '/', '-') || '-', n.slug || '-')
            UNION
            SELECT DISTINCT ON (n.person_id, o.person_id) n.person_id, o.person_id, lower(n.first),
                lower(n.last)
            FROM anthology.person_name n
                JOIN anthology.person_name o ON o.slug = anthology.name_slug(n.last, n.first)
                    AND o.person_id <> n.person_id
            WHERE (of_person IS NULL OR n.person_id = of_person) AND n.first <> ''
                AND n.slug <> o.slug
        ), page AS MATERIALIZED (
            SELECT t.person_id, a.paper_id, a.role, a."position"
            FROM (SELECT t.person_id FROM twin t UNION SELECT t.other FROM twin t) AS t
                JOIN anthology.authorship a ON a.person_id = t.person_id
        ), size AS (
            SELECT g.person_id, count(DISTINCT g.paper_id) AS papers FROM page g
                GROUP BY g.person_id
        ), company AS MATERIALIZED (
            SELECT DISTINCT g.person_id, g.paper_id, c.person_id AS coauthor
            FROM page g JOIN anthology.authorship c ON c.paper_id = g.paper_id
            WHERE c.person_id <> g.person_id
        ), companion AS MATERIALIZED (
            SELECT c.person_id, c.coauthor, count(*) AS papers FROM company c
            GROUP BY c.person_id, c.coauthor
        ), known AS (
            -- If both are on one paper, they are two persons.
            SELECT t.person_id, t.other, c.paper_id, count(there.papers) AS there,
                count(*) FILTER (WHERE here.papers > 1) AS here
            FROM twin t
                JOIN company c ON c.person_id = t.person_id
                JOIN companion here ON here.person_id = t.person_id AND here.coauthor = c.coauthor
                LEFT JOIN companion there ON there.person_id = t.other
                    AND there.coauthor = c.coauthor
            GROUP BY t.person_id, t.other, c.paper_id
            HAVING NOT bool_or(c.coauthor = t.other)
        ), alike AS (
            -- Whose company is half of it the other's.
            SELECT t.person_id, t.other FROM twin t
                JOIN companion here ON here.person_id = t.person_id
                LEFT JOIN companion there ON there.person_id = t.other
                    AND there.coauthor = here.coauthor
            GROUP BY t.person_id, t.other HAVING count(there.papers) * 2 >= count(*)
        ), word AS MATERIALIZED (
            -- How often a word is a given name and a family name: this tells the order.
            SELECT w.word, sum(w.given) AS given, sum(w.family) AS family,
                sum(sum(w.family)) OVER () AS persons
            FROM (SELECT lower(n.first), 1, 0 FROM anthology.person_name n
                  WHERE n."position" = 1 AND n.first <> ''
                  UNION ALL SELECT lower(n.last), 0, 1 FROM anthology.person_name n
                  WHERE n."position" = 1) AS w(word, given, family)
            WHERE w.word IN (SELECT t.first FROM twin t UNION SELECT t.last FROM twin t)
            GROUP BY w.word
        ), swapped AS MATERIALIZED (
            SELECT t.person_id, t.other,
                CASE WHEN t.first ~ '^.\.?$' OR t.last ~ '^.\.?$' THEN 1.0
                     ELSE (f.given + 0.5) * (l.family + 0.5)
                          / ((f.family + 0.5) * (l.given + 0.5)) END AS odds,
                l.given * f.family::numeric / greatest(f.persons, 1) AS namesakes
            FROM twin t
                JOIN word f ON f.word = t.first
                JOIN word l ON l.word = t.last
        )
        SELECT g.paper_id, g.role, g."position", g.person_id,
            CASE WHEN w.person_id IS NOT NULL THEN 'swapped name' ELSE 'twin page' END,
            concat_ws('; ',
                CASE WHEN w.person_id IS NOT NULL THEN 'given and family name swapped' END,
                CASE WHEN k.there > 0
                     THEN format('%s on papers of %s, %s on other papers of this page',
                                 anthology.counted(k.there, 'co-author'), t.other,
                                 CASE k.here WHEN 0 THEN 'none' ELSE k.here::text END) END),
            t.other
        FROM twin t
            JOIN size s ON s.person_id = t.person_id
            JOIN size o ON o.person_id = t.other
            JOIN page g ON g.person_id = t.person_id
            LEFT JOIN known k ON k.person_id = t.person_id AND k.other = t.other
                AND k.paper_id = g.paper_id
            LEFT JOIN swapped w ON w.person_id = t.person_id AND w.other = t.other
        WHERE CASE WHEN t.first IS NULL THEN true ELSE w.odds * s.papers < o.papers
            AND s.papers <= 4 * o.papers END
            AND (k.there > k.here OR k.there = k.here AND k.there > 0 AND o.papers > s.papers
                     AND (w.person_id IS NOT NULL
                          OR (t.person_id, t.other) IN (SELECT l.person_id, l.other FROM alike l))
                 OR w.namesakes < 0.002);

    -- A page with a pause of decades that no co-author spans, and a name that
    -- others may well have; or a life too long for anybody.
    RETURN QUERY
        WITH page AS MATERIALIZED (
            SELECT a.person_id, a.paper_id, a.role, a."position", p.year
            FROM anthology.authorship a JOIN anthology.paper p ON p.id = a.paper_id
            WHERE (of_person IS NULL AND a.person_id IS NOT NULL OR a.person_id = of_person)
                AND p.year IS NOT NULL
        ), span AS MATERIALIZED (
            SELECT g.person_id FROM page g GROUP BY g.person_id
            HAVING max(g.year) - min(g.year) >= 20
        ), pause AS MATERIALIZED (
            SELECT DISTINCT ON (y.person_id) y.person_id, y.year AS before, y.next AS after,
                y.next - y.year AS years, y.first, y.last
            FROM (SELECT g.person_id, g.year, lead(g.year) OVER page AS next,
                      min(g.year) OVER page AS first,
                      max(g.year) OVER (PARTITION BY g.person_id) AS last
                  FROM page g JOIN span USING (person_id)
                  WINDOW page AS (PARTITION BY g.person_id ORDER BY g.year)) AS y
            WHERE y.next - y.year >= 20 OR y.last - y.first > 65
            ORDER BY y.person_id, y.next - y.year DESC NULLS LAST, y.year
        ), name AS MATERIALIZED (
            SELECT n.person_id, lower(split_part(n.first, ' ', 1)) AS first, lower(n.last) AS last,
                n.first LIKE '% %' AS middle
            FROM anthology.person_name n WHERE n."position" = 1
        ), given AS (
            SELECT n.first, count(*) AS persons FROM name n GROUP BY n.first
        ), family AS (
            SELECT n.last, count(*) AS persons FROM name n GROUP BY n.last
        ), common AS MATERIALIZED (
            -- The number of others to expect by this name if given and family names were
            -- independent. A middle name makes the name ten times rarer.
            SELECT u.*
            FROM pause u
                JOIN name n USING (person_id)
                JOIN given g ON g.first = n.first
                JOIN family f ON f.last = n.last,
                LATERAL (SELECT CASE WHEN n.middle THEN 0.1 ELSE 1 END * g.persons * f.persons
                             / (SELECT count(*) FROM name)) AS c(namesakes)
            WHERE u.last - u.first > 65
                OR c.namesakes >= 0.01 OR u.years >= 40 AND c.namesakes >= 0.0005
        ), own AS MATERIALIZED (
            SELECT g.*, u.before, u.after, u.years, u.first, u.last, g.year >= u.after AS late
            FROM common u JOIN page g USING (person_id)
        ), spanned AS (
            SELECT o.person_id
            FROM own o JOIN anthology.authorship c ON c.paper_id = o.paper_id
            WHERE c.person_id <> o.person_id
            GROUP BY o.person_id, c.person_id HAVING bool_or(o.late) AND NOT bool_and(o.late)
        ), side AS (
            SELECT o.*, count(*) FILTER (WHERE o.late) OVER page AS late_papers,
                count(*) OVER page AS papers
            FROM own o
            WHERE o.last - o.first > 65 OR o.person_id NOT IN (SELECT p.person_id FROM spanned p)
            WINDOW page AS (PARTITION BY o.person_id)
        )
        SELECT s.paper_id, s.role, s."position", s.person_id, 'pause',
            CASE WHEN s.last - s.first > 65
                 THEN format('the page has papers from %s to %s', s.first, s.last)
                 ELSE format('the page has nothing between %s and %s, and no co-author of both',
                             s.before, s.after) END,
            NULL::text
        FROM side s
        WHERE CASE WHEN s.late_papers * 2 > s.papers THEN NOT s.late
                   WHEN s.late_papers * 2 < s.papers THEN s.late ELSE true END;
END
$$;

COMMENT ON FUNCTION find_conflicts(text) IS
    'names on papers that contradict something plain, of a person or of all: a row for each '
    'contradiction and each person it could be instead';

CREATE FUNCTION assignment_conflicts(person_id text DEFAULT NULL)
    RETURNS TABLE (paper_id text, role text, "position" integer, person_id text, score real,
                   reason text, suggested_person_id text, kind text)
    LANGUAGE sql STABLE ROWS 1000
    SET search_path = pg_catalog, pg_temp
    SET jit = off
AS $$
    WITH found AS MATERIALIZED (
        SELECT f.* FROM anthology.find_conflicts(assignment_conflicts.person_id) f
        WHERE assignment_conflicts.person_id IS NULL
            OR anthology.require_person(assignment_conflicts.person_id) IS NOT NULL
    ), asked AS (
        SELECT f.paper_id, array_agg(DISTINCT f.person_id)
            || array_agg(DISTINCT f.suggested_person_id)
            FILTER (WHERE f.suggested_person_id IS NOT NULL) AS person_ids
        FROM found f GROUP BY f.paper_id
    ), judged AS MATERIALIZED (
        -- An ORCID that contradicts is one of the kinds.
        SELECT a.paper_id, j.person_id, sum(j.weight) FILTER (WHERE j.signal <> 'orcid') AS log_odds
        FROM asked a, LATERAL anthology.judge_against(a.paper_id, a.person_ids) j
        GROUP BY a.paper_id, j.person_id
    ), best AS (
        SELECT DISTINCT ON (f.paper_id, f.role, f."position", f.kind) f.*,
            CASE WHEN f.kind NOT IN ('twice', 'same name twice')
                 THEN 3 * tanh((own.log_odds - coalesce(other.log_odds, 0)) / 3)
                 ELSE 0 END AS content
        FROM found f
            JOIN judged own ON own.paper_id = f.paper_id AND own.person_id = f.person_id
            LEFT JOIN judged other ON other.paper_id = f.paper_id
                AND other.person_id = f.suggested_person_id
        ORDER BY f.paper_id, f.role, f."position", f.kind, other.log_odds DESC NULLS LAST,
            f.suggested_person_id
    )
    SELECT b.paper_id, b.role, b."position", b.person_id,
        (1 / (1 + exp(-w.weight - b.content)))::real AS score, b.reason, b.suggested_person_id,
            b.kind
    FROM best b JOIN anthology.assignment_weight w ON w.model = 'kind' AND w.signal = b.kind
    ORDER BY score, b.paper_id COLLATE "C", b.role, b."position", b.kind COLLATE "C"
$$;

COMMENT ON FUNCTION assignment_conflicts(text) IS
    'names on papers that contradict something plain, of a person or of all, on the scale of '
    'assignment_score(): a row for each contradiction';

CREATE FUNCTION candidate_persons(paper_id text, role text, "position" integer, k integer)
    RETURNS TABLE (person_id text, canonical_name text, name_similarity real)
    LANGUAGE plpgsql STABLE STRICT ROWS 10
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    asked anthology.authorship;
BEGIN
    SELECT * INTO asked FROM anthology.authorship a
    WHERE a.paper_id = candidate_persons.paper_id AND a.role = candidate_persons.role
        AND a."position" = candidate_persons."position";
    RETURN QUERY
        WITH candidate AS MATERIALIZED (
            SELECT f.person_id, f.canonical_name, f.score AS similarity
            FROM anthology.find_person(asked.full_name, greatest(20, k)) f
            WHERE f.score >= 0.5
            UNION ALL
            -- Names change; co-authors usually stay.
            SELECT b.person_id, n.full_name, s.similarity
            FROM anthology.authorship c
                JOIN anthology.authorship o ON o.person_id = c.person_id
                    AND o.paper_id <> c.paper_id
                JOIN anthology.authorship b ON b.paper_id = o.paper_id
                JOIN anthology.person_name n ON n.person_id = b.person_id AND n."position" = 1,
                LATERAL anthology.name_similarity(b.full_name, asked.full_name) AS s(similarity)
            WHERE c.paper_id = asked.paper_id AND c.person_id IS DISTINCT FROM asked.person_id
                AND s.similarity >= 0.5
        )
        SELECT c.person_id, min(c.canonical_name), max(c.similarity)::real
        FROM candidate c
        -- It cannot be somebody else on the paper.
        WHERE NOT EXISTS (SELECT FROM anthology.authorship o
                          WHERE o.paper_id = asked.paper_id AND o.person_id = c.person_id
                              AND o.role = asked.role AND o."position" <> asked."position")
        GROUP BY c.person_id;
END
$$;

COMMENT ON FUNCTION candidate_persons(text, text, integer, integer) IS
    'persons whom a name on a paper could mean, by their names: those of similar names, and '
    'those of its co-authors'' papers';

CREATE OR REPLACE FUNCTION suggest_persons(paper_id text, "position" integer, k integer DEFAULT 5)
    RETURNS TABLE (person_id text, canonical_name text, score real, name_similarity real,
                   current boolean,
                   reason text)
    LANGUAGE plpgsql STABLE STRICT ROWS 5
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    asked anthology.authorship;
BEGIN
    IF k < 1 THEN
        RAISE EXCEPTION 'k must be positive, not %', k
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    SELECT * INTO asked FROM anthology.authorship a
    WHERE a.paper_id = suggest_persons.paper_id AND a."position" = suggest_persons."position"
    ORDER BY a.role LIMIT 1;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'paper "%" has no name at position %', paper_id, "position"
            USING ERRCODE = 'undefined_object';
    END IF;
    RETURN QUERY
        WITH candidate AS MATERIALIZED (
            SELECT *
                FROM anthology.candidate_persons(asked.paper_id, asked.role, asked."position", k)
        )
        SELECT c.person_id, c.canonical_name, j.score, c.name_similarity,
            c.person_id IS NOT DISTINCT FROM asked.person_id, j.reason
        FROM anthology.judge_candidates(asked.paper_id,
                                        ARRAY(SELECT o.person_id FROM candidate o)) j
            JOIN candidate c ON c.person_id = j.person_id
        ORDER BY j.score DESC, c.name_similarity DESC, c.person_id COLLATE "C"
        LIMIT k;
END
$$;

COMMENT ON FUNCTION suggest_persons(text, integer, integer) IS
    'who a name on a paper could be: persons with similar names by assignment_score(), the '
    'present one among them, '
    'with what speaks most against each';

CREATE FUNCTION suspicious_assignments(person_id text DEFAULT NULL,
                                       threshold double precision DEFAULT 0.02)
    RETURNS TABLE (paper_id text, role text, "position" integer, person_id text, score real,
                   reason text, suggested_person_id text, kind text,
                   title text, credited_name text, person_name text, suggested_name text)
    LANGUAGE sql STABLE ROWS 1000
    SET search_path = pg_catalog, pg_temp
    SET jit = off
AS $$
    WITH judged AS MATERIALIZED (
        SELECT j.* FROM anthology.judge_pages(
            CASE WHEN suspicious_assignments.person_id IS NOT NULL THEN ARRAY(
                SELECT DISTINCT a.paper_id FROM anthology.authorship a
                WHERE a.person_id = suspicious_assignments.person_id) END,
            CASE WHEN suspicious_assignments.person_id IS NOT NULL
                 THEN ARRAY[suspicious_assignments.person_id] END,
            suspicious_assignments.threshold) j
    ), improbable AS (
        SELECT a.paper_id, a.role, a."position", a.person_id, j.score, j.reason,
            -- Better is whom the co-authors know, by a similar name.
            (SELECT c.person_id
             FROM anthology.judge_candidates(a.paper_id, ARRAY(
                 SELECT DISTINCT b.person_id
                 FROM anthology.authorship c
                     JOIN anthology.authorship o ON o.person_id = c.person_id
                         AND o.paper_id <> c.paper_id
                     JOIN anthology.authorship b ON b.paper_id = o.paper_id
                 WHERE c.paper_id = a.paper_id AND c.person_id <> a.person_id
                     AND b.person_id <> a.person_id
                     AND anthology.name_similarity(b.full_name, a.full_name) >= 0.6
                     AND NOT EXISTS (SELECT FROM anthology.authorship d
                                     WHERE d.paper_id = a.paper_id
                                         AND d.person_id = b.person_id))) c
             WHERE c.score > 0.5 ORDER BY c.score DESC, c.person_id COLLATE "C" LIMIT 1) AS better,
            'content' AS kind
        FROM judged j
            JOIN anthology.authorship a ON a.paper_id = j.paper_id AND a.person_id = j.person_id
        UNION ALL
        SELECT c.* FROM anthology.assignment_conflicts(suspicious_assignments.person_id) c
        WHERE c.score < suspicious_assignments.threshold
    ), assignment AS (
        -- An assignment once, with all that speaks against it.
        SELECT i.paper_id, i.role, i."position", i.person_id, min(i.score) AS score,
            string_agg(i.reason, '; ' ORDER BY i.score, i.reason COLLATE "C") AS reason,
            (array_agg(i.better ORDER BY i.score) FILTER (WHERE i.better IS NOT NULL))[1] AS better,
            (array_agg(i.kind ORDER BY i.score, i.kind COLLATE "C"))[1] AS kind
        FROM improbable i
        GROUP BY i.paper_id, i.role, i."position", i.person_id
    )
    SELECT a.paper_id, a.role, a."position", a.person_id, a.score, a.reason, a.better, a.kind,
        anthology.abstract_plain(p.title), n.full_name, own.full_name, other.full_name
    FROM assignment a
        JOIN anthology.authorship n ON n.paper_id = a.paper_id AND n.role = a.role
            AND n."position" = a."position"
        JOIN anthology.paper p ON p.id = a.paper_id
        LEFT JOIN anthology.person_name own ON own.person_id = a.person_id AND own."position" = 1
        LEFT JOIN anthology.person_name other ON other.person_id = a.better AND other."position" = 1
    WHERE NOT anthology.assignment_dismissed(
        (a.paper_id, a.role, a."position", n.full_name, a.person_id)::anthology.new_assignment)
    ORDER BY a.score, a.paper_id COLLATE "C", a.role, a."position"
$$;

COMMENT ON FUNCTION suspicious_assignments(text, double precision) IS
    'the assignments of a person, or of everyone, that score below the threshold, the worst '
    'first: for what reason, '
    'of what kind (content, or what contradicts it), and whose they may be instead; those '
    'dismissed in review are left out';

CREATE FUNCTION page_parts(person_id text)
    RETURNS TABLE (part bigint, papers bigint, years text, coauthors text[], confidence real,
                   mixed real, reason text, paper_ids text[])
    LANGUAGE sql STABLE ROWS 5
    SET search_path = pg_catalog, pg_temp
    SET jit = off
AS $$
    SELECT d.part, d.papers, d.years, d.coauthors, d.confidence, d.probability,
        CASE WHEN max(d.part) OVER () > 1 THEN
            concat(CASE d.shared WHEN 0 THEN 'no co-author in common'
                        ELSE anthology.counted(d.shared, 'co-author') || ' in common' END, (
                -- What stands out between the two, whatever it weighs.
                SELECT string_agg('; ' || e.detail, '' ORDER BY e.signal COLLATE "C")
                FROM anthology.split_evidence(page_parts.person_id) e
                WHERE e.part = d.label AND CASE e.signal
                    WHEN 'texts' THEN e.value < 0.2
                    WHEN 'affiliation' THEN e.value BETWEEN 0 AND 0.5
                    WHEN 'years between' THEN e.value > 0 END)) END,
        d.paper_ids
    FROM anthology.describe_mixed(page_parts.person_id, -1) d
    ORDER BY d.part
$$;

COMMENT ON FUNCTION page_parts(text) IS
    'the parts of a person''s page, the largest first: papers, years, typical co-authors, the '
    'confidence that they belong together, '
    'the probability that the page mixes persons, and why the part stands apart';

CREATE FUNCTION suggest_owners(paper_ids text[], person_id text, k integer DEFAULT 5)
    RETURNS TABLE (owner_id text, name text, score real, papers bigint, current boolean,
                   reason text)
    LANGUAGE plpgsql STABLE STRICT ROWS 5
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    IF k < 1 THEN
        RAISE EXCEPTION 'k must be positive, not %', k
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    PERFORM anthology.require_person(suggest_owners.person_id);
    RETURN QUERY
        WITH name AS MATERIALIZED (
            SELECT a.paper_id, min(a.role) AS role, min(a."position") AS "position"
            FROM anthology.authorship a
            WHERE a.paper_id = ANY (suggest_owners.paper_ids)
                AND a.person_id = suggest_owners.person_id
            GROUP BY a.paper_id
        ), candidate AS MATERIALIZED (
            SELECT c.person_id, min(c.canonical_name) AS canonical_name
            FROM name n, LATERAL anthology.candidate_persons(n.paper_id, n.role, n."position", 20) c
            GROUP BY c.person_id
        ), judged AS MATERIALIZED (
            SELECT j.person_id, j.score, j.reason
            FROM name n, LATERAL anthology.judge_candidates(n.paper_id,
                     ARRAY(SELECT c.person_id FROM candidate c)) j
        )
        -- All of the papers together: the mean of their log-odds.
        SELECT c.person_id, c.canonical_name,
            (1 / (1 + exp(-avg(ln(greatest(j.score, 1e-6) / greatest(1 - j.score,
                                                                     1e-6))))))::real AS score,
            (SELECT count(DISTINCT a.paper_id) FROM anthology.authorship a
                WHERE a.person_id = c.person_id),
            c.person_id = suggest_owners.person_id,
            (array_agg(j.reason ORDER BY j.score))[1]
        FROM candidate c JOIN judged j ON j.person_id = c.person_id
        GROUP BY c.person_id, c.canonical_name
        ORDER BY score DESC, c.person_id COLLATE "C"
        LIMIT k;
END
$$;

COMMENT ON FUNCTION suggest_owners(text[], text, integer) IS
    'whose some papers of a page could be, the likeliest first: persons of similar names by '
    'assignment_score() over all of the papers, '
    'the present one among them, with what speaks most against the worst paper';

COMMENT ON TEXT SEARCH DICTIONARY abstract IS
    'the lexemes of a term: parts and joined form of compounds, acronyms without plural, '
    'CamelCase parts';

COMMENT ON FUNCTION abstract_tsquery(text) IS
    'a sentence, a title or a few words as a query for any of them, to be ranked by '
    'abstract_rank(); never an error';

COMMENT ON FUNCTION abstract_tsvector(text, text) IS
    'the terms of a title (weight A) and an abstract (weight B) in the Anthology''s markup; NULL '
    'is empty';

CREATE FUNCTION document_version() RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
    AS 'SELECT 2';

COMMENT ON FUNCTION document_version() IS
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
    UPDATE anthology.corpus_state SET document_version = anthology.document_version();
    RETURN changed;
END
$$;

COMMENT ON FUNCTION rebuild_documents() IS
    'makes anew the documents that another version of the extension would make of the same text, '
    'and returns how many; then call refresh_term_statistics()';

COMMENT ON FUNCTION abstract_words(text) IS
    'the terms that abstract_tsvector() makes of a text, in order, each with the word as it is '
    'written';

CREATE OR REPLACE FUNCTION record_document_change() RETURNS trigger
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

CREATE OR REPLACE FUNCTION refresh_term_statistics(complete boolean DEFAULT false) RETURNS bigint
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
            SELECT c.* FROM anthology.count_terms() c
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
                coalesce(sum(anthology.document_length(p.document)), 0), now()
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
                      sum(c.change * anthology.document_length(c.document)) AS length
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

COMMENT ON FUNCTION abstract_rank(tsvector, tsquery) IS
    'how well a document answers a query: BM25 (k1 = 0.9, b = 0.85) over term_statistics, with '
    'compounds, related words and nearness';

COMMENT ON FUNCTION rarest_words(tsquery, integer) IS
    'the rarest words of a query, as many as that number of papers have together and one at '
    'least: what to look up before ranking';

COMMENT ON FUNCTION abstract_similarity(tsvector, tsvector) IS
    'how much two documents have in common, 0 to 1: the cosine of their terms, rare ones '
    'counting more';

COMMENT ON FUNCTION distinctive_terms(tsvector, integer) IS
    'the terms that tell a document from others, as many as that number of papers have together: '
    'what to look up before comparing';

CREATE FUNCTION abstract_keywords(title text, abstract text, n integer DEFAULT 10) RETURNS text[]
    LANGUAGE c STABLE PARALLEL SAFE COST 2000
    AS 'MODULE_PATHNAME', 'anthology_abstract_keywords_sql';

COMMENT ON FUNCTION abstract_keywords(text, text, integer) IS
    'the n words and phrases of a title and an abstract that tell most about them, as they write '
    'them most often, the most telling first';

CREATE FUNCTION paper_keywords(paper_id text, n integer DEFAULT 10) RETURNS text[]
    LANGUAGE plpgsql STABLE STRICT COST 2000
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    keywords text[];
BEGIN
    SELECT anthology.abstract_keywords(p.title, p.abstract, n) INTO keywords
        FROM anthology.paper p WHERE p.id = paper_keywords.paper_id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'there is no paper "%"', paper_keywords.paper_id
            USING ERRCODE = 'undefined_object';
    END IF;
    RETURN keywords;
END
$$;

COMMENT ON FUNCTION paper_keywords(text, integer) IS
    'the n words and phrases that tell most about a paper, as it writes them most often';

CREATE OR REPLACE FUNCTION abstract_keywords(document tsvector, n integer DEFAULT 10) RETURNS text[]
    LANGUAGE plpgsql STABLE STRICT COST 10000
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    terms constant text[] := anthology.keyword_terms(document, n);
    keywords text[];
BEGIN
    -- A document has stems. If it is a paper's, that says how it writes them.
    SELECT anthology.abstract_keywords(p.title, p.abstract, n) INTO keywords
        FROM anthology.paper p
        WHERE p.document @@ array_to_string(ARRAY(
                  SELECT quote_literal(t) FROM unnest(terms[1:4]) AS t), ' & ')::tsquery
            AND p.document = abstract_keywords.document
        LIMIT 1;
    IF FOUND THEN
        RETURN keywords;
    END IF;
    -- Else other papers that have the same term say how it is written.
    RETURN ARRAY(
        SELECT coalesce(w.word, k.term)
        FROM unnest(terms) WITH ORDINALITY AS k(term, i)
            LEFT JOIN LATERAL (
                SELECT s.word
                FROM (SELECT p.title, p.abstract FROM anthology.paper p
                      WHERE p.document @@ quote_literal(k.term)::tsquery LIMIT 5) p,
                    anthology.abstract_words(concat_ws(' ', p.abstract, p.title)) s
                WHERE s.term = k.term
                GROUP BY s.word ORDER BY count(*) DESC, s.word COLLATE "C" LIMIT 1) w ON true
        ORDER BY k.i);
END
$$;

COMMENT ON FUNCTION abstract_keywords(tsvector, integer) IS
    'the n words that tell most about a document, the most telling first: as the paper whose '
    'document it is writes them, or else as other papers do';

CREATE FUNCTION keywords_by(kind text, key text, n integer DEFAULT 20)
    RETURNS TABLE (keyword text, papers bigint)
    LANGUAGE plpgsql STABLE STRICT ROWS 20 COST 100000
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF kind NOT IN ('year', 'venue', 'person') THEN
        RAISE EXCEPTION 'keywords are not counted by "%"', kind
            USING ERRCODE = 'invalid_parameter_value', HINT = 'Say "year", "venue" or "person".';
    END IF;
    RETURN QUERY
        WITH paper AS MATERIALIZED (
            SELECT p.title, p.abstract FROM anthology.paper p
                WHERE kind = 'year' AND p.year::text = key AND p.number <> 0
            UNION ALL
            SELECT p.title, p.abstract
                FROM anthology.volume v JOIN anthology.paper p ON p.volume_id = v.id
                WHERE kind = 'venue' AND key = ANY (v.venue_ids) AND p.number <> 0
            UNION ALL
            SELECT p.title, p.abstract FROM anthology.paper p
                WHERE kind = 'person' AND p.number <> 0 AND p.id IN (
                    SELECT a.paper_id FROM anthology.authorship a WHERE a.person_id = key)
        )
        -- Capitals do not tell two keywords apart.
        SELECT mode() WITHIN GROUP (ORDER BY k.keyword COLLATE "C"), count(*)
        FROM paper, unnest(anthology.abstract_keywords(paper.title, paper.abstract,
            10)) AS k(keyword)
        GROUP BY lower(k.keyword)
        ORDER BY count(*) DESC, lower(k.keyword) COLLATE "C"
        LIMIT n;
END
$$;

COMMENT ON FUNCTION keywords_by(text, text, integer) IS
    'the n keywords that most papers of a year, a venue or a person (kind; key is its id) have '
    'among their first ten; frontmatter does not count';

COMMENT ON FUNCTION abstract_headline(text, tsquery, text) IS
    'the fragments of a text that answer a query, the words marked; options are those of '
    'ts_headline()';

CREATE FUNCTION export_term_statistics() RETURNS json
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM anthology.require_tables();
    IF NOT EXISTS (SELECT FROM anthology.term_count_state) THEN
        RAISE EXCEPTION 'terms have not been counted'
            USING ERRCODE = 'object_not_in_prerequisite_state',
                HINT = 'Call anthology.refresh_term_statistics().';
    END IF;
    RETURN (SELECT json_build_object(
        'version', anthology.document_version(), 'icu_version', anthology.icu_version(),
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
    PERFORM anthology.require_tables();
    IF json_typeof(counts) <> 'object' OR counts ->> 'documents' IS NULL
        OR counts ->> 'length' IS NULL OR json_typeof(counts -> 'terms') IS DISTINCT FROM 'array'
            THEN
        RAISE EXCEPTION 'these are no term statistics'
            USING ERRCODE = 'invalid_parameter_value',
                HINT = 'Give what anthology.export_term_statistics() returned on the other server.';
    END IF;
    IF counts ->> 'version' IS DISTINCT FROM anthology.document_version()::text
        OR counts ->> 'icu_version' IS DISTINCT FROM anthology.icu_version() THEN
        RAISE WARNING 'the terms were made by another version: documents of version % under ICU %',
                counts ->> 'version', counts ->> 'icu_version'
            USING DETAIL = format('Here it is version %s under ICU %s. Some terms may not be '
                'found.',
                                  anthology.document_version(), anthology.icu_version()),
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

COMMENT ON FUNCTION orcid_beside(text, text, text) IS
    'the ORCID that a name is to have beside its explicit id: its own, unless the person has '
    'another or it is somebody else''s';

CREATE FUNCTION select_names(reassignment_id bigint, from_person text, paper_ids text[],
                             after_explicit_id text, after_person text DEFAULT NULL,
                             implicit_only boolean DEFAULT false, slugs text[] DEFAULT NULL)
    RETURNS void
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    person_orcid text;
BEGIN
    -- The person as the correction makes it.
    SELECT c.after ->> 'orcid' INTO person_orcid FROM anthology.person_change c
        WHERE c.reassignment_id = reassignment_id AND c.person_id = after_explicit_id
            AND c.action IN ('create', 'change')
        ORDER BY c.ordinal DESC LIMIT 1;
    IF NOT FOUND THEN
        SELECT p.orcid INTO person_orcid FROM anthology.person p WHERE p.id = after_explicit_id;
    END IF;
    INSERT INTO anthology.reassignment_item (reassignment_id, paper_id, role, "position", first,
            last, cause, before_person_id, after_person_id, before_explicit_id, after_explicit_id,
            before_orcid, after_orcid)
        SELECT reassignment_id, a.paper_id, a.role, a."position", a.first, a.last, 'selected',
            a.person_id, coalesce(after_person, after_explicit_id, (
                SELECT k.person_id FROM anthology.persons_of_names(
                    ARRAY[(a.slug, a.first, a.last, NULL, NULL)::anthology.name_key]) k)),
            a.explicit_person_id, after_explicit_id,
            a.orcid, CASE WHEN a.orcid IS NOT NULL
                THEN anthology.orcid_beside(a.orcid, after_explicit_id, person_orcid) END
        FROM anthology.authorship a
        WHERE a.person_id = from_person AND (paper_ids IS NULL OR a.paper_id = ANY (paper_ids))
            AND NOT (implicit_only AND a.explicit_person_id IS NOT NULL)
            AND (slugs IS NULL OR a.slug = ANY (slugs));
END
$$;

COMMENT ON FUNCTION select_names(bigint, text, text[], text, text, boolean, text[]) IS
    'adds a person''s names on some papers, or on all, to a proposal: the explicit id and ORCID '
    'they are to have, and the person they are to be, else whom the id or their slug tells; '
    'perhaps only those without explicit id, or with certain slugs';

CREATE FUNCTION list_selected_names(reassignment_id bigint) RETURNS void
    LANGUAGE sql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
    INSERT INTO anthology.person_change (reassignment_id, ordinal, person_id, action, after)
        SELECT list_selected_names.reassignment_id, (
                SELECT count(*) FROM anthology.person_change c
                WHERE c.reassignment_id = list_selected_names.reassignment_id)
                + row_number() OVER (ORDER BY n.person_id, n.first, n.last),
            n.person_id, 'add name', jsonb_build_object('first', n.first, 'last', n.last)
        FROM (SELECT DISTINCT i.first, i.last, i.after_explicit_id AS person_id
              FROM anthology.reassignment_item i
              WHERE i.reassignment_id = list_selected_names.reassignment_id
                  AND i.after_explicit_id IS NOT NULL) AS n
        WHERE NOT EXISTS (SELECT FROM anthology.person_name p
                          WHERE NOT p.inferred AND p.person_id = n.person_id
                              AND p.first = n.first AND p.last = n.last)
            AND NOT EXISTS (
                SELECT FROM anthology.person_change c
                WHERE c.reassignment_id = list_selected_names.reassignment_id
                    AND c.person_id = n.person_id AND c.action IN ('create', 'change')
                    AND c.after -> 'names'
                        @> jsonb_build_array(jsonb_build_object('first', n.first, 'last', n.last)))
$$;

COMMENT ON FUNCTION list_selected_names(bigint) IS
    'adds to a proposal the printed names that the receiving persons do not '
    'list yet';

CREATE FUNCTION distinct_papers(paper_ids text[]) RETURNS text[]
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    papers text[] := ARRAY(SELECT DISTINCT p FROM unnest(paper_ids) AS p ORDER BY p);
    repeated integer := cardinality(paper_ids) - cardinality(papers);
BEGIN
    IF paper_ids IS NULL OR array_position(paper_ids, NULL) IS NOT NULL THEN
        RAISE EXCEPTION 'the list of papers must not be or contain null'
            USING ERRCODE = 'null_value_not_allowed';
    END IF;
    IF cardinality(paper_ids) = 0 THEN
        RAISE EXCEPTION 'the list of papers is empty'
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF repeated > 0 THEN
        RAISE NOTICE '%', CASE repeated
            WHEN 1 THEN '1 paper was in the list more than once; it counts once'
            ELSE repeated || ' papers were in the list more than once; each counts once' END;
    END IF;
    RETURN papers;
END
$$;

COMMENT ON FUNCTION distinct_papers(text[]) IS
    'a list of papers, each once, in order; an error if it is empty or has a null';

CREATE FUNCTION papers_on_page(paper_ids text[], person_id text) RETURNS text[]
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    papers text[] := anthology.distinct_papers(paper_ids);
    absent text;
BEGIN
    SELECT string_agg(p, ', ' ORDER BY p) INTO absent FROM unnest(papers) AS p
        WHERE NOT EXISTS (SELECT FROM anthology.paper q WHERE q.id = p);
    IF absent IS NOT NULL THEN
        RAISE EXCEPTION 'there is no such paper: %', absent
            USING ERRCODE = 'undefined_object';
    END IF;
    SELECT string_agg(p, ', ' ORDER BY p) INTO absent FROM unnest(papers) AS p
        WHERE NOT EXISTS (SELECT FROM anthology.authorship a
                          WHERE a.paper_id = p AND a.person_id = person_id);
    IF absent IS NOT NULL THEN
        RAISE EXCEPTION 'not on the page of "%": %', person_id, absent
            USING ERRCODE = 'undefined_object';
    END IF;
    RETURN papers;
END
$$;

COMMENT ON FUNCTION papers_on_page(text[], text) IS
    'a list of papers, each once, in order; an error unless all are on the person''s page';

CREATE FUNCTION changed_since(reassignment_id bigint) RETURNS text
    LANGUAGE plpgsql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    r anthology.reassignment;
    changes text;
BEGIN
    SELECT q.* INTO r FROM anthology.reassignment q WHERE q.id = reassignment_id;
    SELECT string_agg(changed.line, E'\n' ORDER BY changed.line) INTO changes FROM (
        SELECT CASE WHEN a.paper_id IS NULL OR (a.first, a.last) <> (i.first, i.last)
            THEN format('The name "%s %s" is not %s %s of paper %s any more.',
                        i.first, i.last, i.role, i."position", i.paper_id)
            ELSE format('%s %s of paper %s is now on the page of "%s", explicit id %s%s.',
                        initcap(i.role), i."position", i.paper_id, a.person_id,
                        coalesce('"' || a.explicit_person_id || '"', 'none'),
                        CASE WHEN a.orcid IS DISTINCT FROM i.before_orcid
                            THEN ', ORCID ' || coalesce(a.orcid, 'none') END) END
        FROM anthology.reassignment_item i
            LEFT JOIN anthology.authorship a ON a.paper_id = i.paper_id AND a.role = i.role
                AND a."position" = i."position"
        WHERE i.reassignment_id = reassignment_id AND i.cause = 'selected'
            AND (a.first, a.last, a.person_id, a.explicit_person_id, a.orcid) IS DISTINCT FROM
                (i.first, i.last, i.before_person_id, i.before_explicit_id, i.before_orcid)
        UNION ALL
        SELECT CASE WHEN c.action = 'create' THEN format('Person "%s" exists now.', c.person_id)
            ELSE format('Person "%s" is not as it was.', c.person_id) END
        FROM anthology.person_change c LEFT JOIN anthology.person p ON p.id = c.person_id
        WHERE c.reassignment_id = reassignment_id AND CASE c.action
            WHEN 'create' THEN p.id IS NOT NULL
            WHEN 'delete' THEN anthology.person_entry(c.person_id) IS DISTINCT FROM c.before
            WHEN 'change' THEN anthology.person_entry(c.person_id) IS DISTINCT FROM c.before
            ELSE p.verified IS NOT TRUE END
        UNION ALL
        SELECT format('Paper %s has come to the page of "%s".', a.paper_id, r.from_person_id)
        FROM anthology.authorship a
        WHERE a.person_id = r.from_person_id AND r.page_seen <> '{}'
            AND NOT a.paper_id = ANY (r.page_seen)
        UNION ALL
        SELECT format('Person "%s" is not there any more.', r.to_person_id)
        WHERE r.kind = 'reassign' AND r.to_person_id NOT LIKE '%/unverified'
            AND NOT EXISTS (SELECT FROM anthology.person p WHERE p.id = r.to_person_id)
        UNION ALL
        SELECT format('Reassignment %s is %s already.', o.id, o.status)
        FROM anthology.reassignment o WHERE o.id = r.undoes AND o.status <> 'applied'
        ) AS changed(line);
    RETURN changes;
END
$$;

COMMENT ON FUNCTION changed_since(bigint) IS
    'what a proposal was made on and is not so any more, a line each; NULL if all is as it was';

CREATE FUNCTION plan_reassignment(paper_ids text[], from_person text, to_person text, note text)
    RETURNS bigint
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    papers text[] := anthology.distinct_papers(paper_ids);
    from_verified boolean := anthology.require_person(from_person,
                                                      'the person to take papers from');
    id bigint;
BEGIN
    IF from_person = to_person THEN
        RAISE EXCEPTION 'the papers are on the page of "%" already', to_person
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    papers := anthology.papers_on_page(papers, from_person);
    -- Back to the page of their name, which need not be there any more.
    IF from_verified AND to_person LIKE '%/unverified' THEN
        RETURN anthology.plan_verified('reassign', from_person, '{}', papers, to_person, note);
    END IF;
    IF NOT anthology.require_person(to_person, 'the person to give papers to') THEN
        RAISE EXCEPTION 'person "%" is not verified', to_person
            USING ERRCODE = 'invalid_parameter_value',
                HINT = 'create_person() makes a verified person to receive the papers.';
    END IF;
    id := anthology.new_correction('reassign', from_person, to_person, papers, note);
    PERFORM anthology.select_names(id, from_person, papers, to_person);
    PERFORM anthology.list_selected_names(id);
    RETURN id;
END
$$;

COMMENT ON FUNCTION plan_reassignment(text[], text, text, text) IS
    'proposes what reassign_papers() does';

CREATE FUNCTION moved_since(reassignment_id bigint, paper_ids text[]) RETURNS text
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT string_agg(format('%s %s of paper %s, "%s %s", is now on the page of %s.',
                             initcap(i.role), i."position", i.paper_id, i.first, i.last,
                             coalesce('"' || a.person_id || '"', 'nobody')),
                      E'\n' ORDER BY i.paper_id, i.role, i."position")
    FROM anthology.reassignment_item i
        LEFT JOIN anthology.authorship a ON a.paper_id = i.paper_id AND a.role = i.role
            AND a."position" = i."position" AND a.first = i.first AND a.last = i.last
    WHERE i.reassignment_id = moved_since.reassignment_id AND i.undone_by IS NULL
        AND (moved_since.paper_ids IS NULL
             OR i.cause = 'selected' AND i.paper_id = ANY (moved_since.paper_ids))
        AND (a.person_id IS DISTINCT FROM i.after_person_id
             OR i.cause = 'selected' AND (a.explicit_person_id, a.orcid)
                 IS DISTINCT FROM (i.after_explicit_id, i.after_orcid))
$$;

COMMENT ON FUNCTION moved_since(bigint, text[]) IS
    'what a correction moved, the whole or chosen papers, that is elsewhere now: an undo '
    'would move it twice';

CREATE FUNCTION needed_since(reassignment_id bigint) RETURNS text
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT string_agg(needed.line, E'\n' ORDER BY needed.line) FROM (
        SELECT format('%s %s of paper %s is now "%s" by explicit id.',
                      initcap(a.role), a."position", a.paper_id, a.explicit_person_id)
        FROM anthology.person_change c
            JOIN anthology.authorship a ON a.explicit_person_id = c.person_id
        WHERE c.reassignment_id = needed_since.reassignment_id AND c.action = 'create'
            AND NOT EXISTS (
                SELECT FROM anthology.reassignment_item i
                WHERE i.reassignment_id = c.reassignment_id AND i.paper_id = a.paper_id
                    AND i.role = a.role AND i."position" = a."position")
        UNION ALL
        SELECT format('Person "%s" has been changed.', c.person_id)
        FROM anthology.person_change c
        WHERE c.reassignment_id = needed_since.reassignment_id AND c.action = 'create'
            AND anthology.person_entry(c.person_id) IS DISTINCT FROM c.after) AS needed(line)
$$;

COMMENT ON FUNCTION needed_since(bigint) IS
    'what has come to need a person that a correction made, a line each';

CREATE FUNCTION plan_undo(reassignment_id bigint, paper_ids text[], note text) RETURNS bigint
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    status text;
    papers text[];
    problem text;
    undo_id bigint;
BEGIN
    IF reassignment_id IS NULL THEN
        RAISE EXCEPTION 'the reassignment to undo must not be null'
            USING ERRCODE = 'null_value_not_allowed';
    END IF;
    status := anthology.correction_status(reassignment_id);
    IF status <> 'applied' THEN
        RAISE EXCEPTION 'reassignment % cannot be undone', reassignment_id
            USING ERRCODE = 'object_not_in_prerequisite_state',
                DETAIL = format('It is %s, not applied.', status);
    END IF;
    IF paper_ids IS NOT NULL THEN
        papers := anthology.distinct_papers(paper_ids);
        SELECT string_agg(p, ', ' ORDER BY p) INTO problem FROM unnest(papers) AS p
            WHERE NOT EXISTS (
                SELECT FROM anthology.reassignment_item i
                WHERE i.reassignment_id = reassignment_id AND i.paper_id = p
                    AND i.cause = 'selected' AND i.undone_by IS NULL);
        IF problem IS NOT NULL THEN
            RAISE EXCEPTION 'not moved, or undone already, by reassignment %: %',
                    reassignment_id, problem
                USING ERRCODE = 'undefined_object';
        END IF;
    END IF;
    problem := anthology.moved_since(reassignment_id, papers);
    IF problem IS NULL AND papers IS NULL THEN
        problem := anthology.needed_since(reassignment_id);
    END IF;
    IF problem IS NOT NULL THEN
        RAISE EXCEPTION 'reassignment % has been changed since', reassignment_id
            USING ERRCODE = 'object_not_in_prerequisite_state', DETAIL = problem,
                HINT = 'Undo the later changes first, or only the papers not changed since.';
    END IF;

    -- Items and changes are those of the undone correction, with before and after swapped.
    INSERT INTO anthology.reassignment (kind, from_person_id, to_person_id, paper_ids, note, undoes)
        SELECT 'undo', r.to_person_id, r.from_person_id, ARRAY(
                SELECT DISTINCT i.paper_id FROM anthology.reassignment_item i
                WHERE i.reassignment_id = r.id AND i.cause = 'selected' AND i.undone_by IS NULL
                    AND (papers IS NULL OR i.paper_id = ANY (papers)) ORDER BY 1),
            note, r.id
        FROM anthology.reassignment r WHERE r.id = reassignment_id
        RETURNING id INTO undo_id;
    -- If a part is undone, the receiving person keeps the name, so the name alone may
    -- not lead back. A verified person is therefore named by an explicit id.
    INSERT INTO anthology.reassignment_item (reassignment_id, paper_id, role, "position", first,
            last, cause, before_person_id, after_person_id, before_explicit_id, after_explicit_id,
            before_orcid, after_orcid)
        SELECT undo_id, i.paper_id, i.role, i."position", i.first, i.last, i.cause,
            i.after_person_id, i.before_person_id, i.after_explicit_id,
            coalesce(i.before_explicit_id, (
                SELECT p.id FROM anthology.person p
                WHERE papers IS NOT NULL AND p.id = i.before_person_id AND p.verified)),
            i.after_orcid, i.before_orcid
        FROM anthology.reassignment_item i
        WHERE i.reassignment_id = reassignment_id AND i.cause = 'selected'
            AND i.undone_by IS NULL AND (papers IS NULL OR i.paper_id = ANY (papers));
    -- If a part is undone, only the names that no other paper needs are removed. If the
    -- whole is undone, a name that other papers have come to need stays, too.
    INSERT INTO anthology.person_change (reassignment_id, ordinal, person_id, action, before, after)
        SELECT undo_id, row_number() OVER (ORDER BY c.ordinal DESC), c.person_id,
            CASE c.action WHEN 'create' THEN 'delete' WHEN 'delete' THEN 'create'
                WHEN 'add name' THEN 'remove name' WHEN 'remove name' THEN 'add name'
                ELSE c.action END,
            c.after, c.before
        FROM anthology.person_change c
        WHERE c.reassignment_id = reassignment_id AND c.undone_by IS NULL
            AND CASE WHEN c.action = 'add name' THEN NOT EXISTS (
                SELECT FROM anthology.authorship a
                WHERE a.explicit_person_id = c.person_id
                    AND a.first = c.after ->> 'first' AND a.last = c.after ->> 'last'
                    AND (a.paper_id, a.role, a."position") NOT IN (
                        SELECT i.paper_id, i.role, i."position"
                        FROM anthology.reassignment_item i WHERE i.reassignment_id = undo_id))
                ELSE papers IS NULL END;
    PERFORM anthology.list_selected_names(undo_id);
    RETURN undo_id;
END
$$;

COMMENT ON FUNCTION plan_undo(bigint, text[], text) IS 'proposes what undo_reassignment() does';

CREATE OR REPLACE FUNCTION preview_reassignment(id bigint)
    RETURNS TABLE (paper_id text, role text, "position" integer, credited_name text,
                   before_person_id text, after_person_id text, cause text,
                   before_score real, after_score real, warning text)
    LANGUAGE plpgsql VOLATILE STRICT ROWS 20
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    r record;
BEGIN
    -- This call comes first: it raises the error if the tables are of an older version.
    SELECT * INTO r FROM anthology.rehearse_reassignment(preview_reassignment.id);
    RETURN QUERY
        SELECT i.paper_id, i.role, i."position", concat_ws(' ', NULLIF(i.first, ''), i.last),
            i.before_person_id, i.after_person_id, i.cause,
            -- No scores for a long list, which has to appear at once, nor for a person
            -- who does not exist (yet, or any more): there are no papers to judge from.
            CASE WHEN jsonb_array_length(r.items) <= 50
                    AND EXISTS (SELECT FROM anthology.person p WHERE p.id = i.before_person_id)
                THEN round(anthology.assignment_score(i.paper_id,
                                                  i.before_person_id)::numeric, 3)::real END,
            CASE WHEN jsonb_array_length(r.items) <= 50
                    AND EXISTS (SELECT FROM anthology.person p WHERE p.id = i.after_person_id)
                THEN round(anthology.assignment_score(i.paper_id,
                                                  i.after_person_id)::numeric, 3)::real END,
            coalesce(r.problem, CASE
                WHEN s.reassignment_id IS NULL
                THEN 'would not have moved when this was proposed'
                WHEN i.cause = 'side effect' AND i.after_person_id LIKE '%/unverified'
                THEN 'not selected: the name does not tell one verified person any more'
                WHEN i.cause = 'side effect'
                THEN 'not selected: the name tells this verified person now'
                WHEN i.after_person_id IS NULL
                THEN 'the explicit id cannot be honoured'
                WHEN i.after_person_id = i.before_person_id AND i.before_explicit_id IS NULL
                THEN 'stays, and gets the explicit id'
                WHEN EXISTS (SELECT FROM anthology.person_change c
                             WHERE c.reassignment_id = preview_reassignment.id
                                 AND c.person_id = i.before_person_id AND c.action = 'change'
                                 AND c.after @> '{"disable_name_matching": true}'
                                 AND NOT c.before @> '{"disable_name_matching": true}')
                THEN format('names are not matched to "%s" any more', i.before_person_id)
                WHEN EXISTS (SELECT FROM anthology.person_change c
                             WHERE c.reassignment_id = preview_reassignment.id
                                 AND c.person_id = i.after_person_id AND c.action = 'create')
                    AND anthology.namesake_without_orcid(i.after_person_id, i.first, i.last)
                        IS NOT NULL
                THEN anthology.namesake_without_orcid(i.after_person_id, i.first, i.last)
                WHEN s.before_orcid <> s.after_orcid
                THEN format('the ORCID beside the name becomes %s instead of %s',
                            s.after_orcid, s.before_orcid)
                WHEN s.before_orcid IS NOT NULL AND s.after_orcid IS NULL
                THEN format('the ORCID beside the name, %s, is taken away', s.before_orcid)
                WHEN EXISTS (SELECT FROM anthology.person_change c
                             WHERE c.reassignment_id = preview_reassignment.id
                                 AND c.action = 'add name' AND c.person_id = i.after_person_id
                                 AND c.after ->> 'first' = i.first AND c.after ->> 'last' = i.last)
                THEN 'a new name for this person'
                END)
        FROM jsonb_to_recordset(r.items) AS i(paper_id text, role text, "position" integer,
                first text, last text, cause text, before_person_id text, after_person_id text,
                before_explicit_id text)
            LEFT JOIN anthology.reassignment_item s ON s.reassignment_id = preview_reassignment.id
                AND s.paper_id = i.paper_id AND s.role = i.role AND s."position" = i."position"
        ORDER BY i.cause, i.paper_id COLLATE "C", i.role, i."position";
END
$$;

COMMENT ON FUNCTION preview_reassignment(bigint) IS
    'every name that a proposal would move, selected or as a side effect; of one decided, '
    'what it moved';

COMMENT ON FUNCTION apply_reassignment(bigint) IS
    'carries out a proposal, exactly as it was seen or not at all; returns the number of '
    'names moved';

COMMENT ON FUNCTION undo_reassignment(bigint, text[], text) IS
    'restores what a correction moved, the whole or for chosen papers; itself a correction, '
    'whose id it returns';

CREATE FUNCTION reassign_privileges() RETURNS TABLE (function name, granted_to text)
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    VALUES ('rehearse_reassignment', 'reader'),
        ('preview_reassignment', 'reader'),
        ('propose_reassignment', 'editor'),
        ('reassign_papers', 'editor'),
        ('propose_undo', 'editor'),
        ('undo_reassignment', 'editor'),
        ('apply_reassignment', 'editor'),
        ('reject_reassignment', 'editor')
$$;

COMMENT ON FUNCTION reassign_privileges() IS
    'who is granted the functions that propose, preview, apply and undo: see granted_functions()';

CREATE OR REPLACE FUNCTION change_persons(reassignment_id bigint) RETURNS void
    LANGUAGE plpgsql VOLATILE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    change anthology.person_change;
    entry jsonb;
    others jsonb;
BEGIN
    FOR change IN
        SELECT * FROM anthology.person_change c
        WHERE c.reassignment_id = change_persons.reassignment_id ORDER BY c.ordinal
    LOOP
        entry := anthology.person_entry(change.person_id);
        others := (SELECT coalesce(jsonb_agg(n.name ORDER BY n.i), '[]')
                   FROM jsonb_array_elements(entry -> 'names') WITH ORDINALITY AS n(name, i)
                   WHERE (n.name ->> 'first', n.name ->> 'last')
                       IS DISTINCT FROM (coalesce(change.after, change.before) ->> 'first',
                                         coalesce(change.after, change.before) ->> 'last'));
        CASE change.action
            WHEN 'create' THEN
                PERFORM anthology.set_person(change.person_id, change.after);
            WHEN 'change' THEN
                PERFORM anthology.set_person(change.person_id, change.after);
            WHEN 'delete' THEN
                -- Resolution removes the person once no name is left on it.
                DELETE FROM anthology.person_name n WHERE n.person_id = change.person_id;
                UPDATE anthology.person p SET verified = false, orcid = NULL, degree = NULL,
                        comment = NULL, disable_name_matching = false, similar_ids = '{}',
                        loaded = NULL
                    WHERE p.id = change.person_id;
            WHEN 'add name' THEN
                IF others = entry -> 'names' THEN
                    PERFORM anthology.set_person(change.person_id,
                        jsonb_set(entry, '{names}', others || change.after));
                ELSE
                    -- Somebody else has added it, so this undo leaves it.
                    DELETE FROM anthology.person_change c
                        WHERE c.reassignment_id = change.reassignment_id
                            AND c.ordinal = change.ordinal;
                END IF;
            WHEN 'remove name' THEN
                PERFORM anthology.set_person(change.person_id,
                    jsonb_set(entry, '{names}', others));
        END CASE;
    END LOOP;
END
$$;

CREATE FUNCTION concerned_slugs(reassignment_id bigint) RETURNS text[]
    LANGUAGE sql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT ARRAY(
        SELECT a.slug FROM anthology.reassignment_item i
            JOIN anthology.authorship a ON a.paper_id = i.paper_id AND a.role = i.role
                AND a."position" = i."position"
        WHERE i.reassignment_id = concerned_slugs.reassignment_id AND i.cause = 'selected'
        UNION
        SELECT n.slug FROM anthology.person_change c
            JOIN anthology.person_name n ON n.person_id = c.person_id
        WHERE c.reassignment_id = concerned_slugs.reassignment_id)
$$;

COMMENT ON FUNCTION concerned_slugs(bigint) IS
    'the slugs of the names that a correction concerns, as they are at the moment';

CREATE FUNCTION resolve_concerned(reassignment_id bigint, slugs text[]) RETURNS jsonb
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    items jsonb;
BEGIN
    WITH moved AS MATERIALIZED (
        SELECT * FROM anthology.resolve_names(slugs, ARRAY(
            SELECT c.person_id FROM anthology.person_change c
            WHERE c.reassignment_id = reassignment_id))
    ), item AS (
        SELECT m.paper_id, m.role, m."position", a.first, a.last, 'side effect' AS cause,
            m.before_person_id, m.after_person_id,
            a.explicit_person_id AS before_explicit_id, a.explicit_person_id AS after_explicit_id
        FROM moved m
            JOIN anthology.authorship a ON a.paper_id = m.paper_id AND a.role = m.role
                AND a."position" = m."position"
        WHERE (m.paper_id, m.role, m."position") NOT IN (
            SELECT i.paper_id, i.role, i."position" FROM anthology.reassignment_item i
            WHERE i.reassignment_id = reassignment_id AND i.cause = 'selected')
        UNION ALL
        SELECT i.paper_id, i.role, i."position", i.first, i.last, i.cause, i.before_person_id,
            CASE WHEN m.paper_id IS NULL THEN i.before_person_id ELSE m.after_person_id END,
            i.before_explicit_id, i.after_explicit_id
        FROM anthology.reassignment_item i
            LEFT JOIN moved m ON m.paper_id = i.paper_id AND m.role = i.role
                AND m."position" = i."position"
        WHERE i.reassignment_id = reassignment_id AND i.cause = 'selected'
    )
    SELECT coalesce(jsonb_agg(to_jsonb(item)
                              ORDER BY item.cause, item.paper_id, item.role, item."position"), '[]')
        INTO items FROM item;
    RETURN items;
END
$$;

COMMENT ON FUNCTION resolve_concerned(bigint, text[]) IS
    'resolves again the names with these slugs and those of the persons that a correction '
    'changes; gives every name moved or selected, as items';

CREATE FUNCTION refuse_astray(reassignment_id bigint, items jsonb) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    problem text;
BEGIN
    SELECT string_agg(format('%s %s of paper %s, "%s %s", would be on the page of %s, not of "%s".',
                             initcap(i.role), i."position", i.paper_id, i.first, i.last,
                             coalesce('"' || d.after_person_id || '"', 'nobody'),
                             i.after_person_id),
                      E'\n' ORDER BY i.paper_id, i.role, i."position") INTO problem
        FROM jsonb_populate_recordset(NULL::anthology.reassignment_item, items) d
            JOIN anthology.reassignment_item i ON i.reassignment_id = reassignment_id
                AND i.cause = 'selected' AND i.paper_id = d.paper_id AND i.role = d.role
                AND i."position" = d."position"
        WHERE d.after_person_id IS DISTINCT FROM i.after_person_id;
    IF problem IS NOT NULL THEN
        RAISE EXCEPTION 'not every selected name can go where it is to go'
            USING ERRCODE = 'object_not_in_prerequisite_state', DETAIL = problem,
                HINT = 'Only a verified person can receive any name; a name without explicit id '
                    'belongs to the one verified person with its slug, else to the unverified '
                    'person of that slug.';
    END IF;

    SELECT string_agg(format('%s %s of paper %s, "%s %s", has the explicit id "%s".',
                             initcap(d.role), d."position", d.paper_id, d.first, d.last,
                             d.after_explicit_id),
                      E'\n' ORDER BY d.paper_id, d.role, d."position") INTO problem
        FROM jsonb_populate_recordset(NULL::anthology.reassignment_item, items) d
        WHERE d.after_person_id IS NULL;
    IF problem IS NOT NULL THEN
        RAISE EXCEPTION 'names would be left without a person'
            USING ERRCODE = 'object_not_in_prerequisite_state', DETAIL = problem,
                HINT = 'An explicit id needs a verified person that lists the very name, and the '
                    'same ORCID where both give one.';
    END IF;

    SELECT string_agg(format('Paper %s would have more than one name of person "%s".',
                             t.paper_id, t.person_id),
                      E'\n' ORDER BY t.paper_id) INTO problem
        -- The papers' names first: a person may have as many names as there are papers.
        FROM (SELECT a.paper_id, a.person_id FROM anthology.authorship a
              WHERE a.paper_id = ANY (ARRAY(
                  SELECT d.paper_id
                  FROM jsonb_populate_recordset(NULL::anthology.reassignment_item, items) d
                  WHERE d.before_person_id IS DISTINCT FROM d.after_person_id))
              GROUP BY a.paper_id, a.person_id HAVING count(*) > 1) AS t
            JOIN anthology.person p ON p.id = t.person_id AND p.verified
        WHERE (t.paper_id, t.person_id) IN (
            SELECT d.paper_id, d.after_person_id
            FROM jsonb_populate_recordset(NULL::anthology.reassignment_item, items) d
            WHERE d.before_person_id IS DISTINCT FROM d.after_person_id);
    IF problem IS NOT NULL THEN
        RAISE EXCEPTION 'one paper cannot have two names of one verified person'
            USING ERRCODE = 'unique_violation', DETAIL = problem;
    END IF;
END
$$;

COMMENT ON FUNCTION refuse_astray(bigint, jsonb) IS
    'an error if a selected name did not get where it was to go, a name has no person, or a '
    'paper names a verified person twice';

CREATE FUNCTION refuse_stale(reassignment_id bigint, changes text) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF changes IS NOT NULL THEN
        RAISE EXCEPTION 'reassignment % is stale', reassignment_id
            USING ERRCODE = 'object_not_in_prerequisite_state', DETAIL = changes,
                HINT = 'Reject it and propose again.';
    END IF;
END
$$;

COMMENT ON FUNCTION refuse_stale(bigint, text) IS
    'an error if something has changed since a proposal was made';

CREATE FUNCTION carry_out(reassignment_id bigint) RETURNS jsonb
    LANGUAGE plpgsql VOLATILE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    slugs text[];
    items jsonb;
BEGIN
    PERFORM anthology.refuse_stale(reassignment_id, anthology.changed_since(reassignment_id));
    slugs := anthology.concerned_slugs(reassignment_id);
    PERFORM anthology.change_persons(reassignment_id);
    UPDATE anthology.authorship a
        SET explicit_person_id = i.after_explicit_id, orcid = i.after_orcid
        FROM anthology.reassignment_item i
        WHERE i.reassignment_id = reassignment_id AND i.cause = 'selected'
            AND a.paper_id = i.paper_id AND a.role = i.role AND a."position" = i."position";
    items := anthology.resolve_concerned(reassignment_id,
        slugs || anthology.concerned_slugs(reassignment_id));
    PERFORM anthology.refuse_astray(reassignment_id, items);
    -- A name may have gained or lost its id without moving.
    PERFORM anthology.record_resolution_problems(ARRAY(
        SELECT DISTINCT i.paper_id FROM anthology.reassignment_item i
        WHERE i.reassignment_id = reassignment_id AND i.cause = 'selected'
            AND coalesce(i.before_orcid, i.after_orcid) IS NOT NULL));
    RETURN items;
END
$$;

COMMENT ON FUNCTION carry_out(bigint) IS
    'does what a proposal says, under the lock of the corpus, or refuses; gives every name '
    'moved or selected, as items';

CREATE FUNCTION store_side_effects(reassignment_id bigint, items jsonb) RETURNS void
    LANGUAGE sql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
    INSERT INTO anthology.reassignment_item (reassignment_id, paper_id, role, "position", first,
            last, cause, before_person_id, after_person_id, before_explicit_id, after_explicit_id)
        SELECT store_side_effects.reassignment_id, d.paper_id, d.role, d."position", d.first,
            d.last, d.cause, d.before_person_id, d.after_person_id, d.before_explicit_id,
            d.after_explicit_id
        FROM jsonb_populate_recordset(NULL::anthology.reassignment_item, items) d
        WHERE d.cause = 'side effect'
$$;

COMMENT ON FUNCTION store_side_effects(bigint, jsonb) IS
    'records with a proposal what its rehearsal moved besides the selected names';

CREATE FUNCTION recorded_items(reassignment_id bigint) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT coalesce(jsonb_agg(to_jsonb(i) ORDER BY i.cause, i.paper_id, i.role, i."position"), '[]')
    FROM anthology.reassignment_item i
    WHERE i.reassignment_id = recorded_items.reassignment_id
$$;

COMMENT ON FUNCTION recorded_items(bigint) IS
    'the names that a correction was recorded to move, as items';

CREATE FUNCTION not_as_seen(reassignment_id bigint, items jsonb) RETURNS text
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    WITH done AS (
        SELECT d.paper_id, d.role, d."position", d.first, d.last, d.cause, d.before_person_id,
            d.after_person_id, d.before_explicit_id, d.after_explicit_id
        FROM jsonb_populate_recordset(NULL::anthology.reassignment_item, items) d
    ), seen AS (
        SELECT i.paper_id, i.role, i."position", i.first, i.last, i.cause, i.before_person_id,
            i.after_person_id, i.before_explicit_id, i.after_explicit_id
        FROM anthology.reassignment_item i
        WHERE i.reassignment_id = not_as_seen.reassignment_id
    )
    SELECT string_agg(format('%s %s of paper %s, "%s %s", would %s from "%s" to "%s".',
                             initcap(x.role), x."position", x.paper_id, x.first, x.last, x.how,
                             x.before_person_id, x.after_person_id),
                      E'\n' ORDER BY x.paper_id, x.role, x."position")
    FROM (SELECT d.*, 'now move' AS how FROM (TABLE done EXCEPT TABLE seen) d
          UNION ALL
          SELECT s.*, 'not move any more' FROM (TABLE seen EXCEPT TABLE done) s) AS x
$$;

COMMENT ON FUNCTION not_as_seen(bigint, jsonb) IS
    'names that moved and were not to, or the other way round, a line each; NULL if there are none';

CREATE FUNCTION correction_status(reassignment_id bigint) RETURNS text
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    status text := (SELECT r.status FROM anthology.reassignment r
                    WHERE r.id = correction_status.reassignment_id);
BEGIN
    IF reassignment_id IS NULL THEN
        RAISE EXCEPTION 'the reassignment must not be null'
            USING ERRCODE = 'null_value_not_allowed';
    ELSIF status IS NULL THEN
        RAISE EXCEPTION 'there is no reassignment %', reassignment_id
            USING ERRCODE = 'undefined_object';
    END IF;
    RETURN status;
END
$$;

COMMENT ON FUNCTION correction_status(bigint) IS
    'the status of a correction, or an error if there is none';

CREATE FUNCTION refuse_decided(reassignment_id bigint) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    status text := anthology.correction_status(reassignment_id);
BEGIN
    IF status <> 'proposed' THEN
        RAISE EXCEPTION 'reassignment % is not a proposal any more', reassignment_id
            USING ERRCODE = 'object_not_in_prerequisite_state',
                DETAIL = format('It has been %s.', status);
    END IF;
END
$$;

COMMENT ON FUNCTION refuse_decided(bigint) IS
    'an error unless a correction is a proposal still';

CREATE FUNCTION decide(reassignment_id bigint, decision text, note text) RETURNS void
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    PERFORM anthology.refuse_decided(decide.reassignment_id);
    -- The record names the login, the role it has SET, and the user its application names.
    UPDATE anthology.reassignment r
        SET status = decision, decided_by = session_user,
            decided_role = NULLIF(current_setting('role'), 'none'),
            decided_for = NULLIF(current_setting('anthology.session_person', true), ''),
            decided_at = now(), decision_note = decide.note
        WHERE r.id = decide.reassignment_id;
END
$$;

COMMENT ON FUNCTION decide(bigint, text, text) IS
    'marks a proposal as applied or rejected, by whoever is at work; an error if it was decided';

CREATE FUNCTION mark_undone(undo_id bigint) RETURNS void
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
    SET enable_nestloop = off   -- items are few to a planner that has not seen them yet
AS $$
DECLARE
    undone bigint := (SELECT r.undoes FROM anthology.reassignment r WHERE r.id = undo_id);
BEGIN
    IF undone IS NULL THEN
        RETURN;
    END IF;
    UPDATE anthology.reassignment_item o SET undone_by = undo_id
        FROM anthology.reassignment_item i
        WHERE i.reassignment_id = undo_id AND o.reassignment_id = undone AND o.undone_by IS NULL
            AND o.paper_id = i.paper_id AND o.role = i.role AND o."position" = i."position";
    UPDATE anthology.person_change o SET undone_by = undo_id
        FROM anthology.person_change c
        WHERE c.reassignment_id = undo_id AND o.reassignment_id = undone AND o.undone_by IS NULL
            AND o.person_id = c.person_id AND o.before IS NOT DISTINCT FROM c.after
            AND o.after IS NOT DISTINCT FROM c.before;
    UPDATE anthology.reassignment o SET status = 'undone'
        WHERE o.id = undone
            AND NOT EXISTS (SELECT FROM anthology.reassignment_item i
                            WHERE i.reassignment_id = o.id AND i.cause = 'selected'
                                AND i.undone_by IS NULL)
            AND (EXISTS (SELECT FROM anthology.reassignment_item i
                         WHERE i.reassignment_id = o.id AND i.cause = 'selected')
                 OR NOT EXISTS (SELECT FROM anthology.person_change c
                                WHERE c.reassignment_id = o.id AND c.undone_by IS NULL));
END
$$;

COMMENT ON FUNCTION mark_undone(bigint) IS
    'marks what an undo has undone; does nothing for other corrections';

CREATE FUNCTION carry_out_proposal(reassignment_id bigint) RETURNS bigint
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    undone bigint;
    items jsonb;
BEGIN
    PERFORM anthology.lock_corpus();
    -- A proposal that is decided already is refused for that, not for being stale.
    PERFORM anthology.refuse_decided(reassignment_id);
    items := anthology.carry_out(reassignment_id);
    PERFORM anthology.refuse_stale(reassignment_id,
                                   anthology.not_as_seen(reassignment_id, items));
    PERFORM anthology.decide(reassignment_id, 'applied', NULL);
    PERFORM anthology.mark_undone(reassignment_id);
    PERFORM anthology.log_correction(reassignment_id);
    SELECT r.undoes INTO undone FROM anthology.reassignment r WHERE r.id = reassignment_id;
    PERFORM anthology.log_correction(undone);
    RETURN jsonb_array_length(items);
END
$$;

COMMENT ON FUNCTION carry_out_proposal(bigint) IS
    'what apply_reassignment() does, as the owner of the tables';

CREATE FUNCTION close_proposal(reassignment_id bigint, note text) RETURNS void
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM anthology.lock_corpus();
    PERFORM anthology.decide(reassignment_id, 'rejected', note);
    PERFORM anthology.log_correction(reassignment_id);
END
$$;

COMMENT ON FUNCTION close_proposal(bigint, text) IS
    'what reject_reassignment() does, as the owner of the tables';

CREATE OR REPLACE FUNCTION assignment_facts(assignment new_assignment) RETURNS text
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

CREATE OR REPLACE FUNCTION judge_assignments(assignments new_assignment[], threshold real, source text)
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

COMMENT ON FUNCTION judge_assignments(new_assignment[], real, text) IS
    'those of some assignments that score below a threshold, where the corpus has the paper and '
    'the person';

CREATE FUNCTION assignment_reviewed(assignment new_assignment, source text, status text[])
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
            AND f.facts = anthology.assignment_facts(assignment));
END
$$;

COMMENT ON FUNCTION assignment_reviewed(new_assignment, text, text[]) IS
    'whether there is a flag of one of the statuses on this assignment, and the facts are still '
    'the same';

CREATE FUNCTION assignment_dismissed(assignment new_assignment) RETURNS boolean
    LANGUAGE sql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT anthology.assignment_reviewed(assignment, 'anthology.authorship', '{dismissed}')
$$;

COMMENT ON FUNCTION assignment_dismissed(new_assignment) IS
    'whether a reviewer has dismissed what speaks against this assignment, and the facts are '
    'still the same';

CREATE OR REPLACE FUNCTION flag_judged_assignments(assignments new_assignment[], threshold real, source text)
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
        FROM anthology.judge_assignments(assignments, threshold, source) j
        WHERE NOT anthology.assignment_reviewed(j.assignment, flag_judged_assignments.source,
                                                '{dismissed,confirmed}')
    LOOP
        own := NULL;
        better := NULL;
        -- The person and who else it could be, the likeliest first.
        FOR own IN
            SELECT * FROM anthology.judge_candidates(judged.paper_id, ARRAY(
                SELECT judged.person_id
                UNION SELECT c.person_id
                FROM anthology.candidate_persons(judged.paper_id, judged.role, judged."position",
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
                own.reason, own.evidence, better, anthology.assignment_facts(judged.assignment))
            ON CONFLICT DO NOTHING;
        flagged := flagged + FOUND::integer;
    END LOOP;
    RETURN flagged;
END
$$;

CREATE FUNCTION queue_findings(threshold real) RETURNS bigint
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
    -- What was changed before anybody reviewed it.
    UPDATE anthology.assignment_flag f SET status = 'settled', reviewed_at = now()
        WHERE f.status = 'open' AND f.source = 'anthology.authorship' AND NOT EXISTS (
            SELECT FROM anthology.authorship a
            WHERE a.paper_id = f.paper_id AND a.role = f.role AND a."position" = f."position"
                AND a.person_id = f.person_id);
    FOR finding IN
        SELECT s.*, (s.paper_id, s.role, s."position", s.credited_name, s.person_id)
                        ::anthology.new_assignment AS assignment
        FROM anthology.suspicious_assignments(NULL, threshold) s
    LOOP
        CONTINUE WHEN anthology.assignment_reviewed(finding.assignment, 'anthology.authorship',
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
                     -- What contradicts weighs what content leaves to the score.
                     ELSE content.evidence || jsonb_build_object('signal', finding.kind, 'value', 1,
                         'weight', ln(greatest(finding.score, 1e-7) / (1 - finding.score))
                             - content.log_odds,
                         'detail', finding.reason) END,
                finding.suggested_person_id, anthology.assignment_facts(finding.assignment))
            ON CONFLICT DO NOTHING;
        queued := queued + FOUND::integer;
    END LOOP;
    RETURN queued;
END
$$;

COMMENT ON FUNCTION queue_findings(real) IS
    'what queue_suspicious() does as the owner of the queue';

CREATE FUNCTION queue_suspicious(threshold real DEFAULT 0.02) RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_queue_suspicious';

COMMENT ON FUNCTION queue_suspicious(real) IS
    'puts what suspicious_assignments() finds below the threshold on the review queue, but for '
    'what is there or was reviewed; '
    'returns the number of new flags';

CREATE OR REPLACE FUNCTION receive_assignments(assignments new_assignment[], threshold real, mode text,
                                    source text)
    RETURNS void
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    -- As many as somebody who waits may have judged: the names on a few papers.
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
                  FROM anthology.judge_assignments(assignments, threshold, source) s) AS j;
        IF bad.n > 0 THEN
            RAISE EXCEPTION 'paper "%" does not seem to be by person "%"',
                    bad.paper_id, bad.person_id
                USING ERRCODE = 'check_violation',
                    DETAIL = format('%s: %s', anthology.counted(bad.n, 'suspicious assignment'),
                                    bad.listed),
                    HINT = 'assignment_evidence() says why. To make it all the same, turn the '
                          'triggers '
                           'off with flag_assignments(''off'').';
        END IF;
    END IF;

    -- Open flags on what these names were assigned to before.
    UPDATE anthology.assignment_flag f SET status = 'settled', reviewed_at = now()
        FROM unnest(assignments) AS a
        WHERE f.status = 'open' AND f.source = receive_assignments.source
            AND f.paper_id = a.paper_id AND f.role = a.role AND f."position" = a."position";
    IF mode = 'reject' THEN
        RETURN;
    ELSIF cardinality(assignments) <= at_once THEN
        PERFORM anthology.flag_judged_assignments(assignments, threshold, source);
    ELSE
        INSERT INTO anthology.assignment_unjudged
            SELECT DISTINCT receive_assignments.source, a.paper_id, a.role, a."position",
                a.credited_name, a.person_id, receive_assignments.threshold
            FROM unnest(assignments) AS a
            WHERE a.paper_id IS NOT NULL AND a.role IS NOT NULL AND a."position" IS NOT NULL
                AND a.person_id IS NOT NULL
            ON CONFLICT DO NOTHING;
        RAISE NOTICE '% wait for judge_new_assignments()',
            anthology.counted(cardinality(assignments), 'new assignment');
    END IF;
END
$$;

COMMENT ON FUNCTION flag_suspicious_assignment() IS
    'trigger AFTER INSERT or UPDATE, row or statement level, on authorship or a table with its '
    'columns; '
    'arguments: a threshold, and ''flag'' or ''reject''';

CREATE OR REPLACE FUNCTION judge_waiting(batch integer) RETURNS bigint
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
        -- By person: those of a batch are judged from one reading.
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
            -- What has been changed since was received anew, or is no more.
            WHERE c.source <> 'anthology.authorship' OR EXISTS (
                SELECT FROM anthology.authorship a
                WHERE a.paper_id = c.paper_id AND a.role = c.role AND a."position" = c."position"
                    AND a.person_id = c.person_id)
            GROUP BY c.source, c.threshold
        LOOP
            flagged := flagged
                + anthology.flag_judged_assignments(taken.assignments, taken.threshold,
                                                    taken.source);
        END LOOP;
        done := done + batch;
        EXIT WHEN NOT EXISTS (SELECT FROM anthology.assignment_unjudged) OR done >= total;
        RAISE NOTICE 'judged % of % assignments', done, total;
    END LOOP;
    RETURN flagged;
END
$$;

CREATE FUNCTION refuse_blind_triggers(target regclass) RETURNS void
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

COMMENT ON FUNCTION refuse_blind_triggers(regclass) IS
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
        PERFORM anthology.refuse_blind_triggers("table");
    END IF;
    FOREACH event IN ARRAY '{insert,update}'::text[] LOOP
        IF mode = 'off' THEN
            EXECUTE format('DROP TRIGGER IF EXISTS %I ON %s', 'anthology_flag_' || event, "table");
        ELSE
            -- Replacing locks out writers, and no reader.
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

CREATE OR REPLACE FUNCTION decide_flag(id bigint, status text, note text) RETURNS bigint
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

COMMENT ON FUNCTION review_flag(bigint, text, text) IS
    'reviews a flag: confirmed or dismissed; a confirmed one with a better person stages the '
    'reassignment, whose id is returned';

CREATE FUNCTION flags_privileges() RETURNS TABLE (function name, granted_to text)
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    VALUES ('flag_suspicious_assignment', 'editor'),
        ('judge_new_assignments', 'editor'),
        ('queue_suspicious', 'editor'),
        ('review_flag', 'editor')
$$;

COMMENT ON FUNCTION flags_privileges() IS
    'who is granted the functions of the review queue: see granted_functions()';

CREATE FUNCTION new_person_id(first text, last text, suffix text, orcid text,
                              taken text[] DEFAULT '{}') RETURNS text
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    slug text := anthology.name_slug(first, last);
    candidates text[] := ARRAY[slug, slug || '-' || anthology.name_slug(suffix),
                               slug || '-' || lower(right(orcid, 4))];
    candidate text;
BEGIN
    IF NOT anthology.is_person_id(slug) THEN
        RAISE EXCEPTION 'no id can be made of the name "%"', concat_ws(' ', NULLIF(first, ''), last)
            USING ERRCODE = 'invalid_parameter_value',
                DETAIL = format('Its slug is "%s"; an id begins with a letter and has two '
                                'characters at least.', slug);
    END IF;
    FOREACH candidate IN ARRAY candidates LOOP
        IF candidate IS NOT NULL AND NOT candidate LIKE '%-' AND candidate <> ALL (taken)
            AND NOT EXISTS (SELECT FROM anthology.person p WHERE p.id = candidate)
        THEN
            RETURN candidate;
        END IF;
    END LOOP;
    RAISE EXCEPTION 'person "%" exists already', slug
        USING ERRCODE = 'unique_violation',
            DETAIL = format('Taken: %s.', array_to_string(candidates, ', ')),
            HINT = 'Give a suffix, such as a short form of the institution of the degree, or an '
                'ORCID.';
END
$$;

COMMENT ON FUNCTION new_person_id(text, text, text, text, text[]) IS
    'the id of a new verified person: the name''s slug if it is free, else with the suffix, else '
    'with the last four of the ORCID';

CREATE OR REPLACE FUNCTION plan_new_person(kind text, from_person text, paper_ids text[], entry jsonb,
                                suffix text, note text)
    RETURNS bigint
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    orcid text := anthology.free_orcid(entry ->> 'orcid', NULL);
    person_id text;
    id bigint;
BEGIN
    PERFORM anthology.require_name(entry -> 'names' -> 0 ->> 'first',
                                   entry -> 'names' -> 0 ->> 'last');
    IF orcid IS NULL AND coalesce(entry ->> 'degree', '') = '' THEN
        RAISE EXCEPTION 'a verified person needs an ORCID or the institution of the highest degree'
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    person_id := anthology.new_person_id(entry -> 'names' -> 0 ->> 'first',
                                         entry -> 'names' -> 0 ->> 'last', suffix, orcid);
    id := anthology.new_correction(kind, from_person, person_id, paper_ids, note);
    PERFORM anthology.new_person_change(id, person_id, 'create', NULL,
        jsonb_strip_nulls(entry || jsonb_build_object('orcid', orcid)));
    IF from_person IS NOT NULL THEN
        PERFORM anthology.select_names(id, from_person, paper_ids, person_id);
    END IF;
    RETURN id;
END
$$;

CREATE FUNCTION new_person_privileges() RETURNS TABLE (function name, granted_to text)
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    VALUES ('propose_person', 'editor'),
        ('create_person', 'editor')
$$;

COMMENT ON FUNCTION new_person_privileges() IS
    'who is granted the making of persons: see granted_functions()';

CREATE OR REPLACE FUNCTION free_orcid(orcid text, person_id text) RETURNS text
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    normal text := anthology.orcid_normalize(orcid);
    owner text;
BEGIN
    IF orcid IS NOT NULL AND normal IS NULL THEN
        RAISE EXCEPTION '"%" is not a valid ORCID', orcid
            USING ERRCODE = 'invalid_parameter_value',
                DETAIL = 'It has sixteen digits, of which the last is a check digit.';
    END IF;
    SELECT p.id INTO owner FROM anthology.person p
        WHERE p.orcid = normal AND p.id IS DISTINCT FROM person_id;
    IF owner IS NOT NULL THEN
        RAISE EXCEPTION 'ORCID % belongs to person "%"', normal, owner
            USING ERRCODE = 'unique_violation',
                HINT = CASE WHEN person_id IS NULL
                       THEN format('Is it a merge? merge_persons() moves a page''s papers to %L.',
                                   owner)
                       ELSE format('Are the two to be merged? merge_persons(%L, %L) does that.',
                                   person_id, owner) END;
    END IF;
    RETURN normal;
END
$$;

CREATE FUNCTION require_name(first text, last text) RETURNS void
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    problem text := anthology.name_problem(first, last);
BEGIN
    IF problem IS NOT NULL THEN
        RAISE EXCEPTION '%', problem USING ERRCODE = 'invalid_parameter_value';
    END IF;
END
$$;

COMMENT ON FUNCTION require_name(text, text) IS
    'an error unless the corpus accepts a name: see name_problem()';

CREATE OR REPLACE FUNCTION plan_change(kind text, person_id text, before jsonb, after jsonb, note text)
    RETURNS bigint
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    id bigint;
BEGIN
    IF before = after THEN
        RAISE EXCEPTION 'nothing to change for person "%"', person_id
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    id := anthology.new_correction(kind, person_id, person_id, NULL, note);
    PERFORM anthology.new_person_change(id, person_id, 'change', before, after);
    RETURN id;
END
$$;

CREATE OR REPLACE FUNCTION plan_add_name(person_id text, first text, last text, script text, note text)
    RETURNS bigint
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    entry jsonb := anthology.verified_entry(person_id);
BEGIN
    PERFORM anthology.require_name(first, last);
    PERFORM anthology.require_listed(person_id, entry, first, last, false);
    RETURN anthology.plan_change('add name', person_id, entry,
        anthology.entry_with_names(entry, jsonb_build_array(jsonb_strip_nulls(
            jsonb_build_object('first', coalesce(first, ''), 'last', last, 'script', script)))),
        note);
END
$$;

CREATE OR REPLACE FUNCTION plan_change_name(person_id text, first text, last text, note text)
    RETURNS bigint
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    entry jsonb := anthology.verified_entry(person_id);
    new_name jsonb := jsonb_build_object('first', coalesce(first, ''), 'last', last);
BEGIN
    PERFORM anthology.require_name(first, last);
    RETURN anthology.plan_change('change name', person_id, entry, jsonb_set(entry, '{names}',
        jsonb_build_array(new_name) || coalesce((
            SELECT jsonb_agg(n.name || '{"hidden": true}' ORDER BY n.i)
            FROM jsonb_array_elements(entry -> 'names') WITH ORDINALITY AS n(name, i)
            WHERE NOT n.name @> new_name), '[]')), note);
END
$$;

CREATE FUNCTION plan_set_name_matching(person_id text, enabled boolean, note text,
                                       keep_papers boolean DEFAULT false) RETURNS bigint
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    entry jsonb := anthology.verified_entry(person_id);
    after jsonb := entry - 'disable_name_matching';
    id bigint;
BEGIN
    IF enabled IS NULL OR keep_papers IS NULL THEN
        RAISE EXCEPTION 'whether names are matched must not be null'
            USING ERRCODE = 'null_value_not_allowed';
    END IF;
    IF NOT enabled THEN
        after := after || '{"disable_name_matching": true}';
        IF keep_papers THEN
            after := anthology.entry_with_names(after, anthology.printed_names(person_id, NULL));
        END IF;
    END IF;
    id := anthology.plan_change('set name matching', person_id, entry, after, note);
    IF keep_papers THEN
        PERFORM anthology.select_names(id, person_id, NULL, person_id, implicit_only => true);
    END IF;
    RETURN id;
END
$$;

COMMENT ON FUNCTION plan_set_name_matching(text, boolean, text, boolean) IS
    'proposes what set_name_matching() does';

CREATE OR REPLACE FUNCTION plan_unlink_papers(paper_ids text[], person_id text, note text) RETURNS bigint
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    id bigint;
    implicit text;
BEGIN
    PERFORM anthology.verified_entry(person_id);
    paper_ids := anthology.papers_on_page(paper_ids, person_id);
    SELECT string_agg(DISTINCT a.paper_id, ', ') INTO implicit FROM anthology.authorship a
        WHERE a.paper_id = ANY (paper_ids) AND a.person_id = person_id
            AND a.explicit_person_id IS NULL;
    IF implicit IS NOT NULL THEN
        RAISE EXCEPTION 'no explicit id to take away: %', implicit
            USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    id := anthology.new_correction('unlink papers', person_id, NULL, paper_ids, note);
    PERFORM anthology.select_names(id, person_id, paper_ids, NULL);
    RETURN id;
END
$$;

CREATE OR REPLACE FUNCTION plan_rename_person(person_id text, new_id text, note text) RETURNS bigint
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    entry jsonb := anthology.verified_entry(person_id);
    id bigint;
BEGIN
    IF anthology.is_person_id(new_id) IS NOT TRUE THEN
        RAISE EXCEPTION '"%" is not an id of a person', new_id
            USING ERRCODE = 'invalid_parameter_value',
                DETAIL = 'An id begins with a letter and is made of lower-case letters, digits '
                    'and hyphens.';
    END IF;
    IF EXISTS (SELECT FROM anthology.person p WHERE p.id = new_id) THEN
        RAISE EXCEPTION 'person "%" exists already', new_id
            USING ERRCODE = 'unique_violation',
                DETAIL = (SELECT format('It is %s, has %s papers and is %s.', (
                                  SELECT n.full_name FROM anthology.person_name n
                                  WHERE n.person_id = new_id ORDER BY n."position" LIMIT 1),
                              (SELECT count(DISTINCT a.paper_id) FROM anthology.authorship a
                               WHERE a.person_id = new_id),
                              CASE WHEN p.verified THEN 'verified' ELSE 'unverified' END)
                          FROM anthology.person p WHERE p.id = new_id),
                HINT = format('If it is the same person, use merge_persons(%L, %L).', person_id,
                              new_id);
    END IF;
    id := anthology.new_correction('rename', person_id, new_id, NULL, note);
    PERFORM anthology.new_person_change(id, person_id, 'delete', entry, NULL);
    PERFORM anthology.new_person_change(id, new_id, 'create', NULL, entry);
    PERFORM anthology.select_names(id, person_id, ARRAY(
        SELECT a.paper_id FROM anthology.authorship a
        WHERE a.explicit_person_id = person_id), new_id);
    RETURN id;
END
$$;

CREATE OR REPLACE FUNCTION add_name(person_id text, first text, last text, script text DEFAULT NULL,
                         note text DEFAULT NULL) RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';

CREATE OR REPLACE FUNCTION propose_add_name(person_id text, first text, last text,
                                 script text DEFAULT NULL, note text DEFAULT NULL) RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';

CREATE OR REPLACE FUNCTION remove_name(person_id text, first text, last text, note text DEFAULT NULL)
    RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';

CREATE OR REPLACE FUNCTION propose_remove_name(person_id text, first text, last text,
                                    note text DEFAULT NULL) RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';

CREATE OR REPLACE FUNCTION set_canonical_name(person_id text, first text, last text,
                                   note text DEFAULT NULL) RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';

CREATE OR REPLACE FUNCTION propose_set_canonical_name(person_id text, first text, last text,
                                           note text DEFAULT NULL) RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';

CREATE OR REPLACE FUNCTION change_name(person_id text, first text, last text, note text DEFAULT NULL)
    RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';

COMMENT ON FUNCTION change_name(text, text, text, text) IS
    'a permanent change of name: the new one is canonical, all others are matched but not '
    'shown any more';

CREATE OR REPLACE FUNCTION propose_change_name(person_id text, first text, last text,
                                    note text DEFAULT NULL) RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';

COMMENT ON FUNCTION propose_change_name(text, text, text, text) IS
    'stages: a permanent change of name: the new one is canonical, all others are matched but '
    'not shown any more';

CREATE FUNCTION set_name_matching(person_id text, enabled boolean, note text DEFAULT NULL,
                                  keep_papers boolean DEFAULT false) RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';

COMMENT ON FUNCTION set_name_matching(text, boolean, text, boolean) IS
    'whether names without explicit id may find a verified person by their slug; with keep_papers, '
    'the papers that the person has by the name get the explicit id first';

CREATE FUNCTION propose_set_name_matching(person_id text, enabled boolean,
                                          note text DEFAULT NULL,
                                          keep_papers boolean DEFAULT false) RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';

COMMENT ON FUNCTION propose_set_name_matching(text, boolean, text, boolean) IS
    'stages: whether names without explicit id may find a verified person by their slug; with '
    'keep_papers, the papers that the person has by the name get the explicit id first';

CREATE OR REPLACE FUNCTION unlink_papers(paper_ids text[], person_id text, note text DEFAULT NULL)
    RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';

COMMENT ON FUNCTION unlink_papers(text[], text, text) IS
    'takes the explicit ids of a person''s papers away: their names find their person by slug '
    'again';

CREATE OR REPLACE FUNCTION propose_unlink_papers(paper_ids text[], person_id text, note text DEFAULT NULL)
    RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';

COMMENT ON FUNCTION propose_unlink_papers(text[], text, text) IS
    'stages: takes the explicit ids of a person''s papers away: their names find their person '
    'by slug again';

CREATE OR REPLACE FUNCTION propose_rename_person(person_id text, new_id text, note text DEFAULT NULL)
    RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';

CREATE FUNCTION operations_privileges() RETURNS TABLE (function name, granted_to text)
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT o.name, 'editor' FROM unnest('{
        propose_add_name, add_name,
        propose_remove_name, remove_name,
        propose_set_canonical_name, set_canonical_name,
        propose_change_name, change_name,
        propose_set_name_matching, set_name_matching,
        propose_set_orcid, set_orcid,
        propose_unlink_papers, unlink_papers,
        propose_rename_person, rename_person}'::name[]) AS o(name)
$$;

COMMENT ON FUNCTION operations_privileges() IS
    'who is granted the staff''s other corrections: see granted_functions()';

CREATE FUNCTION chosen_papers(person_id text, except_papers text[], only_papers text[])
    RETURNS text[]
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    papers text[];
BEGIN
    IF except_papers IS NOT NULL AND only_papers IS NOT NULL THEN
        RAISE EXCEPTION 'papers are either chosen or excepted, not both'
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF coalesce(except_papers, only_papers) IS NOT NULL THEN
        PERFORM anthology.papers_on_page(coalesce(except_papers, only_papers), person_id);
    END IF;
    papers := ARRAY(SELECT DISTINCT a.paper_id FROM anthology.authorship a
                    WHERE a.person_id = person_id
                        AND (except_papers IS NULL OR NOT a.paper_id = ANY (except_papers))
                        AND (only_papers IS NULL OR a.paper_id = ANY (only_papers)) ORDER BY 1);
    IF papers = '{}' AND except_papers IS NOT NULL THEN
        RAISE EXCEPTION 'no paper is left for the person'
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    RETURN papers;
END
$$;

COMMENT ON FUNCTION chosen_papers(text, text[], text[]) IS
    'the papers of a page but those excepted, or only the chosen ones';

CREATE FUNCTION other_papers(person_id text, paper_ids text[]) RETURNS text[]
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT ARRAY(SELECT DISTINCT a.paper_id FROM anthology.authorship a
                 WHERE a.person_id = other_papers.person_id
                     AND NOT a.paper_id = ANY (other_papers.paper_ids) ORDER BY 1)
$$;

COMMENT ON FUNCTION other_papers(text, text[]) IS
    'the papers of a page that are not among those given';

CREATE FUNCTION slugs_of_entry(entry jsonb) RETURNS text[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT ARRAY(SELECT DISTINCT anthology.name_slug(n ->> 'first', n ->> 'last')
                 FROM jsonb_array_elements(entry -> 'names') n)
$$;

COMMENT ON FUNCTION slugs_of_entry(jsonb) IS
    'the slugs of the names that an entry of people.yaml lists';

CREATE FUNCTION entry_without_names(person_id text, entry jsonb, paper_ids text[]) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT jsonb_set(entry, '{names}', jsonb_agg(n.name ORDER BY n.i))
    FROM jsonb_array_elements(entry -> 'names') WITH ORDINALITY AS n(name, i)
    WHERE n.i = 1
        OR NOT EXISTS (
            SELECT FROM anthology.person_change c
                JOIN anthology.reassignment r ON r.id = c.reassignment_id
            WHERE c.person_id = entry_without_names.person_id AND c.action = 'add name'
                AND c.undone_by IS NULL AND r.status = 'applied'
                AND c.after ->> 'first' = n.name ->> 'first'
                AND c.after ->> 'last' = n.name ->> 'last')
        OR EXISTS (
            SELECT FROM anthology.authorship a
            WHERE a.person_id = entry_without_names.person_id
                AND a.first = n.name ->> 'first' AND a.last = n.name ->> 'last'
                AND NOT a.paper_id = ANY (entry_without_names.paper_ids))
$$;

COMMENT ON FUNCTION entry_without_names(text, jsonb, text[]) IS
    'a person''s entry without the names that came with these papers and are on no other';

CREATE FUNCTION release_names(reassignment_id bigint, person_id text, paper_ids text[],
                              to_person text) RETURNS void
    LANGUAGE sql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
    INSERT INTO anthology.reassignment_item (reassignment_id, paper_id, role, "position", first,
            last, cause, before_person_id, after_person_id, before_explicit_id, before_orcid)
        SELECT release_names.reassignment_id, a.paper_id, a.role, a."position", a.first, a.last,
            'selected', a.person_id, coalesce(to_person, a.slug || '/unverified'),
            a.explicit_person_id, a.orcid
        FROM anthology.authorship a
        WHERE a.person_id = release_names.person_id AND a.paper_id = ANY (paper_ids)
$$;

COMMENT ON FUNCTION release_names(bigint, text, text[], text) IS
    'adds a verified person''s names on some papers to a proposal: they are to be on an '
    'unverified page, that of their name if none is given';

CREATE FUNCTION plan_verified(kind text, person_id text, added jsonb, released text[],
                              to_person text, note text) RETURNS bigint
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    entry jsonb := anthology.verified_entry(person_id);
    kept text[] := anthology.other_papers(person_id, released);
    after jsonb;
    matching boolean;
    field text;
    id bigint;
BEGIN
    FOREACH field IN ARRAY '{orcid,degree}'::text[] LOOP
        IF added ->> field <> entry ->> field THEN
            RAISE EXCEPTION 'person "%" has another %', person_id,
                    CASE field WHEN 'orcid' THEN 'ORCID' ELSE field END
                USING ERRCODE = 'object_not_in_prerequisite_state',
                    DETAIL = format('It is %s, not %s.', entry ->> field, added ->> field),
                    HINT = CASE field WHEN 'orcid' THEN 'set_orcid() changes an ORCID.'
                           ELSE 'They may be two persons.' END;
        END IF;
    END LOOP;
    after := anthology.entry_without_names(person_id, entry || jsonb_strip_nulls(added), released);
    -- The papers released must not find the person by the name. Without matching,
    -- the papers that stay need the id.
    matching := NOT EXISTS (
        SELECT FROM anthology.authorship a
        WHERE a.person_id = person_id AND a.paper_id = ANY (released)
            AND a.slug = ANY (anthology.slugs_of_entry(after)));
    IF NOT matching THEN
        after := after || '{"disable_name_matching": true}';
    END IF;
    IF kind = 'verify' OR NOT matching THEN
        after := anthology.entry_with_names(after, anthology.printed_names(person_id, kept));
    END IF;
    id := anthology.new_correction(kind, person_id, coalesce(to_person, person_id),
                                   CASE kind WHEN 'verify' THEN kept ELSE released END, note);
    IF after <> entry THEN
        PERFORM anthology.new_person_change(id, person_id, 'change', entry, after);
    END IF;
    IF kind = 'verify' OR NOT matching THEN
        PERFORM anthology.select_names(id, person_id, kept, person_id, implicit_only => true);
    END IF;
    PERFORM anthology.release_names(id, person_id, released, to_person);
    IF after = entry
        AND NOT EXISTS (SELECT FROM anthology.reassignment_item i WHERE i.reassignment_id = id) THEN
        RAISE EXCEPTION 'nothing to change for person "%"', person_id
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    RETURN id;
END
$$;

COMMENT ON FUNCTION plan_verified(text, text, jsonb, text[], text, text) IS
    'proposes to complete a verified person: an ORCID or degree that it lacks, explicit ids '
    'on its papers, and papers released to an unverified page';

CREATE OR REPLACE FUNCTION plan_verify_person(person_id text, orcid text, degree text, suffix text,
                                   except_papers text[], note text, only_papers text[])
    RETURNS bigint
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    verified boolean := anthology.require_person(person_id);
    papers text[] := anthology.chosen_papers(person_id, except_papers, only_papers);
    others text[] := anthology.other_papers(person_id, papers);
BEGIN
    IF verified THEN
        IF suffix IS NOT NULL THEN
            RAISE EXCEPTION 'person "%" is verified already and keeps its id', person_id
                USING ERRCODE = 'object_not_in_prerequisite_state',
                    HINT = 'rename_person() gives it another. split_person() takes papers for '
                        'another person.';
        END IF;
        RETURN anthology.plan_verified('verify', person_id, jsonb_build_object(
            'orcid', anthology.free_orcid(orcid, person_id), 'degree', degree), others, NULL, note);
    END IF;
    -- Papers that are somebody else's must not find the new person by the name.
    RETURN anthology.plan_new_person('verify', person_id, papers, jsonb_build_object(
        'names', anthology.printed_names(person_id, papers), 'orcid', orcid, 'degree', degree,
        'disable_name_matching', CASE WHEN others <> '{}' THEN true END), suffix, note);
END
$$;

CREATE FUNCTION plan_release_papers(paper_ids text[], person_id text, note text) RETURNS bigint
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM anthology.verified_entry(person_id);
    RETURN anthology.plan_verified('release papers', person_id, '{}',
                                   anthology.papers_on_page(paper_ids, person_id), NULL, note);
END
$$;

COMMENT ON FUNCTION plan_release_papers(text[], text, text) IS
    'proposes what release_papers() does';

CREATE FUNCTION plan_link_papers(paper_ids text[], person_id text, note text) RETURNS bigint
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    papers text[];
    id bigint;
BEGIN
    PERFORM anthology.verified_entry(person_id);
    papers := CASE WHEN paper_ids IS NULL THEN anthology.other_papers(person_id, '{}')
              ELSE anthology.papers_on_page(paper_ids, person_id) END;
    id := anthology.new_correction('link papers', person_id, person_id, papers, note);
    PERFORM anthology.select_names(id, person_id, papers, person_id, implicit_only => true);
    PERFORM anthology.list_selected_names(id);
    IF NOT EXISTS (SELECT FROM anthology.reassignment_item i WHERE i.reassignment_id = id) THEN
        RAISE EXCEPTION 'all of these papers have the explicit id "%"', person_id
            USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    RETURN id;
END
$$;

COMMENT ON FUNCTION plan_link_papers(text[], text, text) IS
    'proposes what link_papers() does';

CREATE FUNCTION authorship_at(place text)
    RETURNS TABLE (paper_id text, person_id text, explicit_person_id text, first text, last text,
                   slug text)
    LANGUAGE plpgsql STABLE ROWS 1
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    paper text := split_part(place, ':', 1);
    name text := split_part(place, ':', 2);
    number bigint := (SELECT count(*) FROM anthology.authorship a
                      WHERE a.paper_id = paper AND a.slug = name);
BEGIN
    IF place IS NULL THEN
        RAISE EXCEPTION 'the list of names must not be or contain null'
            USING ERRCODE = 'null_value_not_allowed';
    ELSIF name = '' THEN
        RAISE EXCEPTION '"%" is not a paper and the slug of a name', place
            USING ERRCODE = 'invalid_parameter_value',
                HINT = 'A name is given as in "2024.acl-long.1:wei-li".';
    ELSIF number <> 1 THEN
        RAISE EXCEPTION '%', CASE
                WHEN number > 1
                THEN format('paper %s has more than one name with the slug "%s"', paper, name)
                WHEN EXISTS (SELECT FROM anthology.paper p WHERE p.id = paper)
                THEN format('paper %s has no name with the slug "%s"', paper, name)
                ELSE format('there is no such paper: %s', paper) END
            USING ERRCODE = 'undefined_object';
    END IF;
    RETURN QUERY
        SELECT a.paper_id, a.person_id, a.explicit_person_id, a.first, a.last, a.slug
        FROM anthology.authorship a WHERE a.paper_id = paper AND a.slug = name;
END
$$;

COMMENT ON FUNCTION authorship_at(text) IS
    'the one name on a paper with a slug, given as "paper:slug", or an error';

CREATE FUNCTION plan_verify_names(names text[], orcid text, degree text, suffix text,
                                  only_these boolean, note text) RETURNS bigint
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    normal text := anthology.orcid_normalize(orcid);
    target text := (SELECT p.id FROM anthology.person p WHERE p.orcid = normal);
    named record;
    pages text[] := '{}';
    papers text[] := '{}';
    slugs text[] := '{}';
    listed jsonb := '[]'::jsonb;
    entry jsonb;
    after jsonb;
    others boolean;
    id bigint;
BEGIN
    IF names IS NULL OR only_these IS NULL OR names = '{}' THEN
        RAISE EXCEPTION 'names and only_these must not be null, nor names be empty'
            USING ERRCODE = 'null_value_not_allowed';
    END IF;
    FOR named IN SELECT n.* FROM (SELECT DISTINCT p FROM unnest(names) AS p) AS given(place),
            LATERAL anthology.authorship_at(given.place) n
            ORDER BY n.paper_id LOOP
        IF named.person_id IS NULL THEN
            RAISE EXCEPTION 'name "%" of paper % is nobody''s: its id "%" cannot be honoured',
                    concat_ws(' ', NULLIF(named.first, ''), named.last), named.paper_id,
                    named.explicit_person_id
                USING ERRCODE = 'object_not_in_prerequisite_state';
        END IF;
        pages := pages || named.person_id;
        papers := papers || named.paper_id;
        slugs := slugs || named.slug;
        listed := listed || jsonb_build_object('first', named.first, 'last', named.last);
    END LOOP;
    -- Names of the same slug elsewhere would find the person by it.
    others := only_these AND EXISTS (
        SELECT FROM anthology.authorship a
        WHERE a.slug = ANY (slugs) AND a.explicit_person_id IS NULL
            AND a.person_id IS DISTINCT FROM target
            AND NOT (a.paper_id, a.slug) IN (SELECT * FROM unnest(papers, slugs)));
    IF target IS NULL THEN
        entry := jsonb_build_object('names', jsonb_build_array(listed -> 0), 'orcid', orcid,
            'degree', degree, 'disable_name_matching', CASE WHEN others THEN true END);
        id := anthology.plan_new_person('verify', NULL, papers,
                                        anthology.entry_with_names(entry, listed), suffix, note);
        SELECT r.to_person_id INTO target FROM anthology.reassignment r WHERE r.id = id;
    ELSE
        entry := anthology.person_entry(target);
        IF suffix IS NOT NULL OR degree <> entry ->> 'degree' THEN
            RAISE EXCEPTION 'ORCID % is that of person "%"', normal, target
                USING ERRCODE = 'object_not_in_prerequisite_state',
                    DETAIL = format('Its degree is %s; a suffix is for a new person.',
                                    coalesce(entry ->> 'degree', 'not known'));
        END IF;
        after := entry || jsonb_strip_nulls(jsonb_build_object('degree', degree));
        IF others THEN
            after := anthology.entry_with_names(after || '{"disable_name_matching": true}',
                                                anthology.printed_names(target, NULL));
        END IF;
        id := anthology.new_correction('verify', NULL, target, papers, note);
        IF after <> entry THEN
            PERFORM anthology.new_person_change(id, target, 'change', entry,
                                                anthology.entry_with_names(after, listed));
        END IF;
        IF others THEN
            PERFORM anthology.select_names(id, target, anthology.other_papers(target, papers),
                                           target, implicit_only => true);
        END IF;
    END IF;
    FOR i IN 1 .. cardinality(papers) LOOP
        PERFORM anthology.select_names(id, pages[i], papers[i : i], target,
                                       implicit_only => pages[i] = target,
                                       slugs => slugs[i : i]);
    END LOOP;
    PERFORM anthology.list_selected_names(id);
    IF NOT EXISTS (SELECT FROM anthology.reassignment_item i WHERE i.reassignment_id = id) THEN
        RAISE EXCEPTION 'all of these names have the explicit id "%"', target
            USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    RETURN id;
END
$$;

COMMENT ON FUNCTION plan_verify_names(text[], text, text, text, boolean, text) IS
    'proposes what verify_names() does';

CREATE OR REPLACE FUNCTION plan_split_person(paper_ids text[], person_id text, orcid text, degree text,
                                  suffix text, note text) RETURNS bigint
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
BEGIN
    PERFORM anthology.require_person(person_id);
    paper_ids := anthology.papers_on_page(paper_ids, person_id);
    -- The papers that stay must not find the new person by the name.
    RETURN anthology.plan_new_person('split', person_id, paper_ids, jsonb_build_object(
        'names', anthology.printed_names(person_id, paper_ids), 'orcid', orcid, 'degree', degree,
        'disable_name_matching',
        CASE WHEN anthology.other_papers(person_id, paper_ids) <> '{}' THEN true END),
        suffix, note);
END
$$;

CREATE FUNCTION plan_merge_part(from_person text, to_person text, papers text[], note text)
    RETURNS bigint
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    target jsonb := anthology.verified_entry(to_person);
    merged jsonb := anthology.entry_with_names(target,
                                               anthology.printed_names(from_person, papers));
    others text[] := anthology.other_papers(from_person, papers);
    id bigint := anthology.new_correction('merge', from_person, to_person, papers, note);
BEGIN
    -- The names left behind must not find the receiving person. Two persons of one name
    -- keep, by explicit ids, the papers they had by the name.
    IF EXISTS (SELECT FROM anthology.authorship a
               WHERE a.person_id = from_person AND a.paper_id = ANY (others)
                   AND a.explicit_person_id IS NULL
                   AND a.slug = ANY (anthology.slugs_of_entry(merged))) THEN
        IF anthology.person_entry(from_person) IS NULL THEN
            merged := merged || '{"disable_name_matching": true}';
        ELSE
            PERFORM anthology.select_names(id, from_person, others, from_person,
                                           implicit_only => true);
        END IF;
        merged := anthology.entry_with_names(merged, anthology.printed_names(to_person, NULL));
        PERFORM anthology.select_names(id, to_person, NULL, to_person, implicit_only => true);
    END IF;
    IF merged <> target THEN
        PERFORM anthology.new_person_change(id, to_person, 'change', target, merged);
    END IF;
    PERFORM anthology.select_names(id, from_person, papers, to_person);
    PERFORM anthology.list_selected_names(id);
    RETURN id;
END
$$;

COMMENT ON FUNCTION plan_merge_part(text, text, text[], text) IS
    'proposes what merge_persons() does with some of the papers: the page they leave stays';

CREATE FUNCTION plan_merge_persons(from_person text, to_person text, note text,
                                   except_papers text[] DEFAULT NULL,
                                   only_papers text[] DEFAULT NULL) RETURNS bigint
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    target jsonb := anthology.verified_entry(to_person);
    source jsonb := anthology.person_entry(from_person);
    papers text[];
    merged jsonb;
    field text;
    id bigint;
BEGIN
    PERFORM anthology.require_person(from_person);
    IF from_person = to_person THEN
        RAISE EXCEPTION 'person "%" cannot be merged with itself', to_person
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    papers := anthology.chosen_papers(from_person, except_papers, only_papers);
    IF anthology.other_papers(from_person, papers) <> '{}' THEN
        RETURN anthology.plan_merge_part(from_person, to_person, papers, note);
    END IF;
    FOREACH field IN ARRAY '{orcid,degree}'::text[] LOOP
        IF source ->> field <> target ->> field THEN
            RAISE EXCEPTION 'persons "%" and "%" differ in %', from_person, to_person,
                    CASE field WHEN 'orcid' THEN 'ORCID' ELSE field END
                USING ERRCODE = 'object_not_in_prerequisite_state',
                    DETAIL = format('They have %s and %s.', source ->> field, target ->> field),
                    HINT = CASE field
                           WHEN 'orcid'
                           THEN 'If one of the two is wrong, correct it by set_orcid() first.'
                           ELSE 'They may be two persons.' END;
        END IF;
    END LOOP;
    merged := anthology.entry_with_names(
        jsonb_strip_nulls(jsonb_build_object('orcid', source -> 'orcid',
                                             'degree', source -> 'degree')) || target,
        coalesce(source -> 'names', '[]') || anthology.printed_names(from_person, NULL));
    id := anthology.new_correction('merge', from_person, to_person, papers, note);
    IF source IS NOT NULL THEN
        PERFORM anthology.new_person_change(id, from_person, 'delete', source, NULL);
    END IF;
    IF merged <> target THEN
        PERFORM anthology.new_person_change(id, to_person, 'change', target, merged);
    END IF;
    PERFORM anthology.select_names(id, from_person, NULL, to_person);
    RETURN id;
END
$$;

COMMENT ON FUNCTION plan_merge_persons(text, text, text, text[], text[]) IS
    'proposes what merge_persons() does';

CREATE OR REPLACE FUNCTION verify_person(person_id text, orcid text DEFAULT NULL, degree text DEFAULT NULL,
                              suffix text DEFAULT NULL, except_papers text[] DEFAULT NULL,
                              note text DEFAULT NULL, only_papers text[] DEFAULT NULL)
    RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';

COMMENT ON FUNCTION verify_person(text, text, text, text, text[], text, text[]) IS
    'makes a person verified, or completes a verified one: explicit ids on all papers of the '
    'page but those excepted, or on the chosen ones only; the other papers go to, or stay on, '
    'the unverified page';

CREATE OR REPLACE FUNCTION propose_verify_person(person_id text, orcid text DEFAULT NULL,
                                      degree text DEFAULT NULL, suffix text DEFAULT NULL,
                                      except_papers text[] DEFAULT NULL, note text DEFAULT NULL,
                                      only_papers text[] DEFAULT NULL) RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';

COMMENT ON FUNCTION propose_verify_person(text, text, text, text, text[], text, text[]) IS
    'stages: makes a person verified, or completes a verified one: explicit ids on all papers '
    'of the page but those excepted, or on the chosen ones only; the other papers go to, or '
    'stay on, the unverified page';

CREATE FUNCTION verify_names(names text[], orcid text DEFAULT NULL, degree text DEFAULT NULL,
                             suffix text DEFAULT NULL, only_these boolean DEFAULT false,
                             note text DEFAULT NULL) RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';

COMMENT ON FUNCTION verify_names(text[], text, text, text, boolean, text) IS
    'gives names on papers, each as "paper:slug", to the person with the ORCID or to a new '
    'verified one; with only_these, no other name finds that person by its slug';

CREATE FUNCTION propose_verify_names(names text[], orcid text DEFAULT NULL,
                                     degree text DEFAULT NULL, suffix text DEFAULT NULL,
                                     only_these boolean DEFAULT false, note text DEFAULT NULL)
    RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';

COMMENT ON FUNCTION propose_verify_names(text[], text, text, text, boolean, text) IS
    'stages: gives names on papers, each as "paper:slug", to the person with the ORCID or to '
    'a new verified one; with only_these, no other name finds that person by its slug';

CREATE OR REPLACE FUNCTION split_person(paper_ids text[], person_id text, orcid text DEFAULT NULL,
                             degree text DEFAULT NULL, suffix text DEFAULT NULL,
                             note text DEFAULT NULL) RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';

CREATE OR REPLACE FUNCTION propose_split_person(paper_ids text[], person_id text, orcid text DEFAULT NULL,
                                     degree text DEFAULT NULL, suffix text DEFAULT NULL,
                                     note text DEFAULT NULL) RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';

CREATE FUNCTION merge_persons(from_person text, to_person text, note text DEFAULT NULL,
                              except_papers text[] DEFAULT NULL, only_papers text[] DEFAULT NULL)
    RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';

COMMENT ON FUNCTION merge_persons(text, text, text, text[], text[]) IS
    'moves every paper and name of a person to a verified one, or all papers but some, or '
    'only some; a verified person wholly merged away is deleted';

CREATE FUNCTION propose_merge_persons(from_person text, to_person text, note text DEFAULT NULL,
                                      except_papers text[] DEFAULT NULL,
                                      only_papers text[] DEFAULT NULL) RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';

COMMENT ON FUNCTION propose_merge_persons(text, text, text, text[], text[]) IS
    'stages: moves every paper and name of a person to a verified one, or all papers but '
    'some, or only some; a verified person wholly merged away is deleted';

CREATE FUNCTION link_papers(paper_ids text[], person_id text, note text DEFAULT NULL)
    RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';

COMMENT ON FUNCTION link_papers(text[], text, text) IS
    'gives the papers that a verified person has by the name, all if none are listed, the '
    'explicit id: whatever becomes of the name, they stay';

CREATE FUNCTION propose_link_papers(paper_ids text[], person_id text, note text DEFAULT NULL)
    RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';

COMMENT ON FUNCTION propose_link_papers(text[], text, text) IS
    'stages: gives the papers that a verified person has by the name, all if none are listed, '
    'the explicit id: whatever becomes of the name, they stay';

CREATE FUNCTION release_papers(paper_ids text[], person_id text, note text DEFAULT NULL)
    RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';

COMMENT ON FUNCTION release_papers(text[], text, text) IS
    'takes papers off the page of a verified person, to the unverified pages of their names; '
    'where a name would tell the person, its matching is disabled and the papers that stay '
    'get the explicit id';

CREATE FUNCTION propose_release_papers(paper_ids text[], person_id text, note text DEFAULT NULL)
    RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';

COMMENT ON FUNCTION propose_release_papers(text[], text, text) IS
    'stages: takes papers off the page of a verified person, to the unverified pages of their '
    'names; where a name would tell the person, its matching is disabled and the papers that '
    'stay get the explicit id';

CREATE FUNCTION verify_privileges() RETURNS TABLE (function name, granted_to text)
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT o.name, 'editor' FROM unnest('{
        propose_verify_person, verify_person,
        propose_verify_names, verify_names,
        propose_split_person, split_person,
        propose_merge_persons, merge_persons,
        propose_link_papers, link_papers,
        propose_release_papers, release_papers}'::name[]) AS o(name)
$$;

COMMENT ON FUNCTION verify_privileges() IS
    'who is granted the corrections of persons and their papers: see granted_functions()';

CREATE OR REPLACE FUNCTION keep_record() RETURNS trigger
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    decision constant text[] := '{status,decided_by,decided_role,decided_for,decided_at,'
        'decision_note}';
BEGIN
    IF TG_TABLE_SCHEMA = 'anthology' AND TG_OP = 'UPDATE' THEN
        CASE TG_TABLE_NAME
            WHEN 'reassignment' THEN
                -- A proposal is decided.
                IF OLD.status = 'proposed' AND NEW.status IN ('applied', 'rejected')
                    AND to_jsonb(NEW) - decision = to_jsonb(OLD) - decision
                -- What was applied is undone.
                    OR OLD.status = 'applied' AND NEW.status = 'undone'
                    AND to_jsonb(NEW) - 'status' = to_jsonb(OLD) - 'status' THEN
                    RETURN NEW;
                END IF;
            WHEN 'reassignment_item', 'person_change' THEN
                IF OLD.undone_by IS NULL
                    AND to_jsonb(NEW) - 'undone_by' = to_jsonb(OLD) - 'undone_by' THEN
                    RETURN NEW;
                END IF;
            ELSE NULL;
        END CASE;
    ELSIF TG_TABLE_SCHEMA = 'anthology' AND TG_TABLE_NAME = 'person_change'
        AND TG_OP = 'DELETE' THEN
        -- A change that proves needless when the proposal is carried out is removed.
        IF EXISTS (SELECT FROM anthology.reassignment r
                   WHERE r.id = OLD.reassignment_id AND r.status = 'proposed') THEN
            RETURN OLD;
        END IF;
    END IF;
    RAISE EXCEPTION 'the record of corrections is not to be changed'
        USING ERRCODE = 'insufficient_privilege',
            DETAIL = format('%s on table %I.%I.', TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME),
            HINT = 'undo_reassignment() takes a correction back.';
END
$$;

CREATE OR REPLACE FUNCTION correction_digest(reassignment_id bigint) RETURNS text
    LANGUAGE sql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
    SET timezone = 'UTC'
AS $$
    SELECT encode(sha256(convert_to(jsonb_build_array(r.id, r.kind, r.status, r.from_person_id,
        r.to_person_id, r.paper_ids, r.page_seen, r.undoes, r.note, r.proposed_by, r.proposed_role,
        r.proposed_for, r.proposed_at, r.decided_by, r.decided_role, r.decided_for, r.decided_at,
        r.decision_note,
        (SELECT jsonb_agg(jsonb_build_array(i.paper_id, i.role, i."position", i.first, i.last,
                    i.cause, i.before_person_id, i.after_person_id,
                    i.before_explicit_id, i.after_explicit_id, i.before_orcid,
                    i.after_orcid, i.undone_by)
                ORDER BY i.paper_id COLLATE "C", i.role COLLATE "C", i."position")
         FROM anthology.reassignment_item i WHERE i.reassignment_id = r.id),
        (SELECT jsonb_agg(jsonb_build_array(c.ordinal, c.person_id, c.action, c.before, c.after,
                    c.undone_by)
                ORDER BY c.ordinal)
         FROM anthology.person_change c WHERE c.reassignment_id = r.id))::text, 'UTF8')), 'hex')
    FROM anthology.reassignment r WHERE r.id = correction_digest.reassignment_id
$$;

CREATE OR REPLACE FUNCTION check_record(known_number bigint DEFAULT NULL, known_hash text DEFAULT NULL)
    RETURNS TABLE (reassignment_id bigint, problem text)
    LANGUAGE sql STABLE ROWS 10
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT NULL, format('trigger %s of table %s is missing or disabled', t.name, t.tab)
    FROM (VALUES ('keep_record'), ('keep_record_truncate')) AS g(name),
        LATERAL (SELECT g.name, 'anthology.' || tab AS tab FROM unnest(
            '{reassignment,reassignment_item,person_change,correction_log}'::text[]) AS tab) AS t
    WHERE NOT EXISTS (SELECT FROM pg_trigger p WHERE p.tgrelid = to_regclass(t.tab)
                          AND p.tgname = t.name AND p.tgenabled IN ('O', 'A')
                          AND p.tgfoid = 'anthology.keep_record'::regproc)
    UNION ALL
    SELECT l.reassignment_id, format('row %s of correction_log is missing', l.number - 1)
    FROM (SELECT n.*, lag(n.number, 1, 0) OVER (ORDER BY n.number) AS before
          FROM anthology.correction_log n) AS l
    WHERE l.number <> l.before + 1
    UNION ALL
    SELECT l.reassignment_id,
           format('row %s of correction_log has been altered, or one before it', l.number)
    FROM (SELECT n.*, lag(n.hash) OVER (ORDER BY n.number) AS before
          FROM anthology.correction_log n) AS l
    WHERE l.hash <> anthology.correction_log_hash(l.before, l.number, l.reassignment_id, l.status,
                                                  l.logged_at, l.digest)
    UNION ALL
    SELECT coalesce(r.id, l.reassignment_id), CASE
        WHEN r.id IS NULL THEN 'is in correction_log, but not recorded any more'
        WHEN l.reassignment_id IS NULL THEN format('is %s, but not in correction_log', r.status)
        ELSE 'has been altered since it was decided' END
    FROM (SELECT DISTINCT ON (n.reassignment_id) n.* FROM anthology.correction_log n
          ORDER BY n.reassignment_id, n.number DESC) AS l
        FULL JOIN (SELECT * FROM anthology.reassignment q WHERE q.status <> 'proposed') AS r
            ON r.id = l.reassignment_id
    WHERE r.id IS NULL OR l.reassignment_id IS NULL
        OR l.digest <> anthology.correction_digest(r.id)
    UNION ALL
    SELECT NULL, format('row %s of correction_log is not the one known', known_number)
    WHERE known_number IS NOT NULL
        AND NOT EXISTS (SELECT FROM anthology.correction_log n WHERE n.number = known_number
                            AND n.hash = known_hash)
$$;

CREATE OR REPLACE FUNCTION described_change(action text, before jsonb, after jsonb) RETURNS text
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT CASE action
        WHEN 'create' THEN 'made, as ' || anthology.described_value(after -> 'names')
        WHEN 'delete' THEN 'deleted'
        WHEN 'add name' THEN 'lists the name ' || anthology.described_value(after)
        WHEN 'remove name' THEN
            'does not list the name ' || anthology.described_value(before) || ' any more'
        ELSE (SELECT string_agg(format('%s: %s instead of %s', k.key,
                  anthology.described_value(after -> k.key),
                  anthology.described_value(before -> k.key)), '; ' ORDER BY k.key)
              FROM (SELECT jsonb_object_keys(before)
                    UNION SELECT jsonb_object_keys(after)) AS k(key)
              WHERE before -> k.key IS DISTINCT FROM after -> k.key)
    END
$$;

CREATE OR REPLACE FUNCTION history(person_id text)
    RETURNS TABLE (reassignment_id bigint, at timestamptz, by text, kind text, status text,
                   what text, why text)
    LANGUAGE sql STABLE STRICT ROWS 20
    SET search_path = pg_catalog, pg_temp
AS $$
    -- Several persons may have had an id in turn. These are the ids of this person, each
    -- from the correction that gave it to the one that took it away.
    WITH RECURSIVE held(id, since) AS (
        SELECT history.person_id, 0::bigint
        UNION ALL
        SELECT n.to_person_id, n.id
        FROM held, LATERAL (
            SELECT r.id, r.to_person_id FROM anthology.reassignment r
            WHERE r.kind = 'rename' AND r.status = 'applied' AND r.from_person_id = held.id
                AND r.id > held.since
            ORDER BY r.id DESC LIMIT 1) AS n
        WHERE NOT EXISTS (SELECT FROM anthology.person p WHERE p.id = held.id)
    ), own(id, since, until) AS (
        SELECT h.id, m.since, 9223372036854775807
        FROM (SELECT held.id FROM held ORDER BY held.since DESC LIMIT 1) AS h,
            LATERAL (SELECT anthology.made_by(h.id, 9223372036854775807)) AS m(since)
        UNION ALL
        SELECT r.from_person_id, anthology.made_by(r.from_person_id, r.id), r.id
        FROM own JOIN anthology.reassignment r ON r.id = own.since AND r.kind = 'rename'
    )
    SELECT r.id, coalesce(r.decided_at, r.proposed_at),
        CASE WHEN r.decided_at IS NULL THEN r.proposed_by || coalesce(' for ' || r.proposed_for, '')
            ELSE r.decided_by || coalesce(' for ' || r.decided_for, '') END,
        r.kind || coalesce(' of ' || r.undoes, ''), r.status,
        concat_ws('; ', c.changes, 'names gained: ' || i.gained,
            'names lost: ' || i.lost),
        concat_ws('; ', r.note, r.decision_note)
    FROM anthology.reassignment r
        LEFT JOIN LATERAL (
            SELECT string_agg(anthology.described_change(c.action, c.before, c.after), '; '
                              ORDER BY c.ordinal) AS changes
            FROM anthology.person_change c
            WHERE c.reassignment_id = r.id AND EXISTS (
                SELECT FROM own WHERE own.id = c.person_id AND r.id BETWEEN own.since AND own.until)
            ) AS c ON true
        LEFT JOIN LATERAL (
            SELECT NULLIF(count(*) FILTER (WHERE g.after AND NOT g.before), 0),
                NULLIF(count(*) FILTER (WHERE g.before AND NOT g.after), 0)
            FROM anthology.reassignment_item i,
                LATERAL (SELECT coalesce(bool_or(own.id = i.before_person_id), false) AS before,
                             coalesce(bool_or(own.id = i.after_person_id), false) AS after
                         FROM own WHERE r.id BETWEEN own.since AND own.until) AS g
            WHERE i.reassignment_id = r.id) AS i(gained, lost) ON true
    WHERE c.changes IS NOT NULL OR i.gained IS NOT NULL OR i.lost IS NOT NULL
        OR r.kind = 'rename' AND EXISTS (
            SELECT FROM own WHERE own.id = r.to_person_id AND r.id BETWEEN own.since AND own.until)
    ORDER BY r.id
$$;

COMMENT ON FUNCTION history_of_paper(text) IS
    'every correction that concerned a name on a paper: who moved it, from where to where, '
    'when and why';

CREATE FUNCTION namesake_without_orcid(person_id text, first text, last text) RETURNS text
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT format('person "%s" of the same name has no ORCID: is "%s" the same person?',
                  p.id, person_id)
    FROM anthology.person p
    WHERE p.id = anthology.name_slug(first, last) AND p.id <> person_id AND p.verified
        AND p.orcid IS NULL
$$;

COMMENT ON FUNCTION namesake_without_orcid(text, text, text) IS
    'a warning that a new person may be one who is there already, whose id is the slug of the '
    'name; NULL if there is none';

CREATE FUNCTION plan_ingest_names(volume_id text, note text) RETURNS bigint
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    holder record;
    known text;
    taken text[] := '{}';
    warning text;
    wrong text;
    id bigint;
BEGIN
    IF volume_id IS NULL THEN
        RAISE EXCEPTION 'the volume must not be null'
            USING ERRCODE = 'null_value_not_allowed';
    ELSIF NOT EXISTS (SELECT FROM anthology.volume v WHERE v.id = volume_id) THEN
        RAISE EXCEPTION 'there is no volume "%"', volume_id
            USING ERRCODE = 'undefined_object';
    END IF;
    SELECT string_agg(format('%s %s of paper %s: %s', initcap(a.role), a."position", a.paper_id,
                             a.orcid), E'\n' ORDER BY a.paper_id, a.role, a."position") INTO wrong
        FROM anthology.paper p JOIN anthology.authorship a ON a.paper_id = p.id
        WHERE p.volume_id = volume_id AND a.explicit_person_id IS NULL AND a.orcid IS NOT NULL
            AND anthology.orcid_normalize(a.orcid) IS NULL;
    IF wrong IS NOT NULL THEN
        RAISE WARNING 'names of volume "%" have an invalid ORCID, and get no id', volume_id
            USING DETAIL = wrong;
    END IF;
    id := anthology.new_correction('ingest names', NULL, NULL, ARRAY(
        SELECT DISTINCT a.paper_id
        FROM anthology.paper p JOIN anthology.authorship a ON a.paper_id = p.id
        WHERE p.volume_id = volume_id AND a.explicit_person_id IS NULL
            AND anthology.orcid_normalize(a.orcid) IS NOT NULL ORDER BY 1), note);

    -- One person at a time, in the order of the volume.
    FOR holder IN
        SELECT n.orcid,
            (array_agg(n.first ORDER BY n.place))[1] AS first,
            (array_agg(n.last ORDER BY n.place))[1] AS last,
            jsonb_agg(jsonb_build_object('first', n.first, 'last', n.last) ORDER BY n.place)
                || coalesce(jsonb_agg(n.variant ORDER BY n.place)
                            FILTER (WHERE n.variant IS NOT NULL), '[]') AS names
        FROM (SELECT anthology.orcid_normalize(a.orcid) AS orcid, a.first, a.last, v.variant,
                  row_number() OVER (ORDER BY p.number, a.role, a."position", v.i) AS place
              FROM anthology.paper p
                  JOIN anthology.authorship a ON a.paper_id = p.id
                  LEFT JOIN LATERAL jsonb_array_elements(a.variants) WITH ORDINALITY
                      AS v(variant, i) ON true
              WHERE p.volume_id = volume_id AND a.explicit_person_id IS NULL
                  AND a.orcid IS NOT NULL) AS n
        WHERE n.orcid IS NOT NULL
        GROUP BY n.orcid ORDER BY min(n.place)
    LOOP
        SELECT p.id INTO known FROM anthology.person p WHERE p.orcid = holder.orcid;
        IF NOT FOUND THEN
            known := anthology.new_person_id(holder.first, holder.last, NULL, holder.orcid, taken);
            taken := taken || known;
            PERFORM anthology.new_person_change(id, known, 'create', NULL,
                anthology.entry_with_names(
                    jsonb_build_object('names', jsonb_build_array(holder.names -> 0),
                                       'orcid', holder.orcid), holder.names));
            warning := anthology.namesake_without_orcid(known, holder.first, holder.last);
            IF warning IS NOT NULL THEN
                RAISE WARNING '%', warning;
            END IF;
        END IF;
        INSERT INTO anthology.reassignment_item (reassignment_id, paper_id, role, "position",
                first, last, cause, before_person_id, after_person_id, before_explicit_id,
                after_explicit_id, before_orcid, after_orcid)
            SELECT id, a.paper_id, a.role, a."position", a.first, a.last, 'selected', a.person_id,
                known, NULL, known, a.orcid, holder.orcid
            FROM anthology.paper p JOIN anthology.authorship a ON a.paper_id = p.id
            WHERE p.volume_id = volume_id AND a.explicit_person_id IS NULL
                AND anthology.orcid_normalize(a.orcid) = holder.orcid;
    END LOOP;
    IF NOT EXISTS (SELECT FROM anthology.reassignment_item i WHERE i.reassignment_id = id) THEN
        RAISE EXCEPTION 'no name of volume "%" has an ORCID and no id', volume_id
            USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    PERFORM anthology.list_selected_names(id);
    RETURN id;
END
$$;

COMMENT ON FUNCTION plan_ingest_names(text, text) IS 'proposes what ingest_names() does';

CREATE FUNCTION ingest_names(volume_id text, note text DEFAULT NULL) RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';

COMMENT ON FUNCTION ingest_names(text, text) IS
    'gives the names of a volume that have an ORCID and no id the id of whoever has the '
    'ORCID, and makes the persons whose ORCID nobody has';

CREATE FUNCTION propose_ingest_names(volume_id text, note text DEFAULT NULL) RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';

COMMENT ON FUNCTION propose_ingest_names(text, text) IS
    'stages: gives the names of a volume that have an ORCID and no id the id of whoever has '
    'the ORCID, and makes the persons whose ORCID nobody has';

CREATE FUNCTION ingest_privileges() RETURNS TABLE (function name, granted_to text)
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    VALUES ('propose_ingest_names', 'editor'),
        ('ingest_names', 'editor')
$$;

COMMENT ON FUNCTION ingest_privileges() IS
    'who is granted the ingestion of names: see granted_functions()';

CREATE FUNCTION granted_functions() RETURNS TABLE (function name, granted_to text)
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT * FROM anthology.reassign_privileges()
    UNION ALL SELECT * FROM anthology.flags_privileges()
    UNION ALL SELECT * FROM anthology.new_person_privileges()
    UNION ALL SELECT * FROM anthology.operations_privileges()
    UNION ALL SELECT * FROM anthology.verify_privileges()
    UNION ALL SELECT * FROM anthology.ingest_privileges()
    UNION ALL SELECT * FROM anthology.requests_privileges()
    UNION ALL SELECT * FROM anthology.html_privileges()
$$;

COMMENT ON FUNCTION granted_functions() IS
    'the functions that are not PUBLIC''s, and who is granted them: "editor", or "reader" and so '
    'editors, too';

CREATE FUNCTION own_functions()
    RETURNS TABLE (id oid, name name, owner oid, volatile boolean, public boolean,
                   granted_to text)
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT p.oid, p.proname, p.proowner, p.provolatile = 'v',
        EXISTS (SELECT FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
                WHERE a.grantee = 0 AND a.privilege_type = 'EXECUTE'),
        g.granted_to
    FROM pg_depend d
        JOIN pg_extension e ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid
            AND d.deptype = 'e'
        JOIN pg_proc p ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid
        LEFT JOIN anthology.granted_functions() g ON g.function = p.proname
    WHERE e.extname = 'anthology'
$$;

COMMENT ON FUNCTION own_functions() IS
    'the extension''s functions: whether PUBLIC may call them, and who is granted those that act '
    'as the owner of the tables';

CREATE FUNCTION set_privileges(extension_owner regrole) RETURNS void
    LANGUAGE plpgsql VOLATILE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    function record;
BEGIN
    FOR function IN SELECT f.* FROM anthology.own_functions() f LOOP
        IF function.granted_to IS NOT NULL THEN
            EXECUTE format('REVOKE EXECUTE ON ROUTINE %s FROM PUBLIC', function.id::regprocedure);
        END IF;
        -- Those of a trusted extension belong to a superuser. Where default
        -- privileges leave PUBLIC nothing, that goes for all of them.
        IF function.granted_to IS NOT NULL
            OR NOT function.public AND function.owner <> extension_owner THEN
            EXECUTE format('GRANT EXECUTE ON ROUTINE %s TO %s WITH GRANT OPTION',
                           function.id::regprocedure, extension_owner);
        END IF;
    END LOOP;
END
$$;

COMMENT ON FUNCTION set_privileges(regrole) IS
    'keeps from PUBLIC what granted_functions() lists, and lets the owner of the extension grant '
    'it: the last step of installing and updating';

CREATE OR REPLACE FUNCTION grant_reader(role name) RETURNS void
    LANGUAGE plpgsql VOLATILE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    functions text;
BEGIN
    EXECUTE format('GRANT USAGE ON SCHEMA anthology TO %I', role);
    EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA anthology TO %I', role);
    -- Functions that only read are PUBLIC's, unless the default privileges of this
    -- database leave PUBLIC nothing. The owner may have taken some from PUBLIC: that stays.
    SELECT string_agg(f.id::regprocedure::text, ', ') INTO functions
        FROM anthology.own_functions() f
        WHERE f.granted_to = 'reader'
            OR f.granted_to IS NULL AND NOT f.volatile AND NOT f.public AND EXISTS (
                SELECT FROM pg_default_acl d
                WHERE d.defaclrole = f.owner AND d.defaclnamespace = 0 AND d.defaclobjtype = 'f'
                    AND NOT EXISTS (SELECT FROM aclexplode(d.defaclacl) a WHERE a.grantee = 0));
    EXECUTE format('GRANT EXECUTE ON ROUTINE %s TO %I', functions, role);
END
$$;

CREATE OR REPLACE FUNCTION grant_editor(role name) RETURNS void
    LANGUAGE plpgsql VOLATILE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    functions text;
BEGIN
    PERFORM anthology.grant_reader(role);
    SELECT string_agg(f.id::regprocedure::text, ', ') INTO functions
        FROM anthology.own_functions() f WHERE f.granted_to = 'editor';
    EXECUTE format('GRANT EXECUTE ON ROUTINE %s TO %I', functions, role);
END
$$;

CREATE FUNCTION edit_json_object(object json, keys text[], new_values text[],
                                 key_order text[] DEFAULT NULL, indent integer DEFAULT 2)
                                     RETURNS text
    LANGUAGE c IMMUTABLE PARALLEL SAFE COST 1000
    AS 'MODULE_PATHNAME', 'anthology_edit_json_object';

COMMENT ON FUNCTION edit_json_object(json, text[], text[], text[], integer) IS
    'an object with members added, replaced or (NULL) taken away, byte for byte otherwise; new '
    'keys go where the order tells, or the byte order';

CREATE FUNCTION edit_json_strings(document json, key text, before text[], after text[]) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 1000
    AS 'MODULE_PATHNAME', 'anthology_edit_json_strings';

COMMENT ON FUNCTION edit_json_strings(json, text, text[], text[]) IS
    'a JSON text with string values of members of one key replaced, byte for byte otherwise';

CREATE OR REPLACE FUNCTION edit_collection(source text, volumes text[], papers text[], roles text[],
                                positions text[], attributes text[], attribute_values text[])
                                    RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 10000
    AS 'MODULE_PATHNAME', 'anthology_edit_collection';

COMMENT ON FUNCTION edit_collection(text, text[], text[], text[], text[], text[], text[]) IS
    'a collection file with the attributes (id, orcid, openreview) of the names told, byte for '
    'byte otherwise';

CREATE OR REPLACE FUNCTION export_collection(collection_id text) RETURNS text
    LANGUAGE plpgsql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    exported text;
BEGIN
    SELECT anthology.edit_collection(c.source,
            coalesce(array_agg(v.number) FILTER (WHERE corrected), '{}'),
            coalesce(array_agg(p.number::text) FILTER (WHERE corrected), '{}'),
            coalesce(array_agg(a.role) FILTER (WHERE corrected), '{}'),
            coalesce(array_agg(a."position"::text) FILTER (WHERE corrected), '{}'),
            coalesce(array_agg(d.attribute) FILTER (WHERE corrected), '{}'),
            coalesce(array_agg(d.value) FILTER (WHERE corrected), '{}'))
        INTO exported
        FROM anthology.collection c
            LEFT JOIN anthology.papers_of_collection(collection_id) i(id) ON true
            LEFT JOIN anthology.paper p ON p.id = i.id
            LEFT JOIN anthology.volume v ON v.id = p.volume_id
            LEFT JOIN anthology.authorship a ON a.paper_id = i.id,
            LATERAL (VALUES
                ('id', a.explicit_person_id,
                    a.explicit_person_id IS DISTINCT FROM a.file_person_id),
                ('orcid', a.orcid, a.orcid IS DISTINCT FROM a.file_orcid),
                ('openreview', a.openreview, a.openreview IS DISTINCT FROM a.file_openreview))
                AS d(attribute, value, corrected)
        WHERE c.id = collection_id
        GROUP BY c.id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'there is no collection "%"', collection_id
            USING ERRCODE = 'undefined_object';
    END IF;
    RETURN exported;
END
$$;

COMMENT ON FUNCTION export_collection(text) IS
    'the file of a collection as it was loaded or exported last, byte for byte but for the ids, '
    'ORCIDs and OpenReview ids of corrected names';

CREATE FUNCTION people_changes(source jsonb)
    RETURNS TABLE (person_id text, entry jsonb)
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    WITH decided(id) AS (SELECT DISTINCT c.person_id FROM anthology.person_change c)
    SELECT p.id, e.entry
        FROM anthology.person p, LATERAL (SELECT anthology.person_entry(p.id)) AS e(entry)
        WHERE p.verified AND (p.loaded IS DISTINCT FROM e.entry OR source IS NULL
            -- The file has lost somebody whom the record knows.
            OR NOT source ? p.id AND EXISTS (SELECT FROM decided d WHERE d.id = p.id))
    UNION ALL
    SELECT k.id, NULL
        FROM jsonb_object_keys(source) AS k(id) JOIN decided d USING (id)
        WHERE NOT EXISTS (SELECT FROM anthology.person p WHERE p.id = k.id AND p.verified)
$$;

COMMENT ON FUNCTION people_changes(jsonb) IS
    'the persons whose entries in a file of persons are to be others, and their entries; NULL for '
    'one that is to go';

CREATE FUNCTION name_json(name jsonb) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT '{' || concat_ws(', ',
        '"first": ' || to_json(NULLIF(name ->> 'first', ''))::text,
        '"last": ' || to_json(name ->> 'last')::text,
        '"script": ' || to_json(NULLIF(name ->> 'script', ''))::text,
        CASE WHEN name ->> 'hidden' = 'true' THEN '"hidden": true' END) || '}'
$$;

COMMENT ON FUNCTION name_json(jsonb) IS 'a name as people.json has it, on one line';

CREATE FUNCTION person_json(entry jsonb, source json DEFAULT NULL) RETURNS text
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    WITH old AS (
        -- Anything but an entry is written anew.
        SELECT CASE WHEN s.usable THEN source ELSE '{}' END AS text,
            CASE WHEN s.usable THEN anthology.normal_people_entry(source::jsonb)
                ELSE '{}' END AS was,
            CASE WHEN s.usable THEN source -> 'names' ELSE '[]' END AS names
        FROM (SELECT coalesce(json_typeof(source) = 'object'
                              AND json_typeof(source -> 'names') = 'array', false)) AS s(usable)
    ), member AS (
        SELECT k.key, CASE jsonb_typeof(entry -> k.key)
            WHEN 'array' THEN '[' || (
                SELECT string_agg(E'\n      ' || CASE WHEN k.key <> 'names' THEN e.value::text
                        ELSE coalesce((
                            -- A name stays as it is written.
                            SELECT o.value::text
                            FROM json_array_elements(old.names) WITH ORDINALITY AS o(value, i),
                                jsonb_array_elements(old.was -> 'names')
                                    WITH ORDINALITY AS n(value, i)
                            WHERE o.i = n.i AND n.value = e.value LIMIT 1),
                            anthology.name_json(e.value)) END, ',' ORDER BY e.i)
                FROM jsonb_array_elements(entry -> k.key) WITH ORDINALITY AS e(value, i))
                    || E'\n    ]'
            ELSE to_json(entry -> k.key)::text END AS value
        FROM old, jsonb_object_keys(old.was || entry) AS k(key)
        WHERE old.was -> k.key IS DISTINCT FROM entry -> k.key
    )
    SELECT anthology.edit_json_object(old.text,
        ARRAY(SELECT m.key FROM member m ORDER BY m.key),
        ARRAY(SELECT m.value FROM member m ORDER BY m.key),
        '{names,comment,degree,disable_name_matching,orcid,similar}', 4)
    FROM old
$$;

COMMENT ON FUNCTION person_json(jsonb, json) IS
    'an entry in the form of person_entry() as people.json has it; of an entry that is there, '
    'only the members that differ are written anew';

CREATE FUNCTION export_people_json() RETURNS text
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    WITH file AS MATERIALIZED (
        SELECT (SELECT d.source FROM anthology.data_file d
            WHERE d.path = 'json/people.json') AS source
    ), change AS MATERIALIZED (
        SELECT c.* FROM file f, anthology.people_changes(f.source::jsonb) c
    ), old AS MATERIALIZED (
        -- If an id is there twice, the first one counts.
        SELECT DISTINCT ON (e.key) e.key, e.value
        FROM file f, json_each(f.source::json) WITH ORDINALITY AS e(key, value, i)
        WHERE e.key IN (SELECT c.person_id FROM change c)
        ORDER BY e.key, e.i
    ), edit AS (
        -- A renamed person continues the entry of the old id.
        SELECT c.person_id, CASE WHEN c.entry IS NOT NULL
            THEN anthology.person_json(c.entry, coalesce(o.value, (
                SELECT f.value FROM change g JOIN old f ON f.key = g.person_id
                WHERE g.entry IS NULL AND anthology.present_id(g.person_id) = c.person_id
                ORDER BY f.key LIMIT 1))) END AS entry
        FROM change c LEFT JOIN old o ON o.key = c.person_id
    )
    SELECT anthology.edit_json_object(coalesce(f.source, E'{}\n')::json,
        ARRAY(SELECT e.person_id FROM edit e ORDER BY e.person_id COLLATE "C"),
        ARRAY(SELECT e.entry FROM edit e ORDER BY e.person_id COLLATE "C"))
    FROM file f
$$;

COMMENT ON FUNCTION export_people_json() IS
    'people.json: the file as it was loaded or exported last with the entries of corrected '
    'persons changed, byte for byte otherwise; without such a file, every verified person in the '
    'official library''s form';

CREATE OR REPLACE FUNCTION export_people_yaml() RETURNS text
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    WITH file AS MATERIALIZED (
        SELECT max(d.source) AS source,
            max(anthology.file_to_json(d.source, d.path)::text)::jsonb AS people
        FROM anthology.data_file d WHERE d.path = 'yaml/people.yaml'
    ), change AS MATERIALIZED (
        SELECT c.* FROM file f, anthology.people_changes(f.people) c
    ), entry AS (
        -- Members that are not known here, and entries that could not be loaded, stay.
        SELECT e.key AS id, e.value || coalesce(p.entry, '{}') AS entry
        FROM file f, jsonb_each(f.people) e,
            LATERAL (SELECT anthology.person_entry(e.key)) AS p(entry)
        WHERE e.key NOT IN (SELECT c.person_id FROM change c)
        UNION ALL
        SELECT c.person_id, CASE WHEN jsonb_typeof(f.people -> c.person_id) = 'object'
                THEN (f.people -> c.person_id)
                    - '{names,orcid,degree,comment,similar,disable_name_matching}'::text[]
                ELSE '{}' END || c.entry
        FROM file f, change c WHERE c.entry IS NOT NULL
    )
    SELECT CASE WHEN f.source IS NOT NULL AND NOT EXISTS (SELECT FROM change) THEN f.source
        ELSE anthology.jsonb_to_yaml(coalesce(
            (SELECT jsonb_object_agg(e.id, e.entry) FROM entry e), '{}')) END
    FROM file f
$$;

COMMENT ON FUNCTION export_people_yaml() IS
    'people.yaml: the file as it was loaded or exported last if no person was corrected; '
    'otherwise every person in the official library''s form and order';

CREATE FUNCTION export_hall_of_fame() RETURNS text
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    -- From the file before exports, as long as it is that one: a merge undone parts two ids again.
    SELECT anthology.edit_json_strings(f.source::json, 'id',
        coalesce(array_agg(i.id ORDER BY i.id) FILTER (WHERE present <> i.id), '{}'),
        coalesce(array_agg(present ORDER BY i.id) FILTER (WHERE present <> i.id), '{}'))
    FROM (SELECT CASE WHEN d.exported_digest = md5(d.source) THEN d.original ELSE d.source END
          FROM anthology.data_file d WHERE d.path = 'json/hall-of-fame.json') AS f(source)
        LEFT JOIN LATERAL (
            SELECT DISTINCT j.value #>> '{}' AS id
            FROM jsonb_path_query(f.source::jsonb, 'lax $.**.id') AS j(value)
            WHERE jsonb_typeof(j.value) = 'string') AS i ON true
        LEFT JOIN LATERAL (SELECT anthology.present_id(i.id)) AS p(present) ON true
    GROUP BY f.source
$$;

COMMENT ON FUNCTION export_hall_of_fame() IS
    'hall-of-fame.json: the file with the ids that persons have now, byte for byte otherwise; '
    'NULL if there is none';

CREATE OR REPLACE FUNCTION changed_files() RETURNS TABLE (path text, content text, error text)
    LANGUAGE plpgsql STABLE ROWS 10
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    file record;
BEGIN
    FOR file IN
        SELECT f.* FROM (
            SELECT format('xml/%s.xml', c.id) AS path, c.id AS collection_id, c.source
                FROM anthology.collection c
                WHERE EXISTS (SELECT FROM anthology.papers_of_collection(c.id) AS i(id)
                              JOIN anthology.authorship a ON a.paper_id = i.id
                              WHERE (a.explicit_person_id, a.orcid, a.openreview)
                                  IS DISTINCT FROM (a.file_person_id, a.file_orcid,
                                      a.file_openreview))
            UNION ALL
            SELECT x.path, NULL, d.source
                FROM (SELECT CASE s.layout WHEN 'json' THEN 'json/people.json'
                    ELSE 'yaml/people.yaml' END
                      FROM anthology.corpus_state s
                      UNION ALL VALUES ('json/hall-of-fame.json')) AS x(path)
                    LEFT JOIN anthology.data_file d USING (path)
                -- Persons may have come without a file.
                WHERE d.path IS NOT NULL
                    OR EXISTS (SELECT FROM anthology.person p
                               WHERE p.verified
                                   AND p.loaded IS DISTINCT FROM anthology.person_entry(p.id))
                    OR EXISTS (SELECT FROM anthology.person_change c
                               JOIN anthology.reassignment r ON r.id = c.reassignment_id
                               WHERE c.action = 'delete' AND r.status = 'applied')
        ) AS f ORDER BY f.path COLLATE "C"
    LOOP
        path := file.path;
        error := NULL;
        -- A file that cannot be edited does not stop the others.
        BEGIN
            content := CASE file.path
                WHEN 'json/people.json' THEN anthology.export_people_json()
                WHEN 'yaml/people.yaml' THEN anthology.export_people_yaml()
                WHEN 'json/hall-of-fame.json' THEN anthology.export_hall_of_fame()
                ELSE anthology.export_collection(file.collection_id) END;
        EXCEPTION WHEN data_exception THEN
            content := NULL;
            error := SQLERRM;
        END;
        IF content IS DISTINCT FROM file.source THEN
            RETURN NEXT;
        END IF;
    END LOOP;
END
$$;

COMMENT ON FUNCTION changed_files() IS
    'the files of the data folder that corrections have changed since they were loaded or '
    'exported, and what is to be in them; of a file that cannot be edited, why';

CREATE FUNCTION file_problem(path text, content text) RETURNS text
    LANGUAGE plpgsql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF path LIKE '%.xml' THEN
        PERFORM xmlparse(DOCUMENT content);
    ELSIF path LIKE '%.json' THEN
        PERFORM content::json;
    ELSE
        PERFORM anthology.yaml_to_json(content);
    END IF;
    RETURN NULL;
EXCEPTION WHEN data_exception THEN
    RETURN SQLERRM;
END
$$;

COMMENT ON FUNCTION file_problem(text, text) IS
    'why a file with this content could not be loaded again; NULL if it can be read';

CREATE FUNCTION files_to_export() RETURNS TABLE (path text, content text, expected text)
    LANGUAGE plpgsql STABLE ROWS 10
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    bad text;
BEGIN
    FOR path, content, expected, bad IN
        SELECT f.path, f.content, coalesce(c.source, d.source),
            coalesce(f.error, anthology.file_problem(f.path, f.content))
        FROM anthology.changed_files() f
            LEFT JOIN anthology.collection c ON f.path = format('xml/%s.xml', c.id)
            LEFT JOIN anthology.data_file d ON d.path = f.path
    LOOP
        IF bad IS NOT NULL THEN
            RAISE EXCEPTION 'file "%" cannot be exported: %', path, bad
                USING ERRCODE = 'data_exception',
                    HINT = 'Nothing was written. changed_files() gives the other files.';
        END IF;
        RETURN NEXT;
    END LOOP;
END
$$;

COMMENT ON FUNCTION files_to_export() IS
    'the changed files, and what they are expected to hold before they are written; an error that '
    'names a file that cannot be';

CREATE FUNCTION remember_export(paths text[], contents text[]) RETURNS void
    LANGUAGE sql VOLATILE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
    UPDATE anthology.collection c SET source = f.content
        FROM unnest(paths, contents) AS f(path, content)
        WHERE f.path = format('xml/%s.xml', c.id);
    UPDATE anthology.authorship a SET file_person_id = a.explicit_person_id, file_orcid = a.orcid,
            file_openreview = a.openreview
        WHERE (a.explicit_person_id, a.orcid, a.openreview)
                IS DISTINCT FROM (a.file_person_id, a.file_orcid, a.file_openreview)
            AND a.paper_id IN (
                SELECT i.id FROM anthology.collection c,
                    anthology.papers_of_collection(c.id) AS i(id)
                WHERE format('xml/%s.xml', c.id) = ANY (paths));
    INSERT INTO anthology.data_file AS d (path, source)
        SELECT f.path, f.content FROM unnest(paths, contents) AS f(path, content)
            WHERE f.path NOT LIKE 'xml/%'
        ON CONFLICT (path) DO UPDATE SET source = excluded.source,
            original = CASE WHEN excluded.path <> 'json/hall-of-fame.json' THEN NULL
                WHEN d.exported_digest = md5(d.source) THEN d.original ELSE d.source END,
            exported_digest = md5(excluded.source);
    UPDATE anthology.person p SET loaded = anthology.person_entry(p.id)
        WHERE p.loaded IS DISTINCT FROM anthology.person_entry(p.id)
            AND paths && '{json/people.json,yaml/people.yaml}';
    -- The files say now what was decided.
    DELETE FROM anthology.load_problem p WHERE p.kind = 'correction' AND p.file = ANY (paths)
$$;

COMMENT ON FUNCTION remember_export(text[], text[]) IS
    'notes that files have been exported: what changes from now on is compared with these';

COMMENT ON FUNCTION write_server_file(text, text) IS
    'writes a file on the server, in UTF-8, whole or not at all: for members of '
    'pg_write_server_files';

CREATE FUNCTION export_changes(directory text, insist boolean DEFAULT false) RETURNS SETOF text
    LANGUAGE c VOLATILE STRICT
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_export_changes';

COMMENT ON FUNCTION export_changes(text, boolean) IS
    'writes the changed files into a data folder on the server, all or none, remembers that, and '
    'tells which: for members of pg_write_server_files; insist writes over what others have '
    'changed';

CREATE FUNCTION recover_exports() RETURNS void
    LANGUAGE c VOLATILE STRICT
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_recover_exports_sql';

COMMENT ON FUNCTION recover_exports() IS
    'puts back the files of exports that a crash kept from committing: the next export or load '
    'does it, too';

CREATE TYPE issue_row AS (line integer, field text, label text, item boolean, content text,
    claim text, listed boolean);

COMMENT ON TYPE issue_row IS
    'a sentence of an issue: its line, the field of the form and its label, whether a list''s '
    'item; what it says of papers, '
    'or the sentence before the list: see issue_claims()';

CREATE FUNCTION url_decode(address text) RETURNS text
    LANGUAGE plpgsql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF address !~ '%[0-9A-Fa-f]{2}' THEN
        RETURN address;
    END IF;
    RETURN convert_from((
        SELECT string_agg(CASE WHEN m[1] ~ '^%[0-9A-Fa-f]{2}$' THEN decode(substr(m[1], 2), 'hex')
                               ELSE convert_to(m[1], 'UTF8') END, '' ORDER BY i)
        FROM regexp_matches(address, '%[0-9A-Fa-f]{2}|[^%]+|%', 'g') WITH ORDINALITY AS x(m, i)),
            'UTF8');
EXCEPTION
    -- Bytes that are not text stay as they are written.
    WHEN character_not_in_repertoire OR untranslatable_character THEN
        RETURN address;
END
$$;

COMMENT ON FUNCTION url_decode(text) IS
    'an address with its %XX as characters; as it is if they are no text';

CREATE FUNCTION issue_text(body text) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    WITH plain AS (
        SELECT regexp_replace(regexp_replace(coalesce(body, ''), '\r\n?', E'\n', 'g'),
            '[\u00AD\u200B-\u200F\u202A-\u202E\u2060\uFEFF]', '', 'g') AS text
    ), decoded AS (
        SELECT replace(replace(replace(replace(replace(replace(replace(text, '&lt;', '<'), '&gt;',
            '>'),
            '&quot;', '"'), '&#39;', ''''), '&apos;', ''''), '&nbsp;', ' '), '&amp;', '&') AS text
                FROM plain
    ), shown AS (
        -- Readers of the issue do not see comments.
        SELECT regexp_replace(regexp_replace(text, '<!--.*?-->', '', 'g'),
            '<br */?>|</?(p|div|li|ul|ol|details|summary)>', E'\n', 'gi') AS text FROM decoded
    )
    SELECT regexp_replace(regexp_replace(text, '[\t\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000]',
        ' ', 'g'),
        '^ *(> ?)+|^ *(```|~~~)[a-z]* *$', '', 'gn') FROM shown
$$;

COMMENT ON FUNCTION issue_text(text) IS
    'an issue''s text as it is shown: entities, line ends and blanks made even; quotation and '
    'fence marks taken off';

CREATE FUNCTION issue_field(line text) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    -- The labels of the form in all its wordings since 2024, and what people make of them.
    SELECT CASE WHEN length(line) > 120 OR line = '' THEN NULL ELSE (
        SELECT CASE
            WHEN l ~ '^(the )?(affected )?author page(s|\(s\))?( affected)?( in the anthology)?( '
                'urls?)?$' THEN 'pages'
            WHEN l ~ '^(the )?(author|my)?(''s)? ?orcid( id)?$' THEN 'orcid'
            WHEN l ~ '^((author|my) )?(institution|university)( of (the )?highest.*)?$|^highest '
                'degree( institution)?$' THEN 'institution'
            WHEN l ~ '^your papers?( \(if required.*)?$|^anthology ids?$' THEN 'papers'
            WHEN l ~ '^author name \(only|^is the author''?s name read' THEN 'script'
            WHEN l ~ '^type of (author |paper )?(metadata )?correction' THEN 'type'
            WHEN l ~ '^(supporting|additional|further) information$|^correction to ' THEN 'prose'
            WHEN l ~ '^preferred (author )?name$' THEN 'preferred'
            WHEN l ~ '^openreview( profile)?( page)?( url| link)?$' THEN 'openreview'
            WHEN l ~ '^json data block$' THEN 'json'
            WHEN l ~ '^confirm(ing)? that ' THEN 'confirm' END
        FROM lower(btrim(regexp_replace(line, '^ *#+ *| *#+ *$|\*\*|__', '', 'g'), ' :')) AS l) END
$$;

COMMENT ON FUNCTION issue_field(text) IS
    'the field of the author page form that begins with a line, if the line is its label';

CREATE FUNCTION issue_pieces(sentence text) RETURNS SETOF text
    LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 1
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    -- Readers may look at each part of a row again. So rows are short, and cut between words.
    IF length(sentence) <= 1000 THEN
        RETURN NEXT sentence;
    ELSE
        RETURN QUERY
            SELECT string_agg(CASE WHEN length(q.part) <= 1000 THEN q.part
                    ELSE format('[%s characters without a blank are not read]',
                        length(q.part)) END, ' ' ORDER BY q.i, q.j)
            FROM (SELECT x.i, y.j, y.part, sum(least(length(y.part), 50) + length(y.part) % 1000)
                OVER (ORDER BY x.i, y.j) / 1000 AS piece
                  FROM string_to_table(sentence, ' ') WITH ORDINALITY AS x(word, i),
                      regexp_split_to_table(x.word, CASE WHEN length(x.word) > 1000
                          THEN '[,;|()<>"]+' ELSE '\n' END) WITH ORDINALITY AS y(part, j)
                  WHERE y.part <> '') AS q
            GROUP BY q.piece ORDER BY q.piece;
    END IF;
END
$$;

COMMENT ON FUNCTION issue_pieces(text) IS
    'a sentence, or a long one in pieces that end between words';

CREATE FUNCTION issue_rows(title text, body text) RETURNS SETOF issue_row
    LANGUAGE sql STABLE PARALLEL SAFE ROWS 50
    SET search_path = pg_catalog, pg_temp
AS $$
    WITH lines AS (
        SELECT n::integer AS n, l, CASE WHEN labelled THEN anthology.issue_field(l) END AS field,
            -- "ORCID: 0000-..." on one line.
            CASE WHEN labelled AND m IS NOT NULL AND anthology.issue_field(m[1]) NOT IN ('type',
                'confirm', 'script', 'json', 'prose') THEN m END AS said
        FROM string_to_table(regexp_replace(anthology.issue_text(body), ' {2,}', ' ', 'g'), E'\n')
            WITH ORDINALITY AS x(l, n),
            regexp_match(left(l, 1000), '^[-*+ ]*([A-Za-z][A-Za-z'' ]+?)[* ]*:[* ]*([^/ '
                '*].*)$') AS m,
            LATERAL (SELECT left(l, 120) ~* ('page|orcid|institut|university|paper|anthology id|'
                'author|type of|information|correction|degree|'
                || 'openreview|json|confirm|preferred') AS labelled) AS k
        WHERE l NOT IN ('', ' ')
    ), counted AS (
        SELECT n, l, field, said, count(field) OVER (ORDER BY n) AS section FROM lines
    ), sections AS (
        SELECT section, field,
            btrim(regexp_replace(l, '^ *#+ *|\*\*|__', '', 'g'), ' :') AS label
        FROM counted WHERE field IS NOT NULL
    )
    SELECT line, field, label, item, content, NULL::text, NULL::boolean FROM (
        SELECT 0 AS line, 'title' AS field, 'title' AS label, false AS item,
            btrim(anthology.issue_text(title), E' \n') AS whole, 1::bigint AS i WHERE title <> ''
        UNION ALL
        SELECT c.n, coalesce(CASE WHEN c.said IS NOT NULL
            THEN anthology.issue_field(c.said[1]) END, s.field, 'prose'),
            coalesce(c.said[1], s.label, 'text'),
            c.l ~ '^ *([-*+\u2022\u00B7]|[(\[]?\d+[.)\]]+)( |$)', btrim(p), i
        FROM counted c LEFT JOIN sections s USING (section),
            -- A sentence ends before a blank. "but" begins a contrary statement.
            regexp_split_to_table(coalesce(c.said[2],
                regexp_replace(c.l, '^ *([-*+\u2022\u00B7]|[(\[]?\d+[.)\]]+) +', '')),
                '(?<=[.!?;\u3002\uFF1B]) +|, *(?=(but|while|whereas|however)\M)')
                    WITH ORDINALITY AS x(p, i)
        WHERE c.field IS NULL AND btrim(p) <> '') AS r,
        LATERAL (SELECT r.whole, 1::bigint WHERE length(r.whole) <= 1000
            UNION ALL SELECT p, j FROM anthology.issue_pieces(r.whole) WITH ORDINALITY AS q(p, j)
                WHERE length(r.whole) > 1000) AS y(content, j)
    ORDER BY line, i, j
$$;

COMMENT ON FUNCTION issue_rows(text, text) IS
    'the sentences of an issue, each with the field of the form that it stands in; line 0 is '
    'the title';

CREATE FUNCTION issue_value(content text) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    -- People who have nothing to say leave or type this in a field.
    SELECT CASE WHEN length(v) > 200 OR v !~* ('^(no response|none|nil|null|no|n\.? ?/? ?a\.?|'
        'not (applicable|available|sure)|'
            || 'unknown|tbd|same|empty|nothing|[-.?/x\u2013\u2014]*|\u65E0|\u6CA1\u6709|'
            || '(-|<|\[|\{)* *(add|provide|enter|insert|replace|paste|your)\M.*(here|name|'
                'orcid)? *(-|>|\]|\})+|'
            || '(ex|e\.g)\.? .*)$')
        THEN nullif(btrim(content), '') END
    FROM btrim(content, E' \n*_`"''.()') AS v
$$;

COMMENT ON FUNCTION issue_value(text) IS
    'a field''s text; NULL if it is empty, a placeholder, "none", "NA" or the like';

CREATE FUNCTION issue_quote(content text) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT CASE WHEN length(content) > 200 THEN left(content, 197) || '...' ELSE content END
$$;

COMMENT ON FUNCTION issue_quote(text) IS 'a text as it is quoted: of a long one the beginning';

CREATE FUNCTION issue_ticked(rows issue_row[])
    RETURNS TABLE (action text, ticked boolean, label text, content text)
    LANGUAGE sql STABLE PARALLEL SAFE ROWS 4
    SET search_path = pg_catalog, pg_temp
AS $$
    -- An option is known by its sentence, in the old wording and the new.
    SELECT CASE WHEN o ~* '^(\*\*|_)*verif(y|ication)|adds? an orcid' THEN 'verify'
            WHEN o ~* '^(\*\*|_)*(split|disambiguat)|different people' THEN 'split'
            WHEN o ~* '^(\*\*|_)*merge|has multiple (pages|profiles)' THEN 'merge'
            WHEN o ~* '^(\*\*|_)*name change|permanently changed' THEN 'name change'
            WHEN o ~* '^(paper (title|abstract)|author name|metadata)' THEN 'metadata' END,
        m[1] IS DISTINCT FROM ' ' AND m[1] <> '', r.label, r.content
    FROM unnest(rows) AS r,
        regexp_match(r.content, '^(?:[-*+] *)?\[ *(x|X|v|V|y|\u2713|\u2714|\u2611|\u2705|\*|'
            ') *\](.*)$') AS m,
        btrim(m[2], ' *_') AS o
    WHERE m IS NOT NULL AND length(r.content) < 300
        AND (r.field = 'type' OR r.field NOT IN ('confirm', 'script'))
$$;

COMMENT ON FUNCTION issue_ticked(issue_row[]) IS
    'the options of the form that an issue has, ticked or not';

CREATE FUNCTION issue_asked(rows issue_row[])
    RETURNS TABLE (action text, label text, content text)
    LANGUAGE sql STABLE PARALLEL SAFE ROWS 4
    SET search_path = pg_catalog, pg_temp
AS $$
    -- The first sentence that asks for it. A sentence that denies it does not count.
    SELECT DISTINCT ON (w.action) w.action, r.label, r.content
    FROM unnest(rows) AS r, (VALUES
        ('verify', '\m(verif(y|ied|ication)|(add|link|attach|include|associate|connect)(ing|'
            'ed)? [^.]*\morcid|'
            '\u8BA4\u8BC1|\u9A8C\u8BC1)'),
        ('split', '\m(split(s|ting)?|disambiguat(e|ed|es|ing|ion)|separat(ed|ing|ion|e (the|these|'
            'those|my|them|out|into|from))|conflat(e|es|ed|ing)|'
            'mix(es|ed)( up)?|'
            '(not|n''t|never) (belong to me|mine|my (own )?(papers?|works?|publications?|'
            'articles?)|(written|authored) by me|by me)|'
            'belongs? to (an|some)?(other|one)|(an)?other (person|people|author|researcher)s?|'
            '(someone|somebody) else|different (people|persons?|authors?|researchers?|'
            'individuals?)|'
            'same name|(wrong|incorrect) (author|page|profile|person)|(incorrectly|wrongly|'
            'mistakenly|erroneously) (assigned|attributed|listed|linked|added|associated))\M'
            '|\u540C\u540D|\u62C6\u5206'),
        ('merge', '\m(merg(e|es|ed|ing)|combin(e|ed|ing)|unif(y|ied)|consolidat(e|ed|ing)|'
            'duplicated?|'
            '(two|three|four|several|multiple|many|different) (\w+ )?(author )?(pages|profiles|'
            'accounts|spellings)|'
            'same (person|author|individual)|both (pages|profiles))\M|\u5408\u5E76'),
        ('name change', '\m((name|surname) changes?|chang(e|ed|ing) (of )?(my|her|his|'
            'their) (\w+ )?(name|surname)|'
            '(former|previous|maiden|birth|dead|married|new) ?name|formerly (known|published)|'
            '(previously|earlier) (known|published) (as|under)|now (known as|publish under)|'
            'got married|\u6539\u540D)\M')
        ) AS w(action, pattern)
    WHERE r.field IN ('title', 'pages', 'papers', 'prose') AND r.content ~* w.pattern
        AND r.content !~ '^(- *)?\[.?\]'
        -- "Others' papers are merged into my page" is what is wrong.
        AND NOT (w.action = 'merge' AND r.content ~* '\m(are|is|was|were|been|being|got|gets?|has|'
            'have)( \w+){0,3} (merged|combined)\M'
            AND r.content !~* '\m(please|could|can|would|should|like|want|wish|need|ask|request|'
                'to be)\M')
        AND r.content !~* ('\m(not|n''t|no need to|without|never|nor) ((want|wish|need|ask|asking|'
            'requesting|ha(ve|s)|am|is|are) )?'
            || '(to |for |a |any )*(be )?(merg|split|verif|chang|combin|disambig|name change|'
                'separat)|'
            || '\m(no|nothing|none) (\w+ ){0,3}(merge|split|change|papers?|others?|else|'
                'duplicates?|different)\M')
    ORDER BY w.action, r.line
$$;

COMMENT ON FUNCTION issue_asked(issue_row[]) IS
    'the kinds of correction that an issue''s prose asks for, with the first sentence that does';

CREATE FUNCTION issue_orcids(rows issue_row[])
    RETURNS TABLE (field text, label text, content text, written text, orcid text,
        foreign_to boolean)
    LANGUAGE sql STABLE PARALLEL SAFE ROWS 1
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT r.field, r.label, r.content, m[1], anthology.orcid_normalize(replace(m[1], ' ', '')),
        -- Whether the sentence says that it is somebody else's.
        r.content ~* ('\m(not (me|mine|my)|(an)?other|different|wrong(ly)?|incorrect(ly)?|someone|'
            'somebody|'
            || 'belongs? to|his|her|their|instead)\M')
    FROM unnest(rows) AS r,
        regexp_matches(regexp_replace(r.content, ' ?[\u2010-\u2015\u2212\uFF0D] ?', '-', 'g'),
            '\m(\d{4}[- ]?\d{4}[- ]?\d{4}[- ]?\d{3}[0-9Xx])\M', 'g') AS m
    WHERE r.content ~ '\d{3}' AND r.field <> 'json' AND m[1] !~ '^[0 -]+$'
$$;

COMMENT ON FUNCTION issue_orcids(issue_row[]) IS
    'what looks like an ORCID in an issue; NULL where the check digit is wrong; whether a '
    'sentence says it is not the author''s';

CREATE FUNCTION issue_institution(content text) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    -- The form asks for "University (address)"; people add the degree and the year.
    SELECT nullif(btrim(regexp_replace(string_agg(p, ', ' ORDER BY i), ' +', ' ', 'g'), ' ,;-*'),
        '')
    FROM (SELECT i, btrim(p, ' ,;:-*') AS p
        FROM regexp_split_to_table(regexp_replace(regexp_replace(left(content, 2000),
              '\[([^\]]*)\]\([^)]*\)', '\1', 'g'),
              '[(<]? *\m(https?://|www\.)[^\s)>]*[)>]?|\( *\)', ' ', 'gi'), '[\n,;]|\(|\)')
                  WITH ORDINALITY AS x(p, i)) AS parts
    WHERE p <> '' AND p !~ '^(19|20)\d\d( *- *((19|20)\d\d|present))?$'
        AND p !~* ('^(ph\.? ?d|d\.? ?phil|dr|m\.? ?phil|m\.? ?sc|m\.? ?s|m\.? ?a|m\.? ?eng|'
            'm\.? ?tech|b\.? ?sc|b\.? ?s|b\.? ?a|'
            || 'b\.? ?eng|b\.? ?tech|(doctor|master|bachelor)(''?s|ate|'
                'al)?( degree)?( of \w+( \w+)?)?)'
            || '\.?( *(student|candidate|degree|program(me)?|thesis))?( +in .*)?( *(19|20)\d\d)?$')
        AND p !~* '^(expected|anticipated|ongoing|current(ly)?|graduated|completed)( *(19|'
            '20)\d\d)?$'
$$;

COMMENT ON FUNCTION issue_institution(text) IS
    'the institution in what was written for it: without addresses, degrees and years; NULL if '
    'nothing else is there';

CREATE FUNCTION issue_name(content text) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT nullif(CASE WHEN n ~ '^[^,]+,[^,]+$' AND n !~* ',\s*(jr|sr|ph\.?d|i+|iv)\.?$'
        THEN regexp_replace(n, '^([^,]+),\s*([^,]+)$', '\2 \1') ELSE n END, '')
    FROM (SELECT btrim(regexp_replace(regexp_replace(left(content, 200),
        '[*`"{}\u201C\u201D]|\(.*\)', '', 'g'),
        '\s+', ' ', 'g'), ' .,;:_')) AS x(n)
$$;

COMMENT ON FUNCTION issue_name(text) IS 'a name in what was written for it, "Last, First" as '
    '"First Last"';

CREATE FUNCTION issue_preferred_name(rows issue_row[], OUT name text, OUT label text,
    OUT content text)
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    -- A name in prose is what begins with capitals: it ends where another word begins.
    SELECT c.name, c.label, c.content FROM (
        SELECT 1 AS i, r.line, anthology.issue_name(r.content) AS name, r.label, r.content
            FROM unnest(rows) AS r
            WHERE r.field = 'preferred' AND anthology.issue_value(r.content) IS NOT NULL
        UNION ALL
        SELECT 2, r.line, anthology.issue_name(m[1]), r.label, r.content
            FROM unnest(rows) AS r, regexp_match(r.content,
                '\mpreferred (?:author )?name(?: is|:)+ *(.+)$', 'i') AS m
            WHERE r.field IN ('prose', 'pages') AND anthology.issue_value(m[1]) IS NOT NULL
        UNION ALL
        SELECT 3, r.line, anthology.issue_name(m[1] || ' ' || m2[1]), r.label, r.content || ' / '
            || r.next
            FROM (SELECT f.*, lead(f.content) OVER (ORDER BY i) AS next FROM unnest(rows)
                WITH ORDINALITY AS f(line, field, label, item, content, claim, listed, i)) AS r,
                regexp_match(r.content, '^(?:first|given)(?: and middle)? ?names?(?:\(s\))?: '
                    '*(.+)$', 'i') AS m,
                regexp_match(r.next, '^(?:last|family|sur) ?names?: *(.+)$', 'i') AS m2
            WHERE m IS NOT NULL AND m2 IS NOT NULL AND r.field = 'prose'
        UNION ALL
        SELECT 4, r.line, anthology.issue_name(m[1]), r.label, r.content
            FROM unnest(rows) AS r, regexp_match(regexp_replace(r.content, '["*`\u201C\u201D]', '',
                'g'),
                '\m(?:changed? (?:my|her|his|their) (?:\w+ )?name (?:from .*)?to|'
                || '[Uu]nder (?:my|the|her|his|their) (?:full |new |current )*name|'
                || '(?:prefer(?:red)?|canonical|current|new|correct) (?:\w+ )?name(?: is| should '
                    'be|:)) '
                || '([^a-z\d\s:(][^\s,.]*(?:[ ,]+(?:[^a-z\d\s(][^\s,]*|de|da|del|der|den|van|von|'
                    'bin|al|el|la))+)') AS m
            WHERE r.field IN ('prose', 'title')
                -- "I published under the name" is another matter.
                AND (r.content !~ '[Uu]nder ' OR r.content ~* '\m(merg|group|combin|keep|list|'
                    'show|unif|collect)')
    ) AS c WHERE c.name IS NOT NULL ORDER BY i, line LIMIT 1
$$;

COMMENT ON FUNCTION issue_preferred_name(issue_row[]) IS
    'the name that the author prefers, and where it was read';

CREATE FUNCTION issue_metadata(body text) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    written text;
    data jsonb;
BEGIN
    IF anthology.issue_text(body) !~ '"anthology_id"\s*:' THEN
        RETURN NULL;
    END IF;
    FOREACH written IN ARRAY ARRAY[body, anthology.issue_text(body)] LOOP
        BEGIN
            data := substr(written, strpos(written, '{'),
                length(written) - strpos(written, '{') - strpos(reverse(written), '}') + 2)::jsonb;
            EXIT;
        EXCEPTION
            WHEN data_exception OR program_limit_exceeded THEN
                NULL;
        END;
    END LOOP;
    IF data IS NULL OR jsonb_typeof(data -> 'anthology_id') IS DISTINCT FROM 'string' THEN
        RETURN jsonb_build_object('broken', true,
            'anthology_id', substring(anthology.issue_text(body)
                FROM '"anthology_id"\s*:\s*"([.A-Za-z0-9-]+)"'));
    END IF;
    RETURN data;
END
$$;

COMMENT ON FUNCTION issue_metadata(text) IS
    'the JSON of the "Fix data" dialog in an issue, NULL if it has none; of a broken one the paper';

CREATE FUNCTION issue_authors(data jsonb)
    RETURNS TABLE (name text, former text, person text, change text)
    LANGUAGE sql STABLE PARALLEL SAFE ROWS 5
    SET search_path = pg_catalog, pg_temp
AS $$
    -- Two blanks part "First  Last"; a comma parts "Last, First".
    WITH new AS (
        SELECT i, concat_ws(', ', btrim(a ->> 'last'), nullif(btrim(a ->> 'first'), '')) AS name,
            a ->> 'id' AS person
        FROM jsonb_array_elements(CASE WHEN jsonb_typeof(data -> 'authors') = 'array'
            THEN data -> 'authors' ELSE '[]' END)
            WITH ORDINALITY AS x(a, i)
        WHERE jsonb_typeof(a) = 'object'
    ), old AS (
        SELECT i, regexp_replace(btrim(o), '^(.*?) {2,}(.*)$', '\2, \1') AS name
        FROM regexp_split_to_table(coalesce(data ->> 'authors_old', ''), '\|')
            WITH ORDINALITY AS x(o, i)
        WHERE btrim(o) <> ''
    ), gone AS (
        SELECT o.*, row_number() OVER (ORDER BY o.i) AS n FROM old o
            WHERE o.name NOT IN (SELECT n.name FROM new n)
    ), come AS (
        SELECT c.*, row_number() OVER (ORDER BY c.person = '##ADDED##', c.i) AS n
        FROM new c WHERE c.name NOT IN (SELECT o.name FROM old o)
    )
    SELECT c.name, CASE WHEN c.person <> '##ADDED##' THEN g.name END, nullif(c.person, '##ADDED##'),
        CASE WHEN c.person = '##ADDED##' THEN 'added' ELSE 'renamed' END
    FROM come c LEFT JOIN gone g ON g.n = c.n
        AND (SELECT count(*) FROM come WHERE person <> '##ADDED##') = (SELECT count(*) FROM gone)
    UNION ALL
    SELECT NULL, g.name, NULL, 'taken off' FROM gone g
    WHERE (SELECT count(*) FROM come WHERE person <> '##ADDED##') <> (SELECT count(*) FROM gone)
$$;

COMMENT ON FUNCTION issue_authors(jsonb) IS
    'what the JSON of the "Fix data" dialog changes in who the authors of a paper are';

CREATE FUNCTION issue_corpus() RETURNS boolean
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    relation text;
BEGIN
    FOREACH relation IN ARRAY ARRAY['paper', 'person', 'person_name', 'authorship', 'reassignment',
        'term_statistics'] LOOP
        IF to_regclass('anthology.' || relation) IS NULL
            OR NOT has_table_privilege('anthology.' || relation, 'SELECT') THEN
            RETURN false;
        END IF;
    END LOOP;
    RETURN EXISTS (SELECT FROM anthology.paper);
END
$$;

COMMENT ON FUNCTION issue_corpus() IS
    'whether there is a corpus here, and the caller may read it, in which to look up what an '
    'issue names';

CREATE FUNCTION issue_pages(rows issue_row[])
    RETURNS TABLE (at bigint, field text, label text, content text, page text, target boolean)
    LANGUAGE sql STABLE ROWS 2
    SET search_path = pg_catalog, pg_temp
AS $$
    WITH decoded AS (
        SELECT r.at, r.field, r.label, r.content, anthology.url_decode(r.content) || ' ' AS text
        FROM unnest(rows) WITH ORDINALITY AS r(line, field, label, item, content, claim, listed, at)
        WHERE r.field IN ('title', 'pages', 'prose', 'papers', 'type', 'preferred')
    ), pattern(address) AS (
        -- Any folder of ours, or no host at all: other hosts have people, too.
        VALUES ('(?:(?:aclanthology\.org|aclweb\.org/anthology)(?:/[\w.-]+)*|(?:^|[ "''`\[<>(=*|'
            ',;]))/*\mpeople'
            || '/+(?:[a-z]/+)?([a-z][a-z0-9-]*[a-z0-9])(/+unverified)?(?=[^a-z0-9-])')
    ), addressed AS (
        SELECT d.*, regexp_replace(lower(m[1] || coalesce(m[2], '')), '/+', '/') AS page,
            -- The text between this address and the one before.
            piece[i] AS before
        FROM decoded d, pattern a, regexp_split_to_array(d.text, a.address, 'i') AS piece,
            regexp_matches(d.text, a.address, 'gi') WITH ORDINALITY AS x(m, i)
        WHERE d.text ~* '\mpeople/'
    ), bare AS (
        SELECT d.*, lower(m[1]) AS page
        FROM decoded d,
            regexp_matches(d.text, '(?:^|[^\w/.-])([a-z][a-z0-9-]*[a-z0-9]/unverified)\M',
            'gi') AS m
        WHERE d.text ~* '/unverified'
        UNION ALL
        -- A line of nothing but ids.
        SELECT d.*, t.token
        FROM decoded d, regexp_replace(d.text,
                '^author (?:page|metadata) *:|^[-*+\u2022] |^\(?\d+[.)] |[`"''{}<>()*:.\[\u2192]|'
                '\]|->|=>', ' ', 'gi') AS s,
            regexp_split_to_table(btrim(s, E' \n,;&'), '[\s,;&]+') AS t(token)
        WHERE d.field IN ('pages', 'title') AND length(s) < 1000
            AND btrim(s, E' \n,;&') ~ '^(([a-z][a-z0-9]*(-[a-z0-9]+)+|and|into|to|with|'
                'merge)([\s,;&]+|$))+$'
            AND t.token ~ '^[a-z][a-z0-9]*(-[a-z0-9]+)+$'
    )
    SELECT a.at, a.field, a.label, a.content, a.page,
        a.before ~* ('\m(into|onto)\M[^.]*$|\m(keep|retain)\M[^.]*$|'
            || '\mto\M(?! *(merge|combine|move|split|add|have|remove|be|verify|link|transfer|'
                'assign|request|unify|ask|separate)\M)'
            || '\W*(\w+\W+){0,5}(page|profile|account|id|url|link|author)?\W*(https?://)?((www|'
                'preview)\.)?$')
    FROM addressed a
    UNION ALL
    SELECT b.at, b.field, b.label, b.content, b.page, false FROM bare b
$$;

COMMENT ON FUNCTION issue_pages(issue_row[]) IS
    'the author pages that an issue names, by id or address, and whether as the one that papers '
    'are to go to';

CREATE FUNCTION page_known(page text) RETURNS text
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    -- Before 2025 an address did not say whether the person was verified.
    SELECT coalesce(anthology.present_id(page), anthology.present_id(page || '/unverified'))
$$;

COMMENT ON FUNCTION page_known(text) IS
    'the person whose page it is now, verified or not; NULL if there is none';

CREATE FUNCTION issue_no_page(rows issue_row[], corpus boolean) RETURNS text
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    instead text;
    found text[];
    wanted text;
BEGIN
    SELECT anthology.issue_quote(f.content) INTO instead FROM unnest(rows) AS f
        WHERE f.field = 'pages' AND anthology.issue_value(f.content) IS NOT NULL ORDER BY f.line
            LIMIT 1;
    IF instead IS NULL THEN
        SELECT m[1] INTO instead FROM unnest(rows) AS f,
            regexp_match(f.content, '^author (?:page|metadata) *: *\{? *([^{}]+)', 'i') AS m
                WHERE f.field = 'title' AND m IS NOT NULL;
    END IF;
    IF instead IS NULL OR instead ~* 'replace with author' THEN
        RETURN 'No author page is named.';
    END IF;
    -- A search, or a name: the pages of the name are what a person may choose from.
    IF corpus THEN
        wanted := anthology.name_slug(anthology.issue_name(regexp_replace(anthology.url_decode(
            coalesce(substring(instead FROM '[?&]q=([^&\s]+)'), instead)), '\+', ' ', 'g')));
        found := ARRAY(SELECT DISTINCT n.person_id FROM anthology.person_name n
            WHERE n.slug = wanted ORDER BY 1 LIMIT 10);
    END IF;
    RETURN format('No author page is named, but: %s%s', instead,
        CASE WHEN cardinality(found) > 0 THEN format(' (pages of this name: %s)',
            array_to_string(found, ', ')) ELSE '' END);
END
$$;

COMMENT ON FUNCTION issue_no_page(issue_row[], boolean) IS
    'what to decide if an issue names no page: what it says instead, and the pages of that name';

CREATE FUNCTION issue_mark(content text) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT CASE
        -- A table says yes or no in its cells.
        WHEN content ~* '^\|.*\| *(no|n|false|other|not .*|x|\u2717|\u2718|\u274C) *(\||$)'
            THEN 'unclear'
        WHEN e AND said ~* (n || '|' || o) THEN 'unclear'
        WHEN e THEN 'all but'
        WHEN content ~* n THEN 'not own'
        WHEN content ~* o THEN CASE WHEN own THEN 'unclear' ELSE 'not own' END
        WHEN content ~* w THEN CASE WHEN own THEN 'unclear' ELSE 'not own' END
        WHEN own THEN 'own'
        WHEN content ~* v THEN 'unclear' END
    FROM (SELECT
            '\m(not|n''t|never|none of (them|these|those) (is|are)|neither) ((actually|really|'
            'in fact) )?(mine|my (own )?(papers?|'
            || 'works?|publications?|articles?|own)|me|(written |authored )?by me|belong|(the |'
                'an |their )?authors?|have (written|authored))\M|'
            || '\m(not|n''t|never) (\w+ )?(write|wrote|written|author|authored|publish|published|'
                'contribute|contributed)\M|'
            || '\m(assigned|attributed|linked|added|associated|credited|listed) (to|with|under|on|'
                'in) (me|my)\M.*\m(wrong|incorrect|mistaken|erroneous)|'
            || '\m(wrong|incorrect|mistaken|erroneous)(ly)? (assigned|attributed|linked|added|'
                'associated|credited|listed) (to|with|under|on|in) (me|my)\M'
            AS n,
            '\m(by|from|of|to) (the |an |some )?others?\M|\mbelongs? to (an|some|a )?(other|one|'
            'somebody|different|persons?)|'
            || '\m(someone|somebody) else|(an)?other (person|people|author|researcher|individual|'
                'scholar)s?\M|'
            || '\mdifferent (person|people|author|researcher)s?\M' AS o,
            '\m(remov|delet|unlink|exclud)(e|ed|ing)\M' AS w, '\m(wrong|incorrect|mistaken|'
                'erroneous)(ly)?\M|\mby mistake\M' AS v,
            content ~* ('\m(mine|(are|is|belongs? to|written by|authored by|by) me|'
                'my (own )?(papers?|works?|publications?|articles?)|'
                || 'I (am|was) (an |the |a )?(co-?)?authors?|and (an |the )?(co-?)?author of|'
                    'I (have )?(co-?)?(wrote|written|authored)|'
                || '(should|must) be (assigned|moved|listed|linked) )') AS own,
            content ~* '\m(except|excepting|apart from|other than|all but|everything but|'
                'aside from|excluding|with the exception)\M' AS e,
            -- A clause about the exceptions would deny them again.
            regexp_replace(content, '\m(which|that|because|since|as they|as it|they)\M.*$', '',
                'i') AS said) AS x
$$;

COMMENT ON FUNCTION issue_mark(text) IS
    'whether a sentence says of papers that they are the author''s: own, not own, all but, '
    'unclear; NULL if it says nothing';

CREATE FUNCTION issue_claims(rows issue_row[]) RETURNS SETOF issue_row
    LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 50
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    r anthology.issue_row;
    mark text;
    carried text;
    carried_label text;
    of_papers boolean := false;
BEGIN
    -- "The following are not mine:" holds until a sentence says something else.
    FOREACH r IN ARRAY rows LOOP
        IF r.field IN ('title', 'pages', 'papers', 'prose') THEN
            mark := anthology.issue_mark(r.content);
            IF r.label IS DISTINCT FROM carried_label THEN
                carried := NULL;
                carried_label := r.label;
            END IF;
            r.listed := mark IS NOT NULL OR carried IS NOT NULL AND of_papers;
            r.claim := coalesce(mark, carried, 'own');
            -- So does a heading.
            IF (r.content ~* ':\W*$|\m(following|below)\M' OR mark IS NOT NULL
                AND r.content ~ '^#|^\*\*.*\*\*$') AND NOT r.item THEN
                of_papers := mark IS NOT NULL
                    OR r.content ~* '\m(papers?|publications?|works?|articles?)\M';
                carried := CASE WHEN mark = 'all but' THEN 'not own' ELSE coalesce(mark, 'own') END;
            ELSIF mark IS NULL AND NOT r.item AND r.content !~ '\d' AND r.content ~ '(\w+\W+){5}'
                THEN
                carried := NULL;
            END IF;
        END IF;
        RETURN NEXT r;
    END LOOP;
END
$$;

COMMENT ON FUNCTION issue_claims(issue_row[]) IS
    'the sentences of an issue with what they, or the sentence before the list, say of papers: '
    'whether they are the author''s';

CREATE FUNCTION issue_papers(rows issue_row[])
    RETURNS TABLE (line integer, label text, content text, paper text, claim text, said boolean)
    LANGUAGE sql STABLE PARALLEL SAFE ROWS 2
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT c.line, c.label, c.content,
        CASE WHEN m[1] ~ '^\d' THEN lower(m[1]) ELSE upper(coalesce(m[1], m[2])) END,
        CASE WHEN c.claim <> 'all but' THEN c.claim
            -- "All but A": what stands before is the author's.
            WHEN strpos(c.content, coalesce(m[1], m[2])) > coalesce(strpos(lower(c.content),
                lower((regexp_match(c.content,
                '\m(except|excepting|apart from|other than|all but|everything but|aside from|'
                'excluding|with the exception)\M', 'i'))[1])), 0)
            THEN 'not own' ELSE 'own' END,
        c.listed OR c.field = 'papers'
    FROM unnest(rows) AS c, regexp_matches(c.content,
        '\m([0-9]{4}\.[A-Za-z0-9]+-[A-Za-z0-9]+\.[0-9]+|[A-Z][0-9]{2}-[0-9]{4})'
        '(?=$|[^0-9A-Za-z]|[ve][0-9])'
        || '|(?:aclanthology\.org|aclweb\.org/anthology|'
            '10\.18653/v1)/(?:[\w-]+/)*([a-z][0-9]{2}-[0-9]{4})(?=$|[^0-9A-Za-z]|[ve][0-9])',
            'g') AS m
    WHERE c.claim IS NOT NULL AND c.content ~ '[0-9]{2}-[0-9]{4}|[0-9]{4}\.[A-Za-z0-9]+-'
$$;

COMMENT ON FUNCTION issue_papers(issue_row[]) IS
    'the papers that an issue names by id or address, and what it says of them';

CREATE FUNCTION issue_titles(rows issue_row[])
    RETURNS TABLE (line integer, label text, written text, claim text)
    LANGUAGE sql STABLE PARALLEL SAFE ROWS 2
    SET search_path = pg_catalog, pg_temp
AS $$
    -- A title is quoted text in a sentence about papers, or an item of a list of papers.
    -- Items with an id are left out.
    WITH whole AS (
        SELECT c.line, c.label, string_agg(c.content, ' ') AS content, bool_or(c.item) AS item,
            min(c.claim) AS claim, bool_or(c.listed OR c.field = 'papers') AS listed,
                min(c.field) AS field
        FROM unnest(rows) AS c WHERE c.claim IS NOT NULL AND c.field <> 'title'
        GROUP BY c.line, c.label
        HAVING bool_and(c.content !~ '[0-9]{2}-[0-9]{4}|[0-9]{4}\.[A-Za-z0-9]+-|people/')
            AND sum(length(c.content)) < 5000
    )
    SELECT w.line, w.label, btrim(t, ' .,;*_"`'), CASE w.claim WHEN 'all but' THEN 'not own'
        ELSE w.claim END
    FROM whole w, LATERAL (
        SELECT m[1] AS t FROM regexp_matches(w.content,
            '["*`\u201C\u201D]+([^"*`\u201C\u201D]+)["*`\u201C\u201D]+', 'g') AS m
            WHERE w.listed
        UNION ALL
        SELECT regexp_replace(regexp_replace(w.content, '^ *([-*+\u2022]|[(\[]?\d+[.)\]]+) *', ''),
            '\]?\(?https?://.*$|^\[', '', 'g')
            WHERE w.content !~ '["*`\u201C\u201D][^"*`\u201C\u201D]+ [^"*`\u201C\u201D]+ '
                '[^"*`\u201C\u201D]+["*`\u201C\u201D]' AND (w.item OR w.field = 'papers')
                AND (w.listed OR w.field IN ('pages', 'papers'))
    ) AS q
    WHERE t ~ '(\w+\W+){3}\w' AND t !~ ':\W*$' AND length(t) BETWEEN 15 AND 300
        AND anthology.issue_value(t) IS NOT NULL
    ORDER BY w.line
$$;

COMMENT ON FUNCTION issue_titles(issue_row[]) IS
    'what may be titles of papers in an issue: quoted, or items of a list, without an id';

CREATE FUNCTION issue_bibkeys(rows issue_row[])
    RETURNS TABLE (line integer, label text, written text, claim text)
    LANGUAGE sql STABLE PARALLEL SAFE ROWS 1
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT c.line, c.label, m[1], CASE c.claim WHEN 'all but' THEN 'not own' ELSE c.claim END
    FROM unnest(rows) AS c,
        regexp_matches(c.content, '(?:^|[^\w/.-])([a-z]+(?:-[a-z]+)*-(?:19|'
            '20)[0-9]{2}-[a-z0-9]+(?:-[a-z0-9]+)*)(?=$|[^\w/.-]|\.$|[.] )', 'g') AS m
    WHERE c.claim IS NOT NULL AND c.content ~ '-[12][09][0-9]{2}-'
        -- An entry that has its address needs no look-up.
        AND NOT (c.content ~ '^@[a-z]+\{' AND (
            SELECT count(*) FILTER (WHERE r.content ~ '^@[a-z]+\{') <=
                count(*)
                    FILTER (WHERE r.content ~ '^url *=.*'
                        '([0-9]{2}-[0-9]{4}|[0-9]{4}\.[A-Za-z0-9]+-)')
            FROM unnest(rows) AS r))
$$;

COMMENT ON FUNCTION issue_bibkeys(issue_row[]) IS 'the BibTeX keys in an issue, and what it says '
    'of the papers';

CREATE FUNCTION title_key(title text) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT lower(regexp_replace(anthology.abstract_plain(title), '[^[:alnum:]]+', '', 'g'))
$$;

COMMENT ON FUNCTION title_key(text) IS 'a title without all that people write in different ways';

CREATE FUNCTION papers_titled(titles text[], pages text[])
    RETURNS TABLE (written text, paper text)
    LANGUAGE plpgsql STABLE ROWS 2
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    persons text[] := pages || ARRAY(SELECT g || '/unverified' FROM unnest(pages) AS g);
    wanted text;
    key text;
    words tsquery;
    found text[];
BEGIN
    FOREACH wanted IN ARRAY titles LOOP
        key := anthology.title_key(wanted);
        -- On the pages named first; several papers may have one title.
        SELECT array_agg(DISTINCT p.id ORDER BY p.id) INTO found
            FROM anthology.authorship a JOIN anthology.paper p ON p.id = a.paper_id
            WHERE a.person_id = ANY (persons) AND anthology.title_key(p.title) = key;
        IF found IS NULL THEN
            words := anthology.rarest_words(anthology.abstract_tsquery(wanted), 5000);
            SELECT array_agg(p.id ORDER BY p.id) INTO found FROM anthology.paper p
                WHERE p.document @@ words AND anthology.title_key(p.title) = key;
        END IF;
        written := wanted;
        paper := CASE WHEN cardinality(found) = 1 THEN found[1] END;
        RETURN NEXT;
    END LOOP;
END
$$;

COMMENT ON FUNCTION papers_titled(text[], text[]) IS
    'the one paper with each of these titles, on one of the pages or anywhere; NULL if there is '
    'none, or several';

CREATE FUNCTION issue_looked_up(rows issue_row[], pages text[], corpus boolean) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    result jsonb;
    found jsonb := '{}'::jsonb;
BEGIN
    IF corpus THEN
        SELECT coalesce(jsonb_object_agg(t.written, t.paper), '{}') INTO found
            FROM anthology.papers_titled(ARRAY(
            SELECT DISTINCT w.written FROM anthology.issue_titles(rows) AS w ORDER BY 1 LIMIT 100),
                pages) AS t;
        SELECT found || coalesce(jsonb_object_agg(p.bibkey, p.id), '{}') INTO found
            FROM anthology.paper p
            WHERE p.bibkey = ANY (ARRAY(SELECT k.written FROM anthology.issue_bibkeys(rows) AS k));
    END IF;
    SELECT jsonb_agg(jsonb_build_object('paper', found ->> w.written, 'from', w.label, 'text',
        w.written, 'claim', w.claim) ORDER BY w.line)
        INTO result FROM (SELECT * FROM anthology.issue_titles(rows) UNION SELECT *
            FROM anthology.issue_bibkeys(rows)) AS w;
    RETURN coalesce(result, '[]');
END
$$;

COMMENT ON FUNCTION issue_looked_up(issue_row[], text[], boolean) IS
    'the papers that an issue names by title or BibTeX key, looked up if there is a corpus';

CREATE FUNCTION issue_to_request(title text, body text) RETURNS jsonb
    LANGUAGE plpgsql STABLE COST 10000
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    rows anthology.issue_row[] := ARRAY(SELECT r FROM anthology.issue_claims(ARRAY(
        SELECT s FROM anthology.issue_rows(title, body) AS s)) AS r);
    corpus boolean := anthology.issue_corpus();
    data jsonb := anthology.issue_metadata(body);
    actions text[];
    ticked text[];
    asked text[];
    orcid text;
    institution text;
    pages text[];
    title_page text;
    targets text[];
    papers text[];
    others text[];
    unclear text[];
    name text;
    openreview text;
    sources jsonb := '{}'::jsonb;
    undecided text[] := '{}';
    remarks text[] := '{}';
    named jsonb;
    r record;
BEGIN
    -- Kinds: as ticked, else as asked for.
    SELECT array_agg(DISTINCT t.action) FILTER (WHERE t.ticked) INTO ticked
        FROM anthology.issue_ticked(rows) AS t WHERE t.action IS NOT NULL;
    IF data IS NOT NULL OR title ~* '^\s*(paper metadata|metadata correction)\M' THEN
        ticked := array_append(array_remove(ticked, 'metadata'), 'metadata');
        sources := sources || jsonb_build_object('actions', jsonb_build_array(jsonb_build_object(
            'from', CASE WHEN data IS NULL THEN 'title' ELSE 'JSON data block' END, 'text',
                'metadata')));
    END IF;
    SELECT array_agg(q.action), jsonb_agg(jsonb_build_object('from', q.label, 'text',
        anthology.issue_quote(q.content)))
        INTO asked, named
        FROM anthology.issue_asked(rows) AS q;
    IF ticked IS NOT NULL THEN
        actions := ticked;
        sources := jsonb_set(sources, '{actions}', coalesce(sources -> 'actions', '[]')
            || coalesce((
            SELECT jsonb_agg(jsonb_build_object('from', t.label, 'text', t.content))
            FROM anthology.issue_ticked(rows) AS t WHERE t.ticked AND t.action IS NOT NULL), '[]'));
        IF cardinality(ticked) > 2 OR ticked && '{name change}' AND cardinality(ticked) > 1
            OR ticked @> '{split,merge}' THEN
            undecided := undecided || format('Several kinds of correction are ticked: %s.',
                array_to_string(ticked, ', '));
        END IF;
        -- "Verified" is said in every other request: it contradicts nothing.
        FOR r IN SELECT q.action, q.content FROM anthology.issue_asked(rows) AS q
                 WHERE q.action <> ALL (ticked || '{verify,metadata}'::text[])
                     AND NOT ticked && '{metadata}' LOOP
            undecided := undecided || format('The text asks for "%s", which is not ticked: %s',
                r.action, anthology.issue_quote(r.content));
        END LOOP;
    ELSE
        -- A merge or a split verifies the page anyway.
        actions := CASE WHEN asked && '{split,merge,name change}'
            THEN array_remove(asked, 'verify') ELSE asked END;
        IF actions IS NULL THEN
            undecided := undecided || 'What is to be corrected is neither ticked nor said.'::text;
        ELSE
            sources := sources || jsonb_build_object('actions', named);
            IF cardinality(actions) > 1 THEN
                undecided := undecided
                    || format('Nothing is ticked, and the text asks for several things: %s.',
                    array_to_string(actions, ', '));
            ELSE
                remarks := remarks || format('Nothing is ticked: "%s" is what the text says.',
                    actions[1]);
            END IF;
        END IF;
    END IF;
    actions := ARRAY(SELECT a FROM unnest('{verify,split,merge,name change,metadata}'::text[]) AS a
        WHERE a = ANY (actions));

    -- ORCID: that of the field, else the one in the text.
    FOR r IN
        SELECT array_agg(DISTINCT o.orcid) FILTER (WHERE o.orcid IS NOT NULL) AS valid,
            array_agg(DISTINCT o.written) FILTER (WHERE o.orcid IS NULL) AS invalid,
            bool_or(o.foreign_to AND o.field <> 'orcid') AS foreign_to,
            o.field = 'orcid' AS asked, min(o.label) AS label,
                min(anthology.issue_quote(o.content)) AS content
        FROM anthology.issue_orcids(rows) AS o GROUP BY o.field = 'orcid'
            ORDER BY o.field = 'orcid' DESC
    LOOP
        IF sources ? 'orcid' THEN
            remarks := remarks || format('The text names %s, too: %s',
                array_to_string(r.valid || r.invalid, ', '), r.content);
            EXIT;
        END IF;
        sources := sources || jsonb_build_object('orcid',
            jsonb_build_array(jsonb_build_object('from', r.label, 'text', r.content)));
        IF cardinality(r.valid) = 1 AND r.invalid IS NULL AND NOT r.foreign_to THEN
            orcid := r.valid[1];
            IF orcid = '0009-0003-8868-7504' THEN
                orcid := NULL;
                undecided := undecided || 'The ORCID 0009-0003-8868-7504 is the form''s '
                    'example.'::text;
            ELSIF NOT r.asked THEN
                remarks := remarks || format('The ORCID stands in the text: %s', r.content);
            END IF;
        ELSIF r.invalid IS NOT NULL THEN
            undecided := undecided || format('No valid ORCID: %s. The last digit checks the '
                'others.', array_to_string(r.invalid || r.valid, ', '));
        ELSIF r.asked OR cardinality(r.valid) > 1 THEN
            undecided := undecided || format('There are several ORCIDs: %s.',
                array_to_string(r.valid, ', '));
        ELSE
            undecided := undecided || format('The ORCID %s may be somebody else''s: %s',
                r.valid[1], r.content);
        END IF;
    END LOOP;
    FOR r IN SELECT f.label, f.content FROM unnest(rows) AS f
             WHERE f.field = 'orcid' AND NOT sources ? 'orcid'
                 AND anthology.issue_value(f.content) IS NOT NULL
                AND f.content !~* 'orcid\.org/?\W*$|^[0x -]+$|0000-0000-0000-0000|xxxx|add orcid'
                    LIMIT 1 LOOP
        sources := sources || jsonb_build_object('orcid',
            jsonb_build_array(jsonb_build_object('from', r.label, 'text',
            anthology.issue_quote(r.content))));
        undecided := undecided || format('This is no ORCID: %s', anthology.issue_quote(r.content));
    END LOOP;

    -- Institution.
    SELECT string_agg(l.content, E'\n' ORDER BY l.line) AS content, min(l.label) AS label INTO r
        FROM (SELECT f.line, f.label, string_agg(f.content, ' ') AS content FROM unnest(rows) AS f
              WHERE f.field = 'institution' GROUP BY f.line, f.label) AS l;
    IF anthology.issue_value(r.content) IS NOT NULL THEN
        institution := anthology.issue_institution(r.content);
        sources := sources || jsonb_build_object('institution',
            jsonb_build_array(jsonb_build_object('from', r.label, 'text',
                anthology.issue_quote(r.content))));
        IF institution IS NULL THEN
            remarks := remarks || format('No institution is named: %s',
                anthology.issue_quote(r.content));
        END IF;
    END IF;

    -- Pages: those of the field; for a merge, a split or a change of name those of the text, too.
    SELECT jsonb_agg(jsonb_build_object('page', p.page, 'field', p.field, 'from', p.label,
            'text', anthology.issue_quote(p.content), 'into', p.target) ORDER BY p.field = 'title',
                p.field <> 'pages', p.at, strpos(lower(p.content), p.page))
        INTO named FROM (SELECT DISTINCT ON (g.page, g.field, g.target) g.*
            FROM anthology.issue_pages(rows) AS g
                         ORDER BY g.page, g.field, g.target, g.at) AS p;
    named := coalesce(named, '[]');
    SELECT array_agg(DISTINCT n ->> 'page') FILTER (WHERE n ->> 'field' = 'pages'
                OR actions && '{split,merge,name change}' AND n ->> 'field' <> 'title') INTO pages
        FROM jsonb_array_elements(named) AS n;
    pages := coalesce(pages, (SELECT array_agg(DISTINCT n ->> 'page')
        FROM jsonb_array_elements(named) AS n WHERE n ->> 'field' <> 'title'));
    IF pages IS NULL OR title ~* '^\s*author (page|metadata)\s*:' THEN
        SELECT array_agg(DISTINCT n ->> 'page') INTO targets FROM jsonb_array_elements(named) AS n
            WHERE n ->> 'field' = 'title';
        IF pages IS NULL THEN
            pages := targets;
        ELSIF cardinality(targets) = 1 THEN
            title_page := targets[1];
            IF title_page = pages[1] || '/unverified' AND cardinality(pages) = 1
                AND NOT actions && '{merge}' THEN
                -- The button writes the title. Whoever types an address leaves the end away.
                pages := ARRAY[title_page];
                remarks := remarks || format('The title says "%s".', title_page);
            ELSIF NOT pages && ARRAY[title_page, title_page || '/unverified',
                regexp_replace(title_page, '/unverified$', '')] THEN
                undecided := undecided || format('The title names the page "%s", the form %s.',
                    title_page, array_to_string(pages, ', '));
            END IF;
        END IF;
    END IF;
    FOR r IN SELECT DISTINCT n ->> 'page' AS page, n ->> 'text' AS content
        FROM jsonb_array_elements(named) AS n
             WHERE n ->> 'page' <> ALL (pages) AND n ->> 'field' <> 'title' AND (n ->> 'page')
                 || '/unverified' <> ALL (pages) LOOP
        undecided := undecided || format('The text names the page "%s", too: %s', r.page,
            r.content);
    END LOOP;
    SELECT array_agg(DISTINCT n ->> 'page') INTO targets FROM jsonb_array_elements(named) AS n
        WHERE (n ->> 'into')::boolean AND n ->> 'page' = ANY (pages);
    -- In the order in which they are named.
    pages := (SELECT array_agg(o.page ORDER BY o.i) FROM (
        SELECT p.page, min(x.i) AS i FROM unnest(pages) AS p(page)
            LEFT JOIN jsonb_array_elements(named) WITH ORDINALITY AS x(n, i)
            ON x.n ->> 'page' = p.page GROUP BY p.page) AS o);
    IF NOT EXISTS (SELECT FROM jsonb_array_elements(named) AS n WHERE n ->> 'field' = 'pages')
        AND pages IS NOT NULL THEN
        remarks := remarks || ARRAY(SELECT format('No page is named in "%s", but: %s', f.label,
            anthology.issue_quote(f.content))
            FROM unnest(rows) AS f WHERE f.field = 'pages' AND anthology.issue_value(f.content) IS
                NOT NULL ORDER BY f.line LIMIT 1);
    END IF;
    IF pages IS NULL AND NOT actions && '{metadata}' THEN
        undecided := undecided || anthology.issue_no_page(rows, corpus);
    ELSIF pages IS NOT NULL THEN
        sources := sources || jsonb_build_object('pages', (
            SELECT jsonb_agg(n - 'field' - 'into') FROM jsonb_array_elements(named) AS n
                WHERE n ->> 'page' = ANY (pages)));
    END IF;

    -- Papers: by id or address, by title, by BibTeX key.
    SELECT jsonb_agg(jsonb_build_object('paper', p.paper, 'from', p.label, 'text',
        anthology.issue_quote(p.content), 'claim', p.claim)
            ORDER BY p.line) INTO named
        FROM (SELECT DISTINCT ON (g.paper, g.claim) g.* FROM anthology.issue_papers(rows) AS g
            ORDER BY g.paper, g.claim, g.line) AS p;
    named := coalesce(named, '[]');
    IF data ->> 'anthology_id' ~ '^([.a-z0-9-]+\.[0-9]+|[A-Z][0-9][0-9]-[0-9]+)$' THEN
        named := named || jsonb_build_object('paper', data ->> 'anthology_id', 'from',
            'JSON data block',
            'text', data ->> 'anthology_id', 'claim', 'own');
    ELSIF data IS NULL AND (actions && '{split,merge}' OR EXISTS (SELECT FROM unnest(rows) AS f
        WHERE f.field = 'papers')) THEN
        named := named || anthology.issue_looked_up(rows, pages, corpus);
        undecided := undecided
            || ARRAY(SELECT format('Which paper is this? %s', anthology.issue_quote(n ->> 'text'))
            FROM jsonb_array_elements(named) AS n WHERE n ->> 'paper' IS NULL);
        named := coalesce((SELECT jsonb_agg(n) FROM jsonb_array_elements(named) AS n
            WHERE n ->> 'paper' IS NOT NULL), '[]');
    END IF;
    papers := ARRAY(SELECT DISTINCT n ->> 'paper' FROM jsonb_array_elements(named) AS n
        WHERE n ->> 'claim' = 'own' ORDER BY 1);
    others := ARRAY(SELECT DISTINCT n ->> 'paper' FROM jsonb_array_elements(named) AS n
        WHERE n ->> 'claim' = 'not own' ORDER BY 1);
    unclear := ARRAY(SELECT DISTINCT n ->> 'text' FROM jsonb_array_elements(named) AS n
        WHERE n ->> 'claim' = 'unclear' ORDER BY 1);
    IF unclear <> '{}' THEN
        undecided := undecided
            || (SELECT array_agg('Are the papers the author''s, or are they not? ' || u)
            FROM unnest(unclear) AS u);
    END IF;
    -- Papers that are to go to a page that is named are its person's.
    IF actions && '{split}' AND papers <> '{}' AND coalesce(cardinality(targets), 0) <> 1
        AND NOT EXISTS (
            SELECT FROM anthology.issue_papers(rows) AS p WHERE p.said AND p.claim = 'own'
                AND p.paper = ANY (papers))
        AND NOT EXISTS (SELECT FROM anthology.issue_titles(rows))
            AND NOT EXISTS (SELECT FROM anthology.issue_bibkeys(rows)) THEN
        undecided := undecided || format('Whose the papers are is not said: %s.',
            array_to_string(papers, ', '));
    END IF;
    IF papers && others THEN
        undecided := undecided || format('The text says both that these papers are the author''s '
            'and that they are not: %s.',
            (SELECT string_agg(p, ', ') FROM unnest(papers) AS p WHERE p = ANY (others)));
        SELECT array_agg(p) FILTER (WHERE p <> ALL (others)),
            (SELECT array_agg(o) FROM unnest(others) AS o WHERE o <> ALL (papers))
            INTO papers, others FROM unnest(papers) AS p;
    END IF;
    papers := nullif(papers, '{}');
    others := nullif(others, '{}');
    IF named <> '[]' THEN
        sources := sources || jsonb_build_object('papers', named);
    END IF;

    -- The rest of the form.
    SELECT p.name, p.label, p.content INTO r FROM anthology.issue_preferred_name(rows) AS p;
    IF r.name IS NOT NULL THEN
        name := r.name;
        sources := sources || jsonb_build_object('preferred_name',
            jsonb_build_array(jsonb_build_object('from', r.label, 'text',
                anthology.issue_quote(r.content))));
    END IF;
    SELECT f.label, anthology.issue_quote(f.content) AS content, m[1] AS id INTO r
        FROM unnest(rows) AS f LEFT JOIN LATERAL regexp_match(anthology.url_decode(f.content),
            '(~[^\s~&?/#()\[\]<>"'',;|`*]*[^\s\d~&?/#()\[\]<>"'',;|`*]\d+)') AS m ON true
        WHERE f.field = 'openreview' AND anthology.issue_value(f.content) IS NOT NULL
            OR f.field = 'prose' AND f.content ~* 'openreview' AND m IS NOT NULL
        ORDER BY m IS NULL, f.field = 'prose', f.line LIMIT 1;
    IF FOUND THEN
        openreview := r.id;
        sources := sources || jsonb_build_object('openreview',
            jsonb_build_array(jsonb_build_object('from', r.label, 'text', r.content)));
        IF r.id IS NULL THEN
            remarks := remarks || format('This is no profile of OpenReview: %s', r.content);
        END IF;
    END IF;

    -- Each kind needs certain things.
    IF data IS NOT NULL THEN
        IF data ? 'broken' THEN
            undecided := undecided || 'The JSON is broken: who the authors are to be must be read '
                'by a person.'::text;
        ELSE
            pages := ARRAY(SELECT a.person FROM anthology.issue_authors(data) AS a
                WHERE a.person IS NOT NULL ORDER BY 1);
            undecided := undecided || ARRAY(SELECT CASE a.change
                WHEN 'added' THEN format('"%s" is added to the authors: who that is must be '
                    'decided.', a.name)
                WHEN 'taken off' THEN format('"%s" is taken off the authors, or named otherwise.',
                    a.former)
                ELSE format('"%s"%s is to be the name on the paper%s: the PDF decides.', a.name,
                    ' instead of "' || a.former || '"', ' of person "' || a.person || '"') END
                FROM anthology.issue_authors(data) AS a);
            IF NOT EXISTS (SELECT FROM anthology.issue_authors(data)) THEN
                undecided := undecided || 'The JSON changes nothing in who the authors are.'::text;
            END IF;
            IF pages <> '{}' THEN
                sources := sources || jsonb_build_object('pages',
                    (SELECT jsonb_agg(jsonb_build_object('page', a.person,
                    'from', 'JSON data block', 'text', a.name))
                        FROM anthology.issue_authors(data) AS a WHERE a.person IS NOT NULL));
            END IF;
        END IF;
    ELSIF actions && '{metadata}' THEN
        undecided := undecided || 'What is printed on the paper decides: the files must be '
            'corrected by a person.'::text;
    END IF;
    remarks := remarks || ARRAY(SELECT f.content FROM unnest(rows) AS f
        WHERE f.content ~ '\[\d+ characters without a blank are not read\]');
    pages := nullif(pages, '{}');
    IF actions && '{verify}' AND orcid IS NULL AND institution IS NULL THEN
        undecided := undecided || 'Neither ORCID nor institution is given: a verified person '
            'needs one.'::text;
    END IF;
    IF actions = '{verify}' AND papers IS NOT NULL AND NOT EXISTS (SELECT FROM unnest(rows) AS f
        WHERE f.field IN ('prose', 'papers', 'pages')
            AND f.content ~* '\m(only (these|the following|this)( papers?)?|(these|the following|'
                'this) (papers?|publications?) only)\M') THEN
        undecided := undecided || format('Papers are named: is it these only that the author '
            'wrote? %s', array_to_string(papers, ', '));
    END IF;
    IF actions = '{verify}' AND cardinality(pages) > 1 THEN
        undecided := undecided || format('Which of the pages is to be verified? %s',
            array_to_string(pages, ', '));
    END IF;
    IF actions && '{split}' AND papers IS NULL THEN
        undecided := undecided || CASE WHEN others IS NULL
            THEN 'Which papers are the author''s is not said by ids, addresses or titles.'
            ELSE format('Only the papers that are not the author''s are named: %s.',
                array_to_string(others, ', ')) END;
    ELSIF others IS NOT NULL AND actions <> '{verify}' AND papers IS NULL THEN
        undecided := undecided || format('These papers are excepted: %s.',
            array_to_string(others, ', '));
    END IF;
    IF actions && '{split}' AND cardinality(pages) > 1 AND (cardinality(pages) > 2
        OR coalesce(cardinality(targets), 0) <> 1) THEN
        undecided := undecided || format('From which page to which? %s',
            array_to_string(pages, ', '));
    END IF;
    IF actions && '{merge}' AND cardinality(pages) = 1 THEN
        undecided := undecided || format('A merge needs two pages. Only "%s" is named.', pages[1]);
    END IF;
    IF actions = '{merge}' AND papers IS NOT NULL THEN
        undecided := undecided || format('Papers are named: is it these only that are to be '
            'moved? %s', array_to_string(papers, ', '));
    END IF;
    IF cardinality(targets) > 1 THEN
        undecided := undecided || format('Into which of the pages? %s',
            array_to_string(targets, ', '));
    END IF;
    IF actions && '{name change}' AND name IS NULL THEN
        undecided := undecided || 'The name that the author has now is not said.'::text;
    END IF;
    IF corpus AND NOT actions && '{metadata}' THEN
        undecided := undecided || ARRAY(SELECT format('There is no page "%s" here.', p)
            FROM unnest(pages) AS p
            WHERE anthology.page_known(p) IS NULL);
    END IF;
    IF corpus THEN
        undecided := undecided || ARRAY(SELECT format('There is no paper "%s" here.', p)
            FROM unnest(papers || others) AS p
            WHERE NOT EXISTS (SELECT FROM anthology.paper q WHERE q.id = p));
    END IF;

    RETURN jsonb_strip_nulls(jsonb_build_object('actions', to_jsonb(nullif(actions, '{}')),
        'orcid', orcid,
        'institution', institution, 'pages', to_jsonb(pages), 'papers', to_jsonb(papers),
            'preferred_name', name,
        'openreview', openreview, 'except_papers', to_jsonb(others),
        'into', CASE WHEN cardinality(targets) = 1 AND actions && '{split,merge}'
            THEN targets[1] END,
        'name_in_script', (SELECT anthology.issue_value(string_agg(f.content, ' '))
            FROM unnest(rows) AS f
                           WHERE f.field = 'script' AND f.label ~* '^author name'
                               AND anthology.issue_value(f.content) IS NOT NULL)))
        || jsonb_build_object('undecided', to_jsonb(undecided), 'remarks', to_jsonb(remarks),
            'sources', sources);
END
$$;

COMMENT ON FUNCTION issue_to_request(text, text) IS
    'an issue as people write it, as a request: kinds, ORCID, institution, pages, papers and '
    'names, where each was read, and what a person must decide';

CREATE OR REPLACE FUNCTION page_id(page text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    -- https://aclanthology.org/people/m/matt-post/ as it was once,
    -- /people/matt-post/unverified/ as it is now
    SELECT regexp_replace(regexp_replace(btrim(page),
        '^https?://[^/]*aclanthology\.org/(?:.*/)?people/(?:[a-z]/)?', ''),
        '(?:/|\.html|[?#].*)+$', '')
$$;

CREATE OR REPLACE FUNCTION request_text(request jsonb, key text, required boolean) RETURNS text
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF jsonb_typeof(request -> key) NOT IN ('string', 'null')
        OR (required AND coalesce(btrim(request ->> key), '') = '') THEN
        RAISE EXCEPTION 'a request needs a text "%"', key
            USING ERRCODE = 'invalid_parameter_value', DETAIL = format('The request is %s.',
                left(request::text, 500));
    END IF;
    RETURN nullif(btrim(request ->> key), '');
END
$$;

CREATE OR REPLACE FUNCTION request_list(request jsonb, key text) RETURNS text[]
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF jsonb_typeof(request -> key) IS DISTINCT FROM 'array'
        OR jsonb_array_length(request -> key) = 0
        OR EXISTS (SELECT FROM jsonb_array_elements(request -> key) e
            WHERE jsonb_typeof(e) <> 'string') THEN
        RAISE EXCEPTION 'a request needs a list of texts "%"', key
            USING ERRCODE = 'invalid_parameter_value', DETAIL = format('The request is %s.',
                left(request::text, 500));
    END IF;
    RETURN ARRAY(SELECT DISTINCT btrim(e) FROM jsonb_array_elements_text(request -> key) e
        ORDER BY 1);
END
$$;

CREATE OR REPLACE FUNCTION person_of_papers(paper_ids text[], slug text) RETURNS text
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    found text[];
    unknown text;
BEGIN
    SELECT string_agg(i, ', ') INTO unknown FROM unnest(paper_ids) AS i
        WHERE NOT EXISTS (SELECT FROM anthology.paper p WHERE p.id = i);
    IF unknown IS NOT NULL THEN
        RAISE EXCEPTION 'unknown papers: %', unknown
            USING ERRCODE = 'undefined_object';
    END IF;
    -- Persons on all of these papers whose name begins the requested id.
    SELECT array_agg(s.person_id ORDER BY s.person_id) INTO found FROM (
        SELECT a.person_id FROM anthology.authorship a
        WHERE a.paper_id = ANY (paper_ids) AND (slug = a.slug OR starts_with(slug, a.slug || '-'))
        GROUP BY 1 HAVING count(DISTINCT a.paper_id) = cardinality(paper_ids)) AS s;
    IF coalesce(cardinality(found), 0) <> 1 THEN
        RAISE EXCEPTION 'the papers are not on one page of a person named as in "%"', slug
            USING ERRCODE = 'invalid_parameter_value',
                DETAIL = CASE WHEN found IS NULL THEN 'No person with such a name is on all '
                    'of them.'
                              ELSE format('Persons with such names on all of them: %s.',
                                  array_to_string(found, ', ')) END;
    END IF;
    RETURN found[1];
END
$$;

CREATE OR REPLACE FUNCTION request_to_proposal(request jsonb)
    RETURNS TABLE (reassignment_id bigint, step text, repeated boolean)
    LANGUAGE plpgsql VOLATILE ROWS 3
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    action text;
    papers text[];
    orcid text;
    degree text;
    target text;
    source text;
    variant text;
    wished text;
    from_page text;
    mark text;
    note text;
    number integer := 0;
BEGIN
    IF jsonb_typeof(request) IS DISTINCT FROM 'object' THEN
        RAISE EXCEPTION 'a request is a JSON object'
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF request ? 'undecided' OR request ? 'actions' THEN
        RETURN QUERY SELECT * FROM anthology.stage_issue(request);
        RETURN;
    END IF;
    action := coalesce(anthology.request_text(request, 'action', false), CASE WHEN request ? 'from'
        THEN 'move' END);
    IF action IS NULL OR action NOT IN ('merge', 'split', 'move') THEN
        RAISE EXCEPTION 'a request is to merge, split or move, not to "%"', coalesce(action, 'null')
            USING ERRCODE = 'invalid_parameter_value',
                HINT = 'It has an "action", or "papers", "from" and "to", or what '
                    'issue_to_request() returns.';
    END IF;
    orcid := anthology.request_text(request, 'orcid', false);
    degree := anthology.request_text(request, 'institution', false);
    IF request ? 'papers' THEN
        papers := anthology.request_list(request, 'papers');
    END IF;
    -- The same request has the same mark, whatever issue and remark it came with.
    mark := left(md5((request - 'github_issue' - 'note' - 'papers')::text || coalesce(papers::text,
        '')), 12);
    note := concat_ws(' ', anthology.request_text(request, 'note', false),
        'issue ' || anthology.request_text(request, 'github_issue', false));

    IF action = 'merge' THEN
        wished := anthology.page_id(anthology.request_text(request, 'author_id', true));
        wished := coalesce(anthology.present_id(wished), wished);
        SELECT p.id INTO target FROM anthology.person p
            WHERE p.verified
                AND (p.id = wished
                OR p.orcid = anthology.orcid_normalize(request_to_proposal.request ->> 'orcid'))
            ORDER BY p.id = wished DESC LIMIT 1;
        IF target IS NULL THEN
            -- Nobody can be merged into a person that is not verified yet.
            SELECT p.id INTO source FROM anthology.person p
                WHERE p.id IN (wished, wished || '/unverified',
                    anthology.name_slug(anthology.request_text(request, 'canonical', true))
                        || '/unverified',
                    anthology.name_slug(regexp_replace(request ->> 'canonical', '^(.*?),\s*(.*)$',
                        '\2 \1')) || '/unverified')
                ORDER BY p.id = wished || '/unverified' DESC LIMIT 1;
            IF source IS NULL THEN
                RAISE EXCEPTION 'there is no person "%", nor a page of "%"', wished,
                    request ->> 'canonical'
                    USING ERRCODE = 'undefined_object';
            END IF;
            RETURN QUERY SELECT * FROM anthology.stage_request(mark, 1, note, 'verify',
                jsonb_build_object('person', source, 'orcid', orcid, 'degree', degree));
            RETURN QUERY SELECT NULL::bigint, 'apply this, then request the same again to merge ' ||
                array_to_string(anthology.request_list(request, 'variants'), '; '), false;
            RETURN;
        END IF;
        FOREACH variant IN ARRAY anthology.request_list(request, 'variants') LOOP
            number := number + 1;
            -- The page may have another id by now, if it was renamed, verified or merged.
            SELECT c.present INTO source
                FROM (SELECT anthology.present_id(i.id) AS present, i.n FROM unnest(ARRAY[
                          anthology.page_id(variant),
                          anthology.name_slug(regexp_replace(variant, '^(.*?),\s*(.*)$', '\2 \1'))
                              || '/unverified',
                          anthology.page_id(variant) || '/unverified',
                          anthology.name_slug(variant) || '/unverified'])
                          WITH ORDINALITY AS i(id, n)) AS c
                WHERE c.present <> target ORDER BY c.n LIMIT 1;
            IF source IS NULL THEN
                -- Merged already, or never a page: a name that the person has is no error.
                IF EXISTS (SELECT FROM anthology.reassignment r
                           WHERE r.note LIKE '%[request ' || mark || '/' || number || ']'
                               AND r.status IN ('proposed', 'applied')) THEN
                    RETURN QUERY SELECT r.id, r.kind, true FROM anthology.reassignment r
                        WHERE r.note LIKE '%[request ' || mark || '/' || number || ']'
                            AND r.status IN ('proposed', 'applied');
                    CONTINUE;
                END IF;
                RAISE EXCEPTION 'there is no page of "%"', variant
                    USING ERRCODE = 'undefined_object',
                        DETAIL = format('It is to be merged into "%s".', target);
            END IF;
            RETURN QUERY SELECT * FROM anthology.stage_request(mark, number, note, 'merge',
                jsonb_build_object('from', source, 'to', target));
        END LOOP;
        RETURN;
    END IF;

    IF papers IS NULL THEN
        papers := anthology.request_list(request, 'papers');
    END IF;
    IF action = 'split' THEN
        wished := anthology.page_id(anthology.request_text(request, 'author_id', true));
        from_page := anthology.person_of_papers(papers, regexp_replace(wished, '/unverified$', ''));
    ELSE
        from_page := anthology.page_id(anthology.request_text(request, 'from', true));
        wished := anthology.page_id(anthology.request_text(request, 'to', false));
        -- Pages may have other ids by now.
        from_page := coalesce(anthology.present_id(from_page), from_page);
        wished := coalesce(anthology.present_id(wished), wished);
        -- An ORCID stands for the person who has it.
        IF anthology.orcid_normalize(request ->> 'to') IS NOT NULL THEN
            SELECT p.id INTO wished FROM anthology.person p
                WHERE p.orcid = anthology.orcid_normalize(request ->> 'to');
            IF wished IS NULL THEN
                RAISE EXCEPTION 'nobody has the ORCID %', request ->> 'to'
                    USING ERRCODE = 'undefined_object';
            END IF;
        END IF;
    END IF;
    IF wished IS NOT NULL AND (action = 'move' OR EXISTS (SELECT FROM anthology.person p
        WHERE p.id = wished AND p.verified)) THEN
        RETURN QUERY SELECT * FROM anthology.stage_request(mark, 1, note, 'move',
            jsonb_build_object('papers', papers, 'from', from_page, 'to', wished));
    ELSE
        RETURN QUERY SELECT * FROM anthology.stage_request(mark, 1, note, 'split',
            jsonb_build_object('papers', papers, 'from', from_page, 'orcid', orcid, 'degree',
                degree,
                'suffix', coalesce(anthology.request_text(request, 'suffix', false),
                    (SELECT nullif(substr(wished, length(a.slug) + 2), '')
                        FROM anthology.authorship a
                     WHERE a.paper_id = papers[1] AND a.person_id = from_page LIMIT 1))));
    END IF;
END
$$;

COMMENT ON FUNCTION request_to_proposal(jsonb) IS
    'stages the proposals of a request: what issue_to_request() returns, the staff''s merge or '
    'split, or the dialog''s papers, from and to; one that is open or applied already is '
    'repeated, not staged again';

CREATE OR REPLACE FUNCTION stage_request(mark text, number integer, note text, action text, arguments jsonb,
                              OUT reassignment_id bigint, OUT step text, OUT repeated boolean)
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    marked text := '[request ' || mark || '/' || number || ']';
    papers text[] := ARRAY(SELECT jsonb_array_elements_text(arguments -> 'papers'));
BEGIN
    SELECT r.id, r.kind, true INTO reassignment_id, step, repeated
        FROM anthology.reassignment r
        WHERE r.note LIKE '%' || marked AND r.status IN ('proposed', 'applied')
            -- A request that verifies first has the same number for what comes after.
            AND (action = 'verify') = (r.kind = 'verify')
        ORDER BY r.id DESC LIMIT 1;
    IF FOUND THEN
        RETURN;
    END IF;
    note := concat_ws(' ', nullif(note, ''), marked);
    repeated := false;
    reassignment_id := CASE action
        WHEN 'move' THEN anthology.propose_reassignment(papers, arguments ->> 'from',
            arguments ->> 'to', note)
        WHEN 'merge' THEN anthology.propose_merge_persons(arguments ->> 'from', arguments ->> 'to',
            note)
        WHEN 'verify' THEN anthology.propose_verify_person(arguments ->> 'person',
            arguments ->> 'orcid', arguments ->> 'degree', note => note,
            only_papers => CASE WHEN jsonb_typeof(arguments -> 'only') = 'array'
                THEN ARRAY(SELECT jsonb_array_elements_text(arguments -> 'only')) END,
            except_papers => CASE WHEN jsonb_typeof(arguments -> 'except') = 'array'
                THEN ARRAY(SELECT jsonb_array_elements_text(arguments -> 'except')) END)
        WHEN 'set ORCID' THEN anthology.propose_set_orcid(arguments ->> 'person',
            arguments ->> 'orcid', note)
        WHEN 'change name' THEN anthology.propose_change_name(arguments ->> 'person',
            arguments ->> 'first', arguments ->> 'last', note)
        WHEN 'split' THEN anthology.propose_split_person(papers, arguments ->> 'from',
            arguments ->> 'orcid',
            arguments ->> 'degree', arguments ->> 'suffix', note) END;
    SELECT r.kind INTO step FROM anthology.reassignment r WHERE r.id = reassignment_id;
END
$$;

CREATE FUNCTION requests_privileges() RETURNS TABLE (function name, granted_to text)
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    VALUES ('request_to_proposal', 'editor'),
        ('requests_to_proposals', 'editor'),
        ('stage_issue', 'editor'),
        ('stage_issue_merge', 'editor'),
        ('stage_request', 'editor')
$$;

COMMENT ON FUNCTION requests_privileges() IS
    'who is granted what stages requests: see granted_functions()';

CREATE FUNCTION request_page(page text, papers text[] DEFAULT NULL) RETURNS text
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    persons text[] := ARRAY(SELECT DISTINCT p FROM unnest(ARRAY[anthology.present_id(page),
        anthology.present_id(page || '/unverified')]) AS p WHERE p IS NOT NULL ORDER BY 1);
    having_all text[];
BEGIN
    IF cardinality(persons) = 2 THEN
        -- An old address may mean either page. The papers decide which.
        having_all := ARRAY(SELECT p FROM unnest(persons) AS p WHERE NOT EXISTS (
            SELECT FROM unnest(papers) AS i WHERE NOT EXISTS (
                SELECT FROM anthology.authorship a WHERE a.paper_id = i AND a.person_id = p)));
        IF papers IS NOT NULL AND cardinality(having_all) = 1 THEN
            RETURN having_all[1];
        END IF;
        RETURN anthology.present_id(page);
    END IF;
    IF persons = '{}' THEN
        PERFORM anthology.require_person(page);
    END IF;
    RETURN persons[1];
END
$$;

COMMENT ON FUNCTION request_page(text, text[]) IS
    'the person whose page a request names, by an old id or address, too: verified or not, or the '
    'one who has the papers';

CREATE FUNCTION refuse_request(problem text, hint text DEFAULT NULL, detail text DEFAULT NULL)
    RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    -- An option must not be null.
    CASE WHEN hint IS NOT NULL AND detail IS NOT NULL THEN
        RAISE EXCEPTION '%', problem USING ERRCODE = 'object_not_in_prerequisite_state',
            HINT = hint, DETAIL = detail;
    WHEN hint IS NOT NULL THEN
        RAISE EXCEPTION '%', problem USING ERRCODE = 'object_not_in_prerequisite_state',
            HINT = hint;
    WHEN detail IS NOT NULL THEN
        RAISE EXCEPTION '%', problem USING ERRCODE = 'object_not_in_prerequisite_state',
            DETAIL = detail;
    ELSE
        RAISE EXCEPTION '%', problem USING ERRCODE = 'object_not_in_prerequisite_state';
    END CASE;
END
$$;

COMMENT ON FUNCTION refuse_request(text, text, text) IS 'the error of a request that a person '
    'must decide';

CREATE FUNCTION require_orcid(person_id text, orcid text) RETURNS boolean
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    known text := (SELECT p.orcid FROM anthology.person p WHERE p.id = person_id);
BEGIN
    IF known <> orcid THEN
        PERFORM anthology.refuse_request(format('person "%s" has another ORCID', person_id),
            'If it is the same person, set_orcid() corrects it.',
                format('It has %s, the request says %s.', known, orcid));
    END IF;
    RETURN known IS NOT NULL OR orcid IS NULL;
END
$$;

COMMENT ON FUNCTION require_orcid(text, text) IS
    'whether a person has the ORCID of a request, or the request has none; an error if the person '
    'has another';

CREATE FUNCTION stage_issue_merge(request jsonb, mark text, note text)
    RETURNS TABLE (reassignment_id bigint, step text, repeated boolean)
    LANGUAGE plpgsql VOLATILE ROWS 3
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    pages text[] := anthology.request_list(request, 'pages');
    orcid text := anthology.request_text(request, 'orcid', false);
    degree text := anthology.request_text(request, 'institution', false);
    named text[];
    target text;
    source text;
    any_page boolean := false;
BEGIN
    named := ARRAY(SELECT DISTINCT anthology.request_page(p) FROM unnest(pages) AS p ORDER BY 1);
    -- Into which: as said; whose ORCID it is; the one that is verified; the one of the
    -- preferred name.
    IF request ? 'into' THEN
        target := anthology.request_page(anthology.request_text(request, 'into', true));
    ELSE
        target := (SELECT p.id FROM anthology.person p WHERE p.orcid = orcid);
    END IF;
    IF target IS NULL THEN
        SELECT min(p.id) INTO target FROM anthology.person p WHERE p.id = ANY (named)
            AND p.verified HAVING count(*) = 1;
    END IF;
    IF target IS NULL AND NOT EXISTS (SELECT FROM anthology.person p WHERE p.id = ANY (named)
        AND p.verified) THEN
        target := (SELECT n FROM unnest(named) AS n
                   WHERE n = anthology.name_slug(anthology.request_text(request, 'preferred_name',
                       false)) || '/unverified');
    END IF;
    IF target IS NULL THEN
        PERFORM anthology.refuse_request(format('into which of the pages are the others to be '
            'merged: %s?', array_to_string(named, ', ')),
            'Say so by "into" in the request.');
    END IF;
    IF NOT anthology.require_person(target) THEN
        RETURN QUERY SELECT * FROM anthology.stage_request(mark, 1, note, 'verify',
            jsonb_build_object('person', target, 'orcid', orcid, 'degree', degree));
        RETURN QUERY SELECT NULL::bigint, 'apply this, then request the same again to merge ' ||
            array_to_string(array_remove(named, target), ', '), false;
        RETURN;
    END IF;
    IF NOT anthology.require_orcid(target, orcid) THEN
        RETURN QUERY SELECT * FROM anthology.stage_request(mark, 1, note, 'set ORCID',
            jsonb_build_object('person', target, 'orcid', orcid));
        RETURN QUERY SELECT NULL::bigint, 'apply this, then request the same again to merge ' ||
            array_to_string(array_remove(named, target), ', '), false;
        RETURN;
    END IF;
    FOR number IN 1 .. cardinality(pages) LOOP
        source := anthology.request_page(pages[number]);
        IF source = target THEN
            -- The page to stay, or one that this request has merged already.
            RETURN QUERY SELECT r.id, r.kind, true FROM anthology.reassignment r
                WHERE r.note LIKE '%[request ' || mark || '/' || (number + 1) || ']'
                    AND r.kind = 'merge' AND r.status = 'applied';
            any_page := any_page OR FOUND;
            CONTINUE;
        END IF;
        RETURN QUERY SELECT * FROM anthology.stage_request(mark, number + 1, note, 'merge',
            jsonb_build_object('from', source, 'to', target));
        any_page := true;
    END LOOP;
    IF NOT any_page THEN
        PERFORM anthology.refuse_request(format('the pages are all those of person "%s" already',
            target));
    END IF;
END
$$;

COMMENT ON FUNCTION stage_issue_merge(jsonb, text, text) IS
    'stages the merges that an issue asks for, or first what makes its target fit';

CREATE FUNCTION stage_issue(request jsonb)
    RETURNS TABLE (reassignment_id bigint, step text, repeated boolean)
    LANGUAGE plpgsql VOLATILE ROWS 3
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    actions text[];
    pages text[];
    papers text[];
    others text[];
    orcid text := anthology.request_text(request, 'orcid', false);
    degree text := anthology.request_text(request, 'institution', false);
    name text := anthology.request_text(request, 'preferred_name', false);
    target text := anthology.request_text(request, 'into', false);
    person text;
    first text;
    last text;
    mark text;
    note text;
BEGIN
    IF jsonb_typeof(request -> 'undecided') = 'array' AND request -> 'undecided' <> '[]' THEN
        PERFORM anthology.refuse_request('the request is not decided',
            'Decide it, and stage it again without "undecided".',
            (SELECT string_agg(u, E'\n')
                FROM jsonb_array_elements_text(request -> 'undecided') AS u));
    END IF;
    actions := anthology.request_list(request, 'actions');
    IF actions && '{metadata}' THEN
        RAISE EXCEPTION 'the request is to correct a paper, not who its authors are'
            USING ERRCODE = 'feature_not_supported', HINT = 'Names as printed are corrected in '
                'the Anthology''s files, and loaded again.';
    END IF;
    IF orcid IS NOT NULL AND anthology.orcid_normalize(orcid) IS NULL THEN
        PERFORM anthology.free_orcid(orcid, NULL);
    END IF;
    orcid := anthology.orcid_normalize(orcid);
    pages := anthology.request_list(request, 'pages');
    IF request ? 'papers' THEN
        papers := anthology.request_list(request, 'papers');
    END IF;
    IF request ? 'except_papers' THEN
        others := anthology.request_list(request, 'except_papers');
    END IF;
    mark := left(md5((request - '{github_issue,note,sources,remarks,undecided,title,'
        'openreview}'::text[])::text), 12);
    note := concat_ws(' ', anthology.request_text(request, 'note', false),
        'issue ' || anthology.request_text(request, 'github_issue', false));

    IF actions <@ '{verify,merge}' AND actions && '{merge}' AND papers IS NULL AND others IS NULL
        THEN
        RETURN QUERY SELECT * FROM anthology.stage_issue_merge(request, mark, note);
    ELSIF actions && '{split}' AND actions <@ '{verify,split,merge}' AND papers IS NOT NULL THEN
        IF target IS NOT NULL THEN
            pages := array_remove(pages, target);
            target := anthology.request_page(target);
        ELSIF NOT actions && '{merge}' THEN
            -- The author is the person who has the ORCID.
            SELECT p.id INTO target FROM anthology.person p WHERE p.orcid = orcid;
        END IF;
        IF cardinality(pages) <> 1 OR actions && '{merge}' AND target IS NULL THEN
            PERFORM anthology.refuse_request('papers are moved from one page',
                'Give it as "pages", and to which as "into".',
                format('The pages are %s.', array_to_string(pages, ', ')));
        END IF;
        person := anthology.request_page(pages[1], papers);
        IF target IS NULL THEN
            RETURN QUERY SELECT * FROM anthology.stage_request(mark, 1, note, 'split',
                jsonb_build_object('papers', papers, 'from', person, 'orcid', orcid, 'degree',
                    degree));
        ELSIF target = person THEN
            PERFORM anthology.refuse_request(format('the papers are on the page of "%s" already',
                person),
                'If the others are to go, unlink_papers() or split_person() takes them.');
        ELSE
            PERFORM anthology.require_orcid(target, orcid);
            RETURN QUERY SELECT * FROM anthology.stage_request(mark, 1, note, 'move',
                jsonb_build_object('papers', papers, 'from', person, 'to', target));
        END IF;
    ELSIF cardinality(pages) <> 1 THEN
        PERFORM anthology.refuse_request(format('"%s" is about one page',
            array_to_string(actions, ', ')), NULL,
            format('The pages are %s.', array_to_string(pages, ', ')));
    ELSIF actions = '{verify}' THEN
        person := anthology.request_page(pages[1]);
        IF NOT anthology.require_person(person) THEN
            RETURN QUERY SELECT * FROM anthology.stage_request(mark, 1, note, 'verify',
                jsonb_build_object('person', person,
                'orcid', orcid, 'degree', degree, 'only', papers, 'except', others));
        ELSIF anthology.require_orcid(person, orcid) THEN
            RETURN QUERY SELECT r.id, r.kind, true FROM anthology.reassignment r
                WHERE r.note LIKE '%[request ' || mark || '/1]' AND r.status = 'applied';
            IF NOT FOUND THEN
                PERFORM anthology.refuse_request(format('person "%s" is verified already', person));
            END IF;
        ELSIF papers IS NOT NULL OR others IS NOT NULL THEN
            PERFORM anthology.refuse_request(format('person "%s" is verified already, and papers '
                'are named', person));
        ELSE
            RETURN QUERY SELECT * FROM anthology.stage_request(mark, 1, note, 'set ORCID',
                jsonb_build_object('person', person, 'orcid', orcid));
        END IF;
    ELSIF actions = '{name change}' AND papers IS NULL AND others IS NULL THEN
        person := anthology.request_page(pages[1]);
        SELECT coalesce(m[2], n.first, p[1]), coalesce(m[1], n.last, p[2]) INTO first, last
            FROM regexp_match(name, '^([^,]+), *([^,]+)$') AS m,
                regexp_match(name, '^(\S+) (\S+)$') AS p
                LEFT JOIN LATERAL (SELECT q.first, q.last FROM anthology.person_name q
                    WHERE q.full_name = name AND q.person_id = person LIMIT 1) AS n ON true;
        IF last IS NULL THEN
            PERFORM anthology.refuse_request(format('which part of "%s" is the last name?', name),
                'Write "preferred_name" as "Last, First".');
        END IF;
        IF NOT anthology.require_person(person) THEN
            RETURN QUERY SELECT * FROM anthology.stage_request(mark, 1, note, 'verify',
                jsonb_build_object('person', person, 'orcid', orcid, 'degree', degree));
            RETURN QUERY SELECT NULL::bigint,
                format('apply this, then request the same again to change the name to %s', name),
                false;
        ELSE
            PERFORM anthology.require_orcid(person, orcid);
            RETURN QUERY SELECT * FROM anthology.stage_request(mark, 2, note, 'change name',
                jsonb_build_object('person', person, 'first', first, 'last', last));
        END IF;
    ELSE
        PERFORM anthology.refuse_request(format('"%s" is not one correction',
            array_to_string(actions, ', ')),
            'Stage one kind at a time, with the papers that it needs.');
    END IF;
END
$$;

COMMENT ON FUNCTION stage_issue(jsonb) IS
    'stages what issue_to_request() has read, if it is decided';

CREATE FUNCTION requests_to_proposals(requests jsonb)
    RETURNS TABLE (number integer, github_issue text, reassignment_id bigint, step text,
        repeated boolean,
                   refused text, detail text, hint text, error_code text)
    LANGUAGE plpgsql VOLATILE ROWS 100
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    request jsonb;
BEGIN
    IF jsonb_typeof(requests) IS DISTINCT FROM 'array' THEN
        RAISE EXCEPTION 'requests are a JSON array'
            USING ERRCODE = 'invalid_parameter_value', HINT = 'jsonb_agg() makes one of the rows '
                'of a table.';
    END IF;
    FOR number, request IN SELECT x.i, x.r FROM jsonb_array_elements(requests)
        WITH ORDINALITY AS x(r, i) LOOP
        github_issue := CASE WHEN jsonb_typeof(request) = 'object'
            THEN request ->> 'github_issue' END;
        BEGIN
            -- An issue that is still text is read first.
            IF request ? 'body' THEN
                request := anthology.issue_to_request(request ->> 'title', request ->> 'body')
                    || (request - '{title,body}'::text[]);
            END IF;
            RETURN QUERY SELECT number, github_issue, p.*, NULL, NULL, NULL, NULL
                FROM anthology.request_to_proposal(request) AS p;
        EXCEPTION
            -- Only errors of the request; errors of the server and of rights are re-raised.
            WHEN data_exception OR integrity_constraint_violation
                OR object_not_in_prerequisite_state OR feature_not_supported
                OR undefined_object OR duplicate_object OR raise_exception THEN
                IF SQLSTATE = '55P03' THEN
                    RAISE;
                END IF;
                GET STACKED DIAGNOSTICS refused = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL,
                    hint = PG_EXCEPTION_HINT, error_code = RETURNED_SQLSTATE;
                RETURN QUERY SELECT number, github_issue, NULL::bigint, NULL, NULL::boolean,
                    refused, nullif(detail, ''), nullif(hint, ''), error_code;
        END;
    END LOOP;
END
$$;

COMMENT ON FUNCTION requests_to_proposals(jsonb) IS
    'stages many requests, or issues with "title" and "body", each for itself: what was staged, '
    'or why it was refused';

COMMENT ON FUNCTION bibtex_text(text) IS
    'text in the Anthology''s markup as TeX: <fixed-case> in braces, styles and links as '
    'commands, what stands for a character in braces';

CREATE FUNCTION bibtex_plain(plain text) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 50
    AS 'MODULE_PATHNAME', 'anthology_bibtex_plain_sql';

COMMENT ON FUNCTION bibtex_plain(text) IS
    'plain text, a name for one, as TeX: what stands for a character in braces';

CREATE FUNCTION bibtex_value(tex text) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 10
    AS 'MODULE_PATHNAME', 'anthology_bibtex_value_sql';

COMMENT ON FUNCTION bibtex_value(text) IS
    'TeX as the value of a BibTeX field: between quotes, or braces if it has a quote; braces that '
    'do not balance are written by name';

CREATE OR REPLACE FUNCTION xml_text(plain text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    -- Characters that XML forbids are removed.
    SELECT replace(replace(replace(regexp_replace(plain, '[\x01-\x08\x0B\x0C\x0E-\x1F]', '', 'g'),
        '&', '&amp;'), '<', '&lt;'), '>', '&gt;')
$$;

COMMENT ON TYPE citation IS
    'what there is to cite of a paper or volume; authors and editors are "last" and "first" by '
    'turns, titles in markup';

CREATE OR REPLACE FUNCTION citation_of(id text) RETURNS citation
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    p anthology.paper;
    v anthology.volume;
    c anthology.citation;
    is_volume boolean;
    edited text;
BEGIN
    SELECT q.* INTO p FROM anthology.paper q WHERE q.id = id;
    IF NOT FOUND THEN
        SELECT q.* INTO p FROM anthology.paper q WHERE q.volume_id = id AND q.number = 0;
    END IF;
    SELECT q.* INTO v FROM anthology.volume q WHERE q.id = coalesce(p.volume_id, id);
    IF p.id IS NULL AND v.id IS NULL THEN
        RAISE EXCEPTION 'there is no paper or volume "%"', id
            USING ERRCODE = 'undefined_object';
    END IF;
    is_volume := p.id IS NULL OR p.number = 0 AND p.volume_id IS NOT NULL;
    -- A paper's own editors take the place of the volume's.
    edited := CASE WHEN is_volume OR EXISTS (
                  SELECT FROM anthology.authorship a WHERE a.paper_id = p.id AND a.role = 'editor')
              THEN p.id
              ELSE (SELECT q.id FROM anthology.paper q WHERE q.volume_id = v.id
                  AND q.number = 0) END;

    c.key := coalesce(p.bibkey, CASE WHEN is_volume THEN v.id ELSE p.id END);
    c.kind := CASE WHEN v.id IS NULL THEN 'misc'
              WHEN v.type = 'journal' THEN CASE WHEN is_volume THEN 'book' ELSE 'article' END
              WHEN is_volume THEN 'proceedings' ELSE 'inproceedings' END;
    c.title := CASE WHEN is_volume THEN v.title ELSE p.title END;
    IF v.type = 'journal' AND NOT is_volume THEN
        -- Most journals are named by their venue.
        c.journal := coalesce(p.journal, v.journal_title,
            (SELECT w.name FROM anthology.venue w WHERE w.id = v.venue_ids[1]),
            anthology.abstract_plain(v.title));
        c.journal_volume := v.journal_volume;
        c.journal_issue := coalesce(p.issue, v.journal_issue);
    ELSIF NOT is_volume THEN
        c.booktitle := v.title;
    END IF;
    c.month := coalesce(p.month, v.month);
    c.year := coalesce(p.year, v.year);
    c.address := v.address;
    c.publisher := v.publisher;
    c.note := p.note;
    -- A volume's entry is its frontmatter's, where it has one.
    c.url := 'https://aclanthology.org/' || coalesce(p.id, v.id) || '/';
    c.doi := CASE WHEN is_volume THEN coalesce(p.doi, v.doi) ELSE p.doi END;
    c.first_page := (regexp_match(p.pages, '^(.*?)\s*(?:-+|–)\s*(.*)$'))[1];
    c.last_page := (regexp_match(p.pages, '^(.*?)\s*(?:-+|–)\s*(.*)$'))[2];
    c.first_page := coalesce(c.first_page, p.pages);
    c.isbn := v.isbn;
    c.language := p.language;
    c.abstract := CASE WHEN NOT is_volume THEN p.abstract END;
    c.authors := ARRAY(
        SELECT n.part FROM anthology.authorship a
            -- A former name is cited as the present one.
            LEFT JOIN anthology.person_name h ON h.person_id = a.person_id AND h.hidden
                AND h.first = a.first AND h.last = a.last
            LEFT JOIN anthology.person_name s ON s.person_id = h.person_id AND s."position" = 1,
            unnest(ARRAY[coalesce(s.last, a.last), coalesce(s.first, a.first)])
                WITH ORDINALITY AS n(part, i)
        WHERE a.paper_id = p.id AND a.role IN ('author', 'speaker') AND NOT is_volume
        ORDER BY a."position", n.i);
    c.editors := ARRAY(
        SELECT n.part FROM anthology.authorship a
            -- A former name is cited as the present one.
            LEFT JOIN anthology.person_name h ON h.person_id = a.person_id AND h.hidden
                AND h.first = a.first AND h.last = a.last
            LEFT JOIN anthology.person_name s ON s.person_id = h.person_id AND s."position" = 1,
            unnest(ARRAY[coalesce(s.last, a.last), coalesce(s.first, a.first)])
                WITH ORDINALITY AS n(part, i)
        WHERE a.paper_id = edited AND a.role = 'editor'
        ORDER BY a."position", n.i);
    RETURN c;
END
$$;

CREATE OR REPLACE FUNCTION bibtex_names(names text[]) RETURNS text
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT string_agg(anthology.bibtex_plain(names[i])
            || CASE WHEN names[i + 1] <> '' THEN ', ' || anthology.bibtex_plain(names[i + 1])
                ELSE '' END,
        E'  and\n      ' ORDER BY i)
    FROM generate_series(1, cardinality(names), 2) AS i
$$;

COMMENT ON FUNCTION bibtex_names(text[]) IS 'last and first names by turns as the value of a '
    'BibTeX field';

CREATE OR REPLACE FUNCTION bibtex_month(month text) RETURNS text
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    names constant text := 'january|february|march|april|may|june|july|august|september|october|'
        'november|december';
    macros constant text[] := '{jan,feb,mar,apr,may,jun,jul,aug,sep,oct,nov,dec}';
    value text := '';
    piece text;
    rest text := lower(month);
BEGIN
    IF rest = ANY (macros) THEN
        RETURN rest;
    ELSIF rest ~ '^\d{1,2}$' AND rest::integer BETWEEN 1 AND 12 THEN
        RETURN macros[rest::integer];
    END IF;
    -- June is jun, and "May 2 - June 1" may # " 2 - " # jun # " 1".
    WHILE rest <> '' LOOP
        piece := substring(rest FROM '^(?:' || names || ')\M');
        IF piece IS NOT NULL THEN
            value := value || CASE WHEN value = '' THEN '' ELSE ' # ' END || left(piece, 3);
        ELSE
            piece := regexp_replace(rest, '\m(?:' || names || ')\M.*$', '');
            value := value || CASE WHEN value = '' THEN '' ELSE ' # ' END
                || CASE WHEN piece ~ '[{}"\\]' THEN '{' || anthology.bibtex_plain(piece) || '}'
                        ELSE '"' || piece || '"' END;
        END IF;
        rest := substr(rest, length(piece) + 1);
    END LOOP;
    RETURN nullif(value, '');
END
$$;

CREATE FUNCTION bibtex(id text, with_abstract boolean) RETURNS text
    LANGUAGE plpgsql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    c anthology.citation := anthology.citation_of(id);
BEGIN
    RETURN '@' || c.kind || '{' || c.key || concat(
        E',\n    title = ' || anthology.bibtex_value(nullif(anthology.bibtex_text(c.title), '')),
        E',\n    author = ' || anthology.bibtex_value(anthology.bibtex_names(c.authors)),
        E',\n    editor = ' || anthology.bibtex_value(anthology.bibtex_names(c.editors)),
        E',\n    journal = ' || anthology.bibtex_value(nullif(anthology.bibtex_plain(c.journal),
            '')),
        E',\n    volume = ' || anthology.bibtex_value(nullif(c.journal_volume, '')),
        E',\n    number = ' || anthology.bibtex_value(nullif(c.journal_issue, '')),
        E',\n    booktitle = ' || anthology.bibtex_value(nullif(anthology.bibtex_text(c.booktitle),
            '')),
        E',\n    month = ' || anthology.bibtex_month(c.month),
        E',\n    year = ' || anthology.bibtex_value(c.year::text),
        E',\n    address = ' || anthology.bibtex_value(nullif(anthology.bibtex_plain(c.address),
            '')),
        E',\n    publisher = '
            || anthology.bibtex_value(nullif(anthology.bibtex_plain(c.publisher), '')),
        E',\n    note = ' || anthology.bibtex_value(nullif(anthology.bibtex_plain(c.note), '')),
        E',\n    url = ' || anthology.bibtex_value(c.url),
        E',\n    doi = ' || anthology.bibtex_value(nullif(c.doi, '')),
        E',\n    pages = '
            || anthology.bibtex_value(nullif(concat_ws('--', c.first_page, c.last_page), '')),
        E',\n    language = ' || anthology.bibtex_value(nullif(c.language, '')),
        E',\n    ISBN = ' || anthology.bibtex_value(nullif(c.isbn, '')),
        CASE WHEN with_abstract THEN
            E',\n    abstract = '
                || anthology.bibtex_value(nullif(anthology.bibtex_text(c.abstract), '')) END)
        || E'\n}';
END
$$;

COMMENT ON FUNCTION bibtex(text, boolean) IS
    'the BibTeX entry of a paper, or of a volume, as the Anthology publishes it; with the '
    'abstract if asked for';

CREATE OR REPLACE FUNCTION bibtex(id text) RETURNS text
    LANGUAGE sql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT anthology.bibtex(id, false)
$$;

COMMENT ON FUNCTION bibtex(text) IS
    'the BibTeX entry of a paper, or of a volume, as the Anthology publishes it';

CREATE OR REPLACE FUNCTION mods_names(names text[], role text, indent text) RETURNS text
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT string_agg(indent || '<name type="personal">' || E'\n'
        || CASE WHEN names[i + 1] <> '' THEN indent || '    <namePart type="given">'
                || anthology.xml_text(names[i + 1]) || E'</namePart>\n' ELSE '' END
        || indent || '    <namePart type="family">' || anthology.xml_text(names[i])
            || E'</namePart>\n'
        || indent || E'    <role>\n'
        || indent || '        <roleTerm authority="marcrelator" type="text">' || role
            || E'</roleTerm>\n'
        || indent || E'    </role>\n'
        || indent || E'</name>\n', '' ORDER BY i)
    FROM generate_series(1, cardinality(names), 2) AS i
$$;

COMMENT ON FUNCTION mods_names(text[], text, text) IS 'last and first names by turns as elements '
    'of MODS';

CREATE OR REPLACE FUNCTION month_number(month text) RETURNS text
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT CASE WHEN month ~ '^\d{1,2}$' THEN lpad(month, 2, '0')
        ELSE lpad(array_position(ARRAY['January', 'February', 'March', 'April', 'May', 'June',
            'July',
            'August', 'September', 'October', 'November', 'December'],
            initcap(substring(lower(month) FROM
                'january|february|march|april|may|june|july|august|september|october|november|'
                'december')))::text,
            2, '0') END
$$;

CREATE OR REPLACE FUNCTION mods(id text) RETURNS text
    LANGUAGE plpgsql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    c anthology.citation := anthology.citation_of(id);
    dated text := c.year::text || coalesce('-' || anthology.month_number(c.month), '');
    is_volume constant boolean := c.kind IN ('proceedings', 'book');
    origin text := coalesce(E'<publisher>' || anthology.xml_text(c.publisher) || '</publisher>',
        '');
    place text := coalesce('<place><placeTerm type="text">' || anthology.xml_text(c.address)
        || '</placeTerm></place>', '');
    genre text := CASE c.kind WHEN 'article' THEN 'journal article' WHEN 'book' THEN 'book'
        WHEN 'misc' THEN 'other' ELSE 'conference publication' END;
    -- The schema wants something in <originInfo>, and of an ID that it is a name.
    own_origin constant text :=
        CASE WHEN is_volume AND origin <> '' THEN '        ' || origin || E'\n' ELSE '' END
        || CASE WHEN is_volume AND place <> '' THEN '        ' || place || E'\n' ELSE '' END
        || coalesce('        <dateIssued>' || dated || E'</dateIssued>\n', '');
    host_origin constant text :=
        CASE WHEN origin <> '' THEN '            ' || origin || E'\n' ELSE '' END
        || CASE WHEN place <> '' THEN '            ' || place || E'\n' ELSE '' END
        || CASE WHEN c.kind = 'article' THEN E'            <issuance>continuing</issuance>\n'
            ELSE '' END;
    xml_id constant text := regexp_replace(
        regexp_replace(c.key, '[^A-Za-z0-9._-]', '_', 'g'), '^(?=[^A-Za-z_])', '_');
    text_ text;
BEGIN
    text_ := E'<?xml version="1.0" encoding="UTF-8"?>\n<modsCollection '
        'xmlns="http://www.loc.gov/mods/v3">\n'
        || '<mods ID="' || xml_id || E'">\n'
        || E'    <titleInfo>\n        <title>'
            || anthology.xml_text(coalesce(anthology.abstract_plain(c.title), ''))
        || E'</title>\n    </titleInfo>\n'
        || coalesce(anthology.mods_names(c.authors, 'author', '    '), '')
        || CASE WHEN is_volume THEN coalesce(anthology.mods_names(c.editors, 'editor', '    '), '')
            ELSE '' END
        || CASE WHEN own_origin <> '' THEN E'    <originInfo>\n' || own_origin
            || E'    </originInfo>\n' ELSE '' END
        || E'    <typeOfResource>text</typeOfResource>\n'
        || coalesce('    <language><languageTerm type="text">' || anthology.xml_text(c.language)
            || E'</languageTerm></language>\n', '');
    IF is_volume THEN
        text_ := text_ || '    <genre authority="marcgt">' || genre || E'</genre>\n'
            || coalesce('    <identifier type="isbn">' || anthology.xml_text(c.isbn)
                || E'</identifier>\n', '');
    ELSIF c.kind <> 'misc' THEN
        text_ := text_ || E'    <relatedItem type="host">\n        <titleInfo>\n            <title>'
            || anthology.xml_text(coalesce(anthology.abstract_plain(coalesce(c.journal,
                c.booktitle)), ''))
            || E'</title>\n        </titleInfo>\n'
            || coalesce(anthology.mods_names(c.editors, 'editor', '        '), '')
            || CASE WHEN host_origin <> '' THEN E'        <originInfo>\n' || host_origin
                || E'        </originInfo>\n' ELSE '' END
            || E'        <genre authority="marcgt">' || genre || E'</genre>\n'
            || coalesce('        <identifier type="isbn">' || anthology.xml_text(c.isbn)
                || E'</identifier>\n', '')
            || E'    </relatedItem>\n';
    END IF;
    text_ := text_
        || coalesce('    <abstract>' || anthology.xml_text(anthology.abstract_plain(c.abstract))
            || E'</abstract>\n', '')
        || coalesce('    <note>' || anthology.xml_text(anthology.abstract_plain(c.note))
            || E'</note>\n', '')
        || '    <identifier type="citekey">' || anthology.xml_text(c.key) || E'</identifier>\n'
        || coalesce('    <identifier type="doi">' || anthology.xml_text(c.doi)
            || E'</identifier>\n', '')
        || E'    <location>\n        <url>' || anthology.xml_text(c.url)
            || E'</url>\n    </location>\n'
        || E'    <part>\n'
        || coalesce('        <detail type="volume"><number>'
            || anthology.xml_text(c.journal_volume) || E'</number></detail>\n', '')
        || coalesce('        <detail type="issue"><number>' || anthology.xml_text(c.journal_issue)
            || E'</number></detail>\n', '')
        || coalesce(E'        <extent unit="page">\n            <start>'
            || anthology.xml_text(c.first_page) || E'</start>\n            <end>'
            || anthology.xml_text(coalesce(c.last_page, c.first_page))
                || E'</end>\n        </extent>\n', '')
        || coalesce('        <date>' || dated || E'</date>\n', '')
        || E'    </part>\n</mods>\n</modsCollection>\n';
    RETURN text_;
END
$$;

CREATE OR REPLACE FUNCTION endnote(id text) RETURNS text
    LANGUAGE plpgsql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    c anthology.citation := anthology.citation_of(id);
    is_volume constant boolean := c.kind IN ('proceedings', 'book');
BEGIN
    RETURN (
        SELECT string_agg(t.tag || ' ' || regexp_replace(t.value, '\s+', ' ', 'g'), E'\n'
            ORDER BY t.n, t.i)
        FROM (
            SELECT f.n, 0 AS i, f.tag, f.value FROM (VALUES
                (1, '%0', CASE c.kind WHEN 'article' THEN 'Journal Article' WHEN 'book' THEN 'Book'
                    WHEN 'misc' THEN 'Generic' ELSE 'Conference Proceedings' END),
                (2, '%T', anthology.abstract_plain(c.title)),
                (5, CASE WHEN c.kind = 'article' THEN '%J' ELSE '%S' END,
                    anthology.abstract_plain(coalesce(c.journal, c.booktitle))),
                (6, '%D', c.year::text),
                (7, '%8', c.month),
                (8, '%V', c.journal_volume),
                (9, '%N', c.journal_issue),
                (10, '%I', c.publisher),
                (11, '%C', c.address),
                (12, '%@', c.isbn),
                (13, '%G', c.language),
                (14, '%F', c.key),
                (15, '%X', anthology.abstract_plain(c.abstract)),
                (16, '%R', c.doi),
                (17, '%U', c.url),
                (18, '%U', 'https://doi.org/' || c.doi),
                (19, '%P', c.first_page || coalesce('-' || c.last_page, ''))) AS f(n, tag, value)
            UNION ALL
            SELECT 3, i, '%A', c.authors[i] || CASE WHEN c.authors[i + 1] <> '' THEN ', '
                || c.authors[i + 1] ELSE '' END
            FROM generate_series(1, cardinality(c.authors), 2) AS i
            UNION ALL
            SELECT CASE WHEN is_volume THEN 3 ELSE 4 END, i, CASE WHEN is_volume THEN '%E'
                ELSE '%Y' END,
                c.editors[i] || CASE WHEN c.editors[i + 1] <> '' THEN ', ' || c.editors[i + 1]
                    ELSE '' END
            FROM generate_series(1, cardinality(c.editors), 2) AS i) AS t
        WHERE t.value <> '') || E'\n';
END
$$;

CREATE OR REPLACE FUNCTION citations(volume_id text) RETURNS TABLE (paper_id text, bibtex text, mods text,
    endnote text)
    LANGUAGE plpgsql STABLE STRICT ROWS 100
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
BEGIN
    IF NOT EXISTS (SELECT FROM anthology.volume v WHERE v.id = volume_id) THEN
        RAISE EXCEPTION 'there is no volume "%"', volume_id
            USING ERRCODE = 'undefined_object';
    END IF;
    RETURN QUERY
        SELECT p.id, anthology.bibtex(p.id), anthology.mods(p.id), anthology.endnote(p.id)
        FROM anthology.paper p WHERE p.volume_id = volume_id
        ORDER BY p.number;
END
$$;

CREATE FUNCTION url_encode(value text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    -- Encodes the bytes of UTF-8. The unreserved characters of RFC 3986 stay.
    SELECT coalesce(string_agg(CASE WHEN b ~ '^(4[1-9a-f]|5[0-9a]|6[1-9a-f]|7[0-9a]|3[0-9]|2d|2e|'
        '5f|7e)$'
        THEN convert_from(decode(b, 'hex'), 'UTF8') ELSE '%' || upper(b) END, '' ORDER BY i), '')
    FROM (SELECT i, encode(substr(bytes, i, 1), 'hex') AS b
          FROM convert_to(value, 'UTF8') AS bytes, generate_series(1, length(bytes)) AS i) AS x
$$;

COMMENT ON FUNCTION url_encode(text) IS 'a value as it stands in an address';

CREATE FUNCTION correction_fields(id bigint)
    RETURNS TABLE (title text, action text, pages text[], orcid text, institution text,
        preferred_name text, openreview text, description text)
    LANGUAGE plpgsql STABLE STRICT ROWS 1
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    r anthology.reassignment;
    entry jsonb;
    papers text[];
    made boolean;
    besides bigint;
    list text;
    who text;
    page text;
BEGIN
    SELECT q.* INTO r FROM anthology.reassignment q WHERE q.id = correction_fields.id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'there is no reassignment %', id
            USING ERRCODE = 'undefined_object';
    END IF;
    -- The person as the correction makes it, or has made it: proposals have it in their changes.
    SELECT c.after INTO entry FROM anthology.person_change c
        WHERE c.reassignment_id = id AND c.after IS NOT NULL AND c.after ? 'names'
            AND c.person_id = coalesce(r.to_person_id, r.from_person_id) ORDER BY c.ordinal DESC
                LIMIT 1;
    made := EXISTS (SELECT FROM anthology.person_change c
                    WHERE c.reassignment_id = id AND c.action = 'create'
                        AND c.person_id = r.to_person_id);
    entry := coalesce(entry, anthology.person_entry(coalesce(r.to_person_id, r.from_person_id)));
    action := CASE WHEN r.kind IN ('verify', 'set ORCID') THEN 'verify'
        WHEN r.kind IN ('reassign', 'split', 'unlink papers') THEN 'split'
            WHEN r.kind IN ('merge', 'add name') THEN 'merge'
        WHEN r.kind IN ('change name', 'set canonical name') THEN 'name change' END;
    pages := ARRAY(SELECT DISTINCT p FROM unnest(ARRAY[r.from_person_id, CASE WHEN NOT made
        THEN r.to_person_id END]) AS p
                   WHERE p IS NOT NULL ORDER BY 1);
    IF r.from_person_id IS NOT NULL THEN
        pages := array_prepend(r.from_person_id, array_remove(pages, r.from_person_id));
    END IF;
    page := coalesce(pages[1], r.to_person_id);
    who := coalesce(nullif(concat_ws(' ', nullif(entry -> 'names' -> 0 ->> 'first', ''),
        entry -> 'names' -> 0 ->> 'last'), ''),
        (SELECT n.full_name FROM anthology.person_name n WHERE n.person_id = page
            ORDER BY n."position" LIMIT 1), page);
    title := 'Author Page: ' || coalesce(page, who);
    orcid := entry ->> 'orcid';
    institution := entry ->> 'degree';
    openreview := (SELECT min(a.openreview) FROM anthology.authorship a
                   WHERE a.person_id = r.from_person_id HAVING count(DISTINCT a.openreview) = 1);
    preferred_name := CASE WHEN action = 'name change' THEN who END;
    papers := CASE WHEN r.kind IN ('reassign', 'split', 'unlink papers')
            OR r.kind = 'verify' AND EXISTS (SELECT FROM unnest(r.page_seen) AS s
                WHERE s <> ALL (r.paper_ids))
        THEN r.paper_ids ELSE '{}' END;
    list := (SELECT string_agg(format('- https://aclanthology.org/%s/', p), E'\n'
        ORDER BY p COLLATE "C") FROM unnest(papers) AS p);
    SELECT count(*) INTO besides FROM anthology.reassignment_item i WHERE i.reassignment_id = id
        AND i.cause = 'side effect';
    description := concat_ws(E'\n\n',
        concat_ws(E'\n\n', CASE r.kind
            WHEN 'verify' THEN CASE WHEN papers = '{}' THEN 'This is a request for verification.'
                ELSE 'This is a request for verification by these papers only. My papers are:' END
            WHEN 'split' THEN 'Please split this page: there are papers of different people on '
                'it. My papers are:'
            WHEN 'reassign'
                THEN format('Please move these papers from the page '
                'https://aclanthology.org/people/%s/ to the page '
                'https://aclanthology.org/people/%s/. My papers are:',
                r.from_person_id, r.to_person_id)
            WHEN 'unlink papers' THEN 'The following papers are not mine, and must leave the page:'
            WHEN 'merge' THEN format('Please merge https://aclanthology.org/people/%s/ into '
                'https://aclanthology.org/people/%s/', r.from_person_id, r.to_person_id)
            WHEN 'set ORCID' THEN CASE WHEN orcid IS NULL
                THEN 'The ORCID iD of the page is not mine.'
                ELSE 'This is the ORCID iD of the author.' END
            ELSE format('It is about: %s.', r.kind) END, list),
        CASE WHEN besides > 0 THEN format('%s names move besides, as their persons are told by '
            'the names.', besides) END,
        nullif(btrim(regexp_replace(r.note, '\s*\[request [0-9a-f]+/\d+\]$', '')), ''));
    RETURN NEXT;
END
$$;

COMMENT ON FUNCTION correction_fields(bigint) IS
    'what the author page form asks for, for a correction, proposed or decided';

CREATE OR REPLACE FUNCTION correction_issue(id bigint) RETURNS text
    LANGUAGE sql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT concat_ws(E'\n', f.title, '',
        '### Confirming that Author is Published in the Anthology', '',
        '- [x] I confirm that this concerns an author who already has at least one publication in '
        'the Anthology.', '',
        '### Confirming that Paper Metadata is Correct', '',
        '- [x] I confirm that all affected papers show the exact same names on the website as on '
        'the PDF.', '',
        '### Author Pages in the Anthology', '',
        coalesce((SELECT string_agg('https://aclanthology.org/people/' || p || '/', E'\n'
            ORDER BY i)
                  FROM unnest(f.pages) WITH ORDINALITY AS x(p, i)), '_No response_'), '',
        '### Author ORCID', '', coalesce('https://orcid.org/' || f.orcid, '_No response_'), '',
        '### Institution of highest (anticipated) degree', '',
            coalesce(f.institution, '_No response_'), '',
        '### Type of Author Metadata Correction', '',
        format('- [%s] Verification: The author wishes to add an ORCID iD to their author page.',
            CASE WHEN f.action = 'verify' THEN 'x' ELSE ' ' END),
        format('- [%s] Split/disambiguate: The author page includes papers from two or more '
            'different people.', CASE WHEN f.action = 'split' THEN 'x' ELSE ' ' END),
        format('- [%s] Merge profiles: A single author has multiple profiles with different '
            'spellings or variants of their name.',
            CASE WHEN f.action = 'merge' THEN 'x' ELSE ' ' END),
        format('- [%s] Name change: This author has permanently changed their name.', CASE
            WHEN f.action = 'name change' THEN 'x' ELSE ' ' END), '',
        '### Supporting Information', '', f.description, '',
        '### Preferred author name', '', coalesce(f.preferred_name, '_No response_'), '',
        '### OpenReview profile page URL', '', coalesce('https://openreview.net/profile?id='
            || f.openreview, '_No response_')) || E'\n'
    FROM anthology.correction_fields(id) AS f
$$;

CREATE FUNCTION correction_issue_form(id bigint, OUT title text, OUT labels text[], OUT body text,
    OUT tick text, OUT address text, OUT left_out text[])
    LANGUAGE plpgsql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    f record;
    whole text := anthology.correction_issue(id);
    field record;
    parameter text;
BEGIN
    SELECT q.* INTO f FROM anthology.correction_fields(id) AS q;
    title := f.title;
    labels := '{correction,author-page}';
    body := substr(whole, strpos(whole, E'\n\n') + 2);
    tick := CASE f.action WHEN 'verify' THEN 'Verification' WHEN 'split' THEN 'Split/disambiguate'
        WHEN 'merge' THEN 'Merge profiles' WHEN 'name change' THEN 'Name change' END;
    address := 'https://github.com/acl-org/acl-anthology/issues/new'
        '?template=02-name-correction.yml&labels=correction,author-page&title='
        || anthology.url_encode(title);
    left_out := '{}';
    -- GitHub refuses an address of more than about 8,000 characters: a field that does not fit
    -- is named.
    FOR field IN SELECT * FROM (VALUES
            ('author_orcid', 'https://orcid.org/' || f.orcid),
            ('author_highest_degree_institution', f.institution),
            ('preferred_name', f.preferred_name),
                ('openreview_profile', 'https://openreview.net/profile?id=' || f.openreview),
            ('name_pages_affected', (SELECT string_agg('https://aclanthology.org/people/' || p
                || '/', E'\n' ORDER BY i)
                FROM unnest(f.pages) WITH ORDINALITY AS x(p, i))),
            ('name_change_description', f.description)) AS v(name, value)
                WHERE value IS NOT NULL LOOP
        parameter := '&' || field.name || '=' || anthology.url_encode(field.value);
        IF length(address) + length(parameter) <= 8000 THEN
            address := address || parameter;
        ELSE
            left_out := left_out || field.name;
        END IF;
    END LOOP;
END
$$;

COMMENT ON FUNCTION correction_issue_form(bigint) IS
    'correction_issue() in parts, with the box to tick and an address that opens the form filled '
    'in; left_out names the fields that do not fit into it';

COMMENT ON FUNCTION abstract_html(text, boolean) IS
    'HTML of a title or an abstract written with the Anthology''s markup: b, i, code and, if asked '
    'for, links; TeX as Unicode text';

CREATE OR REPLACE FUNCTION html_style() RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $sql$
    SELECT $css$
:root {
    color-scheme: light dark;
    --back: #f7f6f3; --face: #ffffff; --text: #1f2328; --soft: #575d68; --line: #dcd9d2; --edge: #868b94;
    --link: #8c1d2f; --act: #8c1d2f; --on-act: #ffffff; --tint: #f9ecee;
    --warn: #6b4300; --warn-back: #fdf1d8; --gone: #8c1d2f; --gone-back: #fbecee; --came: #14592f; --came-back: #e6f4ea;
    --part: 88%; --on-part: 20%; --dot: 34%; --shade: 0 1px 2px rgb(0 0 0 / .06);
}
@media (prefers-color-scheme: dark) {
    :root {
        --back: #131518; --face: #1c1f23; --text: #e7e5e1; --soft: #a8adb6; --line: #353a41; --edge: #7b828d;
        --link: #ffa3ae; --act: #ffa3ae; --on-act: #2b0a10; --tint: #33222a;
        --warn: #ffd88f; --warn-back: #35290f; --gone: #ffb3bc; --gone-back: #38191f; --came: #98dfb1; --came-back: #14301f;
        --part: 24%; --on-part: 88%; --dot: 70%; --shade: none;
    }
}
*, ::before, ::after { box-sizing: border-box; }
html { font: 100%/1.55 system-ui, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif; -webkit-text-size-adjust: 100%; }
body { margin: 0 auto; padding: 0 1.25rem 3rem; max-width: 76rem; background: var(--back); color: var(--text); overflow-wrap: break-word; }
bdi, code, td, h1, h2, h3, summary, p { overflow-wrap: anywhere; }
h1, h2, h3 { line-height: 1.3; margin: 0; }
h1 { font-size: clamp(1.7rem, 1.2rem + 2vw, 2.4rem); letter-spacing: -.015em; }
h2 { font-size: 1.2rem; }
h3 { font-size: 1.02rem; font-weight: 600; }
p, ol, ul, dl { margin: 0; }
ol, ul { padding: 0; list-style: none; }
a { color: var(--link); text-underline-offset: .18em; text-decoration-thickness: .06em; }
a:hover { text-decoration-thickness: .12em; }
code { font: .88em ui-monospace, "SF Mono", "DejaVu Sans Mono", Menlo, monospace; }
:focus-visible { outline: .16rem solid var(--act); outline-offset: .14rem; border-radius: .2rem; }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: .5rem; z-index: 9; text-decoration: none; box-shadow: var(--shade); padding: .4rem .8rem; background: var(--face); }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.soft, .count { color: var(--soft); }
.count { font-weight: 400; font-size: .9rem; }
.eyebrow { font-size: .85rem; color: var(--soft); }
.top { padding: 2rem 0 1.25rem; border-bottom: 1px solid var(--line); display: grid; gap: .5rem; }
.facts { display: flex; flex-wrap: wrap; align-items: baseline; gap: .2rem 1.1rem; color: var(--soft); font-size: .95rem; }
.tag { display: inline-block; padding: .02rem .5rem; border: 1px solid var(--edge); border-radius: 1rem; font-size: .8rem; color: var(--soft); }
.columns { display: grid; grid-template-columns: minmax(0, 1fr) 17rem; gap: 0 3rem; }
.columns > main { padding-top: 1.25rem; }
.columns > aside { padding-top: 1.25rem; font-size: .94rem; }
aside section { margin-bottom: 2rem; }
aside h2 { font-size: 1rem; padding-bottom: .35rem; border-bottom: 1px solid var(--line); margin-bottom: .4rem; }
aside li { display: flex; justify-content: space-between; gap: 1rem; padding: .16rem 0; }
aside li > :last-child { color: var(--soft); font-variant-numeric: tabular-nums; white-space: nowrap; }
.jump { display: flex; flex-wrap: wrap; gap: .1rem .9rem; font-size: .92rem; margin-bottom: .5rem; }
.jump a { padding: .15rem 0; }
.year { padding: .9rem 0 .25rem; display: flex; align-items: baseline; gap: .6rem; }
.paper { padding: .75rem 0 .8rem; border-top: 1px solid var(--line); display: grid; grid-template-columns: minmax(0, 1fr); gap: .18rem; }
.paper h3 a { text-decoration: none; }
.paper h3 a:hover { text-decoration: underline; }
.by { font-size: .95rem; }
.by a { color: inherit; text-decoration-color: var(--edge); }
.by b { font-weight: 600; }
.where { font-size: .88rem; color: var(--soft); }
.note { font-size: .9rem; padding: .25rem .6rem; border-radius: .35rem; background: var(--warn-back); color: var(--warn); justify-self: start; }
summary { cursor: pointer; font-size: .9rem; color: var(--link); width: fit-content; padding: .12rem 0; }
summary:hover { text-decoration: underline; text-underline-offset: .18em; }
details > p { padding: .2rem 0 .3rem; max-width: 46rem; font-size: .95rem; }
button { font: inherit; color: inherit; background: var(--face); border: 1px solid var(--edge); border-radius: .4rem; padding: .45rem .9rem; cursor: pointer; min-height: 2.5rem; flex: none; }
button:hover:not(:disabled) { border-color: var(--act); color: var(--act); }
button:disabled { opacity: .55; cursor: not-allowed; }
button.main { background: var(--act); border-color: var(--act); color: var(--on-act); font-weight: 600; }
button.main:hover:not(:disabled) { color: var(--on-act); filter: brightness(1.12); }
a.main { display: inline-flex; align-items: center; padding: .45rem .9rem; min-height: 2.5rem; border-radius: .4rem; background: var(--act); color: var(--on-act); font-weight: 600; text-decoration: none; }
[hidden] { display: none !important; }
input[type=text], input[type=search], textarea, select { font: inherit; width: 100%; color: inherit; background: var(--face); border: 1px solid var(--edge); border-radius: .4rem; padding: .45rem .6rem; min-height: 2.5rem; }
textarea { resize: vertical; }
::placeholder { color: var(--soft); opacity: 1; }
input[type=checkbox], input[type=radio] { accent-color: var(--act); width: 1.15rem; height: 1.15rem; margin: .15rem 0 0; flex: none; }
[aria-invalid=true] { border-color: var(--gone) !important; outline: 1px solid var(--gone); }
footer { margin-top: 3rem; padding-top: .8rem; border-top: 1px solid var(--line); font-size: .85rem; color: var(--soft); }

dialog { width: min(76rem, 100vw - 2rem); height: min(60rem, 100dvh - 2rem); max-width: none; max-height: none; padding: 0; border: 1px solid var(--line); border-radius: .7rem; background: var(--back); color: var(--text); box-shadow: 0 1.5rem 4rem rgb(0 0 0 / .35); overflow: clip; }
dialog::backdrop { background: rgb(10 12 16 / .55); }
dialog[open] { display: grid; grid-template-rows: auto minmax(0, 1fr); }
dialog > header { display: flex; align-items: center; justify-content: space-between; gap: 1rem; padding: .8rem 1.25rem; border-bottom: 1px solid var(--line); background: var(--face); }
dialog > header p { font-size: .9rem; color: var(--soft); }
.steps { display: grid; grid-template-columns: minmax(0, 1.35fr) minmax(0, 1fr); min-height: 0; }
.steps > section { position: relative; scroll-padding: 4rem 0 1rem; overflow-y: auto; padding: 1rem 1.25rem 1.5rem; min-height: 0; overscroll-behavior: contain; }
.steps > section + section { border-left: 1px solid var(--line); background: var(--face); }
.steps h3 { margin-bottom: .6rem; }
.steps section section { margin-top: 1.6rem; }
fieldset { border: 0; margin: 0; padding: 0; min-width: 0; }
legend, .label { padding: 0; font-size: .9rem; font-weight: 600; display: block; margin-bottom: .25rem; }
.hint { font-size: .86rem; color: var(--soft); margin: .1rem 0 .5rem; }
.parts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 17rem), 1fr)); gap: .4rem; margin-bottom: .5rem; }
.parts button { text-align: left; display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 0 .6rem; padding: .4rem .6rem; font-size: .9rem; line-height: 1.4; align-items: start; }
.parts button small { color: var(--soft); font-size: .8rem; display: block; }
details > .parts { padding-top: .3rem; }
.parts button[aria-pressed=true] { border-color: var(--act); box-shadow: inset 0 0 0 1px var(--act); background: var(--tint); }
.parts button[aria-pressed=mixed] { border-style: dashed; border-color: var(--act); }
.part { position: relative; display: inline-block; min-width: 2.3em; padding: 0 .4em; border-radius: .35em; text-align: center; font-weight: 600; font-size: .84rem; font-variant-numeric: tabular-nums; background: hsl(var(--hue, 0) var(--chroma, 60%) var(--part)); color: hsl(var(--hue, 0) var(--chroma, 75%) var(--on-part)); }
.p1 { --hue: 212; } .p2 { --hue: 28; } .p3 { --hue: 140; } .p4 { --hue: 320; } .p5 { --hue: 52; } .p6 { --hue: 262; } .p7 { --hue: 178; } .p0 { --hue: 2; } .alone { --chroma: 4%; } .part.flag { background: var(--warn-back); color: var(--warn); border: 1px solid; }
.tools { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: .5rem; align-items: start; margin: 1rem 0 .3rem; }
.some { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; padding: .5rem 0; position: sticky; top: -1rem; background: var(--back); z-index: 1; border-bottom: 1px solid var(--line); font-size: .92rem; }
.some p { flex: 1; font-weight: 600; }
.some button { min-height: 2.1rem; padding: .2rem .7rem; font-size: .88rem; }
.pick { display: flex; gap: .75rem; padding: .55rem .5rem; border-bottom: 1px solid var(--line); cursor: pointer; }
.pick:hover { background: var(--face); }
.pick:has(:checked) { background: var(--tint); }
.pick > span { display: grid; gap: .1rem; min-width: 0; flex: 1; }
.pick small { font-size: .85rem; color: var(--soft); line-height: 1.4; }
.pick .note { font-size: .84rem; padding: .1rem .5rem; }
.pick > .part { flex: none; align-self: start; min-width: 2.1em; margin-top: .1rem; }
#pick > li { border-bottom: 1px solid var(--line); padding-bottom: .4rem; }
#pick .pick { border-bottom: 0; padding-bottom: .1rem; }
#pick > li > :not(.pick) { margin-left: 2.4rem; }
#pick > li:has(.pick :checked) { background: var(--tint); }
#pick > li > details { max-width: 46rem; }
.links { display: inline-flex; gap: 1rem; font-size: .85rem; margin-right: 1rem; }
.look { display: inline-block; vertical-align: top; }
#pick > li > .look:not([open]) { margin-left: 0; }
.look[open] { display: block; }
.look summary, #pick summary { font-size: .85rem; }
.best { box-shadow: inset .25rem 0 0 var(--came); }
.who .best { padding-left: .7rem; }
.pick.best .fits { color: var(--came); font-weight: 600; }
#who-filter { margin-bottom: .4rem; }
#step-1:focus-visible, #step-2:focus-visible { outline: 0; }
.timeline { display: block; margin-bottom: .6rem; font-size: .8rem; font-variant-numeric: tabular-nums; overflow: visible; }
.timeline text { fill: currentColor; }
.timeline .years text { text-anchor: middle; fill: var(--soft); }
.timeline line { stroke: var(--line); }
.timeline .part { background: none; color: hsl(var(--hue, 0) var(--chroma, 60%) var(--dot)); }
.timeline circle { fill: currentColor; }
.evidence { font-size: .84rem; max-width: 46rem; }
.evidence li { display: grid; grid-template-columns: minmax(0, 1.4fr) minmax(0, 1fr) 2.8rem; gap: .6rem; align-items: center; padding: .12rem 0; }
.evidence li > :last-child { text-align: right; font-variant-numeric: tabular-nums; }
.evidence line { stroke: var(--edge); }
.evidence .minus { fill: var(--gone); }
.evidence .plus { fill: var(--came); }
.evidence .sum { border-top: 1px solid var(--edge); font-weight: 600; }
.who .pick { padding: .5rem .25rem; }
.within { padding: .2rem 0 .6rem 2.1rem; display: grid; gap: .6rem; }
.problems { color: var(--warn); background: var(--warn-back); border-radius: .4rem; padding: .5rem .75rem; font-size: .92rem; margin-bottom: .6rem; }
.problems p { padding: .1rem 0; }
.ready { color: var(--came); background: var(--came-back); }
.todo { color: var(--soft); background: none; border: 1px solid var(--line); }
.hand { display: flex; flex-wrap: wrap; gap: .5rem; margin: .5rem 0 .7rem; align-items: center; }
#request { font: .84rem/1.45 ui-monospace, "SF Mono", "DejaVu Sans Mono", Menlo, monospace; }

.notice { margin: 1.25rem 0 0; padding: .7rem 1rem; border: 1px solid currentColor; border-left-width: .35rem; border-radius: .4rem; background: var(--warn-back); color: var(--warn); }
#all { margin: 1.25rem .4rem 0 0; vertical-align: -.2rem; }
.sheet { margin-top: 1.25rem; }
.sheet > h2 { margin-bottom: .5rem; }
.moves { display: grid; gap: .5rem; }
.moves li { display: grid; grid-template-columns: 3.25rem minmax(0, 1fr); gap: .5rem; align-items: baseline; }
.moves li > :first-child { font-size: 1.5rem; font-weight: 600; font-variant-numeric: tabular-nums; line-height: 1.2; }
.moves .note { white-space: nowrap; padding: .02rem .5rem; margin-left: .3rem; }
.sheet > details > summary { font-size: 1rem; margin-bottom: .5rem; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
caption { text-align: left; color: var(--soft); padding-bottom: .4rem; }
th, td { text-align: left; vertical-align: top; padding: .4rem .8rem .4rem 0; border-top: 1px solid var(--line); }
th { font-weight: 600; color: var(--soft); white-space: nowrap; }
td.number { font-variant-numeric: tabular-nums; }
.sides { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 1rem; }
.side:only-child { grid-column: 1 / -1; }
.side { background: var(--face); border: 1px solid var(--line); border-radius: .5rem; padding: .8rem 1rem 1rem; box-shadow: var(--shade); }
.side > h3 { display: flex; justify-content: space-between; gap: 1rem; padding-bottom: .5rem; }
.side li { padding: .55rem 0 .55rem .75rem; border-top: 1px solid var(--line); border-left: .25rem solid transparent; display: grid; gap: .1rem; font-size: .95rem; scroll-margin: 2rem; }
.side .gone { border-left-color: var(--gone); background: var(--gone-back); }
.side .came { border-left-color: var(--came); background: var(--came-back); }
.side .gone .soft, .side .came .soft, .side .gone .where, .side .came .where { color: var(--text); }
.side li:target { outline: .16rem solid var(--act); outline-offset: -.16rem; }
#pick > li > .note { margin-bottom: .2rem; width: fit-content; }
.scores { font-size: .86rem; }
.move { font-size: .86rem; font-weight: 600; }
.gone .move, .gone .move a { color: var(--gone); }
.came .move, .came .move a { color: var(--came); }
#all:not(:checked) ~ main .same { display: none; }
#all:checked ~ main .hidden-note { display: none; }
.hidden-note { font-size: .88rem; color: var(--soft); padding-top: .4rem; }

@media (max-width: 54rem) {
    .columns { grid-template-columns: minmax(0, 1fr); }
    .sides { grid-template-columns: minmax(0, 1fr); }
    body { padding: 0 1rem 2rem; }
    dialog { width: 100vw; height: 100dvh; border: 0; border-radius: 0; margin: 0; }
    .steps { display: block; overflow-y: auto; position: relative; scroll-padding: 7rem 0 1rem; }
    .steps > section { overflow: visible; padding: 1rem; }
    .steps > section + section { border-left: 0; border-top: 1px solid var(--line); }
    .some { top: 0; }
    .some p { flex-basis: 100%; }
    dialog > header { padding: .6rem 1rem; }
    .stack, .stack tbody, .stack tr, .stack td { display: block; }
    .stack thead { position: absolute; left: -99rem; }
    .stack tr { padding: .5rem 0; border-top: 1px solid var(--line); }
    .stack td { border: 0; padding: .08rem 0; display: grid; grid-template-columns: 6rem minmax(0, 1fr); gap: .5rem; }
    .stack td::before { content: attr(data-label); color: var(--soft); }
    .stack td:empty { display: none; }
}
@media (prefers-reduced-motion: no-preference) {
    html { scroll-behavior: smooth; }
    button, .pick { transition: background-color .12s, border-color .12s; }
}
@media (forced-colors: active) { .part, .tag, .side .gone, .side .came { border: 1px solid; } }
@media print {
    :root { --back: #fff; --face: #fff; --text: #000; --soft: #444; --line: #bbb; --link: #000; }
    body { max-width: none; padding: 0; font-size: 10pt; }
    .jump, .skip, button, dialog, #all, .switch { display: none !important; }
    .paper, .side li, tr { break-inside: avoid; }
    .columns { display: block; }
    a { text-decoration: none; }
    details:not([open]) { display: none; }
}
.small-caps { font-variant: small-caps; }
$css$
$sql$;

CREATE OR REPLACE FUNCTION html_script() RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $sql$
    SELECT $js$
'use strict';
(function () {
    const $ = id => document.getElementById(id);
    const dialog = $('fix'), open = $('open'), list = $('pick');
    const rows = Array.from(list.children);
    const boxes = rows.map(row => row.querySelector('input'));
    const authors = Array.from($('who').children);
    const parts = Array.from(dialog.querySelectorAll('button[data-part]'));
    const text = id => $(id).value.trim();
    const plural = (n, word) => n + ' ' + word + (n === 1 ? '' : 's');

    // ISO 7064 MOD 11-2: the last character checks the others.
    function isOrcid(value) {
        const found = /^(?:https?:\/\/orcid\.org\/)?(\d{4})-?(\d{4})-?(\d{4})-?(\d{3}[\dXx])$/
            .exec(value);
        if (!found) return false;
        const digits = found.slice(1).join('').toUpperCase();
        let total = 0;
        for (const digit of digits.slice(0, 15)) total = (total + Number(digit)) * 2;
        const check = (12 - total % 11) % 11;
        return digits[15] === (check === 10 ? 'X' : String(check));
    }

    // Whether a paper is of the group that a button stands for.
    const belongs = (box, button) => button.dataset.part === 'flag'
        ? Boolean(box.dataset.flag) : box.dataset.part === button.dataset.part;

    // The request; what is missing yet; and what is wrong.
    function collect() {
        const papers = boxes.filter(box => box.checked).map(box => box.value).sort();
        const request = { papers, from: dialog.dataset.person };
        const chosen = dialog.querySelector('input[name=author]:checked');
        const missing = [], wrong = [];
        let orcidWrong = false;
        if (papers.length === 0) missing.push('Select at least one paper.');
        if (!chosen) missing.push('Choose the author.');
        else if (chosen.id === 'new') {
            if (text('orcid')) request.orcid = text('orcid');
            if (text('institution')) request.institution = text('institution');
            if (text('suffix')) request.suffix = text('suffix');
            orcidWrong = text('orcid') !== '' && !isOrcid(text('orcid'));
            if (orcidWrong) wrong.push('This is not a valid ORCID.');
            else if (!text('orcid') && !text('institution'))
                missing.push('A new author needs an ORCID or an institution.');
            else if (dialog.dataset.taken && !text('orcid') && !text('suffix'))
                missing.push('The id ' + dialog.dataset.taken
                    + ' is taken: give an ORCID, or a word for the id.');
        } else {
            request.to = chosen.id === 'other' ? text('other-id') : chosen.value;
            if (!request.to)
                missing.push('Type the id, the page or the ORCID of the other author.');
            if (request.to === request.from)
                wrong.push('The papers are on this author\u2019s page already.');
        }
        if (text('comment')) request.note = text('comment');
        $('orcid').setAttribute('aria-invalid', String(orcidWrong));
        return { request, missing, wrong, chosen };
    }

    // The Anthology's issue form, filled in as correction_issue_form() does it.
    function issue(request) {
        const site = 'https://aclanthology.org/', limit = 8000;
        const to = request.to ? site + 'people/' + request.to + '/' : '';
        const description = [
            (request.to
                ? 'Please move these papers from the page ' + site + 'people/' + request.from
                    + '/ to the page ' + to + '. My papers are:'
                : 'Please split this page: there are papers of different people on it.'
                    + ' My papers are:'),
            request.papers.map(paper => '- ' + site + paper + '/').join('\n'),
            request.note || ''].filter(Boolean).join('\n\n');
        const orcid = /\d{4}-?\d{4}-?\d{4}-?\d{3}[\dXx]$/.exec(request.orcid || '');
        const openreview = dialog.dataset.openreview;
        const fields = [
            ['author_orcid', orcid && 'https://orcid.org/'
                + orcid[0].replace(/-/g, '').toUpperCase().replace(/(.{4})(?=.)/g, '$1-')],
            ['author_highest_degree_institution', request.institution],
            ['openreview_profile', openreview && 'https://openreview.net/profile?id=' + openreview],
            ['name_pages_affected',
                [site + 'people/' + request.from + '/', to].filter(Boolean).join('\n')],
            ['name_change_description', description],
        ].filter(field => field[1]);
        let address = 'https://github.com/acl-org/acl-anthology/issues/new'
            + '?template=02-name-correction.yml&labels=correction,author-page&title='
            + encodeURIComponent('Author Page: ' + request.from);
        const left = [];
        for (const [name, value] of fields) {
            const parameter = '&' + name + '=' + encodeURIComponent(value);
            if (address.length + parameter.length <= limit) address += parameter;
            else left.push(name);
        }
        return { address, left };
    }

    // Those first whom the selected group, or the selected paper, fits.
    function rankAuthors(papers) {
        const who = $('who');
        const picked = boxes.filter(box => box.checked);
        const keys = new Set([...papers, ...picked.map(box => box.dataset.part).slice(0, 1)]);
        const one = picked.every(box => box.dataset.part === picked[0].dataset.part);
        const fit = row => {
            if (!one || picked.length === 0) return -1;
            const fits = JSON.parse(row.querySelector('input').dataset.fits || '{}');
            return Math.max(-1, ...Object.keys(fits).filter(key => keys.has(key))
                .map(key => fits[key]));
        };
        const sorted = authors.map((row, i) => [fit(row) >= 0.5 ? fit(row) : -1, i, row])
            .sort((a, b) => b[0] - a[0] || a[1] - b[1]);
        sorted.forEach(([score, , row], i) =>
            row.classList.toggle('best', i === 0 && score >= 0.5));
        if (sorted.some(([, , row], i) => who.children[i] !== row))
            who.append(...sorted.map(entry => entry[2]));
    }

    function update() {
        const { request, missing, wrong, chosen } = collect();
        const n = request.papers.length;
        $('count').textContent = n + ' of ' + plural(boxes.length, 'paper') + ' selected';
        for (const button of parts) {
            const own = boxes.filter(box => belongs(box, button));
            const on = own.filter(box => box.checked).length;
            button.setAttribute('aria-pressed',
                on === 0 ? 'false' : on === own.length ? 'true' : 'mixed');
        }
        $('within-other').hidden = !$('other').checked;
        $('within-new').hidden = !$('new').checked;
        const ready = missing.length + wrong.length === 0;
        $('request').value = ready ? JSON.stringify(request, null, 2) : '';
        $('raw').hidden = !ready;
        $('copy').disabled = $('save').disabled = !ready;
        $('issue').hidden = $('issue-hint').hidden = !ready;
        if (ready) {
            const { address, left } = issue(request);
            $('issue').href = address;
            $('issue-hint').textContent =
                'In the form, tick \u201cSplit/disambiguate\u201d and the two confirmations'
                + (left.length === 0 ? '.' : '; paste the request below: '
                + left.join(', ') + ' do not fit into an address.');
        } else $('issue').removeAttribute('href');
        const lines = ready ? [plural(n, 'paper') + ' to '
            + (chosen.id === 'new' ? 'a new author' : request.to) + ': ready to hand over.']
            : wrong.concat(missing);
        // Only what is wrong is a warning: what is missing is just the next step.
        $('state').className = ready ? 'problems ready'
            : wrong.length > 0 ? 'problems' : 'problems todo';
        // Told again only when it differs, for those who listen.
        if ($('state').textContent !== lines.join('')) {
            $('state').replaceChildren(...lines.map(line => {
                const item = document.createElement('p');
                item.textContent = line;
                return item;
            }));
        }
        $('done').textContent = '';
    }

    function shown() {
        return boxes.filter((box, i) => !rows[i].hidden);
    }

    // Hides the rows that do not have all the words typed.
    function filter(field, items) {
        field.addEventListener('input', () => {
            const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
            for (const item of items) {
                const content = item.textContent.toLowerCase();
                item.hidden = !words.every(word => content.includes(word));
            }
        });
    }

    open.hidden = false;
    open.addEventListener('click', () => {
        update();
        dialog.showModal();
        $('step-1').focus();
    });
    $('close').addEventListener('click', () => dialog.close());
    dialog.addEventListener('input', event => {
        if (!['filter', 'order', 'who-filter'].includes(event.target.id)) update();
    });
    dialog.addEventListener('change', event => {
        if (event.target.name === 'paper') rankAuthors([event.target.value]);
    });
    for (const button of parts) {
        button.addEventListener('click', () => {
            const on = button.getAttribute('aria-pressed') !== 'true';
            for (const box of boxes) if (belongs(box, button)) box.checked = on;
            update();
            rankAuthors(boxes.filter(box => box.checked).map(box => box.value));
        });
    }
    $('every').addEventListener('click', () => {
        for (const box of shown()) box.checked = true;
        update();
    });
    $('none').addEventListener('click', () => {
        for (const box of boxes) box.checked = false;
        update();
    });
    filter($('filter'), rows);
    if ($('who-filter')) filter($('who-filter'), authors);
    // What the page says of a paper is shown again only when asked for.
    for (const look of list.querySelectorAll('details.look')) {
        look.addEventListener('toggle', () => {
            if (!look.open || look.children.length > 1) return;
            const article = $('paper-' + look.dataset.paper);
            for (const part of article.querySelectorAll('.by, details > p'))
                look.append(part.cloneNode(true));
        });
    }
    if ($('order')) $('order').addEventListener('change', () => {
        const byPart = $('order').value === 'part';
        const order = byPart ? rows.map((row, i) => [Number(boxes[i].dataset.part), i, row])
            .sort((a, b) => a[0] - b[0] || a[1] - b[1]).map(entry => entry[2]) : rows;
        list.append(...order);
    });
    $('copy').addEventListener('click', async () => {
        try {
            await navigator.clipboard.writeText($('request').value);
            $('done').textContent = 'Copied.';
        } catch {
            // Without the right to use the clipboard, the old way, which needs it to be seen.
            $('raw').open = true;
            $('request').select();
            $('done').textContent = document.execCommand('copy')
                ? 'Copied.' : 'Selected: copy it with the keyboard.';
        }
    });
    $('save').addEventListener('click', () => {
        const link = document.createElement('a');
        link.href = URL.createObjectURL(new Blob([$('request').value + '\n'],
            { type: 'application/json' }));
        link.download = 'assignment-' + dialog.dataset.person.replace(/[^a-z0-9-]+/gi, '-')
            + '.json';
        link.click();
        setTimeout(() => URL.revokeObjectURL(link.href), 60000);
        $('done').textContent = 'Saved as ' + link.download + '.';
    });
    update();
})();
$js$
$sql$;

CREATE OR REPLACE FUNCTION html_document(title text, body text, script text DEFAULT NULL) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT concat(E'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n',
        '<meta http-equiv="Content-Security-Policy" content="default-src ''none''; ',
        'style-src ''sha256-',
        encode(sha256(convert_to(s.style, 'UTF8')), 'base64'), '''; ',
        'script-src ''sha256-' || encode(sha256(convert_to(script, 'UTF8')), 'base64') || '''; ',
        E'base-uri ''none''; form-action ''none''">\n',
        E'<meta name="viewport" content="width=device-width, initial-scale=1">\n',
        E'<meta name="color-scheme" content="light dark">\n',
        E'<meta name="referrer" content="no-referrer">\n',
        E'<meta name="robots" content="noindex">\n',
        '<title>', anthology.html_escape(title), E'</title>\n<style>', s.style,
        E'</style>\n</head>\n<body>\n', body, '<script>' || script || E'</script>\n',
        E'</body>\n</html>\n')
    FROM (SELECT anthology.html_style() AS style) AS s
$$;

CREATE TYPE html_paper AS (paper_id text, n bigint, year integer, title text, authors text,
    others text, more bigint, venue text, roles text, credited text, affiliation text,
    openreview text, twice boolean, abstract text, pdf text, flagged text);

COMMENT ON TYPE html_paper IS
    'a paper on a page, the n-th from the top. title, authors, others, venue and abstract are '
    'HTML, all else is plain text: pdf an address, flagged the reasons of open flags';

CREATE FUNCTION html_papers(person_id text) RETURNS SETOF html_paper
    LANGUAGE sql STABLE STRICT ROWS 50
    SET search_path = pg_catalog, pg_temp
AS $$
    WITH own AS MATERIALIZED (
        SELECT a.paper_id, string_agg(DISTINCT a.role, ', ') AS roles,
            string_agg(DISTINCT anthology.shown_name(a.person_id, a.full_name), ', ') AS credited,
            string_agg(DISTINCT NULLIF(a.affiliation, ''), ', ') AS affiliation,
            string_agg(DISTINCT a.openreview, ', ') AS openreview,
            count(*) > count(DISTINCT a.role) AS twice
        FROM anthology.authorship a WHERE a.person_id = html_papers.person_id GROUP BY a.paper_id
    ), name AS (
        SELECT c.paper_id, c.person_id, c.role, c."position",
            '<bdi>' || anthology.html_escape(anthology.shown_name(c.person_id, c.full_name))
                || '</bdi>' AS name,
            c.person_id IS NOT DISTINCT FROM html_papers.person_id AS own,
            row_number() OVER (PARTITION BY c.paper_id,
                                   c.person_id IS NOT DISTINCT FROM html_papers.person_id
                               ORDER BY c.role, c."position") AS n
        FROM own JOIN anthology.authorship c ON c.paper_id = own.paper_id
    ), written AS (
        SELECT n.paper_id,
            string_agg(CASE WHEN n.own THEN '<b>' || n.name || '</b>'
                    WHEN n.person_id IS NULL THEN n.name
                    ELSE format('<a href="https://aclanthology.org/people/%s/">%s</a>',
                                anthology.html_escape(n.person_id), n.name) END,
                ', ' ORDER BY n.role, n."position") AS authors,
            string_agg(n.name, ', ' ORDER BY n.n) FILTER (WHERE NOT n.own AND n.n <= 6) AS others,
            count(*) FILTER (WHERE NOT n.own AND n.n > 6) AS more
        FROM name n GROUP BY n.paper_id
    ), flagged AS (
        SELECT f.paper_id, string_agg(DISTINCT f.reason, '; ') AS reasons
        FROM anthology.assignment_flag f
        WHERE f.person_id = html_papers.person_id AND f.status = 'open'
            AND f.source = 'anthology.authorship'
        GROUP BY f.paper_id
    )
    SELECT o.paper_id,
        row_number() OVER (ORDER BY coalesce(p.year, v.year) DESC NULLS LAST,
                           coalesce(p.volume_id, p.event_id) COLLATE "C", p.number),
        coalesce(p.year, v.year),
        coalesce(NULLIF(anthology.abstract_html(coalesce(p.title, v.title), false), ''),
                 anthology.html_escape(o.paper_id)),
        w.authors, w.others, w.more,
        coalesce(anthology.html_escape((
                SELECT string_agg(coalesce(u.acronym, u.name, i.id), ', ' ORDER BY i.n)
                FROM unnest(v.venue_ids) WITH ORDINALITY AS i(id, n)
                    LEFT JOIN anthology.venue u ON u.id = i.id)),
            anthology.abstract_html(v.title, false)),
        o.roles, o.credited, o.affiliation, o.openreview, o.twice,
        NULLIF(anthology.abstract_html(p.abstract, true), ''),
        CASE WHEN p.url ~ '^https?://' THEN p.url
             ELSE 'https://aclanthology.org/' || p.url || '.pdf' END,
        f.reasons
    FROM own o
        JOIN anthology.paper p ON p.id = o.paper_id
        JOIN written w ON w.paper_id = o.paper_id
        LEFT JOIN anthology.volume v ON v.id = p.volume_id
        LEFT JOIN flagged f ON f.paper_id = o.paper_id
$$;

COMMENT ON FUNCTION html_papers(text) IS
    'the papers of a person, ready for HTML, from one reading';

CREATE FUNCTION html_article(paper html_paper) RETURNS text
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT concat('<article class="paper" id="paper-', i.id,
        '"><h3><a href="https://aclanthology.org/', i.id, '/"><bdi>', paper.title,
        '</bdi></a></h3>',
        '<p class="by">', paper.authors, '</p><p class="where">', paper.venue || ' &middot; ',
        '<code>', i.id, '</code>', ' &middot; ' || NULLIF(paper.roles, 'author'),
        ' &middot; <a href="' || anthology.html_escape(paper.pdf) || '">PDF</a>',
        ' &middot; <a href="https://aclanthology.org/', i.id, '.bib">BibTeX</a></p>',
        '<p class="note">Flagged: <bdi>' || anthology.html_escape(paper.flagged) || '</bdi></p>',
        '<details><summary>Abstract</summary><p dir="auto">' || paper.abstract || '</p></details>',
        '</article>')
    FROM (SELECT anthology.html_escape(paper.paper_id) AS id) AS i
$$;

COMMENT ON FUNCTION html_article(html_paper) IS
    'a paper on an author''s page, with links to its page, its PDF and its BibTeX';

CREATE FUNCTION html_paper_list(papers html_paper[]) RETURNS text
    LANGUAGE sql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
    WITH year AS (
        SELECT p.year, coalesce(p.year::text, '-') AS id, count(*) AS papers,
            string_agg(anthology.html_article(p), E'\n' ORDER BY p.n) AS articles
        FROM unnest(papers) AS p GROUP BY p.year
    )
    SELECT format(E'<nav class="jump" aria-label="On this page">\n%s\n'
            '<a href="#coauthors">Co-authors</a>\n<a href="#venues">Venues</a>\n</nav>\n%s',
        string_agg(format('<a href="#y%s">%s</a>', y.id, coalesce(y.year::text, 'undated')),
                   E'\n' ORDER BY y.year DESC NULLS LAST),
        string_agg(format(E'<section aria-labelledby="y%s"><h2 class="year" id="y%1$s">%s '
                          '<span class="count">%s</span></h2>\n%s\n</section>',
                          y.id, coalesce(y.year::text, 'Year unknown'),
                          anthology.counted(y.papers, 'paper'), y.articles),
                   E'\n' ORDER BY y.year DESC NULLS LAST))
    FROM year y
    HAVING count(*) > 0
$$;

COMMENT ON FUNCTION html_paper_list(html_paper[]) IS
    'the list of papers of an author''s page, by year, with links to the years';

CREATE FUNCTION html_side_list(id text, title text, items text[]) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT concat(format(E'<section><h2 id="%s">%s</h2>\n<ol>\n%s\n</ol>', id, title,
                         array_to_string(items[:20], E'\n')),
        CASE WHEN cardinality(items) > 20 THEN
            format(E'\n<details><summary>and %s more</summary><ol>\n%s\n</ol></details>',
                   cardinality(items) - 20, array_to_string(items[21:], E'\n')) END,
        E'</section>\n')
    WHERE cardinality(items) > 0
$$;

COMMENT ON FUNCTION html_side_list(text, text, text[]) IS
    'a list beside a page: the first 20 items in the open, the others folded';

CREATE FUNCTION html_side_lists(person_id text) RETURNS text
    LANGUAGE sql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT concat(
        anthology.html_side_list('coauthors', 'Co-authors', ARRAY(
            SELECT format('<li><a href="https://aclanthology.org/people/%s/"><bdi>%s</bdi></a>'
                          '<span>%s</span></li>', anthology.html_escape(c.coauthor_id),
                          anthology.html_escape(c.name), c.papers)
            FROM anthology.person_coauthors(html_side_lists.person_id) c)),
        anthology.html_side_list('venues', 'Venues', ARRAY(
            SELECT format('<li><span>%s</span><span>%s</span></li>',
                          anthology.html_escape(v.venue), v.papers)
            FROM anthology.person_venues(html_side_lists.person_id) v)))
$$;

COMMENT ON FUNCTION html_side_lists(text) IS
    'the lists beside an author''s page: all co-authors and all venues';

CREATE FUNCTION html_openreview(openreview text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT format('<a href="https://openreview.net/profile?id=%s">OpenReview <bdi>%s</bdi></a>',
        anthology.url_encode(openreview), anthology.html_escape(openreview))
$$;

COMMENT ON FUNCTION html_openreview(text) IS 'a link to a profile at OpenReview';

CREATE FUNCTION html_person_header(person_id text, canonical text, papers html_paper[]) RETURNS text
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT concat('<a class="skip" href="#papers">To the papers</a>',
        E'\n<header class="top">\n<p class="eyebrow">Author page</p>\n<h1><bdi>',
        anthology.html_escape(canonical), E'</bdi></h1>\n<p class="facts"><code>',
        anthology.html_escape(person.id), '</code><span class="tag">',
        CASE WHEN NOT person.verified THEN 'not ' END, 'verified</span>',
        '<a href="https://orcid.org/' || anthology.html_escape(person.orcid) || '">ORCID '
            || anthology.html_escape(person.orcid) || '</a>',
        (SELECT string_agg(anthology.html_openreview(o.openreview), '' ORDER BY o.openreview)
         FROM (SELECT DISTINCT a.openreview FROM anthology.authorship a
               WHERE a.person_id = person.id AND a.openreview <> '') AS o),
        '<bdi>' || anthology.html_escape(person.degree) || '</bdi>',
        '<bdi>' || anthology.html_escape(NULLIF(person.comment, person.degree)) || '</bdi>',
        E'</p>\n',
        (SELECT '<p><span class="soft">Also published as</span> '
            || string_agg('<bdi>' || anthology.html_escape(n.name) || '</bdi>', ', '
                          ORDER BY n.papers DESC, n.name COLLATE "C") || E'</p>\n'
         FROM anthology.person_names(person.id) n
         WHERE NOT n.canonical AND n.name <> html_person_header.canonical),
        (SELECT format(E'<p class="facts"><span>%s%s</span></p>\n',
                anthology.counted(count(*), 'paper'), ', ' || CASE WHEN min(p.year) = max(p.year)
                THEN min(p.year)::text ELSE min(p.year) || '&ndash;' || max(p.year) END)
            || CASE WHEN count(*) > 0 THEN E'<p><button class="main" type="button" id="open" '
                   'aria-haspopup="dialog" hidden>Fix paper assignments</button></p>\n'
               ELSE '' END
         FROM unnest(papers) AS p),
        E'</header>\n')
    FROM anthology.person WHERE person.id = html_person_header.person_id
$$;

COMMENT ON FUNCTION html_person_header(text, text, html_paper[]) IS
    'the top of an author''s page: names, ids, span and the button that opens the dialog';

CREATE OR REPLACE FUNCTION person_page_html(person_id text) RETURNS text
    LANGUAGE plpgsql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    person anthology.person;
    canonical text;
    papers anthology.html_paper[];
    dialog text;
BEGIN
    SELECT p.* INTO person FROM anthology.person p
        WHERE p.id = anthology.present_person(person_page_html.person_id);
    SELECT coalesce(min(n.name) FILTER (WHERE n.canonical), person.id) INTO canonical
        FROM anthology.person_names(person.id) n;
    papers := ARRAY(SELECT p FROM anthology.html_papers(person.id) p ORDER BY p.n);
    IF cardinality(papers) > 0 THEN
        dialog := anthology.html_dialog(person.id, canonical, papers);
    END IF;
    RETURN anthology.html_document(canonical || ' - author page', concat(
        anthology.html_person_header(person.id, canonical, papers),
        E'<div class="columns">\n<main id="papers" tabindex="-1">\n',
        coalesce(anthology.html_paper_list(papers), '<p class="soft">No papers.</p>'),
        E'\n</main>\n<aside>\n', anthology.html_side_lists(person.id), E'</aside>\n</div>\n',
        '<footer>An author page made from a database of the extension anthology: ',
        E'no official publication of the ACL Anthology.</footer>\n', dialog),
        CASE WHEN dialog IS NOT NULL THEN anthology.html_script() END);
END
$$;

COMMENT ON FUNCTION person_page_html(text) IS
    'an author''s page with its "Fixing paper assignments" dialog, whose result '
    'request_to_proposal() takes, as one self-contained HTML file';

CREATE TYPE html_part AS (part bigint, papers bigint, years text, coauthors text[],
    confidence real, mixed real, reason text, paper_ids text[]);

COMMENT ON TYPE html_part IS 'a row of page_parts()';

CREATE TYPE html_doubt AS (paper_id text, score real, reason text, flagged boolean,
    evidence jsonb, other_id text, other_score real, other_evidence jsonb);

COMMENT ON TYPE html_doubt IS
    'a paper that may not belong on a page: probability and evidence, and those of a better person';

CREATE FUNCTION html_doubts(person_id text) RETURNS SETOF html_doubt
    LANGUAGE sql STABLE STRICT ROWS 5
    SET search_path = pg_catalog, pg_temp
AS $$
    WITH found AS (
        SELECT s.paper_id, s.score, s.reason, s.suggested_person_id AS other_id, false AS flagged
        FROM anthology.suspicious_assignments(html_doubts.person_id) s
        UNION ALL
        SELECT f.paper_id, f.score, f.reason, f.suggested_person_id, true
        FROM anthology.assignment_flag f
        WHERE f.person_id = html_doubts.person_id AND f.status = 'open'
            AND f.source = 'anthology.authorship'
    ), doubt AS MATERIALIZED (
        -- A flag's reason and suggestion are of the day when it was raised.
        SELECT f.paper_id, bool_or(f.flagged) AS flagged,
            coalesce(min(f.score) FILTER (WHERE NOT f.flagged), min(f.score)) AS score,
            coalesce(string_agg(DISTINCT f.reason, '; ') FILTER (WHERE f.flagged),
                     string_agg(DISTINCT f.reason, '; ')) AS reason,
            (array_agg(f.other_id ORDER BY f.flagged, f.score)
                FILTER (WHERE f.other_id IS NOT NULL
                        AND EXISTS (SELECT FROM anthology.person p WHERE p.id = f.other_id)))[1]
                AS other_id
        FROM found f GROUP BY f.paper_id
    )
    -- Nothing can be said of a person without papers.
    SELECT d.paper_id, d.score, d.reason, d.flagged, own.evidence, d.other_id,
        CASE WHEN EXISTS (SELECT FROM anthology.authorship a WHERE a.person_id = d.other_id)
            THEN other.score END, other.evidence
    FROM doubt d
        LEFT JOIN LATERAL (
            SELECT jsonb_object_agg(c.person_id, jsonb_build_object(
                'score', c.score, 'evidence', c.evidence)) AS judged
            FROM anthology.judge_candidates(d.paper_id,
                     array_remove(ARRAY[html_doubts.person_id, d.other_id], NULL)) c) AS j ON true,
        LATERAL jsonb_to_record(j.judged -> html_doubts.person_id)
            AS own(score real, evidence jsonb),
        LATERAL jsonb_to_record(coalesce(j.judged -> d.other_id, '{}'))
            AS other(score real, evidence jsonb)
$$;

COMMENT ON FUNCTION html_doubts(text) IS
    'the suspicious and the flagged papers of a page, each with the evidence for the page '
    'and for the better person';

CREATE FUNCTION html_doubt(doubt html_doubt) RETURNS text
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT concat('<p class="note">', CASE WHEN doubt.flagged THEN 'Flagged' ELSE 'Suspicious' END,
        ': <bdi>', anthology.html_escape(doubt.reason), '</bdi>',
        ' &middot; probability ' || anthology.html_percent(doubt.score), '</p>',
        '<details><summary>Why</summary><p class="hint">Signs for this page and against it:</p>'
            || anthology.html_evidence(doubt.evidence)
            || coalesce('<p class="hint">The same for <code>'
                || anthology.html_escape(doubt.other_id) || '</code>:</p>'
                || anthology.html_evidence(doubt.other_evidence), '')
            || '</details>')
    WHERE doubt.paper_id IS NOT NULL
$$;

COMMENT ON FUNCTION html_doubt(html_doubt) IS
    'what speaks against a paper on its page, in words and as a chart';

CREATE FUNCTION html_picks(papers html_paper[], parts html_part[], doubts html_doubt[],
                           canonical text) RETURNS text
    LANGUAGE sql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT string_agg(concat('<li><label class="pick"><input type="checkbox" name="paper" value="',
            p.id, '" data-part="', t.part, '"',
            CASE WHEN d.paper_id IS NOT NULL THEN ' data-flag="yes"' END,
            '><span><bdi>', p.title, '</bdi> <small>', concat_ws(' &middot; ', p.year, p.venue,
                '<code>' || p.id || '</code>', NULLIF(p.roles, 'author'),
                'as <bdi>' || anthology.html_escape(NULLIF(p.credited, canonical)) || '</bdi>',
                '<bdi>' || anthology.html_escape(p.affiliation) || '</bdi>',
                'OpenReview <bdi>' || anthology.html_escape(p.openreview) || '</bdi>'), '</small> ',
            '<small>with ' || p.others
                || CASE WHEN p.more > 0 THEN format(' and %s more', p.more) ELSE '' END
                || '</small> ',
            CASE WHEN p.twice THEN '<span class="note">This paper has the author twice, and cannot '
                'be assigned as a whole.</span>' END,
            '</span>',
            CASE WHEN NOT t.shown THEN ''
                WHEN t.papers = 1 THEN
                    '<span class="part alone" title="like no other of these papers">alone</span>'
                ELSE format('<span class="part p%s"><span class="unseen">group </span>%s</span>',
                            t.part % 8, t.part) END,
            '</label>', anthology.html_doubt(d),
            '<p class="links"><a href="https://aclanthology.org/', p.id,
            '/" target="_blank" rel="noopener">Paper<span class="unseen">: ', p.plain,
            '</span></a>',
            ' <a href="' || anthology.html_escape(p.pdf) || '" target="_blank" rel="noopener">PDF'
                || '<span class="unseen">: ' || p.plain || '</span></a>', '</p>',
            CASE WHEN p.abstract IS NOT NULL OR p.more > 0 THEN
                format('<details class="look" data-paper="%s"><summary>%s</summary></details>',
                    p.id, CASE WHEN p.more = 0 THEN 'Abstract'
                        WHEN p.abstract IS NULL THEN 'All authors'
                        ELSE 'All authors, abstract' END) END,
            '</li>'), E'\n' ORDER BY p.n)
    FROM (SELECT q.*, anthology.html_escape(q.paper_id) AS id,
              regexp_replace(q.title, '<[^>]*>', '', 'g') AS plain
          FROM unnest(papers) AS q) AS p
        LEFT JOIN (SELECT i.paper_id, q.part, q.papers,
                       q.mixed >= 0.5 AND cardinality(parts) > 1 AS shown
                   FROM unnest(parts) AS q, unnest(q.paper_ids) AS i(paper_id)) AS t
            ON t.paper_id = p.paper_id
        LEFT JOIN unnest(doubts) AS d ON d.paper_id = p.paper_id
$$;

COMMENT ON FUNCTION html_picks(html_paper[], html_part[], html_doubt[], text) IS
    'the papers to choose from: what each is, its group, what speaks against it, and links to '
    'look at it';

CREATE FUNCTION html_groups(parts html_part[], doubts html_doubt[]) RETURNS text
    LANGUAGE sql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
    -- The largest parts stand in the open, the others behind "more".
    SELECT concat('<div class="parts">', E'\n' || (
            SELECT '<button type="button" data-part="flag" aria-pressed="false">'
                '<span class="part flag">!</span><span>' || count(*)
                || ' suspicious <small>assignments that seem wrong</small></span></button>'
            FROM unnest(doubts) HAVING count(*) > 0),
        E'\n' || string_agg(b.button, E'\n' ORDER BY b.part) FILTER (WHERE b.part <= 8),
        E'\n</div>',
        E'\n<details><summary>' || NULLIF(count(*) FILTER (WHERE b.part > 8), 0)
            || E' more groups</summary><div class="parts">\n'
            || string_agg(b.button, E'\n' ORDER BY b.part) FILTER (WHERE b.part > 8)
            || E'\n</div></details>')
    FROM (SELECT p.part, concat('<button type="button" data-part="', p.part,
                  '" aria-pressed="false"><span class="part p', p.part % 8,
                  '"><span class="unseen">group </span>', p.part, '</span><span>',
                  anthology.counted(p.papers, 'paper'), ', ' || replace(p.years, '-', '&ndash;'),
                  ' <small>one author: ' || anthology.html_percent(p.confidence) || '</small>',
                  ' <small>with ' || (
                      SELECT string_agg('<bdi>' || anthology.html_escape(c.name) || '</bdi>', ', '
                                        ORDER BY c.n)
                      FROM unnest(p.coauthors) WITH ORDINALITY AS c(name, n)) || '</small>',
                  CASE WHEN p.part > 1 THEN ' <small><bdi>' || anthology.html_escape(p.reason)
                      || '</bdi></small>' END,
                  '</span></button>') AS button
          FROM unnest(parts) AS p WHERE p.papers > 1) AS b
$$;

COMMENT ON FUNCTION html_groups(html_part[], html_doubt[]) IS
    'the buttons that select the suspicious papers, or a part of the page: its papers, years, '
    'co-authors and probability';

CREATE FUNCTION html_quick_select(papers html_paper[], parts html_part[], doubts html_doubt[])
    RETURNS text
    LANGUAGE sql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT CASE WHEN cardinality(parts) > 1 AND m.mixed >= 0.5 THEN concat(
            '<p class="hint" id="parts-hint">More than one person may have written these papers ',
            '(probability ', anthology.html_percent(m.mixed), '). A button selects a group; its ',
            'number stands beside each paper, and a dashed frame means that only some are ',
            E'selected.</p>\n',
            CASE WHEN m.groups > 0 THEN anthology.html_timeline(papers, parts) END,
            E'\n<div role="group" aria-labelledby="parts-hint">',
            anthology.html_groups(parts, doubts), E'</div>\n')
        ELSE concat(
            CASE WHEN cardinality(papers) > 1 THEN format(
                E'<p class="hint">These papers are most likely one person\'s (probability %s).'
                '</p>\n',
                anthology.html_percent(1 - m.mixed)) END,
            CASE WHEN cardinality(doubts) > 0 THEN '<div role="group" aria-label="Quick-select">'
                || anthology.html_groups('{}', doubts) || E'</div>\n' END,
            CASE WHEN m.groups > 1 THEN concat(
                '<details><summary>Groups, should there be more persons</summary>',
                anthology.html_timeline(papers, parts), anthology.html_groups(parts, '{}'),
                E'</details>\n') END) END
    FROM (SELECT coalesce(max(p.mixed), 0) AS mixed, count(*) FILTER (WHERE p.papers > 1) AS groups
          FROM unnest(parts) AS p) AS m
$$;

COMMENT ON FUNCTION html_quick_select(html_paper[], html_part[], html_doubt[]) IS
    'how likely the page is of more than one person, its timeline, and buttons that select '
    'groups; folded if it seems to be one person''s';

CREATE FUNCTION html_candidates(person_id text, canonical text, parts html_part[],
                                doubts html_doubt[]) RETURNS text
    LANGUAGE sql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
    WITH fit AS MATERIALIZED (
        -- Four papers of a group, spread over its years, tell whose it is; groups after the
        -- sixth are not judged.
        SELECT o.owner_id AS id, p.part::text AS part, 'group ' || p.part AS what, o.score
        FROM unnest(parts) AS p, LATERAL anthology.suggest_owners(ARRAY(
                SELECT i.paper_id FROM unnest(p.paper_ids) WITH ORDINALITY AS i(paper_id, n)
                WHERE (i.n - 1) % greatest(p.papers / 4, 1) = 0 ORDER BY i.n LIMIT 4),
            html_candidates.person_id, 40) o
        WHERE p.part BETWEEN 2 AND 6 AND p.mixed >= 0.5 AND NOT o.current
        UNION ALL
        SELECT d.other_id, d.paper_id, d.paper_id, d.other_score
        FROM unnest(doubts) AS d WHERE d.other_score IS NOT NULL
    ), candidate AS (
        SELECT s.similar_id AS id, s.score, s.same_slug
        FROM anthology.person_similar(html_candidates.person_id) s
        UNION ALL
        SELECT f.person_id, f.score, false
        FROM anthology.find_person(canonical, 10) f WHERE f.score >= 0.6
        UNION ALL
        SELECT d.other_id, 1, false FROM unnest(doubts) AS d
        UNION ALL
        SELECT f.id, 0, false FROM fit f WHERE f.score >= 0.5
    ), known AS MATERIALIZED (
        SELECT c.id, bool_or(c.same_slug) AS same_slug, max(c.score) AS score,
            (SELECT max(f.score) FROM fit f WHERE f.id = c.id) AS fit,
            (SELECT count(DISTINCT a.paper_id) FROM anthology.authorship a
             WHERE a.person_id = c.id) AS papers
        FROM candidate c WHERE c.id <> html_candidates.person_id
        GROUP BY c.id
    ), listed AS MATERIALIZED (
        SELECT k.*, count(*) OVER () AS known,
            row_number() OVER (ORDER BY k.fit >= 0.5 DESC NULLS LAST,
                CASE WHEN k.fit >= 0.5 THEN k.fit END DESC, k.same_slug DESC, k.score DESC,
                k.papers DESC, k.id COLLATE "C") AS n
        FROM known k
    )
    SELECT concat(
        CASE WHEN count(*) > 5 THEN '<label class="label" for="who-filter">Filter by name, '
            'affiliation or id</label><input type="search" id="who-filter" autocomplete="off">' END,
        E'\n<div id="who">\n', string_agg(concat(
            '<label class="pick"><input type="radio" name="author" value="',
            anthology.html_escape(p.id), '" data-fits="', anthology.html_escape((
                SELECT jsonb_object_agg(f.part, f.score)::text FROM fit f WHERE f.id = l.id)), '">',
            '<span><span><bdi>', anthology.html_escape(n.full_name), '</bdi> <code>',
            anthology.html_escape(p.id), '</code></span> ',
            '<small class="fits">author of ' || (
                SELECT string_agg(anthology.html_escape(f.what) || ': '
                                      || anthology.html_percent(f.score), ', '
                                  ORDER BY f.part COLLATE "C")
                FROM fit f WHERE f.id = l.id) || '</small> ',
            '<small>', concat_ws(' &middot; ', CASE WHEN NOT p.verified THEN 'not verified' END,
                '<bdi>' || anthology.html_escape(p.degree) || '</bdi>',
                '<bdi>' || anthology.html_escape(NULLIF(p.comment, p.degree)) || '</bdi>',
                'ORCID ' || anthology.html_escape(p.orcid),
                '<bdi>' || anthology.html_escape(w.affiliation) || '</bdi>',
                'OpenReview <bdi>' || anthology.html_escape(w.openreview) || '</bdi>',
                anthology.counted(l.papers, 'paper'), w.years,
                CASE WHEN l.same_slug THEN 'same name' END), '</small></span></label>'),
            E'\n' ORDER BY l.n) FILTER (WHERE l.n <= 40),
        E'\n</div>\n',
        CASE WHEN max(l.known) > 40 THEN format(
            E'<p class="hint">The nearest 40 of %s: type the id of another one.</p>\n',
            max(l.known)) END)
    FROM listed l
        JOIN anthology.person p ON p.id = l.id AND l.n <= 40
        JOIN anthology.person_name n ON n.person_id = p.id AND n."position" = 1,
        LATERAL (
            SELECT (array_agg(a.affiliation ORDER BY q.year DESC)
                        FILTER (WHERE a.affiliation <> ''))[1] AS affiliation,
                string_agg(DISTINCT NULLIF(a.openreview, ''), ', ') AS openreview,
                CASE WHEN min(q.year) = max(q.year) THEN min(q.year)::text
                     ELSE min(q.year) || '&ndash;' || max(q.year) END AS years
            FROM anthology.authorship a JOIN anthology.paper q ON q.id = a.paper_id
            WHERE a.person_id = p.id) AS w
$$;

COMMENT ON FUNCTION html_candidates(text, text, html_part[], html_doubt[]) IS
    'the authors to choose from, those first whom a group or a suspicious paper fits, with '
    'their scores';

CREATE FUNCTION html_dialog_step_1(papers html_paper[], parts html_part[], doubts html_doubt[],
                                   canonical text) RETURNS text
    LANGUAGE sql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT concat(E'<section aria-labelledby="step-1">\n<h3 id="step-1" tabindex="-1">',
        E'1. Please select all papers that belong to the same person</h3>\n',
        anthology.html_quick_select(papers, parts, doubts),
        '<div class="tools"><div><label class="label" for="filter">Filter by words</label>',
        '<input type="search" id="filter" autocomplete="off"></div>',
        CASE WHEN cardinality(parts) > 1 AND parts[1].mixed >= 0.5 THEN
            '<div><label class="label" for="order">Order</label><select id="order">'
            '<option value="year">newest first</option><option value="part">by group</option>'
            '</select></div>' END,
        E'</div>\n<div class="some"><p id="count" role="status"></p>',
        '<button type="button" id="every">Select all shown</button>',
        E'<button type="button" id="none">Select none</button></div>\n',
        E'<a class="skip" href="#step-2">To the author they belong to</a>\n<ul id="pick">\n',
        anthology.html_picks(papers, parts, doubts, canonical), E'\n</ul>\n</section>\n')
$$;

COMMENT ON FUNCTION html_dialog_step_1(html_paper[], html_part[], html_doubt[], text) IS
    'the first step of the dialog: which papers';

CREATE FUNCTION html_dialog_step_2(candidates text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT concat(E'<fieldset class="who" aria-labelledby="step-2">\n',
        '<h3 id="step-2" tabindex="-1">2. Please indicate below which author they should be ',
        'assigned to</h3>', candidates,
        '<label class="pick"><input type="radio" name="author" id="other" value="">',
        '<span><span>Another author</span> <small>by id, address of the page, or ORCID</small>',
        E'</span></label>\n<div class="within" id="within-other" hidden><div><label ',
        'class="label" for="other-id">Id, page or ORCID of the author</label>',
        '<input type="text" id="other-id" ',
        E'autocomplete="off" autocapitalize="none" spellcheck="false"></div></div>\n',
        '<label class="pick"><input type="radio" name="author" id="new" value="">',
        E'<span><span>A new author</span> <small>who has no page yet</small></span></label>\n',
        '<div class="within" id="within-new" hidden><div><label class="label" for="orcid">',
        'ORCID, if there is one</label><input type="text" id="orcid" autocomplete="off" ',
        'spellcheck="false" placeholder="0000-0000-0000-0000"></div>',
        '<div><label class="label" for="institution">Institution of the highest (anticipated) ',
        'degree</label><input type="text" id="institution" autocomplete="off"></div>',
        '<div><label class="label" for="suffix">A word for the id, where the name is taken</label>',
        '<input type="text" id="suffix" autocomplete="off" autocapitalize="none" ',
        E'spellcheck="false" placeholder="edinburgh"></div></div>\n</fieldset>\n',
        '<section><label class="label" for="comment">Comment</label>',
        '<p class="hint" id="comment-hint">How you know: a home page, the PDFs, a profile.</p>',
        '<textarea id="comment" rows="3" ',
        E'aria-describedby="comment-hint"></textarea></section>\n')
$$;

COMMENT ON FUNCTION html_dialog_step_2(text) IS
    'the second step of the dialog: which author, of those to choose from or another one';

CREATE FUNCTION html_dialog_step_3() RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT concat(E'<section aria-labelledby="step-3">\n<h3 id="step-3">3. Hand over</h3>\n',
        '<div class="problems" id="state" role="status"></div>',
        '<div class="hand"><a class="main" id="issue" target="_blank" rel="noopener" hidden>',
        'Open an issue<span class="unseen"> at GitHub, filled in</span></a>',
        '<button type="button" id="copy">Copy</button>',
        '<button type="button" id="save">Save as a file</button>',
        E'<span id="done" role="status" class="soft"></span></div>\n',
        '<p class="hint" id="issue-hint" hidden></p>',
        '<p class="hint">Nothing is sent from here: the issue is sent when you submit it at ',
        'GitHub. Staff stage what is copied or saved with <code>request_to_proposal()</code>.</p>',
        '<details id="raw"><summary>The request as JSON</summary>',
        '<label class="unseen" for="request">The request</label>',
        '<textarea id="request" rows="7" readonly spellcheck="false"></textarea></details>',
        E'\n</section>\n')
$$;

COMMENT ON FUNCTION html_dialog_step_3() IS
    'the third step of the dialog: the request as an issue, copied, or saved';

CREATE FUNCTION html_dialog(person_id text, canonical text, papers html_paper[]) RETURNS text
    LANGUAGE plpgsql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    parts anthology.html_part[] := ARRAY(
        SELECT p::anthology.html_part FROM anthology.page_parts(person_id) p ORDER BY p.part);
    doubts anthology.html_doubt[] := ARRAY(SELECT d FROM anthology.html_doubts(person_id) d);
    -- The id that a new author would have by the rule, if somebody has it.
    taken text := (SELECT min(p.id)
        FROM anthology.person own
            JOIN anthology.person_name n ON n.person_id = own.id
                AND NOT (n.inferred AND own.verified)
            JOIN anthology.person p ON p.id = n.slug
        WHERE own.id = html_dialog.person_id);
    openreview text := (SELECT min(a.openreview) FROM anthology.authorship a
        WHERE a.person_id = html_dialog.person_id HAVING count(DISTINCT a.openreview) = 1);
BEGIN
    RETURN concat('<dialog id="fix" aria-labelledby="fix-title" data-person="',
        anthology.html_escape(person_id), '" data-taken="', anthology.html_escape(taken),
        '" data-openreview="', anthology.html_escape(openreview),
        E'">\n<header><div><h2 id="fix-title">Fixing paper assignments</h2><p><bdi>',
        anthology.html_escape(canonical), '</bdi> <code>', anthology.html_escape(person_id),
        E'</code></p></div><button type="button" id="close">Close</button></header>\n',
        E'<div class="steps">\n', anthology.html_dialog_step_1(papers, parts, doubts, canonical),
        E'<section aria-labelledby="step-2">\n', anthology.html_dialog_step_2(
            anthology.html_candidates(person_id, canonical, parts, doubts)),
        anthology.html_dialog_step_3(), E'</section>\n</div>\n</dialog>\n',
        E'<noscript><p>The dialog to fix paper assignments needs JavaScript.</p></noscript>\n');
END
$$;

COMMENT ON FUNCTION html_dialog(text, text, html_paper[]) IS
    'the dialog "Fixing paper assignments" of an author''s page, without its script';

CREATE FUNCTION html_percent(probability double precision) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT CASE WHEN probability < 0.005 THEN '&lt; 1' WHEN probability >= 0.995 THEN '&gt; 99'
        ELSE round((100 * probability)::numeric)::text END || ' %'
$$;

COMMENT ON FUNCTION html_percent(double precision) IS 'a probability in per cent, as HTML';

CREATE FUNCTION html_evidence(evidence jsonb) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    WITH item AS MATERIALIZED (
        SELECT i.n, coalesce(i.item ->> 'detail', i.item ->> 'signal') AS detail,
            (i.item ->> 'weight')::double precision AS weight
        FROM jsonb_array_elements(evidence) WITH ORDINALITY AS i(item, n)
        WHERE i.item ->> 'weight' IS NOT NULL
    ), sign AS (
        -- What changes little stands in one bar.
        SELECT i.n, anthology.html_escape(i.detail) AS detail, i.weight
        FROM item i WHERE abs(i.weight) >= 0.1
        UNION ALL
        SELECT 1000000, anthology.counted(count(*), 'other sign'), sum(i.weight)
        FROM item i WHERE abs(i.weight) < 0.1 HAVING count(*) > 0
    ), step AS MATERIALIZED (
        SELECT r.n, r.detail, r.weight, sum(r.weight) OVER w - r.weight AS before,
            sum(r.weight) OVER w AS after
        FROM sign r WINDOW w AS (ORDER BY r.n)
    ), scale AS MATERIALIZED (
        SELECT least(0, min(s.after)) AS low, sum(s.weight) AS total,
            greatest(greatest(0, max(s.after)) - least(0, min(s.after)), 0.1) AS width
        FROM step s
    ), bar AS (
        SELECT s.n, s.detail, s.weight, s.before, s.after, '' AS class FROM step s
        UNION ALL
        SELECT NULL, 'in all: probability '
            || anthology.html_percent(1 / (1 + exp(least(-c.total, 700)))), c.total, 0, c.total,
            ' class="sum"'
        FROM scale c
    )
    SELECT format(E'<ol class="evidence">\n%s\n</ol>', string_agg(format(
        '<li%s><span>%s</span><svg width="100%%" height="14" aria-hidden="true">'
        '<line x1="%s%%" x2="%3$s%%" y1="0" y2="14"/>'
        '<rect class="%s" x="%s%%" width="%s%%" y="2" height="10"/></svg><span>%s</span></li>',
        b.class, b.detail,
        round((-c.low / c.width * 100)::numeric, 2),
        CASE WHEN b.weight < 0 THEN 'minus' ELSE 'plus' END,
        round(((least(b.before, b.after) - c.low) / c.width * 100)::numeric, 2),
        round(greatest(abs(b.weight) / c.width * 100, 0.5)::numeric, 2),
        CASE WHEN b.weight < 0 THEN '&minus;' ELSE '+' END || round(abs(b.weight)::numeric, 1)),
        E'\n' ORDER BY b.n))
    FROM bar b CROSS JOIN scale c
    HAVING bool_or(b.n < 1000000)
$$;

COMMENT ON FUNCTION html_evidence(jsonb) IS
    'the evidence of judge_candidates() as bars that add up to the log-odds of its score, as HTML';

CREATE FUNCTION html_timeline(papers html_paper[], parts html_part[]) RETURNS text
    LANGUAGE sql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
    WITH part AS MATERIALIZED (
        -- The largest parts have a row each, all others share one.
        SELECT CASE WHEN t.part <= 8 AND t.papers > 1 THEN t.part ELSE 9 END AS part, i.paper_id
        FROM unnest(parts) AS t, LATERAL unnest(t.paper_ids) AS i(paper_id)
    ), paper AS MATERIALIZED (
        SELECT t.part, p.year, regexp_replace(p.title, '<[^>]*>', '', 'g') AS title,
            row_number() OVER (PARTITION BY t.part, p.year ORDER BY p.n) - 1 AS place,
            count(*) OVER (PARTITION BY t.part, p.year) AS papers
        FROM unnest(papers) AS p JOIN part t ON t.paper_id = p.paper_id
        WHERE p.year IS NOT NULL
    ), scale AS MATERIALIZED (
        SELECT min(p.year) AS first, max(p.year) AS last,
            90.0 / (max(p.year) - min(p.year) + 1) AS width,
            greatest(1, ceil((max(p.year) - min(p.year) + 1) / 6.0))::integer AS every
        FROM paper p
    ), lane AS MATERIALIZED (
        SELECT r.part, r.height, coalesce(sum(r.height) OVER w - r.height, 0) AS top
        FROM (SELECT p.part, least(max(p.papers), 6) * 8 + 10 AS height
              FROM paper p GROUP BY p.part) AS r
        WINDOW w AS (ORDER BY r.part)
    ), drawn AS (
        SELECT l.part, l.height, l.top,
            CASE WHEN l.part = 9 THEN '' ELSE l.part::text END AS label,
            string_agg(format('<circle cx="%s%%" cy="%s" r="3.5"><title>%s (%s)</title></circle>',
                -- Six papers of a year stand above each other, the next six beside them.
                round(8 + c.width * (p.year - c.first
                    + (p.place / 6 + 0.5) / ceil(p.papers / 6.0)), 2),
                l.top + l.height - 9 - p.place % 6 * 8, p.title, p.year), ''
                ORDER BY p.year, p.place) AS dots
        FROM paper p JOIN lane l ON l.part = p.part CROSS JOIN scale c
        GROUP BY l.part, l.height, l.top
    )
    SELECT format(E'<svg class="timeline" role="img" aria-label="Years of the papers of each group"'
            ' width="100%%" height="%s">\n%s\n<g class="years">%s</g>\n</svg>%s',
        max(d.top + d.height) + 20,
        string_agg(format('<g class="part %s"><line x1="8%%" x2="98%%" y1="%s" y2="%2$s"/>'
            '<text x="0" y="%s">%s</text>%s</g>', CASE WHEN d.part = 9 THEN 'alone'
            ELSE 'p' || d.part % 8 END, d.top + d.height - 2, d.top + d.height - 5, d.label,
            d.dots),
            E'\n' ORDER BY d.part),
        (SELECT string_agg(format('<text x="%s%%" y="%s">%s</text>',
                round(8 + c.width * (y - c.first + 0.5), 2),
                (SELECT max(l.top + l.height) FROM lane l) + 14, y), '' ORDER BY y)
         FROM scale c, generate_series(c.first, c.last, c.every) AS y),
        (SELECT format(E'\n<p class="hint">%s without a year.</p>',
                anthology.counted(count(*), 'paper'))
         FROM unnest(papers) AS p WHERE p.year IS NULL HAVING count(*) > 0))
    FROM drawn d
    HAVING count(*) > 0
$$;

COMMENT ON FUNCTION html_timeline(html_paper[], html_part[]) IS
    'the parts of a page through the years, as SVG: a row a part, a dot a paper';

CREATE TYPE html_move AS (paper_id text, role text, "position" integer, credited_name text,
    before_person_id text, after_person_id text, cause text, before_score real,
    after_score real, warning text, n bigint);

COMMENT ON TYPE html_move IS 'a row of preview_reassignment() with its number';

CREATE FUNCTION html_scores(before_score double precision, after_score double precision)
    RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT concat('probability ', coalesce(anthology.html_percent(before_score), '?'), ' before, ',
                  coalesce(anthology.html_percent(after_score), '?'), ' after')
    WHERE before_score IS NOT NULL OR after_score IS NOT NULL
$$;

COMMENT ON FUNCTION html_scores(double precision, double precision) IS
    'how likely an assignment is before a correction and after it, as HTML';

CREATE FUNCTION html_person_or_nobody(person_id text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT format('<code>%s</code>', anthology.html_escape(coalesce(person_id, 'nobody')))
$$;

COMMENT ON FUNCTION html_person_or_nobody(text) IS 'the id of a person, or "nobody", as HTML';

CREATE FUNCTION html_move_summary(moves html_move[]) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT format(E'<ul class="moves">\n%s\n</ul>', string_agg(format(
            '<li><span>%s</span><span><span>%s from %s to %s%s</span>%s%s</span></li>', g.names,
            CASE WHEN g.names = 1 THEN 'name' ELSE 'names' END,
            anthology.html_person_or_nobody(g.before_person_id),
            anthology.html_person_or_nobody(g.after_person_id),
            CASE WHEN g.cause = 'side effect' THEN '<strong class="note">side effect</strong>' END,
            '<br><span class="soft">' || CASE WHEN g.names > 1 THEN 'on average ' ELSE '' END
                || anthology.html_scores(g.before_score, g.after_score) || '</span>',
            '<br><span class="soft">' || anthology.html_escape(g.warning) || '</span>'),
        E'\n' ORDER BY g.cause, g.n))
    FROM (SELECT m.cause, m.before_person_id, m.after_person_id, m.warning, count(*) AS names,
              min(m.n) AS n, avg(m.before_score) AS before_score, avg(m.after_score) AS after_score
          FROM unnest(moves) AS m
          GROUP BY m.cause, m.before_person_id, m.after_person_id, m.warning) AS g
    HAVING count(*) > 0
$$;

COMMENT ON FUNCTION html_move_summary(html_move[]) IS
    'how many names a correction moves from where to where, and how likely they are there';

CREATE FUNCTION html_move_table(moves html_move[]) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT format(E'\n<section class="sheet"><h2>Every name that moves</h2><details%s><summary>%s'
            '</summary><table class="stack">\n<thead><tr><th>Paper</th><th>Name</th><th>From</th>'
            '<th>To</th><th>Cause</th><th>Score</th><th>Remark</th></tr></thead>\n<tbody>\n%s\n'
            '</tbody></table></details></section>',
        CASE WHEN count(*) <= 20 THEN ' open' END, anthology.counted(count(*), 'name'),
        string_agg(format('<tr><td data-label="Paper"><code>%s</code></td><td data-label="Name">'
                '<span><bdi>%s</bdi>%s</span></td><td data-label="From">%s</td>'
                '<td data-label="To">%s</td><td data-label="Cause">%s</td>'
                '<td data-label="Score" class="number">%s</td><td data-label="Remark">%s</td></tr>',
                anthology.html_escape(m.paper_id), anthology.html_escape(m.credited_name),
                ', ' || anthology.html_escape(NULLIF(m.role, 'author')),
                anthology.html_person_or_nobody(m.before_person_id),
                anthology.html_person_or_nobody(m.after_person_id), anthology.html_escape(m.cause),
                anthology.html_scores(m.before_score, m.after_score),
                anthology.html_escape(m.warning)), E'\n' ORDER BY m.n))
    FROM unnest(moves) AS m
    HAVING count(*) > 0
$$;

COMMENT ON FUNCTION html_move_table(html_move[]) IS
    'every name that a correction moves, as a table';

CREATE FUNCTION html_person_changes(correction bigint) RETURNS text
    LANGUAGE sql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT format(E'<section class="sheet"><h2>Persons</h2><ul>\n%s\n</ul></section>\n',
        string_agg(format('<li><code>%s</code> <bdi>%s</bdi></li>',
                          anthology.html_escape(c.person_id), anthology.html_escape(
                              anthology.described_change(c.action, c.before, c.after))),
                   E'\n' ORDER BY c.ordinal))
    FROM anthology.person_change c WHERE c.reassignment_id = correction
    HAVING count(*) > 0
$$;

COMMENT ON FUNCTION html_person_changes(bigint) IS 'what a correction changes of persons';

CREATE FUNCTION html_changed_pages(correction bigint, moves html_move[])
    RETURNS TABLE (id text, n bigint, name text)
    LANGUAGE sql STABLE STRICT ROWS 3
    SET search_path = pg_catalog, pg_temp
AS $$
    WITH page AS MATERIALIZED (
        SELECT g.id, min(g.n) AS n
        FROM (SELECT r.from_person_id AS id, -2 AS n FROM anthology.reassignment r
              WHERE r.id = correction
              UNION ALL
              SELECT r.to_person_id, -1 FROM anthology.reassignment r WHERE r.id = correction
              UNION ALL
              SELECT p.id, m.n FROM unnest(moves) AS m,
                  LATERAL (VALUES (m.before_person_id), (m.after_person_id)) AS p(id)
              UNION ALL
              SELECT c.person_id, 0 FROM anthology.person_change c
              WHERE c.reassignment_id = correction) AS g
        WHERE g.id IS NOT NULL GROUP BY g.id
    )
    -- A person who does not exist (yet, or any more) has the name that the correction gives.
    SELECT g.id, g.n, coalesce(
        (SELECT m.full_name FROM anthology.person_name m
         WHERE m.person_id = g.id AND m."position" = 1),
        (SELECT anthology.described_value(coalesce(c.after, c.before) -> 'names' -> 0)
         FROM anthology.person_change c
         WHERE c.reassignment_id = correction AND c.person_id = g.id
             AND coalesce(c.after, c.before) ? 'names'
         ORDER BY c.ordinal LIMIT 1),
        (SELECT min(m.credited_name) FROM unnest(moves) AS m
         WHERE g.id IN (m.before_person_id, m.after_person_id)), g.id)
    FROM page g
$$;

COMMENT ON FUNCTION html_changed_pages(bigint, html_move[]) IS
    'the pages that a correction changes, in the order in which they are shown, with their names';

CREATE FUNCTION html_move_note(side integer, move html_move, other_name text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT concat('<span class="move">', CASE side WHEN 1 THEN 'moves to ' ELSE 'comes from ' END,
        CASE WHEN o.id IS NULL THEN 'nobody'
            ELSE format('<a href="#%s%s"><bdi>%s</bdi> (%s)</a>',
                        CASE side WHEN 1 THEN 'after' ELSE 'before' END, move.n,
                        anthology.html_escape(other_name), anthology.html_escape(o.id)) END,
        CASE WHEN move.cause = 'side effect' THEN ' &middot; side effect' END, '</span>',
        '<span class="scores">' || anthology.html_scores(move.before_score, move.after_score)
            || '</span>')
    FROM (SELECT CASE side WHEN 1 THEN move.after_person_id ELSE move.before_person_id END) AS o(id)
$$;

COMMENT ON FUNCTION html_move_note(integer, html_move, text) IS
    'where a paper goes (side 1) or comes from (side 2), with a link to it on the other page';

CREATE FUNCTION html_sheets(correction bigint, moves html_move[], OUT sheets text,
                            OUT unmoved bigint)
    LANGUAGE sql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
    -- Before: the papers that would leave the page, and those that stay. After: the papers
    -- that would come to the page, and those that stay.
    WITH move AS MATERIALIZED (
        SELECT m AS move, m.* FROM unnest(moves) AS m
    ), page AS MATERIALIZED (
        SELECT * FROM anthology.html_changed_pages(correction, moves)
    ), entry AS MATERIALIZED (
        SELECT s.page, s.side, m.paper_id, m.role, m.move,
            CASE WHEN m.before_person_id IS NOT DISTINCT FROM m.after_person_id THEN 'same'
                WHEN s.side = 1 THEN 'gone' ELSE 'came' END AS state,
            CASE s.side WHEN 1 THEN m.after_person_id ELSE m.before_person_id END AS other
        FROM move m,
            LATERAL (VALUES (m.before_person_id, 1), (m.after_person_id, 2)) AS s(page, side)
        WHERE s.page IS NOT NULL
        UNION ALL
        SELECT a.person_id, s.side, a.paper_id, a.role, NULL, 'same', NULL
        FROM page g JOIN anthology.authorship a ON a.person_id = g.id,
            LATERAL (VALUES (1), (2)) AS s(side)
        WHERE NOT EXISTS (SELECT FROM move m WHERE m.paper_id = a.paper_id
                          AND m.role = a.role AND m."position" = a."position")
    ), written AS (
        SELECT c.paper_id, string_agg('<bdi>' || anthology.html_escape(c.full_name) || '</bdi>',
                                      ', ' ORDER BY c.n) FILTER (WHERE c.n <= 12)
            || CASE WHEN count(*) > 12 THEN format(' and %s more', count(*) - 12) ELSE '' END
            AS authors
        FROM (SELECT b.paper_id, anthology.shown_name(b.person_id, b.full_name) AS full_name,
                  row_number() OVER (PARTITION BY b.paper_id ORDER BY b.role, b."position") AS n
              FROM (SELECT DISTINCT e.paper_id FROM entry e) AS d
                  JOIN anthology.authorship b ON b.paper_id = d.paper_id) AS c
        GROUP BY c.paper_id
    ), listed AS (
        SELECT e.page, e.side, count(DISTINCT e.paper_id) AS papers,
            count(*) FILTER (WHERE e.state = 'same') AS same,
            string_agg(concat('<li class="', e.state, '"',
                    CASE WHEN e.state <> 'same' THEN
                        format(' id="%s%s"', CASE e.side WHEN 1 THEN 'before' ELSE 'after' END,
                               (e.move).n) END, '>',
                    CASE WHEN e.state <> 'same' THEN
                        anthology.html_move_note(e.side, e.move, o.name) END,
                    '<bdi>', coalesce(
                        NULLIF(anthology.abstract_html(coalesce(p.title, v.title), false), ''),
                        anthology.html_escape(e.paper_id)), '</bdi>',
                    '<span class="soft">' || w.authors || '</span>',
                    '<span class="where">', p.year || ' &middot; ', '<code>',
                    anthology.html_escape(e.paper_id), '</code>',
                    ' &middot; ' || anthology.html_escape(NULLIF(e.role, 'author')),
                    '</span></li>'),
                E'\n' ORDER BY p.year DESC NULLS LAST,
                coalesce(p.volume_id, p.event_id) COLLATE "C", p.number, e.role) AS entries
        FROM entry e
            LEFT JOIN anthology.paper p ON p.id = e.paper_id
            LEFT JOIN anthology.volume v ON v.id = p.volume_id
            LEFT JOIN written w ON w.paper_id = e.paper_id
            LEFT JOIN page o ON o.id = e.other
        GROUP BY e.page, e.side
    ), sheet AS (
        -- A side without papers is no card: a page that is made has no before.
        SELECT g.n, g.id, max(l.same) AS same, format(
            E'<section class="sheet"><h2><bdi>%s</bdi> <code class="count">%s</code>%s</h2>\n'
            '<div class="sides">\n%s\n</div></section>',
            anthology.html_escape(g.name), anthology.html_escape(g.id),
            CASE WHEN count(*) = 1 THEN format(' <span class="count">no papers %s it</span>',
                CASE max(l.side) WHEN 1 THEN 'after' ELSE 'before' END) END,
            string_agg(concat('<section class="side"><h3><span>',
                    CASE l.side WHEN 1 THEN 'Before' ELSE 'After' END,
                    '</span><span class="count">', anthology.counted(l.papers, 'paper'),
                    E'</span></h3>\n<ol>\n', l.entries,
                    E'\n</ol>',
                    '<p class="hidden-note">' || NULLIF(l.same, 0) || ' unchanged, not shown</p>',
                    '</section>'), E'\n' ORDER BY l.side)) AS html
        FROM page g JOIN listed l ON l.page = g.id
        GROUP BY g.n, g.id, g.name
    )
    SELECT string_agg(s.html, E'\n' ORDER BY s.n, s.id COLLATE "C"), max(s.same) FROM sheet s
$$;

COMMENT ON FUNCTION html_sheets(bigint, html_move[]) IS
    'the pages that a correction changes, before and after side by side, and the most papers that '
    'stay on one of them';

CREATE FUNCTION html_preview_header(correction bigint, problem text) RETURNS text
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT concat(
        E'<header class="top">\n<p class="eyebrow">Author pages, before and after</p>\n',
        '<h1>Correction ', r.id, E'</h1>\n<p class="facts"><span class="tag">',
        anthology.html_escape(r.status),
        '</span><span>', anthology.html_escape(r.kind), '</span><span>',
        'from <code>' || anthology.html_escape(r.from_person_id) || '</code> ',
        'to <code>' || anthology.html_escape(r.to_person_id) || '</code>', '</span><span>by <bdi>',
        anthology.html_escape(r.proposed_by), '</bdi>, ', to_char(r.proposed_at, 'YYYY-MM-DD'),
        E'</span></p>\n',
        -- Without the mark by which a request is known again.
        '<p><bdi>' || anthology.html_escape(NULLIF(
            regexp_replace(r.note, '\s*\[request [0-9a-f]+/\d+\]$', ''), '')) || E'</bdi></p>\n',
        E'</header>\n<p class="notice" role="note">This is an internal, incomplete preview and ',
        'not an official publication of the ACL Anthology.</p>',
        E'\n<p class="notice">It cannot be applied now: <bdi>'
            || anthology.html_escape(html_preview_header.problem) || '</bdi></p>', E'\n')
    FROM anthology.reassignment r WHERE r.id = correction
$$;

COMMENT ON FUNCTION html_preview_header(bigint, text) IS
    'the top of a preview: which correction it is, whose, and what stands against it now';

CREATE OR REPLACE FUNCTION preview_html(id bigint) RETURNS text
    LANGUAGE plpgsql VOLATILE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    moves anthology.html_move[];
    problem text;
    sheets text;
    unmoved bigint;
BEGIN
    PERFORM FROM anthology.reassignment r WHERE r.id = preview_html.id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'there is no reassignment %', id
            USING ERRCODE = 'undefined_object';
    END IF;
    moves := ARRAY(SELECT m::anthology.html_move
                   FROM anthology.preview_reassignment(id) WITH ORDINALITY AS m);
    IF moves = '{}' THEN
        SELECT r.problem INTO problem FROM anthology.rehearse_reassignment(id) r;
    END IF;
    SELECT s.sheets, s.unmoved INTO sheets, unmoved FROM anthology.html_sheets(id, moves) s;
    RETURN anthology.html_document(format('Preview of correction %s', id), concat(
        anthology.html_preview_header(id, problem), E'<section class="sheet"><h2>What moves</h2>\n',
        coalesce(anthology.html_move_summary(moves), '<p>No paper moves.</p>'), E'</section>\n',
        anthology.html_person_changes(id),
        -- Beside few papers, all are seen at first.
        format('<input type="checkbox" id="all"%s> ', CASE WHEN unmoved <= 20 THEN ' checked' END),
        E'<label for="all" class="switch">Show papers that do not change</label>\n<main>\n',
        sheets, anthology.html_move_table(moves), E'\n</main>\n',
        E'<footer>Made from a database of the extension anthology.</footer>\n'));
END
$$;

COMMENT ON FUNCTION preview_html(bigint) IS
    'the author pages before and after a correction side by side, with its side effects, as one '
    'self-contained HTML file';

CREATE FUNCTION html_privileges() RETURNS TABLE (function name, granted_to text)
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    VALUES ('preview_html', 'reader')
$$;

COMMENT ON FUNCTION html_privileges() IS
    'who is granted the preview of a proposal: see granted_functions()';

COMMENT ON TYPE finding IS
    'something to know about a database; severity is "error" where answers may be wrong, else '
    '"warning"';

COMMENT ON FUNCTION stored_results() IS
    'indexes, materialized views and generated columns that hold what functions of this extension '
    'returned';

CREATE OR REPLACE FUNCTION check_server() RETURNS SETOF finding
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    index record;
    built record;
BEGIN
    RETURN QUERY
        SELECT 'extension', 'error',
            format('the functions are of version %s, the library is of version %s',
                   e.extversion, anthology.library_version()),
            'Call ALTER EXTENSION anthology UPDATE, or install the library of that version and '
            'connect again.'
        FROM pg_extension e
        WHERE e.extname = 'anthology' AND e.extversion <> anthology.library_version();

    RETURN QUERY
        SELECT 'database ' || quote_ident(d.datname), 'error',
            format('the collation version is %s, the operating system''s is %s',
                   d.datcollversion, pg_database_collation_actual_version(d.oid)),
            format('Call REINDEX DATABASE %1$I, then ALTER DATABASE %1$I REFRESH COLLATION '
                'VERSION.', d.datname)
        FROM pg_database d
        WHERE d.datname = current_database()
            AND d.datcollversion <> pg_database_collation_actual_version(d.oid);

    RETURN QUERY
        SELECT 'database ' || quote_ident(d.datname), 'error',
            format('the encoding is %s, and the tables of the corpus need UTF8',
                   pg_encoding_to_char(d.encoding)),
            'Load them into a database with encoding UTF8.'
        FROM pg_database d
        WHERE d.datname = current_database() AND pg_encoding_to_char(d.encoding) <> 'UTF8'
            AND to_regclass('anthology.corpus_state') IS NOT NULL;

    FOR index IN
        SELECT c.oid::regclass AS name, i.indisvalid AND i.indisready AS valid
        FROM pg_class c JOIN pg_index i ON i.indexrelid = c.oid
            JOIN pg_am a ON a.oid = c.relam
        WHERE a.amname = 'anthology_names' AND c.relkind = 'i'
            AND NOT pg_is_other_temp_schema(c.relnamespace)
            -- An unlogged one has nothing to be read on a standby.
            AND NOT (c.relpersistence = 'u' AND pg_is_in_recovery())
        ORDER BY c.oid::regclass::text COLLATE "C"
    LOOP
        CONTINUE WHEN NOT index.valid;  -- see below
        SELECT * INTO built FROM anthology.name_index_built(index.name);
        IF NOT built.readable THEN
            RETURN NEXT ('index ' || index.name, 'error',
                'the index was built by another version of the extension and cannot be read',
                format('Call REINDEX INDEX %s.', index.name))::anthology.finding;
        ELSIF built.icu_version <> anthology.icu_version() THEN
            RETURN NEXT ('index ' || index.name, 'error',
                format('the index was built under ICU %s, this is ICU %s; names may not be found',
                       built.icu_version, anthology.icu_version()),
                format('Call REINDEX INDEX %s.', index.name))::anthology.finding;
        END IF;
    END LOOP;

    RETURN QUERY
        SELECT DISTINCT ON (c.oid::regclass::text COLLATE "C") 'index ' || c.oid::regclass,
            'warning',
            'the index is invalid: making it was interrupted',
                format('Call REINDEX INDEX %s, or drop it.', c.oid::regclass)
        FROM pg_class c JOIN pg_index i ON i.indexrelid = c.oid
            JOIN pg_am a ON a.oid = c.relam
        WHERE NOT (i.indisvalid AND i.indisready) AND c.relkind = 'i'
            AND (c.relnamespace = 'anthology'::regnamespace OR a.amname = 'anthology_names'
                 OR c.oid IN (SELECT s.relation FROM anthology.stored_results() s))
        ORDER BY c.oid::regclass::text COLLATE "C";
END
$$;

CREATE OR REPLACE FUNCTION check_tables() RETURNS SETOF finding
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    WITH made AS (
        SELECT c.oid, c.relname FROM pg_class c
        WHERE c.relnamespace = 'anthology'::regnamespace AND c.relkind IN ('r', 'p')
    ), finding AS (
        SELECT p.table_name AS subject,
            CASE min(k.what) WHEN 'view' THEN 'view' ELSE 'table' END AS what,
            CASE WHEN bool_or(p.kind IN ('table', 'column')) THEN 'error'
                ELSE 'warning' END AS severity,
            CASE WHEN min(k.what) IN ('table', 'view') THEN format('the %s is missing', min(k.what))
                ELSE format('%s are missing: %s', min(k.what),
                            string_agg(p.name, ', ' ORDER BY p.name)) END AS message
        FROM anthology.missing_table_parts() p,
            LATERAL (SELECT CASE p.kind WHEN 'table' THEN 'table' WHEN 'view' THEN 'view'
                                WHEN 'column' THEN 'columns'
                                WHEN 'trigger' THEN 'triggers' ELSE 'indexes' END) AS k(what)
        WHERE p.kind IN ('table', 'view') OR p.table_name IN (SELECT m.relname FROM made m)
        GROUP BY p.table_name, k.what
    )
    SELECT (f.what || ' anthology.' || f.subject, f.severity, f.message,
            'Call anthology.create_tables().')::anthology.finding
    FROM finding f
    UNION ALL
    SELECT ('table ' || t.tgrelid::regclass, 'warning',
            format('triggers are disabled: %s', string_agg(t.tgname, ', ' ORDER BY t.tgname)),
            format('Call ALTER TABLE %s ENABLE TRIGGER ...',
                t.tgrelid::regclass))::anthology.finding
    FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
    WHERE t.tgenabled IN ('D', 'R')
        AND (p.pronamespace = 'anthology'::regnamespace
             OR (t.tgisinternal AND t.tgrelid IN (SELECT m.oid FROM made m)))
    GROUP BY t.tgrelid
    UNION ALL
    SELECT ('table ' || t.tgrelid::regclass, 'warning',
            format('of the two triggers that judge new assignments there is only %s',
                min(t.tgname)),
            format('Call anthology.flag_assignments("table" => %L).',
                t.tgrelid::regclass::text))::anthology.finding
    FROM pg_trigger t
    WHERE t.tgname IN ('anthology_flag_insert', 'anthology_flag_update')
    GROUP BY t.tgrelid HAVING count(*) = 1
    UNION ALL
    SELECT ('table ' || c.conrelid::regclass, 'warning',
            format('the constraint %I was never validated', c.conname),
            format('Call ALTER TABLE %s VALIDATE CONSTRAINT %I.', c.conrelid::regclass,
                c.conname))::anthology.finding
    FROM pg_constraint c WHERE c.conrelid IN (SELECT m.oid FROM made m) AND NOT c.convalidated
    ORDER BY 1
$$;

CREATE OR REPLACE FUNCTION check_statistics() RETURNS SETOF finding
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    papers CONSTANT bigint := (SELECT count(*) FROM anthology.paper);
    documents CONSTANT bigint := (SELECT s.documents FROM anthology.term_count_state s);
    imported CONSTANT boolean :=
        EXISTS (SELECT FROM anthology.term_count_state s WHERE s.imported_at IS NOT NULL);
    spread text;
    changes bigint;
    balance bigint;
    weights text;
    never text;
BEGIN
    SELECT count(*), coalesce(sum(c.change), 0) INTO changes, balance
        FROM anthology.document_change c;
    IF imported THEN
        NULL;   -- of papers that are elsewhere
    ELSIF documents IS NULL AND papers > 0 THEN
        RETURN NEXT ('term statistics', 'warning',
            'terms have not been counted: abstracts are ranked without knowing what is rare',
            'Call anthology.refresh_term_statistics().')::anthology.finding;
    ELSIF changes > documents / 10 AND changes > 0 THEN
        RETURN NEXT ('term statistics', 'warning',
            format('%s of %s documents have changed since terms were counted', changes, documents),
            'Call anthology.refresh_term_statistics().')::anthology.finding;
    ELSIF documents + balance <> papers THEN
        RETURN NEXT ('term statistics', 'warning',
            format('terms of %s papers have been counted, but there are %s', documents + balance,
                papers),
            'Call anthology.refresh_term_statistics(true).')::anthology.finding;
    END IF;

    -- Citus: functions read these tables where they run, on workers and in parallel.
    IF to_regclass('pg_catalog.pg_dist_partition') IS NOT NULL THEN
        EXECUTE $query$
            SELECT string_agg(d.logicalrelid::regclass::text, ', '
                ORDER BY d.logicalrelid::regclass::text)
            FROM pg_catalog.pg_dist_partition d JOIN pg_class c ON c.oid = d.logicalrelid
            WHERE c.relnamespace = 'anthology'::regnamespace
                AND c.relname NOT IN ('venue', 'assignment_weight')
            $query$ INTO spread;
        IF spread IS NOT NULL THEN
            RETURN NEXT ('tables', 'error',
                format('distributed or reference tables of Citus: %s; ranking, loads or '
                    'corrections fail', spread),
                'Make them local with undistribute_table(), and copy counts of terms to the '
                'workers with anthology.import_term_statistics().')::anthology.finding;
        END IF;
    END IF;

    -- As the planner sees it. A few rows it guesses well enough.
    SELECT string_agg(c.relname, ', ' ORDER BY c.relname) INTO never
        FROM pg_class c
        WHERE papers >= 1000
            AND c.relnamespace = 'anthology'::regnamespace AND c.relkind = 'r'
            AND c.relname IN ('paper', 'authorship', 'person', 'person_name')
            AND NOT EXISTS (SELECT FROM pg_stats s
                            WHERE s.schemaname = 'anthology' AND s.tablename = c.relname);
    IF never IS NOT NULL THEN
        RETURN NEXT ('planner statistics', 'warning',
            format('tables have not been analyzed: %s', never), 'Call ANALYZE.')::anthology.finding;
    END IF;

    SELECT string_agg(DISTINCT d.model || ' ' || d.signal, ', ') INTO weights
        FROM anthology.default_assignment_weights() d
        WHERE NOT EXISTS (SELECT FROM anthology.assignment_weight w
                          WHERE w.model = d.model AND w.stratum = d.stratum
                              AND w.signal = d.signal);
    IF weights IS NOT NULL THEN
        RETURN NEXT ('weights', 'warning',
            format('assignments are judged without weights for: %s', weights),
            'Call anthology.fit_assignment_model(), or empty assignment_weight and call '
            'anthology.create_tables() for those of the extension.')::anthology.finding;
    END IF;
END
$$;

CREATE OR REPLACE FUNCTION check_names(complete boolean) RETURNS SETOF finding
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    stored_icu_version CONSTANT text := (SELECT s.icu_version FROM anthology.corpus_state s);
    found record;
BEGIN
    IF stored_icu_version <> anthology.icu_version() THEN
        RETURN NEXT ('corpus', 'error',
            format('stored slugs and documents were made under ICU %s, this is ICU %s',
                   stored_icu_version, anthology.icu_version()),
            'Call anthology.rebuild_slugs().')::anthology.finding;
        -- We cannot tell this for users' own objects, so they are listed with ours.
        RETURN QUERY
            SELECT CASE WHEN s.column_name IS NOT NULL
                    THEN format('column %s.%I', s.relation, s.column_name)
                    ELSE CASE s.relkind WHEN 'm' THEN 'materialized view ' ELSE 'index ' END
                        || s.relation
                END, 'error',
                format('it holds what functions of this extension returned, perhaps under ICU %s',
                       stored_icu_version),
                CASE WHEN s.column_name IS NOT NULL
                    THEN format('Before rebuild_slugs(), update the rows of %1$s and call REINDEX '
                        'TABLE %1$s.', s.relation)
                    ELSE format('Before rebuild_slugs(), call %s %s.',
                        CASE s.relkind WHEN 'm' THEN 'REFRESH MATERIALIZED VIEW'
                            ELSE 'REINDEX INDEX' END,
                        s.relation) END
            FROM anthology.stored_results() s JOIN pg_class c ON c.oid = s.relation
            WHERE c.relnamespace <> 'anthology'::regnamespace
            ORDER BY 1;
    END IF;

    IF EXISTS (SELECT FROM anthology.corpus_state s
               WHERE s.document_version <> anthology.document_version())
        AND EXISTS (SELECT FROM anthology.paper) THEN
        RETURN NEXT ('documents', 'warning',
            'stored documents were made by another version of the extension, which read some '
            'markup otherwise',
            'Call anthology.rebuild_documents(), then anthology.refresh_term_statistics(). '
            'Rebuild other indexes and columns that use abstract_tsvector() or '
            'abstract_plain(), too.')::anthology.finding;
    END IF;

    SELECT count(*) AS n, min(p.volume_id) AS volume_id INTO found
        FROM anthology.authorship a JOIN anthology.paper p ON p.id = a.paper_id
        WHERE a.orcid IS NOT NULL AND a.explicit_person_id IS NULL AND p.volume_id IS NOT NULL;
    IF found.n > 0 THEN
        RETURN NEXT ('names', 'warning',
            format('names with an ORCID and no id: %s, in volume %s for one', found.n,
                   found.volume_id),
            format('propose_ingest_names(%L) stages the ids of a volume.', found.volume_id)
            )::anthology.finding;
    END IF;

    SELECT count(*) AS n, min(a.paper_id) AS paper_id INTO found
        FROM anthology.authorship a WHERE a.person_id IS NULL;
    IF found.n > 0 THEN
        RETURN NEXT ('names', 'warning',
            format('names that do not resolve to a person: %s, on paper %s for one', found.n,
                found.paper_id),
            'See load_problem for the reasons. Take the explicit id away with unlink_papers(), or '
            'reassign the paper.')::anthology.finding;
    END IF;

    SELECT count(*) AS n, min(a.paper_id) AS paper_id INTO found
        FROM anthology.authorship a LEFT JOIN anthology.paper p ON p.id = a.paper_id
            LEFT JOIN anthology.person q ON q.id = a.person_id
        WHERE p.id IS NULL OR (q.id IS NULL AND a.person_id IS NOT NULL);
    IF found.n > 0 THEN
        RETURN NEXT ('names', 'error',
            format('names of a paper or a person that does not exist: %s, of paper %s for one',
                   found.n, found.paper_id),
            'Triggers were off when the tables were changed. Load the data folder '
            'again.')::anthology.finding;
    END IF;

    SELECT count(*) AS n, min(p.id) AS person_id INTO found
        FROM anthology.person p
        WHERE NOT p.verified
            AND NOT EXISTS (SELECT FROM anthology.authorship a WHERE a.person_id = p.id)
            OR NOT EXISTS (SELECT FROM anthology.person_name n WHERE n.person_id = p.id);
    IF found.n > 0 THEN
        RETURN NEXT ('persons', 'warning',
            format('persons without a name: %s, %s for one', found.n, found.person_id),
            'Triggers were off, or the tables changed by hand. Call '
            'anthology.rebuild_slugs().')::anthology.finding;
    END IF;

    IF complete THEN
        SELECT count(*) AS n, min(w.paper_id) AS paper_id INTO found
            FROM anthology.wanted_persons(
                ARRAY(SELECT DISTINCT a.slug FROM anthology.authorship a),
                ARRAY(SELECT DISTINCT a.explicit_person_id FROM anthology.authorship a
                      WHERE a.explicit_person_id IS NOT NULL)) w
            WHERE w.before_person_id IS DISTINCT FROM w.after_person_id;
        IF found.n > 0 THEN
            RETURN NEXT ('names', 'error',
                format('names that are not on the page where the rule puts them: %s, of paper %s '
                    'for one',
                       found.n, found.paper_id),
                'Triggers were off, or the tables changed by hand. Call '
                'anthology.rebuild_slugs().')::anthology.finding;
        END IF;
    END IF;
END
$$;

CREATE OR REPLACE FUNCTION check_work() RETURNS SETOF finding
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RETURN QUERY
        SELECT 'loading', 'warning',
            format('load_problem has %s rows: %s', sum(p.n),
                string_agg(format('%s %s (%s for one)', p.n,
                CASE p.kind WHEN 'file' THEN 'files that could not be loaded'
                    WHEN 'entry' THEN 'entries of files that could not be loaded'
                    WHEN 'correction' THEN 'corrections made here that a file contradicts'
                    WHEN 'unknown' THEN 'kinds of elements, attributes or keys that are not known'
                    ELSE 'names that do not resolve as the rule says' END, p.one), ', '
                        ORDER BY p.kind)),
            'See load_problem for the reasons.'
        FROM (SELECT q.kind, count(*) AS n, min(coalesce(q.place, q.file)) AS one
              FROM anthology.load_problem q GROUP BY q.kind) AS p
        HAVING count(*) > 0;

    RETURN QUERY
        SELECT 'flags', 'warning',
            format('new assignments that have not been judged: %s', count(*)),
            'Call anthology.judge_new_assignments().'
        FROM anthology.assignment_unjudged HAVING count(*) > 0;

    RETURN QUERY
        SELECT 'flags', 'warning',
            format('open flags on names that are not there, or on another page now: %s, flag %s '
                'for one',
                   count(*), min(f.id)),
            'Dismiss with anthology.review_flag().'
        FROM anthology.assignment_flag f
        WHERE f.status = 'open' AND f.source = 'anthology.authorship'
            AND NOT EXISTS (SELECT FROM anthology.authorship a
                            WHERE a.paper_id = f.paper_id AND a.role = f.role
                                AND a."position" = f."position" AND a.person_id = f.person_id)
        HAVING count(*) > 0;

    RETURN QUERY
        SELECT 'proposal ' || r.id, 'warning', 'what it was made on has changed: '
            || replace(c.problem, E'\n', ' '),
            'Reject it and propose again.'
        FROM anthology.reassignment r, LATERAL anthology.changed_since(r.id) AS c(problem)
        WHERE r.status = 'proposed' AND c.problem IS NOT NULL ORDER BY r.id;

    -- Triggers that are missing or disabled have been said of their tables.
    RETURN QUERY
        SELECT 'record', 'error', concat('reassignment ' || c.reassignment_id || ': ', c.problem),
            'The tables were changed by hand. Compare them with a backup.'
        FROM anthology.check_record() c WHERE c.problem NOT LIKE 'trigger %'
        ORDER BY c.reassignment_id, c.problem;
END
$$;

CREATE FUNCTION check_database(complete boolean DEFAULT true)
    RETURNS TABLE (subject text, severity text, message text, hint text)
    LANGUAGE plpgsql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    broken boolean := false;
    f anthology.finding;
BEGIN
    RETURN QUERY SELECT c.* FROM anthology.check_server() c;
    -- Without any of the tables nothing is wrong: the other functions need none.
    IF NOT EXISTS (SELECT FROM anthology.table_parts() p
                   WHERE to_regclass('anthology.' || p.table_name) IS NOT NULL) THEN
        RETURN;
    END IF;
    FOR f IN SELECT * FROM anthology.check_tables() LOOP
        subject := f.subject; severity := f.severity; message := f.message; hint := f.hint;
        broken := broken OR f.severity = 'error';
        RETURN NEXT;
    END LOOP;
    -- Where something is missing, what follows would fail.
    IF NOT broken THEN
        RETURN QUERY SELECT c.* FROM anthology.check_statistics() c;
        RETURN QUERY SELECT c.* FROM anthology.check_names(complete) c;
        RETURN QUERY SELECT c.* FROM anthology.check_work() c;
    END IF;
END
$$;

COMMENT ON FUNCTION check_database(boolean) IS
    'what an administrator of the database should know, and what to do about it. No rows if all '
    'is well. Resolves every name again to see whether it is in its place, unless complete '
    'is false';

CREATE OR REPLACE FUNCTION "check"(complete boolean DEFAULT true)
    RETURNS TABLE (subject text, severity text, message text, hint text)
    LANGUAGE sql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT c.* FROM anthology.check_database(complete) c
$$;

COMMENT ON FUNCTION "check"(boolean) IS
    'the older name of check_database(), a reserved word in SQL';

CREATE FUNCTION public_functions() RETURNS TABLE (topic text, names text[])
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

COMMENT ON FUNCTION public_functions() IS
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
        FROM anthology.public_functions() WITH ORDINALITY AS t(topic, names, place),
            LATERAL unnest(t.names) WITH ORDINALITY AS n(name, place)
            JOIN pg_proc p ON p.pronamespace = 'anthology'::regnamespace AND p.proname = n.name
        WHERE help.about IS NULL OR help.about IN (t.topic, n.name)
        ORDER BY t.place, n.place, 3;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'there is no topic and no function "%"', help.about
            USING ERRCODE = 'undefined_object',
                HINT = 'Topics are ' || (SELECT string_agg(t.topic, ', ')
                                         FROM anthology.public_functions() t) || '.';
    END IF;
END
$$;

COMMENT ON FUNCTION help(text) IS
    'the functions that are meant for use: all, those of a topic, or one by its name; what they '
    'take, return and mean';

SELECT anthology.set_privileges('@extowner@'::regrole);
