/*
 * name_syllables.c - Chinese and Korean names that are spelt otherwise and read alike.
 *
 * Zongxian and Tsunghsien are one name in Pinyin and in Wade-Giles. Written without
 * apostrophes, a spelling stands for several syllables (chi: ji, qi or chi), so there
 * is no one form to bring names to. Two words read alike if both can be cut into as
 * many spellings so that each of one and its partner in the other stand for a
 * syllable of the same language in common: dynamic programming over the places
 * where both are cut.
 */
#include "name_syllables.h"

#include <string.h>

/* A spelling, padded with zeros. */
typedef struct Spelling
{
	char		letters[8];
	uint8_t		size;
	uint8_t		syllables;		/* how many it stands for */
	uint8_t		pinyin;			/* the spelling of one in Pinyin? */
	uint16_t	list;			/* where they start in syllable_lists */
} Spelling;

#include "name_syllables.inc"

#define LANGUAGES 2				/* Chinese and Korean */
#define LONGEST 32
#define SPELT 7					/* letters of a spelling at most */

/* A word that can be read beyond its end. */
typedef struct Letters
{
	int			size;
	char		letters[LONGEST + 8];
} Letters;

static void
read_letters(const char *letters, int size, Letters *word)
{
	memset(word->letters, 0, sizeof(word->letters));
	memcpy(word->letters, letters, (size_t) size);
	word->size = size;
}

/* Where spelling_starts has a first letter and a second one, or none; -1: nowhere. */
static int
place_of(char first, char second)
{
	if (first < 'a' || first > 'z')
		return -1;
	if (second == 0)
		return (first - 'a') * 27;
	if (second < 'a' || second > 'z')
		return -1;
	return (first - 'a') * 27 + second - 'a' + 1;
}

/* Eight letters as one number, in whatever order. */
static uint64_t
eight(const void *letters)
{
	uint64_t	number;

	memcpy(&number, letters, sizeof(number));
	return number;
}

/* The spellings that the word has from at on; returns how many. */
static int
find_spellings(const Letters *word, int at, const Spelling *found[SPELT])
{
	static const unsigned char masks[SPELT + 1][8] = {
		{0}, {255}, {255, 255}, {255, 255, 255}, {255, 255, 255, 255}, {255, 255, 255, 255, 255},
		{255, 255, 255, 255, 255, 255}, {255, 255, 255, 255, 255, 255, 255}
	};
	const char *letters = word->letters + at;
	uint64_t	number = eight(letters);
	int			count = 0;

	for (int step = 0; step < 2; step++)
	{
		int			place = place_of(letters[0], step == 0 ? 0 : letters[1]);

		if (place < 0 || (step == 1 && letters[1] == 0))
			continue;
		for (int i = spelling_starts[place]; i < spelling_starts[place + 1]; i++)
			if (((number ^ eight(spellings[i].letters)) & eight(masks[spellings[i].size])) == 0)
				found[count++] = &spellings[i];
	}
	return count;
}

/* The languages in which both stand for a syllable in common: a bit for each. */
static int
shared_languages(const Spelling *a, const Spelling *b)
{
	const uint16_t *x = syllable_lists + a->list;
	const uint16_t *y = syllable_lists + b->list;
	int			i = 0;
	int			j = 0;
	int			languages = 0;

	while (i < a->syllables && j < b->syllables)
	{
		if (x[i] == y[j])
			languages |= x[i] < KOREAN_SYLLABLES ? 1 : 2;
		if (x[i] <= y[j])
			i++;
		else
			j++;
	}
	return languages;
}

/* Whether some spelling at the beginning of a reads like one at the beginning of b. */
static int
begin_alike(const Letters *a, const Letters *b)
{
	const Spelling *x[SPELT];
	const Spelling *y[SPELT];
	int			a_count = find_spellings(a, 0, x);
	int			b_count = a_count > 0 ? find_spellings(b, 0, y) : 0;

	for (int i = 0; i < a_count; i++)
		for (int j = 0; j < b_count; j++)
			if (shared_languages(x[i], y[j]))
				return 1;
	return 0;
}

/* Whether the word can be cut into syllables of Pinyin. */
static int
is_pinyin(const Letters *word)
{
	uint64_t	reached = 1;	/* bit per place */

	for (int at = 0; at < word->size; at++)
	{
		const Spelling *found[SPELT];
		int			count = reached >> at & 1 ? find_spellings(word, at, found) : 0;

		for (int i = 0; i < count; i++)
			if (found[i]->pinyin)
				reached |= UINT64_C(1) << (at + found[i]->size);
	}
	return (int) (reached >> word->size & 1);
}

/* The languages in which two words read alike: a bit for each. */
static int
read_alike(const Letters *a, const Letters *b)
{
	/* For each place in a and number of syllables and language, bit per place in b. */
	uint64_t	reached[LONGEST + 1][ANTHOLOGY_READING_SYLLABLES + 1][LANGUAGES];
	uint64_t	end = UINT64_C(1) << b->size;
	int			in_common = 0;

	memset(reached, 0, sizeof(reached[0]) * (size_t) (a->size + 1));
	reached[0][0][0] = reached[0][0][1] = 1;
	for (int i = 0; i < a->size; i++)
	{
		const Spelling *x[SPELT];
		int			a_count = -1;

		for (int n = 0; n < ANTHOLOGY_READING_SYLLABLES; n++)
		{
			uint64_t	places = reached[i][n][0] | reached[i][n][1];

			if (places == 0)
				continue;
			if (a_count < 0)
				a_count = find_spellings(a, i, x);
			for (int j = 0; j < b->size && a_count > 0; j++)
			{
				const Spelling *y[SPELT];
				int			b_count = places >> j & 1 ? find_spellings(b, j, y) : 0;

				for (int k = 0; k < a_count; k++)
					for (int l = 0; l < b_count; l++)
					{
						int			languages = shared_languages(x[k], y[l]);

						for (int language = 0; language < LANGUAGES; language++)
							if ((languages >> language & 1) && (reached[i][n][language] >> j & 1))
								reached[i + x[k]->size][n + 1][language] |=
									UINT64_C(1) << (j + y[l]->size);
					}
			}
		}
	}
	for (int n = 1; n <= ANTHOLOGY_READING_SYLLABLES; n++)
		for (int language = 0; language < LANGUAGES; language++)
			if (reached[a->size][n][language] & end)
				in_common |= 1 << language;
	return in_common;
}

static AnthologyReading
reading_of(const Letters *a, const Letters *b)
{
	int			languages = begin_alike(a, b) ? read_alike(a, b) : 0;

	if (languages == 0)
		return ANTHOLOGY_READ_OTHERWISE;
	return (languages & 1) && !(is_pinyin(a) && is_pinyin(b)) ? ANTHOLOGY_READ_ALIKE :
		ANTHOLOGY_READ_PERHAPS;
}

int
anthology_word_is_pinyin(const AnthologyNameWord *word)
{
	Letters		letters;

	read_letters(word->text.letters, word->size, &letters);
	return is_pinyin(&letters);
}

AnthologyReading
anthology_words_read(const AnthologyNameWord *a, const AnthologyNameWord *b)
{
	Letters		x;
	Letters		y;

	if (!anthology_letters_may_read(a->text.letters[0], b->text.letters[0]))
		return ANTHOLOGY_READ_OTHERWISE;
	read_letters(a->text.letters, a->size, &x);
	read_letters(b->text.letters, b->size, &y);
	return reading_of(&x, &y);
}

int
anthology_readings_begin_alike(const char *a, int a_size, const char *b, int b_size)
{
	Letters		x;
	Letters		y;

	if (!anthology_letters_may_read(a[0], b[0]))
		return 0;
	read_letters(a, a_size, &x);
	read_letters(b, b_size, &y);
	return begin_alike(&x, &y);
}

/* Gives take every spelling that stands for a syllable in common with this one. */
static void
for_each_like(const Spelling *spelling, void (*take) (void *context, const char *letters),
			  void *context)
{
	for (size_t i = 0; i < sizeof(spellings) / sizeof(spellings[0]); i++)
		if (&spellings[i] != spelling && shared_languages(spelling, &spellings[i]))
			take(context, spellings[i].letters);
}

static void
add_first_letter(void *context, const char *letters)
{
	*(uint32_t *) context |= 1u << (letters[0] & 31);
}

uint32_t
anthology_readings_begin(const char *letters, int size)
{
	Letters		word;
	const Spelling *found[SPELT];
	int			count;
	uint32_t	first = 0;

	read_letters(letters, size, &word);
	count = find_spellings(&word, 0, found);
	for (int i = 0; i < count; i++)
		for_each_like(found[i], add_first_letter, &first);
	return first;
}

/* The spelling that is the whole word and stands for a Chinese syllable, or NULL. */
static const Spelling *
whole_spelling(const AnthologyNameWord *word)
{
	Letters		letters;
	const Spelling *found[SPELT];
	int			count;

	if (word->size > SPELT)
		return NULL;
	read_letters(word->text.letters, word->size, &letters);
	count = find_spellings(&letters, 0, found);
	for (int i = 0; i < count; i++)
		if (found[i]->size == word->size && syllable_lists[found[i]->list] < KOREAN_SYLLABLES)
			return found[i];
	return NULL;
}

int
anthology_word_is_syllable(const AnthologyNameWord *word)
{
	return whole_spelling(word) != NULL;
}

AnthologyReading
anthology_syllables_read(const AnthologyNameWord *a, const AnthologyNameWord *b)
{
	const Spelling *x;
	const Spelling *y;

	if (!anthology_letters_may_read(a->text.letters[0], b->text.letters[0]))
		return ANTHOLOGY_READ_OTHERWISE;
	x = whole_spelling(a);
	y = x == NULL ? NULL : whole_spelling(b);
	if (y == NULL || !(shared_languages(x, y) & 1))
		return ANTHOLOGY_READ_OTHERWISE;
	return x->pinyin && y->pinyin ? ANTHOLOGY_READ_PERHAPS : ANTHOLOGY_READ_ALIKE;
}

void
anthology_syllable_spellings(const AnthologyNameWord *word,
							 void (*take) (void *context, const char *letters), void *context)
{
	const Spelling *spelling = whole_spelling(word);

	if (spelling != NULL)
		for_each_like(spelling, take, context);
}
