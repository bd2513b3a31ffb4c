/*
 * name_index.h - the access method anthology_names: pages and what its files share.
 *
 * An index is a B+tree of postings (core/name_postings.h). Block 0 is the meta
 * page, block 1 the root, for ever: when it is full, its items move to two new
 * pages. Each page knows its level (0: leaves) and its right neighbour. An item
 * on a leaf is the heap tuple's TID and the posting; above, it is a child block
 * and the least posting that the child may hold.
 *
 * A writer takes the heavyweight lock of the meta page, so there is one at a time.
 * It splits full pages on its way down, so that a split is one WAL record of three
 * pages. A reader locks one page at a time. If a page was split meanwhile, the link of
 * its left half leads to the right one. Pages are never freed: VACUUM empties them,
 * REINDEX gives them back.
 */
#ifndef ANTHOLOGY_NAME_INDEX_H
#define ANTHOLOGY_NAME_INDEX_H

#include "access/amapi.h"
#include "access/generic_xlog.h"
#include "nodes/nodes.h"
#include "storage/bufmgr.h"
#include "utils/rel.h"

#include "core/name_vocabulary.h"
#include "name_index_page.h"

/* Strategies of name_ops. */
#define NAME_INDEX_SIMILAR 1	/* text ~= text */
#define NAME_INDEX_DISTANCE 2	/* ORDER BY text <~> text */
#define NAME_INDEX_SIMILAR_QUERY 3	/* text ~= name_query */

#define NAME_INDEX_META 0
#define NAME_INDEX_ROOT 1
#define NAME_INDEX_MAGIC 0x416e4e6d
#define NAME_INDEX_VERSION 2

/* Before every other. Not NULL, which memcmp may not be given. */
#define NAME_INDEX_NO_KEY ((const uint8 *) "")

typedef struct NameIndexMeta
{
	uint32		magic;
	uint16		version;		/* of the pages */
	uint16		postings_version;	/* of what is on them */
	uint64		built;			/* when: no two builds of an index are taken for one */
	uint32		words;			/* word postings ever written */
	char		icu_version[40];	/* that the names were read with */
} NameIndexMeta;

#define NameIndexMetaOf(page) ((NameIndexMeta *) PageGetContents(page))

/* name_index.c */
struct PlannerInfo;
struct IndexPath;
extern void anthology_name_index_cost(struct PlannerInfo *root, struct IndexPath *path,
									  double loop_count, Cost *startup_cost, Cost *total_cost,
									  Selectivity *selectivity, double *correlation,
									  double *pages);

/* name_index_tree.c: in and out of the tree */
extern void anthology_name_index_init_meta(Page page, uint32 words);
extern bool anthology_name_index_read_meta(Relation index, NameIndexMeta *copy);
extern const NameIndexMeta *anthology_name_index_meta(Relation index, NameIndexMeta *copy);
extern void anthology_name_index_put(Relation index, ItemPointer tid,
									 const AnthologyPosting *posting);
extern BlockNumber anthology_name_index_copy_leaf(Relation index, const uint8 *key, int size,
												  PGAlignedBlock *copy);
extern BlockNumber anthology_name_index_copy_right(Relation index, BlockNumber right,
												   PGAlignedBlock *copy);

/*
 * Called where a scan has let go of a page, and anything may happen to it. For
 * tests/t/023_name_index_split.pl, which stops a scan there.
 */
extern PGDLLEXPORT void (*anthology_name_index_let_go_hook) (BlockNumber block);

/* A bulk load of postings in order. */
typedef struct NameIndexLoad NameIndexLoad;
extern NameIndexLoad *anthology_name_index_begin_load(Relation index);
extern void anthology_name_index_load(NameIndexLoad *load, ItemPointer tid, const uint8 *bytes,
									  int size);
extern void anthology_name_index_end_load(NameIndexLoad *load);

/* name_index_build.c */
extern IndexBuildResult *anthology_name_index_build(Relation heap, Relation index,
													struct IndexInfo *info);
extern char *anthology_name_index_phase(int64 phase);
extern void anthology_name_index_build_empty(Relation index);
extern bool anthology_name_index_insert(Relation index, Datum *values, bool *isnull,
										ItemPointer tid, Relation heap,
										IndexUniqueCheck unique, bool unchanged,
										struct IndexInfo *info);

/* name_index_words.c */
extern const AnthologyVocabulary *anthology_name_index_words(Relation index);
extern void anthology_name_index_report_no_posting(Relation index);

/* name_index_scan.c */
extern IndexScanDesc anthology_name_index_begin_scan(Relation index, int keys, int orderbys);
extern void anthology_name_index_rescan(IndexScanDesc scan, ScanKey keys, int nkeys,
										ScanKey orderbys, int norderbys);
extern bool anthology_name_index_next(IndexScanDesc scan, ScanDirection direction);
extern int64 anthology_name_index_bitmap(IndexScanDesc scan, TIDBitmap *bitmap);
extern void anthology_name_index_end_scan(IndexScanDesc scan);

/* name_index_vacuum.c */
extern IndexBulkDeleteResult *anthology_name_index_delete(IndexVacuumInfo *info,
														  IndexBulkDeleteResult *stats,
														  IndexBulkDeleteCallback callback,
														  void *state);
extern IndexBulkDeleteResult *anthology_name_index_cleanup(IndexVacuumInfo *info,
														   IndexBulkDeleteResult *stats);

#endif							/* ANTHOLOGY_NAME_INDEX_H */
