/*
 * judge_fit_papers.c - fits the weights of papers to pages made up.
 *
 * There are two kinds of examples. Single: some of a person's papers, and as many of the
 * others of the merged page, each as if it alone were on the wrong page. Groups: one to
 * five papers of a namesake are moved to a person's page, all of them examples, and so
 * are the page's own. The namesake is anybody of the same surname and initial, mostly with
 * few papers, for all papers of one who has few may well be on the wrong page: then nothing
 * is left to tell whose they are. Whoever may be the person under another name is left out.
 * The groups teach to rank the papers of a page; the single ones also say how probable a
 * score is.
 */
#include "postgres.h"

#include "common/pg_prng.h"
#include "miscadmin.h"

#include "core/judge_parts.h"
#include "judge_fit.h"
#include "judge_reading.h"
#include "progress.h"

#define SINGLE_PAPERS 3			/* of a person, and of others */
#define SINGLE_IMPORTANCE 3.0f
#define PLANTED 5				/* papers at most */
#define FEWEST_PAPERS 5			/* of a page that is planted to */
#define MOST_PAPERS 115
#define OWN_IMPORTANCE 0.4f		/* of a page's own paper beside planted ones */
#define DRAWS 8					/* times that pages are planted to */
#define TRIES 20				/* to find a namesake */

/* The stratum of an example is the half of the surnames that it belongs to: 0 or 1. */
static void
add_paper(AnthologyReading *reading, int paper, int half, bool own, float importance,
		  AnthologyExamples *examples)
{
	double		signals[PAPER_SIGNALS];
	int			shared;
	int			linked;

	anthology_paper_signals(&reading->corpus, &reading->desk, paper, signals, &shared, &linked);
	anthology_add_example(examples, signals, half, own, importance);
}

/* Adds papers of each person, and of the others as if the name were on them. */
static void
add_singles(AnthologyReading *reading, const AnthologyMergedPage *page, bool certain,
			pg_prng_state *chance, AnthologyExamples *examples)
{
	int		   *own = palloc(sizeof(int) * page->papers);
	int		   *others = palloc(sizeof(int) * page->papers);
	bool	   *other = palloc(sizeof(bool) * page->persons);
	int			half = anthology_surname_of(reading, page->person[0]) & 1;

	for (int p = 0; p < page->persons; p++)
	{
		int			own_count = 0;
		int			other_count = 0;
		int			first;

		for (int q = 0; q < page->persons; q++)
			other[q] = certain ||
				!anthology_may_be_one(reading, page->person[p], page->person[q]);
		for (int i = 0; i < page->papers; i++)
			if (page->owner[i] == p)
				own[own_count++] = page->paper[i];
			else if (other[page->owner[i]])
				others[other_count++] = i;
		if (own_count < 2 || other_count == 0)
			continue;
		anthology_desk_lay(&reading->corpus, &reading->desk, own, own_count, &page->person[p], 1);
		first = (int) pg_prng_uint64_range(chance, 0, own_count - 1);
		for (int i = 0; i < Min(own_count, SINGLE_PAPERS); i++)
			add_paper(reading, own[(first + i) % own_count], half, true, SINGLE_IMPORTANCE,
					  examples);
		anthology_desk_clear(&reading->corpus, &reading->desk, &page->person[p], 1);
		/* In the place of one of the page's own, so that the number of papers tells nothing. */
		for (int i = 0; i < Min(own_count, SINGLE_PAPERS); i++)
		{
			int			which = others[pg_prng_uint64_range(chance, 0, other_count - 1)];

			own[first] = page->paper[which];
			anthology_desk_lay(&reading->corpus, &reading->desk, own, own_count,
							   &page->person[p], 1);
			reading->desk.printed = page->person[page->owner[which]];
			add_paper(reading, page->paper[which], half, false, SINGLE_IMPORTANCE, examples);
			anthology_desk_clear(&reading->corpus, &reading->desk, &page->person[p], 1);
		}
	}
	pfree(own);
	pfree(others);
	pfree(other);
}

/* The persons of the surnames that pages are made of, by surname and initial. */
typedef struct Namesakes
{
	bool		certain;		/* that they are several */
	int			persons;
	int		   *person;
	int		   *start;			/* by corpus->name, one more */
} Namesakes;

static int
compare_hashes(const void *a, const void *b)
{
	uint32		x = *(const uint32 *) a;
	uint32		y = *(const uint32 *) b;

	return (x > y) - (x < y);
}

/* So whoever fits to some surnames learns nothing of the others. */
static Namesakes
find_namesakes(const AnthologyReading *reading, const AnthologyMergedPage *pages, int count,
			   bool certain)
{
	const AnthologyCorpus *corpus = &reading->corpus;
	int			names = reading->parts->names.count;
	uint32	   *surname = anthology_judge_zeroed(sizeof(uint32), count);
	bool	   *chosen = anthology_judge_zeroed(sizeof(bool), corpus->persons);
	Namesakes	namesakes = {.certain = certain};

	for (int p = 0; p < count; p++)
		surname[p] = anthology_surname_of(reading, pages[p].person[0]);
	qsort(surname, count, sizeof(uint32), compare_hashes);
	namesakes.start = anthology_judge_zeroed(sizeof(int), names + 2);
	namesakes.person = anthology_judge_zeroed(sizeof(int), corpus->persons);
	for (int i = 0; i < corpus->persons; i++)
	{
		uint32		hash = anthology_surname_of(reading, i);

		chosen[i] = bsearch(&hash, surname, count, sizeof(uint32), compare_hashes) != NULL;
		namesakes.start[corpus->name[i] + 2] += chosen[i];
		namesakes.persons += chosen[i];
	}
	for (int i = 0; i < names; i++)
		namesakes.start[i + 2] += namesakes.start[i + 1];
	for (int i = 0; i < corpus->persons; i++)
		if (chosen[i])
			namesakes.person[namesakes.start[corpus->name[i] + 1]++] = i;
	pfree(surname);
	pfree(chosen);
	return namesakes;
}

/* A namesake with so many papers whose page is as it was; -1 if none is found. */
static int
draw_namesake(AnthologyReading *reading, const Namesakes *namesakes, const bool *used,
			  int victim, int wanted, pg_prng_state *chance)
{
	const AnthologyCorpus *corpus = &reading->corpus;
	int			from = namesakes->start[corpus->name[victim]];
	int			to = namesakes->start[corpus->name[victim] + 1];

	for (int i = 0; i < TRIES; i++)
	{
		int			person = namesakes->person[pg_prng_uint64_range(chance, from, to - 1)];

		if (!used[person] && anthology_papers_of(corpus, person) >= wanted &&
			(namesakes->certain || !anthology_may_be_one(reading, victim, person)))
			return person;
	}
	return -1;
}

/* Plants papers to the pages of as many persons as have a namesake left; returns how many. */
static int
plant(AnthologyReading *reading, const Namesakes *namesakes, pg_prng_state *chance,
	  int *victim, AnthologyMove *moves, int *move_count)
{
	const AnthologyCorpus *corpus = &reading->corpus;
	bool	   *used = anthology_judge_zeroed(sizeof(bool), corpus->persons);
	int		   *order = anthology_judge_zeroed(sizeof(int), namesakes->persons);
	int			victims = 0;

	*move_count = 0;
	for (int i = 0; i < namesakes->persons; i++)
	{
		int			j = (int) pg_prng_uint64_range(chance, 0, i);

		order[i] = order[j];
		order[j] = namesakes->person[i];
	}
	for (int i = 0; i < namesakes->persons; i++)
	{
		int			person = order[i];
		int			wanted = (int) pg_prng_uint64_range(chance, 1, PLANTED);
		int			before = *move_count;
		int			namesake;
		int			start;

		if (used[person] || anthology_papers_of(corpus, person) < FEWEST_PAPERS ||
			anthology_papers_of(corpus, person) > MOST_PAPERS)
			continue;
		used[person] = true;
		namesake = draw_namesake(reading, namesakes, used, person, wanted, chance);
		if (namesake < 0)
			continue;
		used[namesake] = true;
		start = (int) pg_prng_uint64_range(chance, 0, anthology_papers_of(corpus, namesake) - 1);
		for (int k = 0;
			 k < anthology_papers_of(corpus, namesake) && *move_count - before < wanted; k++)
		{
			int			paper = corpus->paper[corpus->paper_start[namesake] +
											  (start + k) % anthology_papers_of(corpus, namesake)];

			if (anthology_place_of(corpus, paper, person) < 0)
				moves[(*move_count)++] = (AnthologyMove) {
					.paper = paper, .from = namesake, .to = person,
					.full_name = corpus->author_full_name[
						anthology_place_of(corpus, paper, namesake)],
				};
		}
		if (*move_count > before)
			victim[victims++] = person;
	}
	pfree(order);
	pfree(used);
	return victims;
}

/* Adds all papers of pages into which papers of a namesake were planted. */
static void
add_groups(AnthologyReading *reading, const Namesakes *namesakes, pg_prng_state *chance,
		   AnthologyExamples *examples)
{
	AnthologyCorpus old = reading->corpus;
	AnthologyCorpus planted;
	int			move_count;
	int			victims;
	int		   *victim;
	AnthologyMove *moves;

	victim = anthology_judge_zeroed(sizeof(int), namesakes->persons);
	moves = anthology_judge_zeroed(sizeof(AnthologyMove) * PLANTED, namesakes->persons);
	victims = plant(reading, namesakes, chance, victim, moves, &move_count);
	if (!anthology_corpus_moved(&old, moves, move_count, anthology_fit_allocate, &planted))
		anthology_judge_out_of_memory();
	reading->corpus = planted;
	for (int v = 0; v < victims; v++)
	{
		const int  *paper = planted.paper + planted.paper_start[victim[v]];
		int			n = anthology_papers_of(&planted, victim[v]);
		int			half = anthology_surname_of(reading, victim[v]) & 1;

		CHECK_FOR_INTERRUPTS();
		anthology_desk_lay(&planted, &reading->desk, paper, n, &victim[v], 1);
		for (int i = 0; i < n; i++)
		{
			bool		own =
				old.author[anthology_place_of(&planted, paper[i], victim[v])] == victim[v];

			add_paper(reading, paper[i], half, own, own ? OWN_IMPORTANCE : 1, examples);
		}
		anthology_desk_clear(&planted, &reading->desk, &victim[v], 1);
	}
	reading->corpus = old;
	pfree(victim);
	pfree(moves);
}

static void
grow(AnthologyForest *forest, const AnthologyExamples *examples, const float *importance)
{
	if (!anthology_forest_grow(forest, examples->count, examples->signal, examples->truth,
							   importance))
		anthology_judge_out_of_memory();
}

AnthologyForest *
anthology_fit_papers(AnthologyReading *reading, const AnthologyMergedPage *pages, int count,
					 bool certain)
{
	AnthologyExamples examples = {.signals = PAPER_SIGNALS};
	AnthologyForest *forest = palloc0(sizeof(AnthologyForest));
	Namesakes	namesakes = find_namesakes(reading, pages, count, certain);
	pg_prng_state chance;
	double	   *log_odds;
	float	   *importance;
	int			singles;

	pg_prng_seed(&chance, 1);
	for (int p = 0; p < count; p++)
	{
		CHECK_FOR_INTERRUPTS();
		add_singles(reading, &pages[p], certain, &chance, &examples);
		anthology_report_progress("fit_assignment_model: pages", p, count);
		if ((p + 1) % 200 == 0)
			ereport(NOTICE, errmsg("read %d of %d pages", p + 1, count));
	}
	singles = examples.count;
	if (singles == 0)
		ereport(ERROR, errcode(ERRCODE_NO_DATA_FOUND),
				errmsg("there are no examples to fit weights to"),
				errhint("At least two persons with papers of their own must share a page number."));
	for (int d = 0; d < DRAWS; d++)
		add_groups(reading, &namesakes, &chance, &examples);
	ereport(NOTICE, errmsg("fitting papers to %d examples", examples.count));
	forest->signals = PAPER_SIGNALS;
	forest->tree = palloc(sizeof(AnthologyTree) * ANTHOLOGY_FOREST_TREES);
	log_odds = anthology_judge_zeroed(sizeof(double), singles);
	importance = anthology_judge_zeroed(sizeof(float), examples.count);
	/* What half of the surnames gives says how sure one may be of the other half. */
	for (int half = 0; half < 2; half++)
	{
		for (int e = 0; e < examples.count; e++)
			importance[e] = examples.stratum[e] == half ? 0 : examples.importance[e];
		grow(forest, &examples, importance);
		for (int e = 0; e < singles; e++)
			if (examples.stratum[e] == half)
				log_odds[e] = anthology_forest_weigh(
					forest, examples.signal + (size_t) e * PAPER_SIGNALS, NULL);
	}
	grow(forest, &examples, examples.importance);
	/* Without a question, no paper could be told from another. */
	if (forest->trees == 0)
		ereport(ERROR, errcode(ERRCODE_NO_DATA_FOUND),
				errmsg("there are too few examples to fit weights to"),
				errdetail("No signal tells the %d papers apart.", examples.count));
	anthology_forest_calibrate(forest, singles, log_odds, examples.truth);
	return forest;
}
