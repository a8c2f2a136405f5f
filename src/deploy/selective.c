#include "deploy/selective.h"

#include "base/json.h"
#include "base/json_tree.h"
#include "deploy/execution.h"

#include <cjson/cJSON.h>
#include <string.h>

enum { SOURCES_MAX = 20, SELECTED_MAX = 50 };

/* --- the graph of a definition --- */

static size_t find(const struct selective *selective, const char *name, size_t length)
{
	size_t i = 0;
	for (; i < selective->steps.count; i++)
		if (strlen(selective->steps.items[i].name) == length && strncmp(selective->steps.items[i].name, name, length) == 0)
			break;
	return i;
}

static void add_steps(struct selective *selective, const cJSON *list)
{
	const cJSON *item;
	cJSON_ArrayForEach(item, list) {
		const char *name = json_text(item, "Name");
		const cJSON *arguments = cJSON_GetObjectItemCaseSensitive(item, "Arguments");
		if (!name)
			continue;
		struct selective_step step = {.name = arena_copy(selective->arena, name, strlen(name))};
		vec_push(selective->arena, &selective->steps, step);
		add_steps(selective, cJSON_GetObjectItemCaseSensitive(arguments, "IfSteps"));
		add_steps(selective, cJSON_GetObjectItemCaseSensitive(arguments, "ElseSteps"));
	}
}

static void add_dependency(struct selective *selective, size_t step, const char *name, size_t length, bool needs_result)
{
	size_t other = find(selective, name, length);
	const struct selective_dependency dependency = {other, needs_result};
	if (other < selective->steps.count && other != step)
		vec_push(selective->arena, &selective->steps.items[step].dependencies, dependency);
}

static bool is_key(const cJSON *item, const char *key)
{
	return item->string && strcmp(item->string, key) == 0;
}

/* Adds the steps to which a step refers: by a `Get` of "Steps.NAME.…" anywhere in it, but not
 * in the steps of its branches. */
static void add_references(struct selective *selective, size_t step, const cJSON *value)
{
	static const char steps[] = "Steps.";
	const cJSON *item;
	cJSON_ArrayForEach(item, value) {
		const char *text = cJSON_GetStringValue(item);
		if (is_key(item, "IfSteps") || is_key(item, "ElseSteps"))
			continue;
		if (text && is_key(item, "Get") && strncmp(text, steps, sizeof steps - 1) == 0)
			add_dependency(selective, step, text + sizeof steps - 1, strcspn(text + sizeof steps - 1, ".["), true);
		add_references(selective, step, item);
	}
}

/* Adds what DependsOn names, in a step and in the steps of its body: those run as a part of it. */
static void add_depends_on(struct selective *selective, size_t step, const cJSON *item)
{
	const cJSON *other, *arguments = cJSON_GetObjectItemCaseSensitive(item, "Arguments");
	cJSON_ArrayForEach(other, cJSON_GetObjectItemCaseSensitive(item, "DependsOn")) {
		const char *named = cJSON_IsString(other) ? other->valuestring : json_text(other, "Step");
		const char *trigger = json_text(other, "Trigger");
		if (named)
			add_dependency(selective, step, named, strlen(named), !trigger || strcmp(trigger, "Completed") == 0);
	}
	cJSON_ArrayForEach(other, cJSON_GetObjectItemCaseSensitive(arguments, "ForEachBody"))
		add_depends_on(selective, step, other);
}

/* Adds the dependencies of all steps in a list: DependsOn, references, and the condition whose branch the list is, if any. */
static void add_dependencies(struct selective *selective, const cJSON *list, const char *condition)
{
	const cJSON *item;
	cJSON_ArrayForEach(item, list) {
		const char *name = json_text(item, "Name");
		const cJSON *arguments = cJSON_GetObjectItemCaseSensitive(item, "Arguments");
		if (!name)
			continue;
		size_t step = find(selective, name, strlen(name));
		if (condition)
			add_dependency(selective, step, condition, strlen(condition), true);
		add_depends_on(selective, step, item);
		add_references(selective, step, item);
		add_dependencies(selective, cJSON_GetObjectItemCaseSensitive(arguments, "IfSteps"), name);
		add_dependencies(selective, cJSON_GetObjectItemCaseSensitive(arguments, "ElseSteps"), name);
	}
}

void selective_read(struct selective *selective, struct arena *arena, const struct cJSON *definition)
{
	*selective = (struct selective){.arena = arena};
	const cJSON *steps = cJSON_GetObjectItemCaseSensitive(definition, "Steps");
	add_steps(selective, steps);
	add_dependencies(selective, steps, NULL);
}

const char *selective_find_parent(const struct cJSON *definition, const char *name)
{
	const cJSON *step, *inner;
	cJSON_ArrayForEach(step, cJSON_GetObjectItemCaseSensitive(definition, "Steps")) {
		const cJSON *arguments = cJSON_GetObjectItemCaseSensitive(step, "Arguments");
		cJSON_ArrayForEach(inner, cJSON_GetObjectItemCaseSensitive(arguments, "ForEachBody")) {
			const char *own = json_text(inner, "Name");
			if (own && strcmp(own, name) == 0)
				return json_text(step, "Name");
		}
	}
	return NULL;
}

/* --- the steps that run --- */

bool selective_select(struct selective *selective, const char *name)
{
	size_t step = find(selective, name, strlen(name));
	if (step == selective->steps.count)
		return false;
	selective->steps.items[step].is_selected = true;
	return true;
}

/* Propagates the marks along all edges once; false if nothing changed. */
static bool propagate(struct selective *selective)
{
	bool is_new = false;
	for (size_t i = 0; i < selective->steps.count; i++) {
		struct selective_step *step = &selective->steps.items[i];
		for (size_t j = 0; j < step->dependencies.count; j++) {
			struct selective_step *dependency = &selective->steps.items[step->dependencies.items[j].step];
			bool is_after = dependency->is_selected || dependency->is_after, is_before = step->is_selected || step->is_before;
			is_new |= (is_after && !step->is_after) || (is_before && !dependency->is_before);
			step->is_after |= is_after;
			dependency->is_before |= is_before;
		}
	}
	return is_new;
}

void selective_complete(struct selective *selective)
{
	while (propagate(selective))
		continue;
	for (size_t i = 0; i < selective->steps.count; i++) {
		struct selective_step *step = &selective->steps.items[i];
		step->runs = step->is_selected || (step->is_after && step->is_before);
	}
	for (size_t i = 0; i < selective->steps.count; i++) {
		const struct selective_step *step = &selective->steps.items[i];
		for (size_t j = 0; step->runs && j < step->dependencies.count; j++) {
			struct selective_step *dependency = &selective->steps.items[step->dependencies.items[j].step];
			dependency->is_source |= !dependency->runs && step->dependencies.items[j].needs_result;
		}
	}
}

/* --- the source execution --- */

/* Sets `*missing` to a step that is needed and did not succeed in an execution, or to NULL. False after a failure. */
static bool find_missing(struct selective *selective, struct aws *aws, const char *arn, const char **missing,
                         struct aws_failure *failure)
{
	cJSON *list = execution_list_steps(aws, arn, failure);
	*missing = NULL;
	for (size_t i = 0; list && i < selective->steps.count; i++) {
		const cJSON *item, *found = NULL;
		cJSON_ArrayForEach(item, list) {
			const char *name = json_text(item, "StepName");
			const char *status = json_text(item, "StepStatus");
			if (name && status && strcmp(name, selective->steps.items[i].name) == 0 && strcmp(status, "Succeeded") == 0)
				found = item;
		}
		if (selective->steps.items[i].is_source && !found)
			*missing = selective->steps.items[i].name;
	}
	bool is_read = list != NULL;
	cJSON_Delete(list);
	return is_read;
}

static const char *first_source(const struct selective *selective)
{
	for (size_t i = 0; i < selective->steps.count; i++)
		if (selective->steps.items[i].is_source)
			return selective->steps.items[i].name;
	return NULL;
}

static size_t count_running(const struct selective *selective)
{
	size_t count = 0;
	for (size_t i = 0; i < selective->steps.count; i++)
		count += selective->steps.items[i].runs;
	return count;
}

bool selective_find_source(struct selective *selective, struct aws *aws, const char *pipeline, const char *given,
                           const char **source, struct aws_failure *failure)
{
	struct executions list = {{0}};
	const char *missing = NULL, *needed = first_source(selective);
	*source = given;
	if (count_running(selective) > SELECTED_MAX) {
		aws_fail(aws, failure, SP6075, NULL, "%zu steps would run, but a selective execution can have at most %d",
		         count_running(selective), SELECTED_MAX);
		return false;
	}
	if (!needed)
		return true;
	if (given) {
		bool is_read = find_missing(selective, aws, given, &missing, failure);
		if (is_read && missing)
			aws_fail(aws, failure, SP6075, "select another execution with --execution, or also run that step",
			         "execution %s has no result of `%s`, which the selected steps need", execution_id(given), missing);
		return is_read && !missing;
	}
	if (!execution_list(aws, selective->arena, pipeline, SOURCES_MAX, &list, failure))
		return false;
	for (size_t i = 0; i < list.items.count; i++) {
		const struct execution *execution = &list.items.items[i];
		if (execution_is_active(execution->status) || strcmp(execution->status, "Stopped") == 0)
			continue;
		if (!find_missing(selective, aws, execution->arn, &missing, failure))
			return false;
		if (!missing) {
			*source = execution->arn;
			return true;
		}
	}
	aws_fail(aws, failure, SP6075, "also run that step, or run the whole pipeline",
	         "no finished execution has a result of `%s`, which the selected steps need", missing ? missing : needed);
	return false;
}

void selective_write(struct text *out, const struct selective *selective, const char *source)
{
	bool is_first = true;
	text_putc(out, '{');
	if (source) {
		text_puts(out, "\"SourcePipelineExecutionArn\": ");
		json_add_string(out, source, strlen(source));
		text_puts(out, ", ");
	}
	text_puts(out, "\"SelectedSteps\": [");
	for (size_t i = 0; i < selective->steps.count; i++) {
		if (!selective->steps.items[i].runs)
			continue;
		text_puts(out, is_first ? "{\"StepName\": " : ", {\"StepName\": ");
		json_add_string(out, selective->steps.items[i].name, strlen(selective->steps.items[i].name));
		text_putc(out, '}');
		is_first = false;
	}
	text_puts(out, "]}");
}
