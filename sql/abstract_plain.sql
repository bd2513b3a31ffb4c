-- abstract_plain: markup as plain text

SELECT anthology.abstract_plain(m) FROM (VALUES
    ('<fixed-case>BERT</fixed-case> and <i>other</i> <b>models</b>'),
    ('see <url>https://example.org/a?b=1&amp;c=2</url>'),
    (E'two\n  lines '),
    ('a &lt; b &amp;amp; c &#65;&#x42; &quot;q&quot; &apos;s&apos;'),
    ('<tex-math>O(1/\sqrt{T})</tex-math> rate'),
    ('<url type="x">u</url>'),
    -- what is not markup stays
    ('a < b, c > d & e; <unknown>x</unknown>'),
    ('&nosuch; &#; &#x; &#0; &#xD800; &#1114112; &amp'),
    ('<b'), ('</'), ('<'), ('&'), ('')) AS v(m);

SELECT length(anthology.abstract_plain(repeat('<', 1000000))), length(anthology.abstract_plain(repeat('<url ', 200000))),
    length(anthology.abstract_plain(repeat('&', 1000000)));
