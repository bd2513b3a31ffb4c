/*
 * yaml_writer.c - SQL function jsonb_to_yaml(jsonb), by libyaml.
 *
 * The layout is that of the official library's files: keys in byte order,
 * mappings within a sequence in flow style, everything else in block style,
 * text quoted only where it must be.
 */
#include "postgres.h"

#include "compat.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/jsonb.h"
#include "utils/numeric.h"

#include <yaml.h>

#include "bridge.h"
#include "core/yaml_string.h"

PG_FUNCTION_INFO_V1(anthology_jsonb_to_yaml);

typedef struct YamlWriter
{
	yaml_emitter_t emitter;
	AnthologyBuffer yaml;
	bool		failed;			/* libyaml could not go on */
	bool		interrupted;
} YamlWriter;

typedef struct JsonPair
{
	char	   *key;
	JsonbValue	value;
} JsonPair;

/* Called by libyaml: so it raises no error. */
static int
write_bytes(void *data, unsigned char *bytes, size_t size)
{
	YamlWriter *writer = data;

	writer->interrupted = anthology_is_interrupted();
	if (writer->interrupted)
		return 0;
	anthology_buffer_append(&writer->yaml, (const char *) bytes, size);
	return writer->yaml.status == ANTHOLOGY_OK;
}

/* Takes the event, also when it fails. */
static void
emit(YamlWriter *writer, yaml_event_t *event, int initialized)
{
	if (!initialized)
		writer->failed = true;
	else if (writer->failed)
		yaml_event_delete(event);
	else if (!yaml_emitter_emit(&writer->emitter, event))
		writer->failed = true;
	CHECK_FOR_INTERRUPTS();
	if (writer->interrupted)
		ereport(ERROR, errcode(ERRCODE_QUERY_CANCELED), errmsg("writing was interrupted"));
}

/* A plain scalar, or text that is quoted where it would not be read as text. */
static void
emit_scalar(YamlWriter *writer, const char *value, bool is_text)
{
	yaml_event_t event;
	bool		plain = !is_text || anthology_yaml_is_string(value);

	emit(writer, &event,
		 yaml_scalar_event_initialize(&event, NULL,
									  (yaml_char_t *) (is_text ? YAML_STR_TAG : YAML_BOOL_TAG),
									  (yaml_char_t *) value, (int) strlen(value), plain, is_text,
									  YAML_ANY_SCALAR_STYLE));
}

/* A JSON string in UTF-8, NUL-terminated. */
static char *
string_of(const JsonbValue *value)
{
	AnthologyText view = anthology_text(cstring_to_text_with_len(value->val.string.val,
																  value->val.string.len));

	return pnstrdup(view.data, view.length);
}

static int
compare_pairs(const void *a, const void *b)
{
	return strcmp(((const JsonPair *) a)->key, ((const JsonPair *) b)->key);
}

static void emit_container(YamlWriter *writer, JsonbContainer *container, bool in_sequence);

static void
emit_value(YamlWriter *writer, JsonbValue *value, bool in_sequence)
{
	Datum		number;

	switch (value->type)
	{
		case jbvBinary:
			emit_container(writer, value->val.binary.data, in_sequence);
			break;
		case jbvString:
			emit_scalar(writer, string_of(value), true);
			break;
		case jbvBool:
			emit_scalar(writer, value->val.boolean ? "true" : "false", false);
			break;
		case jbvNumeric:
			number = DirectFunctionCall1(numeric_out, NumericGetDatum(value->val.numeric));
			emit_scalar(writer, DatumGetCString(number), false);
			break;
		default:
			emit_scalar(writer, "null", false);
			break;
	}
}

static void
emit_mapping(YamlWriter *writer, JsonbContainer *container, bool in_sequence)
{
	int			count = JsonContainerSize(container);
	JsonPair   *pairs = palloc(sizeof(JsonPair) * Max(count, 1));
	JsonbIterator *iterator = JsonbIteratorInit(container);
	JsonbIteratorToken token;
	JsonbValue	value;
	int			at = 0;
	yaml_event_t event;

	while ((token = JsonbIteratorNext(&iterator, &value, true)) != WJB_DONE)
	{
		CHECK_FOR_INTERRUPTS();
		if (token == WJB_KEY)
			pairs[at].key = string_of(&value);
		else if (token == WJB_VALUE)
			pairs[at++].value = value;
	}
	qsort(pairs, at, sizeof(JsonPair), compare_pairs);

	emit(writer, &event,
		 yaml_mapping_start_event_initialize(&event, NULL, NULL, 1,
											 in_sequence ? YAML_FLOW_MAPPING_STYLE :
											 YAML_BLOCK_MAPPING_STYLE));
	for (int i = 0; i < at; i++)
	{
		emit_scalar(writer, pairs[i].key, true);
		emit_value(writer, &pairs[i].value, false);
	}
	emit(writer, &event, yaml_mapping_end_event_initialize(&event));
}

static void
emit_sequence(YamlWriter *writer, JsonbContainer *container)
{
	JsonbIterator *iterator = JsonbIteratorInit(container);
	JsonbIteratorToken token;
	JsonbValue	value;
	yaml_event_t event;

	emit(writer, &event, yaml_sequence_start_event_initialize(&event, NULL, NULL, 1,
															  YAML_BLOCK_SEQUENCE_STYLE));
	while ((token = JsonbIteratorNext(&iterator, &value, true)) != WJB_DONE)
		if (token == WJB_ELEM)
			emit_value(writer, &value, true);
	emit(writer, &event, yaml_sequence_end_event_initialize(&event));
}

static void
emit_container(YamlWriter *writer, JsonbContainer *container, bool in_sequence)
{
	check_stack_depth();
	if (JsonContainerIsScalar(container))
	{
		JsonbValue	value;

		if (JsonbExtractScalar(container, &value))
			emit_value(writer, &value, in_sequence);
	}
	else if (JsonContainerIsObject(container))
		emit_mapping(writer, container, in_sequence);
	else
		emit_sequence(writer, container);
}

static void
emit_document(YamlWriter *writer, Jsonb *document)
{
	yaml_event_t event;

	yaml_emitter_set_unicode(&writer->emitter, 1);
	yaml_emitter_set_output(&writer->emitter, write_bytes, writer);
	emit(writer, &event, yaml_stream_start_event_initialize(&event, YAML_UTF8_ENCODING));
	emit(writer, &event, yaml_document_start_event_initialize(&event, NULL, NULL, NULL, 1));
	emit_container(writer, &document->root, false);
	emit(writer, &event, yaml_document_end_event_initialize(&event, 1));
	emit(writer, &event, yaml_stream_end_event_initialize(&event));
}

Datum
anthology_jsonb_to_yaml(PG_FUNCTION_ARGS)
{
	Jsonb	   *document = PG_GETARG_JSONB_P(0);
	YamlWriter *writer = palloc0(sizeof(YamlWriter));

	anthology_buffer_init(&writer->yaml);
	if (!yaml_emitter_initialize(&writer->emitter))
		anthology_check_status(ANTHOLOGY_OUT_OF_MEMORY);
	/* libyaml's memory must go whatever happens. */
	PG_TRY();
	{
		emit_document(writer, document);
	}
	PG_CATCH();
	{
		yaml_emitter_delete(&writer->emitter);
		PG_RE_THROW();
	}
	PG_END_TRY();
	yaml_emitter_delete(&writer->emitter);
	if (writer->failed && writer->yaml.status == ANTHOLOGY_OK)
	{
		anthology_buffer_free(&writer->yaml);
		ereport(ERROR,
				errcode(ERRCODE_DATA_EXCEPTION),
				errmsg("the value cannot be written as YAML"));
	}
	PG_RETURN_TEXT_P(anthology_take_buffer(&writer->yaml, writer->yaml.status));
}
