/*
 * bridge.h - between the server and the core: encodings, limits, errors.
 */
#ifndef ANTHOLOGY_BRIDGE_H
#define ANTHOLOGY_BRIDGE_H

#include "core/buffer.h"
#include "core/status.h"

/* Gives the core the server's memory and its check for interrupts. */
extern void anthology_bridge_init(void);

/*
 * Whether CHECK_FOR_INTERRUPTS() would end the query: for what a foreign library calls,
 * which must return to it first. Other interrupts wait, such as a DROP DATABASE elsewhere.
 */
extern int	anthology_is_interrupted(void);

/* UTF-8 bytes of a text argument. */
typedef struct AnthologyText
{
	const char *data;			/* not NUL-terminated */
	int			length;			/* bytes */
} AnthologyText;

/*
 * The UTF-8 view of a text datum: the datum's own bytes in a UTF8 database,
 * else a palloc'd conversion. Valid as long as the current memory context and
 * the argument are.
 */
extern AnthologyText anthology_text(text *argument);

/* The same of bytes in the database encoding. */
extern AnthologyText anthology_bytes(char *data, int length);

/*
 * A palloc'd string, in the database encoding, of UTF-8 bytes without NUL.
 * Characters that the encoding does not have, and what follows them, are lost.
 */
extern char *anthology_cstring(const char *utf8, size_t length);

/* A text datum, in the database encoding, of UTF-8 bytes. */
extern text *anthology_text_datum(const char *utf8, size_t length);

/*
 * As anthology_text_datum for a core buffer, which is empty then; raises the error
 * that status stands for.
 */
extern text *anthology_take_buffer(AnthologyBuffer *buffer, AnthologyStatus status);

/* The bytes of a core buffer, UTF-8, palloc'd; the buffer is empty then. Raises errors likewise. */
extern char *anthology_take_bytes(AnthologyBuffer *buffer, AnthologyStatus status, size_t *length);

/* Raises the error that a core status stands for; returns if there is none. */
extern void anthology_check_status(AnthologyStatus status);

/*
 * The version of ICU and of its Unicode data, as "72.1 (Unicode 15.0)": what is
 * read of a name may depend on both. Static.
 */
extern const char *anthology_icu_version(void);

#endif							/* ANTHOLOGY_BRIDGE_H */
