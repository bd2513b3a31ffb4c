/*
 * tex.c - TeX in running text as Unicode; see tex.h. Commands are tex_command.c's.
 *
 * Abstracts hold TeX by habit, not TeX that compiles. So nothing here fails: a
 * command that is not known leaves its name. In short:
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
 *   - ~ is a blank between words. It stays a tilde before an approximate number,
 *     in a range of numbers, and in an address;
 *   - braces go where TeX needs them and stay where they are text.
 *
 * Braces are matched once beforehand, dollars found once, and nesting beyond
 * DEEPEST is read flat, so time is linear in the text.
 */
#include "tex.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "host.h"
#include "tex_reader.h"

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

/* The brace closing the one at i, or NO_MATCH if there is none before end. */
int32_t
anthology_tex_closing_brace(const Tex *tex, size_t i, size_t end)
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
void
anthology_tex_literal(Tex *tex, size_t i, size_t end)
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
int
anthology_tex_script(int c, int super)
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
			forms[n] = anthology_tex_script(c, super);
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
size_t
anthology_tex_argument(Tex *tex, size_t i, size_t end, int math, int depth)
{
	int32_t		close;
	size_t		next;

	while (i < end && is_blank(tex->text[i]))
		i++;
	if (i >= end)
		return i;
	close = tex->match ? anthology_tex_closing_brace(tex, i, end) : NO_MATCH;
	if (close >= 0)
	{
		anthology_tex_range(tex, i + 1, (size_t) close, math, depth + 1);
		return (size_t) close + 1;
	}
	next = i;
	if (tex->text[i] == '\\' && i + 1 < end)
	{
		next = i + 1;
		while (next < end && is_letter(tex->text[next]))
			next++;
		if (next == i + 1)
			U8_FWD_1_UNSAFE(tex->text, next);
		else if (tex->match && anthology_tex_closing_brace(tex, next, end) >= 0)
			next = (size_t) tex->match[next] + 1;
	}
	else if ((unsigned char) tex->text[i] < ' ' || tex->text[i] == '}')
		return i;
	else
		U8_FWD_1_UNSAFE(tex->text, next);
	anthology_tex_range(tex, i, next > end ? end : next, math, depth + 1);
	return next > end ? end : next;
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
	int			group = tex->match && anthology_tex_closing_brace(tex, after, end) >= 0;

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
				anthology_buffer_append_code_point(tex->out,
												   anthology_tex_script(tex->text[after], 1));
			return after;
		}
	}
	from = tex->out->length;
	after = anthology_tex_argument(tex, after, end, math, depth);
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
void
anthology_tex_range(Tex *tex, size_t i, size_t end, int math, int depth)
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
					anthology_tex_range(tex, i + 1, next, 1, depth);
					i = next + (close != NULL);
				}
				continue;
			case ANTHOLOGY_LITERAL_BEGIN:
				{
					const char *close = memchr(text + i, ANTHOLOGY_LITERAL_END, end - i);

					next = close ? (size_t) (close - text) : end;
					anthology_tex_literal(tex, i + 1, next);
					i = next + (close != NULL);
				}
				continue;
			case ANTHOLOGY_MATH_END:
			case ANTHOLOGY_LITERAL_END:
			case ANTHOLOGY_NO_MARK:
				i++;
				continue;
			case '\\':
				i = anthology_tex_command(tex, i, end, math, depth);
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
					anthology_tex_range(tex, i + 1, next, 1, depth + 1);
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
					anthology_tex_literal(tex, i, next);
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
	anthology_tex_range(&tex, 0, length, 0, 0);
	anthology_release(tex.match);
	return plain->status;
}
