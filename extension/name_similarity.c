/*
 * name_similarity.c - SQL functions name_similarity and name_explain.
 */
#include "postgres.h"

#include "compat.h"
#include "fmgr.h"
#include "funcapi.h"
#include "utils/builtins.h"
#include "utils/tuplestore.h"

#include "bridge.h"
#include "core/name_similarity.h"
#include "name_glue.h"

PG_FUNCTION_INFO_V1(anthology_name_similarity);
PG_FUNCTION_INFO_V1(anthology_name_explain_sql);

/* An argument as it was last read. */
typedef struct CachedName
{
	int			length;			/* of bytes; -1 if nothing was read */
	int			uses;			/* calls with these bytes so far */
	char		bytes[ANTHOLOGY_NAME_BYTES];
	AnthologyName name;
} CachedName;

/* Longer names are cut when they are read, so longer bytes need not be kept. */
static const AnthologyName *
read_argument(CachedName *cached, text *argument)
{
	AnthologyText name;
	int			length = VARSIZE_ANY_EXHDR(argument);

	if (length == cached->length && memcmp(cached->bytes, VARDATA_ANY(argument), length) == 0)
	{
		/* A constant: look its words up once. */
		if (cached->uses++ == 1)
			anthology_name_prepare(&cached->name);
		return &cached->name;
	}
	cached->length = -1;
	name = anthology_text(argument);
	anthology_check_status(anthology_name_parse(name.data, name.length, &cached->name));
	if (length <= ANTHOLOGY_NAME_BYTES)
	{
		memcpy(cached->bytes, VARDATA_ANY(argument), length);
		cached->length = length;
		cached->uses = 1;
	}
	return &cached->name;
}

float4
anthology_name_arguments_similarity(FmgrInfo *flinfo, text *a_text, text *b_text)
{
	CachedName *cached = flinfo->fn_extra;
	const AnthologyName *a;
	const AnthologyName *b;

	if (cached == NULL)
	{
		cached = MemoryContextAlloc(flinfo->fn_mcxt, 2 * sizeof(CachedName));
		cached[0].length = cached[1].length = -1;
		flinfo->fn_extra = cached;
	}
	a = read_argument(&cached[0], a_text);
	b = read_argument(&cached[1], b_text);
	return anthology_name_compare(a, b);
}

Datum
anthology_name_similarity(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT4(anthology_name_arguments_similarity(fcinfo->flinfo, PG_GETARG_TEXT_PP(0),
														 PG_GETARG_TEXT_PP(1)));
}

/* The words [first, last] of a name as they were written; NULL if first is -1. */
static Datum
words_text(const char *bytes, const AnthologyName *name, int first, int last, bool *isnull)
{
	int			start;
	int			end;

	*isnull = first < 0;
	if (*isnull)
		return (Datum) 0;
	start = name->words[first].start;
	end = name->words[first].end;
	for (int i = first + 1; i <= last; i++)
	{
		start = Min(start, name->words[i].start);
		end = Max(end, name->words[i].end);
	}
	return PointerGetDatum(anthology_text_datum(bytes + start, end - start));
}

static const char *
how_text(AnthologyNameHow how)
{
	switch (how)
	{
		case ANTHOLOGY_HOW_EQUAL:
			return "equal";
		case ANTHOLOGY_HOW_DIACRITIC:
			return "diacritic";
		case ANTHOLOGY_HOW_JOINED:
			return "joined";
		case ANTHOLOGY_HOW_INITIAL:
			return "initial";
		case ANTHOLOGY_HOW_ALIAS:
			return "alias";
		case ANTHOLOGY_HOW_READING:
			return "reading";
		case ANTHOLOGY_HOW_ABBREVIATION:
			return "abbreviation";
		case ANTHOLOGY_HOW_SOUND:
			return "sound";
		case ANTHOLOGY_HOW_TYPO:
			return "typo";
		case ANTHOLOGY_HOW_MISSING:
			return "missing";
		case ANTHOLOGY_HOW_CONFLICT:
			return "conflict";
		case ANTHOLOGY_HOW_NOT:
			break;
	}
	elog(ERROR, "unrecognized way to agree: %d", (int) how);
	return NULL;				/* keep compiler quiet */
}

Datum
anthology_name_explain_sql(PG_FUNCTION_ARGS)
{
	AnthologyText a = anthology_text(PG_GETARG_TEXT_PP(0));
	AnthologyText b = anthology_text(PG_GETARG_TEXT_PP(1));
	AnthologyName a_name;
	AnthologyName b_name;
	AnthologyNameExplanation explanation;
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;

	anthology_check_status(anthology_name_parse(a.data, a.length, &a_name));
	anthology_check_status(anthology_name_parse(b.data, b.length, &b_name));
	anthology_name_explain(&a_name, &b_name, &explanation);
	InitMaterializedSRF(fcinfo, 0);
	for (int i = 0; i < explanation.count; i++)
	{
		const AnthologyNameReason *reason = &explanation.reasons[i];
		Datum		values[4];
		bool		nulls[4] = {false, false, false, false};

		values[0] = words_text(a.data, &a_name, reason->a_first, reason->a_last, &nulls[0]);
		values[1] = words_text(b.data, &b_name, reason->b_first, reason->b_last, &nulls[1]);
		values[2] = CStringGetTextDatum(how_text(reason->how));
		values[3] = Float4GetDatum(reason->contribution);
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
	return (Datum) 0;
}
