#!/usr/bin/perl
# The examples of docs/clients.md run and print what stands there: those in Python
# with Debian's python3 and the libraries that it has, those in R with Rscript, and
# those in SQL. A block of Python or R says what it needs in "<!-- needs: LIBRARY... -->";
# what is not there is skipped. Libraries elsewhere are found through PYTHONPATH.
# The requests to PostgREST are translated as PostgREST does.
use strict;
use warnings;
use Test::More;

$ENV{PGOPTIONS} = '-c client_min_messages=warning';
my $database = 'anthology_clients';
open my $in, '<', 'docs/clients.md' or die "docs/clients.md: $!\n";
my $text = do { local $/; <$in> };
close $in;

sub run
{
	my ($file, $content, @command) = @_;
	open my $out, '>', "tmp_check/$file" or die "$file: $!\n";
	print $out $content;
	close $out or die;
	my $output = `@command tmp_check/$file 2>&1`;
	return ($output, $?);
}

mkdir 'tmp_check';
my ($python) = grep { my $path = $_; grep { system("$path -c 'import $_' >/dev/null 2>&1") == 0 } 'psycopg', 'psycopg2' }
  'python3', '/usr/bin/python3';
system('dropdb', '--if-exists', $database) == 0
  && system('createdb', '-T', 'template0', '-E', 'UTF8', '-l', 'C', $database) == 0
  or die "cannot make $database\n";
system('psql', '-Xqo', '/dev/null', '-v', 'ON_ERROR_STOP=1', '-d', $database, '-c', 'CREATE EXTENSION anthology',
	'-c', 'SELECT anthology.create_tables()', '-c', "SELECT * FROM anthology.load_directory('$ENV{ANTHOLOGY_SAMPLE}')") == 0
  or die "cannot load the sample\n";

# Why a block cannot run here, or nothing.
sub lacking
{
	my ($language, @libraries) = @_;
	if ($language eq 'r')
	{
		my @missing = grep { system("Rscript -e 'if (!requireNamespace(\"$_\", quietly = TRUE)) quit(status = 1)' >/dev/null 2>&1") != 0 } @libraries;
		return @missing ? 'needs ' . join ', ', map { 'r-cran-' . lc } @missing : '';
	}
	my @missing = grep { !$python || system("$python -c 'import $_' >/dev/null 2>&1") != 0 } @libraries;
	return @missing ? 'needs ' . join ', ', map { "python3-$_" } @missing : '';
}

my ($sql, %blocks) = ('');
while ($text =~ /^<!-- (needs|not run): (.*?) -->\n```(\w+)\n(.*?)^```\n(?:```text\n(.*?)^```\n)?|^(<!-- roles -->\n)?```(sql)\n(.*?)^```\n/gms)
{
	my ($mark, $what, $language, $code, $expected, $roles, $plain) = ($1, $2, $3, $4, $5, $6, $8);
	if (defined $plain) { $sql .= $plain if !$roles; next; }
	next if $mark eq 'not run';
	my $line = 1 + (substr($text, 0, $-[0]) =~ tr/\n//);
	$blocks{$language}++;
  SKIP:
	{
		my $lacking = lacking($language, split ' ', $what);
		skip "docs/clients.md:$line $lacking", 1 if $lacking;
		s/dbname( ?= ?"?)mine/dbname$1$database/, s{///mine}{///$database} for $code;
		my ($output) = $language eq 'r' ? run('client.R', $code, 'Rscript') : run('client.py', $code, "env PYTHONIOENCODING=utf-8 $python");
		is($output, $expected, "docs/clients.md:$line prints what it says");
	}
}
cmp_ok($blocks{python}, '>', 4, "$blocks{python} blocks of Python were found");
cmp_ok($blocks{r}, '>', 0, "$blocks{r} block of R was found");
my ($output, $status) = run('client.sql', $sql, "psql -Xq -v ON_ERROR_STOP=1 -d $database -f");
is($status, 0, 'the SQL runs') or diag $output;
like($output, qr/^ Anna Kovács$/m, 'and finds a scholar by name');

# --- What PostgREST makes of the requests ---

sub psql
{
	my (@statements) = @_;
	open my $in, '-|', 'sh', '-c', 'exec "$@" 2>&1', 'sh', 'psql', '-XqAt', '-v', 'ON_ERROR_STOP=1', '-d', $database, map { ('-c', $_) } @statements
	  or die "psql: $!\n";
	local $/;
	my $said = <$in> // '';
	close $in;
	chomp $said;
	return $said;
}
sub quoted { my ($value) = @_; return "'" . $value =~ s/'/''/gr . "'"; }

# The statement of a request, without the transaction around it.
sub statement
{
	my ($path, $query, $body) = @_;
	my %given = map { my ($name, $value) = split /=/, $_, 2; $value =~ s/%(..)/chr hex $1/ge; ($name => $value) } split /&/, $query // '';
	if ($path !~ s{^rpc/}{})
	{
		my $columns = join ', ', map { "\"$_\"" } split /,/, delete $given{select} // die;
		my $order = delete $given{order};
		my $where = join ' AND ', map { "\"$_\" = " . quoted($given{$_} =~ s/^eq\.//r) } sort keys %given;
		return "SELECT $columns FROM anthology.\"$path\" WHERE $where" . ($order ? ' ORDER BY ' . $order =~ tr/./ /r : '');
	}
	# As PostgREST does, the types of arguments are looked up by their names, which have to be one function's.
	$body //= '{' . join(', ', map { "\"$_\": \"$given{$_}\"" } sort keys %given) . '}';
	my @names = sort split /\n/, psql('SELECT json_object_keys(' . quoted($body) . ')');
	my @types = split /\n/, psql("SELECT n.name || ' ' || format_type(p.proargtypes[n.i - 1], NULL) FROM pg_proc p, unnest(p.proargnames) WITH ORDINALITY AS n(name, i)
		WHERE p.pronamespace = 'anthology'::regnamespace AND p.proname = " . quoted($path) . ' AND n.name IN (' . join(', ', map { quoted($_) } @names) . ')
		AND n.i <= p.pronargs ORDER BY 1');
	is(join(' ', map { (split)[0] } @types), "@names", "/rpc/$path has arguments of these names");
	return "SELECT r.* FROM json_to_record(" . quoted($body) . ') AS a(' . join(', ', map { s/(\S+)/"$1"/r } @types) . "), LATERAL anthology.\"$path\"("
	  . join(', ', map { "\"$_\" := a.\"$_\"" } @names) . ') AS r';
}

my %role = (web => 'anthology_clients_web', authenticator => 'anthology_clients_login');
my ($roles) = $text =~ /^<!-- roles -->\n```sql\n(.*?)^```/ms;
$roles =~ s/\b(web|authenticator)\b/$role{$1}/g;
psql("DROP ROLE IF EXISTS $_") for values %role;
like(psql($roles), qr/^\s*$/, 'the roles of PostgREST are made');
my $requests = 0;
while ($text =~ /^\| `(GET|POST) \/([^`?]+)(?:\?([^`]*))?`(?: `([^`]*)`)? \| (.*?) \|$/gm)
{
	my ($method, $path, $query, $body, $gives) = ($1, $2, $3, $4, $5);
	my $call = statement($path, $query, $body);
	my @request = ("SET SESSION AUTHORIZATION $role{authenticator}", 'BEGIN' . ($method eq 'GET' ? ' READ ONLY' : ''),
		"SET LOCAL ROLE $role{web}", 'SET LOCAL search_path = anthology', $call, 'COMMIT');
	my $said = psql(@request);
	if ($method eq 'GET')
	{
		unlike($said, qr/ERROR|^$/, "GET /$path gives $gives");
	}
	else
	{
		my ($function) = $path =~ m{^rpc/(.*)};
		like($said, qr/permission denied for function $function/, "$method /$path is refused to a reader");
		psql("SELECT anthology.grant_editor('$role{web}')");
		like(psql(@request), qr/^\d+$/, "and gives $gives to an editor");
	}
	$requests++;
}
cmp_ok($requests, '>', 4, "$requests requests");
like(psql("SET SESSION AUTHORIZATION $role{authenticator}", 'SELECT * FROM anthology.paper_overview'), qr/permission denied/, 'the login role reads nothing by itself');
system('dropdb', $database);
$database = 'postgres';
psql("DROP ROLE IF EXISTS $_") for values %role;
done_testing();
