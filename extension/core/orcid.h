/*
 * orcid.h - the form and the check digit of an ORCID.
 */
#ifndef ANTHOLOGY_CORE_ORCID_H
#define ANTHOLOGY_CORE_ORCID_H

#include <stddef.h>

#define ANTHOLOGY_ORCID_LENGTH 19

/*
 * Reads an ORCID as people write it - 0000-0002-1825-0097, the same without
 * hyphens, or as a URL of orcid.org, around it white space - into its
 * canonical form of ANTHOLOGY_ORCID_LENGTH characters. Returns 0 if the text is
 * no ORCID or the check digit (ISO 7064 MOD 11-2) is wrong.
 */
extern int anthology_orcid(const char *text, size_t length, char orcid[ANTHOLOGY_ORCID_LENGTH]);

#endif							/* ANTHOLOGY_CORE_ORCID_H */
