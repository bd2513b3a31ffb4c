#!/usr/bin/perl
# Random corrections and undos in random order. After each one, every name is
# where a second, naive implementation of the official rule puts it, the derived
# persons and names are those it makes, and every undo either restores exactly
# what was or is refused. The seed is printed; ANTHOLOGY_SEED_NUMBER gives another.
use strict;
use warnings;
use IO::Handle;
use IPC::Open2;
use JSON::PP;
use Test::More;

$ENV{PGOPTIONS} = '-c client_min_messages=warning';
my $seed = $ENV{ANTHOLOGY_SEED_NUMBER} // 20261123;
my $steps = $ENV{ANTHOLOGY_STEPS} // 200;
srand $seed;
diag "seed $seed, $steps steps";
my $database = 'anthology_resolution';

# Statements in a session that goes on until the database is another one: a thousand new
# sessions would take longer than all that is done in them. As psql -c has it, an error ends
# the call, and each statement is a transaction.
my ($session, $in, $out, $of);
sub disconnect
{
	return unless $session;
	close $in;
	close $out;
	waitpid $session, 0;
	undef $session;
	undef $of;
}
sub psql
{
	my (@statements) = @_;
	my ($output, $good) = ('', 1);
	disconnect() if defined $of && $of ne $database;
	if (!$session)
	{
		$session = open2($out, $in, 'sh', '-c', 'exec "$@" 2>&1', 'sh', 'psql', '-XqAt', '-F', "\t", '-d', $database);
		$of = $database;
	}
	for (@statements)
	{
		my $statement = $_;
		my $done = 0;
		utf8::encode($statement) if utf8::is_utf8($statement);
		print $in "$statement\n;\n\\echo [done] :ERROR\n";
		$in->flush;
		while (my $line = <$out>)
		{
			if ($line =~ /^\[done\] (\w+)$/) { $done = 1; $good = $1 eq 'false'; last; }
			$output .= $line;
		}
		$good &&= $done;
		last if !$good;
	}
	$output =~ s/\n\z//;
	return wantarray ? ($output, $good) : $output;
}
sub rows { return map { [ split /\t/, $_, -1 ] } split /\n/, scalar psql(@_); }
sub pick { return $_[ rand @_ ]; }

# A corpus of few names, so that they collide.
my @first = ('Wei', 'W.', 'Ann', 'Bo');
my @last = ('Li', 'Roe', 'Lí');
my $people = join '', map { my $id = $_->[0]; "$id: {names: [" . join(', ', map { "{first: $_->[0], last: $_->[1]}" } @{ $_->[1] }) . "]}\n" }
  ([ 'wei-li', [ [ 'Wei', 'Li' ], [ 'W.', 'Li' ] ] ], [ 'ann-roe', [ [ 'Ann', 'Roe' ] ] ], [ 'bo-li', [ [ 'Bo', 'Li' ] ] ], [ 'bo-li-2', [ [ 'Bo', 'Li' ] ] ]);
my @papers;
for my $number (1 .. 40)
{
	my %used;
	push @papers, [ map { [ split /\|/ ] } grep { !$used{$_}++ } map { pick(@first) . '|' . pick(@last) } 1 .. 1 + int rand 3 ];
}
# The papers as a file, with the attributes that names by "paper position" are to have.
sub collection
{
	my ($attributes) = @_;
	my $file = '';
	for my $number (1 .. @papers)
	{
		my $position = 0;
		$file .= "<paper id=\"$number\"><title>T</title>" . join('', map {
			my $has = $attributes->{ "2024.test-1.$number " . ++$position } // {};
			'<author' . join('', map { defined $has->{$_} ? " $_=\"$has->{$_}\"" : '' } 'id', 'orcid') . "><first>$_->[0]</first><last>$_->[1]</last></author>"
		} @{ $papers[ $number - 1 ] }) . '</paper>';
	}
	return "<collection id=\"2024.test\"><volume id=\"1\"><meta><booktitle>B</booktitle><year>2024</year></meta>$file</volume></collection>";
}
sub load
{
	my ($people, $collection) = @_;
	disconnect();
	system("dropdb --if-exists $database 2>/dev/null; createdb -T template0 -E UTF8 -l C $database");
	my ($output, $good) = psql('CREATE EXTENSION anthology', 'SELECT anthology.create_tables()', "SELECT * FROM anthology.import_people(\$p\$$people\$p\$)",
		"SELECT * FROM anthology.import_collection('$collection')");
	die $output if !$good;
}
# Some names have an ORCID and no id: ingest_names() gives them one.
my @orcids = ('0000-0002-1297-6794', '0000-0002-9079-593X', '0000-0002-7529-6825');
my %at_first = map { ("2024.test-1.$_ 1" => { orcid => pick(@orcids) }) } map { 5 * $_ } 1 .. 8;
load($people, collection(\%at_first));

# What follows from the names on papers, their explicit ids and the verified
# persons, by the rule of the contract, a name at a time.
sub naive
{
	my @names = rows('SELECT paper_id, "position", first, last, slug, coalesce(explicit_person_id, \'\'), coalesce(orcid, \'\') FROM anthology.authorship ORDER BY 1, 2');
	my %person = map { $_->[0] => { off => $_->[1] eq 't', orcid => $_->[2] } } rows('SELECT id, disable_name_matching, coalesce(orcid, \'\') FROM anthology.person WHERE verified');
	my %listed;
	push @{ $listed{ $_->[0] } }, $_ for rows('SELECT person_id, first, last, slug FROM anthology.person_name WHERE NOT inferred ORDER BY 1, "position"');
	my (%resolved, %inferred);
	for my $name (@names)
	{
		my ($paper, $position, $first, $last, $slug, $explicit, $orcid) = @$name;
		my $is;
		if ($explicit ne '')
		{
			$is = $explicit if $person{$explicit} && grep { $_->[1] eq $first && $_->[2] eq $last } @{ $listed{$explicit} };
			undef $is if defined $is && $orcid ne '' && $person{$is}{orcid} ne '' && $orcid ne $person{$is}{orcid};
		}
		else
		{
			my @match = grep { my $id = $_; grep { $_->[3] eq $slug } @{ $listed{$id} } } keys %person;
			$is = @match == 1 && !$person{ $match[0] }{off} ? $match[0] : "$slug/unverified";
		}
		$resolved{"$paper $position"} = $is // '';
		$inferred{$is}{"$first $last"} = 1 if defined $is && !grep { $_->[1] eq $first && $_->[2] eq $last } @{ $listed{$is} };
	}
	return join "\n", (map { "$_ $resolved{$_}" } sort keys %resolved), (map { my $id = $_; map { "$id: $_" } sort keys %{ $inferred{$id} } } sort keys %inferred),
	  sort grep { m{/unverified$} } keys %{ { map { $_ => 1 } values %resolved } };
}
sub stored
{
	my %resolved = map { ("$_->[0] $_->[1]" => $_->[2]) } rows('SELECT paper_id, "position", coalesce(person_id, \'\') FROM anthology.authorship');
	my %inferred;
	$inferred{ $_->[0] }{ $_->[1] } = 1 for rows('SELECT person_id, full_name FROM anthology.person_name WHERE inferred');
	return join "\n", (map { "$_ $resolved{$_}" } sort keys %resolved), (map { my $id = $_; map { "$id: $_" } sort keys %{ $inferred{$id} } } sort keys %inferred),
	  sort map { $_->[0] } rows('SELECT id FROM anthology.person WHERE NOT verified');
}
# Everything that an undo must restore.
sub truth
{
	return psql('SELECT paper_id, "position", explicit_person_id, orcid, person_id FROM anthology.authorship ORDER BY 1, 2',
		'SELECT id, anthology_internal.person_entry(id) FROM anthology.person ORDER BY id', 'SELECT person_id, "position", full_name, inferred FROM anthology.person_name ORDER BY 1, 2');
}

is(stored(), naive(), 'the corpus is loaded as the naive rule has it');
my %entry = map { $_->[0] => decode_json($_->[1]) } rows('SELECT id, anthology_internal.person_entry(id) FROM anthology.person WHERE verified');
my $names = psql('SELECT count(*) FROM anthology.authorship');
my (%done, %refused, %state_before, @applied);
my $wrong = 0;
for my $step (1 .. $steps)
{
	my @pages = rows('SELECT person_id, string_agg(DISTINCT paper_id, \',\') FROM anthology.authorship GROUP BY 1 ORDER BY 1');
	my @verified = map { $_->[0] } rows('SELECT id FROM anthology.person WHERE verified ORDER BY id');
	my $page = pick(@pages);
	my @papers = split /,/, $page->[1];
	my $some = join ',', map { pick(@papers) } 1 .. 1 + int rand 3;
	my ($first, $last) = (pick(@first), pick(@last));
	my ($kind, $sql) = @{ pick(
		[ reassign => "SELECT anthology.reassign_papers('{$some}', '$page->[0]', '" . pick(@verified) . "')" ],
		[ create => "SELECT anthology.create_person('$first', '$last', degree => 'D', suffix => 's$step')" ],
		[ verify => "SELECT anthology.verify_person('$page->[0]', degree => 'D', suffix => 's$step')" ],
		[ split => "SELECT anthology.split_person('{$some}', '$page->[0]', degree => 'D', suffix => 's$step')" ],
		[ merge => "SELECT anthology.merge_persons('$page->[0]', '" . pick(@verified) . "')" ],
		[ rename => "SELECT anthology.rename_person('" . pick(@verified) . "', 'renamed-$step')" ],
		[ unlink => "SELECT anthology.unlink_papers('{$some}', '$page->[0]')" ],
		[ link => "SELECT anthology.link_papers(" . pick("'{$some}'", 'NULL') . ", '$page->[0]')" ],
		[ release => "SELECT anthology.release_papers('{$some}', '$page->[0]')" ],
		[ reassign_back => "SELECT anthology.reassign_papers('{$papers[0]}', '$page->[0]', '" . (split ' ', psql("SELECT slug FROM anthology.authorship WHERE paper_id = '$papers[0]' AND person_id = '$page->[0]' LIMIT 1"))[0] . "/unverified')" ],
		[ complete => "SELECT anthology.verify_person('" . pick(@verified) . "', degree => " . pick("'D'", 'NULL') . ')' ],
		[ merge_but => "SELECT anthology.merge_persons('$page->[0]', '" . pick(@verified) . "', except_papers => '{$papers[0]}')" ],
		[ merge_only => "SELECT anthology.merge_persons('$page->[0]', '" . pick(@verified) . "', only_papers => '{$papers[0]}')" ],
		[ verify_names => "SELECT anthology.verify_names('{" . join(',', (psql("SELECT paper_id || ':' || slug FROM anthology.authorship ORDER BY md5('$step' || paper_id || \"position\") LIMIT 2") =~ /(\S+)/g)) . "}', " . pick("degree => 'D'", "orcid => '$orcids[0]'", "orcid => '0000-0002-1825-0097'") . ", suffix => " . pick("'n$step'", 'NULL') . ', only_these => ' . pick('true', 'false') . ')' ],
		[ ingest => "SELECT anthology.ingest_names('2024.test-1')" ],
		[ matching_kept => "SELECT anthology.set_name_matching('" . pick(@verified) . "', false, keep_papers => true)" ],
		[ add_name => "SELECT anthology.add_name('" . pick(@verified) . "', '$first', '$last')" ],
		[ remove_name => "SELECT anthology.remove_name('" . pick(@verified) . "', '$first', '$last')" ],
		[ matching => "SELECT anthology.set_name_matching('" . pick(@verified) . "', " . pick('true', 'false') . ')' ],
		[ verify_but => "SELECT anthology.verify_person('$page->[0]', degree => 'D', suffix => 's$step', except_papers => '{$some}')" ],
		[ verify_only => "SELECT anthology.verify_person('$page->[0]', degree => 'D', suffix => 's$step', only_papers => '{$some}')" ],
		[ canonical => "SELECT anthology.set_canonical_name('" . pick(@verified) . "', '$first', '$last')" ],
		[ change_name => "SELECT anthology.change_name('" . pick(@verified) . "', '$first', '$last')" ],
		[ orcid => "SELECT anthology.set_orcid('" . pick(@verified) . "', '" . pick('0000-0002-1825-0097', '0000-0001-5109-3700', '0000-0002-1694-233X') . "')" ],
		([ undo => 'SELECT anthology.undo_reassignment(' . (@applied ? pick(@applied) : 0) . ')' ]) x 8) };
	my $before = truth();
	my $newest = psql('SELECT coalesce(max(id), 0) FROM anthology.reassignment');
	my ($output, $good) = psql($sql);
	if ($good)
	{
		$done{$kind}++;
		my $id = psql('SELECT max(id) FROM anthology.reassignment');
		push @applied, $id;
		$state_before{$id} = $before;
	}
	else
	{
		$refused{$kind}++;
		my $after = truth();
		if ($after ne $before || $output !~ /^ERROR: /)
		{
			$wrong++;
			diag "step $step: $sql: $output";
		}
	}
	if (stored() ne naive())
	{
		$wrong++;
		diag "step $step, $sql: the names are not where the naive rule has them";
	}
	# The newest correction, undone at once, must give back what was.
	if ($good && rand() < 0.3)
	{
		my ($undone, $fine) = psql("SELECT anthology.undo_reassignment($applied[-1])");
		if (!$fine ? $undone !~ /^ERROR: / : truth() ne $before)
		{
			$wrong++;
			diag "step $step, $sql: undoing it did not restore what was: $undone";
		}
		$done{'undone at once'}++ if $fine;
		$refused{'undone at once'}++ if !$fine;
		diag "step $step, $sql: undo refused: $undone" if !$fine;
	}
	last if $wrong > 3;
}
is($wrong, 0, 'after each correction and each undo all is as it should be');
is(psql('SELECT count(*) FROM anthology.authorship'), $names, 'no name is lost or doubled');
cmp_ok($done{undo} // 0, '>', 3, 'undos were among them');
diag 'done: ' . join(', ', map { "$_ $done{$_}" } sort keys %done);
diag 'refused: ' . join(', ', map { "$_ $refused{$_}" } sort keys %refused);

# The audit, replayed on what was loaded: files written from it load as the same state.
my %attributes = %at_first;
my @decided = rows("SELECT id FROM anthology.reassignment JOIN anthology.correction_log l ON l.reassignment_id = id AND l.status = 'applied' WHERE reassignment.status IN ('applied', 'undone') ORDER BY l.number");
for my $id (map { $_->[0] } @decided)
{
	$attributes{"$_->[0] $_->[1]"} = { id => ($_->[2] ne '' ? $_->[2] : undef), orcid => ($_->[3] ne '' ? $_->[3] : undef) }
	  for rows("SELECT paper_id, \"position\", after_explicit_id, after_orcid FROM anthology.reassignment_item WHERE reassignment_id = $id AND cause = 'selected'");
	for (rows("SELECT person_id, action, before, after FROM anthology.person_change WHERE reassignment_id = $id ORDER BY ordinal"))
	{
		my ($person, $action, $before, $after) = @$_;
		my $name = decode_json($after ne '' ? $after : $before);
		if ($action eq 'delete') { delete $entry{$person}; }
		elsif ($action eq 'add name') { push @{ $entry{$person}{names} }, $name; }
		elsif ($action eq 'remove name') { @{ $entry{$person}{names} } = grep { $_->{first} ne $name->{first} || $_->{last} ne $name->{last} } @{ $entry{$person}{names} }; }
		else { $entry{$person} = $name; }
	}
}
my $state = truth();
my $first_database = $database;
$database = 'anthology_replayed';
load(JSON::PP->new->canonical->encode(\%entry), collection(\%attributes));
is(truth(), $state, scalar(@decided) . ' decisions of the audit, replayed, give the same state');
disconnect();
system('dropdb', $_) for $first_database, $database;
done_testing();
