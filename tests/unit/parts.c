/*
 * parts.c - the joining of a page's groups and where it comes apart, against a naive second
 * implementation: groups are sets of papers, and everything known of two is worked
 * out from their pairs of papers at each step. On random pages, with random weights.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/judge_parts.h"

#define MOST 14
#define CASES 400
#define NEAR 2e-3

static uint64_t state = 7;

static double
chance(void)
{
	state = state * 6364136223846793005u + 1442695040888963407u;
	return (double) (state >> 11) / 9007199254740992.0;
}

static void *held[100000];
static int	held_count;

static void *
allocate(size_t size)
{
	return held[held_count++] = malloc(size > 0 ? size : 1);
}

static void
release(void)
{
	while (held_count > 0)
		free(held[--held_count]);
}

typedef struct Page
{
	int			n;
	float		channel[CHANNELS][MOST][MOST];
	float		contradiction[MOST][MOST];
	float		namesakes[MOST];
	int			coauthors[MOST];
	int			year[MOST];
	float		rank[MOST];
	int			bond[MOST];
	double		commonness;
} Page;

static double
random_value(int channel)
{
	if (channel == CHANNEL_ODDS)
		return chance() * 5 - 3.5;
	if ((channel == CHANNEL_COAUTHOR_TEXTS || channel == CHANNEL_PLACES ||
		 channel == CHANNEL_AFFILIATION) && chance() < 0.4)
		return -1;
	return chance() < 0.3 ? 0 : chance();
}

static void
make_page(Page *page, bool bound)
{
	memset(page, 0, sizeof(*page));
	page->n = 2 + (int) (chance() * (MOST - 2));
	page->commonness = chance() * 12 - 8;
	for (int i = 0; i < page->n; i++)
	{
		page->namesakes[i] = (float) chance();
		page->coauthors[i] = (int) (chance() * 9);
		page->year[i] = 1990 + (int) (chance() * 30);
		page->rank[i] = (float) chance();
		page->bond[i] = bound && chance() < 0.3 ? 1 + (int) (chance() * 2) : 0;
		for (int j = 0; j < i; j++)
		{
			for (int c = 0; c < CHANNELS; c++)
				page->channel[c][i][j] = page->channel[c][j][i] = (float) random_value(c);
			page->contradiction[i][j] = page->contradiction[j][i] =
				chance() < 0.8 ? 0 : (float) -chance();
		}
	}
}

static AnthologyPageTable
table_of(Page *page)
{
	AnthologyPageTable table = {.papers = page->n, .commonness = page->commonness};

	for (int c = 0; c < CHANNELS; c++)
		table.channel[c] = allocate(sizeof(float) * page->n * page->n);
	table.contradiction = allocate(sizeof(float) * page->n * page->n);
	for (int i = 0; i < page->n; i++)
		for (int j = 0; j < page->n; j++)
		{
			for (int c = 0; c < CHANNELS; c++)
				table.channel[c][i * page->n + j] = page->channel[c][i][j];
			table.contradiction[i * page->n + j] = page->contradiction[i][j];
		}
	table.namesakes = page->namesakes;
	table.coauthors = page->coauthors;
	table.year = page->year;
	table.rank = page->rank;
	return table;
}

static void
make_model(AnthologyModel *model, int signals, double width)
{
	memset(model, 0, sizeof(*model));
	model->signals = signals;
	model->threshold = (AnthologyScale) {
		.bins = 2, .lower = {0, 5}, .weight = {chance() * 2 - 0.5, chance() * 2}
	};
	for (int stratum = 0; stratum < STRATA; stratum++)
	{
		model->prior[stratum] = chance() - 0.5;
		for (int s = 0; s < signals; s++)
		{
			AnthologyScale *scale = &model->scale[stratum][s];

			scale->bins = (int) (chance() * 4);
			for (int b = 0; b < scale->bins; b++)
			{
				scale->lower[b] = b == 0 ? -1e30 : scale->lower[b - 1] < -1e29 ? chance() * 2 - 1 :
					scale->lower[b - 1] + chance();
				scale->weight[b] = (chance() - 0.5) * width;
			}
		}
	}
}

/* What is known of the pairs between two sets, or within one: each both ways round. */
typedef struct Between
{
	double		mean;
	double		most;
	int			known;
	double		sum;
} Between;

static Between
between(const Page *page, const bool *a, const bool *b, int channel)
{
	Between		result = {0};

	for (int i = 0; i < page->n; i++)
		for (int j = 0; j < page->n; j++)
		{
			double		value = page->channel[channel][i][j];

			if (i == j || !a[i] || !b[j])
				continue;
			if (value < 0 && (channel == CHANNEL_COAUTHOR_TEXTS || channel == CHANNEL_PLACES ||
							  channel == CHANNEL_AFFILIATION))
				continue;
			result.sum += value;
			result.most = result.known == 0 ? value : fmax(result.most, value);
			result.known++;
		}
	result.mean = result.known == 0 ? 0 : result.sum / result.known;
	return result;
}

static double
mean_or(const Page *page, const bool *a, const bool *b, int channel, double unknown)
{
	Between		all = between(page, a, b, channel);

	return all.known == 0 ? unknown : all.mean;
}

static double
cosine(const Page *page, const bool *a, const bool *b, int size_a, int size_b, int channel)
{
	double		square = (size_a + between(page, a, a, channel).sum) *
		(size_b + between(page, b, b, channel).sum);

	return square <= 0 ? 0 : between(page, a, b, channel).sum / sqrt(square);
}

typedef struct Naive
{
	int			count;
	bool		set[MOST][MOST];
	bool		there[MOST];
	bool		weighed[MOST][MOST];	/* since either last changed */
	double		odds[MOST][MOST];
} Naive;

static int
size_of(const Page *page, const bool *set)
{
	int			size = 0;

	for (int i = 0; i < page->n; i++)
		size += set[i];
	return size;
}

static int
left(const Naive *naive)
{
	int			count = 0;

	for (int g = 0; g < naive->count; g++)
		count += naive->there[g];
	return count;
}

/* The log-odds of two groups; signals and, through contradiction, all that there is. */
static double
weigh(const Page *page, const Naive *naive, const AnthologyModel *model, int a, int b,
	  double *signals)
{
	int			size_a = size_of(page, naive->set[a]);
	int			size_b = size_of(page, naive->set[b]);
	int			small = size_a < size_b || (size_a == size_b && a > b) ? a : b;
	int			large = small == a ? b : a;
	const bool *x = naive->set[small];
	const bool *y = naive->set[large];
	double		size_x = fmin(size_a, size_b);
	double		size_y = fmax(size_a, size_b);
	int			first[2] = {9999, 9999};
	int			last[2] = {0, 0};
	double		year[2] = {0, 0};
	double		rank[2] = {0, 0};
	double		coauthors[2] = {0, 0};
	double		namesakes[2] = {0, 0};
	double		best = 0;
	double		contradiction = 0;
	double		alternative = -9;

	for (int i = 0; i < page->n; i++)
	{
		double		most = -99;

		for (int k = 0; k < 2; k++)
			if ((k == 0 ? x : y)[i])
			{
				first[k] = first[k] < page->year[i] ? first[k] : page->year[i];
				last[k] = last[k] > page->year[i] ? last[k] : page->year[i];
				year[k] += page->year[i];
				rank[k] += page->rank[i];
				coauthors[k] += page->coauthors[i];
				namesakes[k] += page->namesakes[i];
			}
		for (int j = 0; j < page->n && x[i]; j++)
			if (y[j])
			{
				most = fmax(most, page->channel[CHANNEL_ODDS][i][j]);
				contradiction += page->contradiction[i][j];
			}
		best += x[i] ? most : 0;
	}
	for (int c = 0; c < naive->count; c++)
		if (naive->there[c] && c != a && c != b)
			alternative = fmax(alternative, between(page, x, naive->set[c], CHANNEL_ODDS).mean);
	signals[GROUP_PAIRS] = between(page, x, y, CHANNEL_ODDS).mean;
	signals[GROUP_BEST_PAIR] = between(page, x, y, CHANNEL_ODDS).most;
	signals[GROUP_BEST_PAIRS] = best / size_x;
	signals[GROUP_TEXT] = cosine(page, x, y, (int) size_x, (int) size_y, CHANNEL_TEXT);
	signals[GROUP_NEAREST_TEXT] = between(page, x, y, CHANNEL_TEXT).most;
	signals[GROUP_CIRCLES] = between(page, x, y, CHANNEL_CIRCLES).mean;
	signals[GROUP_CIRCLES_TOGETHER] = cosine(page, x, y, (int) size_x, (int) size_y,
											 CHANNEL_CIRCLES);
	signals[GROUP_COAUTHOR_TEXTS] = mean_or(page, x, y, CHANNEL_COAUTHOR_TEXTS, -1);
	signals[GROUP_PLACES] = mean_or(page, x, y, CHANNEL_PLACES, -1);
	signals[GROUP_AFFILIATION] = between(page, x, y, CHANNEL_AFFILIATION).known == 0 ? -1
		: between(page, x, y, CHANNEL_AFFILIATION).most;
	signals[GROUP_SECOND_HAND] = between(page, x, y, CHANNEL_SECOND_HAND).mean;
	signals[GROUP_COAUTHORS] = between(page, x, y, CHANNEL_COAUTHORS).mean;
	signals[GROUP_YEARS_BETWEEN] = fmax(fmax(first[0], first[1]) - fmin(last[0], last[1]), 0);
	signals[GROUP_YEARS_SHARED] = fmin(last[0], last[1]) < fmax(first[0], first[1]) ? 0 :
		(fmin(last[0], last[1]) - fmax(first[0], first[1]) + 1) / (last[0] - first[0] + 1);
	signals[GROUP_YEARS_APART] = fabs(year[0] / size_x - year[1] / size_y);
	signals[GROUP_SPAN] = last[1] - first[1];
	signals[GROUP_PAPERS] = size_x;
	signals[GROUP_OTHER_PAPERS] = size_y;
	signals[GROUP_PAGE_SIZE] = page->n;
	signals[GROUP_REST] = (page->n - size_x - size_y) / page->n;
	signals[GROUP_COAUTHOR_COUNT] = coauthors[0] / size_x;
	signals[GROUP_OTHER_COAUTHOR_COUNT] = coauthors[1] / size_y;
	signals[GROUP_NAMESAKES] = namesakes[0] / size_x;
	signals[GROUP_OTHER_NAMESAKES] = namesakes[1] / size_y;
	signals[GROUP_COHESION] = mean_or(page, x, x, CHANNEL_ODDS, 3);
	signals[GROUP_OTHER_COHESION] = mean_or(page, y, y, CHANNEL_ODDS, 3);
	signals[GROUP_ALTERNATIVE] = alternative;
	signals[GROUP_COUNT] = left(naive);
	signals[GROUP_COMMONNESS] = page->commonness;
	signals[GROUP_RANK] = rank[0] / size_x;
	signals[GROUP_OTHER_RANK] = rank[1] / size_y;
	signals[GROUP_YEAR] = year[0] / size_x;
	signals[GROUP_OTHER_YEAR] = year[1] / size_y;
	signals[GROUP_RANKS_APART] = fabs(signals[GROUP_RANK] - signals[GROUP_OTHER_RANK]);
	signals[GROUP_RANK_RISES] = (signals[GROUP_RANK] - signals[GROUP_OTHER_RANK]) *
		((signals[GROUP_YEAR] > signals[GROUP_OTHER_YEAR]) -
		 (signals[GROUP_YEAR] < signals[GROUP_OTHER_YEAR]));
	return contradiction / (size_x * size_y) +
		anthology_weigh(model, (AnthologyStratum) (size_x == 1 ? 0 : size_x <= 3 ? 1 : 2), signals,
						NULL);
}

static int
bond_of(const Page *page, const bool *set)
{
	int			bond = 0;

	for (int i = 0; i < page->n; i++)
		bond = set[i] && page->bond[i] > bond ? page->bond[i] : bond;
	return bond;
}

/* Whether two groupings are the same. */
static bool
same_parts(const int *a, const int *b, int n)
{
	for (int i = 0; i < n; i++)
		for (int j = 0; j < i; j++)
			if ((a[i] == a[j]) != (b[i] == b[j]))
				return false;
	return true;
}

static void
part_of(const Page *page, const Naive *naive, int *part)
{
	for (int g = 0; g < naive->count; g++)
		for (int i = 0; i < page->n && naive->there[g]; i++)
			if (naive->set[g][i])
				part[i] = g;
}

static int	differ;
static int	joinings;
static int	whole;
static int	apart;
static int	bound_apart;

/* One page; false if the two disagree. */
static bool
try_page(bool bound)
{
	Page		page;
	AnthologyPageTable table;
	AnthologyModel *model = allocate(sizeof(AnthologyModel));
	AnthologyModel *page_model = allocate(sizeof(AnthologyModel));
	Naive		naive = {0};
	int			first[MOST];
	int			cut[MOST];
	int			weakest[MOST];
	int			end[MOST];
	bool		is_cut = false;
	double		expected[PAGE_SIGNALS] = {0};
	double		signals[GROUP_SIGNALS];
	double		mixed;
	int			share = 0;
	AnthologyParts parts;

	make_page(&page, bound);
	table = table_of(&page);
	make_model(model, GROUP_SIGNALS, 1.2);
	make_model(page_model, PAGE_SIGNALS, 3);
	naive.count = anthology_first_groups(&table, page.bond, first, allocate);
	for (int i = 0; i < page.n; i++)
		naive.set[first[i]][i] = naive.there[first[i]] = true;
	expected[PAGE_WEAKEST] = expected[PAGE_SECOND] = ANTHOLOGY_SURELY_JOINED;
	expected[PAGE_GROUPS] = naive.count;
	expected[PAGE_PAPERS] = page.n;
	expected[PAGE_COMMONNESS] = page.commonness;
	part_of(&page, &naive, weakest);
	for (;;)
	{
		int			a = -1;
		int			b = -1;
		double		most = -1e8;

		for (int i = 0; i < naive.count; i++)
			for (int j = i + 1; j < naive.count; j++)
				if (naive.there[i] && naive.there[j])
				{
					int			x = bond_of(&page, naive.set[i]);
					int			y = bond_of(&page, naive.set[j]);

					/* Not weighed again for what other groups do. */
					if (!naive.weighed[i][j])
						naive.odds[i][j] = x > 0 && y > 0 ? (x == y ? 1e9 : -1e9)
							: weigh(&page, &naive, model, i, j, signals);
					naive.weighed[i][j] = true;
					if (naive.odds[i][j] > most)
						most = naive.odds[i][j], a = i, b = j;
				}
		if (a < 0)
			break;
		joinings++;
		if (most < 0 && !is_cut)
		{
			part_of(&page, &naive, cut);
			is_cut = true;
		}
		if (most < expected[PAGE_WEAKEST])
		{
			expected[PAGE_SECOND] = expected[PAGE_WEAKEST];
			expected[PAGE_WEAKEST] = most;
			part_of(&page, &naive, weakest);
			weigh(&page, &naive, model, a, b, signals);
			expected[PAGE_SMALLER] = signals[GROUP_PAPERS];
			expected[PAGE_RANKS_APART] = signals[GROUP_RANKS_APART];
			expected[PAGE_RANK_RISES] = signals[GROUP_RANK_RISES];
			expected[PAGE_NAMESAKES] = signals[GROUP_NAMESAKES];
			expected[PAGE_OTHER_NAMESAKES] = signals[GROUP_OTHER_NAMESAKES];
		}
		else
			expected[PAGE_SECOND] = fmin(expected[PAGE_SECOND], most);
		expected[PAGE_JOININGS] += most > 700 ? 0 : log(1 / (1 + exp(-most)));
		/* The larger, of equal ones the first, keeps its number, as in the core. */
		if (size_of(&page, naive.set[a]) < size_of(&page, naive.set[b]))
		{
			int			c = a;

			a = b, b = c;
		}
		for (int i = 0; i < page.n; i++)
			naive.set[a][i] |= naive.set[b][i];
		naive.there[b] = false;
		for (int i = 0; i < naive.count; i++)
			naive.weighed[a][i] = naive.weighed[i][a] = false;
	}
	part_of(&page, &naive, end);
	if (!is_cut)
		memcpy(cut, end, sizeof(cut));
	for (int i = 0; i < page.n; i++)
	{
		int			size = 0;

		for (int j = 0; j < page.n; j++)
			size += cut[i] == cut[j];
		share = size > share ? size : share;
	}
	expected[PAGE_LARGEST] = (double) share / page.n;

	if (!anthology_parts(&table, page.bond, model, page_model, allocate, &parts))
		return false;
	for (int s = 0; s < PAGE_SIGNALS; s++)
		if (fabs(parts.signals[s] - expected[s]) > NEAR * (1 + fabs(expected[s])))
		{
			printf("# signal %d: %f, not %f, of %d papers\n", s, parts.signals[s], expected[s],
				   page.n);
			return false;
		}
	mixed = left(&naive) > 1 ? ANTHOLOGY_SURELY_MIXED
		: anthology_weigh(page_model, (AnthologyStratum) 0, parts.signals, NULL);
	if (fabs(parts.mixed - mixed) > NEAR)
		return false;
	bound_apart += left(&naive) > 1;
	if (left(&naive) == 1 && mixed < page_model->threshold.weight[page.n >= 5])
	{
		whole++;
		return parts.parts == 1 && same_parts(parts.part, end, page.n);
	}
	apart++;
	return same_parts(parts.part, left(&naive) == 1 && expected[PAGE_WEAKEST] >= 0 ? weakest : cut,
					  page.n);
}

int
main(void)
{
	for (int i = 0; i < CASES; i++)
	{
		differ += !try_page(i % 4 == 3);
		release();
	}
	printf("%sok 1 - %d pages are joined and part as a naive second implementation says\n",
		   differ == 0 ? "" : "not ", CASES);
	printf("%sok 2 - among them are whole ones (%d), ones apart (%d), apart by ids (%d), of %d "
		   "joinings\n", whole > 50 && apart > 50 && bound_apart > 5 && joinings > 1000 ? ""
		   : "not ", whole, apart, bound_apart, joinings);
	printf("1..2\n");
	return differ > 0;
}
