/*
 * export_changes.c - SQL functions export_changes(text, boolean), the changed files into a
 * data folder on the server, and write_server_file.
 *
 * Which files, what is in them and what is remembered of it is told by functions of
 * sql/81-export-changes.sql; writing them is export_files.c's.
 */
#include "postgres.h"

#include <sys/stat.h>

#include "catalog/pg_authid.h"
#include "catalog/pg_type.h"
#include "compat.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/acl.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/tuplestore.h"

#include "bridge.h"
#include "correction.h"
#include "export_files.h"
#include "export_journal.h"

PG_FUNCTION_INFO_V1(anthology_export_changes);
PG_FUNCTION_INFO_V1(anthology_write_server_file);

#define LAYOUT "SELECT layout FROM anthology.corpus_state"
#define FILES "SELECT path, content, expected FROM anthology_internal.files_to_export()"
#define REMEMBER "SELECT anthology_internal.remember_export($1, $2)"

static bool
has_file(const char *directory, const char *name)
{
	struct stat status;

	return stat(psprintf("%s/%s", directory, name), &status) == 0;
}

/* Raises unless the caller may write files on the server. */
static void
check_caller(const char *path)
{
	if (!has_privs_of_role(GetUserId(), ROLE_PG_WRITE_SERVER_FILES))
		ereport(ERROR,
				errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				errmsg("permission denied to write files in \"%s\"", path),
				errdetail("Only roles with privileges of the role \"%s\" may write files on the "
						  "server.",
						  "pg_write_server_files"),
				errhint("changed_files() gives the files to any client."));
	if (!is_absolute_path(path))
		ereport(ERROR,
				errcode(ERRCODE_INVALID_NAME),
				errmsg("path \"%s\" is not absolute", path));
	if (strlen(path) >= MAXPGPATH)
		ereport(ERROR,
				errcode(ERRCODE_INVALID_NAME),
				errmsg("path \"%s\" is too long", path));
}

static void
check_folder(const char *directory)
{
	struct stat status;

	if (stat(directory, &status) != 0)
		ereport(ERROR,
				errcode_for_file_access(),
				errmsg("could not open folder \"%s\": %m", directory));
	if (!S_ISDIR(status.st_mode))
		ereport(ERROR,
				errcode(ERRCODE_WRONG_OBJECT_TYPE),
				errmsg("\"%s\" is not a folder", directory));
}

/* Raises if the folder is in the other layout than what was loaded. */
static void
check_layout(const char *directory, const char *layout)
{
	bool		json = layout != NULL && strcmp(layout, "json") == 0;
	const char *mine = json ? "json/people.json" : "yaml/people.yaml";
	const char *other = json ? "yaml/people.yaml" : "json/people.json";

	if (layout != NULL && has_file(directory, other) && !has_file(directory, mine))
		ereport(ERROR,
				errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				errmsg("folder \"%s\" has another layout than the one loaded", directory),
				errdetail("It has the file \"%s\" and not \"%s\".", other, mine),
				errhint("Load the folder first: corrections made here stay, and are exported in "
						"its layout then."));
}

/* A column of a row as UTF-8 in the current context; data NULL for NULL. */
static AnthologyText
column(uint64 row, int number)
{
	bool		isnull;
	Datum		value = SPI_getbinval(SPI_tuptable->vals[row], SPI_tuptable->tupdesc, number,
									  &isnull);
	AnthologyText none = {NULL, 0};

	return isnull ? none : anthology_text(DatumGetTextPCopy(value));
}

Datum
anthology_export_changes(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	char	   *directory = text_to_cstring(PG_GETARG_TEXT_PP(0));
	AnthologyCorrection correction;
	AnthologyExportFile *files;
	Datum	   *paths;
	Datum	   *contents;
	Datum		values[2];
	int			count;

	canonicalize_path(directory);
	check_caller(directory);
	check_folder(directory);
	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);

	anthology_correction_begin(&correction);
	anthology_correction_lock(&correction);
	anthology_recover_exports();
	if (SPI_execute(LAYOUT, false, 1) != SPI_OK_SELECT || SPI_processed != 1)
		elog(ERROR, "could not tell the layout that was loaded");
	check_layout(directory, SPI_getvalue(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1));
	if (SPI_execute(FILES, false, 0) != SPI_OK_SELECT)
		elog(ERROR, "could not tell the files to export");
	count = (int) SPI_processed;
	files = palloc0(sizeof(AnthologyExportFile) * Max(count, 1));
	paths = palloc(sizeof(Datum) * Max(count, 1));
	contents = palloc(sizeof(Datum) * Max(count, 1));
	for (int i = 0; i < count; i++)
	{
		AnthologyText path = column(i, 1);
		AnthologyText content = column(i, 2);
		AnthologyText expected = column(i, 3);

		files[i].path = psprintf("%s/%.*s", directory, path.length, path.data);
		files[i].content = content.data;
		files[i].length = (size_t) content.length;
		files[i].expected = expected.data;
		files[i].expected_length = (size_t) expected.length;
		paths[i] = PointerGetDatum(anthology_text_datum(path.data, path.length));
		contents[i] = PointerGetDatum(anthology_text_datum(content.data, content.length));
	}
	anthology_put_files(files, count, PG_GETARG_BOOL(1));
	values[0] = PointerGetDatum(construct_array(paths, count, TEXTOID, -1, false, TYPALIGN_INT));
	values[1] = PointerGetDatum(construct_array(contents, count, TEXTOID, -1, false, TYPALIGN_INT));
	if (SPI_execute_with_args(REMEMBER, 2, (Oid[]) {TEXTARRAYOID, TEXTARRAYOID}, values, NULL,
							  false, 0)
		!= SPI_OK_SELECT)
		elog(ERROR, "could not remember the export");
	for (int i = 0; i < count; i++)
	{
		bool		isnull = false;

		tuplestore_putvalues(result->setResult, result->setDesc, &paths[i], &isnull);
	}
	anthology_correction_end(&correction);
	return (Datum) 0;
}

/* path text, content text. By itself, whether the transaction commits or not. */
Datum
anthology_write_server_file(PG_FUNCTION_ARGS)
{
	char	   *path = text_to_cstring(PG_GETARG_TEXT_PP(0));
	AnthologyText content = anthology_text(PG_GETARG_TEXT_PP(1));
	char		beside[MAXPGPATH + 32];

	canonicalize_path(path);
	check_caller(path);
	anthology_name_beside(path, beside);
	if (!anthology_make_beside(path, NULL, content.data, (size_t) content.length) ||
		rename(beside, path) != 0 || !anthology_sync_folder_of(path))
		ereport(ERROR,
				errcode_for_file_access(),
				errmsg("could not write file \"%s\": %m", path));
	PG_RETURN_VOID();
}
