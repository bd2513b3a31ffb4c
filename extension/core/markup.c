/*
 * markup.c - the tags and entities of the Anthology's markup; see markup.h.
 */
#include "markup.h"

#include <string.h>

#include <unicode/utf.h>

#define LONGEST_TAG		2048	/* bytes between < and > */
#define LONGEST_ENTITY	12		/* bytes between & and ; */

int
anthology_read_xml_entity(const char *text, size_t length, size_t *used)
{
	static const struct
	{
		const char *name;
		int			character;
	}			entities[] = {{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'},
		{"apos", '\''}};
	const char *end = memchr(text, ';', length < LONGEST_ENTITY + 1 ? length : LONGEST_ENTITY + 1);
	size_t		n;
	int			hex;
	int			c = 0;

	if (end == NULL || end == text)
		return -1;
	n = (size_t) (end - text);
	*used = n + 1;
	for (size_t i = 0; i < sizeof(entities) / sizeof(entities[0]); i++)
		if (strlen(entities[i].name) == n && memcmp(entities[i].name, text, n) == 0)
			return entities[i].character;
	if (text[0] != '#')
		return -1;
	hex = n > 1 && (text[1] == 'x' || text[1] == 'X');
	if (n == (hex ? 2 : 1))
		return -1;
	for (size_t i = hex ? 2 : 1; i < n; i++)
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

static int
is_blank(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/*
 * Reads attributes up to the end of a tag. Returns where they end, or limit if
 * these are none, as in "a<b and b>c".
 */
static size_t
read_attributes(const char *text, size_t i, size_t limit, int escaped, AnthologyTag *tag)
{
	while (i < limit && is_blank(text[i]))
	{
		size_t		name;
		size_t		name_end;
		char		quote;
		size_t		value;

		while (i < limit && is_blank(text[i]))
			i++;
		name = i;
		while (i < limit && !is_blank(text[i]) && strchr("=/><\"'&", text[i]) == NULL)
			i++;
		name_end = i;
		if (name_end == name)
			break;
		while (i < limit && is_blank(text[i]))
			i++;
		if (i >= limit || text[i] != '=')
			return limit;
		for (i++; i < limit && is_blank(text[i]);)
			i++;
		quote = i < limit && (text[i] == '"' || text[i] == '\'') ? text[i] : '\0';
		value = i += quote != '\0';
		while (i < limit && text[i] != '<' &&
			   (quote ? text[i] != quote :
				!is_blank(text[i]) && text[i] != '>' && !(escaped && text[i] == '&')))
			i++;
		if (i >= limit || text[i] == '<')
			return limit;
		if (tag->element == ANTHOLOGY_LINK && name_end - name == 4 &&
			memcmp(text + name, "href", 4) == 0)
		{
			tag->href = text + value;
			tag->href_length = i - value;
		}
		i += quote != '\0';
	}
	return i;
}

int
anthology_read_tag(const char *text, size_t length, int escaped, AnthologyTag *tag)
{
	static const struct
	{
		const char *name;
		AnthologyElement element;
	}			elements[] = {
		{"fixed-case", ANTHOLOGY_FIXED_CASE}, {"b", ANTHOLOGY_BOLD}, {"i", ANTHOLOGY_ITALIC},
		{"u", ANTHOLOGY_UNDERLINE}, {"sc", ANTHOLOGY_SMALL_CAPS}, {"tt", ANTHOLOGY_CODE},
		{"a", ANTHOLOGY_LINK}, {"url", ANTHOLOGY_URL}, {"tex-math", ANTHOLOGY_MATH},
		{"par", ANTHOLOGY_PARAGRAPH}, {"span", ANTHOLOGY_SPAN},
		/* HTML that people type. */
		{"em", ANTHOLOGY_ITALIC}, {"strong", ANTHOLOGY_BOLD}, {"code", ANTHOLOGY_CODE},
		{"font", ANTHOLOGY_SPAN}, {"sup", ANTHOLOGY_SUPERSCRIPT}, {"sub", ANTHOLOGY_SUBSCRIPT},
		{"p", ANTHOLOGY_BREAK}, {"br", ANTHOLOGY_BREAK}, {"li", ANTHOLOGY_BREAK},
		{"ul", ANTHOLOGY_BREAK}, {"div", ANTHOLOGY_BREAK}, {"jats:p", ANTHOLOGY_BREAK},
		{"jats:italic", ANTHOLOGY_ITALIC}
	};
	size_t		limit = length < LONGEST_TAG ? length : LONGEST_TAG;
	size_t		i = 0;
	size_t		name;

	memset(tag, 0, sizeof(*tag));
	tag->is_end = i < limit && text[i] == '/';
	name = i += (size_t) tag->is_end;
	while (i < limit && ((text[i] >= 'a' && text[i] <= 'z') || (text[i] >= 'A' && text[i] <= 'Z') ||
						 text[i] == '-' || text[i] == ':'))
		i++;
	for (size_t t = 0; t < sizeof(elements) / sizeof(elements[0]); t++)
		if (strlen(elements[t].name) == i - name &&
			memcmp(elements[t].name, text + name, i - name) == 0)
			tag->element = elements[t].element;
	if (tag->element == ANTHOLOGY_NO_ELEMENT)
		return 0;
	i = read_attributes(text, i, limit, escaped, tag);
	if (i < limit && text[i] == '/')
	{
		tag->is_empty = !tag->is_end;
		i++;
	}
	if (i < limit && text[i] == '>')
		tag->length = i + 1;
	else if (escaped && i + 4 <= limit && memcmp(text + i, "&gt;", 4) == 0)
		tag->length = i + 4;
	else
		return 0;
	return 1;
}

/* Whether text begins with a prefix of small letters, in any case. */
static int
begins_with(const char *text, size_t length, const char *prefix)
{
	size_t		i = 0;

	for (; prefix[i] != '\0'; i++)
		if (i >= length || (text[i] | 32) != (prefix[i] | 32))
			return 0;
	return i < length;
}

int
anthology_is_address(const char *address, size_t length)
{
	if (!begins_with(address, length, "http://") && !begins_with(address, length, "https://") &&
		!begins_with(address, length, "mailto:"))
		return 0;
	for (size_t i = 0; i < length; i++)
		if ((unsigned char) address[i] <= ' ' || address[i] == 0x7F)
			return 0;
	return 1;
}
