/*
 * tex_command.c - the commands of TeX that texts hold, as a table of names and what each
 * leaves; see tex.c.
 */
#include "tex_reader.h"

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
	size_t		after = anthology_tex_argument(tex, i, end, math, depth);
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
		int32_t		close = tex->match ? anthology_tex_closing_brace(tex, i + 2, end) : NO_MATCH;
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

/* Reads the content of an argument. Its closing brace leaves nothing. */
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
	anthology_tex_range(tex, command->after + 1, (size_t) command->close, 0, command->depth + 1);
	return (size_t) command->close + 1;
}

/* \url{x} is x as it is. */
static size_t
read_url(Tex *tex, const Command *command)
{
	if (command->close < 0)
		return command->after;
	anthology_tex_literal(tex, command->after + 1, (size_t) command->close);
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
	anthology_tex_literal(tex, command->after + 1, (size_t) command->close);
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
	anthology_tex_range(tex, command->after + 1, (size_t) command->close, 0, command->depth + 1);
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
	shown = anthology_tex_closing_brace(tex, (size_t) command->close + 1, command->end);
	if (shown >= 0)
	{
		anthology_tex_range(tex, (size_t) command->close + 2, (size_t) shown, 0,
							command->depth + 1);
		anthology_buffer_append(tex->out, " (", 2);
	}
	anthology_tex_literal(tex, command->after + 1, (size_t) command->close);
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
	after = anthology_tex_argument(tex, command->after, command->end, 1, command->depth);
	parenthesise(tex, from);
	anthology_buffer_append_byte(tex->out, '/');
	from = tex->out->length;
	after = anthology_tex_argument(tex, after, command->end, 1, command->depth);
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
		int			c = anthology_tex_script(tex->text[after + 1], 1);

		if (c)
			anthology_buffer_append_code_point(tex->out, c);
		after += 3;
	}
	anthology_buffer_append_code_point(tex->out, 0x221A);
	from = tex->out->length;
	after = anthology_tex_argument(tex, after, command->end, 1, command->depth);
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
size_t
anthology_tex_command(Tex *tex, size_t i, size_t end, int math, int depth)
{
	Command		command = {
		.name = tex->text + i + 1, .after = i + 1, .end = end, .math = math, .depth = depth
	};
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
	command.close = tex->match ? anthology_tex_closing_brace(tex, command.after, end) : NO_MATCH;

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
