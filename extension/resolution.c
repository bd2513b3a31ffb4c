/*
 * resolution.c - SQL functions that resolution needs: name_looks, icu_version.
 */
#include "postgres.h"

#include "compat.h"
#include "fmgr.h"
#include "utils/builtins.h"

#include <unicode/uchar.h>
#include <unicode/uversion.h>

#include "bridge.h"
#include "core/name_looks.h"

PG_FUNCTION_INFO_V1(anthology_name_looks_sql);
PG_FUNCTION_INFO_V1(anthology_icu_version);

Datum
anthology_name_looks_sql(PG_FUNCTION_ARGS)
{
	AnthologyText first = anthology_text(PG_GETARG_TEXT_PP(0));
	AnthologyText last = anthology_text(PG_GETARG_TEXT_PP(1));

	PG_RETURN_FLOAT8(anthology_name_looks(first.data, first.length, last.data, last.length));
}

/* The library's version and its data's Unicode version: slugs depend on both. */
Datum
anthology_icu_version(PG_FUNCTION_ARGS)
{
	UVersionInfo version;
	char		icu[U_MAX_VERSION_STRING_LENGTH];
	char		unicode[U_MAX_VERSION_STRING_LENGTH];

	u_getVersion(version);
	u_versionToString(version, icu);
	u_getUnicodeVersion(version);
	u_versionToString(version, unicode);
	PG_RETURN_TEXT_P(cstring_to_text(psprintf("%s (Unicode %s)", icu, unicode)));
}
