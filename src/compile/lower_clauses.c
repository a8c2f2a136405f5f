/* The clauses of a step, and the expression of a condition. */
#include "base/suggest.h"
#include "compile/lower.h"
#include "eval/check.h"
#include "eval/derive.h"
#include "eval/expand.h"
#include "eval/resolve.h"
#include "eval/symbols.h"

static struct value *new_object(struct program *program, const struct node *node, size_t room)
{
	struct value *object = arena_new(program->arena, struct value);
	object->kind = VALUE_OBJECT;
	object->at = node;
	object->fields = arena_array(program->arena, struct field, room);
	return object;
}

static void put(struct program *program, struct value *object, const char *name, const struct value *value)
{
	struct field *fields = (struct field *)object->fields;
	fields[object->count++] = (struct field){names_word(&program->world->names, name), value, object->at};
}

/* A layer of a step whose clauses are read. */
struct clause_reader {
	struct program *program;
	struct step *step;
	const struct layer *layer;
	struct eval eval;
};

static bool is_allowed(struct clause_reader *reading, const struct node *node, unsigned clause, const char *what)
{
	if (reading->step->kind->clauses & clause)
		return true;
	diag_label(eval_report(&reading->eval, SP2012, node, "%s takes no `%s`", kind_text(reading->program->arena, reading->step->kind), what),
	           "SageMaker has none for this step type");
	return false;
}

static const struct value *constant_text(struct clause_reader *reading, const struct node *node)
{
	static const struct type literal = {.kind = TYPE_STRING, .is_literal = true};
	return check_value(reading->program, eval_expression(&reading->eval, node, reading->layer->env), &literal, node);
}

static struct module *module_of(const struct clause_reader *reading)
{
	return program_module(reading->program, reading->layer->env);
}

static void lower_cache(struct clause_reader *reading, const struct node *node)
{
	if (!is_allowed(reading, node, CLAUSE_CACHE, "cache"))
		return;
	struct value *cache = new_object(reading->program, reading->eval.call_site ? reading->eval.call_site : node, 2);
	const struct node *duration = node_child(node, ROLE_VALUE);
	put(reading->program, cache, "Enabled", eval_boolean(&reading->eval, node, !(node->flags & NODE_OFF)));
	if (duration)
		put(reading->program, cache, "ExpireAfter", constant_text(reading, duration));
	reading->step->cache = cache;
}

static const struct exception_family *find_family(const struct step *step, const struct word *name)
{
	const struct exception_family *family = step->kind->families;
	while (family && family->name != name)
		family = family->next;
	return family;
}

/* `Step.THROTTLING`: the family of an exception after `retry on`, or NULL after a report. It is asked once for each
 * family; diag_finish drops the repetitions. */
static const struct exception_family *check_exception(struct clause_reader *reading, const struct node *item)
{
	struct program *program = reading->program;
	const struct step *step = reading->step;
	const struct node *left = item->kind == N_MEMBER ? node_child(item, ROLE_LEFT) : NULL;
	if (!left || left->kind != N_NAME) {
		diag_help(eval_report(&reading->eval, SP2013, item, "an exception is written as its family and its name"),
		          "as in `Step.THROTTLING` or `SageMaker.CAPACITY_ERROR`");
		return NULL;
	}
	const struct exception_family *family = find_family(step, left->word);
	if (!family) {
		struct diag *diag = eval_report(&reading->eval, SP2013, item, "%s cannot retry on `%s` exceptions",
		                                   kind_text(program->arena, step->kind), left->word->text);
		if (step->kind->families)
			diag_help(diag, "it retries on `%s` exceptions%s", step->kind->families->name->text,
			          step->kind->families->next ? " and others" : "");
		return NULL;
	}
	struct suggest suggest;
	suggest_init(&suggest, item->word ? item->word->text : "");
	for (uint32_t i = 0; i < family->exceptions->count; i++) {
		if (family->exceptions->values[i] == item->word)
			return family;
		suggest_offer(&suggest, family->exceptions->values[i]->text);
	}
	struct diag *diag = eval_report(&reading->eval, SP2013, item, "there is no exception `%s.%s`", left->word->text,
	                                   item->word ? item->word->text : "");
	struct text all = {0};
	for (uint32_t i = 0; i < family->exceptions->count; i++)
		text_printf(&all, "%s`%s.%s`", i ? ", " : "", left->word->text, family->exceptions->values[i]->text);
	if (suggest_result(&suggest))
		diag_help(diag, "a similar exception exists: `%s.%s`", left->word->text, suggest_result(&suggest));
	else
		diag_help(diag, "it is one of %s", text_string(&all));
	if (suggest_result(&suggest))
		program_offer(program, diag, item, suggest_result(&suggest));
	text_free(&all);
	return NULL;
}

typedef VEC(const struct value *) value_vec;

/* One policy for the exceptions of one family: the service mixes none (definition format, 3.4). */
static void add_policy(struct clause_reader *reading, const struct node *node, const struct value *settings,
                       const struct exception_family *family, value_vec *policies)
{
	struct program *program = reading->program;
	value_vec names = {0};
	for (const struct node *item = node_child(node, ROLE_ITEM); item; item = node_next(item)) {
		if (check_exception(reading, item) != family)
			continue;
		const char *name = arena_printf(program->arena, "%s.%s", family->name->text, item->word->text);
		vec_push(program->arena, &names, eval_string(&reading->eval, item, name, strlen(name)));
	}
	if (!names.count)
		return;
	struct value *list = eval_new(&reading->eval, VALUE_LIST, node);
	list->items = names.items;
	list->count = (uint32_t)names.count;
	struct value *policy = new_object(program, node, settings->count + 1);
	put(program, policy, "ExceptionType", list);
	for (uint32_t i = 0; settings->kind == VALUE_OBJECT && i < settings->count; i++)
		((struct field *)policy->fields)[policy->count++] = settings->fields[i];
	vec_push(program->arena, policies, policy);
}

static void lower_retry(struct clause_reader *reading, const struct node *node, value_vec *policies)
{
	if (!is_allowed(reading, node, CLAUSE_RETRY, "retry") || node->flags & NODE_OFF)
		return;
	struct program *program = reading->program;
	const struct node *block = node_child(node, ROLE_BLOCK), *site = reading->eval.call_site ? reading->eval.call_site : node;
	const struct value *settings = eval_fields(&reading->eval, block ? block : node, reading->layer->env);
	settings = check_shape(program, settings, world_own_type(program->world, "RetryPolicy"), site, "this retry", reading->step);
	for (const struct exception_family *family = reading->step->kind->families; family; family = family->next)
		add_policy(reading, node, settings, family, policies);
}

static void report_again(struct clause_reader *reading, const struct node *node, const struct node *earlier)
{
	struct diag *diag = eval_report(&reading->eval, SP2001, node, "`%s` is declared twice", node->word->text);
	if (reading->eval.call_site)
		return;
	diag->span = node_name_span(node);
	diag_related(diag, program_file(reading->program, earlier), node_name_span(earlier), "it is declared here first");
}

/* Two clauses whose names differ only in the source. */
static void report_same(struct clause_reader *reading, const char *what, const char *name, const struct node *node, const struct node *earlier)
{
	struct diag *diag = eval_report(&reading->eval, SP2015, node, "%s are called \"%s\" in the definition", what, name);
	if (reading->eval.call_site)
		return;
	diag->span = node_name_span(node);
	diag_related(diag, program_file(reading->program, earlier), node_name_span(earlier), "the other is here");
}

static void lower_property_file(struct clause_reader *reading, const struct node *node)
{
	struct step *step = reading->step;
	if (!node->word || !is_allowed(reading, node, CLAUSE_PROPERTY_FILE, "property file"))
		return;
	for (size_t i = 0; i < step->property_files.count; i++) {
		if (step->property_files.items[i].name != node->word)
			continue;
		report_again(reading, node, step->property_files.items[i].node);
		return;
	}
	const struct value *output = constant_text(reading, node_child(node, ROLE_FROM));
	const struct value *path = constant_text(reading, node_child(node, ROLE_AT));
	if (output->kind != VALUE_STRING || path->kind != VALUE_STRING)
		return;
	if (!path->word->length)
		eval_report(&reading->eval, SP5013, node_child(node, ROLE_AT), "the path of a property file is empty");
	struct property_file file = {node->word, symbols_as(&reading->eval, node, reading->layer->env), output->word, path->word, node};
	for (size_t i = 0; i < step->property_files.count; i++)
		if (step->property_files.items[i].emitted == file.emitted)
			report_same(reading, "two property files", file.emitted->text, node, step->property_files.items[i].node);
	vec_push(reading->program->arena, &step->property_files, file);
}

static void lower_output(struct clause_reader *reading, const struct node *node)
{
	struct step *step = reading->step;
	if (!node->word || !is_allowed(reading, node, CLAUSE_OUTPUT, "output"))
		return;
	for (size_t i = 0; i < step->outputs.count; i++) {
		if (step->outputs.items[i].name != node->word)
			continue;
		report_again(reading, node, step->outputs.items[i].node);
		return;
	}
	const struct node *written = node_child(node, ROLE_TYPE);
	const struct type *type = type_from_node(&module_of(reading)->scope, written);
	if (type->kind < TYPE_STRING || type->kind > TYPE_BOOLEAN) {
		if (!type->is_unknown)
			diag_help(eval_report(&reading->eval, SP3025, written, "an output is a String, an Integer, a Float or a Boolean"),
			          "return several outputs, or JSON text as a String");
		return;
	}
	struct output output = {node->word, symbols_as(&reading->eval, node, reading->layer->env), type, node};
	for (size_t i = 0; i < step->outputs.count; i++)
		if (step->outputs.items[i].emitted == output.emitted)
			report_same(reading, "two outputs", output.emitted->text, node, step->outputs.items[i].node);
	vec_push(reading->program->arena, &step->outputs, output);
}

/* Who depends: a step, or all of a component that wait for nothing else in it. */
struct dependent {
	struct eval eval;
	const struct env *env;
	struct step *step;
	struct instance *instance;
};

/* Nobody is sent into the library. */
static const struct node *place_of(const struct dependent *dependent, const struct node *item)
{
	return dependent->eval.call_site ? dependent->eval.call_site : item;
}

static void report_twice(struct dependent *dependent, const struct node *item, const struct node *earlier, const char *name)
{
	struct diag *diag = eval_report(&dependent->eval, SP2001, item, "`%s` stands twice after `depends on`", name);
	if (!dependent->eval.call_site)
		diag_related(diag, program_file(dependent->eval.program, earlier), node_span(earlier), "it stands here first");
}

/* Whether two steps named after `depends on` stand in one block. */
static bool is_beside(const struct node *a, const struct node *b)
{
	return a->parent && b->parent && a->parent->kind == N_DEPENDS && a->parent->parent == b->parent->parent;
}

static void depend_on_step(struct dependent *dependent, struct step *on, const struct node *item)
{
	struct program *program = dependent->eval.program;
	const struct kind *kind = derive_kind(program, on);
	if (kind && kind->is_terminal) {
		eval_report(&dependent->eval, SP2023, item, "nothing may depend on `%s`: %s ends the pipeline", on->name->text,
		            kind_text(program->arena, kind));
		return;
	}
	if (symbols_is_absent(program, on))
		return;
	size_t count = dependent->step ? dependent->step->depends.count : dependent->instance->depends.count;
	const struct edge *edges = dependent->step ? dependent->step->depends.items : dependent->instance->depends.items;
	for (size_t i = 0; i < count; i++) {
		if (edges[i].step != on)
			continue;
		if (is_beside(edges[i].at, item)) /* a kind may say the same as the step that is of it */
			report_twice(dependent, item, edges[i].at, on->name->text);
		return;
	}
	const struct edge edge = {on, place_of(dependent, item)};
	if (dependent->step)
		vec_push(program->arena, &dependent->step->depends, edge);
	else
		vec_push(program->arena, &dependent->instance->depends, edge);
}

/* Whether who depends is a use, or stands in it. */
static bool is_in_instance(const struct dependent *dependent, const struct instance *instance)
{
	const struct instance *around = dependent->instance ? dependent->instance : dependent->step->scope->instance;
	while (around && around != instance)
		around = around->outer->instance;
	return around != NULL;
}

static void depend_on_instance(struct dependent *dependent, struct instance *on, const struct node *item)
{
	struct program *program = dependent->eval.program;
	const struct instance_edge edge = {on, place_of(dependent, item)};
	if (is_in_instance(dependent, on)) {
		eval_report(&dependent->eval, SP2026, item, "`%s` waits for itself", on->node->word ? on->node->word->text : "?");
		return;
	}
	if (expand_is_absent(program, on))
		return;
	if (dependent->step)
		vec_push(program->arena, &dependent->step->depends_on_instances, edge);
	else
		vec_push(program->arena, &dependent->instance->depends_on_instances, edge);
}

static bool is_own(const struct dependent *dependent, const struct value *value)
{
	return (value->kind == VALUE_STEP && value->step == dependent->step) ||
	       (value->kind == VALUE_INSTANCE && is_in_instance(dependent, value->instance));
}

static void depend_on(struct dependent *dependent, const struct value *value, const struct node *item)
{
	if (value->kind == VALUE_STEP) {
		depend_on_step(dependent, value->step, item);
	} else if (value->kind == VALUE_INSTANCE) {
		depend_on_instance(dependent, value->instance, item);
	} else if (value->kind == VALUE_OBJECT && value->is_family) {
		for (uint32_t i = 0; i < value->count; i++)
			if (is_own(dependent, value->fields[i].value)) {
				eval_report(&dependent->eval, SP2026, item, "a member of a family waits for all of the family, itself too");
				return;
			}
		for (uint32_t i = 0; i < value->count; i++)
			depend_on(dependent, value->fields[i].value, item);
	} else if (value->kind != VALUE_ERROR) {
		struct diag *diag = eval_report(&dependent->eval, SP2014, item, "`depends on` takes steps, not %s",
		                                value_noun(dependent->eval.program->arena, value));
		if (value_root(value)->kind == VALUE_STEP)
			diag_help(diag, "a reference to a property is a dependency by itself");
	}
}

static void report_no_step(struct dependent *dependent, const struct node *name)
{
	struct diag *diag = eval_report(&dependent->eval, SP2004, name, "there is no step `%s`", name->word->text);
	const char *near = resolve_suggest(dependent->eval.program, dependent->env, name->word->text);
	if (near)
		diag_help(diag, "a similar name exists: `%s`", near);
}

static void lower_depends(struct dependent *dependent, const struct node *node)
{
	for (const struct node *item = node_child(node, ROLE_ITEM); item; item = node_next(item)) {
		const struct value *value;
		bool is_name = item->kind == N_NAME && item->word;
		if (is_name && !resolve_name(dependent->eval.program, dependent->env, item->word, &value) && !value)
			report_no_step(dependent, item);
		else
			depend_on(dependent, eval_expression(&dependent->eval, item, dependent->env), item);
	}
}

void lower_instance(struct program *program, struct instance *instance)
{
	const struct origin origin = instance->outer->origin;
	struct dependent dependent = {{.program = program, .frame = origin.frame, .call_site = origin.call_site}, instance->env, NULL, instance};
	for (const struct node *item = node_child(node_child(instance->node, ROLE_BLOCK), ROLE_ITEM); item; item = node_next(item))
		if (item->kind == N_DEPENDS)
			lower_depends(&dependent, item);
}

/* Of several layers with `retry` the strongest decides: a step's first `retry` replaces all inherited ones. */
static const struct layer *last_with_retry(const struct step *step)
{
	for (size_t i = step->layers.count; i--;)
		for (const struct node *item = node_child(step->layers.items[i].block, ROLE_ITEM); item; item = node_next(item))
			if (item->kind == N_RETRY)
				return &step->layers.items[i];
	return NULL;
}

static void lower_layer(struct clause_reader *reading, bool has_retry, value_vec *policies)
{
	const struct node *cache = NULL;
	for (const struct node *item = node_child(reading->layer->block, ROLE_ITEM); item; item = node_next(item)) {
		if (!resolve_is_placed(item))
			continue;
		if (item->kind == N_CACHE) {
			if (cache)
				diag_related(eval_report(&reading->eval, SP2001, item, "a step has only one `cache`"),
				             program_file(reading->program, cache), node_span(cache), "the first is here");
			else
				lower_cache(reading, item);
			cache = item;
		} else if (item->kind == N_RETRY && has_retry) {
			lower_retry(reading, item, policies);
		} else if (item->kind == N_PROPERTY_FILE) {
			lower_property_file(reading, item);
		} else if (item->kind == N_OUTPUT) {
			lower_output(reading, item);
		} else if (item->kind == N_DEPENDS) {
			struct dependent dependent = {reading->eval, reading->layer->env, reading->step, NULL};
			lower_depends(&dependent, item);
		}
	}
}

void lower_clauses(struct program *program, struct step *step)
{
	const struct layer *with_retry = last_with_retry(step);
	value_vec policies = {0};
	for (size_t i = 0; i < step->layers.count; i++) {
		const struct layer *layer = &step->layers.items[i];
		struct clause_reader reading = {program, step, layer, symbols_eval(program, step, layer)};
		lower_layer(&reading, layer == with_retry, &policies);
	}
	if (policies.count) {
		struct value *list = arena_new(program->arena, struct value);
		*list = (struct value){.kind = VALUE_LIST, .at = with_retry->block, .count = (uint32_t)policies.count};
		list->items = policies.items;
		step->retries = list;
	}
}

/* `a and b` at the top is the service's list; everything else is one condition. */
static void add_condition(struct program *program, struct step *step, const struct value *value)
{
	if (value->kind == VALUE_CONDITION && value->op == OP_AND) {
		add_condition(program, step, value->items[0]);
		add_condition(program, step, value->items[1]);
	} else {
		vec_push(program->arena, &step->conditions, value);
	}
}

void lower_condition(struct program *program, struct step *step)
{
	const struct node *node = step->condition_at;
	struct eval eval = {.program = program, .step = step, .frame = step->scope->origin.frame, .call_site = step->scope->origin.call_site};
	if (!node)
		return;
	const struct value *value = eval_expression(&eval, node, step->env);
	if (value->kind == VALUE_BOOLEAN) {
		struct diag *diag = eval_report(&eval, SP3040, node, "this condition is always %s", value->boolean ? "true" : "false");
		diag_help(diag, "what is known when compiling is decided by a `when` in the block of each step");
	}
	if (value->kind != VALUE_CONDITION)
		value = check_value(program, value, type_primitive(TYPE_BOOLEAN), node);
	if (value->kind != VALUE_ERROR && eval_spend(&eval, node, value_weigh(value)))
		add_condition(program, step, value);
}
