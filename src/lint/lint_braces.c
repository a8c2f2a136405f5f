/* The lint rule on `{name}` in a string: Python's form of what is `${name}` here. */
#include "lint/lint_rules.h"

bool lint_next_brace(const struct source_file *file, struct span *rest, struct span *name)
{
	const char *text = file->text;
	for (; rest->start < rest->end; rest->start++) {
		uint32_t at = rest->start, end = at + 1;
		bool is_plain = text[at] == '{' && !(at && strchr("${\\", text[at - 1]));
		while (is_plain && end < rest->end && names_is_word_byte(text[end]))
			end++;
		if (!is_plain || end == at + 1 || end >= rest->end || text[end] != '}' || text[end + 1] == '}')
			continue;
		*name = span_of(at + 1, end);
		rest->start = end + 1;
		return true;
	}
	return false;
}

/* Whether a declaration around a node, or the module of its file, has a value of this name. */
static bool is_declared(const struct module *module, const struct node *node, const struct word *name)
{
	for (const struct node *around = node->parent; around; around = around->parent)
		for (const struct node *child = around->first; child; child = child->next) {
			bool is_variable = child->kind == N_PARAMETER || (child->kind == N_NAME && child->role == ROLE_ITEM &&
			                                                  (around->kind == N_LIST_FOR || around->kind == N_OBJECT_FOR));
			if (is_variable && child->word == name)
				return true;
		}
	return map_get(&module->values, name) != NULL;
}

static void check_string(struct lint *lint, enum diag_code code, const struct module *module, const struct node *node)
{
	const struct source_file *file = program_file(lint->program, node);
	struct span rest = node_span(node), found;
	while (lint_next_brace(file, &rest, &found)) {
		const char *text = file->text + found.start;
		int length = (int)(found.end - found.start);
		if (!is_declared(module, node, names_intern(&lint->program->world->names, text, (size_t)length)))
			continue;
		struct diag *diag = lint_report(lint, code, node, "`{%.*s}` is text: a value is inserted with `${%.*s}`", length, text,
		                                length, text);
		diag->span = span_of(found.start - 1, found.end + 1);
		diag_edit(diag, diag->span, arena_printf(lint->program->arena, "${%.*s}", length, text));
	}
}

static void check_strings(struct lint *lint, enum diag_code code, const struct module *module, const struct node *node)
{
	if (node->kind == N_STRING)
		check_string(lint, code, module, node);
	for (const struct node *child = node->first; child && node->kind != N_IMPORT; child = child->next)
		check_strings(lint, code, module, child);
}

void lint_braces(struct lint *lint, enum diag_code code)
{
	for (size_t i = 0; i < lint->program->files.count; i++) {
		const struct module_file *file = lint->program->files.items[i];
		if (file->module)
			check_strings(lint, code, file->module, file->tree->root);
	}
}
