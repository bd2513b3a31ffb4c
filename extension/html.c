/*
 * html.c - SQL functions html_escape and abstract_html: text and markup as HTML.
 */
#include "postgres.h"

#include "compat.h"
#include "fmgr.h"

#include "bridge.h"
#include "core/html.h"

PG_FUNCTION_INFO_V1(anthology_html_escape_sql);
PG_FUNCTION_INFO_V1(anthology_abstract_html);

Datum
anthology_html_escape_sql(PG_FUNCTION_ARGS)
{
	AnthologyText plain = anthology_text(PG_GETARG_TEXT_PP(0));
	AnthologyBuffer html;

	anthology_buffer_init(&html);
	anthology_html_escape(plain.data, plain.length, &html);
	PG_RETURN_TEXT_P(anthology_take_buffer(&html, html.status));
}

Datum
anthology_abstract_html(PG_FUNCTION_ARGS)
{
	AnthologyText markup = anthology_text(PG_GETARG_TEXT_PP(0));
	AnthologyBuffer html;

	anthology_buffer_init(&html);
	PG_RETURN_TEXT_P(anthology_take_buffer(&html, anthology_html(markup.data, markup.length,
																 PG_GETARG_BOOL(1), &html)));
}
