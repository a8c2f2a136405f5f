#include "diff/diff_parts.h"

/* A member of a step that the language writes as a clause. The fields are those of struct diff_path. */
struct clause_label {
	const char *member, *label;
	const char *by;               /* NULL: the elements have no names */
	bool are_steps;
};

static const struct clause_label clauses[] = {
	{"DependsOn", "depends on", NULL, true},
	{"RetryPolicies", "retry", NULL, false},
	{"PropertyFiles", "property file", "PropertyFileName", false},
	{"OutputParameters", "output", "OutputName", false},
};

/* --- places in the program --- */

/* A placeholder value that only carries the place of a clause. */
static const struct value *new_place_value(struct program *program, const struct node *node)
{
	struct value *value = arena_new(program->arena, struct value);
	value->kind = VALUE_NULL;
	value->at = node;
	return value;
}

/* A list of values at the places of the clauses that make a member of the definition, one for each element. */
static const struct value *clause_places(struct program *program, const struct step *step, const char *member)
{
	if (strcmp(member, "RetryPolicies") == 0)
		return step->retries;
	struct value *list = diff_new_list(program, step->depends.count + step->property_files.count + step->outputs.count);
	for (size_t i = 0; strcmp(member, "DependsOn") == 0 && i < step->depends.count; i++)
		list->items[list->count++] = new_place_value(program, step->depends.items[i].at);
	for (size_t i = 0; strcmp(member, "PropertyFiles") == 0 && i < step->property_files.count; i++)
		list->items[list->count++] = new_place_value(program, step->property_files.items[i].node);
	for (size_t i = 0; strcmp(member, "OutputParameters") == 0 && i < step->outputs.count; i++)
		list->items[list->count++] = new_place_value(program, step->outputs.items[i].node);
	return list;
}

/* --- one step --- */

static const struct type *type_in(const struct type *shape, const struct word *name)
{
	struct member *member = shape && shape->kind == TYPE_SHAPE ? type_find_member(shape, name) : NULL;
	return member ? type_of_member(member) : type_primitive(TYPE_ANY);
}

/* The program writes the members of `Arguments` as fields of the step, except those with the name of a step key. */
static void compare_arguments(struct comparison *comparison, const struct value *old, const struct value *new)
{
	const struct step *source = comparison->step->source;
	const struct value *nothing = diff_new_object(comparison->diff->program, 0);
	const struct type *shape = source && source->kind ? source->kind->arguments : NULL;
	const struct value *fields = source ? source->arguments : NULL;
	old = old ? old : nothing;
	new = new ? new : nothing;
	for (int side = 0; side < 2; side++) {
		const struct value *object = side ? old : new;
		for (uint32_t i = 0; i < object->count; i++) {
			const struct word *name = object->fields[i].name;
			const struct field *other = value_field(side ? new : old, name);
			const struct field *at = fields && !side ? value_field(fields, name) : NULL;
			bool is_hidden = source && source->kind && type_find_member(source->kind->keys, name);
			const struct diff_path outer = {.label = "Arguments"};
			const struct diff_path path = {
				.outer = is_hidden ? &outer : NULL, .key = name, .source = at ? at->value : NULL, .at = at ? at->at : NULL,
			};
			if (!side || !other) /* members of both sides are compared once */
				diff_compare(comparison, &path, side ? object->fields[i].value : other ? other->value : NULL,
				             side ? NULL : object->fields[i].value, type_in(shape, name));
		}
	}
}

static bool is_plain_object(const struct value *value)
{
	return !value || (value->kind == VALUE_OBJECT && !diff_expression(value));
}

static void compare_conditions(struct comparison *comparison, const struct value *old, const struct value *new)
{
	const struct step *source = comparison->step->source;
	const struct diff_path path = {.label = "if", .at = source ? source->condition_at : NULL};
	diff_compare_whole(comparison, &path, old ? diff_member(old, "Conditions") : NULL,
	                   new ? diff_member(new, "Conditions") : NULL);
}

static bool has_only_conditions(const struct value *arguments)
{
	return !arguments || (arguments->kind == VALUE_OBJECT && arguments->count == 1 && diff_member(arguments, "Conditions"));
}

/* Compares a member of the step object. One of the values may be NULL. */
static void compare_member(struct comparison *comparison, const struct word *name, const struct value *old,
                           const struct value *new)
{
	struct program *program = comparison->diff->program;
	const struct step *source = comparison->step->source;
	const struct field *key = source && source->keys ? value_field(source->keys, name) : NULL;
	struct diff_path path = {.key = name, .source = key ? key->value : NULL, .at = key ? key->at : NULL};
	for (size_t i = 0; i < sizeof clauses / sizeof *clauses; i++) {
		if (!names_is(name, clauses[i].member))
			continue;
		path.label = clauses[i].label;
		path.by = clauses[i].by ? names_word(&program->world->names, clauses[i].by) : NULL;
		path.are_steps = clauses[i].are_steps;
		path.source = source && !comparison->is_quiet ? clause_places(program, source, clauses[i].member) : NULL;
		const struct value *none = diff_new_list(program, 0); /* so that each element is a difference of its own */
		diff_compare(comparison, &path, old ? old : none, new ? new : none, type_primitive(TYPE_ANY));
		return;
	}
	bool has_conditions = source && source->condition_at;
	if (names_is(name, "CacheConfig")) {
		path.label = "cache";
		path.source = source ? source->cache : NULL;
		diff_compare_whole(comparison, &path, old, new);
	} else if (names_is(name, "Arguments") && has_conditions && has_only_conditions(old) && has_only_conditions(new)) {
		compare_conditions(comparison, old, new);
	} else if (names_is(name, "Arguments") && source && source->arguments && is_plain_object(old) && is_plain_object(new)) {
		compare_arguments(comparison, old, new);
	} else {
		diff_compare(comparison, &path, old, new, type_in(source && source->kind ? source->kind->keys : NULL, name));
	}
}

static void compare_content(struct comparison *comparison, const struct diff_step *old, const struct diff_step *new)
{
	for (uint32_t i = 0; i < new->object->count; i++) {
		const struct field *field = value_field(old->object, new->object->fields[i].name);
		compare_member(comparison, new->object->fields[i].name, field ? field->value : NULL, new->object->fields[i].value);
	}
	for (uint32_t i = 0; i < old->object->count; i++)
		if (!value_field(new->object, old->object->fields[i].name))
			compare_member(comparison, old->object->fields[i].name, old->object->fields[i].value, NULL);
}

/* The list that contains a step: "Steps", or "Check.IfSteps" for a branch. */
static const struct value *branch_of(struct program *program, const struct diff_step *step)
{
	const char *branch = !step->parent ? "Steps" : step->is_else ? ".ElseSteps" : ".IfSteps";
	if (step->parent && step->parent->type && names_is(step->parent->type, "ForEach"))
		branch = ".ForEachBody";
	const char *text = arena_printf(program->arena, "%s%s", step->parent ? step->parent->name->text : "", branch);
	return diff_new_string(program, text, strlen(text));
}

static const struct value *name_value(struct program *program, const struct word *name)
{
	return diff_new_string(program, name->text, name->length);
}

static void compare_steps(struct diff *diff, struct diff_step *old, struct diff_step *new)
{
	struct program *program = diff->program;
	struct comparison comparison = {.diff = diff, .subject = DIFF_STEP, .name = new->name, .step = new};
	bool is_moved = (new->parent ? new->parent->other : NULL) != old->parent || (new->parent && !new->parent->other) ||
	                new->is_else != old->is_else;
	if (old->name != new->name)
		diff_note(&comparison, DIFF_RENAMED, NULL, name_value(program, old->name), name_value(program, new->name));
	if (is_moved)
		diff_note(&comparison, DIFF_MOVED, NULL, branch_of(program, old), branch_of(program, new));
	if (old->type != new->type) {
		const struct diff_path path = {.label = "Type", .key = names_word(&program->world->names, "Type")};
		diff_note(&comparison, DIFF_CHANGED, &path, old->type ? name_value(program, old->type) : NULL,
		          new->type ? name_value(program, new->type) : NULL);
	} else {
		compare_content(&comparison, old, new);
	}
}

/* --- renamed steps --- */

static bool have_same_content(struct diff *diff, struct diff_step *old, struct diff_step *new)
{
	struct comparison comparison = {.diff = diff, .subject = DIFF_STEP, .name = new->name, .step = new, .is_quiet = true};
	if (old->type != new->type || old->object->count != new->object->count)
		return false;
	compare_content(&comparison, old, new);
	return !comparison.has_found;
}

struct unpaired {
	VEC(struct diff_step *) steps;
};

/* Pairs steps of equal content in one pass. Returns whether it found any. If so, another pass may find more, since references to a
 * step that is known to be renamed count as equal. Passes alternate in direction, because chains of references go in both. */
static bool find_renamed(struct diff *diff, const struct unpaired *old, const struct unpaired *new, bool is_backward)
{
	bool has_found = false;
	for (size_t i = 0; i < new->steps.count; i++) {
		struct diff_step *step = new->steps.items[is_backward ? new->steps.count - 1 - i : i];
		for (size_t k = 0; !step->other && k < old->steps.count; k++) {
			struct diff_step *candidate = old->steps.items[k];
			if (candidate->other || !have_same_content(diff, candidate, step))
				continue;
			step->other = candidate;
			candidate->other = step;
			map_put(diff->program->arena, &diff->renamed, candidate->name, (void *)step->name);
			has_found = true;
		}
	}
	return has_found;
}

static struct unpaired steps_without_other(struct arena *arena, const struct diff_side *side)
{
	struct unpaired unpaired = {0};
	for (size_t i = 0; i < side->steps.count; i++)
		if (!side->steps.items[i]->other)
			vec_push(arena, &unpaired.steps, side->steps.items[i]);
	return unpaired;
}

static void pair_steps(struct diff *diff, struct diff_side *old, struct diff_side *new)
{
	enum { MAX_UNPAIRED = 200 }; /* with more, renamed steps are not searched for, since the search compares every pair */
	for (size_t i = 0; i < new->steps.count; i++) {
		struct diff_step *step = new->steps.items[i], *other = map_get(&old->steps_by_name, step->name);
		step->other = other;
		if (other)
			other->other = step;
	}
	const struct unpaired olds = steps_without_other(diff->program->arena, old);
	const struct unpaired news = steps_without_other(diff->program->arena, new);
	bool is_backward = false, may_find = olds.steps.count <= MAX_UNPAIRED && news.steps.count <= MAX_UNPAIRED;
	for (; may_find; is_backward = !is_backward)
		may_find = find_renamed(diff, &olds, &news, is_backward);
}

/* --- all steps --- */

void diff_steps(struct diff *diff, struct diff_side *old, struct diff_side *new)
{
	pair_steps(diff, old, new);
	for (size_t i = 0; i < new->steps.count; i++) {
		struct diff_step *step = new->steps.items[i];
		struct comparison comparison = {.diff = diff, .subject = DIFF_STEP, .name = step->name, .step = step};
		if (step->other)
			compare_steps(diff, step->other, step);
		else
			diff_note(&comparison, DIFF_ADDED, NULL, NULL, step->object);
	}
	for (size_t i = 0; i < old->steps.count; i++) {
		struct diff_step *step = old->steps.items[i];
		struct comparison comparison = {.diff = diff, .subject = DIFF_STEP, .name = step->name, .step = step};
		if (!step->other)
			diff_note(&comparison, DIFF_REMOVED, NULL, step->object, NULL);
	}
}
