/*
 * compat.h - the only place that looks at PG_VERSION_NUM.
 */
#ifndef ANTHOLOGY_COMPAT_H
#define ANTHOLOGY_COMPAT_H

#if PG_VERSION_NUM < 150000
#error "anthology requires PostgreSQL 15 or later"
#endif

/* PostgreSQL 16 moved the varlena macros out of postgres.h. */
#if PG_VERSION_NUM >= 160000
#include "varatt.h"
#endif

/* PostgreSQL 18 tells a vacuum from an analyze. */
#if PG_VERSION_NUM >= 180000
#define anthology_vacuum_delay_point() vacuum_delay_point(false)
#else
#define anthology_vacuum_delay_point() vacuum_delay_point()
#endif

/* PostgreSQL 18 has this at the beginning of a declaration, not at its end. */
#if PG_VERSION_NUM < 180000
#define pg_noreturn _Noreturn
#endif

/* PostgreSQL 17 can put the lexer into memory of the caller's. Needs common/jsonapi.h. */
#if PG_VERSION_NUM >= 170000
#define anthology_json_lexer(json, length, encoding) \
	makeJsonLexContextCstringLen(NULL, json, length, encoding, true)
#else
#define anthology_json_lexer(json, length, encoding) \
	makeJsonLexContextCstringLen(json, length, encoding, true)
#endif

/*
 * PostgreSQL 19 goes on to use the routine that an access method's handler returned;
 * before, it copies it and frees it.
 */
#define ANTHOLOGY_INDEX_ROUTINE_IS_KEPT (PG_VERSION_NUM >= 190000)

/*
 * The hook that is called when the planner has read the catalogs on a table:
 * ANTHOLOGY_REL_HOOK defines it, to call a function of PlannerInfo and RelOptInfo.
 */
#if PG_VERSION_NUM >= 190000
#define anthology_rel_hook build_simple_rel_hook
#define anthology_rel_hook_type build_simple_rel_hook_type
#define ANTHOLOGY_REL_HOOK_PARAMETERS PlannerInfo *root, RelOptInfo *rel, RangeTblEntry *rte
#define ANTHOLOGY_REL_HOOK_ARGUMENTS root, rel, rte
#define ANTHOLOGY_REL_HOOK_HEADER "optimizer/pathnode.h"
#else
#define anthology_rel_hook get_relation_info_hook
#define anthology_rel_hook_type get_relation_info_hook_type
#define ANTHOLOGY_REL_HOOK_PARAMETERS \
	PlannerInfo *root, Oid relation, bool inhparent, RelOptInfo *rel
#define ANTHOLOGY_REL_HOOK_ARGUMENTS root, relation, inhparent, rel
#define ANTHOLOGY_REL_HOOK_HEADER "optimizer/plancat.h"
#endif

#endif							/* ANTHOLOGY_COMPAT_H */
