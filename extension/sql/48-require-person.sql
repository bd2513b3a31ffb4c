-- require_person, present_person: what an id stands for now
--
-- Functions that show something accept former ids and follow them to the present one
-- (present_person). Functions that change something accept the present id only
-- (require_person). Plain SQL over the tables: there is no C file for these.

CREATE FUNCTION present_id(person_id text) RETURNS text
    LANGUAGE plpgsql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    id text := person_id;
    next_id text;
    seen text[] := '{}';
BEGIN
    -- Renaming, merging or verifying a page leaves its id behind.
    WHILE NOT EXISTS (SELECT FROM anthology.person p WHERE p.id = id) LOOP
        seen := seen || id;
        SELECT r.to_person_id INTO next_id FROM anthology.reassignment r
            WHERE r.from_person_id = id AND r.status = 'applied' AND r.to_person_id <> ALL (seen)
                AND (r.kind IN ('rename', 'merge', 'verify')
                     -- A correction that was undone leads back to the id before.
                     OR r.kind = 'undo' AND EXISTS (
                         SELECT FROM anthology.reassignment u
                         WHERE u.id = r.undoes AND u.kind IN ('rename', 'verify')))
            ORDER BY r.id DESC LIMIT 1;
        IF NOT FOUND THEN
            RETURN NULL;
        END IF;
        id := next_id;
    END LOOP;
    RETURN id;
END
$$;
COMMENT ON FUNCTION present_id(text) IS
    'the id that a person has now who had this one: itself, or where renaming, merging and '
    'verifying have led; NULL if there is none';

CREATE FUNCTION anthology_internal.require_person(person_id text, what text DEFAULT 'the person')
    RETURNS boolean
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    verified boolean := (SELECT p.verified FROM anthology.person p
                         WHERE p.id = require_person.person_id);
BEGIN
    IF person_id IS NULL THEN
        RAISE EXCEPTION '% must not be null', what
            USING ERRCODE = 'null_value_not_allowed';
    ELSIF verified IS NULL THEN
        RAISE EXCEPTION 'there is no person "%"', person_id
            USING ERRCODE = 'undefined_object',
                HINT = coalesce('It is "' || anthology.present_id(person_id) || '" now.',
                                'find_person() finds the ids of persons with a name.');
    END IF;
    RETURN verified;
END
$$;
COMMENT ON FUNCTION anthology_internal.require_person(text, text) IS
    'whether a person is verified; an error if there is none of that id, which says what it is now';

CREATE FUNCTION anthology_internal.present_person(person_id text) RETURNS text
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    present text := anthology.present_id(person_id);
BEGIN
    IF present IS NULL THEN
        PERFORM anthology_internal.require_person(person_id);
    END IF;
    RETURN present;
END
$$;
COMMENT ON FUNCTION anthology_internal.present_person(text) IS
    'the id that a person has now who had this one, or an error if nobody has had it';

CREATE FUNCTION anthology_internal.verified_entry(person_id text) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF NOT anthology_internal.require_person(person_id) THEN
        RAISE EXCEPTION 'person "%" is not verified', person_id
            USING ERRCODE = 'object_not_in_prerequisite_state',
                HINT = 'verify_person() makes an unverified person verified.';
    END IF;
    RETURN anthology_internal.person_entry(person_id);
END
$$;
COMMENT ON FUNCTION anthology_internal.verified_entry(text) IS
    'a verified person as an entry of people.yaml, or an error';
