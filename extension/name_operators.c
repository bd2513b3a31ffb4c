/*
 * name_operators.c - SQL functions name_similar and name_distance, behind the
 * operators ~= and <~>.
 */
#include "postgres.h"

#include "compat.h"
#include "executor/executor.h"
#include "fmgr.h"

#include "bridge.h"
#include "name_glue.h"

PG_FUNCTION_INFO_V1(anthology_name_similar);
PG_FUNCTION_INFO_V1(anthology_name_distance);
PG_FUNCTION_INFO_V1(anthology_name_similar_query);
PG_FUNCTION_INFO_V1(anthology_name_similar_threshold);

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

Datum
anthology_name_similar_threshold(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(anthology_name_arguments_similarity(fcinfo->flinfo, PG_GETARG_TEXT_PP(0),
													   PG_GETARG_TEXT_PP(1)) >=
				   PG_GETARG_FLOAT4(2));
}
