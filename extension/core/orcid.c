/*
 * orcid.c - the form and the check digit of an ORCID; see orcid.h.
 */
#include "orcid.h"

#include <string.h>

static int
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

int
anthology_orcid(const char *text, size_t length, char orcid[ANTHOLOGY_ORCID_LENGTH])
{
	static const char *const prefixes[] = {"https://", "http://", "www.", "orcid.org/"};
	int			total = 0;
	int			digits = 0;

	while (length > 0 && is_space(text[length - 1]))
		length--;
	while (length > 0 && is_space(text[0]))
		text++, length--;
	if (length > 0 && text[length - 1] == '/')
		length--;
	for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++)
	{
		size_t		prefix = strlen(prefixes[i]);

		if (length > prefix && memcmp(text, prefixes[i], prefix) == 0)
			text += prefix, length -= prefix;
	}

	for (size_t i = 0; i < length; i++)
	{
		char		c = text[i];
		int			at = digits + digits / 4;

		if (c == '-' && digits > 0 && digits % 4 == 0 && digits < 16 && text[i - 1] != '-')
			continue;
		if (digits == 16)
			return 0;
		if (digits == 15)
		{
			int			check = (12 - total % 11) % 11;

			if (c == 'x')
				c = 'X';
			if (c != (check == 10 ? 'X' : '0' + check))
				return 0;
		}
		else if (c >= '0' && c <= '9')
			total = (total + (c - '0')) * 2 % 11;
		else
			return 0;
		orcid[at] = c;
		if (digits % 4 == 3 && digits < 15)
			orcid[at + 1] = '-';
		digits++;
	}
	return digits == 16;
}
