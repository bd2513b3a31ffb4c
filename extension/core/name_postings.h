/*
 * name_postings.h - the keys under which an index keeps a name.
 */
#ifndef ANTHOLOGY_CORE_NAME_POSTINGS_H
#define ANTHOLOGY_CORE_NAME_POSTINGS_H

#include "name_parts.h"

/* Changes whenever a name is read or written in another way. */
#define ANTHOLOGY_POSTINGS_VERSION 2

/* What stands behind a posting's word: less than any letter. */
#define ANTHOLOGY_POSTING_FAMILY 1	/* a family name */
#define ANTHOLOGY_POSTING_GIVEN 2	/* any other word */

/* The first byte of what is no posting of a name: greater than any letter. */
#define ANTHOLOGY_POSTING_NULL 0xFE /* of no name at all */
#define ANTHOLOGY_POSTING_WORD 0xFF /* that a word occurs */

#define ANTHOLOGY_POSTING_BYTES 464
#define ANTHOLOGY_NAME_POSTINGS 64

typedef struct AnthologyPosting
{
	int			size;
	uint8_t		bytes[ANTHOLOGY_POSTING_BYTES];
} AnthologyPosting;

/* A posting's bytes, taken apart; points into them. */
typedef struct AnthologyPostingView
{
	int			kind;			/* ANTHOLOGY_POSTING_FAMILY or _GIVEN */
	int			primary;		/* the one that every name has once */
	int			word_size;
	int			other_size;
	const char *word;			/* the word it is kept under */
	const char *other;			/* the given name; under another word, the family name */
	const uint8_t *packed;
	const uint8_t *end;
} AnthologyPostingView;

/*
 * Writes the postings of a name, every one different, and returns how many: one under
 * each full word and under joined family names and particles, exactly one of these
 * primary, and one for each word as such.
 */
extern int	anthology_name_postings(const AnthologyName *name, AnthologyPosting *postings);

/*
 * Takes the bytes of a name's posting apart; returns 0 if they are none. They come
 * from a disk: whatever they are, nothing is read or written beyond them.
 */
extern int	anthology_posting_view(const uint8_t *bytes, size_t size, AnthologyPostingView *view);

/* The number of words of a posting's name. */
extern int	anthology_posting_words(const AnthologyPostingView *view);

/*
 * The name of a posting, as it was when written but for start and end of its words;
 * 0 if the bytes are none.
 */
extern int	anthology_posting_name(const AnthologyPostingView *view, AnthologyName *name);

/* What a word posting holds. */
#define ANTHOLOGY_OCCURS_FAMILY 1
#define ANTHOLOGY_OCCURS_GIVEN 2
#define ANTHOLOGY_OCCURS_CONSONANTS 4

/* The letters of a word posting and how many; -1 if the bytes are none. */
extern int	anthology_posting_word(const uint8_t *bytes, size_t size, const char **letters,
								   int *occurs, uint32_t *umlauts);

#endif							/* ANTHOLOGY_CORE_NAME_POSTINGS_H */
