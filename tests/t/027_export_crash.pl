#!/usr/bin/perl
# The server is killed in the middle of export_changes(): the files of the checkout are
# put back as they were when the server is there again, or are complete where
# the transaction had committed. The states that a crash between two renames, or
# in the middle of writing into a file, leaves behind are made by hand as well.
use strict;
use warnings;
use File::Basename qw(dirname);
use File::Temp qw(tempdir);
use Test::More;
use Time::HiRes qw(sleep);
use lib dirname(__FILE__);
use OwnServer;

my $temp = tempdir(CLEANUP => 1);
chmod 0755, $temp;
system("cp -r $ENV{ANTHOLOGY_SAMPLE} $temp/data && chmod -R u+w $temp/data && cp -rp $temp/data $temp/before") == 0 or die;
my $data = "$temp/data";

my $node = new_node('export', "client_min_messages = warning\nautovacuum = off\n");
$node->start;
my $journals = $node->data_dir . '/anthology_exports';
sql($node, 'postgres', 'CREATE EXTENSION anthology', 'SELECT anthology.create_tables()', "SELECT count(*) FROM anthology.load_directory('$data')");
my $person = sql($node, 'postgres',
	"SELECT person_id FROM anthology.authorship WHERE person_id LIKE '%/unverified' GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1");
my $verification = sql($node, 'postgres', "SELECT anthology.verify_person('$person', degree => 'Somewhere')");
my @changed = split /\n/, sql($node, 'postgres', 'SELECT path FROM anthology.changed_files()');
cmp_ok(scalar @changed, '>', 2, 'several files are to be exported');
my $export = "SELECT count(*) FROM anthology.export_changes('$data')";

sub differences { my ($other) = @_; return `cd $temp && diff -rq $other data; find data -name '.*' -type f; find $journals -mindepth 1`; }
sub slurp { my ($path) = @_; open my $in, '<:raw', $path or die "$path: $!"; local $/; return scalar <$in>; }
sub spew { my ($path, $text) = @_; open my $out, '>:raw', $path or die "$path: $!"; print $out $text; close $out or die; }

# Kills the server while a transaction that has exported is open.
sub crash
{
	unlink "$temp/flag";
	my $job = psql_job($node, 'postgres', "$temp/script", "$temp/log");
	for (1 .. 600) { last if -e "$temp/flag"; sleep 0.05; }
	ok(-e "$temp/flag", 'the files are exported, the transaction is open');
	kill_all($node);
	waitpid $job, 0;
	ok(differences('before'), 'the server is killed: the files are the new ones') or diag(slurp("$temp/log"));
}
spew("$temp/script", "BEGIN;\n$export;\n\\! touch $temp/flag\nSELECT pg_sleep(120);\n");

crash();
$node->start;
sql($node, 'postgres', 'SELECT anthology.recover_exports()');
is(differences('before'), '', 'recover_exports() puts them back');
is(sql($node, 'postgres', 'SELECT path FROM anthology.changed_files()'), join("\n", @changed), 'and they are still to be exported');

# The first is renamed, the second is half written where it stands, the third waits beside its place; somebody has edited another since.
crash();
my ($first, $second, $third) = @changed;
my ($old, $new) = (slurp("$temp/before/$second"), slurp("$data/$second"));
spew("$data/$second", substr($new, 0, 200) . substr($old, 200) . (length $new > length $old ? substr $new, length $old : ''));
rename "$data/$third", "$data/" . $third =~ s{([^/]+)$}{.$1.anthology}r;
system("cp -p $temp/before/$third $data/$third");
$node->start;
sql($node, 'postgres', "SELECT count(*) FROM anthology.load_directory('$data')");
is(differences('before'), '', 'what a crash left half done is put back by the next load');

crash();
spew("$data/$first", slurp("$data/$first") . "<!-- theirs -->\n");
$node->start;
my ($code, $out, $err) = $node->psql('postgres', $export);
like($err, qr/file "\S+\Q$first\E" was changed after an export that did not commit, and stays so/, 'a file that somebody has changed since stays');
like($err, qr/the folder does not hold what was loaded or exported last/, 'and is not overwritten');
is(differences('before'), "Files before/$first and data/$first differ\n", 'the others are as they were');
system("cp -p $temp/before/$first $data/$first");

# Killed after the commit, before the journal was taken away.
unlink "$temp/flag";
spew("$temp/script", "BEGIN;\n$export;\n\\! cp -r $journals $temp/journals\nCOMMIT;\n");
waitpid psql_job($node, 'postgres', "$temp/script", "$temp/log"), 0;
my $written = differences('before');
is(scalar(() = $written =~ /differ$/mg), scalar @changed, 'an export commits');
kill_all($node);
system("cp -r $temp/journals/* $journals/");
$node->start;
sql($node, 'postgres', 'SELECT anthology.recover_exports()');
is(differences('before'), $written, 'its files stay, though its journal was left behind');
system("cp -rp $data $temp/after");

# Killed while the journal was written: the content of its last file, and no path or an empty one.
for my $begun ([ '1.old', '1.new' ], ['1.new'], [ '1.old', '1.new', '1.path' ], [])
{
	my $journal = "$journals/0000000000000003-00000000-1";
	mkdir $journal or die "$journal: $!\n";
	spew("$journal/0.$_->[0]", $_->[1]) for [ 'old', slurp("$data/$first") ], [ 'new', 'x' ], [ 'path', "$data/$first" ];
	spew("$journal/$_", $_ =~ /path/ ? '' : 'x') for @$begun;
	sql($node, 'postgres', 'SELECT anthology.recover_exports()');
	is(differences('before'), $written, "a journal that was not finished is removed: @$begun");
}

# A journal that cannot be read whole is kept, for somebody to look at.
{
	my $journal = "$journals/0000000000000003-00000000-1";
	mkdir $_ or die "$_: $!\n" for $journal, "$journal/0.path";
	spew("$journal/0.$_", 'x') for qw(old new);
	my (undef, undef, $said) = $node->psql('postgres', 'SELECT anthology.recover_exports()');
	like($said, qr/could not read file "\S+0\.path"/, 'a path in a journal that cannot be read is said');
	is(slurp("$journal/0.old"), 'x', 'and the journal stays');
	system("rm -r $journal");
}

# Killed at any moment: as before, or complete.
my %seen;
my $seed = $ENV{ANTHOLOGY_SEED_NUMBER} // 20261127;
srand $seed;
note "seed $seed";
for my $i (1 .. 8)
{
	my $undone = sql($node, 'postgres', "SELECT count(*) FROM anthology.changed_files()") == 0;
	$verification = $undone ? sql($node, 'postgres', "SELECT anthology.undo_reassignment($verification)") : $verification;
	my $to = sql($node, 'postgres', "SELECT kind FROM anthology.reassignment ORDER BY id DESC LIMIT 1") eq 'undo'
	  && sql($node, 'postgres', "SELECT verified FROM anthology.person WHERE id = '$person'") eq 'f' ? 'before' : 'after';
	spew("$temp/script", "$export;\n");
	my $job = psql_job($node, 'postgres', "$temp/script", "$temp/log");
	sleep rand 0.25;
	kill_all($node);
	waitpid $job, 0;
	$node->start;
	sql($node, 'postgres', 'SELECT anthology.recover_exports()');
	my $left = sql($node, 'postgres', 'SELECT count(*) FROM anthology.changed_files()');
	my $from = $to eq 'before' ? 'after' : 'before';
	is(differences($left ? $from : $to), '', "killed, $i: the folder is " . ($left ? 'as before' : 'complete'));
	$seen{$left ? 'before' : 'complete'}++;
}
note join ', ', map { "$_: $seen{$_}" } sort keys %seen;
is(sql($node, 'postgres', $export) =~ /^\d+$/, 1, 'an export finishes');
is(sql($node, 'postgres', 'SELECT count(*) FROM anthology.changed_files()'), 0, 'and nothing is left to export');
done_testing();
