/*
 * name_index_plan.c - the named functions are planned as the operators are.
 *
 * name_similar(a, b) and name_distance(a, b) become a ~= b and a <~> b when a query
 * is simplified, so that whatever the planner knows of the operators - the index,
 * ORDER BY, joins, how many rows - holds for who calls the functions, whose
 * names can be written without our schema in the search_path.
 *
 * name_similar(a, b, threshold) is no operator, for it has three arguments; of it
 * the planner asks the support function what an index can do, for a or for b, and
 * how many rows there will be.
 *
 * A comparison of the similarity or the distance with a number, as in
 * name_similarity(a, b) >= 0.8, is a condition of an operator of real's, about which
 * no support function of ours is asked. So a hook puts name_similar(a, b, threshold)
 * in its place, which is the same for every a and b. It is called when the planner
 * reads what it must know of the query's first table; that is after the conditions
 * have been simplified, and before any is assigned to a table or a join.
 *
 * The hook is there once the library is loaded, as the support functions, called
 * while the conditions are simplified, see to.
 */
#include "postgres.h"

#include <math.h>

#include "access/htup_details.h"
#include "catalog/pg_operator_d.h"
#include "catalog/pg_proc_d.h"
#include "catalog/pg_type_d.h"
#include "compat.h"
#include "fmgr.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "nodes/supportnodes.h"
#include "optimizer/optimizer.h"
#include ANTHOLOGY_REL_HOOK_HEADER
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"

#include "name_glue.h"
#include "name_index.h"

PG_FUNCTION_INFO_V1(anthology_name_similarity_support);

/* An operator of the schema that a function of ours is in; InvalidOid: there is none. */
static Oid
find_operator(Oid function, const char *name, Oid left, Oid right)
{
	return GetSysCacheOid4(OPERNAMENSP, Anum_pg_operator_oid, CStringGetDatum(name),
						   ObjectIdGetDatum(left), ObjectIdGetDatum(right),
						   ObjectIdGetDatum(get_func_namespace(function)));
}

/* The operator that a function of two arguments is behind, instead of its call. */
static Expr *
operator_of(const FuncExpr *call)
{
	static const char *const names[] = {"~=", "<~>"};

	if (list_length(call->args) != 2)
		return NULL;
	for (int i = 0; i < (int) lengthof(names); i++)
	{
		Oid			operator = find_operator(call->funcid, names[i], exprType(linitial(call->args)),
											 exprType(lsecond(call->args)));

		if (OidIsValid(operator) && get_opcode(operator) == call->funcid)
			return make_opclause(operator, call->funcresulttype, false, linitial(call->args),
								 lsecond(call->args), InvalidOid, call->inputcollid);
	}
	return NULL;
}

/* name_similar(a, b, threshold), of which one argument is indexed, as index conditions. */
static List *
index_conditions(SupportRequestIndexCondition *request)
{
	FuncExpr   *call = (FuncExpr *) request->node;
	Oid			query_type;
	Oid			operator;
	Node	   *column;
	Node	   *name;
	Node	   *least;
	RowExpr    *query;

	if (!IsA(call, FuncExpr) || list_length(call->args) != 3 || request->indexarg > 1)
		return NIL;
	column = list_nth(call->args, request->indexarg);
	name = list_nth(call->args, 1 - request->indexarg);
	least = lthird(call->args);
	query_type = GetSysCacheOid2(TYPENAMENSP, Anum_pg_type_oid, CStringGetDatum("name_query"),
								 ObjectIdGetDatum(get_func_namespace(call->funcid)));
	operator = find_operator(call->funcid, "~=", TEXTOID, query_type);
	if (!OidIsValid(operator) || !op_in_opfamily(operator, request->opfamily) ||
		!is_pseudo_constant_for_index(request->root, name, request->index) ||
		!is_pseudo_constant_for_index(request->root, least, request->index))
		return NIL;
	query = makeNode(RowExpr);
	query->args = list_make2(name, least);
	query->row_typeid = query_type;
	query->row_format = COERCE_EXPLICIT_CAST;
	query->colnames = list_make2(makeString(pstrdup("name")), makeString(pstrdup("threshold")));
	query->location = -1;
	request->lossy = false;
	return list_make1(make_opclause(operator, BOOLOID, false, (Expr *) column,
									(Expr *) eval_const_expressions(request->root, (Node *) query),
									InvalidOid, call->inputcollid));
}

/* name_similarity_support(internal) internal: of name_similarity, _similar and _distance */
Datum
anthology_name_similarity_support(PG_FUNCTION_ARGS)
{
	Node	   *request = (Node *) PG_GETARG_POINTER(0);
	Node	   *answer = NULL;

	if (IsA(request, SupportRequestSimplify))
		answer = (Node *) operator_of(((SupportRequestSimplify *) request)->fcall);
	else if (IsA(request, SupportRequestIndexCondition))
		answer = (Node *) index_conditions((SupportRequestIndexCondition *) request);
	else if (IsA(request, SupportRequestSelectivity))
	{
		SupportRequestSelectivity *of = (SupportRequestSelectivity *) request;

		if (list_length(of->args) == 3)
		{
			of->selectivity = of->is_join ?
				anthology_name_join_selectivity(of->root, of->args, of->jointype, of->sjinfo) :
				anthology_name_selectivity(of->root, of->args, of->varRelid);
			answer = request;
		}
	}
	PG_RETURN_POINTER(answer);
}

/* Whether a node is a call of a function of ours of two texts, by operator or by name. */
static bool
calls(Node *node, PGFunction ours, List **arguments, Oid *function)
{
	FmgrInfo	info;

	if (IsA(node, FuncExpr))
	{
		*function = ((FuncExpr *) node)->funcid;
		*arguments = ((FuncExpr *) node)->args;
	}
	else if (IsA(node, OpExpr))
	{
		*function = get_opcode(((OpExpr *) node)->opno);
		*arguments = ((OpExpr *) node)->args;
	}
	else
		return false;
	if (list_length(*arguments) != 2 || exprType(node) != FLOAT4OID)
		return false;
	fmgr_info(*function, &info);
	return info.fn_addr == ours;
}

/* How what is left of a comparison of real stands to what is right of it. */
typedef struct Comparison
{
	bool		greater;
	bool		or_equal;
} Comparison;

static bool
read_comparison(Oid function, Comparison *comparison)
{
	switch (function)
	{
		case F_FLOAT4GE:
		case F_FLOAT48GE:
		case F_FLOAT84GE:
			*comparison = (Comparison) {true, true};
			return true;
		case F_FLOAT4GT:
		case F_FLOAT48GT:
		case F_FLOAT84GT:
			*comparison = (Comparison) {true, false};
			return true;
		case F_FLOAT4LE:
		case F_FLOAT48LE:
		case F_FLOAT84LE:
			*comparison = (Comparison) {false, true};
			return true;
		case F_FLOAT4LT:
		case F_FLOAT48LT:
		case F_FLOAT84LT:
			*comparison = (Comparison) {false, false};
			return true;
		default:
			return false;
	}
}

/* The least similarity that is greater than (or equal to) a number. */
static float4
least_similarity(double number, bool or_equal)
{
	float4		least = (float4) number;

	if (or_equal ? (double) least < number : (double) least <= number)
		least = nextafterf(least, INFINITY);
	return least;
}

/*
 * The least similarity whose distance, as name_distance computes it, is less than
 * (or equal to) a number. Floats from 0 to 1 are in the order of their bits.
 */
static float4
least_for_distance(double number, bool or_equal)
{
	union
	{
		float4		value;
		uint32		bits;
	}			low = {.value = 0}, high = {.value = 1};

#define IS_NEAR(similarity) (or_equal ? (double) (float4) (1 - (similarity)) <= number : \
							 (double) (float4) (1 - (similarity)) < number)
	if (IS_NEAR(low.value))
		return low.value;
	if (!IS_NEAR(high.value))
		return 2;				/* none is */
	while (low.bits + 1 < high.bits)
	{
		uint32		middle = low.bits + (high.bits - low.bits) / 2;
		float4		value;

		memcpy(&value, &middle, sizeof(value));
		if (IS_NEAR(value))
			high.bits = middle;
		else
			low.bits = middle;
	}
	return high.value;
#undef IS_NEAR
}

/* name_similar(a, b, threshold) that is the same as a comparison; NULL if none is. */
static Expr *
similar_of(OpExpr *condition)
{
	Comparison	comparison;
	Node	   *call;
	Node	   *number;
	List	   *names;
	Oid			function;
	bool		is_distance;
	Expr	   *least;
	Oid			types[] = {TEXTOID, TEXTOID, FLOAT4OID};

	if (list_length(condition->args) != 2 ||
		!read_comparison(get_opcode(condition->opno), &comparison))
		return NULL;
	call = linitial(condition->args);
	number = lsecond(condition->args);
	if (!IsA(call, FuncExpr) && !IsA(call, OpExpr))
	{
		call = number;
		number = linitial(condition->args);
		comparison.greater = !comparison.greater;
	}
	is_distance = calls(call, anthology_name_distance, &names, &function);
	if (!is_distance && !calls(call, anthology_name_similarity, &names, &function))
		return NULL;
	if (comparison.greater == is_distance)
		return NULL;			/* not less than: no index tells */

	if (IsA(number, Const) && !((Const *) number)->constisnull)
	{
		Const	   *constant = (Const *) number;
		double		value = constant->consttype == FLOAT4OID ?
			DatumGetFloat4(constant->constvalue) :
			DatumGetFloat8(constant->constvalue);

		if (isnan(value))
			return NULL;
		value = is_distance ? least_for_distance(value, comparison.or_equal) :
			least_similarity(value, comparison.or_equal);
		least = (Expr *) makeConst(FLOAT4OID, -1, InvalidOid, sizeof(float4),
								   Float4GetDatum((float4) value), false, true);
	}
	else if (!is_distance && comparison.or_equal && exprType(number) == FLOAT4OID &&
			 !contain_volatile_functions(number))
		least = (Expr *) number;
	else
		return NULL;
	function = GetSysCacheOid3(PROCNAMEARGSNSP, Anum_pg_proc_oid, CStringGetDatum("name_similar"),
							   PointerGetDatum(buildoidvector(types, 3)),
							   ObjectIdGetDatum(get_func_namespace(function)));
	if (!OidIsValid(function))
		return NULL;			/* of a version before 1.2 */
	return (Expr *) makeFuncExpr(function, BOOLOID,
								 list_make3(linitial(names), lsecond(names), least),
								 InvalidOid, exprCollation(linitial(names)),
								 COERCE_EXPLICIT_CALL);
}

static Node *
replace(Node *node, void *context)
{
	if (node != NULL && IsA(node, OpExpr))
	{
		Expr	   *similar = similar_of((OpExpr *) node);

		if (similar != NULL)
		{
			*(bool *) context = true;
			return (Node *) similar;
		}
	}
	return expression_tree_mutator(node, replace, context);
}

/* The conditions with comparisons replaced, or as they are if there are none. */
static void
replace_in(Node **conditions)
{
	bool		any = false;
	Node	   *replaced = replace(*conditions, &any);

	if (any)
		*conditions = replaced;
}

/* NULL: no query at all, for an index that is being made. */
static void
replace_in_joins(Node *node)
{
	if (node == NULL)
		return;
	if (IsA(node, FromExpr))
	{
		FromExpr   *from = (FromExpr *) node;
		ListCell   *i;

		foreach(i, from->fromlist)
			replace_in_joins(lfirst(i));
		replace_in(&from->quals);
	}
	else if (IsA(node, JoinExpr))
	{
		JoinExpr   *join = (JoinExpr *) node;

		replace_in_joins(join->larg);
		replace_in_joins(join->rarg);
		replace_in(&join->quals);
	}
}

static anthology_rel_hook_type previous_hook = NULL;

/*
 * The planner's own copy of the query may be changed. This is called for every
 * table; the first time does it all, but for the predicates of indexes, which must
 * go on to look like the conditions.
 */
static void
replace_comparisons(ANTHOLOGY_REL_HOOK_PARAMETERS)
{
	ListCell   *i;

	if (previous_hook)
		previous_hook(ANTHOLOGY_REL_HOOK_ARGUMENTS);
	replace_in_joins((Node *) root->parse->jointree);
	foreach(i, root->parse->rtable)
		replace_in((Node **) &((RangeTblEntry *) lfirst(i))->securityQuals);
	foreach(i, rel->indexlist)
		replace_in((Node **) &((IndexOptInfo *) lfirst(i))->indpred);
}

void
anthology_name_index_plan_init(void)
{
	previous_hook = anthology_rel_hook;
	anthology_rel_hook = replace_comparisons;
}
