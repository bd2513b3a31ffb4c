-- load_people: json/people.json or yaml/people.yaml into the tables of persons

CREATE FUNCTION person_entry(person_id text) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT jsonb_strip_nulls(jsonb_build_object(
        'names', (SELECT jsonb_agg(jsonb_build_object('first', n.first, 'last', n.last,
                                                      'script', n.script,
                                                      'hidden', CASE WHEN n.hidden THEN true END)
                                   ORDER BY n."position")
                  FROM anthology.person_name n
                  WHERE n.person_id = p.id AND NOT n.inferred),
        'orcid', p.orcid, 'degree', p.degree, 'comment', p.comment,
        'similar', CASE WHEN p.similar_ids <> '{}' THEN to_jsonb(p.similar_ids) END,
        'disable_name_matching', CASE WHEN p.disable_name_matching THEN true END))
    FROM anthology.person p WHERE p.id = person_id AND p.verified
$$;
COMMENT ON FUNCTION person_entry(text) IS
    'a verified person as an entry of people.yaml';

CREATE FUNCTION people_entry_problem(person_id text, entry jsonb) RETURNS text
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT CASE
        WHEN person_id !~ '^[a-z0-9][-a-z0-9]+$'
        THEN 'the id is not made of lower-case letters, digits and hyphens'
        WHEN jsonb_typeof(entry) <> 'object'
        THEN 'the entry is not a mapping'
        WHEN jsonb_typeof(entry -> 'names') IS DISTINCT FROM 'array'
            OR jsonb_array_length(entry -> 'names') = 0
        THEN 'the person has no names'
        WHEN EXISTS (SELECT FROM jsonb_array_elements(entry -> 'names') n
                     WHERE jsonb_typeof(n) <> 'object' OR coalesce(n ->> 'last', '') = '')
        THEN 'a name has no last'
        WHEN entry -> 'names' -> 0 ->> 'hidden' = 'true'
        THEN 'the canonical name is hidden'
        WHEN entry ->> 'orcid' IS NOT NULL
            AND anthology.orcid_normalize(entry ->> 'orcid') IS NULL
        THEN format('"%s" is not a valid ORCID', entry ->> 'orcid')
        WHEN jsonb_typeof(coalesce(entry -> 'similar', '[]')) NOT IN ('array', 'null')
        THEN 'similar is not a list'
        WHEN coalesce(entry ->> 'disable_name_matching', 'false') NOT IN ('true', 'false')
        THEN 'disable_name_matching is neither true nor false'
        ELSE (SELECT format('ORCID %s belongs to person "%s"', p.orcid, p.id)
              FROM anthology.person p
              WHERE p.orcid = anthology.orcid_normalize(entry ->> 'orcid') AND p.id <> person_id)
    END
$$;
COMMENT ON FUNCTION people_entry_problem(text, jsonb) IS
    'why an entry of people.yaml cannot be loaded; NULL if it can';

-- An entry as person_entry() would write it, so that the two can be compared.
CREATE FUNCTION normal_people_entry(entry jsonb) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT jsonb_strip_nulls(jsonb_build_object(
        'names', (SELECT jsonb_agg(jsonb_build_object('first', coalesce(n ->> 'first', ''),
                                                      'last', n ->> 'last',
                                                      'script', n ->> 'script',
                                                      'hidden', CASE WHEN n ->> 'hidden' = 'true' THEN true END)
                                   ORDER BY i)
                  FROM jsonb_array_elements(entry -> 'names') WITH ORDINALITY AS e(n, i)),
        'orcid', anthology.orcid_normalize(entry ->> 'orcid'),
        'degree', entry ->> 'degree', 'comment', entry ->> 'comment',
        'similar', CASE WHEN jsonb_typeof(entry -> 'similar') = 'array'
                            AND entry -> 'similar' <> '[]' THEN entry -> 'similar' END,
        'disable_name_matching',
            CASE WHEN entry ->> 'disable_name_matching' = 'true' THEN true END))
$$;
COMMENT ON FUNCTION normal_people_entry(jsonb) IS
    'an entry of people.yaml in the form of person_entry()';

CREATE FUNCTION set_person(person_id text, entry jsonb) RETURNS void
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
BEGIN
    INSERT INTO anthology.person AS p
            (id, verified, orcid, degree, comment, disable_name_matching, similar_ids)
        VALUES (person_id, true, entry ->> 'orcid', entry ->> 'degree', entry ->> 'comment',
            coalesce((entry ->> 'disable_name_matching')::boolean, false),
            ARRAY(SELECT jsonb_array_elements_text(entry -> 'similar')))
        ON CONFLICT (id) DO UPDATE SET verified = true, orcid = excluded.orcid,
            degree = excluded.degree, comment = excluded.comment,
            disable_name_matching = excluded.disable_name_matching,
            similar_ids = excluded.similar_ids;
    DELETE FROM anthology.person_name n WHERE n.person_id = set_person.person_id;
    INSERT INTO anthology.person_name (person_id, "position", first, last, script, hidden)
        SELECT person_id, i, n ->> 'first', n ->> 'last', n ->> 'script',
            coalesce(n ->> 'hidden' = 'true', false)
        FROM jsonb_array_elements(entry -> 'names') WITH ORDINALITY AS e(n, i);
END
$$;
COMMENT ON FUNCTION set_person(text, jsonb) IS
    'makes a verified person what an entry in the form of person_entry() says';

CREATE FUNCTION load_people(people json, file text) RETURNS SETOF load_outcome
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    outcome anthology.load_outcome := ('person', 0, 0, 0, 0, 0, 0, '{}', '{}');
    entry record;
    current jsonb;
    loaded jsonb;
    wanted jsonb;
    problem text;
    owner text;
    gave_away text[] := '{}';
BEGIN
    IF json_typeof(people) IS DISTINCT FROM 'object' THEN
        RAISE EXCEPTION 'people are not a mapping of ids to persons'
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    FOR entry IN
        SELECT e.key AS id, e.value::jsonb AS body,
            row_number() OVER (PARTITION BY e.key) AS occurrence
        FROM json_each(people) e
    LOOP
        DELETE FROM anthology.load_problem p
            WHERE p.kind = 'entry' AND p.file = load_people.file AND p.place = entry.id;
        current := anthology.person_entry(entry.id);
        IF current IS NULL AND EXISTS (
            SELECT FROM anthology.person_change c
                JOIN anthology.reassignment r ON r.id = c.reassignment_id
            WHERE c.person_id = entry.id AND c.action = 'delete' AND c.undone_by IS NULL
                AND r.status = 'applied' AND r.kind IN ('merge', 'rename'))
        THEN
            -- Merged away or renamed here: the file does not know it yet.
            outcome.kept := outcome.kept + 1;
            outcome.unchanged := outcome.unchanged + 1;
            CONTINUE;
        END IF;
        -- An ORCID may go from one person to another, whichever comes first in the file.
        SELECT p.id INTO owner FROM anthology.person p
            WHERE p.orcid = anthology.orcid_normalize(entry.body ->> 'orcid') AND p.id <> entry.id
                AND p.loaded = anthology.person_entry(p.id)
                AND people ->> p.id IS NOT NULL
                AND anthology.people_entry_problem(p.id, (people -> p.id)::jsonb - 'orcid') IS NULL
                AND anthology.orcid_normalize(people -> p.id ->> 'orcid') IS DISTINCT FROM p.orcid;
        IF FOUND AND anthology.people_entry_problem(entry.id, entry.body - 'orcid') IS NULL THEN
            UPDATE anthology.person p SET orcid = NULL, loaded = p.loaded - 'orcid' WHERE p.id = owner;
            gave_away := gave_away || owner;
            outcome.person_ids := outcome.person_ids || owner;
        END IF;
        problem := anthology.people_entry_problem(entry.id, entry.body);
        IF problem IS NULL AND entry.occurrence > 1 THEN
            problem := 'the person is in the file twice';
        END IF;
        IF problem IS NOT NULL THEN
            PERFORM anthology.record_problem('entry', file, entry.id, problem, '22023');
            outcome.problems := outcome.problems + 1;
            CONTINUE;
        END IF;
        wanted := anthology.normal_people_entry(entry.body);
        loaded := (SELECT p.loaded FROM anthology.person p WHERE p.id = entry.id);
        IF current IS NULL OR (current = loaded AND wanted <> loaded) THEN
            outcome.slugs := outcome.slugs
                || ARRAY(SELECT n.slug FROM anthology.person_name n WHERE n.person_id = entry.id)
                || ARRAY(SELECT anthology.name_slug(n ->> 'first', n ->> 'last')
                         FROM jsonb_array_elements(wanted -> 'names') n);
            outcome.person_ids := outcome.person_ids || entry.id;
            PERFORM anthology.set_person(entry.id, wanted);
            IF current IS NULL THEN
                outcome.new := outcome.new + 1;
            ELSE
                outcome.changed := outcome.changed + 1;
            END IF;
        ELSIF current = wanted AND entry.id = ANY (gave_away) THEN
            outcome.changed := outcome.changed + 1;
        ELSE
            outcome.unchanged := outcome.unchanged + 1;
            IF current <> wanted THEN
                outcome.kept := outcome.kept + 1;
                IF wanted IS DISTINCT FROM loaded THEN
                    PERFORM anthology.record_problem('correction', file, entry.id,
                        format('the person was corrected here and the file says otherwise; kept %s, file has %s',
                               current, wanted), NULL);
                    outcome.problems := outcome.problems + 1;
                END IF;
            END IF;
        END IF;
        UPDATE anthology.person p SET loaded = wanted
            WHERE p.id = entry.id AND p.loaded IS DISTINCT FROM wanted;
    END LOOP;
    RETURN NEXT outcome;
END
$$;
COMMENT ON FUNCTION load_people(json, text) IS
    'loads a mapping of person ids to entries of people.yaml; persons not in it stay';
