/*
 * name_syllables.h - Chinese and Korean names that are spelt otherwise and read alike.
 */
#ifndef ANTHOLOGY_CORE_NAME_SYLLABLES_H
#define ANTHOLOGY_CORE_NAME_SYLLABLES_H

#include "name_parts.h"

typedef enum AnthologyReading
{
	ANTHOLOGY_READ_OTHERWISE,
	ANTHOLOGY_READ_PERHAPS,		/* Pinyin, in which they differ; Korean, spelt as one likes */
	ANTHOLOGY_READ_ALIKE
} AnthologyReading;

/* More syllables than a given name has. */
#define ANTHOLOGY_READING_SYLLABLES 4

/* By first letter (a: 1), a bit for each first letter of what reads alike. */
extern const uint32_t anthology_reading_starts[32];

/* Whether words that begin with these letters may read alike: a glance. */
static inline int
anthology_letters_may_read(char a, char b)
{
	return anthology_reading_starts[a & 31] >> (b & 31) & 1;
}

/* How two words of letters a-z read that are not spelt alike. Symmetric. */
extern AnthologyReading anthology_words_read(const AnthologyNameWord *a,
											 const AnthologyNameWord *b);

/* Whether a word can be cut into syllables of Pinyin. */
extern int	anthology_word_is_pinyin(const AnthologyNameWord *word);

/* False only if letters do not read like others, whatever stands behind either. */
extern int	anthology_readings_begin_alike(const char *a, int a_size, const char *b, int b_size);

/* The first letters of what may read like these and begins otherwise: bit per letter. */
extern uint32_t anthology_readings_begin(const char *letters, int size);

/* Whether a word is a spelling of one Chinese syllable. */
extern int	anthology_word_is_syllable(const AnthologyNameWord *word);

/* How two words of one Chinese syllable read; of any others: otherwise. */
extern AnthologyReading anthology_syllables_read(const AnthologyNameWord *a,
												 const AnthologyNameWord *b);

/* Gives take every other spelling of a word that is one Chinese syllable. */
extern void anthology_syllable_spellings(const AnthologyNameWord *word,
										 void (*take) (void *context, const char *letters),
										 void *context);

#endif							/* ANTHOLOGY_CORE_NAME_SYLLABLES_H */
