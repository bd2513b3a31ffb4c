/*
 * judge.h - who wrote a paper, judged from what surrounds the name: features of
 * a paper against a person's other papers, and of two papers of one page; the
 * weighing of features; the grouping of a page.
 */
#ifndef ANTHOLOGY_CORE_JUDGE_H
#define ANTHOLOGY_CORE_JUDGE_H

#include <stdbool.h>
#include <stddef.h>

/* Ids of persons that papers print beside names. Where they stand they decide. */
typedef enum AnthologyIdKind
{
	ANTHOLOGY_ORCID,
	ANTHOLOGY_OPENREVIEW,
	ANTHOLOGY_ID_KINDS
} AnthologyIdKind;

/* Papers, persons, terms, venues and ids are numbers from 0. */
typedef struct AnthologyCorpus
{
	int			papers;
	int			persons;
	int			terms;
	int			venues;
	int			places;			/* words of affiliations */
	const int  *author_start;	/* papers + 1: where a paper's persons begin in author */
	const int  *author;
	const int  *author_name;	/* beside author: the same for the same surname and first initial */
	const int  *author_affiliation; /* beside author: as printed on the paper, or -1 */
	const int  *author_position;	/* beside author: from 0, as printed */
	const int  *author_full_name;	/* beside author: the same for the same name as printed */
	const bool *author_explicit;	/* beside author: whether the paper names the person by id */
	const int  *author_id[ANTHOLOGY_ID_KINDS];	/* beside author: the id printed, or -1 */
	const int  *person_id[ANTHOLOGY_ID_KINDS];	/* by person: the id listed for the person, or -1 */
	const int  *affiliation_start;	/* affiliations + 1 */
	const int  *place;
	const float *place_weight;	/* an affiliation's squares add up to 1 */
	const bool *verified;		/* by person */
	const int  *listed_start;	/* persons + 1: the names listed by hand for verified persons */
	const int  *listed;			/* among those in author_full_name */
	const int  *home_start;		/* persons + 1: the affiliations printed for a person anywhere */
	const int  *home;
	const int  *paper_start;	/* persons + 1: where a person's papers begin in paper */
	const int  *paper;
	const int  *term_start;		/* papers + 1 */
	const int  *term;
	const float *term_weight;	/* a paper's squares add up to 1 */
	const int  *venue_start;	/* papers + 1 */
	const int  *venue;
	const int  *year;			/* 0 if unknown */
	const int  *name;			/* by person: one of those in author_name */
} AnthologyCorpus;

/* What is known of a paper against a person's others. */
typedef enum AnthologyPaperSignal
{
	PAPER_COAUTHORS,			/* shared co-authors, weighed by rarity and number of papers */
	PAPER_RARE_COAUTHOR,		/* the rarest of them */
	PAPER_COAUTHOR_SHARE,		/* of the paper's co-authors, how many are shared */
	PAPER_SECOND_HAND,			/* co-authors that wrote elsewhere with co-authors of the person */
	PAPER_SECOND_HAND_BEST,
	PAPER_NAMESAKE,				/* co-authors that wrote elsewhere with a namesake */
	PAPER_NAMESAKE_SHARE,
	PAPER_NEAREST_TEXT,
	PAPER_NEAR_TEXTS,			/* mean of the three nearest */
	PAPER_WHOLE_TEXT,
	PAPER_COAUTHOR_TEXT,		/* its co-authors' papers elsewhere against the person's */
	PAPER_AFFILIATION,			/* printed beside the name: the nearest of the page's */
	PAPER_PLACES,				/* its authors' places of work against those on the page */
	PAPER_VENUE,
	PAPER_YEARS,
	PAPER_COAUTHOR_COUNT,
	PAPER_PAGE_SIZE,			/* other papers, or 5 if there are fewer */
	PAPER_MEAN_YEAR,			/* years from the mean of the others; -1 if unknown, as the next */
	PAPER_SPAN,					/* years from the first to the last of the others */
	PAPER_FIRST_AUTHOR,			/* whether the name is first, less the share of the others */
	PAPER_LAST_AUTHOR,			/* the same of the last */
	PAPER_AUTHORS,				/* logarithm of how many there are, less the mean of the others */
	PAPER_COAUTHOR_PAPERS,		/* mean of the logarithm of how many its co-authors have */
	PAPER_OCCASION,				/* what there is to go by: AnthologyStratum */
	/* Some again, against the page without the paper's company. */
	PAPER_APART,
	PAPER_APART_SECOND_HAND = PAPER_APART,
	PAPER_APART_SECOND_HAND_BEST,
	PAPER_APART_NEAR_TEXTS,
	PAPER_APART_WHOLE_TEXT,
	PAPER_APART_COAUTHOR_TEXT,
	PAPER_APART_AFFILIATION,
	PAPER_APART_PLACES,
	PAPER_APART_YEARS,
	PAPER_APART_MEAN_YEAR,
	PAPER_COMPANY,				/* papers of its company */
	PAPER_BODY,					/* share of the page that hangs together */
	PAPER_COMPANIES,			/* of the page, without its own */
	PAPER_SECOND_COMPANY,		/* papers of the largest of them but the body */
	PAPER_SIGNALS
} AnthologyPaperSignal;

/* What is known of two papers of one page. */
typedef enum AnthologyPairSignal
{
	PAIR_COAUTHORS,
	PAIR_RARE_COAUTHOR,
	PAIR_COAUTHOR_SHARE,
	PAIR_SECOND_HAND,
	PAIR_CIRCLES,				/* cosine of their co-authors' circles */
	PAIR_TEXT,
	PAIR_COAUTHOR_TEXT,			/* paper against what the other's co-authors write elsewhere */
	PAIR_COAUTHOR_TEXTS,		/* what the co-authors of both write elsewhere */
	PAIR_AFFILIATION,			/* printed beside the name */
	PAIR_PLACES,				/* where the authors work */
	PAIR_VENUE,
	PAIR_YEARS,
	PAIR_COAUTHOR_COUNT,		/* of the one with fewer */
	PAIR_RANKS_APART,			/* between the name's places: 0 the first author, 1 the last */
	PAIR_RANK_RISES,			/* of the later paper, less that of the earlier */
	PAIR_LOWER_RANK,
	PAIR_HIGHER_RANK,
	PAIR_AUTHORS_APART,			/* between the logarithms of how many authors they have */
	PAIR_MORE_AUTHORS,
	PAIR_EARLIER_YEAR,			/* -1 if unknown, as the next */
	PAIR_LATER_YEAR,
	PAIR_PAGE_SIZE,
	PAIR_SIGNALS
} AnthologyPairSignal;

/*
 * What there is to go by: no co-authors, shared ones, ones known to each other, or
 * strangers. The weights of pairs differ by it.
 */
typedef enum AnthologyStratum
{
	STRATUM_ALONE,
	STRATUM_SHARED,
	STRATUM_LINKED,
	STRATUM_STRANGERS,
	STRATA
} AnthologyStratum;

#define ANTHOLOGY_MAX_SIGNALS 40
#define ANTHOLOGY_MAX_BINS 16

/* A weight for each range of a signal's values, in log-odds. */
typedef struct AnthologyScale
{
	int			bins;
	double		lower[ANTHOLOGY_MAX_BINS];	/* ascending; the first is taken as minus infinity */
	double		weight[ANTHOLOGY_MAX_BINS];
} AnthologyScale;

typedef struct AnthologyModel
{
	int			signals;
	AnthologyScale threshold;	/* by the papers of the page: see anthology_threshold() */
	double		prior[STRATA];
	AnthologyScale scale[STRATA][ANTHOLOGY_MAX_SIGNALS];
} AnthologyModel;

/* Scratch space for one page after another; all zero between calls. */
typedef struct AnthologyDesk
{
	bool	   *hidden;			/* by person: the names in question */
	bool	   *on_page;		/* by paper */
	int		   *count;			/* by person: papers of the page */
	bool	   *on_paper;		/* by person: co-authors of the paper being judged */
	float	   *person_value;	/* by person */
	float	   *text;			/* by term: sum of the page's papers */
	float	   *term_value;		/* by term */
	float	   *page_place;		/* by place: sum of what is printed on the page's papers */
	float	   *place_value;	/* by place */
	int		   *touched;		/* room for max(persons, terms, places) */
	int		   *venue_count;	/* by venue */
	int		   *company;		/* by place on the page: the same for papers linked by co-authors */
	int		   *company_size;	/* by that number */
	int		   *seen;			/* by person: for finding companies */
	int		   *rest;			/* by place: the page without a company */
	double		text_square;	/* of text */
	double		place_square;	/* of page_place */
	const int  *page;
	int			page_size;
	int			person;			/* whose page it is, or -1 */
	int			printed;		/* the person named in question on the paper judged, or -1 */
} AnthologyDesk;

/* Lays a page on the desk; anthology_desk_clear takes it away. */
extern void anthology_desk_lay(const AnthologyCorpus *corpus, AnthologyDesk *desk,
							   const int *page, int page_size,
							   const int *hidden, int hidden_count);
extern void anthology_desk_clear(const AnthologyCorpus *corpus, AnthologyDesk *desk,
								 const int *hidden, int hidden_count);

/*
 * A paper against the other papers of the page on the desk, and against those without its
 * company, which would vouch for it wherever it belongs. shared and linked are how
 * many co-authors are the page's and know the page's.
 */
extern void anthology_paper_signals(const AnthologyCorpus *corpus, AnthologyDesk *desk,
												int paper, double *signals,
												int *shared, int *linked);

/* One sparse vector. */
typedef struct AnthologyVector
{
	int			size;
	int		   *index;
	float	   *value;
} AnthologyVector;

/* What a page's papers are compared by. */
typedef struct AnthologySurroundings
{
	AnthologyVector circle;		/* co-authors, and theirs elsewhere; length 1 */
	AnthologyVector second_hand;	/* co-authors of its co-authors elsewhere */
	AnthologyVector text;		/* of what its co-authors write elsewhere; length 1 */
	AnthologyVector places;		/* where its authors work; length 1 */
	float	   *paper_text;		/* by place on the page: text against that paper's own */
	float	   *other_text;		/* the same against the other paper's text */
	int			affiliation;	/* printed beside the name in question, or -1 */
	int			coauthors;
	double		rank;			/* of the name in question: 0 the first author, 1 the last */
} AnthologySurroundings;

/* The rank of the name in question among the authors of a paper; a sole author's is 0.5. */
extern double anthology_rank_in_question(const AnthologyCorpus *corpus, const AnthologyDesk *desk,
										 int paper);

/*
 * The share of the co-authors of a paper of the page on the desk who wrote elsewhere with a
 * namesake of its person, and how many co-authors there are.
 */
extern double anthology_namesake_share(const AnthologyCorpus *corpus, const AnthologyDesk *desk,
									   int paper, int *coauthors);

/*
 * The surroundings of a paper of the page on the desk, in memory got by
 * allocate; false if it gives none.
 */
extern bool anthology_surroundings(const AnthologyCorpus *corpus, AnthologyDesk *desk, int paper,
								   void *(*allocate) (size_t), AnthologySurroundings *result);

/*
 * Compares the texts of the surroundings of all papers of the page on the desk, once they
 * are there; false if allocate gives no memory.
 */
extern bool anthology_compare_texts(const AnthologyCorpus *corpus, AnthologyDesk *desk,
									AnthologySurroundings *all,
									void *(*allocate) (size_t));

/*
 * One paper of the page against each of others, once texts are compared; what is on the desk
 * counts. signals has PAIR_SIGNALS for each, strata one.
 */
extern void anthology_pair_signals(const AnthologyCorpus *corpus, AnthologyDesk *desk,
								   const AnthologySurroundings *all, int which,
								   int from, int to, double *signals, AnthologyStratum *strata);

/* The log-odds; contributions, if not NULL, get what each signal adds. */
extern double anthology_weigh(const AnthologyModel *model, AnthologyStratum stratum,
							  const double *signals, double *contributions);

/*
 * What the log-odds must reach on a page of so many papers: of a model of pairs, for groups
 * to be one; of a model of pages, for the page to come apart.
 */
extern double anthology_threshold(const AnthologyModel *model, int papers);

/*
 * Fits the weights to examples by penalised logistic regression. signals has
 * model->signals for each example. Returns false if memory is short.
 */
extern bool anthology_fit(AnthologyModel *model, int examples, const double *signals,
						  const unsigned char *strata, const bool *truth,
						  const float *importance);

/* The same by boosting, for many signals that overlap; see judge_boost.c. */
extern bool anthology_boost(AnthologyModel *model, int examples, const double *signals,
							const unsigned char *strata, const bool *truth,
							const float *importance);

/*
 * Average linkage of n things on a symmetric n * n matrix of log-odds, which it
 * overwrites: joins the two groups that most likely belong together until none
 * do at the threshold. bond, of n, binds things with equal numbers above 0
 * together and different ones apart. Writes the part, from 0, of each.
 */
extern bool anthology_group(float *odds, int n, double threshold, const int *bond, int *part);

/*
 * By how much a thing is nearer to its part than to the nearest other part, or
 * than the threshold, in log-odds. odds is the matrix as before grouping.
 */
extern double anthology_group_margin(const float *odds, int n, double threshold,
									 const int *part, int which);

#endif							/* ANTHOLOGY_CORE_JUDGE_H */
