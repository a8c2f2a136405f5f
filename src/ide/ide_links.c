#include "ide/ide_links.h"

#include "eval/assets/assets.h"
#include "ide/bind.h"
#include "ide/ide_text.h"

struct link_collector {
	struct program *program;
	struct arena *arena;
	const struct tree *tree;
	struct ide_links *links;
};

static void add_link(struct link_collector *collector, const struct node *at, const char *path)
{
	const struct reader *reader = collector->program->options->reader;
	struct text real = {0};
	struct span span = at->kind == N_TEMPLATE ? span_of(at->start + 1, at->end - 1) : bind_name_span(collector->tree, at);
	if (reader && reader->resolve(reader->context, path, &real))
		vec_push(collector->arena, collector->links, ((struct ide_link){span, ide_take_text(collector->arena, &real)}));
}

const struct module_file *ide_imported_file(const struct program *program, const struct tree *tree, const struct word *path)
{
	for (size_t i = 0; path && i < program->files.count; i++) {
		const struct module_file *file = program->files.items[i];
		for (size_t k = 0; file->tree == tree && k < file->imports.count; k++)
			if (file->imports.items[k].node->word == path && file->imports.items[k].file)
				return file->imports.items[k].file;
	}
	return NULL;
}

static void add_import(struct link_collector *collector, const struct node *node)
{
	const struct module_file *file = ide_imported_file(collector->program, collector->tree, node->word);
	if (file)
		add_link(collector, node, file->tree->file->name);
}

const struct ide_path_function *ide_find_path_function(const struct word *name)
{
	static const struct ide_path_function functions[] = {
		{"archive", false, NULL}, {"file", true, NULL}, {"folder", false, NULL},
		{"readjson", true, ".json"}, {"readtext", true, NULL}, {"zip", false, NULL},
	};
	for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
		if (names_is(name, functions[i].name))
			return &functions[i];
	return NULL;
}

/* Whether the first argument of a call is a path: whether it calls such a built-in function and no declared function shadows that. */
static bool takes_path(struct program *program, const struct node *call)
{
	const struct node *name = node_child(call, ROLE_LEFT);
	return name && ide_find_path_function(name->word) && !bind_callee(program, call);
}

/* The text of a string literal, or the constant value of a template; or NULL. */
static const struct word *text_of(struct program *program, const struct node *node)
{
	if (node->kind == N_STRING)
		return node->word;
	const struct value *value = node->kind == N_TEMPLATE ? program_value(program, node) : NULL;
	return value && value->kind == VALUE_STRING ? value->word : NULL;
}

static void add_path(struct link_collector *collector, const struct node *call)
{
	const struct node *argument = node_child(call, ROLE_ITEM), *at = node_child(argument, ROLE_VALUE);
	const struct word *path = at && takes_path(collector->program, call) ? text_of(collector->program, at) : NULL;
	if (!path || !path->length || *path->text == '/')
		return;
	const char *folder = project_folder_of(collector->arena, collector->tree->file->name);
	add_link(collector, at, arena_printf(collector->arena, "%s/%s", folder, path->text));
}

static void add_node(struct link_collector *collector, const struct node *node)
{
	if (node->kind == N_IMPORT)
		add_import(collector, node);
	else if (node->kind == N_CALL)
		add_path(collector, node);
}

void ide_list_links(struct program *program, struct arena *arena, const struct tree *tree, struct ide_links *links)
{
	struct link_collector collector = {program, arena, tree, links};
	for (const struct node *node = tree->root; node; node = node_following(node))
		add_node(&collector, node);
}

bool ide_find_link(struct program *program, struct arena *arena, const struct tree *tree, uint32_t offset, struct ide_link *link)
{
	struct ide_links links = {0};
	struct link_collector collector = {program, arena, tree, &links};
	for (const struct node *node = node_at(tree, offset); node && !links.count; node = node->parent)
		add_node(&collector, node);
	if (!links.count || offset < links.items[0].span.start || offset > links.items[0].span.end)
		return false;
	*link = links.items[0];
	return true;
}
