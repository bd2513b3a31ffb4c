/*
 * load_files.c - what is in a data folder on the server; see load_files.h.
 */
#include "postgres.h"

#include <sys/stat.h>

#include "compat.h"
#include "mb/pg_wchar.h"
#include "storage/fd.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#include "load_files.h"

static int
compare_names(const void *a, const void *b)
{
	return strcmp(*(char *const *) a, *(char *const *) b);
}

char **
anthology_list_files(const char *root, const char *folder, const char *suffix, int *count)
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

text *
anthology_read_file(const char *root, const char *name)
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

static bool
exists(const char *root, const char *name)
{
	struct stat status;

	return stat(psprintf("%s/%s", root, name), &status) == 0;
}

const char *
anthology_find_layout(const char *root)
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
