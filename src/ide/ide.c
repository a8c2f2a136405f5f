#include "ide/ide.h"

bool ide_find_name(struct program *program, const struct tree *tree, uint32_t offset, struct ide_name *name)
{
	for (const struct node *node = node_at(tree, offset); node; node = node->parent) {
		struct span span = bind_name_span(tree, node);
		if (!node->word || offset < span.start || offset > span.end || span.start == span.end)
			continue;
		*name = (struct ide_name){node, span, ide_declaration(program, node)};
		return true;
	}
	return false;
}

const struct node *ide_declaration(struct program *program, const struct node *node)
{
	const struct node *declaration = bind_declaration(program, node);
	if (!declaration && node->kind == N_FIELD && node->word && node->parent->kind == N_OBJECT)
		return node;
	if (!declaration || declaration->kind != N_FIELD)
		return declaration;
	const struct node *member = bind_declaration(program, declaration);
	return member ? member : declaration;
}

const char *ide_file_path(const struct module_file *file)
{
	return file->path ? file->path : file->tree->file->name;
}

struct ide_place ide_place(const struct program *program, const struct node *declaration)
{
	const struct source_file *file = program_file(program, declaration);
	const struct module_file *own = bind_file(program, declaration);
	uint32_t before = file->whole ? (uint32_t)(file->part - file->whole) : 0;
	uint32_t start = ide_declaration_span(program, declaration).start;
	return (struct ide_place){own ? ide_file_path(own) : file->name, before + start};
}

bool ide_is_place(struct ide_place a, struct ide_place b)
{
	return a.offset == b.offset && strcmp(a.path, b.path) == 0;
}

bool ide_is_library(const struct program *program, const struct node *declaration)
{
	return program_file(program, declaration)->whole != NULL;
}

struct span ide_declaration_span(const struct program *program, const struct node *declaration)
{
	struct span span = bind_name_span(program_tree(program, declaration), declaration);
	return span.end > span.start ? span : span_of(declaration->start, declaration->start);
}

const char *ide_doc(struct program *program, struct arena *arena, const struct node *declaration)
{
	const struct tree *tree = program_tree(program, declaration);
	if (tree->file->whole)
		return world_doc(program->world, arena, declaration);
	const struct word *doc = node_doc(tree, &program->world->names, declaration);
	return doc ? doc->text : NULL;
}

const struct type *ide_element(const struct type *type)
{
	while (type && (type->kind == TYPE_LIST || type->kind == TYPE_MAP))
		type = type->element;
	return type;
}

const struct node *ide_named_type(struct program *program, const struct node *node, const struct type *type)
{
	const struct type *element = ide_element(type);
	return element && element->name ? bind_lookup(program, node, BIND_TYPES, element->name) : NULL;
}

bool ide_is_required(const struct member *member)
{
	return !member->is_optional && !node_child(member->declaration, ROLE_VALUE);
}

struct node *ide_following_in(const struct node *top, const struct node *node)
{
	if (node->first)
		return node->first;
	for (; node != top; node = node->parent)
		if (node->next)
			return node->next;
	return NULL;
}

const struct node *ide_following_near(const struct node *node, struct span span)
{
	for (const struct node *next = node->first;; next = NULL) {
		for (; !next && node; node = node->parent)
			next = node->next;
		if (!next || (next->end >= span.start && next->start <= span.end))
			return next;
		node = next;
	}
}
