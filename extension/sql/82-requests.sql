-- requests as they arrive
--
-- Plain SQL: there is no C file for these. All functions run with the caller's rights.
-- propose_X stages the corrections.

CREATE FUNCTION anthology_internal.page_id(page text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    -- https://aclanthology.org/people/m/matt-post/ as it was once,
    -- /people/matt-post/unverified/ as it is now
    -- A regular expression cannot be stopped: what is longer than any address is left alone.
    SELECT CASE WHEN octet_length(page) > 10000 THEN page
        ELSE regexp_replace(regexp_replace(btrim(page),
            '^https?://[^/]*aclanthology\.org/(?:.*/)?people/(?:[a-z]/)?', ''),
            '(?:/|\.html|[?#].*)+$', '') END
$$;
COMMENT ON FUNCTION anthology_internal.page_id(text) IS
    'the id of a person from the address of a page, or the id itself';

CREATE FUNCTION anthology_internal.request_text(request jsonb, key text, required boolean)
    RETURNS text
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF jsonb_typeof(request -> key) NOT IN ('string', 'null')
        OR (required AND coalesce(btrim(request ->> key), '') = '') THEN
        RAISE EXCEPTION 'a request needs a text "%"', key
            USING ERRCODE = 'invalid_parameter_value', DETAIL = format('The request is %s.',
                left(request::text, 500));
    END IF;
    RETURN nullif(btrim(request ->> key), '');
END
$$;
COMMENT ON FUNCTION anthology_internal.request_text(jsonb, text, boolean) IS
    'a text of a request, or an error';

CREATE FUNCTION anthology_internal.request_list(request jsonb, key text) RETURNS text[]
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF jsonb_typeof(request -> key) IS DISTINCT FROM 'array'
        OR jsonb_array_length(request -> key) = 0
        OR EXISTS (SELECT FROM jsonb_array_elements(request -> key) e
            WHERE jsonb_typeof(e) <> 'string') THEN
        RAISE EXCEPTION 'a request needs a list of texts "%"', key
            USING ERRCODE = 'invalid_parameter_value', DETAIL = format('The request is %s.',
                left(request::text, 500));
    END IF;
    RETURN ARRAY(SELECT DISTINCT btrim(e) FROM jsonb_array_elements_text(request -> key) e
        ORDER BY 1);
END
$$;
COMMENT ON FUNCTION anthology_internal.request_list(jsonb, text) IS
    'a list of texts of a request, or an error';

CREATE FUNCTION anthology_internal.person_of_papers(paper_ids text[], slug text) RETURNS text
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    found text[];
    unknown text;
BEGIN
    SELECT string_agg(i, ', ') INTO unknown FROM unnest(paper_ids) AS i
        WHERE NOT EXISTS (SELECT FROM anthology.paper p WHERE p.id = i);
    IF unknown IS NOT NULL THEN
        RAISE EXCEPTION 'unknown papers: %', unknown
            USING ERRCODE = 'undefined_object';
    END IF;
    -- Persons on all of these papers whose name begins the requested id.
    SELECT array_agg(s.person_id ORDER BY s.person_id) INTO found FROM (
        SELECT a.person_id FROM anthology.authorship a
        WHERE a.paper_id = ANY (paper_ids) AND (slug = a.slug OR starts_with(slug, a.slug || '-'))
        GROUP BY 1 HAVING count(DISTINCT a.paper_id) = cardinality(paper_ids)) AS s;
    IF coalesce(cardinality(found), 0) <> 1 THEN
        RAISE EXCEPTION 'the papers are not on one page of a person named as in "%"', slug
            USING ERRCODE = 'invalid_parameter_value',
                DETAIL = CASE WHEN found IS NULL THEN 'No person with such a name is on all '
                    'of them.'
                              ELSE format('Persons with such names on all of them: %s.',
                                  array_to_string(found, ', ')) END;
    END IF;
    RETURN found[1];
END
$$;
COMMENT ON FUNCTION anthology_internal.person_of_papers(text[], text) IS
    'the one person whose name, on all these papers, begins an id';

CREATE FUNCTION request_to_proposal(request jsonb)
    RETURNS TABLE (reassignment_id bigint, step text, repeated boolean)
    LANGUAGE plpgsql VOLATILE ROWS 3
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    action text;
    papers text[];
    orcid text;
    degree text;
    target text;
    source text;
    variant text;
    wished text;
    from_page text;
    mark text;
    note text;
    number integer := 0;
BEGIN
    IF jsonb_typeof(request) IS DISTINCT FROM 'object' THEN
        RAISE EXCEPTION 'a request is a JSON object'
            USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF request ? 'undecided' OR request ? 'actions' THEN
        RETURN QUERY SELECT * FROM anthology_internal.stage_issue(request);
        RETURN;
    END IF;
    action := coalesce(anthology_internal.request_text(request, 'action', false),
                       CASE WHEN request ? 'from'
        THEN 'move' END);
    IF action IS NULL OR action NOT IN ('merge', 'split', 'move') THEN
        RAISE EXCEPTION 'a request is to merge, split or move, not to "%"', coalesce(action, 'null')
            USING ERRCODE = 'invalid_parameter_value',
                HINT = 'It has an "action", or "papers", "from" and "to", or what '
                    'issue_to_request() returns.';
    END IF;
    orcid := anthology_internal.request_text(request, 'orcid', false);
    degree := anthology_internal.request_text(request, 'institution', false);
    IF request ? 'papers' THEN
        papers := anthology_internal.request_list(request, 'papers');
    END IF;
    -- The same request has the same mark, whatever issue and remark it came with.
    mark := left(md5((request - 'github_issue' - 'note' - 'papers')::text || coalesce(papers::text,
        '')), 12);
    note := concat_ws(' ', anthology_internal.request_text(request, 'note', false),
        'issue ' || anthology_internal.request_text(request, 'github_issue', false));

    IF action = 'merge' THEN
        wished := anthology_internal.page_id(anthology_internal.request_text(request, 'author_id',
                                                                             true));
        wished := coalesce(anthology.present_id(wished), wished);
        SELECT p.id INTO target FROM anthology.person p
            WHERE p.verified
                AND (p.id = wished
                OR p.orcid = anthology.orcid_normalize(request_to_proposal.request ->> 'orcid'))
            ORDER BY p.id = wished DESC LIMIT 1;
        IF target IS NULL THEN
            -- Nobody can be merged into a person that is not verified yet.
            SELECT p.id INTO source FROM anthology.person p
                WHERE p.id IN (wished, wished || '/unverified',
                    anthology.name_slug(anthology_internal.request_text(request, 'canonical', true))
                        || '/unverified',
                    anthology.name_slug(regexp_replace(request ->> 'canonical', '^(.*?),\s*(.*)$',
                        '\2 \1')) || '/unverified')
                ORDER BY p.id = wished || '/unverified' DESC LIMIT 1;
            IF source IS NULL THEN
                RAISE EXCEPTION 'there is no person "%", nor a page of "%"', wished,
                    request ->> 'canonical'
                    USING ERRCODE = 'undefined_object';
            END IF;
            RETURN QUERY SELECT * FROM anthology_internal.stage_request(mark, 1, note, 'verify',
                jsonb_build_object('person', source, 'orcid', orcid, 'degree', degree));
            RETURN QUERY SELECT NULL::bigint, 'apply this, then request the same again to merge ' ||
                array_to_string(anthology_internal.request_list(request, 'variants'), '; '), false;
            RETURN;
        END IF;
        FOREACH variant IN ARRAY anthology_internal.request_list(request, 'variants') LOOP
            number := number + 1;
            -- The page may have another id by now, if it was renamed, verified or merged.
            SELECT c.present INTO source
                FROM (SELECT anthology.present_id(i.id) AS present, i.n FROM unnest(ARRAY[
                          anthology_internal.page_id(variant),
                          anthology.name_slug(regexp_replace(variant, '^(.*?),\s*(.*)$', '\2 \1'))
                              || '/unverified',
                          anthology_internal.page_id(variant) || '/unverified',
                          anthology.name_slug(variant) || '/unverified'])
                          WITH ORDINALITY AS i(id, n)) AS c
                WHERE c.present <> target ORDER BY c.n LIMIT 1;
            IF source IS NULL THEN
                -- Merged already, or never a page: a name that the person has is no error.
                IF EXISTS (SELECT FROM anthology.reassignment r
                           WHERE r.note LIKE '%[request ' || mark || '/' || number || ']'
                               AND r.status IN ('proposed', 'applied')) THEN
                    RETURN QUERY SELECT r.id, r.kind, true FROM anthology.reassignment r
                        WHERE r.note LIKE '%[request ' || mark || '/' || number || ']'
                            AND r.status IN ('proposed', 'applied');
                    CONTINUE;
                END IF;
                RAISE EXCEPTION 'there is no page of "%"', variant
                    USING ERRCODE = 'undefined_object',
                        DETAIL = format('It is to be merged into "%s".', target);
            END IF;
            RETURN QUERY SELECT * FROM anthology_internal.stage_request(mark, number, note, 'merge',
                jsonb_build_object('from', source, 'to', target));
        END LOOP;
        RETURN;
    END IF;

    IF papers IS NULL THEN
        papers := anthology_internal.request_list(request, 'papers');
    END IF;
    IF action = 'split' THEN
        wished := anthology_internal.page_id(anthology_internal.request_text(request, 'author_id',
                                                                             true));
        from_page := anthology_internal.person_of_papers(papers,
            regexp_replace(wished, '/unverified$', ''));
    ELSE
        from_page := anthology_internal.page_id(anthology_internal.request_text(request, 'from',
                                                                                true));
        wished := anthology_internal.page_id(anthology_internal.request_text(request, 'to', false));
        -- Pages may have other ids by now.
        from_page := coalesce(anthology.present_id(from_page), from_page);
        wished := coalesce(anthology.present_id(wished), wished);
        -- An ORCID stands for the person who has it.
        IF anthology.orcid_normalize(request ->> 'to') IS NOT NULL THEN
            SELECT p.id INTO wished FROM anthology.person p
                WHERE p.orcid = anthology.orcid_normalize(request ->> 'to');
            IF wished IS NULL THEN
                RAISE EXCEPTION 'nobody has the ORCID %', request ->> 'to'
                    USING ERRCODE = 'undefined_object';
            END IF;
        END IF;
    END IF;
    IF wished IS NOT NULL AND (action = 'move' OR EXISTS (SELECT FROM anthology.person p
        WHERE p.id = wished AND p.verified)) THEN
        RETURN QUERY SELECT * FROM anthology_internal.stage_request(mark, 1, note, 'move',
            jsonb_build_object('papers', papers, 'from', from_page, 'to', wished));
    ELSE
        RETURN QUERY SELECT * FROM anthology_internal.stage_request(mark, 1, note, 'split',
            jsonb_build_object('papers', papers, 'from', from_page, 'orcid', orcid, 'degree',
                degree,
                'suffix', coalesce(anthology_internal.request_text(request, 'suffix', false),
                    (SELECT nullif(substr(wished, length(a.slug) + 2), '')
                        FROM anthology.authorship a
                     WHERE a.paper_id = papers[1] AND a.person_id = from_page LIMIT 1))));
    END IF;
END
$$;
COMMENT ON FUNCTION request_to_proposal(jsonb) IS
    'stages the proposals of a request: what issue_to_request() returns, the staff''s merge or '
    'split, or the dialog''s papers, from and to; one that is open or applied already is '
    'repeated, not staged again';

CREATE FUNCTION anthology_internal.stage_request(mark text, number integer, note text, action text,
                                                 arguments jsonb,
                                                 OUT reassignment_id bigint, OUT step text,
                                                     OUT repeated boolean)
    LANGUAGE plpgsql VOLATILE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    marked text := '[request ' || mark || '/' || number || ']';
    papers text[] := ARRAY(SELECT jsonb_array_elements_text(arguments -> 'papers'));
BEGIN
    SELECT r.id, r.kind, true INTO reassignment_id, step, repeated
        FROM anthology.reassignment r
        WHERE r.note LIKE '%' || marked AND r.status IN ('proposed', 'applied')
            -- A request that verifies first has the same number for what comes after.
            AND (action = 'verify') = (r.kind = 'verify')
        ORDER BY r.id DESC LIMIT 1;
    IF FOUND THEN
        RETURN;
    END IF;
    note := concat_ws(' ', nullif(note, ''), marked);
    repeated := false;
    reassignment_id := CASE action
        WHEN 'move' THEN anthology.propose_reassignment(papers, arguments ->> 'from',
            arguments ->> 'to', note)
        WHEN 'merge' THEN anthology.propose_merge_persons(arguments ->> 'from', arguments ->> 'to',
            note)
        WHEN 'verify' THEN anthology.propose_verify_person(arguments ->> 'person',
            arguments ->> 'orcid', arguments ->> 'degree', note => note,
            only_papers => CASE WHEN jsonb_typeof(arguments -> 'only') = 'array'
                THEN ARRAY(SELECT jsonb_array_elements_text(arguments -> 'only')) END,
            except_papers => CASE WHEN jsonb_typeof(arguments -> 'except') = 'array'
                THEN ARRAY(SELECT jsonb_array_elements_text(arguments -> 'except')) END)
        WHEN 'set ORCID' THEN anthology.propose_set_orcid(arguments ->> 'person',
            arguments ->> 'orcid', note)
        WHEN 'change name' THEN anthology.propose_change_name(arguments ->> 'person',
            arguments ->> 'first', arguments ->> 'last', note)
        WHEN 'split' THEN anthology.propose_split_person(papers, arguments ->> 'from',
            arguments ->> 'orcid',
            arguments ->> 'degree', arguments ->> 'suffix', note) END;
    SELECT r.kind INTO step FROM anthology.reassignment r WHERE r.id = reassignment_id;
END
$$;
COMMENT ON FUNCTION anthology_internal.stage_request(text, integer, text, text, jsonb) IS
    'stages one step of a request, unless it was';

CREATE FUNCTION anthology_internal.requests_privileges()
    RETURNS TABLE (function name, granted_to text)
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    VALUES ('request_to_proposal', 'editor'),
        ('requests_to_proposals', 'editor'),
        ('stage_issue', 'editor'),
        ('stage_issue_merge', 'editor'),
        ('stage_request', 'editor')
$$;
COMMENT ON FUNCTION anthology_internal.requests_privileges() IS
    'who is granted what stages requests: see granted_functions()';
