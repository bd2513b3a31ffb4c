/*
 * accuracy.c - how well a measure ranks the spellings of one person's name.
 *
 *   accuracy CORPUS MEASURE HALF [N]
 *
 * CORPUS is an unpacked Anthology release with oracle/slugs.tsv. A query is a
 * listed name of a person in people.yaml who has names with different slugs.
 * All names of slugs.tsv are ranked for it, but for those with the query's own
 * slug. Correct are names whose slug another listed name of the person has.
 * HALF is tuning, unseen or all: persons are split by a hash of their id, and
 * nothing in the tree was tuned on the unseen half.
 *
 * Average precision is that of all (query, name) pairs ranked together, names
 * of equal score counted at once; the mean over queries is printed beside it.
 * With N, the N highest wrong and the N lowest right pairs follow, and before them
 * the queries whose best name is wrong.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "core/buffer.h"
#include "core/name_similarity.h"
#include "core/slug.h"

#define MAX_TRIGRAMS 128
#define BINS (1 << 20)

typedef struct Name
{
	char	   *text;
	char	   *slug;
	AnthologyName parsed;
	uint32_t	trigrams[MAX_TRIGRAMS];
	int			trigram_count;
} Name;

typedef struct Person
{
	char	   *id;
	Name	   *names;
	int			name_count;
} Person;

typedef struct Pair
{
	float		score;
	const char *query;
	const char *name;
} Pair;

static void *
grow(void *array, size_t count, size_t size)
{
	if ((count & (count - 1)) != 0)
		return array;
	array = realloc(array, size * (count ? count * 2 : 1));
	if (array == NULL)
		abort();
	return array;
}

static int
compare_trigrams(const void *a, const void *b)
{
	uint32_t	x = *(const uint32_t *) a;
	uint32_t	y = *(const uint32_t *) b;

	return (x > y) - (x < y);
}

/* The trigram set of pg_trgm: words of letters and digits, "  word ". */
static void
read_trigrams(Name *name)
{
	UChar32		window[3] = {' ', ' ', ' '};
	int32_t		i = 0;
	int32_t		length = (int32_t) strlen(name->text);
	int			in_word = 0;
	int			unique = 0;

	name->trigram_count = 0;
	while (i <= length)
	{
		UChar32		c = ' ';

		if (i < length)
			U8_NEXT(name->text, i, length, c);
		else
			i++;
		c = u_isalnum(c) ? u_tolower(c) : ' ';
		if (c == ' ' && !in_word)
			continue;
		window[0] = window[1];
		window[1] = window[2];
		window[2] = c;
		if (name->trigram_count < MAX_TRIGRAMS)
			name->trigrams[name->trigram_count++] =
				((uint32_t) window[0] * 31 + (uint32_t) window[1]) * 1000003u + (uint32_t) window[2];
		in_word = c != ' ';
		if (!in_word)
			window[0] = window[1] = window[2] = ' ';
	}
	qsort(name->trigrams, (size_t) name->trigram_count, sizeof(uint32_t), compare_trigrams);
	for (int k = 0; k < name->trigram_count; k++)
		if (unique == 0 || name->trigrams[unique - 1] != name->trigrams[k])
			name->trigrams[unique++] = name->trigrams[k];
	name->trigram_count = unique;
}

static float
trigram_similarity(const Name *a, const Name *b)
{
	int			i = 0;
	int			j = 0;
	int			common = 0;

	while (i < a->trigram_count && j < b->trigram_count)
	{
		if (a->trigrams[i] == b->trigrams[j])
			common++, i++, j++;
		else if (a->trigrams[i] < b->trigrams[j])
			i++;
		else
			j++;
	}
	i = a->trigram_count + b->trigram_count - common;
	return i ? (float) common / (float) i : 0;
}

static float
name_similarity(const Name *a, const Name *b)
{
	return anthology_name_compare(&a->parsed, &b->parsed);
}

static void
make_name(Name *name, const char *first, const char *last)
{
	AnthologyBuffer slug;

	name->text = malloc(strlen(first) + strlen(last) + 2);
	if (name->text == NULL)
		abort();
	sprintf(name->text, "%s%s%s", first, *first ? " " : "", last);
	anthology_buffer_init(&slug);
	anthology_slug(name->text, strlen(name->text), &slug);
	anthology_buffer_append_byte(&slug, '\0');
	name->slug = slug.data;
	read_trigrams(name);
	anthology_name_parse(name->text, strlen(name->text), &name->parsed);
}

/* One value of a flow mapping "{first: A, last: 'B, Jr.'}". */
static char *
flow_value(const char *line, const char *key)
{
	const char *at = strstr(line, key);
	char	   *value;
	size_t		length;

	if (at == NULL)
		return strdup("");
	at += strlen(key);
	if (*at == '\'')
		length = strcspn(++at, "'");
	else
		length = strcspn(at, ",}");
	value = malloc(length + 1);
	memcpy(value, at, length);
	value[length] = '\0';
	return value;
}

static Person *
read_people(const char *corpus, int *count)
{
	char		path[1000];
	char		line[1000];
	FILE	   *file;
	Person	   *people = NULL;

	*count = 0;
	snprintf(path, sizeof(path), "%s/data/yaml/people.yaml", corpus);
	file = fopen(path, "r");
	if (file == NULL)
	{
		perror(path);
		exit(1);
	}
	while (fgets(line, sizeof(line), file))
	{
		if (line[0] != ' ' && strchr(line, ':'))
		{
			people = grow(people, (size_t) *count, sizeof(Person));
			memset(&people[*count], 0, sizeof(Person));
			people[*count].id = strndup(line, strcspn(line, ":"));
			(*count)++;
		}
		else if (*count > 0 && strstr(line, "last: "))
		{
			Person	   *person = &people[*count - 1];

			person->names = grow(person->names, (size_t) person->name_count, sizeof(Name));
			make_name(&person->names[person->name_count++], flow_value(line, "first: "),
					  flow_value(line, "last: "));
		}
	}
	fclose(file);
	return people;
}

static Name *
read_names(const char *corpus, int *count)
{
	char		path[1000];
	char		line[2000];
	FILE	   *file;
	Name	   *names = NULL;

	*count = 0;
	snprintf(path, sizeof(path), "%s/oracle/slugs.tsv", corpus);
	file = fopen(path, "r");
	if (file == NULL)
	{
		perror(path);
		exit(1);
	}
	while (fgets(line, sizeof(line), file))
	{
		char	   *last = strchr(line, '\t');
		char	   *slug;

		if (last == NULL || (slug = strchr(last + 1, '\t')) == NULL)
			continue;
		*last++ = *slug++ = '\0';
		slug[strcspn(slug, "\n")] = '\0';
		names = grow(names, (size_t) *count, sizeof(Name));
		make_name(&names[*count], line, last);
		names[*count].slug = strdup(slug);
		(*count)++;
	}
	fclose(file);
	return names;
}

static int
half_of(const char *id)
{
	uint32_t	hash = 2166136261u;

	for (; *id; id++)
		hash = (hash ^ (unsigned char) *id) * 16777619u;
	return (hash >> 16) & 1;
}

static int
compare_pairs(const void *a, const void *b)
{
	float		x = ((const Pair *) a)->score;
	float		y = ((const Pair *) b)->score;

	return (x < y) - (x > y);
}

int
main(int argc, char **argv)
{
	int			people_count;
	int			name_count;
	Person	   *people;
	Name	   *names;
	float		(*measure) (const Name *, const Name *);
	int			half;
	int			examples = argc > 4 ? atoi(argv[4]) : 0;
	static double right_bin[BINS + 1];
	static double wrong_bin[BINS + 1];
	Pair	   *wrong = NULL;
	Pair	   *right = NULL;
	size_t		wrong_count = 0;
	size_t		right_count = 0;
	long		queries = 0;
	double		mean_ap = 0;
	double		mrr = 0;
	double		ap = 0;
	double		best_f1 = 0;
	double		best_at = 0;
	double		seen_right = 0;
	double		seen = 0;
	double		pairs = 0;
	double		seconds = 0;
	float	   *scores;
	char	   *truth;

	if (argc < 4)
	{
		fprintf(stderr, "usage: accuracy CORPUS name|trigram tuning|unseen|all [N]\n");
		return 1;
	}
	people = read_people(argv[1], &people_count);
	names = read_names(argv[1], &name_count);
	measure = argv[2][0] == 't' ? trigram_similarity : name_similarity;
	half = argv[3][0] == 't' ? 0 : argv[3][0] == 'u' ? 1 : -1;
	scores = malloc(sizeof(float) * (size_t) name_count);
	truth = malloc((size_t) name_count);

	for (int p = 0; p < people_count; p++)
	{
		Person	   *person = &people[p];

		if (half >= 0 && half_of(person->id) != half)
			continue;
		for (int q = 0; q < person->name_count; q++)
		{
			Name	   *query = &person->names[q];
			int			rights = 0;
			int			repeated = 0;
			clock_t		start;
			float		best = -1;
			double		better = 0;
			double		equal = 0;

			for (int k = 0; k < q; k++)
				repeated |= strcmp(person->names[k].text, query->text) == 0;
			if (repeated)
				continue;
			for (int i = 0; i < name_count; i++)
			{
				truth[i] = 0;
				if (strcmp(names[i].slug, query->slug) == 0)
					truth[i] = 2;	/* left out */
				else
					for (int k = 0; k < person->name_count; k++)
						if (strcmp(names[i].slug, person->names[k].slug) == 0)
							truth[i] = 1;
				rights += truth[i] == 1;
			}
			if (rights == 0)
				continue;
			start = clock();
			for (int i = 0; i < name_count; i++)
				scores[i] = measure(query, &names[i]);
			seconds += (double) (clock() - start) / CLOCKS_PER_SEC;
			pairs += name_count;
			queries++;
			for (int i = 0; i < name_count; i++)
			{
				int			bin = (int) (scores[i] * BINS);

				if (truth[i] == 2)
					continue;
				if (truth[i] == 1)
				{
					right_bin[bin]++;
					best = scores[i] > best ? scores[i] : best;
				}
				else
					wrong_bin[bin]++;
				if (examples && truth[i] == 1)
				{
					right = grow(right, right_count, sizeof(Pair));
					right[right_count++] = (Pair) {scores[i], query->text, names[i].text};
				}
				if (examples && truth[i] == 0 && scores[i] > 0.5)
				{
					wrong = grow(wrong, wrong_count, sizeof(Pair));
					wrong[wrong_count++] = (Pair) {scores[i], query->text, names[i].text};
				}
			}
			for (int i = 0; i < name_count; i++)
			{
				if (truth[i] == 0 && scores[i] > best)
					better++;
				if (truth[i] == 0 && scores[i] == best)
					equal++;
				if (truth[i] == 1)
				{
					double		above = 0;
					double		above_right = 0;

					for (int k = 0; k < name_count; k++)
						if (truth[k] != 2 && scores[k] >= scores[i])
						{
							above++;
							above_right += truth[k] == 1;
						}
					mean_ap += above_right / above / rights;
				}
			}
			mrr += 1 / (1 + better + equal / 2);
			if (examples && better + equal > 0)
			{
				int			top = 0;
				int			hit = 0;

				for (int i = 0; i < name_count; i++)
				{
					if (truth[i] == 0 && (truth[top] != 0 || scores[i] > scores[top]))
						top = i;
					if (truth[i] == 1 && (truth[hit] != 1 || scores[i] > scores[hit]))
						hit = i;
				}
				printf("rank %g %s: %s %.4f, not %s %.4f\n", 1 + better + equal / 2, query->text,
					   names[hit].text, scores[hit], names[top].text, scores[top]);
			}
		}
	}
	for (int bin = 0; bin <= BINS; bin++)
		seen_right += right_bin[bin];
	for (double total = seen_right, bin = BINS, found = 0; bin >= 0; bin--)
	{
		int			b = (int) bin;

		found += right_bin[b];
		seen += right_bin[b] + wrong_bin[b];
		if (right_bin[b] > 0)
			ap += right_bin[b] / total * found / seen;
		if (2 * found / (seen + total) > best_f1)
		{
			best_f1 = 2 * found / (seen + total);
			best_at = bin / BINS;
		}
	}
	printf("%s, %s half: %ld queries, %.0f right names\n", argv[2], argv[3], queries, seen_right);
	printf("  average precision %.4f pooled, %.4f mean over queries; MRR %.4f; %.3f us a pair (parsed)\n",
		   ap, mean_ap / (queries ? queries : 1), mrr / (queries ? queries : 1),
		   seconds / (pairs ? pairs : 1) * 1e6);
	printf("  best F1 %.4f from %.4f on\n", best_f1, best_at);
	if (examples)
	{
		qsort(wrong, wrong_count, sizeof(Pair), compare_pairs);
		qsort(right, right_count, sizeof(Pair), compare_pairs);
		for (size_t i = 0; i < (size_t) examples && i < wrong_count; i++)
			printf("wrong %.4f %s | %s\n", wrong[i].score, wrong[i].query, wrong[i].name);
		for (size_t i = 0; i < (size_t) examples && i < right_count; i++)
			printf("right %.4f %s | %s\n", right[right_count - 1 - i].score,
				   right[right_count - 1 - i].query, right[right_count - 1 - i].name);
	}
	return 0;
}
