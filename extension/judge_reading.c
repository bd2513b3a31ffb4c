/*
 * judge_reading.c - reads the tables that judging works on.
 *
 * One judgement reads the person's papers, the paper, and what its co-authors
 * wrote elsewhere; a scan reads everything.
 */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "common/hashfn.h"
#include "executor/spi.h"
#include "miscadmin.h"
#include "tsearch/ts_type.h"
#include "utils/array.h"
#include "utils/memutils.h"

#include "bridge.h"
#include "judge_reading.h"
#include "term_statistics.h"
#include "version.h"

/* Gives every row of the cursor that a query opens to a function. */
static void
for_each_row(SPIPlanPtr query, Datum ids, AnthologyReading *reading,
			 void (*row) (AnthologyReading *, HeapTuple, TupleDesc))
{
	Portal		cursor;

	SPI_execute_plan(query, &ids, ids == (Datum) 0 ? "n" : " ", true, 1);
	cursor = SPI_cursor_find(SPI_getvalue(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1));
	for (;;)
	{
		SPI_cursor_fetch(cursor, true, 2000);
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
	SPI_cursor_close(cursor);
}

static int
compare_keys(const AnthologyNumbersKey *a, const AnthologyNumbersKey *b)
{
	int			order = memcmp(a->data, b->data, Min(a->length, b->length));

	return order != 0 ? order : a->length - b->length;
}

/* The number of a column's value, or -1 for NULL. */
static int
column_number(AnthologyNumbers *numbers, HeapTuple row, TupleDesc columns, int column)
{
	bool		isnull;
	Datum		value = SPI_getbinval(row, columns, column, &isnull);

	return isnull ? -1 : anthology_number_text(numbers, value);
}

static bool
column_flag(HeapTuple row, TupleDesc columns, int column)
{
	bool		isnull;
	Datum		value = SPI_getbinval(row, columns, column, &isnull);

	return !isnull && DatumGetBool(value);
}

static void
read_link(AnthologyReading *reading, HeapTuple row, TupleDesc columns)
{
	AnthologyReadingParts *parts = reading->parts;
	int			known = parts->persons.count;
	int			paper = column_number(&parts->papers, row, columns, 1);
	int			person = column_number(&parts->persons, row, columns, 2);
	int			name = column_number(&parts->names, row, columns, 3);

	anthology_ints_add(&parts->link, paper);
	anthology_ints_add(&parts->link, person);
	anthology_ints_add(&parts->link, name);
	anthology_ints_add(&parts->link, column_number(&parts->affiliations, row, columns, 4));
	anthology_ints_add(&parts->link, column_number(&parts->full_names, row, columns, 5));
	anthology_ints_add(&parts->link, column_flag(row, columns, 6));
	for (int kind = 0; kind < ANTHOLOGY_ID_KINDS; kind++)
		anthology_ints_add(&parts->link, column_number(&parts->ids[kind], row, columns, 7 + kind));
	if (person == known)
		anthology_ints_add(&parts->name, name);
	else if (compare_keys(&parts->names.key[name], &parts->names.key[parts->name.data[person]]) < 0)
		parts->name.data[person] = name;
}

/* What is known of a person who has papers. */
static void
read_person(AnthologyReading *reading, HeapTuple row, TupleDesc columns)
{
	AnthologyReadingParts *parts = reading->parts;
	bool		isnull;
	Datum		value = SPI_getbinval(row, columns, 1, &isnull);
	int			person = anthology_number_find(&parts->persons, DatumGetTextPP(value));
	Datum	   *names;
	bool	   *nulls;
	int			count;

	if (person < 0)
		return;
	for (int kind = 0; kind < ANTHOLOGY_ID_KINDS; kind++)
	{
		int			id = column_number(&parts->ids[kind], row, columns, 2 + kind);

		if (id >= 0)
		{
			anthology_ints_add(&parts->person_id[kind], person);
			anthology_ints_add(&parts->person_id[kind], id);
		}
	}
	if (!column_flag(row, columns, 4))
		return;
	anthology_ints_add(&parts->verified, person);
	value = SPI_getbinval(row, columns, 5, &isnull);
	deconstruct_array(DatumGetArrayTypeP(value), TEXTOID, -1, false, TYPALIGN_INT,
					  &names, &nulls, &count);
	for (int i = 0; i < count; i++)
	{
		anthology_ints_add(&parts->listed, person);
		anthology_ints_add(&parts->listed, anthology_number_text(&parts->full_names, names[i]));
	}
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
read_document(AnthologyReadingParts *parts, int paper, TSVector document)
{
	double		square = 0;
	int			from = parts->term.count;
	float		length;

	for (int i = 0; i < document->size; i++)
	{
		WordEntry  *entry = ARRPTR(document) + i;
		const char *data = STRPTR(document) + entry->pos;
		int			term = anthology_number(&parts->terms, data, entry->len);
		float		weight;

		if (term == parts->term_rarity.count)
			anthology_floats_add(&parts->term_rarity,
								 (float) anthology_term_rarity(data, entry->len));
		weight = (float) anthology_term_frequency(document, entry) * parts->term_rarity.data[term];
		anthology_ints_add(&parts->term, term);
		anthology_floats_add(&parts->term_weight, weight);
		square += weight * weight;
	}
	length = (float) sqrt(square);
	for (int i = from; i < parts->term.count && length > 0; i++)
		parts->term_weight.data[i] /= length;
	parts->term_from[paper] = from;
	parts->term_to[paper] = parts->term.count;
}

static void
read_paper(AnthologyReading *reading, HeapTuple row, TupleDesc columns)
{
	AnthologyReadingParts *parts = reading->parts;
	bool		isnull;
	int			paper = column_number(&parts->papers, row, columns, 1);
	Datum		value;

	anthology_judge_paper_room(parts);
	value = SPI_getbinval(row, columns, 2, &isnull);
	parts->year[paper] = isnull ? 0 : DatumGetInt32(value);
	value = SPI_getbinval(row, columns, 3, &isnull);
	parts->venue_from[paper] = parts->venue_to[paper] = parts->venue.count;
	if (!isnull)
	{
		Datum	   *ids;
		bool	   *nulls;
		int			count;

		deconstruct_array(DatumGetArrayTypeP(value), TEXTOID, -1, false, TYPALIGN_INT,
						  &ids, &nulls, &count);
		for (int i = 0; i < count; i++)
			if (!nulls[i])
				anthology_ints_add(&parts->venue, anthology_number_text(&parts->venues, ids[i]));
		parts->venue_to[paper] = parts->venue.count;
	}
	value = SPI_getbinval(row, columns, 4, &isnull);
	if (!isnull)
	{
		TSVector	document = DatumGetTSVector(value);

		read_document(parts, paper, document);
		if ((Pointer) document != DatumGetPointer(value))
			pfree(document);
	}
}

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
	anthology_numbers_begin(&reading->parts->full_names, room);
	for (int kind = 0; kind < ANTHOLOGY_ID_KINDS; kind++)
		anthology_numbers_begin(&reading->parts->ids[kind], 64);
	MemoryContextSwitchTo(old);
	(void) anthology_term_statistics();
	anthology_read_term_counts();
	return reading;
}

/* Reads papers, the names on them and persons: those with the ids, or all for 0. */
static void
read_tables(AnthologyReading *reading, Datum papers, Datum persons)
{
	static SPIPlanPtr read_papers;
	static SPIPlanPtr read_names;
	static SPIPlanPtr read_persons;
	Oid			type = TEXTARRAYOID;

	if (read_papers == NULL)
		anthology_require_functions();
	anthology_saved_plan(&read_papers, "SELECT anthology_internal.judge_read_papers($1)", 1, &type);
	anthology_saved_plan(&read_names, "SELECT anthology_internal.judge_read_names($1)", 1, &type);
	anthology_saved_plan(&read_persons, "SELECT anthology_internal.judge_read_persons($1)", 1,
						 &type);
	for_each_row(read_papers, papers, reading, read_paper);
	for_each_row(read_names, papers, reading, read_link);
	for_each_row(read_persons, persons, reading, read_person);
	anthology_judge_arrange(reading);
}

AnthologyReading *
anthology_judge_read_corpus(void)
{
	AnthologyReading *reading = begin_reading(65536);

	read_tables(reading, (Datum) 0, (Datum) 0);
	return reading;
}

AnthologyReading *
anthology_judge_read_around(Datum persons, Datum papers)
{
	static SPIPlanPtr plan;
	Oid			types[2] = {TEXTARRAYOID, TEXTARRAYOID};
	Datum		values[2] = {persons, papers};
	bool		isnull;
	AnthologyReading *reading = begin_reading(1024);

	anthology_saved_plan(&plan, "SELECT anthology_internal.judge_read_around($1, $2)", 2, types);
	SPI_execute_plan(plan, values, NULL, true, 1);
	read_tables(reading, SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1, &isnull),
				persons);
	return reading;
}

AnthologyReading *
anthology_judge_read_page(Datum person)
{
	static SPIPlanPtr plan;
	Oid			type = TEXTOID;
	Datum		persons =
		PointerGetDatum(construct_array(&person, 1, TEXTOID, -1, false, TYPALIGN_INT));
	bool		isnull;

	anthology_saved_plan(&plan, "SELECT anthology_internal.judge_read_page($1)", 1, &type);
	SPI_execute_plan(plan, &person, NULL, true, 1);
	return anthology_judge_read_around(persons, SPI_getbinval(SPI_tuptable->vals[0],
															  SPI_tuptable->tupdesc, 1, &isnull));
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

const AnthologyName *
anthology_judge_name(AnthologyReading *reading, int full_name)
{
	AnthologyReadingParts *parts = reading->parts;

	if (parts->parsed[full_name] == NULL)
	{
		Datum		printed = anthology_number_datum(&parts->full_names, full_name);
		AnthologyText utf8 = anthology_text(DatumGetTextPP(printed));
		AnthologyName *name = MemoryContextAlloc(reading->context, sizeof(AnthologyName));

		anthology_check_status(anthology_name_parse(utf8.data, utf8.length, name));
		parts->parsed[full_name] = name;
		pfree(DatumGetPointer(printed));
	}
	return parts->parsed[full_name];
}

int
anthology_judge_compare_papers(const AnthologyReading *reading, int a, int b)
{
	return compare_keys(&reading->parts->papers.key[a], &reading->parts->papers.key[b]);
}

int
anthology_judge_compare_persons(const AnthologyReading *reading, int a, int b)
{
	return compare_keys(&reading->parts->persons.key[a], &reading->parts->persons.key[b]);
}

int64
anthology_judge_deal_paper(const AnthologyReading *reading, int paper)
{
	const AnthologyNumbersKey *key = &reading->parts->papers.key[paper];

	return (int64) hash_bytes_extended((const unsigned char *) key->data, key->length, 0);
}

Datum
anthology_judge_paper_id(AnthologyReading *reading, int paper)
{
	return anthology_number_datum(&reading->parts->papers, paper);
}
