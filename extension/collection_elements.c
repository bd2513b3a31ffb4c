/*
 * collection_elements.c - what a collection file may hold; see
 * collection_elements.h. The reader goes by these tables and nothing else: a new
 * column of paper or volume is one line here, and one in
 * sql/21-tables-corpus.sql.
 */
#include <string.h>

#include "collection_elements.h"

#define lengthof_array(a) (sizeof(a) / sizeof((a)[0]))

static const AttributeSpec attribute_specs[] = {
	{IN_VOLUME, "id", "number"},
	{IN_VOLUME, "type", "type"},
	{IN_VOLUME, "ingest-date", "ingest_date"},
	{IN_PAPER, "id", "number"},
	{IN_PAPER, "type", "type"},
	{IN_PAPER, "ingest-date", "ingest_date"},
	{IN_EVENT, "id", "id"},
	/* What the file says, and what holds while no correction says otherwise. */
	{IN_NAME, "id", "file_person_id"},
	{IN_NAME, "id", "explicit_person_id"},
	{IN_NAME, "orcid", "file_orcid"},
	{IN_NAME, "orcid", "orcid"},
	{IN_NAME, "openreview", "file_openreview"},
	{IN_NAME, "openreview", "openreview"},
};

/* What frontmatters and papers have alike. */
#define PAPER_FIELDS(level) \
	{level, "pages", TEXT, "pages", "", 0}, \
	{level, "doi", TEXT, "doi", "", 0}, \
	{level, "bibkey", TEXT, "bibkey", "", 0}, \
	{level, "pdf", PDF, NULL, " hash ", 0}, \
	{level, "url", ADDRESS, NULL, " hash type ", 0}, \
	{level, "pwcdataset", ELEMENT, NULL, " url ", 0}, \
	{level, "video", ELEMENT, NULL, " href permission ", 0}, \
	{level, "pwccode", ELEMENT, NULL, " url additional ", 0}, \
	{level, "attachment", ELEMENT, NULL, " hash type ", 0}, \
	{level, "revision", ELEMENT, NULL, " id href hash date ", 0}, \
	{level, "erratum", ELEMENT, NULL, " id hash date ", 0}, \
	{level, "mrf", ELEMENT, NULL, " src ", 0}, \
	{level, "retracted", ELEMENT, NULL, " date ", 0}, \
	{level, "removed", ELEMENT, NULL, " date ", 0}, \
	{level, "award", AWARD, "awards", " name ", 0}, \
	{level, "language", TEXT, "language", "", 0}, \
	{level, "journal", TEXT, "journal", "", 0}, \
	{level, "issue", TEXT, "issue", "", 0}, \
	{level, "note", TEXT, "note", "", 0}, \
	{level, "month", TEXT, "month", "", 0}

/* By level; within one the frequent ones first. */
static const ElementSpec element_specs[] = {
	{IN_FILE, "collection", ENTER, NULL, " id ", IN_COLLECTION},

	{IN_COLLECTION, "volume", ENTER, NULL, " id type ingest-date ", IN_VOLUME},
	{IN_COLLECTION, "event", ENTER, NULL, " id ", IN_EVENT},

	{IN_VOLUME, "paper", ENTER, NULL, " id type ingest-date ", IN_PAPER},
	{IN_VOLUME, "meta", ENTER, NULL, "", IN_META},
	{IN_VOLUME, "frontmatter", ENTER, NULL, "", IN_FRONTMATTER},

	{IN_META, "editor", NAME, "editor", " id orcid openreview ", IN_NAME},
	{IN_META, "booktitle", MARKUP, "title", "", 0},
	{IN_META, "shortbooktitle", MARKUP, "short_title", "", 0},
	{IN_META, "publisher", TEXT, "publisher", "", 0},
	{IN_META, "address", TEXT, "address", "", 0},
	{IN_META, "month", TEXT, "month", "", 0},
	{IN_META, "year", TEXT, "year", "", 0},
	{IN_META, "isbn", TEXT, "isbn", "", 0},
	{IN_META, "doi", TEXT, "doi", "", 0},
	{IN_META, "pdf", PDF, NULL, " hash ", 0},
	{IN_META, "url", ADDRESS, NULL, " hash type ", 0},
	{IN_META, "venue", LIST, "venue_ids", "", 0},
	{IN_META, "sig", LIST, "sig_ids", "", 0},
	{IN_META, "journal-title", TEXT, "journal_title", "", 0},
	{IN_META, "journal-volume", TEXT, "journal_volume", "", 0},
	{IN_META, "journal-issue", TEXT, "journal_issue", "", 0},

	PAPER_FIELDS(IN_FRONTMATTER),

	{IN_PAPER, "author", NAME, "author", " id orcid openreview ", IN_NAME},
	{IN_PAPER, "title", MARKUP, "title", "", 0},
	{IN_PAPER, "abstract", MARKUP, "abstract", "", 0},
	PAPER_FIELDS(IN_PAPER),
	{IN_PAPER, "editor", NAME, "editor", " id orcid openreview ", IN_NAME},

	{IN_EVENT, "meta", ENTER, NULL, "", IN_EVENT_META},
	{IN_EVENT, "links", ENTER, NULL, "", IN_LINKS},
	{IN_EVENT, "talk", ENTER, NULL, " type ", IN_TALK},
	{IN_EVENT, "colocated", ENTER, NULL, "", IN_COLOCATED},
	{IN_EVENT_META, "title", MARKUP, "title", "", 0},
	{IN_EVENT_META, "location", TEXT, "location", "", 0},
	{IN_EVENT_META, "dates", TEXT, "dates", "", 0},
	{IN_LINKS, "url", LINK, "links", " type ", 0},
	{IN_COLOCATED, "volume-id", LIST, "volume_ids", "", 0},
	{IN_TALK, "title", MARKUP, "title", "", 0},
	{IN_TALK, "speaker", NAME, "speaker", " id orcid openreview ", IN_NAME},
	{IN_TALK, "url", ADDRESS, NULL, " type ", 0},

	{IN_NAME, "first", TEXT, "first", "", 0},
	{IN_NAME, "last", TEXT, "last", "", 0},
	{IN_NAME, "affiliation", TEXT, "affiliation", "", 0},
	{IN_NAME, "variant", ENTER, NULL, " script ", IN_VARIANT},
	{IN_VARIANT, "first", TEXT, "first", "", 0},
	{IN_VARIANT, "last", TEXT, "last", "", 0},
};

/* Elements within a title or an abstract, and the attributes that they may have. */
static const struct
{
	const char *name;
	const char *attributes;
}			markup_specs[] = {
	{"fixed-case", ""}, {"url", ""}, {"tex-math", ""}, {"i", ""}, {"b", ""}, {"u", ""},
	{"tt", ""}, {"sc", ""}, {"a", " href "}, {"par", ""},
};

/* Columns that the reader fills by itself, before those of collection_elements.h. */
static const char *const own_columns[ANTHOLOGY_RELATION_COUNT][8] = {
	{"id", "collection_id", "number", "type", "ingest_date", "url", "url_hash"},
	{"id", "collection_id"},
	{"id", "volume_id", "event_id", "year", "url", "url_hash"},
	{"paper_id", "ordinal", "element", "attributes", "content"},
	{"paper_id", "role", "position", "variants"},
	{"kind", "place", "reason", "occurrences"},
};

/* Which relation an element of a level fills; the count for none. */
static AnthologyRelation
relation_of(Level level)
{
	switch (level)
	{
		case IN_VOLUME:
		case IN_META:
			return ANTHOLOGY_VOLUMES;
		case IN_FRONTMATTER:
		case IN_PAPER:
		case IN_TALK:
			return ANTHOLOGY_PAPERS;
		case IN_EVENT:
		case IN_EVENT_META:
		case IN_LINKS:
		case IN_COLOCATED:
			return ANTHOLOGY_EVENTS;
		case IN_NAME:
			return ANTHOLOGY_NAMES;
		default:
			return ANTHOLOGY_RELATION_COUNT;
	}
}

int
anthology_xml_column_of(const AnthologyRows *rows, const char *column)
{
	for (int i = 0; i < rows->column_count; i++)
		if (strcmp(rows->columns[i], column) == 0)
			return i;
	return -1;
}

static void
add_column(AnthologyCollection *out, AnthologyRelation relation, const char *column)
{
	AnthologyRows *rows;

	if (relation == ANTHOLOGY_RELATION_COUNT || column == NULL)
		return;
	rows = &out->rows[relation];
	if (anthology_xml_column_of(rows, column) < 0)
		rows->columns[rows->column_count++] = column;
}

void
anthology_xml_name_columns(AnthologyCollection *out)
{
	for (int r = 0; r < ANTHOLOGY_RELATION_COUNT; r++)
		for (int i = 0; i < 8 && own_columns[r][i] != NULL; i++)
			add_column(out, r, own_columns[r][i]);
	for (size_t i = 0; i < lengthof_array(attribute_specs); i++)
		add_column(out, relation_of(attribute_specs[i].level), attribute_specs[i].column);
	for (size_t i = 0; i < lengthof_array(element_specs); i++)
		if (element_specs[i].action != NAME)
			add_column(out, relation_of(element_specs[i].level), element_specs[i].column);
}

const char *
anthology_xml_level_name(Level level)
{
	for (size_t i = 0; i < lengthof_array(element_specs); i++)
		if ((element_specs[i].action == ENTER || element_specs[i].action == NAME) &&
			element_specs[i].enters == level)
			return level == IN_NAME ? "author" : element_specs[i].name;
	return "file";
}

const ElementSpec *
anthology_xml_find_spec(Level level, const char *name)
{
	for (size_t i = 0; i < lengthof_array(element_specs); i++)
		if (element_specs[i].level == level && strcmp(element_specs[i].name, name) == 0)
			return &element_specs[i];
	return NULL;
}

bool
anthology_xml_has_name(const char *list, const char *name)
{
	size_t		length = strlen(name);

	for (const char *at = list; (at = strstr(at, name)) != NULL; at++)
		if (at > list && at[-1] == ' ' && at[length] == ' ')
			return true;
	return false;
}

const char *
anthology_xml_attribute_column(Level level, const char *name, size_t *next)
{
	while (*next < lengthof_array(attribute_specs))
	{
		const AttributeSpec *spec = &attribute_specs[(*next)++];

		if (spec->level == level && strcmp(spec->name, name) == 0)
			return spec->column;
	}
	return NULL;
}

const char *
anthology_xml_markup_attributes(const char *name)
{
	for (size_t i = 0; i < lengthof_array(markup_specs); i++)
		if (strcmp(markup_specs[i].name, name) == 0)
			return markup_specs[i].attributes;
	return NULL;
}
