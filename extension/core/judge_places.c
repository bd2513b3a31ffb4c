/*
 * judge_places.c - where the authors of papers work; see judge_places.h.
 *
 * An affiliation is a vector by place: the words that name institutions, each with a
 * weight that is the lower the more common the word is.
 */
#include <math.h>

#include "judge_places.h"

/* Adds an affiliation to a vector by place; what it newly touches goes on the list. */
static int
add_affiliation(const AnthologyCorpus *corpus, int affiliation, float scale, float *by_place,
				int *list, int touched)
{
	for (int j = corpus->affiliation_start[affiliation];
		 j < corpus->affiliation_start[affiliation + 1]; j++)
	{
		float	   *value = &by_place[corpus->place[j]];

		if (list != NULL && *value == 0)
			list[touched++] = corpus->place[j];
		*value += scale * corpus->place_weight[j];
	}
	return touched;
}

int
anthology_add_printed(const AnthologyCorpus *corpus, int paper, float *by_place, int *list,
					  int touched)
{
	for (int j = corpus->author_start[paper]; j < corpus->author_start[paper + 1]; j++)
		if (corpus->author_affiliation[j] >= 0)
			touched = add_affiliation(corpus, corpus->author_affiliation[j], 1, by_place, list,
									  touched);
	return touched;
}

int
anthology_add_places(const AnthologyCorpus *corpus, AnthologyDesk *desk, int paper, int touched)
{
	for (int j = corpus->author_start[paper]; j < corpus->author_start[paper + 1]; j++)
	{
		int			person = corpus->author[j];
		int			homes = corpus->home_start[person + 1] - corpus->home_start[person];

		if (corpus->author_affiliation[j] >= 0)
			touched = add_affiliation(corpus, corpus->author_affiliation[j], 1, desk->place_value,
									  desk->touched, touched);
		else if (!desk->hidden[person] && person != desk->printed)
			for (int k = corpus->home_start[person]; k < corpus->home_start[person + 1]; k++)
				touched = add_affiliation(corpus, corpus->home[k], 1.0f / (float) homes,
										  desk->place_value, desk->touched, touched);
	}
	return touched;
}

int
anthology_affiliation_in_question(const AnthologyCorpus *corpus, const AnthologyDesk *desk,
								  int paper)
{
	for (int j = corpus->author_start[paper]; j < corpus->author_start[paper + 1]; j++)
		if ((desk->hidden[corpus->author[j]] || corpus->author[j] == desk->printed) &&
			corpus->author_affiliation[j] >= 0)
			return corpus->author_affiliation[j];
	return -1;
}

double
anthology_affiliation_cosine(const AnthologyCorpus *corpus, int a, int b)
{
	double		cosine = 0;

	if (a < 0 || b < 0)
		return -1;
	if (a == b)
		return 1;
	for (int i = corpus->affiliation_start[a]; i < corpus->affiliation_start[a + 1]; i++)
		for (int j = corpus->affiliation_start[b]; j < corpus->affiliation_start[b + 1]; j++)
			if (corpus->place[i] == corpus->place[j])
				cosine += corpus->place_weight[i] * corpus->place_weight[j];
	return cosine;
}

double
anthology_places_cosine(const AnthologyCorpus *corpus, AnthologyDesk *desk, int paper, bool own)
{
	double		square = desk->place_square;
	double		product = 0;
	double		length = 0;
	int			touched;

	if (own)
	{
		/* Take what is printed on this paper off the page's sums. */
		touched = anthology_add_printed(corpus, paper, desk->place_value, desk->touched, 0);
		for (int i = 0; i < touched; i++)
		{
			int			place = desk->touched[i];
			float		rest = desk->page_place[place] - desk->place_value[place];

			square += rest * rest - desk->page_place[place] * desk->page_place[place];
			desk->page_place[place] = rest;
			desk->place_value[place] = 0;
		}
	}
	touched = anthology_add_places(corpus, desk, paper, 0);
	for (int i = 0; i < touched; i++)
	{
		float	   *value = &desk->place_value[desk->touched[i]];

		product += *value * desk->page_place[desk->touched[i]];
		length += *value * *value;
		*value = 0;
	}
	if (own)
		anthology_add_printed(corpus, paper, desk->page_place, NULL, 0);
	/* What is left of sums that papers were taken off is never quite 0. */
	return length == 0 || square < 1e-3 ? -1 : product / sqrt(length * square);
}
