#!/usr/bin/perl
# META.json follows the rules of the PGXN Meta Spec 1.0.0 (https://pgxn.org/spec/).
# Every file that names the version names the same one. Broken copies of META.json
# are refused.
use strict;
use warnings;
use JSON::PP;
use Test::More;

my $version = qr/^(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*)){2}(?:-[A-Za-z0-9-]+)?$/;
my %license = map { $_ => 1 } qw(agpl_3 apache_1_1 apache_2_0 artistic_1 artistic_2 bsd freebsd
  gfdl_1_2 gfdl_1_3 gpl_1 gpl_2 gpl_3 lgpl_2_1 lgpl_3_0 mit mozilla_1_0 mozilla_1_1 openssl perl_5
  postgresql qpl_1_0 ssleay sun zlib open_source restricted unrestricted unknown);
my @required = qw(name version abstract maintainer license provides meta-spec);
my %known = map { $_ => 1 } @required, qw(description generated_by no_index prereqs release_status resources tags);
my %phase = map { $_ => 1 } qw(configure build test runtime develop);
my %relation = map { $_ => 1 } qw(requires recommends suggests conflicts);

sub is_text { return defined $_[0] && !ref $_[0] && $_[0] =~ /\S/; }
sub is_term { return is_text($_[0]) && length $_[0] >= 2 && $_[0] !~ m{[[:cntrl:][:space:]/\\]}; }
sub is_list_of { my ($test, $value) = @_; return !grep { !$test->($_) } ref $value eq 'ARRAY' ? (@$value ? @$value : undef) : $value; }

# The rules that a META.json breaks, one string each.
sub problems
{
	my ($meta) = @_;
	my @problems = map { "no $_" } grep { !defined $meta->{$_} } @required;
	return @problems if @problems;

	push @problems, map { "unknown key $_" } grep { !$known{$_} && !/^x_/i } sort keys %$meta;
	push @problems, 'name' if !is_term($meta->{name});
	push @problems, 'version' if $meta->{version} !~ $version;
	push @problems, 'abstract' if !is_text($meta->{abstract});
	push @problems, 'description' if exists $meta->{description} && !is_text($meta->{description});
	push @problems, 'maintainer' if !is_list_of(\&is_text, $meta->{maintainer});
	# Another license is an object of its name and address.
	push @problems, 'license' if ref $meta->{license} eq 'HASH' ? grep { !m{^https?://} } values %{ $meta->{license} }
		: !is_list_of(sub { $license{ $_[0] // '' } }, $meta->{license});
	push @problems, 'meta-spec' if ($meta->{'meta-spec'}{version} // '') ne '1.0.0';
	push @problems, 'release_status' if exists $meta->{release_status} && $meta->{release_status} !~ /^(?:stable|testing|unstable)$/;
	push @problems, 'tags' if exists $meta->{tags}
		&& !is_list_of(sub { is_text($_[0]) && length $_[0] <= 255 && $_[0] !~ m{[[:cntrl:]/\\]} }, $meta->{tags});

	push @problems, 'provides' if !%{ $meta->{provides} };
	for my $name (sort keys %{ $meta->{provides} })
	{
		my $extension = $meta->{provides}{$name};
		push @problems, "provides $name" if !is_term($name);
		push @problems, "version of $name" if ($extension->{version} // '') !~ $version;
		push @problems, "$_ of $name" for grep { !is_text($extension->{$_}) || !-f $extension->{$_} }
			'file', exists $extension->{docfile} ? 'docfile' : ();
	}
	for my $phase (sort keys %{ $meta->{prereqs} // {} })
	{
		push @problems, "phase $phase" if !$phase{$phase} && $phase !~ /^x_/i;
		for my $relation (sort keys %{ $meta->{prereqs}{$phase} })
		{
			push @problems, "relation $relation" if !$relation{$relation} && $relation !~ /^x_/i;
			my $needed = $meta->{prereqs}{$phase}{$relation};
			push @problems, map { "$relation $_" } grep { !is_term($_) || $needed->{$_} ne '0' && $needed->{$_} !~ $version } sort keys %$needed;
		}
	}
	return @problems;
}

sub slurp
{
	my ($path) = @_;
	open my $in, '<', $path or die "$path: $!\n";
	local $/;
	return scalar <$in>;
}

my $text = slurp('META.json');
is(join('; ', problems(decode_json($text))), '', 'META.json follows the rules');
my ($default) = slurp('anthology.control') =~ /^default_version *= *'(.*)'/m;
my $meta = decode_json($text);
is($meta->{version}, "$default.0", 'its version is the one in the control file');
is($meta->{provides}{anthology}{version}, "$default.0", 'and the version that it provides');
like(slurp('extension/debian/changelog'), qr/^anthology \(\Q$default\E-/, "the package's version, too");
like(slurp('CHANGELOG.md'), qr/^## \[(?:Unreleased|\Q$default\E)\]/m, "and the changelog's");

# Each change breaks one rule.
my @broken = (
	[ 'no license', sub { delete $_[0]{license} } ],
	[ 'version', sub { $_[0]{version} = '1.2' } ],
	[ 'name', sub { $_[0]{name} = 'a b' } ],
	[ 'license', sub { $_[0]{license} = 'PostgreSQL' } ],
	[ 'license', sub { $_[0]{license} = [] } ],
	[ 'maintainer', sub { $_[0]{maintainer} = [''] } ],
	[ 'unknown key homepage', sub { $_[0]{homepage} = 'x' } ],
	[ 'meta-spec', sub { $_[0]{'meta-spec'} = {} } ],
	[ 'release_status', sub { $_[0]{release_status} = 'beta' } ],
	[ 'tags', sub { $_[0]{tags} = ['a/b'] } ],
	[ 'file of anthology', sub { $_[0]{provides}{anthology}{file} = 'anthology.sql' } ],
	[ 'version of anthology', sub { delete $_[0]{provides}{anthology}{version} } ],
	[ 'phase run', sub { $_[0]{prereqs}{run} = {} } ],
	[ 'requires PostgreSQL', sub { $_[0]{prereqs}{runtime}{requires}{PostgreSQL} = '15' } ]);
for (@broken)
{
	my ($problem, $break) = @$_;
	my $copy = decode_json($text);
	$break->($copy);
	is(join('; ', problems($copy)), $problem, "refused: $problem");
}
done_testing();
