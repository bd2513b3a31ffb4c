/*
 * name_postings.c - the keys under which an index keeps a name.
 *
 * Two names are similar only if a family name of one agrees with a word of the
 * other (see name_similarity.c). So a name is kept under each of its full words:
 * a search for names like another looks up the words that may agree with its words.
 * The key holds the whole name, so that the similarity is known without the table.
 *
 *   word, kind, other, 0, name
 *
 * The name is a byte with the number of words and the mark of the primary
 * posting, and for each word a byte that tells its role, whether its letters are
 * the key's word or other, and whether flags or umlauts follow; then its letters,
 * the last one marked, if they are not; then the flags and the umlauts. All
 * numbers are bytes or big-endian: the bytes are the same on every machine, and no
 * key is the beginning of another.
 */
#include "name_postings.h"

#include <string.h>

#define PRIMARY 0x80
/* Of a word's byte, beside the role in its low bits. */
#define ROLE_MASK 0x07
#define IS_WORD 0x08
#define IS_OTHER 0x10
#define HAS_FLAGS 0x20
#define HAS_UMLAUTS 0x40
/* Of a letter. */
#define LAST 0x80

/* The set of letters, as name_reader.h makes it. */
static uint32_t
set_of(const char *letters, int size)
{
	uint32_t	set = 0;

	for (int i = 0; i < size; i++)
		set |= 1u << (letters[i] & 31);
	return set;
}

static uint8_t *
write_number(uint8_t *out, uint32_t number)
{
	for (int shift = 24; shift >= 0; shift -= 8)
		*out++ = (uint8_t) (number >> shift);
	return out;
}

static uint32_t
read_number(const uint8_t *in)
{
	return (uint32_t) in[0] << 24 | (uint32_t) in[1] << 16 | (uint32_t) in[2] << 8 | in[3];
}

/* word: index of the key's word, or -1 if letters are joined ones. */
static void
write_posting(const AnthologyName *name, int kind, int word, const char *letters, int size,
			  int other, int primary, AnthologyPosting *posting)
{
	uint8_t    *out = posting->bytes;

	memcpy(out, letters, (size_t) size);
	out += size;
	*out++ = (uint8_t) kind;
	if (other >= 0)
	{
		memcpy(out, name->words[other].text.letters, name->words[other].size);
		out += name->words[other].size;
	}
	*out++ = 0;
	*out++ = (uint8_t) (name->count | (primary ? PRIMARY : 0));
	for (int i = 0; i < name->count; i++)
	{
		const AnthologyNameWord *w = &name->words[i];

		*out++ = (uint8_t) (w->role | (i == word ? IS_WORD : i == other ? IS_OTHER : 0) |
							(w->flags ? HAS_FLAGS : 0) | (w->umlauts ? HAS_UMLAUTS : 0));
		if (i != word && i != other)
		{
			memcpy(out, w->text.letters, w->size);
			out += w->size;
			if (w->size > 0)
				out[-1] |= LAST;
			else
				*out++ = LAST;
		}
		if (w->flags)
			*out++ = w->flags;
		if (w->umlauts)
			out = write_number(out, w->umlauts);
	}
	posting->size = (int) (out - posting->bytes);
}

static void
write_word(const char *letters, int size, int occurs, uint32_t umlauts, AnthologyPosting *posting)
{
	uint8_t    *out = posting->bytes;

	*out++ = ANTHOLOGY_POSTING_WORD;
	memcpy(out, letters, (size_t) size);
	out += size;
	*out++ = 0;
	*out++ = (uint8_t) occurs;
	out = write_number(out, umlauts);
	posting->size = (int) (out - posting->bytes);
}

/* Takes the last posting back if there is one like it. Returns whether it stays. */
static int
keep_if_new(const AnthologyPosting *postings, int *count)
{
	const AnthologyPosting *last = &postings[*count];

	for (int i = 0; i < *count; i++)
		if (postings[i].size == last->size &&
			memcmp(postings[i].bytes, last->bytes, (size_t) last->size) == 0)
			return 0;
	(*count)++;
	return 1;
}

int
anthology_name_postings(const AnthologyName *name, AnthologyPosting *postings)
{
	int			count = 0;
	int			given = -1;
	int			family = -1;
	int			primary = 0;
	char		joined[3 * ANTHOLOGY_NAME_LETTERS];

	for (int i = name->count - 1; i >= 0; i--)
	{
		if (name->words[i].role == ANTHOLOGY_NAME_GIVEN)
			given = i;
		if (name->words[i].role == ANTHOLOGY_NAME_FAMILY)
			family = i;
	}
	for (int i = 0; i < name->count; i++)
	{
		const AnthologyNameWord *w = &name->words[i];
		int			is_family = w->role == ANTHOLOGY_NAME_FAMILY;

		if (w->role == ANTHOLOGY_NAME_SUFFIX || (w->size < 2 && !is_family))
			continue;
		write_posting(name, is_family ? ANTHOLOGY_POSTING_FAMILY : ANTHOLOGY_POSTING_GIVEN,
					  i, w->text.letters, w->size,
					  is_family ? given : family, is_family && !primary, &postings[count]);
		if (!keep_if_new(postings, &count))
			continue;
		primary |= is_family;
		write_word(w->text.letters, w->size,
				   (is_family ? ANTHOLOGY_OCCURS_FAMILY : ANTHOLOGY_OCCURS_GIVEN) |
				   (w->flags & ANTHOLOGY_WORD_CONSONANTS ? ANTHOLOGY_OCCURS_CONSONANTS : 0),
				   w->umlauts, &postings[count]);
		keep_if_new(postings, &count);
	}

	/* "Katz Samuels" may be looked for as "Katzsamuels", "van der Goot" as "Vandergoot". */
	for (int i = 0; i + 1 < name->count; i++)
	{
		int			size = name->words[i].size;
		int			has_family = name->words[i].role == ANTHOLOGY_NAME_FAMILY;

		if (name->words[i].role != ANTHOLOGY_NAME_FAMILY &&
			name->words[i].role != ANTHOLOGY_NAME_PARTICLE)
			continue;
		memcpy(joined, name->words[i].text.letters, (size_t) size);
		for (int j = i + 1; j < name->count && j <= i + 2; j++)
		{
			const AnthologyNameWord *w = &name->words[j];

			if (w->role == ANTHOLOGY_NAME_SUFFIX || size + w->size > ANTHOLOGY_NAME_LETTERS)
				break;
			memcpy(joined + size, w->text.letters, w->size);
			size += w->size;
			has_family |= w->role == ANTHOLOGY_NAME_FAMILY;
			write_posting(name, has_family ? ANTHOLOGY_POSTING_FAMILY : ANTHOLOGY_POSTING_GIVEN, -1,
						  joined, size, has_family ? given : family, 0, &postings[count]);
			if (!keep_if_new(postings, &count))
				continue;
			write_word(joined, size, has_family ? ANTHOLOGY_OCCURS_FAMILY : ANTHOLOGY_OCCURS_GIVEN,
					   0, &postings[count]);
			keep_if_new(postings, &count);
		}
	}

	/* Whatever it is, it can be found by its first word. */
	if (!primary)
	{
		const AnthologyNameWord *w = name->count > 0 ? &name->words[0] : NULL;

		write_posting(name, ANTHOLOGY_POSTING_FAMILY, w ? 0 : -1, w ? w->text.letters : "",
					  w ? w->size : 0, given > 0 ? given : -1, 1, &postings[count++]);
	}
	return count;
}

int
anthology_posting_view(const uint8_t *bytes, size_t size, AnthologyPostingView *view)
{
	const uint8_t *end = bytes + size;
	const uint8_t *at = bytes;

	view->word = (const char *) at;
	while (at < end && *at > ANTHOLOGY_POSTING_GIVEN && *at < LAST)
		at++;
	if (at == end || *at == 0 || *at >= LAST)
		return 0;
	view->word_size = (int) (at - bytes);
	view->kind = *at++;
	view->other = (const char *) at;
	while (at < end && *at > 0 && *at < LAST)
		at++;
	if (end - at < 2 || *at != 0)
		return 0;
	view->other_size = (int) ((const char *) at - view->other);
	view->packed = at + 1;
	view->end = end;
	view->primary = (*view->packed & PRIMARY) != 0;
	return view->word_size <= ANTHOLOGY_NAME_LETTERS && view->other_size <= ANTHOLOGY_NAME_LETTERS;
}

int
anthology_posting_words(const AnthologyPostingView *view)
{
	return *view->packed & ~PRIMARY;
}

int
anthology_posting_name(const AnthologyPostingView *view, AnthologyName *name)
{
	const uint8_t *in = view->packed;
	const uint8_t *end = view->end;

	name->count = *in++ & ~PRIMARY;
	if (name->count > ANTHOLOGY_NAME_WORDS)
		return 0;
	for (int i = 0; i < name->count; i++)
	{
		AnthologyNameWord *w = &name->words[i];
		uint8_t		attributes;

		if (in == end)
			return 0;
		attributes = *in++;
		memset(w, 0, sizeof(*w));
		w->role = attributes & ROLE_MASK;
		if (w->role >= ANTHOLOGY_NAME_ROLES)
			return 0;
		w->family_rank = w->given_rank = 0xFF;
		if (attributes & (IS_WORD | IS_OTHER))
		{
			w->size = (uint8_t) (attributes & IS_WORD ? view->word_size : view->other_size);
			memcpy(w->text.letters, attributes & IS_WORD ? view->word : view->other, w->size);
			w->set = set_of(w->text.letters, w->size);
		}
		else
		{
			uint8_t		letter;

			do
			{
				if (in == end)
					return 0;
				letter = *in++;
				if (letter != LAST)
				{
					if (w->size == ANTHOLOGY_NAME_LETTERS)
						return 0;
					w->text.letters[w->size++] = (char) (letter & ~LAST);
					w->set |= 1u << (letter & 31);
				}
			} while (!(letter & LAST));
		}
		if (attributes & HAS_FLAGS)
		{
			if (in == end)
				return 0;
			w->flags = *in++;
		}
		if (attributes & HAS_UMLAUTS)
		{
			if (end - in < 4)
				return 0;
			w->umlauts = read_number(in);
			in += 4;
		}
	}
	return 1;
}

int
anthology_posting_word(const uint8_t *bytes, size_t size, const char **letters, int *occurs,
					   uint32_t *umlauts)
{
	const uint8_t *zero;

	if (size < 7 || bytes[0] != ANTHOLOGY_POSTING_WORD)
		return -1;
	zero = bytes + size - 6;
	*letters = (const char *) bytes + 1;
	*occurs = zero[1];
	*umlauts = read_number(zero + 2);
	if (size - 7 > ANTHOLOGY_NAME_LETTERS)
		return -1;
	for (const uint8_t *letter = bytes + 1; letter < zero; letter++)
		if (*letter >= LAST)
			return -1;
	return (int) (size - 7);
}
