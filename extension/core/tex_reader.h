/*
 * tex_reader.h - what the files that read TeX share; for tex.c and tex_command.c.
 */
#ifndef ANTHOLOGY_CORE_TEX_READER_H
#define ANTHOLOGY_CORE_TEX_READER_H

#include <stdint.h>
#include <string.h>

#include "tex.h"

#define DEEPEST			16		/* arguments within arguments */
#define LONGEST_MATH	400		/* bytes between dollars */
#define NO_MATCH		(-1)
#define DROPPED			(-2)	/* a closing brace that leaves nothing */

typedef struct Tex
{
	const char *text;
	size_t		length;
	int32_t    *match;			/* of a brace, the other one; NULL if there are none */
	size_t		next_closing;	/* the first dollar at or after the last asked for that can close */
	AnthologyBuffer *out;
	size_t		start;			/* out's length before ours */
} Tex;

static inline int
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static inline int
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline int
is_blank(char c)
{
	return c == ' ' || c == '\n';
}

/* The byte at i, or 0 beyond the end. */
static inline char
byte_at(const Tex *tex, size_t i)
{
	return i < tex->length ? tex->text[i] : '\0';
}

/* The last byte written, or 0 at the beginning. */
static inline char
last_byte(const Tex *tex)
{
	return tex->out->length > tex->start ? tex->out->data[tex->out->length - 1] : '\0';
}

static inline int
is_word_byte(char c)
{
	return is_letter(c) || is_digit(c) || (unsigned char) c >= 0x80;
}

static inline int
is_name(const char *name, size_t length, const char *const *names)
{
	for (; *names != NULL; names++)
		if (strlen(*names) == length && memcmp(*names, name, length) == 0)
			return 1;
	return 0;
}

/* The brace closing the one at i, or NO_MATCH if there is none before end. */
extern int32_t anthology_tex_closing_brace(const Tex *tex, size_t i, size_t end);

/* Reads text[i..end). */
extern void anthology_tex_range(Tex *tex, size_t i, size_t end, int math, int depth);

/* Writes an address: only escapes are read, of the characters that TeX makes people escape. */
extern void anthology_tex_literal(Tex *tex, size_t i, size_t end);

/* Writes the argument at i, a group or a command or a character. Returns where it ends. */
extern size_t anthology_tex_argument(Tex *tex, size_t i, size_t end, int math, int depth);

/* The super- or subscript form of a character, or 0. */
extern int	anthology_tex_script(int c, int super);

/*
 * Reads the command at i, a backslash. Returns where it ends with what it takes. Where
 * arguments nest too deep only names are read.
 */
extern size_t anthology_tex_command(Tex *tex, size_t i, size_t end, int math, int depth);

#endif							/* ANTHOLOGY_CORE_TEX_READER_H */
