/*
 * export_files.h - files of a data folder on the server, written together or not at all.
 */
#ifndef ANTHOLOGY_EXPORT_FILES_H
#define ANTHOLOGY_EXPORT_FILES_H

/* A file that is to be written. Contents are UTF-8; NULL expected: there is to be no such file. */
typedef struct AnthologyExportFile
{
	const char *path;			/* in full */
	const char *content;
	size_t		length;
	const char *expected;		/* what the file is to hold now */
	size_t		expected_length;
} AnthologyExportFile;

/*
 * Writes the files, each with the owner, group and mode that it has. They are in place
 * when this returns, and are what they were before if the (sub)transaction does not
 * commit. The transaction must have locked the corpus. Raises an error, and leaves every
 * file alone, if one cannot be written or holds neither what is expected nor what is to
 * be in it - unless insist is set.
 */
extern void anthology_put_files(const AnthologyExportFile *files, int count, bool insist);

/*
 * Puts back the files of exports whose transactions did not commit because the
 * server or the session was killed. A few system calls if there are none.
 */
extern void anthology_recover_exports(void);

#endif							/* ANTHOLOGY_EXPORT_FILES_H */
