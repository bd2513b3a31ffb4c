/*
 * term_statistics.h - in how many papers a term occurs.
 */
#ifndef ANTHOLOGY_TERM_STATISTICS_H
#define ANTHOLOGY_TERM_STATISTICS_H

#include "executor/spi.h"
#include "tsearch/ts_type.h"

typedef struct AnthologyTermStatistics
{
	double		documents;		/* papers counted; 0 if none were */
	double		average_length; /* of their documents, in terms */
	uint64		version;		/* differs if they do */
} AnthologyTermStatistics;

/*
 * The statistics as the active snapshot sees them. They are kept between calls
 * and read again when refresh_term_statistics() has changed them. Warns if there
 * are none, or if more than a tenth of the papers have changed since.
 */
extern const AnthologyTermStatistics *anthology_term_statistics(void);

/* Reads how many papers have each term, as the same snapshot sees it, if need be. */
extern void anthology_read_term_counts(void);

/* How many papers have a term: at least 1, also for one that none has. */
extern double anthology_papers_with(const char *term, int length);

/* The logarithm of how rare a term is; 1 for all if nothing was counted. */
extern double anthology_term_rarity(const char *term, int length);

/* How much a document is about a term, whatever others are about. */
extern double anthology_term_frequency(TSVector document, WordEntry *entry);

/* A term's weight in comparing two documents is this times its rarity. */
extern double anthology_term_weight(TSVector document, WordEntry *entry);

/* A term of a document and what it counts for. */
typedef struct AnthologyWeighedTerm
{
	WordEntry  *entry;
	double		weight;
	double		documents;
} AnthologyWeighedTerm;

/* The terms of a document, the weightiest first, palloc'd. */
extern AnthologyWeighedTerm *anthology_weighed_terms(TSVector document);

/* Prepares a query once a session. */
extern SPIPlanPtr anthology_saved_plan(SPIPlanPtr *plan, const char *query, int arguments,
									   Oid *types);

#endif							/* ANTHOLOGY_TERM_STATISTICS_H */
