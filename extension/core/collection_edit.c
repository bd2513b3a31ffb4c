/*
 * collection_edit.c - a collection file with attributes of some names changed; see
 * collection_edit.h.
 *
 * An XML writer would lay the file out anew. So the source is copied as it is,
 * and only the start tags are looked at: they tell which volume, paper or talk
 * the reader is in and which name of it comes. libxml2 has found the file
 * well-formed when it was loaded, so that comments, CDATA sections, processing
 * instructions and quoted attribute values are all that must be stepped over.
 */
#include "collection_edit.h"

#include <string.h>

typedef struct Span
{
	const char *start;
	size_t		length;
} Span;

typedef struct Place
{
	Span		volume;			/* of the volume that the reader is in */
	Span		paper;			/* "0" in a volume's meta */
	int			talk;			/* talks begun */
	int			names[3];		/* authors, editors and speakers begun here */
} Place;

static const char *const roles[] = {"author", "editor", "speaker"};

static int
span_is(Span span, const char *text)
{
	return span.start != NULL && strlen(text) == span.length &&
		memcmp(span.start, text, span.length) == 0;
}

static int
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static const char *
find(const char *from, const char *end, const char *what)
{
	size_t		length = strlen(what);

	for (; (size_t) (end - from) >= length; from++)
		if (memcmp(from, what, length) == 0)
			return from + length;
	return end;
}

/* End of the tag that starts here, quoted values stepped over. */
static const char *
tag_end(const char *tag, const char *end)
{
	char		quote = 0;

	for (; tag < end; tag++)
	{
		if (quote)
			quote = *tag == quote ? 0 : quote;
		else if (*tag == '"' || *tag == '\'')
			quote = *tag;
		else if (*tag == '>')
			return tag + 1;
	}
	return end;
}

/*
 * The value of an attribute of the tag; *whole is the attribute with the space
 * before it. A span of NULL if the tag does not have it.
 */
static Span
attribute(const char *tag, const char *end, const char *name, Span *whole)
{
	Span		value = {NULL, 0};

	while (tag < end && !is_space(*tag) && *tag != '>' && *tag != '/')
		tag++;
	for (;;)
	{
		const char *space = tag;
		const char *start;
		size_t		length;
		char		quote;

		while (tag < end && is_space(*tag))
			tag++;
		start = tag;
		while (tag < end && *tag != '=' && !is_space(*tag) && *tag != '>' && *tag != '/')
			tag++;
		length = (size_t) (tag - start);
		if (length == 0)
			return value;
		while (tag < end && *tag != '"' && *tag != '\'')
			tag++;
		if (tag == end)
			return value;
		quote = *tag++;
		value.start = tag;
		while (tag < end && *tag != quote)
			tag++;
		value.length = (size_t) (tag - value.start);
		if (tag < end)
			tag++;
		if (length == strlen(name) && memcmp(start, name, length) == 0)
		{
			whole->start = space;
			whole->length = (size_t) (tag - space);
			return value;
		}
		value.start = NULL;
		value.length = 0;
	}
}

static AnthologyNameEdit *
edit_of(const Place *place, int role, const char *attribute, AnthologyNameEdit *edits, int count)
{
	for (int i = 0; i < count; i++)
	{
		AnthologyNameEdit *edit = &edits[i];

		if (edit->done || edit->position != place->names[role] ||
			strcmp(edit->role, roles[role]) != 0 || strcmp(edit->attribute, attribute) != 0)
			continue;
		if (role == 2 ? edit->volume == NULL && edit->talk == place->talk :
			edit->volume != NULL && span_is(place->volume, edit->volume) &&
			span_is(place->paper, edit->paper))
			return edit;
	}
	return NULL;
}

static void
append_value(AnthologyBuffer *edited, const char *value)
{
	for (; *value; value++)
		if (*value == '&')
			anthology_buffer_append(edited, "&amp;", 5);
		else if (*value == '<')
			anthology_buffer_append(edited, "&lt;", 4);
		else if (*value == '"')
			anthology_buffer_append(edited, "&quot;", 6);
		else if (*value == '\'')
			anthology_buffer_append(edited, "&apos;", 6);
		else
			anthology_buffer_append_byte(edited, *value);
}

/* Writes a name's start tag with the edit: a new id goes first, a new orcid behind it. */
static void
append_name_tag(AnthologyBuffer *edited, const char *tag, const char *end, int role,
				const AnthologyNameEdit *edit)
{
	Span		whole;
	Span		value = attribute(tag, end, edit->attribute, &whole);
	const char *rest;

	if (value.start != NULL && edit->value != NULL)
	{
		anthology_buffer_append(edited, tag, (size_t) (value.start - tag));
		append_value(edited, edit->value);
		rest = value.start + value.length;
	}
	else if (value.start != NULL)
	{
		anthology_buffer_append(edited, tag, (size_t) (whole.start - tag));
		rest = whole.start + whole.length;
	}
	else
	{
		if (strcmp(edit->attribute, "orcid") != 0 || attribute(tag, end, "id", &whole).start == NULL)
			whole = (Span) {tag, 1 + strlen(roles[role])};
		rest = whole.start + whole.length;
		anthology_buffer_append(edited, tag, (size_t) (rest - tag));
		if (edit->value != NULL)
		{
			anthology_buffer_append_byte(edited, ' ');
			anthology_buffer_append(edited, edit->attribute, strlen(edit->attribute));
			anthology_buffer_append(edited, "=\"", 2);
			append_value(edited, edit->value);
			anthology_buffer_append_byte(edited, '"');
		}
	}
	anthology_buffer_append(edited, rest, (size_t) (end - rest));
}

/* Where the reader is after this start tag. Returns the role of a name, or -1. */
static int
enter(Place *place, const char *tag, const char *end)
{
	Span		name = {tag + 1, 0};
	Span		whole;

	while (name.start + name.length < end && !is_space(name.start[name.length]) &&
		   name.start[name.length] != '>' && name.start[name.length] != '/')
		name.length++;
	for (int role = 0; role < 3; role++)
		if (span_is(name, roles[role]))
		{
			place->names[role]++;
			return role;
		}
	if (span_is(name, "volume"))
		place->volume = attribute(tag, end, "id", &whole);
	else if (span_is(name, "paper"))
		place->paper = attribute(tag, end, "id", &whole);
	else if (span_is(name, "meta"))
		place->paper = (Span) {"0", 1};
	else if (span_is(name, "talk"))
		place->talk++;
	else
		return -1;
	memset(place->names, 0, sizeof(place->names));
	return -1;
}

AnthologyStatus
anthology_collection_edit(const char *source, size_t length, AnthologyNameEdit *edits, int count,
						  AnthologyBuffer *edited)
{
	const char *end = source + length;
	const char *copied = source;	/* what is before this has been written */
	const char *at = source;
	Place		place = {{NULL, 0}, {NULL, 0}, 0, {0, 0, 0}};

	while (at < end && (at = memchr(at, '<', (size_t) (end - at))) != NULL)
	{
		const char *tag = at;

		if (end - at >= 4 && memcmp(at, "<!--", 4) == 0)
			at = find(at + 4, end, "-->");
		else if (end - at >= 9 && memcmp(at, "<![CDATA[", 9) == 0)
			at = find(at + 9, end, "]]>");
		else if (end - at >= 2 && at[1] == '?')
			at = find(at + 2, end, "?>");
		else
		{
			int			role = -1;
			AnthologyNameEdit *id;
			AnthologyNameEdit *orcid;
			AnthologyBuffer between;	/* the tag with one edit, if there are two */
			const char *source_tag = tag;
			const char *source_end;

			at = source_end = tag_end(at, end);
			if (tag + 1 < end && tag[1] != '/')
				role = enter(&place, tag, at);
			if (role < 0)
				continue;
			id = edit_of(&place, role, "id", edits, count);
			orcid = edit_of(&place, role, "orcid", edits, count);
			if (id == NULL && orcid == NULL)
				continue;
			anthology_buffer_append(edited, copied, (size_t) (tag - copied));
			anthology_buffer_init(&between);
			if (id != NULL && orcid != NULL)
			{
				append_name_tag(&between, tag, at, role, id);
				id->done = 1;
				if (between.status == ANTHOLOGY_OK)
				{
					source_tag = between.data;
					source_end = between.data + between.length;
				}
				else
					edited->status = between.status;
				id = NULL;
			}
			append_name_tag(edited, source_tag, source_end, role, id != NULL ? id : orcid);
			(id != NULL ? id : orcid)->done = 1;
			anthology_buffer_free(&between);
			copied = at;
		}
	}
	anthology_buffer_append(edited, copied, (size_t) (end - copied));
	return edited->status;
}
