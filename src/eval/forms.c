#include "eval/forms.h"

#include "base/python.h"

static bool has_parameter(const struct node *declaration, const char *name)
{
	for (const struct node *p = node_child(declaration, ROLE_PARAMETER); p; p = node_next(p))
		if (p->word && names_is(p->word, name))
			return true;
	return false;
}

/* Members lie at most this deep in the structures of a block. */
enum { DEPTH_MAX = 3 };

/* A path of members, outermost first. */
struct path {
	const char *names[DEPTH_MAX + 1];
	size_t count;
};

/* Finds the member that a path of the table names in a shape: each name is a member of the structure before it. The first name may also
 * lie deeper. */
static bool find_path(const struct type *shape, const char *form, struct path *path)
{
	size_t length = strcspn(form, ".");
	for (uint32_t i = 0; i < shape->count && path->count < DEPTH_MAX; i++) {
		const struct word *name = shape->members[i].name;
		if (name->length != length || strncmp(name->text, form, length) != 0)
			continue;
		path->names[path->count++] = name->text;
		const struct type *inner = type_of_member(&shape->members[i]);
		if (!form[length] || (inner->kind == TYPE_SHAPE && find_path(inner, form + length + 1, path)))
			return true;
		path->count--;
	}
	for (uint32_t i = 0; i < shape->count && path->count + 1 < DEPTH_MAX; i++) {
		const struct type *inner = type_of_member(&shape->members[i]);
		if (inner->kind != TYPE_SHAPE)
			continue;
		path->names[path->count++] = shape->members[i].name->text;
		if (find_path(inner, form, path))
			return true;
		path->count--;
	}
	return false;
}

static const char *print_path(struct arena *arena, const struct path *path)
{
	const char *text = "...";
	for (size_t i = path->count; i--;)
		text = arena_printf(arena, i ? "{ %s: %s }" : "%s: %s", path->names[i], text);
	return text;
}

/* Adds the help for a form of the table, if the place has it. */
static bool help_form(struct program *program, struct diag *diag, const struct node *name, const struct form_place *place, const char *form)
{
	struct path path = {.count = 0};
	if (has_parameter(place->declaration, form)) {
		if (place->is_call)
			diag_help(diag, "write `%s: ...`", form);
		else
			diag_help(diag, "it is the argument `%s` of `%s`: write `%s(%s: ...)`", form, place->declaration->word->text,
			          place->declaration->word->text, form);
		if (place->is_call)
			program_offer_fix(program, diag, name, form);
		return true;
	}
	if (!place->shape || !find_path(place->shape, form, &path))
		return false;
	const char *text = print_path(program->arena, &path);
	if (place->is_call)
		diag_help(diag, "it is a field of the step's block: write `{ %s }`", text);
	else
		diag_help(diag, "write `%s`", text);
	return true;
}

bool forms_help(struct program *program, struct diag *diag, const struct node *name, const struct form_place *place)
{
	const char *help = python_help(program->arena, "argument", name->word->text, name->word->length), *form;
	if (help)
		diag_help(diag, "%s", help);
	for (size_t i = 0; !help && (form = python_argument(program->arena, name->word->text, i)); i++)
		if (help_form(program, diag, name, place, form))
			return true;
	return help != NULL;
}
