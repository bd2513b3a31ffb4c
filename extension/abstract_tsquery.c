/*
 * abstract_tsquery.c - SQL functions abstract_tsquery and
 * abstract_phraseto_tsquery.
 *
 * abstract_tsquery joins the words by OR: which of them count, abstract_rank
 * says. A compound is its joined form followed by the other ways to write it,
 * each an AND of several words: pre-training is pretrain | pre & train. So in a
 * chain of ORs, an AND stands for the word before it.
 *
 * A phrase cannot be put that way, because the forms of a compound differ in
 * how many positions they take. abstract_phraseto_tsquery gives a phrase for
 * each combination: "large pre-training" is
 * large <-> pretrain | large <-> pre <-> train.
 */
#include "postgres.h"

#include "compat.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "tsearch/ts_type.h"
#include "tsearch/ts_utils.h"
#include "utils/pg_crc.h"

#include "abstract_glue.h"
#include "bridge.h"
#include "core/plain.h"

PG_FUNCTION_INFO_V1(anthology_abstract_tsquery_sql);
PG_FUNCTION_INFO_V1(anthology_abstract_phraseto_tsquery);

/* Lexemes of a query: more add nothing but time. */
#define MOST_WORDS			300
#define MOST_VARIED			4	/* compounds of a phrase that are tried both ways */

QTNode *
anthology_word_node(const char *term, int length)
{
	QTNode	   *node = palloc0(sizeof(QTNode));
	pg_crc32	crc;

	INIT_LEGACY_CRC32(crc);
	COMP_LEGACY_CRC32(crc, term, length);
	FIN_LEGACY_CRC32(crc);
	node->valnode = palloc0(sizeof(QueryItem));
	node->valnode->type = QI_VAL;
	node->valnode->qoperand.valcrc = (int32) crc;
	node->valnode->qoperand.length = length;
	node->word = pnstrdup(term, length);
	return node;
}

/* The same of a term, in the database's encoding; NULL if it is empty there. */
static QTNode *
word_node(const AnthologyTerm *term)
{
	char	   *word = anthology_cstring(term->text, term->length);

	return *word == '\0' ? NULL : anthology_word_node(word, strlen(word));
}

QTNode *
anthology_joined_nodes(QTNode *left, QTNode *right, int8 oper, int distance)
{
	QTNode	   *node;

	if (left == NULL || right == NULL)
		return left == NULL ? right : left;
	node = palloc0(sizeof(QTNode));
	node->valnode = palloc0(sizeof(QueryItem));
	node->valnode->type = QI_OPR;
	node->valnode->qoperator.oper = oper;
	node->valnode->qoperator.distance = (int16) distance;
	node->nchild = 2;
	node->child = palloc(2 * sizeof(QTNode *));
	/* The right operand comes first in a tsquery. */
	node->child[0] = right;
	node->child[1] = left;
	return node;
}

TSQuery
anthology_query_of(QTNode *node)
{
	TSQuery		query;

	if (node != NULL)
		return QTN2QT(node);
	query = palloc0(HDRSIZETQ);
	SET_VARSIZE(query, HDRSIZETQ);
	return query;
}

/* What the words of a text are read with. */
typedef struct WordReader
{
	char	   *text;
	size_t		length;
	size_t		at;
	int			position;		/* after the last token */
} WordReader;

static void
begin_words(WordReader *reader, text *argument)
{
	AnthologyText view = anthology_text(argument);
	AnthologyBuffer plain;
	AnthologyStatus status;

	anthology_buffer_init(&plain);
	status = anthology_plain(view.data, view.length, &plain);
	reader->text = anthology_take_bytes(&plain, status, &reader->length);
	reader->at = 0;
	reader->position = 0;
}

/* Reads the terms of the next token; returns false if there is none. */
static bool
next_word(WordReader *reader, AnthologyTerms *terms)
{
	AnthologyPiece piece;

	terms->stem = anthology_stem;
	while (anthology_next_piece(reader->text, reader->length, &reader->at, &piece))
	{
		CHECK_FOR_INTERRUPTS();
		if (!piece.is_token)
			continue;
		anthology_token_terms(piece.text, piece.length, terms);
		reader->position += terms->positions;
		return true;
	}
	return false;
}

/* The joined form of parts first to last, or NULL. */
static const AnthologyTerm *
joined_form(const AnthologyTerms *terms, int first, int last)
{
	for (int i = 0; i < terms->count; i++)
		if (terms->items[i].kind == ANTHOLOGY_TERM_JOINED &&
			terms->items[i].first == first && terms->items[i].last == last)
			return &terms->items[i];
	return NULL;
}

/* The last part of the longest joined form that begins with a part. */
static int
joined_end(const AnthologyTerms *terms, int first)
{
	int			last = first;

	for (int i = 0; i < terms->count; i++)
		if (terms->items[i].kind == ANTHOLOGY_TERM_JOINED && terms->items[i].first == first)
			last = Max(last, terms->items[i].last);
	return last;
}

/* The words of parts first to last, of a kind, joined by an operator; counts them. */
static QTNode *
words_node(const AnthologyTerms *terms, AnthologyTermKind kind, int first, int last,
		   int8 oper, int *count)
{
	QTNode	   *node = NULL;
	int			offset = 0;

	*count = 0;
	for (int i = 0; i < terms->count; i++)
	{
		const AnthologyTerm *term = &terms->items[i];

		if (term->kind != kind || term->first < first || term->last > last)
			continue;
		node = anthology_joined_nodes(node, word_node(term), oper, term->offset - offset);
		offset = term->offset;
		(*count)++;
	}
	return node;
}

/* Adds to a chain of ORs another way to write the word before: several words. */
static QTNode *
add_spelling(QTNode *query, const AnthologyTerms *terms, AnthologyTermKind kind, int first,
			 int last)
{
	int			count;
	QTNode	   *spelling = words_node(terms, kind, first, last, OP_AND, &count);

	return count < 2 ? query : anthology_joined_nodes(query, spelling, OP_OR, 0);
}

/* Adds the words of a token to a chain of ORs. */
static QTNode *
add_token(QTNode *query, const AnthologyTerms *terms)
{
	int			parts = 0;
	int			count;

	for (int i = 0; i < terms->count; i++)
		parts = Max(parts, terms->items[i].last + 1);
	for (int first = 0; first < parts;)
	{
		int			last = joined_end(terms, first);
		const AnthologyTerm *whole = last > first ? joined_form(terms, first, last) : NULL;

		if (whole != NULL)
		{
			query = anthology_joined_nodes(query, word_node(whole), OP_OR, 0);
			if (last == first + 2)
			{
				/* pretraining-based, pre-trainingbased */
				const AnthologyTerm *left = joined_form(terms, first, last - 1);
				const AnthologyTerm *right = joined_form(terms, first + 1, last);
				QTNode	   *rest;

				rest = words_node(terms, ANTHOLOGY_TERM_WORD, last, last, OP_AND, &count);
				if (left != NULL && count == 1)
					query = anthology_joined_nodes(query,
												   anthology_joined_nodes(word_node(left), rest,
																		  OP_AND, 0), OP_OR, 0);
				rest = words_node(terms, ANTHOLOGY_TERM_WORD, first, first, OP_AND, &count);
				if (right != NULL && count == 1)
					query = anthology_joined_nodes(query,
												   anthology_joined_nodes(rest, word_node(right),
																		  OP_AND, 0), OP_OR, 0);
			}
			query = add_spelling(query, terms, ANTHOLOGY_TERM_WORD, first, last);
		}
		else
		{
			query = anthology_joined_nodes(query, words_node(terms, ANTHOLOGY_TERM_WORD, first,
															 first, OP_OR,
												   &count), OP_OR, 0);
			query = add_spelling(query, terms, ANTHOLOGY_TERM_INNER, first, first);
		}
		first = last + 1;
	}
	return query;
}

Datum
anthology_abstract_tsquery_sql(PG_FUNCTION_ARGS)
{
	WordReader	reader;
	AnthologyTerms terms;
	QTNode	   *query = NULL;

	begin_words(&reader, PG_GETARG_TEXT_PP(0));
	for (int words = 0; words < MOST_WORDS && next_word(&reader, &terms);)
	{
		query = add_token(query, &terms);
		words += terms.count;
	}
	PG_RETURN_TSQUERY(anthology_query_of(query));
}

/* A token of a phrase. */
typedef struct PhraseToken
{
	AnthologyTerms terms;
	int			start;			/* its first position, from 0 */
} PhraseToken;

/* Reads the tokens of a phrase that have terms; stores their number. */
static PhraseToken **
read_phrase(text *argument, int *count)
{
	PhraseToken **tokens = palloc(MOST_WORDS * sizeof(PhraseToken *));
	PhraseToken *token = palloc(sizeof(PhraseToken));
	WordReader	reader;

	*count = 0;
	begin_words(&reader, argument);
	while (*count < MOST_WORDS && next_word(&reader, &token->terms))
	{
		if (token->terms.count == 0)
			continue;
		token->start = reader.position - token->terms.positions;
		tokens[(*count)++] = token;
		token = palloc(sizeof(PhraseToken));
	}
	return tokens;
}

/*
 * The phrase with the compounds whose bits are set in choice joined, the others
 * in parts; stores how many compounds there are.
 */
static QTNode *
phrase_of(PhraseToken **tokens, int count, int choice, int *compounds)
{
	QTNode	   *phrase = NULL;
	int			end = 0;		/* of what is in the phrase */
	int			words = 0;
	int			shift = 0;		/* positions that joining has saved */

	*compounds = 0;
	for (int t = 0; t < count && words < MOST_WORDS; t++)
	{
		AnthologyTerms *terms = &tokens[t]->terms;
		int			start = tokens[t]->start;
		int			parts = 0;

		for (int i = 0; i < terms->count; i++)
			parts = Max(parts, terms->items[i].last + 1);
		for (int first = 0; first < parts;)
		{
			int			last = joined_end(terms, first);
			bool		together = last > first &&
				((choice >> Min(*compounds, MOST_VARIED - 1)) & 1);

			*compounds += last > first;

			for (int i = 0; i < terms->count; i++)
			{
				AnthologyTerm *term = &terms->items[i];
				int			position = start + term->offset - shift;

				if (term->first < first || term->last > last ||
					term->kind == ANTHOLOGY_TERM_INNER ||
					(together ? term->first != first || term->last != last :
					 term->kind == ANTHOLOGY_TERM_JOINED))
					continue;
				phrase = anthology_joined_nodes(phrase, word_node(term), OP_PHRASE, position - end);
				end = position;
				words++;
				if (together)
				{
					shift += last - first;
					break;
				}
			}
			first = last + 1;
		}
	}
	return phrase;
}

Datum
anthology_abstract_phraseto_tsquery(PG_FUNCTION_ARGS)
{
	int			count;
	int			compounds;
	PhraseToken **tokens = read_phrase(PG_GETARG_TEXT_PP(0), &count);
	QTNode	   *query = phrase_of(tokens, count, 0, &compounds);

	for (int choice = 1; choice < 1 << Min(compounds, MOST_VARIED); choice++)
		query = anthology_joined_nodes(query, phrase_of(tokens, count, choice, &compounds),
									   OP_OR, 0);
	PG_RETURN_TSQUERY(anthology_query_of(query));
}
