/*
 * host.c - memory and interrupts; see host.h.
 */
#include "host.h"

#include <stdlib.h>

static void
go_on(void)
{
}

static void *
resize(void *memory, size_t used, size_t size)
{
	(void) used;
	return realloc(memory, size);
}

AnthologyHost anthology_host = {malloc, resize, free, go_on};

void *
anthology_allocate(size_t size)
{
	return anthology_host.allocate(size > 0 ? size : 1);
}

void
anthology_release(void *memory)
{
	if (memory != NULL)
		anthology_host.release(memory);
}
