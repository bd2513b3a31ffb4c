/*
 * resolution.c - SQL functions that resolution needs: name_looks, icu_version.
 */
#include "postgres.h"

#include "compat.h"
#include "fmgr.h"
#include "utils/builtins.h"

#include "bridge.h"
#include "core/spelling_score.h"

PG_FUNCTION_INFO_V1(anthology_name_looks_sql);
PG_FUNCTION_INFO_V1(anthology_icu_version_sql);

Datum
anthology_name_looks_sql(PG_FUNCTION_ARGS)
{
	AnthologyText first = anthology_text(PG_GETARG_TEXT_PP(0));
	AnthologyText last = anthology_text(PG_GETARG_TEXT_PP(1));

	PG_RETURN_FLOAT8(anthology_spelling_score(first.data, first.length, last.data, last.length));
}

Datum
anthology_icu_version_sql(PG_FUNCTION_ARGS)
{
	PG_RETURN_TEXT_P(cstring_to_text(anthology_icu_version()));
}
