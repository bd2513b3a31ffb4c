#!/usr/bin/perl
# load_directory: bad files are recorded and the others load; nothing outside
# the folder is read; who may not is refused. Needs the server of with_cluster.
use strict;
use warnings;
use File::Temp qw(tempdir);
use Test::More;

$ENV{PGOPTIONS} = '-c client_min_messages=warning';
my $database = 'anthology_load';
my $folder = tempdir(CLEANUP => 1);
chmod 0755, $folder;

sub psql
{
	my ($user, @statements) = @_;
	my @command = ('psql', '-XqAt', '-v', 'ON_ERROR_STOP=1', '-d', $database, '-U', $user);
	open my $psql, '-|', 'sh', '-c', 'exec "$@" 2>&1', 'sh', @command, map { ('-c', $_) } @statements
	  or die "psql: $!\n";
	local $/;
	my $output = <$psql> // '';
	close $psql;
	$output =~ s/\n\z//;
	return $output;
}
sub sql { return psql($ENV{PGUSER} // getpwuid($<), @_); }

sub spew
{
	my ($name, $content) = @_;
	open my $out, '>:raw', "$folder/data/$name" or die "$name: $!\n";
	print $out $content;
	close $out;
}
sub collection
{
	my ($id, $inner) = @_;
	return qq{<?xml version='1.0' encoding='UTF-8'?>\n<collection id="$id">\n$inner</collection>\n};
}
sub paper
{
	my ($last) = @_;
	return qq{<volume id="1"><meta><booktitle>B</booktitle><year>2024</year></meta>}
	  . qq{<paper id="1"><title>T</title><author><first>Al</first><last>$last</last></author></paper></volume>\n};
}
my $load = "SELECT kind, new, changed, unchanged, problems FROM anthology.load_directory('$folder/data')";

system('dropdb', '--if-exists', $database);
system('createdb', '-T', 'template0', '-E', 'UTF8', '-l', 'C', $database);
sql('CREATE EXTENSION anthology', 'SELECT anthology.create_tables()');

# A folder without a file: the indexes set aside for a first load come back.
mkdir "$folder/empty";
mkdir "$folder/empty/xml";
is(sql("SELECT count(*) FROM anthology.load_directory('$folder/empty', true)"), '0', 'an empty folder loads');
is(sql('SELECT * FROM anthology.check_database()'), '', 'and leaves nothing missing');

system('cp', '-r', ($ENV{ANTHOLOGY_SAMPLE} =~ s{/sample/}{/sample-2025/}r), "$folder/data");
system('chmod', '-R', 'u+w', "$folder/data");
my $collections = () = glob "$folder/data/xml/*.xml";

# One bad file of each kind beside the good ones.
my $secret = "$folder/secret";
open my $out, '>', $secret or die;
print $out "Hemmelig\n";
close $out;
chmod 0644, $secret;
my %bad = (
	'xml/2024.malformed.xml' => collection('2024.malformed', '<volume id="1">'),
	'xml/2024.truncated.xml' => substr(collection('2024.truncated', paper('Cut')), 0, 120),
	'xml/2024.empty.xml' => '',
	'xml/2024.latin.xml' => collection('2024.latin', paper("M\xfcller")),
	'xml/2024.nul.xml' => collection('2024.nul', paper("N\0ul")),
	'xml/2024.external.xml' => qq{<!DOCTYPE collection [<!ENTITY x SYSTEM "file://$secret">]>\n} . collection('2024.external', paper('&x;')),
	'xml/2024.bomb.xml' => '<!DOCTYPE collection [<!ENTITY a "aaaaaaaaaa">' . join('', map { my $p = chr(96 + $_); '<!ENTITY ' . chr(97 + $_) . ' "' . ("&$p;" x 10) . '">' } 1 .. 9)
	  . "]>\n" . collection('2024.bomb', paper('&j;')),
	'xml/2024.wrong.xml' => collection('wrong id', paper('Wrong')),
	'xml/2024.other.xml' => '<papers/>',
	'yaml/venues/broken.yaml' => "acronym: [\n",
	'yaml/venues/deep.yaml' => '[' x 100000,
	'yaml/venues/nameless.yaml' => "acronym: X\n",
);
spew($_, $bad{$_}) for sort keys %bad;
mkdir "$folder/data/xml/2024.folder.xml";
my %recorded = (%bad, 'xml/2024.folder.xml' => 1);

my $first = sql($load);
is(sql('SELECT count(*) FROM anthology.collection'), $collections, 'the good collections are loaded');
is(sql(q{SELECT string_agg(DISTINCT file, ' ' ORDER BY file) FROM anthology.load_problem WHERE kind <> 'resolution'}),
	join(' ', sort keys %recorded), 'every bad file is recorded, and no other');
is(sql(q{SELECT count(*) FROM anthology.load_problem WHERE kind = 'file' AND (reason = '' OR sqlstate !~ '^[0-9A-Z]{5}$')}), 0, 'with a reason and an SQLSTATE');
is(sql(q{SELECT sqlstate FROM anthology.load_problem WHERE file = 'xml/2024.latin.xml'}), '22021', 'a file that is not UTF-8 is told as such');
like(sql(q{SELECT reason FROM anthology.load_problem WHERE file = 'xml/2024.external.xml'}), qr/document type/, 'a document type definition is refused');
like(sql(q{SELECT reason FROM anthology.load_problem WHERE file = 'xml/2024.bomb.xml'}), qr/document type/, 'an entity bomb too');
is(sql(q{SELECT count(*) FROM anthology.authorship WHERE last ~ 'Hemmelig'}), 0, 'the external entity was not read');
like($first, qr/^file\|0\|0\|0\|12$/m, 'twelve files are counted as problems');

# Put right, they load, and their problems go.
spew($_, collection(/(2024\.\w+)/, paper(ucfirst((/\.(\w+)\.xml/)[0])))) for grep { m{^xml/} } keys %bad;
spew("yaml/venues/$_.yaml", "acronym: X\nname: Mended\n") for qw(broken deep nameless);
rmdir "$folder/data/xml/2024.folder.xml";
my $second = sql($load);
like($second, qr/^venue\|3\|0\|\d+\|0$/m, 'three venues are new');
like($second, qr/^volume\|9\|0\|\d+\|0$/m, 'nine volumes');
like($second, qr/^name\|9\|0\|\d+\|0$/m, 'nine names, the others unchanged');
is(sql(q{SELECT count(*) FROM anthology.load_problem WHERE kind <> 'resolution' AND file <> 'xml/2024.folder.xml'}), 0, 'no problem is left');
my $contents = q{SELECT md5(string_agg(a::text, '' ORDER BY paper_id, role, "position")) FROM anthology.authorship a};
my $before = sql($contents);
unlike(sql($load), qr/^\w+\|(?:[1-9]\d*\|\d+|\d+\|[1-9]\d*)\|/m, 'a third load changes nothing');
is(sql($contents), $before, 'nothing at all');

# A correction made here is kept when its file changes.
sql(q{SELECT anthology.create_person('Al', 'Right', degree => 'Uni')},
	q{SELECT anthology.reassign_papers('{2024.empty-1.1}', 'al-empty/unverified', 'al-right')});
spew('xml/2024.empty.xml', collection('2024.empty', paper('Empty') . "<!-- changed -->\n"));
like(sql("SELECT kind, kept FROM anthology.load_directory('$folder/data')"), qr/^name\|1$/m, 'a correction is kept');
is(sql(q{SELECT person_id FROM anthology.authorship WHERE paper_id = '2024.empty-1.1'}), 'al-right', 'and in force');

# Refused, and cancelled: nothing is left behind.
like(sql("SELECT * FROM anthology.load_directory('$folder/nowhere')"), qr/could not open folder/, 'a folder that is not there');
like(sql("SELECT * FROM anthology.load_directory('$secret')"), qr/not a data folder/, 'a file for a folder');
like(sql("SELECT * FROM anthology.load_directory('$folder')"), qr/not a data folder/, 'a folder without xml and yaml');
spew('xml/2024.late.xml', collection('2024.late', paper('Late')));
like(sql(q{SET statement_timeout = '1ms'}, $load), qr/canceling statement/, 'a load can be cancelled');
is(sql(q{SELECT count(*) FROM anthology.collection WHERE id = '2024.late'}), 0, 'and leaves nothing behind');

# Ids that a plain hash (33 h + c, as it was) finds at one place: reading them took the square of their number.
my @alike = ('');
@alike = map { ("${_}c0", "${_}ar") } @alike for 1 .. 17;
# Refused for its last element, so that nothing of it is stored.
spew('xml/2024.alike.xml', collection('2024.alike', join('', map { qq{<volume id="$_"/>} } @alike) . '<x>' x 70 . '</x>' x 70));
like(sql(q{SET statement_timeout = '30s'}, "SELECT * FROM anthology.import_collection(pg_read_file('$folder/data/xml/2024.alike.xml')::xml)"),
	qr/nested too deeply/, 'ids that are alike are read as quickly as others');
unlink "$folder/data/xml/2024.alike.xml";

# A file by another's name, which would take the place of the other's collection.
spew('xml/2024.copy.xml', collection('2024.late', paper('Copy')));
sql($load);
is(sql(q{SELECT file, reason FROM anthology.load_problem WHERE kind = 'file'}),
	'xml/2024.copy.xml|file "xml/2024.copy.xml" has collection "2024.late": A file is named by the id of its collection.', 'a file by another name is a problem');
is(sql(q{SELECT last FROM anthology.authorship WHERE paper_id = '2024.late-1.1'}), 'Late', 'and the other is loaded');
unlink "$folder/data/xml/2024.copy.xml";

# Two collections that have papers of one event both tell it.
my $event = qq{<event id="both-2024"><meta><title>Both</title></meta></event>\n};
spew("xml/2024.$_.xml", collection("2024.$_", paper(ucfirst) . $event)) for qw(eventa eventb);

# A first load sets foreign keys aside; they come back. Signals that cancel nothing stop nothing.
my $constraints = q{SELECT string_agg(conrelid::regclass || ' ' || conname || ' ' || convalidated || ' ' || pg_get_constraintdef(oid), E'\n' ORDER BY conrelid::regclass::text, conname)
	FROM pg_constraint WHERE connamespace = 'anthology'::regnamespace};
my $constrained = sql($constraints);
sql('DELETE FROM anthology.collection');
my $pid = open my $loader, '-|', 'psql', '-XqAt', '-d', $database, '-c', "SET application_name = 'loader'", '-c', $load or die "psql: $!\n";
sql(q{DO $$ BEGIN
	FOR i IN 1 .. 200 LOOP
		PERFORM pg_log_backend_memory_contexts(a.pid) FROM pg_stat_activity a WHERE a.query ~ 'FROM anthology.load_directory' AND a.pid <> pg_backend_pid();
		PERFORM pg_sleep(0.002), pg_stat_clear_snapshot();
	END LOOP;
END $$});
my $answer = join '', <$loader>;
close $loader;
is($? . ($answer =~ /^paper\|([1-9])/m ? '' : $answer), '0', 'a load goes on when it is asked for its use of memory');
is(sql(q{SELECT count(*) FROM anthology.load_problem WHERE kind = 'file' AND file ~ 'event'}), 0, 'an event may stand in two files');
is(sql($constraints), $constrained, 'and its foreign keys are back');
like(sql(q{INSERT INTO anthology.authorship (paper_id, role, "position", last) VALUES ('no.paper-1.1', 'author', 1, 'X')}), qr/violates foreign key/, 'and in force');

# A first load takes many files at once, and one by one those that a bad file is among.
my $rows = join ' UNION ALL ', map { "SELECT '$_', md5(string_agg(t::text, chr(10) ORDER BY t::text)) FROM anthology.$_ t" }
  qw(collection event volume paper paper_element person person_name authorship);
spew('xml/2024.bad.xml', 'no XML');
my %rows_of;
for my $way ('one by one', 'at once')
{
	sql('DROP EXTENSION anthology CASCADE', 'DROP SCHEMA anthology CASCADE');
	sql('CREATE EXTENSION anthology', 'SELECT anthology.create_tables()');
	sql($load);
	is(sql(q{SELECT file FROM anthology.load_problem WHERE kind = 'file' AND file ~ 'bad'}), $way eq 'at once' ? '' : 'xml/2024.bad.xml', "what is bad is told: $way");
	$rows_of{$way} = sql($rows);
	unlink "$folder/data/xml/2024.bad.xml";
}
is($rows_of{'at once'}, $rows_of{'one by one'}, 'a first load of many files at once makes the same rows as one of each alone');
like($rows_of{'at once'}, qr/^authorship\|\w{32}$/m, 'and there are some');

# A first load that is rolled back gives its memory back, each time.
mkdir "$folder/many";
mkdir "$folder/many/$_" for qw(xml yaml);
for my $name ('yaml/people.yaml', map { "xml/2024.many$_.xml" } 1 .. 400)
{
	open my $out, '>', "$folder/many/$name" or die "$name: $!\n";
	print $out $name =~ /many(\d+)/ ? collection("2024.many$1", "<volume id='1'><meta><booktitle>V</booktitle></meta></volume>\n") : "{}\n";
	close $out;
}
sql('DROP EXTENSION anthology CASCADE', 'DROP SCHEMA anthology CASCADE');
sql('CREATE EXTENSION anthology', 'SELECT anthology.create_tables()');
my @kilobytes = sql(map { ('BEGIN', "SELECT count(*) FROM anthology.load_directory('$folder/many', true)", 'ROLLBACK',
		q{SELECT 'uses ' || substring(pg_read_file('/proc/self/status') from 'VmData:\s+(\d+)')}) } 1 .. 7) =~ /^uses (\d+)$/mg;
is(scalar @kilobytes, 7, 'a load can be rolled back and made again');
SKIP: {
	skip 'AddressSanitizer keeps memory that is freed', 1 if ($ENV{SANITIZE_KIND} // '') eq 'asan';
	cmp_ok($kilobytes[6] - $kilobytes[2], '<', 2000, 'and the session does not grow');
}

# A plain role owns its corpus; reading the server's files takes another right.
system('dropdb', $database);
$database = 'postgres';
sql('DROP DATABASE IF EXISTS anthology_load', 'DROP ROLE IF EXISTS anthology_plain', 'CREATE ROLE anthology_plain LOGIN');
system('createdb', '-T', 'template0', '-E', 'UTF8', '-l', 'C', '-O', 'anthology_plain', 'anthology_load');
$database = 'anthology_load';
is(psql('anthology_plain', 'CREATE EXTENSION anthology', 'SELECT anthology.create_tables()'), '', 'a plain role can make its corpus');
like(psql('anthology_plain', $load), qr/permission denied to read server files/, 'but not read server files');
like(psql('anthology_plain', q{SELECT * FROM anthology.import_people('{al-one: {names: [{first: Al, last: One}]}}')}), qr/^person\|1/, 'it can load from a client');
sql('GRANT pg_read_server_files TO anthology_plain');
like(psql('anthology_plain', $load), qr/^paper\|[1-9]/m, 'and from the server once it is let');
$database = 'postgres';
sql('DROP DATABASE anthology_load', 'DROP ROLE anthology_plain');
done_testing();
