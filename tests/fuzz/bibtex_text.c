/*
 * bibtex_text.c - any bytes as the value of a BibTeX field: braces balance,
 * dollars pair, and no double quote ends it.
 */
#include "fuzz.h"

#include "core/bibtex_text.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AnthologyBuffer text;
	int			depth = 0;
	int			dollars = 0;
	int			escaped = 0;

	anthology_buffer_init(&text);
	must(anthology_bibtex_text((const char *) data, size, &text) == ANTHOLOGY_OK);
	must(is_utf8(text.data, text.length));
	for (size_t i = 0; i < text.length; i++)
	{
		depth += text.data[i] == '{' ? 1 : text.data[i] == '}' ? -1 : 0;
		must(depth >= 0);
		dollars += text.data[i] == '$' && !escaped;
		escaped = text.data[i] == '\\' && !escaped;
		must(text.data[i] != '"' || depth > 0);
		must((unsigned char) text.data[i] >= ' ');
	}
	must(depth == 0 && dollars % 2 == 0);
	anthology_buffer_free(&text);
	return 0;
}
