/*
 * judge_fit_mixed.c - fits the weights of whether a page mixes persons.
 *
 * To pages made up (judge_fit_made.c), each joined by a model of groups that was fitted
 * without the page's fold of the surnames: on its own pages a model is surer than on any
 * other. Pages of namesakes count most, for of those that really are of one full name
 * few are known. Then the log-odds are stretched and shifted so that the probability is right
 * where pages into which papers were planted and pages left as they are are equally many.
 */
#include "postgres.h"

#include <math.h>

#include "miscadmin.h"
#include "utils/float.h"
#include "utils/memutils.h"

#include "core/judge_parts.h"
#include "judge_fit.h"

#define SMALL_PAGE 6			/* below, what a page left as it is tells is less sure */
#define NAMESAKES 3.0			/* importance of pages, beside 1 of a planted one */
#define RARE_NAMESAKES 0.3
#define MERGED 1.0
#define LARGE_WHOLE 0.4			/* of all large pages, beside all planted ones */
#define SMALL_WHOLE 0.2			/* of a small page, beside one that is not */
/*
 * Whole pages drawn look mixed more often than all do: they are of surnames that several
 * have. Where all and pages planted to are equally many, as many drawn pages tell the same.
 */
#define WHOLE_DRAWN 0.7
#define RIDGE 5.0				/* keeps what to multiply by near 1 where pages are few */
/*
 * Log-odds from which on a page comes apart: a small one if it is likelier mixed than not, a
 * larger one if that is 1.9 times as likely. At even, one in six of the larger ones that are
 * left as they are would come apart.
 */
#define SMALL_THRESHOLD 0
#define THRESHOLD 0.6419

/* How the pages left as they are count. */
typedef struct Weights
{
	double		planted;		/* pages */
	double		whole;			/* drawn, neither small nor large */
	double		large;
} Weights;

static bool
is_large(const AnthologyMadePage *page)
{
	return page->merged.papers >= ANTHOLOGY_LARGE_PAGE;
}

static double
importance(const AnthologyMadePage *page, const Weights *weights)
{
	switch (page->kind)
	{
		case MADE_MERGED:
			return MERGED;
		case MADE_NAMESAKES:
			return anthology_made_mixed(page) ? NAMESAKES : RARE_NAMESAKES;
		case MADE_PLANTED:
			return 1;
		default:
			if (is_large(page))
				return LARGE_WHOLE * weights->planted / weights->large;
			return (page->merged.papers < SMALL_PAGE ? SMALL_WHOLE : 1) *
				weights->planted / Max(weights->whole, 1);
	}
}

/* For how many pages of the corpus a whole page stands. */
static double
stands_for(const AnthologyMadePage *page, const AnthologyMadePages *pages)
{
	return is_large(page) ? 1 : 1 / pages->whole_share;
}

/*
 * Makes log-odds right where half of the pages were planted to: logistic regression on
 * them, by Newton's method. Returns what to multiply and to add.
 */
static void
calibrate(const AnthologyMadePages *pages, const double *log_odds, double *times, double *plus)
{
	double		planted = 0;
	double		whole = 0;

	*times = 1;
	*plus = 0;
	for (int p = 0; p < pages->count; p++)
		if (pages->page[p].kind == MADE_PLANTED)
			planted++;
		else if (pages->page[p].kind == MADE_WHOLE && pages->page[p].merged.papers >= SMALL_PAGE)
			whole += stands_for(&pages->page[p], pages);
	for (int round = 0; round < 30 && planted > 0 && whole > 0; round++)
	{
		double		slope[2] = {RIDGE * (1 - *times), 0};
		double		curve[3] = {RIDGE, 0, 1e-9};	/* times, both, plus */
		double		determinant;

		for (int p = 0; p < pages->count; p++)
		{
			const AnthologyMadePage *page = &pages->page[p];
			bool		mixed = page->kind == MADE_PLANTED;
			double		weight;
			double		probability;

			if (!mixed && (page->kind != MADE_WHOLE || page->merged.papers < SMALL_PAGE))
				continue;
			weight = mixed ? 1 : stands_for(page, pages) * WHOLE_DRAWN * planted / whole;
			probability = 1 / (1 + exp(-*times * log_odds[p] - *plus));
			slope[0] += weight * (mixed - probability) * log_odds[p];
			slope[1] += weight * (mixed - probability);
			weight *= probability * (1 - probability);
			curve[0] += weight * log_odds[p] * log_odds[p];
			curve[1] += weight * log_odds[p];
			curve[2] += weight;
		}
		determinant = curve[0] * curve[2] - curve[1] * curve[1];
		if (determinant < 1e-9)
			break;
		*times += (slope[0] * curve[2] - slope[1] * curve[1]) / determinant;
		*plus += (slope[1] * curve[0] - slope[0] * curve[1]) / determinant;
	}
}

/* Multiplies all weights, and adds to the prior. */
static void
scale(AnthologyModel *model, double times, double plus)
{
	model->prior[0] = model->prior[0] * times + plus;
	for (int s = 0; s < model->signals; s++)
		for (int b = 0; b < model->scale[0][s].bins; b++)
			model->scale[0][s].weight[b] *= times;
}

/* Adds what is known of each page, joined by the model without its fold. */
static void
add_pages(AnthologyReading *reading, const AnthologyModel *pairs, AnthologyMadePages *pages,
		  AnthologyModel *const without[ANTHOLOGY_FOLDS], const Weights *weights,
		  AnthologyExamples *examples)
{
	MemoryContext context = AllocSetContextCreate(CurrentMemoryContext, "anthology page",
												  ALLOCSET_DEFAULT_SIZES);
	MemoryContext old = CurrentMemoryContext;

	for (int p = 0; p < pages->count; p++)
	{
		AnthologyMadePage *page = &pages->page[p];
		AnthologyParts parts;

		MemoryContextSwitchTo(context);
		if (!anthology_made_mixed(page))
			anthology_compare_made(reading, pairs, page);
		if (!anthology_parts(&page->table, page->bond, without[page->fold],
							 NULL, anthology_fit_allocate, &parts))
			anthology_judge_out_of_memory();
		MemoryContextSwitchTo(old);
		anthology_add_example(examples, parts.signals, 0, page->kind != MADE_WHOLE,
							  (float) importance(page, weights));
		MemoryContextReset(context);
	}
	MemoryContextDelete(context);
}

/* Fits to the pages of all folds but one, or of all for -1. */
static AnthologyModel *
fit_pages(const AnthologyMadePages *pages, const AnthologyExamples *all, int left_out)
{
	AnthologyExamples examples = {.signals = PAGE_SIGNALS};
	AnthologyModel *model = palloc0(sizeof(AnthologyModel));

	for (int p = 0; p < pages->count; p++)
		if (pages->page[p].fold != left_out)
			anthology_add_example(&examples, all->signal + (size_t) p * PAGE_SIGNALS, 0,
								  all->truth[p], all->importance[p]);
	model->signals = PAGE_SIGNALS;
	if (!anthology_boost(model, examples.count, examples.signal, examples.stratum, examples.truth,
						 examples.importance))
		anthology_judge_out_of_memory();
	return model;
}

AnthologyModel *
anthology_fit_mixed(AnthologyReading *reading, const AnthologyModel *pairs,
					AnthologyMadePages *pages, AnthologyModel *const without[ANTHOLOGY_FOLDS])
{
	AnthologyExamples examples = {.signals = PAGE_SIGNALS};
	AnthologyModel *model;
	AnthologyModel *pages_without[ANTHOLOGY_FOLDS];
	Weights		weights = {0};
	double	   *log_odds;
	double		times;
	double		plus;

	for (int p = 0; p < pages->count; p++)
	{
		const AnthologyMadePage *page = &pages->page[p];

		weights.planted += page->kind == MADE_PLANTED;
		weights.large += page->kind == MADE_WHOLE && is_large(page);
		weights.whole += page->kind == MADE_WHOLE && !is_large(page) &&
			page->merged.papers >= SMALL_PAGE;
	}
	add_pages(reading, pairs, pages, without, &weights, &examples);
	model = fit_pages(pages, &examples, -1);
	for (int f = 0; f < ANTHOLOGY_FOLDS; f++)
		pages_without[f] = fit_pages(pages, &examples, f);
	/* Each page by a model that does not know it. */
	log_odds = palloc(sizeof(double) * Max(pages->count, 1));
	for (int p = 0; p < pages->count; p++)
		log_odds[p] = anthology_weigh(pages_without[pages->page[p].fold], (AnthologyStratum) 0,
									  examples.signal + (size_t) p * PAGE_SIGNALS, NULL);
	calibrate(pages, log_odds, &times, &plus);
	scale(model, times, plus);
	model->threshold = (AnthologyScale) {
		.bins = 2,
		.lower = {-get_float8_infinity(), SMALL_PAGE},
		.weight = {SMALL_THRESHOLD, THRESHOLD},
	};
	return model;
}
