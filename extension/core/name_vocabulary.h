/*
 * name_vocabulary.h - the words of all names in an index, and which of them
 * may agree with those of a name.
 */
#ifndef ANTHOLOGY_CORE_NAME_VOCABULARY_H
#define ANTHOLOGY_CORE_NAME_VOCABULARY_H

#include "name_postings.h"

/*
 * Words in the order of their letters; those with the same letters that differ in
 * umlauts follow each other. The arrays belong to the caller; those of sets,
 * sounds and family_sizes can be read to the end of a block.
 */
#define ANTHOLOGY_VOCABULARY_BLOCK 64

typedef struct AnthologyVocabulary
{
	int			count;
	int			letters_size;	/* bytes in letters */
	int			has_consonants; /* any word written without vowels? */
	char	   *letters;		/* of all words, one after another */
	uint32_t   *starts;			/* where in letters: count + 1 of them */
	uint32_t   *sets;			/* bit per letter that occurs */
	uint32_t   *sounds;			/* anthology_word_sound */
	uint32_t   *family_sizes;	/* letters of a family name; of another word, very many */
	uint32_t   *umlauts;
	uint8_t    *occurs;			/* ANTHOLOGY_OCCURS_ */
} AnthologyVocabulary;

/* Sets the word's starts, sets and sounds from its letters at the end of all. */
extern void anthology_vocabulary_add(AnthologyVocabulary *vocabulary, const char *letters,
									 int size, int occurs, uint32_t umlauts);

#define ANTHOLOGY_SOUGHT_ALIASES 200

/* A name whose like is looked for. */
typedef struct AnthologySought
{
	AnthologyName name;
	/* Other forms of its given names; -1: too many. */
	int			aliases;
	char		alias[ANTHOLOGY_SOUGHT_ALIASES][16];
	uint32_t	readings;		/* bit per first letter of what may read like one */
} AnthologySought;

extern void anthology_seek(const AnthologyName *name, AnthologySought *sought);

/* Names under one word differ in how much the rest of them can be like the name's. */
typedef enum AnthologyNearness
{
	ANTHOLOGY_NEAR,				/* the other word begins alike */
	ANTHOLOGY_NEARBY,			/* it may be a short form, a typing error ... */
	ANTHOLOGY_FAR,				/* there is nothing alike */
	ANTHOLOGY_NEARNESS
} AnthologyNearness;

/* Postings where names like another may be found. */
typedef struct AnthologyPostingSource
{
	uint8_t		kind;			/* ANTHOLOGY_POSTING_FAMILY or _GIVEN */
	uint8_t		size;
	char		letters[ANTHOLOGY_NAME_LETTERS];
	int			other;			/* word of the name that the other one should be like, or -1 */
	float		bound[ANTHOLOGY_NEARNESS];	/* no name that near is more similar */
} AnthologyPostingSource;

/*
 * Gives take the sources of a name, by no means sorted, and the same kind and
 * letters perhaps twice. Sources with no bound of least at least are left out.
 */
extern void anthology_vocabulary_sources(const AnthologyVocabulary *vocabulary,
										 const AnthologySought *sought, float least,
										 void (*take) (void *context,
													   const AnthologyPostingSource *source),
										 void *context);

/* How near a posting of a source is. */
extern AnthologyNearness anthology_source_nearness(const AnthologySought *sought,
												   const AnthologyPostingSource *source,
												   const AnthologyPostingView *view);

#endif							/* ANTHOLOGY_CORE_NAME_VOCABULARY_H */
