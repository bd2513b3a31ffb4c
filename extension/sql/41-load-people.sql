-- load_people: json/people.json or yaml/people.yaml into the tables of persons

CREATE FUNCTION anthology_internal.person_entry(person_id text) RETURNS jsonb
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
COMMENT ON FUNCTION anthology_internal.person_entry(text) IS
    'a verified person as an entry of people.yaml';

CREATE FUNCTION anthology_internal.people_entry_problem(person_id text, entry jsonb) RETURNS text
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT CASE
        WHEN NOT anthology_internal.is_person_id(person_id)
        THEN 'the id is not a lower-case letter followed by lower-case letters, digits and hyphens'
        WHEN jsonb_typeof(entry) <> 'object'
        THEN 'the entry is not a mapping'
        WHEN jsonb_typeof(entry -> 'names') IS DISTINCT FROM 'array'
            OR jsonb_array_length(entry -> 'names') = 0
        THEN 'the person has no names'
        WHEN EXISTS (SELECT FROM jsonb_array_elements(entry -> 'names') n
                     WHERE jsonb_typeof(n) <> 'object' OR coalesce(n ->> 'last', '') = '')
        THEN 'a name has no last'
        WHEN EXISTS (SELECT FROM jsonb_array_elements(entry -> 'names') n
                     WHERE anthology_internal.name_problem(n ->> 'first', n ->> 'last') IS NOT NULL)
        THEN (SELECT anthology_internal.name_problem(n ->> 'first', n ->> 'last')
              FROM jsonb_array_elements(entry -> 'names') n
              WHERE anthology_internal.name_problem(n ->> 'first', n ->> 'last')
                  IS NOT NULL LIMIT 1)
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
COMMENT ON FUNCTION anthology_internal.people_entry_problem(text, jsonb) IS
    'why an entry of people.yaml cannot be loaded; NULL if it can';

-- An entry as person_entry() would write it, so that the two can be compared.
CREATE FUNCTION anthology_internal.normal_people_entry(entry jsonb) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT jsonb_strip_nulls(jsonb_build_object(
        'names', (SELECT jsonb_agg(jsonb_build_object('first', coalesce(n ->> 'first', ''),
                                                      'last', n ->> 'last',
                                                      'script', n ->> 'script',
                                                      'hidden', CASE WHEN n ->> 'hidden' = 'true'
                                                          THEN true END)
                                   ORDER BY i)
                  FROM jsonb_array_elements(entry -> 'names') WITH ORDINALITY AS e(n, i)),
        'orcid', anthology.orcid_normalize(entry ->> 'orcid'),
        'degree', entry ->> 'degree', 'comment', entry ->> 'comment',
        'similar', CASE WHEN jsonb_typeof(entry -> 'similar') = 'array'
                            AND entry -> 'similar' <> '[]' THEN entry -> 'similar' END,
        'disable_name_matching',
            CASE WHEN entry ->> 'disable_name_matching' = 'true' THEN true END))
$$;
COMMENT ON FUNCTION anthology_internal.normal_people_entry(jsonb) IS
    'an entry of people.yaml in the form of person_entry()';

CREATE FUNCTION anthology_internal.set_person(person_id text, entry jsonb) RETURNS void
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
COMMENT ON FUNCTION anthology_internal.set_person(text, jsonb) IS
    'makes a verified person what an entry in the form of person_entry() says';

-- Most entries are new or unchanged. They are loaded all at once.
CREATE FUNCTION anthology_internal.load_simple_people(people json, OUT new_ids text[],
                                                      OUT unchanged_ids text[],
                                                      OUT slugs text[])
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    ids text[];
    entries jsonb[];
BEGIN
    SELECT array_agg(e.key), array_agg(e.value::jsonb) INTO ids, entries
        FROM (SELECT e.key, min(e.value::text) AS value FROM json_each(people) e
              GROUP BY e.key HAVING count(*) = 1) AS e;
    unchanged_ids := ARRAY(
        SELECT p.id FROM unnest(ids, entries) AS e(id, body) JOIN anthology.person p ON p.id = e.id
        WHERE p.loaded IS NOT NULL AND p.loaded = anthology_internal.person_entry(p.id)
            AND anthology_internal.people_entry_problem(p.id, e.body) IS NULL
            AND p.loaded = anthology_internal.normal_people_entry(e.body));
    -- New persons. Left out are those whose ORCID somebody has or gives up in this file, and
    -- those that were merged into others here.
    WITH candidate AS MATERIALIZED (
        SELECT e.id, e.wanted,
            count(*) OVER (PARTITION BY e.wanted ->> 'orcid') AS with_orcid
        FROM (SELECT u.id, u.body, anthology_internal.normal_people_entry(u.body) AS wanted
              FROM unnest(ids, entries) AS u(id, body)) AS e
        WHERE NOT EXISTS (SELECT FROM anthology.person p WHERE p.id = e.id)
            AND NOT EXISTS (SELECT FROM anthology.person_change c WHERE c.person_id = e.id)
            AND anthology_internal.people_entry_problem(e.id, e.body) IS NULL
    ), made AS (
        INSERT INTO anthology.person (id, verified, orcid, degree, comment, disable_name_matching,
                similar_ids, loaded)
            SELECT c.id, true, c.wanted ->> 'orcid', c.wanted ->> 'degree', c.wanted ->> 'comment',
                c.wanted ? 'disable_name_matching',
                    anthology_internal.texts_of(c.wanted -> 'similar'),
                c.wanted
            FROM candidate c
            WHERE NOT c.wanted ? 'orcid' OR c.with_orcid = 1
            RETURNING id, loaded
    ), named AS (
        INSERT INTO anthology.person_name (person_id, "position", first, last, script, hidden)
            SELECT m.id, i, n ->> 'first', n ->> 'last', n ->> 'script',
                coalesce(n ->> 'hidden' = 'true', false)
            FROM made m, jsonb_array_elements(m.loaded -> 'names') WITH ORDINALITY AS e(n, i)
            RETURNING person_name.slug
    )
    SELECT (SELECT array_agg(m.id) FROM made m), array_agg(n.slug) INTO new_ids, slugs FROM named n;
END
$$;
COMMENT ON FUNCTION anthology_internal.load_simple_people(json) IS
    'loads the entries of a mapping of person ids that make a new person, and finds those that '
    'change nothing';

CREATE FUNCTION anthology_internal.load_people(people json, file text) RETURNS SETOF load_outcome
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
    settled record;
    problem text;
    owner text;
    gave_away text[] := '{}';
    people_before text[] := anthology_internal.people_of_file(file);
    simple record;
BEGIN
    IF json_typeof(people) IS DISTINCT FROM 'object' THEN
        RAISE EXCEPTION 'people are not a mapping of ids to persons'
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    DELETE FROM anthology.load_problem p
        WHERE p.file = load_people.file AND p.kind IN ('entry', 'unknown')
            AND (p.kind = 'unknown' OR p.place IN (SELECT json_object_keys(people)));
    PERFORM anthology_internal.record_unknown_keys(file, 'a person', people,
        '{names,comment,degree,disable_name_matching,orcid,similar}');
    simple := anthology_internal.load_simple_people(people);
    outcome.new := coalesce(cardinality(simple.new_ids), 0);
    outcome.unchanged := coalesce(cardinality(simple.unchanged_ids), 0);
    outcome.slugs := coalesce(simple.slugs, '{}');
    outcome.person_ids := coalesce(simple.new_ids, '{}');
    FOR entry IN
        SELECT e.key AS id, e.value::jsonb AS body,
            row_number() OVER (PARTITION BY e.key) AS occurrence
        FROM json_each(people) e
            LEFT JOIN unnest(simple.new_ids || simple.unchanged_ids) AS done(id) ON done.id = e.key
        WHERE done.id IS NULL
    LOOP
        current := anthology_internal.person_entry(entry.id);
        IF anthology_internal.is_deleted_here(entry.id) THEN
            -- A correction removed this person here, and the file has it.
            outcome.kept := outcome.kept + 1;
            outcome.unchanged := outcome.unchanged + 1;
            IF entry.id <> ALL (people_before) THEN
                PERFORM anthology_internal.record_contradiction(file, entry.id, 'the person',
                    'was renamed, merged or undone here, and the file has it again');
            END IF;
            CONTINUE;
        END IF;
        -- An ORCID may move from one person to another, in either order of the file.
        SELECT p.id INTO owner FROM anthology.person p
            WHERE p.orcid = anthology.orcid_normalize(entry.body ->> 'orcid') AND p.id <> entry.id
                AND p.loaded = anthology_internal.person_entry(p.id)
                AND 'orcid' <> ALL (anthology_internal.decided_members(p.id))
                AND people ->> p.id IS NOT NULL
                AND anthology_internal.people_entry_problem(p.id, (people -> p.id)::jsonb - 'orcid')
                    IS NULL
                AND anthology.orcid_normalize(people -> p.id ->> 'orcid') IS DISTINCT FROM p.orcid;
        IF FOUND AND anthology_internal.people_entry_problem(entry.id, entry.body - 'orcid')
            IS NULL THEN
            UPDATE anthology.person p SET orcid = NULL, loaded = p.loaded - 'orcid'
                WHERE p.id = owner;
            gave_away := gave_away || owner;
            outcome.person_ids := outcome.person_ids || owner;
        END IF;
        problem := anthology_internal.people_entry_problem(entry.id, entry.body);
        IF problem IS NULL AND entry.occurrence > 1 THEN
            problem := 'the person is in the file twice';
        END IF;
        IF problem IS NOT NULL THEN
            PERFORM anthology_internal.record_problem('entry', file, entry.id, problem, '22023');
            CONTINUE;
        END IF;
        wanted := anthology_internal.normal_people_entry(entry.body);
        loaded := (SELECT p.loaded FROM anthology.person p WHERE p.id = entry.id);
        SELECT * INTO settled FROM anthology_internal.settle_entry(entry.id, loaded, current,
                                                                   wanted);
        IF current IS NULL THEN
            settled.entry := wanted;
        END IF;
        IF settled.entry IS DISTINCT FROM current THEN
            outcome.slugs := outcome.slugs
                || ARRAY(SELECT n.slug FROM anthology.person_name n WHERE n.person_id = entry.id)
                || ARRAY(SELECT anthology.name_slug(n ->> 'first', n ->> 'last')
                         FROM jsonb_array_elements(settled.entry -> 'names') n);
            outcome.person_ids := outcome.person_ids || entry.id;
            PERFORM anthology_internal.set_person(entry.id, settled.entry);
            IF current IS NULL THEN
                outcome.new := outcome.new + 1;
            ELSE
                outcome.changed := outcome.changed + 1;
            END IF;
        ELSIF entry.id = ANY (gave_away) THEN
            outcome.changed := outcome.changed + 1;
        ELSE
            outcome.unchanged := outcome.unchanged + 1;
        END IF;
        IF settled.entry <> wanted THEN
            outcome.kept := outcome.kept + 1;
        END IF;
        IF settled.contradicted IS NOT NULL THEN
            PERFORM anthology_internal.record_contradiction(file, entry.id, 'the person',
                format('was corrected here and the file says otherwise of %s; kept %s, file has %s',
                       array_to_string(settled.contradicted, ', '), current, wanted));
        END IF;
        UPDATE anthology.person p SET loaded = wanted
            WHERE p.id = entry.id AND p.loaded IS DISTINCT FROM wanted;
    END LOOP;
    -- Conflicts that are solved are removed.
    DELETE FROM anthology.load_problem b
        WHERE b.kind = 'correction' AND b.file = load_people.file
            AND EXISTS (SELECT FROM anthology.person p
                        WHERE p.id = b.place AND p.loaded = anthology_internal.person_entry(p.id));
    RETURN NEXT outcome;
END
$$;
COMMENT ON FUNCTION anthology_internal.load_people(json, text) IS
    'loads a mapping of person ids to entries of people.json or people.yaml; persons not in '
    'it stay';

-- The Anthology's staff merge and rename persons in the files, too. If the old persons
-- stayed here, their names would be ambiguous.
CREATE FUNCTION anthology_internal.remove_lost_people(path text, allow_losses boolean)
    RETURNS load_outcome
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    outcome anthology.load_outcome := ('person', 0, 0, 0, 0, 0, 0, '{}', '{}');
    lost record;
BEGIN
    SELECT array_agg(p.id) FILTER (WHERE k.id IS NULL AND NOT c.corrected) AS ids,
            array_agg(p.id) FILTER (WHERE k.id IS NULL AND c.corrected) AS corrected,
            count(*) AS loaded INTO lost
        FROM anthology.person p
            LEFT JOIN (SELECT DISTINCT key AS id
                       FROM anthology.data_file f,
                           json_object_keys(anthology_internal.file_to_json(f.source, f.path))
                               AS key
                       WHERE f.path = remove_lost_people.path) AS k ON k.id = p.id,
            -- A person counts as corrected also after the correction was exported or loaded.
            LATERAL (SELECT p.loaded <> anthology_internal.person_entry(p.id)
                         OR anthology_internal.decided_members(p.id) <> '{}') AS c(corrected)
        WHERE p.verified AND p.loaded IS NOT NULL;
    IF cardinality(lost.ids) * 100 > lost.loaded AND NOT allow_losses THEN
        RAISE EXCEPTION 'the load would lose % of % verified persons, "%" for one',
                cardinality(lost.ids), lost.loaded, lost.ids[1]
            USING ERRCODE = 'data_exception',
                DETAIL = format('They are not in %s.', path),
                HINT = 'If they are to go, call load_directory(..., allow_losses => true).';
    END IF;
    PERFORM anthology_internal.record_contradiction(path, c.id, 'the person',
            'was corrected here and is not in the file any more; kept')
        FROM unnest(lost.corrected) AS c(id);
    outcome.kept := coalesce(cardinality(lost.corrected), 0);
    IF lost.ids IS NOT NULL THEN
        outcome.removed := cardinality(lost.ids);
        outcome.person_ids := lost.ids;
        outcome.slugs := ARRAY(SELECT DISTINCT n.slug FROM anthology.person_name n
                               WHERE n.person_id = ANY (lost.ids));
        -- Resolving moves their papers and names first, and then removes them.
        UPDATE anthology.person p SET verified = false, orcid = NULL, loaded = NULL
            WHERE p.id = ANY (lost.ids);
        UPDATE anthology.person_name n SET inferred = true WHERE n.person_id = ANY (lost.ids);
    END IF;
    RETURN outcome;
END
$$;
COMMENT ON FUNCTION anthology_internal.remove_lost_people(text, boolean) IS
    'removes the persons whom the data folder''s file of persons, as just loaded, does not have '
    'any more; raises an error if they are more than a hundredth, unless told to go on';
