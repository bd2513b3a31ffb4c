/*
 * name_looks.h - which of several spellings of a name looks best.
 */
#ifndef ANTHOLOGY_CORE_NAME_LOOKS_H
#define ANTHOLOGY_CORE_NAME_LOOKS_H

#include <stddef.h>

/*
 * A number that is larger for a spelling more fit to head an author's page.
 * first (which may be empty) and last are UTF-8. Never fails.
 */
extern double anthology_name_looks(const char *first, size_t first_length,
								   const char *last, size_t last_length);

#endif							/* ANTHOLOGY_CORE_NAME_LOOKS_H */
