/*
 * attributes.h - what some compilers want to be told.
 */
#ifndef ANTHOLOGY_CORE_ATTRIBUTES_H
#define ANTHOLOGY_CORE_ATTRIBUTES_H

/* On an array of characters that no NUL ends: GCC 15 would warn. */
#if defined(__GNUC__) && __GNUC__ >= 15 && !defined(__clang__)
#define ANTHOLOGY_NONSTRING __attribute__((nonstring))
#else
#define ANTHOLOGY_NONSTRING
#endif

#endif							/* ANTHOLOGY_CORE_ATTRIBUTES_H */
