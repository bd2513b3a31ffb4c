/*
 * name_vocabulary.c - which words of an index may agree with those of a name.
 *
 * Nothing is approximate here: every word that anthology_words_agree() would let
 * agree is found. A family name is compared with all words by the bits of their
 * letters, which costs about a nanosecond a word. Words that must be spelt alike are
 * looked up.
 */
#include "name_vocabulary.h"

#include <string.h>

#include "name_frequency.h"
#include "name_postings.h"
#include "name_similarity.h"
#include "name_syllables.h"
#include "name_words.h"

/*
 * The least loss, in bits, if neither given name begins the other: that of a short
 * form (alias in name_weights.inc).
 */
#define NEARBY_LOSES 3.5f

#define BLOCK ANTHOLOGY_VOCABULARY_BLOCK

typedef struct SourceSearch
{
	const AnthologyVocabulary *vocabulary;
	const AnthologySought *sought;
	const AnthologyName *name;
	float		least;
	void		(*take) (void *context, const AnthologyPostingSource *source);
	void	   *context;
	/* The word looked for, and which words of the name it is joined of. */
	AnthologyNameWord word;
	int			first;
	int			last;
} SourceSearch;

static float
least(float x, float y)
{
	return x < y ? x : y;
}

static uint32_t
set_of(const char *letters, int size)
{
	uint32_t	set = 0;

	for (int i = 0; i < size; i++)
		set |= 1u << (letters[i] & 31);
	return set;
}

/* How many letters two words may differ in if this is the longer one's size. */
static int
errors_of(int longest)
{
	return longest >= 10 ? 3 : longest >= 7 ? 2 : 1;
}

/* The most, whatever word the other is. */
static int
most_errors(int size)
{
	int			most = errors_of(size);

	for (int more = 1; more <= 3; more++)
		if (errors_of(size + more) >= more)
			most = errors_of(size + more);
	return most;
}

/* Whether letters may be an umlaut spelt out, so that it begins otherwise without. */
static int
has_digraph(const AnthologyNameWord *word)
{
	const char *letters = word->text.letters;

	for (int i = 0; i < word->size; i++)
	{
		char		c = letters[i];
		char		next = i + 1 < word->size ? letters[i + 1] : 0;

		if (c == 'v' || ((c == 'a' || c == 'o' || c == 'u') && next == 'e') ||
			(c == 'a' && next == 'a') || (c == 'd' && next == 'j'))
			return 1;
	}
	return 0;
}

static void
make_word(const char *letters, int size, uint32_t umlauts, int occurs, AnthologyNameWord *word)
{
	memset(word, 0, sizeof(*word));
	memcpy(word->text.letters, letters, (size_t) size);
	word->size = (uint8_t) size;
	word->set = set_of(letters, size);
	word->umlauts = umlauts;
	if (occurs & ANTHOLOGY_OCCURS_CONSONANTS)
		word->flags = ANTHOLOGY_WORD_CONSONANTS;
	anthology_name_rank(word);
}

void
anthology_vocabulary_add(AnthologyVocabulary *vocabulary, const char *letters, int size,
						 int occurs, uint32_t umlauts)
{
	AnthologyNameWord word;
	int			i = vocabulary->count++;

	make_word(letters, size, umlauts, occurs, &word);
	memcpy(vocabulary->letters + vocabulary->letters_size, letters, (size_t) size);
	vocabulary->starts[i] = (uint32_t) vocabulary->letters_size;
	vocabulary->letters_size += size;
	vocabulary->starts[i + 1] = (uint32_t) vocabulary->letters_size;
	vocabulary->sets[i] = word.set;
	vocabulary->sounds[i] = anthology_word_sound(&word);
	vocabulary->family_sizes[i] = occurs & ANTHOLOGY_OCCURS_FAMILY ? (uint32_t) size : 1000;
	vocabulary->umlauts[i] = umlauts;
	vocabulary->occurs[i] = (uint8_t) occurs;
	vocabulary->has_consonants |= occurs & ANTHOLOGY_OCCURS_CONSONANTS;
}

/* The first word that is not before these letters. */
static int
find_word(const AnthologyVocabulary *vocabulary, const char *letters, int size)
{
	int			low = 0;
	int			high = vocabulary->count;

	while (low < high)
	{
		int			middle = (low + high) / 2;
		int			its = (int) (vocabulary->starts[middle + 1] - vocabulary->starts[middle]);
		int			order = memcmp(vocabulary->letters + vocabulary->starts[middle], letters,
								   (size_t) (its < size ? its : size));

		if (order < 0 || (order == 0 && its < size))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void
take_source(SourceSearch *search, AnthologyPostingSource *source)
{
	float		best = 0;

	for (int i = 0; i < ANTHOLOGY_NEARNESS; i++)
		if (source->bound[i] > best)
			best = source->bound[i];
	if (best > 0 && best >= search->least)
		search->take(search->context, source);
}

/* Word i of the vocabulary as a source for the word looked for, if they agree. */
static void
try_word(SourceSearch *search, int i, int family_only)
{
	const AnthologyVocabulary *vocabulary = search->vocabulary;
	const AnthologyName *name = search->name;
	const AnthologyNameWord *word = &search->word;
	AnthologyPostingSource source;
	AnthologyNameWord other;
	int			occurs = vocabulary->occurs[i];
	int			size = (int) (vocabulary->starts[i + 1] - vocabulary->starts[i]);
	int			is_family = word->role == ANTHOLOGY_NAME_FAMILY;
	float		loses[ANTHOLOGY_NEARNESS] = {0, 0, 0};

	make_word(vocabulary->letters + vocabulary->starts[i], size, vocabulary->umlauts[i], occurs,
			  &other);
	memset(&source, 0, sizeof(source));
	memcpy(source.letters, other.text.letters, (size_t) size);
	source.size = (uint8_t) size;

	/* The word that names kept here would have beside this one. */
	source.other = -1;
	for (int j = 0; j < name->count; j++)
	{
		const AnthologyNameWord *w = &name->words[j];

		if (w->role == (is_family ? ANTHOLOGY_NAME_GIVEN : ANTHOLOGY_NAME_FAMILY) &&
			(j < search->first || j > search->last))
		{
			source.other = j;
			break;
		}
	}

	if (occurs & ANTHOLOGY_OCCURS_FAMILY)
	{
		other.role = ANTHOLOGY_NAME_FAMILY;
		source.kind = ANTHOLOGY_POSTING_FAMILY;
		if (source.other >= 0)
		{
			const AnthologyNameWord *w = &name->words[source.other];

			/*
			 * ü and ue, long vowels, or vowels that are not written, are not told
			 * by the beginning; and under another word than the name's family name, the
			 * third may be the one that is alike.
			 */
			if (is_family && !(w->umlauts || (w->flags & ANTHOLOGY_WORD_CONSONANTS) ||
							   has_digraph(w) || anthology_word_may_be_long(w) ||
							   vocabulary->has_consonants))
				loses[ANTHOLOGY_NEARBY] = least(NEARBY_LOSES, anthology_name_conflict(w, 0));
			loses[ANTHOLOGY_FAR] = anthology_name_conflict(w, is_family);
		}
		for (int near = 0; near < ANTHOLOGY_NEARNESS; near++)
			source.bound[near] = anthology_name_bound(name, search->first, search->last, word,
													  &other, loses[near], near != ANTHOLOGY_FAR);
		/* The same name is in here, if it is anywhere. */
		if (is_family && search->first == search->last && anthology_words_equal(word, &other))
			source.bound[ANTHOLOGY_NEAR] = 1;
		take_source(search, &source);
	}
	if ((occurs & ANTHOLOGY_OCCURS_GIVEN) && is_family && !family_only)
	{
		source.kind = ANTHOLOGY_POSTING_GIVEN;
		loses[ANTHOLOGY_NEARBY] = 0;
		if (source.other >= 0)
			loses[ANTHOLOGY_FAR] = anthology_name_conflict(&name->words[source.other], 0);
		for (int near = 0; near < ANTHOLOGY_NEARNESS; near++)
		{
			source.bound[near] = 0;
			for (int role = ANTHOLOGY_NAME_GIVEN; role <= ANTHOLOGY_NAME_PARTICLE; role++)
			{
				float		bound;

				other.role = (uint8_t) role;
				bound = anthology_name_bound(name, search->first, search->last, word, &other,
											 loses[near], near != ANTHOLOGY_FAR);
				if (bound > source.bound[near])
					source.bound[near] = bound;
			}
		}
		take_source(search, &source);
	}
}

/* The words with just these letters. */
static void
try_letters(SourceSearch *search, const char *letters, int size)
{
	const AnthologyVocabulary *vocabulary = search->vocabulary;

	for (int i = find_word(vocabulary, letters, size); i < vocabulary->count; i++)
	{
		if ((int) (vocabulary->starts[i + 1] - vocabulary->starts[i]) != size ||
			memcmp(vocabulary->letters + vocabulary->starts[i], letters, (size_t) size) != 0)
			break;
		try_word(search, i, 0);
	}
}

static void
try_alias(void *context, const char *letters)
{
	try_letters(context, letters, (int) strlen(letters));
}

/* The words that an umlaut spelt out makes the word. */
static void
try_umlauts(SourceSearch *search)
{
	const AnthologyVocabulary *vocabulary = search->vocabulary;
	char		letter = search->word.text.letters[0];
	char		next = (char) (letter + 1);
	int			end = find_word(vocabulary, &next, 1);

	for (int i = find_word(vocabulary, &letter, 1); i < end; i++)
		if (search->word.umlauts | vocabulary->umlauts[i])
			try_word(search, i, 0);
}

/* The family names that are the word cut short, or that it is cut short of. */
static void
try_cut(SourceSearch *search)
{
	const AnthologyVocabulary *vocabulary = search->vocabulary;
	const AnthologyNameWord *word = &search->word;
	const char *letters = word->text.letters;

	for (int size = word->size - 1; size >= 3 && word->size - size <= ANTHOLOGY_WORD_CUT; size--)
		try_letters(search, letters, size);
	for (int i = find_word(vocabulary, letters, word->size); i < vocabulary->count; i++)
	{
		int			size = (int) (vocabulary->starts[i + 1] - vocabulary->starts[i]);

		if (size < word->size ||
			memcmp(vocabulary->letters + vocabulary->starts[i], letters, word->size) != 0)
			break;
		if (word->size >= 3 && size > word->size && size - word->size <= ANTHOLOGY_WORD_CUT)
			try_word(search, i, 1);
	}
}

/* The family names that are misspelt, sound alike or lack vowels. */
static void
try_spellings(SourceSearch *search)
{
	const AnthologyVocabulary *vocabulary = search->vocabulary;
	const AnthologyNameWord *word = &search->word;
	uint32_t	sound = anthology_word_sound(word);
	int			consonants = (word->flags & ANTHOLOGY_WORD_CONSONANTS) != 0;
	uint32_t	own_size = word->size;
	uint32_t	pattern[128];

	memset(pattern, 0, sizeof(pattern));
	for (int i = 0; i < word->size; i++)
		pattern[(unsigned char) word->text.letters[i]] |= 1u << i;
	/* Two words without a sound are not alike. */
	sound = sound == 0 ? ~0u : sound;
	for (int block = 0; block < vocabulary->count; block += BLOCK)
	{
		int			count = vocabulary->count - block < BLOCK ? vocabulary->count - block : BLOCK;
		const uint32_t *sets = vocabulary->sets + block;
		const uint32_t *sounds = vocabulary->sounds + block;
		const uint32_t *sizes = vocabulary->family_sizes + block;
		union
		{
			uint8_t		bytes[BLOCK];
			uint64_t	eights[BLOCK / 8];
		}			hits;

		/*
		 * Several words at a time: those of a size, and with letters, that so many
		 * errors as their size allows may make of the word's. An error changes two
		 * letters at most.
		 */
		for (int i = 0; i < BLOCK; i++)
		{
			uint32_t	bits = sets[i] ^ word->set;
			uint32_t	longest = sizes[i] > own_size ? sizes[i] : own_size;
			uint32_t	longer = longest + longest - sizes[i] - own_size;
			uint32_t	errors = 1 + (longest >= 7) + (longest >= 10);

			bits = bits - ((bits >> 1) & 0x55555555);
			bits = (bits & 0x33333333) + ((bits >> 2) & 0x33333333);
			bits = (bits + (bits >> 4)) & 0x0F0F0F0F;
			bits += bits >> 8;
			bits += bits >> 16;
			hits.bytes[i] = (uint8_t) ((((bits & 63) <= 2 * errors) & (longer <= errors)) |
									   (sounds[i] == sound));
		}
		for (int i = 0; i < count; i++)
		{
			int			size = (int) sizes[i];

			/* Nearly all are passed over eight at a time. */
			if (i % 8 == 0 && hits.eights[i / 8] == 0 && !consonants)
			{
				i += 7;
				continue;
			}
			if ((!hits.bytes[i] && !consonants) || size > ANTHOLOGY_NAME_LETTERS)
				continue;
			if (!consonants && sounds[i] != sound &&
				((size < 4 && word->size < 4) ||
				 anthology_pattern_distance(pattern, word->size,
											vocabulary->letters + vocabulary->starts[block + i],
											size) >
					errors_of(size > word->size ? size : word->size)))
				continue;
			try_word(search, block + i, 1);
		}
	}
	/* Words without vowels are few, and may be like any. */
	for (int i = 0; i < vocabulary->count && !consonants && vocabulary->has_consonants; i++)
		if (vocabulary->occurs[i] & ANTHOLOGY_OCCURS_CONSONANTS)
			try_word(search, i, 1);
}

void
anthology_vocabulary_sources(const AnthologyVocabulary *vocabulary, const AnthologySought *sought,
							 float least,
							 void (*take) (void *context, const AnthologyPostingSource *source),
							 void *context)
{
	SourceSearch search;
	const AnthologyName *name = &sought->name;
	int			full = 0;

	memset(&search, 0, sizeof(search));
	search.vocabulary = vocabulary;
	search.sought = sought;
	search.name = name;
	search.least = least;
	search.take = take;
	search.context = context;

	for (int i = 0; i < name->count; i++)
	{
		const AnthologyNameWord *word = &name->words[i];
		int			is_family = word->role == ANTHOLOGY_NAME_FAMILY;

		if (word->role == ANTHOLOGY_NAME_SUFFIX)
			continue;
		full |= word->size > 1 || is_family;
		search.word = *word;
		search.first = search.last = i;
		try_letters(&search, word->text.letters, word->size);
		if (word->size > 1)
			try_umlauts(&search);
		if (word->size > 1 && is_family)
		{
			anthology_word_aliases(word, 0, try_alias, &search);
			try_spellings(&search);
			try_cut(&search);
		}

		/* Two or three words that are one in the other name. */
		for (int last = i + 1; last < name->count && last <= i + 2; last++)
		{
			const AnthologyNameWord *next = &name->words[last];

			if (next->role == ANTHOLOGY_NAME_SUFFIX ||
				search.word.size + next->size > ANTHOLOGY_NAME_LETTERS)
				break;
			memcpy(search.word.text.letters + search.word.size, next->text.letters, next->size);
			search.word.size = (uint8_t) (search.word.size + next->size);
			search.word.set |= next->set;
			search.word.umlauts = 0;
			if (next->role == ANTHOLOGY_NAME_FAMILY)
				search.word.role = ANTHOLOGY_NAME_FAMILY;
			search.last = last;
			anthology_name_rank(&search.word);
			try_letters(&search, search.word.text.letters, search.word.size);
		}
	}
	if (!full)
	{
		/* No word to look up: only a name kept under the same first word is like it. */
		AnthologyPostingSource source;

		memset(&source, 0, sizeof(source));
		source.kind = ANTHOLOGY_POSTING_FAMILY;
		source.bound[ANTHOLOGY_NEAR] = 1;
		source.other = -1;
		if (name->count > 0)
		{
			source.size = name->words[0].size;
			memcpy(source.letters, name->words[0].text.letters, source.size);
		}
		take(context, &source);
	}
}

static void
add_alias(void *context, const char *letters)
{
	AnthologySought *sought = context;

	if (sought->aliases == ANTHOLOGY_SOUGHT_ALIASES)
		sought->aliases = -1;
	if (sought->aliases >= 0)
		memcpy(sought->alias[sought->aliases++], letters, 16);
}

/* The letters of given name i and of the one behind it, with which it may be joined. */
static int
given_letters(const AnthologyName *name, int i, char *letters)
{
	const AnthologyNameWord *next = i + 1 < name->count ? &name->words[i + 1] : NULL;
	int			size = name->words[i].size;

	memcpy(letters, name->words[i].text.letters, (size_t) size);
	if (next == NULL || next->role > ANTHOLOGY_NAME_MIDDLE ||
		size + next->size > ANTHOLOGY_NAME_LETTERS)
		return size;
	memcpy(letters + size, next->text.letters, next->size);
	return size + next->size;
}

void
anthology_seek(const AnthologyName *name, AnthologySought *sought)
{
	char		letters[ANTHOLOGY_NAME_LETTERS];
	int			size;

	sought->name = *name;
	anthology_name_prepare(&sought->name);
	sought->aliases = 0;
	sought->readings = 0;
	for (int i = 0; i < name->count; i++)
		if (name->words[i].role == ANTHOLOGY_NAME_GIVEN ||
			name->words[i].role == ANTHOLOGY_NAME_MIDDLE)
		{
			anthology_word_aliases(&name->words[i], 1, add_alias, sought);
			size = given_letters(name, i, letters);
			sought->readings |= anthology_readings_begin(letters, size);
		}
}

AnthologyNearness
anthology_source_nearness(const AnthologySought *sought, const AnthologyPostingSource *source,
						  const AnthologyPostingView *view)
{
	const AnthologyName *name = &sought->name;
	const AnthologyNameWord *other;
	uint32_t	set;

	if (source->other < 0)
		return ANTHOLOGY_NEAR;
	other = &name->words[source->other];
	if (memcmp(view->other, other->text.letters,
			   (size_t) (view->other_size < other->size ? view->other_size : other->size)) == 0)
		return ANTHOLOGY_NEAR;

	/* With more than two words, another may be like it. */
	if (anthology_posting_words(view) != 2 || sought->aliases < 0)
		return ANTHOLOGY_NEARBY;
	set = set_of(view->other, view->other_size);
	for (int i = 0; i < name->count; i++)
	{
		const AnthologyNameWord *word = &name->words[i];
		uint32_t	apart = set ^ word->set;

		if (anthology_letters_start_alike(word->text.letters[0], view->other[0]) ||
			(word->size == 1 && word->text.letters[0] == view->word[0]))
			return ANTHOLOGY_NEARBY;
		if ((word->flags & ANTHOLOGY_WORD_CONSONANTS) || word->umlauts)
			return ANTHOLOGY_NEARBY;
		/* Under a given name, the other one is the family name. */
		if (source->kind == ANTHOLOGY_POSTING_GIVEN && word->role == ANTHOLOGY_NAME_FAMILY &&
			anthology_families_may_start(word->text.letters[0], view->other[0]))
		{
			AnthologyNameWord family;

			make_word(view->other, view->other_size, 0, 0, &family);
			if (anthology_families_are_one(word, &family))
				return ANTHOLOGY_NEARBY;
		}
		if (word->role <= ANTHOLOGY_NAME_MIDDLE && (sought->readings >> (view->other[0] & 31) & 1))
		{
			char		letters[ANTHOLOGY_NAME_LETTERS];
			int			size = given_letters(name, i, letters);

			if (anthology_readings_begin_alike(letters, size, view->other, view->other_size))
				return ANTHOLOGY_NEARBY;
		}
		for (int j = 2 * most_errors(word->size); j > 0; j--)
			apart &= apart - 1;
		if (apart == 0 && word->size > 2 && view->other_size > 2)
			return ANTHOLOGY_NEARBY;
	}
	for (int i = 0; i < sought->aliases; i++)
		if (view->other_size < 16 && sought->alias[i][view->other_size] == '\0' &&
			memcmp(sought->alias[i], view->other, (size_t) view->other_size) == 0)
			return ANTHOLOGY_NEARBY;
	return ANTHOLOGY_FAR;
}
