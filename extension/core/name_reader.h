/*
 * name_reader.h - what the files that read names share.
 *
 * name_parts.c reads a name and its ASCII letters, name_letters.c all other
 * letters, name_roles.c gives each word its role. No other file includes this.
 */
#ifndef ANTHOLOGY_CORE_NAME_READER_H
#define ANTHOLOGY_CORE_NAME_READER_H

#include <string.h>

#include "name_parts.h"

/* The words read so far. If there are too many, the next one replaces the last. */
typedef struct AnthologyNameReader
{
	const char *name;
	AnthologyName *parsed;
	AnthologyNameWord *word;	/* the one being read, NULL between words */
	int			at;				/* where the character being read starts */
	int			capitals;		/* in the word */
	int			digraphs;		/* the word may have "ue" or the like */
	int			small;			/* small letters in the whole name */
	int			hyphen;			/* one was just before */
	int			comma;			/* number of words before the first comma, or -1 */
	int			han;			/* words that are only Han letters */
	int			hangul;
	uint32_t	caps_words;		/* bit per word of capitals only */
} AnthologyNameReader;

/* Digits share bits with letters, so equal sets do not prove equal letters. */
#define LETTER_BIT(c) (1u << ((c) & 31))
#define VOWELS (LETTER_BIT('a') | LETTER_BIT('e') | LETTER_BIT('i') | LETTER_BIT('o') | \
				LETTER_BIT('u') | LETTER_BIT('y'))

static inline int
is_vowel(char c)
{
	return c >= 'a' && (LETTER_BIT(c) & VOWELS) != 0;
}

static inline void
start_word(AnthologyNameReader *reader)
{
	AnthologyName *parsed = reader->parsed;
	AnthologyNameWord *word;

	if (parsed->count == ANTHOLOGY_NAME_WORDS)
		parsed->count--;
	word = &parsed->words[parsed->count];
	memset(word, 0, sizeof(*word));
	word->start = (uint16_t) reader->at;
	word->flags = reader->hyphen ? ANTHOLOGY_WORD_HYPHEN : 0;
	word->family_rank = word->given_rank = 0xFF;
	reader->word = word;
	reader->capitals = 0;
	reader->digraphs = 0;
	reader->hyphen = 0;
}

/* Adds a small letter; does nothing when the word is full. */
static inline void
add_letter(AnthologyNameReader *reader, char c)
{
	AnthologyNameWord *word = reader->word;

	if (word->size < ANTHOLOGY_NAME_LETTERS)
	{
		word->text.letters[word->size++] = c;
		word->set |= LETTER_BIT(c);
		reader->digraphs = 1;
	}
}

/* Writes ue, oe, ae, aa and dj as one letter where they stand for a diacritic. */
extern void anthology_name_fold_digraphs(AnthologyNameWord *word);

static inline void
end_word(AnthologyNameReader *reader, int at)
{
	AnthologyNameWord *word = reader->word;

	if (word == NULL)
		return;
	if (word->size == 0)
	{
		reader->word = NULL;
		return;
	}
	word->end = (uint16_t) at;
	if (reader->capitals == word->size && word->size > 1)
		reader->caps_words |= 1u << reader->parsed->count;
	else
		reader->caps_words &= ~(1u << reader->parsed->count);
	if (reader->digraphs && word->size > 3)
		anthology_name_fold_digraphs(word);
	reader->parsed->count++;
	reader->word = NULL;
}

/*
 * Reads the character at *i, which is not ASCII, or the run of letters that
 * begins there, and moves *i behind it. Fails only when ICU or malloc does.
 */
extern AnthologyStatus anthology_name_read_character(AnthologyNameReader *reader, int length,
													 int *i);

/* Whether the word is "Jr.", "III" or the like. */
extern int	anthology_name_is_suffix(const AnthologyNameWord *word);

/* Gives the words of a name with at least one their roles, and brings them in order. */
extern void anthology_name_assign_roles(AnthologyNameReader *reader);

#endif							/* ANTHOLOGY_CORE_NAME_READER_H */
