#!/usr/bin/perl
# The root of a name index is split while a scan is between two of its pages: at
# each time that the scan has let go of the root, in turn. What was committed before is
# found, by that query and by the session's next, which has the words in its cache.
# The scan is stopped by a hook (tests/pause), for which a C compiler is needed.
use strict;
use warnings;
use File::Temp qw(tempdir);
use POSIX qw(WNOHANG);
use Test::More;
use Time::HiRes qw(sleep);

$ENV{PGOPTIONS} = '-c client_min_messages=warning';
my $temp = tempdir(CLEANUP => 1);
sub psql
{
	my @statements = @_;
	open my $psql, '-|', 'psql', '-XqAt', '-v', 'ON_ERROR_STOP=1', '-d', 'anthology_split', map { ('-c', $_) } @statements or die "psql: $!\n";
	local $/;
	my $output = <$psql> // '';
	close $psql or die "failed: @statements\n";
	$output =~ s/\n\z//;
	return $output;
}

chomp(my $include = `$ENV{PG_CONFIG} --includedir-server`);
chomp(my $flags = `$ENV{PG_CONFIG} --cppflags`);
system("cc -shared -fPIC $flags -I$include -o $temp/pause.so tests/pause/pause.c") == 0 or BAIL_OUT('the hook does not compile');
chmod 0755, $temp, "$temp/pause.so";
system('dropdb', '--if-exists', 'anthology_split') == 0 && system('createdb', 'anthology_split') == 0 or BAIL_OUT('createdb');
psql('CREATE EXTENSION anthology');

my %query = (
	'similar' => q{SELECT count(*) FROM name WHERE name OPERATOR(anthology.~=) 'Zoe Zuse'},
	'nearest' => q{SELECT count(*) FROM (SELECT name FROM name ORDER BY name OPERATOR(anthology.<~>) 'Zuse, Z.' LIMIT 20) AS n WHERE name = 'Zoe Zuse'},
	'all' => q{SELECT count(*) FROM (SELECT name FROM name ORDER BY name OPERATOR(anthology.<~>) 'Bell') AS n WHERE name = 'Zoe Zuse'});
my @index = ('SET enable_seqscan = off', 'SET enable_sort = off');
for my $what (sort keys %query)
{
	my @wrong;
	my $stopped = 0;
	for my $time (1 .. 50)
	{
		# One leaf, nearly full; what is added has no word that is not there already.
		psql('DROP TABLE IF EXISTS name', 'CREATE TABLE name (name text) WITH (autovacuum_enabled = off)',
			q{INSERT INTO name SELECT 'Zoe Zuse' FROM generate_series(1, 20)}, q{INSERT INTO name VALUES ('Anna Bell')},
			'CREATE INDEX ON name USING anthology_names (name anthology.name_ops)');
		open my $writer, '|-', 'psql', '-XqAt', '-o', '/dev/null', '-d', 'anthology_split' or die "psql: $!\n";
		$writer->autoflush;
		print $writer "SELECT pg_advisory_lock($time);\n";
		sleep 0.005 while psql('SELECT count(*) FROM pg_locks WHERE locktype = \'advisory\' AND granted') eq '0';
		defined(my $reader = fork) or die "fork: $!\n";
		if (!$reader)
		{
			open STDOUT, '>', "$temp/found" or POSIX::_exit(1);
			exec 'psql', '-XqAt', '-v', 'ON_ERROR_STOP=1', '-d', 'anthology_split', map { ('-c', $_) } "LOAD '$temp/pause.so'", @index, $query{$what}, $query{$what} or POSIX::_exit(1);
		}
		my $ended = 0;
		my $waits = 0;
		until ($waits || $ended)
		{
			sleep 0.005;
			$ended = waitpid($reader, WNOHANG) == $reader;
			$waits = psql('SELECT count(*) FROM pg_locks WHERE locktype = \'advisory\' AND NOT granted');
		}
		my $pages = psql(q{SELECT pg_relation_size('name_name_idx') / 8192});
		print $writer "INSERT INTO name SELECT 'Anna Bell' FROM generate_series(1, 300);\n";
		print $writer "SELECT pg_advisory_unlock($time);\n\\q\n";
		close $writer or die "the writer failed\n";
		waitpid $reader, 0 if !$ended;
		die "the reader failed\n" if $?;
		last if $ended;
		$stopped++;
		cmp_ok(psql(q{SELECT pg_relation_size('name_name_idx') / 8192}), '>', $pages, 'the root was split') if $time == 1;
		open my $found, '<', "$temp/found" or die;
		my @found = map { s/\s//r } <$found>;
		push @wrong, "time $time: @found" if "@found" ne '20 20';
	}
	is("@wrong", '', "$what: nothing is lost, wherever the scan was stopped");
	cmp_ok($stopped, '>', 1, "at $stopped places");
}
system('dropdb', 'anthology_split');
done_testing();
