/*
 * flags.c - trigger function flag_suspicious_assignment and what reviews and
 * judges as the tables' owner.
 *
 * The trigger reads the new rows as whoever fired it, for the columns of a
 * user's own table may run anything when they are read, and only then becomes
 * the owner of the queue.
 */
#include "postgres.h"

#include "catalog/namespace.h"
#include "catalog/pg_type.h"
#include "commands/trigger.h"
#include "compat.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "lib/stringinfo.h"
#include "utils/builtins.h"
#include "utils/datum.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/syscache.h"

#include "correction.h"

PG_FUNCTION_INFO_V1(anthology_flag_suspicious_assignment);
PG_FUNCTION_INFO_V1(anthology_judge_new_assignments);
PG_FUNCTION_INFO_V1(anthology_queue_suspicious);
PG_FUNCTION_INFO_V1(anthology_review_flag);

#define COLUMNS "paper_id, role, \"position\", first, last, person_id"
#define ASSIGNMENTS \
	"SELECT array_agg((n.paper_id::text, n.role::text, n.\"position\"::integer, " \
	"concat_ws(' ', NULLIF(n.first::text, ''), n.last::text), n.person_id::text)" \
	"::anthology.new_assignment ORDER BY n.person_id, n.paper_id) FROM "

static void
violated(const char *message)
{
	ereport(ERROR,
			(errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
			 errmsg("flag_suspicious_assignment %s", message)));
}

/* The threshold and mode that the trigger was made with. */
static float4
trigger_arguments(Trigger *trigger, char **mode)
{
	float4		threshold;

	if (trigger->tgnargs != 2)
		violated("takes two arguments: a threshold, and flag or reject");
	threshold = DatumGetFloat4(DirectFunctionCall1(float4in, CStringGetDatum(trigger->tgargs[0])));
	*mode = trigger->tgargs[1];
	if (!(threshold >= 0 && threshold <= 1))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the threshold of trigger \"%s\" must be between 0 and 1, not %s",
						trigger->tgname, trigger->tgargs[0])));
	if (strcmp(*mode, "flag") != 0 && strcmp(*mode, "reject") != 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the mode of trigger \"%s\" must be flag or reject, not \"%s\"",
						trigger->tgname, *mode)));
	return threshold;
}

/*
 * The rows of the statement, or those of them whose assignment an UPDATE has
 * changed, as an array of new_assignment in the caller's context; 0 if none.
 */
static Datum
statement_assignments(TriggerData *data, MemoryContext caller)
{
	Trigger    *trigger = data->tg_trigger;
	StringInfoData sql;
	Datum		result = (Datum) 0;
	bool		isnull;

	if (trigger->tgnewtable == NULL ||
		(TRIGGER_FIRED_BY_UPDATE(data->tg_event) && trigger->tgoldtable == NULL))
		violated("for each statement needs REFERENCING NEW TABLE, on UPDATE also OLD TABLE");
	if (SPI_register_trigger_data(data) < 0)
		elog(ERROR, "could not register the transition tables");
	initStringInfo(&sql);
	appendStringInfoString(&sql, ASSIGNMENTS);
	if (TRIGGER_FIRED_BY_UPDATE(data->tg_event))
		appendStringInfo(&sql,
						 "(SELECT " COLUMNS " FROM %s EXCEPT ALL SELECT " COLUMNS " FROM %s) AS n",
						 quote_identifier(trigger->tgnewtable),
						 quote_identifier(trigger->tgoldtable));
	else
		appendStringInfo(&sql, "%s AS n", quote_identifier(trigger->tgnewtable));
	if (SPI_execute(sql.data, true, 0) != SPI_OK_SELECT)
		elog(ERROR, "could not read the new rows");
	result = SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1, &isnull);
	if (isnull)
		return (Datum) 0;
	MemoryContextSwitchTo(caller);
	return datumCopy(result, false, -1);
}

/* The same of a row. */
static Datum
row_assignment(TriggerData *data, MemoryContext caller)
{
	static const char *const names[] = {"paper_id", "role", "position", "first", "last",
										"person_id"};
	bool		update = TRIGGER_FIRED_BY_UPDATE(data->tg_event);
	HeapTuple	row = update ? data->tg_newtuple : data->tg_trigtuple;
	TupleDesc	description = RelationGetDescr(data->tg_relation);
	Datum		values[lengthof(names)];
	char		nulls[lengthof(names)];
	Oid			types[lengthof(names)];
	bool		changed = !update;
	bool		isnull;
	Datum		result;

	for (int i = 0; i < (int) lengthof(names); i++)
	{
		int			number = SPI_fnumber(description, names[i]);
		char	   *value;
		char	   *old;

		if (number == SPI_ERROR_NOATTRIBUTE)
			ereport(ERROR,
					(errcode(ERRCODE_UNDEFINED_COLUMN),
					 errmsg("table \"%s\" has no column \"%s\"",
							RelationGetRelationName(data->tg_relation), names[i])));
		value = SPI_getvalue(row, description, number);
		if (update && !changed)
		{
			old = SPI_getvalue(data->tg_trigtuple, description, number);
			changed = (value == NULL) != (old == NULL)
				|| (value != NULL && strcmp(value, old) != 0);
		}
		types[i] = TEXTOID;
		nulls[i] = value == NULL ? 'n' : ' ';
		values[i] = value == NULL ? (Datum) 0 : CStringGetTextDatum(value);
	}
	if (!changed)
		return (Datum) 0;
	if (SPI_execute_with_args(ASSIGNMENTS "(SELECT $1, $2, $3, $4, $5, $6) AS n("
							  COLUMNS ")", lengthof(names), types, values, nulls, true, 0)
		!= SPI_OK_SELECT)
		elog(ERROR, "could not read the new row");
	result = SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1, &isnull);
	MemoryContextSwitchTo(caller);
	return datumCopy(result, false, -1);
}

static Oid
assignments_type(void)
{
	Oid			type =
		GetSysCacheOid2(TYPENAMENSP, Anum_pg_type_oid, CStringGetDatum("new_assignment"),
									   ObjectIdGetDatum(get_namespace_oid("anthology", false)));

	return get_array_type(type);
}

/* Judges the assignments that a statement or a row makes. */
Datum
anthology_flag_suspicious_assignment(PG_FUNCTION_ARGS)
{
	TriggerData *data = (TriggerData *) fcinfo->context;
	MemoryContext caller = CurrentMemoryContext;
	AnthologyCorrection correction;
	Datum		assignments;
	float4		threshold;
	char	   *mode;
	char	   *source;

	if (!CALLED_AS_TRIGGER(fcinfo))
		violated("is a trigger function");
	if (!TRIGGER_FIRED_AFTER(data->tg_event) ||
		!(TRIGGER_FIRED_BY_INSERT(data->tg_event) || TRIGGER_FIRED_BY_UPDATE(data->tg_event)))
		violated("must be fired after INSERT or UPDATE");
	threshold = trigger_arguments(data->tg_trigger, &mode);
	source = psprintf("%s.%s", get_namespace_name(RelationGetNamespace(data->tg_relation)),
					  RelationGetRelationName(data->tg_relation));

	SPI_connect();
	assignments = TRIGGER_FIRED_FOR_ROW(data->tg_event) ?
		row_assignment(data, caller) : statement_assignments(data, caller);
	SPI_finish();
	if (assignments != (Datum) 0)
	{
		Oid			types[4] = {assignments_type(), FLOAT4OID, TEXTOID, TEXTOID};
		Datum		values[4] = {assignments, Float4GetDatum(threshold), CStringGetTextDatum(mode),
			CStringGetTextDatum(source)};

		anthology_correction_begin(&correction);
		if (SPI_execute_with_args("SELECT anthology_internal.receive_assignments($1, $2, $3, $4)",
								  4, types, values, NULL, false, 0) < 0)
			elog(ERROR, "could not judge the new rows");
		anthology_correction_end(&correction);
	}
	return PointerGetDatum(NULL);
}

Datum
anthology_judge_new_assignments(PG_FUNCTION_ARGS)
{
	AnthologyCorrection correction;
	NullableDatum flagged;

	anthology_correction_begin(&correction);
	anthology_correction_lock(&correction);
	flagged = anthology_correction_call(&correction,
										"SELECT anthology_internal.judge_waiting(10000)", fcinfo);
	anthology_correction_end(&correction);
	PG_RETURN_DATUM(flagged.value);
}

Datum
anthology_queue_suspicious(PG_FUNCTION_ARGS)
{
	AnthologyCorrection correction;
	Oid			type = FLOAT4OID;
	Datum		threshold = PG_GETARG_DATUM(0);
	int64		queued;
	bool		isnull;

	anthology_correction_begin(&correction);
	if (SPI_execute_with_args("SELECT anthology_internal.queue_findings($1)", 1, &type, &threshold,
							  PG_ARGISNULL(0) ? "n" : " ", false, 0) != SPI_OK_SELECT)
		elog(ERROR, "could not queue suspicious assignments");
	queued = DatumGetInt64(SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1, &isnull));
	anthology_correction_end(&correction);
	PG_RETURN_INT64(queued);
}

Datum
anthology_review_flag(PG_FUNCTION_ARGS)
{
	AnthologyCorrection correction;
	NullableDatum proposal;

	if (PG_ARGISNULL(0))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("the id of a flag must not be null")));
	anthology_correction_begin(&correction);
	anthology_correction_lock(&correction);
	proposal = anthology_correction_call(&correction,
										 "SELECT anthology_internal.decide_flag($1, $2, $3)",
										 fcinfo);
	anthology_correction_end(&correction);
	if (proposal.isnull)
		PG_RETURN_NULL();
	PG_RETURN_DATUM(proposal.value);
}
