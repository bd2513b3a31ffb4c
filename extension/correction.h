/*
 * correction.h - corrections as the owner of the tables.
 *
 * SQL says what a correction is and carries it out (sql/68-plan.sql,
 * sql/71-carry-out.sql). C does what SQL cannot: it becomes the owner, holds the
 * lock, and rehearses in a subtransaction.
 */
#ifndef ANTHOLOGY_CORRECTION_H
#define ANTHOLOGY_CORRECTION_H

#include "fmgr.h"

/* A session of work on the tables as their owner, over SPI. */
typedef struct AnthologyCorrection
{
	MemoryContext caller;		/* results go here */
	Oid			user;			/* to go back to */
	int			security_context;
} AnthologyCorrection;

/*
 * Connects to SPI and becomes the owner of the tables. The caller needs no permission
 * to change them, only the one to call the function. Raises an error if functions or
 * tables are of an older version. End with anthology_correction_end; an error undoes
 * both by itself.
 */
extern void anthology_correction_begin(AnthologyCorrection *correction);
extern void anthology_correction_end(AnthologyCorrection *correction);

/* Waits for other loads and corrections; see sql/71-carry-out.sql for the order of locks. */
extern void anthology_correction_lock(AnthologyCorrection *correction);

/*
 * Runs a statement with the arguments of the SQL function called as $1 .. $n.
 * Its value, one row of one column, is in the caller's context.
 */
extern NullableDatum anthology_correction_call(AnthologyCorrection *correction, const char *sql,
											   FunctionCallInfo fcinfo);

/* The value, not null, of a statement about a correction, whose id is $1. */
extern Datum anthology_correction_value(AnthologyCorrection *correction, const char *sql, int64 id);

/*
 * Calls plan_<operation> with the arguments of the SQL function called,
 * rehearses the proposal that it writes down and, if apply is set, applies it.
 * Returns its id.
 */
extern int64 anthology_correction_run(AnthologyCorrection *correction, FunctionCallInfo fcinfo,
									  const char *operation, bool apply);

/*
 * Returns what a proposal would move, or what a decided correction did: a jsonb array
 * of items in the caller's context. If a proposal cannot be applied now, the items are
 * those recorded, and *problem says why; else *problem is NULL.
 */
extern Datum anthology_correction_preview(AnthologyCorrection *correction, int64 id,
										  char **problem);

#endif							/* ANTHOLOGY_CORRECTION_H */
