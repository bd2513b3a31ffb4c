/*
 * term_fold.h - a term in the form that it is compared in.
 *
 * Folding: compatibility forms (ligatures, n² = n2), case, the accents of
 * Latin, Greek and Cyrillic, Arabic and Hebrew points. Every encoding can write the
 * folded form of its texts: µ, whose form would be Greek, is u.
 */
#ifndef ANTHOLOGY_CORE_TERM_FOLD_H
#define ANTHOLOGY_CORE_TERM_FOLD_H

#include <stddef.h>

#include <unicode/umachine.h>

#include "terms.h"

typedef struct AnthologyFolded
{
	char		text[ANTHOLOGY_LONGEST_LEXEME * 2];
	size_t		length;
	int			overflow;		/* there was no room: text is not all of it */
	int			plain;			/* ASCII letters only */
} AnthologyFolded;

/* Adds a character that is folded already. */
extern void anthology_append_folded(AnthologyFolded *folded, UChar32 c);

extern void anthology_fold(AnthologyFolded *folded, const char *text, size_t length);

/*
 * British spelling to American, where that is a matter of endings: -isation, -ise... become
 * -ization, -ize, and -our becomes -or.
 */
extern void anthology_americanise(AnthologyFolded *word);

#endif
