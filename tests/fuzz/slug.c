/*
 * slug.c - the slug of any bytes: lower-case words and single hyphens, and its
 * own slug.
 */
#include "fuzz.h"

#include "core/slug.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AnthologyBuffer slug;
	AnthologyBuffer again;

	anthology_buffer_init(&slug);
	anthology_buffer_init(&again);
	must(anthology_slug((const char *) data, size, &slug) == ANTHOLOGY_OK);
	for (size_t i = 0; i < slug.length; i++)
	{
		char		c = slug.data[i];

		if (c == '-')
			must(i > 0 && i + 1 < slug.length && slug.data[i - 1] != '-');
		else
			must((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'));
	}
	must(anthology_slug(slug.data, slug.length, &again) == ANTHOLOGY_OK);
	must(slug.length == again.length && (slug.length == 0 || memcmp(slug.data, again.data, slug.length) == 0));
	anthology_buffer_free(&slug);
	anthology_buffer_free(&again);
	return 0;
}
