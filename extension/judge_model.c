/*
 * judge_model.c - the models that judging weighs signals by, and their weights.
 */
#include "postgres.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "judge.h"
#include "term_statistics.h"
#include "version.h"

static const char *const paper_signal_names[] = {
	[PAPER_COAUTHORS] = "co-authors",
	[PAPER_RARE_COAUTHOR] = "rare co-author",
	[PAPER_COAUTHOR_SHARE] = "co-author share",
	[PAPER_SECOND_HAND] = "co-authors of co-authors",
	[PAPER_SECOND_HAND_BEST] = "closest co-author of co-author",
	[PAPER_NAMESAKE] = "namesakes",
	[PAPER_NAMESAKE_SHARE] = "namesake share",
	[PAPER_NEAREST_TEXT] = "nearest paper",
	[PAPER_NEAR_TEXTS] = "near papers",
	[PAPER_WHOLE_TEXT] = "all papers",
	[PAPER_COAUTHOR_TEXT] = "co-authors' papers",
	[PAPER_AFFILIATION] = "affiliation",
	[PAPER_PLACES] = "places",
	[PAPER_VENUE] = "venue",
	[PAPER_YEARS] = "years",
	[PAPER_COAUTHOR_COUNT] = "number of co-authors",
	[PAPER_PAGE_SIZE] = "number of papers",
	[PAPER_MEAN_YEAR] = "years from the mean",
	[PAPER_SPAN] = "years of the page",
	[PAPER_FIRST_AUTHOR] = "first author",
	[PAPER_LAST_AUTHOR] = "last author",
	[PAPER_AUTHORS] = "more authors",
	[PAPER_COAUTHOR_PAPERS] = "papers of its co-authors",
	[PAPER_OCCASION] = "occasion",
	[PAPER_APART_SECOND_HAND] = "co-authors of co-authors, apart",
	[PAPER_APART_SECOND_HAND_BEST] = "closest co-author of co-author, apart",
	[PAPER_APART_NEAR_TEXTS] = "near papers, apart",
	[PAPER_APART_WHOLE_TEXT] = "all papers, apart",
	[PAPER_APART_COAUTHOR_TEXT] = "co-authors' papers, apart",
	[PAPER_APART_AFFILIATION] = "affiliation, apart",
	[PAPER_APART_PLACES] = "places, apart",
	[PAPER_APART_YEARS] = "years, apart",
	[PAPER_APART_MEAN_YEAR] = "years from the mean, apart",
	[PAPER_COMPANY] = "papers of its company",
	[PAPER_BODY] = "body of the page",
	[PAPER_COMPANIES] = "companies of the page",
	[PAPER_SECOND_COMPANY] = "second company",
};

static const char *const pair_signal_names[] = {
	[PAIR_COAUTHORS] = "co-authors",
	[PAIR_RARE_COAUTHOR] = "rare co-author",
	[PAIR_COAUTHOR_SHARE] = "co-author share",
	[PAIR_SECOND_HAND] = "co-authors of co-authors",
	[PAIR_CIRCLES] = "circles",
	[PAIR_TEXT] = "text",
	[PAIR_COAUTHOR_TEXT] = "co-authors' papers",
	[PAIR_COAUTHOR_TEXTS] = "both co-authors' papers",
	[PAIR_AFFILIATION] = "affiliation",
	[PAIR_PLACES] = "places",
	[PAIR_VENUE] = "venue",
	[PAIR_YEARS] = "years",
	[PAIR_COAUTHOR_COUNT] = "number of co-authors",
	[PAIR_RANKS_APART] = "ranks apart",
	[PAIR_RANK_RISES] = "rise of the rank",
	[PAIR_LOWER_RANK] = "lower rank",
	[PAIR_HIGHER_RANK] = "higher rank",
	[PAIR_AUTHORS_APART] = "numbers of authors apart",
	[PAIR_MORE_AUTHORS] = "more authors",
	[PAIR_EARLIER_YEAR] = "earlier year",
	[PAIR_LATER_YEAR] = "later year",
	[PAIR_PAGE_SIZE] = "number of papers",
};

static const char *const name_signal_names[] = {
	[NAME_OF_PERSON] = "name",
	[NAME_ORCID] = "orcid",
	[NAME_ON_PAGE] = "names on a page",
};

static const char *const group_signal_names[] = {
	[GROUP_PAIRS] = "pairs",
	[GROUP_BEST_PAIR] = "best pair",
	[GROUP_BEST_PAIRS] = "best pair of each paper",
	[GROUP_TEXT] = "texts",
	[GROUP_NEAREST_TEXT] = "nearest text",
	[GROUP_CIRCLES] = "circles",
	[GROUP_CIRCLES_TOGETHER] = "circles together",
	[GROUP_COAUTHOR_TEXTS] = "co-authors' papers",
	[GROUP_PLACES] = "places",
	[GROUP_AFFILIATION] = "affiliation",
	[GROUP_SECOND_HAND] = "co-authors of co-authors",
	[GROUP_COAUTHORS] = "co-authors",
	[GROUP_YEARS_BETWEEN] = "years between",
	[GROUP_YEARS_SHARED] = "years shared",
	[GROUP_YEARS_APART] = "years apart",
	[GROUP_SPAN] = "years of the larger",
	[GROUP_PAPERS] = "papers",
	[GROUP_OTHER_PAPERS] = "papers of the larger",
	[GROUP_PAGE_SIZE] = "papers of the page",
	[GROUP_REST] = "rest of the page",
	[GROUP_COAUTHOR_COUNT] = "number of co-authors",
	[GROUP_OTHER_COAUTHOR_COUNT] = "number of co-authors of the larger",
	[GROUP_NAMESAKES] = "namesakes",
	[GROUP_OTHER_NAMESAKES] = "namesakes of the larger",
	[GROUP_COHESION] = "cohesion",
	[GROUP_OTHER_COHESION] = "cohesion of the larger",
	[GROUP_ALTERNATIVE] = "nearest other group",
	[GROUP_COUNT] = "groups",
	[GROUP_COMMONNESS] = "commonness of the name",
	[GROUP_RANKS_APART] = "ranks apart",
	[GROUP_RANK_RISES] = "rise of the rank",
	[GROUP_RANK] = "rank",
	[GROUP_OTHER_RANK] = "rank of the larger",
	[GROUP_YEAR] = "year",
	[GROUP_OTHER_YEAR] = "year of the larger",
};

static const char *const page_signal_names[] = {
	[PAGE_WEAKEST] = "weakest joining",
	[PAGE_SECOND] = "second weakest joining",
	[PAGE_JOININGS] = "all joinings",
	[PAGE_GROUPS] = "groups",
	[PAGE_PAPERS] = "papers",
	[PAGE_COMMONNESS] = "commonness of the name",
	[PAGE_LARGEST] = "largest part",
	[PAGE_SMALLER] = "papers of the weakest",
	[PAGE_NAMESAKES] = "namesakes of the weakest",
	[PAGE_OTHER_NAMESAKES] = "namesakes of the rest",
	[PAGE_RANKS_APART] = "ranks apart",
	[PAGE_RANK_RISES] = "rise of the rank",
};

/* A signal without a name, or one more than a model has room for, does not compile. */
StaticAssertDecl(lengthof(paper_signal_names) == PAPER_SIGNALS,
				 "each signal of a paper has a name");
StaticAssertDecl(lengthof(pair_signal_names) == PAIR_SIGNALS, "each signal of a pair has a name");
StaticAssertDecl(lengthof(name_signal_names) == NAME_SIGNALS, "each signal of a name has a name");
StaticAssertDecl(lengthof(group_signal_names) == GROUP_SIGNALS,
				 "each signal of a group has a name");
StaticAssertDecl(lengthof(page_signal_names) == PAGE_SIGNALS, "each signal of a page has a name");
StaticAssertDecl(GROUP_SIGNALS <= ANTHOLOGY_MAX_SIGNALS &&
				 PAIR_SIGNALS <= ANTHOLOGY_MAX_SIGNALS &&
				 NAME_SIGNALS <= ANTHOLOGY_MAX_SIGNALS, "a model has room for each signal");

static const struct
{
	const char *name;
	const char *const *signal_names;
	int			signals;
}			models[MODELS] = {
	[MODEL_PAPER] = {"paper", paper_signal_names, PAPER_SIGNALS},
	[MODEL_PAIR] = {"pair", pair_signal_names, PAIR_SIGNALS},
	[MODEL_NAME] = {"name", name_signal_names, NAME_SIGNALS},
	[MODEL_GROUP] = {"group", group_signal_names, GROUP_SIGNALS},
	[MODEL_PAGE] = {"page", page_signal_names, PAGE_SIGNALS},
};

const char *
anthology_judge_model_name(AnthologyModelKind kind)
{
	return models[kind].name;
}

const char *
anthology_judge_signal_name(AnthologyModelKind kind, int signal)
{
	return models[kind].signal_names[signal];
}

int
anthology_judge_signal_count(AnthologyModelKind kind)
{
	return models[kind].signals;
}

#define WEIGHTS "SELECT * FROM anthology.assignment_weight WHERE model = $1 ORDER BY 2, 3, 4"

static void
add_range(AnthologyScale *scale, const char *signal, double lower, double weight)
{
	if (scale->bins == ANTHOLOGY_MAX_BINS)
		ereport(ERROR,
				errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				errmsg("signal \"%s\" has more than %d weights", signal, ANTHOLOGY_MAX_BINS));
	scale->lower[scale->bins] = lower;
	scale->weight[scale->bins++] = weight;
}

AnthologyModel *
anthology_judge_model(AnthologyModelKind kind)
{
	static SPIPlanPtr plan;
	Oid			type = TEXTOID;
	const char *name = models[kind].name;
	const char *const *signal_names = models[kind].signal_names;
	int			signals = models[kind].signals;
	Datum		value = CStringGetTextDatum(name);
	AnthologyModel *model = palloc0(sizeof(AnthologyModel));

	model->signals = signals;
	/* Every judging function reads its weights first, so this is the place to check. */
	if (plan == NULL)
		anthology_require_functions();
	anthology_saved_plan(&plan, WEIGHTS, 1, &type);
	SPI_execute_plan(plan, &value, NULL, true, 0);
	if (SPI_processed == 0)
		ereport(ERROR,
				errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				errmsg("there are no weights of model \"%s\"", name),
				errhint("Call anthology.fit_assignment_model()."));
	for (uint64 i = 0; i < SPI_processed; i++)
	{
		HeapTuple	row = SPI_tuptable->vals[i];
		TupleDesc	columns = SPI_tuptable->tupdesc;
		bool		isnull;
		int			stratum = DatumGetInt32(SPI_getbinval(row, columns, 2, &isnull));
		char	   *signal = TextDatumGetCString(SPI_getbinval(row, columns, 3, &isnull));
		double		lower = DatumGetFloat8(SPI_getbinval(row, columns, 4, &isnull));
		double		weight = DatumGetFloat8(SPI_getbinval(row, columns, 5, &isnull));

		if (stratum < 0 || stratum >= STRATA)
			continue;
		if (strcmp(signal, "prior") == 0)
			model->prior[stratum] = weight;
		else if (strcmp(signal, "threshold") == 0)
			add_range(&model->threshold, signal, lower, weight);
		for (int s = 0; s < signals; s++)
			if (strcmp(signal, signal_names[s]) == 0)
				add_range(&model->scale[stratum][s], signal, lower, weight);
	}
	return model;
}

#define TREES "SELECT * FROM anthology.assignment_tree WHERE model = $1 ORDER BY 2"

pg_noreturn static void
refuse_tree(const char *model, int tree)
{
	ereport(ERROR, errcode(ERRCODE_DATA_EXCEPTION),
			errmsg("invalid tree %d of model \"%s\" in assignment_tree", tree, model),
			errdetail("A tree has %d signals that the model knows, or null, and as many cuts "
					  "and weights.",
					  ANTHOLOGY_TREE_QUESTIONS));
}

/* The elements of an array of a tree; null ones, where that is allowed, as 0. */
static Datum *
tree_elements(HeapTuple row, TupleDesc columns, int column, const char *model, int tree,
			  bool **nulls)
{
	Oid			type = SPI_gettypeid(columns, column);
	bool		isnull;
	Datum		value = SPI_getbinval(row, columns, column, &isnull);
	Datum	   *elements = NULL;
	int			count = 0;

	if (!isnull && type == TEXTARRAYOID)
		deconstruct_array(DatumGetArrayTypeP(value), TEXTOID, -1, false, TYPALIGN_INT,
						  &elements, nulls, &count);
	else if (!isnull)
		deconstruct_array(DatumGetArrayTypeP(value), FLOAT8OID, 8, FLOAT8PASSBYVAL,
						  TYPALIGN_DOUBLE, &elements, nulls, &count);
	if (count != ANTHOLOGY_TREE_QUESTIONS)
		refuse_tree(model, tree);
	return elements;
}

static void
read_tree(HeapTuple row, TupleDesc columns, AnthologyModelKind kind, AnthologyTree *tree)
{
	const char *model = models[kind].name;
	bool		isnull;
	int			number = DatumGetInt32(SPI_getbinval(row, columns, 2, &isnull));
	bool	   *nulls;
	Datum	   *signal = tree_elements(row, columns, 3, model, number, &nulls);
	double	   *part[3] = {tree->cut, tree->below, tree->above};

	for (int q = 0; q < ANTHOLOGY_TREE_QUESTIONS; q++)
	{
		char	   *name;

		tree->signal[q] = -1;
		if (nulls[q])
			continue;
		name = TextDatumGetCString(signal[q]);
		for (int s = 0; s < models[kind].signals && tree->signal[q] < 0; s++)
			if (strcmp(name, models[kind].signal_names[s]) == 0)
				tree->signal[q] = s;
		pfree(name);
		if (tree->signal[q] < 0)
			refuse_tree(model, number);
	}
	for (int p = 0; p < 3; p++)
	{
		Datum	   *element = tree_elements(row, columns, 4 + p, model, number, &nulls);

		for (int q = 0; q < ANTHOLOGY_TREE_QUESTIONS; q++)
		{
			if (nulls[q] && tree->signal[q] >= 0)
				refuse_tree(model, number);
			part[p][q] = nulls[q] ? 0 : DatumGetFloat8(element[q]);
		}
	}
}

AnthologyForest *
anthology_judge_forest(AnthologyModelKind kind)
{
	static SPIPlanPtr plan;
	Oid			type = TEXTOID;
	const char *name = models[kind].name;
	Datum		value = CStringGetTextDatum(name);
	AnthologyForest *forest = palloc0(sizeof(AnthologyForest));

	forest->signals = models[kind].signals;
	forest->prior = anthology_judge_model(kind)->prior[0];
	anthology_saved_plan(&plan, TREES, 1, &type);
	SPI_execute_plan(plan, &value, NULL, true, 0);
	forest->trees = (int) SPI_processed;
	if (forest->trees == 0)
		ereport(ERROR,
				errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				errmsg("there are no trees of model \"%s\"", name),
				errhint("Call anthology.fit_assignment_model()."));
	forest->tree = palloc(sizeof(AnthologyTree) * forest->trees);
	for (int t = 0; t < forest->trees; t++)
		read_tree(SPI_tuptable->vals[t], SPI_tuptable->tupdesc, kind, &forest->tree[t]);
	return forest;
}

double
anthology_judge_scale_weight(const AnthologyScale *scale, double value)
{
	int			bin = 0;

	while (bin + 1 < scale->bins && value >= scale->lower[bin + 1])
		bin++;
	return scale->bins == 0 ? 0 : scale->weight[bin];
}

float4
anthology_judge_probability(double log_odds)
{
	return (float4) (1 / (1 + exp(-log_odds)));
}
