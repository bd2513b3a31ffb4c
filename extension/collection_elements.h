/*
 * collection_elements.h - what a collection file may hold, where, and which
 * column of which table it fills. collection_reader.c reads by this table and
 * nothing else: a new column of paper or volume is one line here, and one in
 * sql/21-tables-corpus.sql.
 */
#ifndef ANTHOLOGY_COLLECTION_ELEMENTS_H
#define ANTHOLOGY_COLLECTION_ELEMENTS_H

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

#endif							/* ANTHOLOGY_COLLECTION_ELEMENTS_H */
