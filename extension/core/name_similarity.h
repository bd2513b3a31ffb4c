/*
 * name_similarity.h - how alike two personal names are.
 */
#ifndef ANTHOLOGY_CORE_NAME_SIMILARITY_H
#define ANTHOLOGY_CORE_NAME_SIMILARITY_H

#include "buffer.h"
#include "name_parts.h"

/* How a word of one name met one of the other, or why it met none. */
typedef enum AnthologyNameHow
{
	ANTHOLOGY_HOW_NOT,			/* they do not agree */
	ANTHOLOGY_HOW_EQUAL,
	ANTHOLOGY_HOW_DIACRITIC,	/* ü met ue */
	ANTHOLOGY_HOW_JOINED,		/* "Weinan" met "Wei-Nan" */
	ANTHOLOGY_HOW_INITIAL,
	ANTHOLOGY_HOW_ALIAS,		/* "Rob" met "Robert" */
	ANTHOLOGY_HOW_READING,		/* "Hsien" met "Xian" */
	ANTHOLOGY_HOW_ABBREVIATION, /* one is the beginning of the other */
	ANTHOLOGY_HOW_SOUND,		/* spelt differently, said alike */
	ANTHOLOGY_HOW_TYPO,
	ANTHOLOGY_HOW_MISSING,		/* the other name has no such word */
	ANTHOLOGY_HOW_CONFLICT		/* the other name has another instead */
} AnthologyNameHow;

/* A line of the explanation; a word number is -1 where there is none. */
typedef struct AnthologyNameReason
{
	int			a_first;		/* words of a, first and last of those joined */
	int			a_last;
	int			b_first;
	int			b_last;
	AnthologyNameHow how;
	float		contribution;
} AnthologyNameReason;

#define ANTHOLOGY_NAME_REASONS (4 * ANTHOLOGY_NAME_WORDS + 8)

typedef struct AnthologyNameExplanation
{
	int			count;
	AnthologyNameReason reasons[ANTHOLOGY_NAME_REASONS];
} AnthologyNameExplanation;

/* Looks up beforehand what comparing this name with many others needs. */
extern void anthology_name_prepare(AnthologyName *name);

/*
 * Similarity of two names in 0 .. 1: symmetric, and 1 if and only if their
 * comparison forms are equal. See name_similarity.c.
 */
extern float anthology_name_compare(const AnthologyName *a, const AnthologyName *b);

/*
 * No name is more similar to name than this if it has the word other where name
 * has its words first to last, joined as word; and if by the rest of the name it
 * loses these bits at least, for words that are alike or for want of such. Both
 * words must have been ranked. 0 if the words do not agree.
 */
extern float anthology_name_bound(const AnthologyName *name, int first, int last,
								  const AnthologyNameWord *word, const AnthologyNameWord *other,
								  float lost, int alike);

/*
 * How many bits a name loses if nothing agrees with this word of it, and, for
 * contradicting, the other has another given name.
 */
extern float anthology_name_conflict(const AnthologyNameWord *word, int contradicting);

/* The same, and why: the sum of the contributions is the similarity. */
extern float anthology_name_explain(const AnthologyName *a, const AnthologyName *b,
									AnthologyNameExplanation *explanation);

#endif							/* ANTHOLOGY_CORE_NAME_SIMILARITY_H */
