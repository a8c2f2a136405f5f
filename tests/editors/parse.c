/* Parses files with the tree-sitter grammar, which is linked in:
 *
 *     parse FILE...             prints a line for each syntax error
 *     parse --tree FILE         prints the tree as an S-expression
 *     parse --query QUERY FILE  prints what a query captures: line and column, name, and first line of the text */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tree_sitter/api.h>

const TSLanguage *tree_sitter_pipe(void);

/* The bytes of a file, followed by a NUL. */
static char *read_file(const char *path, size_t *length)
{
	FILE *file = fopen(path, "rb");
	if (!file) {
		perror(path);
		exit(2);
	}
	size_t room = 1 << 16;
	char *text = malloc(room);
	for (*length = 0; (*length += fread(text + *length, 1, room - *length, file)) == room; room *= 2)
		text = realloc(text, room * 2);
	fclose(file);
	text[*length] = '\0';
	return text;
}

static int report(TSNode node, const char *path)
{
	if (!ts_node_has_error(node))
		return 0;
	if (strcmp(ts_node_type(node), "ERROR") == 0 || ts_node_is_missing(node)) {
		TSPoint at = ts_node_start_point(node);
		printf("%s:%u:%u: %s\n", path, at.row + 1, at.column + 1, ts_node_is_missing(node) ? "MISSING" : "ERROR");
		return 1;
	}
	int count = 0;
	for (uint32_t i = 0; i < ts_node_child_count(node); i++)
		count += report(ts_node_child(node, i), path);
	if (!count)
		printf("%s: an error in %s\n", path, ts_node_type(node));
	return count ? count : 1;
}

static int show_captures(const char *query_path, TSNode root, const char *text)
{
	size_t query_length;
	uint32_t offset, index;
	TSQueryError error;
	char *source = read_file(query_path, &query_length);
	TSQuery *query = ts_query_new(tree_sitter_pipe(), source, (uint32_t)query_length, &offset, &error);
	if (!query) {
		printf("%s: error %d at byte %u\n", query_path, (int)error, offset);
		return 1;
	}
	TSQueryCursor *cursor = ts_query_cursor_new();
	ts_query_cursor_exec(cursor, query, root);
	for (TSQueryMatch match; ts_query_cursor_next_capture(cursor, &match, &index);) {
		TSQueryCapture capture = match.captures[index];
		TSPoint at = ts_node_start_point(capture.node);
		uint32_t start = ts_node_start_byte(capture.node), size;
		uint32_t length = ts_node_end_byte(capture.node) - start;
		uint32_t first_line = (uint32_t)strcspn(text + start, "\n");
		const char *name = ts_query_capture_name_for_id(query, capture.index, &size);
		printf("%u:%u %s %.*s\n", at.row + 1, at.column + 1, name, (int)(length < first_line ? length : first_line), text + start);
	}
	ts_query_cursor_delete(cursor);
	ts_query_delete(query);
	free(source);
	return 0;
}

int main(int argc, char **argv)
{
	int bad = 0;
	const char *query = NULL;
	bool is_tree = argc > 2 && strcmp(argv[1], "--tree") == 0;
	if (argc > 3 && strcmp(argv[1], "--query") == 0)
		query = argv[2];
	TSParser *parser = ts_parser_new();
	if (!ts_parser_set_language(parser, tree_sitter_pipe()))
		return 2;
	for (int i = query ? 3 : is_tree ? 2 : 1; i < argc; i++) {
		size_t length;
		char *text = read_file(argv[i], &length);
		TSTree *tree = ts_parser_parse_string(parser, NULL, text, (uint32_t)length);
		TSNode root = ts_tree_root_node(tree);
		if (query) {
			bad += show_captures(query, root, text);
		} else if (is_tree) {
			char *shown = ts_node_string(root);
			puts(shown);
			free(shown);
		} else {
			bad += report(root, argv[i]) != 0;
		}
		ts_tree_delete(tree);
		free(text);
	}
	ts_parser_delete(parser);
	return bad != 0;
}
