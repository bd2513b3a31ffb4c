-- reading issues: the sentences of an issue and the fields of the form
--
-- An issue is cut into rows, one for each sentence, with the field of the form that
-- it stands in. The functions for each field read these rows. They accept any text
-- and write nothing. The database's locale decides what is a letter, so these
-- functions are STABLE. Patterns name characters beyond ASCII by their numbers,
-- because a database may have another encoding.

CREATE TYPE issue_row AS (line integer, field text, label text, item boolean, content text,
    claim text, listed boolean);
COMMENT ON TYPE issue_row IS
    'a sentence of an issue: its line, the field of the form and its label, whether a list''s '
    'item; what it says of papers, '
    'or the sentence before the list: see issue_claims()';

CREATE FUNCTION anthology_internal.url_decode(address text) RETURNS text
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
        FROM regexp_matches(address, '%[0-9A-Fa-f]{2}|[^%]+|%', 'g') WITH ORDINALITY AS x(m, i)),
            'UTF8');
EXCEPTION
    -- Bytes that are not text stay as they are written.
    WHEN character_not_in_repertoire OR untranslatable_character THEN
        RETURN address;
END
$$;
COMMENT ON FUNCTION anthology_internal.url_decode(text) IS
    'an address with its %XX as characters; as it is if they are no text';

CREATE FUNCTION anthology_internal.issue_text(body text) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    WITH plain AS (
        SELECT regexp_replace(regexp_replace(coalesce(body, ''), '\r\n?', E'\n', 'g'),
            '[\u00AD\u200B-\u200F\u202A-\u202E\u2060\uFEFF]', '', 'g') AS text
    ), decoded AS (
        SELECT replace(replace(replace(replace(replace(replace(replace(text, '&lt;', '<'), '&gt;',
            '>'),
            '&quot;', '"'), '&#39;', ''''), '&apos;', ''''), '&nbsp;', ' '), '&amp;', '&') AS text
                FROM plain
    ), shown AS (
        -- Readers of the issue do not see comments.
        SELECT regexp_replace(regexp_replace(text, '<!--.*?-->', '', 'g'),
            '<br */?>|</?(p|div|li|ul|ol|details|summary)>', E'\n', 'gi') AS text FROM decoded
    )
    SELECT regexp_replace(regexp_replace(text, '[\t\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000]',
        ' ', 'g'),
        '^ *(> ?)+|^ *(```|~~~)[a-z]* *$', '', 'gn') FROM shown
$$;
COMMENT ON FUNCTION anthology_internal.issue_text(text) IS
    'an issue''s text as it is shown: entities, line ends and blanks made even; quotation and '
    'fence marks taken off';

CREATE FUNCTION anthology_internal.issue_field(line text) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    -- The labels of the form in all its wordings since 2024, and what people make of them.
    SELECT CASE WHEN length(line) > 120 OR line = '' THEN NULL ELSE (
        SELECT CASE
            WHEN l ~ '^(the )?(affected )?author page(s|\(s\))?( affected)?( in the anthology)?( '
                'urls?)?$' THEN 'pages'
            WHEN l ~ '^(the )?(author|my)?(''s)? ?orcid( id)?$' THEN 'orcid'
            WHEN l ~ '^((author|my) )?(institution|university)( of (the )?highest.*)?$|^highest '
                'degree( institution)?$' THEN 'institution'
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
COMMENT ON FUNCTION anthology_internal.issue_field(text) IS
    'the field of the author page form that begins with a line, if the line is its label';

CREATE FUNCTION anthology_internal.issue_pieces(sentence text) RETURNS SETOF text
    LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 1
    SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    -- Readers may look at each part of a row again. So rows are short, and cut between words.
    IF length(sentence) <= 1000 THEN
        RETURN NEXT sentence;
    ELSE
        RETURN QUERY
            SELECT string_agg(CASE WHEN length(q.part) <= 1000 THEN q.part
                    ELSE format('[%s characters without a blank are not read]',
                        length(q.part)) END, ' ' ORDER BY q.i, q.j)
            FROM (SELECT x.i, y.j, y.part, sum(least(length(y.part), 50) + length(y.part) % 1000)
                OVER (ORDER BY x.i, y.j) / 1000 AS piece
                  FROM string_to_table(sentence, ' ') WITH ORDINALITY AS x(word, i),
                      regexp_split_to_table(x.word, CASE WHEN length(x.word) > 1000
                          THEN '[,;|()<>"]+' ELSE '\n' END) WITH ORDINALITY AS y(part, j)
                  WHERE y.part <> '') AS q
            GROUP BY q.piece ORDER BY q.piece;
    END IF;
END
$$;
COMMENT ON FUNCTION anthology_internal.issue_pieces(text) IS
    'a sentence, or a long one in pieces that end between words';

CREATE FUNCTION anthology_internal.issue_rows(title text, body text) RETURNS SETOF issue_row
    LANGUAGE sql STABLE PARALLEL SAFE ROWS 50
    SET search_path = pg_catalog, pg_temp
AS $$
    WITH lines AS (
        SELECT n::integer AS n, l, CASE WHEN labelled THEN anthology_internal.issue_field(l) END
            AS field,
            -- "ORCID: 0000-..." on one line.
            CASE WHEN labelled AND m IS NOT NULL AND anthology_internal.issue_field(m[1]) NOT IN
                ('type',
                'confirm', 'script', 'json', 'prose') THEN m END AS said
        FROM string_to_table(regexp_replace(anthology_internal.issue_text(body), ' {2,}', ' ', 'g'),
                             E'\n')
            WITH ORDINALITY AS x(l, n),
            regexp_match(left(l, 1000), '^[-*+ ]*([A-Za-z][A-Za-z'' ]+?)[* ]*:[* ]*([^/ '
                '*].*)$') AS m,
            LATERAL (SELECT left(l, 120) ~* ('page|orcid|institut|university|paper|anthology id|'
                'author|type of|information|correction|degree|'
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
            btrim(anthology_internal.issue_text(title), E' \n') AS whole, 1::bigint AS i
                WHERE title <> ''
        UNION ALL
        SELECT c.n, coalesce(CASE WHEN c.said IS NOT NULL
            THEN anthology_internal.issue_field(c.said[1]) END, s.field, 'prose'),
            coalesce(c.said[1], s.label, 'text'),
            c.l ~ '^ *([-*+\u2022\u00B7]|[(\[]?\d+[.)\]]+)( |$)', btrim(p), i
        FROM counted c LEFT JOIN sections s USING (section),
            -- A sentence ends before a blank. "but" begins a contrary statement.
            regexp_split_to_table(coalesce(c.said[2],
                regexp_replace(c.l, '^ *([-*+\u2022\u00B7]|[(\[]?\d+[.)\]]+) +', '')),
                '(?<=[.!?;\u3002\uFF1B]) +|, *(?=(but|while|whereas|however)\M)')
                    WITH ORDINALITY AS x(p, i)
        WHERE c.field IS NULL AND btrim(p) <> '') AS r,
        LATERAL (SELECT r.whole, 1::bigint WHERE length(r.whole) <= 1000
            UNION ALL SELECT p, j FROM anthology_internal.issue_pieces(r.whole) WITH ORDINALITY
                AS q(p, j)
                WHERE length(r.whole) > 1000) AS y(content, j)
    ORDER BY line, i, j
$$;
COMMENT ON FUNCTION anthology_internal.issue_rows(text, text) IS
    'the sentences of an issue, each with the field of the form that it stands in; line 0 is '
    'the title';

CREATE FUNCTION anthology_internal.issue_value(content text) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    -- People who have nothing to say leave or type this in a field.
    -- What is longer than an issue can be (65536 characters) says something.
    SELECT CASE WHEN octet_length(content) > 262144 THEN content
        WHEN length(v) > 200 OR v !~* ('^(no response|none|nil|null|no|n\.? ?/? ?a\.?|'
        'not (applicable|available|sure)|'
            || 'unknown|tbd|same|empty|nothing|[-.?/x\u2013\u2014]*|\u65E0|\u6CA1\u6709|'
            || '(-|<|\[|\{)* *(add|provide|enter|insert|replace|paste|your)\M.*(here|name|'
                'orcid)? *(-|>|\]|\})+|'
            || '(ex|e\.g)\.? .*)$')
        THEN nullif(btrim(content), '') END
    FROM btrim(content, E' \n*_`"''.()') AS v
$$;
COMMENT ON FUNCTION anthology_internal.issue_value(text) IS
    'a field''s text; NULL if it is empty, a placeholder, "none", "NA" or the like';

CREATE FUNCTION anthology_internal.issue_quote(content text) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT CASE WHEN length(content) > 200 THEN left(content, 197) || '...' ELSE content END
$$;
COMMENT ON FUNCTION anthology_internal.issue_quote(text) IS
    'a text as it is quoted: of a long one the beginning';

CREATE FUNCTION anthology_internal.issue_ticked(rows issue_row[])
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
        regexp_match(r.content, '^(?:[-*+] *)?\[ *(x|X|v|V|y|\u2713|\u2714|\u2611|\u2705|\*|'
            ') *\](.*)$') AS m,
        btrim(m[2], ' *_') AS o
    WHERE m IS NOT NULL AND length(r.content) < 300
        AND (r.field = 'type' OR r.field NOT IN ('confirm', 'script'))
$$;
COMMENT ON FUNCTION anthology_internal.issue_ticked(issue_row[]) IS
    'the options of the form that an issue has, ticked or not';

CREATE FUNCTION anthology_internal.issue_asked(rows issue_row[])
    RETURNS TABLE (action text, label text, content text)
    LANGUAGE sql STABLE PARALLEL SAFE ROWS 4
    SET search_path = pg_catalog, pg_temp
AS $$
    -- The first sentence that asks for it. A sentence that denies it does not count.
    SELECT DISTINCT ON (w.action) w.action, r.label, r.content
    FROM unnest(rows) AS r, (VALUES
        ('verify', '\m(verif(y|ied|ication)|(add|link|attach|include|associate|connect)(ing|'
            'ed)? [^.]*\morcid|'
            '\u8BA4\u8BC1|\u9A8C\u8BC1)'),
        ('split', '\m(split(s|ting)?|disambiguat(e|ed|es|ing|ion)|separat(ed|ing|ion|e (the|these|'
            'those|my|them|out|into|from))|conflat(e|es|ed|ing)|'
            'mix(es|ed)( up)?|'
            '(not|n''t|never) (belong to me|mine|my (own )?(papers?|works?|publications?|'
            'articles?)|(written|authored) by me|by me)|'
            'belongs? to (an|some)?(other|one)|(an)?other (person|people|author|researcher)s?|'
            '(someone|somebody) else|different (people|persons?|authors?|researchers?|'
            'individuals?)|'
            'same name|(wrong|incorrect) (author|page|profile|person)|(incorrectly|wrongly|'
            'mistakenly|erroneously) (assigned|attributed|listed|linked|added|associated))\M'
            '|\u540C\u540D|\u62C6\u5206'),
        ('merge', '\m(merg(e|es|ed|ing)|combin(e|ed|ing)|unif(y|ied)|consolidat(e|ed|ing)|'
            'duplicated?|'
            '(two|three|four|several|multiple|many|different) (\w+ )?(author )?(pages|profiles|'
            'accounts|spellings)|'
            'same (person|author|individual)|both (pages|profiles))\M|\u5408\u5E76'),
        ('name change', '\m((name|surname) changes?|chang(e|ed|ing) (of )?(my|her|his|'
            'their) (\w+ )?(name|surname)|'
            '(former|previous|maiden|birth|dead|married|new) ?name|formerly (known|published)|'
            '(previously|earlier) (known|published) (as|under)|now (known as|publish under)|'
            'got married|\u6539\u540D)\M')
        ) AS w(action, pattern)
    WHERE r.field IN ('title', 'pages', 'papers', 'prose') AND r.content ~* w.pattern
        AND r.content !~ '^(- *)?\[.?\]'
        -- "Others' papers are merged into my page" is what is wrong.
        AND NOT (w.action = 'merge' AND r.content ~* '\m(are|is|was|were|been|being|got|gets?|has|'
            'have)( \w+){0,3} (merged|combined)\M'
            AND r.content !~* '\m(please|could|can|would|should|like|want|wish|need|ask|request|'
                'to be)\M')
        AND r.content !~* ('\m(not|n''t|no need to|without|never|nor) ((want|wish|need|ask|asking|'
            'requesting|ha(ve|s)|am|is|are) )?'
            || '(to |for |a |any )*(be )?(merg|split|verif|chang|combin|disambig|name change|'
                'separat)|'
            || '\m(no|nothing|none) (\w+ ){0,3}(merge|split|change|papers?|others?|else|'
                'duplicates?|different)\M')
    ORDER BY w.action, r.line
$$;
COMMENT ON FUNCTION anthology_internal.issue_asked(issue_row[]) IS
    'the kinds of correction that an issue''s prose asks for, with the first sentence that does';

CREATE FUNCTION anthology_internal.issue_orcids(rows issue_row[])
    RETURNS TABLE (field text, label text, content text, written text, orcid text,
        foreign_to boolean)
    LANGUAGE sql STABLE PARALLEL SAFE ROWS 1
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT r.field, r.label, r.content, m[1], anthology.orcid_normalize(replace(m[1], ' ', '')),
        -- Whether the sentence says that it is somebody else's.
        r.content ~* ('\m(not (me|mine|my)|(an)?other|different|wrong(ly)?|incorrect(ly)?|someone|'
            'somebody|'
            || 'belongs? to|his|her|their|instead)\M')
    FROM unnest(rows) AS r,
        regexp_matches(regexp_replace(r.content, ' ?[\u2010-\u2015\u2212\uFF0D] ?', '-', 'g'),
            '\m(\d{4}[- ]?\d{4}[- ]?\d{4}[- ]?\d{3}[0-9Xx])\M', 'g') AS m
    WHERE r.content ~ '\d{3}' AND r.field <> 'json' AND m[1] !~ '^[0 -]+$'
$$;
COMMENT ON FUNCTION anthology_internal.issue_orcids(issue_row[]) IS
    'what looks like an ORCID in an issue; NULL where the check digit is wrong; whether a '
    'sentence says it is not the author''s';

CREATE FUNCTION anthology_internal.issue_institution(content text) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    -- The form asks for "University (address)"; people add the degree and the year.
    SELECT nullif(btrim(regexp_replace(string_agg(p, ', ' ORDER BY i), ' +', ' ', 'g'), ' ,;-*'),
        '')
    FROM (SELECT i, btrim(p, ' ,;:-*') AS p
        FROM regexp_split_to_table(regexp_replace(regexp_replace(left(content, 2000),
              '\[([^\]]*)\]\([^)]*\)', '\1', 'g'),
              '[(<]? *\m(https?://|www\.)[^\s)>]*[)>]?|\( *\)', ' ', 'gi'), '[\n,;]|\(|\)')
                  WITH ORDINALITY AS x(p, i)) AS parts
    WHERE p <> '' AND p !~ '^(19|20)\d\d( *- *((19|20)\d\d|present))?$'
        AND p !~* ('^(ph\.? ?d|d\.? ?phil|dr|m\.? ?phil|m\.? ?sc|m\.? ?s|m\.? ?a|m\.? ?eng|'
            'm\.? ?tech|b\.? ?sc|b\.? ?s|b\.? ?a|'
            || 'b\.? ?eng|b\.? ?tech|(doctor|master|bachelor)(''?s|ate|'
                'al)?( degree)?( of \w+( \w+)?)?)'
            || '\.?( *(student|candidate|degree|program(me)?|thesis))?( +in .*)?( *(19|20)\d\d)?$')
        AND p !~* '^(expected|anticipated|ongoing|current(ly)?|graduated|completed)( *(19|'
            '20)\d\d)?$'
$$;
COMMENT ON FUNCTION anthology_internal.issue_institution(text) IS
    'the institution in what was written for it: without addresses, degrees and years; NULL if '
    'nothing else is there';

CREATE FUNCTION anthology_internal.issue_name(content text) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT nullif(CASE WHEN n ~ '^[^,]+,[^,]+$' AND n !~* ',\s*(jr|sr|ph\.?d|i+|iv)\.?$'
        THEN regexp_replace(n, '^([^,]+),\s*([^,]+)$', '\2 \1') ELSE n END, '')
    FROM (SELECT btrim(regexp_replace(regexp_replace(left(content, 200),
        '[*`"{}\u201C\u201D]|\(.*\)', '', 'g'),
        '\s+', ' ', 'g'), ' .,;:_')) AS x(n)
$$;
COMMENT ON FUNCTION anthology_internal.issue_name(text) IS
    'a name in what was written for it, "Last, First" as '
    '"First Last"';

CREATE FUNCTION anthology_internal.issue_preferred_name(rows issue_row[], OUT name text,
                                                        OUT label text,
    OUT content text)
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    -- A name in prose is what begins with capitals: it ends where another word begins.
    SELECT c.name, c.label, c.content FROM (
        SELECT 1 AS i, r.line, anthology_internal.issue_name(r.content) AS name, r.label, r.content
            FROM unnest(rows) AS r
            WHERE r.field = 'preferred' AND anthology_internal.issue_value(r.content) IS NOT NULL
        UNION ALL
        SELECT 2, r.line, anthology_internal.issue_name(m[1]), r.label, r.content
            FROM unnest(rows) AS r, regexp_match(r.content,
                '\mpreferred (?:author )?name(?: is|:)+ *(.+)$', 'i') AS m
            WHERE r.field IN ('prose', 'pages') AND anthology_internal.issue_value(m[1]) IS NOT NULL
        UNION ALL
        SELECT 3, r.line, anthology_internal.issue_name(m[1] || ' ' || m2[1]), r.label, r.content
            || ' / '
            || r.next
            FROM (SELECT f.*, lead(f.content) OVER (ORDER BY i) AS next FROM unnest(rows)
                WITH ORDINALITY AS f(line, field, label, item, content, claim, listed, i)) AS r,
                regexp_match(r.content, '^(?:first|given)(?: and middle)? ?names?(?:\(s\))?: '
                    '*(.+)$', 'i') AS m,
                regexp_match(r.next, '^(?:last|family|sur) ?names?: *(.+)$', 'i') AS m2
            WHERE m IS NOT NULL AND m2 IS NOT NULL AND r.field = 'prose'
        UNION ALL
        SELECT 4, r.line, anthology_internal.issue_name(m[1]), r.label, r.content
            FROM unnest(rows) AS r, regexp_match(regexp_replace(r.content, '["*`\u201C\u201D]', '',
                'g'),
                '\m(?:changed? (?:my|her|his|their) (?:\w+ )?name (?:from .*)?to|'
                || '[Uu]nder (?:my|the|her|his|their) (?:full |new |current )*name|'
                || '(?:prefer(?:red)?|canonical|current|new|correct) (?:\w+ )?name(?: is| should '
                    'be|:)) '
                || '([^a-z\d\s:(][^\s,.]*(?:[ ,]+(?:[^a-z\d\s(][^\s,]*|de|da|del|der|den|van|von|'
                    'bin|al|el|la))+)') AS m
            WHERE r.field IN ('prose', 'title')
                -- "I published under the name" is another matter.
                AND (r.content !~ '[Uu]nder ' OR r.content ~* '\m(merg|group|combin|keep|list|'
                    'show|unif|collect)')
    ) AS c WHERE c.name IS NOT NULL ORDER BY i, line LIMIT 1
$$;
COMMENT ON FUNCTION anthology_internal.issue_preferred_name(issue_row[]) IS
    'the name that the author prefers, and where it was read';

CREATE FUNCTION anthology_internal.issue_metadata(body text) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    written text;
    data jsonb;
BEGIN
    IF anthology_internal.issue_text(body) !~ '"anthology_id"\s*:' THEN
        RETURN NULL;
    END IF;
    FOREACH written IN ARRAY ARRAY[body, anthology_internal.issue_text(body)] LOOP
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
            'anthology_id', substring(anthology_internal.issue_text(body)
                FROM '"anthology_id"\s*:\s*"([.A-Za-z0-9-]+)"'));
    END IF;
    RETURN data;
END
$$;
COMMENT ON FUNCTION anthology_internal.issue_metadata(text) IS
    'the JSON of the "Fix data" dialog in an issue, NULL if it has none; of a broken one the paper';

CREATE FUNCTION anthology_internal.issue_authors(data jsonb)
    RETURNS TABLE (name text, former text, person text, change text)
    LANGUAGE sql STABLE PARALLEL SAFE ROWS 5
    SET search_path = pg_catalog, pg_temp
AS $$
    -- Two blanks part "First  Last"; a comma parts "Last, First".
    WITH new AS (
        SELECT i, concat_ws(', ', btrim(a ->> 'last'), nullif(btrim(a ->> 'first'), '')) AS name,
            a ->> 'id' AS person
        FROM jsonb_array_elements(CASE WHEN jsonb_typeof(data -> 'authors') = 'array'
            THEN data -> 'authors' ELSE '[]' END)
            WITH ORDINALITY AS x(a, i)
        WHERE jsonb_typeof(a) = 'object'
    ), old AS (
        SELECT i, regexp_replace(btrim(o), '^(.*?) {2,}(.*)$', '\2, \1') AS name
        FROM regexp_split_to_table(coalesce(data ->> 'authors_old', ''), '\|')
            WITH ORDINALITY AS x(o, i)
        WHERE btrim(o) <> ''
    ), gone AS (
        SELECT o.*, row_number() OVER (ORDER BY o.i) AS n FROM old o
            WHERE o.name NOT IN (SELECT n.name FROM new n)
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
COMMENT ON FUNCTION anthology_internal.issue_authors(jsonb) IS
    'what the JSON of the "Fix data" dialog changes in who the authors of a paper are';

CREATE FUNCTION anthology_internal.issue_corpus() RETURNS boolean
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    relation text;
BEGIN
    FOREACH relation IN ARRAY ARRAY['paper', 'person', 'person_name', 'authorship', 'reassignment',
        'term_statistics'] LOOP
        IF to_regclass('anthology.' || relation) IS NULL
            OR NOT has_table_privilege('anthology.' || relation, 'SELECT') THEN
            RETURN false;
        END IF;
    END LOOP;
    RETURN EXISTS (SELECT FROM anthology.paper);
END
$$;
COMMENT ON FUNCTION anthology_internal.issue_corpus() IS
    'whether there is a corpus here, and the caller may read it, in which to look up what an '
    'issue names';
