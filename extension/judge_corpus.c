/*
 * judge_corpus.c - what was read of the tables, as the arrays of core/judge.h.
 */
#include "postgres.h"

#include <math.h>

#include "fmgr.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#include "bridge.h"
#include "core/affiliation.h"
#include "core/slug.h"
#include "judge_reading.h"

void *
anthology_judge_zeroed(Size element, int count)
{
	return palloc_extended(element * Max(count, 1), MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
}

/* A name on a paper. */
typedef struct AuthorRow
{
	int			person;
	int			name;
	int			affiliation;
} AuthorRow;

static int
compare_rows(const void *a, const void *b)
{
	const AuthorRow *x = a;
	const AuthorRow *y = b;

	if (x->person != y->person)
		return x->person < y->person ? -1 : 1;
	if (x->name != y->name)
		return x->name < y->name ? -1 : 1;
	return (x->affiliation < y->affiliation) - (x->affiliation > y->affiliation);
}

/* The words of the affiliations that were read, and where people work. */
static void
finish_affiliations(AnthologyReading *reading)
{
	AnthologyCorpus *corpus = &reading->corpus;
	AnthologyNumbers *affiliations = &reading->parts->affiliations;
	AnthologyNumbers		places;
	int		   *start = anthology_judge_zeroed(sizeof(int), affiliations->count + 1);
	int		   *home_start = anthology_judge_zeroed(sizeof(int), corpus->persons + 2);
	AnthologyInts		place = {0};
	int		   *home;
	float	   *weight = NULL;
	int			room = 0;

	anthology_numbers_begin(&places, 256);
	for (int i = 0; i < affiliations->count; i++)
	{
		AnthologyBuffer slug;
		double		square = 0;
		int			from = 0;
		text	   *printed = cstring_to_text_with_len(affiliations->key[i].data, affiliations->key[i].length);
		AnthologyText utf8 = anthology_text(printed);
		AnthologyStatus status;

		anthology_buffer_init(&slug);
		status = anthology_slug(utf8.data, utf8.length, &slug);
		while (from < (int) slug.length)
		{
			int			end = from;
			float		tells;

			while (end < (int) slug.length && slug.data[end] != '-')
				end++;
			tells = anthology_affiliation_word_weight(slug.data + from, end - from);
			anthology_ints_add(&place, anthology_number(&places, slug.data + from, end - from));
			if (place.room > room)
			{
				room = place.room;
				weight = weight == NULL ? palloc(sizeof(float) * room) : repalloc_huge(weight, sizeof(float) * room);
			}
			weight[place.count - 1] = tells;
			square += tells * tells;
			from = end + 1;
		}
		anthology_buffer_free(&slug);
		anthology_check_status(status);
		pfree(printed);
		for (int j = start[i]; j < place.count; j++)
			weight[j] /= (float) sqrt(square);
		start[i + 1] = place.count;
	}

	for (int j = 0; j < corpus->author_start[corpus->papers]; j++)
		if (corpus->author_affiliation[j] >= 0)
			home_start[corpus->author[j] + 2]++;
	for (int i = 0; i < corpus->persons; i++)
		home_start[i + 2] += home_start[i + 1];
	home = anthology_judge_zeroed(sizeof(int), home_start[corpus->persons + 1]);
	for (int j = 0; j < corpus->author_start[corpus->papers]; j++)
		if (corpus->author_affiliation[j] >= 0)
			home[home_start[corpus->author[j] + 1]++] = corpus->author_affiliation[j];
	corpus->places = places.count;
	corpus->affiliation_start = start;
	corpus->place = place.data;
	corpus->place_weight = weight;
	corpus->home_start = home_start;
	corpus->home = home;
}

void
anthology_judge_arrange(AnthologyReading *reading)
{
	MemoryContext old = MemoryContextSwitchTo(reading->context);
	AnthologyCorpus *corpus = &reading->corpus;
	AnthologyDesk *desk = &reading->desk;
	int			papers = reading->parts->papers.count;
	int			persons = reading->parts->persons.count;
	int		   *author_start = anthology_judge_zeroed(sizeof(int), papers + 1);
	AuthorRow  *author_row = anthology_judge_zeroed(sizeof(AuthorRow), reading->parts->link.count / 4);
	int		   *author = anthology_judge_zeroed(sizeof(int), reading->parts->link.count / 4);
	int		   *author_affiliation = anthology_judge_zeroed(sizeof(int), reading->parts->link.count / 4);
	int		   *author_name = anthology_judge_zeroed(sizeof(int), reading->parts->link.count / 4);
	int		   *paper_start = anthology_judge_zeroed(sizeof(int), persons + 2);
	int		   *paper = anthology_judge_zeroed(sizeof(int), reading->parts->link.count / 4);
	int		   *term_start = anthology_judge_zeroed(sizeof(int), papers + 1);
	int		   *term = anthology_judge_zeroed(sizeof(int), reading->parts->term.count);
	float	   *term_weight = anthology_judge_zeroed(sizeof(float), reading->parts->term.count);
	int		   *venue_start = anthology_judge_zeroed(sizeof(int), papers + 1);
	int		   *venue = anthology_judge_zeroed(sizeof(int), reading->parts->venue.count);
	int		   *next = anthology_judge_zeroed(sizeof(int), papers + 1);
	int			kept = 0;

	anthology_judge_paper_room(reading->parts);
	/* A paper's persons, each once: the same may be author and editor. */
	for (int i = 0; i < reading->parts->link.count; i += 4)
		next[reading->parts->link.data[i] + 1]++;
	for (int i = 0; i < papers; i++)
		next[i + 1] += next[i];
	memcpy(author_start, next, sizeof(int) * (papers + 1));
	for (int i = 0; i < reading->parts->link.count; i += 4)
		author_row[next[reading->parts->link.data[i]]++] =
			(AuthorRow) {reading->parts->link.data[i + 1], reading->parts->link.data[i + 2],
						 reading->parts->link.data[i + 3]};
	for (int i = 0; i < papers; i++)
	{
		int			from = author_start[i];
		int			to = next[i];

		qsort(author_row + from, to - from, sizeof(AuthorRow), compare_rows);
		author_start[i] = kept;
		for (int j = from; j < to; j++)
			if (j == from || author_row[j].person != author_row[j - 1].person)
			{
				author[kept] = author_row[j].person;
				author_affiliation[kept] = author_row[j].affiliation;
				author_name[kept++] = author_row[j].name;
			}
	}
	author_start[papers] = kept;
	for (int i = 0; i < kept; i++)
		paper_start[author[i] + 2]++;
	for (int i = 0; i < persons; i++)
		paper_start[i + 2] += paper_start[i + 1];
	for (int i = 0; i < papers; i++)
		for (int j = author_start[i]; j < author_start[i + 1]; j++)
			paper[paper_start[author[j] + 1]++] = i;

	for (int i = 0; i < papers; i++)
	{
		int			terms = reading->parts->term_to[i] - reading->parts->term_from[i];
		int			venues = reading->parts->venue_to[i] - reading->parts->venue_from[i];

		term_start[i + 1] = term_start[i] + terms;
		venue_start[i + 1] = venue_start[i] + venues;
		if (terms > 0)
		{
			memcpy(term + term_start[i], reading->parts->term.data + reading->parts->term_from[i], sizeof(int) * terms);
			memcpy(term_weight + term_start[i], reading->parts->term_weight + reading->parts->term_from[i],
				   sizeof(float) * terms);
		}
		if (venues > 0)
			memcpy(venue + venue_start[i], reading->parts->venue.data + reading->parts->venue_from[i],
				   sizeof(int) * venues);
	}
	if (reading->parts->term.data != NULL)
	{
		pfree(reading->parts->term.data);
		pfree(reading->parts->term_weight);
	}

	corpus->papers = papers;
	corpus->persons = persons;
	corpus->terms = reading->parts->terms.count;
	corpus->venues = reading->parts->venues.count;
	corpus->author_start = author_start;
	corpus->author = author;
	corpus->author_name = author_name;
	corpus->author_affiliation = author_affiliation;
	corpus->paper_start = paper_start;
	corpus->paper = paper;
	corpus->term_start = term_start;
	corpus->term = term;
	corpus->term_weight = term_weight;
	corpus->venue_start = venue_start;
	corpus->venue = venue;
	corpus->year = reading->parts->year;
	corpus->name = reading->parts->name.data;

	finish_affiliations(reading);

	desk->hidden = anthology_judge_zeroed(sizeof(bool), persons);
	desk->on_page = anthology_judge_zeroed(sizeof(bool), papers);
	desk->count = anthology_judge_zeroed(sizeof(int), persons);
	desk->on_paper = anthology_judge_zeroed(sizeof(bool), persons);
	desk->person_value = anthology_judge_zeroed(sizeof(float), persons);
	desk->text = anthology_judge_zeroed(sizeof(float), corpus->terms);
	desk->term_value = anthology_judge_zeroed(sizeof(float), corpus->terms);
	desk->page_place = anthology_judge_zeroed(sizeof(float), corpus->places);
	desk->place_value = anthology_judge_zeroed(sizeof(float), corpus->places);
	desk->touched = anthology_judge_zeroed(sizeof(int), Max(Max(persons, corpus->terms), corpus->places));
	desk->venue_count = anthology_judge_zeroed(sizeof(int), corpus->venues);
	MemoryContextSwitchTo(old);
}

void *
anthology_judge_allocate(size_t size)
{
	return MemoryContextAllocExtended(CurrentMemoryContext, size, MCXT_ALLOC_HUGE | MCXT_ALLOC_NO_OOM);
}

void
anthology_judge_out_of_memory(void)
{
	ereport(ERROR, errcode(ERRCODE_OUT_OF_MEMORY), errmsg("out of memory"));
}
