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

SELECT anthology.bibtex('2024.none-main.1');
SELECT anthology.mods('');
SELECT anthology.citations('2024.none-main');
SELECT anthology.bibtex(NULL) IS NULL AS null_for_null;
