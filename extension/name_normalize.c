/*
 * name_normalize.c - SQL function name_normalize.
 */
#include "postgres.h"

#include "compat.h"
#include "fmgr.h"

#include "bridge.h"
#include "core/name_parts.h"

PG_FUNCTION_INFO_V1(anthology_name_normalize);

Datum
anthology_name_normalize(PG_FUNCTION_ARGS)
{
	AnthologyText name = anthology_text(PG_GETARG_TEXT_PP(0));
	AnthologyName parsed;
	AnthologyBuffer form;
	AnthologyStatus status = anthology_name_parse(name.data, name.length, &parsed);

	anthology_buffer_init(&form);
	if (status == ANTHOLOGY_OK)
	{
		anthology_name_write(&parsed, &form);
		status = form.status;
	}
	PG_RETURN_TEXT_P(anthology_take_buffer(&form, status));
}
