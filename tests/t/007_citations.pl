# The BibTeX of the sample, read by BibTeX itself: every entry, without a warning.
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
FUNCTION {inproceedings} { entry } FUNCTION {article} { entry } FUNCTION {proceedings} { entry } FUNCTION {misc} { entry }
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
system('dropdb anthology_citations');
done_testing();
