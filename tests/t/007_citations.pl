# The BibTeX of the sample, read by BibTeX itself: every entry, without a warning.
# Its MODS, by the schema.
use strict;
use warnings;
use Test::More;
use File::Temp qw(tempdir);

plan skip_all => 'no bibtex: install texlive-binaries' if system('which bibtex >/dev/null 2>&1') != 0;

my $folder = tempdir(CLEANUP => 1);
my $psql = 'psql -XqAt -v ON_ERROR_STOP=1 -d anthology_citations';
system('dropdb --if-exists anthology_citations 2>/dev/null; createdb -T template0 -E UTF8 -l C anthology_citations') == 0 or die;
system("PGOPTIONS='-c client_min_messages=warning' $psql -c 'CREATE EXTENSION anthology' -c 'SELECT anthology.create_tables()' "
	  . "-c \"SELECT anthology.load_directory('$ENV{ANTHOLOGY_SAMPLE}')\" >/dev/null") == 0
  or die;
my $entries = `$psql -c 'SELECT count(*) FROM anthology.paper'`;
chomp $entries;
system("$psql -c 'SELECT anthology.bibtex(id) FROM anthology.paper' >$folder/all.bib") == 0 or die;

# A style that writes the key, the title and every author, and needs no TeX installed.
open my $style, '>', "$folder/all.bst" or die;
print $style <<'BST';
ENTRY { title author } {} {}
INTEGERS { n i }
FUNCTION {entry} {
  cite$ "|" * title empty$ { "" } { title } if$ * write$ newline$
  author empty$ { skip$ } {
    author num.names$ 'n := #1 'i :=
    { n i < { #0 } { #1 } if$ } { "author " author i "{vv }{ll}{, jj}{, ff}" format.name$ * write$ newline$ i #1 + 'i := } while$
  } if$
}
FUNCTION {inproceedings} { entry } FUNCTION {article} { entry } FUNCTION {proceedings} { entry } FUNCTION {book} { entry } FUNCTION {misc} { entry }
MACRO {jan} {"1"} MACRO {feb} {"2"} MACRO {mar} {"3"} MACRO {apr} {"4"} MACRO {may} {"5"} MACRO {jun} {"6"}
MACRO {jul} {"7"} MACRO {aug} {"8"} MACRO {sep} {"9"} MACRO {oct} {"10"} MACRO {nov} {"11"} MACRO {dec} {"12"}
READ
ITERATE {call.type$}
BST
close $style;
open my $aux, '>', "$folder/all.aux" or die;
print $aux "\\citation{*}\n\\bibdata{all}\n\\bibstyle{all}\n";
close $aux;

my $log = `cd $folder && max_strings=200000 hash_size=200000 buf_size=200000 BIBINPUTS=. BSTINPUTS=. bibtex all 2>&1`;
is($?, 0, 'bibtex is content') or diag($log);
unlike($log, qr/warning|error|missing/i, 'and warns of nothing') or diag($log);
open my $out, '<', "$folder/all.bbl" or die;
my @lines = <$out>;
is(scalar(grep { /\|/ } @lines), $entries, "all $entries entries are read");
my $authors = `$psql -c "SELECT count(*) FROM anthology.authorship WHERE role IN ('author', 'speaker')"`;
chomp $authors;
is(scalar(grep { /^author / } @lines), $authors, "and all $authors authors told apart");

SKIP:
{
	skip 'no xmllint: install libxml2-utils', 3 if system('which xmllint >/dev/null 2>&1') != 0;
	# Besides the sample: keys that are no XML names, and a volume of which hardly anything is known.
	system("$psql -c \"INSERT INTO anthology.volume (id, collection_id, number, title) VALUES ('2024.demo-bare', '2024.demo', 'bare', 'Bare & <b>bold</b>')\" "
		  . "-c \"INSERT INTO anthology.paper (id, volume_id, number, title, bibkey) VALUES ('2024.demo-bare.1', '2024.demo-bare', 1, 'Bare', '-ä:1')\"") == 0 or die;
	my $valid = `tests/validate_mods anthology_citations 'SELECT id FROM anthology.paper UNION ALL SELECT id FROM anthology.volume'`;
	is($?, 0, 'every MODS record is valid') or diag($valid);
	my $records = `$psql -c 'SELECT (SELECT count(*) FROM anthology.paper) + (SELECT count(*) FROM anthology.volume)'`;
	is($valid, $records =~ s/\n//r . " records\n", 'papers and volumes');
	# The schema must refuse what is wrong.
	system("$psql -c \"CREATE OR REPLACE FUNCTION anthology_internal.xml_text(plain text) RETURNS text LANGUAGE sql AS 'SELECT ''<b/>'''\"") == 0 or die;
	my $refused = `tests/validate_mods anthology_citations 'SELECT id FROM anthology.volume LIMIT 1'`;
	isnt($?, 0, 'a record with a foreign element is not');
}
system('dropdb anthology_citations');
done_testing();
