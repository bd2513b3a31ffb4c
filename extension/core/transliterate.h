/*
 * transliterate.h - text of any script in ASCII letters, by ICU.
 */
#ifndef ANTHOLOGY_CORE_TRANSLITERATE_H
#define ANTHOLOGY_CORE_TRANSLITERATE_H

#include "buffer.h"

/*
 * Appends UTF-8 text (text, length) transliterated by ICU's "Any-Latin;
 * Latin-ASCII" to ascii. What ICU cannot transliterate stays as it is, so the
 * result may still hold non-ASCII characters. Opens its ICU objects once a
 * process and keeps them. Linear in length: more than 240 bytes are transliterated
 * in pieces, so that a letter does not see those beyond its own. Asks the host
 * whether to go on.
 */
extern AnthologyStatus anthology_transliterate(const char *text, size_t length,
											   AnthologyBuffer *ascii);

#endif							/* ANTHOLOGY_CORE_TRANSLITERATE_H */
