/*
 * name_words.c - how two words of names agree; see name_words.h.
 */
#include "name_words.h"

#include <string.h>

/* A word and a group it is in. */
typedef struct AliasWord
{
	char		letters[16];
	uint16_t	group;
} AliasWord;

#include "name_aliases.inc"

/* Whether a word was looked up and has none. */
static int
has_no_alias(const AnthologyNameWord *word)
{
	return word->forms && !(word->forms & ANTHOLOGY_FORMS_ALIAS);
}

/* The first entry of a word, and behind the last one. */
static int
find_aliases(const AnthologyNameWord *word, int *end)
{
	const int	count = (int) (sizeof(alias_words) / sizeof(alias_words[0]));
	int			letter = word->text.letters[0] - 'a';
	int			low;
	int			high;

	if (letter < 0 || letter > 25)
		return *end = 0;
	low = alias_starts[letter];
	high = alias_starts[letter + 1];

	while (low < high)
	{
		int			middle = (low + high) / 2;

		if (memcmp(alias_words[middle].letters, word->text.letters, 16) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (*end = low; *end < count; (*end)++)
		if (memcmp(alias_words[*end].letters, word->text.letters, 16) != 0)
			break;
	return low;
}

void
anthology_word_prepare(AnthologyNameWord *word)
{
	int			end;

	word->forms = ANTHOLOGY_FORMS_LOOKED_UP;
	if (find_aliases(word, &end) < end)
		word->forms |= ANTHOLOGY_FORMS_ALIAS;
	if (anthology_word_is_syllable(word))
		word->forms |= ANTHOLOGY_FORMS_SYLLABLE;
}

static int
are_aliases(const AnthologyNameWord *a, const AnthologyNameWord *b, int given)
{
	int			a_end;
	int			b_end;
	int			i;
	int			j;

	if (a->size > 15 || b->size > 15 || has_no_alias(a) || has_no_alias(b))
		return 0;
	i = find_aliases(a, &a_end);
	if (i == a_end)
		return 0;
	j = find_aliases(b, &b_end);
	while (i < a_end && j < b_end)
	{
		if (alias_words[i].group < alias_words[j].group)
			i++;
		else if (alias_words[i].group > alias_words[j].group)
			j++;
		else if ((alias_words[i].group < ALIAS_FAMILY) == given)
			return 1;
		else
			i++, j++;
	}
	return 0;
}

void
anthology_word_aliases(const AnthologyNameWord *word, int given,
					   void (*take) (void *context, const char *letters), void *context)
{
	const int	count = (int) (sizeof(alias_words) / sizeof(alias_words[0]));
	int			end;

	if (!given)
		anthology_syllable_spellings(word, take, context);
	if (word->size > 15)
		return;
	for (int i = find_aliases(word, &end); i < end; i++)
		if ((alias_words[i].group < ALIAS_FAMILY) == given)
			for (int j = 0; j < count; j++)
				if (alias_words[j].group == alias_words[i].group)
					take(context, alias_words[j].letters);
}

int
anthology_families_are_one(const AnthologyNameWord *a, const AnthologyNameWord *b)
{
	return are_aliases(a, b, 0) || anthology_syllables_read(a, b) != ANTHOLOGY_READ_OTHERWISE;
}

/*
 * Edit distance with swaps of neighbours (optimal string alignment), bit-parallel
 * after Hyyrö, "A bit-vector algorithm for computing Levenshtein and Damerau edit
 * distances" (2003): the words have at most 32 letters, a column is one integer.
 */
int
anthology_pattern_distance(const uint32_t *pattern, int a_size, const char *letters, int size)
{
	uint32_t	vp = ~0u;
	uint32_t	vn = 0;
	uint32_t	d0 = 0;
	uint32_t	before = 0;
	uint32_t	last = 1u << (a_size - 1);
	int			distance = a_size;

	for (int j = 0; j < size; j++)
	{
		uint32_t	pm = pattern[(unsigned char) letters[j]];
		uint32_t	swap = (((~d0) & pm) << 1) & before;
		uint32_t	hp;
		uint32_t	hn;

		d0 = ((((pm & vp) + vp) ^ vp) | pm | vn) | swap;
		hp = vn | ~(d0 | vp);
		hn = d0 & vp;
		if (hp & last)
			distance++;
		if (hn & last)
			distance--;
		hp = (hp << 1) | 1;
		hn <<= 1;
		vp = hn | ~(d0 | hp);
		vn = hp & d0;
		before = pm;
	}
	return distance;
}

/* Letters inserted, deleted, replaced or swapped with their neighbour. */
static int
word_distance(const AnthologyNameWord *a, const AnthologyNameWord *b)
{
	uint32_t	pattern[128];

	/* Only what will be read is set. */
	for (int j = 0; j < b->size; j++)
		pattern[(unsigned char) b->text.letters[j]] = 0;
	for (int i = 0; i < a->size; i++)
		pattern[(unsigned char) a->text.letters[i]] = 0;
	for (int i = 0; i < a->size; i++)
		pattern[(unsigned char) a->text.letters[i]] |= 1u << i;
	return anthology_pattern_distance(pattern, a->size, b->text.letters, b->size);
}

/* Writes a Japanese word with short vowels only; returns its length, 0 if it is none. */
static int
shorten_vowels(const AnthologyNameWord *word, char *out)
{
	const char *letters = word->text.letters;
	int			size = word->size;
	int			length = 0;

	for (int i = 0; i < size;)
	{
		int			vowel = i;

		/* The consonants before a vowel: one, a doubled one, one and y, ch, sh, ts, n. */
		while (vowel < size && !strchr("aeiou", letters[vowel]))
		{
			if (strchr("lqvx", letters[vowel]) || letters[vowel] < 'a' || vowel - i > 2)
				return 0;
			vowel++;
		}
		if (vowel == size && vowel > i && (vowel - i > 1 || letters[i] != 'n'))
			return 0;
		if (vowel - i > 1)
		{
			char		first = letters[i];
			char		second = letters[i + 1];

			if (first != 'n' && !(first == 'm' && strchr("bmp", second)) && first != second &&
				second != 'y' && !(second == 'h' && (first == 'c' || first == 's')) &&
				!(first == 't' && (second == 's' || second == 'c')))
				return 0;
		}
		while (i < vowel)
			out[length++] = letters[i++];
		if (i == size)
			break;
		out[length++] = letters[i];
		if (letters[i++] != 'o' && letters[i - 1] != 'u')
			continue;
		/* ou, oo, uu, and oh but before a vowel */
		if (i < size && (letters[i] == 'u' || (letters[i] == 'o' && letters[i - 1] == 'o') ||
						 (letters[i] == 'h' && letters[i - 1] == 'o' &&
						  (i + 1 == size || !strchr("aeiouy", letters[i + 1])))))
		{
			i++;
			if (i < size && strchr("ouh", letters[i]))
				return 0;
		}
	}
	return length;
}

/*
 * The sound of a word, roughly: letters that transliterations and languages
 * exchange are made one. Returns its length.
 */
static int
write_sound(const AnthologyNameWord *word, char *sound)
{
	const char *letters = word->text.letters;
	int			size = word->size;
	int			length = 0;
	char		shortened[ANTHOLOGY_NAME_LETTERS];
	int			shortened_size = shorten_vowels(word, shortened);

	if (shortened_size >= 3)
	{
		letters = shortened;
		size = shortened_size;
	}
	for (int i = 0; i < size; i++)
	{
		char		c = letters[i];
		char		next = i + 1 < size ? letters[i + 1] : 0;

		if (c == 'p' && next == 'h')
			c = 'f', i++;
		else if (c == 't' && next == 'h')
			i++;
		else if ((c == 'c' || c == 'k') && next == 'h' && size > 5)
			c = 'k', i++;
		else if (c == 'c' && next == 'k')
			c = 'k', i++;
		else if ((c == 'c' || c == 's') && next == 'z')
			i++;
		else if (c == 's' && next == 'h' && size > 4)
			i++;
		else if (c == 'o' && (next == 'u' || next == 'h') && (next == 'u' || i + 2 == size))
			i++;
		else if (c == 'e' && next == 'i' && size > 5)
			c = 'i', i++;
		else if (c == 'i' && next == 'e' && size > 5)
			i++;
		else if ((c == 'a' || c == 'e') && next == 'h' && i + 2 == size)
			i++;
		else if (c == 'q' || c == 'c')
			c = 'k';
		else if (c == 'y' || c == 'j')
			c = 'i';
		else if (c == 'w')
			c = 'v';
		else if (c == 'z')
			c = 's';
		else if (c == 'x')
		{
			sound[length++] = 'k';
			c = 's';
		}
		if (length == 0 || sound[length - 1] != c)
			sound[length++] = c;
	}
	return length;
}

static int
sound_alike(const AnthologyNameWord *a, const AnthologyNameWord *b)
{
	char		a_sound[2 * ANTHOLOGY_NAME_LETTERS];
	char		b_sound[2 * ANTHOLOGY_NAME_LETTERS];
	int			length = write_sound(a, a_sound);

	return length >= 3 && length == write_sound(b, b_sound) &&
		memcmp(a_sound, b_sound, (size_t) length) == 0;
}

uint32_t
anthology_word_sound(const AnthologyNameWord *word)
{
	char		sound[2 * ANTHOLOGY_NAME_LETTERS];
	int			length = write_sound(word, sound);
	uint32_t	hash = 2166136261u; /* FNV-1a */

	if (length < 3)
		return 0;
	for (int i = 0; i < length; i++)
		hash = (hash ^ (unsigned char) sound[i]) * 16777619u;
	return hash | 1;
}

/* a with a second letter for each umlaut that b has one for: is it b? */
static int
spells_umlauts(const AnthologyNameWord *a, const AnthologyNameWord *b)
{
	int			j = 0;

	if (a->umlauts == 0 || a->size > b->size)
		return 0;
	for (int i = 0; i < a->size; i++)
	{
		char		c = a->text.letters[i];
		char		next;

		if (j >= b->size || b->text.letters[j] != c)
		{
			/* The Chinese ü is also written v. */
			if (!(a->umlauts >> i & 1) || c != 'u' || j >= b->size || b->text.letters[j] != 'v')
				return 0;
		}
		j++;
		if (!(a->umlauts >> i & 1) || j >= b->size)
			continue;
		next = b->text.letters[j];
		if ((next == 'e' && c != 'd') || (next == 'a' && c == 'a') || (next == 'j' && c == 'd'))
		{
			/* Unless a has that very letter too. */
			if (i + 1 >= a->size || a->text.letters[i + 1] != next)
				j++;
		}
	}
	return j == b->size;
}

static int
same_but_long_vowels(const AnthologyNameWord *a, const AnthologyNameWord *b)
{
	char		x[ANTHOLOGY_NAME_LETTERS];
	char		y[ANTHOLOGY_NAME_LETTERS];
	int			length = shorten_vowels(a, x);

	return length >= 3 && length == shorten_vowels(b, y) && memcmp(x, y, (size_t) length) == 0;
}

int
anthology_word_may_be_long(const AnthologyNameWord *word)
{
	char		out[ANTHOLOGY_NAME_LETTERS];

	return (word->set & (1u << ('o' & 31) | 1u << ('u' & 31))) && shorten_vowels(word, out) >= 3;
}

/* The consonants of a word written without vowels against those of another. */
static int
same_consonants(const AnthologyNameWord *a, const AnthologyNameWord *b)
{
	int			i = 0;
	int			j = 0;
	int			shared = 0;

	for (;;)
	{
		while (i < a->size && strchr("aeiouyw", a->text.letters[i]))
			i++;
		while (j < b->size && strchr("aeiouyw", b->text.letters[j]))
			j++;
		if (i == a->size || j == b->size)
			return i == a->size && j == b->size && shared >= (a->size > 3 && b->size > 3 ? 2 : 1);
		if (a->text.letters[i] != b->text.letters[j])
			return 0;
		shared++;
		/* A doubled consonant is written once. */
		for (char c = a->text.letters[i]; i < a->size && a->text.letters[i] == c;)
			i++;
		for (char c = b->text.letters[j]; j < b->size && b->text.letters[j] == c;)
			j++;
	}
}

AnthologyWordAgreement
anthology_words_agree(const AnthologyNameWord *a, const AnthologyNameWord *b,
					  AnthologyWordKind kind)
{
	AnthologyWordAgreement agreement = {ANTHOLOGY_HOW_NOT, 0, 0, 0};
	AnthologyReading reading;
	const AnthologyNameWord *shorter = a->size < b->size ? a : b;
	const AnthologyNameWord *longer = a->size < b->size ? b : a;
	int			same_start = a->text.letters[0] == b->text.letters[0];
	int			typo;
	int			sound;

	if (anthology_words_equal(a, b))
	{
		agreement.how = ANTHOLOGY_HOW_EQUAL;
		return agreement;
	}
	if ((a->umlauts | b->umlauts) && (spells_umlauts(a, b) || spells_umlauts(b, a)))
	{
		agreement.how = ANTHOLOGY_HOW_DIACRITIC;
		return agreement;
	}
	if (kind == ANTHOLOGY_WORDS_MIXED)
		return agreement;
	if (anthology_words_may_be_long(a, b) && same_but_long_vowels(a, b))
	{
		agreement.how = ANTHOLOGY_HOW_DIACRITIC;
		agreement.long_vowel = 1;
		return agreement;
	}
	if (((a->flags | b->flags) & ANTHOLOGY_WORD_CONSONANTS) && same_consonants(a, b))
	{
		agreement.how = ANTHOLOGY_HOW_SOUND;
		return agreement;
	}
	if (are_aliases(a, b, kind == ANTHOLOGY_WORDS_GIVEN))
	{
		agreement.how = ANTHOLOGY_HOW_ALIAS;
		return agreement;
	}
	reading = kind == ANTHOLOGY_WORDS_GIVEN ? anthology_words_read(a, b) :
		anthology_syllables_read(a, b);
	if (reading != ANTHOLOGY_READ_OTHERWISE)
	{
		agreement.how = ANTHOLOGY_HOW_READING;
		agreement.doubtful = reading == ANTHOLOGY_READ_PERHAPS;
		return agreement;
	}
	typo = anthology_words_may_agree(a, b);
	sound = anthology_letters_start_alike(a->text.letters[0], b->text.letters[0]) &&
		 (typo || (shorter->size >= 4 && longer->size - shorter->size <= 3)) &&
		sound_alike(a, b);
	if (typo || sound)
	{
		int			errors = longer->size >= 10 ? 3 : longer->size >= 7 ? 2 : 1;

		agreement.distance = word_distance(a, b);
		if (sound)
			agreement.how = ANTHOLOGY_HOW_SOUND;
		else if (agreement.distance <= errors)
			agreement.how = ANTHOLOGY_HOW_TYPO;
		if (agreement.how != ANTHOLOGY_HOW_NOT)
			return agreement;
	}
	if (kind == ANTHOLOGY_WORDS_FAMILY && longer->size - shorter->size <= ANTHOLOGY_WORD_CUT &&
		shorter->size >= 3 && memcmp(&a->text, &b->text, shorter->size) == 0)
	{
		/* Cut short: as many errors as letters are missing. */
		agreement.how = ANTHOLOGY_HOW_TYPO;
		agreement.distance = longer->size - shorter->size;
		return agreement;
	}
	if (kind == ANTHOLOGY_WORDS_GIVEN && same_start &&
		(shorter->size >= 3 || (shorter->size == 2 && (shorter->flags & ANTHOLOGY_WORD_DOT))) &&
		memcmp(&a->text, &b->text, shorter->size) == 0)
		agreement.how = ANTHOLOGY_HOW_ABBREVIATION;
	return agreement;
}
