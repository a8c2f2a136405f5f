#include "emit/policy.h"

#include "emit/emit_value.h"
#include "emit/policy_data.h"
#include "eval/eval.h"
#include "eval/pipeline.h"

#include <ctype.h>
#include <stdlib.h>

/* The policy of a role. NULL and a deferred role count as the pipeline's role. */
static struct policy *policy_of_role(struct policy_builder *builder, const struct value *role)
{
	struct eval eval = {.program = builder->program};
	const struct word *arn = role && role->kind == VALUE_STRING ? role->word : NULL;
	if (!arn || arn == pipeline_text(&eval, "RoleArn"))
		return &builder->execution;
	for (size_t i = 0; i < builder->others.count; i++)
		if (builder->others.items[i]->role == arn)
			return builder->others.items[i];
	struct policy *policy = arena_new(builder->arena, struct policy);
	policy->role = arn;
	vec_push(builder->arena, &builder->others, policy);
	return policy;
}

static const char *lower_case(struct arena *arena, const char *text)
{
	char *copy = arena_copy(arena, text, strlen(text));
	for (char *at = copy; *at; at++)
		*at = (char)tolower((unsigned char)*at);
	return copy;
}

/* --- statements of the library --- */

/* Adds a resource. SERVICE:RESOURCE becomes an ARN, and `arn:*:` gets the pipeline's partition. Names in SageMaker's ARNs are in
 * lower case or as given, depending on the resource and on when it was created, so both forms are added. */
static void add_resource(struct policy_builder *builder, struct policy_statement *statement, const char *resource)
{
	const char *colon = strchr(resource, ':');
	if (strncmp(resource, "arn:*:", 6) == 0)
		resource = arena_printf(builder->arena, "arn:%s:%s", builder->partition, resource + 6);
	if (strncmp(resource, "arn:", 4) == 0 || !colon) {
		policy_add_resource(builder, statement, resource);
		return;
	}
	const char *service = arena_copy(builder->arena, resource, (size_t)(colon - resource));
	policy_add_resource(builder, statement, policy_arn(builder, service, colon + 1));
	if (strcmp(service, "sagemaker") == 0)
		policy_add_resource(builder, statement, policy_arn(builder, service, lower_case(builder->arena, colon + 1)));
}

static void add_statement(struct policy_builder *builder, struct policy *policy, const struct value *object)
{
	const struct value *actions = value_field_named(object, "Action")->value;
	const struct value *resources = value_field_named(object, "Resource")->value;
	const struct field *condition = value_field_named(object, "Condition");
	const struct value *sid = value_field_named(object, "Sid")->value;
	if (sid->kind != VALUE_STRING || actions->kind != VALUE_LIST || resources->kind != VALUE_LIST)
		return; /* evaluation hit its budget, which is reported */
	struct policy_statement *statement = policy_get_statement(builder, policy, sid->word->text);
	for (uint32_t i = 0; i < actions->count; i++)
		if (actions->items[i]->kind == VALUE_STRING)
			policy_add_action(builder, statement, actions->items[i]->word->text);
	for (uint32_t i = 0; i < resources->count; i++) {
		const char *resource = policy_text(builder, resources->items[i]);
		if (resource)
			add_resource(builder, statement, resource);
	}
	if (condition)
		statement->condition = condition->value;
}

/* Adds a list of statements, which may contain other lists, to a policy. A statement with a `Role` goes to the policy of that role
 * instead. An element { Role, Writes } is no statement: it lets the role use the data of `step`. `step` is the step with these needs,
 * or NULL. */
static void add_statements(struct policy_builder *builder, struct policy *policy, const struct value *list, const struct step *step)
{
	for (uint32_t i = 0; list->kind == VALUE_LIST && i < list->count; i++) {
		const struct value *object = list->items[i];
		add_statements(builder, policy, object, step);
		const struct field *role = object->kind == VALUE_OBJECT ? value_field_named(object, "Role") : NULL;
		struct policy *own = role ? policy_of_role(builder, role->value) : policy;
		const struct field *writes = role ? value_field_named(object, "Writes") : NULL;
		if (writes)
			policy_add_data(builder, own, step, writes->value);
		else if (object->kind == VALUE_OBJECT)
			add_statement(builder, own, object);
	}
}

/* Calls a function of the library. */
static const struct value *call_library(struct policy_builder *builder, const char *name, const struct value **arguments)
{
	struct program *program = builder->program;
	const struct node *function = world_function(program->world, names_word(&program->world->names, name));
	struct eval eval = {.program = program, .origin.call_site = program->pipeline.node};
	const struct env *env = &program->library.env;
	for (const struct node *p = node_child(function, ROLE_PARAMETER); p; p = node_next(p)) {
		struct env *bound = arena_new(builder->arena, struct env);
		*bound = (struct env){.outer = env, .name = p->word, .value = *arguments++};
		env = bound;
	}
	return eval_expression(&eval, node_child(function, ROLE_VALUE), env);
}

/* Binds the members of a shape to the fields of an object; an absent one is null. */
static const struct env *bind_members(struct policy_builder *builder, const struct env *env, const struct type *shape,
                                      const struct value *object)
{
	struct eval eval = {.program = builder->program};
	for (uint32_t i = 0; shape && i < shape->count; i++) {
		const struct field *field = value_field(object, shape->members[i].name);
		struct env *bound = arena_new(builder->arena, struct env);
		*bound = (struct env){.outer = env, .name = shape->members[i].name};
		bound->value = field ? field->value : eval_new(&eval, VALUE_NULL, NULL);
		env = bound;
	}
	return env;
}

static void add_step(struct policy_builder *builder, struct step *step)
{
	struct program *program = builder->program;
	for (size_t i = 0; i < step->named.count; i++)
		policy_add_deletions(builder, &builder->execution, step->named.items[i].step);
	policy_add_json_files(builder, &builder->execution, step);
	if (!step->kind->needs) {
		bool needs_nothing = step->condition_at || step->kind->is_terminal; /* these run inside SageMaker */
		if (!needs_nothing)
			diag_help(program_report(program, SP6205, step->node, "the permissions that %s needs are unknown: the policy does "
			                                                      "not include them",
			                         kind_text(builder->arena, step->kind)),
			          "add the permissions that the role needs for `%s` to the policy", step->name->text);
		return;
	}
	struct eval eval = {.program = program, .step = step, .origin.call_site = step->node};
	const struct env *env = bind_members(builder, &program->library.env, step->kind->keys, step->keys);
	if (step->kind->arguments)
		env = bind_members(builder, env, step->kind->arguments, step->arguments);
	add_statements(builder, &builder->execution, eval_expression(&eval, node_child(step->kind->needs, ROLE_VALUE), env), step);
}

/* --- permissions of the pipeline as a whole --- */

static const struct value *text_or_null(struct policy_builder *builder, const struct word *word)
{
	struct eval eval = {.program = builder->program};
	return word ? eval_string(&eval, builder->program->pipeline.node, word->text, word->length)
	            : eval_new(&eval, VALUE_NULL, builder->program->pipeline.node);
}

static const struct value *new_list(struct policy_builder *builder, const struct value **items, size_t count)
{
	struct eval eval = {.program = builder->program};
	struct value *list = eval_new(&eval, VALUE_LIST, builder->program->pipeline.node);
	list->items = items;
	list->count = (uint32_t)count;
	return list;
}

static const struct value *functions_of(struct policy_builder *builder)
{
	const struct program *program = builder->program;
	const struct value **items = arena_array(builder->arena, const struct value *, program->functions.count + 1);
	for (size_t i = 0; i < program->functions.count; i++)
		items[i] = program->functions.items[i].fields;
	return new_list(builder, items, program->functions.count);
}

/* The schedules as requests of CreateSchedule, with their names. */
static const struct value *schedules_of(struct policy_builder *builder)
{
	const struct program *program = builder->program;
	const struct value **items = arena_array(builder->arena, const struct value *, program->schedules.count + 1);
	const struct type *shape = world_own_type(program->world, "SchedulerCreateScheduleInput");
	size_t count = 0;
	for (size_t i = 0; i < program->schedules.count; i++) {
		const struct schedule *schedule = program->schedules.items[i];
		if (schedule->is_absent)
			continue;
		struct value *named = arena_new(builder->arena, struct value);
		struct field *fields = arena_array(builder->arena, struct field, schedule->fields->count + 1);
		*named = *schedule->fields;
		memcpy(fields, named->fields, named->count * sizeof *fields);
		const struct value *name = text_or_null(builder, schedule->name);
		fields[named->count++] = (struct field){program->world->word.name, name, schedule->node};
		named->fields = fields;
		named->type = shape;
		items[count++] = named;
	}
	return new_list(builder, items, count);
}

static void add_pipeline(struct policy_builder *builder)
{
	struct program *program = builder->program;
	struct eval eval = {.program = program};
	const struct field *experiment = value_field_named(program->pipeline.fields, "PipelineExperimentConfig");
	bool is_off = experiment && experiment->value->kind == VALUE_NULL;
	const struct value *is_tracked = eval_boolean(&eval, program->pipeline.node, !is_off);
	const struct value *name = text_or_null(builder, program->pipeline.name), *schedules = schedules_of(builder);
	const struct value *role = text_or_null(builder, pipeline_text(&eval, "RoleArn"));
	const struct value *files = text_or_null(builder, program->assets ? pipeline_text(&eval, "Assets") : NULL);
	add_statements(builder, &builder->execution, call_library(builder, "needs_of_runs", &is_tracked), NULL);
	add_statements(builder, &builder->execution,
	               call_library(builder, "needs_of_schedules", (const struct value *[]){name, schedules}), NULL);
	const struct value *arguments[] = {name, role, files, functions_of(builder), schedules};
	add_statements(builder, &builder->deployer, call_library(builder, "needs_of_deployer", arguments), NULL);
}

/* --- JSON --- */

static int compare_strings(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Whether another resource, whose only `*` is at its end, covers this one. */
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

static void write_strings(struct emit_writer *writer, const char *key, const char **items, size_t count)
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

static void write_policy(struct emit_writer *writer, const struct policy *policy)
{
	emit_open(writer, '{');
	emit_key(writer, "Version");
	emit_string(writer, "2012-10-17");
	emit_key(writer, "Statement");
	emit_open(writer, '[');
	for (size_t i = 0; i < policy->statements.count; i++) {
		struct policy_statement *statement = policy->statements.items[i];
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
	struct policy_builder builder = {.program = program, .arena = program->arena};
	builder.partition = known_or_any(&eval, "Partition");
	builder.region = known_or_any(&eval, "Region");
	builder.account = known_or_any(&eval, "Account");
	for (size_t i = 0; i < program->all_steps.count; i++)
		if (!program->all_steps.items[i]->is_absent)
			add_step(&builder, program->all_steps.items[i]);
	add_pipeline(&builder);
	struct emit_writer writer = {.out = out};
	emit_open(&writer, '{');
	emit_key(&writer, "ExecutionRole");
	write_policy(&writer, &builder.execution);
	emit_key(&writer, "Deployer");
	write_policy(&writer, &builder.deployer);
	if (builder.others.count) {
		emit_key(&writer, "OtherRoles");
		emit_open(&writer, '{');
		for (size_t i = 0; i < builder.others.count; i++) {
			emit_key(&writer, builder.others.items[i]->role->text);
			write_policy(&writer, builder.others.items[i]);
		}
		emit_close(&writer, '}');
	}
	emit_close(&writer, '}');
	text_putc(out, '\n');
	diag_finish(program->diags);
}
