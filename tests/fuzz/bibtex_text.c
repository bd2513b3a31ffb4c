/*
 * bibtex_text.c - any text as the value of a BibTeX field: braces balance, dollars
 * pair but in addresses, where they are themselves, and no double quote ends it.
 */
#include "fuzz.h"

#include "core/bibtex_text.h"

typedef AnthologyStatus (*Write) (const char *, size_t, AnthologyBuffer *);

/* What must hold of TeX between its delimiters. */
static void
check_tex(const char *tex, size_t length, int of_markup)
{
	int			depth = 0;
	int			dollars = 0;
	int			escaped = 0;
	int			address = 0;	/* depth within \url{} or \href{}, or 0 */

	must(is_utf8(tex, length));
	for (size_t i = 0; i < length; i++)
	{
		depth += tex[i] == '{' ? 1 : tex[i] == '}' ? -1 : 0;
		must(depth >= 0);
		if (address == 0 && ((i >= 4 && memcmp(tex + i - 4, "\\url{", 5) == 0) ||
							 (i >= 5 && memcmp(tex + i - 5, "\\href{", 6) == 0)))
			address = depth;
		else if (depth < address)
			address = 0;
		dollars += tex[i] == '$' && !escaped && address == 0;
		escaped = tex[i] == '\\' && !escaped;
		must(!of_markup || (unsigned char) tex[i] >= ' ');
	}
	must(depth == 0 && (!of_markup || dollars % 2 == 0));
}

static void
check(Write write, const char *text, size_t size, int of_markup)
{
	AnthologyBuffer tex;
	AnthologyBuffer value;

	anthology_buffer_init(&tex);
	anthology_buffer_init(&value);
	must(write(text, size, &tex) == ANTHOLOGY_OK);
	if (of_markup)
		check_tex(tex.data, tex.length, 1);
	must(anthology_bibtex_value(tex.data, tex.length, &value) == ANTHOLOGY_OK);
	must(value.length >= 2);
	check_tex(value.data + 1, value.length - 2, of_markup);
	if (value.data[0] == '"')
		must(value.data[value.length - 1] == '"' &&
			 memchr(value.data + 1, '"', value.length - 2) == NULL);
	else
		must(value.data[0] == '{' && value.data[value.length - 1] == '}');
	anthology_buffer_free(&tex);
	anthology_buffer_free(&value);
}

/* The bytes as they are, for a field that is not encoded. */
static AnthologyStatus
copy(const char *text, size_t size, AnthologyBuffer *out)
{
	anthology_buffer_append(out, text, size);
	return out->status;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char	   *text = utf8_copy(data, size);

	check(anthology_bibtex_text, text, size, 1);
	check(anthology_bibtex_plain, text, size, 1);
	check(copy, text, size, 0);
	free(text);
	return 0;
}
