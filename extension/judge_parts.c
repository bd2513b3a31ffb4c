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
anthology_judge_pair_odds(const AnthologyCorpus *corpus, AnthologyDesk *desk, const AnthologyModel *model)
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

/*
 * How much surer, in log-odds, two papers must be to belong together under a name
 * that many bear. The model was fitted to pages of a surname and an initial; a full
 * name tells more: by how common its words are, so many persons are expected to
 * have it. The factor is not fitted but chosen, for want of labelled pages of the
 * kind: the 310 papers of "Yang Liu" come apart, those of rarer names do not.
 */
#define NAMESAKE_FACTOR 0.6
/* log2 of the names that were counted (name_frequency.c), and of how many persons to expect for a name that is seen. */
#define EXPECTED_BITS (16.5 + 3)

static double
namesake_margin(const AnthologyName *const *names, int count)
{
	double		most = 0;

	/* Of the names on the page, the one that tells least. */
	for (int n = 0; n < count; n++)
	{
		AnthologyName name = *names[n];
		double		bits = EXPECTED_BITS;
		bool		has_family = false;
		bool		has_given = false;

		for (int i = 0; i < name.count; i++)
		{
			AnthologyNameWord *word = &name.words[i];

			anthology_name_rank(word);
			if (word->role == ANTHOLOGY_NAME_FAMILY)
			{
				bits -= anthology_rank_bits(word->family_rank);
				has_family = true;
			}
			else if (word->size > 1)
			{
				bits -= anthology_rank_bits(word->given_rank);
				has_given = true;
			}
		}
		if (has_family && has_given && bits > most)
			most = bits;
	}
	return NAMESAKE_FACTOR * most * M_LN2;
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
		for (int j = corpus->listed_start[page->person]; j < corpus->listed_start[page->person + 1]; j++)
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
 * Adds what the printed names say to the log-odds of the papers. A person's listed
 * names do not contradict each other.
 */
static void
weigh_names(float *odds, const AuthorPage *page, const AnthologyModel *model)
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
													 anthology_name_compare(page->parsed[i], page->parsed[j]));
	}
	for (int i = 0; i < n; i++)
		for (int j = 0; j < n; j++)
			odds[i * (size_t) n + j] += weight[page->name[i] * (size_t) count + page->name[j]];
	pfree(weight);
}

AnthologyPartsJudge
anthology_judge_parts_weights(void)
{
	AnthologyPartsJudge judge;

	judge.pair = anthology_judge_model(MODEL_PAIR);
	judge.name = anthology_judge_model(MODEL_NAME);
	return judge;
}

/* The probability that the part which stands most alone is another person's. */
static double
mixed_probability(const float *odds, const AnthologyPageParts *parts, double threshold)
{
	double		least = 1e30;

	for (int p = 0; p < parts->parts; p++)
	{
		double		nearest = -1e30;

		for (int q = 0; q < parts->parts; q++)
		{
			double		sum = 0;
			int			count = 0;

			for (int i = 0; i < parts->papers; i++)
				for (int j = 0; j < parts->papers && parts->part[i] == p; j++)
					if (parts->part[j] == q && p != q)
					{
						sum += odds[(size_t) i * parts->papers + j];
						count++;
					}
			if (count > 0)
				nearest = Max(nearest, sum / count);
		}
		least = Min(least, nearest);
	}
	return parts->parts < 2 ? 0 : anthology_judge_probability(threshold - least);
}

/* A page parted, and what it was parted by. */
typedef struct Parting
{
	AnthologyPageParts *parts;
	float	   *odds;			/* of every two papers */
	double		threshold;
} Parting;

static Parting
part_page(const AnthologyPartsJudge *judge, AnthologyReading *reading, int person)
{
	AuthorPage *page = read_page(reading, person);
	int			n = page->papers;
	AnthologyPageParts *parts = palloc0(sizeof(AnthologyPageParts));
	Parting		parting = {.parts = parts};
	float	   *rest;

	parting.threshold = judge->pair->threshold + namesake_margin(page->parsed, page->names);
	parts->papers = n;
	parts->paper = page->paper;
	parts->part = palloc(sizeof(int) * n);
	parts->confidence = palloc(sizeof(float) * n);
	anthology_desk_lay(&reading->corpus, &reading->desk, page->paper, n, &person, 1);
	parting.odds = anthology_judge_pair_odds(&reading->corpus, &reading->desk, judge->pair);
	anthology_desk_clear(&reading->corpus, &reading->desk, &person, 1);
	weigh_names(parting.odds, page, judge->name);
	rest = palloc_extended(sizeof(float) * n * n, MCXT_ALLOC_HUGE);
	memcpy(rest, parting.odds, sizeof(float) * n * n);
	if (!anthology_group(rest, n, parting.threshold, page->bond, parts->part))
		anthology_judge_out_of_memory();
	pfree(rest);
	for (int i = 0; i < n; i++)
	{
		parts->parts = Max(parts->parts, parts->part[i] + 1);
		parts->confidence[i] = anthology_judge_probability(
			anthology_group_margin(parting.odds, n, parting.threshold, parts->part, i));
	}
	parts->mixed = mixed_probability(parting.odds, parts, parting.threshold);
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

/* Between two parts: what each signal says on average over the pairs of their papers. */
typedef struct Between
{
	int			pairs;
	double		value[PAIR_SIGNALS];	/* of the pairs where it is known */
	int			known[PAIR_SIGNALS];
	double		weight[PAIR_SIGNALS];
	double		prior;
	double		names;
	int			common;			/* co-authors of both parts */
} Between;

/* The part that a part is nearest to. */
static int
nearest_part(const float *odds, const AnthologyPageParts *parts, int part)
{
	int			nearest = -1;
	double		best = 0;

	for (int q = 0; q < parts->parts; q++)
	{
		double		sum = 0;
		int			count = 0;

		if (q == part)
			continue;
		for (int i = 0; i < parts->papers; i++)
			for (int j = 0; j < parts->papers && parts->part[i] == part; j++)
				if (parts->part[j] == q)
				{
					sum += odds[(size_t) i * parts->papers + j];
					count++;
				}
		if (nearest < 0 || sum / count > best)
		{
			nearest = q;
			best = sum / count;
		}
	}
	return nearest;
}

static int
common_coauthors(const AnthologyCorpus *corpus, const AnthologyPageParts *parts, int person, int a, int b)
{
	char	   *seen = palloc0(corpus->persons);
	int			common = 0;

	for (int pass = 0; pass < 2; pass++)
		for (int i = 0; i < parts->papers; i++)
		{
			int			paper = parts->paper[i];

			for (int j = corpus->author_start[paper]; j < corpus->author_start[paper + 1]; j++)
			{
				char	   *mark = &seen[corpus->author[j]];

				if (corpus->author[j] == person)
					continue;
				if (pass == 0 && parts->part[i] == a)
					*mark = 1;
				else if (pass == 1 && parts->part[i] == b && *mark == 1)
				{
					*mark = 2;
					common++;
				}
			}
		}
	pfree(seen);
	return common;
}

static char *
describe_between(const Between *between, AnthologyPairSignal signal)
{
	double		value = between->value[signal];

	switch (signal)
	{
		case PAIR_COAUTHORS:
			return between->common == 0 ? pstrdup("no co-author in common")
				: psprintf("%d co-author%s in common", between->common, between->common == 1 ? "" : "s");
		case PAIR_CIRCLES:
			return psprintf("whom their co-authors write with: %.2f alike", value);
		case PAIR_TEXT:
			return psprintf("topics %.2f alike", value);
		case PAIR_COAUTHOR_TEXTS:
			return value < 0 ? NULL : psprintf("topics of their co-authors' other papers %.2f alike", value);
		case PAIR_AFFILIATION:
			return value < 0 ? pstrdup("no affiliations to compare") : psprintf("affiliations %.2f alike", value);
		case PAIR_PLACES:
			return value < 0 ? NULL : psprintf("where their authors work: %.2f alike", value);
		case PAIR_VENUE:
			return psprintf("%.0f of 100 pairs of papers are of one venue", value * 100);
		case PAIR_YEARS:
			return value < 0 ? NULL : psprintf("%.1f years apart on average", value);
		default:
			return NULL;
	}
}

static void
put_between(ReturnSetInfo *result, int part, int other, const char *signal, const double *value,
			double weight, const char *detail)
{
	Datum		values[6];
	bool		nulls[6] = {false, false, false, value == NULL, false, detail == NULL};

	values[0] = Int32GetDatum(part + 1);
	values[1] = Int32GetDatum(other + 1);
	values[2] = CStringGetTextDatum(signal);
	values[3] = Float8GetDatum(value == NULL ? 0 : *value);
	values[4] = Float8GetDatum(weight);
	values[5] = detail == NULL ? (Datum) 0 : CStringGetTextDatum(detail);
	tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
}

/* Adds up what speaks for a part and another one being one person's. */
static void
compare_parts(const AnthologyPartsJudge *judge, AnthologyReading *reading, const Parting *parting,
			  const AnthologySurroundings *all, int part, int other, Between *between)
{
	const AnthologyPageParts *parts = parting->parts;
	int			n = parts->papers;
	double	   *signals = palloc_extended(sizeof(double) * PAIR_SIGNALS * n, MCXT_ALLOC_HUGE);
	AnthologyStratum *strata = palloc(sizeof(AnthologyStratum) * n);

	memset(between, 0, sizeof(*between));
	for (int i = 0; i < n; i++)
	{
		if (parts->part[i] != part)
			continue;
		CHECK_FOR_INTERRUPTS();
		anthology_pair_signals(&reading->corpus, &reading->desk, all, i, 0, n, signals, strata);
		for (int j = 0; j < n; j++)
		{
			const double *signal = signals + (size_t) j * PAIR_SIGNALS;
			double		contributions[PAIR_SIGNALS];
			double		sum;

			if (parts->part[j] != other)
				continue;
			sum = anthology_weigh(judge->pair, strata[j], signal, contributions);
			between->pairs++;
			between->prior += judge->pair->prior[strata[j]];
			between->names += parting->odds[(size_t) i * n + j] - sum;
			for (int s = 0; s < PAIR_SIGNALS; s++)
			{
				between->weight[s] += contributions[s];
				if (signal[s] >= 0)
				{
					between->value[s] += signal[s];
					between->known[s]++;
				}
			}
		}
	}
	for (int s = 0; s < PAIR_SIGNALS; s++)
	{
		between->value[s] = between->known[s] == 0 ? -1 : between->value[s] / between->known[s];
		between->weight[s] /= between->pairs;
	}
	between->prior /= between->pairs;
	between->names /= between->pairs;
	pfree(signals);
	pfree(strata);
}

/* Why each part of the page is not the one that it is nearest to. */
static void
put_evidence(const AnthologyPartsJudge *judge, AnthologyReading *reading, int person,
			 const Parting *parting, ReturnSetInfo *result)
{
	const AnthologyPageParts *parts = parting->parts;
	AnthologySurroundings *all = palloc_extended(sizeof(AnthologySurroundings) * parts->papers,
												 MCXT_ALLOC_HUGE);

	anthology_desk_lay(&reading->corpus, &reading->desk, parts->paper, parts->papers, &person, 1);
	for (int i = 0; i < parts->papers; i++)
		if (!anthology_surroundings(&reading->corpus, &reading->desk, parts->paper[i],
									anthology_judge_allocate, &all[i]))
			anthology_judge_out_of_memory();
	for (int part = 0; part < parts->parts; part++)
	{
		int			other = nearest_part(parting->odds, parts, part);
		Between		between;

		compare_parts(judge, reading, parting, all, part, other, &between);
		between.common = common_coauthors(&reading->corpus, parts, person, part, other);
		put_between(result, part, other, "prior", NULL, between.prior, "two papers of one page");
		put_between(result, part, other, "persons of the name", NULL, -parting->threshold,
					"how sure it must be, by how common the name is");
		if (between.names != 0)
			put_between(result, part, other, anthology_judge_signal_name(MODEL_NAME, NAME_ON_PAGE),
						NULL, between.names, "the names printed on the papers differ");
		for (int s = 0; s < PAIR_SIGNALS; s++)
			put_between(result, part, other, anthology_judge_signal_name(MODEL_PAIR, s),
						&between.value[s], between.weight[s], describe_between(&between, s));
	}
	anthology_desk_clear(&reading->corpus, &reading->desk, &person, 1);
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
			put_evidence(&judge, reading, person, &parting, result);
	}
	SPI_finish();
	return (Datum) 0;
}
