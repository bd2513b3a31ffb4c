#!/usr/bin/perl
# docs/architecture.svg and docs/files.md are what tests/draw_architecture makes of
# the source files, and docs/architecture.md names files and functions that are there.
use strict;
use warnings;
use Test::More;

sub slurp
{
	my ($path) = @_;
	open my $in, '<', $path or die "$path: $!\n";
	local $/;
	return scalar <$in>;
}

for (['map', 'docs/architecture.svg'], ['table', 'docs/files.md'])
{
	my ($what, $path) = @$_;
	is(scalar `tests/draw_architecture $what`, slurp($path), "$path is up to date (else: tests/draw_architecture $what >$path)");
}

# A file in backticks is there; a function beside it, as in `file.c`: `function()`, is in it.
my $text = slurp('docs/architecture.md');
my %files = map { $_ => 1 } $text =~ /`((?:extension|tests|sql|docs)\/[\w.\/-]+)`/g;
is(join(' ', grep { !-e } sort keys %files), '', 'every file is there');
cmp_ok(scalar keys %files, '>', 20, 'and they are many');
my @lost;
while ($text =~ /`(extension\/[\w.\/-]+\.(?:c|sql))`:\s+((?:`\w+\(\)`(?:,\s+)?)+)/g)
{
	my ($file, $functions) = ($1, $2);
	next if !-e $file;
	my $source = slurp($file);
	push @lost, map { "$file: $_" } grep { $source !~ /\b\Q$_\E\(/ } $functions =~ /`(\w+)\(\)`/g;
}
is("@lost", '', 'every function is in its file');
done_testing();
