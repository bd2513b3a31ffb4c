#!/usr/bin/perl
# A package is upgraded and ALTER EXTENSION UPDATE has not been run yet, or
# create_tables() has not been called since: the library of this version with the
# functions, or the tables, of each released one. Every operation either works
# or says in one sentence what is to be done, before it does anything.
use strict;
use warnings;
use Test::More;
use FindBin;
use lib $FindBin::Bin;
use OldVersion qw(fill);

$ENV{PGOPTIONS} = '-c client_min_messages=warning';
my $database = 'anthology_old_functions';

sub sql
{
	my (@statements) = @_;
	open my $psql, '-|', 'sh', '-c', 'exec "$@" 2>&1', 'sh', 'psql', '-XqAt', '-v', 'ON_ERROR_STOP=1', '-v', 'VERBOSITY=verbose', '-d', $database,
	  map { ('-c', $_) } @statements
	  or die "psql: $!\n";
	local $/;
	my $output = <$psql> // '';
	my $good = close $psql;
	$output =~ s/\n\z//;
	return wantarray ? ($output, $good) : $output;
}
sub must
{
	my ($output, $good) = sql(@_);
	die "@_: $output\n" if !$good;
	return $output;
}

chomp(my $share = `"$ENV{PG_CONFIG}" --sharedir`);
system('cp', glob('tests/releases/*.sql'), "$share/extension/") == 0 or die "cannot install the released versions\n";
my $version = do { local $ARGV = local @ARGV = ('anthology.control'); my ($v) = map { /^default_version = '(.*)'/ ? $1 : () } <>; $v };
my @released = sort map { /anthology--(.*)\.sql$/ ? $1 : () } glob 'tests/releases/*.sql';
cmp_ok(scalar @released, '>', 0, 'there are released versions');

# Each moves something, or would if it were applied.
my @operations = (
	"SELECT anthology.create_person('Nova', 'Quist', NULL, 'Uni')",
	"SELECT anthology.propose_reassignment('{2024.test-1.1}', 'ann-roe', 'bo-li')",
	'SELECT count(*) FROM anthology.preview_reassignment((SELECT coalesce(max(id), 1) FROM anthology.reassignment))',
	'SELECT anthology.apply_reassignment(coalesce(max(id), 1)) FROM anthology.reassignment',
	'SELECT anthology.undo_reassignment(max(id)) FROM anthology.reassignment',
	"SELECT anthology.reassign_papers('{2024.test-1.1}', 'ann-roe', 'bo-li')",
	'SELECT anthology.propose_undo(max(id)) FROM anthology.reassignment',
	'SELECT anthology.reject_reassignment(max(id)) FROM anthology.reassignment',
	'SELECT anthology.undo_reassignment(max(id)) FROM anthology.reassignment WHERE status = \'applied\'',
	"SELECT anthology.add_name('bo-li', 'Bob', 'Li')",
	"SELECT anthology.verify_person('cy-day/unverified', NULL, 'Uni')",
	"SELECT anthology.merge_persons('bo-li', 'ann-roe')",
	"SELECT anthology.judge_new_assignments()");
# What only reads goes on; judging is refused.
my @reads = (
	"SELECT count(*) > 0 FROM anthology.person_page('ann-roe')",
	"SELECT person_id = 'ann-roe' FROM anthology.find_person('Ann Roe', 1)",
	"SELECT count(*) > 0 FROM anthology.person_names('ann-roe')",
	"SELECT anthology.name_similarity('A. Roe', 'Ann Roe') > 0.5",
	"SELECT anthology.bibtex('2024.test-1.1') ~ 'Roe, Ann'");
my @judging = (
	"SELECT anthology.assignment_score('2024.test-1.1', 'ann-roe')",
	"SELECT * FROM anthology.suspicious_assignments('ann-roe')",
	"SELECT * FROM anthology.suggest_split('ann-roe')");
my $count = "SELECT count(*), max(xmin::text::bigint) FROM anthology.reassignment";

for my $old (@released)
{
	system('dropdb', '--if-exists', $database) == 0 && system('createdb', '-T', 'template0', '-E', 'UTF8', '-l', 'C', $database) == 0
	  or die "cannot make $database\n";
	must("CREATE EXTENSION anthology VERSION '$old'", 'SELECT anthology.create_tables()');
	my @load = ("SELECT * FROM anthology.import_people('{ann-roe: {names: [{first: Ann, last: Roe}]}, bo-li: {names: [{first: Bo, last: Li}]}}')",
		q{SELECT * FROM anthology.import_collection('<collection id="2024.test"><volume id="1"><meta><booktitle>B</booktitle><year>2024</year></meta>}
		. q{<paper id="1"><title>T</title><author id="ann-roe"><first>Ann</first><last>Roe</last></author></paper>}
		. q{<paper id="2"><title>U</title><author><first>Cy</first><last>Day</last></author></paper></volume></collection>')});
	# These functions of 1.0 and 1.1 need nothing of the library.
	$old =~ /^1\.[01]$/ ? must(@load) : fill($database, @load);

	is(join(' ', map { my ($output, $good) = sql($_); $good ? $output : "$_: $output" } @reads), join(' ', map { 't' } @reads), "functions of $old: pages, names and citations go on");
	for my $judging (@judging)
	{
		like((sql($judging))[0], qr/^ERROR:  55000: extension "anthology" is of version \Q$old\E in this database/, "$judging is refused");
	}
	my $before = must($count);
	my $said = 0;
	for my $operation (@operations)
	{
		my ($output, $good) = sql($operation);
		$said++ if !$good && $output =~ /^ERROR:  55000: extension "anthology" is of version \Q$old\E in this database, its library of version \Q$version\E\nHINT:  Run ALTER EXTENSION anthology UPDATE, then call anthology\.create_tables\(\)\./;
	}
	is($said, scalar @operations, "functions of $old: every operation says that they are to be updated");
	is(must($count), $before, 'and does nothing');

	must('ALTER EXTENSION anthology UPDATE');
	$said = 0;
	for my $operation (@operations)
	{
		my ($output, $good) = sql($operation);
		diag "$operation: $output" if $good || $output !~ /^ERROR:  55000: the tables are of version 1\.\d(?: or before)?, the extension is of version \Q$version\E\nHINT:  Call anthology\.create_tables\(\)\./;
		$said++ if !$good && $output =~ /^ERROR:  55000: the tables are of version 1\.\d(?: or before)?, the extension is of version \Q$version\E\nHINT:  Call anthology\.create_tables\(\)\./;
	}
	is($said, scalar @operations, "tables of $old: every operation says that they are to be migrated");
	is(must($count), $before, 'and does nothing');

	must('SELECT anthology.create_tables()');
	for my $operation (@operations)
	{
		my ($output, $good) = sql($operation);
		ok($good, "migrated from $old: $operation") or diag $output;
	}
}
system('dropdb', $database);
unlink map { s{.*/}{$share/extension/}r } glob 'tests/releases/*.sql';
done_testing();
