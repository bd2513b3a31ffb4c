/*
 * abstract_plain.c - the Anthology's markup as plain text; see abstract_plain.h.
 *
 * Tags are those of the Anthology's schema (MarkupText); a "<" that begins none
 * of them is a less-than sign that somebody did not escape.
 */
#include "abstract_plain.h"

#include <string.h>

static const char *const tags[] = {"b", "i", "url", "fixed-case", "tex-math", NULL};

static const struct
{
	const char *name;
	char		character;
}			entities[] = {
	{"amp;", '&'}, {"lt;", '<'}, {"gt;", '>'}, {"quot;", '"'}, {"apos;", '\''}
};

/* Length of the tag that text begins with; 0 if it begins none. */
static size_t
tag_length(const char *text, size_t length)
{
	size_t		at = length > 1 && text[1] == '/' ? 2 : 1;

	for (int i = 0; tags[i]; i++)
	{
		size_t		name = strlen(tags[i]);
		size_t		end = at + name;

		if (end >= length || memcmp(text + at, tags[i], name) != 0)
			continue;
		if (text[end] == '>')
			return end + 1;
		if (text[end] == '/' && end + 1 < length && text[end + 1] == '>')
			return end + 2;
		if (text[end] == ' ')
		{
			/* Attributes are short: a tag that does not end soon is none. */
			size_t		limit = length - end < 256 ? length - end : 256;
			const char *close = memchr(text + end, '>', limit);

			if (close != NULL)
				return (size_t) (close - text) + 1;
		}
	}
	return 0;
}

/*
 * Reads the entity or character reference that text begins with into
 * *code_point and returns its length; 0 if it begins none.
 */
static size_t
reference_length(const char *text, size_t length, int *code_point)
{
	size_t		at = 2;
	int			base = 10;
	int			value = 0;
	size_t		digits = 0;

	for (size_t i = 0; i < sizeof(entities) / sizeof(entities[0]); i++)
	{
		size_t		name = strlen(entities[i].name);

		if (name < length && memcmp(text + 1, entities[i].name, name) == 0)
		{
			*code_point = entities[i].character;
			return name + 1;
		}
	}
	if (length < 4 || text[1] != '#')
		return 0;
	if (text[at] == 'x')
		base = 16, at++;
	for (; at < length && digits < 7; at++, digits++)
	{
		int			digit = text[at] >= '0' && text[at] <= '9' ? text[at] - '0' :
			base == 16 && text[at] >= 'a' && text[at] <= 'f' ? text[at] - 'a' + 10 :
			base == 16 && text[at] >= 'A' && text[at] <= 'F' ? text[at] - 'A' + 10 : -1;

		if (digit < 0)
			break;
		value = value * base + digit;
	}
	if (digits == 0 || at >= length || text[at] != ';' || value == 0 || value > 0x10FFFF ||
		(value >= 0xD800 && value <= 0xDFFF))
		return 0;
	*code_point = value;
	return at + 1;
}

AnthologyStatus
anthology_abstract_plain(const char *markup, size_t length, AnthologyBuffer *plain)
{
	size_t		start = plain->length;
	int			space = 0;

	for (size_t i = 0; i < length;)
	{
		int			code_point = 0;
		size_t		skip;

		if (markup[i] == '<' && (skip = tag_length(markup + i, length - i)) > 0)
		{
			i += skip;
			continue;
		}
		if (markup[i] == ' ' || markup[i] == '\n' || markup[i] == '\t' || markup[i] == '\r')
		{
			space = 1;
			i++;
			continue;
		}
		if (space && plain->length > start)
			anthology_buffer_append_byte(plain, ' ');
		space = 0;
		if (markup[i] == '&' &&
			(skip = reference_length(markup + i, length - i, &code_point)) > 0)
		{
			anthology_buffer_append_code_point(plain, code_point);
			i += skip;
		}
		else
			anthology_buffer_append_byte(plain, markup[i++]);
	}
	return plain->status;
}
