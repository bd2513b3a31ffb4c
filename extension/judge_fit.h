/*
 * judge_fit.h - fitting the weights: what its files share.
 */
#ifndef ANTHOLOGY_JUDGE_FIT_H
#define ANTHOLOGY_JUDGE_FIT_H

#include "postgres.h"

#include "common/pg_prng.h"
#include "nodes/execnodes.h"

#include "core/judge_groups.h"
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

/* Pages made up; see judge_fit_made.c. */
typedef enum AnthologyMadeKind
{
	MADE_MERGED,
	MADE_NAMESAKES,
	MADE_PLANTED,
	MADE_WHOLE
} AnthologyMadeKind;

/* Papers of a page that is large: there are few, and all are fitted to. */
#define ANTHOLOGY_LARGE_PAGE 60
/* log2 of the persons to expect for a name that several may well have. */
#define ANTHOLOGY_COMMON_NAME -5.0

typedef struct AnthologyMadePage
{
	AnthologyMadeKind kind;
	const AnthologyCorpus *corpus;	/* one with papers planted, or the one read */
	AnthologyMergedPage merged; /* of a page planted to, owner is 0 for the page's own papers */
	double		commonness;		/* of the name */
	int			half;			/* 0 or 1, the same for the same surname */
	AnthologyPageTable table;	/* once compared, as bond */
	int		   *bond;			/* none */
} AnthologyMadePage;

typedef struct AnthologyMadePages
{
	AnthologyMadePage *page;
	int			count;
	int			room;
	double		whole_share;	/* of the pages left as they are, those drawn; large ones all are */
} AnthologyMadePages;

/* Memory for the core, which is interruptible while it asks for it. Never NULL. */
extern void *anthology_fit_allocate(size_t size);

/* Where a person's name is on a paper, in the arrays beside author; -1 if it is not. */
extern int	anthology_place_of(const AnthologyCorpus *corpus, int paper, int person);

/* A number that is the same for the same surname. */
extern uint32 anthology_surname_of(const AnthologyReading *reading, int person);

/* How many papers a person has. */
extern int	anthology_papers_of(const AnthologyCorpus *corpus, int person);

extern void anthology_add_example(AnthologyExamples *examples, const double *signals, int stratum,
								  bool truth, float importance);

/* The papers of some persons as one page. */
extern AnthologyMergedPage anthology_merge_persons(const AnthologyCorpus *corpus,
												   const int *person, int persons);

/* B-cubed F1 of a grouping. */
extern double anthology_b_cubed_f1(const int *truth, const int *part, int n);

/* The model of papers; see judge_fit_papers.c. */
extern AnthologyForest *anthology_fit_papers(AnthologyReading *reading,
											 const AnthologyMergedPage *pages, int count);

/* Pages of all kinds, of the surnames of merged ones. */
extern AnthologyMadePages *anthology_make_pages(AnthologyReading *reading,
												const AnthologyMergedPage *merged, int count,
												pg_prng_state *chance);

/* Whether pairs and groups are fitted to a page: it mixes persons as pages do. */
extern bool anthology_made_mixed(const AnthologyMadePage *page);

/* Compares the papers of a page; in the current memory context. */
extern void anthology_compare_made(AnthologyReading *reading, const AnthologyModel *pairs,
								   AnthologyMadePage *page);

/* The model of groups; half gets those fitted to one half of the surnames each. */
extern AnthologyModel *anthology_fit_groups(AnthologyReading *reading,
											const AnthologyModel *pairs,
											AnthologyMadePages *pages, AnthologyModel *half[2]);

/* The model of pages, with its threshold. */
extern AnthologyModel *anthology_fit_mixed(AnthologyReading *reading, const AnthologyModel *pairs,
										   AnthologyMadePages *pages,
										   AnthologyModel *const half[2]);

#endif							/* ANTHOLOGY_JUDGE_FIT_H */
