/*
 * name_index_tree.c - the B+tree of postings; see name_index.h.
 */
#include "postgres.h"

#include "compat.h"
#include "miscadmin.h"
#include "storage/lmgr.h"
#include "utils/memutils.h"
#include "utils/timestamp.h"

#include "bridge.h"
#include "name_index.h"

/* How full a page becomes in a bulk load: an index is read more than written. */
#define LOAD_PERCENT 90
#define LEVELS 12

void		(*anthology_name_index_let_go_hook) (BlockNumber block) = NULL;

static void
make_item(NameIndexItem *item, const uint8 *key, int size)
{
	Assert(size <= ANTHOLOGY_POSTING_BYTES);
	memset(item->bytes, 0, NAME_INDEX_LINK_SIZE);
	memcpy(item->bytes + NAME_INDEX_LINK_SIZE, key, size);
	item->size = NAME_INDEX_LINK_SIZE + size;
}

static void
make_child(NameIndexItem *item, BlockNumber child, const uint8 *key, int size)
{
	make_item(item, key, size);
	memcpy(item->bytes, &child, sizeof(child));
}

static void
append(Page page, const NameIndexItem *item)
{
	anthology_name_index_add(page, name_index_count(page), item->bytes, item->size);
}

/*
 * The child where a key would be found first. That is before those that begin
 * with it, and to the right from there. A page's first key counts as least.
 */
static int
find_child(Page page, const uint8 *key, int size)
{
	return anthology_name_index_find(page, key, size, 1) - 1;
}

void
anthology_name_index_init_meta(Page page, uint32 words)
{
	NameIndexMeta *meta = NameIndexMetaOf(page);

	anthology_name_index_init_page(page, 0);
	memset(meta, 0, sizeof(*meta));
	meta->magic = NAME_INDEX_MAGIC;
	meta->version = NAME_INDEX_VERSION;
	meta->postings_version = ANTHOLOGY_POSTINGS_VERSION;
	meta->built = (uint64) GetCurrentTimestamp();
	meta->words = words;
	strlcpy(meta->icu_version, anthology_icu_version(), sizeof(meta->icu_version));
	((PageHeader) page)->pd_lower = (char *) (meta + 1) - (char *) page;
}

/* Reads the meta page into copy, and returns whether this library can read the rest. */
bool
anthology_name_index_read_meta(Relation index, NameIndexMeta *copy)
{
	Buffer		buffer = ReadBuffer(index, NAME_INDEX_META);

	LockBuffer(buffer, BUFFER_LOCK_SHARE);
	*copy = *NameIndexMetaOf(BufferGetPage(buffer));
	UnlockReleaseBuffer(buffer);
	return copy->magic == NAME_INDEX_MAGIC && copy->version == NAME_INDEX_VERSION &&
		copy->postings_version == ANTHOLOGY_POSTINGS_VERSION;
}

/* Reads the meta page, checked, into copy, and returns copy. */
const NameIndexMeta *
anthology_name_index_meta(Relation index, NameIndexMeta *copy)
{
	if (anthology_name_index_read_meta(index, copy))
		return copy;
	if (copy->magic != NAME_INDEX_MAGIC)
		ereport(ERROR,
				errcode(ERRCODE_INDEX_CORRUPTED),
				errmsg("index \"%s\" is not a name index", RelationGetRelationName(index)));
	ereport(ERROR,
			errcode(ERRCODE_INDEX_CORRUPTED),
			errmsg("index \"%s\" was built by another version of anthology",
				   RelationGetRelationName(index)),
			errdetail("Its format is %d.%d, this library's %d.%d.",
					  copy->version, copy->postings_version, NAME_INDEX_VERSION,
					  ANTHOLOGY_POSTINGS_VERSION),
			errhint("REINDEX it."));
}

/* Lets a page go that was read. */
static void
let_go(Buffer buffer)
{
	BlockNumber block = BufferGetBlockNumber(buffer);

	UnlockReleaseBuffer(buffer);
	CHECK_FOR_INTERRUPTS();
	if (anthology_name_index_let_go_hook)
		anthology_name_index_let_go_hook(block);
}

/*
 * Copies the leaf from which on, to the right, a key is found, and returns the
 * block at its right. A copy, so that nobody waits while its names are compared.
 *
 * One page is locked at a time. Whether a page is a leaf is decided, and the leaf
 * copied, under one lock: the root may cease to be a leaf as soon as it is let go.
 * Of a child whose number was read under its parent's lock, let go since, three
 * things stay true for ever. It is no free page, for none is ever freed. It is
 * of the level it was made for, for only the root changes its level, and no parent
 * or neighbour has the root's number. And every key that it had is on it or to its
 * right, for a split moves keys to the right only. Replay of the log on a standby
 * locks all pages of a record before it lets any go, so it is the same there.
 */
BlockNumber
anthology_name_index_copy_leaf(Relation index, const uint8 *key, int size, PGAlignedBlock *copy)
{
	BlockNumber block = NAME_INDEX_ROOT;

	for (;;)
	{
		Buffer		buffer = ReadBuffer(index, block);
		Page		page;
		bool		leaf;

		LockBuffer(buffer, BUFFER_LOCK_SHARE);
		page = BufferGetPage(buffer);
		leaf = NameIndexSpecialOf(page)->level == 0;
		if (leaf)
			memcpy(copy->data, page, BLCKSZ);
		else
			block = name_index_child(page, find_child(page, key, size));
		let_go(buffer);
		if (leaf)
			return NameIndexSpecialOf((Page) copy->data)->right;
	}
}

/*
 * Copies the leaf at the right of another that was copied before; returns the
 * block at its right. The neighbour's number stays that of a leaf: it is never the
 * root's, and no other page changes its level. If it was split since, its right
 * half comes next; if the other was, its right half is already in that copy.
 */
BlockNumber
anthology_name_index_copy_right(Relation index, BlockNumber right, PGAlignedBlock *copy)
{
	Buffer		buffer = ReadBuffer(index, right);

	LockBuffer(buffer, BUFFER_LOCK_SHARE);
	memcpy(copy->data, BufferGetPage(buffer), BLCKSZ);
	let_go(buffer);
	return NameIndexSpecialOf((Page) copy->data)->right;
}

/* A new page at the end, locked. Only the writer extends an index. */
static Buffer
new_buffer(Relation index)
{
#if PG_VERSION_NUM >= 160000
	return ExtendBufferedRel(BMR_REL(index), MAIN_FORKNUM, NULL, EB_LOCK_FIRST);
#else
	Buffer		buffer;

	if (!RELATION_IS_LOCAL(index))
		LockRelationForExtension(index, ExclusiveLock);
	buffer = ReadBuffer(index, P_NEW);
	LockBuffer(buffer, BUFFER_LOCK_EXCLUSIVE);
	if (!RELATION_IS_LOCAL(index))
		UnlockRelationForExtension(index, ExclusiveLock);
	return buffer;
#endif
}

/* The length of the shortest beginning of right that is after left. */
static int
separating_size(const uint8 *left, int left_size, const uint8 *right, int right_size)
{
	int			size = 0;

	while (size < right_size && size < left_size && left[size] == right[size])
		size++;
	return Min(size + 1, right_size);
}

/*
 * What separates item i of a page from the one before it: no key to its left is
 * after it, none to its right before. Above the leaves that is the whole key of item
 * i: the keys below the item before are not known, and may be after a shorter one.
 */
static void
make_separator(Page page, int i, BlockNumber child, NameIndexItem *item)
{
	int			left_size;
	int			right_size;
	const uint8 *left = name_index_key(page, i - 1, &left_size);
	const uint8 *right = name_index_key(page, i, &right_size);

	make_child(item, child, right, NameIndexSpecialOf(page)->level > 0 ? right_size :
			   separating_size(left, left_size, right, right_size));
}

/* Where to divide a page so that both halves weigh the same. */
static int
find_middle(Page page)
{
	int			count = name_index_count(page);
	int			half = (BLCKSZ - name_index_free_space(page)) / 2;
	int			i;

	for (i = 0; i < count - 1 && half > 0; i++)
	{
		int			size;

		name_index_item(page, i, &size);
		half -= name_index_item_space(size);
	}
	return Max(i, 1);
}

/* Copies the items from first up to but not including end onto an empty page. */
static void
copy_items(Page from, int first, int end, Page to)
{
	for (int i = first; i < end; i++)
	{
		int			size;
		const uint8 *item = name_index_item(from, i, &size);

		anthology_name_index_add(to, i - first, item, size);
	}
}

/* Moves everything on the root to two new pages below it; all in one record. */
static void
split_root(Relation index, Buffer root)
{
	Buffer		left = new_buffer(index);
	Buffer		right = new_buffer(index);
	GenericXLogState *record = GenericXLogStart(index);
	Page		root_page = GenericXLogRegisterBuffer(record, root, GENERIC_XLOG_FULL_IMAGE);
	Page		left_page = GenericXLogRegisterBuffer(record, left, GENERIC_XLOG_FULL_IMAGE);
	Page		right_page = GenericXLogRegisterBuffer(record, right, GENERIC_XLOG_FULL_IMAGE);
	uint16		level = NameIndexSpecialOf(root_page)->level;
	int			middle = find_middle(root_page);
	NameIndexItem		first;
	NameIndexItem		second;

	anthology_name_index_init_page(left_page, level);
	anthology_name_index_init_page(right_page, level);
	NameIndexSpecialOf(left_page)->right = BufferGetBlockNumber(right);
	copy_items(root_page, 0, middle, left_page);
	copy_items(root_page, middle, name_index_count(root_page), right_page);
	make_child(&first, BufferGetBlockNumber(left), NAME_INDEX_NO_KEY, 0);
	make_separator(root_page, middle, BufferGetBlockNumber(right), &second);
	anthology_name_index_init_page(root_page, level + 1);
	append(root_page, &first);
	append(root_page, &second);
	GenericXLogFinish(record);
	UnlockReleaseBuffer(left);
	UnlockReleaseBuffer(right);
}

/* Moves half of a page to a new one at its right; all in one record. */
static void
split_child(Relation index, Buffer parent, int child_place, Buffer child)
{
	Buffer		right = new_buffer(index);
	GenericXLogState *record = GenericXLogStart(index);
	Page		parent_page = GenericXLogRegisterBuffer(record, parent, 0);
	Page		child_page = GenericXLogRegisterBuffer(record, child, GENERIC_XLOG_FULL_IMAGE);
	Page		right_page = GenericXLogRegisterBuffer(record, right, GENERIC_XLOG_FULL_IMAGE);
	NameIndexPageSpecial special = *NameIndexSpecialOf(child_page);
	int			middle = find_middle(child_page);
	PGAlignedBlock left;
	NameIndexItem		separator;

	anthology_name_index_init_page(right_page, special.level);
	NameIndexSpecialOf(right_page)->right = special.right;
	copy_items(child_page, middle, name_index_count(child_page), right_page);
	make_separator(child_page, middle, BufferGetBlockNumber(right), &separator);
	anthology_name_index_add(parent_page, child_place + 1, separator.bytes, separator.size);
	anthology_name_index_init_page((Page) left.data, special.level);
	NameIndexSpecialOf((Page) left.data)->right = BufferGetBlockNumber(right);
	copy_items(child_page, 0, middle, (Page) left.data);
	memcpy(child_page, left.data, BLCKSZ);
	GenericXLogFinish(record);
	UnlockReleaseBuffer(right);
}

/* Whether one more item of any size fits; a page of two cannot be divided. */
static bool
is_full(Page page)
{
	return name_index_free_space(page) < NAME_INDEX_ROOM && name_index_count(page) > 1;
}

/*
 * Puts a posting in, or nothing if it is a word that is there already. The caller
 * holds the writers' lock. A word is counted in the same record: sessions go by
 * the count to know that they have every word, here and on a standby.
 */
void
anthology_name_index_put(Relation index, ItemPointer tid, const AnthologyPosting *posting)
{
	bool		is_word = posting->bytes[0] == ANTHOLOGY_POSTING_WORD;
	Buffer		buffer = ReadBuffer(index, NAME_INDEX_ROOT);
	Page		page;
	int			place;
	Buffer		meta = InvalidBuffer;
	GenericXLogState *record;
	NameIndexItem		item;

	make_item(&item, posting->bytes, posting->size);
	if (!is_word)
		memcpy(item.bytes, tid, NAME_INDEX_LINK_SIZE);

	LockBuffer(buffer, BUFFER_LOCK_EXCLUSIVE);
	if (is_full(BufferGetPage(buffer)))
		split_root(index, buffer);
	while (page = BufferGetPage(buffer), NameIndexSpecialOf(page)->level > 0)
	{
		Buffer		child;

		place = find_child(page, posting->bytes, posting->size);
		child = ReadBuffer(index, name_index_child(page, place));
		LockBuffer(child, BUFFER_LOCK_EXCLUSIVE);
		if (is_full(BufferGetPage(child)))
		{
			split_child(index, buffer, place, child);
			UnlockReleaseBuffer(child);
			continue;			/* which half is it? */
		}
		UnlockReleaseBuffer(buffer);
		buffer = child;
	}

	place = anthology_name_index_find(page, posting->bytes, posting->size, 0);
	if (is_word && place < name_index_count(page))
	{
		int			size;
		const uint8 *key = name_index_key(page, place, &size);

		if (size == posting->size && memcmp(key, posting->bytes, size) == 0)
		{
			UnlockReleaseBuffer(buffer);
			return;
		}
	}
	if (is_word)
	{
		meta = ReadBuffer(index, NAME_INDEX_META);
		LockBuffer(meta, BUFFER_LOCK_EXCLUSIVE);
	}
	record = GenericXLogStart(index);
	anthology_name_index_add(GenericXLogRegisterBuffer(record, buffer, 0), place, item.bytes,
							 item.size);
	if (is_word)
		NameIndexMetaOf(GenericXLogRegisterBuffer(record, meta, 0))->words++;
	GenericXLogFinish(record);
	if (is_word)
		UnlockReleaseBuffer(meta);
	UnlockReleaseBuffer(buffer);
}

/* A page being filled, of each level. */
typedef struct LoadLevel
{
	Buffer		buffer;			/* pinned; InvalidBuffer: no such level yet */
	PGAlignedBlock page;
	NameIndexItem		last;			/* its last item */
} LoadLevel;

struct NameIndexLoad
{
	Relation	index;
	int			levels;
	uint32		words;
	NameIndexItem		last_word;
	LoadLevel	level[LEVELS];
};

static void
write_page(Relation index, Buffer buffer, Page image)
{
	GenericXLogState *record;

	LockBuffer(buffer, BUFFER_LOCK_EXCLUSIVE);
	record = GenericXLogStart(index);
	memcpy(GenericXLogRegisterBuffer(record, buffer, GENERIC_XLOG_FULL_IMAGE), image, BLCKSZ);
	GenericXLogFinish(record);
	UnlockReleaseBuffer(buffer);
}

static Buffer
new_load_buffer(Relation index)
{
	Buffer		buffer = new_buffer(index);

	LockBuffer(buffer, BUFFER_LOCK_UNLOCK);
	return buffer;
}

/* Opens an index that has no pages but meta and root: these stay unwritten till the end. */
NameIndexLoad *
anthology_name_index_begin_load(Relation index)
{
	NameIndexLoad *load = palloc0(sizeof(NameIndexLoad));

	load->index = index;
	ReleaseBuffer(new_load_buffer(index));
	ReleaseBuffer(new_load_buffer(index));
	load->levels = 1;
	load->level[0].buffer = new_load_buffer(index);
	anthology_name_index_init_page((Page) load->level[0].page.data, 0);
	return load;
}

/* Puts an item on the page of its level; a full page goes to disk, and a separator up. */
static void
load_item(NameIndexLoad *load, int number, const NameIndexItem *item)
{
	LoadLevel  *level = &load->level[number];
	Page		page = (Page) level->page.data;

	if (name_index_count(page) > 1 &&
		name_index_free_space(page) < name_index_item_space(item->size) +
		BLCKSZ * (100 - LOAD_PERCENT) / 100)
	{
		Buffer		next = new_load_buffer(load->index);
		NameIndexItem separator;
		const uint8 *left = level->last.bytes + NAME_INDEX_LINK_SIZE;
		const uint8 *right = item->bytes + NAME_INDEX_LINK_SIZE;

		if (number + 1 == load->levels)
		{
			LoadLevel  *above = level + 1;
			NameIndexItem		first;

			if (++load->levels > LEVELS)
				elog(ERROR, "a name index has too many levels");
			above->buffer = new_load_buffer(load->index);
			anthology_name_index_init_page((Page) above->page.data, (uint16) (number + 1));
			make_child(&first, BufferGetBlockNumber(level->buffer), NAME_INDEX_NO_KEY, 0);
			load_item(load, number + 1, &first);
		}
		/* As make_separator says. */
		make_child(&separator, BufferGetBlockNumber(next), right, number > 0 ?
				   item->size - NAME_INDEX_LINK_SIZE :
				   separating_size(left, level->last.size - NAME_INDEX_LINK_SIZE,
								   right, item->size - NAME_INDEX_LINK_SIZE));
		NameIndexSpecialOf(page)->right = BufferGetBlockNumber(next);
		write_page(load->index, level->buffer, page);
		level->buffer = next;
		anthology_name_index_init_page(page, (uint16) number);
		load_item(load, number + 1, &separator);
	}
	append(page, item);
	level->last = *item;
}

/* The next posting in order; a word only once. */
void
anthology_name_index_load(NameIndexLoad *load, ItemPointer tid, const uint8 *bytes, int size)
{
	NameIndexItem		item;

	make_item(&item, bytes, size);
	if (bytes[0] == ANTHOLOGY_POSTING_WORD)
	{
		if (load->last_word.size == item.size &&
			memcmp(load->last_word.bytes, item.bytes, item.size) == 0)
			return;
		load->last_word = item;
		load->words++;
	}
	else
		memcpy(item.bytes, tid, NAME_INDEX_LINK_SIZE);
	load_item(load, 0, &item);
}

/* Writes the pages begun; the top one becomes the root. */
void
anthology_name_index_end_load(NameIndexLoad *load)
{
	PGAlignedBlock meta;

	for (int i = 0; i < load->levels; i++)
	{
		if (i + 1 < load->levels)
			write_page(load->index, load->level[i].buffer, (Page) load->level[i].page.data);
		else
		{
			PGAlignedBlock unused;

			/* Its own block is not used; it is empty, and stays so. */
			anthology_name_index_init_page((Page) unused.data, 0);
			write_page(load->index, load->level[i].buffer, (Page) unused.data);
			write_page(load->index, ReadBuffer(load->index, NAME_INDEX_ROOT),
					   (Page) load->level[i].page.data);
		}
	}
	anthology_name_index_init_meta((Page) meta.data, load->words);
	write_page(load->index, ReadBuffer(load->index, NAME_INDEX_META), (Page) meta.data);
	pfree(load);
}
