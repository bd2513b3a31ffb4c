/*
 * judge_fit.c - SQL function that fits the weights to merged pages.
 */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "common/hashfn.h"
#include "common/pg_prng.h"
#include "compat.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/float.h"
#include "utils/memutils.h"
#include "utils/tuplestore.h"

#include "core/name_similarity.h"
#include "judge_fit.h"
#include "judge_reading.h"
#include "progress.h"

PG_FUNCTION_INFO_V1(anthology_fit_pages);

#define FIT_COLUMNS 10			/* a weight in the first five; a tree in the first and the last */
#define PAIRS 500				/* of a page */
#define THRESHOLD_PAGES 600		/* grouped to find the threshold */

void *
anthology_fit_allocate(size_t size)
{
	CHECK_FOR_INTERRUPTS();
	return anthology_judge_allocate(size);
}

int
anthology_place_of(const AnthologyCorpus *corpus, int paper, int person)
{
	for (int j = corpus->author_start[paper]; j < corpus->author_start[paper + 1]; j++)
		if (corpus->author[j] == person)
			return j;
	return -1;
}

int
anthology_papers_of(const AnthologyCorpus *corpus, int person)
{
	return corpus->paper_start[person + 1] - corpus->paper_start[person];
}

uint32
anthology_surname_of(const AnthologyReading *reading, int person)
{
	const AnthologyNumbersKey *key = &reading->parts->names.key[reading->corpus.name[person]];
	int			length = key->length;

	/* The initial follows the last space. */
	while (length > 0 && key->data[length - 1] != ' ')
		length--;
	return hash_bytes((const unsigned char *) key->data, length);
}

/* Names of a person that are compared; few persons have more. */
#define PRINTED_NAMES 8

/* Some of the names printed for a person, each once; returns how many. */
static int
printed_names(const AnthologyCorpus *corpus, int person, int *name)
{
	int			count = 0;

	for (int k = corpus->paper_start[person];
		 k < corpus->paper_start[person + 1] && count < PRINTED_NAMES; k++)
	{
		int			place = anthology_place_of(corpus, corpus->paper[k], person);
		int			full_name = corpus->author_full_name[place];
		bool		known = false;

		for (int i = 0; i < count; i++)
			known |= name[i] == full_name;
		if (!known)
			name[count++] = full_name;
	}
	return count;
}

bool
anthology_may_be_one(AnthologyReading *reading, int a, int b)
{
	const AnthologyCorpus *corpus = &reading->corpus;
	int			name_a[PRINTED_NAMES];
	int			name_b[PRINTED_NAMES];
	int			count_a;
	int			count_b;

	if (corpus->verified[a] && corpus->verified[b])
		return false;
	count_a = printed_names(corpus, a, name_a);
	count_b = printed_names(corpus, b, name_b);
	for (int i = 0; i < count_a; i++)
		for (int j = 0; j < count_b; j++)
			if (anthology_name_compare(anthology_judge_name(reading, name_a[i]),
									   anthology_judge_name(reading, name_b[j])) >=
				ANTHOLOGY_MAY_BE_ONE)
				return true;
	return false;
}

void
anthology_add_example(AnthologyExamples *examples, const double *signals, int stratum, bool truth,
					  float importance)
{
	int			i = examples->count;

	if (i == examples->room)
	{
		int			room = examples->room == 0 ? 4096 : examples->room * 2;

#define GROW(array, size) \
		(array) = (array) == NULL ? palloc_extended((size) * (Size) room, MCXT_ALLOC_HUGE) \
			: repalloc_huge(array, (size) * (Size) room)
		GROW(examples->signal, sizeof(double) * examples->signals);
		GROW(examples->stratum, 1);
		GROW(examples->truth, sizeof(bool));
		GROW(examples->importance, sizeof(float));
#undef GROW
		examples->room = room;
	}
	memcpy(examples->signal + (size_t) i * examples->signals, signals,
		   sizeof(double) * examples->signals);
	examples->stratum[i] = (unsigned char) stratum;
	examples->truth[i] = truth;
	examples->importance[i] = importance;
	examples->count++;
}

static void
add_pairs(AnthologyReading *reading, const AnthologyMadePage *made, pg_prng_state *chance,
		  AnthologyExamples *examples)
{
	const AnthologyCorpus *corpus = made->corpus;
	const AnthologyMergedPage *page = &made->merged;
	int			n = page->papers;
	double		share = Min(1.0, PAIRS / (n * (n - 1) / 2.0));
	float		importance = (float) (30 / sqrt(n * (n - 1) / 2.0 * share));
	MemoryContext context = AllocSetContextCreate(CurrentMemoryContext, "anthology page",
												  ALLOCSET_DEFAULT_SIZES);
	MemoryContext old = MemoryContextSwitchTo(context);
	AnthologySurroundings *all = palloc(sizeof(AnthologySurroundings) * n);
	double	   *signals = palloc(sizeof(double) * PAIR_SIGNALS * n);
	AnthologyStratum *strata = palloc(sizeof(AnthologyStratum) * n);

	anthology_desk_lay(corpus, &reading->desk, page->paper, n, page->person, page->persons);
	for (int i = 0; i < n; i++)
		if (!anthology_surroundings(corpus, &reading->desk, page->paper[i],
									anthology_judge_allocate, &all[i]))
			anthology_judge_out_of_memory();
	if (!anthology_compare_texts(corpus, &reading->desk, all, anthology_judge_allocate))
		anthology_judge_out_of_memory();
	for (int i = 0; i + 1 < n; i++)
	{
		anthology_pair_signals(corpus, &reading->desk, all, i, i + 1, n, signals, strata);
		MemoryContextSwitchTo(old);
		for (int j = i + 1; j < n; j++)
			if (share == 1 || pg_prng_double(chance) < share)
				anthology_add_example(examples, signals + (size_t) (j - i - 1) * PAIR_SIGNALS,
									  strata[j - i - 1], page->owner[i] == page->owner[j],
									  importance);
	}
	MemoryContextSwitchTo(old);
	MemoryContextDelete(context);
	anthology_desk_clear(corpus, &reading->desk, page->person, page->persons);
}

double
anthology_b_cubed_f1(const int *truth, const int *part, int n)
{
	double		precision = 0;
	double		recall = 0;

	for (int i = 0; i < n; i++)
	{
		int			both = 0;
		int			same = 0;
		int			together = 0;

		for (int j = 0; j < n; j++)
		{
			same += truth[i] == truth[j];
			together += part[i] == part[j];
			both += truth[i] == truth[j] && part[i] == part[j];
		}
		precision += (double) both / together;
		recall += (double) both / same;
	}
	return 2 * precision * recall / ((precision + recall) * n);
}

AnthologyMergedPage
anthology_merge_persons(const AnthologyCorpus *corpus, const int *person, int persons)
{
	AnthologyMergedPage page = {.persons = persons};
	int			room = 0;

	page.person = palloc(sizeof(int) * Max(persons, 1));
	memcpy(page.person, person, sizeof(int) * persons);
	for (int p = 0; p < persons; p++)
		room += corpus->paper_start[person[p] + 1] - corpus->paper_start[person[p]];
	page.paper = palloc(sizeof(int) * Max(room, 1));
	page.owner = palloc(sizeof(int) * Max(room, 1));
	for (int p = 0; p < persons; p++)
		for (int k = corpus->paper_start[person[p]]; k < corpus->paper_start[person[p] + 1]; k++)
		{
			int			paper = corpus->paper[k];
			bool		alone = true;

			for (int q = 0; q < persons && alone; q++)
				if (q != p)
					for (int j = corpus->author_start[paper];
						 j < corpus->author_start[paper + 1]; j++)
						alone &= corpus->author[j] != person[q];
			if (alone)
			{
				page.paper[page.papers] = paper;
				page.owner[page.papers++] = p;
			}
		}
	return page;
}

/* The page of those persons that there are. */
static AnthologyMergedPage
merged_page(AnthologyReading *reading, Datum *ids, int count)
{
	int		   *person = palloc(sizeof(int) * count);
	int			persons = 0;

	for (int i = 0; i < count; i++)
	{
		int			number = anthology_judge_person(reading, DatumGetTextPP(ids[i]));

		if (number >= 0)
			person[persons++] = number;
	}
	return anthology_merge_persons(&reading->corpus, person, persons);
}

static void
put_weight(ReturnSetInfo *result, const char *model, int stratum, const char *signal,
		   double lower, double weight)
{
	Datum		values[FIT_COLUMNS] = {
		CStringGetTextDatum(model), Int32GetDatum(stratum), CStringGetTextDatum(signal),
		Float8GetDatum(lower), Float8GetDatum(weight)
	};
	bool		nulls[FIT_COLUMNS] = {[5] = true, true, true, true, true};

	tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
}

static Datum
tree_array(const double *number)
{
	Datum		element[ANTHOLOGY_TREE_QUESTIONS];

	for (int q = 0; q < ANTHOLOGY_TREE_QUESTIONS; q++)
		element[q] = Float8GetDatum(number[q]);
	return PointerGetDatum(construct_array(element, ANTHOLOGY_TREE_QUESTIONS, FLOAT8OID, 8,
										   FLOAT8PASSBYVAL, TYPALIGN_DOUBLE));
}

static void
put_forest(ReturnSetInfo *result, AnthologyModelKind kind, const AnthologyForest *forest)
{
	const char *model = anthology_judge_model_name(kind);

	put_weight(result, model, 0, "prior", 0, forest->prior);
	for (int t = 0; t < forest->trees; t++)
	{
		const AnthologyTree *tree = &forest->tree[t];
		Datum		values[FIT_COLUMNS] = {CStringGetTextDatum(model)};
		bool		nulls[FIT_COLUMNS] = {[1] = true, true, true, true};
		Datum		signal[ANTHOLOGY_TREE_QUESTIONS] = {0};
		bool		none[ANTHOLOGY_TREE_QUESTIONS];
		int			questions = ANTHOLOGY_TREE_QUESTIONS;
		int			from = 1;

		for (int q = 0; q < ANTHOLOGY_TREE_QUESTIONS; q++)
		{
			none[q] = tree->signal[q] < 0;
			if (!none[q])
				signal[q] = CStringGetTextDatum(anthology_judge_signal_name(kind, tree->signal[q]));
		}
		values[5] = Int32GetDatum(t + 1);
		values[6] = PointerGetDatum(construct_md_array(signal, none, 1, &questions, &from, TEXTOID,
													   -1, false, TYPALIGN_INT));
		values[7] = tree_array(tree->cut);
		values[8] = tree_array(tree->below);
		values[9] = tree_array(tree->above);
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
}

static void
put_model(ReturnSetInfo *result, AnthologyModelKind kind, const AnthologyModel *model)
{
	for (int stratum = 0; stratum < STRATA; stratum++)
	{
		put_weight(result, anthology_judge_model_name(kind), stratum, "prior", 0,
				   model->prior[stratum]);
		for (int s = 0; s < model->signals; s++)
			for (int b = 0; b < model->scale[stratum][s].bins; b++)
				put_weight(result, anthology_judge_model_name(kind), stratum,
						   anthology_judge_signal_name(kind, s),
						   b == 0 ? -get_float8_infinity() : model->scale[stratum][s].lower[b],
						   model->scale[stratum][s].weight[b]);
	}
}

/* The threshold at which the pages come out best. */
static double
best_threshold(AnthologyReading *reading, const AnthologyModel *model,
			   const AnthologyMergedPage *pages, int count)
{
	double		total[25] = {0};
	int			best = 0;

	for (int p = 0; p < count; p++)
	{
		const AnthologyMergedPage *page = &pages[p];
		MemoryContext context = AllocSetContextCreate(CurrentMemoryContext, "anthology page",
													  ALLOCSET_DEFAULT_SIZES);
		MemoryContext old = MemoryContextSwitchTo(context);
		int			n = page->papers;

		if (n > 1 && n <= 1000)
		{
			int		   *bond = palloc0(sizeof(int) * n);
			int		   *part = palloc(sizeof(int) * n);
			float	   *odds;
			float	   *rest = palloc_extended(sizeof(float) * n * n, MCXT_ALLOC_HUGE);

			anthology_desk_lay(&reading->corpus, &reading->desk, page->paper, n, page->person,
							   page->persons);
			odds = anthology_judge_pair_odds(&reading->corpus, &reading->desk, model);
			anthology_desk_clear(&reading->corpus, &reading->desk, page->person, page->persons);
			for (int t = 0; t < 25; t++)
			{
				memcpy(rest, odds, sizeof(float) * n * n);
				if (!anthology_group(rest, n, t * 0.1 - 1.5, bond, part))
					anthology_judge_out_of_memory();
				total[t] += anthology_b_cubed_f1(page->owner, part, n);
			}
		}
		MemoryContextSwitchTo(old);
		MemoryContextDelete(context);
	}
	for (int t = 1; t < 25; t++)
		if (total[t] > total[best])
			best = t;
	return best * 0.1 - 1.5;
}

Datum
anthology_fit_pages(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	ArrayType  *numbers = PG_GETARG_ARRAYTYPE_P(0);
	ArrayType  *persons = PG_GETARG_ARRAYTYPE_P(1);
	bool		certain = PG_GETARG_BOOL(2);
	Datum	   *number;
	Datum	   *person;
	bool	   *nulls;
	int			count;
	int			person_count;
	int			pages = 0;
	AnthologyMergedPage *page;
	AnthologyReading *reading;
	AnthologyModel *model = palloc0(sizeof(AnthologyModel));
	AnthologyExamples	pairs = {.signals = PAIR_SIGNALS};
	pg_prng_state chance;
	AnthologyMadePages *made;
	AnthologyModel *groups;
	AnthologyModel *mixed;
	AnthologyModel *without[ANTHOLOGY_FOLDS];

	InitMaterializedSRF(fcinfo, 0);
	SPI_connect();
	if (array_contains_nulls(numbers) || array_contains_nulls(persons))
		ereport(ERROR, errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				errmsg("pages and persons must not be null"));
	deconstruct_array(numbers, INT4OID, 4, true, TYPALIGN_INT, &number, &nulls, &count);
	deconstruct_array(persons, TEXTOID, -1, false, TYPALIGN_INT, &person, &nulls, &person_count);
	if (count != person_count)
		ereport(ERROR, errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				errmsg("there are %d pages for %d persons", count, person_count));
	reading = anthology_judge_read_corpus();
	pg_prng_seed(&chance, 1);

	page = palloc(sizeof(AnthologyMergedPage) * Max(count, 1));
	for (int i = 0; i < count;)
	{
		int			end = i;

		while (end < count && DatumGetInt32(number[end]) == DatumGetInt32(number[i]))
			end++;
		page[pages] = merged_page(reading, person + i, end - i);
		if (page[pages].papers > 1)
			pages++;
		i = end;
	}
	anthology_report_progress("fit_assignment_model: papers", 0, 4);
	put_forest(result, MODEL_PAPER, anthology_fit_papers(reading, page, pages, certain));
	anthology_report_progress("fit_assignment_model: pairs", 1, 4);
	/* Chance of their own, so that what is drawn for one model is not for another to change. */
	pg_prng_seed(&chance, 2);
	made = anthology_make_pages(reading, page, pages, certain, &chance);
	for (int p = 0; p < made->count; p++)
	{
		CHECK_FOR_INTERRUPTS();
		if (anthology_made_mixed(&made->page[p]))
			add_pairs(reading, &made->page[p], &chance, &pairs);
	}
	model->signals = PAIR_SIGNALS;
	if (!anthology_fit(model, pairs.count, pairs.signal, pairs.stratum, pairs.truth,
					   pairs.importance))
		anthology_judge_out_of_memory();
	put_model(result, MODEL_PAIR, model);
	put_weight(result, "pair", 0, "threshold", 0,
			   best_threshold(reading, model, page, Min(pages, THRESHOLD_PAGES)));
	anthology_report_progress("fit_assignment_model: groups", 2, 4);
	groups = anthology_fit_groups(reading, model, made, without);
	put_model(result, MODEL_GROUP, groups);
	anthology_report_progress("fit_assignment_model: mixture", 3, 4);
	mixed = anthology_fit_mixed(reading, model, made, without);
	put_model(result, MODEL_PAGE, mixed);
	for (int b = 0; b < mixed->threshold.bins; b++)
		put_weight(result, "page", 0, "threshold", mixed->threshold.lower[b],
				   mixed->threshold.weight[b]);
	SPI_finish();
	return (Datum) 0;
}
