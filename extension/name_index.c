/*
 * name_index.c - the access method anthology_names: what it can do and costs.
 */
#include "postgres.h"

#include "access/amvalidate.h"
#include "access/htup_details.h"
#include "access/reloptions.h"
#include "catalog/pg_amop.h"
#include "catalog/pg_opclass.h"
#include "compat.h"
#include "commands/vacuum.h"
#include "nodes/pathnodes.h"
#include "optimizer/cost.h"
#include "optimizer/optimizer.h"
#include "utils/builtins.h"
#include "utils/catcache.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/regproc.h"
#include "utils/selfuncs.h"
#include "utils/syscache.h"

#include "name_index.h"

PG_FUNCTION_INFO_V1(anthology_name_index_handler);

/*
 * A scan first looks through the words of the index, some nanoseconds a word and
 * word sought: as much as thousands of operators.
 */
#define START_OPERATORS 4000

void
anthology_name_index_cost(PlannerInfo *root, IndexPath *path, double loop_count,
						  Cost *startup_cost, Cost *total_cost, Selectivity *selectivity,
						  double *correlation, double *pages)
{
	GenericCosts costs;

	memset(&costs, 0, sizeof(costs));
	genericcostestimate(root, path, loop_count, &costs);
	*startup_cost = costs.indexStartupCost + START_OPERATORS * cpu_operator_cost;
	/* In order, each name is compared, and kept on a heap. */
	*total_cost = costs.indexTotalCost + START_OPERATORS * cpu_operator_cost +
		costs.numIndexTuples * 10 * cpu_operator_cost;
	*selectivity = costs.indexSelectivity;
	/* To count rows, the table will do. */
	if (path->indexclauses == NIL && path->indexorderbys == NIL)
		*total_cost += disable_cost;

	/*
	 * A scan lets go of a page before its rows are returned, so VACUUM may have
	 * taken a dead one out, and called the table's page visible to all, before
	 * the row is looked at. That is right for a scan that goes to the table; one
	 * that trusts the visibility map would return the dead row. The planner takes
	 * every index for one that can tell that there is a row, and here is where it
	 * hears otherwise.
	 */
	path->path.pathtype = T_IndexScan;
	*correlation = 0;
	*pages = costs.numIndexPages;
}

static bytea *
read_options(Datum options, bool validate)
{
	if (validate && DatumGetPointer(options) != NULL)
		ereport(ERROR,
				errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				errmsg("access method \"%s\" has no storage parameters", "anthology_names"));
	return NULL;
}

/* Whether the operators of a class are those that the scan knows. */
static bool
validate(Oid class_oid)
{
	HeapTuple	class_tuple = SearchSysCache1(CLAOID, ObjectIdGetDatum(class_oid));
	Form_pg_opclass class;
	CatCList   *operators;
	bool		valid = true;

	if (!HeapTupleIsValid(class_tuple))
		elog(ERROR, "cache lookup failed for operator class %u", class_oid);
	class = (Form_pg_opclass) GETSTRUCT(class_tuple);
	operators = SearchSysCacheList1(AMOPSTRATEGY, ObjectIdGetDatum(class->opcfamily));
	for (int i = 0; i < operators->n_members; i++)
	{
		Form_pg_amop operator = (Form_pg_amop) GETSTRUCT(&operators->members[i]->tuple);
		bool		orders = operator->amopstrategy == NAME_INDEX_DISTANCE;

		if (operator->amopstrategy < NAME_INDEX_SIMILAR ||
			operator->amopstrategy > NAME_INDEX_SIMILAR_QUERY ||
			operator->amoppurpose != (orders ? AMOP_ORDER : AMOP_SEARCH) ||
			operator->amoplefttype != TEXTOID ||
			!check_amop_signature(operator->amopopr, orders ? FLOAT4OID : BOOLOID,
								  operator->amoplefttype, operator->amoprighttype))
		{
			ereport(INFO,
					errcode(ERRCODE_INVALID_OBJECT_DEFINITION),
					errmsg("operator family of access method %s contains operator %s with wrong "
						   "strategy or signature",
						   "anthology_names", format_operator(operator->amopopr)));
			valid = false;
		}
	}
	ReleaseCatCacheList(operators);
	ReleaseSysCache(class_tuple);
	return valid;
}

Datum
anthology_name_index_handler(PG_FUNCTION_ARGS)
{
	static IndexAmRoutine *kept = NULL;
	IndexAmRoutine *routine;

	if (kept != NULL)
		PG_RETURN_POINTER(kept);
	routine = MemoryContextAllocZero(ANTHOLOGY_INDEX_ROUTINE_IS_KEPT ? TopMemoryContext :
									 CurrentMemoryContext, sizeof(IndexAmRoutine));
	routine->type = T_IndexAmRoutine;
	if (ANTHOLOGY_INDEX_ROUTINE_IS_KEPT)
		kept = routine;

	/* All that is not set is off. */
	routine->amstrategies = NAME_INDEX_SIMILAR_QUERY;
	routine->amcanorderbyop = true;
	routine->amoptionalkey = true;
	routine->amparallelvacuumoptions = VACUUM_OPTION_PARALLEL_BULKDEL |
		VACUUM_OPTION_PARALLEL_CLEANUP;
	routine->amusemaintenanceworkmem = false;
	routine->ambuild = anthology_name_index_build;
	routine->ambuildphasename = anthology_name_index_phase;
	routine->ambuildempty = anthology_name_index_build_empty;
	routine->aminsert = anthology_name_index_insert;
	routine->ambulkdelete = anthology_name_index_delete;
	routine->amvacuumcleanup = anthology_name_index_cleanup;
	routine->amcostestimate = anthology_name_index_cost;
	routine->amoptions = read_options;
	routine->amvalidate = validate;
	routine->ambeginscan = anthology_name_index_begin_scan;
	routine->amrescan = anthology_name_index_rescan;
	routine->amgettuple = anthology_name_index_next;
	routine->amgetbitmap = anthology_name_index_bitmap;
	routine->amendscan = anthology_name_index_end_scan;
	PG_RETURN_POINTER(routine);
}
