-- bibtex, mods, endnote: citations of papers and volumes
SET client_min_messages = warning;
DROP EXTENSION IF EXISTS anthology CASCADE;
DROP SCHEMA IF EXISTS anthology CASCADE;
CREATE EXTENSION anthology;
SELECT anthology.create_tables();
\set SHOW_CONTEXT never
SELECT kind, new FROM anthology.import_collection($xml$<?xml version='1.0' encoding='UTF-8'?>
<collection id="2024.test">
  <volume id="main" type="proceedings" ingest-date="2024-08-01">
    <meta>
      <booktitle>Proceedings of the <fixed-case>T</fixed-case>est &amp; Trial</booktitle>
      <editor><first>Jan</first><last>Hajič</last></editor>
      <editor><last>Mausam</last></editor>
      <publisher>Association for Computational Linguistics</publisher>
      <address>Málaga, Spain</address>
      <month>May 31 - June 2</month>
      <year>2024</year>
      <isbn>979-8-0000-000-0</isbn>
      <url hash="00000000">2024.test-main</url>
      <venue>test</venue>
    </meta>
    <frontmatter>
      <url hash="00000000">2024.test-main.0</url>
      <bibkey>test-2024-main</bibkey>
    </frontmatter>
    <paper id="1">
      <title><fixed-case>B</fixed-case>ayes at 100%: “<i>what</i>” &lt;costs&gt; <tex-math>O(\sqrt{T})</tex-math> &amp; {why}</title>
      <author><first>Ngọc Ấn</first><last>Nguyễn</last></author>
      <author><first>Đorđe</first><last>Krstić</last></author>
      <author><last>刘洋</last></author>
      <pages>1–12</pages>
      <abstract>A "quoted" naïve Łódź ß_1 ~ $5 # <url>https://x.org/a_b</url> <tex-math>\left\{ x</tex-math> – done…</abstract>
      <url hash="11111111">2024.test-main.1</url>
      <doi>10.18653/v1/2024.test-main.1</doi>
      <bibkey>nguyen-etal-2024-bayes</bibkey>
      <language>eng</language>
    </paper>
    <paper id="2">
      <title>Untitled</title>
      <pages>13</pages>
      <bibkey>untitled-2024</bibkey>
    </paper>
  </volume>
  <volume id="journal" type="journal">
    <meta>
      <booktitle>Test Letters, Volume 7, Issue 2</booktitle>
      <journal-title>Test Letters</journal-title>
      <journal-volume>7</journal-volume>
      <journal-issue>2</journal-issue>
      <month>6</month>
      <year>2024</year>
    </meta>
    <paper id="1">
      <title>On letters</title>
      <author><first>I.</first><last>Íñigo</last></author>
      <bibkey>inigo-2024-letters</bibkey>
    </paper>
  </volume>
</collection>
$xml$) WHERE new > 0 ORDER BY kind COLLATE "C";

SELECT anthology.bibtex('2024.test-main.1');
SELECT anthology.mods('2024.test-main.1');
SELECT anthology.endnote('2024.test-main.1');
-- a volume, by its id or its frontmatter's
SELECT anthology.bibtex('2024.test-main');
SELECT anthology.bibtex('2024.test-main') = anthology.bibtex('2024.test-main.0') AS same;
SELECT anthology.mods('2024.test-main');
SELECT anthology.endnote('2024.test-main');
-- little to say; a journal
SELECT anthology.bibtex('2024.test-main.2');
SELECT anthology.bibtex('2024.test-journal.1');
SELECT anthology.mods('2024.test-journal.1')::xml IS DOCUMENT AS well_formed;
SELECT anthology.endnote('2024.test-journal.1');
SELECT paper_id, left(bibtex, 30) AS bibtex, mods::xml IS DOCUMENT AS mods, left(endnote, 4) AS endnote FROM anthology.citations('2024.test-main');

-- letters, one by one
SELECT c, anthology.bibtex_text(c) FROM unnest(ARRAY['é', 'č', 'í', 'ị', 'ấ', 'ü', 'ő', 'ş', 'ą', 'ø', 'å', 'Å', 'ß', 'đ', 'λ', '刘', '{', '\', '~', chr(160)]) AS c;
-- whatever it is, braces are balanced and no quotation mark ends the field
SELECT t, anthology.bibtex_text(t) FROM unnest(ARRAY['<fixed-case>A', 'a</b>', '<b><i>x</b></i>', '<tex-math>}{\}</tex-math>', '<tex-math>{{a', '<tex-math>{x\</tex-math>', '<tex-math>\$5$\\$</tex-math>', '&#xFFFFFFFF;', '&amp;amp; &#x41; &#65; &#xD800; &bad;',
    'say "so" ("no")', '<', '<unknown>', 'a < b > c', E'two\n  lines ', '']) AS t;
-- styles, links and quotation marks; what stands for a character is in braces
SELECT t, anthology.bibtex_text(t) FROM unnest(ARRAY['Äöøéÿőßû–—', 'íìïîı ÍÌÏÎİ żāűç', 'e' || chr(769), 'A &amp; B #1 50% ~x^2 a_b → α < Ж',
    '<u>a</u><sc>b</sc><tt>c</tt><i>d<b>e</b></i>', 'We <b/>solve this<i/> problem', 'One. <par/>  Two<par/>',
    'at <a href="https://x.org/a_b?c={d}&amp;e">our <i>own</i> page</a> or <a href="javascript:1">here</a>', '<url>https://x.org/a_b%7E{c}#d&amp;e</url>',
    'This "very <b>bold</b>" assumption', '"<fixed-case>A</fixed-case>bc" ("x")', '“very normal” ‘so’', 'BERT’s and <fixed-case>BERT</fixed-case>’s, models’ ''please'' isn''t',
    'a<br/>b <p>c</p>', '<tex-math>"a" \"o</tex-math>']) AS t;
SELECT t, anthology_internal.bibtex_plain(t) FROM unnest(ARRAY['O’Brien & “Sons”', 'a <b>{c}</b> "d"', E'two\nlines']) AS t;
SELECT t, anthology_internal.bibtex_value(t) FROM unnest(ARRAY['', 'a', '{\"o}', '{a} {b {c}}', '}{', '{{a}', 'a"}']) AS t;
-- months in any case, and spans
SELECT m, anthology_internal.bibtex_month(m) FROM unnest(ARRAY['January', 'SEPTEMBER', 'mar', 'May', '6', '13', 'September--November', 'December 3', 'May 31 - June 2', 'UNK', 'a "b" {', '']) AS m;
-- a paper with its own month and editor, and the volume of a journal with frontmatter
SELECT kind, new FROM anthology.import_collection($xml$<?xml version='1.0' encoding='UTF-8'?>
<collection id="2026.test">
  <volume id="1" type="journal">
    <meta>
      <booktitle>Test <b>Letters</b> 8</booktitle>
      <editor><first>Eva</first><last>Editor</last></editor>
      <publisher>A &amp; B “Press”</publisher>
      <month>May</month>
      <year>2026</year>
      <isbn>979-8-0000-000-1</isbn>
      <journal-volume>8</journal-volume>
    </meta>
    <frontmatter>
      <pages>i–iv</pages>
      <doi>10.1162/front</doi>
      <bibkey>letters-2026-1</bibkey>
    </frontmatter>
    <paper id="1">
      <title>On “quotes” and 100%</title>
      <author><first>Zoë</first><last>Müller</last></author>
      <editor><first>Otto</first><last>Other</last></editor>
      <pages>1–2</pages>
      <abstract>We.</abstract>
      <bibkey>muller-2026-quotes</bibkey>
    </paper>
  </volume>
</collection>
$xml$) WHERE new > 0 ORDER BY kind COLLATE "C";
UPDATE anthology.paper SET month = 'JULY' WHERE id = '2026.test-1.1';
SELECT anthology.bibtex('2026.test-1.1');
SELECT anthology.bibtex('2026.test-1.1', true) LIKE '%    abstract = "We."' || chr(10) || '}' AS with_abstract;
SELECT anthology.bibtex('2026.test-1');
SELECT anthology.mods('2026.test-1');
SELECT anthology.endnote('2026.test-1.1');

SELECT anthology.bibtex('2024.none-main.1');
SELECT anthology.mods('');
SELECT anthology.citations('2024.none-main');
SELECT anthology.bibtex(NULL) IS NULL AS null_for_null;
