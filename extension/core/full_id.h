/*
 * full_id.h - full ids of volumes and papers.
 */
#ifndef ANTHOLOGY_CORE_FULL_ID_H
#define ANTHOLOGY_CORE_FULL_ID_H

#include "buffer.h"

/*
 * Append the full id of a volume, or of a paper of it, given the ids that a
 * collection file has (ASCII, with their lengths):
 *
 *   new style (a collection with a dot)   2024.acl  long  1   2024.acl-long.1
 *   old style, 1 + 3 digits               P19       1     1   P19-1001
 *   old style, 2 + 2 digits               W19       50    1   W19-5001
 *
 * 2 + 2 digits are for every W collection, C69, and D19 from volume 5 on.
 */
extern void anthology_volume_id(const char *collection, size_t collection_length,
								const char *volume, size_t volume_length, AnthologyBuffer *id);
extern void anthology_paper_id(const char *collection, size_t collection_length,
							   const char *volume, size_t volume_length,
							   const char *paper, size_t paper_length, AnthologyBuffer *id);

#endif							/* ANTHOLOGY_CORE_FULL_ID_H */
