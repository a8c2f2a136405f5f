#include "dump.h"

static const char *symbol_noun(const struct symbol *symbol)
{
	static const char *const nouns[] = {"param", "config", "let", "step"};
	return symbol->kind == SYMBOL_STEP && symbol->node->kind == N_CONDITION ? "condition" : nouns[symbol->kind];
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
		if (symbol->step)
			text_printf(out, ": %s as \"%s\"", kind_name(symbol->step),
			            symbol->step->step_name ? symbol->step->step_name->text : "?");
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

static const char *time_of(const struct value *value)
{
	return value_is_constant(value) ? "constant" : "deferred";
}

static void dump_value(struct text *out, const struct program *program, const char *path, const struct value *value)
{
	if (value->kind == VALUE_OBJECT) {
		for (uint32_t i = 0; i < value->count; i++)
			dump_value(out, program, arena_printf(program->arena, "%s.%s", path, value->fields[i].name->text),
			           value->fields[i].value);
	} else if (value->kind == VALUE_LIST) {
		for (uint32_t i = 0; i < value->count; i++)
			dump_value(out, program, arena_printf(program->arena, "%s[%u]", path, (unsigned)i), value->items[i]);
	} else {
		text_printf(out, "%s: %s, %s\n", path, type_text(program->arena, value_type(value)), time_of(value));
	}
}

void dump_types(struct text *out, const struct program *program)
{
	for (size_t i = 0; i < program->symbols.count; i++) {
		const struct symbol *symbol = program->symbols.items[i];
		if (symbol->name && symbol->value && symbol->kind != SYMBOL_STEP)
			dump_value(out, program, symbol->name->text, symbol->value);
	}
	for (size_t i = 0; i < program->all_steps.count; i++) {
		const struct step *step = program->all_steps.items[i];
		text_printf(out, "%s: %s\n", step->step_name ? step->step_name->text : "?", kind_name(step));
		if (step->arguments)
			dump_value(out, program, step->name->text, step->arguments);
	}
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
			const char *why = j < step->depends.count                              ? "depends on"
			                  : edge->step == step->parent && edge->at == step->node ? "in a branch of"
			                                                                         : "refers to";
			text_printf(out, "    %s %s at %u:%u\n", why, edge->step->step_name->text, (unsigned)place.line,
			            (unsigned)place.column);
		}
	}
}
