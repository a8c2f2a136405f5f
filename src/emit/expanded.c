#include "emit/expanded.h"

#include "emit/expanded_value.h"
#include "eval/foreach.h"

#include <string.h>

static void put_line(struct expanded *expanded, const char *text)
{
	text_printf(expanded->out, "%*s%s\n", 4 * expanded->depth, "", text);
}

static void write_as(struct expanded *expanded, const struct word *own, const struct word *emitted)
{
	if (own == emitted)
		return;
	text_puts(expanded->out, " as ");
	expanded_string(expanded->out, emitted);
}

static void indent(struct expanded *expanded)
{
	text_printf(expanded->out, "%*s", 4 * expanded->depth, "");
}

static void open_block(struct expanded *expanded)
{
	text_puts(expanded->out, " {\n");
	expanded->depth++;
}

static void close_block(struct expanded *expanded)
{
	expanded->depth--;
	put_line(expanded, "}");
}

static void write_field(struct expanded *expanded, const struct value *object, const struct field *field)
{
	indent(expanded);
	expanded_key(expanded->out, object, field);
	text_puts(expanded->out, ": ");
	expanded_value(expanded, field->value);
	text_putc(expanded->out, '\n');
}

/* --- clauses --- */

static void write_depends(struct expanded *expanded, const struct step *step)
{
	for (size_t i = 0; i < step->depends.count; i++) {
		const struct edge *edge = &step->depends.items[i];
		const char *name = expanded_name(expanded, edge->step)->text;
		if (i && edge[-1].trigger == edge->trigger) {
			text_printf(expanded->out, ", %s", name);
			continue;
		}
		if (i)
			text_putc(expanded->out, '\n');
		indent(expanded);
		text_printf(expanded->out, "%s %s", node_trigger_clause(edge->trigger), name);
	}
	if (step->depends.count)
		text_putc(expanded->out, '\n');
}

static void write_cache(struct expanded *expanded, const struct value *cache)
{
	const struct field *enabled = value_field_named(cache, "Enabled"), *duration = value_field_named(cache, "ExpireAfter");
	indent(expanded);
	text_puts(expanded->out, enabled->value->boolean ? "cache" : "cache off");
	if (duration) {
		text_puts(expanded->out, " for ");
		expanded_value(expanded, duration->value);
	}
	text_putc(expanded->out, '\n');
}

static bool is_known_exception(const struct step *step, const char *name, size_t family_length)
{
	for (const struct exception_family *family = step->kind->families; family; family = family->next)
		for (uint32_t i = 0; i < family->exceptions->count; i++)
			if (family->name->length == family_length && strncmp(family->name->text, name, family_length) == 0 &&
			    strcmp(family->exceptions->values[i]->text, name + family_length + 1) == 0)
				return true;
	return false;
}

static void write_retry(struct expanded *expanded, const struct step *step, const struct value *policy)
{
	indent(expanded);
	text_puts(expanded->out, "retry on ");
	const struct value *names = policy->fields[0].value; /* ExceptionType is always the first */
	for (uint32_t i = 0; i < names->count; i++) {
		const char *name = names->items[i]->word->text, *dot = strchr(name, '.');
		text_puts(expanded->out, i ? ", " : "");
		if (is_known_exception(step, name, (size_t)(dot - name)))
			text_puts(expanded->out, name);
		else
			text_printf(expanded->out, "%.*s[\"%s\"]", (int)(dot - name), name, dot + 1);
	}
	open_block(expanded);
	for (uint32_t i = 1; i < policy->count; i++)
		write_field(expanded, policy, &policy->fields[i]);
	close_block(expanded);
}

static void write_quoted_field(struct expanded *expanded, const struct field *field)
{
	indent(expanded);
	text_printf(expanded->out, "\"%s\": ", field->name->text);
	expanded_value(expanded, field->value);
	text_putc(expanded->out, '\n');
}

static void write_quoted(struct expanded *expanded, const struct step *step)
{
	for (uint32_t i = 0; step->quoted && i < step->quoted->count; i++)
		write_quoted_field(expanded, &step->quoted->fields[i]);
}

static void write_clauses(struct expanded *expanded, const struct step *step)
{
	write_quoted(expanded, step);
	write_depends(expanded, step);
	if (step->cache)
		write_cache(expanded, step->cache);
	for (uint32_t i = 0; step->retries && i < step->retries->count; i++)
		write_retry(expanded, step, step->retries->items[i]);
	for (size_t i = 0; i < step->property_files.count; i++) {
		const struct property_file *file = &step->property_files.items[i];
		indent(expanded);
		text_printf(expanded->out, "property file %s", file->name->text);
		write_as(expanded, file->name, file->emitted);
		text_puts(expanded->out, " from ");
		expanded_string(expanded->out, file->output);
		text_puts(expanded->out, " at ");
		expanded_string(expanded->out, file->path);
		text_putc(expanded->out, '\n');
	}
	for (size_t i = 0; i < step->outputs.count; i++) {
		const struct output *output = &step->outputs.items[i];
		indent(expanded);
		text_printf(expanded->out, "output %s", output->name->text);
		write_as(expanded, output->name, output->emitted);
		text_puts(expanded->out, ": ");
		type_print(expanded->out, output->type);
		text_putc(expanded->out, '\n');
	}
}

/* --- steps --- */

/* Whether a member of the request is written in `Arguments`: it has the name of a step key, or the step has a key that the library does
 * not know and that would be a member elsewhere. */
static bool is_in_arguments(const struct step *step, const struct word *name)
{
	for (uint32_t i = 0; i < step->keys->count; i++)
		if (!step->kind->keys->is_open && !type_find_member(step->kind->keys, step->keys->fields[i].name))
			return true;
	return type_find_member(step->kind->keys, name) != NULL;
}

static void write_arguments(struct expanded *expanded, const struct step *step)
{
	bool is_any_hidden = false;
	for (uint32_t i = 0; i < step->arguments->count; i++) {
		const struct field *field = &step->arguments->fields[i];
		if (is_in_arguments(step, field->name))
			is_any_hidden = true;
		else
			write_field(expanded, step->arguments, field);
	}
	if (!is_any_hidden)
		return;
	indent(expanded);
	text_puts(expanded->out, "Arguments:");
	open_block(expanded);
	for (uint32_t i = 0; i < step->arguments->count; i++)
		if (is_in_arguments(step, step->arguments->fields[i].name))
			write_field(expanded, step->arguments, &step->arguments->fields[i]);
	close_block(expanded);
}

static void write_head(struct expanded *expanded, const char *keyword, const struct step *step)
{
	const struct word *name = expanded_name(expanded, step);
	indent(expanded);
	text_printf(expanded->out, "%s %s", keyword, name->text);
	write_as(expanded, name, step->step_name);
}

static void write_plain_step(struct expanded *expanded, const struct step *step)
{
	const struct kind *kind = step->kind;
	while (kind->base)
		kind = kind->base;
	write_head(expanded, "step", step);
	text_printf(expanded->out, ": %s", kind->name->text);
	open_block(expanded);
	for (uint32_t i = 0; i < step->keys->count; i++)
		write_field(expanded, step->keys, &step->keys->fields[i]);
	if (step->arguments)
		write_arguments(expanded, step);
	write_clauses(expanded, step);
	close_block(expanded);
}

static bool has_steps(const struct step_list *steps)
{
	for (size_t i = 0; i < steps->count; i++)
		if (!steps->items[i]->is_absent)
			return true;
	return false;
}

static void write_steps(struct expanded *expanded, const struct program *program, const struct step_list *steps);

static void write_branching(struct expanded *expanded, const struct program *program, const struct step *step)
{
	write_head(expanded, "condition", step);
	if (step->keys->count || step->depends.count || step->quoted) {
		open_block(expanded);
		for (uint32_t i = 0; i < step->keys->count; i++)
			write_field(expanded, step->keys, &step->keys->fields[i]);
		write_depends(expanded, step);
		write_quoted(expanded, step);
		expanded->depth--;
		indent(expanded);
		text_putc(expanded->out, '}');
	}
	text_puts(expanded->out, step->conditions.count ? " if " : " if true");
	for (size_t i = 0; i < step->conditions.count; i++) {
		text_puts(expanded->out, i ? " and " : "");
		expanded_condition(expanded, step->conditions.items[i], OP_AND);
	}
	open_block(expanded);
	write_steps(expanded, program, &step->if_steps);
	if (has_steps(&step->else_steps)) {
		expanded->depth--;
		put_line(expanded, "} else {");
		expanded->depth++;
		write_steps(expanded, program, &step->else_steps);
	}
	close_block(expanded);
}

/* Appends a type. Shapes are written out: the text declares none. */
static void write_type(struct expanded *expanded, const struct type *type)
{
	if (type->kind == TYPE_LIST || type->kind == TYPE_MAP) {
		text_puts(expanded->out, type->kind == TYPE_LIST ? "List<" : "Map<");
		write_type(expanded, type->element);
		text_puts(expanded->out, ">");
	} else if (type->kind == TYPE_SHAPE) {
		open_block(expanded);
		for (uint32_t i = 0; i < type->count; i++) {
			indent(expanded);
			text_printf(expanded->out, "%s: ", type->members[i].name->text);
			write_type(expanded, type_of_member(&type->members[i]));
			text_puts(expanded->out, "\n");
		}
		expanded->depth--;
		indent(expanded);
		text_puts(expanded->out, "}");
	} else {
		type_print(expanded->out, type_primitive(type->kind));
	}
}

static void write_foreach(struct expanded *expanded, const struct program *program, const struct step *step)
{
	const struct node *variable = node_child(step->node, ROLE_ITEM), *type = node_child(step->node, ROLE_TYPE);
	write_head(expanded, "foreach", step);
	text_printf(expanded->out, " for %s", variable->word->text);
	if (type) {
		text_puts(expanded->out, ": ");
		write_type(expanded, type_from_node(&program_module((struct program *)program, step->env)->scope, type));
	}
	text_puts(expanded->out, " in ");
	expanded_value(expanded, step->arguments->fields[0].value); /* the items are always the first */
	open_block(expanded);
	for (uint32_t i = 0; i < step->keys->count; i++)
		write_field(expanded, step->keys, &step->keys->fields[i]);
	for (uint32_t i = 1; i < step->arguments->count; i++)
		write_field(expanded, step->arguments, &step->arguments->fields[i]);
	write_depends(expanded, step);
	write_quoted(expanded, step);
	if (step->picked) {
		indent(expanded);
		text_printf(expanded->out, "pick %s ", foreach_pick_clause(step)->op == PICK_MAX ? "max" : "min");
		expanded_value(expanded, step->picked);
		text_puts(expanded->out, "\n");
	}
	write_steps(expanded, program, &step->if_steps);
	close_block(expanded);
}

static void write_steps(struct expanded *expanded, const struct program *program, const struct step_list *steps)
{
	for (size_t i = 0; i < steps->count; i++) {
		if (steps->items[i]->is_absent)
			continue;
		if (!expanded->depth)
			text_putc(expanded->out, '\n');
		if (steps->items[i]->condition_at)
			write_branching(expanded, program, steps->items[i]);
		else if (steps->items[i]->node->kind == N_FOREACH)
			write_foreach(expanded, program, steps->items[i]);
		else
			write_plain_step(expanded, steps->items[i]);
	}
}

/* --- other declarations --- */

static void write_pipeline(struct expanded *expanded, const struct program *program)
{
	const struct value *fields = program->pipeline.fields;
	text_puts(expanded->out, "pipeline ");
	expanded_string(expanded->out, program->pipeline.name);
	open_block(expanded);
	for (uint32_t i = 0; i < fields->count; i++)
		write_field(expanded, fields, &fields->fields[i]);
	for (uint32_t i = 0; program->pipeline.quoted && i < program->pipeline.quoted->count; i++)
		write_quoted_field(expanded, &program->pipeline.quoted->fields[i]);
	if (program->pipeline.description && !value_field_named(fields, "PipelineDescription")) {
		indent(expanded);
		text_puts(expanded->out, "PipelineDescription: ");
		expanded_string(expanded->out, program->pipeline.description);
		text_putc(expanded->out, '\n');
	}
	close_block(expanded);
}

static void write_parameter(struct expanded *expanded, const struct symbol *symbol)
{
	const struct word *name = expanded->parameters[symbol->index];
	text_printf(expanded->out, "param %s", name->text);
	write_as(expanded, name, symbol->emitted);
	text_puts(expanded->out, ": ");
	type_print(expanded->out, type_primitive(symbol->type->kind));
	if (symbol->allowed) {
		text_puts(expanded->out, " in ");
		expanded_value(expanded, symbol->allowed);
	}
	if (symbol->initial) {
		text_puts(expanded->out, " = ");
		expanded_value(expanded, symbol->initial);
	}
	text_putc(expanded->out, '\n');
}

static void write_schedule(struct expanded *expanded, const struct schedule *schedule)
{
	text_printf(expanded->out, "\nschedule %s as ", schedule->node->word->text);
	expanded_string(expanded->out, schedule->name);
	open_block(expanded);
	for (uint32_t i = 0; i < schedule->fields->count; i++)
		write_field(expanded, schedule->fields, &schedule->fields->fields[i]);
	for (size_t i = 0; i < schedule->given.count; i++) {
		const struct given *given = &schedule->given.items[i];
		indent(expanded);
		text_printf(expanded->out, "given %s = ", expanded->parameters[given->param->index]->text);
		expanded_value(expanded, given->value);
		text_putc(expanded->out, '\n');
	}
	close_block(expanded);
}

void expanded_write(struct text *out, const struct program *program)
{
	struct expanded expanded = {.out = out};
	expanded_choose_names(&expanded, program);
	write_pipeline(&expanded, program);
	bool is_first = true;
	for (size_t i = 0; i < program->symbols.count; i++) {
		const struct symbol *symbol = program->symbols.items[i];
		if (symbol->kind != SYMBOL_PARAM || symbol->is_optional)
			continue;
		text_puts(out, is_first ? "\n" : "");
		is_first = false;
		write_parameter(&expanded, symbol);
	}
	write_steps(&expanded, program, &program->steps);
	for (size_t i = 0; i < program->schedules.count; i++)
		if (!program->schedules.items[i]->is_absent)
			write_schedule(&expanded, program->schedules.items[i]);
}
