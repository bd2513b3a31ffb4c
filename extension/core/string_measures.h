/*
 * string_measures.h - the plain measures of two strings, on code points.
 *
 * One contract for all of them. The strings are UTF-8 and compared code point by
 * code point as they are: no case folding, no normalisation. Bytes that are not
 * UTF-8 count as U+FFFD. Similarities lie in 0 .. 1 and are symmetric; two equal
 * strings have 1, two empty ones too, an empty and another one 0. Two strings of
 * more than ANTHOLOGY_LONGEST_MEASURED bytes together are ANTHOLOGY_TOO_LONG: a
 * measure takes up to 28 bytes of memory for each of theirs.
 */
#ifndef ANTHOLOGY_CORE_STRING_MEASURES_H
#define ANTHOLOGY_CORE_STRING_MEASURES_H

#include <stddef.h>

#include "status.h"

#define ANTHOLOGY_LONGEST_MEASURED	((size_t) 16 * 1024 * 1024)

/*
 * Jaro's similarity (1989): the mean of the share of a's characters that have a
 * partner in b, that of b's, and that of partners in order. Partners are equal
 * and stand less than half the longer string's length apart.
 */
extern AnthologyStatus anthology_jaro(const char *a, size_t a_length, const char *b,
									  size_t b_length, double *similarity);

/*
 * Winkler's (1990): from a Jaro similarity above 0.7 on, a tenth of what is
 * missing to 1 is added for each of the first four characters that agree.
 */
extern AnthologyStatus anthology_jaro_winkler(const char *a, size_t a_length, const char *b,
											  size_t b_length, double *similarity);

/*
 * The Damerau-Levenshtein distance: the least number of insertions, deletions,
 * replacements and swaps of neighbours, between which others may come ("CA" and
 * "ABC": 2).
 */
extern AnthologyStatus anthology_damerau_levenshtein(const char *a, size_t a_length,
													 const char *b, size_t b_length,
													 int *distance);

/* Jaccard's index of the two sets of characters: common ones by all. */
extern AnthologyStatus anthology_jaccard(const char *a, size_t a_length, const char *b,
										 size_t b_length, double *similarity);

#endif							/* ANTHOLOGY_CORE_STRING_MEASURES_H */
