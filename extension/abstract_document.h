/*
 * abstract_document.h - what ranking and comparing documents have in common: what
 * an occurrence of a term counts.
 */
#ifndef ANTHOLOGY_ABSTRACT_DOCUMENT_H
#define ANTHOLOGY_ABSTRACT_DOCUMENT_H

#include "tsearch/ts_type.h"

/* How much an occurrence counts, by weight D, C, B, A. */
static const double field_weights[4] = {0.5, 0.75, 1.0, 3.0};

/* Whether a position continues the one before: a compound has every position of its parts. */
static inline bool
continues(const WordEntryPos *positions, int i)
{
	return i > 0 && WEP_GETPOS(positions[i]) == WEP_GETPOS(positions[i - 1]) + 1;
}

#endif							/* ANTHOLOGY_ABSTRACT_DOCUMENT_H */
