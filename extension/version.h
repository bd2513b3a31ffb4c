/*
 * version.h - whether the functions in the database are new enough for this library.
 */
#ifndef ANTHOLOGY_VERSION_H
#define ANTHOLOGY_VERSION_H

/*
 * Raises if the extension in this database is older than what the library
 * calls: a package was upgraded, and ALTER EXTENSION UPDATE has not been run.
 * Needs SPI.
 */
extern void anthology_require_functions(void);

#endif							/* ANTHOLOGY_VERSION_H */
