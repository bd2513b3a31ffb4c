/*
 * anthology.c - module magic, settings and hooks, nothing else.
 */
#include "postgres.h"

#include "compat.h"
#include "fmgr.h"
#include "utils/guc.h"

#include "bridge.h"
#include "name_glue.h"

PG_MODULE_MAGIC;

PGDLLEXPORT void _PG_init(void);

/* The default is where F1 is best on people.yaml; see tests/bench/names. */
double		anthology_name_similarity_threshold;

/* Read with current_setting() where a correction is recorded. */
static char *session_person;

void
_PG_init(void)
{
	anthology_bridge_init();
	DefineCustomRealVariable("anthology.name_similarity_threshold",
							 "Similarity from which on the operator ~= finds two names similar.",
							 NULL,
							 &anthology_name_similarity_threshold,
							 0.6, 0, 1,
							 PGC_USERSET, 0,
							 NULL, NULL, NULL);
	DefineCustomStringVariable("anthology.session_person",
							   "The person at work, recorded with corrections, where many share "
							   "one login.",
							   "Anybody may set it: it is what the application says.",
							   &session_person,
							   "",
							   PGC_USERSET, 0,
							   NULL, NULL, NULL);
	MarkGUCPrefixReserved("anthology");
	anthology_name_index_plan_init();
}
