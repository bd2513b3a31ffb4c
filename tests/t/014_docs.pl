#!/usr/bin/perl
# The documentation is true: docs/functions.md is what the comments in the database
# say, functions that README and docs mention are there, links lead somewhere, and
# every SQL block runs, in order, a database a file, with the sample in it. A block
# that is followed by a block without a language has that output. "<!-- first: SQL -->"
# before a block is run with it; "<!-- not run: reason -->" says why one is not, and
# "<!-- run by: test -->" which other test runs those of a whole page.
use strict;
use warnings;
use Test::More;

$ENV{PGOPTIONS} = '-c client_min_messages=warning';
my $database = 'anthology_docs';
my @files = ('README.md', sort glob 'docs/*.md');

sub slurp
{
	my ($path) = @_;
	open my $in, '<', $path or die "$path: $!\n";
	local $/;
	return scalar <$in>;
}

sub create_database
{
	system('dropdb', '--if-exists', $database) == 0 && system('createdb', '-T', 'template0', '-E', 'UTF8', '-l', 'C', $database) == 0
	  or die "cannot make $database\n";
}

# psql's output and status for a script; what it complains of is in the output.
sub psql
{
	my ($script) = @_;
	open my $out, '>', 'tmp_check/docs.sql' or die "docs.sql: $!\n";
	print $out $script;
	close $out;
	my $output = `psql -Xq -v ON_ERROR_STOP=1 -d $database -f tmp_check/docs.sql 2>&1`;
	return ($output, $?);
}

mkdir 'tmp_check';
my $functions = `tests/list_functions`;
is($?, 0, 'the functions are listed');
is($functions, slurp('docs/functions.md'),
	'docs/functions.md is up to date (else: tests/with_cluster tests/list_functions > docs/functions.md)');

create_database();
my ($known) = psql("CREATE EXTENSION anthology;\n\\pset tuples_only\n\\pset format unaligned\nSELECT DISTINCT proname FROM pg_proc;\n");
my %known = map { $_ => 1 } split /\n/, $known;
for my $file (@files)
{
	my $text = slurp($file);
	my %unknown = map { $_ => 1 } grep { !$known{$_} } $text =~ /`(?:anthology\.)?([a-z_0-9]+)\(/g;
	# tests/t/031_architecture.pl looks for those of C.
	is(join(' ', sort keys %unknown), '', "$file: every function is there") if $file ne 'docs/architecture.md';
	(my $folder = $file) =~ s{[^/]*$}{};
	my @lost = grep { !-e "$folder$_" } $text =~ /\]\((?!https?:|#)([^)#]+)(?:#[^)]*)?\)/g;
	is("@lost", '', "$file: every link leads somewhere");
}

my ($run, $not_run) = (0, 0);
for my $file (@files)
{
	my ($script, @blocks) = ("\\pset pager off\n");
	my $text = slurp($file);
	my $first = '';
	my $reason;
	if ($text =~ /^<!-- run by: (\S+) -->$/m)
	{
		my $other = $1;
		like(-e $other ? slurp($other) : '', qr/\Q$file\E/, "$file: $other runs its SQL");
		next;
	}
	while ($text =~ /^<!-- (first|not run): (.*?) -->$|^```sql\n(.*?)^```\n(?:\n?```(?:text)?\n(.*?)^```\n)?/gms)
	{
		my ($mark, $content, $block, $expected) = ($1, $2, $3, $4);
		if (defined $mark)
		{
			if ($mark eq 'first') { $first .= "$content\n"; }
			else { $reason = $content; }
			next;
		}
		my $line = 1 + (substr($text, 0, $-[0]) =~ tr/\n//);
		if (defined $reason)
		{
			$not_run++;
			diag("$file:$line is not run: $reason");
			($reason, $first) = (undef, '');
			next;
		}
		$script .= "$first\\echo @@ $line\n$block\n";
		push @blocks, [ $line, $expected ];
		$first = '';
	}
	next if !@blocks;
	create_database();
	# The extension made beforehand may be made again, which says nothing.
	my $prepare = $text =~ /^CREATE EXTENSION anthology/m ? '' :
	  "CREATE EXTENSION anthology; SELECT anthology.create_tables(); SELECT * FROM anthology.load_directory('$ENV{ANTHOLOGY_SAMPLE}');\n";
	s{/srv/acl-anthology/data}{$ENV{ANTHOLOGY_SAMPLE}}g for $script;
	s{ALTER DATABASE mine }{ALTER DATABASE $database }g for $script;
	my ($output, $status) = psql($prepare . $script);
	my %output = $output =~ /^@@ (\d+)\n(.*?)(?=^@@ \d+\n|\z)/gms;
	for (@blocks)
	{
		my ($line, $expected) = @$_;
		$run++;
		my $got = $output{$line};
		if (!defined $got || $got =~ /^psql:.*ERROR:/m)
		{
			fail("$file:$line runs");
			diag($got // 'it was not reached');
		}
		elsif (defined $expected)
		{
			s/[ \t]+$//mg, s/\n+\z/\n/ for $got, $expected;
			is($got, $expected, "$file:$line has the output it shows");
		}
		else { pass("$file:$line runs"); }
	}
	fail("$file: psql ended with status $status\n$output") if $status && !grep { ($output{ $_->[0] } // '') =~ /ERROR:/ } @blocks;
}
cmp_ok($run, '>', 10, "$run blocks were run, $not_run not");
system('dropdb', $database);
done_testing();
