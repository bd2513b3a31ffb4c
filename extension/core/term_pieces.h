/*
 * term_pieces.h - what text is cut into terms by; for term_pieces.c and terms.c.
 */
#ifndef ANTHOLOGY_CORE_TERM_PIECES_H
#define ANTHOLOGY_CORE_TERM_PIECES_H

#include <stddef.h>

#include <unicode/utf8.h>

#define MOST_PARTS		8		/* of a compound; the rest are words of their own */

typedef enum CharClass
{
	CLASS_OTHER,
	CLASS_WORD,					/* letters, digits, marks, a few symbols */
	CLASS_PAIRED				/* scripts written without blanks */
} CharClass;

static inline UChar32
char_at(const char *text, size_t i, size_t length)
{
	UChar32		c = 0;

	if (i < length)
		U8_GET_UNSAFE(text, i, c);
	return c;
}

static inline int
is_digit(UChar32 c)
{
	return c >= '0' && c <= '9';
}

/* Whether the parts of a compound may be joined across c. */
static inline int
is_hyphen(UChar32 c)
{
	return c == '-' || c == 0x2010 || c == 0x2011 || c == 0x2013 || c == 0x2212 || c == '_' ||
		c == '.' || c == '&' || c == '@' || c == '+';
}

extern CharClass anthology_class_of(UChar32 c);

/*
 * The length of what joins two parts of a compound at i, where a part has just
 * ended; 0 if nothing does.
 */
extern size_t anthology_joiner_length(const char *text, size_t i, size_t length);

/* The end of the address at i, or 0. */
extern size_t anthology_address_end(const char *text, size_t i, size_t length);

/* The length of a word without the end of a contraction. */
extern size_t anthology_without_contraction(const char *word, size_t length);

#endif							/* ANTHOLOGY_CORE_TERM_PIECES_H */
