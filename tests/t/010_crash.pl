#!/usr/bin/perl
# A server that dies - every process at once, or one backend - in the middle of
# loads, corrections, and work on name indexes comes back with nothing half
# done. ANTHOLOGY_CRASH_ROUNDS and ANTHOLOGY_CRASH_SEED may be set;
# ANTHOLOGY_CRASH_DATA is a data folder to load instead of generated papers.
use strict;
use warnings;
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use Time::HiRes qw(time sleep);
use Test::More;
use lib dirname(__FILE__);
use OwnServer;

my $rounds = $ENV{ANTHOLOGY_CRASH_ROUNDS} || 8;
my $seed = $ENV{ANTHOLOGY_CRASH_SEED} || time % 1_000_000;
my $data = $ENV{ANTHOLOGY_CRASH_DATA};
srand $seed;
diag "seed $seed" if $ENV{ANTHOLOGY_CRASH_ROUNDS};
note "seed $seed";

my $temp = tempdir(CLEANUP => 1);
chmod 0755, $temp;
my ($a, $b) = ("$temp/a", "$temp/b");
if ($data)
{
	# The second one says something else in one file of five.
	system('cp', '-r', $data, $_) == 0 or die for $a, $b;
	system('chmod', '-R', 'u+w', $a, $b);
	my $i = 0;
	for my $file (sort glob "$b/xml/*.xml")
	{
		next if $i++ % 5;
		open my $in, '<:raw', $file or die;
		local $/;
		my $text = <$in>;
		$text =~ s{<last>(\w)}{<last>Q$1} for 1 .. 3;
		$text =~ s{</title>}{ again</title>} for 1 .. 3;
		open my $out, '>:raw', $file or die;
		print $out $text;
		close $out;
	}
}
else
{
	write_folder($a, 16, '');
	write_folder($b, 16, 'Else');
}

# Small buffers and short checkpoints: every state of the disk is met with.
# Replay compares each page with the one that was written at the time.
my $node = new_node('crash', <<CONF);
shared_buffers = '@{[ $data ? 64 : 8 ]}MB'
checkpoint_timeout = 30s
max_wal_size = '@{[ $data ? 256 : 64 ]}MB'
min_wal_size = '64MB'
wal_consistency_checking = 'generic,btree,gin'
autovacuum_naptime = 1s
restart_after_crash = on
client_min_messages = warning
log_statement = none
CONF
$node->start;

# What each database is to be like.
sql($node, 'postgres', 'CREATE DATABASE empty');
sql($node, 'empty', 'CREATE EXTENSION anthology', 'SELECT anthology.create_tables()');
sql($node, 'postgres', "CREATE DATABASE $_ TEMPLATE empty") for qw(load fresh names);
sql($node, 'load', "SELECT count(*) FROM anthology.load_directory('$a')");
my %state = (empty => digest($node, 'empty'), fresh => digest($node, 'load'));
sql($node, 'postgres', 'CREATE DATABASE edit TEMPLATE load');
sql($node, 'load', "SELECT count(*) FROM anthology.load_directory('$b')");
$state{b} = digest($node, 'load');
sql($node, 'load', "SELECT count(*) FROM anthology.load_directory('$a')");
$state{a} = digest($node, 'load');
isnt($state{a}, $state{b}, 'the two folders differ');
is($state{a}, $state{fresh}, 'loading back and forth changes nothing');
sql($node, 'edit', 'CREATE TABLE base AS SELECT paper_id, role, "position", person_id, explicit_person_id FROM anthology.authorship');
my $name = q{(ARRAY['Ann','Bo','José','Wei','Xin','J.','Maria','Ole'])[ceil(random()*8)] || ' ' || (ARRAY['Wang','Li','Müller','García','Katz-Samuels','Nguyen','van Dyk','Okafor','Haddad'])[ceil(random()*9)] || CASE WHEN random() < 0.7 THEN chr(97 + (random()*25)::int) || chr(97 + (random()*25)::int) || chr(97 + (random()*25)::int) ELSE '' END};
sql($node, 'names', 'CREATE TABLE name (id bigserial PRIMARY KEY, name text) WITH (autovacuum_vacuum_threshold = 100, autovacuum_vacuum_scale_factor = 0)',
	"INSERT INTO name (name) SELECT $name FROM generate_series(1, 3000)", q{INSERT INTO name (name) VALUES (NULL), (NULL), ('李 Xin'), ('李明')},
	'CREATE INDEX name_name ON name USING anthology_names (name)',
	'CREATE UNLOGGED TABLE fleeting (name text)', 'CREATE INDEX fleeting_name ON fleeting USING anthology_names (name)');
my @sought = ('Ann Wang', 'José García', 'J. Katz-Samuels', 'Wei Liabc', 'Ole van Dyk', 'Xin 李');

sub script
{
	my ($name, @statements) = @_;
	open my $out, '>:utf8', "$temp/$name.sql" or die;
	print $out "$_;\n" for @statements;
	close $out;
	return "$temp/$name.sql";
}
utf8::decode(my $decoded = $name);

# A load that has been acknowledged is there: each says so.
my $loads = script('load', map { my $to = $_ % 2 ? 'b' : 'a'; ("SELECT count(*) > 0 FROM anthology.load_directory('$temp/$to')", "\\echo loaded $to") } 1 .. 200);
my $fresh = script('fresh', "SELECT count(*) > 0 FROM anthology.load_directory('$a')", '\echo loaded');
my $pick = 'WITH name AS MATERIALIZED (SELECT a.* FROM anthology.authorship a WHERE a.person_id IS NOT NULL AND a.paper_id IN (SELECT id FROM anthology.paper ORDER BY random() LIMIT 20) ORDER BY random() LIMIT 1), person AS MATERIALIZED (SELECT p.* FROM anthology.person p WHERE p.verified ORDER BY random() LIMIT 1)';
my $edits = script('edit', map {
	my $what = $_ % 6;
	$what == 0 ? "$pick SELECT 'done ' || anthology.reassign_papers(ARRAY[name.paper_id], name.person_id, person.id) FROM name, person"
	  : $what == 1 ? "SELECT 'done ' || anthology.undo_reassignment(id) FROM (SELECT id FROM anthology.reassignment WHERE status = 'applied' AND kind <> 'undo' ORDER BY random() LIMIT 1) AS r"
	  : $what == 2 ? "$pick SELECT 'done ' || anthology.reassign_papers(ARRAY[name.paper_id], name.person_id, person.id) FROM name, person"
	  : $what == 3 ? "$pick SELECT 'done ' || anthology.verify_person(name.person_id, degree => 'U' || $_) FROM name WHERE name.person_id LIKE '%/unverified'"
	  : $what == 4 ? "$pick SELECT 'done ' || anthology.merge_persons(name.person_id, person.id) FROM name, person WHERE name.person_id <> person.id"
	  : "$pick SELECT 'done ' || anthology.propose_reassignment(ARRAY[name.paper_id], name.person_id, person.id) FROM name, person"
} 1 .. 3000);
my $inserts = script('insert', map { ("INSERT INTO name (name) SELECT $decoded FROM generate_series(1, 40) RETURNING 'id ' || id", "INSERT INTO fleeting SELECT $decoded FROM generate_series(1, 40)") } 1 .. 2000);
my $deletes = script('delete', map { $_ % 5 ? "DELETE FROM name WHERE id IN (SELECT id FROM name WHERE name IS NOT NULL ORDER BY random() LIMIT 30)"
	  : $_ % 2 ? "UPDATE name SET name = $decoded WHERE id % 97 = $_ % 97" : "BEGIN; INSERT INTO name (name) SELECT $decoded FROM generate_series(1, 100); ROLLBACK" } 1 .. 3000);
my $vacuums = script('vacuum', map { ('VACUUM name', $_ % 3 ? 'VACUUM name' : "SET maintenance_work_mem = '1MB'; DROP INDEX IF EXISTS other; CREATE INDEX CONCURRENTLY other ON name USING anthology_names (name)",
		$_ % 4 ? 'REINDEX INDEX name_name' : 'REINDEX INDEX CONCURRENTLY name_name') } 1 .. 1000);

# Names of the corpus that are not where the record's last word is, and
# corrections that were acknowledged and are not there.
my $off_record = q{SELECT count(*) FROM base b JOIN anthology.authorship a USING (paper_id, role, "position")
	LEFT JOIN LATERAL (SELECT i.after_person_id, i.after_explicit_id FROM anthology.reassignment_item i
		JOIN anthology.reassignment r ON r.id = i.reassignment_id AND r.status IN ('applied', 'undone')
		WHERE (i.paper_id, i.role, i."position") = (a.paper_id, a.role, a."position")
		ORDER BY r.id DESC LIMIT 1) AS l ON true
	WHERE (a.person_id, a.explicit_person_id) IS DISTINCT FROM
		(CASE WHEN l IS NULL THEN b.person_id ELSE l.after_person_id END, CASE WHEN l IS NULL THEN b.explicit_person_id ELSE l.after_explicit_id END)};

my ($whole, $half) = (0, 0);
my %seen;
for my $round (1 .. $rounds)
{
	my %script = (load => $loads, fresh => $fresh, edit => $edits, insert => $inserts, delete => $deletes, vacuum => $vacuums);
	my %database = (insert => 'names', delete => 'names', vacuum => 'names');
	my %job = map { $_ => psql_job($node, $database{$_} // $_, $script{$_}, "$temp/$_.log") } keys %script;

	# The longest rounds are as long as a load and what follows it.
	my $longest = $data ? 90 : 2;
	my $wait = 0.1 + rand($longest - 0.1);
	my $one = $round % 4 == 0;
	sleep $wait;
	if ($one)
	{
		my @backends = split /\n/, sql($node, 'postgres', q{SELECT pid FROM pg_stat_activity WHERE backend_type IN ('client backend', 'autovacuum worker', 'checkpointer', 'background writer') AND pid <> pg_backend_pid()});
		kill 9, $backends[ rand @backends ];
		waitpid $_, 0 for values %job;
		for (1 .. 600) { last if $node->psql('postgres', 'SELECT 1') == 0; sleep 0.1; }
	}
	else
	{
		kill_all($node);
		waitpid $_, 0 for values %job;
		$node->start;
	}
	my $what = sprintf 'round %d, %s after %.2f s', $round, $one ? 'a backend killed' : 'all killed', $wait;
	my %log;
	for my $job (keys %script)
	{
		open my $in, '<', "$temp/$job.log" or die;
		local $/;
		$log{$job} = <$in>;
		fail("$what: $job says $1") if $log{$job} =~ /(.*(?:XX\d\d\d|corrupt|could not read|no room|PANIC|TRAP|cache lookup).*)/;
	}

	# Loads: all or nothing, and what was acknowledged is there.
	my $now = digest($node, 'load');
	my ($last) = $log{load} =~ /.*loaded (\w)/s;
	my @possible = !$last ? qw(a b) : $last eq 'a' ? qw(a b) : qw(b a);
	ok($now eq $state{a} || $now eq $state{b}, "$what: a load is done or not") or diag $now;
	$seen{ 'load ' . ($now eq $state{a} ? 'a' : 'b') }++;
	is(check_rows($node, 'load'), '', 'and all is well there');
	$now = digest($node, 'fresh');
	my $done = $log{fresh} =~ /^loaded$/m;
	ok($now eq $state{fresh} || (!$done && $now eq $state{empty}), 'so is a first load') or diag $now;
	$seen{ 'first load ' . ($now eq $state{fresh} ? 'done' : 'not done') }++;
	is(check_rows($node, 'fresh'), '', 'and all is well there') ;
	if ($now eq $state{fresh})
	{
		is(index_differences($node, 'fresh', 'anthology.person_name', 'full_name', @sought[ 0, 1 ]), '', 'and names are found') unless $data && $round % 5;
		sql($node, 'postgres', 'DROP DATABASE fresh');
		sql($node, 'postgres', 'CREATE DATABASE fresh TEMPLATE empty');
	}

	# Corrections.
	is(sql($node, 'edit', $off_record), '0', 'every name is where the record says');
	my @done = $log{edit} =~ /^done (\d+)/mg;
	$seen{'corrections'} += @done;
	is(sql($node, 'edit', 'SELECT count(*) FROM anthology.reassignment WHERE id = ANY (\'{' . join(',', @done) . '}\')'), scalar @done, 'no correction acknowledged is lost');
	my $findings = join "\n", grep { !/^proposal / } split /\n/, check_rows($node, 'edit');
	is($findings, '', 'and all is well there');

	# Name indexes.
	$seen{'invalid index'} += sql($node, 'names', "SELECT count(*) FROM pg_index WHERE NOT indisvalid");
	$findings = join "\n", grep { !/the index is invalid/ } split /\n/, check_rows($node, 'names');
	is($findings, '', 'the indexes are fit to be read');
	sql($node, 'names', split /\n/, sql($node, 'names', "SELECT format('DROP INDEX %s;', indexrelid::regclass) FROM pg_index WHERE NOT indisvalid"))
	  if sql($node, 'names', 'SELECT count(*) FROM pg_index WHERE NOT indisvalid');
	is(index_differences($node, 'names', 'name', 'name', @sought), '', 'an index answers as a scan does');
	is(index_differences($node, 'names', 'fleeting', 'name', @sought), '', 'so does an unlogged one');
	my @ids = $log{insert} =~ /^id (\d+)/mg;
	$seen{'names inserted'} += @ids;

	is(amcheck($node, '-d', 'load', '-d', 'fresh', '-d', 'edit', '-d', 'names', '-s', 'anthology', '-s', 'public'), '', 'amcheck finds nothing')
	  unless $data && $round % 3;
	# Lest the work become more and more.
	sql($node, 'names', 'DELETE FROM name WHERE id % 2 = 0 AND (SELECT count(*) FROM name) > 6000 AND name IS NOT NULL', 'TRUNCATE fleeting');
	last if !Test::More->builder->is_passing;
}
sql($node, 'names', 'DROP INDEX IF EXISTS other', 'VACUUM name');
is(index_differences($node, 'names', 'name', 'name', @sought), '', 'after a last VACUUM, too');
is(amcheck($node, '--all'), '', 'amcheck finds nothing anywhere');
my $log = do { local (@ARGV, $/) = $node->logfile; <> };
unlike($log, qr/PANIC|TRAP|inconsistent page|segfault|signal (?:11|6):/, 'nothing in the log that should not be there');
note join ', ', map { "$_: $seen{$_}" } sort keys %seen;
diag join ', ', map { "$_: $seen{$_}" } sort keys %seen if $ENV{ANTHOLOGY_CRASH_ROUNDS};
$node->stop;
done_testing();
