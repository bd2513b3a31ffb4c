/*
 * term_fold.c - a term in the form that it is compared in; see term_fold.h.
 */
#include "term_fold.h"

#include <string.h>

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

void
anthology_append_folded(AnthologyFolded *folded, UChar32 c)
{
	int32_t		length = (int32_t) folded->length;

	if (length + U8_MAX_LENGTH > (int32_t) sizeof(folded->text))
	{
		folded->overflow = 1;
		return;
	}
	U8_APPEND_UNSAFE(folded->text, length, c);
	folded->length = (size_t) length;
	folded->plain &= c >= 'a' && c <= 'z';
}

/*
 * Appends c as search compares it.
 */
static void
fold_character(AnthologyFolded *folded, const UNormalizer2 *nfkd, UChar32 c)
{
	UChar		decomposed[32];
	int32_t		units;
	UErrorCode	error = U_ZERO_ERROR;

	if (c < 0x80)
	{
		anthology_append_folded(folded, c >= 'A' && c <= 'Z' ? c + 'a' - 'A' : c);
		return;
	}
	if ((c >= 0x300 && c < 0x370) || (c >= 0x591 && c < 0x5C8) || c == 0x640 ||
		(c >= 0x64B && c < 0x653) || c == 0x200C || c == 0x200D)
		return;
	switch (c)
	{
		case 0xDF:
			anthology_append_folded(folded, 's');
			anthology_append_folded(folded, 's');
			return;
		case 0xC6: case 0xE6:
			anthology_append_folded(folded, 'a');
			anthology_append_folded(folded, 'e');
			return;
		case 0x152: case 0x153:
			anthology_append_folded(folded, 'o');
			anthology_append_folded(folded, 'e');
			return;
		case 0xD8: case 0xF8:
			anthology_append_folded(folded, 'o');
			return;
		case 0x141: case 0x142:
			anthology_append_folded(folded, 'l');
			return;
		case 0x110: case 0x111: case 0xF0:
			anthology_append_folded(folded, 'd');
			return;
		case 0x131:
			anthology_append_folded(folded, 'i');
			return;
		case 0xB5:
			anthology_append_folded(folded, 'u');
			return;
		case 0x221A:
			for (const char *p = "sqrt"; *p; p++)
				anthology_append_folded(folded, *p);
			return;
		case 0x2044: case 0x2215:
			anthology_append_folded(folded, '/');
			return;
		case 0x2212: case 0x2010: case 0x2011: case 0x2013:
			anthology_append_folded(folded, '-');
			return;
	}
	units = c >= 0xAC00 && c <= 0xD7A3 ? 0 :
		unorm2_getDecomposition(nfkd, c, decomposed, 32, &error);
	if (U_FAILURE(error) || units <= 0)
	{
		anthology_append_folded(folded, u_tolower(c));
		return;
	}
	for (int32_t i = 0; i < units;)
	{
		UChar32		part;

		U16_NEXT(decomposed, i, units, part);
		if (!(part >= 0x300 && part < 0x370))
			anthology_append_folded(folded, part == 0x2044 ? '/' : u_tolower(part));
	}
}

void
anthology_fold(AnthologyFolded *folded, const char *text, size_t length)
{
	UErrorCode	error = U_ZERO_ERROR;
	const UNormalizer2 *nfkd = NULL;

	folded->length = 0;
	folded->overflow = 0;
	folded->plain = 1;
	for (size_t i = 0; i < length && !folded->overflow;)
	{
		UChar32		c;

		U8_NEXT_UNSAFE(text, i, c);
		if (c >= 0x80 && nfkd == NULL)
			nfkd = unorm2_getNFKDInstance(&error);
		if (c >= 0x80 && U_FAILURE(error))
			anthology_append_folded(folded, u_tolower(c));
		else
			fold_character(folded, nfkd, c);
	}
}

static int
ends_with(const AnthologyFolded *word, const char *ending, size_t n)
{
	return word->length >= n + 4 && memcmp(word->text + word->length - n, ending, n) == 0;
}

void
anthology_americanise(AnthologyFolded *word)
{
	static const struct
	{
		const char *text;
		size_t		length;
	}			endings[] = {
		{"isation", 7}, {"isations", 8}, {"ising", 5}, {"ised", 4}, {"iser", 4}, {"isers", 5},
		{"isational", 9}
	};
	static const char *const ours[] = {
		"behaviour", "colour", "neighbour", "labour", "favour", "humour", "rumour", "honour",
		"flavour", "vapour", "armour", "endeavour", "harbour", "tumour"
	};
	char		last;

	if (word->length < 6)
		return;
	last = word->text[word->length - 1];
	for (size_t e = 0; e < sizeof(endings) / sizeof(endings[0]); e++)
	{
		size_t		n = endings[e].length;

		if (endings[e].text[n - 1] == last && ends_with(word, endings[e].text, n))
		{
			/* rising, advised, promising, surprised, raised are no -ize. */
			if (n <= 5 && (ends_with(word, "rising", 6) || ends_with(word, "vising", 6) ||
						   ends_with(word, "vised", 5) || ends_with(word, "mising", 6) ||
						   ends_with(word, "prised", 6) || ends_with(word, "aised", 5) ||
						   ends_with(word, "aising", 6) || ends_with(word, "oised", 5) ||
						   ends_with(word, "cised", 5) || ends_with(word, "cising", 6) ||
						   ends_with(word, "oising", 6)))
				return;
			word->text[word->length - n + 1] = 'z';
			return;
		}
	}
	for (size_t w = 0; w < sizeof(ours) / sizeof(ours[0]); w++)
	{
		size_t		n;

		if (ours[w][0] != word->text[0])
			continue;
		n = strlen(ours[w]);
		if (word->length >= n && memcmp(word->text, ours[w], n) == 0)
		{
			memmove(word->text + n - 2, word->text + n - 1, word->length - n + 1);
			word->length--;
			return;
		}
	}
}
