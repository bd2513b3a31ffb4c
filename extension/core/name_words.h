/*
 * name_words.h - how two words of names agree.
 */
#ifndef ANTHOLOGY_CORE_NAME_WORDS_H
#define ANTHOLOGY_CORE_NAME_WORDS_H

#include "name_parts.h"
#include "name_similarity.h"

typedef struct AnthologyWordAgreement
{
	AnthologyNameHow how;
	int			distance;		/* letters inserted, deleted, replaced or swapped */
} AnthologyWordAgreement;

/* Whether typing errors could lie between them: false for nearly all pairs. */
static inline int
anthology_words_may_agree(const AnthologyNameWord *a, const AnthologyNameWord *b)
{
	int			least = a->size < b->size ? a->size : b->size;
	int			most = a->size < b->size ? b->size : a->size;
	int			errors = most >= 10 ? 3 : most >= 7 ? 2 : 1;
	uint32_t	set = a->set ^ b->set;

	if (least < 3 || most < 4 || most - least > errors)
		return 0;
	/* An error changes two letters at most. */
	set &= set - 1;
	set &= set - 1;
	if (errors > 1)
	{
		set &= set - 1;
		set &= set - 1;
	}
	if (errors > 2)
	{
		set &= set - 1;
		set &= set - 1;
	}
	return set == 0;
}

/*
 * How two full words agree. As family names or as given ones: short forms and
 * beginnings count between given names only.
 */
extern AnthologyWordAgreement anthology_words_agree(const AnthologyNameWord *a,
													const AnthologyNameWord *b, int given);

#endif							/* ANTHOLOGY_CORE_NAME_WORDS_H */
