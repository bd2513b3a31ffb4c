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

static int
compare_links(const void *a, const void *b)
{
	const int  *x = *(const int *const *) a;
	const int  *y = *(const int *const *) b;

	if (x[LINK_PERSON] != y[LINK_PERSON])
		return x[LINK_PERSON] < y[LINK_PERSON] ? -1 : 1;
	if (x[LINK_NAME] != y[LINK_NAME])
		return x[LINK_NAME] < y[LINK_NAME] ? -1 : 1;
	return (x[LINK_AFFILIATION] < y[LINK_AFFILIATION])
		- (x[LINK_AFFILIATION] > y[LINK_AFFILIATION]);
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
	int			room = 256;
	float	   *weight = palloc(sizeof(float) * room);

	anthology_numbers_begin(&places, 256);
	for (int i = 0; i < affiliations->count; i++)
	{
		AnthologyBuffer slug;
		double		square = 0;
		int			from = 0;
		text	   *printed =
			cstring_to_text_with_len(affiliations->key[i].data, affiliations->key[i].length);
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
				weight = repalloc_huge(weight, sizeof(float) * room);
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

/* By person: the id listed, or -1. */
static int *
listed_ids(const AnthologyInts *listed, int persons)
{
	int		   *result = anthology_judge_zeroed(sizeof(int), persons);

	for (int i = 0; i < persons; i++)
		result[i] = -1;
	for (int i = 0; i < listed->count; i += 2)
		result[listed->data[i]] = listed->data[i + 1];
	return result;
}

/* Notes which persons are verified, and the names listed for them. */
static void
finish_persons(AnthologyReading *reading)
{
	AnthologyReadingParts *parts = reading->parts;
	AnthologyCorpus *corpus = &reading->corpus;
	bool	   *verified = anthology_judge_zeroed(sizeof(bool), corpus->persons);
	int		   *start = anthology_judge_zeroed(sizeof(int), corpus->persons + 2);
	int		   *listed = anthology_judge_zeroed(sizeof(int), parts->listed.count / 2);

	for (int i = 0; i < parts->verified.count; i++)
		verified[parts->verified.data[i]] = true;
	for (int i = 0; i < parts->listed.count; i += 2)
		start[parts->listed.data[i] + 2]++;
	for (int i = 0; i < corpus->persons; i++)
		start[i + 2] += start[i + 1];
	for (int i = 0; i < parts->listed.count; i += 2)
		listed[start[parts->listed.data[i] + 1]++] = parts->listed.data[i + 1];
	corpus->verified = verified;
	corpus->listed_start = start;
	corpus->listed = listed;
	parts->parsed = anthology_judge_zeroed(sizeof(AnthologyName *), parts->full_names.count);
}

void
anthology_judge_arrange(AnthologyReading *reading)
{
	MemoryContext old = MemoryContextSwitchTo(reading->context);
	AnthologyCorpus *corpus = &reading->corpus;
	AnthologyDesk *desk = &reading->desk;
	AnthologyReadingParts *parts = reading->parts;
	int			papers = parts->papers.count;
	int			persons = parts->persons.count;
	int			links = parts->link.count / LINK_FIELDS;
	int		   *author_start = anthology_judge_zeroed(sizeof(int), papers + 1);
	const int **author_link = anthology_judge_zeroed(sizeof(int *), links);
	int		   *author = anthology_judge_zeroed(sizeof(int), links);
	int		   *author_affiliation = anthology_judge_zeroed(sizeof(int), links);
	int		   *author_name = anthology_judge_zeroed(sizeof(int), links);
	int		   *author_position = anthology_judge_zeroed(sizeof(int), links);
	int		   *author_full_name = anthology_judge_zeroed(sizeof(int), links);
	bool	   *author_explicit = anthology_judge_zeroed(sizeof(bool), links);
	int		   *author_id[ANTHOLOGY_ID_KINDS];
	int		   *paper_start = anthology_judge_zeroed(sizeof(int), persons + 2);
	int		   *paper = anthology_judge_zeroed(sizeof(int), links);
	int		   *term_start = anthology_judge_zeroed(sizeof(int), papers + 1);
	int		   *term = anthology_judge_zeroed(sizeof(int), parts->term.count);
	float	   *term_weight = anthology_judge_zeroed(sizeof(float), parts->term.count);
	int		   *venue_start = anthology_judge_zeroed(sizeof(int), papers + 1);
	int		   *venue = anthology_judge_zeroed(sizeof(int), parts->venue.count);
	int		   *next = anthology_judge_zeroed(sizeof(int), papers + 1);
	int			kept = 0;

	anthology_judge_paper_room(parts);
	for (int kind = 0; kind < ANTHOLOGY_ID_KINDS; kind++)
		author_id[kind] = anthology_judge_zeroed(sizeof(int), links);
	/* A paper's persons, each once: the same may be author and editor. */
	for (int i = 0; i < links; i++)
		next[parts->link.data[i * LINK_FIELDS + LINK_PAPER] + 1]++;
	for (int i = 0; i < papers; i++)
		next[i + 1] += next[i];
	memcpy(author_start, next, sizeof(int) * (papers + 1));
	for (int i = 0; i < links; i++)
	{
		const int  *link = parts->link.data + (size_t) i * LINK_FIELDS;

		author_link[next[link[LINK_PAPER]]++] = link;
	}
	for (int i = 0; i < papers; i++)
	{
		int			from = author_start[i];
		int			to = next[i];
		/* Names are read in the order in which they are printed. */
		const int  *first = from < to ? author_link[from] : NULL;

		qsort(author_link + from, to - from, sizeof(int *), compare_links);
		author_start[i] = kept;
		for (int j = from; j < to; j++)
		{
			const int  *link = author_link[j];

			if (j == from || link[LINK_PERSON] != author_link[j - 1][LINK_PERSON])
			{
				author[kept] = link[LINK_PERSON];
				author_affiliation[kept] = link[LINK_AFFILIATION];
				author_name[kept] = link[LINK_NAME];
				author_position[kept] = (int) ((link - first) / LINK_FIELDS);
				author_full_name[kept] = link[LINK_FULL_NAME];
				for (int kind = 0; kind < ANTHOLOGY_ID_KINDS; kind++)
					author_id[kind][kept] = -1;
				kept++;
			}
			author_explicit[kept - 1] |= link[LINK_EXPLICIT] != 0;
			for (int kind = 0; kind < ANTHOLOGY_ID_KINDS; kind++)
				author_id[kind][kept - 1] = Max(author_id[kind][kept - 1], link[LINK_IDS + kind]);
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
		int			terms = parts->term_to[i] - parts->term_from[i];
		int			venues = parts->venue_to[i] - parts->venue_from[i];

		term_start[i + 1] = term_start[i] + terms;
		venue_start[i + 1] = venue_start[i] + venues;
		if (terms > 0)
		{
			memcpy(term + term_start[i], parts->term.data + parts->term_from[i],
				   sizeof(int) * terms);
			memcpy(term_weight + term_start[i], parts->term_weight.data + parts->term_from[i],
				   sizeof(float) * terms);
		}
		if (venues > 0)
			memcpy(venue + venue_start[i], parts->venue.data + parts->venue_from[i],
				   sizeof(int) * venues);
	}
	if (parts->term.data != NULL)
	{
		pfree(parts->term.data);
		pfree(parts->term_weight.data);
	}

	corpus->papers = papers;
	corpus->persons = persons;
	corpus->terms = parts->terms.count;
	corpus->venues = parts->venues.count;
	corpus->author_start = author_start;
	corpus->author = author;
	corpus->author_name = author_name;
	corpus->author_affiliation = author_affiliation;
	for (int kind = 0; kind < ANTHOLOGY_ID_KINDS; kind++)
	{
		corpus->author_id[kind] = author_id[kind];
		corpus->person_id[kind] = listed_ids(&parts->person_id[kind], persons);
	}
	corpus->paper_start = paper_start;
	corpus->paper = paper;
	corpus->term_start = term_start;
	corpus->term = term;
	corpus->term_weight = term_weight;
	corpus->venue_start = venue_start;
	corpus->venue = venue;
	corpus->year = parts->year;
	corpus->name = parts->name.data;

	corpus->author_position = author_position;
	corpus->author_full_name = author_full_name;
	corpus->author_explicit = author_explicit;
	finish_persons(reading);
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
	desk->touched =
		anthology_judge_zeroed(sizeof(int), Max(Max(persons, corpus->terms), corpus->places));
	desk->company = anthology_judge_zeroed(sizeof(int), papers);
	desk->company_size = anthology_judge_zeroed(sizeof(int), papers);
	desk->seen = anthology_judge_zeroed(sizeof(int), persons);
	desk->rest = anthology_judge_zeroed(sizeof(int), papers);
	desk->venue_count = anthology_judge_zeroed(sizeof(int), corpus->venues);
	MemoryContextSwitchTo(old);
}

void *
anthology_judge_allocate(size_t size)
{
	return MemoryContextAllocExtended(CurrentMemoryContext, size,
									  MCXT_ALLOC_HUGE | MCXT_ALLOC_NO_OOM);
}

void
anthology_judge_out_of_memory(void)
{
	ereport(ERROR, errcode(ERRCODE_OUT_OF_MEMORY), errmsg("out of memory"));
}
