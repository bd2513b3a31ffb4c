/*
 * name_similarity.c - how alike two personal names are.
 *
 * Idea. Suppose the two names are drawn at random: that they agree in a word
 * tells, in bits, as much as the word is rare. The evidence that both are one
 * person's is the sum of the bits of what agrees, less what speaks against it -
 * another given name, a middle name on one side only, another order of the words
 * - and the similarity is a growing function of that sum (logistic). The
 * costs below were fitted on one half of the Anthology's people.yaml by
 * tests/bench/names, so that names of one person stand before all others.
 *
 * Steps.
 *   1. Names with the same comparison form: 1.
 *   2. No family name that agrees with a word of the other: 0. A glance at the
 *      letters tells that of nearly all pairs.
 *   3. Words of one name that joined are a word of the other are joined.
 *   4. Every pair of words is given its value in bits (value_of); the words are
 *      matched one to one so that the sum is greatest, exactly (dynamic
 *      programming over the sets of matched words of b).
 *   5. Words left over are missing or, where both names have one of the same
 *      role left over, in conflict.
 *
 * The names are put into a fixed order first, so that the result is symmetric
 * whatever the rounding. A closer spelling never costs more than a farther one,
 * with one exception that is meant: a spelling that is itself a known other name
 * (Frank and Franke, Wang and Wan).
 *
 * Worked example, "A. Berger" and "Adam L. Berger": Berger is in 2^5 of 2^16.5
 * names: some 11 bits. The initial adds few, the missing L. costs few; less than
 * the 16.5 bits that would single out one name, so this is likely, not certain.
 */
#include "name_similarity.h"

#include <math.h>
#include <string.h>

#include "name_frequency.h"
#include "name_words.h"

/* In bits. */
typedef struct NameWeights
{
	float		family_scale;	/* of the bits of an equal family name */
	float		family_cap;
	float		given_scale;
	float		given_cap;
	float		middle_scale;
	float		initial;		/* a given name agrees with an initial */
	float		beginning;		/* a rare one, more than an initial */
	float		initials;		/* two initials of given names agree */
	float		middle_initial;
	float		middle_initials;
	float		family_initial; /* a given name is the initial of a family name */
	float		joined;			/* costs from here on */
	float		diacritic;
	float		alias;
	float		abbreviation;
	float		sound;
	float		family_sound;
	float		typo;			/* a first error in a given name */
	float		family_typo;
	float		typo_cap;		/* of the bits of a family name spelt otherwise */
	float		error;			/* each error, by a fifth of the longer word */
	float		known;			/* both spellings are known names */
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
} NameWeights;

#ifdef ANTHOLOGY_NAME_TUNING
#define WEIGHTS NameWeights
#else
#define WEIGHTS static const NameWeights
#endif
WEIGHTS		anthology_name_weights = {
#include "name_weights.inc"
};
#define W anthology_name_weights

/* Where the similarity is a half, and how many bits make it e times surer. */
#define MIDDLE (-9.0f)
#define SPREAD 2.5f

/*
 * Similarities are multiples of this: the sum of an explanation's contributions
 * is then exact in any order.
 */
#define GRAIN (1.0f / (1 << 22))

#define WORD_JOINED 16			/* flag: made of two words */

/* A pair of words that agree. */
typedef struct NamePair
{
	float		value;			/* bits, less the cost of how they agree */
	AnthologyNameHow how;		/* NOT: no pair */
	int			moved;			/* they stand in different roles */
} NamePair;

/* A name whose words may have been joined. */
typedef struct JoinedName
{
	int			count;			/* words but suffixes */
	AnthologyNameWord words[ANTHOLOGY_NAME_WORDS];
	uint8_t		first[ANTHOLOGY_NAME_WORDS];	/* of the words that were joined */
	uint8_t		last[ANTHOLOGY_NAME_WORDS];
} JoinedName;

void
anthology_name_prepare(AnthologyName *name)
{
	for (int i = 0; i < name->count; i++)
	{
		anthology_name_rank(&name->words[i]);
		anthology_word_prepare(&name->words[i]);
	}
}

/* Which of two different names goes first. */
static int
goes_first(const AnthologyName *a, const AnthologyName *b)
{
	for (int i = 0; i < a->count && i < b->count; i++)
	{
		int			order = memcmp(&a->words[i].text, &b->words[i].text, sizeof(a->words[i].text));

		if (order != 0)
			return order < 0;
	}
	return a->count < b->count;
}

/*
 * Whether any two full words of which one is a family name might agree: the
 * reject of nearly all pairs. Who shares a given name only is not similar.
 */
static int
may_agree(const AnthologyName *a, const AnthologyName *b)
{
	for (int i = 0; i < a->count; i++)
	{
		const AnthologyNameWord *x = &a->words[i];

		if (x->size < 2 && x->role != ANTHOLOGY_NAME_FAMILY)
			continue;
		for (int j = 0; j < b->count; j++)
		{
			const AnthologyNameWord *y = &b->words[j];

			if (x->size == 1 && y->size == 1 && x->role == ANTHOLOGY_NAME_FAMILY &&
				y->role == ANTHOLOGY_NAME_FAMILY && x->text.letters[0] == y->text.letters[0])
				return 1;
			if (x->size < 2 || y->size < 2 ||
				(x->role != ANTHOLOGY_NAME_FAMILY && y->role != ANTHOLOGY_NAME_FAMILY))
				continue;
			if (x->text.letters[0] == y->text.letters[0])
			{
				/* One may be joined of two, or have an umlaut. */
				if (memcmp(&x->text, &y->text, x->size < y->size ? x->size : y->size) == 0 ||
					(x->umlauts | y->umlauts))
					return 1;
			}
			if (anthology_words_may_agree(x, y))
				return 1;
			if ((x->flags | y->flags) & ANTHOLOGY_WORD_CONSONANTS)
				return 1;
		}
	}
	return 0;
}

/* Joins the words of name that together are a word of the other. */
static void
join_words(const AnthologyName *name, const AnthologyName *other, JoinedName *joined)
{
	int			count = name->count;

	while (count > 0 && name->words[count - 1].role == ANTHOLOGY_NAME_SUFFIX)
		count--;
	joined->count = 0;
	for (int i = 0; i < count;)
	{
		int			last = i;
		AnthologyNameWord *word = &joined->words[joined->count];

		*word = name->words[i];
		for (int j = 0; j < other->count && last == i; j++)
		{
			const AnthologyNameWord *whole = &other->words[j];
			int			size = word->size;
			int			k = i;

			/* "S. Huang" is nobody called Shuang. */
			if (word->size == 1 && word->role == ANTHOLOGY_NAME_GIVEN &&
				i + 1 < count && name->words[i + 1].role == ANTHOLOGY_NAME_FAMILY)
				break;
			if (whole->size <= size || whole->text.letters[0] != word->text.letters[0] ||
				memcmp(whole->text.letters, word->text.letters, (size_t) size) != 0)
				continue;
			while (k + 1 < count && k < i + 2 && size + name->words[k + 1].size <= whole->size &&
				   memcmp(whole->text.letters + size, name->words[k + 1].text.letters,
						  name->words[k + 1].size) == 0)
			{
				size += name->words[++k].size;
				if (size == whole->size && !(word->size == 1 && k == i + 1 && size <= 2))
				{
					uint8_t		role = word->role;

					for (int l = i; l <= k; l++)
						if (name->words[l].role == ANTHOLOGY_NAME_FAMILY)
							role = ANTHOLOGY_NAME_FAMILY;
					*word = *whole;
					word->role = role;
					word->flags = (uint8_t) ((name->words[i].flags & ~ANTHOLOGY_WORD_DOT) |
											 WORD_JOINED);
					last = k;
					break;
				}
			}
		}
		if (word->family_rank == ANTHOLOGY_RANK_UNKNOWN)
			anthology_name_rank(word);
		joined->first[joined->count] = (uint8_t) i;
		joined->last[joined->count] = (uint8_t) last;
		joined->count++;
		i = last + 1;
	}
}

static inline float
least(float x, float y)
{
	return x < y ? x : y;
}

/* What two words that agree are worth, and how they do. */
static NamePair
value_of(const AnthologyNameWord *a, const AnthologyNameWord *b)
{
	NamePair	pair = {0, ANTHOLOGY_HOW_NOT, 0};
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
			pair.value = both ? W.initials : W.initial;
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
			bits = W.family_scale * least(anthology_rank_bits(family), W.family_cap);
		else if (both_given)
			bits = (a_given || b_given ? W.given_scale : W.middle_scale) *
				least(anthology_rank_bits(given), W.given_cap);
		else
			bits = W.family_scale *
				least(least(anthology_rank_bits(family), anthology_rank_bits(given)), W.family_cap);
	}
	full = bits;
	/* Many names are an error away from a rare one. */
	if (both_family && !((a->flags | b->flags) & ANTHOLOGY_WORD_CONSONANTS) &&
		(agreement.how == ANTHOLOGY_HOW_SOUND || agreement.how == ANTHOLOGY_HOW_TYPO))
		bits = least(bits, W.typo_cap);
	errors = 5 * (float) agreement.distance / (float) (a->size > b->size ? a->size : b->size);
	switch (agreement.how)
	{
		case ANTHOLOGY_HOW_DIACRITIC:
			bits -= W.diacritic;
			break;
		case ANTHOLOGY_HOW_ALIAS:
			bits = least(bits, 10) - W.alias;
			break;
		case ANTHOLOGY_HOW_ABBREVIATION:
			bits = least(bits, 10) - W.abbreviation;
			break;
		case ANTHOLOGY_HOW_SOUND:
			/* A script without vowels cannot agree better. */
			if ((a->flags | b->flags) & ANTHOLOGY_WORD_CONSONANTS)
			{
				bits -= W.diacritic;
				break;
			}
			/* Never worse than the errors in it. */
			bits -= least(both_given ? W.sound : W.family_sound,
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

		if (known && agreement.how == ANTHOLOGY_HOW_SOUND)
			bits -= (a->flags | b->flags) & ANTHOLOGY_WORD_CONSONANTS ? 0 : W.known / 3;
		else if (known && !dotted)
			bits -= W.known;
		/* A rare beginning never tells less than its first letter alone. */
		if (agreement.how == ANTHOLOGY_HOW_ABBREVIATION && a_given == b_given &&
			(dotted || (!known && a->size >= 4 && b->size >= 4)))
		{
			float		floor = (a_given ? W.initial : W.middle_initial) + W.beginning;

			floor = least(floor, full);
			bits = bits > floor ? bits : floor;
		}
	}
	if ((a->flags | b->flags) & WORD_JOINED)
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
	pair.value = bits;
	return pair;
}

/* What a word costs that the other name has not. */
static float
cost_of_missing(const AnthologyNameWord *word)
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

/*
 * Matches the words of a and b one to one at the greatest sum of values, less
 * the cost of those that stay alone: match[i] is the word of b, or -1.
 */
static void
match_words(const JoinedName *a, const JoinedName *b,
			NamePair pairs[ANTHOLOGY_NAME_WORDS][ANTHOLOGY_NAME_WORDS], int *match)
{
	int8_t		choice[ANTHOLOGY_NAME_WORDS][1 << ANTHOLOGY_NAME_WORDS];
	float		sums[2][1 << ANTHOLOGY_NAME_WORDS];
	unsigned	sets = 1u << b->count;
	float	   *now = sums[0];
	float	   *next = sums[1];
	float		gain[ANTHOLOGY_NAME_WORDS][ANTHOLOGY_NAME_WORDS];
	uint32_t	taken = 0;
	int			simple = 1;

	/* Mostly no word has two partners: nothing to choose. */
	for (int i = 0; i < a->count; i++)
	{
		match[i] = -1;
		for (int j = 0; j < b->count; j++)
		{
			gain[i][j] = pairs[i][j].how == ANTHOLOGY_HOW_NOT ? -1 : pairs[i][j].value +
				cost_of_missing(&a->words[i]) + cost_of_missing(&b->words[j]);
			if (gain[i][j] <= 0)
				continue;
			if (match[i] >= 0 || (taken >> j & 1))
				simple = 0;
			match[i] = j;
			taken |= 1u << j;
		}
	}
	if (simple)
		return;

	for (unsigned set = 0; set < sets; set++)
		now[set] = set == 0 ? 0 : -1e9f;
	for (int i = 0; i < a->count; i++)
	{
		float	   *swap = now;

		for (unsigned set = 0; set < sets; set++)
		{
			next[set] = now[set];
			choice[i][set] = -1;
		}
		for (int j = 0; j < b->count; j++)
			if (gain[i][j] > 0)
				for (unsigned set = 0; set < sets; set++)
					if ((set >> j & 1) && now[set & ~(1u << j)] + gain[i][j] > next[set])
					{
						next[set] = now[set & ~(1u << j)] + gain[i][j];
						choice[i][set] = (int8_t) j;
					}
		now = next;
		next = swap;
	}
	{
		unsigned	best = 0;

		for (unsigned set = 1; set < sets; set++)
			if (now[set] > now[best])
				best = set;
		for (int i = a->count - 1; i >= 0; i--)
		{
			match[i] = (int) choice[i][best];
			if (match[i] >= 0)
				best &= ~(1u << match[i]);
		}
	}
}

/* Adds a line to the explanation, in bits for now. */
static void
add_reason(AnthologyNameExplanation *explanation, const JoinedName *a, int i, const JoinedName *b,
		   int j, AnthologyNameHow how, float bits)
{
	AnthologyNameReason *reason;

	if (explanation == NULL || explanation->count == ANTHOLOGY_NAME_REASONS)
		return;
	reason = &explanation->reasons[explanation->count++];
	reason->a_first = i < 0 ? -1 : a->first[i];
	reason->a_last = i < 0 ? -1 : a->last[i];
	reason->b_first = j < 0 ? -1 : b->first[j];
	reason->b_last = j < 0 ? -1 : b->last[j];
	reason->how = how;
	reason->contribution = bits;
}

/* The suffixes of both: equal, in conflict, or one missing. */
static float
compare_suffixes(const AnthologyName *a, const AnthologyName *b)
{
	const AnthologyNameWord *x = a->count ? &a->words[a->count - 1] : NULL;
	const AnthologyNameWord *y = b->count ? &b->words[b->count - 1] : NULL;
	int			has_x = x && x->role == ANTHOLOGY_NAME_SUFFIX;
	int			has_y = y && y->role == ANTHOLOGY_NAME_SUFFIX;

	if (has_x && has_y)
		return x->text.chunks[0] == y->text.chunks[0] ? 0.5f : -W.conflict_suffix;
	return has_x || has_y ? -W.missing_suffix : 0;
}

/* The first word of a role that is left over, or -1. */
static int
left_over(const JoinedName *name, uint32_t matched, AnthologyNameRole role)
{
	for (int i = 0; i < name->count; i++)
		if (name->words[i].role == role && !(matched >> i & 1))
			return i;
	return -1;
}

/*
 * Whether two words, if they agree, may be all that two names have in common: a
 * family name and a word, or two family names of one letter.
 */
static int
may_found(const AnthologyNameWord *a, const AnthologyNameWord *b)
{
	int			a_family = a->role == ANTHOLOGY_NAME_FAMILY;
	int			b_family = b->role == ANTHOLOGY_NAME_FAMILY;

	return a->size > 1 && b->size > 1 ? a_family || b_family :
		a->size == b->size && a_family && b_family;
}

/*
 * Whether a word may found it, joined of several words as it may be: of these, an
 * index keeps the ones that begin with a family name or a particle (see
 * name_postings.c). "Robert S." is no Roberts.
 */
static int
is_kept(const AnthologyName *name, const JoinedName *joined, int i)
{
	uint8_t		role = name->words[joined->first[i]].role;

	return joined->first[i] == joined->last[i] || role == ANTHOLOGY_NAME_FAMILY ||
		role == ANTHOLOGY_NAME_PARTICLE;
}

/* The evidence, in bits, that both names are one person's; less than -99: none. */
static float
weigh(const AnthologyName *a, const AnthologyName *b, AnthologyNameExplanation *explanation)
{
	JoinedName	x;
	JoinedName	y;
	NamePair	pairs[ANTHOLOGY_NAME_WORDS][ANTHOLOGY_NAME_WORDS];
	int			match[ANTHOLOGY_NAME_WORDS];
	uint32_t	x_matched = 0;
	uint32_t	y_matched = 0;
	int			full = 0;
	float		sum = -16.5f;
	float		bits;
	int			i;
	int			j;

	join_words(a, b, &x);
	join_words(b, a, &y);
	for (i = 0; i < x.count; i++)
		for (j = 0; j < y.count; j++)
		{
			pairs[i][j] = value_of(&x.words[i], &y.words[j]);
			full |= pairs[i][j].how != ANTHOLOGY_HOW_NOT && may_found(&x.words[i], &y.words[j]) &&
				is_kept(a, &x, i) && is_kept(b, &y, j);
		}
	if (!full)
		return -100;
	match_words(&x, &y, pairs, match);

	for (i = 0; i < x.count; i++)
	{
		j = match[i];
		if (j < 0)
			continue;
		x_matched |= 1u << i;
		y_matched |= 1u << j;
		sum += pairs[i][j].value;
		add_reason(explanation, &x, i, &y, j, pairs[i][j].how, pairs[i][j].value);
	}
	for (i = 0; i < x.count; i++)
		if (!(x_matched >> i & 1))
		{
			bits = -cost_of_missing(&x.words[i]);
			sum += bits;
			add_reason(explanation, &x, i, &y, -1, ANTHOLOGY_HOW_MISSING, bits);
		}
	for (j = 0; j < y.count; j++)
		if (!(y_matched >> j & 1))
		{
			bits = -cost_of_missing(&y.words[j]);
			sum += bits;
			add_reason(explanation, &x, -1, &y, j, ANTHOLOGY_HOW_MISSING, bits);
		}

	/* What is left over on both sides contradicts. */
	i = left_over(&x, x_matched, ANTHOLOGY_NAME_GIVEN);
	j = left_over(&y, y_matched, ANTHOLOGY_NAME_GIVEN);
	if (i >= 0 && j >= 0)
	{
		sum -= W.conflict_given;
		add_reason(explanation, &x, i, &y, j, ANTHOLOGY_HOW_CONFLICT, -W.conflict_given);
	}
	i = left_over(&x, x_matched, ANTHOLOGY_NAME_MIDDLE);
	j = left_over(&y, y_matched, ANTHOLOGY_NAME_MIDDLE);
	if (i >= 0 && j >= 0)
	{
		bits = x.words[i].size > 1 && y.words[j].size > 1 ? W.conflict_middle : W.conflict_initial;
		sum -= bits;
		add_reason(explanation, &x, i, &y, j, ANTHOLOGY_HOW_CONFLICT, -bits);
	}
	i = left_over(&x, x_matched, ANTHOLOGY_NAME_FAMILY);
	j = left_over(&y, y_matched, ANTHOLOGY_NAME_FAMILY);
	if (i >= 0 && j >= 0)
	{
		sum -= W.conflict_family;
		add_reason(explanation, &x, i, &y, j, ANTHOLOGY_HOW_CONFLICT, -W.conflict_family);
	}
	bits = compare_suffixes(a, b);
	if (bits != 0)
	{
		sum += bits;
		if (explanation != NULL && explanation->count < ANTHOLOGY_NAME_REASONS)
		{
			AnthologyNameReason *reason = &explanation->reasons[explanation->count++];
			int			x_has = a->words[a->count - 1].role == ANTHOLOGY_NAME_SUFFIX;
			int			y_has = b->words[b->count - 1].role == ANTHOLOGY_NAME_SUFFIX;

			reason->a_first = reason->a_last = x_has ? a->count - 1 : -1;
			reason->b_first = reason->b_last = y_has ? b->count - 1 : -1;
			reason->how = bits > 0 ? ANTHOLOGY_HOW_EQUAL : x_has && y_has ? ANTHOLOGY_HOW_CONFLICT :
				ANTHOLOGY_HOW_MISSING;
			reason->contribution = bits;
		}
	}
	return sum;
}

static float
to_grain(float value)
{
	return rintf(value / GRAIN) * GRAIN;
}

static float
similarity_of(float bits)
{
	float		similarity;

	if (bits < -99)
		return 0;
	similarity = 1 / (1 + expf((MIDDLE - bits) / SPREAD));
	return to_grain(similarity < 0.9999f ? similarity : 0.9999f);
}

float
anthology_name_compare(const AnthologyName *a, const AnthologyName *b)
{
	if (a->count == b->count && anthology_name_equal(a, b))
		return 1;
	if (!may_agree(a, b))
		return 0;
	return similarity_of(goes_first(a, b) ? weigh(a, b, NULL) : weigh(b, a, NULL));
}

/* The most bits that a word can add. */
static float
most_bits(const AnthologyNameWord *word)
{
	float		family = least(anthology_rank_bits(word->family_rank), W.family_cap);
	float		given = least(anthology_rank_bits(word->given_rank), W.given_cap);

	if (word->role == ANTHOLOGY_NAME_SUFFIX ||
		(word->role == ANTHOLOGY_NAME_PARTICLE && word->size < 3))
		return 0.5f;
	if (word->size == 1)
		return word->role == ANTHOLOGY_NAME_GIVEN ? W.initials : W.middle_initials;
	if (word->role == ANTHOLOGY_NAME_FAMILY)
		return W.family_scale * family;
	family = W.family_scale * family - W.swapped;
	given *= W.given_scale;
	return given > family ? given : family;
}

float
anthology_name_bound(const AnthologyName *name, int first, int last,
					 const AnthologyNameWord *word, const AnthologyNameWord *other, float lost)
{
	NamePair	pair = value_of(word, other);
	/* Sums in another order differ in their last bits. */
	float		bits = -16.5f + pair.value - lost + 1e-4f;

	if (pair.how == ANTHOLOGY_HOW_NOT)
		return 0;
	for (int i = 0; i < name->count; i++)
		if (i < first || i > last)
			bits += most_bits(&name->words[i]);
	return similarity_of(bits);
}

float
anthology_name_conflict(const AnthologyNameWord *word, int contradicting)
{
	return most_bits(word) + (contradicting ? 2 * W.missing_given + W.conflict_given : 0);
}

/* A name and itself: each word has its share of the whole. */
static void
explain_equal(const AnthologyName *a, AnthologyNameExplanation *explanation)
{
	for (int i = 0; i < a->count; i++)
	{
		AnthologyNameReason *reason = &explanation->reasons[explanation->count++];

		reason->a_first = reason->a_last = reason->b_first = reason->b_last = i;
		reason->how = ANTHOLOGY_HOW_EQUAL;
		reason->contribution = a->words[i].role == ANTHOLOGY_NAME_FAMILY ? 2 : 1;
	}
}

/* Makes the contributions, in bits, shares of the similarity. */
static void
share_similarity(AnthologyNameExplanation *explanation, float similarity)
{
	float		agreeing = 0;
	float		opposing = 0;
	float		without;
	float		sum = 0;

	for (int i = 0; i < explanation->count; i++)
	{
		float		bits = explanation->reasons[i].contribution;

		if (bits > 0)
			agreeing += bits;
		else
			opposing -= bits;
	}
	/* What it would be if nothing spoke against it. */
	without = opposing > 0 ? similarity_of(agreeing - 16.5f) : similarity;
	for (int i = 0; i < explanation->count; i++)
	{
		float	   *share = &explanation->reasons[i].contribution;

		if (*share > 0)
			*share = to_grain(without * (*share / agreeing));
		else if (opposing > 0)
			*share = to_grain((similarity - without) * (-*share / opposing));
	}

	/* The rest of all roundings goes to the last line. */
	for (int i = 0; i + 1 < explanation->count; i++)
		sum += explanation->reasons[i].contribution;
	explanation->reasons[explanation->count - 1].contribution = similarity - sum;
}

float
anthology_name_explain(const AnthologyName *a, const AnthologyName *b,
					   AnthologyNameExplanation *explanation)
{
	float		similarity;

	explanation->count = 0;
	if (anthology_name_equal(a, b))
	{
		similarity = 1;
		explain_equal(a, explanation);
	}
	else if (!may_agree(a, b))
		similarity = 0;
	else if (goes_first(a, b))
		similarity = similarity_of(weigh(a, b, explanation));
	else
	{
		similarity = similarity_of(weigh(b, a, explanation));
		for (int i = 0; i < explanation->count; i++)
		{
			AnthologyNameReason *reason = &explanation->reasons[i];
			AnthologyNameReason turned = *reason;

			reason->a_first = turned.b_first;
			reason->a_last = turned.b_last;
			reason->b_first = turned.a_first;
			reason->b_last = turned.a_last;
		}
	}
	if (explanation->count == 0)
	{
		/* Nothing agrees: the whole of one against the whole of the other. */
		AnthologyNameReason *reason = &explanation->reasons[explanation->count++];

		reason->a_first = a->count > 0 ? 0 : -1;
		reason->a_last = a->count - 1;
		reason->b_first = b->count > 0 ? 0 : -1;
		reason->b_last = b->count - 1;
		reason->how = similarity == 1 ? ANTHOLOGY_HOW_EQUAL : ANTHOLOGY_HOW_CONFLICT;
		reason->contribution = similarity;
		return similarity;
	}
	share_similarity(explanation, similarity);
	return similarity;
}
