/*
 * terms.h - the terms of a paper's text: what abstract search indexes.
 */
#ifndef ANTHOLOGY_CORE_TERMS_H
#define ANTHOLOGY_CORE_TERMS_H

#include <stddef.h>

/* Longer lexemes are dropped; a tsvector would take 2,046 bytes. */
#define ANTHOLOGY_LONGEST_LEXEME	128

/* A piece of text: a token, or what is between two. Pieces cover the text. */
typedef struct AnthologyPiece
{
	const char *text;
	size_t		length;
	int			is_token;
} AnthologyPiece;

/* Where the lexemes of a token go, and who stems. */
typedef struct AnthologyTermSink
{
	void	   *context;

	/*
	 * Writes the stem of a word (lower-case ASCII letters) to stem, which has
	 * room for ANTHOLOGY_LONGEST_LEXEME bytes, and returns its length: 0 for a
	 * stop word.
	 */
	size_t		(*stem) (void *context, const char *word, size_t length, char *stem);

	/* Takes a lexeme at the offset-th position of the token, from 0. */
	void		(*take) (void *context, const char *lexeme, size_t length, int offset);
} AnthologyTermSink;

/* Reads the piece of plain text at its offset *at. Returns 0 at the end. */
extern int	anthology_next_piece(const char *text, size_t length, size_t *at, AnthologyPiece *piece);

/*
 * Gives sink the lexemes of a token. Returns how many positions the token
 * takes, at least 1.
 */
extern int	anthology_token_terms(const char *token, size_t length, const AnthologyTermSink *sink);

#endif							/* ANTHOLOGY_CORE_TERMS_H */
