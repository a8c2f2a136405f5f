#include "emit/dump.h"

static const char *symbol_noun(const struct symbol *symbol)
{
	static const char *const nouns[] = {"param", "config", "let", "step", "argument", "export"};
	if (symbol->kind != SYMBOL_STEP)
		return nouns[symbol->kind];
	return symbol->node->kind == N_CONDITION ? "condition" : symbol->node->kind == N_USE ? "use" : "step";
}

static const char *kind_name(const struct step *step)
{
	return step->kind ? step->kind->name->text : "?";
}

void dump_symbols(struct text *out, const struct program *program)
{
	for (size_t i = 0; i < program->symbols.count; i++) {
		const struct symbol *symbol = program->symbols.items[i];
		struct place place = source_place(program_file(program, symbol->node), symbol->node->name_start);
		text_printf(out, "%s %s", symbol_noun(symbol), symbol->name ? symbol->name->text : "?");
		bool is_one = symbol->unit && symbol->unit->node == symbol->node && symbol->unit->expansions.count == 1;
		const struct step *step = is_one ? symbol->unit->expansions.items[0].step : NULL;
		if (step)
			text_printf(out, ": %s as \"%s\"", kind_name(step), step->step_name ? step->step_name->text : "?");
		else if (symbol->type)
			text_printf(out, ": %s", type_text(program->arena, symbol->type));
		text_printf(out, " at %u:%u\n", (unsigned)place.line, (unsigned)place.column);
	}
	for (const struct node *item = node_child(program->tree->root, ROLE_ITEM); item; item = node_next(item)) {
		if (item->kind != N_FUNCTION || !item->word)
			continue;
		struct place place = source_place(program->tree->file, item->name_start);
		text_printf(out, "function %s at %u:%u\n", item->word->text, (unsigned)place.line, (unsigned)place.column);
	}
}

static void dump_type(struct text *out, const struct program *program, const struct node *node)
{
	const struct value *value = program_value(program, node);
	const struct source_file *file = program->tree->file;
	if (value && value->kind != VALUE_ERROR && node->kind != N_STRING && node->kind != N_NUMBER) {
		struct place place = source_place(file, node->start);
		size_t length = strcspn(file->text + node->start, "\n");
		if (length > node->end - node->start)
			length = node->end - node->start;
		text_printf(out, "%u:%u %.*s: ", (unsigned)place.line, (unsigned)place.column, (int)length, file->text + node->start);
		text_printf(out, "%s, %s\n",
		            value->kind == VALUE_LIST     ? "a list"
		            : value->kind == VALUE_OBJECT ? "an object"
		            : value->kind > VALUE_JOIN    ? value_noun(program->arena, value)
		                                          : type_text(program->arena, value_type(value)),
		            value_is_constant(value) ? "constant" : "deferred");
	}
	for (const struct node *child = node->first; child; child = child->next)
		dump_type(out, program, child);
}

void dump_types(struct text *out, const struct program *program)
{
	dump_type(out, program, program->tree->root);
}

/* The clause that an edge comes from; NULL if it comes from none. */
static const char *edge_clause(const struct step *step, const struct edge *edge)
{
	for (size_t i = 0; i < step->depends.count; i++)
		if (step->depends.items[i].step == edge->step)
			return node_trigger_clause(step->depends.items[i].trigger);
	return NULL;
}

void dump_graph(struct text *out, const struct program *program)
{
	for (size_t i = 0; i < program->all_steps.count; i++) {
		const struct step *step = program->all_steps.items[i];
		if (step->is_absent)
			continue;
		text_printf(out, "%s: %s\n", step->step_name->text, kind_name(step));
		for (size_t j = 0; j < step->edges.count; j++) {
			const struct edge *edge = &step->edges.items[j];
			struct place place = source_place(program_file(program, edge->at), edge->at->start);
			bool is_branch = edge->step == step->parent && edge->at == program_step_place(step);
			const char *clause = edge_clause(step, edge), *why = clause ? clause : "refers to";
			if (is_branch)
				why = step->parent->condition_at ? "in a branch of" : "in the body of";
			text_printf(out, "    %s %s at %u:%u\n", why, edge->step->step_name->text, (unsigned)place.line,
			            (unsigned)place.column);
		}
	}
}
