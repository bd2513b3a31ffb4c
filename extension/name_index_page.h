/*
 * name_index_page.h - items on a page of a name index.
 *
 * The server's items are aligned and have a pointer of four bytes, a quarter of
 * the whole for items as short as ours. Here two bytes point to each item, which
 * lies where it comes to lie, and its size goes before it. pd_lower and pd_upper
 * mean what they always do.
 */
#ifndef ANTHOLOGY_NAME_INDEX_PAGE_H
#define ANTHOLOGY_NAME_INDEX_PAGE_H

#include "storage/block.h"
#include "storage/bufpage.h"
#include "storage/itemptr.h"

#include "core/name_postings.h"

typedef struct NameIndexPageSpecial
{
	BlockNumber right;			/* InvalidBlockNumber: the last */
	uint16		level;			/* 0: leaves */
	uint16		page_id;		/* for pg_filedump and the like */
} NameIndexPageSpecial;

#define NAME_INDEX_PAGE_ID 0xFF8A

#define NameIndexSpecialOf(page) ((NameIndexPageSpecial *) PageGetSpecialPointer(page))

/* An item begins with a TID, or with the block number of a child. */
#define NAME_INDEX_LINK_SIZE 6
#define NAME_INDEX_ITEM_BYTES (NAME_INDEX_LINK_SIZE + ANTHOLOGY_POSTING_BYTES)

/* A page with less room is split before anything goes below or onto it. */
#define NAME_INDEX_ROOM (NAME_INDEX_ITEM_BYTES + 5)

/* An item in memory. */
typedef struct NameIndexItem
{
	int			size;			/* of bytes used */
	uint8		bytes[NAME_INDEX_ITEM_BYTES];
} NameIndexItem;

static inline uint16 *
name_index_slots(Page page)
{
	return (uint16 *) PageGetContents(page);
}

static inline int
name_index_count(Page page)
{
	return (((PageHeader) page)->pd_lower - MAXALIGN(SizeOfPageHeaderData)) / sizeof(uint16);
}

static inline int
name_index_free_space(Page page)
{
	return ((PageHeader) page)->pd_upper - ((PageHeader) page)->pd_lower;
}

/* What an item takes of that. */
static inline int
name_index_item_space(int size)
{
	return sizeof(uint16) + (size < 255 ? 1 : 3) + size;
}

/* The bytes of item i, from 0. */
static inline const uint8 *
name_index_item(Page page, int i, int *size)
{
	const uint8 *item = (const uint8 *) page + name_index_slots(page)[i];

	*size = *item++;
	if (*size == 255)
	{
		*size = item[0] << 8 | item[1];
		item += 2;
	}
	return item;
}

static inline const uint8 *
name_index_key(Page page, int i, int *size)
{
	const uint8 *item = name_index_item(page, i, size);

	*size -= NAME_INDEX_LINK_SIZE;
	return item + NAME_INDEX_LINK_SIZE;
}

/* TIDs and blocks lie unaligned. */
static inline ItemPointerData
name_index_tid(Page page, int i)
{
	int			size;
	ItemPointerData tid;

	memcpy(&tid, name_index_item(page, i, &size), NAME_INDEX_LINK_SIZE);
	return tid;
}

static inline BlockNumber
name_index_child(Page page, int i)
{
	int			size;
	BlockNumber child;

	memcpy(&child, name_index_item(page, i, &size), sizeof(child));
	return child;
}

/* name_index_page.c */
extern void anthology_name_index_init_page(Page page, uint16 level);
extern void anthology_name_index_add(Page page, int i, const uint8 *bytes, int size);
extern void anthology_name_index_remove(Page page, const uint16 *numbers, int count);
extern int	anthology_name_index_find(Page page, const uint8 *key, int size, int first);

#endif							/* ANTHOLOGY_NAME_INDEX_PAGE_H */
