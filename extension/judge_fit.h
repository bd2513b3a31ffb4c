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

/*
 * Surnames are dealt to so many folds. What is said of a page in fitting is said by a model
 * that was fitted without the page's fold: on its own pages a model is too sure.
 */
#define ANTHOLOGY_FOLDS 4

typedef struct AnthologyMadePage
{
	AnthologyMadeKind kind;
	const AnthologyCorpus *corpus;	/* one with papers planted, or the one read */
	AnthologyMergedPage merged; /* of a page planted to, owner is 0 for the page's own papers */
	double		commonness;		/* of the name */
	int			fold;			/* one of ANTHOLOGY_FOLDS, the same for the same surname */
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

/*
 * Whether two persons may be one with two pages that nobody has put together: a name printed
 * for the one is so similar to one printed for the other, and not both are verified. The
 * one's papers on the other's page may be right there, so they are no examples of wrong ones.
 */
#define ANTHOLOGY_MAY_BE_ONE 0.5
extern bool anthology_may_be_one(AnthologyReading *reading, int a, int b);

extern void anthology_add_example(AnthologyExamples *examples, const double *signals, int stratum,
								  bool truth, float importance);

/* The papers of some persons as one page. */
extern AnthologyMergedPage anthology_merge_persons(const AnthologyCorpus *corpus,
												   const int *person, int persons);

/* B-cubed F1 of a grouping. */
extern double anthology_b_cubed_f1(const int *truth, const int *part, int n);

/*
 * The model of papers; see judge_fit_papers.c. certain: the persons of a page surely are
 * several. If not, anthology_may_be_one() is asked of two of them.
 */
extern AnthologyForest *anthology_fit_papers(AnthologyReading *reading,
											 const AnthologyMergedPage *pages, int count,
											 bool certain);

/* Pages of all kinds, of the surnames of merged ones; certain as above. */
extern AnthologyMadePages *anthology_make_pages(AnthologyReading *reading,
												const AnthologyMergedPage *merged, int count,
												bool certain, pg_prng_state *chance);

/* Whether pairs and groups are fitted to a page: it mixes persons as pages do. */
extern bool anthology_made_mixed(const AnthologyMadePage *page);

/* Compares the papers of a page; in the current memory context. */
extern void anthology_compare_made(AnthologyReading *reading, const AnthologyModel *pairs,
								   AnthologyMadePage *page);

/* The model of groups; without gets those fitted to all folds but one. */
extern AnthologyModel *anthology_fit_groups(AnthologyReading *reading,
											const AnthologyModel *pairs,
											AnthologyMadePages *pages,
											AnthologyModel *without[ANTHOLOGY_FOLDS]);

/* The model of pages, with its threshold. */
extern AnthologyModel *anthology_fit_mixed(AnthologyReading *reading, const AnthologyModel *pairs,
										   AnthologyMadePages *pages,
										   AnthologyModel *const without[ANTHOLOGY_FOLDS]);

#endif							/* ANTHOLOGY_JUDGE_FIT_H */
