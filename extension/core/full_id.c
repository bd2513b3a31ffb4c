/*
 * full_id.c - full ids of volumes and papers; see full_id.h.
 */
#include "full_id.h"

#include <string.h>

static int
is_new_style(const char *collection, size_t length)
{
	return memchr(collection, '.', length) != NULL;
}

/* Digits of the volume in an old-style id. */
static size_t
volume_digits(const char *collection, size_t length, const char *volume, size_t volume_length)
{
	if (length > 0 && collection[0] == 'W')
		return 2;
	if (length == 3 && memcmp(collection, "C69", 3) == 0)
		return 2;
	if (length == 3 && memcmp(collection, "D19", 3) == 0 &&
		(volume_length > 1 || (volume_length == 1 && volume[0] >= '5')))
		return 2;
	return 1;
}

static void
append_padded(AnthologyBuffer *id, const char *number, size_t length, size_t digits)
{
	for (size_t i = length; i < digits; i++)
		anthology_buffer_append_byte(id, '0');
	anthology_buffer_append(id, number, length);
}

void
anthology_volume_id(const char *collection, size_t collection_length,
					const char *volume, size_t volume_length, AnthologyBuffer *id)
{
	anthology_buffer_append(id, collection, collection_length);
	anthology_buffer_append_byte(id, '-');
	append_padded(id, volume, volume_length, is_new_style(collection, collection_length) ? 0 :
				  volume_digits(collection, collection_length, volume, volume_length));
}

void
anthology_paper_id(const char *collection, size_t collection_length,
				   const char *volume, size_t volume_length,
				   const char *paper, size_t paper_length, AnthologyBuffer *id)
{
	anthology_volume_id(collection, collection_length, volume, volume_length, id);
	if (is_new_style(collection, collection_length))
	{
		anthology_buffer_append_byte(id, '.');
		anthology_buffer_append(id, paper, paper_length);
	}
	else
		append_padded(id, paper, paper_length,
					  4 - volume_digits(collection, collection_length, volume, volume_length));
}
