/*
 * name_measures.c - SQL functions jaro_similarity, jaro_winkler_similarity,
 * damerau_levenshtein and jaccard.
 */
#include "postgres.h"

#include "compat.h"
#include "fmgr.h"

#include "bridge.h"
#include "core/string_measures.h"

PG_FUNCTION_INFO_V1(anthology_jaro_similarity);
PG_FUNCTION_INFO_V1(anthology_jaro_winkler_similarity);
PG_FUNCTION_INFO_V1(anthology_damerau_levenshtein_sql);
PG_FUNCTION_INFO_V1(anthology_jaccard_sql);

typedef AnthologyStatus (*Measure) (const char *, size_t, const char *, size_t, double *);

static void
check_measure(AnthologyStatus status)
{
	if (status == ANTHOLOGY_TOO_LONG)
		ereport(ERROR,
				errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				errmsg("strings are too long to be compared"),
				errdetail("Together they may have %zu bytes.", ANTHOLOGY_LONGEST_MEASURED));
	anthology_check_status(status);
}

static Datum
similarity(FunctionCallInfo fcinfo, Measure measure)
{
	AnthologyText a = anthology_text(PG_GETARG_TEXT_PP(0));
	AnthologyText b = anthology_text(PG_GETARG_TEXT_PP(1));
	double		result;

	check_measure(measure(a.data, a.length, b.data, b.length, &result));
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

Datum
anthology_damerau_levenshtein_sql(PG_FUNCTION_ARGS)
{
	AnthologyText a = anthology_text(PG_GETARG_TEXT_PP(0));
	AnthologyText b = anthology_text(PG_GETARG_TEXT_PP(1));
	int			distance;

	check_measure(anthology_damerau_levenshtein(a.data, a.length, b.data, b.length, &distance));
	PG_RETURN_INT32(distance);
}
