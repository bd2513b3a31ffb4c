/*
 * collection_reader.c - a collection file as rows; see collection_reader.h.
 *
 * The parser calls start_element(), end_element() and characters(). The reader
 * keeps a stack of levels and, for each kind of row, one row under
 * construction; a row is committed where its element ends. Which element fills
 * which column is in collection_elements.c. collection_state.h says what the other
 * files do.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libxml/SAX2.h>

#include "collection_state.h"
#include "core/host.h"

/* Bytes given to the parser at once. */
#define CHUNK 65536

#define lengthof_array(a) (sizeof(a) / sizeof((a)[0]))

static void
start_element(void *context, const xmlChar *local_name, const xmlChar *prefix, const xmlChar *uri,
			  int namespace_count, const xmlChar **namespaces, int attribute_count,
			  int defaulted_count, const xmlChar **attributes)
{
	AnthologyReader *reader = context;
	const char *name = (const char *) local_name;
	const ElementSpec *spec;

	(void) uri;
	(void) namespaces;
	(void) defaulted_count;
	/* What was refused memory is an error in the end. */
	if (reader->out->text.status != ANTHOLOGY_OK || reader->content.status != ANTHOLOGY_OK)
		anthology_xml_stop_reading(reader, NULL);
	if (reader->stopped)
		return;
	if (reader->depth + reader->skipped + reader->open_depth >= ANTHOLOGY_COLLECTION_DEPTH - 1)
	{
		anthology_xml_stop_reading(reader, "elements are nested too deeply");
		return;
	}
	if (reader->skipped > 0)
	{
		reader->skipped++;
		return;
	}
	if (namespace_count > 0)
		anthology_xml_note_unknown(reader, "unknown attribute", "xmlns", " of \"", name);
	if (reader->open != NULL)
	{
		if (reader->open->action == MARKUP)
			anthology_xml_begin_markup(reader, (const char *) prefix, name, attribute_count,
									   attributes);
		else
			anthology_xml_note_unknown(reader, "unknown element", name, " in \"",
									   reader->open->name);
		reader->open_depth++;
		return;
	}
	spec = prefix == NULL ? anthology_xml_find_spec(anthology_xml_current_level(reader), name) :
		NULL;
	if (spec == NULL)
	{
		if (reader->depth == 0)
		{
			snprintf(reader->out->error, sizeof(reader->out->error),
					 "not a collection of the Anthology: its root element is \"%.100s\"", name);
			anthology_xml_stop_reading(reader, NULL);
			return;
		}
		anthology_xml_note_unknown(reader, "unknown element", name, " in \"",
								   anthology_xml_level_name(anthology_xml_current_level(reader)));
		reader->skipped = 1;
	}
	else if (spec->action == ENTER || spec->action == NAME)
		anthology_xml_begin_level(reader, spec, attribute_count, attributes);
	else
	{
		anthology_xml_read_attributes(reader, spec, attribute_count, attributes);
		reader->open = spec;
		reader->open_depth = 0;
		reader->tag_open = false;
		reader->content.length = 0;
	}
}

static void
end_element(void *context, const xmlChar *local_name, const xmlChar *prefix, const xmlChar *uri)
{
	AnthologyReader *reader = context;

	(void) uri;
	if (reader->stopped)
		return;
	if (reader->skipped > 0)
		reader->skipped--;
	else if (reader->open == NULL)
		anthology_xml_end_level(reader);
	else if (reader->open_depth > 0)
	{
		reader->open_depth--;
		if (reader->open->action == MARKUP)
			anthology_xml_end_markup(reader, (const char *) prefix, (const char *) local_name);
	}
	else
	{
		anthology_xml_put_content(reader);
		reader->open = NULL;
	}
}

static void
characters(void *context, const xmlChar *text, int length)
{
	AnthologyReader *reader = context;
	const char *bytes = (const char *) text;

	if (reader->stopped || reader->skipped > 0)
		return;
	if (reader->open == NULL)
	{
		Level		level = anthology_xml_current_level(reader);

		for (int i = 0; i < length; i++)
			if (strchr(" \t\r\n", bytes[i]) == NULL)
			{
				anthology_xml_note_unknown(reader, "text", NULL, " in \"",
										   anthology_xml_level_name(level));
				break;
			}
	}
	else if (reader->open->action == MARKUP)
	{
		anthology_xml_close_tag(reader);
		anthology_xml_append_escaped(&reader->content, bytes, (size_t) length, false);
	}
	else
		anthology_buffer_append(&reader->content, bytes, (size_t) length);
}

/* Comments and instructions stand in markup as they are, and nowhere else. */
static void
comment(void *context, const xmlChar *text)
{
	AnthologyReader *reader = context;

	if (reader->stopped || reader->skipped > 0 || reader->open == NULL ||
		reader->open->action != MARKUP)
		return;
	anthology_xml_close_tag(reader);
	anthology_buffer_append_string(&reader->content, "<!--");
	anthology_buffer_append_string(&reader->content, (const char *) text);
	anthology_buffer_append_string(&reader->content, "-->");
}

static void
instruction(void *context, const xmlChar *target, const xmlChar *data)
{
	AnthologyReader *reader = context;

	if (reader->stopped || reader->skipped > 0 || reader->open == NULL ||
		reader->open->action != MARKUP)
		return;
	anthology_xml_close_tag(reader);
	anthology_buffer_append_string(&reader->content, "<?");
	anthology_buffer_append_string(&reader->content, (const char *) target);
	anthology_buffer_append_string(&reader->content, data != NULL ? " " : "");
	anthology_buffer_append_string(&reader->content, data != NULL ? (const char *) data : "");
	anthology_buffer_append_string(&reader->content, "?>");
}

static void
document_type(void *context, const xmlChar *name, const xmlChar *external, const xmlChar *system)
{
	(void) name;
	(void) external;
	(void) system;
	/* One could name other files or stand for gigabytes; the Anthology's have none. */
	anthology_xml_stop_reading(context, "a collection must not have a document type definition");
}

static AnthologyRow *const *
builders(AnthologyReader *reader, AnthologyRow *list[6])
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
parse(AnthologyReader *reader, const char *source, size_t length)
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
			/* It says nothing if it could not take the chunk. */
			if (error == NULL || error->code == XML_ERR_NO_MEMORY)
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
	AnthologyCollection *out = anthology_allocate(sizeof(AnthologyCollection));
	AnthologyReader *reader = calloc(1, sizeof(AnthologyReader));
	AnthologyRow *list[6];

	if (out == NULL || reader == NULL)
	{
		anthology_release(out);
		free(reader);
		return NULL;
	}
	memset(out, 0, sizeof(*out));
	out->id = "";
	anthology_xml_name_columns(out);
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
	anthology_xml_put_unknown(reader);

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
		if (list[i]->elsewhere.status != ANTHOLOGY_OK)
			out->status = list[i]->elsewhere.status;
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
		if (reader->unknown[i].what.status != ANTHOLOGY_OK)
			out->status = reader->unknown[i].what.status;
		if (reader->unknown[i].place.status != ANTHOLOGY_OK)
			out->status = reader->unknown[i].place.status;
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
	anthology_buffer_free(&collection->id_text);
	anthology_release(collection);
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
