/*
 * yaml.c - SQL function yaml_to_json(text), by libyaml.
 *
 * Every scalar becomes a JSON string, whatever YAML 1.1 would make of it: a
 * family name "No" must not turn into false, nor a given name "1e3" into 1000.
 * Only an empty plain scalar, ~ and null become null. Aliases are refused: the
 * Anthology's files have none, and a few nested ones can stand for gigabytes.
 */
#include "postgres.h"

#include "compat.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "utils/builtins.h"

#include <yaml.h>

#include "bridge.h"

/* Deeper than any file of the Anthology, shallower than any stack. */
#define MAX_YAML_DEPTH 32

PG_FUNCTION_INFO_V1(anthology_yaml_to_json);

/* An open mapping or sequence. */
typedef struct YamlLevel
{
	bool		mapping;
	int			items;			/* nodes seen in it; in a mapping, keys and values */
} YamlLevel;

typedef struct YamlReader
{
	yaml_parser_t parser;
	AnthologyBuffer json;
	YamlLevel	levels[MAX_YAML_DEPTH];
	int			depth;
	bool		done;			/* the one document has been read */
	const char *problem;		/* static text or libyaml's, NULL while all is well */
	size_t		line;			/* of the problem, from 1 */
} YamlReader;

static void
append_json_string(AnthologyBuffer *json, const char *value, size_t length)
{
	anthology_buffer_append_byte(json, '"');
	for (size_t i = 0; i < length; i++)
	{
		unsigned char c = (unsigned char) value[i];

		if (c == '"' || c == '\\')
		{
			anthology_buffer_append_byte(json, '\\');
			anthology_buffer_append_byte(json, (char) c);
		}
		else if (c < 0x20)
		{
			char		escape[8];

			snprintf(escape, sizeof(escape), "\\u%04x", c);
			anthology_buffer_append(json, escape, 6);
		}
		else
			anthology_buffer_append_byte(json, (char) c);
	}
	anthology_buffer_append_byte(json, '"');
}

/* Writes what must stand between the node before and the one that starts. */
static void
begin_node(YamlReader *reader, bool scalar)
{
	YamlLevel  *level;

	if (reader->depth == 0)
		return;
	level = &reader->levels[reader->depth - 1];
	if (level->mapping && level->items % 2 == 1)
		anthology_buffer_append_byte(&reader->json, ':');
	else
	{
		if (level->items > 0)
			anthology_buffer_append_byte(&reader->json, ',');
		if (level->mapping && !scalar)
			reader->problem = "a mapping key is not a scalar";
	}
	level->items++;
}

static void
open_level(YamlReader *reader, bool mapping)
{
	begin_node(reader, false);
	if (reader->depth == MAX_YAML_DEPTH)
	{
		reader->problem = "nested too deeply";
		return;
	}
	reader->levels[reader->depth].mapping = mapping;
	reader->levels[reader->depth].items = 0;
	reader->depth++;
	anthology_buffer_append_byte(&reader->json, mapping ? '{' : '[');
}

static void
read_scalar(YamlReader *reader, const yaml_event_t *event)
{
	const char *value = (const char *) event->data.scalar.value;
	size_t		length = event->data.scalar.length;
	bool		key = reader->depth > 0 && reader->levels[reader->depth - 1].mapping &&
		reader->levels[reader->depth - 1].items % 2 == 0;

	begin_node(reader, true);
	if (memchr(value, '\0', length) != NULL)
		reader->problem = "a NUL character in a scalar";
	else if (!key && event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE &&
			 (length == 0 || strcmp(value, "~") == 0 || strcmp(value, "null") == 0))
		anthology_buffer_append(&reader->json, "null", 4);
	else
		append_json_string(&reader->json, value, length);
}

static void
read_event(YamlReader *reader, const yaml_event_t *event)
{
	switch (event->type)
	{
		case YAML_DOCUMENT_START_EVENT:
			if (reader->json.length > 0)
				reader->problem = "more than one document";
			break;
		case YAML_ALIAS_EVENT:
			reader->problem = "aliases are not supported";
			break;
		case YAML_SCALAR_EVENT:
			read_scalar(reader, event);
			break;
		case YAML_MAPPING_START_EVENT:
			open_level(reader, true);
			break;
		case YAML_SEQUENCE_START_EVENT:
			open_level(reader, false);
			break;
		case YAML_MAPPING_END_EVENT:
		case YAML_SEQUENCE_END_EVENT:
			reader->depth--;
			anthology_buffer_append_byte(&reader->json,
										 event->type == YAML_MAPPING_END_EVENT ? '}' : ']');
			break;
		case YAML_STREAM_END_EVENT:
			reader->done = true;
			break;
		default:
			break;
	}
	if (reader->problem != NULL)
		reader->line = event->start_mark.line + 1;
}

/*
 * Reads the whole stream. The parser's memory is libyaml's, so it is given back
 * also where an interrupt is served.
 */
static void
read_stream(YamlReader *reader, AnthologyText yaml)
{
	yaml_event_t event;

	memset(&event, 0, sizeof(event));
	if (!yaml_parser_initialize(&reader->parser))
	{
		reader->json.status = ANTHOLOGY_OUT_OF_MEMORY;
		return;
	}
	yaml_parser_set_encoding(&reader->parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&reader->parser, (const unsigned char *) yaml.data, yaml.length);
	PG_TRY();
	{
		while (!reader->done && reader->problem == NULL && reader->json.status == ANTHOLOGY_OK)
		{
			CHECK_FOR_INTERRUPTS();
			if (!yaml_parser_parse(&reader->parser, &event))
			{
				if (reader->parser.error == YAML_MEMORY_ERROR)
					reader->json.status = ANTHOLOGY_OUT_OF_MEMORY;
				reader->problem = reader->parser.problem ? reader->parser.problem : "not YAML";
				reader->line = reader->parser.problem_mark.line + 1;
				break;
			}
			read_event(reader, &event);
			yaml_event_delete(&event);
		}
	}
	PG_CATCH();
	{
		yaml_event_delete(&event);
		yaml_parser_delete(&reader->parser);
		PG_RE_THROW();
	}
	PG_END_TRY();
	/* libyaml's problem texts are literals: they outlive the parser. */
	yaml_parser_delete(&reader->parser);
}

Datum
anthology_yaml_to_json(PG_FUNCTION_ARGS)
{
	AnthologyText yaml = anthology_text(PG_GETARG_TEXT_PP(0));
	YamlReader *reader = palloc0(sizeof(YamlReader));

	anthology_buffer_init(&reader->json);
	read_stream(reader, yaml);
	if (reader->problem != NULL && reader->json.status == ANTHOLOGY_OK)
	{
		anthology_buffer_free(&reader->json);
		ereport(ERROR,
				errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				errmsg("invalid YAML"),
				errdetail("Line %zu: %s.", reader->line, reader->problem));
	}
	if (reader->json.length == 0)
		anthology_buffer_append(&reader->json, "null", 4);
	PG_RETURN_TEXT_P(anthology_take_buffer(&reader->json, reader->json.status));
}
