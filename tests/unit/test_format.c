/* The formatter's functions for editors: the indentation of a new line, and edits within a span. */
#include "format/format.h"
#include "syntax/parse.h"
#include "tap.h"

struct text_run {
	struct arena arena;
	struct names names;
	struct diags diags;
	struct tree *tree;
};

static void parse(struct text_run *run, const char *text)
{
	*run = (struct text_run){.diags = {.arena = &run->arena}};
	names_init(&run->names, &run->arena);
	run->tree = parse_file(&run->arena, &run->names, &run->diags, source_new(&run->arena, "test", text, strlen(text)));
}

/* Asserts the indentation of a line that is begun at the `@` of a text. */
static void indents(const char *marked, uint32_t expected)
{
	char text[256], name[300], got[16], wanted[16];
	const char *at = strchr(marked, '@');
	size_t before = (size_t)(at - marked);
	struct text_run run;
	snprintf(text, sizeof text, "%.*s%s", (int)before, marked, at + 1);
	parse(&run, text);
	snprintf(got, sizeof got, "%u", (unsigned)format_indent_at(run.tree, (uint32_t)before));
	snprintf(wanted, sizeof wanted, "%u", (unsigned)expected);
	snprintf(name, sizeof name, "a line begun at @ is indented by %s: %s", wanted, marked);
	for (char *end = name; (end = strchr(end, '\n'));)
		*end = '~';
	tap_is(got, wanted, name);
	arena_free(&run.arena);
}

/* Asserts a text after the edits within the bytes from `start` to `end`. */
static void formats(const char *text, uint32_t start, uint32_t end, const char *expected, const char *name)
{
	struct text_run run;
	struct text result = {0};
	parse(&run, text);
	format_apply(&result, run.tree->file, format_within(format_tree(&run.arena, run.tree, &run.diags), span_of(start, end)));
	tap_is(text_string(&result), expected, name);
	text_free(&result);
	arena_free(&run.arena);
}

static void test_indents(void)
{
	indents("@", 0);
	indents("step A: Fail {@}", 0);
	indents("step A: Fail {@\n}", 4);
	indents("step A: Fail {@", 4);
	indents("step A: Fail {\n    B: [@", 8);
	indents("step A: Fail {\n    B: [{@", 8);
	indents("step A: Fail {\n    B: [1,@\n    ]\n}", 8);
	indents("step A: Fail {\n    B: [1,\n@    ]\n}", 4);
	indents("step A: Fail {\n    B: f(1)@", 4);
	indents("step A: Fail {\n    B: 1,@", 4);
	indents("step A: Fail {\n    depends on B,@", 8);
	indents("depends: [B],@", 0);
	indents("let a = b +@", 4);
	indents("let a = b and@", 4);
	indents("let a = b@\n", 0);
	indents("let a = b // {@", 0);
	indents("let a = \"${@", 4);
	indents("let a = \"{\"@", 0);
	indents("let a = \"\"\"\n      text@\n    \"\"\"\n", 6);
	/* a bracket far above that was never closed does not indent everything below it */
	indents("step A: Fail {\n    B: f(\n\nstep C: Fail {\n    D: 1@\n}\n", 4);
	indents("step A: Fail {\n    B: 1\n}\n}\nstep C: Fail {@", 4);
}

static void test_ranges(void)
{
	const char *text = "let a   = 1\nlet b   = 2\nlet c   = 3\n";
	formats(text, 0, 36, "let a = 1\nlet b = 2\nlet c = 3\n", "a span of the whole text has all edits");
	formats(text, 12, 23, "let a   = 1\nlet b = 2\nlet c   = 3\n", "a span of one line has the edits in it");
	formats(text, 12, 18, text, "an edit that is only partly in the span is not made");
	formats(text, 0, 0, text, "an empty span has no edits");
	formats("let a = 1\n", 0, 10, "let a = 1\n", "a formatted text has no edits");
}

int main(void)
{
	test_indents();
	test_ranges();
	return tap_done();
}
