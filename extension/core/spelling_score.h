/*
 * spelling_score.h - which of several spellings of a name is the best.
 */
#ifndef ANTHOLOGY_CORE_SPELLING_SCORE_H
#define ANTHOLOGY_CORE_SPELLING_SCORE_H

#include <stddef.h>

/*
 * Returns a number that is larger for a spelling that heads an author's page better.
 * first (which may be empty) and last are UTF-8. Never fails.
 */
extern double anthology_spelling_score(const char *first, size_t first_length,
									   const char *last, size_t last_length);

#endif							/* ANTHOLOGY_CORE_SPELLING_SCORE_H */
