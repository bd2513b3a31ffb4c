#!/usr/bin/perl
# Eight editors at once (pgbench), on the same few pages: nothing deadlocks,
# nothing is lost, the record tells how it came to what it is. Needs the server
# of with_cluster. EDITORS_SECONDS is how long (10), EDITORS_REPORT prints rates.
use strict;
use warnings;
use Test::More;

$ENV{PGOPTIONS} = '-c client_min_messages=warning';
my $seconds = $ENV{EDITORS_SECONDS} // 10;
my $clients = 8;
my $scripts = 'tests/bench/editors';
my ($one, $two) = ('anthology_editors', 'anthology_editors_2');

sub sql
{
	my ($database, @statements) = @_;
	open my $psql, '-|', 'psql', '-XqAt', '-v', 'ON_ERROR_STOP=1', '-d', $database, map { ('-c', $_) } @statements or die "psql: $!\n";
	local $/;
	my $output = <$psql> // '';
	close $psql or die "failed in $database: @statements\n";
	$output =~ s/\n\z//;
	return $output;
}

for ($one, $two)
{
	system('dropdb', '--if-exists', $_);
	system('createdb', '-T', 'template0', '-E', 'UTF8', '-l', 'C', $_);
	sql($_, 'CREATE EXTENSION anthology', 'SELECT anthology.create_tables()');
}
sql($one, "SELECT * FROM anthology.load_directory('$ENV{ANTHOLOGY_SAMPLE}')");
sql($one, q{SELECT anthology.flag_assignments('flag', 0.5)});
system('psql', '-XqAt', '-o', '/dev/null', '-v', 'ON_ERROR_STOP=1', '-d', $one, '-f', "$scripts/setup.sql") == 0 or die "setup.sql\n";

# Most of the time as PostgreSQL is, the rest with snapshots that last, where
# whoever comes second gets a serialization failure and tries again.
for my $run ([ 'read committed', 0.6, 'mixed.sql@3', 'transaction.sql@1' ], [ 'repeatable read', 0.2, 'mixed.sql@1' ], [ 'serializable', 0.2, 'mixed.sql@1' ])
{
	my ($isolation, $part, @files) = @$run;
	my $time = int($seconds * $part + 0.5) || 1;
	local $ENV{PGOPTIONS} = "-c client_min_messages=error -c default_transaction_isolation=" . $isolation =~ s/ /\\ /gr;
	my ($output, $done);
	# A machine that is busy with something else gets longer.
	for my $longer (1, 2, 4)
	{
		$time *= $longer;
		$output = qx{pgbench -n -c $clients -j 2 -T $time --max-tries=10000 @{[ map { "-f $scripts/$_" } @files ]} $one 2>&1};
		($done) = $output =~ /transactions actually processed: (\d+)/;
		last if $? || ($done // 0) > $clients;
	}
	is($?, 0, "$isolation: no client met an unexpected error") or diag($output =~ s/^(?!.*(?:error|ERROR|abort)).*\n//mgr);
	my ($tps) = $output =~ /^tps = ([\d.]+)/m;
	my ($retried) = $output =~ /number of transactions retried: (\d+)/;
	cmp_ok($done // 0, '>', $clients, "$isolation: they got something done");
	cmp_ok($retried // 0, '>', 0, "$isolation: with serialization failures tried again") if $isolation ne 'read committed' && $seconds >= 10;
	note(sprintf '%s: %d s, %d transactions, %.0f a second, %d retried', $isolation, $time, $done // 0, $tps // 0, $retried // 0);
	diag(sprintf '%s: %d s, %d transactions, %.0f a second, %d retried', $isolation, $time, $done // 0, $tps // 0, $retried // 0) if $ENV{EDITORS_REPORT};
}

# What they did, and what they were refused.
my %done = map { split /\|/ } split /\n/, sql($one, q{SELECT kind, count(*) FILTER (WHERE outcome = 'done') FROM editors.outcome GROUP BY 1});
cmp_ok($done{$_} // 0, '>', 0, "some could $_") for qw(propose apply undo reassign merge read);
diag(sql($one, q{SELECT kind, count(*) FILTER (WHERE outcome = 'done') AS done, count(*) AS tried FROM editors.outcome GROUP BY 1 ORDER BY 1})) if $ENV{EDITORS_REPORT};
is(sql($one, q{SELECT outcome FROM editors.outcome WHERE outcome !~ '^(done|reassignment \d+ (is stale|is not a proposal any more|cannot be undone|has been changed since)|one paper cannot|not every selected name|names would be left|the list of papers is empty|persons? ".*|the papers are on|there is no (person|flag|paper)|not on the page|flag \d+ is not open)' LIMIT 5}), '', 'refused only for what others did');

is(sql($one, "SELECT deadlocks FROM pg_stat_database WHERE datname = '$one'"), 0, 'no deadlock');
is(sql($one, q{SELECT count(*) FROM (SELECT paper_id, role, "position", first, last FROM anthology.authorship) a FULL JOIN editors.start s
	USING (paper_id, role, "position", first, last) WHERE s.person_id IS NULL OR a.paper_id IS NULL}), 0, 'no name is lost, none is new');
is(sql($one, q{SELECT count(*) FROM anthology.authorship WHERE person_id IS NULL}), 0, 'each has its person');
is(sql($one, q{SELECT count(*) FROM (SELECT paper_id, person_id FROM anthology.authorship a JOIN anthology.person p ON p.id = person_id AND p.verified
	GROUP BY 1, 2 HAVING count(*) > 1) d WHERE NOT EXISTS (SELECT FROM editors.start s WHERE s.paper_id = d.paper_id GROUP BY s.person_id HAVING count(*) > 1)}), 0, 'no paper names a verified person twice');
is(sql($one, q{SELECT count(*) FROM anthology.person p WHERE NOT p.verified AND NOT EXISTS (SELECT FROM anthology.authorship a WHERE a.person_id = p.id)}), 0, 'no unverified person is left without a paper');

# The record, replayed from the start, gives the pages there are.
is(sql($one, q{DO $$
	DECLARE decision record; found bigint; wrong bigint := 0;
	BEGIN
		CREATE TEMP TABLE replay AS SELECT * FROM editors.start;
		CREATE UNIQUE INDEX ON replay (paper_id, role, "position");
		FOR decision IN SELECT reassignment_id AS id FROM anthology.correction_log WHERE status = 'applied'
			AND reassignment_id NOT IN (SELECT l.reassignment_id FROM anthology.correction_log l WHERE l.status = 'applied' AND l.number < correction_log.number) ORDER BY number
		LOOP
			SELECT count(*) INTO found FROM anthology.reassignment_item i JOIN replay r USING (paper_id, role, "position")
				WHERE i.reassignment_id = decision.id AND r.person_id IS DISTINCT FROM i.before_person_id;
			wrong := wrong + found;
			UPDATE replay r SET person_id = i.after_person_id FROM anthology.reassignment_item i
				WHERE i.reassignment_id = decision.id AND (i.paper_id, i.role, i."position") = (r.paper_id, r.role, r."position");
		END LOOP;
		CREATE TEMP TABLE result AS SELECT wrong, (SELECT count(*) FROM replay r JOIN anthology.authorship a USING (paper_id, role, "position")
			WHERE a.person_id IS DISTINCT FROM r.person_id) AS differ;
	END $$}, 'SELECT * FROM result'), '0|0', 'the record replays: every before is as it was, and the end is what there is');
is(sql($one, 'SELECT count(*) FROM anthology.check_record()'), 0, 'the record is whole');
is(sql($one, q{SELECT count(*) FROM anthology.reassignment r WHERE status IN ('applied', 'undone') AND decided_at IS NULL}), 0, 'every decision tells when');

# The pages are what the files as exported say, loaded into another database.
my $resolution = q{SELECT paper_id, role, "position", person_id FROM anthology.authorship ORDER BY 1, 2, 3};
my $persons = sql($one, q{SELECT anthology.export_people_yaml()}) =~ s/'/''/gr;
sql($two, "SELECT * FROM anthology.import_people('$persons')");
for my $collection (split /\n/, sql($one, 'SELECT id FROM anthology.collection'))
{
	my $source = sql($one, "SELECT anthology.export_collection('$collection')") =~ s/'/''/gr;
	sql($two, "SELECT * FROM anthology.import_collection(xmlparse(DOCUMENT '$source'))");
}
is(sql($two, $resolution), sql($one, $resolution), 'the files exported resolve to the same persons from scratch')
  or diag(sql($two, q{SELECT kind, place, reason FROM anthology.load_problem}), "\n", sql($one, q{SELECT anthology.export_people_yaml()}));
system('dropdb', $_) for $one, $two;
done_testing();
