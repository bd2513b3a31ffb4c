#!/usr/bin/perl
# A backend that gets no more memory reports that, and goes on: it does not
# crash, and nothing is half done. The address space of a backend is limited
# while it runs (prlimit), to a little more than it has, and more each time.
use strict;
use warnings;
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use Test::More;
use lib dirname(__FILE__);
use OwnServer;

# A server that runs out again while it cleans up may end by itself, rarely.
plan skip_all => 'tests/long/out_of_memory runs it' unless $ENV{ANTHOLOGY_LONG};
plan skip_all => 'there is no prlimit' if system('command -v prlimit >/dev/null');
my $temp = tempdir(CLEANUP => 1);
chmod 0755, $temp;
my $data = "$temp/data";
write_folder($data, 12, '');

my $node = new_node('memory', <<CONF);
shared_buffers = '8MB'
autovacuum = off
jit = off
client_min_messages = warning
CONF
$node->start;
sql($node, 'postgres', 'CREATE DATABASE empty');
sql($node, 'empty', 'CREATE EXTENSION anthology', 'SELECT anthology.create_tables()');
sql($node, 'postgres', "CREATE DATABASE corpus TEMPLATE empty");
sql($node, 'corpus', "SELECT count(*) FROM anthology.load_directory('$data')",
	"CREATE TABLE name AS SELECT full_name || chr(97 + i % 26) || chr(97 + i / 26) AS name FROM anthology.authorship, generate_series(1, 20) i",
	'CREATE INDEX name_name ON name USING anthology_names (name)');
my $empty = digest($node, 'empty');
my $loaded = digest($node, 'corpus');
my $long = 'x y ' x 20000;

# What is tried, with the database, and whether it changes anything: done or not.
my @work = (
	[ 'load', 'empty', "SELECT count(*) FROM anthology.load_directory('$data')" ],
	[ 'correct', 'corpus', "SELECT anthology.reassign_papers(ARRAY[a.paper_id], a.person_id, 'person-1') FROM anthology.authorship a WHERE a.person_id LIKE '%/unverified' ORDER BY a.paper_id LIMIT 1" ],
	[ 'build', 'corpus', 'CREATE INDEX other ON name USING anthology_names (name)' ],
	[ 'nearest', 'corpus', q{SELECT name FROM name ORDER BY name OPERATOR(anthology.<~>) 'Katz Samuels, José' LIMIT 5000} ],
	[ 'similar', 'corpus', q{SELECT count(*) FROM name WHERE name OPERATOR(anthology.~=) 'Ann Li'} ],
	[ 'search', 'corpus', "SELECT count(*) FROM anthology.search_papers('finding things on Suzuki')" ],
	[ 'suggest', 'corpus', q{SELECT count(*) FROM anthology.suggest_split('person-1'), anthology.suggest_merge('person-1')} ],
	[ 'suspect', 'corpus', 'SELECT count(*) FROM anthology.suspicious_assignments(NULL, 0.5)' ],
	[ 'markup', 'corpus', "SELECT length(anthology.abstract_plain('$long')), length(anthology.abstract_tsvector('$long', '$long')::text)" ],
	[ 'yaml', 'corpus', "SELECT length(anthology_internal.yaml_to_json((SELECT string_agg('k' || i || ': [a, {b: \"c\"}]', E'\\n') FROM generate_series(1, 20000) i))::text)" ],
	[ 'export', 'corpus', 'SELECT sum(length(anthology.export_collection(id))) FROM anthology.collection' ],
	[ 'cite', 'corpus', "SELECT sum(length(c.mods)) FROM anthology.volume v, anthology.citations(v.id) c" ]);
my %denied;
my %granted;

for my $work (@work)
{
	my ($name, $database, $statement) = @$work;
	# In steps of a few hundred kilobytes near the beginning: a library that is
	# loaded, a cache that is filled, a sort - somebody else runs out each time.
	for my $more (0, 700, 2000, 6500, 20000, 70000)
	{
		sql($node, 'postgres', 'DROP DATABASE IF EXISTS victim', "CREATE DATABASE victim TEMPLATE $database") if $name =~ /^(?:load|correct|build)$/;
		my $victim = $name =~ /^(?:load|correct|build)$/ ? 'victim' : $database;
		# The first statements load libraries, so that this is not what fails.
		my ($code, $out, $err) = $node->psql($victim, <<SQL, on_error_stop => 0);
\\set VERBOSITY verbose
SELECT anthology.icu_version();
DO 'BEGIN END';
SELECT pg_backend_pid() AS pid \\gset
\\setenv PID :pid
\\! prlimit --pid \$PID --as=\$((\$(awk '/VmSize/ { print \$2 }' /proc/\$PID/status) * 1024 + $more * 1024)):
$statement;
\\! prlimit --pid \$PID --as=unlimited:
SELECT 'alive';
SQL
		my $alive = $out =~ /alive/;
		my $error = $err =~ /ERROR:  (\w+)/ ? $1 : '';
		$error = '53200' if $err =~ /could not load library .*(?:failed to map|cannot allocate)/i;
		ok($alive && $error =~ /^(?:53200|)$/, "$name with $more kB more: " . ($error || 'done'))
		  or diag "$out\n$err";
		$error ? $denied{$name}++ : $granted{$name}++;
		if ($name eq 'load')
		{
			my $now = digest($node, 'victim');
			is($now, $error ? $empty : $loaded, 'it is loaded or not');
		}
		if ($name =~ /^(?:load|correct|build)$/)
		{
			is(check_rows($node, 'victim'), '', 'and all is well');
		}
		last if !$error;
	}
	ok($granted{$name}, "$name works with memory enough");
}
cmp_ok(scalar keys %denied, '>=', 8, 'most of them ran out of memory at first');
note join ', ', map { "$_: " . ($denied{$_} // 0) } map { $_->[0] } @work;

# What is refused memory within libxml2 returns through it: its own memory comes back, each time.
sql($node, 'corpus', q{CREATE TABLE large AS SELECT ('<collection id="2024.large"><volume id="1"><meta><booktitle>B</booktitle>'
	|| '<year>2024</year></meta><paper id="1"><title>T</title><abstract>' || repeat('word ', 1800000)
	|| '</abstract></paper></volume></collection>')::xml AS source});
for my $more (17000, 26000, 44000, 62000)
{
	my ($code, $out, $err) = $node->psql('corpus', <<SQL, on_error_stop => 0);
\\set VERBOSITY verbose
SELECT pg_backend_pid() AS pid \\gset
\\setenv PID :pid
CREATE FUNCTION pg_temp.read(times integer) RETURNS integer LANGUAGE plpgsql AS '
	DECLARE refused integer := 0;
	BEGIN
		FOR i IN 1 .. times LOOP
			BEGIN
				PERFORM FROM large, anthology.import_collection(source);
			EXCEPTION WHEN out_of_memory THEN refused := refused + 1;
			END;
		END LOOP;
		RETURN refused;
	END';
\\! prlimit --pid \$PID --as=\$((\$(awk '/VmSize/ { print \$2 }' /proc/\$PID/status) * 1024 + $more * 1024)):
SELECT pg_temp.read(2);
\\! awk '/VmData/ { print "holds " \$2 }' /proc/\$PID/status
SELECT pg_temp.read(100);
\\! awk '/VmData/ { print "holds " \$2 }' /proc/\$PID/status
SQL
	like($out, qr/^100$/m, "a large file with $more kB more is refused 100 times") or diag $err;
	my ($before, $after) = $out =~ /^holds (\d+)$/mg;
	cmp_ok($after - $before, '<', 1000, 'and leaves nothing behind');
}
my $log = do { local (@ARGV, $/) = $node->logfile; <> };
unlike($log, qr/PANIC|TRAP|terminated by signal/, 'no crash in the log');
$node->stop;
done_testing();
