/*
 * term_statistics.c - the counts that refresh_term_statistics() stores, kept in
 * memory.
 *
 * Ranking looks up a few terms for each of thousands of papers, so a backend
 * reads the whole table once. Most terms occur in one paper only, which is also
 * what is assumed of a term not found, so those stay out. term_count_state names
 * the counts with a stamp that every recount changes. It is read again whenever
 * the active snapshot is another than last time, so what is used is always what
 * a query in the same place would see.
 */
#include "postgres.h"

#include <math.h>

#include "access/xact.h"
#include "catalog/namespace.h"
#include "catalog/pg_type.h"
#include "common/hashfn.h"
#include "compat.h"
#include "executor/spi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/snapmgr.h"
#include "utils/uuid.h"

#include "term_statistics.h"

typedef struct TermKey
{
	const char *term;			/* not NUL-terminated */
	int			length;
} TermKey;

typedef struct TermCount
{
	TermKey		key;
	uint32		hash;
	int32		documents;
	float		rarity;
	char		status;
} TermCount;

#define SH_PREFIX counts
#define SH_ELEMENT_TYPE TermCount
#define SH_KEY_TYPE TermKey
#define SH_KEY key
#define SH_HASH_KEY(table, key) hash_bytes((const unsigned char *) (key).term, (key).length)
#define SH_EQUAL(table, a, b) \
	((a).length == (b).length && memcmp((a).term, (b).term, (a).length) == 0)
#define SH_STORE_HASH
#define SH_GET_HASH(table, element) (element)->hash
#define SH_SCOPE static inline
#define SH_DECLARE
#define SH_DEFINE
#include "lib/simplehash.h"

/* Snapshots that differ in any of this may see different counts. */
typedef struct SnapshotKey
{
	TransactionId xmin;
	TransactionId xmax;
	uint32		xcnt;
	int32		subxcnt;
	CommandId	command;
	SubTransactionId subtransaction;
	Oid			role;			/* a role that may not read them gets an error */
} SnapshotKey;

static AnthologyTermStatistics statistics;
static MemoryContext counts_context;	/* of what follows */
static counts_hash *counts;
static pg_uuid_t counts_stamp;
static float once_rarity;		/* of a term that one paper has */
static pg_uuid_t stamp;			/* of the statistics */
static SnapshotKey seen_by;
static bool seen;				/* whether seen_by is set */
static TimestampTz warned_of_none;	/* start of the transaction that was last warned */
static TimestampTz warned_of_stale;

SPIPlanPtr
anthology_saved_plan(SPIPlanPtr *plan, const char *query, int arguments, Oid *types)
{
	if (*plan == NULL)
	{
		SPIPlanPtr	prepared = SPI_prepare(query, arguments, types);

		if (prepared == NULL)
			elog(ERROR, "SPI_prepare failed: %s", SPI_result_code_string(SPI_result));
		SPI_keepplan(prepared);
		*plan = prepared;
	}
	return *plan;
}

/* Warns once a transaction. */
static bool
may_warn(TimestampTz *warned)
{
	TimestampTz now = GetCurrentTransactionStartTimestamp();

	if (*warned == now)
		return false;
	*warned = now;
	return true;
}

static void
warn_of_none(void)
{
	if (statistics.documents != 0)
		statistics.version++;
	statistics.documents = 0;
	statistics.average_length = 1;
	if (may_warn(&warned_of_none))
		ereport(WARNING,
				errmsg("there are no term statistics: every word counts the same"),
				errhint("Call anthology.refresh_term_statistics()."));
}

static float
rarity_of(double documents)
{
	return log(1 + statistics.documents / documents);
}

#define COMMON_TERMS \
	"SELECT term, documents FROM anthology.term_statistics WHERE documents OPERATOR(pg_catalog.>) 1"

/* Reads the counts into a new table that then takes the place of the old one. */
static void
read_counts(const pg_uuid_t *new_stamp)
{
	static SPIPlanPtr plan;
	MemoryContext context = AllocSetContextCreate(TopMemoryContext, "anthology term statistics",
												  ALLOCSET_DEFAULT_SIZES);
	counts_hash *table;
	Portal		portal;

	PG_TRY();
	{
		SPIPlanPtr	terms = anthology_saved_plan(&plan, COMMON_TERMS, 0, NULL);

		table = counts_create(context, 65536, NULL);
		portal = SPI_cursor_open(NULL, terms, NULL, NULL, true);
		for (;;)
		{
			SPI_cursor_fetch(portal, true, 1000);
			if (SPI_processed == 0)
				break;
			for (uint64 i = 0; i < SPI_processed; i++)
			{
				HeapTuple	row = SPI_tuptable->vals[i];
				TupleDesc	columns = SPI_tuptable->tupdesc;
				bool		isnull;
				text	   *term = DatumGetTextPP(SPI_getbinval(row, columns, 1, &isnull));
				TermKey		key;
				TermCount  *count;
				bool		found;

				key.length = (int) VARSIZE_ANY_EXHDR(term);
				key.term = MemoryContextAlloc(context, Max(key.length, 1));
				memcpy(unconstify(char *, key.term), VARDATA_ANY(term), key.length);
				count = counts_insert(table, key, &found);
				count->documents = DatumGetInt32(SPI_getbinval(row, columns, 2, &isnull));
				count->rarity = rarity_of(count->documents);
			}
			SPI_freetuptable(SPI_tuptable);
			CHECK_FOR_INTERRUPTS();
		}
		SPI_cursor_close(portal);
	}
	PG_CATCH();
	{
		MemoryContextDelete(context);
		PG_RE_THROW();
	}
	PG_END_TRY();
	if (counts_context != NULL)
		MemoryContextDelete(counts_context);
	counts_context = context;
	counts = table;
	counts_stamp = *new_stamp;
	once_rarity = rarity_of(1);
}

#define COUNTS_OF_ALL "SELECT stamp, documents, length FROM anthology.term_count_state"
#define CHANGES "SELECT FROM anthology.document_change LIMIT $1"

/* Whether more than a tenth of the documents have changed since they were counted. */
static bool
are_stale(int64 documents)
{
	static SPIPlanPtr plan;
	Oid			type = INT8OID;
	Datum		most = Int64GetDatum(documents / 10 + 1);

	SPI_execute_plan(anthology_saved_plan(&plan, CHANGES, 1, &type), &most, NULL, true, 0);
	return (int64) SPI_processed > documents / 10;
}

/* Makes statistics what the active snapshot sees. */
static void
read_statistics(void)
{
	static SPIPlanPtr plan;
	Oid			schema = get_namespace_oid("anthology", true);

	if (!OidIsValid(schema) || !OidIsValid(get_relname_relid("term_count_state", schema)))
	{
		warn_of_none();
		return;
	}
	SPI_connect();
	SPI_execute_plan(anthology_saved_plan(&plan, COUNTS_OF_ALL, 0, NULL), NULL, NULL, true, 1);
	if (SPI_processed == 0)
		warn_of_none();
	else
	{
		HeapTuple	row = SPI_tuptable->vals[0];
		TupleDesc	columns = SPI_tuptable->tupdesc;
		bool		isnull;
		pg_uuid_t	new_stamp = *DatumGetUUIDP(SPI_getbinval(row, columns, 1, &isnull));
		int64		documents = DatumGetInt64(SPI_getbinval(row, columns, 2, &isnull));
		int64		length = DatumGetInt64(SPI_getbinval(row, columns, 3, &isnull));

		if (statistics.documents == 0 || memcmp(&new_stamp, &stamp, sizeof(stamp)) != 0)
			statistics.version++;
		stamp = new_stamp;
		statistics.documents = Max(documents, 1);
		statistics.average_length = Max((double) length / statistics.documents, 1);
		if (are_stale(documents) && may_warn(&warned_of_stale))
			ereport(WARNING,
					errmsg("term statistics are stale: more than a tenth of the papers have "
						   "changed"),
					errhint("Call anthology.refresh_term_statistics()."));
	}
	SPI_finish();
}

const AnthologyTermStatistics *
anthology_term_statistics(void)
{
	Snapshot	snapshot = GetActiveSnapshot();
	SnapshotKey key;

	memset(&key, 0, sizeof(key));
	key.xmin = snapshot->xmin;
	key.xmax = snapshot->xmax;
	key.xcnt = snapshot->xcnt;
	key.subxcnt = snapshot->subxcnt;
	key.command = snapshot->curcid;
	key.subtransaction = GetCurrentSubTransactionId();
	key.role = GetUserId();
	if (!seen || memcmp(&key, &seen_by, sizeof(key)) != 0)
	{
		seen = false;
		read_statistics();
		seen_by = key;
		seen = true;
	}
	return &statistics;
}

void
anthology_read_term_counts(void)
{
	if (statistics.documents == 0 ||
		(counts != NULL && memcmp(&counts_stamp, &stamp, sizeof(stamp)) == 0))
		return;
	SPI_connect();
	read_counts(&stamp);
	SPI_finish();
}

static const TermCount *
find_count(const char *term, int length)
{
	TermKey		key = {term, length};

	return statistics.documents == 0 || counts == NULL ? NULL : counts_lookup(counts, key);
}

double
anthology_papers_with(const char *term, int length)
{
	const TermCount *count = find_count(term, length);

	return count == NULL ? 1 : count->documents;
}

double
anthology_term_rarity(const char *term, int length)
{
	const TermCount *count = find_count(term, length);

	return count != NULL ? count->rarity : statistics.documents == 0 ? 1 : once_rarity;
}
