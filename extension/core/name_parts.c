/*
 * name_parts.c - a personal name read into words with roles.
 *
 * Reading letters. Each letter is brought to ASCII a-z: Latin, Greek and
 * Cyrillic ones by a table (name_fold.inc), Hangul by its revised romanisation
 * syllable by syllable, all others by ICU. Combining marks vanish. What no rule
 * brings to ASCII is written as its code point, so that different names stay
 * different; digits stay; everything else but apostrophes, which vanish, ends a
 * word.
 *
 * Both spellings of a diacritic are one: the table gives ü = u, and "ue" becomes
 * "u" too where it is almost surely an umlaut (Mueller = Müller = Muller, but Xue
 * is not Xu; see is_umlaut_digraph), in words of five letters or more; likewise
 * "ae", "oe" and "aa", and "dj" before a vowel at the start (Djordje = Đorđe). The bit mask of umlauts lets comparison find the other
 * cases (Grün = Gruen).
 *
 * Words. "J.R.R.", "J. R. R." and "JRR" are three initials (capitals without a
 * vowel after a consonant, in a name that has small letters too). A hyphen
 * parts words, but the second remembers it.
 *
 * Roles. Before a comma stands the family name, behind it the given names; a
 * second part that is only a suffix is none. Without a comma the family name is
 * the last full word, those hyphened to it, and the particles before it; initials
 * behind it ("Arjun Atreya V", "Smith J") are given or middle names. The first
 * other word is the given name, the rest are middle names. One word alone is a
 * family name. Han and Hangul names stand family first: a name of one word is
 * cut after its first letter, after two if these are a double surname or the
 * name has four letters (Japanese).
 */
#include "name_parts.h"

#include <string.h>

#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include "attributes.h"
#include "transliterate.h"

#include "name_fold.inc"

/* The words as they are read; those too many overwrite the last. */
typedef struct NameReader
{
	const char *name;
	AnthologyName *parsed;
	AnthologyNameWord *word;	/* the one being read, NULL between words */
	int			at;				/* where the character being read starts */
	int			capitals;		/* in the word */
	int			digraphs;		/* the word may have "ue" or the like */
	int			small;			/* small letters in the whole name */
	int			hyphen;			/* one was just before */
	int			comma;			/* number of words before the first comma, or -1 */
	int			han;			/* words that are only Han letters */
	int			hangul;
	uint32_t	caps_words;		/* bit per word of capitals only */
} NameReader;

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

/* Digits share bits with letters: what is told apart by sets is only likely so. */
#define LETTER_BIT(c) (1u << ((c) & 31))
#define VOWELS (LETTER_BIT('a') | LETTER_BIT('e') | LETTER_BIT('i') | LETTER_BIT('o') | \
				LETTER_BIT('u') | LETTER_BIT('y'))

static int
is_vowel(char c)
{
	return c >= 'a' && (LETTER_BIT(c) & VOWELS) != 0;
}

static void
start_word(NameReader *reader)
{
	AnthologyName *parsed = reader->parsed;
	AnthologyNameWord *word;

	if (parsed->count == ANTHOLOGY_NAME_WORDS)
		parsed->count--;
	word = &parsed->words[parsed->count];
	memset(word, 0, sizeof(*word));
	word->start = (uint16_t) reader->at;
	word->flags = reader->hyphen ? ANTHOLOGY_WORD_HYPHEN : 0;
	word->family_rank = word->given_rank = 0xFF;
	reader->word = word;
	reader->capitals = 0;
	reader->digraphs = 0;
	reader->hyphen = 0;
}

/* One letter, already small; at the end of a full word it is left out. */
static inline void
add_letter(NameReader *reader, char c)
{
	AnthologyNameWord *word = reader->word;

	if (word->size < ANTHOLOGY_NAME_LETTERS)
	{
		word->text.letters[word->size++] = c;
		word->set |= LETTER_BIT(c);
		reader->digraphs = 1;
	}
}

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

/* Writes ue, oe, ae, aa and dj as one letter where they stand for a diacritic. */
static void
fold_digraphs(AnthologyNameWord *word)
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

/* Parts "JRR" into initials; the word is the last one read. */
static void
split_initials(NameReader *reader)
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

static inline void
end_word(NameReader *reader, int at)
{
	AnthologyNameWord *word = reader->word;

	if (word == NULL)
		return;
	if (word->size == 0)
	{
		reader->word = NULL;
		return;
	}
	word->end = (uint16_t) at;
	if (reader->capitals == word->size && word->size > 1)
		reader->caps_words |= 1u << reader->parsed->count;
	else
		reader->caps_words &= ~(1u << reader->parsed->count);
	if (reader->digraphs && word->size > 3)
		fold_digraphs(word);
	reader->parsed->count++;
	reader->word = NULL;
}

/* Hangul by the revised romanisation, without assimilation. */
static void
add_hangul(NameReader *reader, UChar32 c)
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

/* The hundred commonest Chinese surnames, with their traditional letters. */
static int
is_han_surname(UChar32 c)
{
	static const UChar surnames[] =
		u"王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何高林罗羅郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧曹彭曾"
		u"肖蕭田董袁潘于蒋蔣蔡余杜叶葉程苏蘇魏吕呂丁任沈姚卢盧姜崔钟鍾谭譚陆陸汪范金石廖贾賈夏韦韋付方白邹鄒"
		u"孟熊秦邱江尹薛闫阎段雷侯龙龍史陶黎贺賀顾顧毛郝龚龔邵万萬钱錢严嚴覃武戴莫孔向汤湯";

	for (const UChar *p = surnames; *p; p++)
		if (*p == c)
			return 1;
	return 0;
}

/*
 * A run of letters that only ICU can bring to ASCII. Where ICU cannot either,
 * the letter is written as its code point.
 */
static AnthologyStatus
add_foreign(NameReader *reader, const char *run, int length)
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
read_east_asian(NameReader *reader, int length, int *i)
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

/* A character from 0x80 on. */
static AnthologyStatus
read_character(NameReader *reader, int length, int *i)
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

/* A short word as a number: what a switch can tell apart. */
#define KEY(a, b, c, d, e, f) \
	((uint64_t) (a) | (uint64_t) (b) << 8 | (uint64_t) (c) << 16 | (uint64_t) (d) << 24 | \
	 (uint64_t) (e) << 32 | (uint64_t) (f) << 40)

static inline uint64_t
key_of(const AnthologyNameWord *word)
{
	const char *l = word->text.letters;

	return KEY(l[0], l[1], l[2], l[3], l[4], l[5]);
}

static int
is_particle(const AnthologyNameWord *word)
{
	/* An initial is a letter and a dot, or a capital. */
	if (word->size > 5 || (word->flags & ANTHOLOGY_WORD_DOT) ||
		(word->size == 1 && !(word->flags & ANTHOLOGY_WORD_LOWER)))
		return 0;
	switch (key_of(word))
	{
		case KEY('a', 'f', 0, 0, 0, 0):			/* af */
		case KEY('a', 'l', 0, 0, 0, 0):			/* al */
		case KEY('a', 'u', 's', 0, 0, 0):			/* aus */
		case KEY('a', 'v', 0, 0, 0, 0):			/* av */
		case KEY('b', 'i', 'n', 0, 0, 0):			/* bin */
		case KEY('b', 'i', 'n', 't', 0, 0):			/* bint */
		case KEY('d', 0, 0, 0, 0, 0):			/* d */
		case KEY('d', 'a', 0, 0, 0, 0):			/* da */
		case KEY('d', 'a', 'l', 0, 0, 0):			/* dal */
		case KEY('d', 'a', 'l', 'l', 'a', 0):			/* dalla */
		case KEY('d', 'a', 's', 0, 0, 0):			/* das */
		case KEY('d', 'e', 0, 0, 0, 0):			/* de */
		case KEY('d', 'e', 'g', 'l', 'i', 0):			/* degli */
		case KEY('d', 'e', 'i', 0, 0, 0):			/* dei */
		case KEY('d', 'e', 'l', 0, 0, 0):			/* del */
		case KEY('d', 'e', 'l', 'l', 'a', 0):			/* della */
		case KEY('d', 'e', 'n', 0, 0, 0):			/* den */
		case KEY('d', 'e', 'r', 0, 0, 0):			/* der */
		case KEY('d', 'i', 0, 0, 0, 0):			/* di */
		case KEY('d', 'o', 0, 0, 0, 0):			/* do */
		case KEY('d', 'o', 's', 0, 0, 0):			/* dos */
		case KEY('d', 'u', 0, 0, 0, 0):			/* du */
		case KEY('e', 0, 0, 0, 0, 0):			/* e */
		case KEY('e', 'l', 0, 0, 0, 0):			/* el */
		case KEY('i', 0, 0, 0, 0, 0):			/* i */
		case KEY('i', 'b', 'n', 0, 0, 0):			/* ibn */
		case KEY('l', 'a', 0, 0, 0, 0):			/* la */
		case KEY('l', 'a', 's', 0, 0, 0):			/* las */
		case KEY('l', 'e', 0, 0, 0, 0):			/* le */
		case KEY('l', 'o', 's', 0, 0, 0):			/* los */
		case KEY('n', 'a', 0, 0, 0, 0):			/* na */
		case KEY('o', 'f', 0, 0, 0, 0):			/* of */
		case KEY('o', 'p', 0, 0, 0, 0):			/* op */
		case KEY('s', 'a', 'n', 0, 0, 0):			/* san */
		case KEY('t', 0, 0, 0, 0, 0):			/* t */
		case KEY('t', 'e', 'n', 0, 0, 0):			/* ten */
		case KEY('t', 'e', 'r', 0, 0, 0):			/* ter */
		case KEY('v', 'a', 'n', 0, 0, 0):			/* van */
		case KEY('v', 'o', 'm', 0, 0, 0):			/* vom */
		case KEY('v', 'o', 'n', 0, 0, 0):			/* von */
		case KEY('y', 0, 0, 0, 0, 0):			/* y */
		case KEY('z', 'u', 0, 0, 0, 0):			/* zu */
		case KEY('z', 'u', 'm', 0, 0, 0):			/* zum */
		case KEY('z', 'u', 'r', 0, 0, 0):			/* zur */
			return 1;
		default:
			return 0;
	}
}

static int
is_suffix(const AnthologyNameWord *word)
{
	if (word->size < 2 || word->size > 6)
		return 0;
	switch (key_of(word))
	{
		case KEY('2', 'n', 'd', 0, 0, 0):			/* 2nd */
		case KEY('3', 'r', 'd', 0, 0, 0):			/* 3rd */
		case KEY('4', 't', 'h', 0, 0, 0):			/* 4th */
		case KEY('i', 'i', 0, 0, 0, 0):			/* ii */
		case KEY('i', 'i', 'i', 0, 0, 0):			/* iii */
		case KEY('i', 'v', 0, 0, 0, 0):			/* iv */
		case KEY('j', 'n', 'r', 0, 0, 0):			/* jnr */
		case KEY('j', 'r', 0, 0, 0, 0):			/* jr */
		case KEY('j', 'u', 'n', 'i', 'o', 'r'):			/* junior */
		case KEY('p', 'h', 'd', 0, 0, 0):			/* phd */
		case KEY('s', 'e', 'n', 'i', 'o', 'r'):			/* senior */
		case KEY('s', 'n', 'r', 0, 0, 0):			/* snr */
		case KEY('s', 'r', 0, 0, 0, 0):			/* sr */
			return 1;
		default:
			return 0;
	}
}

/* Moves the words [from, to) behind the others. */
static void
move_to_end(AnthologyName *parsed, int from, int to)
{
	AnthologyNameWord moved[ANTHOLOGY_NAME_WORDS];
	int			count = to - from;

	if (count <= 0 || to == parsed->count)
		return;
	memcpy(moved, &parsed->words[from], sizeof(AnthologyNameWord) * (size_t) count);
	memmove(&parsed->words[from], &parsed->words[to],
			sizeof(AnthologyNameWord) * (size_t) (parsed->count - to));
	memcpy(&parsed->words[parsed->count - count], moved,
		   sizeof(AnthologyNameWord) * (size_t) count);
}

static void
set_roles(AnthologyName *parsed, int from, int to, AnthologyNameRole role)
{
	for (int i = from; i < to; i++)
		parsed->words[i].role = (uint8_t) role;
}

/* The given and middle names [from, to). */
static void
set_given_roles(AnthologyName *parsed, int from, int to)
{
	set_roles(parsed, from, to, ANTHOLOGY_NAME_MIDDLE);
	if (from < to)
		parsed->words[from].role = ANTHOLOGY_NAME_GIVEN;
}

/* The family name [from, to) with its leading particles. */
static void
set_family_roles(AnthologyName *parsed, int from, int to)
{
	while (from < to - 1 && is_particle(&parsed->words[from]))
		parsed->words[from++].role = ANTHOLOGY_NAME_PARTICLE;
	set_roles(parsed, from, to, ANTHOLOGY_NAME_FAMILY);
}

static int
only_initials(const AnthologyName *parsed, int from, int to)
{
	while (from < to && parsed->words[from].size == 1)
		from++;
	return from == to;
}

/* "van Last, First Middle, Jr.": comma words stand before the comma. */
static void
read_inverted(AnthologyName *parsed, int comma)
{
	int			family = comma;
	int			given_end;
	int			suffixes = 0;

	/* "King Jr., Martin" and "King, Martin, Jr." */
	while (family > 1 && is_suffix(&parsed->words[family - 1]))
		family--;
	suffixes = comma - family;
	move_to_end(parsed, family, comma);
	given_end = parsed->count - suffixes;
	while (given_end > family + 1 && is_suffix(&parsed->words[given_end - 1]))
		given_end--;
	set_roles(parsed, given_end, parsed->count, ANTHOLOGY_NAME_SUFFIX);

	/* given, [trailing particles], family, suffixes */
	set_family_roles(parsed, 0, family);
	{
		int			particles = given_end;
		AnthologyNameWord tail[ANTHOLOGY_NAME_WORDS];
		int			tail_count = parsed->count - given_end;

		while (particles > family + 1 && is_particle(&parsed->words[particles - 1]) &&
			   (parsed->words[particles - 1].flags & ANTHOLOGY_WORD_LOWER))
			particles--;
		set_given_roles(parsed, family, particles);
		set_roles(parsed, particles, given_end, ANTHOLOGY_NAME_PARTICLE);
		memcpy(tail, &parsed->words[given_end], sizeof(AnthologyNameWord) * (size_t) tail_count);
		parsed->count = given_end;
		move_to_end(parsed, 0, family);
		memcpy(&parsed->words[given_end], tail, sizeof(AnthologyNameWord) * (size_t) tail_count);
		parsed->count += tail_count;
	}
}

static void
read_straight(AnthologyName *parsed)
{
	AnthologyNameWord *words = parsed->words;
	int			end = parsed->count;
	int			family;
	int			family_end;

	while (end > 2 && is_suffix(&words[end - 1]))
		end--;
	if (end == 2 && is_suffix(&words[1]) && words[1].text.letters[1] == 'r')
		end--;
	set_roles(parsed, end, parsed->count, ANTHOLOGY_NAME_SUFFIX);

	/* Initials behind the last full word are not the family name. */
	family_end = end;
	while (family_end > 0 && words[family_end - 1].size == 1)
		family_end--;
	if (family_end == 0)
		family_end = end;
	family = family_end - 1;
	if (family_end == end)
	{
		while (family > 0 && (words[family].flags & ANTHOLOGY_WORD_HYPHEN) &&
			   words[family - 1].size > 1)
			family--;
		while (family > 0 && is_particle(&words[family - 1]) &&
			   (family > 1 || (words[0].flags & ANTHOLOGY_WORD_LOWER)))
			family--;
	}
	set_family_roles(parsed, family, family_end);
	if (family_end < end)
	{
		/* given, middle, trailing initials, then the family name. */
		AnthologyNameWord name = words[family];

		memmove(&words[family], &words[family_end],
				sizeof(AnthologyNameWord) * (size_t) (end - family_end));
		words[end - 1] = name;
		family = end - 1;
	}
	set_given_roles(parsed, 0, family);
}

/* Han and Hangul: the family name stands first, unless only the last is one. */
static void
read_family_first(NameReader *reader)
{
	AnthologyName *parsed = reader->parsed;
	UChar32		first = 0;
	UChar32		last = 0;
	int			i = parsed->words[0].start;
	int			whole = parsed->words[0].end;

	U8_NEXT(reader->name, i, whole, first);
	if (i < whole)
		first = is_han_surname(first) ? first : 0;
	i = parsed->words[parsed->count - 1].start;
	whole = parsed->words[parsed->count - 1].end;
	U8_NEXT(reader->name, i, whole, last);
	if (i == whole && is_han_surname(last) && !is_han_surname(first))
	{
		set_roles(parsed, 0, parsed->count, ANTHOLOGY_NAME_FAMILY);
		set_given_roles(parsed, 0, parsed->count - 1);
		return;
	}
	parsed->words[0].role = ANTHOLOGY_NAME_FAMILY;
	set_given_roles(parsed, 1, parsed->count);
	move_to_end(parsed, 0, 1);
}

/* Which letters may begin, and end, the digraphs ae, oe, ue; aa; dj. */
static const uint8_t digraph_first[32] = {['a' & 31] = 3,['o' & 31] = 1,['u' & 31] = 1,['d' & 31] = 4};
static const uint8_t digraph_second[32] = {['e' & 31] = 1,['a' & 31] = 2,['j' & 31] = 4};

/* The letters and digits from i on; answers where they end. */
static int
read_ascii_letters(NameReader *reader, int length, int i)
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

AnthologyStatus
anthology_name_parse(const char *name, size_t size, AnthologyName *parsed)
{
	NameReader	reader;
	AnthologyStatus status = ANTHOLOGY_OK;
	int			length = size > ANTHOLOGY_NAME_BYTES ? ANTHOLOGY_NAME_BYTES : (int) size;
	int			i = 0;

	/* Not to cut a character. */
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
			status = read_character(&reader, length, &i);
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

	/* Capitals run together in a name that has small letters: initials. */
	if (reader.caps_words && reader.small > 0)
	{
		AnthologyName split;

		reader.parsed = &split;
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
			if ((reader.caps_words >> k & 1) && word->size <= 3 &&
				split.count + word->size <= ANTHOLOGY_NAME_WORDS &&
				!is_suffix(word) && strcmp(word->text.letters, "an") != 0 &&
				(!vowel || (word->flags & ANTHOLOGY_WORD_DOT)))
			{
				reader.word = &split.words[split.count];
				split_initials(&reader);
			}
			else
				split.count++;
			/* The comma stays behind the words that were before it. */
			if (k + 1 == reader.comma)
				reader.comma = -2 - split.count;
		}
		if (reader.comma <= -2)
			reader.comma = -2 - reader.comma;
		*parsed = split;
		reader.parsed = parsed;
	}

	if (reader.comma > 0 && reader.comma < parsed->count)
	{
		int			all_suffixes = 1;

		for (int k = reader.comma; k < parsed->count; k++)
			all_suffixes &= is_suffix(&parsed->words[k]);
		if (!all_suffixes)
		{
			/* "B, Bharathi" and "E, Weinan" are read as "Bharathi B" and "Weinan E". */
			if (only_initials(parsed, 0, reader.comma) &&
				!only_initials(parsed, reader.comma, parsed->count))
			{
				move_to_end(parsed, 0, reader.comma);
				read_straight(parsed);
			}
			else
				read_inverted(parsed, reader.comma);
			return ANTHOLOGY_OK;
		}
	}
	if (parsed->count > 1 && reader.han + reader.hangul >= parsed->count)
		read_family_first(&reader);
	else
		read_straight(parsed);
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
