/*
 * name_similarity.c - how alike two personal names are.
 *
 * Idea: a name is a family name and some given names. Two names are those of
 * one person if the family names are nearly equal and no given name
 * contradicts another; what is merely missing counts for little.
 *
 * Steps:
 *   1. each name is read into parts (name_parts.c) and each word of them into
 *      its slug without hyphens, so that case, diacritics, script and hyphens
 *      do not matter;
 *   2. the family names, particles included, are compared as wholes by
 *      Jaro-Winkler;
 *   3. the given names are matched in order: equal words agree, an initial
 *      agrees nearly with a word it begins, words much alike (typos) agree in
 *      part, other words contradict; words without counterpart are missing;
 *   4. the similarity is family x given, the larger of the names as they stand
 *      and with the parts of one swapped ("Liu Yang" for "Yang Liu").
 *
 * Example: "J. Katz-Samuels", "Julian Katz Samuels": the families differ in
 * where the second name's words are split, so both are also compared with all
 * words joined; family katzsamuels = katzsamuels 1, given j = julian 0.9.
 *
 * Source of Jaro-Winkler: W. E. Winkler, "String Comparator Metrics and
 * Enhanced Decision Rules in the Fellegi-Sunter Model of Record Linkage", 1990.
 */
#include "name_similarity.h"

#include <string.h>

#include "name_parts.h"
#include "slug.h"

/* Letters of a word or family name that count; longer ones are cut. */
#define MAX_LETTERS 64
#define MAX_GIVEN ANTHOLOGY_NAME_WORDS

#define INITIAL_AGREEMENT 0.90	/* "J." and "Julian" */
#define MISSING_MIDDLE 0.97		/* "Adam Berger" and "Adam L. Berger", for each */
#define MISSING_GIVEN 0.70		/* "Berger" and "Adam Berger" */
#define LEAST_TYPO 0.88			/* Jaro-Winkler below this is a contradiction */
#define CONTRADICTION 0.30
#define SWAPPED 0.95			/* nothing but the order tells otherwise */

typedef struct Letters
{
	char		bytes[MAX_LETTERS];
	int			count;
} Letters;

typedef struct Name
{
	Letters		family;
	Letters		given[MAX_GIVEN];
	int			given_count;
	Letters		all;			/* every letter, in order */
} Name;

/* Adds the letters of a slug, hyphens left out. */
static void
add_letters(Letters *letters, const char *slug, size_t length)
{
	for (size_t i = 0; i < length && letters->count < MAX_LETTERS; i++)
		if (slug[i] != '-')
			letters->bytes[letters->count++] = slug[i];
}

static AnthologyStatus
add_part(const AnthologyNamePart *part, int as_family, Name *name, AnthologyBuffer *slug)
{
	for (int i = 0; i < part->count; i++)
	{
		AnthologyStatus status;
		const char *from = part->words[i].start;
		size_t		left = part->words[i].length;

		slug->length = 0;
		status = anthology_slug(from, left, slug);
		if (status != ANTHOLOGY_OK)
			return status;
		if (slug->length == 0)
			continue;
		add_letters(&name->all, slug->data, slug->length);
		if (as_family)
			add_letters(&name->family, slug->data, slug->length);
		else if (name->given_count < MAX_GIVEN)
		{
			/* "J.-P.", "J.P.": initials run together are several names. */
			size_t		start = 0;

			for (size_t at = 0; at <= slug->length && name->given_count < MAX_GIVEN; at++)
				if (at == slug->length || (slug->data[at] == '-' && at - start == 1))
				{
					Letters    *given = &name->given[name->given_count++];

					given->count = 0;
					add_letters(given, slug->data + start, at - start);
					start = at + 1;
				}
		}
	}
	return ANTHOLOGY_OK;
}

static AnthologyStatus
read_name(const char *text, size_t length, Name *name)
{
	AnthologyNameParts parts;
	AnthologyBuffer slug;
	AnthologyStatus status;

	name->family.count = name->all.count = name->given_count = 0;
	anthology_name_parts(text, length, &parts);
	anthology_buffer_init(&slug);
	status = add_part(&parts.given, 0, name, &slug);
	if (status == ANTHOLOGY_OK)
		status = add_part(&parts.middle, 0, name, &slug);
	if (status == ANTHOLOGY_OK)
		status = add_part(&parts.particle, 1, name, &slug);
	if (status == ANTHOLOGY_OK)
		status = add_part(&parts.family, 1, name, &slug);
	anthology_buffer_free(&slug);
	return status;
}

static int
letters_equal(const Letters *a, const Letters *b)
{
	return a->count == b->count && memcmp(a->bytes, b->bytes, (size_t) a->count) == 0;
}

static double
jaro_winkler(const Letters *a, const Letters *b)
{
	char		a_matched[MAX_LETTERS] = {0};
	char		b_matched[MAX_LETTERS] = {0};
	int			longer = a->count > b->count ? a->count : b->count;
	int			window = longer / 2 > 0 ? longer / 2 - 1 : 0;
	int			matches = 0;
	int			transposed = 0;
	int			prefix = 0;
	double		jaro;

	if (a->count == 0 || b->count == 0)
		return a->count == b->count;
	for (int i = 0; i < a->count; i++)
		for (int j = i > window ? i - window : 0; j < b->count && j <= i + window; j++)
			if (!b_matched[j] && a->bytes[i] == b->bytes[j])
			{
				a_matched[i] = b_matched[j] = 1;
				matches++;
				break;
			}
	if (matches == 0)
		return 0;
	for (int i = 0, j = 0; i < a->count; i++)
		if (a_matched[i])
		{
			while (!b_matched[j])
				j++;
			transposed += a->bytes[i] != b->bytes[j++];
		}
	jaro = ((double) matches / a->count + (double) matches / b->count +
			(matches - transposed / 2.0) / matches) / 3;
	while (prefix < 4 && prefix < a->count && prefix < b->count &&
		   a->bytes[prefix] == b->bytes[prefix])
		prefix++;
	return jaro + prefix * 0.1 * (1 - jaro);
}

/* How far two given names agree. */
static double
given_agreement(const Letters *a, const Letters *b)
{
	double		alike;

	if (letters_equal(a, b))
		return 1;
	if (a->count == 1 || b->count == 1)
		return a->bytes[0] == b->bytes[0] ? INITIAL_AGREEMENT : CONTRADICTION;
	alike = jaro_winkler(a, b);
	return alike < LEAST_TYPO ? CONTRADICTION : alike * alike;
}

static double
given_similarity(const Name *a, const Name *b)
{
	double		similarity = 1;
	int			both = a->given_count < b->given_count ? a->given_count : b->given_count;
	int			more = a->given_count + b->given_count - 2 * both;

	if (both == 0)
		return more == 0 ? 1 : MISSING_GIVEN;
	for (int i = 0; i < both; i++)
		similarity *= given_agreement(&a->given[i], &b->given[i]);
	while (more-- > 0)
		similarity *= MISSING_MIDDLE;
	return similarity;
}

static double
family_similarity(const Name *a, const Name *b)
{
	double		alike = jaro_winkler(&a->family, &b->family);

	return alike * alike * alike;
}

/* The name with its family name for given name, and the other way round. */
static void
swap_parts(const Name *name, Name *swapped)
{
	swapped->family.count = 0;
	for (int i = 0; i < name->given_count; i++)
		add_letters(&swapped->family, name->given[i].bytes, (size_t) name->given[i].count);
	swapped->given[0] = name->family;
	swapped->given_count = 1;
}

static double
compare_names(const Name *a, const Name *b)
{
	double		best = family_similarity(a, b) * given_similarity(a, b);

	if (a->given_count > 0 && b->given_count > 0)
	{
		Name		swapped;
		double		other;

		swap_parts(a, &swapped);
		other = SWAPPED * family_similarity(&swapped, b) * given_similarity(&swapped, b);
		if (other > best)
			best = other;
		swap_parts(b, &swapped);
		other = SWAPPED * family_similarity(a, &swapped) * given_similarity(a, &swapped);
		if (other > best)
			best = other;
	}
	/* The same letters, split into words another way. */
	if (letters_equal(&a->all, &b->all) && a->all.count < MAX_LETTERS && best < 0.99)
		best = 0.99;
	return best;
}

AnthologyStatus
anthology_name_normalize(const char *name, size_t length, AnthologyBuffer *normal)
{
	AnthologyNameParts parts;
	const AnthologyNamePart *order[5];
	AnthologyStatus status = ANTHOLOGY_OK;
	size_t		start = normal->length;

	anthology_name_parts(name, length, &parts);
	order[0] = &parts.given;
	order[1] = &parts.middle;
	order[2] = &parts.particle;
	order[3] = &parts.family;
	order[4] = &parts.suffix;
	for (int i = 0; i < 5; i++)
		for (int word = 0; word < order[i]->count && status == ANTHOLOGY_OK; word++)
		{
			size_t		before = normal->length;

			if (before > start)
				anthology_buffer_append_byte(normal, ' ');
			status = anthology_slug(order[i]->words[word].start, order[i]->words[word].length,
									normal);
			if (before > start && normal->length == before + 1)
				normal->length = before;
		}
	for (size_t i = start; i < normal->length; i++)
		if (normal->data[i] == '-')
			normal->data[i] = ' ';
	return status == ANTHOLOGY_OK ? normal->status : status;
}

AnthologyStatus
anthology_name_similarity(const char *a, size_t a_length, const char *b, size_t b_length,
						  double *similarity)
{
	AnthologyBuffer normal_a;
	AnthologyBuffer normal_b;
	AnthologyStatus status;
	int			equal;

	anthology_buffer_init(&normal_a);
	anthology_buffer_init(&normal_b);
	status = anthology_name_normalize(a, a_length, &normal_a);
	if (status == ANTHOLOGY_OK)
		status = anthology_name_normalize(b, b_length, &normal_b);
	equal = status == ANTHOLOGY_OK && normal_a.length == normal_b.length &&
		normal_a.length > 0 && memcmp(normal_a.data, normal_b.data, normal_a.length) == 0;
	*similarity = equal;
	if (status == ANTHOLOGY_OK && !equal && normal_a.length > 0 && normal_b.length > 0)
	{
		Name		name_a;
		Name		name_b;

		status = read_name(a, a_length, &name_a);
		if (status == ANTHOLOGY_OK)
			status = read_name(b, b_length, &name_b);
		if (status == ANTHOLOGY_OK)
			*similarity = compare_names(&name_a, &name_b);
		/* Cut or dropped words must not make different names equal. */
		if (*similarity > 0.99)
			*similarity = 0.99;
	}
	anthology_buffer_free(&normal_a);
	anthology_buffer_free(&normal_b);
	return status;
}
