#include "emit/describe.h"

#include "base/suggest.h"
#include "base/vec.h"

#include <stdlib.h>
#include <string.h>

enum { DOC_COLUMNS = 100 };

static void add_bounds(struct text *out, const struct type *type)
{
	if (!type->has_min && !type->has_max)
		return;
	text_putc(out, ' ');
	if (type->has_min && type->has_max)
		text_printf(out, "%.15g..%.15g", type->min, type->max);
	else
		text_printf(out, type->has_min ? ">= %.15g" : "<= %.15g", type->has_min ? type->min : type->max);
	if (type_is_text(type))
		text_puts(out, " characters");
	else if (type->kind == TYPE_LIST || type->kind == TYPE_MAP)
		text_puts(out, " elements");
}

void describe_type(struct text *out, const struct type *type)
{
	bool is_scalar_name = type->name && (type->kind >= TYPE_STRING && type->kind <= TYPE_BOOLEAN);
	if (type->is_literal)
		text_puts(out, "literal ");
	if (is_scalar_name)
		type_print(out, type_primitive(type->kind));
	else
		type_print(out, type);
	if (type->kind == TYPE_ENUM && type->count <= 8) {
		for (uint32_t i = 0; i < type->count; i++)
			text_printf(out, "%s\"%s\"", i ? ", " : ": ", type->values[i]->text);
		if (type->is_open)
			text_puts(out, ", ...");
	} else if (type->kind == TYPE_ENUM) {
		text_printf(out, ": one of %u%s", (unsigned)type->count, type->is_open ? ", or newer" : "");
	}
	add_bounds(out, type);
	if (type->pattern)
		text_printf(out, " matching %s", type->pattern->text);
	if (type->is_nullable)
		text_puts(out, ", or null");
}

/* Appends the source text of a declaration. */
static void add_source(struct text *out, const struct world *world, const struct node *node)
{
	text_add(out, world_tree(world, node_root(node))->file->text + node->start, node->end - node->start);
}

static void add_members(struct text *out, const struct world *world, const struct type *shape)
{
	for (uint32_t i = 0; i < shape->count; i++) {
		struct member *member = &shape->members[i];
		text_printf(out, "    %s%s: ", member->name->text, member->is_optional ? "?" : "");
		describe_type(out, type_of_member(member));
		const struct node *initial = node_child(member->declaration, ROLE_VALUE);
		if (initial) {
			text_puts(out, " = ");
			add_source(out, world, initial);
		}
		text_putc(out, '\n');
	}
	if (shape->is_open)
		text_puts(out, "    ...\n");
	for (const struct requirement *r = shape->requirements; r; r = r->next) {
		text_puts(out, "    ");
		add_source(out, world, r->node);
		text_putc(out, '\n');
	}
}

static const struct type *element_of(const struct type *type)
{
	while (type->kind == TYPE_LIST || type->kind == TYPE_MAP)
		type = type->element;
	return type;
}

static void describe_type_members(struct text *out, const struct world *world, const char *title, const struct type *type)
{
	const struct type *inner = element_of(type);
	text_printf(out, "%s: ", title);
	describe_type(out, type);
	text_putc(out, '\n');
	if (inner != type && inner->kind == TYPE_SHAPE && inner->name)
		text_printf(out, "  %s\n", inner->name->text);
	if (inner->kind == TYPE_SHAPE)
		add_members(out, world, inner);
	if (inner->kind == TYPE_ENUM && inner->count > 8)
		for (uint32_t i = 0; i < inner->count; i++)
			text_printf(out, "    \"%s\"\n", inner->values[i]->text);
}

static void add_section(struct text *out, const struct world *world, const char *title, const struct type *shape)
{
	if (!shape)
		return;
	text_printf(out, "\n%s%s%s\n", title, shape->name ? " " : "", shape->name ? shape->name->text : "");
	if (shape->kind == TYPE_SHAPE)
		add_members(out, world, shape);
	else
		text_puts(out, "    anything\n");
}

/* Appends prose up to `end`, with its line breaks and those that keep it within DOC_COLUMNS; each line is indented. */
static void add_prose(struct text *out, const char *indent, const char *prose, const char *end)
{
	size_t column = strlen(indent);
	text_puts(out, indent);
	for (const char *c = prose; c < end;) {
		size_t length = strcspn(c, " \n");
		length = length < (size_t)(end - c) ? length : (size_t)(end - c);
		bool is_first = column == strlen(indent);
		if (c > prose && (c[-1] == '\n' || (!is_first && column + 1 + length > DOC_COLUMNS))) {
			text_printf(out, "\n%s", indent);
			column = strlen(indent);
		} else if (!is_first) {
			text_putc(out, ' ');
			column++;
		}
		text_printf(out, "%.*s", (int)length, c);
		column += length;
		c += length + 1;
	}
	text_putc(out, '\n');
}

/* Appends a documentation: its prose, and an example, which ends the text, on a line of its own. */
static void add_doc(struct text *out, const char *indent, const char *doc)
{
	static const char example_start[] = "Example: `";
	const char *example = strstr(doc, example_start);
	const char *end = example ? example : doc + strlen(doc);
	while (end > doc && strchr(" \n", end[-1]))
		end--;
	add_prose(out, indent, doc, end);
	if (example) {
		example += strlen(example_start);
		text_printf(out, "%sExample: %.*s\n", indent, (int)strcspn(example, "`"), example);
	}
}

/* Appends the parameters of a kind, component or function, as they are declared, with their documentation. */
static void add_parameters(struct text *out, struct world *world, const struct node *declaration)
{
	if (node_child(declaration, ROLE_PARAMETER))
		text_puts(out, "\ncalled with\n");
	for (const struct node *p = node_child(declaration, ROLE_PARAMETER); p; p = node_next(p)) {
		const char *doc = world_doc(world, world->arena, p);
		text_puts(out, "    ");
		add_source(out, world, p);
		text_putc(out, '\n');
		if (doc)
			add_doc(out, "        ", doc);
	}
}

/* Appends the documentation of a declaration, if there is any. */
static void add_own_doc(struct text *out, struct world *world, const struct node *declaration)
{
	const char *doc = world_doc(world, world->arena, declaration);
	if (doc)
		add_doc(out, "", doc);
}

static void describe_callable(struct text *out, struct world *world, const struct node *declaration)
{
	bool is_component = declaration->kind == N_COMPONENT;
	text_printf(out, "%s %s\n", is_component ? "component" : "function", declaration->word->text);
	add_own_doc(out, world, declaration);
	add_parameters(out, world, declaration);
	if (!is_component)
		return;
	text_puts(out, "\nexports\n");
	const struct node *block = node_child(declaration, ROLE_BLOCK);
	for (const struct node *item = node_child(block, ROLE_ITEM); item; item = node_next(item))
		if (item->kind == N_EXPORT)
			text_printf(out, "    %s\n", item->word->text);
}

void describe_clauses(struct text *out, const struct kind *kind)
{
	text_puts(out, "depends on, on failure of, on stop of, on any end of, when");
	if (kind->clauses & CLAUSE_CACHE)
		text_puts(out, ", cache");
	if (kind->clauses & CLAUSE_RETRY)
		text_puts(out, ", retry on");
	for (const struct exception_family *family = kind->families; family; family = family->next)
		text_printf(out, " %s.*", family->name->text);
	if (kind->clauses & CLAUSE_PROPERTY_FILE)
		text_puts(out, ", property file");
	if (kind->clauses & CLAUSE_OUTPUT)
		text_puts(out, ", output");
}

static void describe_cache_keys(struct text *out, const struct kind *kind)
{
	text_puts(out, "\nthe cache compares\n");
	if (!kind->cache_key_count)
		text_puts(out, "    what AWS does not document\n");
	for (uint32_t i = 0; i < kind->cache_key_count; i++)
		text_printf(out, "    %s\n", kind->cache_keys[i].text);
}

static void describe_kind(struct text *out, struct world *world, const struct kind *kind)
{
	text_printf(out, "kind %s", kind->name->text);
	if (kind->type && kind->type != kind->name)
		text_printf(out, " (Type \"%s\")", kind->type->text);
	if (kind->base)
		text_printf(out, ", derived from %s", kind->base->name->text);
	text_putc(out, '\n');
	add_own_doc(out, world, kind->node);
	if (kind->base)
		add_parameters(out, world, kind->node);
	text_puts(out, "\nclauses\n    ");
	describe_clauses(out, kind);
	text_putc(out, '\n');
	if (kind->clauses & CLAUSE_CACHE)
		describe_cache_keys(out, kind);
	if (kind->is_terminal)
		text_puts(out, "\nno step can refer to it or depend on it\n");
	add_section(out, world, "step keys", kind->keys);
	add_section(out, world, "Arguments", kind->arguments);
	add_section(out, world, "properties", kind->properties);
}

static bool report_no_member(struct text *out, const char *name, const char *owner, const struct suggest *suggest)
{
	const char *near = suggest_result(suggest);
	out->length = 0;
	text_printf(out, "%s has no `%s`", owner, name);
	if (near)
		text_printf(out, "; did you mean `%s`?", near);
	text_putc(out, '\n');
	return false;
}

static struct member *find_member(struct world *world, const struct type *type, const char *name, struct suggest *suggest)
{
	if (!type || type->kind != TYPE_SHAPE)
		return NULL;
	for (uint32_t i = 0; i < type->count; i++)
		suggest_offer(suggest, type->members[i].name->text);
	return type_find_member(type, names_word(&world->names, name));
}

/* The first segment after a kind may name a part of it: `Processing.properties.ExitMessage`. */
static const struct type *part_of_kind(const struct kind *kind, const char *name)
{
	if (strcmp(name, "properties") == 0)
		return kind->properties;
	if (strcmp(name, "arguments") == 0 || strcmp(name, "Arguments") == 0)
		return kind->arguments;
	return strcmp(name, "keys") == 0 ? kind->keys : NULL;
}

/* The type at the first segment of a path after a kind or type: of a part of the kind, or of a member. Properties come last, since the
 * arguments have most of them too. NULL, with suggestions, if there is none. */
static const struct type *type_of_segment(struct world *world, const struct kind *kind, const struct type *type, const char *name,
                                          struct suggest *suggest)
{
	const struct type *part = kind && !type ? part_of_kind(kind, name) : NULL;
	if (part)
		return part;
	if (type) {
		struct member *member = find_member(world, element_of(type), name, suggest);
		return member ? type_of_member(member) : NULL;
	}
	const struct type *const shapes[] = {kind->arguments, kind->keys, kind->properties};
	for (size_t i = 0; i < 3; i++) {
		struct member *member = find_member(world, shapes[i], name, suggest);
		if (member)
			return type_of_member(member);
	}
	return NULL;
}

/* Follows a path of members from `dot` on, starting at `kind` or at `*type`, and stores the type of the last member in `*type`. */
static bool follow_members(struct text *out, struct world *world, const struct kind *kind, const struct type **type,
                           const char *owner, char *dot)
{
	while (dot) {
		char *at = dot + 1;
		dot = strchr(at, '.');
		if (dot)
			*dot = '\0';
		struct suggest suggest;
		suggest_init(&suggest, at);
		const struct type *next = type_of_segment(world, kind, *type, at, &suggest);
		if (!next)
			return report_no_member(out, at, owner, &suggest);
		owner = kind && !*type && part_of_kind(kind, at) ? owner : at;
		*type = next;
	}
	return true;
}

static bool report_unknown_name(struct text *out, struct world *world, const char *name)
{
	const char *near = NULL;
	for (enum world_names names = WORLD_TYPES; !near && names <= WORLD_COMPONENTS; names++)
		near = world_suggest(world, name, names);
	text_printf(out, "the library has no kind, shape, component or function `%s`", name);
	if (near)
		text_printf(out, "; did you mean `%s`?", near);
	text_putc(out, '\n');
	return false;
}

static bool describe_name(struct text *out, struct world *world, const char *path, const char *first, char *dot)
{
	const struct word *name = names_word(&world->names, first);
	const struct kind *kind = kind_find(world, name);
	const struct type *type = kind ? NULL : world_type(world, name);
	const struct node *callable = kind || type ? NULL : world_function(world, name);
	if (callable && dot) {
		text_printf(out, "`%s` is called with arguments and has no members\n", first);
		return false;
	}
	if (callable) {
		describe_callable(out, world, callable);
		return true;
	}
	if (!kind && !type)
		return report_unknown_name(out, world, first);
	if (!follow_members(out, world, kind, &type, first, dot))
		return false;
	if (type)
		describe_type_members(out, world, path, type);
	else
		describe_kind(out, world, kind);
	return true;
}

bool describe_path(struct text *out, struct world *world, const char *path)
{
	struct text copy = {0};
	text_puts(&copy, path);
	char *dot = strchr(copy.bytes, '.');
	if (dot)
		*dot = '\0';
	bool is_found = describe_name(out, world, path, copy.bytes, dot);
	text_free(&copy);
	return is_found;
}

/* The length of the first sentence of a documentation. */
static int summary_length(const char *doc)
{
	const char *end = doc;
	while (*end && !(*end == '.' && (end[1] == ' ' || end[1] == '\n' || !end[1])))
		end++;
	return (int)(end - doc) + (*end != '\0');
}

/* The names of one sort, gathered in the order of the alphabet. */
struct library_names {
	struct world *world;
	VEC(const struct word *) names;
};

static void note_name(void *context, const struct word *name)
{
	struct library_names *list = context;
	vec_push(list->world->arena, &list->names, name);
}

static void note_public_function(void *context, const struct word *name)
{
	struct library_names *list = context;
	if (world_is_public(list->world, world_function(list->world, name)))
		note_name(context, name);
}

static int compare_names(const void *a, const void *b)
{
	return strcmp((*(const struct word *const *)a)->text, (*(const struct word *const *)b)->text);
}

static void add_names(struct text *out, struct library_names *list, const char *title, bool are_kinds)
{
	text_printf(out, "%s%s\n", out->length ? "\n" : "", title);
	qsort(list->names.items, list->names.count, sizeof *list->names.items, compare_names);
	int width = 0;
	for (size_t i = 0; i < list->names.count; i++)
		width = (int)list->names.items[i]->length > width ? (int)list->names.items[i]->length : width;
	for (size_t i = 0; i < list->names.count; i++) {
		const struct word *name = list->names.items[i];
		const struct node *node = are_kinds ? kind_find(list->world, name)->node : world_function(list->world, name);
		const char *doc = world_doc(list->world, list->world->arena, node);
		text_printf(out, "    %-*s  %.*s\n", width, name->text, doc ? summary_length(doc) : 0, doc ? doc : "");
	}
}

void describe_library(struct text *out, struct world *world)
{
	struct library_names kinds = {world, {0}}, components = {world, {0}}, functions = {world, {0}};
	world_each_name(world, WORLD_KINDS, note_name, &kinds);
	world_each_name(world, WORLD_COMPONENTS, note_name, &components);
	world_each_name(world, WORLD_FUNCTIONS, note_public_function, &functions);
	add_names(out, &kinds, "step kinds", true);
	add_names(out, &components, "components", false);
	add_names(out, &functions, "functions of the library", false);
}
