#include "emit/expanded_value.h"

#include "eval/foreach.h"

#include "eval/resolve.h"

#include <assert.h>
#include <ctype.h>

/* --- names --- */

static const struct word *choose_name(const struct program *program, struct map *taken, const struct word *wanted)
{
	bool may_start = isalpha((unsigned char)*wanted->text) || *wanted->text == '_';
	char *text = arena_printf(program->arena, "%s%s", may_start ? "" : "_", wanted->text);
	for (char *c = text; *c; c++)
		if (!isalnum((unsigned char)*c))
			*c = '_';
	const struct word *name = names_word(&program->world->names, text);
	for (unsigned i = 2; map_get(taken, name) || resolve_is_reserved(name); i++)
		name = names_word(&program->world->names, arena_printf(program->arena, "%s_%u", text, i));
	map_put(program->arena, taken, name, (void *)name);
	return name;
}

void expanded_choose_names(struct expanded *expanded, const struct program *program)
{
	struct map taken = {0};
	expanded->parameters = arena_array(program->arena, const struct word *, program->symbols.count + 1);
	for (size_t i = 0; i < program->symbols.count; i++)
		if (program->symbols.items[i]->kind == SYMBOL_PARAM)
			expanded->parameters[i] = choose_name(program, &taken, program->symbols.items[i]->name);
	for (size_t i = 0; i < program->all_steps.count; i++) {
		const struct word *name = program->all_steps.items[i]->step_name;
		if (program->all_steps.items[i]->is_absent)
			continue;
		map_put(program->arena, &expanded->names, name, (void *)choose_name(program, &taken, name));
	}
}

const struct word *expanded_name(const struct expanded *expanded, const struct step *step)
{
	return map_get(&expanded->names, step->step_name);
}

/* --- text --- */

static void add_escaped(struct text *out, const struct word *text)
{
	for (uint32_t i = 0; i < text->length; i++) {
		unsigned char c = (unsigned char)text->text[i];
		if (c == '"' || c == '\\' || (c == '$' && text->text[i + 1] == '{'))
			text_printf(out, "\\%c", c);
		else if (c == '\n')
			text_puts(out, "\\n");
		else if (c < ' ' || c == 0x7f)
			text_printf(out, "\\u{%x}", c);
		else
			text_putc(out, (char)c);
	}
}

void expanded_string(struct text *out, const struct word *text)
{
	text_putc(out, '"');
	add_escaped(out, text);
	text_putc(out, '"');
}

void expanded_key(struct text *out, const struct value *object, const struct field *field)
{
	const struct word *key = field->name;
	const struct type *shape = object->type && object->type->kind == TYPE_SHAPE ? object->type : NULL;
	bool is_quoted = shape && field->at && field->at->kind == N_FIELD && field->at->flags & NODE_QUOTED;
	bool is_known = !shape || shape->is_open || type_find_member(shape, key);
	if (!is_quoted && is_known && names_is_identifier(key->text, key->length))
		text_puts(out, key->text);
	else
		expanded_string(out, key);
}

/* --- references --- */

/* Whether a property is one that the library knows; others are written in quotes. */
static bool is_known_member(const struct value *get)
{
	const struct value *of = get->parent;
	bool is_step = of->kind == VALUE_STEP || (of->kind == VALUE_GET && of->access >= ACCESS_BODY_STEP);
	const struct type *type = is_step ? of->step->kind->properties : of->type;
	bool is_of_outputs = is_step && of->step->kind->clauses & CLAUSE_OUTPUT && names_is(get->word, "OutputParameters");
	bool is_of_foreach = is_step && foreach_has_member(get->word) && of->step->node->kind == N_FOREACH;
	return is_of_outputs || is_of_foreach || (type && (type->kind != TYPE_SHAPE || type_find_member(type, get->word))) ||
	       get->kind == VALUE_JSON;
}

static void add_access(struct text *out, const struct value *value)
{
	if (value->access == ACCESS_POSITION) {
		text_printf(out, "[%u]", (unsigned)value->position);
	} else if (value->access == ACCESS_MEMBER && is_known_member(value)) {
		text_printf(out, ".%s", value->word->text);
	} else {
		text_putc(out, '[');
		expanded_string(out, value->word);
		text_putc(out, ']');
	}
}

/* The `output` clause that `Step.OutputParameters.name` refers to, or NULL. `get` has the output's name in the definition. */
static const struct output *find_output(const struct value *get)
{
	const struct value *outputs = get->parent;
	const struct value *step = outputs && outputs->kind == VALUE_GET ? outputs->parent : NULL;
	bool is_step = step && (step->kind == VALUE_STEP || step->access == ACCESS_BODY_STEP || step->access == ACCESS_SELECTED);
	if (!is_step || get->access != ACCESS_KEY || !names_is(outputs->word, "OutputParameters"))
		return NULL;
	for (size_t i = 0; i < step->step->outputs.count; i++)
		if (step->step->outputs.items[i].emitted == get->word)
			return &step->step->outputs.items[i];
	return NULL;
}

/* Appends the root of a path: a parameter, the item of a `foreach`, or a variable of the run. */
static void write_root(struct expanded *expanded, const struct value *root)
{
	if (root->access == ACCESS_PARAMETER)
		text_puts(expanded->out, expanded->parameters[root->symbol_index]->text);
	else if (root->access == ACCESS_ITEM)
		text_puts(expanded->out, root->word->text);
	else
		text_printf(expanded->out, "%s.%s", root->access == ACCESS_EXECUTION ? "Execution" : "PipelineExperimentConfig",
		            root->word->text);
}

static void write_get(struct expanded *expanded, const struct value *get)
{
	if (get->kind == VALUE_STEP) {
		text_puts(expanded->out, expanded_name(expanded, get->step)->text);
		return;
	}
	if (!get->parent) {
		write_root(expanded, get);
		return;
	}
	const struct output *output = find_output(get);
	write_get(expanded, get->parent);
	if (output)
		text_printf(expanded->out, ".%s", output->name->text);
	else if (get->access == ACCESS_BODY_STEP)
		text_printf(expanded->out, ".%s", expanded_name(expanded, get->step)->text);
	else if (get->access == ACCESS_SELECTED)
		text_puts(expanded->out, ".Selected");
	else
		add_access(expanded->out, get);
}

static void write_file(struct expanded *expanded, const struct value *file)
{
	if (file->step) {
		text_printf(expanded->out, "%s.%s", expanded_name(expanded, file->step)->text, file->file->text);
		return;
	}
	text_puts(expanded->out, "s3json(");
	expanded_value(expanded, file->uri);
	text_putc(expanded->out, ')');
}

static void write_json(struct expanded *expanded, const struct value *json)
{
	if (json->kind == VALUE_FILE) {
		write_file(expanded, json);
	} else if (json->access == ACCESS_TEXT) {
		text_puts(expanded->out, "jsonget(");
		write_json(expanded, json->parent);
		text_puts(expanded->out, ", ");
		expanded_string(expanded->out, json->word);
		text_putc(expanded->out, ')');
	} else {
		write_json(expanded, json->parent);
		add_access(expanded->out, json);
	}
}

/* --- joins --- */

/* Whether an interpolated string evaluates to exactly this Join. Interpolation merges adjacent constants, flattens nested joins,
 * and makes no Join of a single part. */
static bool can_be_interpolated(const struct value *join)
{
	bool was_text = false;
	if (join->word->length || join->count < 2)
		return false;
	for (uint32_t i = 0; i < join->count; i++) {
		const struct value *item = join->items[i];
		bool is_text = item->kind == VALUE_STRING;
		if ((is_text && (was_text || !item->word->length)) || item->kind == VALUE_JOIN || (!is_text && !value_is_deferred(item)))
			return false;
		was_text = is_text;
	}
	return true;
}

static void write_interpolated(struct expanded *expanded, const struct value *join)
{
	text_putc(expanded->out, '"');
	for (uint32_t i = 0; i < join->count; i++) {
		if (join->items[i]->kind == VALUE_STRING) {
			add_escaped(expanded->out, join->items[i]->word);
			continue;
		}
		text_puts(expanded->out, "${");
		expanded_value(expanded, join->items[i]);
		text_putc(expanded->out, '}');
	}
	text_putc(expanded->out, '"');
}

static void write_items(struct expanded *expanded, const struct value *list)
{
	text_putc(expanded->out, '[');
	for (uint32_t i = 0; i < list->count; i++) {
		text_puts(expanded->out, i ? ", " : "");
		expanded_value(expanded, list->items[i]);
	}
	text_putc(expanded->out, ']');
}

static void write_join(struct expanded *expanded, const struct value *join)
{
	if (can_be_interpolated(join)) {
		write_interpolated(expanded, join);
		return;
	}
	text_puts(expanded->out, "join(");
	expanded_string(expanded->out, join->word);
	text_puts(expanded->out, ", ");
	write_items(expanded, join);
	text_putc(expanded->out, ')');
}

/* --- structures --- */

static bool is_flat(const struct value *value)
{
	enum { SHORT = 3 };
	if (value->kind != VALUE_OBJECT && value->kind != VALUE_LIST)
		return true;
	for (uint32_t i = 0; i < value->count; i++) {
		const struct value *item = value->kind == VALUE_LIST ? value->items[i] : value->fields[i].value;
		if (item->kind == VALUE_OBJECT || item->kind == VALUE_LIST || item->kind == VALUE_JOIN)
			return false;
	}
	return value->kind == VALUE_LIST || value->count <= SHORT;
}

static void start_line(struct expanded *expanded)
{
	text_printf(expanded->out, "\n%*s", 4 * expanded->depth, "");
}

static void write_object(struct expanded *expanded, const struct value *object)
{
	bool is_on_one_line = is_flat(object);
	text_putc(expanded->out, '{');
	expanded->depth++;
	for (uint32_t i = 0; i < object->count; i++) {
		text_puts(expanded->out, is_on_one_line ? (i ? ", " : " ") : "");
		if (!is_on_one_line)
			start_line(expanded);
		expanded_key(expanded->out, object, &object->fields[i]);
		text_puts(expanded->out, ": ");
		expanded_value(expanded, object->fields[i].value);
	}
	expanded->depth--;
	if (!is_on_one_line)
		start_line(expanded);
	else if (object->count)
		text_putc(expanded->out, ' ');
	text_putc(expanded->out, '}');
}

static void write_list(struct expanded *expanded, const struct value *list)
{
	if (is_flat(list)) {
		write_items(expanded, list);
		return;
	}
	text_putc(expanded->out, '[');
	expanded->depth++;
	for (uint32_t i = 0; i < list->count; i++) {
		start_line(expanded);
		expanded_value(expanded, list->items[i]);
		text_putc(expanded->out, ',');
	}
	expanded->depth--;
	start_line(expanded);
	text_putc(expanded->out, ']');
}

void expanded_value(struct expanded *expanded, const struct value *value)
{
	switch (value->kind) {
	case VALUE_STRING:
		expanded_string(expanded->out, value->word);
		break;
	case VALUE_BOOLEAN:
	case VALUE_NUMBER:
		value_print_scalar(expanded->out, value);
		break;
	case VALUE_LIST:
		write_list(expanded, value);
		break;
	case VALUE_OBJECT:
		write_object(expanded, value);
		break;
	case VALUE_GET:
		write_get(expanded, value);
		break;
	case VALUE_JSON:
		write_json(expanded, value);
		break;
	case VALUE_JOIN:
		write_join(expanded, value);
		break;
	default:
		assert(value->kind == VALUE_NULL);
		text_puts(expanded->out, "null");
	}
}

/* --- conditions --- */

/* Whether an operand of `around` needs parentheses: where precedence requires them, and where the source has them between equal
 * operators. The definition has a list for each chain of one operator, and parentheses start another chain. */
static bool needs_parentheses(const struct value *value, enum node_op around)
{
	if (value->kind != VALUE_CONDITION)
		return false;
	if (value->op == around)
		return value->at && value->at->flags & NODE_PAREN;
	return value->op == OP_AND || value->op == OP_OR || around == OP_NOT;
}

static void write_operation(struct expanded *expanded, const struct value *value)
{
	enum node_op op = (enum node_op)value->op;
	if (op == OP_NOT) {
		text_puts(expanded->out, "not ");
		expanded_condition(expanded, value->items[0], op);
		return;
	}
	for (uint32_t i = 0; i < value->count; i++) {
		if (i)
			text_printf(expanded->out, " %s ", node_op_name(op));
		expanded_condition(expanded, value->items[i], op);
	}
}

void expanded_condition(struct expanded *expanded, const struct value *value, enum node_op op)
{
	bool is_nested = needs_parentheses(value, op);
	text_puts(expanded->out, is_nested ? "(" : "");
	if (value->kind == VALUE_CONDITION)
		write_operation(expanded, value);
	else
		expanded_value(expanded, value);
	text_puts(expanded->out, is_nested ? ")" : "");
}
