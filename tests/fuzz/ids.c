/*
 * ids.c - full ids of volumes and papers, and ORCIDs, from any bytes.
 */
#include "fuzz.h"

#include "core/full_id.h"
#include "core/orcid.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *collection = (const char *) data;
	const char *volume;
	const char *paper;
	size_t		volume_size;
	size_t		paper_size;
	size_t		collection_size = first_field(collection, size, &volume, &volume_size);
	AnthologyBuffer id;
	char		orcid[ANTHOLOGY_ORCID_LENGTH];
	char		again[ANTHOLOGY_ORCID_LENGTH];

	if (anthology_orcid(collection, size, orcid))
	{
		must(anthology_orcid(orcid, sizeof(orcid), again));
		must(memcmp(orcid, again, sizeof(orcid)) == 0);
		must(orcid[4] == '-' && orcid[9] == '-' && orcid[14] == '-');
	}

	volume_size = first_field(volume, volume_size, &paper, &paper_size);
	anthology_buffer_init(&id);
	anthology_paper_id(collection, collection_size, volume, volume_size, paper, paper_size, &id);
	must(id.status == ANTHOLOGY_OK);
	must(id.length >= collection_size + volume_size + paper_size + 1);
	must(id.length <= collection_size + volume_size + paper_size + 5);
	anthology_buffer_free(&id);
	return 0;
}
