# Corrections written into a data folder: only what changed, valid, and a database
# loaded from it resolves every name as the first one does.
use strict;
use warnings;
use File::Temp qw(tempdir);
use Test::More;

my $folder = tempdir(CLEANUP => 1);
system("cp -r $ENV{ANTHOLOGY_SAMPLE} $folder/data && cp -r $ENV{ANTHOLOGY_SAMPLE} $folder/before") == 0 or die;

sub psql
{
	my ($database, @statements) = @_;
	open my $out, '-|', 'psql', '-XqAt', '-v', 'ON_ERROR_STOP=1', '-d', $database, map { ('-c', $_) } @statements or die;
	my $result = join '', <$out>;
	close $out;
	is($?, 0, "in $database: " . substr($statements[-1], 0, 60));
	chomp $result;
	return $result;
}

$ENV{PGOPTIONS} = '-c client_min_messages=warning';
for my $database ('anthology_first', 'anthology_second')
{
	system("dropdb --if-exists $database 2>/dev/null; createdb -T template0 -E UTF8 -l C $database") == 0 or die;
	psql($database, 'CREATE EXTENSION anthology', 'SELECT anthology.create_tables()');
}
psql('anthology_first', "SELECT anthology.load_directory('$folder/data')");
is(psql('anthology_first', 'SELECT count(*) FROM anthology.changed_files()'), 0, 'nothing has changed yet');
my $person = psql('anthology_first',
	"SELECT person_id FROM anthology.authorship WHERE person_id LIKE '%/unverified' GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1");
psql('anthology_first', "SELECT anthology.verify_person('$person', degree => 'Somewhere')");
my $written = psql('anthology_first', "SELECT anthology.export_changes('$folder/data')");
like($written, qr{^yaml/people\.yaml$}m, 'people.yaml is written');
my $differ = `cd $folder && diff -rq before data`;
is(scalar(split /\n/, $differ), scalar(split /\n/, $written), 'and no other file differs than those told');

# Every line that differs differs in an id only.
my $changed = `cd $folder && diff -r before/xml data/xml`;
my @old = map { s/^< //r } grep { /^< / } split /\n/, $changed;
my @new = map { s/^> //r } grep { /^> / } split /\n/, $changed;
s/ id="[^"]*"//g for @old, @new;
ok(@new > 0, 'collections are written too');
is_deeply(\@new, \@old, 'with nothing changed but ids');

psql('anthology_second', "SELECT anthology.load_directory('$folder/data')");
my $resolved = 'SELECT paper_id, role, "position", person_id FROM anthology.authorship ORDER BY 1, 2, 3';
is(psql('anthology_second', $resolved), psql('anthology_first', $resolved), 'a fresh database resolves all alike');
system("dropdb $_") for 'anthology_first', 'anthology_second';
done_testing();
