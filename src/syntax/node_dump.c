#include "syntax/node_dump.h"

#include "syntax/token.h"

static const char *const flag_names[] = {"off", "quoted", "paren", "open", "optional", "literal", "nullable", "advice"};

static void dump_node(struct text *out, const struct node *node)
{
	if (node->parent)
		text_printf(out, "%s ", node_role_name(node->role));
	text_puts(out, node_kind_name(node->kind));
	if (node->op)
		text_printf(out, " %s", node_op_name(node->op));
	if (node->word) {
		text_putc(out, ' ');
		token_quote(out, node->word->text, node->word->length);
	}
	for (size_t i = 0; i < sizeof flag_names / sizeof *flag_names; i++)
		if (node->flags & 1u << i)
			text_printf(out, " %s", flag_names[i]);
	text_putc(out, '\n');
}

void node_dump(struct text *out, const struct tree *tree)
{
	size_t depth = 0;
	for (const struct node *node = tree->root; node;) {
		text_repeat(out, ' ', depth * 2);
		dump_node(out, node);
		if (node->first) {
			node = node->first;
			depth++;
			continue;
		}
		for (; node && !node->next; node = node->parent)
			depth--;
		if (node)
			node = node->next;
	}
}
