-- bibtex, mods, endnote: citations as the Anthology publishes them (extension/citations.c)

CREATE FUNCTION bibtex_text(markup text) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 50
    AS 'MODULE_PATHNAME', 'anthology_bibtex_text_sql';
COMMENT ON FUNCTION bibtex_text(text) IS
    'text in the Anthology''s markup as TeX: <fixed-case> in braces, styles and links as '
    'commands, what stands for a character in braces';

CREATE FUNCTION anthology_internal.bibtex_plain(plain text) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 50
    AS 'MODULE_PATHNAME', 'anthology_bibtex_plain_sql';
COMMENT ON FUNCTION anthology_internal.bibtex_plain(text) IS
    'plain text, a name for one, as TeX: what stands for a character in braces';

CREATE FUNCTION anthology_internal.bibtex_value(tex text) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 10
    AS 'MODULE_PATHNAME', 'anthology_bibtex_value_sql';
COMMENT ON FUNCTION anthology_internal.bibtex_value(text) IS
    'TeX as the value of a BibTeX field: between quotes, or braces if it has a quote; braces that '
    'do not balance are written by name';

CREATE FUNCTION anthology_internal.xml_text(plain text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
    -- Characters that XML forbids are removed.
    SELECT replace(replace(replace(regexp_replace(plain, '[\x01-\x08\x0B\x0C\x0E-\x1F]', '', 'g'),
        '&', '&amp;'), '<', '&lt;'), '>', '&gt;')
$$;
COMMENT ON FUNCTION anthology_internal.xml_text(text) IS 'text as the content of an XML element';

CREATE TYPE citation AS (
    key text, kind text, title text, journal text, journal_volume text, journal_issue text,
    booktitle text, month text, year integer, address text, publisher text, note text, url text,
    doi text, first_page text, last_page text, language text, isbn text, abstract text,
    authors text[], editors text[]
);
COMMENT ON TYPE citation IS
    'what there is to cite of a paper or volume; authors and editors are "last" and "first" by '
    'turns, titles in markup';

CREATE FUNCTION anthology_internal.citation_of(id text) RETURNS citation
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    p anthology.paper;
    v anthology.volume;
    c anthology.citation;
    is_volume boolean;
    edited text;
BEGIN
    SELECT q.* INTO p FROM anthology.paper q WHERE q.id = id;
    IF NOT FOUND THEN
        SELECT q.* INTO p FROM anthology.paper q WHERE q.volume_id = id AND q.number = 0;
    END IF;
    SELECT q.* INTO v FROM anthology.volume q WHERE q.id = coalesce(p.volume_id, id);
    IF p.id IS NULL AND v.id IS NULL THEN
        RAISE EXCEPTION 'there is no paper or volume "%"', id
            USING ERRCODE = 'undefined_object';
    END IF;
    is_volume := p.id IS NULL OR p.number = 0 AND p.volume_id IS NOT NULL;
    -- A paper's own editors take the place of the volume's.
    edited := CASE WHEN is_volume OR EXISTS (
                  SELECT FROM anthology.authorship a WHERE a.paper_id = p.id AND a.role = 'editor')
              THEN p.id
              ELSE (SELECT q.id FROM anthology.paper q WHERE q.volume_id = v.id
                  AND q.number = 0) END;

    c.key := coalesce(p.bibkey, CASE WHEN is_volume THEN v.id ELSE p.id END);
    c.kind := CASE WHEN v.id IS NULL THEN 'misc'
              WHEN v.type = 'journal' THEN CASE WHEN is_volume THEN 'book' ELSE 'article' END
              WHEN is_volume THEN 'proceedings' ELSE 'inproceedings' END;
    c.title := CASE WHEN is_volume THEN v.title ELSE p.title END;
    IF v.type = 'journal' AND NOT is_volume THEN
        -- Most journals are named by their venue.
        c.journal := coalesce(p.journal, v.journal_title,
            (SELECT w.name FROM anthology.venue w WHERE w.id = v.venue_ids[1]),
            anthology.abstract_plain(v.title));
        c.journal_volume := v.journal_volume;
        c.journal_issue := coalesce(p.issue, v.journal_issue);
    ELSIF NOT is_volume THEN
        c.booktitle := v.title;
    END IF;
    c.month := coalesce(p.month, v.month);
    c.year := coalesce(p.year, v.year);
    c.address := v.address;
    c.publisher := v.publisher;
    c.note := p.note;
    -- A volume's entry is its frontmatter's, where it has one.
    c.url := 'https://aclanthology.org/' || coalesce(p.id, v.id) || '/';
    c.doi := CASE WHEN is_volume THEN coalesce(p.doi, v.doi) ELSE p.doi END;
    c.first_page := (regexp_match(p.pages, '^(.*?)\s*(?:-+|–)\s*(.*)$'))[1];
    c.last_page := (regexp_match(p.pages, '^(.*?)\s*(?:-+|–)\s*(.*)$'))[2];
    c.first_page := coalesce(c.first_page, p.pages);
    c.isbn := v.isbn;
    c.language := p.language;
    c.abstract := CASE WHEN NOT is_volume THEN p.abstract END;
    c.authors := ARRAY(
        SELECT n.part FROM anthology.authorship a
            -- A former name is cited as the present one.
            LEFT JOIN anthology.person_name h ON h.person_id = a.person_id AND h.hidden
                AND h.first = a.first AND h.last = a.last
            LEFT JOIN anthology.person_name s ON s.person_id = h.person_id AND s."position" = 1,
            unnest(ARRAY[coalesce(s.last, a.last), coalesce(s.first, a.first)])
                WITH ORDINALITY AS n(part, i)
        WHERE a.paper_id = p.id AND a.role IN ('author', 'speaker') AND NOT is_volume
        ORDER BY a."position", n.i);
    c.editors := ARRAY(
        SELECT n.part FROM anthology.authorship a
            -- A former name is cited as the present one.
            LEFT JOIN anthology.person_name h ON h.person_id = a.person_id AND h.hidden
                AND h.first = a.first AND h.last = a.last
            LEFT JOIN anthology.person_name s ON s.person_id = h.person_id AND s."position" = 1,
            unnest(ARRAY[coalesce(s.last, a.last), coalesce(s.first, a.first)])
                WITH ORDINALITY AS n(part, i)
        WHERE a.paper_id = edited AND a.role = 'editor'
        ORDER BY a."position", n.i);
    RETURN c;
END
$$;
COMMENT ON FUNCTION anthology_internal.citation_of(text) IS
    'what there is to cite of a paper, or of a volume by its id or its frontmatter''s';

CREATE FUNCTION anthology_internal.bibtex_names(names text[]) RETURNS text
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT string_agg(anthology_internal.bibtex_plain(names[i])
            || CASE WHEN names[i + 1] <> '' THEN ', '
                || anthology_internal.bibtex_plain(names[i + 1])
                ELSE '' END,
        E'  and\n      ' ORDER BY i)
    FROM generate_series(1, cardinality(names), 2) AS i
$$;
COMMENT ON FUNCTION anthology_internal.bibtex_names(text[]) IS
    'last and first names by turns as the value of a '
    'BibTeX field';

CREATE FUNCTION anthology_internal.bibtex_month(month text) RETURNS text
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    names constant text := 'january|february|march|april|may|june|july|august|september|october|'
        'november|december';
    macros constant text[] := '{jan,feb,mar,apr,may,jun,jul,aug,sep,oct,nov,dec}';
    value text := '';
    piece text;
    rest text := lower(month);
BEGIN
    IF rest = ANY (macros) THEN
        RETURN rest;
    ELSIF rest ~ '^\d{1,2}$' AND rest::integer BETWEEN 1 AND 12 THEN
        RETURN macros[rest::integer];
    END IF;
    -- June is jun, and "May 2 - June 1" may # " 2 - " # jun # " 1".
    WHILE rest <> '' LOOP
        piece := substring(rest FROM '^(?:' || names || ')\M');
        IF piece IS NOT NULL THEN
            value := value || CASE WHEN value = '' THEN '' ELSE ' # ' END || left(piece, 3);
        ELSE
            piece := regexp_replace(rest, '\m(?:' || names || ')\M.*$', '');
            value := value || CASE WHEN value = '' THEN '' ELSE ' # ' END
                || CASE WHEN piece ~ '[{}"\\]' THEN '{' || anthology_internal.bibtex_plain(piece)
                    || '}'
                        ELSE '"' || piece || '"' END;
        END IF;
        rest := substr(rest, length(piece) + 1);
    END LOOP;
    RETURN nullif(value, '');
END
$$;
COMMENT ON FUNCTION anthology_internal.bibtex_month(text) IS
    'a month, or a span of days, with the macros of BibTeX';

CREATE FUNCTION bibtex(id text, with_abstract boolean) RETURNS text
    LANGUAGE plpgsql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    c anthology.citation := anthology_internal.citation_of(id);
BEGIN
    RETURN '@' || c.kind || '{' || c.key || concat(
        E',\n    title = ' || anthology_internal.bibtex_value(nullif(anthology.bibtex_text(c.title),
                                                                     '')),
        E',\n    author = '
            || anthology_internal.bibtex_value(anthology_internal.bibtex_names(c.authors)),
        E',\n    editor = '
            || anthology_internal.bibtex_value(anthology_internal.bibtex_names(c.editors)),
        E',\n    journal = '
            || anthology_internal.bibtex_value(nullif(anthology_internal.bibtex_plain(c.journal),
            '')),
        E',\n    volume = ' || anthology_internal.bibtex_value(nullif(c.journal_volume, '')),
        E',\n    number = ' || anthology_internal.bibtex_value(nullif(c.journal_issue, '')),
        E',\n    booktitle = '
            || anthology_internal.bibtex_value(nullif(anthology.bibtex_text(c.booktitle),
            '')),
        E',\n    month = ' || anthology_internal.bibtex_month(c.month),
        E',\n    year = ' || anthology_internal.bibtex_value(c.year::text),
        E',\n    address = '
            || anthology_internal.bibtex_value(nullif(anthology_internal.bibtex_plain(c.address),
            '')),
        E',\n    publisher = '
            || anthology_internal.bibtex_value(nullif(anthology_internal.bibtex_plain(c.publisher),
                                                      '')),
        E',\n    note = '
            || anthology_internal.bibtex_value(nullif(anthology_internal.bibtex_plain(c.note), '')),
        E',\n    url = ' || anthology_internal.bibtex_value(c.url),
        E',\n    doi = ' || anthology_internal.bibtex_value(nullif(c.doi, '')),
        E',\n    pages = '
            || anthology_internal.bibtex_value(nullif(concat_ws('--', c.first_page, c.last_page),
                                                      '')),
        E',\n    language = ' || anthology_internal.bibtex_value(nullif(c.language, '')),
        E',\n    ISBN = ' || anthology_internal.bibtex_value(nullif(c.isbn, '')),
        CASE WHEN with_abstract THEN
            E',\n    abstract = '
                || anthology_internal.bibtex_value(nullif(anthology.bibtex_text(c.abstract),
                                                          '')) END)
        || E'\n}';
END
$$;
COMMENT ON FUNCTION bibtex(text, boolean) IS
    'the BibTeX entry of a paper, or of a volume, as the Anthology publishes it; with the '
    'abstract if asked for';

CREATE FUNCTION bibtex(id text) RETURNS text
    LANGUAGE sql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT anthology.bibtex(id, false)
$$;
COMMENT ON FUNCTION bibtex(text) IS
    'the BibTeX entry of a paper, or of a volume, as the Anthology publishes it';

CREATE FUNCTION anthology_internal.mods_names(names text[], role text, indent text) RETURNS text
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT string_agg(indent || '<name type="personal">' || E'\n'
        || CASE WHEN names[i + 1] <> '' THEN indent || '    <namePart type="given">'
                || anthology_internal.xml_text(names[i + 1]) || E'</namePart>\n' ELSE '' END
        || indent || '    <namePart type="family">' || anthology_internal.xml_text(names[i])
            || E'</namePart>\n'
        || indent || E'    <role>\n'
        || indent || '        <roleTerm authority="marcrelator" type="text">' || role
            || E'</roleTerm>\n'
        || indent || E'    </role>\n'
        || indent || E'</name>\n', '' ORDER BY i)
    FROM generate_series(1, cardinality(names), 2) AS i
$$;
COMMENT ON FUNCTION anthology_internal.mods_names(text[], text, text) IS
    'last and first names by turns as elements '
    'of MODS';

CREATE FUNCTION anthology_internal.month_number(month text) RETURNS text
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    SELECT CASE WHEN month ~ '^\d{1,2}$' THEN lpad(month, 2, '0')
        ELSE lpad(array_position(ARRAY['January', 'February', 'March', 'April', 'May', 'June',
            'July',
            'August', 'September', 'October', 'November', 'December'],
            initcap(substring(lower(month) FROM
                'january|february|march|april|may|june|july|august|september|october|november|'
                'december')))::text,
            2, '0') END
$$;
COMMENT ON FUNCTION anthology_internal.month_number(text) IS
    'the first month named in a text, as two digits';

CREATE FUNCTION mods(id text) RETURNS text
    LANGUAGE plpgsql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    c anthology.citation := anthology_internal.citation_of(id);
    dated text := c.year::text || coalesce('-' || anthology_internal.month_number(c.month), '');
    is_volume constant boolean := c.kind IN ('proceedings', 'book');
    origin text := coalesce(E'<publisher>' || anthology_internal.xml_text(c.publisher)
                            || '</publisher>',
        '');
    place text :=
        coalesce('<place><placeTerm type="text">' || anthology_internal.xml_text(c.address)
        || '</placeTerm></place>', '');
    genre text := CASE c.kind WHEN 'article' THEN 'journal article' WHEN 'book' THEN 'book'
        WHEN 'misc' THEN 'other' ELSE 'conference publication' END;
    -- The schema requires content in <originInfo>, and an ID that is an XML name.
    own_origin constant text :=
        CASE WHEN is_volume AND origin <> '' THEN '        ' || origin || E'\n' ELSE '' END
        || CASE WHEN is_volume AND place <> '' THEN '        ' || place || E'\n' ELSE '' END
        || coalesce('        <dateIssued>' || dated || E'</dateIssued>\n', '');
    host_origin constant text :=
        CASE WHEN origin <> '' THEN '            ' || origin || E'\n' ELSE '' END
        || CASE WHEN place <> '' THEN '            ' || place || E'\n' ELSE '' END
        || CASE WHEN c.kind = 'article' THEN E'            <issuance>continuing</issuance>\n'
            ELSE '' END;
    xml_id constant text := regexp_replace(
        regexp_replace(c.key, '[^A-Za-z0-9._-]', '_', 'g'), '^(?=[^A-Za-z_])', '_');
    text_ text;
BEGIN
    text_ := E'<?xml version="1.0" encoding="UTF-8"?>\n<modsCollection '
        'xmlns="http://www.loc.gov/mods/v3">\n'
        || '<mods ID="' || xml_id || E'">\n'
        || E'    <titleInfo>\n        <title>'
            || anthology_internal.xml_text(coalesce(anthology.abstract_plain(c.title), ''))
        || E'</title>\n    </titleInfo>\n'
        || coalesce(anthology_internal.mods_names(c.authors, 'author', '    '), '')
        || CASE WHEN is_volume THEN coalesce(anthology_internal.mods_names(c.editors, 'editor',
                                                                           '    '), '')
            ELSE '' END
        || CASE WHEN own_origin <> '' THEN E'    <originInfo>\n' || own_origin
            || E'    </originInfo>\n' ELSE '' END
        || E'    <typeOfResource>text</typeOfResource>\n'
        || coalesce('    <language><languageTerm type="text">'
                    || anthology_internal.xml_text(c.language)
            || E'</languageTerm></language>\n', '');
    IF is_volume THEN
        text_ := text_ || '    <genre authority="marcgt">' || genre || E'</genre>\n'
            || coalesce('    <identifier type="isbn">' || anthology_internal.xml_text(c.isbn)
                || E'</identifier>\n', '');
    ELSIF c.kind <> 'misc' THEN
        text_ := text_ || E'    <relatedItem type="host">\n        <titleInfo>\n            <title>'
            || anthology_internal.xml_text(coalesce(anthology.abstract_plain(coalesce(c.journal,
                c.booktitle)), ''))
            || E'</title>\n        </titleInfo>\n'
            || coalesce(anthology_internal.mods_names(c.editors, 'editor', '        '), '')
            || CASE WHEN host_origin <> '' THEN E'        <originInfo>\n' || host_origin
                || E'        </originInfo>\n' ELSE '' END
            || E'        <genre authority="marcgt">' || genre || E'</genre>\n'
            || coalesce('        <identifier type="isbn">' || anthology_internal.xml_text(c.isbn)
                || E'</identifier>\n', '')
            || E'    </relatedItem>\n';
    END IF;
    text_ := text_
        || coalesce('    <abstract>'
                    || anthology_internal.xml_text(anthology.abstract_plain(c.abstract))
            || E'</abstract>\n', '')
        || coalesce('    <note>' || anthology_internal.xml_text(anthology.abstract_plain(c.note))
            || E'</note>\n', '')
        || '    <identifier type="citekey">' || anthology_internal.xml_text(c.key)
            || E'</identifier>\n'
        || coalesce('    <identifier type="doi">' || anthology_internal.xml_text(c.doi)
            || E'</identifier>\n', '')
        || E'    <location>\n        <url>' || anthology_internal.xml_text(c.url)
            || E'</url>\n    </location>\n'
        || E'    <part>\n'
        || coalesce('        <detail type="volume"><number>'
            || anthology_internal.xml_text(c.journal_volume) || E'</number></detail>\n', '')
        || coalesce('        <detail type="issue"><number>'
                    || anthology_internal.xml_text(c.journal_issue)
            || E'</number></detail>\n', '')
        || coalesce(E'        <extent unit="page">\n            <start>'
            || anthology_internal.xml_text(c.first_page) || E'</start>\n            <end>'
            || anthology_internal.xml_text(coalesce(c.last_page, c.first_page))
                || E'</end>\n        </extent>\n', '')
        || coalesce('        <date>' || dated || E'</date>\n', '')
        || E'    </part>\n</mods>\n</modsCollection>\n';
    RETURN text_;
END
$$;
COMMENT ON FUNCTION mods(text) IS
    'the MODS record of a paper, or of a volume';

CREATE FUNCTION endnote(id text) RETURNS text
    LANGUAGE plpgsql STABLE STRICT
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    c anthology.citation := anthology_internal.citation_of(id);
    is_volume constant boolean := c.kind IN ('proceedings', 'book');
BEGIN
    RETURN (
        SELECT string_agg(t.tag || ' ' || regexp_replace(t.value, '\s+', ' ', 'g'), E'\n'
            ORDER BY t.n, t.i)
        FROM (
            SELECT f.n, 0 AS i, f.tag, f.value FROM (VALUES
                (1, '%0', CASE c.kind WHEN 'article' THEN 'Journal Article' WHEN 'book' THEN 'Book'
                    WHEN 'misc' THEN 'Generic' ELSE 'Conference Proceedings' END),
                (2, '%T', anthology.abstract_plain(c.title)),
                (5, CASE WHEN c.kind = 'article' THEN '%J' ELSE '%S' END,
                    anthology.abstract_plain(coalesce(c.journal, c.booktitle))),
                (6, '%D', c.year::text),
                (7, '%8', c.month),
                (8, '%V', c.journal_volume),
                (9, '%N', c.journal_issue),
                (10, '%I', c.publisher),
                (11, '%C', c.address),
                (12, '%@', c.isbn),
                (13, '%G', c.language),
                (14, '%F', c.key),
                (15, '%X', anthology.abstract_plain(c.abstract)),
                (16, '%R', c.doi),
                (17, '%U', c.url),
                (18, '%U', 'https://doi.org/' || c.doi),
                (19, '%P', c.first_page || coalesce('-' || c.last_page, ''))) AS f(n, tag, value)
            UNION ALL
            SELECT 3, i, '%A', c.authors[i] || CASE WHEN c.authors[i + 1] <> '' THEN ', '
                || c.authors[i + 1] ELSE '' END
            FROM generate_series(1, cardinality(c.authors), 2) AS i
            UNION ALL
            SELECT CASE WHEN is_volume THEN 3 ELSE 4 END, i, CASE WHEN is_volume THEN '%E'
                ELSE '%Y' END,
                c.editors[i] || CASE WHEN c.editors[i + 1] <> '' THEN ', ' || c.editors[i + 1]
                    ELSE '' END
            FROM generate_series(1, cardinality(c.editors), 2) AS i) AS t
        WHERE t.value <> '') || E'\n';
END
$$;
COMMENT ON FUNCTION endnote(text) IS
    'the EndNote record of a paper, or of a volume';

CREATE FUNCTION citations(volume_id text) RETURNS TABLE (paper_id text, bibtex text, mods text,
    endnote text)
    LANGUAGE plpgsql STABLE STRICT ROWS 100
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
BEGIN
    IF NOT EXISTS (SELECT FROM anthology.volume v WHERE v.id = volume_id) THEN
        RAISE EXCEPTION 'there is no volume "%"', volume_id
            USING ERRCODE = 'undefined_object';
    END IF;
    RETURN QUERY
        SELECT p.id, anthology.bibtex(p.id), anthology.mods(p.id), anthology.endnote(p.id)
        FROM anthology.paper p WHERE p.volume_id = volume_id
        ORDER BY p.number;
END
$$;
COMMENT ON FUNCTION citations(text) IS
    'the citations of all papers of a volume; number 0 is the volume itself';
