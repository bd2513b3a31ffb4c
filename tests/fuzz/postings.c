/*
 * postings.c - bytes of an index page that nobody wrote: a posting of a name, of
 * a word, or none, but never a fault. A name is looked for under them.
 */
#include "fuzz.h"

#include "core/name_postings.h"
#include "core/name_similarity.h"
#include "core/name_vocabulary.h"

#define WORDS 16

typedef struct Index
{
	AnthologyVocabulary vocabulary;
	char		letters[WORDS * ANTHOLOGY_NAME_LETTERS];
	uint32_t	starts[WORDS + 1];
	uint32_t	sets[2 * ANTHOLOGY_VOCABULARY_BLOCK];
	uint32_t	sounds[2 * ANTHOLOGY_VOCABULARY_BLOCK];
	uint32_t	family_sizes[2 * ANTHOLOGY_VOCABULARY_BLOCK];
	uint32_t	umlauts[WORDS];
	uint8_t		occurs[WORDS];
	const AnthologySought *sought;
	const AnthologyPostingView *view;
} Index;

static void
take(void *context, const AnthologyPostingSource *source)
{
	Index	   *index = context;

	must(source->size <= ANTHOLOGY_NAME_LETTERS);
	for (int i = 0; i < ANTHOLOGY_NEARNESS; i++)
		must(source->bound[i] >= 0 && source->bound[i] <= 1);
	if (index->view != NULL)
		(void) anthology_source_nearness(index->sought, source, index->view);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static Index index;
	static AnthologySought sought;
	static AnthologyName name;
	const char *text;
	size_t		text_size;
	size_t		posting_size = size > 0 ? data[0] : 0;
	AnthologyPostingView view;
	AnthologyName sought_name;

	/* A length, a posting, words behind their lengths, a zero, the name sought. */
	if (size == 0)
		return 0;
	data++, size--;
	posting_size = posting_size < size ? posting_size : size;
	memset(&index, 0, sizeof(index));
	name.count = 0;
	index.vocabulary = (AnthologyVocabulary) {0, 0, 0, index.letters, index.starts, index.sets,
		index.sounds, index.family_sizes, index.umlauts, index.occurs};
	if (anthology_posting_view(data, posting_size, &view))
	{
		index.view = &view;
		if (!anthology_posting_name(&view, &name))
			name.count = 0;
		else
			must(name.count <= ANTHOLOGY_NAME_WORDS && name.count == anthology_posting_words(&view));
	}
	data += posting_size, size -= posting_size;
	while (size > 0 && data[0] > 0 && index.vocabulary.count < WORDS)
	{
		const char *letters;
		int			occurs;
		uint32_t	umlauts;
		size_t		length = data[0] < size - 1 ? data[0] : size - 1;
		int			letters_size = anthology_posting_word(data + 1, length, &letters, &occurs, &umlauts);

		if (letters_size >= 0)
			anthology_vocabulary_add(&index.vocabulary, letters, letters_size, occurs, umlauts);
		data += length + 1, size -= length + 1;
	}
	text = (const char *) data;
	text_size = size;
	if (text_size > 0)
		text++, text_size--;
	must(anthology_name_parse(text, text_size, &sought_name) == ANTHOLOGY_OK);
	anthology_seek(&sought_name, &sought);
	index.sought = &sought;
	anthology_vocabulary_sources(&index.vocabulary, &sought, 0, take, &index);
	if (name.count > 0)
	{
		float		similarity = anthology_name_compare(&sought_name, &name);

		must(similarity >= 0 && similarity <= 1);
	}
	return 0;
}
