/*
 * name_parts.c - SQL function name_parts.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "compat.h"
#include "fmgr.h"
#include "funcapi.h"

#include "bridge.h"
#include "core/name_parts.h"

PG_FUNCTION_INFO_V1(anthology_name_parts);

/* The words of a role as they were written, a space between them; NULL if none. */
static Datum
role_text(const char *name, const AnthologyName *parsed, int role, bool *isnull)
{
	AnthologyBuffer words;

	*isnull = true;
	anthology_buffer_init(&words);
	for (int i = 0; i < parsed->count; i++)
	{
		const AnthologyNameWord *word = &parsed->words[i];

		if (word->role != role)
			continue;
		if (!*isnull)
			anthology_buffer_append_byte(&words,
										 (word->flags & ANTHOLOGY_WORD_HYPHEN) ? '-' : ' ');
		anthology_buffer_append(&words, name + word->start, word->end - word->start);
		*isnull = false;
	}
	if (*isnull)
		return (Datum) 0;
	return PointerGetDatum(anthology_take_buffer(&words, words.status));
}

Datum
anthology_name_parts(PG_FUNCTION_ARGS)
{
	AnthologyText name = anthology_text(PG_GETARG_TEXT_PP(0));
	AnthologyName parsed;
	TupleDesc	descriptor;
	Datum		values[ANTHOLOGY_NAME_ROLES];
	bool		nulls[ANTHOLOGY_NAME_ROLES];

	if (get_call_result_type(fcinfo, NULL, &descriptor) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	anthology_check_status(anthology_name_parse(name.data, name.length, &parsed));
	for (int role = 0; role < ANTHOLOGY_NAME_ROLES; role++)
		values[role] = role_text(name.data, &parsed, role, &nulls[role]);
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(descriptor), values, nulls)));
}
