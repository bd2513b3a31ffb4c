/*
 * bibtex_text.h - the Anthology's markup as the value of a BibTeX field.
 */
#ifndef ANTHOLOGY_CORE_BIBTEX_TEXT_H
#define ANTHOLOGY_CORE_BIBTEX_TEXT_H

#include "buffer.h"

/*
 * Appends UTF-8 markup as TeX that may stand between double quotes: <fixed-case> in
 * braces, <b> and <i> as commands, <tex-math> as it is between dollars, letters with
 * accents as TeX commands, special characters escaped, braces balanced. Letters
 * that classic BibTeX styles have no command for stay UTF-8. Any text is taken: an
 * unknown or unclosed tag is text.
 */
extern AnthologyStatus anthology_bibtex_text(const char *markup, size_t length,
											 AnthologyBuffer *out);

#endif							/* ANTHOLOGY_CORE_BIBTEX_TEXT_H */
