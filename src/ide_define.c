#include "ide_define.h"

#include "assets.h"
#include "module.h"

/* --- files --- */

static const struct module_file *file_of(const struct program *program, const struct tree *tree)
{
	for (size_t i = 0; i < program->files.count; i++)
		if (program->files.items[i]->tree == tree)
			return program->files.items[i];
	return NULL;
}

static const char *imported_path(const struct program *program, const struct tree *tree, const struct node *import)
{
	const struct module_file *file = file_of(program, tree), *imported = file ? module_imported(file, import) : NULL;
	return imported ? imported->path : NULL;
}

/* Whether a text is the path of a file that a built-in function reads or deploys. */
static bool is_file_path(struct program *program, const struct node *string)
{
	static const char *const readers[] = {"file", "readtext", "readjson"};
	const struct node *call = string->parent && string->parent->kind == N_ARGUMENT ? string->parent->parent : NULL;
	const struct node *name = call && call->kind == N_CALL ? node_child(call, ROLE_LEFT) : NULL;
	if (!name || bind_callee(program, call))
		return false;
	for (size_t i = 0; i < sizeof readers / sizeof *readers; i++)
		if (word_is(name->word, readers[i]))
			return true;
	return false;
}

static const char *read_path(struct program *program, struct arena *arena, const struct tree *tree, const struct node *string)
{
	const struct reader *reader = program->options->reader;
	if (!string->word || !reader || !is_file_path(program, string))
		return NULL;
	const char *path = arena_printf(arena, "%s/%s", assets_folder_of(arena, tree->file->name), string->word->text);
	return reader->kind(reader->context, path) == PATH_FILE ? path : NULL;
}

/* --- types --- */

/* The declaration of what a reference to a type holds: `Channel` of `List<Channel>`. */
static const struct node *referred_type(struct program *program, const struct node *reference)
{
	while (reference && node_child(reference, ROLE_TYPE)) {
		const struct node *first = node_child(reference, ROLE_TYPE), *second = node_next(first);
		reference = second ? second : first;
	}
	return reference && reference->kind == N_TYPE_REF ? bind_declaration(program, reference) : NULL;
}

static const struct node *named_type(struct program *program, const struct node *node, const struct type *type)
{
	const struct type *element = ide_element(type);
	return element && element->name ? bind_lookup(program, node, BIND_TYPES, element->name) : NULL;
}

/* What a declared step or use is made by. */
static const struct node *applied(struct program *program, const struct node *declaration)
{
	const struct node *reference = node_child(declaration, ROLE_KIND);
	return reference ? bind_callee(program, reference) : NULL;
}

static const struct node *type_of_value(struct program *program, const struct node *node, const struct value *value)
{
	if (value->kind == VALUE_STEP)
		return value->step->kind ? value->step->kind->node : NULL;
	if (value->kind == VALUE_USE)
		return value->use->component;
	return named_type(program, node, value->type);
}

static const struct node *type_declaration(struct program *program, const struct ide_name *name)
{
	const struct node *declaration = name->declaration, *found = NULL;
	const struct value *value = bind_value(program, name->node);
	if (declaration)
		found = referred_type(program, node_child(declaration, ROLE_TYPE));
	if (!found && declaration)
		found = applied(program, declaration);
	if (!found && value)
		found = type_of_value(program, name->node, value);
	return found ? found : named_type(program, name->node, bind_expected(program, name->node));
}

bool ide_define(struct program *program, struct arena *arena, const struct tree *tree, uint32_t offset, enum ide_wanted wanted,
                struct ide_target *target, struct span *origin)
{
	struct ide_name name;
	*target = (struct ide_target){0};
	if (!ide_find_name(program, tree, offset, &name))
		return false;
	*origin = name.span;
	if (name.node->kind == N_IMPORT)
		target->path = imported_path(program, tree, name.node);
	else if (name.node->kind == N_STRING && !name.declaration)
		target->path = read_path(program, arena, tree, name.node);
	if (target->path)
		return true;
	const struct node *found = wanted == IDE_TYPE ? type_declaration(program, &name) : name.declaration;
	if (!found)
		return false;
	target->file = program_file(program, found);
	target->whole = node_span(found);
	target->name = ide_declaration_span(program, found);
	return true;
}
