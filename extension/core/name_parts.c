/*
 * name_parts.c - the parts of a personal name; see name_parts.h.
 *
 * Words are what white space separates. A comma ends the family name unless
 * only a suffix follows it. Without a comma the last word is the family name,
 * or the word before the suffixes, together with the particles right before
 * it; the first word is a given name unless it is the only one, or a particle
 * in lower case ("van Gogh").
 */
#include "name_parts.h"

#include <string.h>
#include <strings.h>

#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

static const char *const particles[] = {
	"af", "al", "av", "bin", "bint", "da", "das", "de", "del", "della", "den", "der", "di",
	"do", "dos", "du", "el", "ibn", "la", "las", "le", "los", "ten", "ter", "van", "vom",
	"von", "zu", "zum", "zur", NULL
};
static const char *const suffixes[] = {
	"jr", "sr", "ii", "iii", "iv", "phd", NULL
};

static int
is_listed(AnthologyNameWord word, const char *const *list)
{
	if (word.length > 1 && word.start[word.length - 1] == '.')
		word.length--;
	for (; *list; list++)
		if (strlen(*list) == word.length && strncasecmp(*list, word.start, word.length) == 0)
			return 1;
	return 0;
}

static void
add_word(AnthologyNamePart *part, AnthologyNameWord word)
{
	if (part->count < ANTHOLOGY_NAME_WORDS)
		part->words[part->count++] = word;
}

/* The words of a text; a comma is left out of them. */
static void
read_words(const char *text, size_t length, AnthologyNamePart *words)
{
	size_t		start = 0;

	words->count = 0;
	for (size_t i = 0; i <= length;)
	{
		size_t		at = i;
		UChar32		c = ' ';

		if (i < length)
			U8_NEXT(text, i, length, c);
		else
			i++;
		if (c == ',' || (c >= 0 && u_isUWhiteSpace(c)))
		{
			if (start < at)
				add_word(words, (AnthologyNameWord) {text + start, at - start});
			start = i;
		}
	}
}

/* Family name with its particles, from words[from] on. */
static void
read_family(const AnthologyNamePart *words, int from, int to, AnthologyNameParts *parts)
{
	while (from < to - 1 && is_listed(words->words[from], particles))
		add_word(&parts->particle, words->words[from++]);
	while (from < to)
		add_word(&parts->family, words->words[from++]);
}

static void
read_given(const AnthologyNamePart *words, int to, AnthologyNameParts *parts)
{
	for (int i = 0; i < to; i++)
		add_word(i == 0 ? &parts->given : &parts->middle, words->words[i]);
}

/* Words before the suffixes at the end, which go to their part. */
static int
read_suffixes(const AnthologyNamePart *words, int least, AnthologyNameParts *parts)
{
	int			end = words->count;

	while (end > least && is_listed(words->words[end - 1], suffixes))
		end--;
	for (int i = end; i < words->count; i++)
		add_word(&parts->suffix, words->words[i]);
	return end;
}

static int
is_han(AnthologyNameWord word, size_t *first_letter)
{
	int			letters = 0;

	for (size_t i = 0; i < word.length; letters++)
	{
		UErrorCode	error = U_ZERO_ERROR;
		UChar32		c;

		U8_NEXT(word.start, i, word.length, c);
		if (c < 0 || uscript_getScript(c, &error) != USCRIPT_HAN)
			return 0;
		if (letters == 0)
			*first_letter = i;
	}
	return letters > 1;
}

void
anthology_name_parts(const char *name, size_t length, AnthologyNameParts *parts)
{
	const char *comma = memchr(name, ',', length);
	AnthologyNamePart words;
	AnthologyNamePart after;
	int			family;
	int			end;
	size_t		first_letter;

	memset(parts, 0, sizeof(*parts));
	if (comma != NULL)
	{
		read_words(comma + 1, length - (size_t) (comma + 1 - name), &after);
		end = read_suffixes(&after, 0, parts);
		read_words(name, (size_t) (comma - name), &words);
		if (end > 0)
		{
			read_family(&words, 0, words.count, parts);
			read_given(&after, end, parts);
			return;
		}
		end = words.count;
	}
	else
	{
		read_words(name, length, &words);
		end = read_suffixes(&words, 1, parts);
	}

	if (end == 1 && is_han(words.words[0], &first_letter))
	{
		add_word(&parts->family, (AnthologyNameWord) {words.words[0].start, first_letter});
		add_word(&parts->given, (AnthologyNameWord) {words.words[0].start + first_letter,
													 words.words[0].length - first_letter});
		return;
	}
	family = end - 1;
	while (family > 0 && is_listed(words.words[family - 1], particles) &&
		   (family > 1 || (words.words[0].start[0] >= 'a' && words.words[0].start[0] <= 'z')))
		family--;
	if (family < 0)
		return;
	read_given(&words, family, parts);
	read_family(&words, family, end, parts);
}
