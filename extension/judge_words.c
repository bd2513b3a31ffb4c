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

/* One phrase of a reason stands for several signals: the detail of the first one. */
static const struct
{
	AnthologyPaperSignal first;
	AnthologyPaperSignal last;
}			groups[] = {
	{PAPER_COAUTHORS, PAPER_NAMESAKE_SHARE},
	{PAPER_NEAREST_TEXT, PAPER_COAUTHOR_TEXT},
	{PAPER_AFFILIATION, PAPER_AFFILIATION},
	{PAPER_PLACES, PAPER_PLACES},
	{PAPER_VENUE, PAPER_VENUE},
	{PAPER_YEARS, PAPER_YEARS},
};

#define REASONS 3				/* in one sentence */

/* Whether the phrase of a group also sounds like an argument against the assignment. */
static bool
sounds_against(const AnthologyJudgement *judgement, int group)
{
	double		value = judgement->signals[groups[group].first];

	switch (groups[group].first)
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
	bool		said[lengthof(groups)] = {false};

	if (judgement->identity < 0)
		return psprintf("another %s than this person's", judgement->identity_kind);
	if (!judgement->others)
		return pstrdup("this page has no other paper to judge from");
	initStringInfo(&reason);
	for (int n = 0; n < REASONS; n++)
	{
		int			best = -1;
		double		least = -0.1;	/* what weighs less is not worth saying */

		for (int g = 0; g < (int) lengthof(groups); g++)
		{
			double		weight = g == 0 ? judgement->prior
				+ judgement->contributions[PAPER_COAUTHOR_COUNT] : 0;

			for (int i = groups[g].first; i <= (int) groups[g].last; i++)
				weight += judgement->contributions[i];
			if (!said[g] && weight < least && sounds_against(judgement, g))
			{
				best = g;
				least = weight;
			}
		}
		if (best < 0)
			break;
		said[best] = true;
		appendStringInfo(&reason, "%s%s", n == 0 ? "" : "; ",
						 best == 0 ? company_phrase(judgement)
						 : anthology_judge_detail(judgement, groups[best].first));
	}
	return reason.len == 0 ? pstrdup("nothing speaks against it") : reason.data;
}
