/*
 * judge_merges.c - pages that seem to be of one person: two, or all in the corpus.
 *
 * Papers of the smaller page are judged against the larger one as if both were one
 * person's: neither counts as a namesake of the other. What each signal says is
 * averaged; names and ids of both pages are added once.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "common/hashfn.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "funcapi.h"
#include "lib/stringinfo.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/memutils.h"
#include "utils/tuplestore.h"

#include "core/name_parts.h"
#include "core/name_similarity.h"
#include "judge.h"
#include "judge_numbers.h"
#include "progress.h"
#include "term_statistics.h"

PG_FUNCTION_INFO_V1(anthology_merge_evidence);
PG_FUNCTION_INFO_V1(anthology_judge_merges);

#define SAMPLE 20				/* papers of the smaller page that are judged */
#define NAMES 8					/* of a person that are compared */
#define CROWD 30				/* a paper of more authors says little of who knows whom */
#define SIMILAR 0.6				/* names of pages that are compared in a scan */

/* How two pages were judged to be of one person. */
typedef struct Merge
{
	int			smaller;
	int			larger;
	int			papers;			/* that were judged */
	double		similarity;		/* of their names */
	double		name_weight;
	int			identity;		/* 1: an id on both pages, -1: ids on both and none the same */
	double		identity_weight;
	AnthologyJudgement mean;	/* of the papers */
} Merge;

static int
page_size(const AnthologyCorpus *corpus, int person)
{
	return corpus->paper_start[person + 1] - corpus->paper_start[person];
}

/* The names on a person's page, at most NAMES. */
static int
names_of(const AnthologyCorpus *corpus, int person, int *names)
{
	int			count = 0;

	for (int k = corpus->paper_start[person]; k < corpus->paper_start[person + 1] && count < NAMES;
		 k++)
		for (int j = corpus->author_start[corpus->paper[k]];
			 j < corpus->author_start[corpus->paper[k] + 1]; j++)
			if (corpus->author[j] == person)
			{
				int			n = 0;

				while (n < count && names[n] != corpus->author_full_name[j])
					n++;
				if (n == count && count < NAMES)
					names[count++] = corpus->author_full_name[j];
			}
	for (int j = corpus->listed_start[person];
		 j < corpus->listed_start[person + 1] && count < NAMES; j++)
		names[count++] = corpus->listed[j];
	return count;
}

static double
name_similarity(AnthologyReading *reading, int a, int b)
{
	int			names_a[NAMES];
	int			names_b[NAMES];
	int			count_a = names_of(&reading->corpus, a, names_a);
	int			count_b = names_of(&reading->corpus, b, names_b);
	double		most = 0;

	for (int i = 0; i < count_a; i++)
		for (int j = 0; j < count_b; j++)
			most = Max(most, names_a[i] == names_b[j] ? 1
					   : anthology_name_compare(anthology_judge_name(reading, names_a[i]),
												anthology_judge_name(reading, names_b[j])));
	return most;
}

/* Whether a page has an id of a kind: any, or one in particular. */
static bool
has_id(const AnthologyCorpus *corpus, AnthologyIdKind kind, int person, int id)
{
	int			listed = corpus->person_id[kind][person];

	if (listed >= 0 && (id < 0 || listed == id))
		return true;
	for (int k = corpus->paper_start[person]; k < corpus->paper_start[person + 1]; k++)
		for (int j = corpus->author_start[corpus->paper[k]];
			 j < corpus->author_start[corpus->paper[k] + 1]; j++)
			if (corpus->author[j] == person && corpus->author_id[kind][j] >= 0 &&
				(id < 0 || corpus->author_id[kind][j] == id))
				return true;
	return false;
}

/* 1 if the pages have an id in common, -1 if both have ids and none in common, else 0. */
static int
compare_page_ids(const AnthologyCorpus *corpus, int a, int b)
{
	for (int kind = 0; kind < ANTHOLOGY_ID_KINDS; kind++)
	{
		if (!has_id(corpus, kind, a, -1) || !has_id(corpus, kind, b, -1))
			continue;
		if (corpus->person_id[kind][a] >= 0 && has_id(corpus, kind, b, corpus->person_id[kind][a]))
			return 1;
		for (int k = corpus->paper_start[a]; k < corpus->paper_start[a + 1]; k++)
			for (int j = corpus->author_start[corpus->paper[k]];
				 j < corpus->author_start[corpus->paper[k] + 1]; j++)
				if (corpus->author[j] == a && corpus->author_id[kind][j] >= 0 &&
					has_id(corpus, kind, b, corpus->author_id[kind][j]))
					return 1;
		return -1;
	}
	return 0;
}

/* Papers in an order that says nothing about them. */
typedef struct DealtPaper
{
	int64		dealt;
	int			paper;
} DealtPaper;

static int
compare_dealt(const void *a, const void *b)
{
	int64		x = ((const DealtPaper *) a)->dealt;
	int64		y = ((const DealtPaper *) b)->dealt;

	return (x > y) - (x < y);
}

/* Some papers of a page; returns how many. */
static int
sample_papers(AnthologyReading *reading, int person, int *sample)
{
	const AnthologyCorpus *corpus = &reading->corpus;
	int			n = page_size(corpus, person);
	DealtPaper *papers = palloc(sizeof(DealtPaper) * n);

	for (int i = 0; i < n; i++)
	{
		papers[i].paper = corpus->paper[corpus->paper_start[person] + i];
		papers[i].dealt = anthology_judge_deal_paper(reading, papers[i].paper);
	}
	qsort(papers, n, sizeof(DealtPaper), compare_dealt);
	n = Min(n, SAMPLE);
	for (int i = 0; i < n; i++)
		sample[i] = papers[i].paper;
	pfree(papers);
	return n;
}

static double
merge_log_odds(const Merge *merge)
{
	return merge->mean.log_odds + merge->name_weight + merge->identity_weight;
}

/* Judges whether two pages are one person's. Both have papers. */
static void
judge_merge(const AnthologyJudge *judge, AnthologyReading *reading, int a, int b, double similarity,
			Merge *merge)
{
	const AnthologyCorpus *corpus = &reading->corpus;
	bool		is_smaller = page_size(corpus, a) != page_size(corpus, b)
		? page_size(corpus, a) < page_size(corpus, b)
		: anthology_judge_compare_persons(reading, a, b) < 0;
	int			sample[SAMPLE];
	AnthologyJudgement *mean = &merge->mean;

	memset(merge, 0, sizeof(*merge));
	merge->smaller = is_smaller ? a : b;
	merge->larger = is_smaller ? b : a;
	merge->similarity = similarity;
	merge->name_weight =
		anthology_judge_scale_weight(&judge->name->scale[0][NAME_OF_PERSON], similarity);
	merge->papers = sample_papers(reading, merge->smaller, sample);
	anthology_judge_lay_page(reading, merge->larger);
	reading->desk.hidden[merge->smaller] = true;
	for (int i = 0; i < merge->papers; i++)
	{
		double		signals[PAPER_SIGNALS];
		double		contributions[PAPER_SIGNALS];
		int			shared;
		int			linked;

		anthology_paper_signals(corpus, &reading->desk, sample[i], signals, &shared, &linked);
		/* A name may have been given up: of other years is not of another person. */
		signals[PAPER_MEAN_YEAR] = signals[PAPER_APART_MEAN_YEAR] = -1;
		mean->log_odds +=
			anthology_forest_weigh(judge->paper, signals, contributions) / merge->papers;
		mean->prior += judge->paper->prior / merge->papers;
		mean->shared += shared > 0;
		mean->linked += linked > 0;
		for (int s = 0; s < PAPER_SIGNALS; s++)
		{
			mean->signals[s] += signals[s] / merge->papers;
			mean->contributions[s] += contributions[s] / merge->papers;
		}
	}
	reading->desk.hidden[merge->smaller] = false;
	anthology_judge_clear_page(reading, merge->larger);
	merge->identity = compare_page_ids(corpus, a, b);
	if (merge->identity != 0)
	{
		double		decides = anthology_judge_scale_weight(&judge->name->scale[0][NAME_ORCID],
														   merge->identity);

		merge->identity_weight = merge->identity > 0
			? Max(decides - mean->log_odds, 0) : Min(decides - mean->log_odds, 0);
	}
}

static char *
company_words(const Merge *merge)
{
	if (merge->mean.shared > 0)
		return psprintf("%d of %d papers with co-authors of the other page", merge->mean.shared,
						merge->papers);
	if (merge->mean.linked > 0)
		return psprintf("%d of %d papers with co-authors' co-authors", merge->mean.linked,
						merge->papers);
	return pstrdup("no co-author of one knows the other page");
}

static char *
merge_detail(const Merge *merge, AnthologyPaperSignal signal)
{
	double		value = merge->mean.signals[signal];

	switch (signal)
	{
		case PAPER_COAUTHORS:
			return company_words(merge);
		case PAPER_NAMESAKE_SHARE:
			return value == 0 ? NULL
				: psprintf("%.0f of 100 co-authors wrote with a namesake of both", value * 100);
		case PAPER_NEAREST_TEXT:
			return psprintf("nearest topics %.2f on average", value);
		case PAPER_WHOLE_TEXT:
			return psprintf("topics of the whole pages %.2f", value);
		case PAPER_AFFILIATION:
			return value < 0 ? NULL : psprintf("nearest affiliations %.2f", value);
		case PAPER_PLACES:
			return value < 0 ? NULL : psprintf("where their authors work %.2f", value);
		case PAPER_YEARS:
			return value < 0 ? NULL : psprintf("%.1f years apart on average", value);
		default:
			return NULL;
	}
}

static char *
name_words(const Merge *merge)
{
	return merge->similarity == 1 ? pstrdup("the same name")
		: psprintf("names %.2f alike", merge->similarity);
}

static char *
merge_reason(const Merge *merge)
{
	StringInfoData reason;

	initStringInfo(&reason);
	if (merge->identity != 0)
		appendStringInfoString(&reason,
							   merge->identity > 0 ? "an id in common; " : "different ids; ");
	appendStringInfo(&reason, "%s; %s; %s", name_words(merge), company_words(merge),
					 merge_detail(merge, PAPER_NEAREST_TEXT));
	return reason.data;
}

static void
put_signal(ReturnSetInfo *result, const char *signal, const double *value, double weight,
		   const char *detail)
{
	Datum		values[4];
	bool		nulls[4] = {false, value == NULL, false, detail == NULL};

	values[0] = CStringGetTextDatum(signal);
	values[1] = Float8GetDatum(value == NULL ? 0 : *value);
	values[2] = Float8GetDatum(weight);
	values[3] = detail == NULL ? (Datum) 0 : CStringGetTextDatum(detail);
	tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
}

Datum
anthology_merge_evidence(PG_FUNCTION_ARGS)
{
	static SPIPlanPtr plan;
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	Oid			types[2] = {TEXTOID, TEXTOID};
	Datum		ids[2] = {PG_GETARG_DATUM(0), PG_GETARG_DATUM(1)};
	AnthologyJudge judge;
	AnthologyReading *reading;
	Merge		merge;
	bool		isnull;
	double		identity;
	int			a;
	int			b;

	InitMaterializedSRF(fcinfo, 0);
	SPI_connect();
	for (int i = 0; i < 2; i++)
		anthology_judge_require_person(ids[i]);
	judge = anthology_judge_weights();
	anthology_saved_plan(&plan, "SELECT anthology_internal.judge_read_sample($1, $2)", 2, types);
	SPI_execute_plan(plan, ids, NULL, true, 1);
	reading = anthology_judge_read_around(
		PointerGetDatum(construct_array(ids, 2, TEXTOID, -1, false, TYPALIGN_INT)),
		SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1, &isnull));
	a = anthology_judge_person(reading, DatumGetTextPP(ids[0]));
	b = anthology_judge_person(reading, DatumGetTextPP(ids[1]));
	if (a >= 0 && b >= 0 && a != b)
	{
		judge_merge(&judge, reading, a, b, name_similarity(reading, a, b), &merge);
		identity = merge.identity;
		put_signal(result, "name", &merge.similarity, merge.name_weight, name_words(&merge));
		if (merge.identity != 0)
			put_signal(result, "orcid", &identity, merge.identity_weight,
					   merge.identity > 0 ? "an id in common" : "different ids");
		put_signal(result, "prior", NULL, merge.mean.prior,
				   psprintf("%d paper%s against the other page", merge.papers,
							merge.papers == 1 ? "" : "s"));
		for (int s = 0; s < PAPER_SIGNALS; s++)
			put_signal(result, anthology_judge_signal_name(MODEL_PAPER, s), &merge.mean.signals[s],
					   merge.mean.contributions[s], merge_detail(&merge, s));
	}
	SPI_finish();
	return (Datum) 0;
}

/* A scan of the corpus for pages to merge. */
typedef struct MergeScan
{
	AnthologyJudge judge;
	AnthologyReading *reading;
	double		threshold;
	ReturnSetInfo *result;
	int		   *seen;			/* by person: the last one compared with it, plus 1 */
	int		   *first_bearer;	/* by person: its list in bearer, or -1 */
	AnthologyInts bearer;		/* lists of persons with the same id: person, next or -1 */
	MemoryContext work;
} MergeScan;

static void
scan_pair(MergeScan *scan, int person, int other, double least_similarity)
{
	AnthologyReading *reading = scan->reading;
	MemoryContext old;
	double		similarity;
	Merge		merge;

	if (other <= person || scan->seen[other] == person + 1)
		return;
	scan->seen[other] = person + 1;
	similarity = name_similarity(reading, person, other);
	if (similarity < least_similarity)
		return;
	CHECK_FOR_INTERRUPTS();
	old = MemoryContextSwitchTo(scan->work);
	judge_merge(&scan->judge, reading, person, other, similarity, &merge);
	if (anthology_judge_probability(merge_log_odds(&merge)) >= scan->threshold)
	{
		Datum		values[5];
		bool		nulls[5] = {false};

		values[0] = anthology_judge_person_id(reading, merge.smaller);
		values[1] = anthology_judge_person_id(reading, merge.larger);
		values[2] = Float4GetDatum(anthology_judge_probability(merge_log_odds(&merge)));
		values[3] = Float4GetDatum((float4) similarity);
		values[4] = CStringGetTextDatum(merge_reason(&merge));
		tuplestore_putvalues(scan->result->setResult, scan->result->setDesc, values, nulls);
	}
	MemoryContextSwitchTo(old);
	MemoryContextReset(scan->work);
}

/* Lists for each id, under the first person who bears it, the others who do. */
static void
find_bearers(MergeScan *scan)
{
	const AnthologyCorpus *corpus = &scan->reading->corpus;

	scan->first_bearer = palloc_extended(sizeof(int) * Max(corpus->persons, 1), MCXT_ALLOC_HUGE);
	for (int i = 0; i < corpus->persons; i++)
		scan->first_bearer[i] = -1;
	for (int kind = 0; kind < ANTHOLOGY_ID_KINDS; kind++)
	{
		AnthologyInts owner = {0};	/* by id: the first person who bears it, or -1 */

		for (int person = 0; person < corpus->persons; person++)
		{
			int			end = corpus->paper_start[person + 1];

			for (int k = corpus->paper_start[person] - 1; k < end; k++)
			{
				/* The id listed for the person comes first, then those on the papers. */
				int			id = k < corpus->paper_start[person] ? corpus->person_id[kind][person]
					: anthology_judge_printed_id(corpus, kind, corpus->paper[k], person);

				if (id < 0)
					continue;
				while (owner.count <= id)
					anthology_ints_add(&owner, -1);
				if (owner.data[id] < 0)
					owner.data[id] = person;
				else if (owner.data[id] != person)
				{
					anthology_ints_add(&scan->bearer, person);
					anthology_ints_add(&scan->bearer, scan->first_bearer[owner.data[id]]);
					scan->first_bearer[owner.data[id]] = scan->bearer.count - 2;
				}
			}
		}
		if (owner.data != NULL)
			pfree(owner.data);
	}
}

/*
 * Compares a page with the pages that share an id with it, and with the pages of its
 * co-authors' co-authors. Co-authors themselves are left out: they are somebody else.
 */
static void
scan_company(MergeScan *scan, int person)
{
	const AnthologyCorpus *corpus = &scan->reading->corpus;

	for (int k = corpus->paper_start[person]; k < corpus->paper_start[person + 1]; k++)
		for (int j = corpus->author_start[corpus->paper[k]];
			 j < corpus->author_start[corpus->paper[k] + 1]; j++)
			scan->seen[corpus->author[j]] = person + 1;
	for (int b = scan->first_bearer[person]; b >= 0; b = scan->bearer.data[b + 1])
		scan_pair(scan, person, scan->bearer.data[b], 0);
	for (int k = corpus->paper_start[person]; k < corpus->paper_start[person + 1]; k++)
	{
		int			paper = corpus->paper[k];

		CHECK_FOR_INTERRUPTS();
		if (corpus->author_start[paper + 1] - corpus->author_start[paper] > CROWD)
			continue;
		for (int j = corpus->author_start[paper]; j < corpus->author_start[paper + 1]; j++)
		{
			int			coauthor = corpus->author[j];

			for (int l = corpus->paper_start[coauthor];
				 coauthor != person && l < corpus->paper_start[coauthor + 1]; l++)
			{
				int			other = corpus->paper[l];

				if (corpus->author_start[other + 1] - corpus->author_start[other] > CROWD)
					continue;
				for (int m = corpus->author_start[other]; m < corpus->author_start[other + 1]; m++)
					scan_pair(scan, person, corpus->author[m], SIMILAR);
			}
		}
	}
}

/* Persons by surname and initial: the next one with the same, or -1. */
static int *
chain_names(const AnthologyCorpus *corpus)
{
	int			names = 0;
	int		   *last;
	int		   *next = palloc_extended(sizeof(int) * Max(corpus->persons, 1), MCXT_ALLOC_HUGE);

	for (int i = 0; i < corpus->persons; i++)
		names = Max(names, corpus->name[i] + 1);
	last = palloc_extended(sizeof(int) * Max(names, 1), MCXT_ALLOC_HUGE);
	for (int i = 0; i < names; i++)
		last[i] = -1;
	for (int i = corpus->persons - 1; i >= 0; i--)
	{
		next[i] = last[corpus->name[i]];
		last[corpus->name[i]] = i;
	}
	pfree(last);
	return next;
}

Datum
anthology_judge_merges(PG_FUNCTION_ARGS)
{
	MergeScan	scan = {.result = (ReturnSetInfo *) fcinfo->resultinfo};
	const AnthologyCorpus *corpus;
	int		   *next;

	InitMaterializedSRF(fcinfo, 0);
	SPI_connect();
	scan.threshold = PG_GETARG_FLOAT8(0);
	scan.judge = anthology_judge_weights();
	scan.reading = anthology_judge_read_corpus();
	corpus = &scan.reading->corpus;
	scan.seen = anthology_judge_zeroed(sizeof(int), corpus->persons);
	scan.work =
		AllocSetContextCreate(CurrentMemoryContext, "anthology merge", ALLOCSET_DEFAULT_SIZES);
	find_bearers(&scan);
	next = chain_names(corpus);
	for (int person = 0; person < corpus->persons; person++)
	{
		scan_company(&scan, person);
		for (int other = next[person]; other >= 0; other = next[other])
			scan_pair(&scan, person, other, SIMILAR);
		if (person % 100 == 0)
			anthology_report_progress("suggest_merges: pages", person, corpus->persons);
		if ((person + 1) % 10000 == 0)
			ereport(NOTICE, errmsg("compared %d of %d pages", person + 1, corpus->persons));
	}
	SPI_finish();
	return (Datum) 0;
}
