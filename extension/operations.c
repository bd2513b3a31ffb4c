/*
 * operations.c - SQL functions of the staff's other corrections.
 *
 * Each operation X has a planning function plan_X in SQL (sql/74-operations.sql)
 * that checks what is asked and writes down a proposal. X itself and propose_X
 * are this one function: it calls the plan of its own name as the tables' owner,
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

Datum
anthology_run_operation(PG_FUNCTION_ARGS)
{
	char	   *name = get_func_name(fcinfo->flinfo->fn_oid);
	bool		only_propose = strncmp(name, PROPOSE, strlen(PROPOSE)) == 0;
	Oid		   *types;
	int			count;
	Datum		values[FUNC_MAX_ARGS];
	StringInfoData letters;
	StringInfoData sql;
	AnthologyCorrection correction;
	Datum		id;

	(void) get_func_signature(fcinfo->flinfo->fn_oid, &types, &count);
	initStringInfo(&letters);
	initStringInfo(&sql);
	appendStringInfo(&sql, "SELECT anthology.%s(",
					 quote_identifier(psprintf("plan_%s", name + (only_propose ? strlen(PROPOSE) : 0))));
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

	anthology_correction_begin(&correction);
	anthology_correction_query(&correction, sql.data, letters.data, values, &id);
	anthology_correction_rehearse(&correction, DatumGetInt64(id));
	if (!only_propose)
		anthology_correction_apply(&correction, DatumGetInt64(id));
	anthology_correction_end(&correction);
	return id;
}
