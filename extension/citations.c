/*
 * citations.c - SQL function bibtex_text: markup as the value of a BibTeX field.
 */
#include "postgres.h"

#include "compat.h"
#include "fmgr.h"

#include "bridge.h"
#include "core/bibtex_text.h"

PG_FUNCTION_INFO_V1(anthology_bibtex_text_sql);

Datum
anthology_bibtex_text_sql(PG_FUNCTION_ARGS)
{
	AnthologyText markup = anthology_text(PG_GETARG_TEXT_PP(0));
	AnthologyBuffer tex;

	anthology_buffer_init(&tex);
	PG_RETURN_TEXT_P(anthology_take_buffer(&tex, anthology_bibtex_text(markup.data, markup.length,
																	   &tex)));
}
