/*
 * yaml_string.c - whether a plain YAML scalar would be read as a string; see
 * yaml_string.h. The forms are those of the YAML 1.1 types bool, float, int,
 * merge, null, timestamp and value (https://yaml.org/type/).
 */
#include "yaml_string.h"

#include <regex.h>
#include <stddef.h>

int
anthology_yaml_is_string(const char *text)
{
	static const char not_a_string[] = "^("
		"yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF"
		"|[-+]?[0-9][0-9_]*[.][0-9_]*([eE][-+][0-9]+)?"
		"|[.][0-9][0-9_]*([eE][-+][0-9]+)?"
		"|[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+[.][0-9_]*"
		"|[-+]?[.](inf|Inf|INF)|[.](nan|NaN|NAN)"
		"|[-+]?0b[01_]+|[-+]?0[0-7_]+|[-+]?(0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+"
		"|[-+]?[1-9][0-9_]*(:[0-5]?[0-9])+"
		"|<<|=|~|null|Null|NULL|"
		"|[0-9]{4}-[0-9]{2}-[0-9]{2}"
		"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}([.][0-9]*)?"
		"([ \t]*(Z|[-+][0-9]{1,2}(:?[0-9]{2})?))?"
		")$";
	static regex_t pattern;
	static int	compiled = 0;

	if (!compiled)
	{
		if (regcomp(&pattern, not_a_string, REG_EXTENDED | REG_NOSUB) != 0)
			return 0;			/* quotes are never wrong */
		compiled = 1;
	}
	return regexec(&pattern, text, 0, NULL, 0) == REG_NOMATCH;
}
