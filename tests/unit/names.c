/*
 * names.c - what must hold of name_similarity whatever the names: TAP.
 *
 *   names [PAIRS]
 *
 * Pairs are made of the names below, of these with letters changed, and of
 * random text of every plane of Unicode, always the same ones.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <unicode/utf8.h>

#include "core/name_postings.h"
#include "core/name_similarity.h"
#include "core/name_vocabulary.h"

#define LONGEST 400

static const char *const names[] = {
	"Julian Katz-Samuels", "Katz-Samuels, Julian", "J. Katz", "Wei Wang", "Wei-Nan Zhang",
	"Weinan Zhang", "JÖRG TIEDEMANN", "Joerg Tiedemann", "Søren Kjær", "Rob van der Goot",
	"van der Goot, R.", "J.R.R. Tolkien", "JRR Tolkien", "Martin Luther King, Jr.",
	"Eric H. Nyberg III", "José G. C. de Souza", "Jose Guilherme Camargo de Souza", "刘洋", "欧阳明",
	"김민수", "남궁민수", "Иван Петров", "Γιώργος Παπαδόπουλος", "محمد علي", "राम कुमार", "たなか はなこ",
	"Mausam", "A", "", " ", ",", "-", "'", "Jr.", "van", "a b c d e f g h i j k l m n o p",
	"A A A A A A A A A A A A", "aa aa aa aa aa aa aa aa aa aa aa", "Đorđe Petrović", "Djordje Petrovic",
	"Mª Antònia Martí", "Deepak P", "Smith J", "Pushpak Bhattacharyya", "Xueqi Cheng", "NT. Nhàn",
	"Tsung-Hsien Lee", "Zongxian Li", "Li Tsunghsien", "Hsu Wei", "Wei Xu", "Mei Hsueh", "Xue, M.", "Chih-Chieh Hsu", "Zhi Jie Xu",
	"Jung-Hoon Park", "Jeonghun Pak", "Hyun Ju Choi", "Kouichi Satou", "Koichi Satoh", "K. Sato", "Yuki Ohno",
	"Yuuki Oono", "Mohammed Hussain", "Premkumar Natarajan", "Prem Natarajan",
	"Phương Lê Hồng", "Wiederholungswiederholungswiederholungswiederholung Müller"
};

#define NAMES (sizeof(names) / sizeof(names[0]))

static uint64_t seed = 88172645463325252u;
static int	test_number = 0;

static uint32_t
random_below(uint32_t limit)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (uint32_t) (seed >> 33) % limit;
}

static void
ok(int good, const char *what)
{
	printf("%sok %d - %s\n", good ? "" : "not ", ++test_number, what);
}

static int
append(char *text, int length, int32_t c)
{
	if (length < LONGEST - 4 && !U_IS_SURROGATE(c))
		U8_APPEND_UNSAFE(text, length, c);
	return length;
}

/* A name (this one if it is given), a changed name or random text; answers its length. */
static int
make_text(char *text, const char *name)
{
	static const int32_t odd[] = {
		0x301, 0x308, 0x200B, 0x200D, 0x202E, 0xAD, 0xFEFF, '-', '.', ',', '\'', ' ', 0x3000, 0x2019, 0xDF,
		0xFC, 0x110, 0x5218, 0xAC15, 0x430, 0x1F600, 0x10FFFF, 0xE000, 0x621, 0x905, 0x17400
	};
	int			length = 0;
	uint32_t	kind = random_below(4);

	if (kind < 3)
	{
		int			size;

		if (name == NULL)
			name = names[random_below(NAMES)];
		size = (int) strlen(name);
		for (int i = 0; i < size;)
		{
			int32_t		c;

			U8_NEXT(name, i, size, c);
			if (kind > 0 && random_below(8) == 0)
				switch (random_below(3))
				{
					case 0:
						continue;
					case 1:
						c = 'a' + (int32_t) random_below(26);
						break;
					default:
						length = append(text, length, odd[random_below(sizeof(odd) / sizeof(odd[0]))]);
				}
			length = append(text, length, c);
		}
		return length;
	}
	for (uint32_t letters = random_below(40); letters > 0; letters--)
		switch (random_below(4))
		{
			case 0:
				length = append(text, length, (int32_t) random_below(0x110000));
				break;
			case 1:
				length = append(text, length, odd[random_below(sizeof(odd) / sizeof(odd[0]))]);
				break;
			case 2:
				length = append(text, length, (int32_t) random_below(0x3000));
				break;
			default:
				length = append(text, length, 'a' + (int32_t) random_below(26));
		}
	return length;
}

static int
same_form(const AnthologyName *a, const AnthologyName *b)
{
	AnthologyBuffer x;
	AnthologyBuffer y;
	int			same;

	anthology_buffer_init(&x);
	anthology_buffer_init(&y);
	anthology_name_write(a, &x);
	anthology_name_write(b, &y);
	same = x.length == y.length && (x.length == 0 || memcmp(x.data, y.data, x.length) == 0);
	anthology_buffer_free(&x);
	anthology_buffer_free(&y);
	return same;
}

/* The words that y's postings name, as an index would have them. */
typedef struct Index
{
	AnthologyVocabulary vocabulary;
	char		letters[ANTHOLOGY_NAME_POSTINGS * ANTHOLOGY_NAME_LETTERS];
	uint32_t	starts[ANTHOLOGY_NAME_POSTINGS + 1];
	uint32_t	sets[2 * ANTHOLOGY_VOCABULARY_BLOCK];
	uint32_t	sounds[2 * ANTHOLOGY_VOCABULARY_BLOCK];
	uint32_t	family_sizes[2 * ANTHOLOGY_VOCABULARY_BLOCK];
	uint32_t	umlauts[ANTHOLOGY_NAME_POSTINGS];
	uint8_t		occurs[ANTHOLOGY_NAME_POSTINGS];
	int			postings;
	AnthologyPosting posting[ANTHOLOGY_NAME_POSTINGS];
	const AnthologySought *sought;
	float		bound;			/* of the sources that lead to a posting */
} Index;

static int
compare_postings(const void *a, const void *b)
{
	const AnthologyPosting *x = a;
	const AnthologyPosting *y = b;
	int			order = memcmp(x->bytes, y->bytes, (size_t) (x->size < y->size ? x->size : y->size));

	return order ? order : x->size - y->size;
}

static void
follow_source(void *context, const AnthologyPostingSource *source)
{
	Index	   *index = context;

	for (int i = 0; i < index->postings; i++)
	{
		AnthologyPostingView view;
		const AnthologyPosting *posting = &index->posting[i];

		if (anthology_posting_view(posting->bytes, (size_t) posting->size, &view) &&
			view.kind == source->kind && view.word_size == source->size &&
			memcmp(view.word, source->letters, source->size) == 0)
		{
			float		bound = source->bound[anthology_source_nearness(index->sought, source, &view)];

			if (bound > index->bound)
				index->bound = bound;
		}
	}
}

/* Whether an index finds y for x, and expects at least this similarity of it. */
static int
is_found(const AnthologyName *x, const AnthologyName *y, float score)
{
	static Index index;
	static AnthologySought sought;

	memset(&index, 0, sizeof(index));
	index.vocabulary = (AnthologyVocabulary) {0, 0, 0, index.letters, index.starts, index.sets,
		index.sounds, index.family_sizes, index.umlauts, index.occurs};
	index.postings = anthology_name_postings(y, index.posting);
	qsort(index.posting, (size_t) index.postings, sizeof(AnthologyPosting), compare_postings);
	for (int i = 0; i < index.postings; i++)
	{
		const char *letters;
		int			occurs;
		uint32_t	umlauts;
		int			size = anthology_posting_word(index.posting[i].bytes,
												  (size_t) index.posting[i].size, &letters,
												  &occurs, &umlauts);

		if (size >= 0)
			anthology_vocabulary_add(&index.vocabulary, letters, size, occurs, umlauts);
	}
	anthology_seek(x, &sought);
	index.sought = &sought;
	anthology_vocabulary_sources(&index.vocabulary, &sought, 0, follow_source, &index);
	return index.bound >= score;
}

/*
 * Whether a given or middle name was joined with the word behind it. Under such
 * words no name is kept: what only they have in common is not found.
 */
static int
joins_given(const AnthologyName *x, const AnthologyName *y,
			const AnthologyNameExplanation *explanation)
{
	for (int i = 0; i < explanation->count; i++)
	{
		const AnthologyNameReason *reason = &explanation->reasons[i];

		if ((reason->a_last > reason->a_first && x->words[reason->a_first].role < ANTHOLOGY_NAME_PARTICLE) ||
			(reason->b_last > reason->b_first && y->words[reason->b_first].role < ANTHOLOGY_NAME_PARTICLE))
			return 1;
	}
	return 0;
}

/* Whether every posting gives the name back, and just one is primary. */
static int
comes_back(const AnthologyName *name)
{
	AnthologyPosting postings[ANTHOLOGY_NAME_POSTINGS];
	int			count = anthology_name_postings(name, postings);
	int			primary = 0;

	for (int i = 0; i < count; i++)
	{
		AnthologyPostingView view;
		AnthologyName back;

		if (!anthology_posting_view(postings[i].bytes, (size_t) postings[i].size, &view))
			continue;
		primary += view.primary;
		anthology_posting_name(&view, &back);
		if (back.count != name->count || anthology_posting_words(&view) != name->count)
			return 0;
		for (int j = 0; j < back.count; j++)
			if (memcmp(&back.words[j].text, &name->words[j].text, sizeof(back.words[j].text)) != 0 ||
				back.words[j].size != name->words[j].size || back.words[j].set != name->words[j].set ||
				back.words[j].role != name->words[j].role ||
				back.words[j].flags != name->words[j].flags ||
				back.words[j].umlauts != name->words[j].umlauts)
				return 0;
	}
	return primary == 1;
}

static float
similarity(const char *a, const char *b)
{
	AnthologyName x;
	AnthologyName y;

	anthology_name_parse(a, strlen(a), &x);
	anthology_name_parse(b, strlen(b), &y);
	return anthology_name_compare(&x, &y);
}

/* Letters of the last word are spoilt one after another: never closer. */
static int
spoils_steadily(const char *name)
{
	char		text[LONGEST];
	int			length = (int) strlen(name);
	float		before = 1;

	strcpy(text, name);
	for (int i = length - 2; i > 0 && !strpbrk(text + i, " -"); i -= 2)
	{
		float		now;

		text[i] = text[i] == 'q' ? 'x' : 'q';
		now = similarity(name, text);
		if (now > before)
		{
			printf("# %s | %s: %g after %g\n", name, text, now, before);
			return 0;
		}
		before = now;
	}
	return 1;
}

/* A family name cut short: alike, and found by an index, either way round. */
static int
finds_cut(const char *a, const char *b)
{
	AnthologyName x;
	AnthologyName y;
	float		score;

	anthology_name_parse(a, strlen(a), &x);
	anthology_name_parse(b, strlen(b), &y);
	score = anthology_name_compare(&x, &y);
	return score > 0 && is_found(&x, &y, score) && is_found(&y, &x, score);
}

int
main(int argc, char **argv)
{
	long		pairs = argc > 1 ? atol(argv[1]) : 200000;
	int			failures = 0;
	int			in_range = 1;
	int			symmetric = 1;
	int			one_if_equal = 1;
	int			adds_up = 1;
	int			prepared_same = 1;
	int			found = 1;
	int			kept = 1;
	int			steady = 1;

	for (long n = 0; n < pairs; n++)
	{
		char		a[LONGEST];
		char		b[LONGEST];
		const char *name = random_below(2) ? names[random_below(NAMES)] : NULL;
		int			a_length = make_text(a, name);
		int			b_length = random_below(50) == 0 ? (memcpy(b, a, (size_t) a_length), a_length) :
			make_text(b, name);
		AnthologyName x;
		AnthologyName y;
		AnthologyNameExplanation explanation;
		float		score;
		float		sum = 0;
		int			bad = 0;

		if (anthology_name_parse(a, (size_t) a_length, &x) != ANTHOLOGY_OK ||
			anthology_name_parse(b, (size_t) b_length, &y) != ANTHOLOGY_OK)
			failures++;
		score = anthology_name_compare(&x, &y);
		bad |= !(score >= 0 && score <= 1) ? 1 : 0;
		bad |= score != anthology_name_compare(&y, &x) ? 2 : 0;
		bad |= (score == 1) != same_form(&x, &y) ? 4 : 0;
		bad |= score != anthology_name_explain(&x, &y, &explanation) ? 8 : 0;
		for (int i = 0; i < explanation.count; i++)
			sum += explanation.reasons[i].contribution;
		bad |= sum != score ? 8 : 0;
		bad |= score > 0 && !joins_given(&x, &y, &explanation) && !is_found(&x, &y, score) ? 32 : 0;
		bad |= !comes_back(&y) ? 64 : 0;
		anthology_name_prepare(&x);
		bad |= score != anthology_name_compare(&x, &y) ? 16 : 0;
		in_range &= !(bad & 1);
		symmetric &= !(bad & 2);
		one_if_equal &= !(bad & 4);
		adds_up &= !(bad & 8);
		prepared_same &= !(bad & 16);
		found &= !(bad & 32);
		kept &= !(bad & 64);
		if (bad)
			printf("# %d: %.*s | %.*s: %.9g, reasons add up to %.9g\n", bad, a_length, a, b_length, b,
				   score, sum);
	}
	ok(failures == 0, "every text is read");
	ok(in_range, "in 0 .. 1");
	ok(symmetric, "symmetric");
	ok(one_if_equal, "1 if and only if the comparison forms are equal");
	ok(adds_up, "the explanation adds up");
	ok(prepared_same, "the same whether prepared or not");
	ok(found, "an index finds whatever is similar, and expects no less of it");
	ok(kept, "an index keeps the name, and one primary posting");

	for (size_t i = 0; i < NAMES; i++)
		for (const char *p = names[i];; p++)
		{
			if (*p == '\0')
			{
				steady &= spoils_steadily(names[i]);
				break;
			}
			if ((unsigned char) *p >= 0x80)
				break;
		}
	ok(steady, "more errors are never closer");
	ok(finds_cut("Jonathan All", "Jonathan Allen") && finds_cut("Shari Land", "Landes, S."),
	   "a family name cut short is found");
	ok(similarity("Ch. Boitet", "Christian Boitet") >
	   similarity("C. Boitet", "Christian Boitet"), "a beginning tells more than its initial");

	{
		/* Whatever the length, only the beginning is read. */
		static char giant[1 << 20];
		AnthologyName x;
		static const char *const pieces[] = {"a", "ab ", "刘", "é", "-", "ь", " ", "J.", "a,"};

		failures = 0;
		for (size_t k = 0; k < sizeof(pieces) / sizeof(pieces[0]); k++)
		{
			size_t		size = strlen(pieces[k]);
			size_t		length = 0;

			while (length + size < sizeof(giant))
			{
				memcpy(giant + length, pieces[k], size);
				length += size;
			}
			failures += anthology_name_parse(giant, length, &x) != ANTHOLOGY_OK ||
				x.count > ANTHOLOGY_NAME_WORDS || anthology_name_compare(&x, &x) != 1;
		}
		ok(failures == 0, "a megabyte");
	}
	printf("1..%d\n", test_number);
	return 0;
}
