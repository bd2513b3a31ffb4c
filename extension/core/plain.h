/*
 * plain.h - Anthology markup and TeX as plain Unicode text.
 */
#ifndef ANTHOLOGY_CORE_PLAIN_H
#define ANTHOLOGY_CORE_PLAIN_H

#include "buffer.h"

/*
 * Appends to plain what a reader sees of (markup, length): valid UTF-8 with the
 * Anthology's inner markup, entities and TeX. Never refuses a text; what cannot
 * be read as markup stays as it is. Linear in length. plain.c says what becomes
 * of what.
 */
extern AnthologyStatus anthology_plain(const char *markup, size_t length, AnthologyBuffer *plain);

/*
 * The same with marks where styles, links and addresses begin (the mark) and end
 * (the mark + 1). They cannot be met in the text itself, but need not be
 * balanced: html.c reads them. A link begins with ANTHOLOGY_ADDRESS_MARK, the
 * place of its address in addresses as decimal digits, and the mark + 1; it ends with
 * ANTHOLOGY_ADDRESS_END_MARK. An address in addresses ends with a newline, and
 * may be anything.
 */
#define ANTHOLOGY_BOLD_MARK			'\016'
#define ANTHOLOGY_ITALIC_MARK		'\020'
#define ANTHOLOGY_CODE_MARK			'\022'
#define ANTHOLOGY_UNDERLINE_MARK	'\024'
#define ANTHOLOGY_SMALL_CAPS_MARK	'\026'
#define ANTHOLOGY_LINK_MARK			'\030'	/* the text is the address */
#define ANTHOLOGY_ADDRESS_MARK		'\032'
#define ANTHOLOGY_ADDRESS_END_MARK	'\034'

extern AnthologyStatus anthology_plain_styled(const char *markup, size_t length,
											  AnthologyBuffer *plain, AnthologyBuffer *addresses);

#endif							/* ANTHOLOGY_CORE_PLAIN_H */
