#include "ide/actions/ide_edits.h"

#include <string.h>

struct ide_action *ide_add_action(struct ide_actions *actions, enum ide_action_kind kind, const char *title, ...)
{
	struct ide_action *action = arena_new(actions->arena, struct ide_action);
	va_list args;
	va_start(args, title);
	action->kind = kind;
	action->title = arena_vprintf(actions->arena, title, args);
	va_end(args);
	if (actions->last)
		actions->last->next = action;
	else
		actions->first = action;
	return actions->last = action;
}

void ide_add_edit(struct ide_actions *actions, struct ide_action *action, struct span span, const char *text)
{
	vec_push(actions->arena, &action->edits, ((struct ide_edit){span, text}));
}

/* --- text --- */

const char *ide_slice(const struct ide_actions *actions, struct span span)
{
	return arena_copy(actions->arena, actions->tree->file->text + span.start, span.end - span.start);
}

const char *ide_indent(const struct ide_actions *actions, uint32_t offset)
{
	const struct source_file *file = actions->tree->file;
	const char *line = file->text + source_line_start(file, offset);
	return arena_copy(actions->arena, line, strspn(line, " \t"));
}

bool ide_has_comment(const struct ide_actions *actions, struct span span)
{
	const struct tree *tree = actions->tree;
	for (size_t i = node_token_index(tree, span.start); i < tree->token_count && tree->tokens[i].start < span.end; i++)
		if (tree->tokens[i].kind == TOKEN_COMMENT || tree->tokens[i].kind == TOKEN_DOC)
			return true;
	return false;
}

/* --- expressions --- */

bool ide_is_template_text(const struct ide_actions *actions, const struct node *node)
{
	const struct node *parent = node->parent;
	return parent && parent->kind == N_TEMPLATE && node->kind == N_STRING &&
	       (node->start == parent->start || actions->tree->file->text[node->start] == '}');
}

static bool is_expression_kind(const struct node *node)
{
	return node->kind >= N_NAME && node->kind <= N_TERNARY && node->kind != N_ARGUMENT;
}

bool ide_is_expression(const struct ide_actions *actions, const struct node *node)
{
	if (!node || !is_expression_kind(node) || !node->parent || ide_is_template_text(actions, node))
		return false;
	while (is_expression_kind(node->parent)) {
		bool is_item = node->role == ROLE_ITEM && node->parent->kind != N_LIST && node->parent->kind != N_TEMPLATE;
		if (is_item || node->role == ROLE_NAME || (node->role == ROLE_LEFT && node->parent->kind == N_CALL))
			return false;
		node = node->parent;
	}
	switch (node->role) {
	case ROLE_VALUE:
		return node->parent->kind != N_KIND_TYPE;
	case ROLE_IN:
	case ROLE_CONDITION:
	case ROLE_MESSAGE:
	case ROLE_FROM:
	case ROLE_AT:
		return node->parent->kind != N_REQUIRE;
	default:
		return false;
	}
}

struct span ide_outer_span(const struct ide_actions *actions, const struct node *node)
{
	static const char blanks[] = " \t\r\n";
	const char *text = actions->tree->file->text;
	struct span span = node_span(node);
	if (!(node->flags & NODE_PAREN))
		return span;
	for (;;) {
		uint32_t start = span.start, end = span.end + (uint32_t)strspn(text + span.end, blanks);
		while (start > 0 && strchr(blanks, text[start - 1]))
			start--;
		bool is_call = start > 1 && node->parent->kind == N_ARGUMENT && text[start - 1] == '(' && start - 1 < node->parent->start;
		if (start == 0 || text[start - 1] != '(' || text[end] != ')' || is_call)
			return span;
		span = span_of(start - 1, end + 1);
	}
}

bool ide_is_operation(const struct node *node)
{
	return node->kind == N_BINARY || node->kind == N_UNARY || node->kind == N_TERNARY;
}

const char *ide_copy_expression(const struct ide_actions *actions, const struct node *node)
{
	const char *text = ide_slice(actions, node_span(node));
	bool is_open = ide_is_operation(node) || node->kind == N_MEMBER || node->kind == N_INDEX;
	return is_open && strchr(text, '\n') ? arena_printf(actions->arena, "(%s)", text) : text;
}

/* --- lines at the end of a block --- */

/* A copy of lines, each indented and ended by "\n". */
static const char *indented(struct arena *arena, const char *lines, const char *indent)
{
	const char *all = "";
	for (; *lines; lines += *lines == '\n') {
		size_t length = strcspn(lines, "\n");
		all = arena_printf(arena, "%s%s%.*s\n", all, indent, (int)length, lines);
		lines += length;
	}
	return all;
}

/* Moves each item of a block to its own line, if only blanks or commas separate it from the item before. */
static void spread_block(struct ide_actions *actions, struct ide_action *action, const struct node *block, const char *inner)
{
	const char *text = actions->tree->file->text;
	uint32_t before = block->start + 1;
	for (const struct node *item = block->first; item; item = item->next) {
		uint32_t start = before + (uint32_t)strspn(text + before, item == block->first ? " \t" : " \t,");
		if (start == item->start)
			ide_add_edit(actions, action, span_of(before, start), arena_printf(actions->arena, "\n%s", inner));
		before = item->end;
	}
}

static const struct node *block_of(const struct node *owner)
{
	return owner->kind == N_BLOCK || owner->kind == N_OBJECT ? owner : node_child(owner, ROLE_BLOCK);
}

bool ide_takes_lines(const struct ide_actions *actions, const struct node *owner)
{
	const struct node *block = block_of(owner);
	const char *text = actions->tree->file->text;
	return !block || (block->end > block->start + 1 && text[block->start] == '{' && text[block->end - 1] == '}');
}

void ide_append_lines(struct ide_actions *actions, struct ide_action *action, const struct node *owner, const char *lines)
{
	struct arena *arena = actions->arena;
	const char *text = actions->tree->file->text;
	const struct node *block = block_of(owner);
	const char *indent = ide_indent(actions, block ? block->start : owner->start);
	const char *inner = arena_printf(arena, "%s    ", indent), *all = indented(arena, lines, inner);
	if (!block) {
		ide_add_edit(actions, action, span_of(owner->end, owner->end), arena_printf(arena, " {\n%s%s}", all, indent));
		return;
	}
	uint32_t end = block->end - 1, start = end;
	while (start > block->start + 1 && strchr(" \t", text[start - 1]))
		start--;
	if (text[start - 1] == '\n') {
		ide_add_edit(actions, action, span_of(start, start), all);
		return;
	}
	spread_block(actions, action, block, inner);
	ide_add_edit(actions, action, span_of(start, end), arena_printf(arena, "\n%s%s", all, indent));
}
