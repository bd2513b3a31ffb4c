/*
 * slug.c - the Anthology's slug of a name.
 *
 * The official library slugifies "first last" with python-slugify over
 * text-unidecode. These are its steps:
 *
 *   1. U+02BC, U+2019 and every run of straight quotes become a hyphen;
 *   2. compatibility decomposition (NFKD);
 *   3. transliteration to ASCII, where combining marks have no counterpart
 *      and vanish;
 *   4. lower case; straight quotes that step 3 made vanish ("other quotes");
 *   5. a comma between two digits vanishes;
 *   6. every run of anything but a-z and 0-9 becomes one hyphen, none at the
 *      ends.
 *
 * A letter that decomposes to ASCII, or is in the small table below, is written
 * at once; runs of other letters (Han, Cyrillic) go through ICU's
 * transliterator, whose data differ from text-unidecode's in a few places.
 * tests/corpus names the differences in the corpus and their reasons.
 */
#include "slug.h"

#include <string.h>

#include <unicode/unorm2.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>
#include <unicode/utf16.h>

#include "host.h"
#include "transliterate.h"

/* Where the letters of a slug go, and what was seen just before. */
typedef struct SlugWriter
{
	AnthologyBuffer *slug;
	size_t		start;			/* slug's length before ours */
	int			gap;			/* a hyphen is due before the next letter */
	int			digit_comma;	/* the gap is exactly one comma after a digit */
} SlugWriter;

static void
write_ascii(SlugWriter *writer, char c)
{
	AnthologyBuffer *slug = writer->slug;
	int			after_digit;

	if (c >= 'A' && c <= 'Z')
		c = (char) (c - 'A' + 'a');
	if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
	{
		if (writer->digit_comma && c >= '0' && c <= '9')
			writer->gap = 0;
		if (writer->gap && slug->length > writer->start)
			anthology_buffer_append_byte(slug, '-');
		anthology_buffer_append_byte(slug, c);
		writer->gap = writer->digit_comma = 0;
		return;
	}
	after_digit = !writer->gap && slug->length > writer->start &&
		slug->data[slug->length - 1] >= '0' && slug->data[slug->length - 1] <= '9';
	writer->digit_comma = (c == ',' && after_digit);
	writer->gap = 1;
}

/*
 * ASCII of characters that have no decomposition, as text-unidecode has it:
 * the letters of the Latin blocks in European and Vietnamese names, and the
 * signs met in names. NULL if the character is not in the table.
 */
static const char *
undecomposed_ascii(UChar32 c)
{
	switch (c)
	{
		case 0x00A9:				return "(c)";
		case 0x00AE:				return "(r)";
		case 0x00C6: case 0x00E6:	return "ae";
		case 0x00D0: case 0x00F0:	return "d";
		case 0x00D8: case 0x00F8:	return "o";
		case 0x00DE: case 0x00FE:	return "th";
		case 0x00DF:				return "ss";
		case 0x0110: case 0x0111:	return "d";
		case 0x0126: case 0x0127:	return "h";
		case 0x0131:				return "i";
		case 0x0138:				return "k";
		case 0x0141: case 0x0142:	return "l";
		case 0x014A: case 0x014B:	return "ng";
		case 0x0152: case 0x0153:	return "oe";
		case 0x0166: case 0x0167:	return "t";
		case 0x04AA: case 0x04AB:	return "s";	/* typed for c with cedilla */
		case 0x2018: case 0x201A: case 0x201B: return "";	/* quotes vanish */
		case 0x2010: case 0x2011: case 0x2012: case 0x2013: case 0x2014: case 0x2015: return "-";
		case 0x201C: case 0x201D: case 0x201E: return "-";
		case 0xFFFD:				return "";
		default:					return NULL;
	}
}

/*
 * Writes one character if it needs no transliterator. Returns 0 if it does.
 */
static int
write_character(SlugWriter *writer, const UNormalizer2 *nfkd, UChar32 c)
{
	UChar		decomposed[32];
	int32_t		units;
	UErrorCode	error = U_ZERO_ERROR;
	const char *ascii;

	if (c < 0x80)
	{
		write_ascii(writer, (char) c);
		return 1;
	}
	ascii = undecomposed_ascii(c);
	if (ascii != NULL)
	{
		for (; *ascii; ascii++)
			write_ascii(writer, *ascii);
		return 1;
	}
	if (u_getCombiningClass(c) != 0)
		return 1;
	units = unorm2_getDecomposition(nfkd, c, decomposed, 32, &error);
	if (U_FAILURE(error) || units <= 0)
		return 0;
	for (int32_t i = 0; i < units;)
	{
		UChar32		part;

		U16_NEXT(decomposed, i, units, part);
		if (part < 0x80)
			write_ascii(writer, (char) part);
		else if (u_getCombiningClass(part) == 0)
			return 0;
	}
	return 1;
}

/*
 * Writes a run of letters that only ICU can bring to ASCII, e.g. Han ones.
 * Quotes that this makes (of a soft sign, say) vanish; what is still not ASCII
 * afterwards counts as a gap.
 */
static AnthologyStatus
write_transliterated(SlugWriter *writer, const UNormalizer2 *nfkd, const char *run, size_t length)
{
	AnthologyBuffer ascii;
	AnthologyStatus status;

	anthology_buffer_init(&ascii);
	status = anthology_transliterate(run, length, &ascii);
	for (size_t i = 0; status == ANTHOLOGY_OK && i < ascii.length;)
	{
		UChar32		c;

		U8_NEXT(ascii.data, i, ascii.length, c);
		if (c != '\'' && (c < 0 || !write_character(writer, nfkd, c)))
			write_ascii(writer, '-');
	}
	anthology_buffer_free(&ascii);
	return status;
}

AnthologyStatus
anthology_slug(const char *name, size_t length, AnthologyBuffer *slug)
{
	SlugWriter	writer = {slug, slug->length, 0, 0};
	UErrorCode	error = U_ZERO_ERROR;
	const UNormalizer2 *nfkd = unorm2_getNFKDInstance(&error);
	AnthologyStatus status = ANTHOLOGY_OK;
	size_t		i = 0;
	size_t		run = 0;		/* start of the letters not yet written */

	if (U_FAILURE(error))
		return ANTHOLOGY_ICU_FAILED;
	while (i < length && status == ANTHOLOGY_OK)
	{
		size_t		at = i;
		UChar32		c;

		if ((at & 0xfff) < 4)
			anthology_check();
		U8_NEXT(name, i, length, c);
		if (c > 0x24F && u_isalpha(c) && c != 0x02BC && undecomposed_ascii(c) == NULL)
		{
			UErrorCode	ignored = U_ZERO_ERROR;
			UChar		decomposed[32];
			int32_t		units = unorm2_getDecomposition(nfkd, c, decomposed, 32, &ignored);

			if (units <= 0 || decomposed[0] >= 0x80)
				continue;		/* the run grows */
		}
		if (run < at)
			status = write_transliterated(&writer, nfkd, name + run, at - run);
		if (c == 0x02BC || c == 0x2019 || c < 0 || !write_character(&writer, nfkd, c))
			write_ascii(&writer, '-');
		run = i;
	}
	if (run < length && status == ANTHOLOGY_OK)
		status = write_transliterated(&writer, nfkd, name + run, length - run);
	return status == ANTHOLOGY_OK ? slug->status : status;
}
