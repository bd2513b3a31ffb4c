/*
 * name_evidence.h - what the files that compare names share.
 *
 * name_similarity.c says how it goes; name_join.c joins words, name_value.c says
 * what two words are worth to each other, name_match.c matches them, name_explain.c
 * tells why. No other file includes this, but the fitting of the weights.
 */
#ifndef ANTHOLOGY_CORE_NAME_EVIDENCE_H
#define ANTHOLOGY_CORE_NAME_EVIDENCE_H

#include "name_similarity.h"

#define ANTHOLOGY_WORD_JOINED 16			/* flag: made of two words */

/* A pair of words that agree. */
typedef struct AnthologyNamePair
{
	float		value;			/* bits, less the cost of how they agree */
	AnthologyNameHow how;		/* NOT: no pair */
	int			moved;			/* they stand in different roles */
	int			otherwise;		/* romanised in another way */
} AnthologyNamePair;

/* A name whose words may have been joined. */
typedef struct AnthologyJoinedName
{
	int			count;			/* words but suffixes */
	AnthologyNameWord words[ANTHOLOGY_NAME_WORDS];
	uint8_t		first[ANTHOLOGY_NAME_WORDS];	/* of the words that were joined */
	uint8_t		last[ANTHOLOGY_NAME_WORDS];
} AnthologyJoinedName;

static inline float
least_of(float x, float y)
{
	return x < y ? x : y;
}

/* In bits. */
typedef struct AnthologyNameWeights
{
	float		family_scale;	/* of the bits of an equal family name */
	float		family_cap;
	float		given_scale;
	float		given_cap;
	float		middle_scale;
	float		initial;		/* a given name agrees with an initial */
	float		common;			/* each bit that the name is commoner */
	float		beginning;		/* a beginning, more than an initial */
	float		initials;		/* two initials of given names agree */
	float		middle_initial;
	float		middle_initials;
	float		family_initial; /* a given name is the initial of a family name */
	float		joined;			/* costs from here on */
	float		diacritic;
	float		alias;
	float		reading;
	float		doubtful;		/* more, if it may well be two names */
	float		again;			/* of both, given back for the second word */
	float		long_vowel;		/* Japanese */
	float		abbreviation;
	float		syllables;		/* a beginning in Pinyin is more often another name */
	float		sound;
	float		family_sound;
	float		typo;			/* a first error in a given name */
	float		family_typo;
	float		typo_cap;		/* of the bits of a family name spelt otherwise */
	float		error;			/* each error, by a fifth of the longer word */
	float		known;			/* both spellings are known names */
	float		family_known;	/* of family names */
	float		swapped;		/* family name met given name */
	float		shifted;		/* given name met middle name */
	float		surname_shifted;	/* family name met middle name */
	float		missing_initial;
	float		missing_middle;
	float		missing_hyphenated;
	float		missing_given;
	float		missing_family; /* a second surname */
	float		missing_particle;
	float		missing_suffix;
	float		conflict_middle;
	float		conflict_initial;
	float		conflict_given;
	float		conflict_family;
	float		conflict_suffix;
} AnthologyNameWeights;


#ifdef ANTHOLOGY_NAME_TUNING
extern AnthologyNameWeights anthology_name_weights;
#else
static const AnthologyNameWeights anthology_name_weights = {
#include "name_weights.inc"
};
#endif
#define W anthology_name_weights

/* The evidence before any word is compared: log2 of one name of the 92,110. */
#define ANTHOLOGY_NAMES_APART (-16.5f)

/* Joins the words of name that together are a word of the other. */
extern void anthology_name_join(const AnthologyName *name, const AnthologyName *other,
								AnthologyJoinedName *joined);

/* What two words that agree are worth, and how they do. */
extern AnthologyNamePair anthology_name_value(const AnthologyNameWord *a,
											  const AnthologyNameWord *b);

/* What a word costs that the other name has not. */
extern float anthology_name_missing(const AnthologyNameWord *word);

/* The most bits that a word can add. */
extern float anthology_name_most_bits(const AnthologyNameWord *word);

/*
 * Matches the words of a and b one to one at the greatest sum of values, less
 * the cost of those that stay alone: match[i] is the word of b, or -1.
 */
extern void anthology_name_match(const AnthologyJoinedName *a, const AnthologyJoinedName *b,
								 AnthologyNamePair pairs[][ANTHOLOGY_NAME_WORDS], int *match);

/* Which of two different names goes first: results are symmetric whatever the rounding. */
extern int	anthology_name_goes_first(const AnthologyName *a, const AnthologyName *b);

/*
 * Whether any two full words of which one is a family name might agree: the
 * reject of nearly all pairs. Who shares a given name only is not similar.
 */
extern int	anthology_names_may_agree(const AnthologyName *a, const AnthologyName *b);

/*
 * The evidence, in bits, that both names are one person's; less than -99: none. The
 * explanation, in bits, may be NULL.
 */
extern float anthology_name_weigh(const AnthologyName *a, const AnthologyName *b,
								  AnthologyNameExplanation *explanation);

extern float anthology_similarity_of_bits(float bits);

/* The nearest value that similarities have. */
extern float anthology_similarity_grain(float value);

#endif							/* ANTHOLOGY_CORE_NAME_EVIDENCE_H */
