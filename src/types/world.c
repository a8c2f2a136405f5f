#include "types/world.h"

#include "base/embedded.h"
#include "base/suggest.h"
#include "base/vec.h"
#include "syntax/parse.h"

#include <assert.h>

/* The namespaces of the language: a kind, a type and a function can have the same name. */
enum namespace { NAMESPACE_TYPE, NAMESPACE_KIND, NAMESPACE_FUNCTION };

struct declaration {
	const struct word *name; /* NULL in a free slot */
	const struct embedded_file *file;
	const char *text;        /* from the keyword on */
	enum namespace space;
	bool is_parsed;
	const struct node *node;
	const struct type *type;
};

/* A parsed declaration. The list of them gives the tree of a root node. */
struct parsed_declaration {
	const struct parsed_declaration *next;
	const struct tree *tree;
};

static const struct {
	const char *keyword;
	enum namespace space;
} keywords[] = {
	{"shape ", NAMESPACE_TYPE}, {"enum ", NAMESPACE_TYPE},         {"type ", NAMESPACE_TYPE},
	{"kind ", NAMESPACE_KIND},  {"function ", NAMESPACE_FUNCTION}, {"component ", NAMESPACE_FUNCTION},
};

static struct declaration *find_slot(struct world *world, const struct word *name, enum namespace space)
{
	size_t at = (name->hash ^ (unsigned)space * 0x9e3779b9u) & (world->room - 1);
	while (world->slots[at].name && (world->slots[at].name != name || world->slots[at].space != space))
		at = (at + 1) & (world->room - 1);
	return &world->slots[at];
}

static struct declaration *find_declaration(struct world *world, const struct word *name, enum namespace space)
{
	struct declaration *slot = name ? find_slot(world, name, space) : NULL; /* a `{ ... }` has no name */
	return slot && slot->name ? slot : NULL;
}

static void grow(struct world *world)
{
	struct declaration *old = world->slots;
	size_t old_room = world->room;
	world->room = old_room ? old_room * 2 : 4096;
	world->slots = arena_array(world->arena, struct declaration, world->room);
	for (size_t i = 0; i < old_room; i++)
		if (old[i].name)
			*find_slot(world, old[i].name, old[i].space) = old[i];
}

/* The index of the keyword that a line starts with, or -1. */
static int keyword_index(const char *line)
{
	if (*line < 'c' || *line > 't') /* most lines are members, which are indented */
		return -1;
	for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++)
		if (strncmp(line, keywords[i].keyword, strlen(keywords[i].keyword)) == 0)
			return (int)i;
	return -1;
}

static const char *next_line(const char *line)
{
	const char *end = strchr(line, '\n');
	return end ? end + 1 : line + strlen(line);
}

static const struct word *declared_name(struct world *world, const char *line, int keyword)
{
	const char *name = line + strlen(keywords[keyword].keyword), *end = name;
	while (names_is_word_byte(*end))
		end++;
	return names_intern(&world->names, name, (size_t)(end - name));
}

/* Indexes the declarations of a file. Each starts a line, so finding those lines is all that loading does. */
static void index_file(struct world *world, const struct embedded_file *file)
{
	for (const char *line = file->text; *line; line = next_line(line)) {
		int keyword = keyword_index(line);
		if (keyword < 0)
			continue;
		if (world->count * 2 >= world->room)
			grow(world);
		const struct word *name = declared_name(world, line, keyword);
		struct declaration *slot = find_slot(world, name, keywords[keyword].space);
		assert(!slot->name); /* the library declares no name twice in one namespace */
		*slot = (struct declaration){.name = name, .space = keywords[keyword].space, .file = file, .text = line};
		world->count++;
	}
}

void world_load(struct world *world, struct arena *arena)
{
	*world = (struct world){.arena = arena};
	names_init(&world->names, arena);
	world->diags.arena = arena;
	world->scope = (struct type_scope){.world = world, .arena = arena};
	while (world->room < 4096)
		grow(world);
	for (size_t i = 0; i < embedded_file_count; i++)
		index_file(world, &embedded_files[i]);

	struct names *names = &world->names;
	world->word.arguments = names_word(names, "Arguments");
	world->word.description = names_word(names, "Description");
	world->word.output_parameters = names_word(names, "OutputParameters");
	world->word.property_files = names_word(names, "PropertyFiles");
	world->word.step = names_word(names, "Step");
	world->word.name = names_word(names, "Name");
	world->word.pipeline = names_word(names, "Pipeline");
	world->word.execution = names_word(names, "Execution");
	world->word.experiment = names_word(names, "PipelineExperimentConfig");
}

static const struct node *parse_declaration(struct world *world, struct declaration *declaration)
{
	if (!declaration->is_parsed) {
		declaration->is_parsed = true;
		const char *name = arena_printf(world->arena, "stdlib/%s", declaration->file->name);
		const char *end = next_line(declaration->text);
		while (*end && keyword_index(end) < 0)
			end = next_line(end);
		const struct source_file *file = source_part(world->arena, name, declaration->file->text, declaration->text,
		                                             (size_t)(end - declaration->text));
		struct tree *tree = parse_file(world->arena, &world->names, &world->diags, file);
		struct parsed_declaration *parsed = arena_new(world->arena, struct parsed_declaration);
		*parsed = (struct parsed_declaration){world->parsed, tree};
		world->parsed = parsed;
		declaration->node = node_child(tree->root, ROLE_ITEM);
		assert(declaration->node && !world->diags.errors);
	}
	return declaration->node;
}

const struct tree *world_tree(const struct world *world, const struct node *root)
{
	for (const struct parsed_declaration *parsed = world->parsed; parsed; parsed = parsed->next)
		if (parsed->tree->root == root)
			return parsed->tree;
	return NULL;
}

const struct type *world_type(struct world *world, const struct word *name)
{
	struct declaration *declaration = find_declaration(world, name, NAMESPACE_TYPE);
	if (!declaration)
		return NULL;
	if (!declaration->type)
		declaration->type = type_from_declaration(&world->scope, parse_declaration(world, declaration));
	return declaration->type;
}

const struct node *world_declaration(struct world *world, const struct word *name)
{
	struct declaration *declaration = find_declaration(world, name, NAMESPACE_TYPE);
	return declaration ? parse_declaration(world, declaration) : NULL;
}

const struct type *world_own_type(struct world *world, const char *name)
{
	const struct type *type = world_type(world, names_word(&world->names, name));
	assert(type);
	return type;
}

const struct node *world_kind_declaration(struct world *world, const struct word *name)
{
	struct declaration *declaration = find_declaration(world, name, NAMESPACE_KIND);
	return declaration ? parse_declaration(world, declaration) : NULL;
}

const struct node *world_function(struct world *world, const struct word *name)
{
	struct declaration *declaration = find_declaration(world, name, NAMESPACE_FUNCTION);
	return declaration ? parse_declaration(world, declaration) : NULL;
}

void world_each_name(struct world *world, enum world_names which, void (*visit)(void *context, const struct word *name),
                     void *context)
{
	static const char *const starts[] = {[WORLD_TYPES] = "", [WORLD_KINDS] = "", [WORLD_FUNCTIONS] = "function ",
	                                     [WORLD_COMPONENTS] = "component "};
	enum namespace space = which == WORLD_TYPES ? NAMESPACE_TYPE : which == WORLD_KINDS ? NAMESPACE_KIND : NAMESPACE_FUNCTION;
	for (size_t i = 0; i < world->room; i++)
		if (world->slots[i].name && world->slots[i].space == space &&
		    strncmp(world->slots[i].text, starts[which], strlen(starts[which])) == 0)
			visit(context, world->slots[i].name);
}

static void offer_word(void *suggest, const struct word *name)
{
	suggest_offer(suggest, name->text);
}

const char *world_suggest(struct world *world, const char *name, enum world_names which)
{
	struct suggest suggest;
	suggest_init(&suggest, name);
	world_each_name(world, which, offer_word, &suggest);
	return suggest_result(&suggest);
}
