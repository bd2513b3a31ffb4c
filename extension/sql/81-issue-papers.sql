-- reading issues: the papers that an issue names, and whose it says they are

CREATE FUNCTION anthology_internal.issue_mark(content text) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT CASE
        -- A table says yes or no in its cells.
        WHEN content ~* '^\|.*\| *(no|n|false|other|not .*|x|\u2717|\u2718|\u274C) *(\||$)'
            THEN 'unclear'
        WHEN e AND said ~* (n || '|' || o) THEN 'unclear'
        WHEN e THEN 'all but'
        WHEN content ~* n THEN 'not own'
        WHEN content ~* o THEN CASE WHEN own THEN 'unclear' ELSE 'not own' END
        WHEN content ~* w THEN CASE WHEN own THEN 'unclear' ELSE 'not own' END
        WHEN own THEN 'own'
        WHEN content ~* v THEN 'unclear' END
    FROM (SELECT
            '\m(not|n''t|never|none of (them|these|those) (is|are)|neither) ((actually|really|'
            'in fact) )?(mine|my (own )?(papers?|'
            || 'works?|publications?|articles?|own)|me|(written |authored )?by me|belong|(the |'
                'an |their )?authors?|have (written|authored))\M|'
            || '\m(not|n''t|never) (\w+ )?(write|wrote|written|author|authored|publish|published|'
                'contribute|contributed)\M|'
            || '\m(assigned|attributed|linked|added|associated|credited|listed) (to|with|under|on|'
                'in) (me|my)\M.*\m(wrong|incorrect|mistaken|erroneous)|'
            || '\m(wrong|incorrect|mistaken|erroneous)(ly)? (assigned|attributed|linked|added|'
                'associated|credited|listed) (to|with|under|on|in) (me|my)\M'
            AS n,
            '\m(by|from|of|to) (the |an |some )?others?\M|\mbelongs? to (an|some|a )?(other|one|'
            'somebody|different|persons?)|'
            || '\m(someone|somebody) else|(an)?other (person|people|author|researcher|individual|'
                'scholar)s?\M|'
            || '\mdifferent (person|people|author|researcher)s?\M' AS o,
            '\m(remov|delet|unlink|exclud)(e|ed|ing)\M' AS w, '\m(wrong|incorrect|mistaken|'
                'erroneous)(ly)?\M|\mby mistake\M' AS v,
            content ~* ('\m(mine|(are|is|belongs? to|written by|authored by|by) me|'
                'my (own )?(papers?|works?|publications?|articles?)|'
                || 'I (am|was) (an |the |a )?(co-?)?authors?|and (an |the )?(co-?)?author of|'
                    'I (have )?(co-?)?(wrote|written|authored)|'
                || '(should|must) be (assigned|moved|listed|linked) )') AS own,
            content ~* '\m(except|excepting|apart from|other than|all but|everything but|'
                'aside from|excluding|with the exception)\M' AS e,
            -- A clause about the exceptions would deny them again.
            regexp_replace(content, '\m(which|that|because|since|as they|as it|they)\M.*$', '',
                'i') AS said) AS x
$$;
COMMENT ON FUNCTION anthology_internal.issue_mark(text) IS
    'whether a sentence says of papers that they are the author''s: own, not own, all but, '
    'unclear; NULL if it says nothing';

CREATE FUNCTION anthology_internal.issue_claims(rows issue_row[]) RETURNS SETOF issue_row
    LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 50
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    r anthology.issue_row;
    mark text;
    carried text;
    carried_label text;
    of_papers boolean := false;
BEGIN
    -- "The following are not mine:" holds until a sentence says something else.
    FOREACH r IN ARRAY rows LOOP
        IF r.field IN ('title', 'pages', 'papers', 'prose') THEN
            mark := anthology_internal.issue_mark(r.content);
            IF r.label IS DISTINCT FROM carried_label THEN
                carried := NULL;
                carried_label := r.label;
            END IF;
            r.listed := mark IS NOT NULL OR carried IS NOT NULL AND of_papers;
            r.claim := coalesce(mark, carried, 'own');
            -- So does a heading.
            IF (r.content ~* ':\W*$|\m(following|below)\M' OR mark IS NOT NULL
                AND r.content ~ '^#|^\*\*.*\*\*$') AND NOT r.item THEN
                of_papers := mark IS NOT NULL
                    OR r.content ~* '\m(papers?|publications?|works?|articles?)\M';
                carried := CASE WHEN mark = 'all but' THEN 'not own' ELSE coalesce(mark, 'own') END;
            ELSIF mark IS NULL AND NOT r.item AND r.content !~ '\d' AND r.content ~ '(\w+\W+){5}'
                THEN
                carried := NULL;
            END IF;
        END IF;
        RETURN NEXT r;
    END LOOP;
END
$$;
COMMENT ON FUNCTION anthology_internal.issue_claims(issue_row[]) IS
    'the sentences of an issue with what they, or the sentence before the list, say of papers: '
    'whether they are the author''s';

CREATE FUNCTION anthology_internal.issue_papers(rows issue_row[])
    RETURNS TABLE (line integer, label text, content text, paper text, claim text, said boolean)
    LANGUAGE sql STABLE PARALLEL SAFE ROWS 2
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT c.line, c.label, c.content,
        CASE WHEN m[1] ~ '^\d' THEN lower(m[1]) ELSE upper(coalesce(m[1], m[2])) END,
        CASE WHEN c.claim <> 'all but' THEN c.claim
            -- "All but A": what stands before is the author's.
            WHEN strpos(c.content, coalesce(m[1], m[2])) > coalesce(strpos(lower(c.content),
                lower((regexp_match(c.content,
                '\m(except|excepting|apart from|other than|all but|everything but|aside from|'
                'excluding|with the exception)\M', 'i'))[1])), 0)
            THEN 'not own' ELSE 'own' END,
        c.listed OR c.field = 'papers'
    FROM unnest(rows) AS c, regexp_matches(c.content,
        '\m([0-9]{4}\.[A-Za-z0-9]+-[A-Za-z0-9]+\.[0-9]+|[A-Z][0-9]{2}-[0-9]{4})'
        '(?=$|[^0-9A-Za-z]|[ve][0-9])'
        || '|(?:aclanthology\.org|aclweb\.org/anthology|'
            '10\.18653/v1)/(?:[\w-]+/)*([a-z][0-9]{2}-[0-9]{4})(?=$|[^0-9A-Za-z]|[ve][0-9])',
            'g') AS m
    WHERE c.claim IS NOT NULL AND c.content ~ '[0-9]{2}-[0-9]{4}|[0-9]{4}\.[A-Za-z0-9]+-'
$$;
COMMENT ON FUNCTION anthology_internal.issue_papers(issue_row[]) IS
    'the papers that an issue names by id or address, and what it says of them';

CREATE FUNCTION anthology_internal.issue_titles(rows issue_row[])
    RETURNS TABLE (line integer, label text, written text, claim text)
    LANGUAGE sql STABLE PARALLEL SAFE ROWS 2
    SET search_path = pg_catalog, pg_temp
AS $$
    -- A title is quoted text in a sentence about papers, or an item of a list of papers.
    -- Items with an id are left out.
    WITH whole AS (
        SELECT c.line, c.label, string_agg(c.content, ' ') AS content, bool_or(c.item) AS item,
            min(c.claim) AS claim, bool_or(c.listed OR c.field = 'papers') AS listed,
                min(c.field) AS field
        FROM unnest(rows) AS c WHERE c.claim IS NOT NULL AND c.field <> 'title'
        GROUP BY c.line, c.label
        HAVING bool_and(c.content !~ '[0-9]{2}-[0-9]{4}|[0-9]{4}\.[A-Za-z0-9]+-|people/')
            AND sum(length(c.content)) < 5000
    )
    SELECT w.line, w.label, btrim(t, ' .,;*_"`'), CASE w.claim WHEN 'all but' THEN 'not own'
        ELSE w.claim END
    FROM whole w, LATERAL (
        SELECT m[1] AS t FROM regexp_matches(w.content,
            '["*`\u201C\u201D]+([^"*`\u201C\u201D]+)["*`\u201C\u201D]+', 'g') AS m
            WHERE w.listed
        UNION ALL
        SELECT regexp_replace(regexp_replace(w.content, '^ *([-*+\u2022]|[(\[]?\d+[.)\]]+) *', ''),
            '\]?\(?https?://.*$|^\[', '', 'g')
            WHERE w.content !~ '["*`\u201C\u201D][^"*`\u201C\u201D]+ [^"*`\u201C\u201D]+ '
                '[^"*`\u201C\u201D]+["*`\u201C\u201D]' AND (w.item OR w.field = 'papers')
                AND (w.listed OR w.field IN ('pages', 'papers'))
    ) AS q
    WHERE t ~ '(\w+\W+){3}\w' AND t !~ ':\W*$' AND length(t) BETWEEN 15 AND 300
        AND anthology_internal.issue_value(t) IS NOT NULL
    ORDER BY w.line
$$;
COMMENT ON FUNCTION anthology_internal.issue_titles(issue_row[]) IS
    'what may be titles of papers in an issue: quoted, or items of a list, without an id';

CREATE FUNCTION anthology_internal.issue_bibkeys(rows issue_row[])
    RETURNS TABLE (line integer, label text, written text, claim text)
    LANGUAGE sql STABLE PARALLEL SAFE ROWS 1
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT c.line, c.label, m[1], CASE c.claim WHEN 'all but' THEN 'not own' ELSE c.claim END
    FROM unnest(rows) AS c,
        regexp_matches(c.content, '(?:^|[^\w/.-])([a-z]+(?:-[a-z]+)*-(?:19|'
            '20)[0-9]{2}-[a-z0-9]+(?:-[a-z0-9]+)*)(?=$|[^\w/.-]|\.$|[.] )', 'g') AS m
    WHERE c.claim IS NOT NULL AND c.content ~ '-[12][09][0-9]{2}-'
        -- An entry that has its address needs no look-up.
        AND NOT (c.content ~ '^@[a-z]+\{' AND (
            SELECT count(*) FILTER (WHERE r.content ~ '^@[a-z]+\{') <=
                count(*)
                    FILTER (WHERE r.content ~ '^url *=.*'
                        '([0-9]{2}-[0-9]{4}|[0-9]{4}\.[A-Za-z0-9]+-)')
            FROM unnest(rows) AS r))
$$;
COMMENT ON FUNCTION anthology_internal.issue_bibkeys(issue_row[]) IS
    'the BibTeX keys in an issue, and what it says '
    'of the papers';

CREATE FUNCTION anthology_internal.title_key(title text) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT lower(regexp_replace(anthology.abstract_plain(title), '[^[:alnum:]]+', '', 'g'))
$$;
COMMENT ON FUNCTION anthology_internal.title_key(text) IS
    'a title without all that people write in different ways';

CREATE FUNCTION anthology_internal.papers_titled(titles text[], pages text[])
    RETURNS TABLE (written text, paper text)
    LANGUAGE plpgsql STABLE ROWS 2
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    persons text[] := pages || ARRAY(SELECT g || '/unverified' FROM unnest(pages) AS g);
    wanted text;
    key text;
    words tsquery;
    found text[];
BEGIN
    FOREACH wanted IN ARRAY titles LOOP
        key := anthology_internal.title_key(wanted);
        -- On the pages named first; several papers may have one title.
        SELECT array_agg(DISTINCT p.id ORDER BY p.id) INTO found
            FROM anthology.authorship a JOIN anthology.paper p ON p.id = a.paper_id
            WHERE a.person_id = ANY (persons) AND anthology_internal.title_key(p.title) = key;
        IF found IS NULL THEN
            words := anthology.rarest_words(anthology.abstract_tsquery(wanted), 5000);
            SELECT array_agg(p.id ORDER BY p.id) INTO found FROM anthology.paper p
                WHERE p.document @@ words AND anthology_internal.title_key(p.title) = key;
        END IF;
        written := wanted;
        paper := CASE WHEN cardinality(found) = 1 THEN found[1] END;
        RETURN NEXT;
    END LOOP;
END
$$;
COMMENT ON FUNCTION anthology_internal.papers_titled(text[], text[]) IS
    'the one paper with each of these titles, on one of the pages or anywhere; NULL if there is '
    'none, or several';

CREATE FUNCTION anthology_internal.issue_looked_up(rows issue_row[], pages text[], corpus boolean)
    RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    result jsonb;
    found jsonb := '{}'::jsonb;
BEGIN
    IF corpus THEN
        SELECT coalesce(jsonb_object_agg(t.written, t.paper), '{}') INTO found
            FROM anthology_internal.papers_titled(ARRAY(
            SELECT DISTINCT w.written FROM anthology_internal.issue_titles(rows) AS w
                ORDER BY 1 LIMIT 100),
                pages) AS t;
        SELECT found || coalesce(jsonb_object_agg(p.bibkey, p.id), '{}') INTO found
            FROM anthology.paper p
            WHERE p.bibkey = ANY (ARRAY(SELECT k.written FROM anthology_internal.issue_bibkeys(rows)
                                        AS k));
    END IF;
    SELECT jsonb_agg(jsonb_build_object('paper', found ->> w.written, 'from', w.label, 'text',
        w.written, 'claim', w.claim) ORDER BY w.line)
        INTO result FROM (SELECT * FROM anthology_internal.issue_titles(rows) UNION SELECT *
            FROM anthology_internal.issue_bibkeys(rows)) AS w;
    RETURN coalesce(result, '[]');
END
$$;
COMMENT ON FUNCTION anthology_internal.issue_looked_up(issue_row[], text[], boolean) IS
    'the papers that an issue names by title or BibTeX key, looked up if there is a corpus';
