/*
 * abstract_rank.h - the words of a tsquery, as documents are ranked by them.
 */
#ifndef ANTHOLOGY_ABSTRACT_RANK_H
#define ANTHOLOGY_ABSTRACT_RANK_H

#include "fmgr.h"
#include "tsearch/ts_type.h"

#include "term_statistics.h"

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

/* Makes a query ready, or takes the one of the call before, if it is the same. */
extern RankQuery *anthology_prepare_rank_query(FunctionCallInfo fcinfo, TSQuery query,
											   const AnthologyTermStatistics *statistics);

#endif							/* ANTHOLOGY_ABSTRACT_RANK_H */
