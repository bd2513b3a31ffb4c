/*
 * judge_mixed.c - pages that seem to mix persons, of the whole corpus or of some.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/memutils.h"
#include "utils/tuplestore.h"

#include "judge.h"
#include "progress.h"

PG_FUNCTION_INFO_V1(anthology_judge_mixed);

/* Puts the papers of a page, if it is mixed at least as probably as the threshold. */
static void
put_page(AnthologyReading *reading, int person, const AnthologyPageParts *parts,
		 ReturnSetInfo *result)
{
	Datum		values[5];
	bool		nulls[5] = {false};

	values[0] = anthology_judge_person_id(reading, person);
	values[1] = Float4GetDatum((float4) parts->mixed);
	for (int i = 0; i < parts->papers; i++)
	{
		values[2] = Int32GetDatum(parts->part[i] + 1);
		values[3] = anthology_judge_paper_id(reading, parts->paper[i]);
		values[4] = Float4GetDatum(parts->confidence[i]);
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
}

static void
judge_page(const AnthologyPartsJudge *judge, AnthologyReading *reading, int person,
		   double threshold, MemoryContext work, ReturnSetInfo *result)
{
	MemoryContext old = MemoryContextSwitchTo(work);
	AnthologyPageParts *parts;

	CHECK_FOR_INTERRUPTS();
	/* Below 0, whole pages are asked for as well. */
	if (threshold < 0 ||
		reading->corpus.paper_start[person + 1] - reading->corpus.paper_start[person] > 1)
	{
		parts = anthology_judge_page_parts(judge, reading, person);
		if ((parts->parts > 1 || threshold < 0) && parts->mixed >= threshold)
			put_page(reading, person, parts, result);
	}
	MemoryContextSwitchTo(old);
	MemoryContextReset(work);
}

Datum
anthology_judge_mixed(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	double		threshold;
	AnthologyPartsJudge judge;
	AnthologyReading *reading;
	MemoryContext work;

	if (PG_ARGISNULL(1))
		ereport(ERROR, errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				errmsg("the threshold must not be null"));
	threshold = PG_GETARG_FLOAT8(1);
	InitMaterializedSRF(fcinfo, 0);
	SPI_connect();
	judge = anthology_judge_parts_weights();
	work = AllocSetContextCreate(CurrentMemoryContext, "anthology page", ALLOCSET_DEFAULT_SIZES);
	if (PG_ARGISNULL(0))
	{
		reading = anthology_judge_read_corpus();
		for (int person = 0; person < reading->corpus.persons; person++)
		{
			judge_page(&judge, reading, person, threshold, work, result);
			if (person % 100 == 0)
				anthology_report_progress("mixed_pages: pages", person, reading->corpus.persons);
			if ((person + 1) % 10000 == 0)
				ereport(NOTICE,
						errmsg("parted %d of %d pages", person + 1, reading->corpus.persons));
		}
	}
	else
	{
		Datum		id = PG_GETARG_DATUM(0);
		int			person;

		anthology_judge_require_person(id);
		reading = anthology_judge_read_page(id);
		person = anthology_judge_person(reading, DatumGetTextPP(id));
		if (person >= 0)
			judge_page(&judge, reading, person, threshold, work, result);
	}
	SPI_finish();
	return (Datum) 0;
}
