/*
 * collection_edit.c - a collection file with attributes of some names changed; see
 * collection_edit.h.
 *
 * An XML writer would lay the file out anew. So the source is copied as it is, and
 * only tags are read. They say which volume, paper or talk the reader is in, and which
 * of its names comes next. libxml2 found the file well-formed when it was loaded. So
 * the reader only has to skip comments, CDATA sections, processing instructions and
 * quoted attribute values.
 *
 * The edits are sorted by place, and each name finds its own by bisection.
 */
#include "collection_edit.h"

#include <stdlib.h>
#include <string.h>

#include "host.h"

/* Attributes that may be edited, in the order in which they are written. */
static const char *const attributes[] = {"id", "orcid", "openreview"};
#define ATTRIBUTES 3

static const char *const roles[] = {"author", "editor", "speaker"};
#define ROLES 3

typedef struct Span
{
	const char *start;			/* NULL: not there */
	size_t		length;
} Span;

/* An attribute of a tag: with the blanks before it, and its value without quotes. */
typedef struct Attribute
{
	Span		name;
	Span		whole;
	Span		value;
} Attribute;

/* Elements that names are found by; anything else is OTHER. */
typedef enum Element
{
	OTHER, COLLECTION, VOLUME, EVENT, META, PAPER, TALK
} Element;

#define DEPTH 3					/* collection, volume, paper */

typedef struct Place
{
	Element		path[DEPTH];	/* the elements that are open */
	int			depth;			/* how many are open, those below DEPTH counted */
	AnthologyBuffer volume;		/* id of the volume that the reader is in, ends with NUL */
	AnthologyBuffer paper;		/* likewise; "0" in a volume's meta */
	int			talk;			/* talks begun; 0 in a paper */
	int			talks;
	int			names[ROLES];	/* authors, editors and speakers begun here */
} Place;

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

	while ((size_t) (end - from) >= length &&
		   (from = memchr(from, what[0], (size_t) (end - from) - length + 1)) != NULL)
	{
		if (memcmp(from, what, length) == 0)
			return from + length;
		from++;
	}
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

/* The name of the element whose start tag this is. */
static Span
tag_name(const char *tag, const char *end)
{
	Span		name = {tag + 1, 0};

	while (name.start + name.length < end && !is_space(name.start[name.length]) &&
		   name.start[name.length] != '>' && name.start[name.length] != '/')
		name.length++;
	return name;
}

/* The next attribute of a tag from *at on, which moves behind it. Returns 0 if there is none. */
static int
next_attribute(const char **at, const char *end, Attribute *attribute)
{
	const char *c = *at;
	char		quote;

	attribute->whole.start = c;
	while (c < end && is_space(*c))
		c++;
	attribute->name.start = c;
	while (c < end && *c != '=' && !is_space(*c) && *c != '>' && *c != '/')
		c++;
	attribute->name.length = (size_t) (c - attribute->name.start);
	if (attribute->name.length == 0)
		return 0;
	while (c < end && *c != '"' && *c != '\'')
		c++;
	if (c == end)
		return 0;
	quote = *c++;
	attribute->value.start = c;
	while (c < end && *c != quote)
		c++;
	attribute->value.length = (size_t) (c - attribute->value.start);
	if (c < end)
		c++;
	attribute->whole.length = (size_t) (c - attribute->whole.start);
	*at = c;
	return 1;
}

/* The code point that a reference stands for, or -1; the text is what is between & and ;. */
static long
reference(const char *text, size_t length)
{
	static const struct
	{
		const char *name;
		char		value;
	}			entities[] = {{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'},
		{"apos", '\''}};
	char		digits[10];
	long		point;
	int			hex = length > 1 && text[1] == 'x';

	for (size_t i = 0; i < sizeof(entities) / sizeof(entities[0]); i++)
		if (span_is((Span) {text, length}, entities[i].name))
			return entities[i].value;
	if (length < 2 || text[0] != '#')
		return -1;
	text += 1 + hex;
	length -= 1 + (size_t) hex;
	while (length > 1 && *text == '0')
		text++, length--;
	if (length == 0 || length >= sizeof(digits))
		return -1;
	memcpy(digits, text, length);
	digits[length] = '\0';
	/* Only digits: strtol() would skip blanks and take a sign. */
	if (strspn(digits, hex ? "0123456789abcdefABCDEF" : "0123456789") != length)
		return -1;
	point = strtol(digits, NULL, hex ? 16 : 10);
	return point <= 0 || point > 0x10FFFF ||
		(point >= 0xD800 && point < 0xE000) ? -1 : point;
}

/* The value of an attribute as a reader of the XML has it, with a NUL behind it. */
static void
decode(Span value, AnthologyBuffer *decoded)
{
	decoded->length = 0;
	for (size_t i = 0; i < value.length; i++)
	{
		const char *c = value.start + i;
		const char *semicolon;
		long		point;

		if (*c == '&' && (semicolon = memchr(c, ';', value.length - i)) != NULL &&
			(point = reference(c + 1, (size_t) (semicolon - c - 1))) >= 0)
		{
			anthology_buffer_append_code_point(decoded, (int) point);
			i += (size_t) (semicolon - c);
		}
		else if (is_space(*c))
		{
			/* A line end of the file counts once. */
			if (*c != '\n' || i == 0 || c[-1] != '\r')
				anthology_buffer_append_byte(decoded, ' ');
		}
		else
			anthology_buffer_append_byte(decoded, *c);
	}
	anthology_buffer_append_byte(decoded, '\0');
}

/* The decoded id attribute of a tag; empty if it has none. */
static void
read_id(const char *tag, const char *end, AnthologyBuffer *id)
{
	Span		name = tag_name(tag, end);
	const char *at = name.start + name.length;
	Attribute	attribute;

	while (next_attribute(&at, end, &attribute))
		if (span_is(attribute.name, "id"))
		{
			decode(attribute.value, id);
			return;
		}
	decode((Span) {NULL, 0}, id);
}

/* By place: talks first, then volume, paper, role and position. */
static int
compare_places(const AnthologyNameEdit *a, const AnthologyNameEdit *b)
{
	int			order;

	if (a->volume == NULL || b->volume == NULL)
	{
		if (a->volume != NULL || b->volume != NULL)
			return a->volume != NULL ? 1 : -1;
		if (a->talk != b->talk)
			return a->talk < b->talk ? -1 : 1;
	}
	else
	{
		if ((order = strcmp(a->volume, b->volume)) != 0 ||
			(order = strcmp(a->paper, b->paper)) != 0)
			return order;
	}
	if ((order = strcmp(a->role, b->role)) != 0)
		return order;
	return a->position < b->position ? -1 : a->position > b->position;
}

static int
compare_edits(const void *a, const void *b)
{
	return compare_places(a, b);
}

/* The first of the sorted edits that is not before the place; count if all are. */
static int
first_edit(const AnthologyNameEdit *edits, int count, const AnthologyNameEdit *place)
{
	int			low = 0;
	int			high = count;

	while (low < high)
	{
		int			middle = low + (high - low) / 2;

		if (compare_places(&edits[middle], place) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
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

/*
 * Writes a name's start tag with the values that wanted[] has for the attributes
 * (NULL in it: as it is). A new attribute goes behind the one that comes before it
 * in their order, or behind the element's name.
 */
static void
append_name_tag(AnthologyBuffer *edited, const char *tag, const char *end,
				const AnthologyNameEdit *const wanted[ATTRIBUTES])
{
	Span		name = tag_name(tag, end);
	Attribute	found[ATTRIBUTES];
	Attribute	attribute;
	const char *at = name.start + name.length;
	const char *copied = tag;

	memset(found, 0, sizeof(found));
	while (next_attribute(&at, end, &attribute))
		for (int i = 0; i < ATTRIBUTES; i++)
			if (found[i].name.start == NULL && span_is(attribute.name, attributes[i]))
				found[i] = attribute;

	/* The new attributes, in the order of their places in the tag. There are few. */
	for (const char *place = tag; place <= end; place++)
	{
		const char *behind = name.start + name.length;	/* where a new attribute goes */

		for (int i = 0; i < ATTRIBUTES; i++)
		{
			const AnthologyNameEdit *edit = wanted[i];
			const Attribute *is = &found[i];

			if (is->name.start != NULL)
				behind = is->whole.start + is->whole.length;
			if (edit == NULL)
				continue;
			if (is->name.start == NULL && edit->value != NULL && place == behind)
			{
				anthology_buffer_append(edited, copied, (size_t) (place - copied));
				copied = place;
				anthology_buffer_append_byte(edited, ' ');
				anthology_buffer_append(edited, edit->attribute, strlen(edit->attribute));
				anthology_buffer_append(edited, "=\"", 2);
				append_value(edited, edit->value);
				anthology_buffer_append_byte(edited, '"');
			}
			else if (is->name.start != NULL && edit->value != NULL && place == is->value.start)
			{
				anthology_buffer_append(edited, copied, (size_t) (place - copied));
				append_value(edited, edit->value);
				copied = place + is->value.length;
			}
			else if (is->name.start != NULL && edit->value == NULL && place == is->whole.start)
			{
				anthology_buffer_append(edited, copied, (size_t) (place - copied));
				copied = place + is->whole.length;
			}
		}
	}
	anthology_buffer_append(edited, copied, (size_t) (end - copied));
}

/* What an element of this name means at this place. */
static Element
element_of(const Place *place, Span name)
{
	static const struct
	{
		const char *name;
		Element		element;
		int			depth;
		Element		within;
	}			known[] = {
		{"collection", COLLECTION, 0, OTHER},
		{"volume", VOLUME, 1, COLLECTION}, {"event", EVENT, 1, COLLECTION},
		{"meta", META, 2, VOLUME}, {"paper", PAPER, 2, VOLUME}, {"talk", TALK, 2, EVENT}
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (place->depth == known[i].depth && span_is(name, known[i].name) &&
			(place->depth == 0 || place->path[place->depth - 1] == known[i].within))
			return known[i].element;
	return OTHER;
}

/*
 * Where the reader is within the element of this start tag. Returns the role if it is
 * a name of a paper, meta or talk, or -1.
 */
static int
enter(Place *place, const char *tag, const char *end)
{
	Span		name = tag_name(tag, end);
	Element		element = element_of(place, name);
	int			role = -1;

	if (place->depth == DEPTH && place->path[DEPTH - 1] != OTHER)
		for (role = ROLES - 1; role >= 0; role--)
			if (span_is(name, roles[role]))
			{
				place->names[role]++;
				break;
			}
	if (element == VOLUME)
		read_id(tag, end, &place->volume);
	else if (element == PAPER)
		read_id(tag, end, &place->paper);
	else if (element == META)
		decode((Span) {"0", 1}, &place->paper);
	if (element == PAPER || element == META || element == TALK)
		memset(place->names, 0, sizeof(place->names));
	place->talk = element == TALK ? ++place->talks : element == OTHER ? place->talk : 0;

	if (!(end - tag >= 3 && end[-1] == '>' && end[-2] == '/'))
	{
		if (place->depth < DEPTH)
			place->path[place->depth] = element;
		place->depth++;
	}
	return role;
}

/* The edits of the name that begins here, by attribute; marks them done. Returns how many. */
static int
edits_here(const Place *place, int role, AnthologyNameEdit *edits, int count,
		   const AnthologyNameEdit *wanted[ATTRIBUTES])
{
	AnthologyNameEdit here = {NULL, NULL, place->talk, roles[role], place->names[role], NULL, NULL,
		0};
	int			found = 0;

	if (place->talk == 0)
	{
		here.volume = place->volume.data;
		here.paper = place->paper.data;
	}
	for (int a = 0; a < ATTRIBUTES; a++)
		wanted[a] = NULL;
	/* Of volumes and papers of one id the first is meant: that is the one loaded. */
	for (int i = first_edit(edits, count, &here); i < count; i++)
	{
		if (compare_places(&edits[i], &here) != 0)
			break;
		for (int a = 0; a < ATTRIBUTES && !edits[i].done; a++)
			if (wanted[a] == NULL && strcmp(edits[i].attribute, attributes[a]) == 0)
			{
				wanted[a] = &edits[i];
				edits[i].done = 1;
				found++;
			}
	}
	return found;
}

AnthologyStatus
anthology_collection_edit(const char *source, size_t length, AnthologyNameEdit *edits, int count,
						  AnthologyBuffer *edited)
{
	const char *end = source + length;
	const char *copied = source;	/* what is before this has been written */
	const char *at = source;
	Place		place;

	memset(&place, 0, sizeof(place));
	anthology_buffer_init(&place.volume);
	anthology_buffer_init(&place.paper);
	decode((Span) {NULL, 0}, &place.volume);
	decode((Span) {NULL, 0}, &place.paper);
	if (count > 1)
		qsort(edits, (size_t) count, sizeof(edits[0]), compare_edits);

	while (at < end && (at = memchr(at, '<', (size_t) (end - at))) != NULL)
	{
		const char *tag = at;
		const AnthologyNameEdit *wanted[ATTRIBUTES];
		int			role;

		anthology_check();
		if (end - at >= 4 && memcmp(at, "<!--", 4) == 0)
		{
			at = find(at + 4, end, "-->");
			continue;
		}
		if (end - at >= 9 && memcmp(at, "<![CDATA[", 9) == 0)
		{
			at = find(at + 9, end, "]]>");
			continue;
		}
		if (end - at >= 2 && at[1] == '?')
		{
			at = find(at + 2, end, "?>");
			continue;
		}
		at = tag_end(at, end);
		if (tag + 1 >= end || tag[1] == '!')
			continue;
		if (tag[1] == '/')
		{
			if (place.depth > 0)
				place.depth--;
			continue;
		}
		role = enter(&place, tag, at);
		if (place.volume.status != ANTHOLOGY_OK || place.paper.status != ANTHOLOGY_OK)
			break;
		if (role < 0 || edits_here(&place, role, edits, count, wanted) == 0)
			continue;
		anthology_buffer_append(edited, copied, (size_t) (tag - copied));
		append_name_tag(edited, tag, at, wanted);
		copied = at;
	}
	anthology_buffer_append(edited, copied, (size_t) (end - copied));
	if (edited->status == ANTHOLOGY_OK)
		edited->status = place.volume.status != ANTHOLOGY_OK ? place.volume.status :
			place.paper.status;
	anthology_buffer_free(&place.volume);
	anthology_buffer_free(&place.paper);
	return edited->status;
}
