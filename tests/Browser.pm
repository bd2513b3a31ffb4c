# A headless Chromium, driven over the WebDriver protocol: just what the tests of
# the HTML pages need, with core Perl only.
package Browser;
use strict;
use warnings;
use File::Temp qw(tempdir);
use HTTP::Tiny;
use IO::Socket::INET;
use JSON::PP;
use MIME::Base64 qw(decode_base64);

my $json = JSON::PP->new->utf8->canonical->allow_nonref;

# Why there can be no browser here, or the empty string.
sub missing
{
	for my $program ('chromium', 'chromedriver')
	{
		return "no $program: install chromium and chromium-driver"
		  unless grep { -x "$_/$program" } split /:/, "$ENV{PATH}:/usr/bin";
	}
	return '';
}

sub new
{
	my ($class, %option) = @_;
	my $self = bless { http => HTTP::Tiny->new(proxy => undef, http_proxy => undef, timeout => 60) }, $class;
	my $folder = $self->{folder} = tempdir(CLEANUP => 1);
	my $probe = IO::Socket::INET->new(Listen => 1, LocalAddr => '127.0.0.1', LocalPort => 0) or die "no port: $!";
	my $port = $probe->sockport;
	close $probe;

	local $ENV{PATH} = "$ENV{PATH}:/usr/bin";
	local @ENV{qw(HOME XDG_CONFIG_HOME XDG_CACHE_HOME TMPDIR)} = ($folder) x 4;
	$self->{pid} = fork // die "fork: $!";
	if (!$self->{pid})
	{
		setpgrp;
		open STDIN, '<', '/dev/null';
		open STDOUT, '>', "$folder/log";
		open STDERR, '>&', \*STDOUT;
		exec 'chromedriver', "--port=$port";
		exit 127;
	}
	$self->{address} = "http://127.0.0.1:$port";
	for (1 .. 200)
	{
		last if $self->{http}->get("$self->{address}/status")->{success};
		select undef, undef, undef, 0.05;
	}
	my $session = $self->call(POST => '/session', { capabilities => { alwaysMatch => {
		browserName => 'chrome',
		'goog:loggingPrefs' => { performance => 'ALL', browser => 'ALL' },
		'goog:chromeOptions' => {
			binary => (grep { -x } map { "$_/chromium" } split /:/, $ENV{PATH})[0],
			args => [qw(--headless --no-sandbox --disable-gpu --disable-quic --no-first-run
				--disable-background-networking --disable-component-update --disable-sync
				--disable-dev-shm-usage --hide-scrollbars), "--user-data-dir=$folder/profile", @{ $option{args} || [] }],
			prefs => { 'download.default_directory' => "$folder/saved", 'download.prompt_for_download' => JSON::PP::false },
		} } } });
	$self->{session} = "/session/$session->{sessionId}";
	return $self;
}

# A command of the protocol; its value, or death with the driver's words.
sub call
{
	my ($self, $method, $path, $body) = @_;
	my $answer = $self->{http}->request($method, "$self->{address}$path",
		{ headers => { 'Content-Type' => 'application/json' }, $method eq 'POST' ? (content => $json->encode($body || {})) : () });
	die "$path: $answer->{content}" unless $answer->{success};
	return $json->decode($answer->{content})->{value};
}

sub command
{
	my ($self, $path, $body) = @_;
	return $self->call(POST => "$self->{session}$path", $body);
}

sub devtools
{
	my ($self, $command, %arguments) = @_;
	return $self->command('/goog/cdp/execute', { cmd => $command, params => \%arguments });
}

sub open_file
{
	my ($self, $file) = @_;
	$self->command('/url', { url => "file://$file" });
}

# The value of a function body, which gets the arguments as arguments[0] ...
sub run
{
	my ($self, $script, @arguments) = @_;
	return $self->command('/execute/sync', { script => $script, args => \@arguments });
}

# A window of this size in CSS pixels; the system's colours; and nothing on its way.
sub resize
{
	my ($self, $width, $height, $scheme) = @_;
	$self->devtools('Emulation.setDeviceMetricsOverride', width => $width + 0, height => $height + 0,
		deviceScaleFactor => 1, mobile => $width < 600 ? JSON::PP::true : JSON::PP::false);
	$self->devtools('Emulation.setEmulatedMedia', features => [{ name => 'prefers-color-scheme', value => $scheme || 'light' },
		{ name => 'prefers-reduced-motion', value => 'reduce' }]);
}

my %key = (tab => "\x{E004}", space => ' ', enter => "\x{E007}", escape => "\x{E00C}", down => "\x{E015}", shift => "\x{E008}");

# Keys by their names, a text as ['...'], and a held shift as 'shift+tab'.
sub press
{
	my ($self, @keys) = @_;
	my @actions;
	for my $pressed (@keys)
	{
		my ($held, $name) = !ref $pressed && $pressed =~ /^shift\+(.*)/ ? (1, $1) : (0, $pressed);
		push @actions, { type => 'keyDown', value => $key{shift} } if $held;
		push @actions, map { { type => 'keyDown', value => $_ }, { type => 'keyUp', value => $_ } }
		  ref $name ? split //, $name->[0] : $key{$name};
		push @actions, { type => 'keyUp', value => $key{shift} } if $held;
	}
	$self->command('/actions', { actions => [{ type => 'key', id => 'keyboard', actions => \@actions }] });
}

# Tabs to the first element that a selector names; whether it was reached.
sub tab_to
{
	my ($self, $selector, $most) = @_;
	for (0 .. $most || 400)
	{
		return 1 if $self->run('return document.activeElement.matches(arguments[0])', $selector);
		$self->press('tab');
	}
	return 0;
}

sub screenshot
{
	my ($self, $file) = @_;
	my $image = $self->call(GET => "$self->{session}/screenshot");
	open my $out, '>:raw', $file or die "$file: $!";
	print $out decode_base64($image);
	close $out;
}

# Everything that was asked of any address since the last time.
sub requests
{
	my ($self) = @_;
	return map { $_->{params}{request}{url} }
	  grep { $_->{method} eq 'Network.requestWillBeSent' }
	  map { $json->decode($_->{message})->{message} } @{ $self->command('/se/log', { type => 'performance' }) };
}

# What the browser complained of since the last time.
sub complaints
{
	my ($self) = @_;
	return map { $_->{message} } @{ $self->command('/se/log', { type => 'browser' }) };
}

sub DESTROY
{
	my ($self) = @_;
	local ($?, $@);
	return unless $self->{pid};
	eval { $self->call(DELETE => $self->{session}) } if $self->{session};
	kill TERM => -$self->{pid};
	waitpid $self->{pid}, 0;
}

1;
