-- issues as people write them
--
-- Plain SQL: there is no C file for these. An issue is cut into rows, one for each
-- sentence, with the field of the form that it stands in. A function for each field
-- reads the rows. issue_to_request() puts the fields together. Nothing here fails on
-- any text, and nothing is written. What is a letter, the database's locale says, so
-- that the functions are STABLE. Patterns name characters beyond ASCII by their
-- numbers, as a database may have another encoding.

CREATE TYPE issue_row AS (line integer, field text, label text, item boolean, content text, claim text, listed boolean);
COMMENT ON TYPE issue_row IS
    'a sentence of an issue: its line, the field of the form and its label, whether a list''s item; what it says of papers, '
    'or the sentence before the list: see issue_claims()';

CREATE FUNCTION url_decode(address text) RETURNS text
    LANGUAGE plpgsql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF address !~ '%[0-9A-Fa-f]{2}' THEN
        RETURN address;
    END IF;
    RETURN convert_from((
        SELECT string_agg(CASE WHEN m[1] ~ '^%[0-9A-Fa-f]{2}$' THEN decode(substr(m[1], 2), 'hex')
                               ELSE convert_to(m[1], 'UTF8') END, '' ORDER BY i)
        FROM regexp_matches(address, '%[0-9A-Fa-f]{2}|[^%]+|%', 'g') WITH ORDINALITY AS x(m, i)), 'UTF8');
EXCEPTION
    -- Bytes that are no text stay as they are written.
    WHEN character_not_in_repertoire OR untranslatable_character THEN
        RETURN address;
END
$$;
COMMENT ON FUNCTION url_decode(text) IS
    'an address with its %XX as characters; as it is if they are no text';

CREATE FUNCTION issue_text(body text) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    WITH plain AS (
        SELECT regexp_replace(regexp_replace(coalesce(body, ''), '\r\n?', E'\n', 'g'),
            '[\u00AD\u200B-\u200F\u202A-\u202E\u2060\uFEFF]', '', 'g') AS text
    ), decoded AS (
        SELECT replace(replace(replace(replace(replace(replace(replace(text, '&lt;', '<'), '&gt;', '>'),
            '&quot;', '"'), '&#39;', ''''), '&apos;', ''''), '&nbsp;', ' '), '&amp;', '&') AS text FROM plain
    ), shown AS (
        -- A comment is not shown to who reads the issue.
        SELECT regexp_replace(regexp_replace(text, '<!--.*?-->', '', 'g'),
            '<br */?>|</?(p|div|li|ul|ol|details|summary)>', E'\n', 'gi') AS text FROM decoded
    )
    SELECT regexp_replace(regexp_replace(text, '[\t\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000]', ' ', 'g'),
        '^ *(> ?)+|^ *(```|~~~)[a-z]* *$', '', 'gn') FROM shown
$$;
COMMENT ON FUNCTION issue_text(text) IS
    'an issue''s text as it is shown: entities, line ends and blanks made even; quotation and fence marks taken off';

CREATE FUNCTION issue_field(line text) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    -- The labels of the form in all its wordings since 2024, and what people make of them.
    SELECT CASE WHEN length(line) > 120 OR line = '' THEN NULL ELSE (
        SELECT CASE
            WHEN l ~ '^(the )?(affected )?author page(s|\(s\))?( affected)?( in the anthology)?( urls?)?$' THEN 'pages'
            WHEN l ~ '^(the )?(author|my)?(''s)? ?orcid( id)?$' THEN 'orcid'
            WHEN l ~ '^((author|my) )?(institution|university)( of (the )?highest.*)?$|^highest degree( institution)?$' THEN 'institution'
            WHEN l ~ '^your papers?( \(if required.*)?$|^anthology ids?$' THEN 'papers'
            WHEN l ~ '^author name \(only|^is the author''?s name read' THEN 'script'
            WHEN l ~ '^type of (author |paper )?(metadata )?correction' THEN 'type'
            WHEN l ~ '^(supporting|additional|further) information$|^correction to ' THEN 'prose'
            WHEN l ~ '^preferred (author )?name$' THEN 'preferred'
            WHEN l ~ '^openreview( profile)?( page)?( url| link)?$' THEN 'openreview'
            WHEN l ~ '^json data block$' THEN 'json'
            WHEN l ~ '^confirm(ing)? that ' THEN 'confirm' END
        FROM lower(btrim(regexp_replace(line, '^ *#+ *| *#+ *$|\*\*|__', '', 'g'), ' :')) AS l) END
$$;
COMMENT ON FUNCTION issue_field(text) IS
    'the field of the author page form that begins with a line, if the line is its label';

CREATE FUNCTION issue_pieces(sentence text) RETURNS SETOF text
    LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 1
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    -- Who reads a row may look at each of its parts again: rows are short, and cut between words.
    IF length(sentence) <= 1000 THEN
        RETURN NEXT sentence;
    ELSE
        RETURN QUERY
            SELECT string_agg(CASE WHEN length(q.part) <= 1000 THEN q.part
                    ELSE format('[%s characters without a blank are not read]', length(q.part)) END, ' ' ORDER BY q.i, q.j)
            FROM (SELECT x.i, y.j, y.part, sum(least(length(y.part), 50) + length(y.part) % 1000) OVER (ORDER BY x.i, y.j) / 1000 AS piece
                  FROM string_to_table(sentence, ' ') WITH ORDINALITY AS x(word, i),
                      regexp_split_to_table(x.word, CASE WHEN length(x.word) > 1000 THEN '[,;|()<>"]+' ELSE '\n' END) WITH ORDINALITY AS y(part, j)
                  WHERE y.part <> '') AS q
            GROUP BY q.piece ORDER BY q.piece;
    END IF;
END
$$;
COMMENT ON FUNCTION issue_pieces(text) IS
    'a sentence, or a long one in pieces that end between words';

CREATE FUNCTION issue_rows(title text, body text) RETURNS SETOF issue_row
    LANGUAGE sql STABLE PARALLEL SAFE ROWS 50
    SET search_path = pg_catalog, pg_temp
AS $$
    WITH lines AS (
        SELECT n::integer AS n, l, CASE WHEN labelled THEN anthology.issue_field(l) END AS field,
            -- "ORCID: 0000-..." on one line.
            CASE WHEN labelled AND m IS NOT NULL AND anthology.issue_field(m[1]) NOT IN ('type', 'confirm', 'script', 'json', 'prose') THEN m END AS said
        FROM string_to_table(regexp_replace(anthology.issue_text(body), ' {2,}', ' ', 'g'), E'\n') WITH ORDINALITY AS x(l, n),
            regexp_match(left(l, 1000), '^[-*+ ]*([A-Za-z][A-Za-z'' ]+?)[* ]*:[* ]*([^/ *].*)$') AS m,
            LATERAL (SELECT left(l, 120) ~* ('page|orcid|institut|university|paper|anthology id|author|type of|information|correction|degree|'
                || 'openreview|json|confirm|preferred') AS labelled) AS k
        WHERE l NOT IN ('', ' ')
    ), counted AS (
        SELECT n, l, field, said, count(field) OVER (ORDER BY n) AS section FROM lines
    ), sections AS (
        SELECT section, field,
            btrim(regexp_replace(l, '^ *#+ *|\*\*|__', '', 'g'), ' :') AS label
        FROM counted WHERE field IS NOT NULL
    )
    SELECT line, field, label, item, content, NULL::text, NULL::boolean FROM (
        SELECT 0 AS line, 'title' AS field, 'title' AS label, false AS item,
            btrim(anthology.issue_text(title), E' \n') AS whole, 1::bigint AS i WHERE title <> ''
        UNION ALL
        SELECT c.n, coalesce(CASE WHEN c.said IS NOT NULL THEN anthology.issue_field(c.said[1]) END, s.field, 'prose'), coalesce(c.said[1], s.label, 'text'),
            c.l ~ '^ *([-*+\u2022\u00B7]|[(\[]?\d+[.)\]]+)( |$)', btrim(p), i
        FROM counted c LEFT JOIN sections s USING (section),
            -- A sentence ends before a blank; "but" begins what is said otherwise.
            regexp_split_to_table(coalesce(c.said[2], regexp_replace(c.l, '^ *([-*+\u2022\u00B7]|[(\[]?\d+[.)\]]+) +', '')),
                '(?<=[.!?;\u3002\uFF1B]) +|, *(?=(but|while|whereas|however)\M)') WITH ORDINALITY AS x(p, i)
        WHERE c.field IS NULL AND btrim(p) <> '') AS r,
        LATERAL (SELECT r.whole, 1::bigint WHERE length(r.whole) <= 1000
            UNION ALL SELECT p, j FROM anthology.issue_pieces(r.whole) WITH ORDINALITY AS q(p, j) WHERE length(r.whole) > 1000) AS y(content, j)
    ORDER BY line, i, j
$$;
COMMENT ON FUNCTION issue_rows(text, text) IS
    'the sentences of an issue, each with the field of the form that it stands in; line 0 is the title';

CREATE FUNCTION issue_value(content text) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    -- What is left in a field, or typed in, by who has nothing to say.
    SELECT CASE WHEN length(v) > 200 OR v !~* ('^(no response|none|nil|null|no|n\.? ?/? ?a\.?|not (applicable|available|sure)|'
            || 'unknown|tbd|same|empty|nothing|[-.?/x\u2013\u2014]*|\u65E0|\u6CA1\u6709|'
            || '(-|<|\[|\{)* *(add|provide|enter|insert|replace|paste|your)\M.*(here|name|orcid)? *(-|>|\]|\})+|'
            || '(ex|e\.g)\.? .*)$')
        THEN nullif(btrim(content), '') END
    FROM btrim(content, E' \n*_`"''.()') AS v
$$;
COMMENT ON FUNCTION issue_value(text) IS
    'a field''s text; NULL if it is empty, a placeholder, "none", "NA" or the like';

CREATE FUNCTION issue_quote(content text) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT CASE WHEN length(content) > 200 THEN left(content, 197) || '...' ELSE content END
$$;
COMMENT ON FUNCTION issue_quote(text) IS 'a text as it is quoted: of a long one the beginning';

CREATE FUNCTION issue_ticked(rows issue_row[])
    RETURNS TABLE (action text, ticked boolean, label text, content text)
    LANGUAGE sql STABLE PARALLEL SAFE ROWS 4
    SET search_path = pg_catalog, pg_temp
AS $$
    -- An option is known by its sentence, in the old wording and the new.
    SELECT CASE WHEN o ~* '^(\*\*|_)*verif(y|ication)|adds? an orcid' THEN 'verify'
            WHEN o ~* '^(\*\*|_)*(split|disambiguat)|different people' THEN 'split'
            WHEN o ~* '^(\*\*|_)*merge|has multiple (pages|profiles)' THEN 'merge'
            WHEN o ~* '^(\*\*|_)*name change|permanently changed' THEN 'name change'
            WHEN o ~* '^(paper (title|abstract)|author name|metadata)' THEN 'metadata' END,
        m[1] IS DISTINCT FROM ' ' AND m[1] <> '', r.label, r.content
    FROM unnest(rows) AS r,
        regexp_match(r.content, '^(?:[-*+] *)?\[ *(x|X|v|V|y|\u2713|\u2714|\u2611|\u2705|\*|) *\](.*)$') AS m,
        btrim(m[2], ' *_') AS o
    WHERE m IS NOT NULL AND length(r.content) < 300
        AND (r.field = 'type' OR r.field NOT IN ('confirm', 'script'))
$$;
COMMENT ON FUNCTION issue_ticked(issue_row[]) IS
    'the options of the form that an issue has, ticked or not';

CREATE FUNCTION issue_asked(rows issue_row[])
    RETURNS TABLE (action text, label text, content text)
    LANGUAGE sql STABLE PARALLEL SAFE ROWS 4
    SET search_path = pg_catalog, pg_temp
AS $$
    -- The first sentence that asks for it. What is denied is not asked for.
    SELECT DISTINCT ON (w.action) w.action, r.label, r.content
    FROM unnest(rows) AS r, (VALUES
        ('verify', '\m(verif(y|ied|ication)|(add|link|attach|include|associate|connect)(ing|ed)? [^.]*\morcid|'
            '\u8BA4\u8BC1|\u9A8C\u8BC1)'),
        ('split', '\m(split(s|ting)?|disambiguat(e|ed|es|ing|ion)|separat(ed|ing|ion|e (the|these|those|my|them|out|into|from))|conflat(e|es|ed|ing)|'
            'mix(es|ed)( up)?|'
            '(not|n''t|never) (belong to me|mine|my (own )?(papers?|works?|publications?|articles?)|(written|authored) by me|by me)|'
            'belongs? to (an|some)?(other|one)|(an)?other (person|people|author|researcher)s?|'
            '(someone|somebody) else|different (people|persons?|authors?|researchers?|individuals?)|'
            'same name|(wrong|incorrect) (author|page|profile|person)|(incorrectly|wrongly|mistakenly|erroneously) (assigned|attributed|listed|linked|added|associated))\M'
            '|\u540C\u540D|\u62C6\u5206'),
        ('merge', '\m(merg(e|es|ed|ing)|combin(e|ed|ing)|unif(y|ied)|consolidat(e|ed|ing)|duplicated?|'
            '(two|three|four|several|multiple|many|different) (\w+ )?(author )?(pages|profiles|accounts|spellings)|'
            'same (person|author|individual)|both (pages|profiles))\M|\u5408\u5E76'),
        ('name change', '\m((name|surname) changes?|chang(e|ed|ing) (of )?(my|her|his|their) (\w+ )?(name|surname)|'
            '(former|previous|maiden|birth|dead|married|new) ?name|formerly (known|published)|'
            '(previously|earlier) (known|published) (as|under)|now (known as|publish under)|got married|\u6539\u540D)\M')
        ) AS w(action, pattern)
    WHERE r.field IN ('title', 'pages', 'papers', 'prose') AND r.content ~* w.pattern
        AND r.content !~ '^(- *)?\[.?\]'
        -- "Others' papers are merged into my page" is what is wrong.
        AND NOT (w.action = 'merge' AND r.content ~* '\m(are|is|was|were|been|being|got|gets?|has|have)( \w+){0,3} (merged|combined)\M'
            AND r.content !~* '\m(please|could|can|would|should|like|want|wish|need|ask|request|to be)\M')
        AND r.content !~* ('\m(not|n''t|no need to|without|never|nor) ((want|wish|need|ask|asking|requesting|ha(ve|s)|am|is|are) )?'
            || '(to |for |a |any )*(be )?(merg|split|verif|chang|combin|disambig|name change|separat)|'
            || '\m(no|nothing|none) (\w+ ){0,3}(merge|split|change|papers?|others?|else|duplicates?|different)\M')
    ORDER BY w.action, r.line
$$;
COMMENT ON FUNCTION issue_asked(issue_row[]) IS
    'the kinds of correction that an issue''s prose asks for, with the first sentence that does';

CREATE FUNCTION issue_orcids(rows issue_row[])
    RETURNS TABLE (field text, label text, content text, written text, orcid text, foreign_to boolean)
    LANGUAGE sql STABLE PARALLEL SAFE ROWS 1
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT r.field, r.label, r.content, m[1], anthology.orcid_normalize(replace(m[1], ' ', '')),
        -- Whose it is, if the sentence says that it is somebody else's.
        r.content ~* ('\m(not (me|mine|my)|(an)?other|different|wrong(ly)?|incorrect(ly)?|someone|somebody|'
            || 'belongs? to|his|her|their|instead)\M')
    FROM unnest(rows) AS r,
        regexp_matches(regexp_replace(r.content, ' ?[\u2010-\u2015\u2212\uFF0D] ?', '-', 'g'),
            '\m(\d{4}[- ]?\d{4}[- ]?\d{4}[- ]?\d{3}[0-9Xx])\M', 'g') AS m
    WHERE r.content ~ '\d{3}' AND r.field <> 'json' AND m[1] !~ '^[0 -]+$'
$$;
COMMENT ON FUNCTION issue_orcids(issue_row[]) IS
    'what looks like an ORCID in an issue; NULL where the check digit is wrong; whether a sentence says it is not the author''s';

CREATE FUNCTION issue_institution(content text) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    -- The form asks for "University (address)"; people add the degree and the year.
    SELECT nullif(btrim(regexp_replace(string_agg(p, ', ' ORDER BY i), ' +', ' ', 'g'), ' ,;-*'), '')
    FROM (SELECT i, btrim(p, ' ,;:-*') AS p FROM regexp_split_to_table(regexp_replace(regexp_replace(left(content, 2000),
              '\[([^\]]*)\]\([^)]*\)', '\1', 'g'),
              '[(<]? *\m(https?://|www\.)[^\s)>]*[)>]?|\( *\)', ' ', 'gi'), '[\n,;]|\(|\)') WITH ORDINALITY AS x(p, i)) AS parts
    WHERE p <> '' AND p !~ '^(19|20)\d\d( *- *((19|20)\d\d|present))?$'
        AND p !~* ('^(ph\.? ?d|d\.? ?phil|dr|m\.? ?phil|m\.? ?sc|m\.? ?s|m\.? ?a|m\.? ?eng|m\.? ?tech|b\.? ?sc|b\.? ?s|b\.? ?a|'
            || 'b\.? ?eng|b\.? ?tech|(doctor|master|bachelor)(''?s|ate|al)?( degree)?( of \w+( \w+)?)?)'
            || '\.?( *(student|candidate|degree|program(me)?|thesis))?( +in .*)?( *(19|20)\d\d)?$')
        AND p !~* '^(expected|anticipated|ongoing|current(ly)?|graduated|completed)( *(19|20)\d\d)?$'
$$;
COMMENT ON FUNCTION issue_institution(text) IS
    'the institution in what was written for it: without addresses, degrees and years; NULL if nothing else is there';

CREATE FUNCTION issue_name(content text) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT nullif(CASE WHEN n ~ '^[^,]+,[^,]+$' AND n !~* ',\s*(jr|sr|ph\.?d|i+|iv)\.?$'
        THEN regexp_replace(n, '^([^,]+),\s*([^,]+)$', '\2 \1') ELSE n END, '')
    FROM (SELECT btrim(regexp_replace(regexp_replace(left(content, 200), '[*`"{}\u201C\u201D]|\(.*\)', '', 'g'),
        '\s+', ' ', 'g'), ' .,;:_')) AS x(n)
$$;
COMMENT ON FUNCTION issue_name(text) IS 'a name in what was written for it, "Last, First" as "First Last"';

CREATE FUNCTION issue_preferred_name(rows issue_row[], OUT name text, OUT label text, OUT content text)
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    -- A name in prose is what begins with capitals: it ends where another word begins.
    SELECT c.name, c.label, c.content FROM (
        SELECT 1 AS i, r.line, anthology.issue_name(r.content) AS name, r.label, r.content
            FROM unnest(rows) AS r
            WHERE r.field = 'preferred' AND anthology.issue_value(r.content) IS NOT NULL
        UNION ALL
        SELECT 2, r.line, anthology.issue_name(m[1]), r.label, r.content
            FROM unnest(rows) AS r, regexp_match(r.content,
                '\mpreferred (?:author )?name(?: is|:)+ *(.+)$', 'i') AS m
            WHERE r.field IN ('prose', 'pages') AND anthology.issue_value(m[1]) IS NOT NULL
        UNION ALL
        SELECT 3, r.line, anthology.issue_name(m[1] || ' ' || m2[1]), r.label, r.content || ' / ' || r.next
            FROM (SELECT f.*, lead(f.content) OVER (ORDER BY i) AS next FROM unnest(rows) WITH ORDINALITY AS f(line, field, label, item, content, claim, listed, i)) AS r,
                regexp_match(r.content, '^(?:first|given)(?: and middle)? ?names?(?:\(s\))?: *(.+)$', 'i') AS m,
                regexp_match(r.next, '^(?:last|family|sur) ?names?: *(.+)$', 'i') AS m2
            WHERE m IS NOT NULL AND m2 IS NOT NULL AND r.field = 'prose'
        UNION ALL
        SELECT 4, r.line, anthology.issue_name(m[1]), r.label, r.content
            FROM unnest(rows) AS r, regexp_match(regexp_replace(r.content, '["*`\u201C\u201D]', '', 'g'),
                '\m(?:changed? (?:my|her|his|their) (?:\w+ )?name (?:from .*)?to|'
                || '[Uu]nder (?:my|the|her|his|their) (?:full |new |current )*name|'
                || '(?:prefer(?:red)?|canonical|current|new|correct) (?:\w+ )?name(?: is| should be|:)) '
                || '([^a-z\d\s:(][^\s,.]*(?:[ ,]+(?:[^a-z\d\s(][^\s,]*|de|da|del|der|den|van|von|bin|al|el|la))+)') AS m
            WHERE r.field IN ('prose', 'title')
                -- "I published under the name" is another matter.
                AND (r.content !~ '[Uu]nder ' OR r.content ~* '\m(merg|group|combin|keep|list|show|unif|collect)')
    ) AS c WHERE c.name IS NOT NULL ORDER BY i, line LIMIT 1
$$;
COMMENT ON FUNCTION issue_preferred_name(issue_row[]) IS
    'the name that the author prefers, and where it was read';

CREATE FUNCTION issue_pages(rows issue_row[])
    RETURNS TABLE (at bigint, field text, label text, content text, page text, target boolean)
    LANGUAGE sql STABLE ROWS 2
    SET search_path = pg_catalog, pg_temp
AS $$
    WITH decoded AS (
        SELECT r.at, r.field, r.label, r.content, anthology.url_decode(r.content) || ' ' AS text
        FROM unnest(rows) WITH ORDINALITY AS r(line, field, label, item, content, claim, listed, at)
        WHERE r.field IN ('title', 'pages', 'prose', 'papers', 'type', 'preferred')
    ), pattern(address) AS (
        -- Any folder of ours, or no host at all: other hosts have people, too.
        VALUES ('(?:(?:aclanthology\.org|aclweb\.org/anthology)(?:/[\w.-]+)*|(?:^|[ "''`\[<>(=*|,;]))/*\mpeople'
            || '/+(?:[a-z]/+)?([a-z][a-z0-9-]*[a-z0-9])(/+unverified)?(?=[^a-z0-9-])')
    ), addressed AS (
        SELECT d.*, regexp_replace(lower(m[1] || coalesce(m[2], '')), '/+', '/') AS page,
            -- What stands between this address and the one before.
            piece[i] AS before
        FROM decoded d, pattern a, regexp_split_to_array(d.text, a.address, 'i') AS piece,
            regexp_matches(d.text, a.address, 'gi') WITH ORDINALITY AS x(m, i)
        WHERE d.text ~* '\mpeople/'
    ), bare AS (
        SELECT d.*, lower(m[1]) AS page
        FROM decoded d, regexp_matches(d.text, '(?:^|[^\w/.-])([a-z][a-z0-9-]*[a-z0-9]/unverified)\M', 'gi') AS m
        WHERE d.text ~* '/unverified'
        UNION ALL
        -- A line of nothing but ids.
        SELECT d.*, t.token
        FROM decoded d, regexp_replace(d.text,
                '^author (?:page|metadata) *:|^[-*+\u2022] |^\(?\d+[.)] |[`"''{}<>()*:.\[\u2192]|\]|->|=>', ' ', 'gi') AS s,
            regexp_split_to_table(btrim(s, E' \n,;&'), '[\s,;&]+') AS t(token)
        WHERE d.field IN ('pages', 'title') AND length(s) < 1000
            AND btrim(s, E' \n,;&') ~ '^(([a-z][a-z0-9]*(-[a-z0-9]+)+|and|into|to|with|merge)([\s,;&]+|$))+$'
            AND t.token ~ '^[a-z][a-z0-9]*(-[a-z0-9]+)+$'
    )
    SELECT a.at, a.field, a.label, a.content, a.page,
        a.before ~* ('\m(into|onto)\M[^.]*$|\m(keep|retain)\M[^.]*$|'
            || '\mto\M(?! *(merge|combine|move|split|add|have|remove|be|verify|link|transfer|assign|request|unify|ask|separate)\M)'
            || '\W*(\w+\W+){0,5}(page|profile|account|id|url|link|author)?\W*(https?://)?((www|preview)\.)?$')
    FROM addressed a
    UNION ALL
    SELECT b.at, b.field, b.label, b.content, b.page, false FROM bare b
$$;
COMMENT ON FUNCTION issue_pages(issue_row[]) IS
    'the author pages that an issue names, by id or address, and whether as the one that papers are to go to';

CREATE FUNCTION issue_mark(content text) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT CASE
        -- A table says yes or no in its cells.
        WHEN content ~* '^\|.*\| *(no|n|false|other|not .*|x|\u2717|\u2718|\u274C) *(\||$)' THEN 'unclear'
        WHEN e AND said ~* (n || '|' || o) THEN 'unclear'
        WHEN e THEN 'all but'
        WHEN content ~* n THEN 'not own'
        WHEN content ~* o THEN CASE WHEN own THEN 'unclear' ELSE 'not own' END
        WHEN content ~* w THEN CASE WHEN own THEN 'unclear' ELSE 'not own' END
        WHEN own THEN 'own'
        WHEN content ~* v THEN 'unclear' END
    FROM (SELECT
            '\m(not|n''t|never|none of (them|these|those) (is|are)|neither) ((actually|really|in fact) )?(mine|my (own )?(papers?|'
            || 'works?|publications?|articles?|own)|me|(written |authored )?by me|belong|(the |an |their )?authors?|have (written|authored))\M|'
            || '\m(not|n''t|never) (\w+ )?(write|wrote|written|author|authored|publish|published|contribute|contributed)\M|'
            || '\m(assigned|attributed|linked|added|associated|credited|listed) (to|with|under|on|in) (me|my)\M.*\m(wrong|incorrect|mistaken|erroneous)|'
            || '\m(wrong|incorrect|mistaken|erroneous)(ly)? (assigned|attributed|linked|added|associated|credited|listed) (to|with|under|on|in) (me|my)\M'
            AS n,
            '\m(by|from|of|to) (the |an |some )?others?\M|\mbelongs? to (an|some|a )?(other|one|somebody|different|persons?)|'
            || '\m(someone|somebody) else|(an)?other (person|people|author|researcher|individual|scholar)s?\M|'
            || '\mdifferent (person|people|author|researcher)s?\M' AS o,
            '\m(remov|delet|unlink|exclud)(e|ed|ing)\M' AS w, '\m(wrong|incorrect|mistaken|erroneous)(ly)?\M|\mby mistake\M' AS v,
            content ~* ('\m(mine|(are|is|belongs? to|written by|authored by|by) me|my (own )?(papers?|works?|publications?|articles?)|'
                || 'I (am|was) (an |the |a )?(co-?)?authors?|and (an |the )?(co-?)?author of|I (have )?(co-?)?(wrote|written|authored)|'
                || '(should|must) be (assigned|moved|listed|linked) )') AS own,
            content ~* '\m(except|excepting|apart from|other than|all but|everything but|aside from|excluding|with the exception)\M' AS e,
            -- What is said of the exceptions denies them again.
            regexp_replace(content, '\m(which|that|because|since|as they|as it|they)\M.*$', '', 'i') AS said) AS x
$$;
COMMENT ON FUNCTION issue_mark(text) IS
    'whether a sentence says of papers that they are the author''s: own, not own, all but, unclear; NULL if it says nothing';

CREATE FUNCTION issue_claims(rows issue_row[]) RETURNS SETOF issue_row
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
            mark := anthology.issue_mark(r.content);
            IF r.label IS DISTINCT FROM carried_label THEN
                carried := NULL;
                carried_label := r.label;
            END IF;
            r.listed := mark IS NOT NULL OR carried IS NOT NULL AND of_papers;
            r.claim := coalesce(mark, carried, 'own');
            -- So does a heading.
            IF (r.content ~* ':\W*$|\m(following|below)\M' OR mark IS NOT NULL AND r.content ~ '^#|^\*\*.*\*\*$') AND NOT r.item THEN
                of_papers := mark IS NOT NULL OR r.content ~* '\m(papers?|publications?|works?|articles?)\M';
                carried := CASE WHEN mark = 'all but' THEN 'not own' ELSE coalesce(mark, 'own') END;
            ELSIF mark IS NULL AND NOT r.item AND r.content !~ '\d' AND r.content ~ '(\w+\W+){5}' THEN
                carried := NULL;
            END IF;
        END IF;
        RETURN NEXT r;
    END LOOP;
END
$$;
COMMENT ON FUNCTION issue_claims(issue_row[]) IS
    'the sentences of an issue with what they, or the sentence before the list, say of papers: whether they are the author''s';

CREATE FUNCTION issue_papers(rows issue_row[])
    RETURNS TABLE (line integer, label text, content text, paper text, claim text, said boolean)
    LANGUAGE sql STABLE PARALLEL SAFE ROWS 2
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT c.line, c.label, c.content,
        CASE WHEN m[1] ~ '^\d' THEN lower(m[1]) ELSE upper(coalesce(m[1], m[2])) END,
        CASE WHEN c.claim <> 'all but' THEN c.claim
            -- "All but A": what stands before is the author's.
            WHEN strpos(c.content, coalesce(m[1], m[2])) > coalesce(strpos(lower(c.content), lower((regexp_match(c.content,
                '\m(except|excepting|apart from|other than|all but|everything but|aside from|excluding|with the exception)\M', 'i'))[1])), 0)
            THEN 'not own' ELSE 'own' END,
        c.listed OR c.field = 'papers'
    FROM unnest(rows) AS c, regexp_matches(c.content,
        '\m([0-9]{4}\.[A-Za-z0-9]+-[A-Za-z0-9]+\.[0-9]+|[A-Z][0-9]{2}-[0-9]{4})(?=$|[^0-9A-Za-z]|[ve][0-9])'
        || '|(?:aclanthology\.org|aclweb\.org/anthology|10\.18653/v1)/(?:[\w-]+/)*([a-z][0-9]{2}-[0-9]{4})(?=$|[^0-9A-Za-z]|[ve][0-9])', 'g') AS m
    WHERE c.claim IS NOT NULL AND c.content ~ '[0-9]{2}-[0-9]{4}|[0-9]{4}\.[A-Za-z0-9]+-'
$$;
COMMENT ON FUNCTION issue_papers(issue_row[]) IS
    'the papers that an issue names by id or address, and what it says of them';

CREATE FUNCTION issue_titles(rows issue_row[])
    RETURNS TABLE (line integer, label text, written text, claim text)
    LANGUAGE sql STABLE PARALLEL SAFE ROWS 2
    SET search_path = pg_catalog, pg_temp
AS $$
    -- What is quoted where papers are spoken of, or an item of a list of papers, unless it has an id.
    WITH whole AS (
        SELECT c.line, c.label, string_agg(c.content, ' ') AS content, bool_or(c.item) AS item,
            min(c.claim) AS claim, bool_or(c.listed OR c.field = 'papers') AS listed, min(c.field) AS field
        FROM unnest(rows) AS c WHERE c.claim IS NOT NULL AND c.field <> 'title'
        GROUP BY c.line, c.label
        HAVING bool_and(c.content !~ '[0-9]{2}-[0-9]{4}|[0-9]{4}\.[A-Za-z0-9]+-|people/') AND sum(length(c.content)) < 5000
    )
    SELECT w.line, w.label, btrim(t, ' .,;*_"`'), CASE w.claim WHEN 'all but' THEN 'not own' ELSE w.claim END
    FROM whole w, LATERAL (
        SELECT m[1] AS t FROM regexp_matches(w.content, '["*`\u201C\u201D]+([^"*`\u201C\u201D]+)["*`\u201C\u201D]+', 'g') AS m
            WHERE w.listed
        UNION ALL
        SELECT regexp_replace(regexp_replace(w.content, '^ *([-*+\u2022]|[(\[]?\d+[.)\]]+) *', ''), '\]?\(?https?://.*$|^\[', '', 'g')
            WHERE w.content !~ '["*`\u201C\u201D][^"*`\u201C\u201D]+ [^"*`\u201C\u201D]+ [^"*`\u201C\u201D]+["*`\u201C\u201D]' AND (w.item OR w.field = 'papers')
                AND (w.listed OR w.field IN ('pages', 'papers'))
    ) AS q
    WHERE t ~ '(\w+\W+){3}\w' AND t !~ ':\W*$' AND length(t) BETWEEN 15 AND 300 AND anthology.issue_value(t) IS NOT NULL
    ORDER BY w.line
$$;
COMMENT ON FUNCTION issue_titles(issue_row[]) IS
    'what may be titles of papers in an issue: quoted, or items of a list, without an id';

CREATE FUNCTION issue_bibkeys(rows issue_row[])
    RETURNS TABLE (line integer, label text, written text, claim text)
    LANGUAGE sql STABLE PARALLEL SAFE ROWS 1
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT c.line, c.label, m[1], CASE c.claim WHEN 'all but' THEN 'not own' ELSE c.claim END
    FROM unnest(rows) AS c,
        regexp_matches(c.content, '(?:^|[^\w/.-])([a-z]+(?:-[a-z]+)*-(?:19|20)[0-9]{2}-[a-z0-9]+(?:-[a-z0-9]+)*)(?=$|[^\w/.-]|\.$|[.] )', 'g') AS m
    WHERE c.claim IS NOT NULL AND c.content ~ '-[12][09][0-9]{2}-'
        -- An entry that has its address needs no look-up.
        AND NOT (c.content ~ '^@[a-z]+\{' AND (
            SELECT count(*) FILTER (WHERE r.content ~ '^@[a-z]+\{') <=
                count(*) FILTER (WHERE r.content ~ '^url *=.*([0-9]{2}-[0-9]{4}|[0-9]{4}\.[A-Za-z0-9]+-)')
            FROM unnest(rows) AS r))
$$;
COMMENT ON FUNCTION issue_bibkeys(issue_row[]) IS 'the BibTeX keys in an issue, and what it says of the papers';

CREATE FUNCTION issue_metadata(body text) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    written text;
    data jsonb;
BEGIN
    IF anthology.issue_text(body) !~ '"anthology_id"\s*:' THEN
        RETURN NULL;
    END IF;
    FOREACH written IN ARRAY ARRAY[body, anthology.issue_text(body)] LOOP
        BEGIN
            data := substr(written, strpos(written, '{'),
                length(written) - strpos(written, '{') - strpos(reverse(written), '}') + 2)::jsonb;
            EXIT;
        EXCEPTION
            WHEN data_exception OR program_limit_exceeded THEN
                NULL;
        END;
    END LOOP;
    IF data IS NULL OR jsonb_typeof(data -> 'anthology_id') IS DISTINCT FROM 'string' THEN
        RETURN jsonb_build_object('broken', true,
            'anthology_id', substring(anthology.issue_text(body)
                FROM '"anthology_id"\s*:\s*"([.A-Za-z0-9-]+)"'));
    END IF;
    RETURN data;
END
$$;
COMMENT ON FUNCTION issue_metadata(text) IS
    'the JSON of the "Fix data" dialog in an issue, NULL if it has none; of a broken one the paper';

CREATE FUNCTION issue_authors(data jsonb)
    RETURNS TABLE (name text, former text, person text, change text)
    LANGUAGE sql STABLE PARALLEL SAFE ROWS 5
    SET search_path = pg_catalog, pg_temp
AS $$
    -- "First  Last": two blanks part them. "Last, First" tells them apart, too.
    WITH new AS (
        SELECT i, concat_ws(', ', btrim(a ->> 'last'), nullif(btrim(a ->> 'first'), '')) AS name, a ->> 'id' AS person
        FROM jsonb_array_elements(CASE WHEN jsonb_typeof(data -> 'authors') = 'array' THEN data -> 'authors' ELSE '[]' END)
            WITH ORDINALITY AS x(a, i)
        WHERE jsonb_typeof(a) = 'object'
    ), old AS (
        SELECT i, regexp_replace(btrim(o), '^(.*?) {2,}(.*)$', '\2, \1') AS name
        FROM regexp_split_to_table(coalesce(data ->> 'authors_old', ''), '\|') WITH ORDINALITY AS x(o, i)
        WHERE btrim(o) <> ''
    ), gone AS (
        SELECT o.*, row_number() OVER (ORDER BY o.i) AS n FROM old o WHERE o.name NOT IN (SELECT n.name FROM new n)
    ), come AS (
        SELECT c.*, row_number() OVER (ORDER BY c.person = '##ADDED##', c.i) AS n
        FROM new c WHERE c.name NOT IN (SELECT o.name FROM old o)
    )
    SELECT c.name, CASE WHEN c.person <> '##ADDED##' THEN g.name END, nullif(c.person, '##ADDED##'),
        CASE WHEN c.person = '##ADDED##' THEN 'added' ELSE 'renamed' END
    FROM come c LEFT JOIN gone g ON g.n = c.n
        AND (SELECT count(*) FROM come WHERE person <> '##ADDED##') = (SELECT count(*) FROM gone)
    UNION ALL
    SELECT NULL, g.name, NULL, 'taken off' FROM gone g
    WHERE (SELECT count(*) FROM come WHERE person <> '##ADDED##') <> (SELECT count(*) FROM gone)
$$;
COMMENT ON FUNCTION issue_authors(jsonb) IS
    'what the JSON of the "Fix data" dialog changes in who the authors of a paper are';

CREATE FUNCTION issue_corpus() RETURNS boolean
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    relation text;
BEGIN
    FOREACH relation IN ARRAY ARRAY['paper', 'person', 'person_name', 'authorship', 'reassignment', 'term_statistics'] LOOP
        IF to_regclass('anthology.' || relation) IS NULL
            OR NOT has_table_privilege('anthology.' || relation, 'SELECT') THEN
            RETURN false;
        END IF;
    END LOOP;
    RETURN EXISTS (SELECT FROM anthology.paper);
END
$$;
COMMENT ON FUNCTION issue_corpus() IS
    'whether there is a corpus here, and the caller may read it, in which to look up what an issue names';

CREATE FUNCTION page_known(page text) RETURNS text
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    -- Before 2025 an address did not say whether the person was verified.
    SELECT coalesce(anthology.present_id(page), anthology.present_id(page || '/unverified'))
$$;
COMMENT ON FUNCTION page_known(text) IS
    'the person whose page it is now, verified or not; NULL if there is none';

CREATE FUNCTION title_key(title text) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT lower(regexp_replace(anthology.abstract_plain(title), '[^[:alnum:]]+', '', 'g'))
$$;
COMMENT ON FUNCTION title_key(text) IS 'a title without all that people write in different ways';

CREATE FUNCTION papers_titled(titles text[], pages text[])
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
        key := anthology.title_key(wanted);
        -- On the pages named first; several papers may have one title.
        SELECT array_agg(DISTINCT p.id ORDER BY p.id) INTO found
            FROM anthology.authorship a JOIN anthology.paper p ON p.id = a.paper_id
            WHERE a.person_id = ANY (persons) AND anthology.title_key(p.title) = key;
        IF found IS NULL THEN
            words := anthology.rarest_words(anthology.abstract_tsquery(wanted), 5000);
            SELECT array_agg(p.id ORDER BY p.id) INTO found FROM anthology.paper p
                WHERE p.document @@ words AND anthology.title_key(p.title) = key;
        END IF;
        written := wanted;
        paper := CASE WHEN cardinality(found) = 1 THEN found[1] END;
        RETURN NEXT;
    END LOOP;
END
$$;
COMMENT ON FUNCTION papers_titled(text[], text[]) IS
    'the one paper with each of these titles, on one of the pages or anywhere; NULL if there is none, or several';

CREATE FUNCTION issue_no_page(rows issue_row[], corpus boolean) RETURNS text
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    instead text;
    found text[];
    wanted text;
BEGIN
    SELECT anthology.issue_quote(f.content) INTO instead FROM unnest(rows) AS f
        WHERE f.field = 'pages' AND anthology.issue_value(f.content) IS NOT NULL ORDER BY f.line LIMIT 1;
    IF instead IS NULL THEN
        SELECT m[1] INTO instead FROM unnest(rows) AS f,
            regexp_match(f.content, '^author (?:page|metadata) *: *\{? *([^{}]+)', 'i') AS m WHERE f.field = 'title' AND m IS NOT NULL;
    END IF;
    IF instead IS NULL OR instead ~* 'replace with author' THEN
        RETURN 'No author page is named.';
    END IF;
    -- A search, or a name: the pages of the name are what a person may choose from.
    IF corpus THEN
        wanted := anthology.name_slug(anthology.issue_name(regexp_replace(anthology.url_decode(
            coalesce(substring(instead FROM '[?&]q=([^&\s]+)'), instead)), '\+', ' ', 'g')));
        found := ARRAY(SELECT DISTINCT n.person_id FROM anthology.person_name n WHERE n.slug = wanted ORDER BY 1 LIMIT 10);
    END IF;
    RETURN format('No author page is named, but: %s%s', instead,
        CASE WHEN cardinality(found) > 0 THEN format(' (pages of this name: %s)', array_to_string(found, ', ')) ELSE '' END);
END
$$;
COMMENT ON FUNCTION issue_no_page(issue_row[], boolean) IS
    'what to decide if an issue names no page: what it says instead, and the pages of that name';

CREATE FUNCTION issue_looked_up(rows issue_row[], pages text[], corpus boolean) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    result jsonb;
    found jsonb := '{}';
BEGIN
    IF corpus THEN
        SELECT coalesce(jsonb_object_agg(t.written, t.paper), '{}') INTO found FROM anthology.papers_titled(ARRAY(
            SELECT DISTINCT w.written FROM anthology.issue_titles(rows) AS w ORDER BY 1 LIMIT 100), pages) AS t;
        SELECT found || coalesce(jsonb_object_agg(p.bibkey, p.id), '{}') INTO found FROM anthology.paper p
            WHERE p.bibkey = ANY (ARRAY(SELECT k.written FROM anthology.issue_bibkeys(rows) AS k));
    END IF;
    SELECT jsonb_agg(jsonb_build_object('paper', found ->> w.written, 'from', w.label, 'text', w.written, 'claim', w.claim) ORDER BY w.line)
        INTO result FROM (SELECT * FROM anthology.issue_titles(rows) UNION SELECT * FROM anthology.issue_bibkeys(rows)) AS w;
    RETURN coalesce(result, '[]');
END
$$;
COMMENT ON FUNCTION issue_looked_up(issue_row[], text[], boolean) IS
    'the papers that an issue names by title or BibTeX key, looked up if there is a corpus';

CREATE FUNCTION issue_to_request(title text, body text) RETURNS jsonb
    LANGUAGE plpgsql STABLE COST 10000
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    rows anthology.issue_row[] := ARRAY(SELECT r FROM anthology.issue_claims(ARRAY(
        SELECT s FROM anthology.issue_rows(title, body) AS s)) AS r);
    corpus boolean := anthology.issue_corpus();
    data jsonb := anthology.issue_metadata(body);
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
    sources jsonb := '{}';
    undecided text[] := '{}';
    remarks text[] := '{}';
    named jsonb;
    r record;
BEGIN
    -- Kinds: as ticked, else as asked for.
    SELECT array_agg(DISTINCT t.action) FILTER (WHERE t.ticked) INTO ticked
        FROM anthology.issue_ticked(rows) AS t WHERE t.action IS NOT NULL;
    IF data IS NOT NULL OR title ~* '^\s*(paper metadata|metadata correction)\M' THEN
        ticked := array_append(array_remove(ticked, 'metadata'), 'metadata');
        sources := sources || jsonb_build_object('actions', jsonb_build_array(jsonb_build_object(
            'from', CASE WHEN data IS NULL THEN 'title' ELSE 'JSON data block' END, 'text', 'metadata')));
    END IF;
    SELECT array_agg(q.action), jsonb_agg(jsonb_build_object('from', q.label, 'text', anthology.issue_quote(q.content)))
        INTO asked, named
        FROM anthology.issue_asked(rows) AS q;
    IF ticked IS NOT NULL THEN
        actions := ticked;
        sources := jsonb_set(sources, '{actions}', coalesce(sources -> 'actions', '[]') || coalesce((
            SELECT jsonb_agg(jsonb_build_object('from', t.label, 'text', t.content))
            FROM anthology.issue_ticked(rows) AS t WHERE t.ticked AND t.action IS NOT NULL), '[]'));
        IF cardinality(ticked) > 2 OR ticked && '{name change}' AND cardinality(ticked) > 1
            OR ticked @> '{split,merge}' THEN
            undecided := undecided || format('Several kinds of correction are ticked: %s.', array_to_string(ticked, ', '));
        END IF;
        -- "Verified" is said in every other request: it contradicts nothing.
        FOR r IN SELECT q.action, q.content FROM anthology.issue_asked(rows) AS q
                 WHERE q.action <> ALL (ticked || '{verify,metadata}'::text[]) AND NOT ticked && '{metadata}' LOOP
            undecided := undecided || format('The text asks for "%s", which is not ticked: %s',
                r.action, anthology.issue_quote(r.content));
        END LOOP;
    ELSE
        -- Who asks for a merge or a split wants a verified page as a matter of course.
        actions := CASE WHEN asked && '{split,merge,name change}' THEN array_remove(asked, 'verify') ELSE asked END;
        IF actions IS NULL THEN
            undecided := undecided || 'What is to be corrected is neither ticked nor said.'::text;
        ELSE
            sources := sources || jsonb_build_object('actions', named);
            IF cardinality(actions) > 1 THEN
                undecided := undecided || format('Nothing is ticked, and the text asks for several things: %s.',
                    array_to_string(actions, ', '));
            ELSE
                remarks := remarks || format('Nothing is ticked: "%s" is what the text says.', actions[1]);
            END IF;
        END IF;
    END IF;
    actions := ARRAY(SELECT a FROM unnest('{verify,split,merge,name change,metadata}'::text[]) AS a WHERE a = ANY (actions));

    -- ORCID: that of the field, else the one in the text.
    FOR r IN
        SELECT array_agg(DISTINCT o.orcid) FILTER (WHERE o.orcid IS NOT NULL) AS valid,
            array_agg(DISTINCT o.written) FILTER (WHERE o.orcid IS NULL) AS invalid,
            bool_or(o.foreign_to AND o.field <> 'orcid') AS foreign_to,
            o.field = 'orcid' AS asked, min(o.label) AS label, min(anthology.issue_quote(o.content)) AS content
        FROM anthology.issue_orcids(rows) AS o GROUP BY o.field = 'orcid' ORDER BY o.field = 'orcid' DESC
    LOOP
        IF sources ? 'orcid' THEN
            remarks := remarks || format('The text names %s, too: %s', array_to_string(r.valid || r.invalid, ', '), r.content);
            EXIT;
        END IF;
        sources := sources || jsonb_build_object('orcid', jsonb_build_array(jsonb_build_object('from', r.label, 'text', r.content)));
        IF cardinality(r.valid) = 1 AND r.invalid IS NULL AND NOT r.foreign_to THEN
            orcid := r.valid[1];
            IF orcid = '0009-0003-8868-7504' THEN
                orcid := NULL;
                undecided := undecided || 'The ORCID 0009-0003-8868-7504 is the form''s example.'::text;
            ELSIF NOT r.asked THEN
                remarks := remarks || format('The ORCID stands in the text: %s', r.content);
            END IF;
        ELSIF r.invalid IS NOT NULL THEN
            undecided := undecided || format('No valid ORCID: %s. The last digit checks the others.', array_to_string(r.invalid || r.valid, ', '));
        ELSIF r.asked OR cardinality(r.valid) > 1 THEN
            undecided := undecided || format('There are several ORCIDs: %s.', array_to_string(r.valid, ', '));
        ELSE
            undecided := undecided || format('The ORCID %s may be somebody else''s: %s', r.valid[1], r.content);
        END IF;
    END LOOP;
    FOR r IN SELECT f.label, f.content FROM unnest(rows) AS f
             WHERE f.field = 'orcid' AND NOT sources ? 'orcid' AND anthology.issue_value(f.content) IS NOT NULL
                AND f.content !~* 'orcid\.org/?\W*$|^[0x -]+$|0000-0000-0000-0000|xxxx|add orcid' LIMIT 1 LOOP
        sources := sources || jsonb_build_object('orcid', jsonb_build_array(jsonb_build_object('from', r.label, 'text', anthology.issue_quote(r.content))));
        undecided := undecided || format('This is no ORCID: %s', anthology.issue_quote(r.content));
    END LOOP;

    -- Institution.
    SELECT string_agg(l.content, E'\n' ORDER BY l.line) AS content, min(l.label) AS label INTO r
        FROM (SELECT f.line, f.label, string_agg(f.content, ' ') AS content FROM unnest(rows) AS f
              WHERE f.field = 'institution' GROUP BY f.line, f.label) AS l;
    IF anthology.issue_value(r.content) IS NOT NULL THEN
        institution := anthology.issue_institution(r.content);
        sources := sources || jsonb_build_object('institution',
            jsonb_build_array(jsonb_build_object('from', r.label, 'text', anthology.issue_quote(r.content))));
        IF institution IS NULL THEN
            remarks := remarks || format('No institution is named: %s', anthology.issue_quote(r.content));
        END IF;
    END IF;

    -- Pages: those of the field; for a merge, a split or a change of name those of the text, too.
    SELECT jsonb_agg(jsonb_build_object('page', p.page, 'field', p.field, 'from', p.label,
            'text', anthology.issue_quote(p.content), 'into', p.target) ORDER BY p.field = 'title', p.field <> 'pages', p.at, strpos(lower(p.content), p.page))
        INTO named FROM (SELECT DISTINCT ON (g.page, g.field, g.target) g.* FROM anthology.issue_pages(rows) AS g
                         ORDER BY g.page, g.field, g.target, g.at) AS p;
    named := coalesce(named, '[]');
    SELECT array_agg(DISTINCT n ->> 'page') FILTER (WHERE n ->> 'field' = 'pages'
                OR actions && '{split,merge,name change}' AND n ->> 'field' <> 'title') INTO pages
        FROM jsonb_array_elements(named) AS n;
    pages := coalesce(pages, (SELECT array_agg(DISTINCT n ->> 'page') FROM jsonb_array_elements(named) AS n WHERE n ->> 'field' <> 'title'));
    IF pages IS NULL OR title ~* '^\s*author (page|metadata)\s*:' THEN
        SELECT array_agg(DISTINCT n ->> 'page') INTO targets FROM jsonb_array_elements(named) AS n WHERE n ->> 'field' = 'title';
        IF pages IS NULL THEN
            pages := targets;
        ELSIF cardinality(targets) = 1 THEN
            title_page := targets[1];
            IF title_page = pages[1] || '/unverified' AND cardinality(pages) = 1 AND NOT actions && '{merge}' THEN
                -- The button writes the title. Whoever types an address leaves the end away.
                pages := ARRAY[title_page];
                remarks := remarks || format('The title says "%s".', title_page);
            ELSIF NOT pages && ARRAY[title_page, title_page || '/unverified', regexp_replace(title_page, '/unverified$', '')] THEN
                undecided := undecided || format('The title names the page "%s", the form %s.', title_page, array_to_string(pages, ', '));
            END IF;
        END IF;
    END IF;
    FOR r IN SELECT DISTINCT n ->> 'page' AS page, n ->> 'text' AS content FROM jsonb_array_elements(named) AS n
             WHERE n ->> 'page' <> ALL (pages) AND n ->> 'field' <> 'title' AND (n ->> 'page') || '/unverified' <> ALL (pages) LOOP
        undecided := undecided || format('The text names the page "%s", too: %s', r.page, r.content);
    END LOOP;
    SELECT array_agg(DISTINCT n ->> 'page') INTO targets FROM jsonb_array_elements(named) AS n
        WHERE (n ->> 'into')::boolean AND n ->> 'page' = ANY (pages);
    -- In the order in which they are named.
    pages := (SELECT array_agg(o.page ORDER BY o.i) FROM (
        SELECT p.page, min(x.i) AS i FROM unnest(pages) AS p(page) LEFT JOIN jsonb_array_elements(named) WITH ORDINALITY AS x(n, i)
            ON x.n ->> 'page' = p.page GROUP BY p.page) AS o);
    IF NOT EXISTS (SELECT FROM jsonb_array_elements(named) AS n WHERE n ->> 'field' = 'pages') AND pages IS NOT NULL THEN
        remarks := remarks || ARRAY(SELECT format('No page is named in "%s", but: %s', f.label, anthology.issue_quote(f.content))
            FROM unnest(rows) AS f WHERE f.field = 'pages' AND anthology.issue_value(f.content) IS NOT NULL ORDER BY f.line LIMIT 1);
    END IF;
    IF pages IS NULL AND NOT actions && '{metadata}' THEN
        undecided := undecided || anthology.issue_no_page(rows, corpus);
    ELSIF pages IS NOT NULL THEN
        sources := sources || jsonb_build_object('pages', (
            SELECT jsonb_agg(n - 'field' - 'into') FROM jsonb_array_elements(named) AS n WHERE n ->> 'page' = ANY (pages)));
    END IF;

    -- Papers: by id or address, by title, by BibTeX key.
    SELECT jsonb_agg(jsonb_build_object('paper', p.paper, 'from', p.label, 'text', anthology.issue_quote(p.content), 'claim', p.claim)
            ORDER BY p.line) INTO named
        FROM (SELECT DISTINCT ON (g.paper, g.claim) g.* FROM anthology.issue_papers(rows) AS g ORDER BY g.paper, g.claim, g.line) AS p;
    named := coalesce(named, '[]');
    IF data ->> 'anthology_id' ~ '^([.a-z0-9-]+\.[0-9]+|[A-Z][0-9][0-9]-[0-9]+)$' THEN
        named := named || jsonb_build_object('paper', data ->> 'anthology_id', 'from', 'JSON data block',
            'text', data ->> 'anthology_id', 'claim', 'own');
    ELSIF data IS NULL AND (actions && '{split,merge}' OR EXISTS (SELECT FROM unnest(rows) AS f WHERE f.field = 'papers')) THEN
        named := named || anthology.issue_looked_up(rows, pages, corpus);
        undecided := undecided || ARRAY(SELECT format('Which paper is this? %s', anthology.issue_quote(n ->> 'text'))
            FROM jsonb_array_elements(named) AS n WHERE n ->> 'paper' IS NULL);
        named := coalesce((SELECT jsonb_agg(n) FROM jsonb_array_elements(named) AS n WHERE n ->> 'paper' IS NOT NULL), '[]');
    END IF;
    papers := ARRAY(SELECT DISTINCT n ->> 'paper' FROM jsonb_array_elements(named) AS n WHERE n ->> 'claim' = 'own' ORDER BY 1);
    others := ARRAY(SELECT DISTINCT n ->> 'paper' FROM jsonb_array_elements(named) AS n WHERE n ->> 'claim' = 'not own' ORDER BY 1);
    unclear := ARRAY(SELECT DISTINCT n ->> 'text' FROM jsonb_array_elements(named) AS n WHERE n ->> 'claim' = 'unclear' ORDER BY 1);
    IF unclear <> '{}' THEN
        undecided := undecided || (SELECT array_agg('Are the papers the author''s, or are they not? ' || u) FROM unnest(unclear) AS u);
    END IF;
    -- Papers that are to go to a page that is named are its person's.
    IF actions && '{split}' AND papers <> '{}' AND coalesce(cardinality(targets), 0) <> 1 AND NOT EXISTS (
            SELECT FROM anthology.issue_papers(rows) AS p WHERE p.said AND p.claim = 'own' AND p.paper = ANY (papers))
        AND NOT EXISTS (SELECT FROM anthology.issue_titles(rows)) AND NOT EXISTS (SELECT FROM anthology.issue_bibkeys(rows)) THEN
        undecided := undecided || format('Whose the papers are is not said: %s.', array_to_string(papers, ', '));
    END IF;
    IF papers && others THEN
        undecided := undecided || format('The text says both that these papers are the author''s and that they are not: %s.',
            (SELECT string_agg(p, ', ') FROM unnest(papers) AS p WHERE p = ANY (others)));
        SELECT array_agg(p) FILTER (WHERE p <> ALL (others)), (SELECT array_agg(o) FROM unnest(others) AS o WHERE o <> ALL (papers))
            INTO papers, others FROM unnest(papers) AS p;
    END IF;
    papers := nullif(papers, '{}');
    others := nullif(others, '{}');
    IF named <> '[]' THEN
        sources := sources || jsonb_build_object('papers', named);
    END IF;

    -- The rest of the form.
    SELECT p.name, p.label, p.content INTO r FROM anthology.issue_preferred_name(rows) AS p;
    IF r.name IS NOT NULL THEN
        name := r.name;
        sources := sources || jsonb_build_object('preferred_name',
            jsonb_build_array(jsonb_build_object('from', r.label, 'text', anthology.issue_quote(r.content))));
    END IF;
    SELECT f.label, anthology.issue_quote(f.content) AS content, m[1] AS id INTO r
        FROM unnest(rows) AS f LEFT JOIN LATERAL regexp_match(anthology.url_decode(f.content),
            '(~[^\s~&?/#()\[\]<>"'',;|`*]*[^\s\d~&?/#()\[\]<>"'',;|`*]\d+)') AS m ON true
        WHERE f.field = 'openreview' AND anthology.issue_value(f.content) IS NOT NULL
            OR f.field = 'prose' AND f.content ~* 'openreview' AND m IS NOT NULL
        ORDER BY m IS NULL, f.field = 'prose', f.line LIMIT 1;
    IF FOUND THEN
        openreview := r.id;
        sources := sources || jsonb_build_object('openreview', jsonb_build_array(jsonb_build_object('from', r.label, 'text', r.content)));
        IF r.id IS NULL THEN
            remarks := remarks || format('This is no profile of OpenReview: %s', r.content);
        END IF;
    END IF;

    -- What the kinds need.
    IF data IS NOT NULL THEN
        IF data ? 'broken' THEN
            undecided := undecided || 'The JSON is broken: who the authors are to be must be read by a person.'::text;
        ELSE
            pages := ARRAY(SELECT a.person FROM anthology.issue_authors(data) AS a WHERE a.person IS NOT NULL ORDER BY 1);
            undecided := undecided || ARRAY(SELECT CASE a.change
                WHEN 'added' THEN format('"%s" is added to the authors: who that is must be decided.', a.name)
                WHEN 'taken off' THEN format('"%s" is taken off the authors, or named otherwise.', a.former)
                ELSE format('"%s"%s is to be the name on the paper%s: the PDF decides.', a.name,
                    ' instead of "' || a.former || '"', ' of person "' || a.person || '"') END
                FROM anthology.issue_authors(data) AS a);
            IF NOT EXISTS (SELECT FROM anthology.issue_authors(data)) THEN
                undecided := undecided || 'The JSON changes nothing in who the authors are.'::text;
            END IF;
            IF pages <> '{}' THEN
                sources := sources || jsonb_build_object('pages', (SELECT jsonb_agg(jsonb_build_object('page', a.person,
                    'from', 'JSON data block', 'text', a.name)) FROM anthology.issue_authors(data) AS a WHERE a.person IS NOT NULL));
            END IF;
        END IF;
    ELSIF actions && '{metadata}' THEN
        undecided := undecided || 'What is printed on the paper decides: the files must be corrected by a person.'::text;
    END IF;
    remarks := remarks || ARRAY(SELECT f.content FROM unnest(rows) AS f WHERE f.content ~ '\[\d+ characters without a blank are not read\]');
    pages := nullif(pages, '{}');
    IF actions && '{verify}' AND orcid IS NULL AND institution IS NULL THEN
        undecided := undecided || 'Neither ORCID nor institution is given: a verified person needs one.'::text;
    END IF;
    IF actions = '{verify}' AND papers IS NOT NULL AND NOT EXISTS (SELECT FROM unnest(rows) AS f WHERE f.field IN ('prose', 'papers', 'pages')
            AND f.content ~* '\m(only (these|the following|this)( papers?)?|(these|the following|this) (papers?|publications?) only)\M') THEN
        undecided := undecided || format('Papers are named: is it these only that the author wrote? %s', array_to_string(papers, ', '));
    END IF;
    IF actions = '{verify}' AND cardinality(pages) > 1 THEN
        undecided := undecided || format('Which of the pages is to be verified? %s', array_to_string(pages, ', '));
    END IF;
    IF actions && '{split}' AND papers IS NULL THEN
        undecided := undecided || CASE WHEN others IS NULL THEN 'Which papers are the author''s is not said by ids, addresses or titles.'
            ELSE format('Only the papers that are not the author''s are named: %s.', array_to_string(others, ', ')) END;
    ELSIF others IS NOT NULL AND actions <> '{verify}' AND papers IS NULL THEN
        undecided := undecided || format('These papers are excepted: %s.', array_to_string(others, ', '));
    END IF;
    IF actions && '{split}' AND cardinality(pages) > 1 AND (cardinality(pages) > 2 OR coalesce(cardinality(targets), 0) <> 1) THEN
        undecided := undecided || format('From which page to which? %s', array_to_string(pages, ', '));
    END IF;
    IF actions && '{merge}' AND cardinality(pages) = 1 THEN
        undecided := undecided || format('A merge needs two pages. Only "%s" is named.', pages[1]);
    END IF;
    IF actions = '{merge}' AND papers IS NOT NULL THEN
        undecided := undecided || format('Papers are named: is it these only that are to be moved? %s', array_to_string(papers, ', '));
    END IF;
    IF cardinality(targets) > 1 THEN
        undecided := undecided || format('Into which of the pages? %s', array_to_string(targets, ', '));
    END IF;
    IF actions && '{name change}' AND name IS NULL THEN
        undecided := undecided || 'The name that the author has now is not said.'::text;
    END IF;
    IF corpus AND NOT actions && '{metadata}' THEN
        undecided := undecided || ARRAY(SELECT format('There is no page "%s" here.', p) FROM unnest(pages) AS p
            WHERE anthology.page_known(p) IS NULL);
    END IF;
    IF corpus THEN
        undecided := undecided || ARRAY(SELECT format('There is no paper "%s" here.', p) FROM unnest(papers || others) AS p
            WHERE NOT EXISTS (SELECT FROM anthology.paper q WHERE q.id = p));
    END IF;

    RETURN jsonb_strip_nulls(jsonb_build_object('actions', to_jsonb(nullif(actions, '{}')), 'orcid', orcid,
        'institution', institution, 'pages', to_jsonb(pages), 'papers', to_jsonb(papers), 'preferred_name', name,
        'openreview', openreview, 'except_papers', to_jsonb(others),
        'into', CASE WHEN cardinality(targets) = 1 AND actions && '{split,merge}' THEN targets[1] END,
        'name_in_script', (SELECT anthology.issue_value(string_agg(f.content, ' ')) FROM unnest(rows) AS f
                           WHERE f.field = 'script' AND f.label ~* '^author name' AND anthology.issue_value(f.content) IS NOT NULL)))
        || jsonb_build_object('undecided', to_jsonb(undecided), 'remarks', to_jsonb(remarks), 'sources', sources);
END
$$;
COMMENT ON FUNCTION issue_to_request(text, text) IS
    'an issue as people write it, as a request: kinds, ORCID, institution, pages, papers and names, where each was read, and what a person must decide';
