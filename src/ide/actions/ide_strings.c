#include "ide/actions/ide_strings.h"

#include "ide/ide_text.h"

#include <string.h>

/* --- the source text of the parts --- */

static bool is_triple_quoted(const struct ide_actions *actions, const struct node *string)
{
	return strncmp(actions->tree->file->text + string->start, "\"\"\"", 3) == 0;
}

/* Escapes a `$` at the end of the output if `next` is `{`, so that the two do not become `${`. */
static void escape_dollar(struct text *out, char next)
{
	size_t slashes = 0;
	if (next != '{' || out->bytes[out->length - 1] != '$')
		return;
	while (slashes + 1 < out->length && out->bytes[out->length - 2 - slashes] == '\\')
		slashes++;
	if (slashes % 2)
		return;
	out->length--;
	text_puts(out, "\\$");
}

/* Adds a string, or a text part of a template, without its quotes. */
static void put_string(struct text *out, const struct ide_actions *actions, const struct node *string)
{
	const char *text = actions->tree->file->text;
	escape_dollar(out, *string->word->text);
	bool is_part = ide_is_template_text(actions, string);
	if (is_triple_quoted(actions, is_part ? string->parent : string)) {
		ide_put_escaped(out, string->word->text);
		return;
	}
	uint32_t start = string->start + 1, end = string->end - 1;
	if (is_part && text[end] == '{')
		end--; /* the `$` before it */
	text_add(out, text + start, end > start ? end - start : 0);
}

/* Adds one part of an interpolation; false when the part cannot be in one: it is invalid, a spread, or longer than a line. */
static bool put_part(struct text *out, const struct ide_actions *actions, const struct node *part)
{
	if (part->kind == N_STRING) {
		put_string(out, actions, part);
		return true;
	}
	if (part->kind == N_TEMPLATE) {
		for (const struct node *item = part->first; item; item = item->next)
			if (ide_is_template_text(actions, item))
				put_string(out, actions, item);
			else if (!put_part(out, actions, item))
				return false;
		return true;
	}
	const char *text = ide_slice(actions, node_span(part));
	text_printf(out, "${%s}", text);
	return part->kind != N_ERROR && part->kind != N_SPREAD && !strchr(text, '\n');
}

/* --- to interpolation --- */

/* Adds the operands of a sum; false when one of them cannot be in an interpolation. */
static bool put_sum(struct text *out, const struct ide_actions *actions, const struct node *node, bool *has_text)
{
	if (node->kind != N_BINARY || node->op != OP_ADD || node->flags & NODE_PAREN) {
		*has_text |= node->kind == N_STRING || node->kind == N_TEMPLATE;
		return put_part(out, actions, node);
	}
	const struct node *left = node_child(node, ROLE_LEFT), *right = node_child(node, ROLE_RIGHT);
	return left && right && put_sum(out, actions, left, has_text) && put_sum(out, actions, right, has_text);
}

/* Adds the elements of `join("sep", [a, b])`; false when the call is not of this form. */
static bool put_joined(struct text *out, const struct ide_actions *actions, const struct node *call)
{
	const struct node *name = node_child(call, ROLE_LEFT), *first = node_child(call, ROLE_ITEM);
	const struct node *second = first ? node_next(first) : NULL;
	if (!name || !name->word || strcmp(name->word->text, "join") != 0 || !second || node_next(second) || first->word || second->word)
		return false;
	const struct node *separator = node_child(first, ROLE_VALUE), *list = node_child(second, ROLE_VALUE);
	if (!separator || separator->kind != N_STRING || !list || list->kind != N_LIST || !list->first)
		return false;
	for (const struct node *item = list->first; item; item = item->next) {
		if (item != list->first)
			put_string(out, actions, separator);
		if (!put_part(out, actions, item))
			return false;
	}
	return true;
}

bool ide_add_interpolation(struct ide_actions *actions, const struct node *node, enum ide_action_kind kind)
{
	struct text out = {0};
	bool has_text = node->kind == N_CALL, is_good = false;
	const struct node *parent = node->parent;
	bool is_sum = node->kind == N_BINARY && node->op == OP_ADD;
	if (!ide_is_expression(actions, node) || (is_sum && parent->kind == N_BINARY && parent->op == OP_ADD) ||
	    ide_has_comment(actions, node_span(node)))
		return false;
	text_putc(&out, '"');
	if (is_sum)
		is_good = put_sum(&out, actions, node, &has_text);
	else if (node->kind == N_CALL)
		is_good = put_joined(&out, actions, node);
	text_putc(&out, '"');
	if (is_good && has_text) {
		struct ide_action *action = ide_add_action(actions, kind, "Write as interpolation");
		ide_add_edit(actions, action, ide_outer_span(actions, node), ide_take_text(actions->arena, &out));
	}
	text_free(&out);
	return is_good && has_text;
}

/* --- to join() --- */

/* The text between the expressions of a template, if it is the same everywhere and the template has no other text; or NULL. */
static const struct node *find_separator(const struct ide_actions *actions, const struct node *template)
{
	const struct node *separator = NULL;
	bool is_after_text = true;
	for (const struct node *item = template->first; item; item = item->next) {
		bool is_text = ide_is_template_text(actions, item);
		if (is_text == is_after_text || (is_text && separator && item->word != separator->word))
			return NULL;
		if (is_text)
			separator = item;
		is_after_text = is_text;
	}
	return is_after_text ? NULL : separator;
}

static void add_join(struct ide_actions *actions, const struct node *template)
{
	struct text out = {0};
	const struct node *separator = find_separator(actions, template);
	bool is_first = true;
	text_puts(&out, "join(\"");
	if (separator)
		put_string(&out, actions, separator);
	text_puts(&out, "\", [");
	for (const struct node *item = template->first; item; item = item->next) {
		bool is_text = ide_is_template_text(actions, item);
		if (item->kind == N_ERROR) {
			text_free(&out);
			return;
		}
		if (is_text && separator)
			continue;
		text_puts(&out, is_first ? "" : ", ");
		is_first = false;
		text_puts(&out, is_text ? "\"" : "");
		if (is_text)
			put_string(&out, actions, item);
		else
			text_puts(&out, ide_slice(actions, node_span(item)));
		text_puts(&out, is_text ? "\"" : "");
	}
	text_puts(&out, "])");
	struct ide_action *action = ide_add_action(actions, IDE_REWRITE, "Write as join()");
	ide_add_edit(actions, action, node_span(template), ide_take_text(actions->arena, &out));
}

void ide_list_strings(struct ide_actions *actions)
{
	const struct node *node = node_at(actions->tree, actions->range.start);
	while (node && ide_is_template_text(actions, node))
		node = node->parent;
	const struct value *value = node->kind == N_TEMPLATE ? program_value(actions->program, node) : NULL;
	bool is_constant = value && value_is_constant(value); /* some places need a constant; join() does not give one */
	if (node->kind == N_TEMPLATE && !is_constant && ide_is_expression(actions, node) && !ide_has_comment(actions, node_span(node)))
		add_join(actions, node);
	for (; node && node->kind != N_BLOCK; node = node->parent)
		if (ide_add_interpolation(actions, node, IDE_REWRITE))
			return;
}
