/*
 * bibtex_text.c - the Anthology's markup as the value of a BibTeX field; see
 * bibtex_text.h.
 *
 * The form is that of the Anthology's own entries. A command that stands for a
 * character is in braces: é is {\'e}, & is {\&}. Letters of Latin-1 and Latin
 * Extended-A with one accent are commands. Characters that bibtex_characters.inc does
 * not name stay as they are. The official library is wrong in two places, where TeX
 * would fail or print nothing. Here a brace of the text is written by its name, so
 * that braces always balance, and ű is {\H{u}}.
 */
#include "bibtex_text.h"

#include <string.h>

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/utf8.h>
#include <unicode/utf16.h>

#include "host.h"
#include "markup.h"
#include "nfc.h"

#define DEEPEST 32				/* elements within elements */
#define LAST_ACCENTED 0x17F

/* What an element is in TeX, by AnthologyElement. */
typedef struct Command
{
	const char *begin;
	const char *end;
} Command;

static const Command commands[] = {
	[ANTHOLOGY_SPAN] = {"", ""},
	[ANTHOLOGY_FIXED_CASE] = {"{", "}"},
	[ANTHOLOGY_BOLD] = {"\\textbf{", "}"},
	[ANTHOLOGY_ITALIC] = {"\\textit{", "}"},
	[ANTHOLOGY_UNDERLINE] = {"\\underline{", "}"},
	[ANTHOLOGY_SMALL_CAPS] = {"\\textsc{", "}"},
	[ANTHOLOGY_CODE] = {"\\texttt{", "}"},
	[ANTHOLOGY_LINK] = {"", "}"},
	[ANTHOLOGY_URL] = {"\\url{", "}"},
	[ANTHOLOGY_MATH] = {"$", "$"},
	/* A paragraph and a break are no commands with a group. */
	[ANTHOLOGY_PARAGRAPH] = {"", ""},
	[ANTHOLOGY_BREAK] = {"", ""},
	[ANTHOLOGY_SUPERSCRIPT] = {"\\textsuperscript{", "}"},
	[ANTHOLOGY_SUBSCRIPT] = {"\\textsubscript{", "}"},
};

/* An element that is open. */
typedef struct Open
{
	AnthologyElement element;
	int			shown;			/* its command was written */
} Open;

typedef struct Writer
{
	AnthologyBuffer *out;
	size_t		start;			/* out's length before ours */
	UChar32		previous;		/* character of the text; a blank at the beginning */
	int			eats_blanks;	/* after \par */
	Open		open[DEEPEST];
	int			depth;
	int			math;
	int			literal;		/* an address */
	int			braces;			/* open within mathematics */
} Writer;

static void
put(AnthologyBuffer *out, const char *text)
{
	anthology_buffer_append(out, text, strlen(text));
}

/* The command for a character, or NULL. */
static const char *
named_character(UChar32 c)
{
	static const struct
	{
		UChar32		character;
		const char *tex;
	}			characters[] = {
#include "bibtex_characters.inc"
	};
	size_t		low = 0;
	size_t		high = sizeof(characters) / sizeof(characters[0]);

	while (low < high)
	{
		size_t		middle = (low + high) / 2;

		if (characters[middle].character == c)
			return characters[middle].tex;
		if (characters[middle].character < c)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

/* Writes a letter with one accent as a command. Returns 0 if it is none. */
static int
put_accented(AnthologyBuffer *out, UChar32 c)
{
	static const struct
	{
		UChar32		mark;
		char		command;
		UChar32		last_short; /* up to this letter \\^e, beyond \\^{c} */
	}			marks[] = {
		{0x300, '`', LAST_ACCENTED}, {0x301, '\'', LAST_ACCENTED}, {0x302, '^', 0xFF},
		{0x303, '~', 0xFF}, {0x304, '=', 0}, {0x306, 'u', 0}, {0x307, '.', 0},
		{0x308, '"', LAST_ACCENTED}, {0x30A, 'r', 0}, {0x30B, 'H', 0}, {0x30C, 'v', 0},
		{0x327, 'c', 0}, {0x328, 'k', 0}
	};
	UErrorCode	error = U_ZERO_ERROR;
	const UNormalizer2 *nfd = unorm2_getNFDInstance(&error);
	UChar		parts[8];
	char		tex[8];
	size_t		n = 0;

	if (U_FAILURE(error) || unorm2_getDecomposition(nfd, c, parts, 8, &error) != 2 ||
		parts[0] >= 0x80 || U_FAILURE(error))
	{
		if (U_FAILURE(error) && out->status == ANTHOLOGY_OK)
			out->status = ANTHOLOGY_ICU_FAILED;
		return 0;
	}
	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
	{
		/* The dots of these three came to be written without braces. */
		int			is_short = c <= marks[i].last_short || c == 0x130 || c == 0x17B || c == 0x17C;

		if (marks[i].mark != parts[1])
			continue;
		tex[n++] = '{';
		tex[n++] = '\\';
		tex[n++] = marks[i].command;
		if (!is_short)
			tex[n++] = '{';
		tex[n++] = (char) parts[0];
		if (!is_short)
			tex[n++] = '}';
		tex[n++] = '}';
		anthology_buffer_append(out, tex, n);
		return 1;
	}
	return 0;
}

static void
put_character(AnthologyBuffer *out, UChar32 c)
{
	const char *named;

	if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == ' ')
		anthology_buffer_append_byte(out, (char) c);
	else if (c == '{')
		put(out, "{\\textbraceleft}");
	else if (c == '}')
		put(out, "{\\textbraceright}");
	else if ((named = named_character(c)) != NULL)
	{
		put(out, "{");
		put(out, named);
		put(out, "}");
	}
	else if (c < 0xC0 || c > LAST_ACCENTED || !put_accented(out, c))
		anthology_buffer_append_code_point(out, c);
}

static int
is_word(UChar32 c)
{
	return u_isalnum(c) || c == '_' || (U_GET_GC_MASK(c) & U_GC_M_MASK);
}

/*
 * Writes a quotation mark; the text goes on at rest. A straight one opens before a
 * word that does not go on. What closes within a word is an apostrophe.
 */
static int
put_quote(Writer *writer, UChar32 c, const char *rest, size_t length)
{
	UChar32		next = ' ';
	int			opens;

	while (length > 0 && *rest == '<')
	{
		AnthologyTag tag;

		if (!anthology_read_tag(rest + 1, length - 1, 0, &tag))
			break;
		if (tag.element == ANTHOLOGY_MATH && !tag.is_end)
		{
			next = 'x';
			length = 0;
			break;
		}
		rest += 1 + tag.length;
		length -= 1 + tag.length;
	}
	if (length > 0)
	{
		int32_t		at = 0;

		U8_NEXT(rest, at, (int32_t) length, next);
	}
	opens = !is_word(writer->previous) && is_word(next);
	switch (c)
	{
		case '"':
			/* If no word follows, the blank before decides. */
			opens |= !u_isUWhiteSpace(next) &&
				(u_isUWhiteSpace(writer->previous) || writer->previous == '(' ||
				 writer->previous == '[');
			put(writer->out, opens ? "``" : "''");
			return 1;
		case 0x201C:
			put(writer->out, "``");
			return 1;
		case 0x201D:
			put(writer->out, "''");
			return 1;
		case 0x2018:
			put(writer->out, "`");
			return 1;
		case '\'':
			put(writer->out, opens ? "`" : "'");
			return 1;
		case 0x2019:
			put(writer->out, is_word(writer->previous) && !is_word(next) ? "'" : "{'}");
			return 1;
	}
	return 0;
}

/* Whether a backslash at the end would escape what comes next. */
static int
escapes(const AnthologyBuffer *out)
{
	size_t		backslashes = 0;

	while (backslashes < out->length && out->data[out->length - 1 - backslashes] == '\\')
		backslashes++;
	return backslashes % 2 == 1;
}

/*
 * Writes a character of mathematics, which is TeX already. Braces are balanced,
 * also those that print: BibTeX counts them too.
 */
static void
put_math(Writer *writer, UChar32 c)
{
	AnthologyBuffer *out = writer->out;

	if ((c == '{' || c == '}') && escapes(out))
		put(out, c == '{' ? "lbrace " : "rbrace ");
	else if ((c == '}' && writer->braces == 0) || (c == '$' && !escapes(out)))
		return;
	else
	{
		writer->braces += c == '{' ? 1 : c == '}' ? -1 : 0;
		anthology_buffer_append_code_point(out, c);
	}
}

/* Writes a character of an address; those that TeX does not take, by number. */
static void
put_literal(AnthologyBuffer *out, UChar32 c)
{
	static const char digits[] = "0123456789ABCDEF";

	if (c == '{' || c == '}' || c == '\\' || c <= ' ')
	{
		char		number[3] = {'%', digits[(c >> 4) & 15], digits[c & 15]};

		anthology_buffer_append(out, number, 3);
	}
	else
		anthology_buffer_append_code_point(out, c);
}

/* Closes the open elements within mathematics. */
static void
end_math(Writer *writer)
{
	if (escapes(writer->out))
		put(writer->out, " ");
	for (; writer->braces > 0; writer->braces--)
		put(writer->out, "}");
	writer->math = 0;
}

static void
drop_blanks(Writer *writer)
{
	while (writer->out->length > writer->start && writer->out->data[writer->out->length - 1] == ' ')
		writer->out->length--;
}

static void
end_element(Writer *writer)
{
	const Open *ended = &writer->open[--writer->depth];

	if (ended->element == ANTHOLOGY_MATH)
		end_math(writer);
	if (ended->element == ANTHOLOGY_URL)
		writer->literal = 0;
	if (ended->shown)
		put(writer->out, commands[ended->element].end);
}

/* Begins a link; one to an address that is none is its text. */
static int
begin_link(Writer *writer, const AnthologyTag *tag)
{
	if (tag->href == NULL || !anthology_is_address(tag->href, tag->href_length))
		return 0;
	put(writer->out, "\\href{");
	for (size_t i = 0; i < tag->href_length;)
	{
		size_t		used = 0;
		UChar32		c = -1;

		if (tag->href[i] == '&')
			c = anthology_read_xml_entity(tag->href + i + 1, tag->href_length - i - 1, &used);
		if (c > 0)
			i += 1 + used;
		else
			U8_NEXT(tag->href, i, tag->href_length, c);
		if (c > 0)
			put_literal(writer->out, c);
	}
	put(writer->out, "}{");
	return 1;
}

/* Reads a tag. Returns 0 if it is text here: an end without a beginning, or too deep. */
static int
apply_tag(Writer *writer, const AnthologyTag *tag)
{
	Open	   *open;

	if ((tag->element == ANTHOLOGY_BREAK || tag->element == ANTHOLOGY_PARAGRAPH) &&
		!writer->math && !writer->literal)
	{
		drop_blanks(writer);
		if (!tag->is_end && writer->out->length > writer->start)
			put(writer->out, tag->element == ANTHOLOGY_BREAK ? " " : "\\par ");
		writer->previous = ' ';
		writer->eats_blanks |= !tag->is_end;
		return 1;
	}
	if (tag->is_end)
	{
		if (writer->depth == 0 || writer->open[writer->depth - 1].element != tag->element)
			return 0;
		end_element(writer);
		return 1;
	}
	if (writer->math || writer->literal || writer->depth == DEEPEST)
		return 0;
	if (tag->is_empty && (tag->element == ANTHOLOGY_MATH || tag->element == ANTHOLOGY_URL))
		return 1;
	open = &writer->open[writer->depth++];
	open->element = tag->element;
	open->shown = tag->element != ANTHOLOGY_LINK || begin_link(writer, tag);
	put(writer->out, commands[tag->element].begin);
	writer->math = tag->element == ANTHOLOGY_MATH;
	writer->literal = tag->element == ANTHOLOGY_URL;
	if (tag->is_empty)
		end_element(writer);
	return 1;
}

/* Writes the next character of markup, or reads the next tag. Returns where it ends. */
static size_t
read_next(Writer *writer, const char *markup, size_t i, size_t length)
{
	AnthologyBuffer *out = writer->out;
	size_t		used;
	UChar32		c;

	if (markup[i] == '<')
	{
		AnthologyTag tag;

		if (anthology_read_tag(markup + i + 1, length - i - 1, 0, &tag) && apply_tag(writer, &tag))
			return i + 1 + tag.length;
	}
	U8_NEXT(markup, i, length, c);
	if (c == '&')
	{
		UChar32		entity = anthology_read_xml_entity(markup + i, length - i, &used);

		if (entity > 0)
		{
			c = entity;
			i += used;
		}
	}
	if (c < 0)
		return i;				/* no character at all */
	if (u_isUWhiteSpace(c) && c != 0xA0)
	{
		/* White space is one space, and none at the beginning. */
		if (out->length > writer->start && out->data[out->length - 1] != ' ' &&
			!writer->eats_blanks)
			put(out, " ");
		writer->previous = ' ';
		return i;
	}
	writer->eats_blanks = 0;
	if (u_iscntrl(c))
		return i;
	if (writer->math)
		put_math(writer, c);
	else if (writer->literal)
		put_literal(out, c);
	else if (!put_quote(writer, c, markup + i, length - i))
		put_character(out, c);
	writer->previous = c;
	return i;
}

AnthologyStatus
anthology_bibtex_text(const char *markup, size_t length, AnthologyBuffer *out)
{
	Writer		writer = {.out = out, .start = out->length, .previous = ' '};
	AnthologyBuffer composed;
	AnthologyStatus status;

	anthology_buffer_init(&composed);
	status = anthology_nfc(markup, length, &composed);
	for (size_t i = 0; status == ANTHOLOGY_OK && i < composed.length;)
	{
		anthology_check();
		i = read_next(&writer, composed.data, i, composed.length);
	}
	anthology_buffer_free(&composed);
	drop_blanks(&writer);
	while (writer.depth > 0)
		end_element(&writer);
	return status == ANTHOLOGY_OK ? out->status : status;
}

AnthologyStatus
anthology_bibtex_plain(const char *text, size_t length, AnthologyBuffer *out)
{
	AnthologyBuffer composed;
	AnthologyStatus status;

	anthology_buffer_init(&composed);
	status = anthology_nfc(text, length, &composed);
	for (size_t i = 0; status == ANTHOLOGY_OK && i < composed.length;)
	{
		UChar32		c;

		anthology_check();
		U8_NEXT(composed.data, i, composed.length, c);
		if (c == '"' || c == 0x201D)
			put(out, "{''}");
		else if (c == 0x201C)
			put(out, "{``}");
		else if (c == 0x2018)
			put(out, "{`}");
		else if (c == 0x2019)
			put(out, "{'}");
		else if (c > 0 && (!u_iscntrl(c) || u_isUWhiteSpace(c)))
			put_character(out, u_isUWhiteSpace(c) && c != 0xA0 ? ' ' : c);
	}
	anthology_buffer_free(&composed);
	return status == ANTHOLOGY_OK ? out->status : status;
}

AnthologyStatus
anthology_bibtex_value(const char *tex, size_t length, AnthologyBuffer *out)
{
	int			depth = 0;
	int			lowest = 0;
	int			quoted = length == 0 || memchr(tex, '"', length) == NULL;

	for (size_t i = 0; i < length; i++)
	{
		depth += tex[i] == '{' ? 1 : tex[i] == '}' ? -1 : 0;
		lowest = depth < lowest ? depth : lowest;
	}
	anthology_buffer_append_byte(out, quoted ? '"' : '{');
	for (size_t i = 0; i < length; i++)
	{
		if (i % 65536 == 0)
			anthology_check();
		if ((depth != 0 || lowest < 0) && (tex[i] == '{' || tex[i] == '}'))
			put_character(out, tex[i]);
		else
			anthology_buffer_append_byte(out, tex[i]);
	}
	anthology_buffer_append_byte(out, quoted ? '"' : '}');
	return out->status;
}
