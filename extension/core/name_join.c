/*
 * name_join.c - the words of a name that together are a word of the other one.
 *
 * "Wei-Nan" is "Weinan", "Katz Samuels" is "Katzsamuels". So two or three words of
 * one name that, one after another, are a word of the other are made one before
 * words are compared. Given names are joined, too, if they only read like one
 * ("Tsung-Hsien" and "Zongxian").
 */
#include "name_evidence.h"

#include <string.h>

#include "name_frequency.h"
#include "name_syllables.h"

static int
is_given(const AnthologyNameWord *word)
{
	return word->size > 1 &&
		(word->role == ANTHOLOGY_NAME_GIVEN || word->role == ANTHOLOGY_NAME_MIDDLE);
}

/* Whether a word may read like two given names together: a glance. */
static int
may_be_both(const AnthologyNameWord *whole, const AnthologyNameWord *first,
			const AnthologyNameWord *second)
{
	return is_given(whole) && whole->size > first->size && whole->size > second->size &&
		anthology_letters_may_read(first->text.letters[0], whole->text.letters[0]);
}

/*
 * Whether words i and i + 1 of name, two given names, read like one word of the
 * other; then word is both of them.
 */
static int
join_reading(const AnthologyName *name, int i, const AnthologyName *other, AnthologyNameWord *word)
{
	const AnthologyNameWord *next = &name->words[i + 1];
	AnthologyNameWord both;
	int			j = 0;

	if (i + 1 >= name->count || !is_given(word) || !is_given(next) ||
		word->size + next->size > ANTHOLOGY_NAME_LETTERS)
		return 0;
	while (j < other->count && !may_be_both(&other->words[j], word, next))
		j++;
	if (j == other->count)
		return 0;
	both = *word;
	memcpy(both.text.letters + both.size, next->text.letters, next->size);
	both.size = (uint8_t) (both.size + next->size);
	both.set |= next->set;
	both.forms = 0;
	both.family_rank = both.given_rank = ANTHOLOGY_RANK_UNKNOWN;
	both.flags = (uint8_t) ((word->flags & ~ANTHOLOGY_WORD_DOT) | ANTHOLOGY_WORD_JOINED);
	for (; j < other->count; j++)
		if (may_be_both(&other->words[j], word, next) &&
			anthology_words_read(&both, &other->words[j]) != ANTHOLOGY_READ_OTHERWISE)
		{
			*word = both;
			return 1;
		}
	return 0;
}

void
anthology_name_join(const AnthologyName *name, const AnthologyName *other,
					AnthologyJoinedName *joined)
{
	int			count = name->count;

	while (count > 0 && name->words[count - 1].role == ANTHOLOGY_NAME_SUFFIX)
		count--;
	joined->count = 0;
	for (int i = 0; i < count;)
	{
		int			last = i;
		AnthologyNameWord *word = &joined->words[joined->count];

		*word = name->words[i];
		for (int j = 0; j < other->count && last == i; j++)
		{
			const AnthologyNameWord *whole = &other->words[j];
			int			size = word->size;
			int			k = i;

			/* "S. Huang" is nobody called Shuang. */
			if (word->size == 1 && word->role == ANTHOLOGY_NAME_GIVEN &&
				i + 1 < count && name->words[i + 1].role == ANTHOLOGY_NAME_FAMILY)
				break;
			if (whole->size <= size || whole->text.letters[0] != word->text.letters[0] ||
				memcmp(whole->text.letters, word->text.letters, (size_t) size) != 0)
				continue;
			while (k + 1 < count && k < i + 2 && size + name->words[k + 1].size <= whole->size &&
				   memcmp(whole->text.letters + size, name->words[k + 1].text.letters,
						  name->words[k + 1].size) == 0)
			{
				size += name->words[++k].size;
				if (size == whole->size && !(word->size == 1 && k == i + 1 && size <= 2))
				{
					uint8_t		role = word->role;

					for (int l = i; l <= k; l++)
						if (name->words[l].role == ANTHOLOGY_NAME_FAMILY)
							role = ANTHOLOGY_NAME_FAMILY;
					*word = *whole;
					word->role = role;
					word->flags = (uint8_t) ((name->words[i].flags & ~ANTHOLOGY_WORD_DOT) |
											 ANTHOLOGY_WORD_JOINED);
					last = k;
					break;
				}
			}
		}
		if (last == i && join_reading(name, i, other, word))
			last = i + 1;
		if (word->family_rank == ANTHOLOGY_RANK_UNKNOWN)
			anthology_name_rank(word);
		joined->first[joined->count] = (uint8_t) i;
		joined->last[joined->count] = (uint8_t) last;
		joined->count++;
		i = last + 1;
	}
}

