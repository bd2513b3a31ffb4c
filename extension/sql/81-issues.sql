-- issues as people write them: from their text to a request
--
-- issue_to_request() puts together what the functions in 81-issue-fields.sql,
-- 81-issue-pages.sql and 81-issue-papers.sql read. It accepts any text and writes
-- nothing.

CREATE FUNCTION issue_to_request(title text, body text) RETURNS jsonb
    LANGUAGE plpgsql STABLE COST 10000
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    rows anthology.issue_row[] := ARRAY(SELECT r FROM anthology_internal.issue_claims(ARRAY(
        SELECT s FROM anthology_internal.issue_rows(title, body) AS s)) AS r);
    corpus boolean := anthology_internal.issue_corpus();
    data jsonb := anthology_internal.issue_metadata(body);
    actions text[];
    ticked text[];
    asked text[];
    orcid text;
    institution text;
    pages text[];
    title_page text;
    targets text[];
    papers text[];
    others text[];
    unclear text[];
    name text;
    openreview text;
    sources jsonb := '{}'::jsonb;
    undecided text[] := '{}';
    remarks text[] := '{}';
    named jsonb;
    r record;
BEGIN
    -- Kinds: as ticked, else as asked for.
    SELECT array_agg(DISTINCT t.action) FILTER (WHERE t.ticked) INTO ticked
        FROM anthology_internal.issue_ticked(rows) AS t WHERE t.action IS NOT NULL;
    IF data IS NOT NULL OR title ~* '^\s*(paper metadata|metadata correction)\M' THEN
        ticked := array_append(array_remove(ticked, 'metadata'), 'metadata');
        sources := sources || jsonb_build_object('actions', jsonb_build_array(jsonb_build_object(
            'from', CASE WHEN data IS NULL THEN 'title' ELSE 'JSON data block' END, 'text',
                'metadata')));
    END IF;
    SELECT array_agg(q.action), jsonb_agg(jsonb_build_object('from', q.label, 'text',
        anthology_internal.issue_quote(q.content)))
        INTO asked, named
        FROM anthology_internal.issue_asked(rows) AS q;
    IF ticked IS NOT NULL THEN
        actions := ticked;
        sources := jsonb_set(sources, '{actions}', coalesce(sources -> 'actions', '[]')
            || coalesce((
            SELECT jsonb_agg(jsonb_build_object('from', t.label, 'text', t.content))
            FROM anthology_internal.issue_ticked(rows) AS t WHERE t.ticked AND t.action
                IS NOT NULL), '[]'));
        IF cardinality(ticked) > 2 OR ticked && '{name change}' AND cardinality(ticked) > 1
            OR ticked @> '{split,merge}' THEN
            undecided := undecided || format('Several kinds of correction are ticked: %s.',
                array_to_string(ticked, ', '));
        END IF;
        -- "Verified" is said in every other request: it contradicts nothing.
        FOR r IN SELECT q.action, q.content FROM anthology_internal.issue_asked(rows) AS q
                 WHERE q.action <> ALL (ticked || '{verify,metadata}'::text[])
                     AND NOT ticked && '{metadata}' LOOP
            undecided := undecided || format('The text asks for "%s", which is not ticked: %s',
                r.action, anthology_internal.issue_quote(r.content));
        END LOOP;
    ELSE
        -- A merge or a split verifies the page anyway.
        actions := CASE WHEN asked && '{split,merge,name change}'
            THEN array_remove(asked, 'verify') ELSE asked END;
        IF actions IS NULL THEN
            undecided := undecided || 'What is to be corrected is neither ticked nor said.'::text;
        ELSE
            sources := sources || jsonb_build_object('actions', named);
            IF cardinality(actions) > 1 THEN
                undecided := undecided
                    || format('Nothing is ticked, and the text asks for several things: %s.',
                    array_to_string(actions, ', '));
            ELSE
                remarks := remarks || format('Nothing is ticked: "%s" is what the text says.',
                    actions[1]);
            END IF;
        END IF;
    END IF;
    actions := ARRAY(SELECT a FROM unnest('{verify,split,merge,name change,metadata}'::text[]) AS a
        WHERE a = ANY (actions));

    -- ORCID: that of the field, else the one in the text.
    FOR r IN
        SELECT array_agg(DISTINCT o.orcid) FILTER (WHERE o.orcid IS NOT NULL) AS valid,
            array_agg(DISTINCT o.written) FILTER (WHERE o.orcid IS NULL) AS invalid,
            bool_or(o.foreign_to AND o.field <> 'orcid') AS foreign_to,
            o.field = 'orcid' AS asked, min(o.label) AS label,
                min(anthology_internal.issue_quote(o.content)) AS content
        FROM anthology_internal.issue_orcids(rows) AS o GROUP BY o.field = 'orcid'
            ORDER BY o.field = 'orcid' DESC
    LOOP
        IF sources ? 'orcid' THEN
            remarks := remarks || format('The text names %s, too: %s',
                array_to_string(r.valid || r.invalid, ', '), r.content);
            EXIT;
        END IF;
        sources := sources || jsonb_build_object('orcid',
            jsonb_build_array(jsonb_build_object('from', r.label, 'text', r.content)));
        IF cardinality(r.valid) = 1 AND r.invalid IS NULL AND NOT r.foreign_to THEN
            orcid := r.valid[1];
            IF orcid = '0009-0003-8868-7504' THEN
                orcid := NULL;
                undecided := undecided || 'The ORCID 0009-0003-8868-7504 is the form''s '
                    'example.'::text;
            ELSIF NOT r.asked THEN
                remarks := remarks || format('The ORCID stands in the text: %s', r.content);
            END IF;
        ELSIF r.invalid IS NOT NULL THEN
            undecided := undecided || format('No valid ORCID: %s. The last digit checks the '
                'others.', array_to_string(r.invalid || r.valid, ', '));
        ELSIF r.asked OR cardinality(r.valid) > 1 THEN
            undecided := undecided || format('There are several ORCIDs: %s.',
                array_to_string(r.valid, ', '));
        ELSE
            undecided := undecided || format('The ORCID %s may be somebody else''s: %s',
                r.valid[1], r.content);
        END IF;
    END LOOP;
    FOR r IN SELECT f.label, f.content FROM unnest(rows) AS f
             WHERE f.field = 'orcid' AND NOT sources ? 'orcid'
                 AND anthology_internal.issue_value(f.content) IS NOT NULL
                AND f.content !~* 'orcid\.org/?\W*$|^[0x -]+$|0000-0000-0000-0000|xxxx|add orcid'
                    LIMIT 1 LOOP
        sources := sources || jsonb_build_object('orcid',
            jsonb_build_array(jsonb_build_object('from', r.label, 'text',
            anthology_internal.issue_quote(r.content))));
        undecided := undecided || format('This is no ORCID: %s',
                                         anthology_internal.issue_quote(r.content));
    END LOOP;

    -- Institution.
    SELECT string_agg(l.content, E'\n' ORDER BY l.line) AS content, min(l.label) AS label INTO r
        FROM (SELECT f.line, f.label, string_agg(f.content, ' ') AS content FROM unnest(rows) AS f
              WHERE f.field = 'institution' GROUP BY f.line, f.label) AS l;
    IF anthology_internal.issue_value(r.content) IS NOT NULL THEN
        institution := anthology_internal.issue_institution(r.content);
        sources := sources || jsonb_build_object('institution',
            jsonb_build_array(jsonb_build_object('from', r.label, 'text',
                anthology_internal.issue_quote(r.content))));
        IF institution IS NULL THEN
            remarks := remarks || format('No institution is named: %s',
                anthology_internal.issue_quote(r.content));
        END IF;
    END IF;

    -- Pages: those of the field; for a merge, a split or a change of name those of the text, too.
    SELECT jsonb_agg(jsonb_build_object('page', p.page, 'field', p.field, 'from', p.label,
            'text', anthology_internal.issue_quote(p.content), 'into', p.target)
                ORDER BY p.field = 'title',
                p.field <> 'pages', p.at, strpos(lower(p.content), p.page))
        INTO named FROM (SELECT DISTINCT ON (g.page, g.field, g.target) g.*
            FROM anthology_internal.issue_pages(rows) AS g
                         ORDER BY g.page, g.field, g.target, g.at) AS p;
    named := coalesce(named, '[]');
    SELECT array_agg(DISTINCT n ->> 'page') FILTER (WHERE n ->> 'field' = 'pages'
                OR actions && '{split,merge,name change}' AND n ->> 'field' <> 'title') INTO pages
        FROM jsonb_array_elements(named) AS n;
    pages := coalesce(pages, (SELECT array_agg(DISTINCT n ->> 'page')
        FROM jsonb_array_elements(named) AS n WHERE n ->> 'field' <> 'title'));
    IF pages IS NULL OR title ~* '^\s*author (page|metadata)\s*:' THEN
        SELECT array_agg(DISTINCT n ->> 'page') INTO targets FROM jsonb_array_elements(named) AS n
            WHERE n ->> 'field' = 'title';
        IF pages IS NULL THEN
            pages := targets;
        ELSIF cardinality(targets) = 1 THEN
            title_page := targets[1];
            IF title_page = pages[1] || '/unverified' AND cardinality(pages) = 1
                AND NOT actions && '{merge}' THEN
                -- The button writes the title. Whoever types an address leaves the end away.
                pages := ARRAY[title_page];
                remarks := remarks || format('The title says "%s".', title_page);
            ELSIF NOT pages && ARRAY[title_page, title_page || '/unverified',
                regexp_replace(title_page, '/unverified$', '')] THEN
                undecided := undecided || format('The title names the page "%s", the form %s.',
                    title_page, array_to_string(pages, ', '));
            END IF;
        END IF;
    END IF;
    FOR r IN SELECT DISTINCT n ->> 'page' AS page, n ->> 'text' AS content
        FROM jsonb_array_elements(named) AS n
             WHERE n ->> 'page' <> ALL (pages) AND n ->> 'field' <> 'title' AND (n ->> 'page')
                 || '/unverified' <> ALL (pages) LOOP
        undecided := undecided || format('The text names the page "%s", too: %s', r.page,
            r.content);
    END LOOP;
    SELECT array_agg(DISTINCT n ->> 'page') INTO targets FROM jsonb_array_elements(named) AS n
        WHERE (n ->> 'into')::boolean AND n ->> 'page' = ANY (pages);
    -- In the order in which they are named.
    pages := (SELECT array_agg(o.page ORDER BY o.i) FROM (
        SELECT p.page, min(x.i) AS i FROM unnest(pages) AS p(page)
            LEFT JOIN jsonb_array_elements(named) WITH ORDINALITY AS x(n, i)
            ON x.n ->> 'page' = p.page GROUP BY p.page) AS o);
    IF NOT EXISTS (SELECT FROM jsonb_array_elements(named) AS n WHERE n ->> 'field' = 'pages')
        AND pages IS NOT NULL THEN
        remarks := remarks || ARRAY(SELECT format('No page is named in "%s", but: %s', f.label,
            anthology_internal.issue_quote(f.content))
            FROM unnest(rows) AS f WHERE f.field = 'pages'
                AND anthology_internal.issue_value(f.content) IS
                NOT NULL ORDER BY f.line LIMIT 1);
    END IF;
    IF pages IS NULL AND NOT actions && '{metadata}' THEN
        undecided := undecided || anthology_internal.issue_no_page(rows, corpus);
    ELSIF pages IS NOT NULL THEN
        sources := sources || jsonb_build_object('pages', (
            SELECT jsonb_agg(n - 'field' - 'into') FROM jsonb_array_elements(named) AS n
                WHERE n ->> 'page' = ANY (pages)));
    END IF;

    -- Papers: by id or address, by title, by BibTeX key.
    SELECT jsonb_agg(jsonb_build_object('paper', p.paper, 'from', p.label, 'text',
        anthology_internal.issue_quote(p.content), 'claim', p.claim)
            ORDER BY p.line) INTO named
        FROM (SELECT DISTINCT ON (g.paper, g.claim) g.* FROM anthology_internal.issue_papers(rows)
              AS g
            ORDER BY g.paper, g.claim, g.line) AS p;
    named := coalesce(named, '[]');
    IF data ->> 'anthology_id' ~ '^([.a-z0-9-]+\.[0-9]+|[A-Z][0-9][0-9]-[0-9]+)$' THEN
        named := named || jsonb_build_object('paper', data ->> 'anthology_id', 'from',
            'JSON data block',
            'text', data ->> 'anthology_id', 'claim', 'own');
    ELSIF data IS NULL AND (actions && '{split,merge}' OR EXISTS (SELECT FROM unnest(rows) AS f
        WHERE f.field = 'papers')) THEN
        named := named || anthology_internal.issue_looked_up(rows, pages, corpus);
        undecided := undecided
            || ARRAY(SELECT format('Which paper is this? %s',
                                   anthology_internal.issue_quote(n ->> 'text'))
            FROM jsonb_array_elements(named) AS n WHERE n ->> 'paper' IS NULL);
        named := coalesce((SELECT jsonb_agg(n) FROM jsonb_array_elements(named) AS n
            WHERE n ->> 'paper' IS NOT NULL), '[]');
    END IF;
    papers := ARRAY(SELECT DISTINCT n ->> 'paper' FROM jsonb_array_elements(named) AS n
        WHERE n ->> 'claim' = 'own' ORDER BY 1);
    others := ARRAY(SELECT DISTINCT n ->> 'paper' FROM jsonb_array_elements(named) AS n
        WHERE n ->> 'claim' = 'not own' ORDER BY 1);
    unclear := ARRAY(SELECT DISTINCT n ->> 'text' FROM jsonb_array_elements(named) AS n
        WHERE n ->> 'claim' = 'unclear' ORDER BY 1);
    IF unclear <> '{}' THEN
        undecided := undecided
            || (SELECT array_agg('Are the papers the author''s, or are they not? ' || u)
            FROM unnest(unclear) AS u);
    END IF;
    -- Papers that are to go to a page that is named are its person's.
    IF actions && '{split}' AND papers <> '{}' AND coalesce(cardinality(targets), 0) <> 1
        AND NOT EXISTS (
            SELECT FROM anthology_internal.issue_papers(rows) AS p WHERE p.said AND p.claim = 'own'
                AND p.paper = ANY (papers))
        AND NOT EXISTS (SELECT FROM anthology_internal.issue_titles(rows))
            AND NOT EXISTS (SELECT FROM anthology_internal.issue_bibkeys(rows)) THEN
        undecided := undecided || format('Whose the papers are is not said: %s.',
            array_to_string(papers, ', '));
    END IF;
    IF papers && others THEN
        undecided := undecided || format('The text says both that these papers are the author''s '
            'and that they are not: %s.',
            (SELECT string_agg(p, ', ') FROM unnest(papers) AS p WHERE p = ANY (others)));
        SELECT array_agg(p) FILTER (WHERE p <> ALL (others)),
            (SELECT array_agg(o) FROM unnest(others) AS o WHERE o <> ALL (papers))
            INTO papers, others FROM unnest(papers) AS p;
    END IF;
    papers := nullif(papers, '{}');
    others := nullif(others, '{}');
    IF named <> '[]' THEN
        sources := sources || jsonb_build_object('papers', named);
    END IF;

    -- The rest of the form.
    SELECT p.name, p.label, p.content INTO r FROM anthology_internal.issue_preferred_name(rows)
        AS p;
    IF r.name IS NOT NULL THEN
        name := r.name;
        sources := sources || jsonb_build_object('preferred_name',
            jsonb_build_array(jsonb_build_object('from', r.label, 'text',
                anthology_internal.issue_quote(r.content))));
    END IF;
    SELECT f.label, anthology_internal.issue_quote(f.content) AS content, m[1] AS id INTO r
        FROM unnest(rows) AS f LEFT
            JOIN LATERAL regexp_match(anthology_internal.url_decode(f.content),
            '(~[^\s~&?/#()\[\]<>"'',;|`*]*[^\s\d~&?/#()\[\]<>"'',;|`*]\d+)') AS m ON true
        WHERE f.field = 'openreview' AND anthology_internal.issue_value(f.content) IS NOT NULL
            OR f.field = 'prose' AND f.content ~* 'openreview' AND m IS NOT NULL
        ORDER BY m IS NULL, f.field = 'prose', f.line LIMIT 1;
    IF FOUND THEN
        openreview := r.id;
        sources := sources || jsonb_build_object('openreview',
            jsonb_build_array(jsonb_build_object('from', r.label, 'text', r.content)));
        IF r.id IS NULL THEN
            remarks := remarks || format('This is no profile of OpenReview: %s', r.content);
        END IF;
    END IF;

    -- Each kind needs certain things.
    IF data IS NOT NULL THEN
        IF data ? 'broken' THEN
            undecided := undecided || 'The JSON is broken: who the authors are to be must be read '
                'by a person.'::text;
        ELSE
            pages := ARRAY(SELECT a.person FROM anthology_internal.issue_authors(data) AS a
                WHERE a.person IS NOT NULL ORDER BY 1);
            undecided := undecided || ARRAY(SELECT CASE a.change
                WHEN 'added' THEN format('"%s" is added to the authors: who that is must be '
                    'decided.', a.name)
                WHEN 'taken off' THEN format('"%s" is taken off the authors, or named otherwise.',
                    a.former)
                ELSE format('"%s"%s is to be the name on the paper%s: the PDF decides.', a.name,
                    ' instead of "' || a.former || '"', ' of person "' || a.person || '"') END
                FROM anthology_internal.issue_authors(data) AS a);
            IF NOT EXISTS (SELECT FROM anthology_internal.issue_authors(data)) THEN
                undecided := undecided || 'The JSON changes nothing in who the authors are.'::text;
            END IF;
            IF pages <> '{}' THEN
                sources := sources || jsonb_build_object('pages',
                    (SELECT jsonb_agg(jsonb_build_object('page', a.person,
                    'from', 'JSON data block', 'text', a.name))
                        FROM anthology_internal.issue_authors(data) AS a WHERE a.person
                            IS NOT NULL));
            END IF;
        END IF;
    ELSIF actions && '{metadata}' THEN
        undecided := undecided || 'What is printed on the paper decides: the files must be '
            'corrected by a person.'::text;
    END IF;
    remarks := remarks || ARRAY(SELECT f.content FROM unnest(rows) AS f
        WHERE f.content ~ '\[\d+ characters without a blank are not read\]');
    pages := nullif(pages, '{}');
    IF actions && '{verify}' AND orcid IS NULL AND institution IS NULL THEN
        undecided := undecided || 'Neither ORCID nor institution is given: a verified person '
            'needs one.'::text;
    END IF;
    IF actions = '{verify}' AND papers IS NOT NULL AND NOT EXISTS (SELECT FROM unnest(rows) AS f
        WHERE f.field IN ('prose', 'papers', 'pages')
            AND f.content ~* '\m(only (these|the following|this)( papers?)?|(these|the following|'
                'this) (papers?|publications?) only)\M') THEN
        undecided := undecided || format('Papers are named: is it these only that the author '
            'wrote? %s', array_to_string(papers, ', '));
    END IF;
    IF actions = '{verify}' AND cardinality(pages) > 1 THEN
        undecided := undecided || format('Which of the pages is to be verified? %s',
            array_to_string(pages, ', '));
    END IF;
    IF actions && '{split}' AND papers IS NULL THEN
        undecided := undecided || CASE WHEN others IS NULL
            THEN 'Which papers are the author''s is not said by ids, addresses or titles.'
            ELSE format('Only the papers that are not the author''s are named: %s.',
                array_to_string(others, ', ')) END;
    ELSIF others IS NOT NULL AND actions <> '{verify}' AND papers IS NULL THEN
        undecided := undecided || format('These papers are excepted: %s.',
            array_to_string(others, ', '));
    END IF;
    IF actions && '{split}' AND cardinality(pages) > 1 AND (cardinality(pages) > 2
        OR coalesce(cardinality(targets), 0) <> 1) THEN
        undecided := undecided || format('From which page to which? %s',
            array_to_string(pages, ', '));
    END IF;
    IF actions && '{merge}' AND cardinality(pages) = 1 THEN
        undecided := undecided || format('A merge needs two pages. Only "%s" is named.', pages[1]);
    END IF;
    IF actions = '{merge}' AND papers IS NOT NULL THEN
        undecided := undecided || format('Papers are named: is it these only that are to be '
            'moved? %s', array_to_string(papers, ', '));
    END IF;
    IF cardinality(targets) > 1 THEN
        undecided := undecided || format('Into which of the pages? %s',
            array_to_string(targets, ', '));
    END IF;
    IF actions && '{name change}' AND name IS NULL THEN
        undecided := undecided || 'The name that the author has now is not said.'::text;
    END IF;
    IF corpus AND NOT actions && '{metadata}' THEN
        undecided := undecided || ARRAY(SELECT format('There is no page "%s" here.', p)
            FROM unnest(pages) AS p
            WHERE anthology_internal.page_known(p) IS NULL);
    END IF;
    IF corpus THEN
        undecided := undecided || ARRAY(SELECT format('There is no paper "%s" here.', p)
            FROM unnest(papers || others) AS p
            WHERE NOT EXISTS (SELECT FROM anthology.paper q WHERE q.id = p));
    END IF;

    RETURN jsonb_strip_nulls(jsonb_build_object('actions', to_jsonb(nullif(actions, '{}')),
        'orcid', orcid,
        'institution', institution, 'pages', to_jsonb(pages), 'papers', to_jsonb(papers),
            'preferred_name', name,
        'openreview', openreview, 'except_papers', to_jsonb(others),
        'into', CASE WHEN cardinality(targets) = 1 AND actions && '{split,merge}'
            THEN targets[1] END,
        'name_in_script', (SELECT anthology_internal.issue_value(string_agg(f.content, ' '))
            FROM unnest(rows) AS f
                           WHERE f.field = 'script' AND f.label ~* '^author name'
                               AND anthology_internal.issue_value(f.content) IS NOT NULL)))
        || jsonb_build_object('undecided', to_jsonb(undecided), 'remarks', to_jsonb(remarks),
            'sources', sources);
END
$$;
COMMENT ON FUNCTION issue_to_request(text, text) IS
    'an issue as people write it, as a request: kinds, ORCID, institution, pages, papers and '
    'names, where each was read, and what a person must decide';
