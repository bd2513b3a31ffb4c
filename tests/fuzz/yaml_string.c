/*
 * yaml_string.c - what a plain YAML scalar is, against libyaml: what may stand
 * without quotes comes back as it was.
 */
#include "fuzz.h"

#include <yaml.h>

#include "core/yaml_string.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char		text[201];
	yaml_emitter_t emitter;
	yaml_parser_t parser;
	yaml_event_t event;
	unsigned char out[4096];
	size_t		written = 0;
	int			plain;
	int			seen = 0;

	size = size < 200 ? size : 200;
	if (size > 0)
		memcpy(text, data, size);
	text[size] = '\0';
	size = strlen(text);
	if (!is_utf8(text, size))
		return 0;
	plain = anthology_yaml_is_string(text);

	/* As yaml_writer.c writes it. */
	yaml_emitter_initialize(&emitter);
	yaml_emitter_set_output_string(&emitter, out, sizeof(out), &written);
	yaml_emitter_set_unicode(&emitter, 1);
	yaml_stream_start_event_initialize(&event, YAML_UTF8_ENCODING);
	yaml_emitter_emit(&emitter, &event);
	yaml_document_start_event_initialize(&event, NULL, NULL, NULL, 1);
	yaml_emitter_emit(&emitter, &event);
	yaml_scalar_event_initialize(&event, NULL, (yaml_char_t *) YAML_STR_TAG, (yaml_char_t *) text,
								 (int) size, plain, 1, YAML_ANY_SCALAR_STYLE);
	yaml_emitter_emit(&emitter, &event);
	yaml_document_end_event_initialize(&event, 1);
	yaml_emitter_emit(&emitter, &event);
	yaml_stream_end_event_initialize(&event);
	if (!yaml_emitter_emit(&emitter, &event))
	{
		yaml_emitter_delete(&emitter);
		return 0;
	}
	yaml_emitter_delete(&emitter);

	yaml_parser_initialize(&parser);
	yaml_parser_set_input_string(&parser, out, written);
	for (int more = 1; more;)
	{
		if (!yaml_parser_parse(&parser, &event))
			break;
		if (event.type == YAML_SCALAR_EVENT)
		{
			seen++;
			/* What was left bare must have been a string. */
			must(event.data.scalar.style != YAML_PLAIN_SCALAR_STYLE || plain);
		}
		more = event.type != YAML_STREAM_END_EVENT;
		yaml_event_delete(&event);
	}
	must(seen <= 1);
	yaml_parser_delete(&parser);
	return 0;
}
