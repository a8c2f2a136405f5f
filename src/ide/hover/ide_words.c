#include "ide/hover/ide_words.h"

#include <stddef.h>
#include <string.h>

struct word_entry {
	const char *word, *text;
};

static const struct word_entry keywords[] = {
	{"import", "brings in the declarations of another file: all of them, or only the names in braces"},
	{"pipeline", "describes the pipeline: its name, role, region and tags; exactly once in a program"},
	{"param", "a parameter of the pipeline: each run may give it another value"},
	{"config", "a setting fixed at compile time: `--set NAME=VALUE` and `--config FILE` give it a value"},
	{"let", "names a value, constant or deferred"},
	{"step", "a step of the pipeline: its kind determines its fields and clauses"},
	{"condition", "a step that chooses between branches at run time"},
	{"kind", "derives a step kind from another: its body is merged under the block of each step"},
	{"component", "a group of steps, of which `use` makes instances"},
	{"export", "makes a value of a component visible outside"},
	{"use", "makes an instance of a component"},
	{"foreach", "a step that runs the steps in its block once for each item, which are known only when the pipeline runs"},
	{"pick", "`pick max`, `pick min`: selects the iteration in which a property is the greatest or smallest"},
	{"defaults", "sets defaults for all steps of these kinds"},
	{"function", "an expression with arguments: a call is its body with the arguments filled in"},
	{"schedule", "starts the deployed pipeline at set times"},
	{"assert", "rejects the program if a constant condition is false"},
	{"shape", "the members of an object and their types"},
	{"enum", "a String from a set of values"},
	{"type", "another name for a type, optionally narrowed"},
	{"depends", "`depends on`: runs the step after other steps, even if it uses none of their results"},
	{"on", "`on failure of`, `on stop of`, `on any end of`: runs the step if these steps fail, are stopped, or "
	 "end in any way"},
	{"failure", "`on failure of`: runs the step if these steps fail"},
	{"stop", "`on stop of`: runs the step if these steps are stopped"},
	{"any", "`on any end of`: runs the step after these steps, whether they complete, fail or are stopped"},
	{"end", "`on any end of`: runs the step after these steps, whether they complete, fail or are stopped"},
	{"cache", "`cache for`: reuses the result of an earlier run with the same arguments unless it is older "
	 "than this duration; `cache off`: does not"},
	{"retry", "`retry on`: retries after these exceptions; `retry off`: does not, whatever `defaults` say"},
	{"property", "`property file`: a JSON file that the step writes, from which conditions and later steps "
	 "read values"},
	{"output", "a typed output of the step"},
	{"when", "drops the step, instance or schedule if a constant condition is false"},
	{"given", "sets a parameter in the runs that a schedule starts"},
	{"require", "a rule on which members must be present"},
	{"advise", "the same as `require`, but only a warning"},
	{"without", "the shape without these members"},
	{"literal", "no deferred value is allowed here, at any depth"},
	{"by", "the member that names the elements of the list"},
	{"if", "the condition under which the following applies"},
	{"else", "what applies if the condition is false"},
	{"in", "whether a list contains a value; after `for`, the list or object to iterate over"},
	{"for", "iterates over a list or object"},
	{"and", "true if both operands are"},
	{"or", "true if at least one operand is"},
	{"not", "true if the operand is false"},
	{"null", "the absence of a value: a member that is `null` is left out"},
};

static const struct word_entry spaces[] = {
	{"Pipeline", "what the compiler knows about the pipeline: `Name`, `RoleArn`, `Region`, `Account`, "
	 "`Partition`, `Bucket`, `Assets`"},
	{"Execution", "values of the current run, such as its ID and start time: all are deferred"},
	{"Step", "the current step: `Step.Name` is its name in the definition"},
	{"PipelineExperimentConfig", "the experiment and trial of the run"},
};

/* The same text as in doc/language.md: tests/words.test compares them. */
static const struct word_entry functions[] = {
	{"abs", "the absolute value"},
	{"archive", "the URI of the folder, packed as `FOLDER.tar.gz`"},
	{"base64", "the Base64 encoding of the text"},
	{"basename", "the part after the last `/`; the whole path if there is none"},
	{"ceil", "the number rounded up to an integer"},
	{"check_file", "`true`; an error if `source` is the URI of files of the project that lack `name` or, in Python, a "
	 "function in it"},
	{"contains", "whether a string contains a substring, a list an element, or an object a name"},
	{"dirname", "the part before the last `/`; `\".\"` if there is none"},
	{"endswith", "whether the text ends with `end`"},
	{"file", "the URI of a file"},
	{"files_in", "the names of the files behind a URI from `file`, `folder`, `archive` or `zip`; `null` for "
	 "any other URI"},
	{"float", "a number, or text that holds one, as a Float"},
	{"floor", "the number rounded down to an integer"},
	{"folder", "the URI of the S3 prefix that holds the files of the folder"},
	{"integer", "a number, or text that holds one, as an Integer; a fraction is an error"},
	{"join", "`Std:Join`: the scalars of the list, separated by the constant `on`"},
	{"jsonget", "the value at a path, a constant string, in a property file or an `s3json`"},
	{"keys", "the names in an object, in order"},
	{"known", "whether a value contains no deferred scalar"},
	{"leaves", "the scalars at any depth of a list or object, as an object keyed by their paths in the "
	 "notation of `jsonget`; empty lists and objects and `null` are included"},
	{"len", "the number of elements of a list, members of an object, or characters of a string"},
	{"lower", "the text with A to Z in lower case"},
	{"matches", "whether the whole text matches a PCRE2 regular expression"},
	{"max", "the largest of several numbers, or of a list"},
	{"min", "the smallest of several numbers, or of a list"},
	{"name", "the name of a step in the definition"},
	{"policy_texts", "the constants that a value may have when the pipeline runs: itself, or the choices or the default of a "
	 "parameter; an empty list if none is known"},
	{"product", "the product of several numbers, or of a list; 1 for an empty list"},
	{"range", "the integers from `from` (default 0) up to, but not including, `to`"},
	{"readjson", "the value of a JSON file of the project"},
	{"readtext", "the text of a file of the project"},
	{"replace", "the text with each `old` replaced by `new`, from left to right"},
	{"round", "the nearest integer; halves round away from zero"},
	{"s3json", "a JSON file at an S3 URI, to read values from"},
	{"sha256", "the SHA-256 of the text, in 64 hexadecimal digits"},
	{"split", "the list of parts between separators; an empty separator does not split"},
	{"startswith", "whether the text starts with `start`"},
	{"string", "the text of a scalar, the same as `\"${value}\"`"},
	{"text_file", "the URI of a file with this name and text"},
	{"tojson", "the value as JSON text, with `, ` and `: ` as separators; it contains no deferred scalar"},
	{"trim", "the text without leading and trailing spaces, tabs and line ends"},
	{"typeof", "`\"String\"`, `\"Integer\"`, `\"Float\"`, `\"Boolean\"`, `\"List\"`, `\"Map\"` or `\"null\"`; "
	 "`\"Scalar\"` for a value in a JSON file, and `\"Any\"` if the type is unknown"},
	{"upper", "the text with a to z in upper case"},
	{"values", "the values in an object, in the order of its names"},
	{"zip", "the URI of the folder, packed as `FOLDER.zip`, as Lambda requires"},
};

static const char *find(const struct word_entry *meanings, size_t count, const char *word)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(meanings[i].word, word) == 0)
			return meanings[i].text;
	return NULL;
}

const char *ide_keyword(const char *word)
{
	return find(keywords, sizeof keywords / sizeof *keywords, word);
}

const char *ide_space(const char *name)
{
	return find(spaces, sizeof spaces / sizeof *spaces, name);
}

const char *ide_space_name(size_t index)
{
	return index < sizeof spaces / sizeof *spaces ? spaces[index].word : NULL;
}

const char *ide_function(const char *name)
{
	return find(functions, sizeof functions / sizeof *functions, name);
}

const char *ide_sentence(struct arena *arena, const char *meaning)
{
	char *text = meaning ? arena_printf(arena, "%s.", meaning) : NULL;
	if (text && *text >= 'a' && *text <= 'z')
		*text -= 'a' - 'A';
	return text;
}
