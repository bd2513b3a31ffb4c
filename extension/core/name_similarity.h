/*
 * name_similarity.h - how alike two personal names are.
 */
#ifndef ANTHOLOGY_CORE_NAME_SIMILARITY_H
#define ANTHOLOGY_CORE_NAME_SIMILARITY_H

#include "buffer.h"

/*
 * Appends the comparison form of a name: words of lower-case ASCII letters and
 * digits, first name first, a space between them. UTF-8.
 */
extern AnthologyStatus anthology_name_normalize(const char *name, size_t length,
												AnthologyBuffer *normal);

/*
 * Similarity of two names (UTF-8) in 0 .. 1: symmetric, and 1 if and only if
 * their comparison forms are equal and not empty. See name_similarity.c.
 */
extern AnthologyStatus anthology_name_similarity(const char *a, size_t a_length,
												 const char *b, size_t b_length,
												 double *similarity);

#endif							/* ANTHOLOGY_CORE_NAME_SIMILARITY_H */
