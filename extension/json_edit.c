/*
 * json_edit.c - SQL functions edit_json_object and edit_json_strings.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "compat.h"
#include "fmgr.h"
#include "utils/array.h"

#include "bridge.h"
#include "core/json_edit.h"

PG_FUNCTION_INFO_V1(anthology_edit_json_object);
PG_FUNCTION_INFO_V1(anthology_edit_json_strings);

/* The elements of a text[] argument; data NULL for NULL. */
static AnthologyText *
texts_of(ArrayType *array, int *count)
{
	Datum	   *values;
	bool	   *nulls;
	AnthologyText *texts;

	deconstruct_array(array, TEXTOID, -1, false, TYPALIGN_INT, &values, &nulls, count);
	texts = palloc0(sizeof(AnthologyText) * Max(*count, 1));
	for (int i = 0; i < *count; i++)
		if (!nulls[i])
			texts[i] = anthology_text(DatumGetTextPP(values[i]));
	return texts;
}

static void
require_as_many(int one, int other)
{
	if (one != other)
		ereport(ERROR,
				errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				errmsg("the arrays have %d and %d elements", one, other));
}

typedef struct KeyOrder
{
	AnthologyText *keys;
	int			count;
} KeyOrder;

static int
rank_in_order(const char *key, size_t length, void *argument)
{
	KeyOrder   *order = argument;

	for (int i = 0; i < order->count; i++)
		if ((size_t) order->keys[i].length == length &&
			memcmp(order->keys[i].data, key, length) == 0)
			return i;
	return -1;
}

/* object json, keys text[], new_values text[], key_order text[] or NULL, indent integer */
Datum
anthology_edit_json_object(PG_FUNCTION_ARGS)
{
	AnthologyText object;
	AnthologyText *keys;
	AnthologyText *values;
	KeyOrder	order = {NULL, 0};
	int			count;
	int			value_count;
	AnthologyMemberEdit *edits;
	AnthologyBuffer edited;
	AnthologyStatus status;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(2) || PG_ARGISNULL(4))
		PG_RETURN_NULL();
	object = anthology_text(PG_GETARG_TEXT_PP(0));
	keys = texts_of(PG_GETARG_ARRAYTYPE_P(1), &count);
	values = texts_of(PG_GETARG_ARRAYTYPE_P(2), &value_count);
	require_as_many(count, value_count);
	if (!PG_ARGISNULL(3))
		order.keys = texts_of(PG_GETARG_ARRAYTYPE_P(3), &order.count);
	edits = palloc0(sizeof(AnthologyMemberEdit) * Max(count, 1));
	for (int i = 0; i < count; i++)
	{
		if (keys[i].data == NULL)
			ereport(ERROR,
					errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					errmsg("the key of a member must not be null"));
		edits[i].key = keys[i].data;
		edits[i].key_length = (size_t) keys[i].length;
		edits[i].value = values[i].data;
		edits[i].value_length = (size_t) values[i].length;
	}
	anthology_buffer_init(&edited);
	status = anthology_json_edit_object(object.data, (size_t) object.length, edits, count,
										PG_ARGISNULL(3) ? NULL : rank_in_order, &order,
										Max(PG_GETARG_INT32(4), 0), &edited);
	PG_RETURN_TEXT_P(anthology_take_buffer(&edited, status));
}

/* document json, key text, before text[], after text[] */
Datum
anthology_edit_json_strings(PG_FUNCTION_ARGS)
{
	AnthologyText document = anthology_text(PG_GETARG_TEXT_PP(0));
	AnthologyText key = anthology_text(PG_GETARG_TEXT_PP(1));
	int			count;
	int			after_count;
	AnthologyText *before = texts_of(PG_GETARG_ARRAYTYPE_P(2), &count);
	AnthologyText *after = texts_of(PG_GETARG_ARRAYTYPE_P(3), &after_count);
	AnthologyStringEdit *edits = palloc0(sizeof(AnthologyStringEdit) * Max(count, 1));
	AnthologyBuffer edited;
	AnthologyStatus status;

	require_as_many(count, after_count);
	for (int i = 0; i < count; i++)
	{
		if (before[i].data == NULL || after[i].data == NULL)
			ereport(ERROR,
					errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					errmsg("the strings must not be null"));
		edits[i].before = pnstrdup(before[i].data, before[i].length);
		edits[i].after = pnstrdup(after[i].data, after[i].length);
	}
	anthology_buffer_init(&edited);
	status = anthology_json_edit_strings(document.data, (size_t) document.length,
										 pnstrdup(key.data, key.length), edits, count, &edited);
	PG_RETURN_TEXT_P(anthology_take_buffer(&edited, status));
}
