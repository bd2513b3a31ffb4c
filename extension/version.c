/*
 * version.c - whether the functions in the database are new enough for this library.
 */
#include "postgres.h"

#include "compat.h"
#include "executor/spi.h"
#include "fmgr.h"

#include "version.h"

/* Functions of an older version call these; this version has no other use for them. */
PG_FUNCTION_INFO_V1(anthology_judge_merge);
PG_FUNCTION_INFO_V1(anthology_proposal_problem);

/* The first version with the SQL functions that the library calls now. */
#define FIRST_MAJOR 1
#define FIRST_MINOR 3

void
anthology_require_functions(void)
{
	char	   *version;
	char	   *point;
	char	   *end;
	long		major;
	long		minor;

	SPI_execute("SELECT extversion FROM pg_catalog.pg_extension WHERE extname = 'anthology'",
				true, 1);
	if (SPI_processed == 0)
		ereport(ERROR,
				errcode(ERRCODE_UNDEFINED_OBJECT),
				errmsg("extension \"anthology\" does not exist"));
	version = SPI_getvalue(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1);
	SPI_freetuptable(SPI_tuptable);
	major = strtol(version, &point, 10);
	minor = strtol(*point == '.' ? point + 1 : point, &end, 10);
	if (end > point + 1 &&
		(major < FIRST_MAJOR || (major == FIRST_MAJOR && minor < FIRST_MINOR)))
		ereport(ERROR,
				errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				errmsg("extension \"anthology\" is of version %s in this database, its library of "
					   "version %s",
					   version, ANTHOLOGY_VERSION),
				errhint("Run ALTER EXTENSION anthology UPDATE, then call "
						"anthology.create_tables()."));
}

static void
refuse_old_function(void)
{
	SPI_connect();
	anthology_require_functions();
	elog(ERROR, "this function belongs to an older version of the extension");
}

/* judge_merge(text[], text, text) of 1.1 */
Datum
anthology_judge_merge(PG_FUNCTION_ARGS)
{
	refuse_old_function();
	PG_RETURN_NULL();
}

/* proposal_problem(bigint) of 1.1 */
Datum
anthology_proposal_problem(PG_FUNCTION_ARGS)
{
	refuse_old_function();
	PG_RETURN_NULL();
}
