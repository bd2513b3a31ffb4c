/*
 * transliterate.c - text of any script in ASCII letters; see transliterate.h.
 */
#include "transliterate.h"

#include <stdint.h>
#include <stdlib.h>

#include <unicode/ustring.h>
#include <unicode/utrans.h>

/* Opening a transliterator parses its rules (milliseconds): once a process. */
static UTransliterator *
latin_ascii(void)
{
	static UTransliterator *transliterator = NULL;

	if (transliterator == NULL)
	{
		static const UChar id[] = u"Any-Latin; Latin-ASCII";
		UErrorCode	error = U_ZERO_ERROR;

		transliterator = utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, NULL, &error);
		if (U_FAILURE(error))
			transliterator = NULL;
	}
	return transliterator;
}

AnthologyStatus
anthology_transliterate(const char *text, size_t length, AnthologyBuffer *ascii)
{
	UTransliterator *transliterator = latin_ascii();
	UErrorCode	error = U_ZERO_ERROR;
	int32_t		capacity;
	int32_t		units = 0;
	UChar	   *buffer = NULL;

	if (transliterator == NULL)
		return ANTHOLOGY_ICU_FAILED;
	if (length > INT32_MAX / 8)
		return ANTHOLOGY_TOO_LONG;

	/* One UTF-8 byte is at most one UTF-16 unit; a Han letter becomes up to 7. */
	capacity = (int32_t) length * 3 + 64;
	for (;;)
	{
		int32_t		limit;
		UChar	   *larger = realloc(buffer, sizeof(UChar) * (size_t) capacity);

		if (larger == NULL)
		{
			free(buffer);
			return ANTHOLOGY_OUT_OF_MEMORY;
		}
		buffer = larger;
		error = U_ZERO_ERROR;
		u_strFromUTF8(buffer, capacity, &units, text, (int32_t) length, &error);
		if (U_FAILURE(error))
			break;
		limit = units;
		utrans_transUChars(transliterator, buffer, &units, capacity, 0, &limit, &error);
		if (error != U_BUFFER_OVERFLOW_ERROR)
			break;
		/* The text is spoilt by then: read it again into more room. */
		if (capacity > INT32_MAX / 4)
			break;
		capacity *= 2;
	}
	if (U_FAILURE(error))
	{
		free(buffer);
		return error == U_MEMORY_ALLOCATION_ERROR ? ANTHOLOGY_OUT_OF_MEMORY : ANTHOLOGY_ICU_FAILED;
	}
	for (int32_t i = 0; i < units;)
	{
		UChar32		c;

		U16_NEXT(buffer, i, units, c);
		if (!U_IS_SURROGATE(c))
			anthology_buffer_append_code_point(ascii, c);
	}
	free(buffer);
	return ascii->status;
}
