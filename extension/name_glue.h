/*
 * name_glue.h - what the SQL functions that compare names share.
 */
#ifndef ANTHOLOGY_NAME_GLUE_H
#define ANTHOLOGY_NAME_GLUE_H

#include "fmgr.h"

/* The setting anthology.name_similarity_threshold. */
extern double anthology_name_similarity_threshold;

/*
 * The similarity of a function's two text arguments. The names as read are kept
 * in fn_extra, keyed on their bytes, so that a constant is read once a query;
 * the function must use fn_extra for nothing else.
 */
extern float4 anthology_name_arguments_similarity(FunctionCallInfo fcinfo);

#endif							/* ANTHOLOGY_NAME_GLUE_H */
