/*
 * judge_groups.c - the papers of a page as groups; see judge_groups.h.
 *
 * A page in the wild goes wrong by a namesake's papers, and these come in groups that
 * vouch for each other. So papers are first put together where that is beyond doubt
 * (average linkage of the log-odds of pairs, with a threshold well above even).
 * Then groups are weighed against groups, with what only a group has: how well it
 * hangs together, its years, how much of what it is about the other is about too,
 * and how common the name is. The two that most likely are one person's are joined
 * and everything is weighed again, until all are one. The log-odds of each joining
 * are kept by the caller: joinings below even are where the page comes apart.
 *
 * All signals come from sums and maxima over pairs of papers, which add up when
 * groups are joined; so a joining costs one row of the table of groups. The other rows are
 * not weighed again, though the number of groups and the nearest third one have changed.
 *
 * The model is a sum of scales, boosted (judge_boost.c), fitted to pages that mix
 * persons: ones into which papers of a namesake were planted, and merged ones
 * (extension/judge_fit_groups.c). Whether a page mixes persons at all is asked elsewhere
 * (judge_parts.c).
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "judge_groups.h"
#include "name_frequency.h"

#define MAX(a, b) ((a) > (b) ? (a) : (b))
#define MIN(a, b) ((a) < (b) ? (a) : (b))

/* Log-odds at which papers belong together beyond doubt. */
#define FIRST_THRESHOLD 1.3
/* Papers of a group that are few. */
#define FEW_PAPERS 3
/* log2 of the names counted in name_frequency.inc. */
#define COUNTED_BITS 16.5
/* What an initial tells. */
#define INITIAL_BITS 4.0
#define FORBIDDEN (-1e9f)

/* Two groups: over the pairs of papers between them, or within one. */
typedef struct Cell
{
	float		sum[CHANNELS];
	float		most[CHANNELS];
	float		known[CHANNELS];	/* pairs */
	float		contradiction;	/* sum */
	float		log_odds;
	bool		fresh;			/* log_odds is of the groups as they are */
} Cell;

struct AnthologyGroups
{
	const AnthologyPageTable *table;
	int			count;			/* at the beginning */
	int			left;
	int		   *part;			/* by paper */
	int		   *size;			/* by group, 0 if joined to another; as all below */
	int		   *bond;
	int		   *first_year;
	int		   *last_year;
	float	   *year;			/* sum */
	float	   *namesakes;
	float	   *coauthors;
	float	   *rank;			/* sum, as the two before */
	Cell	   *cell;			/* count * count */
	float	   *best;			/* papers * count: the best pair of a paper and a group */
};

static Cell *
cell_of(const AnthologyGroups *groups, int a, int b)
{
	return &groups->cell[(size_t) a * groups->count + b];
}

double
anthology_name_commonness(const AnthologyName *name)
{
	double		bits = COUNTED_BITS;

	for (int i = 0; i < name->count; i++)
	{
		AnthologyNameWord word = name->words[i];

		anthology_name_rank(&word);
		if (word.role == ANTHOLOGY_NAME_FAMILY)
			bits -= anthology_rank_bits(word.family_rank);
		else if (word.role == ANTHOLOGY_NAME_GIVEN || word.role == ANTHOLOGY_NAME_MIDDLE)
			bits -= word.size > 1 ? anthology_rank_bits(word.given_rank) : INITIAL_BITS;
	}
	return bits;
}

bool
anthology_page_table(const AnthologyCorpus *corpus, AnthologyDesk *desk,
					 const AnthologyModel *pairs,
					 void *(*allocate) (size_t), AnthologyPageTable *table)
{
	int			n = desk->page_size;
	size_t		square = sizeof(float) * n * n;
	AnthologySurroundings *all = allocate(sizeof(AnthologySurroundings) * n);
	double	   *signals = allocate(sizeof(double) * PAIR_SIGNALS * n);
	AnthologyStratum *strata = allocate(sizeof(AnthologyStratum) * n);

	table->papers = n;
	table->commonness = 0;
	table->namesakes = allocate(sizeof(float) * n);
	table->coauthors = allocate(sizeof(int) * n);
	table->year = allocate(sizeof(int) * n);
	table->rank = allocate(sizeof(float) * n);
	table->contradiction = allocate(square);
	for (int c = 0; c < CHANNELS; c++)
		if ((table->channel[c] = allocate(square)) == NULL)
			return false;
	if (all == NULL || signals == NULL || strata == NULL || table->namesakes == NULL ||
		table->coauthors == NULL || table->year == NULL || table->rank == NULL ||
		table->contradiction == NULL)
		return false;
	memset(table->contradiction, 0, square);
	for (int i = 0; i < n; i++)
	{
		table->namesakes[i] = (float) anthology_namesake_share(corpus, desk, desk->page[i],
															   &table->coauthors[i]);
		table->year[i] = corpus->year[desk->page[i]];
		table->rank[i] = (float) anthology_rank_in_question(corpus, desk, desk->page[i]);
		if (!anthology_surroundings(corpus, desk, desk->page[i], allocate, &all[i]))
			return false;
		for (int c = 0; c < CHANNELS; c++)
			table->channel[c][(size_t) i * n + i] = 0;
	}
	if (!anthology_compare_texts(corpus, desk, all, allocate))
		return false;
	for (int i = 0; i + 1 < n; i++)
	{
		anthology_pair_signals(corpus, desk, all, i, i + 1, n, signals, strata);
		for (int j = i + 1; j < n; j++)
		{
			const double *s = signals + (size_t) (j - i - 1) * PAIR_SIGNALS;
			const float value[CHANNELS] = {
				[CHANNEL_ODDS] = (float) anthology_weigh(pairs, strata[j - i - 1], s, NULL),
				[CHANNEL_TEXT] = (float) s[PAIR_TEXT],
				[CHANNEL_CIRCLES] = (float) s[PAIR_CIRCLES],
				[CHANNEL_COAUTHOR_TEXTS] = (float) s[PAIR_COAUTHOR_TEXTS],
				[CHANNEL_PLACES] = (float) s[PAIR_PLACES],
				[CHANNEL_AFFILIATION] = (float) s[PAIR_AFFILIATION],
				[CHANNEL_SECOND_HAND] = (float) s[PAIR_SECOND_HAND],
				[CHANNEL_COAUTHORS] = (float) s[PAIR_COAUTHORS],
			};

			for (int c = 0; c < CHANNELS; c++)
				table->channel[c][(size_t) i * n + j] = table->channel[c][(size_t) j * n + i] =
					value[c];
		}
	}
	return true;
}

int
anthology_first_groups(const AnthologyPageTable *table, const int *bond, int *part,
					   void *(*allocate) (size_t))
{
	int			n = table->papers;
	float	   *odds = allocate(sizeof(float) * n * n);
	int			count = 0;

	if (odds == NULL)
		return -1;
	for (size_t i = 0; i < (size_t) n * n; i++)
		odds[i] = table->channel[CHANNEL_ODDS][i] + table->contradiction[i];
	if (!anthology_group(odds, n, FIRST_THRESHOLD, bond, part))
		return -1;
	for (int i = 0; i < n; i++)
		count = MAX(count, part[i] + 1);
	return count;
}

/* Whether a channel's value is one, or says that nothing is known. */
static bool
is_known(AnthologyChannel channel, float value)
{
	return value >= 0 || (channel != CHANNEL_COAUTHOR_TEXTS && channel != CHANNEL_PLACES &&
						  channel != CHANNEL_AFFILIATION);
}

/* A paper's pairs with all others, into the cells of its group. */
static void
add_paper(AnthologyGroups *groups, int i)
{
	const AnthologyPageTable *table = groups->table;
	int			n = table->papers;
	int			a = groups->part[i];

	groups->size[a]++;
	groups->first_year[a] = groups->first_year[a] == 0 ? table->year[i]
		: MIN(groups->first_year[a], table->year[i]);
	groups->last_year[a] = MAX(groups->last_year[a], table->year[i]);
	groups->year[a] += (float) table->year[i];
	groups->namesakes[a] += table->namesakes[i];
	groups->coauthors[a] += (float) table->coauthors[i];
	groups->rank[a] += table->rank[i];
	for (int j = 0; j < n; j++)
	{
		Cell	   *cell = cell_of(groups, a, groups->part[j]);
		float	   *best = &groups->best[(size_t) i * groups->count + groups->part[j]];

		if (i == j)
			continue;
		cell->contradiction += table->contradiction[(size_t) i * n + j];
		for (int c = 0; c < CHANNELS; c++)
		{
			float		value = table->channel[c][(size_t) i * n + j];

			if (!is_known(c, value))
				continue;
			cell->sum[c] += value;
			cell->most[c] = cell->known[c] == 0 ? value : MAX(cell->most[c], value);
			cell->known[c]++;
			if (c == CHANNEL_ODDS)
				*best = MAX(*best, value);
		}
	}
}

AnthologyGroups *
anthology_groups_begin(const AnthologyPageTable *table, const int *part, int count, const int *bond,
					   void *(*allocate) (size_t))
{
	int			n = table->papers;
	AnthologyGroups *groups = allocate(sizeof(AnthologyGroups));
	size_t		size = (size_t) count;
	size_t		best = n * size;
	int		   *ints = allocate(sizeof(int) * (n + 4 * size));
	float	   *floats = allocate(sizeof(float) * (4 * size + best));
	Cell	   *cell = allocate(sizeof(Cell) * count * count);

	if (groups == NULL || ints == NULL || floats == NULL || cell == NULL)
		return NULL;
	memset(ints, 0, sizeof(int) * (n + 4 * size));
	memset(floats, 0, sizeof(float) * (4 * size + best));
	memset(cell, 0, sizeof(Cell) * count * count);
	*groups = (AnthologyGroups) {
		.table = table, .count = count, .left = count, .part = ints, .size = ints + n,
		.bond = ints + n + size, .first_year = ints + n + 2 * size,
		.last_year = ints + n + 3 * size,
		.year = floats, .namesakes = floats + size, .coauthors = floats + 2 * size,
		.rank = floats + 3 * size, .best = floats + 4 * size, .cell = cell,
	};
	for (size_t i = 0; i < best; i++)
		groups->best[i] = -99;
	memcpy(groups->part, part, sizeof(int) * n);
	for (int i = 0; i < n; i++)
	{
		groups->bond[part[i]] = MAX(groups->bond[part[i]], bond[i]);
		add_paper(groups, i);
	}
	return groups;
}

static double
mean(const Cell *cell, AnthologyChannel channel, double unknown)
{
	return cell->known[channel] == 0 ? unknown : cell->sum[channel] / cell->known[channel];
}

/* The cosine of two groups' sums; a paper with itself counts 1. */
static double
together(const AnthologyGroups *groups, int a, int b, AnthologyChannel channel)
{
	double		product = (groups->size[a] + cell_of(groups, a, a)->sum[channel]) *
		(groups->size[b] + cell_of(groups, b, b)->sum[channel]);

	return product <= 0 ? 0 : cell_of(groups, a, b)->sum[channel] / sqrt(product);
}

AnthologyGroupStratum
anthology_group_signals(const AnthologyGroups *groups, int a, int b, double *signals)
{
	const AnthologyPageTable *table = groups->table;
	const Cell *cell;
	int			smaller = groups->size[a] < groups->size[b]
		|| (a > b && groups->size[a] == groups->size[b]) ? a : b;
	int			larger = smaller == a ? b : a;
	int			size = groups->size[smaller];
	int			other = groups->size[larger];
	int			from = MAX(groups->first_year[a], groups->first_year[b]);
	int			to = MIN(groups->last_year[a], groups->last_year[b]);
	double		year = (double) groups->year[smaller] / size;
	double		other_year = (double) groups->year[larger] / other;
	double		rank = groups->rank[smaller] / size;
	double		other_rank = groups->rank[larger] / other;
	double		best = 0;
	double		alternative = -9;

	cell = cell_of(groups, smaller, larger);
	for (int i = 0; i < table->papers; i++)
		if (groups->part[i] == smaller)
			best += groups->best[(size_t) i * groups->count + larger];
	for (int c = 0; c < groups->count; c++)
		if (groups->size[c] > 0 && c != a && c != b)
			alternative = MAX(alternative, mean(cell_of(groups, smaller, c), CHANNEL_ODDS, 0));
	signals[GROUP_PAIRS] = mean(cell, CHANNEL_ODDS, 0);
	signals[GROUP_BEST_PAIR] = cell->most[CHANNEL_ODDS];
	signals[GROUP_BEST_PAIRS] = best / size;
	signals[GROUP_TEXT] = together(groups, a, b, CHANNEL_TEXT);
	signals[GROUP_NEAREST_TEXT] = cell->most[CHANNEL_TEXT];
	signals[GROUP_CIRCLES] = mean(cell, CHANNEL_CIRCLES, 0);
	signals[GROUP_CIRCLES_TOGETHER] = together(groups, a, b, CHANNEL_CIRCLES);
	signals[GROUP_COAUTHOR_TEXTS] = mean(cell, CHANNEL_COAUTHOR_TEXTS, -1);
	signals[GROUP_PLACES] = mean(cell, CHANNEL_PLACES, -1);
	signals[GROUP_AFFILIATION] = cell->known[CHANNEL_AFFILIATION] == 0 ? -1
		: cell->most[CHANNEL_AFFILIATION];
	signals[GROUP_SECOND_HAND] = mean(cell, CHANNEL_SECOND_HAND, 0);
	signals[GROUP_COAUTHORS] = mean(cell, CHANNEL_COAUTHORS, 0);
	signals[GROUP_YEARS_BETWEEN] = MAX(from - to, 0);
	signals[GROUP_YEARS_SHARED] = to < from ? 0 :
		(to - from + 1.0) / (groups->last_year[smaller] - groups->first_year[smaller] + 1);
	signals[GROUP_YEARS_APART] = fabs(year - other_year);
	signals[GROUP_SPAN] = groups->last_year[larger] - groups->first_year[larger];
	signals[GROUP_PAPERS] = size;
	signals[GROUP_OTHER_PAPERS] = other;
	signals[GROUP_PAGE_SIZE] = table->papers;
	signals[GROUP_REST] = (double) (table->papers - size - other) / table->papers;
	signals[GROUP_COAUTHOR_COUNT] = groups->coauthors[smaller] / size;
	signals[GROUP_OTHER_COAUTHOR_COUNT] = groups->coauthors[larger] / other;
	signals[GROUP_NAMESAKES] = groups->namesakes[smaller] / size;
	signals[GROUP_OTHER_NAMESAKES] = groups->namesakes[larger] / other;
	signals[GROUP_COHESION] = mean(cell_of(groups, smaller, smaller), CHANNEL_ODDS, 3);
	signals[GROUP_OTHER_COHESION] = mean(cell_of(groups, larger, larger), CHANNEL_ODDS, 3);
	signals[GROUP_ALTERNATIVE] = alternative;
	signals[GROUP_COUNT] = groups->left;
	signals[GROUP_COMMONNESS] = table->commonness;
	signals[GROUP_RANKS_APART] = fabs(rank - other_rank);
	signals[GROUP_RANK_RISES] = year == other_year ? 0
		: year > other_year ? rank - other_rank : other_rank - rank;
	signals[GROUP_RANK] = rank;
	signals[GROUP_OTHER_RANK] = other_rank;
	signals[GROUP_YEAR] = year;
	signals[GROUP_OTHER_YEAR] = other_year;
	return size == 1 ? STRATUM_ONE_PAPER
		: size <= FEW_PAPERS ? STRATUM_FEW_PAPERS : STRATUM_MORE_PAPERS;
}

double
anthology_groups_weigh(const AnthologyGroups *groups, const AnthologyModel *model, int a, int b,
					   double *signals, double *contributions, double *contradiction)
{
	AnthologyGroupStratum stratum = anthology_group_signals(groups, a, b, signals);

	*contradiction = cell_of(groups, a, b)->contradiction /
		(groups->size[a] * (double) groups->size[b]);
	return *contradiction + (model == NULL ? signals[GROUP_PAIRS] :
							 anthology_weigh(model, (AnthologyStratum) stratum, signals,
											 contributions));
}

/* The same, but ids decide. */
static float
weigh(const AnthologyGroups *groups, const AnthologyModel *model, int a, int b)
{
	double		signals[GROUP_SIGNALS];
	double		contradiction;

	if (groups->bond[a] > 0 && groups->bond[b] > 0)
		return groups->bond[a] == groups->bond[b] ? 1e9f : FORBIDDEN;
	return (float) anthology_groups_weigh(groups, model, a, b, signals, NULL, &contradiction);
}

bool
anthology_groups_best(AnthologyGroups *groups, const AnthologyModel *model, int *a, int *b,
					  double *log_odds)
{
	*log_odds = FORBIDDEN;
	for (int i = 0; i < groups->count; i++)
		for (int j = i + 1; groups->size[i] > 0 && j < groups->count; j++)
		{
			Cell	   *cell = cell_of(groups, i, j);

			if (groups->size[j] == 0)
				continue;
			if (!cell->fresh)
			{
				cell->log_odds = weigh(groups, model, i, j);
				cell->fresh = true;
			}
			if (cell->log_odds > *log_odds)
			{
				*log_odds = cell->log_odds;
				*a = groups->size[i] >= groups->size[j] ? i : j;
				*b = *a == i ? j : i;
			}
		}
	return *log_odds > FORBIDDEN;
}

void
anthology_groups_forbid(AnthologyGroups *groups, int a, int b)
{
	Cell	   *cell = cell_of(groups, MIN(a, b), MAX(a, b));

	cell->log_odds = FORBIDDEN;
	cell->fresh = true;
}

/* Adds what is known of the pairs of one cell to another. */
static void
add_cell(Cell *to, const Cell *from, int times)
{
	for (int c = 0; c < CHANNELS; c++)
	{
		if (from->known[c] == 0)
			continue;
		to->most[c] = to->known[c] == 0 ? from->most[c] : MAX(to->most[c], from->most[c]);
		to->sum[c] += (float) times * from->sum[c];
		to->known[c] += (float) times * from->known[c];
	}
	to->contradiction += (float) times * from->contradiction;
}

void
anthology_groups_join(AnthologyGroups *groups, int a, int b)
{
	add_cell(cell_of(groups, a, a), cell_of(groups, b, b), 1);
	add_cell(cell_of(groups, a, a), cell_of(groups, a, b), 2);
	for (int c = 0; c < groups->count; c++)
		if (c != a && c != b && groups->size[c] > 0)
		{
			add_cell(cell_of(groups, a, c), cell_of(groups, b, c), 1);
			add_cell(cell_of(groups, c, a), cell_of(groups, c, b), 1);
			cell_of(groups, a, c)->fresh = cell_of(groups, c, a)->fresh = false;
		}
	for (int i = 0; i < groups->table->papers; i++)
	{
		float	   *best = groups->best + (size_t) i * groups->count;

		best[a] = MAX(best[a], best[b]);
		if (groups->part[i] == b)
			groups->part[i] = a;
	}
	groups->size[a] += groups->size[b];
	groups->size[b] = 0;
	groups->bond[a] = MAX(groups->bond[a], groups->bond[b]);
	groups->first_year[a] = MIN(groups->first_year[a], groups->first_year[b]);
	groups->last_year[a] = MAX(groups->last_year[a], groups->last_year[b]);
	groups->year[a] += groups->year[b];
	groups->namesakes[a] += groups->namesakes[b];
	groups->coauthors[a] += groups->coauthors[b];
	groups->rank[a] += groups->rank[b];
	groups->left--;
}

int
anthology_groups_left(const AnthologyGroups *groups)
{
	return groups->left;
}

const int *
anthology_groups_part(const AnthologyGroups *groups)
{
	return groups->part;
}

const int *
anthology_groups_size(const AnthologyGroups *groups)
{
	return groups->size;
}
