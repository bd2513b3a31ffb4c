/*
 * terms.c - the terms of a paper's text; see terms.h.
 *
 * The server's default parser takes "pre-training", "GPT-4" and "O(1/√T)" to
 * pieces in three different ways. Here a token is a run of characters without a
 * blank that belong together. Its lexemes are all forms that people search it by:
 *
 *   word            stem                                    models -> model
 *   compound        its parts, one position each, and the   pre-training ->
 *                   parts joined, at the first and the      pre:1 train:2
 *                   last position; of three or more parts   pretrain:1,2
 *                   also neighbours joined                  GPT-4 -> gpt:1 4:2 gpt4:1,2
 *   acronym         lower case, without a plural s          LLMs -> llm
 *   CamelCase       the whole, and the parts of three       AutoMixAlign ->
 *                   letters or more at the same position    automixalign auto mix align
 *   letters, digits the whole and the letters               GPT4 -> gpt4 gpt
 *   formula         the whole, folded: name of one or two   O(1/√T) -> o(1/sqrtt)
 *                   letters, parentheses                    O(n²), O(n^2) -> o(n2)
 *   address         the whole without scheme, and its words
 *   Chinese &c.     pairs of characters
 *
 * A word is folded (see term_fold.h), then stemmed by the server. An apostrophe and
 * the letters behind it (a possessive 's, we've) are left out.
 * Compounds joined by "/" or an arrow have no joined form. A lexeme that is too long
 * is dropped; the other lexemes of its token stay.
 */
#include "terms.h"

#include <string.h>

#include <unicode/utf8.h>

#include "term_fold.h"
#include "term_pieces.h"

/*
 * Adds a lexeme, unless there is no room for it.
 */
static void
take(AnthologyTerms *terms, const char *lexeme, size_t length, int offset)
{
	AnthologyTerm *term;

	if (length == 0 || length > ANTHOLOGY_LONGEST_LEXEME ||
		terms->count == ANTHOLOGY_MOST_TERMS || terms->used + length > sizeof(terms->bytes))
		return;
	for (int i = 0; i < terms->count; i++)
		if (terms->items[i].offset == offset && terms->items[i].length == length &&
			memcmp(terms->items[i].text, lexeme, length) == 0)
			return;
	term = &terms->items[terms->count++];
	term->text = memcpy(terms->bytes + terms->used, lexeme, length);
	term->length = length;
	term->offset = offset;
	term->kind = terms->kind;
	term->first = terms->kind == ANTHOLOGY_TERM_JOINED ? terms->first : offset;
	term->last = terms->kind == ANTHOLOGY_TERM_JOINED ? terms->last : offset;
	term->source = terms->source;
	term->source_length = terms->source_length;
	terms->used += length;
}

/*
 * Gives a folded word, stemmed if it is one that can be. Returns 0
 * if it was a stop word.
 */
static int
give(AnthologyTerms *terms, AnthologyFolded *word, int offset)
{
	if (word->overflow || word->length == 0)
		return 0;
	if (word->plain && word->length < ANTHOLOGY_LONGEST_LEXEME)
	{
		char		stem[ANTHOLOGY_LONGEST_LEXEME];
		size_t		length;

		anthology_americanise(word);
		length = terms->stem(word->text, word->length, stem);
		if (length == 0)
			return 0;
		take(terms, stem, length, offset);
	}
	else if (word->length <= ANTHOLOGY_LONGEST_LEXEME)
		take(terms, word->text, word->length, offset);
	return 1;
}

/*
 * Folds a piece of the token that the next lexemes are made of.
 */
static void
fold_source(AnthologyTerms *terms, AnthologyFolded *folded, const char *text, size_t length)
{
	terms->source = text;
	terms->source_length = length;
	anthology_fold(folded, text, length);
}

/* The length of (text, length) without the plural s of an acronym. */
static size_t
acronym_length(const char *text, size_t length)
{
	size_t		capitals = 0;

	if (length < 3 || text[length - 1] != 's')
		return length;
	for (size_t i = 0; i + 1 < length; i++)
	{
		if (text[i] >= 'A' && text[i] <= 'Z')
			capitals++;
		else if (!is_digit(text[i]) && !(i == 0 && text[i] >= 'a' && text[i] <= 'z'))
			return length;
	}
	return capitals >= 2 ? length - 1 : length;
}

static int
is_capital(char c)
{
	return c >= 'A' && c <= 'Z';
}

static int
is_small(char c)
{
	return c >= 'a' && c <= 'z';
}

/*
 * Gives the parts of a word written in CamelCase, or of letters and a number.
 */
static void
give_inner_parts(AnthologyTerms *terms, const char *text, size_t length, int offset)
{
	size_t		start = 0;
	size_t		parts = 0;
	AnthologyFolded part;

	for (size_t i = 1; i <= length; i++)
	{
		int			boundary = i == length ||
			(is_capital(text[i]) && is_small(text[i - 1])) ||
			(is_capital(text[i]) && is_capital(text[i - 1]) && i + 2 < length &&
			 is_small(text[i + 1]) && is_small(text[i + 2])) ||
			(is_digit(text[i]) && !is_digit(text[i - 1]) && start == 0 && i >= 3);

		if (!boundary)
			continue;
		if (i == length && parts == 0)
			return;
		parts++;
		if (i - start >= 3 && !is_digit(text[start]))
		{
			fold_source(terms, &part, text + start, i - start);
			terms->kind = ANTHOLOGY_TERM_INNER;
			give(terms, &part, offset);
			terms->kind = ANTHOLOGY_TERM_WORD;
		}
		start = i;
	}
}

/*
 * Gives the lexemes of one part of a compound or of a word. Returns 0 if it was
 * a stop word.
 */
static int
give_word(AnthologyTerms *terms, const char *text, size_t length, int offset)
{
	AnthologyFolded word;
	int			given;

	length = acronym_length(text, length);
	fold_source(terms, &word, text, length);
	given = give(terms, &word, offset);
	for (size_t i = 1; i < length; i++)
		if (is_capital(text[i]) || is_digit(text[i]))
		{
			give_inner_parts(terms, text, length, offset);
			break;
		}
	return given;
}

static void
give_formula(AnthologyTerms *terms, const char *token, size_t length)
{
	AnthologyFolded whole;
	AnthologyFolded part;
	size_t		out = 0;

	fold_source(terms, &whole, token, length);
	if (whole.overflow)
		return;
	/* Without blanks, and sqrt(t) as sqrtt, which is what fold makes of √t. */
	for (size_t i = 0; i < whole.length; i++)
	{
		if (whole.text[i] == ' ')
			continue;
		if (out >= 4 && memcmp(whole.text + out - 4, "sqrt", 4) == 0 && whole.text[i] == '(' &&
			i + 2 < whole.length && whole.text[i + 2] == ')')
		{
			whole.text[out++] = whole.text[i + 1];
			i += 2;
			continue;
		}
		whole.text[out++] = whole.text[i];
	}
	take(terms, whole.text, out, 0);
	terms->kind = ANTHOLOGY_TERM_INNER;
	for (size_t i = 0; i < length;)
	{
		size_t		start = i;

		while (i < length && (is_small(token[i]) || is_capital(token[i])))
			i++;
		if (i - start >= 3)
		{
			fold_source(terms, &part, token + start, i - start);
			give(terms, &part, 0);
		}
		i += i == start;
	}
}

static void
give_address(AnthologyTerms *terms, const char *token, size_t length)
{
	AnthologyFolded word;
	size_t		i = 0;

	for (size_t s = 3; s < 6 && s + 3 < length; s++)
		if (memcmp(token + s, "://", 3) == 0)
			i = s + 3;
	if (length - i > 4 && memcmp(token + i, "www.", 4) == 0)
		i += 4;
	fold_source(terms, &word, token + i, length - i);
	if (!word.overflow && word.length <= ANTHOLOGY_LONGEST_LEXEME && word.length > 0)
		take(terms, word.text, word.length, 0);
	terms->kind = ANTHOLOGY_TERM_INNER;
	while (i < length)
	{
		size_t		start = i;

		while (i < length && is_class_at(token, i, length, CLASS_WORD))
			U8_FWD_1_UNSAFE(token, i);
		if (i - start >= 3)
		{
			fold_source(terms, &word, token + start, i - start);
			give(terms, &word, 0);
		}
		if (i == start)
			U8_FWD_1_UNSAFE(token, i);
	}
}

/*
 * Gives the pairs of characters of a run, or the one it has.
 */
static void
give_pairs(AnthologyTerms *terms, const char *token, size_t length)
{
	AnthologyFolded pair;
	size_t		first = 0;
	size_t		second = 0;
	int			offset = 0;

	U8_FWD_1_UNSAFE(token, second);
	if (second >= length)
	{
		fold_source(terms, &pair, token, length);
		give(terms, &pair, 0);
		return;
	}
	while (second < length)
	{
		size_t		end = second;

		U8_FWD_1_UNSAFE(token, end);
		fold_source(terms, &pair, token + first, end - first);
		give(terms, &pair, offset++);
		first = second;
		second = end;
	}
}

/*
 * Gives the lexeme of a token that is a word of small letters, perhaps with a capital
 * in front. Returns 0 if it is something else. Four tokens of five are such words.
 */
static int
collect_plain_word(const char *token, size_t length, AnthologyTerms *terms)
{
	AnthologyFolded word;

	if (length == 0 || length > ANTHOLOGY_LONGEST_LEXEME ||
		!(is_small(token[0]) || is_capital(token[0])))
		return 0;
	for (size_t i = 1; i < length; i++)
		if (!is_small(token[i]))
			return 0;
	memcpy(word.text, token, length);
	if (is_capital(token[0]))
		word.text[0] = (char) (token[0] + 'a' - 'A');
	word.length = length;
	word.overflow = 0;
	word.plain = 1;
	terms->source = token;
	terms->source_length = length;
	give(terms, &word, 0);
	return 1;
}

static void
collect_terms(const char *token, size_t length, AnthologyTerms *terms)
{
	size_t		starts[MOST_PARTS + 1];
	size_t		ends[MOST_PARTS + 1];
	int			joined[MOST_PARTS + 1];	/* a hyphen, and not something else, follows */
	int			given[MOST_PARTS + 1];	/* is no stop word */
	int			parts = 0;
	size_t		i = 0;
	AnthologyFolded folded;

	if (length == 0)
		return;
	if (anthology_class_of(char_at(token, 0, length)) == CLASS_PAIRED)
	{
		give_pairs(terms, token, length);
		return;
	}
	if ((token[0] == 'h' || token[0] == 'f' || token[0] == 'w') &&
		anthology_address_end(token, 0, length) != 0)
	{
		give_address(terms, token, length);
		return;
	}
	if (token[length - 1] == ')')
	{
		give_formula(terms, token, length);
		return;
	}

	length = anthology_without_contraction(token, length);
	while (i < length && parts < MOST_PARTS)
	{
		size_t		joiner;

		starts[parts] = i;
		for (;;)
		{
			while (i < length && is_class_at(token, i, length, CLASS_WORD))
				U8_FWD_1_UNSAFE(token, i);

			/* A decimal point, a thousands separator: one number. */
			if (i + 1 < length && i > 0 && (token[i] == '.' || token[i] == ',') &&
				is_digit(token[i - 1]) && is_digit(token[i + 1]))
			{
				i++;
				continue;
			}
			break;
		}
		ends[parts] = i;
		joiner = i < length ? anthology_joiner_length(token, i, length) : 0;
		joined[parts] = joiner > 0 && is_hyphen(char_at(token, i, length)) &&
			!(joiner == 2 && token[i] == '-');
		parts++;
		if (joiner == 0)
		{
			ends[parts - 1] = length;	/* C++ */
			break;
		}
		i += joiner;
	}
	for (int p = 0; p < parts; p++)
	{
		/* 1,000 is 1000. */
		if (is_digit(token[starts[p]]) &&
			memchr(token + starts[p], ',', ends[p] - starts[p]) != NULL)
		{
			folded.length = folded.overflow = folded.plain = 0;
			for (size_t d = starts[p]; d < ends[p]; d++)
				if (token[d] != ',')
					anthology_append_folded(&folded, (unsigned char) token[d] < 0x80 ?
											token[d] : '?');
			terms->source = token + starts[p];
			terms->source_length = ends[p] - starts[p];
			given[p] = give(terms, &folded, p);
		}
		else
			given[p] = give_word(terms, token + starts[p], ends[p] - starts[p], p);
	}
	for (int from = 0; parts > 1 && from < parts; from++)
		for (int to = from + 1; to < parts && joined[to - 1]; to++)
		{
			char		together[ANTHOLOGY_LONGEST_LEXEME];
			size_t		n = 0;

			/* All, and neighbours that say something. */
			if (!(from == 0 && to == parts - 1) && (to > from + 1 || !given[from] || !given[to]))
				continue;
			for (int p = from; p <= to; p++)
			{
				size_t		part = ends[p] - starts[p];

				if (p == to)
					part = acronym_length(token + starts[p], part);
				if (n + part > sizeof(together))
				{
					n = 0;
					break;
				}
				memcpy(together + n, token + starts[p], part);
				n += part;
			}
			if (n == 0)
				continue;
			anthology_fold(&folded, together, n);
			terms->source = token + starts[from];
			terms->source_length = ends[to] - starts[from];
			terms->kind = ANTHOLOGY_TERM_JOINED;
			terms->first = from;
			terms->last = to;
			if (give(terms, &folded, from))
				for (int p = from + 1; p <= to; p++)
					give(terms, &folded, p);
		}
}

void
anthology_token_terms(const char *token, size_t length, AnthologyTerms *terms)
{
	int			last = -1;
	int			given = -1;

	terms->count = 0;
	terms->used = 0;
	terms->kind = ANTHOLOGY_TERM_WORD;
	if (collect_plain_word(token, length, terms))
	{
		terms->positions = 1;
		return;
	}
	collect_terms(token, length, terms);

	/* By offset. */
	for (int i = 1; i < terms->count; i++)
	{
		AnthologyTerm term = terms->items[i];
		int			at = i;

		for (; at > 0 && terms->items[at - 1].offset > term.offset; at--)
			terms->items[at] = terms->items[at - 1];
		terms->items[at] = term;
	}

	/* A dictionary can skip one position before the first lexeme, and none later. */
	for (int i = 0; i < terms->count; i++)
	{
		int			offset = terms->items[i].offset;

		if (offset != given)
		{
			given = offset;
			last = last < 0 ? (offset > 0) : last + 1;
		}
		terms->items[i].offset = last;
	}
	terms->positions = last < 0 ? 1 : last + 1;
}

static int
lower(char c)
{
	return is_capital(c) ? c + 'a' - 'A' : c;
}

static int
is_word_start(const char *text, size_t from, size_t i)
{
	return i == from || !(is_small(text[i - 1]) || is_capital(text[i - 1]) ||
						  is_digit(text[i - 1]) ||
						  (unsigned char) text[i - 1] >= 0x80);
}

/*
 * Schwartz and Hearst's rule (2003): the acronym's characters occur in the words
 * in the same order, seen from the end, and the first one begins a word.
 */
size_t
anthology_acronym_words(const char *text, size_t from, size_t end, const char *acronym, size_t n)
{
	size_t		i = end;
	size_t		words = 0;
	size_t		most = n + 5 < 2 * n ? n + 5 : 2 * n;

	while (n > 0)
	{
		int			c = lower(acronym[n - 1]);

		if (!(c >= 'a' && c <= 'z') && !is_digit(c))
			return end;
		do
		{
			if (i == from)
				return end;
			i--;
			if (text[i] == ' ' && ++words > most)
				return end;
		} while (lower(text[i]) != c || (n == 1 && !is_word_start(text, from, i)));
		n--;
	}
	return i;
}
