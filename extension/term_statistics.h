/*
 * term_statistics.h - in how many papers a term occurs.
 */
#ifndef ANTHOLOGY_TERM_STATISTICS_H
#define ANTHOLOGY_TERM_STATISTICS_H

#include "tsearch/ts_type.h"

typedef struct AnthologyTermStatistics
{
	double		documents;		/* papers counted; 0 if none were */
	double		average_length; /* of their documents, in terms */
} AnthologyTermStatistics;

/*
 * The statistics as the active snapshot sees them. They are kept between calls
 * and read again when refresh_term_statistics() has changed them. Warns if there
 * are none, or if more than a tenth of the papers have changed since.
 */
extern const AnthologyTermStatistics *anthology_term_statistics(void);

/* How many papers have a term: at least 1, also for one that none has. */
extern double anthology_papers_with(const char *term, int length);

/* What a term of a document counts for in comparing two documents. */
extern double anthology_term_weight(const AnthologyTermStatistics *statistics,
									TSVector document, WordEntry *entry);

#endif							/* ANTHOLOGY_TERM_STATISTICS_H */
