/*
 * name_roles.c - the roles of the words of a name.
 *
 * The family name stands before a comma, the given names behind it. If only
 * suffixes stand behind the comma, it is as if there were none. Without a comma
 * the family name is the last full word, the words hyphened to it, and the
 * particles before it. Initials behind the family name ("Arjun Atreya V",
 * "Smith J") are given or middle names. The first other word is the given name,
 * the rest are middle names. A single word is a family name. In Han and Hangul
 * names the family name stands first.
 */
#include "name_reader.h"

#include <unicode/utf8.h>

/* A short word as a number: what a switch can tell apart. */
#define KEY(a, b, c, d, e, f) \
	((uint64_t) (a) | (uint64_t) (b) << 8 | (uint64_t) (c) << 16 | (uint64_t) (d) << 24 | \
	 (uint64_t) (e) << 32 | (uint64_t) (f) << 40)

static inline uint64_t
key_of(const AnthologyNameWord *word)
{
	const char *l = word->text.letters;

	return KEY(l[0], l[1], l[2], l[3], l[4], l[5]);
}

static int
is_particle(const AnthologyNameWord *word)
{
	/* An initial is a letter and a dot, or a capital. */
	if (word->size > 5 || (word->flags & ANTHOLOGY_WORD_DOT) ||
		(word->size == 1 && !(word->flags & ANTHOLOGY_WORD_LOWER)))
		return 0;
	switch (key_of(word))
	{
		case KEY('a', 'f', 0, 0, 0, 0):			/* af */
		case KEY('a', 'l', 0, 0, 0, 0):			/* al */
		case KEY('a', 'u', 's', 0, 0, 0):			/* aus */
		case KEY('a', 'v', 0, 0, 0, 0):			/* av */
		case KEY('b', 'i', 'n', 0, 0, 0):			/* bin */
		case KEY('b', 'i', 'n', 't', 0, 0):			/* bint */
		case KEY('d', 0, 0, 0, 0, 0):			/* d */
		case KEY('d', 'a', 0, 0, 0, 0):			/* da */
		case KEY('d', 'a', 'l', 0, 0, 0):			/* dal */
		case KEY('d', 'a', 'l', 'l', 'a', 0):			/* dalla */
		case KEY('d', 'a', 's', 0, 0, 0):			/* das */
		case KEY('d', 'e', 0, 0, 0, 0):			/* de */
		case KEY('d', 'e', 'g', 'l', 'i', 0):			/* degli */
		case KEY('d', 'e', 'i', 0, 0, 0):			/* dei */
		case KEY('d', 'e', 'l', 0, 0, 0):			/* del */
		case KEY('d', 'e', 'l', 'l', 'a', 0):			/* della */
		case KEY('d', 'e', 'n', 0, 0, 0):			/* den */
		case KEY('d', 'e', 'r', 0, 0, 0):			/* der */
		case KEY('d', 'i', 0, 0, 0, 0):			/* di */
		case KEY('d', 'o', 0, 0, 0, 0):			/* do */
		case KEY('d', 'o', 's', 0, 0, 0):			/* dos */
		case KEY('d', 'u', 0, 0, 0, 0):			/* du */
		case KEY('e', 0, 0, 0, 0, 0):			/* e */
		case KEY('e', 'l', 0, 0, 0, 0):			/* el */
		case KEY('i', 0, 0, 0, 0, 0):			/* i */
		case KEY('i', 'b', 'n', 0, 0, 0):			/* ibn */
		case KEY('l', 'a', 0, 0, 0, 0):			/* la */
		case KEY('l', 'a', 's', 0, 0, 0):			/* las */
		case KEY('l', 'e', 0, 0, 0, 0):			/* le */
		case KEY('l', 'o', 's', 0, 0, 0):			/* los */
		case KEY('n', 'a', 0, 0, 0, 0):			/* na */
		case KEY('o', 'f', 0, 0, 0, 0):			/* of */
		case KEY('o', 'p', 0, 0, 0, 0):			/* op */
		case KEY('s', 'a', 'n', 0, 0, 0):			/* san */
		case KEY('t', 0, 0, 0, 0, 0):			/* t */
		case KEY('t', 'e', 'n', 0, 0, 0):			/* ten */
		case KEY('t', 'e', 'r', 0, 0, 0):			/* ter */
		case KEY('v', 'a', 'n', 0, 0, 0):			/* van */
		case KEY('v', 'o', 'm', 0, 0, 0):			/* vom */
		case KEY('v', 'o', 'n', 0, 0, 0):			/* von */
		case KEY('y', 0, 0, 0, 0, 0):			/* y */
		case KEY('z', 'u', 0, 0, 0, 0):			/* zu */
		case KEY('z', 'u', 'm', 0, 0, 0):			/* zum */
		case KEY('z', 'u', 'r', 0, 0, 0):			/* zur */
			return 1;
		default:
			return 0;
	}
}

int
anthology_name_is_suffix(const AnthologyNameWord *word)
{
	if (word->size < 2 || word->size > 6)
		return 0;
	switch (key_of(word))
	{
		case KEY('2', 'n', 'd', 0, 0, 0):			/* 2nd */
		case KEY('3', 'r', 'd', 0, 0, 0):			/* 3rd */
		case KEY('4', 't', 'h', 0, 0, 0):			/* 4th */
		case KEY('i', 'i', 0, 0, 0, 0):			/* ii */
		case KEY('i', 'i', 'i', 0, 0, 0):			/* iii */
		case KEY('i', 'v', 0, 0, 0, 0):			/* iv */
		case KEY('j', 'n', 'r', 0, 0, 0):			/* jnr */
		case KEY('j', 'r', 0, 0, 0, 0):			/* jr */
		case KEY('j', 'u', 'n', 'i', 'o', 'r'):			/* junior */
		case KEY('p', 'h', 'd', 0, 0, 0):			/* phd */
		case KEY('s', 'e', 'n', 'i', 'o', 'r'):			/* senior */
		case KEY('s', 'n', 'r', 0, 0, 0):			/* snr */
		case KEY('s', 'r', 0, 0, 0, 0):			/* sr */
			return 1;
		default:
			return 0;
	}
}

/* Moves the words [from, to) behind the others. */
static void
move_to_end(AnthologyName *parsed, int from, int to)
{
	AnthologyNameWord moved[ANTHOLOGY_NAME_WORDS];
	int			count = to - from;

	if (count <= 0 || to == parsed->count)
		return;
	memcpy(moved, &parsed->words[from], sizeof(AnthologyNameWord) * (size_t) count);
	memmove(&parsed->words[from], &parsed->words[to],
			sizeof(AnthologyNameWord) * (size_t) (parsed->count - to));
	memcpy(&parsed->words[parsed->count - count], moved,
		   sizeof(AnthologyNameWord) * (size_t) count);
}

static void
set_roles(AnthologyName *parsed, int from, int to, AnthologyNameRole role)
{
	for (int i = from; i < to; i++)
		parsed->words[i].role = (uint8_t) role;
}

/* The given and middle names [from, to). */
static void
set_given_roles(AnthologyName *parsed, int from, int to)
{
	set_roles(parsed, from, to, ANTHOLOGY_NAME_MIDDLE);
	if (from < to)
		parsed->words[from].role = ANTHOLOGY_NAME_GIVEN;
}

/* The family name [from, to) with its leading particles. */
static void
set_family_roles(AnthologyName *parsed, int from, int to)
{
	while (from < to - 1 && is_particle(&parsed->words[from]))
		parsed->words[from++].role = ANTHOLOGY_NAME_PARTICLE;
	set_roles(parsed, from, to, ANTHOLOGY_NAME_FAMILY);
}

static int
only_initials(const AnthologyName *parsed, int from, int to)
{
	while (from < to && parsed->words[from].size == 1)
		from++;
	return from == to;
}

/* "van Last, First Middle, Jr.": comma words stand before the comma. */
static void
read_inverted(AnthologyName *parsed, int comma)
{
	int			family = comma;
	int			given_end;
	int			suffixes = 0;

	/* "King Jr., Martin" and "King, Martin, Jr." */
	while (family > 1 && anthology_name_is_suffix(&parsed->words[family - 1]))
		family--;
	suffixes = comma - family;
	move_to_end(parsed, family, comma);
	given_end = parsed->count - suffixes;
	while (given_end > family + 1 && anthology_name_is_suffix(&parsed->words[given_end - 1]))
		given_end--;
	set_roles(parsed, given_end, parsed->count, ANTHOLOGY_NAME_SUFFIX);

	/* given, [trailing particles], family, suffixes */
	set_family_roles(parsed, 0, family);
	{
		int			particles = given_end;
		AnthologyNameWord tail[ANTHOLOGY_NAME_WORDS];
		int			tail_count = parsed->count - given_end;

		while (particles > family + 1 && is_particle(&parsed->words[particles - 1]) &&
			   (parsed->words[particles - 1].flags & ANTHOLOGY_WORD_LOWER))
			particles--;
		set_given_roles(parsed, family, particles);
		set_roles(parsed, particles, given_end, ANTHOLOGY_NAME_PARTICLE);
		memcpy(tail, &parsed->words[given_end], sizeof(AnthologyNameWord) * (size_t) tail_count);
		parsed->count = given_end;
		move_to_end(parsed, 0, family);
		memcpy(&parsed->words[given_end], tail, sizeof(AnthologyNameWord) * (size_t) tail_count);
		parsed->count += tail_count;
	}
}

static void
read_straight(AnthologyName *parsed)
{
	AnthologyNameWord *words = parsed->words;
	int			end = parsed->count;
	int			family;
	int			family_end;

	while (end > 2 && anthology_name_is_suffix(&words[end - 1]))
		end--;
	if (end == 2 && anthology_name_is_suffix(&words[1]) && words[1].text.letters[1] == 'r')
		end--;
	set_roles(parsed, end, parsed->count, ANTHOLOGY_NAME_SUFFIX);

	/* Initials behind the last full word are not the family name. */
	family_end = end;
	while (family_end > 0 && words[family_end - 1].size == 1)
		family_end--;
	if (family_end == 0)
		family_end = end;
	family = family_end - 1;
	if (family_end == end)
	{
		while (family > 0 && (words[family].flags & ANTHOLOGY_WORD_HYPHEN) &&
			   words[family - 1].size > 1)
			family--;
		while (family > 0 && is_particle(&words[family - 1]) &&
			   (family > 1 || (words[0].flags & ANTHOLOGY_WORD_LOWER)))
			family--;
	}
	set_family_roles(parsed, family, family_end);
	if (family_end < end)
	{
		/* given, middle, trailing initials, then the family name. */
		AnthologyNameWord name = words[family];

		memmove(&words[family], &words[family_end],
				sizeof(AnthologyNameWord) * (size_t) (end - family_end));
		words[end - 1] = name;
		family = end - 1;
	}
	set_given_roles(parsed, 0, family);
}

/* The hundred commonest Chinese surnames, with their traditional letters. */
static int
is_han_surname(UChar32 c)
{
	static const UChar surnames[] =
		u"王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何高林罗羅郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧曹彭曾"
		u"肖蕭田董袁潘于蒋蔣蔡余杜叶葉程苏蘇魏吕呂丁任沈姚卢盧姜崔钟鍾谭譚陆陸汪范金石廖贾賈夏韦韋付方白邹鄒"
		u"孟熊秦邱江尹薛闫阎段雷侯龙龍史陶黎贺賀顾顧毛郝龚龔邵万萬钱錢严嚴覃武戴莫孔向汤湯";

	for (const UChar *p = surnames; *p; p++)
		if (*p == c)
			return 1;
	return 0;
}

/* Han and Hangul: the family name stands first, unless only the last is one. */
static void
read_family_first(AnthologyNameReader *reader)
{
	AnthologyName *parsed = reader->parsed;
	UChar32		first = 0;
	UChar32		last = 0;
	int			i = parsed->words[0].start;
	int			whole = parsed->words[0].end;

	U8_NEXT(reader->name, i, whole, first);
	if (i < whole)
		first = is_han_surname(first) ? first : 0;
	i = parsed->words[parsed->count - 1].start;
	whole = parsed->words[parsed->count - 1].end;
	U8_NEXT(reader->name, i, whole, last);
	if (i == whole && is_han_surname(last) && !is_han_surname(first))
	{
		set_roles(parsed, 0, parsed->count, ANTHOLOGY_NAME_FAMILY);
		set_given_roles(parsed, 0, parsed->count - 1);
		return;
	}
	parsed->words[0].role = ANTHOLOGY_NAME_FAMILY;
	set_given_roles(parsed, 1, parsed->count);
	move_to_end(parsed, 0, 1);
}

void
anthology_name_assign_roles(AnthologyNameReader *reader)
{
	AnthologyName *parsed = reader->parsed;

	if (reader->comma > 0 && reader->comma < parsed->count)
	{
		int			all_suffixes = 1;

		for (int k = reader->comma; k < parsed->count; k++)
			all_suffixes &= anthology_name_is_suffix(&parsed->words[k]);
		if (!all_suffixes)
		{
			/* "B, Bharathi" and "E, Weinan" are read as "Bharathi B" and "Weinan E". */
			if (only_initials(parsed, 0, reader->comma) &&
				!only_initials(parsed, reader->comma, parsed->count))
			{
				move_to_end(parsed, 0, reader->comma);
				read_straight(parsed);
			}
			else
				read_inverted(parsed, reader->comma);
			return;
		}
	}
	if (parsed->count > 1 && reader->han + reader->hangul >= parsed->count)
		read_family_first(reader);
	else
		read_straight(parsed);
}
