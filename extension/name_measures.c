/*
 * name_measures.c - SQL functions jaro_similarity, jaro_winkler_similarity,
 * damerau_levenshtein and jaccard.
 */
#include "postgres.h"

#include "compat.h"
#include "fmgr.h"
#include "miscadmin.h"

#include "bridge.h"
#include "core/string_measures.h"

PG_FUNCTION_INFO_V1(anthology_jaro_similarity);
PG_FUNCTION_INFO_V1(anthology_jaro_winkler_similarity);
PG_FUNCTION_INFO_V1(anthology_damerau_levenshtein_sql);
PG_FUNCTION_INFO_V1(anthology_jaccard_sql);

typedef AnthologyStatus (*Measure) (const char *, size_t, const char *, size_t, double *);

static Datum
similarity(FunctionCallInfo fcinfo, Measure measure)
{
	AnthologyText a = anthology_text(PG_GETARG_TEXT_PP(0));
	AnthologyText b = anthology_text(PG_GETARG_TEXT_PP(1));
	double		result;

	anthology_check_status(measure(a.data, a.length, b.data, b.length, &result));
	PG_RETURN_FLOAT8(result);
}

Datum
anthology_jaro_similarity(PG_FUNCTION_ARGS)
{
	return similarity(fcinfo, anthology_jaro);
}

Datum
anthology_jaro_winkler_similarity(PG_FUNCTION_ARGS)
{
	return similarity(fcinfo, anthology_jaro_winkler);
}

Datum
anthology_jaccard_sql(PG_FUNCTION_ARGS)
{
	return similarity(fcinfo, anthology_jaccard);
}

/* A cancel or termination waits to be served. */
static int
interrupted(void)
{
	return InterruptPending;
}

Datum
anthology_damerau_levenshtein_sql(PG_FUNCTION_ARGS)
{
	AnthologyText a = anthology_text(PG_GETARG_TEXT_PP(0));
	AnthologyText b = anthology_text(PG_GETARG_TEXT_PP(1));
	int			distance;

	for (;;)
	{
		/* The core's memory is malloc's: interrupts are served out here. */
		CHECK_FOR_INTERRUPTS();
		anthology_check_status(anthology_damerau_levenshtein(a.data, a.length, b.data, b.length,
															 interrupted, &distance));
		if (distance >= 0)
			break;
	}
	PG_RETURN_INT32(distance);
}
