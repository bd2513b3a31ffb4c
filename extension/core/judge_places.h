/*
 * judge_places.h - where the authors of papers work.
 */
#ifndef ANTHOLOGY_CORE_JUDGE_PLACES_H
#define ANTHOLOGY_CORE_JUDGE_PLACES_H

#include "judge.h"

/*
 * Adds all affiliations that are printed on a paper to a vector by place. Places that were 0
 * are written to list from touched on, unless it is NULL. Returns how many are on it then.
 */
extern int	anthology_add_printed(const AnthologyCorpus *corpus, int paper, float *by_place,
								  int *list, int touched);

/*
 * Adds where the authors of a paper work to desk->place_value: as printed; for co-authors
 * without, as printed elsewhere. desk->touched is the list, as above.
 */
extern int	anthology_add_places(const AnthologyCorpus *corpus, AnthologyDesk *desk, int paper,
								 int touched);

/* The affiliation printed beside the name in question, or -1. */
extern int	anthology_affiliation_in_question(const AnthologyCorpus *corpus,
											  const AnthologyDesk *desk, int paper);

/* The cosine of two affiliations; -1 if one is not known. */
extern double anthology_affiliation_cosine(const AnthologyCorpus *corpus, int a, int b);

/*
 * Where the authors of a paper work against the page's other papers, from 0 to 1; -1 if
 * unknown. own: the paper is one of the page.
 */
extern double anthology_places_cosine(const AnthologyCorpus *corpus, AnthologyDesk *desk,
									  int paper, bool own);

#endif							/* ANTHOLOGY_CORE_JUDGE_PLACES_H */
