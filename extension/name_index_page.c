/*
 * name_index_page.c - items on a page of a name index; see name_index_page.h.
 */
#include "postgres.h"

#include "compat.h"

#include "name_index_page.h"

void
anthology_name_index_init_page(Page page, uint16 level)
{
	PageInit(page, BLCKSZ, sizeof(NameIndexPageSpecial));
	((PageHeader) page)->pd_lower = MAXALIGN(SizeOfPageHeaderData);
	NameIndexSpecialOf(page)->right = InvalidBlockNumber;
	NameIndexSpecialOf(page)->level = level;
	NameIndexSpecialOf(page)->page_id = NAME_INDEX_PAGE_ID;
}

/* Puts an item at place i and moves those behind it; the page must have room. */
void
anthology_name_index_add(Page page, int i, const uint8 *bytes, int size)
{
	PageHeader	header = (PageHeader) page;
	int			count = name_index_count(page);
	uint16	   *slots = name_index_slots(page);
	uint8	   *item;

	if (name_index_item_space(size) > name_index_free_space(page) || size >= BLCKSZ)
		elog(ERROR, "no room on a page of a name index");
	memmove(slots + i + 1, slots + i, (count - i) * sizeof(uint16));
	header->pd_lower += sizeof(uint16);
	header->pd_upper -= name_index_item_space(size) - sizeof(uint16);
	slots[i] = header->pd_upper;
	item = (uint8 *) page + header->pd_upper;
	if (size < 255)
		*item++ = (uint8) size;
	else
	{
		*item++ = 255;
		*item++ = (uint8) (size >> 8);
		*item++ = (uint8) size;
	}
	memcpy(item, bytes, size);
}

/* Takes out the items of these numbers, which ascend. */
void
anthology_name_index_remove(Page page, const uint16 *numbers, int count)
{
	PGAlignedBlock old;
	NameIndexPageSpecial special = *NameIndexSpecialOf(page);
	int			removed = 0;
	int			kept = 0;

	memcpy(old.data, page, BLCKSZ);
	anthology_name_index_init_page(page, special.level);
	*NameIndexSpecialOf(page) = special;
	for (int i = 0; i < name_index_count((Page) old.data); i++)
	{
		int			size;
		const uint8 *item = name_index_item((Page) old.data, i, &size);

		if (removed < count && numbers[removed] == i)
			removed++;
		else
			anthology_name_index_add(page, kept++, item, size);
	}
}

/* The first item from first on whose key is not before this one. */
int
anthology_name_index_find(Page page, const uint8 *key, int size, int first)
{
	int			low = first;
	int			high = name_index_count(page);

	while (low < high)
	{
		int			middle = (low + high) / 2;
		int			its;
		const uint8 *other = name_index_key(page, middle, &its);
		int			order = memcmp(other, key, Min(its, size));

		if (order < 0 || (order == 0 && its < size))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}
