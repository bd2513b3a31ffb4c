/*
 * orcid.c - SQL function orcid_normalize(text).
 */
#include "postgres.h"

#include "compat.h"
#include "fmgr.h"
#include "utils/builtins.h"

#include "core/orcid.h"

PG_FUNCTION_INFO_V1(anthology_orcid_normalize);

Datum
anthology_orcid_normalize(PG_FUNCTION_ARGS)
{
	text	   *argument = PG_GETARG_TEXT_PP(0);
	char		orcid[ANTHOLOGY_ORCID_LENGTH];

	/* ASCII has the same bytes in every server encoding: no conversion. */
	if (!anthology_orcid(VARDATA_ANY(argument), VARSIZE_ANY_EXHDR(argument), orcid))
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text_with_len(orcid, ANTHOLOGY_ORCID_LENGTH));
}
