#include "ide/ide_rename.h"

#include "eval/functions/functions.h"
#include "eval/resolve.h"

/* The namespace in which a declaration's name must be unique. SIBLINGS: the declarations of its kind in the same block. NO_NAMES: the
 * declaration cannot be renamed. */
enum name_set { NO_NAMES, VALUES, TYPES, FUNCTIONS, SIBLINGS };

static enum name_set name_set_of(const struct node *declaration)
{
	switch (declaration->kind) {
	case N_PARAM:
	case N_CONFIG:
	case N_LET:
	case N_STEP:
	case N_CONDITION:
	case N_FOREACH:
	case N_USE:
	case N_PARAMETER:
	case N_NAME: /* a variable of a comprehension or family */
		return VALUES;
	case N_KIND:
	case N_SHAPE:
	case N_ENUM:
	case N_TYPE:
		return TYPES;
	case N_FUNCTION:
	case N_COMPONENT:
		return FUNCTIONS;
	case N_MEMBER_DECL:
	case N_PROPERTY_FILE:
	case N_OUTPUT:
	case N_EXPORT:
	case N_SCHEDULE:
		return SIBLINGS;
	default:
		return NO_NAMES;
	}
}

const char *ide_rename_refusal(struct program *program, struct arena *arena, const struct ide_name *name)
{
	const struct node *declaration = name->declaration;
	const char *text = name->node->word->text;
	if (!declaration)
		return arena_printf(arena, "`%s` is not declared in the program", text);
	if (ide_is_library(program, declaration))
		return arena_printf(arena, "`%s` is declared in the standard library, which cannot be changed", text);
	if (declaration->kind == N_PIPELINE)
		return arena_printf(arena, "`%s` is part of the language", text);
	if (declaration->kind == N_FIELD)
		return arena_printf(arena, "`%s` is an object key, which may also be read as text, so it cannot be renamed", text);
	bool is_word = name->node->kind != N_MEMBER && name->node->kind != N_STRING;
	if (name_set_of(declaration) == NO_NAMES || (!is_word && declaration->word != name->node->word))
		return arena_printf(arena, "`%s` is not declared in the program", text);
	return NULL;
}

const char *ide_rename_flaw(struct arena *arena, const char *text)
{
	static const char *const types[] = {"Any", "Scalar", "String", "Integer", "Float", "Boolean", "List", "Map"};
	struct names names;
	struct arena scratch = {0};
	names_init(&names, &scratch);
	bool is_reserved = resolve_is_reserved(names_word(&names, text));
	arena_free(&scratch);
	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		is_reserved |= strcmp(text, types[i]) == 0;
	if (!names_is_identifier(text, strlen(text)))
		return arena_printf(arena, "`%s` is not a valid name: a name has ASCII letters, digits and `_`, and does not start with a "
		                           "digit", text);
	return is_reserved ? arena_printf(arena, "`%s` is part of the language", text) : NULL;
}

bool ide_is_renamed(const struct ide_reference *reference, const char *old)
{
	const char *text = reference->tree->file->text + reference->span.start;
	size_t length = strlen(old);
	return !reference->is_key && reference->span.end - reference->span.start == length && strncmp(text, old, length) == 0;
}

static const struct node *find_sibling(const struct node *declaration, const struct word *word)
{
	for (const struct node *item = node_child(declaration->parent, ROLE_ITEM); item; item = node_next(item))
		if (item->kind == declaration->kind && item->word == word)
			return item;
	return NULL;
}

/* What a new name would mean at a reference, or NULL. After a dot, or as a key, field or argument, a name can collide only with one
 * beside the declaration. That is checked once, at the declaration. */
static const struct node *find_meaning(struct program *program, const struct ide_reference *reference, enum name_set set,
                                       const struct word *word)
{
	static const enum bind_space spaces[] = {[VALUES] = BIND_VALUES, [TYPES] = BIND_TYPES, [FUNCTIONS] = BIND_FUNCTIONS};
	const struct node *node = reference->node;
	if (set == SIBLINGS)
		return reference->is_declaration ? find_sibling(node, word) : NULL;
	if (node->kind == N_ARGUMENT || node->kind == N_FIELD || node->kind == N_MEMBER || node->kind == N_STRING)
		return NULL;
	return bind_lookup(program, node, spaces[set], word);
}

const char *ide_rename_collision(struct program *program, struct arena *arena, const struct ide_references *references,
                                 const char *old, const char *text)
{
	const struct word *word = names_word(&program->world->names, text);
	for (size_t i = 0; i < references->count; i++) {
		const struct ide_reference *reference = &references->items[i];
		const struct node *declaration = ide_declaration(program, reference->node);
		enum name_set set = name_set_of(declaration);
		if (!ide_is_renamed(reference, old))
			continue;
		if (set == FUNCTIONS && functions_find(text))
			return arena_printf(arena, "`%s` is a built-in function", text);
		const struct node *found = find_meaning(program, reference, set, word);
		if (!found || found == declaration)
			continue;
		const struct source_file *file = program_file(program, found);
		const struct place there = source_place(file, found->start);
		const struct place here = source_place(reference->tree->file, reference->span.start);
		return arena_printf(arena, "`%s` is already in use: in line %u of %s it refers to the declaration in line %u of %s", text,
		                    (unsigned)here.line, reference->tree->file->name, (unsigned)there.line, file->name);
	}
	return NULL;
}
