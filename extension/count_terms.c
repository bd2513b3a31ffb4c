/*
 * count_terms.c - SQL function count_terms: the statistics of all papers' terms.
 *
 * Besides in how many papers a term occurs, the corpus tells how titles and
 * abstracts go together: how often a word of a title is repeated in its
 * abstract, and which terms an abstract has instead when it is not. Where the
 * title says "recognition" and the abstract does not, the abstract often has
 * "recognize" or, if it is Chinese, 识别. Of the terms a of the abstracts that
 * lack t, those are kept whose share p there is largest beside their share q
 * among all abstracts: p * log(p/q) / -log(q), the pointwise mutual information
 * normalised to at most 1, times p.
 */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "common/hashfn.h"
#include "compat.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "tsearch/ts_type.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/memutils.h"
#include "utils/tuplestore.h"

#include "progress.h"

PG_FUNCTION_INFO_V1(anthology_count_terms);

#define FEWEST_TITLES	5		/* fewer say nothing about a term */
#define FEWEST_SHARED	3		/* of the abstracts without it */
#define MOST_RELATED	16
#define LEAST_RELATED	0.02
#define SMOOTHING		5.0		/* abstracts added to those without it */

typedef struct CountedTerm
{
	char	   *term;
	uint32		hash;
	int			id;
	char		status;
} CountedTerm;

#define SH_PREFIX terms
#define SH_ELEMENT_TYPE CountedTerm
#define SH_KEY_TYPE char *
#define SH_KEY term
#define SH_HASH_KEY(table, key) hash_bytes((const unsigned char *) (key), strlen(key))
#define SH_EQUAL(table, a, b) (strcmp((a), (b)) == 0)
#define SH_STORE_HASH
#define SH_GET_HASH(table, element) (element)->hash
#define SH_SCOPE static inline
#define SH_DECLARE
#define SH_DEFINE
#include "lib/simplehash.h"

/* A growing array of numbers. */
typedef struct Numbers
{
	int32	   *items;
	Size		count;
	Size		room;
} Numbers;

static void
append_number(Numbers *numbers, int32 number)
{
	if (numbers->count == numbers->room)
	{
		numbers->room = numbers->room == 0 ? 1024 : numbers->room * 2;
		numbers->items = numbers->items == NULL ?
			palloc(numbers->room * sizeof(int32)) :
			repalloc_huge(numbers->items, numbers->room * sizeof(int32));
	}
	numbers->items[numbers->count++] = number;
}

typedef struct TermCounts
{
	char	   *term;
	int32		documents;
	int32		abstracts;		/* documents whose abstract has it */
	int32		titles;			/* of documents with an abstract */
	int32		repeated;
	/* first in lacks of documents with it in the title only; -1 at the end */
	int32		lacking;
} TermCounts;

typedef struct Corpus
{
	MemoryContext context;
	terms_hash *ids;
	TermCounts *counts;			/* by id */
	int			term_count;
	int			term_room;
	Numbers		abstract_terms; /* ids, document after document */
	Numbers		abstract_ends;	/* where in abstract_terms a document's end */
	Numbers		lacks;			/* pairs: a document's number, next in the list */
	int			abstracts;
} Corpus;

static int
term_id(Corpus *corpus, const char *term, int length)
{
	char		key[MAXSTRLEN + 1];
	CountedTerm *entry;
	bool		found;

	memcpy(key, term, length);
	key[length] = '\0';
	entry = terms_insert(corpus->ids, key, &found);
	if (found)
		return entry->id;
	entry->term = MemoryContextStrdup(corpus->context, key);
	entry->id = corpus->term_count;
	if (corpus->term_count == corpus->term_room)
	{
		corpus->term_room *= 2;
		corpus->counts = repalloc_huge(corpus->counts, corpus->term_room * sizeof(TermCounts));
	}
	memset(&corpus->counts[entry->id], 0, sizeof(TermCounts));
	corpus->counts[entry->id].term = entry->term;
	corpus->counts[entry->id].lacking = -1;
	return corpus->term_count++;
}

/* Whether a term occurs in the title and in the abstract. */
static void
term_places(TSVector document, WordEntry *entry, bool *in_title, bool *in_abstract)
{
	WordEntryPos *positions = entry->haspos ? POSDATAPTR(document, entry) : NULL;
	int			count = entry->haspos ? POSDATALEN(document, entry) : 0;

	*in_title = *in_abstract = false;
	for (int i = 0; i < count; i++)
	{
		*in_title |= WEP_GETWEIGHT(positions[i]) == 3;
		*in_abstract |= WEP_GETWEIGHT(positions[i]) == 2;
	}
}

static void
count_document(Corpus *corpus, TSVector document)
{
	MemoryContext old = MemoryContextSwitchTo(corpus->context);
	int		   *ids = palloc(Max(document->size, 1) * sizeof(int));
	bool		has_abstract = false;
	bool		in_title;
	bool		in_abstract;

	for (int i = 0; i < document->size; i++)
	{
		WordEntry  *entry = ARRPTR(document) + i;

		ids[i] = term_id(corpus, STRPTR(document) + entry->pos, entry->len);
		corpus->counts[ids[i]].documents++;
		term_places(document, entry, &in_title, &in_abstract);
		has_abstract |= in_abstract;
	}
	for (int i = 0; has_abstract && i < document->size; i++)
	{
		TermCounts *counts = &corpus->counts[ids[i]];

		term_places(document, ARRPTR(document) + i, &in_title, &in_abstract);
		counts->titles += in_title;
		counts->repeated += in_title && in_abstract;
		counts->abstracts += in_abstract;
		if (in_abstract)
			append_number(&corpus->abstract_terms, ids[i]);
		else if (in_title)
		{
			append_number(&corpus->lacks, corpus->abstracts);
			append_number(&corpus->lacks, counts->lacking);
			counts->lacking = (int32) corpus->lacks.count - 2;
		}
	}
	if (has_abstract)
	{
		append_number(&corpus->abstract_ends, (int32) corpus->abstract_terms.count);
		corpus->abstracts++;
	}
	pfree(ids);
	MemoryContextSwitchTo(old);
}

static void
read_corpus(Corpus *corpus)
{
	Portal		portal;

	SPI_connect();
	portal = SPI_cursor_open_with_args(NULL, "SELECT document FROM anthology.paper", 0, NULL, NULL,
									   NULL, true, CURSOR_OPT_NO_SCROLL);
	for (;;)
	{
		SPI_cursor_fetch(portal, true, 500);
		if (SPI_processed == 0)
			break;
		for (uint64 i = 0; i < SPI_processed; i++)
		{
			bool		isnull;
			Datum		value = SPI_getbinval(SPI_tuptable->vals[i], SPI_tuptable->tupdesc, 1,
											  &isnull);

			if (!isnull)
			{
				TSVector	document = DatumGetTSVector(value);

				count_document(corpus, document);
				if ((Pointer) document != DatumGetPointer(value))
					pfree(document);
			}
		}
		SPI_freetuptable(SPI_tuptable);
		CHECK_FOR_INTERRUPTS();
	}
	SPI_cursor_close(portal);
	SPI_finish();
}

/* Whether a term x comes before y; the order of equals is not to depend on the table's. */
static bool
nearer(Corpus *corpus, float4 x_value, int x, float4 y_value, int y)
{
	return x_value != y_value ? x_value > y_value :
		strcmp(corpus->counts[x].term, corpus->counts[y].term) < 0;
}

/*
 * Finds the terms related to one: stores their ids and relatedness, the nearest
 * first, and returns their number. shared is zero for every term, before and after.
 */
static int
find_related(Corpus *corpus, int id, int32 *shared, Numbers *touched,
			 int *related, float4 *relatedness)
{
	TermCounts *counts = &corpus->counts[id];
	int			lacking = counts->titles - counts->repeated;
	int			found = 0;

	if (counts->titles < FEWEST_TITLES || lacking < FEWEST_SHARED)
		return 0;
	touched->count = 0;
	for (int32 at = counts->lacking; at >= 0; at = corpus->lacks.items[at + 1])
	{
		int32		document = corpus->lacks.items[at];
		int32		end = corpus->abstract_ends.items[document];

		for (int32 i = document == 0 ? 0 : corpus->abstract_ends.items[document - 1]; i < end; i++)
		{
			int32		term = corpus->abstract_terms.items[i];

			if (shared[term]++ == 0)
				append_number(touched, term);
		}
	}
	for (Size i = 0; i < touched->count; i++)
	{
		int32		term = touched->items[i];
		int			both = shared[term];
		double		here = both / (lacking + SMOOTHING);
		double		anywhere = corpus->counts[term].abstracts / (double) corpus->abstracts;
		double		value;
		int			place;

		shared[term] = 0;
		if (both < FEWEST_SHARED || here <= anywhere || anywhere >= 1)
			continue;
		value = here * log(here / anywhere) / -log(anywhere);
		if (value < LEAST_RELATED)
			continue;
		if (found < MOST_RELATED)
			found++;
		else if (!nearer(corpus, (float4) value, term, relatedness[found - 1], related[found - 1]))
			continue;
		for (place = found - 1;
			 place > 0 && nearer(corpus, (float4) value, term, relatedness[place - 1],
													related[place - 1]); place--)
		{
			related[place] = related[place - 1];
			relatedness[place] = relatedness[place - 1];
		}
		related[place] = term;
		relatedness[place] = (float4) value;
	}
	return found;
}

Datum
anthology_count_terms(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	Corpus		corpus = {0};
	Numbers		touched = {0};
	int32	   *shared;
	MemoryContext row_context;

	InitMaterializedSRF(fcinfo, 0);
	corpus.context = CurrentMemoryContext;
	corpus.ids = terms_create(CurrentMemoryContext, 1 << 18, NULL);
	corpus.term_room = 1 << 16;
	corpus.counts = palloc(corpus.term_room * sizeof(TermCounts));
	read_corpus(&corpus);

	shared = palloc_extended(Max(corpus.term_count, 1) * sizeof(int32),
							 MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	append_number(&touched, 0);
	row_context = AllocSetContextCreate(CurrentMemoryContext, "counted term",
										ALLOCSET_DEFAULT_SIZES);
	for (int id = 0; id < corpus.term_count; id++)
	{
		TermCounts *counts = &corpus.counts[id];
		int			related[MOST_RELATED];
		float4		relatedness[MOST_RELATED];
		int			found = find_related(&corpus, id, shared, &touched, related, relatedness);
		MemoryContext old = MemoryContextSwitchTo(row_context);
		Datum		values[6];
		bool		nulls[6] = {false, false, false, false, found == 0, found == 0};
		Datum		terms[MOST_RELATED];
		Datum		degrees[MOST_RELATED];

		CHECK_FOR_INTERRUPTS();
		if (id % 1000 == 0)
			anthology_report_progress("refresh_term_statistics: terms", id, corpus.term_count);
		for (int i = 0; i < found; i++)
		{
			terms[i] = CStringGetTextDatum(corpus.counts[related[i]].term);
			degrees[i] = Float4GetDatum(relatedness[i]);
		}
		values[0] = CStringGetTextDatum(counts->term);
		values[1] = Int32GetDatum(counts->documents);
		values[2] = Int32GetDatum(counts->titles);
		values[3] = Int32GetDatum(counts->repeated);
		if (found > 0)
		{
			values[4] = PointerGetDatum(construct_array(terms, found, TEXTOID, -1, false,
														TYPALIGN_INT));
			values[5] = PointerGetDatum(construct_array(degrees, found, FLOAT4OID, sizeof(float4),
														true, TYPALIGN_INT));
		}
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
		MemoryContextSwitchTo(old);
		MemoryContextReset(row_context);
	}
	return (Datum) 0;
}
