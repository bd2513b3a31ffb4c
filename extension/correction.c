/*
 * correction.c - the one mechanism behind every correction.
 *
 * To carry out a correction:
 *
 *   1. lock the corpus (one row), so that corrections and loads come one after
 *      the other, in no order that could deadlock;
 *   2. refuse if what it was proposed on has changed since;
 *   3. change the persons, then set the explicit ids and ORCIDs of the selected names;
 *   4. resolve again every name that this concerns - those of the changed
 *      persons and of the selected names, before and after;
 *   5. refuse if a selected name did not get where it was meant to go, if a
 *      name is left without a person, or if one paper now names a verified
 *      person twice.
 *
 * The order of locks is the same everywhere, so that nothing can deadlock: the
 * row of corpus_state first (lock_corpus()), then rows of the corpus and its
 * record in whatever order. Loads, corrections, rejections, reviews of flags,
 * judging what waits and counting terms all begin with it and keep it until
 * their transaction ends; a proposal or preview has it only while it rehearses,
 * and holds until then only rows that it has made itself, which nobody else can
 * see. Who changes the tables by hand should begin with lock_corpus() too.
 *
 * A preview is exactly this in a subtransaction that is rolled back, so that it
 * cannot show anything else than what will happen; and a proposal stores what
 * its rehearsal moved, so that applying it can refuse to move anything else
 * than what was seen.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "access/xact.h"
#include "catalog/namespace.h"
#include "catalog/pg_class.h"
#include "catalog/pg_type.h"
#include "compat.h"
#include "executor/spi.h"
#include "miscadmin.h"
#include "utils/acl.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/datum.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/resowner.h"
#include "utils/syscache.h"

#include "correction.h"

#define MAX_PARAMETERS 8

/* The columns of an item as jsonb objects carry them. */
#define ITEM_COLUMNS \
	"(paper_id text, role text, \"position\" integer, first text, last text, cause text, " \
	"before_person_id text, after_person_id text, " \
	"before_explicit_id text, after_explicit_id text)"
#define ITEM_FIELDS(alias) \
	"pg_catalog.jsonb_build_object('paper_id', " alias ".paper_id, 'role', " alias ".role, " \
	"'position', " alias ".\"position\", 'first', " alias ".first, 'last', " alias ".last, " \
	"'cause', " alias ".cause, 'before_person_id', " alias ".before_person_id, " \
	"'after_person_id', " alias ".after_person_id, " \
	"'before_explicit_id', " alias ".before_explicit_id, " \
	"'after_explicit_id', " alias ".after_explicit_id)"

#define LOCK_CORPUS \
	"SELECT anthology.lock_corpus()"

#define STATUS \
	"SELECT status FROM anthology.reassignment WHERE id = $1"

/*
 * What a proposal was made on and is not so any more, a line each. A paper that
 * came to the page counts, since nobody has looked whether it is to move too;
 * one that went does not, or of two proposals for a page one would be lost.
 */
#define CHANGED_SINCE \
	"SELECT pg_catalog.string_agg(line, E'\\n' ORDER BY line) FROM (" \
	"SELECT CASE WHEN a.paper_id IS NULL OR (a.first, a.last) <> (i.first, i.last) " \
	"THEN pg_catalog.format('The name \"%s %s\" is not %s %s of paper %s any more.', " \
	"i.first, i.last, i.role, i.\"position\", i.paper_id) " \
	"ELSE pg_catalog.format('%s %s of paper %s is now on the page of \"%s\", explicit id %s%s.', " \
	"pg_catalog.initcap(i.role), i.\"position\", i.paper_id, a.person_id, " \
	"coalesce('\"' || a.explicit_person_id || '\"', 'none'), " \
	"CASE WHEN a.orcid IS DISTINCT FROM i.before_orcid " \
	"THEN ', ORCID ' || coalesce(a.orcid, 'none') END) END " \
	"FROM anthology.reassignment_item i LEFT JOIN anthology.authorship a " \
	"ON a.paper_id = i.paper_id AND a.role = i.role AND a.\"position\" = i.\"position\" " \
	"WHERE i.reassignment_id = $1 AND i.cause = 'selected' " \
	"AND (a.first, a.last, a.person_id, a.explicit_person_id, a.orcid) IS DISTINCT FROM " \
	"(i.first, i.last, i.before_person_id, i.before_explicit_id, i.before_orcid) " \
	"UNION ALL " \
	"SELECT CASE WHEN c.action = 'create' " \
	"THEN pg_catalog.format('Person \"%s\" exists now.', c.person_id) " \
	"ELSE pg_catalog.format('Person \"%s\" is not as it was.', c.person_id) END " \
	"FROM anthology.person_change c LEFT JOIN anthology.person p ON p.id = c.person_id " \
	"WHERE c.reassignment_id = $1 AND CASE c.action " \
	"WHEN 'create' THEN p.id IS NOT NULL " \
	"WHEN 'delete' THEN anthology.person_entry(c.person_id) IS DISTINCT FROM c.before " \
	"WHEN 'change' THEN anthology.person_entry(c.person_id) IS DISTINCT FROM c.before " \
	"ELSE p.verified IS NOT TRUE END " \
	"UNION ALL " \
	"SELECT pg_catalog.format('Paper %s has come to the page of \"%s\".', " \
	"a.paper_id, a.person_id) " \
	"FROM anthology.reassignment r JOIN anthology.authorship a ON a.person_id = r.from_person_id " \
	"WHERE r.id = $1 AND r.page_seen <> '{}' AND a.paper_id <> ALL (r.page_seen) " \
	"UNION ALL " \
	"SELECT pg_catalog.format('Person \"%s\" is not there any more.', r.to_person_id) " \
	"FROM anthology.reassignment r WHERE r.id = $1 AND r.kind = 'reassign' " \
	"AND NOT EXISTS (SELECT FROM anthology.person p WHERE p.id = r.to_person_id) " \
	"UNION ALL " \
	"SELECT pg_catalog.format('Reassignment %s is %s already.', o.id, o.status) " \
	"FROM anthology.reassignment r JOIN anthology.reassignment o ON o.id = r.undoes " \
	"WHERE r.id = $1 AND o.status <> 'applied'" \
	") AS changed(line)"

/* Slugs of the names a correction concerns, as they are at the moment. */
#define CONCERNED_SLUGS \
	"SELECT ARRAY(" \
	"SELECT a.slug FROM anthology.reassignment_item i JOIN anthology.authorship a " \
	"ON a.paper_id = i.paper_id AND a.role = i.role AND a.\"position\" = i.\"position\" " \
	"WHERE i.reassignment_id = $1 AND i.cause = 'selected' " \
	"UNION " \
	"SELECT n.slug FROM anthology.person_change c JOIN anthology.person_name n " \
	"ON n.person_id = c.person_id WHERE c.reassignment_id = $1)"

#define CHANGE_PERSONS \
	"SELECT anthology.change_persons($1)"

#define SET_EXPLICIT_IDS \
	"UPDATE anthology.authorship a SET explicit_person_id = i.after_explicit_id, " \
	"orcid = i.after_orcid " \
	"FROM anthology.reassignment_item i " \
	"WHERE i.reassignment_id = $1 AND i.cause = 'selected' " \
	"AND a.paper_id = i.paper_id AND a.role = i.role AND a.\"position\" = i.\"position\""

/* Resolves, and gives every name moved or selected as an array of items. */
#define RESOLVE \
	"WITH moved AS MATERIALIZED (" \
	"SELECT * FROM anthology.resolve_names($2 || $3, " \
	"ARRAY(SELECT c.person_id FROM anthology.person_change c WHERE c.reassignment_id = $1))" \
	"), item AS (" \
	"SELECT m.paper_id, m.role, m.\"position\", a.first, a.last, 'side effect' AS cause, " \
	"m.before_person_id, m.after_person_id, " \
	"a.explicit_person_id AS before_explicit_id, a.explicit_person_id AS after_explicit_id " \
	"FROM moved m JOIN anthology.authorship a " \
	"ON a.paper_id = m.paper_id AND a.role = m.role AND a.\"position\" = m.\"position\" " \
	"WHERE NOT EXISTS (SELECT FROM anthology.reassignment_item i " \
	"WHERE i.reassignment_id = $1 AND i.cause = 'selected' AND i.paper_id = m.paper_id " \
	"AND i.role = m.role AND i.\"position\" = m.\"position\") " \
	"UNION ALL " \
	"SELECT i.paper_id, i.role, i.\"position\", i.first, i.last, i.cause, i.before_person_id, " \
	"CASE WHEN m.paper_id IS NULL THEN i.before_person_id ELSE m.after_person_id END, " \
	"i.before_explicit_id, i.after_explicit_id " \
	"FROM anthology.reassignment_item i LEFT JOIN moved m " \
	"ON m.paper_id = i.paper_id AND m.role = i.role AND m.\"position\" = i.\"position\" " \
	"WHERE i.reassignment_id = $1 AND i.cause = 'selected') " \
	"SELECT coalesce(pg_catalog.jsonb_agg(" ITEM_FIELDS("item") \
	" ORDER BY cause, paper_id, role, \"position\"), '[]') FROM item"

/* Selected names that did not get where they were meant to go. */
#define ASTRAY \
	"SELECT pg_catalog.string_agg(pg_catalog.format(" \
	"'%s %s of paper %s, \"%s %s\", would be on the page of %s, not of \"%s\".', " \
	"pg_catalog.initcap(i.role), i.\"position\", i.paper_id, i.first, i.last, " \
	"coalesce('\"' || d.after_person_id || '\"', 'nobody'), i.after_person_id), E'\\n' " \
	"ORDER BY i.paper_id, i.role, i.\"position\") " \
	"FROM pg_catalog.jsonb_to_recordset($2) AS d" ITEM_COLUMNS \
	" JOIN anthology.reassignment_item i ON i.reassignment_id = $1 AND i.cause = 'selected' " \
	"AND i.paper_id = d.paper_id AND i.role = d.role AND i.\"position\" = d.\"position\" " \
	"WHERE d.after_person_id IS DISTINCT FROM i.after_person_id"

/* Names whose explicit id could not be honoured any more. */
#define UNRESOLVED \
	"SELECT pg_catalog.string_agg(pg_catalog.format(" \
	"'%s %s of paper %s, \"%s %s\", has the explicit id \"%s\".', " \
	"pg_catalog.initcap(d.role), d.\"position\", d.paper_id, d.first, d.last, " \
	"d.after_explicit_id), E'\\n' ORDER BY d.paper_id, d.role, d.\"position\") " \
	"FROM pg_catalog.jsonb_to_recordset($1) AS d" ITEM_COLUMNS \
	" WHERE d.after_person_id IS NULL"

/* Papers that now name a verified person twice. */
#define NAMED_TWICE \
	"SELECT pg_catalog.string_agg(pg_catalog.format(" \
	"'Paper %s would have more than one name of person \"%s\".', t.paper_id, t.person_id), " \
	"E'\\n' ORDER BY t.paper_id) FROM (" \
	"SELECT a.paper_id, a.person_id FROM anthology.authorship a " \
	"JOIN anthology.person p ON p.id = a.person_id AND p.verified " \
	"WHERE (a.paper_id, a.person_id) IN (SELECT d.paper_id, d.after_person_id " \
	"FROM pg_catalog.jsonb_to_recordset($1) AS d" ITEM_COLUMNS \
	" WHERE d.before_person_id IS DISTINCT FROM d.after_person_id) " \
	"GROUP BY a.paper_id, a.person_id HAVING count(*) > 1) AS t"

/* Names that moved and were not to, or the other way round. */
#define NOT_AS_SEEN \
	"WITH done AS (SELECT * FROM pg_catalog.jsonb_to_recordset($2) AS d" ITEM_COLUMNS "), " \
	"seen AS (SELECT i.paper_id, i.role, i.\"position\", i.first, i.last, i.cause, " \
	"i.before_person_id, i.after_person_id, i.before_explicit_id, i.after_explicit_id " \
	"FROM anthology.reassignment_item i WHERE i.reassignment_id = $1) " \
	"SELECT pg_catalog.string_agg(pg_catalog.format(" \
	"'%s %s of paper %s, \"%s %s\", would %s from \"%s\" to \"%s\".', " \
	"pg_catalog.initcap(x.role), x.\"position\", x.paper_id, x.first, x.last, x.how, " \
	"x.before_person_id, x.after_person_id), E'\\n' ORDER BY x.paper_id, x.role, x.\"position\") " \
	"FROM ((SELECT d.*, 'now move' AS how FROM (SELECT * FROM done EXCEPT SELECT * FROM seen) d) " \
	"UNION ALL (SELECT s.*, 'not move any more' FROM " \
	"(SELECT * FROM seen EXCEPT SELECT * FROM done) s)) AS x"

/* The selected names are there already. */
#define STORE_SIDE_EFFECTS \
	"INSERT INTO anthology.reassignment_item (reassignment_id, paper_id, role, \"position\", " \
	"first, last, cause, before_person_id, after_person_id, before_explicit_id, " \
	"after_explicit_id) " \
	"SELECT $1, d.* FROM pg_catalog.jsonb_to_recordset($2) AS d" ITEM_COLUMNS \
	" WHERE d.cause = 'side effect'"

#define RECORDED_ITEMS \
	"SELECT coalesce(pg_catalog.jsonb_agg(" ITEM_FIELDS("i") \
	" ORDER BY cause, paper_id, role, \"position\"), '[]') " \
	"FROM anthology.reassignment_item i WHERE i.reassignment_id = $1"

#define MARK_APPLIED \
	"UPDATE anthology.reassignment SET status = 'applied', " DECIDED_BY_SESSION " WHERE id = $1"

/* An undo marks what it undoes, and the whole once nothing of it is left. */
#define MARK_ITEMS_UNDONE \
	"UPDATE anthology.reassignment_item o SET undone_by = $1 " \
	"FROM anthology.reassignment r JOIN anthology.reassignment_item i " \
	"ON i.reassignment_id = r.id " \
	"WHERE r.id = $1 AND o.reassignment_id = r.undoes AND o.undone_by IS NULL " \
	"AND o.paper_id = i.paper_id AND o.role = i.role AND o.\"position\" = i.\"position\""
#define MARK_CHANGES_UNDONE \
	"UPDATE anthology.person_change o SET undone_by = $1 " \
	"FROM anthology.reassignment r JOIN anthology.person_change c ON c.reassignment_id = r.id " \
	"WHERE r.id = $1 AND o.reassignment_id = r.undoes AND o.undone_by IS NULL " \
	"AND o.person_id = c.person_id AND o.before IS NOT DISTINCT FROM c.after " \
	"AND o.after IS NOT DISTINCT FROM c.before"
#define MARK_UNDONE \
	"UPDATE anthology.reassignment o SET status = 'undone' FROM anthology.reassignment r " \
	"WHERE r.id = $1 AND o.id = r.undoes " \
	"AND NOT EXISTS (SELECT FROM anthology.reassignment_item i WHERE i.reassignment_id = o.id " \
	"AND i.cause = 'selected' AND i.undone_by IS NULL) " \
	"AND (EXISTS (SELECT FROM anthology.reassignment_item i WHERE i.reassignment_id = o.id " \
	"AND i.cause = 'selected') OR NOT EXISTS (SELECT FROM anthology.person_change c " \
	"WHERE c.reassignment_id = o.id AND c.undone_by IS NULL))"

#define LOG_DECISION \
	"SELECT anthology.log_correction($1)"
#define LOG_UNDONE \
	"SELECT anthology.log_correction(undoes) FROM anthology.reassignment WHERE id = $1"

void
anthology_correction_begin(AnthologyCorrection *correction)
{
	Oid			schema = get_namespace_oid("anthology", false);
	Oid			table = get_relname_relid("reassignment", schema);
	HeapTuple	tuple = SearchSysCache1(RELOID, ObjectIdGetDatum(table));
	Oid			owner;

	if (!HeapTupleIsValid(tuple))
		ereport(ERROR,
				errcode(ERRCODE_UNDEFINED_TABLE),
				errmsg("the tables of the corpus do not exist"),
				errhint("Call anthology.create_tables()."));
	owner = ((Form_pg_class) GETSTRUCT(tuple))->relowner;
	ReleaseSysCache(tuple);

	correction->caller = CurrentMemoryContext;
	GetUserIdAndSecContext(&correction->user, &correction->security_context);
	SetUserIdAndSecContext(owner,
						   correction->security_context | SECURITY_LOCAL_USERID_CHANGE);
	SPI_connect();
}

void
anthology_correction_end(AnthologyCorrection *correction)
{
	SPI_finish();
	SetUserIdAndSecContext(correction->user, correction->security_context);
}

bool
anthology_correction_query(AnthologyCorrection *correction, const char *sql, const char *types,
						   const Datum *values, Datum *value)
{
	Oid			oids[MAX_PARAMETERS];
	Datum		given[MAX_PARAMETERS] = {0};
	char		nulls[MAX_PARAMETERS] = {0};
	int			count = (int) strlen(types);
	bool		found;

	Assert(count <= MAX_PARAMETERS);
	for (int i = 0; i < count; i++)
	{
		oids[i] = types[i] == 'T' ? TEXTARRAYOID : types[i] == 'b' ? INT8OID :
			types[i] == 'j' ? JSONBOID : types[i] == 'o' ? BOOLOID : TEXTOID;
		given[i] = values[i];
		nulls[i] = values[i] == (Datum) 0 && types[i] != 'b' && types[i] != 'o' ? 'n' : ' ';
	}
	if (SPI_execute_with_args(sql, count, oids, given, nulls, false, 0) < 0)
		elog(ERROR, "could not run a statement of a correction");
	found = SPI_processed > 0;
	if (value != NULL)
	{
		*value = (Datum) 0;
		if (found && SPI_tuptable != NULL)
		{
			Form_pg_attribute attribute = TupleDescAttr(SPI_tuptable->tupdesc, 0);
			bool		isnull;
			Datum		first = SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1,
											  &isnull);
			MemoryContext before = MemoryContextSwitchTo(correction->caller);

			if (!isnull)
				*value = datumCopy(first, attribute->attbyval, attribute->attlen);
			MemoryContextSwitchTo(before);
		}
	}
	if (SPI_tuptable != NULL)
		SPI_freetuptable(SPI_tuptable);
	return found;
}

char *
anthology_correction_text(AnthologyCorrection *correction, const char *sql, const char *types,
						  const Datum *values)
{
	Datum		value;

	if (!anthology_correction_query(correction, sql, types, values, &value) || value == (Datum) 0)
		return NULL;
	return TextDatumGetCString(value);
}

void
anthology_correction_lock(AnthologyCorrection *correction)
{
	anthology_correction_query(correction, LOCK_CORPUS, "", NULL, NULL);
}

void
anthology_correction_log(AnthologyCorrection *correction, int64 id)
{
	Datum		value = Int64GetDatum(id);

	anthology_correction_query(correction, LOG_DECISION, "b", &value, NULL);
}

/* Status of a correction; raises if there is none. */
static char *
get_status(AnthologyCorrection *correction, int64 id)
{
	Datum		values[] = {Int64GetDatum(id)};
	char	   *status = anthology_correction_text(correction, STATUS, "b", values);

	if (status == NULL)
		ereport(ERROR,
				errcode(ERRCODE_UNDEFINED_OBJECT),
				errmsg("there is no reassignment " INT64_FORMAT, id));
	return status;
}

char *
anthology_correction_changed_since(AnthologyCorrection *correction, int64 id)
{
	Datum		values[] = {Int64GetDatum(id)};

	return anthology_correction_text(correction, CHANGED_SINCE, "b", values);
}

/* Steps 2 to 5 above. Returns the items, a jsonb array in the caller's context. */
static Datum
carry_out(AnthologyCorrection *correction, int64 id)
{
	Datum		values[] = {Int64GetDatum(id), (Datum) 0, (Datum) 0};
	Datum		items;
	char	   *problem;

	problem = anthology_correction_changed_since(correction, id);
	if (problem != NULL)
		ereport(ERROR,
				errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				errmsg("reassignment " INT64_FORMAT " is stale", id),
				errdetail("%s", problem),
				errhint("Reject it and propose again."));

	anthology_correction_query(correction, CONCERNED_SLUGS, "b", values, &values[1]);
	anthology_correction_query(correction, CHANGE_PERSONS, "b", values, NULL);
	anthology_correction_query(correction, SET_EXPLICIT_IDS, "b", values, NULL);
	anthology_correction_query(correction, CONCERNED_SLUGS, "b", values, &values[2]);
	anthology_correction_query(correction, RESOLVE, "bTT", values, &items);

	values[1] = items;
	problem = anthology_correction_text(correction, ASTRAY, "bj", values);
	if (problem != NULL)
		ereport(ERROR,
				errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				errmsg("not every selected name can go where it is to go"),
				errdetail("%s", problem),
				errhint("Only a verified person can receive any name; a name without explicit id "
						"belongs to the one verified person with its slug, else to the "
						"unverified person of that slug."));
	problem = anthology_correction_text(correction, UNRESOLVED, "j", &items);
	if (problem != NULL)
		ereport(ERROR,
				errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				errmsg("names would be left without a person"),
				errdetail("%s", problem),
				errhint("An explicit id needs a verified person that lists the very name, and the "
						"same ORCID where both give one."));
	problem = anthology_correction_text(correction, NAMED_TWICE, "j", &items);
	if (problem != NULL)
		ereport(ERROR,
				errcode(ERRCODE_UNIQUE_VIOLATION),
				errmsg("one paper cannot have two names of one verified person"),
				errdetail("%s", problem));
	return items;
}

/*
 * Steps 1 to 5, rolled back, the lock included. If problem is not NULL, an error that the proposal is
 * to blame for is given there (and no items) instead of raised.
 */
static Datum
carry_out_and_roll_back(AnthologyCorrection *correction, int64 id, char **problem)
{
	MemoryContext before = CurrentMemoryContext;
	ResourceOwner owner = CurrentResourceOwner;
	volatile Datum items = (Datum) 0;

	BeginInternalSubTransaction(NULL);
	PG_TRY();
	{
		anthology_correction_query(correction, LOCK_CORPUS, "", NULL, NULL);
		items = carry_out(correction, id);
		RollbackAndReleaseCurrentSubTransaction();
		MemoryContextSwitchTo(before);
		CurrentResourceOwner = owner;
	}
	PG_CATCH();
	{
		ErrorData  *error;

		MemoryContextSwitchTo(correction->caller);
		error = CopyErrorData();
		FlushErrorState();
		RollbackAndReleaseCurrentSubTransaction();
		MemoryContextSwitchTo(before);
		CurrentResourceOwner = owner;
		if (problem == NULL ||
			(error->sqlerrcode != ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE &&
			 error->sqlerrcode != ERRCODE_UNIQUE_VIOLATION))
			ReThrowError(error);
		*problem = MemoryContextStrdup(correction->caller,
									   error->detail ? psprintf("%s: %s", error->message,
																error->detail) : error->message);
	}
	PG_END_TRY();
	return items;
}

void
anthology_correction_rehearse(AnthologyCorrection *correction, int64 id)
{
	Datum		values[] = {Int64GetDatum(id), (Datum) 0};

	values[1] = carry_out_and_roll_back(correction, id, NULL);
	anthology_correction_query(correction, STORE_SIDE_EFFECTS, "bj", values, NULL);
}

Datum
anthology_correction_preview(AnthologyCorrection *correction, int64 id, char **problem)
{
	Datum		values[] = {Int64GetDatum(id)};
	Datum		items = (Datum) 0;

	*problem = NULL;
	if (strcmp(get_status(correction, id), "proposed") == 0)
		items = carry_out_and_roll_back(correction, id, problem);
	if (items == (Datum) 0)
		anthology_correction_query(correction, RECORDED_ITEMS, "b", values, &items);
	return items;
}

int64
anthology_correction_apply(AnthologyCorrection *correction, int64 id)
{
	Datum		values[] = {Int64GetDatum(id), (Datum) 0};
	char	   *status;
	char	   *problem;
	Datum		moved;

	anthology_correction_query(correction, LOCK_CORPUS, "", NULL, NULL);
	status = get_status(correction, id);
	if (strcmp(status, "proposed") != 0)
		ereport(ERROR,
				errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				errmsg("reassignment " INT64_FORMAT " is not a proposal any more", id),
				errdetail("It has been %s.", status));
	values[1] = carry_out(correction, id);
	problem = anthology_correction_text(correction, NOT_AS_SEEN, "bj", values);
	if (problem != NULL)
		ereport(ERROR,
				errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				errmsg("reassignment " INT64_FORMAT " is stale", id),
				errdetail("%s", problem),
				errhint("Reject it and propose again."));
	anthology_correction_query(correction, MARK_APPLIED, "b", values, NULL);
	anthology_correction_query(correction, MARK_ITEMS_UNDONE, "b", values, NULL);
	anthology_correction_query(correction, MARK_CHANGES_UNDONE, "b", values, NULL);
	anthology_correction_query(correction, MARK_UNDONE, "b", values, NULL);
	anthology_correction_query(correction, LOG_DECISION, "b", values, NULL);
	anthology_correction_query(correction, LOG_UNDONE, "b", values, NULL);
	anthology_correction_query(correction,
							   "SELECT pg_catalog.jsonb_array_length($2)::bigint", "bj", values,
							   &moved);
	return DatumGetInt64(moved);
}
