# Fills a database of a released version whose own functions need the library of
# that version: what this version loads, row by row.
package OldVersion;
use strict;
use warnings;
use Exporter 'import';

our @EXPORT_OK = qw(fill);

sub psql
{
	my ($database, @statements) = @_;
	open my $psql, '-|', 'psql', '-XqAt', '-v', 'ON_ERROR_STOP=1', '-d', $database, map { ('-c', $_) } @statements
	  or die "psql: $!\n";
	my @lines = <$psql>;
	close $psql or die "failed in $database: @statements\n";
	chomp @lines;
	return @lines;
}

# The tables that a load fills, and their columns.
sub columns
{
	my ($database) = @_;
	my %columns;
	for (psql($database, q{SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
		WHERE c.relnamespace = 'anthology'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
			AND c.relname !~ '^(corpus_state|term_|document_change|assignment_)'}))
	{
		my ($table, $column) = split /\|/;
		$columns{$table}{$column} = 1;
	}
	return \%columns;
}

# fill(DATABASE, STATEMENTS): what the statements load in a database of this version, in DATABASE.
sub fill
{
	my ($database, @statements) = @_;
	my $source = 'anthology_old_source';
	system('dropdb', '--if-exists', $source) == 0 && system('createdb', '-T', 'template0', '-E', 'UTF8', '-l', 'C', $source) == 0
	  or die "cannot make $source\n";
	psql($source, 'CREATE EXTENSION anthology', 'SELECT anthology.create_tables()', @statements);
	my ($new, $old) = (columns($source), columns($database));
	for my $table (sort grep { $old->{$_} } keys %$new)
	{
		my $columns = join ', ', map { "\"$_\"" } sort grep { $old->{$table}{$_} } keys %{ $new->{$table} };
		system("psql -Xq -v ON_ERROR_STOP=1 -d $source -c 'COPY anthology.$table ($columns) TO STDOUT' | "
			. "psql -Xq -v ON_ERROR_STOP=1 -d $database -c 'SET session_replication_role = replica' -c 'COPY anthology.$table ($columns) FROM STDIN'") == 0
		  or die "cannot copy $table\n";
	}
	psql($database, 'SELECT anthology.refresh_term_statistics(true)', 'ANALYZE');
	system('dropdb', $source);
	return;
}

1;
