#include "ide/ide_lenses.h"

#include "ide/ide.h"

/* --- declarations --- */

static bool can_be_referenced(const struct node *node)
{
	switch (node->kind) {
	case N_PARAM:
	case N_CONFIG:
	case N_LET:
	case N_STEP:
	case N_CONDITION:
	case N_FOREACH:
	case N_USE:
	case N_KIND:
	case N_COMPONENT:
	case N_FUNCTION:
	case N_SHAPE:
	case N_ENUM:
	case N_TYPE:
		return node->word && node->name_end > node->name_start;
	default:
		return false;
	}
}

static void list_block(struct arena *arena, const struct node *block, struct ide_lenses *lenses)
{
	for (const struct node *item = node_child(block, ROLE_ITEM); item; item = node_next(item)) {
		if (can_be_referenced(item))
			vec_push(arena, lenses, item);
		for (const struct node *arm = node_child(item, ROLE_ARM); arm; arm = node_next(arm))
			list_block(arena, node_child(arm, ROLE_BLOCK), lenses);
		if (item->kind == N_FOREACH)
			list_block(arena, node_child(item, ROLE_BLOCK), lenses);
	}
}

void ide_list_lenses(struct arena *arena, const struct tree *tree, struct ide_lenses *lenses)
{
	list_block(arena, tree->root, lenses);
}

bool ide_has_dependencies(const struct node *declaration)
{
	return node_is_unit(declaration) && declaration->kind != N_USE;
}

/* --- references --- */

void ide_list_file_references(struct program *program, struct arena *arena, const char *path,
                              bool (*skip)(void *context, const char *path), void *context,
                              struct ide_file_references *references)
{
	const struct node *root = NULL;
	for (size_t i = 0; i < program->files.count; i++)
		if (program->files.items[i]->path && strcmp(program->files.items[i]->path, path) == 0)
			root = program->files.items[i]->tree->root;
	for (size_t i = 0; i < program->files.count && root; i++) {
		const struct module_file *file = program->files.items[i];
		struct bindings bindings = {0};
		if (skip(context, ide_file_path(file)))
			continue;
		bind_list(program, arena, file->tree, &bindings);
		for (size_t k = 0; k < bindings.count; k++) {
			const struct binding *binding = &bindings.items[k];
			bool is_key = binding->node->kind == N_MEMBER || binding->node->kind == N_STRING; /* of a family */
			if (!is_key && binding->declaration != binding->node && node_root(binding->declaration) == root)
				vec_push(arena, references, ((struct ide_file_reference){binding->declaration, file->tree, binding->span}));
		}
	}
}

/* --- dependencies --- */

static void add_dependency(struct program *program, struct arena *arena, const struct edge *edge,
                           struct ide_dependencies *dependencies)
{
	const char *name = program_step_name(edge->step);
	for (size_t i = 0; i < dependencies->count; i++)
		if (strcmp(dependencies->items[i].name, name) == 0)
			return;
	const struct node *at = edge->at && !ide_is_library(program, edge->at) ? edge->at : NULL;
	vec_push(arena, dependencies, ((struct ide_dependency){name, at}));
}

void ide_list_dependencies(struct program *program, struct arena *arena, const struct node *declaration,
                           struct ide_dependencies *dependencies)
{
	for (size_t i = 0; i < program->all_steps.count; i++) {
		const struct step *step = program->all_steps.items[i];
		for (size_t k = 0; step->node == declaration && k < step->edges.count; k++)
			add_dependency(program, arena, &step->edges.items[k], dependencies);
	}
}
