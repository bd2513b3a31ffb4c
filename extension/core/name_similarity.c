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
 *   3. Words of one name that joined are a word of the other are joined
 *      (name_join.c).
 *   4. Every pair of words is given its value in bits (name_value.c); the words are
 *      matched one to one so that the sum is greatest, exactly (name_match.c:
 *      dynamic programming over the sets of matched words of b). If no family
 *      name is among them, the similarity is 0 after all.
 *   5. Words left over are missing or, where both names have one of the same
 *      role left over, in conflict.
 *
 * The names are put into a fixed order first, so that the result is symmetric
 * whatever the rounding. A closer spelling never costs more than a farther one,
 * with one exception that is meant: a spelling that is itself a known other name
 * (Frank and Franke, Wang and Wan).
 *
 * Names cut short. A given name that begins another one tells no less than its
 * initial would: Prem Natarajan is nearer to Premkumar Natarajan than P. Natarajan
 * is. Two known names are held to be two (Paul and Paula), unless four letters and
 * more are missing. A beginning that is Chinese syllables of a longer Chinese name
 * (Xing, Xingliang) is another name more often than not, and costs more. A family
 * name that lacks up to three letters counts as so many typing errors.
 *
 * Other romanisations (Tsung-Hsien Shih, Zongxian Shi). A word that only reads
 * alike (name_syllables.c), or a family name that is another form, costs some bits;
 * a second one in the same pair of names costs less: who romanises one word
 * otherwise does so throughout.
 *
 * Worked example, "A. Berger" and "Adam L. Berger": Berger is in 2^5 of 2^16.5
 * names: some 11 bits. The initial adds few, the missing L. costs few; less than
 * the 16.5 bits that would single out one name, so this is likely, not certain.
 */
#include "name_evidence.h"

#include <math.h>
#include <string.h>

#include "name_frequency.h"
#include "name_words.h"

/* Where the similarity is a half, and how many bits make it e times surer. */
#define MIDDLE (-9.0f)
#define SPREAD 2.5f

/*
 * Similarities are multiples of this: the sum of an explanation's contributions
 * is then exact in any order.
 */
#define GRAIN (1.0f / (1 << 22))

void
anthology_name_prepare(AnthologyName *name)
{
	for (int i = 0; i < name->count; i++)
	{
		anthology_name_rank(&name->words[i]);
		anthology_word_prepare(&name->words[i]);
	}
}

int
anthology_name_goes_first(const AnthologyName *a, const AnthologyName *b)
{
	for (int i = 0; i < a->count && i < b->count; i++)
	{
		int			order = memcmp(&a->words[i].text, &b->words[i].text, sizeof(a->words[i].text));

		if (order != 0)
			return order < 0;
	}
	return a->count < b->count;
}

int
anthology_names_may_agree(const AnthologyName *a, const AnthologyName *b)
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
			if (x->role == y->role &&
				((anthology_families_may_be_one(x, y) && anthology_families_are_one(x, y)) ||
				 anthology_words_may_be_long(x, y)))
				return 1;
		}
	}
	return 0;
}

/* Adds a line to the explanation, in bits for now. */
static void
add_reason(AnthologyNameExplanation *explanation, const AnthologyJoinedName *a, int i,
		   const AnthologyJoinedName *b, int j, AnthologyNameHow how, float bits)
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
left_over(const AnthologyJoinedName *name, uint32_t matched, AnthologyNameRole role)
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
is_kept(const AnthologyName *name, const AnthologyJoinedName *joined, int i)
{
	uint8_t		role = name->words[joined->first[i]].role;

	return joined->first[i] == joined->last[i] || role == ANTHOLOGY_NAME_FAMILY ||
		role == ANTHOLOGY_NAME_PARTICLE;
}

float
anthology_name_weigh(const AnthologyName *a, const AnthologyName *b,
					 AnthologyNameExplanation *explanation)
{
	AnthologyJoinedName	x;
	AnthologyJoinedName	y;
	AnthologyNamePair	pairs[ANTHOLOGY_NAME_WORDS][ANTHOLOGY_NAME_WORDS];
	int			match[ANTHOLOGY_NAME_WORDS];
	uint32_t	x_matched = 0;
	uint32_t	y_matched = 0;
	int			full = 0;
	int			otherwise = 0;
	float		sum = ANTHOLOGY_NAMES_APART;
	float		bits;
	int			i;
	int			j;

	anthology_name_join(a, b, &x);
	anthology_name_join(b, a, &y);
	/* Mostly there is nothing alike that could found it: look at that first. */
	for (i = 0; i < x.count; i++)
		for (j = 0; j < y.count; j++)
			if (may_found(&x.words[i], &y.words[j]))
			{
				pairs[i][j] = anthology_name_value(&x.words[i], &y.words[j]);
				full |= pairs[i][j].how != ANTHOLOGY_HOW_NOT;
			}
	if (!full)
		return -100;
	for (i = 0; i < x.count; i++)
		for (j = 0; j < y.count; j++)
			if (!may_found(&x.words[i], &y.words[j]))
				pairs[i][j] = anthology_name_value(&x.words[i], &y.words[j]);
	anthology_name_match(&x, &y, pairs, match);
	for (i = 0, full = 0; i < x.count; i++)
		full |= match[i] >= 0 && may_found(&x.words[i], &y.words[match[i]]) &&
			is_kept(a, &x, i) && is_kept(b, &y, match[i]);
	if (!full)
		return -100;

	for (i = 0; i < x.count; i++)
	{
		j = match[i];
		if (j < 0)
			continue;
		x_matched |= 1u << i;
		y_matched |= 1u << j;
		bits = pairs[i][j].value;
		/* Who romanises one word otherwise does so with all. */
		if (pairs[i][j].otherwise && otherwise++ > 0)
			bits += W.again;
		sum += bits;
		add_reason(explanation, &x, i, &y, j, pairs[i][j].how, bits);
	}
	for (i = 0; i < x.count; i++)
		if (!(x_matched >> i & 1))
		{
			bits = -anthology_name_missing(&x.words[i]);
			sum += bits;
			add_reason(explanation, &x, i, &y, -1, ANTHOLOGY_HOW_MISSING, bits);
		}
	for (j = 0; j < y.count; j++)
		if (!(y_matched >> j & 1))
		{
			bits = -anthology_name_missing(&y.words[j]);
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

float
anthology_similarity_grain(float value)
{
	return rintf(value / GRAIN) * GRAIN;
}

float
anthology_similarity_of_bits(float bits)
{
	float		similarity;

	if (bits < -99)
		return 0;
	similarity = 1 / (1 + expf((MIDDLE - bits) / SPREAD));
	return anthology_similarity_grain(similarity < 0.9999f ? similarity : 0.9999f);
}

float
anthology_name_compare(const AnthologyName *a, const AnthologyName *b)
{
	if (a->count == b->count && anthology_name_equal(a, b))
		return 1;
	if (!anthology_names_may_agree(a, b))
		return 0;
	return anthology_similarity_of_bits(anthology_name_goes_first(a, b) ?
										anthology_name_weigh(a, b, NULL) :
										anthology_name_weigh(b, a, NULL));
}

float
anthology_name_bound(const AnthologyName *name, int first, int last,
					 const AnthologyNameWord *word, const AnthologyNameWord *other, float lost,
					 int alike)
{
	AnthologyNamePair	pair = anthology_name_value(word, other);
	/* Sums in another order differ in their last bits. */
	float		bits = ANTHOLOGY_NAMES_APART + pair.value - lost + 1e-4f;

	if (pair.how == ANTHOLOGY_HOW_NOT)
		return 0;
	/* Another word that is romanised otherwise too costs less. */
	if (pair.otherwise && alike)
		bits += least_of(lost, W.again);
	for (int i = 0; i < name->count; i++)
		if (i < first || i > last)
			bits += anthology_name_most_bits(&name->words[i]);
	return anthology_similarity_of_bits(bits);
}

float
anthology_name_conflict(const AnthologyNameWord *word, int contradicting)
{
	return anthology_name_most_bits(word) +
		(contradicting ? 2 * W.missing_given + W.conflict_given : 0);
}
