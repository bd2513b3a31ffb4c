/*
 * progress.c - SQL functions report_progress and end_progress; see progress.h.
 */
#include "postgres.h"

#include "access/xact.h"
#include "compat.h"
#include "fmgr.h"
#include "utils/backend_status.h"
#include "utils/builtins.h"
#include "utils/guc.h"

#include "progress.h"

PG_FUNCTION_INFO_V1(anthology_report_progress_sql);
PG_FUNCTION_INFO_V1(anthology_end_progress_sql);

static bool showing = false;
static bool registered = false;

void
anthology_end_progress(void)
{
	if (showing)
		pgstat_report_appname(application_name ? application_name : "");
	showing = false;
}

static void
end_with_transaction(XactEvent event, void *arg)
{
	if (event == XACT_EVENT_COMMIT || event == XACT_EVENT_ABORT)
		anthology_end_progress();
}

void
anthology_report_progress(const char *what, long long done, long long total)
{
	char		name[NAMEDATALEN];

	if (!registered)
		RegisterXactCallback(end_with_transaction, NULL);
	registered = true;
	snprintf(name, sizeof(name), "anthology: %.30s %lld/%lld", what, done, total);
	pgstat_report_appname(name);
	showing = true;
}

Datum
anthology_report_progress_sql(PG_FUNCTION_ARGS)
{
	anthology_report_progress(text_to_cstring(PG_GETARG_TEXT_PP(0)), PG_GETARG_INT64(1),
							  PG_GETARG_INT64(2));
	PG_RETURN_VOID();
}

Datum
anthology_end_progress_sql(PG_FUNCTION_ARGS)
{
	anthology_end_progress();
	PG_RETURN_VOID();
}
