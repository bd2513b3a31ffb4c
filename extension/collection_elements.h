/*
 * collection_elements.h - what a collection file may hold, where, and which
 * column of which table it fills. The tables are in collection_elements.c.
 */
#ifndef ANTHOLOGY_COLLECTION_ELEMENTS_H
#define ANTHOLOGY_COLLECTION_ELEMENTS_H

#include <stdbool.h>

#include "collection_reader.h"

/* Elements that hold others. */
typedef enum Level
{
	IN_FILE,
	IN_COLLECTION,
	IN_VOLUME,
	IN_META,
	IN_FRONTMATTER,
	IN_PAPER,
	IN_EVENT,
	IN_EVENT_META,
	IN_LINKS,
	IN_COLOCATED,
	IN_TALK,
	IN_NAME,
	IN_VARIANT,
	LEVEL_COUNT
} Level;

typedef enum Action
{
	ENTER,						/* a level of its own */
	TEXT,						/* its text fills the column */
	MARKUP,						/* its content, tags included, fills the column */
	LIST,						/* its text is one more element of the column, a text[] */
	LINK,						/* its type and text are one more element of the column, jsonb */
	NAME,						/* a name of that role */
	PDF,						/* the PDF, its name derived from the id */
	ADDRESS,					/* the PDF as old files name it, or an address elsewhere */
	AWARD,						/* its name or text goes to the column, all to paper_element */
	ELEMENT						/* a row of paper_element */
} Action;

typedef struct ElementSpec
{
	Level		level;			/* where it stands */
	const char *name;
	Action		action;
	const char *column;			/* what it fills; the role of a NAME */
	const char *attributes;		/* those that are known, a blank before and after each */
	Level		enters;
} ElementSpec;

/* A column that an attribute fills. */
typedef struct AttributeSpec
{
	Level		level;			/* that its element enters */
	const char *name;
	const char *column;
} AttributeSpec;

/* Names the columns of all relations: those of own_columns first. */
extern void anthology_xml_name_columns(AnthologyCollection *out);

/* The number of a column; -1 if the relation has none of that name. */
extern int anthology_xml_column_of(const AnthologyRows *rows, const char *column);

/* The name of the element that a level is; for messages. */
extern const char *anthology_xml_level_name(Level level);

/* What is known of an element within a level; NULL for an unknown one. */
extern const ElementSpec *anthology_xml_find_spec(Level level, const char *name);

/* Whether a list of names, a blank before and after each, has this one. */
extern bool anthology_xml_has_name(const char *list, const char *name);

/*
 * The next column that an attribute of a level fills; NULL if there is no more.
 * *next is 0 before the first call.
 */
extern const char *anthology_xml_attribute_column(Level level, const char *name, size_t *next);

/* The attributes that a tag of markup may have; NULL if the tag is unknown. */
extern const char *anthology_xml_markup_attributes(const char *name);

#endif							/* ANTHOLOGY_COLLECTION_ELEMENTS_H */
