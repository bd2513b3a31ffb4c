#!/usr/bin/perl
# The same results whatever the database's encoding and locale.
use strict;
use warnings;
use utf8;
use Test::More;

binmode $_, ':encoding(UTF-8)' for *STDOUT, *STDERR, Test::More->builder->output, Test::More->builder->failure_output;
$ENV{PGOPTIONS} = '-c client_min_messages=warning';
$ENV{PGCLIENTENCODING} = 'UTF8';

sub sql
{
	my ($database, @statements) = @_;
	open my $psql, '-|:encoding(UTF-8)', 'sh', '-c', 'exec "$@" 2>&1', 'sh', 'psql', '-XqAt', '-v', 'ON_ERROR_STOP=1', '-d', $database,
	  map { my $s = $_; utf8::encode($s); ('-c', $s) } @statements
	  or die "psql: $!\n";
	local $/;
	my $output = <$psql> // '';
	close $psql;
	$output =~ s/\n\z//;
	return $output;
}

my @questions = (
	q{SELECT anthology.name_slug('Jörg', 'Weiß'), anthology.name_slug('IĞDIR-like INTI')},
	q{SELECT anthology.name_similarity('Jörg Müller', 'Jorg Muller'), anthology.name_normalize('MÜLLER, JÖRG')},
	q{SELECT anthology.abstract_plain('<b>Größe</b> &#252;ber &amp; unter')},
	q{SELECT anthology.abstract_tsvector('Größe ½ µ', 'naïve pre-training of LLMs in O(1/\sqrt{T})'), to_tsvector('anthology.abstract', 'Größe'), anthology.abstract_tsquery('GRÖSSE')},
	q{SELECT anthology.abstract_headline('die Größe der <b>Übung</b>', anthology.abstract_tsquery('grosse')), count(*) FROM anthology.abstract_words('Größe')},
	q{SELECT family FROM anthology.name_parts('Jörg von der Größe')},
);
$questions[0] =~ s/IĞDIR-like/IGDIR/;

my %locales = (utf8 => ['UTF8', 'C'], latin1 => ['LATIN1', 'C']);
chomp(my @available = `locale -a 2>/dev/null`);
my ($turkish) = grep { /^tr_TR\.utf-?8$/i } @available;
$locales{turkish} = ['UTF8', $turkish] if $turkish;

my %answers;
for my $name (sort keys %locales)
{
	my ($encoding, $locale) = @{ $locales{$name} };
	my $database = "anthology_$name";
	system('dropdb', '--if-exists', $database);
	system('createdb', '-T', 'template0', '-E', $encoding, '-l', $locale, $database);
	sql($database, 'CREATE EXTENSION anthology');
	$answers{$name} = [ map { sql($database, $_) } @questions ];
}
is($answers{utf8}[0], 'jorg-weiss|igdir-inti', 'slugs in UTF8');
is_deeply($answers{$_}, $answers{utf8}, "the same in $_") for grep { $_ ne 'utf8' } sort keys %locales;

like(sql('anthology_latin1', 'SELECT anthology.create_tables()'), qr/needs a database with encoding UTF8, not LATIN1/,
	'the corpus needs UTF8, and says so');
system('dropdb', "anthology_$_") for keys %locales;
done_testing();
