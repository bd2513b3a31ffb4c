/*
 * measures.c - two strings, parted at the first zero, by the plain measures and
 * by their definitions, written down as they are.
 */
#include "fuzz.h"

#include "core/string_measures.h"

#define LONGEST 100

static int
decode(const char *text, size_t size, int32_t *characters)
{
	int			count = 0;

	for (size_t i = 0; i < size;)
	{
		UChar32		c;

		U8_NEXT_OR_FFFD(text, i, size, c);
		characters[count++] = c;
	}
	return count;
}

static int
has(const int32_t *set, int count, int32_t c)
{
	for (int i = 0; i < count; i++)
		if (set[i] == c)
			return 1;
	return 0;
}

static double
jaccard(const int32_t *a, int n, const int32_t *b, int m)
{
	int			common = 0;
	int			all = 0;

	if (n + m == 0)
		return 1;
	for (int i = 0; i < n; i++)
		if (!has(a, i, a[i]))
		{
			all++;
			common += has(b, m, a[i]);
		}
	for (int j = 0; j < m; j++)
		all += !has(b, j, b[j]) && !has(a, n, b[j]);
	return (double) common / all;
}

static int
least(int a, int b)
{
	return a < b ? a : b;
}

/* Lowrance and Wagner's recurrence, cell by cell. */
static int
damerau(const int32_t *a, int n, const int32_t *b, int m)
{
	static int	d[LONGEST + 1][LONGEST + 1];

	for (int i = 0; i <= n; i++)
		for (int j = 0; j <= m; j++)
		{
			if (i == 0 || j == 0)
			{
				d[i][j] = i + j;
				continue;
			}
			d[i][j] = least(least(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + (a[i - 1] != b[j - 1]));
			for (int k = i - 1; k > 0; k--)
				for (int l = j - 1; l > 0; l--)
					if (a[k - 1] == b[j - 1] && a[i - 1] == b[l - 1])
						d[i][j] = least(d[i][j], d[k - 1][l - 1] + (i - k - 1) + 1 + (j - l - 1));
		}
	return d[n][m];
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *a = (const char *) data;
	const char *b;
	size_t		b_size;
	size_t		a_size = first_field(a, size, &b, &b_size);
	double		jaro;
	double		winkler;
	double		index;
	double		turned;
	int			distance;
	int			back;
	int32_t		x[2000];
	int32_t		y[2000];
	int			n;
	int			m;

	if (size > 2000)
		return 0;
	must(anthology_jaro(a, a_size, b, b_size, &jaro) == ANTHOLOGY_OK);
	must(anthology_jaro(b, b_size, a, a_size, &turned) == ANTHOLOGY_OK);
	must(jaro >= 0 && jaro <= 1 && jaro == turned);
	must(anthology_jaro_winkler(a, a_size, b, b_size, &winkler) == ANTHOLOGY_OK);
	must(winkler >= jaro && winkler <= 1);
	must(anthology_jaccard(a, a_size, b, b_size, &index) == ANTHOLOGY_OK);
	must(anthology_damerau_levenshtein(a, a_size, b, b_size, &distance) == ANTHOLOGY_OK);
	must(anthology_damerau_levenshtein(b, b_size, a, a_size, &back) == ANTHOLOGY_OK);
	must(distance == back);

	n = decode(a, a_size, x);
	m = decode(b, b_size, y);
	must((distance == 0) == (n == m && memcmp(x, y, sizeof(int32_t) * (size_t) n) == 0));
	must(distance <= (n > m ? n : m) && distance >= abs(n - m));
	must(index == jaccard(x, n, y, m));
	if (n <= 40 && m <= 40)
		must(distance == damerau(x, n, y, m));
	return 0;
}
