/*
 * trees.c - the growing of trees against a naive second implementation, which keeps lists of
 * examples, tries every value of every signal, and asks the same questions by recursion.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/judge_trees.h"

#define MOST 400
#define SIGNALS 5
#define CASES 12
#define NEAR 1e-3

static uint64_t state = 3;

static double
chance(void)
{
	state = state * 6364136223846793005u + 1442695040888963407u;
	return (double) (state >> 11) / 9007199254740992.0;
}

static int	examples;
static double signals[MOST * SIGNALS];
static bool truth[MOST];
static float importance[MOST];
static double sum[MOST];
static double slope[MOST];
static double curve[MOST];

/* Twelve values at most, so that each has a bin; the truth depends on two signals together. */
static void
make_examples(void)
{
	examples = 100 + (int) (chance() * (MOST - 100));
	for (int e = 0; e < examples; e++)
	{
		double	   *s = signals + e * SIGNALS;

		for (int i = 0; i < SIGNALS; i++)
			s[i] = floor(chance() * 12) * (i + 1) - 3;
		truth[e] = chance() < ((s[0] > 3) == (s[1] > 6) ? 0.8 : 0.2) + 0.01 * s[2];
		importance[e] = (float) (0.2 + chance());
	}
}

static double
gain(double g, double h)
{
	return g * g / (h + 2);
}

/* Asks on as the real one does, and adds what the end of each example is worth. */
static void
naive_node(const int *list, int count, int depth)
{
	double		best = 1e-6;
	int			best_signal = -1;
	double		best_cut = 0;
	double		g = 0;
	double		h = 0;
	int			below[MOST];
	int			above[MOST];
	int			belows = 0;
	int			aboves = 0;

	for (int i = 0; i < count; i++)
	{
		g += slope[list[i]];
		h += curve[list[i]];
	}
	for (int s = 0; s < SIGNALS && depth < ANTHOLOGY_TREE_DEPTH; s++)
		for (double cut = -3; cut < 12 * SIGNALS; cut++)
		{
			double		left_g = 0;
			double		left_h = 0;
			int			left = 0;
			double		helps;

			for (int i = 0; i < count; i++)
				if (signals[list[i] * SIGNALS + s] < cut)
				{
					left_g += slope[list[i]];
					left_h += curve[list[i]];
					left++;
				}
			if (left < 20 || count - left < 20 || left_h < 1 || h - left_h < 1)
				continue;
			helps = gain(left_g, left_h) + gain(g - left_g, h - left_h) - gain(g, h);
			if (helps > best * (1 + 1e-9))
			{
				best = helps;
				best_signal = s;
				best_cut = cut;
			}
		}
	if (best_signal < 0)
	{
		for (int i = 0; i < count; i++)
			sum[list[i]] += 0.1 * g / (h + 2);
		return;
	}
	for (int i = 0; i < count; i++)
		if (signals[list[i] * SIGNALS + best_signal] < best_cut)
			below[belows++] = list[i];
		else
			above[aboves++] = list[i];
	naive_node(below, belows, depth + 1);
	naive_node(above, aboves, depth + 1);
}

static void
naive(void)
{
	int			list[MOST];
	double		all = 0;
	double		true_ones = 0;

	for (int e = 0; e < examples; e++)
	{
		list[e] = e;
		all += importance[e];
		true_ones += truth[e] ? importance[e] : 0;
	}
	for (int e = 0; e < examples; e++)
		sum[e] = log((true_ones + 1) / (all - true_ones + 1));
	for (int t = 0; t < ANTHOLOGY_FOREST_TREES; t++)
	{
		for (int e = 0; e < examples; e++)
		{
			double		p = 1 / (1 + exp(-sum[e]));

			slope[e] = (float) (importance[e] * (truth[e] - p));
			curve[e] = (float) (importance[e] * p * (1 - p));
		}
		naive_node(list, examples, 0);
	}
}

int
main(void)
{
	AnthologyForest forest = {.signals = SIGNALS};
	int			tests = 0;
	int			failed = 0;

	forest.tree = malloc(sizeof(AnthologyTree) * ANTHOLOGY_FOREST_TREES);
	for (int c = 0; c < CASES; c++)
	{
		double		furthest = 0;
		double		unsound = 0;	/* how far evidence is from adding up */
		double		expected = 0;
		double		right = 0;
		double		log_odds[MOST];
		bool		fine;

		make_examples();
		naive();
		fine = anthology_forest_grow(&forest, examples, signals, truth, importance) &&
			forest.trees == ANTHOLOGY_FOREST_TREES;
		for (int e = 0; e < examples; e++)
		{
			double		part[SIGNALS];
			double		odds = anthology_forest_weigh(&forest, signals + e * SIGNALS, part);
			double		adds = forest.prior;

			log_odds[e] = odds;

			for (int s = 0; s < SIGNALS; s++)
				adds += part[s];
			furthest = fmax(furthest, fabs(odds - sum[e]));
			unsound = fmax(unsound, fabs(odds - adds));
		}
		anthology_forest_calibrate(&forest, examples, log_odds, truth);
		for (int e = 0; e < examples; e++)
		{
			expected += 1 / (1 + exp(-anthology_forest_weigh(&forest, signals + e * SIGNALS, NULL)));
			right += truth[e];
		}
		fine = fine && furthest < NEAR && unsound < 1e-9 && fabs(expected - right) < 1e-3;
		printf("%sok %d - trees on %d examples are those of the naive way (%.1g), add up, and are right on average\n",
			   fine ? "" : "not ", ++tests, examples, furthest);
		failed += !fine;
	}
	examples = 0;
	if (!anthology_forest_grow(&forest, 0, signals, truth, importance) || forest.trees != 0 ||
		anthology_forest_weigh(&forest, signals, NULL) != 0)
		failed++, printf("not ");
	printf("ok %d - no examples, no trees\n", ++tests);
	/* All the same in every signal: nothing to ask. */
	memset(signals, 0, sizeof(signals));
	if (!anthology_forest_grow(&forest, 100, signals, truth, importance) || forest.trees != 0)
		failed++, printf("not ");
	printf("ok %d - nothing to tell examples by, no trees\n", ++tests);
	printf("1..%d\n", tests);
	free(forest.tree);
	return failed > 0;
}
