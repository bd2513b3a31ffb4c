/*
 * full_id.c - SQL functions volume_full_id and paper_full_id.
 */
#include "postgres.h"

#include "compat.h"
#include "fmgr.h"

#include "bridge.h"
#include "core/full_id.h"

PG_FUNCTION_INFO_V1(anthology_volume_full_id);
PG_FUNCTION_INFO_V1(anthology_paper_full_id);

Datum
anthology_volume_full_id(PG_FUNCTION_ARGS)
{
	AnthologyText collection = anthology_text(PG_GETARG_TEXT_PP(0));
	AnthologyText volume = anthology_text(PG_GETARG_TEXT_PP(1));
	AnthologyBuffer id;

	anthology_buffer_init(&id);
	anthology_volume_id(collection.data, collection.length, volume.data, volume.length, &id);
	PG_RETURN_TEXT_P(anthology_take_buffer(&id, id.status));
}

Datum
anthology_paper_full_id(PG_FUNCTION_ARGS)
{
	AnthologyText collection = anthology_text(PG_GETARG_TEXT_PP(0));
	AnthologyText volume = anthology_text(PG_GETARG_TEXT_PP(1));
	AnthologyText paper = anthology_text(PG_GETARG_TEXT_PP(2));
	AnthologyBuffer id;

	anthology_buffer_init(&id);
	anthology_paper_id(collection.data, collection.length, volume.data, volume.length,
					   paper.data, paper.length, &id);
	PG_RETURN_TEXT_P(anthology_take_buffer(&id, id.status));
}
