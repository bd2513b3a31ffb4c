-- yaml_to_json: people.yaml and the venues' files as JSON (extension/yaml.c)

CREATE FUNCTION anthology_internal.yaml_to_json(yaml text) RETURNS json
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 1000
    AS 'MODULE_PATHNAME', 'anthology_yaml_to_json';
COMMENT ON FUNCTION anthology_internal.yaml_to_json(text) IS
    'one YAML document as JSON; every scalar is a string, aliases are refused';

CREATE FUNCTION anthology_internal.jsonb_to_yaml(document jsonb) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 1000
    AS 'MODULE_PATHNAME', 'anthology_jsonb_to_yaml';
COMMENT ON FUNCTION anthology_internal.jsonb_to_yaml(jsonb) IS
    'a YAML document laid out as the Anthology''s files are';
