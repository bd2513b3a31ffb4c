/*
 * judge_numbers.h - strings as numbers from 0, and arrays that grow.
 */
#ifndef ANTHOLOGY_JUDGE_NUMBERS_H
#define ANTHOLOGY_JUDGE_NUMBERS_H

typedef struct AnthologyNumbersKey
{
	const char *data;			/* not NUL-terminated */
	int			length;
} AnthologyNumbersKey;

/* Strings numbered in the order of their coming. */
typedef struct AnthologyNumbers
{
	struct numbers_hash *table;
	AnthologyNumbersKey *key;	/* by number */
	int			count;
	int			room;
} AnthologyNumbers;

/* An array that grows. */
typedef struct AnthologyInts
{
	int		   *data;
	int			count;
	int			room;
} AnthologyInts;

typedef struct AnthologyFloats
{
	float	   *data;
	int			count;
	int			room;
} AnthologyFloats;

/* Begins an empty set in the current memory context, with room for some. */
extern void anthology_numbers_begin(AnthologyNumbers *numbers, int room);

/* The number of a string. A new one is copied and gets the next number. */
extern int	anthology_number(AnthologyNumbers *numbers, const char *data, int length);
extern int	anthology_number_text(AnthologyNumbers *numbers, Datum text_datum);

/* The number of a string that is there, or -1. */
extern int	anthology_number_find(AnthologyNumbers *numbers, text *value);

/* The string of a number, as a new text datum. */
extern Datum anthology_number_datum(const AnthologyNumbers *numbers, int number);

/* Adds an element, in the current memory context. */
extern void anthology_ints_add(AnthologyInts *ints, int value);
extern void anthology_floats_add(AnthologyFloats *floats, float value);

#endif							/* ANTHOLOGY_JUDGE_NUMBERS_H */
