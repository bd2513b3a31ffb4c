/*
 * buffer.c - a growing byte string; see buffer.h.
 */
#include "buffer.h"

#include <stdint.h>
#include <string.h>

#include <unicode/utf8.h>

#include "host.h"

void
anthology_buffer_init(AnthologyBuffer *buffer)
{
	memset(buffer, 0, sizeof(*buffer));
}

void
anthology_buffer_free(AnthologyBuffer *buffer)
{
	anthology_release(buffer->data);
	anthology_buffer_init(buffer);
}

void
anthology_buffer_append(AnthologyBuffer *buffer, const char *bytes, size_t length)
{
	if (buffer->status != ANTHOLOGY_OK || length == 0)
		return;
	if (length > (size_t) INT32_MAX - buffer->length)
	{
		buffer->status = ANTHOLOGY_TOO_LONG;
		return;
	}
	if (buffer->length + length > buffer->capacity)
	{
		size_t		capacity = buffer->capacity ? buffer->capacity * 2 : 128;
		char	   *data;

		if (capacity < buffer->length + length)
			capacity = buffer->length + length;
		data = buffer->data == NULL ? anthology_allocate(capacity) :
			anthology_host.resize(buffer->data, buffer->length, capacity);
		if (data == NULL)
		{
			buffer->status = ANTHOLOGY_OUT_OF_MEMORY;
			return;
		}
		buffer->data = data;
		buffer->capacity = capacity;
	}
	memcpy(buffer->data + buffer->length, bytes, length);
	buffer->length += length;
}

void
anthology_buffer_append_byte(AnthologyBuffer *buffer, char byte)
{
	anthology_buffer_append(buffer, &byte, 1);
}

void
anthology_buffer_append_code_point(AnthologyBuffer *buffer, int code_point)
{
	char		bytes[U8_MAX_LENGTH];
	int			length = 0;

	U8_APPEND_UNSAFE(bytes, length, code_point);
	anthology_buffer_append(buffer, bytes, (size_t) length);
}
