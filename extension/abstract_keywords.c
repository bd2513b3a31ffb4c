/*
 * abstract_keywords.c - SQL functions keyword_terms and abstract_keywords: what a paper is
 * about.
 *
 * Terms are taken by their weight (anthology_term_weight), the weightiest first, unless
 * most of their occurrences are in keywords already. Those that occur once, and are no
 * names by their spelling, come after all others: a rare word is not a topic. A keyword
 * is written as the paper writes it most often. It grows by a neighbour to a phrase where
 * most of its occurrences, and two at least, have that neighbour: "machine" of "machine
 * translation" is no keyword where the paper speaks of no other machine.
 */
#include "postgres.h"

#include <ctype.h>

#include "catalog/pg_type.h"
#include "compat.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "nodes/bitmapset.h"
#include "tsearch/ts_type.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "abstract_glue.h"
#include "bridge.h"
#include "core/plain.h"
#include "term_statistics.h"

PG_FUNCTION_INFO_V1(anthology_keyword_terms);
PG_FUNCTION_INFO_V1(anthology_abstract_keywords_sql);

#define MOST_TOKENS		16384	/* that keywords are looked for among */
#define MOST_WORDS		4		/* of a phrase */
#define MOST_FORMS		32		/* ways to write a keyword that are counted */

/* Whether a term is digits and dots only. */
static bool
is_number(const char *term, int length)
{
	for (int c = 0; c < length; c++)
		if (!isdigit((unsigned char) term[c]) && term[c] != '.')
			return false;
	return true;
}

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

		for (int p = 0; entry->haspos && p < POSDATALEN(document, entry); p++)
		{
			int			position = WEP_GETPOS(POSDATAPTR(document, entry)[p]);

			is_new |= !bms_is_member(position, covered);
		}
		if (!is_new || is_number(term, entry->len))
			continue;
		for (int p = 0; entry->haspos && p < POSDATALEN(document, entry); p++)
			covered = bms_add_member(covered, WEP_GETPOS(POSDATAPTR(document, entry)[p]));
		words[count++] = PointerGetDatum(cstring_to_text_with_len(term, entry->len));
	}
	PG_RETURN_ARRAYTYPE_P(construct_array(words, count, TEXTOID, -1, false, TYPALIGN_INT));
}

/* A token of the text. */
typedef struct KeywordToken
{
	const char *text;
	size_t		length;
	int			first_use;		/* its terms among the uses; it has none if it is a stop word */
	int			use_count;
	bool		follows;		/* right after the token before: only a blank is between them */
	bool		covered;		/* is in a keyword */
} KeywordToken;

/* A term, and what of the text it is. */
typedef struct TermUse
{
	char	   *term;			/* in the database's encoding */
	const char *source;
	size_t		length;
	int			token;
} TermUse;

typedef struct KeywordText
{
	KeywordToken *tokens;
	int			token_count;
	int			token_room;
	int			title_count;	/* of tokens, the first ones */
	TermUse    *uses;			/* in the order of the text */
	int			use_count;
	int			use_room;
	TermUse   **by_term;		/* the uses by their terms, then as in the text */
} KeywordText;

static bool
is_address(const AnthologyPiece *piece)
{
	return (piece->length > 4 && memcmp(piece->text, "www.", 4) == 0) ||
		(piece->length > 7 && memcmp(piece->text, "http", 4) == 0 &&
		 (memcmp(piece->text + 4, "://", 3) == 0 || memcmp(piece->text + 4, "s://", 4) == 0));
}

static void
add_token(KeywordText *read, const AnthologyPiece *piece, const AnthologyTerms *terms)
{
	KeywordToken *token;
	KeywordToken *before;

	if (read->token_count == read->token_room)
	{
		read->token_room *= 2;
		read->tokens = repalloc_huge(read->tokens, read->token_room * sizeof(KeywordToken));
	}
	token = &read->tokens[read->token_count];
	before = read->token_count > 0 ? token - 1 : NULL;
	token->text = piece->text;
	token->length = piece->length;
	token->covered = false;
	token->follows = before != NULL && before->text + before->length + 1 == token->text &&
		token->text[-1] == ' ';
	token->first_use = read->use_count;
	/* Nobody's keyword is an address. */
	for (int i = 0; i < terms->count && !is_address(piece); i++)
	{
		TermUse    *use;

		if (read->use_count == read->use_room)
		{
			read->use_room *= 2;
			read->uses = repalloc_huge(read->uses, read->use_room * sizeof(TermUse));
		}
		use = &read->uses[read->use_count++];
		use->term = anthology_cstring(terms->items[i].text, terms->items[i].length);
		use->source = terms->items[i].source;
		use->length = terms->items[i].source_length;
		use->token = read->token_count;
	}
	token->use_count = read->use_count - token->first_use;
	read->token_count++;
}

/* Reads the tokens of a text in the Anthology's markup. */
static void
read_tokens(KeywordText *read, text *markup)
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
	while (read->token_count < MOST_TOKENS && anthology_next_piece(copy, length, &at, &piece))
	{
		CHECK_FOR_INTERRUPTS();
		if (!piece.is_token)
			continue;
		anthology_token_terms(piece.text, piece.length, &terms);
		add_token(read, &piece, &terms);
	}
}

static int
compare_uses(const void *a, const void *b)
{
	const TermUse *x = *(TermUse *const *) a;
	const TermUse *y = *(TermUse *const *) b;
	int			order = strcmp(x->term, y->term);

	return order != 0 ? order : x < y ? -1 : 1;
}

static void
sort_uses(KeywordText *read)
{
	read->by_term = palloc_extended(Max(read->use_count, 1) * sizeof(TermUse *), MCXT_ALLOC_HUGE);
	for (int i = 0; i < read->use_count; i++)
		read->by_term[i] = &read->uses[i];
	qsort(read->by_term, read->use_count, sizeof(TermUse *), compare_uses);
}

/* The first of the uses of a term; stores their number. */
static TermUse **
find_uses(const KeywordText *read, const char *term, int length, int *count)
{
	int			low = 0;
	int			high = read->use_count;

	while (low < high)
	{
		int			middle = (low + high) / 2;

		if (strncmp(read->by_term[middle]->term, term, length) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (*count = 0; low + *count < read->use_count; (*count)++)
	{
		const char *found = read->by_term[low + *count]->term;

		if (strncmp(found, term, length) != 0 || found[length] != '\0')
			break;
	}
	return read->by_term + low;
}

/* A keyword being made: tokens first to last around each of its uses. */
typedef struct Keyword
{
	TermUse   **uses;
	int			use_count;
	bool	   *fits;			/* the use has the neighbours that are in the phrase */
	int			before;			/* tokens of the phrase before the term's and after it */
	int			after;
} Keyword;

/*
 * The token next to a use's phrase that the phrase may grow by, or NULL: it follows
 * without anything but a blank, and is neither a stop word nor in a keyword.
 */
static const KeywordToken *
neighbour(const KeywordText *read, const Keyword *keyword, int use, bool before)
{
	int			token = keyword->uses[use]->token;
	int			at = before ? token - keyword->before - 1 : token + keyword->after + 1;

	if (!keyword->fits[use] || at < 0 || at >= read->token_count ||
		!read->tokens[before ? at + 1 : at].follows ||
		read->tokens[at].use_count == 0 || read->tokens[at].covered ||
		is_number(read->uses[read->tokens[at].first_use].term,
				  strlen(read->uses[read->tokens[at].first_use].term)))
		return NULL;
	return &read->tokens[at];
}

/* Makes the phrase longer on one side, if most uses have the same neighbour there. */
static bool
grow(const KeywordText *read, Keyword *keyword, bool before)
{
	const char *common = NULL;
	int			votes = 0;
	int			count = 0;

	/* The one that most have, if there is one, is left over (Boyer and Moore). */
	for (int i = 0; i < keyword->use_count; i++)
	{
		const KeywordToken *token = neighbour(read, keyword, i, before);
		const char *term = token == NULL ? NULL : read->uses[token->first_use].term;

		if (term != NULL && votes == 0)
			common = term;
		if (term == NULL || strcmp(term, common) != 0)
			votes -= votes > 0;
		else
			votes++;
	}
	for (int i = 0; i < keyword->use_count && common != NULL; i++)
	{
		const KeywordToken *token = neighbour(read, keyword, i, before);

		count += token != NULL && strcmp(read->uses[token->first_use].term, common) == 0;
	}
	if (count < 2 || 2 * count <= keyword->use_count)
		return false;
	for (int i = 0; i < keyword->use_count; i++)
	{
		const KeywordToken *token = neighbour(read, keyword, i, before);

		keyword->fits[i] = token != NULL && strcmp(read->uses[token->first_use].term, common) == 0;
	}
	if (before)
		keyword->before++;
	else
		keyword->after++;
	return true;
}

/* A way to write a keyword, and how often. */
typedef struct Form
{
	const char *text;
	size_t		length;
	int			count;
	int			capitals;
} Form;

/* What a use of the keyword is in the text. */
static Form
form_of(const KeywordText *read, const Keyword *keyword, int use)
{
	const TermUse *term = keyword->uses[use];
	const KeywordToken *first = &read->tokens[term->token - keyword->before];
	const KeywordToken *last = &read->tokens[term->token + keyword->after];
	Form		form = {0};

	form.text = keyword->before > 0 ? first->text : term->source;
	form.length = (keyword->after > 0 ? last->text + last->length :
				   term->source + term->length) - form.text;
	for (size_t i = 0; i < form.length; i++)
		form.capitals += form.text[i] >= 'A' && form.text[i] <= 'Z';
	return form;
}

/* The way that the keyword is written most often; of two, the one with fewer capitals. */
static Form
commonest_form(const KeywordText *read, const Keyword *keyword)
{
	Form		forms[MOST_FORMS];
	int			count = 0;
	int			best = 0;

	for (int i = 0; i < keyword->use_count; i++)
	{
		Form		form;
		int			f = 0;

		if (!keyword->fits[i])
			continue;
		form = form_of(read, keyword, i);
		while (f < count && !(forms[f].length == form.length &&
							  memcmp(forms[f].text, form.text, form.length) == 0))
			f++;
		if (f == MOST_FORMS)
			continue;
		if (f == count)
			forms[count++] = form;
		forms[f].count++;
	}
	for (int f = 1; f < count; f++)
		if (forms[f].count > forms[best].count ||
			(forms[f].count == forms[best].count && forms[f].capitals < forms[best].capitals))
			best = f;
	return forms[best];
}

/*
 * Whether a term is written as a name: with capitals, digits or hyphens within, or
 * with a capital in the middle of a sentence.
 */
static bool
is_name(const KeywordText *read, const TermUse *use)
{
	for (size_t i = 1; i < use->length; i++)
		if ((use->source[i] >= 'A' && use->source[i] <= 'Z') || use->source[i] == '-' ||
			isdigit((unsigned char) use->source[i]))
			return true;
	return use->source[0] >= 'A' && use->source[0] <= 'Z' && use->token >= read->title_count &&
		read->tokens[use->token].follows;
}

/*
 * Makes a keyword of a term whose uses these are. Returns false if most of them are in
 * keywords already.
 */
static bool
make_keyword(KeywordText *read, TermUse **uses, int count, Form *form)
{
	Keyword		keyword = {uses, count, palloc(Max(count, 1)), 0, 0};
	int			fresh = 0;

	for (int i = 0; i < count; i++)
	{
		keyword.fits[i] = !read->tokens[uses[i]->token].covered;
		fresh += keyword.fits[i];
	}
	if (2 * fresh <= count)
		return false;
	while (keyword.before + keyword.after + 1 < MOST_WORDS &&
		   (grow(read, &keyword, false) || grow(read, &keyword, true)))
		CHECK_FOR_INTERRUPTS();
	*form = commonest_form(read, &keyword);
	for (int i = 0; i < count; i++)
	{
		read->tokens[uses[i]->token].covered = true;
		for (int t = -keyword.before; keyword.fits[i] && t <= keyword.after; t++)
			read->tokens[uses[i]->token + t].covered = true;
	}
	return true;
}

Datum
anthology_abstract_keywords_sql(PG_FUNCTION_ARGS)
{
	text	   *title = PG_ARGISNULL(0) ? NULL : PG_GETARG_TEXT_PP(0);
	text	   *abstract = PG_ARGISNULL(1) ? NULL : PG_GETARG_TEXT_PP(1);
	int			most = PG_ARGISNULL(2) ? 0 : Max(PG_GETARG_INT32(2), 0);
	TSVector	document = anthology_make_document(title, abstract, 3, 2);
	AnthologyWeighedTerm *terms = anthology_weighed_terms(document);
	KeywordText read = {0};
	Datum	   *keywords;
	int			count = 0;

	if (PG_ARGISNULL(2))
		PG_RETURN_NULL();
	read.token_room = read.use_room = 256;
	read.tokens = palloc(read.token_room * sizeof(KeywordToken));
	read.uses = palloc(read.use_room * sizeof(TermUse));
	if (title != NULL)
		read_tokens(&read, title);
	read.title_count = read.token_count;
	if (abstract != NULL)
		read_tokens(&read, abstract);
	sort_uses(&read);
	keywords = palloc((Min(most, document->size) + 1) * sizeof(Datum));
	for (int pass = 0; pass < 2; pass++)
		for (int i = 0; i < document->size && count < most; i++)
		{
			WordEntry  *entry = terms[i].entry;
			char	   *term = STRPTR(document) + entry->pos;
			TermUse   **uses;
			int			use_count;
			Form		form;

			CHECK_FOR_INTERRUPTS();
			uses = find_uses(&read, term, entry->len, &use_count);
			if (use_count == 0 || entry->len == 1 || is_number(term, entry->len) ||
				(use_count > 1 || is_name(&read, uses[0])) != (pass == 0))
				continue;
			if (make_keyword(&read, uses, use_count, &form))
				keywords[count++] = PointerGetDatum(anthology_text_datum(form.text, form.length));
		}
	PG_RETURN_ARRAYTYPE_P(construct_array(keywords, count, TEXTOID, -1, false, TYPALIGN_INT));
}
