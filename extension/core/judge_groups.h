/*
 * judge_groups.h - the papers of a page as groups: what is known of two groups, and
 * joining them one by one.
 */
#ifndef ANTHOLOGY_CORE_JUDGE_GROUPS_H
#define ANTHOLOGY_CORE_JUDGE_GROUPS_H

#include "judge.h"
#include "name_parts.h"

/* What two papers are compared by, one number each. */
typedef enum AnthologyChannel
{
	CHANNEL_ODDS,				/* log-odds of the model of pairs */
	CHANNEL_TEXT,
	CHANNEL_CIRCLES,
	CHANNEL_COAUTHOR_TEXTS,		/* -1 if unknown, as the next two */
	CHANNEL_PLACES,
	CHANNEL_AFFILIATION,
	CHANNEL_SECOND_HAND,
	CHANNEL_COAUTHORS,
	CHANNELS
} AnthologyChannel;

/* The papers of a page, compared with each other. */
typedef struct AnthologyPageTable
{
	int			papers;
	float	   *channel[CHANNELS];	/* papers * papers, symmetric */
	float	   *contradiction;	/* the same: log-odds of the names printed, 0 or less */
	float	   *namesakes;		/* by paper: share of its co-authors that know a namesake */
	int		   *coauthors;
	int		   *year;			/* 0 if unknown */
	float	   *rank;			/* of the name: see anthology_rank_in_question() */
	double		commonness;		/* log2 of how many persons to expect for such a name */
} AnthologyPageTable;

/* What is known of two groups of one page; the smaller is judged. */
typedef enum AnthologyGroupSignal
{
	GROUP_PAIRS,				/* mean log-odds of the pairs between them */
	GROUP_BEST_PAIR,
	GROUP_BEST_PAIRS,			/* mean of the best of each paper */
	GROUP_TEXT,					/* cosine of their sums */
	GROUP_NEAREST_TEXT,
	GROUP_CIRCLES,
	GROUP_CIRCLES_TOGETHER,		/* cosine of their sums */
	GROUP_COAUTHOR_TEXTS,
	GROUP_PLACES,
	GROUP_AFFILIATION,			/* the nearest */
	GROUP_SECOND_HAND,
	GROUP_COAUTHORS,
	GROUP_YEARS_BETWEEN,
	GROUP_YEARS_SHARED,			/* of the smaller's span, the part that is the larger's */
	GROUP_YEARS_APART,			/* of the means */
	GROUP_SPAN,					/* of the larger */
	GROUP_PAPERS,
	GROUP_OTHER_PAPERS,
	GROUP_PAGE_SIZE,
	GROUP_REST,					/* share of the page that is in neither */
	GROUP_COAUTHOR_COUNT,
	GROUP_OTHER_COAUTHOR_COUNT,
	GROUP_NAMESAKES,
	GROUP_OTHER_NAMESAKES,
	GROUP_COHESION,				/* mean log-odds of the pairs within */
	GROUP_OTHER_COHESION,
	GROUP_ALTERNATIVE,			/* the best third group, as GROUP_PAIRS */
	GROUP_COUNT,				/* groups of the page */
	GROUP_COMMONNESS,
	GROUP_RANKS_APART,			/* between the name's mean places among the authors */
	GROUP_RANK_RISES,			/* of the later group, less that of the earlier */
	GROUP_RANK,
	GROUP_OTHER_RANK,
	GROUP_YEAR,					/* the mean */
	GROUP_OTHER_YEAR,
	GROUP_SIGNALS
} AnthologyGroupSignal;

/* Weights differ by the papers of the smaller group: one says little about all that they share. */
typedef enum AnthologyGroupStratum
{
	STRATUM_ONE_PAPER,
	STRATUM_FEW_PAPERS,			/* two or three */
	STRATUM_MORE_PAPERS
} AnthologyGroupStratum;

/* The groups of a page while they are being joined. */
typedef struct AnthologyGroups AnthologyGroups;

/*
 * Compares the papers of the page on the desk, laid as for
 * anthology_pair_signals(); contradiction is zeros, commonness is 0. Memory
 * is got by allocate, which may be interrupted; false if it gives none.
 */
extern bool anthology_page_table(const AnthologyCorpus *corpus, AnthologyDesk *desk,
								 const AnthologyModel *pairs, void *(*allocate) (size_t),
								 AnthologyPageTable *table);

/* log2 of the persons to expect for a name: less for one that tells more. */
extern double anthology_name_commonness(const AnthologyName *name);

/*
 * The groups to begin with: part, from 0, of each paper. Papers that surely belong
 * together by average linkage, and those bound (see anthology_group()). Returns
 * how many, or -1 if memory is short.
 */
extern int	anthology_first_groups(const AnthologyPageTable *table, const int *bond, int *part,
								   void *(*allocate) (size_t));

/* part as from anthology_first_groups(); NULL if memory is short. */
extern AnthologyGroups *anthology_groups_begin(const AnthologyPageTable *table, const int *part,
											   int count,
											   const int *bond, void *(*allocate) (size_t));

/* Signals of two groups, and their stratum. */
extern AnthologyGroupStratum anthology_group_signals(const AnthologyGroups *groups, int a, int b,
													 double *signals);

/*
 * The log-odds that two groups are one person's, whatever ids say; contributions, if
 * not NULL, get what each signal adds, and *contradiction what the printed names do.
 */
extern double anthology_groups_weigh(const AnthologyGroups *groups, const AnthologyModel *model,
									 int a, int b, double *signals, double *contributions,
									 double *contradiction);

/*
 * The two groups that most likely are one person's, their log-odds, and whether
 * there are any two that may be joined. *a is the larger. model may be NULL: then
 * by GROUP_PAIRS alone.
 */
extern bool anthology_groups_best(AnthologyGroups *groups, const AnthologyModel *model,
								  int *a, int *b, double *log_odds);

/* Joins b to a. */
extern void anthology_groups_join(AnthologyGroups *groups, int a, int b);

/* Two groups not to be named by anthology_groups_best() as long as both are what they are. */
extern void anthology_groups_forbid(AnthologyGroups *groups, int a, int b);

/* How many groups there are; the group of each paper, and papers of each group. */
extern int	anthology_groups_left(const AnthologyGroups *groups);
extern const int *anthology_groups_part(const AnthologyGroups *groups);
extern const int *anthology_groups_size(const AnthologyGroups *groups);

#endif							/* ANTHOLOGY_CORE_JUDGE_GROUPS_H */
