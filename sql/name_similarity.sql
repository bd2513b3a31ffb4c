-- name_similarity, name_explain

CREATE TEMP TABLE pair (kind text, a text, b text, same boolean);
INSERT INTO pair VALUES
    ('order', 'Julian Katz-Samuels', 'Katz-Samuels, Julian', true),
    ('case', 'Jörg Tiedemann', 'JÖRG TIEDEMANN', true),
    ('case', 'W. Bruce Croft', 'w. bruce croft', true),
    ('initial', 'David Farwell', 'D. Farwell', true),
    ('initial', 'Hsiao-Wuen Hon', 'H.W. Hon', true),
    ('initial', 'J.R.R. Tolkien', 'JRR Tolkien', true),
    ('initial', 'Jean-Pierre Chanod', 'J.-P. Chanod', true),
    ('initial', 'David Farwell', 'R. Farwell', false),
    ('middle', 'Adam Berger', 'Adam L. Berger', true),
    ('middle', 'Rada Mihalcea', 'Rada F. Mihalcea', true),
    ('middle', 'Jon D. Patrick', 'Jon David Patrick', true),
    ('middle', 'Carolina Scarton', 'Carolina Evaristo Scarton', true),
    ('middle', 'Peter A. Jansen', 'Peter G. Jansen', false),
    ('diacritic', 'Eva Fučíková', 'Eva Fucikova', true),
    ('diacritic', 'Hinrich Schütze', 'Hinrich Schuetze', true),
    ('diacritic', 'Katharina Wäschle', 'Katharina Waeschle', true),
    ('diacritic', 'Anders Søgaard', 'Anders Soegaard', true),
    ('diacritic', 'Johanna Geiß', 'Johanna Geiss', true),
    ('diacritic', 'Hans Grün', 'Hans Gruen', true),
    ('diacritic', 'Đorđe Petrović', 'Djordje Petrovic', true),
    ('diacritic', 'Xu Wang', 'Xue Wang', false),
    ('joined', 'Julian Katz-Samuels', 'Julian Katz Samuels', true),
    ('joined', 'Julian Katz-Samuels', 'Julian Katzsamuels', true),
    ('joined', 'Wei-Nan Zhang', 'Weinan Zhang', true),
    ('joined', 'Heui-Seok Lim', 'Heuiseok Lim', true),
    ('joined', 'Denise DiPersio', 'Denise Di Persio', true),
    ('joined', 'Xiao-Lin Wang', 'Xiao Wang', false),
    ('particle', 'Rob van der Goot', 'van der Goot, Rob', true),
    ('particle', 'Rob van der Goot', 'Rob Goot', true),
    ('particle', 'Kees van Deemter', 'Kees Vandeemter', true),
    ('suffix', 'Eric H. Nyberg', 'Eric H. Nyberg III', true),
    ('suffix', 'Ron Daniel, Jr.', 'Ron Daniel Jr', true),
    ('swapped', 'Jindřich Helcl', 'Helcl Jindřich', true),
    ('swapped', 'Weina Zhao', 'Zhao Weina', true),
    ('short form', 'Timothy Baldwin', 'Tim Baldwin', true),
    ('short form', 'Mitchell Marcus', 'Mitch Marcus', true),
    ('short form', 'Robert Malouf', 'Rob Malouf', true),
    ('language', 'Ekaterina Alahverdzhieva', 'Katya Alahverdzhieva', true),
    ('language', 'Sergey Nirenburg', 'Serguei Nirenburg', true),
    ('surnames', 'Xavier Gómez Guinovart', 'Xavier Gómez-Guinovart', true),
    ('surnames', 'Barbara Gawronska', 'Barbara Gawronska-Werngren', true),
    ('surnames', 'David Cabrero Souto', 'David Cabrero', true),
    ('typo', 'Alexis Konstantinidis', 'Alexis Konstandinidis', true),
    ('typo', 'Pushpak Bhattacharyya', 'Pushpak Bhattacharya', true),
    ('typo', 'Wei Wang', 'Wei Wan', false),
    ('typo', 'Michael Frank', 'Michael Franke', false),
    ('typo', 'Jui-Ting Huang', 'Hui-Ting Huang', false),
    ('script', 'Yang Liu', '刘洋', true),
    ('script', 'Minsu Kim', '김민수', true),
    ('script', 'Ivan Petrov', 'Иван Петров', true),
    ('script', 'Giorgos Papadopoulos', 'Γιώργος Παπαδόπουλος', true),
    ('script', 'Mohamed Ali', 'محمد علي', true),
    ('script', 'Ram Kumar', 'राम कुमार', true),
    ('script', 'Hanako Tanaka', 'たなか はなこ', true),
    ('romanised', 'Chih-Chieh Shih', 'Zhijie Shi', true),
    ('romanised', 'Tsung-Hsien Wen', 'Zongxian Wen', true),
    ('romanised', 'Chiao-Hsin Yu', 'Jiao-Xin Yu', true),
    ('romanised', 'Mei Tsai', 'Mei Cai', true),
    ('romanised', 'Mei Hsueh', 'Xue, Mei', true),
    ('romanised', 'Jung-Hoon Park', 'Jeonghun Pak', true),
    ('romanised', 'Hyun Ju Choi', 'Hyeon-Ju Choe', true),
    ('romanised', 'Hiroshi Ohno', 'Hiroshi Ono', true),
    ('romanised', 'Kouichi Satou', 'Koichi Sato', true),
    ('romanised', 'Yuuki Toujou', 'Yuki Tojo', true),
    ('romanised', 'Dmitriy Yakovlev', 'Dmitri Iakovlev', true),
    ('romanised', 'Mohammed Hussain', 'Muhammad Hussein', true),
    ('romanised', 'Tsung-Hsien Wen', 'Zongxin Wen', false),
    ('romanised', 'Jung-Hoon Park', 'Jae-Hun Pak', false),
    ('given', 'Adam Berger', 'Eve Berger', false),
    ('given', 'Yang Liu', 'Wei Liu', false),
    ('family', 'Adam Berger', 'Adam Lopez', false),
    ('both', 'Adam Berger', 'Eve Lopez', false);

SELECT kind, a, b, same, round(anthology.name_similarity(a, b)::numeric, 2) AS similarity
FROM pair ORDER BY kind COLLATE "C", same DESC, similarity DESC, a COLLATE "C", b COLLATE "C";

-- every variant before all different people
SELECT min(anthology.name_similarity(a, b)) FILTER (WHERE same) >
       max(anthology.name_similarity(a, b)) FILTER (WHERE NOT same) AS apart FROM pair;

-- symmetric, in range, 1 only for equal comparison forms, explained to the last bit
SELECT a, b FROM pair WHERE anthology.name_similarity(a, b) <> anthology.name_similarity(b, a);
SELECT x.a, y.b FROM pair x, pair y
WHERE NOT anthology.name_similarity(x.a, y.b) BETWEEN 0 AND 1
   OR (anthology.name_similarity(x.a, y.b) = 1) <> (anthology.name_normalize(x.a) = anthology.name_normalize(y.b))
   OR anthology.name_similarity(x.a, y.b) <> (SELECT sum(contribution) FROM anthology.name_explain(x.a, y.b));

-- a rare surname tells more than a common one, a closer spelling never less
SELECT anthology.name_similarity('Q. Alahverdzhieva', 'Quentin Alahverdzhieva') >
       anthology.name_similarity('Q. Wang', 'Quentin Wang') AS rare_tells_more;
SELECT b, round(anthology.name_similarity('Pushpak Bhattacharyya', b)::numeric, 2) AS similarity FROM (VALUES
    ('Pushpak Bhattacharyya'), ('Pushpak Bhattacharya'), ('Pushpak Batacharya'), ('Pushpak Bataqarya'),
    ('Pushpak Bataqxrqa')) AS v(b);

-- why
SELECT a_part, b_part, how, round(contribution::numeric, 3) AS contribution
FROM anthology.name_explain('Wei-Nan A. Zhang', 'Zhang, Weinan');
SELECT a_part, b_part, how, round(contribution::numeric, 3) AS contribution
FROM anthology.name_explain('Robert Katz-Samuels Jr.', 'Bob B. Samuelz');
SELECT * FROM anthology.name_explain('Adam Berger', 'Eve Lopez');
SELECT a_part, b_part, how, round(contribution::numeric, 3) AS contribution
FROM anthology.name_explain('Adam Berger', 'Berger, Adam');

-- nothing to compare
SELECT anthology.name_similarity('', ''), anthology.name_similarity('?', '-'),
       anthology.name_similarity('', 'Liu'), anthology.name_similarity(NULL, 'Liu');
SELECT * FROM anthology.name_explain('', '');
SELECT anthology.name_similarity(repeat('ab ', 300000), repeat('ab ', 300000)) = 1 AS long_names;

-- the Chinese ü is also written v, and with u Lv may be another name
SELECT anthology.name_similarity('Zhengwei Lv', 'Zhengwei Lü') > 0.8 AS same,
       anthology.name_similarity('Zhengwei Lv', 'Zhengwei Lu') < anthology.name_similarity('Zhengwei Lv', 'Zhengwei Lü') AS less;
SELECT anthology.name_similarity('Han 吕', 'Han Lv') > 0.5 AS same;

-- a family name of one letter reads alike on both sides of its comma
SELECT anthology.name_similarity('Weinan E', 'E, Weinan');

-- an initial is not the beginning of the family name; a slip of the key is nearer than another name
SELECT a, b, round(anthology.name_similarity(a, b)::numeric, 2) AS similarity FROM (VALUES
    ('Huang, S.', 'Shujian Huang'), ('Huang, S.', 'Kai Shuang'), ('Huang, S', 'Kai Shuang'),
    ('A. Hasssan', 'Ahmed Hassan'), ('A. Hasssan', 'Adan Cassan')) AS v(a, b);

-- a name cut short is no worse than its initial; Chinese syllables are no beginning of others
SELECT a, b, round(anthology.name_similarity(a, b)::numeric, 2) AS similarity FROM (VALUES
    ('Prem Natarajan', 'Premkumar Natarajan'), ('Prem Natarajan', 'P. Natarajan'),
    ('Premkumar Natarajan', 'P. Natarajan'), ('Xing Mao', 'X. Mao'), ('Xing Mao', 'Xingliang Mao'),
    ('Paul Natarajan', 'P. Natarajan'), ('Paul Natarajan', 'Paula Natarajan')) AS v(a, b);

-- a family name that was cut short or is a letter apart is nearer than another word that agrees
SELECT a, b, round(anthology.name_similarity(a, b)::numeric, 2) AS similarity FROM (VALUES
    ('Jonathan Landes', 'Jonathan Land'), ('Jonathan Landes', 'Jonathan Lands'), ('Jonathan Landes', 'Landes Jon'),
    ('Jonathan Landes', 'Jonathan Lambert')) AS v(a, b);

-- how each word was read
SELECT a_part, b_part, how, round(contribution::numeric, 3) AS contribution
FROM anthology.name_explain('Chih-Chieh Shih', 'Shi, Zhijie');
