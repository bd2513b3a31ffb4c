/*
 * json_edit.c - JSON text with some of its members changed; see json_edit.h.
 *
 * A JSON writer would lay the text out anew. So an object is cut into its
 * members, each with the blanks around it, and put together again.
 */
#include "json_edit.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "host.h"

static int
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static const char *
skip_spaces(const char *at, const char *end)
{
	while (at < end && is_space(*at))
		at++;
	return at;
}

/* End of the string that begins here with a quote. */
static const char *
string_end(const char *at, const char *end)
{
	for (at++; at < end && *at != '"'; at++)
		if (*at == '\\' && at + 1 < end)
			at++;
	return at < end ? at + 1 : end;
}

/* End of the value that begins here: of whatever is open, or of a literal. */
static const char *
value_end(const char *at, const char *end)
{
	size_t		open = 0;

	while (at < end)
	{
		if (*at == '"')
			at = string_end(at, end);
		else if (*at == '{' || *at == '[')
			open++, at++;
		else if (*at == '}' || *at == ']')
		{
			if (open == 0)
				return at;
			open--, at++;
		}
		else if (open == 0)
		{
			while (at < end && !is_space(*at) && strchr(",]}", *at) == NULL)
				at++;
			return at;
		}
		else
			at++;
		if (open == 0)
			return at;
	}
	return end;
}

static int
hex_digits(const char *at, const char *end)
{
	int			value = 0;

	if (end - at < 4)
		return -1;
	for (int i = 0; i < 4; i++)
	{
		int			c = at[i] | 0x20;

		if (c >= '0' && c <= '9')
			value = value * 16 + c - '0';
		else if (c >= 'a' && c <= 'f')
			value = value * 16 + c - 'a' + 10;
		else
			return -1;
	}
	return value;
}

/* What a string (from its quote to its quote) means. */
static void
decode(const char *at, const char *end, AnthologyBuffer *decoded)
{
	static const char escapes[] = "bfnrt";
	static const char meant[] = "\b\f\n\r\t";

	decoded->length = 0;
	for (at++, end--; at < end; at++)
	{
		const char *escape;
		int			point;
		int			low;

		if (*at != '\\' || at + 1 >= end)
		{
			anthology_buffer_append_byte(decoded, *at);
			continue;
		}
		at++;
		if (*at == 'u' && (point = hex_digits(at + 1, end)) >= 0)
		{
			at += 4;
			if (point >= 0xD800 && point < 0xDC00 && end - at > 6 && at[1] == '\\' &&
				at[2] == 'u' &&
				(low = hex_digits(at + 3, end)) >= 0xDC00 && low < 0xE000)
			{
				point = 0x10000 + ((point - 0xD800) << 10) + low - 0xDC00;
				at += 6;
			}
			anthology_buffer_append_code_point(decoded,
											   point >= 0xD800 && point < 0xE000 ? 0xFFFD : point);
		}
		else if ((escape = strchr(escapes, *at)) != NULL)
			anthology_buffer_append_byte(decoded, meant[escape - escapes]);
		else
			anthology_buffer_append_byte(decoded, *at);
	}
}

/* As the Anthology writes strings: nothing is escaped but what must be. */
static void
append_string(AnthologyBuffer *edited, const char *text, size_t length)
{
	static const char escapes[] = "btnvfr";

	anthology_buffer_append_byte(edited, '"');
	for (size_t i = 0; i < length; i++)
	{
		unsigned char c = (unsigned char) text[i];

		if (c == '"' || c == '\\')
			anthology_buffer_append_byte(edited, '\\');
		if (c >= 0x20)
			anthology_buffer_append_byte(edited, (char) c);
		else if (c >= '\b' && c <= '\r' && c != '\v')
		{
			anthology_buffer_append_byte(edited, '\\');
			anthology_buffer_append_byte(edited, escapes[c - '\b']);
		}
		else
		{
			anthology_buffer_append(edited, "\\u00", 4);
			anthology_buffer_append_byte(edited, (char) ('0' + (c >> 4)));
			anthology_buffer_append_byte(edited, "0123456789abcdef"[c & 15]);
		}
	}
	anthology_buffer_append_byte(edited, '"');
}

static int
compare_bytes(const char *a, size_t a_length, const char *b, size_t b_length)
{
	size_t		common = a_length < b_length ? a_length : b_length;
	int			order = common > 0 ? memcmp(a, b, common) : 0;

	return order != 0 ? order : a_length < b_length ? -1 : a_length > b_length;
}

static int
compare_keys(const void *a, const void *b)
{
	const AnthologyMemberEdit *one = a;
	const AnthologyMemberEdit *other = b;

	return compare_bytes(one->key, one->key_length, other->key, other->key_length);
}

/* New members come in this order; within a rank in byte order. */
static int
compare_ranks(const void *a, const void *b)
{
	const AnthologyMemberEdit *one = *(AnthologyMemberEdit *const *) a;
	const AnthologyMemberEdit *other = *(AnthologyMemberEdit *const *) b;

	return one->rank != other->rank ? (one->rank < other->rank ? -1 : 1) : compare_keys(one, other);
}

/* The text of an object that is being put together. */
typedef struct Writer
{
	AnthologyBuffer *edited;
	int			members;		/* written so far */
} Writer;

static void
begin_member(Writer *writer, const char *blanks, size_t length)
{
	if (writer->members++ > 0)
		anthology_buffer_append_byte(writer->edited, ',');
	anthology_buffer_append(writer->edited, blanks, length);
}

static void
add_member(Writer *writer, const char *blanks, size_t length, AnthologyMemberEdit *edit)
{
	begin_member(writer, blanks, length);
	append_string(writer->edited, edit->key, edit->key_length);
	anthology_buffer_append(writer->edited, ": ", 2);
	anthology_buffer_append(writer->edited, edit->value, edit->value_length);
}

/*
 * Marks the edits of members that the object has, and finds the new ones: an array of pointers to
 * them in order, or NULL if there is no memory.
 */
static AnthologyMemberEdit **
new_members(const char *at, const char *end, AnthologyMemberEdit *edits, int count, int *found,
			AnthologyBuffer *key)
{
	AnthologyMemberEdit **added =
		anthology_allocate(sizeof(AnthologyMemberEdit *) * ((size_t) count + 1));

	*found = 0;
	if (added == NULL)
		return NULL;
	while ((at = skip_spaces(at, end)) < end && *at == '"')
	{
		const char *key_end = string_end(at, end);
		AnthologyMemberEdit sought = {0};
		AnthologyMemberEdit *edit;

		anthology_check();
		decode(at, key_end, key);
		sought.key = key->data;
		sought.key_length = key->length;
		edit = count == 0 ? NULL :
			bsearch(&sought, edits, (size_t) count, sizeof(*edits), compare_keys);
		if (edit != NULL)
			edit->done = 1;
		at = skip_spaces(key_end, end);
		at = skip_spaces(at < end ? at + 1 : end, end);
		at = skip_spaces(value_end(at, end), end);
		if (at < end && *at == ',')
			at++;
		else
			break;
	}
	for (int i = 0; i < count; i++)
		if (!edits[i].done && edits[i].value != NULL)
			added[(*found)++] = &edits[i];
	if (*found > 1)
		qsort(added, (size_t) *found, sizeof(AnthologyMemberEdit *), compare_ranks);
	return added;
}

AnthologyStatus
anthology_json_edit_object(const char *object, size_t length, AnthologyMemberEdit *edits, int count,
						   AnthologyKeyRank rank, void *rank_argument, int indent,
						   AnthologyBuffer *edited)
{
	const char *end = object + length;
	const char *at = skip_spaces(object, end);
	const char *lead = NULL;	/* blanks before the last member seen */
	size_t		lead_length = 0;
	AnthologyMemberEdit **added;
	AnthologyBuffer key;
	Writer		writer = {edited, 0};
	int			new_count;
	int			next = 0;
	const char *tail;			/* blanks before the closing brace */

	if (at >= end || *at != '{')
	{
		anthology_buffer_append(edited, object, length);
		return edited->status;
	}
	at++;
	for (int i = 0; i < count; i++)
	{
		edits[i].done = 0;
		edits[i].rank = rank == NULL ? 0 : rank(edits[i].key, edits[i].key_length, rank_argument);
		if (edits[i].rank < 0)
			edits[i].rank = INT_MAX;
	}
	if (count > 1)
		qsort(edits, (size_t) count, sizeof(*edits), compare_keys);
	anthology_buffer_init(&key);
	added = new_members(at, end, edits, count, &new_count, &key);
	if (added == NULL)
	{
		anthology_buffer_free(&key);
		return edited->status = ANTHOLOGY_OUT_OF_MEMORY;
	}

	anthology_buffer_append(edited, object, (size_t) (at - object));
	tail = at;
	for (;;)
	{
		const char *blanks = at;
		const char *start = skip_spaces(at, end);
		const char *key_end;
		const char *value;
		const char *stop;
		AnthologyMemberEdit sought = {0};
		AnthologyMemberEdit *edit;
		int			its_rank;

		anthology_check();
		if (start >= end || *start != '"')
			break;
		lead = blanks;
		lead_length = (size_t) (start - blanks);
		key_end = string_end(start, end);
		value = skip_spaces(key_end, end);
		value = skip_spaces(value < end ? value + 1 : end, end);
		stop = value_end(value, end);
		decode(start, key_end, &key);
		sought.key = key.data;
		sought.key_length = key.length;

		its_rank = rank == NULL ? 0 : rank(key.data, key.length, rank_argument);
		while (next < new_count && its_rank >= 0 &&
			   (rank == NULL ? compare_keys(added[next], &sought) < 0 :
				added[next]->rank < its_rank))
			add_member(&writer, lead, lead_length, added[next++]);

		edit = count == 0 ? NULL :
			bsearch(&sought, edits, (size_t) count, sizeof(*edits), compare_keys);
		if (edit == NULL || edit->value != NULL)
		{
			begin_member(&writer, lead, lead_length);
			anthology_buffer_append(edited, start, (size_t) (value - start));
			if (edit != NULL)
				anthology_buffer_append(edited, edit->value, edit->value_length);
			else
				anthology_buffer_append(edited, value, (size_t) (stop - value));
		}
		tail = stop;
		at = skip_spaces(stop, end);
		if (at >= end || *at != ',')
			break;
		/* Blanks before a comma stay with the member. */
		if (edit == NULL || edit->value != NULL)
			anthology_buffer_append(edited, stop, (size_t) (at - stop));
		at++;
	}
	if (lead == NULL)
	{
		/* An object without members tells no layout. */
		at = skip_spaces(tail, end);
		key.length = 0;
		anthology_buffer_append_byte(&key, '\n');
		for (int i = 0; i < indent; i++)
			anthology_buffer_append_byte(&key, ' ');
		lead = key.data;
		lead_length = key.length;
		if (new_count > 0)
			tail = at;
	}
	while (next < new_count && key.status == ANTHOLOGY_OK)
		add_member(&writer, lead, lead_length, added[next++]);
	if (lead == key.data && new_count > 0 && key.status == ANTHOLOGY_OK)
		anthology_buffer_append(edited, lead, lead_length > 2 ? lead_length - 2 : 1);
	/* Nothing left: no blanks within. */
	if (writer.members == 0 && tail != NULL && lead != key.data)
		tail = skip_spaces(tail, end);
	anthology_buffer_append(edited, tail, (size_t) (end - tail));
	if (edited->status == ANTHOLOGY_OK)
		edited->status = key.status;
	anthology_buffer_free(&key);
	anthology_release(added);
	return edited->status;
}

static int
compare_strings(const void *a, const void *b)
{
	return strcmp(((const AnthologyStringEdit *) a)->before,
				  ((const AnthologyStringEdit *) b)->before);
}

AnthologyStatus
anthology_json_edit_strings(const char *json, size_t length, const char *key,
							AnthologyStringEdit *edits, int count, AnthologyBuffer *edited)
{
	const char *end = json + length;
	const char *copied = json;
	const char *at = json;
	AnthologyBuffer text;

	anthology_buffer_init(&text);
	if (count > 1)
		qsort(edits, (size_t) count, sizeof(*edits), compare_strings);
	while (count > 0 && (at = memchr(at, '"', (size_t) (end - at))) != NULL)
	{
		const char *stop = string_end(at, end);
		const char *colon = skip_spaces(stop, end);
		AnthologyStringEdit sought;
		AnthologyStringEdit *edit;

		anthology_check();
		decode(at, stop, &text);
		at = stop;
		/* A key, and a string as its value: anything else is looked at in its turn. */
		if (colon >= end || *colon != ':' || text.length != strlen(key) ||
			(text.length > 0 && memcmp(text.data, key, text.length) != 0))
			continue;
		at = skip_spaces(colon + 1, end);
		if (at >= end || *at != '"')
			continue;
		stop = string_end(at, end);
		decode(at, stop, &text);
		anthology_buffer_append_byte(&text, '\0');
		if (text.status != ANTHOLOGY_OK)
			break;
		sought.before = text.data;
		edit = bsearch(&sought, edits, (size_t) count, sizeof(*edits), compare_strings);
		if (edit != NULL)
		{
			anthology_buffer_append(edited, copied, (size_t) (at - copied));
			append_string(edited, edit->after, strlen(edit->after));
			copied = stop;
		}
		at = stop;
	}
	anthology_buffer_append(edited, copied, (size_t) (end - copied));
	if (edited->status == ANTHOLOGY_OK)
		edited->status = text.status;
	anthology_buffer_free(&text);
	return edited->status;
}
