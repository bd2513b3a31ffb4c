/*
 * transliterate.c - text of any script in ASCII letters; see transliterate.h.
 */
#include "transliterate.h"

#include <stdint.h>

#include <unicode/uchar.h>
#include <unicode/ustring.h>
#include <unicode/utf8.h>
#include <unicode/utrans.h>

#include "host.h"

/*
 * Bytes that ICU is given at once. It replaces letters within the text, so its
 * time grows with the square of that; no name of a person is as long.
 */
#define PIECE 240

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

/* Appends one piece, of at most PIECE bytes, in ASCII letters as far as ICU has them. */
static AnthologyStatus
transliterate_piece(UTransliterator *transliterator, const char *text, size_t length,
					AnthologyBuffer *ascii)
{
	UErrorCode	error;
	int32_t		capacity = (int32_t) length * 8 + 64;
	int32_t		units = 0;
	UChar	   *buffer;

	for (;;)
	{
		int32_t		limit;

		buffer = anthology_allocate(sizeof(UChar) * (size_t) capacity);
		if (buffer == NULL)
			return ANTHOLOGY_OUT_OF_MEMORY;
		error = U_ZERO_ERROR;
		u_strFromUTF8(buffer, capacity, &units, text, (int32_t) length, &error);
		if (U_FAILURE(error))
			break;
		limit = units;
		utrans_transUChars(transliterator, buffer, &units, capacity, 0, &limit, &error);
		if (error != U_BUFFER_OVERFLOW_ERROR || capacity > INT32_MAX / 4)
			break;
		/* The text is spoilt by then: read it again into more room. */
		anthology_release(buffer);
		capacity *= 2;
	}
	for (int32_t i = 0; U_SUCCESS(error) && i < units;)
	{
		UChar32		c;

		U16_NEXT(buffer, i, units, c);
		if (!U_IS_SURROGATE(c))
			anthology_buffer_append_code_point(ascii, c);
	}
	anthology_release(buffer);
	if (U_FAILURE(error))
		return error == U_MEMORY_ALLOCATION_ERROR ? ANTHOLOGY_OUT_OF_MEMORY : ANTHOLOGY_ICU_FAILED;
	return ascii->status;
}

AnthologyStatus
anthology_transliterate(const char *text, size_t length, AnthologyBuffer *ascii)
{
	UTransliterator *transliterator = latin_ascii();
	AnthologyStatus status = ANTHOLOGY_OK;

	if (transliterator == NULL)
		return ANTHOLOGY_ICU_FAILED;
	while (length > 0 && status == ANTHOLOGY_OK)
	{
		size_t		piece = length;

		anthology_check();
		if (piece > PIECE)
		{
			piece = PIECE;
			U8_SET_CP_START((const uint8_t *) text, 0, piece);
		}
		status = transliterate_piece(transliterator, text, piece, ascii);
		if (status == ANTHOLOGY_OK && piece < length)
		{
			size_t		at = piece;
			UChar32		c;

			/* ICU sets syllables of ideographs apart itself. */
			U8_NEXT((const uint8_t *) text, at, length, c);
			if (c >= 0 && u_hasBinaryProperty(c, UCHAR_IDEOGRAPHIC))
				anthology_buffer_append_byte(ascii, ' ');
		}
		text += piece;
		length -= piece;
	}
	return status;
}
