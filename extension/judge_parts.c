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
namesake_margin(const AnthologyName *names, int count)
{
	double		most = 0;

	/* Of the names on the page, the one that tells least. */
	for (int n = 0; n < count; n++)
	{
		AnthologyName name = names[n];
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

/*
 * Adds what the printed names say to the log-odds of n papers. which has the
 * number of each paper's name; a person's listed names do not contradict each
 * other.
 */
static void
weigh_names(float *odds, int n, const int *which, const AnthologyName *names, const bool *listed,
			int count)
{
	AnthologyModel *model = anthology_judge_model(MODEL_NAME);
	float	   *weight = palloc_extended(sizeof(float) * count * count, MCXT_ALLOC_HUGE);

	for (int i = 0; i < count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		for (int j = 0; j <= i; j++)
			weight[i * (size_t) count + j] = weight[j * (size_t) count + i] =
				i == j || (listed[i] && listed[j]) ? 0 :
				(float) anthology_judge_scale_weight(&model->scale[0][NAME_ON_PAGE], anthology_name_compare(&names[i], &names[j]));
	}
	for (int i = 0; i < n; i++)
		for (int j = 0; j < n; j++)
			odds[i * (size_t) n + j] += weight[which[i] * (size_t) count + which[j]];
	pfree(weight);
}

Datum
anthology_suggest_split(PG_FUNCTION_ARGS)
{
	static SPIPlanPtr plan;
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	Datum		person = PG_GETARG_DATUM(0);
	Oid			type = TEXTOID;
	AnthologyModel *model;
	AnthologyReading *reading;
	Datum	   *ids;
	int		   *bond;
	int		   *page;
	int		   *part;
	int			n;
	int			hidden;
	int		   *which;
	AnthologyName *names;
	bool	   *listed;
	AnthologyNumbers		printed;
	float	   *odds;
	float	   *rest;

	InitMaterializedSRF(fcinfo, 0);
	SPI_connect();
	anthology_judge_require_person(person);
	model = anthology_judge_model(MODEL_PAIR);
	anthology_saved_plan(&plan, "SELECT * FROM anthology.judge_read_page($1)", 1, &type);
	SPI_execute_plan(plan, &person, NULL, true, 0);
	n = (int) SPI_processed;
	if (n == 0)
	{
		SPI_finish();
		return (Datum) 0;
	}
	ids = palloc(sizeof(Datum) * n);
	bond = palloc(sizeof(int) * n);
	page = palloc(sizeof(int) * n);
	part = palloc(sizeof(int) * n);
	which = palloc(sizeof(int) * n);
	names = palloc_extended(sizeof(AnthologyName) * n, MCXT_ALLOC_HUGE);
	listed = palloc(sizeof(bool) * n);
	anthology_numbers_begin(&printed, 16);
	for (int i = 0; i < n; i++)
	{
		bool		isnull;
		Datum		full_name;
		int			known;

		ids[i] = SPI_getbinval(SPI_tuptable->vals[i], SPI_tuptable->tupdesc, 1, &isnull);
		bond[i] = DatumGetInt32(SPI_getbinval(SPI_tuptable->vals[i], SPI_tuptable->tupdesc, 2, &isnull));
		full_name = SPI_getbinval(SPI_tuptable->vals[i], SPI_tuptable->tupdesc, 3, &isnull);
		known = printed.count;
		which[i] = anthology_number_text(&printed, full_name);
		if (which[i] == known)
		{
			AnthologyText utf8 = anthology_text(DatumGetTextPP(full_name));

			anthology_check_status(anthology_name_parse(utf8.data, utf8.length, &names[known]));
			listed[known] = DatumGetBool(SPI_getbinval(SPI_tuptable->vals[i], SPI_tuptable->tupdesc, 4, &isnull));
		}
	}
	model->threshold += namesake_margin(names, printed.count);
	reading = anthology_judge_read_around(PointerGetDatum(construct_array(&person, 1, TEXTOID, -1, false, TYPALIGN_INT)),
						  PointerGetDatum(construct_array(ids, n, TEXTOID, -1, false, TYPALIGN_INT)));
	for (int i = 0; i < n; i++)
		page[i] = anthology_judge_paper(reading, DatumGetTextPP(ids[i]));
	hidden = anthology_judge_person(reading, DatumGetTextPP(person));
	anthology_desk_lay(&reading->corpus, &reading->desk, page, n, &hidden, 1);
	odds = anthology_judge_pair_odds(&reading->corpus, &reading->desk, model);
	weigh_names(odds, n, which, names, listed, printed.count);
	rest = palloc_extended(sizeof(float) * n * n, MCXT_ALLOC_HUGE);
	memcpy(rest, odds, sizeof(float) * n * n);
	if (!anthology_group(rest, n, model->threshold, bond, part))
		anthology_judge_out_of_memory();
	for (int i = 0; i < n; i++)
	{
		Datum		values[3];
		bool		nulls[3] = {false, false, false};

		values[0] = ids[i];
		values[1] = Int32GetDatum(part[i] + 1);
		values[2] = Float4GetDatum(anthology_judge_probability(anthology_group_margin(odds, n, model->threshold, part, i)));
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
	SPI_finish();
	return (Datum) 0;
}
