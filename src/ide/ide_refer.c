#include "ide/ide_refer.h"

struct reference_search {
	struct program *program;
	struct arena *arena;
	const struct ide_subject *subject;
	VEC(const struct word *) names;    /* the subject's name, and the names that imports give it with `as` */
	const struct node *declaration;    /* of the subject, in this program; NULL until it is found */
	struct ide_references *references;
};

static bool is_library_path(const char *path)
{
	return strncmp(path, "stdlib/", 7) == 0;
}

bool ide_may_refer(const struct ide_subject *subject, const char *path, const char *text)
{
	bool imports = strstr(text, "import") != NULL;
	bool may_reach = imports || is_library_path(subject->place.path) || strcmp(path, subject->place.path) == 0;
	return may_reach && (imports || strstr(text, subject->name));
}

static bool has_file(const struct program *program, const char *path)
{
	bool is_found = is_library_path(path);
	for (size_t i = 0; i < program->files.count && !is_found; i++)
		is_found = strcmp(ide_file_path(program->files.items[i]), path) == 0;
	return is_found;
}

/* Collects the names by which the program may refer to the subject: its own, and the `as` names of imports. */
static void add_names(struct reference_search *search, const struct word *name)
{
	vec_push(search->arena, &search->names, name);
	for (size_t i = 0; i < search->program->files.count; i++) {
		const struct module_file *file = search->program->files.items[i];
		for (size_t j = 0; j < file->imports.count; j++) {
			const struct node *item = node_child(file->imports.items[j].node, ROLE_ITEM);
			for (; item; item = node_next(item)) {
				const struct node *as = node_child(item, ROLE_AS);
				if (item->word == name && as && as->word)
					vec_push(search->arena, &search->names, as->word);
			}
		}
	}
}

static bool is_name(const struct reference_search *search, const struct word *word)
{
	for (size_t i = 0; i < search->names.count; i++)
		if (search->names.items[i] == word)
			return true;
	return false;
}

static bool is_subject(struct reference_search *search, const struct node *declaration)
{
	if (!declaration || search->declaration)
		return declaration && declaration == search->declaration;
	if (declaration->word && strcmp(declaration->word->text, search->subject->name) != 0)
		return false;
	if (!ide_is_place(ide_place(search->program, declaration), search->subject->place))
		return false;
	search->declaration = declaration;
	return true;
}

/* Whether a reference to a unit is the key of a member of a family, and not the name of a step in the body of a `foreach`. */
static bool is_key(struct program *program, const struct node *node, const struct node *declaration)
{
	const struct value *value = node->kind == N_MEMBER ? bind_value(program, node) : NULL;
	bool is_of_body = value && value->kind == VALUE_GET && value->access == ACCESS_BODY_STEP && value->step->node->word == node->word;
	return (node->kind == N_MEMBER || node->kind == N_STRING) && node_is_unit(declaration) && !is_of_body;
}

static void search_tree(struct reference_search *search, const struct tree *tree)
{
	for (const struct node *node = tree->root; node; node = node_following(node)) {
		bool may_refer = node->parent && is_name(search, node->word);
		const struct node *declaration = may_refer ? ide_declaration(search->program, node) : NULL;
		struct span span = declaration ? bind_name_span(tree, node) : span_of(0, 0);
		if (span.start == span.end || !is_subject(search, declaration))
			continue;
		struct ide_reference reference = {tree, node, span, node == declaration, false, is_key(search->program, node, declaration)};
		reference.is_written = reference.is_declaration || node->kind == N_FIELD || node->kind == N_ARGUMENT;
		vec_push(search->arena, search->references, reference);
	}
}

void ide_list_references(struct program *program, struct arena *arena, const struct ide_subject *subject, const struct tree *only,
                         struct ide_references *references)
{
	struct reference_search search = {.program = program, .arena = arena, .subject = subject, .references = references};
	if (!has_file(program, subject->place.path))
		return;
	add_names(&search, names_word(&program->world->names, subject->name));
	for (size_t i = 0; i < program->files.count; i++) {
		const struct tree *tree = program->files.items[i]->tree;
		if ((!only || tree == only) && (search.names.count > 1 || strstr(tree->file->text, subject->name)))
			search_tree(&search, tree);
	}
}
