/* What the dump of a tree does not show: spans, names, doc comments, look-up by position, and input rejected before lexing. */
#include "syntax/parse.h"

#include "tap.h"

#include <string.h>

static struct arena arena;
static struct names names;
static struct diags diags;

static struct tree *parse(const char *text, size_t length)
{
	diags = (struct diags){.arena = &arena};
	return parse_file(&arena, &names, &diags, source_new(&arena, "test.pipe", text, length));
}

static struct tree *parse_text(const char *text)
{
	return parse(text, strlen(text));
}

static bool covers(const struct tree *tree, struct span span, const char *text)
{
	size_t length = strlen(text);
	return span.end - span.start == length && memcmp(tree->file->text + span.start, text, length) == 0;
}

static void test_spans(void)
{
	struct tree *tree = parse_text("let a = (x.y + 1_000)\nstep S: T { \"k\": 2 }\n");
	struct node *let = tree->root->first, *step = let->next;
	struct node *sum = node_child(let, ROLE_VALUE), *member = node_child(sum, ROLE_LEFT);
	struct node *field = node_child(step, ROLE_BLOCK)->first;
	tap_ok(covers(tree, node_span(let), "let a = (x.y + 1_000)"), "a declaration's span is its line");
	tap_ok(covers(tree, node_name_span(let), "a"), "a declaration's name span is its name");
	tap_ok(sum->flags & NODE_PAREN, "parentheses are marked");
	tap_ok(covers(tree, node_span(member), "x.y") && covers(tree, node_name_span(member), "y"), "a member access has its span and the span of its name");
	tap_ok(names_is(node_child(sum, ROLE_RIGHT)->word, "1000"), "a number's word has no `_`");
	tap_ok(covers(tree, node_name_span(field), "\"k\"") && names_is(field->word, "k"), "a quoted key has its quotes in the span and not in the word");
	tap_ok(tree->root->end == tree->file->length, "the root's span ends with the file");
	tap_ok(node_at(tree, 9)->parent == member, "the node at `x` is a child of the member access");
	tap_ok(node_at(tree, 11) == member, "the node at `y` is the member access");
	tap_ok(node_at(tree, 21) == let, "the node at the end of a line is the declaration that ends there");
}

static void test_docs(void)
{
	struct tree *tree = parse_text("/// not this\n\n/// One.\n///two\n///\nlet a = 1 // x\nlet b = 2\n");
	struct node *let = tree->root->first;
	tap_ok(names_is(node_doc(tree, &names, let), "One.\ntwo\n"), "doc lines are joined");
	tap_ok(node_doc(tree, &names, let->next) == NULL, "the doc of a declaration without doc comments is NULL");
	tap_ok(diags.warnings == 1, "a doc comment above an empty line gives one warning");
}

static void test_strings(void)
{
	struct tree *tree = parse_text("let a = \"\\u{1F600}\\n\\q\"\r\nlet b = \"\"\"\r\n    x\r\n      y\"\"\"\r\n");
	struct node *let = tree->root->first;
	tap_ok(names_is(node_child(let, ROLE_VALUE)->word, "\xF0\x9F\x98\x80\n\\q"), "escapes are decoded, and an unknown one is kept");
	tap_ok(names_is(node_child(let->next, ROLE_VALUE)->word, "x\n  y"), "the line ends in a multi-line string are \\n");
	tree = parse_text("\xEF\xBB\xBFlet a = 1");
	tap_ok(diags.count == 0 && tree->root->first, "a byte order mark is skipped");
}

static void test_rejections(void)
{
	struct tree *tree = parse("let a\0 = 1", 10);
	tap_ok(diags.count == 1 && diags.first->code == SP1002 && !tree->root->first, "a NUL byte is rejected");
	tree = parse("let a = \"\xE9\"", 10);
	tap_ok(diags.count == 1 && diags.first->code == SP1001 && !tree->root->first, "text that is not UTF-8 is rejected");
	struct source_file huge = {.name = "huge", .text = "", .length = SOURCE_MAX_BYTES + 1, .arena = &arena};
	diags = (struct diags){.arena = &arena};
	tree = parse_file(&arena, &names, &diags, &huge);
	tap_ok(diags.count == 1 && diags.first->code == SP1003 && !tree->root->first, "a file that is too large is rejected");
	tree = parse("", 0);
	tap_ok(diags.count == 0 && tree->root->kind == N_FILE && tree->token_count == 1, "an empty file gives an empty tree");
}

static void test_deep(const char *part, const char *end, enum diag_code code)
{
	struct text text = {0};
	text_puts(&text, "let a = ");
	for (int i = 0; i < 20000; i++)
		text_puts(&text, part);
	text_puts(&text, end);
	struct tree *tree = parse_text(text_string(&text));
	tap_ok(tree->root && diags.count == 1 && diags.first->code == code,
	       arena_printf(&arena, "many nested `%s` give one message", part));
	text_free(&text);
}

int main(void)
{
	names_init(&names, &arena);
	test_spans();
	test_docs();
	test_strings();
	test_rejections();
	test_deep("[", "", SP1103);
	test_deep("(", "", SP1103);
	test_deep("\"${", "", SP1013);
	test_deep("not ", "1", SP1104);
	test_deep("1 + ", "1", SP1104);
	test_deep("a ?? ", "1", SP1104);
	test_deep("a ? b : ", "1", SP1104);
	test_deep("a.", "b", SP1104);
	arena_free(&arena);
	return tap_done();
}
