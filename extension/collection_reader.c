/*
 * collection_reader.c - a collection file as rows; see collection_reader.h.
 *
 * The parser calls start_element(), end_element() and characters(). The reader
 * keeps a stack of levels and, for each kind of row, one row under
 * construction; a row is committed where its element ends. Which element fills
 * which column is in collection_elements.h.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libxml/parser.h>
#include <libxml/SAX2.h>

#include "collection_reader.h"

#include "collection_elements.h"
#include "core/full_id.h"
#include "core/orcid.h"

/* Bytes given to the parser at once. */
#define CHUNK 65536

/* Deeper than any file of the Anthology. */
#define MAX_DEPTH 64

/* Kinds of unknown things told apart in one file: more than that many are one. */
#define MAX_UNKNOWN 200

#define lengthof_array(a) (sizeof(a) / sizeof((a)[0]))

/* A row under construction. */
typedef struct Builder
{
	AnthologyRelation relation;
	AnthologyBuffer values[ANTHOLOGY_MAX_COLUMNS];
	bool		set[ANTHOLOGY_MAX_COLUMNS];
	AnthologyBuffer elsewhere;	/* the first address without a type that is no PDF */
} Builder;

/* Something unknown, and how often. */
typedef struct Unknown
{
	AnthologyBuffer what;
	AnthologyBuffer place;
	unsigned long count;
	int			line;
} Unknown;

typedef struct Reader
{
	AnthologyCollection *out;
	xmlParserCtxtPtr parser;
	int			(*stop) (void);
	bool		stopped;

	Level		levels[MAX_DEPTH];
	int			depth;			/* elements open, those skipped not counted */
	int			skipped;		/* depth within an element that is left out */
	const ElementSpec *open;	/* the element whose text is read; NULL within a level */
	int			open_depth;		/* elements open within it */
	bool		tag_open;		/* the last tag of the markup lacks its > */
	AnthologyBuffer content;	/* of it */
	AnthologyBuffer attributes; /* of it, as JSON */
	AnthologyBuffer hash;		/* its attributes hash, type, name and id */
	AnthologyBuffer type;
	AnthologyBuffer name;
	AnthologyBuffer id;
	bool		has_type;
	bool		has_name;
	bool		has_href;

	Builder		volume;
	Builder		frontmatter;
	Builder		paper;			/* or a talk */
	Builder		event;
	Builder		person;			/* a name */
	Builder		element;
	bool		has_frontmatter;	/* it, or an editor: the volume gets a paper 0 */
	size_t		volume_first;	/* the first paper of the volume */
	int			talk;			/* of the event, from 1 */
	int			ordinal[2];		/* of paper_element: the frontmatter's, the paper's */
	int			position[4];	/* editors of the volume; authors, editors, speakers */
	bool		variant_set[3];
	AnthologyBuffer variant[3]; /* script, first, last */
	AnthologyBuffer variants;
	AnthologyBuffer scratch;

	Unknown		unknown[MAX_UNKNOWN + 1];
	int			unknown_count;

	size_t	   *ids;			/* hash table of places of ids in text */
	size_t		id_room;
	size_t		id_count;
} Reader;

/* Columns that the reader fills by itself, before those of collection_elements.h. */
static const char *const own_columns[ANTHOLOGY_RELATION_COUNT][8] = {
	{"id", "collection_id", "number", "type", "ingest_date", "url", "url_hash"},
	{"id", "collection_id"},
	{"id", "volume_id", "event_id", "year", "url", "url_hash"},
	{"paper_id", "ordinal", "element", "attributes", "content"},
	{"paper_id", "role", "position", "variants"},
	{"kind", "place", "reason", "occurrences"},
};

/* Which relation an element of a level fills; the count for none. */
static AnthologyRelation
relation_of(Level level)
{
	switch (level)
	{
		case IN_VOLUME:
		case IN_META:
			return ANTHOLOGY_VOLUMES;
		case IN_FRONTMATTER:
		case IN_PAPER:
		case IN_TALK:
			return ANTHOLOGY_PAPERS;
		case IN_EVENT:
		case IN_EVENT_META:
		case IN_LINKS:
		case IN_COLOCATED:
			return ANTHOLOGY_EVENTS;
		case IN_NAME:
			return ANTHOLOGY_NAMES;
		default:
			return ANTHOLOGY_RELATION_COUNT;
	}
}

static int
column_of(const AnthologyRows *rows, const char *column)
{
	for (int i = 0; i < rows->column_count; i++)
		if (strcmp(rows->columns[i], column) == 0)
			return i;
	return -1;
}

static void
add_column(AnthologyCollection *out, AnthologyRelation relation, const char *column)
{
	AnthologyRows *rows;

	if (relation == ANTHOLOGY_RELATION_COUNT || column == NULL)
		return;
	rows = &out->rows[relation];
	if (column_of(rows, column) < 0)
		rows->columns[rows->column_count++] = column;
}

static void
name_columns(AnthologyCollection *out)
{
	for (int r = 0; r < ANTHOLOGY_RELATION_COUNT; r++)
		for (int i = 0; i < 8 && own_columns[r][i] != NULL; i++)
			add_column(out, r, own_columns[r][i]);
	for (size_t i = 0; i < lengthof_array(attribute_specs); i++)
		add_column(out, relation_of(attribute_specs[i].level), attribute_specs[i].column);
	for (size_t i = 0; i < lengthof_array(element_specs); i++)
		if (element_specs[i].action != NAME)
			add_column(out, relation_of(element_specs[i].level), element_specs[i].column);
}

static void
append_string(AnthologyBuffer *buffer, const char *string)
{
	anthology_buffer_append(buffer, string, strlen(string));
}

static void
set_buffer(AnthologyBuffer *buffer, const char *bytes, size_t length)
{
	buffer->length = 0;
	anthology_buffer_append(buffer, bytes, length);
}

static bool
equals(const AnthologyBuffer *buffer, const char *string)
{
	size_t		length = strlen(string);

	return buffer->length == length && (length == 0 || memcmp(buffer->data, string, length) == 0);
}

/* ---------- rows ---------- */

static AnthologyBuffer *
value_of(Reader *reader, Builder *builder, const char *column)
{
	int			i = column_of(&reader->out->rows[builder->relation], column);

	builder->set[i] = true;
	return &builder->values[i];
}

static bool
is_set(Reader *reader, const Builder *builder, const char *column)
{
	return builder->set[column_of(&reader->out->rows[builder->relation], column)];
}

static void
set_value(Reader *reader, Builder *builder, const char *column, const char *bytes, size_t length)
{
	set_buffer(value_of(reader, builder, column), bytes, length);
}

static void
unset(Reader *reader, Builder *builder, const char *column)
{
	builder->set[column_of(&reader->out->rows[builder->relation], column)] = false;
}

static void
begin_row(Builder *builder)
{
	memset(builder->set, 0, sizeof(builder->set));
	builder->elsewhere.length = 0;
}

/* Keeps a text for good; returns its place. */
static size_t
keep_text(Reader *reader, const char *bytes, size_t length)
{
	size_t		place = reader->out->text.length;

	anthology_buffer_append(&reader->out->text, bytes, length);
	anthology_buffer_append_byte(&reader->out->text, '\0');
	return place;
}

static void
commit_row(Reader *reader, Builder *builder)
{
	AnthologyRows *rows = &reader->out->rows[builder->relation];

	for (int i = 0; i < rows->column_count; i++)
	{
		size_t		cell = 0;

		if (builder->set[i])
			cell = keep_text(reader, builder->values[i].data, builder->values[i].length);
		anthology_buffer_append(&rows->cells, (const char *) &cell, sizeof(cell));
	}
	rows->count++;
}

/* ---------- problems ---------- */

static void
put_problem(Reader *reader, const char *kind, const AnthologyBuffer *place,
			const AnthologyBuffer *reason, unsigned long count)
{
	AnthologyRows *rows = &reader->out->rows[ANTHOLOGY_PROBLEMS];
	char		number[24];
	size_t		cells[4];

	cells[0] = keep_text(reader, kind, strlen(kind));
	cells[1] = place->length > 0 ? keep_text(reader, place->data, place->length) : 0;
	cells[2] = keep_text(reader, reason->data, reason->length);
	snprintf(number, sizeof(number), "%lu", count);
	cells[3] = keep_text(reader, number, strlen(number));
	anthology_buffer_append(&rows->cells, (const char *) cells, sizeof(cells));
	rows->count++;
}

/* The entry that is being read: a paper, a volume, an event; or nothing. */
static const AnthologyBuffer *
current_place(Reader *reader)
{
	static const AnthologyBuffer nowhere;

	for (int i = reader->depth - 1; i >= 0; i--)
	{
		Builder    *builder;

		switch (reader->levels[i])
		{
			case IN_PAPER:
			case IN_TALK:
				builder = &reader->paper;
				break;
			case IN_FRONTMATTER:
				builder = &reader->frontmatter;
				break;
			case IN_VOLUME:
				builder = &reader->volume;
				break;
			case IN_EVENT:
				builder = &reader->event;
				break;
			default:
				continue;
		}
		return &builder->values[column_of(&reader->out->rows[builder->relation], "id")];
	}
	return &nowhere;
}

static void
entry_problem(Reader *reader, const AnthologyBuffer *place, const char *before, const char *quoted,
			  const char *after)
{
	AnthologyBuffer *reason = &reader->scratch;

	reason->length = 0;
	append_string(reason, before);
	append_string(reason, quoted);
	append_string(reason, after);
	put_problem(reader, "entry", place, reason, 1);
}

/* Counts something unknown: "unknown element", "title", " in ", "paper". */
static void
note_unknown(Reader *reader, const char *what, const char *name, const char *relation,
			 const char *container)
{
	AnthologyBuffer *scratch = &reader->scratch;
	Unknown    *unknown;
	int			i;

	scratch->length = 0;
	append_string(scratch, what);
	if (name != NULL)
	{
		append_string(scratch, " \"");
		append_string(scratch, name);
		append_string(scratch, "\"");
	}
	append_string(scratch, relation);
	append_string(scratch, container);
	append_string(scratch, "\"");
	if (scratch->length > 200)
		scratch->length = 200;
	while (scratch->length > 0 && (scratch->data[scratch->length - 1] & 0x80) != 0)
		scratch->length--;
	for (i = 0; i < reader->unknown_count; i++)
		if (reader->unknown[i].what.length == scratch->length &&
			memcmp(reader->unknown[i].what.data, scratch->data, scratch->length) == 0)
			break;
	if (i == reader->unknown_count && i <= MAX_UNKNOWN)
	{
		const AnthologyBuffer *place = current_place(reader);

		reader->unknown_count++;
		unknown = &reader->unknown[i];
		if (i == MAX_UNKNOWN)
			append_string(&unknown->what, "elements and attributes of other unknown kinds");
		else
			anthology_buffer_append(&unknown->what, scratch->data, scratch->length);
		anthology_buffer_append(&unknown->place, place->data, place->length);
		unknown->line = xmlSAX2GetLineNumber(reader->parser);
	}
	else if (i > MAX_UNKNOWN)
		i = MAX_UNKNOWN;
	reader->unknown[i].count++;
}

static void
put_unknown(Reader *reader)
{
	for (int i = 0; i < reader->unknown_count; i++)
	{
		Unknown    *unknown = &reader->unknown[i];
		char		where[48];

		snprintf(where, sizeof(where), ", first on line %d", unknown->line);
		append_string(&unknown->what, where);
		put_problem(reader, "unknown", &unknown->place, &unknown->what, unknown->count);
	}
}

static void
stop_reading(Reader *reader, const char *error)
{
	if (error != NULL && reader->out->error[0] == '\0')
		snprintf(reader->out->error, sizeof(reader->out->error), "line %d: %s",
				 xmlSAX2GetLineNumber(reader->parser), error);
	reader->stopped = true;
	xmlStopParser(reader->parser);
}

/* ---------- ids, dates, lists ---------- */

static bool
is_lower_alnum(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (!((text[i] >= 'a' && text[i] <= 'z') || (text[i] >= '0' && text[i] <= '9')))
			return false;
	return length > 0;
}

static bool
are_digits(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (text[i] < '0' || text[i] > '9')
			return false;
	return length > 0;
}

static bool
is_collection_id(const char *id)
{
	size_t		length = strlen(id);

	return (length == 3 && id[0] >= 'A' && id[0] <= 'Z' && are_digits(id + 1, 2)) ||
		(length > 5 && are_digits(id, 4) && id[4] == '.' && is_lower_alnum(id + 5, length - 5));
}

static bool
is_event_id(const AnthologyBuffer *id)
{
	return id->length > 5 && id->data[id->length - 5] == '-' &&
		are_digits(id->data + id->length - 4, 4) && is_lower_alnum(id->data, id->length - 5);
}

/* A date written 2024-08-15. */
static bool
is_date(const AnthologyBuffer *date)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	const char *d = date->data;
	int			year,
				month,
				day;

	if (date->length != 10 || d[4] != '-' || d[7] != '-' || !are_digits(d, 4) ||
		!are_digits(d + 5, 2) || !are_digits(d + 8, 2))
		return false;
	year = (d[0] - '0') * 1000 + (d[1] - '0') * 100 + (d[2] - '0') * 10 + d[3] - '0';
	month = (d[5] - '0') * 10 + d[6] - '0';
	day = (d[8] - '0') * 10 + d[9] - '0';
	if (year < 1 || month < 1 || month > 12)
		return false;
	return day >= 1 && (day <= days[month - 1] ||
						(month == 2 && day == 29 &&
						 ((year % 4 == 0 && year % 100 != 0) || year % 400 == 0)));
}

static unsigned long
hash_text(const char *text, size_t length)
{
	unsigned long hash = 5381;

	for (size_t i = 0; i < length; i++)
		hash = hash * 33 + (unsigned char) text[i];
	return hash;
}

/* Whether an id is new to the file; from then on it is known. */
static bool
new_id(Reader *reader, const AnthologyBuffer *id)
{
	const char *text;
	size_t		at;

	if (reader->id_count * 2 >= reader->id_room)
	{
		size_t		room = reader->id_room > 0 ? reader->id_room * 2 : 256;
		size_t	   *ids = calloc(room, sizeof(size_t));

		if (ids == NULL)
		{
			reader->out->text.status = ANTHOLOGY_OUT_OF_MEMORY;
			return false;
		}
		for (size_t i = 0; i < reader->id_room; i++)
			if (reader->ids[i] != 0)
			{
				text = reader->out->text.data + reader->ids[i];
				at = hash_text(text, strlen(text)) % room;
				while (ids[at] != 0)
					at = (at + 1) % room;
				ids[at] = reader->ids[i];
			}
		free(reader->ids);
		reader->ids = ids;
		reader->id_room = room;
	}
	at = hash_text(id->data, id->length) % reader->id_room;
	for (; reader->ids[at] != 0; at = (at + 1) % reader->id_room)
	{
		text = reader->out->text.data + reader->ids[at];
		if (equals(id, text))
			return false;
	}
	reader->ids[at] = keep_text(reader, id->data, id->length);
	reader->id_count++;
	return reader->out->text.status == ANTHOLOGY_OK;
}

/* One more element of a text[]. */
static void
append_array_element(AnthologyBuffer *array, bool first, const char *bytes, size_t length)
{
	if (first)
		set_buffer(array, "{", 1);
	else if (array->length > 0)
		array->data[array->length - 1] = ',';
	anthology_buffer_append_byte(array, '"');
	for (size_t i = 0; i < length; i++)
	{
		if (bytes[i] == '"' || bytes[i] == '\\')
			anthology_buffer_append_byte(array, '\\');
		anthology_buffer_append_byte(array, bytes[i]);
	}
	append_string(array, "\"}");
}

static void
append_json_string(AnthologyBuffer *json, const char *bytes, size_t length)
{
	anthology_buffer_append_byte(json, '"');
	for (size_t i = 0; i < length; i++)
	{
		unsigned char c = (unsigned char) bytes[i];

		if (c < 0x20)
		{
			char		escape[8];

			snprintf(escape, sizeof(escape), "\\u%04x", c);
			append_string(json, escape);
			continue;
		}
		if (c == '"' || c == '\\')
			anthology_buffer_append_byte(json, '\\');
		anthology_buffer_append_byte(json, (char) c);
	}
	anthology_buffer_append_byte(json, '"');
}

/* One more member of a JSON object that is not closed yet. */
static void
append_json_member(AnthologyBuffer *json, const char *key, const char *bytes, size_t length)
{
	anthology_buffer_append_byte(json, json->length == 0 ? '{' : ',');
	append_json_string(json, key, strlen(key));
	anthology_buffer_append_byte(json, ':');
	append_json_string(json, bytes, length);
}

/* ---------- what an element does ---------- */

static Level
current_level(const Reader *reader)
{
	return reader->depth == 0 ? IN_FILE : reader->levels[reader->depth - 1];
}

static Builder *
builder_of(Reader *reader, Level level)
{
	switch (level)
	{
		case IN_VOLUME:
		case IN_META:
			return &reader->volume;
		case IN_FRONTMATTER:
			return &reader->frontmatter;
		case IN_PAPER:
		case IN_TALK:
			return &reader->paper;
		case IN_NAME:
			return &reader->person;
		default:
			return &reader->event;
	}
}

/* The name of the element that a level is; for messages. */
static const char *
level_name(Level level)
{
	for (size_t i = 0; i < lengthof_array(element_specs); i++)
		if ((element_specs[i].action == ENTER || element_specs[i].action == NAME) &&
			element_specs[i].enters == level)
			return level == IN_NAME ? "author" : element_specs[i].name;
	return "file";
}

static const ElementSpec *
find_spec(Level level, const char *name)
{
	for (size_t i = 0; i < lengthof_array(element_specs); i++)
		if (element_specs[i].level == level && strcmp(element_specs[i].name, name) == 0)
			return &element_specs[i];
	return NULL;
}

/* Whether a list of names, a blank before and after each, has this one. */
static bool
has_name(const char *list, const char *name)
{
	size_t		length = strlen(name);

	for (const char *at = list; (at = strstr(at, name)) != NULL; at++)
		if (at > list && at[-1] == ' ' && at[length] == ' ')
			return true;
	return false;
}

/* The id of the paper that an element or a name of a level belongs to. */
static void
set_paper_id(Reader *reader, Builder *builder, Level level)
{
	if (level == IN_META || level == IN_FRONTMATTER)
	{
		const AnthologyBuffer *number = value_of(reader, &reader->volume, "number");
		AnthologyBuffer *id = value_of(reader, builder, "paper_id");

		id->length = 0;
		anthology_paper_id(reader->out->id, strlen(reader->out->id), number->data, number->length,
						   "0", 1, id);
	}
	else
	{
		const AnthologyBuffer *id = value_of(reader, &reader->paper, "id");

		set_value(reader, builder, "paper_id", id->data, id->length);
	}
}

static void
put_element(Reader *reader, const char *element, AnthologyBuffer *attributes,
			const AnthologyBuffer *content)
{
	Level		level = current_level(reader);
	char		number[16];

	begin_row(&reader->element);
	set_paper_id(reader, &reader->element, level);
	snprintf(number, sizeof(number), "%d",
			 ++reader->ordinal[level == IN_META || level == IN_FRONTMATTER ? 0 : 1]);
	set_value(reader, &reader->element, "ordinal", number, strlen(number));
	set_value(reader, &reader->element, "element", element, strlen(element));
	append_string(attributes, attributes->length == 0 ? "{}" : "}");
	set_value(reader, &reader->element, "attributes", attributes->data, attributes->length);
	set_value(reader, &reader->element, "content", content->data, content->length);
	commit_row(reader, &reader->element);
	if (level == IN_META)
		reader->has_frontmatter = true;
}

/* The full id of the paper, frontmatter or volume that is being read, into name. */
static void
derive_name(Reader *reader, AnthologyBuffer *name)
{
	Level		level = current_level(reader);
	const AnthologyBuffer *number = value_of(reader, &reader->volume, "number");

	name->length = 0;
	if (level == IN_META)
		anthology_volume_id(reader->out->id, strlen(reader->out->id), number->data, number->length,
							name);
	else if (level == IN_FRONTMATTER)
		anthology_paper_id(reader->out->id, strlen(reader->out->id), number->data, number->length,
						   "0", 1, name);
	else
	{
		const AnthologyBuffer *id = value_of(reader, &reader->paper, "id");

		anthology_buffer_append(name, id->data, id->length);
	}
}

static bool
is_elsewhere(const AnthologyBuffer *address)
{
	for (size_t i = 0; i + 2 < address->length; i++)
		if (memcmp(address->data + i, "://", 3) == 0)
			return true;
	return false;
}

static void
repeated(Reader *reader, const char *element)
{
	note_unknown(reader, "more than one element", element, ", of which the first was loaded, in \"",
				 level_name(current_level(reader)));
}

/* The name of the PDF and its hash. */
static void
put_pdf(Reader *reader, Builder *builder, const AnthologyBuffer *name)
{
	if (is_set(reader, builder, "url"))
	{
		repeated(reader, reader->open->name);
		return;
	}
	set_value(reader, builder, "url", name->data, name->length);
	if (reader->hash.length > 0)
		set_value(reader, builder, "url_hash", reader->hash.data, reader->hash.length);
}

static void
put_address(Reader *reader, Builder *builder)
{
	if (current_level(reader) == IN_TALK)
	{
		bool		first = !is_set(reader, builder, "url");

		if (first)
			set_value(reader, builder, "url", reader->content.data, reader->content.length);
		if (!first || reader->has_type)
			put_element(reader, "url", &reader->attributes, &reader->content);
	}
	else if (reader->hash.length > 0 || !is_elsewhere(&reader->content))
		put_pdf(reader, builder, &reader->content);
	else
	{
		if (!reader->has_type && builder->elsewhere.length == 0)
			set_buffer(&builder->elsewhere, reader->content.data, reader->content.length);
		put_element(reader, "url", &reader->attributes, &reader->content);
	}
}

/* Without a PDF, url is the address elsewhere, as files before 2026 have it. */
static void
settle_address(Reader *reader, Builder *builder)
{
	if (!is_set(reader, builder, "url") && builder->elsewhere.length > 0)
		set_value(reader, builder, "url", builder->elsewhere.data, builder->elsewhere.length);
}

/* A revision's href and an erratum's text follow from the id; old files spell them out. */
static void
put_derived_element(Reader *reader)
{
	const char *name = reader->open->name;

	if (strcmp(name, "revision") == 0 && !reader->has_href && reader->id.length > 0)
	{
		derive_name(reader, &reader->scratch);
		anthology_buffer_append_byte(&reader->scratch, 'v');
		anthology_buffer_append(&reader->scratch, reader->id.data, reader->id.length);
		append_json_member(&reader->attributes, "href", reader->scratch.data,
						   reader->scratch.length);
	}
	if (strcmp(name, "erratum") == 0 && reader->content.length == 0 && reader->id.length > 0)
	{
		derive_name(reader, &reader->content);
		anthology_buffer_append_byte(&reader->content, 'e');
		anthology_buffer_append(&reader->content, reader->id.data, reader->id.length);
	}
	put_element(reader, name, &reader->attributes, &reader->content);
}

static void
put_award(Reader *reader, Builder *builder)
{
	bool		first = !is_set(reader, builder, "awards");
	AnthologyBuffer *awards = value_of(reader, builder, "awards");

	if (!reader->has_name)
	{
		/* Before 2026 the text was the name. */
		set_buffer(&reader->name, reader->content.data, reader->content.length);
		append_json_member(&reader->attributes, "name", reader->name.data, reader->name.length);
		reader->content.length = 0;
	}
	append_array_element(awards, first, reader->name.data, reader->name.length);
	put_element(reader, "award", &reader->attributes, &reader->content);
}

/* The element whose text was read has ended. */
static void
put_content(Reader *reader)
{
	const ElementSpec *spec = reader->open;
	AnthologyBuffer *content = &reader->content;
	Level		level = current_level(reader);
	Builder    *builder = builder_of(reader, level);
	bool		first;
	AnthologyBuffer *value;

	if (level == IN_VARIANT)
	{
		int			part = strcmp(spec->name, "first") == 0 ? 1 : 2;

		if (reader->variant_set[part])
			repeated(reader, spec->name);
		else
			set_buffer(&reader->variant[part], content->data, content->length);
		reader->variant_set[part] = true;
		return;
	}
	switch (spec->action)
	{
		case TEXT:
		case MARKUP:
			if (is_set(reader, builder, spec->column))
				repeated(reader, spec->name);
			else if (spec->action == TEXT || content->length > 0)
				set_value(reader, builder, spec->column, content->data, content->length);
			break;
		case LIST:
			first = !is_set(reader, builder, spec->column) ||
				equals(value_of(reader, builder, spec->column), "{}");
			append_array_element(value_of(reader, builder, spec->column), first, content->data,
								 content->length);
			if (strcmp(spec->column, "sig_ids") == 0)
				reader->out->has_sigs = true;
			break;
		case LINK:
			value = value_of(reader, builder, spec->column);
			value->length -= value->length > 0; /* the ] */
			append_string(value, value->length > 1 ? ", {\"type\": " : "{\"type\": ");
			if (reader->has_type)
				append_json_string(value, reader->type.data, reader->type.length);
			else
				append_string(value, "null");
			append_string(value, ", \"url\": ");
			append_json_string(value, content->data, content->length);
			append_string(value, "}]");
			break;
		case PDF:
			derive_name(reader, &reader->scratch);
			put_pdf(reader, builder, &reader->scratch);
			if (content->length > 0)
				note_unknown(reader, "text", NULL, " in \"", spec->name);
			break;
		case ADDRESS:
			put_address(reader, builder);
			break;
		case AWARD:
			put_award(reader, builder);
			break;
		default:
			put_derived_element(reader);
			break;
	}
}

/* ---------- levels that begin and end ---------- */

static void
copy_value(Reader *reader, Builder *to, const char *to_column, Builder *from,
		   const char *from_column)
{
	const AnthologyBuffer *value;

	if (!is_set(reader, from, from_column))
		return;
	value = value_of(reader, from, from_column);
	set_value(reader, to, to_column, value->data, value->length);
}

/* Whether the id that makes a row is one; if not, the element is left out. */
static bool
accept_id(Reader *reader, Builder *builder, bool present, bool good, const char *element)
{
	const AnthologyBuffer *id = value_of(reader, builder, "id");
	AnthologyBuffer quoted;

	if (!present)
		entry_problem(reader, id, "a ", element, " has no id");
	else if (!good)
	{
		const char *column = strcmp(element, "event") == 0 ? "id" : "number";
		const AnthologyBuffer *given = value_of(reader, builder, column);

		anthology_buffer_init(&quoted);
		anthology_buffer_append(&quoted, given->data, given->length);
		anthology_buffer_append_byte(&quoted, '\0');
		if (quoted.data != NULL)
			entry_problem(reader, id, "\"", quoted.data,
						  strcmp(element, "paper") == 0 ? "\" is not the number of a paper" :
						  strcmp(element, "volume") == 0 ? "\" is not the id of a volume" :
						  "\" is not the id of an event");
		anthology_buffer_free(&quoted);
	}
	else if (!new_id(reader, id))
		entry_problem(reader, id, "the id is in the file more than once; the first was loaded", "",
					  "");
	else
		return true;
	return false;
}

static bool
begin_volume(Reader *reader)
{
	Builder    *volume = &reader->volume;
	bool		present = is_set(reader, volume, "number");
	const AnthologyBuffer *number = value_of(reader, volume, "number");
	AnthologyBuffer *id = value_of(reader, volume, "id");
	const char *collection = reader->out->id;

	present = present && number->length > 0;
	if (!present)
		value_of(reader, volume, "number")->length = 0;
	id->length = 0;
	anthology_volume_id(collection, strlen(collection), number->data, number->length, id);
	if (!accept_id(reader, volume, present, is_lower_alnum(number->data, number->length), "volume"))
		return false;
	set_value(reader, volume, "collection_id", collection, strlen(collection));
	set_value(reader, volume, "venue_ids", "{}", 2);
	set_value(reader, volume, "sig_ids", "{}", 2);
	begin_row(&reader->frontmatter);
	id = value_of(reader, &reader->frontmatter, "id");
	id->length = 0;
	anthology_paper_id(collection, strlen(collection), number->data, number->length, "0", 1, id);
	reader->has_frontmatter = false;
	reader->volume_first = reader->out->rows[ANTHOLOGY_PAPERS].count;
	reader->ordinal[0] = 0;
	reader->position[0] = 0;
	return true;
}

static bool
begin_paper(Reader *reader)
{
	Builder    *paper = &reader->paper;
	bool		present = is_set(reader, paper, "number");
	const AnthologyBuffer *number = value_of(reader, paper, "number");
	const AnthologyBuffer *volume = value_of(reader, &reader->volume, "number");
	AnthologyBuffer *id = value_of(reader, paper, "id");
	const char *collection = reader->out->id;

	present = present && number->length > 0;
	if (!present)
		value_of(reader, paper, "number")->length = 0;
	id->length = 0;
	anthology_paper_id(collection, strlen(collection), volume->data, volume->length,
					   number->data, number->length, id);
	if (!accept_id(reader, paper, present, number->length <= 6 && number->length > 0 &&
				   number->data[0] != '0' && are_digits(number->data, number->length), "paper"))
		return false;
	copy_value(reader, paper, "volume_id", &reader->volume, "id");
	reader->ordinal[1] = 0;
	memset(reader->position + 1, 0, sizeof(int) * 3);
	return true;
}

static bool
begin_event(Reader *reader)
{
	Builder    *event = &reader->event;
	bool		present = is_set(reader, event, "id");
	const AnthologyBuffer *id = value_of(reader, event, "id");

	if (!present)
		value_of(reader, event, "id")->length = 0;
	present = present && id->length > 0;
	if (!accept_id(reader, event, present, present && is_event_id(id), "event"))
		return false;
	set_value(reader, event, "collection_id", reader->out->id, strlen(reader->out->id));
	set_value(reader, event, "links", "[]", 2);
	set_value(reader, event, "volume_ids", "{}", 2);
	reader->talk = 0;
	return true;
}

static void
begin_talk(Reader *reader)
{
	Builder    *talk = &reader->paper;
	AnthologyBuffer *id;
	char		number[16];

	begin_row(talk);
	copy_value(reader, talk, "event_id", &reader->event, "id");
	copy_value(reader, talk, "id", &reader->event, "id");
	id = value_of(reader, talk, "id");
	snprintf(number, sizeof(number), "%d", ++reader->talk);
	append_string(id, ".talk-");
	append_string(id, number);
	set_value(reader, talk, "number", number, strlen(number));
	set_value(reader, talk, "type", "talk", 4);
	reader->ordinal[1] = 0;
	memset(reader->position + 1, 0, sizeof(int) * 3);
}

static void
drop_bad_date(Reader *reader, Builder *builder)
{
	if (is_set(reader, builder, "ingest_date") &&
		!is_date(value_of(reader, builder, "ingest_date")))
	{
		entry_problem(reader, value_of(reader, builder, "id"), "ingest-date is not a date", "", "");
		unset(reader, builder, "ingest_date");
	}
}

/* A talk or a paper; year is that of the volume and comes with its end. */
static void
end_paper(Reader *reader)
{
	Builder    *paper = &reader->paper;

	settle_address(reader, paper);
	drop_bad_date(reader, paper);
	if (!is_set(reader, paper, "awards"))
		set_value(reader, paper, "awards", "{}", 2);
	if (is_set(reader, paper, "event_id") && are_digits(reader->out->id, 4))
		set_value(reader, paper, "year", reader->out->id, 4);
	commit_row(reader, paper);
}

static void
end_volume(Reader *reader)
{
	Builder    *volume = &reader->volume;
	Builder    *paper = &reader->frontmatter;
	AnthologyRows *papers = &reader->out->rows[ANTHOLOGY_PAPERS];
	size_t		year = 0;

	settle_address(reader, volume);
	drop_bad_date(reader, volume);
	if (is_set(reader, volume, "year"))
	{
		const AnthologyBuffer *given = value_of(reader, volume, "year");

		if (given->length > 4 || !are_digits(given->data, given->length))
		{
			entry_problem(reader, value_of(reader, volume, "id"), "the year is not a number", "", "");
			unset(reader, volume, "year");
		}
		else
			year = keep_text(reader, given->data, given->length);
	}
	if (reader->has_frontmatter)
	{
		settle_address(reader, paper);
		if (!is_set(reader, paper, "awards"))
			set_value(reader, paper, "awards", "{}", 2);
		copy_value(reader, paper, "volume_id", volume, "id");
		copy_value(reader, paper, "title", volume, "title");
		set_value(reader, paper, "number", "0", 1);
		set_value(reader, paper, "type", "frontmatter", strlen("frontmatter"));
		commit_row(reader, paper);
	}
	commit_row(reader, volume);

	if (year == 0 && are_digits(reader->out->id, 4))
		year = keep_text(reader, reader->out->id, 4);
	if (papers->cells.status == ANTHOLOGY_OK && papers->cells.data != NULL)
		for (size_t i = reader->volume_first; i < papers->count; i++)
			memcpy(papers->cells.data +
				   (i * papers->column_count + column_of(papers, "year")) * sizeof(size_t),
				   &year, sizeof(year));
}

static void
end_variant(Reader *reader)
{
	const char *const keys[] = {"script", "first", "last"};

	if (reader->variant[1].length + reader->variant[2].length > ANTHOLOGY_MAX_NAME_LENGTH)
	{
		entry_problem(reader, current_place(reader), "a variant of a name is too long", "", "");
		return;
	}
	anthology_buffer_append_byte(&reader->variants, reader->variants.length == 0 ? '[' : ',');
	for (int i = 0; i < 3; i++)
	{
		append_string(&reader->variants, i == 0 ? "{\"" : ",\"");
		append_string(&reader->variants, keys[i]);
		append_string(&reader->variants, "\":");
		/* No script and no last are null, no first is empty. */
		if (i != 1 && !reader->variant_set[i])
			append_string(&reader->variants, "null");
		else
			append_json_string(&reader->variants, reader->variant[i].data,
							   reader->variant[i].length);
	}
	anthology_buffer_append_byte(&reader->variants, '}');
}

static void
end_name(Reader *reader)
{
	Builder    *person = &reader->person;
	Level		level = reader->levels[reader->depth - 2];
	const AnthologyBuffer *role = value_of(reader, person, "role");
	int		   *position = &reader->position[level == IN_META ? 0 : equals(role, "author") ? 1 :
											 equals(role, "editor") ? 2 : 3];
	char		number[16];
	char		what[48];
	char		orcid[ANTHOLOGY_ORCID_LENGTH];

	if (!is_set(reader, person, "first"))
		set_value(reader, person, "first", "", 0);
	snprintf(number, sizeof(number), "%d", ++*position);
	set_value(reader, person, "position", number, strlen(number));
	set_paper_id(reader, person, level);
	if (level == IN_META)
		reader->has_frontmatter = true;
	snprintf(what, sizeof(what), "%.*s %s", (int) role->length, role->data, number);
	if (!is_set(reader, person, "last") || value_of(reader, person, "last")->length == 0)
	{
		entry_problem(reader, value_of(reader, person, "paper_id"), what, " has no last name", "");
		return;
	}
	if (value_of(reader, person, "first")->length + value_of(reader, person, "last")->length >
		ANTHOLOGY_MAX_NAME_LENGTH)
	{
		entry_problem(reader, value_of(reader, person, "paper_id"), what,
					  " has a name that is too long", "");
		return;
	}
	if (is_set(reader, person, "file_orcid"))
	{
		const AnthologyBuffer *given = value_of(reader, person, "file_orcid");

		if (anthology_orcid(given->data, given->length, orcid))
		{
			set_value(reader, person, "file_orcid", orcid, ANTHOLOGY_ORCID_LENGTH);
			set_value(reader, person, "orcid", orcid, ANTHOLOGY_ORCID_LENGTH);
		}
	}
	if (reader->variants.length > 0)
	{
		anthology_buffer_append_byte(&reader->variants, ']');
		set_value(reader, person, "variants", reader->variants.data, reader->variants.length);
	}
	commit_row(reader, person);
}

static void
end_level(Reader *reader)
{
	switch (current_level(reader))
	{
		case IN_VOLUME:
			end_volume(reader);
			break;
		case IN_PAPER:
		case IN_TALK:
			end_paper(reader);
			break;
		case IN_EVENT:
			commit_row(reader, &reader->event);
			break;
		case IN_NAME:
			end_name(reader);
			break;
		case IN_VARIANT:
			end_variant(reader);
			break;
		default:
			break;
	}
	reader->depth--;
}

/* The attributes of an element that is not markup. */
static void
read_attributes(Reader *reader, const ElementSpec *spec, int count, const xmlChar **attributes)
{
	bool		level = spec->action == ENTER || spec->action == NAME;

	reader->attributes.length = reader->hash.length = reader->type.length = 0;
	reader->name.length = reader->id.length = 0;
	reader->has_type = reader->has_name = reader->has_href = false;
	for (int i = 0; i < count; i++, attributes += 5)
	{
		const char *name = (const char *) attributes[0];
		const char *value = (const char *) attributes[3];
		size_t		length = (size_t) (attributes[4] - attributes[3]);

		if (attributes[1] != NULL || !has_name(spec->attributes, name))
			note_unknown(reader, "unknown attribute", name, " of \"", spec->name);
		if (!level)
			append_json_member(&reader->attributes, name, value, length);
		else
			for (size_t s = 0; s < lengthof_array(attribute_specs); s++)
				if (attribute_specs[s].level == spec->enters &&
					strcmp(attribute_specs[s].name, name) == 0)
					set_value(reader, builder_of(reader, spec->enters), attribute_specs[s].column,
							  value, length);
		if (strcmp(name, "hash") == 0)
			set_buffer(&reader->hash, value, length);
		else if (strcmp(name, "id") == 0)
			set_buffer(&reader->id, value, length);
		else if (strcmp(name, "type") == 0 || strcmp(name, "script") == 0)
		{
			set_buffer(&reader->type, value, length);
			reader->has_type = true;
		}
		else if (strcmp(name, "name") == 0)
		{
			set_buffer(&reader->name, value, length);
			reader->has_name = true;
		}
		else if (strcmp(name, "href") == 0)
			reader->has_href = true;
	}
}

static void
begin_collection(Reader *reader)
{
	size_t		place;

	anthology_buffer_append_byte(&reader->id, '\0');
	if (reader->id.data == NULL || !is_collection_id(reader->id.data))
	{
		snprintf(reader->out->error, sizeof(reader->out->error),
				 "not a collection of the Anthology: its id is \"%.100s\"",
				 reader->id.data ? reader->id.data : "");
		stop_reading(reader, NULL);
		return;
	}
	place = keep_text(reader, reader->id.data, reader->id.length - 1);
	/* text moves while it grows: the id has a copy of its own. */
	if (reader->out->text.status == ANTHOLOGY_OK)
		reader->out->id = strdup(reader->out->text.data + place);
	if (reader->out->id == NULL)
	{
		reader->out->id = "";
		reader->out->text.status = ANTHOLOGY_OUT_OF_MEMORY;
		stop_reading(reader, NULL);
	}
}

static void
begin_level(Reader *reader, const ElementSpec *spec, int count, const xmlChar **attributes)
{
	bool		accepted = true;
	AnthologyBuffer type;

	if (spec->enters == IN_VOLUME || spec->enters == IN_PAPER || spec->enters == IN_EVENT ||
		spec->enters == IN_NAME)
		begin_row(builder_of(reader, spec->enters));
	if (spec->enters == IN_TALK)
		begin_talk(reader);
	read_attributes(reader, spec, count, attributes);
	reader->levels[reader->depth++] = spec->enters;
	switch (spec->enters)
	{
		case IN_COLLECTION:
			begin_collection(reader);
			break;
		case IN_VOLUME:
			accepted = begin_volume(reader);
			break;
		case IN_PAPER:
			accepted = begin_paper(reader);
			break;
		case IN_EVENT:
			accepted = begin_event(reader);
			break;
		case IN_FRONTMATTER:
			reader->has_frontmatter = true;
			break;
		case IN_TALK:
			if (reader->has_type)
			{
				anthology_buffer_init(&type);
				append_json_member(&type, "type", reader->type.data, reader->type.length);
				reader->content.length = 0;
				put_element(reader, "talk", &type, &reader->content);
				anthology_buffer_free(&type);
			}
			break;
		case IN_NAME:
			set_value(reader, &reader->person, "role", spec->column, strlen(spec->column));
			reader->variants.length = 0;
			break;
		case IN_VARIANT:
			set_buffer(&reader->variant[0], reader->type.data, reader->type.length);
			reader->variant[1].length = reader->variant[2].length = 0;
			reader->variant_set[0] = reader->has_type;
			reader->variant_set[1] = reader->variant_set[2] = false;
			break;
		default:
			break;
	}
	if (!accepted)
	{
		reader->depth--;
		reader->skipped = 1;
	}
}

/* ---------- markup ---------- */

static void
append_escaped(AnthologyBuffer *buffer, const char *bytes, size_t length, bool attribute)
{
	for (size_t i = 0; i < length; i++)
		switch (bytes[i])
		{
			case '&':
				append_string(buffer, "&amp;");
				break;
			case '<':
				append_string(buffer, "&lt;");
				break;
			case '>':
				append_string(buffer, "&gt;");
				break;
			case '\r':
				append_string(buffer, attribute ? "&#13;" : "&#x0d;");
				break;
			case '"':
				append_string(buffer, attribute ? "&quot;" : "\"");
				break;
			case '\n':
				append_string(buffer, attribute ? "&#10;" : "\n");
				break;
			case '\t':
				append_string(buffer, attribute ? "&#9;" : "\t");
				break;
			default:
				anthology_buffer_append_byte(buffer, bytes[i]);
		}
}

static void
close_tag(Reader *reader)
{
	if (reader->tag_open)
		anthology_buffer_append_byte(&reader->content, '>');
	reader->tag_open = false;
}

static void
begin_markup(Reader *reader, const char *prefix, const char *name, int count,
			 const xmlChar **attributes)
{
	AnthologyBuffer *content = &reader->content;
	const char *known = NULL;

	for (size_t i = 0; prefix == NULL && i < lengthof_array(markup_specs); i++)
		if (strcmp(markup_specs[i].name, name) == 0)
			known = markup_specs[i].attributes;
	if (known == NULL)
		note_unknown(reader, "unknown markup", name, " in \"", reader->open->name);
	close_tag(reader);
	anthology_buffer_append_byte(content, '<');
	if (prefix != NULL)
	{
		append_string(content, prefix);
		anthology_buffer_append_byte(content, ':');
	}
	append_string(content, name);
	for (int i = 0; i < count; i++, attributes += 5)
	{
		if (known != NULL && (attributes[1] != NULL ||
							  !has_name(known, (const char *) attributes[0])))
			note_unknown(reader, "unknown attribute", (const char *) attributes[0], " of \"", name);
		anthology_buffer_append_byte(content, ' ');
		if (attributes[1] != NULL)
		{
			append_string(content, (const char *) attributes[1]);
			anthology_buffer_append_byte(content, ':');
		}
		append_string(content, (const char *) attributes[0]);
		append_string(content, "=\"");
		append_escaped(content, (const char *) attributes[3],
					   (size_t) (attributes[4] - attributes[3]), true);
		anthology_buffer_append_byte(content, '"');
	}
	reader->tag_open = true;
}

static void
end_markup(Reader *reader, const char *prefix, const char *name)
{
	if (reader->tag_open)
		append_string(&reader->content, "/>");
	else
	{
		append_string(&reader->content, "</");
		if (prefix != NULL)
		{
			append_string(&reader->content, prefix);
			anthology_buffer_append_byte(&reader->content, ':');
		}
		append_string(&reader->content, name);
		anthology_buffer_append_byte(&reader->content, '>');
	}
	reader->tag_open = false;
}

/* ---------- what the parser calls ---------- */

static void
start_element(void *context, const xmlChar *local_name, const xmlChar *prefix, const xmlChar *uri,
			  int namespace_count, const xmlChar **namespaces, int attribute_count,
			  int defaulted_count, const xmlChar **attributes)
{
	Reader	   *reader = context;
	const char *name = (const char *) local_name;
	const ElementSpec *spec;

	(void) uri;
	(void) namespaces;
	(void) defaulted_count;
	if (reader->stopped)
		return;
	if (reader->depth + reader->skipped + reader->open_depth >= MAX_DEPTH - 1)
	{
		stop_reading(reader, "elements are nested too deeply");
		return;
	}
	if (reader->skipped > 0)
	{
		reader->skipped++;
		return;
	}
	if (namespace_count > 0)
		note_unknown(reader, "unknown attribute", "xmlns", " of \"", name);
	if (reader->open != NULL)
	{
		if (reader->open->action == MARKUP)
			begin_markup(reader, (const char *) prefix, name, attribute_count, attributes);
		else
			note_unknown(reader, "unknown element", name, " in \"", reader->open->name);
		reader->open_depth++;
		return;
	}
	spec = prefix == NULL ? find_spec(current_level(reader), name) : NULL;
	if (spec == NULL)
	{
		if (reader->depth == 0)
		{
			snprintf(reader->out->error, sizeof(reader->out->error),
					 "not a collection of the Anthology: its root element is \"%.100s\"", name);
			stop_reading(reader, NULL);
			return;
		}
		note_unknown(reader, "unknown element", name, " in \"", level_name(current_level(reader)));
		reader->skipped = 1;
	}
	else if (spec->action == ENTER || spec->action == NAME)
		begin_level(reader, spec, attribute_count, attributes);
	else
	{
		read_attributes(reader, spec, attribute_count, attributes);
		reader->open = spec;
		reader->open_depth = 0;
		reader->tag_open = false;
		reader->content.length = 0;
	}
}

static void
end_element(void *context, const xmlChar *local_name, const xmlChar *prefix, const xmlChar *uri)
{
	Reader	   *reader = context;

	(void) uri;
	if (reader->stopped)
		return;
	if (reader->skipped > 0)
		reader->skipped--;
	else if (reader->open == NULL)
		end_level(reader);
	else if (reader->open_depth > 0)
	{
		reader->open_depth--;
		if (reader->open->action == MARKUP)
			end_markup(reader, (const char *) prefix, (const char *) local_name);
	}
	else
	{
		put_content(reader);
		reader->open = NULL;
	}
}

static void
characters(void *context, const xmlChar *text, int length)
{
	Reader	   *reader = context;
	const char *bytes = (const char *) text;

	if (reader->stopped || reader->skipped > 0)
		return;
	if (reader->open == NULL)
	{
		for (int i = 0; i < length; i++)
			if (strchr(" \t\r\n", bytes[i]) == NULL)
			{
				note_unknown(reader, "text", NULL, " in \"", level_name(current_level(reader)));
				break;
			}
	}
	else if (reader->open->action == MARKUP)
	{
		close_tag(reader);
		append_escaped(&reader->content, bytes, (size_t) length, false);
	}
	else
		anthology_buffer_append(&reader->content, bytes, (size_t) length);
}

/* Comments and instructions stand in markup as they are, and nowhere else. */
static void
comment(void *context, const xmlChar *text)
{
	Reader	   *reader = context;

	if (reader->stopped || reader->skipped > 0 || reader->open == NULL ||
		reader->open->action != MARKUP)
		return;
	close_tag(reader);
	append_string(&reader->content, "<!--");
	append_string(&reader->content, (const char *) text);
	append_string(&reader->content, "-->");
}

static void
instruction(void *context, const xmlChar *target, const xmlChar *data)
{
	Reader	   *reader = context;

	if (reader->stopped || reader->skipped > 0 || reader->open == NULL ||
		reader->open->action != MARKUP)
		return;
	close_tag(reader);
	append_string(&reader->content, "<?");
	append_string(&reader->content, (const char *) target);
	append_string(&reader->content, data != NULL ? " " : "");
	append_string(&reader->content, data != NULL ? (const char *) data : "");
	append_string(&reader->content, "?>");
}

static void
document_type(void *context, const xmlChar *name, const xmlChar *external, const xmlChar *system)
{
	(void) name;
	(void) external;
	(void) system;
	/* One could name other files or stand for gigabytes; the Anthology's have none. */
	stop_reading(context, "a collection must not have a document type definition");
}

/* ---------- the whole file ---------- */

static Builder *const *
builders(Reader *reader, Builder *list[6])
{
	list[0] = &reader->volume;
	list[1] = &reader->frontmatter;
	list[2] = &reader->paper;
	list[3] = &reader->event;
	list[4] = &reader->person;
	list[5] = &reader->element;
	return list;
}

static void
parse(Reader *reader, const char *source, size_t length)
{
	xmlSAXHandler handler;
	const xmlError *error;

	memset(&handler, 0, sizeof(handler));
	handler.initialized = XML_SAX2_MAGIC;
	handler.startElementNs = start_element;
	handler.endElementNs = end_element;
	handler.characters = characters;
	handler.ignorableWhitespace = characters;
	handler.cdataBlock = characters;
	handler.comment = comment;
	handler.processingInstruction = instruction;
	handler.internalSubset = document_type;
	reader->parser = xmlCreatePushParserCtxt(&handler, reader, NULL, 0, NULL);
	if (reader->parser == NULL)
	{
		reader->out->status = ANTHOLOGY_OUT_OF_MEMORY;
		return;
	}
	/* Entities are read as what they stand for; of files, only this one is read. */
	xmlCtxtUseOptions(reader->parser, XML_PARSE_NONET | XML_PARSE_NOENT | XML_PARSE_NOERROR |
					  XML_PARSE_NOWARNING | XML_PARSE_IGNORE_ENC);
	for (size_t at = 0; !reader->stopped; at += CHUNK)
	{
		size_t		rest = length - at;
		int			failed;

		if (reader->stop())
		{
			reader->out->interrupted = true;
			break;
		}
		failed = xmlParseChunk(reader->parser, source + at,
							   (int) (rest < CHUNK ? rest : CHUNK), rest <= CHUNK);
		if (failed && reader->out->error[0] == '\0')
		{
			error = xmlCtxtGetLastError(reader->parser);
			if (error != NULL && error->code == XML_ERR_NO_MEMORY)
				reader->out->status = ANTHOLOGY_OUT_OF_MEMORY;
			snprintf(reader->out->error, sizeof(reader->out->error), "line %d: %.200s",
					 error ? error->line : 0,
					 error && error->message ? error->message : "not well-formed XML");
			reader->out->error[strcspn(reader->out->error, "\n")] = '\0';
		}
		if (failed || rest <= CHUNK)
			break;
	}
	if (reader->parser->myDoc != NULL)
		xmlFreeDoc(reader->parser->myDoc);
	xmlFreeParserCtxt(reader->parser);
}

AnthologyCollection *
anthology_read_collection(const char *source, size_t length, int (*stop) (void))
{
	AnthologyCollection *out = calloc(1, sizeof(AnthologyCollection));
	Reader	   *reader = calloc(1, sizeof(Reader));
	Builder    *list[6];

	if (out == NULL || reader == NULL)
	{
		free(out);
		free(reader);
		return NULL;
	}
	out->id = "";
	name_columns(out);
	anthology_buffer_append_byte(&out->text, '\0');	/* place 0 is NULL's */
	reader->out = out;
	reader->stop = stop;
	builders(reader, list);
	list[0]->relation = ANTHOLOGY_VOLUMES;
	list[1]->relation = list[2]->relation = ANTHOLOGY_PAPERS;
	list[3]->relation = ANTHOLOGY_EVENTS;
	list[4]->relation = ANTHOLOGY_NAMES;
	list[5]->relation = ANTHOLOGY_ELEMENTS;

	parse(reader, source, length);
	put_unknown(reader);

	/* Any failure to get memory is in one of the buffers. */
	if (out->text.status != ANTHOLOGY_OK)
		out->status = out->text.status;
	for (int i = 0; i < 6; i++)
	{
		for (int c = 0; c < ANTHOLOGY_MAX_COLUMNS; c++)
		{
			if (list[i]->values[c].status != ANTHOLOGY_OK)
				out->status = list[i]->values[c].status;
			anthology_buffer_free(&list[i]->values[c]);
		}
		anthology_buffer_free(&list[i]->elsewhere);
	}
	for (int i = 0; i < ANTHOLOGY_RELATION_COUNT; i++)
		if (out->rows[i].cells.status != ANTHOLOGY_OK)
			out->status = out->rows[i].cells.status;
	{
		AnthologyBuffer *const rest[] = {
			&reader->content, &reader->attributes, &reader->hash, &reader->type, &reader->name,
			&reader->id, &reader->variant[0], &reader->variant[1], &reader->variant[2],
			&reader->variants, &reader->scratch};

		for (size_t i = 0; i < lengthof_array(rest); i++)
		{
			if (rest[i]->status != ANTHOLOGY_OK)
				out->status = rest[i]->status;
			anthology_buffer_free(rest[i]);
		}
	}
	for (int i = 0; i < reader->unknown_count; i++)
	{
		anthology_buffer_free(&reader->unknown[i].what);
		anthology_buffer_free(&reader->unknown[i].place);
	}
	free(reader->ids);
	free(reader);
	return out;
}

void
anthology_free_collection(AnthologyCollection *collection)
{
	if (collection == NULL)
		return;
	for (int i = 0; i < ANTHOLOGY_RELATION_COUNT; i++)
		anthology_buffer_free(&collection->rows[i].cells);
	anthology_buffer_free(&collection->text);
	if (collection->id[0] != '\0')
		free((void *) collection->id);
	free(collection);
}

const char *
anthology_cell(const AnthologyCollection *collection, AnthologyRelation relation, size_t row,
			   int column)
{
	const AnthologyRows *rows = &collection->rows[relation];
	size_t		cell;

	memcpy(&cell, rows->cells.data + (row * rows->column_count + column) * sizeof(size_t),
		   sizeof(cell));
	return cell == 0 ? NULL : collection->text.data + cell;
}
