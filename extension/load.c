/*
 * load.c - SQL function load_directory(text, boolean): a data folder on the server.
 *
 * Reads the files and hands each to the SQL function for its kind (see
 * sql/41-load-file.sql and 42-load-collection.sql) in a subtransaction of its
 * own, so that a bad file is recorded in load_problem and the others load.
 */
#include "postgres.h"

#include <sys/stat.h>

#include "access/xact.h"
#include "catalog/pg_authid.h"
#include "catalog/pg_type.h"
#include "compat.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "funcapi.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/acl.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/resowner.h"
#include "utils/tuplestore.h"

#include "export_files.h"
#include "load_collection.h"
#include "load_files.h"
#include "progress.h"
#include "version.h"

/* Collections between two progress notices. */
#define PROGRESS_STEP 200

/*
 * A first load stores many collections by one statement a table: fewer than a progress
 * step, and not many more bytes of files than this, for they are in memory at once.
 */
#define BATCH_COLLECTIONS 100
#define BATCH_BYTES ((Size) 4 * 1024 * 1024)

#define BEGIN_LOAD \
	"SELECT was_empty, is_whole, explicit_ids FROM anthology_internal.begin_load($1, $2)"
#define LOAD_DATA_FILE \
	"SELECT o::anthology.load_outcome FROM anthology_internal.load_data_file($1, $2, $3) o"
#define LOAD_COLLECTION \
	"SELECT o::anthology.load_outcome FROM anthology_internal.load_collection($1, $2) o"
#define UNCHANGED_COLLECTION "SELECT id FROM anthology.collection WHERE id = $1 AND source = $2"
#define UNCHANGED_OUTCOMES \
	"SELECT o::anthology.load_outcome FROM anthology_internal.unchanged_collections($1) o"
#define RECORD_FILE_PROBLEM "SELECT anthology_internal.record_problem('file', $1, NULL, $2, $3)"
#define FORGET_FILE_PROBLEMS \
	"DELETE FROM anthology.load_problem WHERE file = $1 AND kind IN ('file', 'entry', 'unknown')"
#define REMOVE_LOST_PEOPLE "SELECT anthology_internal.remove_lost_people($1, $2)"
#define REFUSE_WITHOUT_PEOPLE "SELECT anthology_internal.refuse_load_without_people($1)"
#define REFUSE_LOSSES "SELECT anthology_internal.refuse_losses($1, $2)"
#define FORGET_OTHER_FILES "SELECT anthology_internal.forget_other_files($1)"
#define RESOLVE "SELECT anthology_internal.resolve_loaded($1::anthology.load_outcome[])"
#define SUMMARIZE \
	"SELECT s.* FROM anthology_internal.summarize_load($1::anthology.load_outcome[], true) s"
#define ANALYZE \
	"ANALYZE anthology.volume, anthology.paper, anthology.paper_element, " \
	"anthology.authorship, anthology.person, anthology.person_name"

PG_FUNCTION_INFO_V1(anthology_load_directory);

typedef struct Loader
{
	const char *root;			/* the data folder */
	MemoryContext context;		/* lives until the end */
	MemoryContext file_context; /* reset after each file */
	ArrayBuildState *outcomes;	/* of load_outcome, in context */
	ArrayBuildState *paths;		/* text, of the files of the folder, in context */
	ArrayBuildState *unchanged; /* text, ids of collections that need not be read */
	SPIPlanPtr	unchanged_plan;
	Datum		indexes;		/* definitions of those set aside; 0: none */
	bool		is_whole;		/* the folder replaces what was loaded */
	bool		allow_losses;
} Loader;

/* Keeps the load_outcome values that a statement has just returned. */
static void
keep_returned_outcomes(Loader *loader)
{
	for (uint64 i = 0; i < SPI_processed; i++)
	{
		bool		isnull;
		Datum		outcome = SPI_getbinval(SPI_tuptable->vals[i], SPI_tuptable->tupdesc, 1,
											&isnull);

		loader->outcomes = accumArrayResult(loader->outcomes, outcome, isnull,
											SPI_gettypeid(SPI_tuptable->tupdesc, 1),
											loader->context);
	}
	SPI_freetuptable(SPI_tuptable);
}

/* Runs a statement that returns load_outcome values, and keeps them. */
static void
keep_outcomes(Loader *loader, const char *sql, int count, Oid *types, Datum *values)
{
	int			result = SPI_execute_with_args(sql, count, types, values, NULL, false, 0);

	if (result != SPI_OK_SELECT)
		elog(ERROR, "loading failed: %s", SPI_result_code_string(result));
	keep_returned_outcomes(loader);
}

/*
 * Whether a load may go on after this error: one that the file is to blame
 * for, not the server, the session or the transaction.
 */
static bool
is_file_problem(const ErrorData *error)
{
	switch (ERRCODE_TO_CATEGORY(error->sqlerrcode))
	{
		case ERRCODE_OPERATOR_INTERVENTION:
		case ERRCODE_INSUFFICIENT_RESOURCES:
		case ERRCODE_TRANSACTION_ROLLBACK:
		case ERRCODE_INTERNAL_ERROR:
			return false;
		case ERRCODE_SYNTAX_ERROR_OR_ACCESS_RULE_VIOLATION:
			/* A missing table is not the file's fault. Lack of permission to read it is. */
			return error->sqlerrcode == ERRCODE_INSUFFICIENT_PRIVILEGE ||
				error->sqlerrcode == ERRCODE_WRONG_OBJECT_TYPE;
	}
	return true;
}

/*
 * Whether a collection file is loaded already, byte for byte. Counts it if so.
 * Files are named by the ids of their collections.
 */
static bool
is_unchanged(Loader *loader, const char *name, text *source)
{
	size_t		folder = strlen("xml/");
	Datum		values[2];
	bool		isnull;

	if (loader->unchanged_plan == NULL)
		loader->unchanged_plan = SPI_prepare(UNCHANGED_COLLECTION, 2, (Oid[]) {TEXTOID, TEXTOID});
	values[0] = PointerGetDatum(cstring_to_text_with_len(name + folder,
														 (int) (strlen(name) - folder -
																strlen(".xml"))));
	values[1] = PointerGetDatum(source);
	SPI_execute_plan(loader->unchanged_plan, values, NULL, true, 1);
	if (SPI_processed == 0)
		return false;
	loader->unchanged = accumArrayResult(loader->unchanged,
										 SPI_getbinval(SPI_tuptable->vals[0],
													   SPI_tuptable->tupdesc, 1, &isnull),
										 false, TEXTOID, loader->context);
	SPI_freetuptable(SPI_tuptable);
	return true;
}

/* Loads one file by a statement. Returns whether that succeeded. */
static bool
load_one(Loader *loader, const char *sql, const char *name)
{
	ResourceOwner owner = CurrentResourceOwner;
	MemoryContext before = MemoryContextSwitchTo(loader->file_context);
	ErrorData  *volatile error = NULL;
	Datum		values[3];

	CHECK_FOR_INTERRUPTS();
	loader->paths = accumArrayResult(loader->paths, CStringGetTextDatum(name), false, TEXTOID,
									 loader->context);
	BeginInternalSubTransaction(NULL);
	PG_TRY();
	{
		text	   *source;

		MemoryContextSwitchTo(loader->file_context);
		source = anthology_read_file(loader->root, name);
		values[0] = CStringGetTextDatum(name);
		if (strcmp(sql, LOAD_COLLECTION) != 0 || !is_unchanged(loader, name, source))
		{
			SPI_execute_with_args(FORGET_FILE_PROBLEMS, 1, (Oid[]) {TEXTOID}, values, NULL, false,
								  0);
			values[1] = values[0];
			values[0] = PointerGetDatum(source);
			values[2] = BoolGetDatum(loader->is_whole);
			keep_outcomes(loader, sql, strcmp(sql, LOAD_COLLECTION) == 0 ? 2 : 3,
						  (Oid[]) {TEXTOID, TEXTOID, BOOLOID}, values);
		}
		ReleaseCurrentSubTransaction();
	}
	PG_CATCH();
	{
		MemoryContextSwitchTo(loader->file_context);
		error = CopyErrorData();
		FlushErrorState();
		RollbackAndReleaseCurrentSubTransaction();
	}
	PG_END_TRY();
	MemoryContextSwitchTo(loader->file_context);
	CurrentResourceOwner = owner;

	if (error != NULL)
	{
		if (!is_file_problem(error))
			ReThrowError(error);
		values[0] = CStringGetTextDatum(name);
		SPI_execute_with_args(FORGET_FILE_PROBLEMS, 1, (Oid[]) {TEXTOID}, values, NULL, false, 0);
		values[1] = CStringGetTextDatum(error->detail ?
										psprintf("%s: %s", error->message, error->detail) :
										error->message);
		values[2] = CStringGetTextDatum(unpack_sql_state(error->sqlerrcode));
		SPI_execute_with_args(RECORD_FILE_PROBLEM, 3, (Oid[]) {TEXTOID, TEXTOID, TEXTOID}, values,
							  NULL, false, 0);
	}
	MemoryContextSwitchTo(before);
	MemoryContextReset(loader->file_context);
	return error == NULL;
}

/* Loads the files of a folder of the data folder; whether one of them was NAME and went well. */
static bool
load_folder(Loader *loader, const char *folder, const char *suffix, const char *name)
{
	int			count;
	char	  **names = anthology_list_files(loader->root, folder, suffix, &count);
	bool		found = false;

	for (int i = 0; i < count; i++)
		if (load_one(loader, LOAD_DATA_FILE, psprintf("%s/%s", folder, names[i])) &&
			name != NULL && strcmp(names[i], name) == 0)
			found = true;
	return found;
}

/*
 * Loads the next few of some collections none of which is here yet. If all goes well, moves
 * *next behind them; if not, nothing is loaded, and they are to be loaded one by one, which
 * tells which of them is bad. Returns whether all went well.
 */
static bool
load_batch(Loader *loader, char **names, int count, int *next)
{
	ResourceOwner owner = CurrentResourceOwner;
	MemoryContext before = MemoryContextSwitchTo(loader->file_context);
	ErrorData  *volatile error = NULL;
	const char **files = palloc(BATCH_COLLECTIONS * sizeof(char *));
	Datum	   *sources = palloc(BATCH_COLLECTIONS * sizeof(Datum));
	volatile int taken = 0;

	BeginInternalSubTransaction(NULL);
	PG_TRY();
	{
		Size		bytes = 0;

		MemoryContextSwitchTo(loader->file_context);
		while (*next + taken < count && taken < BATCH_COLLECTIONS && bytes < BATCH_BYTES)
		{
			CHECK_FOR_INTERRUPTS();
			files[taken] = psprintf("xml/%s", names[*next + taken]);
			sources[taken] = PointerGetDatum(anthology_read_file(loader->root, files[taken]));
			bytes += VARSIZE_ANY_EXHDR(DatumGetPointer(sources[taken]));
			taken++;
		}
		anthology_store_new_collections(taken, files, sources);
		keep_returned_outcomes(loader);
		ReleaseCurrentSubTransaction();
	}
	PG_CATCH();
	{
		MemoryContextSwitchTo(loader->file_context);
		error = CopyErrorData();
		FlushErrorState();
		RollbackAndReleaseCurrentSubTransaction();
	}
	PG_END_TRY();
	MemoryContextSwitchTo(loader->file_context);
	CurrentResourceOwner = owner;

	if (error != NULL && !is_file_problem(error))
		ReThrowError(error);
	for (int i = 0; error == NULL && i < taken; i++)
		loader->paths = accumArrayResult(loader->paths, CStringGetTextDatum(files[i]), false,
										 TEXTOID, loader->context);
	if (error == NULL)
		*next += taken;
	MemoryContextSwitchTo(before);
	MemoryContextReset(loader->file_context);
	return error == NULL;
}

/*
 * Loads collections into a database that has none.
 *
 * The tables are analyzed after the first of them, and at the first notice. Otherwise the
 * kept plans would be those made for the empty tables.
 */
static void
load_new_collections(Loader *loader, char **names, int count)
{
	int			done = 0;
	int			noticed = 0;
	int			alone = 0;		/* those before this one are to be loaded one by one */

	while (done < count)
	{
		int			before = done;

		anthology_report_progress("load_directory: collections", done, count);
		if (done >= alone && !load_batch(loader, names, count, &done))
			alone = Min(done + BATCH_COLLECTIONS, count);
		else if (done < alone)
			load_one(loader, LOAD_COLLECTION, psprintf("xml/%s", names[done++]));
		if ((before == 0 && done > 0) || (noticed == 0 && done >= PROGRESS_STEP))
			SPI_execute(ANALYZE, false, 0);
		if (done / PROGRESS_STEP > noticed || (done == count && done > before))
		{
			noticed = done / PROGRESS_STEP;
			ereport(NOTICE, errmsg("loaded %d of %d collections", done, count));
		}
	}
}

static void
load_changed_collections(Loader *loader, char **names, int count)
{
	for (int i = 0; i < count; i++)
	{
		anthology_report_progress("load_directory: collections", i, count);
		load_one(loader, LOAD_COLLECTION, psprintf("xml/%s", names[i]));
		if ((i + 1) % PROGRESS_STEP == 0 || i + 1 == count)
			ereport(NOTICE, errmsg("loaded %d of %d collections", i + 1, count));
	}
	if (loader->unchanged != NULL)
	{
		Datum		ids = makeArrayResult(loader->unchanged, loader->context);

		keep_outcomes(loader, UNCHANGED_OUTCOMES, 1, (Oid[]) {TEXTARRAYOID}, &ids);
	}
}

static void
set_indexes_aside(Loader *loader)
{
	bool		isnull;

	SPI_execute("SELECT anthology_internal.set_indexes_aside()", false, 0);
	loader->indexes = SPI_datumTransfer(SPI_getbinval(SPI_tuptable->vals[0],
													  SPI_tuptable->tupdesc, 1, &isnull),
										false, -1);
}

static void
load_all(Loader *loader, const char *layout)
{
	int			count;
	char	  **names = anthology_list_files(loader->root, "xml", ".xml", &count);
	Datum	   *ids = palloc(sizeof(Datum) * Max(count, 1));
	Datum		values[2];
	bool		isnull;
	bool		was_empty;
	bool		has_people;
	Datum		explicit_ids;

	for (int i = 0; i < count; i++)
		ids[i] = PointerGetDatum(cstring_to_text_with_len(names[i], (int) (strlen(names[i]) -
																		   strlen(".xml"))));
	values[0] = CStringGetTextDatum(layout ? layout : "");
	values[1] = PointerGetDatum(construct_array(ids, count, TEXTOID, -1, false, TYPALIGN_INT));
	SPI_execute_with_args(BEGIN_LOAD, 2, (Oid[]) {TEXTOID, TEXTARRAYOID}, values,
						  layout ? "  " : "n ", false, 0);
	was_empty = DatumGetBool(SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1,
										   &isnull));
	loader->is_whole = DatumGetBool(SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 2,
												  &isnull));
	explicit_ids = Int64GetDatum(DatumGetInt64(SPI_getbinval(SPI_tuptable->vals[0],
															 SPI_tuptable->tupdesc, 3, &isnull)));
	if (was_empty)
		set_indexes_aside(loader);

	/* People are loaded before names, so that names are resolved only once. */
	if (layout != NULL && strcmp(layout, "json") == 0)
		has_people = load_folder(loader, "json", ".json", "people.json");
	else
	{
		load_folder(loader, "yaml/venues", ".yaml", NULL);
		has_people = load_folder(loader, "yaml", ".yaml", "people.yaml");
	}
	/* A folder that only adds to the data need not list everybody. */
	if (has_people && loader->is_whole && !was_empty)
	{
		values[0] = CStringGetTextDatum(psprintf("%s/people.%s", layout, layout));
		values[1] = BoolGetDatum(loader->allow_losses);
		keep_outcomes(loader, REMOVE_LOST_PEOPLE, 2, (Oid[]) {TEXTOID, BOOLOID}, values);
	}
	values[0] = BoolGetDatum(loader->allow_losses);
	SPI_execute_with_args(REFUSE_WITHOUT_PEOPLE, 1, (Oid[]) {BOOLOID}, values, NULL, false, 0);

	if (was_empty)
		load_new_collections(loader, names, count);
	else
		load_changed_collections(loader, names, count);
	/* SIGs go last: before 2026 they list volumes, which have to be there. */
	load_folder(loader, "yaml/sigs", ".yaml", NULL);
	values[0] = explicit_ids;
	values[1] = BoolGetDatum(loader->allow_losses);
	SPI_execute_with_args(REFUSE_LOSSES, 2, (Oid[]) {INT8OID, BOOLOID}, values, NULL, false, 0);
	if (loader->paths != NULL && loader->is_whole && layout != NULL)
	{
		values[0] = makeArrayResult(loader->paths, loader->context);
		SPI_execute_with_args(FORGET_OTHER_FILES, 1, (Oid[]) {TEXTARRAYOID}, values, NULL, false,
							  0);
	}
}

/* A bigint of the statement just run. */
static int64
count_of(uint64 row, int column)
{
	bool		isnull;
	Datum		count = SPI_getbinval(SPI_tuptable->vals[row], SPI_tuptable->tupdesc, column,
									  &isnull);

	return isnull ? 0 : DatumGetInt64(count);
}

/* Resolves what was loaded, makes indexes again and counts: each announced beforehand. */
static void
finish(Loader *loader, ReturnSetInfo *result)
{
	Oid			type = InvalidOid;
	Datum		outcomes = (Datum) 0;
	bool		changed = false;

	if (loader->outcomes != NULL)
	{
		type = get_array_type(loader->outcomes->element_type);
		outcomes = makeArrayResult(loader->outcomes, loader->context);	/* frees them */
		ereport(NOTICE, errmsg("resolving names"));
		anthology_report_progress("load_directory: names", 0, 1);
		SPI_execute_with_args(RESOLVE, 1, &type, &outcomes, NULL, false, 0);
	}
	if (loader->indexes != (Datum) 0)
		SPI_execute_with_args("SELECT anthology_internal.put_indexes_back($1)", 1,
							  (Oid[]) {TEXTARRAYOID}, &loader->indexes, NULL, false, 0);
	if (loader->outcomes == NULL)
		return;
	ereport(NOTICE, errmsg("counting terms"));
	anthology_report_progress("load_directory: terms", 0, 1);
	SPI_execute("SELECT anthology_internal.recount_after_load()", false, 0);

	SPI_execute_with_args(SUMMARIZE, 1, &type, &outcomes, NULL, false, 0);
	for (uint64 i = 0; i < SPI_processed; i++)
	{
		tuplestore_puttuple(result->setResult, SPI_tuptable->vals[i]);
		/* Columns new, changed and removed. */
		changed = changed || count_of(i, 2) + count_of(i, 3) + count_of(i, 5) > 0;
	}
	if (changed)
		SPI_execute(ANALYZE, false, 0);
}

Datum
anthology_load_directory(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	char	   *root = text_to_cstring(PG_GETARG_TEXT_PP(0));
	Loader		loader;
	struct stat status;
	const char *layout;

	if (!has_privs_of_role(GetUserId(), ROLE_PG_READ_SERVER_FILES))
		ereport(ERROR,
				errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				errmsg("permission denied to read server files"),
				errhint("Only roles with privileges of the \"%s\" role may load a folder; "
						"import_collection(), import_people(), import_venues() and import_sigs() "
						"need none.", "pg_read_server_files"));
	if (strlen(root) >= MAXPGPATH)
		ereport(ERROR,
				errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				errmsg("the path of the folder is too long: %zu bytes, the longest is %d",
					   strlen(root), MAXPGPATH - 1));
	if (stat(root, &status) != 0)
		ereport(ERROR,
				errcode_for_file_access(),
				errmsg("could not open folder \"%s\": %m", root));
	layout = anthology_find_layout(root);

	InitMaterializedSRF(fcinfo, 0);
	memset(&loader, 0, sizeof(loader));
	loader.root = root;
	loader.context = CurrentMemoryContext;
	loader.file_context = AllocSetContextCreate(CurrentMemoryContext, "anthology file",
												ALLOCSET_DEFAULT_SIZES);
	/* Functions of 1.1 have no such argument. */
	loader.allow_losses = PG_NARGS() > 1 && PG_GETARG_BOOL(1);

	SPI_connect();
	anthology_require_functions();
	anthology_recover_exports();
	load_all(&loader, layout);
	finish(&loader, result);
	SPI_finish();
	anthology_end_progress();
	return (Datum) 0;
}
