/*
 * abstract_configuration.c - the parser and the dictionary of text search
 * configuration anthology.abstract; the tokens and terms are core/terms.c's.
 */
#include "postgres.h"

#include "catalog/namespace.h"
#include "compat.h"
#include "fmgr.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "nodes/value.h"
#include "tsearch/ts_cache.h"
#include "tsearch/ts_public.h"
#include "utils/inval.h"
#include "utils/syscache.h"

#include "abstract_glue.h"
#include "bridge.h"

PG_FUNCTION_INFO_V1(anthology_abstract_parser_start);
PG_FUNCTION_INFO_V1(anthology_abstract_parser_token);
PG_FUNCTION_INFO_V1(anthology_abstract_parser_end);
PG_FUNCTION_INFO_V1(anthology_abstract_parser_types);
PG_FUNCTION_INFO_V1(anthology_abstract_lexize);

/*
 * The numbers that the default parser gives a word and what is between words,
 * so that its headline function serves for this one.
 */
#define TOKEN_TERM		2
#define TOKEN_BLANK		12

/* Stems of words already seen: a word's slot is where its hash says. */
#define STEM_SLOTS		32768	/* a power of 2; 1.4 MB, and the Anthology has 130,000 words */
#define STEM_BYTES		20

typedef struct StemSlot
{
	unsigned char word_length;	/* 0 if empty */
	unsigned char stem_length;	/* 0 for a stop word: these are a third of all words */
	char		word[STEM_BYTES];
	char		stem[STEM_BYTES];
} StemSlot;

static StemSlot *stem_slots;
static Oid	stem_dictionary = InvalidOid;

static void
forget_stems(Datum arg, int cacheid, uint32 hashvalue)
{
	stem_dictionary = InvalidOid;
	memset(stem_slots, 0, STEM_SLOTS * sizeof(StemSlot));
}

size_t
anthology_stem(const char *word, size_t length, char *stem)
{
	StemSlot   *slot = NULL;
	TSDictionaryCacheEntry *dictionary;
	TSLexeme   *lexemes;
	size_t		stem_length;

	if (stem_slots == NULL)
	{
		stem_slots = MemoryContextAllocZero(TopMemoryContext, STEM_SLOTS * sizeof(StemSlot));
		CacheRegisterSyscacheCallback(TSDICTOID, forget_stems, (Datum) 0);
	}
	if (length <= STEM_BYTES)
	{
		uint32		hash = 0;

		for (size_t i = 0; i < length; i++)
			hash = hash * 31 + (unsigned char) word[i];
		slot = &stem_slots[(hash ^ (hash >> 13)) & (STEM_SLOTS - 1)];
		if (slot->word_length == length && memcmp(slot->word, word, length) == 0)
		{
			memcpy(stem, slot->stem, slot->stem_length);
			return slot->stem_length;
		}
	}

	if (!OidIsValid(stem_dictionary))
		stem_dictionary = get_ts_dict_oid(list_make2(makeString("anthology"),
													 makeString("abstract_stem")), false);
	dictionary = lookup_ts_dictionary_cache(stem_dictionary);
	lexemes = (TSLexeme *) DatumGetPointer(FunctionCall4(&dictionary->lexize,
														 PointerGetDatum(dictionary->dictData),
														 PointerGetDatum(word),
														 Int32GetDatum((int32) length),
														 PointerGetDatum(NULL)));
	if (lexemes == NULL)
	{
		memcpy(stem, word, length);
		return length;
	}
	stem_length = lexemes->lexeme != NULL ? strlen(lexemes->lexeme) : 0;
	/* A stem is no longer than the word, or it would not fit. */
	if (stem_length > length)
		stem_length = length;
	if (stem_length > 0)
		memcpy(stem, lexemes->lexeme, stem_length);
	if (slot != NULL)
	{
		memcpy(slot->word, word, length);
		slot->word_length = (unsigned char) length;
		memcpy(slot->stem, stem, stem_length);
		slot->stem_length = (unsigned char) stem_length;
	}
	return stem_length;
}

/* The parser's state: the text, and how far it has been read. */
typedef struct ParserState
{
	const char *text;
	size_t		length;
	size_t		at;
} ParserState;

Datum
anthology_abstract_parser_start(PG_FUNCTION_ARGS)
{
	AnthologyText view = anthology_bytes((char *) PG_GETARG_POINTER(0), PG_GETARG_INT32(1));
	ParserState *state = palloc0(sizeof(ParserState));

	state->text = view.data;
	state->length = (size_t) view.length;
	PG_RETURN_POINTER(state);
}

Datum
anthology_abstract_parser_token(PG_FUNCTION_ARGS)
{
	ParserState *state = (ParserState *) PG_GETARG_POINTER(0);
	char	  **token = (char **) PG_GETARG_POINTER(1);
	int		   *length = (int *) PG_GETARG_POINTER(2);
	AnthologyPiece piece;

	CHECK_FOR_INTERRUPTS();
	if (!anthology_next_piece(state->text, state->length, &state->at, &piece))
		PG_RETURN_INT32(0);
	if (GetDatabaseEncoding() == PG_UTF8)
	{
		*token = unconstify(char *, piece.text);
		*length = (int) piece.length;
	}
	else
	{
		*token = anthology_cstring(piece.text, piece.length);
		*length = (int) strlen(*token);
	}
	PG_RETURN_INT32(piece.is_token ? TOKEN_TERM : TOKEN_BLANK);
}

Datum
anthology_abstract_parser_end(PG_FUNCTION_ARGS)
{
	pfree(PG_GETARG_POINTER(0));
	PG_RETURN_VOID();
}

Datum
anthology_abstract_parser_types(PG_FUNCTION_ARGS)
{
	LexDescr   *types = palloc0(3 * sizeof(LexDescr));

	types[0].lexid = TOKEN_TERM;
	types[0].alias = pstrdup("term");
	types[0].descr = pstrdup("Word, compound, number, formula or address");
	types[1].lexid = TOKEN_BLANK;
	types[1].alias = pstrdup("blank");
	types[1].descr = pstrdup("What is between terms");
	PG_RETURN_POINTER(types);
}

Datum
anthology_abstract_lexize(PG_FUNCTION_ARGS)
{
	AnthologyText token = anthology_bytes((char *) PG_GETARG_POINTER(1), PG_GETARG_INT32(2));
	AnthologyTerms terms;
	TSLexeme   *result;
	int			offset = 0;

	terms.stem = anthology_stem;
	anthology_token_terms(token.data, token.length, &terms);
	result = palloc0((terms.count + 1) * sizeof(TSLexeme));
	for (int i = 0; i < terms.count; i++)
	{
		AnthologyTerm *term = &terms.items[i];

		/* Lexemes at one position are alternatives of each other. */
		result[i].nvariant = (uint16) (i + 1);
		result[i].lexeme = anthology_cstring(term->text, term->length);
		if (term->offset > offset)
			result[i].flags = TSL_ADDPOS;
		offset = term->offset;
	}
	PG_RETURN_POINTER(result);
}
