/*
 * nfc.h - text in Unicode's composed form.
 */
#ifndef ANTHOLOGY_CORE_NFC_H
#define ANTHOLOGY_CORE_NFC_H

#include "buffer.h"

/* Appends UTF-8 in NFC. Linear in length whatever marks the text holds. */
extern AnthologyStatus anthology_nfc(const char *text, size_t length, AnthologyBuffer *composed);

#endif							/* ANTHOLOGY_CORE_NFC_H */
