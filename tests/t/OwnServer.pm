# OwnServer: what tests that break servers share. They start their own, with
# PostgreSQL's test modules, for that of with_cluster is everybody's.
package OwnServer;

use strict;
use warnings;
use Cwd qw(getcwd);
use Exporter 'import';
use File::Basename qw(dirname);
use Test::More;

our @EXPORT = qw(new_node sql psql_job kill_all wait_gone write_folder index_differences
  amcheck check_rows digest);

BEGIN
{
	my $pgxs = `@{[ $ENV{PG_CONFIG} || 'pg_config' ]} --pgxs`;
	chomp $pgxs;
	(my $source = $pgxs) =~ s{/makefiles/pgxs\.mk$}{};
	unshift @INC, "$source/test/perl";
	$ENV{PG_REGRESS} ||= "$source/test/regress/pg_regress";
	# In full: archive commands are run elsewhere.
	$ENV{TESTDIR} = getcwd();
	$ENV{TESTDATADIR} = $ENV{TESTLOGDIR} = getcwd() . '/tmp_check';
	mkdir $ENV{TESTDATADIR};
	# Not those of the server that the test runs beside.
	delete @ENV{qw(PGHOST PGPORT PGDATABASE PGOPTIONS)};
	eval { require PostgreSQL::Test::Cluster; PostgreSQL::Test::Cluster->import; 1 }
	  or plan(skip_all => "PostgreSQL's test modules are not there: " . (split /\n/, $@)[0]);
}

# A server, initialized but not started, with lines for its postgresql.conf.
sub new_node
{
	my ($name, $conf, %how) = @_;
	my $node = PostgreSQL::Test::Cluster->new($name);
	my @user = $ENV{PGUSER} ? ('-U', $ENV{PGUSER}) : ();
	$node->init(extra => [ @user, '-E', 'UTF8', '--no-locale' ], %how);
	$node->append_conf('postgresql.conf', $conf);
	return $node;
}

# The output of statements, or death.
sub sql
{
	my ($node, $database, @statements) = @_;
	my ($code, $out, $err) = $node->psql($database, join(";\n", @statements),
		extra_params => [ '-v', 'VERBOSITY=terse' ], on_error_stop => 1);
	die "psql $database: $err (@statements)\n" if $code;
	return $out;
}

# A psql in the background that runs a script, perhaps until its server dies; or
# some scripts, each in a session.
sub psql_job
{
	my ($node, $database, $script, $log) = @_;
	my $pid = fork // die "fork: $!\n";
	if (!$pid)
	{
		my @scripts = ref $script ? @$script : $script;
		open STDOUT, '>', $log or die "$log: $!\n";
		open STDERR, '>&', \*STDOUT;
		exec 'sh', '-c', 'for script; do psql -XqAt -v VERBOSITY=terse -d "$0" <"$script"; done', $node->connstr($database), @scripts or die "sh: $!\n";
	}
	return $pid;
}

# The processes of a server: the postmaster first.
sub processes
{
	my ($node) = @_;
	open my $in, '<', $node->data_dir . '/postmaster.pid' or return;
	my ($postmaster) = <$in> =~ /(\d+)/;
	my @children;
	for my $stat (glob '/proc/[0-9]*/stat')
	{
		open my $process, '<', $stat or next;
		push @children, $1 if (<$process> // '') =~ /^(\d+) \(.*\) \S (\d+) / && $2 == $postmaster;
	}
	return ($postmaster, @children);
}

# Waits until none of these runs. What PID 1 has not reaped after that for a
# second is taken for gone.
sub wait_gone
{
	my $zombies = 100;
	for my $pid (@_)
	{
		for (1 .. 1000)
		{
			open my $stat, '<', "/proc/$pid/stat" or last;
			last if (<$stat> // '') =~ /^\d+ \(.*\) Z / && $zombies-- <= 0;
			select undef, undef, undef, 0.01;
		}
	}
}

# As when the power fails: no process of the server gets to do anything more.
sub kill_all
{
	my ($node) = @_;
	my ($postmaster) = processes($node);
	# While it runs it may start another that the list does not have, which would live on.
	kill STOP => $postmaster;
	for (1 .. 1000)
	{
		open my $stat, '<', "/proc/$postmaster/stat" or last;
		last if (<$stat> // '') =~ /^\d+ \(.*\) [TZ] /;
		select undef, undef, undef, 0.01;
	}
	my @processes = processes($node);
	# One that sees another die would clean up.
	kill STOP => @processes;
	$node->kill9;
	kill 9, @processes;
	wait_gone(@processes);
	# A server believes in a dead one as long as it has a process id.
	unlink $node->data_dir . '/postmaster.pid', $node->host . '/.s.PGSQL.' . $node->port . '.lock';
}

my @given = qw(Ann Bo Cy Dana Eva Finn Gus Hana Ivo Jan Kim Lea Max Nia Ole Pia Qi Rolf Siv Tom Uma Wei Xin Yan Zoe José Zoë);
my @middle = ('', '', ' A.', ' B.', ' Maria', ' J');
my @family = qw(Wang Li Zhang Smith Müller García Nguyen Kim Katz Samuels Okafor Ivanova Haddad Suzuki Rossi Novak Silva Dubois Andersson Yılmaz);

# A data folder of generated papers, the same for the same seed but for what
# $variant adds to some titles and names.
sub write_folder
{
	my ($folder, $collections, $variant) = @_;
	my $state = 12345;
	my $random = sub { $state = ($state * 1103515245 + 12345) % 2147483648; return ($state >> 8) % $_[0] };
	my $name = sub { return ($given[ $random->(scalar @given) ] . $middle[ $random->(scalar @middle) ],
			$family[ $random->(scalar @family) ] . ($random->(3) ? '' : '-' . $family[ $random->(scalar @family) ])) };

	mkdir $_ for $folder, "$folder/xml", "$folder/yaml", "$folder/yaml/venues";
	open my $venue, '>', "$folder/yaml/venues/gen.yaml" or die "$folder: $!\n";
	print $venue "acronym: GEN\nname: Generated$variant\n";
	close $venue;
	open my $people, '>:utf8', "$folder/yaml/people.yaml" or die "$folder: $!\n";
	for my $i (1 .. 60)
	{
		my ($first, $last) = $name->();
		utf8::decode($_) for $first, $last;
		print $people "person-$i:\n  degree: Uni$variant\n  names:\n  - {first: $first, last: $last}\n";
	}
	close $people;
	for my $c (1 .. $collections)
	{
		open my $out, '>:utf8', "$folder/xml/" . (2000 + $c % 24) . ".gen$c.xml" or die "$folder: $!\n";
		print $out "<?xml version='1.0' encoding='UTF-8'?>\n<collection id=\"", 2000 + $c % 24, ".gen$c\">\n"
		  . "<volume id=\"1\"><meta><booktitle>B$c</booktitle><year>", 2000 + $c % 24, "</year><venue>gen</venue></meta>\n";
		for my $p (1 .. 40)
		{
			my $change = $p % 7 ? '' : $variant;
			print $out "<paper id=\"$p\"><title>On ", join(' ', map { $family[ $random->(scalar @family) ] =~ s/\W//gr } 1 .. 5), " $change</title>";
			for (1 .. 1 + $random->(4))
			{
				my ($first, $last) = $name->();
				utf8::decode($_) for $first, $last;
				print $out "<author><first>$first</first><last>$last$change</last></author>";
			}
			print $out "<abstract>We study $p things$change and find $c of them.</abstract></paper>\n";
		}
		print $out "</volume>\n</collection>\n";
		close $out;
	}
}

# Questions to a table of names that its index answers otherwise than a scan
# does, and rows that it does not have: '' if none.
sub index_differences
{
	my ($node, $database, $table, $column, @names) = @_;
	my @queries;
	for my $name (@names)
	{
		push @queries, "SELECT string_agg(d::text, ' ') FROM (SELECT $column OPERATOR(anthology.<~>) '$name' AS d FROM $table ORDER BY 1 LIMIT 25) AS n";
		push @queries, "SELECT md5(string_agg($column, '|' ORDER BY $column COLLATE \"C\")) FROM $table WHERE $column OPERATOR(anthology.~=) '$name'";
	}
	push @queries, "SELECT count(*), count(d) FROM (SELECT $column OPERATOR(anthology.<~>) 'Li Wang' AS d FROM $table ORDER BY 1 OFFSET 0) AS n";
	my ($by_index, $by_scan) = map { sql($node, $database, @$_, @queries) }
	  [ 'SET enable_seqscan = off', 'SET enable_sort = off' ],
	  [ 'SET enable_indexscan = off', 'SET enable_bitmapscan = off', 'SET enable_indexonlyscan = off' ];
	my $plan = sql($node, $database, 'SET enable_seqscan = off', "EXPLAIN (COSTS OFF) $queries[0]");
	return "no index is used: $plan" unless $plan =~ /Index Scan/;
	return '' if $by_index eq $by_scan;
	my @index = split /\n/, $by_index, -1;
	my @scan = split /\n/, $by_scan, -1;
	return join "\n", map { "$queries[$_]\n  index: $index[$_]\n  scan:  $scan[$_]" } grep { $index[$_] ne $scan[$_] } 0 .. $#queries;
}

# What amcheck says of every heap and btree, the rows of the heap looked up in
# the btrees: '' if all is well.
sub amcheck
{
	my ($node, @arguments) = @_;
	my $out = '';
	IPC::Run::run([ 'pg_amcheck', '--heapallindexed', '--install-missing', '-p', $node->port, '-h', $node->host, @arguments ],
		'>', \$out, '2>&1') or $out ||= 'pg_amcheck failed';
	return $out;
}

# The findings of check_database(), but for names that the data itself has twice on a paper: any other
# problem of loading is a finding.
sub check_rows
{
	my ($node, $database, $complete) = @_;
	return sql($node, $database, 'SELECT * FROM anthology.check_database(' . ($complete // 'true') . q{) WHERE message !~ '^load_problem has \d+ rows: \d+ names that do not resolve as the rule says \([^()]* for one\)$'});
}

# What a load makes, without what only says when.
sub digest
{
	my ($node, $database) = @_;
	my $columns = { paper => 'ROW(t.id, t.volume_id, t.event_id, t.number, t.title, t.abstract, t.document)', load_problem => 'ROW(t.kind, t.file, t.place, t.reason)' };
	return join ' ', map {
		my $row = $columns->{$_} // 't';
		"$_=" . sql($node, $database, "SELECT count(*) || ':' || coalesce(md5(string_agg(md5($row\::text), '' ORDER BY md5($row\::text))), '') FROM anthology.$_ t")
	} qw(venue collection event volume paper paper_element person person_name authorship load_problem);
}

1;
