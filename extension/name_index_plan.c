/*
 * name_index_plan.c - name_similarity(column, name) >= constant by an index.
 *
 * The planner matches a condition with an index if the indexed column stands on
 * one side of it. Here it stands within a function, and a support function is
 * asked only about conditions that are a function themselves. So a hook gives
 * the planner the condition that the index knows, column ~= (name, constant), as
 * one that follows; it is used to make paths only, and the condition that was
 * written stays as the filter.
 *
 * The hook is there once the library is loaded. The support function of
 * name_similarity does nothing else than to have it loaded before paths are made.
 */
#include "postgres.h"

#include <math.h>

#include "access/htup_details.h"
#include "catalog/pg_amop.h"
#include "catalog/pg_type_d.h"
#include "compat.h"
#include "fmgr.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "optimizer/optimizer.h"
#include "optimizer/paths.h"
#include "optimizer/restrictinfo.h"
#include "parser/parse_coerce.h"
#include "utils/builtins.h"
#include "utils/catcache.h"
#include "utils/fmgroids.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"

#include "name_glue.h"
#include "name_index.h"

PG_FUNCTION_INFO_V1(anthology_name_similarity_support);

static set_rel_pathlist_hook_type previous_hook = NULL;

Datum
anthology_name_similarity_support(PG_FUNCTION_ARGS)
{
	PG_RETURN_POINTER(NULL);
}

/* The operator of a strategy of the index's class, and its right type. */
static Oid
find_operator(const IndexOptInfo *index, Oid *right_type)
{
	CatCList   *operators = SearchSysCacheList1(AMOPSTRATEGY, ObjectIdGetDatum(index->opfamily[0]));
	Oid			found = InvalidOid;

	for (int i = 0; i < operators->n_members; i++)
	{
		Form_pg_amop operator = (Form_pg_amop) GETSTRUCT(&operators->members[i]->tuple);

		if (operator->amopstrategy == NAME_INDEX_SIMILAR_QUERY)
		{
			found = operator->amopopr;
			*right_type = operator->amoprighttype;
		}
	}
	ReleaseCatCacheList(operators);
	return found;
}

/* Whether a node is a call of our name_similarity. */
static bool
is_similarity(Node *node)
{
	FmgrInfo	function;

	if (!IsA(node, FuncExpr) || ((FuncExpr *) node)->funcresulttype != FLOAT4OID ||
		list_length(((FuncExpr *) node)->args) != 2)
		return false;
	fmgr_info(((FuncExpr *) node)->funcid, &function);
	return function.fn_addr == anthology_name_similarity;
}

/*
 * The similarity that a condition asks of its call at least, as real: not greater
 * than what was written, so that the condition follows.
 */
static Expr *
least_of(OpExpr *condition, FuncExpr **call)
{
	Oid			function = get_opcode(condition->opno);
	Node	   *left;
	Node	   *right;

	if (list_length(condition->args) != 2)
		return NULL;
	left = linitial(condition->args);
	right = lsecond(condition->args);
	switch (function)
	{
		case F_FLOAT4LE:
		case F_FLOAT4LT:
		case F_FLOAT84LE:
		case F_FLOAT84LT:
			{
				Node	   *swap = left;

				left = right;
				right = swap;
			}
			break;
		case F_FLOAT4GE:
		case F_FLOAT4GT:
		case F_FLOAT48GE:
		case F_FLOAT48GT:
			break;
		default:
			return NULL;
	}
	if (!is_similarity(left) || !IsA(right, Const) || ((Const *) right)->constisnull)
		return NULL;
	*call = (FuncExpr *) left;
	if (((Const *) right)->consttype == FLOAT4OID)
		return (Expr *) right;
	{
		double		value = DatumGetFloat8(((Const *) right)->constvalue);
		float4		least = (float4) value;

		if ((double) least > value)
			least = nextafterf(least, -1);
		return (Expr *) makeConst(FLOAT4OID, -1, InvalidOid, sizeof(float4),
								  Float4GetDatum(least), false, true);
	}
}

/* What follows from a condition, in terms of an index's operator; NULL if nothing does. */
static Expr *
implied_condition(Node *condition, const IndexOptInfo *index)
{
	FuncExpr   *call;
	Expr	   *least;
	Node	   *column;
	Node	   *name;
	RowExpr    *query;
	Oid			query_type;
	Oid			operator;

	if (!IsA(condition, OpExpr))
		return NULL;
	least = least_of((OpExpr *) condition, &call);
	if (least == NULL)
		return NULL;
	column = linitial(call->args);
	name = lsecond(call->args);
	if (!match_index_to_operand(column, 0, unconstify(IndexOptInfo *, index)))
	{
		Node	   *swap = column;

		column = name;
		name = swap;
		if (!match_index_to_operand(column, 0, unconstify(IndexOptInfo *, index)))
			return NULL;
	}
	operator = find_operator(index, &query_type);
	if (!OidIsValid(operator))
		return NULL;
	query = makeNode(RowExpr);
	query->args = list_make2(name, least);
	query->row_typeid = query_type;
	query->row_format = COERCE_EXPLICIT_CAST;
	query->colnames = list_make2(makeString(pstrdup("name")), makeString(pstrdup("threshold")));
	query->location = -1;
	return make_opclause(operator, BOOLOID, false, (Expr *) copyObject(column), (Expr *) query,
						 InvalidOid, call->inputcollid);
}

static void
add_paths(PlannerInfo *root, RelOptInfo *rel, Index number, RangeTblEntry *entry)
{
	List	   *all_implied = NIL;
	List	   *written = NIL;	/* of every index, what applied before */
	ListCell   *i;
	ListCell   *j;

	if (previous_hook)
		previous_hook(root, rel, number, entry);
	if (entry->rtekind != RTE_RELATION || !IS_SIMPLE_REL(rel))
		return;
	foreach(i, rel->indexlist)
	{
		IndexOptInfo *index = lfirst(i);
		List	   *implied = NIL;

		written = lappend(written, index->indrestrictinfo);
		if (index->amcostestimate != (void *) anthology_name_index_cost)
			continue;
		foreach(j, index->indrestrictinfo)
		{
			RestrictInfo *restriction = lfirst(j);
			Expr	   *condition = implied_condition((Node *) restriction->clause, index);
			RestrictInfo *new;

			if (condition == NULL)
				continue;
			condition = (Expr *) eval_const_expressions(root, (Node *) condition);
			new = make_simple_restrictinfo(root, condition);
			new->security_level = restriction->security_level;
			implied = lappend(implied, new);
		}
		index->indrestrictinfo = list_concat_copy(index->indrestrictinfo, implied);
		all_implied = implied ? implied : all_implied;
	}

	if (all_implied != NIL)
	{
		/*
		 * The planner takes the condition that was written for true of a third of
		 * all rows; these paths know better.
		 */
		Selectivity selectivity = clauselist_selectivity(root, all_implied, 0, JOIN_INNER, NULL);
		Cardinality rows = clamp_row_est(rel->tuples * selectivity);

		if (rows < rel->rows)
		{
			foreach(i, rel->pathlist)
			{
				Path	   *path = lfirst(i);

				if (path->param_info == NULL)
					path->rows = rows;
			}
			rel->rows = rows;
		}
		create_index_paths(root, rel);
	}
	forboth(i, rel->indexlist, j, written)
		((IndexOptInfo *) lfirst(i))->indrestrictinfo = lfirst(j);
}

void
anthology_name_index_plan_init(void)
{
	previous_hook = set_rel_pathlist_hook;
	set_rel_pathlist_hook = add_paths;
}
