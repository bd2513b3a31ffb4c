/*
 * name_words.h - how two words of names agree.
 */
#ifndef ANTHOLOGY_CORE_NAME_WORDS_H
#define ANTHOLOGY_CORE_NAME_WORDS_H

#include "name_parts.h"
#include "name_similarity.h"
#include "name_syllables.h"

typedef struct AnthologyWordAgreement
{
	AnthologyNameHow how;
	int			distance;		/* letters inserted, deleted, replaced or swapped */
	int			doubtful;		/* of a reading: see name_syllables.h */
	int			long_vowel;		/* of a diacritic: a Japanese long vowel, spelt out or not */
} AnthologyWordAgreement;

/* Whether typing errors could lie between them: false for nearly all pairs. */
static inline int
anthology_words_may_agree(const AnthologyNameWord *a, const AnthologyNameWord *b)
{
	int			least = a->size < b->size ? a->size : b->size;
	int			most = a->size < b->size ? b->size : a->size;
	int			errors = most >= 10 ? 3 : most >= 7 ? 2 : 1;
	uint32_t	set = a->set ^ b->set;

	if (least < 3 || most < 4 || most - least > errors)
		return 0;
	/* An error changes two letters at most. */
	set &= set - 1;
	set &= set - 1;
	if (errors > 1)
	{
		set &= set - 1;
		set &= set - 1;
	}
	if (errors > 2)
	{
		set &= set - 1;
		set &= set - 1;
	}
	return set == 0;
}

/* Whether words may begin so and sound alike: Yakovlev and Iakovlev. */
static inline int
anthology_letters_start_alike(char a, char b)
{
	const uint32_t i = 1u << ('i' & 31) | 1u << ('j' & 31) | 1u << ('y' & 31);

	return a == b || ((i >> (a & 31) & 1) && (i >> (b & 31) & 1));
}

/* A family name of three letters and more may be cut short by so many. */
#define ANTHOLOGY_WORD_CUT 3

/* What two words are to each other. */
typedef enum AnthologyWordKind
{
	ANTHOLOGY_WORDS_MIXED,		/* a given and a family name: must be spelt alike */
	ANTHOLOGY_WORDS_FAMILY,
	ANTHOLOGY_WORDS_GIVEN		/* short forms and beginnings count too */
} AnthologyWordKind;

static inline int
anthology_words_equal(const AnthologyNameWord *a, const AnthologyNameWord *b)
{
	return a->text.chunks[0] == b->text.chunks[0] && a->text.chunks[1] == b->text.chunks[1] &&
		a->text.chunks[2] == b->text.chunks[2] && a->text.chunks[3] == b->text.chunks[3];
}

/* How two full words agree. */
extern AnthologyWordAgreement anthology_words_agree(const AnthologyNameWord *a,
													const AnthologyNameWord *b,
													AnthologyWordKind kind);

/* Whether two words may differ in how Japanese long vowels are spelt: false for nearly all. */
static inline int
anthology_words_may_be_long(const AnthologyNameWord *a, const AnthologyNameWord *b)
{
	const uint32_t spelt = 1u << ('h' & 31) | 1u << ('o' & 31) | 1u << ('u' & 31);

	return ((a->set ^ b->set) & ~spelt) == 0 && ((a->set | b->set) & spelt) != 0 &&
		a->text.letters[0] == b->text.letters[0];
}

/* Whether a word may be Japanese and have a long vowel, spelt out or not. */
extern int	anthology_word_may_be_long(const AnthologyNameWord *word);

/* What AnthologyNameWord.forms says. */
#define ANTHOLOGY_FORMS_LOOKED_UP 1
#define ANTHOLOGY_FORMS_ALIAS 2
#define ANTHOLOGY_FORMS_SYLLABLE 4	/* it is a Chinese syllable */

/* By first letter of a family name (a: 1), a bit for each first letter of an alias. */
extern const uint32_t anthology_alias_starts[32];

static inline int
anthology_families_may_start(char a, char b)
{
	return ((anthology_alias_starts[a & 31] >> (b & 31)) & 1) || anthology_letters_may_read(a, b);
}

/* Whether two family names may be forms of one: false for nearly all. */
static inline int
anthology_families_may_be_one(const AnthologyNameWord *a, const AnthologyNameWord *b)
{
	return a->forms != ANTHOLOGY_FORMS_LOOKED_UP && b->forms != ANTHOLOGY_FORMS_LOOKED_UP &&
		anthology_families_may_start(a->text.letters[0], b->text.letters[0]);
}

/* Whether two family names are forms of one, though not by their letters. */
extern int	anthology_families_are_one(const AnthologyNameWord *a, const AnthologyNameWord *b);

/* Looks up whether a word has other forms, so that comparing it with many is quicker. */
extern void anthology_word_prepare(AnthologyNameWord *word);

/* A hash of how the word sounds, 0 if it is too short: words that sound alike have the same. */
extern uint32_t anthology_word_sound(const AnthologyNameWord *word);

/*
 * Letters inserted, deleted, replaced or swapped with their neighbour. The pattern of the first
 * word has, for each ASCII letter, a bit for each place where it stands.
 */
extern int	anthology_pattern_distance(const uint32_t *pattern, int a_size, const char *letters,
									   int size);

/*
 * Gives take every other form known of a given or a family name, and perhaps the
 * name itself. Of given names, forms that only read alike are left out.
 */
extern void anthology_word_aliases(const AnthologyNameWord *word, int given,
								   void (*take) (void *context, const char *letters),
								   void *context);

#endif							/* ANTHOLOGY_CORE_NAME_WORDS_H */
