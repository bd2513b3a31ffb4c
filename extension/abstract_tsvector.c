/*
 * abstract_tsvector.c - SQL function abstract_tsvector.
 *
 * Beyond the terms of each token it ties acronyms to their words: where a paper
 * defines "AutoMixAlign (AMA)", ama is a term at every AutoMixAlign, so that the
 * acronym finds it in the title too.
 */
#include "postgres.h"

#include "compat.h"
#include "fmgr.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "tsearch/ts_type.h"
#include "tsearch/ts_utils.h"
#include "utils/hsearch.h"

#include "abstract_glue.h"
#include "bridge.h"
#include "core/plain.h"

PG_FUNCTION_INFO_V1(anthology_abstract_tsvector_sql);
PG_FUNCTION_INFO_V1(anthology_abstract_tsvector_weights);

#define MOST_DEFINITIONS	16	/* acronyms tied to their words */

/* What a lexeme takes of a tsvector besides its bytes: padding and the number of positions. */
#define LEXEME_OVERHEAD	(1 + sizeof(uint16))

/* A token of the text. */
typedef struct Token
{
	size_t		start;			/* in its text */
	int			position;
	int			text;			/* 0 title, 1 abstract */
	int			first_word;		/* in parsed->words, of word_count */
	int			word_count;
} Token;

/* A document being made. */
typedef struct Document
{
	ParsedText	parsed;
	Token	   *tokens;
	int			token_count;
	int			token_room;
	int			text;			/* the one being added */

	/* Definitions: the acronym's token, and the first of those of its words. */
	int			definitions[MOST_DEFINITIONS][2];
	int			definition_count;
} Document;

static void
add_word(ParsedText *parsed, char *lexeme, int position)
{
	ParsedWord *word;

	if (*lexeme == '\0')
		return;
	if (parsed->curwords == parsed->lenwords)
	{
		parsed->lenwords *= 2;
		parsed->words = repalloc_huge(parsed->words, (Size) parsed->lenwords * sizeof(ParsedWord));
	}
	word = &parsed->words[parsed->curwords++];
	memset(word, 0, sizeof(*word));
	word->word = lexeme;
	word->len = strlen(lexeme);
	word->pos.pos = LIMITPOS(position);
}

static void
add_token(Document *document, size_t start, const AnthologyTerms *terms)
{
	ParsedText *parsed = &document->parsed;
	Token	   *token;

	if (document->token_count == document->token_room)
	{
		document->token_room *= 2;
		document->tokens = repalloc_huge(document->tokens, document->token_room * sizeof(Token));
	}
	token = &document->tokens[document->token_count++];
	token->start = start;
	token->position = parsed->pos + 1;
	token->text = document->text;
	token->first_word = parsed->curwords;
	for (int i = 0; i < terms->count; i++)
		add_word(parsed, anthology_cstring(terms->items[i].text, terms->items[i].length),
				 parsed->pos + 1 + terms->items[i].offset);
	token->word_count = parsed->curwords - token->first_word;
	parsed->pos += terms->positions;
}

/* If the last token is an acronym in parentheses, notes what it stands for. */
static void
note_definition(Document *document, const char *text, const AnthologyPiece *piece)
{
	int			acronym = document->token_count - 1;
	size_t		start = document->tokens[acronym].start;
	size_t		length = piece->length;
	size_t		from;
	int			capitals = 0;
	int			first = acronym;

	if (length > 3 && piece->text[length - 1] == 's')
		length--;
	for (size_t i = 0; i < length; i++)
		capitals += piece->text[i] >= 'A' && piece->text[i] <= 'Z';
	if (length < 2 || length > 10 || capitals < 2 || start == 0 || text[start - 1] != '(' ||
		document->definition_count == MOST_DEFINITIONS ||
		document->tokens[acronym].word_count == 0)
		return;
	from = anthology_acronym_words(text, start > 256 ? start - 256 : 0, start - 1,
								   piece->text, length);
	while (first > 0 && document->tokens[first - 1].text == document->text &&
		   document->tokens[first - 1].start >= from)
		first--;
	if (first == acronym)
		return;
	document->definitions[document->definition_count][0] = acronym;
	document->definitions[document->definition_count++][1] = first;
}

static bool
same_token(const ParsedText *parsed, const Token *a, const Token *b)
{
	if (a->word_count != b->word_count)
		return false;
	for (int i = 0; i < a->word_count; i++)
		if (strcmp(parsed->words[a->first_word + i].word,
				   parsed->words[b->first_word + i].word) != 0)
			return false;
	return true;
}

/* Adds acronyms wherever their words are. */
static void
tie_acronyms(Document *document)
{
	for (int d = 0; d < document->definition_count; d++)
	{
		const Token *acronym = &document->tokens[document->definitions[d][0]];
		const Token *words = &document->tokens[document->definitions[d][1]];
		int			count = (int) (acronym - words);

		for (int t = 0; t + count <= document->token_count; t++)
		{
			int			i = 0;

			CHECK_FOR_INTERRUPTS();
			while (i < count && document->tokens[t + i].text == document->tokens[t].text &&
				   same_token(&document->parsed, &document->tokens[t + i], words + i))
				i++;
			if (i == count)
				add_word(&document->parsed,
						 pstrdup(document->parsed.words[acronym->first_word].word),
						 document->tokens[t].position);
		}
	}
}

/*
 * Adds the terms of a text in the Anthology's markup, from the position after
 * the last one on.
 */
static void
add_text(Document *document, text *markup)
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
		CHECK_FOR_INTERRUPTS();
		if (!piece.is_token)
			continue;
		anthology_token_terms(piece.text, piece.length, &terms);
		add_token(document, (size_t) (piece.text - copy), &terms);
		note_definition(document, copy, &piece);
	}
	pfree(copy);
	document->text++;
}

/* A lexeme, and how many positions of it are in. */
typedef struct SeenLexeme
{
	char		lexeme[ANTHOLOGY_LONGEST_LEXEME * MAX_CONVERSION_GROWTH + 1];
	int			positions;
} SeenLexeme;

/*
 * Drops what does not fit into a tsvector: lexemes that first occur after it is
 * full. Those that are in keep their positions, of which a tsvector has room
 * for 255 each.
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
	control.keysize = sizeof(((SeenLexeme *) NULL)->lexeme);
	control.entrysize = sizeof(SeenLexeme);
	control.hcxt = CurrentMemoryContext;
	seen = hash_create("lexemes", 1024, &control, HASH_ELEM | HASH_STRINGS | HASH_CONTEXT);
	total = 0;
	for (int i = 0; i < parsed->curwords; i++)
	{
		ParsedWord *word = &parsed->words[i];
		SeenLexeme *lexeme = hash_search(seen, word->word, HASH_FIND, NULL);
		Size		more;

		CHECK_FOR_INTERRUPTS();
		more = sizeof(WordEntryPos) + (lexeme != NULL ? 0 : word->len + LEXEME_OVERHEAD);

		if (total + more > MAXSTRPOS || (lexeme != NULL && lexeme->positions == MAXNUMPOS - 1))
			continue;
		if (lexeme == NULL)
		{
			lexeme = hash_search(seen, word->word, HASH_ENTER, NULL);
			lexeme->positions = 0;
		}
		lexeme->positions++;
		total += more;
		parsed->words[kept++] = *word;
	}
	parsed->curwords = kept;
	hash_destroy(seen);
}

static int
weight_of(char c)
{
	/* A byte of a longer character is shown as type "char" shows it. */
	char		shown[5];

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
	if (IS_HIGHBIT_SET(c))
		snprintf(shown, sizeof(shown), "\\%03o", (unsigned char) c);
	else
		snprintf(shown, sizeof(shown), "%c", c);
	ereport(ERROR,
			errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			errmsg("unrecognized weight: \"%s\"", shown),
			errhint("Weights are A, B, C and D."));
}

TSVector
anthology_make_document(text *title, text *abstract, int title_weight, int abstract_weight)
{
	Document	document;
	ParsedText *parsed = &document.parsed;
	TSVector	vector;
	int			title_end;

	memset(&document, 0, sizeof(document));
	parsed->lenwords = 256;
	parsed->words = palloc(parsed->lenwords * sizeof(ParsedWord));
	document.token_room = 256;
	document.tokens = palloc(document.token_room * sizeof(Token));
	if (title != NULL)
		add_text(&document, title);
	title_end = LIMITPOS(parsed->pos);

	/* A phrase does not go on from the title into the abstract. */
	if (title_end > 0)
		parsed->pos++;
	if (abstract != NULL)
		add_text(&document, abstract);
	tie_acronyms(&document);
	drop_excess(parsed);
	vector = make_tsvector(parsed);
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
	PG_RETURN_TSVECTOR(anthology_make_document(PG_ARGISNULL(0) ? NULL : PG_GETARG_TEXT_PP(0),
											   PG_ARGISNULL(1) ? NULL : PG_GETARG_TEXT_PP(1),
											   weight_of('A'), weight_of('B')));
}

Datum
anthology_abstract_tsvector_weights(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(2) || PG_ARGISNULL(3))
		PG_RETURN_NULL();
	PG_RETURN_TSVECTOR(anthology_make_document(PG_ARGISNULL(0) ? NULL : PG_GETARG_TEXT_PP(0),
											   PG_ARGISNULL(1) ? NULL : PG_GETARG_TEXT_PP(1),
											   weight_of(PG_GETARG_CHAR(2)),
											   weight_of(PG_GETARG_CHAR(3))));
}
