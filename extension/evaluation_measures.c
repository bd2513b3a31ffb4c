/*
 * evaluation_measures.c - aggregates b_cubed, pairwise_f1 and auroc.
 *
 * Both measures of a clustering need nothing but how many items have each pair
 * of labels and each label alone. So the state counts: a dictionary numbers the
 * labels of either side, and a table counts the pairs of numbers. Memory goes
 * with the distinct labels and pairs, not with the rows.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "compat.h"
#include "common/hashfn.h"
#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/datum.h"
#include "utils/float.h"
#include "utils/memutils.h"
#include "utils/typcache.h"

PG_FUNCTION_INFO_V1(anthology_clustering_transition);
PG_FUNCTION_INFO_V1(anthology_b_cubed_final);
PG_FUNCTION_INFO_V1(anthology_pairwise_f1_final);
PG_FUNCTION_INFO_V1(anthology_auroc_transition);
PG_FUNCTION_INFO_V1(anthology_auroc_final);

/* One side's type, and how its labels are told apart. */
typedef struct LabelType
{
	TypeCacheEntry *type;
	Oid			collation;
} LabelType;

typedef struct Label
{
	Datum		value;
	uint32		hash;
	int32		number;			/* from 0 */
	char		status;
} Label;

typedef struct Cell
{
	uint64		numbers;		/* truth's, then prediction's */
	int64		count;
	char		status;
} Cell;

static inline uint32
label_hash(LabelType *side, Datum value)
{
	return DatumGetUInt32(FunctionCall1Coll(&side->type->hash_proc_finfo, side->collation, value));
}

static inline bool
label_equal(LabelType *side, Datum a, Datum b)
{
	return DatumGetBool(FunctionCall2Coll(&side->type->eq_opr_finfo, side->collation, a, b));
}

#define SH_PREFIX labels
#define SH_ELEMENT_TYPE Label
#define SH_KEY_TYPE Datum
#define SH_KEY value
#define SH_HASH_KEY(tb, key) label_hash((LabelType *) (tb)->private_data, key)
#define SH_EQUAL(tb, a, b) label_equal((LabelType *) (tb)->private_data, a, b)
#define SH_STORE_HASH
#define SH_GET_HASH(tb, a) a->hash
#define SH_SCOPE static inline
#define SH_DECLARE
#define SH_DEFINE
#include "lib/simplehash.h"

#define SH_PREFIX cells
#define SH_ELEMENT_TYPE Cell
#define SH_KEY_TYPE uint64
#define SH_KEY numbers
#define SH_HASH_KEY(tb, key) \
	hash_combine(murmurhash32((uint32) ((key) >> 32)), murmurhash32((uint32) (key)))
#define SH_EQUAL(tb, a, b) ((a) == (b))
#define SH_SCOPE static inline
#define SH_DECLARE
#define SH_DEFINE
#include "lib/simplehash.h"

typedef struct Clustering
{
	LabelType	sides[2];
	labels_hash *labels[2];
	cells_hash *cells;
	int64		items;
} Clustering;

static Clustering *
clustering_start(FunctionCallInfo fcinfo, MemoryContext context)
{
	Clustering *state = MemoryContextAllocZero(context, sizeof(Clustering));

	for (int i = 0; i < 2; i++)
	{
		Oid			type = get_fn_expr_argtype(fcinfo->flinfo, i + 1);

		state->sides[i].type = lookup_type_cache(type,
												 TYPECACHE_HASH_PROC_FINFO |
													 TYPECACHE_EQ_OPR_FINFO);
		state->sides[i].collation = PG_GET_COLLATION();
		if (!OidIsValid(state->sides[i].type->hash_proc_finfo.fn_oid) ||
			!OidIsValid(state->sides[i].type->eq_opr_finfo.fn_oid))
			ereport(ERROR,
					(errcode(ERRCODE_UNDEFINED_FUNCTION),
					 errmsg("could not identify a hash function for type %s", format_type_be(type)),
					 errhint("Cast the labels to text.")));
		state->labels[i] = labels_create(context, 64, &state->sides[i]);
	}
	state->cells = cells_create(context, 64, NULL);
	return state;
}

static int32
label_number(Clustering *state, int i, Datum value, MemoryContext context)
{
	TypeCacheEntry *type = state->sides[i].type;
	Label	   *label;
	bool		found;

	/* A value that its row need not have made flat would be hashed as it is. */
	if (type->typlen == -1)
		value = PointerGetDatum(PG_DETOAST_DATUM(value));
	label = labels_insert(state->labels[i], value, &found);
	if (!found)
	{
		MemoryContext caller = MemoryContextSwitchTo(context);

		label->value = datumCopy(value, type->typbyval, type->typlen);
		label->number = state->labels[i]->members - 1;
		MemoryContextSwitchTo(caller);
	}
	return label->number;
}

/* (state, truth "any", predicted "any"): counts an item whose labels are both known. */
Datum
anthology_clustering_transition(PG_FUNCTION_ARGS)
{
	Clustering *state;
	MemoryContext context;
	uint64		numbers;
	Cell	   *cell;
	bool		found;

	if (!AggCheckCallContext(fcinfo, &context))
		elog(ERROR, "aggregate function called in non-aggregate context");
	state = PG_ARGISNULL(0) ? clustering_start(fcinfo, context)
		: (Clustering *) PG_GETARG_POINTER(0);
	if (PG_ARGISNULL(1) || PG_ARGISNULL(2))
		PG_RETURN_POINTER(state);

	numbers = (uint64) label_number(state, 0, PG_GETARG_DATUM(1), context) << 32
		| (uint32) label_number(state, 1, PG_GETARG_DATUM(2), context);
	cell = cells_insert(state->cells, numbers, &found);
	if (!found)
		cell->count = 0;
	cell->count++;
	state->items++;
	PG_RETURN_POINTER(state);
}

/* How many items have each label of a side. */
static int64 *
label_sizes(Clustering *state, int shift, int side)
{
	int64	   *sizes = MemoryContextAllocExtended(CurrentMemoryContext,
												   sizeof(int64) *
												   (state->labels[side]->members + 1),
												   MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	cells_iterator i;
	Cell	   *cell;

	cells_start_iterate(state->cells, &i);
	while ((cell = cells_iterate(state->cells, &i)) != NULL)
		sizes[(uint32) (cell->numbers >> shift)] += cell->count;
	return sizes;
}

/* The row (precision, recall, f1). */
static Datum
clustering_result(FunctionCallInfo fcinfo, double precision, double recall)
{
	TupleDesc	row;
	bool		nulls[3] = {false};
	double		f1 = precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0;
	Datum		values[3] = {Float8GetDatum(precision), Float8GetDatum(recall), Float8GetDatum(f1)};

	if (get_call_result_type(fcinfo, NULL, &row) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	return HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(row), values, nulls));
}

/*
 * The mean over the items of how much of their predicted cluster is of their
 * true one (precision), and the other way round (recall).
 */
Datum
anthology_b_cubed_final(PG_FUNCTION_ARGS)
{
	Clustering *state = PG_ARGISNULL(0) ? NULL : (Clustering *) PG_GETARG_POINTER(0);
	int64	   *truth,
			   *predicted;
	double		precision = 0,
				recall = 0;
	cells_iterator i;
	Cell	   *cell;

	if (state == NULL || state->items == 0)
		PG_RETURN_NULL();
	truth = label_sizes(state, 32, 0);
	predicted = label_sizes(state, 0, 1);
	cells_start_iterate(state->cells, &i);
	while ((cell = cells_iterate(state->cells, &i)) != NULL)
	{
		double		squared = (double) cell->count * cell->count;

		precision += squared / predicted[(uint32) cell->numbers];
		recall += squared / truth[(uint32) (cell->numbers >> 32)];
	}
	PG_RETURN_DATUM(clustering_result(fcinfo, precision / state->items, recall / state->items));
}

static double
pairs(int64 n)
{
	return (double) n * (n - 1) / 2;
}

/*
 * Over the pairs of items put together: those rightly so by all predicted, and
 * by all true. Without a pair there is none wrong, or none missed: 1.
 */
Datum
anthology_pairwise_f1_final(PG_FUNCTION_ARGS)
{
	Clustering *state = PG_ARGISNULL(0) ? NULL : (Clustering *) PG_GETARG_POINTER(0);
	int64	   *sizes;
	double		together = 0,
				predicted = 0,
				truth = 0;
	cells_iterator i;
	Cell	   *cell;

	if (state == NULL || state->items == 0)
		PG_RETURN_NULL();
	cells_start_iterate(state->cells, &i);
	while ((cell = cells_iterate(state->cells, &i)) != NULL)
		together += pairs(cell->count);
	sizes = label_sizes(state, 32, 0);
	for (uint32 n = 0; n < state->labels[0]->members; n++)
		truth += pairs(sizes[n]);
	sizes = label_sizes(state, 0, 1);
	for (uint32 n = 0; n < state->labels[1]->members; n++)
		predicted += pairs(sizes[n]);
	PG_RETURN_DATUM(clustering_result(fcinfo, predicted > 0 ? together / predicted : 1,
									  truth > 0 ? together / truth : 1));
}

typedef struct Scored
{
	float8		score;
	bool		truth;
} Scored;

typedef struct Ranking
{
	Scored	   *items;
	Size		count;
	Size		allocated;
} Ranking;

/* (state, score, truth): keeps an item whose score and truth are known. */
Datum
anthology_auroc_transition(PG_FUNCTION_ARGS)
{
	Ranking    *state;
	MemoryContext context;

	if (!AggCheckCallContext(fcinfo, &context))
		elog(ERROR, "aggregate function called in non-aggregate context");
	if (PG_ARGISNULL(0))
	{
		state = MemoryContextAllocZero(context, sizeof(Ranking));
		state->allocated = 64;
		state->items = MemoryContextAlloc(context, sizeof(Scored) * state->allocated);
	}
	else
		state = (Ranking *) PG_GETARG_POINTER(0);
	if (PG_ARGISNULL(1) || PG_ARGISNULL(2))
		PG_RETURN_POINTER(state);

	if (state->count == state->allocated)
	{
		state->allocated *= 2;
		state->items = repalloc_huge(state->items, sizeof(Scored) * state->allocated);
	}
	state->items[state->count].score = PG_GETARG_FLOAT8(1);
	state->items[state->count++].truth = PG_GETARG_BOOL(2);
	PG_RETURN_POINTER(state);
}

static int
compare_scored(const void *a, const void *b)
{
	CHECK_FOR_INTERRUPTS();
	return float8_cmp_internal(((const Scored *) a)->score, ((const Scored *) b)->score);
}

/*
 * How often a true item has a higher score than a false one, an equal score
 * counting half: each run of equal scores meets the false ones below it whole
 * and its own by half. A copy is sorted, for a window may go on with the state.
 */
Datum
anthology_auroc_final(PG_FUNCTION_ARGS)
{
	Ranking    *state = PG_ARGISNULL(0) ? NULL : (Ranking *) PG_GETARG_POINTER(0);
	Scored	   *items;
	double		below = 0,
				positive = 0,
				won = 0;

	if (state == NULL || state->count == 0)
		PG_RETURN_NULL();
	items = MemoryContextAllocHuge(CurrentMemoryContext, sizeof(Scored) * state->count);
	memcpy(items, state->items, sizeof(Scored) * state->count);
	qsort(items, state->count, sizeof(Scored), compare_scored);
	for (Size start = 0, end; start < state->count; start = end)
	{
		double		run[2] = {0, 0};

		for (end = start;
			 end < state->count && float8_eq(items[end].score, items[start].score); end++)
			run[items[end].truth]++;
		won += run[true] * (below + run[false] / 2);
		below += run[false];
		positive += run[true];
	}
	pfree(items);
	if (below == 0 || positive == 0)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(won / (below * positive));
}
