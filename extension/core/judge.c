/*
 * judge.c - features of papers against persons, see judge.h.
 *
 * The name in question says nothing here: the persons that bear it are hidden,
 * and what is judged is whether the rest - co-authors, what these do elsewhere,
 * content, places, venue, years - fits the other papers of the page. "Elsewhere" is
 * every paper not on the page, so a page never vouches for itself.
 *
 * A group would vouch for itself. Papers of a page that are linked by co-authors are
 * a company; the largest company is the page's body. So a paper is judged twice, against
 * the page and against the page without the paper's company, whose size is a signal.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "host.h"
#include "judge.h"
#include "judge_measures.h"
#include "judge_places.h"

/* The number of a company is its first place. Follows the links to it. */
static int
company_of(const AnthologyDesk *desk, int place)
{
	while (desk->company[place] != place)
		place = desk->company[place];
	return place;
}

/* Finds the companies: papers of the page that are linked by co-authors. */
static void
find_companies(const AnthologyCorpus *corpus, AnthologyDesk *desk)
{
	for (int i = 0; i < desk->page_size; i++)
	{
		int			paper = desk->page[i];

		desk->company[i] = i;
		desk->company_size[i] = 0;
		for (int j = corpus->author_start[paper]; j < corpus->author_start[paper + 1]; j++)
		{
			int		   *seen = &desk->seen[corpus->author[j]];
			int			a;
			int			b;

			if (desk->hidden[corpus->author[j]])
				continue;
			if (*seen == 0)
			{
				*seen = i + 1;
				continue;
			}
			a = company_of(desk, i);
			b = company_of(desk, *seen - 1);
			desk->company[MAX(a, b)] = MIN(a, b);
		}
	}
	for (int i = 0; i < desk->page_size; i++)
	{
		int			paper = desk->page[i];

		desk->company[i] = company_of(desk, i);
		desk->company_size[desk->company[i]]++;
		for (int j = corpus->author_start[paper]; j < corpus->author_start[paper + 1]; j++)
			desk->seen[corpus->author[j]] = 0;
	}
}

/*
 * Takes a paper of the page off the sums of the desk, or puts it back: sign is -1 or 1.
 */
static void
change_sums(const AnthologyCorpus *corpus, AnthologyDesk *desk, int paper, int sign)
{
	desk->on_page[paper] = sign > 0;
	for (int j = corpus->author_start[paper]; j < corpus->author_start[paper + 1]; j++)
	{
		int			affiliation = corpus->author_affiliation[j];

		desk->count[corpus->author[j]] += sign;
		for (int k = affiliation < 0 ? 0 : corpus->affiliation_start[affiliation];
			 affiliation >= 0 && k < corpus->affiliation_start[affiliation + 1]; k++)
		{
			float	   *sum = &desk->page_place[corpus->place[k]];
			float		weight = (float) sign * corpus->place_weight[k];

			desk->place_square += weight * (2 * *sum + weight);
			*sum += weight;
		}
	}
	for (int j = corpus->venue_start[paper]; j < corpus->venue_start[paper + 1]; j++)
		desk->venue_count[corpus->venue[j]] += sign;
	for (int j = corpus->term_start[paper]; j < corpus->term_start[paper + 1]; j++)
	{
		float	   *sum = &desk->text[corpus->term[j]];
		float		weight = (float) sign * corpus->term_weight[j];

		desk->text_square += weight * (2 * *sum + weight);
		*sum += weight;
	}
}

/* Whether a paper shares a co-author with another. */
static bool
share_coauthor(const AnthologyCorpus *corpus, const AnthologyDesk *desk, int a, int b)
{
	for (int i = corpus->author_start[a]; i < corpus->author_start[a + 1]; i++)
		for (int j = corpus->author_start[b]; j < corpus->author_start[b + 1]; j++)
			if (corpus->author[i] == corpus->author[j] && !desk->hidden[corpus->author[i]] &&
				corpus->author[i] != desk->printed)
				return true;
	return false;
}

/*
 * Marks in rest the company of a paper, and sets the signals of how the page hangs together,
 * the paper being of the page or not.
 */
static void
find_company(const AnthologyCorpus *corpus, AnthologyDesk *desk, int paper, double *signals)
{
	int			own = desk->on_page[paper];
	int			papers = desk->page_size + 1 - own;
	int			count = 1 - own;
	int			others = 0;
	int			largest = 0;	/* of the other companies */
	int			next = 0;		/* the largest of the rest of them */
	bool		of_body;
	int			body;

	for (int i = 0; i < desk->page_size; i++)
		desk->rest[i] = 0;
	for (int i = 0; i < desk->page_size; i++)
	{
		int			company = desk->company[i];

		if (desk->rest[company] != 0 ||
			(own ? desk->page[i] != paper : !share_coauthor(corpus, desk, desk->page[i], paper)))
			continue;
		desk->rest[company] = 1;
		count += desk->company_size[company];
	}
	for (int i = 0; i < desk->page_size; i++)
		if (desk->company_size[i] > 0 && desk->rest[i] == 0)
		{
			others++;
			next = MAX(next, MIN(largest, desk->company_size[i]));
			largest = MAX(largest, desk->company_size[i]);
		}
	/* Of two companies that are the largest none is the body. */
	of_body = count > largest;
	body = of_body ? count : largest > count && largest > next ? largest : 0;
	signals[PAPER_BODY] = (double) body / papers;
	signals[PAPER_COMPANIES] = others;
	signals[PAPER_SECOND_COMPANY] = of_body || body == 0 ? largest : next;
	signals[PAPER_COMPANY] = count;
}

/* Papers of the smallest pages that trees are grown on. */
#define FEWEST_OTHERS 5

static void judge_paper(const AnthologyCorpus *corpus, AnthologyDesk *desk, int paper,
						double *signals, int *shared, int *linked);

/* Judges a paper against the page without its company, which is marked in rest. */
static void
judge_apart(const AnthologyCorpus *corpus, AnthologyDesk *desk, int paper, double *signals)
{
	const int  *page = desk->page;
	int			page_size = desk->page_size;
	double		text_square = desk->text_square;
	double		place_square = desk->place_square;
	int			left = 0;
	int			shared;
	int			linked;

	/* The marks are by company, of places before: none is overwritten before it is read. */
	for (int i = 0; i < page_size; i++)
		desk->company_size[i] = desk->rest[desk->company[i]] ?
			-desk->company_size[i] - 1 : desk->company_size[i];
	for (int i = 0; i < page_size; i++)
		if (desk->company_size[i] >= 0)
			desk->rest[left++] = page[i];
		else
			change_sums(corpus, desk, page[i], -1);
	desk->page = desk->rest;
	desk->page_size = left;
	judge_paper(corpus, desk, paper, signals, &shared, &linked);
	desk->page = page;
	desk->page_size = page_size;
	for (int i = 0; i < page_size; i++)
		if (desk->company_size[i] < 0)
		{
			change_sums(corpus, desk, page[i], 1);
			desk->company_size[i] = -desk->company_size[i] - 1;
		}
	desk->text_square = text_square;
	desk->place_square = place_square;
}

void
anthology_paper_signals(const AnthologyCorpus *corpus, AnthologyDesk *desk, int paper,
						double *signals, int *shared, int *linked)
{
	static const AnthologyPaperSignal twice[PAPER_COMPANY - PAPER_APART] = {
		PAPER_SECOND_HAND, PAPER_SECOND_HAND_BEST, PAPER_NEAR_TEXTS, PAPER_WHOLE_TEXT,
		PAPER_COAUTHOR_TEXT, PAPER_AFFILIATION, PAPER_PLACES, PAPER_YEARS, PAPER_MEAN_YEAR
	};
	double		apart[PAPER_SIGNALS];
	const double *again = signals;

	judge_paper(corpus, desk, paper, signals, shared, linked);
	find_company(corpus, desk, paper, signals);
	if (signals[PAPER_COMPANY] > 1)
	{
		judge_apart(corpus, desk, paper, apart);
		again = apart;
	}
	for (int i = 0; i < PAPER_COMPANY - PAPER_APART; i++)
		signals[PAPER_APART + i] = again[twice[i]];
	/* A paper of the page is taken off sums, which leaves what is not quite 0. */
	for (int i = 0; i < PAPER_SIGNALS; i++)
		signals[i] = rint(signals[i] * 1e4) / 1e4;
}

void
anthology_desk_lay(const AnthologyCorpus *corpus, AnthologyDesk *desk,
				   const int *page, int page_size, const int *hidden, int hidden_count)
{
	int			touched = 0;

	desk->page = page;
	desk->page_size = page_size;
	desk->person = hidden_count == 1 ? hidden[0] : -1;
	desk->printed = -1;
	desk->text_square = 0;
	desk->place_square = 0;
	for (int i = 0; i < hidden_count; i++)
		desk->hidden[hidden[i]] = true;
	for (int i = 0; i < page_size; i++)
	{
		int			paper = page[i];

		desk->on_page[paper] = true;
		for (int j = corpus->author_start[paper]; j < corpus->author_start[paper + 1]; j++)
			desk->count[corpus->author[j]]++;
		for (int j = corpus->venue_start[paper]; j < corpus->venue_start[paper + 1]; j++)
			desk->venue_count[corpus->venue[j]]++;
		for (int j = corpus->term_start[paper]; j < corpus->term_start[paper + 1]; j++)
		{
			float	   *sum = &desk->text[corpus->term[j]];
			float		weight = corpus->term_weight[j];

			desk->text_square += weight * (2 * *sum + weight);
			*sum += weight;
		}
		touched = anthology_add_printed(corpus, paper, desk->page_place, desk->touched, touched);
	}
	for (int i = 0; i < touched; i++)
		desk->place_square += desk->page_place[desk->touched[i]] *
			desk->page_place[desk->touched[i]];
	find_companies(corpus, desk);
}

void
anthology_desk_clear(const AnthologyCorpus *corpus, AnthologyDesk *desk,
					 const int *hidden, int hidden_count)
{
	for (int i = 0; i < hidden_count; i++)
		desk->hidden[hidden[i]] = false;
	for (int i = 0; i < desk->page_size; i++)
	{
		int			paper = desk->page[i];

		desk->on_page[paper] = false;
		for (int j = corpus->author_start[paper]; j < corpus->author_start[paper + 1]; j++)
			desk->count[corpus->author[j]] = 0;
		for (int j = corpus->venue_start[paper]; j < corpus->venue_start[paper + 1]; j++)
			desk->venue_count[corpus->venue[j]] = 0;
		for (int j = corpus->term_start[paper]; j < corpus->term_start[paper + 1]; j++)
			desk->text[corpus->term[j]] = 0;
		for (int j = corpus->author_start[paper]; j < corpus->author_start[paper + 1]; j++)
		{
			int			affiliation = corpus->author_affiliation[j];

			if (affiliation >= 0)
				for (int k = corpus->affiliation_start[affiliation];
					 k < corpus->affiliation_start[affiliation + 1]; k++)
					desk->page_place[corpus->place[k]] = 0;
		}
	}
}

/* The place of the name in question in the arrays beside author; -1 if it is not on the paper. */
static int
place_in_question(const AnthologyCorpus *corpus, const AnthologyDesk *desk, int paper)
{
	for (int j = corpus->author_start[paper]; j < corpus->author_start[paper + 1]; j++)
		if (desk->hidden[corpus->author[j]] || corpus->author[j] == desk->printed)
			return j;
	return -1;
}

double
anthology_rank_in_question(const AnthologyCorpus *corpus, const AnthologyDesk *desk, int paper)
{
	int			place = place_in_question(corpus, desk, paper);
	int			authors = authors_of(corpus, paper);

	/* Who is on the paper twice counts once, so that a position may be beyond the last. */
	return place < 0 || authors == 1 ? 0.5
		: MIN(1, corpus->author_position[place] / (authors - 1.0));
}

/* Years, the name's place among the authors and how many there are, against the others. */
static void
compare_form(const AnthologyCorpus *corpus, const AnthologyDesk *desk, int paper, double *signals)
{
	int			place = place_in_question(corpus, desk, paper);
	int			others = 0;
	int			dated = 0;
	int			first_year = 0;
	int			last_year = 0;
	double		years = 0;
	double		authors = 0;
	double		first = 0;
	double		last = 0;

	for (int i = 0; i < desk->page_size; i++)
	{
		int			other = desk->page[i];
		int			year = corpus->year[other];
		int			at;

		if (other == paper)
			continue;
		others++;
		authors += log(authors_of(corpus, other));
		at = place_in_question(corpus, desk, other);
		first += at >= 0 && corpus->author_position[at] == 0;
		last += at >= 0 && corpus->author_position[at] == authors_of(corpus, other) - 1;
		if (year == 0)
			continue;
		first_year = dated == 0 ? year : MIN(first_year, year);
		last_year = MAX(last_year, year);
		years += year;
		dated++;
	}
	signals[PAPER_SPAN] = dated == 0 ? -1 : last_year - first_year;
	signals[PAPER_MEAN_YEAR] = dated == 0 || corpus->year[paper] == 0 ? -1
		: fabs(corpus->year[paper] - years / dated);
	if (others == 0 || place < 0)
		return;
	signals[PAPER_AUTHORS] = log(authors_of(corpus, paper)) - authors / others;
	signals[PAPER_FIRST_AUTHOR] = (corpus->author_position[place] == 0) - first / others;
	signals[PAPER_LAST_AUTHOR] =
		(corpus->author_position[place] == authors_of(corpus, paper) - 1) - last / others;
}

static void
judge_paper(const AnthologyCorpus *corpus, AnthologyDesk *desk, int paper, double *signals,
			int *shared, int *linked)
{
	const int  *authors = corpus->author + corpus->author_start[paper];
	int			author_count = authors_of(corpus, paper);
	int			own = desk->on_page[paper];
	int			others = desk->page_size - own;
	int			coauthors = 0;
	int			touched = 0;
	double		best[3] = {0, 0, 0};
	double		own_text = own ? text_product(corpus, paper, desk->text) : 0;
	double		square = desk->text_square;
	double		venue = 0;
	int			gap = 1000;
	int			affiliation = anthology_affiliation_in_question(corpus, desk, paper);
	double		nearest = -1;
	int			name = desk->person < 0 ? -1 : corpus->name[desk->person];

	*shared = *linked = 0;
	for (int i = 0; i < PAPER_SIGNALS; i++)
		signals[i] = 0;
	for (int i = 0; i < author_count; i++)
		desk->on_paper[authors[i]] = true;

	for (int i = 0; i < author_count; i++)
	{
		int			coauthor = authors[i];
		int			together;
		int			elsewhere = 0;
		double		hits = 0;
		double		weight;
		float		scale;

		int			namesakes = 0;

		if (desk->hidden[coauthor] || coauthor == desk->printed)
			continue;
		coauthors++;
		signals[PAPER_COAUTHOR_PAPERS] += log(papers_of(corpus, coauthor));
		together = desk->count[coauthor] - own;
		weight = rarity(papers_of(corpus, coauthor));
		if (together > 0)
		{
			++*shared;
			signals[PAPER_COAUTHORS] += weight * (1 + log(together));
			signals[PAPER_RARE_COAUTHOR] = MAX(signals[PAPER_RARE_COAUTHOR], weight);
		}
		for (int k = corpus->paper_start[coauthor]; k < corpus->paper_start[coauthor + 1]; k++)
			if (!desk->on_page[corpus->paper[k]] && corpus->paper[k] != paper)
				elsewhere++;
		scale = elsewhere == 0 ? 0 : (float) (weight / elsewhere);
		for (int k = corpus->paper_start[coauthor]; k < corpus->paper_start[coauthor + 1]; k++)
		{
			int			other = corpus->paper[k];
			int			hit = 0;

			if (desk->on_page[other] || other == paper)
				continue;
			if (authors_of(corpus, other) <= MANY_AUTHORS)
				for (int j = corpus->author_start[other]; j < corpus->author_start[other + 1]; j++)
				{
					int			person = corpus->author[j];

					if (person == coauthor || desk->hidden[person])
						continue;
					if (name >= 0 && corpus->author_name[j] == name && person != desk->person)
						namesakes++;
					if (person != desk->printed &&
						desk->count[person] - (own && desk->on_paper[person]) > 0)
						hit++;
				}
			if (hit > 0)
				hits++;
			for (int j = corpus->term_start[other]; j < corpus->term_start[other + 1]; j++)
			{
				float	   *value = &desk->term_value[corpus->term[j]];

				if (*value == 0)
					desk->touched[touched++] = corpus->term[j];
				*value += corpus->term_weight[j] * scale;
			}
		}
		if (namesakes > 0)
		{
			signals[PAPER_NAMESAKE] += weight * (1 + log(namesakes));
			signals[PAPER_NAMESAKE_SHARE]++;
		}
		if (hits > 0)
		{
			double		share = hits / (elsewhere + 1);

			++*linked;
			signals[PAPER_SECOND_HAND] += share;
			signals[PAPER_SECOND_HAND_BEST] = MAX(signals[PAPER_SECOND_HAND_BEST], share);
		}
	}
	for (int i = 0; i < author_count; i++)
		desk->on_paper[authors[i]] = false;

	/* What the co-authors write elsewhere against the sum of the others. */
	if (own)
		square += 1 - 2 * own_text;
	if (touched > 0)
	{
		double		product = 0;
		double		length = 0;

		for (int i = 0; i < touched; i++)
		{
			float	   *value = &desk->term_value[desk->touched[i]];

			product += *value * desk->text[desk->touched[i]];
			length += *value * *value;
		}
		if (own)
			product -= text_product(corpus, paper, desk->term_value);
		for (int i = 0; i < touched; i++)
			desk->term_value[desk->touched[i]] = 0;
		if (square > 1e-3)
			signals[PAPER_COAUTHOR_TEXT] = product / sqrt(length * square);
	}
	else
		signals[PAPER_COAUTHOR_TEXT] = -1;

	if (square > 1e-3)
		signals[PAPER_WHOLE_TEXT] =
			(text_product(corpus, paper, desk->text) - own) / sqrt(square);
	for (int j = corpus->term_start[paper]; j < corpus->term_start[paper + 1]; j++)
		desk->term_value[corpus->term[j]] = corpus->term_weight[j];
	for (int i = 0; i < desk->page_size; i++)
	{
		int			other = desk->page[i];
		double		cosine;

		if (other == paper)
			continue;
		if (affiliation >= 0)
		{
			cosine = anthology_affiliation_cosine(corpus, affiliation,
										anthology_affiliation_in_question(corpus, desk, other));
			nearest = MAX(nearest, cosine);
		}
		cosine = text_product(corpus, other, desk->term_value);
		if (cosine > best[0])
			best[2] = best[1], best[1] = best[0], best[0] = cosine;
		else if (cosine > best[1])
			best[2] = best[1], best[1] = cosine;
		else if (cosine > best[2])
			best[2] = cosine;
		if (corpus->year[paper] != 0 && corpus->year[other] != 0)
		{
			int			distance = abs(corpus->year[paper] - corpus->year[other]);

			gap = distance < gap ? distance : gap;
		}
	}
	for (int j = corpus->term_start[paper]; j < corpus->term_start[paper + 1]; j++)
		desk->term_value[corpus->term[j]] = 0;
	signals[PAPER_AFFILIATION] = nearest;
	signals[PAPER_PLACES] = anthology_places_cosine(corpus, desk, paper, own);
	signals[PAPER_NEAREST_TEXT] = best[0];
	signals[PAPER_NEAR_TEXTS] = others == 0 ? 0 :
		(best[0] + best[1] + best[2]) / (others < 3 ? others : 3);

	for (int j = corpus->venue_start[paper]; j < corpus->venue_start[paper + 1]; j++)
		venue = MAX(venue, desk->venue_count[corpus->venue[j]] - own);
	signals[PAPER_VENUE] = others == 0 ? 0 : venue / (others + 1);
	signals[PAPER_YEARS] = gap == 1000 ? -1 : gap;
	signals[PAPER_COAUTHOR_SHARE] = coauthors == 0 ? 0 : (double) *shared / coauthors;
	if (coauthors > 0)
		signals[PAPER_NAMESAKE_SHARE] /= coauthors;
	signals[PAPER_COAUTHOR_COUNT] = coauthors;
	signals[PAPER_COAUTHOR_PAPERS] =
		coauthors == 0 ? -1 : signals[PAPER_COAUTHOR_PAPERS] / coauthors;
	signals[PAPER_PAGE_SIZE] = MAX(others, FEWEST_OTHERS);
	signals[PAPER_OCCASION] = coauthors == 0 ? STRATUM_ALONE : *shared > 0 ? STRATUM_SHARED :
		*linked > 0 ? STRATUM_LINKED : STRATUM_STRANGERS;
	compare_form(corpus, desk, paper, signals);
}

double
anthology_namesake_share(const AnthologyCorpus *corpus, const AnthologyDesk *desk, int paper,
						 int *coauthors)
{
	int			name = desk->person < 0 ? -1 : corpus->name[desk->person];
	int			with_namesake = 0;

	*coauthors = 0;
	for (int i = corpus->author_start[paper]; i < corpus->author_start[paper + 1]; i++)
	{
		int			coauthor = corpus->author[i];
		bool		found = name < 0;

		if (desk->hidden[coauthor])
			continue;
		++*coauthors;
		for (int k = corpus->paper_start[coauthor];
			 k < corpus->paper_start[coauthor + 1] && !found; k++)
		{
			int			other = corpus->paper[k];

			if (desk->on_page[other] || authors_of(corpus, other) > MANY_AUTHORS)
				continue;
			for (int j = corpus->author_start[other]; j < corpus->author_start[other + 1]; j++)
				found |= corpus->author_name[j] == name && corpus->author[j] != coauthor &&
					!desk->hidden[corpus->author[j]] && corpus->author[j] != desk->person;
		}
		with_namesake += found && name >= 0;
	}
	return *coauthors == 0 ? 0 : (double) with_namesake / *coauthors;
}

/* The weight of the range that a value lies in; 0 if there are no ranges. */
static double
scale_weight(const AnthologyScale *scale, double value)
{
	int			bin = 0;

	while (bin + 1 < scale->bins && value >= scale->lower[bin + 1])
		bin++;
	return scale->bins > 0 ? scale->weight[bin] : 0;
}

double
anthology_threshold(const AnthologyModel *model, int papers)
{
	return scale_weight(&model->threshold, papers);
}

double
anthology_weigh(const AnthologyModel *model, AnthologyStratum stratum, const double *signals,
				double *contributions)
{
	double		sum = model->prior[stratum];

	for (int i = 0; i < model->signals; i++)
	{
		double		weight = scale_weight(&model->scale[stratum][i], signals[i]);

		sum += weight;
		if (contributions != NULL)
			contributions[i] = weight;
	}
	return sum;
}
