-- JSON text changed in places
SELECT anthology_internal.edit_json_object('{}', '{}', '{}') AS nothing;
SELECT anthology_internal.edit_json_object(E'{}\n', '{b,a}', '{1,"[2, 3]"}') AS made;
SELECT anthology_internal.edit_json_object('{ }', '{a}', '{null}') AS kept;

-- what is not told stays as it is, however it is laid out
SELECT anthology_internal.edit_json_object(E' {"b" :1 ,\n\n\t"d":\t{"x":"}\\"]"}\n  , "\\u0066": [ ]  } ', k, v)
FROM (VALUES (ARRAY['a'], ARRAY['0']), (ARRAY['c', 'z'], ARRAY['2', '9']), (ARRAY['d'], ARRAY['"new"']),
    (ARRAY['b'], ARRAY[NULL]), (ARRAY['d'], ARRAY[NULL]), (ARRAY['f'], ARRAY[NULL]), (ARRAY['b', 'd', 'f'], ARRAY[NULL, NULL, NULL]),
    (ARRAY['b', 'd', 'f', 'q'], ARRAY[NULL, NULL, NULL, '7']), (ARRAY['f'], ARRAY['true'])) AS e(k, v);

-- an order of keys; one that it does not have stays where it is, and what is new and not in it goes last
SELECT anthology_internal.edit_json_object(o, '{names,comment,orcid,more}', '{1,2,3,4}', '{names,comment,degree,orcid}')
FROM (VALUES ('{"degree": 0}'::json), ('{"x": 0, "degree": 0, "similar": 0}'), ('{"comment": 0, "x": 0}'), ('{}')) AS t(o);

-- an oracle that knows nothing of text: the members are those that jsonb has
SELECT count(*), bool_and(anthology_internal.edit_json_object(o::text::json, k, v)::jsonb
    = (SELECT coalesce(jsonb_object_agg(key, value), '{}') FROM (
        SELECT j.key, j.value FROM jsonb_each(o) j WHERE j.key <> ALL (k)
        UNION ALL SELECT e.key, e.value::jsonb FROM unnest(k, v) AS e(key, value) WHERE e.value IS NOT NULL) x)) AS alike
FROM (SELECT (SELECT coalesce(jsonb_object_agg(chr(97 + (i * 7 + n) % 11), to_jsonb(repeat('"}]', i))), '{}') FROM generate_series(1, n % 6) i) AS o,
        ARRAY(SELECT DISTINCT chr(97 + (i * 3 + n) % 13) FROM generate_series(1, n % 5) i ORDER BY 1) AS k,
        ARRAY(SELECT CASE WHEN (i + n) % 3 > 0 THEN format('["%s"]', i) END FROM generate_series(1, n % 5) i) AS v
    FROM generate_series(1, 500) n) AS t;

-- strings
SELECT anthology_internal.edit_json_strings(E'{"id": "a\\u002fb", "x": ["id", "a/b", {"id" :"a/b","idx":"a/b", "id": {"id":"c"}}]}', 'id', '{c,a/b}', '{"d\"é","b\\\\"}');
SELECT anthology_internal.edit_json_strings('{"a": 1}', 'a', '{1}', '{2}') AS no_string;

-- refused
\set VERBOSITY terse
SELECT anthology_internal.edit_json_object('{"a": }', '{}', '{}');
SELECT anthology_internal.edit_json_object('{}', '{a}', '{}');
SELECT anthology_internal.edit_json_object('{}', ARRAY[NULL], '{1}');
SELECT anthology_internal.edit_json_strings('{}', 'id', '{a}', '{NULL}');
