/*
 * plain.c - Anthology markup and TeX as plain Unicode text; see plain.h.
 *
 * Three passes, each linear:
 *
 *   1. Markup. The Anthology's elements (fixed-case, tex-math, b, i, url) and
 *      the HTML ones people type, also when escaped, go; entities, named and
 *      numeric, are read, doubly escaped ones too. A "<" or "&" that begins
 *      nothing of the kind is a character like any other. Control characters
 *      become blanks; U+0080..9F, which no text holds on purpose, are read as
 *      Windows-1252. An unclosed tex-math is no tex-math.
 *   2. TeX, by tex.c.
 *   3. Characters. Latin ligatures are spelt out (U+FB00..06); soft hyphens,
 *      zero-width spaces and byte order marks go, and so does the hyphen of a
 *      word broken at a line end ("infor-<newline>mation"). Of a hyphen before
 *      a blank between small letters ("lan- guage") only the blank goes, unless
 *      the next word shows that the hyphen stands for one to come ("pre- and
 *      post-editing"). Blanks of every kind are one space, none at the ends.
 *      The result is in NFC. Typographic quotes and dashes stay as written:
 *      they are plain Unicode; searching is where they are folded.
 */
#include "plain.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <unicode/unorm2.h>
#include <unicode/uchar.h>
#include <unicode/ustring.h>
#include <unicode/utf8.h>
#include <unicode/utf16.h>

#include "tex.h"

#define LONGEST_TAG		256		/* bytes between < and > */
#define LONGEST_ENTITY	12		/* bytes between & and ; */

typedef struct Reader
{
	const char *text;
	size_t		length;
	size_t		math;			/* where the open tex-math's mark is in out, + 1; 0 if none */
	size_t		literal;		/* the same of url */
	int			styled;			/* styles and links leave their marks */
	AnthologyBuffer *out;
} Reader;

/*
 * U+0080..9F as Windows-1252 has them.
 */
static int
windows_1252(int c)
{
	static const unsigned short table[32] = {
		0x20AC, ' ', 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
		0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, ' ', 0x017D, ' ',
		' ', 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
		0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, ' ', 0x017E, 0x0178
	};

	return table[c - 0x80];
}

/*
 * Writes a character of the text, which may be a control character.
 */
static void
write_character(AnthologyBuffer *out, int c)
{
	if (c >= 0x80 && c < 0xA0)
		c = windows_1252(c);
	if (c == '\n' || c == '\r')
		c = '\n';
	else if (c < 0x20 || c == 0x7F)
		c = ' ';
	anthology_buffer_append_code_point(out, c);
}

/*
 * Reads the entity at text (after the ampersand). Returns the code point and
 * stores its length with the semicolon, or returns -1. Letters with accents
 * are two code points: mark is the second, or 0.
 */
static int
read_entity(const char *text, size_t length, size_t *used, int *mark)
{
	static const struct
	{
		const char *name;
		int			mark;
	}			accents[] = {
		{"acute", 0x301}, {"grave", 0x300}, {"uml", 0x308}, {"circ", 0x302},
		{"tilde", 0x303}, {"cedil", 0x327}, {"ring", 0x30A}, {"caron", 0x30C}
	};
	const char *end = memchr(text, ';', length < LONGEST_ENTITY + 1 ? length : LONGEST_ENTITY + 1);
	size_t		n;
	int			c = 0;

	*mark = 0;
	if (end == NULL || end == text)
		return -1;
	n = (size_t) (end - text);
	*used = n + 1;
	if (text[0] == '#')
	{
		int			hex = n > 1 && (text[1] == 'x' || text[1] == 'X');
		size_t		i = hex ? 2 : 1;

		if (i == n)
			return -1;
		for (; i < n; i++)
		{
			char		d = text[i];
			int			value = d >= '0' && d <= '9' ? d - '0' :
				hex && d >= 'a' && d <= 'f' ? d - 'a' + 10 :
				hex && d >= 'A' && d <= 'F' ? d - 'A' + 10 : -1;

			if (value < 0 || c > 0x10FFFF)
				return -1;
			c = c * (hex ? 16 : 10) + value;
		}
		return c > 0 && c <= 0x10FFFF && !U_IS_SURROGATE(c) ? c : -1;
	}
	if (n == 3 && memcmp(text, "amp", 3) == 0)
		return '&';
	if (n == 2 && memcmp(text, "lt", 2) == 0)
		return '<';
	if (n == 2 && memcmp(text, "gt", 2) == 0)
		return '>';
	if (n == 4 && memcmp(text, "quot", 4) == 0)
		return '"';
	if (n == 4 && memcmp(text, "apos", 4) == 0)
		return '\'';
	for (size_t i = 0; i < sizeof(accents) / sizeof(accents[0]); i++)
		if (strlen(accents[i].name) == n - 1 &&
			((text[0] >= 'a' && text[0] <= 'z') || (text[0] >= 'A' && text[0] <= 'Z')) &&
			memcmp(text + 1, accents[i].name, n - 1) == 0)
		{
			*mark = accents[i].mark;
			return text[0];
		}
	c = anthology_tex_symbol(text, n);
	return c > 0 ? c : -1;
}

typedef enum Tag
{
	TAG_NONE,					/* no tag of ours */
	TAG_STYLE,					/* leaves nothing */
	TAG_BOLD,					/* these three, a mark if it is asked for */
	TAG_ITALIC,
	TAG_CODE,
	TAG_BREAK,					/* leaves a blank */
	TAG_MATH,
	TAG_URL,
	TAG_SUP,
	TAG_SUB
} Tag;

/*
 * Reads the tag at text (after "<" or its entity). Stores its length with the
 * ">" and whether it is an end tag.
 */
static Tag
read_tag(const char *text, size_t length, int escaped, size_t *used, int *end_tag)
{
	static const struct
	{
		const char *name;
		Tag			tag;
	}			tags[] = {
		{"fixed-case", TAG_STYLE}, {"b", TAG_BOLD}, {"i", TAG_ITALIC}, {"u", TAG_STYLE},
		{"em", TAG_ITALIC}, {"strong", TAG_BOLD}, {"tt", TAG_CODE}, {"span", TAG_STYLE},
		{"a", TAG_STYLE}, {"font", TAG_STYLE}, {"code", TAG_CODE}, {"jats:italic", TAG_ITALIC},
		{"p", TAG_BREAK}, {"br", TAG_BREAK}, {"li", TAG_BREAK}, {"ul", TAG_BREAK},
		{"div", TAG_BREAK}, {"jats:p", TAG_BREAK},
		{"tex-math", TAG_MATH}, {"url", TAG_URL}, {"sup", TAG_SUP}, {"sub", TAG_SUB}
	};
	size_t		limit = length < LONGEST_TAG ? length : LONGEST_TAG;
	size_t		i = 0;
	size_t		name;
	size_t		n;
	size_t		end;

	*end_tag = i < limit && text[i] == '/';
	i += *end_tag;
	name = i;
	while (i < limit && ((text[i] >= 'a' && text[i] <= 'z') || (text[i] >= 'A' && text[i] <= 'Z') ||
						 text[i] == '-' || text[i] == ':'))
		i++;
	n = i - name;
	if (n == 0)
		return TAG_NONE;
	for (size_t t = 0; t < sizeof(tags) / sizeof(tags[0]); t++)
	{
		if (strlen(tags[t].name) != n || memcmp(tags[t].name, text + name, n) != 0)
			continue;
		if (i < limit && (text[i] == ' ' || text[i] == '\n'))
		{
			/* Attributes, not the text of "a<b and b>c". */
			int			equals = 0;
			int			other = 0;

			for (; i < limit && text[i] != '>' && text[i] != '<' && !(escaped && text[i] == '&'); i++)
			{
				equals |= text[i] == '=';
				other |= text[i] != ' ' && text[i] != '\n' && text[i] != '/';
			}
			if (other && !equals)
				return TAG_NONE;
		}
		if (i < limit && text[i] == '/')
			i++;
		if (i < limit && text[i] == '>')
			end = i + 1;
		else if (escaped && i + 4 <= limit && memcmp(text + i, "&gt;", 4) == 0)
			end = i + 4;
		else
			return TAG_NONE;
		*used = end;
		return tags[t].tag;
	}
	return TAG_NONE;
}

/*
 * Opens or closes what has a mark in the text; an end without a beginning and
 * a beginning within another are nothing.
 */
static void
mark_text(Reader *reader, size_t *open, int end_tag, char begin_mark, char end_mark)
{
	if (end_tag && *open)
	{
		anthology_buffer_append_byte(reader->out, end_mark);
		*open = 0;
	}
	else if (!end_tag && !reader->math && !reader->literal)
	{
		anthology_buffer_append_byte(reader->out, begin_mark);
		*open = reader->out->length;
	}
}

/*
 * The first pass.
 */
static AnthologyStatus
read_markup(Reader *reader)
{
	const char *text = reader->text;
	size_t		length = reader->length;
	AnthologyBuffer *out = reader->out;
	size_t		i = 0;

	while (i < length)
	{
		size_t		plain = i;
		size_t		used = 0;
		int			escaped = 0;
		int			end_tag;
		int			mark;
		int			c;
		Tag			tag;

		while (i < length && (unsigned char) text[i] >= 0x20 && text[i] != '<' && text[i] != '&' &&
			   (unsigned char) text[i] != 0x7F && (unsigned char) text[i] != 0xC2)
			i++;
		anthology_buffer_append(out, text + plain, i - plain);
		if (i == length)
			break;
		if (text[i] == '&')
		{
			size_t		at = i + 1;

			while (length - at > 4 && memcmp(text + at, "amp;", 4) == 0 &&
				   read_entity(text + at + 4, length - at - 4, &used, &mark) >= 0)
				at += 4;
			c = read_entity(text + at, length - at, &used, &mark);
			if (c < 0)
			{
				anthology_buffer_append_byte(out, '&');
				i++;
				continue;
			}
			i = at + used;
			if (c != '<')
			{
				write_character(out, c);
				if (mark)
					anthology_buffer_append_code_point(out, mark);
				continue;
			}
			escaped = 1;
		}
		else
		{
			U8_NEXT_UNSAFE(text, i, c);
			if (c != '<')
			{
				write_character(out, c);
				continue;
			}
		}
		tag = read_tag(text + i, length - i, escaped, &used, &end_tag);
		if (tag == TAG_NONE)
		{
			anthology_buffer_append_byte(out, '<');
			continue;
		}
		i += used;
		if (tag == TAG_MATH)
			mark_text(reader, &reader->math, end_tag, ANTHOLOGY_MATH_BEGIN, ANTHOLOGY_MATH_END);
		else if (tag == TAG_URL)
		{
			/* An end without a beginning, or the other way round, is for html.c to drop. */
			if (reader->styled && !end_tag)
				anthology_buffer_append_byte(out, ANTHOLOGY_LINK_MARK);
			mark_text(reader, &reader->literal, end_tag,
					  ANTHOLOGY_LITERAL_BEGIN, ANTHOLOGY_LITERAL_END);
			if (reader->styled && end_tag)
				anthology_buffer_append_byte(out, ANTHOLOGY_LINK_MARK + 1);
		}
		else if (tag == TAG_BOLD || tag == TAG_ITALIC || tag == TAG_CODE)
		{
			if (reader->styled && !reader->math && !reader->literal)
				anthology_buffer_append_byte(out, (char) (end_tag +
					(tag == TAG_BOLD ? ANTHOLOGY_BOLD_MARK :
					 tag == TAG_ITALIC ? ANTHOLOGY_ITALIC_MARK : ANTHOLOGY_CODE_MARK)));
		}
		else if (tag == TAG_BREAK)
			anthology_buffer_append_byte(out, ' ');
		else if (tag == TAG_SUP || tag == TAG_SUB)
			anthology_buffer_append(out, end_tag ? "}" : tag == TAG_SUP ? "^{" : "_{",
									end_tag ? 1 : 2);
	}
	if (out->status != ANTHOLOGY_OK)
		return out->status;
	if (reader->math)
		out->data[reader->math - 1] = ANTHOLOGY_NO_MARK;
	if (reader->literal)
		out->data[reader->literal - 1] = ANTHOLOGY_NO_MARK;
	return ANTHOLOGY_OK;
}

/*
 * The ASCII of a Latin ligature, or NULL.
 */
static const char *
ligature(int c)
{
	static const char *const spelt[] = {"ff", "fi", "fl", "ffi", "ffl", "st", "st"};

	return c >= 0xFB00 && c <= 0xFB06 ? spelt[c - 0xFB00] : NULL;
}

/*
 * Whether a hyphen before the word at text stands for a part yet to come.
 */
static int
suspends(const char *text, size_t length)
{
	static const char *const words[] = {
		"and", "or", "to", "nor", "but", "as", "vs", "versus", "und", "oder", "bzw", "et", "ou",
		"y", "o", "e", "of", "the", "a", "in", "for", "with", "en", "i", "da", "og", "och"
	};
	size_t		n = 0;

	while (n < length && ((text[n] >= 'a' && text[n] <= 'z') || (unsigned char) text[n] >= 0x80))
		n++;
	for (size_t w = 0; w < sizeof(words) / sizeof(words[0]); w++)
		if (strlen(words[w]) == n && memcmp(words[w], text, n) == 0)
			return 1;
	return 0;
}

/*
 * The third pass but for NFC. Stores whether the text needs that.
 */
static void
tidy_characters(const char *text, size_t length, AnthologyBuffer *out, int *combines)
{
	size_t		start = out->length;
	int			previous = 0;	/* the character last written */
	size_t		i = 0;

	*combines = 0;
	while (i < length)
	{
		size_t		at = i;
		UChar32		c;

		U8_NEXT_UNSAFE(text, i, c);
		if (c > ' ' && c < 0x7F)
		{
			/* Runs of ASCII are what nearly all text is. */
			while (i < length && text[i] > ' ' && text[i] < 0x7F)
				i++;
			anthology_buffer_append(out, text + at, i - at);
			previous = (unsigned char) text[i - 1];
			continue;
		}
		if (c == 0xAD || c == 0x200B || c == 0x2060 || c == 0xFEFF)
			continue;
		if (ligature(c) != NULL)
		{
			anthology_buffer_append(out, ligature(c), strlen(ligature(c)));
			previous = 'f';
			continue;
		}
		if (c == ' ' || c == '\n' || c == 0x85 || u_isUWhiteSpace(c))
		{
			int			newline = c == '\n';
			size_t		next = i;
			UChar32		following = 0;

			while (next < length)
			{
				i = next;
				U8_NEXT_UNSAFE(text, next, following);
				if (following != ' ' && !u_isUWhiteSpace(following) && following != 0x200B)
					break;
				newline |= following == '\n';
				i = next;
				following = 0;
			}
			if (i >= length || out->length == start)
				continue;
			if ((previous == '-' || previous == 0x2010) && u_islower(following) &&
				out->status == ANTHOLOGY_OK)
			{
				size_t		width = previous == '-' ? 1 : 3;
				size_t		before = out->length - width;
				UChar32		letter = 0;

				if (before > start)
					U8_PREV_UNSAFE(out->data, before, letter);
				if (u_islower(letter) && !suspends(text + i, length - i))
				{
					if (newline)
						out->length -= width;
					continue;
				}
			}
			anthology_buffer_append_byte(out, ' ');
			previous = ' ';
			continue;
		}
		if (c == 0x131 && i + 1 < length && (text[i] == '\xCC'))
		{
			/* A dotless i under an accent, from a typesetter's font. */
			anthology_buffer_append_byte(out, 'i');
			previous = 'i';
			continue;
		}
		if (c >= 0x300)
			*combines = 1;
		anthology_buffer_append(out, text + at, i - at);
		previous = c;
	}
	if (out->length > start && out->data[out->length - 1] == ' ')
		out->length--;
}

/*
 * Appends text in NFC.
 */
static AnthologyStatus
compose(const AnthologyBuffer *text, AnthologyBuffer *plain)
{
	UErrorCode	error = U_ZERO_ERROR;
	const UNormalizer2 *nfc = unorm2_getNFCInstance(&error);
	AnthologyStatus status = ANTHOLOGY_OK;
	int32_t		capacity = (int32_t) text->length;
	int32_t		units = 0;
	int32_t		composed_units;
	UChar	   *source;
	UChar	   *composed = NULL;

	if (U_FAILURE(error))
		return ANTHOLOGY_ICU_FAILED;
	if (text->length > INT32_MAX / 4)
		return ANTHOLOGY_TOO_LONG;
	source = malloc(sizeof(UChar) * ((size_t) capacity + 1));
	if (source == NULL)
		return ANTHOLOGY_OUT_OF_MEMORY;
	u_strFromUTF8(source, capacity, &units, text->data, capacity, &error);
	if (U_SUCCESS(error) && unorm2_quickCheck(nfc, source, units, &error) == UNORM_YES)
		anthology_buffer_append(plain, text->data, text->length);
	else if (U_SUCCESS(error))
	{
		/* NFC is at most three times as long in UTF-16. */
		composed = malloc(sizeof(UChar) * ((size_t) units * 3 + 1));
		if (composed == NULL)
			status = ANTHOLOGY_OUT_OF_MEMORY;
		else
			composed_units = unorm2_normalize(nfc, source, units, composed, units * 3, &error);
		for (int32_t i = 0; status == ANTHOLOGY_OK && U_SUCCESS(error) && i < composed_units;)
		{
			UChar32		c;

			U16_NEXT(composed, i, composed_units, c);
			anthology_buffer_append_code_point(plain, c);
		}
	}
	free(composed);
	free(source);
	if (status == ANTHOLOGY_OK && U_FAILURE(error))
		status = error == U_MEMORY_ALLOCATION_ERROR ? ANTHOLOGY_OUT_OF_MEMORY : ANTHOLOGY_ICU_FAILED;
	return status == ANTHOLOGY_OK ? plain->status : status;
}

AnthologyStatus
anthology_plain(const char *markup, size_t length, AnthologyBuffer *plain)
{
	return anthology_plain_styled(markup, length, 0, plain);
}

AnthologyStatus
anthology_plain_styled(const char *markup, size_t length, int styled, AnthologyBuffer *plain)
{
	AnthologyBuffer marked;
	AnthologyBuffer read;
	AnthologyBuffer tidy;
	Reader		reader = {markup, length, 0, 0, styled, &marked};
	AnthologyStatus status;
	int			combines = 0;

	anthology_buffer_init(&marked);
	anthology_buffer_init(&read);
	anthology_buffer_init(&tidy);
	status = read_markup(&reader);
	if (status == ANTHOLOGY_OK)
		status = anthology_tex(marked.data, marked.length, &read);
	if (status == ANTHOLOGY_OK)
	{
		tidy_characters(read.data, read.length, &tidy, &combines);
		status = tidy.status;
	}
	if (status == ANTHOLOGY_OK)
	{
		if (combines)
			status = compose(&tidy, plain);
		else
		{
			anthology_buffer_append(plain, tidy.data, tidy.length);
			status = plain->status;
		}
	}
	anthology_buffer_free(&marked);
	anthology_buffer_free(&read);
	anthology_buffer_free(&tidy);
	return status;
}
