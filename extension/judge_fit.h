/*
 * judge_fit.h - fitting the weights: what its files share.
 */
#ifndef ANTHOLOGY_JUDGE_FIT_H
#define ANTHOLOGY_JUDGE_FIT_H

#include "postgres.h"

#include "common/pg_prng.h"
#include "nodes/execnodes.h"

#include "judge.h"

/* Examples of a model. */
typedef struct AnthologyExamples
{
	int			signals;
	int			count;
	int			room;
	double	   *signal;
	unsigned char *stratum;
	bool	   *truth;
	float	   *importance;
} AnthologyExamples;

/* Persons merged into one page. */
typedef struct AnthologyMergedPage
{
	int			persons;
	int		   *person;
	int			papers;
	int		   *paper;			/* ascending; a paper of two of them is left out */
	int		   *owner;			/* by paper of the page: index in person */
} AnthologyMergedPage;

extern void anthology_add_example(AnthologyExamples *examples, const double *signals, int stratum,
								  bool truth, float importance);

/* Puts the weights of a model into a result like that of fit_pages(). */
extern void anthology_put_model(ReturnSetInfo *result, AnthologyModelKind kind,
								const AnthologyModel *model);

/* Fits the model of papers, and puts it; see judge_fit_papers.c. */
extern void anthology_fit_papers(AnthologyReading *reading, const AnthologyMergedPage *pages,
								 int count, ReturnSetInfo *result);

/*
 * Fits the models of groups and of pages, and puts them. pairs is the model of
 * pairs as fitted before. The reading's corpus is another while this runs.
 */
extern void anthology_fit_groups(AnthologyReading *reading, const AnthologyModel *pairs,
								 const AnthologyMergedPage *pages, int count,
								 pg_prng_state *chance, ReturnSetInfo *result);

#endif							/* ANTHOLOGY_JUDGE_FIT_H */
