/*
 * plain.c - Anthology markup and TeX as plain Unicode text; see plain.h.
 *
 * Three passes, each linear:
 *
 *   1. Markup. The Anthology's elements (see markup.c) and the HTML ones people
 *      type, also when escaped, go; entities, named and numeric, are read, doubly
 *      escaped ones too. A "<" or "&" that begins nothing of the kind is a
 *      character like any other. Control characters become blanks; U+0080..9F,
 *      which no text holds on purpose, are read as Windows-1252. An unclosed
 *      tex-math is no tex-math.
 *   2. TeX, by tex.c.
 *   3. Characters. Latin ligatures are spelt out (U+FB00..06); soft hyphens,
 *      zero-width spaces and byte order marks go, and so does the hyphen of a
 *      word broken at a line end ("infor-<newline>mation"). Of a hyphen before
 *      a blank between small letters ("lan- guage") only the blank goes, unless
 *      the next word shows that the hyphen stands for one to come ("pre- and
 *      post-editing"). Blanks of every kind are one space, none at the ends. A
 *      new paragraph is two newlines. The result is in NFC. Typographic quotes and
 *      dashes stay as written: they are plain Unicode; searching is where they are
 *      folded.
 */
#include "plain.h"

#include <stdint.h>
#include <string.h>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "host.h"
#include "markup.h"
#include "nfc.h"
#include "tex.h"

#define LONGEST_ENTITY	12		/* bytes between & and ; */

typedef struct Reader
{
	const char *text;
	size_t		length;
	size_t		math;			/* where the open tex-math's mark is in out, + 1; 0 if none */
	size_t		literal;		/* the same of url */
	int			styled;			/* styles and links leave their marks */
	AnthologyBuffer *addresses; /* of links, if styled */
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
	int			c = anthology_read_xml_entity(text, length, used);
	const char *end;
	size_t		n;

	*mark = 0;
	if (c >= 0)
		return c;
	end = memchr(text, ';', length < LONGEST_ENTITY + 1 ? length : LONGEST_ENTITY + 1);
	if (end == NULL || end == text)
		return -1;
	n = (size_t) (end - text);
	*used = n + 1;
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

/* The mark of a style, or 0. */
static char
style_mark(AnthologyElement element)
{
	switch (element)
	{
		case ANTHOLOGY_BOLD:
			return ANTHOLOGY_BOLD_MARK;
		case ANTHOLOGY_ITALIC:
			return ANTHOLOGY_ITALIC_MARK;
		case ANTHOLOGY_CODE:
			return ANTHOLOGY_CODE_MARK;
		case ANTHOLOGY_UNDERLINE:
			return ANTHOLOGY_UNDERLINE_MARK;
		case ANTHOLOGY_SMALL_CAPS:
			return ANTHOLOGY_SMALL_CAPS_MARK;
		default:
			return 0;
	}
}

/* Notes the address of a link, and leaves its place among the others in the text. */
static void
begin_link(Reader *reader, const AnthologyTag *tag)
{
	size_t		place = reader->addresses->length;
	char		digits[24];
	size_t		n = 0;

	for (size_t i = 0; i < tag->href_length;)
	{
		size_t		used = 0;
		int			c = tag->href[i] == '&' ?
			anthology_read_xml_entity(tag->href + i + 1, tag->href_length - i - 1, &used) : -1;

		if (c > 0)
			anthology_buffer_append_code_point(reader->addresses, c);
		else
			anthology_buffer_append_byte(reader->addresses, tag->href[i]);
		i += 1 + (c > 0 ? used : 0);
	}
	anthology_buffer_append_byte(reader->addresses, '\n');
	do
		digits[n++] = (char) ('0' + place % 10);
	while ((place /= 10) > 0);
	anthology_buffer_append_byte(reader->out, ANTHOLOGY_ADDRESS_MARK);
	while (n > 0)
		anthology_buffer_append_byte(reader->out, digits[--n]);
	anthology_buffer_append_byte(reader->out, ANTHOLOGY_ADDRESS_MARK + 1);
}

/*
 * Writes what a tag leaves in the text.
 */
static void
apply_tag(Reader *reader, const AnthologyTag *tag)
{
	AnthologyBuffer *out = reader->out;
	int			styled = reader->styled && !reader->math && !reader->literal;
	char		mark = style_mark(tag->element);

	switch (tag->element)
	{
		case ANTHOLOGY_MATH:
			if (!tag->is_empty)
				mark_text(reader, &reader->math, tag->is_end, ANTHOLOGY_MATH_BEGIN,
						  ANTHOLOGY_MATH_END);
			break;
		case ANTHOLOGY_URL:
			/* An end without a beginning, or the other way round, is for html.c to drop. */
			if (tag->is_empty)
				break;
			if (reader->styled && !tag->is_end)
				anthology_buffer_append_byte(out, ANTHOLOGY_LINK_MARK);
			mark_text(reader, &reader->literal, tag->is_end,
					  ANTHOLOGY_LITERAL_BEGIN, ANTHOLOGY_LITERAL_END);
			if (reader->styled && tag->is_end)
				anthology_buffer_append_byte(out, ANTHOLOGY_LINK_MARK + 1);
			break;
		case ANTHOLOGY_LINK:
			if (styled && tag->is_end)
				anthology_buffer_append_byte(out, ANTHOLOGY_ADDRESS_END_MARK);
			else if (styled && !tag->is_empty && tag->href != NULL)
				begin_link(reader, tag);
			break;
		case ANTHOLOGY_PARAGRAPH:
			anthology_buffer_append_byte(out, reader->math || reader->literal ? ' ' :
										 ANTHOLOGY_PARAGRAPH_MARK);
			break;
		case ANTHOLOGY_BREAK:
			anthology_buffer_append_byte(out, ' ');
			break;
		case ANTHOLOGY_SUPERSCRIPT:
		case ANTHOLOGY_SUBSCRIPT:
			if (tag->is_end)
				anthology_buffer_append_byte(out, '}');
			else if (!tag->is_empty)
				anthology_buffer_append(out,
										tag->element == ANTHOLOGY_SUPERSCRIPT ? "^{" : "_{", 2);
			break;
		default:
			if (mark == 0 || !styled)
				break;
			anthology_buffer_append_byte(out, (char) (mark + tag->is_end));
			if (tag->is_empty)
				anthology_buffer_append_byte(out, (char) (mark + 1));
			break;
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
		int			mark;
		int			c;
		AnthologyTag tag;

		anthology_check();

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
		if (anthology_read_tag(text + i, length - i, escaped, &tag))
		{
			i += tag.length;
			apply_tag(reader, &tag);
		}
		else
			anthology_buffer_append_byte(out, '<');
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

static int
is_blank(UChar32 c)
{
	return c == ' ' || c == '\n' || c == 0x85 || c == ANTHOLOGY_PARAGRAPH_MARK ||
		u_isUWhiteSpace(c);
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

		anthology_check();
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
		if (is_blank(c))
		{
			int			newline = c == '\n';
			int			paragraph = c == ANTHOLOGY_PARAGRAPH_MARK;
			size_t		next = i;
			UChar32		following = 0;

			while (next < length)
			{
				i = next;
				U8_NEXT_UNSAFE(text, next, following);
				if (!is_blank(following) && following != 0x200B)
					break;
				newline |= following == '\n';
				paragraph |= following == ANTHOLOGY_PARAGRAPH_MARK;
				i = next;
				following = 0;
			}
			if (i >= length || out->length == start)
				continue;
			if (paragraph)
			{
				anthology_buffer_append(out, "\n\n", 2);
				previous = ' ';
				continue;
			}
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
	while (out->length > start && is_blank(out->data[out->length - 1]))
		out->length--;
}

static AnthologyStatus
read_plain(const char *markup, size_t length, AnthologyBuffer *addresses, AnthologyBuffer *plain)
{
	AnthologyBuffer marked;
	AnthologyBuffer read;
	AnthologyBuffer tidy;
	Reader		reader = {markup, length, 0, 0, addresses != NULL, addresses, &marked};
	AnthologyStatus status;
	int			combines = 0;

	anthology_buffer_init(&marked);
	anthology_buffer_init(&read);
	anthology_buffer_init(&tidy);
	status = read_markup(&reader);
	if (status == ANTHOLOGY_OK)
		status = anthology_tex(marked.data, marked.length, &read);
	anthology_buffer_free(&marked);
	if (status == ANTHOLOGY_OK)
	{
		tidy_characters(read.data, read.length, &tidy, &combines);
		status = tidy.status;
	}
	anthology_buffer_free(&read);
	if (status == ANTHOLOGY_OK)
	{
		if (combines)
			status = anthology_nfc(tidy.data, tidy.length, plain);
		else
		{
			anthology_buffer_append(plain, tidy.data, tidy.length);
			status = plain->status;
		}
	}
	anthology_buffer_free(&tidy);
	return status;
}

AnthologyStatus
anthology_plain(const char *markup, size_t length, AnthologyBuffer *plain)
{
	return read_plain(markup, length, NULL, plain);
}

AnthologyStatus
anthology_plain_styled(const char *markup, size_t length, AnthologyBuffer *plain,
					   AnthologyBuffer *addresses)
{
	return read_plain(markup, length, addresses, plain);
}
