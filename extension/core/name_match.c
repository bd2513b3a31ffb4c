/*
 * name_match.c - which word of one name goes with which of the other.
 */
#include "name_evidence.h"

void
anthology_name_match(const AnthologyJoinedName *a, const AnthologyJoinedName *b,
					 AnthologyNamePair pairs[][ANTHOLOGY_NAME_WORDS], int *match)
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
				anthology_name_missing(&a->words[i]) + anthology_name_missing(&b->words[j]);
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
