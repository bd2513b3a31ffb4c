/*
 * name_value.c - what two words of names are worth to each other, in bits.
 *
 * A word that agrees tells as much as it is rare; how it agrees costs some. The
 * costs are in name_weights.inc.
 */
#include "name_evidence.h"

#include <string.h>

#include "name_frequency.h"
#include "name_syllables.h"
#include "name_words.h"

/* Bits of a given name that is neither common nor rare. */
#define MIDDLING 12.5f
/* So many letters are no other ending. */
#define CUT_SHORT 4

#ifdef ANTHOLOGY_NAME_TUNING
AnthologyNameWeights anthology_name_weights = {
#include "name_weights.inc"
};
#endif

/*
 * What a given name is worth that agrees with an initial. The commoner of two is a
 * little likelier to be meant; a rare one is often a slip.
 */
static float
initial_bits(const AnthologyNameWord *word)
{
	return W.initial + W.common * (MIDDLING - anthology_rank_bits(word->given_rank));
}

/* Whether so much of one of two words is missing that it may be the other one cut short. */
static int
is_cut_short(const AnthologyNameWord *a, const AnthologyNameWord *b)
{
	return (a->size > b->size ? a->size - b->size : b->size - a->size) >= CUT_SHORT;
}

AnthologyNamePair
anthology_name_value(const AnthologyNameWord *a, const AnthologyNameWord *b)
{
	AnthologyNamePair pair = {0, ANTHOLOGY_HOW_NOT, 0, 0};
	AnthologyWordAgreement agreement;
	int			a_family = a->role == ANTHOLOGY_NAME_FAMILY;
	int			b_family = b->role == ANTHOLOGY_NAME_FAMILY;
	int			a_given = a->role == ANTHOLOGY_NAME_GIVEN;
	int			b_given = b->role == ANTHOLOGY_NAME_GIVEN;
	int			both_family = a_family && b_family;
	int			both_given = !a_family && !b_family;
	float		bits;
	float		full;			/* what they are worth spelt alike */
	float		errors;
	int			syllables = 0;	/* both are of Pinyin, and one begins the other */

	if (a->role == ANTHOLOGY_NAME_PARTICLE || b->role == ANTHOLOGY_NAME_PARTICLE)
	{
		if (a->role == b->role && memcmp(&a->text, &b->text, sizeof(a->text)) == 0)
		{
			pair.how = ANTHOLOGY_HOW_EQUAL;
			pair.value = 0.5f;
			return pair;
		}
		if (a->role == b->role || a->size < 3 || b->size < 3)
			return pair;
	}

	/* An initial says little, and nothing of a family name, unless it is one ("Weinan E"). */
	if ((a->size == 1 || b->size == 1) &&
		!(a->size == b->size && both_family && !((a->flags | b->flags) & ANTHOLOGY_WORD_DOT)))
	{
		int			both = a->size == b->size;

		if (a->text.letters[0] != b->text.letters[0])
			return pair;
		if (!both_given && !(both && both_family))
		{
			if ((a->size == 1 && a_family) || (b->size == 1 && b_family))
				return pair;
			pair.how = ANTHOLOGY_HOW_INITIAL;
			pair.value = W.family_initial;
			pair.moved = 1;
			return pair;
		}
		pair.how = both ? ANTHOLOGY_HOW_EQUAL : ANTHOLOGY_HOW_INITIAL;
		if (a_given && b_given)
			pair.value = both ? W.initials : initial_bits(a->size > 1 ? a : b);
		else
			pair.value = both ? W.middle_initials : W.middle_initial;
		if (a_given != b_given)
		{
			pair.value -= W.shifted;
			pair.moved = 1;
		}
		return pair;
	}

	agreement = anthology_words_agree(a, b, both_given ? ANTHOLOGY_WORDS_GIVEN :
									  both_family ? ANTHOLOGY_WORDS_FAMILY : ANTHOLOGY_WORDS_MIXED);
	if (agreement.how == ANTHOLOGY_HOW_NOT)
		return pair;

	/* The commoner of the two tells how much. */
	{
		uint8_t		family = a->family_rank > b->family_rank ? a->family_rank : b->family_rank;
		uint8_t		given = a->given_rank > b->given_rank ? a->given_rank : b->given_rank;

		if (both_family)
			bits = W.family_scale * least_of(anthology_rank_bits(family), W.family_cap);
		else if (both_given)
			bits = (a_given || b_given ? W.given_scale : W.middle_scale) *
				least_of(anthology_rank_bits(given), W.given_cap);
		else
			bits = W.family_scale *
				least_of(least_of(anthology_rank_bits(family), anthology_rank_bits(given)),
						 W.family_cap);
	}
	full = bits;
	/* Many names are an error away from a rare one. */
	if (both_family && !((a->flags | b->flags) & ANTHOLOGY_WORD_CONSONANTS) &&
		(agreement.how == ANTHOLOGY_HOW_SOUND || agreement.how == ANTHOLOGY_HOW_TYPO))
		bits = least_of(bits, W.typo_cap);
	errors = 5 * (float) agreement.distance / (float) (a->size > b->size ? a->size : b->size);
	switch (agreement.how)
	{
		case ANTHOLOGY_HOW_DIACRITIC:
			bits -= agreement.long_vowel ? W.long_vowel : W.diacritic;
			break;
		case ANTHOLOGY_HOW_ALIAS:
			bits = least_of(bits, 10) - W.alias;
			break;
		case ANTHOLOGY_HOW_READING:
			bits = least_of(bits, 10) - W.reading - (agreement.doubtful ? W.doubtful : 0);
			break;
		case ANTHOLOGY_HOW_ABBREVIATION:
			bits = least_of(bits, 10) - W.abbreviation;
			/* Xing is not the beginning of Xingliang, as Prem is of Premkumar. */
			syllables = anthology_word_is_pinyin(a) && anthology_word_is_pinyin(b);
			if (syllables)
				bits -= W.syllables;
			break;
		case ANTHOLOGY_HOW_SOUND:
			/* A script without vowels cannot agree better. */
			if ((a->flags | b->flags) & ANTHOLOGY_WORD_CONSONANTS)
			{
				bits -= W.diacritic;
				break;
			}
			/* Never worse than the errors in it. */
			bits -= least_of(both_given ? W.sound : W.family_sound,
						  (both_given ? W.typo : W.family_typo) + W.error * errors);
			break;
		case ANTHOLOGY_HOW_TYPO:
			bits -= (both_given ? W.typo : W.family_typo) + W.error * errors;
			break;
		default:
			break;
	}
	if (agreement.how == ANTHOLOGY_HOW_TYPO || agreement.how == ANTHOLOGY_HOW_ABBREVIATION ||
		agreement.how == ANTHOLOGY_HOW_SOUND)
	{
		int			dotted = agreement.how == ANTHOLOGY_HOW_ABBREVIATION &&
			((a->size < b->size ? a : b)->flags & ANTHOLOGY_WORD_DOT);
		int			known = both_given ? a->given_rank && b->given_rank :
			(a->family_rank || a->given_rank) && (b->family_rank || b->given_rank);

		/* Two known names, but one may be the other cut short. */
		if (agreement.how == ANTHOLOGY_HOW_ABBREVIATION && !syllables && is_cut_short(a, b))
			known = 0;
		if (known && agreement.how == ANTHOLOGY_HOW_SOUND)
			bits -= (a->flags | b->flags) & ANTHOLOGY_WORD_CONSONANTS ? 0 : W.known / 3;
		else if (known && !dotted)
			bits -= both_given ? W.known : W.family_known;
		/* A beginning never tells less than its first letter alone. */
		if (agreement.how == ANTHOLOGY_HOW_ABBREVIATION && a_given == b_given &&
			(dotted || (!known && !syllables && a->size >= 4 && b->size >= 4)))
		{
			float		floor = (a_given ? initial_bits(a->size > b->size ? a : b) :
									 W.middle_initial) + W.beginning;

			floor = least_of(floor, full);
			bits = bits > floor ? bits : floor;
		}
	}
	if ((a->flags | b->flags) & ANTHOLOGY_WORD_JOINED)
	{
		bits -= W.joined;
		if (agreement.how == ANTHOLOGY_HOW_EQUAL)
			agreement.how = ANTHOLOGY_HOW_JOINED;
	}
	if (!both_family && !both_given)
	{
		pair.moved = 1;
		if (a_given || b_given)
			bits -= W.swapped;
		else
			bits -= W.surname_shifted;
	}
	else if (a_given != b_given && both_given)
	{
		pair.moved = 1;
		bits -= W.shifted;
	}
	pair.how = agreement.how;
	pair.otherwise = agreement.how == ANTHOLOGY_HOW_READING ||
		(both_family && agreement.how == ANTHOLOGY_HOW_ALIAS);
	pair.value = bits;
	return pair;
}

float
anthology_name_missing(const AnthologyNameWord *word)
{
	switch (word->role)
	{
		case ANTHOLOGY_NAME_GIVEN:
			return W.missing_given;
		case ANTHOLOGY_NAME_PARTICLE:
			return W.missing_particle;
		case ANTHOLOGY_NAME_FAMILY:
			return W.missing_family;
		default:
			if (word->size == 1)
				return W.missing_initial;
			return (word->flags & ANTHOLOGY_WORD_HYPHEN) ? W.missing_hyphenated : W.missing_middle;
	}
}

float
anthology_name_most_bits(const AnthologyNameWord *word)
{
	float		family = least_of(anthology_rank_bits(word->family_rank), W.family_cap);
	float		given = least_of(anthology_rank_bits(word->given_rank), W.given_cap);

	if (word->role == ANTHOLOGY_NAME_SUFFIX ||
		(word->role == ANTHOLOGY_NAME_PARTICLE && word->size < 3))
		return 0.5f;
	if (word->size == 1)
		return word->role == ANTHOLOGY_NAME_GIVEN ? W.initials : W.middle_initials;
	if (word->role == ANTHOLOGY_NAME_FAMILY)
		return W.family_scale * family;
	family = W.family_scale * family - W.swapped;
	given *= W.given_scale;
	if (given < initial_bits(word))
		given = initial_bits(word);
	return given > family ? given : family;
}
