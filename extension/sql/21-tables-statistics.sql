-- statistics_tables: definitions of the tables that count terms

CREATE FUNCTION anthology_internal.statistics_tables() RETURNS SETOF table_part
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
COMMENT ON FUNCTION anthology_internal.statistics_tables() IS
    'definitions of the tables that count terms';
