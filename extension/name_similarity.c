/*
 * name_similarity.c - SQL functions name_similarity, name_normalize, name_parts.
 */
#include "postgres.h"

#include "compat.h"
#include "fmgr.h"
#include "funcapi.h"

#include "bridge.h"
#include "core/name_parts.h"
#include "core/name_similarity.h"

PG_FUNCTION_INFO_V1(anthology_name_similarity_sql);
PG_FUNCTION_INFO_V1(anthology_name_normalize_sql);
PG_FUNCTION_INFO_V1(anthology_name_parts_sql);

Datum
anthology_name_similarity_sql(PG_FUNCTION_ARGS)
{
	AnthologyText a = anthology_text(PG_GETARG_TEXT_PP(0));
	AnthologyText b = anthology_text(PG_GETARG_TEXT_PP(1));
	double		similarity;

	anthology_check_status(anthology_name_similarity(a.data, a.length, b.data, b.length,
													 &similarity));
	PG_RETURN_FLOAT4((float4) similarity);
}

Datum
anthology_name_normalize_sql(PG_FUNCTION_ARGS)
{
	AnthologyText name = anthology_text(PG_GETARG_TEXT_PP(0));
	AnthologyBuffer normal;

	anthology_buffer_init(&normal);
	PG_RETURN_TEXT_P(anthology_take_buffer(&normal,
										   anthology_name_normalize(name.data, name.length,
																	&normal)));
}

/* The words of a part with a space between them; NULL if it has none. */
static Datum
part_text(const AnthologyNamePart *part, bool *isnull)
{
	AnthologyBuffer words;

	*isnull = part->count == 0;
	if (*isnull)
		return (Datum) 0;
	anthology_buffer_init(&words);
	for (int i = 0; i < part->count; i++)
	{
		if (i > 0)
			anthology_buffer_append_byte(&words, ' ');
		anthology_buffer_append(&words, part->words[i].start, part->words[i].length);
	}
	return PointerGetDatum(anthology_take_buffer(&words, words.status));
}

Datum
anthology_name_parts_sql(PG_FUNCTION_ARGS)
{
	AnthologyText name = anthology_text(PG_GETARG_TEXT_PP(0));
	AnthologyNameParts parts;
	TupleDesc	descriptor;
	Datum		values[5];
	bool		nulls[5];

	if (get_call_result_type(fcinfo, NULL, &descriptor) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	anthology_name_parts(name.data, name.length, &parts);
	values[0] = part_text(&parts.given, &nulls[0]);
	values[1] = part_text(&parts.middle, &nulls[1]);
	values[2] = part_text(&parts.particle, &nulls[2]);
	values[3] = part_text(&parts.family, &nulls[3]);
	values[4] = part_text(&parts.suffix, &nulls[4]);
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(descriptor), values, nulls)));
}
