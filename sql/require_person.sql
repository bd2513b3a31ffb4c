-- one way to say that a person is not there: the same message, SQLSTATE and hint
-- from every function that takes the id of a person
SET client_min_messages = warning;
DROP EXTENSION IF EXISTS anthology CASCADE;
DROP SCHEMA IF EXISTS anthology CASCADE;
CREATE EXTENSION anthology;
SELECT anthology.create_tables();
RESET client_min_messages;
SELECT count(*) FROM anthology.import_people('{ann-roe: {names: [{first: Ann, last: Roe}], degree: Uni}, bo-li: {names: [{first: Bo, last: Li}], degree: Uni}}');
SELECT count(*) FROM anthology.import_collection('<collection id="2024.test"><volume id="1"><meta><booktitle>B</booktitle><year>2024</year></meta><paper id="1"><title>T</title><author id="ann-roe"><first>Ann</first><last>Roe</last></author><author><first>Cy</first><last>Day</last></author></paper></volume></collection>');

-- What each call raises, given the id.
CREATE FUNCTION pg_temp.raised(id text)
    RETURNS TABLE (call text, state text, message text, hint text) LANGUAGE plpgsql AS $$
DECLARE
    statement text;
BEGIN
    FOREACH call IN ARRAY '{
        "person_page(%L)",
        "person_page_html(%L)",
        "assignment_conflicts(%L)",
        "suspicious_assignments(%L)",
        "suggest_merge(%L)",
        "reassign_papers(''{2024.test-1.1}'', %L, ''bo-li'')",
        "reassign_papers(''{2024.test-1.1}'', ''ann-roe-2'', %L)",
        "add_name(%L, ''An'', ''Roe'')",
        "remove_name(%L, ''An'', ''Roe'')",
        "set_canonical_name(%L, ''An'', ''Roe'')",
        "change_name(%L, ''An'', ''Roe'')",
        "set_name_matching(%L, false)",
        "set_orcid(%L, ''0000-0002-1825-0097'')",
        "unlink_papers(''{2024.test-1.1}'', %L)",
        "verify_person(%L, degree => ''Uni'')",
        "split_person(''{2024.test-1.1}'', %L, degree => ''Uni'')",
        "merge_persons(%L, ''bo-li'')",
        "merge_persons(''bo-li'', %L)",
        "rename_person(%L, ''new-id'')"}'::text[] LOOP
        BEGIN
            EXECUTE 'SELECT count(*) FROM anthology.' || format(call, id);
            state := '-';
            message := 'works';
            hint := '';
            RETURN NEXT;
        EXCEPTION WHEN OTHERS THEN
            GET STACKED DIAGNOSTICS state := RETURNED_SQLSTATE, message := MESSAGE_TEXT,
                hint := PG_EXCEPTION_HINT;
            RETURN NEXT;
        END;
    END LOOP;
END
$$;

SELECT anthology.rename_person('ann-roe', 'ann-roe-2') > 0 AS renamed;
-- nobody has had the id
SELECT state, message, hint, count(*) FROM pg_temp.raised('nobody') GROUP BY 1, 2, 3;
-- it is another now: what shows the person follows, what changes something says so
SELECT * FROM pg_temp.raised('ann-roe') ORDER BY message DESC, hint, call COLLATE "C";
-- no id at all
SELECT state, message, hint, count(*) FROM pg_temp.raised(NULL)
    WHERE message <> 'works' GROUP BY 1, 2, 3 ORDER BY 2;
