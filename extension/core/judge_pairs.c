/*
 * judge_pairs.c - papers of a page against each other; see judge.h.
 *
 * Each paper's surroundings are gathered once: its text, what its co-authors write and whom
 * they write with elsewhere, and where they work. A pair is then products of vectors.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "host.h"
#include "judge.h"
#include "judge_measures.h"
#include "judge_places.h"

/* Moves what has been added up in by_index into a vector, and clears it. */
static bool
gather(float *by_index, const int *touched, int size, bool normal,
	   void *(*allocate) (size_t), AnthologyVector *result)
{
	double		square = 0;

	result->size = size;
	result->index = allocate(sizeof(int) * MAX(size, 1));
	result->value = allocate(sizeof(float) * MAX(size, 1));
	if (result->index == NULL || result->value == NULL)
		return false;
	for (int i = 0; i < size; i++)
	{
		result->index[i] = touched[i];
		result->value[i] = by_index[touched[i]];
		square += (double) result->value[i] * result->value[i];
		by_index[touched[i]] = 0;
	}
	if (normal && square > 0)
		for (int i = 0; i < size; i++)
			result->value[i] /= (float) sqrt(square);
	return true;
}

/* Adds the persons a co-author wrote with elsewhere to person_value, scaled. */
static int
add_circle(const AnthologyCorpus *corpus, AnthologyDesk *desk, int coauthor, bool plain,
		   double scale, int touched)
{
	for (int k = corpus->paper_start[coauthor]; k < corpus->paper_start[coauthor + 1]; k++)
	{
		int			other = corpus->paper[k];
		int			size = authors_of(corpus, other);

		if (desk->on_page[other] || size > MANY_AUTHORS)
			continue;
		for (int j = corpus->author_start[other]; j < corpus->author_start[other + 1]; j++)
		{
			int			person = corpus->author[j];
			float	   *value = &desk->person_value[person];

			if (person == coauthor || desk->hidden[person])
				continue;
			if (*value == 0)
				desk->touched[touched++] = person;
			*value += (float) (scale / (size - 1) *
							   (plain ? 1 : 2 * rarity(papers_of(corpus, person))));
		}
	}
	return touched;
}

bool
anthology_surroundings(const AnthologyCorpus *corpus, AnthologyDesk *desk, int paper,
					   void *(*allocate) (size_t), AnthologySurroundings *result)
{
	const int  *authors = corpus->author + corpus->author_start[paper];
	int			author_count = authors_of(corpus, paper);
	int			touched = 0;

	result->rank = anthology_rank_in_question(corpus, desk, paper);

	/* Co-authors themselves, and those that they wrote with. */
	result->coauthors = 0;
	for (int pass = 0; pass < 2; pass++)
	{
		touched = 0;
		for (int i = 0; i < author_count; i++)
		{
			int			coauthor = authors[i];
			double		weight = rarity(papers_of(corpus, coauthor));
			int			elsewhere = 0;

			if (desk->hidden[coauthor])
				continue;
			for (int k = corpus->paper_start[coauthor]; k < corpus->paper_start[coauthor + 1]; k++)
				elsewhere += !desk->on_page[corpus->paper[k]];
			if (pass == 0)
			{
				result->coauthors++;
				if (desk->person_value[coauthor] == 0)
					desk->touched[touched++] = coauthor;
				desk->person_value[coauthor] += (float) weight;
				touched = add_circle(corpus, desk, coauthor, false, 2 * weight / (1 + elsewhere),
									 touched);
			}
			else
				touched = add_circle(corpus, desk, coauthor, true, 1.0 / (1 + elsewhere), touched);
		}
		if (!gather(desk->person_value, desk->touched, touched, pass == 0, allocate,
					pass == 0 ? &result->circle : &result->second_hand))
			return false;
	}

	touched = 0;
	for (int i = 0; i < author_count; i++)
	{
		int			coauthor = authors[i];
		double		weight = rarity(papers_of(corpus, coauthor));
		int			elsewhere = 0;
		float		scale;

		if (desk->hidden[coauthor])
			continue;
		for (int k = corpus->paper_start[coauthor]; k < corpus->paper_start[coauthor + 1]; k++)
			elsewhere += !desk->on_page[corpus->paper[k]];
		scale = elsewhere == 0 ? 0 : (float) (weight / elsewhere);
		for (int k = corpus->paper_start[coauthor]; k < corpus->paper_start[coauthor + 1]; k++)
		{
			int			other = corpus->paper[k];

			if (desk->on_page[other])
				continue;
			for (int j = corpus->term_start[other]; j < corpus->term_start[other + 1]; j++)
			{
				float	   *value = &desk->term_value[corpus->term[j]];

				if (*value == 0)
					desk->touched[touched++] = corpus->term[j];
				*value += corpus->term_weight[j] * scale;
			}
		}
	}
	if (!gather(desk->term_value, desk->touched, touched, true, allocate, &result->text))
		return false;
	result->affiliation = anthology_affiliation_in_question(corpus, desk, paper);
	touched = anthology_add_places(corpus, desk, paper, 0);
	return gather(desk->place_value, desk->touched, touched, true, allocate, &result->places);
}

static double
product(const AnthologyVector *vector, const float *by_index)
{
	return dot(vector->index, vector->value, vector->size, by_index);
}

static void
spread(const AnthologyVector *vector, float *by_index, bool clear)
{
	for (int i = 0; i < vector->size; i++)
		by_index[vector->index[i]] = clear ? 0 : vector->value[i];
}

bool
anthology_compare_texts(const AnthologyCorpus *corpus, AnthologyDesk *desk,
						AnthologySurroundings *all, void *(*allocate) (size_t))
{
	int			n = desk->page_size;

	for (int i = 0; i < n; i++)
	{
		all[i].paper_text = allocate(sizeof(float) * n);
		all[i].other_text = allocate(sizeof(float) * n);
		if (all[i].paper_text == NULL || all[i].other_text == NULL)
			return false;
	}
	for (int which = 0; which < n; which++)
	{
		int			size = all[which].text.size;

		anthology_check();
		spread(&all[which].text, desk->term_value, false);
		for (int i = 0; i < n; i++)
		{
			all[which].paper_text[i] = (float) text_product(corpus, desk->page[i],
															desk->term_value);
			/* The larger text is spread, and the smaller one gone through. */
			if (all[i].text.size < size || (i <= which && all[i].text.size == size))
				all[which].other_text[i] = all[i].other_text[which] =
					(float) product(&all[i].text, desk->term_value);
		}
		spread(&all[which].text, desk->term_value, true);
	}
	return true;
}

/* When two papers were written, how many authors they have, and which of these the name is. */
static void
compare_form(const AnthologyCorpus *corpus, int a, int b, double rank_a, double rank_b,
			 double *signals)
{
	int			year_a = corpus->year[a];
	int			year_b = corpus->year[b];
	bool		dated = year_a != 0 && year_b != 0;
	int			authors_a = authors_of(corpus, a);
	int			authors_b = authors_of(corpus, b);

	signals[PAIR_RANKS_APART] = fabs(rank_a - rank_b);
	signals[PAIR_RANK_RISES] = !dated || year_a == year_b ? 0
		: year_a > year_b ? rank_a - rank_b : rank_b - rank_a;
	signals[PAIR_LOWER_RANK] = MIN(rank_a, rank_b);
	signals[PAIR_HIGHER_RANK] = MAX(rank_a, rank_b);
	signals[PAIR_AUTHORS_APART] = fabs(log((double) authors_a / authors_b));
	signals[PAIR_MORE_AUTHORS] = MAX(authors_a, authors_b);
	signals[PAIR_EARLIER_YEAR] = dated ? MIN(year_a, year_b) : -1;
	signals[PAIR_LATER_YEAR] = dated ? MAX(year_a, year_b) : -1;
}

void
anthology_pair_signals(const AnthologyCorpus *corpus, AnthologyDesk *desk,
					   const AnthologySurroundings *all, int which, int from, int to,
					   double *signals, AnthologyStratum *strata)
{
	int			paper = desk->page[which];
	const int  *authors = corpus->author + corpus->author_start[paper];
	int			author_count = authors_of(corpus, paper);

	memset(signals, 0, sizeof(double) * PAIR_SIGNALS * (to - from));

	/* In turn, so that one array serves all: circles, then hearsay. */
	spread(&all[which].circle, desk->person_value, false);
	for (int i = from; i < to; i++)
		signals[(i - from) * PAIR_SIGNALS + PAIR_CIRCLES] =
			product(&all[i].circle, desk->person_value);
	spread(&all[which].circle, desk->person_value, true);
	spread(&all[which].second_hand, desk->person_value, false);
	for (int i = 0; i < author_count; i++)
		if (!desk->hidden[authors[i]])
			desk->on_paper[authors[i]] = true;
	for (int i = from; i < to; i++)
	{
		int			other = desk->page[i];
		double	   *s = signals + (size_t) (i - from) * PAIR_SIGNALS;
		int			shared = 0;
		int			fewer = MIN(all[which].coauthors, all[i].coauthors);
		double		link = 0;

		for (int j = corpus->author_start[other]; j < corpus->author_start[other + 1]; j++)
		{
			int			person = corpus->author[j];

			if (desk->hidden[person])
				continue;
			if (desk->on_paper[person])
			{
				double		weight = rarity(papers_of(corpus, person));

				shared++;
				s[PAIR_COAUTHORS] += weight;
				s[PAIR_RARE_COAUTHOR] = MAX(s[PAIR_RARE_COAUTHOR], weight);
			}
			link += desk->person_value[person];
		}
		for (int j = 0; j < all[i].second_hand.size; j++)
			if (desk->on_paper[all[i].second_hand.index[j]])
				link += all[i].second_hand.value[j];
		s[PAIR_SECOND_HAND] = link;
		s[PAIR_COAUTHOR_SHARE] = fewer == 0 ? 0 : (double) shared / fewer;
		s[PAIR_COAUTHOR_COUNT] = fewer;
		s[PAIR_PAGE_SIZE] = desk->page_size;
		strata[i - from] = fewer == 0 ? STRATUM_ALONE : shared > 0 ? STRATUM_SHARED :
			link > 0 ? STRATUM_LINKED : STRATUM_STRANGERS;
		for (int j = corpus->venue_start[paper]; j < corpus->venue_start[paper + 1]; j++)
			for (int k = corpus->venue_start[other]; k < corpus->venue_start[other + 1]; k++)
				if (corpus->venue[j] == corpus->venue[k])
					s[PAIR_VENUE] = 1;
		s[PAIR_YEARS] = corpus->year[paper] == 0 || corpus->year[other] == 0 ? -1 :
			abs(corpus->year[paper] - corpus->year[other]);
		compare_form(corpus, paper, other, all[which].rank, all[i].rank, s);
	}
	for (int i = 0; i < author_count; i++)
		desk->on_paper[authors[i]] = false;
	spread(&all[which].second_hand, desk->person_value, true);

	for (int j = corpus->term_start[paper]; j < corpus->term_start[paper + 1]; j++)
		desk->term_value[corpus->term[j]] = corpus->term_weight[j];
	for (int i = from; i < to; i++)
	{
		double	   *s = signals + (size_t) (i - from) * PAIR_SIGNALS;
		int			known = (all[i].text.size > 0) + (all[which].text.size > 0);

		s[PAIR_TEXT] = text_product(corpus, desk->page[i], desk->term_value);
		s[PAIR_COAUTHOR_TEXT] = known == 0 ? -1 :
			(all[i].paper_text[which] + all[which].paper_text[i]) / known;
		s[PAIR_COAUTHOR_TEXTS] = known < 2 ? -1 : all[which].other_text[i];
	}
	for (int j = corpus->term_start[paper]; j < corpus->term_start[paper + 1]; j++)
		desk->term_value[corpus->term[j]] = 0;

	spread(&all[which].places, desk->place_value, false);
	for (int i = from; i < to; i++)
	{
		double	   *s = signals + (size_t) (i - from) * PAIR_SIGNALS;

		s[PAIR_AFFILIATION] = anthology_affiliation_cosine(corpus, all[which].affiliation,
												 all[i].affiliation);
		s[PAIR_PLACES] = all[which].places.size == 0 || all[i].places.size == 0 ? -1 :
			product(&all[i].places, desk->place_value);
	}
	spread(&all[which].places, desk->place_value, true);
}
