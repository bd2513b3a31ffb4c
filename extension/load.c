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
#include "storage/fd.h"
#include "utils/acl.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/resowner.h"
#include "utils/tuplestore.h"

#include "export_files.h"
#include "progress.h"
#include "version.h"

/* Collections between two progress notices. */
#define PROGRESS_STEP 200

/*
 * Number of collections after which the tables of an empty database are analyzed. They
 * are analyzed again at the first progress notice. Otherwise the kept plans would be
 * those made for the empty tables.
 */
#define FIRST_ANALYZE 20

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

static int
compare_names(const void *a, const void *b)
{
	return strcmp(*(char *const *) a, *(char *const *) b);
}

/*
 * Names of the files in root/folder that end in suffix, in byte order. A
 * folder that is not there has none.
 */
static char **
list_files(const char *root, const char *folder, const char *suffix, int *count)
{
	char	   *path = psprintf("%s/%s", root, folder);
	DIR		   *dir = AllocateDir(path);
	struct dirent *entry;
	int			capacity = 64;
	char	  **names = palloc(capacity * sizeof(char *));

	*count = 0;
	if (dir == NULL && errno == ENOENT)
		return names;
	while ((entry = ReadDir(dir, path)) != NULL)
	{
		size_t		length = strlen(entry->d_name);
		size_t		suffix_length = strlen(suffix);

		if (entry->d_name[0] == '.' || length <= suffix_length ||
			strcmp(entry->d_name + length - suffix_length, suffix) != 0)
			continue;
		if (*count == capacity)
		{
			capacity *= 2;
			names = repalloc(names, capacity * sizeof(char *));
		}
		names[(*count)++] = pstrdup(entry->d_name);
	}
	FreeDir(dir);
	qsort(names, *count, sizeof(char *), compare_names);
	return names;
}

/* A file of UTF-8 text, in the database encoding. Raises what goes wrong. */
static text *
read_file(const char *root, const char *name)
{
	char	   *path = psprintf("%s/%s", root, name);
	FILE	   *file = AllocateFile(path, PG_BINARY_R);
	struct stat status;
	char	   *bytes;
	size_t		length;

	if (file == NULL || fstat(fileno(file), &status) != 0)
		ereport(ERROR,
				errcode_for_file_access(),
				errmsg("could not open file \"%s\": %m", path));
	if (!S_ISREG(status.st_mode))
		ereport(ERROR,
				errcode(ERRCODE_WRONG_OBJECT_TYPE),
				errmsg("\"%s\" is not a regular file", path));
	if (status.st_size >= (off_t) (MaxAllocSize / MAX_CONVERSION_GROWTH))
		ereport(ERROR,
				errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				errmsg("file \"%s\" is too large", path));
	bytes = palloc(status.st_size + 1);
	length = fread(bytes, 1, status.st_size, file);
	if (ferror(file))
		ereport(ERROR,
				errcode_for_file_access(),
				errmsg("could not read file \"%s\": %m", path));
	FreeFile(file);
	bytes[length] = '\0';
	(void) pg_verify_mbstr(PG_UTF8, bytes, (int) length, false);
	return cstring_to_text(pg_any_to_server(bytes, (int) length, PG_UTF8));
}

/* Runs a statement that returns load_outcome values, and keeps them. */
static void
keep_outcomes(Loader *loader, const char *sql, int count, Oid *types, Datum *values)
{
	int			result = SPI_execute_with_args(sql, count, types, values, NULL, false, 0);

	if (result != SPI_OK_SELECT)
		elog(ERROR, "loading failed: %s", SPI_result_code_string(result));
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
		source = read_file(loader->root, name);
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
	char	  **names = list_files(loader->root, folder, suffix, &count);
	bool		found = false;

	for (int i = 0; i < count; i++)
		if (load_one(loader, LOAD_DATA_FILE, psprintf("%s/%s", folder, names[i])) &&
			name != NULL && strcmp(names[i], name) == 0)
			found = true;
	return found;
}

static void
load_collections(Loader *loader, char **names, int count, bool was_empty)
{
	for (int i = 0; i < count; i++)
	{
		anthology_report_progress("load_directory: collections", i, count);
		load_one(loader, LOAD_COLLECTION, psprintf("xml/%s", names[i]));
		if (was_empty && (i + 1 == FIRST_ANALYZE || i + 1 == PROGRESS_STEP))
			SPI_execute(ANALYZE, false, 0);
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
	char	  **names = list_files(loader->root, "xml", ".xml", &count);
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

	load_collections(loader, names, count, was_empty);
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

static bool
exists(const char *root, const char *name)
{
	struct stat status;

	return stat(psprintf("%s/%s", root, name), &status) == 0;
}

/* "json" or "yaml" by what is in the folder, NULL if there is neither. Raises if both are. */
static const char *
find_layout(const char *root)
{
	bool		json = exists(root, "json/people.json") || exists(root, "json/venues.json") ||
		exists(root, "json/sigs.json");
	bool		yaml = exists(root, "yaml/people.yaml") || exists(root, "yaml/venues") ||
		exists(root, "yaml/sigs");

	if (json && yaml)
		ereport(ERROR,
				errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				errmsg("folder \"%s\" has the files of two layouts", root),
				errdetail("Both \"json\", as of 2026, and \"yaml\", as before, say who is who."),
				errhint("Remove the one that is not kept up to date."));
	if (!json && !yaml && !exists(root, "xml"))
		ereport(ERROR,
				errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				errmsg("\"%s\" is not a data folder of the Anthology", root),
				errhint("A data folder holds the folders \"xml\" and \"json\", "
						"or \"yaml\" before 2026."));
	return json ? "json" : yaml ? "yaml" : NULL;
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
	layout = find_layout(root);

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
