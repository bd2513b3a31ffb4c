#!/usr/bin/perl
# docs/distributed.md, run: three servers of our own, names and papers
# partitioned over them by postgres_fdw. The plans send our operators and the
# LIMIT, all servers at once, and the answers are those of one server.
# SHARDS_NAMES is how many names (30000); SHARDS_CORPUS the archive of the corpus,
# else the sample; SHARDS_REPORT prints plans and times.
use strict;
use warnings;
use File::Temp qw(tempdir);
use Test::More;
use Time::HiRes qw(time);

my $count = $ENV{SHARDS_NAMES} // 30000;
my $reports = $ENV{SHARDS_REPORT};
my $threshold = $ENV{SHARDS_CORPUS} ? 0.02 : 0.9;	# the sample has nothing so bad
delete $ENV{PGOPTIONS};
if (!-e `$ENV{PG_CONFIG} --sharedir` =~ s/\n//r . '/extension/postgres_fdw.control')
{
	plan skip_all => 'no postgres_fdw: it is among the contributed modules of the server';
}
my $folder = tempdir(CLEANUP => 1);
chomp(my $bin = `$ENV{PG_CONFIG} --bindir`);
my @running;
END { my $status = $?; system("$bin/pg_ctl", '-D', $_, '-m', 'immediate', '-s', 'stop') for @running; $? = $status; }

sub start
{
	my ($number) = @_;
	open my $conf, '>>', "$folder/$number/postgresql.conf" or die;
	print $conf "port = ", 5440 + $number, "\n";
	close $conf;
	system("$bin/pg_ctl", '-D', "$folder/$number", '-l', "$folder/log.$number", '-s', '-w', 'start') == 0 or die `cat $folder/log.$number`;
	push @running, "$folder/$number";
}
# Runs SQL on server 0 to 3 (0 is the coordinator).
sub sql
{
	my ($number, @statements) = @_;
	open my $psql, '-|', 'psql', '-XqAt', '-h', $folder, '-p', 5440 + $number, '-U', 'postgres', '-v', 'ON_ERROR_STOP=1', '-d', 'shard', map { ('-c', $_) } @statements or die "psql: $!\n";
	local $/;
	my $output = <$psql> // '';
	close $psql or die "failed on $number: @statements\n";
	$output =~ s/\n\z//;
	return $output;
}
# The same on all three at once.
sub everywhere
{
	my ($statement_of) = @_;
	my @children;
	for my $shard (1 .. 3)
	{
		defined(my $child = fork) or die "fork: $!\n";
		if (!$child) { @running = (); my $good = eval { sql($shard, $statement_of->($shard)); 1 }; print STDERR $@ if !$good; require POSIX; POSIX::_exit($good ? 0 : 1); }
		push @children, $child;
	}
	for (@children) { waitpid $_, 0; die "a shard failed\n" if $?; }
}
sub milliseconds
{
	my ($number, $times, @statements) = @_;
	my @took;
	for my $statement (@statements)
	{
		my $output = sql($number, 'SELECT 1', map { "EXPLAIN (ANALYZE, TIMING OFF, SUMMARY ON) $statement" } 1 .. $times);
		my @runs = $output =~ /^Execution Time: ([\d.]+)/mg;
		push @took, (sort { $a <=> $b } @runs)[ $#runs / 2 ];	# the session's first is no measure
	}
	return (sort { $a <=> $b } @took)[ $#took / 2 ];
}
sub report { $reports ? diag(@_) : note(@_); }

# The document's blocks of SQL, by their first line.
my %block;
{
	open my $in, '<', 'docs/distributed.md' or die "docs/distributed.md: $!\n";
	local $/;
	my $text = <$in>;
	push @{ $block{$1} }, $2 while $text =~ /^```sql\n-- (.*?)\n(.*?)^```/msg;
}
is_deeply([ sort keys %block ], [ 'needs Citus', 'on each shard', 'on each shard, after the names are loaded', 'on the coordinator', 'on the coordinator, asked of all', 'on the coordinator, for each shard' ], 'the document has the blocks that are run here');
sub for_shard
{
	my ($shard, $sql) = @_;
	my $remainder = $shard - 1;
	my $port = 5440 + $shard;
	return $sql =~ s/host 'shard1', port '5432'/host '$folder', port '$port'/gr =~ s/REMAINDER 0/REMAINDER $remainder/gr
	  =~ s/'paper_all'::regclass, 3, 0/'paper_all'::regclass, 3, $remainder/gr =~ s/\b0\.02\b/$threshold/gr =~ s/shard1/shard$shard/gr =~ s/(name|paper|suspicious)_1/$1_$shard/gr;
}

# The corpus once, then copied to all: they are the same by construction.
qx{$bin/initdb -D $folder/0 -U postgres -A trust -E UTF8 --no-locale --no-sync};
open my $conf, '>>', "$folder/0/postgresql.conf" or die "initdb failed\n";
print $conf "listen_addresses = ''\nunix_socket_directories = '$folder'\nfsync = off\nfull_page_writes = off\nsynchronous_commit = off\n",
  "shared_buffers = '128MB'\nmax_wal_size = '8GB'\nwal_level = minimal\nmax_wal_senders = 0\nmaintenance_work_mem = '256MB'\nautovacuum = off\n";
close $conf;
start(0);
my $data = $ENV{ANTHOLOGY_SAMPLE};
if ($ENV{SHARDS_CORPUS})
{
	system('tar', '-C', $folder, '-xf', $ENV{SHARDS_CORPUS}) == 0 or die "tar\n";
	($data) = glob "$folder/*/data";
}
system("createdb", '-h', $folder, '-p', 5440, '-U', 'postgres', 'shard') == 0 or die;
sql(0, 'SET client_min_messages = warning', 'CREATE EXTENSION anthology', 'SELECT anthology.create_tables()', "SELECT * FROM anthology.load_directory('$data')",
	'CREATE TABLE first_name AS SELECT row_number() OVER (ORDER BY first COLLATE "C") - 1 AS n, first FROM (SELECT DISTINCT first FROM anthology.authorship WHERE first <> \'\') f',
	'CREATE TABLE last_name AS SELECT row_number() OVER (ORDER BY last COLLATE "C") - 1 AS n, last FROM (SELECT DISTINCT last FROM anthology.authorship) l',
	'ANALYZE');
system("$bin/pg_ctl", '-D', pop @running, '-s', '-w', '-m', 'fast', 'stop');
system('cp', '-a', "$folder/0", "$folder/$_") == 0 or die "cp\n" for 1 .. 3;
start($_) for 0 .. 3;

# Names recombined from those of the corpus, each server its third of them.
my $names = sub {
	my ($where) = @_;
	return qq{SELECT i, f.first || chr(32) || chr(65 + (abs(hashint8extended(i, 3) % 26))::integer) || '. ' || l.last
		FROM generate_series(1, $count) AS i
			JOIN first_name f ON f.n = abs(hashint8extended(i, 1) % (SELECT count(*) FROM first_name))
			JOIN last_name l ON l.n = abs(hashint8extended(i, 2) % (SELECT count(*) FROM last_name)) WHERE $where};
};
my $began = time;
everywhere(sub {
	my ($shard) = @_;
	return ((map { for_shard($shard, $_) } @{ $block{'on each shard'} }),
		'INSERT INTO name ' . $names->(q{satisfies_hash_partition('name_all'::regclass, 3, } . ($shard - 1) . ', i::bigint)'),
		map { for_shard($shard, $_) } @{ $block{'on each shard, after the names are loaded'} });
});
report(sprintf 'three servers loaded and indexed in %.0f s', time - $began);
for my $sql (@{ $block{'on the coordinator'} })
{
	sql(0, $sql);
	next if $sql !~ /EXTENSION postgres_fdw/;
	sql(0, for_shard($_, $block{'on the coordinator, for each shard'}[0])) for 1 .. 3;
}
is(sql(0, 'SELECT count(*) FROM name'), $count, "$count names on three servers");
is(sql(0, 'SELECT count(*) FROM paper'), sql(0, 'SELECT count(*) FROM anthology.paper'), 'and all papers');
cmp_ok(sql($_, 'SELECT count(*) FROM name'), '>', $count / 4, "server $_ has its share") for 1 .. 3;
$began = time;
sql(0, 'CREATE TABLE one_name (id bigint, full_name text NOT NULL)', 'INSERT INTO one_name ' . $names->('true'),
	'CREATE INDEX ON one_name USING anthology_names (full_name anthology.name_ops)', 'ANALYZE one_name');
report(sprintf 'one server loaded and indexed in %.0f s', time - $began);

# The plans: what is sent, and to all at once.
my @wanted = map { s/'/''/gr } split /\n/, sql(0, 'SELECT full_name FROM one_name ORDER BY hashint8extended(id, 7) LIMIT ' . ($count > 100_000 ? 20 : 3));
my $plan = sql(0, q{EXPLAIN (VERBOSE, COSTS OFF) SELECT * FROM nearest_names('Ann Roe', 10)});
report($plan);
my $sent = q{Remote SQL: SELECT id, full_name FROM public\.name ORDER BY \(full_name OPERATOR\(anthology\.<~>\) 'Ann Roe'\S*\) ASC NULLS LAST LIMIT 10};
is(scalar(() = $plan =~ /$sent/g), 3, 'ORDER BY our operator and LIMIT go to each server');
is(scalar(() = $plan =~ /Async Foreign Scan on public\.name_/g), 3, 'which are asked at the same time');
like($plan, qr/Append/, 'and appended');
like(sql(1, q{EXPLAIN (COSTS OFF) SELECT id, full_name FROM name ORDER BY full_name OPERATOR(anthology.<~>) 'Ann Roe' LIMIT 10}), qr/Index Scan using name_full_name_idx/, 'the servers use their index');
$plan = sql(0, q{EXPLAIN (VERBOSE, COSTS OFF) SELECT id, full_name FROM name ORDER BY full_name OPERATOR(anthology.<~>) 'Ann Roe' LIMIT 10});
is(scalar(() = $plan =~ /Remote SQL: .* ORDER BY \(full_name OPERATOR\(anthology\.<~>\)/g), 3, 'the plain form sends the ORDER BY too');
unlike($plan, qr/Async/, 'but asks one after the other, as the document says');
for my $sql (q{anthology.name_similarity(full_name, 'Ann Roe') >= 0.8}, q{anthology.name_similar(full_name, 'Ann Roe', 0.8)}, q{full_name OPERATOR(anthology.~=) ('Ann Roe', 0.8)::anthology.name_query})
{
	$plan = sql(0, "EXPLAIN (VERBOSE, COSTS OFF) SELECT id FROM name WHERE $sql");
	is(scalar(() = $plan =~ /Remote SQL: SELECT id FROM public\.name WHERE \(.*anthology/g), 3, "sent: $sql");
	unlike($plan, qr/Filter:/, 'with nothing left to do here');
}
like(sql(0, q{EXPLAIN (VERBOSE, COSTS OFF) SELECT id FROM name WHERE full_name OPERATOR(anthology.~=) 'Ann Roe'}), qr/Filter: /, 'what depends on a setting is not sent, as the document says');
$plan = sql(0, q{EXPLAIN (VERBOSE, COSTS OFF) SELECT id, anthology.abstract_rank(document, anthology.abstract_tsquery('machine translation')) FROM paper WHERE document @@ anthology.abstract_tsquery('machine translation')});
report($plan);
is(scalar(() = $plan =~ /Async Foreign Scan[^\n]*\n[^\n]*\n\s*Remote SQL: SELECT id, document FROM public\.paper WHERE \(\(document @@ '[^\n]*'::\w*\.?tsquery\)\)/g), 3, 'a search is sent to all at the same time');
$plan = sql(0, 'EXPLAIN (VERBOSE, COSTS OFF) ' . $block{'on the coordinator, asked of all'}[0]);
report($plan);
is(scalar(() = $plan =~ /Async Foreign Scan on public\.suspicious_/g), 3, 'the scan runs on all at the same time') or diag($plan);

# The answers are those of one server.
for my $name (@wanted)
{
	is(sql(0, "SELECT string_agg(distance::text, ' ' ORDER BY distance) FROM nearest_names('$name', 10)"),
		sql(0, "SELECT string_agg(d::text, ' ' ORDER BY d) FROM (SELECT full_name OPERATOR(anthology.<~>) '$name' AS d FROM one_name ORDER BY 1 LIMIT 10) AS n"), "the ten nearest of $name");
}
my @queries = ('unsupervised dependency parsing', 'machine translation of low-resource languages', 'large language models', 'coreference resolution');
for my $words (@queries)
{
	is(sql(0, "SELECT id, rank FROM search_everywhere('$words', 10)"), sql(0, "SELECT paper_id, rank FROM anthology.search_papers('$words', 10)"), "what is found for $words");
}
if ($reports)
{
	my $nearest = '(SELECT full_name OPERATOR(anthology.<~>) \'%s\' AS d FROM one_name ORDER BY 1 LIMIT 10)';
	report(sprintf 'ten nearest of %d names: 1 server %.1f ms, 3 servers %.1f ms (median of 5 runs, and of %d names)', $count,
		milliseconds(0, 5, map { sprintf $nearest, $_ } @wanted), milliseconds(0, 5, map { "SELECT * FROM nearest_names('$_', 10)" } @wanted), scalar @wanted);
	report(sprintf 'the plain form: 3 servers %.1f ms', milliseconds(0, 5, map { "SELECT * FROM name ORDER BY full_name OPERATOR(anthology.<~>) '$_' LIMIT 10" } @wanted));
	report(sprintf 'all names similar at 0.8: 1 server %.1f ms, 3 servers %.1f ms',
		milliseconds(0, 3, map { "SELECT * FROM one_name WHERE anthology.name_similarity(full_name, '$_') >= 0.8" } @wanted), milliseconds(0, 3, map { "SELECT * FROM name WHERE anthology.name_similarity(full_name, '$_') >= 0.8" } @wanted));
	report(sprintf 'without an index, all names similar at 0.8: 1 server %.0f ms, 3 servers %.0f ms',
		milliseconds(0, 1, "SELECT count(*) FROM one_name WHERE anthology.name_similarity(full_name || '', '$wanted[0]') >= 0.8"),
		milliseconds(0, 1, "SELECT count(*) FROM name WHERE anthology.name_similarity(full_name || '', '$wanted[0]') >= 0.8"));
	report(sprintf 'abstract search: 1 server %.1f ms (with headlines), 3 servers %.1f ms', milliseconds(0, 5, map { "SELECT * FROM anthology.search_papers('$_', 10)" } @queries), milliseconds(0, 5, map { "SELECT * FROM search_everywhere('$_', 10)" } @queries));
}

my $scan = 'SELECT * FROM (SELECT person_id, paper_id, score FROM %s OFFSET 0) s ORDER BY person_id COLLATE "C", paper_id COLLATE "C"';
my $one = "anthology.judge_pages(NULL, NULL, $threshold)";
$began = time;
my $three_found = sql(0, sprintf $scan, 'suspicious');
my $scan_three = time - $began;
$began = time;
my $one_found = sql(0, 'SET client_min_messages = warning', sprintf $scan, $one);
my $scan_one = time - $began;
is($three_found, $one_found, 'the scan finds the same');
cmp_ok(scalar(split /\n/, $one_found), '>', 3, 'which is something (' . scalar(split /\n/, $one_found) . ')');
report(sprintf 'suspicious scan of every page: 1 server %.1f s, 3 servers %.1f s', $scan_one, $scan_three);
done_testing();
