#!/usr/bin/perl
# A streaming replica answers as the primary does, by its name indexes too,
# while the primary adds names and vacuums; it can take over. A base backup with
# archived WAL goes back to between two corrections.
use strict;
use warnings;
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use Test::More;
use lib dirname(__FILE__);
use OwnServer;

my $temp = tempdir(CLEANUP => 1);
chmod 0755, $temp;
my $data = "$temp/data";
write_folder($data, 12, '');

my $primary = new_node('primary', <<CONF, allows_streaming => 1, has_archiving => 1);
shared_buffers = '8MB'
wal_consistency_checking = 'generic'
autovacuum = off
client_min_messages = warning
CONF
$primary->start;
sql($primary, 'postgres', 'CREATE DATABASE corpus');
my $name = q{(ARRAY['Ann','Bo','José','Wei','Xin','J.','Maria','Ole'])[ceil(random()*8)] || ' ' || (ARRAY['Wang','Li','Müller','García','Katz-Samuels','Nguyen'])[ceil(random()*6)] || chr(97 + (random()*25)::int) || chr(97 + (random()*25)::int)};
sql($primary, 'corpus', 'CREATE EXTENSION anthology', 'SELECT anthology.create_tables()',
	"SELECT count(*) FROM anthology.load_directory('$data')",
	'CREATE TABLE name (id bigserial, name text)', "INSERT INTO name (name) SELECT $name FROM generate_series(1, 3000)",
	'CREATE INDEX name_name ON name USING anthology_names (name)',
	'CREATE UNLOGGED TABLE fleeting (name text)', 'CREATE INDEX fleeting_name ON fleeting USING anthology_names (name)',
	"INSERT INTO fleeting VALUES ('Ann Wang')");
$primary->backup('base');
my $standby = PostgreSQL::Test::Cluster->new('standby');
$standby->init_from_backup($primary, 'base', has_streaming => 1);
$standby->append_conf('postgresql.conf', "hot_standby_feedback = off\nmax_standby_streaming_delay = -1\n");
$standby->start;

my @sought = ('Ann Wang', 'José García', 'J. Katz-Samuels', 'Wei Liab');
my @questions = (
	"SELECT * FROM anthology.find_person('José García')",
	"SELECT * FROM anthology.person_page('person-1')",
	"SELECT * FROM anthology.search_papers('finding things on Suzuki')",
	"SELECT * FROM anthology.suggest_persons((SELECT min(paper_id) FROM anthology.authorship), 1)",
	"SELECT * FROM anthology.suspicious_assignments(NULL, 0.2) ORDER BY 1, 2, 3",
	"SELECT * FROM anthology.history('person-1')",
	"SELECT anthology.bibtex(min(id)) FROM anthology.volume",
	"SELECT name, name OPERATOR(anthology.<~>) 'Ann Wang' AS d FROM name ORDER BY 2, name COLLATE \"C\" LIMIT 50");
sub same
{
	my ($when) = @_;
	$primary->wait_for_catchup($standby);
	my @differ = grep { sql($primary, 'corpus', $_) ne sql($standby, 'corpus', $_) } @questions;
	is("@differ", '', "$when: the replica answers the same");
	is(index_differences($standby, 'corpus', 'name', 'name', @sought), '', 'its index answers as its scan does');
	is(index_differences($standby, 'corpus', 'anthology.person_name', 'full_name', @sought[ 0, 1 ]), '', 'that of the corpus, too');
	is(check_rows($standby, 'corpus'), '', 'and check_database() finds nothing there');
}
same('at first');
isnt(sql($standby, 'corpus', $questions[0]), '', 'which is not nothing');

# Corrections arrive, and cannot be made there.
my $moved = sql($primary, 'corpus', "SELECT anthology.reassign_papers(ARRAY[a.paper_id], a.person_id, 'person-1') FROM anthology.authorship a WHERE a.person_id LIKE '%/unverified' ORDER BY a.paper_id LIMIT 1");
same('after a correction');
my ($code, $out, $error) = $standby->psql('corpus', "SELECT anthology.undo_reassignment($moved)");
like($error, qr/cannot execute .* in a read-only transaction|during recovery/, 'a correction on the replica is refused');

# A session there, with its cache of words, while the primary writes and
# vacuums: in each transaction the index is to answer as the scan does.
my ($script, @watches);
for my $i (1 .. 40)
{
	push @watches, "$temp/watch$i.sql";
	open $script, '>:utf8', $watches[-1] or die;
	utf8::decode(my $sought = $sought[ $i % @sought ]);
	my $query = "SELECT 'answer', count(d), md5(string_agg(d::text, ' ')) FROM (SELECT name OPERATOR(anthology.<~>) '$sought' AS d FROM name ORDER BY 1 LIMIT 300) AS n";
	print $script "BEGIN ISOLATION LEVEL REPEATABLE READ;\nSET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off;\n$query;\n"
	  . "SET LOCAL enable_seqscan = on; SET LOCAL enable_indexscan = off; SET LOCAL enable_bitmapscan = off;\n$query;\nCOMMIT;\n\\echo pair\nSELECT pg_sleep(0.02);\n";
	close $script;
}
system("cat @watches > $temp/watch.sql") == 0 or die;
for my $delay (-1, 0)
{
	$standby->append_conf('postgresql.conf', "max_standby_streaming_delay = $delay");
	$standby->reload;
	# A conflict ends the session.
	my $job = psql_job($standby, 'corpus', $delay ? "$temp/watch.sql" : \@watches, "$temp/watch.log");
	for (1 .. 15)
	{
		sql($primary, 'corpus', "INSERT INTO name (name) SELECT $name || chr(97 + (random()*25)::int) FROM generate_series(1, 100)",
			'DELETE FROM name WHERE random() < 0.05', "UPDATE name SET name = $name WHERE random() < 0.02");
		sql($primary, 'corpus', 'VACUUM name');
	}
	waitpid $job, 0;
	my $log = do { local (@ARGV, $/) = "$temp/watch.log"; <> };
	# What a conflict cut off is no pair.
	my @pairs = grep { !/^(?:psql:.*|)(?:ERROR|FATAL)/m } split /^pair$/m, $log;
	my @bad = grep { my @answers = /^(answer.*)$/mg; @answers == 2 && $answers[0] ne $answers[1] } @pairs;
	my $compared = grep { my @answers = /^(answer.*)$/mg; @answers == 2 } @pairs;
	is("@bad", '', "with a delay of $delay the index answers as the scan does at every moment ($compared)");
	cmp_ok($compared, '>', $delay ? 30 : 10, 'often enough');
	my @errors = grep { !/conflict with recovery|current transaction is aborted|User query might have needed/ } $log =~ /^(?:psql:.*|)((?:ERROR|FATAL).*)$/mg;
	is("@errors", '', 'and no query fails but for conflicts');
}
same('after all that');

# A scan begun before a VACUUM: with a delay replay waits, and the scan sees all
# that it should; without one it is cancelled.
for my $delay (-1, 0)
{
	$standby->append_conf('postgresql.conf', "max_standby_streaming_delay = $delay");
	$standby->reload;
	sql($standby, 'postgres', 'SELECT pg_sleep(0.3)');
	$primary->wait_for_catchup($standby);
	my $rows = sql($primary, 'corpus', 'SELECT count(*) FROM name');
	unlink "$temp/begun", "$temp/go";
	open $script, '>', "$temp/cursor.sql" or die;
	print $script <<SQL;
BEGIN ISOLATION LEVEL REPEATABLE READ;
SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off;
DECLARE c CURSOR FOR SELECT 'row ' || id FROM name ORDER BY name OPERATOR(anthology.<~>) 'Ann Wang';
FETCH 10 FROM c;
\\! touch $temp/begun; for i in \$(seq 300); do [ -e $temp/go ] && break; sleep 0.1; done
FETCH ALL FROM c;
COMMIT;
SQL
	close $script;
	my $job = psql_job($standby, 'corpus', "$temp/cursor.sql", "$temp/cursor.log");
	for (1 .. 300) { last if -e "$temp/begun"; select undef, undef, undef, 0.1; }
	sql($primary, 'corpus', 'DELETE FROM name WHERE id % 3 = 0');
	sql($primary, 'corpus', 'VACUUM name');
	sql($primary, 'corpus', "INSERT INTO name (name) SELECT $name FROM generate_series(1, 500)");
	if ($delay) { select undef, undef, undef, 0.5; }
	else { $primary->wait_for_catchup($standby); }
	open my $go, '>', "$temp/go" or die;
	close $go;
	waitpid $job, 0;
	my $log = do { local (@ARGV, $/) = "$temp/cursor.log"; <> };
	my %seen;
	$seen{$1}++ while $log =~ /^row (\d+)$/mg;
	if ($delay) { is(keys %seen, $rows, 'a scan that replay waits for sees every row'); is((grep { $_ > 1 } values %seen), 0, 'once'); }
	else { like($log, qr/conflict with recovery/, 'a scan that replay does not wait for is cancelled'); }
}
same('after the scans');

# Back to between two corrections.
my @record = map { "anthology.$_" } qw(reassignment reassignment_item person_change);
sub state_of
{
	my ($node) = @_;
	return join ' ', digest($node, 'corpus'), map { sql($node, 'corpus', "SELECT count(*) || ':' || md5(string_agg(t::text, '|' ORDER BY t::text)) FROM $_ t") } @record;
}
my $correct = sub { return sql($primary, 'corpus', "SELECT anthology.reassign_papers(ARRAY[a.paper_id], a.person_id, '$_[0]') FROM anthology.authorship a WHERE a.person_id LIKE '%/unverified' ORDER BY a.paper_id LIMIT 1") };
my $first = $correct->('person-2');
my $between = state_of($primary);
sql($primary, 'postgres', "SELECT pg_create_restore_point('between')");
my $second = $correct->('person-3');
sql($primary, 'corpus', "INSERT INTO name (name) SELECT $name FROM generate_series(1, 500)", 'VACUUM name');
isnt(state_of($primary), $between, 'the second correction changes something');
my $walfile = sql($primary, 'postgres', 'SELECT pg_walfile_name(pg_current_wal_lsn())');
sql($primary, 'postgres', 'SELECT pg_switch_wal()');
$primary->poll_query_until('postgres', "SELECT last_archived_wal >= '$walfile' FROM pg_stat_archiver") or die 'WAL is not archived';
my $restored = PostgreSQL::Test::Cluster->new('restored');
$restored->init_from_backup($primary, 'base', has_restoring => 1);
$restored->append_conf('postgresql.conf', "recovery_target_name = 'between'\nrecovery_target_action = 'promote'");
$restored->start;
$restored->poll_query_until('postgres', 'SELECT NOT pg_is_in_recovery()') or die 'not restored';
is(state_of($restored), $between, 'a backup goes back to between two corrections');
is(check_rows($restored, 'corpus'), '', 'and all is well');
is(index_differences($restored, 'corpus', 'name', 'name', @sought), '', 'an index answers as a scan does');
is(sql($restored, 'corpus', "SELECT status FROM anthology.reassignment WHERE id IN ($first, $second)"), 'applied', 'the first is on record, and not the second');
cmp_ok(sql($restored, 'corpus', "SELECT anthology.undo_reassignment($first)"), '>', $first, 'and can be undone');
is(amcheck($restored, '-d', 'corpus'), '', 'amcheck finds nothing');
$restored->stop;

# The replica takes over.
$primary->wait_for_catchup($standby);
my $last = state_of($primary);
$primary->stop('immediate');
$standby->promote;
$standby->poll_query_until('postgres', 'SELECT NOT pg_is_in_recovery()') or die 'not promoted';
is(state_of($standby), $last, 'the replica takes over with everything');
sql($standby, 'corpus', "INSERT INTO name (name) SELECT $name FROM generate_series(1, 500)", 'VACUUM name', "INSERT INTO fleeting VALUES ('Bo Li')");
is(index_differences($standby, 'corpus', 'name', 'name', @sought), '', 'its index can be added to');
is(sql($standby, 'corpus', 'SET enable_seqscan = off', "SELECT name FROM fleeting WHERE name OPERATOR(anthology.~=) 'Bo Li'"), 'Bo Li', 'an unlogged one, too');
cmp_ok(sql($standby, 'corpus', "SELECT anthology.undo_reassignment($second)"), '>', $second, 'corrections can be undone there');
is(check_rows($standby, 'corpus'), '', 'all is well');
is(amcheck($standby, '-d', 'corpus'), '', 'amcheck finds nothing');
for my $node ($primary, $standby, $restored)
{
	my $log = do { local (@ARGV, $/) = $node->logfile; <> };
	unlike($log, qr/PANIC|TRAP|inconsistent page|terminated by signal/, 'no crash in the log of ' . $node->name);
}
$standby->stop;
done_testing();
