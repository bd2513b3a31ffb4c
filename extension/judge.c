/*
 * judge.c - one paper against the other papers of persons: scores, and why.
 */
#include "postgres.h"

#include <math.h>

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
#include "term_statistics.h"
#include "version.h"

PG_FUNCTION_INFO_V1(anthology_assignment_score);
PG_FUNCTION_INFO_V1(anthology_assignment_evidence);
PG_FUNCTION_INFO_V1(anthology_judge_against);

/* A name less like any of the person's is somebody else's on the paper. */
#define SAME_NAME 0.5

AnthologyJudge
anthology_judge_weights(void)
{
	AnthologyJudge judge;

	judge.paper = anthology_judge_forest(MODEL_PAPER);
	judge.name = anthology_judge_model(MODEL_NAME);
	return judge;
}

void
anthology_judge_lay_page(AnthologyReading *reading, int person)
{
	const AnthologyCorpus *corpus = &reading->corpus;
	int			from = corpus->paper_start[person];

	anthology_desk_lay(corpus, &reading->desk, corpus->paper + from,
					   corpus->paper_start[person + 1] - from, &person, 1);
}

void
anthology_judge_clear_page(AnthologyReading *reading, int person)
{
	anthology_desk_clear(&reading->corpus, &reading->desk, &person, 1);
}

int
anthology_judge_printed_id(const AnthologyCorpus *corpus, AnthologyIdKind kind, int paper,
						   int person)
{
	for (int j = corpus->author_start[paper]; j < corpus->author_start[paper + 1]; j++)
		if (corpus->author[j] == person)
			return corpus->author_id[kind][j];
	return -1;
}

/*
 * Returns 1 if an id beside the name is the person's, -1 if it is another's, 0 if
 * nothing is known. The id listed for the person decides, else those on the other
 * papers of the page. If ids of one kind say nothing, the next kind is asked.
 */
static int
compare_ids(const AnthologyReading *reading, int person, int paper, int printed,
			AnthologyIdKind *decided_by)
{
	const AnthologyCorpus *corpus = &reading->corpus;

	for (int kind = 0; kind < ANTHOLOGY_ID_KINDS; kind++)
	{
		int			bearer = reading->desk.on_page[paper] ? person : printed;
		int			id = bearer < 0 ? -1
			: anthology_judge_printed_id(corpus, kind, paper, bearer);
		int			verdict = 0;

		if (id < 0)
			continue;
		*decided_by = kind;
		if (corpus->person_id[kind][person] >= 0)
			return id == corpus->person_id[kind][person] ? 1 : -1;
		for (int i = 0; i < reading->desk.page_size && verdict <= 0; i++)
		{
			int			other = reading->desk.page[i] == paper ? -1
				: anthology_judge_printed_id(corpus, kind, reading->desk.page[i], person);

			if (other >= 0)
				verdict = other == id ? 1 : -1;
		}
		if (verdict != 0)
			return verdict;
	}
	return 0;
}

void
anthology_judge_paper_on_page(const AnthologyJudge *judge, AnthologyReading *reading, int person,
							  int paper, int printed, double similarity,
							  AnthologyJudgement *judgement)
{
	static const char *const kind_name[ANTHOLOGY_ID_KINDS] = {
		[ANTHOLOGY_ORCID] = "ORCID",
		[ANTHOLOGY_OPENREVIEW] = "OpenReview id",
	};
	AnthologyIdKind kind = ANTHOLOGY_ORCID;

	memset(judgement, 0, sizeof(*judgement));
	judgement->name_similarity = similarity;
	judgement->name_weight = anthology_judge_scale_weight(&judge->name->scale[0][NAME_OF_PERSON],
														  similarity);
	if (person >= 0)
	{
		judgement->page_size = reading->desk.page_size - reading->desk.on_page[paper];
		judgement->identity = compare_ids(reading, person, paper, printed, &kind);
		judgement->identity_kind = kind_name[kind];
	}
	if (judgement->page_size > 0)
	{
		judgement->others = true;
		reading->desk.printed = printed;
		anthology_paper_signals(&reading->corpus, &reading->desk, paper, judgement->signals,
								&judgement->shared, &judgement->linked);
		reading->desk.printed = -1;
		judgement->prior = judge->paper->prior;
		judgement->log_odds = anthology_forest_weigh(judge->paper, judgement->signals,
													 judgement->contributions);
	}
	if (judgement->identity != 0)
	{
		/* Content may confirm an id. It never overrules one. */
		double		decides = anthology_judge_scale_weight(&judge->name->scale[0][NAME_ORCID],
														   judgement->identity);

		judgement->identity_weight = judgement->identity > 0
			? Max(decides - judgement->log_odds, 0) : Min(decides - judgement->log_odds, 0);
	}
	judgement->log_odds += judgement->name_weight + judgement->identity_weight;
}

static Datum
array_of_one(Datum text_datum)
{
	return PointerGetDatum(construct_array(&text_datum, 1, TEXTOID, -1, false, TYPALIGN_INT));
}

void
anthology_judge_require_person(Datum id)
{
	static SPIPlanPtr plan;
	Oid			type = TEXTOID;

	if (plan == NULL)
		anthology_require_functions();
	anthology_saved_plan(&plan, "SELECT anthology_internal.require_person($1)", 1, &type);
	SPI_execute_plan(plan, &id, NULL, true, 1);
}

/* Takes what was judged: the id of the person, and how. */
typedef void (*Taker) (void *state, Datum person, const AnthologyJudgement *judgement);

/* Judges a paper against persons (text[]), each once, from one reading. Needs SPI. */
static void
judge_against(Datum paper, Datum persons, Taker take, void *state)
{
	static SPIPlanPtr plan;
	static SPIPlanPtr plan_paper;
	Oid			types[2] = {TEXTOID, TEXTARRAYOID};
	Datum		values[2] = {paper, persons};
	AnthologyJudge judge = anthology_judge_weights();
	AnthologyReading *reading;
	SPITupleTable *asked;
	int			count;
	int			number;

	anthology_saved_plan(&plan_paper, "SELECT FROM anthology.paper WHERE id = $1", 1, types);
	SPI_execute_plan(plan_paper, values, NULL, true, 1);
	if (SPI_processed == 0)
		ereport(ERROR, errcode(ERRCODE_UNDEFINED_OBJECT),
				errmsg("there is no paper \"%s\"", TextDatumGetCString(paper)));
	anthology_saved_plan(&plan, "SELECT * FROM anthology_internal.judge_read_asked($1, $2)", 2,
						 types);
	SPI_execute_plan(plan, values, NULL, true, 0);
	asked = SPI_tuptable;
	count = (int) SPI_processed;
	reading = anthology_judge_read_around(persons, array_of_one(paper));
	number = anthology_judge_paper(reading, DatumGetTextPP(paper));
	for (int i = 0; i < count; i++)
	{
		bool		isnull;
		Datum		person = SPI_getbinval(asked->vals[i], asked->tupdesc, 1, &isnull);
		int			page;
		int			printed = -1;
		double		similarity;
		Datum		bearer;
		AnthologyJudgement judgement;

		CHECK_FOR_INTERRUPTS();
		if (!DatumGetBool(SPI_getbinval(asked->vals[i], asked->tupdesc, 2, &isnull)))
			anthology_judge_require_person(person);
		similarity = DatumGetFloat4(SPI_getbinval(asked->vals[i], asked->tupdesc, 4, &isnull));
		bearer = SPI_getbinval(asked->vals[i], asked->tupdesc, 3, &isnull);
		if (!isnull && similarity >= SAME_NAME)
			printed = anthology_judge_person(reading, DatumGetTextPP(bearer));
		page = anthology_judge_person(reading, DatumGetTextPP(person));
		if (page >= 0)
			anthology_judge_lay_page(reading, page);
		anthology_judge_paper_on_page(&judge, reading, page, number, printed, similarity,
									  &judgement);
		if (page >= 0)
			anthology_judge_clear_page(reading, page);
		take(state, person, &judgement);
	}
	MemoryContextDelete(reading->context);
}

static void
take_score(void *state, Datum person, const AnthologyJudgement *judgement)
{
	*(float4 *) state = anthology_judge_probability(judgement->log_odds);
}

Datum
anthology_assignment_score(PG_FUNCTION_ARGS)
{
	float4		score = 0;

	SPI_connect();
	judge_against(PG_GETARG_DATUM(0), array_of_one(PG_GETARG_DATUM(1)), take_score, &score);
	SPI_finish();
	PG_RETURN_FLOAT4(score);
}

/* Rows of evidence; after the person, its score and the reason if they are asked for. */
typedef struct Evidence
{
	ReturnSetInfo *result;
	bool		of_persons;
	Datum		person;
	Datum		score;
	Datum		reason;
} Evidence;

static void
put_evidence(const Evidence *evidence, const char *signal, const double *value, double weight,
			 const char *detail)
{
	Datum		values[7];
	bool		nulls[7] = {false};
	int			n = 0;

	if (evidence->of_persons)
	{
		values[n++] = evidence->person;
		values[n++] = evidence->score;
		values[n++] = evidence->reason;
	}
	values[n++] = CStringGetTextDatum(signal);
	nulls[n] = value == NULL;
	values[n++] = Float8GetDatum(value == NULL ? 0 : *value);
	values[n++] = Float8GetDatum(weight);
	nulls[n] = detail == NULL;
	values[n++] = detail == NULL ? (Datum) 0 : CStringGetTextDatum(detail);
	tuplestore_putvalues(evidence->result->setResult, evidence->result->setDesc, values, nulls);
}

static void
take_evidence(void *state, Datum person, const AnthologyJudgement *judgement)
{
	Evidence   *evidence = state;
	double		identity = judgement->identity;

	evidence->person = person;
	if (evidence->of_persons)
	{
		evidence->score = Float4GetDatum(anthology_judge_probability(judgement->log_odds));
		evidence->reason = CStringGetTextDatum(anthology_judge_reason(judgement));
	}
	put_evidence(evidence, "name", &judgement->name_similarity, judgement->name_weight,
				 psprintf("the name most like it has similarity %.2f", judgement->name_similarity));
	if (judgement->identity != 0)
		put_evidence(evidence, anthology_judge_signal_name(MODEL_NAME, NAME_ORCID), &identity,
					 judgement->identity_weight,
					 psprintf("%s %s", judgement->identity > 0 ? "the same" : "another",
							  judgement->identity_kind));
	if (!judgement->others)
	{
		put_evidence(evidence, "prior", NULL, 0, "this person has no other papers to judge from");
		return;
	}
	put_evidence(evidence, "prior", NULL, judgement->prior, "a paper of which nothing is known");
	for (int i = 0; i < PAPER_SIGNALS; i++)
		put_evidence(evidence, anthology_judge_signal_name(MODEL_PAPER, i), &judgement->signals[i],
					 judgement->contributions[i], anthology_judge_detail(judgement, i));
}

Datum
anthology_assignment_evidence(PG_FUNCTION_ARGS)
{
	Evidence	evidence = {.result = (ReturnSetInfo *) fcinfo->resultinfo};

	InitMaterializedSRF(fcinfo, 0);
	SPI_connect();
	judge_against(PG_GETARG_DATUM(0), array_of_one(PG_GETARG_DATUM(1)), take_evidence, &evidence);
	SPI_finish();
	return (Datum) 0;
}

Datum
anthology_judge_against(PG_FUNCTION_ARGS)
{
	Evidence	evidence = {.result = (ReturnSetInfo *) fcinfo->resultinfo, .of_persons = true};

	InitMaterializedSRF(fcinfo, 0);
	if (array_contains_nulls(PG_GETARG_ARRAYTYPE_P(1)))
		ereport(ERROR, errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				errmsg("the id of a person must not be null"));
	SPI_connect();
	judge_against(PG_GETARG_DATUM(0), PG_GETARG_DATUM(1), take_evidence, &evidence);
	SPI_finish();
	return (Datum) 0;
}
