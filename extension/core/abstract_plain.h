/*
 * abstract_plain.h - the Anthology's markup as plain text.
 */
#ifndef ANTHOLOGY_CORE_ABSTRACT_PLAIN_H
#define ANTHOLOGY_CORE_ABSTRACT_PLAIN_H

#include "buffer.h"

/*
 * Appends the text of a title or an abstract (UTF-8, the inner markup of its
 * element) without the tags, with entities and character references resolved
 * and white space as single spaces. Anything that is not markup stays: there is
 * no invalid input. Time is linear in length.
 */
extern AnthologyStatus anthology_abstract_plain(const char *markup, size_t length,
												AnthologyBuffer *plain);

#endif							/* ANTHOLOGY_CORE_ABSTRACT_PLAIN_H */
