-- ~= and <~>: names compared by operators (extension/name_operators.c)

-- Stable, not immutable: it reads anthology.name_similarity_threshold.
CREATE FUNCTION name_similar(a text, b text) RETURNS boolean
    LANGUAGE c STABLE STRICT PARALLEL SAFE COST 5
    SUPPORT anthology_internal.name_similarity_support
    AS 'MODULE_PATHNAME', 'anthology_name_similar';
COMMENT ON FUNCTION name_similar(text, text) IS
    'whether the similarity of two names is at least anthology.name_similarity_threshold';

CREATE FUNCTION name_distance(a text, b text) RETURNS real
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 5
    SUPPORT anthology_internal.name_similarity_support
    AS 'MODULE_PATHNAME', 'anthology_name_distance';
COMMENT ON FUNCTION name_distance(text, text) IS
    'distance of two names: 1 - name_similarity';

CREATE TYPE name_query AS (name text, threshold real);
COMMENT ON TYPE name_query IS
    'a name to look for, and the similarity from which on another is similar';

CREATE FUNCTION name_similar(a text, b name_query) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 5
    SUPPORT anthology_internal.name_similarity_support
    AS 'MODULE_PATHNAME', 'anthology_name_similar_query';
COMMENT ON FUNCTION name_similar(text, name_query) IS
    'whether the similarity of two names is at least the threshold given';

-- The planner turns name_similarity(a, b) >= threshold into this.
CREATE FUNCTION name_similar(a text, b text, threshold real) RETURNS boolean
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 5
    SUPPORT anthology_internal.name_similarity_support
    AS 'MODULE_PATHNAME', 'anthology_name_similar_threshold';
COMMENT ON FUNCTION name_similar(text, text, real) IS
    'whether the similarity of two names is at least a threshold: served by the index, whatever '
    'the settings';

CREATE FUNCTION anthology_internal.name_similar_selectivity(internal, oid, internal, integer)
    RETURNS double precision
    LANGUAGE c STABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'anthology_name_similar_selectivity';
COMMENT ON FUNCTION anthology_internal.name_similar_selectivity(internal, oid, internal, integer) IS
    'restriction selectivity of the operators ~=';

CREATE FUNCTION anthology_internal.name_similar_join_selectivity(internal, oid, internal, smallint,
                                                                 internal)
    RETURNS double precision
    LANGUAGE c STABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'anthology_name_similar_join_selectivity';
COMMENT ON FUNCTION anthology_internal.name_similar_join_selectivity(internal, oid, internal,
                                                                     smallint, internal) IS
    'join selectivity of the operators ~=';

CREATE OPERATOR ~= (
    LEFTARG = text, RIGHTARG = text, FUNCTION = name_similar,
    COMMUTATOR = ~=, RESTRICT = anthology_internal.name_similar_selectivity, JOIN = eqjoinsel
);
COMMENT ON OPERATOR ~= (text, text) IS 'similar names';

CREATE OPERATOR ~= (
    LEFTARG = text, RIGHTARG = name_query, FUNCTION = name_similar,
    RESTRICT = anthology_internal.name_similar_selectivity, JOIN = eqjoinsel
);
COMMENT ON OPERATOR ~= (text, name_query) IS 'similar names, by a threshold of one''s own';

-- 1.2 changed the estimate this way, and a new installation equals an updated one.
ALTER OPERATOR ~= (text, text) SET (JOIN = anthology_internal.name_similar_join_selectivity);
ALTER OPERATOR ~= (text, name_query) SET (JOIN = anthology_internal.name_similar_join_selectivity);

CREATE OPERATOR <~> (
    LEFTARG = text, RIGHTARG = text, FUNCTION = name_distance,
    COMMUTATOR = <~>
);
COMMENT ON OPERATOR <~> (text, text) IS 'distance of names';
