/*
 * export_journal.c - what files were before an export; see export_journal.h.
 *
 * Plain system calls and malloc throughout: most of this runs in callbacks at the end of a
 * transaction, where nothing may fail with an error.
 */
#include "postgres.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "storage/fd.h"

#include "export_journal.h"

#define PATH_ROOM (MAXPGPATH + 32)

static bool
write_all(int file, const char *data, size_t length, off_t at)
{
	while (length > 0)
	{
		ssize_t		written = pwrite(file, data, length, at);

		if (written < 0 && errno == EINTR)
			continue;
		if (written <= 0)
		{
			if (written == 0)
				errno = ENOSPC;
			return false;
		}
		data += written;
		at += written;
		length -= (size_t) written;
	}
	return true;
}

/* Closes a file after what was done to it, and keeps the first errno. */
static bool
close_after(int file, bool good)
{
	int			error = errno;

	if (close(file) != 0 && good)
		return false;
	errno = error;
	return good;
}

bool
anthology_read_bytes(const char *path, AnthologyBytes *bytes)
{
	int			file = open(path, O_RDONLY | PG_BINARY);
	struct stat is;
	size_t		room;

	bytes->data = NULL;
	bytes->length = 0;
	if (file < 0)
		return errno == ENOENT;
	if (fstat(file, &is) != 0)
		return close_after(file, false);
	room = (size_t) is.st_size;
	bytes->data = malloc(room + 1);
	if (bytes->data == NULL)
	{
		errno = ENOMEM;
		return close_after(file, false);
	}
	while (bytes->length < room)
	{
		ssize_t		got = read(file, bytes->data + bytes->length, room - bytes->length);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
		{
			free(bytes->data);
			bytes->data = NULL;
			return close_after(file, false);
		}
		if (got == 0)
			break;
		bytes->length += (size_t) got;
	}
	close(file);				/* nothing was written: what was read is good */
	return true;
}

bool
anthology_make_file(const char *path, const char *data, size_t length, mode_t mode)
{
	int			file = open(path, O_CREAT | O_EXCL | O_WRONLY | PG_BINARY, mode);

	return file >= 0 &&
		close_after(file, write_all(file, data, length, 0) && pg_fsync(file) == 0);
}

bool
anthology_sync_folder_of(const char *path)
{
	char		folder[PATH_ROOM];
	int			file;

	strlcpy(folder, path, sizeof(folder));
	get_parent_directory(folder);
	file = open(folder, O_RDONLY);
	/* A folder that may be written to and not read cannot be synced. */
	if (file < 0)
		return errno == EACCES;
	return close_after(file, pg_fsync(file) == 0 || errno == EINVAL || errno == EBADF);
}

void
anthology_name_beside(const char *path, char *beside)
{
	const char *name = strrchr(path, '/');

	snprintf(beside, PATH_ROOM, "%.*s/.%s.anthology", (int) (name - path), path, name + 1);
}

bool
anthology_may_replace(const char *path, const struct stat *is)
{
	char		folder[PATH_ROOM];

	strlcpy(folder, path, sizeof(folder));
	get_parent_directory(folder);
	return is->st_uid == geteuid() && is->st_nlink == 1 && access(folder, W_OK | X_OK) == 0;
}

bool
anthology_make_beside(const char *path, const struct stat *is, const char *data, size_t length)
{
	char		beside[PATH_ROOM];
	struct stat made;
	bool		good;

	anthology_name_beside(path, beside);
	(void) unlink(beside);
	good = anthology_make_file(beside, data, length, S_IRUSR | S_IWUSR) && stat(beside, &made) == 0;
	if (good && is != NULL && (made.st_gid != is->st_gid || made.st_uid != is->st_uid))
		good = chown(beside, is->st_uid, is->st_gid) == 0;
	good = good && chmod(beside, is != NULL ? is->st_mode & 07777 : 0644) == 0;
	if (!good)
	{
		int			error = errno;

		(void) unlink(beside);
		errno = error;
	}
	return good;
}

bool
anthology_overwrite(const char *path, const char *data, size_t length, size_t old_length)
{
	int			file = open(path, O_WRONLY | PG_BINARY);

	if (file < 0)
		return false;
	if (length > old_length &&
		!(write_all(file, data + old_length, length - old_length, (off_t) old_length) &&
		  pg_fsync(file) == 0))
	{
		int			error = errno;

		(void) !ftruncate(file, (off_t) old_length);
		errno = error;
		return close_after(file, false);
	}
	return close_after(file, write_all(file, data, Min(length, old_length), 0) &&
					   (length >= old_length || ftruncate(file, (off_t) length) == 0) &&
					   pg_fsync(file) == 0);
}

static bool
same(const AnthologyBytes *one, const AnthologyBytes *other)
{
	if (one->data == NULL || other->data == NULL)
		return one->data == other->data;
	return one->length == other->length && memcmp(one->data, other->data, one->length) == 0;
}

/* Whether every byte is that of one or the other: a file that was being overwritten. */
static bool
between(const AnthologyBytes *is, const AnthologyBytes *one, const AnthologyBytes *other)
{
	if (is->data == NULL || one->data == NULL || other->data == NULL)
		return false;
	for (size_t i = 0; i < is->length; i++)
		if (!(i < one->length && is->data[i] == one->data[i]) &&
			!(i < other->length && is->data[i] == other->data[i]))
			return false;
	return is->length >= Min(one->length, other->length) &&
		is->length <= Max(one->length, other->length);
}

/* Puts back what one file was. Returns whether it is now. */
static bool
put_back(const char *path, const AnthologyBytes *old, const AnthologyBytes *new)
{
	AnthologyBytes is;
	char		beside[PATH_ROOM];
	struct stat status;
	bool		good = true;

	anthology_name_beside(path, beside);
	(void) unlink(beside);
	if (!anthology_read_bytes(path, &is))
		good = false;
	else if (same(&is, old))
		 /* It was not reached. */ ;
	else if (!same(&is, new) && !between(&is, old, new))
		ereport(WARNING,
				errmsg("file \"%s\" was changed after an export that did not commit, and stays so",
					   path));
	else if (old->data == NULL)
		good = unlink(path) == 0;
	else if (stat(path, &status) != 0)
		good = false;
	else if (!(anthology_may_replace(path, &status) &&
			   anthology_make_beside(path, &status, old->data, old->length) &&
			   rename(beside, path) == 0))
		good = anthology_overwrite(path, old->data, old->length, is.length);
	if (good)
		good = anthology_sync_folder_of(path);
	free(is.data);
	return good;
}

void
anthology_forget_journal(const char *journal)
{
	static const char *const kinds[] = {"path", "old", "new"};
	char		name[PATH_ROOM];
	struct stat status;

	/*
	 * Paths last: a journal that still names its files can be read again. The last
	 * file may have no path, if the server died while it was noted.
	 */
	for (int kind = 2; kind >= 0; kind--)
		for (int i = 0;; i++)
		{
			bool		named;

			snprintf(name, sizeof(name), "%s/%d.path", journal, i);
			named = kind > 0 && stat(name, &status) == 0;
			snprintf(name, sizeof(name), "%s/%d.%s", journal, i, kinds[kind]);
			if (unlink(name) != 0 && !named)
				break;
		}
	if (rmdir(journal) != 0 && errno != ENOENT)
		ereport(LOG,
				(errcode_for_file_access(), errmsg("could not remove folder \"%s\": %m", journal)));
}

void
anthology_roll_back_journal(const char *journal)
{
	bool		all = true;

	for (int i = 0;; i++)
	{
		char		name[PATH_ROOM];
		AnthologyBytes path;
		AnthologyBytes old = {NULL, 0};
		AnthologyBytes new = {NULL, 0};
		bool		good;

		snprintf(name, sizeof(name), "%s/%d.path", journal, i);
		if (!anthology_read_bytes(name, &path))
		{
			ereport(WARNING,
					(errcode_for_file_access(),
					 errmsg("could not read file \"%s\": %m", name),
					 errdetail("The files that it and those after it name were not put back.")));
			all = false;
			break;
		}
		if (path.data == NULL)
			break;
		/* The server died before it had written the path. */
		if (path.length == 0)
		{
			free(path.data);
			break;
		}
		path.data[path.length] = '\0';
		snprintf(name, sizeof(name), "%s/%d.old", journal, i);
		good = anthology_read_bytes(name, &old);
		snprintf(name, sizeof(name), "%s/%d.new", journal, i);
		good = good && anthology_read_bytes(name, &new) && path.length < MAXPGPATH &&
			put_back(path.data, &old, &new);
		if (!good)
			ereport(WARNING,
					(errcode_for_file_access(),
					 errmsg("could not put back file \"%s\": %m", path.data),
					 errdetail("What it was before an export that did not commit is in "
							   "\"%s/%d.old\".", journal, i)));
		all = all && good;
		free(path.data);
		free(old.data);
		free(new.data);
	}
	if (all)
		anthology_forget_journal(journal);
}
