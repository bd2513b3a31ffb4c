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

#endif							/* ANTHOLOGY_CORE_PLAIN_H */
