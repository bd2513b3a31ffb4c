-- anthology: author names, abstracts and paper assignments of the ACL Anthology
\echo Use "CREATE EXTENSION anthology" to load this file. \quit

-- Functions over the corpus name tables that create_tables() makes later.
SET LOCAL check_function_bodies = off;
-- name_slug: the Anthology's slug (extension/name_slug.c)

CREATE FUNCTION name_slug(name text) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 20
    AS 'MODULE_PATHNAME', 'anthology_name_slug';
COMMENT ON FUNCTION name_slug(text) IS
    'the Anthology''s slug of a name written first name first';

CREATE FUNCTION name_slug(first text, last text) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 20
    AS 'MODULE_PATHNAME', 'anthology_name_slug_first_last';
COMMENT ON FUNCTION name_slug(text, text) IS
    'the Anthology''s slug of a name given as first and last name; the first may be empty';
-- name_normalize: the comparison form of a name (extension/name_normalize.c)

CREATE FUNCTION name_normalize(name text) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 20
    AS 'MODULE_PATHNAME', 'anthology_name_normalize';
COMMENT ON FUNCTION name_normalize(text) IS
    'the comparison form of a name: words of small ASCII letters, first name first';
-- name_parts: a name taken apart (extension/name_parts.c)

CREATE FUNCTION name_parts(name text, OUT given text, OUT middle text, OUT particle text,
                           OUT family text, OUT suffix text)
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 20
    AS 'MODULE_PATHNAME', 'anthology_name_parts';
COMMENT ON FUNCTION name_parts(text) IS
    'the parts of a name written "First Middle van Last Jr." or "van Last, First Middle, Jr."';
-- name_similarity, name_explain: names compared (extension/name_similarity.c)

-- Loads the library when a query is planned, and with it the planner hook that
-- lets an index serve name_similarity(column, name) >= constant.
CREATE FUNCTION name_similarity_support(internal) RETURNS internal
    LANGUAGE c STRICT
    AS 'MODULE_PATHNAME', 'anthology_name_similarity_support';
COMMENT ON FUNCTION name_similarity_support(internal) IS
    'planner support of name_similarity';

CREATE FUNCTION name_similarity(a text, b text) RETURNS real
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 5
    SUPPORT name_similarity_support
    AS 'MODULE_PATHNAME', 'anthology_name_similarity';
COMMENT ON FUNCTION name_similarity(text, text) IS
    'how alike two personal names are, 0 to 1: 1 for equal comparison forms';

CREATE FUNCTION name_explain(a text, b text,
                             OUT a_part text, OUT b_part text, OUT how text, OUT contribution real)
    RETURNS SETOF record
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 100 ROWS 5
    AS 'MODULE_PATHNAME', 'anthology_name_explain_sql';
COMMENT ON FUNCTION name_explain(text, text) IS
    'which part of a name met which of the other, how, and what that adds to their similarity';
-- the plain measures, on code points (extension/name_measures.c)

CREATE FUNCTION jaro_similarity(a text, b text) RETURNS double precision
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 20
    AS 'MODULE_PATHNAME', 'anthology_jaro_similarity';
COMMENT ON FUNCTION jaro_similarity(text, text) IS
    'Jaro similarity of two strings, 0 to 1; 1 for two empty ones';

CREATE FUNCTION jaro_winkler_similarity(a text, b text) RETURNS double precision
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 20
    AS 'MODULE_PATHNAME', 'anthology_jaro_winkler_similarity';
COMMENT ON FUNCTION jaro_winkler_similarity(text, text) IS
    'Jaro-Winkler similarity of two strings, 0 to 1: a common beginning counts more';

CREATE FUNCTION damerau_levenshtein(a text, b text) RETURNS integer
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 40
    AS 'MODULE_PATHNAME', 'anthology_damerau_levenshtein_sql';
COMMENT ON FUNCTION damerau_levenshtein(text, text) IS
    'least number of insertions, deletions, replacements and swaps of neighbours between two strings';

CREATE FUNCTION jaccard(a text, b text) RETURNS double precision
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 20
    AS 'MODULE_PATHNAME', 'anthology_jaccard_sql';
COMMENT ON FUNCTION jaccard(text, text) IS
    'Jaccard index of the sets of characters of two strings, 0 to 1; 1 for two empty ones';
-- ~= and <~>: names compared by operators (extension/name_operators.c)

-- Stable, not immutable: it reads anthology.name_similarity_threshold.
CREATE FUNCTION name_similar(a text, b text) RETURNS boolean
    LANGUAGE c STABLE STRICT PARALLEL SAFE COST 5
    AS 'MODULE_PATHNAME', 'anthology_name_similar';
COMMENT ON FUNCTION name_similar(text, text) IS
    'whether the similarity of two names is at least anthology.name_similarity_threshold';

CREATE FUNCTION name_distance(a text, b text) RETURNS real
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 5
    AS 'MODULE_PATHNAME', 'anthology_name_distance';
COMMENT ON FUNCTION name_distance(text, text) IS
    'distance of two names: 1 - name_similarity';

CREATE TYPE name_query AS (name text, threshold real);
COMMENT ON TYPE name_query IS
    'a name to look for, and the similarity from which on another is similar';

CREATE FUNCTION name_similar(a text, b name_query) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 5
    AS 'MODULE_PATHNAME', 'anthology_name_similar_query';
COMMENT ON FUNCTION name_similar(text, name_query) IS
    'whether the similarity of two names is at least the threshold given';

CREATE FUNCTION name_similar_selectivity(internal, oid, internal, integer) RETURNS double precision
    LANGUAGE c STABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'anthology_name_similar_selectivity';
COMMENT ON FUNCTION name_similar_selectivity(internal, oid, internal, integer) IS
    'restriction selectivity of the operators ~=';

CREATE OPERATOR ~= (
    LEFTARG = text, RIGHTARG = text, FUNCTION = name_similar,
    COMMUTATOR = ~=, RESTRICT = name_similar_selectivity, JOIN = eqjoinsel
);
COMMENT ON OPERATOR ~= (text, text) IS 'similar names';

CREATE OPERATOR ~= (
    LEFTARG = text, RIGHTARG = name_query, FUNCTION = name_similar,
    RESTRICT = name_similar_selectivity, JOIN = eqjoinsel
);
COMMENT ON OPERATOR ~= (text, name_query) IS 'similar names, by a threshold of one''s own';

CREATE OPERATOR <~> (
    LEFTARG = text, RIGHTARG = text, FUNCTION = name_distance,
    COMMUTATOR = <~>
);
COMMENT ON OPERATOR <~> (text, text) IS 'distance of names';
-- anthology_names, name_ops: an index over names (extension/name_index*.c)

CREATE FUNCTION name_index_handler(internal) RETURNS index_am_handler
    LANGUAGE c
    AS 'MODULE_PATHNAME', 'anthology_name_index_handler';
COMMENT ON FUNCTION name_index_handler(internal) IS
    'handler of the access method anthology_names';

CREATE ACCESS METHOD anthology_names TYPE INDEX HANDLER name_index_handler;
COMMENT ON ACCESS METHOD anthology_names IS
    'names by their words: serves ~=, ORDER BY <~> and name_similarity() >= a constant';

CREATE OPERATOR CLASS name_ops DEFAULT FOR TYPE text USING anthology_names AS
    OPERATOR 1 ~= (text, text),
    OPERATOR 2 <~> (text, text) FOR ORDER BY pg_catalog.float_ops,
    OPERATOR 3 ~= (text, name_query);
COMMENT ON OPERATOR CLASS name_ops USING anthology_names IS 'personal names';
COMMENT ON OPERATOR FAMILY name_ops USING anthology_names IS 'personal names';
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
BEGIN
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
    CREATE INDEX IF NOT EXISTS person_name_slug ON anthology.person_name (slug);
    CREATE INDEX IF NOT EXISTS person_name_full_name ON anthology.person_name
        USING anthology_names (full_name anthology.name_ops);
    COMMENT ON TABLE anthology.person_name IS
        'the names of a person; position 1 is the canonical one';
    COMMENT ON COLUMN anthology.person_name.inferred IS
        'not listed in people.yaml: seen on papers that resolve to the person';

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
    COMMENT ON TABLE anthology.reassignment IS
        'every correction: proposed, applied, rejected or undone, by whom, when and why';
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
    CREATE INDEX IF NOT EXISTS reassignment_item_paper_id ON anthology.reassignment_item (paper_id);
    COMMENT ON TABLE anthology.reassignment_item IS
        'every name that a correction moves, selected or as a side effect, before and after';

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
    INSERT INTO anthology.assignment_weight
        SELECT * FROM anthology.default_assignment_weights()
        WHERE NOT EXISTS (SELECT FROM anthology.assignment_weight);

    IF EXISTS (SELECT FROM anthology.paper)
        AND NOT EXISTS (SELECT FROM anthology.term_count_state) THEN
        PERFORM anthology.refresh_term_statistics();
    END IF;
END
$$;
COMMENT ON FUNCTION create_tables() IS
    'makes the tables of the corpus in schema anthology, or adds what is missing; they belong to the caller';
-- yaml_to_json: people.yaml and the venues' files as JSON (extension/yaml.c)

CREATE FUNCTION yaml_to_json(yaml text) RETURNS json
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 1000
    AS 'MODULE_PATHNAME', 'anthology_yaml_to_json';
COMMENT ON FUNCTION yaml_to_json(text) IS
    'one YAML document as JSON; every scalar is a string, aliases are refused';

CREATE FUNCTION jsonb_to_yaml(document jsonb) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 1000
    AS 'MODULE_PATHNAME', 'anthology_jsonb_to_yaml';
COMMENT ON FUNCTION jsonb_to_yaml(jsonb) IS
    'a YAML document laid out as the Anthology''s files are';
-- orcid_normalize: the form and the check digit of an ORCID (extension/orcid.c)

CREATE FUNCTION orcid_normalize(orcid text) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'anthology_orcid_normalize';
COMMENT ON FUNCTION orcid_normalize(text) IS
    'an ORCID, also one written as a URL or without hyphens, in its canonical form; NULL if it is none or its check digit is wrong';
-- full ids of volumes and papers (extension/full_id.c)

CREATE FUNCTION volume_full_id(collection_id text, volume text) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'anthology_volume_full_id';
COMMENT ON FUNCTION volume_full_id(text, text) IS
    'a volume''s full id: new style, or old style with one or two digits';

CREATE FUNCTION paper_full_id(collection_id text, volume text, paper text) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'anthology_paper_full_id';
COMMENT ON FUNCTION paper_full_id(text, text, text) IS
    'a paper''s full id: new style, or old style with four digits for volume and paper';
-- abstract_plain: Anthology markup and TeX as plain Unicode text (extension/abstract_plain.c)

CREATE FUNCTION abstract_plain(markup text) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 50
    AS 'MODULE_PATHNAME', 'anthology_abstract_plain';
COMMENT ON FUNCTION abstract_plain(text) IS
    'plain Unicode text of a title or an abstract written with the Anthology''s markup, entities and TeX';
-- resolution: from the name on a paper to the person (extension/resolution.c)
--
-- The official rule (see resolve_names). What it makes - authorship.person_id,
-- the unverified persons and the inferred names - is derived: it follows from
-- the names on papers, their explicit ids and the verified persons alone, so
-- that resolving again from scratch gives the same.

CREATE FUNCTION icu_version() RETURNS text
    LANGUAGE c STABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'anthology_icu_version_sql';
COMMENT ON FUNCTION icu_version() IS
    'version of ICU and of its Unicode data, which stored slugs depend on';

CREATE FUNCTION name_looks(first text, last text) RETURNS float8
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 10
    AS 'MODULE_PATHNAME', 'anthology_name_looks_sql';
COMMENT ON FUNCTION name_looks(text, text) IS
    'larger for a spelling more fit to be the canonical name of an unverified person';

CREATE TYPE name_key AS (
    slug text,
    first text,
    last text,
    orcid text,
    explicit_person_id text
);
COMMENT ON TYPE name_key IS 'what of a name on a paper decides which person it resolves to';

-- The rule, and the only place that knows it.
CREATE FUNCTION persons_of_names(keys name_key[]) RETURNS TABLE (i bigint, person_id text)
    LANGUAGE plpgsql STABLE STRICT ROWS 100
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
        WITH name AS MATERIALIZED (
            SELECT k.* FROM unnest(keys) WITH ORDINALITY
                AS k(slug, first, last, orcid, explicit_person_id, i)
        ), matched AS (
            -- Verified persons with a name of that slug: a match if it is but one.
            SELECT s.slug, min(p.id) AS person_id
            FROM (SELECT DISTINCT name.slug FROM name WHERE name.explicit_person_id IS NULL) AS s
                JOIN anthology.person_name n ON n.slug = s.slug AND NOT n.inferred
                JOIN anthology.person p ON p.id = n.person_id AND p.verified
            GROUP BY s.slug
            HAVING count(DISTINCT p.id) = 1 AND NOT bool_or(p.disable_name_matching)
        )
        SELECT name.i, CASE WHEN name.explicit_person_id IS NULL
            THEN coalesce(m.person_id, name.slug || '/unverified')
            ELSE (SELECT p.id FROM anthology.person p
                  WHERE p.id = name.explicit_person_id AND p.verified
                      AND (name.orcid IS NULL OR p.orcid IS NULL OR name.orcid = p.orcid)
                      AND EXISTS (SELECT FROM anthology.person_name n
                                  WHERE n.person_id = p.id AND NOT n.inferred
                                      AND n.first = name.first AND n.last = name.last))
            END
        FROM name LEFT JOIN matched m ON m.slug = name.slug;
END
$$;
COMMENT ON FUNCTION persons_of_names(name_key[]) IS
    'the person that each of some names resolves to, by its place in the array; an unverified person need not exist yet, NULL if an explicit id cannot be honoured';

CREATE FUNCTION wanted_persons(slugs text[], person_ids text[])
    RETURNS TABLE (paper_id text, role text, "position" integer,
                   before_person_id text, after_person_id text)
    LANGUAGE sql STABLE ROWS 100
    SET search_path = pg_catalog, pg_temp
AS $$
    WITH concerned AS MATERIALIZED (
        SELECT row_number() OVER () AS i, c.*
        FROM (SELECT a.* FROM unnest(slugs) AS s(slug)
                  JOIN anthology.authorship a ON a.slug = s.slug
              UNION
              SELECT a.* FROM unnest(person_ids) AS p(id)
                  JOIN anthology.authorship a ON a.explicit_person_id = p.id) AS c
    )
    SELECT c.paper_id, c.role, c."position", c.person_id, k.person_id
    FROM concerned c
        JOIN anthology.persons_of_names((
            SELECT array_agg((d.slug, d.first, d.last, d.orcid, d.explicit_person_id)
                             ::anthology.name_key ORDER BY d.i)
            FROM concerned d)) k ON k.i = c.i
$$;
COMMENT ON FUNCTION wanted_persons(text[], text[]) IS
    'for the names with these slugs, and those whose explicit id is one of these persons: the '
    'person each resolves to now, and the one it should';

-- Derived names of persons: those seen on papers but not listed, then the
-- variants in other scripts that stand beside them.
CREATE FUNCTION infer_names(person_ids text[]) RETURNS void
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    DELETE FROM anthology.person_name n
        WHERE n.person_id = ANY (person_ids) AND n.inferred;
    INSERT INTO anthology.person_name (person_id, "position", first, last, script, inferred)
        WITH printed AS (
            SELECT a.* FROM anthology.authorship a WHERE a.person_id = ANY (person_ids)
        ), seen AS (
            SELECT p.person_id, p.first, p.last, NULL AS script, count(*) AS papers
            FROM printed p GROUP BY p.person_id, p.first, p.last
            UNION ALL
            SELECT p.person_id, v.first, v.last, min(v.script), count(*)
            FROM printed p, LATERAL jsonb_to_recordset(p.variants)
                AS v(first text, last text, script text)
            WHERE v.last <> ''
            GROUP BY p.person_id, v.first, v.last
        )
        SELECT s.person_id,
            coalesce((SELECT max(n."position") FROM anthology.person_name n
                      WHERE n.person_id = s.person_id), 0)
                + row_number() OVER (PARTITION BY s.person_id
                                     ORDER BY s.script IS NOT NULL,
                                         anthology.name_looks(s.first, s.last) DESC, s.papers DESC,
                                         s.first COLLATE "C", s.last COLLATE "C"),
            s.first, s.last, s.script, true
        FROM (SELECT DISTINCT ON (person_id, first, last) * FROM seen
              ORDER BY person_id, first, last, script NULLS FIRST) AS s
        WHERE NOT EXISTS (SELECT FROM anthology.person_name n
                          WHERE n.person_id = s.person_id AND n.first = s.first
                              AND n.last = s.last);
END
$$;
COMMENT ON FUNCTION infer_names(text[]) IS
    'makes the inferred names of these persons anew; an unverified person''s best-looking name comes first';

CREATE FUNCTION record_resolution_problems(paper_ids text[]) RETURNS void
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
        ORDER BY 2, 3;
END
$$;
COMMENT ON FUNCTION record_resolution_problems(text[]) IS
    'records anew, for these papers, the names that do not resolve and the persons named twice';

CREATE FUNCTION resolve_names(slugs text[], person_ids text[])
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
                         w.before_person_id, w.after_person_id, NULL, NULL, NULL)
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
COMMENT ON FUNCTION resolve_names(text[], text[]) IS
    'resolves again the names with these slugs and those whose explicit id is one of these '
    'persons; returns those that moved';
-- loading: the Anthology's data folder into the tables (extension/load.c)
--
-- One internal function a kind of file - load_venues, load_people,
-- load_collection - compares what the file says with what is there, changes
-- what differs, and returns what it did together with the slugs and persons
-- whose names are to be resolved again. import_* calls one of them and
-- resolves; load_directory calls them for every file and resolves once.
--
-- A correction made in the database stays until the file says the same: a file
-- that says neither what it said when it was last loaded nor what the
-- correction says is a conflict, recorded in load_problem.

CREATE TYPE load_outcome AS (
    kind text,
    new bigint,
    changed bigint,
    unchanged bigint,
    removed bigint,
    kept bigint,
    problems bigint,
    slugs text[],
    person_ids text[]
);
COMMENT ON TYPE load_outcome IS
    'what loading did to one kind of thing, and whose names are to be resolved again; kept counts corrections that the file does not have';

CREATE FUNCTION lock_corpus() RETURNS bigint
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    new_revision bigint;
    stored_icu_version text;
BEGIN
    IF to_regclass('anthology.corpus_state') IS NULL THEN
        RAISE EXCEPTION 'the tables of the corpus do not exist'
            USING ERRCODE = 'undefined_table', HINT = 'Call anthology.create_tables().';
    END IF;
    UPDATE anthology.corpus_state SET revision = revision + 1
        RETURNING revision, icu_version INTO new_revision, stored_icu_version;
    IF stored_icu_version IS DISTINCT FROM anthology.icu_version() THEN
        RAISE WARNING 'stored slugs were made under ICU %, this is ICU %',
                stored_icu_version, anthology.icu_version()
            USING HINT = 'Call anthology.rebuild_slugs().';
    END IF;
    RETURN new_revision;
END
$$;
COMMENT ON FUNCTION lock_corpus() IS
    'waits for other loads and corrections to end, and keeps them waiting until this transaction ends';

CREATE FUNCTION rebuild_slugs() RETURNS void
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
    UPDATE anthology.paper SET title = title
        WHERE document <> anthology.abstract_tsvector(title, abstract);
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
    'makes stored slugs and the index of names anew and resolves every name again: for use after an upgrade of ICU';

CREATE FUNCTION record_problem(kind text, file text, place text, reason text, sqlstate text)
    RETURNS void
    LANGUAGE sql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
    INSERT INTO anthology.load_problem (kind, file, place, reason, sqlstate)
        VALUES (kind, file, place, reason, sqlstate)
$$;
COMMENT ON FUNCTION record_problem(text, text, text, text, text) IS
    'adds a row to load_problem';

-- Venues ---------------------------------------------------------------------

CREATE FUNCTION load_venues(venues json, file text) RETURNS SETOF load_outcome
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
    FOR entry IN
        SELECT v.key AS id, v.value AS venue,
            coalesce(load_venues.file, format('yaml/venues/%s.yaml', v.key)) AS file
        FROM json_each(venues) v
    LOOP
        DELETE FROM anthology.load_problem p
            WHERE p.kind = 'entry' AND p.file = entry.file AND p.place = entry.id;
        IF json_typeof(entry.venue) <> 'object' OR coalesce(entry.venue ->> 'name', '') = '' THEN
            PERFORM anthology.record_problem('entry', entry.file, entry.id,
                'the venue has no name', '22023');
            outcome.problems := outcome.problems + 1;
            CONTINUE;
        END IF;
        INSERT INTO anthology.venue AS v
                (id, acronym, name, is_acl, is_toplevel, oldstyle_letter, type, url)
            VALUES (entry.id, entry.venue ->> 'acronym', entry.venue ->> 'name',
                coalesce(entry.venue ->> 'is_acl', 'false') = 'true',
                coalesce(entry.venue ->> 'is_toplevel', 'false') = 'true',
                entry.venue ->> 'oldstyle_letter', entry.venue ->> 'type', entry.venue ->> 'url')
            ON CONFLICT (id) DO UPDATE SET acronym = excluded.acronym, name = excluded.name,
                is_acl = excluded.is_acl, is_toplevel = excluded.is_toplevel,
                oldstyle_letter = excluded.oldstyle_letter, type = excluded.type,
                url = excluded.url
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
COMMENT ON FUNCTION load_venues(json, text) IS
    'loads a mapping of venue ids to venues';

-- People ---------------------------------------------------------------------

CREATE FUNCTION person_entry(person_id text) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT jsonb_strip_nulls(jsonb_build_object(
        'names', (SELECT jsonb_agg(jsonb_build_object('first', n.first, 'last', n.last,
                                                      'script', n.script) ORDER BY n."position")
                  FROM anthology.person_name n
                  WHERE n.person_id = p.id AND NOT n.inferred),
        'orcid', p.orcid, 'degree', p.degree, 'comment', p.comment,
        'similar', CASE WHEN p.similar_ids <> '{}' THEN to_jsonb(p.similar_ids) END,
        'disable_name_matching', CASE WHEN p.disable_name_matching THEN true END))
    FROM anthology.person p WHERE p.id = person_id AND p.verified
$$;
COMMENT ON FUNCTION person_entry(text) IS
    'a verified person as an entry of people.yaml';

CREATE FUNCTION people_entry_problem(person_id text, entry jsonb) RETURNS text
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
COMMENT ON FUNCTION people_entry_problem(text, jsonb) IS
    'why an entry of people.yaml cannot be loaded; NULL if it can';

-- An entry as person_entry() would write it, so that the two can be compared.
CREATE FUNCTION normal_people_entry(entry jsonb) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT jsonb_strip_nulls(jsonb_build_object(
        'names', (SELECT jsonb_agg(jsonb_build_object('first', coalesce(n ->> 'first', ''),
                                                      'last', n ->> 'last',
                                                      'script', n ->> 'script') ORDER BY i)
                  FROM jsonb_array_elements(entry -> 'names') WITH ORDINALITY AS e(n, i)),
        'orcid', anthology.orcid_normalize(entry ->> 'orcid'),
        'degree', entry ->> 'degree', 'comment', entry ->> 'comment',
        'similar', CASE WHEN jsonb_typeof(entry -> 'similar') = 'array'
                            AND entry -> 'similar' <> '[]' THEN entry -> 'similar' END,
        'disable_name_matching',
            CASE WHEN entry ->> 'disable_name_matching' = 'true' THEN true END))
$$;
COMMENT ON FUNCTION normal_people_entry(jsonb) IS
    'an entry of people.yaml in the form of person_entry()';

CREATE FUNCTION set_person(person_id text, entry jsonb) RETURNS void
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
    INSERT INTO anthology.person_name (person_id, "position", first, last, script)
        SELECT person_id, i, n ->> 'first', n ->> 'last', n ->> 'script'
        FROM jsonb_array_elements(entry -> 'names') WITH ORDINALITY AS e(n, i);
END
$$;
COMMENT ON FUNCTION set_person(text, jsonb) IS
    'makes a verified person what an entry in the form of person_entry() says';

CREATE FUNCTION load_people(people json, file text) RETURNS SETOF load_outcome
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
COMMENT ON FUNCTION load_people(json, text) IS
    'loads a mapping of person ids to entries of people.yaml; persons not in it stay';

-- Collections ----------------------------------------------------------------

CREATE FUNCTION papers_of_collection(collection_id text) RETURNS SETOF text
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT p.id FROM anthology.volume v JOIN anthology.paper p ON p.volume_id = v.id
        WHERE v.collection_id = papers_of_collection.collection_id
    UNION ALL
    SELECT p.id FROM anthology.event e JOIN anthology.paper p ON p.event_id = e.id
        WHERE e.collection_id = papers_of_collection.collection_id
$$;
COMMENT ON FUNCTION papers_of_collection(text) IS
    'ids of the papers, frontmatters and talks of a collection';

CREATE FUNCTION iso_date(day text) RETURNS date
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    found date;
BEGIN
    IF day ~ '^[1-9][0-9]{3}-(0[1-9]|1[0-2])-[0-3][0-9]$' THEN
        found := make_date(left(day, 4)::integer, substr(day, 6, 2)::integer, 1)
            + substr(day, 9, 2)::integer - 1;
        IF to_char(found, 'YYYY-MM-DD') = day THEN
            RETURN found;
        END IF;
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION iso_date(text) IS 'a date written 2024-08-15; NULL for anything else';

CREATE TYPE loaded_name AS (
    paper_id text,
    role text,
    "position" integer,
    first text,
    last text,
    affiliation text,
    orcid text,
    variants jsonb,
    file_person_id text,
    explicit_person_id text
);
COMMENT ON TYPE loaded_name IS
    'a name on a paper as a collection file has it, and the explicit id it is to have here';

CREATE FUNCTION names_of_collection(collection text, document xml, volume_path text,
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
            END, n.id, n.id
        FROM name n;
END
$$;
COMMENT ON FUNCTION names_of_collection(text, xml, text, text, boolean) IS
    'the names on the papers, volumes and talks of a collection file';

CREATE FUNCTION load_names(collection text, file text, names loaded_name[], is_new boolean)
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
        WHERE NOT is_new AND a.explicit_person_id IS DISTINCT FROM a.file_person_id
    LOOP
        SELECT n.i INTO i
            FROM unnest(names) WITH ORDINALITY AS n(paper_id, role, "position", first, last,
                affiliation, orcid, variants, file_person_id, explicit_person_id, i)
            WHERE n.paper_id = old.paper_id AND n.role = old.role AND n.first = old.first
                AND n.last = old.last
            ORDER BY abs(n."position" - old."position") LIMIT 1;
        IF i IS NULL THEN
            PERFORM anthology.record_problem('correction', file, old.paper_id,
                format('%s %s "%s" was corrected here to person "%s" and is not in the file any more',
                       old.role, old."position", old.full_name, old.explicit_person_id), NULL);
            outcome.problems := outcome.problems + 1;
        ELSIF names[i].file_person_id IS DISTINCT FROM old.explicit_person_id THEN
            names[i].explicit_person_id := old.explicit_person_id;
            outcome.kept := outcome.kept + 1;
            IF names[i].file_person_id IS DISTINCT FROM old.file_person_id THEN
                PERFORM anthology.record_problem('correction', file, old.paper_id,
                    format('%s %s "%s" was corrected here and the file says otherwise; kept "%s", file has "%s"',
                           old.role, old."position", old.full_name, old.explicit_person_id,
                           names[i].file_person_id), NULL);
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
                affiliation, orcid, variants, file_person_id, explicit_person_id, person_id)
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
                affiliation, orcid, variants, explicit_person_id, file_person_id, person_id)
            SELECT n.paper_id, n.role, n."position", n.first, n.last, n.affiliation, n.orcid,
                n.variants, n.explicit_person_id, n.file_person_id, n.person_id
            FROM unnest(names, persons) AS n(paper_id, role, "position", first, last,
                affiliation, orcid, variants, file_person_id, explicit_person_id, person_id)
            ON CONFLICT (paper_id, role, "position") DO UPDATE SET first = excluded.first,
                last = excluded.last, affiliation = excluded.affiliation, orcid = excluded.orcid,
                variants = excluded.variants, explicit_person_id = excluded.explicit_person_id,
                file_person_id = excluded.file_person_id, person_id = excluded.person_id
            WHERE (a.first, a.last, a.affiliation, a.orcid, a.variants, a.explicit_person_id,
                   a.file_person_id)
                IS DISTINCT FROM (excluded.first, excluded.last, excluded.affiliation,
                    excluded.orcid, excluded.variants, excluded.explicit_person_id,
                    excluded.file_person_id)
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
COMMENT ON FUNCTION load_names(text, text, loaded_name[], boolean) IS
    'makes the names of a collection those of its file, but for corrections made here';

CREATE TYPE loaded_entry AS (kind text, id text, container_id text);
COMMENT ON TYPE loaded_entry IS
    'a collection, volume or paper of a collection file, and the id of what contains it';

CREATE FUNCTION load_collection(source text, file text) RETURNS SETOF load_outcome
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
                WHERE a.explicit_person_id IS DISTINCT FROM a.file_person_id), 0, NULL, NULL
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
COMMENT ON FUNCTION load_collection(text, text) IS
    'loads a collection file; papers and volumes that the file does not have any more go';

-- What users call ------------------------------------------------------------

CREATE FUNCTION set_indexes_aside() RETURNS text[]
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    index record;
    definitions text[] := '{}';
BEGIN
    FOR index IN
        SELECT c.oid::regclass AS name, pg_get_indexdef(c.oid) AS definition
        FROM pg_class c
        WHERE c.relnamespace = 'anthology'::regnamespace AND c.relkind = 'i'
            AND c.relname IN ('paper_document', 'person_name_full_name', 'authorship_slug',
                              'authorship_person_id')
            AND pg_has_role(c.relowner, 'USAGE') AND c.reltablespace = 0
        ORDER BY c.relname
    LOOP
        EXECUTE format('DROP INDEX %s', index.name);
        definitions := definitions || index.definition;
    END LOOP;
    RETURN definitions;
END
$$;
COMMENT ON FUNCTION set_indexes_aside() IS
    'drops the indexes that a first load does not need, and returns how to make them again: that is quicker than adding to them';

CREATE FUNCTION put_indexes_back(definitions text[]) RETURNS void
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    definition text;
BEGIN
    FOREACH definition IN ARRAY definitions LOOP
        EXECUTE definition;
    END LOOP;
END
$$;
COMMENT ON FUNCTION put_indexes_back(text[]) IS
    'makes indexes of their definitions';

CREATE FUNCTION finish_load(outcomes load_outcome[])
    RETURNS TABLE (kind text, new bigint, changed bigint, unchanged bigint, removed bigint,
                   kept bigint, problems bigint)
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    moved bigint;
BEGIN
    SELECT count(*) INTO moved FROM anthology.resolve_names(
        ARRAY(SELECT DISTINCT unnest(o.slugs) FROM unnest(outcomes) o),
        ARRAY(SELECT DISTINCT unnest(o.person_ids) FROM unnest(outcomes) o));
    -- Counts that are off by one in a hundred rank no worse.
    IF (SELECT count(*) FROM anthology.document_change) >= coalesce(
        (SELECT s.documents / 100 FROM anthology.term_count_state s), 0) THEN
        PERFORM anthology.refresh_term_statistics();
    END IF;
    RETURN QUERY
        SELECT o.kind, sum(o.new)::bigint, sum(o.changed)::bigint, sum(o.unchanged)::bigint,
            sum(o.removed)::bigint, sum(o.kept)::bigint, sum(o.problems)::bigint
        FROM unnest(outcomes) o GROUP BY o.kind
        ORDER BY array_position('{file,venue,person,volume,paper,name}'::text[], o.kind);
END
$$;
COMMENT ON FUNCTION finish_load(load_outcome[]) IS
    'resolves the names that a load concerns, recounts terms if many papers have changed, and adds up what it did';

CREATE FUNCTION import_collection(collection xml)
    RETURNS TABLE (kind text, new bigint, changed bigint, unchanged bigint, removed bigint,
                   kept bigint, problems bigint)
    LANGUAGE sql VOLATILE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT anthology.lock_corpus();
    SELECT f.* FROM anthology.finish_load(ARRAY(
        SELECT o::anthology.load_outcome
        FROM anthology.load_collection(collection::text, NULL) o)) f
$$;
COMMENT ON FUNCTION import_collection(xml) IS
    'loads or updates a collection from the text of its XML file';

CREATE FUNCTION import_people(people text)
    RETURNS TABLE (kind text, new bigint, changed bigint, unchanged bigint, removed bigint,
                   kept bigint, problems bigint)
    LANGUAGE sql VOLATILE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT anthology.lock_corpus();
    SELECT f.* FROM anthology.finish_load(ARRAY(
        SELECT o::anthology.load_outcome
        FROM anthology.load_people(anthology.yaml_to_json(people), 'yaml/people.yaml') o)) f
$$;
COMMENT ON FUNCTION import_people(text) IS
    'loads or updates verified persons from the text of people.yaml; persons not in it stay';

CREATE FUNCTION import_venues(venues text, venue_id text DEFAULT NULL)
    RETURNS TABLE (kind text, new bigint, changed bigint, unchanged bigint, removed bigint,
                   kept bigint, problems bigint)
    LANGUAGE sql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT anthology.lock_corpus();
    SELECT f.* FROM anthology.finish_load(ARRAY(
        SELECT o::anthology.load_outcome
        FROM anthology.load_venues(CASE WHEN venue_id IS NULL
                THEN anthology.yaml_to_json(venues)
                ELSE json_build_object(venue_id, anthology.yaml_to_json(venues)) END, NULL) o)) f
$$;
COMMENT ON FUNCTION import_venues(text, text) IS
    'loads or updates venues: a YAML mapping of ids to venues, or the text of yaml/venues/<venue_id>.yaml';

CREATE FUNCTION load_directory(path text)
    RETURNS TABLE (kind text, new bigint, changed bigint, unchanged bigint, removed bigint,
                   kept bigint, problems bigint)
    LANGUAGE c VOLATILE STRICT
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_load_directory';
COMMENT ON FUNCTION load_directory(text) IS
    'loads or updates everything from a data folder on the server: yaml/venues/*.yaml, yaml/people.yaml and xml/*.xml';
-- the author's page and what stands beside it
--
-- Plain SQL over the tables: there is no C file for these.

CREATE FUNCTION person_page(person_id text)
    RETURNS TABLE (year integer, paper_id text, role text, "position" integer, title text,
                   authors text, venue text, abstract text)
    LANGUAGE plpgsql STABLE STRICT ROWS 20
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    IF NOT EXISTS (SELECT FROM anthology.person p WHERE p.id = person_page.person_id) THEN
        RAISE EXCEPTION 'there is no person "%"', person_page.person_id
            USING ERRCODE = 'undefined_object',
                HINT = 'find_person() finds the ids of persons with a name.';
    END IF;
    RETURN QUERY
        SELECT p.year, p.id, a.role, a."position", anthology.abstract_plain(p.title),
            (SELECT string_agg(c.full_name, ', ' ORDER BY c.role, c."position")
             FROM anthology.authorship c WHERE c.paper_id = p.id),
            (SELECT string_agg(coalesce(v.acronym, v.name, i.id), ', ' ORDER BY i.n)
             FROM unnest(w.venue_ids) WITH ORDINALITY AS i(id, n)
                 LEFT JOIN anthology.venue v ON v.id = i.id),
            anthology.abstract_plain(p.abstract)
        FROM anthology.authorship a
            JOIN anthology.paper p ON p.id = a.paper_id
            LEFT JOIN anthology.volume w ON w.id = p.volume_id
        WHERE a.person_id = person_page.person_id
        ORDER BY p.year DESC NULLS LAST, coalesce(p.volume_id, p.event_id) COLLATE "C", p.number,
            a.role, a."position";
END
$$;
COMMENT ON FUNCTION person_page(text) IS
    'an author''s page: the papers, the newest first, as plain text';

CREATE FUNCTION person_names(person_id text)
    RETURNS TABLE (name text, canonical boolean, inferred boolean, papers bigint)
    LANGUAGE sql STABLE STRICT ROWS 3
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT n.full_name, n."position" = 1, n.inferred,
        (SELECT count(DISTINCT a.paper_id) FROM anthology.authorship a
         WHERE a.person_id = n.person_id AND a.first = n.first AND a.last = n.last)
    FROM anthology.person_name n
    WHERE n.person_id = person_names.person_id
    ORDER BY n."position"
$$;
COMMENT ON FUNCTION person_names(text) IS
    'a person''s names, the canonical one first ("also published as"), with the papers that have them';

CREATE FUNCTION person_coauthors(person_id text)
    RETURNS TABLE (coauthor_id text, name text, papers bigint)
    LANGUAGE sql STABLE STRICT ROWS 20
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT c.person_id, n.full_name, count(DISTINCT c.paper_id)
    FROM (SELECT DISTINCT a.paper_id FROM anthology.authorship a
          WHERE a.person_id = person_coauthors.person_id) AS own
        JOIN anthology.authorship c ON c.paper_id = own.paper_id
        JOIN anthology.person_name n ON n.person_id = c.person_id AND n."position" = 1
    WHERE c.person_id <> person_coauthors.person_id
    GROUP BY c.person_id, n.full_name
    ORDER BY 3 DESC, c.person_id COLLATE "C"
$$;
COMMENT ON FUNCTION person_coauthors(text) IS
    'who shares papers with a person, and how many';

CREATE FUNCTION person_venues(person_id text)
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
    WHERE a.person_id = person_venues.person_id
    GROUP BY i.id, v.acronym, v.name
    ORDER BY 3 DESC, i.id COLLATE "C"
$$;
COMMENT ON FUNCTION person_venues(text) IS
    'where a person''s papers appeared, and how many';

CREATE FUNCTION find_person(name text, k integer DEFAULT 10)
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
            FROM nearest AS s
            ORDER BY s.person_id, s.score DESC, s."position"
        )
        SELECT b.person_id, c.full_name, b.full_name, b.score, p.verified,
            (SELECT count(DISTINCT a.paper_id) FROM anthology.authorship a
             WHERE a.person_id = b.person_id) AS papers
        FROM best b
            JOIN anthology.person p ON p.id = b.person_id
            JOIN anthology.person_name c ON c.person_id = b.person_id AND c."position" = 1
        ORDER BY b.score DESC, papers DESC, b.person_id COLLATE "C"
        LIMIT k;
END
$$;
COMMENT ON FUNCTION find_person(text, integer) IS
    'the k persons one of whose names is most similar to a name';

CREATE FUNCTION person_similar(person_id text)
    RETURNS TABLE (similar_id text, canonical_name text, score real, same_slug boolean,
                   papers bigint)
    LANGUAGE sql STABLE STRICT ROWS 10
    SET search_path = pg_catalog, pg_temp
AS $$
    WITH own AS (
        SELECT n.full_name, n.slug FROM anthology.person_name n
        WHERE n.person_id = person_similar.person_id
    ), candidate AS (
        SELECT f.person_id, max(f.score) AS score
        FROM own, LATERAL anthology.find_person(own.full_name, 10) f
        WHERE f.score >= 0.8
        GROUP BY f.person_id
        UNION ALL
        SELECT n.person_id, 1 FROM own JOIN anthology.person_name n ON n.slug = own.slug
        UNION ALL
        SELECT s.id, 1 FROM anthology.person p, LATERAL unnest(p.similar_ids) AS s(id)
        WHERE p.id = person_similar.person_id
    )
    SELECT c.person_id, n.full_name, max(c.score)::real,
        EXISTS (SELECT FROM anthology.person_name m JOIN own ON own.slug = m.slug
                WHERE m.person_id = c.person_id),
        (SELECT count(DISTINCT a.paper_id) FROM anthology.authorship a
         WHERE a.person_id = c.person_id)
    FROM candidate c
        JOIN anthology.person_name n ON n.person_id = c.person_id AND n."position" = 1
    WHERE c.person_id <> person_similar.person_id
    GROUP BY c.person_id, n.full_name
    ORDER BY 3 DESC, 5 DESC, c.person_id COLLATE "C"
$$;
COMMENT ON FUNCTION person_similar(text) IS
    'people with similar names: the same slug, listed as similar in people.yaml, or a name much alike';
-- judging assignments: who wrote a paper (extension/judge.c)

CREATE FUNCTION assignment_score(paper_id text, person_id text) RETURNS real
    LANGUAGE c STABLE STRICT COST 100000
    SET search_path = pg_catalog, pg_temp
    SET plan_cache_mode = force_generic_plan
    AS 'MODULE_PATHNAME', 'anthology_assignment_score';
COMMENT ON FUNCTION assignment_score(text, text) IS
    'the probability, at even odds beforehand, that the paper belongs to the person, judged from the person''s other papers';

CREATE FUNCTION assignment_evidence(paper_id text, person_id text)
    RETURNS TABLE (signal text, value double precision, weight double precision, detail text)
    LANGUAGE c STABLE STRICT COST 100000 ROWS 15
    SET search_path = pg_catalog, pg_temp
    SET plan_cache_mode = force_generic_plan
    AS 'MODULE_PATHNAME', 'anthology_assignment_evidence';
COMMENT ON FUNCTION assignment_evidence(text, text) IS
    'why assignment_score() is what it is: the weights are log-odds, s = 1 / (1 + exp(-sum(weight)))';

CREATE FUNCTION suggest_split(person_id text)
    RETURNS TABLE (paper_id text, part integer, confidence real)
    LANGUAGE c STABLE STRICT COST 1000000 ROWS 50
    SET search_path = pg_catalog, pg_temp
    SET plan_cache_mode = force_generic_plan
    AS 'MODULE_PATHNAME', 'anthology_suggest_split';
COMMENT ON FUNCTION suggest_split(text) IS
    'the papers of a page grouped by who seems to have written them';

CREATE FUNCTION judge_pages(paper_ids text[], person_ids text[], threshold double precision)
    RETURNS TABLE (paper_id text, person_id text, score real)
    LANGUAGE c STABLE COST 1000000 ROWS 1000
    SET search_path = pg_catalog, pg_temp
    SET plan_cache_mode = force_generic_plan
    AS 'MODULE_PATHNAME', 'anthology_judge_pages';
COMMENT ON FUNCTION judge_pages(text[], text[], double precision) IS
    'assignment_score() of those of the papers that are on the persons'' pages, where below the threshold; of everything if both are NULL';

CREATE FUNCTION fit_pages(pages integer[], person_ids text[])
    RETURNS TABLE (model text, stratum integer, signal text, lower double precision, weight double precision)
    LANGUAGE c STABLE STRICT COST 1000000 ROWS 800
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_fit_pages';
COMMENT ON FUNCTION fit_pages(integer[], text[]) IS
    'weights fitted to pages merged of several persons: those of one page have the same number, beside each other';

CREATE FUNCTION namesake_pages(part text DEFAULT 'all')
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
        SELECT n.*, row_number() OVER same AS place, count(*) OVER (PARTITION BY surname, initial) AS persons,
            2 + abs(hashtextextended(surname || ' ' || initial, 7) % 11) AS size
        FROM named n
        WINDOW same AS (PARTITION BY surname, initial
                        ORDER BY hashtextextended(n.person_id, 7), n.person_id COLLATE "C")
    ), paged AS (
        SELECT surname, initial, (place - 1) / size AS page, person_id,
            count(*) OVER (PARTITION BY surname, initial, (place - 1) / size) AS persons
        FROM dealt WHERE persons > 1
    )
    SELECT dense_rank() OVER (ORDER BY surname COLLATE "C", initial COLLATE "C", page)::integer, person_id
    FROM paged
    WHERE persons > 1 AND CASE part
        WHEN 'all' THEN true
        WHEN 'first half' THEN hashtextextended(surname, 11) & 1 = 0
        WHEN 'second half' THEN hashtextextended(surname, 11) & 1 = 1 END
    ORDER BY 1, person_id COLLATE "C"
$$;
COMMENT ON FUNCTION namesake_pages(text) IS
    'merged pages: authors of at least four papers with the same surname and first initial, 2 to 12 a page; of all surnames, or the ''first half'' or ''second half'' of them';

CREATE FUNCTION fit_assignment_model(pages integer[] DEFAULT NULL, person_ids text[] DEFAULT NULL)
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
    DELETE FROM anthology.assignment_weight w WHERE w.model IN ('paper', 'pair');
    INSERT INTO anthology.assignment_weight
        SELECT * FROM anthology.fit_pages(fit_assignment_model.pages, fit_assignment_model.person_ids);
    RETURN QUERY SELECT w.model, count(*) FROM anthology.assignment_weight w GROUP BY w.model ORDER BY w.model;
END
$$;
COMMENT ON FUNCTION fit_assignment_model(integer[], text[]) IS
    'fits the weights of assignment_score() and suggest_split() anew: to persons merged into numbered pages, by default all namesakes of the corpus';
-- the weights that create_tables() begins with: written by extension/generate_weights

CREATE FUNCTION default_assignment_weights()
    RETURNS TABLE (model text, stratum integer, signal text, lower double precision, weight double precision)
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    VALUES
        ('name', 0, 'name', '-infinity'::float8, -6::float8), ('name', 0, 'name', 0.5, -3),
        ('name', 0, 'name', 0.65, -1), ('name', 0, 'name', 0.8, -0.3), ('name', 0, 'name', 0.95, 0),
        ('name', 0, 'orcid', '-infinity', -7), ('name', 0, 'orcid', 0, 0), ('name', 0, 'orcid', 1, 7),
        ('paper', 0, 'all papers', '-infinity', -0.7226),
        ('paper', 0, 'all papers', 6.77928e-09, 0.1635),
        ('paper', 0, 'all papers', 0.010924466, -0.4489),
        ('paper', 0, 'all papers', 0.028627196, -0.0723),
        ('paper', 0, 'all papers', 0.05742087, -0.1194),
        ('paper', 0, 'all papers', 0.08767875, -0.0939),
        ('paper', 0, 'all papers', 0.1565742, 0.7075),
        ('paper', 0, 'all papers', 0.2676495, 0.5867),
        ('paper', 0, 'near papers', '-infinity', -0.0266),
        ('paper', 0, 'near papers', 0.0015880764, -0.7102),
        ('paper', 0, 'near papers', 0.010677686, -0.115),
        ('paper', 0, 'near papers', 0.027890075, 0.2162),
        ('paper', 0, 'near papers', 0.052994985, -0.1495),
        ('paper', 0, 'near papers', 0.08329093, 0.1518),
        ('paper', 0, 'near papers', 0.15440714, 0.2456),
        ('paper', 0, 'near papers', 0.24249889, 0.3883),
        ('paper', 0, 'nearest paper', '-infinity', -0.0266),
        ('paper', 0, 'nearest paper', 0.0046559186, -0.7291),
        ('paper', 0, 'nearest paper', 0.017040301, -0.4211),
        ('paper', 0, 'nearest paper', 0.04023031, -0.2397),
        ('paper', 0, 'nearest paper', 0.07376583, 0.357),
        ('paper', 0, 'nearest paper', 0.13171327, 0.3661),
        ('paper', 0, 'nearest paper', 0.22332156, 0.3346),
        ('paper', 0, 'nearest paper', 0.39400405, 0.3594),
        ('paper', 0, 'number of papers', '-infinity', 0.8996),
        ('paper', 0, 'number of papers', 5, 0.1849),
        ('paper', 0, 'number of papers', 6, -0.0073),
        ('paper', 0, 'number of papers', 9, -0.0781),
        ('paper', 0, 'number of papers', 16, -0.1204),
        ('paper', 0, 'number of papers', 28, -0.8782),
        ('paper', 0, 'prior', 0, 0.1348),
        ('paper', 0, 'venue', '-infinity', -0.9633),
        ('paper', 0, 'venue', 0.009302326, -0.104),
        ('paper', 0, 'venue', 0.11940298, 0.1722),
        ('paper', 0, 'venue', 0.21052632, 0.2505),
        ('paper', 0, 'venue', 0.41666666, 0.645),
        ('paper', 0, 'years', '-infinity', 0.3014),
        ('paper', 0, 'years', 1, 0.5111),
        ('paper', 0, 'years', 2, 0.5984),
        ('paper', 0, 'years', 3, 0.0742),
        ('paper', 0, 'years', 6, -0.4813),
        ('paper', 0, 'years', 13, -1.0034),
        ('paper', 1, 'all papers', '-infinity', -0.3497),
        ('paper', 1, 'all papers', 0.06264274, -0.1259),
        ('paper', 1, 'all papers', 0.09438772, -0.207),
        ('paper', 1, 'all papers', 0.11927596, -0.0801),
        ('paper', 1, 'all papers', 0.14496493, 0.031),
        ('paper', 1, 'all papers', 0.1754024, 0.2145),
        ('paper', 1, 'all papers', 0.21288368, 0.3343),
        ('paper', 1, 'all papers', 0.2742479, 0.1928),
        ('paper', 1, 'closest co-author of co-author', '-infinity', -0.1728),
        ('paper', 1, 'closest co-author of co-author', 0.01, -0.1642),
        ('paper', 1, 'closest co-author of co-author', 0.2264151, 0.0588),
        ('paper', 1, 'closest co-author of co-author', 0.46875, -0.0463),
        ('paper', 1, 'closest co-author of co-author', 0.5740741, -0.1537),
        ('paper', 1, 'closest co-author of co-author', 0.6846154, 0.0018),
        ('paper', 1, 'closest co-author of co-author', 0.8023256, 0.2679),
        ('paper', 1, 'closest co-author of co-author', 0.8833333, 0.2185),
        ('paper', 1, 'co-author share', '-infinity', -0.7306),
        ('paper', 1, 'co-author share', 0.3478261, -0.1983),
        ('paper', 1, 'co-author share', 0.5081967, 0.0879),
        ('paper', 1, 'co-author share', 0.6744186, 0.2045),
        ('paper', 1, 'co-author share', 0.8666667, 0.6466),
        ('paper', 1, 'co-authors', '-infinity', -1.336),
        ('paper', 1, 'co-authors', 0.5148725, -0.4425),
        ('paper', 1, 'co-authors', 0.7881676, -0.3612),
        ('paper', 1, 'co-authors', 1.0928904, 0.17),
        ('paper', 1, 'co-authors', 1.4767474, 0.1785),
        ('paper', 1, 'co-authors', 1.9626915, 0.1233),
        ('paper', 1, 'co-authors', 2.5689344, 0.7236),
        ('paper', 1, 'co-authors', 3.6244617, 0.9543),
        ('paper', 1, 'co-authors of co-authors', '-infinity', -0.1728),
        ('paper', 1, 'co-authors of co-authors', 0.01, 0.1473),
        ('paper', 1, 'co-authors of co-authors', 0.2763285, 0.004),
        ('paper', 1, 'co-authors of co-authors', 0.6247619, 0.1948),
        ('paper', 1, 'co-authors of co-authors', 0.9537815, 0.0959),
        ('paper', 1, 'co-authors of co-authors', 1.3793104, 0.2367),
        ('paper', 1, 'co-authors of co-authors', 1.9283694, -0.2361),
        ('paper', 1, 'co-authors of co-authors', 2.8614163, -0.2598),
        ('paper', 1, 'co-authors'' papers', '-infinity', 0.0743),
        ('paper', 1, 'co-authors'' papers', 0.104837134, 0.14),
        ('paper', 1, 'co-authors'' papers', 0.16325274, 0.1503),
        ('paper', 1, 'co-authors'' papers', 0.21037944, 0.0602),
        ('paper', 1, 'co-authors'' papers', 0.25358933, 0.1403),
        ('paper', 1, 'co-authors'' papers', 0.2982418, -0.0749),
        ('paper', 1, 'co-authors'' papers', 0.35351753, -0.1752),
        ('paper', 1, 'co-authors'' papers', 0.43378147, -0.3049),
        ('paper', 1, 'namesake share', '-infinity', 0.9462),
        ('paper', 1, 'namesake share', 0.013157895, 0.164),
        ('paper', 1, 'namesake share', 0.17391305, 0.0069),
        ('paper', 1, 'namesake share', 0.5081967, -1.107),
        ('paper', 1, 'namesakes', '-infinity', 0.9462),
        ('paper', 1, 'namesakes', 0.16754046, 0.7039),
        ('paper', 1, 'namesakes', 0.23868315, -0.1389),
        ('paper', 1, 'namesakes', 0.77847844, -1.5012),
        ('paper', 1, 'near papers', '-infinity', -0.0098),
        ('paper', 1, 'near papers', 0.045619354, 0.0754),
        ('paper', 1, 'near papers', 0.0654191, 0.2091),
        ('paper', 1, 'near papers', 0.08300784, 0.2512),
        ('paper', 1, 'near papers', 0.10338988, 0.0278),
        ('paper', 1, 'near papers', 0.12877592, -0.0808),
        ('paper', 1, 'near papers', 0.16347727, 0.0393),
        ('paper', 1, 'near papers', 0.23383465, -0.5023),
        ('paper', 1, 'nearest paper', '-infinity', 0.2786),
        ('paper', 1, 'nearest paper', 0.062145654, 0.096),
        ('paper', 1, 'nearest paper', 0.0873169, -0.0961),
        ('paper', 1, 'nearest paper', 0.11253031, -0.0822),
        ('paper', 1, 'nearest paper', 0.14462367, -0.0537),
        ('paper', 1, 'nearest paper', 0.18504034, -0.3184),
        ('paper', 1, 'nearest paper', 0.24678934, -0.0401),
        ('paper', 1, 'nearest paper', 0.35794726, 0.2259),
        ('paper', 1, 'number of co-authors', '-infinity', -0.4348),
        ('paper', 1, 'number of co-authors', 3, 0.1009),
        ('paper', 1, 'number of co-authors', 4, 0.0152),
        ('paper', 1, 'number of co-authors', 5, 0.3291),
        ('paper', 1, 'number of co-authors', 6, 0.2514),
        ('paper', 1, 'number of co-authors', 7, 0.066),
        ('paper', 1, 'number of co-authors', 8, -0.3177),
        ('paper', 1, 'number of papers', '-infinity', 2.627),
        ('paper', 1, 'number of papers', 4, 0.0436),
        ('paper', 1, 'number of papers', 5, -0.0519),
        ('paper', 1, 'number of papers', 6, 0.118),
        ('paper', 1, 'number of papers', 8, -0.1394),
        ('paper', 1, 'number of papers', 10, -0.3334),
        ('paper', 1, 'number of papers', 14, -0.7928),
        ('paper', 1, 'number of papers', 25, -1.461),
        ('paper', 1, 'prior', 0, 3.0151),
        ('paper', 1, 'rare co-author', '-infinity', 0.1388),
        ('paper', 1, 'rare co-author', 0.24423933, 0.0641),
        ('paper', 1, 'rare co-author', 0.30692768, -0.0386),
        ('paper', 1, 'rare co-author', 0.37892318, -0.1061),
        ('paper', 1, 'rare co-author', 0.48089835, -0.1397),
        ('paper', 1, 'rare co-author', 0.6213349, 0.222),
        ('paper', 1, 'rare co-author', 0.7213475, -0.1304),
        ('paper', 1, 'venue', '-infinity', -0.2414),
        ('paper', 1, 'venue', 0.00390625, -0.1191),
        ('paper', 1, 'venue', 0.058139537, -0.0449),
        ('paper', 1, 'venue', 0.14473684, 0.1184),
        ('paper', 1, 'venue', 0.2015504, 0.1371),
        ('paper', 1, 'venue', 0.25390625, 0.3025),
        ('paper', 1, 'venue', 0.4090909, -0.1425),
        ('paper', 1, 'years', '-infinity', 0.5392),
        ('paper', 1, 'years', 1, 0.0603),
        ('paper', 1, 'years', 2, -0.5895),
        ('paper', 2, 'all papers', '-infinity', -0.0311),
        ('paper', 2, 'all papers', 0.023031034, 0.1531),
        ('paper', 2, 'all papers', 0.04664589, 0.173),
        ('paper', 2, 'all papers', 0.065572694, -0.1543),
        ('paper', 2, 'all papers', 0.08160888, 0.2837),
        ('paper', 2, 'all papers', 0.09708434, -0.0449),
        ('paper', 2, 'all papers', 0.11551377, -0.1566),
        ('paper', 2, 'all papers', 0.14336331, -0.2336),
        ('paper', 2, 'closest co-author of co-author', '-infinity', -0.2159),
        ('paper', 2, 'closest co-author of co-author', 0.011494253, -0.5951),
        ('paper', 2, 'closest co-author of co-author', 0.022988506, -0.3252),
        ('paper', 2, 'closest co-author of co-author', 0.03726708, 0.1347),
        ('paper', 2, 'closest co-author of co-author', 0.061068702, -0.0343),
        ('paper', 2, 'closest co-author of co-author', 0.091772154, 0.4738),
        ('paper', 2, 'closest co-author of co-author', 0.15463917, -0.172),
        ('paper', 2, 'closest co-author of co-author', 0.28865978, 0.7233),
        ('paper', 2, 'co-authors of co-authors', '-infinity', -0.3909),
        ('paper', 2, 'co-authors of co-authors', 0.0116731515, -0.0975),
        ('paper', 2, 'co-authors of co-authors', 0.025006484, -0.2157),
        ('paper', 2, 'co-authors of co-authors', 0.04183154, -0.1066),
        ('paper', 2, 'co-authors of co-authors', 0.072289154, 0.1879),
        ('paper', 2, 'co-authors of co-authors', 0.119663335, -0.1385),
        ('paper', 2, 'co-authors of co-authors', 0.20009263, 0.4353),
        ('paper', 2, 'co-authors of co-authors', 0.40566584, 0.3153),
        ('paper', 2, 'co-authors'' papers', '-infinity', 0.069),
        ('paper', 2, 'co-authors'' papers', 0.11232392, 0.3085),
        ('paper', 2, 'co-authors'' papers', 0.16140473, -0.2758),
        ('paper', 2, 'co-authors'' papers', 0.20013891, 0.098),
        ('paper', 2, 'co-authors'' papers', 0.2408816, 0.1579),
        ('paper', 2, 'co-authors'' papers', 0.2766904, 0.1073),
        ('paper', 2, 'co-authors'' papers', 0.32174596, -0.0174),
        ('paper', 2, 'co-authors'' papers', 0.39140615, -0.4582),
        ('paper', 2, 'namesake share', '-infinity', 1.5856),
        ('paper', 2, 'namesake share', 0.013157895, 0.7099),
        ('paper', 2, 'namesake share', 0.22727273, -0.043),
        ('paper', 2, 'namesake share', 0.4117647, -0.6234),
        ('paper', 2, 'namesake share', 0.61538464, -0.6492),
        ('paper', 2, 'namesake share', 0.7647059, -0.9907),
        ('paper', 2, 'namesakes', '-infinity', 1.5856),
        ('paper', 2, 'namesakes', 0.17280418, 1.1715),
        ('paper', 2, 'namesakes', 0.42445573, 0.1541),
        ('paper', 2, 'namesakes', 0.8250404, 0.0949),
        ('paper', 2, 'namesakes', 1.3091989, -0.5693),
        ('paper', 2, 'namesakes', 1.8649126, -0.5027),
        ('paper', 2, 'namesakes', 2.5435688, -0.9008),
        ('paper', 2, 'namesakes', 3.7297845, -1.0441),
        ('paper', 2, 'near papers', '-infinity', -0.1246),
        ('paper', 2, 'near papers', 0.021476042, 0.2524),
        ('paper', 2, 'near papers', 0.036127713, 0.0523),
        ('paper', 2, 'near papers', 0.046254467, 0.2528),
        ('paper', 2, 'near papers', 0.055032477, -0.3842),
        ('paper', 2, 'near papers', 0.06445499, -0.0991),
        ('paper', 2, 'near papers', 0.075455606, 0.0319),
        ('paper', 2, 'near papers', 0.09703317, 0.008),
        ('paper', 2, 'nearest paper', '-infinity', -0.0927),
        ('paper', 2, 'nearest paper', 0.03151599, -0.4459),
        ('paper', 2, 'nearest paper', 0.047352318, -0.4303),
        ('paper', 2, 'nearest paper', 0.05846974, 0.0185),
        ('paper', 2, 'nearest paper', 0.06803403, -0.2616),
        ('paper', 2, 'nearest paper', 0.079372905, -0.0274),
        ('paper', 2, 'nearest paper', 0.09688323, 0.2614),
        ('paper', 2, 'nearest paper', 0.124805935, 0.9673),
        ('paper', 2, 'number of co-authors', '-infinity', 0.4804),
        ('paper', 2, 'number of co-authors', 3, 0.0496),
        ('paper', 2, 'number of co-authors', 4, 0.0794),
        ('paper', 2, 'number of co-authors', 5, -0.261),
        ('paper', 2, 'number of co-authors', 6, 0.0044),
        ('paper', 2, 'number of co-authors', 7, -0.258),
        ('paper', 2, 'number of co-authors', 9, -0.1056),
        ('paper', 2, 'number of papers', '-infinity', 1.4263),
        ('paper', 2, 'number of papers', 5, 0.1038),
        ('paper', 2, 'number of papers', 6, 0.7572),
        ('paper', 2, 'number of papers', 8, -0.03),
        ('paper', 2, 'number of papers', 10, -0.0677),
        ('paper', 2, 'number of papers', 13, -0.5234),
        ('paper', 2, 'number of papers', 18, -0.8992),
        ('paper', 2, 'number of papers', 30, -0.7777),
        ('paper', 2, 'prior', 0, -3.2108),
        ('paper', 2, 'venue', '-infinity', 0.0061),
        ('paper', 2, 'venue', 0.003144654, 0.0155),
        ('paper', 2, 'venue', 0.078431375, 0.0439),
        ('paper', 2, 'venue', 0.14516129, -0.608),
        ('paper', 2, 'venue', 0.20338982, 0.4223),
        ('paper', 2, 'venue', 0.3137255, 0.1095),
        ('paper', 2, 'years', '-infinity', 0.5512),
        ('paper', 2, 'years', 1, 0.4025),
        ('paper', 2, 'years', 2, 0.3319),
        ('paper', 2, 'years', 3, -0.3301),
        ('paper', 2, 'years', 5, -0.9661),
        ('paper', 3, 'all papers', '-infinity', -0.5011),
        ('paper', 3, 'all papers', 0.011027081, -0.1114),
        ('paper', 3, 'all papers', 0.025467647, 0.215),
        ('paper', 3, 'all papers', 0.041496586, 0.0622),
        ('paper', 3, 'all papers', 0.057069935, -0.0125),
        ('paper', 3, 'all papers', 0.072667755, -0.0594),
        ('paper', 3, 'all papers', 0.09070903, 0.0695),
        ('paper', 3, 'all papers', 0.11618501, 0.3253),
        ('paper', 3, 'co-authors'' papers', '-infinity', 0.107),
        ('paper', 3, 'co-authors'' papers', 0.035880826, 0.0417),
        ('paper', 3, 'co-authors'' papers', 0.072844915, -0.0222),
        ('paper', 3, 'co-authors'' papers', 0.10711596, 0.2709),
        ('paper', 3, 'co-authors'' papers', 0.13976385, 0.0259),
        ('paper', 3, 'co-authors'' papers', 0.17403427, -0.2004),
        ('paper', 3, 'co-authors'' papers', 0.21585959, -0.0773),
        ('paper', 3, 'co-authors'' papers', 0.27443594, -0.1581),
        ('paper', 3, 'namesake share', '-infinity', 1.5629),
        ('paper', 3, 'namesake share', 0.032258064, 0.7806),
        ('paper', 3, 'namesake share', 0.14285715, 0.2376),
        ('paper', 3, 'namesake share', 0.4090909, -0.5373),
        ('paper', 3, 'namesake share', 0.5625, -0.9335),
        ('paper', 3, 'namesake share', 0.7692308, -1.1227),
        ('paper', 3, 'namesakes', '-infinity', 1.5629),
        ('paper', 3, 'namesakes', 0.16754046, 0.9078),
        ('paper', 3, 'namesakes', 0.24423933, 0.6797),
        ('paper', 3, 'namesakes', 0.69413733, 0.0406),
        ('paper', 3, 'namesakes', 1.1149348, -0.3165),
        ('paper', 3, 'namesakes', 1.6573039, -0.8128),
        ('paper', 3, 'namesakes', 2.3376582, -1.0689),
        ('paper', 3, 'namesakes', 3.3888423, -1.0052),
        ('paper', 3, 'near papers', '-infinity', 0.6984),
        ('paper', 3, 'near papers', 0.010132515, 0.3544),
        ('paper', 3, 'near papers', 0.02189568, -0.1879),
        ('paper', 3, 'near papers', 0.032174725, -0.0883),
        ('paper', 3, 'near papers', 0.040927887, -0.0192),
        ('paper', 3, 'near papers', 0.049895316, -0.3409),
        ('paper', 3, 'near papers', 0.06122077, -0.2658),
        ('paper', 3, 'near papers', 0.07618743, -0.1633),
        ('paper', 3, 'nearest paper', '-infinity', -0.5145),
        ('paper', 3, 'nearest paper', 0.017233403, -0.6102),
        ('paper', 3, 'nearest paper', 0.03271193, -0.2918),
        ('paper', 3, 'nearest paper', 0.044111546, -0.3067),
        ('paper', 3, 'nearest paper', 0.05386772, 0.0709),
        ('paper', 3, 'nearest paper', 0.065118104, 0.2165),
        ('paper', 3, 'nearest paper', 0.078546725, 0.4825),
        ('paper', 3, 'nearest paper', 0.099963225, 0.9408),
        ('paper', 3, 'number of co-authors', '-infinity', -0.0055),
        ('paper', 3, 'number of co-authors', 2, 0.0682),
        ('paper', 3, 'number of co-authors', 3, 0.002),
        ('paper', 3, 'number of co-authors', 4, 0.1402),
        ('paper', 3, 'number of co-authors', 5, -0.1323),
        ('paper', 3, 'number of co-authors', 6, -0.0783),
        ('paper', 3, 'number of co-authors', 8, -0.0067),
        ('paper', 3, 'number of papers', '-infinity', 0.8556),
        ('paper', 3, 'number of papers', 5, 0.1477),
        ('paper', 3, 'number of papers', 6, -0.264),
        ('paper', 3, 'number of papers', 7, 0.059),
        ('paper', 3, 'number of papers', 9, -0.0175),
        ('paper', 3, 'number of papers', 12, -0.21),
        ('paper', 3, 'number of papers', 17, -0.5833),
        ('paper', 3, 'prior', 0, -3.7311),
        ('paper', 3, 'venue', '-infinity', -0.2326),
        ('paper', 3, 'venue', 0.010204081, -0.1349),
        ('paper', 3, 'venue', 0.040816326, 0.0287),
        ('paper', 3, 'venue', 0.14705883, 0.0512),
        ('paper', 3, 'venue', 0.2580645, 0.2752),
        ('paper', 3, 'years', '-infinity', 0.4329),
        ('paper', 3, 'years', 1, 0.4114),
        ('paper', 3, 'years', 2, 0.3613),
        ('paper', 3, 'years', 3, 0.1777),
        ('paper', 3, 'years', 5, -0.3492),
        ('paper', 3, 'years', 10, -1.0465),
        ('pair', 0, 'co-authors'' papers', '-infinity', 0.6161),
        ('pair', 0, 'co-authors'' papers', 0, -0.0648),
        ('pair', 0, 'co-authors'' papers', 0.0023922974, -0.2431),
        ('pair', 0, 'co-authors'' papers', 0.011871634, -0.2805),
        ('pair', 0, 'co-authors'' papers', 0.024225269, -0.1348),
        ('pair', 0, 'co-authors'' papers', 0.039995987, -0.0893),
        ('pair', 0, 'co-authors'' papers', 0.064852215, -0.0639),
        ('pair', 0, 'co-authors'' papers', 0.10721698, 0.2613),
        ('pair', 0, 'number of papers', '-infinity', -0.402),
        ('pair', 0, 'number of papers', 30, 0.0833),
        ('pair', 0, 'number of papers', 43, -0.4176),
        ('pair', 0, 'number of papers', 47, -0.0789),
        ('pair', 0, 'number of papers', 59, -0.2758),
        ('pair', 0, 'number of papers', 74, 0.0001),
        ('pair', 0, 'number of papers', 90, 0.2232),
        ('pair', 0, 'number of papers', 137, 0.8687),
        ('pair', 0, 'prior', 0, 0.2868),
        ('pair', 0, 'text', '-infinity', 0.084),
        ('pair', 0, 'text', 0.00062728365, -0.6493),
        ('pair', 0, 'text', 0.01250716, -0.3275),
        ('pair', 0, 'text', 0.030118162, -0.0368),
        ('pair', 0, 'text', 0.064843535, 0.9305),
        ('pair', 0, 'threshold', 0, -0.5),
        ('pair', 0, 'venue', '-infinity', -0.3244),
        ('pair', 0, 'venue', 1, 0.3253),
        ('pair', 0, 'years', '-infinity', 0.1459),
        ('pair', 0, 'years', 2, 0.2143),
        ('pair', 0, 'years', 4, 0.1053),
        ('pair', 0, 'years', 6, 0.1321),
        ('pair', 0, 'years', 9, -0.1097),
        ('pair', 0, 'years', 12, 0.0139),
        ('pair', 0, 'years', 16, -0.0517),
        ('pair', 0, 'years', 22, -0.4491),
        ('pair', 1, 'both co-authors'' papers', '-infinity', 0.1594),
        ('pair', 1, 'both co-authors'' papers', 0.20397162, 0.24),
        ('pair', 1, 'both co-authors'' papers', 0.30473277, 0.0282),
        ('pair', 1, 'both co-authors'' papers', 0.39709663, -0.0759),
        ('pair', 1, 'both co-authors'' papers', 0.4917163, 0.121),
        ('pair', 1, 'both co-authors'' papers', 0.59336466, -0.0002),
        ('pair', 1, 'both co-authors'' papers', 0.7233135, -0.0479),
        ('pair', 1, 'both co-authors'' papers', 0.90207815, -0.4134),
        ('pair', 1, 'circles', '-infinity', -0.4451),
        ('pair', 1, 'circles', 0.05076474, -0.1774),
        ('pair', 1, 'circles', 0.08593936, -0.079),
        ('pair', 1, 'circles', 0.1287946, 0.0888),
        ('pair', 1, 'circles', 0.18640515, 0.1032),
        ('pair', 1, 'circles', 0.26805502, 0.07),
        ('pair', 1, 'circles', 0.39705944, 0.1413),
        ('pair', 1, 'circles', 0.6288103, 0.3095),
        ('pair', 1, 'co-author share', '-infinity', -0.3855),
        ('pair', 1, 'co-author share', 0.26086956, -0.2145),
        ('pair', 1, 'co-author share', 0.34615386, 0.2108),
        ('pair', 1, 'co-author share', 0.5294118, 0.1194),
        ('pair', 1, 'co-author share', 0.6744186, 0.2811),
        ('pair', 1, 'co-authors', '-infinity', 0.4195),
        ('pair', 1, 'co-authors', 0.20480044, -0.39),
        ('pair', 1, 'co-authors', 0.23090777, -0.5584),
        ('pair', 1, 'co-authors', 0.26928252, -0.6903),
        ('pair', 1, 'co-authors', 0.34597626, -0.0225),
        ('pair', 1, 'co-authors', 0.4553037, 0.0169),
        ('pair', 1, 'co-authors', 0.6155633, 0.4564),
        ('pair', 1, 'co-authors', 0.910906, 0.7795),
        ('pair', 1, 'co-authors of co-authors', '-infinity', 0.1969),
        ('pair', 1, 'co-authors of co-authors', 0.00032179503, -0.2654),
        ('pair', 1, 'co-authors of co-authors', 0.058333337, 0.2995),
        ('pair', 1, 'co-authors of co-authors', 0.19100426, 0.1363),
        ('pair', 1, 'co-authors of co-authors', 0.3427802, 0.0701),
        ('pair', 1, 'co-authors of co-authors', 0.5238372, -0.0061),
        ('pair', 1, 'co-authors of co-authors', 0.793527, -0.1691),
        ('pair', 1, 'co-authors of co-authors', 1.3177692, -0.2511),
        ('pair', 1, 'co-authors'' papers', '-infinity', -0.1003),
        ('pair', 1, 'co-authors'' papers', 0.057504762, 0.0768),
        ('pair', 1, 'co-authors'' papers', 0.08394461, 0.0889),
        ('pair', 1, 'co-authors'' papers', 0.103905775, 0.0758),
        ('pair', 1, 'co-authors'' papers', 0.12224925, 0.1075),
        ('pair', 1, 'co-authors'' papers', 0.14166613, 0.0894),
        ('pair', 1, 'co-authors'' papers', 0.16385762, 0.0844),
        ('pair', 1, 'co-authors'' papers', 0.1984109, -0.4113),
        ('pair', 1, 'number of co-authors', '-infinity', -0.5652),
        ('pair', 1, 'number of co-authors', 3, -0.1066),
        ('pair', 1, 'number of co-authors', 4, 0.2646),
        ('pair', 1, 'number of co-authors', 5, 0.3952),
        ('pair', 1, 'number of co-authors', 6, 0.4386),
        ('pair', 1, 'number of co-authors', 7, -0.4154),
        ('pair', 1, 'number of papers', '-infinity', -0.717),
        ('pair', 1, 'number of papers', 25, -0.5578),
        ('pair', 1, 'number of papers', 35, 0.3134),
        ('pair', 1, 'number of papers', 45, -0.0436),
        ('pair', 1, 'number of papers', 55, 0.0146),
        ('pair', 1, 'number of papers', 68, 0.2991),
        ('pair', 1, 'number of papers', 78, 0.293),
        ('pair', 1, 'number of papers', 108, 0.4096),
        ('pair', 1, 'prior', 0, 3.37),
        ('pair', 1, 'rare co-author', '-infinity', -0.2957),
        ('pair', 1, 'rare co-author', 0.20207083, 0.2706),
        ('pair', 1, 'rare co-author', 0.22569202, 0.8311),
        ('pair', 1, 'rare co-author', 0.2484255, 0.01),
        ('pair', 1, 'rare co-author', 0.27905533, 0.101),
        ('pair', 1, 'rare co-author', 0.318929, -0.1041),
        ('pair', 1, 'rare co-author', 0.38987124, -0.4815),
        ('pair', 1, 'rare co-author', 0.5138983, -0.3201),
        ('pair', 1, 'text', '-infinity', -0.389),
        ('pair', 1, 'text', 0.0042424267, 0.0629),
        ('pair', 1, 'text', 0.025756013, 0.0373),
        ('pair', 1, 'text', 0.039519764, 0.193),
        ('pair', 1, 'text', 0.05290976, 0.1474),
        ('pair', 1, 'text', 0.0693278, 0.1055),
        ('pair', 1, 'text', 0.0950091, -0.0448),
        ('pair', 1, 'text', 0.15572812, -0.1011),
        ('pair', 1, 'venue', '-infinity', -0.0335),
        ('pair', 1, 'venue', 1, 0.0447),
        ('pair', 1, 'years', '-infinity', 0.4846),
        ('pair', 1, 'years', 1, 0.1235),
        ('pair', 1, 'years', 2, 0.1759),
        ('pair', 1, 'years', 3, 0.0375),
        ('pair', 1, 'years', 4, -0.1891),
        ('pair', 1, 'years', 6, -0.6212),
        ('pair', 2, 'both co-authors'' papers', '-infinity', 0.1833),
        ('pair', 2, 'both co-authors'' papers', 0.15160987, 0.1693),
        ('pair', 2, 'both co-authors'' papers', 0.21484286, -0.0265),
        ('pair', 2, 'both co-authors'' papers', 0.27052093, -0.0354),
        ('pair', 2, 'both co-authors'' papers', 0.32314962, -0.0639),
        ('pair', 2, 'both co-authors'' papers', 0.38041788, -0.1129),
        ('pair', 2, 'both co-authors'' papers', 0.44703013, -0.1046),
        ('pair', 2, 'both co-authors'' papers', 0.5355449, -0.0082),
        ('pair', 2, 'circles', '-infinity', -1.0842),
        ('pair', 2, 'circles', 0.000481608, -0.7025),
        ('pair', 2, 'circles', 0.0010920521, -0.328),
        ('pair', 2, 'circles', 0.0020492275, -0.1397),
        ('pair', 2, 'circles', 0.0038340022, 0.1411),
        ('pair', 2, 'circles', 0.007122337, 0.4121),
        ('pair', 2, 'circles', 0.013792613, 0.7238),
        ('pair', 2, 'circles', 0.031492494, 0.9787),
        ('pair', 2, 'co-authors of co-authors', '-infinity', 0.1085),
        ('pair', 2, 'co-authors of co-authors', 0.006537258, -0.0842),
        ('pair', 2, 'co-authors of co-authors', 0.013436693, -0.0931),
        ('pair', 2, 'co-authors of co-authors', 0.023384616, -0.1712),
        ('pair', 2, 'co-authors of co-authors', 0.040370997, -0.0568),
        ('pair', 2, 'co-authors of co-authors', 0.06883117, 0.0589),
        ('pair', 2, 'co-authors of co-authors', 0.12025074, 0.0716),
        ('pair', 2, 'co-authors of co-authors', 0.22691551, 0.1674),
        ('pair', 2, 'co-authors'' papers', '-infinity', 0.0432),
        ('pair', 2, 'co-authors'' papers', 0.048132144, 0.0289),
        ('pair', 2, 'co-authors'' papers', 0.070125304, 0.006),
        ('pair', 2, 'co-authors'' papers', 0.087573685, -0.0618),
        ('pair', 2, 'co-authors'' papers', 0.10310559, -0.0558),
        ('pair', 2, 'co-authors'' papers', 0.119080424, 0.0136),
        ('pair', 2, 'co-authors'' papers', 0.13691588, -0.0153),
        ('pair', 2, 'co-authors'' papers', 0.16115232, 0.0424),
        ('pair', 2, 'number of co-authors', '-infinity', 0.2067),
        ('pair', 2, 'number of co-authors', 3, 0.0968),
        ('pair', 2, 'number of co-authors', 4, -0.017),
        ('pair', 2, 'number of co-authors', 5, -0.0098),
        ('pair', 2, 'number of co-authors', 6, -0.0666),
        ('pair', 2, 'number of co-authors', 7, -0.2089),
        ('pair', 2, 'number of papers', '-infinity', -0.3725),
        ('pair', 2, 'number of papers', 31, 0.0523),
        ('pair', 2, 'number of papers', 43, -0.1466),
        ('pair', 2, 'number of papers', 53, -0.2885),
        ('pair', 2, 'number of papers', 66, 0.2761),
        ('pair', 2, 'number of papers', 77, 0.0789),
        ('pair', 2, 'number of papers', 94, -0.2487),
        ('pair', 2, 'number of papers', 137, 0.6504),
        ('pair', 2, 'prior', 0, 0.3637),
        ('pair', 2, 'text', '-infinity', 0.137),
        ('pair', 2, 'text', 0.00035426716, -0.2639),
        ('pair', 2, 'text', 0.006100168, -0.0504),
        ('pair', 2, 'text', 0.01898343, -0.1091),
        ('pair', 2, 'text', 0.029785648, -0.1419),
        ('pair', 2, 'text', 0.040558737, -0.0583),
        ('pair', 2, 'text', 0.05319444, 0.0845),
        ('pair', 2, 'text', 0.07438364, 0.4033),
        ('pair', 2, 'venue', '-infinity', -0.0644),
        ('pair', 2, 'venue', 1, 0.0656),
        ('pair', 2, 'years', '-infinity', 0.0354),
        ('pair', 2, 'years', 2, 0.0763),
        ('pair', 2, 'years', 3, 0.2095),
        ('pair', 2, 'years', 4, 0.1686),
        ('pair', 2, 'years', 5, 0.1711),
        ('pair', 2, 'years', 7, -0.2026),
        ('pair', 2, 'years', 11, -0.4571),
        ('pair', 3, 'both co-authors'' papers', '-infinity', 0.6278),
        ('pair', 3, 'both co-authors'' papers', 0, 0.2186),
        ('pair', 3, 'both co-authors'' papers', 0.07007016, 0.1112),
        ('pair', 3, 'both co-authors'' papers', 0.11933456, -0.0107),
        ('pair', 3, 'both co-authors'' papers', 0.16610198, -0.0966),
        ('pair', 3, 'both co-authors'' papers', 0.21529247, -0.2107),
        ('pair', 3, 'both co-authors'' papers', 0.27370825, -0.25),
        ('pair', 3, 'both co-authors'' papers', 0.35935506, -0.3922),
        ('pair', 3, 'circles', '-infinity', -0.2665),
        ('pair', 3, 'circles', 5.7689115e-10, -0.4331),
        ('pair', 3, 'circles', 4.2786046e-06, -0.1376),
        ('pair', 3, 'circles', 3.1569132e-05, 0.1383),
        ('pair', 3, 'circles', 0.0001494134, 0.6964),
        ('pair', 3, 'co-authors'' papers', '-infinity', -0.0284),
        ('pair', 3, 'co-authors'' papers', 0.022557583, -0.0745),
        ('pair', 3, 'co-authors'' papers', 0.0402594, -0.0168),
        ('pair', 3, 'co-authors'' papers', 0.056243338, 0.0219),
        ('pair', 3, 'co-authors'' papers', 0.071658924, 0.0306),
        ('pair', 3, 'co-authors'' papers', 0.08734343, 0.0267),
        ('pair', 3, 'co-authors'' papers', 0.10487335, 0.0071),
        ('pair', 3, 'co-authors'' papers', 0.12844746, 0.031),
        ('pair', 3, 'number of co-authors', '-infinity', 0.5535),
        ('pair', 3, 'number of co-authors', 2, 0.2618),
        ('pair', 3, 'number of co-authors', 3, 0.0311),
        ('pair', 3, 'number of co-authors', 4, -0.206),
        ('pair', 3, 'number of co-authors', 5, -0.2771),
        ('pair', 3, 'number of co-authors', 6, -0.3658),
        ('pair', 3, 'number of papers', '-infinity', -0.2843),
        ('pair', 3, 'number of papers', 31, -0.358),
        ('pair', 3, 'number of papers', 44, 0.1027),
        ('pair', 3, 'number of papers', 55, -0.2894),
        ('pair', 3, 'number of papers', 65, 0.3329),
        ('pair', 3, 'number of papers', 77, 0.1299),
        ('pair', 3, 'number of papers', 94, -0.1616),
        ('pair', 3, 'number of papers', 131, 0.5253),
        ('pair', 3, 'prior', 0, -0.7564),
        ('pair', 3, 'text', '-infinity', 0.2329),
        ('pair', 3, 'text', 0.00022473201, -0.7093),
        ('pair', 3, 'text', 0.0024638271, -0.1623),
        ('pair', 3, 'text', 0.012441929, -0.1356),
        ('pair', 3, 'text', 0.022809181, -0.0939),
        ('pair', 3, 'text', 0.032856345, 0.0157),
        ('pair', 3, 'text', 0.04451911, 0.1753),
        ('pair', 3, 'text', 0.062445756, 0.6748),
        ('pair', 3, 'venue', '-infinity', -0.1823),
        ('pair', 3, 'venue', 1, 0.1798),
        ('pair', 3, 'years', '-infinity', -0.0063),
        ('pair', 3, 'years', 2, 0.0443),
        ('pair', 3, 'years', 3, 0.1578),
        ('pair', 3, 'years', 5, 0.2403),
        ('pair', 3, 'years', 6, 0.1936),
        ('pair', 3, 'years', 9, -0.1103),
        ('pair', 3, 'years', 14, -0.5218)
$$;
COMMENT ON FUNCTION default_assignment_weights() IS
    'weights fitted on half of the surnames of the 2024-08 corpus; those of the name are set by hand';
-- the field's measures, to judge the judging with (extension/judging_measures.c)

CREATE TYPE clustering_agreement AS (
    "precision" double precision,
    recall double precision,
    f1 double precision
);
COMMENT ON TYPE clustering_agreement IS
    'how well predicted clusters agree with true ones; f1 is the harmonic mean of the others';

CREATE FUNCTION clustering_transition(internal, truth "any", predicted "any") RETURNS internal
    LANGUAGE c IMMUTABLE PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'anthology_clustering_transition';
COMMENT ON FUNCTION clustering_transition(internal, "any", "any") IS
    'transition function of b_cubed() and pairwise_f1()';

CREATE FUNCTION b_cubed_final(internal) RETURNS clustering_agreement
    LANGUAGE c IMMUTABLE PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'anthology_b_cubed_final';
COMMENT ON FUNCTION b_cubed_final(internal) IS
    'final function of b_cubed()';

CREATE FUNCTION pairwise_f1_final(internal) RETURNS clustering_agreement
    LANGUAGE c IMMUTABLE PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'anthology_pairwise_f1_final';
COMMENT ON FUNCTION pairwise_f1_final(internal) IS
    'final function of pairwise_f1()';

CREATE AGGREGATE b_cubed(truth "any", predicted "any") (
    SFUNC = clustering_transition, STYPE = internal, FINALFUNC = b_cubed_final,
    PARALLEL = SAFE);
COMMENT ON AGGREGATE b_cubed("any", "any") IS
    'B-cubed precision, recall and F1 of a clustering, an item a row; rows with a NULL label do not count';

CREATE AGGREGATE pairwise_f1(truth "any", predicted "any") (
    SFUNC = clustering_transition, STYPE = internal, FINALFUNC = pairwise_f1_final,
    PARALLEL = SAFE);
COMMENT ON AGGREGATE pairwise_f1("any", "any") IS
    'precision, recall and F1 over the pairs of items put together, an item a row; rows with a NULL label do not count';

CREATE FUNCTION auroc_transition(internal, score double precision, truth boolean) RETURNS internal
    LANGUAGE c IMMUTABLE PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'anthology_auroc_transition';
COMMENT ON FUNCTION auroc_transition(internal, double precision, boolean) IS
    'transition function of auroc()';

CREATE FUNCTION auroc_final(internal) RETURNS double precision
    LANGUAGE c IMMUTABLE PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'anthology_auroc_final';
COMMENT ON FUNCTION auroc_final(internal) IS
    'final function of auroc()';

CREATE AGGREGATE auroc(score double precision, truth boolean) (
    SFUNC = auroc_transition, STYPE = internal, FINALFUNC = auroc_final,
    PARALLEL = SAFE);
COMMENT ON AGGREGATE auroc(double precision, boolean) IS
    'area under the ROC curve: how often a true item scores higher than a false one, ties counting half; NULL without both';
-- assignments that contradict something plain: no probability is needed
--
-- Plain SQL over the tables: there is no C file for these. The scores say about
-- how many of such assignments are right, as judged on the corpus of 2024.

CREATE FUNCTION counted(n bigint, what text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN n || ' ' || what || CASE n WHEN 1 THEN '' ELSE 's' END;
COMMENT ON FUNCTION counted(bigint, text) IS
    'a number of things, in words';

CREATE FUNCTION assignment_conflicts(of_person text DEFAULT NULL)
    RETURNS TABLE (paper_id text, role text, "position" integer, person_id text, score real,
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
    IF of_person IS NOT NULL AND NOT EXISTS (SELECT FROM anthology.person p WHERE p.id = of_person) THEN
        RAISE EXCEPTION 'there is no person "%"', of_person
            USING ERRCODE = 'undefined_object',
                HINT = 'find_person() finds the ids of persons with a name.';
    END IF;

    -- A person twice on a paper. Which name is the other person's: not the one
    -- with the explicit id, then not the one most like the canonical name.
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
            CASE WHEN r.slug = anthology.name_slug(r.kept_name) THEN 0.3 ELSE 0.1 END::real,
            format('one person twice on the paper: also %s %s, %s', r.role, r.kept_position,
                   r.kept_name),
            (SELECT min(n.person_id) FROM anthology.person_name n
             WHERE n.slug = r.slug AND n.person_id <> r.person_id
                 AND NOT EXISTS (SELECT FROM anthology.authorship o
                                 WHERE o.paper_id = r.paper_id AND o.person_id = n.person_id)
             HAVING count(DISTINCT n.person_id) = 1)
        FROM ranked r WHERE r.n > 1;

    -- ORCIDs. A person claims one by people.yaml, or by the papers that print it
    -- with the person's name; a claim stands against another of no more papers.
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
                 WHERE o.paper_id = i.paper_id AND o.role = i.role AND o.person_id = holder.person_id
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
            WHERE of_person IS NULL OR i.person_id = of_person
        )
        SELECT j.paper_id, j.role, j."position", j.person_id,
            CASE WHEN j.similarity >= 0.6 OR j.holder IS NULL THEN 0.2
                 WHEN j.coauthor IS NOT NULL THEN 0.3 ELSE 0.25 END::real,
            concat_ws('; ',
                format('has the ORCID %s', j.orcid) || CASE
                    WHEN j.coauthor IS NOT NULL
                    THEN format(' of a co-author: %s %s, %s', j.role, j.coauthor, j.holder_name)
                    WHEN j.holder_listed THEN ' of ' || j.holder_name
                    WHEN j.holder IS NOT NULL
                    THEN format(', as %s on %s', j.holder_name, anthology.counted(j.holder_papers, 'paper'))
                    ELSE '' END,
                CASE WHEN j.page_listed THEN 'the person has ' || j.page_orcid
                     WHEN j.page_orcid IS NOT NULL
                     THEN format('on %s of the person it is %s', anthology.counted(j.page_papers, 'paper'),
                                 j.page_orcid)
                END),
            CASE WHEN j.similarity >= 0.6 AND j.coauthor IS NULL THEN j.holder END
        FROM judged j WHERE j.holder IS NOT NULL OR j.page_orcid IS NOT NULL;

    -- A credited name unlike all other names of the person. A name listed by
    -- hand is meant; one that the moving of a paper listed is not.
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
                    WHERE c.person_id = n.person_id AND c.action = 'add name' AND c.undone_by IS NULL
                        AND r.status = 'applied' AND r.kind = 'reassign'
                        AND c.after ->> 'first' = n.first AND c.after ->> 'last' = n.last))
            GROUP BY n.person_id, n.first, n.last, n.full_name
            HAVING max(s.similarity) < 0.1
        )
        SELECT a.paper_id, a.role, a."position", a.person_id, 0.2::real,
            format('credited as %s, nothing like %s', c.full_name, c.nearest),
            (SELECT min(n.person_id) FROM anthology.person_name n
             WHERE n.slug = a.slug AND n.person_id <> a.person_id
             HAVING count(DISTINCT n.person_id) = 1)
        FROM candidate c
            JOIN anthology.authorship a ON a.person_id = c.person_id
                AND a.first = c.first AND a.last = c.last;

    -- A name whose own form in another script is another name.
    RETURN QUERY
        SELECT a.paper_id, a.role, a."position", a.person_id, 0.5::real,
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
        SELECT w.paper_id, w.role, w."position", w.person_id, 0.15::real,
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
            SELECT DISTINCT n.person_id, o.person_id AS other, NULL::text AS first, NULL::text AS last
            FROM anthology.person_name n
                JOIN anthology.person_name o ON o.slug = n.slug AND o.person_id <> n.person_id
            WHERE (of_person IS NULL OR n.person_id = of_person)
                AND starts_with(translate(n.person_id, '/', '-') || '-', n.slug || '-')
                AND starts_with(translate(o.person_id, '/', '-') || '-', n.slug || '-')
            UNION
            SELECT DISTINCT ON (n.person_id, o.person_id) n.person_id, o.person_id, lower(n.first), lower(n.last)
            FROM anthology.person_name n
                JOIN anthology.person_name o ON o.slug = anthology.name_slug(n.last, n.first)
                    AND o.person_id <> n.person_id
            WHERE (of_person IS NULL OR n.person_id = of_person) AND n.first <> '' AND n.slug <> o.slug
        ), page AS MATERIALIZED (
            SELECT t.person_id, a.paper_id, a.role, a."position"
            FROM (SELECT t.person_id FROM twin t UNION SELECT t.other FROM twin t) AS t
                JOIN anthology.authorship a ON a.person_id = t.person_id
        ), size AS (
            SELECT g.person_id, count(DISTINCT g.paper_id) AS papers FROM page g GROUP BY g.person_id
        ), company AS MATERIALIZED (
            SELECT DISTINCT g.person_id, g.paper_id, c.person_id AS coauthor
            FROM page g JOIN anthology.authorship c ON c.paper_id = g.paper_id
            WHERE c.person_id <> g.person_id
        ), companion AS MATERIALIZED (
            SELECT c.person_id, c.coauthor, count(*) AS papers FROM company c
            GROUP BY c.person_id, c.coauthor
        ), known AS (
            -- With both of them on the paper they are two.
            SELECT t.person_id, t.other, c.paper_id, count(there.papers) AS there,
                count(*) FILTER (WHERE here.papers > 1) AS here
            FROM twin t
                JOIN company c ON c.person_id = t.person_id
                JOIN companion here ON here.person_id = t.person_id AND here.coauthor = c.coauthor
                LEFT JOIN companion there ON there.person_id = t.other AND there.coauthor = c.coauthor
            GROUP BY t.person_id, t.other, c.paper_id
            HAVING NOT bool_or(c.coauthor = t.other)
        ), alike AS (
            -- Whose company is half of it the other's.
            SELECT t.person_id, t.other FROM twin t
                JOIN companion here ON here.person_id = t.person_id
                LEFT JOIN companion there ON there.person_id = t.other AND there.coauthor = here.coauthor
            GROUP BY t.person_id, t.other HAVING count(there.papers) * 2 >= count(*)
        ), word AS MATERIALIZED (
            -- How often a word is a given and a family name: which way round.
            SELECT w.word, sum(w.given) AS given, sum(w.family) AS family, sum(sum(w.family)) OVER () AS persons
            FROM (SELECT lower(n.first), 1, 0 FROM anthology.person_name n
                  WHERE n."position" = 1 AND n.first <> ''
                  UNION ALL SELECT lower(n.last), 0, 1 FROM anthology.person_name n
                  WHERE n."position" = 1) AS w(word, given, family)
            WHERE w.word IN (SELECT t.first FROM twin t UNION SELECT t.last FROM twin t)
            GROUP BY w.word
        ), swapped AS MATERIALIZED (
            SELECT t.person_id, t.other,
                CASE WHEN t.first ~ '^.\.?$' OR t.last ~ '^.\.?$' THEN 1.0
                     ELSE (f.given + 0.5) * (l.family + 0.5) / ((f.family + 0.5) * (l.given + 0.5)) END AS odds,
                l.given * f.family::numeric / greatest(f.persons, 1) AS namesakes
            FROM twin t
                JOIN word f ON f.word = t.first
                JOIN word l ON l.word = t.last
        )
        SELECT DISTINCT ON (g.paper_id, g.role, g."position")
            g.paper_id, g.role, g."position", g.person_id,
            CASE WHEN w.person_id IS NOT NULL THEN 0.05 WHEN k.here > 0 THEN 0.4 ELSE 0.2 END::real,
            concat_ws('; ',
                CASE WHEN w.person_id IS NOT NULL THEN 'given and family name swapped' END,
                CASE WHEN k.there > 0
                     THEN format('%s on papers of %s, %s on others of this page',
                                 anthology.counted(k.there, 'co-author'), t.other,
                                 CASE k.here WHEN 0 THEN 'none' ELSE k.here::text END) END),
            t.other
        FROM twin t
            JOIN size s ON s.person_id = t.person_id
            JOIN size o ON o.person_id = t.other
            JOIN page g ON g.person_id = t.person_id
            LEFT JOIN known k ON k.person_id = t.person_id AND k.other = t.other AND k.paper_id = g.paper_id
            LEFT JOIN swapped w ON w.person_id = t.person_id AND w.other = t.other
        WHERE CASE WHEN t.first IS NULL THEN true ELSE w.odds * s.papers < o.papers AND s.papers <= 4 * o.papers END
            AND (k.there > k.here OR k.there = k.here AND k.there > 0 AND o.papers > s.papers
                     AND (w.person_id IS NOT NULL OR (t.person_id, t.other) IN (SELECT l.person_id, l.other FROM alike l))
                 OR w.namesakes < 0.002)
        ORDER BY g.paper_id, g.role, g."position", k.there - k.here DESC NULLS LAST, o.papers DESC, t.other;

    -- A page with a pause of decades that no co-author spans, and a name that
    -- others may well have; or a life too long for anybody.
    RETURN QUERY
        WITH page AS MATERIALIZED (
            SELECT a.person_id, a.paper_id, a.role, a."position", p.year
            FROM anthology.authorship a JOIN anthology.paper p ON p.id = a.paper_id
            WHERE (of_person IS NULL AND a.person_id IS NOT NULL OR a.person_id = of_person)
                AND p.year IS NOT NULL
        ), span AS MATERIALIZED (
            SELECT g.person_id FROM page g GROUP BY g.person_id HAVING max(g.year) - min(g.year) >= 20
        ), pause AS MATERIALIZED (
            SELECT DISTINCT ON (y.person_id) y.person_id, y.year AS before, y.next AS after,
                y.next - y.year AS years, y.first, y.last
            FROM (SELECT g.person_id, g.year, lead(g.year) OVER page AS next,
                      min(g.year) OVER page AS first, max(g.year) OVER (PARTITION BY g.person_id) AS last
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
            -- How many others to expect by this name, were given and family
            -- names independent; a middle name makes it ten times rarer.
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
            SELECT o.*, count(*) FILTER (WHERE o.late) OVER page AS late_papers, count(*) OVER page AS papers
            FROM own o
            WHERE o.last - o.first > 65 OR o.person_id NOT IN (SELECT p.person_id FROM spanned p)
            WINDOW page AS (PARTITION BY o.person_id)
        )
        SELECT s.paper_id, s.role, s."position", s.person_id, 0.25::real,
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
COMMENT ON FUNCTION assignment_conflicts(text) IS
    'names on papers that contradict something plain, of a person or of all: a row for each contradiction';
-- who else it could be, and what does not belong where it is

CREATE FUNCTION suggest_persons(paper_id text, "position" integer, k integer DEFAULT 5)
    RETURNS TABLE (person_id text, canonical_name text, score real, name_similarity real, current boolean)
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
            SELECT f.person_id, f.canonical_name, f.score AS similarity
            FROM anthology.find_person(asked.full_name, greatest(20, k)) f
            WHERE f.score >= 0.5
            UNION ALL
            -- Where the name has changed, the company has not.
            SELECT b.person_id, n.full_name, s.similarity
            FROM anthology.authorship c
                JOIN anthology.authorship o ON o.person_id = c.person_id AND o.paper_id <> c.paper_id
                JOIN anthology.authorship b ON b.paper_id = o.paper_id
                JOIN anthology.person_name n ON n.person_id = b.person_id AND n."position" = 1,
                LATERAL anthology.name_similarity(b.full_name, asked.full_name) AS s(similarity)
            WHERE c.paper_id = asked.paper_id AND c.person_id IS DISTINCT FROM asked.person_id
                AND s.similarity >= 0.5
        ), best AS (
            SELECT c.person_id, min(c.canonical_name) AS canonical_name, max(c.similarity)::real AS similarity
            FROM candidate c
            -- Somebody else on the paper it cannot be.
            WHERE NOT EXISTS (SELECT FROM anthology.authorship o
                              WHERE o.paper_id = asked.paper_id AND o.person_id = c.person_id
                                  AND o.role = asked.role AND o."position" <> asked."position")
            GROUP BY c.person_id
        )
        SELECT b.person_id, b.canonical_name, anthology.assignment_score(asked.paper_id, b.person_id) AS score,
            b.similarity, b.person_id IS NOT DISTINCT FROM asked.person_id
        FROM best b
        ORDER BY score DESC, b.similarity DESC, b.person_id COLLATE "C"
        LIMIT k;
END
$$;
COMMENT ON FUNCTION suggest_persons(text, integer, integer) IS
    'who a name on a paper could be: persons with similar names by assignment_score(), the present one among them';

CREATE FUNCTION suggest_merge(person_id text, k integer DEFAULT 5)
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
        WITH candidate AS MATERIALIZED (
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
        FROM candidate c,
            LATERAL (SELECT avg(anthology.assignment_score(s.paper_id, suggest_merge.person_id))::real AS score
                     FROM (SELECT DISTINCT a.paper_id, hashtextextended(a.paper_id, 0) AS dealt
                           FROM anthology.authorship a WHERE a.person_id = c.person_id
                           ORDER BY dealt LIMIT 5) AS s) AS j
        WHERE j.score IS NOT NULL
        ORDER BY j.score DESC, c.similarity DESC, c.person_id COLLATE "C"
        LIMIT k;
END
$$;
COMMENT ON FUNCTION suggest_merge(text, integer) IS
    'other pages that may be the same person: similar names, by the mean assignment_score() of some of their papers';

CREATE FUNCTION suspicious_assignments(of_person text DEFAULT NULL, threshold double precision DEFAULT 0.02)
    RETURNS TABLE (paper_id text, role text, "position" integer, person_id text, score real,
                   reason text, suggested_person_id text)
    LANGUAGE plpgsql STABLE ROWS 1000
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
BEGIN
    IF of_person IS NOT NULL AND NOT EXISTS (
        SELECT FROM anthology.person p WHERE p.id = of_person) THEN
        RAISE EXCEPTION 'there is no person "%"', of_person
            USING ERRCODE = 'undefined_object';
    END IF;
    RETURN QUERY
        WITH judged AS MATERIALIZED (
            SELECT j.* FROM anthology.judge_pages(
                CASE WHEN of_person IS NOT NULL THEN ARRAY(
                    SELECT DISTINCT a.paper_id FROM anthology.authorship a
                    WHERE a.person_id = of_person) END,
                CASE WHEN of_person IS NOT NULL THEN ARRAY[of_person] END,
                suspicious_assignments.threshold) j
        ), improbable AS (
            SELECT a.paper_id, a.role, a."position", a.person_id, j.score,
                (SELECT string_agg(e.detail, '; ' ORDER BY e.weight)
                 FROM (SELECT * FROM anthology.assignment_evidence(a.paper_id, a.person_id) e
                       WHERE e.weight < 0 AND e.detail IS NOT NULL ORDER BY e.weight LIMIT 3) AS e) AS reason,
                -- Better is whom the co-authors know, by a similar name.
                (SELECT s.person_id FROM (
                     SELECT c.person_id, anthology.assignment_score(a.paper_id, c.person_id) AS score
                     FROM (SELECT DISTINCT b.person_id
                           FROM anthology.authorship c
                               JOIN anthology.authorship o ON o.person_id = c.person_id
                                   AND o.paper_id <> c.paper_id
                               JOIN anthology.authorship b ON b.paper_id = o.paper_id
                           WHERE c.paper_id = a.paper_id AND c.person_id <> a.person_id
                               AND b.person_id <> a.person_id
                               AND anthology.name_similarity(b.full_name, a.full_name) >= 0.6
                               AND NOT EXISTS (SELECT FROM anthology.authorship d
                                               WHERE d.paper_id = a.paper_id AND d.person_id = b.person_id)
                          ) AS c) AS s
                 WHERE s.score > 0.5 ORDER BY s.score DESC, s.person_id COLLATE "C" LIMIT 1) AS better
            FROM judged j
                JOIN anthology.authorship a ON a.paper_id = j.paper_id AND a.person_id = j.person_id
            UNION ALL
            SELECT c.* FROM anthology.assignment_conflicts(of_person) c
        )
        -- An assignment once, with all that speaks against it.
        SELECT i.paper_id, i.role, i."position", i.person_id, min(i.score),
            string_agg(i.reason, '; ' ORDER BY i.score, i.reason COLLATE "C"),
            (array_agg(i.better ORDER BY i.score) FILTER (WHERE i.better IS NOT NULL))[1]
        FROM improbable i
        GROUP BY i.paper_id, i.role, i."position", i.person_id
        ORDER BY 5, i.paper_id COLLATE "C", i.role, i."position";
END
$$;
COMMENT ON FUNCTION suspicious_assignments(text, double precision) IS
    'the assignments of a person, or of everyone, that score below the threshold or contradict something plain, the worst first, with a better person where there is one';
-- text search configuration anthology.abstract (extension/abstract_configuration.c)

CREATE FUNCTION abstract_parser_start(internal, integer) RETURNS internal
    LANGUAGE c STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'anthology_abstract_parser_start';
COMMENT ON FUNCTION abstract_parser_start(internal, integer) IS '(internal)';
CREATE FUNCTION abstract_parser_token(internal, internal, internal) RETURNS internal
    LANGUAGE c STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'anthology_abstract_parser_token';
COMMENT ON FUNCTION abstract_parser_token(internal, internal, internal) IS '(internal)';
CREATE FUNCTION abstract_parser_end(internal) RETURNS void
    LANGUAGE c STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'anthology_abstract_parser_end';
COMMENT ON FUNCTION abstract_parser_end(internal) IS '(internal)';
CREATE FUNCTION abstract_parser_types(internal) RETURNS internal
    LANGUAGE c STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'anthology_abstract_parser_types';
COMMENT ON FUNCTION abstract_parser_types(internal) IS '(internal)';
CREATE FUNCTION abstract_lexize(internal, internal, internal, internal) RETURNS internal
    LANGUAGE c STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'anthology_abstract_lexize';
COMMENT ON FUNCTION abstract_lexize(internal, internal, internal, internal) IS '(internal)';

CREATE TEXT SEARCH PARSER abstract (
    START = abstract_parser_start, GETTOKEN = abstract_parser_token, END = abstract_parser_end,
    LEXTYPES = abstract_parser_types, HEADLINE = pg_catalog.prsd_headline);
COMMENT ON TEXT SEARCH PARSER abstract IS
    'terms of a scientific text: words, compounds, names with digits, formulas, addresses';

CREATE TEXT SEARCH DICTIONARY abstract_stem (
    TEMPLATE = pg_catalog.snowball, Language = english, StopWords = english);
COMMENT ON TEXT SEARCH DICTIONARY abstract_stem IS
    'stems and stop words of abstract_tsvector(); to change it, make what was stored anew';

CREATE TEXT SEARCH TEMPLATE abstract (LEXIZE = abstract_lexize);
COMMENT ON TEXT SEARCH TEMPLATE abstract IS 'the lexemes of a term';
CREATE TEXT SEARCH DICTIONARY abstract (TEMPLATE = abstract);
COMMENT ON TEXT SEARCH DICTIONARY abstract IS
    'the lexemes of a term: parts and joined form of compounds, acronyms without plural, CamelCase parts';

CREATE TEXT SEARCH CONFIGURATION abstract (PARSER = abstract);
ALTER TEXT SEARCH CONFIGURATION abstract ADD MAPPING FOR term WITH abstract;
COMMENT ON TEXT SEARCH CONFIGURATION abstract IS
    'plain text of titles and abstracts, read as abstract_tsvector() reads it';
-- abstract_tsquery: words as a query (extension/abstract_tsquery.c)

CREATE FUNCTION abstract_tsquery(words text) RETURNS tsquery
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 100
    AS 'MODULE_PATHNAME', 'anthology_abstract_tsquery_sql';
COMMENT ON FUNCTION abstract_tsquery(text) IS
    'a sentence, a title or a few words as a query for any of them, to be ranked by abstract_rank(); never an error';

CREATE FUNCTION abstract_phraseto_tsquery(words text) RETURNS tsquery
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 100
    AS 'MODULE_PATHNAME', 'anthology_abstract_phraseto_tsquery';
COMMENT ON FUNCTION abstract_phraseto_tsquery(text) IS
    'words as a phrase, compounds in each way to write them';
-- abstract_tsvector: a paper's title and abstract as a document (extension/abstract_tsvector.c)

CREATE FUNCTION abstract_tsvector(title text, abstract text) RETURNS tsvector
    LANGUAGE c IMMUTABLE PARALLEL SAFE COST 1000
    AS 'MODULE_PATHNAME', 'anthology_abstract_tsvector_sql';
COMMENT ON FUNCTION abstract_tsvector(text, text) IS
    'the terms of a title (weight A) and an abstract (weight B) in the Anthology''s markup; NULL is empty';

CREATE FUNCTION abstract_tsvector(title text, abstract text, title_weight "char",
                                  abstract_weight "char") RETURNS tsvector
    LANGUAGE c IMMUTABLE PARALLEL SAFE COST 1000
    AS 'MODULE_PATHNAME', 'anthology_abstract_tsvector_weights';
COMMENT ON FUNCTION abstract_tsvector(text, text, "char", "char") IS
    'the same with other weights; NULL if a weight is NULL';
-- abstract_words: the terms of a text beside its words (extension/abstract_words.c)

CREATE FUNCTION abstract_words(markup text) RETURNS TABLE (term text, word text)
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 200
    AS 'MODULE_PATHNAME', 'anthology_abstract_words_sql';
COMMENT ON FUNCTION abstract_words(text) IS
    'the terms that abstract_tsvector() makes of a text, in order, each with the word as it is written';
-- term statistics: in how many papers a term occurs (extension/term_statistics.c,
-- extension/count_terms.c)
--
-- Counting everything takes seconds, and a collection has a few dozen papers of
-- a hundred thousand. So triggers on paper keep the documents that came and
-- went, and refresh_term_statistics() adds and subtracts their terms.

CREATE FUNCTION document_length(document tsvector) RETURNS integer
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 10
    AS 'MODULE_PATHNAME', 'anthology_document_length_sql';
COMMENT ON FUNCTION document_length(tsvector) IS
    'the length of a document as abstract_rank() takes it: positions of all its terms';

CREATE FUNCTION count_terms()
    RETURNS TABLE (term text, documents integer, titles integer, titles_repeated integer,
                   related text[], relatedness real[])
    LANGUAGE c STABLE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_count_terms';
COMMENT ON FUNCTION count_terms() IS
    'counts the terms of all papers: what term_statistics is to hold';

CREATE FUNCTION record_document_change() RETURNS trigger
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM anthology.term_count_state) THEN
        RETURN NULL;    -- everything is still to be counted
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
COMMENT ON FUNCTION refresh_term_statistics(boolean) IS
    'counts in how many papers each term occurs, and finds related terms: everything at first, if asked to, or if a tenth has changed; else counts what has changed since; returns how many documents it counted';
-- abstract_rank and its kind: terms weighed by how rare they are (extension/abstract_rank.c)

CREATE FUNCTION abstract_similarity(a tsvector, b tsvector) RETURNS real
    LANGUAGE c STABLE STRICT PARALLEL SAFE COST 500
    AS 'MODULE_PATHNAME', 'anthology_abstract_similarity_sql';
COMMENT ON FUNCTION abstract_similarity(tsvector, tsvector) IS
    'how much two documents have in common, 0 to 1: the cosine of their terms, rare ones counting more';

CREATE FUNCTION abstract_rank(document tsvector, query tsquery) RETURNS real
    LANGUAGE c STABLE STRICT PARALLEL SAFE COST 500
    AS 'MODULE_PATHNAME', 'anthology_abstract_rank_sql';
COMMENT ON FUNCTION abstract_rank(tsvector, tsquery) IS
    'how well a document answers a query: BM25 (k1 = 0.9, b = 0.85) over term_statistics, with compounds, related words and nearness';

CREATE FUNCTION rarest_words(query tsquery, papers integer) RETURNS tsquery
    LANGUAGE c STABLE STRICT PARALLEL SAFE COST 1000
    AS 'MODULE_PATHNAME', 'anthology_rarest_words';
COMMENT ON FUNCTION rarest_words(tsquery, integer) IS
    'the rarest words of a query, as many as that number of papers have together and one at least: what to look up before ranking';

CREATE FUNCTION distinctive_terms(document tsvector, papers integer) RETURNS tsquery
    LANGUAGE c STABLE STRICT PARALLEL SAFE COST 1000
    AS 'MODULE_PATHNAME', 'anthology_distinctive_terms';
COMMENT ON FUNCTION distinctive_terms(tsvector, integer) IS
    'the terms that tell a document from others, as many as that number of papers have together: what to look up before comparing';

CREATE FUNCTION keyword_terms(document tsvector, n integer) RETURNS text[]
    LANGUAGE c STABLE STRICT PARALLEL SAFE COST 1000
    AS 'MODULE_PATHNAME', 'anthology_keyword_terms';
COMMENT ON FUNCTION keyword_terms(tsvector, integer) IS
    'the n terms that tell most about a document, as they are stored; see abstract_keywords()';
-- searching the corpus: papers for words, for a paper, words for a paper
--
-- Plain SQL over the functions before: there is no C file for these.
--
-- A query of ten words has one that a third of all papers have. So the index is
-- asked for the papers that have one of the rarer words, some 5,000 of them,
-- and these are ranked by all of them. tests/bench/abstracts says how often the
-- first ten are those that ranking every paper gives.

CREATE FUNCTION abstract_headline(markup text, query tsquery,
        options text DEFAULT 'MaxFragments=2, MinWords=8, MaxWords=25')
    RETURNS text
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 2000
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT ts_headline('anthology.abstract', anthology.abstract_plain(markup), query, options)
$$;
COMMENT ON FUNCTION abstract_headline(text, tsquery, text) IS
    'the fragments of a text that answer a query, the words marked; options are those of ts_headline()';

CREATE FUNCTION search_papers(words text, k integer DEFAULT 10)
    RETURNS TABLE (paper_id text, title text, year integer, rank real, headline text)
    LANGUAGE plpgsql STABLE ROWS 10 COST 10000
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    query tsquery := anthology.abstract_tsquery(words);
    rarest tsquery := anthology.rarest_words(query, 5000);
BEGIN
    RETURN QUERY
        SELECT f.id, anthology.abstract_plain(f.title), f.year, f.rank,
            anthology.abstract_headline(coalesce(f.abstract, f.title), query)
        FROM (SELECT p.id, p.title, p.abstract, p.year,
                  anthology.abstract_rank(p.document, query) AS rank
              FROM anthology.paper p WHERE p.document @@ rarest
              ORDER BY rank DESC, p.id LIMIT k) f
        ORDER BY f.rank DESC, f.id;
END
$$;
COMMENT ON FUNCTION search_papers(text, integer) IS
    'the k papers that answer words, a sentence or a title best, with a headline';

CREATE FUNCTION related_papers(paper_id text, k integer DEFAULT 10)
    RETURNS TABLE (related_id text, title text, year integer, similarity real)
    LANGUAGE plpgsql STABLE STRICT ROWS 10 COST 10000
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    wanted tsvector;
    terms tsquery;
BEGIN
    SELECT p.document INTO wanted FROM anthology.paper p WHERE p.id = related_papers.paper_id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'there is no paper "%"', related_papers.paper_id
            USING ERRCODE = 'undefined_object';
    END IF;
    terms := anthology.distinctive_terms(wanted, 1500);
    RETURN QUERY
        SELECT f.id, anthology.abstract_plain(f.title), f.year, f.similarity
        FROM (SELECT p.id, p.title, p.year,
                  anthology.abstract_similarity(p.document, wanted) AS similarity
              FROM anthology.paper p
              WHERE p.document @@ terms AND p.id <> related_papers.paper_id
              ORDER BY similarity DESC, p.id LIMIT k) f
        ORDER BY f.similarity DESC, f.id;
END
$$;
COMMENT ON FUNCTION related_papers(text, integer) IS
    'the k papers whose titles and abstracts are most like a paper''s';

CREATE FUNCTION abstract_keywords(document tsvector, n integer DEFAULT 10) RETURNS text[]
    LANGUAGE sql STABLE STRICT COST 10000
    SET search_path = pg_catalog, pg_temp
AS $$
    -- A document has stems. How a word is written, papers that have it say.
    SELECT coalesce(array_agg(coalesce(w.word, k.term) ORDER BY k.i), '{}')
    FROM unnest(anthology.keyword_terms(document, n)) WITH ORDINALITY AS k(term, i)
        LEFT JOIN LATERAL (
            SELECT s.word
            FROM (SELECT p.title, p.abstract FROM anthology.paper p
                  WHERE p.document @@ array_to_tsvector(ARRAY[k.term])::text::tsquery LIMIT 5) p,
                anthology.abstract_words(concat_ws(' ', p.abstract, p.title)) s
            WHERE s.term = k.term
            GROUP BY s.word ORDER BY count(*) DESC, s.word COLLATE "C" LIMIT 1) w ON true
$$;
COMMENT ON FUNCTION abstract_keywords(tsvector, integer) IS
    'the n words that tell most about a document, the most telling first';
-- corrections: proposed, previewed, applied, undone (extension/reassign.c,
-- extension/correction.c)

-- The changes of persons that a correction consists of, in their order.
CREATE FUNCTION change_persons(reassignment_id bigint) RETURNS void
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
                    -- Somebody else has added it: it is not for us to undo.
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
COMMENT ON FUNCTION change_persons(bigint) IS
    'makes the changes of persons that a correction consists of';

CREATE FUNCTION propose_reassignment(paper_ids text[], from_person text, to_person text,
                                     note text DEFAULT NULL) RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_propose_reassignment';
COMMENT ON FUNCTION propose_reassignment(text[], text, text, text) IS
    'stages moving papers from one person''s page to another''s; nothing moves yet';

CREATE FUNCTION propose_undo(reassignment_id bigint, paper_ids text[] DEFAULT NULL,
                             note text DEFAULT NULL) RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_propose_undo';
COMMENT ON FUNCTION propose_undo(bigint, text[], text) IS
    'stages undoing a correction, the whole or for chosen papers';

CREATE FUNCTION rehearse_reassignment(id bigint, OUT items jsonb, OUT problem text)
    LANGUAGE c VOLATILE STRICT
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_rehearse_reassignment';
COMMENT ON FUNCTION rehearse_reassignment(bigint) IS
    'the names a correction would move or has moved, as JSON, and why it cannot be applied now';

CREATE FUNCTION preview_reassignment(id bigint)
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
COMMENT ON FUNCTION preview_reassignment(bigint) IS
    'every name that a proposal would move, selected or as a side effect; of one decided, what it moved';

CREATE FUNCTION apply_reassignment(id bigint) RETURNS bigint
    LANGUAGE c VOLATILE STRICT
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_apply_reassignment';
COMMENT ON FUNCTION apply_reassignment(bigint) IS
    'carries out a proposal, exactly as it was seen or not at all; returns the number of names moved';

CREATE FUNCTION reject_reassignment(id bigint, note text DEFAULT NULL) RETURNS void
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_reject_reassignment';
COMMENT ON FUNCTION reject_reassignment(bigint, text) IS
    'closes a proposal without carrying it out';

CREATE FUNCTION undo_reassignment(id bigint, paper_ids text[] DEFAULT NULL,
                                  note text DEFAULT NULL) RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_undo_reassignment';
COMMENT ON FUNCTION undo_reassignment(bigint, text[], text) IS
    'restores what a correction moved, the whole or for chosen papers; itself a correction, whose id it returns';

CREATE FUNCTION reassign_papers(paper_ids text[], from_person text, to_person text,
                                note text DEFAULT NULL) RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_reassign_papers';
COMMENT ON FUNCTION reassign_papers(text[], text, text, text) IS
    'propose_reassignment() and apply_reassignment() in one';

-- These act as the owner of the tables: who may call them may correct.
REVOKE EXECUTE ON FUNCTION
    propose_reassignment(text[], text, text, text),
    propose_undo(bigint, text[], text),
    rehearse_reassignment(bigint),
    preview_reassignment(bigint),
    apply_reassignment(bigint),
    reject_reassignment(bigint, text),
    undo_reassignment(bigint, text[], text),
    reassign_papers(text[], text, text, text)
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
    propose_reassignment(text[], text, text, text),
    propose_undo(bigint, text[], text),
    rehearse_reassignment(bigint),
    preview_reassignment(bigint),
    apply_reassignment(bigint),
    reject_reassignment(bigint, text),
    undo_reassignment(bigint, text[], text),
    reassign_papers(text[], text, text, text)
    TO @extowner@ WITH GRANT OPTION;
-- triggers that notice suspicious assignments, and their review
-- (extension/flags.c)

CREATE TYPE new_assignment AS (
    paper_id text,
    role text,
    "position" integer,
    credited_name text,
    person_id text
);
COMMENT ON TYPE new_assignment IS
    'a name on a paper that has just been assigned to a person';

-- What a reviewer judges by: the name and the paper as they are printed, who
-- else is on it, and the person. Not the person's other papers, lest every new
-- paper bring back every flag dismissed.
CREATE FUNCTION assignment_facts(assignment new_assignment) RETURNS text
    LANGUAGE sql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT encode(sha256(convert_to(jsonb_build_array(
        assignment.credited_name, assignment.person_id, p.title, p.abstract, p.year,
        (SELECT jsonb_agg(DISTINCT jsonb_build_array(a.full_name, a.person_id, a.orcid, a.affiliation))
         FROM anthology.authorship a WHERE a.paper_id = p.id),
        (SELECT jsonb_build_array(q.orcid, q.degree, q.comment,
             (SELECT jsonb_agg(DISTINCT n.full_name) FROM anthology.person_name n
              WHERE n.person_id = q.id AND NOT n.inferred))
         FROM anthology.person q WHERE q.id = assignment.person_id))::text, 'UTF8')), 'hex')
    FROM anthology.paper p WHERE p.id = assignment.paper_id
$$;
COMMENT ON FUNCTION assignment_facts(new_assignment) IS
    'a digest of what is known of a name, its paper and the person';

-- Only what the corpus knows can be judged. The corpus' own assignments are on
-- their persons' pages, which are judged a page at a time.
CREATE FUNCTION judge_assignments(assignments new_assignment[], threshold real, source text)
    RETURNS TABLE (assignment new_assignment, score real)
    LANGUAGE plpgsql STABLE STRICT ROWS 10
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF source = 'anthology.authorship' THEN
        RETURN QUERY
            SELECT a, j.score
            FROM anthology.judge_pages(
                    ARRAY(SELECT DISTINCT a.paper_id FROM unnest(assignments) AS a WHERE a.person_id IS NOT NULL),
                    ARRAY(SELECT DISTINCT a.person_id FROM unnest(assignments) AS a WHERE a.person_id IS NOT NULL),
                    threshold) AS j
                JOIN unnest(assignments) AS a ON a.paper_id = j.paper_id AND a.person_id = j.person_id;
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
    'those of some assignments that score below a threshold, where the corpus has the paper and the person';

CREATE FUNCTION flag_judged_assignments(assignments new_assignment[], threshold real, source text)
    RETURNS bigint
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    judged record;
    best record;
    flagged bigint := 0;
BEGIN
    FOR judged IN
        SELECT j.score, (j.assignment).*, anthology.assignment_facts(j.assignment) AS facts
        FROM anthology.judge_assignments(assignments, threshold, source) j
    LOOP
        CONTINUE WHEN EXISTS (
            SELECT FROM anthology.assignment_flag f
            WHERE f.status IN ('dismissed', 'confirmed')
                AND f.source = flag_judged_assignments.source AND f.facts = judged.facts
                AND f.paper_id = judged.paper_id AND f.role = judged.role
                AND f."position" = judged."position" AND f.person_id = judged.person_id);
        SELECT s.person_id INTO best
            FROM anthology.suggest_persons(judged.paper_id, judged."position", 3) s
            WHERE judged.role = 'author' AND source = 'anthology.authorship'
                AND s.person_id <> judged.person_id AND s.score > 0.5
            ORDER BY s.score DESC LIMIT 1;
        INSERT INTO anthology.assignment_flag
                (source, paper_id, role, "position", credited_name, person_id, score, reason,
                 evidence, suggested_person_id, facts)
            SELECT flag_judged_assignments.source, judged.paper_id, judged.role,
                judged."position", judged.credited_name, judged.person_id, judged.score,
                coalesce(string_agg(e.detail, '; ' ORDER BY e.weight)
                             FILTER (WHERE e.weight < 0 AND e.n <= 3),
                         'unlike the person''s other papers'),
                coalesce(jsonb_agg(to_jsonb(e) - 'n' ORDER BY e.weight), '[]'),
                best.person_id, judged.facts
            FROM (SELECT e.*, row_number() OVER (ORDER BY e.detail IS NULL, e.weight) AS n
                  FROM anthology.assignment_evidence(judged.paper_id, judged.person_id) e) AS e
            ON CONFLICT DO NOTHING;
        flagged := flagged + FOUND::integer;
    END LOOP;
    RETURN flagged;
END
$$;
COMMENT ON FUNCTION flag_judged_assignments(new_assignment[], real, text) IS
    'flags those of some assignments that score below a threshold; returns their number';

CREATE FUNCTION receive_assignments(assignments new_assignment[], threshold real, mode text, source text)
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
                    j.credited_name, j.person_id), E'\n' ORDER BY j.n) FILTER (WHERE j.n <= 10) AS listed
            INTO bad
            FROM (SELECT (s.assignment).*, row_number() OVER (ORDER BY s.score) AS n
                  FROM anthology.judge_assignments(assignments, threshold, source) s) AS j;
        IF bad.n > 0 THEN
            RAISE EXCEPTION 'paper "%" does not seem to be by person "%"',
                    bad.paper_id, bad.person_id
                USING ERRCODE = 'check_violation',
                    DETAIL = format('%s: %s', anthology.counted(bad.n, 'suspicious assignment'), bad.listed),
                    HINT = 'assignment_evidence() says why. To make it all the same, turn the triggers '
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
COMMENT ON FUNCTION receive_assignments(new_assignment[], real, text, text) IS
    'what the trigger does with new assignments: judges a few at once, lets many wait';

CREATE FUNCTION flag_suspicious_assignment() RETURNS trigger
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_flag_suspicious_assignment';
COMMENT ON FUNCTION flag_suspicious_assignment() IS
    'trigger AFTER INSERT or UPDATE, row or statement level, on authorship or a table with its columns; '
    'arguments: a threshold, and ''flag'' or ''reject''';

CREATE FUNCTION judge_waiting(batch integer) RETURNS bigint
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
                    ORDER BY u.person_id, u.paper_id LIMIT batch FOR UPDATE SKIP LOCKED) AS u
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
COMMENT ON FUNCTION judge_waiting(integer) IS
    'judges the assignments that wait, in batches; returns the number of flags';

CREATE FUNCTION judge_new_assignments() RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_judge_new_assignments';
COMMENT ON FUNCTION judge_new_assignments() IS
    'judges the assignments that were made many at once; returns the number of flags';

CREATE FUNCTION flag_assignments(mode text DEFAULT 'flag', threshold real DEFAULT 0.05,
                                 target regclass DEFAULT to_regclass('anthology.authorship'))
    RETURNS void
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
    SET client_min_messages = warning
AS $$
BEGIN
    IF mode NOT IN ('flag', 'reject', 'off') OR mode IS NULL THEN
        RAISE EXCEPTION 'mode must be "flag", "reject" or "off", not "%"', mode
            USING ERRCODE = 'invalid_parameter_value';
    ELSIF threshold NOT BETWEEN 0 AND 1 OR threshold IS NULL THEN
        RAISE EXCEPTION 'threshold must be between 0 and 1, not %', threshold
            USING ERRCODE = 'invalid_parameter_value';
    ELSIF target IS NULL THEN
        RAISE EXCEPTION 'the tables of the corpus do not exist'
            USING ERRCODE = 'undefined_table', HINT = 'Call anthology.create_tables().';
    END IF;
    EXECUTE format('DROP TRIGGER IF EXISTS anthology_flag_insert ON %s', target);
    EXECUTE format('DROP TRIGGER IF EXISTS anthology_flag_update ON %s', target);
    IF mode <> 'off' THEN
        EXECUTE format('CREATE TRIGGER anthology_flag_insert AFTER INSERT ON %s '
                       'REFERENCING NEW TABLE AS new_names FOR EACH STATEMENT '
                       'EXECUTE FUNCTION anthology.flag_suspicious_assignment(%L, %L)',
                       target, threshold, mode);
        EXECUTE format('CREATE TRIGGER anthology_flag_update AFTER UPDATE ON %s '
                       'REFERENCING OLD TABLE AS old_names NEW TABLE AS new_names '
                       'FOR EACH STATEMENT '
                       'EXECUTE FUNCTION anthology.flag_suspicious_assignment(%L, %L)',
                       target, threshold, mode);
    END IF;
END
$$;
COMMENT ON FUNCTION flag_assignments(text, real, regclass) IS
    'turns on the triggers that flag or reject suspicious assignments, or off; the table''s owner may';

CREATE FUNCTION decide_flag(id bigint, status text, note text) RETURNS bigint
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
            -- What trying again may cure is not for the reviewer to be told of.
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
COMMENT ON FUNCTION decide_flag(bigint, text, text) IS
    'records the review of a flag; returns the proposal staged';

CREATE FUNCTION review_flag(id bigint, status text, note text DEFAULT NULL) RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_review_flag';
COMMENT ON FUNCTION review_flag(bigint, text, text) IS
    'reviews a flag: confirmed or dismissed; a confirmed one with a better person stages the reassignment, whose id is returned';

-- These act as the owner of the tables: who may call them may review.
REVOKE EXECUTE ON FUNCTION
    flag_suspicious_assignment(),
    judge_new_assignments(),
    review_flag(bigint, text, text)
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
    flag_suspicious_assignment(),
    judge_new_assignments(),
    review_flag(bigint, text, text)
    TO @extowner@ WITH GRANT OPTION;
-- the staff's other corrections (extension/operations.c)
--
-- plan_X checks what operation X is asked and writes down a proposal: the row,
-- the names selected with where they are to go, and the changes of persons. The
-- rest is that of every correction (extension/correction.c).

CREATE FUNCTION new_correction(kind text, from_person text, to_person text, paper_ids text[],
                               note text) RETURNS bigint
    LANGUAGE sql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
    INSERT INTO anthology.reassignment (kind, from_person_id, to_person_id, paper_ids, note,
            page_seen)
        VALUES (kind, from_person, to_person, coalesce(paper_ids, '{}'), note,
            ARRAY(SELECT DISTINCT a.paper_id FROM anthology.authorship a
                  WHERE a.person_id = from_person ORDER BY a.paper_id))
        RETURNING id
$$;
COMMENT ON FUNCTION new_correction(text, text, text, text[], text) IS
    'an empty proposal';

CREATE FUNCTION new_person_change(reassignment_id bigint, person_id text, action text,
                                  before jsonb, after jsonb) RETURNS void
    LANGUAGE sql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
    INSERT INTO anthology.person_change (reassignment_id, ordinal, person_id, action, before, after)
        VALUES (reassignment_id, (
            SELECT 1 + count(*) FROM anthology.person_change c
            WHERE c.reassignment_id = new_person_change.reassignment_id),
            person_id, action, before, after)
$$;
COMMENT ON FUNCTION new_person_change(bigint, text, text, jsonb, jsonb) IS
    'adds a change of a person to a proposal';

CREATE FUNCTION select_names(reassignment_id bigint, from_person text, paper_ids text[],
                             after_explicit_id text) RETURNS void
    LANGUAGE sql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
    INSERT INTO anthology.reassignment_item (reassignment_id, paper_id, role, "position", first,
            last, cause, before_person_id, after_person_id, before_explicit_id, after_explicit_id)
        SELECT reassignment_id, a.paper_id, a.role, a."position", a.first, a.last, 'selected',
            a.person_id, coalesce(after_explicit_id, (
                SELECT k.person_id FROM anthology.persons_of_names(
                    ARRAY[(a.slug, a.first, a.last, a.orcid, NULL)::anthology.name_key]) k)),
            a.explicit_person_id, after_explicit_id
        FROM anthology.authorship a
        WHERE a.person_id = from_person AND (paper_ids IS NULL OR a.paper_id = ANY (paper_ids))
$$;
COMMENT ON FUNCTION select_names(bigint, text, text[], text) IS
    'adds a person''s names on some papers, or on all, to a proposal, and the explicit id they are to have';

CREATE FUNCTION verified_entry(person_id text) RETURNS jsonb
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
                                 ELSE 'undefined_object' END;
    END IF;
    RETURN entry;
END
$$;
COMMENT ON FUNCTION verified_entry(text) IS
    'a verified person as an entry of people.yaml, or an error';

CREATE FUNCTION require_papers(paper_ids text[], person_id text) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    absent text;
BEGIN
    IF paper_ids IS NULL OR array_position(paper_ids, NULL) IS NOT NULL THEN
        RAISE EXCEPTION 'the list of papers must not be or contain null'
            USING ERRCODE = 'null_value_not_allowed';
    END IF;
    IF cardinality(paper_ids) = 0 THEN
        RAISE EXCEPTION 'the list of papers is empty'
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    SELECT string_agg(p, ', ' ORDER BY p) INTO absent FROM unnest(paper_ids) AS p
        WHERE NOT EXISTS (SELECT FROM anthology.authorship a
                          WHERE a.paper_id = p AND a.person_id = person_id);
    IF absent IS NOT NULL THEN
        RAISE EXCEPTION 'not on the page of "%": %', person_id, absent
            USING ERRCODE = 'undefined_object';
    END IF;
END
$$;
COMMENT ON FUNCTION require_papers(text[], text) IS
    'an error unless these papers are on the person''s page';

CREATE FUNCTION free_orcid(orcid text, person_id text) RETURNS text
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
            USING ERRCODE = 'unique_violation';
    END IF;
    RETURN normal;
END
$$;
COMMENT ON FUNCTION free_orcid(text, text) IS
    'an ORCID in canonical form, or an error if it is none or somebody else''s';

-- The entry with names that it does not list yet at the end.
CREATE FUNCTION entry_with_names(entry jsonb, more jsonb) RETURNS jsonb
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT jsonb_set(entry, '{names}', (entry -> 'names') || coalesce((
        SELECT jsonb_agg(n.name ORDER BY n.i)
        FROM (SELECT DISTINCT ON (m.name ->> 'first', m.name ->> 'last') m.name, m.i
              FROM jsonb_array_elements(more) WITH ORDINALITY AS m(name, i)
              ORDER BY m.name ->> 'first', m.name ->> 'last', m.i) AS n
        WHERE NOT EXISTS (SELECT FROM jsonb_array_elements(entry -> 'names') o
                          WHERE o ->> 'first' = n.name ->> 'first'
                              AND o ->> 'last' = n.name ->> 'last')), '[]'))
$$;
COMMENT ON FUNCTION entry_with_names(jsonb, jsonb) IS
    'an entry of people.yaml with more names';

-- The names a person has, listed or printed on papers; those of some papers.
CREATE FUNCTION printed_names(person_id text, paper_ids text[]) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT coalesce(jsonb_agg(jsonb_build_object('first', n.first, 'last', n.last)
                              ORDER BY n."position"), '[]')
    FROM anthology.person_name n
    WHERE n.person_id = printed_names.person_id
        AND EXISTS (SELECT FROM anthology.authorship a
                    WHERE a.person_id = n.person_id AND a.first = n.first AND a.last = n.last
                        AND (paper_ids IS NULL OR a.paper_id = ANY (paper_ids)))
$$;
COMMENT ON FUNCTION printed_names(text, text[]) IS
    'the names of a person as printed on some papers, or on all, the canonical one first';

CREATE FUNCTION require_listed(person_id text, entry jsonb, first text, last text, listed boolean)
    RETURNS void
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF EXISTS (SELECT FROM jsonb_array_elements(entry -> 'names') n
               WHERE n ->> 'first' = coalesce(require_listed.first, '')
                   AND n ->> 'last' = require_listed.last) <> listed THEN
        RAISE EXCEPTION 'person "%" % the name "%"', person_id,
                CASE WHEN listed THEN 'does not list' ELSE 'lists already' END,
                concat_ws(' ', NULLIF(first, ''), last)
            USING ERRCODE = CASE WHEN listed THEN 'undefined_object' ELSE 'duplicate_object' END;
    END IF;
END
$$;
COMMENT ON FUNCTION require_listed(text, jsonb, text, text, boolean) IS
    'an error unless a person''s entry lists a name, or does not';

CREATE FUNCTION plan_change(kind text, person_id text, before jsonb, after jsonb, note text)
    RETURNS bigint
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    id bigint;
BEGIN
    IF before = after THEN
        RAISE EXCEPTION 'person "%" is so already', person_id
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    id := anthology.new_correction(kind, person_id, person_id, NULL, note);
    PERFORM anthology.new_person_change(id, person_id, 'change', before, after);
    RETURN id;
END
$$;
COMMENT ON FUNCTION plan_change(text, text, jsonb, jsonb, text) IS
    'proposes to change nothing but a person''s entry';

CREATE FUNCTION plan_add_name(person_id text, first text, last text, script text, note text)
    RETURNS bigint
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    entry jsonb := anthology.verified_entry(person_id);
BEGIN
    IF coalesce(last, '') = '' THEN
        RAISE EXCEPTION 'the last name must not be empty'
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    PERFORM anthology.require_listed(person_id, entry, first, last, false);
    RETURN anthology.plan_change('add name', person_id, entry,
        anthology.entry_with_names(entry, jsonb_build_array(jsonb_strip_nulls(
            jsonb_build_object('first', coalesce(first, ''), 'last', last, 'script', script)))),
        note);
END
$$;
COMMENT ON FUNCTION plan_add_name(text, text, text, text, text) IS 'proposes what add_name() does';

CREATE FUNCTION plan_remove_name(person_id text, first text, last text, note text)
    RETURNS bigint
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    entry jsonb := anthology.verified_entry(person_id);
    others jsonb := (SELECT jsonb_agg(n.name ORDER BY n.i)
        FROM jsonb_array_elements(entry -> 'names') WITH ORDINALITY AS n(name, i)
        WHERE (n.name ->> 'first', n.name ->> 'last')
            IS DISTINCT FROM (coalesce(plan_remove_name.first, ''), plan_remove_name.last));
BEGIN
    PERFORM anthology.require_listed(person_id, entry, first, last, true);
    IF others IS NULL THEN
        RAISE EXCEPTION 'it is the only name of person "%"', person_id
            USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    RETURN anthology.plan_change('remove name', person_id, entry,
                                 jsonb_set(entry, '{names}', others), note);
END
$$;
COMMENT ON FUNCTION plan_remove_name(text, text, text, text) IS
    'proposes what remove_name() does';

CREATE FUNCTION plan_set_canonical_name(person_id text, first text, last text, note text)
    RETURNS bigint
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    entry jsonb := anthology.verified_entry(person_id);
    chosen jsonb := (SELECT n FROM jsonb_array_elements(entry -> 'names') n
        WHERE n ->> 'first' = coalesce(plan_set_canonical_name.first, '')
            AND n ->> 'last' = plan_set_canonical_name.last);
BEGIN
    PERFORM anthology.require_listed(person_id, entry, first, last, true);
    RETURN anthology.plan_change('set canonical name', person_id, entry,
        anthology.entry_with_names(jsonb_set(entry, '{names}', jsonb_build_array(chosen)),
                                   entry -> 'names'), note);
END
$$;
COMMENT ON FUNCTION plan_set_canonical_name(text, text, text, text) IS
    'proposes what set_canonical_name() does';

CREATE FUNCTION plan_set_name_matching(person_id text, enabled boolean, note text) RETURNS bigint
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    entry jsonb := anthology.verified_entry(person_id);
BEGIN
    RETURN anthology.plan_change('set name matching', person_id, entry,
        CASE WHEN enabled THEN entry - 'disable_name_matching'
             ELSE entry || '{"disable_name_matching": true}' END, note);
END
$$;
COMMENT ON FUNCTION plan_set_name_matching(text, boolean, text) IS
    'proposes what set_name_matching() does';

CREATE FUNCTION plan_set_orcid(person_id text, orcid text, note text) RETURNS bigint
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    entry jsonb := anthology.verified_entry(person_id);
    normal text := anthology.free_orcid(orcid, person_id);
BEGIN
    IF normal IS NULL AND NOT entry ? 'degree' THEN
        RAISE EXCEPTION 'a verified person needs an ORCID or the institution of the highest degree'
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    RETURN anthology.plan_change('set ORCID', person_id, entry,
        jsonb_strip_nulls((entry - 'orcid') || jsonb_build_object('orcid', normal)), note);
END
$$;
COMMENT ON FUNCTION plan_set_orcid(text, text, text) IS 'proposes what set_orcid() does';

CREATE FUNCTION plan_unlink_papers(paper_ids text[], person_id text, note text) RETURNS bigint
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    id bigint;
    implicit text;
BEGIN
    PERFORM anthology.verified_entry(person_id);
    PERFORM anthology.require_papers(paper_ids, person_id);
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
COMMENT ON FUNCTION plan_unlink_papers(text[], text, text) IS
    'proposes what unlink_papers() does';

CREATE FUNCTION new_person_id(first text, last text, suffix text, orcid text) RETURNS text
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    slug text := anthology.name_slug(first, last);
    candidates text[] := ARRAY[slug, slug || '-' || anthology.name_slug(suffix),
                               slug || '-' || lower(right(orcid, 4))];
    candidate text;
BEGIN
    IF slug !~ '^[a-z][-a-z0-9]+$' THEN
        RAISE EXCEPTION 'no id can be made of the name "%"', concat_ws(' ', NULLIF(first, ''), last)
            USING ERRCODE = 'invalid_parameter_value',
                DETAIL = format('Its slug is "%s"; an id begins with a letter and has two characters at least.', slug);
    END IF;
    FOREACH candidate IN ARRAY candidates LOOP
        IF candidate IS NOT NULL AND NOT candidate LIKE '%-'
            AND NOT EXISTS (SELECT FROM anthology.person p WHERE p.id = candidate)
        THEN
            RETURN candidate;
        END IF;
    END LOOP;
    RAISE EXCEPTION 'person "%" exists already', slug
        USING ERRCODE = 'unique_violation',
            DETAIL = format('Taken: %s.', array_to_string(candidates, ', ')),
            HINT = 'Give a suffix, such as a short form of the institution of the degree, or an ORCID.';
END
$$;
COMMENT ON FUNCTION new_person_id(text, text, text, text) IS
    'the id of a new verified person: the name''s slug if it is free, else with the suffix, else with the last four of the ORCID';

CREATE FUNCTION plan_new_person(kind text, from_person text, paper_ids text[], entry jsonb,
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
    IF coalesce(entry -> 'names' -> 0 ->> 'last', '') = '' THEN
        RAISE EXCEPTION 'the last name must not be empty'
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
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
COMMENT ON FUNCTION plan_new_person(text, text, text[], jsonb, text, text) IS
    'proposes a new verified person, given as an entry of people.yaml, with papers of a page';

CREATE FUNCTION plan_person(first text, last text, orcid text, degree text, suffix text,
                            comment text, note text DEFAULT NULL) RETURNS bigint
    LANGUAGE sql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT anthology.plan_new_person('create person', NULL, NULL, jsonb_build_object(
        'names', jsonb_build_array(jsonb_build_object('first', coalesce(first, ''), 'last', last)),
        'orcid', orcid, 'degree', degree, 'comment', comment), suffix, note)
$$;
COMMENT ON FUNCTION plan_person(text, text, text, text, text, text, text) IS
    'proposes what create_person() does';

CREATE FUNCTION plan_verify_person(person_id text, orcid text, degree text, suffix text,
                                   except_papers text[], note text) RETURNS bigint
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    papers text[];
BEGIN
    IF person_id IS NULL OR NOT EXISTS (SELECT FROM anthology.person p WHERE p.id = person_id) THEN
        RAISE EXCEPTION 'there is no person "%"', person_id
            USING ERRCODE = 'undefined_object';
    END IF;
    IF anthology.person_entry(person_id) IS NOT NULL THEN
        RAISE EXCEPTION 'person "%" is verified already', person_id
            USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    IF except_papers IS NOT NULL THEN
        PERFORM anthology.require_papers(except_papers, person_id);
    END IF;
    papers := ARRAY(SELECT DISTINCT a.paper_id FROM anthology.authorship a
                    WHERE a.person_id = person_id
                        AND NOT a.paper_id = ANY (coalesce(except_papers, '{}')) ORDER BY 1);
    IF papers = '{}' THEN
        RAISE EXCEPTION 'no paper is left for the person'
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    -- Papers that are somebody else's must not find the new person by the name.
    RETURN anthology.plan_new_person('verify', person_id, papers, jsonb_build_object(
        'names', anthology.printed_names(person_id, papers), 'orcid', orcid, 'degree', degree,
        'disable_name_matching', CASE WHEN except_papers IS NOT NULL THEN true END), suffix, note);
END
$$;
COMMENT ON FUNCTION plan_verify_person(text, text, text, text, text[], text) IS
    'proposes what verify_person() does';

CREATE FUNCTION plan_split_person(paper_ids text[], person_id text, orcid text, degree text,
                                  suffix text, note text) RETURNS bigint
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
BEGIN
    PERFORM anthology.require_papers(paper_ids, person_id);
    -- The papers that stay must not find the new person by the name.
    RETURN anthology.plan_new_person('split', person_id, paper_ids, jsonb_build_object(
        'names', anthology.printed_names(person_id, paper_ids), 'orcid', orcid, 'degree', degree,
        'disable_name_matching', CASE WHEN EXISTS (
            SELECT FROM anthology.authorship a
            WHERE a.person_id = person_id AND NOT a.paper_id = ANY (paper_ids)) THEN true END),
        suffix, note);
END
$$;
COMMENT ON FUNCTION plan_split_person(text[], text, text, text, text, text) IS
    'proposes what split_person() does';

CREATE FUNCTION plan_merge_persons(from_person text, to_person text, note text) RETURNS bigint
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
            USING ERRCODE = 'undefined_object';
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
                    DETAIL = format('They have %s and %s.', source ->> field, target ->> field);
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
COMMENT ON FUNCTION plan_merge_persons(text, text, text) IS
    'proposes what merge_persons() does';

CREATE FUNCTION plan_rename_person(person_id text, new_id text, note text) RETURNS bigint
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
            USING ERRCODE = 'unique_violation';
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
COMMENT ON FUNCTION plan_rename_person(text, text, text) IS
    'proposes what rename_person() does';

CREATE FUNCTION propose_person(first text, last text, orcid text DEFAULT NULL,
                               degree text DEFAULT NULL, suffix text DEFAULT NULL,
                               comment text DEFAULT NULL, note text DEFAULT NULL) RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';
COMMENT ON FUNCTION propose_person(text, text, text, text, text, text, text) IS
    'stages making a verified person, so that its effect on other papers can be previewed';

CREATE FUNCTION create_person(first text, last text, orcid text DEFAULT NULL,
                              degree text DEFAULT NULL, suffix text DEFAULT NULL,
                              comment text DEFAULT NULL) RETURNS text
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_create_person';
COMMENT ON FUNCTION create_person(text, text, text, text, text, text) IS
    'makes a verified person under the official id rule and returns its id';

CREATE FUNCTION add_name(person_id text, first text, last text, script text DEFAULT NULL, note text DEFAULT NULL) RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';
COMMENT ON FUNCTION add_name(text, text, text, text, text) IS
    'lists one more name for a verified person';

CREATE FUNCTION propose_add_name(person_id text, first text, last text, script text DEFAULT NULL, note text DEFAULT NULL) RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';
COMMENT ON FUNCTION propose_add_name(text, text, text, text, text) IS
    'stages: lists one more name for a verified person';

CREATE FUNCTION remove_name(person_id text, first text, last text, note text DEFAULT NULL) RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';
COMMENT ON FUNCTION remove_name(text, text, text, text) IS
    'takes a name off a verified person''s list';

CREATE FUNCTION propose_remove_name(person_id text, first text, last text, note text DEFAULT NULL) RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';
COMMENT ON FUNCTION propose_remove_name(text, text, text, text) IS
    'stages: takes a name off a verified person''s list';

CREATE FUNCTION set_canonical_name(person_id text, first text, last text, note text DEFAULT NULL) RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';
COMMENT ON FUNCTION set_canonical_name(text, text, text, text) IS
    'makes a listed name the canonical one';

CREATE FUNCTION propose_set_canonical_name(person_id text, first text, last text, note text DEFAULT NULL) RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';
COMMENT ON FUNCTION propose_set_canonical_name(text, text, text, text) IS
    'stages: makes a listed name the canonical one';

CREATE FUNCTION set_name_matching(person_id text, enabled boolean, note text DEFAULT NULL) RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';
COMMENT ON FUNCTION set_name_matching(text, boolean, text) IS
    'whether names without explicit id may find a verified person by their slug';

CREATE FUNCTION propose_set_name_matching(person_id text, enabled boolean, note text DEFAULT NULL) RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';
COMMENT ON FUNCTION propose_set_name_matching(text, boolean, text) IS
    'stages: whether names without explicit id may find a verified person by their slug';

CREATE FUNCTION set_orcid(person_id text, orcid text, note text DEFAULT NULL) RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';
COMMENT ON FUNCTION set_orcid(text, text, text) IS
    'gives a verified person an ORCID, or takes it away';

CREATE FUNCTION propose_set_orcid(person_id text, orcid text, note text DEFAULT NULL) RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';
COMMENT ON FUNCTION propose_set_orcid(text, text, text) IS
    'stages: gives a verified person an ORCID, or takes it away';

CREATE FUNCTION unlink_papers(paper_ids text[], person_id text, note text DEFAULT NULL) RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';
COMMENT ON FUNCTION unlink_papers(text[], text, text) IS
    'takes the explicit ids of a person''s papers away: their names find their person by slug again';

CREATE FUNCTION propose_unlink_papers(paper_ids text[], person_id text, note text DEFAULT NULL) RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';
COMMENT ON FUNCTION propose_unlink_papers(text[], text, text) IS
    'stages: takes the explicit ids of a person''s papers away: their names find their person by slug again';

CREATE FUNCTION verify_person(person_id text, orcid text DEFAULT NULL, degree text DEFAULT NULL, suffix text DEFAULT NULL, except_papers text[] DEFAULT NULL, note text DEFAULT NULL) RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';
COMMENT ON FUNCTION verify_person(text, text, text, text, text[], text) IS
    'makes an unverified person verified, with explicit ids on all papers of the page but those excepted';

CREATE FUNCTION propose_verify_person(person_id text, orcid text DEFAULT NULL, degree text DEFAULT NULL, suffix text DEFAULT NULL, except_papers text[] DEFAULT NULL, note text DEFAULT NULL) RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';
COMMENT ON FUNCTION propose_verify_person(text, text, text, text, text[], text) IS
    'stages: makes an unverified person verified, with explicit ids on all papers of the page but those excepted';

CREATE FUNCTION merge_persons(from_person text, to_person text, note text DEFAULT NULL) RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';
COMMENT ON FUNCTION merge_persons(text, text, text) IS
    'moves every paper and name of a person to a verified one; a verified person merged away is deleted';

CREATE FUNCTION propose_merge_persons(from_person text, to_person text, note text DEFAULT NULL) RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';
COMMENT ON FUNCTION propose_merge_persons(text, text, text) IS
    'stages: moves every paper and name of a person to a verified one; a verified person merged away is deleted';

CREATE FUNCTION rename_person(person_id text, new_id text, note text DEFAULT NULL) RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';
COMMENT ON FUNCTION rename_person(text, text, text) IS
    'gives a verified person another id';

CREATE FUNCTION propose_rename_person(person_id text, new_id text, note text DEFAULT NULL) RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';
COMMENT ON FUNCTION propose_rename_person(text, text, text) IS
    'stages: gives a verified person another id';

CREATE FUNCTION split_person(paper_ids text[], person_id text, orcid text DEFAULT NULL, degree text DEFAULT NULL, suffix text DEFAULT NULL, note text DEFAULT NULL) RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';
COMMENT ON FUNCTION split_person(text[], text, text, text, text, text) IS
    'moves papers from a page to a new verified person';

CREATE FUNCTION propose_split_person(paper_ids text[], person_id text, orcid text DEFAULT NULL, degree text DEFAULT NULL, suffix text DEFAULT NULL, note text DEFAULT NULL) RETURNS bigint
    LANGUAGE c VOLATILE
    SET search_path = pg_catalog, pg_temp
    AS 'MODULE_PATHNAME', 'anthology_run_operation';
COMMENT ON FUNCTION propose_split_person(text[], text, text, text, text, text) IS
    'stages: moves papers from a page to a new verified person';

-- These act as the owner of the tables: who may call them may correct.
REVOKE EXECUTE ON FUNCTION
    propose_person(text, text, text, text, text, text, text),
    create_person(text, text, text, text, text, text),
    add_name(text, text, text, text, text),
    propose_add_name(text, text, text, text, text),
    remove_name(text, text, text, text),
    propose_remove_name(text, text, text, text),
    set_canonical_name(text, text, text, text),
    propose_set_canonical_name(text, text, text, text),
    set_name_matching(text, boolean, text),
    propose_set_name_matching(text, boolean, text),
    set_orcid(text, text, text),
    propose_set_orcid(text, text, text),
    unlink_papers(text[], text, text),
    propose_unlink_papers(text[], text, text),
    verify_person(text, text, text, text, text[], text),
    propose_verify_person(text, text, text, text, text[], text),
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
    set_name_matching(text, boolean, text),
    propose_set_name_matching(text, boolean, text),
    set_orcid(text, text, text),
    propose_set_orcid(text, text, text),
    unlink_papers(text[], text, text),
    propose_unlink_papers(text[], text, text),
    verify_person(text, text, text, text, text[], text),
    propose_verify_person(text, text, text, text, text[], text),
    merge_persons(text, text, text),
    propose_merge_persons(text, text, text),
    rename_person(text, text, text),
    propose_rename_person(text, text, text),
    split_person(text[], text, text, text, text, text),
    propose_split_person(text[], text, text, text, text, text)
    TO @extowner@ WITH GRANT OPTION;

-- the record, as a person reads it
--
-- Plain SQL over the tables: there is no C file for these.

CREATE FUNCTION described_value(value jsonb) RETURNS text
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT CASE jsonb_typeof(value)
        WHEN 'array' THEN (SELECT string_agg(anthology.described_value(e), ', ')
                           FROM jsonb_array_elements(value) e)
        WHEN 'object' THEN concat_ws(' ', NULLIF(value ->> 'first', ''), value ->> 'last')
        ELSE coalesce(value #>> '{}', 'none')
    END
$$;
COMMENT ON FUNCTION described_value(jsonb) IS
    'a value of an entry of people.yaml in words: names as they are printed';

CREATE FUNCTION described_change(action text, before jsonb, after jsonb) RETURNS text
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
              FROM (SELECT jsonb_object_keys(before) UNION SELECT jsonb_object_keys(after)) AS k(key)
              WHERE before -> k.key IS DISTINCT FROM after -> k.key)
    END
$$;
COMMENT ON FUNCTION described_change(text, jsonb, jsonb) IS
    'a change of a person in words';

CREATE FUNCTION history(person_id text)
    RETURNS TABLE (reassignment_id bigint, at timestamptz, by text, kind text, status text,
                   what text, why text)
    LANGUAGE sql STABLE STRICT ROWS 20
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT r.id, coalesce(r.decided_at, r.proposed_at), coalesce(r.decided_by, r.proposed_by),
        r.kind || coalesce(' of ' || r.undoes, ''), r.status,
        concat_ws('; ', c.changes, 'names gained: ' || i.gained,
            'names lost: ' || i.lost),
        concat_ws('; ', r.note, r.decision_note)
    FROM anthology.reassignment r
        LEFT JOIN LATERAL (
            SELECT string_agg(anthology.described_change(c.action, c.before, c.after), '; '
                              ORDER BY c.ordinal) AS changes
            FROM anthology.person_change c
            WHERE c.reassignment_id = r.id AND c.person_id = history.person_id) AS c ON true
        LEFT JOIN LATERAL (
            SELECT NULLIF(count(*) FILTER (WHERE i.after_person_id = history.person_id
                              AND i.before_person_id IS DISTINCT FROM history.person_id), 0),
                NULLIF(count(*) FILTER (WHERE i.before_person_id = history.person_id
                           AND i.after_person_id IS DISTINCT FROM history.person_id), 0)
            FROM anthology.reassignment_item i
            WHERE i.reassignment_id = r.id) AS i(gained, lost) ON true
    WHERE c.changes IS NOT NULL OR i.gained IS NOT NULL OR i.lost IS NOT NULL
    ORDER BY r.id
$$;
COMMENT ON FUNCTION history(text) IS
    'every correction that concerned a person: who did what when and why';

CREATE FUNCTION history_of_paper(paper_id text)
    RETURNS TABLE (reassignment_id bigint, at timestamptz, by text, kind text, status text,
                   credited_name text, before_person_id text, after_person_id text, cause text,
                   why text)
    LANGUAGE sql STABLE STRICT ROWS 20
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT r.id, coalesce(r.decided_at, r.proposed_at), coalesce(r.decided_by, r.proposed_by),
        r.kind || coalesce(' of ' || r.undoes, ''), r.status,
        concat_ws(' ', NULLIF(i.first, ''), i.last), i.before_person_id, i.after_person_id, i.cause,
        concat_ws('; ', r.note, r.decision_note)
    FROM anthology.reassignment_item i
        JOIN anthology.reassignment r ON r.id = i.reassignment_id
    WHERE i.paper_id = history_of_paper.paper_id
    ORDER BY r.id, i.role, i."position"
$$;
COMMENT ON FUNCTION history_of_paper(text) IS
    'every correction that concerned a name on a paper: who moved it, from where to where, when and why';
-- who may do what
--
-- Plain SQL: there is no C file for these.

CREATE FUNCTION grant_reader(role name) RETURNS void
    LANGUAGE plpgsql VOLATILE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    EXECUTE format('GRANT USAGE ON SCHEMA anthology TO %I', role);
    EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA anthology TO %I', role);
    EXECUTE format('GRANT EXECUTE ON FUNCTION anthology.rehearse_reassignment(bigint), '
                   'anthology.preview_reassignment(bigint) TO %I', role);
END
$$;
COMMENT ON FUNCTION grant_reader(name) IS
    'lets a role read the corpus, the pages and the record, and preview proposals';

CREATE FUNCTION grant_editor(role name) RETURNS void
    LANGUAGE plpgsql VOLATILE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    functions text;
BEGIN
    PERFORM anthology.grant_reader(role);
    -- The functions that act as the tables' owner are those not open to all.
    SELECT string_agg(p.oid::regprocedure::text, ', ') INTO functions
        FROM pg_proc p
        WHERE p.pronamespace = 'anthology'::regnamespace AND p.proacl IS NOT NULL
            AND NOT EXISTS (SELECT FROM aclexplode(p.proacl) a WHERE a.grantee = 0);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO %I', functions, role);
END
$$;
COMMENT ON FUNCTION grant_editor(name) IS
    'lets a role propose, apply and undo corrections besides, through the functions only';
-- back into the Anthology's own files (extension/export.c)

CREATE FUNCTION edit_collection(source text, volumes text[], papers text[], roles text[],
                                positions text[], ids text[]) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 10000
    AS 'MODULE_PATHNAME', 'anthology_edit_collection';
COMMENT ON FUNCTION edit_collection(text, text[], text[], text[], text[], text[]) IS
    'a collection file with the id attributes of the names told, byte for byte otherwise';

CREATE FUNCTION export_collection(collection_id text) RETURNS text
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
            coalesce(array_agg(a.explicit_person_id) FILTER (WHERE corrected), '{}'))
        INTO exported
        FROM anthology.collection c
            LEFT JOIN anthology.papers_of_collection(collection_id) i(id) ON true
            LEFT JOIN anthology.paper p ON p.id = i.id
            LEFT JOIN anthology.volume v ON v.id = p.volume_id
            LEFT JOIN anthology.authorship a ON a.paper_id = i.id,
            LATERAL (SELECT a.paper_id IS NOT NULL AND a.explicit_person_id
                         IS DISTINCT FROM a.file_person_id) AS d(corrected)
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
    'the file of a collection as it was loaded, byte for byte but for the ids of corrected names';

CREATE FUNCTION export_people_yaml() RETURNS text
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT anthology.jsonb_to_yaml(coalesce(
        jsonb_object_agg(p.id, anthology.person_entry(p.id)), '{}'))
    FROM anthology.person p WHERE p.verified
$$;
COMMENT ON FUNCTION export_people_yaml() IS
    'people.yaml: every verified person, in the official library''s form and order';

CREATE FUNCTION changed_files() RETURNS TABLE (path text, content text)
    LANGUAGE plpgsql STABLE ROWS 10
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RETURN QUERY
        SELECT 'xml/' || c.id || '.xml', x.exported
        FROM anthology.collection c, LATERAL (SELECT anthology.export_collection(c.id) AS exported) AS x
        WHERE EXISTS (SELECT FROM anthology.papers_of_collection(c.id) AS i(id)
                      JOIN anthology.authorship a ON a.paper_id = i.id
                      WHERE a.explicit_person_id IS DISTINCT FROM a.file_person_id)
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
COMMENT ON FUNCTION changed_files() IS
    'the files of the data folder that corrections have changed since they were loaded, and what is in them now';

CREATE FUNCTION write_server_file(path text, content text) RETURNS void
    LANGUAGE c VOLATILE STRICT PARALLEL RESTRICTED
    AS 'MODULE_PATHNAME', 'anthology_write_server_file';
COMMENT ON FUNCTION write_server_file(text, text) IS
    'writes a file on the server, in UTF-8, whole or not at all: for members of pg_write_server_files';

CREATE FUNCTION export_changes(directory text) RETURNS SETOF text
    LANGUAGE plpgsql VOLATILE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    changed record;
BEGIN
    FOR changed IN SELECT * FROM anthology.changed_files() LOOP
        PERFORM anthology.write_server_file(directory || '/' || changed.path, changed.content);
        RETURN NEXT changed.path;
    END LOOP;
END
$$;
COMMENT ON FUNCTION export_changes(text) IS
    'writes the changed files into a data folder on the server, and tells which: for members of pg_write_server_files';
-- requests as they arrive, and the text to send them on
--
-- Plain SQL: there is no C file for these. Nothing here has more rights than who
-- calls it; the corrections are staged by propose_X.

CREATE FUNCTION page_id(page text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    -- https://aclanthology.org/people/m/matt-post/ as it was once, /people/matt-post/unverified/ as it is now
    SELECT regexp_replace(regexp_replace(btrim(page), '^https?://[^/]*aclanthology\.org/(?:.*/)?people/(?:[a-z]/)?', ''),
        '(?:/|\.html|[?#].*)+$', '')
$$;
COMMENT ON FUNCTION page_id(text) IS
    'the id of a person from the address of a page, or the id itself';

CREATE FUNCTION request_text(request jsonb, key text, required boolean) RETURNS text
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF jsonb_typeof(request -> key) NOT IN ('string', 'null')
        OR (required AND coalesce(btrim(request ->> key), '') = '') THEN
        RAISE EXCEPTION 'a request needs a text "%"', key
            USING ERRCODE = 'invalid_parameter_value', DETAIL = format('The request is %s.', left(request::text, 500));
    END IF;
    RETURN nullif(btrim(request ->> key), '');
END
$$;
COMMENT ON FUNCTION request_text(jsonb, text, boolean) IS 'a text of a request, or an error';

CREATE FUNCTION request_list(request jsonb, key text) RETURNS text[]
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF jsonb_typeof(request -> key) IS DISTINCT FROM 'array' OR jsonb_array_length(request -> key) = 0
        OR EXISTS (SELECT FROM jsonb_array_elements(request -> key) e WHERE jsonb_typeof(e) <> 'string') THEN
        RAISE EXCEPTION 'a request needs a list of texts "%"', key
            USING ERRCODE = 'invalid_parameter_value', DETAIL = format('The request is %s.', left(request::text, 500));
    END IF;
    RETURN ARRAY(SELECT DISTINCT btrim(e) FROM jsonb_array_elements_text(request -> key) e ORDER BY 1);
END
$$;
COMMENT ON FUNCTION request_list(jsonb, text) IS 'a list of texts of a request, or an error';

CREATE FUNCTION person_of_papers(paper_ids text[], slug text) RETURNS text
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
    -- Whose names on all of them begin the id that is wished for.
    SELECT array_agg(s.person_id ORDER BY s.person_id) INTO found FROM (
        SELECT a.person_id FROM anthology.authorship a
        WHERE a.paper_id = ANY (paper_ids) AND (slug = a.slug OR starts_with(slug, a.slug || '-'))
        GROUP BY 1 HAVING count(DISTINCT a.paper_id) = cardinality(paper_ids)) AS s;
    IF coalesce(cardinality(found), 0) <> 1 THEN
        RAISE EXCEPTION 'the papers are not on one page of a person named as in "%"', slug
            USING ERRCODE = 'invalid_parameter_value',
                DETAIL = CASE WHEN found IS NULL THEN 'No person with such a name is on all of them.'
                              ELSE format('Persons with such names on all of them: %s.', array_to_string(found, ', ')) END;
    END IF;
    RETURN found[1];
END
$$;
COMMENT ON FUNCTION person_of_papers(text[], text) IS
    'the one person whose name, on all these papers, begins an id';

CREATE FUNCTION request_to_proposal(request jsonb)
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
                'suffix', (SELECT nullif(substr(wished, length(a.slug) + 2), '') FROM anthology.authorship a
                           WHERE a.paper_id = papers[1] AND a.person_id = from_page LIMIT 1)));
    END IF;
END
$$;
COMMENT ON FUNCTION request_to_proposal(jsonb) IS
    'stages the proposals of a request: the staff''s merge or split, or the dialog''s papers, from and to; one that is open or applied already is repeated, not staged again';

CREATE FUNCTION stage_request(mark text, number integer, note text, action text, arguments jsonb,
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
            AND (action = 'verify') = (r.kind = 'verify')
        ORDER BY r.id DESC LIMIT 1;
    IF FOUND THEN
        RETURN;
    END IF;
    note := concat_ws(' ', nullif(note, ''), marked);
    repeated := false;
    reassignment_id := CASE action
        WHEN 'move' THEN anthology.propose_reassignment(papers, arguments ->> 'from', arguments ->> 'to', note)
        WHEN 'merge' THEN anthology.propose_merge_persons(arguments ->> 'from', arguments ->> 'to', note)
        WHEN 'verify' THEN anthology.propose_verify_person(arguments ->> 'person', arguments ->> 'orcid', arguments ->> 'degree', note => note)
        WHEN 'split' THEN anthology.propose_split_person(papers, arguments ->> 'from', arguments ->> 'orcid',
            arguments ->> 'degree', arguments ->> 'suffix', note) END;
    SELECT r.kind INTO step FROM anthology.reassignment r WHERE r.id = reassignment_id;
END
$$;
COMMENT ON FUNCTION stage_request(text, integer, text, text, jsonb) IS
    'stages one step of a request, unless it was';

CREATE FUNCTION correction_issue(id bigint) RETURNS text
    LANGUAGE plpgsql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    r anthology.reassignment;
    pages text[];
    person anthology.person;
    named text;
BEGIN
    SELECT q.* INTO r FROM anthology.reassignment q WHERE q.id = id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'there is no reassignment %', id
            USING ERRCODE = 'undefined_object';
    END IF;
    SELECT array_agg(DISTINCT p.page ORDER BY p.page) INTO pages
        FROM (SELECT unnest(ARRAY[r.from_person_id, r.to_person_id]) AS page
              UNION SELECT unnest(ARRAY[i.before_person_id, i.after_person_id])
              FROM anthology.reassignment_item i WHERE i.reassignment_id = id) AS p
        WHERE p.page IS NOT NULL;
    SELECT q.* INTO person FROM anthology.person q WHERE q.id = coalesce(r.to_person_id, r.from_person_id);
    SELECT n.full_name INTO named FROM anthology.person_name n
        WHERE n.person_id = coalesce(r.to_person_id, r.from_person_id) ORDER BY n."position" LIMIT 1;
    RETURN concat_ws(E'\n',
        'Author Page: ' || coalesce(named, r.to_person_id, r.from_person_id), '',
        '### Author Pages', '',
        (SELECT string_agg('https://aclanthology.org/people/' || p || '/', E'\n' ORDER BY p) FROM unnest(pages) AS p), '',
        '### Author ORCID', '',
        coalesce('https://orcid.org/' || person.orcid, '_No response_'), '',
        '### Institution of highest (anticipated) degree', '',
        coalesce(person.degree, '_No response_'), '',
        '### Author Name (only if published in another script)', '',
        coalesce((SELECT string_agg(n.full_name, ', ' ORDER BY n."position") FROM anthology.person_name n
                  WHERE n.person_id = person.id AND n.script IS NOT NULL), '_No response_'), '',
        '### Type of Author Metadata Correction', '',
        format('- [%s] The author page includes papers from two or more different people.',
            CASE WHEN r.kind IN ('reassign', 'split', 'unlink papers') THEN 'X' ELSE ' ' END),
        format('- [%s] A single author has multiple pages with different spellings or variants of their name.',
            CASE WHEN r.kind IN ('merge', 'add name') THEN 'X' ELSE ' ' END),
        format('- [%s] This author has permanently changed their name.',
            CASE WHEN r.kind = 'set canonical name' THEN 'X' ELSE ' ' END), '',
        '### Supporting Information', '',
        format('Correction %s (%s, %s).', r.id, r.kind, r.status), nullif(r.note, ''),
        (SELECT string_agg(format('- %s, %s %s "%s": %s → %s (%s)', i.paper_id, i.role, i."position",
                    concat_ws(' ', nullif(i.first, ''), i.last), coalesce(i.before_person_id, 'nobody'),
                    coalesce(i.after_person_id, 'nobody'), i.cause),
                E'\n' ORDER BY i.cause DESC, i.paper_id COLLATE "C", i.role, i."position")
         FROM anthology.reassignment_item i WHERE i.reassignment_id = id)) || E'\n';
END
$$;
COMMENT ON FUNCTION correction_issue(bigint) IS
    'a correction as the text of the Anthology''s author page issue form, title first';
-- bibtex, mods, endnote: citations as the Anthology publishes them (extension/citations.c)

CREATE FUNCTION bibtex_text(markup text) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 50
    AS 'MODULE_PATHNAME', 'anthology_bibtex_text_sql';
COMMENT ON FUNCTION bibtex_text(text) IS
    'text in the Anthology''s markup as TeX between double quotes: <fixed-case> in braces, accents as commands';

CREATE FUNCTION xml_text(plain text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    -- What XML forbids goes.
    SELECT replace(replace(replace(regexp_replace(plain, '[\x01-\x08\x0B\x0C\x0E-\x1F]', '', 'g'),
        '&', '&amp;'), '<', '&lt;'), '>', '&gt;')
$$;
COMMENT ON FUNCTION xml_text(text) IS 'text as the content of an XML element';

CREATE TYPE citation AS (
    key text, kind text, title text, journal text, journal_volume text, journal_issue text,
    booktitle text, month text, year integer, address text, publisher text, note text, url text,
    doi text, first_page text, last_page text, language text, isbn text, abstract text,
    authors text[], editors text[]
);
COMMENT ON TYPE citation IS
    'what there is to cite of a paper or volume; authors and editors are "last" and "first" by turns, titles in markup';

CREATE FUNCTION citation_of(id text) RETURNS citation
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
        SELECT n.part FROM anthology.authorship a, unnest(ARRAY[a.last, a.first]) WITH ORDINALITY AS n(part, i)
        WHERE a.paper_id = p.id AND a.role IN ('author', 'speaker') AND NOT is_volume
        ORDER BY a."position", n.i);
    c.editors := ARRAY(
        SELECT n.part FROM anthology.authorship a, unnest(ARRAY[a.last, a.first]) WITH ORDINALITY AS n(part, i)
        WHERE a.paper_id = front AND a.role = 'editor'
        ORDER BY a."position", n.i);
    RETURN c;
END
$$;
COMMENT ON FUNCTION citation_of(text) IS
    'what there is to cite of a paper, or of a volume by its id or its frontmatter''s';

CREATE FUNCTION bibtex_names(names text[]) RETURNS text
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT string_agg(anthology.bibtex_text(names[i])
            || CASE WHEN names[i + 1] <> '' THEN ', ' || anthology.bibtex_text(names[i + 1]) ELSE '' END,
        E'  and\n      ' ORDER BY i)
    FROM generate_series(1, cardinality(names), 2) AS i
$$;
COMMENT ON FUNCTION bibtex_names(text[]) IS 'last and first names by turns as the value of a BibTeX field';

CREATE FUNCTION bibtex_month(month text) RETURNS text
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    names constant text := 'January|February|March|April|May|June|July|August|September|October|November|December';
    numbers constant text[] := string_to_array(names, '|');
    value text := '';
    piece text;
    rest text := month;
BEGIN
    IF month ~ '^\d+$' AND month::numeric BETWEEN 1 AND 12 THEN
        rest := numbers[month::integer];
    END IF;
    -- June is jun, and "May 2 - June 1" may # " 2 - " # jun # " 1".
    WHILE rest <> '' LOOP
        piece := substring(rest FROM '^(?:' || names || ')\M');
        IF piece IS NOT NULL THEN
            value := value || CASE WHEN value = '' THEN '' ELSE ' # ' END || lower(left(piece, 3));
        ELSE
            piece := regexp_replace(rest, '\m(?:' || names || ')\M.*$', '');
            value := value || CASE WHEN value = '' THEN '' ELSE ' # ' END
                || '"' || anthology.bibtex_text(replace(piece, ' ', chr(160))) || '"';
        END IF;
        rest := substr(rest, length(piece) + 1);
    END LOOP;
    RETURN nullif(value, '');
END
$$;
COMMENT ON FUNCTION bibtex_month(text) IS 'a month, or a span of days, with the macros of BibTeX';

CREATE FUNCTION bibtex(id text) RETURNS text
    LANGUAGE plpgsql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    c anthology.citation := anthology.citation_of(id);
BEGIN
    RETURN '@' || c.kind || '{' || c.key || E',\n' || (
        SELECT string_agg('    ' || f.name || ' = ' || f.value, E',\n' ORDER BY f.n)
        FROM (
            SELECT t.n, t.name, '"' || t.value || '"' AS value
            FROM (VALUES
                (1, 'title', anthology.bibtex_text(c.title)),
                (2, 'author', anthology.bibtex_names(c.authors)),
                (3, 'editor', anthology.bibtex_names(c.editors)),
                (4, 'booktitle', anthology.bibtex_text(c.booktitle)),
                (5, 'journal', anthology.bibtex_text(c.journal)),
                (6, 'volume', anthology.bibtex_text(c.journal_volume)),
                (7, 'number', anthology.bibtex_text(c.journal_issue)),
                (9, 'year', c.year::text),
                (10, 'address', anthology.bibtex_text(c.address)),
                (11, 'publisher', anthology.bibtex_text(c.publisher)),
                (12, 'note', anthology.bibtex_text(c.note)),
                (13, 'url', c.url),
                (14, 'doi', c.doi),
                (15, 'pages', anthology.bibtex_text(c.first_page)
                    || CASE WHEN c.last_page IS NOT NULL THEN '--' || anthology.bibtex_text(c.last_page) ELSE '' END),
                (16, 'language', c.language),
                (17, 'isbn', c.isbn),
                (18, 'abstract', anthology.bibtex_text(c.abstract))) AS t(n, name, value)
            UNION ALL
            SELECT 8, 'month', anthology.bibtex_month(c.month)) AS f
        WHERE f.value IS NOT NULL AND f.value <> '""') || E'\n}\n';
END
$$;
COMMENT ON FUNCTION bibtex(text) IS
    'the BibTeX entry of a paper, or of a volume';

CREATE FUNCTION mods_names(names text[], role text, indent text) RETURNS text
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT string_agg(indent || '<name type="personal">' || E'\n'
        || CASE WHEN names[i + 1] <> '' THEN indent || '    <namePart type="given">'
                || anthology.xml_text(names[i + 1]) || E'</namePart>\n' ELSE '' END
        || indent || '    <namePart type="family">' || anthology.xml_text(names[i]) || E'</namePart>\n'
        || indent || E'    <role>\n'
        || indent || '        <roleTerm authority="marcrelator" type="text">' || role || E'</roleTerm>\n'
        || indent || E'    </role>\n'
        || indent || E'</name>\n', '' ORDER BY i)
    FROM generate_series(1, cardinality(names), 2) AS i
$$;
COMMENT ON FUNCTION mods_names(text[], text, text) IS 'last and first names by turns as elements of MODS';

CREATE FUNCTION month_number(month text) RETURNS text
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT CASE WHEN month ~ '^\d{1,2}$' THEN lpad(month, 2, '0')
        ELSE lpad(array_position(ARRAY['January', 'February', 'March', 'April', 'May', 'June', 'July',
            'August', 'September', 'October', 'November', 'December'],
            substring(month FROM '[A-Z][a-z]+'))::text, 2, '0') END
$$;
COMMENT ON FUNCTION month_number(text) IS 'the first month named in a text, as two digits';

CREATE FUNCTION mods(id text) RETURNS text
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
    text_ text;
BEGIN
    text_ := E'<?xml version="1.0" encoding="UTF-8"?>\n<modsCollection xmlns="http://www.loc.gov/mods/v3">\n'
        || '<mods ID="' || anthology.xml_text(c.key) || E'">\n'
        || E'    <titleInfo>\n        <title>' || anthology.xml_text(coalesce(anthology.abstract_plain(c.title), ''))
        || E'</title>\n    </titleInfo>\n'
        || coalesce(anthology.mods_names(c.authors, 'author', '    '), '')
        || CASE WHEN is_volume THEN coalesce(anthology.mods_names(c.editors, 'editor', '    '), '') ELSE '' END
        || E'    <originInfo>\n'
        || CASE WHEN is_volume AND origin <> '' THEN '        ' || origin || E'\n' ELSE '' END
        || CASE WHEN is_volume AND place <> '' THEN '        ' || place || E'\n' ELSE '' END
        || coalesce('        <dateIssued>' || dated || E'</dateIssued>\n', '')
        || E'    </originInfo>\n    <typeOfResource>text</typeOfResource>\n'
        || coalesce('    <language><languageTerm type="text">' || anthology.xml_text(c.language) || E'</languageTerm></language>\n', '');
    IF is_volume THEN
        text_ := text_ || '    <genre authority="marcgt">' || genre || E'</genre>\n'
            || coalesce('    <identifier type="isbn">' || anthology.xml_text(c.isbn) || E'</identifier>\n', '');
    ELSIF c.kind <> 'misc' THEN
        text_ := text_ || E'    <relatedItem type="host">\n        <titleInfo>\n            <title>'
            || anthology.xml_text(coalesce(anthology.abstract_plain(coalesce(c.journal, c.booktitle)), ''))
            || E'</title>\n        </titleInfo>\n'
            || coalesce(anthology.mods_names(c.editors, 'editor', '        '), '')
            || E'        <originInfo>\n'
            || CASE WHEN origin <> '' THEN '            ' || origin || E'\n' ELSE '' END
            || CASE WHEN place <> '' THEN '            ' || place || E'\n' ELSE '' END
            || CASE WHEN c.kind = 'article' THEN E'            <issuance>continuing</issuance>\n' ELSE '' END
            || E'        </originInfo>\n        <genre authority="marcgt">' || genre || E'</genre>\n    </relatedItem>\n';
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
COMMENT ON FUNCTION mods(text) IS
    'the MODS record of a paper, or of a volume';

CREATE FUNCTION endnote(id text) RETURNS text
    LANGUAGE plpgsql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    c anthology.citation := anthology.citation_of(id);
    is_volume constant boolean := c.kind = 'proceedings';
BEGIN
    RETURN (
        SELECT string_agg(t.tag || ' ' || regexp_replace(t.value, '\s+', ' ', 'g'), E'\n' ORDER BY t.n, t.i)
        FROM (
            SELECT f.n, 0 AS i, f.tag, f.value FROM (VALUES
                (1, '%0', CASE c.kind WHEN 'article' THEN 'Journal Article' WHEN 'misc' THEN 'Generic' ELSE 'Conference Proceedings' END),
                (2, '%T', anthology.abstract_plain(c.title)),
                (5, CASE WHEN c.kind = 'article' THEN '%J' ELSE '%S' END, anthology.abstract_plain(coalesce(c.journal, c.booktitle))),
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
            SELECT 3, i, '%A', c.authors[i] || CASE WHEN c.authors[i + 1] <> '' THEN ', ' || c.authors[i + 1] ELSE '' END
            FROM generate_series(1, cardinality(c.authors), 2) AS i
            UNION ALL
            SELECT CASE WHEN is_volume THEN 3 ELSE 4 END, i, CASE WHEN is_volume THEN '%E' ELSE '%Y' END,
                c.editors[i] || CASE WHEN c.editors[i + 1] <> '' THEN ', ' || c.editors[i + 1] ELSE '' END
            FROM generate_series(1, cardinality(c.editors), 2) AS i) AS t
        WHERE t.value <> '') || E'\n';
END
$$;
COMMENT ON FUNCTION endnote(text) IS
    'the EndNote record of a paper, or of a volume';

CREATE FUNCTION citations(volume_id text) RETURNS TABLE (paper_id text, bibtex text, mods text, endnote text)
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
COMMENT ON FUNCTION citations(text) IS
    'the citations of all papers of a volume; number 0 is the volume itself';
