/*
 * name_parts.h - the parts of a personal name.
 */
#ifndef ANTHOLOGY_CORE_NAME_PARTS_H
#define ANTHOLOGY_CORE_NAME_PARTS_H

#include <stddef.h>

/* Words beyond these are left out of a part: no name has so many. */
#define ANTHOLOGY_NAME_WORDS 16

/* A word of the name: bytes of the text that was read. */
typedef struct AnthologyNameWord
{
	const char *start;
	size_t		length;
} AnthologyNameWord;

typedef struct AnthologyNamePart
{
	AnthologyNameWord words[ANTHOLOGY_NAME_WORDS];
	int			count;
} AnthologyNamePart;

typedef struct AnthologyNameParts
{
	AnthologyNamePart given;	/* the first given name, also an initial */
	AnthologyNamePart middle;
	AnthologyNamePart particle; /* "van der" */
	AnthologyNamePart family;
	AnthologyNamePart suffix;	/* "Jr." */
} AnthologyNameParts;

/*
 * Reads a name (UTF-8, length bytes) written "First Middle van Last Jr." or
 * "van Last, First Middle, Jr."; a single word is a family name, and so is the
 * first letter of a name in Han script without spaces. The words point into
 * name. Never fails; see name_parts.c for the rules.
 */
extern void anthology_name_parts(const char *name, size_t length, AnthologyNameParts *parts);

#endif							/* ANTHOLOGY_CORE_NAME_PARTS_H */
