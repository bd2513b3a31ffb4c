-- the requests of issues, staged
--
-- Plain SQL: there is no C file for these. They run with the caller's rights. A request
-- is staged if nothing in it is undecided. If a page or a target can mean two things, the
-- request is refused, and the error names both.

CREATE FUNCTION anthology_internal.request_page(page text, papers text[] DEFAULT NULL) RETURNS text
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    persons text[] := ARRAY(SELECT DISTINCT p FROM unnest(ARRAY[anthology.present_id(page),
        anthology.present_id(page || '/unverified')]) AS p WHERE p IS NOT NULL ORDER BY 1);
    having_all text[];
BEGIN
    IF cardinality(persons) = 2 THEN
        -- An old address may mean either page. The papers decide which.
        having_all := ARRAY(SELECT p FROM unnest(persons) AS p WHERE NOT EXISTS (
            SELECT FROM unnest(papers) AS i WHERE NOT EXISTS (
                SELECT FROM anthology.authorship a WHERE a.paper_id = i AND a.person_id = p)));
        IF papers IS NOT NULL AND cardinality(having_all) = 1 THEN
            RETURN having_all[1];
        END IF;
        RETURN anthology.present_id(page);
    END IF;
    IF persons = '{}' THEN
        PERFORM anthology_internal.require_person(page);
    END IF;
    RETURN persons[1];
END
$$;
COMMENT ON FUNCTION anthology_internal.request_page(text, text[]) IS
    'the person whose page a request names, by an old id or address, too: verified or not, or the '
    'one who has the papers';

CREATE FUNCTION anthology_internal.refuse_request(problem text, hint text DEFAULT NULL,
                                                  detail text DEFAULT NULL)
    RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    -- An option must not be null.
    CASE WHEN hint IS NOT NULL AND detail IS NOT NULL THEN
        RAISE EXCEPTION '%', problem USING ERRCODE = 'object_not_in_prerequisite_state',
            HINT = hint, DETAIL = detail;
    WHEN hint IS NOT NULL THEN
        RAISE EXCEPTION '%', problem USING ERRCODE = 'object_not_in_prerequisite_state',
            HINT = hint;
    WHEN detail IS NOT NULL THEN
        RAISE EXCEPTION '%', problem USING ERRCODE = 'object_not_in_prerequisite_state',
            DETAIL = detail;
    ELSE
        RAISE EXCEPTION '%', problem USING ERRCODE = 'object_not_in_prerequisite_state';
    END CASE;
END
$$;
COMMENT ON FUNCTION anthology_internal.refuse_request(text, text, text) IS
    'the error of a request that a person '
    'must decide';

CREATE FUNCTION anthology_internal.require_orcid(person_id text, orcid text) RETURNS boolean
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    known text := (SELECT p.orcid FROM anthology.person p WHERE p.id = person_id);
BEGIN
    IF known <> orcid THEN
        PERFORM anthology_internal.refuse_request(format('person "%s" has another ORCID',
                                                         person_id),
            'If it is the same person, set_orcid() corrects it.',
                format('It has %s, the request says %s.', known, orcid));
    END IF;
    RETURN known IS NOT NULL OR orcid IS NULL;
END
$$;
COMMENT ON FUNCTION anthology_internal.require_orcid(text, text) IS
    'whether a person has the ORCID of a request, or the request has none; an error if the person '
    'has another';

CREATE FUNCTION anthology_internal.stage_issue_merge(request jsonb, mark text, note text)
    RETURNS TABLE (reassignment_id bigint, step text, repeated boolean)
    LANGUAGE plpgsql VOLATILE ROWS 3
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    pages text[] := anthology_internal.request_list(request, 'pages');
    orcid text := anthology_internal.request_text(request, 'orcid', false);
    degree text := anthology_internal.request_text(request, 'institution', false);
    named text[];
    target text;
    source text;
    any_page boolean := false;
BEGIN
    named := ARRAY(SELECT DISTINCT anthology_internal.request_page(p) FROM unnest(pages) AS p
                   ORDER BY 1);
    -- Into which: as said; whose ORCID it is; the one that is verified; the one of the
    -- preferred name.
    IF request ? 'into' THEN
        target := anthology_internal.request_page(anthology_internal.request_text(request, 'into',
                                                                                  true));
    ELSE
        target := (SELECT p.id FROM anthology.person p WHERE p.orcid = orcid);
    END IF;
    IF target IS NULL THEN
        SELECT min(p.id) INTO target FROM anthology.person p WHERE p.id = ANY (named)
            AND p.verified HAVING count(*) = 1;
    END IF;
    IF target IS NULL AND NOT EXISTS (SELECT FROM anthology.person p WHERE p.id = ANY (named)
        AND p.verified) THEN
        target := (SELECT n FROM unnest(named) AS n
                   WHERE n = anthology.name_slug(anthology_internal.request_text(request,
                                                                                 'preferred_name',
                       false)) || '/unverified');
    END IF;
    IF target IS NULL THEN
        PERFORM anthology_internal.refuse_request(format(
            'into which of the pages are the others to be '
            'merged: %s?', array_to_string(named, ', ')),
            'Say so by "into" in the request.');
    END IF;
    IF NOT anthology_internal.require_person(target) THEN
        RETURN QUERY SELECT * FROM anthology_internal.stage_request(mark, 1, note, 'verify',
            jsonb_build_object('person', target, 'orcid', orcid, 'degree', degree));
        RETURN QUERY SELECT NULL::bigint, 'apply this, then request the same again to merge ' ||
            array_to_string(array_remove(named, target), ', '), false;
        RETURN;
    END IF;
    IF NOT anthology_internal.require_orcid(target, orcid) THEN
        RETURN QUERY SELECT * FROM anthology_internal.stage_request(mark, 1, note, 'set ORCID',
            jsonb_build_object('person', target, 'orcid', orcid));
        RETURN QUERY SELECT NULL::bigint, 'apply this, then request the same again to merge ' ||
            array_to_string(array_remove(named, target), ', '), false;
        RETURN;
    END IF;
    FOR number IN 1 .. cardinality(pages) LOOP
        source := anthology_internal.request_page(pages[number]);
        IF source = target THEN
            -- The page to stay, or one that this request has merged already.
            RETURN QUERY SELECT r.id, r.kind, true FROM anthology.reassignment r
                WHERE r.note LIKE '%[request ' || mark || '/' || (number + 1) || ']'
                    AND r.kind = 'merge' AND r.status = 'applied';
            any_page := any_page OR FOUND;
            CONTINUE;
        END IF;
        RETURN QUERY SELECT * FROM anthology_internal.stage_request(mark, number + 1, note, 'merge',
            jsonb_build_object('from', source, 'to', target));
        any_page := true;
    END LOOP;
    IF NOT any_page THEN
        PERFORM anthology_internal.refuse_request(format(
            'the pages are all those of person "%s" already',
            target));
    END IF;
END
$$;
COMMENT ON FUNCTION anthology_internal.stage_issue_merge(jsonb, text, text) IS
    'stages the merges that an issue asks for, or first what makes its target fit';

CREATE FUNCTION anthology_internal.stage_issue(request jsonb)
    RETURNS TABLE (reassignment_id bigint, step text, repeated boolean)
    LANGUAGE plpgsql VOLATILE ROWS 3
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    actions text[];
    pages text[];
    papers text[];
    others text[];
    orcid text := anthology_internal.request_text(request, 'orcid', false);
    degree text := anthology_internal.request_text(request, 'institution', false);
    name text := anthology_internal.request_text(request, 'preferred_name', false);
    target text := anthology_internal.request_text(request, 'into', false);
    person text;
    first text;
    last text;
    mark text;
    note text;
BEGIN
    IF jsonb_typeof(request -> 'undecided') = 'array' AND request -> 'undecided' <> '[]' THEN
        PERFORM anthology_internal.refuse_request('the request is not decided',
            'Decide it, and stage it again without "undecided".',
            (SELECT string_agg(u, E'\n')
                FROM jsonb_array_elements_text(request -> 'undecided') AS u));
    END IF;
    actions := anthology_internal.request_list(request, 'actions');
    IF actions && '{metadata}' THEN
        RAISE EXCEPTION 'the request is to correct a paper, not who its authors are'
            USING ERRCODE = 'feature_not_supported', HINT = 'Names as printed are corrected in '
                'the Anthology''s files, and loaded again.';
    END IF;
    IF orcid IS NOT NULL AND anthology.orcid_normalize(orcid) IS NULL THEN
        PERFORM anthology_internal.free_orcid(orcid, NULL);
    END IF;
    orcid := anthology.orcid_normalize(orcid);
    pages := anthology_internal.request_list(request, 'pages');
    IF request ? 'papers' THEN
        papers := anthology_internal.request_list(request, 'papers');
    END IF;
    IF request ? 'except_papers' THEN
        others := anthology_internal.request_list(request, 'except_papers');
    END IF;
    mark := left(md5((request - '{github_issue,note,sources,remarks,undecided,title,'
        'openreview}'::text[])::text), 12);
    note := concat_ws(' ', anthology_internal.request_text(request, 'note', false),
        'issue ' || anthology_internal.request_text(request, 'github_issue', false));

    IF actions <@ '{verify,merge}' AND actions && '{merge}' AND papers IS NULL AND others IS NULL
        THEN
        RETURN QUERY SELECT * FROM anthology_internal.stage_issue_merge(request, mark, note);
    ELSIF actions && '{split}' AND actions <@ '{verify,split,merge}' AND papers IS NOT NULL THEN
        IF target IS NOT NULL THEN
            pages := array_remove(pages, target);
            target := anthology_internal.request_page(target);
        ELSIF NOT actions && '{merge}' THEN
            -- The author is the person who has the ORCID.
            SELECT p.id INTO target FROM anthology.person p WHERE p.orcid = orcid;
        END IF;
        IF cardinality(pages) <> 1 OR actions && '{merge}' AND target IS NULL THEN
            PERFORM anthology_internal.refuse_request('papers are moved from one page',
                'Give it as "pages", and to which as "into".',
                format('The pages are %s.', array_to_string(pages, ', ')));
        END IF;
        person := anthology_internal.request_page(pages[1], papers);
        IF target IS NULL THEN
            RETURN QUERY SELECT * FROM anthology_internal.stage_request(mark, 1, note, 'split',
                jsonb_build_object('papers', papers, 'from', person, 'orcid', orcid, 'degree',
                    degree));
        ELSIF target = person THEN
            PERFORM anthology_internal.refuse_request(format(
                'the papers are on the page of "%s" already',
                person),
                'If the others are to go, unlink_papers() or split_person() takes them.');
        ELSE
            PERFORM anthology_internal.require_orcid(target, orcid);
            RETURN QUERY SELECT * FROM anthology_internal.stage_request(mark, 1, note, 'move',
                jsonb_build_object('papers', papers, 'from', person, 'to', target));
        END IF;
    ELSIF cardinality(pages) <> 1 THEN
        PERFORM anthology_internal.refuse_request(format('"%s" is about one page',
            array_to_string(actions, ', ')), NULL,
            format('The pages are %s.', array_to_string(pages, ', ')));
    ELSIF actions = '{verify}' THEN
        person := anthology_internal.request_page(pages[1]);
        IF NOT anthology_internal.require_person(person) THEN
            RETURN QUERY SELECT * FROM anthology_internal.stage_request(mark, 1, note, 'verify',
                jsonb_build_object('person', person,
                'orcid', orcid, 'degree', degree, 'only', papers, 'except', others));
        ELSIF anthology_internal.require_orcid(person, orcid) THEN
            RETURN QUERY SELECT r.id, r.kind, true FROM anthology.reassignment r
                WHERE r.note LIKE '%[request ' || mark || '/1]' AND r.status = 'applied';
            IF NOT FOUND THEN
                PERFORM anthology_internal.refuse_request(format('person "%s" is verified already',
                                                                 person));
            END IF;
        ELSIF papers IS NOT NULL OR others IS NOT NULL THEN
            PERFORM anthology_internal.refuse_request(format(
                'person "%s" is verified already, and papers '
                'are named', person));
        ELSE
            RETURN QUERY SELECT * FROM anthology_internal.stage_request(mark, 1, note, 'set ORCID',
                jsonb_build_object('person', person, 'orcid', orcid));
        END IF;
    ELSIF actions = '{name change}' AND papers IS NULL AND others IS NULL THEN
        person := anthology_internal.request_page(pages[1]);
        SELECT coalesce(m[2], n.first, p[1]), coalesce(m[1], n.last, p[2]) INTO first, last
            FROM regexp_match(name, '^([^,]+), *([^,]+)$') AS m,
                regexp_match(name, '^(\S+) (\S+)$') AS p
                LEFT JOIN LATERAL (SELECT q.first, q.last FROM anthology.person_name q
                    WHERE q.full_name = name AND q.person_id = person LIMIT 1) AS n ON true;
        IF last IS NULL THEN
            PERFORM anthology_internal.refuse_request(format('which part of "%s" is the last name?',
                                                             name),
                'Write "preferred_name" as "Last, First".');
        END IF;
        IF NOT anthology_internal.require_person(person) THEN
            RETURN QUERY SELECT * FROM anthology_internal.stage_request(mark, 1, note, 'verify',
                jsonb_build_object('person', person, 'orcid', orcid, 'degree', degree));
            RETURN QUERY SELECT NULL::bigint,
                format('apply this, then request the same again to change the name to %s', name),
                false;
        ELSE
            PERFORM anthology_internal.require_orcid(person, orcid);
            RETURN QUERY SELECT * FROM anthology_internal.stage_request(mark, 2, note,
                                                                        'change name',
                jsonb_build_object('person', person, 'first', first, 'last', last));
        END IF;
    ELSE
        PERFORM anthology_internal.refuse_request(format('"%s" is not one correction',
            array_to_string(actions, ', ')),
            'Stage one kind at a time, with the papers that it needs.');
    END IF;
END
$$;
COMMENT ON FUNCTION anthology_internal.stage_issue(jsonb) IS
    'stages what issue_to_request() has read, if it is decided';

CREATE FUNCTION requests_to_proposals(requests jsonb)
    RETURNS TABLE (number integer, github_issue text, reassignment_id bigint, step text,
        repeated boolean,
                   refused text, detail text, hint text, error_code text)
    LANGUAGE plpgsql VOLATILE ROWS 100
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    request jsonb;
BEGIN
    IF jsonb_typeof(requests) IS DISTINCT FROM 'array' THEN
        RAISE EXCEPTION 'requests are a JSON array'
            USING ERRCODE = 'invalid_parameter_value', HINT = 'jsonb_agg() makes one of the rows '
                'of a table.';
    END IF;
    FOR number, request IN SELECT x.i, x.r FROM jsonb_array_elements(requests)
        WITH ORDINALITY AS x(r, i) LOOP
        github_issue := CASE WHEN jsonb_typeof(request) = 'object'
            THEN request ->> 'github_issue' END;
        BEGIN
            -- An issue that is still text is read first.
            IF request ? 'body' THEN
                request := anthology.issue_to_request(request ->> 'title', request ->> 'body')
                    || (request - '{title,body}'::text[]);
            END IF;
            RETURN QUERY SELECT number, github_issue, p.*, NULL, NULL, NULL, NULL
                FROM anthology.request_to_proposal(request) AS p;
        EXCEPTION
            -- Only errors of the request; errors of the server and of rights are re-raised.
            WHEN data_exception OR integrity_constraint_violation
                OR object_not_in_prerequisite_state OR feature_not_supported
                OR undefined_object OR duplicate_object OR raise_exception THEN
                IF SQLSTATE = '55P03' THEN
                    RAISE;
                END IF;
                GET STACKED DIAGNOSTICS refused = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL,
                    hint = PG_EXCEPTION_HINT, error_code = RETURNED_SQLSTATE;
                RETURN QUERY SELECT number, github_issue, NULL::bigint, NULL, NULL::boolean,
                    refused, nullif(detail, ''), nullif(hint, ''), error_code;
        END;
    END LOOP;
END
$$;
COMMENT ON FUNCTION requests_to_proposals(jsonb) IS
    'stages many requests, or issues with "title" and "body", each for itself: what was staged, '
    'or why it was refused';
