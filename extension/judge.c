/*
 * judge.c - one paper against the other papers of a person: a score, and why.
 */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "funcapi.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/memutils.h"
#include "utils/tuplestore.h"

#include "judge.h"
#include "term_statistics.h"

PG_FUNCTION_INFO_V1(anthology_assignment_score);
PG_FUNCTION_INFO_V1(anthology_assignment_evidence);

/* How one paper was judged. */
typedef struct Judgement
{
	bool		others;			/* whether there is anything to judge from */
	AnthologyStratum stratum;
	double		signals[PAPER_SIGNALS];
	double		contributions[PAPER_SIGNALS];
	double		prior;
	double		name_similarity;
	double		name_weight;
	int			orcid;			/* 1 equal, -1 another, 0 unknown */
	double		orcid_weight;
	int			shared;
	int			linked;
	int			page_size;
	double		log_odds;
} Judgement;

static Judgement *
judge(Datum paper, Datum person)
{
	static SPIPlanPtr plan;
	Oid			types[2] = {TEXTOID, TEXTOID};
	Datum		values[2] = {paper, person};
	Judgement  *judgement = palloc0(sizeof(Judgement));
	AnthologyModel *model = anthology_judge_model(MODEL_PAPER);
	AnthologyModel *names = anthology_judge_model(MODEL_NAME);
	AnthologyReading *reading;
	int			printed = -1;
	int			page_number;
	int			paper_number;
	Datum		array;
	Datum		other = (Datum) 0;
	HeapTuple	row;
	TupleDesc	columns;
	bool		isnull;

	/* The name in question: the person's own, or the one most like it. */
	SPI_execute_plan(anthology_saved_plan(&plan,
								"SELECT p.id IS NOT NULL, q.id IS NOT NULL, a.person_id, a.similarity, "
								"CASE WHEN a.orcid OPERATOR(pg_catalog.=) q.orcid THEN 1 "
								"WHEN a.orcid OPERATOR(pg_catalog.<>) q.orcid THEN -1 ELSE 0 END "
								"FROM (VALUES ($1, $2)) AS asked(paper_id, person_id) "
								"LEFT JOIN anthology.paper p ON p.id OPERATOR(pg_catalog.=) asked.paper_id "
								"LEFT JOIN anthology.person q ON q.id OPERATOR(pg_catalog.=) asked.person_id "
								"LEFT JOIN LATERAL (SELECT n.person_id, n.orcid, "
								"coalesce((SELECT pg_catalog.max(anthology.name_similarity(n.full_name, m.full_name)) "
								"FROM anthology.person_name m WHERE m.person_id OPERATOR(pg_catalog.=) $2), 0) AS similarity "
								"FROM anthology.authorship n WHERE n.paper_id OPERATOR(pg_catalog.=) $1 "
								"ORDER BY n.person_id OPERATOR(pg_catalog.=) $2 DESC NULLS LAST, 3 DESC, n.role, n.\"position\" "
								"LIMIT 1) a ON true", 2, types), values, NULL, true, 1);
	row = SPI_tuptable->vals[0];
	columns = SPI_tuptable->tupdesc;
	if (!DatumGetBool(SPI_getbinval(row, columns, 1, &isnull)))
		ereport(ERROR, errcode(ERRCODE_UNDEFINED_OBJECT),
				errmsg("there is no paper \"%s\"", TextDatumGetCString(paper)));
	if (!DatumGetBool(SPI_getbinval(row, columns, 2, &isnull)))
		ereport(ERROR, errcode(ERRCODE_UNDEFINED_OBJECT),
				errmsg("there is no person \"%s\"", TextDatumGetCString(person)));
	other = SPI_getbinval(row, columns, 3, &isnull);
	if (isnull)
		other = (Datum) 0;
	judgement->name_similarity = DatumGetFloat4(SPI_getbinval(row, columns, 4, &isnull));
	if (isnull)
		judgement->name_similarity = 0;
	judgement->orcid = DatumGetInt32(SPI_getbinval(row, columns, 5, &isnull));
	if (isnull)
		judgement->orcid = 0;
	judgement->name_weight = anthology_judge_scale_weight(&names->scale[0][NAME_OF_PERSON], judgement->name_similarity);
	judgement->orcid_weight = anthology_judge_scale_weight(&names->scale[0][NAME_ORCID], judgement->orcid);

	array = PointerGetDatum(construct_array(&paper, 1, TEXTOID, -1, false, TYPALIGN_INT));
	reading = anthology_judge_read_around(PointerGetDatum(construct_array(&person, 1, TEXTOID, -1, false, TYPALIGN_INT)),
						  array);
	paper_number = anthology_judge_paper(reading, DatumGetTextPP(paper));
	page_number = anthology_judge_person(reading, DatumGetTextPP(person));
	if (other != (Datum) 0 && judgement->name_similarity >= 0.5)
		printed = anthology_judge_person(reading, DatumGetTextPP(other));
	if (page_number >= 0)
	{
		const AnthologyCorpus *corpus = &reading->corpus;
		const int  *page = corpus->paper + corpus->paper_start[page_number];

		judgement->page_size = corpus->paper_start[page_number + 1] - corpus->paper_start[page_number];
		anthology_desk_lay(corpus, &reading->desk, page, judgement->page_size, &page_number, 1);
		reading->desk.printed = printed;
		judgement->page_size -= reading->desk.on_page[paper_number];
		if (judgement->page_size > 0)
		{
			judgement->others = true;
			judgement->stratum = anthology_paper_signals(corpus, &reading->desk, paper_number,
														 judgement->signals,
														 &judgement->shared, &judgement->linked);
			judgement->prior = model->prior[judgement->stratum];
			judgement->log_odds = anthology_weigh(model, judgement->stratum, judgement->signals,
												  judgement->contributions);
		}
	}
	judgement->log_odds += judgement->name_weight + judgement->orcid_weight;
	MemoryContextDelete(reading->context);
	return judgement;
}

Datum
anthology_assignment_score(PG_FUNCTION_ARGS)
{
	float4		score;

	SPI_connect();
	score = anthology_judge_probability(judge(PG_GETARG_DATUM(0), PG_GETARG_DATUM(1))->log_odds);
	SPI_finish();
	PG_RETURN_FLOAT4(score);
}

/* A row of evidence. */
static void
put_evidence(ReturnSetInfo *result, const char *signal, double value, bool has_value,
			 double weight, const char *detail)
{
	Datum		values[4];
	bool		nulls[4] = {false, !has_value, false, detail == NULL};

	values[0] = CStringGetTextDatum(signal);
	values[1] = Float8GetDatum(value);
	values[2] = Float8GetDatum(weight);
	values[3] = detail == NULL ? (Datum) 0 : CStringGetTextDatum(detail);
	tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
}

static char *
describe(const Judgement *j, int signal)
{
	double		value = j->signals[signal];

	switch (signal)
	{
		case PAPER_COAUTHORS:
			return j->signals[PAPER_COAUTHOR_COUNT] == 0 ? pstrdup("the paper has no co-authors")
				: j->shared == 0 ? pstrdup("no shared co-author")
				: psprintf("%d shared co-author%s", j->shared, j->shared == 1 ? "" : "s");
		case PAPER_RARE_COAUTHOR:
			return value == 0 ? NULL
				: psprintf("the rarest of them has %.0f paper%s", Max(exp(1 / value) - 1, 1),
						   exp(1 / value) - 1 < 1.5 ? "" : "s");
		case PAPER_COAUTHOR_SHARE:
			return j->shared == 0 ? NULL
				: psprintf("%d of %.0f co-authors are shared", j->shared, j->signals[PAPER_COAUTHOR_COUNT]);
		case PAPER_SECOND_HAND:
			return psprintf("%d co-author%s elsewhere with co-authors of this person", j->linked,
							j->linked == 1 ? " has written" : "s have written");
		case PAPER_NAMESAKE:
			return value == 0 ? NULL
				: pstrdup("co-authors have written elsewhere with a namesake");
		case PAPER_NAMESAKE_SHARE:
			return value == 0 ? NULL
				: psprintf("%.0f of %.0f co-authors know a namesake", value * j->signals[PAPER_COAUTHOR_COUNT],
						   j->signals[PAPER_COAUTHOR_COUNT]);
		case PAPER_NEAREST_TEXT:
			return psprintf("content of the nearest paper: %.2f", value);
		case PAPER_NEAR_TEXTS:
			return psprintf("content of the three nearest papers: %.2f", value);
		case PAPER_WHOLE_TEXT:
			return psprintf("content of all %d papers: %.2f", j->page_size, value);
		case PAPER_COAUTHOR_TEXT:
			return value < 0 ? pstrdup("the co-authors have no other papers")
				: psprintf("what the co-authors write elsewhere against this person's papers: %.2f", value);
		case PAPER_AFFILIATION:
			return value < 0 ? pstrdup("no affiliation is printed here or on the page")
				: psprintf("the affiliation printed here against the page's nearest: %.2f", value);
		case PAPER_PLACES:
			return value < 0 ? pstrdup("it is not known where the authors work")
				: psprintf("where the authors work against the page's affiliations: %.2f", value);
		case PAPER_VENUE:
			return psprintf("%.0f of %d papers are of the same venue", value * (j->page_size + 1), j->page_size);
		case PAPER_YEARS:
			return value < 0 ? pstrdup("the year is unknown")
				: psprintf("%.0f year%s from the nearest paper", value, value == 1 ? "" : "s");
		default:
			return NULL;
	}
}

Datum
anthology_assignment_evidence(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	Judgement  *judgement;

	InitMaterializedSRF(fcinfo, 0);
	SPI_connect();
	judgement = judge(PG_GETARG_DATUM(0), PG_GETARG_DATUM(1));
	put_evidence(result, "name", judgement->name_similarity, true, judgement->name_weight,
				 psprintf("the name most like it has similarity %.2f", judgement->name_similarity));
	if (judgement->orcid != 0)
		put_evidence(result, "orcid", judgement->orcid, true, judgement->orcid_weight,
					 judgement->orcid > 0 ? "the same ORCID" : "another ORCID");
	if (!judgement->others)
		put_evidence(result, "prior", 0, false, 0, "this person has no other papers to judge from");
	else
	{
		static const char *const occasion[STRATA] = {
			"a paper without co-authors", "a paper with shared co-authors",
			"a paper whose co-authors are known to co-authors", "a paper with strangers"
		};

		put_evidence(result, "prior", 0, false, judgement->prior, occasion[judgement->stratum]);
		for (int i = 0; i < PAPER_SIGNALS; i++)
			put_evidence(result, anthology_judge_signal_name(MODEL_PAPER, i), judgement->signals[i], true,
						 judgement->contributions[i], describe(judgement, i));
	}
	SPI_finish();
	return (Datum) 0;
}
