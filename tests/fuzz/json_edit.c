/*
 * json_edit.c - JSON text, valid or not. Valid text is untouched without edits. With edits
 * it is cut into tokens before and after, and must have what a naive editor of tokens makes
 * of it.
 */
#include "fuzz.h"

#include <unicode/utf16.h>

#include "core/json_edit.h"

static const AnthologyMemberEdit all[] = {
	{"names", 5, "[{\"last\": \"Li\"}]", 16, 0, 0}, {"orcid", 5, "\"0000-0002-1825-0097\"", 21, 0, 0},
	{"degree", 6, NULL, 0, 0, 0}, {"a\"b\n", 4, "{}", 2, 0, 0}, {"\303\274", 2, NULL, 0, 0, 0}, {"", 0, "null", 4, 0, 0}
};
#define EDITS ((int) (sizeof(all) / sizeof(all[0])))

static const AnthologyStringEdit strings[] = {
	{"anna-schmidt", "anna-kovacs"}, {"", "x"}, {"a\"b\n", "\\"}, {"\303\274", "\001"}
};
#define STRINGS ((int) (sizeof(strings) / sizeof(strings[0])))

/* A piece of the text that means something. */
typedef struct Token
{
	const char *text;
	size_t		length;
	char	   *meant;			/* of a string, its length before it */
	size_t		meant_length;
} Token;

typedef struct Tokens
{
	Token	   *token;
	int			count;
} Tokens;

static int
hex(const char *c)
{
	char		digits[5] = "";

	strncat(digits, c, 4);
	return strspn(digits, "0123456789abcdefABCDEF") == 4 ? (int) strtol(digits, NULL, 16) : -1;
}

/* What a string means; returns how long it is with its quotes, or 0 if it is none. */
static size_t
read_string(const char *text, Token *token)
{
	AnthologyBuffer meant;
	const char *c = text + 1;

	anthology_buffer_init(&meant);
	for (; *c != '"'; c++)
	{
		static const char names[] = "bfnrt\"\\/";
		int			unit;
		int			low;

		if ((unsigned char) *c < 0x20)
			break;
		if (*c != '\\')
		{
			anthology_buffer_append_byte(&meant, *c);
			continue;
		}
		c++;
		if (*c && strchr(names, *c))
			anthology_buffer_append_byte(&meant, "\b\f\n\r\t\"\\/"[strchr(names, *c) - names]);
		else if (*c == 'u' && (unit = hex(c + 1)) > 0)
		{
			c += 4;
			if (U16_IS_LEAD(unit) && c[1] == '\\' && c[2] == 'u' && U16_IS_TRAIL(low = hex(c + 3)))
			{
				unit = U16_GET_SUPPLEMENTARY(unit, low);
				c += 6;
			}
			if (U_IS_SURROGATE(unit))
				break;
			anthology_buffer_append_code_point(&meant, unit);
		}
		else
			break;
	}
	if (*c == '"')
	{
		token->meant = malloc(meant.length + 1);
		must(token->meant != NULL && meant.status == ANTHOLOGY_OK);
		if (meant.length > 0)
			memcpy(token->meant, meant.data, meant.length);
		token->meant_length = meant.length;
	}
	anthology_buffer_free(&meant);
	return *c == '"' ? (size_t) (c + 1 - text) : 0;
}

/* Cuts the text into tokens; false if a piece is no token. */
static int
cut(const char *text, Tokens *tokens)
{
	tokens->token = calloc(strlen(text) + 1, sizeof(Token));
	tokens->count = 0;
	must(tokens->token != NULL);
	for (text += strspn(text, " \t\r\n"); *text; text += strspn(text, " \t\r\n"))
	{
		Token	   *token = &tokens->token[tokens->count];

		token->text = text;
		if (*text == '"')
			token->length = read_string(text, token);
		else
			token->length = strchr("{}[]:,", *text) ? 1 : strspn(text, "+-.0123456789Eaeflnrstu");
		if (token->length == 0)
			return 0;
		tokens->count++;
		text += token->length;
	}
	return 1;
}

static void
clear(Tokens *tokens)
{
	for (int i = 0; i < tokens->count; i++)
		free(tokens->token[i].meant);
	free(tokens->token);
}

static int
is(const Tokens *tokens, int i, char c)
{
	return i < tokens->count && tokens->token[i].length == 1 && *tokens->token[i].text == c;
}

/* Where the value that begins at a token ends; -1 if it is none. */
static int
after_value(const Tokens *tokens, int i, int depth)
{
	int			object = is(tokens, i, '{');

	if (i >= tokens->count || depth > 200)
		return -1;
	if (!object && !is(tokens, i, '['))
		return strchr("}]:,", *tokens->token[i].text) ? -1 : i + 1;
	if (is(tokens, i + 1, object ? '}' : ']'))
		return i + 2;
	do
	{
		i++;
		if (object)
		{
			if (i >= tokens->count || tokens->token[i].meant == NULL || !is(tokens, i + 1, ':'))
				return -1;
			i += 2;
		}
		i = after_value(tokens, i, depth + 1);
	} while (i >= 0 && is(tokens, i, ','));
	return i >= 0 && is(tokens, i, object ? '}' : ']') ? i + 1 : -1;
}

static int
means(const Token *token, const char *text, size_t length)
{
	return token->meant != NULL && token->meant_length == length && memcmp(token->meant, text, length) == 0;
}

static int
same(const Tokens *a, int i, int i_end, const Tokens *b, int k, int k_end)
{
	if (i_end - i != k_end - k)
		return 0;
	for (; i < i_end; i++, k++)
		if (a->token[i].length != b->token[k].length || memcmp(a->token[i].text, b->token[k].text, a->token[i].length) != 0)
			return 0;
	return 1;
}

static const AnthologyMemberEdit *
edit_of(const Token *key)
{
	for (int e = 0; e < EDITS; e++)
		if (means(key, all[e].key, all[e].key_length))
			return &all[e];
	return NULL;
}

/* Each member of the object once more, or as edited; and the others of the edits. */
static void
compare_objects(const Tokens *before, const Tokens *after)
{
	int			b = 1;
	int			met[EDITS] = {0};

	for (int a = 1; !is(after, a, '}');)
	{
		int			a_end = after_value(after, a + 2, 1);
		const AnthologyMemberEdit *edit = edit_of(&after->token[a]);

		must(edit == NULL || edit->value != NULL);
		/* What the edits take away. */
		while (!is(before, b, '}'))
		{
			const AnthologyMemberEdit *gone = edit_of(&before->token[b]);

			if (gone == NULL || gone->value != NULL)
				break;
			b = after_value(before, b + 2, 1);
			b += is(before, b, ',');
		}
		if (edit != NULL)
		{
			Tokens		value;

			must(cut(edit->value, &value));
			must(same(&value, 0, value.count, after, a + 2, a_end));
			clear(&value);
			met[edit - all]++;
		}
		if (!is(before, b, '}') && same(before, b, b + 1, after, a, a + 1))
		{
			int			b_end = after_value(before, b + 2, 1);

			must(edit != NULL || same(before, b + 2, b_end, after, a + 2, a_end));
			b = b_end + is(before, b_end, ',');
		}
		else
			must(edit != NULL);
		a = a_end + is(after, a_end, ',');
	}
	while (!is(before, b, '}'))
	{
		const AnthologyMemberEdit *gone = edit_of(&before->token[b]);

		must(gone != NULL && gone->value == NULL);
		b = after_value(before, b + 2, 1);
		b += is(before, b, ',');
	}
	for (int e = 0; e < EDITS; e++)
		must(all[e].value == NULL || met[e] > 0);
}

static void
compare_strings(const Tokens *before, const Tokens *after, const char *key)
{
	must(before->count == after->count);
	for (int i = 0; i < before->count; i++)
	{
		const char *expected = NULL;

		if (i >= 2 && is(before, i - 1, ':') && means(&before->token[i - 2], key, strlen(key)))
			for (int e = 0; e < STRINGS; e++)
				if (means(&before->token[i], strings[e].before, strlen(strings[e].before)))
					expected = strings[e].after;
		must(expected ? means(&after->token[i], expected, strlen(expected)) : same(before, i, i + 1, after, i, i + 1));
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char	   *source = utf8_copy(data, size);
	AnthologyMemberEdit edits[EDITS];
	AnthologyStringEdit string_edits[STRINGS];
	AnthologyBuffer untouched;
	AnthologyBuffer object;
	AnthologyBuffer texts;
	Tokens		before;
	Tokens		after;

	/* No text of the server has one. */
	for (size_t i = 0; i < size; i++)
		if (source[i] == '\0')
			source[i] = ' ';
	source[size] = '\0';
	anthology_buffer_init(&untouched);
	must(anthology_json_edit_object(source, size, edits, 0, NULL, NULL, 2, &untouched) == ANTHOLOGY_OK);
	memcpy(edits, all, sizeof(all));
	memcpy(string_edits, strings, sizeof(strings));
	anthology_buffer_init(&object);
	anthology_buffer_init(&texts);
	must(anthology_json_edit_object(source, size, edits, EDITS, NULL, NULL, 2, &object) == ANTHOLOGY_OK);
	must(anthology_json_edit_strings(source, size, "id", string_edits, STRINGS, &texts) == ANTHOLOGY_OK);
	anthology_buffer_append_byte(&object, '\0');
	anthology_buffer_append_byte(&texts, '\0');
	if (cut(source, &before) && before.count > 0 && after_value(&before, 0, 0) == before.count)
	{
		must(untouched.length == size && memcmp(untouched.data, source, size) == 0);
		must(cut(texts.data, &after));
		must(after_value(&after, 0, 0) == after.count);
		compare_strings(&before, &after, "id");
		clear(&after);
		if (is(&before, 0, '{'))
		{
			must(cut(object.data, &after));
			must(after_value(&after, 0, 0) == after.count);
			compare_objects(&before, &after);
			clear(&after);
		}
		else
			must(strcmp(source, object.data) == 0);
	}
	clear(&before);
	anthology_buffer_free(&untouched);
	anthology_buffer_free(&object);
	anthology_buffer_free(&texts);
	free(source);
	return 0;
}
