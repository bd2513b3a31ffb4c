#!/usr/bin/perl
# Through pgbouncer in transaction pooling, where two transactions of a client may
# run in two sessions, and two clients' in one: names, search and a whole
# correction, and what becomes of a threshold that is set. Debian's package pgbouncer.
use strict;
use warnings;
use File::Temp qw(tempdir);
use POSIX qw();
use Test::More;
use Time::HiRes qw(sleep);

$ENV{PGOPTIONS} = '';
my ($pgbouncer) = grep { -x } map { "$_/pgbouncer" } split(/:/, $ENV{PATH}), '/usr/sbin';
plan skip_all => 'no pgbouncer' if !$pgbouncer;
plan skip_all => 'pgbouncer does not run as root' if $> == 0;

my $database = 'anthology_pooled';
my $folder = tempdir('anthology.XXXXXX', TMPDIR => 1, CLEANUP => 1);
my @server = ('-h', $ENV{PGHOST}, '-p', $ENV{PGPORT});
my @pooler = ('-h', $folder, '-p', 6432);
sub sql
{
	my ($where, @statements) = @_;
	open my $psql, '-|', 'psql', '-XqAt', @$where, '-v', 'ON_ERROR_STOP=1', '-d', $database, map { ('-c', $_) } @statements or die "psql: $!\n";
	local $/;
	my $output = <$psql> // '';
	close $psql or die "failed: @statements\n";
	$output =~ s/\n\z//;
	return $output;
}

system('dropdb', '--if-exists', $database) == 0 && system('createdb', $database) == 0 or die "createdb\n";
sql(\@server, 'SET client_min_messages = warning', 'CREATE EXTENSION anthology', 'SELECT anthology.create_tables()',
	"SELECT * FROM anthology.load_directory('$ENV{ANTHOLOGY_SAMPLE}')",
	'CREATE TABLE name AS SELECT DISTINCT first || chr(32) || last AS name FROM anthology.authorship',
	'CREATE INDEX ON name USING anthology_names (name anthology.name_ops)', 'ANALYZE name');

open my $conf, '>', "$folder/pgbouncer.ini" or die;
print $conf <<CONF;
[databases]
$database = host=$ENV{PGHOST} port=$ENV{PGPORT} user=$ENV{PGUSER}
[pgbouncer]
listen_addr =
listen_port = 6432
unix_socket_dir = $folder
auth_type = any
pool_mode = transaction
default_pool_size = 1
ignore_startup_parameters = extra_float_digits
logfile = $folder/log
pidfile = $folder/pid
CONF
close $conf;
defined(my $child = fork) or die "fork: $!\n";
if (!$child)
{
	open STDERR, '>', "$folder/stderr";
	exec $pgbouncer, '-q', "$folder/pgbouncer.ini" or POSIX::_exit(1);
}
END { my $status = $?; if ($child) { kill 'INT', $child; waitpid $child, 0; } $? = $status; }
for (1 .. 200) { last if -S "$folder/.s.PGSQL.6432"; sleep 0.05; }
ok(-S "$folder/.s.PGSQL.6432", 'pgbouncer runs') or BAIL_OUT(`cat $folder/stderr $folder/log`);

# One server's session for everybody.
my $session = sql(\@pooler, 'SELECT pg_backend_pid()');
is(sql(\@pooler, 'SELECT pg_backend_pid()'), $session, 'two clients in one session');

# Names: the same as without.
my $wanted = sql(\@server, q{SELECT min(name) FROM name WHERE name ~ '^[A-Z][a-z]+ [A-Z][a-z]+$'});
for my $query (q{SELECT name, name OPERATOR(anthology.<~>) '%s' AS d FROM name ORDER BY d, name COLLATE "C" LIMIT 5},
	q{SELECT name FROM name WHERE name OPERATOR(anthology.~=) '%s' ORDER BY name COLLATE "C"},
	q{SELECT name FROM name WHERE anthology.name_similar(name, '%s', 0.1) ORDER BY name COLLATE "C"},
	q{SELECT * FROM anthology.find_person('%s', 5)}, q{SELECT paper_id, rank FROM anthology.search_papers('language models', 5)})
{
	(my $text = $query) =~ s/%s/$wanted/;
	is(sql(\@pooler, $text), sql(\@server, $text), $text);
}

# The threshold: SET is the next client's as well, SET LOCAL and a threshold in the query are not.
my $show = 'SHOW anthology.name_similarity_threshold';
sql(\@pooler, 'BEGIN; SET LOCAL anthology.name_similarity_threshold = 0.9; COMMIT');
is(sql(\@pooler, 'SELECT anthology.name_similar(name, name) FROM name LIMIT 1', $show), "t\n0.6", 'SET LOCAL is over with its transaction');
sql(\@pooler, 'SET anthology.name_similarity_threshold = 0.9');
is(sql(\@pooler, $show), '0.9', 'a plain SET is the next client\'s, too: do not');
sql(\@pooler, 'RESET anthology.name_similarity_threshold');
is(sql(\@pooler, q{BEGIN; SET LOCAL anthology.name_similarity_threshold = 0.99; SELECT count(*) FROM name WHERE anthology.name_similar(name, } . "'$wanted', 0.1); COMMIT"),
	sql(\@server, "SELECT count(*) FROM name WHERE anthology.name_similar(name, '$wanted', 0.1)"), 'a threshold in the query depends on no setting');

# A correction from end to end, each step a transaction of another client.
my $page = q{SELECT a.person_id FROM anthology.authorship a GROUP BY 1 HAVING count(DISTINCT a.paper_id) > 1 ORDER BY a.person_id COLLATE "C" LIMIT 1};
my $from = sql(\@pooler, $page);
my $paper = sql(\@pooler, "SELECT min(paper_id) FROM anthology.authorship WHERE person_id = '$from'");
my $links = 'SELECT md5(string_agg(t::text, chr(10) ORDER BY paper_id, role, "position")) FROM (SELECT paper_id, role, "position", person_id FROM anthology.authorship) t';
my $before = sql(\@pooler, $links);
my $to = sql(\@pooler, q{SELECT anthology.create_person('Zoe', 'Pooled', degree => 'Pool University')});
my $id = sql(\@pooler, "SELECT anthology.propose_reassignment(ARRAY['$paper'], '$from', '$to', 'through a pool')");
like($id, qr/^\d+$/, 'proposed');
cmp_ok(sql(\@pooler, "SELECT count(*) FROM anthology.preview_reassignment($id)"), '>', 0, 'previewed');
sql(\@pooler, "SELECT anthology.apply_reassignment($id)");
is(sql(\@pooler, "SELECT count(*) FROM anthology.authorship WHERE person_id = '$to' AND paper_id = '$paper'"), '1', 'applied');
is(sql(\@pooler, "SELECT status FROM anthology.reassignment WHERE id = $id"), 'applied', 'and recorded');
sql(\@pooler, "SELECT anthology.undo_reassignment($id)");
is(sql(\@pooler, $links), $before, 'undone');
is(sql(\@pooler, 'SELECT pg_backend_pid()'), $session, 'all of it in one session');
kill 'INT', $child;
waitpid $child, 0;
$child = 0;
system('dropdb', $database);
done_testing();
