/*
 * judge_parts.c - the papers of a page grouped by who seems to have written them.
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

#include "bridge.h"
#include "core/name_frequency.h"
#include "core/name_parts.h"
#include "core/name_similarity.h"
#include "judge.h"
#include "judge_numbers.h"
#include "term_statistics.h"

PG_FUNCTION_INFO_V1(anthology_suggest_split);
PG_FUNCTION_INFO_V1(anthology_split_evidence);

float *
anthology_judge_pair_odds(const AnthologyCorpus *corpus, AnthologyDesk *desk,
						  const AnthologyModel *model)
{
	int			n = desk->page_size;
	AnthologySurroundings *all = anthology_judge_allocate(sizeof(AnthologySurroundings) * n);
	double	   *signals = anthology_judge_allocate(sizeof(double) * PAIR_SIGNALS * n);
	AnthologyStratum *strata = anthology_judge_allocate(sizeof(AnthologyStratum) * n);
	float	   *odds = palloc_extended(sizeof(float) * n * n, MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);

	for (int i = 0; i < n; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (!anthology_surroundings(corpus, desk, desk->page[i], anthology_judge_allocate, &all[i]))
			anthology_judge_out_of_memory();
	}
	if (!anthology_compare_texts(corpus, desk, all, anthology_judge_allocate))
		anthology_judge_out_of_memory();
	for (int i = 0; i + 1 < n; i++)
	{
		CHECK_FOR_INTERRUPTS();
		anthology_pair_signals(corpus, desk, all, i, i + 1, n, signals, strata);
		for (int j = i + 1; j < n; j++)
			odds[(size_t) i * n + j] = odds[(size_t) j * n + i] =
				(float) anthology_weigh(model, strata[j - i - 1],
										signals + (size_t) (j - i - 1) * PAIR_SIGNALS, NULL);
	}
	return odds;
}

/* The page of a person, with what is printed beside the name on its papers. */
typedef struct AuthorPage
{
	int			person;
	int			papers;
	int		   *paper;			/* in the order of their ids */
	int		   *place;			/* of the name of each paper, in the corpus' author */
	int		   *name;			/* by paper: which of the names */
	int			names;
	const AnthologyName **parsed;	/* by name */
	bool	   *listed;			/* by name: whether the person is known to have it */
	int		   *bond;			/* by paper, as anthology_group() takes them */
} AuthorPage;

static int
compare_papers(const void *a, const void *b, void *reading)
{
	return anthology_judge_compare_papers(reading, *(const int *) a, *(const int *) b);
}

/* Numbers the names printed on the papers of a page. */
static void
name_papers(AuthorPage *page, AnthologyReading *reading)
{
	const AnthologyCorpus *corpus = &reading->corpus;
	int		   *full_name = palloc(sizeof(int) * page->papers);

	page->parsed = palloc(sizeof(AnthologyName *) * page->papers);
	page->listed = palloc0(sizeof(bool) * page->papers);
	for (int i = 0; i < page->papers; i++)
	{
		int			printed = corpus->author_full_name[page->place[i]];
		int			n = 0;

		while (n < page->names && full_name[n] != printed)
			n++;
		page->name[i] = n;
		if (n < page->names)
			continue;
		page->names++;
		full_name[n] = printed;
		page->parsed[n] = anthology_judge_name(reading, printed);
		for (int j = corpus->listed_start[page->person];
			 j < corpus->listed_start[page->person + 1]; j++)
			page->listed[n] |= corpus->listed[j] == printed;
	}
	pfree(full_name);
}

/*
 * The ORCID of the person: the one listed, else the only one on papers that name
 * the person by id; or -1.
 */
static int
own_orcid(const AuthorPage *page, const AnthologyCorpus *corpus)
{
	const int  *orcid = corpus->author_id[ANTHOLOGY_ORCID];
	int			own = corpus->person_id[ANTHOLOGY_ORCID][page->person];

	if (own >= 0)
		return own;
	for (int i = 0; i < page->papers; i++)
	{
		int			place = page->place[i];

		if (!corpus->author_explicit[place] || orcid[place] < 0 || orcid[place] == own)
			continue;
		if (own >= 0)
			return -1;
		own = orcid[place];
	}
	return own;
}

/*
 * What is printed beside a name binds papers. Equal ORCIDs bind, different ones part;
 * where there is none, OpenReview ids. One OpenReview id stands for the ORCID that it
 * is printed with. The person's ORCID and the explicit id are one bond, the first.
 */
static void
bind_papers(AuthorPage *page, const AnthologyCorpus *corpus)
{
	const int  *orcid = corpus->author_id[ANTHOLOGY_ORCID];
	const int  *openreview = corpus->author_id[ANTHOLOGY_OPENREVIEW];
	int			own = own_orcid(page, corpus);
	int			bonds = 1;

	for (int i = 0; i < page->papers; i++)
	{
		int			place = page->place[i];

		if (orcid[place] < 0)
			continue;
		if (orcid[place] == own)
			page->bond[i] = 1;
		for (int j = 0; j < i && page->bond[i] == 0; j++)
			if (orcid[page->place[j]] == orcid[place])
				page->bond[i] = page->bond[j];
		if (page->bond[i] == 0)
			page->bond[i] = ++bonds;
	}
	for (int i = 0; i < page->papers; i++)
	{
		int			place = page->place[i];

		if (page->bond[i] != 0 || openreview[place] < 0)
			continue;
		for (int j = 0; j < page->papers && page->bond[i] == 0; j++)
			if (openreview[page->place[j]] == openreview[place])
				page->bond[i] = page->bond[j];
		if (page->bond[i] == 0)
			page->bond[i] = ++bonds;
	}
	for (int i = 0; i < page->papers; i++)
		if (page->bond[i] == 0 && corpus->author_explicit[page->place[i]])
			page->bond[i] = 1;
}

static AuthorPage *
read_page(AnthologyReading *reading, int person)
{
	const AnthologyCorpus *corpus = &reading->corpus;
	int			from = corpus->paper_start[person];
	AuthorPage	   *page = palloc0(sizeof(AuthorPage));

	page->person = person;
	page->papers = corpus->paper_start[person + 1] - from;
	page->paper = palloc(sizeof(int) * page->papers);
	page->place = palloc(sizeof(int) * page->papers);
	page->name = palloc(sizeof(int) * page->papers);
	page->bond = palloc0(sizeof(int) * page->papers);
	memcpy(page->paper, corpus->paper + from, sizeof(int) * page->papers);
	qsort_arg(page->paper, page->papers, sizeof(int), compare_papers, reading);
	for (int i = 0; i < page->papers; i++)
	{
		page->place[i] = corpus->author_start[page->paper[i]];
		while (corpus->author[page->place[i]] != person)
			page->place[i]++;
	}
	name_papers(page, reading);
	bind_papers(page, corpus);
	return page;
}

/*
 * Where printed names contradict each other. A person's listed names do not.
 */
static void
weigh_names(float *contradiction, const AuthorPage *page, const AnthologyModel *model)
{
	int			n = page->papers;
	int			count = page->names;
	float	   *weight = palloc_extended(sizeof(float) * count * count, MCXT_ALLOC_HUGE);

	for (int i = 0; i < count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		for (int j = 0; j <= i; j++)
			weight[i * (size_t) count + j] = weight[j * (size_t) count + i] =
				i == j || (page->listed[i] && page->listed[j]) ? 0 :
				(float) anthology_judge_scale_weight(&model->scale[0][NAME_ON_PAGE],
													 anthology_name_compare(page->parsed[i],
																			page->parsed[j]));
	}
	for (int i = 0; i < n; i++)
		for (int j = 0; j < n; j++)
			contradiction[i * (size_t) n + j] =
				weight[page->name[i] * (size_t) count + page->name[j]];
	pfree(weight);
}

AnthologyPartsJudge
anthology_judge_parts_weights(void)
{
	AnthologyPartsJudge judge;

	judge.pair = anthology_judge_model(MODEL_PAIR);
	judge.name = anthology_judge_model(MODEL_NAME);
	judge.group = anthology_judge_model(MODEL_GROUP);
	judge.page = anthology_judge_model(MODEL_PAGE);
	return judge;
}

static void *
allocate(size_t size)
{
	CHECK_FOR_INTERRUPTS();
	return anthology_judge_allocate(size);
}

/* How common the names on the page are, each as often as it is printed. */
static double
commonness(const AuthorPage *page)
{
	double		sum = 0;

	for (int i = 0; i < page->papers; i++)
		sum += anthology_name_commonness(page->parsed[page->name[i]]);
	return sum / page->papers;
}

/* A page parted, and what it was parted by. */
typedef struct Parting
{
	AnthologyPageParts *parts;
	AnthologyPageTable table;
	AnthologyParts joined;
	int		   *bond;
	double		page_log_odds;	/* 0 or less: what the page adds to those of a joining */
} Parting;

/* How surely a paper is in its part: against the nearest other part, by pairs. */
static float
confidence(const AnthologyPageTable *table, double threshold, const AnthologyParts *parts,
		   int paper)
{
	int			n = table->papers;
	double		own = 0;
	double		other = threshold;
	int			own_papers = 0;

	for (int p = 0; p < parts->parts; p++)
	{
		double		sum = 0;
		int			papers = 0;

		for (int j = 0; j < n; j++)
			if (parts->part[j] == p && j != paper)
			{
				sum += table->channel[CHANNEL_ODDS][(size_t) paper * n + j] +
					table->contradiction[(size_t) paper * n + j];
				papers++;
			}
		if (papers > 0 && p == parts->part[paper])
		{
			own = sum / papers;
			own_papers = papers;
		}
		else if (papers > 0)
			other = Max(other, sum / papers);
	}
	return anthology_judge_probability((own_papers == 0 ? threshold : own) - other);
}

static Parting
part_page(const AnthologyPartsJudge *judge, AnthologyReading *reading, int person)
{
	AuthorPage *page = read_page(reading, person);
	int			n = page->papers;
	AnthologyPageParts *result = palloc0(sizeof(AnthologyPageParts));
	Parting		parting = {.parts = result, .bond = page->bond};
	AnthologyPageTable *table = &parting.table;
	AnthologyParts *parts = &parting.joined;
	bool		enough;

	result->papers = n;
	result->paper = page->paper;
	result->confidence = palloc(sizeof(float) * n);
	anthology_desk_lay(&reading->corpus, &reading->desk, page->paper, n, &person, 1);
	enough = anthology_page_table(&reading->corpus, &reading->desk, judge->pair, allocate, table);
	anthology_desk_clear(&reading->corpus, &reading->desk, &person, 1);
	if (!enough)
		anthology_judge_out_of_memory();
	weigh_names(table->contradiction, page, judge->name);
	table->commonness = commonness(page);
	if (!anthology_parts(table, page->bond, judge->group, judge->page, allocate, parts))
		anthology_judge_out_of_memory();
	result->parts = parts->parts;
	result->part = parts->part;
	result->joined = parts->joined;
	result->mixed = anthology_judge_probability(parts->mixed);
	/* With it, the weakest joining is as improbable as the page is mixed. */
	parting.page_log_odds = Min(0, -parts->mixed - parts->signals[PAGE_WEAKEST]);
	for (int i = 0; i < n; i++)
		result->confidence[i] = confidence(table, anthology_threshold(judge->pair, n), parts, i);
	return parting;
}

AnthologyPageParts *
anthology_judge_page_parts(const AnthologyPartsJudge *judge, AnthologyReading *reading, int person)
{
	return part_page(judge, reading, person).parts;
}

Datum
anthology_suggest_split(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	Datum		id = PG_GETARG_DATUM(0);
	AnthologyPartsJudge judge;
	AnthologyReading *reading;
	AnthologyPageParts *parts;
	int			person;

	InitMaterializedSRF(fcinfo, 0);
	SPI_connect();
	anthology_judge_require_person(id);
	judge = anthology_judge_parts_weights();
	reading = anthology_judge_read_page(id);
	person = anthology_judge_person(reading, DatumGetTextPP(id));
	if (person >= 0)
	{
		parts = anthology_judge_page_parts(&judge, reading, person);
		for (int i = 0; i < parts->papers; i++)
		{
			Datum		values[3];
			bool		nulls[3] = {false, false, false};

			values[0] = anthology_judge_paper_id(reading, parts->paper[i]);
			values[1] = Int32GetDatum(parts->part[i] + 1);
			values[2] = Float4GetDatum(parts->confidence[i]);
			tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
		}
	}
	SPI_finish();
	return (Datum) 0;
}

static char *
describe_group(const double *signals, AnthologyGroupSignal signal)
{
	double		value = signals[signal];

	switch (signal)
	{
		case GROUP_TEXT:
			return psprintf("what the two write about is %.2f alike", value);
		case GROUP_NEAREST_TEXT:
			return psprintf("the two nearest papers are %.2f alike", value);
		case GROUP_CIRCLES:
		case GROUP_CIRCLES_TOGETHER:
			return psprintf("whom their co-authors write with: %.2f alike", value);
		case GROUP_COAUTHOR_TEXTS:
			return value < 0 ? NULL
				: psprintf("topics of their co-authors' other papers %.2f alike", value);
		case GROUP_PLACES:
			return value < 0 ? NULL : psprintf("where their authors work: %.2f alike", value);
		case GROUP_AFFILIATION:
			return value < 0 ? pstrdup("no affiliations to compare")
				: psprintf("the nearest affiliations are %.2f alike", value);
		case GROUP_SECOND_HAND:
			return value > 0 ? NULL
				: pstrdup("no co-author of one wrote with a co-author of the other");
		case GROUP_COAUTHORS:
			return value > 0 ? pstrdup("co-authors in common") : pstrdup("no co-author in common");
		case GROUP_YEARS_BETWEEN:
			return value == 0 ? NULL
				: psprintf("%.0f year%s between the two", value, value == 1 ? "" : "s");
		case GROUP_YEARS_APART:
			return psprintf("%.1f years apart on average", value);
		case GROUP_RANKS_APART:
			return psprintf("places of the name among the authors are %.2f apart "
							"(first to last is 1)", value);
		case GROUP_PAPERS:
			return psprintf("%.0f paper%s against %.0f", value, value == 1 ? "" : "s",
							signals[GROUP_OTHER_PAPERS]);
		case GROUP_NAMESAKES:
			return value == 0 ? NULL
				: psprintf("of its co-authors %.0f in 100 wrote elsewhere with a namesake",
						   value * 100);
		case GROUP_COMMONNESS:
			return value > -1 ? pstrdup("a name that several are to be expected to have")
				: pstrdup("a name that few have");
		default:
			return NULL;
	}
}

static char *
describe_page(const double *signals, AnthologyPageSignal signal)
{
	double		value = signals[signal];
	double		joinings = signals[PAGE_GROUPS] - 1;

	switch (signal)
	{
		case PAGE_WEAKEST:
			return joinings < 1 ? NULL
				: psprintf("what hangs together least would be one person's with probability %.2f "
						   "if the page mixed persons", anthology_judge_probability(value));
		case PAGE_JOININGS:
			return joinings < 1 ? pstrdup("all papers hang together beyond doubt") : NULL;
		case PAGE_PAPERS:
			return psprintf("%.0f papers", value);
		case PAGE_COMMONNESS:
			return value > -1 ? pstrdup("a name that several are to be expected to have")
				: pstrdup("a name that few have");
		case PAGE_SMALLER:
			return joinings < 1 ? NULL
				: psprintf("%.0f paper%s hang%s together least with the rest", value,
						   value == 1 ? "" : "s", value == 1 ? "s" : "");
		case PAGE_NAMESAKES:
			return value == 0 ? NULL
				: psprintf("of the co-authors there %.0f in 100 wrote elsewhere with a namesake",
						   value * 100);
		default:
			return NULL;
	}
}

/* other is a part, or -1 for none. */
static void
put_between(ReturnSetInfo *result, int part, int other, const char *signal, const double *value,
			double weight, const char *detail)
{
	Datum		values[6];
	bool		nulls[6] = {false, other < 0, false, value == NULL, false, detail == NULL};

	values[0] = Int32GetDatum(part + 1);
	values[1] = Int32GetDatum(other + 1);
	values[2] = CStringGetTextDatum(signal);
	values[3] = Float8GetDatum(value == NULL ? 0 : *value);
	values[4] = Float8GetDatum(weight);
	values[5] = detail == NULL ? (Datum) 0 : CStringGetTextDatum(detail);
	tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
}

/* Why a page stays whole: what speaks for one person, as the model of pages weighs it. */
static void
put_whole(const AnthologyPartsJudge *judge, const Parting *parting, ReturnSetInfo *result)
{
	const double *signals = parting->joined.signals;
	double		contributions[PAGE_SIGNALS];
	double		threshold = anthology_threshold(judge->page, parting->table.papers);

	(void) anthology_weigh(judge->page, (AnthologyStratum) 0, signals, contributions);
	put_between(result, 0, -1, "prior", NULL, -judge->page->prior[0],
				psprintf("the page mixes persons with probability %.2f", parting->parts->mixed));
	put_between(result, 0, -1, "threshold", NULL, threshold,
				psprintf("pages come apart from probability %.2f on",
						 anthology_judge_probability(threshold)));
	for (int s = 0; s < PAGE_SIGNALS; s++)
		put_between(result, 0, -1, anthology_judge_signal_name(MODEL_PAGE, s), &signals[s],
					-contributions[s], describe_page(signals, s));
}

/* Why each part of the page is not the one that it most likely belongs to. */
static void
put_evidence(const AnthologyPartsJudge *judge, const Parting *parting, ReturnSetInfo *result)
{
	const AnthologyPageParts *parts = parting->parts;
	AnthologyGroups *groups = anthology_groups_begin(&parting->table, parts->part, parts->parts,
													 parting->bond, allocate);

	if (groups == NULL)
		anthology_judge_out_of_memory();
	for (int part = 0; part < parts->parts; part++)
	{
		double		signals[GROUP_SIGNALS];
		double		contributions[GROUP_SIGNALS];
		double		names;
		double		most = -1e30;
		int			other = 0;
		int			stratum;

		for (int q = 0; q < parts->parts; q++)
		{
			double		log_odds = q == part ? -1e30 :
				anthology_groups_weigh(groups, judge->group, part, q, signals, NULL, &names);

			if (log_odds > most)
			{
				most = log_odds;
				other = q;
			}
		}
		stratum = (int) anthology_group_signals(groups, part, other, signals);
		(void) anthology_groups_weigh(groups, judge->group, part, other, signals, contributions,
									  &names);
		put_between(result, part, other, "prior", NULL, judge->group->prior[stratum],
					"two groups of papers of one page");
		put_between(result, part, other, "page", NULL, parting->page_log_odds,
					psprintf("the page mixes persons with probability %.2f", parts->mixed));
		if (names != 0)
			put_between(result, part, other, anthology_judge_signal_name(MODEL_NAME, NAME_ON_PAGE),
						NULL, names, "the names printed on the papers differ");
		for (int s = 0; s < GROUP_SIGNALS; s++)
			put_between(result, part, other, anthology_judge_signal_name(MODEL_GROUP, s),
						&signals[s], contributions[s], describe_group(signals, s));
	}
}

Datum
anthology_split_evidence(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	Datum		id = PG_GETARG_DATUM(0);
	AnthologyPartsJudge judge;
	AnthologyReading *reading;
	int			person;

	InitMaterializedSRF(fcinfo, 0);
	SPI_connect();
	anthology_judge_require_person(id);
	judge = anthology_judge_parts_weights();
	reading = anthology_judge_read_page(id);
	person = anthology_judge_person(reading, DatumGetTextPP(id));
	if (person >= 0)
	{
		Parting		parting = part_page(&judge, reading, person);

		if (parting.parts->parts > 1)
			put_evidence(&judge, &parting, result);
		else if (parting.parts->papers > 1)
			put_whole(&judge, &parting, result);
	}
	SPI_finish();
	return (Datum) 0;
}
