#include "syntax/node.h"

#include "base/text.h"
#include "syntax/token.h"

#include <string.h>

static const char *const kind_names[NODE_KIND_COUNT] = {
#define NODE(kind) [N_##kind] = #kind,
	NODE_KINDS(NODE)
#undef NODE
};

static const char *const role_names[ROLE_COUNT] = {
#define ROLE(role) [ROLE_##role] = #role,
	NODE_ROLES(ROLE)
#undef ROLE
};

static const char *const op_names[] = {
	[OP_NONE] = "", [OP_ADD] = "+", [OP_SUBTRACT] = "-", [OP_MULTIPLY] = "*", [OP_DIVIDE] = "/",
	[OP_REMAINDER] = "%", [OP_NEGATE] = "-", [OP_EQUAL] = "==", [OP_NOT_EQUAL] = "!=", [OP_LESS] = "<",
	[OP_LESS_EQUAL] = "<=", [OP_GREATER] = ">", [OP_GREATER_EQUAL] = ">=", [OP_IN] = "in", [OP_AND] = "and",
	[OP_OR] = "or", [OP_NOT] = "not", [OP_COALESCE] = "??", [REQUIRE_MEMBER] = "member",
	[REQUIRE_EXACTLY_ONE] = "exactly one of", [REQUIRE_AT_LEAST_ONE] = "at least one of",
	[REQUIRE_AT_MOST_ONE] = "at most one of", [TRIGGER_FAILED] = "on failure of",
	[TRIGGER_STOPPED] = "on stop of", [TRIGGER_ANY] = "on any end of",
};

static const struct {
	enum node_op trigger;
	const char *name;
} triggers[] = {
	{OP_NONE, "Completed"}, {TRIGGER_FAILED, "Failed"}, {TRIGGER_STOPPED, "Stopped"}, {TRIGGER_ANY, "Any"},
};

enum { TRIGGER_COUNT = sizeof triggers / sizeof *triggers };

const char *node_kind_name(enum node_kind kind)
{
	return kind_names[kind];
}

const char *node_role_name(enum node_role role)
{
	return role_names[role];
}

const char *node_op_name(enum node_op op)
{
	return op_names[op];
}

const char *node_trigger_clause(enum node_op trigger)
{
	return trigger ? op_names[trigger] : "depends on";
}

const char *node_trigger_name(enum node_op trigger)
{
	size_t i = 0;
	while (i + 1 < TRIGGER_COUNT && triggers[i].trigger != trigger)
		i++;
	return triggers[i].name;
}

bool node_find_trigger(const char *name, enum node_op *trigger)
{
	for (size_t i = 0; i < TRIGGER_COUNT; i++)
		if (strcmp(triggers[i].name, name) == 0) {
			*trigger = triggers[i].trigger;
			return true;
		}
	return false;
}

struct node *node_child(const struct node *node, enum node_role role)
{
	struct node *child = node ? node->first : NULL;
	while (child && child->role != role)
		child = child->next;
	return child;
}

struct node *node_next(const struct node *node)
{
	struct node *next = node ? node->next : NULL;
	while (next && next->role != node->role)
		next = next->next;
	return next;
}

struct node *node_at(const struct tree *tree, uint32_t offset)
{
	struct node *node = tree->root, *child = node->first;
	while (child) {
		if (child->start <= offset && offset <= child->end) {
			/* of two nodes that touch, the second */
			if (child->next && child->next->start <= offset && offset <= child->next->end)
				child = child->next;
			node = child;
			child = node->first;
		} else {
			child = child->next;
		}
	}
	return node;
}

const struct node *node_callee(const struct node *reference)
{
	return reference && reference->kind == N_CALL ? node_child(reference, ROLE_LEFT) : reference;
}

bool node_is_within(const struct node *node, const struct node *outer)
{
	while (node && node != outer)
		node = node->parent;
	return node != NULL;
}

const struct node *node_root(const struct node *node)
{
	while (node->parent)
		node = node->parent;
	return node;
}

const struct node *node_following(const struct node *node)
{
	if (node->first)
		return node->first;
	while (node && !node->next)
		node = node->parent;
	return node ? node->next : NULL;
}

size_t node_token_index(const struct tree *tree, uint32_t offset)
{
	size_t low = 0, high = tree->token_count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (tree->tokens[middle].start < offset)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

size_t node_token_ending_after(const struct tree *tree, uint32_t offset)
{
	size_t index = node_token_index(tree, offset + 1);
	return index && tree->tokens[index - 1].end > offset ? index - 1 : index;
}

/* The index of the first of the `///` lines directly above the token at `index`, or `index` if there are none. */
static size_t doc_start(const struct token *tokens, size_t index)
{
	size_t first = index;
	while (first >= 2 && tokens[first - 1].kind == TOKEN_NEWLINE && tokens[first - 2].kind == TOKEN_DOC &&
	       (first == 2 || tokens[first - 3].kind == TOKEN_NEWLINE))
		first -= 2;
	return first;
}

const struct word *node_doc(const struct tree *tree, struct names *names, const struct node *node)
{
	size_t index = node_token_index(tree, node->start), first = doc_start(tree->tokens, index);
	if (first == index)
		return NULL;
	struct text joined = {0};
	for (size_t i = first; i < index; i += 2) {
		struct span span = span_of(tree->tokens[i].start + 3, tree->tokens[i].end);
		if (span.start < span.end && tree->file->text[span.start] == ' ')
			span.start++;
		if (i > first)
			text_putc(&joined, '\n');
		text_add(&joined, tree->file->text + span.start, span.end - span.start);
	}
	const struct word *word = names_intern(names, text_string(&joined), joined.length);
	text_free(&joined);
	return word;
}
