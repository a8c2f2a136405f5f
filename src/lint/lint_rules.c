#include "lint/lint_rules.h"

#include "compile/graph.h"

/* --- what nobody uses --- */

static void collect_used(struct arena *arena, struct map *used, const struct node *node)
{
	bool is_read = node->kind == N_NAME || node->kind == N_TYPE_REF || node->kind == N_MEMBER || (node->kind == N_STRING && node->role == ROLE_RIGHT);
	if (is_read && node->word)
		map_put(arena, used, node->word, used);
	for (const struct node *child = node->first; child && node->kind != N_IMPORT; child = child->next)
		collect_used(arena, used, child);
}

/* By name, wherever it stands: a use that is never reached is a use all the same. */
static bool is_used(struct lint *lint, const struct word *name)
{
	for (size_t i = 0; !lint->used.room && i < lint->program->files.count; i++)
		collect_used(lint->program->arena, &lint->used, lint->program->files.items[i]->tree->root);
	return map_get(&lint->used, name) != NULL;
}

/* What the program itself declares: what a file that it imports has for others is not its fault. */
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

/* The lines that a declaration takes, when nothing else stands on them. */
static bool whole_lines(const struct source_file *file, const struct node *node, struct span *span)
{
	uint32_t start = node->start, end = node->end;
	while (start > 0 && (file->text[start - 1] == ' ' || file->text[start - 1] == '\t'))
		start--;
	while (file->text[end] == ' ' || file->text[end] == '\t' || file->text[end] == '\r')
		end++;
	*span = span_of(start, end + (file->text[end] == '\n'));
	return (start == 0 || file->text[start - 1] == '\n') && (file->text[end] == '\n' || !file->text[end]);
}

static void offer_removal(struct lint *lint, struct diag *diag, const struct node *node, bool is_safe)
{
	struct span span;
	if (!whole_lines(program_file(lint->program, node), node, &span))
		return;
	diag_edit(diag, span, "");
	diag->is_fix_safe = is_safe;
}

static void check_unused(struct lint *lint, enum diag_code code, enum symbol_kind kind, const char *what, bool is_safe)
{
	for (size_t i = 0; i < lint->program->symbols.count; i++) {
		const struct symbol *symbol = lint->program->symbols.items[i];
		if (symbol->kind != kind || !symbol->name || is_used(lint, symbol->name) || !is_own(lint, symbol->node))
			continue;
		struct diag *diag = report_unused(lint, code, symbol->node, what);
		offer_removal(lint, diag, symbol->node, is_safe);
	}
}

static void check_params(struct lint *lint, enum diag_code code)
{
	check_unused(lint, code, SYMBOL_PARAM, "parameter", false);
}

static void check_configs(struct lint *lint, enum diag_code code)
{
	check_unused(lint, code, SYMBOL_CONFIG, "config", false);
}

static void check_lets(struct lint *lint, enum diag_code code)
{
	check_unused(lint, code, SYMBOL_LET, "let", true);
}

/* Functions, kinds and components. */
static void check_declared(struct lint *lint, enum diag_code code)
{
	for (const struct node *item = node_child(lint->program->tree->root, ROLE_ITEM); item; item = node_next(item)) {
		const char *what = item->kind == N_FUNCTION ? "function" : item->kind == N_KIND ? "kind" : "component";
		bool is_declared = item->kind == N_FUNCTION || item->kind == N_KIND || item->kind == N_COMPONENT;
		if (is_declared && item->word && !is_used(lint, item->word))
			offer_removal(lint, report_unused(lint, code, item, what), item, true);
	}
}

/* Whether a file brings more than names: what it says holds without being referred to. */
static bool is_needed_anyway(const struct module_file *file)
{
	for (const struct node *item = node_child(file->tree->root, ROLE_ITEM); item; item = node_next(item)) {
		bool is_effective = item->kind == N_STEP || item->kind == N_CONDITION || item->kind == N_USE ||
		                    item->kind == N_DEFAULTS || item->kind == N_ASSERT || item->kind == N_PARAM ||
		                    item->kind == N_SCHEDULE;
		if (is_effective)
			return true;
	}
	for (size_t i = 0; i < file->imports.count; i++)
		if (file->imports.items[i].file && is_needed_anyway(file->imports.items[i].file))
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

static void check_imports(struct lint *lint, enum diag_code code)
{
	const struct module_file *root = lint->program->files.items[0];
	struct map used = {0}; /* in the file with the import: what the others use is theirs */
	collect_used(lint->program->arena, &used, root->tree->root);
	for (size_t i = 0; i < root->imports.count; i++) {
		const struct node *import = root->imports.items[i].node;
		const struct module_file *file = root->imports.items[i].file;
		if (node_child(import, ROLE_ITEM))
			check_imported_names(lint, code, &used, import);
		else if (file && !is_needed_anyway(file) && !is_any_used(&used, file))
			offer_removal(lint, lint_report(lint, code, import, "nothing of \"%s\" is used", import->word->text), import, true);
	}
}

static void check_property_files(struct lint *lint, enum diag_code code)
{
	for (size_t i = 0; i < lint->program->all_steps.count; i++) {
		const struct step *step = lint->program->all_steps.items[i];
		for (size_t j = 0; j < step->property_files.count; j++)
			if (!is_used(lint, step->property_files.items[j].name))
				report_unused(lint, code, step->property_files.items[j].node, "property file");
	}
}

/* --- the graph --- */

/* Where the graph is so dense that every look at it is long, only the first edges are looked at. */
enum { LOOKS_MAX = 10000000 };

static bool reaches(struct lint *lint, const struct step *from, const struct step *to, struct map *seen)
{
	struct arena *arena = lint->program->arena;
	VEC(const struct step *) stack = {0};
	vec_push(arena, &stack, from);
	while (stack.count && lint->looks++ < LOOKS_MAX) {
		const struct step *step = stack.items[--stack.count];
		if (step == to)
			return true;
		if (!step->step_name || map_get(seen, step->step_name))
			continue;
		map_put(arena, seen, step->step_name, (void *)step);
		for (size_t i = 0; i < step->edges.count; i++)
			vec_push(arena, &stack, step->edges.items[i].step);
	}
	return false;
}

static void find_reference(void *context, const struct value *reference)
{
	const struct step **wanted = context;
	const struct value *root = value_root(reference);
	if ((root->kind == VALUE_STEP || root->kind == VALUE_FILE) && root->step == *wanted)
		*wanted = NULL;
}

static bool refers_to(const struct step *step, const struct step *other)
{
	const struct step *wanted = other;
	if (step->arguments)
		graph_each_reference(step->arguments, find_reference, &wanted);
	if (wanted && step->keys)
		graph_each_reference(step->keys, find_reference, &wanted);
	for (size_t i = 0; wanted && i < step->conditions.count; i++)
		graph_each_reference(step->conditions.items[i], find_reference, &wanted);
	return !wanted;
}

/* Why an edge of `depends on` is there without being written; NULL when it is not. */
static const struct step *other_way(struct lint *lint, const struct step *step, const struct step *to)
{
	struct map seen = {0};
	if (refers_to(step, to))
		return to;
	for (size_t i = 0; i < step->edges.count; i++) {
		const struct step *next = step->edges.items[i].step;
		if (next != to && reaches(lint, next, to, &seen))
			return next;
	}
	return NULL;
}

static void report_redundant(struct lint *lint, enum diag_code code, const struct step *step, const struct edge *edge,
                             const struct step *way)
{
	const struct node *clause = edge->at->parent;
	struct diag *diag = lint_report(lint, code, edge->at, "`%s` waits for `%s` anyway", program_step_name(step),
	                                program_step_name(edge->step));
	if (way == edge->step)
		diag_label(diag, "it refers to it");
	else
		diag_label(diag, "through `%s`", program_step_name(way));
	if (!node_next(node_child(clause, ROLE_ITEM)))
		offer_removal(lint, diag, clause, true);
}

/* Whether a name after `depends on` makes this edge and no other: that of a family or use makes several, and what a
 * kind, a component or a family says is said of several steps. */
static bool is_of_one_edge(const struct step *step, const struct edge *edge)
{
	size_t count = 0;
	for (size_t i = 0; i < step->depends.count; i++)
		count += step->depends.items[i].at == edge->at;
	bool is_own = edge->at->parent->parent == node_child(step->node, ROLE_BLOCK);
	return count == 1 && is_own && !step->scope->instance && !*step->scope->suffix;
}

static void check_redundant(struct lint *lint, enum diag_code code)
{
	for (size_t i = 0; i < lint->program->all_steps.count; i++) {
		const struct step *step = lint->program->all_steps.items[i];
		for (size_t j = 0; j < step->depends.count; j++) {
			const struct edge *edge = &step->depends.items[j];
			if (!is_of_one_edge(step, edge))
				continue;
			struct arena_mark mark = arena_mark(lint->program->arena);
			const struct step *way = other_way(lint, step, edge->step);
			arena_rewind(lint->program->arena, mark);
			if (way)
				report_redundant(lint, code, step, edge, way);
		}
	}
}

static void check_unneeded(struct lint *lint, enum diag_code code)
{
	struct step_list *steps = &lint->program->all_steps;
	for (size_t i = 0; i < steps->count; i++)
		for (size_t j = 0; j < steps->items[i]->edges.count; j++)
			map_put(lint->program->arena, &lint->needed, steps->items[i]->edges.items[j].step->step_name, lint);
	for (size_t i = 0; i < steps->count; i++) {
		const struct step *step = steps->items[i];
		if (!step->is_absent && step->kind->writes && !map_get(&lint->needed, step->step_name)) {
			struct diag *diag = lint_report(lint, code, program_step_place(step), "no step uses what `%s` makes", program_step_name(step));
			diag->span = program_step_span(step);
		}
	}
}

const struct lint_rule lint_rules[] = {
	{SP4001, false, check_params},
	{SP4002, false, check_configs},
	{SP4003, false, check_lets},
	{SP4004, false, check_declared},
	{SP4005, false, check_property_files},
	{SP4006, false, lint_advice},
	{SP4007, false, lint_secrets},
	{SP4008, true, lint_literals},
	{SP4009, false, lint_unstable_cache},
	{SP4010, false, lint_same_uri},
	{SP4011, false, check_redundant},
	{SP4012, true, check_unneeded},
	{SP4013, false, check_imports},
	{SP4060, false, lint_image_regions},
	{SP4061, false, lint_image_versions},
	{SP4062, false, lint_image_support},
};

const size_t lint_rule_count = sizeof lint_rules / sizeof *lint_rules;
