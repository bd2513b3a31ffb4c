/*
 * judge_fit.c - the weights of judge.h from examples, and the grouping of a page.
 *
 * Each stratum is a logistic regression of its own, on indicators of which bin
 * each signal falls into. Bins are cut at quantiles of the examples, so that a
 * weight is never a guess from a few. Newton's method with a ridge penalty.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "host.h"
#include "judge.h"

#define BINS 8
#define FEWEST 40				/* examples in a bin */
#define RIDGE 3.0
#define ROUNDS 12

static int
ascending(const void *a, const void *b)
{
	double		x = *(const double *) a;
	double		y = *(const double *) b;

	return (x > y) - (x < y);
}

/*
 * Cuts a signal's sorted values into bins of about equal size; a value that many
 * examples share has a bin to itself, and the rest are cut as finely.
 */
static void
cut(AnthologyScale *scale, const double *sorted, int n)
{
	int			start = 0;

	memset(scale, 0, sizeof(*scale));
	scale->bins = 1;
	scale->lower[0] = -1e30;
	while (scale->bins < BINS)
	{
		int			share = (n - start) / (BINS - scale->bins + 1);
		int			i = start + (share > FEWEST ? share : FEWEST);

		while (i < n && sorted[i] == sorted[i - 1])
			i++;
		if (n - i < FEWEST)
			break;
		scale->lower[scale->bins++] = sorted[i];
		start = i;
	}
	if (scale->bins == 1)
		scale->bins = 0;		/* says nothing */
}

/* Solves a x = b for a symmetric positive definite a, in place; b becomes x. */
static void
solve(double *a, double *b, int n)
{
	for (int i = 0; i < n; i++)
		for (int j = 0; j <= i; j++)
		{
			double		sum = a[i * n + j];

			for (int k = 0; k < j; k++)
				sum -= a[i * n + k] * a[j * n + k];
			a[i * n + j] = i == j ? sqrt(sum > 1e-12 ? sum : 1e-12) : sum / a[j * n + j];
		}
	for (int i = 0; i < n; i++)
	{
		for (int k = 0; k < i; k++)
			b[i] -= a[i * n + k] * b[k];
		b[i] /= a[i * n + i];
	}
	for (int i = n - 1; i >= 0; i--)
	{
		for (int k = i + 1; k < n; k++)
			b[i] -= a[k * n + i] * b[k];
		b[i] /= a[i * n + i];
	}
}

bool
anthology_fit(AnthologyModel *model, int examples, const double *signals,
			  const unsigned char *strata, const bool *truth, const float *importance)
{
	int			most = 1 + ANTHOLOGY_MAX_SIGNALS * ANTHOLOGY_MAX_BINS;
	double	   *sorted = anthology_allocate(sizeof(double) * (examples + 1));
	double	   *hessian = anthology_allocate(sizeof(double) * most * most);
	double	   *gradient = anthology_allocate(sizeof(double) * most);
	double	   *weight = anthology_allocate(sizeof(double) * most);
	bool		enough = sorted != NULL && hessian != NULL && gradient != NULL && weight != NULL;

	for (int stratum = 0; enough && stratum < STRATA; stratum++)
	{
		int			offset[ANTHOLOGY_MAX_SIGNALS];
		int			parameters = 1;

		for (int s = 0; s < model->signals; s++)
		{
			int			n = 0;

			for (int e = 0; e < examples; e++)
				if (strata[e] == stratum)
					sorted[n++] = signals[(size_t) e * model->signals + s];
			anthology_check();
			qsort(sorted, n, sizeof(double), ascending);
			cut(&model->scale[stratum][s], sorted, n);
			offset[s] = parameters;
			parameters += model->scale[stratum][s].bins;
		}
		memset(weight, 0, sizeof(double) * parameters);
		for (int round = 0; round < ROUNDS; round++)
		{
			memset(hessian, 0, sizeof(double) * parameters * parameters);
			memset(gradient, 0, sizeof(double) * parameters);
			for (int e = 0; e < examples; e++)
			{
				int			active[1 + ANTHOLOGY_MAX_SIGNALS];
				int			count = 1;
				double		sum = weight[0];
				double		p;

				if (e % 256 == 0)
					anthology_check();
				if (strata[e] != stratum)
					continue;
				active[0] = 0;
				for (int s = 0; s < model->signals; s++)
				{
					const AnthologyScale *scale = &model->scale[stratum][s];
					int			bin = 0;

					if (scale->bins == 0)
						continue;
					while (bin + 1 < scale->bins &&
						   signals[(size_t) e * model->signals + s] >= scale->lower[bin + 1])
						bin++;
					active[count] = offset[s] + bin;
					sum += weight[active[count++]];
				}
				p = 1 / (1 + exp(-sum));
				for (int i = 0; i < count; i++)
				{
					gradient[active[i]] += importance[e] * (truth[e] - p);
					for (int j = 0; j < count; j++)
						hessian[active[i] * parameters + active[j]] += importance[e] * p * (1 - p);
				}
			}
			for (int i = 0; i < parameters; i++)
			{
				double		penalty = i == 0 ? 0.01 : RIDGE;

				gradient[i] -= penalty * weight[i];
				hessian[i * parameters + i] += penalty;
			}
			solve(hessian, gradient, parameters);
			for (int i = 0; i < parameters; i++)
				weight[i] += gradient[i];
		}
		model->prior[stratum] = weight[0];
		for (int s = 0; s < model->signals; s++)
			for (int b = 0; b < model->scale[stratum][s].bins; b++)
				model->scale[stratum][s].weight[b] = weight[offset[s] + b];
	}
	anthology_release(sorted);
	anthology_release(hessian);
	anthology_release(gradient);
	anthology_release(weight);
	return enough;
}

/* Whether two groups may be one. */
static bool
may_join(int a, int b)
{
	return a == 0 || b == 0 || a == b;
}

bool
anthology_group(float *odds, int n, double threshold, const int *bond, int *part)
{
	int		   *size = anthology_allocate(sizeof(int) * (n + 1));
	int		   *bound = anthology_allocate(sizeof(int) * (n + 1));
	int		   *best = anthology_allocate(sizeof(int) * (n + 1));	/* nearest group of each */
	bool		enough = size != NULL && bound != NULL && best != NULL;
	int			parts = 0;

	for (int i = 0; enough && i < n; i++)
	{
		size[i] = 1;
		bound[i] = bond[i];
		part[i] = i;
		best[i] = -1;
		odds[(size_t) i * n + i] = 0;
	}
	for (int joined = 0; enough && joined + 1 < n; joined++)
	{
		int			a = -1;
		int			b = -1;
		double		top = threshold;

		anthology_check();
		for (int i = 0; i < n; i++)
		{
			if (size[i] == 0)
				continue;
			if (best[i] < 0)
			{
				double		most = -1e30;

				for (int j = 0; j < n; j++)
					if (j != i && size[j] > 0 && may_join(bound[i], bound[j]))
					{
						double		value = odds[(size_t) i * n + j];

						if (bound[i] > 0 && bound[i] == bound[j])
							value = 1e20;
						if (value > most)
						{
							most = value;
							best[i] = j;
						}
					}
				if (best[i] < 0)
					continue;
			}
			if (bound[i] > 0 && bound[i] == bound[best[i]])
			{
				a = i, b = best[i];
				break;
			}
			if (odds[(size_t) i * n + best[i]] > top)
			{
				top = odds[(size_t) i * n + best[i]];
				a = i, b = best[i];
			}
		}
		if (a < 0)
			break;
		for (int j = 0; j < n; j++)
		{
			float		mean = (odds[(size_t) a * n + j] * size[a] +
								odds[(size_t) b * n + j] * size[b]) / (size[a] + size[b]);

			odds[(size_t) a * n + j] = odds[(size_t) j * n + a] = mean;
		}
		size[a] += size[b];
		size[b] = 0;
		bound[a] = bound[a] > 0 ? bound[a] : bound[b];
		for (int j = 0; j < n; j++)
			if (part[j] == b)
				part[j] = a;
		/* A mean can only be nearer than what it is made of was: look again. */
		for (int j = 0; j < n; j++)
			if (j == a || best[j] == a || best[j] == b || (size[j] > 0 && best[j] >= 0 &&
				odds[(size_t) j * n + a] > odds[(size_t) j * n + best[j]]))
				best[j] = -1;
	}
	/* Number the parts in the order of their first papers. */
	for (int i = 0; enough && i < n; i++)
		best[i] = -1;
	for (int i = 0; enough && i < n; i++)
	{
		if (best[part[i]] < 0)
			best[part[i]] = parts++;
		part[i] = best[part[i]];
	}
	anthology_release(size);
	anthology_release(bound);
	anthology_release(best);
	return enough;
}

double
anthology_group_margin(const float *odds, int n, double threshold, const int *part, int which)
{
	double		own = threshold;
	double		other = threshold;

	for (int p = 0; p < n; p++)
	{
		double		sum = 0;
		int			count = 0;

		/* Each part once, at its first thing. */
		for (int j = 0; j <= n; j++)
			if (j == n || part[j] == part[p])
			{
				count = j == p ? 0 : -1;
				break;
			}
		if (count < 0)
			continue;
		for (int j = 0; j < n; j++)
			if (part[j] == part[p] && j != which)
			{
				sum += odds[(size_t) which * n + j];
				count++;
			}
		if (count == 0)
			continue;
		if (part[p] == part[which])
			own = sum / count;
		else if (sum / count > other)
			other = sum / count;
	}
	return own - other;
}
