/*
 * name_looks.c - which of several spellings of a name looks best.
 *
 * The official library's rule for the canonical name of an unverified person
 * (its Name.score): one point a letter; one more for each letter outside ASCII
 * and each hyphen; one less for each word with a capital inside and for each
 * word that begins in lower case, and once more if the very first does; half a
 * point if the first name is the longer one, so that of "Loomis, W F" and
 * "F Loomis, W" the same wins every time.
 */
#include "name_looks.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

/* Code points of one part; what the words of it add goes to *looks. */
static int
part_looks(const char *part, size_t length, double *looks)
{
	int			letters = 0;
	int			in_word = 0;
	int			inner_capital = 0;

	for (size_t i = 0; i < length;)
	{
		UChar32		c;

		U8_NEXT(part, i, length, c);
		letters++;
		if (c < 0 || c > 127 || c == '-')
			*looks += 1;
		if (c < 0 || !(u_isalnum(c) || c == '_'))
		{
			in_word = 0;
			continue;
		}
		if (!in_word)
		{
			if (u_isULowercase(c))
				*looks -= 1;
			in_word = 1;
			inner_capital = 0;
		}
		else if (u_isUUppercase(c) && !inner_capital)
		{
			*looks -= 1;
			inner_capital = 1;
		}
	}
	*looks += letters;
	return letters;
}

double
anthology_name_looks(const char *first, size_t first_length,
					 const char *last, size_t last_length)
{
	double		looks = 0;
	int			first_letters = part_looks(first, first_length, &looks);
	int			last_letters = part_looks(last, last_length, &looks);
	const char *name = first_length > 0 ? first : last;
	size_t		length = first_length > 0 ? first_length : last_length;

	if (first_letters > 0)
		looks += 1;				/* the space between them */
	if (first_letters > last_letters)
		looks += 0.5;
	if (length > 0)
	{
		UChar32		c;
		size_t		i = 0;

		U8_NEXT(name, i, length, c);
		if (c >= 0 && u_isULowercase(c))
			looks -= 1;
	}
	return looks;
}
