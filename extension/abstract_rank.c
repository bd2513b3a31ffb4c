/*
 * abstract_rank.c - SQL functions that weigh terms by how rare they are.
 */
#include "postgres.h"

#include <math.h>

#include "compat.h"
#include "fmgr.h"
#include "tsearch/ts_type.h"
#include "tsearch/ts_utils.h"

#include "term_statistics.h"

PG_FUNCTION_INFO_V1(anthology_abstract_similarity_sql);
PG_FUNCTION_INFO_V1(anthology_document_length_sql);

/* How much an occurrence counts, by weight D, C, B, A. */
static const double field_weights[4] = {0.5, 0.75, 1.0, 2.0};

Datum
anthology_document_length_sql(PG_FUNCTION_ARGS)
{
	TSVector	document = PG_GETARG_TSVECTOR(0);
	int			length = 0;

	for (int i = 0; i < document->size; i++)
	{
		WordEntry  *entry = ARRPTR(document) + i;

		length += entry->haspos ? POSDATALEN(document, entry) : 1;
	}
	PG_RETURN_INT32(length);
}

/* How often a term occurs, each occurrence by the weight of its field. */
static double
weighted_frequency(TSVector document, WordEntry *entry)
{
	double		frequency = 0;
	WordEntryPos *positions;

	if (!entry->haspos)
		return field_weights[0];
	positions = POSDATAPTR(document, entry);
	for (int i = 0; i < POSDATALEN(document, entry); i++)
		frequency += field_weights[WEP_GETWEIGHT(positions[i])];
	return frequency;
}

double
anthology_term_weight(const AnthologyTermStatistics *statistics, TSVector document, WordEntry *entry)
{
	double		rarity = statistics->documents == 0 ? 1 :
		log(1 + statistics->documents / anthology_papers_with(STRPTR(document) + entry->pos, entry->len));

	return (1 + log(1 + weighted_frequency(document, entry))) * rarity;
}

static int
compare_terms(TSVector a, WordEntry *x, TSVector b, WordEntry *y)
{
	return tsCompareString(STRPTR(a) + x->pos, x->len, STRPTR(b) + y->pos, y->len, false);
}

Datum
anthology_abstract_similarity_sql(PG_FUNCTION_ARGS)
{
	TSVector	a = PG_GETARG_TSVECTOR(0);
	TSVector	b = PG_GETARG_TSVECTOR(1);
	const AnthologyTermStatistics *statistics = anthology_term_statistics();
	double		product = 0;
	double		a_square = 0;
	double		b_square = 0;
	int			i = 0;
	int			j = 0;

	while (i < a->size || j < b->size)
	{
		WordEntry  *x = ARRPTR(a) + i;
		WordEntry  *y = ARRPTR(b) + j;
		int			order = i == a->size ? 1 : j == b->size ? -1 : compare_terms(a, x, b, y);
		double		x_weight = order <= 0 ? anthology_term_weight(statistics, a, x) : 0;
		double		y_weight = order >= 0 ? anthology_term_weight(statistics, b, y) : 0;

		product += x_weight * y_weight;
		a_square += x_weight * x_weight;
		b_square += y_weight * y_weight;
		i += order <= 0;
		j += order >= 0;
	}
	PG_RETURN_FLOAT4(product == 0 ? 0 : (float4) Min(1, product / sqrt(a_square * b_square)));
}
