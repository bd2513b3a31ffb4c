/*
 * affiliation.c - what the words of an affiliation tell; see affiliation.h.
 *
 * Words for kinds of places tell hardly anything, and names of countries little. The
 * list has those that are frequent in the 2024-08 corpus. It is fixed, not counted from
 * the papers at hand, so that judging one paper gives the same as a scan of all.
 */
#include "affiliation.h"

#include <stdlib.h>
#include <string.h>

#define KIND_WEIGHT 0.1f
#define COUNTRY_WEIGHT 0.3f

/* In order. */
static const char *const kinds[] = {
	"a", "acad", "academy", "ag", "ai", "and", "applied", "artificial", "at", "campus", "center",
	"centre", "centro", "city", "co", "college", "com", "company", "computational", "computer",
	"computing", "corp", "corporation", "da", "das", "data", "de", "del", "della", "department",
	"dept", "der", "des", "di", "die", "do", "doctoral", "du", "e", "ecole", "ed", "education",
	"el", "en", "engineering", "et", "faculty", "federal", "fellow", "for", "foundation", "fur",
	"gmbh", "graduate", "group", "high", "higher", "hochschule", "i", "in", "inc", "informatics",
	"information", "informatique", "institut", "institute", "institutes", "institution",
	"instituto", "intelligence", "international", "key", "l", "la", "lab", "labor",
	"laboratories", "laboratory", "labs", "language", "learning", "li", "limited", "linguistics",
	"llc", "ltd", "machine", "major", "master", "mathematics", "national", "natural", "nlp",
	"normal", "of", "on", "phd", "private", "processing", "professor", "pvt", "research", "s",
	"school", "science", "sciences", "scientist", "scuola", "software", "speech", "state",
	"student", "studies", "system", "systems", "team", "tech", "technical", "technische",
	"technological", "technologies", "technology", "the", "und", "univ", "universidad",
	"universidade", "universita", "universitaet", "universitat", "universitatea", "universite",
	"universiteit", "universitit", "universitt", "university", "universtity", "universty", "y"
};

static const char *const countries[] = {
	"america", "asia", "australia", "brazil", "canada", "china", "denmark", "europe", "finland",
	"france", "german", "germany", "hong", "india", "indian", "israel", "italy", "japan",
	"kingdom", "kong", "korea", "netherlands", "norway", "portugal", "republic", "russia",
	"south", "spain", "sweden", "switzerland", "taiwan", "uk", "united", "us", "usa"
};

typedef struct Word
{
	const char *letters;
	int			length;
} Word;

static int
compare(const void *key, const void *element)
{
	const Word *word = key;
	const char *other = *(const char *const *) element;
	int			order = strncmp(word->letters, other, (size_t) word->length);

	return order != 0 ? order : -(other[word->length] != '\0');
}

float
anthology_affiliation_word_weight(const char *word, int length)
{
	Word		sought = {word, length};

	if (bsearch(&sought, kinds, sizeof(kinds) / sizeof(kinds[0]), sizeof(kinds[0]), compare))
		return KIND_WEIGHT;
	if (bsearch(&sought, countries, sizeof(countries) / sizeof(countries[0]), sizeof(countries[0]),
				compare))
		return COUNTRY_WEIGHT;
	return 1;
}
