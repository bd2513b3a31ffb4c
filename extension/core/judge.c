/*
 * judge.c - features of papers against persons, see judge.h.
 *
 * The name in question says nothing here: the persons that bear it are hidden,
 * and what is judged is whether the rest - co-authors, what these do elsewhere,
 * content, places, venue, years - fits the other papers of the page. "Elsewhere" is
 * every paper not on the page, so a page never vouches for itself.
 *
 * A group does not vouch for itself either. Papers of a page that are linked by
 * co-authors are a company; the largest company is the page's body. A paper of another
 * company is judged against the page without that company, whose size is a signal.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "host.h"
#include "judge.h"

#define MAX(a, b) ((a) > (b) ? (a) : (b))
#define MIN(a, b) ((a) < (b) ? (a) : (b))

/* Co-authors of consortium papers hardly know each other. */
#define MANY_AUTHORS 60

static int
papers_of(const AnthologyCorpus *corpus, int person)
{
	return corpus->paper_start[person + 1] - corpus->paper_start[person];
}

static int
authors_of(const AnthologyCorpus *corpus, int paper)
{
	return corpus->author_start[paper + 1] - corpus->author_start[paper];
}

/* How much a person with so many papers tells: 1.44 for a single one, 0.2 for 150. */
static double
rarity(int papers)
{
	return 1 / log(1.0 + (papers > 0 ? papers : 1));
}

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

/* Adds all affiliations that are printed on a paper. */
static int
add_printed(const AnthologyCorpus *corpus, int paper, float *by_place, int *list, int touched)
{
	for (int j = corpus->author_start[paper]; j < corpus->author_start[paper + 1]; j++)
		if (corpus->author_affiliation[j] >= 0)
			touched = add_affiliation(corpus, corpus->author_affiliation[j], 1, by_place, list,
									  touched);
	return touched;
}

/*
 * Adds where the authors of a paper work: as printed; for co-authors without, as
 * printed elsewhere.
 */
static int
add_places(const AnthologyCorpus *corpus, AnthologyDesk *desk, int paper, int touched)
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

/* The affiliation printed beside the name in question, or -1. */
static int
affiliation_in_question(const AnthologyCorpus *corpus, const AnthologyDesk *desk, int paper)
{
	for (int j = corpus->author_start[paper]; j < corpus->author_start[paper + 1]; j++)
		if ((desk->hidden[corpus->author[j]] || corpus->author[j] == desk->printed) &&
			corpus->author_affiliation[j] >= 0)
			return corpus->author_affiliation[j];
	return -1;
}

/* The cosine of two affiliations; -1 if one is not known. */
static double
affiliation_cosine(const AnthologyCorpus *corpus, int a, int b)
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
 * the paper being of the page or not. Returns the company's size, the paper included, or 0
 * if the paper belongs to the body.
 */
static int
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
	signals[PAPER_COMPANY] = desk->whole || of_body ? 0 : count;
	return (int) signals[PAPER_COMPANY];
}

static AnthologyStratum judge_paper(const AnthologyCorpus *corpus, AnthologyDesk *desk, int paper,
									double *signals, int *shared, int *linked);

AnthologyStratum
anthology_paper_signals(const AnthologyCorpus *corpus, AnthologyDesk *desk, int paper,
						double *signals, int *shared, int *linked)
{
	AnthologyStratum stratum;
	const int  *page = desk->page;
	int			page_size = desk->page_size;
	double		text_square = desk->text_square;
	double		place_square = desk->place_square;
	double		page_signals[PAPER_SIGNALS];
	int			company = find_company(corpus, desk, paper, page_signals);
	int			left = 0;

	if (company == 0)
		stratum = judge_paper(corpus, desk, paper, signals, shared, linked);
	else
	{
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
		stratum = judge_paper(corpus, desk, paper, signals, shared, linked);
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
	for (int i = PAPER_COMPANY; i < PAPER_SIGNALS; i++)
		signals[i] = page_signals[i];
	return signals[PAPER_BODY] < 0.5 ? stratum + STRATUM_LOOSE : stratum;
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
		touched = add_printed(corpus, paper, desk->page_place, desk->touched, touched);
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

/* The product of a sparse vector with one by index. Four sums, so that none waits for another. */
static double
dot(const int *index, const float *value, int size, const float *by_index)
{
	double		sum[4] = {0, 0, 0, 0};
	int			i = 0;

	for (; i + 4 <= size; i += 4)
		for (int k = 0; k < 4; k++)
			sum[k] += value[i + k] * by_index[index[i + k]];
	for (; i < size; i++)
		sum[0] += value[i] * by_index[index[i]];
	return sum[0] + sum[1] + (sum[2] + sum[3]);
}

/* The product of a paper's text with a vector by term. */
static double
text_product(const AnthologyCorpus *corpus, int paper, const float *by_term)
{
	int			from = corpus->term_start[paper];

	return dot(corpus->term + from, corpus->term_weight + from,
			   corpus->term_start[paper + 1] - from, by_term);
}

/* Where the authors of a paper work against the page's other papers; -1 if unknown. */
static double
places_cosine(const AnthologyCorpus *corpus, AnthologyDesk *desk, int paper, bool own)
{
	double		square = desk->place_square;
	double		product = 0;
	double		length = 0;
	int			touched;

	if (own)
	{
		/* Take what is printed on this paper off the page's sums. */
		touched = add_printed(corpus, paper, desk->place_value, desk->touched, 0);
		for (int i = 0; i < touched; i++)
		{
			int			place = desk->touched[i];
			float		rest = desk->page_place[place] - desk->place_value[place];

			square += rest * rest - desk->page_place[place] * desk->page_place[place];
			desk->page_place[place] = rest;
			desk->place_value[place] = 0;
		}
	}
	touched = add_places(corpus, desk, paper, 0);
	for (int i = 0; i < touched; i++)
	{
		float	   *value = &desk->place_value[desk->touched[i]];

		product += *value * desk->page_place[desk->touched[i]];
		length += *value * *value;
		*value = 0;
	}
	if (own)
		add_printed(corpus, paper, desk->page_place, NULL, 0);
	return length == 0 || square < 1e-6 ? -1 : product / sqrt(length * square);
}

static AnthologyStratum
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
	int			affiliation = affiliation_in_question(corpus, desk, paper);
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
		if (square > 1e-6)
			signals[PAPER_COAUTHOR_TEXT] = product / sqrt(length * square);
	}
	else
		signals[PAPER_COAUTHOR_TEXT] = -1;

	if (square > 1e-6)
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
			cosine = affiliation_cosine(corpus, affiliation,
										affiliation_in_question(corpus, desk, other));
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
	signals[PAPER_PLACES] = places_cosine(corpus, desk, paper, own);
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
	signals[PAPER_PAGE_SIZE] = others;
	return coauthors == 0 ? STRATUM_ALONE : *shared > 0 ? STRATUM_SHARED :
		*linked > 0 ? STRATUM_LINKED : STRATUM_STRANGERS;
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
	result->affiliation = affiliation_in_question(corpus, desk, paper);
	touched = add_places(corpus, desk, paper, 0);
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

		s[PAIR_AFFILIATION] = affiliation_cosine(corpus, all[which].affiliation,
												 all[i].affiliation);
		s[PAIR_PLACES] = all[which].places.size == 0 || all[i].places.size == 0 ? -1 :
			product(&all[i].places, desk->place_value);
	}
	spread(&all[which].places, desk->place_value, true);
}

double
anthology_weigh(const AnthologyModel *model, AnthologyStratum stratum, const double *signals,
				double *contributions)
{
	double		sum = model->prior[stratum];

	for (int i = 0; i < model->signals; i++)
	{
		const AnthologyScale *scale = &model->scale[stratum][i];
		int			bin = 0;
		double		weight = 0;

		while (bin + 1 < scale->bins && signals[i] >= scale->lower[bin + 1])
			bin++;
		if (scale->bins > 0)
			weight = scale->weight[bin];
		sum += weight;
		if (contributions != NULL)
			contributions[i] = weight;
	}
	return sum;
}
