/*
 * names.c - any bytes are two names, parted at the first zero: read, compared,
 * explained, written, and kept in an index's postings.
 */
#include "fuzz.h"

#include "core/spelling_score.h"
#include "core/name_postings.h"
#include "core/name_similarity.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *a = (const char *) data;
	const char *b;
	size_t		b_size;
	size_t		a_size = first_field(a, size, &b, &b_size);
	AnthologyName x;
	AnthologyName y;
	AnthologyName again;
	AnthologyNameExplanation why;
	AnthologyPosting postings[ANTHOLOGY_NAME_POSTINGS];
	AnthologyBuffer form;
	int			count;
	int			primary = 0;
	float		similarity;
	float		sum = 0;

	must(anthology_name_parse(a, a_size, &x) == ANTHOLOGY_OK);
	must(anthology_name_parse(b, b_size, &y) == ANTHOLOGY_OK);
	similarity = anthology_name_compare(&x, &y);
	must(similarity >= 0 && similarity <= 1);
	must(similarity == anthology_name_compare(&y, &x));
	must((similarity == 1) == anthology_name_equal(&x, &y));
	must(anthology_name_compare(&x, &x) == 1);
	must(anthology_name_explain(&x, &y, &why) == similarity);
	for (int i = 0; i < why.count; i++)
	{
		must(why.reasons[i].a_last < x.count && why.reasons[i].b_last < y.count);
		sum += why.reasons[i].contribution;
	}
	must(sum == similarity);
	for (int i = 0; i < x.count; i++)
		must(x.words[i].start <= x.words[i].end && x.words[i].end <= a_size && x.words[i].size > 0);

	/* The comparison form is ASCII words, and is short. */
	anthology_buffer_init(&form);
	anthology_name_write(&x, &form);
	must(form.status == ANTHOLOGY_OK && form.length <= ANTHOLOGY_NAME_WORDS * (ANTHOLOGY_NAME_LETTERS + 1));
	for (size_t i = 0; i < form.length; i++)
		must((form.data[i] >= 'a' && form.data[i] <= 'z') || (form.data[i] >= '0' && form.data[i] <= '9') ||
			 form.data[i] == ' ');
	anthology_buffer_free(&form);

	/* Postings fit their room, and give the name back. */
	count = anthology_name_postings(&x, postings);
	must(count > 0 && count <= ANTHOLOGY_NAME_POSTINGS);
	for (int i = 0; i < count; i++)
	{
		AnthologyPostingView view;

		must(postings[i].size > 0 && postings[i].size <= ANTHOLOGY_POSTING_BYTES);
		if (!anthology_posting_view(postings[i].bytes, (size_t) postings[i].size, &view))
			continue;
		primary += view.primary;
		must(anthology_posting_name(&view, &again));
		must(anthology_name_compare(&x, &again) == 1);
	}
	must(primary == 1);

	must(anthology_spelling_score(a, a_size, b, b_size) == anthology_spelling_score(a, a_size, b, b_size));
	return 0;
}
