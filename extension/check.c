/*
 * check.c - what check_database() cannot learn from the catalogs: what a name index was
 * built with, the version of this library, whether a proposal is stale.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "access/relation.h"
#include "catalog/pg_am.h"
#include "commands/defrem.h"
#include "compat.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "funcapi.h"
#include "utils/builtins.h"
#include "utils/rel.h"

#include "name_index.h"

PG_FUNCTION_INFO_V1(anthology_library_version);
PG_FUNCTION_INFO_V1(anthology_name_index_built);

/* library_version() text */
Datum
anthology_library_version(PG_FUNCTION_ARGS)
{
	PG_RETURN_TEXT_P(cstring_to_text(ANTHOLOGY_VERSION));
}

/* name_index_built(index regclass, OUT readable boolean, OUT icu_version text) */
Datum
anthology_name_index_built(PG_FUNCTION_ARGS)
{
	Relation	index = try_relation_open(PG_GETARG_OID(0), AccessShareLock);
	Datum		values[2] = {BoolGetDatum(false), (Datum) 0};
	bool		nulls[2] = {false, true};
	TupleDesc	descriptor;
	NameIndexMeta meta;

	if (index == NULL)
		ereport(ERROR,
				errcode(ERRCODE_UNDEFINED_OBJECT),
				errmsg("there is no index with OID %u", PG_GETARG_OID(0)));
	/* That of a partitioned table has no pages, and its access method no say. */
	if (index->rd_rel->relkind != RELKIND_INDEX ||
		index->rd_rel->relam != get_index_am_oid("anthology_names", false))
		ereport(ERROR,
				errcode(ERRCODE_WRONG_OBJECT_TYPE),
				errmsg("\"%s\" is not a name index", RelationGetRelationName(index)));
	if (get_call_result_type(fcinfo, NULL, &descriptor) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	if (anthology_name_index_read_meta(index, &meta))
	{
		values[0] = BoolGetDatum(true);
		values[1] = CStringGetTextDatum(meta.icu_version);
		nulls[1] = false;
	}
	relation_close(index, AccessShareLock);
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(descriptor), values, nulls)));
}
