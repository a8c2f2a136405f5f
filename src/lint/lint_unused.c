/* Lint rules on declarations and imports that nothing uses. */
#include "lint/lint_rules.h"

/* Collects the names that are read below a node. Names in imports do not count: an import only declares them. */
static void collect_used(struct program *program, struct map *used, const struct node *node)
{
	const struct source_file *file = program_file(program, node);
	struct span rest = node_span(node), name;
	bool is_index = node->kind == N_STRING && node->role == ROLE_RIGHT;
	bool is_read = node->kind == N_NAME || node->kind == N_TYPE_REF || node->kind == N_MEMBER || is_index;
	if (is_read && node->word)
		map_put(program->arena, used, node->word, used);
	while (node->kind == N_STRING && lint_next_brace(file, &rest, &name)) /* SP4023 reports it */
		map_put(program->arena, used, names_intern(&program->world->names, file->text + name.start, name.end - name.start), used);
	for (const struct node *child = node->first; child && node->kind != N_IMPORT; child = child->next)
		collect_used(program, used, child);
}

/* Compares names only, so that references in code that is never evaluated count too. */
static bool is_used(struct lint *lint, const struct word *name)
{
	for (size_t i = 0; !lint->used.room && i < lint->program->files.count; i++)
		collect_used(lint->program, &lint->used, lint->program->files.items[i]->tree->root);
	return map_get(&lint->used, name) != NULL;
}

/* Whether a declaration is in the root file. Imported files may declare names for other programs. */
static bool is_own(struct lint *lint, const struct node *node)
{
	return program_tree(lint->program, node) == lint->program->tree;
}

static struct diag *report_unused(struct lint *lint, enum diag_code code, const struct node *node, const char *what)
{
	struct diag *diag = lint_report(lint, code, node, "the %s `%s` is never used", what, node->word->text);
	diag->span = node_name_span(node);
	return diag;
}

static void check_unused(struct lint *lint, enum diag_code code, enum symbol_kind kind, const char *what, bool is_safe)
{
	for (size_t i = 0; i < lint->program->symbols.count; i++) {
		const struct symbol *symbol = lint->program->symbols.items[i];
		if (symbol->kind != kind || !symbol->name || is_used(lint, symbol->name) || !is_own(lint, symbol->node))
			continue;
		struct diag *diag = report_unused(lint, code, symbol->node, what);
		lint_offer_removal(lint, diag, symbol->node, is_safe);
	}
}

void lint_unused_params(struct lint *lint, enum diag_code code)
{
	check_unused(lint, code, SYMBOL_PARAM, "parameter", false);
}

void lint_unused_configs(struct lint *lint, enum diag_code code)
{
	check_unused(lint, code, SYMBOL_CONFIG, "config", false);
}

void lint_unused_lets(struct lint *lint, enum diag_code code)
{
	check_unused(lint, code, SYMBOL_LET, "let", true);
}

void lint_unused_declarations(struct lint *lint, enum diag_code code)
{
	for (const struct node *item = node_child(lint->program->tree->root, ROLE_ITEM); item; item = node_next(item)) {
		const char *what = item->kind == N_FUNCTION ? "function" : item->kind == N_KIND ? "kind" : "component";
		bool is_declared = item->kind == N_FUNCTION || item->kind == N_KIND || item->kind == N_COMPONENT;
		if (is_declared && item->word && !is_used(lint, item->word))
			lint_offer_removal(lint, report_unused(lint, code, item, what), item, true);
	}
}

/* Whether importing a file has an effect even if none of its names is used. */
static bool has_effect(const struct module_file *file)
{
	for (const struct node *item = node_child(file->tree->root, ROLE_ITEM); item; item = node_next(item)) {
		bool is_effective = node_is_unit(item) || item->kind == N_DEFAULTS || item->kind == N_ASSERT || item->kind == N_PARAM ||
		                    item->kind == N_SCHEDULE;
		if (is_effective)
			return true;
	}
	for (size_t i = 0; i < file->imports.count; i++)
		if (file->imports.items[i].file && has_effect(file->imports.items[i].file))
			return true;
	return false;
}

static bool is_any_used(const struct map *used, const struct module_file *file)
{
	for (const struct node *item = node_child(file->tree->root, ROLE_ITEM); item; item = node_next(item))
		if (item->word && item->kind != N_IMPORT && map_get(used, item->word))
			return true;
	for (size_t i = 0; i < file->imports.count; i++)
		if (file->imports.items[i].file && is_any_used(used, file->imports.items[i].file))
			return true;
	return false;
}

static void check_imported_names(struct lint *lint, enum diag_code code, const struct map *used, const struct node *import)
{
	for (const struct node *item = node_child(import, ROLE_ITEM); item; item = node_next(item)) {
		const struct node *as = node_child(item, ROLE_AS), *name = as ? as : item;
		if (!name->word || map_get(used, name->word))
			continue;
		lint_report(lint, code, item, "`%s` is imported and never used", name->word->text);
	}
}

void lint_unused_imports(struct lint *lint, enum diag_code code)
{
	const struct module_file *root = lint->program->files.items[0];
	struct map used = {0}; /* in the file with the import; other files have their own imports */
	collect_used(lint->program, &used, root->tree->root);
	for (size_t i = 0; i < root->imports.count; i++) {
		const struct node *import = root->imports.items[i].node;
		const struct module_file *file = root->imports.items[i].file;
		if (node_child(import, ROLE_ITEM))
			check_imported_names(lint, code, &used, import);
		else if (file && !has_effect(file) && !is_any_used(&used, file))
			lint_offer_removal(lint, lint_report(lint, code, import, "nothing that \"%s\" declares is "
			                                                         "used", import->word->text), import,
			                   true);
	}
}

void lint_unused_property_files(struct lint *lint, enum diag_code code)
{
	for (size_t i = 0; i < lint->program->all_steps.count; i++) {
		const struct step *step = lint->program->all_steps.items[i];
		for (size_t j = 0; j < step->property_files.count; j++)
			if (!is_used(lint, step->property_files.items[j].name))
				report_unused(lint, code, step->property_files.items[j].node, "property file");
	}
}
