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

PG_FUNCTION_INFO_V1(anthology_judge_pages);
PG_FUNCTION_INFO_V1(anthology_judge_merge);

/* Scores the page on the desk; those of wanted papers, or all, below the threshold. */
static void
judge_page(AnthologyReading *reading, const AnthologyModel *model, double name_weight, int person,
		   const bool *wanted, double threshold, ReturnSetInfo *result)
{
	const AnthologyCorpus *corpus = &reading->corpus;
	const int  *page = corpus->paper + corpus->paper_start[person];
	int			n = corpus->paper_start[person + 1] - corpus->paper_start[person];
	Datum		values[3];
	bool		nulls[3] = {false, false, false};

	if (n < 2)
		return;
	anthology_desk_lay(corpus, &reading->desk, page, n, &person, 1);
	for (int i = 0; i < n; i++)
	{
		double		signals[PAPER_SIGNALS];
		AnthologyStratum stratum;
		int			shared;
		int			linked;
		float4		score;

		if (wanted != NULL && !wanted[page[i]])
			continue;
		CHECK_FOR_INTERRUPTS();
		stratum = anthology_paper_signals(corpus, &reading->desk, page[i], signals, &shared, &linked);
		score = anthology_judge_probability(anthology_weigh(model, stratum, signals, NULL) + name_weight);
		if (score >= threshold)
			continue;
		values[0] = anthology_judge_paper_id(reading, page[i]);
		values[1] = anthology_judge_person_id(reading, person);
		values[2] = Float4GetDatum(score);
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
		pfree(DatumGetPointer(values[0]));
		pfree(DatumGetPointer(values[1]));
	}
	anthology_desk_clear(corpus, &reading->desk, &person, 1);
}

Datum
anthology_judge_pages(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	double		threshold;
	AnthologyModel *model;
	AnthologyModel *names;
	AnthologyReading *reading;
	double		name_weight;

	if (PG_ARGISNULL(0) != PG_ARGISNULL(1) || PG_ARGISNULL(2))
		ereport(ERROR, errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				errmsg("the threshold must not be null, nor only one of papers and persons"));
	threshold = PG_GETARG_FLOAT8(2);
	InitMaterializedSRF(fcinfo, 0);
	SPI_connect();
	model = anthology_judge_model(MODEL_PAPER);
	names = anthology_judge_model(MODEL_NAME);
	/* On a page is who bears one of its names. */
	name_weight = anthology_judge_scale_weight(&names->scale[0][NAME_OF_PERSON], 1);
	if (PG_ARGISNULL(0))
	{
		reading = anthology_judge_read_corpus();
		for (int person = 0; person < reading->corpus.persons; person++)
		{
			judge_page(reading, model, name_weight, person, NULL, threshold, result);
			if ((person + 1) % 10000 == 0)
				ereport(NOTICE, errmsg("judged %d of %d persons", person + 1, reading->corpus.persons));
		}
	}
	else
	{
		Datum	   *ids;
		bool	   *nulls;
		int			count;
		bool	   *wanted;

		reading = anthology_judge_read_around(PG_GETARG_DATUM(1), PG_GETARG_DATUM(0));
		wanted = anthology_judge_zeroed(sizeof(bool), reading->corpus.papers);
		deconstruct_array(PG_GETARG_ARRAYTYPE_P(0), TEXTOID, -1, false, TYPALIGN_INT, &ids, &nulls, &count);
		for (int i = 0; i < count; i++)
		{
			int			paper = nulls[i] ? -1 : anthology_judge_paper(reading, DatumGetTextPP(ids[i]));

			if (paper >= 0)
				wanted[paper] = true;
		}
		deconstruct_array(PG_GETARG_ARRAYTYPE_P(1), TEXTOID, -1, false, TYPALIGN_INT, &ids, &nulls, &count);
		for (int i = 0; i < count; i++)
		{
			int			person = nulls[i] ? -1 : anthology_judge_person(reading, DatumGetTextPP(ids[i]));

			if (person >= 0)
				judge_page(reading, model, name_weight, person, wanted, threshold, result);
		}
	}
	SPI_finish();
	return (Datum) 0;
}

/*
 * Some papers of one page against another page, as if both were one person's:
 * neither counts as a namesake of the other. In log-odds, without the name.
 */
Datum
anthology_judge_merge(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	Datum		person = PG_GETARG_DATUM(1);
	AnthologyModel *model;
	AnthologyReading *reading;
	const AnthologyCorpus *corpus;
	Datum	   *ids;
	bool	   *id_nulls;
	int			count;
	int			number;
	int			other;
	Datum		values[2];
	bool		nulls[2] = {false, false};

	InitMaterializedSRF(fcinfo, 0);
	SPI_connect();
	model = anthology_judge_model(MODEL_PAPER);
	reading = anthology_judge_read_around(PointerGetDatum(construct_array(&person, 1, TEXTOID, -1, false, TYPALIGN_INT)),
						  PG_GETARG_DATUM(0));
	corpus = &reading->corpus;
	number = anthology_judge_person(reading, PG_GETARG_TEXT_PP(1));
	other = anthology_judge_person(reading, PG_GETARG_TEXT_PP(2));
	if (number >= 0)
	{
		anthology_desk_lay(corpus, &reading->desk, corpus->paper + corpus->paper_start[number],
						   corpus->paper_start[number + 1] - corpus->paper_start[number], &number, 1);
		if (other >= 0)
			reading->desk.hidden[other] = true;
		deconstruct_array(PG_GETARG_ARRAYTYPE_P(0), TEXTOID, -1, false, TYPALIGN_INT, &ids, &id_nulls, &count);
		for (int i = 0; i < count; i++)
		{
			int			paper = id_nulls[i] ? -1 : anthology_judge_paper(reading, DatumGetTextPP(ids[i]));
			double		signals[PAPER_SIGNALS];
			AnthologyStratum stratum;
			int			shared;
			int			linked;

			if (paper < 0)
				continue;
			CHECK_FOR_INTERRUPTS();
			stratum = anthology_paper_signals(corpus, &reading->desk, paper, signals, &shared, &linked);
			values[0] = ids[i];
			values[1] = Float8GetDatum(anthology_weigh(model, stratum, signals, NULL));
			tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
		}
	}
	SPI_finish();
	return (Datum) 0;
}
