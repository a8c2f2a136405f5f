/* The clauses of a step, and the expression of a condition. */
#include "lower.h"

#include "check.h"
#include "resolve.h"
#include "resolve.h"
#include "suggest.h"

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

static bool is_allowed(struct program *program, const struct step *step, const struct node *node, unsigned clause, const char *what)
{
	if (step->kind->clauses & clause)
		return true;
	diag_label(program_report(program, SP2012, node, "%s takes no `%s`", kind_text(program->arena, step->kind), what),
	           "SageMaker has none for this step type");
	return false;
}

static const struct value *constant(struct program *program, struct step *step, const struct node *node, enum type_kind kind)
{
	const struct type literal = {.kind = (uint8_t)kind, .is_literal = true};
	struct eval eval = {.program = program, .step = step};
	return check_value(program, eval_expression(&eval, node, step->env), &literal, node);
}

static void lower_cache(struct program *program, struct step *step, const struct node *node)
{
	if (!is_allowed(program, step, node, CLAUSE_CACHE, "cache"))
		return;
	struct eval eval = {.program = program, .step = step};
	struct value *cache = new_object(program, node, 2);
	const struct node *duration = node_child(node, ROLE_VALUE);
	put(program, cache, "Enabled", eval_boolean(&eval, node, !(node->flags & NODE_OFF)));
	if (duration)
		put(program, cache, "ExpireAfter", constant(program, step, duration, TYPE_STRING));
	step->cache = cache;
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
static const struct exception_family *check_exception(struct program *program, const struct step *step, const struct node *item)
{
	const struct node *left = item->kind == N_MEMBER ? node_child(item, ROLE_LEFT) : NULL;
	if (!left || left->kind != N_NAME) {
		diag_help(program_report(program, SP2013, item, "an exception is written as its family and its name"),
		          "as in `Step.THROTTLING` or `SageMaker.CAPACITY_ERROR`");
		return NULL;
	}
	const struct exception_family *family = find_family(step, left->word);
	if (!family) {
		struct diag *diag = program_report(program, SP2013, item, "%s cannot retry on `%s` exceptions",
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
	struct diag *diag = program_report(program, SP2013, item, "there is no exception `%s.%s`", left->word->text,
	                                   item->word ? item->word->text : "");
	struct text all = {0};
	for (uint32_t i = 0; i < family->exceptions->count; i++)
		text_printf(&all, "%s`%s.%s`", i ? ", " : "", left->word->text, family->exceptions->values[i]->text);
	if (suggest_result(&suggest))
		diag_help(diag, "a similar exception exists: `%s.%s`", left->word->text, suggest_result(&suggest));
	else
		diag_help(diag, "it is one of %s", text_string(&all));
	text_free(&all);
	return NULL;
}

typedef VEC(const struct value *) value_vec;

/* One policy for the exceptions of one family: the service mixes none (definition format, 3.4). */
static void add_policy(struct program *program, struct step *step, const struct node *node, const struct value *settings,
                       const struct exception_family *family, value_vec *policies)
{
	struct eval eval = {.program = program, .step = step};
	value_vec names = {0};
	for (const struct node *item = node_child(node, ROLE_ITEM); item; item = node_next(item)) {
		if (check_exception(program, step, item) != family)
			continue;
		const char *name = arena_printf(program->arena, "%s.%s", family->name->text, item->word->text);
		vec_push(program->arena, &names, eval_string(&eval, item, name, strlen(name)));
	}
	if (!names.count)
		return;
	struct value *list = eval_new(&eval, VALUE_LIST, node);
	list->items = names.items;
	list->count = (uint32_t)names.count;
	struct value *policy = new_object(program, node, settings->count + 1);
	put(program, policy, "ExceptionType", list);
	for (uint32_t i = 0; settings->kind == VALUE_OBJECT && i < settings->count; i++)
		((struct field *)policy->fields)[policy->count++] = settings->fields[i];
	vec_push(program->arena, policies, policy);
}

static void lower_retry(struct program *program, struct step *step, const struct node *node, value_vec *policies)
{
	if (!is_allowed(program, step, node, CLAUSE_RETRY, "retry") || node->flags & NODE_OFF)
		return;
	struct eval eval = {.program = program, .step = step};
	const struct node *block = node_child(node, ROLE_BLOCK);
	const struct value *settings = eval_fields(&eval, block ? block : node, step->env);
	settings = check_shape(program, settings, world_own_type(program->world, "RetryPolicy"), node, "this retry", step);
	for (const struct exception_family *family = step->kind->families; family; family = family->next)
		add_policy(program, step, node, settings, family, policies);
}

static bool is_declared_again(struct program *program, const struct node *node)
{
	for (const struct node *other = node->parent->first; other != node; other = other->next) {
		if (other->kind != node->kind || other->word != node->word)
			continue;
		struct diag *diag = diag_report(program->diags, SP2001, program_file(program, node), node_name_span(node),
		                                "`%s` is declared twice", node->word->text);
		diag_related(diag, program_file(program, other), node_name_span(other), "it is declared here first");
		return true;
	}
	return false;
}

static void lower_property_file(struct program *program, struct step *step, const struct node *node)
{
	if (!node->word || !is_allowed(program, step, node, CLAUSE_PROPERTY_FILE, "property file") || is_declared_again(program, node))
		return;
	const struct value *output = constant(program, step, node_child(node, ROLE_FROM), TYPE_STRING);
	const struct value *path = constant(program, step, node_child(node, ROLE_AT), TYPE_STRING);
	if (output->kind != VALUE_STRING || path->kind != VALUE_STRING)
		return;
	if (!path->word->length)
		program_report(program, SP5013, node_child(node, ROLE_AT), "the path of a property file is empty");
	struct property_file file = {node->word, lower_as(program, node, step->env, step), output->word, path->word, node};
	vec_push(program->arena, &step->property_files, file);
}

static void lower_output(struct program *program, struct step *step, const struct node *node)
{
	if (!node->word || !is_allowed(program, step, node, CLAUSE_OUTPUT, "output") || is_declared_again(program, node))
		return;
	const struct type *type = type_from_node(&program->types, node_child(node, ROLE_TYPE));
	if (type->kind < TYPE_STRING || type->kind > TYPE_BOOLEAN) {
		const struct node *written = node_child(node, ROLE_TYPE);
		if (type->kind != TYPE_ANY || (written && word_is(written->word, "Any")))
			diag_help(program_report(program, SP3025, node_child(node, ROLE_TYPE), "an output is a String, an Integer, a Float or a Boolean"),
			          "return several outputs, or JSON text as a String");
		return;
	}
	struct output output = {node->word, lower_as(program, node, step->env, step), type, node};
	vec_push(program->arena, &step->outputs, output);
}

static void add_dependency(struct program *program, struct step *step, struct step *on, const struct node *item)
{
	for (size_t i = 0; i < step->depends.count; i++) {
		if (step->depends.items[i].step != on)
			continue;
		const struct node *earlier = step->depends.items[i].at;
		diag_related(program_report(program, SP2001, item, "`%s` stands twice after `depends on`", on->name->text),
		             program_file(program, earlier), node_span(earlier), "it stands here first");
		return;
	}
	vec_push(program->arena, &step->depends, ((struct edge){on, item}));
}

static void report_no_step(struct program *program, const struct step *step, const struct node *name)
{
	struct diag *diag = program_report(program, SP2004, name, "there is no step `%s`", name->word->text);
	const char *near = resolve_suggest(program, step->env, name->word->text);
	if (near)
		diag_help(diag, "a similar name exists: `%s`", near);
}

static void lower_depends(struct program *program, struct step *step, const struct node *node)
{
	struct eval eval = {.program = program, .step = step};
	for (const struct node *item = node_child(node, ROLE_ITEM); item; item = node_next(item)) {
		const struct value *value;
		if (item->kind == N_NAME && item->word && !resolve_name(program, step->env, item->word, &value) && !value) {
			report_no_step(program, step, item);
			continue;
		}
		value = eval_expression(&eval, item, step->env);
		if (value->kind == VALUE_ERROR)
			continue;
		if (value->kind != VALUE_STEP) {
			struct diag *diag = program_report(program, SP2014, item, "`depends on` takes steps, not %s",
			                                   value_noun(program->arena, value));
			if (value_root(value)->kind == VALUE_STEP)
				diag_help(diag, "a reference to a property is a dependency by itself");
			continue;
		}
		const struct kind *kind = lower_kind(program, value->step);
		if (kind && kind->is_terminal)
			program_report(program, SP2023, item, "nothing may depend on `%s`: %s ends the pipeline",
			               value->step->name->text, kind_text(program->arena, kind));
		else if (!lower_is_absent(program, value->step))
			add_dependency(program, step, value->step, item);
	}
}

/* Of several blocks with `retry` the last decides: a step's first `retry` replaces all inherited ones. */
static const struct node *last_with_retry(const struct node *const *blocks, size_t count)
{
	while (count--)
		for (const struct node *item = node_child(blocks[count], ROLE_ITEM); item; item = node_next(item))
			if (item->kind == N_RETRY)
				return blocks[count];
	return NULL;
}

void lower_clauses(struct program *program, struct step *step, const struct node *const *blocks, size_t count)
{
	const struct node *with_retry = last_with_retry(blocks, count);
	value_vec policies = {0};
	for (size_t i = 0; i < count; i++) {
		const struct node *cache = NULL;
		for (const struct node *item = node_child(blocks[i], ROLE_ITEM); item; item = node_next(item)) {
			if (!resolve_is_placed(item))
				continue;
			if (item->kind == N_CACHE) {
				if (cache)
					diag_related(program_report(program, SP2001, item, "a step has only one `cache`"),
					             program_file(program, cache), node_span(cache), "the first is here");
				else
					lower_cache(program, step, item);
				cache = item;
			} else if (item->kind == N_RETRY && blocks[i] == with_retry) {
				lower_retry(program, step, item, &policies);
			} else if (item->kind == N_PROPERTY_FILE) {
				lower_property_file(program, step, item);
			} else if (item->kind == N_OUTPUT) {
				lower_output(program, step, item);
			} else if (item->kind == N_DEPENDS) {
				lower_depends(program, step, item);
			}
		}
	}
	if (policies.count) {
		struct value *list = arena_new(program->arena, struct value);
		*list = (struct value){.kind = VALUE_LIST, .at = with_retry, .count = (uint32_t)policies.count};
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
	struct eval eval = {.program = program, .step = step};
	if (!node)
		return;
	const struct value *value = eval_expression(&eval, node, step->env);
	if (value->kind == VALUE_BOOLEAN) {
		struct diag *diag = program_report(program, SP3040, node, "this condition is always %s", value->boolean ? "true" : "false");
		diag_help(diag, "what is known when compiling is decided by a `when` in the block of each step");
	}
	if (value->kind != VALUE_CONDITION)
		value = check_value(program, value, type_primitive(TYPE_BOOLEAN), node);
	if (value->kind != VALUE_ERROR && eval_spend(&eval, node, value_weigh(value)))
		add_condition(program, step, value);
}
