#include "ide/ide_define.h"

#include "ide/ide_links.h"

/* The declaration of the innermost type in a type reference: of `Channel` in `List<Channel>`. */
static const struct node *referenced_type(struct program *program, const struct node *reference)
{
	while (reference && node_child(reference, ROLE_TYPE)) {
		const struct node *first = node_child(reference, ROLE_TYPE), *second = node_next(first);
		reference = second ? second : first;
	}
	return reference && reference->kind == N_TYPE_REF ? bind_declaration(program, reference) : NULL;
}

/* The kind of a declared step, or the component of an instance. */
static const struct node *applied_node(struct program *program, const struct node *declaration)
{
	const struct node *reference = node_child(declaration, ROLE_KIND);
	return reference ? bind_callee(program, reference) : NULL;
}

static const struct node *type_of_value(struct program *program, const struct node *node, const struct value *value)
{
	if (value->kind == VALUE_STEP)
		return value->step->kind ? value->step->kind->node : NULL;
	if (value->kind == VALUE_INSTANCE)
		return value->instance->component;
	return ide_named_type(program, node, value->type);
}

static const struct node *type_declaration(struct program *program, const struct ide_name *name)
{
	const struct node *declaration = name->declaration, *found = NULL;
	const struct value *value = bind_value(program, name->node);
	if (declaration)
		found = referenced_type(program, node_child(declaration, ROLE_TYPE));
	if (!found && declaration)
		found = applied_node(program, declaration);
	if (!found && value)
		found = type_of_value(program, name->node, value);
	return found ? found : ide_named_type(program, name->node, bind_expected(program, name->node));
}

static bool find_file(struct program *program, struct arena *arena, const struct tree *tree, uint32_t offset,
                      struct ide_target *target, struct span *origin)
{
	const struct reader *reader = program->options->reader;
	struct ide_link link;
	if (!reader || !ide_find_link(program, arena, tree, offset, &link) || reader->kind(reader->context, link.path) != PATH_FILE)
		return false;
	target->path = link.path;
	*origin = link.span;
	return true;
}

bool ide_define(struct program *program, struct arena *arena, const struct tree *tree, uint32_t offset, enum ide_wanted wanted,
                struct ide_target *target, struct span *origin)
{
	struct ide_name name;
	const struct node *found = NULL;
	*target = (struct ide_target){0};
	if (ide_find_name(program, tree, offset, &name))
		found = wanted == IDE_TYPE ? type_declaration(program, &name) : name.declaration;
	if (!found)
		return find_file(program, arena, tree, offset, target, origin);
	*origin = name.span;
	target->file = program_file(program, found);
	target->whole = node_span(found);
	target->name = ide_declaration_span(program, found);
	return true;
}
