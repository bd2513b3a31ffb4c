/*
 * terms.h - the terms of a paper's text: what abstract search indexes.
 */
#ifndef ANTHOLOGY_CORE_TERMS_H
#define ANTHOLOGY_CORE_TERMS_H

#include <stddef.h>

/* Longer lexemes are dropped; a tsvector would take 2,046 bytes. */
#define ANTHOLOGY_LONGEST_LEXEME	128
#define ANTHOLOGY_MOST_TERMS		64

/* A piece of text: a token, or what is between two. Pieces cover the text and are
 * 1,024 bytes or less: of a longer token no part is a token. */
typedef struct AnthologyPiece
{
	const char *text;
	size_t		length;
	int			is_token;
} AnthologyPiece;

typedef enum AnthologyTermKind
{
	ANTHOLOGY_TERM_WORD,		/* a part of a compound, or all of a token that is none */
	ANTHOLOGY_TERM_INNER,		/* a word inside such a part */
	ANTHOLOGY_TERM_JOINED		/* several parts as one word */
} AnthologyTermKind;

/* A lexeme at the offset-th position of its token, from 0. */
typedef struct AnthologyTerm
{
	const char *text;			/* not NUL-terminated */
	size_t		length;
	int			offset;
	AnthologyTermKind kind;
	int			first;			/* the parts that it is made of, from 0 */
	int			last;
	const char *source;			/* as written in the token */
	size_t		source_length;
} AnthologyTerm;

/* The lexemes of a token. */
typedef struct AnthologyTerms
{
	/*
	 * Set by the caller: writes the stem of a word (lower-case ASCII letters)
	 * to stem, which has room for ANTHOLOGY_LONGEST_LEXEME bytes, and returns
	 * its length: 0 for a stop word.
	 */
	size_t		(*stem) (const char *word, size_t length, char *stem);

	AnthologyTerm items[ANTHOLOGY_MOST_TERMS];	/* by offset */
	int			count;
	int			positions;		/* that the token takes, at least 1 */

	/* The rest is for making them. */
	AnthologyTermKind kind;
	int			first;
	int			last;
	const char *source;
	size_t		source_length;
	char		bytes[4096];
	size_t		used;
} AnthologyTerms;

/* Reads the piece of plain text at its offset *at. Returns 0 at the end. */
extern int	anthology_next_piece(const char *text, size_t length, size_t *at,
								 AnthologyPiece *piece);

/*
 * Makes the lexemes of a token. A token with more lexemes than fit, a long
 * address for instance, loses the last ones.
 */
extern void anthology_token_terms(const char *token, size_t length, AnthologyTerms *terms);

/*
 * Where the words begin that the acronym (acronym, n) stands for, if it stands
 * in parentheses after them: at or after from and before end, which is the
 * place of the opening parenthesis. Returns end if no words there fit.
 */
extern size_t anthology_acronym_words(const char *text, size_t from, size_t end,
									  const char *acronym, size_t n);

#endif							/* ANTHOLOGY_CORE_TERMS_H */
