-- the field's measures, to evaluate the judging (extension/evaluation_measures.c)

CREATE TYPE clustering_agreement AS (
    "precision" double precision,
    recall double precision,
    f1 double precision
);
COMMENT ON TYPE clustering_agreement IS
    'how well predicted clusters agree with true ones; f1 is the harmonic mean of the others';

CREATE FUNCTION anthology_internal.clustering_transition(internal, truth "any", predicted "any")
    RETURNS internal
    LANGUAGE c IMMUTABLE PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'anthology_clustering_transition';
COMMENT ON FUNCTION anthology_internal.clustering_transition(internal, "any", "any") IS
    'transition function of b_cubed() and pairwise_f1()';

CREATE FUNCTION anthology_internal.b_cubed_final(internal) RETURNS clustering_agreement
    LANGUAGE c IMMUTABLE PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'anthology_b_cubed_final';
COMMENT ON FUNCTION anthology_internal.b_cubed_final(internal) IS
    'final function of b_cubed()';

CREATE FUNCTION anthology_internal.pairwise_f1_final(internal) RETURNS clustering_agreement
    LANGUAGE c IMMUTABLE PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'anthology_pairwise_f1_final';
COMMENT ON FUNCTION anthology_internal.pairwise_f1_final(internal) IS
    'final function of pairwise_f1()';

CREATE AGGREGATE b_cubed(truth "any", predicted "any") (
    SFUNC = anthology_internal.clustering_transition, STYPE = internal,
        FINALFUNC = anthology_internal.b_cubed_final,
    PARALLEL = SAFE);
COMMENT ON AGGREGATE b_cubed("any", "any") IS
    'B-cubed precision, recall and F1 of a clustering, an item a row; rows with a NULL label do '
    'not count';

CREATE AGGREGATE pairwise_f1(truth "any", predicted "any") (
    SFUNC = anthology_internal.clustering_transition, STYPE = internal,
        FINALFUNC = anthology_internal.pairwise_f1_final,
    PARALLEL = SAFE);
COMMENT ON AGGREGATE pairwise_f1("any", "any") IS
    'precision, recall and F1 over the pairs of items put together, an item a row; rows with a '
    'NULL label do not count';

CREATE FUNCTION anthology_internal.auroc_transition(internal, score double precision, truth boolean)
    RETURNS internal
    LANGUAGE c IMMUTABLE PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'anthology_auroc_transition';
COMMENT ON FUNCTION anthology_internal.auroc_transition(internal, double precision, boolean) IS
    'transition function of auroc()';

CREATE FUNCTION anthology_internal.auroc_final(internal) RETURNS double precision
    LANGUAGE c IMMUTABLE PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'anthology_auroc_final';
COMMENT ON FUNCTION anthology_internal.auroc_final(internal) IS
    'final function of auroc()';

CREATE AGGREGATE auroc(score double precision, truth boolean) (
    SFUNC = anthology_internal.auroc_transition, STYPE = internal,
        FINALFUNC = anthology_internal.auroc_final,
    PARALLEL = SAFE);
COMMENT ON AGGREGATE auroc(double precision, boolean) IS
    'area under the ROC curve: how often a true item scores higher than a false one, ties '
    'counting half; NULL without both';
