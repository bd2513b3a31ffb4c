/*
 * json_problem.c - SQL function json_problem(text): where a text stops being
 * JSON, by the server's own parser.
 */
#include "postgres.h"

#include "common/jsonapi.h"
#include "compat.h"
#include "fmgr.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"

PG_FUNCTION_INFO_V1(anthology_json_problem);

Datum
anthology_json_problem(PG_FUNCTION_ARGS)
{
	text	   *argument = PG_GETARG_TEXT_PP(0);
	char	   *json = text_to_cstring(argument);
	JsonLexContext *lexer = anthology_json_lexer(json, (int) strlen(json), GetDatabaseEncoding());
	JsonParseErrorType error = pg_parse_json(lexer, &nullSemAction);
	int			column = 1;

	if (error == JSON_SUCCESS)
		PG_RETURN_NULL();
	if (lexer->token_start != NULL && lexer->line_start != NULL &&
		lexer->token_start > lexer->line_start)
		column += pg_mbstrlen_with_len(lexer->line_start,
									   (int) (lexer->token_start - lexer->line_start));
	PG_RETURN_TEXT_P(cstring_to_text(psprintf("line %d, column %d: %s", lexer->line_number, column,
											  json_errdetail(error, lexer))));
}
