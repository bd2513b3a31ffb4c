# Corrections written into a data folder: only what changed, valid, all files or
# none, as they were but for that; what was exported is remembered; and a database
# loaded from it resolves every name as the first one does.
use strict;
use warnings;
use File::Temp qw(tempdir);
use Test::More;

my $folder = tempdir(CLEANUP => 1);
chmod 0755, $folder;
system("cp -r $ENV{ANTHOLOGY_SAMPLE} $folder/data && chmod -R u+w $folder/data && cp -rp $folder/data $folder/before") == 0 or die;
my $data = "$folder/data";

# The output of statements, each a transaction; what psql complains of is in it.
sub output
{
	my ($database, @statements) = @_;
	open my $out, '-|', 'sh', '-c', 'exec "$@" 2>&1', 'sh', 'psql', '-XqAt', '-v', 'ON_ERROR_STOP=1', '-d', $database, map { ('-c', $_) } @statements or die;
	my $result = join '', <$out>;
	close $out;
	chomp $result;
	return $result;
}
sub psql
{
	my ($database, @statements) = @_;
	my $result = output($database, @statements);
	is($?, 0, "in $database: " . substr($statements[-1], 0, 60)) or diag $result;
	return $result;
}
# How the folder differs from another, and what else is in it.
sub differences { my ($other) = @_; return `cd $folder && diff -rq $other data; find data -name '.*' -type f`; }
sub unchanged { my ($what, $other) = @_; is(differences($other // 'before'), '', $what); }
sub refused
{
	my ($pattern, $what, @statements) = @_;
	my $before = `cd $folder && tar cf - data | md5sum`;
	my $said = output('anthology_first', @statements ? @statements : "SELECT anthology.export_changes('$data')");
	isnt($?, 0, "$what: refused");
	like($said, $pattern, 'and told why');
	is(`cd $folder && tar cf - data | md5sum`, $before, 'and no file was touched');
}
sub slurp { my ($path) = @_; open my $in, '<:raw', $path or die "$path: $!"; local $/; return scalar <$in>; }
sub spew { my ($path, $text) = @_; open my $out, '>:raw', $path or die "$path: $!"; print $out $text; close $out or die; }

$ENV{PGOPTIONS} = '-c client_min_messages=warning';
for my $database ('anthology_first', 'anthology_second')
{
	system("dropdb --if-exists $database 2>/dev/null; createdb -T template0 -E UTF8 -l C $database") == 0 or die;
	psql($database, 'CREATE EXTENSION anthology', 'SELECT anthology.create_tables()');
}
psql('anthology_first', "SELECT anthology.load_directory('$data')");
is(psql('anthology_first', 'SELECT count(*) FROM anthology.changed_files()'), 0, 'nothing has changed yet');
my ($people) = map { s{^\Q$data\E/}{}r } grep { -e } "$data/json/people.json", "$data/yaml/people.yaml";
my $person = psql('anthology_first',
	"SELECT person_id FROM anthology.authorship WHERE person_id LIKE '%/unverified' GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1");
my $verification = psql('anthology_first', "SELECT anthology.verify_person('$person', degree => 'Somewhere')");
my @changed = split /\n/, psql('anthology_first', 'SELECT path FROM anthology.changed_files()');
my ($collection) = grep { /^xml/ } @changed;

# What would be overwritten, or cannot be written, is not touched; nor is anything else.
refused(qr/is not absolute/, 'a relative path', "SELECT anthology.export_changes('data')");
refused(qr/is too long/, 'a path longer than the server handles', "SELECT anthology_internal.write_server_file('/tmp' || repeat('/' || repeat('x', 200), 6), '')");
spew("$data/$collection", slurp("$data/$collection") =~ s/<booktitle>/<booktitle>The /r);
refused(qr/does not hold what was loaded.*\Q$collection\E.*insist => true/s, 'a file that somebody has changed since');
system("cp -p $folder/before/$collection $data/$collection");
rename "$data/$collection", "$folder/away";
refused(qr/does not hold what was loaded.*There is no file.*\Q$collection\E/s, 'a file that has gone');
rename "$folder/away", "$data/$collection";
SKIP:
{
	skip 'root may write whatever the mode', 3 if $> == 0;
	chmod 0444, "$data/$people";
	refused(qr/could not write file.*\Q$people\E.*Permission denied/, 'a read-only file');
	chmod 0644, "$data/$people";
}
mkdir "$folder/other";
system("cp -r $data/xml $folder/other/xml");
my ($other_people) = $people =~ /json/ ? 'yaml/people.yaml' : 'json/people.json';
mkdir "$folder/other/" . substr $other_people, 0, 4;
spew("$folder/other/$other_people", "{}\n");
refused(qr/another layout.*Load the folder first/s, 'a folder in another layout', "SELECT anthology.export_changes('$folder/other')");
psql('anthology_first', "UPDATE anthology.collection SET source = replace(source, '</collection>', '') WHERE id = '" . ($collection =~ m{xml/(.*)\.xml})[0] . "'");
refused(qr/file "\Q$collection\E" cannot be exported/, 'a file that would not be well-formed');
psql('anthology_first', "UPDATE anthology.collection SET source = pg_read_file('$data/' || 'xml/' || id || '.xml')");
unchanged('nothing was written so far');

# What is rolled back was never written.
psql('anthology_first', "BEGIN; SELECT anthology.export_changes('$data'); ROLLBACK");
unchanged('a transaction rolled back');
like(output('anthology_first', "SELECT anthology.export_changes('$data'); SELECT 1/0"), qr/division by zero/, 'a transaction that fails');
unchanged('leaves the folder as it was');
is(psql('anthology_first', "DO \$\$ BEGIN PERFORM anthology.export_changes('$data'); RAISE 'no'; EXCEPTION WHEN raise_exception THEN NULL; END \$\$",
	'SELECT count(*) FROM anthology.changed_files()'), scalar @changed, 'a block that fails: the files are still to be exported');
unchanged('and are as they were');
like(output('anthology_first', 'BEGIN', "SELECT anthology.export_changes('$data'); PREPARE TRANSACTION 'x'"), qr/cannot PREPARE a transaction that has exported files|prepared transactions are disabled/, 'PREPARE');
unchanged('is refused');
# Twice in a transaction, the first within a savepoint that stays, the second rolled back.
psql('anthology_first', "BEGIN; SAVEPOINT a; SELECT anthology.export_changes('$data'); RELEASE a;
	SAVEPOINT b; SELECT anthology.undo_reassignment($verification); SELECT anthology.export_changes('$data'); ROLLBACK TO b; COMMIT");
my $written = join "\n", map { /^Files before\/(\S+) and/ ? $1 : $_ } split /\n/, differences('before');
is($written, join("\n", @changed), 'exported within savepoints');
system("rm -rf $data && cp -rp $folder/before $data");
psql('anthology_first', "SELECT anthology.load_directory('$data')");
is(psql('anthology_first', 'SELECT path FROM anthology.changed_files()'), join("\n", @changed), 'who takes the folder back has it to export again');

# Modes stay, a file of which there are two names is written in place, links are followed.
chmod 0664, "$data/$people";
link "$data/$collection", "$folder/linked" or die;
rename "$data/$people", "$folder/people" or die;
symlink "$folder/people", "$data/$people" or die;
$written = psql('anthology_first', "SELECT anthology.export_changes('$data')");
is(join("\n", sort split /\n/, $written), join("\n", sort @changed), 'the changed files are written');
ok(-l "$data/$people", 'a symbolic link stays one');
is((stat "$folder/people")[2] & 07777, 0664, 'modes stay');
is(slurp("$folder/linked"), slurp("$data/$collection"), 'a file with two names is written in place');
unlink "$data/$people";
rename "$folder/people", "$data/$people";
my $differ = differences('before');
is(scalar(split /\n/, $differ), scalar(split /\n/, $written), 'and no other file differs than those told') or diag $differ;
is(psql('anthology_first', 'SELECT count(*) FROM anthology.changed_files()'), 0, 'there is nothing more to export');
is(psql('anthology_first', "SELECT count(*) FROM anthology.export_changes('$data')"), 0, 'and nothing is');
is(psql('anthology_first', q{SELECT count(*) FROM pg_ls_dir('anthology_exports')}), 0, 'no journal is left');

# Every line that differs differs in an id only.
my $lines = `cd $folder && diff -r before/xml data/xml`;
my @old = map { s/^< //r } grep { /^< / } split /\n/, $lines;
my @new = map { s/^> //r } grep { /^> / } split /\n/, $lines;
s/ id="[^"]*"//g for @old, @new;
ok(@new > 0, 'collections are written too');
is_deeply(\@new, \@old, 'with nothing changed but ids');

psql('anthology_second', "SELECT anthology.load_directory('$data')");
my $resolved = 'SELECT paper_id, role, "position", person_id FROM anthology.authorship ORDER BY 1, 2, 3';
is(psql('anthology_second', $resolved), psql('anthology_first', $resolved), 'a fresh database resolves all alike');

# An undo of what was exported is exported; a second database that had the correction from the files gets rid of it.
psql('anthology_first', "SELECT anthology.undo_reassignment($verification)");
is(psql('anthology_first', 'SELECT path FROM anthology.changed_files()'), join("\n", @changed), 'what is undone after an export is to be exported');
psql('anthology_first', "SELECT anthology.load_directory('$data')");
is(psql('anthology_first', 'SELECT path FROM anthology.changed_files()'), join("\n", @changed), 'loading the folder again does not undo the undo');
is(join("\n", sort split /\n/, psql('anthology_first', "SELECT anthology.export_changes('$data')")), join("\n", sort @changed), 'it is exported');
unchanged('and the folder is what it was before');

# Who insists overwrites.
psql('anthology_first', "SELECT anthology.verify_person('$person', degree => 'Somewhere')");
spew("$data/$collection", slurp("$data/$collection") . "<!-- theirs -->\n");
refused(qr/does not hold/, 'somebody else\'s change again');
is(join("\n", sort split /\n/, psql('anthology_first', "SELECT anthology.export_changes('$data', insist => true)")),
	join("\n", sort @changed), 'who insists writes over it');
unlike(slurp("$data/$collection"), qr/theirs/, 'and it is gone');
system("dropdb $_") for 'anthology_first', 'anthology_second';
done_testing();
