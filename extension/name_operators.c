/*
 * name_operators.c - SQL functions name_similar and name_distance, behind the
 * operators ~= and <~>, and what is expected of them.
 */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_type_d.h"
#include "compat.h"
#include "executor/executor.h"
#include "fmgr.h"
#include "nodes/primnodes.h"
#include "utils/lsyscache.h"
#include "utils/selfuncs.h"

#include "bridge.h"
#include "core/name_frequency.h"
#include "core/name_similarity.h"
#include "name_glue.h"

PG_FUNCTION_INFO_V1(anthology_name_similar);
PG_FUNCTION_INFO_V1(anthology_name_distance);
PG_FUNCTION_INFO_V1(anthology_name_similar_query);
PG_FUNCTION_INFO_V1(anthology_name_similar_selectivity);

Datum
anthology_name_similar(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(anthology_name_arguments_similarity(fcinfo->flinfo, PG_GETARG_TEXT_PP(0),
													   PG_GETARG_TEXT_PP(1)) >=
				   (float4) anthology_name_similarity_threshold);
}

Datum
anthology_name_distance(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT4(1 - anthology_name_arguments_similarity(fcinfo->flinfo, PG_GETARG_TEXT_PP(0),
															 PG_GETARG_TEXT_PP(1)));
}

bool
anthology_name_query(Datum query, Datum *name, float *least)
{
	HeapTupleHeader row = DatumGetHeapTupleHeader(query);
	bool		no_name;
	bool		no_least;
	Datum		threshold;

	*name = GetAttributeByNum(row, 1, &no_name);
	threshold = GetAttributeByNum(row, 2, &no_least);
	if (no_name || no_least)
		return false;
	*least = DatumGetFloat4(threshold);
	return true;
}

Datum
anthology_name_similar_query(PG_FUNCTION_ARGS)
{
	Datum		name;
	float		least;

	if (!anthology_name_query(PG_GETARG_DATUM(1), &name, &least))
		PG_RETURN_NULL();
	PG_RETURN_BOOL(anthology_name_arguments_similarity(fcinfo->flinfo, PG_GETARG_TEXT_PP(0),
													   DatumGetTextPP(name)) >= least);
}

/* The part of all names that is similar to this one, by how rare its words are. */
static double
expected_part(text *argument)
{
	AnthologyText utf8 = anthology_text(argument);
	AnthologyName name;
	double		family_bits = 0;
	double		given_bits = 0;

	anthology_check_status(anthology_name_parse(utf8.data, utf8.length, &name));
	anthology_name_prepare(&name);
	for (int i = 0; i < name.count; i++)
	{
		const AnthologyNameWord *word = &name.words[i];

		if (word->role == ANTHOLOGY_NAME_FAMILY)
			family_bits = Max(family_bits, anthology_rank_bits(word->family_rank));
		else if (word->role == ANTHOLOGY_NAME_GIVEN && word->size > 1)
			given_bits = anthology_rank_bits(word->given_rank);
	}
	/* Of those with the family name, who has the given name or its initial. */
	return pow(2, -family_bits) * (pow(2, -given_bits) + 0.01);
}

/* RESTRICT of the operators ~=: the common values are tried, the rest is estimated. */
Datum
anthology_name_similar_selectivity(PG_FUNCTION_ARGS)
{
	PlannerInfo *root = (PlannerInfo *) PG_GETARG_POINTER(0);
	Oid			operator = PG_GETARG_OID(1);
	List	   *arguments = (List *) PG_GETARG_POINTER(2);
	int			relation = PG_GETARG_INT32(3);
	VariableStatData variable;
	Node	   *other;
	bool		on_left;
	double		part = 0.0001;	/* of a name not known yet */

	if (!get_restriction_variable(root, arguments, relation, &variable, &other, &on_left))
		PG_RETURN_FLOAT8(part);
	if (IsA(other, Const))
	{
		Const	   *constant = (Const *) other;
		Datum		name = constant->constvalue;
		float		least;
		bool		is_null = constant->constisnull;

		if (!is_null && constant->consttype != TEXTOID)
			is_null = !anthology_name_query(constant->constvalue, &name, &least);
		if (is_null)
			part = 0;
		else
		{
			FmgrInfo	function;
			double		common = 0;
			double		similar;

			part = expected_part(DatumGetTextPP(name));
			fmgr_info(get_opcode(operator), &function);
			similar = mcv_selectivity(&variable, &function, PG_GET_COLLATION(),
									  constant->constvalue, on_left, &common);
			part = similar + part * (1 - common);
		}
	}
	ReleaseVariableStats(variable);
	CLAMP_PROBABILITY(part);
	PG_RETURN_FLOAT8(part);
}
