-- abstract_plain: Anthology markup and TeX as plain Unicode text.
\pset format unaligned
\pset null (null)

-- the Anthology's elements and entities
SELECT anthology.abstract_plain(markup) AS plain
FROM (VALUES
    (1, 'The <fixed-case>E</fixed-case>nglish <b>parser</b> of <i>P&amp;amp;G</i> (p &lt; 0.05) R\&amp;amp;D'),
    (2, 'Code at <url>https://example.org/a_b\_c~d%20{x}</url>.'),
    (3, 'in <tex-math>\mathcal{O}(n^3)</tex-math> and <tex-math>O(1/\sqrt{T})</tex-math> time'),
    (4, '3<tex-math>^{rd}</tex-math> place, F<tex-math>_1</tex-math>, <tex-math>x_{i}^{n-1}</tex-math>, <tex-math>RoBERTa_{large}</tex-math>'),
    (5, 'caf&eacute; &#8211; &#x2014; &alpha;&nbsp;&hellip; &lt;b&gt;bold&lt;/b&gt; &unknown; AT&T'),
    (6, '<tex-math>\textrm{DuReader}_{\textrm{vis}}</tex-math> 360<tex-math>^\circ</tex-math> 5<tex-math>\times</tex-math>'),
    (7, 'x<sup>2</sup> H<sub>2</sub>O, <subject, predicate>, a<b and b>c, text<->graph'),
    (8, ''),
    (9, E'<url type="x">u</url> two\n  lines &#65;&#x42; &quot;q&quot; &apos;s&apos;'),
    (10, '&nosuch; &#x; &#0; &#1114112; &amp <unknown>x</unknown>')
) AS input(n, markup) ORDER BY n;

-- the markup of 2026: styles and links leave their text, a paragraph two newlines, an empty element nothing
SELECT replace(anthology.abstract_plain(markup), E'\n', '|') AS plain
FROM (VALUES
    (1, 'This <u>NER</u> <sc>let-alone</sc> <tt>nltk</tt> <b><u>important</u></b>'),
    (2, 'Code at <a href="https://github.com/foo/bar?a=1&amp;b=2">our <i>own</i> repository</a>.'),
    (3, 'Paragraph one.<par/>Paragraph two. <par/>  Three<par/> <par/>four<par/>'),
    (4, '<par/>We <b/>solve this<i/> problem<tex-math/> <url/>now<sup/>'),
    (5, E'Title with\n\n line\n   breaks'),
    (6, 'a<b and b>c, <a and <a href="x, <u, <parent/>, <scale>')
) AS input(n, markup) ORDER BY n;

-- TeX in running text
SELECT anthology.abstract_plain(markup) AS plain
FROM (VALUES
    (1, 'a 14\% gain, \textbf{E}xponential {\em lexical smoothing}, \emph{a \textit{b}}, the \openanc.'),
    (2, 'Universit\''e, Bj\"{o}rn, \v{S}ime, S\o ren, na\"{\i}ve, \c{c}a, Erd\H{o}s, \AA rhus'),
    (3, 'Task~5 at SemEval~2023, ~10% to 5%~8%, i.e.~to, at http://x.org/~me'),
    (4, 'the measure $\gamma_f$, $f1$, $40$ years, costs $4, $8 and $10, US$500, a $k$-nearest'),
    (5, '``quoted'''' -- dash --- long, a--b, a \\ b, x^2 and 10^{-3}, snake_case'),
    (6, '\alpha \rightarrow \beta, {KK, GU} pairs, {I}nsights, see \cite{x,y}\footnote{A note.} \url{http://a.b/c_d}'),
    (7, '$\frac{a+b}{2}$, $\frac12$, $\sum_{i=1}^{n} x_i$, $L\log L$, $\hat{y}$, $\mathbb{R}^d$, $\sqrt[3]{x}$, $a \leq b$')
) AS input(n, markup) ORDER BY n;

-- characters: ligatures, soft hyphens, broken words, blanks, Windows-1252, NFC
SELECT anthology.abstract_plain(markup) AS plain
FROM (VALUES
    (1, E'e\uFB03cient \uFB01eld, co\u00ADoperate, infor-\nmation, lan- guage, pre- and post-editing'),
    (2, E'  many\t\n blanks\u00A0here \u2003 and\u200Bthere  '),
    (3, E'it\u0092s \u0093so\u0094, \u2019\u201C\u201D stay'),
    (4, E'cafe\u0301 na\u0131\u0308ve')
) AS input(n, markup) ORDER BY n;

-- what is no markup stays, and nothing is an error
SELECT anthology.abstract_plain(markup) AS plain
FROM (VALUES
    (1, 'half an entity &am and &#; and &#xD800; and &#99999999; end'),
    (2, 'unclosed <tex-math>x_1 \frac{a and the rest'),
    (3, 'closed only</tex-math> and </b> and <url>http://x.y/z and the rest'),
    (4, 'lone \ and } and { and $ and ^ and \'),
    (5, '</'), (6, '<'), (7, '&'), (8, '\'), (9, '$'), (10, '{\'), (11, '^'), (12, '$\frac'),
    (13, '中文摘要：基于<tex-math>n^2</tex-math>的模型'),
    (14, 'نموذج لغوي $x$ كبير'),
    (15, E'control \x01\x02\x03\x04\x05\x1F\x7F characters')
) AS input(n, markup) ORDER BY n;

-- a megabyte of anything, in no time and with nothing lost
SELECT unit, length(anthology.abstract_plain(repeat(unit, 1000000 / length(unit)) || ' end')) AS length,
       right(anthology.abstract_plain(repeat(unit, 1000000 / length(unit)) || ' end'), 3) AS end
FROM unnest(ARRAY['(', '{', '}', '[', '<', '&', '$', '$a ', '\', '\frac{', '{\em ', 'x_{', '^', '~', '-',
                  '<tex-math>', '<url>', '<tex-math>{</tex-math>', '&amp;', '&#', '``', '\textbf{', '- a',
                  '中', '\''{']) WITH ORDINALITY AS units(unit, n)
ORDER BY n;

-- a backslash and a letter beyond ASCII as an argument
SELECT anthology.abstract_plain('$\frac{a}\é$ x^\ü \sqrt\中') AS plain;
SELECT anthology.abstract_plain(NULL) AS plain;
