/*
 * terms.c - any text's pieces and their terms, as it is (the text search parser)
 * and as plain text (everything else).
 */
#include "fuzz.h"

#include "core/plain.h"
#include "core/terms.h"

/* No stemmer, but one that drops, shortens and keeps words. */
static size_t
stem(const char *word, size_t length, char *stem)
{
	must(length > 0 && length <= ANTHOLOGY_LONGEST_LEXEME);
	if (length == 3 && memcmp(word, "the", 3) == 0)
		return 0;
	length -= length > 3 && word[length - 1] == 's';
	memcpy(stem, word, length);
	return length;
}

static void
check(const char *text, size_t size)
{
	static AnthologyTerms terms;
	AnthologyPiece piece;
	size_t		at = 0;
	size_t		covered = 0;

	terms.stem = stem;
	while (anthology_next_piece(text, size, &at, &piece))
	{
		must(piece.text == text + covered && piece.length > 0 && piece.length <= 1024);
		covered += piece.length;
		must(covered == at && is_utf8(piece.text, piece.length));
		if (!piece.is_token)
			continue;
		anthology_token_terms(piece.text, piece.length, &terms);
		must(terms.count >= 0 && terms.count <= ANTHOLOGY_MOST_TERMS && terms.positions >= 1);
		for (int i = 0; i < terms.count; i++)
		{
			const AnthologyTerm *term = &terms.items[i];

			must(term->length > 0 && term->length <= ANTHOLOGY_LONGEST_LEXEME);
			must(is_utf8(term->text, term->length));
			must(term->offset >= 0 && term->offset < terms.positions);
			must(i == 0 || term->offset >= terms.items[i - 1].offset);
			must(term->first >= 0 && term->first <= term->last);
			must(term->source >= piece.text && term->source + term->source_length <= piece.text + piece.length);
		}
		must(anthology_acronym_words(text, 0, covered - piece.length, piece.text, piece.length) <= covered - piece.length);
	}
	must(covered == size);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char	   *text = utf8_copy(data, size);
	AnthologyBuffer plain;

	check(text, size);
	anthology_buffer_init(&plain);
	must(anthology_plain(text, size, &plain) == ANTHOLOGY_OK);
	check(plain.data, plain.length);
	anthology_buffer_free(&plain);
	free(text);
	return 0;
}
