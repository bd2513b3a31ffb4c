/*
 * yaml_string.h - whether a plain YAML scalar would be read as a string.
 */
#ifndef ANTHOLOGY_CORE_YAML_STRING_H
#define ANTHOLOGY_CORE_YAML_STRING_H

/*
 * Whether YAML 1.1, as the official library's parser (PyYAML) resolves it,
 * reads this NUL-terminated text, written without quotes, as a string and not
 * as a number, a truth value, a date or nothing.
 */
extern int	anthology_yaml_is_string(const char *text);

#endif							/* ANTHOLOGY_CORE_YAML_STRING_H */
