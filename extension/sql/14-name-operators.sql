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

CREATE OPERATOR ~= (
    LEFTARG = text, RIGHTARG = text, FUNCTION = name_similar,
    COMMUTATOR = ~=, RESTRICT = matchingsel, JOIN = matchingjoinsel
);
COMMENT ON OPERATOR ~= (text, text) IS 'similar names';

CREATE OPERATOR <~> (
    LEFTARG = text, RIGHTARG = text, FUNCTION = name_distance,
    COMMUTATOR = <~>
);
COMMENT ON OPERATOR <~> (text, text) IS 'distance of names';
