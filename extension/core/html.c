/*
 * html.c - text and the Anthology's markup as HTML; see html.h.
 *
 * Markup goes through plain.c, which reads tags, entities and TeX and leaves
 * marks where styles begin and end. Everything but the marks is escaped, so
 * nothing that the markup holds can be an element or a value of its own.
 */
#include "html.h"

#include <string.h>

#include "host.h"
#include "markup.h"
#include "plain.h"

#define DEEPEST 16				/* styles within styles; what is deeper has none */

/* The elements, in the order of their marks. */
typedef struct Element
{
	const char *begin;
	const char *end;
} Element;

static const Element elements[] = {
	{"<b>", "</b>"}, {"<i>", "</i>"}, {"<code>", "</code>"}, {"<u>", "</u>"},
	{"<span class=\"small-caps\">", "</span>"}, {NULL, "</a>"}
};

#define LINK_ELEMENT 5

/* What is open, from the outside. */
typedef struct Writer
{
	const AnthologyBuffer *addresses;
	int			links;			/* are wanted */
	int			open[DEEPEST];
	int			depth;
	AnthologyBuffer *html;
} Writer;

static void
put(AnthologyBuffer *html, const char *text)
{
	anthology_buffer_append(html, text, strlen(text));
}

void
anthology_html_escape(const char *plain, size_t length, AnthologyBuffer *html)
{
	size_t		done = 0;

	for (size_t i = 0; i < length; i++)
	{
		unsigned char c = (unsigned char) plain[i];
		const char *entity;

		if (i % 65536 == 0)
			anthology_check();
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

/* Whether an element is open. */
static int
is_open(const Writer *writer, int element)
{
	for (int i = 0; i < writer->depth; i++)
		if (writer->open[i] == element)
			return 1;
	return 0;
}

static void
begin_element(Writer *writer, int element)
{
	if (writer->depth == DEEPEST)
		return;
	writer->open[writer->depth++] = element;
	put(writer->html, elements[element].begin);
}

/* Ends an element with what is still open in it; an end without a beginning is nothing. */
static void
end_element(Writer *writer, int element)
{
	int			ended;

	if (!is_open(writer, element))
		return;
	do
	{
		ended = writer->open[--writer->depth];
		put(writer->html, elements[ended].end);
	}
	while (ended != element);
}

/* Writes the begin tag of a link. */
static void
begin_address(Writer *writer, const char *address, size_t length)
{
	put(writer->html, "<a href=\"");
	anthology_html_escape(address, length, writer->html);
	put(writer->html, "\">");
}

/*
 * Begins a link whose address's place is at text. Returns where the text goes on. A
 * link within a link, or to an address that is none, is its text.
 */
static size_t
begin_link(Writer *writer, const char *text, size_t i, size_t length)
{
	size_t		place = 0;
	const char *address;
	const char *end;

	for (; i < length && text[i] >= '0' && text[i] <= '9' && place <= writer->addresses->length;
		 i++)
		place = place * 10 + (size_t) (text[i] - '0');
	if (i == length || text[i] != ANTHOLOGY_ADDRESS_MARK + 1 || place >= writer->addresses->length)
		return i;
	address = writer->addresses->data + place;
	end = memchr(address, '\n', writer->addresses->length - place);
	if (writer->links && writer->depth < DEEPEST && !is_open(writer, LINK_ELEMENT) &&
		end != NULL && anthology_is_address(address, (size_t) (end - address)))
	{
		writer->open[writer->depth++] = LINK_ELEMENT;
		begin_address(writer, address, (size_t) (end - address));
	}
	return i + 1;
}

/* Writes an address in the text as a link to it. Returns where the text goes on. */
static size_t
write_address(Writer *writer, const char *text, size_t i, size_t length)
{
	size_t		size = 0;

	while (i + size < length && text[i + size] != ANTHOLOGY_LINK_MARK &&
		   text[i + size] != ANTHOLOGY_LINK_MARK + 1)
		size++;
	if (!writer->links || i + size == length || text[i + size] == ANTHOLOGY_LINK_MARK ||
		is_open(writer, LINK_ELEMENT) || !anthology_is_address(text + i, size))
		return i;
	begin_address(writer, text + i, size);
	anthology_html_escape(text + i, size, writer->html);
	put(writer->html, "</a>");
	return i + size;
}

/* Writes plain text with marks. */
static void
write_marked(Writer *writer, const char *text, size_t length)
{
	size_t		i = 0;

	while (i < length)
	{
		size_t		run = i;
		char		mark;

		anthology_check();
		while (i < length && text[i] != '\n' &&
			   !(text[i] >= ANTHOLOGY_BOLD_MARK && text[i] <= ANTHOLOGY_ADDRESS_END_MARK))
			i++;
		anthology_html_escape(text + run, i - run, writer->html);
		if (i == length)
			break;
		mark = text[i++];
		if (mark == '\n')
			put(writer->html, "<br/>");
		else if (mark == ANTHOLOGY_LINK_MARK)
			i = write_address(writer, text, i, length);
		else if (mark == ANTHOLOGY_ADDRESS_MARK)
			i = begin_link(writer, text, i, length);
		else if (mark == ANTHOLOGY_ADDRESS_END_MARK)
			end_element(writer, LINK_ELEMENT);
		else if (mark < ANTHOLOGY_LINK_MARK)
		{
			int			element = (mark - ANTHOLOGY_BOLD_MARK) / 2;

			if ((mark - ANTHOLOGY_BOLD_MARK) % 2 == 0)
				begin_element(writer, element);
			else
				end_element(writer, element);
		}
	}
	while (writer->depth > 0)
		put(writer->html, elements[writer->open[--writer->depth]].end);
}

AnthologyStatus
anthology_html(const char *markup, size_t length, int links, AnthologyBuffer *html)
{
	AnthologyBuffer marked;
	AnthologyBuffer addresses;
	AnthologyStatus status;
	Writer		writer = {.addresses = &addresses, .links = links, .html = html};

	anthology_buffer_init(&marked);
	anthology_buffer_init(&addresses);
	status = anthology_plain_styled(markup, length, &marked, &addresses);
	if (status == ANTHOLOGY_OK)
	{
		write_marked(&writer, marked.data, marked.length);
		status = html->status;
	}
	anthology_buffer_free(&marked);
	anthology_buffer_free(&addresses);
	return status;
}
