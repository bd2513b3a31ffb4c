/*
 * abstract_glue.h - what the SQL functions over abstracts share.
 */
#ifndef ANTHOLOGY_ABSTRACT_GLUE_H
#define ANTHOLOGY_ABSTRACT_GLUE_H

#include "tsearch/ts_type.h"
#include "tsearch/ts_utils.h"

#include "core/terms.h"

/*
 * Stems with dictionary anthology.abstract_stem, the server's Snowball stemmer
 * and stop words; the stem callback of AnthologyTerms.
 */
extern size_t anthology_stem(const char *word, size_t length, char *stem);

/*
 * The document of a title and an abstract in the Anthology's markup; NULL is empty. Weights
 * are a tsvector's, 0 for D to 3 for A.
 */
extern TSVector anthology_make_document(text *title, text *abstract, int title_weight,
										int abstract_weight);

/* A lexeme as a node of a query. */
extern QTNode *anthology_word_node(const char *term, int length);

/* Two nodes joined by an operator; either may be NULL, which is no node. */
extern QTNode *anthology_joined_nodes(QTNode *left, QTNode *right, int8 oper, int distance);

/* The query of a node, the empty query of NULL. */
extern TSQuery anthology_query_of(QTNode *node);

#endif							/* ANTHOLOGY_ABSTRACT_GLUE_H */
