-- name_normalize, name_parts, name_similarity

SELECT n, anthology.name_normalize(n) FROM (VALUES
    ('Julian Katz-Samuels'), ('Katz-Samuels, Julian'), ('JÖRG TIEDEMANN'), ('van der Goot, Rob'),
    ('Martin Luther King, Jr.'), ('刘洋'), ('Иван Петров'), ('  '), ('?')) AS v(n);

SELECT n, p.* FROM (VALUES
    ('Julian Katz-Samuels'), ('Katz-Samuels, Julian'), ('Adam L. Berger'), ('Rob van der Goot'),
    ('van der Goot, Rob'), ('Martin Luther King, Jr.'), ('King Jr., Martin L.'), ('Mausam'), ('刘洋'),
    ('Jr.'), ('de'), ('van Gogh'), (', Julian'), ('Samuels,'), ('')) AS v(n), LATERAL anthology.name_parts(n) p;

-- the same person, the surest first
SELECT a, b, round(anthology.name_similarity(a, b)::numeric, 2) AS similarity,
    anthology.name_similarity(a, b) = anthology.name_similarity(b, a) AS symmetric
FROM (VALUES
    ('Julian Katz-Samuels', 'Katz-Samuels, Julian'), ('Julian Katz-Samuels', 'JULIAN KATZ SAMUELS'),
    ('Jörg Tiedemann', 'Jorg Tiedemann'), ('刘洋', 'Yang Liu'), ('Иван Петров', 'Ivan Petrov'),
    ('Wei-Nan Zhang', 'Weinan Zhang'), ('Adam Berger', 'Adam L. Berger'), ('Yang Liu', 'Liu Yang'),
    ('A. Berger', 'Adam L. Berger'), ('J.-P. Chanod', 'Jean-Pierre Chanod'), ('Pushpak Bhattacharyya', 'Pushpak Bhattacharya'),
    ('Berger', 'Adam Berger')) AS v(a, b);
-- different people
SELECT a, b, anthology.name_similarity(a, b) < 0.85 AS apart
FROM (VALUES
    ('Jui-Ting Huang', 'Hui-Ting Huang'), ('Yang Liu', 'Wei Liu'), ('Adam Berger', 'Adam Smith'),
    ('A. Berger', 'B. Berger')) AS v(a, b);

-- nothing to compare
SELECT anthology.name_similarity('', ''), anthology.name_similarity('?', '?'), anthology.name_similarity('', 'Liu'), anthology.name_similarity(NULL, 'Liu');
SELECT anthology.name_similarity(repeat('ab ', 300000), repeat('ab ', 300000)) = 1 AS long_names;
