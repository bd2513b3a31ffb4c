/*
 * name_slug.c - SQL functions name_slug(text) and name_slug(text, text).
 */
#include "postgres.h"

#include "compat.h"
#include "fmgr.h"

#include "bridge.h"
#include "core/slug.h"

PG_FUNCTION_INFO_V1(anthology_name_slug);
PG_FUNCTION_INFO_V1(anthology_name_slug_first_last);

Datum
anthology_name_slug(PG_FUNCTION_ARGS)
{
	AnthologyText name = anthology_text(PG_GETARG_TEXT_PP(0));
	AnthologyBuffer slug;

	anthology_buffer_init(&slug);
	PG_RETURN_TEXT_P(anthology_take_buffer(&slug, anthology_slug(name.data, name.length, &slug)));
}

Datum
anthology_name_slug_first_last(PG_FUNCTION_ARGS)
{
	AnthologyText first = anthology_text(PG_GETARG_TEXT_PP(0));
	AnthologyText last = anthology_text(PG_GETARG_TEXT_PP(1));
	AnthologyBuffer name;
	AnthologyBuffer slug;
	AnthologyStatus status;

	/* "first last", so that both functions agree by construction. */
	anthology_buffer_init(&name);
	anthology_buffer_init(&slug);
	anthology_buffer_append(&name, first.data, first.length);
	if (first.length > 0)
		anthology_buffer_append_byte(&name, ' ');
	anthology_buffer_append(&name, last.data, last.length);
	status = name.status;
	if (status == ANTHOLOGY_OK)
		status = anthology_slug(name.data, name.length, &slug);
	anthology_buffer_free(&name);
	PG_RETURN_TEXT_P(anthology_take_buffer(&slug, status));
}
