/*
 * name_parts.h - a personal name read into words with roles.
 *
 * AnthologyName is plain memory of fixed size without pointers: it may live on
 * the stack, be kept for a query's constant, or be stored.
 */
#ifndef ANTHOLOGY_CORE_NAME_PARTS_H
#define ANTHOLOGY_CORE_NAME_PARTS_H

#include <stddef.h>
#include <stdint.h>

#include "buffer.h"

/*
 * What is read of a name: its first bytes (to the end of a character), of these
 * the first words and the last one, and of each word the first letters. No name
 * in the corpus is cut; the limits bound time and memory on any other text.
 */
#define ANTHOLOGY_NAME_BYTES 1000
#define ANTHOLOGY_NAME_WORDS 10
#define ANTHOLOGY_NAME_LETTERS 32

typedef enum AnthologyNameRole
{
	ANTHOLOGY_NAME_GIVEN,		/* the first given name, also an initial */
	ANTHOLOGY_NAME_MIDDLE,
	ANTHOLOGY_NAME_PARTICLE,	/* "van", "der" */
	ANTHOLOGY_NAME_FAMILY,
	ANTHOLOGY_NAME_SUFFIX		/* "Jr." */
} AnthologyNameRole;

#define ANTHOLOGY_NAME_ROLES 5

/* Flags of a word. */
#define ANTHOLOGY_WORD_HYPHEN 1		/* a hyphen stands before it */
#define ANTHOLOGY_WORD_DOT 2		/* a full stop stands behind it */
#define ANTHOLOGY_WORD_CONSONANTS 4 /* of a script that writes no vowels */
#define ANTHOLOGY_WORD_LOWER 8		/* starts with a lower-case letter */

typedef struct AnthologyNameWord
{
	union
	{
		char		letters[ANTHOLOGY_NAME_LETTERS];	/* a-z and 0-9, then zeros */
		uint64_t	chunks[ANTHOLOGY_NAME_LETTERS / 8];
	}			text;
	uint32_t	set;			/* bit per letter that occurs */
	uint32_t	umlauts;		/* bit per position that bears ä, ö, ü, å, ø, đ ... */
	uint16_t	start;			/* its bytes in the name as it was written */
	uint16_t	end;
	uint8_t		size;			/* letters */
	uint8_t		role;			/* AnthologyNameRole */
	uint8_t		flags;
	uint8_t		family_rank;	/* how common, or unknown; see name_frequency.h */
	uint8_t		given_rank;
	uint16_t	forms;			/* 0: not looked up; see name_words.h */
} AnthologyNameWord;

typedef struct AnthologyName
{
	int			count;
	/* In the order given, middle, particle, family, suffix. */
	AnthologyNameWord words[ANTHOLOGY_NAME_WORDS];
} AnthologyName;

/*
 * Reads a name, UTF-8 bytes, written "First Middle van Last Jr." or "van Last,
 * First Middle, Jr."; name_letters.c and name_roles.c have the rules. Any text is a
 * name, also an empty one (no words). Fails only when ICU or malloc does. It uses
 * them only for letters outside the Latin, Greek and Cyrillic blocks and Hangul.
 */
extern AnthologyStatus anthology_name_parse(const char *name, size_t size, AnthologyName *parsed);

/*
 * Appends the comparison form: the words in the order of AnthologyName with a
 * space between them.
 */
extern void anthology_name_write(const AnthologyName *parsed, AnthologyBuffer *form);

/* True if both have the same comparison form. */
extern int	anthology_name_equal(const AnthologyName *a, const AnthologyName *b);

#endif							/* ANTHOLOGY_CORE_NAME_PARTS_H */
