/*
 * abstract_plain.c - SQL function abstract_plain(text).
 */
#include "postgres.h"

#include "compat.h"
#include "fmgr.h"

#include "bridge.h"
#include "core/plain.h"

PG_FUNCTION_INFO_V1(anthology_abstract_plain);

Datum
anthology_abstract_plain(PG_FUNCTION_ARGS)
{
	AnthologyText markup = anthology_text(PG_GETARG_TEXT_PP(0));
	AnthologyBuffer plain;

	anthology_buffer_init(&plain);
	PG_RETURN_TEXT_P(anthology_take_buffer(&plain,
										   anthology_plain(markup.data, markup.length, &plain)));
}
