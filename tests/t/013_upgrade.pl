#!/usr/bin/perl
# A database made with each released version and updated is, after
# create_tables(), what this version makes: every object of the extension with
# its definition, comment and privileges, and every table. What was corrected
# before can be undone after. Needs the server of with_cluster.
use strict;
use warnings;
use Test::More;
use FindBin;
use lib $FindBin::Bin;
use OldVersion qw(fill);

$ENV{PGOPTIONS} = '-c client_min_messages=warning';
my ($fresh, $updated) = ('anthology_upgrade_fresh', 'anthology_upgrade_updated');
# Released versions load the layout of their time.
(my $sample = $ENV{ANTHOLOGY_SAMPLE}) =~ s{/sample/}{/sample-2025/};

sub sql
{
	my ($database, @statements) = @_;
	open my $psql, '-|', 'psql', '-XqAt', '-v', 'ON_ERROR_STOP=1', '-d', $database, map { ('-c', $_) } @statements
	  or die "psql: $!\n";
	local $/;
	my $output = <$psql>;
	close $psql or die "failed in $database: @statements\n";
	$output =~ s/\n\z//;
	return $output;
}

# pg_dump's own words for the members of the extension, which only
# pg_upgrade's mode shows, and for the tables. Statements are sorted, and the
# columns within one: a table that was altered has the new ones last.
sub definitions
{
	my ($database) = @_;
	my $dump = '';
	open my $in, '-|', 'pg_dump', '-s', '--binary-upgrade', '-d', $database or die "pg_dump: $!\n";
	while (<$in>)
	{
		next if /binary_upgrade|^SELECT pg_catalog\.setval|^WHERE oid = |^--|^SET |^\\|^SELECT pg_catalog\.set_config|relfrozenxid|^\s*$/;
		s/'anthology', true, '[^']*'//;
		$dump .= $_;
	}
	close $in or die "pg_dump failed\n";
	my @statements = split /;\n(?=(?:CREATE|COMMENT|ALTER|GRANT|REVOKE|UPDATE|WHERE|INSERT|DROP|DELETE)\b)/, $dump;
	for (@statements)
	{
		s/,$//mg;
		$_ = join "\n", sort split /\n/, $_ if /^CREATE TABLE/;
	}
	return join ";\n", sort @statements;
}

# What pg_dump does not show of members: privileges as they are, comments.
my $members = q{
	SELECT pg_describe_object(classid, objid, 0), obj_description(objid, classid::regclass::name),
		(SELECT concat_ws('; ', proowner::regrole, provolatile, proparallel, prosecdef, proconfig, prosupport, prosrc, probin,
			(SELECT string_agg(a.grantee::regrole || ' ' || a.privilege_type, ', ' ORDER BY a.grantee, a.privilege_type)
				FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a))
			FROM pg_proc p WHERE classid = 'pg_proc'::regclass AND p.oid = objid)
	FROM pg_depend
	WHERE refclassid = 'pg_extension'::regclass AND deptype = 'e'
		AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'anthology')
	ORDER BY pg_describe_object(classid, objid, 0) COLLATE "C"};

sub same
{
	my ($got, $expected, $what) = @_;
	my %got = map { $_ => 1 } split /\n/, $got;
	my %expected = map { $_ => 1 } split /\n/, $expected;
	ok($got eq $expected, $what) or diag(join "\n",
		(map { "only updated: $_" } grep { !$expected{$_} } sort keys %got),
		(map { "only fresh:   $_" } grep { !$got{$_} } sort keys %expected));
}

sub create_database
{
	my ($name, $version) = @_;
	system('dropdb', '--if-exists', $name) == 0 && system('createdb', '-T', 'template0', '-E', 'UTF8', '-l', 'C', $name) == 0
	  or die "cannot make $name\n";
	sql($name, 'CREATE EXTENSION anthology' . ($version ? " VERSION '$version'" : ''), 'SELECT anthology.create_tables()');
}

# Install scripts of old versions are not installed: nobody should make a new database with one.
chomp(my $share = `"$ENV{PG_CONFIG}" --sharedir`);
system('cp', glob('tests/releases/*.sql'), "$share/extension/") == 0 or die "cannot install the released versions\n";

create_database($fresh);
my $version = sql($fresh, q{SELECT default_version FROM pg_available_extensions WHERE name = 'anthology'});
my @released = split /\n/, sql($fresh, qq{SELECT version FROM pg_available_extension_versions
	WHERE name = 'anthology' AND version <> '$version' ORDER BY version});
cmp_ok(scalar @released, '>', 0, 'there are released versions');

for my $old (@released)
{
	create_database($updated, $old);
	my @load = ((map { "SELECT * FROM anthology.import_venues(pg_read_file('$_'), '" . (m{([^/]+)\.yaml$})[0] . "')" } glob "$sample/yaml/venues/*.yaml"),
		"SELECT * FROM anthology.import_people(pg_read_file('$sample/yaml/people.yaml'))",
		map { "SELECT * FROM anthology.import_collection(pg_read_file('$_')::xml)" } glob "$sample/xml/*.xml");
	# These functions of 1.0 and 1.1 need nothing of the library.
	$old =~ /^1\.[01]$/ ? sql($updated, @load) : fill($updated, @load);
	my $from = sql($updated, q{SELECT person_id FROM anthology.authorship JOIN anthology.person p ON p.id = person_id
		WHERE p.verified AND role = 'author' GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1});
	my $page = sql($updated, "SELECT * FROM anthology.person_page('$from')");
	my $paper = sql($updated, "SELECT min(paper_id) FROM anthology.authorship WHERE person_id = '$from' AND role = 'author'");
	# A decision of 1.0 as a row: this program cannot make one there. From 1.1 on
	# decisions are in a log, which refuses rows made by hand.
	my $by_hand = $old eq '1.0';
	sql($updated, q{INSERT INTO anthology.reassignment (kind, status, note, decided_by, decided_at)
		SELECT 'reassign', 'rejected', 'then ' || i, session_user, now() FROM generate_series(1, 3) i}) if $by_hand;

	sql($updated, 'ALTER EXTENSION anthology UPDATE');
	is(sql($updated, q{SELECT extversion FROM pg_extension WHERE extname = 'anthology'}), $version, "$old becomes $version");
	# Weights of before may have been fitted: that they go is said, once.
	my @weights = split /\n/, sql($updated, q{SELECT DISTINCT model COLLATE "C" FROM anthology.assignment_weight
		WHERE model IN ('group', 'page', 'pair', 'paper') ORDER BY 1});
	my $make = "PGOPTIONS= psql -Xq -v ON_ERROR_STOP=1 -d $updated -c 'SELECT anthology.create_tables()' 2>&1 >/dev/null";
	my $said = `$make`;
	is($?, 0, 'the tables are brought up to date');
	is(($said =~ /^WARNING:  weights of an older version are replaced by those of the extension: (.*)$/m)[0], @weights ? join(', ', @weights) : undef,
		'which weights are replaced is said') or diag $said;
	is($said =~ /fit_assignment_model/ ? 1 : 0, @weights ? 1 : 0, 'and how to have one\'s own');
	unlike(scalar `$make`, qr/weights/, 'and not again');

	same(sql($updated, $members), sql($fresh, $members), 'the members, their comments and privileges');
	same(definitions($updated), definitions($fresh), "pg_dump's definitions of members and tables");
	my $schema = q{SELECT nspowner, nspacl FROM pg_namespace WHERE nspname = 'anthology_internal'};
	is(sql($updated, $schema), sql($fresh, $schema), 'who may use the schema of internal functions');
	is(sql($updated, 'SELECT * FROM anthology.check_record()'), '', 'the record is whole');
	is(sql($updated, q{SELECT string_agg(note, ', ' ORDER BY id) FROM anthology.reassignment WHERE decided_role IS NULL
		AND proposed_role IS NULL AND proposed_for IS NULL}), $by_hand ? 'then 1, then 2, then 3' : '',
		'and nothing is made up about what was then');
	my $signals = 'SELECT DISTINCT model, signal FROM anthology.assignment_weight ORDER BY model, signal';
	same(sql($updated, $signals), sql($fresh, $signals), 'the signals that have weights');

	is(sql($updated, "SELECT * FROM anthology.person_page('$from')"), $page, 'pages are the same');
	sql($updated, q{SELECT anthology.create_person('Nova', 'Quist', degree => 'Uni')});
	my $correction = sql($updated, "SELECT anthology.reassign_papers(ARRAY['$paper'], '$from', 'nova-quist')");
	isnt(sql($updated, "SELECT * FROM anthology.person_page('$from')"), $page, 'a correction changes them');
	sql($updated, "SELECT anthology.undo_reassignment($correction)");
	is(sql($updated, "SELECT * FROM anthology.person_page('$from')"), $page, 'and is undone');
	is(sql($updated, "SELECT kind, changed FROM anthology.load_directory('$sample') WHERE new + changed + removed > 0"), '',
		'loading again changes nothing');
	my $error = `psql -XqAt -d $updated -c 'SELECT count(*) FROM anthology.suspicious_assignments(NULL, 0.5)' 2>&1 >/dev/null`;
	is($error, '', 'everyone can be judged');
}
system('dropdb', $_) for $fresh, $updated;
unlink map { s{.*/}{$share/extension/}r } glob 'tests/releases/*.sql';
done_testing();
