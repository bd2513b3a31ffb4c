/*
 * bibtex_text.h - the values of BibTeX fields.
 */
#ifndef ANTHOLOGY_CORE_BIBTEX_TEXT_H
#define ANTHOLOGY_CORE_BIBTEX_TEXT_H

#include "buffer.h"

/*
 * Appends UTF-8 markup as TeX: <fixed-case> in braces, styles and links as commands,
 * <tex-math> as it is between dollars, characters that BibTeX or TeX would not take
 * as commands in braces, quotation marks as TeX has them, braces balanced. Any text
 * is taken: an unknown or unopened tag is text.
 */
extern AnthologyStatus anthology_bibtex_text(const char *markup, size_t length,
											 AnthologyBuffer *out);

/* The same of plain text, a name for one: all that stands for a character is in braces. */
extern AnthologyStatus anthology_bibtex_plain(const char *text, size_t length,
											  AnthologyBuffer *out);

/*
 * Appends TeX as a value: between double quotes, or between braces if it has one
 * itself. Braces that do not balance, an error in the official library, are written
 * by their names.
 */
extern AnthologyStatus anthology_bibtex_value(const char *tex, size_t length,
											  AnthologyBuffer *out);

#endif							/* ANTHOLOGY_CORE_BIBTEX_TEXT_H */
