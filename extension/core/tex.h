/*
 * tex.h - TeX in running text as Unicode.
 */
#ifndef ANTHOLOGY_CORE_TEX_H
#define ANTHOLOGY_CORE_TEX_H

#include "buffer.h"

/*
 * Marks that plain.c leaves in the text for tex.c: they cannot be met in the
 * text itself, whose control characters are gone by then.
 */
#define ANTHOLOGY_MATH_BEGIN	'\001'
#define ANTHOLOGY_MATH_END		'\002'
#define ANTHOLOGY_LITERAL_BEGIN	'\003'	/* a URL: no TeX but escapes */
#define ANTHOLOGY_LITERAL_END	'\004'
#define ANTHOLOGY_NO_MARK		'\005'	/* a mark taken back */
#define ANTHOLOGY_PARAGRAPH_MARK	'\006'	/* goes through */

/* Appends text with its TeX read to plain. Linear in length. */
extern AnthologyStatus anthology_tex(const char *text, size_t length, AnthologyBuffer *plain);

/*
 * The code point of a symbol named as in TeX and mostly in HTML (alpha, times),
 * or 0.
 */
extern int anthology_tex_symbol(const char *name, size_t length);

#endif							/* ANTHOLOGY_CORE_TEX_H */
