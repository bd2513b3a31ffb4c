/*
 * host.h - what the core asks of the program that it is part of: memory, and
 * whether to go on.
 *
 * A program sets anthology_host once, before it calls anything else of the core.
 * Until then memory is malloc's and nothing interrupts. The server gives its check for
 * interrupts and its own memory, which is counted and freed with the query.
 *
 * Getting memory returns, also when there is none: parts of the core are called by
 * libxml2 and libyaml, and no longjmp may go through these. Such parts do not call
 * anthology_check(); who calls the library checks.
 */
#ifndef ANTHOLOGY_CORE_HOST_H
#define ANTHOLOGY_CORE_HOST_H

#include <stddef.h>

typedef struct AnthologyHost
{
	void	   *(*allocate) (size_t size);	/* NULL if there is none */
	void	   *(*resize) (void *memory, size_t used, size_t size);	/* likewise; keeps used bytes */
	void		(*release) (void *memory);

	/*
	 * Called in every loop over text of any length. It returns if the work is to go
	 * on. Otherwise it need not return: it may leave by longjmp, so what calls
	 * anthology_check() holds nothing but memory of the host.
	 */
	void		(*check) (void);
} AnthologyHost;

extern AnthologyHost anthology_host;

static inline void
anthology_check(void)
{
	anthology_host.check();
}

/* Memory of the host; NULL is released as nothing. */
extern void *anthology_allocate(size_t size);
extern void anthology_release(void *memory);

#endif							/* ANTHOLOGY_CORE_HOST_H */
