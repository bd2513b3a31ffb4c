/*
 * judge_reading.h - what is read on the way to the arrays of core/judge.h.
 */
#ifndef ANTHOLOGY_JUDGE_READING_H
#define ANTHOLOGY_JUDGE_READING_H

#include "judge.h"
#include "judge_numbers.h"

typedef struct AnthologyReadingParts
{
	AnthologyNumbers papers;
	AnthologyNumbers persons;
	AnthologyNumbers terms;
	AnthologyNumbers venues;
	AnthologyNumbers names;		/* surnames with an initial */
	AnthologyNumbers affiliations;	/* as printed */
	AnthologyInts name;			/* by person: the first in order */
	AnthologyInts link;			/* paper, person, name, affiliation or -1; paper, person ... */
	int		   *year;			/* by paper, as the next four */
	int		   *term_from;		/* of its document in term */
	int		   *term_to;
	int		   *venue_from;
	int		   *venue_to;
	int			paper_room;
	AnthologyInts term;
	float	   *term_weight;
	int			term_weight_room;
	AnthologyInts venue;
} AnthologyReadingParts;

/* Room for what is known of each of the papers numbered so far; new room is zero. */
extern void anthology_judge_paper_room(AnthologyReadingParts *parts);

/* Puts what has been read into the form that the core takes. */
extern void anthology_judge_arrange(AnthologyReading *reading);

#endif							/* ANTHOLOGY_JUDGE_READING_H */
