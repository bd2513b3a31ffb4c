/*
 * judge_parts.c - where a page comes apart; see judge_parts.h.
 *
 * The groups of a page are joined, the most likely first, until one is left (see
 * judge_groups.c). How likely the page mixes persons is a model of its own: the
 * weakest joining, how many chances there were for a weak one, and how common the
 * name is - a page in the wild is one person's with probability 0.9 and more. Only
 * if that model says that it is more likely mixed than not, the page comes apart.
 */
#include <stdlib.h>
#include <string.h>

#include "judge_parts.h"

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

/* Joins all groups; as many as are left before the first joining below the cut are the parts. */
static bool
join_all(const AnthologyPageTable *table, const int *bond, const int *first, int count,
		 const AnthologyModel *model, double cut, void *(*allocate) (size_t), AnthologyParts *parts)
{
	AnthologyGroups *groups = anthology_groups_begin(table, first, count, bond, allocate);
	bool		apart = false;
	int			a;
	int			b;
	double		log_odds;

	if (groups == NULL)
		return false;
	for (int i = 0; i < table->papers; i++)
		parts->joined[i] = ANTHOLOGY_SURELY_JOINED;
	parts->signals[PAGE_WEAKEST] = ANTHOLOGY_SURELY_JOINED;
	while (anthology_groups_best(groups, model, &a, &b, &log_odds))
	{
		const int  *part = anthology_groups_part(groups);

		if (log_odds < cut && !apart)
		{
			memcpy(parts->part, part, sizeof(int) * table->papers);
			apart = true;
		}
		parts->signals[PAGE_WEAKEST] = MIN(parts->signals[PAGE_WEAKEST], log_odds);
		for (int i = 0; i < table->papers; i++)
			if (part[i] == b)
				parts->joined[i] = MIN(parts->joined[i], log_odds);
		anthology_groups_join(groups, a, b);
	}
	/* Groups that ids keep apart are still there. */
	parts->certain = anthology_groups_left(groups) > 1;
	if (!apart)
		memcpy(parts->part, anthology_groups_part(groups), sizeof(int) * table->papers);
	return number_parts(parts->part, table->papers, &parts->parts);
}

bool
anthology_parts(const AnthologyPageTable *table, const int *bond, const AnthologyModel *groups,
				const AnthologyModel *page, void *(*allocate) (size_t), AnthologyParts *parts)
{
	int			n = table->papers;
	int		   *first = allocate(sizeof(int) * n);
	int			count;

	memset(parts, 0, sizeof(*parts));
	parts->part = allocate(sizeof(int) * n);
	parts->joined = allocate(sizeof(double) * n);
	if (first == NULL || parts->part == NULL || parts->joined == NULL)
		return false;
	count = anthology_first_groups(table, bond, first, allocate);
	if (count < 0 || !join_all(table, bond, first, count, groups, 0, allocate, parts))
		return false;
	parts->signals[PAGE_GROUPS] = count;
	parts->signals[PAGE_PAPERS] = n;
	parts->signals[PAGE_COMMONNESS] = table->commonness;
	if (page == NULL)
		return true;
	parts->mixed = parts->certain ? ANTHOLOGY_SURELY_MIXED :
		anthology_weigh(page, (AnthologyStratum) 0, parts->signals, NULL);
	if (parts->mixed < 0 && parts->parts > 1)
		return join_all(table, bond, first, count, groups, -1e8, allocate, parts);
	if (parts->mixed >= 0 && parts->parts == 1 && count > 1)
		return join_all(table, bond, first, count, groups, parts->signals[PAGE_WEAKEST] + 1e-6,
						allocate, parts);
	return true;
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
