-- abstract_words: the terms of a text beside its words (extension/abstract_words.c)

CREATE FUNCTION abstract_words(markup text) RETURNS TABLE (term text, word text)
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 200
    AS 'MODULE_PATHNAME', 'anthology_abstract_words_sql';
COMMENT ON FUNCTION abstract_words(text) IS
    'the terms that abstract_tsvector() makes of a text, in order, each with the word as it is '
    'written';
