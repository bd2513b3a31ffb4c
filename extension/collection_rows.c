/*
 * collection_rows.c - rows of a collection file under construction, and what is wrong with it;
 * see collection_state.h.
 */
#include "postgres.h"

#include <libxml/SAX2.h>

#include "common/hashfn.h"
#include "common/pg_prng.h"

#include "collection_state.h"

AnthologyBuffer *
anthology_xml_value_of(AnthologyReader *reader, AnthologyRow *builder, const char *column)
{
	int			i = anthology_xml_column_of(&reader->out->rows[builder->relation], column);

	builder->set[i] = true;
	return &builder->values[i];
}

bool
anthology_xml_is_set(AnthologyReader *reader, const AnthologyRow *builder, const char *column)
{
	return builder->set[anthology_xml_column_of(&reader->out->rows[builder->relation], column)];
}

void
anthology_xml_set_value(AnthologyReader *reader, AnthologyRow *builder, const char *column,
						const char *bytes, size_t length)
{
	anthology_buffer_set(anthology_xml_value_of(reader, builder, column), bytes, length);
}

void
anthology_xml_unset(AnthologyReader *reader, AnthologyRow *builder, const char *column)
{
	builder->set[anthology_xml_column_of(&reader->out->rows[builder->relation], column)] = false;
}

void
anthology_xml_begin_row(AnthologyRow *builder)
{
	memset(builder->set, 0, sizeof(builder->set));
	builder->elsewhere.length = 0;
}

size_t
anthology_xml_keep_text(AnthologyReader *reader, const char *bytes, size_t length)
{
	size_t		place = reader->out->text.length;

	anthology_buffer_append(&reader->out->text, bytes, length);
	anthology_buffer_append_byte(&reader->out->text, '\0');
	return place;
}

void
anthology_xml_commit_row(AnthologyReader *reader, AnthologyRow *builder)
{
	AnthologyRows *rows = &reader->out->rows[builder->relation];

	for (int i = 0; i < rows->column_count; i++)
	{
		size_t		cell = 0;

		if (builder->set[i])
			cell = anthology_xml_keep_text(reader, builder->values[i].data,
										   builder->values[i].length);
		anthology_buffer_append(&rows->cells, (const char *) &cell, sizeof(cell));
	}
	rows->count++;
}

static void
put_problem(AnthologyReader *reader, const char *kind, const AnthologyBuffer *place,
			const AnthologyBuffer *reason, unsigned long count)
{
	AnthologyRows *rows = &reader->out->rows[ANTHOLOGY_PROBLEMS];
	char		number[24];
	size_t		cells[4];

	cells[0] = anthology_xml_keep_text(reader, kind, strlen(kind));
	cells[1] = place->length > 0 ? anthology_xml_keep_text(reader, place->data, place->length) : 0;
	cells[2] = anthology_xml_keep_text(reader, reason->data, reason->length);
	snprintf(number, sizeof(number), "%lu", count);
	cells[3] = anthology_xml_keep_text(reader, number, strlen(number));
	anthology_buffer_append(&rows->cells, (const char *) cells, sizeof(cells));
	rows->count++;
}

const AnthologyBuffer *
anthology_xml_current_place(AnthologyReader *reader)
{
	static const AnthologyBuffer nowhere;

	for (int i = reader->depth - 1; i >= 0; i--)
	{
		AnthologyRow *builder;

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
		return &builder->values[anthology_xml_column_of(&reader->out->rows[builder->relation],
														"id")];
	}
	return &nowhere;
}

void
anthology_xml_entry_problem(AnthologyReader *reader, const AnthologyBuffer *place,
							const char *before, const char *quoted, const char *after)
{
	AnthologyBuffer *reason = &reader->scratch;

	reason->length = 0;
	anthology_buffer_append_string(reason, before);
	anthology_buffer_append_string(reason, quoted);
	anthology_buffer_append_string(reason, after);
	put_problem(reader, "entry", place, reason, 1);
}

void
anthology_xml_note_unknown(AnthologyReader *reader, const char *what, const char *name,
						   const char *relation, const char *container)
{
	AnthologyBuffer *scratch = &reader->scratch;
	AnthologyUnknown *unknown;
	int			i;

	scratch->length = 0;
	anthology_buffer_append_string(scratch, what);
	if (name != NULL)
	{
		anthology_buffer_append_string(scratch, " \"");
		anthology_buffer_append_string(scratch, name);
		anthology_buffer_append_string(scratch, "\"");
	}
	anthology_buffer_append_string(scratch, relation);
	anthology_buffer_append_string(scratch, container);
	anthology_buffer_append_string(scratch, "\"");
	if (scratch->length > 200)
		scratch->length = 200;
	while (scratch->length > 0 && (scratch->data[scratch->length - 1] & 0x80) != 0)
		scratch->length--;
	for (i = 0; i < reader->unknown_count; i++)
		if (reader->unknown[i].what.length == scratch->length &&
			memcmp(reader->unknown[i].what.data, scratch->data, scratch->length) == 0)
			break;
	if (i == reader->unknown_count && i <= ANTHOLOGY_COLLECTION_UNKNOWN)
	{
		const AnthologyBuffer *place = anthology_xml_current_place(reader);

		reader->unknown_count++;
		unknown = &reader->unknown[i];
		if (i == ANTHOLOGY_COLLECTION_UNKNOWN)
			anthology_buffer_append_string(&unknown->what,
										   "elements and attributes of other unknown kinds");
		else
			anthology_buffer_append(&unknown->what, scratch->data, scratch->length);
		anthology_buffer_append(&unknown->place, place->data, place->length);
		unknown->line = xmlSAX2GetLineNumber(reader->parser);
	}
	else if (i > ANTHOLOGY_COLLECTION_UNKNOWN)
		i = ANTHOLOGY_COLLECTION_UNKNOWN;
	reader->unknown[i].count++;
}

void
anthology_xml_put_unknown(AnthologyReader *reader)
{
	for (int i = 0; i < reader->unknown_count; i++)
	{
		AnthologyUnknown *unknown = &reader->unknown[i];
		char		where[48];

		snprintf(where, sizeof(where), ", first on line %d", unknown->line);
		anthology_buffer_append_string(&unknown->what, where);
		put_problem(reader, "unknown", &unknown->place, &unknown->what, unknown->count);
	}
}

void
anthology_xml_stop_reading(AnthologyReader *reader, const char *error)
{
	if (error != NULL && reader->out->error[0] == '\0')
		snprintf(reader->out->error, sizeof(reader->out->error), "line %d: %s",
				 xmlSAX2GetLineNumber(reader->parser), error);
	reader->stopped = true;
	xmlStopParser(reader->parser);
}

/*
 * Where an id is looked for first. The seed is another one for every file: with a hash that
 * is known, a file could have ids that all belong to one place, and reading it took hours.
 */
static size_t
place_of_id(const AnthologyReader *reader, const char *id, size_t length)
{
	return hash_bytes_extended((const unsigned char *) id, (int) length, reader->id_seed) %
		reader->id_room;
}

bool
anthology_xml_new_id(AnthologyReader *reader, const AnthologyBuffer *id)
{
	const char *text;
	size_t		at;
	size_t		place;

	if (reader->id_count * 2 >= reader->id_room)
	{
		size_t		room = reader->id_room > 0 ? reader->id_room * 2 : 256;
		size_t	   *ids = calloc(room, sizeof(size_t));
		size_t	   *old = reader->ids;
		size_t		old_room = reader->id_room;

		if (ids == NULL)
		{
			reader->out->text.status = ANTHOLOGY_OUT_OF_MEMORY;
			return false;
		}
		if (old_room == 0)
			reader->id_seed = pg_prng_uint64(&pg_global_prng_state);
		reader->ids = ids;
		reader->id_room = room;
		for (size_t i = 0; i < old_room; i++)
			if (old[i] != 0)
			{
				text = reader->out->text.data + old[i];
				at = place_of_id(reader, text, strlen(text));
				while (ids[at] != 0)
					at = (at + 1) % room;
				ids[at] = old[i];
			}
		free(old);
	}
	at = place_of_id(reader, id->data, id->length);
	for (; reader->ids[at] != 0; at = (at + 1) % reader->id_room)
	{
		text = reader->out->text.data + reader->ids[at];
		if (anthology_buffer_equals(id, text))
			return false;
	}
	place = anthology_xml_keep_text(reader, id->data, id->length);
	if (reader->out->text.status != ANTHOLOGY_OK)
		return false;
	reader->ids[at] = place;
	reader->id_count++;
	return true;
}

Level
anthology_xml_current_level(const AnthologyReader *reader)
{
	return reader->depth == 0 ? IN_FILE : reader->levels[reader->depth - 1];
}

AnthologyRow *
anthology_xml_builder_of(AnthologyReader *reader, Level level)
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
