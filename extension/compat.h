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

#endif							/* ANTHOLOGY_COMPAT_H */
