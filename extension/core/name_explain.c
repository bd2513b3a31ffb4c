/*
 * name_explain.c - why two names are as alike as they are.
 *
 * What each pair of words adds, in bits, is turned into its share of the similarity.
 */
#include "name_evidence.h"

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
	without = opposing > 0 ? anthology_similarity_of_bits(ANTHOLOGY_NAMES_APART + agreeing) :
		similarity;
	for (int i = 0; i < explanation->count; i++)
	{
		float	   *share = &explanation->reasons[i].contribution;

		if (*share > 0)
			*share = anthology_similarity_grain(without * (*share / agreeing));
		else if (opposing > 0)
			*share = anthology_similarity_grain((similarity - without) * (-*share / opposing));
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
	else if (!anthology_names_may_agree(a, b))
		similarity = 0;
	else if (anthology_name_goes_first(a, b))
		similarity = anthology_similarity_of_bits(anthology_name_weigh(a, b, explanation));
	else
	{
		similarity = anthology_similarity_of_bits(anthology_name_weigh(b, a, explanation));
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
