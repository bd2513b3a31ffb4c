/*
 * name_parts.c - a personal name read into words with roles.
 *
 * This file reads words and ASCII letters. name_letters.c brings all other letters
 * to ASCII, name_roles.c says which word is the given name and which the family name.
 *
 * "J.R.R.", "J. R. R." and "JRR" are three initials: capitals without a vowel after
 * a consonant, in a name that has small letters too. A hyphen parts words, and the
 * second word remembers it.
 */
#include "name_reader.h"

/* What a byte below 0x80 is. */
enum
{
	CLASS_SPACE, CLASS_SMALL, CLASS_CAPITAL, CLASS_DIGIT, CLASS_DOT, CLASS_HYPHEN, CLASS_COMMA,
	CLASS_NOTHING
};

static const uint8_t ascii_class[128] = {
	['\''] = CLASS_NOTHING,['`'] = CLASS_NOTHING,[','] = CLASS_COMMA,['.'] = CLASS_DOT,
	['-'] = CLASS_HYPHEN,
	['0'] = 3,['1'] = 3,['2'] = 3,['3'] = 3,['4'] = 3,['5'] = 3,['6'] = 3,['7'] = 3,['8'] = 3,
	['9'] = 3,
	['A'] = 2,['B'] = 2,['C'] = 2,['D'] = 2,['E'] = 2,['F'] = 2,['G'] = 2,['H'] = 2,['I'] = 2,
	['J'] = 2,['K'] = 2,['L'] = 2,['M'] = 2,['N'] = 2,['O'] = 2,['P'] = 2,['Q'] = 2,['R'] = 2,
	['S'] = 2,['T'] = 2,['U'] = 2,['V'] = 2,['W'] = 2,['X'] = 2,['Y'] = 2,['Z'] = 2,
	['a'] = 1,['b'] = 1,['c'] = 1,['d'] = 1,['e'] = 1,['f'] = 1,['g'] = 1,['h'] = 1,['i'] = 1,
	['j'] = 1,['k'] = 1,['l'] = 1,['m'] = 1,['n'] = 1,['o'] = 1,['p'] = 1,['q'] = 1,['r'] = 1,
	['s'] = 1,['t'] = 1,['u'] = 1,['v'] = 1,['w'] = 1,['x'] = 1,['y'] = 1,['z'] = 1,
};

/* Parts the last word, as "JRR", into initials. */
static void
split_initials(AnthologyNameReader *reader)
{
	AnthologyNameWord whole = *reader->word;

	for (int i = 0; i < whole.size; i++)
	{
		reader->at = whole.start + i;
		if (i > 0)
			start_word(reader);
		else
		{
			uint8_t		hyphen = whole.flags & ANTHOLOGY_WORD_HYPHEN;

			start_word(reader);
			reader->word->flags |= hyphen;
		}
		add_letter(reader, whole.text.letters[i]);
		reader->word->end = (uint16_t) (whole.start + i + 1);
		reader->parsed->count++;
	}
	reader->word->end = whole.end;
}

/* Which letters may begin, and end, the digraphs ae, oe, ue (1), aa (2) and dj (4). */
static const uint8_t digraph_first[32] = {
	['a' & 31] = 3,['o' & 31] = 1,['u' & 31] = 1,['d' & 31] = 4
};
static const uint8_t digraph_second[32] = {['e' & 31] = 1,['a' & 31] = 2,['j' & 31] = 4};

/* Reads the letters and digits from i on. Returns where they end. */
static int
read_ascii_letters(AnthologyNameReader *reader, int length, int i)
{
	AnthologyNameWord *word;
	uint32_t	set = 0;
	int			size;
	int			capitals = 0;
	int			digraphs = 0;
	int			expected = 0;	/* bits of the letters that would make one */
	int			start = i;

	if (reader->word == NULL)
	{
		reader->at = i;
		start_word(reader);
		if (ascii_class[(unsigned char) reader->name[i]] != CLASS_CAPITAL)
			reader->word->flags |= ANTHOLOGY_WORD_LOWER;
	}
	word = reader->word;
	size = word->size;
	for (; i < length; i++)
	{
		unsigned char c = (unsigned char) reader->name[i];
		int			kind = c < 0x80 ? ascii_class[c] : CLASS_SPACE;

		if (kind == CLASS_SPACE || kind > CLASS_DIGIT)
			break;
		capitals += kind == CLASS_CAPITAL;
		c |= 0x20;				/* capitals and small letters differ in it; digits have it */
		if (size < ANTHOLOGY_NAME_LETTERS)
		{
			word->text.letters[size++] = (char) c;
			set |= LETTER_BIT(c);
		}
		digraphs |= expected & digraph_second[c & 31];
		expected = digraph_first[c & 31];
	}
	reader->digraphs |= digraphs;
	word->size = (uint8_t) size;
	word->set |= set;
	reader->capitals += capitals;
	reader->small += i - start - capitals;
	return i;
}

/* Capitals run together in a name that has small letters: initials. */
static void
split_capitals(AnthologyNameReader *reader)
{
	AnthologyName *parsed = reader->parsed;
	AnthologyName split;

	reader->parsed = &split;
	split.count = 0;
	for (int k = 0; k < parsed->count; k++)
	{
		AnthologyNameWord *word = &parsed->words[k];
		int			vowel = 0;

		for (int l = 1; l < word->size; l++)
			vowel |= is_vowel(word->text.letters[l]) && !is_vowel(word->text.letters[l - 1]);
		if (split.count == ANTHOLOGY_NAME_WORDS)
			split.count--;
		split.words[split.count] = *word;
		if ((reader->caps_words >> k & 1) && word->size <= 3 &&
			split.count + word->size <= ANTHOLOGY_NAME_WORDS &&
			!anthology_name_is_suffix(word) && strcmp(word->text.letters, "an") != 0 &&
			(!vowel || (word->flags & ANTHOLOGY_WORD_DOT)))
		{
			reader->word = &split.words[split.count];
			split_initials(reader);
		}
		else
			split.count++;
		/* The comma stays behind the words that were before it. */
		if (k + 1 == reader->comma)
			reader->comma = -2 - split.count;
	}
	if (reader->comma <= -2)
		reader->comma = -2 - reader->comma;
	*parsed = split;
	reader->parsed = parsed;
	reader->word = NULL;
}

AnthologyStatus
anthology_name_parse(const char *name, size_t size, AnthologyName *parsed)
{
	AnthologyNameReader reader;
	AnthologyStatus status = ANTHOLOGY_OK;
	int			length = size > ANTHOLOGY_NAME_BYTES ? ANTHOLOGY_NAME_BYTES : (int) size;
	int			i = 0;

	/* Do not cut a character. */
	if ((size_t) length < size)
		while (length > 0 && ((unsigned char) name[length] & 0xC0) == 0x80)
			length--;
	memset(&reader, 0, sizeof(reader));
	reader.name = name;
	reader.parsed = parsed;
	reader.comma = -1;
	parsed->count = 0;

	while (i < length)
	{
		unsigned char c = (unsigned char) name[i];

		if (c >= 0x80)
		{
			status = anthology_name_read_character(&reader, length, &i);
			if (status != ANTHOLOGY_OK)
				return status;
			continue;
		}
		switch (ascii_class[c])
		{
			case CLASS_SMALL:
			case CLASS_CAPITAL:
			case CLASS_DIGIT:
				i = read_ascii_letters(&reader, length, i);
				continue;
			case CLASS_DOT:
				if (reader.word != NULL)
				{
					reader.word->flags |= ANTHOLOGY_WORD_DOT;
					end_word(&reader, i + 1);
				}
				break;
			case CLASS_HYPHEN:
				end_word(&reader, i);
				reader.hyphen = parsed->count > 0;
				break;
			case CLASS_COMMA:
				end_word(&reader, i);
				if (reader.comma < 0)
					reader.comma = parsed->count;
				break;
			case CLASS_NOTHING:
				break;
			default:
				end_word(&reader, i);
				reader.hyphen = 0;
				break;
		}
		i++;
	}
	end_word(&reader, length);
	if (parsed->count == 0)
		return ANTHOLOGY_OK;
	if (reader.caps_words && reader.small > 0)
		split_capitals(&reader);
	anthology_name_assign_roles(&reader);
	return ANTHOLOGY_OK;
}

void
anthology_name_write(const AnthologyName *parsed, AnthologyBuffer *form)
{
	for (int i = 0; i < parsed->count; i++)
	{
		if (i > 0)
			anthology_buffer_append_byte(form, ' ');
		anthology_buffer_append(form, parsed->words[i].text.letters, parsed->words[i].size);
	}
}

int
anthology_name_equal(const AnthologyName *a, const AnthologyName *b)
{
	if (a->count != b->count)
		return 0;
	for (int i = 0; i < a->count; i++)
		if (memcmp(&a->words[i].text, &b->words[i].text, sizeof(a->words[i].text)) != 0)
			return 0;
	return 1;
}
