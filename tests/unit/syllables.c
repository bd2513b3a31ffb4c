/*
 * syllables.c - the reading of syllables against a naive one: TAP.
 *
 *   syllables [PAIRS]
 *
 * The naive reading writes down everything that a word may stand for, each as a
 * sequence of syllables. Words are put together of spellings of the same and of other
 * syllables, some with letters changed, always the same ones.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/name_syllables.h"

typedef struct Spelling
{
	char		letters[8];
	int			size;
	int			syllables;
	int			pinyin;
	int			list;
} Spelling;

/* The table has one public part, which is the core's. */
#define anthology_reading_starts own_reading_starts
#include "core/name_syllables.inc"
#undef anthology_reading_starts

#define SPELLINGS ((int) (sizeof(spellings) / sizeof(spellings[0])))
#define MOST 20000

/* What a word may stand for: up to four syllables of one language, zeros behind. */
typedef struct Readings
{
	int			count;
	int16_t		syllables[MOST][ANTHOLOGY_READING_SYLLABLES];
} Readings;

static uint64_t seed = 88172645463325252u;

static int
random_below(int limit)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (int) ((uint32_t) (seed >> 33) % (uint32_t) limit);
}

static void
list_readings(const char *rest, int16_t *sofar, int count, Readings *readings)
{
	if (*rest == '\0' && count > 0)
	{
		if (readings->count == MOST)
			abort();
		memset(readings->syllables[readings->count], 0, sizeof(readings->syllables[0]));
		memcpy(readings->syllables[readings->count++], sofar, sizeof(*sofar) * (size_t) count);
		return;
	}
	for (int i = 0; i < SPELLINGS && count < ANTHOLOGY_READING_SYLLABLES; i++)
		if (strncmp(rest, spellings[i].letters, strlen(spellings[i].letters)) == 0)
			for (int j = 0; j < spellings[i].syllables; j++)
			{
				int16_t		syllable = (int16_t) (syllable_lists[spellings[i].list + j] + 1);

				if (count > 0 && (syllable > KOREAN_SYLLABLES) != (sofar[0] > KOREAN_SYLLABLES))
					continue;
				sofar[count] = syllable;
				list_readings(rest + strlen(spellings[i].letters), sofar, count + 1, readings);
			}
}

static int
all_pinyin(const char *rest)
{
	int			found = *rest == '\0';

	for (int i = 0; i < SPELLINGS && !found; i++)
		if (spellings[i].pinyin &&
			strncmp(rest, spellings[i].letters, strlen(spellings[i].letters)) == 0)
			found = all_pinyin(rest + strlen(spellings[i].letters));
	return found;
}

static AnthologyReading
naive(const char *a, const char *b)
{
	static Readings x;
	static Readings y;
	int16_t		sofar[ANTHOLOGY_READING_SYLLABLES];
	AnthologyReading reading = ANTHOLOGY_READ_OTHERWISE;

	x.count = y.count = 0;
	list_readings(a, sofar, 0, &x);
	list_readings(b, sofar, 0, &y);
	for (int i = 0; i < x.count; i++)
		for (int j = 0; j < y.count; j++)
			if (memcmp(x.syllables[i], y.syllables[j], sizeof(x.syllables[0])) == 0)
			{
				if (x.syllables[i][0] <= KOREAN_SYLLABLES && !(all_pinyin(a) && all_pinyin(b)))
					return ANTHOLOGY_READ_ALIKE;
				reading = ANTHOLOGY_READ_PERHAPS;
			}
	return reading;
}

/* A spelling of the syllable, at random. */
static const char *
spell(int syllable)
{
	for (;;)
	{
		const Spelling *spelling = &spellings[random_below(SPELLINGS)];

		for (int i = 0; i < spelling->syllables; i++)
			if (syllable_lists[spelling->list + i] == syllable)
				return spelling->letters;
	}
}

static void
make_word(const char *letters, AnthologyNameWord *word)
{
	memset(word, 0, sizeof(*word));
	word->size = (uint8_t) strlen(letters);
	memcpy(word->text.letters, letters, word->size);
}

static void
ok(int good, const char *what)
{
	static int	number = 0;

	printf("%sok %d - %s\n", good ? "" : "not ", ++number, what);
}

int
main(int argc, char **argv)
{
	long		pairs = argc > 1 ? atol(argv[1]) : 5000;
	int			same = 1;
	int			symmetric = 1;
	int			begins = 1;
	int			single = 1;
	long		alike = 0;

	for (long n = 0; n < pairs; n++)
	{
		char		a[64] = "";
		char		b[64] = "";
		int			count = 1 + random_below(3);
		int			korean = random_below(2);
		AnthologyNameWord x;
		AnthologyNameWord y;
		AnthologyReading reading;
		int			one_syllable = count == 1;

		for (int i = 0; i < count; i++)
		{
			int			syllable = korean ? KOREAN_SYLLABLES + random_below(100) :
				random_below(KOREAN_SYLLABLES);

			strcat(a, spell(syllable));
			strcat(b, spell(random_below(10) ? syllable : random_below(KOREAN_SYLLABLES)));
		}
		if (random_below(5) == 0)
			b[random_below((int) strlen(b))] = (char) ('a' + random_below(26));
		make_word(a, &x);
		make_word(b, &y);
		reading = anthology_words_read(&x, &y);
		if (reading != naive(a, b))
		{
			printf("# %s | %s: %d\n", a, b, reading);
			same = 0;
		}
		alike += reading != ANTHOLOGY_READ_OTHERWISE;
		symmetric &= reading == anthology_words_read(&y, &x);
		if (reading != ANTHOLOGY_READ_OTHERWISE)
		{
			begins &= anthology_readings_begin_alike(a, x.size, b, y.size);
			begins &= a[0] == b[0] || (anthology_readings_begin(a, x.size) >> (b[0] & 31) & 1);
		}
		/* One Chinese syllable each: then whole words read alike, too. */
		if (one_syllable && anthology_syllables_read(&x, &y) != ANTHOLOGY_READ_OTHERWISE)
			single &= reading != ANTHOLOGY_READ_OTHERWISE;
	}
	printf("# %ld of %ld pairs read alike\n", alike, pairs);
	ok(same, "words read alike as by writing everything down");
	ok(symmetric, "either way round");
	ok(begins, "what reads alike begins so");
	ok(single, "one syllable reads as a word of it");
	ok(alike > pairs / 10, "enough of them do");
	printf("1..5\n");
	return 0;
}
