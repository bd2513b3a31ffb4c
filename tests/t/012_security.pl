#!/usr/bin/perl
# Who may do what, attacked: names put before ours, a schema and tables made
# before ours, functions called by strangers, tables of untrusted users, hostile
# data, the record altered. Needs the server of with_cluster.
use strict;
use warnings;
use File::Temp qw(tempdir);
use Test::More;

$ENV{PGOPTIONS} = '-c client_min_messages=warning';
my $database = 'anthology_security';
my $superuser = $ENV{PGUSER} // getpwuid($<);
my @roles = ('anth owner "1"', 'anth_owner', 'anth editor', 'anth_reader', 'anth_stranger', 'anth_pool');

sub psql
{
	my ($user, @statements) = @_;
	my @command = ('psql', '-XqAt', '-v', 'ON_ERROR_STOP=1', '-d', $database, '-U', $user);
	open my $psql, '-|', 'sh', '-c', 'exec "$@" 2>&1', 'sh', @command, map { ('-c', $_) } @statements
	  or die "psql: $!\n";
	local $/;
	my $output = <$psql> // '';
	close $psql;
	$output =~ s/\n\z//;
	return $output;
}
sub sql { return psql($superuser, @_); }

sub make_database
{
	my ($owner) = @_;
	my $made = $database;
	$database = 'postgres';
	sql(qq{DROP DATABASE IF EXISTS $made});
	sql(qq{CREATE DATABASE $made TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'} . ($owner ? qq{ OWNER "$owner"} : ''));
	$database = $made;
}
sub drop_all
{
	my $made = $database;
	$database = 'postgres';
	sql(qq{DROP DATABASE IF EXISTS $made});
	sql('DROP ROLE IF EXISTS "' . s/"/""/gr . '"') for @roles;
	$database = $made;
}

my @tables;
sub contents
{
	return join "\n", map { "$_ " . sql("SELECT md5(string_agg(t::text, '' ORDER BY t::text)) FROM anthology.$_ t") } @tables;
}

drop_all();
for my $role (@roles)
{
	(my $quoted = $role) =~ s/"/""/g;
	my $made = $database;
	$database = 'postgres';
	sql(qq{CREATE ROLE "$quoted" LOGIN});
	$database = $made;
}

# --- A schema made beforehand ---

make_database('anth_owner');
sql('GRANT CREATE ON DATABASE anthology_security TO anth_stranger');
is(psql('anth_stranger', 'CREATE SCHEMA anthology',
	'CREATE FUNCTION anthology.intruder(integer, text) RETURNS text LANGUAGE sql AS $$SELECT current_user::text$$'), '', 'a stranger makes our schema first');
like(sql('CREATE EXTENSION anthology'), qr/schema "anthology" is not empty: it has function intruder/, 'what he put into it is refused');
psql('anth_stranger', 'DROP FUNCTION anthology.intruder(integer, text)', 'CREATE DOMAIN anthology.name_key AS text');
like(sql('CREATE EXTENSION anthology'), qr/schema "anthology" is not empty/, 'a type too');
psql('anth_stranger', 'DROP DOMAIN anthology.name_key', 'CREATE SCHEMA anthology_internal');
like(sql('CREATE EXTENSION anthology'), qr/schema "anthology_internal" already exists/, 'the schema of internal functions may not be there at all');
psql('anth_stranger', 'DROP SCHEMA anthology_internal', 'CREATE TABLE anthology.authorship (paper_id text)');
is(sql('CREATE EXTENSION anthology'), '', 'tables alone may stay, as after DROP EXTENSION ... CASCADE');
like(sql('SELECT anthology.create_tables()'), qr/the tables would not be safe: schema "anthology" belongs to role "anth_stranger"/, 'but are not used: his schema');
sql(qq{ALTER SCHEMA anthology OWNER TO $superuser});
like(sql('SELECT anthology.create_tables()'), qr/would not be safe: "anthology.authorship" belongs to role "anth_stranger"/, 'nor his table');
is(sql(q{SELECT count(*) FROM pg_class WHERE relnamespace = 'anthology'::regnamespace AND relkind = 'r'}), 1, 'and nothing was made');

# --- A plain owner, with a name that needs quoting ---

make_database('anth_owner');
is(psql('anth_owner', 'CREATE EXTENSION anthology', 'SELECT anthology.create_tables()'), '', 'the owner of a database makes extension and tables');
is(sql(q{SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'anthology'}), 'anth_owner', 'which are his');
@tables = split /\n/, sql(q{SELECT tablename FROM pg_tables WHERE schemaname = 'anthology' AND tablename <> 'corpus_state' ORDER BY 1});

my $folder = tempdir(CLEANUP => 1);
chmod 0777, $folder;
like(psql('anth_owner', "SELECT * FROM anthology.load_directory('$ENV{ANTHOLOGY_SAMPLE}')"), qr/permission denied to read server files/, 'he may not read the server\'s files');
like(psql('anth_owner', "SELECT anthology_internal.write_server_file('$folder/x', 'x')"), qr/permission denied/, 'nor write them');
sql('GRANT pg_read_server_files TO anth_owner');
like(psql('anth_owner', "SELECT * FROM anthology.load_directory('$ENV{ANTHOLOGY_SAMPLE}')"), qr/^name\|\d\d/m, 'he loads once he has pg_read_server_files');
like(psql('anth_owner', "SELECT anthology.export_changes('$folder')", "SELECT anthology_internal.write_server_file('$folder/x', 'x')"), qr/permission denied/, 'which does not let him write');
ok(!-e "$folder/x", 'and nothing was written');

is(psql('anth_owner', q{SELECT anthology.grant_reader('anth_reader'), anthology.grant_editor('anth editor')}), '|', 'he lets others read and edit');
like(psql('anth_owner', q{SELECT anthology.grant_reader('nobody"; DROP TABLE anthology.paper; --')}), qr/role "nobody"; DROP TABLE anthology.paper; --" does not exist/, 'a role is a name, not SQL');
my ($from, $paper) = split /\|/, sql(q{SELECT person_id, min(paper_id) FROM anthology.authorship JOIN anthology.person p ON p.id = person_id
	WHERE p.verified AND role = 'author' GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1});

# --- Every function, called by a stranger who may use the schema ---

sql('GRANT USAGE ON SCHEMA anthology TO anth_stranger');
my %value = (text => "'$from'", 'text[]' => "ARRAY['$paper']", integer => '1', bigint => '1', boolean => 'true', real => '0.5', name => "'anth_stranger'",
	jsonb => q('{}'), json => q('{}'), xml => q('<collection id="x"/>'), regclass => q('anthology.authorship'), tsvector => q(''), tsquery => q(''),
	'double precision' => '1', 'integer[]' => 'NULL', 'anthology.new_assignment' => "ROW('$paper', 'author', 1, 'A', '$from')", bytea => q(''),
	'timestamp with time zone' => 'now()', '"char"' => q('A'));
my $before = contents();
my @called;
for my $function (split /\n/, sql(q{SELECT p.oid::regprocedure || '|' || p.oid::regproc || '|' ||
		coalesce((SELECT string_agg(format_type(t, NULL), ',' ORDER BY i) FROM unnest(p.proargtypes::oid[]) WITH ORDINALITY AS a(t, i)), '')
	FROM pg_proc p WHERE p.pronamespace IN ('anthology'::regnamespace, 'anthology_internal'::regnamespace) AND p.prokind = 'f' AND p.prorettype <> 'trigger'::regtype
		AND 'internal'::regtype <> ALL (p.proargtypes::oid[]) AND p.provolatile <> 'i'}))
{
	my ($signature, $name, $types) = split /\|/, $function, -1;
	my $arguments = join ', ', map { ($value{$_} // 'NULL') . "::$_" } split /,/, $types;
	psql('anth_stranger', "SELECT * FROM $name($arguments)");
	push @called, $signature;
}
cmp_ok(scalar @called, '>', 100, 'a stranger calls every function (' . @called . ')');
is(contents(), $before, 'and changes nothing');
is(sql(q{SELECT string_agg(p.oid::regprocedure::text, ' ') FROM pg_proc p WHERE p.pronamespace IN ('anthology'::regnamespace, 'anthology_internal'::regnamespace)
	AND p.prosrc ~ '^anthology_(propose|reassign|undo|rehearse|apply|reject|run_operation|create_person|review|judge_new|flag_susp)'
	AND has_function_privilege('anth_stranger', p.oid, 'EXECUTE')}), '', 'what acts as the tables\' owner is closed to him');
is(sql(q{SELECT string_agg(p.oid::regprocedure::text, ' ') FROM pg_proc p WHERE p.pronamespace IN ('anthology'::regnamespace, 'anthology_internal'::regnamespace) AND p.prosecdef}), '', 'nothing is SECURITY DEFINER, for a member would run as a superuser');

# Closed to strangers, but not all open to editors: tables refuse them.
for my $table (@tables)
{
	like(psql('anth editor', "DELETE FROM anthology.$table"), qr/permission denied/, "an editor cannot touch $table");
}
like(psql('anth editor', 'CREATE FUNCTION anthology.mine() RETURNS int LANGUAGE sql AS $$SELECT 1$$'), qr/permission denied/, 'or put anything into the schema');

# --- Every function has its search_path, or needs none ---

is(sql(q{
	SELECT string_agg(p.oid::regprocedure::text, ' ' ORDER BY 1) FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang
	WHERE p.pronamespace IN ('anthology'::regnamespace, 'anthology_internal'::regnamespace) AND p.prokind = 'f'
		AND NOT EXISTS (SELECT FROM unnest(p.proconfig) s WHERE s LIKE 'search_path=%pg_temp%')
		AND NOT (l.lanname = 'sql' AND p.prosqlbody IS NOT NULL)	-- read when it was made
		AND NOT (l.lanname = 'c' AND p.provolatile = 'i')	-- runs no SQL
		-- runs none, or only what names schema and operator
		AND NOT (l.lanname = 'c' AND p.proname IN ('name_similarity_support', 'name_similar_selectivity', 'name_similar_join_selectivity', 'name_index_handler',
			'abstract_parser_start', 'abstract_parser_token', 'abstract_parser_end', 'abstract_parser_types', 'abstract_lexize',
			'icu_version', 'library_version', 'name_index_built', 'document_length', 'abstract_similarity', 'abstract_rank', 'rarest_words', 'distinctive_terms',
			'keyword_terms', 'abstract_keywords', 'report_progress', 'end_progress', 'write_server_file', 'name_similar'))}), '', 'every function pins its search_path or needs none');

# --- Names put before ours ---

my $answers = q{SELECT md5(string_agg(x, '' ORDER BY x)) FROM (
	SELECT t::text AS x FROM anthology.person_page('%s') t UNION ALL
	SELECT t::text FROM anthology.find_person('Brandt', 5) t UNION ALL
	SELECT t::text FROM anthology.suspicious_assignments() t UNION ALL
	SELECT t::text FROM anthology.search_papers('machine translation') t UNION ALL
	SELECT t::text FROM anthology.related_papers('%s', 3) t UNION ALL
	SELECT t::text FROM anthology.suggest_split('%s') t UNION ALL
	SELECT t::text FROM anthology.assignment_evidence('%s', '%s') t UNION ALL
	SELECT t::text FROM anthology.preview_reassignment(1) t UNION ALL
	SELECT anthology.abstract_tsvector('A title of names', 'Large Language Models (LLMs)')::text UNION ALL
	SELECT anthology.name_similarity('Ann Roe', 'Roe, A.')::text) AS answers};
$answers = sprintf $answers, $from, $paper, $from, $paper, $from;
psql('anth editor', q{SELECT anthology.create_person('Nova', 'Quist', degree => 'Uni')});
my $honest = psql('anth editor', $answers);
like($honest, qr/^[0-9a-f]{32}$/, 'an editor reads');

# A schema of the editor's enemy with everything that our functions may call
# unqualified, each of which writes down that it was called.
sql('GRANT CREATE ON SCHEMA public TO anth_stranger', 'CREATE SCHEMA trap AUTHORIZATION anth_stranger', 'GRANT USAGE ON SCHEMA trap TO PUBLIC');
psql('anth_stranger',
	q{CREATE TABLE trap.sprung (what text, who text)}, q{GRANT INSERT ON trap.sprung TO PUBLIC},
	q{CREATE FUNCTION trap.spring(what text) RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$BEGIN INSERT INTO trap.sprung VALUES (what, current_user); RETURN false; END$$});
for my $schema ('trap', 'public')
{
	for my $operator ('=', '<>', '<', '>', '~', '!~', '~~', '@@', '@>', '~=')
	{
		my $type = $operator eq '@@' ? 'tsvector, tsquery' : $operator eq '@>' ? 'jsonb, jsonb' : 'text, text';
		my ($left, $right) = split /, /, $type;
		psql('anth_stranger', qq{CREATE OR REPLACE FUNCTION $schema.op($type) RETURNS boolean LANGUAGE sql VOLATILE AS \$\$SELECT trap.spring('$operator')\$\$},
			qq{CREATE OPERATOR $schema.$operator (LEFTARG = $left, RIGHTARG = $right, FUNCTION = $schema.op)});
	}
	for my $function ('lower(text)', 'format(text, text)', 'concat_ws(text, text, text)', 'now()', 'count(text)', 'unnest(text[])',
		'round(numeric, integer)', 'name_slug(text)', 'name_similarity(text, text)', 'person_entry(text)', 'lock_corpus()', 'length(text)', 'sha256(bytea)')
	{
		psql('anth_stranger', qq{CREATE FUNCTION $schema.$function RETURNS text LANGUAGE sql VOLATILE AS \$\$SELECT trap.spring('$function')::text\$\$});
	}
	for my $table ('paper', 'person', 'person_name', 'authorship', 'reassignment', 'term_statistics', 'corpus_state', 'assignment_flag')
	{
		psql('anth_stranger', qq{CREATE TABLE $schema.$table AS SELECT * FROM (VALUES ('x')) AS v(id)}, qq{GRANT ALL ON $schema.$table TO PUBLIC});
	}
}
cmp_ok(sql(q{SELECT count(*) FROM pg_operator WHERE oprnamespace IN ('trap'::regnamespace, 'public'::regnamespace)}), '>=', 20, 'traps are laid');
for my $path ('trap, public, pg_catalog', 'public, pg_catalog', 'trap, pg_catalog, anthology', 'anthology, trap, pg_catalog', 'pg_temp, trap, pg_catalog')
{
	is(psql('anth editor', "SET search_path = $path", $answers =~ s/string_agg\(x, '' ORDER BY x\)/pg_catalog.string_agg(x, '' ORDER BY x USING OPERATOR(pg_catalog.<))/r =~ s/md5/pg_catalog.md5/r),
		$honest, "the same answers with search_path $path");
	my $moved = psql('anth editor', "SET search_path = $path",
		"SELECT anthology.undo_reassignment(anthology.reassign_papers('{$paper}'::text[], '$from', 'nova-quist'))");
	like($moved, qr/^\d+$/, 'the same work');
}
is(psql('anth editor', 'CREATE TEMP TABLE paper (id text)', 'CREATE TEMP TABLE authorship (id text)', 'CREATE TEMP TABLE pg_class (oid oid)', 'CREATE TEMP TABLE pg_proc (oid oid)',
	'SET search_path = pg_temp, pg_catalog', $answers =~ s/string_agg/pg_catalog.string_agg/r =~ s/md5/pg_catalog.md5/r), $honest, 'temporary tables of our names do not matter');
is(psql('anth_owner', 'SET search_path = trap, public, pg_catalog', q{SELECT new FROM anthology.import_people('{ann-roe: {names: [{first: Ann, last: Roe}]}}')},
	q{SELECT anthology.flag_assignments('flag', 1)}, q{SELECT anthology.refresh_term_statistics(true) > 0}, q{SELECT anthology.rebuild_slugs()},
	q{SELECT pg_catalog.count(*) FROM anthology.check_record()}, q{SELECT anthology.flag_assignments('off')}), "1\n\nt\n\n0\n", 'the owner loads, counts and rebuilds');
is(sql('SELECT DISTINCT what, who FROM trap.sprung'), '', 'no trap was sprung');

psql('anth editor', 'SET search_path = trap, pg_catalog', q{SELECT lower('x'::text)}, q{SELECT 'a'::text = 'b'::text});
is(sql('SELECT count(*) FROM trap.sprung'), 2, 'though they are set: a query without a schema falls into them');
sql('DELETE FROM trap.sprung');

# --- A table of an untrusted user beside ours ---

sql('GRANT EXECUTE ON FUNCTION anthology.flag_suspicious_assignment() TO anth_stranger');
is(psql('anth_stranger',
	q{CREATE TYPE trap.sly AS (paper text)},
	q{CREATE FUNCTION trap.sly_text(trap.sly) RETURNS text LANGUAGE plpgsql AS $$BEGIN PERFORM trap.spring('cast as ' || current_user); RETURN ($1).paper; END$$},
	q{CREATE CAST (trap.sly AS text) WITH FUNCTION trap.sly_text(trap.sly)},
	q{CREATE FUNCTION trap.default_name() RETURNS text LANGUAGE plpgsql AS $$BEGIN PERFORM trap.spring('default as ' || current_user); RETURN 'Roe'; END$$},
	q{CREATE TABLE public."odd; ""table" (paper_id trap.sly, role text DEFAULT 'author', "position" int DEFAULT 1, first text DEFAULT 'A', last text DEFAULT trap.default_name(), person_id text)},
	q{CREATE TRIGGER sly AFTER INSERT ON public."odd; ""table" REFERENCING NEW TABLE AS "odd; ""rows" FOR EACH STATEMENT EXECUTE FUNCTION anthology.flag_suspicious_assignment('1', 'flag')},
	qq{INSERT INTO public."odd; ""table" (paper_id, person_id) VALUES (ROW('$paper'), '$from')}), '', 'a stranger\'s table is judged');
is(sql(q{SELECT string_agg(DISTINCT what, ', ') FROM trap.sprung}), 'cast as anth_stranger, default as anth_stranger', 'and what reading it runs is run as him');
is(sql(q{SELECT count(*) FROM anthology.assignment_flag WHERE source = 'public.odd; "table'}), 1, 'its flag tells the table');
sql('DELETE FROM trap.sprung', 'REVOKE EXECUTE ON FUNCTION anthology.flag_suspicious_assignment() FROM anth_stranger');
like(psql('anth_stranger', q{CREATE TABLE public.more (LIKE public."odd; ""table")},
	q{CREATE TRIGGER sly AFTER INSERT ON public.more REFERENCING NEW TABLE AS n FOR EACH STATEMENT EXECUTE FUNCTION anthology.flag_suspicious_assignment('1', 'flag')}), qr/permission denied/, 'no trigger without the right');

# --- Hostile data ---

my @hostile = (q{O'Brien"; DROP TABLE anthology.paper; --}, q{back\slash \\' \\\\}, '%s %n %1$s %I', '$1 $$ $body$', '{a,"b"}', "tab\tand\x01control\x7f", "new\nline", 'x' x 20_000, '&lt;script&gt;', "\x{202e}right", '..', ' ', '/unverified', 'NULL');
binmode STDOUT, ':utf8';
my $kept = contents();
for my $name (@hostile)
{
	utf8::encode(my $bytes = $name);
	(my $literal = $bytes) =~ s/'/''/g;
	my $shown = substr($name =~ s/[^\x20-\x7e]/?/gr, 0, 20);
	my $answer = psql('anth editor',
		'BEGIN',
		qq{SELECT anthology.name_similarity('$literal', 'Ann Roe') IS NOT NULL, anthology.name_slug('$literal') IS NOT NULL, anthology.abstract_tsquery('$literal') IS NOT NULL, anthology.abstract_plain('$literal') IS NOT NULL, anthology.abstract_tsvector('$literal', '$literal') IS NOT NULL},
		qq{SELECT count(*) >= 0 FROM anthology.find_person('$literal', 3)},
		qq{SELECT length(p.note) = length('$literal') FROM anthology.reassignment p WHERE id = anthology.reassign_papers(ARRAY['$paper'], '$from', 'nova-quist', '$literal')},
		qq{SELECT anthology.add_name('nova-quist', '$literal', 'Li') > 0},
		'ROLLBACK');
	like($answer, qr/^t\|t\|t\|t\|t\nt\n(?:t\n|)(?:t$|.*ERROR:  \S)/s, "hostile text: $shown");
	unlike($answer, qr/syntax error|server closed|terminated|(?<!anthology_)internal/i, 'is text and nothing else');
	for my $call ("person_page('$literal')", "preview_reassignment(anthology.propose_reassignment(ARRAY['$literal'], '$literal', '$literal'))", "grant_editor('$literal')", "person_entry('$literal')", "history_of_paper('$literal')")
	{
		next if $call =~ /^grant/ && length $literal > 1000;
		unlike(psql('anth editor', "SELECT * FROM anthology.$call"), qr/syntax error|server closed|terminated|XX000/i, 'also as an id');
	}
}
like(psql('anth editor', q{SELECT anthology.request_to_proposal('{"action": "merge", "canonical": "a\u0000b"}')}), qr/ERROR/, 'a NUL in JSON is refused');
like(psql('anth_owner', qq{SELECT * FROM anthology.import_people('"x''; DROP TABLE anthology.paper; --": {names: [{first: "\\\\0", last: "%s"}]}\ngood-one: {names: [{last: Good}]}\n')}), qr/person\|1/, 'a hostile id in people.yaml does not keep the others out');
psql('anth_owner', q{DELETE FROM anthology.load_problem}, q{DELETE FROM anthology.person_name WHERE person_id = 'good-one'}, q{DELETE FROM anthology.person WHERE id = 'good-one'});
is(contents() =~ s/load_problem.*\n//r, $kept =~ s/load_problem.*\n//r, 'after all that the corpus is as it was');

# --- The record ---

my $recorded = q{SELECT decided_by, decided_role, decided_for FROM anthology.reassignment ORDER BY id DESC LIMIT 1};
sql('GRANT "anth editor" TO anth_pool');
psql('anth_pool', 'SET ROLE "anth editor"', q{SET anthology.session_person = 'Alice ''A'' <a@x>'}, qq{SELECT anthology.reassign_papers(ARRAY['$paper'], '$from', 'nova-quist')});
is(sql($recorded), q{anth_pool|anth editor|Alice 'A' <a@x>}, 'who logged in, the role set and the person are recorded');
psql('anth_owner', 'CREATE FUNCTION public.fix(text) RETURNS bigint LANGUAGE sql SECURITY DEFINER AS $$SELECT anthology.set_name_matching($1, false)$$',
	'GRANT EXECUTE ON FUNCTION public.fix(text) TO anth_reader');
like(psql('anth_reader', q{SELECT public.fix('nova-quist')}), qr/^\d+$/, 'through SECURITY DEFINER of the owner');
is(sql($recorded), 'anth_reader||', 'too, who logged in is recorded');
like(sql("SELECT by FROM anthology.history('nova-quist') ORDER BY reassignment_id DESC OFFSET 1 LIMIT 1"), qr/^anth_pool for Alice/, 'history() tells it');
psql('anth editor', q{SELECT anthology.reject_reassignment(anthology.propose_reassignment(ARRAY['} . $paper . q{'], 'nova-quist', '} . $from . q{'), 'no')});
is(sql('SELECT count(*) FROM anthology.check_record()'), 0, 'the record is whole');
my ($number, $hash) = split /\|/, sql(q{SELECT number, hash FROM anthology.correction_log ORDER BY number DESC LIMIT 1});
is(sql("SELECT count(*) FROM anthology.check_record($number, '$hash')"), 0, 'and ends as noted');
is(sql('SELECT count(*) = max(number) FROM anthology.correction_log'), 't', 'the log has no gaps, rolled back work included');

for my $change (q{UPDATE anthology.reassignment SET note = 'x'}, q{UPDATE anthology.reassignment SET decided_by = 'x' WHERE status = 'applied'}, q{UPDATE anthology.reassignment SET status = 'proposed'},
	q{DELETE FROM anthology.reassignment_item}, q{UPDATE anthology.reassignment_item SET before_person_id = 'x'}, q{UPDATE anthology.reassignment_item SET undone_by = NULL WHERE undone_by IS NOT NULL},
	q{DELETE FROM anthology.person_change}, q{UPDATE anthology.correction_log SET hash = ''}, q{DELETE FROM anthology.correction_log},
	map { "TRUNCATE anthology.$_ CASCADE" } qw(reassignment reassignment_item person_change correction_log))
{
	like(psql($_, $change), qr/the record of corrections is not to be changed/, "$_: $change") for 'anth_owner', $superuser;
}

# Turned off, the triggers leave traces: each in a database of its own.
my %altered = (
	'a note rewritten' => q{ALTER TABLE anthology.reassignment DISABLE TRIGGER keep_record; UPDATE anthology.reassignment SET note = 'innocent' WHERE id = 2; ALTER TABLE anthology.reassignment ENABLE TRIGGER keep_record},
	'an item taken out' => q{ALTER TABLE anthology.reassignment_item DISABLE TRIGGER USER; DELETE FROM anthology.reassignment_item WHERE reassignment_id = 2; ALTER TABLE anthology.reassignment_item ENABLE TRIGGER USER},
	'an item put in' => q{INSERT INTO anthology.reassignment_item SELECT 2, 'x', role, "position", first, last, cause FROM anthology.reassignment_item LIMIT 1},
	'a decision forged' => q{INSERT INTO anthology.reassignment (kind, status, decided_by) VALUES ('merge', 'applied', 'somebody')},
	'the last row of the log and its correction taken out' => qq{ALTER TABLE anthology.correction_log DISABLE TRIGGER USER; DELETE FROM anthology.correction_log WHERE number = $number; ALTER TABLE anthology.correction_log ENABLE TRIGGER USER},
	'a row in the middle taken out' => q{ALTER TABLE anthology.correction_log DISABLE TRIGGER USER; DELETE FROM anthology.correction_log WHERE number = 2; ALTER TABLE anthology.correction_log ENABLE TRIGGER USER},
	'a digest made to fit' => q{ALTER TABLE anthology.correction_log DISABLE TRIGGER USER; UPDATE anthology.correction_log SET digest = 'x' WHERE number = 2; ALTER TABLE anthology.correction_log ENABLE TRIGGER USER},
	'a trigger left off' => q{ALTER TABLE anthology.person_change DISABLE TRIGGER keep_record},
	'replication mode' => q{SET session_replication_role = replica; UPDATE anthology.reassignment SET decided_by = 'x' WHERE id = 2; RESET session_replication_role},
);
for my $what (sort keys %altered)
{
	cmp_ok(sql('BEGIN', split(/; /, $altered{$what}), "SELECT 'problems ' || count(*) FROM anthology.check_record()", 'ROLLBACK') =~ s/.*problems (\d+).*/$1/sr, '>', 0, "noticed: $what");
}
cmp_ok(sql('BEGIN', 'ALTER TABLE anthology.correction_log DISABLE TRIGGER USER', 'DELETE FROM anthology.correction_log',
	q{SELECT anthology_internal.log_correction(id) FROM anthology.reassignment WHERE status <> 'proposed' ORDER BY id}, 'ALTER TABLE anthology.correction_log ENABLE TRIGGER USER',
	"SELECT 'problems ' || count(*) FROM anthology.check_record($number, '$hash')", 'ROLLBACK') =~ s/.*problems (\d+).*/$1/sr, '>', 0, 'a log made anew is not the one noted');
is(sql('SELECT count(*) FROM anthology.check_record()'), 0, 'and in the end the record is whole');

# --- An owner and a database whose names need quoting ---

make_database();
sql('GRANT CREATE ON DATABASE anthology_security TO "anth editor"');
is(psql('anth editor', 'CREATE EXTENSION anthology', 'SELECT anthology.create_tables()',
	q{SELECT anthology.create_person('Nova', 'Quist', degree => 'Uni')}, q{SELECT anthology.grant_editor('anth owner "1"')}), "\nnova-quist\n", 'a role with a space may own it');
is(psql('anth owner "1"', q{SELECT anthology.create_person('Nova', 'Quill', degree => 'Uni')}), 'nova-quill', 'and one with quotes edit');
drop_all();
done_testing();
