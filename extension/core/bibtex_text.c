/*
 * bibtex_text.c - the Anthology's markup as the value of a BibTeX field; see
 * bibtex_text.h.
 *
 * A letter with an accent is brought to its base letter and combining marks by
 * ICU's canonical decomposition, and each mark is a TeX command around what came
 * before: ấ is {\'{\^a}}. A mark that TeX has no command for leaves the letter as it is.
 */
#include "bibtex_text.h"

#include <string.h>

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/utf8.h>
#include <unicode/utf16.h>

/* Marks, in TeX: the command of a combining character. */
typedef struct Mark
{
	UChar32		mark;
	const char *command;
} Mark;

static const Mark marks[] = {
	{0x300, "`"}, {0x301, "'"}, {0x302, "^"}, {0x303, "~"}, {0x304, "="}, {0x306, "u"},
	{0x307, "."}, {0x308, "\""}, {0x30A, "r"}, {0x30B, "H"}, {0x30C, "v"}, {0x323, "d"},
	{0x327, "c"}, {0x328, "k"}, {0x331, "b"}
};

/* Characters that have a command of their own. */
typedef struct Special
{
	UChar32		character;
	const char *tex;
} Special;

static const Special specials[] = {
	{'"', "''"}, {'#', "\\#"}, {'$', "\\$"}, {'%', "\\%"}, {'&', "\\&"}, {'\\', "{\\textbackslash}"},
	{'^', "{\\textasciicircum}"}, {'_', "\\_"}, {'{', "{\\textbraceleft}"}, {'}', "{\\textbraceright}"},
	{'~', "{\\textasciitilde}"},
	{0xA0, "~"}, {0xA1, "{\\textexclamdown}"}, {0xA3, "{\\pounds}"}, {0xA7, "{\\S}"},
	{0xA9, "{\\copyright}"}, {0xB0, "{\\textdegree}"}, {0xB1, "$\\pm$"}, {0xB7, "{\\textperiodcentered}"},
	{0xBF, "{\\textquestiondown}"}, {0xC6, "{\\AE}"}, {0xD0, "{\\DH}"}, {0xD7, "$\\times$"},
	{0xD8, "{\\O}"}, {0xDE, "{\\TH}"}, {0xDF, "{\\ss}"}, {0xE6, "{\\ae}"}, {0xF0, "{\\dh}"},
	{0xF8, "{\\o}"}, {0xFE, "{\\th}"}, {0x110, "{\\DJ}"}, {0x111, "{\\dj}"}, {0x131, "{\\i}"},
	{0x141, "{\\L}"}, {0x142, "{\\l}"}, {0x152, "{\\OE}"}, {0x153, "{\\oe}"}, {0x2013, "--"},
	{0x2014, "---"}, {0x2018, "`"}, {0x2019, "'"}, {0x201C, "``"}, {0x201D, "''"},
	{0x2022, "{\\textbullet}"}, {0x2026, "{\\ldots}"}
};

/* The tags, and what they are in TeX. */
typedef struct Tag
{
	const char *name;
	const char *open;
	const char *close;
} Tag;

static const Tag tags[] = {
	{"fixed-case", "{", "}"},
	{"b", "\\textbf{", "}"},
	{"i", "\\textit{", "}"},
	{"tt", "\\texttt{", "}"},
	{"url", "\\url{", "}"},
	{"span", "", ""},
	{"tex-math", "$", "$"},
};

#define TAGS ((int) (sizeof(tags) / sizeof(tags[0])))
#define DEEPEST 32
#define MOST_MARKS 8

static void
put(AnthologyBuffer *out, const char *text)
{
	anthology_buffer_append(out, text, strlen(text));
}

/* The marks that a letter is made of, as commands, and their number; 0 if TeX lacks one. */
static int
find_commands(UChar32 c, UChar32 *base, const char *commands[MOST_MARKS], UErrorCode *error)
{
	const UNormalizer2 *nfd = unorm2_getNFDInstance(error);
	UChar		parts[16];
	int32_t		count = U_SUCCESS(*error) ? unorm2_getDecomposition(nfd, c, parts, 16, error) : -1;
	int32_t		i = 0;
	int			found = 0;

	if (U_FAILURE(*error) || count < 2)
		return 0;
	U16_NEXT(parts, i, count, *base);
	if (!((*base >= 'a' && *base <= 'z') || (*base >= 'A' && *base <= 'Z')))
		return 0;
	while (i < count)
	{
		UChar32		mark;
		const char *command = NULL;

		U16_NEXT(parts, i, count, mark);
		for (size_t k = 0; k < sizeof(marks) / sizeof(marks[0]); k++)
			if (marks[k].mark == mark)
				command = marks[k].command;
		if (command == NULL || found == MOST_MARKS)
			return 0;
		commands[found++] = command;
	}
	return found;
}

static int
is_letter(char c)
{
	return (c | 32) >= 'a' && (c | 32) <= 'z';
}

/* A character of text, that is these bytes. */
static void
put_character(AnthologyBuffer *out, UChar32 c, const char *bytes, size_t size)
{
	UErrorCode	error = U_ZERO_ERROR;
	UChar32		base = 0;
	const char *commands[MOST_MARKS];
	int			found;
	int			spelt = 0;

	/* A straight quote opens where nothing stands before it. */
	if (c == '"' && (out->length == 0 || strchr(" ({[-", out->data[out->length - 1])))
	{
		put(out, "``");
		return;
	}
	for (size_t k = 0; k < sizeof(specials) / sizeof(specials[0]); k++)
		if (specials[k].character == c)
		{
			put(out, specials[k].tex);
			return;
		}
	found = c < 0x80 ? 0 : find_commands(c, &base, commands, &error);
	if (U_FAILURE(error) && out->status == ANTHOLOGY_OK)
		out->status = ANTHOLOGY_ICU_FAILED;
	if (found == 0)
	{
		anthology_buffer_append(out, bytes, size);
		return;
	}

	/* {\'e}, but {\v{c}}: a command that is a letter takes braces. */
	for (int k = found - 1; k >= 0; k--)
	{
		put(out, "{\\");
		put(out, commands[k]);
		if (is_letter(commands[k][0]))
		{
			put(out, "{");
			spelt++;
		}
	}
	/* An i that bears something has no dot. */
	if ((base == 'i' || base == 'j') && strchr("cdkb", commands[0][0]) == NULL)
		put(out, base == 'i' ? "\\i" : "\\j");
	else
		anthology_buffer_append_byte(out, (char) base);
	for (int k = found + spelt; k > 0; k--)
		put(out, "}");
}

/* An entity at *at, behind its ampersand; 0 if it is none. */
static UChar32
read_entity(const char *markup, size_t length, size_t *at)
{
	static const struct
	{
		const char *name;
		UChar32		character;
	}			entities[] = {{"amp;", '&'}, {"lt;", '<'}, {"gt;", '>'}, {"quot;", '"'}, {"apos;", '\''}};
	size_t		left = length - *at;

	for (size_t i = 0; i < sizeof(entities) / sizeof(entities[0]); i++)
	{
		size_t		size = strlen(entities[i].name);

		if (left >= size && memcmp(markup + *at, entities[i].name, size) == 0)
		{
			*at += size;
			return entities[i].character;
		}
	}
	if (left >= 3 && markup[*at] == '#')
	{
		int			hex = markup[*at + 1] == 'x';
		UChar32		c = 0;
		size_t		i = *at + 1 + (size_t) hex;
		size_t		first = i;

		for (; i < length && i < first + 8 && markup[i] != ';'; i++)
		{
			int			digit = markup[i] >= '0' && markup[i] <= '9' ? markup[i] - '0' :
				hex && (markup[i] | 32) >= 'a' && (markup[i] | 32) <= 'f' ? (markup[i] | 32) - 'a' + 10 : -1;

			if (digit < 0 || c > 0x10FFFF)
				return 0;
			c = c * (hex ? 16 : 10) + digit;
		}
		if (i < length && i > first && markup[i] == ';' && c > 0 && c <= 0x10FFFF && !U_IS_SURROGATE(c))
		{
			*at = i + 1;
			return c;
		}
	}
	return 0;
}

/* The tag at markup[at], behind its bracket: its number and the end; -1 if it is none. */
static int
read_tag(const char *markup, size_t length, size_t at, int *closing, size_t *end)
{
	*closing = at < length && markup[at] == '/';
	at += (size_t) *closing;
	for (int i = 0; i < TAGS; i++)
	{
		size_t		size = strlen(tags[i].name);

		if (length - at > size && memcmp(markup + at, tags[i].name, size) == 0 &&
			(markup[at + size] == '>' || markup[at + size] == ' '))
		{
			const char *bracket = memchr(markup + at, '>', length - at);

			if (bracket == NULL)
				return -1;
			*end = (size_t) (bracket - markup) + 1;
			return i;
		}
	}
	return -1;
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

/* Closes what is open within mathematics. */
static void
end_math(AnthologyBuffer *out, int braces)
{
	if (escapes(out))
		put(out, " ");
	for (; braces > 0; braces--)
		put(out, "}");
}

AnthologyStatus
anthology_bibtex_text(const char *markup, size_t length, AnthologyBuffer *out)
{
	int			open[DEEPEST];
	int			depth = 0;
	int			math = 0;
	int			braces = 0;		/* within mathematics */

	for (size_t i = 0; i < length;)
	{
		int32_t		next = (int32_t) i;
		UChar32		c;

		if (markup[i] == '<')
		{
			int			closing;
			size_t		end;
			int			tag = read_tag(markup, length, i + 1, &closing, &end);

			if (tag >= 0 && !closing && depth < DEEPEST && !math)
			{
				open[depth++] = tag;
				math = strcmp(tags[tag].name, "tex-math") == 0;
				put(out, tags[tag].open);
				i = end;
				continue;
			}
			if (tag >= 0 && closing && depth > 0 && open[depth - 1] == tag)
			{
				if (math)
					end_math(out, braces);
				math = braces = 0;
				put(out, tags[tag].close);
				depth--;
				i = end;
				continue;
			}
		}
		U8_NEXT(markup, next, (int32_t) length, c);
		i = (size_t) next;
		if (c == '&')
		{
			UChar32		entity = read_entity(markup, length, &i);

			c = entity > 0 ? entity : c;
		}
		if (c < 0)
			continue;			/* no character at all */
		if (u_isUWhiteSpace(c) && c != 0xA0)
		{
			/* White space is one space, and none at the beginning. */
			if (out->length > 0 && out->data[out->length - 1] != ' ')
				put(out, " ");
			continue;
		}
		if (u_iscntrl(c))
			continue;
		if (math)
		{
			char		bytes[4];
			int			size = 0;

			/*
			 * It is TeX already. Braces are balanced, also those that print: BibTeX
			 * counts them too.
			 */
			if ((c == '{' || c == '}') && escapes(out))
			{
				put(out, c == '{' ? "lbrace " : "rbrace ");
				continue;
			}
			if (c == '}' && braces == 0)
				continue;
			braces += c == '{' ? 1 : c == '}' ? -1 : 0;
			if (c == '"')
				put(out, "''");
			else if (c == '$' && !escapes(out))
				continue;
			else
			{
				U8_APPEND_UNSAFE(bytes, size, c);
				anthology_buffer_append(out, bytes, (size_t) size);
			}
			continue;
		}
		{
			char		bytes[4];
			int			size = 0;

			U8_APPEND_UNSAFE(bytes, size, c);
			put_character(out, c, bytes, (size_t) size);
		}
	}
	while (out->length > 0 && out->data[out->length - 1] == ' ')
		out->length--;
	if (math)
		end_math(out, braces);
	while (depth > 0)
		put(out, tags[open[--depth]].close);
	return out->status;
}
