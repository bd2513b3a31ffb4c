/*
 * collection_content.c - an element of a collection file whose text fills a column has ended;
 * see collection_state.h.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "collection_state.h"
#include "core/full_id.h"

void
anthology_xml_set_paper_id(AnthologyReader *reader, AnthologyRow *builder, Level level)
{
	if (level == IN_META || level == IN_FRONTMATTER)
	{
		const AnthologyBuffer *number = anthology_xml_value_of(reader, &reader->volume, "number");
		AnthologyBuffer *id = anthology_xml_value_of(reader, builder, "paper_id");

		id->length = 0;
		anthology_paper_id(reader->out->id, strlen(reader->out->id), number->data, number->length,
						   "0", 1, id);
	}
	else
	{
		const AnthologyBuffer *id = anthology_xml_value_of(reader, &reader->paper, "id");

		anthology_xml_set_value(reader, builder, "paper_id", id->data, id->length);
	}
}

void
anthology_xml_put_element(AnthologyReader *reader, const char *element,
						  AnthologyBuffer *attributes, const AnthologyBuffer *content)
{
	Level		level = anthology_xml_current_level(reader);
	char		number[16];

	anthology_xml_begin_row(&reader->element);
	anthology_xml_set_paper_id(reader, &reader->element, level);
	snprintf(number, sizeof(number), "%d",
			 ++reader->ordinal[level == IN_META || level == IN_FRONTMATTER ? 0 : 1]);
	anthology_xml_set_value(reader, &reader->element, "ordinal", number, strlen(number));
	anthology_xml_set_value(reader, &reader->element, "element", element, strlen(element));
	anthology_buffer_append_string(attributes, attributes->length == 0 ? "{}" : "}");
	anthology_xml_set_value(reader, &reader->element, "attributes", attributes->data,
							attributes->length);
	anthology_xml_set_value(reader, &reader->element, "content", content->data, content->length);
	anthology_xml_commit_row(reader, &reader->element);
	if (level == IN_META)
		reader->has_frontmatter = true;
}

/* The full id of the paper, frontmatter or volume that is being read, into name. */
static void
derive_name(AnthologyReader *reader, AnthologyBuffer *name)
{
	Level		level = anthology_xml_current_level(reader);
	const AnthologyBuffer *number = anthology_xml_value_of(reader, &reader->volume, "number");

	name->length = 0;
	if (level == IN_META)
		anthology_volume_id(reader->out->id, strlen(reader->out->id), number->data, number->length,
							name);
	else if (level == IN_FRONTMATTER)
		anthology_paper_id(reader->out->id, strlen(reader->out->id), number->data, number->length,
						   "0", 1, name);
	else
	{
		const AnthologyBuffer *id = anthology_xml_value_of(reader, &reader->paper, "id");

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
repeated(AnthologyReader *reader, const char *element)
{
	anthology_xml_note_unknown(reader, "more than one element", element,
							   ", of which the first was loaded, in \"",
								   anthology_xml_level_name(anthology_xml_current_level(reader)));
}

/* The name of the PDF and its hash. */
static void
put_pdf(AnthologyReader *reader, AnthologyRow *builder, const AnthologyBuffer *name)
{
	if (anthology_xml_is_set(reader, builder, "url"))
	{
		repeated(reader, reader->open->name);
		return;
	}
	anthology_xml_set_value(reader, builder, "url", name->data, name->length);
	if (reader->hash.length > 0)
		anthology_xml_set_value(reader, builder, "url_hash", reader->hash.data,
								reader->hash.length);
}

static void
put_address(AnthologyReader *reader, AnthologyRow *builder)
{
	if (anthology_xml_current_level(reader) == IN_TALK)
	{
		bool		first = !anthology_xml_is_set(reader, builder, "url");

		if (first)
			anthology_xml_set_value(reader, builder, "url", reader->content.data,
									reader->content.length);
		if (!first || reader->has_type)
			anthology_xml_put_element(reader, "url", &reader->attributes, &reader->content);
	}
	else if (reader->hash.length > 0 || !is_elsewhere(&reader->content))
		put_pdf(reader, builder, &reader->content);
	else
	{
		if (!reader->has_type && builder->elsewhere.length == 0)
			anthology_buffer_set(&builder->elsewhere, reader->content.data, reader->content.length);
		anthology_xml_put_element(reader, "url", &reader->attributes, &reader->content);
	}
}

void
anthology_xml_settle_address(AnthologyReader *reader, AnthologyRow *builder)
{
	if (!anthology_xml_is_set(reader, builder, "url") && builder->elsewhere.length > 0)
		anthology_xml_set_value(reader, builder, "url", builder->elsewhere.data,
								builder->elsewhere.length);
}

/* A revision's href and an erratum's text follow from the id; old files spell them out. */
static void
put_derived_element(AnthologyReader *reader)
{
	const char *name = reader->open->name;

	if (strcmp(name, "revision") == 0 && !reader->has_href && reader->id.length > 0)
	{
		derive_name(reader, &reader->scratch);
		anthology_buffer_append_byte(&reader->scratch, 'v');
		anthology_buffer_append(&reader->scratch, reader->id.data, reader->id.length);
		anthology_xml_append_json_member(&reader->attributes, "href", reader->scratch.data,
										 reader->scratch.length);
	}
	if (strcmp(name, "erratum") == 0 && reader->content.length == 0 && reader->id.length > 0)
	{
		derive_name(reader, &reader->content);
		anthology_buffer_append_byte(&reader->content, 'e');
		anthology_buffer_append(&reader->content, reader->id.data, reader->id.length);
	}
	anthology_xml_put_element(reader, name, &reader->attributes, &reader->content);
}

static void
put_award(AnthologyReader *reader, AnthologyRow *builder)
{
	bool		first = !anthology_xml_is_set(reader, builder, "awards");
	AnthologyBuffer *awards = anthology_xml_value_of(reader, builder, "awards");

	if (!reader->has_name)
	{
		/* Before 2026 the text was the name. */
		anthology_buffer_set(&reader->name, reader->content.data, reader->content.length);
		anthology_xml_append_json_member(&reader->attributes, "name", reader->name.data,
										 reader->name.length);
		reader->content.length = 0;
	}
	anthology_xml_append_array_element(awards, first, reader->name.data, reader->name.length);
	anthology_xml_put_element(reader, "award", &reader->attributes, &reader->content);
}

void
anthology_xml_put_content(AnthologyReader *reader)
{
	const ElementSpec *spec = reader->open;
	AnthologyBuffer *content = &reader->content;
	Level		level = anthology_xml_current_level(reader);
	AnthologyRow *builder = anthology_xml_builder_of(reader, level);
	bool		first;
	AnthologyBuffer *value;

	if (level == IN_VARIANT)
	{
		int			part = strcmp(spec->name, "first") == 0 ? 1 : 2;

		if (reader->variant_set[part])
			repeated(reader, spec->name);
		else
			anthology_buffer_set(&reader->variant[part], content->data, content->length);
		reader->variant_set[part] = true;
		return;
	}
	switch (spec->action)
	{
		case TEXT:
		case MARKUP:
			if (anthology_xml_is_set(reader, builder, spec->column))
				repeated(reader, spec->name);
			else if (spec->action == TEXT || content->length > 0)
				anthology_xml_set_value(reader, builder, spec->column, content->data,
										content->length);
			break;
		case LIST:
			first = !anthology_xml_is_set(reader, builder, spec->column) ||
				anthology_buffer_equals(anthology_xml_value_of(reader, builder, spec->column),
										"{}");
			anthology_xml_append_array_element(anthology_xml_value_of(reader, builder,
																	  spec->column), first,
																		  content->data,
																			  content->length);
			if (strcmp(spec->column, "sig_ids") == 0)
				reader->out->has_sigs = true;
			break;
		case LINK:
			value = anthology_xml_value_of(reader, builder, spec->column);
			value->length -= value->length > 0; /* the ] */
			anthology_buffer_append_string(value, value->length > 1 ? ", " : "");
			anthology_buffer_append_string(value, "{\"type\": ");
			if (reader->has_type)
				anthology_xml_append_json_string(value, reader->type.data, reader->type.length);
			else
				anthology_buffer_append_string(value, "null");
			anthology_buffer_append_string(value, ", \"url\": ");
			anthology_xml_append_json_string(value, content->data, content->length);
			anthology_buffer_append_string(value, "}]");
			break;
		case PDF:
			derive_name(reader, &reader->scratch);
			put_pdf(reader, builder, &reader->scratch);
			if (content->length > 0)
				anthology_xml_note_unknown(reader, "text", NULL, " in \"", spec->name);
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
