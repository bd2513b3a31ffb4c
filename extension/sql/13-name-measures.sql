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
    'least number of insertions, deletions, replacements and swaps of neighbours between two '
    'strings';

CREATE FUNCTION jaccard(a text, b text) RETURNS double precision
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 20
    AS 'MODULE_PATHNAME', 'anthology_jaccard_sql';
COMMENT ON FUNCTION jaccard(text, text) IS
    'Jaccard index of the sets of characters of two strings, 0 to 1; 1 for two empty ones';
