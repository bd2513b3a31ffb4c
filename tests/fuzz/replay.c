/*
 * replay.c - a target's main without libFuzzer: each file that it is given, and
 * each of these cut short and with single bytes changed, in an order that is
 * always the same.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LONGEST 100000
#define CHANGES 40

extern int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
main(int argc, char **argv)
{
	uint32_t	random = 1;

	for (int i = 1; i < argc; i++)
	{
		FILE	   *file = fopen(argv[i], "rb");
		uint8_t    *bytes = malloc(LONGEST);
		size_t		size;

		if (file == NULL || bytes == NULL)
		{
			perror(argv[i]);
			return 1;
		}
		size = fread(bytes, 1, LONGEST, file);
		fclose(file);
		for (int change = 0; change <= CHANGES; change++)
		{
			/* Of its own size, so that reading behind it is seen. */
			size_t		length = change > 0 && change % 4 == 0 ? size * (size_t) change / CHANGES : size;
			uint8_t    *input = malloc(length > 0 ? length : 1);

			if (input == NULL)
				return 1;
			memcpy(input, bytes, length);
			for (int k = 0; length > 0 && k < change % 4; k++)
			{
				random = random * 1664525u + 1013904223u;
				input[(random >> 8) % length] = (uint8_t) (random >> 24);
			}
			LLVMFuzzerTestOneInput(input, length);
			free(input);
		}
		free(bytes);
	}
	return 0;
}
