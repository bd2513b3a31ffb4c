-- is_person_id, name_problem: what the corpus accepts as an id and as a name

CREATE FUNCTION anthology_internal.is_person_id(id text) RETURNS boolean
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT id COLLATE "C" ~ '^[a-z][-a-z0-9]+$'
$$;
COMMENT ON FUNCTION anthology_internal.is_person_id(text) IS
    'whether a text may be the id of a verified person: a lower-case letter, then lower-case '
    'letters, digits and hyphens';

CREATE FUNCTION anthology_internal.name_problem(first text, last text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT CASE
        WHEN octet_length(coalesce(first, '')) + octet_length(last) > 1000
        THEN 'the name is longer than 1000 bytes'
        WHEN last IS NULL OR btrim(last, E' \t\r\n') = '' THEN 'there is no last name' END
$$;
COMMENT ON FUNCTION anthology_internal.name_problem(text, text) IS
    'why the corpus does not accept a name: it has no last name or is longer than 1000 bytes; '
    'NULL if it does';
