/*
 * name_operators.c - SQL functions name_similar and name_distance, behind the
 * operators ~= and <~>.
 */
#include "postgres.h"

#include "compat.h"
#include "fmgr.h"

#include "name_glue.h"

PG_FUNCTION_INFO_V1(anthology_name_similar);
PG_FUNCTION_INFO_V1(anthology_name_distance);

Datum
anthology_name_similar(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(anthology_name_arguments_similarity(fcinfo) >=
				   (float4) anthology_name_similarity_threshold);
}

Datum
anthology_name_distance(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT4(1 - anthology_name_arguments_similarity(fcinfo));
}
