-- anthology 1.0 to 1.1: written by extension/generate_upgrade
\echo Use "ALTER EXTENSION anthology UPDATE TO '1.1'" to load this file. \quit

-- what extension/generate_upgrade cannot tell from 1.0 and 1.1 alone

-- by hand: TYPE loaded_name
ALTER TYPE loaded_name ADD ATTRIBUTE file_orcid text;

DROP FUNCTION plan_verify_person(person_id text, orcid text, degree text, suffix text, except_papers text[], note text);

DROP FUNCTION verify_person(person_id text, orcid text, degree text, suffix text, except_papers text[], note text);

DROP FUNCTION propose_verify_person(person_id text, orcid text, degree text, suffix text, except_papers text[], note text);

DROP FUNCTION edit_collection(source text, volumes text[], papers text[], roles text[], positions text[], ids text[]);

SET LOCAL check_function_bodies = off;

DO $$
DECLARE
    stranger text;
BEGIN
    SELECT pg_catalog.pg_describe_object(o.class, o.oid, 0) INTO stranger
        FROM (SELECT 'pg_catalog.pg_proc'::pg_catalog.regclass, p.oid, p.pronamespace, p.proowner
              FROM pg_catalog.pg_proc p
              UNION ALL
              SELECT 'pg_catalog.pg_operator'::pg_catalog.regclass, p.oid, p.oprnamespace, p.oprowner
              FROM pg_catalog.pg_operator p
              UNION ALL
              SELECT 'pg_catalog.pg_type'::pg_catalog.regclass, t.oid, t.typnamespace, t.typowner
              FROM pg_catalog.pg_type t LEFT JOIN pg_catalog.pg_class c ON c.oid OPERATOR(pg_catalog.=) t.typrelid
              WHERE t.typelem OPERATOR(pg_catalog.=) 0
                  AND (c.oid IS NULL OR c.relkind OPERATOR(pg_catalog.=) 'c')) AS o(class, oid, namespace, owner)
        WHERE o.namespace OPERATOR(pg_catalog.=)
                (SELECT n.oid FROM pg_catalog.pg_namespace n WHERE n.nspname OPERATOR(pg_catalog.=) 'anthology')
            AND NOT (SELECT r.rolsuper OR pg_catalog.quote_ident(r.rolname) OPERATOR(pg_catalog.=) '@extowner@'
                     FROM pg_catalog.pg_roles r WHERE r.oid OPERATOR(pg_catalog.=) o.owner)
        LIMIT 1;
    IF stranger IS NOT NULL THEN
        RAISE EXCEPTION 'schema "anthology" is not empty: it has % of another role', stranger
            USING ERRCODE = 'insufficient_privilege', HINT = 'Drop it, or the schema.';
    END IF;
END
$$;

CREATE OR REPLACE FUNCTION create_tables() RETURNS void
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
    SET client_min_messages = warning
AS $$
DECLARE
    stranger text;
    unlogged boolean;
    decided bigint;
BEGIN
    -- The functions that correct act as the tables' owner, and whoever owns the
    -- schema or another table in it could have them run what he likes.
    SELECT format('%s belongs to role "%s"', o.what, o.owner) INTO stranger
        FROM (SELECT format('schema "%s"', n.nspname), n.nspowner, n.oid
              FROM pg_namespace n WHERE n.nspname = 'anthology'
              UNION ALL
              SELECT format('"anthology.%s"', c.relname), c.relowner, c.oid
              FROM pg_class c WHERE c.relnamespace = 'anthology'::regnamespace
                  AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')) AS x(what, owner_oid, oid)
            JOIN pg_roles p ON p.oid = x.owner_oid, LATERAL (SELECT x.what, p.rolname) AS o(what, owner)
        WHERE p.rolname <> current_user AND NOT (p.rolsuper AND x.what LIKE 'schema %')
        ORDER BY o.what DESC LIMIT 1;
    IF stranger IS NOT NULL THEN
        RAISE EXCEPTION 'the tables would not be safe: %', stranger
            USING ERRCODE = 'insufficient_privilege',
                HINT = 'Become that role with SET ROLE, or change the owner.';
    END IF;

    -- The Anthology has names in every script, and the server's XMLTABLE
    -- reads nothing but ASCII where the encoding is another.
    IF getdatabaseencoding() <> 'UTF8' THEN
        RAISE EXCEPTION 'the corpus needs a database with encoding UTF8, not %',
                getdatabaseencoding()
            USING ERRCODE = 'feature_not_supported',
                HINT = 'The functions over names and abstracts work in any encoding.';
    END IF;

    -- One row: the lock that corrections and loads take first, and what the
    -- stored slugs were made with.
    CREATE TABLE IF NOT EXISTS anthology.corpus_state (
        only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
        revision bigint NOT NULL DEFAULT 0,
        icu_version text NOT NULL
    );
    COMMENT ON TABLE anthology.corpus_state IS
        'one row: locked by every load and correction, and counts them';
    INSERT INTO anthology.corpus_state (icu_version)
        VALUES (anthology.icu_version()) ON CONFLICT DO NOTHING;

    CREATE TABLE IF NOT EXISTS anthology.venue (
        id text PRIMARY KEY,
        acronym text,
        name text NOT NULL,
        is_acl boolean NOT NULL DEFAULT false,
        is_toplevel boolean NOT NULL DEFAULT false,
        oldstyle_letter text,
        type text,
        url text
    );
    COMMENT ON TABLE anthology.venue IS 'a venue, as in yaml/venues/<id>.yaml';

    CREATE TABLE IF NOT EXISTS anthology.collection (
        id text PRIMARY KEY,
        source text NOT NULL
    );
    IF EXISTS (SELECT FROM pg_settings WHERE name = 'default_toast_compression'
                   AND 'lz4' = ANY (enumvals)) THEN
        ALTER TABLE anthology.collection ALTER COLUMN source SET COMPRESSION lz4;
    END IF;
    COMMENT ON TABLE anthology.collection IS 'a collection file, as in xml/<id>.xml';
    COMMENT ON COLUMN anthology.collection.source IS
        'the file as it was loaded, byte for byte: what an export starts from';

    CREATE TABLE IF NOT EXISTS anthology.event (
        id text PRIMARY KEY,
        collection_id text NOT NULL REFERENCES anthology.collection ON DELETE CASCADE,
        title text,
        location text,
        dates text,
        links jsonb NOT NULL DEFAULT '[]',
        volume_ids text[] NOT NULL DEFAULT '{}'
    );
    COMMENT ON TABLE anthology.event IS 'an event: where and when volumes were presented';
    COMMENT ON COLUMN anthology.event.volume_ids IS 'the colocated volumes';

    CREATE TABLE IF NOT EXISTS anthology.volume (
        id text PRIMARY KEY,
        collection_id text NOT NULL REFERENCES anthology.collection ON DELETE CASCADE,
        number text NOT NULL,
        type text,
        title text,
        short_title text,
        publisher text,
        address text,
        month text,
        year integer,
        isbn text,
        doi text,
        url text,
        url_hash text,
        journal_title text,
        journal_volume text,
        journal_issue text,
        ingest_date date,
        venue_ids text[] NOT NULL DEFAULT '{}'
    );
    CREATE INDEX IF NOT EXISTS volume_collection_id ON anthology.volume (collection_id);
    COMMENT ON TABLE anthology.volume IS 'a volume of a collection';
    COMMENT ON COLUMN anthology.volume.title IS 'the book title, in the Anthology''s markup';

    CREATE TABLE IF NOT EXISTS anthology.paper (
        id text PRIMARY KEY,
        volume_id text REFERENCES anthology.volume ON DELETE CASCADE,
        event_id text REFERENCES anthology.event ON DELETE CASCADE,
        number integer NOT NULL,
        type text,
        title text,
        abstract text,
        year integer,
        pages text,
        doi text,
        bibkey text,
        url text,
        url_hash text,
        language text,
        journal text,
        issue text,
        note text,
        awards text[] NOT NULL DEFAULT '{}',
        ingest_date date,
        CHECK ((volume_id IS NULL) <> (event_id IS NULL))
    );
    ALTER TABLE anthology.paper ADD COLUMN IF NOT EXISTS document tsvector
        GENERATED ALWAYS AS (anthology.abstract_tsvector(title, abstract)) STORED;
    CREATE INDEX IF NOT EXISTS paper_document ON anthology.paper USING gin (document);
    CREATE INDEX IF NOT EXISTS paper_volume_id ON anthology.paper (volume_id);
    CREATE INDEX IF NOT EXISTS paper_event_id ON anthology.paper (event_id)
        WHERE event_id IS NOT NULL;
    COMMENT ON TABLE anthology.paper IS
        'a paper; number 0 (type frontmatter) stands for its volume and carries the volume''s '
        'editors; type talk is a talk of an event and carries its speakers';
    COMMENT ON COLUMN anthology.paper.title IS 'in the Anthology''s markup; see abstract_plain()';
    COMMENT ON COLUMN anthology.paper.abstract IS 'in the Anthology''s markup; see abstract_plain()';
    COMMENT ON COLUMN anthology.paper.document IS
        'what search_papers() searches: title (weight A) and abstract (weight B)';

    CREATE TABLE IF NOT EXISTS anthology.term_count_state (
        only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
        stamp uuid NOT NULL,
        documents bigint NOT NULL,
        length bigint NOT NULL,
        counted_at timestamptz NOT NULL
    );
    COMMENT ON TABLE anthology.term_count_state IS
        'one row, once the terms have been counted: how many papers, and how long their documents are';
    COMMENT ON COLUMN anthology.term_count_state.stamp IS
        'names the counts: every recount changes it';

    CREATE TABLE IF NOT EXISTS anthology.term_statistics (
        term text COLLATE "C" PRIMARY KEY,
        documents integer NOT NULL,
        titles integer NOT NULL,
        titles_repeated integer NOT NULL,
        related text[],
        relatedness real[]
    );
    COMMENT ON TABLE anthology.term_statistics IS
        'in how many papers each term occurs; see refresh_term_statistics()';
    COMMENT ON COLUMN anthology.term_statistics.titles IS
        'titles of papers with an abstract that have the term';
    COMMENT ON COLUMN anthology.term_statistics.titles_repeated IS
        'those of them whose abstract has it too';
    COMMENT ON COLUMN anthology.term_statistics.related IS
        'terms that abstracts have where the title has this one and the abstract has not';

    CREATE TABLE IF NOT EXISTS anthology.document_change (
        document tsvector NOT NULL,
        change integer NOT NULL CHECK (change IN (-1, 1))
    );
    COMMENT ON TABLE anthology.document_change IS
        'documents that came (1) and went (-1) since the terms were counted';

    -- What changes while there are no triggers is not recorded: count anew.
    IF NOT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = 'anthology.paper'::regclass
                       AND tgname = 'document_insert') THEN
        DELETE FROM anthology.term_count_state;
    END IF;
    CREATE OR REPLACE TRIGGER document_insert AFTER INSERT ON anthology.paper
        REFERENCING NEW TABLE AS new_paper
        FOR EACH STATEMENT EXECUTE FUNCTION anthology.record_document_change();
    CREATE OR REPLACE TRIGGER document_update AFTER UPDATE ON anthology.paper
        REFERENCING OLD TABLE AS old_paper NEW TABLE AS new_paper
        FOR EACH STATEMENT EXECUTE FUNCTION anthology.record_document_change();
    CREATE OR REPLACE TRIGGER document_delete AFTER DELETE ON anthology.paper
        REFERENCING OLD TABLE AS old_paper
        FOR EACH STATEMENT EXECUTE FUNCTION anthology.record_document_change();
    CREATE OR REPLACE TRIGGER document_truncate AFTER TRUNCATE ON anthology.paper
        FOR EACH STATEMENT EXECUTE FUNCTION anthology.record_document_change();

    CREATE TABLE IF NOT EXISTS anthology.paper_element (
        paper_id text NOT NULL REFERENCES anthology.paper ON DELETE CASCADE,
        ordinal integer NOT NULL,
        element text NOT NULL,
        attributes jsonb NOT NULL,
        content text NOT NULL,
        PRIMARY KEY (paper_id, ordinal)
    );
    COMMENT ON TABLE anthology.paper_element IS
        'what else the Anthology says of a paper: revisions, errata, retractions, attachments, '
        'videos, code and data sets, in the order of the file';

    CREATE TABLE IF NOT EXISTS anthology.person (
        id text PRIMARY KEY,
        verified boolean NOT NULL,
        orcid text UNIQUE,
        degree text,
        comment text,
        disable_name_matching boolean NOT NULL DEFAULT false,
        similar_ids text[] NOT NULL DEFAULT '{}',
        loaded jsonb
    );
    COMMENT ON TABLE anthology.person IS
        'a person: verified ones are those of people.yaml, the others are made by resolution';
    COMMENT ON COLUMN anthology.person.loaded IS
        'the entry of people.yaml as last loaded; NULL for a person made in the database';

    CREATE TABLE IF NOT EXISTS anthology.person_name (
        person_id text NOT NULL REFERENCES anthology.person ON DELETE CASCADE ON UPDATE CASCADE,
        "position" integer NOT NULL,
        first text NOT NULL DEFAULT '',
        last text NOT NULL CHECK (last <> ''),
        full_name text GENERATED ALWAYS AS (
            CASE WHEN first = '' THEN last ELSE first || ' ' || last END) STORED,
        script text,
        inferred boolean NOT NULL DEFAULT false,
        PRIMARY KEY (person_id, "position")
    );
    ALTER TABLE anthology.person_name ADD COLUMN IF NOT EXISTS slug text
        GENERATED ALWAYS AS (anthology.name_slug(first, last)) STORED;
    ALTER TABLE anthology.person_name ADD COLUMN IF NOT EXISTS hidden boolean NOT NULL DEFAULT false;
    CREATE INDEX IF NOT EXISTS person_name_hidden ON anthology.person_name (person_id) WHERE hidden;
    CREATE INDEX IF NOT EXISTS person_name_slug ON anthology.person_name (slug);
    CREATE INDEX IF NOT EXISTS person_name_full_name ON anthology.person_name
        USING anthology_names (full_name anthology.name_ops);
    COMMENT ON TABLE anthology.person_name IS
        'the names of a person; position 1 is the canonical one';
    COMMENT ON COLUMN anthology.person_name.inferred IS
        'not listed in people.yaml: seen on papers that resolve to the person';
    COMMENT ON COLUMN anthology.person_name.hidden IS
        'a former name: matched, but the canonical one is shown instead; see change_name()';

    CREATE TABLE IF NOT EXISTS anthology.authorship (
        paper_id text NOT NULL REFERENCES anthology.paper ON DELETE CASCADE,
        role text NOT NULL CHECK (role IN ('author', 'editor', 'speaker')),
        "position" integer NOT NULL CHECK ("position" > 0),
        first text NOT NULL DEFAULT '',
        last text NOT NULL CHECK (last <> ''),
        full_name text GENERATED ALWAYS AS (
            CASE WHEN first = '' THEN last ELSE first || ' ' || last END) STORED,
        affiliation text,
        orcid text,
        variants jsonb,
        explicit_person_id text,
        file_person_id text,
        person_id text REFERENCES anthology.person ON UPDATE CASCADE,
        PRIMARY KEY (paper_id, role, "position")
    );
    ALTER TABLE anthology.authorship ADD COLUMN IF NOT EXISTS slug text
        GENERATED ALWAYS AS (anthology.name_slug(first, last)) STORED;
    IF NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = 'anthology.authorship'::regclass
                       AND attname = 'file_orcid') THEN
        ALTER TABLE anthology.authorship ADD COLUMN IF NOT EXISTS file_orcid text;
        UPDATE anthology.authorship SET file_orcid = orcid WHERE orcid IS NOT NULL;
    END IF;
    CREATE INDEX IF NOT EXISTS authorship_person_id ON anthology.authorship (person_id);
    CREATE INDEX IF NOT EXISTS authorship_slug ON anthology.authorship (slug);
    CREATE INDEX IF NOT EXISTS authorship_explicit_person_id
        ON anthology.authorship (explicit_person_id) WHERE explicit_person_id IS NOT NULL;
    COMMENT ON TABLE anthology.authorship IS
        'a name on a paper, and the person it resolves to';
    COMMENT ON COLUMN anthology.authorship.explicit_person_id IS
        'the person that the Anthology, or a correction made here, says it is';
    COMMENT ON COLUMN anthology.authorship.file_person_id IS
        'the id attribute in the file as loaded: differs from explicit_person_id while a '
        'correction made here has not come back in the Anthology''s files';
    COMMENT ON COLUMN anthology.authorship.file_orcid IS
        'the orcid attribute in the file as loaded: likewise';
    COMMENT ON COLUMN anthology.authorship.person_id IS
        'result of the resolution; NULL where the explicit id cannot be honoured';

    CREATE TABLE IF NOT EXISTS anthology.load_problem (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        recorded_at timestamptz NOT NULL DEFAULT now(),
        kind text NOT NULL CHECK (kind IN ('file', 'entry', 'correction', 'resolution')),
        file text,
        place text,
        reason text NOT NULL,
        sqlstate text
    );
    CREATE INDEX IF NOT EXISTS load_problem_place ON anthology.load_problem (place);
    COMMENT ON TABLE anthology.load_problem IS
        'what could not be loaded or resolved: a file or an entry of one, a correction that '
        'the file contradicts, a name whose explicit id cannot be honoured';
    COMMENT ON COLUMN anthology.load_problem.place IS 'the entry of the file: a paper or person';

    CREATE TABLE IF NOT EXISTS anthology.reassignment (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        kind text NOT NULL,
        status text NOT NULL DEFAULT 'proposed'
            CHECK (status IN ('proposed', 'applied', 'rejected', 'undone')),
        from_person_id text,
        to_person_id text,
        paper_ids text[] NOT NULL DEFAULT '{}',
        page_seen text[] NOT NULL DEFAULT '{}',
        undoes bigint REFERENCES anthology.reassignment,
        note text,
        proposed_by text NOT NULL DEFAULT session_user,
        proposed_at timestamptz NOT NULL DEFAULT now(),
        decided_by text,
        decided_at timestamptz,
        decision_note text
    );
    ALTER TABLE anthology.reassignment ADD COLUMN IF NOT EXISTS proposed_role text;
    ALTER TABLE anthology.reassignment ADD COLUMN IF NOT EXISTS proposed_for text;
    ALTER TABLE anthology.reassignment ADD COLUMN IF NOT EXISTS decided_role text;
    ALTER TABLE anthology.reassignment ADD COLUMN IF NOT EXISTS decided_for text;
    -- Not as a default of the new column: what was proposed before was not by who is here now.
    ALTER TABLE anthology.reassignment
        ALTER COLUMN proposed_role SET DEFAULT NULLIF(current_setting('role'), 'none'),
        ALTER COLUMN proposed_for SET DEFAULT NULLIF(current_setting('anthology.session_person', true), '');
    COMMENT ON TABLE anthology.reassignment IS
        'every correction: proposed, applied, rejected or undone, by whom, when and why';
    COMMENT ON COLUMN anthology.reassignment.decided_by IS
        'the role that logged in: neither SET ROLE nor a function that runs as its owner hides it';
    COMMENT ON COLUMN anthology.reassignment.decided_role IS 'the role that it had SET, if any';
    COMMENT ON COLUMN anthology.reassignment.decided_for IS
        'the person at work, as the application that logged in says: anthology.session_person';
    COMMENT ON COLUMN anthology.reassignment.page_seen IS
        'the papers on from_person''s page when it was proposed';

    CREATE TABLE IF NOT EXISTS anthology.reassignment_item (
        reassignment_id bigint NOT NULL REFERENCES anthology.reassignment,
        paper_id text NOT NULL,
        role text NOT NULL,
        "position" integer NOT NULL,
        first text NOT NULL,
        last text NOT NULL,
        cause text NOT NULL CHECK (cause IN ('selected', 'side effect')),
        before_person_id text,
        after_person_id text,
        before_explicit_id text,
        after_explicit_id text,
        undone_by bigint REFERENCES anthology.reassignment,
        PRIMARY KEY (reassignment_id, paper_id, role, "position")
    );
    IF NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = 'anthology.reassignment_item'::regclass
                       AND attname = 'after_orcid') THEN
        ALTER TABLE anthology.reassignment_item ADD COLUMN IF NOT EXISTS before_orcid text;
        ALTER TABLE anthology.reassignment_item ADD COLUMN IF NOT EXISTS after_orcid text;
        UPDATE anthology.reassignment_item i SET before_orcid = a.orcid, after_orcid = a.orcid
            FROM anthology.authorship a
            WHERE i.cause = 'selected' AND a.orcid IS NOT NULL AND a.paper_id = i.paper_id
                AND a.role = i.role AND a."position" = i."position";
    END IF;
    CREATE INDEX IF NOT EXISTS reassignment_item_paper_id ON anthology.reassignment_item (paper_id);
    COMMENT ON TABLE anthology.reassignment_item IS
        'every name that a correction moves, selected or as a side effect, before and after';
    COMMENT ON COLUMN anthology.reassignment_item.after_orcid IS
        'the orcid attribute that a selected name is to have, see orcid_beside(); NULL for side effects';

    CREATE TABLE IF NOT EXISTS anthology.person_change (
        reassignment_id bigint NOT NULL REFERENCES anthology.reassignment,
        ordinal integer NOT NULL,
        person_id text NOT NULL,
        action text NOT NULL CHECK (action IN ('create', 'delete', 'change', 'add name', 'remove name')),
        before jsonb,
        after jsonb,
        undone_by bigint REFERENCES anthology.reassignment,
        PRIMARY KEY (reassignment_id, ordinal)
    );
    CREATE INDEX IF NOT EXISTS person_change_person_id ON anthology.person_change (person_id);
    COMMENT ON TABLE anthology.person_change IS
        'every change that a correction makes to a person, before and after';

    unlogged := to_regclass('anthology.correction_log') IS NULL;
    CREATE TABLE IF NOT EXISTS anthology.correction_log (
        number bigint PRIMARY KEY,
        reassignment_id bigint NOT NULL,
        status text NOT NULL,
        logged_at timestamptz NOT NULL,
        digest text NOT NULL,
        hash text NOT NULL
    );
    COMMENT ON TABLE anthology.correction_log IS
        'a row for every decision, numbered without gaps: check_record() sees what has been altered';
    COMMENT ON COLUMN anthology.correction_log.digest IS
        'of all that is recorded of the correction, as it was decided';
    COMMENT ON COLUMN anthology.correction_log.hash IS 'over the digest and the hash of the row before';

    CREATE OR REPLACE TRIGGER keep_record BEFORE UPDATE OR DELETE ON anthology.reassignment
        FOR EACH ROW EXECUTE FUNCTION anthology.keep_record();
    CREATE OR REPLACE TRIGGER keep_record_truncate BEFORE TRUNCATE ON anthology.reassignment
        FOR EACH STATEMENT EXECUTE FUNCTION anthology.keep_record();
    CREATE OR REPLACE TRIGGER keep_record BEFORE UPDATE OR DELETE ON anthology.reassignment_item
        FOR EACH ROW EXECUTE FUNCTION anthology.keep_record();
    CREATE OR REPLACE TRIGGER keep_record_truncate BEFORE TRUNCATE ON anthology.reassignment_item
        FOR EACH STATEMENT EXECUTE FUNCTION anthology.keep_record();
    CREATE OR REPLACE TRIGGER keep_record BEFORE UPDATE OR DELETE ON anthology.person_change
        FOR EACH ROW EXECUTE FUNCTION anthology.keep_record();
    CREATE OR REPLACE TRIGGER keep_record_truncate BEFORE TRUNCATE ON anthology.person_change
        FOR EACH STATEMENT EXECUTE FUNCTION anthology.keep_record();
    CREATE OR REPLACE TRIGGER keep_record BEFORE UPDATE OR DELETE ON anthology.correction_log
        FOR EACH ROW EXECUTE FUNCTION anthology.keep_record();
    CREATE OR REPLACE TRIGGER keep_record_truncate BEFORE TRUNCATE ON anthology.correction_log
        FOR EACH STATEMENT EXECUTE FUNCTION anthology.keep_record();
    -- What was decided before there was a log.
    IF unlogged THEN
        FOR decided IN SELECT r.id FROM anthology.reassignment r WHERE r.status <> 'proposed' ORDER BY r.id LOOP
            PERFORM anthology.log_correction(decided);
        END LOOP;
    END IF;

    CREATE TABLE IF NOT EXISTS anthology.assignment_flag (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        source text NOT NULL DEFAULT 'anthology.authorship',
        paper_id text NOT NULL,
        role text NOT NULL,
        "position" integer NOT NULL,
        credited_name text NOT NULL,
        person_id text NOT NULL,
        score real NOT NULL,
        reason text NOT NULL,
        evidence jsonb NOT NULL,
        suggested_person_id text,
        facts text NOT NULL,
        status text NOT NULL DEFAULT 'open'
            CHECK (status IN ('open', 'confirmed', 'dismissed', 'settled')),
        flagged_by text NOT NULL DEFAULT session_user,
        flagged_at timestamptz NOT NULL DEFAULT now(),
        reviewed_by text,
        reviewed_at timestamptz,
        review_note text,
        reassignment_id bigint REFERENCES anthology.reassignment
    );
    CREATE UNIQUE INDEX IF NOT EXISTS assignment_flag_assignment ON anthology.assignment_flag
        (paper_id, role, "position", person_id, source, facts) WHERE status <> 'settled';
    CREATE INDEX IF NOT EXISTS assignment_flag_open ON anthology.assignment_flag (score)
        WHERE status = 'open';
    COMMENT ON TABLE anthology.assignment_flag IS
        'the review queue: assignments that seemed suspicious when they were made';
    COMMENT ON COLUMN anthology.assignment_flag.source IS 'the table that the trigger is on';
    COMMENT ON COLUMN anthology.assignment_flag.facts IS
        'digest of what was known of the name, the paper and the person: while it is the same, a flag once reviewed does not come back';
    COMMENT ON COLUMN anthology.assignment_flag.status IS
        'settled: the assignment was changed, or ceased to be suspicious, before anybody reviewed it';
    COMMENT ON COLUMN anthology.assignment_flag.reassignment_id IS
        'the proposal that a confirmed flag staged';

    CREATE TABLE IF NOT EXISTS anthology.assignment_unjudged (
        source text NOT NULL,
        paper_id text NOT NULL,
        role text NOT NULL,
        "position" integer NOT NULL,
        credited_name text NOT NULL,
        person_id text NOT NULL,
        threshold real NOT NULL,
        PRIMARY KEY (paper_id, role, "position", person_id, source)
    );
    COMMENT ON TABLE anthology.assignment_unjudged IS
        'assignments made many at once, which wait for judge_new_assignments()';

    CREATE TABLE IF NOT EXISTS anthology.assignment_weight (
        model text NOT NULL CHECK (model IN ('name', 'paper', 'pair')),
        stratum integer NOT NULL,
        signal text NOT NULL,
        lower double precision NOT NULL,
        weight double precision NOT NULL,
        PRIMARY KEY (model, stratum, signal, lower)
    );
    COMMENT ON TABLE anthology.assignment_weight IS
        'what assignment_score() and suggest_split() go by: log-odds for a signal at or above lower; see fit_assignment_model()';
    COMMENT ON COLUMN anthology.assignment_weight.stratum IS
        'of papers without co-authors (0), with shared ones (1), with ones known to each other (2), among strangers (3)';
    -- After an upgrade, the signals that are new: the others may be fitted.
    INSERT INTO anthology.assignment_weight
        SELECT * FROM anthology.default_assignment_weights() d
        WHERE NOT EXISTS (SELECT FROM anthology.assignment_weight w WHERE w.model = d.model AND w.signal = d.signal);

    IF EXISTS (SELECT FROM anthology.paper)
        AND NOT EXISTS (SELECT FROM anthology.term_count_state) THEN
        PERFORM anthology.refresh_term_statistics();
    END IF;
END
$$;

CREATE OR REPLACE FUNCTION resolve_names(slugs text[], person_ids text[])
    RETURNS TABLE (paper_id text, role text, "position" integer,
                   before_person_id text, after_person_id text)
    LANGUAGE plpgsql VOLATILE ROWS 100
    SET search_path = pg_catalog, pg_temp
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
        ARRAY(SELECT m.paper_id FROM unnest(moved) m UNION SELECT unnest(unresolved)));

    RETURN QUERY SELECT m.paper_id, m.role, m."position", m.before_person_id, m.after_person_id
        FROM unnest(moved) m;
END
$$;

CREATE OR REPLACE FUNCTION person_entry(person_id text) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT jsonb_strip_nulls(jsonb_build_object(
        'names', (SELECT jsonb_agg(jsonb_build_object('first', n.first, 'last', n.last,
                                                      'script', n.script,
                                                      'hidden', CASE WHEN n.hidden THEN true END)
                                   ORDER BY n."position")
                  FROM anthology.person_name n
                  WHERE n.person_id = p.id AND NOT n.inferred),
        'orcid', p.orcid, 'degree', p.degree, 'comment', p.comment,
        'similar', CASE WHEN p.similar_ids <> '{}' THEN to_jsonb(p.similar_ids) END,
        'disable_name_matching', CASE WHEN p.disable_name_matching THEN true END))
    FROM anthology.person p WHERE p.id = person_id AND p.verified
$$;

CREATE OR REPLACE FUNCTION people_entry_problem(person_id text, entry jsonb) RETURNS text
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT CASE
        WHEN person_id !~ '^[a-z0-9][-a-z0-9]+$'
        THEN 'the id is not made of lower-case letters, digits and hyphens'
        WHEN jsonb_typeof(entry) <> 'object'
        THEN 'the entry is not a mapping'
        WHEN jsonb_typeof(entry -> 'names') IS DISTINCT FROM 'array'
            OR jsonb_array_length(entry -> 'names') = 0
        THEN 'the person has no names'
        WHEN EXISTS (SELECT FROM jsonb_array_elements(entry -> 'names') n
                     WHERE jsonb_typeof(n) <> 'object' OR coalesce(n ->> 'last', '') = '')
        THEN 'a name has no last'
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
                                                      'hidden', CASE WHEN n ->> 'hidden' = 'true' THEN true END)
                                   ORDER BY i)
                  FROM jsonb_array_elements(entry -> 'names') WITH ORDINALITY AS e(n, i)),
        'orcid', anthology.orcid_normalize(entry ->> 'orcid'),
        'degree', entry ->> 'degree', 'comment', entry ->> 'comment',
        'similar', CASE WHEN jsonb_typeof(entry -> 'similar') = 'array'
                            AND entry -> 'similar' <> '[]' THEN entry -> 'similar' END,
        'disable_name_matching',
            CASE WHEN entry ->> 'disable_name_matching' = 'true' THEN true END))
$$;

CREATE OR REPLACE FUNCTION set_person(person_id text, entry jsonb) RETURNS void
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
BEGIN
    INSERT INTO anthology.person AS p
            (id, verified, orcid, degree, comment, disable_name_matching, similar_ids)
        VALUES (person_id, true, entry ->> 'orcid', entry ->> 'degree', entry ->> 'comment',
            coalesce((entry ->> 'disable_name_matching')::boolean, false),
            ARRAY(SELECT jsonb_array_elements_text(entry -> 'similar')))
        ON CONFLICT (id) DO UPDATE SET verified = true, orcid = excluded.orcid,
            degree = excluded.degree, comment = excluded.comment,
            disable_name_matching = excluded.disable_name_matching,
            similar_ids = excluded.similar_ids;
    DELETE FROM anthology.person_name n WHERE n.person_id = set_person.person_id;
    INSERT INTO anthology.person_name (person_id, "position", first, last, script, hidden)
        SELECT person_id, i, n ->> 'first', n ->> 'last', n ->> 'script',
            coalesce(n ->> 'hidden' = 'true', false)
        FROM jsonb_array_elements(entry -> 'names') WITH ORDINALITY AS e(n, i);
END
$$;

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
    problem text;
    owner text;
    gave_away text[] := '{}';
BEGIN
    IF json_typeof(people) IS DISTINCT FROM 'object' THEN
        RAISE EXCEPTION 'people are not a mapping of ids to persons'
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    FOR entry IN
        SELECT e.key AS id, e.value::jsonb AS body,
            row_number() OVER (PARTITION BY e.key) AS occurrence
        FROM json_each(people) e
    LOOP
        DELETE FROM anthology.load_problem p
            WHERE p.kind = 'entry' AND p.file = load_people.file AND p.place = entry.id;
        current := anthology.person_entry(entry.id);
        IF current IS NULL AND EXISTS (
            SELECT FROM anthology.person_change c
                JOIN anthology.reassignment r ON r.id = c.reassignment_id
            WHERE c.person_id = entry.id AND c.action = 'delete' AND c.undone_by IS NULL
                AND r.status = 'applied' AND r.kind IN ('merge', 'rename'))
        THEN
            -- Merged away or renamed here: the file does not know it yet.
            outcome.kept := outcome.kept + 1;
            outcome.unchanged := outcome.unchanged + 1;
            CONTINUE;
        END IF;
        -- An ORCID may go from one person to another, whichever comes first in the file.
        SELECT p.id INTO owner FROM anthology.person p
            WHERE p.orcid = anthology.orcid_normalize(entry.body ->> 'orcid') AND p.id <> entry.id
                AND p.loaded = anthology.person_entry(p.id)
                AND people ->> p.id IS NOT NULL
                AND anthology.people_entry_problem(p.id, (people -> p.id)::jsonb - 'orcid') IS NULL
                AND anthology.orcid_normalize(people -> p.id ->> 'orcid') IS DISTINCT FROM p.orcid;
        IF FOUND AND anthology.people_entry_problem(entry.id, entry.body - 'orcid') IS NULL THEN
            UPDATE anthology.person p SET orcid = NULL, loaded = p.loaded - 'orcid' WHERE p.id = owner;
            gave_away := gave_away || owner;
            outcome.person_ids := outcome.person_ids || owner;
        END IF;
        problem := anthology.people_entry_problem(entry.id, entry.body);
        IF problem IS NULL AND entry.occurrence > 1 THEN
            problem := 'the person is in the file twice';
        END IF;
        IF problem IS NOT NULL THEN
            PERFORM anthology.record_problem('entry', file, entry.id, problem, '22023');
            outcome.problems := outcome.problems + 1;
            CONTINUE;
        END IF;
        wanted := anthology.normal_people_entry(entry.body);
        loaded := (SELECT p.loaded FROM anthology.person p WHERE p.id = entry.id);
        IF current IS NULL OR (current = loaded AND wanted <> loaded) THEN
            outcome.slugs := outcome.slugs
                || ARRAY(SELECT n.slug FROM anthology.person_name n WHERE n.person_id = entry.id)
                || ARRAY(SELECT anthology.name_slug(n ->> 'first', n ->> 'last')
                         FROM jsonb_array_elements(wanted -> 'names') n);
            outcome.person_ids := outcome.person_ids || entry.id;
            PERFORM anthology.set_person(entry.id, wanted);
            IF current IS NULL THEN
                outcome.new := outcome.new + 1;
            ELSE
                outcome.changed := outcome.changed + 1;
            END IF;
        ELSIF current = wanted AND entry.id = ANY (gave_away) THEN
            outcome.changed := outcome.changed + 1;
        ELSE
            outcome.unchanged := outcome.unchanged + 1;
            IF current <> wanted THEN
                outcome.kept := outcome.kept + 1;
                IF wanted IS DISTINCT FROM loaded THEN
                    PERFORM anthology.record_problem('correction', file, entry.id,
                        format('the person was corrected here and the file says otherwise; kept %s, file has %s',
                               current, wanted), NULL);
                    outcome.problems := outcome.problems + 1;
                END IF;
            END IF;
        END IF;
        UPDATE anthology.person p SET loaded = wanted
            WHERE p.id = entry.id AND p.loaded IS DISTINCT FROM wanted;
    END LOOP;
    RETURN NEXT outcome;
END
$$;

COMMENT ON TYPE loaded_name IS
    'a name on a paper as a collection file has it, and the explicit id and ORCID it is to have here';

CREATE OR REPLACE FUNCTION names_of_collection(collection text, document xml, volume_path text,
                                    paper_path text, has_talks boolean)
    RETURNS SETOF loaded_name
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
        WITH name AS (
            SELECT anthology.paper_full_id(collection, x.volume,
                    CASE WHEN x.container = 'paper' THEN x.paper ELSE '0' END) AS paper_id, x.*
            FROM xmltable((paper_path || '/author|' || paper_path || '/editor|'
                           || volume_path || '/meta/editor') PASSING document COLUMNS
                i FOR ORDINALITY, role text PATH 'local-name(.)', volume text PATH '../../@id',
                container text PATH 'local-name(..)', paper text PATH '../@id',
                first text PATH 'first', last text PATH 'last',
                affiliation text PATH 'affiliation', orcid text PATH '@orcid',
                id text PATH '@id', variants xml PATH 'variant') AS x
            UNION ALL
            SELECT t.event || '.talk-' || t.i, s.i, 'speaker', NULL, NULL, NULL,
                s.first, s.last, s.affiliation, s.orcid, s.id, s.variants
            FROM xmltable('/collection/event/talk' PASSING document COLUMNS
                    i FOR ORDINALITY, event text PATH '../@id', speakers xml PATH 'speaker') AS t,
                xmltable('/x/speaker' PASSING xmlelement(NAME x, t.speakers) COLUMNS
                    i FOR ORDINALITY, first text PATH 'first', last text PATH 'last',
                    affiliation text PATH 'affiliation', orcid text PATH '@orcid',
                    id text PATH '@id', variants xml PATH 'variant') AS s
            WHERE has_talks
        )
        SELECT n.paper_id, n.role,
            row_number() OVER (PARTITION BY n.paper_id, n.role ORDER BY n.i)::integer,
            coalesce(n.first, ''), coalesce(n.last, ''), n.affiliation,
            coalesce(anthology.orcid_normalize(n.orcid), n.orcid),
            CASE WHEN n.variants IS NOT NULL THEN (
                SELECT jsonb_agg(jsonb_build_object('script', v.script,
                           'first', coalesce(v.first, ''), 'last', v.last))
                FROM xmltable('/x/variant' PASSING xmlelement(NAME x, n.variants) COLUMNS
                    script text PATH '@script', first text PATH 'first',
                    last text PATH 'last') AS v)
            END, n.id, n.id, coalesce(anthology.orcid_normalize(n.orcid), n.orcid)
        FROM name n;
END
$$;

CREATE OR REPLACE FUNCTION load_names(collection text, file text, names loaded_name[], is_new boolean)
    RETURNS load_outcome
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    outcome anthology.load_outcome := ('name', 0, 0, 0, 0, 0, 0, NULL, NULL);
    old anthology.authorship;
    persons text[];
    i integer;
BEGIN
    INSERT INTO anthology.load_problem (kind, file, place, reason, sqlstate)
        SELECT 'entry', file, n.paper_id,
            format('%s %s has no last name', n.role, n."position"), '22023'
        FROM unnest(names) n WHERE n.last = '';
    GET DIAGNOSTICS outcome.problems = ROW_COUNT;
    IF outcome.problems > 0 THEN
        names := ARRAY(SELECT n FROM unnest(names) n WHERE n.last <> '');
    END IF;

    -- A correction follows its name: to wherever on the paper it stands now.
    FOR old IN
        SELECT a.* FROM anthology.papers_of_collection(collection) p(id)
            JOIN anthology.authorship a ON a.paper_id = p.id
        WHERE NOT is_new
            AND (a.explicit_person_id, a.orcid) IS DISTINCT FROM (a.file_person_id, a.file_orcid)
    LOOP
        SELECT n.i INTO i
            FROM unnest(names) WITH ORDINALITY AS n(paper_id, role, "position", first, last,
                affiliation, orcid, variants, file_person_id, explicit_person_id, file_orcid, i)
            WHERE n.paper_id = old.paper_id AND n.role = old.role AND n.first = old.first
                AND n.last = old.last
            ORDER BY abs(n."position" - old."position") LIMIT 1;
        IF i IS NULL THEN
            PERFORM anthology.record_problem('correction', file, old.paper_id,
                format('%s %s "%s" was corrected here to person %s and is not in the file any more',
                       old.role, old."position", old.full_name, coalesce('"' || old.explicit_person_id || '"', 'none')), NULL);
            outcome.problems := outcome.problems + 1;
        ELSIF (names[i].file_person_id, names[i].file_orcid)
            IS DISTINCT FROM (old.explicit_person_id, old.orcid) THEN
            names[i].explicit_person_id := old.explicit_person_id;
            names[i].orcid := old.orcid;
            outcome.kept := outcome.kept + 1;
            IF (names[i].file_person_id, names[i].file_orcid)
                IS DISTINCT FROM (old.file_person_id, old.file_orcid) THEN
                PERFORM anthology.record_problem('correction', file, old.paper_id,
                    format('%s %s "%s" was corrected here and the file says otherwise; kept "%s", file has "%s"',
                           old.role, old."position", old.full_name,
                           concat_ws(' ', old.explicit_person_id, old.orcid),
                           concat_ws(' ', names[i].file_person_id, names[i].file_orcid)), NULL);
                outcome.problems := outcome.problems + 1;
            END IF;
        END IF;
    END LOOP;

    -- Resolved before they are stored, lest every row be written twice.
    persons := ARRAY(SELECT k.person_id FROM anthology.persons_of_names(ARRAY(
        SELECT (anthology.name_slug(n.first, n.last), n.first, n.last, n.orcid,
                n.explicit_person_id)::anthology.name_key
        FROM unnest(names) n)) k ORDER BY k.i);
    INSERT INTO anthology.person (id, verified)
        SELECT DISTINCT p.id, false FROM unnest(persons) AS p(id)
        WHERE p.id LIKE '%/unverified'
        ON CONFLICT DO NOTHING;

    WITH was AS (
        SELECT a.* FROM anthology.papers_of_collection(collection) p(id)
            JOIN anthology.authorship a ON a.paper_id = p.id
        WHERE NOT is_new
    ), differs AS (
        SELECT was.person_id AS old_person_id, n.person_id AS new_person_id
        FROM was FULL JOIN unnest(names, persons) AS n(paper_id, role, "position", first, last,
                affiliation, orcid, variants, file_person_id, explicit_person_id, file_orcid, person_id)
            ON n.paper_id = was.paper_id AND n.role = was.role AND n."position" = was."position"
        WHERE (n.first, n.last, n.orcid, n.explicit_person_id)
            IS DISTINCT FROM (was.first, was.last, was.orcid, was.explicit_person_id)
    )
    SELECT array_agg(DISTINCT p.id) INTO outcome.person_ids
        FROM differs d, LATERAL (VALUES (d.old_person_id), (d.new_person_id)) AS p(id)
        WHERE p.id IS NOT NULL;

    DELETE FROM anthology.authorship a
        WHERE NOT is_new
            AND a.paper_id IN (SELECT p.id FROM anthology.papers_of_collection(collection) p(id))
            AND NOT EXISTS (SELECT FROM unnest(names) n WHERE n.paper_id = a.paper_id
                                AND n.role = a.role AND n."position" = a."position");
    GET DIAGNOSTICS outcome.removed = ROW_COUNT;

    WITH loaded AS (
        INSERT INTO anthology.authorship AS a (paper_id, role, "position", first, last,
                affiliation, orcid, variants, explicit_person_id, file_person_id, file_orcid, person_id)
            SELECT n.paper_id, n.role, n."position", n.first, n.last, n.affiliation, n.orcid,
                n.variants, n.explicit_person_id, n.file_person_id, n.file_orcid, n.person_id
            FROM unnest(names, persons) AS n(paper_id, role, "position", first, last,
                affiliation, orcid, variants, file_person_id, explicit_person_id, file_orcid, person_id)
            ON CONFLICT (paper_id, role, "position") DO UPDATE SET first = excluded.first,
                last = excluded.last, affiliation = excluded.affiliation, orcid = excluded.orcid,
                variants = excluded.variants, explicit_person_id = excluded.explicit_person_id,
                file_person_id = excluded.file_person_id, file_orcid = excluded.file_orcid,
                person_id = excluded.person_id
            WHERE (a.first, a.last, a.affiliation, a.orcid, a.variants, a.explicit_person_id,
                   a.file_person_id, a.file_orcid)
                IS DISTINCT FROM (excluded.first, excluded.last, excluded.affiliation,
                    excluded.orcid, excluded.variants, excluded.explicit_person_id,
                    excluded.file_person_id, excluded.file_orcid)
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

CREATE OR REPLACE FUNCTION load_collection(source text, file text) RETURNS SETOF load_outcome
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    document xml;
    collection text;
    volume_path text := '/collection/volume';
    paper_path text;
    names anthology.loaded_name[];
    kept_papers text[];
    is_new boolean;
    has_event boolean := source LIKE '%<event%';
    entries anthology.loaded_entry[];
    volume_outcome anthology.load_outcome := ('volume', 0, 0, 0, 0, 0, 0, NULL, NULL);
    paper_outcome anthology.load_outcome := ('paper', 0, 0, 0, 0, 0, 0, NULL, NULL);
    name_outcome anthology.load_outcome;
    bad bigint;
BEGIN
    -- A file that is here already, byte for byte, need not be read again.
    collection := substring(source FROM '<collection id="([^"]*)"');
    IF EXISTS (SELECT FROM anthology.collection c
               WHERE c.id = collection AND c.source = load_collection.source) THEN
        volume_outcome.unchanged := (SELECT count(*) FROM anthology.volume v
                                     WHERE v.collection_id = collection);
        SELECT 'name', 0, 0, count(*), 0, count(*) FILTER (
                WHERE (a.explicit_person_id, a.orcid) IS DISTINCT FROM (a.file_person_id, a.file_orcid)), 0, NULL, NULL
            INTO name_outcome
            FROM anthology.papers_of_collection(collection) p(id)
                JOIN anthology.authorship a ON a.paper_id = p.id;
        paper_outcome.unchanged := (SELECT count(*)
                                    FROM anthology.papers_of_collection(collection));
        RETURN NEXT volume_outcome;
        RETURN NEXT paper_outcome;
        RETURN NEXT name_outcome;
        RETURN;
    END IF;

    -- The Anthology's files have no document type, and one could name other
    -- files or stand for gigabytes.
    IF source ~ '<!(DOCTYPE|ENTITY)' THEN
        RAISE EXCEPTION 'a collection must not have a document type definition'
            USING ERRCODE = 'invalid_xml_document';
    END IF;
    document := xmlparse(DOCUMENT source);
    SELECT array_agg((x.kind, x.id, x.container_id)::anthology.loaded_entry) INTO entries
        FROM xmltable('/collection|/collection/volume|/collection/volume/paper' PASSING document
            COLUMNS kind text PATH 'local-name(.)', id text PATH '@id',
            container_id text PATH '../@id') AS x;
    collection := (SELECT e.id FROM unnest(entries) e WHERE e.kind = 'collection');
    IF collection IS NULL OR collection !~ '^([0-9]{4}\.[a-z0-9]+|[A-Z][0-9]{2})$' THEN
        RAISE EXCEPTION 'not a collection of the Anthology'
            USING ERRCODE = 'invalid_xml_document',
                DETAIL = format('The id of its collection element is "%s".', collection);
    END IF;

    file := coalesce(file, format('xml/%s.xml', collection));
    DELETE FROM anthology.load_problem p
        WHERE p.kind IN ('entry', 'file') AND p.file = load_collection.file;
    INSERT INTO anthology.collection AS c (id, source) VALUES (collection, load_collection.source)
        ON CONFLICT (id) DO UPDATE SET source = excluded.source
        RETURNING xmax = 0 INTO is_new;

    -- Volumes and papers without a usable id, or with one that is taken, stay
    -- out. XPath is slow at finding them, so it is only asked if there are any.
    paper_path := volume_path || '/paper';
    WITH problem AS (
        SELECT e.kind, e.id, e.container_id, CASE
            WHEN coalesce(e.id, '') = '' THEN format('a %s has no id', e.kind)
            WHEN e.kind = 'paper' AND e.id !~ '^[1-9][0-9]{0,5}$'
            THEN format('"%s" is not the number of a paper', e.id)
            WHEN count(*) > 1 THEN 'the id is in the file more than once; the first was loaded'
            END AS reason
        FROM unnest(entries) e WHERE e.kind <> 'collection'
        GROUP BY e.kind, e.id, e.container_id
    ), recorded AS (
        INSERT INTO anthology.load_problem (kind, file, place, reason, sqlstate)
            SELECT 'entry', file, CASE WHEN p.kind = 'paper'
                    THEN anthology.paper_full_id(collection, coalesce(p.container_id, ''),
                                                 coalesce(p.id, ''))
                    ELSE anthology.volume_full_id(collection, coalesce(p.id, '')) END,
                p.reason, '22023'
            FROM problem p WHERE p.reason IS NOT NULL
            RETURNING 1
    )
    SELECT count(*) INTO bad FROM recorded;
    IF bad > 0 THEN
        paper_outcome.problems := bad;
        volume_path := volume_path
            || '[string(@id) != "" and not(@id = preceding-sibling::volume/@id)]';
        paper_path := volume_path || '/paper[number(@id) > 0 and string-length(@id) < 7'
            ' and translate(@id, "0123456789", "") = "" and not(starts-with(@id, "0"))'
            ' and not(@id = preceding-sibling::paper/@id)]';
    END IF;

    WITH loaded AS (
        INSERT INTO anthology.volume AS v (id, collection_id, number, type, title, short_title,
                publisher, address, month, year, isbn, doi, url, url_hash, journal_title,
                journal_volume, journal_issue, ingest_date, venue_ids)
            SELECT anthology.volume_full_id(collection, x.number), collection, x.number, x.type,
                x.title::text, x.short_title::text, x.publisher, x.address, x.month,
                substring(x.year from '^[0-9]{1,4}$')::integer, x.isbn, x.doi, x.url, x.url_hash,
                x.journal_title, x.journal_volume, x.journal_issue,
                anthology.iso_date(x.ingest_date), ARRAY(SELECT e.id FROM xmltable('/x/venue' PASSING xmlelement(NAME x, x.venues)
                                              COLUMNS id text PATH '.') AS e)
            FROM xmltable(volume_path PASSING document COLUMNS
                number text PATH '@id', type text PATH '@type',
                title xml PATH 'meta/booktitle/node()',
                short_title xml PATH 'meta/shortbooktitle/node()',
                publisher text PATH 'meta/publisher', address text PATH 'meta/address',
                month text PATH 'meta/month', year text PATH 'meta/year',
                isbn text PATH 'meta/isbn', doi text PATH 'meta/doi', url text PATH 'meta/url',
                url_hash text PATH 'meta/url/@hash',
                journal_title text PATH 'meta/journal-title',
                journal_volume text PATH 'meta/journal-volume',
                journal_issue text PATH 'meta/journal-issue',
                ingest_date text PATH '@ingest-date', venues xml PATH 'meta/venue') AS x
            ON CONFLICT (id) DO UPDATE SET type = excluded.type, title = excluded.title,
                short_title = excluded.short_title, publisher = excluded.publisher,
                address = excluded.address, month = excluded.month, year = excluded.year,
                isbn = excluded.isbn, doi = excluded.doi, url = excluded.url,
                url_hash = excluded.url_hash, journal_title = excluded.journal_title,
                journal_volume = excluded.journal_volume,
                journal_issue = excluded.journal_issue, ingest_date = excluded.ingest_date,
                venue_ids = excluded.venue_ids
            WHERE v.* IS DISTINCT FROM excluded.*
            RETURNING xmax = 0 AS is_new
    )
    SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new)
        INTO volume_outcome.new, volume_outcome.changed FROM loaded;

    INSERT INTO anthology.event AS e (id, collection_id, title, location, dates, links, volume_ids)
        SELECT x.id, collection, x.title::text, x.location, x.dates,
            (SELECT coalesce(jsonb_agg(jsonb_build_object('type', l.type, 'url', l.url)), '[]')
             FROM xmltable('/x/url' PASSING xmlelement(NAME x, x.links) COLUMNS
                 type text PATH '@type', url text PATH '.') AS l),
            ARRAY(SELECT e.id FROM xmltable('/x/volume-id' PASSING xmlelement(NAME x, x.volume_ids)
                                            COLUMNS id text PATH '.') AS e)
        FROM xmltable('/collection/event[string(@id) != ""]' PASSING document COLUMNS
            id text PATH '@id', title xml PATH 'meta/title/node()',
            location text PATH 'meta/location', dates text PATH 'meta/dates',
            links xml PATH 'links/url', volume_ids xml PATH 'colocated/volume-id') AS x
        WHERE has_event
        ON CONFLICT (id) DO UPDATE SET title = excluded.title, location = excluded.location,
            dates = excluded.dates, links = excluded.links, volume_ids = excluded.volume_ids
        WHERE e.* IS DISTINCT FROM excluded.*;

    WITH paper AS (
        SELECT anthology.paper_full_id(collection, x.volume, x.number) AS id,
            anthology.volume_full_id(collection, x.volume) AS volume_id, NULL::text AS event_id,
            x.number::integer, x.type, x.title::text, x.abstract::text, x.pages, x.doi, x.bibkey,
            x.url, x.url_hash, x.language, x.journal, x.issue, x.note,
            ARRAY(SELECT e.award FROM xmltable('/x/award' PASSING xmlelement(NAME x, x.awards)
                                               COLUMNS award text PATH '.') AS e) AS awards,
            anthology.iso_date(x.ingest_date) AS ingest_date
        FROM (SELECT f.*,
                  CASE WHEN f.kind = 'paper' THEN f.container_id ELSE f.id END AS volume,
                  CASE WHEN f.kind = 'paper' THEN f.id ELSE '0' END AS number,
                  CASE WHEN f.kind = 'paper' THEN f.paper_type ELSE 'frontmatter' END AS type
              FROM xmltable((paper_path || '|' || volume_path || '[frontmatter or meta/editor]')
                      PASSING document COLUMNS
                  kind text PATH 'local-name(.)', container_id text PATH '../@id',
                  id text PATH '@id', paper_type text PATH 'self::paper/@type',
                  title xml PATH 'title/node()|meta/booktitle/node()',
                  abstract xml PATH 'abstract/node()', pages text PATH 'pages|frontmatter/pages',
                  doi text PATH 'doi|frontmatter/doi', bibkey text PATH 'bibkey|frontmatter/bibkey',
                  url text PATH 'url|frontmatter/url',
                  url_hash text PATH 'url/@hash|frontmatter/url/@hash',
                  language text PATH 'language', journal text PATH 'journal',
                  issue text PATH 'issue', note text PATH 'note', awards xml PATH 'award',
                  ingest_date text PATH 'self::paper/@ingest-date') AS f) AS x
        UNION ALL
        SELECT x.event || '.talk-' || x.i, NULL, x.event, x.i, 'talk', x.title::text,
            NULL, NULL, NULL, NULL, (xpath('/x/url[1]/text()', xmlelement(NAME x, x.urls)))[1]::text,
            NULL, NULL, NULL, NULL, NULL, '{}', NULL
        FROM xmltable('/collection/event[string(@id) != ""]/talk' PASSING document COLUMNS
            i FOR ORDINALITY, event text PATH '../@id', title xml PATH 'title/node()',
            urls xml PATH 'url') AS x
        WHERE has_event
    ), loaded AS (
        INSERT INTO anthology.paper AS p (id, volume_id, event_id, number, type, title, abstract,
                year, pages, doi, bibkey, url, url_hash, language, journal, issue, note, awards,
                ingest_date)
            SELECT r.id, r.volume_id, r.event_id, r.number, r.type, r.title, r.abstract,
                coalesce(v.year, substring(collection from '^[0-9]{4}')::integer), r.pages, r.doi,
                r.bibkey, r.url, r.url_hash, r.language, r.journal, r.issue, r.note, r.awards,
                r.ingest_date
            FROM paper r LEFT JOIN anthology.volume v ON v.id = r.volume_id
            ON CONFLICT (id) DO UPDATE SET type = excluded.type, title = excluded.title,
                abstract = excluded.abstract, year = excluded.year, pages = excluded.pages,
                doi = excluded.doi, bibkey = excluded.bibkey, url = excluded.url,
                url_hash = excluded.url_hash, language = excluded.language,
                journal = excluded.journal, issue = excluded.issue, note = excluded.note,
                awards = excluded.awards, ingest_date = excluded.ingest_date
            WHERE (p.type, p.title, p.abstract, p.year, p.pages, p.doi, p.bibkey, p.url,
                   p.url_hash, p.language, p.journal, p.issue, p.note, p.awards, p.ingest_date)
                IS DISTINCT FROM (excluded.type, excluded.title, excluded.abstract,
                    excluded.year, excluded.pages, excluded.doi, excluded.bibkey, excluded.url,
                    excluded.url_hash, excluded.language, excluded.journal, excluded.issue,
                    excluded.note, excluded.awards, excluded.ingest_date)
            RETURNING xmax = 0 AS is_new
    )
    SELECT count(*) FILTER (WHERE l.is_new), count(*) FILTER (WHERE NOT l.is_new),
            (SELECT array_agg(paper.id) FROM paper)
        INTO paper_outcome.new, paper_outcome.changed, kept_papers FROM loaded l;

    DELETE FROM anthology.paper_element e
        WHERE NOT is_new AND e.paper_id IN (SELECT p.id FROM anthology.papers_of_collection(collection) p(id));
    INSERT INTO anthology.paper_element (paper_id, ordinal, element, attributes, content)
        SELECT r.paper_id, row_number() OVER (PARTITION BY r.paper_id ORDER BY r.i), r.element,
            r.attributes, r.content
        FROM (SELECT CASE WHEN x.container = 'paper'
                    THEN anthology.paper_full_id(collection, x.volume, x.paper)
                    ELSE anthology.paper_full_id(collection, x.volume, '0') END AS paper_id,
                  x.i, x.element, jsonb_strip_nulls(jsonb_build_object('id', x.id,
                      'type', x.type, 'href', x.href, 'date', x.date, 'hash', x.hash,
                      'permission', x.permission, 'src', x.src, 'url', x.url,
                      'additional', x.additional)) AS attributes, x.content
              FROM xmltable(('(' || paper_path || '|' || volume_path || '/frontmatter)/*'
                      '[self::revision or self::erratum or self::retracted or self::removed'
                      ' or self::attachment or self::video or self::pwccode'
                      ' or self::pwcdataset or self::mrf]') PASSING document COLUMNS
                  i FOR ORDINALITY, element text PATH 'local-name(.)',
                  volume text PATH '../../@id', container text PATH 'local-name(..)',
                  paper text PATH '../@id', id text PATH '@id', type text PATH '@type',
                  href text PATH '@href', date text PATH '@date', hash text PATH '@hash',
                  permission text PATH '@permission', src text PATH '@src', url text PATH '@url',
                  additional text PATH '@additional', content text PATH '.') AS x) AS r;

    names := ARRAY(SELECT n FROM anthology.names_of_collection(collection, document, volume_path,
                                                               paper_path, has_event) n);
    name_outcome := anthology.load_names(collection, file, names, is_new);

    DELETE FROM anthology.paper p
        WHERE NOT is_new
            AND p.id IN (SELECT id FROM anthology.papers_of_collection(collection) c(id))
            AND p.id NOT IN (SELECT unnest(kept_papers));
    GET DIAGNOSTICS paper_outcome.removed = ROW_COUNT;
    IF paper_outcome.removed > 0 THEN
        DELETE FROM anthology.load_problem p
            WHERE p.kind = 'resolution'
                AND NOT EXISTS (SELECT FROM anthology.paper q WHERE q.id = p.place);
    END IF;
    DELETE FROM anthology.volume v
        WHERE NOT is_new AND v.collection_id = collection
            AND v.number NOT IN (SELECT x.number FROM xmltable(volume_path PASSING document
                                     COLUMNS number text PATH '@id') x);
    GET DIAGNOSTICS volume_outcome.removed = ROW_COUNT;
    volume_outcome.unchanged := (SELECT count(*) FROM anthology.volume v
                                 WHERE v.collection_id = collection)
        - volume_outcome.new - volume_outcome.changed;
    paper_outcome.unchanged := coalesce(cardinality(kept_papers), 0) - paper_outcome.new
        - paper_outcome.changed;
    RETURN NEXT volume_outcome;
    RETURN NEXT paper_outcome;
    RETURN NEXT name_outcome;
END
$$;

CREATE FUNCTION present_id(person_id text) RETURNS text
    LANGUAGE plpgsql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    id text := person_id;
    next_id text;
    seen text[] := '{}';
BEGIN
    -- Who renamed, merged or verified a page left its id behind.
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
    'the id that a person has now who had this one: itself, or where renaming, merging and verifying have led; NULL if there is none';

CREATE FUNCTION moved_hint(person_id text) RETURNS text
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT coalesce('It is "' || anthology.present_id(person_id) || '" now.',
                    'find_person() finds the ids of persons with a name.')
$$;

COMMENT ON FUNCTION moved_hint(text) IS 'what to tell who asks for a person that is not there';

CREATE FUNCTION shown_name(person_id text, full_name text) RETURNS text
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT coalesce((
        SELECT c.full_name FROM anthology.person_name h
            JOIN anthology.person_name c ON c.person_id = h.person_id AND c."position" = 1
        WHERE h.person_id = shown_name.person_id AND h.hidden
            AND h.full_name = shown_name.full_name
        LIMIT 1), full_name)
$$;

COMMENT ON FUNCTION shown_name(text, text) IS
    'a name as it is to be shown: a former name as the canonical one, see change_name()';

CREATE OR REPLACE FUNCTION person_page(person_id text)
    RETURNS TABLE (year integer, paper_id text, role text, "position" integer, title text,
                   authors text, venue text, abstract text)
    LANGUAGE plpgsql STABLE STRICT ROWS 20
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    present text := anthology.present_id(person_page.person_id);
BEGIN
    IF present IS NULL THEN
        RAISE EXCEPTION 'there is no person "%"', person_page.person_id
            USING ERRCODE = 'undefined_object',
                HINT = 'find_person() finds the ids of persons with a name.';
    END IF;
    RETURN QUERY
        SELECT p.year, p.id, a.role, a."position", anthology.abstract_plain(p.title),
            (SELECT string_agg(anthology.shown_name(c.person_id, c.full_name), ', ' ORDER BY c.role, c."position")
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

CREATE OR REPLACE FUNCTION person_names(person_id text)
    RETURNS TABLE (name text, canonical boolean, inferred boolean, papers bigint)
    LANGUAGE sql STABLE STRICT ROWS 3
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT n.full_name, n."position" = 1, n.inferred,
        (SELECT count(DISTINCT a.paper_id) FROM anthology.authorship a
         WHERE a.person_id = n.person_id AND a.first = n.first AND a.last = n.last)
    FROM anthology.person_name n
    WHERE n.person_id = anthology.present_id(person_names.person_id) AND NOT n.hidden
    ORDER BY n."position"
$$;

CREATE OR REPLACE FUNCTION person_coauthors(person_id text)
    RETURNS TABLE (coauthor_id text, name text, papers bigint)
    LANGUAGE sql STABLE STRICT ROWS 20
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT c.person_id, n.full_name, count(DISTINCT c.paper_id)
    FROM (SELECT DISTINCT a.paper_id FROM anthology.authorship a
          WHERE a.person_id = anthology.present_id(person_coauthors.person_id)) AS own
        JOIN anthology.authorship c ON c.paper_id = own.paper_id
        JOIN anthology.person_name n ON n.person_id = c.person_id AND n."position" = 1
    WHERE c.person_id <> anthology.present_id(person_coauthors.person_id)
    GROUP BY c.person_id, n.full_name
    ORDER BY 3 DESC, c.person_id COLLATE "C"
$$;

CREATE OR REPLACE FUNCTION person_venues(person_id text)
    RETURNS TABLE (venue_id text, venue text, papers bigint)
    LANGUAGE sql STABLE STRICT ROWS 10
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT i.id, coalesce(v.acronym, v.name, i.id), count(DISTINCT p.id)
    FROM anthology.authorship a
        JOIN anthology.paper p ON p.id = a.paper_id
        JOIN anthology.volume w ON w.id = p.volume_id,
        LATERAL unnest(w.venue_ids) AS i(id)
        LEFT JOIN anthology.venue v ON v.id = i.id
    WHERE a.person_id = anthology.present_id(person_venues.person_id)
    GROUP BY i.id, v.acronym, v.name
    ORDER BY 3 DESC, i.id COLLATE "C"
$$;

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
            WHERE n.full_name OPERATOR(anthology.~=) ROW(find_person.name, 0.001)::anthology.name_query
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
                      AND n.person_id = anthology.present_id(find_person.name) AND n."position" = 1) AS s
            ORDER BY s.person_id, s.score DESC, s."position"
        )
        SELECT b.person_id, c.full_name, anthology.shown_name(b.person_id, b.full_name), b.score, p.verified,
            (SELECT count(DISTINCT a.paper_id) FROM anthology.authorship a
             WHERE a.person_id = b.person_id) AS papers
        FROM best b
            JOIN anthology.person p ON p.id = b.person_id
            JOIN anthology.person_name c ON c.person_id = b.person_id AND c."position" = 1
        ORDER BY b.score DESC, papers DESC, b.person_id COLLATE "C"
        LIMIT k;
END
$$;

CREATE OR REPLACE FUNCTION person_similar(person_id text)
    RETURNS TABLE (similar_id text, canonical_name text, score real, same_slug boolean,
                   papers bigint)
    LANGUAGE sql STABLE STRICT ROWS 10
    SET search_path = pg_catalog, pg_temp
AS $$
    WITH own AS (
        SELECT n.full_name, n.slug FROM anthology.person_name n
        WHERE n.person_id = anthology.present_id(person_similar.person_id)
    ), candidate AS (
        SELECT f.person_id, max(f.score) AS score
        FROM own, LATERAL anthology.find_person(own.full_name, 10) f
        WHERE f.score >= 0.8
        GROUP BY f.person_id
        UNION ALL
        SELECT n.person_id, 1 FROM own JOIN anthology.person_name n ON n.slug = own.slug
        UNION ALL
        SELECT s.id, 1 FROM anthology.person p, LATERAL unnest(p.similar_ids) AS s(id)
        WHERE p.id = anthology.present_id(person_similar.person_id)
    )
    SELECT c.person_id, n.full_name, max(c.score)::real,
        EXISTS (SELECT FROM anthology.person_name m JOIN own ON own.slug = m.slug
                WHERE m.person_id = c.person_id),
        (SELECT count(DISTINCT a.paper_id) FROM anthology.authorship a
         WHERE a.person_id = c.person_id)
    FROM candidate c
        JOIN anthology.person_name n ON n.person_id = c.person_id AND n."position" = 1
    WHERE c.person_id <> anthology.present_id(person_similar.person_id)
    GROUP BY c.person_id, n.full_name
    ORDER BY 3 DESC, 5 DESC, c.person_id COLLATE "C"
$$;

CREATE FUNCTION judge_merge(paper_ids text[], person_id text, other_id text)
    RETURNS TABLE (paper_id text, log_odds double precision)
    LANGUAGE c STABLE STRICT COST 1000000 ROWS 20
    SET search_path = pg_catalog, pg_temp
    SET plan_cache_mode = force_generic_plan
    AS 'MODULE_PATHNAME', 'anthology_judge_merge';

COMMENT ON FUNCTION judge_merge(text[], text, text) IS
    'papers of the other page judged against the person''s as if both were one, without the name: what assignment_score() would be but for namesakes, in log-odds';

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
        ('paper', 0, 'all papers', '-infinity', -0.1527),
        ('paper', 0, 'all papers', 0.0014095806, -0.0279),
        ('paper', 0, 'all papers', 0.014898645, -0.2413),
        ('paper', 0, 'all papers', 0.03488453, 0.0615),
        ('paper', 0, 'all papers', 0.059357353, -0.5483),
        ('paper', 0, 'all papers', 0.08728165, -0.261),
        ('paper', 0, 'all papers', 0.14335655, 0.5296),
        ('paper', 0, 'all papers', 0.25739485, 0.6387),
        ('paper', 0, 'near papers', '-infinity', -0.1532),
        ('paper', 0, 'near papers', 0.0014641145, -0.028),
        ('paper', 0, 'near papers', 0.014176686, -0.1429),
        ('paper', 0, 'near papers', 0.032519564, -0.2423),
        ('paper', 0, 'near papers', 0.053635918, 0.07),
        ('paper', 0, 'near papers', 0.08083815, 0.0762),
        ('paper', 0, 'near papers', 0.15225682, 0.2232),
        ('paper', 0, 'near papers', 0.2640968, 0.1957),
        ('paper', 0, 'nearest paper', '-infinity', -0.1532),
        ('paper', 0, 'nearest paper', 0.0031124756, -0.9275),
        ('paper', 0, 'nearest paper', 0.02467067, -0.5328),
        ('paper', 0, 'nearest paper', 0.050150983, -0.4209),
        ('paper', 0, 'nearest paper', 0.07910535, 0.4701),
        ('paper', 0, 'nearest paper', 0.1317133, 0.6033),
        ('paper', 0, 'nearest paper', 0.2430832, 0.6009),
        ('paper', 0, 'nearest paper', 0.43692526, 0.3588),
        ('paper', 0, 'number of papers', '-infinity', 1.0728),
        ('paper', 0, 'number of papers', 5, 0.3153),
        ('paper', 0, 'number of papers', 6, 0.4551),
        ('paper', 0, 'number of papers', 8, 0.1452),
        ('paper', 0, 'number of papers', 10, -0.1836),
        ('paper', 0, 'number of papers', 13, -0.9035),
        ('paper', 0, 'number of papers', 18, 0.016),
        ('paper', 0, 'number of papers', 37, -0.9187),
        ('paper', 0, 'prior', 0, -0.43),
        ('paper', 0, 'venue', '-infinity', -0.6364),
        ('paper', 0, 'venue', 0.0064935065, 0.0426),
        ('paper', 0, 'venue', 0.09375, 0.2538),
        ('paper', 0, 'venue', 0.14285715, 0.4866),
        ('paper', 0, 'venue', 0.18, -0.1704),
        ('paper', 0, 'venue', 0.21875, 0.1383),
        ('paper', 0, 'venue', 0.3218391, 0.2103),
        ('paper', 0, 'venue', 0.54545456, -0.3263),
        ('paper', 0, 'years', '-infinity', 1.0876),
        ('paper', 0, 'years', 1, 0.9126),
        ('paper', 0, 'years', 2, 1.0448),
        ('paper', 0, 'years', 3, 0.3248),
        ('paper', 0, 'years', 5, -0.1898),
        ('paper', 0, 'years', 8, -0.6447),
        ('paper', 0, 'years', 13, -1.1382),
        ('paper', 0, 'years', 23, -1.3986),
        ('paper', 1, 'affiliation', '-infinity', -0.1022),
        ('paper', 1, 'affiliation', 0, -1.0324),
        ('paper', 1, 'affiliation', 0.98135304, 0.7619),
        ('paper', 1, 'affiliation', 1, 0.2186),
        ('paper', 1, 'affiliation', 1.0363487, 0.1308),
        ('paper', 1, 'affiliation', 1.4004835, 0.0305),
        ('paper', 1, 'all papers', '-infinity', -0.2825),
        ('paper', 1, 'all papers', 0.06332007, -0.0397),
        ('paper', 1, 'all papers', 0.09457816, -0.1831),
        ('paper', 1, 'all papers', 0.118514456, -0.0176),
        ('paper', 1, 'all papers', 0.14393689, 0.0281),
        ('paper', 1, 'all papers', 0.17305726, 0.1396),
        ('paper', 1, 'all papers', 0.21079493, 0.1958),
        ('paper', 1, 'all papers', 0.27410766, 0.1667),
        ('paper', 1, 'closest co-author of co-author', '-infinity', 0.1827),
        ('paper', 1, 'closest co-author of co-author', 0.032128513, -0.3544),
        ('paper', 1, 'closest co-author of co-author', 0.25165564, -0.0762),
        ('paper', 1, 'closest co-author of co-author', 0.50289017, -0.032),
        ('paper', 1, 'closest co-author of co-author', 0.6694915, 0.2011),
        ('paper', 1, 'closest co-author of co-author', 0.76506025, -0.0812),
        ('paper', 1, 'closest co-author of co-author', 0.8347826, 0.1469),
        ('paper', 1, 'closest co-author of co-author', 0.90163934, 0.0203),
        ('paper', 1, 'co-author share', '-infinity', -0.6127),
        ('paper', 1, 'co-author share', 0.3478261, -0.1688),
        ('paper', 1, 'co-author share', 0.51666665, 0.058),
        ('paper', 1, 'co-author share', 0.6721311, 0.2468),
        ('paper', 1, 'co-author share', 0.8125, 0.4839),
        ('paper', 1, 'co-authors', '-infinity', -1.3689),
        ('paper', 1, 'co-authors', 0.5143423, -0.5997),
        ('paper', 1, 'co-authors', 0.8051929, -0.318),
        ('paper', 1, 'co-authors', 1.125333, -0.003),
        ('paper', 1, 'co-authors', 1.5005294, 0.1891),
        ('paper', 1, 'co-authors', 1.9875609, 0.323),
        ('paper', 1, 'co-authors', 2.591063, 1.1102),
        ('paper', 1, 'co-authors', 3.641627, 0.6744),
        ('paper', 1, 'co-authors of co-authors', '-infinity', -0.2015),
        ('paper', 1, 'co-authors of co-authors', 0.03338097, 0.3945),
        ('paper', 1, 'co-authors of co-authors', 0.3339416, 0.1701),
        ('paper', 1, 'co-authors of co-authors', 0.6702899, 0.1444),
        ('paper', 1, 'co-authors of co-authors', 1.0084746, -0.2842),
        ('paper', 1, 'co-authors of co-authors', 1.4471481, 0.0341),
        ('paper', 1, 'co-authors of co-authors', 1.9873737, -0.1787),
        ('paper', 1, 'co-authors of co-authors', 2.8670487, -0.0715),
        ('paper', 1, 'co-authors'' papers', '-infinity', 0.1922),
        ('paper', 1, 'co-authors'' papers', 0.112028316, -0.0259),
        ('paper', 1, 'co-authors'' papers', 0.16785268, -0.034),
        ('paper', 1, 'co-authors'' papers', 0.21367088, -0.1604),
        ('paper', 1, 'co-authors'' papers', 0.25532782, 0.0317),
        ('paper', 1, 'co-authors'' papers', 0.29963252, 0.0647),
        ('paper', 1, 'co-authors'' papers', 0.3554074, 0.0304),
        ('paper', 1, 'co-authors'' papers', 0.43492877, -0.0915),
        ('paper', 1, 'namesake share', '-infinity', 1.0772),
        ('paper', 1, 'namesake share', 0.013157895, 0.164),
        ('paper', 1, 'namesake share', 0.18181819, 0.4318),
        ('paper', 1, 'namesake share', 0.2580645, -0.0211),
        ('paper', 1, 'namesake share', 0.3529412, -0.0383),
        ('paper', 1, 'namesake share', 0.5151515, -0.5297),
        ('paper', 1, 'namesake share', 0.76, -1.0766),
        ('paper', 1, 'namesakes', '-infinity', 1.0772),
        ('paper', 1, 'namesakes', 0.16754046, 0.975),
        ('paper', 1, 'namesakes', 0.2749076, 0.9701),
        ('paper', 1, 'namesakes', 0.41718283, 0.3042),
        ('paper', 1, 'namesakes', 0.58430177, 0.0278),
        ('paper', 1, 'namesakes', 0.8422572, -0.6074),
        ('paper', 1, 'namesakes', 1.2818058, -0.994),
        ('paper', 1, 'namesakes', 2.1004312, -1.7456),
        ('paper', 1, 'near papers', '-infinity', 0.0811),
        ('paper', 1, 'near papers', 0.045344915, 0.2787),
        ('paper', 1, 'near papers', 0.064771704, 0.0872),
        ('paper', 1, 'near papers', 0.08158552, 0.0674),
        ('paper', 1, 'near papers', 0.10156519, 0.063),
        ('paper', 1, 'near papers', 0.12740588, 0.0611),
        ('paper', 1, 'near papers', 0.1647195, -0.2892),
        ('paper', 1, 'near papers', 0.23415768, -0.342),
        ('paper', 1, 'nearest paper', '-infinity', 0.0818),
        ('paper', 1, 'nearest paper', 0.061145656, -0.206),
        ('paper', 1, 'nearest paper', 0.08530165, 0.0559),
        ('paper', 1, 'nearest paper', 0.11101712, 0.0502),
        ('paper', 1, 'nearest paper', 0.14312188, -0.1171),
        ('paper', 1, 'nearest paper', 0.18542497, -0.0968),
        ('paper', 1, 'nearest paper', 0.24960762, 0.1317),
        ('paper', 1, 'nearest paper', 0.36401471, 0.1076),
        ('paper', 1, 'number of co-authors', '-infinity', -0.2382),
        ('paper', 1, 'number of co-authors', 3, -0.0712),
        ('paper', 1, 'number of co-authors', 4, 0.1297),
        ('paper', 1, 'number of co-authors', 5, -0.0284),
        ('paper', 1, 'number of co-authors', 6, 0.4094),
        ('paper', 1, 'number of co-authors', 7, 0.2853),
        ('paper', 1, 'number of co-authors', 8, -0.1546),
        ('paper', 1, 'number of co-authors', 10, -0.3247),
        ('paper', 1, 'number of papers', '-infinity', 3.3087),
        ('paper', 1, 'number of papers', 4, 0.3397),
        ('paper', 1, 'number of papers', 5, -0.0731),
        ('paper', 1, 'number of papers', 7, -0.0978),
        ('paper', 1, 'number of papers', 9, -0.3358),
        ('paper', 1, 'number of papers', 12, -0.5461),
        ('paper', 1, 'number of papers', 17, -0.9256),
        ('paper', 1, 'number of papers', 31, -1.6627),
        ('paper', 1, 'places', '-infinity', -0.2371),
        ('paper', 1, 'places', 0, 0.2735),
        ('paper', 1, 'places', 0.019852282, -0.0469),
        ('paper', 1, 'places', 0.30171508, 0.0468),
        ('paper', 1, 'places', 0.55633086, 0.0196),
        ('paper', 1, 'places', 0.7345582, 0.0244),
        ('paper', 1, 'places', 0.8731567, -0.0449),
        ('paper', 1, 'places', 0.9567246, -0.0282),
        ('paper', 1, 'prior', 0, 2.1743),
        ('paper', 1, 'rare co-author', '-infinity', 0.2954),
        ('paper', 1, 'rare co-author', 0.24325728, 0.0642),
        ('paper', 1, 'rare co-author', 0.30692768, 0.0466),
        ('paper', 1, 'rare co-author', 0.37892318, 0.0006),
        ('paper', 1, 'rare co-author', 0.48089835, -0.1448),
        ('paper', 1, 'rare co-author', 0.6213349, -0.1202),
        ('paper', 1, 'rare co-author', 0.9102392, -0.1346),
        ('paper', 1, 'venue', '-infinity', -0.3397),
        ('paper', 1, 'venue', 0.003236246, -0.3911),
        ('paper', 1, 'venue', 0.10344828, 0.0707),
        ('paper', 1, 'venue', 0.15492958, 0.0633),
        ('paper', 1, 'venue', 0.2015504, 0.024),
        ('paper', 1, 'venue', 0.25390625, 0.4915),
        ('paper', 1, 'venue', 0.33898306, 0.2086),
        ('paper', 1, 'venue', 0.52, -0.12),
        ('paper', 1, 'years', '-infinity', 1.0275),
        ('paper', 1, 'years', 1, 0.5214),
        ('paper', 1, 'years', 2, 0.2325),
        ('paper', 1, 'years', 3, -0.6171),
        ('paper', 1, 'years', 4, 0.3219),
        ('paper', 1, 'years', 5, -0.2129),
        ('paper', 1, 'years', 7, -1.2661),
        ('paper', 2, 'affiliation', '-infinity', 0.3067),
        ('paper', 2, 'affiliation', 0, -0.3551),
        ('paper', 2, 'affiliation', 0.0031350427, -0.5535),
        ('paper', 2, 'affiliation', 0.0070010577, -0.1001),
        ('paper', 2, 'affiliation', 0.009888759, -0.5302),
        ('paper', 2, 'affiliation', 0.015391903, -0.3819),
        ('paper', 2, 'affiliation', 0.5504983, 1.6012),
        ('paper', 2, 'all papers', '-infinity', 0.2185),
        ('paper', 2, 'all papers', 0.024785027, 0.1127),
        ('paper', 2, 'all papers', 0.047219954, 0.0793),
        ('paper', 2, 'all papers', 0.06514271, -0.0068),
        ('paper', 2, 'all papers', 0.08153224, -0.0896),
        ('paper', 2, 'all papers', 0.096955836, -0.1763),
        ('paper', 2, 'all papers', 0.11606317, 0.0083),
        ('paper', 2, 'all papers', 0.14428473, -0.159),
        ('paper', 2, 'closest co-author of co-author', '-infinity', -0.2252),
        ('paper', 2, 'closest co-author of co-author', 0.011857707, -0.3348),
        ('paper', 2, 'closest co-author of co-author', 0.023529412, -0.1554),
        ('paper', 2, 'closest co-author of co-author', 0.039215688, 0.0941),
        ('paper', 2, 'closest co-author of co-author', 0.06324111, 0.0604),
        ('paper', 2, 'closest co-author of co-author', 0.100323625, 0.0815),
        ('paper', 2, 'closest co-author of co-author', 0.16796875, -0.0196),
        ('paper', 2, 'closest co-author of co-author', 0.3392857, 0.486),
        ('paper', 2, 'co-authors of co-authors', '-infinity', -0.2054),
        ('paper', 2, 'co-authors of co-authors', 0.012321807, -0.0448),
        ('paper', 2, 'co-authors of co-authors', 0.025773196, -0.2189),
        ('paper', 2, 'co-authors of co-authors', 0.0455944, -0.1726),
        ('paper', 2, 'co-authors of co-authors', 0.077020206, 0.0638),
        ('paper', 2, 'co-authors of co-authors', 0.12721549, 0.0289),
        ('paper', 2, 'co-authors of co-authors', 0.21781972, 0.3954),
        ('paper', 2, 'co-authors of co-authors', 0.4395189, 0.1407),
        ('paper', 2, 'co-authors'' papers', '-infinity', 0.1216),
        ('paper', 2, 'co-authors'' papers', 0.11207995, -0.0256),
        ('paper', 2, 'co-authors'' papers', 0.15799822, 0.0702),
        ('paper', 2, 'co-authors'' papers', 0.1989767, 0.2123),
        ('paper', 2, 'co-authors'' papers', 0.23718773, 0.0773),
        ('paper', 2, 'co-authors'' papers', 0.27587366, -0.0084),
        ('paper', 2, 'co-authors'' papers', 0.32018113, -0.2589),
        ('paper', 2, 'co-authors'' papers', 0.3891777, -0.2014),
        ('paper', 2, 'namesake share', '-infinity', 1.6331),
        ('paper', 2, 'namesake share', 0.013157895, 0.3785),
        ('paper', 2, 'namesake share', 0.3478261, -0.062),
        ('paper', 2, 'namesake share', 0.5106383, -0.4118),
        ('paper', 2, 'namesake share', 0.68, -0.6719),
        ('paper', 2, 'namesake share', 0.84615386, -0.8788),
        ('paper', 2, 'namesakes', '-infinity', 1.6331),
        ('paper', 2, 'namesakes', 0.17364421, 1.3402),
        ('paper', 2, 'namesakes', 0.59822106, 0.5646),
        ('paper', 2, 'namesakes', 1.0659492, -0.1049),
        ('paper', 2, 'namesakes', 1.5465802, -0.5892),
        ('paper', 2, 'namesakes', 2.1042624, -0.7513),
        ('paper', 2, 'namesakes', 2.8376684, -0.8833),
        ('paper', 2, 'namesakes', 3.990687, -1.2221),
        ('paper', 2, 'near papers', '-infinity', 0.1226),
        ('paper', 2, 'near papers', 0.02254877, 0.2795),
        ('paper', 2, 'near papers', 0.03635589, -0.09),
        ('paper', 2, 'near papers', 0.046299435, -0.0256),
        ('paper', 2, 'near papers', 0.054875303, -0.1735),
        ('paper', 2, 'near papers', 0.06417762, -0.1695),
        ('paper', 2, 'near papers', 0.075714566, -0.0943),
        ('paper', 2, 'near papers', 0.09425178, 0.1378),
        ('paper', 2, 'nearest paper', '-infinity', -0.4526),
        ('paper', 2, 'nearest paper', 0.03273864, -0.5824),
        ('paper', 2, 'nearest paper', 0.04693907, -0.144),
        ('paper', 2, 'nearest paper', 0.057739165, -0.0142),
        ('paper', 2, 'nearest paper', 0.068036996, -0.0426),
        ('paper', 2, 'nearest paper', 0.07975304, 0.2496),
        ('paper', 2, 'nearest paper', 0.09566474, 0.4193),
        ('paper', 2, 'nearest paper', 0.12256888, 0.5541),
        ('paper', 2, 'number of co-authors', '-infinity', 0.2692),
        ('paper', 2, 'number of co-authors', 3, 0.0224),
        ('paper', 2, 'number of co-authors', 4, -0.1139),
        ('paper', 2, 'number of co-authors', 5, -0.0226),
        ('paper', 2, 'number of co-authors', 6, -0.0495),
        ('paper', 2, 'number of co-authors', 7, 0.0566),
        ('paper', 2, 'number of co-authors', 8, 0.007),
        ('paper', 2, 'number of co-authors', 10, -0.1823),
        ('paper', 2, 'number of papers', '-infinity', 1.3671),
        ('paper', 2, 'number of papers', 5, 0.2374),
        ('paper', 2, 'number of papers', 7, 0.393),
        ('paper', 2, 'number of papers', 9, -0.0887),
        ('paper', 2, 'number of papers', 12, -0.0174),
        ('paper', 2, 'number of papers', 16, -0.4465),
        ('paper', 2, 'number of papers', 22, -0.4482),
        ('paper', 2, 'number of papers', 37, -1.0095),
        ('paper', 2, 'places', '-infinity', 0.0884),
        ('paper', 2, 'places', 0, -0.2694),
        ('paper', 2, 'places', 0.0017327185, -0.2203),
        ('paper', 2, 'places', 0.0055757966, -0.1807),
        ('paper', 2, 'places', 0.00969227, -0.3224),
        ('paper', 2, 'places', 0.015977543, -0.2231),
        ('paper', 2, 'places', 0.03647106, 0.4302),
        ('paper', 2, 'places', 0.15930714, 0.6843),
        ('paper', 2, 'prior', 0, -3.8894),
        ('paper', 2, 'venue', '-infinity', -0.1255),
        ('paper', 2, 'venue', 0.004385965, 0.0193),
        ('paper', 2, 'venue', 0.08988764, 0.3035),
        ('paper', 2, 'venue', 0.12716763, -0.2208),
        ('paper', 2, 'venue', 0.16923077, -0.3918),
        ('paper', 2, 'venue', 0.2027027, 0.4763),
        ('paper', 2, 'venue', 0.2631579, 0.0238),
        ('paper', 2, 'venue', 0.336, -0.0979),
        ('paper', 2, 'years', '-infinity', 0.7713),
        ('paper', 2, 'years', 1, 0.6509),
        ('paper', 2, 'years', 2, 0.2008),
        ('paper', 2, 'years', 3, 0.1006),
        ('paper', 2, 'years', 4, -0.1099),
        ('paper', 2, 'years', 6, -0.2261),
        ('paper', 2, 'years', 9, -0.3301),
        ('paper', 2, 'years', 13, -1.0704),
        ('paper', 3, 'affiliation', '-infinity', 0.3976),
        ('paper', 3, 'affiliation', 0, -0.4831),
        ('paper', 3, 'affiliation', 0.0024510983, -0.5693),
        ('paper', 3, 'affiliation', 0.006932753, -0.5147),
        ('paper', 3, 'affiliation', 0.009757143, -0.1355),
        ('paper', 3, 'affiliation', 0.009900992, -0.6559),
        ('paper', 3, 'affiliation', 0.02074796, 1.9451),
        ('paper', 3, 'all papers', '-infinity', -0.3897),
        ('paper', 3, 'all papers', 0.010885097, -0.1928),
        ('paper', 3, 'all papers', 0.026912404, 0.1058),
        ('paper', 3, 'all papers', 0.043327067, 0.0632),
        ('paper', 3, 'all papers', 0.058462266, 0.1582),
        ('paper', 3, 'all papers', 0.07275506, 0.204),
        ('paper', 3, 'all papers', 0.089726575, -0.1139),
        ('paper', 3, 'all papers', 0.11415343, 0.1492),
        ('paper', 3, 'co-authors'' papers', '-infinity', 0.1733),
        ('paper', 3, 'co-authors'' papers', 0.041496854, 0.0059),
        ('paper', 3, 'co-authors'' papers', 0.077546835, -0.0642),
        ('paper', 3, 'co-authors'' papers', 0.11038526, 0.2055),
        ('paper', 3, 'co-authors'' papers', 0.14269345, -0.0464),
        ('paper', 3, 'co-authors'' papers', 0.17759292, -0.2046),
        ('paper', 3, 'co-authors'' papers', 0.21745127, -0.0383),
        ('paper', 3, 'co-authors'' papers', 0.275611, -0.0472),
        ('paper', 3, 'namesake share', '-infinity', 1.7512),
        ('paper', 3, 'namesake share', 0.022727273, 0.4849),
        ('paper', 3, 'namesake share', 0.3478261, -0.3804),
        ('paper', 3, 'namesake share', 0.53333336, -0.5593),
        ('paper', 3, 'namesake share', 0.6923077, -0.5748),
        ('paper', 3, 'namesake share', 0.88235295, -0.7376),
        ('paper', 3, 'namesakes', '-infinity', 1.7512),
        ('paper', 3, 'namesakes', 0.16754046, 1.2152),
        ('paper', 3, 'namesakes', 0.6111299, 0.4411),
        ('paper', 3, 'namesakes', 0.94979495, 0.2312),
        ('paper', 3, 'namesakes', 1.3626456, -0.2535),
        ('paper', 3, 'namesakes', 1.9024321, -0.7252),
        ('paper', 3, 'namesakes', 2.56991, -1.0666),
        ('paper', 3, 'namesakes', 3.6478908, -1.6093),
        ('paper', 3, 'near papers', '-infinity', 0.4628),
        ('paper', 3, 'near papers', 0.0101024425, 0.389),
        ('paper', 3, 'near papers', 0.022675991, 0.0132),
        ('paper', 3, 'near papers', 0.032824535, -0.1948),
        ('paper', 3, 'near papers', 0.04104974, -0.1835),
        ('paper', 3, 'near papers', 0.04933569, -0.4035),
        ('paper', 3, 'near papers', 0.059738882, -0.1871),
        ('paper', 3, 'near papers', 0.074693136, 0.0878),
        ('paper', 3, 'nearest paper', '-infinity', -0.2791),
        ('paper', 3, 'nearest paper', 0.017416235, -0.5244),
        ('paper', 3, 'nearest paper', 0.03328008, -0.3528),
        ('paper', 3, 'nearest paper', 0.04421029, -0.0105),
        ('paper', 3, 'nearest paper', 0.05373769, 0.07),
        ('paper', 3, 'nearest paper', 0.06409672, 0.1),
        ('paper', 3, 'nearest paper', 0.07662103, 0.319),
        ('paper', 3, 'nearest paper', 0.09804974, 0.6619),
        ('paper', 3, 'number of co-authors', '-infinity', -0.0015),
        ('paper', 3, 'number of co-authors', 3, -0.2296),
        ('paper', 3, 'number of co-authors', 4, -0.0292),
        ('paper', 3, 'number of co-authors', 5, 0.0941),
        ('paper', 3, 'number of co-authors', 6, -0.1305),
        ('paper', 3, 'number of co-authors', 7, 0.031),
        ('paper', 3, 'number of co-authors', 8, 0.1314),
        ('paper', 3, 'number of co-authors', 10, 0.1184),
        ('paper', 3, 'number of papers', '-infinity', 1.2891),
        ('paper', 3, 'number of papers', 5, 0.2482),
        ('paper', 3, 'number of papers', 6, 0.2905),
        ('paper', 3, 'number of papers', 7, -0.2356),
        ('paper', 3, 'number of papers', 9, -0.1689),
        ('paper', 3, 'number of papers', 12, -0.336),
        ('paper', 3, 'number of papers', 16, -0.3314),
        ('paper', 3, 'number of papers', 25, -0.772),
        ('paper', 3, 'places', '-infinity', 0.0854),
        ('paper', 3, 'places', 0, 0.069),
        ('paper', 3, 'places', 1.6885826e-05, -0.6393),
        ('paper', 3, 'places', 0.0033664708, -0.0992),
        ('paper', 3, 'places', 0.0067535085, -0.0989),
        ('paper', 3, 'places', 0.010335934, -0.1703),
        ('paper', 3, 'places', 0.015661936, 0.291),
        ('paper', 3, 'places', 0.03588325, 0.5464),
        ('paper', 3, 'prior', 0, -4.7883),
        ('paper', 3, 'venue', '-infinity', -0.4745),
        ('paper', 3, 'venue', 0.0070921984, 0.1219),
        ('paper', 3, 'venue', 0.09756097, 0.1252),
        ('paper', 3, 'venue', 0.14492753, -0.0796),
        ('paper', 3, 'venue', 0.19318181, -1.018),
        ('paper', 3, 'venue', 0.2027027, 0.7241),
        ('paper', 3, 'venue', 0.2888889, -0.1122),
        ('paper', 3, 'venue', 0.4057971, 0.6971),
        ('paper', 3, 'years', '-infinity', 0.6606),
        ('paper', 3, 'years', 1, 0.6993),
        ('paper', 3, 'years', 2, 0.6413),
        ('paper', 3, 'years', 3, 0.5128),
        ('paper', 3, 'years', 5, 0.0301),
        ('paper', 3, 'years', 8, -0.4921),
        ('paper', 3, 'years', 11, -0.9201),
        ('paper', 3, 'years', 16, -1.1479),
        ('pair', 0, 'affiliation', '-infinity', -0.1053),
        ('pair', 0, 'affiliation', 0, -0.4225),
        ('pair', 0, 'affiliation', 0.0024540783, 0.5278),
        ('pair', 0, 'co-authors'' papers', '-infinity', 0.562),
        ('pair', 0, 'co-authors'' papers', 0, -0.0881),
        ('pair', 0, 'co-authors'' papers', 0.003838963, -0.1929),
        ('pair', 0, 'co-authors'' papers', 0.013227051, -0.2053),
        ('pair', 0, 'co-authors'' papers', 0.024974054, -0.1655),
        ('pair', 0, 'co-authors'' papers', 0.040809367, -0.0594),
        ('pair', 0, 'co-authors'' papers', 0.06552239, -0.0444),
        ('pair', 0, 'co-authors'' papers', 0.10616917, 0.1937),
        ('pair', 0, 'number of papers', '-infinity', -0.4798),
        ('pair', 0, 'number of papers', 29, -0.1565),
        ('pair', 0, 'number of papers', 43, -0.2714),
        ('pair', 0, 'number of papers', 52, 0.114),
        ('pair', 0, 'number of papers', 63, -0.13),
        ('pair', 0, 'number of papers', 79, 0.0655),
        ('pair', 0, 'number of papers', 96, 0.2146),
        ('pair', 0, 'number of papers', 129, 0.6436),
        ('pair', 0, 'places', '-infinity', 0.3738),
        ('pair', 0, 'places', 0, 0.3912),
        ('pair', 0, 'places', 0.000121667676, -1.178),
        ('pair', 0, 'places', 0.0056976588, 0.0586),
        ('pair', 0, 'places', 0.008326935, -0.7209),
        ('pair', 0, 'places', 0.010515081, -0.188),
        ('pair', 0, 'places', 0.01825612, 0.1342),
        ('pair', 0, 'places', 0.7062481, 1.1292),
        ('pair', 0, 'prior', 0, 0.0153),
        ('pair', 0, 'text', '-infinity', -0.001),
        ('pair', 0, 'text', 0.00029273576, -0.5778),
        ('pair', 0, 'text', 0.008676455, -0.2975),
        ('pair', 0, 'text', 0.01644462, -0.3328),
        ('pair', 0, 'text', 0.025917938, -0.2582),
        ('pair', 0, 'text', 0.038028955, -0.0158),
        ('pair', 0, 'text', 0.05870324, 0.5551),
        ('pair', 0, 'text', 0.11167653, 0.9281),
        ('pair', 0, 'threshold', 0, -0.5),
        ('pair', 0, 'venue', '-infinity', -0.2416),
        ('pair', 0, 'venue', 1, 0.2417),
        ('pair', 0, 'years', '-infinity', 0.3014),
        ('pair', 0, 'years', 2, 0.2877),
        ('pair', 0, 'years', 4, 0.249),
        ('pair', 0, 'years', 7, 0.1596),
        ('pair', 0, 'years', 10, -0.0),
        ('pair', 0, 'years', 13, -0.0679),
        ('pair', 0, 'years', 17, -0.2233),
        ('pair', 0, 'years', 24, -0.7064),
        ('pair', 1, 'affiliation', '-infinity', -0.3745),
        ('pair', 1, 'affiliation', 0, -0.8611),
        ('pair', 1, 'affiliation', 0.56976587, 0.2829),
        ('pair', 1, 'affiliation', 1, 0.0537),
        ('pair', 1, 'affiliation', 1.1431496, 0.3734),
        ('pair', 1, 'affiliation', 1.41076, 0.537),
        ('pair', 1, 'both co-authors'' papers', '-infinity', 0.0661),
        ('pair', 1, 'both co-authors'' papers', 0.19864267, 0.0617),
        ('pair', 1, 'both co-authors'' papers', 0.29840207, 0.0006),
        ('pair', 1, 'both co-authors'' papers', 0.38941824, -0.041),
        ('pair', 1, 'both co-authors'' papers', 0.48474473, 0.1149),
        ('pair', 1, 'both co-authors'' papers', 0.5908606, 0.0943),
        ('pair', 1, 'both co-authors'' papers', 0.726178, -0.0164),
        ('pair', 1, 'both co-authors'' papers', 0.902659, -0.2688),
        ('pair', 1, 'circles', '-infinity', -0.1001),
        ('pair', 1, 'circles', 0.050536655, -0.0149),
        ('pair', 1, 'circles', 0.085354835, -0.1158),
        ('pair', 1, 'circles', 0.12795661, -0.007),
        ('pair', 1, 'circles', 0.18635395, -0.0072),
        ('pair', 1, 'circles', 0.26853177, -0.0548),
        ('pair', 1, 'circles', 0.39670244, 0.0485),
        ('pair', 1, 'circles', 0.62760353, 0.2628),
        ('pair', 1, 'co-author share', '-infinity', -0.3376),
        ('pair', 1, 'co-author share', 0.26086956, 0.0017),
        ('pair', 1, 'co-author share', 0.34615386, 0.0784),
        ('pair', 1, 'co-author share', 0.52380955, 0.0737),
        ('pair', 1, 'co-author share', 0.6744186, 0.1952),
        ('pair', 1, 'co-authors', '-infinity', 0.5436),
        ('pair', 1, 'co-authors', 0.20417164, -0.249),
        ('pair', 1, 'co-authors', 0.23161615, -0.3407),
        ('pair', 1, 'co-authors', 0.2658726, -0.579),
        ('pair', 1, 'co-authors', 0.33962327, -0.0703),
        ('pair', 1, 'co-authors', 0.4572227, -0.0689),
        ('pair', 1, 'co-authors', 0.6194023, 0.2023),
        ('pair', 1, 'co-authors', 0.9409943, 0.5734),
        ('pair', 1, 'co-authors of co-authors', '-infinity', 0.2304),
        ('pair', 1, 'co-authors of co-authors', 0.00032179503, 0.0625),
        ('pair', 1, 'co-authors of co-authors', 0.1304348, 0.2377),
        ('pair', 1, 'co-authors of co-authors', 0.25786823, 0.0388),
        ('pair', 1, 'co-authors of co-authors', 0.40813032, 0.0183),
        ('pair', 1, 'co-authors of co-authors', 0.6014628, -0.0529),
        ('pair', 1, 'co-authors of co-authors', 0.8907101, -0.2107),
        ('pair', 1, 'co-authors of co-authors', 1.4494485, -0.3127),
        ('pair', 1, 'co-authors'' papers', '-infinity', -0.0065),
        ('pair', 1, 'co-authors'' papers', 0.055910762, 0.0585),
        ('pair', 1, 'co-authors'' papers', 0.08134838, 0.0475),
        ('pair', 1, 'co-authors'' papers', 0.10093749, 0.0514),
        ('pair', 1, 'co-authors'' papers', 0.118905574, 0.08),
        ('pair', 1, 'co-authors'' papers', 0.13817386, -0.003),
        ('pair', 1, 'co-authors'' papers', 0.16096051, -0.0189),
        ('pair', 1, 'co-authors'' papers', 0.19694908, -0.1976),
        ('pair', 1, 'number of co-authors', '-infinity', -0.2355),
        ('pair', 1, 'number of co-authors', 3, -0.0564),
        ('pair', 1, 'number of co-authors', 4, 0.3216),
        ('pair', 1, 'number of co-authors', 5, 0.3508),
        ('pair', 1, 'number of co-authors', 6, 0.4666),
        ('pair', 1, 'number of co-authors', 7, 0.001),
        ('pair', 1, 'number of co-authors', 8, -0.1368),
        ('pair', 1, 'number of co-authors', 10, -0.6999),
        ('pair', 1, 'number of papers', '-infinity', -0.7763),
        ('pair', 1, 'number of papers', 26, -0.3927),
        ('pair', 1, 'number of papers', 38, 0.3242),
        ('pair', 1, 'number of papers', 48, -0.0687),
        ('pair', 1, 'number of papers', 59, 0.3796),
        ('pair', 1, 'number of papers', 70, -0.3384),
        ('pair', 1, 'number of papers', 86, 0.2463),
        ('pair', 1, 'number of papers', 126, 0.6375),
        ('pair', 1, 'places', '-infinity', -0.5877),
        ('pair', 1, 'places', 0.064802706, -0.3872),
        ('pair', 1, 'places', 0.41804323, 0.0247),
        ('pair', 1, 'places', 0.5822871, 0.1431),
        ('pair', 1, 'places', 0.7076252, 0.1026),
        ('pair', 1, 'places', 0.8181606, 0.3382),
        ('pair', 1, 'places', 0.91702765, 0.5385),
        ('pair', 1, 'places', 0.99350005, -0.1609),
        ('pair', 1, 'prior', 0, 3.426),
        ('pair', 1, 'rare co-author', '-infinity', -0.824),
        ('pair', 1, 'rare co-author', 0.20178267, 0.2618),
        ('pair', 1, 'rare co-author', 0.22509082, 0.6723),
        ('pair', 1, 'rare co-author', 0.24733795, 0.2505),
        ('pair', 1, 'rare co-author', 0.27905533, -0.0763),
        ('pair', 1, 'rare co-author', 0.318929, -0.1819),
        ('pair', 1, 'rare co-author', 0.38987124, -0.0572),
        ('pair', 1, 'rare co-author', 0.5138983, -0.0338),
        ('pair', 1, 'text', '-infinity', -0.1519),
        ('pair', 1, 'text', 0.0028745627, 0.0072),
        ('pair', 1, 'text', 0.024107888, -0.0005),
        ('pair', 1, 'text', 0.037680276, 0.0523),
        ('pair', 1, 'text', 0.050750323, 0.1096),
        ('pair', 1, 'text', 0.067125835, 0.046),
        ('pair', 1, 'text', 0.09362271, 0.0192),
        ('pair', 1, 'text', 0.15889297, -0.0705),
        ('pair', 1, 'venue', '-infinity', -0.0662),
        ('pair', 1, 'venue', 1, 0.0776),
        ('pair', 1, 'years', '-infinity', 0.6788),
        ('pair', 1, 'years', 1, 0.2839),
        ('pair', 1, 'years', 2, 0.2426),
        ('pair', 1, 'years', 3, 0.1448),
        ('pair', 1, 'years', 4, -0.077),
        ('pair', 1, 'years', 5, -0.0963),
        ('pair', 1, 'years', 7, -0.3833),
        ('pair', 1, 'years', 10, -0.7821),
        ('pair', 2, 'affiliation', '-infinity', 0.1907),
        ('pair', 2, 'affiliation', 0, -0.87),
        ('pair', 2, 'affiliation', 0.0018820949, -0.6745),
        ('pair', 2, 'affiliation', 0.009828278, -0.6335),
        ('pair', 2, 'affiliation', 0.70196414, 1.9869),
        ('pair', 2, 'both co-authors'' papers', '-infinity', 0.1993),
        ('pair', 2, 'both co-authors'' papers', 0.15217318, 0.0989),
        ('pair', 2, 'both co-authors'' papers', 0.21558027, 0.0254),
        ('pair', 2, 'both co-authors'' papers', 0.2694504, 0.014),
        ('pair', 2, 'both co-authors'' papers', 0.32154533, -0.0561),
        ('pair', 2, 'both co-authors'' papers', 0.37726566, -0.0898),
        ('pair', 2, 'both co-authors'' papers', 0.44259292, -0.0877),
        ('pair', 2, 'both co-authors'' papers', 0.5297216, -0.1045),
        ('pair', 2, 'circles', '-infinity', -0.8797),
        ('pair', 2, 'circles', 0.00045250895, -0.5512),
        ('pair', 2, 'circles', 0.001046012, -0.3107),
        ('pair', 2, 'circles', 0.0020298052, -0.132),
        ('pair', 2, 'circles', 0.0037504872, 0.091),
        ('pair', 2, 'circles', 0.0069682915, 0.3342),
        ('pair', 2, 'circles', 0.013576927, 0.6192),
        ('pair', 2, 'circles', 0.031937808, 0.8289),
        ('pair', 2, 'co-authors of co-authors', '-infinity', -0.0041),
        ('pair', 2, 'co-authors of co-authors', 0.006561147, -0.0569),
        ('pair', 2, 'co-authors of co-authors', 0.013172543, -0.0462),
        ('pair', 2, 'co-authors of co-authors', 0.023226384, -0.0894),
        ('pair', 2, 'co-authors of co-authors', 0.03975029, -0.0106),
        ('pair', 2, 'co-authors of co-authors', 0.067511424, -0.0016),
        ('pair', 2, 'co-authors of co-authors', 0.11619072, 0.0724),
        ('pair', 2, 'co-authors of co-authors', 0.22308284, 0.1361),
        ('pair', 2, 'co-authors'' papers', '-infinity', 0.1033),
        ('pair', 2, 'co-authors'' papers', 0.04853783, 0.0231),
        ('pair', 2, 'co-authors'' papers', 0.07048013, -0.05),
        ('pair', 2, 'co-authors'' papers', 0.08765, -0.07),
        ('pair', 2, 'co-authors'' papers', 0.10282646, -0.0582),
        ('pair', 2, 'co-authors'' papers', 0.11814564, 0.0118),
        ('pair', 2, 'co-authors'' papers', 0.13488452, -0.0076),
        ('pair', 2, 'co-authors'' papers', 0.15792128, 0.0472),
        ('pair', 2, 'number of co-authors', '-infinity', 0.3816),
        ('pair', 2, 'number of co-authors', 3, 0.2097),
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
        ('pair', 2, 'number of papers', 69, 0.2053),
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
        ('pair', 2, 'prior', 0, -0.1009),
        ('pair', 2, 'text', '-infinity', 0.1145),
        ('pair', 2, 'text', 0.00031470333, -0.1017),
        ('pair', 2, 'text', 0.0140000135, -0.0905),
        ('pair', 2, 'text', 0.024073955, -0.1583),
        ('pair', 2, 'text', 0.032920096, -0.1398),
        ('pair', 2, 'text', 0.04225869, -0.0635),
        ('pair', 2, 'text', 0.053965647, 0.0725),
        ('pair', 2, 'text', 0.07423581, 0.3665),
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
        ('pair', 3, 'affiliation', 0.0018820949, -1.5988),
        ('pair', 3, 'affiliation', 0.0069796233, -0.9375),
        ('pair', 3, 'affiliation', 0.009852337, -1.1375),
        ('pair', 3, 'affiliation', 0.020437978, 1.4675),
        ('pair', 3, 'affiliation', 1, 2.3527),
        ('pair', 3, 'affiliation', 1.41076, 1.0198),
        ('pair', 3, 'both co-authors'' papers', '-infinity', 0.3931),
        ('pair', 3, 'both co-authors'' papers', 0.017481726, 0.1255),
        ('pair', 3, 'both co-authors'' papers', 0.082742825, 0.0456),
        ('pair', 3, 'both co-authors'' papers', 0.12888783, -0.0097),
        ('pair', 3, 'both co-authors'' papers', 0.17324032, -0.0329),
        ('pair', 3, 'both co-authors'' papers', 0.22073239, -0.1156),
        ('pair', 3, 'both co-authors'' papers', 0.27758026, -0.1526),
        ('pair', 3, 'both co-authors'' papers', 0.36087877, -0.2554),
        ('pair', 3, 'circles', '-infinity', -0.2842),
        ('pair', 3, 'circles', 3.7102663e-10, -0.3902),
        ('pair', 3, 'circles', 3.1376203e-06, -0.2346),
        ('pair', 3, 'circles', 1.11322215e-05, -0.1533),
        ('pair', 3, 'circles', 2.7314094e-05, -0.0364),
        ('pair', 3, 'circles', 5.9957343e-05, 0.0787),
        ('pair', 3, 'circles', 0.00013251143, 0.2857),
        ('pair', 3, 'circles', 0.00035734897, 0.7323),
        ('pair', 3, 'co-authors'' papers', '-infinity', -0.1063),
        ('pair', 3, 'co-authors'' papers', 0.025093567, -0.0645),
        ('pair', 3, 'co-authors'' papers', 0.042899966, 0.017),
        ('pair', 3, 'co-authors'' papers', 0.058425836, 0.0418),
        ('pair', 3, 'co-authors'' papers', 0.073074676, 0.0446),
        ('pair', 3, 'co-authors'' papers', 0.08782122, 0.0306),
        ('pair', 3, 'co-authors'' papers', 0.10444696, 0.0037),
        ('pair', 3, 'co-authors'' papers', 0.12681915, 0.031),
        ('pair', 3, 'number of co-authors', '-infinity', 0.6323),
        ('pair', 3, 'number of co-authors', 2, 0.3181),
        ('pair', 3, 'number of co-authors', 3, 0.0932),
        ('pair', 3, 'number of co-authors', 4, -0.1009),
        ('pair', 3, 'number of co-authors', 5, -0.1746),
        ('pair', 3, 'number of co-authors', 6, -0.2235),
        ('pair', 3, 'number of co-authors', 7, -0.2448),
        ('pair', 3, 'number of co-authors', 8, -0.3017),
        ('pair', 3, 'number of papers', '-infinity', -0.2529),
        ('pair', 3, 'number of papers', 33, -0.1337),
        ('pair', 3, 'number of papers', 46, 0.0145),
        ('pair', 3, 'number of papers', 59, -0.094),
        ('pair', 3, 'number of papers', 69, 0.1666),
        ('pair', 3, 'number of papers', 83, -0.0019),
        ('pair', 3, 'number of papers', 104, -0.0385),
        ('pair', 3, 'number of papers', 140, 0.3379),
        ('pair', 3, 'places', '-infinity', 0.255),
        ('pair', 3, 'places', 0, -0.0614),
        ('pair', 3, 'places', 1.1699715e-06, -0.3086),
        ('pair', 3, 'places', 0.003465206, -0.3039),
        ('pair', 3, 'places', 0.006704502, -0.2425),
        ('pair', 3, 'places', 0.010061428, -0.2003),
        ('pair', 3, 'places', 0.016220411, -0.164),
        ('pair', 3, 'places', 0.055711616, 1.0235),
        ('pair', 3, 'prior', 0, -0.602),
        ('pair', 3, 'text', '-infinity', 0.1514),
        ('pair', 3, 'text', 0.00023423615, -0.2316),
        ('pair', 3, 'text', 0.01030557, -0.1709),
        ('pair', 3, 'text', 0.019341033, -0.1696),
        ('pair', 3, 'text', 0.027612468, -0.1205),
        ('pair', 3, 'text', 0.03621357, -0.0543),
        ('pair', 3, 'text', 0.046635218, 0.071),
        ('pair', 3, 'text', 0.06330492, 0.5224),
        ('pair', 3, 'venue', '-infinity', -0.1468),
        ('pair', 3, 'venue', 1, 0.1448),
        ('pair', 3, 'years', '-infinity', -0.0658),
        ('pair', 3, 'years', 2, -0.0033),
        ('pair', 3, 'years', 3, 0.0892),
        ('pair', 3, 'years', 4, 0.1843),
        ('pair', 3, 'years', 6, 0.2194),
        ('pair', 3, 'years', 8, 0.1064),
        ('pair', 3, 'years', 11, -0.124),
        ('pair', 3, 'years', 15, -0.4082)
$$;

COMMENT ON FUNCTION default_assignment_weights() IS
    'weights fitted to the namesakes of the 2024-08 corpus; those of the name are set by hand';

CREATE OR REPLACE FUNCTION suggest_merge(person_id text, k integer DEFAULT 5)
    RETURNS TABLE (other_id text, canonical_name text, score real, name_similarity real, papers bigint)
    LANGUAGE plpgsql STABLE STRICT ROWS 5
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    IF k < 1 THEN
        RAISE EXCEPTION 'k must be positive, not %', k
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF NOT EXISTS (SELECT FROM anthology.person p WHERE p.id = suggest_merge.person_id) THEN
        RAISE EXCEPTION 'there is no person "%"', person_id
            USING ERRCODE = 'undefined_object';
    END IF;
    RETURN QUERY
        WITH own AS MATERIALIZED (
            SELECT p.id, p.orcid, (SELECT count(DISTINCT a.paper_id) FROM anthology.authorship a
                                   WHERE a.person_id = p.id) AS papers
            FROM anthology.person p WHERE p.id = suggest_merge.person_id
        ), candidate AS MATERIALIZED (
            SELECT f.person_id, min(f.canonical_name) AS canonical_name, max(f.score) AS similarity,
                max(f.papers) AS papers
            FROM anthology.person_name n, LATERAL anthology.find_person(n.full_name, 20) f
            WHERE n.person_id = suggest_merge.person_id AND f.person_id <> n.person_id AND f.score >= 0.5
                -- Two persons on one paper are two.
                AND NOT EXISTS (SELECT FROM anthology.authorship a JOIN anthology.authorship b USING (paper_id)
                                WHERE a.person_id = suggest_merge.person_id AND b.person_id = f.person_id)
            GROUP BY f.person_id
        )
        SELECT c.person_id, c.canonical_name, j.score, c.similarity, c.papers
        FROM own CROSS JOIN candidate c
            JOIN anthology.person p ON p.id = c.person_id,
            -- The smaller page is judged against the larger one: that tells most.
            LATERAL (SELECT CASE WHEN is_smaller THEN c.person_id ELSE own.id END AS smaller,
                            CASE WHEN is_smaller THEN own.id ELSE c.person_id END AS larger
                     FROM (VALUES ((c.papers, c.person_id COLLATE "C") < (own.papers, own.id))) AS v(is_smaller)) AS by_size,
            LATERAL (SELECT array_agg(s.paper_id) AS paper_ids
                     FROM (SELECT DISTINCT a.paper_id, hashtextextended(a.paper_id, 0) AS dealt
                           FROM anthology.authorship a WHERE a.person_id = smaller
                           ORDER BY dealt LIMIT 20) AS s) AS sample,
            LATERAL (SELECT (1 / (1 + exp(-avg(m.log_odds)
                             - (SELECT w.weight FROM anthology.assignment_weight w
                                WHERE w.model = 'name' AND w.signal = 'name' AND w.lower <= c.similarity
                                ORDER BY w.lower DESC LIMIT 1)
                             -- Who both have an ORCID have two.
                             - CASE WHEN p.orcid IS NULL OR own.orcid IS NULL THEN 0 ELSE
                                 (SELECT w.weight FROM anthology.assignment_weight w
                                  WHERE w.model = 'name' AND w.signal = 'orcid' ORDER BY w.lower LIMIT 1) END)))::real AS score
                     FROM anthology.judge_merge(sample.paper_ids, larger, smaller) m) AS j
        WHERE j.score IS NOT NULL
        ORDER BY j.score DESC, c.similarity DESC, c.person_id COLLATE "C"
        LIMIT k;
END
$$;

COMMENT ON FUNCTION suggest_merge(text, integer) IS
    'other pages that may be the same person: similar names, by how well up to 20 papers of the smaller page fit the larger one';

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
    -- One recount at a time; readers go on with the counts there are.
    LOCK TABLE anthology.term_count_state IN SHARE ROW EXCLUSIVE MODE;
    IF complete OR (SELECT count(*) FROM anthology.document_change) >= coalesce(
        (SELECT s.documents / 10 FROM anthology.term_count_state s), 0) THEN
        -- Lest somebody change a paper that is counted already while there is
        -- no row yet that tells the trigger to record it.
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
                counted_at = excluded.counted_at
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

CREATE FUNCTION orcid_beside(orcid text, explicit_id text, person_orcid text) RETURNS text
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    -- An ORCID without an id is an error to the official library.
    SELECT CASE WHEN orcid IS NULL OR explicit_id IS NULL THEN NULL
        WHEN person_orcid IS NOT NULL THEN person_orcid
        WHEN EXISTS (SELECT FROM anthology.person p WHERE p.orcid = orcid_beside.orcid) THEN NULL
        ELSE orcid END
$$;

COMMENT ON FUNCTION orcid_beside(text, text, text) IS
    'the ORCID that a name is to have beside its explicit id: its own, unless the person has another or it is somebody else''s';

CREATE OR REPLACE FUNCTION preview_reassignment(id bigint)
    RETURNS TABLE (paper_id text, role text, "position" integer, credited_name text,
                   before_person_id text, after_person_id text, cause text,
                   before_score real, after_score real, warning text)
    LANGUAGE sql VOLATILE STRICT ROWS 20
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT i.paper_id, i.role, i."position", concat_ws(' ', NULLIF(i.first, ''), i.last),
        i.before_person_id, i.after_person_id, i.cause,
        -- A long list is to be seen at once; and who does not exist yet, or no
        -- more, has no papers to judge from.
        CASE WHEN jsonb_array_length(r.items) <= 50
                AND EXISTS (SELECT FROM anthology.person p WHERE p.id = i.before_person_id)
            THEN round(anthology.assignment_score(i.paper_id, i.before_person_id)::numeric, 3)::real END,
        CASE WHEN jsonb_array_length(r.items) <= 50
                AND EXISTS (SELECT FROM anthology.person p WHERE p.id = i.after_person_id)
            THEN round(anthology.assignment_score(i.paper_id, i.after_person_id)::numeric, 3)::real END,
        coalesce(r.problem, CASE
            WHEN s.reassignment_id IS NULL
            THEN 'would not have moved when this was proposed'
            WHEN i.cause = 'side effect' AND i.after_person_id LIKE '%/unverified'
            THEN 'not selected: the name does not tell one verified person any more'
            WHEN i.cause = 'side effect'
            THEN 'not selected: the name tells this verified person now'
            WHEN i.after_person_id IS NULL
            THEN 'the explicit id cannot be honoured'
            WHEN s.before_orcid <> s.after_orcid
            THEN format('the ORCID beside the name becomes %s instead of %s', s.after_orcid, s.before_orcid)
            WHEN s.before_orcid IS NOT NULL AND s.after_orcid IS NULL
            THEN format('the ORCID beside the name, %s, is taken away', s.before_orcid)
            WHEN EXISTS (SELECT FROM anthology.person_change c
                         WHERE c.reassignment_id = preview_reassignment.id
                             AND c.action = 'add name' AND c.person_id = i.after_person_id
                             AND c.after ->> 'first' = i.first AND c.after ->> 'last' = i.last)
            THEN 'a new name for this person'
            END)
    FROM anthology.rehearse_reassignment(preview_reassignment.id) r,
        LATERAL jsonb_to_recordset(r.items) AS i(paper_id text, role text, "position" integer,
            first text, last text, cause text, before_person_id text, after_person_id text)
        LEFT JOIN anthology.reassignment_item s ON s.reassignment_id = preview_reassignment.id
            AND s.paper_id = i.paper_id AND s.role = i.role AND s."position" = i."position"
    ORDER BY i.cause, i.paper_id COLLATE "C", i.role, i."position"
$$;

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
    LOOP
        -- By person, for the judging remembers the last one's page.
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
                          ::anthology.new_assignment ORDER BY c.person_id, c.paper_id) AS assignments
            FROM chosen c
            -- What has been changed since was received anew, or is no more.
            WHERE c.source <> 'anthology.authorship' OR EXISTS (
                SELECT FROM anthology.authorship a
                WHERE a.paper_id = c.paper_id AND a.role = c.role AND a."position" = c."position"
                    AND a.person_id = c.person_id)
            GROUP BY c.source, c.threshold
        LOOP
            flagged := flagged
                + anthology.flag_judged_assignments(taken.assignments, taken.threshold, taken.source);
        END LOOP;
        done := done + batch;
        EXIT WHEN NOT EXISTS (SELECT FROM anthology.assignment_unjudged) OR done >= total;
        RAISE NOTICE 'judged % of % assignments', done, total;
    END LOOP;
    RETURN flagged;
END
$$;

CREATE OR REPLACE FUNCTION select_names(reassignment_id bigint, from_person text, paper_ids text[],
                             after_explicit_id text) RETURNS void
    LANGUAGE sql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
    INSERT INTO anthology.reassignment_item (reassignment_id, paper_id, role, "position", first,
            last, cause, before_person_id, after_person_id, before_explicit_id, after_explicit_id,
            before_orcid, after_orcid)
        SELECT reassignment_id, a.paper_id, a.role, a."position", a.first, a.last, 'selected',
            a.person_id, coalesce(after_explicit_id, (
                SELECT k.person_id FROM anthology.persons_of_names(
                    ARRAY[(a.slug, a.first, a.last, NULL, NULL)::anthology.name_key]) k)),
            a.explicit_person_id, after_explicit_id,
            a.orcid, anthology.orcid_beside(a.orcid, after_explicit_id, person.orcid)
        FROM anthology.authorship a,
            -- The person as the correction makes it.
            (SELECT CASE WHEN count(*) > 0 THEN (array_agg(c.after ->> 'orcid' ORDER BY c.ordinal DESC))[1]
                ELSE (SELECT p.orcid FROM anthology.person p WHERE p.id = after_explicit_id) END AS orcid
             FROM anthology.person_change c
             WHERE c.reassignment_id = select_names.reassignment_id AND c.person_id = after_explicit_id
                 AND c.action IN ('create', 'change')) AS person
        WHERE a.person_id = from_person AND (paper_ids IS NULL OR a.paper_id = ANY (paper_ids))
$$;

COMMENT ON FUNCTION select_names(bigint, text, text[], text) IS
    'adds a person''s names on some papers, or on all, to a proposal, and the explicit id and ORCID they are to have';

CREATE OR REPLACE FUNCTION verified_entry(person_id text) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    entry jsonb := anthology.person_entry(person_id);
BEGIN
    IF entry IS NULL THEN
        RAISE EXCEPTION '%', CASE
            WHEN person_id IS NULL THEN 'the person must not be null'
            WHEN EXISTS (SELECT FROM anthology.person p WHERE p.id = person_id)
            THEN format('person "%s" is not verified', person_id)
            ELSE format('there is no person "%s"', person_id) END
            USING ERRCODE = CASE WHEN person_id IS NULL THEN 'null_value_not_allowed'
                                 ELSE 'undefined_object' END,
                HINT = CASE WHEN EXISTS (SELECT FROM anthology.person p WHERE p.id = person_id)
                       THEN 'verify_person() makes an unverified person verified.'
                       ELSE anthology.moved_hint(person_id) END;
    END IF;
    RETURN entry;
END
$$;

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
                       THEN format('Should it be a merge? merge_persons() moves a page''s papers to %L.', owner)
                       ELSE format('Should the two be merged? merge_persons(%L, %L) does that.', person_id, owner) END;
    END IF;
    RETURN normal;
END
$$;

CREATE OR REPLACE FUNCTION plan_set_canonical_name(person_id text, first text, last text, note text)
    RETURNS bigint
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    entry jsonb := anthology.verified_entry(person_id);
    chosen jsonb := (SELECT n - 'hidden' FROM jsonb_array_elements(entry -> 'names') n
        WHERE n ->> 'first' = coalesce(plan_set_canonical_name.first, '')
            AND n ->> 'last' = plan_set_canonical_name.last);
BEGIN
    PERFORM anthology.require_listed(person_id, entry, first, last, true);
    RETURN anthology.plan_change('set canonical name', person_id, entry,
        anthology.entry_with_names(jsonb_set(entry, '{names}', jsonb_build_array(chosen)),
                                   entry -> 'names'), note);
END
$$;

CREATE FUNCTION plan_change_name(person_id text, first text, last text, note text)
    RETURNS bigint
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    entry jsonb := anthology.verified_entry(person_id);
    new_name jsonb := jsonb_build_object('first', coalesce(first, ''), 'last', last);
BEGIN
    IF coalesce(last, '') = '' THEN
        RAISE EXCEPTION 'the last name must not be empty'
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    RETURN anthology.plan_change('change name', person_id, entry, jsonb_set(entry, '{names}',
        jsonb_build_array(new_name) || coalesce((
            SELECT jsonb_agg(n.name || '{"hidden": true}' ORDER BY n.i)
            FROM jsonb_array_elements(entry -> 'names') WITH ORDINALITY AS n(name, i)
            WHERE NOT n.name @> new_name), '[]')), note);
END
$$;

COMMENT ON FUNCTION plan_change_name(text, text, text, text) IS 'proposes what change_name() does';

CREATE OR REPLACE FUNCTION plan_set_orcid(person_id text, orcid text, note text) RETURNS bigint
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    id bigint;
    entry jsonb := anthology.verified_entry(person_id);
    normal text := anthology.free_orcid(orcid, person_id);
BEGIN
    IF normal IS NULL AND NOT entry ? 'degree' THEN
        RAISE EXCEPTION 'a verified person needs an ORCID or the institution of the highest degree'
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    id := anthology.plan_change('set ORCID', person_id, entry,
        jsonb_strip_nulls((entry - 'orcid') || jsonb_build_object('orcid', normal)), note);
    -- What is printed beside the names follows.
    INSERT INTO anthology.reassignment_item (reassignment_id, paper_id, role, "position", first,
            last, cause, before_person_id, after_person_id, before_explicit_id, after_explicit_id,
            before_orcid, after_orcid)
        SELECT id, a.paper_id, a.role, a."position", a.first, a.last, 'selected', person_id,
            person_id, person_id, person_id, a.orcid, normal
        FROM anthology.authorship a
        WHERE a.explicit_person_id = person_id AND a.person_id = person_id
            AND a.orcid <> coalesce(normal, '');
    RETURN id;
END
$$;

CREATE FUNCTION plan_verify_person(person_id text, orcid text, degree text, suffix text,
                                   except_papers text[], note text, only_papers text[]) RETURNS bigint
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    papers text[];
    whole boolean;
BEGIN
    IF person_id IS NULL OR NOT EXISTS (SELECT FROM anthology.person p WHERE p.id = person_id) THEN
        RAISE EXCEPTION 'there is no person "%"', person_id
            USING ERRCODE = 'undefined_object', HINT = anthology.moved_hint(person_id);
    END IF;
    IF anthology.person_entry(person_id) IS NOT NULL THEN
        RAISE EXCEPTION 'person "%" is verified already', person_id
            USING ERRCODE = 'object_not_in_prerequisite_state',
                HINT = 'To give it papers, use reassign_papers(); to take some for another person, split_person().';
    END IF;
    IF except_papers IS NOT NULL AND only_papers IS NOT NULL THEN
        RAISE EXCEPTION 'papers are either chosen or excepted, not both'
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF coalesce(except_papers, only_papers) IS NOT NULL THEN
        PERFORM anthology.require_papers(coalesce(except_papers, only_papers), person_id);
    END IF;
    papers := ARRAY(SELECT DISTINCT a.paper_id FROM anthology.authorship a
                    WHERE a.person_id = person_id AND a.paper_id <> ALL (coalesce(except_papers, '{}'))
                        AND (only_papers IS NULL OR a.paper_id = ANY (only_papers)) ORDER BY 1);
    IF papers = '{}' THEN
        RAISE EXCEPTION 'no paper is left for the person'
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    whole := NOT EXISTS (SELECT FROM anthology.authorship a
                         WHERE a.person_id = person_id AND a.paper_id <> ALL (papers));
    -- Papers that are somebody else's must not find the new person by the name.
    RETURN anthology.plan_new_person('verify', person_id, papers, jsonb_build_object(
        'names', anthology.printed_names(person_id, papers), 'orcid', orcid, 'degree', degree,
        'disable_name_matching', CASE WHEN NOT whole THEN true END), suffix, note);
END
$$;

COMMENT ON FUNCTION plan_verify_person(text, text, text, text, text[], text, text[]) IS
    'proposes what verify_person() does';

CREATE OR REPLACE FUNCTION plan_merge_persons(from_person text, to_person text, note text) RETURNS bigint
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    target jsonb := anthology.verified_entry(to_person);
    source jsonb := anthology.person_entry(from_person);
    merged jsonb;
    field text;
    id bigint;
BEGIN
    IF from_person IS NULL
        OR NOT EXISTS (SELECT FROM anthology.person p WHERE p.id = from_person) THEN
        RAISE EXCEPTION 'there is no person "%"', from_person
            USING ERRCODE = 'undefined_object', HINT = anthology.moved_hint(from_person);
    END IF;
    IF from_person = to_person THEN
        RAISE EXCEPTION 'person "%" cannot be merged with itself', to_person
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    FOREACH field IN ARRAY '{orcid,degree}'::text[] LOOP
        IF source ->> field <> target ->> field THEN
            RAISE EXCEPTION 'persons "%" and "%" differ in %', from_person, to_person,
                    CASE field WHEN 'orcid' THEN 'ORCID' ELSE field END
                USING ERRCODE = 'object_not_in_prerequisite_state',
                    DETAIL = format('They have %s and %s.', source ->> field, target ->> field),
                    HINT = CASE field WHEN 'orcid' THEN 'If one of the two is wrong, correct it by set_orcid() first.'
                           ELSE 'They may be two persons.' END;
        END IF;
    END LOOP;
    merged := anthology.entry_with_names(
        jsonb_strip_nulls(jsonb_build_object('orcid', source -> 'orcid',
                                             'degree', source -> 'degree')) || target,
        coalesce(source -> 'names', '[]') || anthology.printed_names(from_person, NULL));
    id := anthology.new_correction('merge', from_person, to_person,
        ARRAY(SELECT DISTINCT a.paper_id FROM anthology.authorship a
              WHERE a.person_id = from_person ORDER BY 1), note);
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

CREATE OR REPLACE FUNCTION plan_rename_person(person_id text, new_id text, note text) RETURNS bigint
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    entry jsonb := anthology.verified_entry(person_id);
    id bigint;
BEGIN
    IF new_id IS NULL OR new_id !~ '^[a-z][-a-z0-9]+$' THEN
        RAISE EXCEPTION '"%" is not an id of a person', new_id
            USING ERRCODE = 'invalid_parameter_value',
                DETAIL = 'An id begins with a letter and is made of lower-case letters, digits and hyphens.';
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
                HINT = format('If it is the same person, use merge_persons(%L, %L).', person_id, new_id);
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

CREATE FUNCTION change_name(person_id text, first text, last text, note text DEFAULT NULL) RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';

COMMENT ON FUNCTION change_name(text, text, text, text) IS
    'a permanent change of name: the new one is canonical, all others are matched but not shown any more';

CREATE FUNCTION propose_change_name(person_id text, first text, last text, note text DEFAULT NULL) RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';

COMMENT ON FUNCTION propose_change_name(text, text, text, text) IS
    'stages: a permanent change of name: the new one is canonical, all others are matched but not shown any more';

CREATE FUNCTION verify_person(person_id text, orcid text DEFAULT NULL, degree text DEFAULT NULL, suffix text DEFAULT NULL, except_papers text[] DEFAULT NULL, note text DEFAULT NULL, only_papers text[] DEFAULT NULL) RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';

COMMENT ON FUNCTION verify_person(text, text, text, text, text[], text, text[]) IS
    'makes an unverified person verified, with explicit ids on all papers of the page but those excepted, or on the chosen ones only';

CREATE FUNCTION propose_verify_person(person_id text, orcid text DEFAULT NULL, degree text DEFAULT NULL, suffix text DEFAULT NULL, except_papers text[] DEFAULT NULL, note text DEFAULT NULL, only_papers text[] DEFAULT NULL) RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';

COMMENT ON FUNCTION propose_verify_person(text, text, text, text, text[], text, text[]) IS
    'stages: makes an unverified person verified, with explicit ids on all papers of the page but those excepted, or on the chosen ones only';

REVOKE EXECUTE ON FUNCTION
    propose_person(text, text, text, text, text, text, text),
    create_person(text, text, text, text, text, text),
    add_name(text, text, text, text, text),
    propose_add_name(text, text, text, text, text),
    remove_name(text, text, text, text),
    propose_remove_name(text, text, text, text),
    set_canonical_name(text, text, text, text),
    propose_set_canonical_name(text, text, text, text),
    change_name(text, text, text, text),
    propose_change_name(text, text, text, text),
    set_name_matching(text, boolean, text),
    propose_set_name_matching(text, boolean, text),
    set_orcid(text, text, text),
    propose_set_orcid(text, text, text),
    unlink_papers(text[], text, text),
    propose_unlink_papers(text[], text, text),
    verify_person(text, text, text, text, text[], text, text[]),
    propose_verify_person(text, text, text, text, text[], text, text[]),
    merge_persons(text, text, text),
    propose_merge_persons(text, text, text),
    rename_person(text, text, text),
    propose_rename_person(text, text, text),
    split_person(text[], text, text, text, text, text),
    propose_split_person(text[], text, text, text, text, text)
    FROM PUBLIC;

GRANT EXECUTE ON FUNCTION
    propose_person(text, text, text, text, text, text, text),
    create_person(text, text, text, text, text, text),
    add_name(text, text, text, text, text),
    propose_add_name(text, text, text, text, text),
    remove_name(text, text, text, text),
    propose_remove_name(text, text, text, text),
    set_canonical_name(text, text, text, text),
    propose_set_canonical_name(text, text, text, text),
    change_name(text, text, text, text),
    propose_change_name(text, text, text, text),
    set_name_matching(text, boolean, text),
    propose_set_name_matching(text, boolean, text),
    set_orcid(text, text, text),
    propose_set_orcid(text, text, text),
    unlink_papers(text[], text, text),
    propose_unlink_papers(text[], text, text),
    verify_person(text, text, text, text, text[], text, text[]),
    propose_verify_person(text, text, text, text, text[], text, text[]),
    merge_persons(text, text, text),
    propose_merge_persons(text, text, text),
    rename_person(text, text, text),
    propose_rename_person(text, text, text),
    split_person(text[], text, text, text, text, text),
    propose_split_person(text[], text, text, text, text, text)
    TO @extowner@ WITH GRANT OPTION;

CREATE FUNCTION keep_record() RETURNS trigger
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF TG_TABLE_SCHEMA = 'anthology' AND TG_OP = 'UPDATE' THEN
        CASE TG_TABLE_NAME
            WHEN 'reassignment' THEN
                -- A proposal is decided.
                IF OLD.status = 'proposed' AND NEW.status IN ('applied', 'rejected')
                    AND to_jsonb(NEW) - '{status,decided_by,decided_role,decided_for,decided_at,decision_note}'::text[]
                      = to_jsonb(OLD) - '{status,decided_by,decided_role,decided_for,decided_at,decision_note}'::text[]
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
    ELSIF TG_TABLE_SCHEMA = 'anthology' AND TG_TABLE_NAME = 'person_change' AND TG_OP = 'DELETE' THEN
        -- What turns out needless when a proposal is carried out.
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

COMMENT ON FUNCTION keep_record() IS
    'trigger that refuses to change the record of corrections, but for deciding and undoing';

CREATE FUNCTION correction_digest(reassignment_id bigint) RETURNS text
    LANGUAGE sql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
    SET timezone = 'UTC'
AS $$
    SELECT encode(sha256(convert_to(jsonb_build_array(r.id, r.kind, r.status, r.from_person_id,
        r.to_person_id, r.paper_ids, r.page_seen, r.undoes, r.note, r.proposed_by, r.proposed_role,
        r.proposed_for, r.proposed_at, r.decided_by, r.decided_role, r.decided_for, r.decided_at,
        r.decision_note,
        (SELECT jsonb_agg(jsonb_build_array(i.paper_id, i.role, i."position", i.first, i.last, i.cause,
                    i.before_person_id, i.after_person_id, i.before_explicit_id, i.after_explicit_id,
                    i.before_orcid, i.after_orcid, i.undone_by)
                ORDER BY i.paper_id COLLATE "C", i.role COLLATE "C", i."position")
         FROM anthology.reassignment_item i WHERE i.reassignment_id = r.id),
        (SELECT jsonb_agg(jsonb_build_array(c.ordinal, c.person_id, c.action, c.before, c.after,
                    c.undone_by)
                ORDER BY c.ordinal)
         FROM anthology.person_change c WHERE c.reassignment_id = r.id))::text, 'UTF8')), 'hex')
    FROM anthology.reassignment r WHERE r.id = correction_digest.reassignment_id
$$;

COMMENT ON FUNCTION correction_digest(bigint) IS
    'a digest of all that is recorded of a correction';

CREATE FUNCTION correction_log_hash(before text, number bigint, reassignment_id bigint,
                                    status text, logged_at timestamptz, digest text)
    RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT encode(sha256(convert_to(concat_ws(' ', before, number, reassignment_id, status,
        extract(epoch FROM logged_at), digest), 'UTF8')), 'hex')
$$;

COMMENT ON FUNCTION correction_log_hash(text, bigint, bigint, text, timestamptz, text) IS
    'the hash of a row of correction_log: over the row before and this';

CREATE FUNCTION log_correction(reassignment_id bigint) RETURNS void
    LANGUAGE sql VOLATILE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
    INSERT INTO anthology.correction_log (number, reassignment_id, status, logged_at, digest, hash)
        SELECT l.number + 1, r.id, r.status, now(), d.digest,
            anthology.correction_log_hash(l.hash, l.number + 1, r.id, r.status, now(), d.digest)
        FROM anthology.reassignment r,
            LATERAL anthology.correction_digest(r.id) AS d(digest),
            LATERAL (SELECT coalesce(max(n.number), 0) AS number,
                         (SELECT p.hash FROM anthology.correction_log p
                          ORDER BY p.number DESC LIMIT 1) AS hash
                     FROM anthology.correction_log n) AS l
        WHERE r.id = log_correction.reassignment_id;
$$;

COMMENT ON FUNCTION log_correction(bigint) IS
    'adds a row to correction_log: a correction as it now stands';

CREATE FUNCTION check_record(known_number bigint DEFAULT NULL, known_hash text DEFAULT NULL)
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
    SELECT l.reassignment_id, format('row %s of correction_log has been altered, or one before it', l.number)
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

COMMENT ON FUNCTION check_record(bigint, text) IS
    'what has been altered in the record of corrections: nothing, if all is well; '
    'given a number and hash of correction_log noted earlier, also whether the log was made anew';

CREATE FUNCTION made_by(person_id text, before bigint) RETURNS bigint
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT coalesce(max(r.id), 0)
    FROM anthology.person_change c JOIN anthology.reassignment r ON r.id = c.reassignment_id
    WHERE c.person_id = made_by.person_id AND c.action = 'create' AND r.status = 'applied'
        AND r.kind <> 'undo' AND r.id < made_by.before
$$;

COMMENT ON FUNCTION made_by(text, bigint) IS
    'the last correction before another that made a person of this id; 0 if it was loaded';

CREATE OR REPLACE FUNCTION history(person_id text)
    RETURNS TABLE (reassignment_id bigint, at timestamptz, by text, kind text, status text,
                   what text, why text)
    LANGUAGE sql STABLE STRICT ROWS 20
    SET search_path = pg_catalog, pg_temp
AS $$
    -- An id may have been several persons': this one's ids, each from the correction
    -- that made it the person's to the one that took it away.
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

CREATE OR REPLACE FUNCTION history_of_paper(paper_id text)
    RETURNS TABLE (reassignment_id bigint, at timestamptz, by text, kind text, status text,
                   credited_name text, before_person_id text, after_person_id text, cause text,
                   why text)
    LANGUAGE sql STABLE STRICT ROWS 20
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT r.id, coalesce(r.decided_at, r.proposed_at),
        CASE WHEN r.decided_at IS NULL THEN r.proposed_by || coalesce(' for ' || r.proposed_for, '')
            ELSE r.decided_by || coalesce(' for ' || r.decided_for, '') END,
        r.kind || coalesce(' of ' || r.undoes, ''), r.status,
        concat_ws(' ', NULLIF(i.first, ''), i.last), i.before_person_id, i.after_person_id, i.cause,
        concat_ws('; ', r.note, r.decision_note)
    FROM anthology.reassignment_item i
        JOIN anthology.reassignment r ON r.id = i.reassignment_id
    WHERE i.paper_id = history_of_paper.paper_id
    ORDER BY r.id, i.role, i."position"
$$;

CREATE FUNCTION edit_collection(source text, volumes text[], papers text[], roles text[],
                                positions text[], attributes text[], attribute_values text[]) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 10000
    AS 'MODULE_PATHNAME', 'anthology_edit_collection';

COMMENT ON FUNCTION edit_collection(text, text[], text[], text[], text[], text[], text[]) IS
    'a collection file with the attributes (id, orcid) of the names told, byte for byte otherwise';

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
                ('id', a.explicit_person_id, a.explicit_person_id IS DISTINCT FROM a.file_person_id),
                ('orcid', a.orcid, a.orcid IS DISTINCT FROM a.file_orcid)) AS d(attribute, value, corrected)
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
    'the file of a collection as it was loaded, byte for byte but for the ids and ORCIDs of corrected names';

CREATE OR REPLACE FUNCTION changed_files() RETURNS TABLE (path text, content text)
    LANGUAGE plpgsql STABLE ROWS 10
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RETURN QUERY
        SELECT 'xml/' || c.id || '.xml', x.exported
        FROM anthology.collection c,
            -- OFFSET 0, or it is exported twice
            LATERAL (SELECT anthology.export_collection(c.id) AS exported OFFSET 0) AS x
        WHERE EXISTS (SELECT FROM anthology.papers_of_collection(c.id) AS i(id)
                      JOIN anthology.authorship a ON a.paper_id = i.id
                      WHERE (a.explicit_person_id, a.orcid) IS DISTINCT FROM (a.file_person_id, a.file_orcid))
            AND x.exported IS DISTINCT FROM c.source
        ORDER BY c.id COLLATE "C";
    IF EXISTS (SELECT FROM anthology.person p
               WHERE p.verified AND p.loaded IS DISTINCT FROM anthology.person_entry(p.id)
                   OR NOT p.verified AND p.loaded IS NOT NULL)
        OR EXISTS (SELECT FROM anthology.person_change c
                   JOIN anthology.reassignment r ON r.id = c.reassignment_id AND r.status = 'applied'
                   WHERE c.action = 'delete') THEN
        RETURN QUERY SELECT 'yaml/people.yaml', anthology.export_people_yaml();
    END IF;
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
    action := coalesce(anthology.request_text(request, 'action', false), CASE WHEN request ? 'from' THEN 'move' END);
    IF action IS NULL OR action NOT IN ('merge', 'split', 'move') THEN
        RAISE EXCEPTION 'a request is to merge, split or move, not to "%"', coalesce(action, 'null')
            USING ERRCODE = 'invalid_parameter_value',
                HINT = 'It has an "action", or "papers", "from" and "to".';
    END IF;
    orcid := anthology.request_text(request, 'orcid', false);
    degree := anthology.request_text(request, 'institution', false);
    IF request ? 'papers' THEN
        papers := anthology.request_list(request, 'papers');
    END IF;
    -- The same request has the same mark, whatever issue and remark it came with.
    mark := left(md5((request - 'github_issue' - 'note' - 'papers')::text || coalesce(papers::text, '')), 12);
    note := concat_ws(' ', anthology.request_text(request, 'note', false),
        'issue ' || anthology.request_text(request, 'github_issue', false));

    IF action = 'merge' THEN
        wished := anthology.page_id(anthology.request_text(request, 'author_id', true));
        wished := coalesce(anthology.present_id(wished), wished);
        SELECT p.id INTO target FROM anthology.person p
            WHERE p.verified AND (p.id = wished OR p.orcid = anthology.orcid_normalize(request_to_proposal.request ->> 'orcid'))
            ORDER BY p.id = wished DESC LIMIT 1;
        IF target IS NULL THEN
            -- Nobody can be merged into a person that is not verified yet.
            SELECT p.id INTO source FROM anthology.person p
                WHERE p.id IN (wished, wished || '/unverified',
                    anthology.name_slug(anthology.request_text(request, 'canonical', true)) || '/unverified',
                    anthology.name_slug(regexp_replace(request ->> 'canonical', '^(.*?),\s*(.*)$', '\2 \1')) || '/unverified')
                ORDER BY p.id = wished || '/unverified' DESC LIMIT 1;
            IF source IS NULL THEN
                RAISE EXCEPTION 'there is no person "%", nor a page of "%"', wished, request ->> 'canonical'
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
            SELECT p.id INTO source FROM anthology.person p
                WHERE p.id IN (anthology.page_id(variant), anthology.page_id(variant) || '/unverified',
                    anthology.name_slug(variant) || '/unverified',
                    anthology.name_slug(regexp_replace(variant, '^(.*?),\s*(.*)$', '\2 \1')) || '/unverified')
                    AND p.id <> target
                ORDER BY p.id = anthology.page_id(variant) DESC,
                    p.id = anthology.name_slug(regexp_replace(variant, '^(.*?),\s*(.*)$', '\2 \1')) || '/unverified' DESC
                LIMIT 1;
            IF source IS NULL THEN
                -- Merged already, or never a page: a name that the person has is no error.
                IF EXISTS (SELECT FROM anthology.reassignment r
                           WHERE r.note LIKE '%[request ' || mark || '/' || number || ']' AND r.status IN ('proposed', 'applied')) THEN
                    RETURN QUERY SELECT r.id, r.kind, true FROM anthology.reassignment r
                        WHERE r.note LIKE '%[request ' || mark || '/' || number || ']' AND r.status IN ('proposed', 'applied');
                    CONTINUE;
                END IF;
                RAISE EXCEPTION 'there is no page of "%"', variant
                    USING ERRCODE = 'undefined_object', DETAIL = format('It is to be merged into "%s".', target);
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
        -- An ORCID means who has it.
        IF anthology.orcid_normalize(request ->> 'to') IS NOT NULL THEN
            SELECT p.id INTO wished FROM anthology.person p WHERE p.orcid = anthology.orcid_normalize(request ->> 'to');
            IF wished IS NULL THEN
                RAISE EXCEPTION 'nobody has the ORCID %', request ->> 'to'
                    USING ERRCODE = 'undefined_object';
            END IF;
        END IF;
    END IF;
    IF wished IS NOT NULL AND (action = 'move' OR EXISTS (SELECT FROM anthology.person p WHERE p.id = wished AND p.verified)) THEN
        RETURN QUERY SELECT * FROM anthology.stage_request(mark, 1, note, 'move',
            jsonb_build_object('papers', papers, 'from', from_page, 'to', wished));
    ELSE
        RETURN QUERY SELECT * FROM anthology.stage_request(mark, 1, note, 'split',
            jsonb_build_object('papers', papers, 'from', from_page, 'orcid', orcid, 'degree', degree,
                'suffix', coalesce(anthology.request_text(request, 'suffix', false),
                    (SELECT nullif(substr(wished, length(a.slug) + 2), '') FROM anthology.authorship a
                     WHERE a.paper_id = papers[1] AND a.person_id = from_page LIMIT 1))));
    END IF;
END
$$;

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
    front text;
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
    front := CASE WHEN is_volume THEN p.id
             ELSE (SELECT q.id FROM anthology.paper q WHERE q.volume_id = v.id AND q.number = 0) END;

    c.key := coalesce(p.bibkey, CASE WHEN is_volume THEN v.id ELSE p.id END);
    c.kind := CASE WHEN v.id IS NULL THEN 'misc' WHEN is_volume THEN 'proceedings'
              WHEN v.type = 'journal' THEN 'article' ELSE 'inproceedings' END;
    c.title := CASE WHEN is_volume THEN v.title ELSE p.title END;
    IF v.type = 'journal' AND NOT is_volume THEN
        -- Most journals are named by their venue.
        c.journal := coalesce(p.journal, v.journal_title,
            (SELECT w.name FROM anthology.venue w WHERE w.id = v.venue_ids[1]), v.title);
        c.journal_volume := v.journal_volume;
        c.journal_issue := coalesce(p.issue, v.journal_issue);
    ELSIF NOT is_volume THEN
        c.booktitle := v.title;
    END IF;
    c.month := v.month;
    c.year := coalesce(p.year, v.year);
    c.address := v.address;
    c.publisher := v.publisher;
    c.note := p.note;
    c.url := CASE WHEN is_volume THEN 'https://aclanthology.org/' || v.id || '/'
             ELSE 'https://aclanthology.org/' || p.id || '/' END;
    c.doi := CASE WHEN is_volume THEN v.doi ELSE p.doi END;
    c.first_page := (regexp_match(p.pages, '^(.*?)\s*(?:-+|–)\s*(.*)$'))[1];
    c.last_page := (regexp_match(p.pages, '^(.*?)\s*(?:-+|–)\s*(.*)$'))[2];
    c.first_page := coalesce(c.first_page, p.pages);
    IF is_volume THEN
        c.first_page := NULL;
        c.last_page := NULL;
        c.isbn := v.isbn;
    END IF;
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
        WHERE a.paper_id = front AND a.role = 'editor'
        ORDER BY a."position", n.i);
    RETURN c;
END
$$;

CREATE OR REPLACE FUNCTION mods(id text) RETURNS text
    LANGUAGE plpgsql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    c anthology.citation := anthology.citation_of(id);
    dated text := c.year::text || coalesce('-' || anthology.month_number(c.month), '');
    is_volume constant boolean := c.kind = 'proceedings';
    origin text := coalesce(E'<publisher>' || anthology.xml_text(c.publisher) || '</publisher>', '');
    place text := coalesce('<place><placeTerm type="text">' || anthology.xml_text(c.address) || '</placeTerm></place>', '');
    genre text := CASE c.kind WHEN 'article' THEN 'journal article' WHEN 'misc' THEN 'other' ELSE 'conference publication' END;
    -- The schema wants something in <originInfo>, and of an ID that it is a name.
    own_origin constant text :=
        CASE WHEN is_volume AND origin <> '' THEN '        ' || origin || E'\n' ELSE '' END
        || CASE WHEN is_volume AND place <> '' THEN '        ' || place || E'\n' ELSE '' END
        || coalesce('        <dateIssued>' || dated || E'</dateIssued>\n', '');
    host_origin constant text :=
        CASE WHEN origin <> '' THEN '            ' || origin || E'\n' ELSE '' END
        || CASE WHEN place <> '' THEN '            ' || place || E'\n' ELSE '' END
        || CASE WHEN c.kind = 'article' THEN E'            <issuance>continuing</issuance>\n' ELSE '' END;
    xml_id constant text := regexp_replace(
        regexp_replace(c.key, '[^A-Za-z0-9._-]', '_', 'g'), '^(?=[^A-Za-z_])', '_');
    text_ text;
BEGIN
    text_ := E'<?xml version="1.0" encoding="UTF-8"?>\n<modsCollection xmlns="http://www.loc.gov/mods/v3">\n'
        || '<mods ID="' || xml_id || E'">\n'
        || E'    <titleInfo>\n        <title>' || anthology.xml_text(coalesce(anthology.abstract_plain(c.title), ''))
        || E'</title>\n    </titleInfo>\n'
        || coalesce(anthology.mods_names(c.authors, 'author', '    '), '')
        || CASE WHEN is_volume THEN coalesce(anthology.mods_names(c.editors, 'editor', '    '), '') ELSE '' END
        || CASE WHEN own_origin <> '' THEN E'    <originInfo>\n' || own_origin || E'    </originInfo>\n' ELSE '' END
        || E'    <typeOfResource>text</typeOfResource>\n'
        || coalesce('    <language><languageTerm type="text">' || anthology.xml_text(c.language) || E'</languageTerm></language>\n', '');
    IF is_volume THEN
        text_ := text_ || '    <genre authority="marcgt">' || genre || E'</genre>\n'
            || coalesce('    <identifier type="isbn">' || anthology.xml_text(c.isbn) || E'</identifier>\n', '');
    ELSIF c.kind <> 'misc' THEN
        text_ := text_ || E'    <relatedItem type="host">\n        <titleInfo>\n            <title>'
            || anthology.xml_text(coalesce(anthology.abstract_plain(coalesce(c.journal, c.booktitle)), ''))
            || E'</title>\n        </titleInfo>\n'
            || coalesce(anthology.mods_names(c.editors, 'editor', '        '), '')
            || CASE WHEN host_origin <> '' THEN E'        <originInfo>\n' || host_origin || E'        </originInfo>\n' ELSE '' END
            || E'        <genre authority="marcgt">' || genre || E'</genre>\n    </relatedItem>\n';
    END IF;
    text_ := text_
        || coalesce('    <abstract>' || anthology.xml_text(anthology.abstract_plain(c.abstract)) || E'</abstract>\n', '')
        || coalesce('    <note>' || anthology.xml_text(anthology.abstract_plain(c.note)) || E'</note>\n', '')
        || '    <identifier type="citekey">' || anthology.xml_text(c.key) || E'</identifier>\n'
        || coalesce('    <identifier type="doi">' || anthology.xml_text(c.doi) || E'</identifier>\n', '')
        || E'    <location>\n        <url>' || anthology.xml_text(c.url) || E'</url>\n    </location>\n'
        || E'    <part>\n'
        || coalesce('        <detail type="volume"><number>' || anthology.xml_text(c.journal_volume) || E'</number></detail>\n', '')
        || coalesce('        <detail type="issue"><number>' || anthology.xml_text(c.journal_issue) || E'</number></detail>\n', '')
        || coalesce(E'        <extent unit="page">\n            <start>' || anthology.xml_text(c.first_page) || E'</start>\n            <end>'
            || anthology.xml_text(coalesce(c.last_page, c.first_page)) || E'</end>\n        </extent>\n', '')
        || coalesce('        <date>' || dated || E'</date>\n', '')
        || E'    </part>\n</mods>\n</modsCollection>\n';
    RETURN text_;
END
$$;

CREATE FUNCTION html_escape(plain text) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 10
    AS 'MODULE_PATHNAME', 'anthology_html_escape_sql';

COMMENT ON FUNCTION html_escape(text) IS
    'plain text as the content of an HTML element or, between quotes, the value of an attribute';

CREATE FUNCTION abstract_html(markup text, links boolean DEFAULT true) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 50
    AS 'MODULE_PATHNAME', 'anthology_abstract_html';

COMMENT ON FUNCTION abstract_html(text, boolean) IS
    'HTML of a title or an abstract written with the Anthology''s markup: b, i, code and, if asked for, links; TeX as Unicode text';

CREATE FUNCTION html_style() RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $sql$
    SELECT $css$
:root {
    color-scheme: light dark;
    --back: #f7f6f3; --face: #ffffff; --text: #1f2328; --soft: #575d68; --line: #dcd9d2; --edge: #868b94;
    --link: #8c1d2f; --act: #8c1d2f; --on-act: #ffffff; --tint: #f9ecee;
    --warn: #6b4300; --warn-back: #fdf1d8; --gone: #8c1d2f; --gone-back: #fbecee; --came: #14592f; --came-back: #e6f4ea;
    --part: 88%; --on-part: 20%; --shade: 0 1px 2px rgb(0 0 0 / .06);
}
@media (prefers-color-scheme: dark) {
    :root {
        --back: #131518; --face: #1c1f23; --text: #e7e5e1; --soft: #a8adb6; --line: #353a41; --edge: #7b828d;
        --link: #ffa3ae; --act: #ffa3ae; --on-act: #2b0a10; --tint: #33222a;
        --warn: #ffd88f; --warn-back: #35290f; --gone: #ffb3bc; --gone-back: #38191f; --came: #98dfb1; --came-back: #14301f;
        --part: 24%; --on-part: 88%; --shade: none;
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
.by .own { font-weight: 600; }
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
.who .pick { padding: .5rem .25rem; }
.within { padding: .2rem 0 .6rem 2.1rem; display: grid; gap: .6rem; }
.problems { color: var(--warn); background: var(--warn-back); border-radius: .4rem; padding: .5rem .75rem; font-size: .92rem; margin-bottom: .6rem; }
.problems p { padding: .1rem 0; }
.ready { color: var(--came); background: var(--came-back); }
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
td.number { font-variant-numeric: tabular-nums; white-space: nowrap; }
.sides { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 1rem; }
.side { background: var(--face); border: 1px solid var(--line); border-radius: .5rem; padding: .8rem 1rem 1rem; box-shadow: var(--shade); }
.side > h3 { display: flex; justify-content: space-between; gap: 1rem; padding-bottom: .5rem; }
.side li { padding: .55rem 0 .55rem .75rem; border-top: 1px solid var(--line); border-left: .25rem solid transparent; display: grid; gap: .1rem; font-size: .95rem; scroll-margin: 2rem; }
.side .gone { border-left-color: var(--gone); background: var(--gone-back); }
.side .came { border-left-color: var(--came); background: var(--came-back); }
.side .gone .soft, .side .came .soft, .side .gone .where, .side .came .where { color: var(--text); }
.side li:target { outline: .16rem solid var(--act); outline-offset: -.16rem; }
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
$css$
$sql$;

COMMENT ON FUNCTION html_style() IS 'the style sheet of the HTML pages';

CREATE FUNCTION html_script() RETURNS text
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
    const parts = Array.from(dialog.querySelectorAll('button[data-part]'));
    const text = id => $(id).value.trim();
    const plural = (n, word) => n + ' ' + word + (n === 1 ? '' : 's');

    // ISO 7064 MOD 11-2: the last character checks the others.
    function isOrcid(value) {
        const found = /^(?:https?:\/\/orcid\.org\/)?(\d{4})-?(\d{4})-?(\d{4})-?(\d{3}[\dXx])$/.exec(value);
        if (!found) return false;
        const digits = found.slice(1).join('').toUpperCase();
        let total = 0;
        for (const digit of digits.slice(0, 15)) total = (total + Number(digit)) * 2;
        const check = (12 - total % 11) % 11;
        return digits[15] === (check === 10 ? 'X' : String(check));
    }

    function collect() {
        const request = { papers: boxes.filter(box => box.checked).map(box => box.value).sort(), from: dialog.dataset.person };
        const chosen = dialog.querySelector('input[name=author]:checked');
        const problems = [];
        let orcidWrong = false;
        if (request.papers.length === 0) problems.push('Select at least one paper.');
        if (!chosen) problems.push('Choose the author.');
        else if (chosen.id === 'new') {
            if (text('orcid')) request.orcid = text('orcid');
            if (text('institution')) request.institution = text('institution');
            if (text('suffix')) request.suffix = text('suffix');
            if (!text('orcid') && !text('institution')) problems.push('A new author needs an ORCID or an institution.');
            else if (dialog.dataset.taken && !text('orcid') && !text('suffix'))
                problems.push('The id ' + dialog.dataset.taken + ' is taken: give an ORCID, or a word for the id.');
            orcidWrong = text('orcid') !== '' && !isOrcid(text('orcid'));
            if (orcidWrong) problems.push('This is not a valid ORCID.');
        } else {
            request.to = chosen.id === 'other' ? text('other-id') : chosen.value;
            if (!request.to) problems.push('Type the id, the page or the ORCID of the other author.');
            if (request.to === request.from) problems.push('The papers are on this author\u2019s page already.');
        }
        if (text('comment')) request.note = text('comment');
        $('orcid').setAttribute('aria-invalid', String(orcidWrong));
        return { request, problems, chosen };
    }

    function update() {
        const { request, problems, chosen } = collect();
        const n = request.papers.length;
        $('count').textContent = n + ' of ' + plural(boxes.length, 'paper') + ' selected';
        for (const button of parts) {
            const own = boxes.filter(box => box.dataset.part === button.dataset.part || button.dataset.part === 'flag' && box.dataset.flag);
            const on = own.filter(box => box.checked).length;
            button.setAttribute('aria-pressed', on === 0 ? 'false' : on === own.length ? 'true' : 'mixed');
        }
        $('within-other').hidden = !$('other').checked;
        $('within-new').hidden = !$('new').checked;
        const ready = problems.length === 0;
        $('request').value = ready ? JSON.stringify(request, null, 2) : '';
        $('copy').disabled = $('save').disabled = !ready;
        const lines = ready ? [plural(n, 'paper') + ' to ' + (chosen.id === 'new' ? 'a new author' : request.to) + ': ready to hand over.'] : problems;
        $('state').className = ready ? 'problems ready' : 'problems';
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

    open.hidden = false;
    open.addEventListener('click', () => { update(); dialog.showModal(); });
    $('close').addEventListener('click', () => dialog.close());
    dialog.addEventListener('input', event => { if (event.target.id !== 'filter' && event.target.id !== 'order') update(); });
    for (const button of parts) {
        button.addEventListener('click', () => {
            const on = button.getAttribute('aria-pressed') !== 'true';
            for (const box of boxes)
                if (box.dataset.part === button.dataset.part || button.dataset.part === 'flag' && box.dataset.flag) box.checked = on;
            update();
        });
    }
    $('every').addEventListener('click', () => { for (const box of shown()) box.checked = true; update(); });
    $('none').addEventListener('click', () => { for (const box of boxes) box.checked = false; update(); });
    $('filter').addEventListener('input', () => {
        const words = $('filter').value.toLowerCase().split(/\s+/).filter(Boolean);
        for (const row of rows) {
            const content = row.textContent.toLowerCase();
            row.hidden = !words.every(word => content.includes(word));
        }
    });
    if ($('order')) $('order').addEventListener('change', () => {
        const byPart = $('order').value === 'part';
        const rank = row => parts.findIndex(button => button.dataset.part === row.querySelector('input').dataset.part);
        const order = byPart ? rows.map((row, i) => [rank(row) < 0 ? parts.length : rank(row), i, row])
            .sort((a, b) => a[0] - b[0] || a[1] - b[1]).map(entry => entry[2]) : rows;
        list.append(...order);
    });
    $('copy').addEventListener('click', async () => {
        try {
            await navigator.clipboard.writeText($('request').value);
            $('done').textContent = 'Copied.';
        } catch {
            // Without the right to use the clipboard, the old way.
            $('request').select();
            $('done').textContent = document.execCommand('copy') ? 'Copied.' : 'Selected: copy it with the keyboard.';
        }
    });
    $('save').addEventListener('click', () => {
        const link = document.createElement('a');
        link.href = URL.createObjectURL(new Blob([$('request').value + '\n'], { type: 'application/json' }));
        link.download = 'assignment-' + dialog.dataset.person.replace(/[^a-z0-9-]+/gi, '-') + '.json';
        link.click();
        setTimeout(() => URL.revokeObjectURL(link.href), 60000);
        $('done').textContent = 'Saved as ' + link.download + '.';
    });
    update();
})();
$js$
$sql$;

COMMENT ON FUNCTION html_script() IS 'the script of the dialog of person_page_html()';

CREATE FUNCTION html_document(title text, body text, script text DEFAULT NULL) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT concat(E'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n',
        '<meta http-equiv="Content-Security-Policy" content="default-src ''none''; style-src ''sha256-',
        encode(sha256(convert_to(s.style, 'UTF8')), 'base64'), '''; ',
        'script-src ''sha256-' || encode(sha256(convert_to(script, 'UTF8')), 'base64') || '''; ',
        E'base-uri ''none''; form-action ''none''">\n',
        E'<meta name="viewport" content="width=device-width, initial-scale=1">\n',
        E'<meta name="color-scheme" content="light dark">\n<meta name="referrer" content="no-referrer">\n',
        E'<meta name="robots" content="noindex">\n',
        '<title>', anthology.html_escape(title), E'</title>\n<style>', s.style, E'</style>\n</head>\n<body>\n',
        body, '<script>' || script || E'</script>\n', E'</body>\n</html>\n')
    FROM (SELECT anthology.html_style() AS style) AS s
$$;

COMMENT ON FUNCTION html_document(text, text, text) IS
    'a whole HTML page that may run this script and load nothing';

CREATE FUNCTION person_page_html(person_id text) RETURNS text
    LANGUAGE plpgsql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    person anthology.person;
    canonical text;
    names text;
    span text;
    papers bigint;
    years text;
    listing text;
    picks text;
    parts text;
    parted boolean;
    coauthors text;
    venues text;
    candidates text;
    body text;
BEGIN
    SELECT p.* INTO person FROM anthology.person p WHERE p.id = anthology.present_id(person_page_html.person_id);
    IF NOT FOUND THEN
        RAISE EXCEPTION 'there is no person "%"', person_page_html.person_id
            USING ERRCODE = 'undefined_object',
                HINT = 'find_person() finds the ids of persons with a name.';
    END IF;
    SELECT coalesce(min(n.name) FILTER (WHERE n.canonical), person.id),
            string_agg('<bdi>' || anthology.html_escape(n.name) || '</bdi>', ', ' ORDER BY n.papers DESC, n.name COLLATE "C")
                FILTER (WHERE NOT n.canonical AND n.name <> c.name)
        INTO canonical, names
        FROM anthology.person_names(person.id) n,
            (SELECT min(m.name) AS name FROM anthology.person_names(person.id) m WHERE m.canonical) AS c;

    -- The page and the list to choose from are made in one go: the same papers in the same order.
    WITH own AS MATERIALIZED (
        SELECT a.paper_id, string_agg(DISTINCT a.role, ', ') AS roles,
            string_agg(DISTINCT anthology.shown_name(a.person_id, a.full_name), ', ') AS credited,
            string_agg(DISTINCT NULLIF(a.affiliation, ''), ', ') AS affiliation,
            count(*) > count(DISTINCT a.role) AS twice
        FROM anthology.authorship a WHERE a.person_id = person.id GROUP BY 1
    ), name AS (
        SELECT c.paper_id, anthology.shown_name(c.person_id, c.full_name) AS full_name, c.person_id, c.role, c."position",
            row_number() OVER (PARTITION BY c.paper_id, c.person_id IS NOT DISTINCT FROM person.id
                               ORDER BY c.role, c."position") AS n
        FROM own JOIN anthology.authorship c ON c.paper_id = own.paper_id
    ), written AS (
        SELECT n.paper_id,
            string_agg(CASE
                WHEN n.person_id = person.id THEN '<bdi class="own">' || anthology.html_escape(n.full_name) || '</bdi>'
                WHEN n.person_id IS NULL THEN '<bdi>' || anthology.html_escape(n.full_name) || '</bdi>'
                ELSE '<a href="https://aclanthology.org/people/' || anthology.html_escape(n.person_id) || '/"><bdi>'
                    || anthology.html_escape(n.full_name) || '</bdi></a>' END,
                ', ' ORDER BY n.role, n."position") AS authors,
            string_agg('<bdi>' || anthology.html_escape(n.full_name) || '</bdi>', ', ' ORDER BY n.n)
                FILTER (WHERE n.person_id IS DISTINCT FROM person.id AND n.n <= 6) AS others,
            count(*) FILTER (WHERE n.person_id IS DISTINCT FROM person.id AND n.n > 6) AS more
        FROM name n GROUP BY 1
    ), flagged AS (
        SELECT f.paper_id, string_agg(DISTINCT f.reason, '; ') AS reasons
        FROM anthology.assignment_flag f
        WHERE f.person_id = person.id AND f.status = 'open' AND f.source = 'anthology.authorship'
        GROUP BY 1
    ), part AS MATERIALIZED (
        SELECT s.paper_id, s.part, s.confidence, count(*) OVER (PARTITION BY s.part) AS size,
            max(s.part) OVER () > min(s.part) OVER () AS parted
        FROM anthology.suggest_split(person.id) s
    ), paper AS MATERIALIZED (
        SELECT o.paper_id, p.year, o.roles, o.credited, o.affiliation, o.twice, w.authors, w.others, w.more, f.reasons, t.part, t.size, t.parted, t.confidence,
            coalesce(NULLIF(anthology.abstract_html(coalesce(p.title, v.title), false), ''), anthology.html_escape(o.paper_id)) AS title,
            anthology.html_escape(o.paper_id) AS id,
            anthology.html_escape((SELECT string_agg(coalesce(u.acronym, u.name, i.id), ', ' ORDER BY i.n)
                FROM unnest(v.venue_ids) WITH ORDINALITY AS i(id, n)
                    LEFT JOIN anthology.venue u ON u.id = i.id)) AS venue,
            anthology.abstract_html(v.title, false) AS volume,
            NULLIF(anthology.abstract_html(p.abstract, true), '') AS abstract,
            row_number() OVER (ORDER BY p.year DESC NULLS LAST, coalesce(p.volume_id, p.event_id) COLLATE "C", p.number) AS n
        FROM own o
            JOIN anthology.paper p ON p.id = o.paper_id
            JOIN written w ON w.paper_id = o.paper_id
            LEFT JOIN anthology.volume v ON v.id = p.volume_id
            LEFT JOIN flagged f ON f.paper_id = o.paper_id
            LEFT JOIN part t ON t.paper_id = o.paper_id
    ), year AS (
        SELECT p.year, count(*) AS papers, string_agg(
            concat('<article class="paper"><h3><a href="https://aclanthology.org/', p.id, '/"><bdi>', p.title, '</bdi></a></h3>',
                '<p class="by">', p.authors, '</p>',
                '<p class="where">', coalesce(p.venue, p.volume) || ' &middot; ', '<code>', p.id, '</code>',
                CASE WHEN p.roles <> 'author' THEN ' &middot; ' || p.roles END, '</p>',
                '<p class="note">Flagged: <bdi>' || anthology.html_escape(p.reasons) || '</bdi></p>',
                '<details><summary>Abstract</summary><p dir="auto">' || p.abstract || '</p></details>',
                '</article>'), E'\n' ORDER BY p.n) AS articles
        FROM paper p GROUP BY 1
    ), gathered AS (
        SELECT p.part, count(*) AS papers, min(p.year) AS first, max(p.year) AS last
        FROM paper p WHERE p.size > 1 AND p.parted GROUP BY 1
    ), companion AS (
        -- Whom a part is known by.
        SELECT c.part, string_agg('<bdi>' || anthology.html_escape(c.full_name) || '</bdi>', ', ' ORDER BY c.n) AS names
        FROM (SELECT p.part, min(n.full_name) AS full_name,
                  row_number() OVER (PARTITION BY p.part ORDER BY count(*) DESC, n.person_id COLLATE "C") AS n
              FROM paper p JOIN name n ON n.paper_id = p.paper_id
              WHERE p.size > 1 AND n.person_id <> person.id
              GROUP BY p.part, n.person_id) AS c
        WHERE c.n <= 3 GROUP BY 1
    )
    SELECT
        (SELECT count(*) FROM paper),
        (SELECT CASE WHEN min(p.year) = max(p.year) THEN min(p.year)::text
                ELSE min(p.year) || '&ndash;' || max(p.year) END FROM paper p),
        (SELECT string_agg(format('<a href="#y%s">%s</a>', coalesce(y.year::text, '-'), coalesce(y.year::text, 'undated')),
                E'\n' ORDER BY y.year DESC NULLS LAST) FROM year y),
        (SELECT string_agg(format(E'<section aria-labelledby="y%s"><h2 class="year" id="y%s">%s <span class="count">%s</span></h2>\n%s\n</section>',
                coalesce(y.year::text, '-'), coalesce(y.year::text, '-'), coalesce(y.year::text, 'Year unknown'),
                y.papers || CASE WHEN y.papers = 1 THEN ' paper' ELSE ' papers' END, y.articles),
                E'\n' ORDER BY y.year DESC NULLS LAST) FROM year y),
        (SELECT string_agg(concat('<li><label class="pick"><input type="checkbox" name="paper" value="', p.id, '" data-part="', p.part, '"',
                CASE WHEN p.reasons IS NOT NULL THEN ' data-flag="yes"' END, '>',
                '<span><bdi>', p.title, '</bdi> <small>', p.year, coalesce(' &middot; ' || p.venue, ''), ' &middot; <code>', p.id, '</code>',
                CASE WHEN p.roles <> 'author' THEN ' &middot; ' || p.roles END,
                CASE WHEN p.credited <> canonical THEN ' &middot; as <bdi>' || anthology.html_escape(p.credited) || '</bdi>' END,
                ' &middot; <bdi>' || anthology.html_escape(p.affiliation) || '</bdi>', '</small> ',
                '<small>with ' || p.others || CASE WHEN p.more > 0 THEN format(' and %s more', p.more) ELSE '' END || '</small> ',
                '<span class="note">Flagged: <bdi>' || anthology.html_escape(p.reasons) || '</bdi></span>',
                CASE WHEN p.twice THEN '<span class="note">This paper has the author twice, and cannot be assigned as a whole.</span>' END,
                '</span>',
                CASE WHEN NOT p.parted THEN ''
                    WHEN p.size = 1 THEN '<span class="part alone" title="like no other of these papers">alone</span>'
                    ELSE format('<span class="part p%s" title="group %s, confidence %s"><span class="unseen">group </span>%2$s</span>',
                        p.part % 8, p.part, round(p.confidence::numeric, 2)) END,
                '</label></li>'), E'\n' ORDER BY p.n) FROM paper p),
        -- The largest parts stand in the open, the others behind "more".
        (SELECT concat('<div class="parts">', E'\n' || flags.button,
                    E'\n' || string_agg(b.button, E'\n' ORDER BY b.n) FILTER (WHERE b.n <= 8), E'\n</div>',
                    E'\n<details><summary>' || NULLIF(greatest(count(b.n) - 8, 0), 0) || E' more groups</summary><div class="parts">\n'
                    || string_agg(b.button, E'\n' ORDER BY b.n) FILTER (WHERE b.n > 8) || E'\n</div></details>')
         FROM (SELECT '<button type="button" data-part="flag" aria-pressed="false"><span class="part flag">!</span><span>' || count(*)
                   || ' flagged <small>assignments that seem wrong</small></span></button>' AS button
               FROM flagged HAVING count(*) > 0) AS flags
             FULL JOIN
              (SELECT row_number() OVER (ORDER BY g.papers DESC, g.part) AS n,
                   concat('<button type="button" data-part="', g.part, '" aria-pressed="false"><span class="part p', g.part % 8, '"><span class="unseen">group </span>',
                       g.part, '</span><span>', g.papers, ' papers, ',
                       CASE WHEN g.first = g.last THEN g.first::text ELSE g.first || '&ndash;' || g.last END,
                       ' <small>with ' || c.names || '</small>', '</span></button>') AS button
               FROM gathered g LEFT JOIN companion c ON c.part = g.part              ) AS b ON true
         GROUP BY flags.button),
        coalesce((SELECT bool_or(p.parted) FROM paper p), false)
    INTO papers, span, years, listing, picks, parts, parted;

    SELECT string_agg(format('<li><a href="https://aclanthology.org/people/%s/"><bdi>%s</bdi></a><span>%s</span></li>',
                anthology.html_escape(c.coauthor_id), anthology.html_escape(c.name), c.papers), E'\n' ORDER BY c.n)
            FILTER (WHERE c.n <= 20)
            || CASE WHEN count(*) > 20 THEN format(E'\n<li class="soft"><span>and %s more</span><span></span></li>', count(*) - 20) ELSE '' END
        INTO coauthors
        FROM (SELECT d.*, row_number() OVER () AS n FROM anthology.person_coauthors(person.id) d) AS c;
    SELECT string_agg(format('<li><span>%s</span><span>%s</span></li>', anthology.html_escape(v.venue), v.papers), E'\n' ORDER BY v.n)
            FILTER (WHERE v.n <= 20)
            || CASE WHEN count(*) > 20 THEN format(E'\n<li class="soft"><span>and %s more</span><span></span></li>', count(*) - 20) ELSE '' END
        INTO venues
        FROM (SELECT w.*, row_number() OVER () AS n FROM anthology.person_venues(person.id) w) AS v;

    WITH candidate AS (
        SELECT s.similar_id AS id, s.score, s.same_slug FROM anthology.person_similar(person.id) s
        UNION ALL
        SELECT f.person_id, f.score, false FROM anthology.find_person(canonical, 10) f WHERE f.score >= 0.6
        UNION ALL
        SELECT f.suggested_person_id, 1, false FROM anthology.assignment_flag f
        WHERE f.person_id = person.id AND f.status = 'open'
    ), known AS (
        SELECT p.id, p.verified, p.orcid, p.degree, p.comment, n.full_name, bool_or(c.same_slug) AS same_slug, max(c.score) AS score,
            (SELECT count(DISTINCT a.paper_id) FROM anthology.authorship a WHERE a.person_id = p.id) AS papers
        FROM candidate c
            JOIN anthology.person p ON p.id = c.id
            JOIN anthology.person_name n ON n.person_id = p.id AND n."position" = 1
        WHERE p.id <> person.id
        GROUP BY p.id, n.full_name
        ORDER BY 7 DESC, 8 DESC, 9 DESC, p.id COLLATE "C"
        LIMIT 40
    )
    SELECT string_agg(concat('<label class="pick"><input type="radio" name="author" value="', anthology.html_escape(k.id), '"><span><span><bdi>',
                anthology.html_escape(k.full_name), '</bdi> <code>', anthology.html_escape(k.id), '</code></span> <small>',
                CASE WHEN NOT k.verified THEN 'not verified &middot; ' END,
                '<bdi>' || anthology.html_escape(k.degree) || '</bdi> &middot; ',
                '<bdi>' || anthology.html_escape(NULLIF(k.comment, k.degree)) || '</bdi> &middot; ',
                'ORCID ' || anthology.html_escape(k.orcid) || ' &middot; ',
                k.papers, CASE WHEN k.papers = 1 THEN ' paper' ELSE ' papers' END,
                CASE WHEN k.same_slug THEN ' &middot; same name' END, '</small></span></label>'), E'\n'
            ORDER BY k.same_slug DESC, k.score DESC, k.papers DESC, k.id COLLATE "C")
        INTO candidates FROM known k;

    body := concat('<a class="skip" href="#papers">To the papers</a>', E'\n<header class="top">\n<p class="eyebrow">Author page</p>\n<h1><bdi>',
        anthology.html_escape(canonical), E'</bdi></h1>\n<p class="facts"><code>', anthology.html_escape(person.id), '</code>',
        CASE WHEN person.verified THEN '<span class="tag">verified</span>' ELSE '<span class="tag">not verified</span>' END,
        '<a href="https://orcid.org/' || anthology.html_escape(person.orcid) || '">ORCID ' || anthology.html_escape(person.orcid) || '</a>',
        '<bdi>' || anthology.html_escape(person.degree) || '</bdi>',
        '<bdi>' || anthology.html_escape(NULLIF(person.comment, person.degree)) || '</bdi>',
        E'</p>\n', '<p><span class="soft">Also published as</span> ' || names || E'</p>\n',
        '<p class="facts"><span>', papers, CASE WHEN papers = 1 THEN ' paper' ELSE ' papers' END, ', ' || span, E'</span></p>\n',
        CASE WHEN papers > 0 THEN E'<p><button class="main" type="button" id="open" aria-haspopup="dialog" hidden>Fix paper assignments</button></p>\n' END,
        E'</header>\n<div class="columns">\n<main id="papers" tabindex="-1">\n',
        E'<nav class="jump" aria-label="On this page">\n' || years || E'\n<a href="#coauthors">Co-authors</a>\n<a href="#venues">Venues</a>\n</nav>\n',
        coalesce(listing, '<p class="soft">No papers.</p>'), E'\n</main>\n<aside>\n',
        E'<section><h2 id="coauthors">Co-authors</h2>\n<ol>\n' || coauthors || E'\n</ol></section>\n',
        E'<section><h2 id="venues">Venues</h2>\n<ol>\n' || venues || E'\n</ol></section>\n',
        E'</aside>\n</div>\n<footer>An author page made from a database of the extension anthology: no official publication of the ACL Anthology.</footer>\n');
    IF papers > 0 THEN
        body := concat(body, '<dialog id="fix" aria-labelledby="fix-title" data-person="', anthology.html_escape(person.id),
            -- The id that a new author would have by the rule, if there is one.
            '" data-taken="', (SELECT anthology.html_escape(min(p.id)) FROM anthology.person_name n JOIN anthology.person p ON p.id = n.slug
                               WHERE n.person_id = person.id AND NOT n.inferred OR n.person_id = person.id AND NOT person.verified),
            E'">\n<header><div><h2 id="fix-title">Fixing paper assignments</h2><p><bdi>', anthology.html_escape(canonical),
            '</bdi> <code>', anthology.html_escape(person.id), E'</code></p></div><button type="button" id="close">Close</button></header>\n',
            E'<div class="steps">\n<section aria-labelledby="step-1">\n<h3 id="step-1">1. Please select all papers that belong to the same person</h3>\n',
            CASE WHEN parts <> '' THEN concat('<p class="hint" id="parts-hint">Quick-select', CASE WHEN parted
                    THEN ': the papers grouped by who seems to have written them. The number of its group stands beside each paper; '
                        'a dashed frame means that only some are selected.' ELSE '.' END, '</p>', E'\n',
                '<div role="group" aria-labelledby="parts-hint">', parts, E'</div>\n') END,
            '<div class="tools"><div><label class="label" for="filter">Filter by words</label><input type="search" id="filter" autocomplete="off"></div>',
            CASE WHEN parted THEN '<div><label class="label" for="order">Order</label><select id="order"><option value="year">newest first</option>'
                '<option value="part">by group</option></select></div>' END,
            E'</div>\n<div class="some"><p id="count" role="status"></p><button type="button" id="every">Select all shown</button>',
            E'<button type="button" id="none">Select none</button></div>\n',
            E'<a class="skip" href="#step-2">To the author they belong to</a>\n',
            E'<ul id="pick">\n', picks, E'\n</ul>\n</section>\n<section aria-labelledby="step-2">\n',
            E'<fieldset class="who" aria-labelledby="step-2">\n<h3 id="step-2" tabindex="-1">2. Please indicate below which author they should be assigned to</h3>\n',
            candidates, E'\n<label class="pick"><input type="radio" name="author" id="other" value=""><span><span>Another author</span> ',
            E'<small>by id, address of the page, or ORCID</small></span></label>\n',
            '<div class="within" id="within-other" hidden><div><label class="label" for="other-id">Id, page or ORCID of the author</label>',
            E'<input type="text" id="other-id" autocomplete="off" autocapitalize="none" spellcheck="false"></div></div>\n',
            '<label class="pick"><input type="radio" name="author" id="new" value=""><span><span>A new author</span> ',
            E'<small>who has no page yet</small></span></label>\n',
            '<div class="within" id="within-new" hidden><div><label class="label" for="orcid">ORCID, if there is one</label>',
            '<input type="text" id="orcid" autocomplete="off" spellcheck="false" placeholder="0000-0000-0000-0000"></div>',
            '<div><label class="label" for="institution">Institution of the highest (anticipated) degree</label>',
            '<input type="text" id="institution" autocomplete="off"></div>',
            '<div><label class="label" for="suffix">A word for the id, where the name is taken</label>',
            E'<input type="text" id="suffix" autocomplete="off" autocapitalize="none" spellcheck="false" placeholder="edinburgh"></div></div>\n',
            '</fieldset>', E'\n<section><label class="label" for="comment">Comment</label>',
            '<p class="hint" id="comment-hint">How you know: a home page, the PDFs, a profile.</p>',
            E'<textarea id="comment" rows="3" aria-describedby="comment-hint"></textarea></section>\n',
            E'<section aria-labelledby="step-3">\n<h3 id="step-3">3. Hand over</h3>\n<div class="problems" id="state" role="status"></div>\n',
            E'<label class="label" for="request">The request</label><textarea id="request" rows="7" readonly spellcheck="false"></textarea>\n',
            '<div class="hand"><button type="button" id="copy" class="main">Copy</button><button type="button" id="save">Save as a file</button>',
            E'<span id="done" role="status" class="soft"></span></div>\n',
            E'<p class="hint">Nothing is sent from here. The Anthology''s staff stage the request with <code>request_to_proposal()</code>.</p>\n',
            E'</section>\n</section>\n</div>\n</dialog>\n<noscript><p>The dialog to fix paper assignments needs JavaScript.</p></noscript>\n');
    END IF;
    RETURN anthology.html_document(canonical || ' - author page', body, CASE WHEN papers > 0 THEN anthology.html_script() END);
END
$$;

COMMENT ON FUNCTION person_page_html(text) IS
    'an author''s page with its "Fixing paper assignments" dialog, whose result request_to_proposal() takes, as one self-contained HTML file';

CREATE FUNCTION preview_html(id bigint) RETURNS text
    LANGUAGE plpgsql VOLATILE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    correction anthology.reassignment;
    items jsonb;
    problem text;
    persons text;
    moves text;
    summary text;
    moved bigint;
    unmoved bigint;
    sheets text;
BEGIN
    SELECT r.* INTO correction FROM anthology.reassignment r WHERE r.id = preview_html.id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'there is no reassignment %', preview_html.id
            USING ERRCODE = 'undefined_object';
    END IF;
    SELECT coalesce(jsonb_agg(to_jsonb(p) || jsonb_build_object('n', p.n)), '[]') INTO items
        FROM (SELECT q.*, row_number() OVER () AS n FROM anthology.preview_reassignment(correction.id) q) AS p;
    IF items = '[]' THEN
        SELECT r.problem INTO problem FROM anthology.rehearse_reassignment(correction.id) r;
    END IF;

    SELECT string_agg(format('<li><code>%s</code> <bdi>%s</bdi></li>', anthology.html_escape(c.person_id),
                anthology.html_escape(anthology.described_change(c.action, c.before, c.after))), E'\n' ORDER BY c.ordinal)
        INTO persons
        FROM anthology.person_change c WHERE c.reassignment_id = correction.id;

    SELECT string_agg(format('<tr><td data-label="Paper"><code>%s</code></td><td data-label="Name"><span><bdi>%s</bdi>%s</span></td>'
                '<td data-label="From"><code>%s</code></td><td data-label="To"><code>%s</code></td>'
                '<td data-label="Cause">%s</td><td data-label="Score" class="number">%s</td><td data-label="Remark">%s</td></tr>',
                anthology.html_escape(i.paper_id), anthology.html_escape(i.credited_name),
                CASE WHEN i.role <> 'author' THEN ', ' || anthology.html_escape(i.role) END,
                anthology.html_escape(coalesce(i.before_person_id, 'nobody')), anthology.html_escape(coalesce(i.after_person_id, 'nobody')),
                anthology.html_escape(i.cause),
                CASE WHEN i.before_score IS NOT NULL OR i.after_score IS NOT NULL
                    THEN coalesce(i.before_score::text, '?') || ' &rarr; ' || coalesce(i.after_score::text, '?') END,
                anthology.html_escape(i.warning)), E'\n' ORDER BY i.n), count(*)
        INTO moves, moved
        FROM jsonb_to_recordset(items) AS i(n integer, paper_id text, role text, credited_name text, before_person_id text,
            after_person_id text, cause text, before_score real, after_score real, warning text);

    SELECT string_agg(format('<li><span>%s</span><span><span>%s from <code>%s</code> to <code>%s</code>%s</span>%s</span></li>', g.names,
                CASE WHEN g.names = 1 THEN 'name' ELSE 'names' END,
                anthology.html_escape(coalesce(g.before_person_id, 'nobody')), anthology.html_escape(coalesce(g.after_person_id, 'nobody')),
                CASE WHEN g.cause = 'side effect' THEN '<strong class="note">side effect</strong>' END,
                '<br><span class="soft">' || anthology.html_escape(g.warning) || '</span>'), E'\n' ORDER BY g.cause, g.n)
        INTO summary
        FROM (SELECT i.cause, i.before_person_id, i.after_person_id, i.warning, count(*) AS names, min(i.n) AS n
              FROM jsonb_to_recordset(items) AS i(n integer, cause text, before_person_id text, after_person_id text, warning text)
              GROUP BY 1, 2, 3, 4) AS g;

    -- A page before is what would move from it and what stays; a page after, what would move to it and what stays.
    WITH item AS MATERIALIZED (
        SELECT i.* FROM jsonb_to_recordset(items) AS i(n integer, paper_id text, role text, "position" integer,
            credited_name text, before_person_id text, after_person_id text, cause text)
    ), page AS MATERIALIZED (
        SELECT g.id, min(g.n) AS n
        FROM (SELECT correction.from_person_id AS id, -2 AS n UNION ALL SELECT correction.to_person_id, -1
              UNION ALL SELECT i.before_person_id, i.n FROM item i UNION ALL SELECT i.after_person_id, i.n FROM item i
              UNION ALL SELECT c.person_id, 0 FROM anthology.person_change c WHERE c.reassignment_id = correction.id) AS g
        WHERE g.id IS NOT NULL GROUP BY g.id
    ), entry AS (
        SELECT s.page, s.side, i.paper_id, i.role, i.credited_name, i.n,
            CASE WHEN i.before_person_id IS DISTINCT FROM i.after_person_id THEN CASE s.side WHEN 1 THEN 'gone' ELSE 'came' END ELSE 'same' END AS state,
            CASE s.side WHEN 1 THEN i.after_person_id ELSE i.before_person_id END AS other, i.cause
        FROM item i, LATERAL (VALUES (i.before_person_id, 1), (i.after_person_id, 2)) AS s(page, side)
        WHERE s.page IS NOT NULL
        UNION ALL
        SELECT a.person_id, s.side, a.paper_id, a.role, a.full_name, NULL, 'same', NULL, NULL
        FROM page g JOIN anthology.authorship a ON a.person_id = g.id, LATERAL (VALUES (1), (2)) AS s(side)
        WHERE NOT EXISTS (SELECT FROM item i WHERE i.paper_id = a.paper_id AND i.role = a.role AND i."position" = a."position")
    ), written AS (
        SELECT c.paper_id,
            string_agg('<bdi>' || anthology.html_escape(c.full_name) || '</bdi>', ', ' ORDER BY c.n) FILTER (WHERE c.n <= 12)
                || CASE WHEN count(*) > 12 THEN format(' and %s more', count(*) - 12) ELSE '' END AS authors
        FROM (SELECT b.paper_id, anthology.shown_name(b.person_id, b.full_name) AS full_name, row_number() OVER (PARTITION BY b.paper_id ORDER BY b.role, b."position") AS n
              FROM (SELECT DISTINCT e.paper_id FROM entry e) AS d JOIN anthology.authorship b ON b.paper_id = d.paper_id) AS c
        GROUP BY 1
    ), person AS MATERIALIZED (
        -- Who does not exist yet, or no more, has the name that the correction gives.
        SELECT g.id, g.n, coalesce(
            (SELECT m.full_name FROM anthology.person_name m WHERE m.person_id = g.id AND m."position" = 1),
            (SELECT anthology.described_value(coalesce(c.after, c.before) -> 'names' -> 0) FROM anthology.person_change c
             WHERE c.reassignment_id = correction.id AND c.person_id = g.id AND coalesce(c.after, c.before) ? 'names'
             ORDER BY c.ordinal LIMIT 1),
            (SELECT min(i.credited_name) FROM item i WHERE g.id IN (i.before_person_id, i.after_person_id)), g.id) AS name
        FROM page g
    ), listed AS (
        SELECT e.page, e.side, count(DISTINCT e.paper_id) AS papers, count(*) FILTER (WHERE e.state = 'same') AS same,
            string_agg(concat('<li class="', e.state, '"',
                CASE WHEN e.state <> 'same' THEN format(' id="%s%s"', CASE e.side WHEN 1 THEN 'before' ELSE 'after' END, e.n) END, '>',
                CASE WHEN e.state <> 'same' THEN concat('<span class="move">',
                    CASE e.side WHEN 1 THEN 'moves to ' ELSE 'comes from ' END,
                    CASE WHEN e.other IS NULL THEN 'nobody'
                        ELSE format('<a href="#%s%s"><bdi>%s</bdi> (%s)</a>', CASE e.side WHEN 1 THEN 'after' ELSE 'before' END, e.n,
                            anthology.html_escape(o.name), anthology.html_escape(o.id)) END,
                    CASE WHEN e.cause = 'side effect' THEN ' &middot; side effect' END, '</span>') END,
                '<bdi>', coalesce(NULLIF(anthology.abstract_html(coalesce(p.title, v.title), false), ''), anthology.html_escape(e.paper_id)), '</bdi>',
                '<span class="soft">' || w.authors || '</span>',
                '<span class="where">', p.year || ' &middot; ', '<code>', anthology.html_escape(e.paper_id), '</code>',
                CASE WHEN e.role <> 'author' THEN ' &middot; ' || anthology.html_escape(e.role) END, '</span></li>'),
                E'\n' ORDER BY p.year DESC NULLS LAST, coalesce(p.volume_id, p.event_id) COLLATE "C", p.number, e.role) AS entries
        FROM entry e
            LEFT JOIN anthology.paper p ON p.id = e.paper_id
            LEFT JOIN anthology.volume v ON v.id = p.volume_id
            LEFT JOIN written w ON w.paper_id = e.paper_id
            LEFT JOIN person o ON o.id = e.other
        GROUP BY 1, 2
    ), side AS (
        SELECT g.n, g.id, g.name, s.side, coalesce(l.papers, 0) AS papers, coalesce(l.same, 0) AS same,
            concat('<section class="side"><h3><span>', s.title, '</span><span class="count">', coalesce(l.papers, 0),
                CASE WHEN l.papers = 1 THEN ' paper' ELSE ' papers' END, '</span></h3>',
                CASE WHEN l.papers IS NULL THEN '<p class="soft">No papers.</p>' ELSE concat(
                    E'<ol>\n', l.entries, E'\n</ol>',
                    CASE WHEN l.same > 0 THEN format('<p class="hidden-note">%s unchanged, not shown</p>', l.same) END) END,
                '</section>') AS html
        FROM person g CROSS JOIN (VALUES (1, 'Before'), (2, 'After')) AS s(side, title)
            LEFT JOIN listed l ON l.page = g.id AND l.side = s.side
    )
    SELECT string_agg(s.html, E'\n' ORDER BY s.n, s.id COLLATE "C"), max(s.same)
        INTO sheets, unmoved
        FROM (SELECT d.n, d.id, max(d.same) AS same,
                  concat('<section class="sheet"><h2><bdi>', anthology.html_escape(d.name), '</bdi> <code class="count">', anthology.html_escape(d.id),
                      E'</code></h2>\n<div class="sides">\n', string_agg(d.html, E'\n' ORDER BY d.side), E'\n</div></section>') AS html
              FROM side d GROUP BY d.n, d.id, d.name) AS s;

    RETURN anthology.html_document(format('Preview of correction %s', correction.id), concat(
        E'<header class="top">\n<p class="eyebrow">Author pages, before and after</p>\n<h1>Correction ', correction.id, E'</h1>\n<p class="facts"><span class="tag">',
        anthology.html_escape(correction.status), '</span><span>', anthology.html_escape(correction.kind), '</span>',
        '<span>', 'from <code>' || anthology.html_escape(correction.from_person_id) || '</code> ',
        'to <code>' || anthology.html_escape(correction.to_person_id) || '</code>', '</span>',
        '<span>by <bdi>', anthology.html_escape(correction.proposed_by), '</bdi>, ', to_char(correction.proposed_at, 'YYYY-MM-DD'), '</span>',
        E'</p>\n', '<p><bdi>' || anthology.html_escape(NULLIF(correction.note, '')) || E'</bdi></p>\n', E'</header>\n',
        '<p class="notice" role="note">This is an internal, incomplete preview and not an official publication of the ACL Anthology.</p>',
        E'\n<p class="notice">It cannot be applied now: <bdi>' || anthology.html_escape(problem) || '</bdi></p>', E'\n',
        E'<section class="sheet"><h2>What moves</h2>\n', coalesce(E'<ul class="moves">\n' || summary || E'\n</ul>', '<p>No paper moves.</p>'), E'</section>\n',
        E'<section class="sheet"><h2>Persons</h2><ul>\n' || persons || E'\n</ul></section>\n',
        -- Beside few papers, all are seen at first.
        format('<input type="checkbox" id="all"%s> <label for="all" class="switch">Show papers that do not change</label>',
            CASE WHEN unmoved <= 20 THEN ' checked' END),
        E'\n<main>\n',
        sheets,
        CASE WHEN moved > 0 THEN concat(E'\n<section class="sheet"><h2>Every name that moves</h2><details', CASE WHEN moved <= 20 THEN ' open' END,
            '><summary>', moved, CASE WHEN moved = 1 THEN ' name' ELSE ' names' END, '</summary>',
            E'<table class="stack">\n<thead><tr><th>Paper</th><th>Name</th><th>From</th><th>To</th><th>Cause</th><th>Score</th><th>Remark</th></tr></thead>\n<tbody>\n',
            moves, E'\n</tbody></table></details></section>') END,
        E'\n</main>\n<footer>Made from a database of the extension anthology.</footer>\n'));
END
$$;

COMMENT ON FUNCTION preview_html(bigint) IS
    'the author pages before and after a correction side by side, with its side effects, as one self-contained HTML file';

CREATE TYPE finding AS (
    subject text,
    severity text,
    message text,
    hint text
);

COMMENT ON TYPE finding IS
    'something to know about a database; severity is "error" where answers may be wrong, else "warning"';

CREATE FUNCTION library_version() RETURNS text
    LANGUAGE c STABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'anthology_library_version';

COMMENT ON FUNCTION library_version() IS
    'the version of the library that is loaded';

CREATE FUNCTION name_index_built(index regclass, OUT readable boolean, OUT icu_version text)
    LANGUAGE c STABLE STRICT
    AS 'MODULE_PATHNAME', 'anthology_name_index_built';

COMMENT ON FUNCTION name_index_built(regclass) IS
    'whether the library can read a name index, and the version of ICU that it was built under';

CREATE FUNCTION proposal_problem(reassignment_id bigint) RETURNS text
    LANGUAGE c STABLE STRICT
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_proposal_problem';

COMMENT ON FUNCTION proposal_problem(bigint) IS
    'what has changed that a proposal was made on; NULL if nothing has';

CREATE FUNCTION expected_columns() RETURNS TABLE (table_name text, column_name text)
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    WITH source AS (
        SELECT p.prosrc FROM pg_proc p WHERE p.oid = to_regprocedure('anthology.create_tables()')
    )
    SELECT t[1], c[1]
    FROM source, regexp_matches(prosrc,
             'CREATE TABLE IF NOT EXISTS anthology\.(\w+) \(([^;]*)\n    \);', 'g') AS t,
        regexp_matches(t[2], '\n        "?([a-z_]+)"? ', 'g') AS c
    UNION
    SELECT t[1], c[1]
    FROM source, regexp_matches(prosrc, 'ALTER TABLE anthology\.(\w+) (ADD COLUMN [^;]*);', 'g') AS t,
        regexp_matches(t[2], 'ADD COLUMN (?:IF NOT EXISTS )?(\w+)', 'g') AS c
$$;

COMMENT ON FUNCTION expected_columns() IS
    'the columns of the tables that create_tables() makes';

CREATE FUNCTION expected_indexes() RETURNS TABLE (table_name text, index_name text)
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT i[2], i[1]
    FROM pg_proc p, regexp_matches(p.prosrc,
             'CREATE (?:UNIQUE )?INDEX IF NOT EXISTS (\w+)\s+ON anthology\.(\w+)', 'g') AS i
    WHERE p.oid = to_regprocedure('anthology.create_tables()')
$$;

COMMENT ON FUNCTION expected_indexes() IS
    'the indexes that create_tables() makes';

CREATE FUNCTION expected_triggers() RETURNS TABLE (table_name text, trigger_name text)
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT t[2], t[1]
    FROM pg_proc p, regexp_matches(p.prosrc,
             'CREATE OR REPLACE TRIGGER (\w+)[^;]*?\s+ON anthology\.(\w+)', 'g') AS t
    WHERE p.oid = to_regprocedure('anthology.create_tables()')
$$;

COMMENT ON FUNCTION expected_triggers() IS
    'the triggers that create_tables() makes';

CREATE FUNCTION stored_results() RETURNS TABLE (relation regclass, column_name name, relkind "char")
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    WITH ours AS (
        SELECT d.classid, d.objid
        FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid
        WHERE d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e'
            AND e.extname = 'anthology'
            AND d.classid IN ('pg_proc'::regclass, 'pg_operator'::regclass)
    ), uses AS (
        SELECT d.classid, d.objid
        FROM ours o JOIN pg_depend d ON d.refclassid = o.classid AND d.refobjid = o.objid
    )
    SELECT c.oid::regclass, NULL::name, c.relkind
    FROM uses u JOIN pg_class c ON u.classid = 'pg_class'::regclass AND c.oid = u.objid
    WHERE c.relkind IN ('i', 'm')
    UNION
    SELECT c.oid::regclass, NULL, c.relkind
    FROM uses u JOIN pg_rewrite r ON u.classid = 'pg_rewrite'::regclass AND r.oid = u.objid
        JOIN pg_class c ON c.oid = r.ev_class
    WHERE c.relkind = 'm'
    UNION
    SELECT c.oid::regclass, a.attname, c.relkind
    FROM uses u JOIN pg_attrdef f ON u.classid = 'pg_attrdef'::regclass AND f.oid = u.objid
        JOIN pg_attribute a ON a.attrelid = f.adrelid AND a.attnum = f.adnum
        JOIN pg_class c ON c.oid = f.adrelid
    WHERE a.attgenerated = 's'
$$;

COMMENT ON FUNCTION stored_results() IS
    'indexes, materialized views and generated columns that hold what functions of this extension returned';

CREATE FUNCTION check_server() RETURNS SETOF finding
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
            'Call ALTER EXTENSION anthology UPDATE, or install the library of that version and connect again.'
        FROM pg_extension e
        WHERE e.extname = 'anthology' AND e.extversion <> anthology.library_version();

    RETURN QUERY
        SELECT 'database ' || quote_ident(d.datname), 'error',
            format('the collation version is %s, the operating system''s is %s',
                   d.datcollversion, pg_database_collation_actual_version(d.oid)),
            format('Call REINDEX DATABASE %1$I, then ALTER DATABASE %1$I REFRESH COLLATION VERSION.', d.datname)
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
        SELECT DISTINCT ON (c.oid::regclass::text COLLATE "C") 'index ' || c.oid::regclass, 'warning',
            'the index is invalid: making it was interrupted', format('Call REINDEX INDEX %s, or drop it.', c.oid::regclass)
        FROM pg_class c JOIN pg_index i ON i.indexrelid = c.oid
            JOIN pg_am a ON a.oid = c.relam
        WHERE NOT (i.indisvalid AND i.indisready) AND c.relkind = 'i'
            AND (c.relnamespace = 'anthology'::regnamespace OR a.amname = 'anthology_names'
                 OR c.oid IN (SELECT s.relation FROM anthology.stored_results() s))
        ORDER BY c.oid::regclass::text COLLATE "C";
END
$$;

COMMENT ON FUNCTION check_server() IS
    'findings about the library, the database and the indexes on names';

CREATE FUNCTION check_tables() RETURNS SETOF finding
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    WITH made AS (
        SELECT c.oid, c.relname FROM pg_class c
        WHERE c.relnamespace = 'anthology'::regnamespace AND c.relkind IN ('r', 'p')
    ), finding AS (
        SELECT e.table_name AS subject, 'error' AS severity,
            CASE WHEN m.oid IS NULL THEN 'the table is missing'
                ELSE format('columns are missing: %s',
                            string_agg(e.column_name, ', ' ORDER BY e.column_name)) END AS message
        FROM anthology.expected_columns() e LEFT JOIN made m ON m.relname = e.table_name
        WHERE NOT EXISTS (SELECT FROM pg_attribute a
                          WHERE a.attrelid = m.oid AND a.attname = e.column_name
                              AND NOT a.attisdropped)
        GROUP BY e.table_name, m.oid
        UNION ALL
        SELECT e.table_name, 'warning',
            format('indexes are missing: %s', string_agg(e.index_name, ', ' ORDER BY e.index_name))
        FROM anthology.expected_indexes() e JOIN made m ON m.relname = e.table_name
        WHERE NOT EXISTS (SELECT FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
                          WHERE i.indrelid = m.oid AND c.relname = e.index_name)
        GROUP BY e.table_name
        UNION ALL
        SELECT e.table_name, 'warning',
            format('triggers are missing: %s', string_agg(e.trigger_name, ', ' ORDER BY e.trigger_name))
        FROM anthology.expected_triggers() e JOIN made m ON m.relname = e.table_name
        WHERE NOT EXISTS (SELECT FROM pg_trigger t
                          WHERE t.tgrelid = m.oid AND t.tgname = e.trigger_name)
        GROUP BY e.table_name
    )
    SELECT ('table anthology.' || f.subject, f.severity, f.message,
            'Call anthology.create_tables().')::anthology.finding
    FROM finding f
    UNION ALL
    SELECT ('table ' || t.tgrelid::regclass, 'warning',
            format('triggers are disabled: %s', string_agg(t.tgname, ', ' ORDER BY t.tgname)),
            format('Call ALTER TABLE %s ENABLE TRIGGER ...', t.tgrelid::regclass))::anthology.finding
    FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
    WHERE t.tgenabled IN ('D', 'R')
        AND (p.pronamespace = 'anthology'::regnamespace
             OR (t.tgisinternal AND t.tgrelid IN (SELECT m.oid FROM made m)))
    GROUP BY t.tgrelid
    UNION ALL
    SELECT ('table ' || t.tgrelid::regclass, 'warning',
            format('of the two triggers that judge new assignments there is only %s', min(t.tgname)),
            format('Call anthology.flag_assignments(target => %L).', t.tgrelid::regclass::text))::anthology.finding
    FROM pg_trigger t
    WHERE t.tgname IN ('anthology_flag_insert', 'anthology_flag_update')
    GROUP BY t.tgrelid HAVING count(*) = 1
    UNION ALL
    SELECT ('table ' || c.conrelid::regclass, 'warning',
            format('the constraint %I was never validated', c.conname),
            format('Call ALTER TABLE %s VALIDATE CONSTRAINT %I.', c.conrelid::regclass, c.conname))::anthology.finding
    FROM pg_constraint c WHERE c.conrelid IN (SELECT m.oid FROM made m) AND NOT c.convalidated
    ORDER BY 1
$$;

COMMENT ON FUNCTION check_tables() IS
    'findings about the definition of the tables of the corpus';

CREATE FUNCTION check_statistics() RETURNS SETOF finding
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    papers CONSTANT bigint := (SELECT count(*) FROM anthology.paper);
    documents CONSTANT bigint := (SELECT s.documents FROM anthology.term_count_state s);
    changes bigint;
    balance bigint;
    weights text;
    never text;
BEGIN
    SELECT count(*), coalesce(sum(c.change), 0) INTO changes, balance FROM anthology.document_change c;
    IF documents IS NULL AND papers > 0 THEN
        RETURN NEXT ('term statistics', 'warning',
            'terms have not been counted: abstracts are ranked without knowing what is rare',
            'Call anthology.refresh_term_statistics().')::anthology.finding;
    ELSIF changes > documents / 10 AND changes > 0 THEN
        RETURN NEXT ('term statistics', 'warning',
            format('%s of %s documents have changed since terms were counted', changes, documents),
            'Call anthology.refresh_term_statistics().')::anthology.finding;
    ELSIF documents + balance <> papers THEN
        RETURN NEXT ('term statistics', 'warning',
            format('terms of %s papers have been counted, but there are %s', documents + balance, papers),
            'Call anthology.refresh_term_statistics(true).')::anthology.finding;
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
                          WHERE w.model = d.model AND w.stratum = d.stratum AND w.signal = d.signal);
    IF weights IS NOT NULL THEN
        RETURN NEXT ('weights', 'warning',
            format('assignments are judged without weights for: %s', weights),
            'Call anthology.fit_assignment_model(), or empty assignment_weight and call '
            'anthology.create_tables() for those of the extension.')::anthology.finding;
    END IF;
END
$$;

COMMENT ON FUNCTION check_statistics() IS
    'findings about what ranking, judging and planning go by';

CREATE FUNCTION check_names(complete boolean) RETURNS SETOF finding
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
        -- That cannot be told of others: they are listed along with ours.
        RETURN QUERY
            SELECT CASE WHEN s.column_name IS NOT NULL
                    THEN format('column %s.%I', s.relation, s.column_name)
                    ELSE CASE s.relkind WHEN 'm' THEN 'materialized view ' ELSE 'index ' END || s.relation
                END, 'error',
                format('it holds what functions of this extension returned, perhaps under ICU %s',
                       stored_icu_version),
                CASE WHEN s.column_name IS NOT NULL
                    THEN format('Before rebuild_slugs(), update the rows of %1$s and call REINDEX TABLE %1$s.', s.relation)
                    ELSE format('Before rebuild_slugs(), call %s %s.',
                        CASE s.relkind WHEN 'm' THEN 'REFRESH MATERIALIZED VIEW' ELSE 'REINDEX INDEX' END,
                        s.relation) END
            FROM anthology.stored_results() s JOIN pg_class c ON c.oid = s.relation
            WHERE c.relnamespace <> 'anthology'::regnamespace
            ORDER BY 1;
    END IF;

    SELECT count(*) AS n, min(a.paper_id) AS paper_id INTO found
        FROM anthology.authorship a WHERE a.person_id IS NULL;
    IF found.n > 0 THEN
        RETURN NEXT ('names', 'warning',
            format('names that do not resolve to a person: %s, on paper %s for one', found.n, found.paper_id),
            'See load_problem for the reasons. Take the explicit id away with unlink_papers(), or reassign the paper.')::anthology.finding;
    END IF;

    SELECT count(*) AS n, min(a.paper_id) AS paper_id INTO found
        FROM anthology.authorship a LEFT JOIN anthology.paper p ON p.id = a.paper_id
            LEFT JOIN anthology.person q ON q.id = a.person_id
        WHERE p.id IS NULL OR (q.id IS NULL AND a.person_id IS NOT NULL);
    IF found.n > 0 THEN
        RETURN NEXT ('names', 'error',
            format('names of a paper or a person that does not exist: %s, of paper %s for one',
                   found.n, found.paper_id),
            'Triggers were off when the tables were changed. Load the data folder again.')::anthology.finding;
    END IF;

    SELECT count(*) AS n, min(p.id) AS person_id INTO found
        FROM anthology.person p
        WHERE NOT p.verified
            AND NOT EXISTS (SELECT FROM anthology.authorship a WHERE a.person_id = p.id)
            OR NOT EXISTS (SELECT FROM anthology.person_name n WHERE n.person_id = p.id);
    IF found.n > 0 THEN
        RETURN NEXT ('persons', 'warning',
            format('persons without a name: %s, %s for one', found.n, found.person_id),
            'Triggers were off, or the tables changed by hand. Call anthology.rebuild_slugs().')::anthology.finding;
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
                format('names that are not on the page where the rule puts them: %s, of paper %s for one',
                       found.n, found.paper_id),
                'Triggers were off, or the tables changed by hand. Call anthology.rebuild_slugs().')::anthology.finding;
        END IF;
    END IF;
END
$$;

COMMENT ON FUNCTION check_names(boolean) IS
    'findings about names and persons; whether each name is where it should be only if complete';

CREATE FUNCTION check_work() RETURNS SETOF finding
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RETURN QUERY
        SELECT 'loading', 'warning',
            format('%s: %s, %s for one',
                   CASE p.kind WHEN 'file' THEN 'files that could not be loaded'
                       WHEN 'entry' THEN 'entries of files that could not be loaded'
                       ELSE 'corrections made here that a file contradicts' END,
                   count(*), min(coalesce(p.place, p.file))),
            'See load_problem for the reasons.'
        FROM anthology.load_problem p WHERE p.kind <> 'resolution'
        GROUP BY p.kind ORDER BY p.kind;

    RETURN QUERY
        SELECT 'flags', 'warning',
            format('new assignments that have not been judged: %s', count(*)),
            'Call anthology.judge_new_assignments().'
        FROM anthology.assignment_unjudged HAVING count(*) > 0;

    RETURN QUERY
        SELECT 'flags', 'warning',
            format('open flags on names that are not there, or on another page now: %s, flag %s for one',
                   count(*), min(f.id)),
            'Dismiss with anthology.review_flag().'
        FROM anthology.assignment_flag f
        WHERE f.status = 'open' AND f.source = 'anthology.authorship'
            AND NOT EXISTS (SELECT FROM anthology.authorship a
                            WHERE a.paper_id = f.paper_id AND a.role = f.role
                                AND a."position" = f."position" AND a.person_id = f.person_id)
        HAVING count(*) > 0;

    RETURN QUERY
        SELECT 'proposal ' || r.id, 'warning', 'what it was made on has changed: ' || replace(c.problem, E'\n', ' '),
            'Reject it and propose again.'
        FROM anthology.reassignment r, LATERAL anthology.proposal_problem(r.id) AS c(problem)
        WHERE r.status = 'proposed' AND c.problem IS NOT NULL ORDER BY r.id;

    -- Triggers that are missing or disabled have been said of their tables.
    RETURN QUERY
        SELECT 'record', 'error', concat('reassignment ' || c.reassignment_id || ': ', c.problem),
            'The tables were changed by hand. Compare them with a backup.'
        FROM anthology.check_record() c WHERE c.problem NOT LIKE 'trigger %'
        ORDER BY c.reassignment_id, c.problem;
END
$$;

COMMENT ON FUNCTION check_work() IS
    'findings about what waits for somebody, and about the record';

CREATE FUNCTION "check"(complete boolean DEFAULT true)
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
    IF NOT EXISTS (SELECT FROM anthology.expected_columns() e
                   WHERE to_regclass('anthology.' || e.table_name) IS NOT NULL) THEN
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

COMMENT ON FUNCTION "check"(boolean) IS
    'everything that somebody who looks after the database should know, and what to do about it; nothing if all is well. Resolves every name to see whether it is in its place, but not with false';
