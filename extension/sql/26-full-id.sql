-- full ids of volumes and papers (extension/full_id.c)

CREATE FUNCTION anthology_internal.volume_full_id(collection_id text, volume text) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'anthology_volume_full_id';
COMMENT ON FUNCTION anthology_internal.volume_full_id(text, text) IS
    'a volume''s full id: new style, or old style with one or two digits';

CREATE FUNCTION anthology_internal.paper_full_id(collection_id text, volume text, paper text)
    RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
    AS 'MODULE_PATHNAME', 'anthology_paper_full_id';
COMMENT ON FUNCTION anthology_internal.paper_full_id(text, text, text) IS
    'a paper''s full id: new style, or old style with four digits for volume and paper';
