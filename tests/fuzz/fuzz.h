/*
 * fuzz.h - what the libFuzzer targets have in common.
 */
#ifndef ANTHOLOGY_FUZZ_H
#define ANTHOLOGY_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <unicode/utf8.h>

#include "core/buffer.h"

extern int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define must(condition) \
	((condition) ? (void) 0 : \
	 (fprintf(stderr, "%s:%d: must hold: %s\n", __FILE__, __LINE__, #condition), abort()))

/* Whether the bytes are UTF-8, which is all that a server in UTF-8 hands over. */
static inline int
is_utf8(const char *text, size_t size)
{
	for (size_t i = 0; i < size;)
	{
		UChar32		c;

		U8_NEXT(text, i, size, c);
		if (c < 0)
			return 0;
	}
	return 1;
}

/*
 * A copy of the bytes with a question mark for each that is no UTF-8: the bridge
 * lets none of these through. The caller frees it.
 */
static inline char *
utf8_copy(const uint8_t *data, size_t size)
{
	char	   *copy = malloc(size + 1);

	must(copy != NULL);
	for (size_t i = 0; i < size;)
	{
		size_t		at = i;
		UChar32		c;

		U8_NEXT(data, i, size, c);
		if (c < 0)
			memset(copy + at, '?', i - at);
		else
			memcpy(copy + at, data + at, i - at);
	}
	return copy;
}

/* The field that ends at the next zero byte, or at the end; *rest is what follows. */
static inline size_t
first_field(const char *text, size_t size, const char **rest, size_t *rest_size)
{
	const char *zero = size ? memchr(text, '\0', size) : NULL;
	size_t		length = zero ? (size_t) (zero - text) : size;

	*rest = zero ? zero + 1 : text + size;
	*rest_size = size - (size_t) (*rest - text);
	return length;
}

#endif							/* ANTHOLOGY_FUZZ_H */
