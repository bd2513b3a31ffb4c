/*
 * load_collection.c - SQL function load_collection(text, text): a collection
 * file into the tables.
 *
 * The file is read in one pass (collection_reader.c). Its rows go to the tables
 * as arrays, a statement a table, whose text SQL writes from the names of the
 * columns (merge_statement in sql/42-load-collection.sql). The plans are kept
 * for the session.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/namespace.h"
#include "catalog/pg_type.h"
#include "compat.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "funcapi.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"
#include "utils/tuplestore.h"
#include "utils/typcache.h"

#include "bridge.h"
#include "collection_reader.h"
#include "load_collection.h"
#include "version.h"

#define LOADED_COLLECTION "SELECT o.* FROM anthology_internal.loaded_collection($1) o"
#define BEGIN_COLLECTION \
	"SELECT is_new, keep_sigs FROM anthology_internal.begin_collection($1, $2, $3)"
#define BEGIN_NEW_COLLECTIONS "SELECT anthology_internal.begin_new_collections($1, $2, $3)"
#define FINISH_NEW_COLLECTIONS \
	"SELECT o::anthology.load_outcome FROM anthology_internal.finish_new_collections($1, $2, $3) o"
#define TAKE_TALKS "SELECT anthology_internal.take_talks($1, $2, $3)"
#define RECORD_PROBLEM "SELECT anthology_internal.record_problem($1, $2, $3, $4, $5, $6)"
#define MERGE_STATEMENT "SELECT anthology_internal.merge_statement($1, $2, $3)"
#define FINISH_COLLECTION \
	"SELECT o.* FROM anthology_internal.finish_collection($1, $2, $3, $4, $5, $6, $7, $8, $9) o"

PG_FUNCTION_INFO_V1(anthology_load_collection);

/* A relation of the reader and the table that its rows go to. */
typedef struct Target
{
	const char *row_type;		/* in schema anthology */
	SPIPlanPtr	plans[2];		/* of its merge statements, kept for the session; by is_new */
	Oid			plan_types[2];	/* the row types that they were made for */
} Target;

static Target targets[] = {
	[ANTHOLOGY_VOLUMES] = {.row_type = "volume"},
	[ANTHOLOGY_EVENTS] = {.row_type = "event"},
	[ANTHOLOGY_PAPERS] = {.row_type = "paper"},
	[ANTHOLOGY_ELEMENTS] = {.row_type = "paper_element"},
	[ANTHOLOGY_NAMES] = {.row_type = "loaded_name"},
};

/* For volumes of a file without SIGs, when the SIGs come from other files. */
static Target volumes_without_sigs = {.row_type = "volume"};

static Oid
row_type(const char *name)
{
	Oid			type = GetSysCacheOid2(TYPENAMENSP, Anum_pg_type_oid, CStringGetDatum(name),
									   ObjectIdGetDatum(get_namespace_oid("anthology", false)));

	if (!OidIsValid(type))
		ereport(ERROR,
				errcode(ERRCODE_UNDEFINED_TABLE),
				errmsg("the tables of the corpus do not exist"),
				errhint("Call anthology.create_tables()."));
	return type;
}

static size_t
row_count(AnthologyCollection *const *collections, int count, AnthologyRelation relation)
{
	size_t		rows = 0;

	for (int i = 0; i < count; i++)
		rows += collections[i]->rows[relation].count;
	return rows;
}

/* Rows of the reader, of one collection or several, as an array of a row type. */
static Datum
rows_as_array(AnthologyCollection *const *collections, int count, AnthologyRelation relation,
			  Oid type)
{
	const AnthologyRows *first = &collections[0]->rows[relation];
	TupleDesc	descriptor = lookup_rowtype_tupdesc_copy(type, -1);
	AttInMetadata *input = TupleDescGetAttInMetadata(descriptor);
	int			places[ANTHOLOGY_MAX_COLUMNS];
	char	  **values = palloc0(sizeof(char *) * descriptor->natts);
	Datum	   *datums = palloc(sizeof(Datum) * Max(row_count(collections, count, relation), 1));
	int			done = 0;

	/* Columns go by name: the type may have them in another order. */
	for (int c = 0; c < first->column_count; c++)
	{
		places[c] = SPI_fnumber(descriptor, first->columns[c]) - 1;
		if (places[c] < 0)
			ereport(ERROR,
					errcode(ERRCODE_UNDEFINED_COLUMN),
					errmsg("table \"anthology.%s\" has no column \"%s\"",
						   targets[relation].row_type, first->columns[c]),
					errhint("Call anthology.create_tables()."));
	}
	for (int i = 0; i < count; i++)
		for (size_t row = 0; row < collections[i]->rows[relation].count; row++)
		{
			CHECK_FOR_INTERRUPTS();
			for (int c = 0; c < first->column_count; c++)
				values[places[c]] = unconstify(char *, anthology_cell(collections[i], relation,
																	  row, c));
			datums[done++] = HeapTupleGetDatum(BuildTupleFromCStrings(input, values));
		}
	return PointerGetDatum(construct_array(datums, done, type, -1, false, TYPALIGN_DOUBLE));
}

/* A column of the rows of one relation as text[]. */
static Datum
column_as_array(const AnthologyCollection *collection, AnthologyRelation relation,
				const char *column)
{
	const AnthologyRows *rows = &collection->rows[relation];
	Datum	   *datums = palloc(sizeof(Datum) * Max(rows->count, 1));
	int			c = 0;

	while (strcmp(rows->columns[c], column) != 0)
		c++;
	for (size_t row = 0; row < rows->count; row++)
		datums[row] = CStringGetTextDatum(anthology_cell(collection, relation, row, c));
	return PointerGetDatum(construct_array(datums, (int) rows->count, TEXTOID, -1, false,
										   TYPALIGN_INT));
}

static Datum
column_names(const AnthologyRows *rows, const char *without)
{
	Datum	   *names = palloc(sizeof(Datum) * rows->column_count);
	int			count = 0;

	for (int c = 0; c < rows->column_count; c++)
		if (without == NULL || strcmp(rows->columns[c], without) != 0)
			names[count++] = CStringGetTextDatum(rows->columns[c]);
	return PointerGetDatum(construct_array(names, count, TEXTOID, -1, false, TYPALIGN_INT));
}

static SPIPlanPtr
merge_plan(Target *target, const AnthologyRows *rows, const char *without, bool is_new, Oid type,
		   Oid array)
{
	SPIPlanPtr *plan = &target->plans[is_new];
	Datum		arguments[3];
	char	   *statement;

	if (*plan != NULL && target->plan_types[is_new] == type)
		return *plan;
	if (*plan != NULL)
		SPI_freeplan(*plan);
	*plan = NULL;
	arguments[0] = CStringGetTextDatum(target->row_type);
	arguments[1] = column_names(rows, without);
	arguments[2] = BoolGetDatum(is_new);
	SPI_execute_with_args(MERGE_STATEMENT, 3, (Oid[]) {TEXTOID, TEXTARRAYOID, BOOLOID}, arguments,
						  NULL, false, 1);
	statement = SPI_getvalue(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1);
	*plan = SPI_prepare(statement, 1, &array);
	if (*plan == NULL)
		elog(ERROR, "could not prepare: %s", SPI_result_code_string(SPI_result));
	SPI_keepplan(*plan);
	target->plan_types[is_new] = type;
	return *plan;
}

/* Inserts the rows of a relation, or updates them; returns how many were new and changed. */
static void
merge_rows(AnthologyCollection *const *collections, int count, AnthologyRelation relation,
		   Target *target, const char *without, bool is_new, int64 counts[2])
{
	bool		isnull;
	Oid			type;
	Oid			array;
	Datum		rows;
	SPIPlanPtr	plan;

	counts[0] = counts[1] = 0;
	if (row_count(collections, count, relation) == 0)
		return;
	type = row_type(target->row_type);
	array = get_array_type(type);
	rows = rows_as_array(collections, count, relation, type);
	plan = merge_plan(target, &collections[0]->rows[relation], without, is_new, type, array);
	SPI_execute_plan(plan, &rows, NULL, false, 0);
	for (int i = 0; i < 2; i++)
		counts[i] = DatumGetInt64(SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc,
												i + 1, &isnull));
	SPI_freetuptable(SPI_tuptable);
}

static void
record_problems(const AnthologyCollection *collection, const char *file)
{
	const AnthologyRows *rows = &collection->rows[ANTHOLOGY_PROBLEMS];
	static Oid	types[] = {TEXTOID, TEXTOID, TEXTOID, TEXTOID, TEXTOID, INT8OID};

	for (size_t row = 0; row < rows->count; row++)
	{
		const char *kind = anthology_cell(collection, ANTHOLOGY_PROBLEMS, row, 0);
		const char *place = anthology_cell(collection, ANTHOLOGY_PROBLEMS, row, 1);
		const char *reason = anthology_cell(collection, ANTHOLOGY_PROBLEMS, row, 2);
		const char *occurrences = anthology_cell(collection, ANTHOLOGY_PROBLEMS, row, 3);
		bool		is_entry = strcmp(kind, "entry") == 0;
		Datum		values[6];
		char		nulls[] = "      ";

		CHECK_FOR_INTERRUPTS();
		values[0] = CStringGetTextDatum(kind);
		values[1] = CStringGetTextDatum(file);
		values[2] = CStringGetTextDatum(place != NULL ? place : "");
		nulls[2] = place != NULL ? ' ' : 'n';
		values[3] = CStringGetTextDatum(reason);
		values[4] = CStringGetTextDatum("22023");
		nulls[4] = is_entry ? ' ' : 'n';
		values[5] = Int64GetDatum(strtoll(occurrences, NULL, 10));
		SPI_execute_with_args(RECORD_PROBLEM, 6, types, values, nulls, false, 0);
	}
}

/* Appends the rows of the statement just run to a function's result. */
static void
return_rows(ReturnSetInfo *result)
{
	for (uint64 i = 0; i < SPI_processed; i++)
		tuplestore_puttuple(result->setResult, SPI_tuptable->vals[i]);
}

/* Whether talks of the collection take the place of another one's; records a problem if so. */
static bool
take_talks(const AnthologyCollection *collection, const char *file)
{
	bool		isnull;
	Datum		values[3];

	if (collection->rows[ANTHOLOGY_EVENTS].count == 0)
		return false;
	values[0] = CStringGetTextDatum(collection->id);
	values[1] = CStringGetTextDatum(file);
	values[2] = column_as_array(collection, ANTHOLOGY_PAPERS, "id");
	SPI_execute_with_args(TAKE_TALKS, 3, (Oid[]) {TEXTOID, TEXTOID, TEXTARRAYOID}, values, NULL,
						  false, 0);
	return DatumGetBool(SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1, &isnull));
}

static void
store(AnthologyCollection *collection, Datum source, const char *file, ReturnSetInfo *result)
{
	static Oid	begin_types[] = {TEXTOID, TEXTOID, TEXTOID};
	Oid			name_type = row_type(targets[ANTHOLOGY_NAMES].row_type);
	Oid			finish_types[] = {TEXTOID, TEXTOID, BOOLOID, get_array_type(name_type),
	TEXTARRAYOID, TEXTARRAYOID, TEXTARRAYOID, TEXTARRAYOID, INT8ARRAYOID};
	Datum		values[9];
	Datum		counts[4];
	int64		merged[2];
	bool		isnull;
	bool		is_new;
	bool		keep_sigs;

	values[0] = CStringGetTextDatum(collection->id);
	values[1] = source;
	values[2] = CStringGetTextDatum(file);
	SPI_execute_with_args(BEGIN_COLLECTION, 3, begin_types, values, NULL, false, 0);
	is_new = DatumGetBool(SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1, &isnull));
	keep_sigs = DatumGetBool(SPI_getbinval(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 2,
										   &isnull)) && !collection->has_sigs;
	record_problems(collection, file);

	merge_rows(&collection, 1, ANTHOLOGY_VOLUMES,
			   keep_sigs ? &volumes_without_sigs : &targets[ANTHOLOGY_VOLUMES],
			   keep_sigs ? "sig_ids" : NULL, is_new, merged);
	counts[0] = Int64GetDatum(merged[0]);
	counts[1] = Int64GetDatum(merged[1]);
	/* Two collections may describe the same event. The last one loaded counts. */
	if (take_talks(collection, file))
		is_new = false;
	merge_rows(&collection, 1, ANTHOLOGY_EVENTS, &targets[ANTHOLOGY_EVENTS], NULL, false, merged);
	merge_rows(&collection, 1, ANTHOLOGY_PAPERS, &targets[ANTHOLOGY_PAPERS], NULL, is_new, merged);
	counts[2] = Int64GetDatum(merged[0]);
	counts[3] = Int64GetDatum(merged[1]);
	merge_rows(&collection, 1, ANTHOLOGY_ELEMENTS, &targets[ANTHOLOGY_ELEMENTS], NULL, is_new,
			   merged);

	values[1] = values[2];
	values[2] = BoolGetDatum(is_new);
	values[3] = rows_as_array(&collection, 1, ANTHOLOGY_NAMES, name_type);
	values[4] = column_as_array(collection, ANTHOLOGY_VOLUMES, "id");
	values[5] = column_as_array(collection, ANTHOLOGY_EVENTS, "id");
	values[6] = column_as_array(collection, ANTHOLOGY_PAPERS, "id");
	values[7] = column_as_array(collection, ANTHOLOGY_ELEMENTS, "paper_id");
	values[8] = PointerGetDatum(construct_array(counts, 4, INT8OID, 8, FLOAT8PASSBYVAL,
												TYPALIGN_DOUBLE));
	SPI_execute_with_args(FINISH_COLLECTION, 9, finish_types, values, NULL, false, 0);
	return_rows(result);
}

/* Raises an error if the file cannot be loaded. file may be NULL. */
static void
check_collection(const AnthologyCollection *collection, const char *file)
{
	CHECK_FOR_INTERRUPTS();
	if (collection->interrupted)
		ereport(ERROR, errcode(ERRCODE_QUERY_CANCELED), errmsg("reading was interrupted"));
	anthology_check_status(collection->status);
	if (collection->error[0] != '\0')
	{
		char	   *detail = pnstrdup(collection->error,
									  pg_mbcliplen(collection->error,
												   (int) strlen(collection->error),
												   (int) strlen(collection->error)));

		ereport(ERROR,
				errcode(ERRCODE_INVALID_XML_DOCUMENT),
				errmsg("the file is not a collection that can be read"),
				errdetail("%s", detail));
	}
	/* The id belongs to another file, whose collection this one would replace. */
	if (file != NULL && strcmp(file, psprintf("xml/%s.xml", collection->id)) != 0)
		ereport(ERROR,
				errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				errmsg("file \"%s\" has collection \"%s\"", file, collection->id),
				errdetail("A file is named by the id of its collection."));
}

static AnthologyCollection *
read_collection(Datum source)
{
	AnthologyText view = anthology_text(DatumGetTextPP(source));
	AnthologyCollection *collection = anthology_read_collection(view.data, (size_t) view.length,
																anthology_is_interrupted);

	if (collection == NULL)
		ereport(ERROR, errcode(ERRCODE_OUT_OF_MEMORY), errmsg("out of memory"));
	return collection;
}

/* Reads and stores a file; frees what was read, whatever happens. */
static void
read_and_store(Datum source, const char *file, ReturnSetInfo *result)
{
	AnthologyCollection *collection = read_collection(source);

	PG_TRY();
	{
		check_collection(collection, file);
		store(collection, source, file ? file : psprintf("xml/%s.xml", collection->id), result);
	}
	PG_CATCH();
	{
		anthology_free_collection(collection);
		PG_RE_THROW();
	}
	PG_END_TRY();
	anthology_free_collection(collection);
}

static Datum
text_array(Datum *texts, int count)
{
	return PointerGetDatum(construct_array(texts, count, TEXTOID, -1, false, TYPALIGN_INT));
}

void
anthology_store_new_collections(int count, const char *const *files, const Datum *sources)
{
	AnthologyCollection **collections = palloc(count * sizeof(AnthologyCollection *));
	Oid			name_type = row_type(targets[ANTHOLOGY_NAMES].row_type);
	Datum	   *ids = palloc(count * sizeof(Datum));
	Datum	   *paths = palloc(count * sizeof(Datum));
	Datum		values[3];
	int64		volumes[2];
	int64		papers[2];
	int64		ignored[2];

	/* What is read is the server's memory, and goes with the context that is current now. */
	for (int i = 0; i < count; i++)
	{
		collections[i] = read_collection(sources[i]);
		check_collection(collections[i], files[i]);
		ids[i] = CStringGetTextDatum(collections[i]->id);
		paths[i] = CStringGetTextDatum(files[i]);
	}
	values[0] = text_array(ids, count);
	values[1] = text_array(unconstify(Datum *, sources), count);
	values[2] = text_array(paths, count);
	SPI_execute_with_args(BEGIN_NEW_COLLECTIONS, 3,
						  (Oid[]) {TEXTARRAYOID, TEXTARRAYOID, TEXTARRAYOID}, values, NULL, false,
						  0);
	for (int i = 0; i < count; i++)
		record_problems(collections[i], files[i]);
	merge_rows(collections, count, ANTHOLOGY_VOLUMES, &targets[ANTHOLOGY_VOLUMES], NULL, true,
			   volumes);
	/*
	 * Collections may describe the same event, which one statement could not change twice. If
	 * they have the same talk, too, this fails below, and they are to be loaded one by one.
	 */
	for (int i = 0; i < count; i++)
		merge_rows(&collections[i], 1, ANTHOLOGY_EVENTS, &targets[ANTHOLOGY_EVENTS], NULL, false,
				   ignored);
	merge_rows(collections, count, ANTHOLOGY_PAPERS, &targets[ANTHOLOGY_PAPERS], NULL, true,
			   papers);
	merge_rows(collections, count, ANTHOLOGY_ELEMENTS, &targets[ANTHOLOGY_ELEMENTS], NULL, true,
			   ignored);
	values[0] = rows_as_array(collections, count, ANTHOLOGY_NAMES, name_type);
	values[1] = Int64GetDatum(volumes[0]);
	values[2] = Int64GetDatum(papers[0]);
	SPI_execute_with_args(FINISH_NEW_COLLECTIONS, 3,
						  (Oid[]) {get_array_type(name_type), INT8OID, INT8OID}, values, NULL,
						  false, 0);
}

/* source text, file text: the text of the file, and its path in the data folder or NULL. */
Datum
anthology_load_collection(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	const char *file = PG_ARGISNULL(1) ? NULL : text_to_cstring(PG_GETARG_TEXT_PP(1));
	Datum		source = PG_GETARG_DATUM(0);

	if (PG_ARGISNULL(0))
		ereport(ERROR,
				errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				errmsg("the text of the collection must not be null"));
	InitMaterializedSRF(fcinfo, 0);
	SPI_connect();
	anthology_require_functions();
	/* A file that is loaded already, byte for byte, is not read again. */
	SPI_execute_with_args(LOADED_COLLECTION, 1, (Oid[]) {TEXTOID}, &source, NULL, false, 0);
	if (SPI_processed > 0)
		return_rows(result);
	else
		read_and_store(source, file, result);
	SPI_finish();
	return (Datum) 0;
}
