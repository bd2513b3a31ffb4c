/*
 * judge_reading.c - reads the tables that judging works on.
 *
 * One judgement reads the person's papers, the paper, and what its co-authors
 * wrote elsewhere; a scan reads everything.
 */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "miscadmin.h"
#include "tsearch/ts_type.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#include "judge_reading.h"
#include "term_statistics.h"

/* Runs a plan through a cursor and gives every row to a function. */
static void
for_each_row(SPIPlanPtr plan, Datum *values, AnthologyReading *reading,
			 void (*row) (AnthologyReading *, HeapTuple, TupleDesc))
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
compare_keys(const AnthologyNumbersKey *a, const AnthologyNumbersKey *b)
{
	int			order = memcmp(a->data, b->data, Min(a->length, b->length));

	return order != 0 ? order : a->length - b->length;
}

static void
read_link(AnthologyReading *reading, HeapTuple row, TupleDesc columns)
{
	AnthologyReadingParts *parts = reading->parts;
	bool		isnull;
	int			name;
	int			known = parts->persons.count;
	int			person;
	Datum		value;

	anthology_ints_add(&parts->link, anthology_number_text(&parts->papers, SPI_getbinval(row, columns, 1, &isnull)));
	person = anthology_number_text(&parts->persons, SPI_getbinval(row, columns, 2, &isnull));
	anthology_ints_add(&parts->link, person);
	name = anthology_number_text(&parts->names, SPI_getbinval(row, columns, 3, &isnull));
	anthology_ints_add(&parts->link, name);
	value = SPI_getbinval(row, columns, 4, &isnull);
	anthology_ints_add(&parts->link, isnull ? -1 : anthology_number_text(&parts->affiliations, value));
	if (person == known)
		anthology_ints_add(&parts->name, name);
	else if (compare_keys(&parts->names.key[name], &parts->names.key[parts->name.data[person]]) < 0)
		parts->name.data[person] = name;
}

void
anthology_judge_paper_room(AnthologyReadingParts *parts)
{
	int			count = parts->papers.count;
	int			room = parts->paper_room;

	if (count <= room)
		return;
	room = Max(count, room * 2);
#define GROW(array) \
	do { \
		(array) = (array) == NULL ? palloc_extended(sizeof(int) * room, MCXT_ALLOC_HUGE) \
			: repalloc_huge(array, sizeof(int) * room); \
		memset((array) + parts->paper_room, 0, sizeof(int) * (room - parts->paper_room)); \
	} while (0)
	GROW(parts->year);
	GROW(parts->term_from);
	GROW(parts->term_to);
	GROW(parts->venue_from);
	GROW(parts->venue_to);
#undef GROW
	parts->paper_room = room;
}

static void
read_document(AnthologyReading *reading, int paper, TSVector document)
{
	double		square = 0;
	int			from = reading->parts->term.count;

	for (int i = 0; i < document->size; i++)
	{
		WordEntry  *entry = ARRPTR(document) + i;
		int			term = anthology_number(&reading->parts->terms, STRPTR(document) + entry->pos, entry->len);
		float		weight;

		weight = (float) anthology_term_weight(document, entry);
		anthology_ints_add(&reading->parts->term, term);
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
read_paper(AnthologyReading *reading, HeapTuple row, TupleDesc columns)
{
	bool		isnull;
	int			paper = anthology_number_text(&reading->parts->papers, SPI_getbinval(row, columns, 1, &isnull));
	Datum		value;

	anthology_judge_paper_room(reading->parts);
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
				anthology_ints_add(&reading->parts->venue, anthology_number_text(&reading->parts->venues, ids[i]));
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

static AnthologyReading *
begin_reading(int room)
{
	MemoryContext context = AllocSetContextCreate(CurrentMemoryContext, "anthology judging",
												  ALLOCSET_DEFAULT_SIZES);
	MemoryContext old = MemoryContextSwitchTo(context);
	AnthologyReading *reading = palloc0(sizeof(AnthologyReading));

	reading->context = context;
	reading->parts = palloc0(sizeof(AnthologyReadingParts));
	anthology_numbers_begin(&reading->parts->papers, room);
	anthology_numbers_begin(&reading->parts->persons, room);
	anthology_numbers_begin(&reading->parts->terms, room);
	anthology_numbers_begin(&reading->parts->venues, 64);
	anthology_numbers_begin(&reading->parts->names, room);
	anthology_numbers_begin(&reading->parts->affiliations, 64);
	MemoryContextSwitchTo(old);
	(void) anthology_term_statistics();
	anthology_read_term_counts();
	return reading;
}

AnthologyReading *
anthology_judge_read_corpus(void)
{
	static SPIPlanPtr papers;
	static SPIPlanPtr links;
	AnthologyReading *reading = begin_reading(65536);

	for_each_row(anthology_saved_plan(&papers, PAPER_COLUMNS, 0, NULL), NULL, reading, read_paper);
	for_each_row(anthology_saved_plan(&links, LINK_COLUMNS, 0, NULL), NULL, reading, read_link);
	anthology_judge_arrange(reading);
	return reading;
}

/*
 * The pages of some persons, and everything that the co-authors of some papers
 * wrote; of their co-authors in turn only what is among these.
 */
AnthologyReading *
anthology_judge_read_around(Datum persons, Datum papers)
{
	static SPIPlanPtr plan_ids;
	static SPIPlanPtr plan_papers;
	static SPIPlanPtr plan_links;
	Oid			types[2] = {TEXTARRAYOID, TEXTARRAYOID};
	Oid			array_type = TEXTARRAYOID;
	Datum		values[2] = {persons, papers};
	Datum		ids;
	bool		isnull;
	AnthologyReading *reading = begin_reading(1024);

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
	anthology_judge_arrange(reading);
	return reading;
}

int
anthology_judge_person(AnthologyReading *reading, text *id)
{
	return anthology_number_find(&reading->parts->persons, id);
}

int
anthology_judge_paper(AnthologyReading *reading, text *id)
{
	return anthology_number_find(&reading->parts->papers, id);
}

Datum
anthology_judge_person_id(AnthologyReading *reading, int person)
{
	return anthology_number_datum(&reading->parts->persons, person);
}

Datum
anthology_judge_paper_id(AnthologyReading *reading, int paper)
{
	return anthology_number_datum(&reading->parts->papers, paper);
}
