/*
 * name_frequency.h - how common a word of a name is among authors.
 */
#ifndef ANTHOLOGY_CORE_NAME_FREQUENCY_H
#define ANTHOLOGY_CORE_NAME_FREQUENCY_H

#include "name_parts.h"

/* A rank not looked up yet. */
#define ANTHOLOGY_RANK_UNKNOWN 0xFF

/*
 * Sets family_rank and given_rank of a word: 8 log2 of how many of the
 * Anthology's names have it, 0 for a word too rare for the table.
 */
extern void anthology_name_rank(AnthologyNameWord *word);

/* Bits of information in a word of this rank. */
extern float anthology_rank_bits(uint8_t rank);

#endif							/* ANTHOLOGY_CORE_NAME_FREQUENCY_H */
