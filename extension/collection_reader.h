/*
 * collection_reader.h - a collection file as rows of the tables that hold it.
 *
 * One pass of libxml2's parser (as PostgreSQL itself does, we count on it; the
 * core knows only libc and ICU). Nothing here raises an error, so that no error
 * leaves the parser's memory behind: buffers take the host's memory, which is NULL
 * when there is none.
 */
#ifndef ANTHOLOGY_COLLECTION_READER_H
#define ANTHOLOGY_COLLECTION_READER_H

#include "core/buffer.h"

/*
 * A longer first, last or variant name is refused: a slug of it is stored and
 * compared, and the longest of the Anthology has some 60 characters.
 */
#define ANTHOLOGY_MAX_NAME_LENGTH 1000	/* bytes of first and last together */

typedef enum AnthologyRelation
{
	ANTHOLOGY_VOLUMES,
	ANTHOLOGY_EVENTS,
	ANTHOLOGY_PAPERS,			/* papers, frontmatters and talks */
	ANTHOLOGY_ELEMENTS,
	ANTHOLOGY_NAMES,
	ANTHOLOGY_PROBLEMS,
	ANTHOLOGY_RELATION_COUNT
} AnthologyRelation;

#define ANTHOLOGY_MAX_COLUMNS 32

/* Rows of one relation. A cell is 0 for NULL or the place of its text. */
typedef struct AnthologyRows
{
	const char *columns[ANTHOLOGY_MAX_COLUMNS]; /* of the table that they go to */
	int			column_count;
	AnthologyBuffer cells;		/* size_t, row by row */
	size_t		count;
} AnthologyRows;

typedef struct AnthologyCollection
{
	const char *id;				/* of the collection; "" if it has none */
	char	   *own_id;			/* the memory of id, or NULL */
	int			has_sigs;		/* a volume says which SIGs it belongs to */
	AnthologyRows rows[ANTHOLOGY_RELATION_COUNT];
	AnthologyBuffer text;		/* what cells point into, each NUL-terminated */
	char		error[256];		/* why the file cannot be read, with the line; else "" */
	AnthologyStatus status;
	int			interrupted;	/* the callback said so */
} AnthologyCollection;

/*
 * Reads the UTF-8 text of a collection file. The result is to be
 * freed by anthology_free_collection(), and is NULL only if there is no memory.
 * stop is asked now and then whether to give up.
 *
 * Entries that cannot be loaded, and elements and attributes that are not
 * known, are rows of ANTHOLOGY_PROBLEMS. A document type definition is an
 * error; so is nesting or text beyond what libxml2 allows without being told
 * that the file is huge (10 MB of text in one piece).
 */
extern AnthologyCollection *anthology_read_collection(const char *source, size_t length,
													  int (*stop) (void));
extern void anthology_free_collection(AnthologyCollection *collection);

/* The text of a column of a row; NULL for NULL. Valid as long as the collection is. */
extern const char *anthology_cell(const AnthologyCollection *collection,
								  AnthologyRelation relation, size_t row, int column);

#endif							/* ANTHOLOGY_COLLECTION_READER_H */
