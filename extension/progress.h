/*
 * progress.h - how far long work has come, for other sessions.
 */
#ifndef ANTHOLOGY_PROGRESS_H
#define ANTHOLOGY_PROGRESS_H

/*
 * Shows "anthology: WHAT DONE/TOTAL" as this session's application_name in
 * pg_stat_activity, which the SQL function progress() reads. The name that the
 * client gave comes back with anthology_end_progress(), and in any case with
 * the end of the transaction. Cheap enough for every file or page.
 */
extern void anthology_report_progress(const char *what, long long done, long long total);
extern void anthology_end_progress(void);

#endif							/* ANTHOLOGY_PROGRESS_H */
