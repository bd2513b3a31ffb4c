/*
 * collection_edit.c - a collection file, well-formed or not: untouched without
 * edits, and with edits what a naive editor makes of it, which reads the file from
 * the start for every edit and keeps the path as a string.
 */
#include "fuzz.h"

#include "core/collection_edit.h"

static const AnthologyNameEdit all[] = {
	{"1", "1", 0, "author", 1, "orcid", "0000-0002-1825-0097", 0}, {"1", "1", 0, "author", 1, "id", "anna-schmidt", 0},
	{"1", "1", 0, "author", 1, "openreview", "~Anna_Schmidt1", 0}, {"1", "1", 0, "author", 2, "openreview", NULL, 0},
	{"1", "1", 0, "author", 2, "id", NULL, 0}, {"1", "1", 0, "author", 2, "orcid", "x", 0},
	{"1", "0", 0, "editor", 1, "id", "bob-ng", 0}, {"long", "2", 0, "author", 1, "id", "x", 0},
	{NULL, NULL, 1, "speaker", 1, "orcid", "'\"<&", 0}, {"1", "2", 0, "editor", 3, "id", NULL, 0},
	{NULL, NULL, 2, "speaker", 2, "id", "y", 0}, {"1", "2", 0, "author", 1, "openreview", "~Z1", 0}
};
#define EDITS ((int) (sizeof(all) / sizeof(all[0])))

/* A part of a text that a NUL ends. */
static char *
part(const char *from, const char *to)
{
	char	   *copy = malloc((size_t) (to - from) + 1);

	must(copy != NULL);
	memcpy(copy, from, (size_t) (to - from));
	copy[to - from] = '\0';
	return copy;
}

static int
blank(char c)
{
	return c && strchr(" \t\r\n", c) != NULL;
}

/* Finds the attribute of the tag: where its blanks, its value and its end are. */
static int
find_attribute(const char *tag, const char *name, const char **whole, const char **value, const char **stop)
{
	const char *c = tag + 1 + strcspn(tag + 1, " \t\r\n>/");

	for (;;)
	{
		const char *blanks = c;
		const char *start = c + strspn(c, " \t\r\n");
		size_t		length = strcspn(start, "= \t\r\n>/");
		const char *quote = start + length + strcspn(start + length, "\"'");
		const char *close;

		if (length == 0 || !*quote)
			return 0;
		close = strchr(quote + 1, *quote);
		if (close == NULL)
			close = quote + strlen(quote);
		if (length == strlen(name) && strncmp(start, name, length) == 0)
		{
			*whole = blanks;
			*value = quote + 1;
			*stop = close;
			return 1;
		}
		c = *close ? close + 1 : close;
	}
}

/* The id of the tag, decoded. */
static char *
id_of(const char *tag)
{
	const char *whole;
	const char *value;
	const char *stop;
	AnthologyBuffer id;
	char	   *copy;

	anthology_buffer_init(&id);
	if (find_attribute(tag, "id", &whole, &value, &stop))
		for (; value < stop; value++)
		{
			const char *semicolon = memchr(value, ';', (size_t) (stop - value));
			long		point = -1;

			if (*value == '&' && semicolon != NULL)
			{
				char	   *text = part(value, semicolon + 1);
				char	   *rest = text;

				if (strcmp(text, "&amp;") == 0) point = '&';
				else if (strcmp(text, "&lt;") == 0) point = '<';
				else if (strcmp(text, "&gt;") == 0) point = '>';
				else if (strcmp(text, "&quot;") == 0) point = '"';
				else if (strcmp(text, "&apos;") == 0) point = '\'';
				else if (text[1] == '#')
				{
					const char *digits = text + (text[2] == 'x' ? 3 : 2);
					const char *digit = digits + strspn(digits, "0");
					const char *set = text[2] == 'x' ? "0123456789abcdefABCDEF" : "0123456789";

					if (digits[strspn(digits, set)] == ';' && digits[0] != ';' && strspn(digit, set) < 9)
						point = strtol(digit, &rest, text[2] == 'x' ? 16 : 10);
					if (point == 0 || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF))
						point = -1;
				}
				free(text);
			}
			if (point >= 0)
			{
				anthology_buffer_append_code_point(&id, (int) point);
				value = semicolon;
			}
			else if (*value == '\n' && value[-1] == '\r' )
				continue;
			else
				anthology_buffer_append_byte(&id, blank(*value) ? ' ' : *value);
		}
	anthology_buffer_append_byte(&id, '\0');
	must(id.status == ANTHOLOGY_OK);
	copy = part(id.data, id.data + id.length);
	anthology_buffer_free(&id);
	return copy;
}

/* The text with one edit made, the place of which is looked for from the start; NULL if it has none. */
static char *
edit_naively(const char *text, const AnthologyNameEdit *edit)
{
	char		path[4096] = "";
	char	   *volume = strdup("");
	char	   *paper = strdup("");
	int			talk = 0;
	int			position = 0;
	const char *at = text;
	char	   *result = NULL;

	while (result == NULL && (at = strchr(at, '<')) != NULL)
	{
		const char *tag = at;
		char		quote = 0;
		size_t		length;
		char	   *name;
		const char *skip = strncmp(at, "<!--", 4) == 0 ? "-->" : strncmp(at, "<![CDATA[", 9) == 0 ? "]]>" : at[1] == '?' ? "?>" : NULL;

		if (skip != NULL)
		{
			const char *behind = strstr(at + (*skip == '-' ? 4 : *skip == ']' ? 9 : 2), skip);

			if (behind == NULL)
				break;
			at = behind + strlen(skip);
			continue;
		}
		for (; *at && (quote || *at != '>'); at++)
			if (quote)
				quote = *at == quote ? 0 : quote;
			else if (*at == '"' || *at == '\'')
				quote = *at;
		if (!tag[1] || tag[1] == '!')
			continue;
		if (tag[1] == '/')
		{
			if (strrchr(path, '/'))
				*strrchr(path, '/') = '\0';
			continue;
		}
		length = strcspn(tag + 1, " \t\r\n>/");
		name = part(tag + 1, tag + 1 + length);
		if (strlen(path) + length + 2 > sizeof(path))
		{
			free(name);
			break;
		}
		{
			char	   *one = part(tag, *at ? at + 1 : at);
			int			at_volume = strcmp(path, "/collection") == 0 && strcmp(name, "volume") == 0;
			int			at_meta = strcmp(path, "/collection/volume") == 0 && strcmp(name, "meta") == 0;
			int			at_paper = strcmp(path, "/collection/volume") == 0 && strcmp(name, "paper") == 0;
			int			at_talk = strcmp(path, "/collection/event") == 0 && strcmp(name, "talk") == 0;
			int			in_paper = strcmp(path, "/collection/volume/meta") == 0 || strcmp(path, "/collection/volume/paper") == 0;
			int			in_talk = strcmp(path, "/collection/event/talk") == 0;

			if (at_volume)
				free(volume), volume = id_of(one);
			if (at_meta || at_paper)
				free(paper), paper = at_meta ? strdup("0") : id_of(one);
			talk += at_talk;
			if (at_meta || at_paper || at_talk)
				position = 0;
			if ((in_paper || in_talk) && strcmp(name, edit->role) == 0)
			{
				position++;
				if (position == edit->position && (in_talk ? edit->volume == NULL && edit->talk == talk :
						edit->volume != NULL && strcmp(edit->volume, volume) == 0 && strcmp(edit->paper, paper) == 0))
				{
					const char *whole;
					const char *value;
					const char *stop;
					const char *from;
					const char *to;
					AnthologyBuffer made;
					const char *const before[] = {strcmp(edit->attribute, "openreview") == 0 ? "orcid" : "", strcmp(edit->attribute, "id") != 0 ? "id" : ""};

					anthology_buffer_init(&made);
					from = to = one + 1 + length;
					if (find_attribute(one, edit->attribute, &whole, &value, &stop))
					{
						from = edit->value ? value : whole;
						to = edit->value || !*stop ? stop : stop + 1;
					}
					else
					{
						for (int i = 0; i < 2; i++)
							if (*before[i] && find_attribute(one, before[i], &whole, &value, &stop))
							{
								from = to = *stop ? stop + 1 : stop;
								break;
							}
					}
					anthology_buffer_append(&made, text, (size_t) (tag - text));
					anthology_buffer_append(&made, one, (size_t) (from - one));
					if (edit->value && from == to && !find_attribute(one, edit->attribute, &whole, &value, &stop))
					{
						anthology_buffer_append_byte(&made, ' ');
						anthology_buffer_append(&made, edit->attribute, strlen(edit->attribute));
						anthology_buffer_append(&made, "=\"", 2);
					}
					for (const char *c = edit->value ? edit->value : ""; *c; c++)
					{
						const char *escaped = *c == '&' ? "&amp;" : *c == '<' ? "&lt;" : *c == '"' ? "&quot;" : *c == '\'' ? "&apos;" : NULL;

						anthology_buffer_append(&made, escaped ? escaped : c, escaped ? strlen(escaped) : 1);
					}
					if (edit->value && from == to && !find_attribute(one, edit->attribute, &whole, &value, &stop))
						anthology_buffer_append_byte(&made, '"');
					anthology_buffer_append(&made, to, strlen(to));
					anthology_buffer_append(&made, *at ? at + 1 : at, strlen(*at ? at + 1 : at));
					anthology_buffer_append_byte(&made, '\0');
					must(made.status == ANTHOLOGY_OK);
					result = part(made.data, made.data + made.length - 1);
					anthology_buffer_free(&made);
				}
			}
			if (strlen(one) < 3 || strcmp(one + strlen(one) - 2, "/>") != 0)
				strcat(strcat(path, "/"), name);
			free(one);
		}
		free(name);
	}
	free(volume);
	free(paper);
	return result;
}

/* Whether every tag is one: a file that libxml2 has not read is not edited. */
static int
has_sane_tags(const char *text)
{
	static const char blanks[] = " \t\r\n";
	static const char name[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_:.";

	while ((text = strchr(text, '<')) != NULL)
	{
		const char *names[32];
		size_t		lengths[32];
		int			count = 0;
		const char *skip = strncmp(text, "<!--", 4) == 0 ? "-->" : strncmp(text, "<![CDATA[", 9) == 0 ? "]]>" : text[1] == '?' ? "?>" : NULL;

		if (skip != NULL)
		{
			text = strstr(text + (*skip == '-' ? 4 : *skip == ']' ? 9 : 2), skip);
			if (text == NULL)
				return 0;
			continue;
		}
		text += text[1] == '/' ? 2 : 1;
		if (strspn(text, name) == 0)
			return 0;
		for (text += strspn(text, name); blank(*text) && strspn(text + strspn(text, blanks), name) > 0;)
		{
			text += strspn(text, blanks);
			if (count == 32)
				return 0;
			names[count] = text;
			lengths[count] = strspn(text, name);
			for (int i = 0; i < count; i++)
				if (lengths[i] == lengths[count] && strncmp(names[i], text, lengths[i]) == 0)
					return 0;
			text += lengths[count++];
			text += strspn(text, blanks);
			if (*text++ != '=')
				return 0;
			text += strspn(text, blanks);
			if ((*text != '"' && *text != '\'') || strchr(text + 1, *text) == NULL)
				return 0;
			text = strchr(text + 1, *text) + 1;
		}
		text += strspn(text, blanks);
		text += *text == '/';
		if (*text != '>')
			return 0;
	}
	return 1;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char	   *source = part((const char *) data, (const char *) data + size);
	AnthologyNameEdit edits[EDITS];
	AnthologyBuffer once;
	char	   *naive;

	/* No text of the server has one. */
	for (size_t i = 0; i < size; i++)
		if (source[i] == '\0')
			source[i] = ' ';
	anthology_buffer_init(&once);
	must(anthology_collection_edit(source, size, edits, 0, &once) == ANTHOLOGY_OK);
	must(once.length == size && (size == 0 || memcmp(once.data, source, size) == 0));
	anthology_buffer_free(&once);

	memcpy(edits, all, sizeof(all));
	must(anthology_collection_edit(source, size, edits, EDITS, &once) == ANTHOLOGY_OK);
	if (!has_sane_tags(source))
	{
		anthology_buffer_free(&once);
		free(source);
		return 0;
	}
	naive = part(source, source + size);
	/* One by one, in the order in which new attributes are written. */
	for (int a = 0; a < 3; a++)
		for (int i = 0; i < EDITS; i++)
		{
			char	   *next;

			if (strcmp(all[i].attribute, a == 0 ? "openreview" : a == 1 ? "orcid" : "id") != 0)
				continue;
			next = edit_naively(naive, &all[i]);
			for (int e = 0; e < EDITS; e++)
				if (edits[e].attribute == all[i].attribute && edits[e].value == all[i].value && edits[e].position == all[i].position &&
					edits[e].role == all[i].role && edits[e].volume == all[i].volume && edits[e].paper == all[i].paper && edits[e].talk == all[i].talk)
					must(edits[e].done == (next != NULL));
			if (next != NULL)
			{
				free(naive);
				naive = next;
			}
		}
	must(strlen(naive) == once.length && (once.length == 0 || memcmp(naive, once.data, once.length) == 0));
	free(naive);
	free(source);
	anthology_buffer_free(&once);
	return 0;
}
