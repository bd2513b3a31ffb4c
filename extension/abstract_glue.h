/*
 * abstract_glue.h - what the SQL functions over abstracts share.
 */
#ifndef ANTHOLOGY_ABSTRACT_GLUE_H
#define ANTHOLOGY_ABSTRACT_GLUE_H

#include "core/terms.h"

/*
 * Stems with dictionary anthology.abstract_stem, the server's Snowball stemmer
 * and stop words; the stem callback of AnthologyTerms.
 */
extern size_t anthology_stem(const char *word, size_t length, char *stem);

#endif							/* ANTHOLOGY_ABSTRACT_GLUE_H */
