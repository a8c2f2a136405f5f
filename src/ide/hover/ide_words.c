#include "ide/hover/ide_words.h"

#include <stddef.h>
#include <string.h>

struct word_entry {
	const char *word, *text;
};

static const struct word_entry keywords[] = {
	{"import", "brings in another file: all that it declares, or the names in the braces"},
	{"pipeline", "what is deployed: its name, role, region and tags; once in a program"},
	{"param", "a parameter of the pipeline: each run may give it another value"},
	{"config", "a setting that is fixed when compiling: `--set NAME=VALUE` and `--config FILE` give it a value"},
	{"let", "names a value, constant or deferred"},
	{"step", "a step of the pipeline: its kind says what it takes"},
	{"condition", "a step that chooses between branches when the pipeline runs"},
	{"kind", "a step kind made from another: its steps are steps of that kind, with this body under "
	 "their own blocks"},
	{"component", "several steps as one, which `use` makes"},
	{"export", "what is visible of a component from outside"},
	{"use", "makes the steps of a component"},
	{"defaults", "what is merged under every step of these kinds"},
	{"function", "an expression with parameters: a call is its body with the arguments put in"},
	{"schedule", "when the deployed pipeline starts by itself"},
	{"assert", "refuses the program when a constant condition is false"},
	{"shape", "a structure: members with their types"},
	{"enum", "a String of a known set"},
	{"type", "another name for a type, or a narrower one"},
	{"depends", "`depends on`: waits for other steps without using what they give"},
	{"cache", "`cache for`: a run with the same arguments takes the result of an earlier one that is "
	 "not older; `cache off`: it does not"},
	{"retry", "`retry on`: tries again after these failures; `retry off`: does not, whatever `defaults` say"},
	{"property", "`property file`: a JSON file that the step writes, of which conditions and later steps "
	 "read values"},
	{"output", "a value that the step gives back, with its type"},
	{"when", "takes the step, use or schedule out of the program when a constant condition is false"},
	{"given", "what a parameter is in the runs that a schedule starts"},
	{"require", "members that must be there, alone or one of several"},
	{"advise", "the same as `require`, as a warning"},
	{"without", "the structure without these members"},
	{"literal", "no deferred value may stand here, nor anywhere inside"},
	{"by", "the member that names the elements of the list"},
	{"if", "what follows holds only where the condition does"},
	{"else", "what runs when the condition does not hold"},
	{"in", "whether a list has the element; behind `for`, what is gone through"},
	{"for", "goes through a list or object"},
	{"and", "whether both hold"},
	{"or", "whether one of both holds"},
	{"not", "whether it does not hold"},
	{"null", "the absence of a value: a member that is `null` is left out"},
};

static const struct word_entry spaces[] = {
	{"Pipeline", "what the compilation knows of the pipeline: `Name`, `RoleArn`, `Region`, `Account`, "
	 "`Partition`, `Bucket`, `Assets`"},
	{"Execution", "what each run knows of itself: all of it deferred"},
	{"Step", "the step that is being made: `Step.Name` is its name in the definition"},
	{"PipelineExperimentConfig", "the experiment and trial of the run"},
};

/* In the words of doc/language.md, with which tests/words.test compares them. */
static const struct word_entry functions[] = {
	{"abs", "the number without its sign"},
	{"archive", "the URI of the folder, packed as `FOLDER.tar.gz`"},
	{"base64", "the bytes of the text in Base64"},
	{"basename", "what is behind the last `/`; all of it if there is none"},
	{"ceil", "the least whole number that is not less"},
	{"contains", "whether text contains text, a list an element, an object a name"},
	{"dirname", "what is before the last `/`; `\".\"` if there is none"},
	{"endswith", "whether text ends so"},
	{"file", "the URI of a file"},
	{"files_in", "the names of the files in what `file`, `folder`, `archive` and `zip` made; `null` for "
	 "any other URI"},
	{"float", "a number, or text that is one, as Float"},
	{"floor", "the greatest whole number that is not greater"},
	{"folder", "the URI of a prefix, below which the files of the folder are"},
	{"integer", "a number, or text that is one, as Integer; one with a fraction is refused"},
	{"join", "`Std:Join`: the scalars of the list with the constant `on` between them"},
	{"jsonget", "the value at a path, written as constant text, in a property file or an `s3json`"},
	{"keys", "the names of an object in their order"},
	{"known", "whether a value is constant to its last scalar"},
	{"leaves", "the scalars in a list or object, however deep, as an object by their paths, written as "
	 "`jsonget` takes them; an empty list, an empty object and `null` stand for themselves"},
	{"len", "the elements of a list, the members of an object, or the characters of text"},
	{"lower", "A to Z made small"},
	{"matches", "whether the whole text is as a regular expression of PCRE2 says"},
	{"max", "the largest of several numbers, or of a list"},
	{"min", "the smallest of several numbers, or of a list"},
	{"name", "the name of a step in the definition"},
	{"range", "whole numbers from `from` (0) up to, without, `to`"},
	{"readjson", "the value of a JSON file of the project"},
	{"readtext", "the text of a file of the project"},
	{"replace", "the text with each `old` made `new`, from left to right"},
	{"round", "the nearest whole number; halves away from zero"},
	{"s3json", "a JSON file by its S3 URI, to be looked into"},
	{"sha256", "the SHA-256 of the text, in hexadecimal digits"},
	{"split", "the parts between separators; with an empty separator the text is the only part"},
	{"startswith", "whether text starts so"},
	{"string", "the text of a scalar, as `\"${value}\"`"},
	{"text_file", "the URI of a file that the program makes"},
	{"tojson", "JSON text, with `, ` and `: ` between; every part is constant"},
	{"trim", "the text without blanks, tabs and line ends around it"},
	{"typeof", "`\"String\"`, `\"Integer\"`, `\"Float\"`, `\"Boolean\"`, `\"List\"`, `\"Map\"` or `\"null\"`; "
	 "`\"Scalar\"` of a value in a JSON file, and `\"Any\"` where nothing is known"},
	{"upper", "a to z made large"},
	{"values", "the values of an object in the order of their names"},
	{"zip", "the URI of the folder, packed as `FOLDER.zip`: what Lambda takes"},
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
