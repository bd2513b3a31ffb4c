/*
 * load.c - SQL function load_directory(text): a data folder on the server.
 *
 * Reads the files and hands each to the SQL function for its kind (see
 * sql/40-load.sql) in a subtransaction of its own, so that a bad file is
 * recorded in load_problem and the others load.
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

/* Collections between two progress notices. */
#define PROGRESS_STEP 200

/*
 * Collections after which the tables of an empty database are analyzed, and
 * again at the first progress notice: the plans kept for a file's statements
 * were made for the tables as they were at the first file.
 */
#define FIRST_ANALYZE 20

#define LOAD_VENUE \
	"SELECT o::anthology.load_outcome FROM anthology.load_venues(" \
	"pg_catalog.json_build_object($3, anthology.yaml_to_json($1)), $2) o"
#define LOAD_PEOPLE \
	"SELECT o::anthology.load_outcome FROM anthology.load_people(" \
	"anthology.yaml_to_json($1), $2) o"
#define LOAD_COLLECTION \
	"SELECT o::anthology.load_outcome FROM anthology.load_collection($1, $2) o"
#define RECORD_FILE_PROBLEM \
	"WITH recorded AS (SELECT anthology.record_problem('file', $1, NULL, $2, $3)) " \
	"SELECT ROW('file', 0, 0, 0, 0, 0, 1, NULL, NULL)::anthology.load_outcome FROM recorded"
#define FORGET_FILE_PROBLEMS \
	"DELETE FROM anthology.load_problem WHERE file = $1 AND kind IN ('file', 'entry')"
#define KEEP_FILE \
	"INSERT INTO anthology.data_file (path, source) VALUES ($2, $1) " \
	"ON CONFLICT (path) DO UPDATE SET source = excluded.source"
#define SET_LAYOUT \
	"UPDATE anthology.corpus_state SET layout = 'yaml'"
/* Tables of 1.1 know of no files. */
#define KEEPS_FILES \
	"SELECT 1 WHERE pg_catalog.to_regclass('anthology.data_file') IS NOT NULL"
#define ANALYZE \
	"ANALYZE anthology.volume, anthology.paper, anthology.paper_element, " \
	"anthology.authorship, anthology.person, anthology.person_name"
#define WAS_EMPTY \
	"SELECT 1 FROM anthology.collection LIMIT 1"
#define FINISH \
	"SELECT * FROM anthology.finish_load($1::anthology.load_outcome[])"

PG_FUNCTION_INFO_V1(anthology_load_directory);

typedef struct Loader
{
	const char *root;			/* the data folder */
	MemoryContext context;		/* lives until the end */
	MemoryContext file_context; /* reset after each file */
	ArrayBuildState *outcomes;	/* of load_outcome, in context */
	Datum		indexes;		/* definitions of those set aside; 0: none */
	bool		keeps_files;
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
keep_outcomes(Loader *loader, const char *sql, int count, Datum *values, const char *nulls)
{
	static Oid	types[] = {TEXTOID, TEXTOID, TEXTOID};
	int			result = SPI_execute_with_args(sql, count, types, values, nulls, false, 0);

	if (result != SPI_OK_SELECT)
		elog(ERROR, "loading failed: %s", SPI_result_code_string(result));
	for (uint64 i = 0; i < SPI_processed; i++)
	{
		bool		isnull;
		Datum		outcome = SPI_getbinval(SPI_tuptable->vals[i], SPI_tuptable->tupdesc, 1, &isnull);

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
			/* Tables that are not there, say; but a file may be closed to us. */
			return error->sqlerrcode == ERRCODE_INSUFFICIENT_PRIVILEGE ||
				error->sqlerrcode == ERRCODE_WRONG_OBJECT_TYPE;
	}
	return true;
}

static void
load_one(Loader *loader, const char *sql, const char *name, const char *id)
{
	ResourceOwner owner = CurrentResourceOwner;
	MemoryContext before = MemoryContextSwitchTo(loader->file_context);
	ErrorData  *volatile error = NULL;
	Datum		values[3];

	CHECK_FOR_INTERRUPTS();
	BeginInternalSubTransaction(NULL);
	PG_TRY();
	{
		MemoryContextSwitchTo(loader->file_context);
		values[0] = CStringGetTextDatum(name);
		SPI_execute_with_args(FORGET_FILE_PROBLEMS, 1, (Oid[]) {TEXTOID}, values, NULL, false, 0);
		values[0] = PointerGetDatum(read_file(loader->root, name));
		values[1] = CStringGetTextDatum(name);
		values[2] = CStringGetTextDatum(id);
		keep_outcomes(loader, sql, 3, values, NULL);
		if (loader->keeps_files && strncmp(name, "xml/", 4) != 0)
			SPI_execute_with_args(KEEP_FILE, 2, (Oid[]) {TEXTOID, TEXTOID}, values, NULL, false, 0);
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
		values[1] = CStringGetTextDatum(error->detail ?
										psprintf("%s: %s", error->message, error->detail) :
										error->message);
		values[2] = CStringGetTextDatum(unpack_sql_state(error->sqlerrcode));
		keep_outcomes(loader, RECORD_FILE_PROBLEM, 3, values, NULL);
	}
	MemoryContextSwitchTo(before);
	MemoryContextReset(loader->file_context);
}

static void
load_all(Loader *loader)
{
	int			venues;
	int			collections;
	char	  **names = list_files(loader->root, "yaml/venues", ".yaml", &venues);
	char	  **collection_names = list_files(loader->root, "xml", ".xml", &collections);
	struct stat status;
	bool		was_empty;

	SPI_execute(WAS_EMPTY, false, 1);
	was_empty = SPI_processed == 0;
	if (was_empty)
	{
		bool		isnull;

		SPI_execute("SELECT anthology.set_indexes_aside()", false, 0);
		loader->indexes = SPI_datumTransfer(SPI_getbinval(SPI_tuptable->vals[0],
														  SPI_tuptable->tupdesc, 1, &isnull),
											false, -1);
	}
	for (int i = 0; i < venues; i++)
		load_one(loader, LOAD_VENUE, psprintf("yaml/venues/%s", names[i]),
				  pnstrdup(names[i], strlen(names[i]) - strlen(".yaml")));

	/* People before names, so that the names are resolved but once. */
	if (stat(psprintf("%s/yaml/people.yaml", loader->root), &status) == 0)
		load_one(loader, LOAD_PEOPLE, "yaml/people.yaml", "");

	for (int i = 0; i < collections; i++)
	{
		load_one(loader, LOAD_COLLECTION, psprintf("xml/%s", collection_names[i]), "");
		if (was_empty && (i + 1 == FIRST_ANALYZE || i + 1 == PROGRESS_STEP))
			SPI_execute(ANALYZE, false, 0);
		if ((i + 1) % PROGRESS_STEP == 0 || i + 1 == collections)
			ereport(NOTICE, errmsg("loaded %d of %d collections", i + 1, collections));
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

Datum
anthology_load_directory(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	char	   *root = text_to_cstring(PG_GETARG_TEXT_PP(0));
	Loader		loader;
	struct stat status;
	bool		changed = false;

	if (!has_privs_of_role(GetUserId(), ROLE_PG_READ_SERVER_FILES))
		ereport(ERROR,
				errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				errmsg("permission denied to read server files"),
				errhint("Only roles with privileges of the \"%s\" role may load a folder; "
						"import_collection(), import_people() and import_venues() need none.",
						"pg_read_server_files"));
	if (stat(root, &status) != 0)
		ereport(ERROR,
				errcode_for_file_access(),
				errmsg("could not open folder \"%s\": %m", root));
	if (!S_ISDIR(status.st_mode) ||
		(stat(psprintf("%s/xml", root), &status) != 0 &&
		 stat(psprintf("%s/yaml", root), &status) != 0))
		ereport(ERROR,
				errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				errmsg("\"%s\" is not a data folder of the Anthology", root),
				errhint("A data folder holds the folders \"xml\" and \"yaml\"."));

	InitMaterializedSRF(fcinfo, 0);
	loader.root = root;
	loader.context = CurrentMemoryContext;
	loader.file_context = AllocSetContextCreate(CurrentMemoryContext, "anthology file",
												ALLOCSET_DEFAULT_SIZES);
	loader.outcomes = NULL;
	loader.indexes = (Datum) 0;

	SPI_connect();
	SPI_execute("SELECT anthology.lock_corpus()", false, 0);
	anthology_recover_exports();
	SPI_execute(KEEPS_FILES, false, 0);
	loader.keeps_files = SPI_processed > 0;
	if (loader.keeps_files)
		SPI_execute(SET_LAYOUT, false, 0);
	load_all(&loader);

	if (loader.outcomes != NULL)
	{
		Oid			type = get_array_type(loader.outcomes->element_type);
		Datum		outcomes = makeArrayResult(loader.outcomes, loader.context);	/* frees them */

		SPI_execute_with_args(FINISH, 1, &type, &outcomes, NULL, false, 0);
		for (uint64 i = 0; i < SPI_processed; i++)
		{
			tuplestore_puttuple(result->setResult, SPI_tuptable->vals[i]);
			/* Columns new, changed and removed. */
			changed = changed || count_of(i, 2) + count_of(i, 3) + count_of(i, 5) > 0;
		}
	}
	if (loader.indexes != (Datum) 0)
		SPI_execute_with_args("SELECT anthology.put_indexes_back($1)", 1, (Oid[]) {TEXTARRAYOID},
							  &loader.indexes, NULL, false, 0);
	if (changed)
		SPI_execute(ANALYZE, false, 0);
	SPI_finish();
	return (Datum) 0;
}
