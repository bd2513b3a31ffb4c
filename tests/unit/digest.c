/*
 * digest.c - one number of what the core makes of 100,000 texts, for builds that
 * must not differ: tests/unit/run compares plain char signed and unsigned, with
 * and without optimization.
 *
 *   digest [TEXTS]
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <unicode/utf8.h>

#include "core/bibtex_text.h"
#include "core/full_id.h"
#include "core/spelling_score.h"
#include "core/name_postings.h"
#include "core/name_similarity.h"
#include "core/orcid.h"
#include "core/plain.h"
#include "core/slug.h"
#include "core/string_measures.h"
#include "core/terms.h"
#include "core/yaml_string.h"

#define LONGEST 400

static uint64_t seed = 88172645463325252u;
static uint64_t digest = 14695981039346656037u;

static uint32_t
random_below(uint32_t limit)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (uint32_t) (seed >> 33) % limit;
}

static void
add(const void *bytes, size_t length)
{
	const unsigned char *b = bytes;

	for (size_t i = 0; i < length; i++)
		digest = (digest ^ b[i]) * 1099511628211u;
}

static void
add_number(double number)
{
	char		text[40];
	int			length = snprintf(text, sizeof(text), "%.9g ", number);

	add(text, (size_t) length);
}

static void
add_buffer(AnthologyBuffer *buffer, AnthologyStatus status)
{
	add_number(status);
	add(buffer->data, buffer->length);
	anthology_buffer_free(buffer);
	anthology_buffer_init(buffer);
}

/* Words of syllables, letters of every script, and what markup is made of. */
static size_t
make_text(char *text, int markup)
{
	static const char *const pieces[] = {
		"an", "ber", "chen", "da", "el", "Fo", "gar", "Ho", "Iv", "Jo", "ka", "Li", "Mü", "ng", "ö", "Petr", "qu", "Ró",
		"sen", "Tsch", "uy", "van ", "Wei", "Xu", "Y.", "Zh", " ", " ", " ", "-", "-", ".", ", ", "'", "’", "ß", "Ł", "ø",
		"ñ", "đ", "刘", "洋", "欧阳", "김", "민수", "Иван", "ов", "Γ", "ος", "محمد", "राम", "たな", "ʼ", "e\xCC\x81", " Jr.", " III"
	};
	static const char *const markups[] = {
		"<b>", "</b>", "<tex-math>", "</tex-math>", "<url>", "</url>", "<fixed-case>", "</fixed-case>", "&lt;", "&amp;",
		"&#233;", "$", "\\frac{", "}", "{", "^2", "_i", "\\alpha ", "\\'", "\\textbf{", "~", "``", "O(n)", "GPT-4", "12",
		"pre-", " (", ")", "http://a.b/", "LLMs", "1,000.5", "@", "%", "\"", "\n"
	};
	size_t		length = 0;

	for (uint32_t n = 1 + random_below(markup ? 30 : 12); n > 0; n--)
	{
		const char *piece = markup && random_below(2) ? markups[random_below(sizeof(markups) / sizeof(markups[0]))] :
			pieces[random_below(sizeof(pieces) / sizeof(pieces[0]))];

		if (random_below(40) == 0)
		{
			int32_t		c = (int32_t) random_below(random_below(2) ? 0x3000 : 0x110000);

			if (c > 0 && !U_IS_SURROGATE(c))
				U8_APPEND_UNSAFE(text, length, c);
		}
		memcpy(text + length, piece, strlen(piece));
		length += strlen(piece);
	}
	text[length] = '\0';
	return length;
}

static size_t
no_stem(const char *word, size_t length, char *stem)
{
	memcpy(stem, word, length);
	return length;
}

int
main(int argc, char **argv)
{
	long		texts = argc > 1 ? atol(argv[1]) : 100000;
	static AnthologyTerms terms;
	AnthologyName before;
	char		previous[LONGEST] = "";
	size_t		previous_length = 0;
	AnthologyBuffer out;

	anthology_buffer_init(&out);
	terms.stem = no_stem;
	anthology_name_parse("", 0, &before);
	for (long n = 0; n < texts; n++)
	{
		char		text[LONGEST];
		char		orcid[ANTHOLOGY_ORCID_LENGTH];
		size_t		length = make_text(text, 0);
		size_t		half = length / 2;
		AnthologyName name;
		AnthologyPosting postings[ANTHOLOGY_NAME_POSTINGS];
		AnthologyPiece piece;
		size_t		at = 0;
		int			distance;
		double		measure;

		while (half < length && U8_IS_TRAIL((uint8_t) text[half]))
			half++;
		add_number(anthology_name_parse(text, length, &name));
		anthology_name_write(&name, &out);
		add_buffer(&out, out.status);
		for (int i = 0; i < name.count; i++)
			add(&name.words[i].role, 1);
		for (int i = anthology_name_postings(&name, postings) - 1; i >= 0; i--)
			add(postings[i].bytes, (size_t) postings[i].size);
		add_number((double) anthology_name_compare(&name, &before));
		add_number(anthology_spelling_score(text, half, text + half, length - half));
		anthology_jaro_winkler(text, length, previous, previous_length, &measure);
		add_number(measure);
		anthology_jaccard(text, length, previous, previous_length, &measure);
		add_number(measure);
		anthology_damerau_levenshtein(text, length, previous, previous_length, &distance);
		add_number(distance);
		add_number(anthology_yaml_is_string(text));
		add_number(anthology_orcid(text, length, orcid));
		add_buffer(&out, anthology_slug(text, length, &out));
		anthology_paper_id(text, half, text + half, length - half, "7", 1, &out);
		add_buffer(&out, out.status);
		before = name;
		memcpy(previous, text, length);
		previous_length = length;

		length = make_text(text, 1);
		add_buffer(&out, anthology_bibtex_text(text, length, &out));
		add_number(anthology_plain(text, length, &out));
		while (anthology_next_piece(out.data, out.length, &at, &piece))
		{
			add(piece.text, piece.length);
			if (!piece.is_token)
				continue;
			anthology_token_terms(piece.text, piece.length, &terms);
			for (int i = 0; i < terms.count; i++)
			{
				add(terms.items[i].text, terms.items[i].length);
				add_number(terms.items[i].offset * 100 + terms.items[i].kind);
			}
		}
		anthology_buffer_free(&out);
		anthology_buffer_init(&out);
	}
	printf("%016llx\n", (unsigned long long) digest);
	return 0;
}
