-- name_normalize: the comparison form of a name

-- order, case, initials
SELECT n, anthology.name_normalize(n) FROM (VALUES
    ('Julian Katz-Samuels'), ('Katz-Samuels, Julian'), ('JULIAN KATZ SAMUELS'), ('van der Goot, Rob'),
    ('Martin Luther King, Jr.'), ('King, Martin Luther, Jr.'), ('Eric H. Nyberg III'),
    ('W. Bruce Croft'), ('J.R.R. Tolkien'), ('J. R. R. Tolkien'), ('JRR Tolkien'), ('LI Wei'),
    ('Emily Prud''hommeaux'), ('Benjamin K. T’sou'), ('Mirnalinee T T')) AS v(n);

-- both spellings of a diacritic, composed and decomposed
SELECT n, anthology.name_normalize(n) FROM (VALUES
    ('Hinrich Schütze'), ('Hinrich Schuetze'), ('Hinrich Schutze'), (U&'Hinrich Schu\0308tze'),
    ('Philipp Koehn'), ('Günther Görz'), ('Guenther Goerz'), ('Anders Søgaard'), ('Johanna Geiß'),
    ('Johanna Geiss'), ('Đorđe Petrović'), ('Djordje Petrovic'), ('Kjær'), ('Kjaer'), ('Łukasz Żilka')) AS v(n);

-- where ue, ae, oe are no umlauts
SELECT n, anthology.name_normalize(n) FROM (VALUES
    ('Xue Nianwen'), ('Xueqi Cheng'), ('Jaehwan Lee'), ('Samuel Bowman'), ('Miguel Ballesteros'),
    ('Michael Collins'), ('Chloé Braud')) AS v(n);

-- other scripts
SELECT n, anthology.name_normalize(n) FROM (VALUES
    ('刘洋'), ('洋 刘'), ('欧阳明'), ('김민수'), ('김 민수'), ('Иван Петров'), ('Юрий Щукин'),
    ('Γιώργος Παπαδόπουλος'), ('राम कुमार'), ('たなか はなこ')) AS v(n);

-- nothing to read, and no more than the beginning is read
SELECT octet_length(n) AS bytes, anthology.name_normalize(n) = '' AS empty FROM (VALUES (''), (' '), ('?'), ('-, .'), (U&'\200B')) AS v(n);
SELECT anthology.name_normalize(NULL);
SELECT length(anthology.name_normalize(repeat('ab ', 300000))) AS words_kept,
       length(anthology.name_normalize(repeat('x', 1000000))) AS letters_kept;
