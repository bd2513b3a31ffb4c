#!/usr/bin/perl
# The examples of docs/clients.md run and print what stands there: those in Python
# with Debian's python3 and the libraries that it has, and those in SQL. A block of
# Python says what it needs in "<!-- needs: LIBRARY... -->"; what is not there is
# skipped. Libraries elsewhere are found through PYTHONPATH.
use strict;
use warnings;
use Test::More;

$ENV{PGOPTIONS} = '-c client_min_messages=warning';
my $database = 'anthology_clients';
open my $in, '<', 'docs/clients.md' or die "docs/clients.md: $!\n";
my $text = do { local $/; <$in> };
close $in;

sub run
{
	my ($file, $content, @command) = @_;
	open my $out, '>', "tmp_check/$file" or die "$file: $!\n";
	print $out $content;
	close $out or die;
	my $output = `@command tmp_check/$file 2>&1`;
	return ($output, $?);
}

mkdir 'tmp_check';
my ($python) = grep { my $path = $_; grep { system("$path -c 'import $_' >/dev/null 2>&1") == 0 } 'psycopg', 'psycopg2' }
  'python3', '/usr/bin/python3';
system('dropdb', '--if-exists', $database) == 0
  && system('createdb', '-T', 'template0', '-E', 'UTF8', '-l', 'C', $database) == 0
  or die "cannot make $database\n";
system('psql', '-Xqo', '/dev/null', '-v', 'ON_ERROR_STOP=1', '-d', $database, '-c', 'CREATE EXTENSION anthology',
	'-c', 'SELECT anthology.create_tables()', '-c', "SELECT * FROM anthology.load_directory('$ENV{ANTHOLOGY_SAMPLE}')") == 0
  or die "cannot load the sample\n";

my ($blocks, $sql, $not_run) = (0, '', 0);
while ($text =~ /^<!-- (needs|not run): (.*?) -->\n```(\w+)\n(.*?)^```\n(?:```text\n(.*?)^```\n)?|^```(sql)\n(.*?)^```\n/gms)
{
	my ($mark, $what, $language, $code, $expected, $plain) = ($1, $2, $3, $4, $5, $7);
	if (defined $plain) { $sql .= $plain; next; }
	next if $mark eq 'not run';
	my $line = 1 + (substr($text, 0, $-[0]) =~ tr/\n//);
	$blocks++;
  SKIP:
	{
		my @missing = grep { !$python || system("$python -c 'import $_' >/dev/null 2>&1") != 0 } split ' ', $what;
		skip "docs/clients.md:$line needs python3-" . join(', python3-', @missing), 1 if @missing;
		s/dbname=mine/dbname=$database/, s{///mine}{///$database} for $code;
		my ($output) = run('client.py', $code, "env PYTHONIOENCODING=utf-8 $python");
		is($output, $expected, "docs/clients.md:$line prints what it says");
	}
}
cmp_ok($blocks, '>', 4, "$blocks blocks of Python were found");
my ($output, $status) = run('client.sql', $sql, "psql -Xq -v ON_ERROR_STOP=1 -d $database -f");
is($status, 0, 'the SQL runs') or diag $output;
like($output, qr/^ Anna Kovács$/m, 'and finds a scholar by name');
system('dropdb', $database);
done_testing();
