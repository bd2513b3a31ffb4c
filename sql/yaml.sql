-- yaml_to_json: scalars stay strings, and what could hurt is refused

SELECT anthology.yaml_to_json('a: {names: [{first: No, last: "1e3"}], orcid: ~}');
SELECT anthology.yaml_to_json(E'- plain\n- "quoted \\"x\\" \\t"\n- ''null''\n- null\n-');
SELECT anthology.yaml_to_json('');
SELECT anthology.yaml_to_json('Ærø: 刘');

-- malformed, with the line
SELECT anthology.yaml_to_json(E'a: 1\nb: [1, 2\nc: 3');
SELECT anthology.yaml_to_json(E'a: 1\n b: 2');
SELECT anthology.yaml_to_json(E'a: 1\n---\nb: 2');
SELECT anthology.yaml_to_json('? [a]: b');
SELECT anthology.yaml_to_json('"\0"');

-- nested too deeply, and an alias bomb
SELECT anthology.yaml_to_json(repeat('[', 32) || repeat(']', 32)) IS NOT NULL AS deep_enough;
SELECT anthology.yaml_to_json(repeat('[', 33) || repeat(']', 33));
SELECT anthology.yaml_to_json(repeat('[', 100000));
SELECT anthology.yaml_to_json(E'a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]');
