/*
 * abstract_similarity.c - SQL functions abstract_similarity and distinctive_terms: documents
 * compared by their terms, the rare ones counting more.
 */
#include "postgres.h"

#include <math.h>

#include "compat.h"
#include "fmgr.h"
#include "tsearch/ts_type.h"
#include "tsearch/ts_utils.h"
#include "utils/memutils.h"

#include "abstract_document.h"
#include "abstract_glue.h"
#include "term_statistics.h"

PG_FUNCTION_INFO_V1(anthology_abstract_similarity_sql);
PG_FUNCTION_INFO_V1(anthology_distinctive_terms);

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
		if (!continues(positions, i))
			frequency += field_weights[WEP_GETWEIGHT(positions[i])];
	return frequency;
}

double
anthology_term_frequency(TSVector document, WordEntry *entry)
{
	static double damped[32];	/* of the frequencies that nearly all terms have */
	double		frequency = weighted_frequency(document, entry);
	int			whole = (int) frequency;

	if (whole < (int) lengthof(damped) && whole == frequency)
	{
		if (damped[whole] == 0)
			damped[whole] = 1 + log(1 + frequency);
		frequency = damped[whole];
	}
	else
		frequency = 1 + log(1 + frequency);
	return frequency;
}

double
anthology_term_weight(TSVector document, WordEntry *entry)
{
	return anthology_term_frequency(document, entry)
		* anthology_term_rarity(STRPTR(document) + entry->pos, entry->len);
}

/* A document's weights; the one that others are compared with is kept in fn_extra. */
typedef struct WeighedDocument
{
	TSVector	document;
	uint64		version;		/* of the statistics */
	double		length;			/* of the vector */
	double	   *weights;		/* of its entries */
} WeighedDocument;

/* The weights of an argument, which most often is that of the call before. */
static WeighedDocument *
weigh_argument(FunctionCallInfo fcinfo, TSVector document, uint64 version)
{
	WeighedDocument *weighed = fcinfo->flinfo->fn_extra;
	MemoryContext context;
	MemoryContext old;

	if (weighed != NULL && weighed->version == version &&
		VARSIZE(weighed->document) == VARSIZE(document) &&
		memcmp(weighed->document, document, VARSIZE(document)) == 0)
		return weighed;
	if (weighed != NULL)
	{
		fcinfo->flinfo->fn_extra = NULL;
		MemoryContextDelete(GetMemoryChunkContext(weighed));
	}
	context = AllocSetContextCreate(fcinfo->flinfo->fn_mcxt, "abstract_similarity",
									ALLOCSET_SMALL_SIZES);
	old = MemoryContextSwitchTo(context);
	weighed = palloc(sizeof(WeighedDocument));
	weighed->document = palloc(VARSIZE(document));
	memcpy(weighed->document, document, VARSIZE(document));
	weighed->version = version;
	weighed->weights = palloc((document->size + 1) * sizeof(double));
	weighed->length = 0;
	for (int i = 0; i < document->size; i++)
	{
		weighed->weights[i] = anthology_term_weight(document, ARRPTR(document) + i);
		weighed->length += weighed->weights[i] * weighed->weights[i];
	}
	weighed->length = sqrt(weighed->length);
	MemoryContextSwitchTo(old);
	fcinfo->flinfo->fn_extra = weighed;
	return weighed;
}

static int
compare_terms(TSVector a, WordEntry *x, TSVector b, WordEntry *y)
{
	return tsCompareString(STRPTR(a) + x->pos, x->len, STRPTR(b) + y->pos, y->len, false);
}

static int
compare_weights(const void *a, const void *b)
{
	const AnthologyWeighedTerm *x = a;
	const AnthologyWeighedTerm *y = b;

	/* The one that comes first among equals is to be the same everywhere. */
	if (x->weight != y->weight)
		return x->weight > y->weight ? -1 : 1;
	if (x->entry->len != y->entry->len)
		return (int) y->entry->len - (int) x->entry->len;
	return x->entry < y->entry ? -1 : 1;
}

AnthologyWeighedTerm *
anthology_weighed_terms(TSVector document)
{
	AnthologyWeighedTerm *terms = palloc((document->size + 1) * sizeof(AnthologyWeighedTerm));

	anthology_term_statistics();
	anthology_read_term_counts();
	for (int i = 0; i < document->size; i++)
	{
		WordEntry  *entry = ARRPTR(document) + i;

		terms[i].entry = entry;
		terms[i].weight = anthology_term_weight(document, entry);
		terms[i].documents = anthology_papers_with(STRPTR(document) + entry->pos, entry->len);
	}
	qsort(terms, document->size, sizeof(AnthologyWeighedTerm), compare_weights);
	return terms;
}

/*
 * The weightiest terms that other papers have too, by OR: as many as occur in so
 * many papers together.
 */
Datum
anthology_distinctive_terms(PG_FUNCTION_ARGS)
{
	TSVector	document = PG_GETARG_TSVECTOR(0);
	double		room = PG_GETARG_INT32(1);
	AnthologyWeighedTerm *terms = anthology_weighed_terms(document);
	QTNode	   *query = NULL;

	for (int i = 0; i < document->size; i++)
	{
		WordEntry  *entry = terms[i].entry;

		if (terms[i].documents < 2 || (query != NULL && terms[i].documents > room))
			continue;
		room -= terms[i].documents;
		query = anthology_joined_nodes(query,
									   anthology_word_node(STRPTR(document) + entry->pos,
														   entry->len),
									   OP_OR, 0);
		if (room <= 0)
			break;
	}
	PG_RETURN_TSQUERY(anthology_query_of(query));
}

Datum
anthology_abstract_similarity_sql(PG_FUNCTION_ARGS)
{
	TSVector	a = PG_GETARG_TSVECTOR(0);
	TSVector	b = PG_GETARG_TSVECTOR(1);
	const AnthologyTermStatistics *statistics = anthology_term_statistics();
	WeighedDocument *weighed;
	double		product = 0;
	double		length = 0;
	int			i = 0;

	anthology_read_term_counts();
	weighed = weigh_argument(fcinfo, b, statistics->version);
	for (int j = 0; j < a->size; j++)
	{
		WordEntry  *entry = ARRPTR(a) + j;
		double		weight = anthology_term_weight(a, entry);

		length += weight * weight;
		while (i < b->size && compare_terms(b, ARRPTR(b) + i, a, entry) < 0)
			i++;
		if (i < b->size && compare_terms(b, ARRPTR(b) + i, a, entry) == 0)
			product += weight * weighed->weights[i];
	}
	length = sqrt(length) * weighed->length;
	PG_FREE_IF_COPY(a, 0);
	PG_FREE_IF_COPY(b, 1);
	PG_RETURN_FLOAT4(product == 0 ? 0 : (float4) Min(1, product / length));
}
