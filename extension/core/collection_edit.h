/*
 * collection_edit.h - a collection file with attributes of some names changed.
 */
#ifndef ANTHOLOGY_CORE_COLLECTION_EDIT_H
#define ANTHOLOGY_CORE_COLLECTION_EDIT_H

#include "buffer.h"

/*
 * The value that an attribute of one name of the file is to have. The name is told by where it
 * stands: the position-th (from 1) child called role of the paper, or of the
 * volume's meta where paper is "0", or of the talk-th (from 1) talk of the
 * event where volume is NULL and paper is NULL. Ids are told as a reader of the XML
 * sees them, whatever references and quotes the file has.
 */
typedef struct AnthologyNameEdit
{
	const char *volume;			/* id attribute of the volume, NUL-terminated */
	const char *paper;
	int			talk;
	const char *role;			/* "author", "editor" or "speaker" */
	int			position;
	const char *attribute;		/* "id", "orcid" or "openreview" */
	const char *value;			/* NULL takes it away */
	int			done;			/* set when the name was found */
} AnthologyNameEdit;

/*
 * Appends the file (UTF-8, well-formed XML without a document type) to edited,
 * byte for byte but for the attributes told; the edits of names found are
 * marked done. ANTHOLOGY_OK also if some were not. The edits are put into another
 * order. Time is that of reading the file once, and of sorting the edits.
 */
extern AnthologyStatus anthology_collection_edit(const char *source, size_t length,
												 AnthologyNameEdit *edits, int count,
												 AnthologyBuffer *edited);

#endif							/* ANTHOLOGY_CORE_COLLECTION_EDIT_H */
