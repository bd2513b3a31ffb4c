-- orcid_normalize: the form and the check digit of an ORCID (extension/orcid.c)

CREATE FUNCTION orcid_normalize(orcid text) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'anthology_orcid_normalize';
COMMENT ON FUNCTION orcid_normalize(text) IS
    'an ORCID, also one written as a URL or without hyphens, in its canonical form; NULL if it is '
    'none or its check digit is wrong';
