/*
 * collection_levels.c - volumes, papers, events, talks and names begin and end;
 * see collection_state.h.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "collection_state.h"
#include "core/full_id.h"
#include "core/orcid.h"

static void
copy_value(AnthologyReader *reader, AnthologyRow *to, const char *to_column, AnthologyRow *from,
		   const char *from_column)
{
	const AnthologyBuffer *value;

	if (!anthology_xml_is_set(reader, from, from_column))
		return;
	value = anthology_xml_value_of(reader, from, from_column);
	anthology_xml_set_value(reader, to, to_column, value->data, value->length);
}

/* Whether the id that makes a row is one; if not, the element is left out. */
static bool
accept_id(AnthologyReader *reader, AnthologyRow *builder, bool present, bool good,
		  const char *element)
{
	const AnthologyBuffer *id = anthology_xml_value_of(reader, builder, "id");
	AnthologyBuffer quoted;

	if (!present)
		anthology_xml_entry_problem(reader, id, "a ", element, " has no id");
	else if (!good)
	{
		const char *column = strcmp(element, "event") == 0 ? "id" : "number";
		const AnthologyBuffer *given = anthology_xml_value_of(reader, builder, column);

		anthology_buffer_init(&quoted);
		anthology_buffer_append(&quoted, given->data, given->length);
		anthology_buffer_append_byte(&quoted, '\0');
		if (quoted.data != NULL)
			anthology_xml_entry_problem(reader, id, "\"", quoted.data,
										strcmp(element, "paper") == 0 ?
											"\" is not the number of a paper" :
												strcmp(element, "volume") == 0 ?
													"\" is not the id of a volume" :
														"\" is not the id of an event");
		anthology_buffer_free(&quoted);
	}
	else if (!anthology_xml_new_id(reader, id))
		anthology_xml_entry_problem(reader, id,
									"the id is in the file more than once; the first was loaded",
										"", "");
	else
		return true;
	return false;
}

static bool
begin_volume(AnthologyReader *reader)
{
	AnthologyRow *volume = &reader->volume;
	bool		present = anthology_xml_is_set(reader, volume, "number");
	const AnthologyBuffer *number = anthology_xml_value_of(reader, volume, "number");
	AnthologyBuffer *id = anthology_xml_value_of(reader, volume, "id");
	const char *collection = reader->out->id;

	present = present && number->length > 0;
	if (!present)
		anthology_xml_value_of(reader, volume, "number")->length = 0;
	id->length = 0;
	anthology_volume_id(collection, strlen(collection), number->data, number->length, id);
	if (!accept_id(reader, volume, present,
				   anthology_xml_is_lower_alnum(number->data, number->length), "volume"))
		return false;
	anthology_xml_set_value(reader, volume, "collection_id", collection, strlen(collection));
	anthology_xml_set_value(reader, volume, "venue_ids", "{}", 2);
	anthology_xml_set_value(reader, volume, "sig_ids", "{}", 2);
	anthology_xml_begin_row(&reader->frontmatter);
	id = anthology_xml_value_of(reader, &reader->frontmatter, "id");
	id->length = 0;
	anthology_paper_id(collection, strlen(collection), number->data, number->length, "0", 1, id);
	reader->has_frontmatter = false;
	reader->volume_first = reader->out->rows[ANTHOLOGY_PAPERS].count;
	reader->ordinal[0] = 0;
	reader->position[0] = 0;
	return true;
}

static bool
begin_paper(AnthologyReader *reader)
{
	AnthologyRow *paper = &reader->paper;
	bool		present = anthology_xml_is_set(reader, paper, "number");
	const AnthologyBuffer *number = anthology_xml_value_of(reader, paper, "number");
	const AnthologyBuffer *volume = anthology_xml_value_of(reader, &reader->volume, "number");
	AnthologyBuffer *id = anthology_xml_value_of(reader, paper, "id");
	const char *collection = reader->out->id;

	present = present && number->length > 0;
	if (!present)
		anthology_xml_value_of(reader, paper, "number")->length = 0;
	id->length = 0;
	anthology_paper_id(collection, strlen(collection), volume->data, volume->length,
					   number->data, number->length, id);
	if (!accept_id(reader, paper, present, number->length <= 6 && number->length > 0 &&
				   number->data[0] != '0' &&
					   anthology_xml_are_digits(number->data, number->length), "paper"))
		return false;
	copy_value(reader, paper, "volume_id", &reader->volume, "id");
	reader->ordinal[1] = 0;
	memset(reader->position + 1, 0, sizeof(int) * 3);
	return true;
}

static bool
begin_event(AnthologyReader *reader)
{
	AnthologyRow *event = &reader->event;
	bool		present = anthology_xml_is_set(reader, event, "id");
	const AnthologyBuffer *id = anthology_xml_value_of(reader, event, "id");

	if (!present)
		anthology_xml_value_of(reader, event, "id")->length = 0;
	present = present && id->length > 0;
	if (!accept_id(reader, event, present, present && anthology_is_event_id(id), "event"))
		return false;
	anthology_xml_set_value(reader, event, "collection_id", reader->out->id,
							strlen(reader->out->id));
	anthology_xml_set_value(reader, event, "links", "[]", 2);
	anthology_xml_set_value(reader, event, "volume_ids", "{}", 2);
	reader->talk = 0;
	return true;
}

static void
begin_talk(AnthologyReader *reader)
{
	AnthologyRow *talk = &reader->paper;
	AnthologyBuffer *id;
	char		number[16];

	anthology_xml_begin_row(talk);
	copy_value(reader, talk, "event_id", &reader->event, "id");
	copy_value(reader, talk, "id", &reader->event, "id");
	id = anthology_xml_value_of(reader, talk, "id");
	snprintf(number, sizeof(number), "%d", ++reader->talk);
	anthology_buffer_append_string(id, ".talk-");
	anthology_buffer_append_string(id, number);
	anthology_xml_set_value(reader, talk, "number", number, strlen(number));
	anthology_xml_set_value(reader, talk, "type", "talk", 4);
	reader->ordinal[1] = 0;
	memset(reader->position + 1, 0, sizeof(int) * 3);
}

static void
drop_bad_date(AnthologyReader *reader, AnthologyRow *builder)
{
	if (anthology_xml_is_set(reader, builder, "ingest_date") &&
		!anthology_is_date(anthology_xml_value_of(reader, builder, "ingest_date")))
	{
		anthology_xml_entry_problem(reader, anthology_xml_value_of(reader, builder, "id"),
									"ingest-date is not a date", "", "");
		anthology_xml_unset(reader, builder, "ingest_date");
	}
}

/* A talk or a paper; year is that of the volume and comes with its end. */
static void
end_paper(AnthologyReader *reader)
{
	AnthologyRow *paper = &reader->paper;

	anthology_xml_settle_address(reader, paper);
	drop_bad_date(reader, paper);
	if (!anthology_xml_is_set(reader, paper, "awards"))
		anthology_xml_set_value(reader, paper, "awards", "{}", 2);
	if (anthology_xml_is_set(reader, paper, "event_id") &&
		anthology_xml_are_digits(reader->out->id, 4))
		anthology_xml_set_value(reader, paper, "year", reader->out->id, 4);
	anthology_xml_commit_row(reader, paper);
}

static void
end_volume(AnthologyReader *reader)
{
	AnthologyRow *volume = &reader->volume;
	AnthologyRow *paper = &reader->frontmatter;
	AnthologyRows *papers = &reader->out->rows[ANTHOLOGY_PAPERS];
	size_t		column = (size_t) anthology_xml_column_of(papers, "year");
	size_t		year = 0;

	anthology_xml_settle_address(reader, volume);
	drop_bad_date(reader, volume);
	if (anthology_xml_is_set(reader, volume, "year"))
	{
		const AnthologyBuffer *given = anthology_xml_value_of(reader, volume, "year");

		if (given->length > 4 || !anthology_xml_are_digits(given->data, given->length))
		{
			anthology_xml_entry_problem(reader, anthology_xml_value_of(reader, volume, "id"),
										"the year is not a number", "", "");
			anthology_xml_unset(reader, volume, "year");
		}
		else
			year = anthology_xml_keep_text(reader, given->data, given->length);
	}
	if (reader->has_frontmatter)
	{
		anthology_xml_settle_address(reader, paper);
		if (!anthology_xml_is_set(reader, paper, "awards"))
			anthology_xml_set_value(reader, paper, "awards", "{}", 2);
		copy_value(reader, paper, "volume_id", volume, "id");
		copy_value(reader, paper, "title", volume, "title");
		anthology_xml_set_value(reader, paper, "number", "0", 1);
		anthology_xml_set_value(reader, paper, "type", "frontmatter", strlen("frontmatter"));
		anthology_xml_commit_row(reader, paper);
	}
	anthology_xml_commit_row(reader, volume);

	if (year == 0 && anthology_xml_are_digits(reader->out->id, 4))
		year = anthology_xml_keep_text(reader, reader->out->id, 4);
	if (papers->cells.status == ANTHOLOGY_OK && papers->cells.data != NULL)
		for (size_t i = reader->volume_first; i < papers->count; i++)
			memcpy(papers->cells.data + (i * papers->column_count + column) * sizeof(size_t),
				   &year, sizeof(year));
}

static void
end_variant(AnthologyReader *reader)
{
	const char *const keys[] = {"script", "first", "last"};

	if (reader->variant[1].length + reader->variant[2].length > ANTHOLOGY_MAX_NAME_LENGTH)
	{
		anthology_xml_entry_problem(reader, anthology_xml_current_place(reader),
									"a variant of a name is too long", "", "");
		return;
	}
	anthology_buffer_append_byte(&reader->variants, reader->variants.length == 0 ? '[' : ',');
	for (int i = 0; i < 3; i++)
	{
		anthology_buffer_append_string(&reader->variants, i == 0 ? "{\"" : ",\"");
		anthology_buffer_append_string(&reader->variants, keys[i]);
		anthology_buffer_append_string(&reader->variants, "\":");
		/* No script and no last are null, no first is empty. */
		if (i != 1 && !reader->variant_set[i])
			anthology_buffer_append_string(&reader->variants, "null");
		else
			anthology_xml_append_json_string(&reader->variants, reader->variant[i].data,
											 reader->variant[i].length);
	}
	anthology_buffer_append_byte(&reader->variants, '}');
}

static void
end_name(AnthologyReader *reader)
{
	AnthologyRow *person = &reader->person;
	Level		level = reader->levels[reader->depth - 2];
	const AnthologyBuffer *role = anthology_xml_value_of(reader, person, "role");
	int			kind = level == IN_META ? 0 : anthology_buffer_equals(role, "author") ? 1 :
		anthology_buffer_equals(role, "editor") ? 2 : 3;
	int		   *position = &reader->position[kind];
	char		number[16];
	char		what[48];
	char		orcid[ANTHOLOGY_ORCID_LENGTH];

	if (!anthology_xml_is_set(reader, person, "first"))
		anthology_xml_set_value(reader, person, "first", "", 0);
	snprintf(number, sizeof(number), "%d", ++*position);
	anthology_xml_set_value(reader, person, "position", number, strlen(number));
	anthology_xml_set_paper_id(reader, person, level);
	if (level == IN_META)
		reader->has_frontmatter = true;
	snprintf(what, sizeof(what), "%.*s %s", (int) role->length, role->data, number);
	if (!anthology_xml_is_set(reader, person, "last") ||
		anthology_xml_value_of(reader, person, "last")->length == 0)
	{
		anthology_xml_entry_problem(reader, anthology_xml_value_of(reader, person, "paper_id"),
									what, " has no last name", "");
		return;
	}
	if (anthology_xml_value_of(reader, person, "first")->length +
		anthology_xml_value_of(reader, person, "last")->length > ANTHOLOGY_MAX_NAME_LENGTH)
	{
		anthology_xml_entry_problem(reader, anthology_xml_value_of(reader, person, "paper_id"),
									what, " has a name that is too long", "");
		return;
	}
	if (anthology_xml_is_set(reader, person, "file_orcid"))
	{
		const AnthologyBuffer *given = anthology_xml_value_of(reader, person, "file_orcid");

		if (anthology_orcid(given->data, given->length, orcid))
		{
			anthology_xml_set_value(reader, person, "file_orcid", orcid, ANTHOLOGY_ORCID_LENGTH);
			anthology_xml_set_value(reader, person, "orcid", orcid, ANTHOLOGY_ORCID_LENGTH);
		}
	}
	if (reader->variants.length > 0)
	{
		anthology_buffer_append_byte(&reader->variants, ']');
		anthology_xml_set_value(reader, person, "variants", reader->variants.data,
								reader->variants.length);
	}
	anthology_xml_commit_row(reader, person);
}

void
anthology_xml_end_level(AnthologyReader *reader)
{
	switch (anthology_xml_current_level(reader))
	{
		case IN_VOLUME:
			end_volume(reader);
			break;
		case IN_PAPER:
		case IN_TALK:
			end_paper(reader);
			break;
		case IN_EVENT:
			anthology_xml_commit_row(reader, &reader->event);
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

void
anthology_xml_read_attributes(AnthologyReader *reader, const ElementSpec *spec, int count,
							  const xmlChar **attributes)
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

		if (attributes[1] != NULL || !anthology_xml_has_name(spec->attributes, name))
			anthology_xml_note_unknown(reader, "unknown attribute", name, " of \"", spec->name);
		if (!level)
			anthology_xml_append_json_member(&reader->attributes, name, value, length);
		else
		{
			size_t		next = 0;
			const char *column;

			while ((column = anthology_xml_attribute_column(spec->enters, name, &next)) != NULL)
				anthology_xml_set_value(reader, anthology_xml_builder_of(reader, spec->enters),
										column, value, length);
		}
		if (strcmp(name, "hash") == 0)
			anthology_buffer_set(&reader->hash, value, length);
		else if (strcmp(name, "id") == 0)
			anthology_buffer_set(&reader->id, value, length);
		else if (strcmp(name, "type") == 0 || strcmp(name, "script") == 0)
		{
			anthology_buffer_set(&reader->type, value, length);
			reader->has_type = true;
		}
		else if (strcmp(name, "name") == 0)
		{
			anthology_buffer_set(&reader->name, value, length);
			reader->has_name = true;
		}
		else if (strcmp(name, "href") == 0)
			reader->has_href = true;
	}
}

static void
begin_collection(AnthologyReader *reader)
{
	AnthologyBuffer *id = &reader->out->id_text;

	anthology_buffer_append_byte(&reader->id, '\0');
	if (reader->id.status != ANTHOLOGY_OK)
	{
		anthology_xml_stop_reading(reader, NULL);
		return;
	}
	if (!anthology_is_collection_id(reader->id.data))
	{
		snprintf(reader->out->error, sizeof(reader->out->error),
				 "not a collection of the Anthology: its id is \"%.100s\"",
				 reader->id.data);
		anthology_xml_stop_reading(reader, NULL);
		return;
	}
	anthology_buffer_append(id, reader->id.data, reader->id.length);
	if (id->status != ANTHOLOGY_OK)
	{
		reader->out->status = id->status;
		anthology_xml_stop_reading(reader, NULL);
		return;
	}
	reader->out->id = id->data;
}

void
anthology_xml_begin_level(AnthologyReader *reader, const ElementSpec *spec, int count,
						  const xmlChar **attributes)
{
	bool		accepted = true;
	AnthologyBuffer type;

	if (spec->enters == IN_VOLUME || spec->enters == IN_PAPER || spec->enters == IN_EVENT ||
		spec->enters == IN_NAME)
		anthology_xml_begin_row(anthology_xml_builder_of(reader, spec->enters));
	if (spec->enters == IN_TALK)
		begin_talk(reader);
	anthology_xml_read_attributes(reader, spec, count, attributes);
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
				anthology_xml_append_json_member(&type, "type", reader->type.data,
												 reader->type.length);
				reader->content.length = 0;
				anthology_xml_put_element(reader, "talk", &type, &reader->content);
				anthology_buffer_free(&type);
			}
			break;
		case IN_NAME:
			anthology_xml_set_value(reader, &reader->person, "role", spec->column,
									strlen(spec->column));
			reader->variants.length = 0;
			break;
		case IN_VARIANT:
			anthology_buffer_set(&reader->variant[0], reader->type.data, reader->type.length);
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
