-- issues as people write them: what is read, and what a person must decide
SET client_min_messages = warning;
DROP EXTENSION IF EXISTS anthology CASCADE;
DROP SCHEMA IF EXISTS anthology CASCADE;
CREATE EXTENSION anthology;
\set SHOW_CONTEXT never
\pset format unaligned
\pset tuples_only on

-- The form as it is since 2026, and the wordings before.
CREATE FUNCTION pg_temp.form(pages text, orcid text, institution text, ticks text, prose text,
                             more text DEFAULT '') RETURNS text LANGUAGE sql AS $$
    SELECT concat_ws(E'\n\n', '### Confirming that Author is Published in the Anthology',
        '- [x] I confirm that this concerns an author who already has at least one publication in the Anthology.',
        '### Confirming that Paper Metadata is Correct',
        '- [x] I confirm that all affected papers show the exact same names on the website as on the PDF.',
        '### Author Pages in the Anthology', pages, '### Author ORCID', orcid,
        '### Institution of highest (anticipated) degree', institution,
        '### Type of Author Metadata Correction', concat_ws(E'\n',
            format('- [%s] Verification: The author wishes to add an ORCID iD to their author page.', CASE WHEN ticks ~ 'v' THEN 'x' ELSE ' ' END),
            format('- [%s] Split/disambiguate: The author page includes papers from two or more different people.', CASE WHEN ticks ~ 's' THEN 'X' ELSE ' ' END),
            format('- [%s] Merge profiles: A single author has multiple profiles with different spellings or variants of their name.', CASE WHEN ticks ~ 'm' THEN ' x ' ELSE ' ' END),
            format('- [%s] Name change: This author has permanently changed their name.', CASE WHEN ticks ~ 'n' THEN 'x' ELSE ' ' END)),
        '### Supporting Information', prose, more)
$$;
CREATE FUNCTION pg_temp.old_form(pages text, orcid text, institution text, papers text, ticks text, prose text)
    RETURNS text LANGUAGE sql AS $$
    SELECT concat_ws(E'\n\n', '### Author Pages', pages, '### Author ORCID', orcid,
        '### Institution of highest (anticipated) degree', institution,
        '### Your papers (if required, see comment below)', papers,
        '### Type of Author Metadata Correction', concat_ws(E'\n',
            format('- [%s] The author page wrongly conflates different people with the same name.', CASE WHEN ticks ~ 's' THEN 'X' ELSE ' ' END),
            format('- [%s] This author has multiple pages with different spellings of their name.', CASE WHEN ticks ~ 'm' THEN 'x' ELSE ' ' END),
            format('- [%s] This author has permanently changed their name.', CASE WHEN ticks ~ 'n' THEN 'x' ELSE ' ' END)),
        '### Supporting Information', prose)
$$;
CREATE TEMP TABLE issue (number integer PRIMARY KEY, title text, body text);
CREATE FUNCTION pg_temp.verify(number integer, title text, pages text, orcid text, institution text, prose text DEFAULT 'NA', more text DEFAULT '')
    RETURNS void LANGUAGE sql AS $$
    INSERT INTO issue VALUES (number, title, pg_temp.form(pages, orcid, institution, 'v', prose, more))
$$;

-- 1-19: verifications
SELECT pg_temp.verify(1, 'Author Page: ada-quill/unverified', 'https://aclanthology.org/people/ada-quill/unverified/',
    'https://orcid.org/0000-0001-5109-3700', 'University of Oslo (https://www.uio.no/)', 'Just a request for verification.',
    E'### Preferred author name\n\n_No response_\n\n### OpenReview profile page URL\n\nhttps://openreview.net/profile?id=~Ada_Quill1');
SELECT pg_temp.verify(2, 'Author Page: ada-quill/unverified', 'aclanthology.org/people/ada-quill/unverified', '0000-0002-1694-233x', 'PhD, University of Oslo',
    'n/a', E'### Preferred author name\n\nQuill, Ada\n\n### OpenReview profile page URL\n\nhttps://openreview.net/profile?id=%7EAda_Qu%C3%ADll12&referrer=%5BHomepage%5D(%2F)');
SELECT pg_temp.verify(3, 'Author Page: ada-quill/unverified', 'ada-quill/unverified', 'https://orcid.org/my-orcid?orcid=0000-0001-5109-3700',
    E'PhD in Computer Science\nUniversity of Oslo\nNorway', 'none', E'### OpenReview profile page URL\n\nnone');
SELECT pg_temp.verify(4, 'Verification', '- [my page](https://aclanthology.org/people/ada-quill/unverified/).', '`0000 0001 5109 3700`', 'https://www.uio.no/');
SELECT pg_temp.verify(5, 'Author Page: ada-quill/unverified', '_No response_', '0000-0000-0000-0000', '_No response_');
SELECT pg_temp.verify(6, 'Author Page: ada-quill/unverified', 'https://aclanthology.org/people/ada-quill', '0000-0001-5109-3701', 'MIT');
SELECT pg_temp.verify(7, 'Author Page: {Ada Quill}', 'Ada Quill', '-Add ORCID here-', '-Add insitution here-');
SELECT pg_temp.verify(8, 'Author Page: {replace with author name}', 'https://aclanthology.org/search/?q=Ada+Quill', 'orcid.org/0000000151093700', 'M.Sc., ETH Zurich, 2024');
SELECT pg_temp.verify(9, 'Author Page: Ada Quill', 'https://aclanthology.org/2024.acl-long.17/', 'https://orcid.org/0000-0001-5109-3700', 'Uni Oslo');
SELECT pg_temp.verify(10, 'Author Page: ada-quill/unverified', 'https%3A%2F%2Faclanthology.org%2Fpeople%2Fada-quill%2Funverified%2F', '0000–0001–5109–3700', 'None');
SELECT pg_temp.verify(11, 'Author Page: ada-quill/unverified', 'https://preview.aclanthology.org/some-branch/people/ada-quill/unverified/', E'0000-0001-5109-3700\n0000-0002-1694-233X', 'Oslo');
SELECT pg_temp.verify(12, 'Author Page: ada-quill/unverified', 'https://www.example.edu/people/ada-quill/', 'https://orcid.org/', 'Oslo');
SELECT pg_temp.verify(13, 'Author Page: ada-quill/unverified', E'https://aclanthology.org/people/ada-quill/unverified/\nhttps://aclanthology.org/people/a-quill/unverified/',
    '0000-0001-5109-3700', 'Oslo', 'Both are me.');
SELECT pg_temp.verify(14, 'Author Page: ada-quill/unverified', 'https://aclanthology.org/people/ada-quill/unverified/', 'not yet', 'Oslo',
    'My ORCID is 0000-0001-5109-3700.');
SELECT pg_temp.verify(15, 'Author Page: ada-quill/unverified', 'https://aclanthology.org/people/ada-quill/unverified/', 'NA', 'Oslo',
    'The page links to 0000-0001-5109-3700, who is another person.');
SELECT pg_temp.verify(16, 'Author Page: ada-quill/unverified', 'https://aclanthology.org/people/ada-quill/unverified/', '0000-0001-5109-3700', 'Oslo',
    'Please merge it into my page https://aclanthology.org/people/ada-b-quill/');
SELECT pg_temp.verify(17, 'Author Page: ada-quill/unverified', 'https://aclanthology.org/people/ada-quill/unverified/', '0000-0001-5109-3700', 'Oslo',
    'All papers are mine except 2023.acl-long.5 and https://aclanthology.org/P19-1001.pdf.');
SELECT pg_temp.verify(18, 'Author Page: ada-quill/unverified', 'https://aclanthology.org/people/ada-quill/unverified/', '0000-0001-5109-3700', 'Oslo',
    'I do not need to merge anything. See 2023.acl-long.5, which is my paper.');
SELECT pg_temp.verify(19, 'Author Page: bo-li/unverified', 'https://aclanthology.org/people/ada-quill/unverified/', 'https://orcid.org/0009-0003-8868-7504', 'Johns Hopkins University (https://www.jhu.edu/)');

-- 20-39: splits
INSERT INTO issue VALUES
(20, 'Author Page: yan-li', pg_temp.form('https://aclanthology.org/people/y/yan-li/', '0000-0001-5109-3700', 'Oslo', 's',
    E'Mine are:\n- 2024.acl-long.1\n- https://aclanthology.org/2023.emnlp-main.77v2.pdf\n- [A title](https://aclanthology.org/W19-5001/)\n- https://www.aclweb.org/anthology/P/P18/P18-1002.pdf')),
(21, 'Author Page: yan-li', pg_temp.form('yan-li', '0000-0001-5109-3700', 'Oslo', 's',
    E'The following papers are not mine:\n\n1. 2024.acl-long.1\n2. 2024.acl-long.2\n\nThese belong to me:\n\n1. `2024.acl-long.3`')),
(22, 'Author Page: yan-li', pg_temp.form('yan-li', '0000-0001-5109-3700', 'Oslo', 's', 'P19-1001 is mine, but P19-1002 is not mine.')),
(23, 'Author Page: yan-li', pg_temp.form('yan-li', '0000-0001-5109-3700', 'Oslo', 's', 'All papers except P19-1001 and P19-1002 are not mine.')),
(24, 'Author Page: yan-li', pg_temp.form('yan-li', '0000-0001-5109-3700', 'Oslo', 's', 'All papers are mine except P19-1001, which does not belong to me.')),
(25, 'Author Page: yan-li', pg_temp.form('yan-li', '0000-0001-5109-3700', 'Oslo', 's', 'Please move 10.18653/v1/2024.acl-long.9 and https://doi.org/10.18653/v1/P19-1001 to a new page.')),
(26, 'Author Page: yan-li', pg_temp.form('yan-li', '0000-0001-5109-3700', 'Oslo', 's', E'My papers:\n- "A Study of Many Things in the World"\n- **Another Study of Few Things: The Sequel**')),
(27, 'Author Page: yan-li', pg_temp.form('yan-li', '0000-0001-5109-3700', 'Oslo', 's', 'My paper is li-etal-2024-study and li-2023-other.')),
(28, 'Author Page: yan-li', pg_temp.form('yan-li', '0000-0001-5109-3700', 'Oslo', 's',
    E'```\n@inproceedings{li-etal-2024-study,\n    title = "A {S}tudy",\n    url = "https://aclanthology.org/2024.acl-long.1/",\n}\n```')),
(29, 'Author Page: yan-li', pg_temp.form('yan-li', '0000-0001-5109-3700', 'Oslo', 's', 'My publications: https://scholar.google.com/citations?user=abc')),
(30, 'Author Metadata: Yan Li', pg_temp.old_form('https://www.aclweb.org/anthology/people/y/yan-li/', '-Add ORCID here-', '-Add insitution here-',
    E'https://aclanthology.org/p19-1001\n2024.ACL-long.3', 's', 'There are two of us.')),
(31, 'Author Metadata: Yan Li', pg_temp.old_form('yan-li', '_No response_', 'N/A', '-Provide Anthology IDs or Anthology URLs here-', 's', 'Someone else with the same name is on my page.')),
(32, 'Author Page: yan-li', pg_temp.form(E'https://aclanthology.org/people/yan-li/unverified/\nhttps://aclanthology.org/people/yan-li-oslo/', '0000-0001-5109-3700', 'Oslo', 's',
    'Please move 2024.acl-long.1 to my page https://aclanthology.org/people/yan-li-oslo/.')),
(33, 'Author Page: yan-li', pg_temp.form(E'https://aclanthology.org/people/yan-li/unverified/\nhttps://aclanthology.org/people/yan-li-oslo/', '0000-0001-5109-3700', 'Oslo', 's',
    '2024.acl-long.1 is on the wrong page.')),
(34, 'Author Page: yan-li', pg_temp.form('I wrote two of the papers on https://aclanthology.org/people/yan-li/, namely https://aclanthology.org/2024.acl-long.1/ and https://aclanthology.org/2024.acl-long.2/.',
    '0000-0001-5109-3700', 'Oslo', 's', 'Thanks.')),
(35, 'Author Page: yan-li', pg_temp.form('yan-li', '0000-0001-5109-3700', 'Oslo', 's', 'The papers 2024.acl-long.1 and 2024.acl-long.2 belong to another author; 2024.acl-long.2 is my paper.')),
(36, 'Author Page: yan-li', pg_temp.form('yan-li', '0000-0001-5109-3700', 'Oslo', 's', 'Please remove my paper 2024.acl-long.1.')),
(37, 'Author Page: yan-li', pg_temp.form('yan-li', '0000-0001-5109-3700', 'Oslo', 'sv', 'Mine is 2024.acl-long.1.')),
(38, 'Author Page: yan-li', pg_temp.form('yan-li', '0000-0001-5109-3700', 'Oslo', 's', '2024.acl-long.1 was wrongly attributed to me.')),
(39, 'Author Page: yan-li', pg_temp.form('yan-li', '0000-0001-5109-3700', 'Oslo', 's',
    E'&quot;Mine&quot; are &lt;2024.acl-long.1&gt; &amp; 2024.acl-long.2\r\n<!-- 2024.acl-long.3 -->\r\n> 2024.acl-long.4'));

-- 40-54: merges and changes of names
INSERT INTO issue VALUES
(40, 'Author Page: eve-fox', pg_temp.form(E'- https://aclanthology.org/people/e/e-fox/\n- https://aclanthology.org/people/eve-fox/\n', '0000-0001-5109-3700', 'Oslo', 'm', 'Both are mine.')),
(41, 'Author Page: e-fox/unverified', pg_temp.form('e-fox/unverified, eve-fox', '0000-0001-5109-3700', 'Oslo', 'm', 'Please merge e-fox/unverified into https://aclanthology.org/people/eve-fox/')),
(42, 'Author Page: e-fox/unverified', pg_temp.form('https://aclanthology.org/people/e-fox/unverified/', '0000-0001-5109-3700', 'Oslo', 'm',
    'I want to merge this page (https://aclanthology.org/people/e-fox/unverified/) to my own page (https://aclanthology.org/people/eve-fox/).')),
(43, 'Author Page: e-fox/unverified', pg_temp.form('https://aclanthology.org/people/e-fox/unverified/', '0000-0001-5109-3700', 'Oslo', 'm', 'NA')),
(44, 'Author Page: e-fox', pg_temp.form('e-fox and eve-fox', '0000-0001-5109-3700', 'Oslo', 'mn', 'I married; the name is Eve Day now.', E'### Preferred author name\n\nDay, Eve')),
(45, 'Author Page: e-fox', pg_temp.form('e-fox', '0000-0001-5109-3700', 'Oslo', 'n', 'I changed my name from Eve Fox to Eve van der Day and it is legal.')),
(46, 'Author Page: e-fox', pg_temp.form('e-fox', '0000-0001-5109-3700', 'Oslo', 'n', E'First name: Eve Ann\nLast name: Day')),
(47, 'Author Page: e-fox', pg_temp.form('e-fox', '0000-0001-5109-3700', 'Oslo', 'n', 'Preferred name: **Eve Day**')),
(48, 'Author Page: e-fox', pg_temp.form('e-fox', '0000-0001-5109-3700', 'Oslo', 'n', 'It is on my web page.')),
(49, 'Please merge', 'Hello, I have two author pages, https://aclanthology.org/people/e-fox/ and https://aclanthology.org/people/eve-fox/. Please merge them. My ORCID is 0000-0001-5109-3700.'),
(50, 'Wrong paper', 'On https://aclanthology.org/people/eve-fox/ there is a paper by another person: 2024.acl-long.1 is not mine.'),
(51, 'Verify me', E'Author Pages:\nhttps://aclanthology.org/people/e-fox/unverified/\n\n**Author ORCID**\n0000-0001-5109-3700\n\nInstitution: University of Oslo\nPlease verify my page.'),
(52, 'Author Page: e-fox', pg_temp.form(E'e-fox\neve-fox', '0000-0001-5109-3700', 'Oslo', 'vsmn', 'All of it.')),
(53, 'Author Page: e-fox', pg_temp.form(E'e-fox\neve-fox', '0000-0001-5109-3700', 'Oslo', '', 'Please combine the two pages.')),
(54, 'Author Page: e-fox', pg_temp.form(E'e-fox\neve-fox', '0000-0001-5109-3700', 'Oslo', '', 'Thank you.'));

-- 60-69: metadata of papers
INSERT INTO issue VALUES
(60, 'Metadata correction for 2024.acl-long.1', E'### JSON data block\n\n```json\n{"anthology_id": "2024.acl-long.1", "authors": [{"first": "Eve A.", "last": "Fox", "id": "eve-fox/unverified"},'
    ' {"first": "Bo", "last": "Li", "id": "bo-li"}], "authors_old": "Eve Ann  Fox | Bo  Li", "authors_new": "Eve A.  Fox | Bo  Li"}\n```'),
(61, 'Metadata correction for 2024.acl-long.1', E'```json\n{"anthology_id": "2024.acl-long.1", "authors": [{"first": "Bo", "last": "Li", "id": "bo-li"}, {"first": "Cy", "last": "Day", "id": "##ADDED##"}],'
    ' "authors_old": "Eve Ann  Fox | Bo  Li", "authors_new": "Bo  Li | Cy  Day", "deleted_authors": "Eve Ann  Fox"}\n```'),
(62, 'Metadata correction for 2024.acl-long.1', '{"anthology_id": "2024.acl-long.1", "title": "A New Title"}'),
(63, 'Metadata correction for 2024.acl-long.1', '{"anthology_id": "2024.acl-long.1", "authors": [{"first": "Bo", "la'),
(64, 'Metadata correction for 2024.acl-long.1', '{"anthology_id": {"a": 1}, "authors": "x", "authors_old": [1]}'),
(65, 'Paper Metadata: {P19-1001}', E'### Anthology ID\n\nP19-1001\n\n### Type of Paper Metadata Correction\n\n- [ ] Paper Title\n- [X] Author Name(s)\n\n### Correction to Author Name(s)\n\nEve Fox is missing.'),
(66, 'Metadata correction for 2024.acl-long.1', '{&quot;anthology_id&quot;: &quot;2024.acl-long.1&quot;, &quot;authors&quot;: []}');

-- 70-: what is hardly an issue
INSERT INTO issue VALUES
(70, NULL, NULL), (71, '', ''), (72, 'Author Page: ', E'### Author Pages\n### Author ORCID\n'), (73, E'Spam \x01', 'Buy now at https://example.com/people/x/'),
(74, 'Author Page: li-na', pg_temp.form(U&'https://aclanthology.org/people/li-na/unverified/', '0000-0001-5109-3700', U&'\5317\4eac\5927\5b66', '', U&'\8bf7\628a\4e24\4e2a\9875\9762\5408\5e76\3002')),
(75, 'Author Page: li-na', replace(pg_temp.form('https://aclanthology.org/people/li-na/', '0000-0001-5109-3700', 'Oslo', 'v', 'NA'), E'\n', E'\r\n')),
(76, 'Author Page: li-na', replace(pg_temp.form('https://aclanthology.org/people/li-na/', '0000-0001-5109-3700', 'Oslo', 'v', 'NA'), '[x] V', U&'[\2713] V')),
(77, 'Author Page: li-na', replace(pg_temp.form('https://aclanthology.org/people/li-na/', '0000-0001-5109-3700', 'Oslo', 'v', 'NA'), '###', '##')),
(78, 'https://aclanthology.org/people/%E9%99/', 'https://aclanthology.org/people/li-na%2Funverified/ %ZZ %');

-- 80-: who is meant by "mine": sentences, lists, headings, tables
INSERT INTO issue VALUES
(80, 'Author Page: hao-chen', E'### Author Pages\n\nhttps://aclanthology.org/people/hao-chen/\n\n### Author ORCID\n\nhttps://orcid.org/0000-0001-5109-3700\n\n### Institution of highest (anticipated) degree\n\nPh.D. in Computer Science, Zhejiang University (https://www.zju.edu.cn/english/)\n\n### Type of Author Metadata Correction\n\n- [x] The author page includes papers from two or more different people.\n- [ ] A single author has multiple pages with different spellings or variants of their name.\n- [ ] This author has permanently changed their name.\n\n### Supporting Information\n\nThe following papers belong to me:\nhttps://aclanthology.org/2023.acl-long.100/\nhttps://aclanthology.org/2023.acl-long.101/\n\nThe following papers do not belong to me:\nhttps://aclanthology.org/2022.acl-long.5/\n'),
(81, 'Author Page: hao-chen', E'### Author Pages\n\nhttps://aclanthology.org/people/hao-chen/\n\n### Author ORCID\n\nhttps://orcid.org/0000-0001-5109-3700\n\n### Type of Author Metadata Correction\n\n- [x] Split/disambiguate: The author page includes papers from two or more different people.\n\n### Supporting Information\n\nOnly the paper "Foo Bar Baz: A Study of Things" (https://aclanthology.org/2024.findings-acl.12/) is mine. All the others are from other researchers with the same name.'),
(82, 'Author Page: hao-chen', E'### Author Pages\n\nhttps://aclanthology.org/people/hao-chen/\n\n### Type of Author Metadata Correction\n\n- [x] Split/disambiguate: The author page includes papers from two or more different people.\n\n### Supporting Information\n\nPlease separate my papers (2024.acl-long.1, 2024.acl-long.2) from those of the other Hao Chen.'),
(83, 'Author Page: hao-chen', E'### Author Pages\n\nhttps://aclanthology.org/people/hao-chen/\n\n### Type of Author Metadata Correction\n\n- [x] Split/disambiguate: The author page includes papers from two or more different people.\n\n### Supporting Information\n\nMy page wrongly contains 2024.acl-long.1 and 2024.acl-long.2. They are by another Hao Chen.'),
(84, 'Author Page: hao-chen', E'### Author Pages\n\nhttps://aclanthology.org/people/hao-chen/\n\n### Type of Author Metadata Correction\n\n- [x] Split/disambiguate: The author page includes papers from two or more different people.\n\n### Supporting Information\n\nMy papers:\n\n1. **Title one of mine** (https://aclanthology.org/2024.acl-long.1/)\n   Hao Chen, Someone Else\n   ACL 2024\n2. **Title two of mine** (https://aclanthology.org/2024.acl-long.2/)\n\nPapers by the other Hao Chen:\n1. https://aclanthology.org/2020.acl-main.3/'),
(85, 'Author Page: hao-chen', E'### Author Pages\n\nhttps://aclanthology.org/people/hao-chen/\n\n### Type of Author Metadata Correction\n\n- [x] Split/disambiguate: The author page includes papers from two or more different people.\n\n### Supporting Information\n\n**Papers that belong to me:**\n- 2024.acl-long.1\n\n**Papers that do NOT belong to me:**\n- 2020.acl-main.3'),
(86, 'Author Page: hao-chen', E'### Author Pages\n\nhttps://aclanthology.org/people/hao-chen/\n\n### Type of Author Metadata Correction\n\n- [x] Split/disambiguate: The author page includes papers from two or more different people.\n\n### Supporting Information\n\n## Mine\n- 2024.acl-long.1\n\n## Not mine\n- 2020.acl-main.3'),
(87, 'Author Page: hao-chen', E'### Author Pages\n\nhttps://aclanthology.org/people/hao-chen/\n\n### Type of Author Metadata Correction\n\n- [x] Split/disambiguate: The author page includes papers from two or more different people.\n\n### Supporting Information\n\n| Paper | Mine? |\n|---|---|\n| 2024.acl-long.1 | yes |\n| 2020.acl-main.3 | no |'),
(88, 'Author Page: hao-chen', E'### Author Pages\n\nhttps://aclanthology.org/people/hao-chen/\n\n### Type of Author Metadata Correction\n\n- [x] Split/disambiguate: The author page includes papers from two or more different people.\n\n### Supporting Information\n\nhttps://aclanthology.org/2024.acl-long.1/ is not my work. I did not write 2024.acl-long.2 either.'),
(89, 'Author Page: hao-chen', E'### Author Pages\n\nhttps://aclanthology.org/people/hao-chen/\n\n### Type of Author Metadata Correction\n\n- [x] Verification: The author wishes to add an ORCID iD to their author page.\n\n### Supporting Information\n\nI would like to verify my author page and link it with my ORCID. My homepage is https://hao.example.org/people/hao-chen/.'),
(90, 'Author Page: hao-chen/unverified', E'### Author Pages\n\nAuthor page: https://aclanthology.org/people/hao-chen/unverified/\nPreferred: Hao Chen\n\n### Author ORCID\n\nORCID: https://orcid.org/0000-0001-5109-3700.\n\n### Institution of highest (anticipated) degree\n\nUniversity: KU Leuven; PhD; Belgium\n\n### Type of Author Metadata Correction\n\n- [x] Verification: The author wishes to add an ORCID iD to their author page.\n\n### Supporting Information\n\nI am the only person with this name; there are no papers of other people on the page. Nothing to merge.\n\n### Preferred author name\n\nCHEN, Hao\n\n### OpenReview profile page URL\n\n~Hao_Chen57'),
(91, 'Author Page: hao-chen/unverified', E'### Author Pages\n\n[hao-chen/unverified](https://aclanthology.org/people/hao-chen/unverified/)\n\n### Author ORCID\n\n[0000-0001-5109-3700](https://orcid.org/0000-0001-5109-3700)\n\n### Institution of highest (anticipated) degree\n\nThe University of Tokyo, Tokyo, Japan\n\n### Type of Author Metadata Correction\n\n- [x] Verification: The author wishes to add an ORCID iD to their author page.\n\n### Supporting Information\n\n_No response_\n\n### OpenReview profile page URL\n\n[profile](https://openreview.net/profile?id=~Hao_Chen57)'),
(92, 'Author Page: hao-chen/unverified', E'### Author Pages\n\nhttps://aclanthology.org/people/hao-chen/unverified/\n\n### Author ORCID\n\nhttps://orcid.org/0000-0001-5109-370\n\n### Type of Author Metadata Correction\n\n- [x] Verification: The author wishes to add an ORCID iD to their author page.\n\n### Supporting Information\n\nx'),
(93, 'Author Page: hao-chen', E'Dear team,\n\nmy papers appear under two names, Hao Chen (https://aclanthology.org/people/hao-chen/) and H. Chen (https://aclanthology.org/people/h-chen/unverified/). Could you please merge these two pages into the first one?\n\nThanks'),
(94, 'Incorrect author', E'The paper https://aclanthology.org/2024.acl-long.1/ is listed on the page https://aclanthology.org/people/hao-chen/ but belongs to https://aclanthology.org/people/hao-chen-umd/.'),
(95, 'Author Page: hao-chen', E'### Author Pages\n\nhttps://aclanthology.org/people/hao-chen/\n\n### Type of Author Metadata Correction\n\n- [ ] Verification: The author wishes to add an ORCID iD to their author page.\n- [ ] Split/disambiguate: The author page includes papers from two or more different people.\n- [x] Merge profiles: A single author has multiple profiles with different spellings or variants of their name.\n- [ ] Name change: This author has permanently changed their name.\n\n### Supporting Information\n\nMerge "Hao Chen" and "Chen Hao" (https://aclanthology.org/people/chen-hao/). The preferred name is Hao Chen. See https://aclanthology.org/2024.acl-long.1/ for an example.'),
(96, 'Author Page: hao-chen/unverified', E'### Author Pages\n\nhttps://aclanthology.org/people/hao-chen/unverified/\nhttps://aclanthology.org/people/hao-chen-3700/\n\n### Author ORCID\n\nhttps://orcid.org/0000-0001-5109-3700\n\n### Type of Author Metadata Correction\n\n- [x] Verification: The author wishes to add an ORCID iD to their author page.\n- [x] Merge profiles: A single author has multiple profiles with different spellings or variants of their name.\n\n### Supporting Information\n\nPlease merge the unverified page with my verified page.');

-- What was read; ? what a person must decide; * what is remarked.
SELECT concat_ws(E'\n', number || ' ' || (j - '{sources,undecided,remarks}'::text[]),
    (SELECT string_agg('    ? ' || u, E'\n') FROM jsonb_array_elements_text(j -> 'undecided') AS u),
    (SELECT string_agg('    * ' || u, E'\n') FROM jsonb_array_elements_text(j -> 'remarks') AS u))
FROM issue, LATERAL (SELECT anthology.issue_to_request(title, body) AS j) AS x ORDER BY number;

-- for each field what was read, and from where
SELECT jsonb_pretty(anthology.issue_to_request(title, body) -> 'sources') FROM issue WHERE number IN (2, 42);

-- no text is an error: parts of forms are taken out, doubled, swapped and spoilt
SELECT setseed(0.25);
CREATE FUNCTION pg_temp.spoilt(t text) RETURNS text LANGUAGE sql VOLATILE AS $$
    SELECT CASE floor(random() * 6)::integer
        WHEN 0 THEN left(t, at) || substr(t, at + length + 1)
        WHEN 1 THEN left(t, at + length) || substr(t, at)
        WHEN 2 THEN substr(t, at) || left(t, at - 1)
        WHEN 3 THEN left(t, at) || (ARRAY['[', ']', '(', '%', '%E4%B8', '~', '*', '`', E'\\', '&#39;', '{', '"', ' ', E'\n', E'\r', '|', chr(8220), chr(65279), '<!--', '/', '-'])[1 + floor(random() * 21)::integer]
            || substr(t, at + 1)
        WHEN 4 THEN upper(t) ELSE replace(t, chr(32 + floor(random() * 90)::integer), '') END
    FROM (SELECT floor(random() * length(t))::integer AS at, floor(random() * 80)::integer AS length) AS x
$$;
DO $$
DECLARE
    i issue;
    j jsonb;
BEGIN
    FOR i IN SELECT q.* FROM issue q WHERE q.body <> '' AND q.number % 5 = 0 LOOP
        FOR n IN 1 .. 1 + floor(random() * 4)::integer LOOP
            i.body := pg_temp.spoilt(i.body);
            i.title := pg_temp.spoilt(i.title);
        END LOOP;
        j := anthology.issue_to_request(i.title, i.body);
        IF jsonb_typeof(j -> 'undecided') IS DISTINCT FROM 'array' THEN
            RAISE WARNING 'read of %: %', i.body, j;
        END IF;
    END LOOP;
END
$$;

-- a long text takes its time, and no more
SELECT count(*) FILTER (WHERE anthology.issue_to_request('Author Page: x-y', repeat(t, 4000 / length(t))) ? 'undecided')
FROM unnest(ARRAY['https://aclanthology.org/people/a/', '2024.acl-long.1 ', 'a', '"', 'a-', E'\n', '<!-- ', '0000-0001-5109-3700 ', 'into the page ',
    '{"anthology_id": "a", ', '%41', 'not mine ', '&lt;&amp;', ' ', E'My papers are not mine: P19-1001.\n', '- [x] Verification ']) AS t;
