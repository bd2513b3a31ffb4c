/*
 * judge.h - reading the tables into the form that core/judge.h works on.
 */
#ifndef ANTHOLOGY_JUDGE_H
#define ANTHOLOGY_JUDGE_H

#include "compat.h"
#include "core/judge.h"

/* What is read, in memory of its own. */
typedef struct Reading
{
	MemoryContext context;
	AnthologyCorpus corpus;
	AnthologyDesk desk;
	struct ReadingParts *parts;	/* of judge.c */
} Reading;

extern const char *const anthology_paper_signal_names[PAPER_SIGNALS];
extern const char *const anthology_pair_signal_names[PAIR_SIGNALS];

/* Reads everything, within an SPI connection. */
extern Reading *anthology_judge_read_corpus(void);

/* The number of a person, or -1. */
extern int	anthology_judge_person(Reading *reading, text *id);

/* The log-odds of every two papers of the page on the desk: size * size, symmetric. */
extern float *anthology_judge_pair_odds(const AnthologyCorpus *corpus, AnthologyDesk *desk,
										const AnthologyModel *model);

/* For the core: memory of the current context, or NULL. */
extern void *anthology_judge_allocate(size_t size);

pg_noreturn extern void anthology_judge_out_of_memory(void);

#endif							/* ANTHOLOGY_JUDGE_H */
