-- abstract_tsquery: words as a query (extension/abstract_tsquery.c)

CREATE FUNCTION abstract_tsquery(words text) RETURNS tsquery
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 100
    AS 'MODULE_PATHNAME', 'anthology_abstract_tsquery_sql';
COMMENT ON FUNCTION abstract_tsquery(text) IS
    'a sentence, a title or a few words as a query for any of them, to be ranked by '
    'abstract_rank(); never an error';

CREATE FUNCTION abstract_phraseto_tsquery(words text) RETURNS tsquery
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 100
    AS 'MODULE_PATHNAME', 'anthology_abstract_phraseto_tsquery';
COMMENT ON FUNCTION abstract_phraseto_tsquery(text) IS
    'words as a phrase, compounds in each way to write them';
