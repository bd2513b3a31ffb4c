#!/usr/bin/perl
# The two layouts of a data folder: which one it is, moving over from the one to
# the other, and loads that would lose who is who. Needs the server of with_cluster.
use strict;
use warnings;
use File::Temp qw(tempdir);
use Test::More;

$ENV{PGOPTIONS} = '-c client_min_messages=warning';
my $new = $ENV{ANTHOLOGY_SAMPLE};
(my $old = $new) =~ s{/sample/}{/sample-2025/};
my $database = 'anthology_layouts';

sub sql
{
	my (@statements) = @_;
	open my $psql, '-|', 'sh', '-c', 'exec "$@" 2>&1', 'sh', 'psql', '-XqAt', '-v', 'ON_ERROR_STOP=1', '-d', $database,
	  map { ('-c', $_) } @statements
	  or die "psql: $!\n";
	local $/;
	my $output = <$psql> // '';
	close $psql;
	$output =~ s/\n\z//;
	return $output;
}

sub fresh
{
	system('dropdb', '--if-exists', $database) == 0
	  && system('createdb', '-T', 'template0', '-E', 'UTF8', '-l', 'C', $database) == 0 or die;
	sql('CREATE EXTENSION anthology', 'SELECT anthology.create_tables()');
}

# A copy of a folder that may be changed, and that the server may read.
sub copy_of
{
	my ($source) = @_;
	my $folder = tempdir(CLEANUP => 1);
	system('cp', '-r', "$source/.", $folder) == 0 or die;
	chmod 0755, $folder;
	return $folder;
}

sub edit
{
	my ($file, $change) = @_;
	open my $in, '<:raw', $file or die "$file: $!\n";
	local $/;
	local $_ = <$in>;
	$change->();
	open my $out, '>:raw', $file or die "$file: $!\n";
	print $out $_;
	close $out or die;
}

sub load { return sql("SELECT kind, new, changed, removed, problems FROM anthology.load_directory('$_[0]'" . ($_[1] ? ', allow_losses => true' : '') . ')') }

my $state = q{SELECT (SELECT string_agg(id || coalesce(url, '') || coalesce(url_hash, '') || title, '|' ORDER BY id) FROM anthology.paper),
	(SELECT string_agg(id || coalesce(url, '') || coalesce(url_hash, ''), '|' ORDER BY id) FROM anthology.volume),
	(SELECT string_agg(paper_id || role || "position" || person_id || coalesce(explicit_person_id, ''), '|' ORDER BY paper_id, role, "position") FROM anthology.authorship),
	(SELECT string_agg(id || verified, '|' ORDER BY id) FROM anthology.person),
	(SELECT string_agg(paper_id || element || content || attributes, '|' ORDER BY paper_id, ordinal) FROM anthology.paper_element WHERE element NOT LIKE 'pwc%')};

# Old, corrected, then new over it.
fresh();
load($old);
is(sql('SELECT layout FROM anthology.corpus_state'), 'yaml', 'the older layout is told');
is(sql('SELECT string_agg(path, \' \' ORDER BY path) FROM anthology.data_file'),
	'yaml/people.yaml yaml/venues/demo.yaml yaml/venues/sls.yaml yaml/venues/ws.yaml', 'its files are kept');
sql(q{SELECT anthology.reassign_papers('{2024.demo-long.3}', 'mei-lin', 'mei-lin-edinburgh')},
	q{SELECT anthology.propose_reassignment('{2024.demo-long.2}', 'mei-lin', 'mei-lin-edinburgh')});
my $before = sql($state);
my $record = sql('SELECT * FROM anthology.reassignment ORDER BY id');
my $moved = load($new);
like($moved, qr/^person\|0\|0\|0\|0$/m, 'moving over changes no person');
like($moved, qr/^paper\|0\|0\|0\|0$/m, 'and no paper');
is(sql($state), $before, 'no url, hash, name, person or correction is lost');
is(sql('SELECT * FROM anthology.reassignment ORDER BY id'), $record, 'and nothing of the record');
is(sql('SELECT layout FROM anthology.corpus_state'), 'json', 'the layout is the new one');
is(sql('SELECT string_agg(path, \' \' ORDER BY path) FROM anthology.data_file'),
	'json/people.json json/sigs.json json/venues.json', 'and so are the files that are kept');
is(sql(q{SELECT count(*) FROM anthology.collection c WHERE c.source <> pg_read_file('} . "$new/xml/" . q{' || c.id || '.xml')}), 0, 'byte for byte');
is(sql(q{SELECT source = pg_read_file('} . "$new/json/people.json" . q{') FROM anthology.data_file WHERE path = 'json/people.json'}), 't', 'all of them');
unlike(load($new), qr/^\w+\|.*[1-9].*\|\d+$/m, 'loading it again changes nothing');

# Each layout alone gives the same.
fresh();
load($old);
my $alone = sql($state);
fresh();
load($new);
is(sql($state), $alone, 'both layouts say the same');

# Half of a layout, both, neither.
my $folder = copy_of($new);
system('cp', '-r', "$old/yaml", $folder);
like(load($folder), qr/has the files of two layouts/, 'a folder with both is refused');
fresh();
$folder = copy_of($new);
system('rm', '-r', "$folder/json");
like(load($folder), qr/the folder has no persons.*neither json\/people\.json nor yaml\/people\.yaml/s, 'and one with neither');
is(sql('SELECT count(*) FROM anthology.paper'), 0, 'before anything is loaded');
like(load($folder, 1), qr/^paper\|[1-9]/m, 'unless it is asked for');
load($new);
like(load($folder), qr/^paper\|0\|0\|0/m, 'where persons are known, none are needed');

# Broken JSON.
fresh();
$folder = copy_of($new);
edit("$folder/json/sigs.json", sub { $_ = qq({\n  "a": {"name": "A" "url": "u"}\n}\n) });
like(load($folder), qr/^file\|0\|0\|0\|1$/m, 'broken JSON is a problem');
is(sql('SELECT kind, file, reason FROM anthology.load_problem'),
	'file|json/sigs.json|invalid JSON: line 2, column 21: Expected "," or "}", but found ""url"".', 'with line and column');
is(sql('SELECT count(*) > 0 FROM anthology.person WHERE verified'), 't', 'and the rest is loaded');
fresh();
edit("$folder/json/people.json", sub { s/,/;/ });
like(load($folder), qr/the folder has no persons.*json\/people\.json: invalid JSON: line \d+, column \d+/s, 'but not without persons');

# Losses.
fresh();
load($new);
my $was = sql($state);
$folder = copy_of($new);
edit("$folder/json/people.json", sub { s/"mei-lin"(?=: \{)/"mei-lin-other"/ });
like(load($folder), qr/would lose 1 of \d+ verified persons, "mei-lin" for one.*allow_losses => true/s, 'a load that would lose a person stops');
is(sql($state), $was, 'and has changed nothing');
like(load($folder, 1), qr/^person\|1\|0\|1\|/m, 'unless it is told to');
is(sql(q{SELECT count(*) FROM anthology.person WHERE id = 'mei-lin'}), 0, 'the person is gone');
load($new, 1);
is(sql($state), $was, 'and comes back');
$folder = copy_of($new);
edit($_, sub { s/(<author) id="[^"]*"/$1/g }) for glob "$folder/xml/*.xml";
like(load($folder), qr/would lose \d+ of \d+ explicit ids.*allow_losses => true/s, 'and so does one that would lose ids');
is(sql($state), $was, 'and has changed nothing');

# A folder that only adds.
$folder = tempdir(CLEANUP => 1);
chmod 0755, $folder;
mkdir "$folder/xml";
mkdir "$folder/json";
open my $out, '>', "$folder/xml/2025.more.xml" or die;
print $out qq{<collection id="2025.more"><volume id="1"><meta><booktitle>B</booktitle><year>2025</year></meta><odd/>
<paper id="1"><title>T</title><author orcid="0000-0002-1825-0097"><first>A</first><last>B</last></author></paper></volume></collection>};
close $out;
open $out, '>', "$folder/json/people.json" or die;
print $out qq({"new-person": {"names": [{"last": "New"}], "odd": 1}});
close $out;
my $result = load($folder);
like($result, qr/^person\|1\|0\|0\|1$/m, 'a folder that only adds removes nobody');
is(sql(q{SELECT length(source) > 500 FROM anthology.data_file WHERE path = 'json/people.json'}), 't', 'and is not taken for the whole');
my $sum = 0;
$sum += $1 while $result =~ /\|(\d+)$/mg;
is($sum, sql('SELECT count(*) FROM anthology.load_problem'), 'a load counts all the problems that there are');
like(sql(q{SELECT message FROM anthology.check_database() WHERE subject = 'loading'}), qr/^load_problem has $sum rows: /, 'and check_database() says the same');

system('dropdb', $database);
done_testing();
