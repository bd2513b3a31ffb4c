/*
 * measures.c - the plain measures of the pairs on standard input, a line each:
 * two strings in hexadecimal, a comma between them. See tests/reference/measures.py.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/string_measures.h"

static size_t
read_hex(const char *hex, char *bytes)
{
	size_t		length = 0;
	unsigned	byte;

	for (; sscanf(hex, "%2x", &byte) == 1; hex += 2)
		bytes[length++] = (char) byte;
	return length;
}

int
main(void)
{
	static char line[10000];
	static char a[5000];
	static char b[5000];

	while (fgets(line, sizeof(line), stdin))
	{
		char	   *comma = strchr(line, ',');
		size_t		a_length;
		size_t		b_length;
		double		jaro = -1;
		double		winkler = -1;
		double		jaccard = -1;
		int			distance = -1;

		if (comma == NULL)
			return 1;
		*comma = '\0';
		a_length = read_hex(line, a);
		b_length = read_hex(comma + 1, b);
		if (anthology_jaro(a, a_length, b, b_length, &jaro) != ANTHOLOGY_OK ||
			anthology_jaro_winkler(a, a_length, b, b_length, &winkler) != ANTHOLOGY_OK ||
			anthology_damerau_levenshtein(a, a_length, b, b_length, &distance) != ANTHOLOGY_OK ||
			anthology_jaccard(a, a_length, b, b_length, &jaccard) != ANTHOLOGY_OK)
			return 1;
		printf("%.12f %.12f %d %.12f\n", jaro, winkler, distance, jaccard);
	}
	return 0;
}
