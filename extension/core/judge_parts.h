/*
 * judge_parts.h - where a page comes apart, and how likely it mixes persons; pages
 * that are known to, made up.
 */
#ifndef ANTHOLOGY_CORE_JUDGE_PARTS_H
#define ANTHOLOGY_CORE_JUDGE_PARTS_H

#include "judge_groups.h"

/* What is known of a page once its groups are joined. */
typedef enum AnthologyPageSignal
{
	PAGE_WEAKEST,				/* the least log-odds of a joining */
	PAGE_SECOND,				/* the least but one */
	PAGE_JOININGS,				/* log-probability that all joinings are right */
	PAGE_GROUPS,				/* before joining */
	PAGE_PAPERS,
	PAGE_COMMONNESS,			/* of the name */
	PAGE_LARGEST,				/* share of the largest part when cut at even */
	PAGE_SMALLER,				/* papers of the smaller group of the weakest joining */
	PAGE_NAMESAKES,				/* share of its co-authors that know a namesake */
	PAGE_OTHER_NAMESAKES,		/* the same of the larger group */
	PAGE_RANKS_APART,			/* as GROUP_RANKS_APART, of the weakest joining; so is the next */
	PAGE_RANK_RISES,
	PAGE_SIGNALS
} AnthologyPageSignal;

/* The parts of a page. Those of a whole page are one. */
typedef struct AnthologyParts
{
	int			parts;
	int		   *part;			/* by paper, from 0, the largest first */
	double	   *joined;			/* by paper: least log-odds on its way to the largest group */
	int		   *weakest;		/* by paper: its group when the weakest joining was made */
	double		signals[PAGE_SIGNALS];
	double		mixed;			/* log-odds that the page mixes persons */
	bool		certain;		/* that it does: ids keep papers apart */
} AnthologyParts;

/* Log-odds of a joining that is beyond doubt: papers of the largest first group. */
#define ANTHOLOGY_SURELY_JOINED 20.0
/* Log-odds of a page on which ids beside the name are two persons'. */
#define ANTHOLOGY_SURELY_MIXED 7.0

/*
 * Parts a page; bond binds papers, see anthology_group(). It comes apart only if page
 * finds it mixed with at least its threshold: wherever a joining is below even, or
 * at the weakest. page may be NULL: then all pages do wherever a joining is below even. False
 * if allocate gives no memory.
 */
extern bool anthology_parts(const AnthologyPageTable *table, const int *bond,
							const AnthologyModel *groups, const AnthologyModel *page,
							void *(*allocate) (size_t), AnthologyParts *parts);

/* A name on a paper goes over to another person. */
typedef struct AnthologyMove
{
	int			paper;
	int			from;
	int			to;
	int			full_name;		/* printed from now on */
} AnthologyMove;

/*
 * A corpus with some names moved: shares everything with the old one but who wrote
 * what. False if allocate gives no memory.
 */
extern bool anthology_corpus_moved(const AnthologyCorpus *corpus, const AnthologyMove *moves,
								   int count,
								   void *(*allocate) (size_t), AnthologyCorpus *result);

#endif							/* ANTHOLOGY_CORE_JUDGE_PARTS_H */
