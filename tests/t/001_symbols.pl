# Every symbol that the library gives to the server's name space is ours by name.
use strict;
use warnings;
use Test::More tests => 2;

my $library = -e 'anthology.so' ? 'anthology.so' : 'anthology.dylib';
my @symbols = map { (split)[-1] } grep { /\S/ && !/__odr_asan\./ } `nm -D --defined-only $library`;
my @foreign = grep { !/^(?:anthology_|pg_finfo_anthology_|Pg_magic_func$|_PG_init$|_init$|_fini$)/ } @symbols;

cmp_ok(scalar @symbols, '>', 5, 'the library defines symbols');
is("@foreign", '', 'all of them begin with anthology_');
