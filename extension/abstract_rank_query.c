/*
 * abstract_rank_query.c - a tsquery made ready to rank documents by; see abstract_rank.h.
 *
 * Its words, the spellings and groups that they belong to, their weights and related
 * words by term_statistics, and all of these terms by hash, to be found in a document.
 */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "compat.h"
#include "executor/spi.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#include "abstract_rank.h"

#define REPEATED		0.5		/* how much it counts that abstracts repeat a title's word */
#define REPEATED_PRIOR	0.6		/* share of titles */
#define REPEATED_TITLES	8.0		/* that this prior stands for */

/* The needle of a term, which must outlive rank. */
static int
needle_of(RankQuery *rank, char *term, int length)
{
	for (int i = 0; i < rank->needle_count; i++)
		if (rank->needles[i].length == length && memcmp(rank->needles[i].term, term, length) == 0)
			return i;
	if (rank->needle_count == rank->needle_room)
	{
		rank->needle_room = rank->needle_room == 0 ? 64 : rank->needle_room * 2;
		rank->needles = rank->needles == NULL ?
			palloc(rank->needle_room * sizeof(Needle)) :
			repalloc(rank->needles, rank->needle_room * sizeof(Needle));
	}
	rank->needles[rank->needle_count].term = term;
	rank->needles[rank->needle_count].length = length;
	return rank->needle_count++;
}

static void
fill_buckets(RankQuery *rank)
{
	uint32		size = 64;

	while (size < (uint32) rank->needle_count * 4)
		size *= 2;
	rank->bucket_mask = size - 1;
	rank->buckets = palloc(size * sizeof(int));
	for (uint32 i = 0; i < size; i++)
		rank->buckets[i] = -1;
	for (int i = 0; i < rank->needle_count; i++)
	{
		Needle	   *needle = &rank->needles[i];
		uint32		hash = needle_hash(needle->term, needle->length);
		int		   *bucket = &rank->buckets[hash & rank->bucket_mask];

		needle->next = *bucket;
		*bucket = i;
	}
}

static void
add_rank_word(RankQuery *rank, QueryItem *item)
{
	RankWord   *word = &rank->words[rank->word_count++];

	word->term = GETOPERAND(rank->query) + item->qoperand.distance;
	word->length = item->qoperand.length;
}

/* Adds the words below an item, in the order of the text. */
static void
add_words(RankQuery *rank, QueryItem *item)
{
	check_stack_depth();
	if (item->type == QI_VAL)
		add_rank_word(rank, item);
	else if (item->qoperator.oper != OP_NOT)
	{
		add_words(rank, item + item->qoperator.left);
		add_words(rank, item + 1);
	}
}

static void
add_spellings(RankQuery *rank, QueryItem *item, bool in_or)
{
	RankSpelling *spelling;

	check_stack_depth();
	if (item->type != QI_VAL && item->qoperator.oper == OP_NOT)
		return;
	if (item->type != QI_VAL &&
		(item->qoperator.oper == OP_OR || !in_or || rank->spelling_count == 0))
	{
		bool		is_or = item->qoperator.oper == OP_OR;

		add_spellings(rank, item + item->qoperator.left, is_or);
		add_spellings(rank, item + 1, is_or);
		return;
	}
	spelling = &rank->spellings[rank->spelling_count++];
	spelling->first = rank->word_count;
	spelling->new_group = item->type == QI_VAL;
	add_words(rank, item);
	spelling->count = rank->word_count - spelling->first;
}

#define COUNTS "term, documents, titles, titles_repeated, related, relatedness"
#define COUNTED_TERMS \
	"SELECT " COUNTS " FROM anthology.term_statistics WHERE term OPERATOR(pg_catalog.=) ANY ($1)"

static void
read_related(RankQuery *rank, RankWord *word, Datum terms, Datum degrees, MemoryContext context)
{
	Datum	   *values;
	Datum	   *numbers;
	int			count;
	int			number_count;
	MemoryContext old;

	deconstruct_array(DatumGetArrayTypeP(terms), TEXTOID, -1, false, TYPALIGN_INT,
					  &values, NULL, &count);
	deconstruct_array(DatumGetArrayTypeP(degrees), FLOAT4OID, sizeof(float4), true, TYPALIGN_INT,
					  &numbers, NULL, &number_count);
	count = Min(count, number_count);
	old = MemoryContextSwitchTo(context);
	word->related = palloc(Max(count, 1) * sizeof(RelatedTerm));
	word->related_count = count;
	for (int i = 0; i < count; i++)
	{
		text	   *term = DatumGetTextPCopy(values[i]);

		word->related[i].needle = needle_of(rank, VARDATA_ANY(term), VARSIZE_ANY_EXHDR(term));
		word->related[i].relatedness = DatumGetFloat4(numbers[i]);
	}
	MemoryContextSwitchTo(old);
}

/* Gives the words their weights and related words. */
static void
weigh_words(RankQuery *rank, const AnthologyTermStatistics *statistics, MemoryContext context)
{
	static SPIPlanPtr plan;
	Datum	   *terms;
	Datum		argument;
	Oid			type = TEXTARRAYOID;

	if (statistics->documents == 0)
	{
		for (int i = 0; i < rank->word_count; i++)
			rank->words[i].weight = 1;
		return;
	}

	/* A term that no paper has. */
	for (int i = 0; i < rank->word_count; i++)
		rank->words[i].weight = log(1 + (statistics->documents + 0.5) / 0.5);
	terms = palloc(Max(rank->word_count, 1) * sizeof(Datum));
	for (int i = 0; i < rank->word_count; i++)
		terms[i] = PointerGetDatum(cstring_to_text_with_len(rank->words[i].term,
															rank->words[i].length));
	argument = PointerGetDatum(construct_array(terms, rank->word_count, TEXTOID, -1, false,
											   TYPALIGN_INT));

	SPI_connect();
	(void) anthology_saved_plan(&plan, COUNTED_TERMS, 1, &type);
	SPI_execute_plan(plan, &argument, NULL, true, 0);
	for (uint64 r = 0; r < SPI_processed; r++)
	{
		Datum		values[6];
		bool		nulls[6];
		text	   *term;
		double		documents;
		double		share;
		double		weight;

		heap_deform_tuple(SPI_tuptable->vals[r], SPI_tuptable->tupdesc, values, nulls);
		term = DatumGetTextPP(values[0]);
		documents = DatumGetInt32(values[1]);
		share = (DatumGetInt32(values[3]) + REPEATED_TITLES * REPEATED_PRIOR) /
			(DatumGetInt32(values[2]) + REPEATED_TITLES);
		share = Max(Min(share, 0.97), 0.03);
		weight = log(1 + Max(statistics->documents - documents + 0.5, 0.5) / (documents + 0.5)) +
			REPEATED * log(share / (1 - share));
		for (int i = 0; i < rank->word_count; i++)
		{
			RankWord   *word = &rank->words[i];

			if (word->length != (int) VARSIZE_ANY_EXHDR(term) ||
				memcmp(word->term, VARDATA_ANY(term), word->length) != 0)
				continue;
			word->weight = Max(weight, 0.05);
			word->documents = documents;
			if (!nulls[4] && !nulls[5])
				read_related(rank, word, values[4], values[5], context);
		}
	}
	SPI_finish();
}

RankQuery *
anthology_prepare_rank_query(FunctionCallInfo fcinfo, TSQuery query,
							 const AnthologyTermStatistics *statistics)
{
	RankQuery  *rank = fcinfo->flinfo->fn_extra;
	MemoryContext context;
	MemoryContext old;

	if (rank != NULL && rank->version == statistics->version &&
		VARSIZE(rank->query) == VARSIZE(query) &&
		memcmp(rank->query, query, VARSIZE(query)) == 0)
		return rank;

	/* The context goes with the one before, whose only child it is. */
	if (rank != NULL)
	{
		fcinfo->flinfo->fn_extra = NULL;
		MemoryContextDelete(GetMemoryChunkContext(rank));
	}
	context = AllocSetContextCreate(fcinfo->flinfo->fn_mcxt, "abstract_rank", ALLOCSET_SMALL_SIZES);
	old = MemoryContextSwitchTo(context);
	rank = palloc0(sizeof(RankQuery));
	rank->query = palloc(VARSIZE(query));
	memcpy(rank->query, query, VARSIZE(query));
	rank->version = statistics->version;
	rank->words = palloc0((query->size + 1) * sizeof(RankWord));
	rank->spellings = palloc0((query->size + 1) * sizeof(RankSpelling));
	rank->sequence = palloc((query->size + 1) * sizeof(int));
	if (query->size > 0)
		add_spellings(rank, GETQUERY(rank->query), false);
	for (int s = 0; s < rank->spelling_count; s++)
		if (s + 1 == rank->spelling_count || rank->spellings[s + 1].new_group)
			for (int i = 0; i < rank->spellings[s].count; i++)
				rank->sequence[rank->sequence_count++] = rank->spellings[s].first + i;
	for (int i = 0; i < rank->word_count; i++)
		rank->words[i].needle = needle_of(rank, rank->words[i].term, rank->words[i].length);
	weigh_words(rank, statistics, context);
	fill_buckets(rank);
	MemoryContextSwitchTo(old);
	fcinfo->flinfo->fn_extra = rank;
	return rank;
}
