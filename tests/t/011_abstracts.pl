#!/usr/bin/perl
# Abstract search beside a second, plain implementation: ranking and similarity
# from the definitions, statistics from the rows, on the sample and, where it
# is, on the papers of the author page that the project started from.
use strict;
use warnings;
use utf8;
use File::Basename;
use List::Util qw(max min sum0);
use POSIX qw(ceil);
use Test::More;

binmode $_, ':encoding(UTF-8)' for *STDOUT, *STDERR, Test::More->builder->output, Test::More->builder->failure_output;
$ENV{PGOPTIONS} = '-c client_min_messages=error';
$ENV{PGCLIENTENCODING} = 'UTF8';
my $database = 'anthology_abstracts';

sub sql
{
	my (@statements) = @_;
	open my $psql, '-|:encoding(UTF-8)', 'psql', '-XqAt', '-F', "\t", '-v', 'ON_ERROR_STOP=1', '-d', $database,
	  map { my $s = $_; utf8::encode($s); ('-c', $s) } @statements
	  or die "psql: $!\n";
	local $/;
	my $output = <$psql> // '';
	close $psql or die "failed: @statements\n";
	$output =~ s/\n\z//;
	return $output;
}

sub rows { return map { [split /\t/, $_, -1] } split /\n/, sql(@_) }

system('dropdb', '--if-exists', $database);
system('createdb', '-T', 'template0', '-E', 'UTF8', '-l', 'C', $database);
sql('CREATE EXTENSION anthology', 'SELECT anthology.create_tables()', "SELECT * FROM anthology.load_directory('$ENV{ANTHOLOGY_SAMPLE}')");
my $seed = dirname($ENV{ANTHOLOGY_CORPUS} // '/nowhere/x') . '/seed/data';
sql("SELECT * FROM anthology.load_directory('$seed')") if -d $seed;
sql('SELECT anthology.refresh_term_statistics(true)');

# Documents and statistics.
my (%document, %length);
for (rows(q{SELECT p.id, l.lexeme, array_to_string(l.positions, ','), array_to_string(l.weights, ',')
	FROM anthology.paper p, unnest(p.document) l}))
{
	my ($id, $term, $positions, $weights) = @$_;
	my @weights = split /,/, $weights;
	$document{$id}{$term} = [ map { [ $_, shift @weights ] } split /,/, $positions ];
}
my %field = (A => 3, B => 1, C => 0.75, D => 0.5);

# Occurrences: a compound has the positions of its parts, and counts once.
sub occurrences
{
	my ($entry) = @_;
	return grep { my $i = $_; $i == 0 || $entry->[$i][0] != $entry->[ $i - 1 ][0] + 1 } 0 .. $#$entry;
}
$length{$_} = sum0(map { scalar occurrences($_) } values %{ $document{$_} }) for keys %document;
my ($papers, $total) = @{ (rows('SELECT documents, length FROM anthology.term_count_state'))[0] };
is($papers, sql('SELECT count(*) FROM anthology.paper'), 'all papers are counted');
is($total, sum0(values %length), 'and their length');
my %statistics;
for (rows(q{SELECT term, documents, titles, titles_repeated, array_to_string(related, E'\x01'), array_to_string(relatedness, ',')
	FROM anthology.term_statistics}))
{
	my ($term, $documents, $titles, $repeated, $related, $relatedness) = @$_;
	my %related;
	@related{ split /\x01/, $related } = split /,/, $relatedness;
	$statistics{$term} = { documents => $documents, titles => $titles, repeated => $repeated, related => \%related };
}
my %documents;
$documents{$_}++ for map { keys %$_ } values %document;
is_deeply({ map { $_ => $statistics{$_}{documents} } keys %statistics }, \%documents, 'documents of each term');

# Related terms: where the title has the term and the abstract has not.
my $abstracts = grep { my $d = $_; grep { grep { $_->[1] eq 'B' } @$_ } values %$d } values %document;
my (%in_abstract, %lacking, %shared);
for my $d (values %document)
{
	my @abstract = grep { grep { $_->[1] eq 'B' } @{ $d->{$_} } } keys %$d or next;
	$in_abstract{$_}++ for @abstract;
	my %has = map { $_ => 1 } @abstract;
	for my $t (grep { !$has{$_} } keys %$d)
	{
		$lacking{$t}++;
		$shared{$t}{$_}++ for @abstract;
	}
}
my $wrong = 0;
for my $t (keys %statistics)
{
	my %expected;
	if ($statistics{$t}{titles} >= 5 && ($lacking{$t} // 0) >= 3)
	{
		for my $a (grep { $shared{$t}{$_} >= 3 } keys %{ $shared{$t} })
		{
			my $here = $shared{$t}{$a} / ($lacking{$t} + 5);
			my $anywhere = $in_abstract{$a} / $abstracts;
			next if $here <= $anywhere;
			my $value = $here * log($here / $anywhere) / -log($anywhere);
			$expected{$a} = $value if $value >= 0.02;
		}
		my @best = sort { $expected{$b} <=> $expected{$a} || $a cmp $b } keys %expected;
		delete @expected{ @best[ 16 .. $#best ] } if @best > 16;
	}
	my $found = $statistics{$t}{related};
	$wrong++ if join(' ', sort keys %expected) ne join(' ', sort keys %$found)
	  || grep { abs($expected{$_} - $found->{$_}) > 1e-4 } keys %expected;
}
is($wrong, 0, 'related terms');

sub weight
{
	my ($term) = @_;
	my $s = $statistics{$term} // return log(1 + ($papers + 0.5) / 0.5);
	my $share = ($s->{repeated} + 8 * 0.6) / ($s->{titles} + 8);
	$share = min(0.97, max(0.03, $share));
	return max(0.05, log(1 + max($papers - $s->{documents} + 0.5, 0.5) / ($s->{documents} + 0.5)) + 0.5 * log($share / (1 - $share)));
}

sub frequency
{
	my ($entry, $norm) = @_;
	my $f = sum0(map { my ($p, $w) = @{ $entry->[$_] }; $field{$w} * (1 + ($p < 256 ? exp(-$p / 32) : 0)) } occurrences($entry));
	return $f * 1.9 / ($f + $norm);
}

sub score
{
	my ($d, $term, $norm) = @_;
	return weight($term) * frequency($d->{$term}, $norm) if $d->{$term};
	my $least = max(4, ceil(length($term) * 0.7));
	my @prefixed = length($term) < $least ? () : grep {
		my $same = $least;
		my $fits = length >= $least && substr($_, 0, $least) eq substr($term, 0, $least);
		$same++ while $fits && $same < length && $same < length $term && substr($_, $same, 1) eq substr($term, $same, 1);
		$fits && length($_) - $same <= 4 && substr($_, $same) !~ /^\d/ && substr($term, $same) !~ /^\d/;
	} keys %$d;
	my $prefix = max(0, map { 0.4 * frequency($d->{$_}, $norm) } @prefixed);
	my $related = ($statistics{$term} // {})->{related} // {};
	my @related = map { $related->{$_} * frequency($d->{$_}, $norm) } grep { $d->{$_} } keys %$related;
	my $best = max(0, @related);
	return weight($term) * max($prefix, min(1, 0.7 * ($best + 0.3 * (sum0(@related) - $best))));
}

# The query as a chain of ORs, in which an AND is another spelling of what is before.
sub rank
{
	my ($id, $query) = @_;
	my $d = $document{$id} // {};
	my $norm = 0.9 * (0.15 + 0.85 * ($length{$id} // 0) / ($total / $papers));
	my (@groups, @sequences);
	for my $spelling (split / \| /, $query)
	{
		my @terms = map { s/^'|'$//gr =~ s/''/'/gr } split / & /, $spelling;
		my $score = sum0(map { score($d, $_, $norm) } @terms);
		if (@terms == 1) { push @groups, $score; push @sequences, [@terms]; }
		else { $groups[-1] = max($groups[-1], 0.7 * $score); $sequences[-1] = [@terms]; }
	}
	my $score = sum0(@groups);
	my @words = map { @$_ } @sequences;
	for my $i (0 .. $#words)
	{
		for my $j ($i + 1 .. min($#words, $i + 3))
		{
			my ($x, $y) = @{$d}{ @words[ $i, $j ] };
			next unless $x && $y && $words[$i] ne $words[$j];
			my $near = 0;
			for my $p (@$x)
			{
				$near += max(map { my $between = $_->[0] - $p->[0];
						$between == $j - $i ? 1 : $between != 0 && abs($between) <= 3 ? 0.3 / abs($between) : 0 } @$y);
			}
			$score += 0.3 / ($j - $i) * min(map { weight($_) } @words[ $i, $j ]) * $near * 1.6 / ($near + 0.6);
		}
	}
	return $score;
}
my @asked = map { $_->[0] } rows(q{SELECT anthology.abstract_tsquery(title) FROM anthology.paper WHERE title <> '' ORDER BY id LIMIT 40});
push @asked, map { sql("SELECT anthology.abstract_tsquery('$_')") } 'pre-training-based annotators of 2023', 'nowhere to be found', 'GPT4 language-models recognise';
my ($compared, $different) = (0, 0);
for my $query (@asked)
{
	my $literal = $query =~ s/'/''/gr;
	for (rows("SELECT id, anthology.abstract_rank(document, '$literal') FROM anthology.paper"))
	{
		my ($id, $rank) = @$_;
		my $expected = rank($id, $query);
		$compared++;
		$different++ or diag("$id, $query: $rank, not $expected") if abs($rank - $expected) > 1e-4 * max(1, $expected);
	}
}
is($different, 0, "abstract_rank of $compared documents and queries");

sub vector
{
	my ($d) = @_;
	return map {
		$_ => (1 + log(1 + sum0(map { $field{ $_->[1] } } @{ $d->{$_} }[ occurrences($d->{$_}) ])))
		  * log(1 + $papers / ($statistics{$_} // { documents => 1 })->{documents})
	} keys %$d;
}
($compared, $different) = (0, 0);
my @ids = (sort grep { %{ $document{$_} } } keys %document)[ 0 .. 29 ];
my $list = join ',', map { "'$_'" } @ids;
for (rows("SELECT a.id, b.id, anthology.abstract_similarity(a.document, b.document) FROM anthology.paper a, anthology.paper b
	WHERE a.id IN ($list) AND b.id IN ($list)"))
{
	my ($x, $y, $found) = @$_;
	my %x = vector($document{$x});
	my %y = vector($document{$y});
	my $cosine = sum0(map { $x{$_} * ($y{$_} // 0) } keys %x) / sqrt(sum0(map { $_**2 } values %x) * sum0(map { $_**2 } values %y));
	$compared++;
	$different++ or diag("$x, $y: $found, not $cosine") if abs($found - $cosine) > 1e-4;
}
is($different, 0, "abstract_similarity of $compared pairs");

# With so few papers nothing is left out before ranking.
for my $words ('language models', 'translation of low-resource languages')
{
	is(sql("SELECT string_agg(paper_id, ' ') FROM anthology.search_papers('$words', 10)"),
		sql("SELECT string_agg(id, ' ' ORDER BY rank DESC, id) FROM (SELECT id, anthology.abstract_rank(document, q) AS rank
			FROM anthology.paper, anthology.abstract_tsquery('$words') q WHERE document @@ q ORDER BY rank DESC, id LIMIT 10) p"),
		"the first ten for $words");
}

SKIP:
{
	my %first = (
		'2024.seed-1.1' => ['ECD', 'ECDs', 'complex instruction-following', 'hard negative response', '70B'],
		'2025.seed-1.1' => ['AMA', 'AMA-R', 'auto mix align', 'O(1/√T)', 'O(1/\sqrt{T})', 'minimax optimization', 'EXP3'],
		'2025.seed-1.2' => ['InfoPO', 'info-po', 'Bradley Terry', 'BT', 'mutual information maximization']);
	skip 'the seed papers are not here', sum0(map { scalar @$_ } values %first) unless -d $seed;
	for my $id (sort keys %first)
	{
		is(sql("SELECT paper_id FROM anthology.search_papers('$_', 1)"), $id, "$_ finds $id first") for @{ $first{$id} };
	}
}
system('dropdb', $database);
done_testing();
