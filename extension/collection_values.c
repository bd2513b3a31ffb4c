/*
 * collection_values.c - ids, dates, arrays and JSON of a collection file as text;
 * see collection_state.h.
 */
#include <stdio.h>
#include <string.h>

#include "collection_state.h"

void
anthology_buffer_append_string(AnthologyBuffer *buffer, const char *string)
{
	anthology_buffer_append(buffer, string, strlen(string));
}

void
anthology_buffer_set(AnthologyBuffer *buffer, const char *bytes, size_t length)
{
	buffer->length = 0;
	anthology_buffer_append(buffer, bytes, length);
}

bool
anthology_buffer_equals(const AnthologyBuffer *buffer, const char *string)
{
	size_t		length = strlen(string);

	return buffer->length == length && (length == 0 || memcmp(buffer->data, string, length) == 0);
}

bool
anthology_xml_is_lower_alnum(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (!((text[i] >= 'a' && text[i] <= 'z') || (text[i] >= '0' && text[i] <= '9')))
			return false;
	return length > 0;
}

bool
anthology_xml_are_digits(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (text[i] < '0' || text[i] > '9')
			return false;
	return length > 0;
}

bool
anthology_is_collection_id(const char *id)
{
	size_t		length = strlen(id);

	return (length == 3 && id[0] >= 'A' && id[0] <= 'Z' && anthology_xml_are_digits(id + 1, 2)) ||
		(length > 5 && anthology_xml_are_digits(id, 4) && id[4] == '.' &&
		 anthology_xml_is_lower_alnum(id + 5, length - 5));
}

bool
anthology_is_event_id(const AnthologyBuffer *id)
{
	return id->length > 5 && id->data[id->length - 5] == '-' &&
		anthology_xml_are_digits(id->data + id->length - 4, 4) &&
			anthology_xml_is_lower_alnum(id->data, id->length - 5);
}

bool
anthology_is_date(const AnthologyBuffer *date)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	const char *d = date->data;
	int			year,
				month,
				day;

	if (date->length != 10 || d[4] != '-' || d[7] != '-' || !anthology_xml_are_digits(d, 4) ||
		!anthology_xml_are_digits(d + 5, 2) || !anthology_xml_are_digits(d + 8, 2))
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

void
anthology_xml_append_array_element(AnthologyBuffer *array, bool first, const char *bytes,
								   size_t length)
{
	if (first)
		anthology_buffer_set(array, "{", 1);
	else if (array->length > 0)
		array->data[array->length - 1] = ',';
	anthology_buffer_append_byte(array, '"');
	for (size_t i = 0; i < length; i++)
	{
		if (bytes[i] == '"' || bytes[i] == '\\')
			anthology_buffer_append_byte(array, '\\');
		anthology_buffer_append_byte(array, bytes[i]);
	}
	anthology_buffer_append_string(array, "\"}");
}

void
anthology_xml_append_json_string(AnthologyBuffer *json, const char *bytes, size_t length)
{
	anthology_buffer_append_byte(json, '"');
	for (size_t i = 0; i < length; i++)
	{
		unsigned char c = (unsigned char) bytes[i];

		if (c < 0x20)
		{
			char		escape[8];

			snprintf(escape, sizeof(escape), "\\u%04x", c);
			anthology_buffer_append_string(json, escape);
			continue;
		}
		if (c == '"' || c == '\\')
			anthology_buffer_append_byte(json, '\\');
		anthology_buffer_append_byte(json, (char) c);
	}
	anthology_buffer_append_byte(json, '"');
}

void
anthology_xml_append_json_member(AnthologyBuffer *json, const char *key, const char *bytes,
								 size_t length)
{
	anthology_buffer_append_byte(json, json->length == 0 ? '{' : ',');
	anthology_xml_append_json_string(json, key, strlen(key));
	anthology_buffer_append_byte(json, ':');
	anthology_xml_append_json_string(json, bytes, length);
}
