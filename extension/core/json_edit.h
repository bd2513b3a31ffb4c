/*
 * json_edit.h - JSON text with some of its members changed, byte for byte otherwise.
 *
 * The text must be valid JSON: a reader has seen it before. Texts are UTF-8.
 */
#ifndef ANTHOLOGY_CORE_JSON_EDIT_H
#define ANTHOLOGY_CORE_JSON_EDIT_H

#include "buffer.h"

/* A member that an object is to have. Strings are not NUL-terminated. */
typedef struct AnthologyMemberEdit
{
	const char *key;			/* as it is meant, not as JSON writes it */
	size_t		key_length;
	const char *value;			/* JSON text; NULL takes the member away */
	size_t		value_length;
	int			rank;			/* where a new member goes: before the first of a higher rank */
	int			done;
} AnthologyMemberEdit;

/*
 * The rank of a key, called with the given argument; below 0: it has none. If the
 * function is NULL, keys are in byte order.
 */
typedef int (*AnthologyKeyRank) (const char *key, size_t length, void *argument);

/*
 * Appends the JSON object to edited, and adds, replaces or removes the members that the
 * edits name. Sorts the edits; no two may have the same key. A new member is laid out as
 * its neighbours are. In an object without members it is indented by indent blanks, and
 * the end of the object by two less. Returns the buffer's status.
 */
extern AnthologyStatus anthology_json_edit_object(const char *object, size_t length,
												  AnthologyMemberEdit *edits, int count,
												  AnthologyKeyRank rank, void *rank_argument,
												  int indent, AnthologyBuffer *edited);

/* A string value of members of one key, wherever they are, that is to be another. */
typedef struct AnthologyStringEdit
{
	const char *before;			/* NUL-terminated, as meant */
	const char *after;
} AnthologyStringEdit;

/*
 * Appends the JSON text to edited, and replaces the string values of members called key
 * that the edits name. The edits must be sorted. Returns the buffer's status.
 */
extern AnthologyStatus anthology_json_edit_strings(const char *json, size_t length, const char *key,
												   AnthologyStringEdit *edits, int count,
												   AnthologyBuffer *edited);

#endif							/* ANTHOLOGY_CORE_JSON_EDIT_H */
