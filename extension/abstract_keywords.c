/*
 * abstract_keywords.c - SQL function keyword_terms: what a document is about.
 */
#include "postgres.h"

#include <ctype.h>

#include "catalog/pg_type.h"
#include "compat.h"
#include "fmgr.h"
#include "nodes/bitmapset.h"
#include "tsearch/ts_type.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "term_statistics.h"

PG_FUNCTION_INFO_V1(anthology_keyword_terms);

/*
 * The n weightiest terms that say something new: not a part of a compound that
 * is among them, and not a mere number.
 */
Datum
anthology_keyword_terms(PG_FUNCTION_ARGS)
{
	TSVector	document = PG_GETARG_TSVECTOR(0);
	int			most = PG_GETARG_INT32(1);
	AnthologyWeighedTerm *terms = anthology_weighed_terms(document);
	Bitmapset  *covered = NULL;
	Datum	   *words = palloc((Max(Min(most, document->size), 0) + 1) * sizeof(Datum));
	int			count = 0;

	for (int i = 0; i < document->size && count < most; i++)
	{
		WordEntry  *entry = terms[i].entry;
		char	   *term = STRPTR(document) + entry->pos;
		bool		is_new = !entry->haspos;
		bool		is_number = true;

		for (int c = 0; c < entry->len; c++)
			is_number &= isdigit((unsigned char) term[c]) || term[c] == '.';
		for (int p = 0; entry->haspos && p < POSDATALEN(document, entry); p++)
		{
			int			position = WEP_GETPOS(POSDATAPTR(document, entry)[p]);

			is_new |= !bms_is_member(position, covered);
		}
		if (!is_new || is_number)
			continue;
		for (int p = 0; entry->haspos && p < POSDATALEN(document, entry); p++)
			covered = bms_add_member(covered, WEP_GETPOS(POSDATAPTR(document, entry)[p]));
		words[count++] = PointerGetDatum(cstring_to_text_with_len(term, entry->len));
	}
	PG_RETURN_ARRAYTYPE_P(construct_array(words, count, TEXTOID, -1, false, TYPALIGN_INT));
}
