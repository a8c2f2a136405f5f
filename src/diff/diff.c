#include "diff/diff_parts.h"

#include "emit/emit.h"

/* --- members of the request other than the definition --- */

static const struct value *text_value(struct program *program, const char *text)
{
	return diff_new_string(program, text, strlen(text));
}

/* A member of a request; NULL also for an empty one. */
static const struct value *request_member(const struct value *request, const char *name)
{
	const struct value *value = diff_member(request, name);
	return value && !diff_is_empty_value(value) ? value : NULL;
}

static void compare_request_member(struct comparison *comparison, const char *name, const struct value *old,
                                   const struct value *new)
{
	struct program *program = comparison->diff->program;
	const struct type *type = world_own_type(program->world, "Pipeline");
	const struct word *word = names_word(&program->world->names, name);
	const struct field *field = value_field(program->pipeline.fields, word);
	struct member *member = type_find_member(type, word);
	const struct diff_path pipeline = {.at = program->pipeline.node};
	const struct diff_path path = {.outer = &pipeline, .key = word, .source = field ? field->value : NULL,
	                          .at = field ? field->at : NULL};
	diff_compare(comparison, &path, old, new, member ? type_of_member(member) : type_primitive(TYPE_ANY));
}

/* The items of a list that another list has too, in the order of the latter. */
static const struct value *common_items(struct program *program, const struct value *list, const struct value *other)
{
	struct value *common = diff_new_list(program, other->count);
	uint32_t count = 0;
	for (uint32_t i = 0; i < other->count; i++)
		for (uint32_t j = 0; list && j < list->count; j++)
			if (list->items[j]->kind == VALUE_STRING && names_is(list->items[j]->word, other->items[i]->word->text)) {
				common->items[count++] = list->items[j];
				break;
			}
	common->count = count;
	return common;
}

/* The aliases of the newest version, in a reply of DescribePipeline, may be more than the program declares: a deployment only
 * adds aliases. */
static void compare_aliases(struct comparison *comparison, const struct value *old, const struct value *new)
{
	static const char name[] = "PipelineVersionAliases";
	const struct value *old_aliases = request_member(old, name), *new_aliases = request_member(new, name);
	if (diff_member(old, "PipelineArn") && new_aliases) {
		const struct value *common = common_items(comparison->diff->program, old_aliases, new_aliases);
		old_aliases = common->count ? common : NULL;
	}
	if (new_aliases || !diff_member(old, "PipelineArn"))
		compare_request_member(comparison, name, old_aliases, new_aliases);
}

/* Only a request has tags, a reply of DescribePipeline does not. The role is compared only if the program has one; else the
 * deployment supplies it. The display name defaults to the name. */
static void compare_requests(struct diff *diff, const struct value *old, const struct value *new)
{
	static const char *const always[] = {"PipelineName", "PipelineDescription", "ParallelismConfiguration"};
	struct comparison comparison = {.diff = diff, .subject = DIFF_PIPELINE};
	const struct value *old_display = request_member(old, "PipelineDisplayName");
	const struct value *new_display = request_member(new, "PipelineDisplayName");
	for (size_t i = 0; i < sizeof always / sizeof *always; i++)
		compare_request_member(&comparison, always[i], request_member(old, always[i]), request_member(new, always[i]));
	if (old_display || new_display)
		compare_request_member(&comparison, "PipelineDisplayName", old_display ? old_display : request_member(old, "PipelineName"),
		                       new_display ? new_display : request_member(new, "PipelineName"));
	if (request_member(new, "RoleArn"))
		compare_request_member(&comparison, "RoleArn", request_member(old, "RoleArn"), request_member(new, "RoleArn"));
	if (diff_member(old, "Tags") || !diff_member(old, "PipelineArn"))
		compare_request_member(&comparison, "Tags", request_member(old, "Tags"), request_member(new, "Tags"));
	compare_aliases(&comparison, old, new);
}

/* --- the definition without parameters and steps --- */

static const struct value *root_member(struct program *program, const struct value *definition, const struct word *name)
{
	const struct field *field = value_field(definition, name);
	if (names_is(name, "Version"))
		return field ? field->value : text_value(program, "2020-12-01"); /* the only version */
	return field && !(names_is(name, "Metadata") && diff_is_empty_value(field->value)) ? field->value : NULL;
}

static void compare_roots(struct diff *diff, const struct value *old, const struct value *new)
{
	struct comparison comparison = {.diff = diff, .subject = DIFF_PIPELINE};
	for (int side = 0; side < 2; side++) {
		const struct value *object = side ? old : new; /* members of both sides are compared once */
		for (uint32_t i = 0; i < object->count; i++) {
			const struct word *name = object->fields[i].name;
			bool is_elsewhere = names_is(name, "Parameters") || names_is(name, "Steps");
			if (!is_elsewhere && (!side || !value_field(new, name)))
				compare_request_member(&comparison, name->text, root_member(diff->program, old, name),
				                       root_member(diff->program, new, name));
		}
	}
}

/* --- parameters --- */

/* The known members of a parameter, and how the language writes them. */
static const char *const parameter_parts[][2] = {{"Type", "type"}, {"DefaultValue", "default"}, {"EnumValues", "in"}};

/* A member of a parameter. A parameter without a type is a String, and EnumValues have no order. */
static const struct value *parameter_member(struct program *program, const struct value *parameter, const char *name)
{
	const struct value *value = diff_member(parameter, name);
	if (strcmp(name, "Type") == 0)
		return value ? value : text_value(program, "String");
	if (strcmp(name, "EnumValues") == 0)
		return value && !diff_is_empty_value(value) ? diff_sorted(program, value) : NULL;
	return value;
}

static bool is_known_member(const struct word *name)
{
	for (size_t i = 0; i < sizeof parameter_parts / sizeof *parameter_parts; i++)
		if (names_is(name, parameter_parts[i][0]))
			return true;
	return names_is(name, "Name");
}

static void compare_parameter(struct comparison *comparison, const struct diff_path *whole, const struct value *old,
                              const struct value *new)
{
	struct program *program = comparison->diff->program;
	for (size_t i = 0; i < sizeof parameter_parts / sizeof *parameter_parts; i++) {
		const char *name = parameter_parts[i][0];
		const struct diff_path path = {.outer = whole, .label = parameter_parts[i][1],
		                          .key = names_word(&program->world->names, name)};
		diff_compare_whole(comparison, &path, parameter_member(program, old, name), parameter_member(program, new, name));
	}
	for (int side = 0; side < 2; side++) {
		const struct value *object = side ? old : new;
		for (uint32_t i = 0; i < object->count; i++) {
			const struct word *name = object->fields[i].name;
			const struct diff_path path = {.outer = whole, .key = name};
			if (!is_known_member(name) && (!side || !value_field(new, name)))
				diff_compare_whole(comparison, &path, diff_member(old, name->text), diff_member(new, name->text));
		}
	}
}

static const struct node *parameter_node(const struct program *program, const struct word *name)
{
	for (size_t i = 0; i < program->symbols.count; i++)
		if (program->symbols.items[i]->kind == SYMBOL_PARAM && program->symbols.items[i]->emitted == name)
			return program->symbols.items[i]->node;
	return NULL;
}

/* Indexes the parameters of one side by name. If several have the same name, the first counts. */
static void index_parameters(struct program *program, struct map *map, const struct value *list)
{
	for (uint32_t i = 0; i < list->count; i++) {
		const struct word *name = diff_member(list->items[i], "Name")->word;
		if (!map_get(map, name))
			map_put(program->arena, map, name, (void *)list->items[i]);
	}
}

static void compare_parameters(struct diff *diff, const struct value *old, const struct value *new)
{
	struct program *program = diff->program;
	struct map olds = {0}, news = {0};
	const struct value *none = diff_new_list(program, 0);
	old = old ? old : none;
	new = new ? new : none;
	index_parameters(program, &olds, old);
	index_parameters(program, &news, new);
	for (uint32_t i = 0; i < new->count; i++) {
		const struct word *name = diff_member(new->items[i], "Name")->word;
		const struct value *other = map_get(&olds, name);
		struct comparison comparison = {.diff = diff, .subject = DIFF_PARAMETER, .name = name};
		const struct diff_path path = {.at = parameter_node(program, name)};
		if (other)
			compare_parameter(&comparison, &path, other, new->items[i]);
		else
			diff_note(&comparison, DIFF_ADDED, &path, NULL, new->items[i]);
	}
	for (uint32_t i = 0; i < old->count; i++) {
		const struct word *name = diff_member(old->items[i], "Name")->word;
		struct comparison comparison = {.diff = diff, .subject = DIFF_PARAMETER, .name = name};
		if (!map_get(&news, name))
			diff_note(&comparison, DIFF_REMOVED, NULL, old->items[i], NULL);
	}
}

/* --- the whole --- */

/* Finds the step of the program for each step of its definition. */
static void link_sources(struct program *program, struct diff_side *side)
{
	for (size_t i = 0; i < program->all_steps.count; i++) {
		const struct step *step = program->all_steps.items[i];
		struct diff_step *emitted = step->is_absent ? NULL : map_get(&side->steps_by_name, step->step_name);
		if (emitted)
			emitted->source = step;
	}
}

struct diff *diff_program(struct program *program, const char *name, const char *text, size_t length)
{
	struct diff *diff = arena_new(program->arena, struct diff);
	struct diff_side old = {0}, new = {0};
	struct text own = {0};
	emit_request(&own, program);
	const char *request = arena_copy(program->arena, own.bytes, own.length);
	bool is_read = diff_read_side(&old, program, name, text, length) &&
	               diff_read_side(&new, program, "the program", request, own.length);
	text_free(&own);
	diag_finish(program->diags);
	if (!is_read)
		return NULL;
	*diff = (struct diff){.program = program, .against = name, .name = program->pipeline.name};
	diff_fill_names(diff);
	link_sources(program, &new);
	if (old.request)
		compare_requests(diff, old.request, new.request);
	compare_roots(diff, old.definition, new.definition);
	compare_parameters(diff, diff_member(old.definition, "Parameters"), diff_member(new.definition, "Parameters"));
	diff_steps(diff, &old, &new);
	diff_predict_cache(diff, &new);
	return diff;
}

bool diff_is_empty(const struct diff *diff)
{
	return !diff->differences.count;
}
