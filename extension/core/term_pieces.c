/*
 * term_pieces.c - text cut into tokens and what is between them; see terms.h and terms.c.
 */
#include "terms.h"

#include <string.h>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "term_pieces.h"

#define LONGEST_FORMULA	48		/* bytes */
#define LONGEST_PIECE	1024

CharClass
anthology_class_of(UChar32 c)
{
	if (c < 0x80)
		return is_ascii_word((char) c) ? CLASS_WORD : CLASS_OTHER;
	if (c >= 0x0E00)
	{
		if ((c >= 0x3040 && c < 0x3100) || (c >= 0x3400 && c < 0xA000) ||
			(c >= 0xF900 && c < 0xFB00) || (c >= 0x20000 && c < 0x40000) ||
			(c >= 0x0E00 && c < 0x0F00) || (c >= 0x1000 && c < 0x10A0) ||
			(c >= 0x1780 && c < 0x1800))
			return U_GET_GC_MASK(c) & (U_GC_L_MASK | U_GC_M_MASK | U_GC_N_MASK) ?
				CLASS_PAIRED : CLASS_OTHER;
		if (c == 0x200C || c == 0x200D || c == 0x221A || c == 0x221E || c == 0x2202 ||
			c == 0x2207 || c == 0x2211 || c == 0x220F)
			return CLASS_WORD;
	}
	return U_GET_GC_MASK(c) & (U_GC_L_MASK | U_GC_M_MASK | U_GC_N_MASK) ? CLASS_WORD : CLASS_OTHER;
}

/*
 * The length of what joins two parts of a compound at i, where a part has just
 * ended; 0 if nothing does.
 */
size_t
anthology_joiner_length(const char *text, size_t i, size_t length)
{
	UChar32		c;
	size_t		after = i;

	if (i >= length || text[i] == ' ')
		return 0;
	c = char_at(text, i, length);
	if (c == ',')
	{
		/* 1,000 */
		for (after = i + 1; after < length && is_digit(text[after]); after++)
			;
		return i > 0 && is_digit(text[i - 1]) && after == i + 4 &&
			anthology_class_of(char_at(text, after, length)) == CLASS_OTHER ? 1 : 0;
	}
	if (c == '<' && i + 2 < length && text[i + 1] == '-' && text[i + 2] == '>')
		after = i + 3;
	else if (c == '-' && i + 1 < length && text[i + 1] == '>')
		after = i + 2;
	else if (is_hyphen(c) || c == '/' || c == 0x2192 || c == 0x2194 || c == 0x21D2 || c == 0x21D4)
		U8_FWD_1_UNSAFE(text, after);
	else
		return 0;
	return anthology_class_of(char_at(text, after, length)) == CLASS_WORD ? after - i : 0;
}

/*
 * The end of the formula at i - one or two letters and parentheses right after
 * them - or 0.
 */
static size_t
formula_end(const char *text, size_t i, size_t length)
{
	size_t		limit = length - i > LONGEST_FORMULA ? i + LONGEST_FORMULA : length;
	size_t		at = i;
	int			depth = 0;
	int			letters = 0;
	int			content = 0;
	int			blanks = 0;

	/* Nearly every word is told by its second and third letter. */
	if (limit - i > 2 && (unsigned char) text[i] < 0x80 && (unsigned char) text[i + 1] < 0x80 &&
		text[i + 1] != '(' && text[i + 2] != '(')
		return 0;
	for (int n = 0; n < 2 && at < limit && text[at] != '('; n++)
	{
		if (!u_isalpha(char_at(text, at, length)))
			return 0;
		U8_FWD_1_UNSAFE(text, at);
	}
	if (at >= limit || text[at] != '(' || at == i)
		return 0;
	while (at < limit)
	{
		UChar32		c;

		U8_NEXT_UNSAFE(text, at, c);
		if (c == '(')
			depth++;
		else if (c == ')' && --depth == 0)
			return content > 0 && !(content == 1 && (text[at - 2] == 's')) ? at : 0;
		blanks += c == ' ';
		letters = u_isalpha(c) ? letters + 1 : 0;
		content += u_isalnum(c) != 0;
		if (letters > 4 || blanks > 4 || c == '\n' || c == ';')
			return 0;
	}
	return 0;
}

/* The end of the address at i, or 0. */
size_t
anthology_address_end(const char *text, size_t i, size_t length)
{
	static const char *const schemes[] = {"http://", "https://", "ftp://", "www."};
	size_t		at = i;

	for (size_t s = 0; s < 4; s++)
	{
		size_t		n = strlen(schemes[s]);

		if (length - i <= n || memcmp(text + i, schemes[s], n) != 0)
			continue;
		for (at = i + n; at < length && at - i < LONGEST_PIECE && (unsigned char) text[at] > ' ' &&
			 strchr("<>\"{}|\\^`[]", text[at]) == NULL;)
			U8_FWD_1_UNSAFE(text, at);
		while (at > i + n && strchr(".,;:!?)'", text[at - 1]) != NULL)
			at--;
		return at > i + n ? at : 0;
	}
	return 0;
}

/*
 * The length of a possessive or of the verb in a contraction at i, right after a
 * word: 's, 've, 're, 'll, 'd, 'm and the t of don't; 0 if nothing of the kind is there.
 */
static size_t
contraction_length(const char *text, size_t i, size_t length)
{
	static const char *const ends[] = {"s", "ve", "re", "ll", "d", "m", "t"};
	size_t		apostrophe = 1;

	if (i >= length || (text[i] != '\'' && text[i] != '\xE2'))
		return 0;
	if (text[i] == '\xE2')
	{
		if (char_at(text, i, length) != 0x2019)
			return 0;
		apostrophe = 3;
	}
	for (size_t e = 0; e < sizeof(ends) / sizeof(ends[0]); e++)
	{
		size_t		n = strlen(ends[e]);

		if (length - i >= apostrophe + n && memcmp(text + i + apostrophe, ends[e], n) == 0 &&
			anthology_class_of(char_at(text, i + apostrophe + n, length)) == CLASS_OTHER)
			return apostrophe + n;
	}
	return 0;
}

/* The length of a word without the end of a contraction. */
size_t
anthology_without_contraction(const char *word, size_t length)
{
	for (size_t back = 2; back <= 5 && back < length; back++)
		if (((unsigned char) word[length - back] & 0xC0) != 0x80 &&
			contraction_length(word, length - back, length) == back)
			return length - back;
	return length;
}

/* The end of the word characters at i, or of a piece's worth of them. */
static size_t
word_end(const char *text, size_t i, size_t length)
{
	size_t		limit = length - i > LONGEST_PIECE ? i + LONGEST_PIECE : length;

	while (i < limit && is_class_at(text, i, length, CLASS_WORD))
		U8_FWD_1_UNSAFE(text, i);
	return i;
}

static int
next_piece(const char *text, size_t length, size_t *at, AnthologyPiece *piece)
{
	size_t		i = *at;
	size_t		next;

	if (i >= length)
		return 0;
	piece->text = text + i;
	piece->is_token = 0;
	/* What follows a part that was cut off a word is not a word of its own. */
	if (i > 0 && is_class_at(text, i, length, CLASS_WORD))
	{
		next = i;
		U8_BACK_1_UNSAFE(text, next);
		if (is_class_at(text, next, length, CLASS_WORD))
			i = word_end(text, i, length);
	}
	while (i < length && i - *at < LONGEST_PIECE && is_class_at(text, i, length, CLASS_OTHER))
		U8_FWD_1_UNSAFE(text, i);
	if (i > *at)
	{
		piece->length = i - *at;
		*at = i;
		return 1;
	}
	piece->is_token = 1;
	if (is_class_at(text, i, length, CLASS_PAIRED))
	{
		/* Short enough for a dictionary. */
		for (int n = 0; n < 32 && i < length &&
			 anthology_class_of(char_at(text, i, length)) == CLASS_PAIRED; n++)
			U8_FWD_1_UNSAFE(text, i);
	}
	else if (((text[i] == 'h' || text[i] == 'f' || text[i] == 'w') &&
			  (next = anthology_address_end(text, i, length)) != 0) ||
			 (next = formula_end(text, i, length)) != 0)
		i = next;
	else
	{
		int			parts = 1;

		for (;;)
		{
			size_t		joiner;

			i = word_end(text, i, length);
			joiner = anthology_joiner_length(text, i, length);
			if (joiner == 0 || parts++ == MOST_PARTS)
				break;
			i += joiner;
		}
		/* C++, C# */
		while (i < length && (text[i] == '+' || text[i] == '#') && i - *at <= 3)
			i++;
		/* The end of a contraction belongs to the word, an elision (l'analyse) does not. */
		i += contraction_length(text, i, length);
	}
	piece->length = i - *at;
	*at = i;
	return 1;
}

int
anthology_next_piece(const char *text, size_t length, size_t *at, AnthologyPiece *piece)
{
	size_t		start = *at;

	if (!next_piece(text, length, at, piece))
		return 0;
	if (piece->length >= LONGEST_PIECE)
	{
		/* The server counts a piece in 16 bits, and its longest word is 2,046 bytes. */
		piece->length = LONGEST_PIECE;
		while (((unsigned char) text[start + piece->length] & 0xC0) == 0x80)
			piece->length--;
		piece->is_token = 0;
		*at = start + piece->length;
	}
	return 1;
}
