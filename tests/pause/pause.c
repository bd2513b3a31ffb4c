/*
 * pause.c - stops a scan of a name index where it has let go of the root.
 *
 * LOAD it into a session. At the first time there it takes and frees the advisory lock
 * 1, at the second 2, and so on: another session that holds one stops it.
 */
#include "postgres.h"

#include "fmgr.h"
#include "storage/block.h"
#include "utils/fmgrprotos.h"

#define ROOT 1

PG_MODULE_MAGIC;

extern PGDLLEXPORT void _PG_init(void);

static int64 times = 0;

static void
pause_at_root(BlockNumber block)
{
	if (block != ROOT)
		return;
	times++;
	DirectFunctionCall1(pg_advisory_lock_int8, Int64GetDatum(times));
	DirectFunctionCall1(pg_advisory_unlock_int8, Int64GetDatum(times));
}

void
_PG_init(void)
{
	void		(**hook) (BlockNumber) =
		(void (**) (BlockNumber)) load_external_function("$libdir/anthology", "anthology_name_index_let_go_hook", true, NULL);

	*hook = pause_at_root;
}
