/*
 * load_files.h - what is in a data folder on the server.
 */
#ifndef ANTHOLOGY_LOAD_FILES_H
#define ANTHOLOGY_LOAD_FILES_H

/*
 * Names of the files in root/folder that end in suffix, in byte order. A
 * folder that is not there has none.
 */
extern char **anthology_list_files(const char *root, const char *folder, const char *suffix,
								   int *count);

/* A file of UTF-8 text, in the database encoding. Raises what goes wrong. */
extern text *anthology_read_file(const char *root, const char *name);

/* "json" or "yaml" by what is in the folder, NULL if there is neither. Raises if both are. */
extern const char *anthology_find_layout(const char *root);

#endif							/* ANTHOLOGY_LOAD_FILES_H */
