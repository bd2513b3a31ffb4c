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

/* Whether c is a letter or digit of ASCII. Nearly all text is these and blanks. */
static inline int
is_ascii_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* Whether the character at i, of which there is one, is of the class. */
static inline int
is_class_at(const char *text, size_t i, size_t length, CharClass class)
{
	if ((unsigned char) text[i] < 0x80)
		return class == (is_ascii_word(text[i]) ? CLASS_WORD : CLASS_OTHER);
	return anthology_class_of(char_at(text, i, length)) == class;
}

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
