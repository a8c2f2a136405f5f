/* Keys in quotes that the compiler makes itself otherwise: step keys such as `"DependsOn": [...]`, and keys of the definition such as
 * `"Metadata"`. They go out as written. Null leaves a key out. */
#include "base/embedded.h"
#include "compile/lower.h"
#include "eval/check/check.h"

#include <string.h>

/* The keys that the compiler makes itself. */
static const struct {
	const char *name;
	enum node_kind clause;  /* that makes the key in a step; N_ARM: the branches of a condition make it */
	bool is_null_only;      /* it can only be left out */
} quoted_keys[] = {
	{"DependsOn", N_DEPENDS, false},           {"CacheConfig", N_CACHE, false}, {"RetryPolicies", N_RETRY, false},
	{"PropertyFiles", N_PROPERTY_FILE, false}, {"OutputParameters", N_OUTPUT, false},
	{"Conditions", N_ARM, false},              {"IfSteps", N_ARM, true},        {"ElseSteps", N_ARM, true},
};

enum { KEY_COUNT = sizeof quoted_keys / sizeof *quoted_keys };

static size_t find_key(const struct word *name)
{
	size_t key = 0;
	while (key < KEY_COUNT && !names_is(name, quoted_keys[key].name))
		key++;
	return key;
}

bool lower_is_quoted_key(const struct step *step, const struct field *field)
{
	size_t key = field->at && field->at->kind == N_FIELD && field->at->flags & NODE_QUOTED ? find_key(field->name) : KEY_COUNT;
	return key < KEY_COUNT && (quoted_keys[key].clause == N_ARM) <= (step->condition_at != NULL);
}

bool lower_has_quoted_key(const struct step *step, const char *name)
{
	const struct node *item = node_child(node_child(step->node, ROLE_BLOCK), ROLE_ITEM);
	for (; item; item = node_next(item))
		if (item->kind == N_FIELD && item->flags & NODE_QUOTED && item->word && names_is(item->word, name))
			return true;
	return false;
}

/* The clause in the step's own block that makes the same key, or NULL. Clauses of `defaults` and kinds are replaced. */
static const struct node *find_clause(const struct step *step, enum node_kind kind)
{
	const struct node *item = node_child(node_child(step->node, ROLE_BLOCK), ROLE_ITEM);
	while (item && item->kind != kind)
		item = node_next(item);
	return item;
}

static void report_beside(struct program *program, const struct field *field, const struct node *clause)
{
	struct diag *diag = program_report(program, SP3036, field->at, "`\"%s\"` replaces the clauses that make this key",
	                                   field->name->text);
	diag->span = node_name_span(field->at);
	diag_related(diag, program_file(program, clause), node_span(clause), "this clause would have no effect");
	diag_help(diag, "write all of it in `\"%s\"`, or only clauses", field->name->text);
}

static void drop_clauses(struct step *step, enum node_kind clause)
{
	if (clause == N_DEPENDS) {
		step->depends.count = step->depends_on_instances.count = 0;
	} else if (clause == N_CACHE) {
		step->cache = NULL;
	} else if (clause == N_RETRY) {
		step->retries = NULL;
	} else if (clause == N_ARM) {
		step->conditions.count = 0;
	}
}

static void lower_key(struct program *program, struct step *step, const struct field *field, struct value *object)
{
	size_t key = find_key(field->name);
	const struct node *clause = find_clause(step, quoted_keys[key].clause);
	if (clause) {
		report_beside(program, field, clause);
		return;
	}
	const struct value *value = check_value(program, field->value, type_primitive(TYPE_ANY), field->at);
	if (quoted_keys[key].is_null_only && value->kind != VALUE_NULL && value->kind != VALUE_ERROR) {
		struct diag *diag = program_report(program, SP3036, field->at, "`\"%s\"` can only be null, which leaves the key out",
		                                   field->name->text);
		diag_help(diag, "the branches of the condition make its steps");
		return;
	}
	if (quoted_keys[key].clause != N_ARM || !quoted_keys[key].is_null_only)
		drop_clauses(step, quoted_keys[key].clause);
	eval_add_field(object, (struct field){field->name, value, field->at});
}

void lower_quoted_keys(struct program *program, struct step *step, const struct value *fields)
{
	struct eval eval = {.program = program, .step = step};
	struct value *object = eval_new(&eval, VALUE_OBJECT, step->node);
	object->fields = arena_array(program->arena, struct field, fields->count + 1);
	for (uint32_t i = 0; i < fields->count; i++)
		if (lower_is_quoted_key(step, &fields->fields[i]))
			lower_key(program, step, &fields->fields[i], object);
	if (object->count)
		step->quoted = object;
}

/* --- the definition --- */

static bool is_definition_key(const struct field *field)
{
	static const char *const names[] = {"Version", "Metadata", "Parameters", "PipelineExperimentConfig", "MlflowConfig"};
	bool is_quoted = field->at && field->at->kind == N_FIELD && field->at->flags & NODE_QUOTED;
	for (size_t i = 0; is_quoted && i < sizeof names / sizeof *names; i++)
		if (names_is(field->name, names[i]))
			return true;
	return false;
}

const struct value *lower_quoted_definition(struct program *program, const struct value *fields)
{
	struct eval eval = {.program = program};
	struct value *quoted = eval_new(&eval, VALUE_OBJECT, fields->at), *others = eval_new(&eval, VALUE_OBJECT, fields->at);
	quoted->fields = arena_array(program->arena, struct field, fields->count + 1);
	others->fields = arena_array(program->arena, struct field, fields->count + 1);
	for (uint32_t i = 0; i < fields->count; i++) {
		struct field field = fields->fields[i];
		bool is_key = is_definition_key(&field);
		if (is_key)
			field.value = check_value(program, field.value, type_primitive(TYPE_ANY), field.at);
		eval_add_field(is_key ? quoted : others, field);
	}
	others->frame = fields->frame;
	program->pipeline.quoted = quoted->count ? quoted : NULL;
	return others;
}

static bool lists_parameter(const struct value *list, const struct word *name)
{
	for (uint32_t i = 0; list->kind == VALUE_LIST && i < list->count; i++) {
		const struct field *field = list->items[i]->kind == VALUE_OBJECT ? value_field_named(list->items[i], "Name") : NULL;
		if (field && field->value->kind == VALUE_STRING && field->value->word == name)
			return true;
	}
	return false;
}

void lower_check_quoted_parameters(struct program *program)
{
	const struct field *list = program->pipeline.quoted ? value_field_named(program->pipeline.quoted, "Parameters") : NULL;
	for (size_t i = 0; list && list->value->kind != VALUE_ERROR && i < program->symbols.count; i++) {
		const struct symbol *symbol = program->symbols.items[i];
		if (symbol->kind != SYMBOL_PARAM || symbol->is_optional || lists_parameter(list->value, symbol->emitted))
			continue;
		struct diag *diag = program_report(program, SP3036, list->at, "`\"Parameters\"` lacks the parameter \"%s\"",
		                                   symbol->emitted->text);
		diag->span = node_name_span(list->at);
		diag_related(diag, program_file(program, symbol->node), node_name_span(symbol->node), "it is declared here");
		diag_help(diag, "it replaces what `param` makes: `[{ Name: \"%s\", ... }]`", symbol->emitted->text);
	}
}

/* --- dependencies --- */

static enum node_op read_trigger(const struct value *element, bool *is_known)
{
	static const enum node_op triggers[] = {TRIGGER_FAILED, TRIGGER_STOPPED, TRIGGER_ANY};
	const struct field *trigger = value_field_named(element, "Trigger");
	*is_known = !trigger || (trigger->value->kind == VALUE_STRING && names_is(trigger->value->word, "Completed"));
	for (size_t i = 0; trigger && trigger->value->kind == VALUE_STRING && i < 3; i++) {
		if (!names_is(trigger->value->word, node_trigger_name(triggers[i])))
			continue;
		*is_known = true;
		return triggers[i];
	}
	return OP_NONE;
}

/* Adds the dependency on the step of this name in the definition. */
static void add_dependency(struct program *program, struct step *step, const struct value *name, enum node_op trigger,
                           const struct map *steps)
{
	struct step *to = map_get(steps, name->word);
	const struct node *at = name->at ? name->at : step->node;
	if (to)
		vec_push(program->arena, &step->edges_quoted, ((struct edge){to, at, trigger}));
	else
		diag_help(program_report(program, SP2014, at, "no step has the name \"%s\" in the definition", name->word->text),
		          "write the name that `step` gives, or the one after `as`");
}

static void read_dependency(struct program *program, struct step *step, const struct value *element, const struct map *steps)
{
	const struct field *name = element->kind == VALUE_OBJECT ? value_field_named(element, "Step") : NULL;
	bool is_known = true;
	enum node_op trigger = name ? read_trigger(element, &is_known) : OP_NONE;
	if (element->kind == VALUE_STRING)
		add_dependency(program, step, element, OP_NONE, steps);
	else if (name && name->value->kind == VALUE_STRING)
		add_dependency(program, step, name->value, trigger, steps);
	if (is_known && (element->kind == VALUE_STRING || (name && name->value->kind == VALUE_STRING && element->count <= 2)))
		return;
	struct diag *diag = program_report(program, SP3035, element->at ? element->at : step->node,
	                                   "the library does not know this form of a dependency");
	diag_label(diag, "it is passed on as written");
	diag_help(diag, "the library is made of %s", embedded_origins);
}

void lower_quoted_depends(struct program *program)
{
	struct map steps = {0};
	for (size_t i = 0; i < program->all_steps.count; i++)
		if (!program->all_steps.items[i]->is_absent && program->all_steps.items[i]->step_name)
			map_put(program->arena, &steps, program->all_steps.items[i]->step_name, program->all_steps.items[i]);
	for (size_t i = 0; i < program->all_steps.count; i++) {
		struct step *step = program->all_steps.items[i];
		const struct field *depends = step->quoted ? value_field_named(step->quoted, "DependsOn") : NULL;
		bool is_list = depends && depends->value->kind == VALUE_LIST;
		for (uint32_t k = 0; is_list && k < depends->value->count; k++)
			read_dependency(program, step, depends->value->items[k], &steps);
	}
}
