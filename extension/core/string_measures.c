/*
 * string_measures.c - the plain measures of two strings; see string_measures.h.
 *
 * Each measure numbers the distinct code points of both strings first, so that
 * tables per character are small whatever the script. Long strings number them by
 * a table of all code points, short ones by sorting. All other memory is one block
 * of a size linear in the strings'.
 */
#include "string_measures.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <unicode/utf8.h>

#include "host.h"

#define FEW				4096	/* code points: these are sorted */
#define CODE_POINTS		0x110000
#define CHECKED			65536	/* characters between two checks whether to go on */

/* Two strings as numbers of their characters. */
typedef struct Pair
{
	int32_t    *a;
	int32_t    *b;
	int			a_count;
	int			b_count;
	int			characters;		/* numbers are below this */
	int32_t    *work;			/* room for 6 (a_count + b_count + 2) numbers */
} Pair;

static int
decode(const char *string, size_t length, int32_t *characters)
{
	int			count = 0;
	int32_t		end = (int32_t) length;

	for (int32_t i = 0; i < end;)
	{
		UChar32		c;

		if (count % CHECKED == 0)
			anthology_check();
		U8_NEXT_OR_FFFD(string, i, end, c);
		characters[count++] = c;
	}
	return count;
}

static int
compare_numbers(const void *a, const void *b)
{
	int32_t		x = *(const int32_t *) a;
	int32_t		y = *(const int32_t *) b;

	return (x > y) - (x < y);
}

static int32_t
number_of(int32_t character, const int32_t *sorted, int count)
{
	int			low = 0;
	int			high = count - 1;

	while (low < high)
	{
		int			middle = (low + high) / 2;

		if (sorted[middle] < character)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Replaces characters by their numbers, by sorting them; returns how many there are. */
static int
number_few(int32_t *characters, int count, int32_t *sorted)
{
	int			unique = 0;

	memcpy(sorted, characters, sizeof(int32_t) * (size_t) count);
	qsort(sorted, (size_t) count, sizeof(int32_t), compare_numbers);
	for (int i = 0; i < count; i++)
		if (unique == 0 || sorted[unique - 1] != sorted[i])
			sorted[unique++] = sorted[i];
	for (int i = 0; i < count; i++)
		characters[i] = number_of(characters[i], sorted, unique);
	return unique;
}

/* The same by a table; -1 for want of memory. */
static int
number_many(int32_t *characters, int count)
{
	int32_t    *numbers = anthology_allocate(sizeof(int32_t) * CODE_POINTS);
	int			unique = 0;

	if (numbers == NULL)
		return -1;
	memset(numbers, 0, sizeof(int32_t) * CODE_POINTS);
	for (int i = 0; i < count; i++)
	{
		int32_t    *number = &numbers[characters[i]];

		if (i % CHECKED == 0)
			anthology_check();
		if (*number == 0)
			*number = ++unique;
		characters[i] = *number - 1;
	}
	anthology_release(numbers);
	return unique;
}

/* The caller releases pair->a, which is all the memory. */
static AnthologyStatus
read_pair(const char *a, size_t a_length, const char *b, size_t b_length, Pair *pair)
{
	size_t		room = a_length + b_length + 2;
	int			count;

	memset(pair, 0, sizeof(*pair));
	if (a_length > ANTHOLOGY_LONGEST_MEASURED || b_length > ANTHOLOGY_LONGEST_MEASURED - a_length)
		return ANTHOLOGY_TOO_LONG;
	pair->a = anthology_allocate(sizeof(int32_t) * 7 * room);
	if (pair->a == NULL)
		return ANTHOLOGY_OUT_OF_MEMORY;
	pair->a_count = decode(a, a_length, pair->a);
	pair->b = pair->a + pair->a_count;
	pair->b_count = decode(b, b_length, pair->b);
	pair->work = pair->a + room;
	count = pair->a_count + pair->b_count;
	pair->characters = count <= FEW ? number_few(pair->a, count, pair->work) :
		number_many(pair->a, count);
	if (pair->characters < 0)
	{
		anthology_release(pair->a);
		return ANTHOLOGY_OUT_OF_MEMORY;
	}
	return ANTHOLOGY_OK;
}

/*
 * Jaro in linear time: the places of each character in b form a list. As the
 * window only moves to the right, the first free partner of a character is the
 * head of its list once those left of the window are gone.
 */
static double
jaro(const Pair *pair)
{
	int			longer = pair->a_count > pair->b_count ? pair->a_count : pair->b_count;
	int			window = longer / 2 - 1;
	int32_t    *head = pair->work;	/* per character: first place in b, or -1 */
	int32_t    *next = head + pair->characters; /* per place in b */
	int32_t    *partner = next + pair->b_count; /* per place in a: place in b or -1 */
	int32_t    *taken = partner + pair->a_count;	/* per place in b: flag */
	int			common = 0;
	int			out_of_order = 0;	/* pairs of these are swapped */
	int			in_order;

	if (window < 0)
		window = 0;
	if (longer == 0)
		return 1;
	for (int c = 0; c < pair->characters; c++)
		head[c] = -1;
	for (int j = pair->b_count - 1; j >= 0; j--)
	{
		next[j] = head[pair->b[j]];
		head[pair->b[j]] = j;
		taken[j] = 0;
	}
	for (int i = 0; i < pair->a_count; i++)
	{
		int32_t    *place = &head[pair->a[i]];

		if (i % CHECKED == 0)
			anthology_check();
		while (*place >= 0 && *place < i - window)
			*place = next[*place];
		partner[i] = -1;
		if (*place >= 0 && *place <= i + window)
		{
			partner[i] = *place;
			taken[*place] = 1;
			*place = next[*place];
			common++;
		}
	}
	if (common == 0)
		return 0;
	for (int i = 0, j = 0; i < pair->a_count; i++)
		if (partner[i] >= 0)
		{
			while (!taken[j])
				j++;
			out_of_order += pair->a[i] != pair->b[j++];
		}
	in_order = common - out_of_order / 2;
	return ((double) common / pair->a_count + (double) common / pair->b_count +
			(double) in_order / common) / 3;
}

AnthologyStatus
anthology_jaro(const char *a, size_t a_length, const char *b, size_t b_length, double *similarity)
{
	Pair		pair;
	AnthologyStatus status = read_pair(a, a_length, b, b_length, &pair);

	if (status != ANTHOLOGY_OK)
		return status;
	*similarity = jaro(&pair);
	anthology_release(pair.a);
	return ANTHOLOGY_OK;
}

AnthologyStatus
anthology_jaro_winkler(const char *a, size_t a_length, const char *b, size_t b_length,
					   double *similarity)
{
	Pair		pair;
	AnthologyStatus status = read_pair(a, a_length, b, b_length, &pair);

	if (status != ANTHOLOGY_OK)
		return status;
	*similarity = jaro(&pair);
	if (*similarity > 0.7)
	{
		int			prefix = 0;

		while (prefix < 4 && prefix < pair.a_count && prefix < pair.b_count &&
			   pair.a[prefix] == pair.b[prefix])
			prefix++;
		*similarity += prefix * 0.1 * (1 - *similarity);
	}
	anthology_release(pair.a);
	return ANTHOLOGY_OK;
}

/*
 * Zhao and Sahni, "Linear space string correction algorithm using the
 * Damerau-Levenshtein distance" (BMC Bioinformatics 2020): of Lowrance and
 * Wagner's matrix only two rows are kept, and for each column the value that a
 * swap with the last equal character above needs. Time is still the product of
 * the lengths, after what both begin and end with is cut off.
 */
AnthologyStatus
anthology_damerau_levenshtein(const char *a, size_t a_length, const char *b, size_t b_length,
							  int *distance)
{
	Pair		pair;
	AnthologyStatus status = read_pair(a, a_length, b, b_length, &pair);
	const int32_t *x = pair.a;
	const int32_t *y = pair.b;
	int			m = pair.a_count;
	int			n = pair.b_count;
	int32_t    *last_row;		/* per character: the last row that has it, or -1 */
	int32_t    *above;
	int32_t    *row;
	int32_t    *swap_value;
	int32_t		infinite;

	if (status != ANTHOLOGY_OK)
		return status;
	while (m > 0 && n > 0 && x[0] == y[0])
		x++, y++, m--, n--;
	while (m > 0 && n > 0 && x[m - 1] == y[n - 1])
		m--, n--;

	/* Columns are numbered from -1 on: one number of room before each row. */
	infinite = (m > n ? m : n) + 1;
	last_row = pair.work;
	above = last_row + pair.characters + 1;
	row = above + n + 2;
	swap_value = row + n + 2;
	for (int c = 0; c < pair.characters; c++)
		last_row[c] = -1;
	for (int j = 0; j <= n; j++)
	{
		row[j] = j;
		above[j] = infinite;
		swap_value[j] = infinite;
	}
	row[-1] = above[-1] = infinite;
	for (int i = 1; i <= m; i++)
	{
		int32_t    *exchange = row;
		int32_t		last_column = -1;
		int32_t		diagonal_above;	/* of two rows above, this column */
		int32_t		swap_above = infinite;

		anthology_check();
		row = above;
		above = exchange;
		diagonal_above = row[0];
		row[0] = i;
		for (int j = 1; j <= n; j++)
		{
			int32_t		best = above[j - 1] + (x[i - 1] != y[j - 1]);

			if (row[j - 1] + 1 < best)
				best = row[j - 1] + 1;
			if (above[j] + 1 < best)
				best = above[j] + 1;
			if (x[i - 1] == y[j - 1])
			{
				last_column = j;
				swap_value[j] = above[j - 2];
				swap_above = diagonal_above;
			}
			else
			{
				int32_t		k = last_row[y[j - 1]];
				int32_t		l = last_column;

				if (l > 0 && j - l == 1 && k > 0 && swap_value[j] + (i - k) < best)
					best = swap_value[j] + (i - k);
				else if (k > 0 && i - k == 1 && l > 0 && swap_above + (j - l) < best)
					best = swap_above + (j - l);
			}
			diagonal_above = row[j];
			row[j] = best;
		}
		last_row[x[i - 1]] = i;
	}
	*distance = row[n];
	anthology_release(pair.a);
	return ANTHOLOGY_OK;
}

AnthologyStatus
anthology_jaccard(const char *a, size_t a_length, const char *b, size_t b_length,
				  double *similarity)
{
	Pair		pair;
	AnthologyStatus status = read_pair(a, a_length, b, b_length, &pair);
	int32_t    *seen;
	int			common = 0;

	if (status != ANTHOLOGY_OK)
		return status;
	seen = pair.work;
	for (int c = 0; c < pair.characters; c++)
		seen[c] = 0;
	for (int i = 0; i < pair.a_count; i++)
		seen[pair.a[i]] = 1;
	for (int j = 0; j < pair.b_count; j++)
		if (seen[pair.b[j]] == 1)
		{
			seen[pair.b[j]] = 2;
			common++;
		}
	*similarity = pair.characters == 0 ? 1 : (double) common / pair.characters;
	anthology_release(pair.a);
	return ANTHOLOGY_OK;
}
