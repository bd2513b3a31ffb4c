/*
 * tex.c - TeX in running text as Unicode; see tex.h.
 *
 * What abstracts hold is TeX by habit, not TeX that would compile, so nothing
 * here fails: what is not understood stays as the word it is. In short:
 *
 *   - styles (\textbf{x}, {\em x}, \mathcal{O}) leave x; symbols become the
 *     character; accents go onto their letter; an unknown \name leaves name;
 *   - $...$ is mathematics where it can only be that: nothing blank inside
 *     either dollar, or a single word; no digit after the closing one, so that
 *     "about $4, $8 and $10" are sums of money;
 *   - sub- and superscripts become Unicode ones where these exist (O(n²), F₁,
 *     xᵢ), ordinals lose the mark (3rd), others keep it (RoBERTa_large);
 *     outside mathematics only x^2 and x^{...}, x_{...} are scripts;
 *   - \frac{a}{b} is a/b, \sqrt{x} is √x, with parentheses where they are needed;
 *   - ~ is a blank between words, but a tilde before a number that it makes
 *     approximate, in a range of numbers, and in an address;
 *   - braces go where TeX needs them and stay where they are text.
 *
 * Braces are matched once beforehand, dollars found once, and nesting beyond
 * DEEPEST is read flat, so time is linear in the text.
 */
#include "tex.h"

#include <stdint.h>
#include <string.h>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "host.h"

#define DEEPEST			16		/* arguments within arguments */
#define LONGEST_MATH	400		/* bytes between dollars */
#define NO_MATCH		(-1)
#define DROPPED			(-2)	/* a closing brace that leaves nothing */

typedef struct Tex
{
	const char *text;
	size_t		length;
	int32_t    *match;			/* of a brace, the other one; NULL if there are none */
	size_t		next_closing;	/* the first dollar at or after the last asked for that can close */
	AnthologyBuffer *out;
	size_t		start;			/* out's length before ours */
} Tex;

static void read_range(Tex *tex, size_t i, size_t end, int math, int depth);

int
anthology_tex_symbol(const char *name, size_t length)
{
	static const struct
	{
		const char *name;
		int			c;
	}			symbols[] = {
#include "tex_symbols.inc"
	};
	size_t		low = 0;
	size_t		high = sizeof(symbols) / sizeof(symbols[0]);

	while (low < high)
	{
		size_t		middle = (low + high) / 2;
		size_t		its = strlen(symbols[middle].name);
		int			order = memcmp(name, symbols[middle].name, its < length ? its : length);

		if (order == 0)
			order = (length > its) - (length < its);
		if (order == 0)
			return symbols[middle].c;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return 0;
}

static int
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static int
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static int
is_blank(char c)
{
	return c == ' ' || c == '\n';
}

/* The byte at i, or 0 beyond the end. */
static char
byte_at(const Tex *tex, size_t i)
{
	return i < tex->length ? tex->text[i] : '\0';
}

/* The last byte written, or 0 at the beginning. */
static char
last_byte(const Tex *tex)
{
	return tex->out->length > tex->start ? tex->out->data[tex->out->length - 1] : '\0';
}

static int
is_word_byte(char c)
{
	return is_letter(c) || is_digit(c) || (unsigned char) c >= 0x80;
}

static int
is_name(const char *name, size_t length, const char *const *names)
{
	for (; *names != NULL; names++)
		if (strlen(*names) == length && memcmp(*names, name, length) == 0)
			return 1;
	return 0;
}

/* The brace closing the one at i, or NO_MATCH if there is none before end. */
static int32_t
closing_brace(const Tex *tex, size_t i, size_t end)
{
	if (i >= end || tex->text[i] != '{' || tex->match[i] < 0 || (size_t) tex->match[i] >= end)
		return NO_MATCH;
	return tex->match[i];
}

/*
 * Pairs braces, those inside mathematics and those outside apart. Returns 0
 * for want of memory.
 */
static int
match_braces(Tex *tex)
{
	int32_t    *open;
	size_t		depth = 0;
	size_t		base = 0;
	size_t		outer = 0;
	int			literal = 0;

	if (memchr(tex->text, '{', tex->length) == NULL && memchr(tex->text, '}', tex->length) == NULL)
		return 1;
	tex->match = anthology_allocate(sizeof(int32_t) * tex->length);
	open = anthology_allocate(sizeof(int32_t) * tex->length);
	if (tex->match == NULL || open == NULL)
	{
		anthology_release(open);
		return 0;
	}
	for (size_t i = 0; i < tex->length; i++)
	{
		char		c = tex->text[i];

		if (i % 65536 == 0)
			anthology_check();
		tex->match[i] = NO_MATCH;
		if (c == ANTHOLOGY_MATH_BEGIN)
		{
			outer = base;
			base = depth;
		}
		else if (c == ANTHOLOGY_MATH_END)
		{
			depth = base;
			base = outer;
		}
		else if (c == ANTHOLOGY_LITERAL_BEGIN || c == ANTHOLOGY_LITERAL_END)
			literal = (c == ANTHOLOGY_LITERAL_BEGIN);
		else if (literal)
			continue;
		else if (c == '\\' && i + 1 < tex->length)
			tex->match[++i] = NO_MATCH;
		else if (c == '{')
			open[depth++] = (int32_t) i;
		else if (c == '}' && depth > base)
		{
			tex->match[i] = open[--depth];
			tex->match[open[depth]] = (int32_t) i;
		}
	}
	anthology_release(open);
	return 1;
}

/*
 * Writes an address: only escapes are read, and only those of the characters
 * that TeX makes people escape.
 */
static void
write_literal(Tex *tex, size_t i, size_t end)
{
	for (; i < end; i++)
	{
		char		c = tex->text[i];

		if (c == '\\' && i + 1 < end && strchr("_%#&~$\\{}", tex->text[i + 1]) != NULL)
			continue;
		if (c == '\\')
			c = ' ';
		if ((unsigned char) c >= ' ' || c == '\n')
			anthology_buffer_append_byte(tex->out, c);
	}
}

/*
 * Where the dollar at i has its mate, or 0 if it is a dollar.
 */
static size_t
closing_dollar(Tex *tex, size_t i, size_t end)
{
	size_t		limit = end - i > LONGEST_MATH ? i + LONGEST_MATH : end;
	size_t		j;

	if (i + 1 >= end || is_blank(tex->text[i + 1]) || tex->text[i + 1] == '$')
		return 0;
	if (tex->next_closing <= i + 1)
	{
		for (j = i + 2; j < tex->length; j++)
			if (tex->text[j] == '$' && tex->text[j - 1] != '\\' && !is_blank(tex->text[j - 1]) &&
				!is_digit(byte_at(tex, j + 1)))
				break;
		tex->next_closing = j;
	}
	if (tex->next_closing < limit && !is_digit(tex->text[i + 1]))
		return tex->next_closing;

	/* A sum of money or "$40$": a word alone, a number with its marks. */
	for (j = i + 1; j < limit && !is_blank(tex->text[j]) && tex->text[j] != '$';)
		j++;
	if (j < limit && tex->text[j] == '$' && !is_digit(byte_at(tex, j + 1)))
		return j;
	if (j + 1 < limit && tex->text[j + 1] == '$' && !is_digit(tex->text[i + 1]) &&
		!is_word_byte(byte_at(tex, j + 2)))
		return j + 1;
	return 0;
}

/*
 * The super- or subscript form of a character, or 0.
 */
static int
script_form(int c, int super)
{
	static const char letters[] = "aehijklmnoprstuvxbcdfgwyzABDEGHIJKLMNOPRTUVW";
	static const unsigned short super_letters[] = {
		0x1D43, 0x1D49, 0x2B0, 0x2071, 0x2B2, 0x1D4F, 0x2E1, 0x1D50, 0x207F, 0x1D52, 0x1D56,
		0x2B3, 0x2E2, 0x1D57, 0x1D58, 0x1D5B, 0x2E3, 0x1D47, 0x1D9C, 0x1D48, 0x1DA0, 0x1D4D,
		0x2B7, 0x2B8, 0x1DBB, 0x1D2C, 0x1D2E, 0x1D30, 0x1D31, 0x1D33, 0x1D34, 0x1D35, 0x1D36,
		0x1D37, 0x1D38, 0x1D39, 0x1D3A, 0x1D3C, 0x1D3E, 0x1D3F, 0x1D40, 0x1D41, 0x2C7D, 0x1D42
	};
	static const unsigned short sub_letters[] = {
		0x2090, 0x2091, 0x2095, 0x1D62, 0x2C7C, 0x2096, 0x2097, 0x2098, 0x2099, 0x2092, 0x209A,
		0x1D63, 0x209B, 0x209C, 0x1D64, 0x1D65, 0x2093
	};
	const char *found;

	if (c == '1' && super)
		return 0xB9;
	if ((c == '2' || c == '3') && super)
		return 0xB2 + c - '2';
	if (c >= '0' && c <= '9')
		return (super ? 0x2070 : 0x2080) + c - '0';
	if (c == '+' || c == '-' || c == '=' || c == '(' || c == ')')
		return (super ? 0x207A : 0x208A) + (int) (strchr("+-=()", c) - "+-=()");
	if (c == 0x2212)
		return super ? 0x207B : 0x208B;
	if (c == 0 || c >= 0x80 || (found = strchr(letters, c)) == NULL)
		return 0;
	if (super)
		return super_letters[found - letters];
	return (size_t) (found - letters) < sizeof(sub_letters) / sizeof(sub_letters[0]) ?
		sub_letters[found - letters] : 0;
}

/*
 * Makes what was written since from a super- or subscript.
 */
static void
raise_or_lower(Tex *tex, size_t from, int super)
{
	static const char *const ordinals[] = {"st", "nd", "rd", "th", "e", "er", "ème", "ère", NULL};
	AnthologyBuffer *out = tex->out;
	size_t		length = out->length - from;
	char		argument[64];
	int			forms[16];
	int			n = 0;
	int			letters = 0;
	int			blank = 0;

	if (out->status != ANTHOLOGY_OK || length == 0)
		return;
	if (length >= sizeof(argument))
		return;
	memcpy(argument, out->data + from, length);
	argument[length] = '\0';

	if (super && ((from > tex->start && is_digit(out->data[from - 1]) &&
				   is_name(argument, length, ordinals)) ||
				  strcmp(argument, "*") == 0 || strcmp(argument, "′") == 0))
		return;
	if (super && strcmp(argument, "∘") == 0)
	{
		out->length = from;
		anthology_buffer_append_code_point(out, 0xB0);
		return;
	}
	for (size_t i = 0; i < length;)
	{
		UChar32		c;

		U8_NEXT_UNSAFE(argument, i, c);
		blank |= c == ' ';
		letters += c < 0x80 && is_letter((char) c);
		if (n < 16)
			forms[n] = script_form(c, super);
		if (n >= 16 || forms[n] == 0)
			n = 17;
		else
			n++;
	}
	out->length = from;
	if (n <= 16 && letters <= 1)
	{
		for (int i = 0; i < n; i++)
			anthology_buffer_append_code_point(out, forms[i]);
		return;
	}
	anthology_buffer_append(out, super ? "^" : "_", 1);
	if (blank)
		anthology_buffer_append_byte(out, '(');
	anthology_buffer_append(out, argument, length);
	if (blank)
		anthology_buffer_append_byte(out, ')');
}

/*
 * Writes the argument at i, a group or a command or a character. Returns where
 * it ends.
 */
static size_t
write_argument(Tex *tex, size_t i, size_t end, int math, int depth)
{
	int32_t		close;
	size_t		next;

	while (i < end && is_blank(tex->text[i]))
		i++;
	if (i >= end)
		return i;
	close = tex->match ? closing_brace(tex, i, end) : NO_MATCH;
	if (close >= 0)
	{
		read_range(tex, i + 1, (size_t) close, math, depth + 1);
		return (size_t) close + 1;
	}
	next = i;
	if (tex->text[i] == '\\' && i + 1 < end)
	{
		next = i + 1;
		while (next < end && is_letter(tex->text[next]))
			next++;
		if (next == i + 1)
			next++;
		else if (tex->match && closing_brace(tex, next, end) >= 0)
			next = (size_t) tex->match[next] + 1;
	}
	else if ((unsigned char) tex->text[i] < ' ' || tex->text[i] == '}')
		return i;
	else
		U8_FWD_1_UNSAFE(tex->text, next);
	read_range(tex, i, next > end ? end : next, math, depth + 1);
	return next > end ? end : next;
}

/*
 * Puts parentheses around what was written since from, if it is more than a
 * word.
 */
static void
parenthesise(Tex *tex, size_t from)
{
	AnthologyBuffer *out = tex->out;
	size_t		length = out->length - from;
	int			needed = 0;

	for (size_t i = from; i < out->length; i++)
		needed |= !is_word_byte(out->data[i]) && out->data[i] != '.';
	if (!needed || out->status != ANTHOLOGY_OK ||
		(out->data[from] == '(' && memchr(out->data + from, ')', length - 1) == NULL))
		return;
	anthology_buffer_append(out, "()", 2);
	if (out->status != ANTHOLOGY_OK)
		return;
	memmove(out->data + from + 1, out->data + from, length);
	out->data[from] = '(';
	out->data[from + length + 1] = ')';
}

/*
 * Writes the accented letter whose accent is a combining mark; the letter's
 * argument is at i. Returns where that ends, or i if no letter is there.
 */
static size_t
write_accented(Tex *tex, size_t i, size_t end, int mark, int math, int depth)
{
	size_t		from = tex->out->length;
	size_t		after = write_argument(tex, i, end, math, depth);
	size_t		length = tex->out->length - from;
	const char *data;

	if (length == 0 || tex->out->status != ANTHOLOGY_OK)
		return after;
	data = tex->out->data + from;
	if (length == 2 && memcmp(data, "\xC4\xB1", 2) == 0)
	{
		tex->out->length = from;
		anthology_buffer_append_byte(tex->out, 'i');
		length = 1;
	}
	if ((length == 1 && is_letter(tex->out->data[from])) || (length == 2 && (data[0] & 0x80)))
		anthology_buffer_append_code_point(tex->out, mark);
	return after;
}

/* The combining mark of an accent command, or 0. */
static int
accent_mark(const char *name, size_t length, int math)
{
	static const struct
	{
		const char *name;
		int			mark;
		int			math;
	}			accents[] = {
		{"'", 0x301, 0}, {"`", 0x300, 0}, {"^", 0x302, 0}, {"\"", 0x308, 0}, {"~", 0x303, 0},
		{"=", 0x304, 0}, {".", 0x307, 0}, {"u", 0x306, 0}, {"v", 0x30C, 0}, {"H", 0x30B, 0},
		{"c", 0x327, 0}, {"d", 0x323, 0}, {"b", 0x331, 0}, {"k", 0x328, 0}, {"r", 0x30A, 0},
		{"hat", 0x302, 1}, {"widehat", 0x302, 1}, {"tilde", 0x303, 1}, {"widetilde", 0x303, 1},
		{"bar", 0x304, 1}, {"overline", 0x304, 1}, {"vec", 0x20D7, 1}, {"dot", 0x307, 1},
		{"ddot", 0x308, 1}, {"acute", 0x301, 1}, {"grave", 0x300, 1}, {"check", 0x30C, 1},
		{"breve", 0x306, 1}
	};

	for (size_t i = 0; i < sizeof(accents) / sizeof(accents[0]); i++)
		if (strlen(accents[i].name) == length && memcmp(accents[i].name, name, length) == 0)
			return !math || accents[i].math ? accents[i].mark : 0;
	return 0;
}

/*
 * Reads a command of one character that is no letter. Returns where it ends.
 */
static size_t
read_escape(Tex *tex, size_t i, size_t end, int math, int depth)
{
	AnthologyBuffer *out = tex->out;
	char		c = tex->text[i + 1];
	int			mark = accent_mark(&c, 1, math);

	if (mark)
	{
		int32_t		close = tex->match ? closing_brace(tex, i + 2, end) : NO_MATCH;
		char		next = i + 2 < end ? tex->text[i + 2] : '\0';

		if (is_letter(next) || (close >= 0 && close - (int32_t) i <= 6) ||
			(next == '\\' && i + 3 < end && (tex->text[i + 3] == 'i' || tex->text[i + 3] == 'j')))
			return write_accented(tex, i + 2, end, mark, math, depth);
		anthology_buffer_append_byte(out, c);
		return i + 2;
	}
	switch (c)
	{
		case '-': case '/': case '!': case '@': case '(': case ')': case '[': case ']':
			break;
		case ' ': case ',': case ';': case ':': case '>': case '\\': case '\n':
			anthology_buffer_append_byte(out, ' ');
			break;
		case '|':
			anthology_buffer_append_code_point(out, 0x2016);
			break;
		default:
			if ((unsigned char) c < ' ')
				return i + 1;	/* a mark: the backslash alone goes */
			if ((unsigned char) c >= 0x80)
			{
				anthology_buffer_append_byte(out, ' ');
				return i + 1;
			}
			anthology_buffer_append_byte(out, c);
			break;
	}
	return i + 2;
}

/*
 * Writes name as a word of its own: an operator (log) or an unknown command in
 * mathematics.
 */
static size_t
write_operator(Tex *tex, const char *name, size_t length, size_t i, size_t end)
{
	int			blank = 0;

	if (is_word_byte(last_byte(tex)) || last_byte(tex) == ')')
		anthology_buffer_append_byte(tex->out, ' ');
	anthology_buffer_append(tex->out, name, length);
	for (; i < end && is_blank(tex->text[i]); i++)
		blank = 1;
	if (blank || (i < end && (is_word_byte(tex->text[i]) || tex->text[i] == '\\')))
		anthology_buffer_append_byte(tex->out, ' ');
	return i;
}

/* A command at hand. */
typedef struct Command
{
	const char *name;			/* behind the backslash */
	size_t		length;
	size_t		after;			/* where the name ends, with a star */
	size_t		end;			/* of what is read */
	int32_t		close;			/* the brace that ends its argument; NO_MATCH if it has none */
	int			math;
	int			depth;
} Command;

/* Reads what a command takes. Returns where that ends, or 0 if it is none of this kind here. */
typedef size_t (*Action) (Tex *tex, const Command *command);

/* What stands in an argument that is read flat: its closing brace leaves nothing. */
static size_t
read_flat(Tex *tex, const Command *command)
{
	tex->match[command->close] = DROPPED;
	return command->after + 1;
}

/* \textbf{x} is x, also text within mathematics. */
static size_t
read_text_style(Tex *tex, const Command *command)
{
	if (command->close < 0)
		return command->after;
	if (command->depth >= DEEPEST || !command->math)
		return read_flat(tex, command);
	read_range(tex, command->after + 1, (size_t) command->close, 0, command->depth + 1);
	return (size_t) command->close + 1;
}

/* \url{x} is x as it is. */
static size_t
read_url(Tex *tex, const Command *command)
{
	if (command->close < 0)
		return command->after;
	write_literal(tex, command->after + 1, (size_t) command->close);
	return (size_t) command->close + 1;
}

/* {\em x} is x; so is \mathbf{x}. */
static size_t
read_switch(Tex *tex, const Command *command)
{
	size_t		after = command->after;

	if (command->close >= 0)
		return read_flat(tex, command);
	while (after < command->end && is_blank(tex->text[after]))
		after++;
	return after;
}

/* \left( is (, and \left. is nothing. */
static size_t
read_delimiter(Tex *tex, const Command *command)
{
	if (command->close >= 0)
		return read_flat(tex, command);
	return command->after + (command->after < command->end && tex->text[command->after] == '.');
}

/* \quad is a blank. */
static size_t
read_blank(Tex *tex, const Command *command)
{
	anthology_buffer_append_byte(tex->out, ' ');
	return command->after;
}

/* \label{x} is a blank. */
static size_t
read_nothing(Tex *tex, const Command *command)
{
	anthology_buffer_append_byte(tex->out, ' ');
	return command->close >= 0 ? (size_t) command->close + 1 : command->after;
}

/* \cite{x} is [x]. */
static size_t
read_citation(Tex *tex, const Command *command)
{
	if (command->depth >= DEEPEST || command->close < 0)
		return 0;
	anthology_buffer_append_byte(tex->out, '[');
	write_literal(tex, command->after + 1, (size_t) command->close);
	anthology_buffer_append_byte(tex->out, ']');
	return (size_t) command->close + 1;
}

/* \footnote{x} is x in parentheses. */
static size_t
read_footnote(Tex *tex, const Command *command)
{
	if (command->depth >= DEEPEST || command->close < 0)
		return 0;
	anthology_buffer_append(tex->out, " (", 2);
	read_range(tex, command->after + 1, (size_t) command->close, 0, command->depth + 1);
	anthology_buffer_append_byte(tex->out, ')');
	return (size_t) command->close + 1;
}

/* \href{x}{y} is y (x). */
static size_t
read_href(Tex *tex, const Command *command)
{
	int32_t		shown;

	if (command->depth >= DEEPEST || command->close < 0)
		return 0;
	shown = closing_brace(tex, (size_t) command->close + 1, command->end);
	if (shown >= 0)
	{
		read_range(tex, (size_t) command->close + 2, (size_t) shown, 0, command->depth + 1);
		anthology_buffer_append(tex->out, " (", 2);
	}
	write_literal(tex, command->after + 1, (size_t) command->close);
	if (shown >= 0)
		anthology_buffer_append_byte(tex->out, ')');
	return (size_t) (shown >= 0 ? shown : command->close) + 1;
}

/* \mathbb{R} is ℝ, where there is such a letter. */
static size_t
read_double_struck(Tex *tex, const Command *command)
{
	static const char doubles[] = "CHNPQRZ";
	static const unsigned short forms[] = {0x2102, 0x210D, 0x2115, 0x2119, 0x211A, 0x211D, 0x2124};

	if (command->depth < DEEPEST && command->close == (int32_t) command->after + 2)
	{
		const char *found = strchr(doubles, tex->text[command->after + 1]);

		if (found != NULL)
		{
			anthology_buffer_append_code_point(tex->out, forms[found - doubles]);
			return (size_t) command->close + 1;
		}
	}
	return command->close >= 0 ? read_flat(tex, command) : command->after;
}

/* \frac{a}{b} is a/b. */
static size_t
read_fraction(Tex *tex, const Command *command)
{
	size_t		from = tex->out->length;
	size_t		after;

	if (command->depth >= DEEPEST)
		return 0;
	after = write_argument(tex, command->after, command->end, 1, command->depth);
	parenthesise(tex, from);
	anthology_buffer_append_byte(tex->out, '/');
	from = tex->out->length;
	after = write_argument(tex, after, command->end, 1, command->depth);
	parenthesise(tex, from);
	return after;
}

/* \sqrt[3]{x} is ³√x. */
static size_t
read_root(Tex *tex, const Command *command)
{
	size_t		after = command->after;
	size_t		from;

	if (command->depth >= DEEPEST)
		return 0;
	if (after + 2 < command->end && tex->text[after] == '[' && tex->text[after + 2] == ']')
	{
		int			c = script_form(tex->text[after + 1], 1);

		if (c)
			anthology_buffer_append_code_point(tex->out, c);
		after += 3;
	}
	anthology_buffer_append_code_point(tex->out, 0x221A);
	from = tex->out->length;
	after = write_argument(tex, after, command->end, 1, command->depth);
	parenthesise(tex, from);
	return after;
}

/* The commands that do something; they are looked for by halving, so they are sorted. */
static const struct
{
	const char *name;
	Action		action;
}			commands[] = {
	{"Big", read_switch}, {"Bigg", read_switch}, {"Bigl", read_switch}, {"Bigr", read_switch},
	{"Large", read_switch}, {"begin", read_nothing}, {"bf", read_switch},
	{"bfseries", read_switch}, {"big", read_switch}, {"bigg", read_switch},
	{"bigl", read_switch}, {"bigr", read_switch}, {"bm", read_switch},
	{"boldsymbol", read_switch}, {"centering", read_switch}, {"cfrac", read_fraction},
	{"cite", read_citation}, {"citealp", read_citation}, {"citep", read_citation},
	{"citet", read_citation}, {"dfrac", read_fraction}, {"displaystyle", read_switch},
	{"em", read_switch}, {"emph", read_text_style}, {"end", read_nothing},
	{"enspace", read_blank}, {"ensuremath", read_switch}, {"footnote", read_footnote},
	{"footnotesize", read_switch}, {"frac", read_fraction}, {"hbox", read_switch},
	{"href", read_href}, {"hspace", read_nothing}, {"it", read_switch}, {"item", read_blank},
	{"itshape", read_switch}, {"label", read_nothing}, {"large", read_switch},
	{"left", read_delimiter}, {"limits", read_switch}, {"linebreak", read_blank},
	{"mathbb", read_double_struck}, {"mathbf", read_switch}, {"mathbin", read_switch},
	{"mathcal", read_switch}, {"mathfrak", read_switch}, {"mathit", read_switch},
	{"mathop", read_switch}, {"mathrel", read_switch}, {"mathrm", read_switch},
	{"mathscr", read_switch}, {"mathsf", read_switch}, {"mathtt", read_switch},
	{"mbox", read_text_style}, {"newline", read_blank}, {"noindent", read_switch},
	{"nolimits", read_switch}, {"normalsize", read_switch}, {"operatorname", read_switch},
	{"overbrace", read_switch}, {"par", read_blank}, {"phantom", read_switch},
	{"pmb", read_switch}, {"protect", read_switch}, {"qquad", read_blank}, {"quad", read_blank},
	{"ref", read_citation}, {"right", read_delimiter}, {"rm", read_switch}, {"sc", read_switch},
	{"scriptsize", read_switch}, {"sf", read_switch}, {"sfrac", read_fraction},
	{"sl", read_switch}, {"small", read_switch}, {"space", read_blank}, {"sqrt", read_root},
	{"text", read_text_style}, {"textbf", read_text_style}, {"textit", read_text_style},
	{"textmd", read_text_style}, {"textnormal", read_text_style}, {"textrm", read_text_style},
	{"textsc", read_text_style}, {"textsf", read_text_style}, {"textsl", read_text_style},
	{"textstyle", read_switch}, {"textsubscript", read_text_style},
	{"textsuperscript", read_text_style}, {"texttt", read_text_style},
	{"textup", read_text_style}, {"tfrac", read_fraction}, {"thinspace", read_blank},
	{"tiny", read_switch}, {"tt", read_switch}, {"ttfamily", read_switch},
	{"uline", read_switch}, {"underbrace", read_switch}, {"underline", read_switch},
	{"url", read_url}, {"vspace", read_nothing}, {"xfrac", read_fraction},
	{"xspace", read_switch}
};

/* The action of a command, or NULL. */
static Action
find_action(const char *name, size_t length)
{
	size_t		low = 0;
	size_t		high = sizeof(commands) / sizeof(commands[0]);

	while (low < high)
	{
		size_t		middle = (low + high) / 2;
		int			order = strncmp(name, commands[middle].name, length);

		if (order == 0 && commands[middle].name[length] == '\0')
			return commands[middle].action;
		if (order > 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

/* \alpha is α. Returns 0 if there is no such symbol. */
static size_t
read_symbol(Tex *tex, const Command *command)
{
	static const char *const letters[] = {
		"aa", "AA", "ae", "AE", "o", "O", "oe", "OE", "ss", "l", "L", "i", "j", NULL
	};
	int			c = anthology_tex_symbol(command->name, command->length);
	int			blank = is_blank(last_byte(tex));
	size_t		after = command->after;

	if (c == 0)
		return 0;

	/* A blank after the name is only its end, unless one is before it too. */
	anthology_buffer_append_code_point(tex->out, c);
	if ((command->math && !blank) || is_name(command->name, command->length, letters))
		while (after < command->end && is_blank(tex->text[after]))
			after++;
	if (command->close >= 0 && (size_t) command->close == after + 1)
		after += 2;				/* \dots{} */
	return after;
}

/* An unknown command leaves its name and its argument, each as a word of its own. */
static size_t
read_unknown(Tex *tex, const Command *command)
{
	if (command->math)
		return write_operator(tex, command->name, command->length, command->after, command->end);
	if (is_word_byte(last_byte(tex)))
		anthology_buffer_append_byte(tex->out, ' ');
	anthology_buffer_append(tex->out, command->name, command->length);
	if (command->close < 0)
		return command->after;
	if ((size_t) command->close > command->after + 1)
		anthology_buffer_append_byte(tex->out, ' ');
	return read_flat(tex, command);
}

/*
 * Reads the command at i, a backslash. Returns where it ends with what it
 * takes. Where arguments nest too deep only names are read.
 */
static size_t
read_command(Tex *tex, size_t i, size_t end, int math, int depth)
{
	Command		command = {.name = tex->text + i + 1, .after = i + 1, .end = end, .math = math, .depth = depth};
	Action		action;
	size_t		done;
	int			mark;

	if (command.after >= end)
		return end;
	if (!is_letter(tex->text[command.after]))
		return read_escape(tex, i, end, math, depth);
	while (command.after < end && is_letter(tex->text[command.after]))
		command.after++;
	command.length = command.after - i - 1;
	if (command.after < end && tex->text[command.after] == '*')
		command.after++;
	command.close = tex->match ? closing_brace(tex, command.after, end) : NO_MATCH;

	action = find_action(command.name, command.length);
	if (action != NULL && (done = action(tex, &command)) != 0)
		return done;
	mark = accent_mark(command.name, command.length, math);
	if (mark && depth < DEEPEST &&
		(command.close >= 0 || math || (command.after < end && tex->text[command.after] == ' ')))
		return write_accented(tex, command.after, end, mark, math, depth);
	done = read_symbol(tex, &command);
	return done != 0 ? done : read_unknown(tex, &command);
}

/*
 * Reads ^ or _ (width bytes at i). Returns where it ends with its argument, or
 * i if it is a character like any other.
 */
static size_t
read_script(Tex *tex, size_t i, size_t width, size_t end, int super, int math, int depth)
{
	size_t		after = i + width;
	size_t		from;
	int			group = tex->match && closing_brace(tex, after, end) >= 0;

	if (depth >= DEEPEST)
		return i;
	if (!math)
	{
		if (!group && !(super && after < end && is_digit(tex->text[after]) &&
						is_word_byte(last_byte(tex))))
			return i;
		if (!group)
		{
			for (; after < end && is_digit(tex->text[after]); after++)
				anthology_buffer_append_code_point(tex->out, script_form(tex->text[after], 1));
			return after;
		}
	}
	from = tex->out->length;
	after = write_argument(tex, after, end, math, depth);
	raise_or_lower(tex, from, super);
	return after;
}

/*
 * Whether the tilde at i is a tie, that is a blank.
 */
static int
is_tie(const Tex *tex, size_t i)
{
	char		before = i > 0 ? tex->text[i - 1] : ' ';
	char		after = byte_at(tex, i + 1);

	if (before == '\0' || strchr(" \n/(<>=~", before) != NULL || strchr(" \n/~", after) != NULL)
		return 0;
	if (is_digit(before) || before == '%')
		return !is_digit(after);
	return is_word_byte(before) || strchr(".,;:)]}\"'", before) != NULL || before == '\\';
}

/*
 * Whether the group only keeps letters of a word from changing case, as in
 * BibTeX's "{I}nsights".
 */
static int
keeps_case(const Tex *tex, size_t open, size_t close)
{
	if (!is_letter(byte_at(tex, close + 1)) || close - open > 8)
		return 0;
	for (size_t i = open + 1; i < close; i++)
		if (!is_letter(tex->text[i]))
			return 0;
	return 1;
}

/*
 * Reads text[i..end).
 */
static void
read_range(Tex *tex, size_t i, size_t end, int math, int depth)
{
	AnthologyBuffer *out = tex->out;
	const char *text = tex->text;

	while (i < end && out->status == ANTHOLOGY_OK)
	{
		size_t		run = i;
		size_t		next;
		char		c;

		anthology_check();
		while (i < end && (is_letter(text[i]) || is_digit(text[i]) || text[i] == ' ' ||
						   text[i] == ',' || text[i] == '.' ||
						   ((unsigned char) text[i] >= 0x80 && (unsigned char) text[i] != 0xCB)))
			i++;
		anthology_buffer_append(out, text + run, i - run);
		if (i >= end)
			return;
		c = text[i];
		switch (c)
		{
			case ANTHOLOGY_MATH_BEGIN:
				{
					const char *close = memchr(text + i, ANTHOLOGY_MATH_END, end - i);

					next = close ? (size_t) (close - text) : end;
					read_range(tex, i + 1, next, 1, depth);
					i = next + (close != NULL);
				}
				continue;
			case ANTHOLOGY_LITERAL_BEGIN:
				{
					const char *close = memchr(text + i, ANTHOLOGY_LITERAL_END, end - i);

					next = close ? (size_t) (close - text) : end;
					write_literal(tex, i + 1, next);
					i = next + (close != NULL);
				}
				continue;
			case ANTHOLOGY_MATH_END:
			case ANTHOLOGY_LITERAL_END:
			case ANTHOLOGY_NO_MARK:
				i++;
				continue;
			case '\\':
				i = read_command(tex, i, end, math, depth);
				continue;
			case '^':
			case '_':
				next = read_script(tex, i, 1, end, c == '^', math, depth);
				if (next != i)
				{
					i = next;
					continue;
				}
				break;
			case '\xCB':
				/* U+02C6, what a typesetter's font makes of ^ */
				if (byte_at(tex, i + 1) == '\x86')
				{
					next = read_script(tex, i, 2, end, 1, math, depth);
					if (next != i)
					{
						i = next;
						continue;
					}
				}
				break;
			case '$':
				if (math)
				{
					i++;
					continue;
				}
				if (byte_at(tex, i + 1) == '$' && i + 1 < end)
				{
					i++;
					continue;
				}
				next = depth < DEEPEST ? closing_dollar(tex, i, end) : 0;
				if (next != 0)
				{
					read_range(tex, i + 1, next, 1, depth + 1);
					i = next + 1;
					if (i < end && is_letter(text[i]) && is_letter(last_byte(tex)))
						anthology_buffer_append_byte(out, ' ');
					continue;
				}
				break;
			case '{':
				{
					int32_t		close = tex->match[i] >= 0 ? tex->match[i] : NO_MATCH;

					if (math && close < 0)
					{
						i++;
						continue;
					}
					if (close >= 0 && (math || text[i + 1] == '\\' || close == (int32_t) i + 1 ||
									   (text[i + 1] == '{' && close > 0 && text[close - 1] == '}' &&
										tex->match[i + 1] == close - 1) ||
									   keeps_case(tex, i, (size_t) close)))
					{
						tex->match[close] = DROPPED;
						i++;
						continue;
					}
				}
				break;
			case '}':
				if (math || tex->match[i] == DROPPED)
				{
					i++;
					continue;
				}
				break;
			case '~':
				if (math || is_tie(tex, i))
				{
					anthology_buffer_append_byte(out, ' ');
					i++;
					continue;
				}
				break;
			case '`':
				if (byte_at(tex, i + 1) == '`' && i + 1 < end)
				{
					anthology_buffer_append_code_point(out, 0x201C);
					i += 2;
					continue;
				}
				break;
			case '\'':
				if (math)
				{
					anthology_buffer_append_code_point(out, 0x2032);
					i++;
					continue;
				}
				if (byte_at(tex, i + 1) == '\'' && i + 1 < end)
				{
					anthology_buffer_append_code_point(out, 0x201D);
					i += 2;
					continue;
				}
				break;
			case '-':
				if (!math && i + 1 < end && text[i + 1] == '-')
				{
					size_t		dashes = 2;

					while (i + dashes < end && text[i + dashes] == '-')
						dashes++;
					if (dashes <= 3 && (i > 0 && is_blank(text[i - 1])) ==
						is_blank(byte_at(tex, i + dashes)))
						anthology_buffer_append_code_point(out, dashes == 2 ? 0x2013 : 0x2014);
					else
						anthology_buffer_append(out, text + i, dashes);
					i += dashes;
					continue;
				}
				break;
			case ':':
				if (!math && i + 2 < end && text[i + 1] == '/' && text[i + 2] == '/')
				{
					for (next = i; next < end && (unsigned char) text[next] > ' ' &&
						 strchr("<>{}\"", text[next]) == NULL;)
						next++;
					write_literal(tex, i, next);
					i = next;
					continue;
				}
				break;
			default:
				break;
		}
		anthology_buffer_append_byte(out, c);
		i++;
	}
}

AnthologyStatus
anthology_tex(const char *text, size_t length, AnthologyBuffer *plain)
{
	Tex			tex = {text, length, NULL, 0, plain, plain->length};

	if (length == 0)
		return plain->status;
	if (length > INT32_MAX / 4)
		return ANTHOLOGY_TOO_LONG;
	if (!match_braces(&tex))
	{
		anthology_release(tex.match);
		return ANTHOLOGY_OUT_OF_MEMORY;
	}
	read_range(&tex, 0, length, 0, 0);
	anthology_release(tex.match);
	return plain->status;
}
