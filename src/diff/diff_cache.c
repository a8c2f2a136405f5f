/* Predicts which steps lose their cache. SageMaker reuses the results of a step while the attributes of its cache key equal those of
 * an earlier run (SageMaker Developer Guide, on caching pipeline steps; `clauses cache` in the library). An attribute changes when
 * the program changes it or something that it refers to: the default of a parameter, an argument of another step, or the output
 * of another step that runs again. */
#include "diff/diff_parts.h"

/* --- cache keys --- */

static bool is_cached(const struct diff_step *step)
{
	const struct value *cache = diff_member(step->object, "CacheConfig");
	return cache && cache->kind == VALUE_OBJECT;
}

static bool was_cached(const struct diff_step *step)
{
	return step->source && step->other && is_cached(step->other);
}

/* Whether a member of Arguments or a step key is part of the cache key. For a kind whose key is not documented, assumes every member
 * that affects what the step does. */
static bool is_in_key(const struct diff_step *step, const struct word *member)
{
	static const char *const others[] = {"DependsOn", "CacheConfig", "RetryPolicies", "PropertyFiles", "DisplayName",
	                                     "Description"};
	const struct node *key = step->source->kind->cache_keys;
	for (const struct node *item = node_child(key, ROLE_ITEM); item; item = node_next(item))
		if (item->word == member)
			return true;
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (names_is(member, others[i]))
			return false;
	return !key && member;
}

/* --- references --- */

/* A step that refers to something, in a list of such steps. */
struct diff_reader {
	struct diff_step *step;
	const struct diff_reader *next;
};

struct prediction {
	struct diff *diff;
	const struct diff_side *new;
	struct map readers;           /* struct diff_reader: cached steps whose cache keys refer to output of a step, by that step's name */
	struct map parameter_readers; /* the same for parameters */
	VEC(struct diff_step *) lost; /* steps that lose their cache */
	struct map reasons;           /* const char: the reason, by the name of the step */
	struct map places;            /* struct node: the cause, by the name of the step */
};

static void add_reader(struct prediction *prediction, struct map *map, const char *name, size_t length,
                       struct diff_step *step)
{
	struct program *program = prediction->diff->program;
	const struct word *word = names_intern(&program->world->names, name, length);
	const struct diff_reader *last = map_get(map, word);
	if (last && last->step == step)
		return;
	struct diff_reader *reader = arena_new(program->arena, struct diff_reader);
	*reader = (struct diff_reader){step, last};
	map_put(program->arena, map, word, reader);
}

static void mark_lost(struct prediction *prediction, struct diff_step *step, const struct node *at, const char *why)
{
	struct arena *arena = prediction->diff->program->arena;
	if (step->is_lost)
		return;
	step->is_lost = true;
	map_put(arena, &prediction->reasons, step->name, (void *)why);
	map_put(arena, &prediction->places, step->name, (void *)(at ? at : diff_step_node(prediction->diff->program, step)));
	vec_push(arena, &prediction->lost, step);
}

/* The first element of a list that has a member with this text; or NULL. */
static const struct value *find_element(const struct value *list, const char *name, size_t length)
{
	for (uint32_t i = 0; i < list->count; i++) {
		const struct value *element = list->items[i];
		for (uint32_t k = 0; element->kind == VALUE_OBJECT && k < element->count; k++) {
			const struct value *value = element->fields[k].value;
			if (value->kind == VALUE_STRING && value->word->length == length &&
			    memcmp(value->word->text, name, length) == 0)
				return element;
		}
	}
	return NULL;
}

/* The argument of a step that the property at `path` repeats; NULL if there is none, or if it is not a constant. */
static const struct value *argument_at(struct program *program, const struct diff_step *step, const char *path)
{
	const struct value *value = diff_member(step->object, "Arguments");
	while (value && *path) {
		if (diff_expression(value))
			return NULL;
		path += *path == '.';
		bool is_key = strncmp(path, "['", 2) == 0;
		const char *name = is_key ? path + 2 : path, *end = is_key ? strstr(name, "']") : name + strcspn(name, ".[");
		if (!end || end == name)
			return NULL;
		size_t length = (size_t)(end - name);
		if (value->kind == VALUE_OBJECT) {
			const struct field *field = value_field(value, names_intern(&program->world->names, name, length));
			value = field ? field->value : NULL;
		} else {
			value = value->kind == VALUE_LIST && is_key ? find_element(value, name, length) : NULL;
		}
		path = is_key ? end + 2 : end;
	}
	return value && value_is_constant_scalar(value) ? value : NULL;
}

/* Handles a reference to a property. `name` is the name of the other step; the path of the property follows it. */
static void check_property(struct prediction *prediction, struct diff_step *step, const char *name, size_t length)
{
	struct diff *diff = prediction->diff;
	const char *path = name + length;
	const struct word *word = names_intern(&diff->program->world->names, name, length);
	const struct diff_step *other = map_get(&prediction->new->steps_by_name, word);
	const struct value *argument = other ? argument_at(diff->program, other, path) : NULL;
	const struct value *old_argument = argument && other->other ? argument_at(diff->program, other->other, path) : NULL;
	if (!argument)
		add_reader(prediction, &prediction->readers, name, length, step);
	else if (old_argument && !value_equal(argument, old_argument))
		mark_lost(prediction, step, NULL,
		          arena_printf(diff->program->arena, "the value that it takes from `%s` has changed", diff_step_name(diff, word)));
}

static void find_references(struct prediction *prediction, struct diff_step *step, const struct value *value)
{
	static const char parameters[] = "Parameters.";
	const char *expression = diff_expression(value), *name;
	if (expression && strcmp(expression, "Get") == 0 && value->fields[0].value->kind == VALUE_STRING) {
		const struct word *path = value->fields[0].value->word;
		size_t length = diff_reference_step(path, &name);
		if (length)
			check_property(prediction, step, name, length);
		else if (strncmp(path->text, parameters, sizeof parameters - 1) == 0)
			add_reader(prediction, &prediction->parameter_readers, path->text + sizeof parameters - 1,
			           path->length - (sizeof parameters - 1), step);
	}
	for (uint32_t i = 0; (value->kind == VALUE_OBJECT || value->kind == VALUE_LIST) && i < value->count; i++)
		find_references(prediction, step, value->kind == VALUE_OBJECT ? value->fields[i].value : value->items[i]);
}

/* Collects the references in the cache key of a step. */
static void index_key(struct prediction *prediction, struct diff_step *step)
{
	const struct value *arguments = diff_member(step->object, "Arguments");
	bool has_members = step->source->arguments && arguments && arguments->kind == VALUE_OBJECT;
	for (uint32_t i = 0; has_members && i < arguments->count; i++)
		if (is_in_key(step, arguments->fields[i].name))
			find_references(prediction, step, arguments->fields[i].value);
	for (uint32_t i = 0; !step->source->kind->cache_keys && i < step->object->count; i++)
		if (is_in_key(step, step->object->fields[i].name))
			find_references(prediction, step, step->object->fields[i].value);
}

/* --- reasons --- */

/* Reasons in the step itself; check_difference has those in its fields. */
static void check_step(struct prediction *prediction, struct diff_step *step)
{
	struct arena *arena = prediction->diff->program->arena;
	if (step->other->name != step->name)
		mark_lost(prediction, step, NULL,
		          arena_printf(arena, "it was named `%s`, and results are cached by name", step->other->name->text));
	else if (step->other->type != step->type)
		mark_lost(prediction, step, NULL, "its step type has changed");
	else if (!is_cached(step))
		mark_lost(prediction, step, NULL, "its cache is now off");
}

static void check_difference(struct prediction *prediction, const struct difference *difference)
{
	struct arena *arena = prediction->diff->program->arena;
	struct diff_step *step = (struct diff_step *)difference->step;
	bool is_judged = step && was_cached(step) && difference->member;
	if (is_judged && is_in_key(step, difference->member))
		mark_lost(prediction, step, difference->at,
		          arena_printf(arena, "`%s` is one of the fields that SageMaker compares%s", difference->field,
		                       step->source->kind->cache_keys ? "" : ", as far as is known"));
}

/* A changed default. Executions that give the parameter a value are not affected. */
static void check_parameter(struct prediction *prediction, const struct difference *difference)
{
	struct arena *arena = prediction->diff->program->arena;
	if (difference->subject != DIFF_PARAMETER || !names_is(difference->member, "DefaultValue"))
		return;
	const struct diff_reader *reader = map_get(&prediction->parameter_readers, difference->name);
	for (; reader; reader = reader->next)
		mark_lost(prediction, reader->step, difference->at,
		          arena_printf(arena, "the default of `%s` has changed",
		                       diff_parameter_name(prediction->diff, difference->name)));
}

/* Steps that use the output of a step that runs again lose their cache too. */
static void propagate(struct prediction *prediction)
{
	struct arena *arena = prediction->diff->program->arena;
	for (size_t i = 0; i < prediction->lost.count; i++) {
		const struct diff_step *step = prediction->lost.items[i];
		const char *why = arena_printf(arena, "it reads results of `%s`, which runs again",
		                               diff_step_name(prediction->diff, step->name));
		for (const struct diff_reader *reader = map_get(&prediction->readers, step->name); reader; reader = reader->next)
			mark_lost(prediction, reader->step, NULL, why);
	}
}

void diff_predict_cache(struct diff *diff, const struct diff_side *new)
{
	struct prediction prediction = {.diff = diff, .new = new};
	for (size_t i = 0; i < new->steps.count; i++)
		if (was_cached(new->steps.items[i]))
			check_step(&prediction, new->steps.items[i]);
	for (size_t i = 0; i < diff->differences.count; i++)
		check_difference(&prediction, &diff->differences.items[i]);
	for (size_t i = 0; i < new->steps.count; i++)
		if (was_cached(new->steps.items[i]) && is_cached(new->steps.items[i]))
			index_key(&prediction, new->steps.items[i]);
	for (size_t i = 0; i < diff->differences.count; i++)
		check_parameter(&prediction, &diff->differences.items[i]);
	propagate(&prediction);
	for (size_t i = 0; i < new->steps.count; i++) {
		const struct diff_step *step = new->steps.items[i];
		struct lost_cache lost = {step, map_get(&prediction.reasons, step->name), map_get(&prediction.places, step->name)};
		if (step->is_lost)
			vec_push(diff->program->arena, &diff->lost, lost);
	}
}
