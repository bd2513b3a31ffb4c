# The core knows nothing of the server: no header of PostgreSQL, and every
# file of it compiles with nothing but libc and ICU.
use strict;
use warnings;
use Test::More;

my @files = sort glob 'extension/core/*.[ch]';
my %own = map { m{([^/]+)$} ? ($1 => 1) : () } glob 'extension/core/*';
my $cc = $ENV{CC} || 'cc';
chomp(my $flags = `pkg-config --cflags icu-i18n icu-uc`);

for my $file (@files)
{
	open my $in, '<', $file or die "$file: $!";
	my @strangers;
	while (<$in>)
	{
		push @strangers, $1 if /^\s*#\s*include\s+"([^"]+)"/ && !$own{$1};
		push @strangers, $1 if /^\s*#\s*include\s+<((?:postgres|fmgr|utils|catalog|executor|access|commands|nodes|server)[^>]*)>/;
	}
	is("@strangers", '', "$file includes the core's headers only");

	next if $file !~ /\.c$/;
	my $output = `$cc -std=gnu11 -Wall -Wextra -Iextension/core $flags -fsyntax-only $file 2>&1`;
	is($output, '', "$file compiles alone, without a warning");
}
done_testing();
