/*
 * export_journal.h - what files were before an export, kept until its transaction has ended.
 *
 * A journal is a folder in anthology_exports/ of the server's data directory. It
 * holds, for the file number N, N.path, N.old (not for a file that was not there) and N.new.
 * Its name holds the transaction's id, so that a later session can ask the server whether
 * it committed. Nothing here raises an error, because it runs while transactions end.
 */
#ifndef ANTHOLOGY_EXPORT_JOURNAL_H
#define ANTHOLOGY_EXPORT_JOURNAL_H

#define ANTHOLOGY_JOURNALS "anthology_exports"

/* Bytes read from a file; data is malloc's and NULL if there is no such file. */
typedef struct AnthologyBytes
{
	char	   *data;
	size_t		length;
} AnthologyBytes;

/* All of these return false and leave the reason in errno. */
/* ENOENT is no failure */
extern bool anthology_read_bytes(const char *path, AnthologyBytes *bytes);
extern bool anthology_make_file(const char *path, const char *data, size_t length, mode_t mode);
extern bool anthology_sync_folder_of(const char *path);

/*
 * Whether a new file could take the place of the one there and nobody would see a difference
 * but in what it holds. Else it has to be written where it is.
 */
extern bool anthology_may_replace(const char *path, const struct stat *is);

/*
 * Makes a new file beside the place, ready to be moved there: with owner, group and mode
 * of the file that is there, or mode 0644. The name is that of anthology_name_beside().
 */
extern bool anthology_make_beside(const char *path, const struct stat *is, const char *data,
								  size_t length);
extern void anthology_name_beside(const char *path, char *beside);	/* MAXPGPATH + 32 bytes */

/*
 * Writes into the file that is there: first what makes it longer, so that a full disk
 * leaves what was there, then the rest.
 */
extern bool anthology_overwrite(const char *path, const char *data, size_t length,
								size_t old_length);

/*
 * Puts back what the files of a journal were, as far as they hold what the export wrote
 * or a part of it; others have been changed since and stay, with a warning. Takes the
 * journal away if all went well.
 */
extern void anthology_roll_back_journal(const char *journal);

/* Takes a journal away: its export has committed. */
extern void anthology_forget_journal(const char *journal);

#endif							/* ANTHOLOGY_EXPORT_JOURNAL_H */
