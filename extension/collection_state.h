/*
 * collection_state.h - what the reader of a collection file keeps while it reads,
 * and the functions that its files share.
 *
 *   collection_reader.c    calls the parser, and is called by it
 *   collection_elements.c  what may stand where, and which column it fills
 *   collection_levels.c    volumes, papers, events, talks and names begin and end
 *   collection_content.c   an element whose text fills a column has ended
 *   collection_markup.c    titles and abstracts, tags included
 *   collection_rows.c      rows under construction, problems, unknown things
 *   collection_values.c    ids, dates, arrays and JSON as text
 */
#ifndef ANTHOLOGY_COLLECTION_STATE_H
#define ANTHOLOGY_COLLECTION_STATE_H

#include <stdbool.h>
#include <stdint.h>

#include <libxml/parser.h>

#include "collection_elements.h"
#include "collection_reader.h"

/* Deeper than any file of the Anthology. */
#define ANTHOLOGY_COLLECTION_DEPTH 64

/* Kinds of unknown things told apart in one file: more than that many are one. */
#define ANTHOLOGY_COLLECTION_UNKNOWN 200

/* A row under construction. */
typedef struct AnthologyRow
{
	AnthologyRelation relation;
	AnthologyBuffer values[ANTHOLOGY_MAX_COLUMNS];
	bool		set[ANTHOLOGY_MAX_COLUMNS];
	AnthologyBuffer elsewhere;	/* the first address without a type that is no PDF */
} AnthologyRow;

/* Something unknown, and how often. */
typedef struct AnthologyUnknown
{
	AnthologyBuffer what;
	AnthologyBuffer place;
	unsigned long count;
	int			line;
} AnthologyUnknown;

typedef struct AnthologyReader
{
	AnthologyCollection *out;
	xmlParserCtxtPtr parser;
	int			(*stop) (void);
	bool		stopped;

	Level		levels[ANTHOLOGY_COLLECTION_DEPTH];
	int			depth;			/* elements open, those skipped not counted */
	int			skipped;		/* depth within an element that is left out */
	const ElementSpec *open;	/* the element whose text is read; NULL within a level */
	int			open_depth;		/* elements open within it */
	bool		tag_open;		/* the last tag of the markup lacks its > */
	AnthologyBuffer content;	/* of it */
	AnthologyBuffer attributes; /* of it, as JSON */
	AnthologyBuffer hash;		/* its attributes hash, type, name and id */
	AnthologyBuffer type;
	AnthologyBuffer name;
	AnthologyBuffer id;
	bool		has_type;
	bool		has_name;
	bool		has_href;

	AnthologyRow volume;
	AnthologyRow frontmatter;
	AnthologyRow paper;			/* or a talk */
	AnthologyRow event;
	AnthologyRow person;			/* a name */
	AnthologyRow element;
	bool		has_frontmatter;	/* it, or an editor: the volume gets a paper 0 */
	size_t		volume_first;	/* the first paper of the volume */
	int			talk;			/* of the event, from 1 */
	int			ordinal[2];		/* of paper_element: the frontmatter's, the paper's */
	int			position[4];	/* editors of the volume; authors, editors, speakers */
	bool		variant_set[3];
	AnthologyBuffer variant[3]; /* script, first, last */
	AnthologyBuffer variants;
	AnthologyBuffer scratch;

	AnthologyUnknown unknown[ANTHOLOGY_COLLECTION_UNKNOWN + 1];
	int			unknown_count;

	size_t	   *ids;			/* hash table of places of ids in text */
	size_t		id_room;
	uint64_t	id_seed;		/* of the hash */
	size_t		id_count;
} AnthologyReader;

/* collection_rows.c */
extern AnthologyBuffer *anthology_xml_value_of(AnthologyReader *reader, AnthologyRow *builder,
											   const char *column);
extern bool anthology_xml_is_set(AnthologyReader *reader, const AnthologyRow *builder,
								 const char *column);
extern void anthology_xml_set_value(AnthologyReader *reader, AnthologyRow *builder,
									const char *column, const char *bytes, size_t length);
extern void anthology_xml_unset(AnthologyReader *reader, AnthologyRow *builder, const char *column);
extern void anthology_xml_begin_row(AnthologyRow *builder);
/* Keeps a text for good; returns its place. */
extern size_t anthology_xml_keep_text(AnthologyReader *reader, const char *bytes, size_t length);
extern void anthology_xml_commit_row(AnthologyReader *reader, AnthologyRow *builder);
/* The entry that is being read: a paper, a volume, an event; or nothing. */
extern const AnthologyBuffer *anthology_xml_current_place(AnthologyReader *reader);
extern void anthology_xml_entry_problem(AnthologyReader *reader, const AnthologyBuffer *place,
										const char *before, const char *quoted, const char *after);
/* Counts something unknown: "unknown element", "title", " in ", "paper". */
extern void anthology_xml_note_unknown(AnthologyReader *reader, const char *what, const char *name,
									   const char *relation, const char *container);
extern void anthology_xml_put_unknown(AnthologyReader *reader);
extern void anthology_xml_stop_reading(AnthologyReader *reader, const char *error);
/* Whether an id is new to the file; from then on it is known. */
extern bool anthology_xml_new_id(AnthologyReader *reader, const AnthologyBuffer *id);
extern Level anthology_xml_current_level(const AnthologyReader *reader);
extern AnthologyRow *anthology_xml_builder_of(AnthologyReader *reader, Level level);

/* collection_values.c */
extern void anthology_buffer_append_string(AnthologyBuffer *buffer, const char *string);
extern void anthology_buffer_set(AnthologyBuffer *buffer, const char *bytes, size_t length);
extern bool anthology_buffer_equals(const AnthologyBuffer *buffer, const char *string);
extern bool anthology_xml_is_lower_alnum(const char *text, size_t length);
extern bool anthology_xml_are_digits(const char *text, size_t length);
extern bool anthology_is_collection_id(const char *id);
extern bool anthology_is_event_id(const AnthologyBuffer *id);
/* A date written 2024-08-15. */
extern bool anthology_is_date(const AnthologyBuffer *date);
/* One more element of a text[]. */
extern void anthology_xml_append_array_element(AnthologyBuffer *array, bool first,
											   const char *bytes, size_t length);
extern void anthology_xml_append_json_string(AnthologyBuffer *json, const char *bytes,
											 size_t length);
/* One more member of a JSON object that is not closed yet. */
extern void anthology_xml_append_json_member(AnthologyBuffer *json, const char *key,
											 const char *bytes, size_t length);

/* collection_content.c */
/* The id of the paper that an element or a name of a level belongs to. */
extern void anthology_xml_set_paper_id(AnthologyReader *reader, AnthologyRow *builder, Level level);
extern void anthology_xml_put_element(AnthologyReader *reader, const char *element,
									  AnthologyBuffer *attributes, const AnthologyBuffer *content);
/* Without a PDF, url is the address elsewhere, as files before 2026 have it. */
extern void anthology_xml_settle_address(AnthologyReader *reader, AnthologyRow *builder);
/* The element whose text was read has ended. */
extern void anthology_xml_put_content(AnthologyReader *reader);

/* collection_levels.c */
extern void anthology_xml_end_level(AnthologyReader *reader);
/* The attributes of an element that is not markup. */
extern void anthology_xml_read_attributes(AnthologyReader *reader, const ElementSpec *spec,
										  int count, const xmlChar **attributes);
extern void anthology_xml_begin_level(AnthologyReader *reader, const ElementSpec *spec, int count,
									  const xmlChar **attributes);

/* collection_markup.c */
extern void anthology_xml_append_escaped(AnthologyBuffer *buffer, const char *bytes, size_t length,
										 bool attribute);
extern void anthology_xml_close_tag(AnthologyReader *reader);
extern void anthology_xml_begin_markup(AnthologyReader *reader, const char *prefix,
									   const char *name, int count, const xmlChar **attributes);
extern void anthology_xml_end_markup(AnthologyReader *reader, const char *prefix, const char *name);

#endif							/* ANTHOLOGY_COLLECTION_STATE_H */
