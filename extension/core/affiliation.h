/*
 * affiliation.h - what the words of an affiliation tell.
 */
#ifndef ANTHOLOGY_CORE_AFFILIATION_H
#define ANTHOLOGY_CORE_AFFILIATION_H

/*
 * How much a word of an affiliation tells of the place: 1 for "tsinghua", little
 * for "university". The word is a part of a slug: lower-case ASCII, not
 * NUL-terminated.
 */
extern float anthology_affiliation_word_weight(const char *word, int length);

#endif							/* ANTHOLOGY_CORE_AFFILIATION_H */
