/*
 * html.h - text and the Anthology's markup as HTML.
 */
#ifndef ANTHOLOGY_CORE_HTML_H
#define ANTHOLOGY_CORE_HTML_H

#include "buffer.h"

/*
 * Appends plain text so that it is the same text in HTML, as content of an
 * element or between quotes as a value; control characters other than blanks go.
 */
extern void anthology_html_escape(const char *plain, size_t length, AnthologyBuffer *html);

/*
 * Appends markup as the content of an HTML element: b, i, u, code, a span of class
 * small-caps, br and, if links are asked for, a to an address of http, https or
 * mailto; the rest as anthology_plain() has it. What comes out is balanced
 * whatever goes in.
 */
extern AnthologyStatus anthology_html(const char *markup, size_t length, int links,
									  AnthologyBuffer *html);

#endif							/* ANTHOLOGY_CORE_HTML_H */
