/*
 * correction.c - corrections as the owner of the tables: see correction.h.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "access/xact.h"
#include "catalog/namespace.h"
#include "catalog/pg_class.h"
#include "catalog/pg_type.h"
#include "compat.h"
#include "executor/spi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/datum.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/resowner.h"
#include "utils/syscache.h"

#include "correction.h"
#include "version.h"

/* Runs a statement; its value, one row of one column, is in the caller's context. */
static NullableDatum
run_statement(AnthologyCorrection *correction, const char *sql, int count, Oid *types,
			  NullableDatum *arguments)
{
	Datum		values[FUNC_MAX_ARGS];
	char		nulls[FUNC_MAX_ARGS];
	NullableDatum result;
	Form_pg_attribute attribute;
	MemoryContext before;

	for (int i = 0; i < count; i++)
	{
		values[i] = arguments[i].value;
		nulls[i] = arguments[i].isnull ? 'n' : ' ';
	}
	if (SPI_execute_with_args(sql, count, types, values, nulls, false, 0) != SPI_OK_SELECT ||
		SPI_processed != 1)
		elog(ERROR, "could not run a statement of a correction: %s", sql);
	attribute = TupleDescAttr(SPI_tuptable->tupdesc, 0);
	result.value = SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1, &result.isnull);
	before = MemoryContextSwitchTo(correction->caller);
	if (!result.isnull)
		result.value = datumCopy(result.value, attribute->attbyval, attribute->attlen);
	MemoryContextSwitchTo(before);
	SPI_freetuptable(SPI_tuptable);
	return result;
}

void
anthology_correction_begin(AnthologyCorrection *correction)
{
	Oid			schema = get_namespace_oid("anthology", false);
	Oid			table = get_relname_relid("reassignment", schema);
	HeapTuple	tuple = SearchSysCache1(RELOID, ObjectIdGetDatum(table));
	Oid			owner;

	if (!HeapTupleIsValid(tuple))
		ereport(ERROR,
				errcode(ERRCODE_UNDEFINED_TABLE),
				errmsg("the tables of the corpus do not exist"),
				errhint("Call anthology.create_tables()."));
	owner = ((Form_pg_class) GETSTRUCT(tuple))->relowner;
	ReleaseSysCache(tuple);

	correction->caller = CurrentMemoryContext;
	GetUserIdAndSecContext(&correction->user, &correction->security_context);
	SPI_connect();
	anthology_require_functions();
	SetUserIdAndSecContext(owner,
						   correction->security_context | SECURITY_LOCAL_USERID_CHANGE);
	(void) run_statement(correction, "SELECT anthology_internal.require_tables()", 0, NULL, NULL);
}

void
anthology_correction_end(AnthologyCorrection *correction)
{
	SPI_finish();
	SetUserIdAndSecContext(correction->user, correction->security_context);
}

void
anthology_correction_lock(AnthologyCorrection *correction)
{
	(void) run_statement(correction, "SELECT anthology.lock_corpus()", 0, NULL, NULL);
}

NullableDatum
anthology_correction_call(AnthologyCorrection *correction, const char *sql, FunctionCallInfo fcinfo)
{
	Oid		   *types;
	int			count;

	(void) get_func_signature(fcinfo->flinfo->fn_oid, &types, &count);
	return run_statement(correction, sql, count, types, fcinfo->args);
}

Datum
anthology_correction_value(AnthologyCorrection *correction, const char *sql, int64 id)
{
	Oid			type = INT8OID;
	NullableDatum argument = {Int64GetDatum(id), false};

	return run_statement(correction, sql, 1, &type, &argument).value;
}

/*
 * Carries out a proposal and rolls that back, the lock included. Returns the items.
 * On an error that is the proposal's fault it returns 0, with the message in *problem.
 * If problem is NULL, it raises the error instead.
 */
static Datum
rehearse(AnthologyCorrection *correction, int64 id, char **problem)
{
	MemoryContext before = CurrentMemoryContext;
	ResourceOwner owner = CurrentResourceOwner;
	volatile Datum items = (Datum) 0;

	BeginInternalSubTransaction(NULL);
	PG_TRY();
	{
		anthology_correction_lock(correction);
		items =
			anthology_correction_value(correction, "SELECT anthology_internal.carry_out($1)", id);
		RollbackAndReleaseCurrentSubTransaction();
		MemoryContextSwitchTo(before);
		CurrentResourceOwner = owner;
	}
	PG_CATCH();
	{
		ErrorData  *error;

		MemoryContextSwitchTo(correction->caller);
		error = CopyErrorData();
		FlushErrorState();
		RollbackAndReleaseCurrentSubTransaction();
		MemoryContextSwitchTo(before);
		CurrentResourceOwner = owner;
		if (problem == NULL ||
			(error->sqlerrcode != ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE &&
			 error->sqlerrcode != ERRCODE_UNIQUE_VIOLATION))
			ReThrowError(error);
		*problem = MemoryContextStrdup(correction->caller,
									   error->detail ? psprintf("%s: %s", error->message,
																error->detail) : error->message);
	}
	PG_END_TRY();
	return items;
}

int64
anthology_correction_run(AnthologyCorrection *correction, FunctionCallInfo fcinfo,
						 const char *operation, bool apply)
{
	char	   *plan = psprintf("plan_%s", operation);
	StringInfoData sql;
	int64		id;
	Oid			types[] = {INT8OID, JSONBOID};
	NullableDatum rehearsed[2] = {0};

	initStringInfo(&sql);
	appendStringInfo(&sql, "SELECT anthology_internal.%s(", quote_identifier(plan));
	for (int i = 0; i < PG_NARGS(); i++)
		appendStringInfo(&sql, "%s$%d", i > 0 ? ", " : "", i + 1);
	appendStringInfoChar(&sql, ')');

	/* Lock first: somebody else could change the data between proposing and applying. */
	if (apply)
		anthology_correction_lock(correction);
	id = DatumGetInt64(anthology_correction_call(correction, sql.data, fcinfo).value);
	rehearsed[0].value = Int64GetDatum(id);
	rehearsed[1].value = rehearse(correction, id, NULL);
	(void) run_statement(correction, "SELECT anthology_internal.store_side_effects($1, $2)", 2,
						 types, rehearsed);
	if (apply)
		(void) anthology_correction_value(correction,
										  "SELECT anthology_internal.carry_out_proposal($1)", id);
	return id;
}

#define STATUS "SELECT anthology_internal.correction_status($1)"

Datum
anthology_correction_preview(AnthologyCorrection *correction, int64 id, char **problem)
{
	Datum		status = anthology_correction_value(correction, STATUS, id);
	Datum		items = (Datum) 0;

	*problem = NULL;
	if (strcmp(TextDatumGetCString(status), "proposed") == 0)
		items = rehearse(correction, id, problem);
	if (items == (Datum) 0)
		items = anthology_correction_value(correction,
										   "SELECT anthology_internal.recorded_items($1)", id);
	return items;
}
