#!/usr/bin/perl
# A cancel stops every function at once, however long its text is. The functions come
# from the catalog: each one of the schema that takes text of some kind gets 20 MB of it
# under a statement_timeout, and must be done or stopped soon after. Needs the server of
# with_cluster.
#
# The text is in memory before the time begins. Reading 20 MB from a table takes longer than
# the timeout and can be stopped, so that the function would never begin.
use strict;
use warnings;
use File::Temp qw(tempfile);
use POSIX ();
use Test::More;

# A function in C needs a few milliseconds to stop. Functions of the server's that ours are made
# of (concat, format, btrim) do not look for a cancel, and take up to a second over such a text.
# That is what the limit is for. On a machine on which the server's concat takes more than a
# second, the limit is twice that time. Where the system tells it, the session's processor time
# is what counts; elsewhere the time on the clock.
my $timeout = 50;
my $limit = $ENV{ANTHOLOGY_CANCEL_LIMIT} // 2000;
my $yardsticks = 2;
my $bytes = $ENV{ANTHOLOGY_CANCEL_BYTES} // 20_000_000;
my $ticks = -r '/proc/self/stat' ? POSIX::sysconf(POSIX::_SC_CLK_TCK()) : 0;
my $cpu = $ticks ? "SELECT 'cpu ' || split_part(s, ' ', 14)::int + split_part(s, ' ', 15)::int FROM pg_read_file('/proc/self/stat') s;\n" : '';
my $yardstick = "SELECT concat(w, array_to_string(ARRAY[w], ''), w) IS NULL FROM (SELECT current_setting('long_text.han') AS w OFFSET 0) AS s;\n";

my $database = 'anthology_cancel';
$ENV{PGOPTIONS} = '-c client_min_messages=error';
my @psql = ('psql', '-XqAt', '-v', 'VERBOSITY=sqlstate', '-d', $database);

sub run_file
{
	my ($text) = @_;
	my ($out, $file) = tempfile(UNLINK => 1);
	print $out $text;
	close $out;
	open my $in, '-|', 'sh', '-c', 'exec "$@" 2>&1', 'sh', @psql, '-f', $file or die "psql: $!\n";
	local $/;
	my $output = <$in>;
	close $in;
	return $output;
}

system('dropdb', '--if-exists', $database) == 0
  && system('createdb', '-T', 'template0', '-E', 'UTF8', '-l', 'C', $database) == 0
  or die "cannot make $database\n";
my $made = run_file(<<SQL);
\\set ON_ERROR_STOP on
CREATE EXTENSION anthology;
SELECT anthology.create_tables();
SELECT count(*) > 0 FROM anthology.load_directory('$ENV{ANTHOLOGY_SAMPLE}');
CREATE TABLE big (kind text PRIMARY KEY, words text, json jsonb, document tsvector, query tsquery);
ALTER TABLE big ALTER words SET STORAGE EXTERNAL, ALTER json SET STORAGE EXTERNAL;
-- prose with everything that texts are read for; one word; letters that are transliterated or composed
INSERT INTO big (kind, words)
    SELECT kind, repeat(unit, $bytes / octet_length(unit))
    FROM (VALUES
        ('prose', 'We''ve <b>pre-trained</b> {LLM}s (Large Language Models, LLMs) on \$O(n^2)\$ <tex-math>\\frac{a}{b}_i</tex-math> '
            '<a href="https://x.org/a">na\\"{\\i}ve</a> "texts" – GPT-4 & co.' || chr(10)),
        ('word', 'x'), ('han', '刘'), ('marks', 'a' || chr(769) || chr(803)), ('braces', '{'), ('tags', '<b>')) AS t(kind, unit);
UPDATE big SET json = jsonb_build_object('names', jsonb_build_array(words)) WHERE kind = 'prose';
UPDATE big SET json = (SELECT jsonb_object_agg(i::text, 'x') FROM generate_series(1, $bytes / 28) i) WHERE kind = 'word';
UPDATE big SET document = anthology.abstract_tsvector(NULL, left(words, 300000)),
    query = anthology.abstract_tsquery(left(words, 60));
SQL
unlike($made, qr/ERROR/, 'a database with the sample and long texts');

# What stands for an argument of each type. Whatever a function wants besides text is small.
my %argument = (
	'text' => 'b.words',
	'text[]' => 'ARRAY[b.words]',
	'character varying' => 'b.words',
	'jsonb' => 'b.json',
	'jsonb[]' => 'ARRAY[b.json]',
	'xml' => "xmlelement(name a, b.words)",
	'tsvector' => 'b.document',
	'tsquery' => 'b.query',
	'integer' => '5',
	'bigint' => '5',
	'smallint' => '5',
	'real' => '0.5',
	'double precision' => '0.5',
	'boolean' => 'false',
	'"char"' => q{'A'},
	'name' => q{'x'},
	'integer[]' => q{'{1,2}'},
	'bigint[]' => q{'{1,2}'},
	'real[]' => q{'{0.5}'},
	'double precision[]' => q{'{0.5}'},
	'boolean[]' => q{'{t}'},
	'regclass' => q{'anthology.paper'},
	'regrole' => 'current_user::regrole',
	'date' => q{'2024-01-01'},
	'timestamp with time zone' => 'now()',
	'uuid' => 'gen_random_uuid()',
	'anyelement' => 'b.words',
	'"any"' => 'b.words',
);

my $functions = run_file(q{
	SELECT p.proname, p.pronamespace::regnamespace, p.provolatile,
		(SELECT string_agg(format_type(t.type, NULL), ';' ORDER BY t.i)
			FROM unnest(p.proargtypes[0:p.pronargs - 1]) WITH ORDINALITY AS t(type, i)),
		(SELECT string_agg(format('NULL::%s', format_type(t.type, NULL)), ';' ORDER BY t.i)
			FROM unnest(p.proargtypes[0:p.pronargs - 1]) WITH ORDINALITY AS t(type, i))
	FROM pg_proc p
	WHERE p.pronamespace IN (to_regnamespace('anthology'), to_regnamespace('anthology_internal')) AND p.prokind = 'f'
		AND p.prorettype NOT IN ('trigger'::regtype, 'event_trigger'::regtype, 'internal'::regtype, 'index_am_handler'::regtype)
		AND NOT 'internal'::regtype = ANY (p.proargtypes)
		AND p.proargtypes::oid[] && ARRAY['text', 'text[]', 'jsonb', 'json', 'xml', 'tsvector', 'tsquery']::regtype[]::oid[]
	ORDER BY p.proname COLLATE "C", p.oid
});
my @calls;
for (split /\n/, $functions)
{
	my ($name, $schema, $volatility, $types, $nulls) = split /\|/;
	my @null = split /;/, $nulls;
	my @arguments = map { $argument{$_} // shift(@null) && "NULL::$_" } split /;/, $types;
	# What is pure reads the text itself; the others look something up by it first.
	for my $kind ($volatility eq 'i' ? qw(prose word han marks braces tags) : qw(prose))
	{
		my $call = "$schema.\"$name\"(" . join(', ', @arguments) . ')';
		# Only what the call needs, and read, not pointed to: that is what the operators are for.
		my %column = (words => "current_setting('long_text.$kind') AS words", json => "json || '{}' AS json",
			document => "document || '' AS document");
		my $columns = join ', ', 'query', map { $column{$_} } grep { $call =~ /\bb\.$_\b/ } sort keys %column;
		push @calls, [ "$name($types), $kind", <<SQL ];
DECLARE calling CURSOR FOR
    WITH b AS MATERIALIZED (SELECT $columns FROM big WHERE kind = '$kind')
    SELECT count(*) FROM b
    UNION ALL
    SELECT count(x IS NULL) FROM (SELECT $call AS x FROM b OFFSET 0) s;
SQL
	}
}
cmp_ok(scalar @calls, '>', 150, 'the catalog has functions that take text');
# ANTHOLOGY_CANCEL_ONLY=PATTERN makes only the calls whose names it matches.
my $only = $ENV{ANTHOLOGY_CANCEL_ONLY} // '';
@calls = grep { $_->[0] =~ /$only/ } @calls;

# Makes the calls by number, with the yardstick before every so many of them. Returns how long
# each took beyond its limit (below 0: it was in time; not there: the server did not answer) and
# the SQLSTATE that it ended with. The texts are settings of the session; the first FETCH copies
# one, the second calls the function.
sub timed
{
	my ($every, @numbers) = @_;
	my $script = "SET work_mem = '1GB';\nSET log_min_messages = panic;\nSET log_min_error_statement = panic;\n"
	  . "SELECT count(set_config('long_text.' || kind, words, false)) FROM big;\n";
	for my $i (0 .. $#numbers)
	{
		$script .= "\\echo yardstick\n" . measured($yardstick) if $i % $every == 0;
		$script .= "BEGIN;\n$calls[$numbers[$i]][1]FETCH calling;\n\\echo call $numbers[$i]\nSET statement_timeout = $timeout;\n"
		  . measured("FETCH calling;\n\\echo state :SQLSTATE\nROLLBACK;\n");
	}
	my (%over, %said, $call, $allowed, $before);
	for (split /\n/, run_file($script))
	{
		$call = undef if /^yardstick$/;
		($call, $before) = ($1, undef) if /^call (\d+)$/;
		$said{$call} = $1 if /^state (\w+)/;
		my $took = /^Time: ([\d.]+) ms/ ? $1 : undef;
		if (/^cpu (\d+)$/)
		{
			$took = ($1 - $before) * 1000 / $ticks if defined $before;
			$before = defined $before ? undef : $1;
		}
		next unless defined $took;
		if (defined $call) { $over{$call} //= $took - $timeout - $allowed; }
		else { $allowed = $took * $yardsticks > $limit ? $took * $yardsticks : $limit; }
	}
	return (\%over, \%said);
}

# Commands between two looks at the time.
sub measured { return $ticks ? "$cpu$_[0]$cpu" : "\\timing on\n$_[0]\\timing off\n"; }
my ($over, $said) = timed(50, 0 .. $#calls);
my $stopped = grep { $_ eq '57014' } values %$said;
cmp_ok($stopped, '>', $only eq '' ? 20 : -1, "$stopped calls were stopped");
is(join(', ', map { $calls[$_][0] } grep { ($said->{$_} // '') eq '25P02' } 0 .. $#calls), '', 'every call was made');

# A machine may have been busy with something else: what was late gets a second chance.
sub in_time { return defined $_[0] && $_[0] < 0; }
my ($again) = timed(1, grep { !in_time($over->{$_}) } 0 .. $#calls);
for my $c (0 .. $#calls)
{
	my $late = $again->{$c} // $over->{$c};
	ok(in_time($late), $calls[$c][0])
	  or diag(defined $late ? "$late ms too late" : 'the server did not answer');
}
system('dropdb', $database);
done_testing();
