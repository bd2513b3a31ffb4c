/*
 * abstract_rank.c - SQL functions abstract_rank, rarest_words and document_length.
 *
 * abstract_rank is BM25: the sum over the query's words of
 *
 *     weight * f (k1 + 1) / (f + k1 (1 - b + b length / average length))
 *
 * with f how often the word occurs, and what a title's words ask for besides:
 *
 *   - weight is the logarithm of how rare the word is, raised or lowered by how
 *     often abstracts repeat it when it is in the title (term_statistics);
 *   - an occurrence counts more in the title and at the beginning;
 *   - the spellings of a compound (an AND after the word, see
 *     abstract_tsquery.c) are alternatives: the best one counts;
 *   - a word that the document has not counts a little if it has one that
 *     begins the same (annotation, annotators) or a related one
 *     (term_statistics.related);
 *   - words that are near each other in the query and in the document add to it.
 *
 * The constants were found on half of the titles of the corpus, to find their
 * abstracts; tests/bench/abstracts tries the other half.
 */
#include "postgres.h"

#include <ctype.h>
#include <math.h>

#include "catalog/pg_type.h"
#include "compat.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "nodes/bitmapset.h"
#include "tsearch/ts_type.h"
#include "tsearch/ts_utils.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#include "abstract_document.h"
#include "abstract_glue.h"
#include "term_statistics.h"

PG_FUNCTION_INFO_V1(anthology_abstract_rank_sql);
PG_FUNCTION_INFO_V1(anthology_document_length_sql);
PG_FUNCTION_INFO_V1(anthology_rarest_words);

#define K1				0.9
#define B				0.85
#define EARLY			1.0		/* how much more the first word counts than the last */
#define EARLY_POSITIONS	32.0	/* in which that falls to 1/e */
#define SPELLING		0.7		/* of a compound's parts */
#define PREFIX			0.4		/* of a word with the same beginning, */
#define PREFIX_SHARE	0.7		/* which is this part of the query's word or more */
#define PREFIX_LEAST	4		/* and these letters, */
#define PREFIX_REST		4		/* with so many others after it at most */
#define RELATED			0.7
#define RELATED_OTHERS	0.3		/* of related words after the best */
#define RELATED_MOST	1.0
#define NEAR			0.3		/* two words at the same distance as in the query */
#define NEAR_OTHER		0.3		/* of that at another distance */
#define NEAR_WORDS		3		/* distance */
#define NEAR_K1			0.6
#define REPEATED		0.5		/* how much it counts that abstracts repeat a title's word */
#define REPEATED_PRIOR	0.6		/* share of titles */
#define REPEATED_TITLES	8.0		/* that this prior stands for */

/* EARLY * exp(-position / EARLY_POSITIONS), up to where it is nothing. */
#define EARLY_END		256
static double early[EARLY_END];

/* How often a term occurs. */
static inline int
term_length(TSVector document, WordEntry *entry)
{
	WordEntryPos *positions;
	int			count;
	int			length = 0;

	if (!entry->haspos)
		return 1;
	positions = POSDATAPTR(document, entry);
	count = POSDATALEN(document, entry);
	for (int i = 0; i < count; i++)
		length += !continues(positions, i);
	return length;
}

Datum
anthology_document_length_sql(PG_FUNCTION_ARGS)
{
	TSVector	document = PG_GETARG_TSVECTOR(0);
	int			length = 0;

	for (int i = 0; i < document->size; i++)
		length += term_length(document, ARRPTR(document) + i);
	PG_RETURN_INT32(length);
}

/* A term to look for in every document. */
typedef struct Needle
{
	char	   *term;			/* not NUL-terminated */
	int			length;
	int			next;			/* in its bucket; -1 at the end */
	WordEntry  *entry;			/* in the document at hand; NULL if it has none */
} Needle;

typedef struct RelatedTerm
{
	int			needle;
	double		relatedness;
} RelatedTerm;

typedef struct RankWord
{
	char	   *term;			/* in the query, not NUL-terminated */
	int			length;
	int			needle;
	double		weight;
	double		documents;		/* that have it */
	RelatedTerm *related;
	int			related_count;

	/* For the document at hand. */
	WordEntry  *entry;
	double		score;
} RankWord;

/* One way to write what a group stands for: consecutive words. */
typedef struct RankSpelling
{
	int			first;
	int			count;
	bool		new_group;
} RankSpelling;

/* A tsquery made ready; cached in fn_extra. */
typedef struct RankQuery
{
	TSQuery		query;			/* a copy, to recognise it by */
	uint64		version;		/* of the statistics */
	RankWord   *words;
	int			word_count;
	RankSpelling *spellings;
	int			spelling_count;
	int		   *sequence;		/* words in the order of the text, without joined forms */
	int			sequence_count;

	/* Of all the terms of words and related words, by hash. */
	Needle	   *needles;
	int			needle_count;
	int			needle_room;
	int		   *buckets;		/* first needle, or -1 */
	uint32		bucket_mask;
} RankQuery;

/* A hash that is quick rather than good: there are few needles. */
static inline uint32
needle_hash(const char *term, int length)
{
	uint32		head = 0;
	uint32		tail = 0;

	memcpy(&head, term, Min(length, 4));
	if (length > 4)
		memcpy(&tail, term + length - 4, 4);
	head = (head ^ (tail * 0x9E3779B1) ^ (uint32) length) * 0x85EBCA6B;
	return head ^ (head >> 15);
}

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

/* Finds the needles in a document; returns its length. */
static int
find_needles(TSVector document, RankQuery *rank)
{
	int			length = 0;

	for (int i = 0; i < rank->needle_count; i++)
		rank->needles[i].entry = NULL;
	for (int i = 0; i < document->size; i++)
	{
		WordEntry  *entry = ARRPTR(document) + i;
		char	   *term = STRPTR(document) + entry->pos;
		int			at = rank->buckets[needle_hash(term, entry->len) & rank->bucket_mask];

		for (; at >= 0; at = rank->needles[at].next)
			if (rank->needles[at].length == entry->len &&
				memcmp(rank->needles[at].term, term, entry->len) == 0)
			{
				rank->needles[at].entry = entry;
				break;
			}
		length += term_length(document, entry);
	}
	return length;
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

static const char *const word_query =
	"SELECT term, documents, titles, titles_repeated, related, relatedness "
	"FROM anthology.term_statistics WHERE term OPERATOR(pg_catalog.=) ANY ($1)";

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
	SPI_execute_plan(anthology_saved_plan(&plan, word_query, 1, &type), &argument, NULL, true, 0);
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

static RankQuery *
prepare_query(FunctionCallInfo fcinfo, TSQuery query, const AnthologyTermStatistics *statistics)
{
	RankQuery  *rank = fcinfo->flinfo->fn_extra;
	MemoryContext context;
	MemoryContext old;

	if (rank != NULL && rank->version == statistics->version &&
		VARSIZE(rank->query) == VARSIZE(query) &&
		memcmp(rank->query, query, VARSIZE(query)) == 0)
		return rank;
	if (early[0] == 0)
		for (int i = 0; i < EARLY_END; i++)
			early[i] = EARLY * exp(-i / EARLY_POSITIONS);

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

/* The first entry of a document that is not less than a term. */
static int
lower_bound(TSVector document, const char *term, int length)
{
	int			low = 0;
	int			high = document->size;

	while (low < high)
	{
		int			middle = (low + high) / 2;
		WordEntry  *entry = ARRPTR(document) + middle;

		if (tsCompareString(STRPTR(document) + entry->pos, entry->len,
							unconstify(char *, term), length, false) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* How often a term occurs, by place, with diminishing returns. */
static double
saturated_frequency(TSVector document, WordEntry *entry, double norm)
{
	double		frequency = 0;

	if (!entry->haspos)
		frequency = field_weights[0];
	else
	{
		WordEntryPos *positions = POSDATAPTR(document, entry);
		int			count = POSDATALEN(document, entry);

		for (int i = 0; i < count; i++)
		{
			int			position = WEP_GETPOS(positions[i]);

			if (!continues(positions, i))
				frequency += field_weights[WEP_GETWEIGHT(positions[i])] *
					(1 + (position < EARLY_END ? early[position] : 0));
		}
	}
	return frequency * (K1 + 1) / (frequency + norm);
}

/* The same of the best word that begins as a word does, but is another. */
static double
prefix_frequency(TSVector document, const RankWord *word, double norm)
{
	int			least = Max(PREFIX_LEAST, (int) ceil(word->length * PREFIX_SHARE));
	double		best = 0;

	if (word->length < least)
		return 0;
	for (int i = lower_bound(document, word->term, least); i < document->size; i++)
	{
		WordEntry  *entry = ARRPTR(document) + i;
		char	   *term = STRPTR(document) + entry->pos;
		int			same = least;

		if (entry->len < least || memcmp(term, word->term, least) != 0)
			break;
		while (same < entry->len && same < word->length && term[same] == word->term[same])
			same++;
		/* 2023 is not 2024. */
		if (entry->len - same <= PREFIX_REST &&
			!(same < entry->len && isdigit((unsigned char) term[same])) &&
			!(same < word->length && isdigit((unsigned char) word->term[same])))
			best = Max(best, saturated_frequency(document, entry, norm));
	}
	return best;
}

/* The same of the words related to one. */
static double
related_frequency(TSVector document, const RankQuery *rank, const RankWord *word, double norm)
{
	double		best = 0;
	double		sum = 0;

	for (int i = 0; i < word->related_count; i++)
	{
		WordEntry  *entry = rank->needles[word->related[i].needle].entry;

		if (entry != NULL)
		{
			double		value = word->related[i].relatedness *
				saturated_frequency(document, entry, norm);

			best = Max(best, value);
			sum += value;
		}
	}
	return Min(RELATED * (best + RELATED_OTHERS * (sum - best)), RELATED_MOST);
}

static void
score_word(TSVector document, const RankQuery *rank, RankWord *word, double norm)
{
	word->entry = rank->needles[word->needle].entry;
	word->score = word->weight *
		(word->entry != NULL ? saturated_frequency(document, word->entry, norm) :
		 Max(PREFIX * prefix_frequency(document, word, norm),
			 related_frequency(document, rank, word, norm)));
}

/* How near two words are to each other, and how often. */
static double
nearness(TSVector document, const RankWord *left, const RankWord *right, int distance)
{
	WordEntryPos *x;
	WordEntryPos *y;
	double		frequency = 0;

	if (!left->entry->haspos || !right->entry->haspos)
		return 0;
	x = POSDATAPTR(document, left->entry);
	y = POSDATAPTR(document, right->entry);
	for (int i = 0; i < POSDATALEN(document, left->entry); i++)
	{
		double		best = 0;

		for (int j = 0; j < POSDATALEN(document, right->entry); j++)
		{
			int			found = WEP_GETPOS(y[j]) - WEP_GETPOS(x[i]);

			if (found == distance)
				best = 1;
			else if (found != 0 && abs(found) <= NEAR_WORDS)
				best = Max(best, NEAR_OTHER / abs(found));
		}
		frequency += best;
	}
	return frequency * (NEAR_K1 + 1) / (frequency + NEAR_K1);
}

static double
rank_document(TSVector document, RankQuery *rank, const AnthologyTermStatistics *statistics)
{
	double		norm = K1 * (1 - B + B * find_needles(document, rank) / statistics->average_length);
	double		score = 0;
	double		group = 0;

	for (int i = 0; i < rank->word_count; i++)
		score_word(document, rank, &rank->words[i], norm);
	for (int s = 0; s < rank->spelling_count; s++)
	{
		RankSpelling *spelling = &rank->spellings[s];
		double		sum = 0;

		for (int i = 0; i < spelling->count; i++)
			sum += rank->words[spelling->first + i].score;
		if (spelling->new_group)
		{
			score += group;
			group = sum;
		}
		else
			group = Max(group, SPELLING * sum);
	}
	score += group;
	for (int i = 0; i < rank->sequence_count; i++)
		for (int j = i + 1; j < rank->sequence_count && j - i <= NEAR_WORDS; j++)
		{
			RankWord   *left = &rank->words[rank->sequence[i]];
			RankWord   *right = &rank->words[rank->sequence[j]];

			if (left->entry != NULL && right->entry != NULL && left->entry != right->entry)
				score += NEAR / (j - i) * Min(left->weight, right->weight) *
					nearness(document, left, right, j - i);
		}
	return score;
}

Datum
anthology_abstract_rank_sql(PG_FUNCTION_ARGS)
{
	TSVector	document = PG_GETARG_TSVECTOR(0);
	TSQuery		query = PG_GETARG_TSQUERY(1);
	const AnthologyTermStatistics *statistics = anthology_term_statistics();
	RankQuery  *rank = prepare_query(fcinfo, query, statistics);
	double		score = rank_document(document, rank, statistics);

	PG_FREE_IF_COPY(document, 0);
	PG_FREE_IF_COPY(query, 1);
	PG_RETURN_FLOAT4((float4) score);
}

/* A group of a query: the words of a text that stand for one thing. */
typedef struct RankGroup
{
	int			first;			/* spelling */
	int			count;			/* of spellings */
	double		documents;		/* that have one of them, at most */
} RankGroup;

static int
compare_groups(const void *a, const void *b)
{
	const RankGroup *x = a;
	const RankGroup *y = b;

	if (x->documents != y->documents)
		return x->documents < y->documents ? -1 : 1;
	return x->first - y->first;
}

/*
 * The part of a query that finds few papers: its rarest words, as many as occur
 * in so many papers together, and one at least.
 */
Datum
anthology_rarest_words(PG_FUNCTION_ARGS)
{
	TSQuery		query = PG_GETARG_TSQUERY(0);
	double		room = PG_GETARG_INT32(1);
	RankQuery  *rank = prepare_query(fcinfo, query, anthology_term_statistics());
	RankGroup  *groups = palloc((rank->spelling_count + 1) * sizeof(RankGroup));
	int			count = 0;
	QTNode	   *result = NULL;

	for (int s = 0; s < rank->spelling_count; s++)
	{
		RankSpelling *spelling = &rank->spellings[s];
		double		documents = INFINITY;

		for (int i = 0; i < spelling->count; i++)
			documents = Min(documents, rank->words[spelling->first + i].documents);
		if (spelling->new_group || count == 0)
		{
			groups[count].first = s;
			groups[count].count = 0;
			groups[count++].documents = 0;
		}
		groups[count - 1].count++;
		groups[count - 1].documents += documents;
	}
	qsort(groups, count, sizeof(RankGroup), compare_groups);
	for (int g = 0; g < count; g++)
	{
		if (groups[g].documents > room && room < PG_GETARG_INT32(1))
			break;
		room -= groups[g].documents;
		for (int s = groups[g].first; s < groups[g].first + groups[g].count; s++)
		{
			QTNode	   *node = NULL;

			for (int i = 0; i < rank->spellings[s].count; i++)
			{
				RankWord   *word = &rank->words[rank->spellings[s].first + i];

				node = anthology_joined_nodes(node, anthology_word_node(word->term, word->length),
											  OP_AND, 0);
			}
			result = anthology_joined_nodes(result, node, OP_OR, 0);
		}
	}
	PG_RETURN_TSQUERY(anthology_query_of(result));
}
