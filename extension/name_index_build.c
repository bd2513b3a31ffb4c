/*
 * name_index_build.c - builds a name index, and adds to it.
 */
#include "postgres.h"

#include "access/tableam.h"
#include "access/xloginsert.h"
#include "catalog/index.h"
#include "catalog/pg_operator_d.h"
#include "catalog/pg_type_d.h"
#include "commands/progress.h"
#include "compat.h"
#include "miscadmin.h"
#include "pgstat.h"
#include "storage/lmgr.h"
#include "utils/builtins.h"
#include "utils/memutils.h"
#include "utils/tuplesort.h"

#include "bridge.h"
#include "name_index.h"

typedef struct BuildState
{
	Tuplesortstate *sort;		/* of bytea: posting, then the TID in network order */
	MemoryContext context;		/* of one name */
	double		names;
	int64		postings;
} BuildState;

/* Phases of a build, in pg_stat_progress_create_index; 1 is the server's own. */
#define PHASE_READ 2
#define PHASE_SORT 3
#define PHASE_WRITE 4

#define TID_BYTES 6

/* What stands for NULL: it is found when everything is. */
static const AnthologyPosting null_posting = {1, {ANTHOLOGY_POSTING_NULL}};

/* The postings of a column's value. Uses the current memory context. */
static int
make_postings(Datum value, bool isnull, AnthologyPosting *postings)
{
	AnthologyText utf8;
	AnthologyName name;

	if (isnull)
	{
		postings[0] = null_posting;
		return 1;
	}
	utf8 = anthology_text(DatumGetTextPP(value));
	anthology_check_status(anthology_name_parse(utf8.data, utf8.length, &name));
	return anthology_name_postings(&name, postings);
}

static void
build_one(Relation index, ItemPointer tid, Datum *values, bool *isnull, bool alive, void *context)
{
	BuildState *state = context;
	MemoryContext old = MemoryContextSwitchTo(state->context);
	AnthologyPosting postings[ANTHOLOGY_NAME_POSTINGS];
	int			count = make_postings(values[0], isnull[0], postings);

	for (int i = 0; i < count; i++)
	{
		BlockNumber block = ItemPointerGetBlockNumberNoCheck(tid);
		OffsetNumber offset = ItemPointerGetOffsetNumberNoCheck(tid);
		bytea	   *datum = palloc(VARHDRSZ + postings[i].size + TID_BYTES);
		uint8	   *end = (uint8 *) VARDATA(datum) + postings[i].size;

		if (postings[i].bytes[0] == ANTHOLOGY_POSTING_WORD)
			block = offset = 0;
		SET_VARSIZE(datum, VARHDRSZ + postings[i].size + TID_BYTES);
		memcpy(VARDATA(datum), postings[i].bytes, postings[i].size);
		end[0] = (uint8) (block >> 24);
		end[1] = (uint8) (block >> 16);
		end[2] = (uint8) (block >> 8);
		end[3] = (uint8) block;
		end[4] = (uint8) (offset >> 8);
		end[5] = (uint8) offset;
		tuplesort_putdatum(state->sort, PointerGetDatum(datum), false);
	}
	state->names++;
	state->postings += count;
	MemoryContextSwitchTo(old);
	MemoryContextReset(state->context);
}

char *
anthology_name_index_phase(int64 phase)
{
	switch (phase)
	{
		case PROGRESS_CREATEIDX_SUBPHASE_INITIALIZE:
			return "initializing";
		case PHASE_READ:
			return "reading names";
		case PHASE_SORT:
			return "sorting postings";
		case PHASE_WRITE:
			return "writing postings";
		default:
			return NULL;
	}
}

IndexBuildResult *
anthology_name_index_build(Relation heap, Relation index, IndexInfo *info)
{
	IndexBuildResult *result = palloc(sizeof(IndexBuildResult));
	BuildState	state;
	NameIndexLoad *load;
	Datum		datum;
	bool		isnull;
	int64		written = 0;

	if (RelationGetNumberOfBlocks(index) != 0)
		elog(ERROR, "index \"%s\" already contains data", RelationGetRelationName(index));
	state.names = 0;
	state.postings = 0;
	state.context = AllocSetContextCreate(CurrentMemoryContext, "name index build",
										  ALLOCSET_DEFAULT_SIZES);
	state.sort = tuplesort_begin_datum(BYTEAOID, ByteaLessOperator, InvalidOid, false,
									   maintenance_work_mem, NULL, TUPLESORT_NONE);
	pgstat_progress_update_param(PROGRESS_CREATEIDX_SUBPHASE, PHASE_READ);
	result->heap_tuples = table_index_build_scan(heap, index, info, true, true, build_one,
												 &state, NULL);
	pgstat_progress_update_param(PROGRESS_CREATEIDX_SUBPHASE, PHASE_SORT);
	tuplesort_performsort(state.sort);
	pgstat_progress_update_param(PROGRESS_CREATEIDX_SUBPHASE, PHASE_WRITE);
	pgstat_progress_update_param(PROGRESS_CREATEIDX_TUPLES_TOTAL, state.postings);

	load = anthology_name_index_begin_load(index);
#if PG_VERSION_NUM >= 160000
	while (tuplesort_getdatum(state.sort, true, true, &datum, &isnull, NULL))
#else
	while (tuplesort_getdatum(state.sort, true, &datum, &isnull, NULL))
#endif
	{
		bytea	   *bytes = DatumGetByteaPP(datum);
		const uint8 *data = (const uint8 *) VARDATA_ANY(bytes);
		int			size = VARSIZE_ANY_EXHDR(bytes) - TID_BYTES;
		const uint8 *end = data + size;
		ItemPointerData tid;

		ItemPointerSet(&tid, (BlockNumber) end[0] << 24 | end[1] << 16 | end[2] << 8 | end[3],
					   end[4] << 8 | end[5]);
		anthology_name_index_load(load, &tid, data, size);
		if ((Pointer) bytes != DatumGetPointer(datum))
			pfree(bytes);
		pfree(DatumGetPointer(datum));
		pgstat_progress_update_param(PROGRESS_CREATEIDX_TUPLES_DONE, ++written);
		CHECK_FOR_INTERRUPTS();
	}
	anthology_name_index_end_load(load);
	tuplesort_end(state.sort);
	MemoryContextDelete(state.context);
	result->index_tuples = state.names;
	return result;
}

/* The pages that an unlogged index starts from after a crash. */
void
anthology_name_index_build_empty(Relation index)
{
	for (int block = NAME_INDEX_META; block <= NAME_INDEX_ROOT; block++)
	{
		Buffer		buffer = ReadBufferExtended(index, INIT_FORKNUM, P_NEW, RBM_NORMAL, NULL);

		LockBuffer(buffer, BUFFER_LOCK_EXCLUSIVE);
		START_CRIT_SECTION();
		if (block == NAME_INDEX_META)
			anthology_name_index_init_meta(BufferGetPage(buffer), 0);
		else
			anthology_name_index_init_page(BufferGetPage(buffer), 0);
		MarkBufferDirty(buffer);
		log_newpage_buffer(buffer, true);
		END_CRIT_SECTION();
		UnlockReleaseBuffer(buffer);
	}
}

bool
anthology_name_index_insert(Relation index, Datum *values, bool *isnull, ItemPointer tid,
							Relation heap, IndexUniqueCheck unique, bool unchanged,
							IndexInfo *info)
{
	AnthologyPosting postings[ANTHOLOGY_NAME_POSTINGS];
	int			count;
	NameIndexMeta meta;
	MemoryContext context = AllocSetContextCreate(CurrentMemoryContext, "name index insert",
												  ALLOCSET_SMALL_SIZES);
	MemoryContext old = MemoryContextSwitchTo(context);

	anthology_name_index_meta(index, &meta);
	count = make_postings(values[0], isnull[0], postings);
	LockPage(index, NAME_INDEX_META, ExclusiveLock);
	for (int i = 0; i < count; i++)
		anthology_name_index_put(index, tid, &postings[i]);
	UnlockPage(index, NAME_INDEX_META, ExclusiveLock);
	MemoryContextSwitchTo(old);
	MemoryContextDelete(context);
	return false;
}
