-- yaml_to_json: scalars stay strings, and what could hurt is refused

SELECT anthology_internal.yaml_to_json('a: {names: [{first: No, last: "1e3"}], orcid: ~}');
SELECT anthology_internal.yaml_to_json(E'- plain\n- "quoted \\"x\\" \\t"\n- ''null''\n- null\n-');
SELECT anthology_internal.yaml_to_json('');
SELECT anthology_internal.yaml_to_json('Ærø: 刘');

-- malformed, with the line
SELECT anthology_internal.yaml_to_json(E'a: 1\nb: [1, 2\nc: 3');
SELECT anthology_internal.yaml_to_json(E'a: 1\n b: 2');
SELECT anthology_internal.yaml_to_json(E'a: 1\n---\nb: 2');
SELECT anthology_internal.yaml_to_json('? [a]: b');
SELECT anthology_internal.yaml_to_json('"\0"');

-- nested too deeply, and an alias bomb
SELECT anthology_internal.yaml_to_json(repeat('[', 32) || repeat(']', 32)) IS NOT NULL AS deep_enough;
SELECT anthology_internal.yaml_to_json(repeat('[', 33) || repeat(']', 33));
SELECT anthology_internal.yaml_to_json(repeat('[', 100000));
SELECT anthology_internal.yaml_to_json(E'a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]');

-- jsonb_to_yaml: the layout of the Anthology's files, and text that stays text
SELECT anthology_internal.jsonb_to_yaml('{"b-li": {"names": [{"last": "Li", "first": "B."}, {"first": "", "last": "Chen, Jr."}, {"first": "博", "last": "李", "script": "hani"}], "orcid": "0000-0002-1694-233X", "disable_name_matching": true, "similar": ["a-li", "c-li"], "comment": "May refer to: several"}, "ab": {"names": [{"first": "No", "last": "Null"}]}}');
SELECT t, anthology_internal.jsonb_to_yaml(jsonb_build_array(t)) AS yaml,
    anthology_internal.yaml_to_json(anthology_internal.jsonb_to_yaml(jsonb_build_array(t)))::jsonb = jsonb_build_array(t) AS same
FROM unnest('{No,yes,null,~,"",1,007,1.5,0x1F,1e3,.inf,12:30,2024-08-15,2024-08-15x,=,<<,"a: b",# c,"- d","''e''","f\\g"," h ","[i]",&j,*k,"l\nm",Prud''hommeaux}'::text[]) AS t;
SELECT anthology_internal.jsonb_to_yaml('{}'), anthology_internal.jsonb_to_yaml('[]'), anthology_internal.jsonb_to_yaml('"x"'), anthology_internal.jsonb_to_yaml('1');
