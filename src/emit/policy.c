#include "emit/policy.h"

#include "emit/emit_value.h"
#include "eval/eval.h"
#include "eval/pipeline.h"

#include <ctype.h>
#include <stdlib.h>

/* --- policies and statements --- */

struct statement *policy_statement(struct policies *policies, struct policy *policy, const char *sid)
{
	for (size_t i = 0; i < policy->statements.count; i++)
		if (strcmp(policy->statements.items[i]->sid, sid) == 0)
			return policy->statements.items[i];
	struct statement *statement = arena_new(policies->arena, struct statement);
	statement->sid = sid;
	vec_push(policies->arena, &policy->statements, statement);
	return statement;
}

void policy_statement_act(struct policies *policies, struct statement *statement, const char *action)
{
	for (size_t i = 0; i < statement->actions.count; i++)
		if (strcmp(statement->actions.items[i], action) == 0)
			return;
	vec_push(policies->arena, &statement->actions, action);
}

void policy_statement_on(struct policies *policies, struct statement *statement, const char *resource)
{
	for (size_t i = 0; i < statement->resources.count; i++)
		if (strcmp(statement->resources.items[i], resource) == 0)
			return;
	vec_push(policies->arena, &statement->resources, resource);
}

/* The policy of a role: NULL, and what only the run knows, is the one in which the pipeline runs. */
static struct policy *policy_of(struct policies *policies, const struct value *role)
{
	struct eval eval = {.program = policies->program};
	const struct word *arn = role && role->kind == VALUE_STRING ? role->word : NULL;
	if (!arn || arn == pipeline_text(&eval, "RoleArn"))
		return &policies->execution;
	for (size_t i = 0; i < policies->others.count; i++)
		if (policies->others.items[i]->role == arn)
			return policies->others.items[i];
	struct policy *policy = arena_new(policies->arena, struct policy);
	policy->role = arn;
	vec_push(policies->arena, &policies->others, policy);
	return policy;
}

/* --- texts --- */

const char *policy_text(struct policies *policies, const struct value *value)
{
	struct text text = {0};
	bool is_open = false; /* it ends with a `*` */
	if (!value || value->kind == VALUE_NULL || value->kind == VALUE_ERROR)
		return NULL;
	if (value_is_constant_scalar(value)) {
		value_print_scalar(&text, value);
	} else if (value->kind != VALUE_JOIN) {
		text_putc(&text, '*');
	}
	for (uint32_t i = 0; value->kind == VALUE_JOIN && i < value->count; i++) {
		const char *part = policy_text(policies, value->items[i]);
		if (i && !(is_open && !*value->word->text))
			text_puts(&text, value->word->text);
		is_open = text.length && text.bytes[text.length - 1] == '*';
		text_puts(&text, part && !(is_open && *part == '*') ? part : "");
	}
	const char *copy = arena_copy(policies->arena, text_string(&text), text.length);
	text_free(&text);
	return copy;
}

const char *policy_arn(struct policies *policies, const char *service, const char *rest)
{
	bool is_global = strcmp(service, "iam") == 0 || strcmp(service, "s3") == 0, has_account = strcmp(service, "s3") != 0;
	return arena_printf(policies->arena, "arn:%s:%s:%s:%s:%s", policies->partition, service, is_global ? "" : policies->region,
	                    has_account ? policies->account : "", rest);
}

static const char *lower_case(struct arena *arena, const char *text)
{
	char *copy = arena_copy(arena, text, strlen(text));
	for (char *at = copy; *at; at++)
		*at = (char)tolower((unsigned char)*at);
	return copy;
}

/* SERVICE:RESOURCE and `arn:*:` are completed. The names in SageMaker's ARNs are in small letters or as they were given,
 * depending on the resource and on when it was made: both are meant. */
static void add_resource(struct policies *policies, struct statement *statement, const char *resource)
{
	const char *colon = strchr(resource, ':');
	if (strncmp(resource, "arn:*:", 6) == 0)
		resource = arena_printf(policies->arena, "arn:%s:%s", policies->partition, resource + 6);
	if (strncmp(resource, "arn:", 4) == 0 || !colon) {
		policy_statement_on(policies, statement, resource);
		return;
	}
	const char *service = arena_copy(policies->arena, resource, (size_t)(colon - resource));
	policy_statement_on(policies, statement, policy_arn(policies, service, colon + 1));
	if (strcmp(service, "sagemaker") == 0)
		policy_statement_on(policies, statement, policy_arn(policies, service, lower_case(policies->arena, colon + 1)));
}

/* --- statements that the library makes --- */

static void add_statement(struct policies *policies, struct policy *policy, const struct value *object)
{
	const struct value *actions = value_field_named(object, "Action")->value;
	const struct value *resources = value_field_named(object, "Resource")->value;
	const struct field *condition = value_field_named(object, "Condition");
	const struct value *sid = value_field_named(object, "Sid")->value;
	if (sid->kind != VALUE_STRING || actions->kind != VALUE_LIST || resources->kind != VALUE_LIST)
		return; /* evaluation came to its end, which is reported */
	struct statement *statement = policy_statement(policies, policy, sid->word->text);
	for (uint32_t i = 0; i < actions->count; i++)
		if (actions->items[i]->kind == VALUE_STRING)
			policy_statement_act(policies, statement, actions->items[i]->word->text);
	for (uint32_t i = 0; i < resources->count; i++) {
		const char *resource = policy_text(policies, resources->items[i]);
		if (resource)
			add_resource(policies, statement, resource);
	}
	if (condition)
		statement->condition = condition->value;
}

/* The statements in a list, for a policy or for the role that they name; `step` is whose needs they are, or NULL. */
static void add_statements(struct policies *policies, struct policy *policy, const struct value *list, const struct step *step)
{
	for (uint32_t i = 0; list->kind == VALUE_LIST && i < list->count; i++) {
		const struct value *object = list->items[i];
		const struct field *role = object->kind == VALUE_OBJECT ? value_field_named(object, "Role") : NULL;
		struct policy *own = role ? policy_of(policies, role->value) : policy;
		const struct field *writes = role ? value_field_named(object, "Writes") : NULL;
		if (writes)
			policy_add_data(policies, own, step, writes->value);
		else if (object->kind == VALUE_OBJECT)
			add_statement(policies, own, object);
	}
}

/* A function of the library on values. */
static const struct value *call_library(struct policies *policies, const char *name, const struct value **arguments)
{
	struct program *program = policies->program;
	const struct node *function = world_function(program->world, names_word(&program->world->names, name));
	struct eval eval = {.program = program, .call_site = program->pipeline.node};
	const struct env *env = &program->library.env;
	for (const struct node *p = node_child(function, ROLE_PARAMETER); p; p = node_next(p)) {
		struct env *bound = arena_new(policies->arena, struct env);
		*bound = (struct env){.outer = env, .name = p->word, .value = *arguments++};
		env = bound;
	}
	return eval_expression(&eval, node_child(function, ROLE_VALUE), env);
}

/* Names for the members of a shape; what is not there is null. */
static const struct env *bind_members(struct policies *policies, const struct env *env, const struct type *shape,
                                      const struct value *object)
{
	struct eval eval = {.program = policies->program};
	for (uint32_t i = 0; shape && i < shape->count; i++) {
		const struct field *field = value_field(object, shape->members[i].name);
		struct env *bound = arena_new(policies->arena, struct env);
		*bound = (struct env){.outer = env, .name = shape->members[i].name};
		bound->value = field ? field->value : eval_new(&eval, VALUE_NULL, NULL);
		env = bound;
	}
	return env;
}

static void add_step(struct policies *policies, struct step *step)
{
	struct program *program = policies->program;
	if (!step->kind->needs) {
		bool is_free = step->condition_at || step->kind->is_terminal; /* these run in the service itself */
		if (!is_free)
			diag_help(program_report(program, SP6205, step->node, "what %s needs is not known: the policy lacks it",
			                         kind_text(policies->arena, step->kind)),
			          "add to the policy what the role must be allowed to do for `%s`", step->name->text);
		return;
	}
	struct eval eval = {.program = program, .step = step, .call_site = step->node};
	const struct env *env = bind_members(policies, &program->library.env, step->kind->keys, step->keys);
	if (step->kind->arguments)
		env = bind_members(policies, env, step->kind->arguments, step->arguments);
	add_statements(policies, &policies->execution, eval_expression(&eval, node_child(step->kind->needs, ROLE_VALUE), env), step);
}

/* --- what belongs to no step --- */

static const struct value *text_or_null(struct policies *policies, const struct word *word)
{
	struct eval eval = {.program = policies->program};
	return word ? eval_string(&eval, policies->program->pipeline.node, word->text, word->length)
	            : eval_new(&eval, VALUE_NULL, policies->program->pipeline.node);
}

static const struct value *list_of(struct policies *policies, const struct value **items, size_t count)
{
	struct eval eval = {.program = policies->program};
	struct value *list = eval_new(&eval, VALUE_LIST, policies->program->pipeline.node);
	list->items = items;
	list->count = (uint32_t)count;
	return list;
}

static const struct value *functions_of(struct policies *policies)
{
	const struct program *program = policies->program;
	const struct value **items = arena_array(policies->arena, const struct value *, program->functions.count + 1);
	for (size_t i = 0; i < program->functions.count; i++)
		items[i] = program->functions.items[i].fields;
	return list_of(policies, items, program->functions.count);
}

/* Schedules with their names, as CreateSchedule has them. */
static const struct value *schedules_of(struct policies *policies)
{
	const struct program *program = policies->program;
	const struct value **items = arena_array(policies->arena, const struct value *, program->schedules.count + 1);
	const struct type *shape = world_own_type(program->world, "SchedulerCreateScheduleInput");
	size_t count = 0;
	for (size_t i = 0; i < program->schedules.count; i++) {
		const struct schedule *schedule = program->schedules.items[i];
		if (schedule->is_absent)
			continue;
		struct value *named = arena_new(policies->arena, struct value);
		struct field *fields = arena_array(policies->arena, struct field, schedule->fields->count + 1);
		*named = *schedule->fields;
		memcpy(fields, named->fields, named->count * sizeof *fields);
		const struct value *name = text_or_null(policies, schedule->name);
		fields[named->count++] = (struct field){program->world->word.name, name, schedule->node};
		named->fields = fields;
		named->type = shape;
		items[count++] = named;
	}
	return list_of(policies, items, count);
}

static void add_pipeline(struct policies *policies)
{
	struct program *program = policies->program;
	struct eval eval = {.program = program};
	const struct field *experiment = value_field_named(program->pipeline.fields, "PipelineExperimentConfig");
	bool is_off = experiment && experiment->value->kind == VALUE_NULL;
	const struct value *is_tracked = eval_boolean(&eval, program->pipeline.node, !is_off);
	const struct value *name = text_or_null(policies, program->pipeline.name), *schedules = schedules_of(policies);
	const struct value *role = text_or_null(policies, pipeline_text(&eval, "RoleArn"));
	const struct value *files = text_or_null(policies, program->assets ? pipeline_text(&eval, "Assets") : NULL);
	add_statements(policies, &policies->execution, call_library(policies, "needs_of_runs", &is_tracked), NULL);
	add_statements(policies, &policies->execution,
	               call_library(policies, "needs_of_schedules", (const struct value *[]){name, schedules}), NULL);
	const struct value *arguments[] = {name, role, files, functions_of(policies), schedules};
	add_statements(policies, &policies->deployer, call_library(policies, "needs_of_deployer", arguments), NULL);
}

/* --- writing --- */

static int compare_strings(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Whether another resource, which ends with its only `*`, has this one in it. */
static bool is_covered(const char **items, size_t count, size_t index)
{
	for (size_t i = 0; i < count; i++) {
		size_t length = strcspn(items[i], "*");
		if (i != index && items[i][length] && !items[i][length + 1] && strncmp(items[i], items[index], length) == 0)
			return true;
	}
	return false;
}

static size_t drop_covered(const char **items, size_t count)
{
	for (size_t i = 0; i < count;) {
		if (is_covered(items, count, i))
			memmove(&items[i], &items[i + 1], (--count - i) * sizeof *items);
		else
			i++;
	}
	return count;
}

static void write_strings(struct writer *writer, const char *key, const char **items, size_t count)
{
	qsort(items, count, sizeof *items, compare_strings);
	count = drop_covered(items, count);
	emit_key(writer, key);
	emit_open(writer, '[');
	for (size_t i = 0; i < count; i++) {
		emit_item(writer);
		emit_string(writer, items[i]);
	}
	emit_close(writer, ']');
}

static void write_policy(struct writer *writer, const struct policy *policy)
{
	emit_open(writer, '{');
	emit_key(writer, "Version");
	emit_string(writer, "2012-10-17");
	emit_key(writer, "Statement");
	emit_open(writer, '[');
	for (size_t i = 0; i < policy->statements.count; i++) {
		struct statement *statement = policy->statements.items[i];
		if (!statement->resources.count)
			continue;
		emit_item(writer);
		emit_open(writer, '{');
		emit_key(writer, "Sid");
		emit_string(writer, statement->sid);
		emit_key(writer, "Effect");
		emit_string(writer, "Allow");
		write_strings(writer, "Action", statement->actions.items, statement->actions.count);
		write_strings(writer, "Resource", statement->resources.items, statement->resources.count);
		if (statement->condition) {
			emit_key(writer, "Condition");
			emit_value(writer, statement->condition);
		}
		emit_close(writer, '}');
	}
	emit_close(writer, ']');
	emit_close(writer, '}');
}

static const char *known_or_any(struct eval *eval, const char *name)
{
	const struct word *word = pipeline_text(eval, name);
	return word ? word->text : "*";
}

void policy_write(struct text *out, struct program *program)
{
	struct eval eval = {.program = program};
	struct policies policies = {.program = program, .arena = program->arena};
	policies.partition = known_or_any(&eval, "Partition");
	policies.region = known_or_any(&eval, "Region");
	policies.account = known_or_any(&eval, "Account");
	for (size_t i = 0; i < program->all_steps.count; i++)
		if (!program->all_steps.items[i]->is_absent)
			add_step(&policies, program->all_steps.items[i]);
	add_pipeline(&policies);
	struct writer writer = {.out = out};
	emit_open(&writer, '{');
	emit_key(&writer, "ExecutionRole");
	write_policy(&writer, &policies.execution);
	emit_key(&writer, "Deployer");
	write_policy(&writer, &policies.deployer);
	if (policies.others.count) {
		emit_key(&writer, "OtherRoles");
		emit_open(&writer, '{');
		for (size_t i = 0; i < policies.others.count; i++) {
			emit_key(&writer, policies.others.items[i]->role->text);
			write_policy(&writer, policies.others.items[i]);
		}
		emit_close(&writer, '}');
	}
	emit_close(&writer, '}');
	text_putc(out, '\n');
	diag_finish(program->diags);
}
