/*
 * name_selectivity.c - how many names are expected to be similar.
 *
 * The statistics have a sample of the column: its common values and the bounds of
 * its histogram. All of them are compared with the name. That tells of thresholds
 * that many names meet; a name that is in one of a million is in no sample, and
 * of that one tells how rare its words are, by the frequencies of names that
 * name_similarity goes by, too.
 */
#include "postgres.h"

#include <math.h>

#include "access/htup_details.h"
#include "catalog/pg_statistic.h"
#include "catalog/pg_type_d.h"
#include "compat.h"
#include "executor/executor.h"
#include "fmgr.h"
#include "nodes/pathnodes.h"
#include "nodes/primnodes.h"
#include "optimizer/optimizer.h"
#include "optimizer/pathnode.h"
#include "utils/lsyscache.h"
#include "utils/selfuncs.h"

#include "bridge.h"
#include "core/name_frequency.h"
#include "core/name_similarity.h"
#include "name_glue.h"

PG_FUNCTION_INFO_V1(anthology_name_similar_selectivity);
PG_FUNCTION_INFO_V1(anthology_name_similar_join_selectivity);

/* Of a name of which nothing is known. */
#define DEFAULT_PART 0.0001

/* So many names of a sample tell how rare names are in general. */
#define SAMPLE 16

typedef struct Wanted
{
	AnthologyName name;
	float		least;
} Wanted;

/* The part of all names that is similar to this one, by how rare its words are. */
static double
part_by_rarity(const AnthologyName *name)
{
	double		family_bits = 0;
	double		given_bits = 0;

	for (int i = 0; i < name->count; i++)
	{
		const AnthologyNameWord *word = &name->words[i];

		if (word->role == ANTHOLOGY_NAME_FAMILY)
			family_bits = Max(family_bits, anthology_rank_bits(word->family_rank));
		else if (word->role == ANTHOLOGY_NAME_GIVEN && word->size > 1)
			given_bits = anthology_rank_bits(word->given_rank);
	}
	/* Of those with the family name, who has the given name or its initial. */
	return pow(2, -family_bits) * (pow(2, -given_bits) + 0.01);
}

static void
read_name(Datum value, AnthologyName *name)
{
	AnthologyText utf8 = anthology_text(DatumGetTextPP(value));

	anthology_check_status(anthology_name_parse(utf8.data, utf8.length, name));
	anthology_name_prepare(name);
}

/* As the functions of selfuncs.h call an operator: a value of the sample, and Wanted. */
static Datum
is_similar(PG_FUNCTION_ARGS)
{
	const Wanted *wanted = (const Wanted *) PG_GETARG_POINTER(1);
	AnthologyText utf8 = anthology_text(PG_GETARG_TEXT_PP(0));
	AnthologyName name;

	anthology_check_status(anthology_name_parse(utf8.data, utf8.length, &name));
	PG_RETURN_BOOL(anthology_name_compare(&wanted->name, &name) >= wanted->least);
}

static double
null_part(const VariableStatData *variable)
{
	return HeapTupleIsValid(variable->statsTuple) ?
		((Form_pg_statistic) GETSTRUCT(variable->statsTuple))->stanullfrac : 0;
}

/* The part of a column's values that is similar to a name that is known. */
static double
part_of_known(VariableStatData *variable, const Wanted *wanted)
{
	FmgrInfo	function = {.fn_addr = is_similar, .fn_nargs = 2, .fn_strict = true,
	.fn_mcxt = CurrentMemoryContext};
	Datum		constant = PointerGetDatum(wanted);
	double		rare = part_by_rarity(&wanted->name);
	double		common = 0;
	double		similar = mcv_selectivity(variable, &function, InvalidOid, constant, true, &common);
	int			size = 0;
	double		part = histogram_selectivity(variable, &function, InvalidOid, constant, true, 10, 0,
											 &size);

	/* One of a sample may be there by chance; none of it sets a limit. */
	if (part >= 0 && part * size > 1.5)
		rare = part;
	else if (part >= 0)
		rare = Min(rare, 1.0 / size);
	return similar + rare * Max(0, 1 - common - null_part(variable));
}

/*
 * The part of all names that is similar to one of a column's, in the mean of a
 * sample; negative if the statistics have none, or may not be read.
 */
static double
part_of_sample(VariableStatData *variable)
{
	static const int kinds[] = {STATISTIC_KIND_HISTOGRAM, STATISTIC_KIND_MCV};

	if (!HeapTupleIsValid(variable->statsTuple) ||
		!statistic_proc_security_check(variable, InvalidOid))
		return -1;
	for (int k = 0; k < (int) lengthof(kinds); k++)
	{
		AttStatsSlot slot;
		double		sum = 0;
		int			count = 0;
		int			step;

		if (!get_attstatsslot(&slot, variable->statsTuple, kinds[k], InvalidOid,
							  ATTSTATSSLOT_VALUES))
			continue;
		step = Max(1, slot.nvalues / SAMPLE);
		for (int i = step / 2; i < slot.nvalues; i += step)
		{
			AnthologyName name;

			read_name(slot.values[i], &name);
			sum += part_by_rarity(&name);
			count++;
		}
		free_attstatsslot(&slot);
		if (count > 0)
			return sum / count;
	}
	return -1;
}

/*
 * Reads what is sought from the argument that is no column, and the threshold;
 * returns false if that is not known yet. Sets nothing if it is NULL: no row.
 */
static bool
read_wanted(PlannerInfo *root, Node *other, Node *threshold, Wanted *wanted, bool *nothing)
{
	Datum		name;
	Const	   *constant;

	other = estimate_expression_value(root, other);
	if (!IsA(other, Const))
		return false;
	constant = (Const *) other;
	*nothing = constant->constisnull;
	if (*nothing)
		return true;
	name = constant->constvalue;
	wanted->least = (float) anthology_name_similarity_threshold;
	if (constant->consttype != TEXTOID)
		*nothing = !anthology_name_query(constant->constvalue, &name, &wanted->least);
	if (threshold != NULL)
	{
		threshold = estimate_expression_value(root, threshold);
		if (IsA(threshold, Const))
		{
			*nothing |= ((Const *) threshold)->constisnull;
			wanted->least = DatumGetFloat4(((Const *) threshold)->constvalue);
		}
	}
	if (!*nothing)
		read_name(name, &wanted->name);
	return true;
}

double
anthology_name_selectivity(PlannerInfo *root, List *arguments, int relation)
{
	Node	   *threshold = list_length(arguments) > 2 ? lthird(arguments) : NULL;
	VariableStatData variable;
	Node	   *other;
	bool		on_left;
	bool		nothing = false;
	Wanted		wanted;
	double		part = DEFAULT_PART;

	if (!get_restriction_variable(root, list_make2(linitial(arguments), lsecond(arguments)),
								  relation,
								  &variable, &other, &on_left))
		return part;
	if (read_wanted(root, other, threshold, &wanted, &nothing))
		part = nothing ? 0 : part_of_known(&variable, &wanted);
	else
	{
		part = part_of_sample(&variable);
		part = part < 0 ? DEFAULT_PART : part * (1 - null_part(&variable));
	}
	ReleaseVariableStats(variable);
	CLAMP_PROBABILITY(part);
	return part;
}

double
anthology_name_join_selectivity(PlannerInfo *root, List *arguments, JoinType type,
								SpecialJoinInfo *join)
{
	Node	   *right = lsecond(arguments);
	VariableStatData a;
	VariableStatData b;
	bool		reversed;
	bool		is_default;
	double		of_a;
	double		of_b;
	double		part;

	/* The name of a name_query made for each row. */
	if (IsA(right, RowExpr))
		right = linitial(((RowExpr *) right)->args);
	get_join_variables(root, list_make2(linitial(arguments), right), join, &a, &b, &reversed);
	of_a = part_of_sample(&a);
	of_b = part_of_sample(&b);
	part = of_a >= 0 && of_b >= 0 ? (of_a + of_b) / 2 : Max(of_a, of_b);
	if (part < 0)
		part = DEFAULT_PART;
	/* Equal names are similar: as many of them as an equality would find. */
	part = Max(part, 1 / Max(1, Max(get_variable_numdistinct(&a, &is_default),
									get_variable_numdistinct(&b, &is_default))));
	part *= (1 - null_part(&a)) * (1 - null_part(&b));

	/* The part of the outer rows that have any match on the inner side. */
	if (type == JOIN_SEMI || type == JOIN_ANTI)
	{
		int			inner;

		part = bms_get_singleton_member(join->min_righthand, &inner) ?
			part * Max(1, find_base_rel(root, inner)->rows) : 0.5;
	}
	ReleaseVariableStats(a);
	ReleaseVariableStats(b);
	CLAMP_PROBABILITY(part);
	return part;
}

/* name_similar_selectivity(internal, oid, internal, integer) double precision */
Datum
anthology_name_similar_selectivity(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8(anthology_name_selectivity((PlannerInfo *) PG_GETARG_POINTER(0),
												(List *) PG_GETARG_POINTER(2), PG_GETARG_INT32(3)));
}

/* name_similar_join_selectivity(internal, oid, internal, smallint, internal) double precision */
Datum
anthology_name_similar_join_selectivity(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8(anthology_name_join_selectivity((PlannerInfo *) PG_GETARG_POINTER(0),
													 (List *) PG_GETARG_POINTER(2),
													 (JoinType) PG_GETARG_INT16(3),
													 (SpecialJoinInfo *) PG_GETARG_POINTER(4)));
}
