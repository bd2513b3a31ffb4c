/*
 * judge_fit_made.c - pages made up, to fit the weights of pairs, groups and pages to.
 *
 * There are four kinds. Merged: all papers of several persons, under surname and initial.
 * Namesakes: one person's page and those of one to four others of the same surname and
 * initial, of any size, as if all had the first one's full name - for only few persons of
 * one full name are known. Planted: one to five papers of a namesake are moved to a person's
 * page, under the name printed there; this is done for all pages at once, in a corpus of
 * their own. Whoever may be the person under another name is left out. Whole: pages left
 * as they are; few pages of the corpus mix persons.
 *
 * Whole pages and namesakes are drawn from all persons of the surnames given, so that whoever
 * fits to some surnames learns nothing of the others.
 */
#include "postgres.h"

#include <math.h>

#include "miscadmin.h"
#include "utils/memutils.h"

#include "core/judge_parts.h"
#include "judge_fit.h"
#include "judge_reading.h"

#define PLANTED 5				/* papers at most */
#define FEWEST_PAPERS 5			/* of a page that is planted to */
#define MOST_PAPERS 300			/* of a page that is fitted to */
#define DRAWS 20
#define MOST_MERGED 900
#define NAMESAKES_SHARE 1.5		/* pages of namesakes beside a merged one that is fitted to */
#define FEWEST_NAMESAKES 15		/* persons of a surname and initial that a page is drawn from */
#define OTHERS 4				/* persons at most beside the first */
#define WHOLE_PAGES 3000		/* to be drawn, about, beside the large ones */

/* How common the name on a paper is, with or without all but its initials. */
static double
commonness_of(AnthologyReading *reading, const AnthologyCorpus *corpus, int paper, int person,
			  bool initials)
{
	AnthologyName name =
		*anthology_judge_name(reading, corpus->author_full_name[
							  anthology_place_of(corpus, paper, person)]);

	for (int i = 0; i < name.count && initials; i++)
		if (name.words[i].role == ANTHOLOGY_NAME_GIVEN)
			name.words[i].size = 1;
		else if (name.words[i].role == ANTHOLOGY_NAME_MIDDLE)
			name.words[i].role = ANTHOLOGY_NAME_SUFFIX;
	return anthology_name_commonness(&name);
}

/* Adds an empty page, whose papers there is room for; NULL if there are too few or too many. */
static AnthologyMadePage *
add_page(AnthologyMadePages *pages, AnthologyMadeKind kind, const AnthologyCorpus *corpus,
		 int papers)
{
	AnthologyMadePage *page;

	if (papers < 2 || papers > MOST_PAPERS)
		return NULL;
	if (pages->count == pages->room)
	{
		pages->room = Max(256, pages->room * 2);
		pages->page = pages->page == NULL ? palloc(sizeof(AnthologyMadePage) * pages->room)
			: repalloc_huge(pages->page, sizeof(AnthologyMadePage) * pages->room);
	}
	page = &pages->page[pages->count++];
	memset(page, 0, sizeof(*page));
	page->kind = kind;
	page->corpus = corpus;
	page->merged.paper = palloc(sizeof(int) * papers);
	page->merged.owner = palloc(sizeof(int) * papers);
	return page;
}

/* Adds the page of persons merged, under the first one's name. */
static void
add_merged(AnthologyMadePages *pages, AnthologyReading *reading, AnthologyMadeKind kind,
		   const AnthologyMergedPage *merged)
{
	AnthologyMadePage *page = add_page(pages, kind, &reading->corpus, merged->papers);

	if (page == NULL)
		return;
	page->merged = *merged;
	page->fold = (int) (anthology_surname_of(reading, merged->person[0]) % ANTHOLOGY_FOLDS);
	page->commonness = commonness_of(reading, page->corpus, merged->paper[0],
									 merged->person[merged->owner[0]], kind == MADE_MERGED);
}

/* Adds a person's page; old is the corpus before names were moved. */
static void
add_person(AnthologyMadePages *pages, AnthologyReading *reading, AnthologyMadeKind kind,
		   const AnthologyCorpus *corpus, const AnthologyCorpus *old, int person)
{
	const int  *paper = corpus->paper + corpus->paper_start[person];
	int			n = anthology_papers_of(corpus, person);
	AnthologyMadePage *page = add_page(pages, kind, corpus, n);

	if (page == NULL)
		return;
	page->merged.persons = 1;
	page->merged.person = palloc(sizeof(int));
	page->merged.person[0] = person;
	page->merged.papers = n;
	for (int i = 0; i < n; i++)
	{
		page->merged.paper[i] = paper[i];
		/* Papers of several others are all the same: not the person's. */
		page->merged.owner[i] =
			old->author[anthology_place_of(corpus, paper[i], person)] == person ? 0 : 1;
	}
	page->fold = (int) (anthology_surname_of(reading, person) % ANTHOLOGY_FOLDS);
	page->commonness = commonness_of(reading, corpus, paper[0], person, false);
}

/* The persons of the surnames that pages are made of. */
typedef struct Pool
{
	bool		certain;		/* that they are several */
	int			persons;
	int		   *person;			/* by surname and initial, as in corpus->name */
	int		   *start;			/* by that, one more: where its persons begin in person */
	int			links;
	int		   *link;			/* a person who has namesakes enough, once for each paper */
} Pool;

static int
compare_numbers(const void *a, const void *b)
{
	uint32		x = *(const uint32 *) a;
	uint32		y = *(const uint32 *) b;

	return (x > y) - (x < y);
}

static Pool
find_pool(const AnthologyReading *reading, const AnthologyMergedPage *merged, int count,
		  bool certain)
{
	const AnthologyCorpus *corpus = &reading->corpus;
	int			names = reading->parts->names.count;
	int			surnames = 0;
	uint32	   *surname;
	Pool		pool = {.certain = certain};

	for (int p = 0; p < count; p++)
		surnames += merged[p].persons > 0;
	surname = palloc(sizeof(uint32) * Max(surnames, 1));
	surnames = 0;
	for (int p = 0; p < count; p++)
		if (merged[p].persons > 0)
			surname[surnames++] = anthology_surname_of(reading, merged[p].person[0]);
	qsort(surname, surnames, sizeof(uint32), compare_numbers);
	pool.person = palloc(sizeof(int) * Max(corpus->persons, 1));
	pool.start = palloc0(sizeof(int) * (names + 2));
	pool.link = palloc_extended(sizeof(int) * (corpus->author_start[corpus->papers] + 1),
								MCXT_ALLOC_HUGE);
	/* Twice: to count, then to put each where it belongs. */
	for (int pass = 0; pass < 2; pass++)
	{
		for (int person = 0; person < corpus->persons; person++)
		{
			uint32		own = anthology_surname_of(reading, person);

			if (bsearch(&own, surname, surnames, sizeof(uint32), compare_numbers) == NULL)
				continue;
			if (pass == 0)
				pool.start[corpus->name[person] + 2]++;
			else
				pool.person[pool.start[corpus->name[person] + 1]++] = person;
		}
		for (int i = 0; i < names && pass == 0; i++)
			pool.start[i + 2] += pool.start[i + 1];
	}
	pool.persons = pool.start[names];
	for (int i = 0; i < pool.persons; i++)
	{
		int			name = corpus->name[pool.person[i]];

		for (int k = anthology_papers_of(corpus, pool.person[i]);
			 k > 0 && pool.start[name + 1] - pool.start[name] >= FEWEST_NAMESAKES; k--)
			pool.link[pool.links++] = pool.person[i];
	}
	pfree(surname);
	return pool;
}

/* Moves some papers of one person to the page of another. */
static int
plant(const AnthologyCorpus *corpus, int victim, int other, int wanted, pg_prng_state *chance,
	  AnthologyMove *moves)
{
	int			n = anthology_papers_of(corpus, other);
	int			first = (int) pg_prng_uint64_range(chance, 0, n - 1);
	int			count = 0;
	int			victims_first = corpus->paper[corpus->paper_start[victim]];

	for (int i = 0; i < n && count < wanted; i++)
	{
		int			paper = corpus->paper[corpus->paper_start[other] + (first + i) % n];

		if (anthology_place_of(corpus, paper, victim) < 0)
			moves[count++] = (AnthologyMove) {
				.paper = paper, .from = other, .to = victim,
				.full_name = corpus->author_full_name[
					anthology_place_of(corpus, victims_first, victim)],
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
} Planted;

/*
 * A person to plant papers of: of the same surname and initial, with papers enough, and
 * neither planted to nor from. Mostly one with few papers, all of which are moved, as it is
 * where pages mix persons: what is on the wrong page is often all there is. -1 if none is found.
 */
static int
draw_donor(AnthologyReading *reading, const Pool *pool, const bool *used, int victim,
		   int wanted, pg_prng_state *chance)
{
	const AnthologyCorpus *corpus = &reading->corpus;
	int			from = pool->start[corpus->name[victim]];
	int			to = pool->start[corpus->name[victim] + 1];

	for (int i = 0; i < DRAWS && from < to; i++)
	{
		int			person = pool->person[pg_prng_uint64_range(chance, from, to - 1)];

		if (!used[person] && anthology_papers_of(corpus, person) >= wanted &&
			(pool->certain || !anthology_may_be_one(reading, victim, person)))
			return person;
	}
	return -1;
}

/* Plants papers of whoever has the surname and initial on the page of every second person. */
static Planted *
plant_pool(AnthologyReading *reading, const AnthologyMergedPage *merged, int count,
		   const Pool *pool, pg_prng_state *chance)
{
	const AnthologyCorpus *corpus = &reading->corpus;
	Planted    *planted = palloc0(sizeof(Planted));
	bool	   *used = palloc0(sizeof(bool) * Max(corpus->persons, 1));
	int			persons = 0;
	int			move_count = 0;
	AnthologyMove *moves;

	for (int p = 0; p < count; p++)
		persons += merged[p].persons;
	moves = palloc_extended(sizeof(AnthologyMove) * PLANTED * Max(persons, 1), MCXT_ALLOC_HUGE);
	planted->victim = palloc(sizeof(int) * Max(persons, 1));
	for (int p = 0; p < count; p++)
		for (int i = 0; i < merged[p].persons; i++)
		{
			int			victim = merged[p].person[i];
			int			wanted = (int) pg_prng_uint64_range(chance, 1, PLANTED);
			int			donor;
			int			moved;

			if (i % 2 == 1 || used[victim] || anthology_papers_of(corpus, victim) < FEWEST_PAPERS)
				continue;
			used[victim] = true;
			donor = draw_donor(reading, pool, used, victim, wanted, chance);
			if (donor < 0)
				continue;
			used[donor] = true;
			moved = plant(corpus, victim, donor, wanted, chance, moves + move_count);
			move_count += moved;
			if (moved > 0)
				planted->victim[planted->victims++] = victim;
		}
	if (!anthology_corpus_moved(corpus, moves, move_count, anthology_fit_allocate,
								&planted->corpus))
		anthology_judge_out_of_memory();
	pfree(moves);
	pfree(used);
	return planted;
}

/* Draws one person by papers, and some of the same surname and initial. */
static void
add_namesakes(AnthologyMadePages *pages, AnthologyReading *reading, const Pool *pool,
			  pg_prng_state *chance)
{
	const AnthologyCorpus *corpus = &reading->corpus;
	int			person[1 + OTHERS];
	int			persons = 1;
	int			wanted = 1 + (int) pg_prng_uint64_range(chance, 1, OTHERS);
	int			from;
	int			to;
	AnthologyMergedPage merged;

	person[0] = pool->link[pg_prng_uint64_range(chance, 0, pool->links - 1)];
	from = pool->start[corpus->name[person[0]]];
	to = pool->start[corpus->name[person[0]] + 1];
	while (persons < wanted)
	{
		int			other = pool->person[pg_prng_uint64_range(chance, from, to - 1)];
		bool		fresh = true;

		for (int i = 0; i < persons; i++)
			fresh &= person[i] != other;
		if (fresh)
			person[persons++] = other;
	}
	merged = anthology_merge_persons(corpus, person, persons);
	add_merged(pages, reading, MADE_NAMESAKES, &merged);
}

static void
add_whole(AnthologyMadePages *pages, AnthologyReading *reading, const Pool *pool,
		  pg_prng_state *chance)
{
	const AnthologyCorpus *corpus = &reading->corpus;
	int			eligible = 0;

	for (int i = 0; i < pool->persons; i++)
		eligible += anthology_papers_of(corpus, pool->person[i]) > 1;
	pages->whole_share = Min(1.0, WHOLE_PAGES / Max(eligible, 1.0));
	for (int i = 0; i < pool->persons; i++)
	{
		int			person = pool->person[i];

		if (anthology_papers_of(corpus, person) >= ANTHOLOGY_LARGE_PAGE ||
			pg_prng_double(chance) < pages->whole_share)
			add_person(pages, reading, MADE_WHOLE, corpus, corpus, person);
	}
}

AnthologyMadePages *
anthology_make_pages(AnthologyReading *reading, const AnthologyMergedPage *merged, int count,
					 bool certain, pg_prng_state *chance)
{
	AnthologyMadePages *pages = palloc0(sizeof(AnthologyMadePages));
	Pool		pool = find_pool(reading, merged, count, certain);
	Planted    *planted = plant_pool(reading, merged, count, &pool, chance);
	double		step = Max(1.0, (double) count / MOST_MERGED);
	double		at = 0;

	/* Where there are more than that, some at even distances. */
	while (at < count)
	{
		add_merged(pages, reading, MADE_MERGED, &merged[(int) at]);
		at += step;
	}
	for (int v = 0; v < planted->victims; v++)
		add_person(pages, reading, MADE_PLANTED, &planted->corpus, &reading->corpus,
				   planted->victim[v]);
	for (int i = 0; i < NAMESAKES_SHARE * Min(count, MOST_MERGED) && pool.links > 0; i++)
		add_namesakes(pages, reading, &pool, chance);
	add_whole(pages, reading, &pool, chance);
	return pages;
}
