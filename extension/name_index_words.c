/*
 * name_index_words.c - the words of a name index, kept in the relation cache.
 *
 * They are looked through for every name sought: some 30 bytes for each. The meta
 * page has the number of words ever written, which tells whether there are more.
 */
#include "postgres.h"

#include "compat.h"
#include "utils/memutils.h"

#include "bridge.h"
#include "name_index.h"

/* What rd_amcache holds, in one block. */
typedef struct CachedWords
{
	uint64		built;
	uint32		words;
	AnthologyVocabulary vocabulary;
} CachedWords;

void
anthology_name_index_report_no_posting(Relation index)
{
	ereport(ERROR,
			errcode(ERRCODE_INDEX_CORRUPTED),
			errmsg("index \"%s\" has an item that is no posting", RelationGetRelationName(index)),
			errhint("REINDEX it."));
}

static char *
carve(char **block, Size size)
{
	char	   *piece = *block;

	*block += MAXALIGN(size);
	return piece;
}

/* What the leaves have of words: how many, and of how many letters. */
typedef struct WordPages
{
	int			count;
	int			size;
	char	  **page;			/* of BLCKSZ */
	Size		words;
	Size		letters;
} WordPages;

/*
 * Copies the leaves that have words, in the current memory context. Words are only
 * ever added, and move to the right only: each that is there now is on a copy.
 */
static void
copy_words(Relation index, WordPages *pages)
{
	const uint8 key = ANTHOLOGY_POSTING_WORD;
	PGAlignedBlock copy;
	BlockNumber right = anthology_name_index_copy_leaf(index, &key, 1, &copy);

	memset(pages, 0, sizeof(*pages));
	for (;;)
	{
		Page		page = (Page) copy.data;

		if (pages->count == pages->size)
		{
			pages->size = Max(16, 2 * pages->size);
			pages->page = pages->page == NULL ? palloc(pages->size * sizeof(char *)) :
				repalloc_huge(pages->page, pages->size * sizeof(char *));
		}
		pages->page[pages->count++] = memcpy(palloc(BLCKSZ), page, BLCKSZ);
		for (int i = anthology_name_index_find(page, &key, 1, 0); i < name_index_count(page); i++)
		{
			int			size;

			name_index_key(page, i, &size);
			pages->letters += size;
			pages->words++;
		}
		if (right == InvalidBlockNumber)
			return;
		right = anthology_name_index_copy_right(index, right, &copy);
	}
}

/*
 * Puts the words copied into a block of the cache's form, in the index's memory
 * context. Nothing in here can fail once the block is allocated but for an index
 * that is corrupt.
 */
static CachedWords *
make_cache(Relation index, const NameIndexMeta *meta, const WordPages *pages)
{
	const uint8 key = ANTHOLOGY_POSTING_WORD;
	/* The core reads whole blocks. */
	Size		count = (pages->words / ANTHOLOGY_VOCABULARY_BLOCK + 1) *
		ANTHOLOGY_VOCABULARY_BLOCK;
	Size		array = MAXALIGN((count + 1) * sizeof(uint32));
	char	   *block = MemoryContextAllocHuge(index->rd_indexcxt,
											   MAXALIGN(sizeof(CachedWords)) +
											   MAXALIGN(pages->letters + 1) + 5 * array +
											   MAXALIGN(count));
	CachedWords *cached = (CachedWords *) carve(&block, sizeof(CachedWords));
	AnthologyVocabulary *vocabulary = &cached->vocabulary;

	cached->built = meta->built;
	cached->words = meta->words;
	vocabulary->count = vocabulary->letters_size = vocabulary->has_consonants = 0;
	vocabulary->letters = carve(&block, pages->letters + 1);
	vocabulary->starts = (uint32_t *) carve(&block, array);
	vocabulary->sets = memset(carve(&block, array), 0, array);
	vocabulary->sounds = memset(carve(&block, array), 0, array);
	vocabulary->family_sizes = memset(carve(&block, array), 0, array);
	vocabulary->umlauts = (uint32_t *) carve(&block, array);
	vocabulary->occurs = (uint8_t *) carve(&block, count);
	vocabulary->starts[0] = 0;
	for (int n = 0; n < pages->count; n++)
	{
		Page		page = (Page) pages->page[n];

		for (int i = anthology_name_index_find(page, &key, 1, 0); i < name_index_count(page); i++)
		{
			int			size;
			const uint8 *item = name_index_key(page, i, &size);
			const char *letters;
			int			occurs;
			uint32_t	umlauts;
			int			length = anthology_posting_word(item, size, &letters, &occurs, &umlauts);

			if (length < 0)
			{
				pfree(cached);
				anthology_name_index_report_no_posting(index);
			}
			anthology_vocabulary_add(vocabulary, letters, length, occurs, umlauts);
		}
	}
	return cached;
}

/* The words of the index: from the cache, or read into it. */
const AnthologyVocabulary *
anthology_name_index_words(Relation index)
{
	CachedWords *cached = index->rd_amcache;
	NameIndexMeta meta;
	MemoryContext context;
	MemoryContext old;
	WordPages	pages;

	/* Of every word counted here the posting is written, by the same record. */
	anthology_name_index_meta(index, &meta);
	if (cached != NULL && cached->built == meta.built && cached->words == meta.words)
		return &cached->vocabulary;
	if (cached == NULL)
	{
		if (strcmp(anthology_icu_version(), meta.icu_version) != 0)
			ereport(WARNING,
					errmsg("index \"%s\" was built under ICU %s, but this is ICU %s",
						   RelationGetRelationName(index), meta.icu_version,
						   anthology_icu_version()),
					errdetail("Names in scripts that ICU transliterates may not be found."),
					errhint("REINDEX it."));
	}
	else
	{
		index->rd_amcache = NULL;
		pfree(cached);
	}

	context = AllocSetContextCreate(CurrentMemoryContext, "words of a name index",
									ALLOCSET_DEFAULT_SIZES);
	old = MemoryContextSwitchTo(context);
	copy_words(index, &pages);
	index->rd_amcache = cached = make_cache(index, &meta, &pages);
	MemoryContextSwitchTo(old);
	MemoryContextDelete(context);
	return &cached->vocabulary;
}
