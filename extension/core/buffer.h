/*
 * buffer.h - a growing byte string for results whose length is not known beforehand.
 * Memory is the host's (host.h); whoever initialised it frees it. Appending is sticky on
 * failure: after the first error every call is a no-op and status tells why, so that a
 * caller may check once at the end.
 */
#ifndef ANTHOLOGY_CORE_BUFFER_H
#define ANTHOLOGY_CORE_BUFFER_H

#include <stddef.h>

#include "status.h"

typedef struct AnthologyBuffer
{
	char	   *data;			/* not NUL-terminated; NULL while empty */
	size_t		length;			/* bytes in use */
	size_t		capacity;
	AnthologyStatus status;
} AnthologyBuffer;

extern void anthology_buffer_init(AnthologyBuffer *buffer);
extern void anthology_buffer_free(AnthologyBuffer *buffer);
extern void anthology_buffer_append(AnthologyBuffer *buffer, const char *bytes, size_t length);
extern void anthology_buffer_append_byte(AnthologyBuffer *buffer, char byte);
/* Appends one code point (a valid Unicode scalar value) as UTF-8. */
extern void anthology_buffer_append_code_point(AnthologyBuffer *buffer, int code_point);

#endif							/* ANTHOLOGY_CORE_BUFFER_H */
