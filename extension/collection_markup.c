/*
 * collection_markup.c - titles and abstracts, tags included;
 * see collection_state.h.
 */
#include "collection_state.h"

void
anthology_xml_append_escaped(AnthologyBuffer *buffer, const char *bytes, size_t length,
							 bool attribute)
{
	size_t		plain = 0;		/* where the bytes begin that go as they are */

	for (size_t i = 0; i < length; i++)
	{
		const char *escape = NULL;

		switch (bytes[i])
		{
			case '&':
				escape = "&amp;";
				break;
			case '<':
				escape = "&lt;";
				break;
			case '>':
				escape = "&gt;";
				break;
			case '\r':
				escape = attribute ? "&#13;" : "&#x0d;";
				break;
			case '"':
				escape = attribute ? "&quot;" : NULL;
				break;
			case '\n':
				escape = attribute ? "&#10;" : NULL;
				break;
			case '\t':
				escape = attribute ? "&#9;" : NULL;
				break;
		}
		if (escape == NULL)
			continue;
		anthology_buffer_append(buffer, bytes + plain, i - plain);
		anthology_buffer_append_string(buffer, escape);
		plain = i + 1;
	}
	anthology_buffer_append(buffer, bytes + plain, length - plain);
}

void
anthology_xml_close_tag(AnthologyReader *reader)
{
	if (reader->tag_open)
		anthology_buffer_append_byte(&reader->content, '>');
	reader->tag_open = false;
}

void
anthology_xml_begin_markup(AnthologyReader *reader, const char *prefix, const char *name,
						   int count, const xmlChar **attributes)
{
	AnthologyBuffer *content = &reader->content;
	const char *known = NULL;

	if (prefix == NULL)
		known = anthology_xml_markup_attributes(name);
	if (known == NULL)
		anthology_xml_note_unknown(reader, "unknown markup", name, " in \"", reader->open->name);
	anthology_xml_close_tag(reader);
	anthology_buffer_append_byte(content, '<');
	if (prefix != NULL)
	{
		anthology_buffer_append_string(content, prefix);
		anthology_buffer_append_byte(content, ':');
	}
	anthology_buffer_append_string(content, name);
	for (int i = 0; i < count; i++, attributes += 5)
	{
		if (known != NULL && (attributes[1] != NULL ||
							  !anthology_xml_has_name(known, (const char *) attributes[0])))
			anthology_xml_note_unknown(reader, "unknown attribute", (const char *) attributes[0],
									   " of \"", name);
		anthology_buffer_append_byte(content, ' ');
		if (attributes[1] != NULL)
		{
			anthology_buffer_append_string(content, (const char *) attributes[1]);
			anthology_buffer_append_byte(content, ':');
		}
		anthology_buffer_append_string(content, (const char *) attributes[0]);
		anthology_buffer_append_string(content, "=\"");
		anthology_xml_append_escaped(content, (const char *) attributes[3],
									 (size_t) (attributes[4] - attributes[3]), true);
		anthology_buffer_append_byte(content, '"');
	}
	reader->tag_open = true;
}

void
anthology_xml_end_markup(AnthologyReader *reader, const char *prefix, const char *name)
{
	if (reader->tag_open)
		anthology_buffer_append_string(&reader->content, "/>");
	else
	{
		anthology_buffer_append_string(&reader->content, "</");
		if (prefix != NULL)
		{
			anthology_buffer_append_string(&reader->content, prefix);
			anthology_buffer_append_byte(&reader->content, ':');
		}
		anthology_buffer_append_string(&reader->content, name);
		anthology_buffer_append_byte(&reader->content, '>');
	}
	reader->tag_open = false;
}
