/*
 * judge_trees.c - grows and asks the trees of judge_trees.h.
 *
 * Gradient boosting with the logistic loss (Friedman 2001; the second-order gain of Chen and
 * Guestrin 2016). A question in a tree depends on the answers before it, so that the trees
 * see what the scales of judge.h do not: five shared co-authors mean less on a page of four
 * hundred papers. What an answer adds is the mean of what lies below it less the mean of what
 * lay below the question, over the examples. So a score is a sum over answers, and the
 * answers about a signal are its evidence.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "host.h"
#include "judge_trees.h"

#define RATE 0.1
#define RIDGE 2.0
#define FEWEST 20				/* examples on either side of a cut */
#define LEAST_CURVE 1.0			/* of the second derivative there */
#define BINS 64					/* that the values of a signal fall into */
#define NODES (2 * ANTHOLOGY_TREE_QUESTIONS + 1)
#define WIDEST (1 << (ANTHOLOGY_TREE_DEPTH - 1))	/* questions beside each other */

/* Where a value of a signal is to go: the question below, or the end. */
static int
next_node(int node, bool above)
{
	return 2 * node + 1 + above;
}

double
anthology_forest_weigh(const AnthologyForest *forest, const double *signals, double *contributions)
{
	double		sum = forest->prior;

	if (contributions != NULL)
		memset(contributions, 0, sizeof(double) * forest->signals);
	for (int t = 0; t < forest->trees; t++)
	{
		const AnthologyTree *tree = &forest->tree[t];
		int			node = 0;

		while (node < ANTHOLOGY_TREE_QUESTIONS && tree->signal[node] >= 0)
		{
			int			signal = tree->signal[node];
			bool		above = signals[signal] >= tree->cut[node];
			double		adds = above ? tree->above[node] : tree->below[node];

			sum += adds;
			if (contributions != NULL)
				contributions[signal] += adds;
			node = next_node(node, above);
		}
	}
	return sum;
}

static int
ascending(const void *a, const void *b)
{
	double		x = *(const double *) a;
	double		y = *(const double *) b;

	return (x > y) - (x < y);
}

/* What the trees are grown on. */
typedef struct Ground
{
	int			examples;
	int			signals;
	double	   *lower;			/* signals * BINS: where each bin begins */
	int		   *bins;			/* by signal */
	unsigned char *bin;			/* examples * signals */
	unsigned char *node;		/* of each example, in the tree that grows */
	const bool *truth;
	const float *importance;
	double	   *sum;			/* log-odds so far */
	float	   *slope;			/* derivatives of the loss */
	float	   *curve;
} Ground;

/* The sums of the examples in one bin of one node. */
typedef struct Cell
{
	double		slope;
	double		curve;
	int			examples;
} Cell;

/* Cuts the values of a signal into bins of about equal size. */
static void
cut_signal(Ground *ground, int signal, const double *signals, double *sorted)
{
	double	   *lower = ground->lower + (size_t) signal * BINS;
	int			bins = 1;

	for (int e = 0; e < ground->examples; e++)
		sorted[e] = signals[(size_t) e * ground->signals + signal];
	anthology_check();
	qsort(sorted, ground->examples, sizeof(double), ascending);
	anthology_check();
	lower[0] = sorted[0];
	for (int b = 1; b < BINS; b++)
	{
		double		value = sorted[(size_t) ground->examples * b / BINS];

		if (value > lower[bins - 1])
			lower[bins++] = value;
	}
	ground->bins[signal] = bins;
	for (int e = 0; e < ground->examples; e++)
	{
		double		value = signals[(size_t) e * ground->signals + signal];
		int			below = 0;	/* the bin lies from here ... */
		int			above = bins;	/* ... to before here */

		while (above - below > 1)
		{
			int			middle = (below + above) / 2;

			if (value >= lower[middle])
				below = middle;
			else
				above = middle;
		}
		ground->bin[(size_t) e * ground->signals + signal] = (unsigned char) below;
	}
}

/* Fills cell, by node of a level, signal and bin. first is the level's first node. */
static void
add_up(const Ground *ground, int first, int nodes, Cell *cell)
{
	size_t		row = (size_t) ground->signals * BINS;

	memset(cell, 0, sizeof(Cell) * nodes * row);
	for (int e = 0; e < ground->examples; e++)
	{
		const unsigned char *bin = ground->bin + (size_t) e * ground->signals;
		Cell	   *at;

		if (e % 4096 == 0)
			anthology_check();
		if (ground->node[e] < first)
			continue;
		at = cell + (ground->node[e] - first) * row;
		for (int s = 0; s < ground->signals; s++)
		{
			Cell	   *own = at + (size_t) s * BINS + bin[s];

			own->slope += ground->slope[e];
			own->curve += ground->curve[e];
			own->examples += ground->importance[e] > 0;
		}
	}
}

/* Asks at a node what helps most; returns the first bin above the cut, or 0 if nothing helps. */
static int
ask(const Ground *ground, const Cell *cell, int node, AnthologyTree *tree)
{
	double		best = 1e-6;
	int			best_bin = 0;

	tree->signal[node] = -1;
	for (int s = 0; s < ground->signals; s++)
	{
		const Cell *row = cell + (size_t) s * BINS;
		Cell		all = {0};
		Cell		below = {0};

		for (int b = 0; b < ground->bins[s]; b++)
		{
			all.slope += row[b].slope;
			all.curve += row[b].curve;
			all.examples += row[b].examples;
		}
		for (int b = 1; b < ground->bins[s]; b++)
		{
			double		slope;
			double		curve;
			double		gain;

			below.slope += row[b - 1].slope;
			below.curve += row[b - 1].curve;
			below.examples += row[b - 1].examples;
			slope = all.slope - below.slope;
			curve = all.curve - below.curve;
			if (below.examples < FEWEST || all.examples - below.examples < FEWEST ||
				below.curve < LEAST_CURVE || curve < LEAST_CURVE)
				continue;
			gain = below.slope * below.slope / (below.curve + RIDGE)
				+ slope * slope / (curve + RIDGE)
				- all.slope * all.slope / (all.curve + RIDGE);
			if (gain > best)
			{
				best = gain;
				best_bin = b;
				tree->signal[node] = s;
				tree->cut[node] = ground->lower[(size_t) s * BINS + b];
			}
		}
	}
	return best_bin;
}

/* Grows one tree. Returns what is to be added to the prior; *helps whether it asks anything. */
static double
grow(Ground *ground, Cell *cell, AnthologyTree *tree, bool *helps)
{
	double		slope[NODES] = {0};
	double		curve[NODES] = {0};
	double		cover[NODES] = {0};
	double		value[NODES] = {0};
	int			bin[ANTHOLOGY_TREE_QUESTIONS] = {0};

	for (int q = 0; q < ANTHOLOGY_TREE_QUESTIONS; q++)
	{
		tree->signal[q] = -1;
		tree->cut[q] = tree->below[q] = tree->above[q] = 0;
	}
	for (int e = 0; e < ground->examples; e++)
	{
		double		p = 1 / (1 + exp(-ground->sum[e]));

		ground->slope[e] = (float) (ground->importance[e] * (ground->truth[e] - p));
		ground->curve[e] = (float) (ground->importance[e] * p * (1 - p));
		ground->node[e] = 0;
	}
	for (int level = 0; level < ANTHOLOGY_TREE_DEPTH; level++)
	{
		int			first = (1 << level) - 1;

		add_up(ground, first, 1 << level, cell);
		for (int n = 0; n < 1 << level; n++)
			if (first == 0 || tree->signal[(first + n - 1) / 2] >= 0)
				bin[first + n] = ask(ground, cell + (size_t) n * ground->signals * BINS, first + n,
									 tree);
		for (int e = 0; e < ground->examples; e++)
		{
			int			node = ground->node[e];

			if (node >= first && tree->signal[node] >= 0)
			{
				const unsigned char *own = ground->bin + (size_t) e * ground->signals;

				ground->node[e] = (unsigned char) next_node(node,
															own[tree->signal[node]] >= bin[node]);
			}
		}
	}
	for (int e = 0; e < ground->examples; e++)
	{
		int			node = ground->node[e];

		slope[node] += ground->slope[e];
		curve[node] += ground->curve[e];
		cover[node] += ground->importance[e];
	}
	for (int n = NODES - 1; n >= 0; n--)
		if (n < ANTHOLOGY_TREE_QUESTIONS && tree->signal[n] >= 0)
		{
			int			below = next_node(n, false);
			int			above = next_node(n, true);

			cover[n] = cover[below] + cover[above];
			value[n] = (value[below] * cover[below] + value[above] * cover[above]) / cover[n];
			tree->below[n] = value[below] - value[n];
			tree->above[n] = value[above] - value[n];
		}
		else
			value[n] = RATE * slope[n] / (curve[n] + RIDGE);
	/* An end's value belongs to its examples; the others have been replaced by means. */
	for (int e = 0; e < ground->examples; e++)
		ground->sum[e] += value[ground->node[e]];
	*helps = tree->signal[0] >= 0;
	return value[0];
}

bool
anthology_forest_grow(AnthologyForest *forest, int examples, const double *signals,
					  const bool *truth, const float *importance)
{
	size_t		room = examples + 1;
	Ground		ground = {
		.examples = examples,
		.signals = forest->signals,
		.lower = anthology_allocate(sizeof(double) * BINS * forest->signals),
		.bins = anthology_allocate(sizeof(int) * forest->signals),
		.bin = anthology_allocate(room * forest->signals),
		.node = anthology_allocate(room),
		.truth = truth,
		.importance = importance,
		.sum = anthology_allocate(sizeof(double) * room),
		.slope = anthology_allocate(sizeof(float) * room),
		.curve = anthology_allocate(sizeof(float) * room),
	};
	double	   *sorted = anthology_allocate(sizeof(double) * room);
	Cell	   *cell = anthology_allocate(sizeof(Cell) * WIDEST * forest->signals * BINS);
	bool		enough = ground.lower != NULL && ground.bins != NULL && ground.bin != NULL &&
		ground.node != NULL && ground.sum != NULL && ground.slope != NULL &&
		ground.curve != NULL && sorted != NULL && cell != NULL;
	double		all = 0;
	double		true_ones = 0;
	bool		helps = examples > 0;

	forest->trees = 0;
	for (int e = 0; e < examples; e++)
	{
		all += importance[e];
		true_ones += truth[e] ? importance[e] : 0;
	}
	forest->prior = log((true_ones + 1) / (all - true_ones + 1));
	for (int s = 0; enough && helps && s < forest->signals; s++)
		cut_signal(&ground, s, signals, sorted);
	for (int e = 0; enough && e < examples; e++)
		ground.sum[e] = forest->prior;
	while (enough && helps && forest->trees < ANTHOLOGY_FOREST_TREES)
	{
		forest->prior += grow(&ground, cell, &forest->tree[forest->trees], &helps);
		forest->trees += helps;
	}
	anthology_release(ground.lower);
	anthology_release(ground.bins);
	anthology_release(ground.bin);
	anthology_release(ground.node);
	anthology_release(ground.sum);
	anthology_release(ground.slope);
	anthology_release(ground.curve);
	anthology_release(sorted);
	anthology_release(cell);
	return enough;
}

#define ROUNDS 20

void
anthology_forest_calibrate(AnthologyForest *forest, int examples, const double *log_odds,
						   const bool *truth)
{
	double		stretch = 1;
	double		shift = 0;

	/* Newton's method for a logistic regression with the log-odds as the only signal. */
	for (int round = 0; round < ROUNDS; round++)
	{
		double		gradient[2] = {0, 0};
		double		hessian[3] = {1e-6, 0, 1e-6};
		double		determinant;

		for (int e = 0; e < examples; e++)
		{
			double		odds = log_odds[e];
			double		p = 1 / (1 + exp(-(stretch * odds + shift)));

			if (e % 256 == 0)
				anthology_check();
			gradient[0] += (truth[e] - p) * odds;
			gradient[1] += truth[e] - p;
			hessian[0] += p * (1 - p) * odds * odds;
			hessian[1] += p * (1 - p) * odds;
			hessian[2] += p * (1 - p);
		}
		determinant = hessian[0] * hessian[2] - hessian[1] * hessian[1];
		if (determinant < 1e-9)
			return;
		stretch += (hessian[2] * gradient[0] - hessian[1] * gradient[1]) / determinant;
		shift += (hessian[0] * gradient[1] - hessian[1] * gradient[0]) / determinant;
	}
	/* Nothing that could be called right on average comes of a negative or wild factor. */
	if (!(stretch > 0.2 && stretch < 5 && fabs(shift) < 5))
		return;
	forest->prior = stretch * forest->prior + shift;
	for (int t = 0; t < forest->trees; t++)
		for (int q = 0; q < ANTHOLOGY_TREE_QUESTIONS; q++)
		{
			forest->tree[t].below[q] *= stretch;
			forest->tree[t].above[q] *= stretch;
		}
}
