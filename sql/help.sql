-- the functions that are meant for use, by topic
\set SHOW_CONTEXT never
SELECT topic, count(DISTINCT name) > 0 AS some FROM anthology.help() GROUP BY topic ORDER BY topic COLLATE "C";
SELECT topic, name, arguments, returns, meaning FROM anthology.help('names') LIMIT 3;
SELECT name, arguments FROM anthology.help('name_slug');
SELECT * FROM anthology.help('nothing');

-- listed, but not there; listed twice; without a meaning
SELECT n FROM anthology_internal.public_functions() t, unnest(t.names) n
WHERE NOT EXISTS (SELECT FROM anthology_internal.own_functions() f WHERE f.name = n);
SELECT n FROM anthology_internal.public_functions() t, unnest(t.names) n GROUP BY n HAVING count(*) > 1;
SELECT name FROM anthology.help() WHERE meaning IS NULL;
-- granted to editors, and not listed: parts of what is
SELECT function FROM anthology_internal.granted_functions()
WHERE granted_to = 'editor' AND function NOT IN (SELECT n FROM anthology_internal.public_functions() t, unnest(t.names) n)
ORDER BY 1;
