-- person_page_html, preview_html: pages to look at, each one file (extension/html.c)
--
-- All text from tables goes through html_escape() or abstract_html(). The
-- script is the same for every page and reads what it needs from the elements, so no
-- data is ever inside a script. The policy of a page allows this style and script by
-- their hashes and nothing else: a page loads nothing.

CREATE FUNCTION anthology_internal.html_escape(plain text) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 10
    AS 'MODULE_PATHNAME', 'anthology_html_escape_sql';
COMMENT ON FUNCTION anthology_internal.html_escape(text) IS
    'plain text as the content of an HTML element or, between quotes, the value of an attribute';

CREATE FUNCTION abstract_html(markup text, links boolean DEFAULT true) RETURNS text
    LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 50
    AS 'MODULE_PATHNAME', 'anthology_abstract_html';
COMMENT ON FUNCTION abstract_html(text, boolean) IS
    'HTML of a title or an abstract written with the Anthology''s markup: b, i, code and, if asked '
    'for, links; TeX as Unicode text';

CREATE FUNCTION anthology_internal.html_style() RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $sql$
    SELECT $css$
\embed extension/html/page.css
$css$
$sql$;
COMMENT ON FUNCTION anthology_internal.html_style() IS 'the style sheet of the HTML pages';

CREATE FUNCTION anthology_internal.html_script() RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $sql$
    SELECT $js$
\embed extension/html/dialog.js
$js$
$sql$;
COMMENT ON FUNCTION anthology_internal.html_script() IS
    'the script of the dialog of person_page_html()';

CREATE FUNCTION anthology_internal.html_document(title text, body text, script text DEFAULT NULL)
    RETURNS text
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    style CONSTANT text := anthology_internal.html_style();
    title_html text;
    script_hash text;
BEGIN
    -- In steps, so that a cancel is heard between them.
    title_html := anthology_internal.html_escape(title);
    script_hash := encode(sha256(convert_to(script, 'UTF8')), 'base64');
    RETURN concat(E'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n',
        '<meta http-equiv="Content-Security-Policy" content="default-src ''none''; ',
        'style-src ''sha256-',
        encode(sha256(convert_to(style, 'UTF8')), 'base64'), '''; ',
        'script-src ''sha256-' || script_hash || '''; ',
        E'base-uri ''none''; form-action ''none''">\n',
        E'<meta name="viewport" content="width=device-width, initial-scale=1">\n',
        E'<meta name="color-scheme" content="light dark">\n',
        E'<meta name="referrer" content="no-referrer">\n',
        E'<meta name="robots" content="noindex">\n',
        '<title>', title_html, E'</title>\n<style>', style,
        E'</style>\n</head>\n<body>\n', body, '<script>' || script || E'</script>\n',
        E'</body>\n</html>\n');
END
$$;
COMMENT ON FUNCTION anthology_internal.html_document(text, text, text) IS
    'a whole HTML page that may run this script and load nothing';
