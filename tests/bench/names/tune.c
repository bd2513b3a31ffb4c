/*
 * tune.c - fits the weights of name_similarity on the tuning half.
 *
 *   tune CORPUS ROUNDS > extension/core/name_weights.inc
 *
 * Coordinate ascent: each weight in turn is moved up and down, and kept where
 * average precision plus MRR is better. Pairs that score nothing under the
 * first weights are left out.
 */
#define main accuracy_main
#include "accuracy.c"
#undef main

#include <math.h>

extern float anthology_name_weights[];

typedef struct Candidate
{
	const Name *name;
	int			right;
	float		score;
} Candidate;

typedef struct Query
{
	const Name *name;
	Candidate  *candidates;
	int			count;
} Query;

static Query *queries;
static int	query_count;
static double total_right;

/*
 * Weights that the contract sets, not the corpus, in which two spellings of a
 * diacritic are sometimes two persons, and nobody is romanised in two ways.
 */
static int
is_set(const char *weight)
{
	return strcmp(weight, "diacritic") == 0 || strcmp(weight, "missing_particle") == 0 ||
		strcmp(weight, "missing_suffix") == 0 || strcmp(weight, "conflict_suffix") == 0 ||
		strcmp(weight, "sound") == 0 || strcmp(weight, "family_sound") == 0 ||
		strcmp(weight, "alias") == 0 || strcmp(weight, "reading") == 0 ||
		strcmp(weight, "doubtful") == 0 || strcmp(weight, "again") == 0 || strcmp(weight, "long_vowel") == 0 || strcmp(weight, "swapped") == 0 ||
		strcmp(weight, "conflict_given") == 0 || strcmp(weight, "conflict_family") == 0;
}

static double
objective(double *ap_out, double *mrr_out)
{
	static double right[BINS + 1];
	static double wrong[BINS + 1];
	double		mrr = 0;
	double		ap = 0;
	double		found = 0;
	double		seen = 0;

	memset(right, 0, sizeof(right));
	memset(wrong, 0, sizeof(wrong));
	for (int q = 0; q < query_count; q++)
	{
		Query	   *query = &queries[q];
		float		best = -1;
		double		better = 0;
		double		equal = 0;

		for (int i = 0; i < query->count; i++)
		{
			Candidate  *c = &query->candidates[i];

			c->score = anthology_name_compare(&query->name->parsed, &c->name->parsed);
			(c->right ? right : wrong)[(int) (c->score * BINS)]++;
			if (c->right && c->score > best)
				best = c->score;
		}
		for (int i = 0; i < query->count; i++)
			if (!query->candidates[i].right)
			{
				better += query->candidates[i].score > best;
				equal += query->candidates[i].score == best;
			}
		mrr += best > 0 ? 1 / (1 + better + equal / 2) : 0;
	}
	for (int b = BINS; b > 0; b--)
	{
		found += right[b];
		seen += right[b] + wrong[b];
		if (right[b] > 0)
			ap += right[b] / total_right * found / seen;
	}
	*ap_out = ap;
	*mrr_out = mrr / query_count;
	return ap + *mrr_out;
}

int
main(int argc, char **argv)
{
	static const char *const names_of_weights[] = {
		"family_scale", "family_cap", "given_scale", "given_cap", "middle_scale", "initial", "common",
		"beginning", "initials", "middle_initial", "middle_initials", "family_initial", "joined", "diacritic",
		"alias", "reading", "doubtful", "again", "long_vowel", "abbreviation", "syllables", "sound",
		"family_sound", "typo", "family_typo", "typo_cap", "error", "known", "family_known",
		"swapped", "shifted", "surname_shifted", "missing_initial", "missing_middle",
		"missing_hyphenated", "missing_given", "missing_family", "missing_particle",
		"missing_suffix", "conflict_middle", "conflict_initial", "conflict_given",
		"conflict_family", "conflict_suffix"
	};
	const int	weights = (int) (sizeof(names_of_weights) / sizeof(names_of_weights[0]));
	int			people_count;
	int			name_count;
	Person	   *people = read_people(argv[1], &people_count);
	Name	   *names = read_names(argv[1], &name_count);
	int			rounds = argc > 2 ? atoi(argv[2]) : 1;
	double		best;
	double		ap;
	double		mrr;
	long		pairs = 0;

	for (int p = 0; p < people_count; p++)
		for (int q = 0; q < people[p].name_count && half_of(people[p].id) == 0; q++)
		{
			Person	   *person = &people[p];
			Query		query = {&person->names[q], NULL, 0};
			int			rights = 0;

			for (int i = 0; i < name_count; i++)
			{
				int			right = 0;
				float		score;

				if (strcmp(names[i].slug, query.name->slug) == 0)
					continue;
				for (int k = 0; k < person->name_count; k++)
					right |= strcmp(names[i].slug, person->names[k].slug) == 0;
				score = anthology_name_compare(&query.name->parsed, &names[i].parsed);
				if (score < 0.02f && !right)
					continue;
				query.candidates = grow(query.candidates, (size_t) query.count, sizeof(Candidate));
				query.candidates[query.count++] = (Candidate) {&names[i], right, score};
				rights += right;
			}
			if (rights == 0)
				continue;
			total_right += rights;
			pairs += query.count;
			queries = grow(queries, (size_t) query_count, sizeof(Query));
			queries[query_count++] = query;
		}
	best = objective(&ap, &mrr);
	fprintf(stderr, "%ld pairs, start: %.4f %.4f\n", pairs, ap, mrr);
	for (int round = 0; round < rounds; round++)
	{
		float		step = round < 2 ? 1.0f : round < 4 ? 0.5f : 0.25f;

		for (int w = 0; w < weights; w++)
			for (int sign = -1; sign <= 1; sign += 2)
				for (;;)
				{
					float		before = anthology_name_weights[w];
					float		move = (w == 0 || w == 2 || w == 4 ? 0.1f : 1) * step * (float) sign;
					double		now;

					anthology_name_weights[w] = before + move;
					if (is_set(names_of_weights[w]) || anthology_name_weights[w] < 0 || anthology_name_weights[w] > 16.5f)
					{
						anthology_name_weights[w] = before;
						break;
					}
					now = objective(&ap, &mrr);
					if (now <= best + 1e-5)
					{
						anthology_name_weights[w] = before;
						break;
					}
					best = now;
				}
		objective(&ap, &mrr);
		fprintf(stderr, "round %d: %.4f %.4f\n", round, ap, mrr);
	}
	for (int w = 0; w < weights; w++)
		printf("\t.%s = %g,\n", names_of_weights[w], (double) roundf(anthology_name_weights[w] * 1000) / 1000);
	return 0;
}
