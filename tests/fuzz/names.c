/*
 * names.c - libFuzzer target: any bytes are two names, parted at the first
 * zero. Build and run it with tests/fuzz/run.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/name_similarity.h"
#include "core/string_measures.h"

extern int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must(int condition)
{
	if (!condition)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *a = (const char *) data;
	const char *zero = size ? memchr(a, '\0', size) : NULL;
	size_t		a_size = zero ? (size_t) (zero - a) : size;
	const char *b = zero ? zero + 1 : a + size;
	size_t		b_size = size - (size_t) (b - a);
	AnthologyName x;
	AnthologyName y;
	AnthologyNameExplanation why;
	float		similarity;
	float		sum = 0;
	double		measure;
	double		turned;
	int			distance;

	must(anthology_name_parse(a, a_size, &x) == ANTHOLOGY_OK);
	must(anthology_name_parse(b, b_size, &y) == ANTHOLOGY_OK);
	similarity = anthology_name_compare(&x, &y);
	must(similarity >= 0 && similarity <= 1);
	must(similarity == anthology_name_compare(&y, &x));
	must((similarity == 1) == anthology_name_equal(&x, &y));
	must(anthology_name_compare(&x, &x) == 1);
	must(anthology_name_explain(&x, &y, &why) == similarity);
	for (int i = 0; i < why.count; i++)
	{
		must(why.reasons[i].a_last < x.count && why.reasons[i].b_last < y.count);
		sum += why.reasons[i].contribution;
	}
	must(sum == similarity);
	for (int i = 0; i < x.count; i++)
		must(x.words[i].start <= x.words[i].end && x.words[i].end <= a_size && x.words[i].size > 0);

	if (size > 2000)
		return 0;
	must(anthology_jaro(a, a_size, b, b_size, &measure) == ANTHOLOGY_OK);
	must(measure >= 0 && measure <= 1);
	must(anthology_jaro_winkler(a, a_size, b, b_size, &measure) == ANTHOLOGY_OK);
	must(measure >= 0 && measure <= 1);
	must(anthology_jaccard(a, a_size, b, b_size, &measure) == ANTHOLOGY_OK);
	must(anthology_jaccard(b, b_size, a, a_size, &turned) == ANTHOLOGY_OK);
	must(measure >= 0 && measure <= 1 && measure == turned);
	must(anthology_damerau_levenshtein(a, a_size, b, b_size, NULL, &distance) == ANTHOLOGY_OK);
	must(distance >= 0 && (size_t) distance <= (a_size > b_size ? a_size : b_size));
	return 0;
}
