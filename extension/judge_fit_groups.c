/*
 * judge_fit_groups.c - fits the weights of groups and of pages to pages made up.
 *
 * There are three kinds of pages. Planted: one to five papers of a namesake are moved to
 * a person's page, under the name printed there; this is done for all pages at once, in a
 * corpus of their own. Whole: pages left as they are; few pages of the corpus mix
 * persons. Merged: all papers of several persons, under surname and initial. Most real
 * pages are whole. So a whole page counts as several in the model of groups. The model of
 * pages gives the probability among these pages, of which about half mix persons.
 */
#include "postgres.h"

#include <math.h>

#include "miscadmin.h"
#include "utils/memutils.h"

#include "core/judge_parts.h"
#include "judge_fit.h"
#include "progress.h"

#define PLANTED 5				/* papers at most */
#define FEWEST_PAPERS 5			/* of a page that is planted to */
#define MOST_PAPERS 300			/* of a page that is fitted to */
#define MERGED_PAGES 400
#define FORBIDDEN 40			/* examples of two persons, of one page */
#define WHOLE_IMPORTANCE 3.0f	/* of a page left as it is, for the model of groups */

/* A page made up, compared. */
typedef struct ExamplePage
{
	AnthologyPageTable table;
	int		   *owner;			/* by paper: the person who wrote it */
	int		   *bond;			/* none */
	bool		mixed;
	float		importance;
} ExamplePage;

typedef struct ExamplePages
{
	AnthologyReading *reading;
	const AnthologyModel *pairs;
	MemoryContext context;		/* of what is kept */
	ExamplePage *page;
	int			count;
	int			room;
} ExamplePages;

static void *
allocate(size_t size)
{
	CHECK_FOR_INTERRUPTS();
	return anthology_judge_allocate(size);
}

/* Where a person's name is on a paper, in the arrays beside author. */
static int
place_of(const AnthologyCorpus *corpus, int paper, int person)
{
	int			j = corpus->author_start[paper];

	while (corpus->author[j] != person)
		j++;
	return j;
}

static bool
is_author(const AnthologyCorpus *corpus, int paper, int person)
{
	for (int j = corpus->author_start[paper]; j < corpus->author_start[paper + 1]; j++)
		if (corpus->author[j] == person)
			return true;
	return false;
}

static int
papers_of(const AnthologyCorpus *corpus, int person)
{
	return corpus->paper_start[person + 1] - corpus->paper_start[person];
}

/* Compares a page whose papers have these owners in the corpus as it is now. */
static void
add_page(ExamplePages *pages, const int *paper, const int *owner, int papers, const int *hidden,
		 int hidden_count, double commonness, bool mixed, float importance)
{
	MemoryContext old;
	ExamplePage *page;

	if (papers < 2 || papers > MOST_PAPERS)
		return;
	old = MemoryContextSwitchTo(pages->context);
	if (pages->count == pages->room)
	{
		pages->room = Max(64, pages->room * 2);
		pages->page = pages->page == NULL ? palloc(sizeof(ExamplePage) * pages->room)
			: repalloc_huge(pages->page, sizeof(ExamplePage) * pages->room);
	}
	page = &pages->page[pages->count++];
	page->owner = palloc(sizeof(int) * papers);
	memcpy(page->owner, owner, sizeof(int) * papers);
	page->bond = palloc0(sizeof(int) * papers);
	page->mixed = mixed;
	page->importance = importance;
	anthology_desk_lay(&pages->reading->corpus, &pages->reading->desk, paper, papers, hidden,
					   hidden_count);
	pages->reading->desk.person = hidden[0];
	if (!anthology_page_table(&pages->reading->corpus, &pages->reading->desk, pages->pairs,
							  allocate, &page->table))
		anthology_judge_out_of_memory();
	page->table.commonness = commonness;
	anthology_desk_clear(&pages->reading->corpus, &pages->reading->desk, hidden, hidden_count);
	MemoryContextSwitchTo(old);
}

/* A name without all but its initials. */
static double
commonness_of(AnthologyReading *reading, int paper, int person, bool initials)
{
	int			place = place_of(&reading->corpus, paper, person);
	AnthologyName name = *anthology_judge_name(reading, reading->corpus.author_full_name[place]);

	for (int i = 0; i < name.count && initials; i++)
		if (name.words[i].role == ANTHOLOGY_NAME_GIVEN)
			name.words[i].size = 1;
		else if (name.words[i].role == ANTHOLOGY_NAME_MIDDLE)
			name.words[i].role = ANTHOLOGY_NAME_SUFFIX;
	return anthology_name_commonness(&name);
}

static void
add_merged(ExamplePages *pages, const AnthologyMergedPage *merged)
{
	int		   *owner = palloc(sizeof(int) * Max(merged->papers, 1));

	for (int i = 0; i < merged->papers; i++)
		owner[i] = merged->person[merged->owner[i]];
	if (merged->papers > 0)
		add_page(pages, merged->paper, owner, merged->papers, merged->person, merged->persons,
				 commonness_of(pages->reading, merged->paper[0], owner[0], true), true, 1);
	pfree(owner);
}

/* Adds a person's page as it is in the corpus now; old is the corpus before names were moved. */
static void
add_person(ExamplePages *pages, const AnthologyCorpus *old, int person, bool mixed)
{
	const AnthologyCorpus *corpus = &pages->reading->corpus;
	const int  *paper = corpus->paper + corpus->paper_start[person];
	int			n = papers_of(corpus, person);
	int		   *owner = palloc(sizeof(int) * Max(n, 1));

	for (int i = 0; i < n; i++)
		owner[i] = old->author[place_of(corpus, paper[i], person)];
	if (n > 0)
		add_page(pages, paper, owner, n, &person, 1,
				 commonness_of(pages->reading, paper[0], person, false), mixed,
				 mixed ? 1 : WHOLE_IMPORTANCE);
	pfree(owner);
}

/* Moves one to PLANTED papers of one person to the page of another. */
static int
plant(const AnthologyCorpus *corpus, int victim, int other, pg_prng_state *chance,
	  AnthologyMove *moves)
{
	int			wanted = (int) pg_prng_uint64_range(chance, 1, PLANTED);
	int			n = papers_of(corpus, other);
	int			first = (int) pg_prng_uint64_range(chance, 0, n - 1);
	int			count = 0;
	int			victims_first = corpus->paper[corpus->paper_start[victim]];

	for (int i = 0; i < n && count < wanted; i++)
	{
		int			paper = corpus->paper[corpus->paper_start[other] + (first + i) % n];

		if (!is_author(corpus, paper, victim))
			moves[count++] = (AnthologyMove) {
				.paper = paper, .from = other, .to = victim,
				.full_name = corpus->author_full_name[place_of(corpus, victims_first, victim)],
			};
	}
	return count;
}

/* A corpus with papers planted. */
typedef struct Planted
{
	AnthologyCorpus corpus;
	int			victims;
	int		   *victim;
	int			wholes;
	int		   *whole;			/* persons whose pages are as they were */
} Planted;

/*
 * Goes through the persons of a merged page by threes: papers of the second move to the
 * page of the first, and the third stays whole.
 */
static Planted
plant_all(const AnthologyCorpus *corpus, const AnthologyMergedPage *merged, int count,
		  pg_prng_state *chance)
{
	Planted		planted = {0};
	int			persons = 0;
	int			move_count = 0;
	AnthologyMove *moves;

	for (int p = 0; p < count; p++)
		persons += merged[p].persons;
	moves = palloc_extended(sizeof(AnthologyMove) * PLANTED * Max(persons, 1), MCXT_ALLOC_HUGE);
	planted.victim = palloc(sizeof(int) * Max(persons, 1));
	planted.whole = palloc(sizeof(int) * Max(persons, 1));
	for (int p = 0; p < count; p++)
		for (int i = 0; i < merged[p].persons; i++)
		{
			int			person = merged[p].person[i];

			if (i % 3 == 2 || i + 1 == merged[p].persons ||
				papers_of(corpus, person) < FEWEST_PAPERS ||
				(merged[p].persons == 2 && p % 2 == 0))
				planted.whole[planted.wholes++] = person;
			else
			{
				int			moved = plant(corpus, person, merged[p].person[++i], chance,
									  moves + move_count);

				move_count += moved;
				if (moved > 0)
					planted.victim[planted.victims++] = person;
			}
		}
	if (!anthology_corpus_moved(corpus, moves, move_count, allocate, &planted.corpus))
		anthology_judge_out_of_memory();
	pfree(moves);
	return planted;
}

static void
add_planted(ExamplePages *pages, const AnthologyMergedPage *merged, int count,
			pg_prng_state *chance)
{
	AnthologyReading *reading = pages->reading;
	AnthologyCorpus old = reading->corpus;
	Planted		planted = plant_all(&old, merged, count, chance);

	reading->corpus = planted.corpus;
	for (int v = 0; v < planted.victims; v++)
		add_person(pages, &old, planted.victim[v], true);
	for (int w = 0; w < planted.wholes; w++)
		add_person(pages, &old, planted.whole[w], false);
	reading->corpus = old;
}

/* The person with most papers in a group. */
static int
owner_of(const ExamplePage *page, const int *part, int group)
{
	int			best = -1;
	int			most = 0;

	for (int i = 0; i < page->table.papers; i++)
		if (part[i] == group)
		{
			int			papers = 0;

			for (int j = 0; j < page->table.papers; j++)
				papers += part[j] == group && page->owner[j] == page->owner[i];
			if (papers > most)
			{
				most = papers;
				best = page->owner[i];
			}
		}
	return best;
}

/* Joins the groups of a page as they should be. The likeliest pair of each step is an example. */
static void
add_joinings(const ExamplePage *page, const AnthologyModel *model, AnthologyExamples *examples)
{
	int		   *part = palloc(sizeof(int) * page->table.papers);
	int			count = anthology_first_groups(&page->table, page->bond, part, allocate);
	AnthologyGroups *groups;
	int		   *owner;
	int			first = examples->count;
	int			forbidden = 0;
	int			a;
	int			b;
	double		log_odds;

	if (count < 0)
		anthology_judge_out_of_memory();
	if (count < 2)
		return;
	groups = anthology_groups_begin(&page->table, part, count, page->bond, allocate);
	if (groups == NULL)
		anthology_judge_out_of_memory();
	owner = palloc(sizeof(int) * count);
	for (int g = 0; g < count; g++)
		owner[g] = owner_of(page, part, g);
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
		examples->importance[e] = page->importance / sqrtf((float) (examples->count - first));
}

/* Fits the model of groups to the joinings that an earlier one, or none, finds likely. */
static AnthologyModel *
fit_joinings(const ExamplePages *pages, const AnthologyModel *earlier)
{
	AnthologyExamples examples = {.signals = GROUP_SIGNALS};
	AnthologyModel *model = palloc0(sizeof(AnthologyModel));
	MemoryContext context = AllocSetContextCreate(CurrentMemoryContext, "anthology page",
												  ALLOCSET_DEFAULT_SIZES);
	MemoryContext old = CurrentMemoryContext;

	for (int p = 0; p < pages->count; p++)
	{
		AnthologyExamples of_page = {.signals = GROUP_SIGNALS};

		MemoryContextSwitchTo(context);
		add_joinings(&pages->page[p], earlier, &of_page);
		MemoryContextSwitchTo(old);
		for (int e = 0; e < of_page.count; e++)
			anthology_add_example(&examples, of_page.signal + (size_t) e * GROUP_SIGNALS,
								  of_page.stratum[e], of_page.truth[e], of_page.importance[e]);
		MemoryContextReset(context);
	}
	MemoryContextDelete(context);
	ereport(NOTICE,
			errmsg("fitting groups to %d examples of %d pages", examples.count, pages->count));
	model->signals = GROUP_SIGNALS;
	if (!anthology_boost(model, examples.count, examples.signal, examples.stratum, examples.truth,
						 examples.importance))
		anthology_judge_out_of_memory();
	return model;
}

/* Fits the model of pages to how their groups are joined. */
static AnthologyModel *
fit_mixed(const ExamplePages *pages, const AnthologyModel *groups)
{
	AnthologyExamples examples = {.signals = PAGE_SIGNALS};
	AnthologyModel *model = palloc0(sizeof(AnthologyModel));
	MemoryContext context = AllocSetContextCreate(CurrentMemoryContext, "anthology page",
												  ALLOCSET_DEFAULT_SIZES);
	MemoryContext old = CurrentMemoryContext;

	for (int p = 0; p < pages->count; p++)
	{
		AnthologyParts parts;

		MemoryContextSwitchTo(context);
		if (!anthology_parts(&pages->page[p].table, pages->page[p].bond, groups, NULL, allocate,
							 &parts))
			anthology_judge_out_of_memory();
		MemoryContextSwitchTo(old);
		anthology_add_example(&examples, parts.signals, 0, pages->page[p].mixed, 1);
		MemoryContextReset(context);
	}
	MemoryContextDelete(context);
	model->signals = PAGE_SIGNALS;
	if (!anthology_boost(model, examples.count, examples.signal, examples.stratum, examples.truth,
						 examples.importance))
		anthology_judge_out_of_memory();
	return model;
}

void
anthology_fit_groups(AnthologyReading *reading, const AnthologyModel *pairs,
					 const AnthologyMergedPage *pages, int count, pg_prng_state *chance,
					 ReturnSetInfo *result)
{
	MemoryContext context = AllocSetContextCreate(CurrentMemoryContext, "anthology examples",
												  ALLOCSET_DEFAULT_SIZES);
	ExamplePages examples = {.reading = reading, .pairs = pairs, .context = context};
	AnthologyModel *model;

	for (int p = 0; p < Min(count, MERGED_PAGES); p++)
		add_merged(&examples, &pages[p]);
	add_planted(&examples, pages, count, chance);
	model = fit_joinings(&examples, NULL);
	model = fit_joinings(&examples, model);
	anthology_put_model(result, MODEL_GROUP, model);
	anthology_report_progress("fit_assignment_model: mixture", 3, 4);
	anthology_put_model(result, MODEL_PAGE, fit_mixed(&examples, model));
	MemoryContextDelete(context);
}
