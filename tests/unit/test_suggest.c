/* suggest: which candidate is near a word, and which of several wins. */
#include "base/suggest.h"
#include "tap.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const struct {
	const char *name, *word, *expected;
	const char *candidates[4];
} cases[] = {
	{"a missing letter at the end", "ModelArtifact", "ModelArtifacts", {"ModelPackage", "ModelArtifacts"}},
	{"a letter too many", "stepp", "step", {"param", "step"}},
	{"a wrong letter", "stap", "step", {"let", "step"}},
	{"two neighbours swapped count once", "setp", "step", {"kind", "step"}},
	{"a swap that also differs in case", "TrianJob", "trainjob", {"trainjob"}},
	{"a swap at the start", "tsep", "step", {"step"}},
	{"case alone is near", "trainingjobname", "TrainingJobName", {"TrainingJobArn", "TrainingJobName"}},
	{"case alone is near in a short word", "ID", "id", {"id"}},
	{"case alone beats an edit offered first", "Train", "train", {"Trains", "train"}},
	{"fewer edits beat fewer case differences", "RoleArn", "ROLEARNS", {"RoleArXY", "ROLEARNS"}},
	{"the first of equals stays", "tram", "trap", {"trap", "tray"}},
	{"a third of the length is near", "abcdef", "abcdXY", {"abcdXY"}},
	{"more than a third is not", "abcdef", NULL, {"abcXYZ"}},
	{"one edit is near in a short word", "let", "lex", {"lex"}},
	{"two edits are not", "let", NULL, {"lax", "l"}},
	{"letters in common, but too far", "Processing", NULL, {"Training", "Transform"}},
	{"nothing in common", "x", NULL, {"y"}},
	{"one letter and one more", "x", "xs", {"y", "xs"}},
	{"the word itself is passed over", "step", "stop", {"step", "stop"}},
	{"the empty candidate", "a", NULL, {""}},
	{"the empty word", "", NULL, {"a", "ab"}},
	{"no candidates", "step", NULL, {NULL}},
};

static void test_cases(void)
{
	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *const *candidates = cases[i].candidates;
		const char *nearest = suggest_nearest(cases[i].word, candidates, COUNT(cases[i].candidates));
		tap_is(nearest, cases[i].expected, cases[i].name);
	}
}

static void test_bounds(void)
{
	char word[66], longer[200];
	memset(word, 'a', 65);
	word[64] = word[65] = '\0';
	memset(longer, 'a', 199);
	longer[199] = '\0';
	const char *one_less = word + 1, *far = longer, *near = longer + 199 - 84;

	tap_is(suggest_nearest(word, &one_less, 1), one_less, "a word of 64 bytes is searched");
	tap_is(suggest_nearest(word, &near, 1), near, "a candidate may be longer than the word can be");
	tap_is(suggest_nearest(word, &far, 1), NULL, "a much longer candidate is far");
	word[64] = 'a';
	tap_is(suggest_nearest(word, &one_less, 1), NULL, "a word of 65 bytes is not searched");

	char upper[65];
	memset(upper, 'A', 64);
	upper[64] = '\0';
	word[64] = '\0';
	const char *shout = upper;
	tap_is(suggest_nearest(word, &shout, 1), shout, "64 letters in the wrong case are near");
}

static void test_stream(void)
{
	struct suggest search;
	suggest_init(&search, "Procesing");
	tap_is(suggest_result(&search), NULL, "nothing offered, nothing found");
	suggest_offer(&search, "Precessing");
	tap_is(suggest_result(&search), "Precessing", "what is near is kept");
	suggest_offer(&search, "Training");
	tap_is(suggest_result(&search), "Precessing", "what is farther is not");
	suggest_offer(&search, "Processing");
	tap_is(suggest_result(&search), "Processing", "what is nearer is");
}

int main(void)
{
	test_cases();
	test_bounds();
	test_stream();
	return tap_done();
}
