/*
 * html.c - what must hold of anthology_html whatever the markup: TAP.
 *
 * 200,000 texts put together at random from what opens, closes and escapes. An
 * independent reader of the result knows b, i, u, code, span, br and a, balanced, an
 * address that begins with http or mailto, and no other character that means something in HTML.
 */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "core/html.h"

#define TEXTS 200000
#define LONGEST 40				/* pieces of a text */

static const char *const pieces[] = {
	"<b>", "</b>", "<i>", "</i>", "<em>", "</em>", "<tt>", "</tt>", "<url>", "</url>", "<tex-math>", "</tex-math>",
	"<sup>", "</sup>", "<br/>", "<a href='x'>",
	"<a href=\"http://a.b/&quot;&amp;&lt;\">", "<a href='mailto:a' x='>'>", "<a href=\"javascript:\">", "</a>", "<par/>", "<u>", "</u>", "<sc>", "</sc>",
	"<b/>", "\x18", "\x1A", "\x1B", "\x1C", "0", "<script>", "&lt;b&gt;", "&lt;", "&gt;", "&amp;lt;", "&quot;", "&#39;",
	"http://a", "https://b/", "javascript:", "<", ">", "\"", "'", "&", " ", "-", "a", "\n", "$", "\\emph{", "}", "\xC3\xA9",
	"e\xCC\x81", "\x01", "\x0E", "\x0F", "\x14", "\x15", "\xE2\x80\xAE", "\xE2\x80\xA8"
};

#define PIECES (sizeof(pieces) / sizeof(pieces[0]))

static uint64_t seed = 88172645463325252u;

static uint32_t
random_below(uint32_t limit)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (uint32_t) (seed >> 32) % limit;
}

/* Reads one tag between its brackets: the letter of its element, or 0. */
static char
read_tag(const char *tag, size_t length, int links)
{
	if (length == 1 && (tag[0] == 'b' || tag[0] == 'i' || tag[0] == 'u'))
		return tag[0];
	if (length == 4 && memcmp(tag, "code", 4) == 0)
		return 'c';
	if (length == 23 && memcmp(tag, "span class=\"small-caps\"", 23) == 0)
		return 's';
	if (links && length > 12 && (memcmp(tag, "a href=\"http", 12) == 0 || memcmp(tag, "a href=\"mailto:", 15) == 0) &&
		tag[length - 1] == '"' &&
		memchr(tag + 8, '"', length - 9) == NULL && memchr(tag, '<', length) == NULL)
		return 'a';
	return 0;
}

static int
is_sound(const char *html, size_t length, int links)
{
	char		open[4096];
	size_t		depth = 0;

	for (size_t i = 0; i < length; i++)
	{
		unsigned char c = (unsigned char) html[i];

		if (c == '<')
		{
			const char *end = memchr(html + i, '>', length - i);
			int			closing = i + 1 < length && html[i + 1] == '/';
			const char *tag = html + i + 1 + closing;
			char		element;

			if (end == NULL)
				return 0;
			if (!closing && end - tag == 3 && memcmp(tag, "br/", 3) == 0)
			{
				i = (size_t) (end - html);
				continue;
			}
			element = closing && end - tag == 1 && *tag == 'a' ? 'a' :
				closing && end - tag == 4 && memcmp(tag, "span", 4) == 0 ? 's' : read_tag(tag, (size_t) (end - tag), links);
			if (element == 0 || depth == sizeof(open))
				return 0;
			if (!closing)
				open[depth++] = element;
			else if (depth == 0 || open[--depth] != element)
				return 0;
			i = (size_t) (end - html);
		}
		else if (c == '>' || c == '"' || c == '\'' || c == 0x7F || (c < 0x20 && c != '\n' && c != '\t'))
			return 0;
		else if (c == '&' && (length - i < 4 || memchr(html + i, ';', length - i < 6 ? length - i : 6) == NULL))
			return 0;
	}
	return depth == 0;
}

int
main(void)
{
	long		unsound = 0;
	long		refused = 0;

	for (long n = 0; n < TEXTS; n++)
	{
		char		markup[LONGEST * 16];
		size_t		length = 0;
		AnthologyBuffer html;

		for (uint32_t k = random_below(LONGEST); k > 0; k--)
		{
			const char *piece = pieces[random_below(PIECES)];

			memcpy(markup + length, piece, strlen(piece));
			length += strlen(piece);
		}
		anthology_buffer_init(&html);
		refused += anthology_html(markup, length, n % 2 == 0, &html) != ANTHOLOGY_OK;
		if (!is_sound(html.data, html.length, n % 2 == 0) && unsound++ < 5)
			printf("# %.*s\n# gave %.*s\n", (int) length, markup, (int) html.length, html.data);
		anthology_buffer_free(&html);
	}
	printf("%sok 1 - nothing is refused\n", refused ? "not " : "");
	printf("%sok 2 - random markup is balanced HTML of our own elements\n1..2\n", unsound ? "not " : "");
	return 0;
}
