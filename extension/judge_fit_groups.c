/*
 * judge_fit_groups.c - fits the weights of groups to pages made up.
 *
 * Only to pages that mix persons (judge_fit_made.c): whether a page does is another
 * model (judge_fit_mixed.c). At each step the likeliest two groups are an example, and are
 * joined if they are one person's; in the second round the joinings that the first
 * model would make are examples, too, with its mistakes. Then the log-odds are shifted so that
 * pages come out best when cut at even: log-odds that are right on average are not the
 * best to cut at, for a wrong joining of large groups costs more than a small part too many.
 */
#include "postgres.h"

#include <math.h>

#include "miscadmin.h"
#include "utils/memutils.h"

#include "core/judge_parts.h"
#include "judge_fit.h"
#include "progress.h"

#define FORBIDDEN 40			/* examples of two persons, of one page */
#define ROUNDS 2
/* Names that come from initials are more common than this, and others hardly. */
#define INITIALS_COMMONNESS 0.5
/* Where a page may be cut, before log-odds are shifted. */
#define CUTS 28
#define LOWEST_CUT (-1.5)
#define CUT_STEP 0.1

bool
anthology_made_mixed(const AnthologyMadePage *page)
{
	/* Namesakes of a rare name are more than there are; they tell only that a page is mixed. */
	return page->kind == MADE_MERGED || page->kind == MADE_PLANTED ||
		(page->kind == MADE_NAMESAKES && page->commonness > ANTHOLOGY_COMMON_NAME);
}

void
anthology_compare_made(AnthologyReading *reading, const AnthologyModel *pairs,
					   AnthologyMadePage *page)
{
	const AnthologyMergedPage *merged = &page->merged;
	AnthologyDesk *desk = &reading->desk;

	page->bond = palloc0(sizeof(int) * merged->papers);
	anthology_desk_lay(page->corpus, desk, merged->paper, merged->papers, merged->person,
					   merged->persons);
	desk->person = merged->person[0];
	if (!anthology_page_table(page->corpus, desk, pairs, anthology_fit_allocate, &page->table))
		anthology_judge_out_of_memory();
	page->table.commonness = page->commonness;
	anthology_desk_clear(page->corpus, desk, merged->person, merged->persons);
}

static AnthologyGroups *
begin_groups(const AnthologyMadePage *page, int *count)
{
	int		   *part = palloc(sizeof(int) * page->table.papers);
	AnthologyGroups *groups;

	*count = anthology_first_groups(&page->table, page->bond, part, anthology_fit_allocate);
	if (*count < 0)
		anthology_judge_out_of_memory();
	groups = anthology_groups_begin(&page->table, part, *count, page->bond, anthology_fit_allocate);
	if (groups == NULL)
		anthology_judge_out_of_memory();
	return groups;
}

/* The person with most papers in a group. */
static int
owner_of(const AnthologyMadePage *page, const int *part, int group)
{
	const int  *owner = page->merged.owner;
	int			best = -1;
	int			most = 0;

	for (int i = 0; i < page->table.papers; i++)
		if (part[i] == group)
		{
			int			papers = 0;

			for (int j = 0; j < page->table.papers; j++)
				papers += part[j] == group && owner[j] == owner[i];
			if (papers > most)
			{
				most = papers;
				best = owner[i];
			}
		}
	return best;
}

/* Joins the groups of a page as they should be. The likeliest pair of each step is an example. */
static void
add_joinings(const AnthologyMadePage *page, const AnthologyModel *model,
			 AnthologyExamples *examples)
{
	int			count;
	AnthologyGroups *groups = begin_groups(page, &count);
	int		   *owner = palloc(sizeof(int) * count);
	int			first = examples->count;
	int			forbidden = 0;
	int			a;
	int			b;
	double		log_odds;

	for (int g = 0; g < count; g++)
		owner[g] = owner_of(page, anthology_groups_part(groups), g);
	while (forbidden < FORBIDDEN && anthology_groups_best(groups, model, &a, &b, &log_odds))
	{
		double		signals[GROUP_SIGNALS];
		AnthologyGroupStratum stratum = anthology_group_signals(groups, a, b, signals);
		bool		same = owner[a] == owner[b];

		anthology_add_example(examples, signals, (int) stratum, same, 1);
		if (same)
			anthology_groups_join(groups, a, b);
		else
		{
			anthology_groups_forbid(groups, a, b);
			forbidden++;
		}
	}
	for (int e = first; e < examples->count; e++)
		examples->importance[e] = 1 / sqrtf((float) (examples->count - first));
}

/* Whether most pairs of papers between two groups are one person's. */
static bool
mostly_same(const AnthologyMadePage *page, const int *part, int a, int b)
{
	int			same = 0;
	int			pairs = 0;

	for (int i = 0; i < page->table.papers; i++)
		for (int j = 0; part[i] == a && j < page->table.papers; j++)
			if (part[j] == b)
			{
				pairs++;
				same += page->merged.owner[i] == page->merged.owner[j];
			}
	return 2 * same > pairs;
}

/* Joins the groups of a page as the model does. Each joining is an example. */
static void
add_made_joinings(const AnthologyMadePage *page, const AnthologyModel *model,
				  AnthologyExamples *examples)
{
	int			count;
	AnthologyGroups *groups = begin_groups(page, &count);
	int			a;
	int			b;
	double		log_odds;

	while (anthology_groups_best(groups, model, &a, &b, &log_odds))
	{
		double		signals[GROUP_SIGNALS];
		AnthologyGroupStratum stratum = anthology_group_signals(groups, a, b, signals);

		anthology_add_example(examples, signals, (int) stratum,
							  mostly_same(page, anthology_groups_part(groups), a, b),
							  1 / sqrtf((float) (count - 1)));
		anthology_groups_join(groups, a, b);
	}
}

/* Whether a page is fitted to if one fold is left out, or none for -1. */
static bool
is_fitted(const AnthologyMadePage *page, int left_out)
{
	return anthology_made_mixed(page) && page->fold != left_out;
}

/* Fits the model to the joinings that an earlier one, or none, finds likely. */
static AnthologyModel *
fit_joinings(const AnthologyMadePages *pages, int left_out, const AnthologyModel *earlier)
{
	AnthologyExamples examples = {.signals = GROUP_SIGNALS};
	AnthologyModel *model = palloc0(sizeof(AnthologyModel));
	MemoryContext context = AllocSetContextCreate(CurrentMemoryContext, "anthology page",
												  ALLOCSET_DEFAULT_SIZES);
	MemoryContext old = CurrentMemoryContext;

	for (int p = 0; p < pages->count; p++)
	{
		AnthologyExamples of_page = {.signals = GROUP_SIGNALS};

		if (!is_fitted(&pages->page[p], left_out))
			continue;
		MemoryContextSwitchTo(context);
		add_joinings(&pages->page[p], earlier, &of_page);
		if (earlier != NULL)
			add_made_joinings(&pages->page[p], earlier, &of_page);
		MemoryContextSwitchTo(old);
		for (int e = 0; e < of_page.count; e++)
			anthology_add_example(&examples, of_page.signal + (size_t) e * GROUP_SIGNALS,
								  of_page.stratum[e], of_page.truth[e], of_page.importance[e]);
		MemoryContextReset(context);
	}
	MemoryContextDelete(context);
	if (left_out < 0)
		ereport(NOTICE, errmsg("fitting groups to %d examples", examples.count));
	model->signals = GROUP_SIGNALS;
	if (!anthology_boost(model, examples.count, examples.signal, examples.stratum, examples.truth,
						 examples.importance))
		anthology_judge_out_of_memory();
	return model;
}

static AnthologyModel *
fit_without(const AnthologyMadePages *pages, int left_out)
{
	AnthologyModel *model = NULL;

	for (int round = 0; round < ROUNDS; round++)
		model = fit_joinings(pages, left_out, model);
	return model;
}

/* Adds how good a page is at each cut. */
static void
add_cuts(const AnthologyMadePage *page, const AnthologyModel *model, double *total)
{
	int			count;
	AnthologyGroups *groups = begin_groups(page, &count);
	int			passed = CUTS;
	int			a;
	int			b;
	double		log_odds;
	double		value = 0;

	while (passed > 0 && anthology_groups_best(groups, model, &a, &b, &log_odds))
	{
		/* A page stays as it is at all cuts above the log-odds of this joining. */
		bool		known = false;

		while (passed > 0 && log_odds < LOWEST_CUT + (passed - 1) * CUT_STEP)
		{
			if (!known)
				value = anthology_b_cubed_f1(page->merged.owner, anthology_groups_part(groups),
											 page->table.papers);
			known = true;
			total[--passed] += value;
		}
		anthology_groups_join(groups, a, b);
	}
	if (passed > 0)
		value = anthology_b_cubed_f1(page->merged.owner, anthology_groups_part(groups),
									 page->table.papers);
	while (passed > 0)
		total[--passed] += value;
}

/*
 * The best cuts, of pages under full names and under initials; each page is joined by
 * the model that does not know it.
 */
static void
find_cuts(const AnthologyMadePages *pages, AnthologyModel *const without[ANTHOLOGY_FOLDS],
		  double cut[2])
{
	double		total[2][CUTS] = {{0}};
	MemoryContext context = AllocSetContextCreate(CurrentMemoryContext, "anthology page",
												  ALLOCSET_DEFAULT_SIZES);
	MemoryContext old = MemoryContextSwitchTo(context);

	for (int p = 0; p < pages->count; p++)
	{
		const AnthologyMadePage *page = &pages->page[p];

		if (!anthology_made_mixed(page))
			continue;
		add_cuts(page, without[page->fold], total[page->commonness >= INITIALS_COMMONNESS]);
		MemoryContextReset(context);
	}
	MemoryContextSwitchTo(old);
	MemoryContextDelete(context);
	for (int k = 0; k < 2; k++)
	{
		int			best = CUTS - 1;

		for (int c = CUTS - 2; c >= 0; c--)
			if (total[k][c] > total[k][best])
				best = c;
		cut[k] = LOWEST_CUT + best * CUT_STEP;
	}
}

/* Shifts the log-odds so that a page is best cut at even. */
static void
shift(AnthologyModel *model, const double cut[2])
{
	for (int stratum = 0; stratum <= STRATUM_MORE_PAPERS; stratum++)
	{
		AnthologyScale *scale = &model->scale[stratum][GROUP_COMMONNESS];
		int			b = 0;

		model->prior[stratum] -= cut[0];
		if (scale->bins == 0)
			*scale = (AnthologyScale) {.bins = 1, .lower = {-1e30}};
		while (b < scale->bins && scale->lower[b] < INITIALS_COMMONNESS)
			b++;
		/* A bin of its own for initials, if there is room. */
		if (b == scale->bins || (scale->lower[b] > INITIALS_COMMONNESS &&
								 scale->bins < ANTHOLOGY_MAX_BINS))
		{
			if (scale->bins < ANTHOLOGY_MAX_BINS)
			{
				for (int i = scale->bins++; i > b; i--)
				{
					scale->lower[i] = scale->lower[i - 1];
					scale->weight[i] = scale->weight[i - 1];
				}
				scale->lower[b] = INITIALS_COMMONNESS;
				scale->weight[b] = scale->weight[b - 1];
			}
			else
				b--;
		}
		for (; b < scale->bins; b++)
			scale->weight[b] -= cut[1] - cut[0];
	}
}

AnthologyModel *
anthology_fit_groups(AnthologyReading *reading, const AnthologyModel *pairs,
					 AnthologyMadePages *pages, AnthologyModel *without[ANTHOLOGY_FOLDS])
{
	AnthologyModel *model;
	double		cut[2];

	for (int p = 0; p < pages->count; p++)
		if (anthology_made_mixed(&pages->page[p]))
			anthology_compare_made(reading, pairs, &pages->page[p]);
	model = fit_without(pages, -1);
	for (int f = 0; f < ANTHOLOGY_FOLDS; f++)
		without[f] = fit_without(pages, f);
	find_cuts(pages, without, cut);
	ereport(NOTICE, errmsg("pages are best cut at %.1f, under initials at %.1f", cut[0], cut[1]));
	shift(model, cut);
	for (int f = 0; f < ANTHOLOGY_FOLDS; f++)
		shift(without[f], cut);
	return model;
}
