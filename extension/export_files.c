/*
 * export_files.c - files of a data folder on the server, written together or not
 * at all; see export_files.h.
 *
 * 1. Every file is read, and compared with what it is expected to hold.
 * 2. The files' old and new content goes into a journal (see export_journal.h).
 * 3. New files are made beside those that may be replaced, and read again.
 * 4. The new files are moved into place; where a new file could not have the owner and group
 *    of the one there, that one is written into instead.
 * 5. When the transaction commits, the journal goes; when it, or the savepoint, is rolled back, the
 *    files are put back first. After a crash the next export or load does that.
 */
#include "postgres.h"

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#include "access/transam.h"
#include "access/xact.h"
#include "access/xlog.h"
#include "compat.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "storage/fd.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"
#include "utils/memutils.h"

#include "export_files.h"
#include "export_journal.h"

/* An export of this transaction, the latest first. */
typedef struct Export
{
	struct Export *previous;
	SubTransactionId subtransaction;
	char		journal[MAXPGPATH];
} Export;

static Export *exports = NULL;

/* Undoes the exports of a subtransaction, or with InvalidSubTransactionId all. */
static void
roll_back_exports(SubTransactionId subtransaction)
{
	while (exports != NULL && (subtransaction == InvalidSubTransactionId ||
							   exports->subtransaction == subtransaction))
	{
		Export	   *export = exports;

		anthology_roll_back_journal(export->journal);
		exports = export->previous;
		pfree(export);
	}
}

static void
end_transaction(XactEvent event, void *argument)
{
	switch (event)
	{
		case XACT_EVENT_ABORT:
			roll_back_exports(InvalidSubTransactionId);
			break;
		case XACT_EVENT_COMMIT:
			while (exports != NULL)
			{
				Export	   *export = exports;

				anthology_forget_journal(export->journal);
				exports = export->previous;
				pfree(export);
			}
			break;
		case XACT_EVENT_PRE_PREPARE:
			if (exports != NULL)
				ereport(ERROR,
						errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
						errmsg("cannot PREPARE a transaction that has exported files"));
			break;
		default:
			break;
	}
}

static void
end_subtransaction(SubXactEvent event, SubTransactionId mine, SubTransactionId parent,
				   void *argument)
{
	if (event == SUBXACT_EVENT_ABORT_SUB)
		roll_back_exports(mine);
	else if (event == SUBXACT_EVENT_COMMIT_SUB)
		for (Export *export = exports; export != NULL; export = export->previous)
			if (export->subtransaction == mine)
				export->subtransaction = parent;
}

/* Notes an export before anything of it is done: errors from here on undo it. */
static const char *
begin_export(void)
{
	static bool registered = false;
	static uint32 number = 0;
	Export	   *export;

	if (!registered)
	{
		RegisterXactCallback(end_transaction, NULL);
		RegisterSubXactCallback(end_subtransaction, NULL);
		registered = true;
	}
	if (MakePGDirectory(ANTHOLOGY_JOURNALS) != 0 && errno != EEXIST)
		ereport(ERROR,
				errcode_for_file_access(),
				errmsg("could not create folder \"%s\": %m", ANTHOLOGY_JOURNALS));
	export = MemoryContextAllocZero(TopMemoryContext, sizeof(Export));

	/*
	 * Its number must not be another transaction's after a crash: what this transaction has logged
	 * so far tells the server that the number is taken.
	 */
	if (XactLastRecEnd == InvalidXLogRecPtr)
		elog(ERROR, "an export must lock the corpus first");
	XLogFlush(XactLastRecEnd);
	/* The later, the greater is the name. */
	snprintf(export->journal, sizeof(export->journal), "%s/%016llx-%08x-%d", ANTHOLOGY_JOURNALS,
			 (unsigned long long) U64FromFullTransactionId(GetTopFullTransactionId()), number++,
			 MyProcPid);
	export->subtransaction = GetCurrentSubTransactionId();
	export->previous = exports;
	exports = export;
	if (MakePGDirectory(export->journal) != 0)
		ereport(ERROR,
				errcode_for_file_access(),
				errmsg("could not create folder \"%s\": %m", export->journal));
	return export->journal;
}

/* A file that is there, or is to be. */
typedef struct Target
{
	char		path[MAXPGPATH];	/* symbolic links followed */
	const AnthologyExportFile *file;
	AnthologyBytes old;
	struct stat status;
	bool		replace;		/* by a new file beside it */
} Target;

/*
 * Reads the file that is there. Returns whether it has to be written, and if it may
 * not be for what it holds, adds its path to conflicts.
 */
static bool
look_at(Target *target, bool insist, StringInfo conflicts)
{
	const AnthologyExportFile *file = target->file;
	AnthologyBytes is;
	char	   *real;
	bool		good;

	if (strlen(file->path) >= MAXPGPATH)
		ereport(ERROR,
				errcode(ERRCODE_INVALID_NAME),
				errmsg("path \"%s\" is too long", file->path));
	real = realpath(file->path, NULL);
	if (real == NULL && errno != ENOENT)
		ereport(ERROR,
				errcode_for_file_access(),
				errmsg("could not open file \"%s\": %m", file->path));
	strlcpy(target->path, real != NULL && strlen(real) < MAXPGPATH ? real : file->path, MAXPGPATH);
	free(real);
	if (stat(target->path, &target->status) == 0 && !S_ISREG(target->status.st_mode))
		ereport(ERROR,
				errcode(ERRCODE_WRONG_OBJECT_TYPE),
				errmsg("\"%s\" is not a regular file", file->path));
	if (!anthology_read_bytes(target->path, &is))
		ereport(ERROR,
				errcode_for_file_access(),
				errmsg("could not read file \"%s\": %m", file->path));
	target->old.length = is.length;
	if (is.data != NULL)
	{
		/* A copy that goes with the transaction. */
		target->old.data = MemoryContextAllocExtended(CurrentMemoryContext, is.length + 1,
													  MCXT_ALLOC_HUGE | MCXT_ALLOC_NO_OOM);
		if (target->old.data != NULL)
			memcpy(target->old.data, is.data, is.length);
		free(is.data);
		if (target->old.data == NULL)
			ereport(ERROR,
					errcode(ERRCODE_OUT_OF_MEMORY),
					errmsg("out of memory"));
	}
	if (target->old.data != NULL && target->old.length == file->length &&
		memcmp(target->old.data, file->content, file->length) == 0)
		return false;
	good = file->expected == NULL ? target->old.data == NULL :
		target->old.data != NULL && target->old.length == file->expected_length &&
		memcmp(target->old.data, file->expected, file->expected_length) == 0;
	if (!good && !insist)
		appendStringInfo(conflicts, "%s%s \"%s\"", conflicts->len > 0 ? "\n" : "",
						 target->old.data == NULL ? "There is no file" : "Another content has file",
						 file->path);
	return true;
}

/* Raises unless the file can be written, and finds out how. */
static void
prepare(Target *target)
{
	char		folder[MAXPGPATH];

	if (target->old.data == NULL)
	{
		strlcpy(folder, target->path, sizeof(folder));
		get_parent_directory(folder);
		target->replace = true;
		if (access(folder, W_OK | X_OK) != 0)
			ereport(ERROR,
					errcode_for_file_access(),
					errmsg("could not create file \"%s\": %m", target->file->path));
		return;
	}
	if (access(target->path, W_OK) != 0)
		ereport(ERROR,
				errcode_for_file_access(),
				errmsg("could not write file \"%s\": %m", target->file->path));
	target->replace = anthology_may_replace(target->path, &target->status);
}

static void
note(const char *journal, int number, const char *kind, const char *data, size_t length)
{
	char	   *name = psprintf("%s/%d.%s", journal, number, kind);

	if (!anthology_make_file(name, data, length, S_IRUSR | S_IWUSR))
		ereport(ERROR,
				errcode_for_file_access(),
				errmsg("could not write file \"%s\": %m", name));
	pfree(name);
}

/* Makes the new file beside the old one, and looks whether it holds what it should. */
static void
stage(Target *target)
{
	const AnthologyExportFile *file = target->file;
	char		beside[MAXPGPATH + 32];
	AnthologyBytes is;
	bool		good;

	if (!anthology_make_beside(target->path, target->old.data ? &target->status : NULL,
							   file->content, file->length))
	{
		/* Its group, or what else, cannot be given to a new file. */
		if (errno == EPERM && target->old.data != NULL)
		{
			target->replace = false;
			return;
		}
		ereport(ERROR,
				errcode_for_file_access(),
				errmsg("could not write a new file beside \"%s\": %m", file->path));
	}
	anthology_name_beside(target->path, beside);
	good = anthology_read_bytes(beside, &is);
	if (good)
	{
		good = is.length == file->length && memcmp(is.data, file->content, is.length) == 0;
		free(is.data);
		errno = EIO;
	}
	if (!good)
		ereport(ERROR,
				errcode_for_file_access(),
				errmsg("could not read what was written beside \"%s\": %m", file->path));
}

static void
put_in_place(Target *target)
{
	const AnthologyExportFile *file = target->file;
	char		beside[MAXPGPATH + 32];

	anthology_name_beside(target->path, beside);
	if (target->replace ? rename(beside, target->path) != 0 :
		!anthology_overwrite(target->path, file->content, file->length, target->old.length))
		ereport(ERROR,
				errcode_for_file_access(),
				errmsg("could not write file \"%s\": %m", file->path));
	if (!anthology_sync_folder_of(target->path))
		ereport(ERROR,
				errcode_for_file_access(),
				errmsg("could not sync the folder of file \"%s\": %m", file->path));
}

void
anthology_put_files(const AnthologyExportFile *files, int count, bool insist)
{
	Target	   *targets = palloc0(sizeof(Target) * Max(count, 1));
	int			wanted = 0;
	const char *journal;
	StringInfoData conflicts;

	initStringInfo(&conflicts);
	for (int i = 0; i < count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		targets[wanted].file = &files[i];
		if (look_at(&targets[wanted], insist, &conflicts))
			wanted++;
		else
			memset(&targets[wanted], 0, sizeof(Target));
	}
	if (conflicts.len > 0)
		ereport(ERROR,
				errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				errmsg("the folder does not hold what was loaded or exported last"),
				errdetail("%s", conflicts.data),
				errhint("Load the folder first, so that what others changed is known here; "
						"or write over it with insist => true."));
	if (wanted == 0)
		return;
	for (int i = 0; i < wanted; i++)
		prepare(&targets[i]);

	journal = begin_export();
	for (int i = 0; i < wanted; i++)
	{
		Target	   *target = &targets[i];

		CHECK_FOR_INTERRUPTS();
		/* The path comes last: a file without one was not begun. */
		if (target->old.data != NULL)
			note(journal, i, "old", target->old.data, target->old.length);
		note(journal, i, "new", target->file->content, target->file->length);
		note(journal, i, "path", target->path, strlen(target->path));
	}
	if (!anthology_sync_folder_of(psprintf("%s/0.path", journal)) ||
		!anthology_sync_folder_of(journal))
		ereport(ERROR,
				errcode_for_file_access(),
				errmsg("could not sync folder \"%s\": %m", journal));
	for (int i = 0; i < wanted; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (targets[i].replace)
			stage(&targets[i]);
	}
	for (int i = 0; i < wanted; i++)
		put_in_place(&targets[i]);
}

static int
compare_journals(const void *a, const void *b)
{
	return -strcmp(*(char *const *) a, *(char *const *) b);
}

/*
 * What has become of a transaction: "committed", "aborted", "in progress", or NULL if that
 * is too long ago.
 */
static const char *
fate_of(uint64 transaction)
{
	LOCAL_FCINFO(fcinfo, 1);
	Datum		fate;

	InitFunctionCallInfoData(*fcinfo, NULL, 1, InvalidOid, NULL, NULL);
	fcinfo->args[0].value = UInt64GetDatum(transaction);
	fcinfo->args[0].isnull = false;
	fate = pg_xact_status(fcinfo);
	return fcinfo->isnull ? NULL : TextDatumGetCString(fate);
}

PG_FUNCTION_INFO_V1(anthology_recover_exports_sql);

Datum
anthology_recover_exports_sql(PG_FUNCTION_ARGS)
{
	anthology_recover_exports();
	PG_RETURN_VOID();
}

void
anthology_recover_exports(void)
{
	DIR		   *folder = opendir(ANTHOLOGY_JOURNALS);
	struct dirent *entry;
	char	  **journals = palloc(sizeof(char *));
	int			count = 0;

	if (folder == NULL)
		return;
	while ((entry = readdir(folder)) != NULL)
	{
		if (entry->d_name[0] == '.')
			continue;
		journals = repalloc(journals, sizeof(char *) * (count + 1));
		journals[count++] = pstrdup(entry->d_name);
	}
	closedir(folder);
	/* The latest first: it is put back onto what the one before has left. */
	qsort(journals, count, sizeof(char *), compare_journals);
	for (int i = 0; i < count; i++)
	{
		char	   *end;
		uint64		transaction = strtoull(journals[i], &end, 16);
		char	   *journal = psprintf("%s/%s", ANTHOLOGY_JOURNALS, journals[i]);
		const char *fate;

		if (end == journals[i] || *end != '-')
			continue;
		fate = fate_of(transaction);
		if (fate != NULL && strcmp(fate, "in progress") == 0)
			continue;
		if (fate != NULL && strcmp(fate, "committed") == 0)
		{
			anthology_forget_journal(journal);
			continue;
		}
		ereport(NOTICE,
				errmsg("an export was interrupted; its files are put back as they were before"));
		anthology_roll_back_journal(journal);
	}
}
