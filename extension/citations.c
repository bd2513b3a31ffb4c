/*
 * citations.c - SQL functions bibtex_text, bibtex_plain and bibtex_value: the values of
 * BibTeX fields.
 */
#include "postgres.h"

#include "compat.h"
#include "fmgr.h"

#include "bridge.h"
#include "core/bibtex_text.h"

PG_FUNCTION_INFO_V1(anthology_bibtex_text_sql);
PG_FUNCTION_INFO_V1(anthology_bibtex_plain_sql);
PG_FUNCTION_INFO_V1(anthology_bibtex_value_sql);

static Datum
write_value(FunctionCallInfo fcinfo,
			AnthologyStatus (*write) (const char *, size_t, AnthologyBuffer *))
{
	AnthologyText view = anthology_text(PG_GETARG_TEXT_PP(0));
	AnthologyBuffer tex;

	anthology_buffer_init(&tex);
	PG_RETURN_TEXT_P(anthology_take_buffer(&tex, write(view.data, view.length, &tex)));
}

Datum
anthology_bibtex_text_sql(PG_FUNCTION_ARGS)
{
	return write_value(fcinfo, anthology_bibtex_text);
}

Datum
anthology_bibtex_plain_sql(PG_FUNCTION_ARGS)
{
	return write_value(fcinfo, anthology_bibtex_plain);
}

Datum
anthology_bibtex_value_sql(PG_FUNCTION_ARGS)
{
	return write_value(fcinfo, anthology_bibtex_value);
}
