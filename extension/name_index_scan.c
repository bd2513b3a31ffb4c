/*
 * name_index_scan.c - finds names in a name index, nearest first.
 *
 * A scan keeps a heap of what it may return next: names whose similarity is
 * known, and sources (core/name_vocabulary.h), of which only an upper bound is
 * known. The greatest is taken: a name is returned, a source is read and its names
 * put on the heap. So the names come in order, and no more is read than the caller
 * asks for. Names that no source has are at distance 1, all of them; they come last,
 * in the order of the index.
 */
#include "postgres.h"

#include <math.h>

#include "access/relscan.h"
#include "catalog/pg_type_d.h"
#include "compat.h"
#include "common/hashfn.h"
#include "executor/executor.h"
#include "miscadmin.h"
#include "nodes/tidbitmap.h"
#include "pgstat.h"
#include "utils/builtins.h"
#include "utils/float.h"
#include "utils/memutils.h"
#include "utils/snapmgr.h"

#include "bridge.h"
#include "core/name_similarity.h"
#include "name_glue.h"
#include "name_index.h"

/* Something to be returned or read. */
typedef struct Candidate
{
	float		similarity;		/* or bound */
	int			source;			/* -1: a name */
	ItemPointerData tid;
} Candidate;

typedef struct Source
{
	AnthologyPostingSource source;
	AnthologyNearness next;		/* names to be read next; nearer ones were */
} Source;

/* The TIDs returned. */
typedef struct SeenEntry
{
	uint64		key;
	char		status;
} SeenEntry;

#define SH_PREFIX seen
#define SH_ELEMENT_TYPE SeenEntry
#define SH_KEY_TYPE uint64
#define SH_KEY key
#define SH_HASH_KEY(tb, key) murmurhash32((uint32) ((key) ^ (key) >> 32))
#define SH_EQUAL(tb, a, b) ((a) == (b))
#define SH_SCOPE static inline
#define SH_DECLARE
#define SH_DEFINE
#include "lib/simplehash.h"

/* A condition: similar to name by least at least. */
typedef struct Condition
{
	AnthologyName name;
	float		least;
} Condition;

typedef struct NameScan
{
	MemoryContext context;		/* of all that follows; reset by a rescan */
	bool		started;
	bool		nothing;		/* a condition with NULL */
	int			conditions;
	Condition  *condition;
	AnthologySought *sought;	/* names come in order of similarity to it; NULL: in no order */
	bool		no_distance;	/* it is to be NULL */
	float		least;			/* that any name to be returned has, to sought */
	int			sources;
	int			sources_size;
	Source	   *source;
	int			candidates;
	int			candidates_size;
	Candidate  *candidate;		/* a heap, the greatest first */
	seen_hash  *seen;
	/* The last phase: all names, page by page. */
	bool		all;
	BlockNumber next_block;
	int			place;
	PGAlignedBlock page;
} NameScan;

static void
push(NameScan *state, Candidate new)
{
	int			i;

	if (state->candidates == state->candidates_size)
	{
		state->candidates_size = Max(64, 2 * state->candidates_size);
		state->candidate = state->candidate == NULL ?
			MemoryContextAlloc(state->context, state->candidates_size * sizeof(Candidate)) :
			repalloc_huge(state->candidate, state->candidates_size * sizeof(Candidate));
	}
	for (i = state->candidates++; i > 0; i = (i - 1) / 2)
	{
		if (state->candidate[(i - 1) / 2].similarity >= new.similarity)
			break;
		state->candidate[i] = state->candidate[(i - 1) / 2];
	}
	state->candidate[i] = new;
}

static Candidate
pop(NameScan *state)
{
	Candidate	top = state->candidate[0];
	Candidate	last = state->candidate[--state->candidates];
	int			i = 0;

	for (;;)
	{
		int			child = 2 * i + 1;

		if (child >= state->candidates)
			break;
		if (child + 1 < state->candidates &&
			state->candidate[child + 1].similarity > state->candidate[child].similarity)
			child++;
		if (last.similarity >= state->candidate[child].similarity)
			break;
		state->candidate[i] = state->candidate[child];
		i = child;
	}
	if (state->candidates > 0)
		state->candidate[i] = last;
	return top;
}

static void
push_source(NameScan *state, int source)
{
	Candidate	candidate;
	float		bound = state->source[source].source.bound[state->source[source].next];

	candidate.similarity = bound;
	candidate.source = source;
	ItemPointerSetInvalid(&candidate.tid);
	if (bound > 0 && bound >= state->least)
		push(state, candidate);
}

static void
take_source(void *context, const AnthologyPostingSource *found)
{
	NameScan  *state = context;

	for (int i = 0; i < state->sources; i++)
	{
		AnthologyPostingSource *old = &state->source[i].source;

		if (old->kind == found->kind && old->size == found->size &&
			memcmp(old->letters, found->letters, found->size) == 0)
		{
			for (int j = 0; j < ANTHOLOGY_NEARNESS; j++)
				old->bound[j] = Max(old->bound[j], found->bound[j]);
			if (old->other != found->other)
			{
				/* Nothing can be told apart any more. */
				for (int j = 1; j < ANTHOLOGY_NEARNESS; j++)
					old->bound[0] = Max(old->bound[0], old->bound[j]);
				old->other = -1;
			}
			return;
		}
	}
	if (state->sources == state->sources_size)
	{
		state->sources_size = Max(64, 2 * state->sources_size);
		state->source = state->source == NULL ?
			MemoryContextAlloc(state->context, state->sources_size * sizeof(Source)) :
			repalloc(state->source, state->sources_size * sizeof(Source));
	}
	state->source[state->sources].source = *found;
	state->source[state->sources].next = ANTHOLOGY_NEAR;
	state->sources++;
}

/* Whether a name meets all conditions. */
static bool
meets_conditions(const NameScan *state, const AnthologyName *name)
{
	for (int i = 0; i < state->conditions; i++)
		if (anthology_name_compare(&state->condition[i].name, name) < state->condition[i].least)
			return false;
	return true;
}

/*
 * Reads the postings that begin with key and are this near, from a leaf on. Returns
 * false if there was another leaf to read and only_first is set.
 */
static bool
read_postings(IndexScanDesc scan, NameScan *state, const Source *source, AnthologyNearness near,
			  const uint8 *key, int key_size, bool only_first)
{
	PGAlignedBlock page;
	BlockNumber next = anthology_name_index_copy_leaf(scan->indexRelation, key, key_size, &page);
	bool		is_first = true;

	for (;;)
	{
		Page		p = (Page) page.data;
		const uint8 *last_item = NULL;
		int			last_size = 0;
		float		similarity = 0;
		bool		meets = false;
		int			i;

		i = is_first ? anthology_name_index_find(p, key, key_size, 0) : 0;
		if (only_first && name_index_count(p) > 0)
		{
			/* Does the last item belong to it? */
			int			size;
			const uint8 *item = name_index_key(p, name_index_count(p) - 1, &size);

			if (memcmp(item, key, Min(size, key_size)) <= 0)
				return false;
		}
		for (; i < name_index_count(p); i++)
		{
			int			size;
			const uint8 *item = name_index_key(p, i, &size);
			AnthologyPostingView view;
			AnthologyName name;
			Candidate	candidate;

			if (size < key_size || memcmp(item, key, key_size) != 0)
			{
				/* A page that was split may begin before the key. */
				if (memcmp(item, key, Min(size, key_size)) > 0)
					return true;
				continue;
			}
			if (last_item == NULL || last_size != size || memcmp(last_item, item, size) != 0)
			{
				last_item = NULL;
				if (!anthology_posting_view(item, size, &view))
					anthology_name_index_report_no_posting(scan->indexRelation);
				if (anthology_source_nearness(state->sought, &source->source, &view) != near)
					continue;
				if (!anthology_posting_name(&view, &name))
					anthology_name_index_report_no_posting(scan->indexRelation);
				similarity = anthology_name_compare(&state->sought->name, &name);
				meets = similarity > 0 && similarity >= state->least &&
					meets_conditions(state, &name);
				last_item = item;
				last_size = size;
			}
			if (!meets)
				continue;
			candidate.similarity = similarity;
			candidate.source = -1;
			candidate.tid = name_index_tid(p, i);
			push(state, candidate);
		}
		if (next == InvalidBlockNumber)
			return true;
		next = anthology_name_index_copy_right(scan->indexRelation, next, &page);
		is_first = false;
	}
}

/*
 * Reads the names of a source that are as near as its next ones. The postings of
 * a word are in the order of the other one: where they are many, those that begin
 * alike are looked up.
 */
static void
read_source(IndexScanDesc scan, NameScan *state, int number)
{
	Source	   *source = &state->source[number];
	AnthologyPostingSource *postings = &source->source;
	AnthologyNearness near = source->next++;
	uint8		key[2 * ANTHOLOGY_NAME_LETTERS + 2];
	int			key_size = postings->size + 1;

	memcpy(key, postings->letters, postings->size);
	key[postings->size] = postings->kind;
	if (source->next < ANTHOLOGY_NEARNESS && postings->other >= 0)
		push_source(state, number);
	if (near == ANTHOLOGY_NEAR && postings->other >= 0)
	{
		const AnthologyNameWord *other = &state->sought->name.words[postings->other];

		if (read_postings(scan, state, source, near, key, key_size, true))
			return;
		for (int size = 0; size <= other->size; size++)
		{
			memcpy(key + key_size, other->text.letters, size);
			key[key_size + size] = 0;
			read_postings(scan, state, source, near, key,
						  key_size + size + (size < other->size ? 1 : 0), false);
		}
	}
	else
		read_postings(scan, state, source, near, key, key_size, false);
}

static uint64
tid_key(ItemPointer tid)
{
	return (uint64) ItemPointerGetBlockNumberNoCheck(tid) << 16 |
		ItemPointerGetOffsetNumberNoCheck(tid);
}

/* Whether this row is new. */
static bool
remember(NameScan *state, ItemPointer tid)
{
	bool		found;

	seen_insert(state->seen, tid_key(tid), &found);
	return !found;
}

static void
read_name(NameScan *state, Datum value, AnthologyName *name)
{
	MemoryContext old = MemoryContextSwitchTo(state->context);
	AnthologyText utf8 = anthology_text(DatumGetTextPP(value));

	anthology_check_status(anthology_name_parse(utf8.data, utf8.length, name));
	MemoryContextSwitchTo(old);
}

/* Reads the conditions and what is sought, and finds the sources. */
static void
start(IndexScanDesc scan, NameScan *state)
{
	state->started = true;
	pgstat_count_index_scan(scan->indexRelation);
	state->condition = MemoryContextAllocZero(state->context,
											  Max(scan->numberOfKeys, 1) * sizeof(Condition));
	for (int i = 0; i < scan->numberOfKeys; i++)
	{
		ScanKey		key = &scan->keyData[i];
		Condition  *condition = &state->condition[state->conditions];
		Datum		name = key->sk_argument;

		if (key->sk_flags & SK_ISNULL)
		{
			state->nothing = true;
			return;
		}
		condition->least = (float) anthology_name_similarity_threshold;
		if (key->sk_strategy == NAME_INDEX_SIMILAR_QUERY &&
			!anthology_name_query(key->sk_argument, &name, &condition->least))
		{
			state->nothing = true;
			return;
		}
		read_name(state, name, &condition->name);
		anthology_name_prepare(&condition->name);
		state->conditions++;
	}
	state->no_distance = scan->numberOfOrderBys > 0 && (scan->orderByData[0].sk_flags & SK_ISNULL);
	if (state->conditions > 0 || (scan->numberOfOrderBys > 0 && !state->no_distance))
	{
		AnthologyName name;

		if (scan->numberOfOrderBys > 0 && !state->no_distance)
			read_name(state, scan->orderByData[0].sk_argument, &name);
		else
			name = state->condition[0].name;
		state->sought = MemoryContextAlloc(state->context, sizeof(AnthologySought));
		anthology_seek(&name, state->sought);
	}

	/* Conditions on the name sought need no comparison of their own. */
	for (int i = 0; i < state->conditions;)
	{
		Condition  *condition = &state->condition[i];

		if (condition->name.count == state->sought->name.count &&
			memcmp(condition->name.words, state->sought->name.words,
				   condition->name.count * sizeof(AnthologyNameWord)) == 0)
		{
			state->least = Max(state->least, condition->least);
			*condition = state->condition[--state->conditions];
		}
		else
			i++;
	}

	state->seen = seen_create(state->context, 64, NULL);
	if (state->sought != NULL)
	{
		anthology_vocabulary_sources(anthology_name_index_words(scan->indexRelation), state->sought,
									 state->least, take_source, state);
		for (int i = 0; i < state->sources; i++)
			push_source(state, i);
	}
}

/* The next name of the heap, in order. */
static bool
next_similar(IndexScanDesc scan, NameScan *state, Candidate *found)
{
	while (state->candidates > 0)
	{
		*found = pop(state);
		if (found->source >= 0)
			read_source(scan, state, found->source);
		else if (remember(state, &found->tid))
			return true;
	}
	return false;
}

/* The next of all names that were not found yet. NULL has the similarity NaN. */
static bool
next_of_all(IndexScanDesc scan, NameScan *state, Candidate *found)
{
	Page		page = (Page) state->page.data;

	/* Only who is content with any similarity gets these. */
	if (state->least > 0)
		return false;
	if (!state->all)
	{
		state->all = true;
		state->next_block = anthology_name_index_copy_leaf(scan->indexRelation, NAME_INDEX_NO_KEY,
														   0,
														   &state->page);
		state->place = 0;
	}
	for (;;)
	{
		AnthologyPostingView view;
		AnthologyName name;
		const uint8 *item;
		int			size;

		if (state->place >= name_index_count(page))
		{
			if (state->next_block == InvalidBlockNumber)
				return false;
			state->next_block = anthology_name_index_copy_right(scan->indexRelation,
																state->next_block,
																&state->page);
			state->place = 0;
			continue;
		}
		found->tid = name_index_tid(page, state->place);
		item = name_index_key(page, state->place++, &size);
		if (*item == ANTHOLOGY_POSTING_WORD)
			return false;
		if (*item == ANTHOLOGY_POSTING_NULL)
		{
			if (scan->numberOfKeys > 0 || !remember(state, &found->tid))
				continue;
			found->similarity = get_float4_nan();
			return true;
		}
		if (!anthology_posting_view(item, size, &view) || !view.primary ||
			!remember(state, &found->tid))
			continue;
		found->similarity = 0;
		if (state->sought == NULL)
			return true;
		if (!anthology_posting_name(&view, &name))
			anthology_name_index_report_no_posting(scan->indexRelation);
		if (!meets_conditions(state, &name))
			continue;
		found->similarity = anthology_name_compare(&state->sought->name, &name);
		return true;
	}
}

IndexScanDesc
anthology_name_index_begin_scan(Relation index, int keys, int orderbys)
{
	IndexScanDesc scan = RelationGetIndexScan(index, keys, orderbys);
	NameScan  *state = palloc0(sizeof(NameScan));

	state->context = AllocSetContextCreate(CurrentMemoryContext, "name index scan",
										   ALLOCSET_DEFAULT_SIZES);
	scan->opaque = state;
	if (orderbys > 0)
	{
		scan->xs_orderbyvals = palloc0(orderbys * sizeof(Datum));
		scan->xs_orderbynulls = palloc0(orderbys * sizeof(bool));
	}
	return scan;
}

void
anthology_name_index_rescan(IndexScanDesc scan, ScanKey keys, int nkeys,
							ScanKey orderbys, int norderbys)
{
	NameScan  *state = scan->opaque;
	MemoryContext context = state->context;

	MemoryContextReset(context);
	memset(state, 0, offsetof(NameScan, page));
	state->context = context;
	if (keys != NULL && scan->numberOfKeys > 0)
		memmove(scan->keyData, keys, scan->numberOfKeys * sizeof(ScanKeyData));
	if (orderbys != NULL && scan->numberOfOrderBys > 0)
		memmove(scan->orderByData, orderbys, scan->numberOfOrderBys * sizeof(ScanKeyData));
}

bool
anthology_name_index_next(IndexScanDesc scan, ScanDirection direction)
{
	NameScan  *state = scan->opaque;
	Candidate	found;

	Assert(ScanDirectionIsForward(direction));
	if (scan->xs_want_itup)
		elog(ERROR, "a name index cannot be scanned without its table");
	if (!state->started)
		start(scan, state);
	if (state->nothing || (!next_similar(scan, state, &found) && !next_of_all(scan, state, &found)))
		return false;
	scan->xs_heaptid = found.tid;
	/*
	 * VACUUM may have emptied a row's place since its page was copied, and another
	 * row may be there. To an MVCC snapshot that one is not visible; any other
	 * has its name compared again.
	 */
	scan->xs_recheck = !IsMVCCSnapshot(scan->xs_snapshot);
	if (scan->numberOfOrderBys > 0)
	{
		scan->xs_orderbynulls[0] = state->no_distance || isnan(found.similarity);
		scan->xs_orderbyvals[0] = Float4GetDatum(scan->xs_orderbynulls[0] ? 0 :
												 1 - found.similarity);
		/* Of further names only the least distance is known: the executor sorts ties. */
		for (int i = 1; i < scan->numberOfOrderBys; i++)
		{
			scan->xs_orderbynulls[i] = false;
			scan->xs_orderbyvals[i] = Float4GetDatum(0);
		}
		scan->xs_recheckorderby = scan->numberOfOrderBys > 1;
	}
	return true;
}

int64
anthology_name_index_bitmap(IndexScanDesc scan, TIDBitmap *bitmap)
{
	NameScan  *state = scan->opaque;
	Candidate	found;
	int64		count = 0;

	if (!state->started)
		start(scan, state);
	/*
	 * The rows of a bitmap are looked at in the table, under an MVCC snapshot. (That
	 * releases before 15.13, 16.9 and 17.5 trust the visibility map there is a fault
	 * of theirs, with every kind of index.)
	 */
	while (!state->nothing &&
		   (next_similar(scan, state, &found) || next_of_all(scan, state, &found)))
	{
		/* What is found may all be in memory by now: no page is read between two rows. */
		CHECK_FOR_INTERRUPTS();
		tbm_add_tuples(bitmap, &found.tid, 1, false);
		count++;
	}
	return count;
}

void
anthology_name_index_end_scan(IndexScanDesc scan)
{
	NameScan  *state = scan->opaque;

	MemoryContextDelete(state->context);
	pfree(state);
}
