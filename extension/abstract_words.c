/*
 * abstract_words.c - SQL function abstract_words: the terms of a text beside
 * what they are made of.
 */
#include "postgres.h"

#include "compat.h"
#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/memutils.h"
#include "utils/tuplestore.h"

#include "abstract_glue.h"
#include "bridge.h"
#include "core/plain.h"

PG_FUNCTION_INFO_V1(anthology_abstract_words_sql);

Datum
anthology_abstract_words_sql(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	AnthologyText view = anthology_text(PG_GETARG_TEXT_PP(0));
	AnthologyBuffer plain;
	AnthologyStatus status;
	AnthologyPiece piece;
	AnthologyTerms terms;
	char	   *copy;
	size_t		length;
	size_t		at = 0;
	MemoryContext row_context;
	MemoryContext old;

	InitMaterializedSRF(fcinfo, 0);
	anthology_buffer_init(&plain);
	status = anthology_plain(view.data, view.length, &plain);
	copy = anthology_take_bytes(&plain, status, &length);
	terms.stem = anthology_stem;
	row_context = AllocSetContextCreate(CurrentMemoryContext, "abstract_words",
										ALLOCSET_DEFAULT_SIZES);
	old = MemoryContextSwitchTo(row_context);
	while (anthology_next_piece(copy, length, &at, &piece))
	{
		CHECK_FOR_INTERRUPTS();
		if (!piece.is_token)
			continue;
		MemoryContextReset(row_context);
		anthology_token_terms(piece.text, piece.length, &terms);
		for (int i = 0; i < terms.count; i++)
		{
			AnthologyTerm *term = &terms.items[i];
			Datum		values[2];
			bool		nulls[2] = {false, false};

			values[0] = CStringGetTextDatum(anthology_cstring(term->text, term->length));
			values[1] = CStringGetTextDatum(anthology_cstring(term->source, term->source_length));
			tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
		}
	}
	MemoryContextSwitchTo(old);
	return (Datum) 0;
}
