/*
 * spelling_score.c - which of several spellings of a name is the best.
 *
 * The official library's rule for the canonical name of an unverified person
 * (its Name.score): one point a letter; one more for each letter outside ASCII
 * and each hyphen; one less for each word with a capital inside and for each
 * word that begins in lower case, and once more if the very first does; half a
 * point if the first name is the longer one, so that of "Loomis, W F" and
 * "F Loomis, W" the same wins every time.
 */
#include "spelling_score.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

/* Adds the points of one part's words to *score. Returns its number of code points. */
static int
part_score(const char *part, size_t length, double *score)
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
			*score += 1;
		if (c < 0 || !(u_isalnum(c) || c == '_'))
		{
			in_word = 0;
			continue;
		}
		if (!in_word)
		{
			if (u_isULowercase(c))
				*score -= 1;
			in_word = 1;
			inner_capital = 0;
		}
		else if (u_isUUppercase(c) && !inner_capital)
		{
			*score -= 1;
			inner_capital = 1;
		}
	}
	*score += letters;
	return letters;
}

double
anthology_spelling_score(const char *first, size_t first_length,
						 const char *last, size_t last_length)
{
	double		score = 0;
	int			first_letters = part_score(first, first_length, &score);
	int			last_letters = part_score(last, last_length, &score);
	const char *name = first_length > 0 ? first : last;
	size_t		length = first_length > 0 ? first_length : last_length;

	if (first_letters > 0)
		score += 1;				/* the space between them */
	if (first_letters > last_letters)
		score += 0.5;
	if (length > 0)
	{
		UChar32		c;
		size_t		i = 0;

		U8_NEXT(name, i, length, c);
		if (c >= 0 && u_isULowercase(c))
			score -= 1;
	}
	return score;
}
