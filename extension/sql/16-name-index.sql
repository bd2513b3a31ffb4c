-- anthology_names, name_ops: an index over names (extension/name_index*.c)

CREATE FUNCTION anthology_internal.name_index_handler(internal) RETURNS index_am_handler
    LANGUAGE c
    AS 'MODULE_PATHNAME', 'anthology_name_index_handler';
COMMENT ON FUNCTION anthology_internal.name_index_handler(internal) IS
    'handler of the access method anthology_names';

CREATE ACCESS METHOD anthology_names TYPE INDEX HANDLER anthology_internal.name_index_handler;
COMMENT ON ACCESS METHOD anthology_names IS
    'names by their words: serves ~=, ORDER BY <~> and name_similarity() >= a constant';

CREATE OPERATOR CLASS name_ops DEFAULT FOR TYPE text USING anthology_names AS
    OPERATOR 1 ~= (text, text),
    OPERATOR 2 <~> (text, text) FOR ORDER BY pg_catalog.float_ops,
    OPERATOR 3 ~= (text, name_query);
COMMENT ON OPERATOR CLASS name_ops USING anthology_names IS 'personal names';
COMMENT ON OPERATOR FAMILY name_ops USING anthology_names IS 'personal names';
