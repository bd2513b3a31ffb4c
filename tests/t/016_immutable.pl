#!/usr/bin/perl
# IMMUTABLE is meant: every immutable function of ours, called with the same
# arguments, gives the same in databases of other locales and under other settings.
# The functions are taken from the catalog, so that a new one is tried as well.
# Needs the server of with_cluster.
use strict;
use warnings;
use Test::More;

$ENV{PGOPTIONS} = '-c client_min_messages=error';

sub psql
{
	my ($database, @statements) = @_;
	open my $psql, '-|', 'sh', '-c', 'exec "$@" 2>&1', 'sh', 'psql', '-XqAt', '-v', 'SHOW_CONTEXT=never', '-d', $database, map { ('-c', $_) } @statements
	  or die "psql: $!\n";
	local $/;
	my $output = <$psql> // '';
	close $psql;
	$output =~ s/\n\z//;
	return $output;
}

# Values of every type that an immutable function takes. Those with a backslash
# are kept in a table, because settings change how a constant is read.
my $setup = q{CREATE TABLE public.sample AS SELECT t, n FROM unnest(ARRAY['Julian Katz-Samuels', 'İSTANBUL ısı Iıİi', 'STRAẞE straße', 'Ǆ ǆ ǅ', 'ΑΣ ΣΑΣ',
	'Œuvre ﬁn', '刘洋', 'Łódź, Jr.', U&'e\0301A', E'<b>I</b> \\\\alpha $x^2$ pre-training GPT-4 (O(n²))', '0000-0002-1694-233X', '2024-01-05', '1,5 1.5', 'May', ''])
	WITH ORDINALITY AS x(t, n)};
my %values = (
	'text' => 'SELECT t FROM public.sample',
	'text[]' => 'SELECT array_agg(t ORDER BY n) FROM public.sample',
	'tsvector' => 'SELECT anthology.abstract_tsvector(t, t) FROM public.sample',
	'tsquery' => 'SELECT anthology.abstract_tsquery(t) FROM public.sample',
	'real' => 'SELECT 0.3::real',
	'double precision' => 'SELECT 0.1::double precision',
	'integer' => 'SELECT 3',
	'bigint' => 'SELECT 3::bigint',
	'boolean' => 'SELECT true',
	'"char"' => q{SELECT 'A'::"char"},
	'json' => q{SELECT '{"id": "Iı", "b": [{"id": "ẞ"}], "d": 1.50}'::json},
	'jsonb' => q{SELECT '{"names": [{"first": "Iı", "last": "ẞ"}], "d": 1.50}'::jsonb},
	'timestamp with time zone' => q{SELECT '2024-01-02 03:04:05.678+00'::timestamptz},
	'anthology.name_query' => q{SELECT ROW(t, 0.5)::anthology.name_query FROM public.sample},
	'anthology.html_move' => q{SELECT ROW('1.a-1.1', 'author', 1, t, 'a', 'b', 'side effect', 0.25, 0.75, t, 1)::anthology.html_move FROM public.sample},
	'anthology.html_move[]' => q{SELECT ARRAY[ROW('1.a-1.1', 'author', 1, t, 'a', 'b', 'selected', 0.25, NULL, NULL, 1)::anthology.html_move] FROM public.sample},
);
my %databases = (
	immutable_c => q{TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'},
	immutable_utf8 => q{TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'},
	immutable_icu => q{TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE 'tr' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'},
);
# But extra_float_digits, which the output here would show.
my @settings = (
	[],
	[ q{DateStyle = 'German, DMY'}, q{IntervalStyle = 'sql_standard'}, q{TimeZone = 'Pacific/Chatham'}, q{bytea_output = 'escape'},
		'standard_conforming_strings = off', 'backslash_quote = on', 'xmloption = document', q{xmlbinary = 'hex'}, 'quote_all_identifiers = on', 'array_nulls = off',
		q{default_text_search_config = 'pg_catalog.turkish'}, q{lc_numeric = 'C'}, q{lc_monetary = 'C'}, q{lc_time = 'C'}, 'anthology.name_similarity_threshold = 0.1',
		'search_path = pg_temp', 'row_security = off', q{transform_null_equals = on}, 'max_parallel_workers_per_gather = 0', q{plan_cache_mode = 'force_generic_plan'} ],
);

# One that lies must be found out.
my $liar = q{CREATE FUNCTION anthology.liar(text) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT upper($1) || date '2024-01-02' $$};

my (%result, %kind);
for my $database (sort keys %databases)
{
	psql('postgres', "DROP DATABASE IF EXISTS $database");
	my $said = psql('postgres', "CREATE DATABASE $database $databases{$database}");
	if ($said)
	{
		note("$database: $said");
		next;
	}
	is(psql($database, 'CREATE EXTENSION anthology', 'SELECT anthology.create_tables()', $setup, $liar), '', "$database has the extension");
	my @functions = map { [ split /\|/, $_, -1 ] } split /\n/, psql($database, q{
		SELECT p.proname, p.pronamespace::regnamespace, coalesce(string_agg(format_type(t, NULL), ',' ORDER BY i), '') FROM pg_proc p LEFT JOIN unnest(p.proargtypes) WITH ORDINALITY AS a(t, i) ON true
		WHERE p.pronamespace IN ('anthology'::regnamespace, 'anthology_internal'::regnamespace) AND p.provolatile = 'i' AND p.prokind = 'f'
		AND NOT 'internal'::regtype = ANY (p.proargtypes::oid[]) AND p.prorettype <> 'internal'::regtype
		GROUP BY p.oid, p.proname ORDER BY p.proname, 3});
	my @statements;
	for my $function (@functions)
	{
		my ($name, $schema, $types) = @$function;
		my @types = split /,/, $types;
		my @unknown = grep { !exists $values{$_} } @types;
		$kind{"$name($types)"} = @unknown ? "no value of type @unknown" : '';
		next if @unknown;
		# Every value with every other.
		my $n = 0;
		my $from = join ', ', map { $n++; "($values{$_}) a$n(v$n)" } @types;
		my $call = "$schema.$name(" . join(', ', map { "v$_" } 1 .. $n) . ')';
		push @statements, "\\echo \x1e$name($types)\x1f",
		  "SELECT md5(coalesce(string_agg(x, E'\\n' ORDER BY x COLLATE \"C\"), '')), count(*) FROM (SELECT to_jsonb($call)::text AS x" . ($from ? " FROM $from" : '') . ') s';
	}
	for my $i (0 .. $#settings)
	{
		# What a function refuses, it refuses in the same words.
		my $output = psql($database, (map { "SET $_" } @{ $settings[$i] }), @statements);
		for (grep { length } split /\x1e/, $output)
		{
			my ($function, $got) = split /\x1f/;
			push @{ $result{$function} }, "$database $i: $got";
		}
	}
}

my $called = 0;
for my $function (sort keys %kind)
{
	my @results = @{ $result{$function} // [] };
	my %different = map { s/^\S+ \d+: //r => 1 } @results;
	if ($function eq 'liar(text)')
	{
		cmp_ok(scalar keys %different, '>', 1, 'a function that is not immutable is found out');
		next;
	}
	is($kind{$function}, '', "$function has values") if $kind{$function};
	ok(keys %different == 1 && @results >= 4, "$function is the same everywhere") or diag(join "\n", @results);
	$called++ if (keys %different)[0] =~ /^\s*[0-9a-f]{32}\|[1-9]/;
}
cmp_ok(scalar keys %kind, '>', 20, 'there are immutable functions');
cmp_ok($called, '>', 0.8 * keys %kind, 'and nearly all of them gave a value');
psql('postgres', "DROP DATABASE IF EXISTS $_") for keys %databases;
done_testing();
