/*
 * judge_numbers.c - strings as numbers, see judge_numbers.h.
 */
#include "postgres.h"

#include "common/hashfn.h"
#include "compat.h"
#include "utils/builtins.h"

#include "judge_numbers.h"

typedef struct StringNumber
{
	AnthologyNumbersKey key;
	uint32		hash;
	int			number;
	char		status;
} StringNumber;

#define SH_PREFIX numbers
#define SH_ELEMENT_TYPE StringNumber
#define SH_KEY_TYPE AnthologyNumbersKey
#define SH_KEY key
#define SH_HASH_KEY(table, key) hash_bytes((const unsigned char *) (key).data, (key).length)
#define SH_EQUAL(table, a, b) \
	((a).length == (b).length && memcmp((a).data, (b).data, (a).length) == 0)
#define SH_STORE_HASH
#define SH_GET_HASH(table, element) (element)->hash
#define SH_SCOPE static inline
#define SH_DECLARE
#define SH_DEFINE
#include "lib/simplehash.h"

void
anthology_numbers_begin(AnthologyNumbers *numbers, int room)
{
	numbers->table = numbers_create(CurrentMemoryContext, room, NULL);
	numbers->room = room;
	numbers->key = palloc_extended(sizeof(AnthologyNumbersKey) * room, MCXT_ALLOC_HUGE);
	numbers->count = 0;
}

int
anthology_number(AnthologyNumbers *numbers, const char *data, int length)
{
	AnthologyNumbersKey key = {data, length};
	bool		found;
	StringNumber *entry = numbers_insert(numbers->table, key, &found);

	if (!found)
	{
		char	   *copy = palloc(Max(length, 1));

		memcpy(copy, data, length);
		entry->key.data = copy;
		entry->number = numbers->count;
		if (numbers->count == numbers->room)
			numbers->key =
				repalloc_huge(numbers->key, sizeof(AnthologyNumbersKey) * (numbers->room *= 2));
		numbers->key[numbers->count++] = entry->key;
	}
	return entry->number;
}

int
anthology_number_text(AnthologyNumbers *numbers, Datum datum)
{
	text	   *value = DatumGetTextPP(datum);

	return anthology_number(numbers, VARDATA_ANY(value), VARSIZE_ANY_EXHDR(value));
}

int
anthology_number_find(AnthologyNumbers *numbers, text *value)
{
	AnthologyNumbersKey key = {VARDATA_ANY(value), VARSIZE_ANY_EXHDR(value)};
	StringNumber *entry = numbers_lookup(numbers->table, key);

	return entry == NULL ? -1 : entry->number;
}

/* A larger array of elements of four bytes. */
static void *
enlarge(void *data, int *room)
{
	*room = *room == 0 ? 1024 : *room * 2;
	return data == NULL ? palloc_extended((Size) 4 * *room, MCXT_ALLOC_HUGE)
		: repalloc_huge(data, (Size) 4 * *room);
}

void
anthology_ints_add(AnthologyInts *ints, int value)
{
	if (ints->count == ints->room)
		ints->data = enlarge(ints->data, &ints->room);
	ints->data[ints->count++] = value;
}

void
anthology_floats_add(AnthologyFloats *floats, float value)
{
	if (floats->count == floats->room)
		floats->data = enlarge(floats->data, &floats->room);
	floats->data[floats->count++] = value;
}

Datum
anthology_number_datum(const AnthologyNumbers *numbers, int number)
{
	return PointerGetDatum(cstring_to_text_with_len(numbers->key[number].data,
													numbers->key[number].length));
}
