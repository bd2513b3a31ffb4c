/*
 * judge.c - who wrote a paper: reads what core/judge.h works on from the tables.
 *
 * Nothing is kept between calls. One judgement reads the person's papers, the
 * paper, and what its co-authors wrote elsewhere; a scan reads everything.
 */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "common/hashfn.h"
#include "compat.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "tsearch/ts_type.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/memutils.h"
#include "utils/tuplestore.h"

#include "bridge.h"
#include "core/affiliation.h"
#include "core/name_frequency.h"
#include "core/name_parts.h"
#include "core/name_similarity.h"
#include "core/slug.h"
#include "judge.h"
#include "term_statistics.h"

PG_FUNCTION_INFO_V1(anthology_assignment_score);
PG_FUNCTION_INFO_V1(anthology_assignment_evidence);
PG_FUNCTION_INFO_V1(anthology_suggest_split);
PG_FUNCTION_INFO_V1(anthology_judge_pages);
PG_FUNCTION_INFO_V1(anthology_judge_merge);


/* Strings numbered in the order of their coming. */
typedef struct StringKey
{
	const char *data;			/* not NUL-terminated */
	int			length;
} StringKey;

typedef struct StringNumber
{
	StringKey	key;
	uint32		hash;
	int			number;
	char		status;
} StringNumber;

#define SH_PREFIX numbers
#define SH_ELEMENT_TYPE StringNumber
#define SH_KEY_TYPE StringKey
#define SH_KEY key
#define SH_HASH_KEY(table, key) hash_bytes((const unsigned char *) (key).data, (key).length)
#define SH_EQUAL(table, a, b) ((a).length == (b).length && memcmp((a).data, (b).data, (a).length) == 0)
#define SH_STORE_HASH
#define SH_GET_HASH(table, element) (element)->hash
#define SH_SCOPE static inline
#define SH_DECLARE
#define SH_DEFINE
#include "lib/simplehash.h"

typedef struct Strings
{
	numbers_hash *table;
	StringKey  *key;			/* by number */
	int			count;
	int			room;
} Strings;

/* An array that grows. */
typedef struct Ints
{
	int		   *data;
	int			count;
	int			room;
} Ints;

/* What is read on the way. */
typedef struct ReadingParts
{
	Strings		papers;
	Strings		persons;
	Strings		terms;
	Strings		venues;
	Strings		names;			/* surnames with an initial */
	Strings		affiliations;	/* as printed */
	Ints		name;			/* by person: the first in order */
	Ints		link;			/* paper, person, name, affiliation or -1; paper, person ... */
	int		   *year;			/* by paper, as the next two */
	int		   *term_from;		/* of its document in term */
	int		   *term_to;
	int		   *venue_from;
	int		   *venue_to;
	int			paper_room;
	Ints		term;
	float	   *term_weight;
	int			term_weight_room;
	Ints		venue;
} ReadingParts;

const char *const anthology_paper_signal_names[PAPER_SIGNALS] = {
	"co-authors", "rare co-author", "co-author share", "co-authors of co-authors",
	"closest co-author of co-author", "namesakes", "namesake share", "nearest paper", "near papers", "all papers",
	"co-authors' papers", "affiliation", "places", "venue", "years", "number of co-authors", "number of papers"
};

const char *const anthology_pair_signal_names[PAIR_SIGNALS] = {
	"co-authors", "rare co-author", "co-author share", "co-authors of co-authors",
	"circles", "text", "co-authors' papers", "both co-authors' papers", "affiliation", "places", "venue", "years",
	"number of co-authors", "number of papers"
};

static void
strings_begin(Strings *strings, int room)
{
	strings->table = numbers_create(CurrentMemoryContext, room, NULL);
	strings->room = room;
	strings->key = palloc_extended(sizeof(StringKey) * room, MCXT_ALLOC_HUGE);
	strings->count = 0;
}

/* The number of a string; a new one is copied and gets the next. */
static int
string_number(Strings *strings, const char *data, int length)
{
	StringKey	key = {data, length};
	bool		found;
	StringNumber *entry = numbers_insert(strings->table, key, &found);

	if (!found)
	{
		char	   *copy = palloc(Max(length, 1));

		memcpy(copy, data, length);
		entry->key.data = copy;
		entry->number = strings->count;
		if (strings->count == strings->room)
			strings->key = repalloc_huge(strings->key, sizeof(StringKey) * (strings->room *= 2));
		strings->key[strings->count++] = entry->key;
	}
	return entry->number;
}

static int
text_number(Strings *strings, Datum datum)
{
	text	   *value = DatumGetTextPP(datum);

	return string_number(strings, VARDATA_ANY(value), VARSIZE_ANY_EXHDR(value));
}

/* The number of a string that is there, or -1. */
static int
find_string(Strings *strings, text *value)
{
	StringKey	key = {VARDATA_ANY(value), VARSIZE_ANY_EXHDR(value)};
	StringNumber *entry = numbers_lookup(strings->table, key);

	return entry == NULL ? -1 : entry->number;
}

static void
ints_add(Ints *ints, int value)
{
	if (ints->count == ints->room)
	{
		ints->room = ints->room == 0 ? 1024 : ints->room * 2;
		ints->data = ints->data == NULL
			? palloc(sizeof(int) * ints->room)
			: repalloc_huge(ints->data, sizeof(int) * ints->room);
	}
	ints->data[ints->count++] = value;
}

static Datum
strings_datum(Strings *strings, int number)
{
	return PointerGetDatum(cstring_to_text_with_len(strings->key[number].data,
													strings->key[number].length));
}

/* Runs a plan through a cursor and gives every row to a function. */
static void
for_each_row(SPIPlanPtr plan, Datum *values, Reading *reading,
			 void (*row) (Reading *, HeapTuple, TupleDesc))
{
	Portal		portal = SPI_cursor_open(NULL, plan, values, NULL, true);

	for (;;)
	{
		SPI_cursor_fetch(portal, true, 2000);
		if (SPI_processed == 0)
			break;
		for (uint64 i = 0; i < SPI_processed; i++)
		{
			MemoryContext old = MemoryContextSwitchTo(reading->context);

			row(reading, SPI_tuptable->vals[i], SPI_tuptable->tupdesc);
			MemoryContextSwitchTo(old);
		}
		SPI_freetuptable(SPI_tuptable);
		CHECK_FOR_INTERRUPTS();
	}
	SPI_cursor_close(portal);
}

static int
compare_keys(const StringKey *a, const StringKey *b)
{
	int			order = memcmp(a->data, b->data, Min(a->length, b->length));

	return order != 0 ? order : a->length - b->length;
}

static void
read_link(Reading *reading, HeapTuple row, TupleDesc columns)
{
	ReadingParts *parts = reading->parts;
	bool		isnull;
	int			name;
	int			known = parts->persons.count;
	int			person;
	Datum		value;

	ints_add(&parts->link, text_number(&parts->papers, SPI_getbinval(row, columns, 1, &isnull)));
	person = text_number(&parts->persons, SPI_getbinval(row, columns, 2, &isnull));
	ints_add(&parts->link, person);
	name = text_number(&parts->names, SPI_getbinval(row, columns, 3, &isnull));
	ints_add(&parts->link, name);
	value = SPI_getbinval(row, columns, 4, &isnull);
	ints_add(&parts->link, isnull ? -1 : text_number(&parts->affiliations, value));
	if (person == known)
		ints_add(&parts->name, name);
	else if (compare_keys(&parts->names.key[name], &parts->names.key[parts->name.data[person]]) < 0)
		parts->name.data[person] = name;
}

static void
paper_room(Reading *reading, int count)
{
	int			room = reading->parts->paper_room;

	if (count <= room)
		return;
	room = Max(count, room * 2);
#define GROW(array) \
	do { \
		(array) = (array) == NULL ? palloc_extended(sizeof(int) * room, MCXT_ALLOC_HUGE) \
			: repalloc_huge(array, sizeof(int) * room); \
		memset((array) + reading->parts->paper_room, 0, sizeof(int) * (room - reading->parts->paper_room)); \
	} while (0)
	GROW(reading->parts->year);
	GROW(reading->parts->term_from);
	GROW(reading->parts->term_to);
	GROW(reading->parts->venue_from);
	GROW(reading->parts->venue_to);
#undef GROW
	reading->parts->paper_room = room;
}

static void
read_document(Reading *reading, int paper, TSVector document)
{
	double		square = 0;
	int			from = reading->parts->term.count;

	for (int i = 0; i < document->size; i++)
	{
		WordEntry  *entry = ARRPTR(document) + i;
		int			term = string_number(&reading->parts->terms, STRPTR(document) + entry->pos, entry->len);
		float		weight;

		weight = (float) anthology_term_weight(document, entry);
		ints_add(&reading->parts->term, term);
		if (reading->parts->term.room > reading->parts->term_weight_room)
		{
			reading->parts->term_weight_room = reading->parts->term.room;
			reading->parts->term_weight = reading->parts->term_weight == NULL
				? palloc_extended(sizeof(float) * reading->parts->term_weight_room, MCXT_ALLOC_HUGE)
				: repalloc_huge(reading->parts->term_weight, sizeof(float) * reading->parts->term_weight_room);
		}
		reading->parts->term_weight[reading->parts->term.count - 1] = weight;
		square += weight * weight;
	}
	if (square > 0)
		for (int i = from; i < reading->parts->term.count; i++)
			reading->parts->term_weight[i] /= (float) sqrt(square);
	reading->parts->term_from[paper] = from;
	reading->parts->term_to[paper] = reading->parts->term.count;
}

static void
read_paper(Reading *reading, HeapTuple row, TupleDesc columns)
{
	bool		isnull;
	int			paper = text_number(&reading->parts->papers, SPI_getbinval(row, columns, 1, &isnull));
	Datum		value;

	paper_room(reading, reading->parts->papers.count);
	value = SPI_getbinval(row, columns, 2, &isnull);
	reading->parts->year[paper] = isnull ? 0 : DatumGetInt32(value);
	value = SPI_getbinval(row, columns, 3, &isnull);
	reading->parts->venue_from[paper] = reading->parts->venue_to[paper] = reading->parts->venue.count;
	if (!isnull)
	{
		Datum	   *ids;
		bool	   *nulls;
		int			count;

		deconstruct_array(DatumGetArrayTypeP(value), TEXTOID, -1, false, TYPALIGN_INT,
						  &ids, &nulls, &count);
		for (int i = 0; i < count; i++)
			if (!nulls[i])
				ints_add(&reading->parts->venue, text_number(&reading->parts->venues, ids[i]));
		reading->parts->venue_to[paper] = reading->parts->venue.count;
	}
	value = SPI_getbinval(row, columns, 4, &isnull);
	if (!isnull)
	{
		TSVector	document = DatumGetTSVector(value);

		read_document(reading, paper, document);
		if ((Pointer) document != DatumGetPointer(value))
			pfree(document);
	}
}

#define PAPER_COLUMNS \
	"SELECT p.id, coalesce(p.year, v.year), v.venue_ids, p.document FROM anthology.paper p " \
	"LEFT JOIN anthology.volume v ON v.id OPERATOR(pg_catalog.=) p.volume_id"
#define LINK_COLUMNS \
	"SELECT paper_id, person_id, pg_catalog.lower(last) OPERATOR(pg_catalog.||) ' ' " \
	"OPERATOR(pg_catalog.||) pg_catalog.lower(pg_catalog.left(first, 1)), affiliation " \
	"FROM anthology.authorship WHERE person_id IS NOT NULL"

static Reading *
begin_reading(int room)
{
	MemoryContext context = AllocSetContextCreate(CurrentMemoryContext, "anthology judging",
												  ALLOCSET_DEFAULT_SIZES);
	MemoryContext old = MemoryContextSwitchTo(context);
	Reading    *reading = palloc0(sizeof(Reading));

	reading->context = context;
	reading->parts = palloc0(sizeof(ReadingParts));
	strings_begin(&reading->parts->papers, room);
	strings_begin(&reading->parts->persons, room);
	strings_begin(&reading->parts->terms, room);
	strings_begin(&reading->parts->venues, 64);
	strings_begin(&reading->parts->names, room);
	strings_begin(&reading->parts->affiliations, 64);
	MemoryContextSwitchTo(old);
	(void) anthology_term_statistics();
	anthology_read_term_counts();
	return reading;
}

static void *
zeroed(Size element, int count)
{
	return palloc_extended(element * Max(count, 1), MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
}

/* A name on a paper. */
typedef struct AuthorRow
{
	int			person;
	int			name;
	int			affiliation;
} AuthorRow;

static int
compare_rows(const void *a, const void *b)
{
	const AuthorRow *x = a;
	const AuthorRow *y = b;

	if (x->person != y->person)
		return x->person < y->person ? -1 : 1;
	if (x->name != y->name)
		return x->name < y->name ? -1 : 1;
	return (x->affiliation < y->affiliation) - (x->affiliation > y->affiliation);
}

/* The words of the affiliations that were read, and where people work. */
static void
finish_affiliations(Reading *reading)
{
	AnthologyCorpus *corpus = &reading->corpus;
	Strings    *affiliations = &reading->parts->affiliations;
	Strings		places;
	int		   *start = zeroed(sizeof(int), affiliations->count + 1);
	int		   *home_start = zeroed(sizeof(int), corpus->persons + 2);
	Ints		place = {0};
	int		   *home;
	float	   *weight = NULL;
	int			room = 0;

	strings_begin(&places, 256);
	for (int i = 0; i < affiliations->count; i++)
	{
		AnthologyBuffer slug;
		double		square = 0;
		int			from = 0;
		text	   *printed = cstring_to_text_with_len(affiliations->key[i].data, affiliations->key[i].length);
		AnthologyText utf8 = anthology_text(printed);
		AnthologyStatus status;

		anthology_buffer_init(&slug);
		status = anthology_slug(utf8.data, utf8.length, &slug);
		while (from < (int) slug.length)
		{
			int			end = from;
			float		tells;

			while (end < (int) slug.length && slug.data[end] != '-')
				end++;
			tells = anthology_affiliation_word_weight(slug.data + from, end - from);
			ints_add(&place, string_number(&places, slug.data + from, end - from));
			if (place.room > room)
			{
				room = place.room;
				weight = weight == NULL ? palloc(sizeof(float) * room) : repalloc_huge(weight, sizeof(float) * room);
			}
			weight[place.count - 1] = tells;
			square += tells * tells;
			from = end + 1;
		}
		anthology_buffer_free(&slug);
		anthology_check_status(status);
		pfree(printed);
		for (int j = start[i]; j < place.count; j++)
			weight[j] /= (float) sqrt(square);
		start[i + 1] = place.count;
	}

	for (int j = 0; j < corpus->author_start[corpus->papers]; j++)
		if (corpus->author_affiliation[j] >= 0)
			home_start[corpus->author[j] + 2]++;
	for (int i = 0; i < corpus->persons; i++)
		home_start[i + 2] += home_start[i + 1];
	home = zeroed(sizeof(int), home_start[corpus->persons + 1]);
	for (int j = 0; j < corpus->author_start[corpus->papers]; j++)
		if (corpus->author_affiliation[j] >= 0)
			home[home_start[corpus->author[j] + 1]++] = corpus->author_affiliation[j];
	corpus->places = places.count;
	corpus->affiliation_start = start;
	corpus->place = place.data;
	corpus->place_weight = weight;
	corpus->home_start = home_start;
	corpus->home = home;
}

/* Puts what has been read into the form that the core takes. */
static void
finish_reading(Reading *reading)
{
	MemoryContext old = MemoryContextSwitchTo(reading->context);
	AnthologyCorpus *corpus = &reading->corpus;
	AnthologyDesk *desk = &reading->desk;
	int			papers = reading->parts->papers.count;
	int			persons = reading->parts->persons.count;
	int		   *author_start = zeroed(sizeof(int), papers + 1);
	AuthorRow  *author_row = zeroed(sizeof(AuthorRow), reading->parts->link.count / 4);
	int		   *author = zeroed(sizeof(int), reading->parts->link.count / 4);
	int		   *author_affiliation = zeroed(sizeof(int), reading->parts->link.count / 4);
	int		   *author_name = zeroed(sizeof(int), reading->parts->link.count / 4);
	int		   *paper_start = zeroed(sizeof(int), persons + 2);
	int		   *paper = zeroed(sizeof(int), reading->parts->link.count / 4);
	int		   *term_start = zeroed(sizeof(int), papers + 1);
	int		   *term = zeroed(sizeof(int), reading->parts->term.count);
	float	   *term_weight = zeroed(sizeof(float), reading->parts->term.count);
	int		   *venue_start = zeroed(sizeof(int), papers + 1);
	int		   *venue = zeroed(sizeof(int), reading->parts->venue.count);
	int		   *next = zeroed(sizeof(int), papers + 1);
	int			kept = 0;

	paper_room(reading, papers);
	/* A paper's persons, each once: the same may be author and editor. */
	for (int i = 0; i < reading->parts->link.count; i += 4)
		next[reading->parts->link.data[i] + 1]++;
	for (int i = 0; i < papers; i++)
		next[i + 1] += next[i];
	memcpy(author_start, next, sizeof(int) * (papers + 1));
	for (int i = 0; i < reading->parts->link.count; i += 4)
		author_row[next[reading->parts->link.data[i]]++] =
			(AuthorRow) {reading->parts->link.data[i + 1], reading->parts->link.data[i + 2],
						 reading->parts->link.data[i + 3]};
	for (int i = 0; i < papers; i++)
	{
		int			from = author_start[i];
		int			to = next[i];

		qsort(author_row + from, to - from, sizeof(AuthorRow), compare_rows);
		author_start[i] = kept;
		for (int j = from; j < to; j++)
			if (j == from || author_row[j].person != author_row[j - 1].person)
			{
				author[kept] = author_row[j].person;
				author_affiliation[kept] = author_row[j].affiliation;
				author_name[kept++] = author_row[j].name;
			}
	}
	author_start[papers] = kept;
	for (int i = 0; i < kept; i++)
		paper_start[author[i] + 2]++;
	for (int i = 0; i < persons; i++)
		paper_start[i + 2] += paper_start[i + 1];
	for (int i = 0; i < papers; i++)
		for (int j = author_start[i]; j < author_start[i + 1]; j++)
			paper[paper_start[author[j] + 1]++] = i;

	for (int i = 0; i < papers; i++)
	{
		int			terms = reading->parts->term_to[i] - reading->parts->term_from[i];
		int			venues = reading->parts->venue_to[i] - reading->parts->venue_from[i];

		term_start[i + 1] = term_start[i] + terms;
		venue_start[i + 1] = venue_start[i] + venues;
		if (terms > 0)
		{
			memcpy(term + term_start[i], reading->parts->term.data + reading->parts->term_from[i], sizeof(int) * terms);
			memcpy(term_weight + term_start[i], reading->parts->term_weight + reading->parts->term_from[i],
				   sizeof(float) * terms);
		}
		if (venues > 0)
			memcpy(venue + venue_start[i], reading->parts->venue.data + reading->parts->venue_from[i],
				   sizeof(int) * venues);
	}
	if (reading->parts->term.data != NULL)
	{
		pfree(reading->parts->term.data);
		pfree(reading->parts->term_weight);
	}

	corpus->papers = papers;
	corpus->persons = persons;
	corpus->terms = reading->parts->terms.count;
	corpus->venues = reading->parts->venues.count;
	corpus->author_start = author_start;
	corpus->author = author;
	corpus->author_name = author_name;
	corpus->author_affiliation = author_affiliation;
	corpus->paper_start = paper_start;
	corpus->paper = paper;
	corpus->term_start = term_start;
	corpus->term = term;
	corpus->term_weight = term_weight;
	corpus->venue_start = venue_start;
	corpus->venue = venue;
	corpus->year = reading->parts->year;
	corpus->name = reading->parts->name.data;

	finish_affiliations(reading);

	desk->hidden = zeroed(sizeof(bool), persons);
	desk->on_page = zeroed(sizeof(bool), papers);
	desk->count = zeroed(sizeof(int), persons);
	desk->on_paper = zeroed(sizeof(bool), persons);
	desk->person_value = zeroed(sizeof(float), persons);
	desk->text = zeroed(sizeof(float), corpus->terms);
	desk->term_value = zeroed(sizeof(float), corpus->terms);
	desk->page_place = zeroed(sizeof(float), corpus->places);
	desk->place_value = zeroed(sizeof(float), corpus->places);
	desk->touched = zeroed(sizeof(int), Max(Max(persons, corpus->terms), corpus->places));
	desk->venue_count = zeroed(sizeof(int), corpus->venues);
	MemoryContextSwitchTo(old);
}

Reading *
anthology_judge_read_corpus(void)
{
	static SPIPlanPtr papers;
	static SPIPlanPtr links;
	Reading    *reading = begin_reading(65536);

	for_each_row(anthology_saved_plan(&papers, PAPER_COLUMNS, 0, NULL), NULL, reading, read_paper);
	for_each_row(anthology_saved_plan(&links, LINK_COLUMNS, 0, NULL), NULL, reading, read_link);
	finish_reading(reading);
	return reading;
}

/*
 * The pages of some persons, and everything that the co-authors of some papers
 * wrote; of their co-authors in turn only what is among these.
 */
static Reading *
read_around(Datum persons, Datum papers)
{
	static SPIPlanPtr plan_ids;
	static SPIPlanPtr plan_papers;
	static SPIPlanPtr plan_links;
	Oid			types[2] = {TEXTARRAYOID, TEXTARRAYOID};
	Oid			array_type = TEXTARRAYOID;
	Datum		values[2] = {persons, papers};
	Datum		ids;
	bool		isnull;
	Reading    *reading = begin_reading(1024);

	SPI_execute_plan(anthology_saved_plan(&plan_ids,
								"SELECT ARRAY(SELECT paper_id FROM anthology.authorship WHERE person_id OPERATOR(pg_catalog.=) ANY ($1) "
								"UNION SELECT pg_catalog.unnest($2) "
								"UNION SELECT b.paper_id FROM anthology.authorship a "
								"JOIN anthology.authorship b ON b.person_id OPERATOR(pg_catalog.=) a.person_id "
								"WHERE a.paper_id OPERATOR(pg_catalog.=) ANY ($2))", 2, types),
					 values, NULL, true, 1);
	ids = SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1, &isnull);
	for_each_row(anthology_saved_plan(&plan_papers, PAPER_COLUMNS " WHERE p.id OPERATOR(pg_catalog.=) ANY ($1)",
							1, &array_type), &ids, reading, read_paper);
	for_each_row(anthology_saved_plan(&plan_links, LINK_COLUMNS " AND paper_id OPERATOR(pg_catalog.=) ANY ($1)",
							1, &array_type), &ids, reading, read_link);
	finish_reading(reading);
	return reading;
}

/* The weights of a model: "paper" or "pair". */
static AnthologyModel *
read_model(const char *name, const char *const *signal_names, int signals)
{
	static SPIPlanPtr plan;
	Oid			type = TEXTOID;
	Datum		value = CStringGetTextDatum(name);
	AnthologyModel *model = palloc0(sizeof(AnthologyModel));

	model->signals = signals;
	SPI_execute_plan(anthology_saved_plan(&plan,
								"SELECT stratum, signal, lower, weight FROM anthology.assignment_weight "
								"WHERE model OPERATOR(pg_catalog.=) $1 ORDER BY stratum, signal, lower",
								1, &type), &value, NULL, true, 0);
	if (SPI_processed == 0)
		ereport(ERROR,
				errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				errmsg("there are no weights of model \"%s\"", name),
				errhint("Call anthology.fit_assignment_model()."));
	for (uint64 i = 0; i < SPI_processed; i++)
	{
		HeapTuple	row = SPI_tuptable->vals[i];
		TupleDesc	columns = SPI_tuptable->tupdesc;
		bool		isnull;
		int			stratum = DatumGetInt32(SPI_getbinval(row, columns, 1, &isnull));
		char	   *signal = TextDatumGetCString(SPI_getbinval(row, columns, 2, &isnull));
		double		lower = DatumGetFloat8(SPI_getbinval(row, columns, 3, &isnull));
		double		weight = DatumGetFloat8(SPI_getbinval(row, columns, 4, &isnull));

		if (stratum < 0 || stratum >= STRATA)
			continue;
		if (strcmp(signal, "prior") == 0)
			model->prior[stratum] = weight;
		else if (strcmp(signal, "threshold") == 0)
			model->threshold = weight;
		for (int s = 0; s < signals; s++)
			if (strcmp(signal, signal_names[s]) == 0)
			{
				AnthologyScale *scale = &model->scale[stratum][s];

				if (scale->bins == ANTHOLOGY_MAX_BINS)
					ereport(ERROR,
							errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
							errmsg("signal \"%s\" has more than %d weights", signal, ANTHOLOGY_MAX_BINS));
				scale->lower[scale->bins] = lower;
				scale->weight[scale->bins++] = weight;
			}
	}
	return model;
}

/* How one paper was judged. */
typedef struct Judgement
{
	bool		others;			/* whether there is anything to judge from */
	AnthologyStratum stratum;
	double		signals[PAPER_SIGNALS];
	double		contributions[PAPER_SIGNALS];
	double		prior;
	double		name_similarity;
	double		name_weight;
	int			orcid;			/* 1 equal, -1 another, 0 unknown */
	double		orcid_weight;
	int			shared;
	int			linked;
	int			page_size;
	double		log_odds;
} Judgement;

/* The weight of a value on a scale of model "name". */
static double
scale_weight(const AnthologyScale *scale, double value)
{
	int			bin = 0;

	while (bin + 1 < scale->bins && value >= scale->lower[bin + 1])
		bin++;
	return scale->bins == 0 ? 0 : scale->weight[bin];
}

/* What model "name" weighs: of a paper's name and ORCID against a person's, and of two papers' names on a page. */
enum
{
	NAME_OF_PERSON,
	NAME_ORCID,
	NAME_ON_PAGE,
	NAME_SIGNALS
};

static const char *const name_signal_names[NAME_SIGNALS] = {"name", "orcid", "names on a page"};

static Judgement *
judge(Datum paper, Datum person)
{
	static SPIPlanPtr plan;
	Oid			types[2] = {TEXTOID, TEXTOID};
	Datum		values[2] = {paper, person};
	Judgement  *judgement = palloc0(sizeof(Judgement));
	AnthologyModel *model = read_model("paper", anthology_paper_signal_names, PAPER_SIGNALS);
	AnthologyModel *names = read_model("name", name_signal_names, NAME_SIGNALS);
	Reading    *reading;
	int			printed = -1;
	int			page_number;
	int			paper_number;
	Datum		array;
	Datum		other = (Datum) 0;
	HeapTuple	row;
	TupleDesc	columns;
	bool		isnull;

	/* The name in question: the person's own, or the one most like it. */
	SPI_execute_plan(anthology_saved_plan(&plan,
								"SELECT p.id IS NOT NULL, q.id IS NOT NULL, a.person_id, a.similarity, "
								"CASE WHEN a.orcid OPERATOR(pg_catalog.=) q.orcid THEN 1 "
								"WHEN a.orcid OPERATOR(pg_catalog.<>) q.orcid THEN -1 ELSE 0 END "
								"FROM (VALUES ($1, $2)) AS asked(paper_id, person_id) "
								"LEFT JOIN anthology.paper p ON p.id OPERATOR(pg_catalog.=) asked.paper_id "
								"LEFT JOIN anthology.person q ON q.id OPERATOR(pg_catalog.=) asked.person_id "
								"LEFT JOIN LATERAL (SELECT n.person_id, n.orcid, "
								"coalesce((SELECT pg_catalog.max(anthology.name_similarity(n.full_name, m.full_name)) "
								"FROM anthology.person_name m WHERE m.person_id OPERATOR(pg_catalog.=) $2), 0) AS similarity "
								"FROM anthology.authorship n WHERE n.paper_id OPERATOR(pg_catalog.=) $1 "
								"ORDER BY n.person_id OPERATOR(pg_catalog.=) $2 DESC NULLS LAST, 3 DESC, n.role, n.\"position\" "
								"LIMIT 1) a ON true", 2, types), values, NULL, true, 1);
	row = SPI_tuptable->vals[0];
	columns = SPI_tuptable->tupdesc;
	if (!DatumGetBool(SPI_getbinval(row, columns, 1, &isnull)))
		ereport(ERROR, errcode(ERRCODE_UNDEFINED_OBJECT),
				errmsg("there is no paper \"%s\"", TextDatumGetCString(paper)));
	if (!DatumGetBool(SPI_getbinval(row, columns, 2, &isnull)))
		ereport(ERROR, errcode(ERRCODE_UNDEFINED_OBJECT),
				errmsg("there is no person \"%s\"", TextDatumGetCString(person)));
	other = SPI_getbinval(row, columns, 3, &isnull);
	if (isnull)
		other = (Datum) 0;
	judgement->name_similarity = DatumGetFloat4(SPI_getbinval(row, columns, 4, &isnull));
	if (isnull)
		judgement->name_similarity = 0;
	judgement->orcid = DatumGetInt32(SPI_getbinval(row, columns, 5, &isnull));
	if (isnull)
		judgement->orcid = 0;
	judgement->name_weight = scale_weight(&names->scale[0][NAME_OF_PERSON], judgement->name_similarity);
	judgement->orcid_weight = scale_weight(&names->scale[0][NAME_ORCID], judgement->orcid);

	array = PointerGetDatum(construct_array(&paper, 1, TEXTOID, -1, false, TYPALIGN_INT));
	reading = read_around(PointerGetDatum(construct_array(&person, 1, TEXTOID, -1, false, TYPALIGN_INT)),
						  array);
	paper_number = find_string(&reading->parts->papers, DatumGetTextPP(paper));
	page_number = find_string(&reading->parts->persons, DatumGetTextPP(person));
	if (other != (Datum) 0 && judgement->name_similarity >= 0.5)
		printed = find_string(&reading->parts->persons, DatumGetTextPP(other));
	if (page_number >= 0)
	{
		const AnthologyCorpus *corpus = &reading->corpus;
		const int  *page = corpus->paper + corpus->paper_start[page_number];

		judgement->page_size = corpus->paper_start[page_number + 1] - corpus->paper_start[page_number];
		anthology_desk_lay(corpus, &reading->desk, page, judgement->page_size, &page_number, 1);
		reading->desk.printed = printed;
		judgement->page_size -= reading->desk.on_page[paper_number];
		if (judgement->page_size > 0)
		{
			judgement->others = true;
			judgement->stratum = anthology_paper_signals(corpus, &reading->desk, paper_number,
														 judgement->signals,
														 &judgement->shared, &judgement->linked);
			judgement->prior = model->prior[judgement->stratum];
			judgement->log_odds = anthology_weigh(model, judgement->stratum, judgement->signals,
												  judgement->contributions);
		}
	}
	judgement->log_odds += judgement->name_weight + judgement->orcid_weight;
	MemoryContextDelete(reading->context);
	return judgement;
}

static float4
probability(double log_odds)
{
	return (float4) (1 / (1 + exp(-log_odds)));
}

Datum
anthology_assignment_score(PG_FUNCTION_ARGS)
{
	float4		score;

	SPI_connect();
	score = probability(judge(PG_GETARG_DATUM(0), PG_GETARG_DATUM(1))->log_odds);
	SPI_finish();
	PG_RETURN_FLOAT4(score);
}

/* A row of evidence. */
static void
put_evidence(ReturnSetInfo *result, const char *signal, double value, bool has_value,
			 double weight, const char *detail)
{
	Datum		values[4];
	bool		nulls[4] = {false, !has_value, false, detail == NULL};

	values[0] = CStringGetTextDatum(signal);
	values[1] = Float8GetDatum(value);
	values[2] = Float8GetDatum(weight);
	values[3] = detail == NULL ? (Datum) 0 : CStringGetTextDatum(detail);
	tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
}

static char *
describe(const Judgement *j, int signal)
{
	double		value = j->signals[signal];

	switch (signal)
	{
		case PAPER_COAUTHORS:
			return j->signals[PAPER_COAUTHOR_COUNT] == 0 ? pstrdup("the paper has no co-authors")
				: j->shared == 0 ? pstrdup("no shared co-author")
				: psprintf("%d shared co-author%s", j->shared, j->shared == 1 ? "" : "s");
		case PAPER_RARE_COAUTHOR:
			return value == 0 ? NULL
				: psprintf("the rarest of them has %.0f paper%s", Max(exp(1 / value) - 1, 1),
						   exp(1 / value) - 1 < 1.5 ? "" : "s");
		case PAPER_COAUTHOR_SHARE:
			return j->shared == 0 ? NULL
				: psprintf("%d of %.0f co-authors are shared", j->shared, j->signals[PAPER_COAUTHOR_COUNT]);
		case PAPER_SECOND_HAND:
			return psprintf("%d co-author%s elsewhere with co-authors of this person", j->linked,
							j->linked == 1 ? " has written" : "s have written");
		case PAPER_NAMESAKE:
			return value == 0 ? NULL
				: pstrdup("co-authors have written elsewhere with a namesake");
		case PAPER_NAMESAKE_SHARE:
			return value == 0 ? NULL
				: psprintf("%.0f of %.0f co-authors know a namesake", value * j->signals[PAPER_COAUTHOR_COUNT],
						   j->signals[PAPER_COAUTHOR_COUNT]);
		case PAPER_NEAREST_TEXT:
			return psprintf("content of the nearest paper: %.2f", value);
		case PAPER_NEAR_TEXTS:
			return psprintf("content of the three nearest papers: %.2f", value);
		case PAPER_WHOLE_TEXT:
			return psprintf("content of all %d papers: %.2f", j->page_size, value);
		case PAPER_COAUTHOR_TEXT:
			return value < 0 ? pstrdup("the co-authors have no other papers")
				: psprintf("what the co-authors write elsewhere against this person's papers: %.2f", value);
		case PAPER_AFFILIATION:
			return value < 0 ? pstrdup("no affiliation is printed here or on the page")
				: psprintf("the affiliation printed here against the page's nearest: %.2f", value);
		case PAPER_PLACES:
			return value < 0 ? pstrdup("it is not known where the authors work")
				: psprintf("where the authors work against the page's affiliations: %.2f", value);
		case PAPER_VENUE:
			return psprintf("%.0f of %d papers are of the same venue", value * (j->page_size + 1), j->page_size);
		case PAPER_YEARS:
			return value < 0 ? pstrdup("the year is unknown")
				: psprintf("%.0f year%s from the nearest paper", value, value == 1 ? "" : "s");
		default:
			return NULL;
	}
}

Datum
anthology_assignment_evidence(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	Judgement  *judgement;

	InitMaterializedSRF(fcinfo, 0);
	SPI_connect();
	judgement = judge(PG_GETARG_DATUM(0), PG_GETARG_DATUM(1));
	put_evidence(result, "name", judgement->name_similarity, true, judgement->name_weight,
				 psprintf("the name most like it has similarity %.2f", judgement->name_similarity));
	if (judgement->orcid != 0)
		put_evidence(result, "orcid", judgement->orcid, true, judgement->orcid_weight,
					 judgement->orcid > 0 ? "the same ORCID" : "another ORCID");
	if (!judgement->others)
		put_evidence(result, "prior", 0, false, 0, "this person has no other papers to judge from");
	else
	{
		static const char *const occasion[STRATA] = {
			"a paper without co-authors", "a paper with shared co-authors",
			"a paper whose co-authors are known to co-authors", "a paper with strangers"
		};

		put_evidence(result, "prior", 0, false, judgement->prior, occasion[judgement->stratum]);
		for (int i = 0; i < PAPER_SIGNALS; i++)
			put_evidence(result, anthology_paper_signal_names[i], judgement->signals[i], true,
						 judgement->contributions[i], describe(judgement, i));
	}
	SPI_finish();
	return (Datum) 0;
}

static void
check_person(Datum person)
{
	static SPIPlanPtr plan;
	Oid			type = TEXTOID;

	SPI_execute_plan(anthology_saved_plan(&plan, "SELECT FROM anthology.person WHERE id OPERATOR(pg_catalog.=) $1",
								1, &type), &person, NULL, true, 1);
	if (SPI_processed == 0)
		ereport(ERROR, errcode(ERRCODE_UNDEFINED_OBJECT),
				errmsg("there is no person \"%s\"", TextDatumGetCString(person)));
}

int
anthology_judge_person(Reading *reading, text *id)
{
	return find_string(&reading->parts->persons, id);
}

void *
anthology_judge_allocate(size_t size)
{
	return MemoryContextAllocExtended(CurrentMemoryContext, size, MCXT_ALLOC_HUGE | MCXT_ALLOC_NO_OOM);
}

void
anthology_judge_out_of_memory(void)
{
	ereport(ERROR, errcode(ERRCODE_OUT_OF_MEMORY), errmsg("out of memory"));
}

float *
anthology_judge_pair_odds(const AnthologyCorpus *corpus, AnthologyDesk *desk, const AnthologyModel *model)
{
	int			n = desk->page_size;
	AnthologySurroundings *all = anthology_judge_allocate(sizeof(AnthologySurroundings) * n);
	double	   *signals = anthology_judge_allocate(sizeof(double) * PAIR_SIGNALS * n);
	AnthologyStratum *strata = anthology_judge_allocate(sizeof(AnthologyStratum) * n);
	float	   *odds = palloc_extended(sizeof(float) * n * n, MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);

	for (int i = 0; i < n; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (!anthology_surroundings(corpus, desk, desk->page[i], anthology_judge_allocate, &all[i]))
			anthology_judge_out_of_memory();
	}
	for (int i = 0; i + 1 < n; i++)
	{
		CHECK_FOR_INTERRUPTS();
		anthology_pair_signals(corpus, desk, all, i, i + 1, n, signals, strata);
		for (int j = i + 1; j < n; j++)
			odds[(size_t) i * n + j] = odds[(size_t) j * n + i] =
				(float) anthology_weigh(model, strata[j - i - 1],
										signals + (size_t) (j - i - 1) * PAIR_SIGNALS, NULL);
	}
	return odds;
}

/*
 * How much surer, in log-odds, two papers must be to belong together under a name
 * that many bear. The model was fitted to pages of a surname and an initial; a full
 * name tells more: by how common its words are, so many persons are expected to
 * have it. The factor is not fitted but chosen, for want of labelled pages of the
 * kind: the 310 papers of "Yang Liu" come apart, those of rarer names do not.
 */
#define NAMESAKE_FACTOR 0.6
/* log2 of the names that were counted (name_frequency.c), and of how many persons to expect for a name that is seen. */
#define EXPECTED_BITS (16.5 + 3)

static double
namesake_margin(const AnthologyName *names, int count)
{
	double		most = 0;

	/* Of the names on the page, the one that tells least. */
	for (int n = 0; n < count; n++)
	{
		AnthologyName name = names[n];
		double		bits = EXPECTED_BITS;
		bool		has_family = false;
		bool		has_given = false;

		for (int i = 0; i < name.count; i++)
		{
			AnthologyNameWord *word = &name.words[i];

			anthology_name_rank(word);
			if (word->role == ANTHOLOGY_NAME_FAMILY)
			{
				bits -= anthology_rank_bits(word->family_rank);
				has_family = true;
			}
			else if (word->size > 1)
			{
				bits -= anthology_rank_bits(word->given_rank);
				has_given = true;
			}
		}
		if (has_family && has_given && bits > most)
			most = bits;
	}
	return NAMESAKE_FACTOR * most * M_LN2;
}

/*
 * Adds what the printed names say to the log-odds of n papers. which has the
 * number of each paper's name; a person's listed names do not contradict each
 * other.
 */
static void
weigh_names(float *odds, int n, const int *which, const AnthologyName *names, const bool *listed,
			int count)
{
	AnthologyModel *model = read_model("name", name_signal_names, NAME_SIGNALS);
	float	   *weight = palloc_extended(sizeof(float) * count * count, MCXT_ALLOC_HUGE);

	for (int i = 0; i < count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		for (int j = 0; j <= i; j++)
			weight[i * (size_t) count + j] = weight[j * (size_t) count + i] =
				i == j || (listed[i] && listed[j]) ? 0 :
				(float) scale_weight(&model->scale[0][NAME_ON_PAGE], anthology_name_compare(&names[i], &names[j]));
	}
	for (int i = 0; i < n; i++)
		for (int j = 0; j < n; j++)
			odds[i * (size_t) n + j] += weight[which[i] * (size_t) count + which[j]];
	pfree(weight);
}

Datum
anthology_suggest_split(PG_FUNCTION_ARGS)
{
	static SPIPlanPtr plan;
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	Datum		person = PG_GETARG_DATUM(0);
	Oid			type = TEXTOID;
	AnthologyModel *model;
	Reading    *reading;
	Datum	   *ids;
	int		   *bond;
	int		   *page;
	int		   *part;
	int			n;
	int			hidden;
	int		   *which;
	AnthologyName *names;
	bool	   *listed;
	Strings		printed;
	float	   *odds;
	float	   *rest;

	InitMaterializedSRF(fcinfo, 0);
	SPI_connect();
	check_person(person);
	model = read_model("pair", anthology_pair_signal_names, PAIR_SIGNALS);
	/* Explicit ids and the person's ORCID make one group, any other ORCID another. */
	SPI_execute_plan(anthology_saved_plan(&plan,
								"SELECT a.paper_id, pg_catalog.max(CASE "
								"WHEN a.orcid OPERATOR(pg_catalog.<>) p.orcid "
								"OR a.orcid IS NOT NULL AND p.orcid IS NULL THEN 1 OPERATOR(pg_catalog.+) o.number "
								"WHEN a.orcid IS NOT NULL OR a.explicit_person_id OPERATOR(pg_catalog.=) p.id THEN 1 "
								"ELSE 0 END)::pg_catalog.int4, "
								"pg_catalog.min(a.full_name), pg_catalog.bool_or(p.verified AND EXISTS (SELECT FROM anthology.person_name m "
								"WHERE m.person_id OPERATOR(pg_catalog.=) p.id AND m.full_name OPERATOR(pg_catalog.=) a.full_name "
								"AND NOT m.inferred)) "
								"FROM anthology.authorship a JOIN anthology.person p ON p.id OPERATOR(pg_catalog.=) a.person_id "
								"LEFT JOIN (SELECT orcid, pg_catalog.row_number() OVER (ORDER BY orcid) AS number "
								"FROM anthology.authorship WHERE person_id OPERATOR(pg_catalog.=) $1 GROUP BY orcid) o "
								"ON o.orcid OPERATOR(pg_catalog.=) a.orcid "
								"WHERE a.person_id OPERATOR(pg_catalog.=) $1 "
								"GROUP BY a.paper_id ORDER BY a.paper_id COLLATE \"C\"", 1, &type),
					 &person, NULL, true, 0);
	n = (int) SPI_processed;
	if (n == 0)
	{
		SPI_finish();
		return (Datum) 0;
	}
	ids = palloc(sizeof(Datum) * n);
	bond = palloc(sizeof(int) * n);
	page = palloc(sizeof(int) * n);
	part = palloc(sizeof(int) * n);
	which = palloc(sizeof(int) * n);
	names = palloc_extended(sizeof(AnthologyName) * n, MCXT_ALLOC_HUGE);
	listed = palloc(sizeof(bool) * n);
	strings_begin(&printed, 16);
	for (int i = 0; i < n; i++)
	{
		bool		isnull;
		Datum		full_name;
		int			known;

		ids[i] = SPI_getbinval(SPI_tuptable->vals[i], SPI_tuptable->tupdesc, 1, &isnull);
		bond[i] = DatumGetInt32(SPI_getbinval(SPI_tuptable->vals[i], SPI_tuptable->tupdesc, 2, &isnull));
		full_name = SPI_getbinval(SPI_tuptable->vals[i], SPI_tuptable->tupdesc, 3, &isnull);
		known = printed.count;
		which[i] = text_number(&printed, full_name);
		if (which[i] == known)
		{
			AnthologyText utf8 = anthology_text(DatumGetTextPP(full_name));

			anthology_check_status(anthology_name_parse(utf8.data, utf8.length, &names[known]));
			listed[known] = DatumGetBool(SPI_getbinval(SPI_tuptable->vals[i], SPI_tuptable->tupdesc, 4, &isnull));
		}
	}
	model->threshold += namesake_margin(names, printed.count);
	reading = read_around(PointerGetDatum(construct_array(&person, 1, TEXTOID, -1, false, TYPALIGN_INT)),
						  PointerGetDatum(construct_array(ids, n, TEXTOID, -1, false, TYPALIGN_INT)));
	for (int i = 0; i < n; i++)
		page[i] = find_string(&reading->parts->papers, DatumGetTextPP(ids[i]));
	hidden = find_string(&reading->parts->persons, DatumGetTextPP(person));
	anthology_desk_lay(&reading->corpus, &reading->desk, page, n, &hidden, 1);
	odds = anthology_judge_pair_odds(&reading->corpus, &reading->desk, model);
	weigh_names(odds, n, which, names, listed, printed.count);
	rest = palloc_extended(sizeof(float) * n * n, MCXT_ALLOC_HUGE);
	memcpy(rest, odds, sizeof(float) * n * n);
	if (!anthology_group(rest, n, model->threshold, bond, part))
		anthology_judge_out_of_memory();
	for (int i = 0; i < n; i++)
	{
		Datum		values[3];
		bool		nulls[3] = {false, false, false};

		values[0] = ids[i];
		values[1] = Int32GetDatum(part[i] + 1);
		values[2] = Float4GetDatum(probability(anthology_group_margin(odds, n, model->threshold, part, i)));
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
	SPI_finish();
	return (Datum) 0;
}

/* Scores the page on the desk; those of wanted papers, or all, below the threshold. */
static void
judge_page(Reading *reading, const AnthologyModel *model, double name_weight, int person,
		   const bool *wanted, double threshold, ReturnSetInfo *result)
{
	const AnthologyCorpus *corpus = &reading->corpus;
	const int  *page = corpus->paper + corpus->paper_start[person];
	int			n = corpus->paper_start[person + 1] - corpus->paper_start[person];
	Datum		values[3];
	bool		nulls[3] = {false, false, false};

	if (n < 2)
		return;
	anthology_desk_lay(corpus, &reading->desk, page, n, &person, 1);
	for (int i = 0; i < n; i++)
	{
		double		signals[PAPER_SIGNALS];
		AnthologyStratum stratum;
		int			shared;
		int			linked;
		float4		score;

		if (wanted != NULL && !wanted[page[i]])
			continue;
		CHECK_FOR_INTERRUPTS();
		stratum = anthology_paper_signals(corpus, &reading->desk, page[i], signals, &shared, &linked);
		score = probability(anthology_weigh(model, stratum, signals, NULL) + name_weight);
		if (score >= threshold)
			continue;
		values[0] = strings_datum(&reading->parts->papers, page[i]);
		values[1] = strings_datum(&reading->parts->persons, person);
		values[2] = Float4GetDatum(score);
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
		pfree(DatumGetPointer(values[0]));
		pfree(DatumGetPointer(values[1]));
	}
	anthology_desk_clear(corpus, &reading->desk, &person, 1);
}

Datum
anthology_judge_pages(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	double		threshold;
	AnthologyModel *model;
	AnthologyModel *names;
	Reading    *reading;
	double		name_weight;

	if (PG_ARGISNULL(0) != PG_ARGISNULL(1) || PG_ARGISNULL(2))
		ereport(ERROR, errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				errmsg("the threshold must not be null, nor only one of papers and persons"));
	threshold = PG_GETARG_FLOAT8(2);
	InitMaterializedSRF(fcinfo, 0);
	SPI_connect();
	model = read_model("paper", anthology_paper_signal_names, PAPER_SIGNALS);
	names = read_model("name", name_signal_names, NAME_SIGNALS);
	/* On a page is who bears one of its names. */
	name_weight = scale_weight(&names->scale[0][NAME_OF_PERSON], 1);
	if (PG_ARGISNULL(0))
	{
		reading = anthology_judge_read_corpus();
		for (int person = 0; person < reading->corpus.persons; person++)
		{
			judge_page(reading, model, name_weight, person, NULL, threshold, result);
			if ((person + 1) % 10000 == 0)
				ereport(NOTICE, errmsg("judged %d of %d persons", person + 1, reading->corpus.persons));
		}
	}
	else
	{
		Datum	   *ids;
		bool	   *nulls;
		int			count;
		bool	   *wanted;

		reading = read_around(PG_GETARG_DATUM(1), PG_GETARG_DATUM(0));
		wanted = zeroed(sizeof(bool), reading->corpus.papers);
		deconstruct_array(PG_GETARG_ARRAYTYPE_P(0), TEXTOID, -1, false, TYPALIGN_INT, &ids, &nulls, &count);
		for (int i = 0; i < count; i++)
		{
			int			paper = nulls[i] ? -1 : find_string(&reading->parts->papers, DatumGetTextPP(ids[i]));

			if (paper >= 0)
				wanted[paper] = true;
		}
		deconstruct_array(PG_GETARG_ARRAYTYPE_P(1), TEXTOID, -1, false, TYPALIGN_INT, &ids, &nulls, &count);
		for (int i = 0; i < count; i++)
		{
			int			person = nulls[i] ? -1 : find_string(&reading->parts->persons, DatumGetTextPP(ids[i]));

			if (person >= 0)
				judge_page(reading, model, name_weight, person, wanted, threshold, result);
		}
	}
	SPI_finish();
	return (Datum) 0;
}

/*
 * Some papers of one page against another page, as if both were one person's:
 * neither counts as a namesake of the other. In log-odds, without the name.
 */
Datum
anthology_judge_merge(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	Datum		person = PG_GETARG_DATUM(1);
	AnthologyModel *model;
	Reading    *reading;
	const AnthologyCorpus *corpus;
	Datum	   *ids;
	bool	   *id_nulls;
	int			count;
	int			number;
	int			other;
	Datum		values[2];
	bool		nulls[2] = {false, false};

	InitMaterializedSRF(fcinfo, 0);
	SPI_connect();
	model = read_model("paper", anthology_paper_signal_names, PAPER_SIGNALS);
	reading = read_around(PointerGetDatum(construct_array(&person, 1, TEXTOID, -1, false, TYPALIGN_INT)),
						  PG_GETARG_DATUM(0));
	corpus = &reading->corpus;
	number = find_string(&reading->parts->persons, PG_GETARG_TEXT_PP(1));
	other = find_string(&reading->parts->persons, PG_GETARG_TEXT_PP(2));
	if (number >= 0)
	{
		anthology_desk_lay(corpus, &reading->desk, corpus->paper + corpus->paper_start[number],
						   corpus->paper_start[number + 1] - corpus->paper_start[number], &number, 1);
		if (other >= 0)
			reading->desk.hidden[other] = true;
		deconstruct_array(PG_GETARG_ARRAYTYPE_P(0), TEXTOID, -1, false, TYPALIGN_INT, &ids, &id_nulls, &count);
		for (int i = 0; i < count; i++)
		{
			int			paper = id_nulls[i] ? -1 : find_string(&reading->parts->papers, DatumGetTextPP(ids[i]));
			double		signals[PAPER_SIGNALS];
			AnthologyStratum stratum;
			int			shared;
			int			linked;

			if (paper < 0)
				continue;
			CHECK_FOR_INTERRUPTS();
			stratum = anthology_paper_signals(corpus, &reading->desk, paper, signals, &shared, &linked);
			values[0] = ids[i];
			values[1] = Float8GetDatum(anthology_weigh(model, stratum, signals, NULL));
			tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
		}
	}
	SPI_finish();
	return (Datum) 0;
}
