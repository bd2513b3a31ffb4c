-- name_parts: given, middle, particle, family and suffix of a name

\pset null -
SELECT n, p.* FROM (VALUES
    ('Julian Katz-Samuels'), ('Katz-Samuels, Julian'), ('Adam L. Berger'), ('Berger, Adam L.'),
    ('JRR Tolkien'), ('J.-P. Chanod'), ('Daisy Zhe Wang'),
    -- particles
    ('Rob van der Goot'), ('van der Goot, Rob'), ('Goot, Rob van der'), ('José G. C. de Souza'),
    ('Bin Li'), ('Hend Al-Khalifa'), ('de Souza'),
    -- suffixes
    ('Martin Luther King, Jr.'), ('King Jr., Martin L.'), ('Eric H. Nyberg III'), ('Eric H. Nyberg, 3rd'),
    -- two surnames
    ('Eva Martínez Garcia'), ('Martínez Garcia, Eva'), ('Xavier Gómez-Guinovart'),
    -- initials behind
    ('Arjun Atreya V'), ('Smith J'), ('B, Bharathi'),
    -- family first
    ('刘洋'), ('洋 刘'), ('欧阳明'), ('山田太郎'), ('김민수'), ('남궁 민수'),
    -- one word, or less
    ('Mausam'), ('Jr.'), ('de'), (', Julian'), ('Samuels,'), ('')) AS v(n), LATERAL anthology.name_parts(n) AS p;
