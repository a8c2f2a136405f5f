#include "compile/lower.h"

#include "base/suggest.h"
#include "compile/schedule.h"
#include "eval/check/check.h"
#include "eval/derive.h"
#include "eval/expand.h"
#include "eval/foreach.h"
#include "eval/module.h"
#include "eval/settings.h"
#include "eval/symbols.h"

#include <stdlib.h>

/* --- the pipeline block --- */

static void lower_pipeline_name(struct program *program)
{
	const struct node *name = node_child(program->pipeline.node, ROLE_NAME);
	struct eval eval = {.program = program};
	program->pipeline.name = names_word(&program->world->names, "");
	bool is_unparsed = program->diags->errors && !program->tree->root->first;
	if (is_unparsed || program_is_shared(program))
		return;
	if (!program->pipeline.node) {
		struct diag *diag = diag_report(program->diags, SP2009, program->tree->file, span_of(0, 0),
		                                "the program has no `pipeline`");
		diag_help(diag, "write `pipeline \"MyPipeline\" { RoleArn: \"...\" }`");
		return;
	}
	if (!name)
		return;
	const struct value *value = eval_constant_text(&eval, name, &program->root.env);
	if (value->kind == VALUE_STRING)
		program->pipeline.name = value->word;
}

/* The pattern of PipelineDescription allows no line ends. */
static const struct word *on_one_line(struct program *program, const struct word *doc)
{
	if (!doc || !strchr(doc->text, '\n'))
		return doc;
	char *text = arena_copy(program->arena, doc->text, doc->length);
	for (char *c = text; *c; c++)
		if (*c == '\n')
			*c = ' ';
	return names_word(&program->world->names, text);
}

static void lower_pipeline(struct program *program)
{
	const struct node *node = program->pipeline.node;
	struct eval eval = {.program = program};
	if (!node)
		return;
	program->pipeline.description = on_one_line(program, node_doc(program_tree(program, node), &program->world->names, node));
	const struct node *block = node_child(node, ROLE_BLOCK);
	const struct value *fields = eval_fields(&eval, block ? block : node, &program->root.env);
	const struct field *written = value_field_named(fields, "PipelineDescription");
	if (program->pipeline.description && written)
		program_report(program, SP1210, written->at, "this `PipelineDescription` overrides the `///` comment above the pipeline");
	if (fields->kind == VALUE_OBJECT)
		fields = lower_quoted_definition(program, fields);
	program->pipeline.fields = check_shape(program, fields, world_own_type(program->world, "Pipeline"), node, "the pipeline", NULL);
}

/* --- steps --- */

struct step_parts {
	struct value *keys, *arguments;
};

/* Whether a field is a step key, not a member of the request. A misspelled field counts as whichever has the nearest name. */
static bool is_key(const struct kind *kind, const struct word *name)
{
	if (type_find_member(kind->keys, name) || !kind->arguments)
		return true;
	if (type_find_member(kind->arguments, name))
		return false;
	struct suggest suggest;
	suggest_init(&suggest, name->text);
	for (uint32_t i = 0; i < kind->arguments->count; i++)
		suggest_offer(&suggest, kind->arguments->members[i].name->text);
	const char *near = suggest_result(&suggest);
	for (uint32_t i = 0; i < kind->keys->count; i++)
		suggest_offer(&suggest, kind->keys->members[i].name->text);
	return suggest_result(&suggest) != near;
}

/* Members of a step object that the compiler makes from other syntax, and what to write instead of a field. */
static const struct {
	const char *name, *help;
	unsigned clause; /* CLAUSE_* of the kinds that have this member; 0: all kinds do */
	bool has_quotes; /* the name may be written in quotes (lower_quoted.c) */
} reserved_fields[] = {
	{"Name", "write the name after `step`, and a different name for the definition after `as`", 0, false},
	{"Type", "the kind determines it", 0, false},
	{"DependsOn", "write the clause `depends on STEP` or `on failure of STEP`", 0, true},
	{"depends_on", "write the clause `depends on STEP`", 0, false},
	{"CacheConfig", "write the clause `cache for \"P30D\"`", 0, true},
	{"cache_config", "write the clause `cache for \"P30D\"`", 0, false},
	{"cache", "write the clause `cache for \"P30D\"`", 0, false},
	{"RetryPolicies", "write the clause `retry on Step.THROTTLING { MaxAttempts: 3 }`", 0, true},
	{"PropertyFiles", "write the clause `property file NAME from \"OUTPUT\" at \"PATH\"`", 0, true},
	{"OutputParameters", "write the clause `output NAME: String`", CLAUSE_OUTPUT, true},
};

/* Whether the compiler makes a field itself; true after a report. */
static bool is_reserved(struct program *program, const struct kind *kind, const struct field *field)
{
	if (type_find_member(kind->keys, field->name) || (kind->arguments && type_find_member(kind->arguments, field->name)))
		return false;
	for (size_t i = 0; i < sizeof reserved_fields / sizeof *reserved_fields; i++) {
		if (!names_is(field->name, reserved_fields[i].name) || (reserved_fields[i].clause & ~kind->clauses))
			continue;
		const struct value place = {.at = field->at, .frame = field->value->frame};
		struct diag *diag = program_report_value(program, SP2016, &place, field->at, "`%s` cannot be written as a field",
		                                         field->name->text);
		if (field->at && field->at->kind == N_FIELD)
			diag->span = node_name_span(field->at);
		diag_help(diag, "%s%s", reserved_fields[i].help,
		          reserved_fields[i].has_quotes ? "; in quotes, the key goes out as written" : "");
		return true;
	}
	return false;
}

/* Whether a field of a `foreach` is a member that the compiler makes from the construct; true after a report. */
static bool is_made_of_construct(struct program *program, const struct step *step, const struct field *field)
{
	static const struct {
		const char *name, *from;
	} made[] = {{"IterableItems", "what follows `in`"}, {"ForEachBody", "the steps in the block"}, {"Selector", "`pick`"}};
	for (size_t i = 0; step->node->kind == N_FOREACH && i < sizeof made / sizeof *made; i++) {
		if (!names_is(field->name, made[i].name) || !field->at || field->at->kind != N_FIELD)
			continue;
		struct diag *diag = program_report(program, SP2016, field->at, "`%s` cannot be written as a field", made[i].name);
		diag->span = node_name_span(field->at);
		diag_help(diag, "it is made from %s", made[i].from);
		return true;
	}
	return false;
}

/* Splits the fields of a block into step keys and members of the request. `Arguments`, the request as a whole, is left out. Missing
 * members are reported at the name of the kind, so that is the place of both objects. */
static struct step_parts split_fields(struct program *program, const struct step *step, const struct value *fields)
{
	const struct kind *kind = step->kind;
	const struct word *arguments = program->world->word.arguments;
	struct step_parts parts = {arena_new(program->arena, struct value), arena_new(program->arena, struct value)};
	*parts.keys = *parts.arguments = *fields;
	parts.keys->count = parts.arguments->count = 0;
	parts.keys->fields = arena_array(program->arena, struct field, fields->count + 2);
	parts.arguments->fields = arena_array(program->arena, struct field, fields->count + 1);
	/* beside a whole request, an unknown field in quotes is a step key */
	bool has_arguments = kind->arguments && value_field(fields, arguments);
	struct origin origin = step->scope->origin;
	if (node_child(step->node, ROLE_KIND))
		parts.keys->at = parts.arguments->at = program_place(origin, node_child(step->node, ROLE_KIND));
	parts.keys->frame = parts.arguments->frame = origin.frame;
	for (uint32_t i = 0; i < fields->count; i++) {
		const struct field *field = &fields->fields[i];
		if (lower_is_quoted_key(step, field) || is_made_of_construct(program, step, field) || is_reserved(program, kind, field))
			continue;
		bool is_unknown_key = has_arguments && field->at && field->at->flags & NODE_QUOTED && field->name != arguments &&
		                      !type_find_member(kind->arguments, field->name);
		if (is_unknown_key || is_key(kind, field->name))
			eval_add_field(parts.keys, *field);
		else if (field->name != arguments)
			eval_add_field(parts.arguments, *field);
	}
	return parts;
}

/* Makes a `///` comment the description of a step. */
static void add_description(struct program *program, const struct step *step, struct value *keys)
{
	const struct word *description = program->world->word.description;
	if (step->node->kind == N_ARM || !type_find_member(step->kind->keys, description))
		return;
	const struct word *doc = node_doc(program_tree(program, step->node), &program->world->names, step->node);
	const struct field *written = value_field(keys, description);
	struct eval eval = {.program = program};
	if (!doc)
		return;
	if (written)
		program_report(program, SP1210, written->at, "this `Description` overrides the `///` comment above the %s",
		               step->condition_at ? "condition" : step->node->kind == N_FOREACH ? "`foreach`" : "step");
	else
		eval_add_field(keys, (struct field){description, eval_string(&eval, step->node, doc->text, doc->length), step->node});
}

static void lower_assert(struct eval *eval, const struct node *node, const struct env *env)
{
	struct program *program = eval->program;
	static const struct type literal = {.kind = TYPE_BOOLEAN, .is_literal = true};
	const struct node *message = node_child(node, ROLE_MESSAGE), *claim = node_child(node, ROLE_VALUE);
	const struct value *holds = eval_expression(eval, claim, env);
	if (value_is_deferred(holds)) {
		struct diag *diag = eval_report(eval, SP3003, claim, "`assert` takes a constant, not %s",
		                                value_noun(program->arena, holds));
		diag_help(diag, "it is checked at compile time; to check at run time, use a `condition` with a `Fail` step in a branch");
		return;
	}
	holds = check_value(program, holds, &literal, claim ? claim : node);
	if (holds->kind != VALUE_BOOLEAN || holds->boolean)
		return;
	const struct value *text = message ? eval_expression(eval, message, env) : &value_error;
	const struct node *at = node_child(node, ROLE_AT);
	const struct value *place = at ? eval_expression(eval, at, env) : &value_error;
	bool has_place = place->kind != VALUE_ERROR && place->kind != VALUE_NULL;
	const struct value test = {.at = program_place(eval->origin, claim), .frame = eval->origin.frame};
	program_report_value(program, SP2040, has_place ? place : &test, claim, "%s",
	                     text->kind == VALUE_STRING ? text->word->text : "assertion failed");
}

static void lower_asserts(struct eval *eval, const struct node *block, const struct env *env)
{
	for (const struct node *item = node_child(block, ROLE_ITEM); item; item = node_next(item))
		if (item->kind == N_ASSERT)
			lower_assert(eval, item, env);
}

/* A condition step takes a list of conditions that must all hold. The operands of `and` at the top become such a list; anything else is
 * one condition. */
static void add_condition(struct program *program, struct step *step, const struct value *value)
{
	if (value->kind == VALUE_CONDITION && value->op == OP_AND) {
		add_condition(program, step, value->items[0]);
		add_condition(program, step, value->items[1]);
	} else {
		vec_push(program->arena, &step->conditions, value);
	}
}

static void lower_condition(struct program *program, struct step *step)
{
	const struct node *node = step->condition_at;
	struct eval eval = {.program = program, .step = step, .origin = step->scope->origin};
	if (!node || lower_has_quoted_key(step, "Conditions"))
		return;
	const struct value *value = eval_expression(&eval, node, step->env);
	if (value->kind == VALUE_BOOLEAN) {
		struct diag *diag = eval_report(&eval, SP3040, node, "this condition is always %s", value->boolean ? "true" : "false");
		diag_help(diag, "to decide at compile time, write `when` in the block of each step");
	}
	if (value->kind != VALUE_CONDITION)
		value = check_value(program, value, type_primitive(TYPE_BOOLEAN), node);
	if (value->kind != VALUE_ERROR && eval_spend(&eval, node, value_weigh(value)))
		add_condition(program, step, value);
}

/* Adds the items to the arguments of a `foreach`, and checks its `pick`. */
static void lower_foreach(struct program *program, struct step *step)
{
	const struct value *items = foreach_items(program, step);
	struct eval eval = {.program = program};
	if (items->kind != VALUE_ERROR && step->arguments && step->arguments->kind == VALUE_OBJECT) {
		struct value *arguments = eval_new(&eval, VALUE_OBJECT, step->node);
		arguments->type = step->arguments->type;
		arguments->fields = arena_array(program->arena, struct field, step->arguments->count + 1);
		eval_add_field(arguments, (struct field){names_word(&program->world->names, "IterableItems"), items, step->node});
		for (uint32_t i = 0; i < step->arguments->count; i++)
			eval_add_field(arguments, step->arguments->fields[i]);
		step->arguments = arguments;
	}
	const struct node *pick = foreach_pick_clause(step);
	foreach_picked(program, step);
	for (const struct node *more = pick ? node_next(pick) : NULL; more; more = node_next(more))
		if (more->kind == N_PICK)
			program_report(program, SP2084, more, "a `foreach` can have only one `pick`");
}

static void lower_step(struct program *program, struct step *step)
{
	const struct kind *kind = derive_kind(program, step);
	struct eval eval = {.program = program, .step = step, .origin = step->scope->origin};
	symbols_step_name(program, step);
	const struct value *given;
	const struct value *fields = lower_layers(program, step, &given);
	if (!kind || fields->kind != VALUE_OBJECT)
		return;
	struct step_parts parts = split_fields(program, step, fields);
	add_description(program, step, parts.keys);
	const struct field *whole = kind->arguments ? value_field(fields, program->world->word.arguments) : NULL;
	const struct value *arguments = parts.arguments;
	if (whole && whole->value->kind == VALUE_OBJECT)
		arguments = eval_merge(&eval, arguments, whole->value);
	else if (whole && whole->value->kind != VALUE_ERROR)
		eval_report(&eval, SP3001, whole->at, "`Arguments` must be an object, not %s", value_noun(program->arena, whole->value));
	const struct node *site = program_place(eval.origin, step->node);
	const char *owner = kind_text(program->arena, kind);
	step->keys = check_shape(program, parts.keys, kind->keys, site, owner, step);
	if (kind->arguments)
		step->arguments = check_shape(program, arguments, kind->arguments, site, owner, step);
	lower_check_arguments(program, step, given);
	for (size_t i = 0; i < step->layers.count; i++) {
		struct eval own = {.program = program, .step = step, .origin = step->layers.items[i].origin};
		lower_asserts(&own, step->layers.items[i].block, step->layers.items[i].env);
	}
	lower_clauses(program, step);
	lower_condition(program, step);
	lower_quoted_keys(program, step, fields);
	if (step->node->kind == N_FOREACH)
		lower_foreach(program, step);
}

/* Lowers the dependencies and assertions of all component instances in a scope, also of nested ones. */
static void lower_instances(struct program *program, const struct scope *scope)
{
	for (size_t i = 0; i < scope->units.count; i++) {
		const struct unit *unit = scope->units.items[i];
		for (size_t j = 0; j < unit->expansions.count; j++) {
			const struct step *step = unit->expansions.items[j].step;
			struct instance *instance = unit->expansions.items[j].instance;
			if (step && step->if_scope)
				lower_instances(program, step->if_scope);
			if (step && step->else_scope)
				lower_instances(program, step->else_scope);
			if (!instance || symbols_is_instance_absent(program, instance))
				continue;
			lower_instance(program, instance);
			if (!instance->scope)
				continue;
			struct eval eval = {.program = program, .origin = instance->scope->origin};
			lower_asserts(&eval, node_child(instance->component, ROLE_BLOCK), instance->scope->env);
			lower_instances(program, instance->scope);
		}
	}
}

/* Reports kinds in `defaults` that do not exist. */
static void check_defaults(struct program *program)
{
	struct eval eval = {.program = program};
	for (size_t i = 0; i < program->defaults.count; i++)
		for (const struct node *item = node_child(program->defaults.items[i], ROLE_ITEM); item; item = node_next(item))
			derive_check_defaults(&eval, &program->root, item);
}

/* Evaluates the symbols from an index on, so that unused symbols are checked too. Skips those of absent steps. Evaluation may add
 * symbols. */
static void evaluate_symbols(struct program *program, size_t *next)
{
	struct eval eval = {.program = program};
	for (; *next < program->symbols.count; ++*next) {
		struct symbol *symbol = program->symbols.items[*next];
		bool is_absent = (symbol->step && symbols_is_absent(program, symbol->step)) ||
		                 (symbol->branch && symbols_is_absent(program, symbol->branch)) ||
		                 (symbol->instance && symbols_is_instance_absent(program, symbol->instance));
		if (symbol->kind != SYMBOL_STEP && !is_absent)
			eval_symbol(&eval, symbol, symbol->node);
	}
}

void lower_program(struct program *program)
{
	struct eval eval = {.program = program};
	size_t next = 0;
	settings_read(program);
	lower_pipeline_name(program);
	evaluate_symbols(program, &next);
	lower_pipeline(program);
	settings_check(program);
	for (size_t i = 0; i < program->asserts.count; i++)
		lower_assert(&eval, program->asserts.items[i], &program->root.env);
	check_defaults(program);
	expand_program(program);
	for (size_t i = 0; i < program->all_steps.count; i++)
		if (!symbols_is_absent(program, program->all_steps.items[i]))
			lower_step(program, program->all_steps.items[i]);
	lower_instances(program, program->scope);
	lower_quoted_depends(program);
	lower_named_steps(program);
	schedule_lower(program);
	evaluate_symbols(program, &next);
}
