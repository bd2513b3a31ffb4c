/*
 * judge.h - judging assignments: what its files share.
 *
 * judge_reading.c reads the tables, judge_corpus.c arranges what was read in the
 * arrays of core/judge.h, judge_model.c reads the weights. On these work judge.c
 * (one paper), judge_parts.c (the parts of a page), judge_pages.c (page after
 * page) and judge_fit.c (fitting weights). Nothing is kept between calls.
 */
#ifndef ANTHOLOGY_JUDGE_H
#define ANTHOLOGY_JUDGE_H

#include "compat.h"
#include "core/judge_parts.h"
#include "core/judge_trees.h"

/* What is read, in memory of its own. */
typedef struct AnthologyReading
{
	MemoryContext context;
	AnthologyCorpus corpus;
	AnthologyDesk desk;
	struct AnthologyReadingParts *parts;	/* of judge_reading.h */
} AnthologyReading;

/*
 * Reads everything; or the pages of some persons (text[]), and everything that the
 * co-authors of some papers (text[]) wrote. Of their co-authors in turn only what
 * is among these. To be called within an SPI connection; the active snapshot counts.
 */
extern AnthologyReading *anthology_judge_read_corpus(void);
extern AnthologyReading *anthology_judge_read_around(Datum persons, Datum papers);

/* As read_around, of the papers of a person. */
extern AnthologyReading *anthology_judge_read_page(Datum person);

/* The number of a person or paper, or -1; and the other way round. */
extern int	anthology_judge_person(AnthologyReading *reading, text *id);
extern int	anthology_judge_paper(AnthologyReading *reading, text *id);
extern Datum anthology_judge_person_id(AnthologyReading *reading, int person);
extern Datum anthology_judge_paper_id(AnthologyReading *reading, int paper);

/* A name by its number in author_full_name or listed; parsed once, and the reading's. */
extern const AnthologyName *anthology_judge_name(AnthologyReading *reading, int full_name);

/* Which of two papers comes first by id. */
extern int	anthology_judge_compare_papers(const AnthologyReading *reading, int a, int b);

/* Which of two persons comes first by id. */
extern int	anthology_judge_compare_persons(const AnthologyReading *reading, int a, int b);

/* A number of a paper that deals it by chance, the same each time: its id, hashed. */
extern int64 anthology_judge_deal_paper(const AnthologyReading *reading, int paper);

/* The models, each with weights in assignment_weight under its name. */
typedef enum AnthologyModelKind
{
	MODEL_PAPER,				/* a paper against a page; AnthologyPaperSignal */
	MODEL_PAIR,					/* two papers of a page; AnthologyPairSignal */
	MODEL_NAME,					/* AnthologyNameSignal, all in stratum 0 */
	MODEL_GROUP,				/* two groups of a page; AnthologyGroupSignal */
	MODEL_PAGE,					/* whether a page is mixed; AnthologyPageSignal, in stratum 0 */
	MODELS
} AnthologyModelKind;

/*
 * What model "name" weighs: the name and ORCID on a paper against a person's, and
 * the names printed on two papers of a page.
 */
typedef enum AnthologyNameSignal
{
	NAME_OF_PERSON,
	NAME_ORCID,
	NAME_ON_PAGE,
	NAME_SIGNALS
} AnthologyNameSignal;

extern const char *anthology_judge_model_name(AnthologyModelKind kind);
extern const char *anthology_judge_signal_name(AnthologyModelKind kind, int signal);
extern int	anthology_judge_signal_count(AnthologyModelKind kind);

/* The weights of a model, palloc'd. Raises an error if there are none. Needs SPI. */
extern AnthologyModel *anthology_judge_model(AnthologyModelKind kind);

/* The trees of a model, palloc'd; as above. */
extern AnthologyForest *anthology_judge_forest(AnthologyModelKind kind);

/* The weight of a value on one scale. */
extern double anthology_judge_scale_weight(const AnthologyScale *scale, double value);

extern float4 anthology_judge_probability(double log_odds);

/* How a paper was judged against a person's other papers. */
typedef struct AnthologyJudgement
{
	bool		others;			/* whether there is anything to judge from */
	double		signals[PAPER_SIGNALS];
	double		contributions[PAPER_SIGNALS];	/* log-odds, as all that follow */
	double		prior;
	double		name_similarity;
	double		name_weight;
	int			identity;		/* the id beside the name: 1 the person's, -1 another's, 0 none */
	const char *identity_kind;	/* "ORCID" or "OpenReview id" */
	double		identity_weight;	/* what it takes for the id to decide */
	int			shared;			/* co-authors that are the page's */
	int			linked;			/* and that know the page's */
	int			page_size;		/* without the paper */
	double		log_odds;		/* the sum */
} AnthologyJudgement;

/* What a paper is judged by. */
typedef struct AnthologyJudge
{
	AnthologyForest *paper;
	AnthologyModel *name;
} AnthologyJudge;

/* Reads the weights; needs SPI. */
extern AnthologyJudge anthology_judge_weights(void);

/* The id of a kind beside a person's name on a paper, or -1. */
extern int	anthology_judge_printed_id(const AnthologyCorpus *corpus, AnthologyIdKind kind,
									   int paper, int person);

/* Lays a person's page on the desk, and takes it away. */
extern void anthology_judge_lay_page(AnthologyReading *reading, int person);
extern void anthology_judge_clear_page(AnthologyReading *reading, int person);

/*
 * Judges a paper against the other papers of the person whose page is on the
 * desk. similarity is that of the name in question, which printed (or -1) bears
 * on the paper where the person does not.
 */
extern void anthology_judge_paper_on_page(const AnthologyJudge *judge, AnthologyReading *reading,
										  int person, int paper, int printed, double similarity,
										  AnthologyJudgement *judgement);

/* What a signal of a judgement says, in words, palloc'd; NULL if it goes without saying. */
extern char *anthology_judge_detail(const AnthologyJudgement *judgement,
									AnthologyPaperSignal signal);

/* What speaks most against the assignment, as a person would say it; palloc'd. */
extern char *anthology_judge_reason(const AnthologyJudgement *judgement);

/* Raises an error unless there is a person with that id. Needs SPI. */
extern void anthology_judge_require_person(Datum id);

/* What the papers of a page are parted by. */
typedef struct AnthologyPartsJudge
{
	AnthologyModel *pair;
	AnthologyModel *name;
	AnthologyModel *group;
	AnthologyModel *page;
} AnthologyPartsJudge;

/* A page by who seems to have written its papers. */
typedef struct AnthologyPageParts
{
	int			papers;
	int		   *paper;			/* in the order of their ids */
	int			parts;
	int		   *part;			/* of each paper, from 0 */
	float	   *confidence;		/* that a paper is in the right part */
	double	   *joined;			/* of each paper: log-odds at which its group joins the largest */
	double		mixed;			/* the probability that the page is more than one person's */
} AnthologyPageParts;

/* Reads the weights; needs SPI. */
extern AnthologyPartsJudge anthology_judge_parts_weights(void);

/* Parts the page of a person; in the current memory context. */
extern AnthologyPageParts *anthology_judge_page_parts(const AnthologyPartsJudge *judge,
													  AnthologyReading *reading, int person);

/* The log-odds of every two papers of the page on the desk: size * size, symmetric. */
extern float *anthology_judge_pair_odds(const AnthologyCorpus *corpus, AnthologyDesk *desk,
										const AnthologyModel *model);

/* For the core: memory of the current context, or NULL. */
extern void *anthology_judge_allocate(size_t size);

pg_noreturn extern void anthology_judge_out_of_memory(void);

/* Zeroed memory for count elements, of any size. */
extern void *anthology_judge_zeroed(Size element, int count);

#endif							/* ANTHOLOGY_JUDGE_H */
