/*
 * name_index_vacuum.c - takes dead rows out of a name index.
 *
 * The pages are read in the order of the file. A split moves items to pages at
 * its end only, so that none that is there at the beginning is missed. Who
 * splits a page has it and the new one locked until both are written; but for
 * a moment the new one is there and not locked yet, and it must not be taken
 * for an empty page then. That moment is within the lock on extending the index.
 */
#include "postgres.h"

#include "commands/vacuum.h"
#include "compat.h"
#include "storage/indexfsm.h"
#include "storage/lmgr.h"

#include "name_index.h"

/* Places of a leaf's dead items; counts its primary ones that live. */
static int
find_dead(Page page, IndexBulkDeleteCallback callback, void *state, uint16 *dead,
		  double *live, double *removed)
{
	int			count = 0;

	for (int i = 0; i < name_index_count(page); i++)
	{
		int			size;
		const uint8 *key = name_index_key(page, i, &size);
		ItemPointerData tid = name_index_tid(page, i);
		AnthologyPostingView view;
		bool		primary;

		if (*key == ANTHOLOGY_POSTING_WORD)
			continue;
		primary = *key == ANTHOLOGY_POSTING_NULL ||
			(anthology_posting_view(key, size, &view) && view.primary);
		if (callback != NULL && callback(&tid, state))
		{
			dead[count++] = (uint16) i;
			*removed += primary;
		}
		else
			*live += primary;
	}
	return count;
}

/* The length of the index, all of whose pages are written or locked. */
static BlockNumber
count_pages(Relation index)
{
	bool		lock = !RELATION_IS_LOCAL(index);
	BlockNumber pages;

	if (lock)
		LockRelationForExtension(index, ExclusiveLock);
	pages = RelationGetNumberOfBlocks(index);
	if (lock)
		UnlockRelationForExtension(index, ExclusiveLock);
	return pages;
}

static IndexBulkDeleteResult *
scan_pages(IndexVacuumInfo *info, IndexBulkDeleteResult *stats, IndexBulkDeleteCallback callback,
		   void *state)
{
	Relation	index = info->index;
	BlockNumber block;
	BlockNumber pages = count_pages(index);

	if (stats == NULL)
		stats = palloc0(sizeof(IndexBulkDeleteResult));
	stats->num_index_tuples = 0;
	stats->estimated_count = false;
	for (block = NAME_INDEX_ROOT; block < pages || block < (pages = count_pages(index)); block++)
	{
		Buffer		buffer;
		Page		page;

		anthology_vacuum_delay_point();
		buffer = ReadBufferExtended(index, MAIN_FORKNUM, block, RBM_NORMAL, info->strategy);
		LockBuffer(buffer, callback ? BUFFER_LOCK_EXCLUSIVE : BUFFER_LOCK_SHARE);
		page = BufferGetPage(buffer);
		if (!PageIsNew(page) && NameIndexSpecialOf(page)->level == 0)
		{
			uint16		dead[BLCKSZ / (NAME_INDEX_LINK_SIZE + 3)];
			int			count = find_dead(page, callback, state, dead, &stats->num_index_tuples,
										  &stats->tuples_removed);

			if (count > 0)
			{
				GenericXLogState *record = GenericXLogStart(index);

				anthology_name_index_remove(GenericXLogRegisterBuffer(record, buffer, 0), dead,
											count);
				GenericXLogFinish(record);
			}
		}
		UnlockReleaseBuffer(buffer);
	}
	stats->num_pages = block;
	return stats;
}

IndexBulkDeleteResult *
anthology_name_index_delete(IndexVacuumInfo *info, IndexBulkDeleteResult *stats,
							IndexBulkDeleteCallback callback, void *state)
{
	return scan_pages(info, stats, callback, state);
}

IndexBulkDeleteResult *
anthology_name_index_cleanup(IndexVacuumInfo *info, IndexBulkDeleteResult *stats)
{
	if (info->analyze_only)
		return stats;
	return stats != NULL ? stats : scan_pages(info, NULL, NULL, NULL);
}
