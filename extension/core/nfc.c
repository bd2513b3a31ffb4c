/*
 * nfc.c - text in Unicode's composed form; see nfc.h.
 *
 * ICU sorts the marks of a letter in time quadratic in their number, so text is
 * composed piece by piece.
 */
#include "nfc.h"

#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utf8.h>
#include <unicode/utf16.h>

#include "host.h"

#define COMPOSED_BYTES	1024	/* of a piece, and */
#define MORE_BYTES		256		/* so many more if a letter would be cut */

/*
 * Where a piece of text ends that composes without the rest: of about
 * COMPOSED_BYTES. A letter with more marks than MORE_BYTES has room for is cut,
 * so that time is linear whatever the marks are.
 */
static size_t
piece_end(const UNormalizer2 *nfc, const char *text, size_t start, size_t length)
{
	size_t		end = start;

	while (end < length && end - start < COMPOSED_BYTES)
		U8_FWD_1_UNSAFE(text, end);
	while (end < length && end - start < COMPOSED_BYTES + MORE_BYTES)
	{
		UChar32		c;

		U8_GET_UNSAFE(text, end, c);
		if (unorm2_hasBoundaryBefore(nfc, c))
			break;
		U8_FWD_1_UNSAFE(text, end);
	}
	return end;
}

AnthologyStatus
anthology_nfc(const char *text, size_t length, AnthologyBuffer *composed)
{
	UErrorCode	error = U_ZERO_ERROR;
	const UNormalizer2 *nfc = unorm2_getNFCInstance(&error);
	UChar		source[COMPOSED_BYTES + MORE_BYTES + 4];
	UChar		target[3 * (COMPOSED_BYTES + MORE_BYTES + 4)];	/* NFC is no longer */

	for (size_t start = 0, end; start < length && U_SUCCESS(error); start = end)
	{
		int32_t		units = 0;
		int32_t		count;

		anthology_check();
		end = piece_end(nfc, text, start, length);
		u_strFromUTF8(source, (int32_t) (sizeof(source) / sizeof(source[0])), &units,
					  text + start, (int32_t) (end - start), &error);
		if (U_SUCCESS(error) && unorm2_quickCheck(nfc, source, units, &error) == UNORM_YES)
		{
			anthology_buffer_append(composed, text + start, end - start);
			continue;
		}
		count = unorm2_normalize(nfc, source, units, target,
								 (int32_t) (sizeof(target) / sizeof(target[0])), &error);
		for (int32_t i = 0; U_SUCCESS(error) && i < count;)
		{
			UChar32		c;

			U16_NEXT(target, i, count, c);
			anthology_buffer_append_code_point(composed, c);
		}
	}
	if (U_FAILURE(error))
		return error == U_MEMORY_ALLOCATION_ERROR ? ANTHOLOGY_OUT_OF_MEMORY : ANTHOLOGY_ICU_FAILED;
	return composed->status;
}
