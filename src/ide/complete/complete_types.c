/* Types, and the declarations of an imported file. */
#include "ide/bind.h"
#include "ide/complete/complete_parts.h"
#include "ide/ide_links.h"

#include <ctype.h>

/* Ranks: types that the program declares and primitive types; types of the library. */
enum { OWN, LIBRARY };

static void add_type(struct complete *complete, const char *name, const char *insert, unsigned rank, const struct node *node)
{
	enum node_kind kind = node ? node->kind : N_FILE;
	complete_add(complete, (struct completion){
		.kind = COMPLETION_TYPE, .rank = (uint8_t)rank, .label = name, .insert = insert, .is_snippet = insert != name,
		.detail = kind == N_SHAPE ? "shape" : kind == N_ENUM ? "enum" : kind == N_TYPE ? "type" : NULL,
		.declaration = node,
	});
}

static void add_primitives(struct complete *complete, bool takes_all)
{
	static const struct {
		const char *name, *snippet;
	} primitives[] = {
		{"Boolean", "Boolean"}, {"Float", "Float"}, {"Integer", "Integer"}, {"String", "String"},
		{"Any", "Any"}, {"List", "List<$1>"}, {"Map", "Map<$1>"}, {"Scalar", "Scalar"},
	};
	for (size_t i = 0; i < sizeof primitives / sizeof *primitives && (takes_all || i < 4); i++) {
		bool is_plain = strcmp(primitives[i].name, primitives[i].snippet) == 0 || !complete->options.takes_snippets;
		add_type(complete, primitives[i].name, is_plain ? primitives[i].name : primitives[i].snippet, OWN, NULL);
	}
}

/* Whether a name contains a text, in any case. */
static bool contains(const char *name, const char *part, size_t length)
{
	for (; *name; name++) {
		size_t i = 0;
		while (i < length && tolower((unsigned char)name[i]) == tolower((unsigned char)part[i]))
			i++;
		if (i == length)
			return true;
	}
	return false;
}

/* Adds a type of the library if its name contains the typed text: the library has hundreds of types. */
static void visit_type(void *context, const struct word *name)
{
	struct complete *complete = context;
	struct span typed = complete_place_typed(&complete->place);
	if (contains(name->text, complete->place.tree->file->text + typed.start, typed.end - typed.start))
		add_type(complete, name->text, name->text, LIBRARY, NULL);
}

static const struct node *owner_of(const struct node *type)
{
	while (type->kind == N_TYPE_REF && type->parent)
		type = type->parent;
	return type;
}

/* A parameter of the pipeline and an output are scalars. A parameter of a function, kind or component may also take a step of a kind. */
void complete_types(struct complete *complete)
{
	const struct node *owner = owner_of(complete->place.at);
	const struct map *own = &bind_module(complete->program, complete->place.at)->types;
	bool is_scalar = owner->kind == N_PARAM || owner->kind == N_OUTPUT;
	add_primitives(complete, !is_scalar);
	for (size_t i = 0; i < own->room; i++) {
		const struct declared *declared = own->slots[i].key ? own->slots[i].value : NULL;
		if (declared && (is_scalar ? declared->node->kind == N_TYPE : declared->node->kind != N_KIND))
			add_type(complete, own->slots[i].key->text, own->slots[i].key->text, OWN, declared->node);
	}
	if (owner->kind == N_PARAMETER)
		complete_kinds(complete);
	struct span typed = complete_place_typed(&complete->place);
	if (!is_scalar && typed.end > typed.start)
		world_each_name(complete->program->world, WORLD_TYPES, visit_type, complete);
	if (!is_scalar)
		complete_words(complete);
	complete->list->is_incomplete = !is_scalar;
}

/* --- imports --- */

static bool is_imported(const struct node *import, const struct word *name)
{
	for (const struct node *item = node_child(import, ROLE_ITEM); item; item = node_next(item))
		if (item->word == name)
			return true;
	return false;
}

void complete_imported(struct complete *complete, const struct node *import)
{
	static const struct {
		enum node_kind node;
		enum completion_kind kind;
		const char *detail;
	} kinds[] = {
		{N_LET, COMPLETION_NAME, "let"}, {N_PARAM, COMPLETION_PARAM, "param"}, {N_CONFIG, COMPLETION_NAME, "config"},
		{N_FUNCTION, COMPLETION_FUNCTION, "function"}, {N_COMPONENT, COMPLETION_KIND, "component"},
		{N_KIND, COMPLETION_KIND, "kind"}, {N_SHAPE, COMPLETION_TYPE, "shape"}, {N_ENUM, COMPLETION_TYPE, "enum"},
		{N_TYPE, COMPLETION_TYPE, "type"},
	};
	const struct module_file *file = ide_imported_file(complete->program, complete->place.tree, import->word);
	for (const struct node *item = node_child(file ? file->tree->root : NULL, ROLE_ITEM); item; item = node_next(item))
		for (size_t i = 0; item->word && i < sizeof kinds / sizeof *kinds; i++)
			if (item->kind == kinds[i].node && !is_imported(import, item->word))
				complete_add(complete, (struct completion){
					.kind = kinds[i].kind, .label = item->word->text, .detail = kinds[i].detail,
					.insert = item->word->text, .declaration = item});
}
