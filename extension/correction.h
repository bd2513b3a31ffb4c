/*
 * correction.h - the one mechanism behind every correction.
 *
 * A correction is a row of anthology.reassignment with its selected names
 * (reassignment_item) and its changes of persons (person_change). Whatever it
 * is for, it is carried out the same way: see correction.c.
 */
#ifndef ANTHOLOGY_CORRECTION_H
#define ANTHOLOGY_CORRECTION_H

#include "utils/elog.h"

/* A session of work on the tables as their owner, over SPI. */
typedef struct AnthologyCorrection
{
	MemoryContext caller;		/* results go here */
	Oid			user;			/* to go back to */
	int			security_context;
} AnthologyCorrection;

/*
 * Connects to SPI and becomes the owner of the tables, whose permission to
 * change them the caller need not have: that it may call the function is
 * enough. End with anthology_correction_end; an error undoes both by itself.
 */
extern void anthology_correction_begin(AnthologyCorrection *correction);
extern void anthology_correction_end(AnthologyCorrection *correction);

/* Waits for other loads and corrections; see correction.c for the order of locks. */
extern void anthology_correction_lock(AnthologyCorrection *correction);

/* Adds a correction as it stands to the log of decisions. */
extern void anthology_correction_log(AnthologyCorrection *correction, int64 id);

/*
 * Records what a proposed correction would move: carries it out, rolls that
 * back, and stores the names moved as its items.
 */
extern void anthology_correction_rehearse(AnthologyCorrection *correction, int64 id);

/*
 * What a correction would move, or where it is not a proposal any more, what it
 * did: a jsonb array of items in the caller's context. A proposal that cannot
 * be applied as things stand gives its items as recorded, and why in *problem,
 * which else is NULL.
 */
extern Datum anthology_correction_preview(AnthologyCorrection *correction, int64 id,
										  char **problem);

/* What has changed that a proposal was made on; NULL if nothing has. Gone with SPI_finish. */
extern char *anthology_correction_changed_since(AnthologyCorrection *correction, int64 id);

/* Carries out a proposal. Returns the number of names moved. */
extern int64 anthology_correction_apply(AnthologyCorrection *correction, int64 id);

/*
 * Runs a statement of the reassigning functions: parameters $1 .. $count, where
 * types are given as "t" text, "T" text[], "b" bigint, "o" boolean, "j" jsonb,
 * and a value of 0 is NULL but for the types passed by value. Returns whether there was a row; its first column goes to *value
 * (0 for NULL), copied to the caller's context, if value is not NULL.
 */
extern bool anthology_correction_query(AnthologyCorrection *correction, const char *sql,
									   const char *types, const Datum *values, Datum *value);

/* As above, for a statement that gives one text: NULL if none or NULL. */
extern char *anthology_correction_text(AnthologyCorrection *correction, const char *sql,
									   const char *types, const Datum *values);

/* Who decides: the login, the role it has SET, and whom its application names. */
#define DECIDED_BY_SESSION \
	"decided_by = session_user, " \
	"decided_role = NULLIF(pg_catalog.current_setting('role'), 'none'), " \
	"decided_for = NULLIF(pg_catalog.current_setting('anthology.session_person', true), ''), " \
	"decided_at = pg_catalog.now()"

#endif							/* ANTHOLOGY_CORRECTION_H */
