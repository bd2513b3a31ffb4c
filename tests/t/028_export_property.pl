#!/usr/bin/perl
# Any sequence of corrections, undos, exports, loads, and checkouts of earlier states of the
# folder ends with database and files agreeing, and no load ever takes back what
# was decided. The seeds are printed; ANTHOLOGY_SEED_NUMBER gives the first, ANTHOLOGY_EACH how many.
use strict;
use warnings;
use File::Temp qw(tempdir);
use Test::More;

my $seed = $ENV{ANTHOLOGY_SEED_NUMBER} // 20261127;
my $runs = $ENV{ANTHOLOGY_EACH} // 4;
my $steps = 40;
my ($first, $second) = ('anthology_property', 'anthology_property_second');
my $temp = tempdir(CLEANUP => 1);
chmod 0755, $temp;
my $data = "$temp/data";
$ENV{PGOPTIONS} = '-c client_min_messages=warning';

# The output of statements, or undef and the error in $refusal.
my $refusal;
sub try
{
	my ($database, @statements) = @_;
	open my $out, '-|', 'sh', '-c', 'exec "$@" 2>&1', 'sh', 'psql', '-XqAt', '-v', 'ON_ERROR_STOP=1', '-d', $database, map { ('-c', $_) } @statements or die;
	local $/;
	my $result = <$out> // '';
	$result =~ s{\n\z}{};
	return $result if close $out;
	$refusal = $result;
	return undef;
}
sub sql { return try(@_) // die "$refusal (@_)\n"; }
sub digest { return sql($_[0], <<'SQL') }
SELECT md5(string_agg(x, E'\n' ORDER BY x COLLATE "C")) FROM (
	SELECT concat_ws(' ', paper_id, role, "position", first, last, explicit_person_id, orcid, person_id) FROM anthology.authorship
	UNION ALL SELECT concat_ws(' ', id, verified, anthology_internal.person_entry(id)) FROM anthology.person) AS s(x)
SQL
sub changed { return sql($first, 'SELECT count(*) FROM anthology.changed_files()'); }

my $page = "(SELECT person_id FROM anthology.authorship ORDER BY random() LIMIT 1)";
my $unverified = "(SELECT person_id FROM anthology.authorship WHERE person_id LIKE '%/unverified' ORDER BY random() LIMIT 1)";
my $verified = "(SELECT id FROM anthology.person WHERE verified ORDER BY random() LIMIT 1)";
my $papers = "(SELECT ARRAY(SELECT DISTINCT paper_id FROM anthology.authorship WHERE person_id = p LIMIT 1 + (random() * 2)::int))";
my $orcid = "(SELECT o FROM unnest('{0000-0002-1825-0097,0000-0001-5109-3700,0000-0002-1694-233X,0000-0002-9079-593X,0000-0003-1415-9269}'::text[]) o ORDER BY random() LIMIT 1)";
my $n = 0;
my @corrections = (
	sub { "SELECT anthology.reassign_papers($papers, p, v) FROM (SELECT $page AS p, $verified AS v OFFSET 0) x" },
	sub { "SELECT anthology.verify_person($unverified, degree => 'Trip', suffix => 's" . ++$n . "')" },
	sub { "SELECT anthology.verify_person(p, degree => 'Trip', suffix => 's" . ++$n . "', only_papers => $papers) FROM (SELECT $unverified AS p OFFSET 0) x" },
	sub { "SELECT anthology.merge_persons($page, $verified)" },
	sub { "SELECT anthology.rename_person(v, v || '-" . ++$n . "') FROM (SELECT $verified AS v OFFSET 0) x" },
	sub { "SELECT anthology.unlink_papers($papers, p) FROM (SELECT explicit_person_id AS p FROM anthology.authorship WHERE explicit_person_id IS NOT NULL ORDER BY random() LIMIT 1) x" },
	sub { "SELECT anthology.add_name($verified, 'N" . ++$n . "', 'Trip')" },
	sub { "SELECT anthology.change_name($verified, 'C" . ++$n . "', 'Trip')" },
	sub { "SELECT anthology.set_orcid($verified, $orcid)" },
	sub { "SELECT anthology.set_name_matching(v, d) FROM (SELECT id AS v, disable_name_matching AS d FROM anthology.person WHERE verified ORDER BY random() LIMIT 1) x" },
	sub { "SELECT anthology.create_person(first, last, degree => 'Trip', suffix => 's" . ++$n . "') FROM (SELECT first, last FROM anthology.authorship ORDER BY random() LIMIT 1) x" });

# Loads the folder: nothing that was decided may change by it.
sub load
{
	my ($what) = @_;
	my $before = digest($first);
	sql($first, "SELECT count(*) FROM anthology.load_directory('$data')");
	my $same = digest($first) eq $before;
	ok($same, "$what: a load leaves what was decided") or diag sql($first, 'SELECT file, place, reason FROM anthology.load_problem ORDER BY id DESC LIMIT 5');
	return $same;
}

my %done;
RUN: for my $run (0 .. $runs - 1)
{
	my $mine = $seed + $run;
	srand $mine;
	$n = 0;
	system("rm -rf $data $temp/state* && cp -r $ENV{ANTHOLOGY_SAMPLE} $data && chmod -R u+w $data && cp -rp $data $temp/state0") == 0 or die;
	my $states = 1;
	system("dropdb --if-exists $first 2>/dev/null; createdb -T template0 -E UTF8 -l C $first") == 0 or die;
	sql($first, 'CREATE EXTENSION anthology', 'SELECT anthology.create_tables()', "SELECT count(*) FROM anthology.load_directory('$data')");
	my @log;
	for my $step (1 .. $steps)
	{
		my $kind = (('correct') x 8, ('undo') x 4, ('export') x 4, ('load') x 2, 'state', ('checkout') x 4, 'rollback', 'theirs')[ rand 25 ];
		my $where = "seed $mine, step $step, $kind";
		my $seeded = sprintf 'SELECT setseed(%.6f)', rand;
		push @log, $kind;
		if ($kind eq 'correct')
		{
			my $statement = $corrections[ rand @corrections ]->();
			my $ok = defined try($first, "$seeded; $statement");
			$log[-1] .= $ok ? " $statement" : ' refused';
			$done{ $ok ? 'correction' : 'correction refused' }++;
			unlike($refusal, qr/(?<!anthology_)internal|XX000|could not|does not exist$/, "$where: refused with a reason") or diag $statement if !$ok;
		}
		elsif ($kind eq 'undo')
		{
			my $ok = defined try($first, "$seeded; SELECT anthology.undo_reassignment((SELECT id FROM anthology.reassignment WHERE status = 'applied' ORDER BY random() LIMIT 1))");
			$done{ $ok ? 'undo' : 'undo refused' }++;
		}
		elsif ($kind eq 'state') { system("cp -rp $data $temp/state" . $states++); }
		elsif ($kind eq 'checkout')
		{
			# Somebody checks out, or pulls, what the folder was before.
			my $from = int rand $states;
			system("rm -rf $data && cp -rp $temp/state$from $data");
			$log[-1] .= " $from";
			load($where) or last;
			$done{checkout}++;
		}
		elsif ($kind eq 'load') { load($where) or last; $done{load}++; }
		elsif ($kind eq 'theirs')
		{
			# A change that has nothing to do with ours: it is loaded and stays.
			my ($file) = map { $_->[1] } sort { $a->[0] <=> $b->[0] } map { [ rand, $_ ] } glob "$data/xml/*.xml";
			system("sed -i 's|</collection>|<!-- $step --></collection>|' $file");
			load($where) or last;
			$done{theirs}++;
		}
		elsif ($kind eq 'rollback')
		{
			my $sum = `cd $data && find . -type f | sort | xargs md5sum`;
			try($first, "BEGIN; $seeded; " . $corrections[ rand @corrections ]->() . "; SELECT anthology.export_changes('$data'); ROLLBACK");
			is(`cd $data && find . -type f | sort | xargs md5sum`, $sum, "$where: what is rolled back was never written") or last;
		}
		else
		{
			sql($first, "SELECT anthology.export_changes('$data')");
			is(changed(), 0, "$where: nothing more to export") or last;
			$done{export}++;
		}
	}
	load("seed $mine, the end") or diag join "\n", @log;
	sql($first, "SELECT anthology.export_changes('$data')");
	is(changed(), 0, "seed $mine: all is exported");
	is(sql($first, "SELECT count(*) FROM anthology.load_problem WHERE kind = 'correction' AND reason LIKE '%says otherwise%'"), 0, "seed $mine: nothing is contradicted any more");
	load("seed $mine, once more");
	system("dropdb --if-exists $second 2>/dev/null; createdb -T template0 -E UTF8 -l C $second") == 0 or die;
	sql($second, 'CREATE EXTENSION anthology', 'SELECT anthology.create_tables()', "SELECT count(*) FROM anthology.load_directory('$data')");
	is(digest($second), digest($first), "seed $mine: a fresh database loaded from the files is as this one") or diag join "\n", @log;
}
note join ', ', map { "$_: $done{$_}" } sort keys %done;
system('dropdb', '--if-exists', $_) for $first, $second;
done_testing();
