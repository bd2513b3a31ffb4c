/*
 * reassign.c - SQL functions that propose, preview, apply and undo corrections.
 *
 * Each checks what it is asked, writes down a proposal, and leaves the rest to
 * correction.c.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "compat.h"
#include "fmgr.h"
#include "funcapi.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "correction.h"

PG_FUNCTION_INFO_V1(anthology_propose_reassignment);
PG_FUNCTION_INFO_V1(anthology_reassign_papers);
PG_FUNCTION_INFO_V1(anthology_propose_undo);
PG_FUNCTION_INFO_V1(anthology_undo_reassignment);
PG_FUNCTION_INFO_V1(anthology_rehearse_reassignment);
PG_FUNCTION_INFO_V1(anthology_apply_reassignment);
PG_FUNCTION_INFO_V1(anthology_reject_reassignment);

#define DISTINCT_PAPERS \
	"SELECT ARRAY(SELECT DISTINCT p FROM pg_catalog.unnest($1) AS p ORDER BY p)"

#define UNKNOWN_PAPERS \
	"SELECT pg_catalog.string_agg(p, ', ' ORDER BY p) FROM pg_catalog.unnest($1) AS p " \
	"WHERE NOT EXISTS (SELECT FROM anthology.paper WHERE id = p)"

#define PAPERS_NOT_ON_PAGE \
	"SELECT pg_catalog.string_agg(p, ', ' ORDER BY p) FROM pg_catalog.unnest($1) AS p " \
	"WHERE NOT EXISTS (SELECT FROM anthology.authorship WHERE paper_id = p AND person_id = $2)"

#define PERSON_KIND \
	"SELECT CASE WHEN verified THEN 'verified' ELSE 'unverified' END " \
	"FROM anthology.person WHERE id = $1"

#define INSERT_REASSIGNMENT \
	"INSERT INTO anthology.reassignment " \
	"(kind, from_person_id, to_person_id, paper_ids, note, undoes, page_seen) " \
	"VALUES ($1, $2, $3, coalesce($4, '{}'), $5, NULLIF($6, 0), " \
	"ARRAY(SELECT DISTINCT a.paper_id FROM anthology.authorship a WHERE a.person_id = $2 " \
	"ORDER BY a.paper_id)) RETURNING id"

/* The names of the page on these papers; a verified target is named outright. */
#define INSERT_SELECTED \
	"INSERT INTO anthology.reassignment_item (reassignment_id, paper_id, role, \"position\", " \
	"first, last, cause, before_person_id, after_person_id, before_explicit_id, " \
	"after_explicit_id, before_orcid, after_orcid) " \
	"SELECT $1, a.paper_id, a.role, a.\"position\", a.first, a.last, 'selected', a.person_id, $4, " \
	"a.explicit_person_id, p.id, a.orcid, anthology.orcid_beside(a.orcid, p.id, p.orcid) " \
	"FROM anthology.authorship a LEFT JOIN anthology.person p ON p.id = $4 AND p.verified WHERE a.paper_id = ANY ($2) AND a.person_id = $3"

/* The printed names that the receiving persons, but new ones, do not list yet. */
#define INSERT_NAMES \
	"INSERT INTO anthology.person_change (reassignment_id, ordinal, person_id, action, after) " \
	"SELECT $1, (SELECT count(*) FROM anthology.person_change WHERE reassignment_id = $1) + " \
	"pg_catalog.row_number() OVER (ORDER BY n.after_explicit_id, n.first, n.last), " \
	"n.after_explicit_id, " \
	"'add name', pg_catalog.jsonb_build_object('first', n.first, 'last', n.last) " \
	"FROM (SELECT DISTINCT first, last, after_explicit_id FROM anthology.reassignment_item " \
	"WHERE reassignment_id = $1 AND after_explicit_id IS NOT NULL) AS n " \
	"WHERE NOT EXISTS (SELECT FROM anthology.person_name p WHERE NOT p.inferred " \
	"AND p.person_id = n.after_explicit_id AND p.first = n.first AND p.last = n.last) " \
	"AND NOT EXISTS (SELECT FROM anthology.person_change c WHERE c.reassignment_id = $1 " \
	"AND c.person_id = n.after_explicit_id AND c.action = 'create')"

/* An undo's items and changes are those of what it undoes, turned round. */
#define UNDO_TARGET \
	"SELECT status FROM anthology.reassignment WHERE id = $1"
#define PAPERS_NOT_MOVED \
	"SELECT pg_catalog.string_agg(p, ', ' ORDER BY p) FROM pg_catalog.unnest($2) AS p " \
	"WHERE NOT EXISTS (SELECT FROM anthology.reassignment_item i WHERE i.reassignment_id = $1 " \
	"AND i.paper_id = p AND i.cause = 'selected' AND i.undone_by IS NULL)"
#define INSERT_UNDO \
	"INSERT INTO anthology.reassignment " \
	"(kind, from_person_id, to_person_id, paper_ids, note, undoes) " \
	"SELECT 'undo', r.to_person_id, r.from_person_id, " \
	"ARRAY(SELECT DISTINCT i.paper_id FROM anthology.reassignment_item i " \
	"WHERE i.reassignment_id = r.id AND i.cause = 'selected' AND i.undone_by IS NULL " \
	"AND ($2 IS NULL OR i.paper_id = ANY ($2)) ORDER BY 1), $3, r.id " \
	"FROM anthology.reassignment r WHERE r.id = $1 RETURNING id"
/*
 * A part undone leaves the receiving person with the name, so that the name
 * alone may not find its way back: a verified person is then named outright.
 */
#define INSERT_UNDO_ITEMS \
	"INSERT INTO anthology.reassignment_item (reassignment_id, paper_id, role, \"position\", " \
	"first, last, cause, before_person_id, after_person_id, before_explicit_id, " \
	"after_explicit_id, before_orcid, after_orcid) " \
	"SELECT $2, i.paper_id, i.role, i.\"position\", i.first, i.last, i.cause, " \
	"i.after_person_id, i.before_person_id, i.after_explicit_id, " \
	"coalesce(i.before_explicit_id, (SELECT p.id FROM anthology.person p " \
	"WHERE $3 IS NOT NULL AND p.id = i.before_person_id AND p.verified)), " \
	"i.after_orcid, i.before_orcid " \
	"FROM anthology.reassignment_item i WHERE i.reassignment_id = $1 AND i.cause = 'selected' " \
	"AND i.undone_by IS NULL AND ($3 IS NULL OR i.paper_id = ANY ($3))"
/*
 * Of a part undone, only the names that no other paper needs go; of the whole,
 * a name that other papers have come to need stays too.
 */
#define INSERT_UNDO_CHANGES \
	"INSERT INTO anthology.person_change " \
	"(reassignment_id, ordinal, person_id, action, before, after) " \
	"SELECT $2, pg_catalog.row_number() OVER (ORDER BY c.ordinal DESC), c.person_id, " \
	"CASE c.action WHEN 'create' THEN 'delete' WHEN 'delete' THEN 'create' " \
	"WHEN 'add name' THEN 'remove name' WHEN 'remove name' THEN 'add name' " \
	"ELSE c.action END, c.after, c.before " \
	"FROM anthology.person_change c WHERE c.reassignment_id = $1 AND c.undone_by IS NULL " \
	"AND CASE WHEN c.action = 'add name' THEN NOT EXISTS (" \
	"SELECT FROM anthology.authorship a WHERE a.explicit_person_id = c.person_id " \
	"AND a.first = c.after ->> 'first' AND a.last = c.after ->> 'last' " \
	"AND NOT EXISTS (SELECT FROM anthology.reassignment_item i WHERE i.reassignment_id = $2 " \
	"AND i.paper_id = a.paper_id AND i.role = a.role AND i.\"position\" = a.\"position\")) " \
	"ELSE $3 IS NULL END"
/* Names that were moved again, or side effects that were, since. */
#define MOVED_SINCE \
	"SELECT pg_catalog.string_agg(pg_catalog.format(" \
	"'%s %s of paper %s, \"%s %s\", is now on the page of %s.', " \
	"pg_catalog.initcap(i.role), i.\"position\", i.paper_id, i.first, i.last, " \
	"coalesce('\"' || a.person_id || '\"', 'nobody')), E'\\n' " \
	"ORDER BY i.paper_id, i.role, i.\"position\") " \
	"FROM anthology.reassignment_item i LEFT JOIN anthology.authorship a " \
	"ON a.paper_id = i.paper_id AND a.role = i.role AND a.\"position\" = i.\"position\" " \
	"AND a.first = i.first AND a.last = i.last " \
	"WHERE i.reassignment_id = $1 AND i.undone_by IS NULL " \
	"AND CASE WHEN $2 IS NULL THEN true ELSE i.cause = 'selected' AND i.paper_id = ANY ($2) END " \
	"AND (a.person_id IS DISTINCT FROM i.after_person_id " \
	"OR (i.cause = 'selected' AND (a.explicit_person_id, a.orcid) IS DISTINCT FROM " \
	"(i.after_explicit_id, i.after_orcid)))"
/* Links to a person that the undo would delete, and other changes of it. */
#define NEEDED_SINCE \
	"SELECT pg_catalog.string_agg(line, E'\\n' ORDER BY line) FROM (" \
	"SELECT pg_catalog.format('%s %s of paper %s is now \"%s\" by explicit id.', " \
	"pg_catalog.initcap(a.role), a.\"position\", a.paper_id, a.explicit_person_id) " \
	"FROM anthology.person_change c JOIN anthology.authorship a " \
	"ON a.explicit_person_id = c.person_id " \
	"WHERE c.reassignment_id = $1 AND c.action = 'create' AND $2 IS NULL " \
	"AND NOT EXISTS (SELECT FROM anthology.reassignment_item i WHERE i.reassignment_id = $1 " \
	"AND i.paper_id = a.paper_id AND i.role = a.role AND i.\"position\" = a.\"position\") " \
	"UNION ALL " \
	"SELECT pg_catalog.format('Person \"%s\" has been changed.', c.person_id) " \
	"FROM anthology.person_change c " \
	"WHERE c.reassignment_id = $1 AND c.action = 'create' AND $2 IS NULL " \
	"AND anthology.person_entry(c.person_id) IS DISTINCT FROM c.after) AS needed(line)"

#define REJECT \
	"UPDATE anthology.reassignment SET status = 'rejected', " DECIDED_BY_SESSION \
	", decision_note = $2 WHERE id = $1 AND status = 'proposed'"
#define STATUS \
	"SELECT status FROM anthology.reassignment WHERE id = $1"

static Datum
argument(FunctionCallInfo fcinfo, int i)
{
	return PG_ARGISNULL(i) ? (Datum) 0 : PG_GETARG_DATUM(i);
}

/* A text argument that must be there; what names it in the message. */
static Datum
required_text(FunctionCallInfo fcinfo, int i, const char *what)
{
	if (PG_ARGISNULL(i))
		ereport(ERROR,
				errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				errmsg("%s must not be null", what));
	return PG_GETARG_DATUM(i);
}

/*
 * The papers of a text[] argument, each once, sorted. Says so if one was there
 * twice; an empty list, or one with a NULL in it, is refused.
 */
static Datum
distinct_papers(AnthologyCorrection *correction, Datum papers)
{
	ArrayType  *given = DatumGetArrayTypeP(papers);
	int			count = ArrayGetNItems(ARR_NDIM(given), ARR_DIMS(given));
	Datum		distinct;
	int			repeated;

	if (count == 0)
		ereport(ERROR,
				errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				errmsg("the list of papers is empty"));
	if (array_contains_nulls(given))
		ereport(ERROR,
				errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				errmsg("the list of papers must not contain nulls"));
	anthology_correction_query(correction, DISTINCT_PAPERS, "T", &papers, &distinct);
	repeated = count - ArrayGetNItems(1, ARR_DIMS(DatumGetArrayTypeP(distinct)));
	if (repeated > 0)
		ereport(NOTICE,
				errmsg_plural("%d paper was in the list more than once; it counts once",
							  "%d papers were in the list more than once; each counts once",
							  repeated, repeated));
	return distinct;
}

/* Whether the person is verified; raises if there is no such person. */
static bool
person_is_verified(AnthologyCorrection *correction, Datum person)
{
	char	   *kind = anthology_correction_text(correction, PERSON_KIND, "t", &person);

	if (kind == NULL)
		ereport(ERROR,
				errcode(ERRCODE_UNDEFINED_OBJECT),
				errmsg("there is no person \"%s\"", TextDatumGetCString(person)),
				errhint("find_person() finds the ids of persons with a name."));
	return strcmp(kind, "verified") == 0;
}

static void
refuse_papers(const char *papers, const char *what)
{
	if (papers != NULL)
		ereport(ERROR,
				errcode(ERRCODE_UNDEFINED_OBJECT),
				errmsg("%s: %s", what, papers));
}

static int64
propose_reassignment(AnthologyCorrection *correction, FunctionCallInfo fcinfo)
{
	Datum		papers = required_text(fcinfo, 0, "the list of papers");
	Datum		from = required_text(fcinfo, 1, "the person to take papers from");
	Datum		to = required_text(fcinfo, 2, "the person to give papers to");
	Datum		note = argument(fcinfo, 3);
	Datum		id;
	char	   *off_page;

	papers = distinct_papers(correction, papers);
	(void) person_is_verified(correction, from);
	if (strcmp(TextDatumGetCString(from), TextDatumGetCString(to)) == 0)
		ereport(ERROR,
				errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				errmsg("the papers are on the page of \"%s\" already", TextDatumGetCString(to)));
	refuse_papers(anthology_correction_text(correction, UNKNOWN_PAPERS, "T", &papers),
				  "there is no such paper");
	off_page = anthology_correction_text(correction, PAPERS_NOT_ON_PAGE, "Tt",
										 (Datum[]) {papers, from});
	refuse_papers(off_page, psprintf("not on the page of \"%s\"", TextDatumGetCString(from)));

	/*
	 * An unverified person cannot be named outright: it gets what resolves to
	 * it, once the papers' explicit ids are taken away. The rehearsal tells.
	 */
	if (!person_is_verified(correction, to) && !person_is_verified(correction, from))
		ereport(ERROR,
				errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				errmsg("person \"%s\" is not verified", TextDatumGetCString(to)),
				errhint("create_person() makes a verified person to receive the papers."));

	anthology_correction_query(correction, INSERT_REASSIGNMENT, "tttTtb",
							   (Datum[]) {CStringGetTextDatum("reassign"), from, to, papers, note,
							   Int64GetDatum(0)}, &id);
	anthology_correction_query(correction, INSERT_SELECTED, "bTtt",
							   (Datum[]) {id, papers, from, to}, NULL);
	anthology_correction_query(correction, INSERT_NAMES, "b", &id, NULL);
	anthology_correction_rehearse(correction, DatumGetInt64(id));
	return DatumGetInt64(id);
}

static int64
propose_undo(AnthologyCorrection *correction, FunctionCallInfo fcinfo)
{
	Datum		target = required_text(fcinfo, 0, "the reassignment to undo");
	Datum		papers = argument(fcinfo, 1);
	Datum		note = argument(fcinfo, 2);
	char	   *status = anthology_correction_text(correction, UNDO_TARGET, "b", &target);
	char	   *problem;
	Datum		id;

	if (status == NULL)
		ereport(ERROR,
				errcode(ERRCODE_UNDEFINED_OBJECT),
				errmsg("there is no reassignment " INT64_FORMAT, DatumGetInt64(target)));
	if (strcmp(status, "applied") != 0)
		ereport(ERROR,
				errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				errmsg("reassignment " INT64_FORMAT " cannot be undone", DatumGetInt64(target)),
				errdetail("It is %s, not applied.", status));
	if (papers != (Datum) 0)
	{
		papers = distinct_papers(correction, papers);
		problem = anthology_correction_text(correction, PAPERS_NOT_MOVED, "bT",
											(Datum[]) {target, papers});
		refuse_papers(problem, psprintf("not moved, or undone already, by reassignment "
										INT64_FORMAT, DatumGetInt64(target)));
	}
	problem = anthology_correction_text(correction, MOVED_SINCE, "bT", (Datum[]) {target, papers});
	if (problem == NULL)
		problem = anthology_correction_text(correction, NEEDED_SINCE, "bT",
											(Datum[]) {target, papers});
	if (problem != NULL)
		ereport(ERROR,
				errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				errmsg("reassignment " INT64_FORMAT " has been changed since",
					   DatumGetInt64(target)),
				errdetail("%s", problem),
				errhint("Undo the later changes first, or only the papers not changed since."));

	anthology_correction_query(correction, INSERT_UNDO, "bTt", (Datum[]) {target, papers, note},
							   &id);
	anthology_correction_query(correction, INSERT_UNDO_ITEMS, "bbT",
							   (Datum[]) {target, id, papers}, NULL);
	anthology_correction_query(correction, INSERT_UNDO_CHANGES, "bbT",
							   (Datum[]) {target, id, papers}, NULL);
	anthology_correction_query(correction, INSERT_NAMES, "b", &id, NULL);
	anthology_correction_rehearse(correction, DatumGetInt64(id));
	return DatumGetInt64(id);
}

/* Makes a proposal, and carries it out if apply is set. Returns its id. */
static int64
run(int64 (*propose) (AnthologyCorrection *, FunctionCallInfo), FunctionCallInfo fcinfo, bool apply)
{
	AnthologyCorrection correction;
	int64		id;

	anthology_correction_begin(&correction);
	/* Or somebody else could decide between the two what this goes by. */
	if (apply)
		anthology_correction_lock(&correction);
	id = propose(&correction, fcinfo);
	if (apply)
		anthology_correction_apply(&correction, id);
	anthology_correction_end(&correction);
	return id;
}

Datum
anthology_propose_reassignment(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(run(propose_reassignment, fcinfo, false));
}

Datum
anthology_reassign_papers(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(run(propose_reassignment, fcinfo, true));
}

Datum
anthology_propose_undo(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(run(propose_undo, fcinfo, false));
}

Datum
anthology_undo_reassignment(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(run(propose_undo, fcinfo, true));
}

/* The names a reassignment moves as jsonb, and why it cannot be applied. */
Datum
anthology_rehearse_reassignment(PG_FUNCTION_ARGS)
{
	AnthologyCorrection correction;
	TupleDesc	descriptor;
	Datum		values[2];
	bool		nulls[2] = {false, false};
	char	   *problem;

	if (get_call_result_type(fcinfo, NULL, &descriptor) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	anthology_correction_begin(&correction);
	values[0] = anthology_correction_preview(&correction, PG_GETARG_INT64(0), &problem);
	anthology_correction_end(&correction);
	nulls[1] = problem == NULL;
	if (problem != NULL)
		values[1] = CStringGetTextDatum(problem);
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(descriptor), values, nulls)));
}

Datum
anthology_apply_reassignment(PG_FUNCTION_ARGS)
{
	AnthologyCorrection correction;
	int64		moved;

	anthology_correction_begin(&correction);
	moved = anthology_correction_apply(&correction, PG_GETARG_INT64(0));
	anthology_correction_end(&correction);
	PG_RETURN_INT64(moved);
}

Datum
anthology_reject_reassignment(PG_FUNCTION_ARGS)
{
	AnthologyCorrection correction;
	Datum		id = required_text(fcinfo, 0, "the reassignment");
	Datum		note = argument(fcinfo, 1);
	char	   *status;

	anthology_correction_begin(&correction);
	anthology_correction_lock(&correction);
	if (!anthology_correction_query(&correction, REJECT, "bt", (Datum[]) {id, note}, NULL))
	{
		status = anthology_correction_text(&correction, STATUS, "b", &id);
		if (status == NULL)
			ereport(ERROR,
					errcode(ERRCODE_UNDEFINED_OBJECT),
					errmsg("there is no reassignment " INT64_FORMAT, DatumGetInt64(id)));
		ereport(ERROR,
				errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				errmsg("reassignment " INT64_FORMAT " is not a proposal any more",
					   DatumGetInt64(id)),
				errdetail("It has been %s.", status));
	}
	anthology_correction_log(&correction, DatumGetInt64(id));
	anthology_correction_end(&correction);
	PG_RETURN_VOID();
}
