/*
 * operations.c - SQL functions of the staff's other corrections.
 *
 * Each operation X has a planning function plan_X in SQL (sql/74-operations.sql)
 * that checks what is asked and writes down a proposal. X itself and propose_X
 * are one C function, which calls the plan of its own name.
 */
#include "postgres.h"

#include "compat.h"
#include "fmgr.h"
#include "utils/lsyscache.h"

#include "correction.h"

#define PROPOSE "propose_"

PG_FUNCTION_INFO_V1(anthology_run_operation);
PG_FUNCTION_INFO_V1(anthology_create_person);

Datum
anthology_run_operation(PG_FUNCTION_ARGS)
{
	char	   *name = get_func_name(fcinfo->flinfo->fn_oid);
	bool		propose = strncmp(name, PROPOSE, strlen(PROPOSE)) == 0;
	AnthologyCorrection correction;
	int64		id;

	anthology_correction_begin(&correction);
	id = anthology_correction_run(&correction, fcinfo, propose ? name + strlen(PROPOSE) : name,
								  !propose);
	anthology_correction_end(&correction);
	PG_RETURN_INT64(id);
}

#define NEW_PERSON "SELECT to_person_id FROM anthology.reassignment WHERE id = $1"

/* The operation of propose_person(), applied; returns the person's id. */
Datum
anthology_create_person(PG_FUNCTION_ARGS)
{
	AnthologyCorrection correction;
	int64		id;
	Datum		person;

	anthology_correction_begin(&correction);
	id = anthology_correction_run(&correction, fcinfo, "person", true);
	person = anthology_correction_value(&correction, NEW_PERSON, id);
	anthology_correction_end(&correction);
	PG_RETURN_DATUM(person);
}
