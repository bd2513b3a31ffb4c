/*
 * collection_edit.c - a collection file, well-formed or not: untouched without
 * edits, and with edits no byte changes but in the start tags of names.
 */
#include "fuzz.h"

#include "core/collection_edit.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const AnthologyNameEdit all[] = {
		{"1", "1", 0, "author", 1, "id", "anna-schmidt", 0}, {"1", "1", 0, "author", 1, "orcid", "0000-0002-1825-0097", 0},
		{"1", "1", 0, "author", 2, "id", NULL, 0}, {"1", "1", 0, "author", 2, "orcid", NULL, 0},
		{"1", "0", 0, "editor", 1, "id", "bob-ng", 0}, {"long", "2", 0, "author", 1, "id", "x", 0},
		{NULL, NULL, 1, "speaker", 1, "orcid", "'\"<&", 0}, {"1", "2", 0, "editor", 3, "id", NULL, 0}
	};
	const char *source = (const char *) data;
	AnthologyNameEdit edits[sizeof(all) / sizeof(all[0])];
	int			count = (int) (sizeof(all) / sizeof(all[0]));
	AnthologyBuffer once;
	size_t		from;
	size_t		s;
	size_t		e;

	anthology_buffer_init(&once);
	must(anthology_collection_edit(source, size, edits, 0, &once) == ANTHOLOGY_OK);
	must(once.length == size && (size == 0 || memcmp(once.data, source, size) == 0));
	anthology_buffer_free(&once);

	memcpy(edits, all, sizeof(all));
	must(anthology_collection_edit(source, size, edits, count, &once) == ANTHOLOGY_OK);
	/* Both from the front and from the end, the first difference is behind a name's tag. */
	for (from = 0; from < size && from < once.length && once.data[from] == source[from];)
		from++;
	if (from < size || from < once.length)
	{
		int			done = 0;

		for (int i = 0; i < count; i++)
			done += edits[i].done;
		must(done > 0);
		for (s = from; s > 0 && source[s - 1] != '<';)
			s--;
		must(s > 0 && s <= from);
		for (s = size, e = once.length; s > from && e > from && source[s - 1] == once.data[e - 1];)
			s--, e--;
		must(e <= once.length);
	}
	anthology_buffer_free(&once);
	return 0;
}
