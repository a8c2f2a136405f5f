/* suggest: which candidates are near a word, and which of several is suggested. */
#include "base/suggest.h"
#include "tap.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const struct {
	const char *name, *word, *expected;
	const char *candidates[4];
} cases[] = {
	{"a missing letter at the end", "ModelArtifact", "ModelArtifacts", {"ModelPackage", "ModelArtifacts"}},
	{"an extra letter", "stepp", "step", {"param", "step"}},
	{"a wrong letter", "stap", "step", {"let", "step"}},
	{"two swapped letters, which count as one edit", "setp", "step", {"kind", "step"}},
	{"a swap that also differs in case", "TrianJob", "trainjob", {"trainjob"}},
	{"a swap at the start", "tsep", "step", {"step"}},
	{"a difference only in case", "trainingjobname", "TrainingJobName", {"TrainingJobArn", "TrainingJobName"}},
	{"a difference only in case, in a short word", "ID", "id", {"id"}},
	{"a difference only in case, which beats an edit offered first", "Train", "train", {"Trains", "train"}},
	{"fewer edits, which beat fewer differences in case", "RoleArn", "ROLEARNS", {"RoleArXY", "ROLEARNS"}},
	{"the first of two equally near candidates", "tram", "trap", {"trap", "tray"}},
	{"edits of a third of the length", "abcdef", "abcdXY", {"abcdXY"}},
	{"edits of more than a third of the length", "abcdef", NULL, {"abcXYZ"}},
	{"one edit in a short word", "let", "lex", {"lex"}},
	{"two edits in a short word", "let", NULL, {"lax", "l"}},
	{"common letters, but too many edits", "Processing", NULL, {"Training", "Transform"}},
	{"no common letter", "x", NULL, {"y"}},
	{"a word of one letter, and one more", "x", "xs", {"y", "xs"}},
	{"the word itself, which is skipped", "step", "stop", {"step", "stop"}},
	{"an empty candidate", "a", NULL, {""}},
	{"the empty word", "", NULL, {"a", "ab"}},
	{"no candidates", "step", NULL, {NULL}},
};

static void test_cases(void)
{
	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *const *candidates = cases[i].candidates;
		const char *nearest = suggest_nearest(cases[i].word, candidates, COUNT(cases[i].candidates));
		char title[200];
		snprintf(title, sizeof title, "`%s` suggests %s: %s", cases[i].word, cases[i].expected ? cases[i].expected : "nothing",
		         cases[i].name);
		tap_is(nearest, cases[i].expected, title);
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

	tap_is(suggest_nearest(word, &one_less, 1), one_less, "a word of 64 bytes gets a suggestion");
	tap_is(suggest_nearest(word, &near, 1), near, "a candidate may be longer than the word can be");
	tap_is(suggest_nearest(word, &far, 1), NULL, "a candidate that is much longer is not suggested");
	word[64] = 'a';
	tap_is(suggest_nearest(word, &one_less, 1), NULL, "a word of 65 bytes gets no suggestion");

	char upper[65];
	memset(upper, 'A', 64);
	upper[64] = '\0';
	word[64] = '\0';
	const char *shout = upper;
	tap_is(suggest_nearest(word, &shout, 1), shout, "64 letters in the wrong case get a suggestion");
}

static void test_stream(void)
{
	struct suggest search;
	suggest_init(&search, "Procesing");
	tap_is(suggest_result(&search), NULL, "without a candidate there is no suggestion");
	suggest_offer(&search, "Precessing");
	tap_is(suggest_result(&search), "Precessing", "a near candidate is kept");
	suggest_offer(&search, "Training");
	tap_is(suggest_result(&search), "Precessing", "a farther candidate does not replace it");
	suggest_offer(&search, "Processing");
	tap_is(suggest_result(&search), "Processing", "a nearer candidate replaces it");
}

int main(void)
{
	test_cases();
	test_bounds();
	test_stream();
	return tap_done();
}
