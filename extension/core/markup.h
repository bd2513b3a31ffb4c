/*
 * markup.h - the tags and entities of the Anthology's markup.
 */
#ifndef ANTHOLOGY_CORE_MARKUP_H
#define ANTHOLOGY_CORE_MARKUP_H

#include <stddef.h>

typedef enum AnthologyElement
{
	ANTHOLOGY_NO_ELEMENT,		/* no tag that is known */
	ANTHOLOGY_SPAN,				/* leaves nothing but its content */
	ANTHOLOGY_FIXED_CASE,
	ANTHOLOGY_BOLD,
	ANTHOLOGY_ITALIC,
	ANTHOLOGY_UNDERLINE,
	ANTHOLOGY_SMALL_CAPS,
	ANTHOLOGY_CODE,
	ANTHOLOGY_LINK,				/* text with an address in an attribute */
	ANTHOLOGY_URL,				/* an address */
	ANTHOLOGY_MATH,
	ANTHOLOGY_PARAGRAPH,		/* begins one; has no content */
	ANTHOLOGY_BREAK,			/* HTML that people type: a blank */
	ANTHOLOGY_SUPERSCRIPT,
	ANTHOLOGY_SUBSCRIPT
} AnthologyElement;

typedef struct AnthologyTag
{
	AnthologyElement element;
	int			is_end;
	int			is_empty;		/* <b/>: begins and ends */
	size_t		length;			/* with the closing bracket */
	const char *href;			/* of a link, as written; NULL if it has none */
	size_t		href_length;
} AnthologyTag;

/*
 * Reads the tag at text, which is behind "<" or, if escaped, behind "&lt;". Returns
 * 0 if there is no tag that is known: then the bracket is a character.
 */
extern int	anthology_read_tag(const char *text, size_t length, int escaped, AnthologyTag *tag);

/*
 * Reads one of XML's five named entities or a numeric one at text, behind its
 * ampersand. Stores its length with the semicolon and returns the code point, or
 * returns -1.
 */
extern int	anthology_read_xml_entity(const char *text, size_t length, size_t *used);

/*
 * Whether an address leads to a web page or a letter and nothing else: http, https and
 * mailto.
 */
extern int	anthology_is_address(const char *address, size_t length);

#endif							/* ANTHOLOGY_CORE_MARKUP_H */
