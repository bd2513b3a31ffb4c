/*
 * name_frequency.c - how common a word of a name is; see name_frequency.h.
 */
#include "name_frequency.h"

#include <string.h>

#include "attributes.h"

/* Longer words are not in the table. */
#define FREQUENCY_LETTERS 14

/* A word and its ranks. */
typedef struct FrequencyWord
{
	char		letters[FREQUENCY_LETTERS] ANTHOLOGY_NONSTRING;
	uint8_t		family;
	uint8_t		given;
} FrequencyWord;

#include "name_frequency.inc"

/* The bucket of a word: the same on every machine. */
static unsigned
bucket_of(const AnthologyNameWord *word)
{
	uint64_t	head = 0;

	for (int i = 0; i < 8; i++)
		head |= (uint64_t) (unsigned char) word->text.letters[i] << (8 * i);
	return (unsigned) (head * UINT64_C(0x9E3779B97F4A7C15) >> 52);
}

void
anthology_name_rank(AnthologyNameWord *word)
{
	unsigned	bucket = bucket_of(word);

	word->family_rank = word->given_rank = 0;
	if (word->size > FREQUENCY_LETTERS)
		return;
	for (unsigned i = frequency_buckets[bucket]; i < frequency_buckets[bucket + 1]; i++)
		if (memcmp(frequency_words[i].letters, word->text.letters, FREQUENCY_LETTERS) == 0)
		{
			word->family_rank = frequency_words[i].family;
			word->given_rank = frequency_words[i].given;
			return;
		}
}

float
anthology_rank_bits(uint8_t rank)
{
	/* log2(92,110) = 16.5; a word not in the table counts as seen 1.5 times. */
	return 16.5f - (rank > 4 ? (float) rank / 8 : 0.6f);
}
