/*
 * judge_reading.h - what is read on the way to the arrays of core/judge.h.
 */
#ifndef ANTHOLOGY_JUDGE_READING_H
#define ANTHOLOGY_JUDGE_READING_H

#include "core/name_parts.h"
#include "judge.h"
#include "judge_numbers.h"

/* What is kept of a name on a paper: numbers, or -1 for none. */
enum
{
	LINK_PAPER,
	LINK_PERSON,
	LINK_NAME,
	LINK_AFFILIATION,
	LINK_FULL_NAME,
	LINK_EXPLICIT,				/* 1 or 0 */
	LINK_IDS,
	LINK_FIELDS = LINK_IDS + ANTHOLOGY_ID_KINDS
};

typedef struct AnthologyReadingParts
{
	AnthologyNumbers papers;
	AnthologyNumbers persons;
	AnthologyNumbers terms;
	AnthologyNumbers venues;
	AnthologyNumbers names;		/* surnames with an initial */
	AnthologyNumbers affiliations;	/* as printed */
	AnthologyNumbers full_names;	/* as printed, or listed for a verified person */
	AnthologyName **parsed;		/* by full name, as far as asked for */
	AnthologyInts name;			/* by person: the first in order */
	AnthologyNumbers ids[ANTHOLOGY_ID_KINDS];	/* printed beside names or listed for persons */
	AnthologyInts link;			/* LINK_FIELDS for each name on a paper */
	AnthologyInts person_id[ANTHOLOGY_ID_KINDS];	/* person, id; person, id ... */
	AnthologyInts verified;		/* persons */
	AnthologyInts listed;		/* person, full name; in the order of persons read */
	int		   *year;			/* by paper, as the next four */
	int		   *term_from;		/* of its document in term */
	int		   *term_to;
	int		   *venue_from;
	int		   *venue_to;
	int			paper_room;
	AnthologyInts term;			/* of one document after the other */
	AnthologyFloats term_weight;	/* beside term */
	AnthologyFloats term_rarity;	/* by term */
	AnthologyInts venue;
} AnthologyReadingParts;

/* Room for what is known of each of the papers numbered so far; new room is zero. */
extern void anthology_judge_paper_room(AnthologyReadingParts *parts);

/* Puts what has been read into the form that the core takes. */
extern void anthology_judge_arrange(AnthologyReading *reading);

#endif							/* ANTHOLOGY_JUDGE_READING_H */
