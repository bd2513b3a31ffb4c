/*
 * plain.c - any text as markup, then as mathematics: what a reader sees is
 * UTF-8 without control characters but the newlines of paragraphs, and not much longer.
 */
#include "fuzz.h"

#include "core/plain.h"

static int
is_blank(char c)
{
	return c == ' ' || c == '\n';
}

static void
check(const char *markup, size_t size)
{
	AnthologyBuffer plain;

	anthology_buffer_init(&plain);
	must(anthology_plain(markup, size, &plain) == ANTHOLOGY_OK);
	must(is_utf8(plain.data, plain.length));
	for (size_t i = 0; i < plain.length; i++)
		must(((unsigned char) plain.data[i] >= ' ' || plain.data[i] == '\n') && plain.data[i] != 0x7F);
	must(plain.length == 0 || (!is_blank(plain.data[0]) && !is_blank(plain.data[plain.length - 1])));
	/* Newlines are the two of a paragraph, without blanks around. */
	for (size_t i = 0; i < plain.length; i++)
		if (plain.data[i] == '\n')
		{
			must(plain.data[i + 1] == '\n' && !is_blank(plain.data[i - 1]) && !is_blank(plain.data[i + 2]));
			i++;
		}
	must(plain.length <= 16 * size + 16);
	anthology_buffer_free(&plain);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char open[] = "<tex-math>";
	static const char close[] = "</tex-math>";
	char	   *text = utf8_copy(data, size);
	char	   *math = malloc(size + sizeof(open) + sizeof(close));

	check(text, size);
	memcpy(math, open, sizeof(open) - 1);
	memcpy(math + sizeof(open) - 1, text, size);
	memcpy(math + sizeof(open) - 1 + size, close, sizeof(close) - 1);
	check(math, size + sizeof(open) + sizeof(close) - 2);
	free(math);
	free(text);
	return 0;
}
