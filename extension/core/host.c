/*
 * host.c - memory and interrupts; see host.h.
 */
#include "host.h"

#include <stdlib.h>

static void
go_on(void)
{
}

AnthologyHost anthology_host = {malloc, realloc, free, go_on};

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
