/*
 * abstract_tsvector.c - SQL function abstract_tsvector.
 */
#include "postgres.h"

#include "compat.h"
#include "fmgr.h"
#include "mb/pg_wchar.h"
#include "tsearch/ts_type.h"
#include "tsearch/ts_utils.h"
#include "utils/hsearch.h"

#include "abstract_glue.h"
#include "bridge.h"
#include "core/plain.h"

PG_FUNCTION_INFO_V1(anthology_abstract_tsvector_sql);
PG_FUNCTION_INFO_V1(anthology_abstract_tsvector_weights);

/* What a lexeme takes of a tsvector besides its bytes: padding and the number of positions. */
#define LEXEME_OVERHEAD	(1 + sizeof(uint16))

static void
add_word(ParsedText *parsed, const AnthologyTerm *term, int position)
{
	ParsedWord *word;

	if (parsed->curwords == parsed->lenwords)
	{
		parsed->lenwords *= 2;
		parsed->words = repalloc_huge(parsed->words, (Size) parsed->lenwords * sizeof(ParsedWord));
	}
	word = &parsed->words[parsed->curwords++];
	memset(word, 0, sizeof(*word));
	word->word = anthology_cstring(term->text, term->length);
	word->len = strlen(word->word);
	word->pos.pos = LIMITPOS(position);
	if (word->len == 0)
		parsed->curwords--;
}

/*
 * Adds the terms of a text in the Anthology's markup, from the position after
 * parsed->pos on.
 */
static void
add_text(ParsedText *parsed, text *markup)
{
	AnthologyText view = anthology_text(markup);
	AnthologyBuffer plain;
	AnthologyStatus status;
	AnthologyPiece piece;
	AnthologyTerms terms;
	char	   *copy;
	size_t		length;
	size_t		at = 0;

	anthology_buffer_init(&plain);
	status = anthology_plain(view.data, view.length, &plain);
	copy = anthology_take_bytes(&plain, status, &length);
	terms.stem = anthology_stem;
	while (anthology_next_piece(copy, length, &at, &piece))
	{
		if (!piece.is_token)
			continue;
		anthology_token_terms(piece.text, piece.length, &terms);
		for (int i = 0; i < terms.count; i++)
			add_word(parsed, &terms.items[i], parsed->pos + 1 + terms.items[i].offset);
		parsed->pos += terms.positions;
	}
	pfree(copy);
}

/*
 * Drops what does not fit into a tsvector: from the first word on that would
 * be one too many, every new lexeme, while those that are in stay complete.
 */
static void
drop_excess(ParsedText *parsed)
{
	Size		total = 0;
	HASHCTL		control = {0};
	HTAB	   *seen;
	int			kept = 0;

	for (int i = 0; i < parsed->curwords; i++)
		total += parsed->words[i].len + LEXEME_OVERHEAD + sizeof(WordEntryPos);
	if (total <= MAXSTRPOS)
		return;
	control.keysize = ANTHOLOGY_LONGEST_LEXEME * MAX_CONVERSION_GROWTH + 1;
	control.entrysize = control.keysize;
	control.hcxt = CurrentMemoryContext;
	seen = hash_create("lexemes", 1024, &control, HASH_ELEM | HASH_STRINGS | HASH_CONTEXT);
	total = 0;
	for (int i = 0; i < parsed->curwords; i++)
	{
		bool		found;
		Size		more = sizeof(WordEntryPos);

		hash_search(seen, parsed->words[i].word, HASH_FIND, &found);
		if (!found)
			more += parsed->words[i].len + LEXEME_OVERHEAD;
		if (total + more > MAXSTRPOS)
			continue;
		if (!found)
			hash_search(seen, parsed->words[i].word, HASH_ENTER, &found);
		total += more;
		parsed->words[kept++] = parsed->words[i];
	}
	parsed->curwords = kept;
	hash_destroy(seen);
}

static int
weight_of(char c)
{
	switch (c)
	{
		case 'A': case 'a':
			return 3;
		case 'B': case 'b':
			return 2;
		case 'C': case 'c':
			return 1;
		case 'D': case 'd':
			return 0;
	}
	ereport(ERROR,
			errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			errmsg("unrecognized weight: \"%c\"", c),
			errhint("Weights are A, B, C and D."));
}

static TSVector
make_document(text *title, text *abstract, int title_weight, int abstract_weight)
{
	ParsedText	parsed;
	TSVector	vector;
	int			title_end;

	parsed.lenwords = 256;
	parsed.words = palloc(parsed.lenwords * sizeof(ParsedWord));
	parsed.curwords = 0;
	parsed.pos = 0;
	if (title != NULL)
		add_text(&parsed, title);
	title_end = LIMITPOS(parsed.pos);

	/* A phrase does not go on from the title into the abstract. */
	if (title_end > 0)
		parsed.pos++;
	if (abstract != NULL)
		add_text(&parsed, abstract);
	drop_excess(&parsed);
	vector = make_tsvector(&parsed);
	for (int i = 0; i < vector->size; i++)
	{
		WordEntry  *entry = ARRPTR(vector) + i;
		WordEntryPos *positions = POSDATAPTR(vector, entry);

		for (int p = 0; p < POSDATALEN(vector, entry); p++)
			WEP_SETWEIGHT(positions[p], WEP_GETPOS(positions[p]) <= title_end ?
						  title_weight : abstract_weight);
	}
	return vector;
}

Datum
anthology_abstract_tsvector_sql(PG_FUNCTION_ARGS)
{
	PG_RETURN_TSVECTOR(make_document(PG_ARGISNULL(0) ? NULL : PG_GETARG_TEXT_PP(0),
									 PG_ARGISNULL(1) ? NULL : PG_GETARG_TEXT_PP(1),
									 weight_of('A'), weight_of('B')));
}

Datum
anthology_abstract_tsvector_weights(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(2) || PG_ARGISNULL(3))
		PG_RETURN_NULL();
	PG_RETURN_TSVECTOR(make_document(PG_ARGISNULL(0) ? NULL : PG_GETARG_TEXT_PP(0),
									 PG_ARGISNULL(1) ? NULL : PG_GETARG_TEXT_PP(1),
									 weight_of(PG_GETARG_CHAR(2)), weight_of(PG_GETARG_CHAR(3))));
}
