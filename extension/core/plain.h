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
 * The same; if styled, with marks where bold, italic and typewriter text and
 * addresses begin (the mark) and end (the mark + 1). They cannot be met in the
 * text itself, but need not be balanced: html.c reads them.
 */
#define ANTHOLOGY_BOLD_MARK		'\016'
#define ANTHOLOGY_ITALIC_MARK	'\020'
#define ANTHOLOGY_CODE_MARK		'\022'
#define ANTHOLOGY_LINK_MARK		'\024'

extern AnthologyStatus anthology_plain_styled(const char *markup, size_t length, int styled,
											  AnthologyBuffer *plain);

#endif							/* ANTHOLOGY_CORE_PLAIN_H */
