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

#include "compat.h"
#include "fmgr.h"
#include "tsearch/ts_type.h"
#include "tsearch/ts_utils.h"

#include "abstract_document.h"
#include "abstract_glue.h"
#include "abstract_rank.h"
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
	RankQuery  *rank = anthology_prepare_rank_query(fcinfo, query, statistics);
	double		score;

	if (early[0] == 0)
		for (int i = 0; i < EARLY_END; i++)
			early[i] = EARLY * exp(-i / EARLY_POSITIONS);
	score = rank_document(document, rank, statistics);
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
	RankQuery  *rank = anthology_prepare_rank_query(fcinfo, query, anthology_term_statistics());
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
