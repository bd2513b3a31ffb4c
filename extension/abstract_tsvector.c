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

#include "abstract_glue.h"
#include "bridge.h"
#include "core/plain.h"

PG_FUNCTION_INFO_V1(anthology_abstract_tsvector_sql);
PG_FUNCTION_INFO_V1(anthology_abstract_tsvector_weights);

#define MOST_DEFINITIONS	16	/* acronyms tied to their words */

/* What a lexeme takes of a tsvector besides its bytes: padding and the number of positions. */
#define LEXEME_OVERHEAD	(1 + sizeof(uint16))

/* A lexeme of the text. */
typedef struct Lexeme
{
	size_t		start;			/* in document->bytes, in the encoding of the database */
	uint32		hash;
	int			length;
	int			first_place;	/* once positions are gathered: the first of place_count */
	int			place_count;
} Lexeme;

/* A lexeme at a position. */
typedef struct Place
{
	int			lexeme;
	int			position;
} Place;

/* A token of the text. */
typedef struct Token
{
	size_t		start;			/* in its text */
	int			position;
	int			text;			/* 0 title, 1 abstract */
	int			first_place;	/* in document->places, of place_count */
	int			place_count;
} Token;

/* A document being made. */
typedef struct Document
{
	char	   *bytes;			/* of the lexemes, one after the other */
	size_t		byte_count;
	size_t		byte_room;
	Lexeme	   *lexemes;		/* each once */
	int			lexeme_count;
	int			lexeme_room;
	int		   *slots;			/* lexeme + 1 by hash, 0 if empty; twice lexeme_room */
	Place	   *places;
	int			place_count;
	int			place_room;
	Token	   *tokens;
	int			token_count;
	int			token_room;
	int			position;		/* the last one taken */
	int			text;			/* the one being added */

	/* Definitions: the acronym's token, and the first of those of its words. */
	int			definitions[MOST_DEFINITIONS][2];
	int			definition_count;
} Document;

/* The slot of a lexeme, or the empty one where it belongs. */
static int *
find_slot(const Document *document, uint32 hash, const char *text, int length)
{
	uint32		mask = 2 * (uint32) document->lexeme_room - 1;
	uint32		at = hash & mask;

	for (; document->slots[at] != 0; at = (at + 1) & mask)
	{
		const Lexeme *lexeme = &document->lexemes[document->slots[at] - 1];

		if (lexeme->hash == hash && lexeme->length == length &&
			memcmp(document->bytes + lexeme->start, text, length) == 0)
			break;
	}
	return &document->slots[at];
}

static void
make_room_for_lexemes(Document *document)
{
	document->lexeme_room *= 2;
	document->lexemes = repalloc_huge(document->lexemes, document->lexeme_room * sizeof(Lexeme));
	pfree(document->slots);
	document->slots = MemoryContextAllocExtended(CurrentMemoryContext,
												 2 * (Size) document->lexeme_room * sizeof(int),
												 MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	for (int i = 0; i < document->lexeme_count; i++)
	{
		const Lexeme *lexeme = &document->lexemes[i];

		*find_slot(document, lexeme->hash, document->bytes + lexeme->start,
				   lexeme->length) = i + 1;
	}
}

/* The number of a lexeme, which is added if it is new. */
static int
lexeme_of(Document *document, const char *text, int length)
{
	uint32		hash = 2166136261;
	int		   *slot;
	Lexeme	   *lexeme;

	for (int i = 0; i < length; i++)
		hash = (hash ^ (unsigned char) text[i]) * 16777619;
	hash ^= hash >> 15;
	slot = find_slot(document, hash, text, length);
	if (*slot != 0)
		return *slot - 1;
	if (document->lexeme_count == document->lexeme_room)
	{
		make_room_for_lexemes(document);
		slot = find_slot(document, hash, text, length);
	}
	if (document->byte_count + length > document->byte_room)
	{
		document->byte_room = 2 * (document->byte_room + length);
		document->bytes = repalloc_huge(document->bytes, document->byte_room);
	}
	lexeme = &document->lexemes[document->lexeme_count++];
	memset(lexeme, 0, sizeof(*lexeme));
	lexeme->start = document->byte_count;
	lexeme->hash = hash;
	lexeme->length = length;
	memcpy(document->bytes + document->byte_count, text, length);
	document->byte_count += length;
	*slot = document->lexeme_count;
	return document->lexeme_count - 1;
}

static void
add_place(Document *document, int lexeme, int position)
{
	Place	   *place;

	if (document->place_count == document->place_room)
	{
		document->place_room *= 2;
		document->places = repalloc_huge(document->places,
										 (Size) document->place_room * sizeof(Place));
	}
	place = &document->places[document->place_count++];
	place->lexeme = lexeme;
	place->position = LIMITPOS(position);
}

static void
add_token(Document *document, size_t start, const AnthologyTerms *terms)
{
	Token	   *token;

	if (document->token_count == document->token_room)
	{
		document->token_room *= 2;
		document->tokens = repalloc_huge(document->tokens, document->token_room * sizeof(Token));
	}
	token = &document->tokens[document->token_count++];
	token->start = start;
	token->position = document->position + 1;
	token->text = document->text;
	token->first_place = document->place_count;
	for (int i = 0; i < terms->count; i++)
	{
		const AnthologyTerm *term = &terms->items[i];
		const char *text = term->text;
		size_t		length = term->length;

		if (GetDatabaseEncoding() != PG_UTF8)
		{
			text = anthology_cstring(text, length);
			length = strlen(text);
		}
		if (length > 0)
			add_place(document, lexeme_of(document, text, (int) length),
					  document->position + 1 + term->offset);
	}
	token->place_count = document->place_count - token->first_place;
	document->position += terms->positions;
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

	if (start == 0 || text[start - 1] != '(')
		return;
	if (length > 3 && piece->text[length - 1] == 's')
		length--;
	for (size_t i = 0; i < length; i++)
		capitals += piece->text[i] >= 'A' && piece->text[i] <= 'Z';
	if (length < 2 || length > 10 || capitals < 2 ||
		document->definition_count == MOST_DEFINITIONS ||
		document->tokens[acronym].place_count == 0)
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
same_token(const Document *document, const Token *a, const Token *b)
{
	if (a->place_count != b->place_count)
		return false;
	for (int i = 0; i < a->place_count; i++)
		if (document->places[a->first_place + i].lexeme !=
			document->places[b->first_place + i].lexeme)
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
				   same_token(document, &document->tokens[t + i], words + i))
				i++;
			if (i == count)
				add_place(document, document->places[acronym->first_place].lexeme,
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

/*
 * Drops what does not fit into a tsvector: lexemes that first occur after it is
 * full. Those that are in keep their positions, of which a tsvector has room
 * for 255 each.
 */
static void
drop_excess(Document *document)
{
	Size		total = 0;
	int		   *positions;		/* of each lexeme that are in */
	int			kept = 0;

	for (int i = 0; i < document->place_count; i++)
		total += document->lexemes[document->places[i].lexeme].length + LEXEME_OVERHEAD +
			sizeof(WordEntryPos);
	if (total <= MAXSTRPOS)
		return;
	positions = MemoryContextAllocExtended(CurrentMemoryContext,
										   document->lexeme_count * sizeof(int),
										   MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	total = 0;
	for (int i = 0; i < document->place_count; i++)
	{
		Place		place = document->places[i];
		Size		more = sizeof(WordEntryPos);

		CHECK_FOR_INTERRUPTS();
		if (positions[place.lexeme] == 0)
			more += document->lexemes[place.lexeme].length + LEXEME_OVERHEAD;
		if (total + more > MAXSTRPOS || positions[place.lexeme] == MAXNUMPOS - 1)
			continue;
		positions[place.lexeme]++;
		total += more;
		document->places[kept++] = place;
	}
	document->place_count = kept;
	pfree(positions);
}

/* A lexeme in the order of a tsvector, which is that of bytes. */
typedef struct SortedLexeme
{
	uint64		head;			/* its first bytes, the first one highest */
	const char *text;
	int			length;
	int			lexeme;
} SortedLexeme;

static int
compare_lexemes(const void *a, const void *b)
{
	const SortedLexeme *left = a;
	const SortedLexeme *right = b;
	int			order;

	if (left->head != right->head)
		return left->head < right->head ? -1 : 1;
	order = memcmp(left->text, right->text, Min(left->length, right->length));
	return order != 0 ? order : left->length - right->length;
}

static int
compare_positions(const void *a, const void *b)
{
	return *(const int *) a - *(const int *) b;
}

/* The lexemes in order. */
static SortedLexeme *
sort_lexemes(const Document *document)
{
	SortedLexeme *sorted = palloc_extended(Max(document->lexeme_count, 1) * sizeof(SortedLexeme),
										   MCXT_ALLOC_HUGE);

	for (int i = 0; i < document->lexeme_count; i++)
	{
		const Lexeme *lexeme = &document->lexemes[i];

		sorted[i].text = document->bytes + lexeme->start;
		sorted[i].length = lexeme->length;
		sorted[i].lexeme = i;
		sorted[i].head = 0;
		for (int byte = 0; byte < 8; byte++)
			sorted[i].head = sorted[i].head << 8 |
				(byte < lexeme->length ? (unsigned char) sorted[i].text[byte] : 0);
	}
	qsort(sorted, document->lexeme_count, sizeof(SortedLexeme), compare_lexemes);
	return sorted;
}

/* The positions of each lexeme, one lexeme after the other; sets how many each has. */
static int *
gather_positions(Document *document)
{
	int		   *positions = palloc_extended(Max(document->place_count, 1) * sizeof(int),
											MCXT_ALLOC_HUGE);
	int			start = 0;

	for (int i = 0; i < document->place_count; i++)
		document->lexemes[document->places[i].lexeme].place_count++;
	for (int i = 0; i < document->lexeme_count; i++)
	{
		document->lexemes[i].first_place = start;
		start += document->lexemes[i].place_count;
		document->lexemes[i].place_count = 0;
	}
	for (int i = 0; i < document->place_count; i++)
	{
		Lexeme	   *lexeme = &document->lexemes[document->places[i].lexeme];

		positions[lexeme->first_place + lexeme->place_count++] = document->places[i].position;
	}
	return positions;
}

/* Brings positions into order, each once, as many as a tsvector takes; returns how many. */
static int
order_positions(int *positions, int count)
{
	int			kept = 0;

	for (int i = 1; i < count; i++)
		if (positions[i] < positions[i - 1])
		{
			/* An acronym stands also where its words do. */
			qsort(positions, count, sizeof(int), compare_positions);
			break;
		}
	for (int i = 0; i < count && kept < MAXNUMPOS - 1; i++)
		if (kept == 0 || positions[i] != positions[kept - 1])
			positions[kept++] = positions[i];
	return kept;
}

/* The tsvector of a document: positions up to title_end have the weight of the title. */
static TSVector
make_vector(Document *document, int title_end, int title_weight, int abstract_weight)
{
	int		   *positions = gather_positions(document);
	SortedLexeme *sorted = sort_lexemes(document);
	TSVector	vector;
	char	   *bytes;
	int			count = 0;
	Size		used = 0;
	Size		size;

	for (int i = 0; i < document->lexeme_count; i++)
	{
		Lexeme	   *lexeme = &document->lexemes[sorted[i].lexeme];

		if (lexeme->place_count == 0)
			continue;			/* it was dropped */
		lexeme->place_count = order_positions(positions + lexeme->first_place,
											  lexeme->place_count);
		used = SHORTALIGN(used + lexeme->length) + sizeof(uint16) +
			lexeme->place_count * sizeof(WordEntryPos);
		sorted[count++] = sorted[i];
	}
	Assert(used <= MAXSTRPOS);
	size = CALCDATASIZE(count, used);
	vector = palloc0(size);
	SET_VARSIZE(vector, size);
	vector->size = count;
	bytes = STRPTR(vector);
	used = 0;
	for (int i = 0; i < count; i++)
	{
		const Lexeme *lexeme = &document->lexemes[sorted[i].lexeme];
		WordEntry  *entry = ARRPTR(vector) + i;
		WordEntryPos *places;

		entry->haspos = 1;
		entry->len = lexeme->length;
		entry->pos = used;
		memcpy(bytes + used, sorted[i].text, lexeme->length);
		used = SHORTALIGN(used + lexeme->length);
		*(uint16 *) (bytes + used) = (uint16) lexeme->place_count;
		used += sizeof(uint16) + lexeme->place_count * sizeof(WordEntryPos);
		places = POSDATAPTR(vector, entry);
		for (int p = 0; p < lexeme->place_count; p++)
		{
			int			position = positions[lexeme->first_place + p];

			WEP_SETPOS(places[p], position);
			WEP_SETWEIGHT(places[p], position <= title_end ? title_weight : abstract_weight);
		}
	}
	return vector;
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
	int			title_end;

	memset(&document, 0, sizeof(document));
	document.byte_room = 2048;
	document.bytes = palloc(document.byte_room);
	document.lexeme_room = 256; /* a power of 2 */
	document.lexemes = palloc(document.lexeme_room * sizeof(Lexeme));
	document.slots = palloc0(2 * (Size) document.lexeme_room * sizeof(int));
	document.place_room = 512;
	document.places = palloc(document.place_room * sizeof(Place));
	document.token_room = 512;
	document.tokens = palloc(document.token_room * sizeof(Token));
	if (title != NULL)
		add_text(&document, title);
	title_end = LIMITPOS(document.position);

	/* A phrase does not go on from the title into the abstract. */
	if (title_end > 0)
		document.position++;
	if (abstract != NULL)
		add_text(&document, abstract);
	tie_acronyms(&document);
	drop_excess(&document);
	return make_vector(&document, title_end, title_weight, abstract_weight);
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
