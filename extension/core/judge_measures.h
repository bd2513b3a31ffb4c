/*
 * judge_measures.h - small measures that papers and pairs of papers are judged by.
 */
#ifndef ANTHOLOGY_CORE_JUDGE_MEASURES_H
#define ANTHOLOGY_CORE_JUDGE_MEASURES_H

#include <math.h>

#include "judge.h"

#define MAX(a, b) ((a) > (b) ? (a) : (b))
#define MIN(a, b) ((a) < (b) ? (a) : (b))

/* Co-authors of consortium papers hardly know each other. */
#define MANY_AUTHORS 60

static inline int
papers_of(const AnthologyCorpus *corpus, int person)
{
	return corpus->paper_start[person + 1] - corpus->paper_start[person];
}

static inline int
authors_of(const AnthologyCorpus *corpus, int paper)
{
	return corpus->author_start[paper + 1] - corpus->author_start[paper];
}

/* How much a person with so many papers tells: 1.44 for a single one, 0.2 for 150. */
static inline double
rarity(int papers)
{
	return 1 / log(1.0 + (papers > 0 ? papers : 1));
}

/* The product of a sparse vector with one by index. Four sums, so that none waits for another. */
static inline double
dot(const int *index, const float *value, int size, const float *by_index)
{
	double		sum[4] = {0, 0, 0, 0};
	int			i = 0;

	for (; i + 4 <= size; i += 4)
		for (int k = 0; k < 4; k++)
			sum[k] += value[i + k] * by_index[index[i + k]];
	for (; i < size; i++)
		sum[0] += value[i] * by_index[index[i]];
	return sum[0] + sum[1] + (sum[2] + sum[3]);
}

/* The product of a paper's text with a vector by term. */
static inline double
text_product(const AnthologyCorpus *corpus, int paper, const float *by_term)
{
	int			from = corpus->term_start[paper];

	return dot(corpus->term + from, corpus->term_weight + from,
			   corpus->term_start[paper + 1] - from, by_term);
}

#endif							/* ANTHOLOGY_CORE_JUDGE_MEASURES_H */
