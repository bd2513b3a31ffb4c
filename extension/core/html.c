/*
 * html.c - text and the Anthology's markup as HTML; see html.h.
 *
 * Markup goes through plain.c, which reads tags, entities and TeX and leaves
 * marks where styles begin and end. Everything but the marks is escaped, so
 * nothing that the markup holds can be an element or a value of its own.
 */
#include "html.h"

#include <string.h>

#include "plain.h"

#define DEEPEST 16				/* styles within styles; what is deeper has none */

/* The names of the elements, in the order of their marks. */
static const char *const elements[] = {"b", "i", "code"};

static void
put(AnthologyBuffer *html, const char *text)
{
	anthology_buffer_append(html, text, strlen(text));
}

static void
put_tag(AnthologyBuffer *html, const char *begin, int element)
{
	put(html, begin);
	put(html, elements[element]);
	put(html, ">");
}

void
anthology_html_escape(const char *plain, size_t length, AnthologyBuffer *html)
{
	size_t		done = 0;

	for (size_t i = 0; i < length; i++)
	{
		unsigned char c = (unsigned char) plain[i];
		const char *entity;

		if (c == '&')
			entity = "&amp;";
		else if (c == '<')
			entity = "&lt;";
		else if (c == '>')
			entity = "&gt;";
		else if (c == '"')
			entity = "&quot;";
		else if (c == '\'')
			entity = "&#39;";
		else if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7F)
			entity = "";
		else
			continue;
		anthology_buffer_append(html, plain + done, i - done);
		put(html, entity);
		done = i + 1;
	}
	anthology_buffer_append(html, plain + done, length - done);
}

/* Whether a browser that follows this address goes to a web page and nothing else. */
static int
is_address(const char *text, size_t length)
{
	if (!(length > 7 && memcmp(text, "http://", 7) == 0) &&
		!(length > 8 && memcmp(text, "https://", 8) == 0))
		return 0;
	return memchr(text, ' ', length) == NULL;
}

/* Plain text with marks. */
static void
write_marked(const char *text, size_t length, int links, AnthologyBuffer *html)
{
	int			open[DEEPEST];
	int			depth = 0;
	size_t		i = 0;

	while (i < length)
	{
		size_t		run = i;
		int			element;
		char		mark;

		while (i < length && !(text[i] >= ANTHOLOGY_BOLD_MARK && text[i] <= ANTHOLOGY_LINK_MARK + 1))
			i++;
		anthology_html_escape(text + run, i - run, html);
		if (i == length)
			break;
		mark = text[i++];
		if (mark == ANTHOLOGY_LINK_MARK)
		{
			size_t		size = 0;

			while (i + size < length && text[i + size] != ANTHOLOGY_LINK_MARK &&
				   text[i + size] != ANTHOLOGY_LINK_MARK + 1)
				size++;
			if (links && i + size < length && text[i + size] != ANTHOLOGY_LINK_MARK &&
				is_address(text + i, size))
			{
				put(html, "<a href=\"");
				anthology_html_escape(text + i, size, html);
				put(html, "\">");
				anthology_html_escape(text + i, size, html);
				put(html, "</a>");
				i += size;
			}
			continue;
		}
		if (mark == ANTHOLOGY_LINK_MARK + 1)
			continue;
		element = (mark - ANTHOLOGY_BOLD_MARK) / 2;
		if ((mark - ANTHOLOGY_BOLD_MARK) % 2 == 0)
		{
			if (depth < DEEPEST)
			{
				open[depth++] = element;
				put_tag(html, "<", element);
			}
		}
		else if (depth > 0 && open[depth - 1] == element)
			put_tag(html, "</", open[--depth]);
	}
	while (depth > 0)
		put_tag(html, "</", open[--depth]);
}

AnthologyStatus
anthology_html(const char *markup, size_t length, int links, AnthologyBuffer *html)
{
	AnthologyBuffer marked;
	AnthologyStatus status;

	anthology_buffer_init(&marked);
	status = anthology_plain_styled(markup, length, 1, &marked);
	if (status == ANTHOLOGY_OK)
	{
		write_marked(marked.data, marked.length, links, html);
		status = html->status;
	}
	anthology_buffer_free(&marked);
	return status;
}
