/*
 * name_glue.h - what the SQL functions that compare names share.
 */
#ifndef ANTHOLOGY_NAME_GLUE_H
#define ANTHOLOGY_NAME_GLUE_H

#include "fmgr.h"
#include "nodes/nodes.h"
#include "nodes/pg_list.h"

/* The setting anthology.name_similarity_threshold. */
extern double anthology_name_similarity_threshold;

/*
 * The similarity of two names, arguments of a call. The names as read are kept
 * in flinfo->fn_extra, keyed on their bytes, so that a constant is read once a
 * query; the function called must use fn_extra for nothing else.
 */
extern float4 anthology_name_arguments_similarity(FmgrInfo *flinfo, text *a_text, text *b_text);

/*
 * Takes a name_query apart, a text datum and a threshold; returns false if it or
 * a part of it is NULL.
 */
extern bool anthology_name_query(Datum query, Datum *name, float *least);

/* name_similarity and name_distance as the function manager calls them. */
extern PGDLLEXPORT Datum anthology_name_similarity(PG_FUNCTION_ARGS);
extern PGDLLEXPORT Datum anthology_name_distance(PG_FUNCTION_ARGS);

/*
 * name_selectivity.c: the part of all rows, or pairs of rows, for which the arguments
 * of ~= or of name_similar, with a threshold or without, are similar.
 */
struct PlannerInfo;
struct SpecialJoinInfo;
extern double anthology_name_selectivity(struct PlannerInfo *root, List *arguments, int relation);
extern double anthology_name_join_selectivity(struct PlannerInfo *root, List *arguments,
											  JoinType type, struct SpecialJoinInfo *join);

/*
 * Installs the hook by which name_similarity(a, b) >= least and the like are planned
 * as name_similar(a, b, least).
 */
extern void anthology_name_index_plan_init(void);

#endif							/* ANTHOLOGY_NAME_GLUE_H */
