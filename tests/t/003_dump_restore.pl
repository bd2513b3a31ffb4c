#!/usr/bin/perl
# pg_dump carries the corpus, the proposals and the record whole, undo works in
# the copy, and DROP EXTENSION loses no row. Needs the server of with_cluster.
use strict;
use warnings;
use Test::More;
use FindBin;
use lib $FindBin::Bin;
use OldVersion qw(fill);

$ENV{PGOPTIONS} = '-c client_min_messages=warning';

sub sql
{
	my ($database, @statements) = @_;
	my @command = ('psql', '-XqAt', '-v', 'ON_ERROR_STOP=1', '-d', $database);
	open my $psql, '-|', @command, map { ('-c', $_) } @statements or die "psql: $!\n";
	local $/;
	my $output = <$psql>;
	close $psql or die "failed in $database: @statements\n";
	$output =~ s/\n\z//;
	return $output;
}

my $everything = q{SELECT md5(string_agg(to_jsonb(t)::text, '' ORDER BY to_jsonb(t)::text COLLATE "C")) FROM anthology.%s t};
my @tables = qw(venue collection event volume paper paper_element person person_name authorship
  load_problem reassignment reassignment_item person_change correction_log assignment_flag assignment_unjudged term_statistics
  document_change);

sub contents
{
	my ($database) = @_;
	return join "\n", map { "$_ " . sql($database, sprintf $everything, $_) } @tables;
}

my ($one, $two) = ('anthology_dump_1', 'anthology_dump_2');
system('dropdb', '--if-exists', $_) for $one, $two;
system('createdb', '-T', 'template0', '-E', 'UTF8', '-l', 'C', $_) for $one, $two;
my $sample = $ENV{ANTHOLOGY_SAMPLE};
sql($one, 'CREATE EXTENSION anthology', 'SELECT anthology.create_tables()',
	"SELECT * FROM anthology.load_directory('$sample')");
my $papers = sql($one, q{SELECT count(*) FROM anthology.paper});
cmp_ok($papers, '>', 20, 'the sample is loaded');

# One correction applied, one proposed, one person made.
my $from = sql($one, q{SELECT person_id FROM anthology.authorship JOIN anthology.person p ON p.id = person_id
	WHERE p.verified AND role = 'author' GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1});
my $page = sql($one, "SELECT * FROM anthology.person_page('$from')");
my $paper = sql($one, "SELECT min(paper_id) FROM anthology.authorship WHERE person_id = '$from' AND role = 'author'");
sql($one, q{SELECT anthology.flag_assignments('flag', 1)});
sql($one, q{SELECT anthology.create_person('Nova', 'Quist', degree => 'Uni')});
my $applied = sql($one, "SELECT anthology.reassign_papers(ARRAY['$paper'], '$from', 'nova-quist')");
my $proposed = sql($one, "SELECT anthology.propose_reassignment(ARRAY['$paper'], 'nova-quist', '$from')");
isnt(sql($one, "SELECT * FROM anthology.person_page('$from')"), $page, 'the page has changed');
cmp_ok(sql($one, 'SELECT count(*) FROM anthology.assignment_flag'), '>', 0, 'and was flagged');

system("pg_dump -d $one | psql -Xq -v ON_ERROR_STOP=1 -d $two >/dev/null") == 0
  or fail('pg_dump | psql');
is(contents($two), contents($one), 'the copy has the same rows');
is(sql($two, q{SELECT count(*) FROM pg_trigger WHERE tgname LIKE 'anthology_flag%'}), 2, 'and the triggers that flag');
is(sql($two, "SELECT * FROM anthology.person_page('nova-quist')"),
	sql($one, "SELECT * FROM anthology.person_page('nova-quist')"), 'and the same pages');
is(sql($two, "SELECT count(*) FROM anthology.preview_reassignment($proposed)"),
	sql($one, "SELECT count(*) FROM anthology.preview_reassignment($proposed)"), 'its proposals can be previewed');
is(sql($two, 'SELECT count(*) FROM anthology.check_record()'), 0, 'and its record is whole');
cmp_ok(sql($two, "SELECT anthology.undo_reassignment($applied)"), '>', $proposed, 'undo works in the copy');
is(sql($two, "SELECT * FROM anthology.person_page('$from')"), $page, 'and restores the page');

# DROP EXTENSION: refused, then with CASCADE no row is lost and all can be put back.
my $before = contents($one);
my $error = `psql -XqAt -d $one -c 'DROP EXTENSION anthology' 2>&1`;
like($error, qr/cannot drop extension anthology because other objects depend on it/, 'DROP EXTENSION is refused');
is(contents($one), $before, 'and changes nothing');
my %rows = map { $_ => sql($one, "SELECT count(*) FROM anthology.$_") } @tables;
sql($one, 'DROP EXTENSION anthology CASCADE');
is(sql($one, "SELECT count(*) FROM anthology.$_"), $rows{$_}, "CASCADE leaves the rows of $_") for @tables;
sql($one, 'CREATE EXTENSION anthology', 'SELECT anthology.create_tables()');
is(contents($one), $before, 'making the extension and the tables again gives everything back');
is(sql($one, 'SELECT count(*) FROM anthology.check_record()'), 0, 'the guards of the record too');
is(sql($one, q{SELECT count(column_default) FROM information_schema.columns WHERE table_name = 'reassignment' AND column_name LIKE 'proposed%'}), 4, 'and its defaults');
is(sql($one, 'SELECT documents FROM anthology.term_count_state'), $papers, 'and counts terms anew');
is(sql($one, "SELECT anthology.undo_reassignment($applied) > 0"), 't', 'and undo still works');

# A dump names the functions of its time: of 1.2, where all were in one schema.
chomp(my $share = `"$ENV{PG_CONFIG}" --sharedir`);
my $old = '1.2';
system('cp', "tests/releases/anthology--$old.sql", "$share/extension/") == 0 or die "cannot install $old\n";
system('dropdb', $_) == 0 && system('createdb', '-T', 'template0', '-E', 'UTF8', '-l', 'C', $_) == 0 or die "cannot make $_\n" for $one, $two;
sql($one, "CREATE EXTENSION anthology VERSION '$old'", 'SELECT anthology.create_tables()',
	q{SELECT anthology.flag_assignments('flag', 1)},
	'CREATE VIEW public.pages AS SELECT p.id, anthology.present_id(p.id) AS page FROM anthology.person p',
	'CREATE INDEX ON anthology.paper (anthology.abstract_plain(title))');
unlink "$share/extension/anthology--$old.sql";
fill($one, "SELECT * FROM anthology.load_directory('$sample')");
cmp_ok(sql($one, 'SELECT count(*) FROM anthology.authorship'), '>', 20, "a corpus of $old");
is(system("pg_dump -d $one | psql -Xq -v ON_ERROR_STOP=1 -d $two >/dev/null"), 0, 'its dump is restored into a database of this version');
sql($two, 'SELECT anthology.create_tables()');
for my $table (qw(paper person authorship person_name venue volume))
{
	my $rows = sprintf $everything, $table;
	is(sql($two, $rows), sql($one, $rows), "with the same rows of $table");
}
is(sql($two, q{SELECT subject, message FROM anthology.check_database() WHERE severity <> 'note' AND subject ~ '^(table|view)'}), '', 'its tables are whole');
is(sql($two, 'SELECT count(*) FROM public.pages WHERE page IS NULL'), 0, "and what a user has made of the functions works");
cmp_ok(sql($two, "SELECT anthology.reassign_papers(ARRAY['$paper'], '$from', (SELECT min(id) FROM anthology.person WHERE verified AND id <> '$from'))"), '>', 0, 'and papers can be moved');
system('dropdb', $two);

# The schema of the internal functions is the extension's own.
system('createdb', '-T', 'template0', '-E', 'UTF8', '-l', 'C', $two) == 0 or die "cannot make $two\n";
sql($two, 'CREATE SCHEMA anthology_internal');
like(`psql -XqAt -d $two -c 'CREATE EXTENSION anthology' 2>&1`, qr/^ERROR:  schema "anthology_internal" already exists$/m,
	'a schema of that name by somebody else is refused');
sql($two, 'DROP SCHEMA anthology_internal', 'CREATE EXTENSION anthology', 'DROP EXTENSION anthology');
is(sql($two, q{SELECT count(*) FROM pg_namespace WHERE nspname = 'anthology_internal'}), 0, 'and DROP EXTENSION removes it');
system('dropdb', $_) for $one, $two;
done_testing();
