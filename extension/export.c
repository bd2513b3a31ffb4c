/*
 * export.c - SQL function edit_collection: a collection file with attributes of
 * corrected names.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "compat.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "bridge.h"
#include "core/collection_edit.h"

PG_FUNCTION_INFO_V1(anthology_edit_collection);

/* The texts of a text[] argument, NULL for NULL; their number must be count. */
static char **
texts_of(ArrayType *array, int count)
{
	Datum	   *values;
	bool	   *nulls;
	int			found;
	char	  **texts;

	deconstruct_array(array, TEXTOID, -1, false, TYPALIGN_INT, &values, &nulls, &found);
	if (found != count)
		ereport(ERROR,
				errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				errmsg("the arrays have %d and %d elements", count, found));
	texts = palloc(sizeof(char *) * Max(found, 1));
	for (int i = 0; i < found; i++)
	{
		AnthologyText view;

		texts[i] = NULL;
		if (nulls[i])
			continue;
		view = anthology_text(DatumGetTextPP(values[i]));
		texts[i] = pnstrdup(view.data, view.length);
	}
	return texts;
}

/*
 * source text, volumes text[], papers text[], roles text[], positions text[],
 * attributes text[], values text[]: see anthology_collection_edit. A talk is a paper of no volume.
 */
Datum
anthology_edit_collection(PG_FUNCTION_ARGS)
{
	AnthologyText source = anthology_text(PG_GETARG_TEXT_PP(0));
	int			count = ArrayGetNItems(ARR_NDIM(PG_GETARG_ARRAYTYPE_P(1)),
									   ARR_DIMS(PG_GETARG_ARRAYTYPE_P(1)));
	char	  **volumes = texts_of(PG_GETARG_ARRAYTYPE_P(1), count);
	char	  **papers = texts_of(PG_GETARG_ARRAYTYPE_P(2), count);
	char	  **roles = texts_of(PG_GETARG_ARRAYTYPE_P(3), count);
	char	  **positions = texts_of(PG_GETARG_ARRAYTYPE_P(4), count);
	char	  **attributes = texts_of(PG_GETARG_ARRAYTYPE_P(5), count);
	char	  **values = texts_of(PG_GETARG_ARRAYTYPE_P(6), count);
	AnthologyNameEdit *edits = palloc0(sizeof(AnthologyNameEdit) * Max(count, 1));
	AnthologyBuffer edited;
	AnthologyStatus status;

	for (int i = 0; i < count; i++)
	{
		edits[i].volume = volumes[i];
		edits[i].paper = volumes[i] != NULL && papers[i] == NULL ? "" : papers[i];
		edits[i].talk = volumes[i] == NULL && papers[i] != NULL ? pg_strtoint32(papers[i]) : 0;
		edits[i].role = roles[i] ? roles[i] : "";
		edits[i].position = positions[i] ? pg_strtoint32(positions[i]) : 0;
		edits[i].attribute = attributes[i] ? attributes[i] : "";
		edits[i].value = values[i];
	}
	anthology_buffer_init(&edited);
	status = anthology_collection_edit(source.data, source.length, edits, count, &edited);
	for (int i = 0; i < count && status == ANTHOLOGY_OK; i++)
		if (!edits[i].done)
		{
			anthology_buffer_free(&edited);
			if (edits[i].volume == NULL)
				ereport(ERROR,
						errcode(ERRCODE_DATA_EXCEPTION),
						errmsg("the file has no %s %d in talk %d", edits[i].role,
							   edits[i].position, edits[i].talk));
			ereport(ERROR,
					errcode(ERRCODE_DATA_EXCEPTION),
					errmsg("the file has no %s %d in volume %s, paper %s", edits[i].role,
						   edits[i].position, edits[i].volume, edits[i].paper));
		}
	PG_RETURN_TEXT_P(anthology_take_buffer(&edited, status));
}
