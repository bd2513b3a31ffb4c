-- create_tables: the corpus and the record of its corrections
--
-- The tables are the database owner's, not members of the extension: pg_dump
-- carries them whole and DROP EXTENSION ... CASCADE leaves their rows. The
-- generated columns tie them to the extension, so that without CASCADE it is
-- refused; calling create_tables() again puts back what a CASCADE took.

CREATE FUNCTION create_tables() RETURNS void
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
COMMENT ON FUNCTION create_tables() IS
    'makes the tables of the corpus in schema anthology, or adds what is missing; they belong to the caller';
