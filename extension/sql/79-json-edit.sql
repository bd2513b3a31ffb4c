-- JSON text changed in places (extension/json_edit.c)

CREATE FUNCTION anthology_internal.edit_json_object(object json, keys text[], new_values text[],
                                                    key_order text[] DEFAULT NULL,
                                                        indent integer DEFAULT 2)
                                     RETURNS text
    LANGUAGE c IMMUTABLE PARALLEL SAFE COST 1000
    AS 'MODULE_PATHNAME', 'anthology_edit_json_object';
COMMENT ON FUNCTION anthology_internal.edit_json_object(json, text[], text[], text[], integer) IS
    'an object with members added, replaced or (NULL) taken away, byte for byte otherwise; new '
    'keys go where the order tells, or the byte order';

CREATE FUNCTION anthology_internal.edit_json_strings(document json, key text, before text[],
                                                     after text[]) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 1000
    AS 'MODULE_PATHNAME', 'anthology_edit_json_strings';
COMMENT ON FUNCTION anthology_internal.edit_json_strings(json, text, text[], text[]) IS
    'a JSON text with string values of members of one key replaced, byte for byte otherwise';
