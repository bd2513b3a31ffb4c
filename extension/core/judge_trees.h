/*
 * judge_trees.h - a model that is a sum of small trees of questions.
 */
#ifndef ANTHOLOGY_CORE_JUDGE_TREES_H
#define ANTHOLOGY_CORE_JUDGE_TREES_H

#include <stdbool.h>

/* Three questions one after another, so up to seven in a tree. */
#define ANTHOLOGY_TREE_DEPTH 3
#define ANTHOLOGY_TREE_QUESTIONS 7

/*
 * Question q asks whether a signal is below a value. The answer adds its log-odds and leads to
 * question 2q + 1 if it is, to 2q + 2 if it is not, as far as there is one.
 */
typedef struct AnthologyTree
{
	int			signal[ANTHOLOGY_TREE_QUESTIONS];	/* -1: there is no such question */
	double		cut[ANTHOLOGY_TREE_QUESTIONS];
	double		below[ANTHOLOGY_TREE_QUESTIONS];	/* log-odds, as the next */
	double		above[ANTHOLOGY_TREE_QUESTIONS];
} AnthologyTree;

typedef struct AnthologyForest
{
	int			signals;
	double		prior;			/* log-odds before any question */
	int			trees;
	AnthologyTree *tree;
} AnthologyForest;

/* How many trees anthology_forest_grow() makes at most. */
#define ANTHOLOGY_FOREST_TREES 400

/* The log-odds; contributions, if not NULL, get what the questions about each signal add. */
extern double anthology_forest_weigh(const AnthologyForest *forest, const double *signals,
									 double *contributions);

/*
 * Grows a forest on examples; signals has forest->signals for each, and forest->tree room for
 * ANTHOLOGY_FOREST_TREES. An example of importance 0 is as if it were not there. Returns
 * false if memory is short.
 */
extern bool anthology_forest_grow(AnthologyForest *forest, int examples, const double *signals,
								  const bool *truth, const float *importance);

/*
 * Stretches and shifts the log-odds of a forest, each answer by the same factor, so that evidence
 * still adds up: as much as makes log_odds of some examples right on average. Those are best
 * from forests that were grown without the examples, for what it was grown on a forest is
 * too sure of.
 */
extern void anthology_forest_calibrate(AnthologyForest *forest, int examples,
									   const double *log_odds, const bool *truth);

#endif							/* ANTHOLOGY_CORE_JUDGE_TREES_H */
