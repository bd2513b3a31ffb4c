/*
 * reassign.c - SQL functions that propose, preview, apply and undo corrections.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "compat.h"
#include "fmgr.h"
#include "funcapi.h"
#include "utils/builtins.h"

#include "correction.h"

PG_FUNCTION_INFO_V1(anthology_propose_reassignment);
PG_FUNCTION_INFO_V1(anthology_reassign_papers);
PG_FUNCTION_INFO_V1(anthology_propose_undo);
PG_FUNCTION_INFO_V1(anthology_undo_reassignment);
PG_FUNCTION_INFO_V1(anthology_rehearse_reassignment);
PG_FUNCTION_INFO_V1(anthology_apply_reassignment);
PG_FUNCTION_INFO_V1(anthology_reject_reassignment);

/* Makes a proposal, and carries it out if apply is set. Returns its id. */
static Datum
run(FunctionCallInfo fcinfo, const char *operation, bool apply)
{
	AnthologyCorrection correction;
	int64		id;

	anthology_correction_begin(&correction);
	id = anthology_correction_run(&correction, fcinfo, operation, apply);
	anthology_correction_end(&correction);
	PG_RETURN_INT64(id);
}

/* Runs a statement with the arguments given. Returns its value, which is not null. */
static Datum
call(FunctionCallInfo fcinfo, const char *sql)
{
	AnthologyCorrection correction;
	Datum		value;

	anthology_correction_begin(&correction);
	value = anthology_correction_call(&correction, sql, fcinfo).value;
	anthology_correction_end(&correction);
	return value;
}

Datum
anthology_propose_reassignment(PG_FUNCTION_ARGS)
{
	return run(fcinfo, "reassignment", false);
}

Datum
anthology_reassign_papers(PG_FUNCTION_ARGS)
{
	return run(fcinfo, "reassignment", true);
}

Datum
anthology_propose_undo(PG_FUNCTION_ARGS)
{
	return run(fcinfo, "undo", false);
}

Datum
anthology_undo_reassignment(PG_FUNCTION_ARGS)
{
	return run(fcinfo, "undo", true);
}

/* Returns the names that a reassignment moves, as jsonb, and why it cannot be applied. */
Datum
anthology_rehearse_reassignment(PG_FUNCTION_ARGS)
{
	AnthologyCorrection correction;
	TupleDesc	descriptor;
	Datum		values[2];
	bool		nulls[2] = {false, false};
	char	   *problem;

	if (get_call_result_type(fcinfo, NULL, &descriptor) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	anthology_correction_begin(&correction);
	values[0] = anthology_correction_preview(&correction, PG_GETARG_INT64(0), &problem);
	anthology_correction_end(&correction);
	nulls[1] = problem == NULL;
	if (problem != NULL)
		values[1] = CStringGetTextDatum(problem);
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(descriptor), values, nulls)));
}

Datum
anthology_apply_reassignment(PG_FUNCTION_ARGS)
{
	return call(fcinfo, "SELECT anthology_internal.carry_out_proposal($1)");
}

Datum
anthology_reject_reassignment(PG_FUNCTION_ARGS)
{
	(void) call(fcinfo, "SELECT anthology_internal.close_proposal($1, $2)");
	PG_RETURN_VOID();
}
