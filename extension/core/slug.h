/*
 * slug.h - the Anthology's slug of a name.
 */
#ifndef ANTHOLOGY_CORE_SLUG_H
#define ANTHOLOGY_CORE_SLUG_H

#include "buffer.h"

/*
 * Appends the slug of a name, given as UTF-8 bytes (name, length), to slug:
 * lower-case ASCII letters, digits and single inner hyphens; nothing for a
 * name without letter or digit. See slug.c for the rule and its source.
 */
extern AnthologyStatus anthology_slug(const char *name, size_t length, AnthologyBuffer *slug);

#endif							/* ANTHOLOGY_CORE_SLUG_H */
