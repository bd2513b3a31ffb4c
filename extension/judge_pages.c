/*
 * judge_pages.c - assignments judged page by page, of some pages or of all.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/tuplestore.h"

#include "judge.h"
#include "progress.h"

PG_FUNCTION_INFO_V1(anthology_judge_pages);

/* What judges page after page, and where its findings go. */
typedef struct PageScan
{
	AnthologyJudge judge;
	AnthologyReading *reading;
	double		threshold;
	ReturnSetInfo *result;
} PageScan;

/* Returns the wanted papers (all for NULL) of a page that score below the threshold. */
static void
scan_page(const PageScan *scan, int person, const bool *wanted)
{
	AnthologyReading *reading = scan->reading;
	const AnthologyCorpus *corpus = &reading->corpus;
	const int  *page = corpus->paper + corpus->paper_start[person];
	int			n = corpus->paper_start[person + 1] - corpus->paper_start[person];

	if (n < 2)
		return;
	anthology_judge_lay_page(reading, person);
	for (int i = 0; i < n; i++)
	{
		AnthologyJudgement judgement;
		Datum		values[4];
		bool		nulls[4] = {false};
		float4		score;

		if (wanted != NULL && !wanted[page[i]])
			continue;
		CHECK_FOR_INTERRUPTS();
		/* The person of a page bears one of its names, so the similarity is 1. */
		anthology_judge_paper_on_page(&scan->judge, reading, person, page[i], person, 1,
									  &judgement);
		score = anthology_judge_probability(judgement.log_odds);
		if (score >= scan->threshold)
			continue;
		values[0] = anthology_judge_paper_id(reading, page[i]);
		values[1] = anthology_judge_person_id(reading, person);
		values[2] = Float4GetDatum(score);
		values[3] = CStringGetTextDatum(anthology_judge_reason(&judgement));
		tuplestore_putvalues(scan->result->setResult, scan->result->setDesc, values, nulls);
	}
	anthology_judge_clear_page(reading, person);
}

static void
scan_corpus(const PageScan *scan)
{
	int			persons = scan->reading->corpus.persons;

	for (int person = 0; person < persons; person++)
	{
		scan_page(scan, person, NULL);
		if (person % 100 == 0)
			anthology_report_progress("suspicious_assignments: pages", person, persons);
		if ((person + 1) % 10000 == 0)
			ereport(NOTICE, errmsg("judged %d of %d persons", person + 1, persons));
	}
}

static void
scan_some(const PageScan *scan, ArrayType *papers, ArrayType *persons)
{
	bool	   *wanted = anthology_judge_zeroed(sizeof(bool), scan->reading->corpus.papers);
	Datum	   *ids;
	bool	   *nulls;
	int			count;

	deconstruct_array(papers, TEXTOID, -1, false, TYPALIGN_INT, &ids, &nulls, &count);
	for (int i = 0; i < count; i++)
	{
		int			paper = nulls[i] ? -1
			: anthology_judge_paper(scan->reading, DatumGetTextPP(ids[i]));

		if (paper >= 0)
			wanted[paper] = true;
	}
	deconstruct_array(persons, TEXTOID, -1, false, TYPALIGN_INT, &ids, &nulls, &count);
	for (int i = 0; i < count; i++)
	{
		int			person = nulls[i] ? -1
			: anthology_judge_person(scan->reading, DatumGetTextPP(ids[i]));

		if (person >= 0)
			scan_page(scan, person, wanted);
	}
}

Datum
anthology_judge_pages(PG_FUNCTION_ARGS)
{
	PageScan		scan = {.result = (ReturnSetInfo *) fcinfo->resultinfo};

	if (PG_ARGISNULL(0) != PG_ARGISNULL(1) || PG_ARGISNULL(2))
		ereport(ERROR, errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				errmsg("the threshold must not be null, nor only one of papers and persons"));
	scan.threshold = PG_GETARG_FLOAT8(2);
	InitMaterializedSRF(fcinfo, 0);
	SPI_connect();
	scan.judge = anthology_judge_weights();
	if (PG_ARGISNULL(0))
	{
		scan.reading = anthology_judge_read_corpus();
		scan_corpus(&scan);
	}
	else
	{
		scan.reading = anthology_judge_read_around(PG_GETARG_DATUM(1), PG_GETARG_DATUM(0));
		scan_some(&scan, PG_GETARG_ARRAYTYPE_P(0), PG_GETARG_ARRAYTYPE_P(1));
	}
	SPI_finish();
	return (Datum) 0;
}
