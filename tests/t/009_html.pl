# The HTML pages in a browser: the dialog by keyboard alone, its JSON back into the
# database, hostile text, a phone's width, both colour schemes.
# ANTHOLOGY_SCREENSHOTS=folder keeps pictures to look at.
use strict;
use warnings;
use utf8;
use lib 'tests';
use Browser;
use File::Temp qw(tempdir);
use JSON::PP;
use Test::More;

my $missing = Browser::missing();
plan skip_all => $missing if $missing;
my $browser = eval { Browser->new } or plan skip_all => "Chromium does not start: $@";

my $folder = tempdir(CLEANUP => 1);
$ENV{PGOPTIONS} = '-c client_min_messages=warning';
binmode $_, ':utf8' for Test::More->builder->output, Test::More->builder->failure_output;
my $json = JSON::PP->new->canonical;

# The result of statements that find the values as psql variables.
sub psql
{
	my ($statement, %value) = @_;
	my ($script, $result) = ("$folder/script", '');
	open my $out, '>:utf8', $script or die;
	print $out "$statement\n";
	close $out;
	my @variables = map { my $v = "$_=$value{$_}"; utf8::encode($v); ('-v', $v) } keys %value;
	open my $in, '-|:utf8', 'psql', '-XqAt', '-v', 'ON_ERROR_STOP=1', '-d', 'anthology_html', @variables, '-f', $script or die;
	local $/;
	$result = <$in> // '';
	close $in;
	is($?, 0, substr($statement, 0, 70));
	$result =~ s/\n\z//;
	return $result;
}

sub look
{
	my ($name) = @_;
	$browser->screenshot("$ENV{ANTHOLOGY_SCREENSHOTS}/$name.png") if $ENV{ANTHOLOGY_SCREENSHOTS};
}

# Writes what a query gives to a file and opens it; it must load nothing else.
sub visit
{
	my ($name, $query, %value) = @_;
	my $page = psql($query, %value);
	open my $out, '>:utf8', "$folder/$name.html" or die;
	print $out $page;
	close $out;
	$browser->command('/url', { url => 'about:blank' });
	$browser->requests;
	$browser->complaints;
	$browser->open_file("$folder/$name.html");
	return $page;
}

sub loads_nothing
{
	my ($name) = @_;
	is_deeply([grep { !/^(?:about|blob):/ } $browser->requests], ["file://$folder/$name.html"], "$name loads nothing but itself");
	is_deeply([$browser->complaints], [], 'and the browser has nothing to complain of');
}

# What sticks out of a phone's screen, by its tag and class.
my $overflow = q{
	const width = document.documentElement.clientWidth;
	const dialog = document.querySelector('dialog[open]');
	if (dialog && dialog.scrollHeight > dialog.clientHeight) return ['the dialog scrolls within itself'];
	return [...document.querySelectorAll('body *')].filter(e => e.checkVisibility() && !e.closest('.skip') &&
			!e.closest('thead') && e.getBoundingClientRect().right > width + 0.5)
		.map(e => e.tagName + '.' + e.className).concat(document.documentElement.scrollWidth > width ? ['page'] : []);
};
# Text whose contrast to what is behind it is below WCAG's AA.
my $pale = q{
	const read = text => { const n = text.match(/[\d.]+/g).map(Number); return n.length < 4 ? [...n, 1] : n; };
	const light = c => { const l = c.slice(0, 3).map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
		return 0.2126 * l[0] + 0.7152 * l[1] + 0.0722 * l[2]; };
	const behind = e => { for (; e; e = e.parentElement) { const c = read(getComputedStyle(e).backgroundColor); if (c[3] === 1) return c; } return [255, 255, 255, 1]; };
	return [...document.querySelectorAll('body *')].filter(e => e.checkVisibility() && !e.matches(':disabled') &&
			[...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
		.map(e => { const a = light(read(getComputedStyle(e).color)), b = light(behind(e)); return [(Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), e]; })
		.filter(([ratio]) => ratio < 4.5).map(([ratio, e]) => ratio.toFixed(2) + ' ' + e.tagName + '.' + e.className);
};
# Controls without a name, ids given twice, and links within the page that lead nowhere.
my $nameless = q{
	const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
	return [...document.querySelectorAll('input, select, textarea, button')]
		.filter(e => !(e.matches('button') ? e.textContent.trim() : [...e.labels].some(l => l.textContent.trim()))).map(e => e.outerHTML)
		.concat(ids.filter((id, i) => ids.indexOf(id) !== i))
		.concat([...document.querySelectorAll('a[href^="#"]')].map(a => a.hash.slice(1)).filter(id => !document.getElementById(id)))
		.concat([...document.querySelectorAll('[aria-labelledby], [aria-describedby]')]
			.map(e => e.getAttribute('aria-labelledby') || e.getAttribute('aria-describedby')).filter(id => !document.getElementById(id)));
};

sub looks_right
{
	my ($name) = @_;
	for my $scheme ('light', 'dark')
	{
		for my $width (360, 800, 1280)
		{
			$browser->resize($width, $width < 600 ? 780 : 900, $scheme);
			is_deeply($browser->run($overflow), [], "$name: nothing sticks out at $width px, $scheme");
			look("$name-$width-$scheme");
		}
		is_deeply($browser->run($pale), [], "$name: contrast, $scheme");
	}
	is_deeply($browser->run($nameless), [], "$name: every control has a name, every id is one, every link leads somewhere");
	$browser->resize(1280, 900);
}

system('dropdb --if-exists anthology_html 2>/dev/null; createdb -T template0 -E UTF8 -l C anthology_html') == 0 or die;
psql('CREATE EXTENSION anthology; SELECT anthology.create_tables(); SELECT count(*) FROM anthology.load_directory(:\'sample\')',
	sample => $ENV{ANTHOLOGY_SAMPLE});

# The picture in the README.
if ($ENV{ANTHOLOGY_SCREENSHOTS})
{
	visit('readme', "SELECT anthology.person_page_html('anna-kovacs/unverified')");
	$browser->resize(1100, 760);
	$browser->run('document.getElementById("open").click(); document.querySelector(".parts button[data-part=\"2\"]").click();
		document.getElementById("new").click();');
	look('readme-dialog');
	$browser->resize(1280, 900);
}

# Papers of Hanna Kovács whose every text tries to get out of its place.
my @hostile = ('</script><img src=x onerror="window.pwned=1">', q{" autofocus onfocus="window.pwned=2" x="}, q{' onmouseover='window.pwned=3},
	'<svg onload=window.pwned=4>', "line\x{2028}separator\x{2029} \x{202E}txt.exe \x{2067}isolated", '<!-- <dialog> --> ]]> {{7*7}} ${7*7} `x`',
	'A' x 300, 'javascript:window.pwned=5');
my $xml = '<collection id="2022.bad"><volume id="1"><meta><booktitle>B</booktitle><year>2022</year><venue>demo</venue></meta>';
for my $i (1 .. @hostile)
{
	my $text = $hostile[$i - 1];
	$text =~ s/&/&amp;/g;
	$text =~ s/</&lt;/g;
	$text =~ s/>/&gt;/g;
	$xml .= qq{<paper id="$i"><title>$text <i>$text</i></title><author><first>Hanna</first><last>Kov\x{E1}cs</last><affiliation>$text</affiliation></author>}
	  . qq{<author><first>$text</first><last>Evil</last></author><abstract>$text <url>$text</url> <url>https://example.org/?$text</url></abstract></paper>};
}
psql('SELECT count(*) FROM anthology.import_collection(:\'xml\')', xml => "$xml</volume></collection>");
psql(q{INSERT INTO anthology.assignment_flag (paper_id, role, "position", credited_name, person_id, score, reason, evidence, suggested_person_id, facts)
	VALUES ('2022.bad-1.1', 'author', 1, 'Hanna', 'hanna-kovacs/unverified', 0.1, :'reason', '[]', 'oskar-weiss', 'f'),
	('2023.demo-speech.1', 'author', 1, 'Anna', 'anna-kovacs/unverified', 0.1, 'no shared co-author', '[]', 'oskar-weiss', 'f')}, reason => $hostile[0]);

# The page.
visit('page', "SELECT anthology.person_page_html('hanna-kovacs/unverified')");
$browser->run('document.querySelectorAll("details").forEach(d => { d.open = true; })');
is($browser->run('return window.pwned === undefined'), JSON::PP::true, 'no text is run');
is_deeply($browser->run('return [...new Set([...document.querySelectorAll("*")].map(e => e.localName))].filter(n => /^(img|iframe|object|link|base|form|use|animate|set|foreignobject)$/i.test(n))'),
	[], 'nor becomes an element');
is_deeply($browser->run('return [...document.querySelectorAll("svg")].filter(e => !e.matches("svg.timeline, .evidence svg")).map(e => e.outerHTML)'),
	[], 'or a drawing but ours');
is_deeply($browser->run('return [...document.querySelectorAll("*")].flatMap(e => [...e.attributes]).map(a => a.name).filter(n => n.startsWith("on") || n === "style")'),
	[], 'or an attribute');
is_deeply($browser->run('return [...document.links].map(a => a.protocol).filter(p => !/^(https?|file):$/.test(p))'), [], 'or an address');
is($browser->run('return document.querySelector(\'input[value="2022.bad-1.1"]\').closest("li").querySelector("bdi").textContent'),
	"$hostile[0] $hostile[0]", 'but is there to read');
is($browser->run('return [...document.querySelectorAll("bdi")].filter(e => /\u202e/.test(e.textContent)).length > 2'), JSON::PP::true, 'marks of direction are isolated');
loads_nothing('page');
looks_right('page');
$browser->run('document.getElementById("open").click()');
looks_right('dialog');

visit('page', "SELECT anthology.person_page_html('anna-kovacs/unverified')");
ok($browser->tab_to('summary'), 'an abstract is reached by keyboard');
is($browser->run('return getComputedStyle(document.activeElement).outlineStyle'), 'solid', 'and seen to be');
$browser->press('enter');
is($browser->run('return document.querySelector("article details").open'), JSON::PP::true, 'and unfolds');
$browser->devtools('Emulation.setEmulatedMedia', media => 'print');
is($browser->run('return document.getElementById("open").checkVisibility()'), JSON::PP::false, 'what is of no use on paper is not printed');
$browser->devtools('Emulation.setEmulatedMedia', media => '', features => [{ name => 'prefers-reduced-motion', value => 'no-preference' }]);
my $duration = 'return getComputedStyle(document.getElementById("open")).transitionDuration';
isnt($browser->run($duration), '0s', 'colours change gently');
$browser->resize(1280, 900);
is($browser->run($duration), '0s', 'but not for those who wish that nothing moves');

# The dialog, by keyboard alone: from the top of the page to a new author.
visit('page', "SELECT anthology.person_page_html('anna-kovacs/unverified')");
ok($browser->tab_to('#open'), 'the dialog is reached');
$browser->press('enter');
is($browser->run('return document.getElementById("fix").open'), JSON::PP::true, 'and opens');
is($browser->run('return document.activeElement.id'), 'step-1', 'and the focus is where work begins');
is_deeply($browser->run('return [document.getElementById("state").className, document.getElementById("state").textContent]'),
	['problems todo', 'Select at least one paper.Choose the author.'], 'what is to be done is no warning');
is($browser->run('return document.getElementById("copy").disabled && document.getElementById("request").value === "" &&
	["issue", "raw"].every(id => !document.getElementById(id).checkVisibility())'), JSON::PP::true, 'nothing is handed over yet');
my @chosen = ('2023.demo-speech.1', '2023.demo-speech.2', '2024.demo-speech.1', '2024.demo-speech.2');
my %wanted = map { $_ => 1 } @chosen;
my $picked = 0;
for (1 .. 200)
{
	my $value = $browser->run('return document.activeElement.name === "paper" ? document.activeElement.value : null');
	if ($value && $wanted{$value}) { $browser->press('space'); $picked++; }
	last if $picked == @chosen;
	$browser->press('tab');
}
is($picked, 4, 'papers are ticked');
is($browser->run('return document.getElementById("count").textContent'), '4 of 8 papers selected', 'and counted');
ok($browser->tab_to('input[name=author]'), 'the authors are reached');
$browser->press('space');
for (1 .. 60)
{
	last if $browser->run('return document.activeElement.id === "new"');
	$browser->press('down');
}
is($browser->run('return document.getElementById("new").checked'), JSON::PP::true, 'a new author is chosen');
like($browser->run('return document.getElementById("state").textContent'), qr/needs an ORCID or an institution/, 'who needs an ORCID or an institution');
$browser->press('tab');
$browser->press(['0000-0002-1825-0098']);
like($browser->run('return document.getElementById("state").textContent'), qr/not a valid ORCID/, 'and no wrong ORCID');
is($browser->run('return document.getElementById("state").className'), 'problems', 'that is a warning');
is($browser->run('const e = document.getElementById("orcid"); const w = e.getAttribute("aria-invalid"); e.value = ""; return w'), 'true', 'which is marked');
$browser->press('tab');
$browser->press(['Budapest "Tech" </script>']);
ok($browser->tab_to('#comment'), 'the comment is reached');
$browser->press(['see the <b>PDF</b>']);
my $request = $browser->run('return document.getElementById("request").value');
is_deeply($json->decode($request), { papers => \@chosen, from => 'anna-kovacs/unverified', institution => 'Budapest "Tech" </script>', note => 'see the <b>PDF</b>' },
	'the request says all this');
is($browser->run('return document.getElementById("request").checkVisibility()'), JSON::PP::false, 'its JSON is folded away');
look('dialog-filled');

$browser->devtools('Browser.setDownloadBehavior', behavior => 'allow', downloadPath => $folder);
ok($browser->tab_to('#save'), 'saving is reached');
$browser->press('enter');
my $saved = "$folder/assignment-anna-kovacs-unverified.json";
for (1 .. 100) { last if -s $saved; select undef, undef, undef, 0.05; }
ok(-s $saved, 'a file is saved') or diag(join ' ', glob "$folder/*");
open my $in, '<:utf8', $saved or die;
is(join('', <$in>), "$request\n", 'with the request');
$browser->run('document.getElementById("copy").focus()');
$browser->press('enter');
select undef, undef, undef, 0.2;
like($browser->run('return document.getElementById("done").textContent'), qr/^Copied/, 'it is copied');
$browser->press('escape');
is($browser->run('return document.getElementById("fix").open + document.activeElement.id'), 'falseopen', 'Escape closes the dialog and goes back to its button');
$browser->press('enter');
is($browser->run('return document.getElementById("request").value'), $request, 'opened again, nothing is lost');
loads_nothing('page');

# What the database makes of it.
is(psql("SELECT step, repeated FROM anthology.request_to_proposal(:'request')", request => $request), 'split|f', 'it is a proposal');
is(psql('SELECT paper_ids, from_person_id, to_person_id FROM anthology.reassignment'),
	'{' . join(',', @chosen) . '}|anna-kovacs/unverified|anna-kovacs', 'of exactly these papers');
is(psql("SELECT string_agg(paper_id, ' ' ORDER BY paper_id) FROM anthology.preview_reassignment(1) WHERE cause = 'selected'"), "@chosen", 'that moves them');
is(psql("SELECT step, repeated FROM anthology.request_to_proposal(:'request')", request => $request), 'split|t', 'and the same again is the same');

# The issue form, filled in as the database does it.
my $fields = q{
	const form = new URL(arguments[0] || document.getElementById('issue').href);
	return [form.origin + form.pathname, Object.fromEntries(form.searchParams)];
};
my $issue = $browser->run($fields, '');
my $expected = $browser->run($fields, psql('SELECT address FROM anthology.correction_issue_form(1)'));
my $besides = qr/\d+ names? move besides[^\n]*\n\n/;
$expected->[1]{name_change_description} =~ s/$besides//;
is_deeply($issue, $expected, 'a link opens the issue form as correction_issue_form() fills it in');
is(psql(q{SELECT string_agg(p, ' ' ORDER BY p COLLATE "C") FROM jsonb_array_elements_text(anthology.issue_to_request(:'title', :'body') -> 'papers') AS p},
	title => $issue->[1]{title}, body => "### Author Pages in the Anthology\n\n$issue->[1]{name_pages_affected}\n\n"
	  . "### Institution of highest (anticipated) degree\n\n$issue->[1]{author_highest_degree_institution}\n\n"
	  . "### Type of Author Metadata Correction\n\n- [x] Split/disambiguate: The author page includes papers from two or more different people.\n\n"
	  . "### Supporting Information\n\n$issue->[1]{name_change_description}\n"), "@chosen", 'and reads back as the same papers');

# Groups: buttons, timeline, probability.
is(psql("SELECT round(100 * max(mixed)) FROM anthology.page_parts('anna-kovacs/unverified')") . ' %',
	$browser->run('return /probability (\\d+ %)/.exec(document.getElementById("parts-hint").textContent)[1]'), 'the dialog says how likely the page is mixed');
is_deeply($browser->run('return [...document.querySelectorAll(".timeline g.part")].map(g => g.querySelectorAll("circle").length)'),
	[split /\n/, psql("SELECT papers FROM anthology.page_parts('anna-kovacs/unverified') WHERE papers > 1 ORDER BY part")],
	'the timeline has a row a group, and a dot a paper');
is_deeply($browser->run('return [...document.querySelectorAll(".parts button:not([data-part=flag])")].map(b => /one author: (.*? %)/.exec(b.textContent)[1])'),
	[map { "$_ %" } split /\n/, psql("SELECT CASE WHEN confidence >= 0.995 THEN '> 99' ELSE round(100 * confidence::numeric)::text END FROM anthology.page_parts('anna-kovacs/unverified') WHERE papers > 1 ORDER BY part")],
	'each group has its probability');

# The abstract, on demand.
$browser->run('document.querySelector("details.look summary").click()');
select undef, undef, undef, 0.2;
is($browser->run('const e = document.querySelector("details.look"); return e.querySelector("p[dir=auto]").textContent ===
	document.getElementById("paper-" + e.dataset.paper).querySelector("details p").textContent'), JSON::PP::true, 'an abstract unfolds in the dialog');

# Quick-selects, the filter, the order.
my $groups = $browser->run(q{
	document.getElementById('none').click();
	const boxes = [...document.querySelectorAll('input[name=paper]')], buttons = [...document.querySelectorAll('button[data-part]')];
	return buttons.map(button => {
		button.click();
		const on = boxes.filter(b => b.checked).map(b => b.value), pressed = button.getAttribute('aria-pressed');
		const one = boxes.find(b => b.checked);
		one.click();
		const mixed = button.getAttribute('aria-pressed');
		document.getElementById('none').click();
		return [button.dataset.part, pressed, on.length > 1 ? mixed : 'mixed', button.getAttribute('aria-pressed'), on.sort().join(' ')];
	});
});
my %part = map { split /\|/, $_, 2 } split /\n/,
  psql("SELECT part, (SELECT string_agg(p, ' ' ORDER BY p COLLATE \"C\") FROM unnest(paper_ids) AS p) FROM anthology.page_parts('anna-kovacs/unverified') WHERE papers > 1");
is_deeply({ map { $_->[0] => $_->[4] } @$groups }, { %part, flag => '2023.demo-speech.1' }, 'each part of page_parts(), and what is flagged, is selected by its button');
is_deeply([grep { "@$_[1 .. 3]" ne 'true mixed false' } @$groups], [], 'and the buttons say so');
$browser->run('document.getElementById("filter").focus()');
$browser->press(['speech demo']);
my $shown = $browser->run('return [...document.querySelectorAll("#pick li")].filter(e => e.checkVisibility()).map(e => e.textContent)');
ok(@$shown > 0 && @$shown < 8 && !(grep { !/speech/i || !/demo/i } @$shown), 'the filter leaves what has the words');
$browser->run('document.getElementById("every").click()');
is($browser->run('return document.getElementById("count").textContent'), @$shown . ' of 8 papers selected', 'and what is shown can be selected');
$browser->run(q{const order = document.getElementById('order'); order.value = 'part'; order.dispatchEvent(new Event('change', { bubbles: true }));
	const filter = document.getElementById('filter'); filter.value = ''; filter.dispatchEvent(new Event('input', { bubbles: true }));});
my $order = $browser->run('return [...document.querySelectorAll("#pick input")].map(b => b.dataset.part)');
my (%seen, $last);
cmp_ok(scalar(keys %part), '>', 1, 'there are several groups');
is(scalar(grep { my $again = ($last // '') ne $_ && $seen{$_}++; $last = $_; $again } @$order), 0, 'by group, every group is together');
looks_right('groups');

# The check of an ORCID is the database's own.
my @orcids = ('0000-0002-1825-0097', '0000-0002-1694-233X', '0000-0002-1694-233x', '0000000218250097', 'https://orcid.org/0000-0002-1825-0097', '0000-0002-1825', 'x');
srand 9;
push @orcids, sprintf('%04d-%04d-%04d-%03d%s', (map { int rand 10000 } 1 .. 3), int rand 1000, (0 .. 9, 'X')[rand 11]) for 1 .. 60;
my $valid = $browser->run(q{
	const orcid = document.getElementById('orcid');
	return arguments[0].map(value => { document.getElementById('new').checked = true; orcid.value = value;
		orcid.dispatchEvent(new Event('input', { bubbles: true })); return orcid.getAttribute('aria-invalid') === 'false'; });
}, \@orcids);
is(join(' ', map { $_ ? 't' : 'f' } @$valid), psql("SELECT string_agg((anthology.orcid_normalize(o) IS NOT NULL)::text, ' ' ORDER BY n) FROM
	unnest(string_to_array(:'orcids', ' ')) WITH ORDINALITY AS x(o, n)", orcids => "@orcids") =~ s/true/t/gr =~ s/false/f/gr, 'ORCIDs are checked as orcid_normalize() does');

# A move to a known author, and to whom an ORCID tells; a name that is taken.
visit('mei', "SELECT anthology.person_page_html('mei-lin')");
like($browser->run('return document.querySelector("#fix .hint").textContent'), qr/most likely one person's/, 'a page of one person is said to be that');
is($browser->run('return document.querySelectorAll("#pick .part").length'), 0, 'and not parted');
is_deeply([$browser->run('return [...document.querySelectorAll("#who input")].map(e => e.value)')->[0],
	$browser->run('return document.querySelector("#who .fits").textContent')],
	['mei-lin-edinburgh', 'author of 2024.demo-long.3: ' . psql("SELECT CASE WHEN assignment_score >= 0.995 THEN '> 99' ELSE round(100 * assignment_score::numeric)::text END FROM anthology.assignment_score('2024.demo-long.3', 'mei-lin-edinburgh')") . ' %'],
	'the best other person comes first, with the score');
is($browser->run('document.querySelector("#pick details:not(.look) summary").parentElement.open = true;
	const sum = rows => rows.map(e => Number(e.lastElementChild.textContent.replace("\u2212", "-"))).reduce((a, b) => a + b, 0);
	return [...document.querySelectorAll(".evidence")].filter(e => Math.abs(sum([...e.querySelectorAll("li:not(.sum)")])
		- sum([...e.querySelectorAll(".sum")])) > 0.05 * e.children.length).length'), 0, 'the bars of its evidence add up');
$browser->run('document.getElementById("open").click(); document.querySelector("input[value=\"2024.demo-long.3\"]").click()');
is($browser->run('return document.querySelector("#who .best input").value'), 'mei-lin-edinburgh', 'who fits the selected paper is marked');
looks_right('doubts');
$browser->run('document.querySelector("input[value=\"2024.demo-long.3\"]").click(); document.getElementById("close").click()');
my $fill = q{
	const at = id => document.getElementById(id);
	at('open').click();
	document.querySelector('input[value="2024.demo-long.3"]').click();
	document.querySelector(arguments[0]).click();
	for (const [id, value] of Object.entries(arguments[1])) { at(id).value = value; at(id).dispatchEvent(new Event('input', { bubbles: true })); }
	const result = at('request').value || at('state').textContent;
	document.querySelector('input[value="2024.demo-long.3"]').click();
	at('fix').close();
	return result;
};
$request = $browser->run($fill, 'input[value=mei-lin-edinburgh]', {});
is_deeply($json->decode($request), { papers => ['2024.demo-long.3'], from => 'mei-lin', to => 'mei-lin-edinburgh' }, 'a known author is chosen');
my $id = psql("SELECT reassignment_id FROM anthology.request_to_proposal(:'request')", request => $request);
is(psql('SELECT paper_ids, to_person_id FROM anthology.reassignment WHERE id = :id', id => $id), '{2024.demo-long.3}|mei-lin-edinburgh', 'and proposed');
$request = $browser->run($fill, '#other', { 'other-id' => 'https://orcid.org/0000-0002-1825-0097' });
psql("SELECT count(*) FROM anthology.request_to_proposal(:'request')", request => $request);
is(psql('SELECT to_person_id FROM anthology.reassignment ORDER BY id DESC LIMIT 1'), 'tomas-dvorak', 'an ORCID means who has it');
like($browser->run($fill, '#other', { 'other-id' => 'mei-lin' }), qr/on this author\x{2019}s page already/, 'the page itself is refused');
like($browser->run($fill, '#new', { institution => 'Oslo' }), qr/^The id mei-lin is taken/, 'a taken name asks for a word for the id');
$request = $browser->run($fill, '#new', { institution => 'Oslo', suffix => 'oslo' });
psql("SELECT count(*) FROM anthology.request_to_proposal(:'request')", request => $request);
is(psql('SELECT to_person_id FROM anthology.reassignment ORDER BY id DESC LIMIT 1'), 'mei-lin-oslo', 'and gets it');

# Previews: of the move, and of the person made, which moves other papers too.
visit('preview', 'SELECT anthology.preview_html(:id)', id => $id);
is($browser->run('return window.pwned === undefined'), JSON::PP::true, 'the preview runs no text either');
like($browser->run('return document.querySelector("[role=note]").textContent'), qr/internal, incomplete preview and not an official publication/, 'and says what it is not');
unlike($browser->run('return document.querySelector(".top").textContent'), qr/\[request/, 'nor how a request is known again');
is_deeply($browser->run('return [...document.querySelectorAll(".sheet h2 code")].map(e => e.textContent)'), ['mei-lin', 'mei-lin-edinburgh'], 'both pages are there');
is_deeply($browser->run('return [...document.querySelectorAll(".side")].map(s => s.querySelectorAll("li").length)'),
	[map { psql("SELECT count(*) $_") } "FROM anthology.person_page('mei-lin')", "- 1 FROM anthology.person_page('mei-lin')",
	"FROM anthology.person_page('mei-lin-edinburgh')", "+ 1 FROM anthology.person_page('mei-lin-edinburgh')"], 'before and after, with all their papers');
is_deeply([map { s/ (?:before|after)//gr } @{ $browser->run('return [...document.querySelectorAll(".scores")].map(e => e.textContent)') }],
	[(psql('SELECT \'probability \' || string_agg(CASE WHEN s < 0.005 THEN \'< 1\' WHEN s >= 0.995 THEN \'> 99\' ELSE round(100 * s::numeric)::text END || \' %\', \', \' ORDER BY n)
		FROM anthology.preview_reassignment(:id) p, unnest(ARRAY[p.before_score, p.after_score]) WITH ORDINALITY AS x(s, n)', id => $id)) x 2],
	'both sides say how likely it is before and after');
ok($browser->tab_to('.gone a'), 'a moved paper is reached');
$browser->press('enter');
is($browser->run('return document.querySelector(":target").className'), 'came', 'and leads to where it goes');
is($browser->run('document.getElementById("all").focus(); return document.getElementById("all").checked'), JSON::PP::true, 'few papers are all shown');
$browser->press('space');
is($browser->run('return [...document.querySelectorAll(".side .same")].some(e => e.checkVisibility())'), JSON::PP::false, 'and can be left out');
$browser->press('space');
loads_nothing('preview');
is($browser->run('const [a, b] = [...document.querySelectorAll(".side")].map(s => s.getBoundingClientRect()); return a.top === b.top && a.right < b.left'), JSON::PP::true,
	'they stand side by side');
looks_right('preview');
$browser->resize(360, 780);
is($browser->run('const [a, b] = [...document.querySelectorAll(".side")].map(s => s.getBoundingClientRect()); return a.bottom < b.top'), JSON::PP::true,
	'on a phone one above the other');
visit('effects', 'SELECT anthology.preview_html(1)');
is_deeply($browser->run('return [...document.querySelectorAll(".side")].filter(e => !e.querySelector("li")).length'), 0, 'no card is empty');
is_deeply([sort { $a cmp $b } @{ $browser->run('return [...document.querySelectorAll("#before1, [id^=before]")].filter(e => e.textContent.includes("side effect")).map(e => e.querySelector("code").textContent)') }],
	[split / /, psql("SELECT coalesce(string_agg(paper_id, ' ' ORDER BY paper_id COLLATE \"C\"), '') FROM anthology.preview_reassignment(1) WHERE cause = 'side effect'")],
	'side effects are those of preview_reassignment()');
looks_right('effects');

# Many namesakes: the nearest are shown, and can be filtered by what they are.
psql(q{SELECT count(*) FROM anthology.import_people((SELECT jsonb_object_agg('oskar-weiss-' || i, jsonb_build_object(
	'names', jsonb_build_array(jsonb_build_object('first', 'Oskar', 'last', 'Weiß')), 'degree', 'University ' || i, 'disable_name_matching', true))::text
	FROM generate_series(1, 45) AS i))});
visit('many', "SELECT anthology.person_page_html('oskar-weiss/unverified')");
$browser->run('document.getElementById("open").click()');
is($browser->run('return document.querySelectorAll("#who input").length'), 40, 'of many namesakes the nearest are shown');
like($browser->run('return document.getElementById("who").nextElementSibling.textContent'), qr/^The nearest 40 of (?:4[5-9]|5\d):/, 'which is said');
$browser->run('document.getElementById("who-filter").focus()');
$browser->press(['university 17']);
is_deeply($browser->run('return [...document.querySelectorAll("#who label")].filter(e => e.checkVisibility()).map(e => e.querySelector("input").value)'),
	['oskar-weiss-17'], 'and filtered by affiliation');
looks_right('many');
loads_nothing('many');
undef $browser;
system('dropdb anthology_html');
done_testing();
