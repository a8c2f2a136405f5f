/* report: the layout for people, byte for byte, and the formats for programs. */
#include "source/report.h"
#include "tap.h"

#include <cjson/cJSON.h>

#include <stdlib.h>

static struct arena arena;
static struct diags diags;

static struct source_file *new_file(const char *name, const char *text)
{
	return source_new(&arena, name, text, strlen(text));
}

/* The span of the first occurrence of `part`. */
static struct span find(const struct source_file *file, const char *part)
{
	uint32_t start = (uint32_t)(strstr(file->text, part) - file->text);
	return span_of(start, start + (uint32_t)strlen(part));
}

/* Starts a new list with one diagnostic. */
static struct diag *complain(const struct source_file *file, struct span span, const char *message)
{
	diags = (struct diags){.arena = &arena};
	return diag_report(&diags, SP1001, file, span, "%s", message);
}

static char *render(struct report_options options)
{
	struct text out = {0};
	diag_finish(&diags);
	report_render(&out, &diags, &options);
	char *copy = arena_copy(&arena, text_string(&out), out.length);
	text_free(&out);
	return copy;
}

static void is_human(unsigned width, const char *expected, const char *name)
{
	tap_is(render((struct report_options){.format = REPORT_HUMAN, .width = width}), expected, name);
}

/* Asserts the lines that a report shows for a span with the label "here"; `what` describes the span. */
static void is_snippet(const char *text, struct span span, unsigned width, const char *expected,
                       const char *what)
{
	diag_label(complain(new_file("a.pipe", text), span, "m"), "here");
	char *human = render((struct report_options){.format = REPORT_HUMAN, .width = width});
	char *end = strstr(human, "\n\n1 error\n");
	if (end)
		*end = '\0';
	char *start = strchr(human, '\n');
	tap_is(start ? start + 1 : human, expected, arena_printf(&arena, "the snippet is right for %s", what));
}

static void test_layout(void)
{
	struct source_file *file = new_file("abalone.pipe", "\n\n\n\n\n\n\n\nlet a = [\n"
	                                                    "    input(Train.ModelArtifact.Uri),\n"
	                                                    "]\n");
	struct diag *diag = complain(file, find(file, "ModelArtifact"), "no property `ModelArtifact`");
	is_human(0,
	         "error[SP1001]: no property `ModelArtifact`\n"
	         "  --> abalone.pipe:10:17\n"
	         "   |\n"
	         "10 |     input(Train.ModelArtifact.Uri),\n"
	         "   |                 ^^^^^^^^^^^^^\n"
	         "\n"
	         "1 error\n",
	         "a diagnostic without label and help has the right layout");

	diag = complain(file, find(file, "ModelArtifact"), "no property `ModelArtifact`");
	diag_label(diag, "not a property of a Training step");
	diag_help(diag, "a property with a similar name exists: `ModelArtifacts`");
	is_human(0,
	         "error[SP1001]: no property `ModelArtifact`\n"
	         "  --> abalone.pipe:10:17\n"
	         "   |\n"
	         "10 |     input(Train.ModelArtifact.Uri),\n"
	         "   |                 ^^^^^^^^^^^^^ not a property of a Training step\n"
	         "   |\n"
	         "help: a property with a similar name exists: `ModelArtifacts`\n"
	         "\n"
	         "1 error\n",
	         "a diagnostic with label and help has the right layout");
}

static void test_related(void)
{
	struct source_file *file = new_file("a.pipe", "step A\nstep A\n");
	struct source_file *other = new_file("lib/kinds.pipe", "\n\n\n\n\n\n\n\n\nkind K {\n");
	struct diag *diag = complain(file, span_of(12, 13), "`A` is declared twice");
	diag_related(diag, file, span_of(5, 6), "first declared here");
	diag_related(diag, other, find(other, "K"), "of this kind");
	diag_help(diag, "rename one");
	is_human(0,
	         "error[SP1001]: `A` is declared twice\n"
	         "  --> a.pipe:2:6\n"
	         "   |\n"
	         " 2 | step A\n"
	         "   |      ^\n"
	         "   |\n"
	         "note: first declared here\n"
	         "  --> a.pipe:1:6\n"
	         "   |\n"
	         " 1 | step A\n"
	         "   |      -\n"
	         "   |\n"
	         "note: of this kind\n"
	         "  --> lib/kinds.pipe:10:6\n"
	         "   |\n"
	         "10 | kind K {\n"
	         "   |      -\n"
	         "   |\n"
	         "help: rename one\n"
	         "\n"
	         "1 error\n",
	         "related places, even in another file, share a gutter");
}

static void test_summary(void)
{
	static const struct {
		int errors, warnings;
		const char *expected;
	} cases[] = {{0, 0, ""},
	             {1, 0, "1 error\n"},
	             {0, 1, "1 warning\n"},
	             {2, 1, "2 errors, 1 warning\n"},
	             {1, 2, "1 error, 2 warnings\n"}};
	struct source_file *file = new_file("a.pipe", "abcdef\n");
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		diags = (struct diags){.arena = &arena};
		for (int n = 0; n < cases[i].errors + cases[i].warnings; n++) {
			struct diag *diag = diag_report(&diags, SP1001, file, span_of((uint32_t)n, 6), "m");
			diag->severity = n < cases[i].errors ? SEVERITY_ERROR : SEVERITY_WARNING;
		}
		const char *human = render((struct report_options){.format = REPORT_HUMAN});
		const char *blank = human, *next;
		while ((next = strstr(blank, "\n\n")))
			blank = next + 2;
		tap_is(blank, cases[i].expected, "the summary counts errors and warnings");
	}
	complain(file, span_of(0, 1), "m")->severity = SEVERITY_NOTE;
	is_human(0, "note[SP1001]: m\n --> a.pipe:1:1\n  |\n1 | abcdef\n  | ^\n\n", "a note is not counted");
}

static void test_places(void)
{
	is_snippet("", span_of(0, 0), 0,
	           " --> a.pipe:1:1\n  |\n1 |\n  | ^ here", "an empty file");
	is_snippet("ab", span_of(2, 2), 0,
	           " --> a.pipe:1:3\n  |\n1 | ab\n  |   ^ here", "the end of a file without a last newline");
	is_snippet("ab\n", span_of(3, 3), 0,
	           " --> a.pipe:2:1\n  |\n2 |\n  | ^ here", "the end of a file after its last newline");
	is_snippet("ab\n", span_of(90, 95), 0,
	           " --> a.pipe:2:1\n  |\n2 |\n  | ^ here", "a span after the end of a file");
	is_snippet("ab\ncd\n", span_of(2, 2), 0,
	           " --> a.pipe:1:3\n  |\n1 | ab\n  |   ^ here", "the end of a line");
	is_snippet("ab\ncd\n", span_of(2, 3), 0,
	           " --> a.pipe:1:3\n  |\n1 | ab\n  |   ^ here", "a newline");
	is_snippet("abcd\n", span_of(1, 1), 0,
	           " --> a.pipe:1:2\n  |\n1 | abcd\n  |  ^ here", "an empty span between two letters");
	is_snippet("a {\n  b\n}\n", span_of(2, 9), 0,
	           " --> a.pipe:1:3\n  |\n1 | a {\n  |   ^ here", "a span over several lines, which is marked to the end of the first");
	is_snippet("a {\r\n  b\r\n}\r\n", span_of(2, 11), 0,
	           " --> a.pipe:1:3\n  |\n1 | a {\n  |   ^ here", "a span over several lines that end with CR LF");
	is_snippet("ab\r\ncd\r\n", span_of(4, 6), 0,
	           " --> a.pipe:2:1\n  |\n2 | cd\n  | ^^ here", "a span in a line that ends with CR LF");
	is_snippet("ab  \t \n", span_of(2, 6), 0,
	           " --> a.pipe:1:3\n  |\n1 | ab\n  |   ^^^^^^^ here", "blanks at the end of a line");
	is_snippet("   \n", span_of(3, 3), 0,
	           " --> a.pipe:1:4\n  |\n1 |\n  |    ^ here", "a line of blanks");
}

static void test_characters(void)
{
	is_snippet("\tab\tcd\n", span_of(4, 6), 0,
	           " --> a.pipe:1:5\n  |\n1 |     ab  cd\n  |         ^^ here", "tabs, which are expanded to columns of four");
	is_snippet("ab\tcd\n", span_of(2, 3), 0,
	           " --> a.pipe:1:3\n  |\n1 | ab  cd\n  |   ^^ here", "a tab, which is underlined in its full width");
	is_snippet("日本 x\n", span_of(7, 8), 0,
	           " --> a.pipe:1:4\n  |\n1 | 日本 x\n  |      ^ here", "wide characters before the span");
	is_snippet("日本 x\n", span_of(0, 6), 0,
	           " --> a.pipe:1:1\n  |\n1 | 日本 x\n  | ^^^^ here", "wide characters in the span");
	is_snippet("e\xCC\x81 x\n", span_of(4, 5), 0,
	           " --> a.pipe:1:4\n  |\n1 | e\xCC\x81 x\n  |   ^ here", "a combining mark before the span");
	is_snippet("e\xCC\x81 x\n", span_of(1, 3), 0,
	           " --> a.pipe:1:2\n  |\n1 | e\xCC\x81 x\n  |  ^ here", "a span of a combining mark alone");
	is_snippet("a\x1B[2Jb\x7F\xC2\x85" "c\n", span_of(9, 10), 0,
	           " --> a.pipe:1:9\n  |\n1 | a\xEF\xBF\xBD[2Jb\xEF\xBF\xBD\xEF\xBF\xBD" "c\n  |         ^ here",
	           "control characters");
	is_snippet("a\xE2\x80\xAE" "b\n", span_of(4, 5), 0,
	           " --> a.pipe:1:3\n  |\n1 | a\xEF\xBF\xBD" "b\n  |   ^ here", "a right-to-left override");
	is_snippet("\xEF\xBB\xBF" "ab\n", span_of(4, 5), 0,
	           " --> a.pipe:1:3\n  |\n1 | ab\n  |  ^ here", "a byte order mark");
	is_snippet("a\xFF\xE6\x97 b\n", span_of(5, 6), 0,
	           " --> a.pipe:1:5\n  |\n1 | a\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD b\n  |      ^ here",
	           "bytes that are not UTF-8");

	struct source_file *file = new_file("a\n\x1B.pipe", "x");
	struct diag *diag = complain(file, span_of(0, 1), "m\x1B[31m");
	diag_label(diag, "l\r");
	diag_help(diag, "h\n");
	is_human(0,
	         "error[SP1001]: m\xEF\xBF\xBD[31m\n"
	         " --> a\xEF\xBF\xBD\xEF\xBF\xBD.pipe:1:1\n"
	         "  |\n"
	         "1 | x\n"
	         "  | ^ l\xEF\xBF\xBD\n"
	         "  |\n"
	         "help: h\xEF\xBF\xBD\n"
	         "\n"
	         "1 error\n",
	         "control characters in names and messages are replaced");
}

static void test_width(void)
{
	const char *line = "0123456789abcdefghijklmnopqrstuvwxyz0123456789\n"; /* 46 columns */
	is_snippet(line, span_of(5, 8), 50,
	           " --> a.pipe:1:6\n  |\n1 | 0123456789abcdefghijklmnopqrstuvwxyz0123456789\n  |      ^^^ here",
	           "a line that just fits");
	is_snippet(line, span_of(2, 4), 34,
	           " --> a.pipe:1:3\n  |\n1 | 0123456789abcdefghijklmnopqrs…\n  |   ^^ here",
	           "a line clipped at its end");
	is_snippet(line, span_of(43, 45), 34,
	           " --> a.pipe:1:44\n  |\n1 | …lmnopqrstuvwxyz0123456789\n  |                        ^^ here",
	           "a line clipped at its start, with room for the label");
	is_snippet(line, span_of(20, 22), 34,
	           " --> a.pipe:1:21\n  |\n1 | …abcdefghijklmnopqrstuvwxyz01…\n  |            ^^ here",
	           "a line clipped at both ends, with span and label in the middle");
	is_snippet(line, span_of(10, 46), 34,
	           " --> a.pipe:1:11\n  |\n1 | …789abcdefghijklmnopqrstuvwxy…\n"
	           "  |     ^^^^^^^^^^^^^^^^^^^^^^^^^^ here",
	           "a span longer than the available width");
	is_snippet(line, span_of(0, 1), 1,
	           " --> a.pipe:1:1\n  |\n1 | 0123456789abcdefghi…\n  | ^ here", "a width below the minimum");
	is_snippet("日本語日本語日本語日本語\n", span_of(18, 21), 24,
	           " --> a.pipe:1:7\n  |\n1 | … 日本語日本語日本語\n  |         ^^ here",
	           "a wide character cut at the start");
	is_snippet("x日本語日本語日本語日本語\n", span_of(1, 4), 24,
	           " --> a.pipe:1:2\n  |\n1 | x日本語日本語日本語…\n  |  ^^ here",
	           "a wide character that just fits before the end");
	is_snippet("日本語日本語日本語日本語\n", span_of(0, 3), 24,
	           " --> a.pipe:1:1\n  |\n1 | 日本語日本語日本語 …\n  | ^^ here",
	           "a wide character cut at the end");
}

static void test_color(void)
{
	struct source_file *file = new_file("a.pipe", "ab\n");
	struct diag *diag = complain(file, span_of(0, 1), "m");
	diag->severity = SEVERITY_WARNING;
	diag_label(diag, "l");
	diag_related(diag, file, span_of(1, 2), "r");
	diag_help(diag, "h");
	tap_is(render((struct report_options){.format = REPORT_HUMAN, .color = true}),
	       "\033[1;33mwarning[SP1001]\033[0m\033[1m: m\033[0m\n"
	       "\033[1;34m --> \033[0ma.pipe:1:1\n"
	       "\033[1;34m  |\033[0m\n"
	       "\033[1;34m1 |\033[0m ab\n"
	       "\033[1;34m  |\033[0m \033[1;33m^ l\033[0m\n"
	       "\033[1;34m  |\033[0m\n"
	       "\033[1;36mnote\033[0m: r\n"
	       "\033[1;34m --> \033[0ma.pipe:1:2\n"
	       "\033[1;34m  |\033[0m\n"
	       "\033[1;34m1 |\033[0m ab\n"
	       "\033[1;34m  |\033[0m  \033[1;34m-\033[0m\n"
	       "\033[1;34m  |\033[0m\n"
	       "\033[1;36mhelp\033[0m: h\n"
	       "\n"
	       "1 warning\n",
	       "each part of a diagnostic has its color");
}

/* Reports an error with every part that a diagnostic can have, and a warning without any, in a file with this name. */
static void complain_fully(const char *name)
{
	struct source_file *file = new_file(name, "日 = Foo\n  bar }\n");
	struct source_file *other = new_file("lib/b.pipe", "\nkind B\n");
	struct diag *diag = complain(file, find(file, "Foo"), "no `Foo`, 100% \"sure\"\nmissing `{`");
	diag_label(diag, "label }");
	diag_help(diag, "write `Fo`");
	diag_related(diag, other, find(other, "B"), "see: here");
	diag_edit(diag, find(file, "Foo"), "Fo");
	diag_edit(diag, span_of(8, 8), ";\n");
	diag = diag_report(&diags, (enum diag_code)(DIAG_CODE_COUNT - 1), file, span_of(9, 15), "twice");
	diag->severity = SEVERITY_WARNING;
}

static void test_gcc(void)
{
	complain_fully("a:b.pipe");
	char *expected =
		arena_printf(&arena,
	                     "a:b.pipe:1:5: error: no `Foo`, 100%% \"sure\"\xEF\xBF\xBDmissing `{` [SP1001]\n"
	                     "lib/b.pipe:2:6: note: see: here\n"
	                     "a:b.pipe:1:5: note: write `Fo`\n"
	                     "a:b.pipe:1:8: warning: twice [%s]\n",
	                     diag_code_name((enum diag_code)(DIAG_CODE_COUNT - 1)));
	tap_is(render((struct report_options){.format = REPORT_GCC}), expected, "gcc: the report has the format of gcc's messages");
}

static void test_github(void)
{
	complain_fully("a:b,c%\n.pipe");
	char *expected =
		arena_printf(&arena,
	                     "::error file=a%%3Ab%%2Cc%%25%%0A.pipe,line=1,col=5,endLine=1,endColumn=8,"
	                     "title=SP1001::no `Foo`, 100%%25 \"sure\"%%0Amissing `{`"
	                     "%%0Anote: see: here (lib/b.pipe:2:6)%%0Ahelp: write `Fo`\n"
	                     "::warning file=a%%3Ab%%2Cc%%25%%0A.pipe,line=1,endLine=2,title=%s::twice\n",
	                     diag_code_name((enum diag_code)(DIAG_CODE_COUNT - 1)));
	tap_is(render((struct report_options){.format = REPORT_GITHUB}), expected, "github: the report consists of workflow commands");
}

static void test_json(void)
{
	complain_fully("a.pipe");
	char *expected = arena_printf(
		&arena,
		"{\"code\":\"SP1001\",\"severity\":\"error\","
		"\"message\":\"no `Foo`, 100%% \\\"sure\\\"\\nmissing `{`\",\"file\":\"a.pipe\","
		"\"start\":{\"line\":1,\"column\":5,\"offset\":6},"
		"\"end\":{\"line\":1,\"column\":8,\"offset\":9},\"label\":\"label }\",\"help\":\"write `Fo`\","
		"\"related\":[{\"file\":\"lib/b.pipe\",\"start\":{\"line\":2,\"column\":6,\"offset\":6},"
		"\"end\":{\"line\":2,\"column\":7,\"offset\":7},\"message\":\"see: here\"}],"
		"\"fixes\":[{\"start\":{\"line\":1,\"column\":5,\"offset\":6},"
		"\"end\":{\"line\":1,\"column\":8,\"offset\":9},\"replacement\":\"Fo\"},"
		"{\"start\":{\"line\":1,\"column\":7,\"offset\":8},\"end\":{\"line\":1,\"column\":7,\"offset\":8},"
		"\"replacement\":\";\\n\"}]}\n"
		"{\"code\":\"%s\",\"severity\":\"warning\",\"message\":\"twice\",\"file\":\"a.pipe\","
		"\"start\":{\"line\":1,\"column\":8,\"offset\":9},\"end\":{\"line\":2,\"column\":6,\"offset\":15},"
		"\"label\":null,\"help\":null,\"related\":[],\"fixes\":[]}\n",
		diag_code_name((enum diag_code)(DIAG_CODE_COUNT - 1)));
	tap_is(render((struct report_options){.format = REPORT_JSON}), expected, "json: the report is one object per line");

	complain(new_file("\xFF.pipe", "x"), span_of(0, 1), "m");
	char *line = render((struct report_options){.format = REPORT_JSON});
	tap_ok(strstr(line, "\"file\":\"\xEF\xBF\xBD.pipe\"") != NULL, "json: bytes that are not UTF-8 in a file name are replaced");
}

static char *sarif(void)
{
	return render((struct report_options){.format = REPORT_SARIF});
}

static void has(const char *whole, const char *part, const char *name)
{
	if (!tap_ok(strstr(whole, part) != NULL, name))
		tap_print_commented("does not contain", part);
}

static void test_sarif(void)
{
	complain_fully("a b/é.pipe");
	char *log = sarif();
	cJSON *tree = cJSON_Parse(log);
	tap_ok(tree != NULL, "sarif: the log is JSON");
	cJSON_Delete(tree);
	has(log, "\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{\"name\":\"sagepipec\",",
	    "sarif: the log names the tool");
	has(log, "\"rules\":[{\"id\":\"SP1001\",\"shortDescription\":{\"text\":\"", "sarif: the log lists the rules of its results");
	has(log, "\"columnKind\":\"unicodeCodePoints\",\"results\":[{\"ruleId\":\"SP1001\",\"ruleIndex\":0,"
	         "\"level\":\"error\",",
	    "sarif: a result has its rule and level");
	has(log, "\"message\":{\"text\":\"no `Foo`, 100% \\\"sure\\\"\\nmissing `{{`\\nhelp: write `Fo`\"}",
	    "sarif: a message includes the help, and braces are doubled");
	has(log, "\"locations\":[{\"physicalLocation\":{\"artifactLocation\":{\"uri\":\"a%20b/%C3%A9.pipe\"},"
	         "\"region\":{\"startLine\":1,\"startColumn\":5,\"endLine\":1,\"endColumn\":8}},"
	         "\"message\":{\"text\":\"label }}\"}}]",
	    "sarif: a location has the label");
	has(log, "\"relatedLocations\":[{\"physicalLocation\":{\"artifactLocation\":{\"uri\":\"lib/b.pipe\"},"
	         "\"region\":{\"startLine\":2,\"startColumn\":6,\"endLine\":2,\"endColumn\":7}},"
	         "\"message\":{\"text\":\"see: here\"}}]",
	    "sarif: related locations are listed");
	has(log, "\"fixes\":[{\"description\":{\"text\":\"write `Fo`\"},\"artifactChanges\":["
	         "{\"artifactLocation\":{\"uri\":\"a%20b/%C3%A9.pipe\"},\"replacements\":[{\"deletedRegion\":{\"startLine\":1,"
	         "\"startColumn\":5,\"endLine\":1,\"endColumn\":8},\"insertedContent\":{\"text\":\"Fo\"}},",
	    "sarif: a result has one fix with all edits");

	diags = (struct diags){.arena = &arena};
	has(sarif(), "\"rules\":[]}", "sarif: a log without results has no rules");
	has(sarif(), "\"results\":[]}", "sarif: an empty log has an empty list of results");
	complain(new_file("/tmp/a.pipe", "x"), span_of(0, 1), "m");
	has(sarif(), "\"uri\":\"file:///tmp/a.pipe\"", "sarif: an absolute path becomes a file: URI");
	complain(new_file("<stdin>", "x"), span_of(0, 1), "m");
	has(sarif(), "\"uri\":\"%3Cstdin%3E\"", "sarif: the name of standard input is percent-encoded");
}

static const char *fingerprint(const char *text, const char *message)
{
	struct source_file *file = new_file("a.pipe", text);
	complain(file, find(file, "x"), message);
	static const char key[] = "\"messageAndLine/v1\":\"";
	char *found = strstr(sarif(), key);
	return found ? arena_copy(&arena, found + strlen(key), 16) : "";
}

static void test_fingerprint(void)
{
	const char *first = fingerprint("let x = 1\n", "m");
	tap_ok(strspn(first, "0123456789abcdef") == 16, "fingerprint: it has 16 hexadecimal digits");
	tap_is(fingerprint("\n\n\tlet x = 1 \r\n", "m"), first, "fingerprint: the line's position and blanks around it do not count");
	tap_ok(strcmp(fingerprint("let x = 2\n", "m"), first) != 0, "fingerprint: the line's text counts");
	tap_ok(strcmp(fingerprint("let x = 1\n", "n"), first) != 0, "fingerprint: the message counts");
}

int main(void)
{
	test_layout();
	test_related();
	test_summary();
	test_places();
	test_characters();
	test_width();
	test_color();
	test_gcc();
	test_github();
	test_json();
	test_sarif();
	test_fingerprint();
	arena_free(&arena);
	return tap_done();
}
