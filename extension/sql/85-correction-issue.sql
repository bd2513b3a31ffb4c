-- a correction as an issue of the Anthology
--
-- Plain SQL: there is no C file for these. The form is that of mid-2026. It shows the
-- pages as they are before the correction, because the staff still see them so. It says
-- in prose what the boxes say, because an address cannot tick a box.

CREATE FUNCTION anthology_internal.url_encode(value text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    -- Encodes the bytes of UTF-8. The unreserved characters of RFC 3986 stay.
    SELECT coalesce(string_agg(CASE WHEN b ~ '^(4[1-9a-f]|5[0-9a]|6[1-9a-f]|7[0-9a]|3[0-9]|2d|2e|'
        '5f|7e)$'
        THEN convert_from(decode(b, 'hex'), 'UTF8') ELSE '%' || upper(b) END, '' ORDER BY i), '')
    FROM (SELECT i, encode(substr(bytes, i, 1), 'hex') AS b
          FROM convert_to(value, 'UTF8') AS bytes, generate_series(1, length(bytes)) AS i) AS x
$$;
COMMENT ON FUNCTION anthology_internal.url_encode(text) IS 'a value as it stands in an address';

CREATE FUNCTION anthology_internal.correction_fields(id bigint)
    RETURNS TABLE (title text, action text, pages text[], orcid text, institution text,
        preferred_name text, openreview text, description text)
    LANGUAGE plpgsql STABLE STRICT ROWS 1
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    r anthology.reassignment;
    entry jsonb;
    papers text[];
    made boolean;
    besides bigint;
    list text;
    who text;
    page text;
BEGIN
    SELECT q.* INTO r FROM anthology.reassignment q WHERE q.id = correction_fields.id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'there is no reassignment %', id
            USING ERRCODE = 'undefined_object';
    END IF;
    -- The person as the correction makes it, or has made it: proposals have it in their changes.
    SELECT c.after INTO entry FROM anthology.person_change c
        WHERE c.reassignment_id = id AND c.after IS NOT NULL AND c.after ? 'names'
            AND c.person_id = coalesce(r.to_person_id, r.from_person_id) ORDER BY c.ordinal DESC
                LIMIT 1;
    made := EXISTS (SELECT FROM anthology.person_change c
                    WHERE c.reassignment_id = id AND c.action = 'create'
                        AND c.person_id = r.to_person_id);
    entry := coalesce(entry, anthology_internal.person_entry(coalesce(r.to_person_id,
                                                                      r.from_person_id)));
    action := CASE WHEN r.kind IN ('verify', 'set ORCID') THEN 'verify'
        WHEN r.kind IN ('reassign', 'split', 'unlink papers') THEN 'split'
            WHEN r.kind IN ('merge', 'add name') THEN 'merge'
        WHEN r.kind IN ('change name', 'set canonical name') THEN 'name change' END;
    pages := ARRAY(SELECT DISTINCT p FROM unnest(ARRAY[r.from_person_id, CASE WHEN NOT made
        THEN r.to_person_id END]) AS p
                   WHERE p IS NOT NULL ORDER BY 1);
    IF r.from_person_id IS NOT NULL THEN
        pages := array_prepend(r.from_person_id, array_remove(pages, r.from_person_id));
    END IF;
    page := coalesce(pages[1], r.to_person_id);
    who := coalesce(nullif(concat_ws(' ', nullif(entry -> 'names' -> 0 ->> 'first', ''),
        entry -> 'names' -> 0 ->> 'last'), ''),
        (SELECT n.full_name FROM anthology.person_name n WHERE n.person_id = page
            ORDER BY n."position" LIMIT 1), page);
    title := 'Author Page: ' || coalesce(page, who);
    orcid := entry ->> 'orcid';
    institution := entry ->> 'degree';
    openreview := (SELECT min(a.openreview) FROM anthology.authorship a
                   WHERE a.person_id = r.from_person_id HAVING count(DISTINCT a.openreview) = 1);
    preferred_name := CASE WHEN action = 'name change' THEN who END;
    papers := CASE WHEN r.kind IN ('reassign', 'split', 'unlink papers')
            OR r.kind = 'verify' AND EXISTS (SELECT FROM unnest(r.page_seen) AS s
                WHERE s <> ALL (r.paper_ids))
        THEN r.paper_ids ELSE '{}' END;
    list := (SELECT string_agg(format('- https://aclanthology.org/%s/', p), E'\n'
        ORDER BY p COLLATE "C") FROM unnest(papers) AS p);
    SELECT count(*) INTO besides FROM anthology.reassignment_item i WHERE i.reassignment_id = id
        AND i.cause = 'side effect';
    description := concat_ws(E'\n\n',
        concat_ws(E'\n\n', CASE r.kind
            WHEN 'verify' THEN CASE WHEN papers = '{}' THEN 'This is a request for verification.'
                ELSE 'This is a request for verification by these papers only. My papers are:' END
            WHEN 'split' THEN 'Please split this page: there are papers of different people on '
                'it. My papers are:'
            WHEN 'reassign'
                THEN format('Please move these papers from the page '
                'https://aclanthology.org/people/%s/ to the page '
                'https://aclanthology.org/people/%s/. My papers are:',
                r.from_person_id, r.to_person_id)
            WHEN 'unlink papers' THEN 'The following papers are not mine, and must leave the page:'
            WHEN 'merge' THEN format('Please merge https://aclanthology.org/people/%s/ into '
                'https://aclanthology.org/people/%s/', r.from_person_id, r.to_person_id)
            WHEN 'set ORCID' THEN CASE WHEN orcid IS NULL
                THEN 'The ORCID iD of the page is not mine.'
                ELSE 'This is the ORCID iD of the author.' END
            ELSE format('It is about: %s.', r.kind) END, list),
        CASE WHEN besides > 0 THEN format('%s names move besides, as their persons are told by '
            'the names.', besides) END,
        nullif(btrim(regexp_replace(r.note, '\s*\[request [0-9a-f]+/\d+\]$', '')), ''));
    RETURN NEXT;
END
$$;
COMMENT ON FUNCTION anthology_internal.correction_fields(bigint) IS
    'what the author page form asks for, for a correction, proposed or decided';

CREATE FUNCTION correction_issue(id bigint) RETURNS text
    LANGUAGE sql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT concat_ws(E'\n', f.title, '',
        '### Confirming that Author is Published in the Anthology', '',
        '- [x] I confirm that this concerns an author who already has at least one publication in '
        'the Anthology.', '',
        '### Confirming that Paper Metadata is Correct', '',
        '- [x] I confirm that all affected papers show the exact same names on the website as on '
        'the PDF.', '',
        '### Author Pages in the Anthology', '',
        coalesce((SELECT string_agg('https://aclanthology.org/people/' || p || '/', E'\n'
            ORDER BY i)
                  FROM unnest(f.pages) WITH ORDINALITY AS x(p, i)), '_No response_'), '',
        '### Author ORCID', '', coalesce('https://orcid.org/' || f.orcid, '_No response_'), '',
        '### Institution of highest (anticipated) degree', '',
            coalesce(f.institution, '_No response_'), '',
        '### Type of Author Metadata Correction', '',
        format('- [%s] Verification: The author wishes to add an ORCID iD to their author page.',
            CASE WHEN f.action = 'verify' THEN 'x' ELSE ' ' END),
        format('- [%s] Split/disambiguate: The author page includes papers from two or more '
            'different people.', CASE WHEN f.action = 'split' THEN 'x' ELSE ' ' END),
        format('- [%s] Merge profiles: A single author has multiple profiles with different '
            'spellings or variants of their name.',
            CASE WHEN f.action = 'merge' THEN 'x' ELSE ' ' END),
        format('- [%s] Name change: This author has permanently changed their name.', CASE
            WHEN f.action = 'name change' THEN 'x' ELSE ' ' END), '',
        '### Supporting Information', '', f.description, '',
        '### Preferred author name', '', coalesce(f.preferred_name, '_No response_'), '',
        '### OpenReview profile page URL', '', coalesce('https://openreview.net/profile?id='
            || f.openreview, '_No response_')) || E'\n'
    FROM anthology_internal.correction_fields(id) AS f
$$;
COMMENT ON FUNCTION correction_issue(bigint) IS
    'a correction as the text of the Anthology''s author page issue form, title first';

CREATE FUNCTION correction_issue_form(id bigint, OUT title text, OUT labels text[], OUT body text,
    OUT tick text, OUT address text, OUT left_out text[])
    LANGUAGE plpgsql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    f record;
    whole text := anthology.correction_issue(id);
    field record;
    parameter text;
BEGIN
    SELECT q.* INTO f FROM anthology_internal.correction_fields(id) AS q;
    title := f.title;
    labels := '{correction,author-page}';
    body := substr(whole, strpos(whole, E'\n\n') + 2);
    tick := CASE f.action WHEN 'verify' THEN 'Verification' WHEN 'split' THEN 'Split/disambiguate'
        WHEN 'merge' THEN 'Merge profiles' WHEN 'name change' THEN 'Name change' END;
    address := 'https://github.com/acl-org/acl-anthology/issues/new'
        '?template=02-name-correction.yml&labels=correction,author-page&title='
        || anthology_internal.url_encode(title);
    left_out := '{}';
    -- GitHub refuses an address of more than about 8,000 characters: a field that does not fit
    -- is named.
    FOR field IN SELECT * FROM (VALUES
            ('author_orcid', 'https://orcid.org/' || f.orcid),
            ('author_highest_degree_institution', f.institution),
            ('preferred_name', f.preferred_name),
                ('openreview_profile', 'https://openreview.net/profile?id=' || f.openreview),
            ('name_pages_affected', (SELECT string_agg('https://aclanthology.org/people/' || p
                || '/', E'\n' ORDER BY i)
                FROM unnest(f.pages) WITH ORDINALITY AS x(p, i))),
            ('name_change_description', f.description)) AS v(name, value)
                WHERE value IS NOT NULL LOOP
        parameter := '&' || field.name || '=' || anthology_internal.url_encode(field.value);
        IF length(address) + length(parameter) <= 8000 THEN
            address := address || parameter;
        ELSE
            left_out := left_out || field.name;
        END IF;
    END LOOP;
END
$$;
COMMENT ON FUNCTION correction_issue_form(bigint) IS
    'correction_issue() in parts, with the box to tick and an address that opens the form filled '
    'in; left_out names the fields that do not fit into it';
