/*
 * operations.c - SQL functions of the staff's other corrections.
 *
 * Each operation X has a planning function plan_X in SQL (sql/74-operations.sql)
 * that checks what is asked and writes down a proposal. X itself and propose_X
 * are one C function: it calls the plan of its own name as the tables' owner,
 * rehearses what was written down, and, as X, applies it.
 */
#include "postgres.h"

#include "catalog/pg_type.h"

#include "compat.h"
#include "fmgr.h"
#include "lib/stringinfo.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"

#include "correction.h"

#define PROPOSE "propose_"

PG_FUNCTION_INFO_V1(anthology_run_operation);
PG_FUNCTION_INFO_V1(anthology_create_person);

/* The letter that anthology_correction_query knows a type by. */
static char
type_letter(Oid type)
{
	switch (type)
	{
		case TEXTOID:
			return 't';
		case TEXTARRAYOID:
			return 'T';
		case BOOLOID:
			return 'o';
	}
	elog(ERROR, "an operation has no argument of type %u", type);
}

/*
 * Calls plan_<operation> with the arguments of the function called, rehearses
 * the proposal and, if apply is set, applies it. Returns its id.
 */
static int64
run_plan(AnthologyCorrection *correction, FunctionCallInfo fcinfo, const char *operation,
		 bool apply)
{
	Oid		   *types;
	int			count;
	Datum		values[FUNC_MAX_ARGS];
	StringInfoData letters;
	StringInfoData sql;
	Datum		id;

	(void) get_func_signature(fcinfo->flinfo->fn_oid, &types, &count);
	initStringInfo(&letters);
	initStringInfo(&sql);
	appendStringInfo(&sql, "SELECT anthology.%s(",
					 quote_identifier(psprintf("plan_%s", operation)));
	for (int i = 0; i < count; i++)
	{
		appendStringInfoChar(&letters, type_letter(types[i]));
		appendStringInfo(&sql, "%s$%d", i > 0 ? ", " : "", i + 1);
		values[i] = PG_ARGISNULL(i) ? (Datum) 0 : PG_GETARG_DATUM(i);
		if (types[i] == BOOLOID && PG_ARGISNULL(i))
			ereport(ERROR,
					errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					errmsg("argument %d must not be null", i + 1));
	}
	appendStringInfoChar(&sql, ')');

	if (apply)
		anthology_correction_lock(correction);
	anthology_correction_query(correction, sql.data, letters.data, values, &id);
	anthology_correction_rehearse(correction, DatumGetInt64(id));
	if (apply)
		anthology_correction_apply(correction, DatumGetInt64(id));
	return DatumGetInt64(id);
}

Datum
anthology_run_operation(PG_FUNCTION_ARGS)
{
	char	   *name = get_func_name(fcinfo->flinfo->fn_oid);
	bool		propose = strncmp(name, PROPOSE, strlen(PROPOSE)) == 0;
	AnthologyCorrection correction;
	int64		id;

	anthology_correction_begin(&correction);
	id = run_plan(&correction, fcinfo, propose ? name + strlen(PROPOSE) : name, !propose);
	anthology_correction_end(&correction);
	PG_RETURN_INT64(id);
}

/* The operation of propose_person(), applied; returns the person's id. */
Datum
anthology_create_person(PG_FUNCTION_ARGS)
{
	AnthologyCorrection correction;
	Datum		id;
	Datum		person;

	anthology_correction_begin(&correction);
	id = Int64GetDatum(run_plan(&correction, fcinfo, "person", true));
	anthology_correction_query(&correction,
							   "SELECT to_person_id FROM anthology.reassignment WHERE id = $1",
							   "b", &id, &person);
	anthology_correction_end(&correction);
	PG_RETURN_DATUM(person);
}
