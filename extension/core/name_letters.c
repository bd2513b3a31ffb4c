/*
 * name_letters.c - the letters of a name beyond ASCII.
 *
 * Each letter is brought to ASCII a-z: Latin, Greek and Cyrillic ones by a table
 * (name_fold.inc), Hangul by its revised romanisation syllable by syllable, all
 * others by ICU. Combining marks vanish. A letter that no rule brings to ASCII is
 * written as its code point, so that different names stay different. Digits stay.
 * Apostrophes vanish. Every other character ends a word.
 *
 * Both spellings of a diacritic are one. The table gives ü = u, and "ue" becomes
 * "u" too where it is almost surely an umlaut (Mueller = Müller = Muller, but Xue
 * is not Xu; see is_umlaut_digraph), in words of five letters or more. The same
 * holds for "ae", "oe" and "aa", and for "dj" before a vowel at the start
 * (Djordje = Đorđe). The bit mask of umlauts lets comparison find the other cases
 * (Grün = Gruen).
 *
 * A Han or Hangul name of one word is cut after its first letter. It is cut after
 * two if these are a double surname, or if a Han name has four letters (Japanese).
 */
#include "name_reader.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include "attributes.h"
#include "transliterate.h"

#include "name_fold.inc"

static void
remove_letter(AnthologyNameWord *word, int at)
{
	uint32_t	below = (1u << at) - 1;

	memmove(word->text.letters + at, word->text.letters + at + 1, (size_t) (word->size - at - 1));
	word->text.letters[--word->size] = 0;
	word->umlauts = (word->umlauts & below) | ((word->umlauts >> 1) & ~below);
	word->set = 0;
	for (int i = 0; i < word->size; i++)
		word->set |= LETTER_BIT(word->text.letters[i]);
}

/*
 * Whether the "ae", "oe" or "ue" at i is surely an umlaut, and not two syllables
 * (Samuel) or a syllable of Pinyin or Korean (Xueqi, Jaehwan): these have one
 * consonant behind it, or a consonant and a half vowel.
 */
static int
is_umlaut_digraph(const char *letters, int size, int i)
{
	char		first = letters[i];
	char		before = i > 0 ? letters[i - 1] : 't';
	char		next;
	char		second;
	int			cluster;

	if ((first != 'a' && first != 'o' && first != 'u') || i + 3 >= size || is_vowel(before) ||
		before == 'q')
		return 0;
	next = letters[i + 2];
	second = letters[i + 3];
	if (is_vowel(next) || next == 'w')
		return 0;
	cluster = !is_vowel(second) && second != 'w' && !(next == 'n' && second == 'g');
	if (next == 'l' && second == 's' && i + 4 == size)
		return 0;				/* Samuels */
	if (before == 'g' && first == 'u' && next == 'r')
		return 0;				/* Guerrero */
	if (second == 'h')
		cluster = i + 4 < size && !is_vowel(letters[i + 4]) && letters[i + 4] != 'w';
	if (cluster || (second == 'e' && i + 4 < size && letters[i + 4] == 'r'))
		return 1;
	if (first == 'a')
		return 0;
	if (first == 'u')
		return !strchr("gxyjln", before);
	return 1;
}

void
anthology_name_fold_digraphs(AnthologyNameWord *word)
{
	char	   *letters = word->text.letters;

	for (int i = 0; i + 1 < word->size; i++)
	{
		char		first = letters[i];
		char		second = letters[i + 1];

		if (first == 'd' && second == 'j' && i == 0 && word->size >= 4 && is_vowel(letters[2]))
			remove_letter(word, 1);
		else if (word->size < 5)
			return;
		else if (first == 'a' && second == 'a')
			remove_letter(word, i + 1);
		else if (second == 'e' && is_umlaut_digraph(letters, word->size, i))
			remove_letter(word, i + 1);
	}
}

/* Hangul by the revised romanisation, without assimilation. */
static void
add_hangul(AnthologyNameReader *reader, UChar32 c)
{
	static const char initials[19][3] = {
		"g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t",
		"p", "h"
	};
	static const char vowels[21][4] = {
		"a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo",
		"we", "wi", "yu", "eu", "ui", "i"
	};
	static const char finals[28][3] = {
		"", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p",
		"p", "t", "t", "ng", "t", "t", "k", "t", "p", "t"
	};
	int			index = c - 0xAC00;

	for (const char *p = initials[index / 588]; *p; p++)
		add_letter(reader, *p);
	for (const char *p = vowels[index % 588 / 28]; *p; p++)
		add_letter(reader, *p);
	for (const char *p = finals[index % 28]; *p; p++)
		add_letter(reader, *p);
}

/* The usual spelling of the commonest Korean surnames, by their syllable. */
static const char *
hangul_surname(UChar32 c)
{
	switch (c)
	{
		case 0xAE40: return "kim";
		case 0xC774: return "lee";
		case 0xBC15: return "park";
		case 0xCD5C: return "choi";
		case 0xC815: return "jung";
		case 0xAC15: return "kang";
		case 0xC870: return "cho";
		case 0xC724: return "yoon";
		case 0xC7A5: return "jang";
		case 0xC784: return "lim";
		case 0xC624: return "oh";
		case 0xC2E0: return "shin";
		case 0xAD8C: return "kwon";
		case 0xC548: return "ahn";
		case 0xC720: return "yoo";
		case 0xACE0: return "ko";
		case 0xBB38: return "moon";
		case 0xC190: return "son";
		case 0xBC31: return "baek";
		case 0xD5C8: return "heo";
		case 0xB178: return "noh";
		default: return NULL;
	}
}

/* True of the Han and Hangul surnames that have two letters. */
static int
is_double_surname(UChar32 first, UChar32 second)
{
	static const uint16_t doubles[][2] = {
		{0x6B27, 0x9633}, {0x6B50, 0x967D}, {0x53F8, 0x9A6C}, {0x53F8, 0x99AC}, {0x8BF8, 0x845B},
		{0x8AF8, 0x845B}, {0x4E0A, 0x5B98}, {0x7687, 0x752B}, {0x5C09, 0x8FDF}, {0x6155, 0x5BB9},
		{0x4EE4, 0x72D0}, {0x590F, 0x4FAF}, {0x4E1C, 0x65B9}, {0x53F8, 0x5F92}, {0xB0A8, 0xAD81},
		{0xD669, 0xBCF4}, {0xC81C, 0xAC08}, {0xC120, 0xC6B0}, {0xB3C5, 0xACE0}, {0xC0AC, 0xACF5}
	};

	for (size_t i = 0; i < sizeof(doubles) / sizeof(doubles[0]); i++)
		if (doubles[i][0] == first && doubles[i][1] == second)
			return 1;
	return 0;
}

/*
 * A run of letters that only ICU can bring to ASCII. Where ICU cannot either,
 * the letter is written as its code point.
 */
static AnthologyStatus
add_foreign(AnthologyNameReader *reader, const char *run, int length)
{
	AnthologyBuffer ascii;
	AnthologyStatus status;

	anthology_buffer_init(&ascii);
	status = anthology_transliterate(run, (size_t) length, &ascii);
	for (size_t i = 0; status == ANTHOLOGY_OK && i < ascii.length;)
	{
		UChar32		c;

		U8_NEXT(ascii.data, i, ascii.length, c);
		if (c >= 'A' && c <= 'Z')
			c += 'a' - 'A';
		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
			add_letter(reader, (char) c);
		else if (c >= 0x80 && u_isalpha(c) && u_charType(c) != U_MODIFIER_LETTER)
		{
			for (int shift = 20; shift >= 0; shift -= 4)
				add_letter(reader, "0123456789abcdef"[(c >> shift) & 15]);
		}
	}
	anthology_buffer_free(&ascii);
	return status;
}

static const char (*
				  fold_of(UChar32 c))[4]
{
	if (c >= 0xA0 && c <= 0x24F)
		return &fold_00a0[c - 0xA0];
	if (c >= 0x370 && c <= 0x45F)
		return &fold_0370[c - 0x370];
	if (c >= 0x490 && c <= 0x4FF)
		return &fold_0490[c - 0x490];
	if (c >= 0x1E00 && c <= 0x1FFF)
		return &fold_1e00[c - 0x1E00];
	return NULL;
}

/* Letters that some write with a second letter instead of the diacritic. */
static int
is_umlaut(UChar32 c)
{
	switch (c)
	{
		case 0xC4: case 0xC5: case 0xD6: case 0xD8: case 0xDC: case 0xE4: case 0xE5:
		case 0xF6: case 0xF8: case 0xFC: case 0x110: case 0x111: case 0x150: case 0x151:
		case 0x170: case 0x171: case 0x1D9: case 0x1DA: case 0x1DB: case 0x1DC:
			return 1;
		default:
			return 0;
	}
}

static inline int
is_han(UChar32 c)
{
	return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) ||
		(c >= 0x20000 && c <= 0x323AF) || (c >= 0xF900 && c <= 0xFAFF) || c == 0x3005;
}

static inline int
is_hangul(UChar32 c)
{
	return c >= 0xAC00 && c <= 0xD7A3;
}

/*
 * A word of Han or Hangul letters from *i on, which is moved behind it. Of a
 * name that is this word alone, surname and given name are parted; alone says
 * that no other letter is before it, and what follows is looked at here.
 */
static AnthologyStatus
read_east_asian(AnthologyNameReader *reader, int length, int *i)
{
	const char *name = reader->name;
	int			start = *i;
	int			end = start;
	int			cut = 0;
	int			letters = 0;
	int			hangul = 0;
	int			alone = reader->parsed->count == 0;
	UChar32		c;
	UChar32		first = 0;
	UChar32		second = 0;
	int			after_first = start;
	int			after_second = start;
	AnthologyStatus status = ANTHOLOGY_OK;

	while (end < length)
	{
		int			next = end;

		U8_NEXT(name, next, length, c);
		if (!is_han(c) && !is_hangul(c))
			break;
		hangul |= is_hangul(c);
		if (++letters == 1)
			first = c, after_first = next;
		if (letters == 2)
			second = c, after_second = next;
		end = next;
	}
	for (int k = end; alone && k < length;)
	{
		U8_NEXT(name, k, length, c);
		if (u_isalnum(c))
			alone = 0;
	}
	if (alone && letters >= 2)
		cut = (letters > 2 && is_double_surname(first, second)) || (letters == 4 && !hangul) ?
			after_second : after_first;

	for (int at = start; at < end && status == ANTHOLOGY_OK;)
	{
		int			next = at;

		if (reader->word == NULL || (cut && at == cut))
		{
			end_word(reader, at);
			reader->at = at;
			start_word(reader);
		}
		U8_NEXT(name, next, length, c);
		if (is_hangul(c))
		{
			const char *usual = hangul_surname(c);

			/* A syllable that stands for a whole surname. */
			if (usual != NULL && at == start && (next == end || next == cut))
				for (; *usual; usual++)
					add_letter(reader, *usual);
			else
				add_hangul(reader, c);
		}
		else
		{
			status = add_foreign(reader, name + at, next - at);
			/* The surname Lü, which ICU writes "lu". */
			if ((c == 0x5415 || c == 0x5442) && reader->word != NULL && reader->word->size > 0)
				reader->word->umlauts |= 1u << (reader->word->size - 1);
		}
		at = next;
	}
	if (hangul)
		reader->hangul++;
	else
		reader->han++;
	if (cut)
		reader->han++;			/* counted as two words */
	end_word(reader, end);
	*i = end;
	return status;
}

AnthologyStatus
anthology_name_read_character(AnthologyNameReader *reader, int length, int *i)
{
	const char *name = reader->name;
	int			at = *i;
	UChar32		c;
	const char (*fold)[4];

	U8_NEXT(name, *i, length, c);
	reader->at = at;
	if (c < 0)
	{
		end_word(reader, at);
		return ANTHOLOGY_OK;
	}
	fold = fold_of(c);
	if (fold != NULL && (*fold)[0] != '\0')
	{
		if (reader->word == NULL)
			start_word(reader);
		if (reader->word->size == 0 && (*fold)[0] >= 'a')
			reader->word->flags |= ANTHOLOGY_WORD_LOWER;
		if (is_umlaut(c) && reader->word->size < ANTHOLOGY_NAME_LETTERS)
			reader->word->umlauts |= 1u << reader->word->size;
		for (int k = 0; k < 4 && (*fold)[k]; k++)
		{
			char		letter = (*fold)[k];

			/* The Greek "ou", "au", "eu". */
			if (letter == 'y' && c >= 0x370 && c <= 0x3FF && reader->word->size > 0 &&
				strchr("oae", reader->word->text.letters[reader->word->size - 1]))
				letter = 'u';

			if (letter >= 'A' && letter <= 'Z')
			{
				reader->capitals++;
				letter = (char) (letter - 'A' + 'a');
			}
			else
				reader->small++;
			add_letter(reader, letter);
		}
		return ANTHOLOGY_OK;
	}
	if (is_han(c) || is_hangul(c))
	{
		end_word(reader, at);
		*i = at;
		return read_east_asian(reader, length, i);
	}
	/* Soft and hard sign; apostrophes. */
	if (c == 0x44C || c == 0x44A || c == 0x42C || c == 0x42A || c == 0x2019 || c == 0x2018 ||
		c == 0x2BC || c == 0x2BB || c == 0xB4 || c == 0x2B9 || c == 0x2032)
		return ANTHOLOGY_OK;
	if ((c >= 0x300 && c <= 0x36F) || u_getIntPropertyValue(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT))
	{
		/* A decomposed ä, ö, ü or å. */
		if ((c == 0x308 || c == 0x30A || c == 0x30B) && reader->word != NULL &&
			reader->word->size > 0)
			reader->word->umlauts |= 1u << (reader->word->size - 1);
		return ANTHOLOGY_OK;
	}
	if (c >= 0x2010 && c <= 0x2015)
	{
		end_word(reader, at);
		reader->hyphen = reader->parsed->count > 0;
		return ANTHOLOGY_OK;
	}
	if (c == 0x3001 || c == 0xFF0C || c == 0x60C)
	{
		end_word(reader, at);
		if (reader->comma < 0)
			reader->comma = reader->parsed->count;
		return ANTHOLOGY_OK;
	}
	if (u_isalpha(c))
	{
		int			end = *i;
		UErrorCode	error = U_ZERO_ERROR;
		UScriptCode script = uscript_getScript(c, &error);
		AnthologyStatus status;

		/* The run of such letters and their vowel signs. */
		while (end < length)
		{
			int			next = end;

			U8_NEXT(name, next, length, c);
			if (c < 0x80 || fold_of(c) != NULL || is_han(c) || is_hangul(c) ||
				!(u_isalpha(c) || (U_GET_GC_MASK(c) & U_GC_M_MASK)))
				break;
			end = next;
		}
		if (reader->word == NULL)
		{
			start_word(reader);
			/* As with Han letters, the family name stands first. */
			if (script == USCRIPT_HIRAGANA)
				reader->han++;
		}
		if (script == USCRIPT_ARABIC || script == USCRIPT_HEBREW)
			reader->word->flags |= ANTHOLOGY_WORD_CONSONANTS;
		status = add_foreign(reader, name + at, end - at);
		*i = end;
		/* Devanagari writes an a that is not spoken at the end: Ram, not Rama. */
		if (script == USCRIPT_DEVANAGARI && reader->word->size > 3 &&
			reader->word->text.letters[reader->word->size - 1] == 'a' &&
			!is_vowel(reader->word->text.letters[reader->word->size - 2]))
			remove_letter(reader->word, reader->word->size - 1);
		return status;
	}
	if (U_GET_GC_MASK(c) & U_GC_M_MASK)
		return ANTHOLOGY_OK;
	end_word(reader, at);
	return ANTHOLOGY_OK;
}
