#include "compile/graph_references.h"

void graph_each_reference(const struct value *value, void (*visit)(void *context, const struct value *reference),
                          void *context)
{
	switch (value->kind) {
	case VALUE_LIST:
	case VALUE_JOIN:
	case VALUE_CONDITION:
		for (uint32_t i = 0; i < value->count; i++)
			graph_each_reference(value->items[i], visit, context);
		break;
	case VALUE_OBJECT:
		for (uint32_t i = 0; i < value->count; i++)
			graph_each_reference(value->fields[i].value, visit, context);
		break;
	case VALUE_JSON: {
		const struct value *file = value_root(value);
		if (file->kind == VALUE_FILE && !file->step)
			graph_each_reference(file->uri, visit, context);
		break;
	}
	default:
		break;
	}
	if (value_is_deferred(value))
		visit(context, value);
}

void graph_each_step_reference(const struct step *step, void (*visit)(void *context, const struct value *reference),
                               void *context)
{
	if (step->keys)
		graph_each_reference(step->keys, visit, context);
	if (step->arguments)
		graph_each_reference(step->arguments, visit, context);
	if (step->quoted)
		graph_each_reference(step->quoted, visit, context);
	if (step->picked)
		graph_each_reference(step->picked, visit, context);
	for (size_t i = 0; i < step->conditions.count; i++)
		graph_each_reference(step->conditions.items[i], visit, context);
}

struct path_walk {
	void (*visit)(void *context, const struct value *value, const struct value *holder);
	void *context;
};

/* `path` is the node of the next name in the path. */
static void walk_path(const struct path_walk *walk, const struct value *value, const struct value *holder, const struct node *path)
{
	if (value->kind == VALUE_LIST) {
		for (uint32_t i = 0; i < value->count; i++)
			walk_path(walk, value->items[i], holder, path);
		return;
	}
	const struct node *next = path && path->role == ROLE_LEFT && path->parent->kind == N_MEMBER ? path->parent : NULL;
	const struct field *field = path ? value_field(value, path->word) : NULL;
	if (!path)
		walk->visit(walk->context, value, holder);
	else if (field)
		walk_path(walk, field->value, value, next);
}

void graph_each_value_at(const struct value *arguments, const struct node *path,
                         void (*visit)(void *context, const struct value *value, const struct value *holder), void *context)
{
	const struct path_walk walk = {visit, context};
	const struct node *first = path;
	while (first->kind == N_MEMBER)
		first = node_child(first, ROLE_LEFT);
	walk_path(&walk, arguments, NULL, first);
}
