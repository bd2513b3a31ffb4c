#!/usr/bin/perl
# A full disk makes loads, corrections and index builds fail, and nothing else:
# when there is room again, all is as it was, and they can be done. The server
# gets a small tmpfs in a mount namespace of its own.
use strict;
use warnings;
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use Test::More;
use lib dirname(__FILE__);
use OwnServer;

my $temp = tempdir(CLEANUP => 1);
chmod 0755, $temp;
my $small = "$temp/small";
mkdir $small;

# Root within a user namespace may mount, but a server will not run as root: so
# another one within, as anybody else.
my @within = ('unshare', '--user', '--map-root-user', '--mount', 'sh', '-c',
	'mount -t tmpfs -o size=48m,mode=0777 tmpfs "$0" && exec unshare --user --map-user=1000 --map-group=1000 "$@"', $small);
my $error = `@{[ join ' ', map { quotemeta } @within, 'true' ]} 2>&1`;
plan skip_all => "a file system cannot be mounted here: $error" if $?;

my $node = new_node('full', <<CONF);
shared_buffers = '8MB'
autovacuum = off
client_min_messages = warning
CONF
my $server = fork // die "fork: $!\n";
if (!$server)
{
	open STDOUT, '>', $node->logfile or die;
	open STDERR, '>&', \*STDOUT;
	exec @within, 'postgres', '-D', $node->data_dir, '-k', $node->host, '-p', $node->port or die "unshare: $!\n";
}
END
{
	my $status = $?;
	if ($server && open my $pid, '<', $node->data_dir . '/postmaster.pid')
	{
		kill 'INT', <$pid> =~ /(\d+)/;
		waitpid $server, 0;
	}
	$? = $status;
}
for (1 .. 300) { last if ($node->psql('postgres', 'SELECT 1'))[0] == 0; select undef, undef, undef, 0.1; }

# The error of statements that are to fail, by its SQLSTATE.
sub refused
{
	my ($database, $what, @statements) = @_;
	my ($code, $out, $err) = $node->psql($database, "\\set VERBOSITY sqlstate\n" . join(";\n", @statements), on_error_stop => 1);
	like($err, qr/ERROR:  53100/, "$what: no space left") or diag "$out\n$err";
}
# Takes all room but so many kilobytes.
sub fill
{
	my ($left) = @_;
	sql($node, 'postgres', qq{COPY (SELECT) TO PROGRAM 'head -c \$((\$(stat -f -c "%a * %S" $small) - $left * 1024)) /dev/zero > $small/balloon'});
}
sub make_room { sql($node, 'postgres', "COPY (SELECT) TO PROGRAM 'rm -f $small/balloon'"); }

sql($node, 'postgres', "CREATE TABLESPACE small LOCATION '$small'");
sql($node, 'postgres', 'CREATE DATABASE corpus TABLESPACE small');
my $data = "$temp/data";
write_folder($data, 12, '');
sql($node, 'corpus', 'CREATE EXTENSION anthology', 'SELECT anthology.create_tables()', 'CHECKPOINT');
my $empty = digest($node, 'corpus');
my $load = "SELECT count(*) > 0 FROM anthology.load_directory('$data')";

for my $left (60, 300, 700)
{
	fill($left);
	refused('corpus', "a load with $left kB left", $load);
	is(digest($node, 'corpus'), $empty, 'nothing is loaded');
	make_room();
	is(check_rows($node, 'corpus'), '', 'and all is well');
	# What was written and rolled back takes room, too.
	sql($node, 'corpus', map { "VACUUM anthology.$_" } qw(collection volume paper person person_name authorship));
}
is(sql($node, 'corpus', $load), 't', 'with room it loads');
# One paper of the folder has two names of one person.
my $findings = check_rows($node, 'corpus');
is($findings, '', 'and all is well');
my $loaded = digest($node, 'corpus');

# Corrections, as long as they go.
sql($node, 'corpus', 'CREATE TABLE base AS SELECT paper_id, role, "position", person_id FROM anthology.authorship');
fill(150);
my $done = 0;
for my $i (1 .. 300)
{
	my ($code, $out, $err) = $node->psql('corpus', "\\set VERBOSITY sqlstate\nSELECT anthology.reassign_papers(ARRAY[a.paper_id], a.person_id, 'person-1') FROM anthology.authorship a WHERE a.person_id <> 'person-1' AND a.paper_id NOT IN (SELECT paper_id FROM anthology.authorship WHERE person_id = 'person-1') ORDER BY a.paper_id, a.\"position\" LIMIT 1", on_error_stop => 1);
	$done++ if !$code && $out;
	next if !$code;
	like($err, qr/ERROR:  53100/, "a correction fails after $done");
	last;
}
cmp_ok($done, '<', 300, 'corrections fail in the end');
make_room();
is(sql($node, 'corpus', q{SELECT count(*) FROM anthology.reassignment WHERE status = 'applied'}), $done, 'those that were done are on record, and no other');
is(sql($node, 'corpus', q{SELECT count(*) FROM base b JOIN anthology.authorship a USING (paper_id, role, "position") LEFT JOIN anthology.reassignment_item i USING (paper_id, role, "position") WHERE a.person_id <> coalesce(i.after_person_id, b.person_id)}), '0', 'every name is where the record says');
is(check_rows($node, 'corpus'), $findings, 'and all is well');
sql($node, 'corpus', "SELECT anthology.undo_reassignment(id) FROM anthology.reassignment WHERE kind = 'reassign' ORDER BY id DESC");
is(digest($node, 'corpus'), $loaded, 'and can be undone');

# Exports into a checkout on the full disk, and of what the full disk then cannot remember.
sub shell { return sql($node, 'postgres', "COPY (SELECT) TO PROGRAM '" . ($_[0] =~ s/'/''/gr) . "'"); }
shell("cp -r $data $small/checkout && chmod -R u+w $small/checkout");
sql($node, 'corpus', "SELECT anthology.reassign_papers(ARRAY[a.paper_id], a.person_id, 'person-1') FROM anthology.authorship a
	WHERE a.person_id <> 'person-1' AND a.paper_id NOT IN (SELECT paper_id FROM anthology.authorship WHERE person_id = 'person-1') ORDER BY a.paper_id, a.\"position\" LIMIT 1", 'CHECKPOINT')
  for 1 .. 3;
my $export = "SELECT count(*) > 0 FROM anthology.export_changes('$small/checkout')";
for my $left (0, 8)
{
	fill($left);
	refused('corpus', "an export with $left kB left", $export);
	make_room();
	shell(sprintf 'diff -r %s %s/checkout && test -z "$(find %s/checkout -name \'.*\' -type f)"', $data, $small, $small);
	pass('and the checkout is as it was');
	is(sql($node, 'corpus', 'SELECT count(*) > 0 FROM anthology.changed_files()'), 't', 'with all to be exported');
}
is(sql($node, 'corpus', $export), 't', 'with room it is exported');
is(sql($node, 'corpus', 'SELECT count(*) FROM anthology.changed_files()'), 0, 'and that is remembered');
shell("rm -rf $small/checkout");

# Indexes on names: built, sorted on disk, added to.
my @sought = ('Ann Wang', 'José García', 'J. Katz-Samuels');
sql($node, 'corpus', 'CREATE TABLE name (name text)', 'INSERT INTO name SELECT a.full_name || \' \' || i FROM anthology.authorship a, generate_series(1, 20) i');
for my $left (50, 1000, 2500)
{
	fill($left);
	refused('corpus', "an index with $left kB left", "SET maintenance_work_mem = '@{[ $left > 1000 ? 64 : 1 ]}MB'", 'CREATE INDEX name_name ON name USING anthology_names (name)');
	make_room();
	is(sql($node, 'corpus', q{SELECT to_regclass('name_name') IS NULL}), 't', 'and it is not there');
}
sql($node, 'corpus', 'DELETE FROM name WHERE random() < 0.5', 'CREATE INDEX name_name ON name USING anthology_names (name)', 'CHECKPOINT');
fill(300);
refused('corpus', 'adding names', "DO 'BEGIN FOR i IN 1 .. 10000 LOOP INSERT INTO name SELECT a.full_name || i || chr(97 + i % 26) FROM anthology.authorship a LIMIT 20; COMMIT; END LOOP; END'");
is(index_differences($node, 'corpus', 'name', 'name', @sought), '', 'the index answers as a scan does');
make_room();
sql($node, 'corpus', 'VACUUM name', "INSERT INTO name SELECT full_name FROM anthology.authorship LIMIT 500");
is(index_differences($node, 'corpus', 'name', 'name', @sought), '', 'and does after VACUUM and more names');
is(amcheck($node, '-d', 'corpus'), '', 'amcheck finds nothing');
is(check_rows($node, 'corpus'), $findings, 'all is well');
my $log = do { local (@ARGV, $/) = $node->logfile; <> };
unlike($log, qr/PANIC|TRAP|terminated by signal/, 'no crash in the log');
done_testing();
