/*
 * judge_words.c - what a judgement goes by, in words.
 */
#include "postgres.h"

#include <math.h>

#include "lib/stringinfo.h"

#include "judge.h"

static const char *
plural(int count)
{
	return count == 1 ? "" : "s";
}

/* How many co-authors a signal that is their share is about. */
static int
coauthors_of_share(const AnthologyJudgement *judgement, AnthologyPaperSignal share)
{
	return (int) round(judgement->signals[share] * judgement->signals[PAPER_COAUTHOR_COUNT]);
}

/* "none of its 3 co-authors", "its co-author", "2 of its 3 co-authors" */
static char *
of_coauthors(const AnthologyJudgement *judgement, int some)
{
	int			all = (int) judgement->signals[PAPER_COAUTHOR_COUNT];

	if (all == 1)
		return pstrdup(some == 0 ? "its only co-author never" : "its only co-author");
	if (some == 0)
		return all == 2 ? pstrdup("neither of its 2 co-authors")
			: psprintf("none of its %d co-authors", all);
	if (some == all)
		return all == 2 ? pstrdup("both its co-authors") : psprintf("all its %d co-authors", all);
	return psprintf("%d of its %d co-authors", some, all);
}

static const char *
occasion_words(AnthologyStratum occasion)
{
	switch (occasion)
	{
		case STRATUM_ALONE:
			return "a paper without co-authors";
		case STRATUM_SHARED:
			return "a paper with shared co-authors";
		case STRATUM_LINKED:
			return "a paper whose co-authors are known to co-authors";
		default:
			return "a paper with strangers";
	}
}

/* Where the name stands, and how often it stands there on the rest of the page. */
static char *
place_words(const char *place, double value)
{
	/* Below 0 only a paper where it stands elsewhere. */
	if (value > 0)
		return psprintf("the name comes %s, as on %.0f of 100 papers of this page", place,
						(1 - value) * 100);
	return value == 0 ? NULL
		: psprintf("the name does not come %s, as on %.0f of 100 papers of this page it does",
				   place, -value * 100);
}

char *
anthology_judge_detail(const AnthologyJudgement *judgement, AnthologyPaperSignal signal)
{
	double		value = judgement->signals[signal];
	int			count;

	switch (signal)
	{
		case PAPER_COAUTHORS:
			return judgement->signals[PAPER_COAUTHOR_COUNT] == 0 ? pstrdup("it has no co-authors")
				: psprintf("%s wrote another paper of this page",
						   of_coauthors(judgement, judgement->shared));
		case PAPER_RARE_COAUTHOR:
			count = value == 0 ? 0 : (int) Max(round(exp(1 / value) - 1), 1);
			return value == 0 ? NULL
				: psprintf("the rarest of them has %d paper%s", count, plural(count));
		case PAPER_SECOND_HAND:
			return judgement->signals[PAPER_COAUTHOR_COUNT] == 0 ? NULL
				: psprintf("%s wrote elsewhere with a co-author of this page",
						   of_coauthors(judgement, judgement->linked));
		case PAPER_NAMESAKE_SHARE:
			return value == 0 ? NULL
				: psprintf("%s wrote elsewhere with a namesake",
						   of_coauthors(judgement, coauthors_of_share(judgement, signal)));
		case PAPER_NEAREST_TEXT:
			return psprintf("nearest topic %.2f", value);
		case PAPER_NEAR_TEXTS:
			return psprintf("three nearest topics %.2f", value);
		case PAPER_WHOLE_TEXT:
			return psprintf("topics of all %d papers together %.2f", judgement->page_size, value);
		case PAPER_COAUTHOR_TEXT:
			return judgement->signals[PAPER_COAUTHOR_COUNT] == 0 ? NULL
				: value < 0 ? pstrdup("its co-authors have no other papers")
				: psprintf("topics of its co-authors' other papers %.2f", value);
		case PAPER_AFFILIATION:
			return value < 0 ? pstrdup("no affiliation to compare with this page's")
				: psprintf("nearest affiliation on this page %.2f", value);
		case PAPER_PLACES:
			return value < 0 ? pstrdup("it is not known where its authors work")
				: psprintf("where its authors work against this page's affiliations %.2f", value);
		case PAPER_VENUE:
			count = (int) round(value * (judgement->page_size + 1));
			return count == 0 ? pstrdup("no other paper of this page is of its venue")
				: psprintf("%d of %d other papers of this page %s of its venue", count,
						   judgement->page_size, count == 1 ? "is" : "are");
		case PAPER_YEARS:
			return value < 0 ? pstrdup("the year is unknown")
				: value == 0 ? pstrdup("of the same year as another paper of this page")
				: psprintf("%.0f year%s from the nearest paper of this page", value,
						   plural((int) value));
		case PAPER_PAGE_SIZE:
			return judgement->page_size < value ? pstrdup("counted as 5, for so few say little")
				: NULL;
		case PAPER_MEAN_YEAR:
			return value < 0 ? NULL
				: psprintf("%.1f years from the mean of this page", value);
		case PAPER_SPAN:
			return value < 0 ? NULL
				: psprintf("this page spans %.0f year%s", value + 1, plural((int) value + 1));
		case PAPER_FIRST_AUTHOR:
			return place_words("first", value);
		case PAPER_LAST_AUTHOR:
			return place_words("last", value);
		case PAPER_COAUTHOR_PAPERS:
			return value < 0 ? NULL
				: psprintf("its co-authors have %.0f paper%s each", exp(value),
						   plural((int) round(exp(value))));
		case PAPER_OCCASION:
			return pstrdup(occasion_words((AnthologyStratum) value));
		case PAPER_COMPANY:
			return value == 1 ? pstrdup("it hangs together with no other paper")
				: psprintf("%.0f papers that hang together", value);
		case PAPER_BODY:
			return psprintf("%.0f of 100 papers of the page hang together", value * 100);
		default:
			return NULL;
	}
}

/* What the co-authors say, in one phrase. */
static char *
company_phrase(const AnthologyJudgement *judgement)
{
	StringInfoData phrase;
	int			namesakes = coauthors_of_share(judgement, PAPER_NAMESAKE_SHARE);

	if (judgement->signals[PAPER_COAUTHOR_COUNT] == 0)
		return pstrdup("it has no co-authors");
	initStringInfo(&phrase);
	if (judgement->shared > 0 && namesakes > 0)
		appendStringInfo(&phrase, "%s wrote elsewhere with a namesake",
						 of_coauthors(judgement, namesakes));
	else if (judgement->shared > 0)
		appendStringInfo(&phrase, "%s wrote another paper of this page",
						 of_coauthors(judgement, judgement->shared));
	else
	{
		if (judgement->linked > 0)
			appendStringInfo(&phrase,
							 "%s wrote with a co-author of this page, but not with this person",
							 of_coauthors(judgement, judgement->linked));
		else
			appendStringInfo(&phrase, "%s wrote with anyone on this page",
							 of_coauthors(judgement, 0));
		if (namesakes > 0)
			appendStringInfo(&phrase, ", %d with a namesake", namesakes);
	}
	return phrase.data;
}

/* The phrases of a reason. Each says the detail of one signal, and stands for others, too. */
typedef enum Phrase
{
	UNSAID,
	COMPANY,
	TOPICS,
	AFFILIATION,
	PLACES,
	VENUE,
	YEARS,
	PHRASES
} Phrase;

static const AnthologyPaperSignal said_by[PHRASES] = {
	[COMPANY] = PAPER_COAUTHORS,
	[TOPICS] = PAPER_NEAREST_TEXT,
	[AFFILIATION] = PAPER_AFFILIATION,
	[PLACES] = PAPER_PLACES,
	[VENUE] = PAPER_VENUE,
	[YEARS] = PAPER_YEARS,
};

static const Phrase phrase_of[PAPER_SIGNALS] = {
	[PAPER_COAUTHORS] = COMPANY,
	[PAPER_RARE_COAUTHOR] = COMPANY,
	[PAPER_COAUTHOR_SHARE] = COMPANY,
	[PAPER_SECOND_HAND] = COMPANY,
	[PAPER_SECOND_HAND_BEST] = COMPANY,
	[PAPER_NAMESAKE] = COMPANY,
	[PAPER_NAMESAKE_SHARE] = COMPANY,
	[PAPER_COAUTHOR_COUNT] = COMPANY,
	[PAPER_COAUTHOR_PAPERS] = COMPANY,
	[PAPER_OCCASION] = COMPANY,
	[PAPER_COMPANY] = COMPANY,
	[PAPER_APART_SECOND_HAND] = COMPANY,
	[PAPER_APART_SECOND_HAND_BEST] = COMPANY,
	[PAPER_APART_NEAR_TEXTS] = TOPICS,
	[PAPER_APART_WHOLE_TEXT] = TOPICS,
	[PAPER_APART_COAUTHOR_TEXT] = TOPICS,
	[PAPER_APART_AFFILIATION] = AFFILIATION,
	[PAPER_APART_PLACES] = PLACES,
	[PAPER_APART_YEARS] = YEARS,
	[PAPER_APART_MEAN_YEAR] = YEARS,
	[PAPER_NEAREST_TEXT] = TOPICS,
	[PAPER_NEAR_TEXTS] = TOPICS,
	[PAPER_WHOLE_TEXT] = TOPICS,
	[PAPER_COAUTHOR_TEXT] = TOPICS,
	[PAPER_AFFILIATION] = AFFILIATION,
	[PAPER_PLACES] = PLACES,
	[PAPER_VENUE] = VENUE,
	[PAPER_YEARS] = YEARS,
	[PAPER_MEAN_YEAR] = YEARS,
};

#define REASONS 3				/* in one sentence */

/* Whether a phrase also sounds like an argument against the assignment. */
static bool
sounds_against(const AnthologyJudgement *judgement, Phrase phrase)
{
	double		value = judgement->signals[said_by[phrase]];

	switch (said_by[phrase])
	{
		case PAPER_VENUE:
			return value == 0;
		case PAPER_YEARS:
			return value > 0;
		case PAPER_AFFILIATION:
		case PAPER_PLACES:
			return value >= 0 && value < 0.5;
		default:
			return true;
	}
}

char *
anthology_judge_reason(const AnthologyJudgement *judgement)
{
	StringInfoData reason;
	bool		said[PHRASES] = {[UNSAID] = true};
	double		weight[PHRASES] = {[COMPANY] = judgement->prior};

	if (judgement->identity < 0)
		return psprintf("another %s than this person's", judgement->identity_kind);
	if (!judgement->others)
		return pstrdup("this page has no other paper to judge from");
	for (int i = 0; i < PAPER_SIGNALS; i++)
		weight[phrase_of[i]] += judgement->contributions[i];
	initStringInfo(&reason);
	for (int n = 0; n < REASONS; n++)
	{
		Phrase		best = UNSAID;
		double		least = -0.1;	/* what weighs less is not worth saying */

		for (Phrase p = COMPANY; p < PHRASES; p++)
			if (!said[p] && weight[p] < least && sounds_against(judgement, p))
			{
				best = p;
				least = weight[p];
			}
		if (best == UNSAID)
			break;
		said[best] = true;
		appendStringInfo(&reason, "%s%s", n == 0 ? "" : "; ",
						 best == COMPANY ? company_phrase(judgement)
						 : anthology_judge_detail(judgement, said_by[best]));
	}
	return reason.len == 0 ? pstrdup("nothing speaks against it") : reason.data;
}
