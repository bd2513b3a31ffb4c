-- reading issues: the author pages that an issue names

CREATE FUNCTION anthology_internal.issue_pages(rows issue_row[])
    RETURNS TABLE (at bigint, field text, label text, content text, page text, target boolean)
    LANGUAGE sql STABLE ROWS 2
    SET search_path = pg_catalog, pg_temp
AS $$
    WITH decoded AS (
        SELECT r.at, r.field, r.label, r.content, anthology_internal.url_decode(r.content) || ' '
            AS text
        FROM unnest(rows) WITH ORDINALITY AS r(line, field, label, item, content, claim, listed, at)
        WHERE r.field IN ('title', 'pages', 'prose', 'papers', 'type', 'preferred')
    ), pattern(address) AS (
        -- Any folder of ours, or no host at all: other hosts have people, too.
        VALUES ('(?:(?:aclanthology\.org|aclweb\.org/anthology)(?:/[\w.-]+)*|(?:^|[ "''`\[<>(=*|'
            ',;]))/*\mpeople'
            || '/+(?:[a-z]/+)?([a-z][a-z0-9-]*[a-z0-9])(/+unverified)?(?=[^a-z0-9-])')
    ), addressed AS (
        SELECT d.*, regexp_replace(lower(m[1] || coalesce(m[2], '')), '/+', '/') AS page,
            -- The text between this address and the one before.
            piece[i] AS before
        FROM decoded d, pattern a, regexp_split_to_array(d.text, a.address, 'i') AS piece,
            regexp_matches(d.text, a.address, 'gi') WITH ORDINALITY AS x(m, i)
        WHERE d.text ~* '\mpeople/'
    ), bare AS (
        SELECT d.*, lower(m[1]) AS page
        FROM decoded d,
            regexp_matches(d.text, '(?:^|[^\w/.-])([a-z][a-z0-9-]*[a-z0-9]/unverified)\M',
            'gi') AS m
        WHERE d.text ~* '/unverified'
        UNION ALL
        -- A line of nothing but ids.
        SELECT d.*, t.token
        FROM decoded d, regexp_replace(d.text,
                '^author (?:page|metadata) *:|^[-*+\u2022] |^\(?\d+[.)] |[`"''{}<>()*:.\[\u2192]|'
                '\]|->|=>', ' ', 'gi') AS s,
            regexp_split_to_table(btrim(s, E' \n,;&'), '[\s,;&]+') AS t(token)
        WHERE d.field IN ('pages', 'title') AND length(s) < 1000
            AND btrim(s, E' \n,;&') ~ '^(([a-z][a-z0-9]*(-[a-z0-9]+)+|and|into|to|with|'
                'merge)([\s,;&]+|$))+$'
            AND t.token ~ '^[a-z][a-z0-9]*(-[a-z0-9]+)+$'
    )
    SELECT a.at, a.field, a.label, a.content, a.page,
        a.before ~* ('\m(into|onto)\M[^.]*$|\m(keep|retain)\M[^.]*$|'
            || '\mto\M(?! *(merge|combine|move|split|add|have|remove|be|verify|link|transfer|'
                'assign|request|unify|ask|separate)\M)'
            || '\W*(\w+\W+){0,5}(page|profile|account|id|url|link|author)?\W*(https?://)?((www|'
                'preview)\.)?$')
    FROM addressed a
    UNION ALL
    SELECT b.at, b.field, b.label, b.content, b.page, false FROM bare b
$$;
COMMENT ON FUNCTION anthology_internal.issue_pages(issue_row[]) IS
    'the author pages that an issue names, by id or address, and whether as the one that papers '
    'are to go to';

CREATE FUNCTION anthology_internal.page_known(page text) RETURNS text
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
    -- Before 2025 an address did not say whether the person was verified.
    SELECT coalesce(anthology.present_id(page), anthology.present_id(page || '/unverified'))
$$;
COMMENT ON FUNCTION anthology_internal.page_known(text) IS
    'the person whose page it is now, verified or not; NULL if there is none';

CREATE FUNCTION anthology_internal.issue_no_page(rows issue_row[], corpus boolean) RETURNS text
    LANGUAGE plpgsql STABLE
    SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_variable
DECLARE
    instead text;
    found text[];
    wanted text;
BEGIN
    SELECT anthology_internal.issue_quote(f.content) INTO instead FROM unnest(rows) AS f
        WHERE f.field = 'pages' AND anthology_internal.issue_value(f.content) IS NOT NULL
            ORDER BY f.line
            LIMIT 1;
    IF instead IS NULL THEN
        SELECT m[1] INTO instead FROM unnest(rows) AS f,
            regexp_match(f.content, '^author (?:page|metadata) *: *\{? *([^{}]+)', 'i') AS m
                WHERE f.field = 'title' AND m IS NOT NULL;
    END IF;
    IF instead IS NULL OR instead ~* 'replace with author' THEN
        RETURN 'No author page is named.';
    END IF;
    -- A search, or a name: the pages of the name are what a person may choose from.
    IF corpus THEN
        wanted :=
            anthology.name_slug(anthology_internal.issue_name(regexp_replace(
                anthology_internal.url_decode(
            coalesce(substring(instead FROM '[?&]q=([^&\s]+)'), instead)), '\+', ' ', 'g')));
        found := ARRAY(SELECT DISTINCT n.person_id FROM anthology.person_name n
            WHERE n.slug = wanted ORDER BY 1 LIMIT 10);
    END IF;
    RETURN format('No author page is named, but: %s%s', instead,
        CASE WHEN cardinality(found) > 0 THEN format(' (pages of this name: %s)',
            array_to_string(found, ', ')) ELSE '' END);
END
$$;
COMMENT ON FUNCTION anthology_internal.issue_no_page(issue_row[], boolean) IS
    'what to decide if an issue names no page: what it says instead, and the pages of that name';
