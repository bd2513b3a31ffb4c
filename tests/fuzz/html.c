/*
 * html.c - any markup as HTML: balanced, of our own elements, nothing that a
 * browser would read otherwise; and any text escaped.
 */
#include "fuzz.h"

#include <strings.h>

#include "core/html.h"

/* 'b', 'i', 'u', 'c', 's' or 'a' for one of our start tags (what is between the brackets), or 0. */
static char
element_of(const char *tag, size_t length, int links)
{
	if (length == 1 && (tag[0] == 'b' || tag[0] == 'i' || tag[0] == 'u'))
		return tag[0];
	if (length == 4 && memcmp(tag, "code", 4) == 0)
		return 'c';
	if (length == 23 && memcmp(tag, "span class=\"small-caps\"", 23) == 0)
		return 's';
	if (links && length > 15 && tag[length - 1] == '"' && memchr(tag + 8, '"', length - 9) == NULL &&
		(strncasecmp(tag, "a href=\"http://", 15) == 0 || strncasecmp(tag, "a href=\"https://", 16) == 0 ||
		 strncasecmp(tag, "a href=\"mailto:", 15) == 0))
		return 'a';
	return 0;
}

static void
check(const char *markup, size_t size, int links)
{
	AnthologyBuffer html;
	char		open[4096];
	size_t		depth = 0;

	anthology_buffer_init(&html);
	must(anthology_html(markup, size, links, &html) == ANTHOLOGY_OK);
	must(is_utf8(html.data, html.length));
	for (size_t i = 0; i < html.length; i++)
	{
		const char *at = html.data + i;
		size_t		left = html.length - i;

		must((unsigned char) *at >= ' ');
		must(*at != '>' && *at != '"' && *at != '\'');
		must(*at != '&' || memchr(at, ';', left < 7 ? left : 7) != NULL);
		if (*at == '<')
		{
			int			closing = left > 1 && at[1] == '/';
			const char *tag = at + 1 + closing;
			const char *end = memchr(at, '>', left);
			char		element;

			must(end != NULL);
			if (!closing && end - tag == 3 && memcmp(tag, "br/", 3) == 0)
			{
				i = (size_t) (end - html.data);
				continue;
			}
			element = closing && end - tag == 1 && *tag == 'a' ? 'a' :
				closing && end - tag == 4 && memcmp(tag, "span", 4) == 0 ? 's' : element_of(tag, (size_t) (end - tag), links);
			must(element != 0);
			must(memchr(tag, '<', (size_t) (end - tag)) == NULL);
			/* No link within a link. */
			must(closing || element != 'a' || memchr(open, 'a', depth) == NULL);
			if (closing)
				must(depth > 0 && open[--depth] == element);
			else if (depth < sizeof(open))
				open[depth++] = element;
			i = (size_t) (end - html.data);
		}
	}
	must(depth == 0);
	anthology_buffer_free(&html);

	anthology_html_escape(markup, size, &html);
	must(html.status == ANTHOLOGY_OK && html.length <= 6 * size);
	for (size_t i = 0; i < html.length; i++)
		must(strchr("<>\"'", html.data[i]) == NULL && html.data[i] != '\0');
	anthology_buffer_free(&html);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char	   *text = utf8_copy(data, size);

	check(text, size, 0);
	check(text, size, 1);
	free(text);
	return 0;
}
