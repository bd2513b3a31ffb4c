/*
 * judge_parts.c - where a page comes apart; see judge_parts.h.
 *
 * The groups of a page are joined, the most likely first, until one is left (see
 * judge_groups.c). The log-odds of joinings are those of a page that does mix persons, for only
 * such pages are to come apart. How likely the page mixes persons is a model of
 * its own: the weakest joinings, how many papers the weakest splits off and whether their
 * co-authors know a namesake, how many chances there were for a weak one, and how
 * common the name is. Most pages in the wild are one person's. So a page comes apart only if that
 * model reaches its threshold: in the weights that are shipped, likelier mixed than not for up
 * to five papers, and twice as likely for more.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "judge_parts.h"

#define MAX(a, b) ((a) > (b) ? (a) : (b))
#define MIN(a, b) ((a) < (b) ? (a) : (b))

/* Numbers parts from 0, the larger first, of equal ones that with the first paper. */
static bool
number_parts(int *part, int n, int *parts)
{
	int		   *size = calloc(n, sizeof(int));
	int		   *number = malloc(sizeof(int) * n);
	int			count = 0;

	if (size == NULL || number == NULL)
	{
		free(size);
		free(number);
		return false;
	}
	for (int i = 0; i < n; i++)
		size[part[i]]++;
	for (;;)
	{
		int			best = -1;

		for (int i = 0; i < n; i++)
			if (size[part[i]] > 0 && (best < 0 || size[part[i]] > size[best]))
				best = part[i];
		if (best < 0)
			break;
		number[best] = count++;
		size[best] = 0;
	}
	for (int i = 0; i < n; i++)
		part[i] = number[part[i]];
	*parts = count;
	free(size);
	free(number);
	return true;
}

/* The log-odds of a joining as the log-probability that it is right. */
static double
log_probability(double log_odds)
{
	return log_odds < -30 ? log_odds : -log1p(exp(-log_odds));
}

/* Notes what is known of the weakest joining so far. */
static void
note_weakest(const AnthologyGroups *groups, int larger, int smaller, AnthologyParts *parts)
{
	double		signals[GROUP_SIGNALS];

	(void) anthology_group_signals(groups, larger, smaller, signals);
	parts->signals[PAGE_SMALLER] = signals[GROUP_PAPERS];
	parts->signals[PAGE_RANKS_APART] = signals[GROUP_RANKS_APART];
	parts->signals[PAGE_RANK_RISES] = signals[GROUP_RANK_RISES];
	parts->signals[PAGE_NAMESAKES] = signals[GROUP_NAMESAKES];
	parts->signals[PAGE_OTHER_NAMESAKES] = signals[GROUP_OTHER_NAMESAKES];
}

static double
largest_share(const AnthologyGroups *groups, int groups_count, int papers)
{
	int			most = 0;

	for (int g = 0; g < groups_count; g++)
		most = MAX(most, anthology_groups_size(groups)[g]);
	return papers == 0 ? 1 : (double) most / papers;
}

/*
 * Joins all groups. Leaves in part what there is before the first joining below even, in
 * weakest what there is before the weakest, and in whole what is left: more than
 * one group if ids keep them apart.
 */
static bool
join_all(const AnthologyPageTable *table, const int *bond, const int *first, int count,
		 const AnthologyModel *model, void *(*allocate) (size_t), int *whole,
		 AnthologyParts *parts)
{
	AnthologyGroups *groups = anthology_groups_begin(table, first, count, bond, allocate);
	size_t		size = sizeof(int) * table->papers;
	bool		apart = false;
	int			a;
	int			b;
	double		log_odds;

	if (groups == NULL)
		return false;
	for (int i = 0; i < table->papers; i++)
		parts->joined[i] = ANTHOLOGY_SURELY_JOINED;
	parts->signals[PAGE_WEAKEST] = parts->signals[PAGE_SECOND] = ANTHOLOGY_SURELY_JOINED;
	parts->signals[PAGE_LARGEST] = 1;
	memcpy(parts->weakest, first, size);
	while (anthology_groups_best(groups, model, &a, &b, &log_odds))
	{
		const int  *part = anthology_groups_part(groups);

		if (log_odds < 0 && !apart)
		{
			memcpy(parts->part, part, size);
			parts->signals[PAGE_LARGEST] = largest_share(groups, count, table->papers);
			apart = true;
		}
		if (log_odds < parts->signals[PAGE_WEAKEST])
		{
			parts->signals[PAGE_SECOND] = parts->signals[PAGE_WEAKEST];
			parts->signals[PAGE_WEAKEST] = log_odds;
			memcpy(parts->weakest, part, size);
			note_weakest(groups, a, b, parts);
		}
		else
			parts->signals[PAGE_SECOND] = MIN(parts->signals[PAGE_SECOND], log_odds);
		parts->signals[PAGE_JOININGS] += log_probability(log_odds);
		for (int i = 0; i < table->papers; i++)
			if (part[i] == b)
				parts->joined[i] = MIN(parts->joined[i], log_odds);
		anthology_groups_join(groups, a, b);
	}
	memcpy(whole, anthology_groups_part(groups), size);
	parts->certain = anthology_groups_left(groups) > 1;
	if (!apart)
	{
		memcpy(parts->part, whole, size);
		if (parts->certain)
			parts->signals[PAGE_LARGEST] = largest_share(groups, count, table->papers);
	}
	return true;
}

bool
anthology_parts(const AnthologyPageTable *table, const int *bond, const AnthologyModel *groups,
				const AnthologyModel *page, void *(*allocate) (size_t), AnthologyParts *parts)
{
	int			n = table->papers;
	int		   *first = allocate(sizeof(int) * n);
	int		   *whole = allocate(sizeof(int) * n);
	int			count;

	memset(parts, 0, sizeof(*parts));
	parts->part = allocate(sizeof(int) * n);
	parts->weakest = allocate(sizeof(int) * n);
	parts->joined = allocate(sizeof(double) * n);
	if (first == NULL || whole == NULL || parts->part == NULL || parts->weakest == NULL ||
		parts->joined == NULL)
		return false;
	count = anthology_first_groups(table, bond, first, allocate);
	if (count < 0 || !join_all(table, bond, first, count, groups, allocate, whole, parts))
		return false;
	parts->signals[PAGE_GROUPS] = count;
	parts->signals[PAGE_PAPERS] = n;
	parts->signals[PAGE_COMMONNESS] = table->commonness;
	if (page != NULL)
	{
		parts->mixed = parts->certain ? ANTHOLOGY_SURELY_MIXED :
			anthology_weigh(page, (AnthologyStratum) 0, parts->signals, NULL);
		if (!parts->certain && parts->mixed < anthology_threshold(page, n))
			memcpy(parts->part, whole, sizeof(int) * n);
		else if (!parts->certain && parts->signals[PAGE_WEAKEST] >= 0)
			memcpy(parts->part, parts->weakest, sizeof(int) * n);
	}
	return number_parts(parts->part, n, &parts->parts);
}

bool
anthology_corpus_moved(const AnthologyCorpus *corpus, const AnthologyMove *moves, int count,
					   void *(*allocate) (size_t), AnthologyCorpus *result)
{
	int			links = corpus->author_start[corpus->papers];
	int		   *author = allocate(sizeof(int) * (links + 1));
	int		   *name = allocate(sizeof(int) * (links + 1));
	int		   *full_name = allocate(sizeof(int) * (links + 1));
	int		   *start = allocate(sizeof(int) * (corpus->persons + 2));
	int		   *paper = allocate(sizeof(int) * (links + 1));

	if (author == NULL || name == NULL || full_name == NULL || start == NULL || paper == NULL)
		return false;
	memcpy(author, corpus->author, sizeof(int) * links);
	memcpy(name, corpus->author_name, sizeof(int) * links);
	memcpy(full_name, corpus->author_full_name, sizeof(int) * links);
	for (int m = 0; m < count; m++)
		for (int j = corpus->author_start[moves[m].paper];
			 j < corpus->author_start[moves[m].paper + 1]; j++)
			if (corpus->author[j] == moves[m].from)
			{
				author[j] = moves[m].to;
				name[j] = corpus->name[moves[m].to];
				full_name[j] = moves[m].full_name;
			}
	memset(start, 0, sizeof(int) * (corpus->persons + 2));
	for (int j = 0; j < links; j++)
		start[author[j] + 2]++;
	for (int i = 0; i < corpus->persons; i++)
		start[i + 2] += start[i + 1];
	for (int i = 0; i < corpus->papers; i++)
		for (int j = corpus->author_start[i]; j < corpus->author_start[i + 1]; j++)
			paper[start[author[j] + 1]++] = i;
	*result = *corpus;
	result->author = author;
	result->author_name = name;
	result->author_full_name = full_name;
	result->paper_start = start;
	result->paper = paper;
	return true;
}
